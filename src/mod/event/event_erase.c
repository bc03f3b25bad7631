/* event_erase.c – what an erased person leaves in the counts of events.
 *
 * RULE rights-3: attendances stay as counted rows without a person. Two rows of one person in reports that
 * were merged into one event are counted once: one of them points at the other (same_as). The number of
 * different participants gets sealed totals: for each year, quarter and month, everywhere, for each body
 * and each district, the first day on which the person came – figures, not a link. The kept cell of a year
 * stays as it is: what a record left there before is sealed now. */
#include <stdlib.h>

#include "figure/sealed.h"
#include "kind/cut.h"
#include "mod/event/event_inner.h"

struct came {
	int64_t attendance, event, root;
	int day; /* the root's first day; 0 = it does not count */
	bool withdrawn;
};
struct seen { /* first day for one place and period */
	const char *dim;
	int64_t key;
	enum grain grain;
	int first, day;
};
struct erasing {
	struct ctx *cx;
	struct tx *tx;
	struct came *v;
	size_t n;
	struct seen *seen;
	size_t nseen, room;
};

static int
read_came(struct erasing *e, int64_t person, int upto)
{
	struct ctx *cx = e->cx;
	AUTO_ROWS r = { 0 };
	int64_t all;

	TRY(db_int(
	    cx, &all, "SELECT count(*) FROM attendance WHERE person = $1", VALS(v_int(person))));
	e->v = arena_array(cx->arena, struct came, all + 1);
	TRY(db_rows(cx, &r,
	    "SELECT a.id, a.event, s.id, CASE WHEN s.state IN ('held', 'reported') AND k.counted = "
	    "1"
	    " THEN s.first_day ELSE 0 END, a.withdrawn FROM attendance a JOIN event e ON e.id ="
	    " a.event JOIN event s ON s.id = coalesce(e.merged_into, e.id) JOIN event_kind k ON"
	    " k.id = s.kind WHERE a.person = $1 AND s.first_day <= $2 ORDER BY s.id, a.withdrawn, "
	    "a.id",
	    VALS(v_int(person), v_int(upto))));
	while (e->n < (size_t)all && rows_next(&r))
		e->v[e->n++] = (struct came){ row_int(&r, 0), row_int(&r, 1), row_int(&r, 2),
			(int)row_int(&r, 3), row_int(&r, 4) != 0 };
	return rows_end(&r);
}

/* ---- counted once ---- */

static int
fold_groups(struct erasing *e)
{
	size_t i;

	for (i = 1; i < e->n; i++) {
		int64_t keep = e->v[i - 1].attendance;

		if (e->v[i].root != e->v[i - 1].root || e->v[i].withdrawn)
			continue;
		TRY(tx_run(e->cx, e->tx, NULL,
		    "UPDATE attendance SET same_as = coalesce((SELECT same_as FROM attendance "
		    "WHERE id"
		    " = $1), $1) WHERE id = $2",
		    VALS(v_int(keep), v_int(e->v[i].attendance))));
	}
	return RC_OK;
}

/* ---- first days ---- */

static void
see_grain(struct erasing *e, const char *dim, int64_t key, enum grain g, int day)
{
	int first = grain_first(g, day);
	size_t i;

	for (i = 0; i < e->nseen; i++) {
		struct seen *s = &e->seen[i];

		if (s->grain == g && s->key == key && s->first == first &&
		    strcmp(s->dim, dim) == 0) {
			s->day = day < s->day ? day : s->day;
			return;
		}
	}
	if (e->nseen == e->room) {
		size_t room = e->room == 0 ? 64 : e->room * 2;
		struct seen *more = arena_array(e->cx->arena, struct seen, room);

		if (e->nseen > 0)
			memcpy(more, e->seen, e->nseen * sizeof *more);
		e->seen = more;
		e->room = room;
	}
	e->seen[e->nseen++] = (struct seen){ dim, key, g, first, day };
}

static int
see_rows(struct erasing *e, const char *dim, const char *sql, const struct came *c)
{
	AUTO_ROWS r = { 0 };
	int g;

	TRY(db_rows(e->cx, &r, sql, VALS(v_int(c->root))));
	while (rows_next(&r))
		for (g = GRAIN_YEAR; g < GRAIN_NONE; g++)
			see_grain(e, dim, row_int(&r, 0), (enum grain)g, c->day);
	return rows_end(&r);
}

