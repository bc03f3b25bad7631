/* sheet_pages.c – the paper of an event: its sheets with how far they are typed, and the form for a new
 * one; and what all pages of a sheet share. */
#include "mod/sheet/sheet_pages.h"

/* ---- shared ---- */

const char *
sheet_path(struct view *v, int64_t id, const char *tail)
{
	return arena_printf(v->cx->arena, "/sheets/%lld%s", (long long)id, tail);
}

const char *
sheet_event_path(struct view *v, int64_t id, const char *tail)
{
	return arena_printf(v->cx->arena, "/events/%lld%s", (long long)id, tail);
}

const char *
sheet_event_days(struct ctx *cx, const struct event *e)
{
	return day_range(cx, e->first_day, e->last_day == 0 ? e->first_day : e->last_day);
}

int
sheet_body_title(struct ctx *cx, int64_t body, const char **out)
{
	*out = "";
	return body == 0 ? RC_OK : kind_titles(cx, &body_kind, &body, 1, out);
}

static int
in_scope(struct ctx *cx, int64_t event, bool organisers_too, bool *yes)
{
	int rc = event_in_scope(cx, event, organisers_too);

	*yes = rc == RC_OK;
	if (rc == RC_DENIED)
		err_clear(cx);
	return rc == RC_DENIED ? RC_OK : rc;
}

static int
rights_at(struct ctx *cx, int64_t event, struct paper_rights *out)
{
	bool lead, any;

	TRY(in_scope(cx, event, false, &lead));
	TRY(in_scope(cx, event, true, &any));
	*out = (struct paper_rights){ .reads = any && may(cx, CAP_EVENT_READ),
		.marks = any && may(cx, CAP_EVENT_WRITE),
		.writes = lead && may(cx, CAP_EVENT_WRITE) };
	return RC_OK;
}

int
sheet_of_path(struct view *v, struct sheet_view *out)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &sheet_kind, id, &out->s));
	TRY(kind_get(v->cx, &event_kind, out->s.event, &out->e));
	TRY(rights_at(v->cx, out->s.event, &out->can));
	out->size = sheet_size_of(&out->s);
	out->title = kind_title(v->cx, &event_kind, &out->e);
	return RC_OK;
}

static int
outside(struct ctx *cx)
{
	return fail(cx, RC_DENIED,
	    N_("This belongs to another body; you may change only what is your own body's."));
}

int
sheet_to_type(struct view *v, struct sheet_view *out)
{
	TRY(sheet_of_path(v, out));
	return out->can.marks ? RC_OK : outside(v->cx);
}

int
sheet_event(struct view *v, struct event *e, struct paper_rights *can)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &event_kind, id, e));
	TRY(rights_at(v->cx, id, can));
	return can->reads ? RC_OK : outside(v->cx);
}

static void
chip(
    struct view *v, const struct sheet_view *s, const char *tail, const char *now, const char *text)
{
	html(&v->h, "<a class='chip' href='%s'", ui_path(v, sheet_path(v, s->s.rec.id, tail)));
	if (strcmp(tail, now) == 0)
		html(&v->h, " aria-current='true'");
	html(&v->h, ">%s</a>", text);
}

void
sheet_frame(struct view *v, const struct sheet_view *s, const char *now, const char *h1)
{
	struct ctx *cx = v->cx;
	const char *name = trf(cx, "Sheet %s", num(cx, s->s.rec.id));
	const struct crumb crumbs[] = { { "/events", tr(cx, "Events") },
		{ sheet_event_path(v, s->e.rec.id, ""), s->title },
		{ sheet_event_path(v, s->e.rec.id, "/sheets"), tr(cx, "Paper") },
		{ *now == '\0' ? NULL : sheet_path(v, s->s.rec.id, ""), name },
		{ *now == '\0' ? NULL : NULL, *now == '\0' ? NULL : h1 }, { NULL, NULL } };

	ui_open(v, &(struct page){ .title = h1 == NULL ? name : h1,
		       .nav = "/events",
		       .staff = true,
		       .no_h1 = h1 == NULL,
		       .crumbs = crumbs });
	html(&v->h, "<nav class='chips noprint' aria-label='%s'>", tr(cx, "Pages of the sheet"));
	chip(v, s, "", now, tr(cx, "Print"));
	if (s->can.marks && !s->s.withdrawn) {
		chip(v, s, "/type", now, tr(cx, "Type"));
		chip(v, s, "/many", now, tr(cx, "Many rows"));
		chip(v, s, "/again", now, tr(cx, "Second reading"));
	}
	chip(v, s, "/pictures", now, tr(cx, "Pictures"));
	html(&v->h, "</nav>");
}

