/* sheet_type_pages.c – typing a sheet: a code, Enter, the next code.
 *
 * One field holds the whole work: "074" came, "-074" did not come, "/074" is taken back; the cursor stands
 * in it again after each row. A spare row asks for a name or lets one choose a person. A code that is not
 * right stays in the field, marked to be typed over, and the script beside the page (web/type.js) gives a
 * sound; without the script everything else is the same. */
#include "mod/sheet/sheet_pages.h"

#include "web/assets.h"

enum { LAST_ROWS = 5, FOUND_MAX = 8 };

struct typed {
	const char *code, *guest, *find; /* as sent */
	enum mark mark;
	int64_t line;
	bool wrong, names; /* names: a spare row waits for its name */
};

/* ---- what was typed ---- */

static const char *
code_text(struct ctx *cx, const struct sheet_view *s, enum code_fault f)
{
	switch (f) {
	case CODE_EMPTY:
		return tr(cx, "Type the code of a row.");
	case CODE_LETTERS:
		return tr(cx, "A code has digits only.");
	case CODE_LENGTH:
		return trf(cx, "A code of this sheet has %s digits.",
		    num(cx, sheet_code_width(s->size) + 1));
	case CODE_CHECK:
		return tr(cx, "This code is not right: a digit is wrong, two stand the other way "
			      "round, or it belongs to another sheet.");
	case CODE_NO_ROW:
		return tr(cx, "There is no such row on this sheet.");
	case CODE_OTHER:
		return tr(cx, "This code belongs to another sheet.");
	case CODE_FINE:
		break;
	}
	return "";
}

static enum mark
mark_asked(struct view *v)
{
	const char *s = req_f(v->rq, "mark");

	return s == NULL		  ? MARK_CAME
	       : strcmp(s, "absent") == 0 ? MARK_ABSENT
	       : strcmp(s, "open") == 0	  ? MARK_OPEN
					  : MARK_CAME;
}

/* The sign before the code says the same as a button. */
static int
read_typed(struct view *v, const struct sheet_view *s, struct typed *t)
{
	struct ctx *cx = v->cx;
	const char *code = req_f(v->rq, "code");
	enum code_fault f;

	*t = (struct typed){ .code = code == NULL ? "" : code,
		.guest = req_f(v->rq, "guest"),
		.find = req_f(v->rq, "find"),
		.mark = mark_asked(v) };
	code = t->code + strspn(t->code, " ");
	if (*code == '-' || *code == '+')
		t->mark = *code++ == '-' ? MARK_ABSENT : MARK_CAME;
	else if (*code == '/' || *code == '*') {
		t->mark = MARK_OPEN;
		code++;
	}
	f = sheet_code_read(s->size, code, &t->line);
	if (f == CODE_FINE)
		return RC_OK;
	t->wrong = true;
	fail_field(cx, "code", "%s", code_text(cx, s, f));
	return RC_INVALID;
}

/* ---- the screen ---- */

static void
draw_code(struct view *v, const struct sheet_view *s, const char *path, const struct typed *t)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	bool wrong = t != NULL && t->wrong;

	ui_form_begin(v, path, false);
	html(h,
	    "<div class='fld%s'><label for='f-code'>%s</label><span class='hint' "
	    "id='code-h'>%s</span>",
	    wrong ? " bad" : "", tr(cx, "Code of the row"),
	    trf(cx, "%1$s and Enter – came; -%1$s – did not come; /%1$s – take back.",
		sheet_code(cx->arena, s->size, 1)));
	if (wrong && cx->err.fields != NULL)
		html(h, "<span class='err' id='code-e' role='alert'>%s</span>",
		    cx->err.fields->text);
	html(h,
	    "<input type='text' class='typing' inputmode='tel' autocomplete='off' id='f-code' "
	    "name='code' maxlength='24' aria-describedby='code-h%s' value='%s' autofocus "
	    "data-sheet='%lld' data-rows='%lld'",
	    wrong ? " code-e" : "", wrong ? t->code : "", (long long)s->size.number,
	    (long long)s->size.lines);
	html(h, " data-wrong='%s'", code_text(cx, s, CODE_CHECK));
	html(h, wrong ? " aria-invalid='true'></div>" : "></div>");
	html(h,
	    "<p class='acts'><button type='submit' class='btn go' name='mark' "
	    "value='came'>%s</button><button type='submit' class='btn' name='mark' "
	    "value='absent'>%s</button><button type='submit' class='btn' name='mark' "
	    "value='open'>%s</button></p>",
	    tr(cx, "Has come"), tr(cx, "Did not come"), tr(cx, "Take back"));
	ui_form_end(v);
}

