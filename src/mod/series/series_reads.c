/* series_reads.c – the events of a series, the series of an event, and who stopped coming. */
#include "mod/series/series_inner.h"

#include <stdlib.h>
#include <string.h>

enum { MEMBERS = SERIES_MAX * 2, GUESTS = 20000 };

/* ---- its events ---- */

static int
take_event(struct ctx *cx, const void *rec, void *arg)
{
	struct list *l = arg;

	(void)cx;
	if (l->n < MEMBERS)
		((struct event *)l->rows)[l->n++] = *(const struct event *)rec;
	return RC_OK;
}

static int
by_day(const void *a, const void *b)
{
	const struct event *x = a, *y = b;
	int hours = strcmp(x->starts == NULL ? "" : x->starts, y->starts == NULL ? "" : y->starts);

	if (x->first_day != y->first_day)
		return x->first_day - y->first_day;
	return hours != 0 ? hours : (x->rec.id > y->rec.id) - (x->rec.id < y->rec.id);
}

int
series_events(struct ctx *cx, int64_t series, struct list *out)
{
	struct query q;

	*out = (struct list){ .rows = arena_array(cx->arena, struct event, MEMBERS) };
	TRY(query_init(cx, &q, &event_kind));
	query_and(&q, "event.id IN (SELECT sm.event FROM series_member sm WHERE sm.series = ?)",
	    VALS(v_int(series)));
	TRY(query_each(&q, take_event, out));
	if (out->n > 0)
		qsort(out->rows, out->n, sizeof(struct event), by_day);
	return RC_OK;
}

int
series_members(struct ctx *cx, int64_t series, struct series_member **out, size_t *n)
{
	int64_t *ids = arena_array(cx->arena, int64_t, MEMBERS);
	AUTO_ROWS r = { 0 };
	size_t i;

	*n = 0;
	TRY(db_rows(cx, &r, "SELECT id FROM series_member WHERE series = $1 ORDER BY day, id",
	    VALS(v_int(series))));
	while (*n < MEMBERS && rows_next(&r))
		ids[(*n)++] = row_int(&r, 0);
	TRY(rows_end(&r));
	*out = arena_array(cx->arena, struct series_member, *n + 1);
	for (i = 0; i < *n; i++)
		TRY(kind_load(cx, &series_member_kind, ids[i], &(*out)[i]));
	return RC_OK;
}

int
series_of_event(struct ctx *cx, int64_t event, struct event_series *out)
{
	int64_t id;
	int rc = db_int(
	    cx, &id, "SELECT series FROM series_member WHERE event = $1", VALS(v_int(event)));

	*out = (struct event_series){ 0 };
	if (rc == RC_OK)
		rc = kind_get(cx, &event_series_kind, id, out);
	if (rc == RC_NOTFOUND) {
		err_clear(cx);
		*out = (struct event_series){ 0 };
		return RC_OK;
	}
	return rc;
}

int
series_by_code(struct ctx *cx, const char *code, int64_t *id)
{
	return db_int(cx, id, "SELECT id FROM event_series WHERE code = $1", VALS(v_text(code)));
}

/* ---- who stopped coming ---- */

struct guests {
	struct series_guest *v;
	size_t n;
	int border; /* the day of the last but two of those whose names are known */
};

/* Attendances come in the order of their ids: persons are put together by sorting afterwards. */
static int
take_guest(struct ctx *cx, const void *rec, void *arg)
{
	const struct attendance *a = rec;
	struct guests *g = arg;

	if (g->n == GUESTS)
		return fail(cx, RC_TOOBIG, N_("There are too many attendances for this list."));
	g->v[g->n++] = (struct series_guest){ .person = a->person, .times = 1, .last = a->day };
	return RC_OK;
}

static int
by_person(const void *a, const void *b)
{
	const struct series_guest *x = a, *y = b;

	return (x->person > y->person) - (x->person < y->person);
}

static size_t
together(struct series_guest *v, size_t n)
{
	size_t i, k = 0;

	if (n == 0)
		return 0;
	qsort(v, n, sizeof *v, by_person);
	for (i = 1; i < n; i++)
		if (v[i].person == v[k].person) {
			v[k].times++;
			v[k].last = v[i].last > v[k].last ? v[i].last : v[k].last;
		} else
			v[++k] = v[i];
	return k + 1;
}

/* Events held, of which this actor may see all who came, and somebody is known: their days, latest first. */
static int
known_days(struct ctx *cx, int64_t series, const char **ids, int *border, int64_t *known)
{
	struct list l;
	struct buf b;
	size_t i;

	*known = 0;
	*border = 0;
	buf_init(&b, cx->arena, 0);
	buf_str(&b, "0");
	TRY(series_events(cx, series, &l));
	for (i = l.n; i-- > 0;) {
		const struct event *e = list_row(&l, &event_kind, i);
		int64_t any;
		int rc;

		if (!event_is_counted_state(e->state) || e->merged_into != 0)
			continue;
		rc = event_in_scope(cx, e->rec.id, true);
		if (rc == RC_DENIED) {
			err_clear(cx);
			continue;
		}
		TRY(rc);
		TRY(db_int(cx, &any,
		    "SELECT count(*) FROM attendance WHERE event = $1 AND withdrawn = 0 AND person "
		    "IS NOT NULL",
		    VALS(v_int(e->rec.id))));
		if (any == 0)
			continue;
		buf_printf(&b, ",%lld", (long long)e->rec.id);
		if (++*known <= SERIES_MISSED)
			*border = e->first_day;
	}
	*ids = b.p;
	return RC_OK;
}

static int
by_last(const void *a, const void *b)
{
	const struct series_guest *x = a, *y = b;

	if (x->last != y->last)
		return y->last - x->last;
	return x->times != y->times ? (x->times < y->times) - (x->times > y->times)
				    : strcmp(x->name, y->name);
}

/* RULE series-7 */
int
series_stopped(struct ctx *cx, const struct event_series *s, struct series_guest **out, size_t *n,
    int64_t *known)
{
	struct guests g = { .v = arena_array(cx->arena, struct series_guest, GUESTS) };
	const char *ids;
	struct query q;
	size_t i;

	*out = g.v;
	*n = 0;
	TRY(series_run_by(cx, s));
	TRY(known_days(cx, s->rec.id, &ids, &g.border, known));
	if (*known <= SERIES_MISSED)
		return RC_OK;
	TRY(query_init(cx, &q, &attendance_kind));
	query_and(&q,
	    arena_printf(cx->arena,
		"attendance.event IN (%s) AND attendance.withdrawn = 0 AND attendance.person IS "
		"NOT NULL",
		ids),
	    NO_VALS);
	TRY(query_each(&q, take_guest, &g));
	g.n = together(g.v, g.n);
	for (i = 0; i < g.n; i++) {
		struct person p;
		int rc;

		if (g.v[i].times < 2 || g.v[i].last >= g.border)
			continue;
		rc = kind_get(cx, &person_kind, g.v[i].person, &p);
		if (rc == RC_NOTFOUND || (rc == RC_OK && p.erased_on != 0)) {
			err_clear(cx);
			continue;
		}
		TRY(rc);
		g.v[i].name = kind_title(cx, &person_kind, &p);
		g.v[(*n)++] = g.v[i];
	}
	if (*n > 0)
		qsort(g.v, *n, sizeof *g.v, by_last);
	return RC_OK;
}
