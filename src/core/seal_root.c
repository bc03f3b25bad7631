/* seal_root.c – the daily roots over the audit's seals, retention and erasure; see seal.h.
 *
 * A root covers the seals up to the last one that begins on its day, and is laid when the day is over
 * and has settled. A day without rows has none. Clocks jump: rows dated ahead fall to the first root
 * after them, rows dated back to the next one, so that nothing is left out and no day has two. */
#include <sodium.h>
#include <stdlib.h>

#include "core/seal_inner.h"
#include "db/retain.h"

void
root_hash(struct buf *b, const struct root *r, const unsigned char before[PROOF_MAC],
    const unsigned char digest[PROOF_MAC], unsigned char out[PROOF_MAC])
{
	b->n = 0;
	buf_printf(b, "root|%d|%lld|", r->day, (long long)r->rows);
	buf_put(b, before, PROOF_MAC);
	buf_put(b, digest, PROOF_MAC);
	crypto_generichash(out, PROOF_MAC, (const unsigned char *)b->p, b->n, NULL, 0);
}

int
seal_last_root(struct ctx *cx, struct root *out)
{
	AUTO_ROWS r = { 0 };

	*out = (struct root){ 0 };
	TRY(db_rows(cx, &r,
	    "SELECT id, rows, seal, day, root FROM audit_root ORDER BY id DESC LIMIT 1", NO_VALS));
	if (rows_next(&r)) {
		*out = (struct root){ row_int(&r, 0), row_int(&r, 1), row_int(&r, 2),
			(int)row_int(&r, 3), { 0 } };
		hash_copy(out->hash, row_slice(&r, 4));
	}
	return rows_end(&r);
}

/* ---- laying ---- */

/* A seal behind the last root; its day is that of its first row. */
struct open_seal {
	int64_t id, rows;
	int day;
	unsigned char digest[PROOF_MAC];
};

static int
open_seals(struct ctx *cx, int64_t after, struct open_seal **out, size_t *n)
{
	enum { MAX = 20000 };
	AUTO_ROWS r = { 0 };
	int64_t count;

	*n = 0;
	TRY(db_int(
	    cx, &count, "SELECT count(*) FROM audit_seal WHERE id > $1", VALS(v_int(after))));
	count = count < MAX ? count : MAX; /* the rest in the next round */
	*out = arena_array(cx->arena, struct open_seal, count + 1);
	TRY(db_rows(cx, &r,
	    "SELECT s.id, s.rows, a.at, s.digest FROM audit_seal s LEFT JOIN audit a"
	    " ON a.id = s.from_id WHERE s.id > $1 ORDER BY s.id",
	    VALS(v_int(after))));
	while ((int64_t)*n < count && rows_next(&r)) {
		struct open_seal *s = &(*out)[(*n)++];

		*s = (struct open_seal){ row_int(&r, 0), row_int(&r, 1),
			row_null(&r, 2) ? 0 : day_of_moment(row_int(&r, 2)), { 0 } };
		hash_copy(s->digest, row_slice(&r, 3));
	}
	return rows_end(&r);
}

/* The day that the next root gets, 0 = none is due yet. */
static int
next_day(const struct ctx *cx, const struct root *last, int first)
{
	int today = day_of_moment(cx->now - SEAL_SETTLE_US), over = day_add(today, -1), day = first;

	if (first == today)
		return 0;
	if (first > over || first == 0 || (first <= last->day && last->day < over))
		day = over;
	return day == last->day || (day < last->day && over == last->day) ? 0 : day;
}

struct laying {
	struct root last, fresh;
	bool done;
};

static int
lay_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct laying *l = arg;
	int64_t last;

	TRY(db_int(cx, &last, "SELECT coalesce(max(id), 0) FROM audit_root", NO_VALS));
	l->done = last == l->last.id;
	if (!l->done)
		return RC_OK; /* another process was here */
	tx_touch(tx, DB_NO_KIND);
	return tx_run(cx, tx, NULL,
	    "INSERT INTO audit_root (day, rows, seal, at, root) VALUES ($1, $2, $3, $4, $5)",
	    VALS(v_int(l->fresh.day), v_int(l->fresh.rows), v_int(l->fresh.seal), v_int(cx->now),
		v_blob((struct slice){ (const char *)l->fresh.hash, PROOF_MAC })));
}

