/* read.c – snapshots and rows: the reading half of db.h, the same for both engines.
 *
 * cx->db is a struct db: outside a write it holds a pooled connection from the first read until
 * db_end(); inside a write function it is the transaction's. A cursor that outlives its snapshot is
 * shut by force and then says RC_BUG instead of showing rows of another moment. */
#include <stdio.h>

#include "base/log.h"
#include "base/utf8.h"
#include "db/db_impl.h"
#include "db/retain.h"

int
fault_raise(struct ctx *cx, const struct fault *f)
{
	if (cx->err.rc == RC_OK) {
		cx->err.rc = f->rc;
		cx->err.detail = arena_str(cx->arena, f->text);
	}
	return f->rc;
}

/* What PostgreSQL would refuse is refused on both engines. */
int
vals_check(struct fault *f, struct vals v)
{
	size_t i;

	for (i = 0; i < v.n; i++)
		if (v.v[i].t == V_TEXT && !v.v[i].null && !utf8_valid(v.v[i].s.p, v.v[i].s.n))
			return fault_set(f, RC_INVALID, "$%zu: not UTF-8 text without NUL", i + 1);
	return RC_OK;
}

void
db_bind(struct ctx *cx, struct store *s)
{
	cx->db = arena_new(cx->arena, struct db);
	cx->db->store = s;
}

struct store *
db_store(const struct ctx *cx)
{
	return cx->db == NULL ? NULL : cx->db->store;
}

unsigned
db_query_count(const struct ctx *cx)
{
	return cx->db == NULL ? 0 : cx->db->queries;
}

void
snapshot_end(struct db *db)
{
	struct conn *c = db->conn;

	db->stream = NULL;
	if (c == NULL)
		return;
	db->conn = NULL;
	conn_shut_all(c);
	if (!c->broken && db->store->drv->control(c, "ROLLBACK") != RC_OK)
		c->broken = true;
	pool_give(db->store, c);
}

void
db_end(struct ctx *cx)
{
	if (cx->db != NULL && cx->db->tx == NULL)
		snapshot_end(cx->db);
}

uint64_t
db_generation(const struct ctx *cx)
{
	return cx->db == NULL || cx->db->tx != NULL || cx->db->conn == NULL ? 0
									    : cx->db->generation;
}

/* A statement failed: inside a write nothing more may run (PostgreSQL refuses it anyway), outside
 * a lost snapshot is let go so that the next read begins another. */
static int
db_failed(struct ctx *cx, struct conn *c)
{
	struct db *db = cx->db;
	int rc = fault_raise(cx, &c->fault);

	if (db->tx != NULL) {
		db->tx->rc = rc;
		db->tx->over |= c->fault.over;
		db->tx->again |= c->fault.again;
	} else if (c->fault.over)
		snapshot_end(db);
	return rc;
}

static int
refuse(struct ctx *cx, const char *why, const char *sql)
{
	struct fault f;

	fault_set(&f, RC_BUG, "%s: %.160s", why, sql);
	return fault_raise(cx, &f);
}

static int
db_ready(struct ctx *cx, const char *sql)
{
	struct db *db = cx->db;
	struct fault f = { 0 };

	if (db == NULL)
		return refuse(cx, "no database is bound", sql);
	if (db->tx != NULL && db->tx->rc != RC_OK)
		return db->tx->rc; /* an earlier statement failed; cx->err tells which */
	if (db->stream != NULL)
		return refuse(cx, "a stream is open", sql);
	if (db->tx == NULL && db->store->interrupted) {
		fault_set(&f, RC_BUSY, "interrupted");
		return fault_raise(cx, &f);
	}
	if (db->conn == NULL && db->tx == NULL)
		db->generation = store_generation_any(db->store);
	if (db->conn == NULL &&
	    pool_begin(db->store, db->store->drv->begin_read, &db->conn, &f) != RC_OK)
		return fault_raise(cx, &f);
	db->queries++;
	return RC_OK;
}

static int
open_rows(struct ctx *cx, struct rows *out, const char *sql, struct vals v, bool stream)
{
	struct query q = { .sql = sql, .v = v, .arena = cx->arena, .stream = stream };
	struct cursor *r = NULL;
	int rc;

	*out = (struct rows){ .cx = cx };
	rc = db_ready(cx, sql);
	if (rc == RC_OK && cx->db->store->drv->query(cx->db->conn, &q, &r) != RC_OK)
		rc = db_failed(cx, cx->db->conn);
	out->rc = rc;
	if (rc != RC_OK)
		return rc;
	out->impl = r;
	out->ncols = r->ncols;
	if (stream)
		cx->db->stream = r;
	return RC_OK;
}

int
db_rows(struct ctx *cx, struct rows *out, const char *sql, struct vals v)
{
	return open_rows(cx, out, sql, v, false);
}

int
db_stream(struct ctx *cx, struct rows *out, const char *sql, struct vals v)
{
	return open_rows(cx, out, sql, v, true);
}

static const struct driver *
drv(const struct cursor *r)
{
	return r->conn->store->drv;
}

