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

/* The files of an SQLite database as of the present snapshot, byte by byte while others go on writing.
 *
 * A read transaction is open all the while. So the log is not begun anew and keeps every page that a
 * checkpoint may move into the file beneath us; and if the log was empty for this snapshot, no
 * checkpoint touches the file. File and log together are a database that SQLite opens as after a
 * crash: the snapshot itself when all writers are of this process, else it or a later commit. */
struct bulk_image {
	int64_t bytes; /* of the file */
	char *log;     /* malloc'ed */
	size_t nlog;
};
/* Ends the snapshot of cx and begins another, which must last until the image is read. RC_NOTFOUND on
 * PostgreSQL. */
int bulk_image_begin(struct ctx *cx, struct bulk_image *out) MUST;
int bulk_image_read(struct ctx *cx, int64_t at, void *to, size_t n) MUST;
void bulk_image_end(struct bulk_image *i);

#endif
