/* plan_fact_pages.c – plan against fact: sums of the approved plans by body, quarter, month or kind, each
 * number leading to its items; and the list of items behind them, which can be taken out as a file. */
#include "mod/plan/plan_pages.h"

/* ---- what is asked ---- */

static int64_t
q_num(struct view *v, const char *name)
{
	const char *s = req_q(v->rq, name);
	int64_t n;

	return s != NULL && num_parse(s, &n) && n > 0 && n < INT64_C(1) << 53 ? n : 0;
}

static const char *
q_by(struct view *v)
{
	static const char *const known[] = { "body", "quarter", "month", "kind" };
	const char *s = req_q(v->rq, "by");
	size_t i;

	for (i = 0; s != NULL && i < ARRAY_LEN(known); i++)
		if (strcmp(known[i], s) == 0)
			return known[i];
	return known[0];
}

static struct plan_ask
asked(struct view *v)
{
	struct plan_ask a = { .year = q_num(v, "year"),
		.of = q_num(v, "of"),
		.quarter = q_num(v, "part"),
		.by = q_by(v) };

	if (a.year == 0)
		a.year = day_year(v->cx->today);
	return a;
}

/* ---- the sums ---- */

static int
draw_ask(struct view *v, const struct plan_ask *a)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	static const struct {
		const char *code, *label;
	} by[] = { { "body", N_("By body") }, { "quarter", N_("By quarter") },
		{ "month", N_("By month") }, { "kind", N_("By kind") } };
	size_t i;

	html(h,
	    "<form class='clock noprint' action='%s'><div class='asks'><div class='fld'><label "
	    "for='year'>%s</label><input type='text' id='year' name='year' value='%lld' "
	    "inputmode='numeric'></div><div class='fld'><label for='part'>%s</label><select "
	    "id='part' name='part'>",
	    ui_url(v, "/plans/fact"), tr(cx, "Year"), (long long)a->year,
	    tr(cx, "Part of the year"));
	for (i = 0; plan_quarters[i].code != NULL; i++) {
		html(h, "<option value='%s'", plan_quarters[i].code);
		if ((int64_t)i == a->quarter)
			html(h, " selected");
		html(h, ">%s</option>", event_capital(cx, tr(cx, plan_quarters[i].label)));
	}
	html(h,
	    "</select></div><div class='fld'><label for='by'>%s</label><select id='by' "
	    "name='by'>",
	    tr(cx, "How to split"));
	for (i = 0; i < ARRAY_LEN(by); i++) {
		html(h, "<option value='%s'", by[i].code);
		if (strcmp(by[i].code, a->by) == 0)
			html(h, " selected");
		html(h, ">%s</option>", tr(cx, by[i].label));
	}
	html(h,
	    "</select></div></div><p class='acts'><button type='submit' class='btn "
	    "go'>%s</button></p></form>",
	    tr(cx, "Count"));
	return RC_OK;
}

/* The address of the items behind a cell; fact NULL = all that were planned. */
static const char *
behind(struct view *v, const struct plan_ask *a, const struct plan_sum *s, const char *fact)
{
	struct buf b;

	buf_init(&b, v->cx->arena, 0);
	buf_printf(&b, "/%s/plans/items?year=%lld&in=1", lang_prefix(v->cx), (long long)a->year);
	if (a->of != 0)
		buf_printf(&b, "&of=%lld", (long long)a->of);
	if (a->quarter != 0)
		buf_printf(&b, "&part=%lld", (long long)a->quarter);
	if (s != NULL && strcmp(a->by, "body") == 0)
		buf_printf(&b, "&own=%lld", (long long)s->key);
	if (s != NULL && strcmp(a->by, "quarter") == 0)
		buf_printf(&b, "&part=%lld", (long long)s->key);
	if (s != NULL && strcmp(a->by, "month") == 0)
		buf_printf(&b, "&month=%02lld", (long long)s->key);
	if (s != NULL && strcmp(a->by, "kind") == 0)
		buf_printf(&b, "&kind=%lld", (long long)s->key);
	if (fact != NULL)
		buf_printf(&b, "&fact=%s", fact);
	return b.p;
}

static void
draw_row(struct view *v, const struct plan_ask *a, const struct plan_sum *s, bool total)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const struct plan_sum *key = total ? NULL : s;
	int64_t all = 0;
	size_t i;

	for (i = 0; i < FACT_COUNT; i++)
		all += s->n[i];
	html(h, "<tr><th scope='row'>%s</th><td class='r num' data-l='%s'>", s->title,
	    tr(cx, "Planned"));
	ui_count(v, KNOWN_EXACT, behind(v, a, key, NULL), num(cx, all));
	html(h, "</td>");
	for (i = 0; i < FACT_COUNT; i++) {
		html(h, "<td class='r num' data-l='%s'>",
		    event_capital(cx, tr(cx, plan_facts[i].label)));
		ui_count(v, KNOWN_EXACT,
		    s->n[i] == 0 ? NULL : behind(v, a, key, plan_facts[i].code), num(cx, s->n[i]));
		html(h, "</td>");
	}
	html(h, "</tr>");
}

