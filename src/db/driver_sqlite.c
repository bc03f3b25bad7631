/* driver_sqlite.c – SQLite behind struct driver.
 *
 * Parameters: "$2 … $1" numbers $2 first in SQLite, so each prepared statement keeps which value
 * stands at which index. Every query is stepped once when it is opened: errors then show where
 * PostgreSQL shows them, and INSERT … RETURNING has run even if nobody fetches.
 * Readers cannot write (query_only); the authorizer refuses DDL and changes of audit and history to
 * everybody but a migration (GUARD_OPEN) and retention (GUARD_RETAIN, its statements are not
 * cached). Errors after which the transaction is lost set fault.over. */
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "db/db_impl.h"

struct sl_stmt {
	struct cached c;
	sqlite3_stmt *st;
	bool cached;
	int nparam;
	int number[]; /* $ number of each index, from 0 */
};
struct sl_conn {
	struct conn base;
	sqlite3 *db;
	enum conn_use use;
	enum guard guard;
	struct cache cache;
};
struct sl_cursor {
	struct cursor base;
	struct sl_stmt *s;
	bool waiting; /* the first row was stepped onto, but not fetched yet */
	bool done;
};

static const struct {
	int code, rc;
	bool extended;
} outcomes[] = {
	{ SQLITE_CONSTRAINT_UNIQUE, RC_EXISTS, true },
	{ SQLITE_CONSTRAINT_PRIMARYKEY, RC_EXISTS, true },
	{ SQLITE_CONSTRAINT_ROWID, RC_EXISTS, true },
	{ SQLITE_CONSTRAINT_CHECK, RC_INVALID, true },
	{ SQLITE_CONSTRAINT_FOREIGNKEY, RC_INVALID, true },
	{ SQLITE_CONSTRAINT_NOTNULL, RC_INVALID, true },
	{ SQLITE_BUSY, RC_BUSY, false },
	{ SQLITE_LOCKED, RC_BUSY, false },
	{ SQLITE_INTERRUPT, RC_BUSY, false },
	{ SQLITE_FULL, RC_STORAGE, false },
	{ SQLITE_IOERR, RC_STORAGE, false },
	{ SQLITE_CANTOPEN, RC_STORAGE, false },
	{ SQLITE_CORRUPT, RC_STORAGE, false },
	{ SQLITE_NOTADB, RC_STORAGE, false },
	{ SQLITE_PROTOCOL, RC_STORAGE, false },
	{ SQLITE_NOMEM, RC_STORAGE, false },
	{ SQLITE_PERM, RC_STORAGE, false },
	{ SQLITE_TOOBIG, RC_TOOBIG, false },
};

/* "account.login" of "UNIQUE constraint failed: account.login", else "". */
static const char *
what_failed(int code, const char *msg)
{
	const char *at = strstr(msg, "constraint failed: ");

	return (code & 0xff) == SQLITE_CONSTRAINT && at != NULL ? at + 19 : "";
}

static int
sl_fault(struct sl_conn *c, const char *sql)
{
	int code = sqlite3_extended_errcode(c->db), rc = RC_BUG;
	const char *msg = sqlite3_errmsg(c->db), *what = what_failed(code, msg);
	size_t i;

	for (i = 0; i < ARRAY_LEN(outcomes); i++)
		if (outcomes[i].code == (outcomes[i].extended ? code : code & 0xff)) {
			rc = outcomes[i].rc;
			break;
		}
	if ((code & 0xff) == SQLITE_READONLY && c->use == USE_WRITE)
		rc = RC_STORAGE; /* for a reader it is a write through the wrong door */
	fault_set(&c->base.fault, rc, "%s%s%s [sqlite %d] in: %.160s", what,
	    *what != '\0' ? ": " : "", msg, code, sql);
	c->base.fault.over = rc == RC_STORAGE || sqlite3_get_autocommit(c->db) != 0;
	return rc;
}

static bool
is_protected(const char *table)
{
	return table != NULL &&
	       (strcasecmp(table, "audit") == 0 || strcasecmp(table, "history") == 0);
}

