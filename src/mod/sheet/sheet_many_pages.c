/* sheet_many_pages.c – many rows at once: from row to row, all but some. What would be written is shown
 * first, with names; rows that were typed before and spare rows are passed over. */
#include "mod/sheet/sheet_pages.h"

#include <stdlib.h>

struct range {
	int64_t from, to, except[SHEET_LINES_MAX];
	size_t n;
	enum mark mark;
	const char *but;
};

static int64_t
number_of(struct view *v, const char *name, int64_t none)
{
	const char *s = v->rq->method == M_POST ? req_f(v->rq, name) : req_q(v->rq, name);
	int64_t n;

	return s == NULL || *s == '\0' ? none : num_parse(s, &n) ? n : -1;
}

/* Row numbers (not codes) with anything between them: "5, 17 23". */
static int
read_range(struct view *v, const struct sheet_view *s, struct range *g)
{
	struct ctx *cx = v->cx;
	bool post = v->rq->method == M_POST;
	const char *mark = post ? req_f(v->rq, "mark") : req_q(v->rq, "mark"), *p;

	g->n = 0;
	g->mark = mark != NULL && strcmp(mark, "absent") == 0 ? MARK_ABSENT : MARK_CAME;
	g->but = post ? req_f(v->rq, "but") : req_q(v->rq, "but");
	g->but = g->but == NULL ? "" : g->but;
	g->from = number_of(v, "from", 1);
	g->to = number_of(v, "to", s->s.listed);
	if (g->from < 1 || g->to < g->from || g->to > s->s.listed)
		fail_field(
		    cx, "from", N_("Rows from 1 to %s stand on this sheet."), num(cx, s->s.listed));
	for (p = g->but; *p != '\0';) {
		char *end;
		long line;

		p += strcspn(p, "0123456789");
		if (*p == '\0')
			break;
		line = strtol(p, &end, 10);
		p = end;
		if (line < g->from || line > g->to || g->n == ARRAY_LEN(g->except)) {
			fail_field(cx, "but", N_("Row %s is not among them."), num(cx, line));
			break;
		}
		g->except[g->n++] = line;
	}
	return fields_rc(cx);
}

static void
range_field(struct view *v, const char *name, const char *label, const char *value)
{
	html(&v->h,
	    "<div class='fld w-s'><label for='f-%s'>%s</label><input type='text' "
	    "inputmode='numeric' id='f-%s' name='%s' value='%s'></div>",
	    name, label, name, name, value);
}

static void
draw_range_form(struct view *v, const struct sheet_view *s, const struct range *g)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<form class='flow' action='%s'>",
	    ui_url(v, "/sheets/%lld/many", (long long)s->s.rec.id));
	range_field(v, "from", tr(cx, "From row"),
	    arena_printf(cx->arena, "%lld", (long long)(g->from < 1 ? 1 : g->from)));
	range_field(v, "to", tr(cx, "To row"),
	    arena_printf(cx->arena, "%lld", (long long)(g->to < 1 ? s->s.listed : g->to)));
	html(&v->h,
	    "<div class='fld'><label for='f-but'>%s</label><span class='hint'>%s</span><input "
	    "type='text' id='f-but' name='but' value='%s'></div><p class='acts'><button "
	    "type='submit' class='btn go' name='mark' value='came'>%s</button><button "
	    "type='submit' class='btn' name='mark' value='absent'>%s</button></p></form>",
	    tr(cx, "All but these rows"),
	    tr(cx, "Numbers of rows without the last digit of the code, for example 5 17 23."),
	    g->but, tr(cx, "Show who came"), tr(cx, "Show who did not come"));
}

static bool
left_out(const struct range *g, int64_t line)
{
	size_t i;

	for (i = 0; i < g->n; i++)
		if (g->except[i] == line)
			return true;
	return false;
}

