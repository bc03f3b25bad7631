/* import_pages.c – a table comes in: which file, which columns, and how far the work is.
 *
 * Five screens: file, columns, trial run, (its questions,) result. Each is an address of its own that may
 * be left and opened again; which screen a batch shows follows from its state. While the machine works the
 * page asks again by itself (the header Refresh), without any script. */
#include "mod/event/event.h"
#include "mod/import/import_pages.h"

#include <unistd.h>

enum { MOMENT_MS = 1500, LIST = 50 };

const char *
import_path(struct view *v, int64_t id, const char *tail)
{
	return arena_printf(v->cx->arena, "/imports/%lld%s", (long long)id, tail);
}

int
import_of_path(struct view *v, struct import_batch *b)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return import_get(v->cx, id, b);
}

void
import_frame(struct view *v, const struct import_batch *b, const char *title)
{
	struct ctx *cx = v->cx;
	const struct crumb crumbs[] = { { "/imports", tr(cx, "Import") }, { NULL, b->file_name },
		{ NULL, NULL } };

	ui_open(v,
	    &(struct page){
		.title = title, .nav = "/imports", .staff = true, .wide = true, .crumbs = crumbs });
	if (b->error != NULL)
		ui_note(v, 'n', b->error);
}

int
import_a_moment(struct view *v, const struct import_batch *b)
{
	bool more;
	int rc;

	/* With the rights of whoever sent the file: another's batch waits for the machine. */
	if (b->account != v->cx->actor->account)
		return RC_OK;
	rc = import_run(v->cx, b->id, MOMENT_MS, &more);
	/* The machine was quicker and works on it already: the next page shows how far it is. */
	if (rc == RC_CONFLICT || rc == RC_BUSY) {
		err_clear(v->cx);
		return RC_OK;
	}
	return rc;
}

/* ---- the first screen ---- */

static const char *
state_word(struct ctx *cx, const struct import_batch *b, char *tone)
{
	static const struct {
		const char *state, *word;
		char tone;
	} words[] = { { "mapping", N_("Columns are to be chosen"), 'w' },
		{ "planning", N_("Trial run"), 'w' },
		{ "planned", N_("Waits for the decision"), 'w' },
		{ "committing", N_("Being written"), 'w' }, { "stopped", N_("Stopped"), 'n' },
		{ "done", N_("Imported"), 'o' }, { "undoing", N_("Being undone"), 'w' },
		{ "undone", N_("Undone"), '-' }, { "dropped", N_("Put aside"), '-' } };
	size_t i;

	for (i = 0; i < ARRAY_LEN(words) - 1 && strcmp(words[i].state, b->state) != 0; i++)
		;
	*tone = words[i].tone;
	return tr(cx, words[i].word);
}

static void
batches(struct view *v, const struct import_batch *b, size_t n)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;
	char tone;

	ui_section_open(v, "batches", tr(cx, "Earlier imports"), NULL);
	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr>"
	    "<th scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th "
	    "scope='col'>%s</th></tr></thead><tbody>",
	    tr(cx, "Earlier imports"), tr(cx, "File"), tr(cx, "Records"), tr(cx, "When"),
	    tr(cx, "State"));
	for (i = 0; i < n; i++) {
		const struct import_kind *k = import_kind_of(b[i].kind);
		const char *word = state_word(cx, &b[i], &tone);

		html(h,
		    "<tr><th scope='row' data-l='%s'><a href='%s'><span "
		    "translate='no'>%s</span></a>",
		    tr(cx, "File"), ui_url(v, "/imports/%lld", (long long)b[i].id), b[i].file_name);
		if (b[i].tag != NULL)
			html(h, " <span class='mute'>%s</span>", b[i].tag);
		html(h, "</th><td data-l='%s'>%s</td><td data-l='%s'>%s</td><td data-l='%s'>",
		    tr(cx, "Records"), k == NULL ? b[i].kind : tr(cx, k->kind->plural),
		    tr(cx, "When"), moment_text(cx, b[i].created_at), tr(cx, "State"));
		ui_state(v, tone, word);
		html(h, "</td></tr>");
	}
	html(h, "</tbody></table></div>");
	ui_section_close(v);
}

