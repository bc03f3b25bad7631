/* bulk.h – whole tables out of and into a database, for backup and restore in core/ only.
 *
 * Nobody else includes this header: what is put in here passes no kind, no check and no history. */
#ifndef DB_BULK_H
#define DB_BULK_H

#include "db/db.h"

struct bulk_column {
	const char *name;
	enum vt type;
};
struct bulk_table {
	const char *name;
	struct bulk_column *columns; /* in the order of the migration that made them */
	size_t ncolumns;
	const char *order; /* "a, b": the primary key, so that both engines list alike */
};
/* Every table of the house but the list of migrations, in the order in which they were made. */
int bulk_tables(
    struct store *s, struct arena *a, struct bulk_table **out, size_t *n, const char **err) MUST;

struct bulk;
/* One transaction over everything, with references looked at only at its end. */
int bulk_begin(struct store *s, struct bulk **out, const char **err) MUST;
/* n rows of t->ncolumns values each. */
int bulk_insert(struct bulk *b, const struct bulk_table *t, const struct val *rows, size_t n) MUST;
/* Commits if rc is RC_OK (references are checked now), else rolls back. Returns the outcome and, if
 * that is not RC_OK, what the engine said. */
int bulk_end(struct bulk *b, int rc, const char **err) MUST;

#endif
