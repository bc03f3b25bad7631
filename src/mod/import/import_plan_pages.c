/* import_plan_pages.c – what a trial run found, row by row; which one an asking row means; what became of
 * it. The numbers on top are filters. */
#include "mod/import/import_pages.h"

enum { LINES = 50, MAPPED = 8 };

static const struct {
	char outcome, tone;
	const char *word;
} outcomes[] = { { 'n', 'o', N_("new") }, { 'u', 'p', N_("changes") }, { 's', '-', N_("the same") },
	{ 'a', 'w', N_("asks") }, { 'e', 'n', N_("error") }, { 'k', '-', N_("left out") } };

static int64_t
count_of(const struct import_counts *n, char outcome)
{
	return outcome == 'n'	? n->fresh
	       : outcome == 'u' ? n->updates
	       : outcome == 's' ? n->same
	       : outcome == 'a' ? n->asks
	       : outcome == 'e' ? n->errors
				: n->left_out;
}

static void
filter(struct view *v, const char *href, bool now, const char *text, int64_t n)
{
	html(&v->h, "<a class='chip' href='%s'", href);
	if (now)
		html(&v->h, " aria-current='true'");
	html(&v->h, ">%s <b>%s</b></a>", text, num(v->cx, n));
}

static void
filters(struct view *v, const struct import_batch *b, const struct import_counts *n, char now)
{
	const char *all = ui_url(v, "/imports/%lld", (long long)b->id);
	struct ctx *cx = v->cx;
	size_t i;

	html(&v->h, "<nav class='chips' aria-label='%s'>", tr(cx, "Rows by what would happen"));
	filter(v, all, now == 0, tr(cx, "All rows"), n->rows);
	for (i = 0; i < ARRAY_LEN(outcomes); i++)
		if (count_of(n, outcomes[i].outcome) > 0)
			filter(v, arena_printf(cx->arena, "%s?rows=%c", all, outcomes[i].outcome),
			    now == outcomes[i].outcome, tr(cx, outcomes[i].word),
			    count_of(n, outcomes[i].outcome));
	html(&v->h, "</nav>");
}

/* The columns that have a meaning, at most MAPPED; the first ones tell rows apart. */
static size_t
used_columns(const struct import_view *w, size_t out[MAPPED])
{
	size_t c, n = 0;

	for (c = 0; c < w->ncolumns && n < MAPPED; c++)
		if (w->target[c] != NULL && *w->target[c] != '\0')
			out[n++] = c;
	return n;
}

static bool
names_field(const char *fields, const char *target)
{
	const char *dot = strrchr(target, '.'), *p = fields;
	size_t len;

	/* "person.phone" is phone; "name.ru" is name. */
	if (dot != NULL && strncmp(target, "person.", 7) == 0)
		target = dot + 1;
	len = strcspn(target, ".");
	while (p != NULL && *p != '\0') {
		size_t n = strcspn(p, ",");

		if (n == len && strncmp(p, target, n) == 0)
			return true;
		if (strncmp(target, "full_name", 9) == 0 &&
		    (strncmp(p, "surname", n) == 0 || strncmp(p, "given", n) == 0 ||
			strncmp(p, "patronymic", n) == 0))
			return true;
		p += n + (p[n] == ',');
	}
	return false;
}

static void
cell(struct view *v, const struct import_view *w, const struct import_line *l, size_t c)
{
	const char *text = c < l->ncells && l->cells[c] != NULL ? l->cells[c] : "";
	bool marked = (l->outcome == 'u' || l->outcome == 'e' || l->outcome == 'a') &&
		      names_field(l->fields, w->target[c]);

	if (*text != '\0' && strstr(w->target[c], "iin") != NULL)
		text = "••••••••••••";
	html(&v->h, "<td data-l='%s'>", w->head[c] == NULL ? "" : w->head[c]);
	if (marked)
		html(&v->h, "<mark translate='no'>%s</mark>", *text == '\0' ? "–" : text);
	else
		html(&v->h, "<span translate='no'>%s</span>", text);
	html(&v->h, "</td>");
}

/* Of a list of who came: the person on record that the row means, or a guest. */
static int
draw_who(struct view *v, const struct import_kind *k, const struct import_line *l)
{
	const struct kind *of = k->names_person ? kind_field(k->kind, "person")->ref : NULL;
	const char *title;

	if (of == NULL || (l->outcome != 'n' && l->outcome != 's'))
		return RC_OK;
	if (l->person == 0) {
		html(&v->h, "<br><span class='mute'>%s</span>", tr(v->cx, "a guest"));
		return RC_OK;
	}
	TRY(kind_titles(v->cx, of, &l->person, 1, &title));
	html(&v->h, "<br><a href='%s'>%s</a>", kind_url(v->cx, of, l->person), title);
	return RC_OK;
}

