/* plan_item_pages.c – one item of a plan: its facts, the event that is made of it with one button, an
 * amendment, taking it out and putting it back.
 *
 * In a plan that is being written "Change" is a plain form; in an approved one the same form asks for the
 * reason, which stands beside the item from then on. */
#include "mod/plan/plan_pages.h"

static const char *const open_fields[] = { "name", "kind", "month", "day", "body", "person",
	"expected", "place", "hall", "programme", "observance", "goal", NULL };
static const char *const amend_fields[] = { "name", "kind", "month", "day", "body", "person",
	"expected", "place", "hall", "programme", "observance", "goal", "amend_reason", NULL };

/* ---- new ---- */

static int
draw_form(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;
	const struct plan_item *i = f->rec;
	const char *plan, *title = f->create ? tr(cx, "New item") : tr(cx, "Change the item");

	TRY(event_title_of(cx, &plan_kind, i->plan, &plan));
	ui_open(
	    v, &(struct page){ .title = title,
		   .nav = "/plans",
		   .staff = true,
		   .crumbs = (const struct crumb[]){ { "/plans", tr(cx, "Plans") },
		       { plan_path(v, i->plan, ""), plan }, { NULL, title }, { NULL, NULL } } });
	if (f->fields == amend_fields)
		ui_note(v, 'w',
		    tr(cx, "The plan is approved. What you change is an amendment and is shown as "
			   "such, with its reason."));
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static int
new_form(struct view *v, struct plan_item *i, struct ui_form *f)
{
	struct body_plan p;

	TRY(plan_of_path(v, &p));
	TRY(plan_may_change(v->cx, &p));
	kind_empty(&plan_item_kind, i);
	i->plan = p.rec.id;
	i->body = p.body;
	*f = (struct ui_form){ .kind = &plan_item_kind,
		.rec = i,
		.create = true,
		.path = plan_path(v, p.rec.id, "/items/new"),
		.fields = plan_open(&p) ? open_fields : amend_fields,
		.cancel = plan_path(v, p.rec.id, ""),
		.again = true };
	return RC_OK;
}

static int
new_page(struct view *v)
{
	struct plan_item i;
	struct ui_form f;

	TRY(new_form(v, &i, &f));
	return draw_form(v, &f);
}

static int
new_post(struct view *v)
{
	struct plan_item i;
	struct ui_form f;

	TRY(new_form(v, &i, &f));
	return ui_form_save(v, &f, draw_form);
}

/* ---- change ---- */

static int
item_of_path(struct view *v, struct plan_item *i, struct body_plan *p)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &plan_item_kind, id, i));
	return kind_load(v->cx, &plan_kind, i->plan, p);
}

static int
edit_form(struct view *v, struct plan_item *i, struct ui_form *f)
{
	struct body_plan p;

	TRY(item_of_path(v, i, &p));
	TRY(plan_may_change(v->cx, &p));
	if (!plan_open(&p) && v->rq->method == M_GET)
		i->amend_reason = NULL; /* that of the amendment before is no reason for this one */
	*f = (struct ui_form){ .kind = &plan_item_kind,
		.rec = i,
		.path = plan_item_path(v, i->rec.id, "/edit"),
		.fields = plan_open(&p) ? open_fields : amend_fields,
		.cancel = plan_item_path(v, i->rec.id, "") };
	return RC_OK;
}

static int
edit_page(struct view *v)
{
	struct plan_item i;
	struct ui_form f;

	TRY(edit_form(v, &i, &f));
	return draw_form(v, &f);
}

static int
edit_post(struct view *v)
{
	struct plan_item i;
	struct ui_form f;

	TRY(edit_form(v, &i, &f));
	return ui_form_save(v, &f, draw_form);
}

/* ---- one item ---- */

struct item_shown {
	struct plan_item i;
	struct body_plan p;
	struct event e; /* id 0 = none, or not to be seen */
	enum plan_fact fact;
	bool own;
};

static int
read_item(struct view *v, struct item_shown *s)
{
	struct ctx *cx = v->cx;
	struct item_fact *f;
	size_t n, k;
	int rc;

	TRY(item_of_path(v, &s->i, &s->p));
	s->own = plan_own(v, &s->p);
	s->fact = FACT_AHEAD;
	TRY(plan_facts_of(cx, s->p.rec.id, &f, &n));
	for (k = 0; k < n; k++)
		if (f[k].item == s->i.rec.id)
			s->fact = f[k].fact;
	s->e = (struct event){ 0 };
	if (s->i.event == 0)
		return RC_OK;
	rc = kind_get(cx, &event_kind, s->i.event, &s->e);
	if (rc != RC_NOTFOUND)
		return rc;
	err_clear(cx);
	s->e = (struct event){ 0 };
	return RC_OK;
}

