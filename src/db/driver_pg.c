/* driver_pg.c – PostgreSQL behind struct driver, over libpq.
 *
 * Values travel as text with their type OIDs always named (an untyped "$1 IS NULL" is refused by
 * the server), bytea as hex. Prepared statements are kept per connection under SQL text and type
 * signature. Any error inside a transaction ends it (fault.over); serialization failures and
 * deadlocks are worth another try (fault.again); a lost connection is never used again
 * (conn->broken, fault.gone). The message's DETAIL holds values of rows and is not passed on,
 * except the names of the columns in it, which SQLite tells too. */
#include <libpq-fe.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "db/db_impl.h"

enum {
	OID_BOOL = 16,
	OID_BYTEA = 17,
	OID_INT8 = 20,
	OID_TEXT = 25,
	OID_FLOAT4 = 700,
	OID_FLOAT8 = 701
};

struct pg_stmt {
	struct cached c;
	char name[24];
};
struct pg_conn {
	struct conn base;
	PGconn *pg;
	struct cache cache;
	struct arena scratch; /* parameters of the statement being sent */
	unsigned named;
	bool stale; /* a table changed beneath cached statements: forget them all */
};
struct pg_cursor {
	struct cursor base;
	PGresult *res;
	int row, rows;
	bool stream, done, waiting;
	struct arena scratch; /* decoded bytea of the row */
};
/* Parameters as libpq wants them, in the connection's scratch. */
struct params {
	int n;
	Oid *types;
	const char **text;
	char *key; /* SQL, NUL, one letter for each type */
	size_t nkey;
};

static const struct {
	const char *state; /* SQLSTATE or the beginning of it */
	int rc;
} outcomes[] = {
	{ "23505", RC_EXISTS },
	{ "23P01", RC_EXISTS },
	{ "23", RC_INVALID },
	{ "22021", RC_INVALID },
	{ "22P05", RC_INVALID },
	{ "40001", RC_BUSY },
	{ "40P01", RC_BUSY },
	{ "55P03", RC_BUSY },
	{ "57014", RC_BUSY },
	{ "53300", RC_BUSY },
	{ "54", RC_TOOBIG },
	{ "53", RC_STORAGE },
	{ "57P", RC_STORAGE },
	{ "58", RC_STORAGE },
	{ "08P01", RC_BUG }, /* a value is missing */
	{ "08", RC_STORAGE },
	{ "XX001", RC_STORAGE },
	{ "XX002", RC_STORAGE },
	{ "25006", RC_BUG },
};

static bool
state_is(const char *state, const char *begin)
{
	return strncmp(state, begin, strlen(begin)) == 0;
}

static const char *
field(const PGresult *res, int code)
{
	const char *s = res == NULL ? NULL : PQresultErrorField(res, code);

	return s == NULL ? "" : s;
}

/* "account.login" for a unique constraint as SQLite names it; else table.column or the name of the
 * constraint. */
static void
what_failed(const PGresult *res, char *out, size_t cap)
{
	const char *table = field(res, PG_DIAG_TABLE_NAME), *col = field(res, PG_DIAG_COLUMN_NAME);
	const char *key = strchr(field(res, PG_DIAG_MESSAGE_DETAIL), '('), *end;

	if (*col != '\0')
		snprintf(out, cap, "%s.%s: ", table, col);
	else if (state_is(field(res, PG_DIAG_SQLSTATE), "23505") && key != NULL &&
		 (end = strstr(key, ")=")) != NULL) {
		size_t n = 0;

		for (key++; key < end && n + 90 < cap; key += strspn(key, ", ")) {
			size_t len = strcspn(key, ",");

			if (len > (size_t)(end - key))
				len = (size_t)(end - key);
			n += (size_t)snprintf(out + n, cap - n, "%s%.40s.%.*s", n == 0 ? "" : ", ",
			    table, len > 40 ? 40 : (int)len, key);
			key += len;
		}
		snprintf(out + n, cap - n, ": ");
	} else if (*field(res, PG_DIAG_CONSTRAINT_NAME) != '\0')
		snprintf(out, cap, "%s: ", field(res, PG_DIAG_CONSTRAINT_NAME));
	else
		*out = '\0';
}

