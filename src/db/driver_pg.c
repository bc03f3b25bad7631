/* driver_pg.c – PostgreSQL behind struct driver; to come. */
#include "db/db_impl.h"

static int
pg_open(struct store *s, enum conn_use use, struct conn **out, struct fault *f)
{
	(void)s;
	(void)use;
	(void)out;
	return fault_set(f, RC_STORAGE, "PostgreSQL is not built in yet");
}

const struct driver driver_pg = { .open = pg_open };
