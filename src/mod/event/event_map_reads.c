/* event_map_reads.c – how many events and people each district had, for the map. One pass over the events of
 * the filter; the count of each is event_count_of(), so the sums agree with the figures of the same days. */
#include "mod/event/event_filter.h"

#include <stdlib.h>

#include "core/data.h"
#include "mod/event/event_inner.h"
#include "text/csv_read.h"

enum { PLACES_MAX = 200 };

/* Centres of districts as data/districts.csv has them. */
static void
place(struct ctx *cx, struct map_sums *s)
{
	const char *text = house_data("districts.csv");
	struct csv_read r;
	size_t i;

	if (text == NULL || csv_read_open(&r, cx->arena, text, ',') != RC_OK)
		return;
	while (csv_read_row(&r))
		for (i = 0; i < s->n; i++) {
			const char *lat = csv_read_cell(&r, "lat"), *lon = csv_read_cell(&r, "lon");

			if (strcmp(s->v[i].code, csv_read_cell(&r, "kato")) != 0 || *lat == '\0' ||
			    *lon == '\0')
				continue;
			s->v[i].placed = true;
			s->v[i].lat = strtod(lat, NULL);
			s->v[i].lon = strtod(lon, NULL);
		}
}

static int
read_places(struct ctx *cx, struct map_sums *s)
{
	AUTO_ROWS r = { 0 };

	s->v = arena_array(cx->arena, struct map_place, PLACES_MAX);
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"SELECT id, code, level, name_kk, name_ru, name_en FROM district WHERE level IN"
		" ('city', 'district') ORDER BY sort_%s, id LIMIT %d",
		lang_code(cx->lang), PLACES_MAX),
	    NO_VALS));
	while (rows_next(&r)) {
		struct text3 name = { row_text(&r, 3), row_text(&r, 4), row_text(&r, 5) };

		s->v[s->n++] = (struct map_place){ .district = row_int(&r, 0),
			.code = row_text(&r, 1),
			.level = row_text(&r, 2),
			.name = tr3(cx, &name, NULL) };
	}
	TRY(rows_end(&r));
	place(cx, s);
	return RC_OK;
}

static void
add(struct map_sums *s, const struct areas *at, int64_t people)
{
	bool found = false;
	size_t i, j;

	s->events++;
	s->people += people;
	for (i = 0; i < s->n; i++)
		for (j = 0; j < at->n; j++)
			if (s->v[i].district == at->v[j]) {
				s->v[i].events++;
				s->v[i].people += people;
				found = true;
			}
	if (found)
		return;
	s->nowhere_events++;
	s->nowhere_people += people;
}

int
reads_map(struct ctx *cx, const struct event_filter *f, struct map_sums *out)
{
	struct district_tree t;
	struct query q;
	AUTO_ROWS r = { 0 };

	*out = (struct map_sums){ 0 };
	TRY(read_places(cx, out));
	TRY(event_districts(cx, &t));
	TRY(query_init(cx, &q, &event_kind));
	query_and(&q,
	    "event.merged_into IS NULL AND event.state IN ('held', 'reported') AND k.counted = 1",
	    NO_VALS);
	TRY(event_filter_apply(&q, f));
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"SELECT event.district, event.head_count, event.declared_count,"
		" coalesce(t.scanned, 0), coalesce(t.listed, 0) FROM event JOIN event_kind k ON"
		" k.id = event.kind LEFT JOIN event_tally t ON t.event = event.id%s",
		q.where.p),
	    (struct vals){ q.vals, q.nvals }));
	while (rows_next(&r)) {
		const struct event e = { .head_count = row_int_or(&r, 1, INT_NONE),
			.declared_count = row_int_or(&r, 2, INT_NONE) };
		struct event_count c = event_count_of(&e, row_int(&r, 3), row_int(&r, 4));
		struct areas at;

		event_areas(&t, row_int(&r, 0), &at);
		add(out, &at, c.value == INT_NONE ? 0 : c.value);
	}
	return rows_end(&r);
}