static int
pg_fault(struct pg_conn *c, const PGresult *res, const char *sql)
{
	const char *state = field(res, PG_DIAG_SQLSTATE),
		   *msg = field(res, PG_DIAG_MESSAGE_PRIMARY);
	struct fault *f = &c->base.fault;
	/* an error without a state is libpq's own; after a failed send the status may be good */
	bool own = *state == '\0' && PQresultStatus(res) == PGRES_FATAL_ERROR;
	bool gone = own || PQstatus(c->pg) == CONNECTION_BAD || state_is(state, "57P0");
	int rc = RC_BUG;
	char what[200];
	size_t i;

	for (i = 0; i < ARRAY_LEN(outcomes); i++)
		if (state_is(state, outcomes[i].state)) {
			rc = outcomes[i].rc;
			break;
		}
	what_failed(res, what, sizeof what);
	if (PQresultStatus(res) == PGRES_EMPTY_QUERY)
		msg = "no statement";
	else if (*msg == '\0')
		msg = PQerrorMessage(c->pg);
	fault_set(f, gone ? RC_STORAGE : rc, "%s%.*s [postgresql %s] in: %.160s", what,
	    (int)strcspn(msg, "\n"), msg, *state == '\0' ? "-" : state, sql);
	f->gone = gone;
	f->over = true;
	f->again = !gone && (state_is(state, "40001") || state_is(state, "40P01"));
	if (state_is(state, "0A000") && strstr(msg, "cached plan") != NULL) {
		c->stale = true;
		f->again = true;
		f->rc = RC_BUSY;
	}
	c->base.broken |= gone;
	return f->rc;
}

static bool
good(const PGresult *res)
{
	ExecStatusType st = PQresultStatus(res);

	return st == PGRES_COMMAND_OK || st == PGRES_TUPLES_OK || st == PGRES_SINGLE_TUPLE;
}

/* ---- connections */

static void
quiet(void *arg, const PGresult *res)
{
	(void)arg;
	(void)res;
}

static void
pg_close(struct conn *base)
{
	struct pg_conn *c = (struct pg_conn *)base;
	struct cached *e;

	while ((e = cache_pop(&c->cache)) != NULL)
		free(e);
	PQfinish(c->pg);
	arena_done(&c->scratch);
	free(c);
}

/* A statement by the simple protocol. */
static int
pg_say(struct pg_conn *c, const char *sql)
{
	PGresult *res = PQexec(c->pg, sql);
	int rc = RC_OK;

	if (!good(res))
		rc = pg_fault(c, res, sql);
	else if (strcmp(sql, "COMMIT") == 0 && strcmp(PQcmdStatus(res), "COMMIT") != 0) {
		rc = fault_set(&c->base.fault, RC_BUG, "COMMIT of a failed transaction");
		c->base.fault.over = true;
	}
	PQclear(res);
	return rc;
}

static int
pg_setup(struct pg_conn *c)
{
	if (PQstatus(c->pg) != CONNECTION_OK)
		return pg_fault(c, NULL, "connect");
	PQsetNoticeReceiver(c->pg, quiet, NULL);
	if (PQserverVersion(c->pg) < 150000)
		return fault_set(&c->base.fault, RC_STORAGE, "PostgreSQL 15 or newer is needed");
	return pg_say(c, "SET client_min_messages = warning; SET lock_timeout = '5s';"
			 " SET bytea_output = 'hex'; SET extra_float_digits = 1;"
			 " SET standard_conforming_strings = on; SET timezone = 'UTC'");
}

