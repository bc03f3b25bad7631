/* sheet_slip_pages.c – heads counted by hand: a slip to print, and one screen where the numbers of all
 * slips are typed with who counted. The sum becomes the event's own number. */
#include "core/idempotency.h"
#include "mod/sheet/sheet_pages.h"

enum { BOXES = 20 }; /* of ten strokes each */

static int
slip_rows(struct view *v, const struct event *e, bool writes)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct query q;
	struct list l;
	size_t i;

	TRY(query_init(cx, &q, &count_slip_kind));
	query_and(&q, "count_slip.event = ?", VALS(v_int(e->rec.id)));
	q.limit = QUERY_LIMIT_MAX;
	TRY(query_list(&q, &l));
	if (l.n == 0) {
		ui_empty(v, tr(cx, "No slip is typed yet"), NULL, NULL, NULL);
		return RC_OK;
	}
	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th scope='col' "
	    "class='r'>%s</th><th scope='col'>%s</th></tr></thead><tbody>",
	    tr(cx, "Slips of counts"), tr(cx, "Who counted"), tr(cx, "Where and when"),
	    tr(cx, "Basis"), tr(cx, "Number of people"), tr(cx, "Withdraw"));
	for (i = 0; i < l.n; i++) {
		const struct count_slip *s = list_row(&l, &count_slip_kind, i);

		html(h, "<tr><th scope='row'>%s</th><td data-l='%s'>%s</td><td data-l='%s'>%s</td>",
		    s->counted_by, tr(cx, "Where and when"), s->place == NULL ? "" : s->place,
		    tr(cx, "Basis"), option_label(cx, slip_bases, s->basis));
		html(h, "<td class='r' data-l='%s'>%s</td><td data-l='%s'>",
		    tr(cx, "Number of people"), num(cx, s->people), tr(cx, "Withdraw"));
		if (s->withdrawn)
			ui_state(v, '-', tr(cx, "Withdrawn"));
		else if (writes)
			ui_post_button(v,
			    arena_printf(cx->arena, "/slips/%lld/withdraw", (long long)s->rec.id),
			    s->rec.version, tr(cx, "Withdraw"), true);
		html(h, "</td></tr>");
	}
	html(h, "</tbody></table></div>");
	return RC_OK;
}

static void
text_field(struct view *v, const char *name, const char *label, const char *hint, bool number)
{
	const char *s = req_f(v->rq, name);

	html(&v->h, "<div class='fld%s'><label for='f-%s'>%s</label>", number ? " w-s" : "", name,
	    label);
	if (hint != NULL)
		html(&v->h, "<span class='hint'>%s</span>", hint);
	html(&v->h, "<input type='text' id='f-%s' name='%s' value='%s'", name, name,
	    s == NULL ? "" : s);
	html(&v->h, number ? " inputmode='numeric'></div>" : "></div>");
}

static void
draw_form(struct view *v, const struct event *e)
{
	struct ctx *cx = v->cx;
	const char *basis = req_f(v->rq, "basis");
	const struct option *o;

	ui_section_open(v, "add", tr(cx, "Type a slip"),
	    tr(cx, "Several slips add up: one for each entrance."));
	ui_form_begin(v, sheet_event_path(v, e->rec.id, "/slips"), false);
	ui_once(v);
	text_field(v, "people", tr(cx, "Number of people"), NULL, true);
	text_field(v, "counted_by", tr(cx, "Who counted"), NULL, false);
	text_field(v, "place", tr(cx, "Where and when"),
	    tr(cx, "For example: north entrance, 17:30."), false);
	html(&v->h,
	    "<div class='fld w-m'><label for='f-basis'>%s</label><select id='f-basis' "
	    "name='basis'>",
	    tr(cx, "Basis"));
	for (o = slip_bases; o->code != NULL; o++) {
		html(&v->h, "<option value='%s'", o->code);
		if (basis != NULL && strcmp(basis, o->code) == 0)
			html(&v->h, " selected");
		html(&v->h, ">%s</option>", tr(cx, o->label));
	}
	html(&v->h,
	    "</select></div><hr><p class='acts'><button type='submit' class='btn "
	    "go'>%s</button></p>",
	    tr(cx, "Add the slip"));
	ui_form_end(v);
	ui_section_close(v);
}

static int
draw_slips(struct view *v, const struct event *e, const struct paper_rights *can)
{
	struct ctx *cx = v->cx;
	struct err said = cx->err;
	const struct crumb crumbs[] = { { "/events", tr(cx, "Events") },
		{ sheet_event_path(v, e->rec.id, ""), kind_title(cx, &event_kind, e) },
		{ sheet_event_path(v, e->rec.id, "/sheets"), tr(cx, "Paper") },
		{ NULL, tr(cx, "Slips of counts") }, { NULL, NULL } };

	err_clear(cx);
	ui_open(v, &(struct page){ .title = tr(cx, "Slips of counts"),
		       .nav = "/events",
		       .staff = true,
		       .crumbs = crumbs });
	cx->err = said;
	ui_refusals(v, "f-");
	err_clear(cx);
	html(&v->h, "<dl class='facts'><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd></dl>",
	    tr(cx, "Head count"),
	    e->head_count == INT_NONE ? tr(cx, "not known") : num(cx, e->head_count),
	    tr(cx, "Declared count"),
	    e->declared_count == INT_NONE ? tr(cx, "not known") : num(cx, e->declared_count));
	html(&v->h, "<p class='acts'>");
	ui_button(v, ui_url(v, "/events/%lld/slip", (long long)e->rec.id),
	    tr(cx, "A slip to print"), false);
	html(&v->h, "</p>");
	TRY(slip_rows(v, e, can->writes));
	if (can->writes)
		draw_form(v, e);
	ui_close(v);
	return RC_OK;
}

