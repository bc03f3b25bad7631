/* sqllist.h – "$2, $3, …" for IN (…): lists of values as parameters.
 *
 * As many parameters as the next of 1, 8, 64 and 512, so that a connection keeps four prepared texts of a
 * statement and not one for each length; the last value stands in for the rest. */
#ifndef DB_SQLLIST_H
#define DB_SQLLIST_H

#include "db/db.h"

enum { SQL_LIST_MAX = 512 };

static inline size_t
sql_list_room(size_t n)
{
	return n <= 1 ? 1 : n <= 8 ? 8 : n <= 64 ? 64 : SQL_LIST_MAX;
}

/* Writes the parameters from $first on and fills v[n…]; v holds n values, 1 ≤ n ≤ SQL_LIST_MAX, and has
 * room for sql_list_room(n). Returns that number. */
static inline size_t
sql_list(struct buf *sql, size_t first, struct val *v, size_t n)
{
	size_t room = sql_list_room(n), i;

	for (i = 0; i < room; i++) {
		if (i >= n)
			v[i] = v[n - 1];
		buf_str(sql, i == 0 ? "$" : ",$");
		buf_int(sql, (int64_t)(first + i));
	}
	return room;
}

#endif
