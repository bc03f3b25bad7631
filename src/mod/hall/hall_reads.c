/* hall_reads.c – which halls are free, when the next time is, and the check of the quarters for verify. */
#include "mod/hall/hall_inner.h"

#include "figure/figure.h"

enum { HALLS_MAX = 200, DAYS_AHEAD = 60 };

int
hall_of_event(struct ctx *cx, int64_t event, struct hall *out)
{
	int64_t id;
	int rc = db_int(cx, &id,
	    "SELECT h.id FROM booking b JOIN hall h ON h.id = b.hall WHERE b.event = $1 AND "
	    "b.state = 'held' ORDER BY coalesce(h.capacity, 0) DESC, h.id LIMIT 1",
	    VALS(v_int(event)));

	*out = (struct hall){ .capacity = INT_NONE };
	if (rc == RC_NOTFOUND)
		return RC_OK;
	TRY(rc);
	return kind_load(cx, &hall_kind, id, out);
}

/* ---- choosing ---- */

struct gather {
	struct hall_choice *v;
	size_t n;
	const struct hall_span *s;
	int64_t need;
};

static int
take(struct ctx *cx, const void *rec, void *arg)
{
	struct gather *g = arg;
	struct hall_choice *c = &g->v[g->n];
	const struct hall *h = rec;

	(void)cx;
	if (g->n == HALLS_MAX)
		return RC_OK;
	*c = (struct hall_choice){ .hall = *h };
	c->closed = h->closed_from != 0 && g->s->day >= h->closed_from &&
		    (h->closed_to == 0 || g->s->day <= h->closed_to);
	c->small = g->need > 0 && h->capacity != INT_NONE && h->capacity < g->need;
	g->n++;
	return RC_OK;
}

/* RULE hall-4: first what is free and seats all, then the smaller of two. */
static int
rank_of(const struct hall_choice *c)
{
	return (c->closed || c->taken != 0 ? 2 : 0) + (c->small ? 1 : 0);
}

static void
sort_choices(struct hall_choice *v, size_t n)
{
	size_t i, j;

	for (i = 1; i < n; i++) {
		struct hall_choice x = v[i];

		for (j = i; j > 0 && (rank_of(&v[j - 1]) > rank_of(&x) ||
					 (rank_of(&v[j - 1]) == rank_of(&x) &&
					     v[j - 1].hall.capacity > x.hall.capacity));
		     j--)
			v[j] = v[j - 1];
		v[j] = x;
	}
}

int
hall_choices(
    struct ctx *cx, const struct hall_span *s, int64_t need, struct hall_choice **out, size_t *n)
{
	struct gather g = {
		.v = arena_array(cx->arena, struct hall_choice, HALLS_MAX), .s = s, .need = need
	};
	AUTO_ROWS r = { 0 };
	struct query q;
	size_t i;

	TRY(query_init(cx, &q, &hall_kind));
	TRY(query_sort(&q, "rank"));
	TRY(query_each(&q, take, &g));
	TRY(db_rows(cx, &r,
	    "SELECT hall, min(booking) FROM hall_slot WHERE day = $1 AND slot >= $2 AND slot < $3 "
	    "GROUP BY hall",
	    VALS(v_int(s->day), v_int(s->from), v_int(s->to))));
	while (rows_next(&r))
		for (i = 0; i < g.n; i++)
			if (g.v[i].hall.rec.id == row_int(&r, 0))
				g.v[i].taken = row_int(&r, 1);
	TRY(rows_end(&r));
	sort_choices(g.v, g.n);
	*out = g.v;
	*n = g.n;
	return RC_OK;
}

/* ---- the next free time ---- */