/* Events that may be this one already: of the responsible body, of that month. */
static int
draw_link(struct view *v, const struct item_shown *s)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct query q;
	struct list l;
	size_t k;

	TRY(query_init(cx, &q, &event_kind));
	query_and(&q,
	    "event.body = ? AND event.first_day >= ? AND event.first_day <= ? AND "
	    "event.merged_into IS NULL AND event.state <> 'cancelled'",
	    VALS(v_int(s->i.body), v_int(s->i.due / 100 * 100 + 1),
		v_int(s->i.due / 100 * 100 + 31)));
	TRY(query_sort(&q, "first_day"));
	q.limit = 60;
	TRY(query_list(&q, &l));
	if (l.n == 0)
		return RC_OK;
	html(h, "<details><summary class='btn bare'>%s</summary>",
	    tr(cx, "The event is entered already"));
	ui_form_begin(v, plan_item_path(v, s->i.rec.id, "/link"), false);
	html(h,
	    "<input type='hidden' name='_version' value='%lld'><div class='fld'><label "
	    "for='f-event'>%s</label><select id='f-event' name='event'>",
	    (long long)s->i.rec.version, tr(cx, "Event"));
	for (k = 0; k < l.n; k++) {
		const struct event *e = list_row(&l, &event_kind, k);

		html(h, "<option value='%lld'>%s: %s</option>", (long long)e->rec.id,
		    event_days(cx, e), kind_title(cx, &event_kind, e));
	}
	html(h, "</select></div><p class='acts'><button type='submit' class='btn'>%s</button></p>",
	    tr(cx, "This one"));
	ui_form_end(v);
	html(h, "</details>");
	return RC_OK;
}

static int
draw_make(struct view *v, const struct item_shown *s)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	ui_form_begin(v, plan_item_path(v, s->i.rec.id, "/event"), false);
	html(h,
	    "<div class='fld'><label for='day'>%s</label><span class='hint'>%s</span><input "
	    "type='text' id='day' name='day' value='%s' autocomplete='off'></div><p "
	    "class='acts'><button type='submit' class='btn go'>%s</button></p>",
	    tr(cx, "On which day"), tr(cx, "For example 21.03.2025."),
	    s->i.day != 0 ? day_text(cx, s->i.day) : "", tr(cx, "Make the event"));
	ui_form_end(v);
	html(h, "<p class='small mute'>%s</p>",
	    tr(cx, "It is planned with the name, place, programme and expected number of this "
		   "item; everything can be changed there."));
	return draw_link(v, s);
}

static int
draw_event(struct view *v, const struct item_shown *s)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	bool again = s->e.rec.id != 0 && strcmp(s->e.state, "cancelled") == 0;

	if (s->i.left_out_on != 0 || s->i.dropped_on != 0 || (s->i.event == 0 && !s->own))
		return RC_OK;
	ui_section_open(v, "event", tr(cx, "Event"), NULL);
	html(h, "<div class='flow'>");
	if (s->e.rec.id != 0) {
		html(h, "<p class='lead'><a href='%s'>%s</a></p><p>%s ",
		    ui_url(v, "/events/%lld", (long long)s->e.rec.id),
		    kind_title(cx, &event_kind, &s->e), event_days(cx, &s->e));
		event_draw_state(v, s->e.state);
		html(h, "</p>");
	} else if (s->i.event != 0)
		html(h, "<p class='mute'>%s</p>",
		    tr(cx, "An event of another body stands for this item."));
	if (s->own && (s->i.event == 0 || again))
		TRY(draw_make(v, s));
	if (s->own && s->i.event != 0 && !again) {
		html(h, "<div class='acts noprint'>");
		ui_post_button(v, plan_item_path(v, s->i.rec.id, "/unlink"), s->i.rec.version,
		    tr(cx, "It is not this event"), false);
		html(h, "</div>");
	}
	html(h, "</div>");
	ui_section_close(v);
	return RC_OK;
}