static int
pg_open(struct store *s, enum conn_use use, struct conn **out, struct fault *f)
{
	/* what stands before dbname may be overruled by the address, what stands behind may not */
	const char *const names[] = { "connect_timeout", "tcp_user_timeout", "keepalives_idle",
		"fallback_application_name", "dbname", "client_encoding", NULL };
	const char *const texts[] = { "5", "10000", "30", "shanyraq", s->url, "UTF8", NULL };
	struct pg_conn *c = calloc(1, sizeof *c);
	int rc;

	(void)use;
	if (c == NULL)
		return fault_set(f, RC_STORAGE, "out of memory");
	c->base.store = s;
	arena_init(&c->scratch);
	c->pg = PQconnectdbParams(names, texts, 1);
	rc = c->pg == NULL ? fault_set(&c->base.fault, RC_STORAGE, "out of memory") : pg_setup(c);
	if (rc != RC_OK) {
		*f = c->base.fault;
		pg_close(&c->base);
		return rc;
	}
	*out = &c->base;
	return RC_OK;
}

static void
forget_statements(struct pg_conn *c)
{
	struct cached *e;

	while ((e = cache_pop(&c->cache)) != NULL)
		free(e);
	c->stale = false;
}

static int
pg_control(struct conn *base, const char *sql)
{
	struct pg_conn *c = (struct pg_conn *)base;

	if (c->stale && PQtransactionStatus(c->pg) == PQTRANS_IDLE) {
		TRY(pg_say(c, "DEALLOCATE ALL"));
		forget_statements(c);
	}
	return pg_say(c, sql);
}

static int
pg_script(struct conn *base, const char *sql)
{
	return pg_say((struct pg_conn *)base, sql);
}

/* ---- parameters and statements */

static const char *
param_text(struct arena *a, const struct val *v)
{
	struct buf b;

	switch (v->t) {
	case V_INT:
		buf_init(&b, a, 0);
		buf_int(&b, v->i);
		return b.p;
	case V_REAL:
		if (isnan(v->r))
			return NULL; /* as SQLite has it */
		if (isinf(v->r))
			return v->r < 0 ? "-Infinity" : "Infinity";
		return arena_printf(a, "%.17g", v->r);
	case V_TEXT:
		return arena_strn(a, v->s.p, v->s.n);
	case V_BLOB:
		buf_init(&b, a, 0);
		buf_str(&b, "\\x");
		buf_hex(&b, v->s.p, v->s.n);
		return b.over ? NULL : b.p;
	}
	return NULL;
}

static int
pg_params(struct pg_conn *c, const struct query *q, struct params *out)
{
	static const Oid oids[] = {
		[V_INT] = OID_INT8, [V_REAL] = OID_FLOAT8, [V_TEXT] = OID_TEXT, [V_BLOB] = OID_BYTEA
	};
	size_t i, n = q->v.n, len = strlen(q->sql);
	struct arena *a = &c->scratch;

	TRY(vals_check(&c->base.fault, q->v));
	if (n > 65535)
		return fault_set(&c->base.fault, RC_BUG, "%zu parameters in: %.160s", n, q->sql);
	arena_reset(a, ARENA_CHUNK);
	*out = (struct params){ .n = (int)n,
		.types = arena_array(a, Oid, n + 1),
		.text = arena_array(a, const char *, n + 1),
		.key = arena_alloc(a, len + n + 2),
		.nkey = len + 1 + n };
	memcpy(out->key, q->sql, len);
	for (i = 0; i < n; i++) {
		const struct val *v = &q->v.v[i];

		if (!v->null && (v->t == V_TEXT || v->t == V_BLOB) && v->s.n > ARENA_CAP / 16)
			return fault_set(
			    &c->base.fault, RC_TOOBIG, "$%zu: %zu bytes", i + 1, v->s.n);
		out->types[i] = oids[v->t];
		out->key[len + 1 + i] = (char)('a' + v->t);
		out->text[i] = v->null ? NULL : param_text(a, v);
	}
	return RC_OK;
}

static int
drop_victim(struct pg_conn *c)
{
	struct pg_stmt *old = (struct pg_stmt *)cache_victim(&c->cache);
	char sql[64];

	if (old == NULL)
		return RC_OK;
	snprintf(sql, sizeof sql, "DEALLOCATE %s", old->name);
	free(old);
	return pg_say(c, sql);
}

