/* house.h – for tests of modules: a migrated throw-away database on either engine, with a vault,
 * kinds booted and a context of the program itself on the business day 15 November 2024.
 *
 * SQLite: a file in a directory of its own. PostgreSQL: a database of its own in the cluster that
 * SHANYRAQ_TEST_PG names (test/pg.sh); house_has() tells whether there is one, and a test for an
 * engine that is not there should skip() itself. house_data() reads the files of data/. */
#ifndef TEST_HOUSE_H
#define TEST_HOUSE_H

#include "db/db.h"
#include "kind/kind.h"

struct house {
	struct store *store;
	struct ctx cx;
	struct arena arena;
	enum db_engine engine;
	char dir[64], url[700], database[64];
};

bool house_has(enum db_engine e);
/* Aborts the test program with a message on any failure. */
void house_open(struct house *h, enum db_engine e, const struct kind *const *kinds, size_t n);
/* An empty SQLite database of this program's schema in a new file. */
void house_store(const char *path, struct store **out);
void house_close(struct house *h);
/* The one int of a SELECT; aborts with the error's detail when it fails. */
int64_t house_int(struct house *h, const char *sql);
/* A write outside of the rules, e.g. to tamper with a sum. */
void house_sql(struct house *h, const char *sql);
/* Forget errors and the snapshot, as at the end of a request; the arena stays. */
void house_next(struct house *h);

#endif