static void
draw_drop(struct view *v, const struct item_shown *s)
{
	struct ctx *cx = v->cx;
	bool open = plan_open(&s->p), is_out = (open ? s->i.left_out_on : s->i.dropped_on) != 0;
	const char *path = plan_item_path(v, s->i.rec.id, is_out ? "/keep" : "/drop");
	const char *label = is_out ? tr(cx, "Put it back")
			    : open ? tr(cx, "Leave it out")
				   : tr(cx, "Drop it");

	if (open) {
		ui_post_button(v, path, s->i.rec.version, label, !is_out);
		return;
	}
	html(&v->h, "<details><summary class='btn'>%s</summary>", label);
	ui_form_begin(v, path, false);
	html(&v->h,
	    "<input type='hidden' name='_version' value='%lld'><div class='fld'><label "
	    "for='f-reason'>%s</label><input type='text' id='f-reason' name='reason' "
	    "maxlength='500'></div><p class='acts'><button type='submit' class='btn "
	    "bad'>%s</button></p>",
	    (long long)s->i.rec.version, tr(cx, "Reason"), label);
	ui_form_end(v);
	html(&v->h, "</details>");
}

static void
draw_acts(struct view *v, const struct item_shown *s)
{
	bool open = plan_open(&s->p),
	     amends = strcmp(s->p.state, "approved") == 0 && may(v->cx, CAP_EVENT_APPROVE);

	if (!s->own || (!open && !amends))
		return;
	html(&v->h, "<div class='acts noprint'>");
	if ((open ? s->i.left_out_on : s->i.dropped_on) == 0)
		ui_button(v, ui_url(v, "/plan-items/%lld/edit", (long long)s->i.rec.id),
		    open ? tr(v->cx, "Change") : tr(v->cx, "Amend"), false);
	draw_drop(v, s);
	html(&v->h, "</div>");
}

static int
draw_page(struct view *v, const char *said)
{
	struct ctx *cx = v->cx;
	struct item_shown s;
	struct crumb crumbs[4] = { { "/plans", tr(cx, "Plans") } };

	TRY(read_item(v, &s));
	crumbs[1] =
	    (struct crumb){ plan_path(v, s.p.rec.id, ""), kind_title(cx, &plan_kind, &s.p) };
	crumbs[2] = (struct crumb){ NULL, kind_title(cx, &plan_item_kind, &s.i) };
	ui_open(v, &(struct page){
		       .title = crumbs[2].text, .nav = "/plans", .staff = true, .crumbs = crumbs });
	if (said != NULL)
		html(&v->h, "<div class='errs' role='alert'><h2>%s</h2><p>%s</p></div>",
		    tr(cx, "Nothing was changed"), said);
	html(&v->h, "<p>");
	if (s.i.left_out_on != 0)
		ui_state(v, '-', tr(cx, "Left out while the plan was written"));
	else if (strcmp(s.p.state, "approved") == 0)
		plan_fact_state(v, s.fact);
	else
		plan_state(v, s.p.state);
	html(&v->h, "</p>");
	TRY(draw_event(v, &s));
	ui_section_open(v, "facts", tr(cx, "Facts"), NULL);
	html(&v->h, "<div class='flow'>");
	TRY(ui_facts(v, &plan_item_kind, &s.i));
	draw_acts(v, &s);
	html(&v->h, "</div>");
	ui_section_close(v);
	TRY(ui_history(v, &plan_item_kind, s.i.rec.id));
	ui_close(v);
	return RC_OK;
}

static int
item_page(struct view *v)
{
	return draw_page(v, NULL);
}

/* ---- what is done with it ---- */

static bool
refused(struct view *v, int rc)
{
	if (rc != RC_INVALID && rc != RC_RULE && rc != RC_CONFLICT)
		return false;
	v->status = rc == RC_INVALID ? 422 : 409;
	return true;
}

static int
event_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *text = req_f(v->rq, "day");
	int64_t id, event = 0;
	int day = 0, rc;

	TRY(req_param_id(v->rq, 0, &id));
	if (text != NULL && *text != '\0' && !day_parse(text, &day)) {
		v->status = 422;
		return draw_page(v, tr(cx, "There is no such day."));
	}
	rc = plan_make_event(cx, id, day, &event);
	if (refused(v, rc))
		return draw_page(v, event_said(cx));
	TRY(rc);
	return ui_done(v, event_path(v, event, ""),
	    tr(cx, "The event is planned. Look through it; the secretariat approves it."));
}

static int
link_to(struct view *v, int64_t event, const char *done)
{
	struct ctx *cx = v->cx;
	int64_t id;
	int rc;

	TRY(req_param_id(v->rq, 0, &id));
	rc = plan_link_event(cx, id, plan_version(v), event);
	if (refused(v, rc))
		return draw_page(v, event_said(cx));
	TRY(rc);
	return ui_done(v, plan_item_path(v, id, ""), done);
}