/* The bodies that organised the event or any report merged into it, and all above them (figure-6); its
 * district and all above it (figure-10). */
static int
see_event(struct erasing *e, const struct came *c)
{
	static const char bodies[] =
	    "WITH RECURSIVE up (id) AS (SELECT x.body FROM event x WHERE x.id = $1 OR "
	    "x.merged_into = $1"
	    " UNION SELECT o.body FROM organiser o JOIN event x ON x.id = o.event WHERE (x.id = $1 "
	    "OR"
	    " x.merged_into = $1) AND o.ended = 0 AND o.via_event IS NULL"
	    " UNION SELECT b.parent FROM body b JOIN up ON b.id = up.id WHERE b.parent IS NOT NULL)"
	    " SELECT id FROM up ORDER BY id";
	static const char districts[] = "WITH RECURSIVE up (id) AS (SELECT district FROM event "
					"WHERE id = $1 AND district IS NOT"
					" NULL UNION SELECT d.parent FROM district d JOIN up ON "
					"d.id = up.id WHERE d.parent IS NOT"
					" NULL) SELECT id FROM up ORDER BY id";
	int g;

	for (g = GRAIN_YEAR; g < GRAIN_NONE; g++)
		see_grain(e, "", 0, (enum grain)g, c->day);
	TRY(see_rows(e, "body", bodies, c));
	return see_rows(e, "district", districts, c);
}

static int
seal_unique(struct erasing *e)
{
	size_t i;

	for (i = 0; i < e->n; i++)
		if (!e->v[i].withdrawn && e->v[i].day != 0 &&
		    (i == 0 || e->v[i].root != e->v[i - 1].root))
			TRY(see_event(e, &e->v[i]));
	for (i = 0; i < e->nseen; i++) {
		const struct seen *s = &e->seen[i];

		TRY(figure_seal_tx(e->cx, e->tx,
		    &(struct figure_cell){
			"participants_unique", grain_dim(s->grain, s->dim), s->key, s->day, 1 },
		    s->grain == GRAIN_YEAR && *s->dim == '\0'));
	}
	return RC_OK;
}

static int
seal_all(struct erasing *x, int64_t person, int upto)
{
	TRY(read_came(x, person, upto));
	TRY(seal_unique(x));
	return fold_groups(x);
}

int
cut_attendances(
    struct ctx *cx, struct tx *tx, const struct person_link *l, const struct person_erase *e)
{
	struct erasing x = { .cx = cx, .tx = tx };

	TRY(seal_all(&x, e->person, 99991231));
	return person_cut_links(cx, tx, l, e);
}

/* Sign-ups: the person of an attendance, and a guest's name. Years go whole, so that a year's number of
 * different people is sealed at once. */
static int
expire_attendances(struct ctx *cx, struct tx *tx, int64_t person, int upto, struct cut_sums *sums)
{
	struct erasing x = { .cx = cx, .tx = tx };
	size_t i;

	TRY(seal_all(&x, person, upto));
	for (i = 0; i < x.n; i++)
		TRY(kind_cut_tx(cx, tx, &attendance_kind, x.v[i].attendance, "person", sums));
	return RC_OK;
}

static int
expire_guest(struct ctx *cx, struct tx *tx, int64_t id, int upto, struct cut_sums *sums)
{
	(void)upto;
	return kind_cut_tx(cx, tx, &attendance_kind, id, "person", sums);
}

const struct cut_term event_terms[] = {
	{ "keep_attendance",
	    "SELECT DISTINCT a.person FROM attendance a" EVENT_PAST
	    " AND a.person IS NOT NULL ORDER BY 1 LIMIT 50",
	    expire_attendances, NULL },
	{ "keep_attendance",
	    "SELECT a.id FROM attendance a" EVENT_PAST
	    " AND a.guest IS NOT NULL ORDER BY 1 LIMIT 50",
	    expire_guest, NULL },
	{ NULL, NULL, NULL, NULL },
};