static int
pg_prepare(struct pg_conn *c, const struct query *q, const struct params *p, struct pg_stmt **out)
{
	struct pg_stmt *s = (struct pg_stmt *)cache_find(&c->cache, p->key, p->nkey);
	PGresult *res;
	int rc = RC_OK;

	*out = s;
	if (s != NULL)
		return RC_OK;
	if (sql_refused(q->sql, GUARD_ROWS))
		return fault_set(&c->base.fault, RC_BUG, "not allowed here: %.160s", q->sql);
	TRY(drop_victim(c));
	s = calloc(1, sizeof *s);
	if (s == NULL)
		die("out of memory (statement)");
	snprintf(s->name, sizeof s->name, "s%u", c->named++);
	res = PQprepare(c->pg, s->name, q->sql, p->n, p->types);
	if (!good(res))
		rc = pg_fault(c, res, q->sql);
	PQclear(res);
	if (rc != RC_OK) {
		free(s);
		return rc;
	}
	cache_add(&c->cache, &s->c, p->key, p->nkey);
	*out = s;
	return RC_OK;
}

/* Send and wait for the whole answer. */
static int
pg_exec(struct pg_conn *c, const struct query *q, PGresult **out)
{
	struct params p;
	struct pg_stmt *s = NULL;
	PGresult *res;
	int rc;

	TRY(pg_params(c, q, &p));
	if (q->guard == GUARD_ROWS) {
		TRY(pg_prepare(c, q, &p, &s));
		res = PQexecPrepared(c->pg, s->name, p.n, p.text, NULL, NULL, 0);
	} else if (sql_refused(q->sql, q->guard))
		return fault_set(&c->base.fault, RC_BUG, "not allowed here: %.160s", q->sql);
	else
		res = PQexecParams(c->pg, q->sql, p.n, p.types, p.text, NULL, NULL, 0);
	if (!good(res)) {
		rc = pg_fault(c, res, q->sql);
		PQclear(res);
		return rc;
	}
	*out = res;
	return RC_OK;
}

static int
pg_run(struct conn *base, const struct query *q, int64_t *changed)
{
	PGresult *res = NULL;

	TRY(pg_exec((struct pg_conn *)base, q, &res));
	if (changed != NULL)
		*changed = strncmp(PQcmdStatus(res), "SELECT", 6) == 0
			       ? 0
			       : strtoll(PQcmdTuples(res), NULL, 10);
	PQclear(res);
	return RC_OK;
}

/* ---- cursors */

/* The next answer of a stream: a row, the end, or an error. */
static int
stream_step(struct pg_conn *c, struct pg_cursor *r, const char *sql)
{
	PGresult *rest;
	int rc = RC_OK;

	PQclear(r->res);
	r->res = PQgetResult(c->pg);
	if (PQresultStatus(r->res) == PGRES_SINGLE_TUPLE) {
		r->row = 0;
		return RC_OK;
	}
	r->done = true;
	if (r->res == NULL || !good(r->res))
		rc = pg_fault(c, r->res, sql);
	while ((rest = PQgetResult(c->pg)) != NULL)
		PQclear(rest);
	return rc;
}

static int
stream_open(struct pg_conn *c, const struct query *q, struct pg_cursor *r)
{
	struct params p;
	struct pg_stmt *s = NULL;

	TRY(pg_params(c, q, &p));
	TRY(pg_prepare(c, q, &p, &s));
	if (PQsendQueryPrepared(c->pg, s->name, p.n, p.text, NULL, NULL, 0) == 0 ||
	    PQsetSingleRowMode(c->pg) == 0)
		return pg_fault(c, NULL, q->sql);
	r->stream = true;
	TRY(stream_step(c, r, q->sql));
	r->waiting = !r->done;
	return RC_OK;
}