const char *
row_name(struct ctx *cx, const struct sheet_view *s, const struct row_shown *r)
{
	const char *code = sheet_code(cx->arena, s->size, r->r.line);

	return *r->name == '\0' ? code : arena_printf(cx->arena, "%s · %s", code, r->name);
}

void
row_state_mark(struct view *v, const char *state)
{
	ui_state(v,
	    strcmp(state, "came") == 0	   ? 'o'
	    : strcmp(state, "absent") == 0 ? '-'
					   : 'p',
	    option_label(v->cx, row_states, state));
}

/* ---- the sheets of an event ---- */

enum { SPARE_ROWS = 10 };

static int
draw_sheet_row(struct view *v, const struct sheet *s)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct sheet_sums n;

	TRY(sheet_sum(cx, s, &n));
	html(h, "<tr><th scope='row'><a href='%s'>%s</a></th><td data-l='%s'>%s</td>",
	    ui_url(v, "/sheets/%lld", (long long)s->rec.id),
	    trf(cx, "Sheet %s", num(cx, s->rec.id)), tr(cx, "Who stands on it"),
	    option_label(cx, sheet_lists, s->list));
	html(h, "<td class='r' data-l='%s'>%s + %s</td><td data-l='%s'>", tr(cx, "Rows"),
	    num(cx, s->listed), num(cx, s->spare), tr(cx, "Typed"));
	if (s->withdrawn)
		ui_state(v, '-', tr(cx, "Withdrawn"));
	else
		ui_state(v,
		    n.typed == 0	? 'p'
		    : n.typed < n.lines ? 'w'
					: 'o',
		    trf(cx, "%s of %s", num(cx, n.typed), num(cx, n.lines)));
	html(h, "</td><td data-l='%s'>%s</td></tr>", tr(cx, "Made"),
	    moment_text(cx, s->rec.created_at));
	return RC_OK;
}

static int
draw_sheets(struct view *v, const struct event *e)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct list l;
	size_t i;

	TRY(sheets_of(cx, e->rec.id, &l));
	ui_section_open(v, "sheets", tr(cx, "Sheets"), NULL);
	if (l.n == 0)
		ui_empty(v, tr(cx, "No sheet was printed for this event yet"),
		    tr(cx, "Make one below: people sign it, and the office types who came."), NULL,
		    NULL);
	else {
		html(h,
		    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead>"
		    "<tr><th scope='col'>%s</th><th scope='col'>%s</th><th scope='col' "
		    "class='r'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th></tr></thead>"
		    "<tbody>",
		    tr(cx, "Sheets"), tr(cx, "Sheet"), tr(cx, "Who stands on it"), tr(cx, "Rows"),
		    tr(cx, "Typed"), tr(cx, "Made"));
		for (i = 0; i < l.n; i++)
			TRY(draw_sheet_row(v, list_row(&l, &sheet_kind, i)));
		html(h, "</tbody></table></div>");
	}
	ui_section_close(v);
	return RC_OK;
}

static void
choice(struct view *v, const char *name, const char *label, const struct option *o)
{
	const char *now = req_f(v->rq, name);

	html(&v->h, "<div class='fld w-m'><label for='f-%s'>%s</label><select id='f-%s' name='%s'>",
	    name, label, name, name);
	for (; o->code != NULL; o++) {
		html(&v->h, "<option value='%s'", o->code);
		if (now != NULL && strcmp(now, o->code) == 0)
			html(&v->h, " selected");
		html(&v->h, ">%s</option>", tr(v->cx, o->label));
	}
	html(&v->h, "</select></div>");
}

static void
draw_new(struct view *v, const struct event *e)
{
	struct ctx *cx = v->cx;
	const char *spare = req_f(v->rq, "spare");

	ui_section_open(v, "new", tr(cx, "A new sheet"),
	    tr(cx, "Each row gets a code; spare rows are for people who are not on the list."));
	ui_form_begin(v, sheet_event_path(v, e->rec.id, "/sheets"), false);
	choice(v, "list", tr(cx, "Who stands on it"), sheet_lists);
	choice(v, "lang", tr(cx, "Language of the sheet"), sheet_langs);
	html(&v->h,
	    "<div class='fld w-s'><label for='f-spare'>%s</label><input type='text' "
	    "inputmode='numeric' id='f-spare' name='spare' value='%s'></div>",
	    tr(cx, "Spare rows"),
	    spare != NULL ? spare : arena_printf(cx->arena, "%d", SPARE_ROWS));
	html(&v->h, "<hr><p class='acts'><button type='submit' class='btn go'>%s</button></p>",
	    tr(cx, "Make the sheet"));
	ui_form_end(v);
	ui_section_close(v);
}

