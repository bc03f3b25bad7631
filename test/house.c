/* house.c – see house.h. PostgreSQL's databases are made and dropped over libpq directly, since the
 * program's own role has no need to.
 *
 * Migrating is the longest part of most tests, so it is done once and copied: on PostgreSQL a database of all test
 * programs (made by the first, behind an advisory lock), on SQLite a file of each program. */
#include "house.h"

#include <libpq-fe.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/data.h"
#include "kind/vault.h"

static const char *
file_text(const char *path)
{
	FILE *f = fopen(path, "rb");
	char *text;
	long n;

	if (f == NULL)
		return NULL;
	if (fseek(f, 0, SEEK_END) != 0 || (n = ftell(f)) < 0 || fseek(f, 0, SEEK_SET) != 0)
		die("%s: cannot seek", path);
	text = calloc(1, (size_t)n + 1);
	if (text == NULL || fread(text, 1, (size_t)n, f) != (size_t)n)
		die("%s: cannot read", path);
	fclose(f);
	return text;
}

/* Texts live until the test ends; each list is read once. */
static const char *
data_text(const char *name)
{
	static struct {
		char name[64];
		const char *text;
	} kept[16];
	char path[700];
	size_t i;

	for (i = 0; i < ARRAY_LEN(kept) && kept[i].text != NULL; i++)
		if (strcmp(kept[i].name, name) == 0)
			return kept[i].text;
	if (i == ARRAY_LEN(kept))
		die("house_data: too many lists");
	snprintf(path, sizeof path, "%s/data/%s", HOUSE_ROOT, name);
	snprintf(kept[i].name, sizeof kept[i].name, "%s", name);
	kept[i].text = file_text(path);
	return kept[i].text;
}

bool
house_has(enum db_engine e)
{
	const char *url = getenv("SHANYRAQ_TEST_PG");

	return e == DB_SQLITE || (url != NULL && *url != '\0');
}

static void
no_notice(void *arg, const char *text)
{
	(void)arg;
	(void)text;
}

static void
pg_run(const char *sql)
{
	PGconn *c = PQconnectdb(getenv("SHANYRAQ_TEST_PG"));
	PGresult *r;

	if (PQstatus(c) != CONNECTION_OK)
		die("PostgreSQL: %s", PQerrorMessage(c));
	PQsetNoticeProcessor(c, no_notice, NULL);
	r = PQexec(c, sql);
	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		die("%s: %s", sql, PQerrorMessage(c));
	PQclear(r);
	PQfinish(c);
}

/* All of schema/, in the order of the numbers that the names begin with. */
static void
migrate(struct store *s)
{
	struct migration m[64];
	const char *err = "";
	glob_t g;
	size_t i;

	if (glob(HOUSE_ROOT "/schema/[0-9]*.sql", 0, NULL, &g) != 0 || g.gl_pathc > ARRAY_LEN(m))
		die("schema/ is missing");
	for (i = 0; i < g.gl_pathc; i++) {
		const char *name = strrchr(g.gl_pathv[i], '/') + 1;

		m[i] = (struct migration){ atoi(name), name, file_text(g.gl_pathv[i]) };
	}
	if (store_migrate(s, m, g.gl_pathc, NULL, &err) != RC_OK)
		die("store_migrate: %s", err);
	for (i = 0; i < g.gl_pathc; i++)
		free((void *)(uintptr_t)m[i].sql);
	globfree(&g);
}

/* ---- what is copied ---- */

#define TEMPLATE "house_template"

static const char *
pg_url(char *out, size_t n, const char *database)
{
	const char *pg = getenv("SHANYRAQ_TEST_PG"), *slash = strchr(strstr(pg, "://") + 3, '/'),
		   *query = strchr(pg, '?');

	snprintf(out, n, "%.*s/%s%s", (int)(slash - pg), pg, database, query == NULL ? "" : query);
	return out;
}

static void
open_at(const char *url, struct store **out)
{
	const char *err = "";

	if (store_open(&(struct store_options){ .url = url, .create = true, .twice = true }, out,
		&err) != RC_OK)
		die("store_open: %s", err);
}

static void
make_at(const char *url)
{
	struct store *s;

	open_at(url, &s);
	migrate(s);
	store_close(s);
}

static bool
pg_there(PGconn *c, const char *database)
{
	char sql[200];
	PGresult *r;
	bool yes;

	snprintf(sql, sizeof sql, "SELECT 1 FROM pg_database WHERE datname = '%s'", database);
	r = PQexec(c, sql);
	yes = PQntuples(r) == 1;
	PQclear(r);
	return yes;
}