static int
allow_pragma(const char *name, const char *value)
{
	static const char *const reading[] = { "table_info", "table_xinfo", "index_list",
		"index_info", "index_xinfo", "foreign_key_list", "table_list" };
	size_t i;

	if (value == NULL)
		return SQLITE_OK;
	for (i = 0; i < ARRAY_LEN(reading); i++)
		if (strcasecmp(name, reading[i]) == 0)
			return SQLITE_OK;
	return SQLITE_DENY;
}

static int
authorize(
    void *arg, int action, const char *a, const char *b, const char *dbname, const char *trigger)
{
	const struct sl_conn *c = arg;

	(void)dbname;
	(void)trigger;
	if (c->guard == GUARD_OPEN)
		return SQLITE_OK;
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_READ:
	case SQLITE_INSERT:
	case SQLITE_FUNCTION:
	case SQLITE_TRANSACTION:
	case SQLITE_SAVEPOINT:
	case SQLITE_RECURSIVE:
		return SQLITE_OK;
	case SQLITE_UPDATE:
		/* Erasure rewrites versions; a line of the audit is never rewritten. */
		return is_protected(a) &&
			       !(c->guard == GUARD_RETAIN && strcasecmp(a, "history") == 0)
			   ? SQLITE_DENY
			   : SQLITE_OK;
	case SQLITE_DELETE:
		return is_protected(a) && c->guard != GUARD_RETAIN ? SQLITE_DENY : SQLITE_OK;
	case SQLITE_PRAGMA:
		return allow_pragma(a, b);
	default: /* CREATE, DROP, ALTER, ATTACH, REINDEX … */
		return SQLITE_DENY;
	}
}

/* ---- connections */

static int
setting(struct sl_conn *c, const char *sql)
{
	char *msg = NULL;

	if (sqlite3_exec(c->db, sql, NULL, NULL, &msg) == SQLITE_OK)
		return RC_OK;
	sqlite3_free(msg);
	return sl_fault(c, sql);
}

/* Now and then while a statement runs: not 0 ends it with SQLITE_INTERRUPT. */
static int
progress(void *arg)
{
	const struct store *s = arg;

	return s->interrupted ? 1 : 0;
}

static int
sl_setup(struct sl_conn *c)
{
	enum { EVERY = 100000 }; /* instructions: some milliseconds */

	static const char *const writer[] = { "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL",
		"PRAGMA cache_size=-12288", "PRAGMA wal_autocheckpoint=4000",
		"PRAGMA journal_size_limit=67108864" };
	static const char *const reader[] = { "PRAGMA cache_size=-2048", "PRAGMA query_only=ON" };
	size_t i;

	sqlite3_extended_result_codes(c->db, 1);
	sqlite3_busy_timeout(c->db, WAIT_MS);
	TRY(setting(c, "PRAGMA foreign_keys=ON"));
	TRY(setting(c, "PRAGMA trusted_schema=OFF"));
	if (c->use == USE_WRITE)
		for (i = 0; i < ARRAY_LEN(writer); i++)
			TRY(setting(c, writer[i]));
	else
		for (i = 0; i < ARRAY_LEN(reader); i++)
			TRY(setting(c, reader[i]));
	if (c->use == USE_READ && !c->base.store->lean)
		TRY(setting(c, "PRAGMA mmap_size=268435456"));
	if (c->use == USE_READ)
		sqlite3_progress_handler(c->db, EVERY, progress, c->base.store);
	sqlite3_set_authorizer(c->db, authorize, c);
	c->guard = GUARD_ROWS;
	return RC_OK;
}

static void
sl_stmt_free(struct sl_stmt *s)
{
	sqlite3_finalize(s->st);
	free(s);
}

static void
sl_close(struct conn *base)
{
	struct sl_conn *c = (struct sl_conn *)base;
	struct cached *e;

	while ((e = cache_pop(&c->cache)) != NULL)
		sl_stmt_free((struct sl_stmt *)e);
	sqlite3_close(c->db);
	free(c);
}