static int
outcome_cell(struct view *v, const struct import_batch *b, const struct import_line *l)
{
	struct ctx *cx = v->cx;
	const struct import_kind *k = import_kind_of(b->kind);
	size_t i;

	for (i = 0; i < ARRAY_LEN(outcomes) - 1 && outcomes[i].outcome != l->outcome; i++)
		;
	html(&v->h, "<td data-l='%s'>", tr(cx, "What happens"));
	ui_state(v, l->done ? 'o' : outcomes[i].tone,
	    l->done ? tr(cx, "written") : tr(cx, outcomes[i].word));
	if (l->reason != NULL && *l->reason != '\0')
		html(&v->h, "<br>%s", l->reason);
	if (l->outcome == 'a' && strcmp(b->state, "planned") == 0)
		html(&v->h, "<br><a href='%s'>%s</a>",
		    ui_url(v, "/imports/%lld/rows/%lld", (long long)b->id, (long long)l->row),
		    tr(cx, "Decide"));
	else if (l->rec > 0 && k->kind->path != NULL)
		html(&v->h, "<br><a href='%s'>%s</a>", kind_url(cx, k->kind, l->rec),
		    tr(cx, "Record on file"));
	TRY(draw_who(v, k, l));
	html(&v->h, "</td>");
	return RC_OK;
}

static int
lines(struct view *v, const struct import_batch *b, char outcome)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct import_view *w = arena_new(cx->arena, struct import_view);
	struct import_line *l = arena_array(cx->arena, struct import_line, LINES + 1);
	const char *after = req_q(v->rq, "after");
	struct import_window win = { outcome, 0, LINES + 1, true };
	size_t cols[MAPPED], nc, n, i, c;

	if (after != NULL && !num_parse(after, &win.after))
		win.after = 0;
	if (b->path == NULL)
		return RC_OK; /* its term is over */
	TRY(import_look(cx, b, w));
	TRY(import_lines(cx, b, win, l, &n));
	nc = used_columns(w, cols);
	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th>",
	    tr(cx, "Rows of the table"), tr(cx, "Row"));
	for (c = 0; c < nc; c++)
		html(
		    h, "<th scope='col'>%s</th>", w->head[cols[c]] == NULL ? "" : w->head[cols[c]]);
	html(h, "<th scope='col'>%s</th></tr></thead><tbody>", tr(cx, "What happens"));
	for (i = 0; i < n && i < LINES; i++) {
		html(
		    h, "<tr><th scope='row' data-l='%s'>%s</th>", tr(cx, "Row"), num(cx, l[i].row));
		for (c = 0; c < nc; c++)
			cell(v, w, &l[i], cols[c]);
		TRY(outcome_cell(v, b, &l[i]));
		html(h, "</tr>");
	}
	html(h, "</tbody></table></div>");
	if (n > LINES)
		html(h, "<p class='acts'><a class='btn' rel='next' href='%s'>%s</a></p>",
		    ui_url_with(
			v, "after", arena_printf(cx->arena, "%lld", (long long)l[LINES - 1].row)),
		    tr(cx, "Next"));
	return RC_OK;
}

static char
asked_outcome(struct view *v)
{
	const char *s = req_q(v->rq, "rows");
	size_t i;

	for (i = 0; s != NULL && i < ARRAY_LEN(outcomes); i++)
		if (s[0] == outcomes[i].outcome && s[1] == '\0')
			return s[0];
	return 0;
}

