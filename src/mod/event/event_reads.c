/* event_reads.c – see event_reads.h. Each read takes the condition of the kind's scope from a query
 * object, so that a page can show nothing that its list would not.
 *
 * The month joins the kinds of events for theme and letter; everything else reads whole records. */
#include "mod/event/event_reads.h"

#include <stdlib.h>

#include "mod/event/event_inner.h"

int
reads_rights(struct ctx *cx, const struct event *e, struct event_rights *out)
{
	struct list l;
	size_t i;
	bool lead = actor_in_scope(cx->actor, e->body), co = false;

	if (!may(cx, CAP_EVENT_READ)) {
		*out = (struct event_rights){ 0 };
		return RC_OK;
	}
	if (!lead) {
		TRY(reads_of_event(cx, &organiser_kind, e->rec.id, NULL, &l));
		for (i = 0; i < l.n; i++) {
			const struct organiser *o = list_row(&l, &organiser_kind, i);

			co = co || (!o->ended && actor_in_scope(cx->actor, o->body));
		}
	}
	*out = (struct event_rights){ .reads = lead || co,
		.writes = lead && may(cx, CAP_EVENT_WRITE),
		.marks = (lead || co) && may(cx, CAP_EVENT_WRITE) };
	return RC_OK;
}

/* ---- a month ---- */

enum { MONTH_MAX = 20000 };

int
reads_month(struct ctx *cx, const struct event_filter *f, const int days[2],
    struct month_event **out, size_t *n)
{
	int from = days[0], to = days[1];
	struct query q;
	AUTO_ROWS r = { 0 };
	struct month_event *v = arena_array(cx->arena, struct month_event, 64);
	size_t cap = 64;

	*n = 0;
	TRY(query_init(cx, &q, &event_kind));
	query_and(&q,
	    "event.merged_into IS NULL AND event.first_day >= ? AND event.first_day <= ?"
	    " AND (event.first_day >= ? OR event.last_day >= ?)",
	    VALS(v_int(day_add(from, -366)), v_int(to), v_int(from), v_int(from)));
	TRY(event_filter_apply(&q, f));
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"SELECT event.id, event.first_day, event.last_day, event.name_kk, event.name_ru, "
		"event.name_en,"
		" event.starts, event.state, k.theme, k.counted FROM event JOIN event_kind k ON "
		"k.id = event.kind%s"
		" ORDER BY event.first_day, coalesce(event.starts, ''), event.id LIMIT %d",
		q.where.p, MONTH_MAX),
	    (struct vals){ q.vals, q.nvals }));
	while (rows_next(&r)) {
		struct text3 name = { row_text(&r, 3), row_text(&r, 4), row_text(&r, 5) };

		if (*n == cap) {
			struct month_event *more =
			    arena_array(cx->arena, struct month_event, cap * 2);

			memcpy(more, v, cap * sizeof *v);
			v = more;
			cap *= 2;
		}
		v[(*n)++] = (struct month_event){ row_int(&r, 0), (int)row_int(&r, 1),
			(int)row_int(&r, 2), tr3(cx, &name, NULL), row_text(&r, 6), row_text(&r, 7),
			row_text(&r, 8), row_int(&r, 9) != 0 };
	}
	*out = v;
	return rows_end(&r);
}

struct days {
	int from, to;
	struct month_day *v;
	size_t n, cap;
};

static int
observance_row(struct ctx *cx, const void *rec, void *arg)
{
	const struct observance *o = rec;
	struct days *d = arg;
	int day = observance_day(o, day_year(d->from));

	if (day < d->from || day > d->to)
		return RC_OK;
	if (d->n == d->cap) {
		struct month_day *more = arena_array(cx->arena, struct month_day, d->cap * 2);

		memcpy(more, d->v, d->n * sizeof *more);
		d->v = more;
		d->cap *= 2;
	}
	d->v[d->n++] = (struct month_day){ day, tr3(cx, &o->name, NULL), o->day_off };
	return RC_OK;
}

static int
by_day(const void *a, const void *b)
{
	const struct month_day *x = a, *y = b;

	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return strcmp(x->name, y->name);
}