/* What a SAVEPOINT has to remember stays in memory (-1: it grows by kilobytes; a size would be taken whole
 * at once). In a file it made many rows in one transaction three times as dear. */
static void
configure(void)
{
	/* Refused once the library is in use: then it works as it did, only slower. */
	if (sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, -1) != SQLITE_OK)
		return;
}

static int
sl_open(struct store *s, enum conn_use use, struct conn **out, struct fault *f)
{
	static pthread_once_t configured = PTHREAD_ONCE_INIT;
	struct sl_conn *c = calloc(1, sizeof *c);
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
	int rc;

	if (c == NULL)
		return fault_set(f, RC_STORAGE, "out of memory");
	/* Counting its memory, SQLite takes one lock for each allocation of all threads: a request would
	 * wait for whatever thread of a backup was put aside while holding it. Refused once it runs. */
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	pthread_once(&configured, configure);
	if (use == USE_WRITE && s->create)
		flags |= SQLITE_OPEN_CREATE;
	c->base.store = s;
	c->use = use;
	c->guard = GUARD_OPEN;
	if (sqlite3_open_v2(s->url, &c->db, flags, NULL) != SQLITE_OK)
		rc = c->db == NULL ? fault_set(&c->base.fault, RC_STORAGE, "out of memory")
				   : sl_fault(c, s->url);
	else
		rc = sl_setup(c);
	if (rc != RC_OK) {
		*f = c->base.fault;
		sl_close(&c->base);
		return rc;
	}
	*out = &c->base;
	return RC_OK;
}

/* ---- statements */

static bool
blank(const char *p)
{
	struct slice left;

	return p == NULL || !sql_next(&p, &left);
}

static int
sl_prepare(struct sl_conn *c, const char *sql, size_t n, bool keep, struct sl_stmt **out)
{
	sqlite3_stmt *st = NULL;
	const char *tail = NULL, *name;
	struct sl_stmt *s;
	int i, np;

	if (sqlite3_prepare_v3(c->db, sql, (int)n + 1, keep ? SQLITE_PREPARE_PERSISTENT : 0, &st,
		&tail) != SQLITE_OK)
		return sl_fault(c, sql);
	np = st == NULL ? 0 : sqlite3_bind_parameter_count(st);
	s = calloc(1, sizeof *s + (size_t)np * sizeof s->number[0]);
	if (s == NULL)
		die("out of memory (statement)");
	s->st = st;
	s->nparam = np;
	if (st == NULL || !blank(tail)) {
		sl_stmt_free(s);
		return fault_set(&c->base.fault, RC_BUG, "not one statement: %.160s", sql);
	}
	for (i = 0; i < np; i++) {
		name = sqlite3_bind_parameter_name(st, i + 1);
		s->number[i] = name != NULL && name[0] == '$' ? atoi(name + 1) : 0;
		if (s->number[i] < 1) {
			sl_stmt_free(s);
			return fault_set(
			    &c->base.fault, RC_BUG, "parameter is not $n: %.160s", sql);
		}
	}
	*out = s;
	return RC_OK;
}

/* A cached statement, or one of its own when that one is busy or must not be kept. */
static int
sl_stmt_get(struct sl_conn *c, const struct query *q, struct sl_stmt **out)
{
	size_t n = strlen(q->sql);
	struct cached *e = q->guard == GUARD_ROWS ? cache_find(&c->cache, q->sql, n) : NULL;
	bool keep = q->guard == GUARD_ROWS && e == NULL;
	int rc;

	if (n > 1000000)
		return fault_set(&c->base.fault, RC_BUG, "statement of %zu bytes", n);
	if (e != NULL && !e->busy) {
		*out = (struct sl_stmt *)e;
		return RC_OK;
	}
	rc = sl_prepare(c, q->sql, n, keep, out);
	if (rc != RC_OK || !keep)
		return rc;
	e = cache_victim(&c->cache);
	if (e != NULL)
		sl_stmt_free((struct sl_stmt *)e);
	cache_add(&c->cache, &(*out)->c, q->sql, n);
	(*out)->cached = true;
	return RC_OK;
}