int
import_plan_screen(struct view *v, const struct import_batch *b)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct import_counts n;
	int64_t writes;

	TRY(import_count(cx, b->id, &n));
	writes = n.fresh + n.updates;
	import_frame(v, b, tr(cx, "Trial run"));
	html(h, "<p class='prose'>%s %s</p>",
	    trf(cx, "New: %s, changed: %s, the same as on record: %s.", num(cx, n.fresh),
		num(cx, n.updates), num(cx, n.same)),
	    n.asks + n.errors > 0 ? trf(cx, "Not imported unless you decide or put them right: %s.",
					num(cx, n.asks + n.errors))
				  : "");
	ui_form_begin(v, import_path(v, b->id, "/commit"), false);
	html(h, "<input type='hidden' name='plan' value='%s'><p class='acts'>",
	    b->plan_digest == NULL ? "" : b->plan_digest);
	if (writes > 0)
		html(h, "<button type='submit' class='btn go'>%s</button>",
		    trn(cx, writes, "Import %s row", "Import %s rows", num(cx, writes)));
	html(h, "<a class='btn' href='%s'>%s</a></p>",
	    ui_url(v, "/imports/%lld/columns", (long long)b->id), tr(cx, "Change the columns"));
	ui_form_end(v);
	html(h, "<p class='small mute'>%s <code translate='no'>%.16s</code></p>",
	    tr(cx, "Exactly this plan is carried out, or none. Its mark:"),
	    b->plan_digest == NULL ? "" : arena_strn(cx->arena, b->plan_digest, 16));
	filters(v, b, &n, asked_outcome(v));
	TRY(lines(v, b, asked_outcome(v)));
	ui_post_button(v, import_path(v, b->id, "/drop"), 0, tr(cx, "Put aside"), false);
	ui_close(v);
	return RC_OK;
}

/* ---- which one is meant ---- */

static int
question_of(struct view *v, struct import_batch *b, int64_t *row, struct import_question *q)
{
	TRY(import_of_path(v, b));
	TRY(req_param_id(v->rq, 1, row));
	if (strcmp(b->state, "planned") != 0)
		return RC_NOTFOUND;
	return import_ask(v->cx, b, *row, q);
}

static int
row_facts(struct view *v, const struct import_batch *b, int64_t row)
{
	struct ctx *cx = v->cx;
	struct import_view *w = arena_new(cx->arena, struct import_view);
	struct import_line *l = arena_new(cx->arena, struct import_line);
	size_t n, c;

	TRY(import_look(cx, b, w));
	TRY(import_lines(cx, b, (struct import_window){ 0, row - 1, 1, true }, l, &n));
	html(&v->h, "<dl class='facts'>");
	for (c = 0; n == 1 && c < l->ncells && c < w->ncolumns; c++)
		if (*l->cells[c] != '\0')
			html(&v->h, "<dt>%s</dt><dd>%s</dd>", w->head[c] == NULL ? "" : w->head[c],
			    strstr(w->target[c], "iin") != NULL ? "••••••••••••" : l->cells[c]);
	html(&v->h, "</dl>");
	return RC_OK;
}

static void
offer(struct view *v, const struct import_batch *b, const struct import_offer *o, size_t i)
{
	const struct import_kind *k = import_kind_of(b->kind);
	const struct kind *of = (k->with_person || k->names_person) && *o->why != '\0'
				    ? kind_field(k->kind, "person")->ref
				    : k->kind;

	html(&v->h, "<p><label><input type='radio' name='pick' value='%lld'", (long long)o->id);
	if (i == 0)
		html(&v->h, " required");
	html(&v->h, "> <b>%s</b></label>", o->title);
	if (*o->hint != '\0')
		html(&v->h, " <span class='mute'>%s</span>", o->hint);
	if (*o->why != '\0')
		html(&v->h, "<br>%s · <a href='%s'>%s</a>", o->why, kind_url(v->cx, of, o->id),
		    tr(v->cx, "Record on file"));
	html(&v->h, "</p>");
}

int
import_question_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct import_question q;
	struct import_batch b;
	int64_t row;
	size_t i;

	TRY(question_of(v, &b, &row, &q));
	if (q.what == NULL)
		return ui_done(v, import_path(v, b.id, ""), tr(cx, "This row no longer asks."));
	import_frame(v, &b, trf(cx, "Row %s", num(cx, row)));
	html(h, "<div class='two'><div>");
	ui_section_open(v, "row", tr(cx, "In the table"), NULL);
	TRY(row_facts(v, &b, row));
	ui_section_close(v);
	html(h, "</div><div>");
	ui_section_open(v, "offers", tr(cx, "On record"), NULL);
	ui_form_begin(v,
	    arena_printf(cx->arena, "/imports/%lld/rows/%lld", (long long)b.id, (long long)row),
	    false);
	html(h,
	    "<input type='hidden' name='what' value='%s'><fieldset class='fld'><legend>%s</legend>",
	    q.what, q.text);
	for (i = 0; i < q.n; i++)
		offer(v, &b, &q.offers[i], i);
	if (q.may_be_new)
		html(h, "<p><label><input type='radio' name='pick' value='0'> %s</label></p>",
		    import_kind_of(b.kind)->names_person
			? tr(cx, "None of them: a guest with this name")
			: tr(cx, "None of them: make a new record"));
	html(h, "<p><label><input type='radio' name='pick' value='-1'> %s</label></p></fieldset>",
	    strncmp(q.what, "row:", 4) == 0 ? tr(cx, "Leave this row out")
					    : tr(cx, "Leave all rows with this name out"));
	html(h,
	    "<p class='acts'><button type='submit' class='btn go'>%s</button><a class='btn' "
	    "href='%s?rows=a'>%s</a></p>",
	    tr(cx, "Decide"), ui_url(v, "/imports/%lld", (long long)b.id),
	    tr(cx, "Back to the rows"));
	ui_form_end(v);
	ui_section_close(v);
	html(h, "</div></div>");
	ui_close(v);
	return RC_OK;
}

