/* demo_series.c – the meetings of a conversation club, which the demo has anyway, as a series: none is made anew. */
#include "app/demo_inner.h"
#include "mod/series/series.h"

enum { CLUB_MAX = 100 };

static int
club_events(struct ctx *cx, int64_t body, int64_t *ids, size_t *n, int *first)
{
	AUTO_ROWS r = { 0 };

	*n = 0;
	TRY(db_rows(cx, &r,
	    "SELECT e.id, e.first_day FROM event e JOIN event_kind k ON k.id = e.kind WHERE e.body "
	    "= $1 AND"
	    " k.code = 'language_club' AND e.merged_into IS NULL ORDER BY e.first_day, e.id LIMIT "
	    "100",
	    VALS(v_int(body))));
	while (*n < CLUB_MAX && rows_next(&r)) {
		if (*n == 0)
			*first = (int)row_int(&r, 1);
		ids[(*n)++] = row_int(&r, 0);
	}
	return rows_end(&r);
}

static int
make_series(struct ctx *cx, int64_t body, int first, int64_t *id)
{
	struct event_series s;

	kind_empty(&event_series_kind, &s);
	s.code = "mamile";
	s.name = (struct text3){ "«Мәміле» тілдесу клубы", "Разговорный клуб «Мәміле»",
		"Mamile conversation club" };
	s.body = body;
	TRY(db_int(cx, &s.kind, "SELECT id FROM event_kind WHERE code = 'language_club'", NO_VALS));
	s.repeat = "weeks";
	s.every = 1;
	s.wednesday = true;
	s.starts = "18:30";
	s.ends = "20:00";
	s.first_day = first;
	s.last_day = 20241231;
	s.skip_off = s.skip_mourning = true;
	TRY(kind_insert(cx, &event_series_kind, &s));
	*id = s.rec.id;
	return RC_OK;
}

int
demo_series(struct demo *d)
{
	struct ctx *cx = d->cx;
	int64_t body, series, ids[CLUB_MAX];
	size_t n, i;
	int first = 0, last = 0;

	TRY(body_by_code(cx, "mamile", &body));
	TRY(club_events(cx, body, ids, &n, &first));
	if (n == 0)
		return RC_OK;
	TRY(make_series(cx, body, first, &series));
	for (i = 0; i < n; i++) {
		struct event e;

		TRY(kind_load(cx, &event_kind, ids[i], &e));
		if (e.first_day != last) /* a series has one event a day */
			TRY(series_put(cx, series, e.rec.id));
		last = e.first_day;
	}
	return RC_OK;
}