static void
kind_choice(struct view *v)
{
	const char *chosen = v->rq->method == M_POST ? req_f(v->rq, "kind") : req_q(v->rq, "kind");
	struct html *h = &v->h;
	size_t i;

	html(h,
	    "<div class='fld'><label for='kind'>%s</label><span class='hint' id='kind-h'>%s</span>"
	    "<select id='kind' name='kind' aria-describedby='kind-h'>",
	    tr(v->cx, "What each row is"),
	    tr(v->cx, "A list of members with their association and day of entry is a list of "
		      "memberships: people who are not on record yet come in with it."));
	for (i = 0; i < import_nkinds; i++) {
		const struct kind *k = import_kinds[i].kind;

		if (!import_may(v->cx, &import_kinds[i]))
			continue;
		html(h, "<option value='%s'", k->plural_name);
		if (chosen != NULL && strcmp(chosen, k->plural_name) == 0)
			html(h, " selected");
		html(h, ">%s</option>", tr(v->cx, k->plural));
	}
	html(h, "</select></div>");
}

static void
templates(struct view *v)
{
	size_t i;

	html(&v->h, "<p>%s</p><ul class='prose'>",
	    tr(v->cx, "A blank sheet with an example, if you begin anew:"));
	for (i = 0; i < import_nkinds; i++)
		if (import_may(v->cx, &import_kinds[i]))
			html(&v->h, "<li><a href='%s'>%s (XLSX)</a></li>",
			    ui_url(v, "/imports/template/%s", import_kinds[i].kind->plural_name),
			    tr(v->cx, import_kinds[i].kind->plural));
	html(&v->h, "</ul>");
}

/* The event from whose page the reader came: of all rows of a list of who came. */
static const char *
asked_event(struct view *v)
{
	return v->rq->method == M_POST ? req_f(v->rq, "event") : req_q(v->rq, "event");
}

static int
draw_start(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *why = cx->err.fields != NULL ? cx->err.fields->text : cx->err.text;
	struct import_batch *b;
	size_t n;

	err_clear(cx);
	TRY(import_list(cx, LIST, &b, &n));
	ui_open(v, &(struct page){
		       .title = tr(cx, "Import of a table"), .nav = "/imports", .staff = true });
	html(h, "<p class='prose'>%s</p>",
	    tr(cx,
		"First the columns are shown, then a trial run says of every row what would "
		"happen. "
		"Nothing is written before you agree to that plan, and an import can be undone."));
	if (why != NULL && *why != '\0')
		html(h,
		    "<div class='errs' role='alert' tabindex='-1'><p><a "
		    "href='#file'>%s</a></p></div>",
		    why);
	ui_form_begin(v, "/imports", true);
	if (asked_event(v) != NULL)
		html(h, "<input type='hidden' name='event' value='%s'>", asked_event(v));
	html(h,
	    "<div class='fld'><label for='file'>%s</label><span class='hint' "
	    "id='file-h'>%s</span><input "
	    "type='file' id='file' name='file' required accept='.xlsx,.csv,.txt,.tsv' "
	    "aria-describedby='file-h'></div>",
	    tr(cx, "Table"),
	    tr(cx, "XLSX or CSV of at most 20 MB. Letters and separator are found by themselves."));
	kind_choice(v);
	html(h, "<hr><p class='acts'><button type='submit' class='btn go'>%s</button></p>",
	    tr(cx, "Go on to the columns"));
	ui_form_end(v);
	templates(v);
	if (n > 0)
		batches(v, b, n);
	ui_close(v);
	return RC_OK;
}

static int
start_page(struct view *v)
{
	return draw_start(v);
}

/* The last part of a name that may hold folders of the sender's machine. */
static const char *
bare_name(struct ctx *cx, const char *name)
{
	const char *p = name;

	for (; *name != '\0'; name++)
		if (*name == '/' || *name == '\\')
			p = name + 1;
	return *p == '\0' ? "table" : arena_strn(cx->arena, p, strlen(p) > 120 ? 120 : strlen(p));
}

