/* demo_population.c – the demo's table of the region's population: 93 groups with people, some rows
 * with none, and the two answers that are no groups. Invented numbers of the right order; the groups
 * are taken in the order of data/ethnic_groups.csv. */
#include "app/demo_inner.h"

/* The largest; the others go down from here by rank. */
static const int largest[] = { 793000, 2150, 91800, 18900, 1240, 4480, 9650, 2510, 1730, 860, 640,
	2380, 590, 980, 720, 410, 1890, 1060 };

static int
people_of(int rank)
{
	int n;

	/* The list is in the order of the country; the region's differs: the first numbers are its own. */
	if (rank <= (int)ARRAY_LEN(largest))
		return rank == 2 ? largest[2] : rank == 3 ? largest[1] : largest[rank - 1];
	n = 26000 / (rank * rank / 4 + 1) + 94 - rank;
	return n;
}

int
demo_population_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct demo *d = arg;
	AUTO_ROWS r = { 0 };
	struct {
		int64_t id;
		bool special;
	} groups[160];
	size_t n = 0, i;

	demo_begin(d, cx, 6);
	TRY(db_rows(cx, &r, "SELECT id, special FROM ethnic_group ORDER BY rank, id", NO_VALS));
	for (; n < ARRAY_LEN(groups) && rows_next(&r); n++) {
		groups[n].id = row_int(&r, 0);
		groups[n].special = row_int(&r, 1) != 0;
	}
	TRY(rows_end(&r));
	for (i = 0; i < n; i++) {
		struct population p;

		/* TRAP: groups on record with nobody, and the answers "other" and "not stated", do not count. */
		if (i >= DEMO_GROUPS + 12 && !groups[i].special)
			continue;
		kind_empty(&population_kind, &p);
		p.ethnic_group = groups[i].id;
		p.year = 2024;
		p.people = groups[i].special ? 640 + (int)i
			   : i < DEMO_GROUPS ? people_of((int)i + 1)
					     : 0;
		p.source = "Көрсетілім деректері: ойдан шығарылған сандар";
		TRY(demo_insert(d, tx, &population_kind, &p));
	}
	return RC_OK;
}
