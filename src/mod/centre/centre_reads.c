/* centre_reads.c – numbers of centres: who is there at a moment, through the hours of a day, and what the facts of a
 * centre are worth for so many people. Sums only: no household can be told from them. */
#include "mod/centre/centre_inner.h"

#include <string.h>

static int
may_read(struct ctx *cx)
{
	return may(cx, CAP_RELIEF_READ) ? RC_OK
					: fail(cx, RC_DENIED, N_("Your role does not open this."));
}

int
centre_occupancy(
    struct ctx *cx, int64_t headquarters, int64_t at, struct occupancy **out, size_t *n)
{
	enum { MOST = 200 };
	AUTO_ROWS r = { 0 };

	*out = arena_array(cx->arena, struct occupancy, MOST);
	*n = 0;
	TRY(may_read(cx));
	TRY(db_rows(cx, &r,
	    "SELECT p.id, count(s.id), sum(s.under5_f), sum(s.under5_m), sum(s.child_f), "
	    "sum(s.child_m), sum(s.adult_f), sum(s.adult_m), sum(s.elder_f), sum(s.elder_m) FROM "
	    "relief_place p LEFT JOIN stay s ON s.place = p.id AND s.arrived_at <= $2 AND "
	    "(s.left_at IS NULL OR s.left_at > $2) WHERE p.headquarters = $1 AND p.purpose = "
	    "'centre' GROUP BY p.id, p.sort_kk ORDER BY p.sort_kk, p.id LIMIT 200",
	    VALS(v_int(headquarters), v_int(at == 0 ? cx->now : at))));
	while (*n < MOST && rows_next(&r))
		(*out)[(*n)++] =
		    (struct occupancy){ row_int(&r, 0), row_int(&r, 1), heads_read(&r, 2) };
	return rows_end(&r);
}

int
centre_hours(struct ctx *cx, int64_t place, int day, struct occupancy out[24], size_t *n)
{
	int64_t start = day_start(day), hour = US_PER_DAY / 24;
	AUTO_ROWS r = { 0 };
	size_t i;
	int k;

	TRY(may_read(cx));
	for (i = 0; i < 24; i++)
		out[i] = (struct occupancy){ .place = place };
	for (*n = 0; *n < 24 && start + (int64_t)(*n + 1) * hour <= cx->now; ++*n)
		;
	TRY(db_rows(cx, &r,
	    "SELECT arrived_at, left_at, " HEAD_COLUMNS("") " FROM stay WHERE place = $1 AND "
							    "arrived_at <= $2 AND (left_at IS "
							    "NULL OR left_at > $3)",
	    VALS(v_int(place), v_int(start + US_PER_DAY), v_int(start))));
	while (rows_next(&r)) {
		int64_t from = row_int(&r, 0), to = row_int_or(&r, 1, INT64_MAX);
		struct heads h = heads_read(&r, 2);

		for (i = 0; i < *n; i++) {
			int64_t at = start + (int64_t)(i + 1) * hour;

			if (from > at || to <= at)
				continue;
			out[i].households++;
			for (k = 0; k < HEADS_N; k++)
				out[i].heads.n[k] += h.n[k];
		}
	}
	return rows_end(&r);
}

int
centre_of_place(struct ctx *cx, int64_t place, struct centre *out)
{
	int64_t id;

	TRY(db_int(cx, &id, "SELECT id FROM centre WHERE place = $1", VALS(v_int(place))));
	return kind_load(cx, &centre_kind, id, out);
}

/* ---- thresholds ---- */

/* So much there is, each person wants `per` hundredths of it. */
static struct centre_flag
enough(int64_t there, int64_t per100, int64_t people)
{
	struct centre_flag f = { .has10 = INT_NONE, .room = INT_NONE, .wants10 = per100 / 10 };

	if (there == INT_NONE)
		return f;
	f.known = true;
	f.room = per100 == 0 ? INT_NONE : there * 100 / per100;
	f.has10 = people == 0 ? INT_NONE : there * 10 / people;
	f.red = people > 0 && there * 100 < per100 * people;
	return f;
}

/* Sphere: one toilet for 50 people at first, for 20 as soon as possible: after so many days of the headquarters. */
static int
toilet_share(struct ctx *cx, const struct relief_place *p, int64_t *people)
{
	struct headquarters h;
	int64_t first_days, first, later;

	TRY(kind_load(cx, &headquarters_kind, p->headquarters, &h));
	TRY(setting_number(cx, "sphere_first_days", 7, &first_days));
	TRY(setting_number(cx, "sphere_toilet_first", 50, &first));
	TRY(setting_number(cx, "sphere_toilet", 20, &later));
	*people = day_number(cx->today) - day_number(h.opened_on) < first_days ? first : later;
	return RC_OK;
}

/* RULE centre-1 */
int
centre_flags(struct ctx *cx, const struct relief_place *p, const struct centre *c, int64_t people,
    struct centre_flag out[MEASURES])
{
	int64_t space, water, kcal, toilet;
	struct centre_flag *f;

	TRY(setting_number(cx, "sphere_space", 350, &space));
	TRY(setting_number(cx, "sphere_water", 15, &water));
	TRY(setting_number(cx, "sphere_kcal", 2100, &kcal));
	TRY(toilet_share(cx, p, &toilet));
	out[MEASURE_SPACE] = enough(c->area_m2, space, people);
	out[MEASURE_WATER] = enough(c->water_l, water * 100, people);
	f = &out[MEASURE_TOILETS];
	*f = (struct centre_flag){ .has10 = INT_NONE, .room = INT_NONE, .wants10 = toilet * 10 };
	if (c->toilets != INT_NONE) {
		f->known = true;
		f->room = c->toilets * toilet;
		f->has10 = c->toilets == 0 ? INT_NONE : people * 10 / c->toilets;
		f->red = people > f->room;
	}
	f = &out[MEASURE_FOOD];
	*f = (struct centre_flag){
		.known = c->ration_kcal != INT_NONE, .room = INT_NONE, .wants10 = kcal * 10
	};
	f->has10 = f->known ? c->ration_kcal * 10 : INT_NONE;
	f->red = f->known && people > 0 && c->ration_kcal < kcal;
	f = &out[MEASURE_PLACES];
	*f = (struct centre_flag){ .known = p->capacity != INT_NONE,
		.room = p->capacity,
		.has10 = people * 10,
		.wants10 = p->capacity == INT_NONE ? INT_NONE : p->capacity * 10 };
	f->red = f->known && people > p->capacity;
	return RC_OK;
}
