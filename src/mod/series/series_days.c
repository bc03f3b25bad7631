/* series_days.c – the days of a series, and what stands against each: said before anything is made.
 *
 * A day is left out because it was named by hand, or because an observance stands on it and the series leaves such
 * days out. What else stands in the way (the hall, another event of the body) is only said; who makes the events
 * decides. Three reads answer for all days. */
#include "mod/series/series_inner.h"

#include <stdlib.h>
#include <string.h>

#include "lang/recur_text.h"

enum { SKIPS = 2000 };

static bool
is(const char *code, const char *wanted)
{
	return code != NULL && strcmp(code, wanted) == 0;
}

static int
number(const char *code)
{
	return is(code, "last") ? RECUR_LAST : code == NULL ? 0 : atoi(code);
}

void
series_rule(const struct event_series *s, struct recur *out)
{
	const bool on[] = { s->monday, s->tuesday, s->wednesday, s->thursday, s->friday,
		s->saturday, s->sunday };
	size_t i;

	*out = (struct recur){ .kind = is(s->repeat, "month_day")   ? RECUR_MONTH_DAY
				       : is(s->repeat, "month_nth") ? RECUR_MONTH_NTH
								    : RECUR_WEEKS,
		.every = s->every == INT_NONE ? 0 : (int)s->every,
		.dom = s->month_day == INT_NONE ? 0 : (int)s->month_day,
		.nth = number(s->nth),
		.weekday = number(s->weekday),
		.first = s->first_day,
		.last = s->last_day,
		.times = s->times == INT_NONE ? 0 : (int)s->times };
	for (i = 0; i < ARRAY_LEN(on); i++)
		out->weekdays |= on[i] ? 1U << i : 0;
}

const char *
series_words(struct ctx *cx, const struct event_series *s)
{
	struct recur r;

	series_rule(s, &r);
	return recur_text(cx, &r, s->starts, s->ends);
}

/* ---- left out ---- */

struct skipping {
	const struct event_series *s;
	struct series_skip *v;
	size_t n;
	int from, to; /* years */
};

static void
put(struct skipping *k, int day, const char *why, bool skips)
{
	if (day != 0 && k->n < SKIPS)
		k->v[k->n++] = (struct series_skip){ day, why, skips };
}

static int
observed(struct ctx *cx, const void *rec, void *arg)
{
	const struct observance *o = rec;
	struct skipping *k = arg;
	bool mourning = is(o->type, "remembrance");
	int y;

	if (!o->day_off && !mourning)
		return RC_OK;
	for (y = k->from; y <= k->to; y++)
		put(k, observance_day(o, y), tr3(cx, &o->name, NULL),
		    (o->day_off && k->s->skip_off) || (mourning && k->s->skip_mourning));
	return RC_OK;
}

/* By day; of one day what is left out first. */
static int
by_day(const void *a, const void *b)
{
	const struct series_skip *x = a, *y = b;

	return x->day != y->day ? x->day - y->day : (int)y->skips - (int)x->skips;
}

int
series_skips(struct ctx *cx, const struct event_series *s, struct series_skip **out, size_t *n)
{
	struct skipping k = { .s = s,
		.v = arena_array(cx->arena, struct series_skip, SKIPS),
		.from = day_year(s->first_day),
		.to = day_year(
		    s->last_day != 0 ? s->last_day : day_add(s->first_day, RECUR_YEARS * 366)) };
	const char *p = s->skipped == NULL ? "" : s->skipped;
	struct query q;
	int day;

	if (k.to > k.from + RECUR_YEARS)
		k.to = k.from + RECUR_YEARS;
	for (; *p != '\0'; p += strcspn(p, ";"), p += *p == ';')
		if (day_parse(arena_strn(cx->arena, p, strcspn(p, ";")), &day))
			put(&k, day, tr(cx, "left out by the series"), true);
	TRY(query_init(cx, &q, &observance_kind));
	TRY(query_each(&q, observed, &k));
	if (k.n > 0)
		qsort(k.v, k.n, sizeof *k.v, by_day);
	*out = k.v;
	*n = k.n;
	return RC_OK;
}

size_t
series_walk(struct ctx *cx, const struct event_series *s, const struct series_skip *skip, size_t n,
    struct recur_day *out, bool *more)
{
	int *days = arena_array(cx->arena, int, n + 1);
	struct recur r;
	size_t i, k = 0;

	for (i = 0; i < n; i++)
		if (skip[i].skips)
			days[k++] = skip[i].day;
	series_rule(s, &r);
	return recur_days(&r, days, k, out, SERIES_DAYS, more);
}

/* ---- what stands in the way ---- */

static struct series_day *
day_of(struct series_day *v, size_t n, int day)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (v[i].day == day)
			return &v[i];
	return NULL;
}

static int
mark_made(struct ctx *cx, int64_t series, struct series_day *v, size_t n)
{
	AUTO_ROWS r = { 0 };

	TRY(db_rows(
	    cx, &r, "SELECT day, event FROM series_member WHERE series = $1", VALS(v_int(series))));
	while (rows_next(&r)) {
		struct series_day *d = day_of(v, n, (int)row_int(&r, 0));

		if (d != NULL)
			d->made = row_int(&r, 1);
	}
	return rows_end(&r);
}

static bool
closed_on(const struct hall *h, int day)
{
	return h->closed_from != 0 && day >= h->closed_from &&
	       (h->closed_to == 0 || day <= h->closed_to);
}