static int
draw_paper(struct view *v, const struct event *e, const struct paper_rights *can)
{
	struct ctx *cx = v->cx;
	struct err said = cx->err;
	const struct crumb crumbs[] = { { "/events", tr(cx, "Events") },
		{ sheet_event_path(v, e->rec.id, ""), kind_title(cx, &event_kind, e) },
		{ NULL, tr(cx, "Paper") }, { NULL, NULL } };

	err_clear(cx);
	ui_open(v, &(struct page){ .title = tr(cx, "Paper of the event"),
		       .nav = "/events",
		       .staff = true,
		       .crumbs = crumbs });
	cx->err = said;
	ui_refusals(v, "f-");
	err_clear(cx);
	TRY(draw_sheets(v, e));
	if (can->marks)
		draw_new(v, e);
	ui_section_open(v, "slip", tr(cx, "No list, only heads"),
	    tr(cx, "A slip for whoever counts people on the spot."));
	html(&v->h, "<p class='acts'>");
	ui_button(v, ui_url(v, "/events/%lld/slips", (long long)e->rec.id),
	    tr(cx, "Slips of counts"), false);
	html(&v->h, "</p>");
	ui_section_close(v);
	ui_close(v);
	return RC_OK;
}

static int
paper_page(struct view *v)
{
	struct paper_rights can;
	struct event e;

	TRY(sheet_event(v, &e, &can));
	return draw_paper(v, &e, &can);
}

static int
paper_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *spare = req_f(v->rq, "spare");
	struct sheet in;
	struct paper_rights can;
	struct event e;
	int64_t id;
	int rc = RC_OK;

	TRY(sheet_event(v, &e, &can));
	if (!can.marks)
		return outside(cx);
	kind_empty(&sheet_kind, &in);
	in.event = e.rec.id;
	in.list = req_f(v->rq, "list");
	in.lang = req_f(v->rq, "lang");
	if (spare == NULL || !num_parse(spare, &in.spare) || in.spare < 0 ||
	    in.spare > SHEET_SPARE_MAX) {
		fail_field(
		    cx, "spare", N_("A number from 0 to %s is needed."), num(cx, SHEET_SPARE_MAX));
		rc = RC_INVALID;
	}
	if (rc == RC_OK)
		rc = sheet_make(cx, &in, &id);
	if (rc == RC_INVALID || rc == RC_TOOBIG || rc == RC_RULE) {
		v->status = 422;
		return draw_paper(v, &e, &can);
	}
	TRY(rc);
	return ui_done(v, sheet_path(v, id, ""), tr(cx, "The sheet is made. Print it."));
}

static int
withdraw_post(struct view *v)
{
	const char *s = req_f(v->rq, "_version");
	struct sheet_view sv;
	int64_t version = 0;

	TRY(sheet_to_type(v, &sv));
	if (s == NULL || !num_parse(s, &version))
		version = 0;
	TRY(sheet_withdraw(v->cx, sv.s.rec.id, version));
	return ui_done(v, sheet_event_path(v, sv.e.rec.id, "/sheets"),
	    tr(v->cx, "The sheet is withdrawn: what was typed from it stays, nothing more comes."));
}

const struct route sheet_routes[] = {
	{ M_GET, "/events/{id}/sheets", paper_page, CAP_EVENT_READ, 0, N_("Paper of the event"),
	    N_("Sheets for signatures and how far they are typed.") },
	{ M_POST, "/events/{id}/sheets", paper_post, CAP_EVENT_WRITE, 0,
	    N_("Make a sheet for signatures"), NULL },
	{ M_GET, "/sheets/{id}", sheet_print_page, CAP_PEOPLE_READ, 0, N_("Sheet for signatures"),
	    N_("A4 for paper: rows with codes, signatures, spare rows.") },
	{ M_POST, "/sheets/{id}/withdraw", withdraw_post, CAP_EVENT_WRITE, 0,
	    N_("Withdraw a sheet"), NULL },
};
const size_t sheet_nroutes = ARRAY_LEN(sheet_routes);