static int
draw_found(struct view *v, const struct sheet_view *s, const struct typed *t)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct query q;
	struct list l;
	size_t i;

	TRY(query_init(cx, &q, &person_kind));
	TRY(query_filter(&q, "q", t->guest));
	TRY(query_sort(&q, "title"));
	q.limit = FOUND_MAX;
	TRY(query_list(&q, &l));
	if (l.n == 0) {
		ui_note(v, '-', tr(cx, "Nobody is found by this name"));
		return RC_OK;
	}
	html(h, "<ul>");
	for (i = 0; i < l.n; i++) {
		const struct rec *p = list_row(&l, &person_kind, i);

		html(h, "<li class='task'><h3>%s</h3><p class='small mute'>%s</p>",
		    kind_title(cx, &person_kind, p),
		    person_kind.hint == NULL ? "" : person_kind.hint(cx, p));
		ui_form_begin(v, sheet_path(v, s->s.rec.id, "/type"), false);
		html(h,
		    "<input type='hidden' name='code' value='%s'><input type='hidden' "
		    "name='person' value='%lld'><button type='submit' class='btn'>%s<span "
		    "class='vh'>: %s</span></button>",
		    t->code, (long long)p->id, tr(cx, "Has come"), kind_title(cx, &person_kind, p));
		ui_form_end(v);
		html(h, "</li>");
	}
	html(h, "</ul>");
	return RC_OK;
}

/* A spare row: who stands there? */
static int
draw_name(struct view *v, const struct sheet_view *s, const struct typed *t)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *guest = t->guest == NULL ? "" : t->guest;

	html(h, "<h2>%s</h2>", trf(cx, "Spare row %s", sheet_code(cx->arena, s->size, t->line)));
	ui_form_begin(v, sheet_path(v, s->s.rec.id, "/type"), false);
	html(h,
	    "<input type='hidden' name='code' value='%s'><div class='fld'><label "
	    "for='f-guest'>%s</label><span class='hint'>%s</span>",
	    t->code, tr(cx, "Surname, name, patronymic"), tr(cx, "As it stands on the paper."));
	if (cx->err.fields != NULL)
		html(h, "<span class='err'>%s</span>", cx->err.fields->text);
	html(h,
	    "<input type='text' id='f-guest' name='guest' value='%s' maxlength='200' "
	    "autocomplete='off' autofocus></div><p class='acts'><button type='submit' class='btn "
	    "go'>%s</button><button type='submit' class='btn' name='find' "
	    "value='1'>%s</button><a class='btn bare' href='%s'>%s</a></p>",
	    guest, tr(cx, "Has come, a guest"), tr(cx, "Find among people on record"),
	    ui_url(v, "/sheets/%lld/type", (long long)s->s.rec.id), tr(cx, "Another row"));
	ui_form_end(v);
	return t->find != NULL && *guest != '\0' ? draw_found(v, s, t) : RC_OK;
}

static int
draw_last(struct view *v, const struct sheet_view *s)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct row_shown *r;
	size_t n, i;

	TRY(sheet_rows(cx, &s->s,
	    (struct rows_ask){ .sheet = s->s.rec.id, .latest = true, .limit = LAST_ROWS }, &r, &n));
	if (n == 0)
		return RC_OK;
	html(h, "<h2>%s</h2><ul class='last'>", tr(cx, "Typed last"));
	for (i = 0; i < n; i++) {
		html(h, "<li><a href='%s'>%s</a> ",
		    ui_url(v, "/sheets/%lld/rows/%s", (long long)s->s.rec.id,
			sheet_code(cx->arena, s->size, r[i].r.line)),
		    row_name(cx, s, &r[i]));
		row_state_mark(v, r[i].r.state);
		ui_form_begin(v, sheet_path(v, s->s.rec.id, "/type"), false);
		html(h,
		    "<input type='hidden' name='code' value='%s'><button type='submit' class='btn "
		    "bare' name='mark' value='open'>%s<span class='vh'>: %s</span></button>",
		    sheet_code(cx->arena, s->size, r[i].r.line), tr(cx, "Take back"),
		    row_name(cx, s, &r[i]));
		ui_form_end(v);
		html(h, "</li>");
	}
	html(h, "</ul>");
	return RC_OK;
}