static int
mark_hall(struct ctx *cx, const struct event_series *s, struct series_day *v, size_t n)
{
	struct hall_span span;
	AUTO_ROWS r = { 0 };
	struct hall h;
	size_t i;

	if (s->hall == 0 || n == 0 || !hall_span_read(v[0].day, s->starts, s->ends, &span))
		return RC_OK;
	TRY(kind_load(cx, &hall_kind, s->hall, &h));
	for (i = 0; i < n; i++)
		if (closed_on(&h, v[i].day))
			v[i].hall = tr(cx, "the hall is closed");
	TRY(db_rows(cx, &r,
	    "SELECT s.day, b.name_kk, b.name_ru, b.name_en FROM hall_slot s JOIN booking k"
	    " ON k.id = s.booking JOIN body b ON b.id = k.body WHERE s.hall = $1 AND s.day >= $2 "
	    "AND s.day"
	    " <= $3 AND s.slot >= $4 AND s.slot < $5 ORDER BY s.day, s.slot",
	    VALS(v_int(s->hall), v_int(v[0].day), v_int(v[n - 1].day), v_int(span.from),
		v_int(span.to))));
	while (rows_next(&r)) {
		struct series_day *d = day_of(v, n, (int)row_int(&r, 0));
		struct text3 body = { row_text(&r, 1), row_text(&r, 2), row_text(&r, 3) };

		if (d != NULL && d->made == 0 && d->hall == NULL)
			d->hall = trf(cx, "the hall is taken by: %s", tr3(cx, &body, NULL));
	}
	return rows_end(&r);
}

int
series_hall_free(struct ctx *cx, int64_t hall, const struct event *e, const char **why)
{
	struct hall_span span;
	struct hall h;
	int64_t other;
	int rc;

	*why = NULL;
	if (!hall_span_read(e->first_day, e->starts, e->ends, &span)) {
		*why = tr(cx, "the hours are no whole quarters");
		return RC_OK;
	}
	TRY(kind_load(cx, &hall_kind, hall, &h));
	if (closed_on(&h, e->first_day)) {
		*why = tr(cx, "the hall is closed");
		return RC_OK;
	}
	rc = db_int(cx, &other,
	    "SELECT b.body FROM hall_slot s JOIN booking b ON b.id = s.booking WHERE s.hall = $1 "
	    "AND s.day ="
	    " $2 AND s.slot >= $3 AND s.slot < $4 AND coalesce(b.event, 0) <> $5 ORDER BY s.slot "
	    "LIMIT 1",
	    VALS(v_int(hall), v_int(e->first_day), v_int(span.from), v_int(span.to),
		v_int(e->rec.id)));
	if (rc == RC_OK) {
		const char *title;

		TRY(kind_titles(cx, &body_kind, &other, 1, &title));
		*why = trf(cx, "the hall is taken by: %s", title);
	}
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

struct clashing {
	struct series_day *v;
	size_t n;
};

static int
clash(struct ctx *cx, const void *rec, void *arg)
{
	const struct event *e = rec;
	struct clashing *c = arg;
	int last = e->last_day == 0 ? e->first_day : e->last_day;
	size_t i;

	for (i = 0; i < c->n; i++) {
		struct series_day *d = &c->v[i];

		if (d->day < e->first_day || d->day > last || d->clash != 0 || d->made == e->rec.id)
			continue;
		d->clash = e->rec.id;
		d->clash_title = kind_title(cx, &event_kind, e);
	}
	return RC_OK;
}

static int
mark_clashes(struct ctx *cx, const struct event_series *s, struct series_day *v, size_t n)
{
	struct clashing c = { v, n };
	struct query q;

	if (n == 0)
		return RC_OK;
	TRY(query_init(cx, &q, &event_kind));
	query_and(&q,
	    "event.body = ? AND event.first_day <= ? AND (event.first_day >= ? OR event.last_day "
	    ">= ?) AND"
	    " event.merged_into IS NULL AND event.state NOT IN ('cancelled', 'postponed')",
	    VALS(v_int(s->body), v_int(v[n - 1].day), v_int(v[0].day), v_int(v[0].day)));
	return query_each(&q, clash, &c);
}

int
series_days(struct ctx *cx, const struct event_series *s, struct series_day **out, size_t *n)
{
	struct recur_day *walked = arena_array(cx->arena, struct recur_day, SERIES_DAYS);
	struct series_day *v = arena_array(cx->arena, struct series_day, SERIES_DAYS);
	struct series_skip *skip;
	size_t nskip, i, k;

	TRY(series_skips(cx, s, &skip, &nskip));
	*n = series_walk(cx, s, skip, nskip, walked, NULL);
	*out = v;
	for (i = 0; i < *n; i++) {
		v[i] =
		    (struct series_day){ .day = walked[i].day, .past = walked[i].day < cx->today };
		for (k = 0; k < nskip; k++) {
			if (skip[k].day != v[i].day)
				continue;
			if (skip[k].skips && v[i].skipped == NULL)
				v[i].skipped = skip[k].why;
			else if (!skip[k].skips)
				v[i].marked = skip[k].why;
		}
	}
	TRY(mark_made(cx, s->rec.id, v, *n));
	TRY(mark_hall(cx, s, v, *n));
	return mark_clashes(cx, s, v, *n);
}