static int
link_post(struct view *v)
{
	const char *s = req_f(v->rq, "event");
	int64_t event;

	if (s == NULL || !num_parse(s, &event) || event <= 0)
		event = -1;
	return link_to(v, event, tr(v->cx, "The item names its event."));
}

static int
unlink_post(struct view *v)
{
	return link_to(v, 0, tr(v->cx, "The item names no event any more."));
}

static int
drop_item(struct view *v, bool out)
{
	struct ctx *cx = v->cx;
	struct plan_drop d = {
		.version = plan_version(v), .out = out, .reason = req_f(v->rq, "reason")
	};
	int rc;

	TRY(req_param_id(v->rq, 0, &d.id));
	rc = plan_drop(cx, &d);
	if (refused(v, rc))
		return draw_page(v, event_said(cx));
	TRY(rc);
	return ui_done(v, plan_item_path(v, d.id, ""),
	    out ? tr(cx, "The item is taken out.") : tr(cx, "The item stands in the plan again."));
}

static int
drop_post(struct view *v)
{
	return drop_item(v, true);
}

static int
keep_post(struct view *v)
{
	return drop_item(v, false);
}

/* ---- on the event's page ---- */

struct named {
	bool any;
	struct view *v;
};

static int
draw_named(struct ctx *cx, const void *rec, void *arg)
{
	const struct plan_item *i = rec;
	struct named *n = arg;
	const char *plan;

	TRY(event_title_of(cx, &plan_kind, i->plan, &plan));
	if (!n->any) {
		ui_section_open(n->v, "plan", tr(cx, "Plan"), NULL);
		html(&n->v->h, "<ul>");
	}
	n->any = true;
	html(&n->v->h, "<li><a href='%s'>%s</a>, %s<br><span class='small mute'>%s</span></li>",
	    ui_url(n->v, "/plan-items/%lld", (long long)i->rec.id),
	    kind_title(cx, &plan_item_kind, i), plan_when(cx, i), plan);
	return RC_OK;
}

int
plan_event_section(struct view *v, const struct event *e, const struct event_rights *can)
{
	struct named n = { false, v };
	struct query q;

	if (!can->reads)
		return RC_OK;
	TRY(query_init(v->cx, &q, &plan_item_kind));
	query_and(&q, "plan_item.event = ?", VALS(v_int(e->rec.id)));
	TRY(query_each(&q, draw_named, &n));
	if (n.any) {
		html(&v->h, "</ul>");
		ui_section_close(v);
	}
	return RC_OK;
}

const struct route plan_item_routes[] = {
	{ M_GET, "/plans/{id}/items/new", new_page, CAP_EVENT_WRITE, 0, N_("New item of a plan"),
	    NULL },
	{ M_POST, "/plans/{id}/items/new", new_post, CAP_EVENT_WRITE, 0, N_("New item of a plan"),
	    NULL },
	{ M_GET, "/plan-items/{id}", item_page, CAP_EVENT_READ, 0, N_("Item of a plan"),
	    N_("What is planned, and the event that is made of it.") },
	{ M_GET, "/plan-items/{id}/edit", edit_page, CAP_EVENT_WRITE, 0,
	    N_("Change or amend an item"), NULL },
	{ M_POST, "/plan-items/{id}/edit", edit_post, CAP_EVENT_WRITE, 0,
	    N_("Change or amend an item"), NULL },
	{ M_POST, "/plan-items/{id}/event", event_post, CAP_EVENT_WRITE, 0,
	    N_("Make the event of an item"), NULL },
	{ M_POST, "/plan-items/{id}/link", link_post, CAP_EVENT_WRITE, 0,
	    N_("Name the event of an item"), NULL },
	{ M_POST, "/plan-items/{id}/unlink", unlink_post, CAP_EVENT_WRITE, 0,
	    N_("Take an item from its event"), NULL },
	{ M_POST, "/plan-items/{id}/drop", drop_post, CAP_EVENT_WRITE, 0,
	    N_("Take an item out of its plan"), NULL },
	{ M_POST, "/plan-items/{id}/keep", keep_post, CAP_EVENT_WRITE, 0,
	    N_("Put an item back into its plan"), NULL },
};
const size_t plan_item_nroutes = ARRAY_LEN(plan_item_routes);