static int
start_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const struct form_part *part = req_file(v->rq, "file");
	struct import_new in = {
		.kind = import_kind_of(req_f(v->rq, "kind")), .staged = true, .sheet = -1
	};
	int64_t id;
	int rc;

	if (in.kind == NULL || part == NULL || part->body.n == 0) {
		fail_field(cx, "file", N_("Choose a file."));
		v->status = 422;
		return draw_start(v);
	}
	in.file_name = bare_name(cx, part->filename == NULL ? "" : part->filename);
	TRY(import_stage(cx, part->body, &in.path));
	rc = import_open(cx, &in, &id);
	if (rc != RC_OK)
		unlink(in.path);
	if (rc == RC_INVALID || rc == RC_TOOBIG) {
		v->status = 422;
		return draw_start(v);
	}
	TRY(rc);
	if (in.kind->names_person && asked_event(v) != NULL) {
		rc = import_set_event(cx, id, asked_event(v));
		if (rc == RC_INVALID)
			err_clear(cx); /* it is asked again beside the columns */
		else
			TRY(rc);
	}
	return ui_done(v, import_path(v, id, ""), NULL);
}

static int
template_page(struct view *v)
{
	const struct import_kind *k = import_kind_of(v->rq->param[0]);
	struct slice out;

	if (k == NULL)
		return RC_NOTFOUND;
	if (!import_may(v->cx, k))
		return fail(v->cx, RC_DENIED, N_("Your role does not allow this change."));
	TRY(import_template(v->cx, k, &out));
	v->rq->res.status = 200;
	v->rq->res.type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
	v->rq->res.body = out;
	res_header(v->rq, "Content-Disposition",
	    arena_printf(
		v->cx->arena, "attachment; filename=\"%s-template.xlsx\"", k->kind->plural_name));
	return RC_OK;
}

/* ---- the second screen ---- */

static void
sheet_form(struct view *v, const struct import_batch *b, const struct import_view *w)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	ui_form_begin(v, import_path(v, b->id, "/sheet"), false);
	html(h, "<div class='row'>");
	if (w->nsheets > 1) {
		html(h,
		    "<div class='fld'><label for='sheet'>%s</label><select id='sheet' "
		    "name='sheet'>",
		    tr(cx, "Sheet"));
		for (i = 0; i < w->nsheets; i++) {
			html(h, "<option value='%zu'", i);
			if ((int)i == b->sheet)
				html(h, " selected");
			html(h, ">%s</option>", w->sheets[i]);
		}
		html(h, "</select></div>");
	} else
		html(h, "<input type='hidden' name='sheet' value='%d'>", b->sheet);
	html(h,
	    "<div class='fld'><label for='header'>%s</label><input class='w-s' id='header' "
	    "name='header' "
	    "inputmode='numeric' value='%lld'></div><button type='submit' "
	    "class='btn'>%s</button></div>",
	    tr(cx, "Row with the names of the columns"), (long long)b->header_row,
	    tr(cx, "Look again"));
	ui_form_end(v);
}

static void
target_choice(struct view *v, const struct import_target *t, size_t n, size_t column,
    const char *chosen, const char *head)
{
	struct html *h = &v->h;
	size_t i;

	html(h, "<select name='c%zu' aria-label='%s'><option value=''>%s</option>", column,
	    trf(v->cx, "Meaning of column “%s”", head), tr(v->cx, "– not used –"));
	for (i = 0; i < n; i++) {
		html(h, "<option value='%s'", t[i].name);
		if (chosen != NULL && strcmp(chosen, t[i].name) == 0)
			html(h, " selected");
		html(h, ">%s%s</option>", t[i].label, t[i].required ? " *" : "");
	}
	html(h, "</select>");
}

static void
column_rows(struct view *v, const struct import_kind *k, const struct import_view *w)
{
	struct import_target t[IMPORT_TARGETS];
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t n = import_targets(cx, k, t), c, r, shown;

	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th></tr></thead><tbody>",
	    tr(cx, "Columns"), tr(cx, "Column of the file"), tr(cx, "Its meaning"),
	    tr(cx, "First values"));
	for (c = 0; c < w->ncolumns; c++) {
		const char *head = w->head[c] == NULL ? "" : w->head[c];

		if (*head == '\0')
			head = trf(cx, "Column %s", num(cx, (int64_t)c + 1));
		html(h, "<tr><th scope='row' data-l='%s'>%s</th><td data-l='%s'>",
		    tr(cx, "Column of the file"), head, tr(cx, "Its meaning"));
		target_choice(v, t, n, c, w->target[c], head);
		html(h, "</td><td data-l='%s' class='mute'>", tr(cx, "First values"));
		/* An IIN is not shown, not even to whoever sent it. */
		for (r = shown = 0; r < w->nrows && shown < 3; r++)
			if (w->rows[r][c] != NULL && *w->rows[r][c] != '\0')
				html(h, "%s<span translate='no'>%s</span>",
				    shown++ > 0 ? " · " : "",
				    w->target[c] != NULL && strstr(w->target[c], "iin") != NULL
					? "••••••••••••"
					: w->rows[r][c]);
		html(h, "</td></tr>");
	}
	html(h, "</tbody></table></div>");
}