static void
sl_stmt_put(struct sl_stmt *s)
{
	if (!s->cached) {
		sl_stmt_free(s);
		return;
	}
	sqlite3_reset(s->st);
	sqlite3_clear_bindings(s->st);
	s->c.busy = false;
}

static int
bind_one(sqlite3_stmt *st, int at, const struct val *v, sqlite3_destructor_type keep)
{
	if (v->null)
		return sqlite3_bind_null(st, at);
	switch (v->t) {
	case V_INT:
		return sqlite3_bind_int64(st, at, v->i);
	case V_REAL:
		return sqlite3_bind_double(st, at, v->r);
	case V_TEXT:
		return sqlite3_bind_text64(st, at, v->s.p, v->s.n, keep, SQLITE_UTF8);
	case V_BLOB:
		if (v->s.n == 0)
			return sqlite3_bind_zeroblob(st, at, 0);
		return sqlite3_bind_blob64(st, at, v->s.p, v->s.n, keep);
	}
	return SQLITE_MISUSE;
}

static int
sl_bind(struct sl_conn *c, struct sl_stmt *s, const struct query *q, sqlite3_destructor_type keep)
{
	int i;

	TRY(vals_check(&c->base.fault, q->v));
	for (i = 0; i < s->nparam; i++) {
		if ((size_t)s->number[i] > q->v.n)
			return fault_set(&c->base.fault, RC_BUG, "$%d has no value in: %.160s",
			    s->number[i], q->sql);
		if (bind_one(s->st, i + 1, &q->v.v[s->number[i] - 1], keep) != SQLITE_OK)
			return sl_fault(c, q->sql);
	}
	return RC_OK;
}

static int
run_guarded(struct sl_conn *c, const struct query *q, int64_t *changed)
{
	struct sl_stmt *s = NULL;
	int rc, code;

	TRY(sl_stmt_get(c, q, &s));
	rc = sl_bind(c, s, q, SQLITE_STATIC);
	if (rc == RC_OK) {
		do
			code = sqlite3_step(s->st);
		while (code == SQLITE_ROW);
		if (code != SQLITE_DONE)
			rc = sl_fault(c, q->sql);
		else if (changed != NULL)
			*changed = sqlite3_stmt_readonly(s->st) ? 0 : sqlite3_changes64(c->db);
	}
	sl_stmt_put(s);
	return rc;
}

/* The guard stays while the statement runs: creating a full-text index and VACUUM INTO prepare
 * statements of their own then. */
static int
sl_run(struct conn *base, const struct query *q, int64_t *changed)
{
	struct sl_conn *c = (struct sl_conn *)base;
	int rc;

	c->guard = q->guard;
	rc = run_guarded(c, q, changed);
	c->guard = GUARD_ROWS;
	return rc;
}

static int
sl_control(struct conn *base, const char *sql)
{
	return sl_run(base, &(struct query){ .sql = sql }, NULL);
}

static int
sl_script(struct conn *base, const char *sql)
{
	return sl_run(base, &(struct query){ .sql = sql, .guard = GUARD_OPEN }, NULL);
}

/* ---- cursors */

static int
sl_query(struct conn *base, const struct query *q, struct cursor **out)
{
	struct sl_conn *c = (struct sl_conn *)base;
	struct sl_cursor *r = arena_new(q->arena, struct sl_cursor);
	struct sl_stmt *s = NULL;
	int rc, code;

	TRY(sl_stmt_get(c, q, &s));
	rc = sl_bind(c, s, q, SQLITE_TRANSIENT);
	if (rc == RC_OK) {
		code = sqlite3_step(s->st);
		if (code != SQLITE_ROW && code != SQLITE_DONE)
			rc = sl_fault(c, q->sql);
		r->waiting = code == SQLITE_ROW;
		r->done = code == SQLITE_DONE;
	}
	if (rc != RC_OK) {
		sl_stmt_put(s);
		return rc;
	}
	r->s = s;
	r->base.ncols = sqlite3_column_count(s->st);
	s->c.busy = true;
	if (r->done)
		sqlite3_reset(s->st);
	cursor_link(base, &r->base);
	*out = &r->base;
	return RC_OK;
}