/* Under a name that nobody copies until it is whole. */
static void
pg_template(void)
{
	char url[700];
	PGconn *c = PQconnectdb(getenv("SHANYRAQ_TEST_PG"));

	if (PQstatus(c) != CONNECTION_OK)
		die("PostgreSQL: %s", PQerrorMessage(c));
	PQclear(PQexec(c, "SELECT pg_advisory_lock(20241115)"));
	if (!pg_there(c, TEMPLATE)) {
		pg_run("DROP DATABASE IF EXISTS " TEMPLATE "_half WITH (FORCE)");
		pg_run("CREATE DATABASE " TEMPLATE "_half");
		make_at(pg_url(url, sizeof url, TEMPLATE "_half"));
		pg_run("ALTER DATABASE " TEMPLATE "_half RENAME TO " TEMPLATE);
	}
	PQfinish(c);
}

static void
copy_of_template(const char *path)
{
	static char *bytes;
	static size_t n;
	FILE *f;

	if (bytes == NULL) {
		make_at(path);
		if ((f = fopen(path, "rb")) == NULL || fseek(f, 0, SEEK_END) != 0)
			die("%s: cannot read", path);
		n = (size_t)ftell(f);
		bytes = malloc(n);
		rewind(f);
		if (bytes == NULL || fread(bytes, 1, n, f) != n)
			die("%s: cannot read", path);
		fclose(f);
		return;
	}
	if ((f = fopen(path, "wb")) == NULL || fwrite(bytes, 1, n, f) != n || fclose(f) != 0)
		die("%s: cannot write", path);
}

void
house_store(const char *path, struct store **out)
{
	copy_of_template(path);
	open_at(path, out);
}

void
house_open(struct house *h, enum db_engine e, const struct kind *const *kinds, size_t n)
{
	const char *err = "", *tmp = getenv("TMPDIR");
	char text[256];
	struct timespec ts;

	memset(h, 0, sizeof *h);
	h->engine = e;
	snprintf(h->dir, sizeof h->dir, "%s/shanyraq-house-XXXXXX",
	    tmp == NULL || strlen(tmp) > 30 ? "/tmp" : tmp);
	if (mkdtemp(h->dir) == NULL)
		die("mkdtemp failed");
	clock_gettime(CLOCK_REALTIME, &ts);
	if (e == DB_PG) {
		pg_template();
		snprintf(h->database, sizeof h->database, "t%lld_%ld",
		    (long long)ts.tv_sec * 1000000000 + ts.tv_nsec, (long)getpid());
		snprintf(text, sizeof text,
		    "CREATE DATABASE %s TEMPLATE " TEMPLATE " STRATEGY FILE_COPY", h->database);
		pg_run(text);
		pg_url(h->url, sizeof h->url, h->database);
	} else {
		snprintf(h->url, sizeof h->url, "%s/test.db", h->dir);
		copy_of_template(h->url);
	}
	open_at(h->url, &h->store);
	snprintf(text, sizeof text, "%s/test.key", h->dir);
	if (vault_open(text, true, &err) != RC_OK)
		die("vault_open: %s", err);
	if (kind_boot(kinds, n, &err) != RC_OK)
		die("kind_boot: %s", err);
	house_data_set(data_text);
	arena_init(&h->arena);
	h->cx = (struct ctx){ .arena = &h->arena,
		.actor = &actor_system,
		.now = INT64_C(1731650400000000),
		.today = 20241115,
		.lang = LANG_EN };
	db_bind(&h->cx, h->store);
}

void
house_close(struct house *h)
{
	char cmd[128];

	db_end(&h->cx);
	store_close(h->store);
	arena_done(&h->arena);
	if (h->engine == DB_PG) {
		snprintf(cmd, sizeof cmd, "DROP DATABASE %s WITH (FORCE)", h->database);
		pg_run(cmd);
	}
	snprintf(cmd, sizeof cmd, "rm -rf '%s'", h->dir);
	if (system(cmd) != 0)
		die("%s failed", cmd);
}

int64_t
house_int(struct house *h, const char *sql)
{
	int64_t n = 0;
	int rc = db_int(&h->cx, &n, sql, NO_VALS);

	if (rc != RC_OK)
		die("%s: %d %s", sql, rc, h->cx.err.detail == NULL ? "" : h->cx.err.detail);
	return n;
}

static int
sql_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	(void)cx;
	return tx_run(cx, tx, NULL, arg, NO_VALS);
}

void
house_sql(struct house *h, const char *sql)
{
	char *text = arena_str(&h->arena, sql);

	if (db_write(&h->cx, sql_fn, text) != RC_OK)
		die("%s: %s", sql, h->cx.err.detail == NULL ? "" : h->cx.err.detail);
}

void
house_next(struct house *h)
{
	db_end(&h->cx);
	err_clear(&h->cx);
}