static void
draw_table(struct view *v, const struct plan_ask *a, const struct plan_sum *s, size_t n)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct plan_sum all = { .title = tr(cx, "Together") };
	size_t i, f;

	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col' class='r'>%s</th>",
	    tr(cx, "Plan against fact"), tr(cx, "What"), tr(cx, "Planned"));
	for (f = 0; f < FACT_COUNT; f++)
		html(h, "<th scope='col' class='r'>%s</th>",
		    event_capital(cx, tr(cx, plan_facts[f].label)));
	html(h, "</tr></thead><tbody>");
	for (i = 0; i < n; i++) {
		draw_row(v, a, &s[i], false);
		for (f = 0; f < FACT_COUNT; f++)
			all.n[f] += s[i].n[f];
	}
	if (n > 1)
		draw_row(v, a, &all, true);
	html(h, "</tbody></table></div>");
}

static int
fact_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct plan_ask a = asked(v);
	const struct crumb crumbs[] = { { "/plans", tr(cx, "Plans") },
		{ NULL, tr(cx, "Plan against fact") }, { NULL, NULL } };
	struct plan_sum *s;
	size_t n;

	TRY(plan_sums(cx, &a, &s, &n));
	ui_open(v, &(struct page){ .title = trf(cx, "Plan against fact, %s",
				       arena_printf(cx->arena, "%lld", (long long)a.year)),
		       .nav = "/plans",
		       .staff = true,
		       .crumbs = crumbs });
	html(&v->h, "<div class='flow'>");
	plan_views(v, "/plans/fact");
	TRY(draw_ask(v, &a));
	if (n == 0)
		ui_empty(v, tr(cx, "No approved plan of that time"),
		    tr(cx, "Only approved plans are held against what took place."),
		    ui_url(v, "/plans"), tr(cx, "Plans"));
	else
		draw_table(v, &a, s, n);
	html(&v->h, "<p class='small mute prose'>%s</p></div>",
	    tr(cx, "Held: the event made of the item took place. Late: its month has passed "
		   "without. Moved: postponed, or planned for a later month. Dropped: taken out of "
		   "the approved plan, or its event was cancelled. Ahead: its month has not "
		   "passed."));
	ui_close(v);
	return RC_OK;
}

/* ---- the items behind ---- */

/* From a number: exactly what it counted. Without one: all that may be seen. */
static void
narrow(struct view *v, struct query *q)
{
	struct plan_ask a = { .by = "body" };
	const char *fact = req_q(v->rq, "fact");
	int64_t own = q_num(v, "own"), plan = q_num(v, "plan");

	if (fact != NULL && *fact == '\0')
		fact = NULL;
	if (req_q(v->rq, "in") == NULL && fact == NULL)
		return;
	if (plan != 0)
		a.plan = plan;
	else {
		a = asked(v);
		if (req_q(v->rq, "year") == NULL)
			a.year = 0;
	}
	if (plan_narrow(q, &a, fact) != RC_OK)
		query_and(q, "1 = 0", NO_VALS);
	if (own != 0)
		query_and(q, "plan_item.plan IN (SELECT po.id FROM plan po WHERE po.body = ?)",
		    VALS(v_int(own)));
}

static int
items_page(struct view *v)
{
	static const char *const columns[] = { "name", "due", "body", "kind", "expected", "plan",
		NULL };
	struct ctx *cx = v->cx;
	const struct crumb crumbs[] = { { "/plans", tr(cx, "Plans") },
		{ NULL, tr(cx, "Items of plans") }, { NULL, NULL } };
	const struct ui_list l = { .kind = &plan_item_kind,
		.path = "/plans/items",
		.columns = columns,
		.sort = "due",
		.narrow = narrow };
	const char *fact = req_q(v->rq, "fact");
	size_t i;

	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	ui_open(v, &(struct page){ .title = tr(cx, "Items of plans"),
		       .nav = "/plans",
		       .staff = true,
		       .crumbs = crumbs });
	html(&v->h, "<div class='flow'>");
	plan_views(v, "/plans/items");
	for (i = 0; fact != NULL && i < FACT_COUNT; i++)
		if (strcmp(plan_facts[i].code, fact) == 0) {
			html(&v->h, "<p>");
			plan_fact_state(v, (enum plan_fact)i);
			html(&v->h, "</p>");
		}
	TRY(ui_list_page(v, &l));
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

const struct route plan_fact_routes[] = {
	{ M_GET, "/plans/fact", fact_page, CAP_EVENT_READ, 0, N_("Plan against fact"),
	    N_("Held, late, moved, dropped, ahead: by body, quarter, month or kind.") },
	{ M_GET, "/plans/items", items_page, CAP_EVENT_READ, 0, N_("Items of plans"),
	    N_("The items behind each number; a list that can be exported.") },
};
const size_t plan_fact_nroutes = ARRAY_LEN(plan_fact_routes);