static void
mapping_errors(struct view *v)
{
	const struct field_error *e;
	struct ctx *cx = v->cx;

	if (cx->err.fields == NULL && (cx->err.text == NULL || *cx->err.text == '\0'))
		return;
	html(&v->h, "<div class='errs' role='alert' tabindex='-1'><h2>%s</h2><ul>",
	    tr(cx, "The columns are not complete"));
	if (cx->err.fields == NULL)
		html(&v->h, "<li>%s</li>", cx->err.text);
	for (e = cx->err.fields; e != NULL; e = e->next)
		html(&v->h, "<li>%s</li>", e->text);
	html(&v->h, "</ul></div>");
	err_clear(cx);
}

static void
whole_choice(struct view *v, const char *value, bool chosen, const char *text)
{
	html(&v->h, "<label><input type='radio' name='whole' value='%s'", value);
	if (chosen)
		html(&v->h, " checked");
	html(&v->h, "> %s</label>", text);
}

/* The event of all rows; what was typed stays when it was refused. */
static int
event_field(struct view *v, const struct import_batch *b)
{
	struct ctx *cx = v->cx;
	const char *text = v->rq->method == M_POST ? req_f(v->rq, "event") : NULL, *title = "";
	int64_t event;

	TRY(import_event_of(cx, b->id, &event));
	if (event != 0)
		TRY(kind_titles(cx, &event_kind, &event, 1, &title));
	if (text == NULL)
		text = event == 0 ? "" : arena_printf(cx->arena, "%lld", (long long)event);
	html(&v->h,
	    "<div class='fld'><label for='event'>%s</label><span class='hint' "
	    "id='event-h'>%s</span><input id='event' name='event' maxlength='200' value='%s' "
	    "aria-describedby='event-h'>",
	    tr(cx, "Event of all rows"),
	    tr(cx, "Its number or name; empty when a column of the file says it."), text);
	if (*title != '\0')
		html(&v->h, "<p><a href='%s'>%s</a></p>",
		    ui_url(v, "/events/%lld", (long long)event), title);
	html(&v->h, "</div>");
	return RC_OK;
}

static int
draw_mapping(struct view *v, const struct import_batch *b)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const struct import_kind *k = import_kind_of(b->kind);
	struct import_view *w = arena_new(cx->arena, struct import_view);
	struct err kept = cx->err;

	err_clear(cx);
	TRY(import_look(cx, b, w));
	cx->err = kept;
	import_frame(v, b, tr(cx, "Columns"));
	mapping_errors(v);
	html(h, "<p class='prose'>%s · %s · %s</p>", tr(cx, k->kind->plural), w->form,
	    tr(cx, "Empty cells never overwrite what is on record."));
	sheet_form(v, b, w);
	ui_form_begin(v, import_path(v, b->id, "/columns"), false);
	html(h, "<input type='hidden' name='columns' value='%zu'>", w->ncolumns);
	if (k->names_person)
		TRY(event_field(v, b));
	column_rows(v, k, w);
	html(h, "<hr><fieldset class='fld'><legend>%s</legend>",
	    tr(cx, "If some rows cannot be imported"));
	whole_choice(v, "", !b->whole,
	    tr(cx, "import the others; the rest can be downloaded, put right and sent again"));
	whole_choice(v, "1", b->whole, tr(cx, "import nothing"));
	html(h,
	    "</fieldset><div class='fld'><label for='tag'>%s</label><input id='tag' name='tag' "
	    "maxlength='80' value='%s'></div>",
	    tr(cx, "A word to find this import by (may be empty)"), b->tag == NULL ? "" : b->tag);
	html(h, "<hr><p class='acts'><button type='submit' class='btn go'>%s</button></p>",
	    tr(cx, "Trial run"));
	ui_form_end(v);
	ui_post_button(v, import_path(v, b->id, "/drop"), 0, tr(cx, "Put aside"), false);
	ui_close(v);
	return RC_OK;
}

static int
columns_page(struct view *v)
{
	struct import_batch b;

	TRY(import_of_path(v, &b));
	if (strcmp(b.state, "mapping") != 0 && strcmp(b.state, "planned") != 0)
		return ui_done(v, import_path(v, b.id, ""), NULL);
	return draw_mapping(v, &b);
}