static int
read_day(struct ctx *cx, int64_t hall, int day, int64_t but, bool taken[HALL_SLOTS])
{
	AUTO_ROWS r = { 0 };

	memset(taken, 0, sizeof(bool) * HALL_SLOTS);
	TRY(db_rows(cx, &r,
	    "SELECT slot FROM hall_slot WHERE hall = $1 AND day = $2 AND booking <> $3",
	    VALS(v_int(hall), v_int(day), v_int(but))));
	while (rows_next(&r))
		if (row_int(&r, 0) >= 0 && row_int(&r, 0) < HALL_SLOTS)
			taken[row_int(&r, 0)] = true;
	return rows_end(&r);
}

/* Times of the opening hours that are free for at least `len` quarters: "08:00–10:00, 12:00–22:00". */
static const char *
gaps(struct ctx *cx, const bool taken[HALL_SLOTS], int len)
{
	struct buf b;
	int from = HALL_OPENS, i;

	buf_init(&b, cx->arena, 0);
	for (i = HALL_OPENS; i <= HALL_CLOSES; i++) {
		if (i < HALL_CLOSES && !taken[i])
			continue;
		if (i - from >= len)
			buf_printf(&b, "%s%s–%s", b.n > 0 ? ", " : "", hall_time(cx->arena, from),
			    hall_time(cx->arena, i));
		from = i + 1;
	}
	return b.n > 0 ? b.p : NULL;
}

int
hall_next_free(
    struct ctx *cx, int64_t hall, const struct hall_span *s, int64_t but, const char **out)
{
	int len = s->to - s->from, day = s->day, i;
	bool taken[HALL_SLOTS];
	const char *free;
	struct hall h;

	TRY(kind_load(cx, &hall_kind, hall, &h));
	for (i = 0; i < DAYS_AHEAD; i++, day = day_add(day, 1)) {
		if (h.closed_from != 0 && day >= h.closed_from &&
		    (h.closed_to == 0 || day <= h.closed_to))
			continue;
		TRY(read_day(cx, hall, day, but, taken));
		free = gaps(cx, taken, len);
		if (free == NULL)
			continue;
		*out = i == 0 ? trf(cx, "Free that day: %s.", free)
			      : trf(cx, "The next day with room: %1$s, %2$s.", day_text(cx, day),
				    free);
		return RC_OK;
	}
	*out = trf(cx, "There is no room for as long in the next %s days.", num(cx, DAYS_AHEAD));
	return RC_OK;
}

/* ---- verify ---- */

/* Each booking holds exactly its quarters, and no quarter is held by anything else. */
static int
check_slots(struct ctx *cx, struct buf *out, int64_t *records, int64_t *differences)
{
	AUTO_ROWS r = { 0 };

	TRY(db_rows(cx, &r,
	    "SELECT b.id, b.state, b.day, b.starts, b.ends, count(s.slot), coalesce(min(s.slot), "
	    "-1), coalesce(max(s.slot), -1), coalesce(min(s.day), b.day), coalesce(max(s.day), "
	    "b.day), coalesce(max(CASE WHEN s.hall <> b.hall THEN 1 ELSE 0 END), 0)"
	    " FROM booking b LEFT JOIN hall_slot s ON s.booking = b.id GROUP BY b.id, b.state, "
	    "b.day, b.starts, b.ends ORDER BY b.id",
	    NO_VALS));
	while (rows_next(&r)) {
		bool held = strcmp(row_text(&r, 1), "held") == 0;
		int day = (int)row_int(&r, 2);
		struct hall_span s;

		++*records;
		if (!held ? row_int(&r, 5) == 0
			  : hall_span_read(day, row_text(&r, 3), row_text(&r, 4), &s) &&
				row_int(&r, 5) == s.to - s.from && row_int(&r, 6) == s.from &&
				row_int(&r, 7) == s.to - 1 && row_int(&r, 8) == day &&
				row_int(&r, 9) == day && row_int(&r, 10) == 0)
			continue;
		++*differences;
		buf_printf(out, "booking %lld does not hold its own quarters of an hour\n",
		    (long long)row_int(&r, 0));
	}
	return rows_end(&r);
}

const struct verify_check hall_check_slots = { "halls", check_slots };