static int
draw_sums(struct view *v, const struct sheet_view *s)
{
	struct ctx *cx = v->cx;
	struct sheet_sums n;

	TRY(sheet_sum(cx, &s->s, &n));
	html(&v->h, "<p class='howfar'><strong>%s</strong> %s",
	    trf(cx, "%s of %s", num(cx, n.typed), num(cx, n.lines)), tr(cx, "rows are typed"));
	html(&v->h, " · %s · %s</p>", trf(cx, "came: %s", num(cx, n.came)),
	    trf(cx, "did not come: %s", num(cx, n.absent)));
	return RC_OK;
}

static int
draw_type(struct view *v, const struct sheet_view *s, const struct typed *t)
{
	struct ctx *cx = v->cx;
	struct err said = cx->err;
	const char *beep = req_q(v->rq, "beep");

	err_clear(cx);
	sheet_frame(v, s, "/type", tr(cx, "Type the sheet"));
	html(&v->h, "<div class='flow' id='typing' data-beep='%s'>",
	    (t != NULL && t->wrong) || beep != NULL ? "1" : "");
	TRY(draw_sums(v, s));
	cx->err = said;
	if (said.text != NULL && *said.text != '\0')
		ui_note(v, 'n', said.text);
	if (t != NULL && t->names)
		TRY(draw_name(v, s, t));
	else
		draw_code(v, s, sheet_path(v, s->s.rec.id, "/type"), t);
	err_clear(cx);
	TRY(draw_last(v, s));
	html(&v->h, "</div><script src='%s' defer></script>", asset_url("type.js"));
	ui_close(v);
	return RC_OK;
}

static int
type_page(struct view *v)
{
	struct sheet_view s;

	TRY(sheet_to_type(v, &s));
	return draw_type(v, &s, NULL);
}

/* What became of it, in one line. */
static const char *
outcome(struct ctx *cx, const struct typed *t, const struct mark_out *o, const char *row)
{
	if (t->mark == MARK_CAME)
		return o->again ? trf(cx, "%s was typed already; nothing is counted twice.", row)
		       : o->elsewhere ? trf(cx,
					    "%s was marked already, at the door or on another "
					    "sheet; nothing is counted twice.",
					    row)
				      : trf(cx, "%s: came.", row);
	if (o->kept)
		return trf(cx,
		    "%s: taken back here, but marked elsewhere too; that attendance stands.", row);
	if (o->again)
		return trf(cx, "%s: nothing changed.", row);
	return t->mark == MARK_ABSENT ? trf(cx, "%s: did not come.", row)
				      : trf(cx, "%s: taken back.", row);
}

static int
say_done(
    struct view *v, const struct sheet_view *s, const struct typed *t, const struct mark_out *o)
{
	struct ctx *cx = v->cx;
	struct row_shown *r;
	const char *row;
	bool twice = o->again || o->elsewhere || o->kept;
	size_t n;

	TRY(sheet_rows(
	    cx, &s->s, (struct rows_ask){ .sheet = s->s.rec.id, .line = t->line }, &r, &n));
	row = n == 1 ? row_name(cx, s, &r[0]) : sheet_code(cx->arena, s->size, t->line);
	return ui_done(v, sheet_path(v, s->s.rec.id, twice ? "/type?beep=1" : "/type"),
	    outcome(cx, t, o, row));
}

static int
type_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *person = req_f(v->rq, "person");
	struct sheet_view s;
	struct mark_in in;
	struct mark_out o;
	struct typed t;
	int rc;

	TRY(sheet_to_type(v, &s));
	rc = read_typed(v, &s, &t);
	in = (struct mark_in){
		.sheet = s.s.rec.id, .line = t.line, .mark = t.mark, .guest = t.guest
	};
	if (person != NULL && *person != '\0' && !num_parse(person, &in.person))
		return RC_NOTFOUND;
	if (rc == RC_OK && t.find != NULL) {
		t.names = true;
		return draw_type(v, &s, &t);
	}
	if (rc == RC_OK)
		rc = sheet_mark(cx, &in, &o);
	if (rc == RC_INVALID && !t.wrong) {
		/* A spare row without a name: only the first question is no refusal. */
		t.names = true;
		if (t.guest == NULL)
			err_clear(cx);
		else
			v->status = 422;
		return draw_type(v, &s, &t);
	}
	if (rc == RC_INVALID || rc == RC_RULE) {
		v->status = rc == RC_INVALID ? 422 : 409;
		return draw_type(v, &s, &t);
	}
	TRY(rc);
	return say_done(v, &s, &t, &o);
}

