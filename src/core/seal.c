/* seal.c – the job that seals; see seal.h. It reads in a snapshot and writes one row, so it holds up no
 * writer; if another process sealed meanwhile, it leaves the work to the next round. A seal ends
 * with its day, so that a root can end with the day, too. */
#include "core/seal_inner.h"

enum { MAC = PROOF_MAC };

void
hash_copy(unsigned char out[MAC], struct slice blob)
{
	memset(out, 0, MAC);
	memcpy(out, blob.p == NULL ? "" : blob.p, blob.n < MAC ? blob.n : MAC);
}

void
seal_digest(struct buf *scratch, const struct seal *s, const unsigned char before[MAC],
    const unsigned char *macs, unsigned char out[MAC])
{
	scratch->n = 0;
	buf_printf(scratch, "seal|%lld|%lld|%lld|", (long long)s->from, (long long)s->upto,
	    (long long)s->rows);
	buf_put(scratch, before, MAC);
	buf_put(scratch, macs, (size_t)s->rows * MAC);
	vault_mac(VAULT_AUDIT, scratch->p, scratch->n, out);
}

/* ---- the job ---- */

static int
last_seal(struct ctx *cx, struct seal *out)
{
	AUTO_ROWS r = { 0 };

	memset(out, 0, sizeof *out);
	TRY(db_rows(cx, &r, "SELECT id, upto_id, digest FROM audit_seal ORDER BY id DESC LIMIT 1",
	    NO_VALS));
	if (rows_next(&r)) {
		out->id = row_int(&r, 0);
		out->upto = row_int(&r, 1);
		hash_copy(out->digest, row_slice(&r, 2));
	}
	return rows_end(&r);
}

/* A row dated ahead of the clock was written before the clock was set back: it need not wait. */
static bool
settled(const struct ctx *cx, int64_t at)
{
	return at <= cx->now - SEAL_SETTLE_US || at > cx->now + SEAL_SETTLE_US;
}

static int
collect(struct ctx *cx, int64_t after, struct seal *s, unsigned char *macs)
{
	AUTO_ROWS r = { 0 };
	int first = 0;

	TRY(db_rows(cx, &r, "SELECT id, at, mac FROM audit WHERE id > $1 ORDER BY id LIMIT 5000",
	    VALS(v_int(after))));
	while (s->rows < SEAL_ROWS_MAX && rows_next(&r)) {
		struct slice mac = row_slice(&r, 2);

		int day = day_of_moment(row_int(&r, 1));

		if (!settled(cx, row_int(&r, 1)) || (s->rows > 0 && day != first))
			break;
		if (mac.n == MAC) /* a broken one is sealed as zeros; seal_check names it */
			memcpy(macs + s->rows * MAC, mac.p, MAC);
		if (s->rows == 0) {
			s->from = row_int(&r, 0);
			first = day;
		}
		s->upto = row_int(&r, 0);
		s->rows++;
	}
	return rows_end(&r);
}

struct sealing {
	struct seal before, fresh;
	bool done;
};

static int
seal_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct sealing *s = arg;
	int64_t last;

	TRY(db_int(cx, &last, "SELECT coalesce(max(id), 0) FROM audit_seal", NO_VALS));
	s->done = last == s->before.id;
	if (!s->done)
		return RC_OK;
	return tx_run(cx, tx, NULL,
	    "INSERT INTO audit_seal (from_id, upto_id, rows, at, digest) VALUES ($1, $2, $3, $4, "
	    "$5)",
	    VALS(v_int(s->fresh.from), v_int(s->fresh.upto), v_int(s->fresh.rows), v_int(cx->now),
		v_blob((struct slice){ (const char *)s->fresh.digest, MAC })));
}

int
seal_audit(struct ctx *cx, int64_t *sealed)
{
	struct sealing s = { .done = false };
	unsigned char *macs = arena_alloc(cx->arena, (size_t)SEAL_ROWS_MAX * MAC);
	struct buf scratch;

	*sealed = 0;
	db_end(cx);
	TRY(last_seal(cx, &s.before));
	TRY(collect(cx, s.before.upto, &s.fresh, macs));
	if (s.fresh.rows == 0)
		return RC_OK;
	buf_init(&scratch, cx->arena, 0);
	seal_digest(&scratch, &s.fresh, s.before.digest, macs, s.fresh.digest);
	TRY(db_write(cx, seal_fn, &s));
	*sealed = s.done ? s.fresh.rows : 0;
	return RC_OK;
}
