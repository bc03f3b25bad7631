/* plan_list_pages.c – all plans that this actor may see, what waits for whom, and a new plan. */
#include "mod/plan/plan_pages.h"

static const char *const new_fields[] = { "body", "year", "quarter", "note", NULL };

int
plan_of_path(struct view *v, struct body_plan *out)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, &plan_kind, id, out);
}

const char *
plan_path(struct view *v, int64_t id, const char *tail)
{
	return arena_printf(v->cx->arena, "/plans/%lld%s", (long long)id, tail);
}

const char *
plan_item_path(struct view *v, int64_t id, const char *tail)
{
	return arena_printf(v->cx->arena, "/plan-items/%lld%s", (long long)id, tail);
}

void
plan_state(struct view *v, const char *state)
{
	char tone = strcmp(state, "approved") == 0   ? 'o'
		    : strcmp(state, "returned") == 0 ? 'n'
		    : strcmp(state, "draft") == 0    ? 'p'
						     : 'w';

	ui_state(v, tone, event_capital(v->cx, option_label(v->cx, plan_states, state)));
}

void
plan_fact_state(struct view *v, enum plan_fact f)
{
	static const char tones[] = { 'o', 'n', 'w', '-', 'p' };

	ui_state(v, tones[f], event_capital(v->cx, tr(v->cx, plan_facts[f].label)));
}

const char *
plan_when(struct ctx *cx, const struct plan_item *i)
{
	return i->day != 0 ? day_text(cx, i->day) : month_name(cx, day_month(i->due));
}

bool
plan_own(struct view *v, const struct body_plan *p)
{
	return may(v->cx, CAP_EVENT_WRITE) && actor_in_scope(v->cx->actor, p->body);
}

int64_t
plan_version(struct view *v)
{
	const char *s = req_f(v->rq, "_version");
	int64_t n;

	return s != NULL && num_parse(s, &n) ? n : 0;
}

void
plan_views(struct view *v, const char *path)
{
	static const struct {
		const char *path, *label;
	} views[] = { { "/plans", N_("Plans") }, { "/plans/fact", N_("Plan against fact") },
		{ "/plans/items", N_("Items of all plans") } };
	size_t i;

	html(&v->h, "<nav class='chips' aria-label='%s'>", tr(v->cx, "Views"));
	for (i = 0; i < ARRAY_LEN(views); i++) {
		html(&v->h, "<a class='chip' href='/%s%s'", lang_prefix(v->cx), views[i].path);
		if (strcmp(views[i].path, path) == 0)
			html(&v->h, " aria-current='true'");
		html(&v->h, ">%s</a>", tr(v->cx, views[i].label));
	}
	html(&v->h, "</nav>");
}

/* ---- the list ---- */

/* Plans that wait for a step of this actor alone. */
static int
draw_waiting(struct view *v)
{
	struct ctx *cx = v->cx;
	bool head = may(cx, CAP_PLAN_APPROVE), clerk = may(cx, CAP_EVENT_APPROVE);
	struct query q;
	struct list l;
	size_t i;

	TRY(query_init(cx, &q, &plan_kind));
	query_and(&q,
	    head    ? "plan.state IN ('checked', 'sent')"
	    : clerk ? "plan.state = 'sent'"
		    : "plan.state = 'returned'",
	    NO_VALS);
	TRY(query_sort(&q, "-year"));
	TRY(query_list(&q, &l));
	if (l.n == 0)
		return RC_OK;
	html(&v->h, "<div class='note wait flow'><h2>%s</h2><ul>", tr(cx, "Waits for you"));
	for (i = 0; i < l.n; i++) {
		const struct body_plan *p = list_row(&l, &plan_kind, i);

		html(&v->h, "<li><a href='%s'>%s</a> ",
		    ui_url(v, "/plans/%lld", (long long)p->rec.id), kind_title(cx, &plan_kind, p));
		plan_state(v, p->state);
		html(&v->h, "</li>");
	}
	html(&v->h, "</ul></div>");
	return RC_OK;
}

static int
list_page(struct view *v)
{
	static const char *const columns[] = { "title", "body", "year", "quarter", "state", NULL };
	struct ctx *cx = v->cx;
	const struct crumb crumbs[] = { { NULL, tr(cx, "Plans") }, { NULL, NULL } };
	const struct ui_list l = { .kind = &plan_kind,
		.path = "/plans",
		.columns = columns,
		.sort = "-year",
		.state = "state",
		.draw_state = plan_state };

	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	ui_open(v, &(struct page){ .title = tr(cx, "Plans"),
		       .nav = "/plans",
		       .staff = true,
		       .no_h1 = true,
		       .crumbs = crumbs });
	html(&v->h, "<div class='titl'><h1>%s</h1>", tr(cx, "Plans"));
	if (may(cx, CAP_EVENT_WRITE)) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/plans/new"), tr(cx, "New plan"), true);
		html(&v->h, "</p>");
	}
	html(&v->h, "</div><div class='flow'>");
	plan_views(v, "/plans");
	TRY(draw_waiting(v));
	TRY(ui_list_page(v, &l));
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

/* ---- a new plan ---- */

static int
draw_new(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;
	const struct crumb crumbs[] = { { "/plans", tr(cx, "Plans") }, { NULL, tr(cx, "New plan") },
		{ NULL, NULL } };

	ui_open(
	    v, &(struct page){
		   .title = tr(cx, "New plan"), .nav = "/plans", .staff = true, .crumbs = crumbs });
	html(&v->h, "<p class='prose'>%s</p>",
	    tr(cx, "The next page offers last year's plan and the days of observance, so little "
		   "has to be typed."));
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static struct ui_form
new_form(struct view *v, struct body_plan *p)
{
	const char *body = req_q(v->rq, "body");

	kind_empty(&plan_kind, p);
	p->body = v->cx->actor->body;
	if (body != NULL && (!num_parse(body, &p->body) || p->body <= 0))
		p->body = v->cx->actor->body;
	/* From October on the coming year is planned. */
	p->year = day_year(v->cx->today) + (day_month(v->cx->today) >= 10);
	p->quarter = "0";
	return (struct ui_form){ .kind = &plan_kind,
		.rec = p,
		.create = true,
		.path = "/plans/new",
		.fields = new_fields,
		.submit = tr(v->cx, "Begin the plan"),
		.cancel = "/plans" };
}

static int
new_page(struct view *v)
{
	struct body_plan p;
	struct ui_form f = new_form(v, &p);

	return draw_new(v, &f);
}

static int
new_post(struct view *v)
{
	struct body_plan p;
	struct ui_form f = new_form(v, &p);

	return ui_form_save(v, &f, draw_new);
}

const struct route plan_list_routes[] = {
	{ M_GET, "/plans", list_page, CAP_EVENT_READ, 0, N_("Plans"),
	    N_("Yearly and quarterly plans of bodies, and which wait for you.") },
	{ M_GET, "/plans/new", new_page, CAP_EVENT_WRITE, 0, N_("New plan"), NULL },
	{ M_POST, "/plans/new", new_post, CAP_EVENT_WRITE, 0, N_("New plan"), NULL },
};
const size_t plan_list_nroutes = ARRAY_LEN(plan_list_routes);
