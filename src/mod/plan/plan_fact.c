/* plan_fact.c – plan against fact: what became of each item, sums of it, and the figures.
 *
 * One expression (PLAN_FACT, RULE plan-4) classes an item, so the state beside it, every sum and every
 * list behind a sum agree. Nothing is stored: a plan is as late as it is on the day one looks. */
#include "figure/figure.h"
#include "mod/plan/plan_inner.h"

static int64_t
this_month(const struct ctx *cx)
{
	return cx->today / 100;
}

int
plan_facts_of(struct ctx *cx, int64_t plan, struct item_fact **out, size_t *n)
{
	enum { ITEMS_MAX = 2000 };
	AUTO_ROWS r = { 0 };
	struct buf sql;

	*out = arena_array(cx->arena, struct item_fact, ITEMS_MAX);
	*n = 0;
	buf_init(&sql, cx->arena, 0);
	buf_str(&sql, "SELECT i.id, ");
	buf_printf(&sql, PLAN_FACT, (size_t)2);
	buf_str(&sql, " FROM plan_item i" PLAN_EVENT_JOIN
		      " WHERE i.plan = $1 AND i.left_out_on IS NULL ORDER BY i.id");
	TRY(db_rows(cx, &r, sql.p, VALS(v_int(plan), v_int(this_month(cx)))));
	while (*n < ITEMS_MAX && rows_next(&r))
		(*out)[(*n)++] =
		    (struct item_fact){ row_int(&r, 0), (enum plan_fact)row_int(&r, 1) };
	return rows_end(&r);
}

/* ---- sums ---- */

struct asking {
	struct buf sql;
	struct val v[16];
	size_t n;
};

static size_t
add(struct asking *q, int64_t value)
{
	q->v[q->n++] = v_int(value);
	return q->n;
}

#define TREE                                                                                   \
	"(WITH RECURSIVE t(id) AS (SELECT CAST($%zu AS BIGINT) UNION SELECT b.id FROM body b " \
	"JOIN t ON b.parent = t.id) SELECT t.id FROM t)"

/* From plan p, item i and its event: what this actor may see of what is asked. */
static void
where(struct ctx *cx, struct asking *q, const struct plan_ask *a)
{
	buf_str(
	    &q->sql, " FROM plan_item i JOIN plan p ON p.id = i.plan" PLAN_EVENT_JOIN " WHERE ");
	if (a->plan != 0)
		buf_printf(&q->sql, "i.left_out_on IS NULL AND i.plan = $%zu", add(q, a->plan));
	else
		buf_str(&q->sql, PLAN_COUNTED);
	if (a->year != 0)
		buf_printf(&q->sql, " AND p.year = $%zu", add(q, a->year));
	if (a->of != 0)
		buf_printf(&q->sql, " AND p.body IN " TREE, add(q, a->of));
	if (actor_scoped(cx->actor))
		buf_printf(&q->sql, " AND p.body IN " TREE, add(q, cx->actor->body));
	if (a->quarter != 0)
		buf_printf(&q->sql, " AND (i.due / 100 %% 100 + 2) / 3 = $%zu", add(q, a->quarter));
	if (a->month != 0)
		buf_printf(&q->sql, " AND i.due / 100 %% 100 = $%zu", add(q, a->month));
}

static const char *
key_of(const char *by)
{
	return strcmp(by, "quarter") == 0 ? "(i.due / 100 % 100 + 2) / 3"
	       : strcmp(by, "month") == 0 ? "i.due / 100 % 100"
	       : strcmp(by, "kind") == 0  ? "i.kind"
					  : "p.body";
}

static struct plan_sum *
sum_of(struct plan_sum *v, size_t *n, size_t max, int64_t key)
{
	if (*n > 0 && v[*n - 1].key == key)
		return &v[*n - 1];
	if (*n == max)
		return NULL;
	v[*n] = (struct plan_sum){ .key = key };
	return &v[(*n)++];
}

static int
name_sums(struct ctx *cx, const char *by, struct plan_sum *v, size_t n)
{
	int64_t *ids = arena_array(cx->arena, int64_t, n + 1);
	const char **titles = arena_array(cx->arena, const char *, n + 1);
	size_t i;

	if (strcmp(by, "quarter") == 0 || strcmp(by, "month") == 0) {
		for (i = 0; i < n; i++)
			v[i].title = *by == 'm' ? month_name(cx, (int)v[i].key)
						: tr(cx, plan_quarters[v[i].key].label);
		return RC_OK;
	}
	for (i = 0; i < n; i++)
		ids[i] = v[i].key;
	TRY(kind_titles(cx, *by == 'k' ? &event_kind_kind : &body_kind, ids, n, titles));
	for (i = 0; i < n; i++)
		v[i].title = titles[i];
	return RC_OK;
}