static int
pg_query(struct conn *base, const struct query *q, struct cursor **out)
{
	struct pg_conn *c = (struct pg_conn *)base;
	struct pg_cursor *r = arena_new(q->arena, struct pg_cursor);
	int rc = q->stream ? stream_open(c, q, r) : pg_exec(c, q, &r->res);

	if (rc != RC_OK) {
		PQclear(r->res);
		return rc;
	}
	r->row = -1;
	r->rows = PQntuples(r->res);
	r->base.ncols = PQnfields(r->res);
	cursor_link(base, &r->base);
	*out = &r->base;
	return RC_OK;
}

static int
pg_next(struct cursor *base, bool *row)
{
	struct pg_cursor *r = (struct pg_cursor *)base;

	arena_reset(&r->scratch, ARENA_CHUNK);
	if (!r->stream) {
		*row = r->row + 1 < r->rows;
		if (*row)
			r->row++;
		return RC_OK;
	}
	if (!r->waiting && !r->done)
		TRY(stream_step((struct pg_conn *)base->conn, r, "stream"));
	r->waiting = false;
	r->row = 0;
	*row = !r->done;
	return RC_OK;
}

static void
pg_shut(struct cursor *base)
{
	struct pg_cursor *r = (struct pg_cursor *)base;
	PGresult *rest;

	PQclear(r->res);
	r->res = NULL;
	if (r->stream && !r->done)
		while ((rest = PQgetResult(((struct pg_conn *)base->conn)->pg)) != NULL)
			PQclear(rest);
	r->done = true;
	arena_done(&r->scratch);
}

static bool
pg_null(struct cursor *base, int col)
{
	struct pg_cursor *r = (struct pg_cursor *)base;

	return PQgetisnull(r->res, r->row, col) != 0;
}

static int64_t
pg_int(struct cursor *base, int col)
{
	struct pg_cursor *r = (struct pg_cursor *)base;
	const char *s = PQgetvalue(r->res, r->row, col);
	Oid t = PQftype(r->res, col);

	if (t == OID_BOOL)
		return *s == 't';
	if (t == OID_FLOAT8 || t == OID_FLOAT4) {
		double d = strtod(s, NULL);

		return isnan(d)			     ? 0
		       : d >= 9223372036854775807.0  ? INT64_MAX
		       : d <= -9223372036854775808.0 ? INT64_MIN
						     : (int64_t)d;
	}
	return strtoll(s, NULL, 10); /* numeric sums, too; stops at the point */
}

static double
pg_real(struct cursor *base, int col)
{
	struct pg_cursor *r = (struct pg_cursor *)base;

	return PQftype(r->res, col) == OID_BOOL ? (double)pg_int(base, col)
						: strtod(PQgetvalue(r->res, r->row, col), NULL);
}

static unsigned
hex_digit(char c)
{
	return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

static struct slice
pg_slice(struct cursor *base, int col)
{
	struct pg_cursor *r = (struct pg_cursor *)base;
	Oid t = PQftype(r->res, col);
	const char *s;
	size_t n, i;
	char *out;

	if (pg_null(base, col))
		return (struct slice){ NULL, 0 };
	s = PQgetvalue(r->res, r->row, col);
	n = (size_t)PQgetlength(r->res, r->row, col);
	if (t == OID_BOOL)
		return slice_str(*s == 't' ? "1" : "0");
	if (t != OID_BYTEA || n < 2)
		return (struct slice){ s, n };
	n = (n - 2) / 2; /* behind \x */
	out = arena_alloc(&r->scratch, n + 1);
	for (i = 0; i < n; i++)
		out[i] = (char)(hex_digit(s[2 + 2 * i]) << 4 | hex_digit(s[3 + 2 * i]));
	return (struct slice){ out, n };
}

const struct driver driver_pg = {
	.open = pg_open,
	.close = pg_close,
	.control = pg_control,
	.script = pg_script,
	.run = pg_run,
	.query = pg_query,
	.next = pg_next,
	.shut = pg_shut,
	.col_null = pg_null,
	.col_int = pg_int,
	.col_real = pg_real,
	.col_slice = pg_slice,
	.begin_read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
	.begin_write = "BEGIN ISOLATION LEVEL SERIALIZABLE",
	.begin_migrate = "BEGIN",
};