static int
slips_page(struct view *v)
{
	struct paper_rights can;
	struct event e;

	TRY(sheet_event(v, &e, &can));
	return draw_slips(v, &e, &can);
}

static const char *
given(struct view *v, const char *name)
{
	const char *s = req_f(v->rq, name);

	return s == NULL || s[strspn(s, " \t\r\n")] == '\0' ? NULL : s;
}

static int
slips_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *people = req_f(v->rq, "people");
	struct paper_rights can;
	struct count_slip in;
	struct idempotency once = ui_once_of(v, count_slip_kind.name);
	struct event e;
	int64_t sum;
	bool again;
	int rc;

	TRY(sheet_event(v, &e, &can));
	kind_empty(&count_slip_kind, &in);
	in.event = e.rec.id;
	in.basis = req_f(v->rq, "basis");
	in.place = given(v, "place");
	in.counted_by = given(v, "counted_by");
	if (people == NULL || !num_parse(people, &in.people) || in.people < 1)
		fail_field(cx, "people", N_("A number of people is needed."));
	rc = fields_rc(cx);
	if (rc == RC_OK)
		rc = slip_add(cx, &in, &once, &sum, &again);
	if (rc == RC_INVALID || rc == RC_RULE) {
		v->status = 422;
		return draw_slips(v, &e, &can);
	}
	TRY(rc);
	return ui_done(v, sheet_event_path(v, e.rec.id, "/slips"),
	    again ? tr(cx, "This form was sent before; it counts once.")
		  : trf(cx, "The slip is added. In all: %s.", num(cx, sum)));
}

static int
withdraw_post(struct view *v)
{
	const char *s = req_f(v->rq, "_version");
	struct count_slip c;
	int64_t id, version = 0;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &count_slip_kind, id, &c));
	if (s == NULL || !num_parse(s, &version))
		version = 0;
	TRY(slip_withdraw(v->cx, id, version));
	return ui_done(v, sheet_event_path(v, c.event, "/slips"),
	    tr(v->cx, "The slip is withdrawn; the number follows."));
}

/* ---- paper ---- */

static int
slip_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct paper_rights can;
	const char *body;
	struct event e;
	int i;

	TRY(sheet_event(v, &e, &can));
	TRY(sheet_body_title(cx, e.body, &body));
	ui_open(v, &(struct page){ .title = tr(cx, "Slip of a count"),
		       .nav = "/events",
		       .staff = true,
		       .no_h1 = true });
	html(h,
	    "<div class='paper'><div class='top'><div><strong>%s</strong><br>%s</div></div><div "
	    "class='hem'></div><h1>%s</h1><p>%s · %s</p>",
	    body, tr(cx, "Slip of a count"), kind_title(cx, &event_kind, &e),
	    sheet_event_days(cx, &e),
	    e.place != NULL && *e.place != '\0' ? e.place : tr(cx, "place not known"));
	html(h, "<p>%s</p><ul class='tally' aria-hidden='true'>",
	    tr(cx, "One stroke for each person; ten strokes in a box. Children count as people. "
		   "Nobody is counted twice: count at one place, in one direction."));
	for (i = 1; i <= BOXES; i++)
		html(h, "<li>%d</li>", i * 10);
	html(h,
	    "</ul><table class='sheet slip'><caption class='vh'>%s</caption><tbody><tr><th "
	    "scope='row'>%s</th><td></td></tr><tr><th scope='row'>%s</th><td></td></tr><tr><th "
	    "scope='row'>%s</th><td></td></tr></tbody></table>",
	    tr(cx, "Slip of a count"), tr(cx, "Number of people"), tr(cx, "Where and when"),
	    tr(cx, "Who counted"));
	html(h, "<div class='sign'><span>%s</span><i></i><span></span></div></div>",
	    tr(cx, "Signature"));
	ui_close(v);
	return RC_OK;
}

const struct route sheet_slip_routes[] = {
	{ M_GET, "/events/{id}/slips", slips_page, CAP_EVENT_READ, 0, N_("Slips of counts"),
	    N_("Counted heads with who counted; their sum is the event's number.") },
	{ M_POST, "/events/{id}/slips", slips_post, CAP_EVENT_WRITE, 0, N_("Slips of counts"),
	    NULL },
	{ M_GET, "/events/{id}/slip", slip_page, CAP_EVENT_READ, 0, N_("Slip of a count"),
	    N_("A page for paper: boxes for strokes.") },
	{ M_POST, "/slips/{id}/withdraw", withdraw_post, CAP_EVENT_WRITE, 0, N_("Withdraw a slip"),
	    NULL },
};
const size_t sheet_slip_nroutes = ARRAY_LEN(sheet_slip_routes);