/* Who would be marked, before anything is written. */
static int
draw_range(struct view *v, const struct sheet_view *s, const struct range *g)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct row_shown *r;
	int64_t will = 0;
	size_t n, i;

	TRY(sheet_rows(cx, &s->s, (struct rows_ask){ .sheet = s->s.rec.id }, &r, &n));
	html(h, "<ol class='chosen'>");
	for (i = 0; i < n; i++) {
		bool in = r[i].r.line >= g->from && r[i].r.line <= g->to && !r[i].spare;
		bool now = in && !left_out(g, r[i].r.line) && strcmp(r[i].r.state, "open") == 0;

		if (!in)
			continue;
		will += now;
		html(h, "<li>%s ", row_name(cx, s, &r[i]));
		if (now)
			row_state_mark(v, mark_code(g->mark));
		else if (strcmp(r[i].r.state, "open") != 0)
			ui_state(v, '-', tr(cx, "typed before"));
		else
			ui_state(v, 'w', tr(cx, "left out"));
		html(h, "</li>");
	}
	html(h, "</ol>");
	if (will == 0) {
		ui_note(v, '-', tr(cx, "No row of these is still to be typed."));
		return RC_OK;
	}
	ui_form_begin(v, sheet_path(v, s->s.rec.id, "/many"), false);
	html(h,
	    "<input type='hidden' name='from' value='%lld'><input type='hidden' name='to' "
	    "value='%lld'><input type='hidden' name='but' value='%s'><input type='hidden' "
	    "name='mark' value='%s'><p class='acts'><button type='submit' class='btn "
	    "go'>%s</button></p>",
	    (long long)g->from, (long long)g->to, g->but, mark_code(g->mark),
	    g->mark == MARK_CAME
		? trn(cx, will, "Write: %s row, came", "Write: %s rows, came", num(cx, will))
		: trn(cx, will, "Write: %s row, did not come", "Write: %s rows, did not come",
		      num(cx, will)));
	ui_form_end(v);
	return RC_OK;
}

static int
draw_many(struct view *v, const struct sheet_view *s, struct range *g, bool show)
{
	struct ctx *cx = v->cx;
	struct err said = cx->err;

	err_clear(cx);
	sheet_frame(v, s, "/many", tr(cx, "Many rows at once"));
	cx->err = said;
	ui_refusals(v, "f-");
	err_clear(cx);
	if (s->s.listed == 0)
		ui_empty(v, tr(cx, "This sheet has spare rows only"),
		    tr(cx, "Each of them needs a name, so they are typed one by one."), NULL, NULL);
	else
		draw_range_form(v, s, g);
	if (show)
		TRY(draw_range(v, s, g));
	ui_close(v);
	return RC_OK;
}

static int
many_page(struct view *v)
{
	struct range *g = arena_new(v->cx->arena, struct range);
	struct sheet_view s;
	bool asked = req_q(v->rq, "mark") != NULL;
	int rc;

	TRY(sheet_to_type(v, &s));
	rc = read_range(v, &s, g);
	if (!asked)
		err_clear(v->cx);
	else if (rc != RC_OK)
		v->status = 422;
	return draw_many(v, &s, g, asked && rc == RC_OK);
}

static int
many_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct range *g = arena_new(cx->arena, struct range);
	struct sheet_view s;
	int64_t n = 0;
	int rc;

	TRY(sheet_to_type(v, &s));
	rc = read_range(v, &s, g);
	if (rc == RC_OK)
		rc = sheet_mark_many(cx,
		    &(struct marks_in){ .sheet = s.s.rec.id,
			.from = g->from,
			.to = g->to,
			.except = g->except,
			.nexcept = g->n,
			.mark = g->mark },
		    &n);
	if (rc == RC_INVALID || rc == RC_RULE) {
		v->status = rc == RC_INVALID ? 422 : 409;
		return draw_many(v, &s, g, false);
	}
	TRY(rc);
	return ui_done(v, sheet_path(v, s.s.rec.id, "/type"),
	    trn(cx, n, "%s row is written.", "%s rows are written.", num(cx, n)));
}

const struct route sheet_many_routes[] = {
	{ M_GET, "/sheets/{id}/many", many_page, CAP_EVENT_WRITE, 0, N_("Many rows at once"),
	    N_("A range of rows but some; shown before it is written.") },
	{ M_POST, "/sheets/{id}/many", many_post, CAP_EVENT_WRITE, 0, N_("Many rows at once"),
	    NULL },
};
const size_t sheet_many_nroutes = ARRAY_LEN(sheet_many_routes);