static int
sl_next(struct cursor *base, bool *row)
{
	struct sl_cursor *r = (struct sl_cursor *)base;
	int code;

	*row = r->waiting;
	if (r->waiting || r->done) {
		r->waiting = false;
		return RC_OK;
	}
	code = sqlite3_step(r->s->st);
	if (code == SQLITE_ROW) {
		*row = true;
		return RC_OK;
	}
	r->done = true;
	if (code != SQLITE_DONE)
		return sl_fault((struct sl_conn *)base->conn, sqlite3_sql(r->s->st));
	sqlite3_reset(r->s->st);
	return RC_OK;
}

static void
sl_shut(struct cursor *base)
{
	struct sl_cursor *r = (struct sl_cursor *)base;

	sl_stmt_put(r->s);
	r->s = NULL;
}

static sqlite3_stmt *
at(struct cursor *r)
{
	return ((struct sl_cursor *)r)->s->st;
}

static bool
sl_null(struct cursor *r, int col)
{
	return sqlite3_column_type(at(r), col) == SQLITE_NULL;
}

static int64_t
sl_int(struct cursor *r, int col)
{
	return sqlite3_column_int64(at(r), col);
}

static double
sl_real(struct cursor *r, int col)
{
	return sqlite3_column_double(at(r), col);
}

static struct slice
sl_slice(struct cursor *r, int col)
{
	const void *p;
	size_t n;

	switch (sqlite3_column_type(at(r), col)) {
	case SQLITE_NULL:
		return (struct slice){ NULL, 0 };
	case SQLITE_BLOB:
		p = sqlite3_column_blob(at(r), col);
		break;
	default:
		p = sqlite3_column_text(at(r), col);
	}
	n = (size_t)sqlite3_column_bytes(at(r), col);
	if (p == NULL && n > 0)
		die("out of memory (column)");
	return (struct slice){ p == NULL ? "" : p, n };
}

/* Through SQLite's own handle: another descriptor on the same file, when closed, would drop the locks
 * that this process holds on it (POSIX). */
static sqlite3_file *
sl_file(struct conn *base, bool wal)
{
	struct sl_conn *c = (struct sl_conn *)base;
	sqlite3_file *f = NULL;

	if (sqlite3_file_control(c->db, "main",
		wal ? SQLITE_FCNTL_JOURNAL_POINTER : SQLITE_FCNTL_FILE_POINTER, &f) != SQLITE_OK)
		return NULL;
	return f == NULL || f->pMethods == NULL ? NULL : f;
}

static int64_t
sl_file_size(struct conn *base, bool wal)
{
	sqlite3_file *f = sl_file(base, wal);
	sqlite3_int64 n = 0;

	return f == NULL || f->pMethods->xFileSize(f, &n) != SQLITE_OK ? 0 : n;
}

static int
sl_file_read(struct conn *base, bool wal, int64_t at, void *to, size_t n)
{
	sqlite3_file *f = sl_file(base, wal);
	int rc = f == NULL ? SQLITE_CANTOPEN : f->pMethods->xRead(f, to, (int)n, at);

	if (rc != SQLITE_OK)
		return fault_set(&base->fault, RC_STORAGE, "%s cannot be read [sqlite %d]",
		    wal ? "the log" : "the database", rc);
	return RC_OK;
}

const struct driver driver_sqlite = {
	.open = sl_open,
	.close = sl_close,
	.control = sl_control,
	.script = sl_script,
	.run = sl_run,
	.query = sl_query,
	.next = sl_next,
	.shut = sl_shut,
	.col_null = sl_null,
	.col_int = sl_int,
	.col_real = sl_real,
	.col_slice = sl_slice,
	.file_size = sl_file_size,
	.file_read = sl_file_read,
	.begin_read = "BEGIN",
	.begin_write = "BEGIN IMMEDIATE",
	.begin_migrate = "BEGIN EXCLUSIVE",
};