bool
rows_next(struct rows *r)
{
	struct cursor *c = r->impl;
	struct conn *conn;
	bool row = false;

	if (c == NULL || r->rc != RC_OK)
		return false;
	if (c->dead) {
		r->rc = refuse(r->cx, "rows outlived their snapshot", "rows_next");
		return false;
	}
	conn = c->conn;
	if (conn->store->interrupted && r->cx->db->tx == NULL) {
		fault_set(&conn->fault, RC_BUSY, "interrupted");
		r->rc = fault_raise(r->cx, &conn->fault);
		return false;
	}
	if (drv(c)->next(c, &row) != RC_OK) {
		r->rc = db_failed(r->cx, conn);
		return false;
	}
	return row;
}

void
rows_drop(struct rows *r)
{
	struct cursor *c = r->impl;

	r->impl = NULL;
	if (c == NULL || c->dead)
		return;
	if (r->cx->db->stream == c)
		r->cx->db->stream = NULL;
	cursor_unlink(c);
	drv(c)->shut(c);
}

int
rows_end(struct rows *r)
{
	struct cursor *c = r->impl;

	if (c != NULL && c->dead && r->rc == RC_OK)
		r->rc = refuse(r->cx, "rows outlived their snapshot", "rows_end");
	rows_drop(r);
	return r->rc;
}

/* The cursor, if it stands on a row and has this column. */
static struct cursor *
column(const struct rows *r, int col)
{
	struct cursor *c = r->impl;

	if (c == NULL || c->dead || r->rc != RC_OK)
		return NULL;
	if (col < 0 || col >= c->ncols) {
		BUG("column %d of %d", col, c->ncols);
		return NULL;
	}
	return c;
}

bool
row_null(const struct rows *r, int col)
{
	struct cursor *c = column(r, col);

	return c == NULL || drv(c)->col_null(c, col);
}

int64_t
row_int(const struct rows *r, int col)
{
	return row_int_or(r, col, 0);
}

int64_t
row_int_or(const struct rows *r, int col, int64_t none)
{
	struct cursor *c = column(r, col);

	return c == NULL || drv(c)->col_null(c, col) ? none : drv(c)->col_int(c, col);
}

double
row_real(const struct rows *r, int col)
{
	struct cursor *c = column(r, col);

	return c == NULL || drv(c)->col_null(c, col) ? 0 : drv(c)->col_real(c, col);
}

struct slice
row_slice(const struct rows *r, int col)
{
	struct cursor *c = column(r, col);

	return c == NULL ? (struct slice){ NULL, 0 } : drv(c)->col_slice(c, col);
}

const char *
row_text(const struct rows *r, int col)
{
	struct slice s = row_slice(r, col);

	return s.p == NULL ? NULL : arena_strn(r->cx->arena, s.p, s.n);
}

/* ---- short forms */

static int
first_row(struct ctx *cx, struct rows *r, const char *sql, struct vals v)
{
	TRY(db_rows(cx, r, sql, v));
	if (rows_next(r))
		return RC_OK;
	TRY(rows_end(r));
	return RC_NOTFOUND;
}

int
db_int(struct ctx *cx, int64_t *out, const char *sql, struct vals v)
{
	AUTO_ROWS r = { 0 };
	int64_t i;

	TRY(first_row(cx, &r, sql, v));
	i = row_int(&r, 0);
	TRY(rows_end(&r));
	*out = i;
	return RC_OK;
}

int
db_text(struct ctx *cx, const char **out, const char *sql, struct vals v)
{
	AUTO_ROWS r = { 0 };
	const char *s;

	TRY(first_row(cx, &r, sql, v));
	s = row_text(&r, 0);
	TRY(rows_end(&r));
	*out = s;
	return RC_OK;
}

/* ---- statements of a write */

static int
tx_ready(struct ctx *cx, struct tx *tx, const char *sql)
{
	if (cx->db != &tx->db)
		return refuse(cx, "not inside this write", sql);
	return db_ready(cx, sql);
}

static int
run(struct ctx *cx, struct tx *tx, int64_t *changed, const struct query *q)
{
	TRY(tx_ready(cx, tx, q->sql));
	if (tx->db.store->drv->run(tx->db.conn, q, changed) != RC_OK)
		return db_failed(cx, tx->db.conn);
	return RC_OK;
}

int
tx_run(struct ctx *cx, struct tx *tx, int64_t *changed, const char *sql, struct vals v)
{
	return run(cx, tx, changed, &(struct query){ .sql = sql, .v = v });
}

int
tx_retain(struct ctx *cx, struct tx *tx, int64_t *changed, const char *sql, struct vals v)
{
	return run(cx, tx, changed, &(struct query){ .sql = sql, .v = v, .guard = GUARD_RETAIN });
}

int
tx_int(struct ctx *cx, struct tx *tx, int64_t *out, const char *sql, struct vals v)
{
	AUTO_ROWS r = { 0 };
	int64_t i;

	TRY(tx_ready(cx, tx, sql));
	cx->db->queries--; /* counted once more by db_rows */
	TRY(first_row(cx, &r, sql, v));
	i = row_int(&r, 0);
	TRY(rows_end(&r));
	*out = i;
	return RC_OK;
}

void
tx_touch(struct tx *tx, unsigned kind)
{
	if (kind >= KINDS) {
		BUG("kind %u", kind);
		return;
	}
	tx->touched.w[kind / 64] |= UINT64_C(1) << kind % 64;
}

void
tx_touch_all(struct tx *tx)
{
	tx->touched = touched_all;
}
