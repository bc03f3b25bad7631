/* test_db.h – a throw-away database for a test: a new file in a directory of its own, or a new
 * schema in the cluster that test/pg.sh started (SHANYRAQ_TEST_PG). Header-only, for tests. */
#ifndef DB_TEST_DB_H
#define DB_TEST_DB_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <libpq-fe.h>

#include "db/db.h"

struct test_db {
	char dir[64], url[600], schema[64];
	struct store *s;
	struct arena arena;
	struct ctx cx;
};

static inline bool
test_has_pg(void)
{
	const char *url = getenv("SHANYRAQ_TEST_PG");

	return url != NULL && *url != '\0';
}

/* 'C'reate or 'D'rop a schema. */
static inline void
test_schema(char verb, const char *name)
{
	PGconn *c = PQconnectdb(getenv("SHANYRAQ_TEST_PG"));
	char sql[128];
	PGresult *r;

	snprintf(sql, sizeof sql,
	    verb == 'C' ? "CREATE SCHEMA %s"
			: "SET client_min_messages=error; DROP SCHEMA %s CASCADE",
	    name);
	r = PQexec(c, sql);
	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		fail_msg("%s: %s", sql, PQerrorMessage(c));
	PQclear(r);
	PQfinish(c);
}

static inline void
test_ctx_init(struct test_db *t, struct arena *a, struct ctx *cx)
{
	arena_init(a);
	*cx = (struct ctx){ .arena = a,
		.actor = &actor_system,
		.now = INT64_C(1731650400000000),
		.today = 20241115,
		.lang = LANG_EN };
	db_bind(cx, t->s);
}

static inline void
test_db_start(struct test_db *t)
{
	snprintf(t->dir, sizeof t->dir, "%s", "/tmp/shanyraq-test-XXXXXX");
	if (mkdtemp(t->dir) == NULL)
		fail_msg("mkdtemp");
}

/* options.url and .create are filled in here. */
static inline void
test_db_open(struct test_db *t, enum db_engine e, struct store_options o)
{
	const char *err = "", *pg = getenv("SHANYRAQ_TEST_PG");
	struct timespec ts;

	memset(t, 0, sizeof *t);
	test_db_start(t);
	clock_gettime(CLOCK_REALTIME, &ts);
	if (e == DB_PG) {
		snprintf(t->schema, sizeof t->schema, "t%lld_%d",
		    (long long)ts.tv_sec * 1000000000 + ts.tv_nsec, (int)getpid());
		test_schema('C', t->schema);
		snprintf(t->url, sizeof t->url, "%s%coptions=-csearch_path%%3D%s", pg,
		    strchr(pg, '?') == NULL ? '?' : '&', t->schema);
	} else
		snprintf(t->url, sizeof t->url, "%s/test.db", t->dir);
	o.url = t->url;
	o.create = true;
	if (store_open(&o, &t->s, &err) != RC_OK)
		fail_msg("store_open: %s", err);
	test_ctx_init(t, &t->arena, &t->cx);
}

static inline void
test_db_close(struct test_db *t)
{
	char cmd[128];

	db_end(&t->cx);
	store_close(t->s);
	arena_done(&t->arena);
	if (t->schema[0] != '\0')
		test_schema('D', t->schema);
	snprintf(cmd, sizeof cmd, "rm -rf '%s'", t->dir);
	if (system(cmd) != 0)
		fail_msg("%s", cmd);
}

static inline void
test_migrate(struct test_db *t, const char *sql)
{
	const struct migration m = { 1, "test", sql };
	const char *err = "";

	if (store_migrate(t->s, &m, 1, NULL, &err) != RC_OK)
		fail_msg("store_migrate: %s", err);
}

static inline int64_t
test_int(struct ctx *cx, const char *sql)
{
	int64_t n = -1;
	int rc = db_int(cx, &n, sql, NO_VALS);

	if (rc != RC_OK)
		fail_msg("%s: %d %s", sql, rc, cx->err.detail == NULL ? "" : cx->err.detail);
	return n;
}

#endif
