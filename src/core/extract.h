/* extract.h – some rows of some tables out of one database into another, for the copy that a laptop takes along
 * (docs/adr/0037-field-copies.md). No table and no row goes that is not named; what is sealed is not opened here.
 *
 * Taken into memory first and given afterwards, so that the caller may change the process's keys in between. */
#ifndef CORE_EXTRACT_H
#define CORE_EXTRACT_H

#include "db/db.h"

struct extract_put { /* instead of the column: an expression, or NULL for nothing */
	const char *column, *expression;
};
struct extract {
	const char *table, *where; /* $1 = what it is an extract of; NULL = all rows */
	struct extract_put put[8]; /* ended by a row without a column */
};
struct extracted {
	const char *table;
	struct val *cells; /* rows × columns, in the order of the table */
	size_t rows, columns;
};
/* Of the snapshot of `from`; (*out)[n] in its arena. */
int extract_take(
    struct ctx *from, const struct extract *t, size_t n, int64_t of, struct extracted **out) MUST;
/* All or nothing; references are looked at when all are in. Errors are told to cx, which need not be bound to `to`. */
int extract_give(struct ctx *cx, struct store *to, const struct extracted *in, size_t n) MUST;

#endif