int
reads_observances(struct ctx *cx, int from, int to, struct month_day **out, size_t *n)
{
	struct days d = { .from = from, .to = to, .cap = 32 };
	struct query q;

	d.v = arena_array(cx->arena, struct month_day, d.cap);
	TRY(query_init(cx, &q, &observance_kind));
	TRY(query_each(&q, observance_row, &d));
	qsort(d.v, d.n, sizeof *d.v, by_day);
	*out = d.v;
	*n = d.n;
	return RC_OK;
}

/* ---- what hangs on an event ---- */

int
reads_events(struct ctx *cx, const int64_t *ids, size_t n, struct list *out)
{
	enum { MAX = 20 };
	struct val v[MAX];
	struct query q;
	struct buf cond;
	size_t i;

	*out = (struct list){ 0 };
	if (n == 0)
		return RC_OK;
	n = n < MAX ? n : MAX;
	buf_init(&cond, cx->arena, 0);
	buf_str(&cond, "event.id IN (");
	for (i = 0; i < n; i++) {
		buf_str(&cond, i == 0 ? "?" : ", ?");
		v[i] = v_int(ids[i]);
	}
	buf_char(&cond, ')');
	TRY(query_init(cx, &q, &event_kind));
	query_and(&q, cond.p, (struct vals){ v, n });
	q.limit = MAX;
	return query_list(&q, out);
}

int
reads_of_event(
    struct ctx *cx, const struct kind *k, int64_t event, const char *sort, struct list *out)
{
	struct query q;

	TRY(query_init(cx, &q, k));
	query_and(&q, arena_printf(cx->arena, "%s.event = ?", k->name), VALS(v_int(event)));
	TRY(query_sort(&q, sort));
	q.limit = QUERY_LIMIT_MAX;
	return query_list(&q, out);
}

int
reads_merged(struct ctx *cx, int64_t into, struct list *out)
{
	struct query q;

	TRY(query_init(cx, &q, &event_kind));
	query_and(&q, "event.merged_into = ?", VALS(v_int(into)));
	q.limit = QUERY_LIMIT_MAX;
	return query_list(&q, out);
}

/* ---- counts of many ---- */

int
reads_counts(struct ctx *cx, const struct list *events, struct event_count *out)
{
	AUTO_ROWS r = { 0 };
	struct buf sql;
	size_t i;

	for (i = 0; i < events->n; i++)
		out[i] = event_count_of(list_row(events, &event_kind, i), 0, 0);
	if (events->n == 0)
		return RC_OK;
	buf_init(&sql, cx->arena, 0);
	buf_str(&sql, "SELECT event, scanned, listed FROM event_tally WHERE event IN (0");
	for (i = 0; i < events->n; i++)
		buf_printf(&sql, ",%lld",
		    (long long)((const struct rec *)list_row(events, &event_kind, i))->id);
	buf_char(&sql, ')');
	TRY(db_rows(cx, &r, sql.p, NO_VALS));
	while (rows_next(&r))
		for (i = 0; i < events->n; i++) {
			const struct event *e = list_row(events, &event_kind, i);

			if (e->rec.id == row_int(&r, 0))
				out[i] = event_count_of(e, row_int(&r, 1), row_int(&r, 2));
		}
	return rows_end(&r);
}

int
reads_programmes(struct ctx *cx, struct programme_events **out, size_t *n)
{
	enum { MAX = 2000 };
	struct query q;
	AUTO_ROWS r = { 0 };

	*out = arena_array(cx->arena, struct programme_events, MAX);
	*n = 0;
	TRY(query_init(cx, &q, &event_kind));
	query_and(&q, "event.merged_into IS NULL AND event.programme IS NOT NULL", NO_VALS);
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"SELECT event.programme, count(*) FROM event%s"
		" GROUP BY event.programme ORDER BY event.programme LIMIT %d",
		q.where.p, MAX),
	    (struct vals){ q.vals, q.nvals }));
	while (rows_next(&r))
		(*out)[(*n)++] = (struct programme_events){ row_int(&r, 0), row_int(&r, 1) };
	return rows_end(&r);
}