/* ---- the second reading ---- */

static int
draw_differences(struct view *v, const struct sheet_view *s)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct row_shown *r;
	size_t n, i;

	TRY(sheet_rows(
	    cx, &s->s, (struct rows_ask){ .sheet = s->s.rec.id, .differ = true }, &r, &n));
	ui_section_open(v, "differ", tr(cx, "Differences"),
	    tr(cx, "Look at the paper and type the row once more where it was wrong."));
	if (n == 0)
		html(h, "<p>%s</p>", tr(cx, "Both readings agree so far."));
	else
		html(h, "<ul class='last'>");
	for (i = 0; i < n; i++) {
		html(h, "<li><a href='%s'>%s</a> <span class='mute'>%s</span> ",
		    ui_url(v, "/sheets/%lld/rows/%s", (long long)s->s.rec.id,
			sheet_code(cx->arena, s->size, r[i].r.line)),
		    row_name(cx, s, &r[i]), tr(cx, "first"));
		row_state_mark(v, r[i].r.state);
		html(h, " <span class='mute'>%s</span> ", tr(cx, "second"));
		row_state_mark(v, r[i].r.second);
		html(h, "</li>");
	}
	if (n > 0)
		html(h, "</ul>");
	ui_section_close(v);
	return RC_OK;
}

static int
draw_again(struct view *v, const struct sheet_view *s, const struct typed *t)
{
	struct ctx *cx = v->cx;
	struct err said = cx->err;
	struct sheet_sums n;

	err_clear(cx);
	TRY(sheet_sum(cx, &s->s, &n));
	sheet_frame(v, s, "/again", tr(cx, "Second reading"));
	html(&v->h, "<div class='flow' id='typing' data-beep='%s'><p>%s</p>",
	    t != NULL && t->wrong ? "1" : "",
	    tr(cx, "Another person types the codes again without seeing what was typed. Nothing is "
		   "counted here; differences are listed."));
	html(&v->h, "<p class='howfar'><strong>%s</strong> %s</p>",
	    trf(cx, "%s of %s", num(cx, n.read), num(cx, s->size.lines)),
	    tr(cx, "rows are read again"));
	cx->err = said;
	if (said.text != NULL && *said.text != '\0')
		ui_note(v, 'n', said.text);
	draw_code(v, s, sheet_path(v, s->s.rec.id, "/again"), t);
	err_clear(cx);
	html(&v->h, "</div>");
	TRY(draw_differences(v, s));
	html(&v->h, "<script src='%s' defer></script>", asset_url("type.js"));
	ui_close(v);
	return RC_OK;
}

static int
again_page(struct view *v)
{
	struct sheet_view s;

	TRY(sheet_to_type(v, &s));
	return draw_again(v, &s, NULL);
}

static int
again_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct sheet_view s;
	struct typed t;
	int rc;

	TRY(sheet_to_type(v, &s));
	rc = read_typed(v, &s, &t);
	if (rc == RC_OK)
		rc = sheet_read_again(cx, s.s.rec.id, t.line, t.mark);
	if (rc == RC_INVALID || rc == RC_RULE) {
		v->status = rc == RC_INVALID ? 422 : 409;
		return draw_again(v, &s, &t);
	}
	TRY(rc);
	return ui_done(v, sheet_path(v, s.s.rec.id, "/again"),
	    trf(cx, "Read again: %s.", sheet_code(cx->arena, s.size, t.line)));
}

const struct route sheet_type_routes[] = {
	{ M_GET, "/sheets/{id}/type", type_page, CAP_EVENT_WRITE, 0, N_("Type the sheet"),
	    N_("Code of a row, Enter, the next one.") },
	{ M_POST, "/sheets/{id}/type", type_post, CAP_EVENT_WRITE, 0, N_("Type the sheet"), NULL },
	{ M_GET, "/sheets/{id}/again", again_page, CAP_EVENT_WRITE, 0, N_("Second reading"),
	    N_("Another person types the codes blind; differences are listed.") },
	{ M_POST, "/sheets/{id}/again", again_post, CAP_EVENT_WRITE, 0, N_("Second reading"),
	    NULL },
};
const size_t sheet_type_nroutes = ARRAY_LEN(sheet_type_routes);
