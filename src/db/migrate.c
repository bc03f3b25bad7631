/* migrate.c – numbered SQL texts, forward only, each in a transaction of its own.
 *
 * The table schema_migration remembers number, name, checksum and moment. Every transaction takes
 * the lock first (BEGIN EXCLUSIVE; an advisory lock on PostgreSQL) and then looks again, so that
 * two processes that start at once do not run the same text. Refused: a text that was changed
 * after it ran, a gap, and a database with newer migrations than the program knows. */
#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "db/db_impl.h"

/* Two int4 keys: another space than db_write_keys() uses. */
#define LOCK_SQL "SELECT pg_advisory_xact_lock(1936027745, 1)"

struct run {
	struct store *s;
	struct conn *c;
	struct arena a;
	struct fault f;
};

static void
checksum(const char *sql, char out[20])
{
	uint64_t h = 0xcbf29ce484222325u;

	for (; *sql != '\0'; sql++)
		h = (h ^ (unsigned char)*sql) * 0x100000001b3u;
	snprintf(out, 20, "%016" PRIx64, h);
}

static int64_t
now_us(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

static int
fault_of(struct run *r)
{
	r->f = r->c->fault;
	return r->f.rc;
}

/* First column of the first row as int or text; *found false without a row. */
static int
ask(struct run *r, const char *sql, struct vals v, int64_t *i, const char **t)
{
	struct query q = { .sql = sql, .v = v, .arena = &r->a, .guard = GUARD_OPEN };
	const struct driver *drv = r->s->drv;
	struct cursor *cur;
	bool row = false;
	int rc = drv->query(r->c, &q, &cur);

	if (rc != RC_OK)
		return fault_of(r);
	rc = drv->next(cur, &row);
	if (rc == RC_OK && row && i != NULL)
		*i = drv->col_null(cur, 0) ? 0 : drv->col_int(cur, 0);
	if (rc == RC_OK && row && t != NULL) {
		struct slice s = drv->col_slice(cur, 0);

		*t = s.p == NULL ? NULL : arena_strn(&r->a, s.p, s.n);
	}
	cursor_unlink(cur);
	drv->shut(cur);
	return rc == RC_OK ? RC_OK : fault_of(r);
}

/* Whether schema_migration exists. */
static int
has_table(struct run *r, bool *out)
{
	int64_t n = 0;
	const char *sql =
	    r->s->engine == DB_PG
		? "SELECT CASE WHEN to_regclass('schema_migration') IS NULL THEN 0 ELSE 1 END"
		: "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = "
		  "'schema_migration'";

	TRY(ask(r, sql, NO_VALS, &n, NULL));
	*out = n != 0;
	return RC_OK;
}

static int
newest(struct run *r, int64_t *out)
{
	bool there = false;

	*out = 0;
	TRY(has_table(r, &there));
	if (!there)
		return RC_OK;
	return ask(r, "SELECT max(number) FROM schema_migration", NO_VALS, out, NULL);
}

static int
script(struct run *r, const char *text)
{
	const char *p = sql_for_engine(&r->a, r->s->engine, text);
	struct slice st;

	if (p == NULL)
		return fault_set(&r->f, RC_TOOBIG, "the text is too long");
	while (sql_next(&p, &st))
		if (r->s->drv->script(r->c, arena_strn(&r->a, st.p, st.n)) != RC_OK)
			return fault_of(r);
	return RC_OK;
}

static int
note(struct run *r, const struct migration *m)
{
	char sum[20];

	checksum(m->sql, sum);
	if (r->s->drv->run(r->c,
		&(struct query){
		    .sql = "INSERT INTO schema_migration (number, name, checksum, applied_at)"
			   " VALUES ($1, $2, $3, $4)",
		    .v = VALS(v_int(m->number), v_text(m->name), v_text(sum), v_int(now_us())) },
		NULL) != RC_OK)
		return fault_of(r);
	return RC_OK;
}

/* RC_NOTFOUND: it has not run yet. */
static int
check(struct run *r, const struct migration *m)
{
	const char *had = NULL;
	char sum[20];

	TRY(ask(r, "SELECT checksum FROM schema_migration WHERE number = $1",
	    VALS(v_int(m->number)), NULL, &had));
	if (had == NULL)
		return RC_NOTFOUND;
	checksum(m->sql, sum);
	if (strcmp(had, sum) != 0)
		return fault_set(&r->f, RC_CONFLICT, "its text was changed after it ran");
	return RC_OK;
}

/* Inside the transaction: run it unless it has run. */
static int
one_locked(struct run *r, const struct migration *m, bool *did)
{
	int64_t top = 0;
	int rc;

	if (r->s->engine == DB_PG && r->s->drv->control(r->c, LOCK_SQL) != RC_OK)
		return fault_of(r);
	TRY(script(r, "CREATE TABLE IF NOT EXISTS schema_migration (number @int PRIMARY KEY,"
		      " name @text NOT NULL, checksum @text NOT NULL, applied_at @int NOT NULL)"));
	rc = check(r, m);
	if (rc != RC_NOTFOUND)
		return rc;
	TRY(newest(r, &top));
	if (top > m->number)
		return fault_set(&r->f, RC_CONFLICT, "number %" PRId64 " ran before it", top);
	TRY(script(r, m->sql));
	*did = true;
	return note(r, m);
}

static int
one(struct run *r, const struct migration *m, bool *did)
{
	const struct driver *drv = r->s->drv;
	int rc;

	if (drv->control(r->c, drv->begin_migrate) != RC_OK)
		return fault_of(r);
	rc = one_locked(r, m, did);
	if (rc == RC_OK && drv->control(r->c, "COMMIT") != RC_OK)
		rc = fault_of(r);
	if (rc != RC_OK && drv->control(r->c, "ROLLBACK") != RC_OK)
		r->c->broken = true;
	return rc;
}

static int
run_begin(struct run *r, struct store *s)
{
	*r = (struct run){ .s = s };
	arena_init(&r->a);
	if (s->engine == DB_PG)
		return pool_take(s, &r->c, &r->f);
	pthread_mutex_lock(&s->writing);
	r->c = s->writer;
	r->c->fault = (struct fault){ 0 };
	return RC_OK;
}

/* Gives everything back; *err for an outcome that is not RC_OK. */
static int
run_end(struct run *r, int rc, const char *what, const char **err)
{
	char text[640];

	if (rc != RC_OK) {
		snprintf(text, sizeof text, "%s%s%s", what, *what != '\0' ? ": " : "", r->f.text);
		*err = err_keep(text);
	}
	if (r->s->engine == DB_SQLITE)
		pthread_mutex_unlock(&r->s->writing);
	else if (r->c != NULL)
		pool_give(r->s, r->c);
	arena_done(&r->a);
	return rc;
}

static int
in_order(struct run *r, const struct migration *m, size_t n)
{
	int64_t top = 0;
	size_t i;

	for (i = 0; i < n; i++)
		if (m[i].number <= (i == 0 ? 0 : m[i - 1].number))
			return fault_set(
			    &r->f, RC_BUG, "migration %d is out of order", m[i].number);
	TRY(newest(r, &top));
	if (top > (n == 0 ? 0 : m[n - 1].number))
		return fault_set(&r->f, RC_CONFLICT,
		    "the database has migration %" PRId64 ", newer than this program", top);
	return RC_OK;
}

int
store_migrate(struct store *s, const struct migration *m, size_t n, int *ran, const char **err)
{
	struct run r;
	char what[120] = "";
	int done = 0, rc = run_begin(&r, s);
	size_t i;

	if (rc == RC_OK)
		rc = in_order(&r, m, n);
	for (i = 0; i < n && rc == RC_OK; i++) {
		bool did = false;

		snprintf(what, sizeof what, "migration %d %s", m[i].number, m[i].name);
		rc = one(&r, &m[i], &did);
		done += did;
		arena_reset(&r.a, ARENA_CHUNK);
	}
	if (rc == RC_OK && ran != NULL)
		*ran = done;
	if (done > 0)
		store_raise(s, &touched_all);
	return run_end(&r, rc, what, err);
}

int
store_schema(struct store *s, int *out, const char **err)
{
	struct run r;
	int64_t top = 0;
	int rc = run_begin(&r, s);

	if (rc == RC_OK)
		rc = newest(&r, &top);
	if (rc == RC_OK)
		*out = (int)top;
	return run_end(&r, rc, "", err);
}

/* One row: {table, column} of an identity, quoted for SQL, and the sequence's name. */
static int
fix_all(struct run *r)
{
	static const char list[] =
	    "SELECT string_agg(format('SELECT setval(pg_get_serial_sequence(%L, %L),"
	    " coalesce(max(%I), 0) + 1, false) FROM %I', quote_ident(table_name), column_name,"
	    " column_name, table_name), '; ') FROM information_schema.columns"
	    " WHERE is_identity = 'YES' AND table_schema = current_schema()";
	const char *sql = NULL;
	struct slice st;

	TRY(ask(r, list, NO_VALS, NULL, &sql));
	if (sql == NULL)
		return RC_OK;
	while (sql_next(&sql, &st))
		if (r->s->drv->script(r->c, arena_strn(&r->a, st.p, st.n)) != RC_OK)
			return fault_of(r);
	return RC_OK;
}

int
store_fix_identities(struct store *s, const char **err)
{
	struct run r;
	int rc;

	if (s->engine == DB_SQLITE)
		return RC_OK;
	rc = run_begin(&r, s);
	if (rc == RC_OK)
		rc = fix_all(&r);
	return run_end(&r, rc, "", err);
}