int
import_question_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *pick = req_f(v->rq, "pick"), *what = req_f(v->rq, "what");
	struct import_question q;
	struct import_batch b;
	int64_t row, id;
	size_t i;

	TRY(question_of(v, &b, &row, &q));
	if (pick == NULL || what == NULL || q.what == NULL || strcmp(what, q.what) != 0 ||
	    !num_parse(pick, &id))
		return fail(cx, RC_INVALID, N_("Choose one of the records offered."));
	for (i = 0; i < q.n && q.offers[i].id != id; i++)
		;
	if (i == q.n && id != -1 && !(id == 0 && q.may_be_new))
		return fail(cx, RC_INVALID, N_("Choose one of the records offered."));
	TRY(import_answer(cx, b.id, what, id));
	TRY(import_a_moment(v, &b));
	return ui_done(v, arena_printf(cx->arena, "/imports/%lld?rows=a", (long long)b.id), NULL);
}

/* ---- what became of it ---- */

static void
result_numbers(struct view *v, const struct import_batch *b, const struct import_counts *n)
{
	struct ctx *cx = v->cx;
	int64_t out = n->errors + n->asks + n->left_out;

	html(&v->h,
	    "<dl class='facts'><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd>",
	    tr(cx, "Written"), num(cx, n->done), tr(cx, "The same as on record"), num(cx, n->same),
	    tr(cx, "Not imported"), num(cx, out));
	html(&v->h, "<dt>%s</dt><dd>%s</dd></dl>", tr(cx, "When"),
	    moment_text(cx, b->ended_at != 0 ? b->ended_at : b->changed_at));
	if (out == 0 || b->path == NULL)
		return;
	html(&v->h,
	    "<p class='acts'><a class='btn' href='%s?format=xlsx'>%s</a><a class='btn' "
	    "href='%s?format=csv'>%s</a></p><p class='mute'>%s</p>",
	    ui_url(v, "/imports/%lld/rejected", (long long)b->id),
	    tr(cx, "Rows not imported, XLSX"),
	    ui_url(v, "/imports/%lld/rejected", (long long)b->id), tr(cx, "Rows not imported, CSV"),
	    tr(cx, "They have the columns of your file and the reason behind them. Put them right "
		   "and send "
		   "the file again."));
}

int
import_result_screen(struct view *v, const struct import_batch *b)
{
	struct ctx *cx = v->cx;
	struct import_counts n;
	const char *why;
	bool undone = strcmp(b->state, "undone") == 0;

	TRY(import_count(cx, b->id, &n));
	import_frame(
	    v, b, undone ? tr(cx, "The import is undone") : tr(cx, "Result of the import"));
	result_numbers(v, b, &n);
	if (strcmp(b->state, "stopped") == 0) {
		ui_form_begin(v, import_path(v, b->id, "/commit"), false);
		html(&v->h, "<p class='acts'><button type='submit' class='btn go'>%s</button></p>",
		    tr(cx, "Go on"));
		ui_form_end(v);
	}
	filters(v, b, &n, asked_outcome(v));
	TRY(lines(v, b, asked_outcome(v)));
	if (n.done > 0 && !undone) {
		TRY(import_undo_check(cx, b, &why));
		ui_section_open(v, "undo", tr(cx, "Undo"), NULL);
		html(&v->h, "<p class='prose'>%s</p>",
		    why != NULL ? trf(cx, "This import cannot be undone: %s", why)
				: tr(cx, "New records are removed and changed ones get their "
					 "earlier values, as "
					 "long as nothing else has touched or named them."));
		if (why == NULL)
			ui_post_button(
			    v, import_path(v, b->id, "/undo"), 0, tr(cx, "Undo the import"), true);
		ui_section_close(v);
	}
	ui_close(v);
	return RC_OK;
}
