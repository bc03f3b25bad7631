/* seal.c – see seal.h. The job reads in a snapshot and writes one row, so it holds up no writer; if
 * another process sealed meanwhile, it leaves the work to the next round. */
#include <sodium.h>

#include "core/seal.h"
#include "kind/kind.h"
#include "kind/vault.h"

enum { MAC = 32 };

struct seal {
	int64_t id, from, upto, rows;
	unsigned char digest[MAC];
};

/* Keyed hash over range, count, the digest before, and the macs. */
static void
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
		struct slice d = row_slice(&r, 2);

		out->id = row_int(&r, 0);
		out->upto = row_int(&r, 1);
		memcpy(out->digest, d.p, d.n < MAC ? d.n : MAC);
	}
	return rows_end(&r);
}

static int
collect(struct ctx *cx, int64_t after, struct seal *s, unsigned char *macs)
{
	AUTO_ROWS r = { 0 };

	TRY(db_rows(cx, &r, "SELECT id, at, mac FROM audit WHERE id > $1 ORDER BY id LIMIT 5000",
	    VALS(v_int(after))));
	while (s->rows < SEAL_ROWS_MAX && rows_next(&r)) {
		struct slice mac = row_slice(&r, 2);

		if (row_int(&r, 1) > cx->now - SEAL_SETTLE_US)
			break;
		if (mac.n == MAC) /* a broken one is sealed as zeros; seal_check names it */
			memcpy(macs + s->rows * MAC, mac.p, MAC);
		if (s->rows == 0)
			s->from = row_int(&r, 0);
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

/* ---- the proof ---- */

struct proof {
	struct buf *out, line, scratch;
	const struct seal *seals;
	size_t nseals, at;
	unsigned char *macs;
	int64_t rows; /* of the seal at hand */
	int64_t records, differences;
};

static int
load_seals(struct ctx *cx, struct seal **out, size_t *n)
{
	AUTO_ROWS r = { 0 };
	struct seal *list;
	int64_t count;

	TRY(db_int(cx, &count, "SELECT count(*) FROM audit_seal", NO_VALS));
	list = arena_array(cx->arena, struct seal, count + 1);
	*n = 0;
	TRY(db_rows(cx, &r, "SELECT id, from_id, upto_id, rows, digest FROM audit_seal ORDER BY id",
	    NO_VALS));
	while ((int64_t)*n < count && rows_next(&r)) {
		struct slice d = row_slice(&r, 4);
		struct seal *s = &list[(*n)++];

		*s = (struct seal){ row_int(&r, 0), row_int(&r, 1), row_int(&r, 2), row_int(&r, 3),
			{ 0 } };
		memcpy(s->digest, d.p, d.n < MAC ? d.n : MAC);
	}
	*out = list;
	return rows_end(&r);
}

/* All rows of the seal at hand were seen: compare, and go to the next. */
static void
close_seal(struct proof *p)
{
	static const unsigned char nothing[MAC];
	const struct seal *s = &p->seals[p->at];
	unsigned char digest[MAC];

	if (p->rows != s->rows || s->rows > SEAL_ROWS_MAX) {
		buf_printf(p->out, "audit %lld to %lld: %lld rows, sealed were %lld\n",
		    (long long)s->from, (long long)s->upto, (long long)p->rows, (long long)s->rows);
		p->differences++;
	} else {
		seal_digest(&p->scratch, s, p->at == 0 ? nothing : p->seals[p->at - 1].digest,
		    p->macs, digest);
		if (memcmp(digest, s->digest, MAC) != 0) {
			buf_printf(p->out, "audit %lld to %lld: the seal does not fit the rows\n",
			    (long long)s->from, (long long)s->upto);
			p->differences++;
		}
	}
	p->rows = 0;
	p->at++;
}

static void
put_text(struct buf *b, const struct rows *r, int col)
{
	struct slice s = row_slice(r, col);

	buf_char(b, '|');
	if (s.p != NULL)
		buf_put(b, s.p, s.n);
}

/* The line as history.c hashed it: at|account|action|kind|rec|fields. */
static bool
mac_fits(struct proof *p, const struct rows *r, const unsigned char mac[MAC])
{
	unsigned char want[MAC];
	struct buf *b = &p->line;

	b->n = 0;
	buf_printf(b, "%lld|%lld", (long long)row_int(r, 1), (long long)row_int(r, 2));
	put_text(b, r, 3);
	put_text(b, r, 4);
	buf_printf(b, "|%lld", (long long)row_int(r, 5));
	put_text(b, r, 6);
	vault_mac(VAULT_AUDIT, b->p, b->n, want);
	return memcmp(mac, want, MAC) == 0;
}

static void
prove_row(struct proof *p, const struct rows *r)
{
	int64_t id = row_int(r, 0);
	struct slice stored = row_slice(r, 7);
	unsigned char mac[MAC] = { 0 }; /* zeros for one of a wrong size, as sealed */

	if (stored.n == MAC)
		memcpy(mac, stored.p, MAC);
	p->records++;
	while (p->at < p->nseals && id > p->seals[p->at].upto)
		close_seal(p);
	if (!mac_fits(p, r, mac)) {
		buf_printf(p->out, "audit %lld: the row was changed\n", (long long)id);
		p->differences++;
	}
	if (p->at == p->nseals)
		return; /* not sealed yet */
	if (id < p->seals[p->at].from) {
		buf_printf(p->out, "audit %lld: lies between two seals\n", (long long)id);
		p->differences++;
		return;
	}
	if (p->rows < SEAL_ROWS_MAX)
		memcpy(p->macs + p->rows * MAC, mac, MAC);
	p->rows++;
}

int
seal_check(struct ctx *cx, struct buf *out, int64_t *records, int64_t *differences)
{
	struct proof p = { .out = out,
		.macs = arena_alloc(cx->arena, (size_t)SEAL_ROWS_MAX * MAC) };
	struct seal *seals;
	AUTO_ROWS r = { 0 };

	buf_init(&p.line, cx->arena, 0);
	buf_init(&p.scratch, cx->arena, 0);
	TRY(load_seals(cx, &seals, &p.nseals));
	p.seals = seals;
	TRY(db_stream(cx, &r,
	    "SELECT id, at, account, action, kind, rec, fields, mac FROM audit ORDER BY id",
	    NO_VALS));
	while (rows_next(&r))
		prove_row(&p, &r);
	TRY(rows_end(&r));
	while (p.at < p.nseals)
		close_seal(&p);
	*records = p.records;
	*differences = p.differences;
	return RC_OK;
}