static int
lay_next(struct ctx *cx, bool *done)
{
	struct laying l = { .done = false };
	struct open_seal *s;
	struct buf scratch;
	size_t n, i, end = 0;

	*done = false;
	db_end(cx);
	TRY(seal_last_root(cx, &l.last));
	TRY(open_seals(cx, l.last.seal, &s, &n));
	l.fresh.day = n == 0 ? 0 : next_day(cx, &l.last, s[0].day);
	if (l.fresh.day == 0)
		return RC_OK;
	for (i = 0; i < n; i++)
		if (i == 0 || s[i].day <= l.fresh.day)
			end = i;
	l.fresh.rows = l.last.rows;
	for (i = 0; i <= end; i++)
		l.fresh.rows += s[i].rows;
	l.fresh.seal = s[end].id;
	buf_init(&scratch, cx->arena, 0);
	root_hash(&scratch, &l.fresh, l.last.hash, s[end].digest, l.fresh.hash);
	TRY(db_write(cx, lay_fn, &l));
	*done = l.done;
	return RC_OK;
}

int
seal_roots(struct ctx *cx, int64_t *laid)
{
	enum { ROUND = 400 };
	struct arena_mark mark = arena_mark(cx->arena);
	bool done = true;

	for (*laid = 0; done && *laid < ROUND; *laid += done) {
		TRY(lay_next(cx, &done));
		arena_rewind(cx->arena, mark);
	}
	return RC_OK;
}

/* ---- showing ---- */

static struct seal_root
shown(const struct rows *r)
{
	struct seal_root s = { .day = (int)row_int(r, 0), .rows = row_int(r, 1) };
	unsigned char hash[PROOF_MAC];

	hash_copy(hash, row_slice(r, 2));
	sodium_bin2hex(s.hex, sizeof s.hex, hash, sizeof hash);
	return s;
}

int
seal_root_of(struct ctx *cx, int day, struct seal_root *out)
{
	AUTO_ROWS r = { 0 };
	bool found;

	TRY(db_rows(cx, &r,
	    "SELECT day, rows, root FROM audit_root WHERE day <= $1 ORDER BY id DESC LIMIT 1",
	    VALS(v_int(day))));
	found = rows_next(&r);
	if (found)
		*out = shown(&r);
	TRY(rows_end(&r));
	return found ? RC_OK : RC_NOTFOUND;
}

int
seal_roots_last(struct ctx *cx, int limit, struct seal_root **out, size_t *n)
{
	AUTO_ROWS r = { 0 };

	*n = 0;
	*out = arena_array(cx->arena, struct seal_root, limit);
	TRY(db_rows(cx, &r, "SELECT day, rows, root FROM audit_root ORDER BY id DESC LIMIT $1",
	    VALS(v_int(limit))));
	while (*n < (size_t)limit && rows_next(&r))
		(*out)[(*n)++] = shown(&r);
	return rows_end(&r);
}

/* ---- retention ---- */

int
seal_dropped(struct ctx *cx, struct dropped *out)
{
	AUTO_ROWS r = { 0 };

	*out = (struct dropped){ 0 };
	TRY(db_rows(cx, &r,
	    "SELECT a.rec, a.digest, s.at FROM audit a JOIN audit_seal s ON s.upto_id = a.rec"
	    " WHERE a.action = 'drop' AND a.kind = 'audit' ORDER BY a.id DESC LIMIT 1",
	    NO_VALS));
	if (rows_next(&r)) {
		out->upto = row_int(&r, 0);
		hash_copy(out->digest, row_slice(&r, 1));
		out->before = row_int(&r, 2);
	}
	return rows_end(&r);
}

int
seal_drop_tx(struct ctx *cx, struct tx *tx, int64_t before, int64_t *rows)
{
	unsigned char digest[PROOF_MAC];
	AUTO_ROWS r = { 0 };
	struct root last;
	int64_t upto = 0;

	*rows = 0;
	TRY(seal_last_root(cx, &last));
	TRY(db_rows(cx, &r,
	    "SELECT upto_id, digest FROM audit_seal WHERE id <= $1 AND at < $2 ORDER BY id DESC"
	    " LIMIT 1",
	    VALS(v_int(last.seal), v_int(before))));
	if (rows_next(&r)) {
		upto = row_int(&r, 0);
		hash_copy(digest, row_slice(&r, 1));
	}
	TRY(rows_end(&r));
	if (upto == 0)
		return RC_OK;
	TRY(tx_retain(cx, tx, rows, "DELETE FROM audit WHERE id <= $1", VALS(v_int(upto))));
	if (*rows == 0)
		return RC_OK;
	return audit_line_tx(cx, tx,
	    (struct audit_line){ .action = slice_str("drop"),
		.kind = slice_str("audit"),
		.rec = upto,
		.version = *rows,
		.digest = { (const char *)digest, PROOF_MAC } });
}