static int
columns_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *whole = req_f(v->rq, "whole"), *n = req_f(v->rq, "columns"), *one;
	struct import_batch b;
	int64_t columns = 0, i;
	struct buf m;
	int rc;

	TRY(import_of_path(v, &b));
	if (n == NULL || !num_parse(n, &columns) || columns < 1 || columns > IMPORT_COLUMNS)
		return fail(cx, RC_INVALID, N_("Choose one of the values offered."));
	buf_init(&m, cx->arena, 0);
	for (i = 0; i < columns; i++) {
		one = req_f(v->rq, arena_printf(cx->arena, "c%lld", (long long)i));
		buf_printf(&m, "%s%s", i > 0 ? ";" : "", one == NULL ? "" : one);
	}
	b.mapping = m.p;
	b.whole = whole != NULL && *whole != '\0';
	b.tag = req_f(v->rq, "tag");
	rc = import_kind_of(b.kind)->names_person
		 ? import_set_event(cx, b.id, req_f(v->rq, "event"))
		 : RC_OK;
	if (rc == RC_OK)
		rc = import_set_mapping(cx, b.id, m.p, b.whole, b.tag);
	if (rc == RC_INVALID) {
		v->status = 422;
		return draw_mapping(v, &b);
	}
	TRY(rc);
	TRY(import_a_moment(v, &b));
	return ui_done(v, import_path(v, b.id, ""), NULL);
}

static int
sheet_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *sheet = req_f(v->rq, "sheet"), *header = req_f(v->rq, "header");
	int64_t s = 0, row = 0;
	struct import_batch b;
	int rc;

	TRY(import_of_path(v, &b));
	if (sheet == NULL || !num_parse(sheet, &s) || s < 0 || s > 1000)
		return fail(cx, RC_INVALID, N_("Choose one of the values offered."));
	/* Another sheet has its own header. */
	if (s == b.sheet && header != NULL && num_parse(header, &row) && row < 0)
		row = 0;
	rc = import_set_sheet(cx, b.id, (int)s, row);
	if (rc == RC_INVALID) {
		v->status = 422;
		return draw_mapping(v, &b);
	}
	TRY(rc);
	return ui_done(v, import_path(v, b.id, "/columns"), NULL);
}

/* ---- while the machine works ---- */

static int
draw_progress(struct view *v, const struct import_batch *b)
{
	struct ctx *cx = v->cx;
	struct import_counts n;
	char tone;
	const char *word = state_word(cx, b, &tone);

	TRY(import_count(cx, b->id, &n));
	res_header(v->rq, "Refresh", "2");
	import_frame(v, b, word);
	html(&v->h, "<p aria-live='polite'>");
	ui_state(v, 'w', word);
	html(&v->h, " %s</p>",
	    strcmp(b->state, "committing") == 0 ? trf(cx, "%s of %s rows are written.",
						      num(cx, n.done), num(cx, n.fresh + n.updates))
	    : strcmp(b->state, "planning") == 0
		? trf(cx, "%s rows were looked at.", num(cx, n.rows))
		: "");
	html(&v->h, "<p class='acts'><a class='btn' href='%s'>%s</a></p><p class='mute'>%s</p>",
	    ui_url(v, "/imports/%lld", (long long)b->id), tr(cx, "Look again"),
	    tr(cx, "The page asks again by itself. You may leave it: the work goes on."));
	ui_close(v);
	return RC_OK;
}

static int
batch_page(struct view *v)
{
	struct import_batch b;

	TRY(import_of_path(v, &b));
	if (strcmp(b.state, "mapping") == 0)
		return draw_mapping(v, &b);
	if (strcmp(b.state, "planned") == 0)
		return import_plan_screen(v, &b);
	if (strcmp(b.state, "planning") == 0 || strcmp(b.state, "committing") == 0 ||
	    strcmp(b.state, "undoing") == 0)
		return draw_progress(v, &b);
	return import_result_screen(v, &b);
}

/* ---- decisions ---- */

