/* event_unique.c – how many different people came: the first day of each person in a year.
 *
 * The number of unique participants from 1 January to any later day of the year is the number of
 * persons whose first counted event of that year lies in the period. So each person leaves one cell a
 * year, on that first day, and a sum over days answers. When attendances appear, vanish or change
 * their day, only the persons concerned are looked at: what is their first day without these
 * attendances? If it is not later, nothing changes; else their cell moves.
 * An attendance at a merged event counts for the event that it was merged into, on that event's
 * first day. Guests known by name only are not persons. */
#include "mod/event/event_inner.h"

/* b: an attendance; e1 its event; e2 the event that stands in the figures; k its kind. */
#define COUNTED_JOIN                                                                           \
	" JOIN event e1 ON e1.id = b.event JOIN event e2 ON e2.id = coalesce(e1.merged_into, " \
	"e1.id)"                                                                               \
	" JOIN event_kind k ON k.id = e2.kind"
#define COUNTED_WHERE " b.withdrawn = 0 AND e2.state IN ('held', 'reported') AND k.counted = 1"
#define FIRST_OF(persons, excluded)                                                       \
	"SELECT o.first, count(*) FROM (SELECT p.person, (SELECT min(e2.first_day) FROM " \
	"attendance b" COUNTED_JOIN " WHERE b.person = p.person AND" COUNTED_WHERE        \
	" AND e2.first_day >= $2 AND e2.first_day <= $3 AND " excluded ") AS first"       \
	" FROM " persons " p) o GROUP BY o.first"
#define FIRST_WITHOUT(persons, excluded)                                                          \
	FIRST_OF(                                                                                 \
	    "(SELECT DISTINCT a.person FROM attendance a WHERE a.person IS NOT NULL AND " persons \
	    ")",                                                                                  \
	    excluded)

int
unique_shift(struct ctx *cx, struct tx *tx, struct whose w, int day, int sign)
{
	static const char group[] = FIRST_WITHOUT("a.withdrawn = 0 AND a.event IN (SELECT id FROM "
						  "event WHERE id = $1 OR merged_into = $1)",
	    "e2.id <> $1");
	static const char event[] =
	    FIRST_WITHOUT("a.withdrawn = 0 AND a.event = $1", "b.event <> $1");
	static const char attendance[] = FIRST_WITHOUT("a.id = $1", "b.id <> $1");
	static const char gone[] = FIRST_OF("(SELECT CAST($1 AS BIGINT) AS person)", "1 = 1");
	const char *sql = w.person != 0	 ? gone
			  : w.group != 0 ? group
			  : w.event != 0 ? event
					 : attendance;
	int64_t id = w.person != 0  ? w.person
		     : w.group != 0 ? w.group
		     : w.event != 0 ? w.event
				    : w.attendance;
	struct {
		int first;
		int64_t n;
	} * rows;
	AUTO_ROWS r = { 0 };
	size_t n = 0, i;
	int year = day_year(day);

	rows = arena_alloc(cx->arena, 400 * sizeof *rows);
	TRY(db_rows(cx, &r, sql,
	    VALS(v_int(id), v_int(day_make(year, 1, 1)), v_int(day_make(year, 12, 31)))));
	/* Days of one year and NULL: never more than 367 groups. */
	for (; n < 400 && rows_next(&r); n++) {
		rows[n].first = (int)row_int(&r, 0);
		rows[n].n = row_int(&r, 1);
	}
	TRY(rows_end(&r));
	for (i = 0; i < n; i++) {
		if (rows[i].first != 0 && rows[i].first <= day)
			continue;
		TRY(figure_add_tx(cx, tx,
		    &(struct figure_cell){ "participants_unique", "", 0, day, sign * rows[i].n }));
		if (rows[i].first != 0)
			TRY(figure_add_tx(cx, tx,
			    &(struct figure_cell){
				"participants_unique", "", 0, rows[i].first, -sign * rows[i].n }));
	}
	return RC_OK;
}

int
unique_emit(struct ctx *cx, struct cell_sink *sink, int64_t *records)
{
	AUTO_ROWS r = { 0 };

	TRY(db_rows(cx, &r,
	    "SELECT x.first, count(*) FROM (SELECT b.person, e2.first_day / 10000 AS year, "
	    "min(e2.first_day) AS first"
	    " FROM attendance b" COUNTED_JOIN " WHERE" COUNTED_WHERE " AND b.person IS NOT NULL"
	    " GROUP BY b.person, e2.first_day / 10000) x GROUP BY x.first",
	    NO_VALS));
	while (rows_next(&r)) {
		*records += row_int(&r, 1);
		TRY(sink->add(
		    sink, "participants_unique", "", 0, (int)row_int(&r, 0), row_int(&r, 1)));
	}
	return rows_end(&r);
}