int
plan_sums(struct ctx *cx, const struct plan_ask *a, struct plan_sum **out, size_t *n)
{
	enum { SUMS_MAX = 300 };
	struct asking q = { .n = 0 };
	AUTO_ROWS r = { 0 };
	size_t month;

	*out = arena_array(cx->arena, struct plan_sum, SUMS_MAX);
	*n = 0;
	buf_init(&q.sql, cx->arena, 0);
	month = add(&q, this_month(cx));
	buf_printf(&q.sql, "SELECT x.k, x.f, count(*) FROM (SELECT %s AS k, ", key_of(a->by));
	buf_printf(&q.sql, PLAN_FACT, month);
	buf_str(&q.sql, " AS f");
	where(cx, &q, a);
	buf_str(&q.sql, ") x GROUP BY x.k, x.f ORDER BY x.k, x.f");
	TRY(db_rows(cx, &r, q.sql.p, (struct vals){ q.v, q.n }));
	while (rows_next(&r)) {
		struct plan_sum *s = sum_of(*out, n, SUMS_MAX, row_int(&r, 0));
		int64_t f = row_int(&r, 1);

		if (s != NULL && f >= 0 && f < FACT_COUNT)
			s->n[f] += row_int(&r, 2);
	}
	TRY(rows_end(&r));
	return name_sums(cx, a->by, *out, *n);
}

/* Every $n of the text is a ? of the list's own numbering. */
static const char *
questioned(struct arena *a, const char *sql, const struct asking *q, struct val *out, size_t *n)
{
	struct buf b;

	buf_init(&b, a, 0);
	*n = 0;
	for (; *sql != '\0'; sql++) {
		size_t at = 0;

		if (*sql != '$') {
			buf_char(&b, *sql);
			continue;
		}
		for (; sql[1] >= '0' && sql[1] <= '9'; sql++)
			at = at * 10 + (size_t)(sql[1] - '0');
		out[(*n)++] = q->v[at - 1];
		buf_char(&b, '?');
	}
	return b.p;
}

int
plan_narrow(struct query *q, const struct plan_ask *a, const char *fact)
{
	struct ctx *cx = q->cx;
	struct asking s = { .n = 0 };
	struct val v[16];
	const char *text;
	size_t month, n, f;

	buf_init(&s.sql, cx->arena, 0);
	buf_str(&s.sql, "plan_item.id IN (SELECT i.id");
	where(cx, &s, a);
	for (f = 0; fact != NULL && f < FACT_COUNT; f++)
		if (strcmp(plan_facts[f].code, fact) == 0)
			break;
	if (fact != NULL) {
		if (f == FACT_COUNT)
			return RC_NOTFOUND;
		month = add(&s, this_month(cx));
		buf_str(&s.sql, " AND ");
		buf_printf(&s.sql, PLAN_FACT, month);
		buf_printf(&s.sql, " = %d", (int)f);
	}
	buf_char(&s.sql, ')');
	text = questioned(cx->arena, s.sql.p, &s, v, &n);
	query_and(q, text, (struct vals){ v, n });
	return RC_OK;
}

/* ---- figures ---- */

/* $1 and $2 are the period. RULE plan-6. */
static void
items(const struct ask *a, bool held, struct buf *sql, struct val *v, size_t *nv)
{
	size_t from = figure_val(v, nv, a->from), to = figure_val(v, nv, a->to);

	buf_str(sql,
	    "SELECT i.id AS id, i.due AS day, p.body AS body, 1 AS amount, " FIGURE_NO_TEXT
	    " AS basis, i.kind AS dim FROM plan_item i JOIN plan p ON p.id = i.plan" PLAN_EVENT_JOIN
	    " WHERE " PLAN_COUNTED " AND i.dropped_on IS NULL");
	buf_printf(sql, " AND i.due >= $%zu AND i.due <= $%zu", from, to);
	if (held)
		buf_str(sql, " AND e.state IN ('held', 'reported')");
	figure_within(a, "p.body", "e.district", sql, v, nv);
}

static void
records_items(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	items(a, false, sql, v, nv);
	if (a->district != 0)
		buf_str(sql, " AND 1 = 0"); /* a plan names no district */
}

static void
records_done(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	items(a, true, sql, v, nv);
}

static enum exactness
exact_items(struct ctx *cx, const struct ask *a, int64_t *without)
{
	(void)cx;
	*without = 0;
	return a->district != 0 ? UNKNOWN : EXACT;
}

#define PLAN_FIGURE                                                                              \
	.shape = FIGURE_COUNT, .time = FIGURE_PERIOD, .unit = N_("items of plans"),              \
	.unit_code = "items", .say = SAY_EXACT, .value_cap = CAP_EVENT_READ,                     \
	.rows_cap = CAP_EVENT_READ,                                                              \
	.rows_why = N_("Plans are for staff; a leader opens those of the own body, choose it."), \
	.kind = &plan_item_kind, .dim = "event_kind", .dim_kind = &event_kind_kind

const struct figure plan_items_figure = {
	.code = "plan_items",
	.name = N_("Events planned"),
	.definition = N_("Items of approved plans that fall due in the period."),
	.rule = N_("Items of approved plans whose day, or the last day of whose month, lies in the "
		   "period. Where a body has an approved plan of the quarter, it stands for the "
		   "same months of the year's plan. Dropped items do not count."),
	PLAN_FIGURE,
	.records = records_items,
	.exact = exact_items,
};
const struct figure plan_done_figure = {
	.code = "plan_done",
	.name = N_("Planned events held"),
	.definition = N_("Items of approved plans whose event was held."),
	.rule = N_("As “Events planned”, where the event made of the item, the one that took its "
		   "place or the one it was merged into was held or reported, in whatever month."),
	PLAN_FIGURE,
	.records = records_done,
};