static int
commit_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct import_batch b;
	int rc;

	TRY(import_of_path(v, &b));
	rc = import_commit(cx, b.id, req_f(v->rq, "plan"));
	if (rc == RC_RULE || rc == RC_CONFLICT) {
		const char *why = cx->err.text;

		err_clear(cx);
		v->status = rc == RC_CONFLICT ? 409 : 422;
		TRY(import_get(cx, b.id, &b));
		b.error = why;
		return strcmp(b.state, "planned") == 0 ? import_plan_screen(v, &b)
						       : import_result_screen(v, &b);
	}
	TRY(rc);
	TRY(import_a_moment(v, &b));
	return ui_done(v, import_path(v, b.id, ""), NULL);
}

static int
undo_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct import_batch b;
	int rc;

	TRY(import_of_path(v, &b));
	rc = import_undo(cx, b.id);
	if (rc == RC_RULE || rc == RC_CONFLICT) {
		b.error = trf(cx, "This import cannot be undone: %s", cx->err.text);
		err_clear(cx);
		v->status = rc == RC_CONFLICT ? 409 : 422;
		return import_result_screen(v, &b);
	}
	TRY(rc);
	TRY(import_a_moment(v, &b));
	return ui_done(v, import_path(v, b.id, ""), NULL);
}

static int
drop_post(struct view *v)
{
	struct import_batch b;

	TRY(import_of_path(v, &b));
	TRY(import_drop(v->cx, b.id));
	return ui_done(v, "/imports", tr(v->cx, "The import was put aside; its file is deleted."));
}

static int
rejected_page(struct view *v)
{
	const char *format = req_q(v->rq, "format");
	bool xlsx = format != NULL && strcmp(format, "xlsx") == 0;
	struct import_batch b;
	struct slice out;

	TRY(import_of_path(v, &b));
	TRY(import_rejected(v->cx, &b, xlsx, &out));
	v->rq->res.status = 200;
	v->rq->res.type = xlsx ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
			       : "text/csv; charset=utf-8";
	v->rq->res.body = out;
	res_header(v->rq, "Content-Disposition",
	    arena_printf(v->cx->arena, "attachment; filename=\"import-%lld-rejected.%s\"",
		(long long)b.id, xlsx ? "xlsx" : "csv"));
	return RC_OK;
}

const struct route import_routes[] = {
	{ M_GET, "/imports", start_page, CAP_PEOPLE_WRITE, 0, N_("Import of a table"),
	    N_("People, memberships, bodies, events or lists of who came, from XLSX or CSV.") },
	{ M_POST, "/imports", start_post, CAP_PEOPLE_WRITE, ROUTE_FILES, N_("Import of a table"),
	    NULL },
	{ M_GET, "/imports/template/{kind}", template_page, CAP_PEOPLE_WRITE, 0, N_("Blank sheet"),
	    N_("An XLSX with the columns and an example.") },
	{ M_GET, "/imports/{id}", batch_page, CAP_PEOPLE_WRITE, 0, N_("Import"),
	    N_("Columns, trial run, progress or result, as far as it is.") },
	{ M_GET, "/imports/{id}/columns", columns_page, CAP_PEOPLE_WRITE, 0, N_("Columns"), NULL },
	{ M_POST, "/imports/{id}/columns", columns_post, CAP_PEOPLE_WRITE, 0, N_("Columns"), NULL },
	{ M_POST, "/imports/{id}/sheet", sheet_post, CAP_PEOPLE_WRITE, 0, N_("Sheet"), NULL },
	{ M_GET, "/imports/{id}/rows/{row}", import_question_page, CAP_PEOPLE_WRITE, 0,
	    N_("Which one is meant"), N_("Candidates of a row side by side.") },
	{ M_POST, "/imports/{id}/rows/{row}", import_question_post, CAP_PEOPLE_WRITE, 0,
	    N_("Which one is meant"), NULL },
	{ M_POST, "/imports/{id}/commit", commit_post, CAP_PEOPLE_WRITE, 0, N_("Import"), NULL },
	{ M_POST, "/imports/{id}/undo", undo_post, CAP_PEOPLE_WRITE, 0, N_("Undo the import"),
	    NULL },
	{ M_POST, "/imports/{id}/drop", drop_post, CAP_PEOPLE_WRITE, 0, N_("Put aside"), NULL },
	{ M_GET, "/imports/{id}/rejected", rejected_page, CAP_PEOPLE_WRITE, 0, N_("Not imported"),
	    N_("?format=csv|xlsx: rows that were not imported, with the reason.") },
};
const size_t import_nroutes = ARRAY_LEN(import_routes);
