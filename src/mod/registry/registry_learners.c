/* registry_learners.c – what an erased learner leaves in the count of different learners of a period.
 *
 * Counted is who was enrolled on any day of the period. From the first day of a year, quarter or month on,
 * each enrolment that reaches into it begins on its own first day there; of one person only the earliest
 * counts. After the cut each of them counts for itself, so the later ones are taken off again, in the
 * sealed totals: for the whole assembly, for each body and each district. */
#include <stdlib.h>

#include "figure/sealed.h"
#include "mod/registry/registry_inner.h"

enum { STAYS_MAX = 256, PLACES_MAX = 512 };

struct enrolment {
	int from, to; /* to: first day after */
	int64_t body[16], district[16];
	size_t nbody, ndistrict;
};
struct enrolments {
	struct enrolment v[STAYS_MAX];
	size_t n;
};

static int
chain(struct ctx *cx, const char *table, int64_t id, int64_t *out, size_t *n)
{
	AUTO_ROWS r = { 0 };

	*n = 0;
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"WITH RECURSIVE up (id, parent) AS (SELECT id, parent FROM %s WHERE id = $1 UNION"
		" SELECT t.id, t.parent FROM %s t JOIN up ON t.id = up.parent) SELECT id FROM up",
		table, table),
	    VALS(v_int(id))));
	while (*n < 16 && rows_next(&r))
		out[(*n)++] = row_int(&r, 0);
	return rows_end(&r);
}

static int
read_enrolments(struct ctx *cx, int64_t person, struct enrolments *e)
{
	int64_t body[STAYS_MAX], district[STAYS_MAX];
	AUTO_ROWS r = { 0 };
	size_t i;

	e->n = 0;
	TRY(db_rows(cx, &r,
	    "SELECT m.from_day, m.to_day, m.body, b.district FROM membership m JOIN body b ON b.id "
	    "="
	    " m.body JOIN body_kind k ON k.id = b.kind WHERE m.person = $1 AND m.role = 'learner'"
	    " AND k.code IN ('language_club', 'language_course') AND m.to_day > m.from_day"
	    " ORDER BY m.from_day, m.id",
	    VALS(v_int(person))));
	for (; e->n < STAYS_MAX && rows_next(&r); e->n++) {
		e->v[e->n].from = (int)row_int(&r, 0);
		e->v[e->n].to = (int)row_int(&r, 1);
		body[e->n] = row_int(&r, 2);
		district[e->n] = row_int(&r, 3);
	}
	TRY(rows_end(&r));
	for (i = 0; i < e->n; i++) {
		TRY(chain(cx, "body", body[i], e->v[i].body, &e->v[i].nbody));
		TRY(chain(cx, "district", district[i], e->v[i].district, &e->v[i].ndistrict));
	}
	return RC_OK;
}

static bool
has(const int64_t *v, size_t n, int64_t id)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (v[i] == id)
			return true;
	return false;
}

struct sealing {
	struct ctx *cx;
	struct tx *tx;
	const struct enrolments *e;
};

static bool
counts_in(const struct enrolment *v, const char *dim, int64_t key)
{
	if (*dim == '\0')
		return true;
	return strcmp(dim, "body") == 0 ? has(v->body, v->nbody, key)
					: has(v->district, v->ndistrict, key);
}

/* All but the earliest that reaches into the period are taken off on their own first day there. */
static int
seal_period(const struct sealing *s, enum grain g, int first, const char *dim, int64_t key)
{
	bool met = false;
	size_t i;

	for (i = 0; i < s->e->n; i++) {
		const struct enrolment *v = &s->e->v[i];
		int day = v->from > first ? v->from : first;

		if (v->to <= first || grain_first(g, day) != first || !counts_in(v, dim, key))
			continue;
		if (met)
			TRY(figure_seal_tx(s->cx, s->tx,
			    &(struct figure_cell){
				"language_learners", grain_dim(g, dim), key, day, -1 },
			    false));
		met = true;
	}
	return RC_OK;
}

/* Every year, quarter or month that at least two of them reach into. */
static int
seal_grain(const struct sealing *s, enum grain g, const char *dim, int64_t key)
{
	int done[PLACES_MAX];
	size_t ndone = 0, i, j;

	for (i = 0; i < s->e->n; i++) {
		int first = grain_first(g, s->e->v[i].from);

		for (; first < s->e->v[i].to;
		     first = grain_first(g, day_add(first, g == GRAIN_YEAR	? 370
							   : g == GRAIN_QUARTER ? 95
										: 35))) {
			for (j = 0; j < ndone && done[j] != first; j++)
				;
			if (j < ndone || ndone == PLACES_MAX)
				continue;
			done[ndone++] = first;
			TRY(seal_period(s, g, first, dim, key));
		}
	}
	return RC_OK;
}

static int
seal_key(const struct sealing *s, const char *dim, int64_t key)
{
	int g;

	for (g = GRAIN_YEAR; g < GRAIN_NONE; g++)
		TRY(seal_grain(s, (enum grain)g, dim, key));
	return RC_OK;
}

/* Each body or district once, however many enrolments stand beneath it. */
static int
seal_places(const struct sealing *s, const char *dim)
{
	int64_t seen[PLACES_MAX];
	size_t n = 0, i, j;

	for (i = 0; i < s->e->n; i++) {
		const struct enrolment *v = &s->e->v[i];
		bool body = strcmp(dim, "body") == 0;
		const int64_t *ids = body ? v->body : v->district;

		for (j = 0; j < (body ? v->nbody : v->ndistrict); j++) {
			if (has(seen, n, ids[j]) || n == PLACES_MAX)
				continue;
			seen[n++] = ids[j];
			TRY(seal_key(s, dim, ids[j]));
		}
	}
	return RC_OK;
}

int
learners_seal_tx(struct ctx *cx, struct tx *tx, int64_t person)
{
	struct enrolments *e = arena_new(cx->arena, struct enrolments);
	struct sealing s = { cx, tx, e };

	TRY(read_enrolments(cx, person, e));
	if (e->n < 2)
		return RC_OK;
	TRY(seal_key(&s, "", 0));
	TRY(seal_places(&s, "body"));
	return seal_places(&s, "district");
}
