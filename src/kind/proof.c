/* proof.c – the hashes of history and audit, and the two inserts that carry them; see proof.h. */
#include "kind/proof.h"

#include "db/retain.h"
#include "kind/internal.h"
#include "kind/vault.h"

void
history_mac(struct buf *b, const struct history_line *h, unsigned char out[PROOF_MAC])
{
	b->n = 0;
	/* Lengths stand before the texts, so that no two rows can spell the same bytes. */
	buf_printf(b, "history|%.*s|%lld|%lld|%lld|%lld|%.*s|%lld|%zu|%d|", (int)h->kind.n,
	    h->kind.p, (long long)h->rec, (long long)h->version, (long long)h->at,
	    (long long)h->account, (int)h->action.n, h->action.p, (long long)h->subject, h->data.n,
	    h->secret.p != NULL);
	buf_put(b, h->data.p, h->data.n);
	if (h->secret.n > 0)
		buf_put(b, h->secret.p, h->secret.n);
	vault_mac(VAULT_HISTORY, b->p, b->n, out);
}

void
audit_mac(struct buf *b, const struct audit_line *l, unsigned char out[PROOF_MAC])
{
	b->n = 0;
	buf_printf(b, "%lld|%lld|%.*s|%.*s|%lld|%.*s", (long long)l->at, (long long)l->account,
	    (int)l->action.n, l->action.p, (int)l->kind.n, l->kind.p == NULL ? "" : l->kind.p,
	    (long long)l->rec, (int)l->fields.n, l->fields.p == NULL ? "" : l->fields.p);
	if (l->version != 0 || l->digest.p != NULL) {
		buf_printf(b, "|%lld|", (long long)l->version);
		if (l->digest.n > 0)
			buf_put(b, l->digest.p, l->digest.n);
	}
	vault_mac(VAULT_AUDIT, b->p, b->n, out);
}

static struct val
v_words(struct slice s)
{
	struct val v = v_blob(s);

	v.t = V_TEXT;
	return v;
}

int
audit_line_tx(struct ctx *cx, struct tx *tx, struct audit_line l)
{
	unsigned char mac[PROOF_MAC];
	struct buf b;

	l.at = cx->now;
	l.account = cx->actor->account;
	buf_init(&b, cx->arena, 0);
	audit_mac(&b, &l, mac);
	return tx_run(cx, tx, NULL,
	    "INSERT INTO audit (at, account, action, kind, rec, fields, mac, version, digest)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
	    VALS(v_int(l.at), v_int(l.account), v_words(l.action), v_words(l.kind),
		v_int_or(l.rec, 0), v_words(l.fields),
		v_blob((struct slice){ (char *)mac, PROOF_MAC }), v_int_or(l.version, 0),
		v_blob(l.digest)));
}

int
history_put_tx(struct ctx *cx, struct tx *tx, const struct history_line *h, const char *action,
    const char *fields)
{
	unsigned char mac[PROOF_MAC];
	struct buf b;

	buf_init(&b, cx->arena, 0);
	history_mac(&b, h, mac);
	TRY(tx_run(cx, tx, NULL,
	    "INSERT INTO history (kind, rec, version, at, account, action, data, subject, secret,"
	    " mac) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
	    VALS(v_words(h->kind), v_int(h->rec), v_int(h->version), v_int(h->at),
		v_int(h->account), v_words(h->action), v_words(h->data), v_int_or(h->subject, 0),
		v_blob(h->secret), v_blob((struct slice){ (char *)mac, PROOF_MAC }))));
	return audit_line_tx(cx, tx,
	    (struct audit_line){ .action = slice_str(action),
		.kind = h->kind,
		.rec = h->rec,
		.fields = slice_or_none(fields),
		.version = h->version,
		.digest = { (const char *)mac, PROOF_MAC } });
}

int
kind_removed_tx(
    struct ctx *cx, struct tx *tx, const struct kind *k, const void *rec, const char *fields)
{
	const struct rec *h = rec;

	TRY(kind_gate(cx, k, true));
	return history_put_tx(cx, tx,
	    &(struct history_line){ .kind = slice_str(k->name),
		.action = slice_str("delete"),
		.data = slice_str("{}"),
		.rec = h->id,
		.version = h->version + 1,
		.at = cx->now,
		.account = cx->actor->account },
	    "delete", fields);
}

int
kind_told_tx(struct ctx *cx, struct tx *tx, const struct kind *k, int64_t id, const char *action,
    const char *fields)
{
	void *rec = arena_alloc(cx->arena, k->size);

	TRY(kind_load(cx, k, id, rec));
	return history_tx(cx, tx, k, rec, action, fields);
}

/* ---- erasure ---- */

struct forgotten {
	int64_t id;
	unsigned char mac[PROOF_MAC];
};

static int
hash_versions(struct ctx *cx, const char *kind, int64_t id, struct forgotten **out, size_t *n,
    int64_t *version)
{
	AUTO_ROWS r = { 0 };
	struct buf scratch;
	int64_t count;

	*n = 0;
	buf_init(&scratch, cx->arena, 0);
	TRY(db_int(cx, &count, "SELECT count(*) FROM history WHERE kind = $1 AND rec = $2",
	    VALS(v_text(kind), v_int(id))));
	*out = arena_array(cx->arena, struct forgotten, count + 1);
	TRY(db_rows(cx, &r,
	    "SELECT id, version, at, account, action, data, subject, secret FROM history"
	    " WHERE kind = $1 AND rec = $2 ORDER BY version",
	    VALS(v_text(kind), v_int(id))));
	while ((int64_t)*n < count && rows_next(&r)) {
		struct forgotten *f = &(*out)[(*n)++];
		struct history_line h = { .kind = slice_str(kind),
			.rec = id,
			.version = row_int(&r, 1),
			.at = row_int(&r, 2),
			.account = row_int(&r, 3),
			.action = row_slice(&r, 4),
			.data = row_slice(&r, 5),
			.subject = row_int(&r, 6),
			.secret = row_null(&r, 7) ? (struct slice){ NULL, 0 } : row_slice(&r, 7) };

		f->id = row_int(&r, 0);
		*version = h.version;
		history_mac(&scratch, &h, f->mac);
	}
	return rows_end(&r);
}

int
history_forget_tx(struct ctx *cx, struct tx *tx, const char *kind, int64_t id)
{
	unsigned char digest[PROOF_MAC];
	struct forgotten *f;
	int64_t version = 0;
	struct buf all;
	size_t n, i;

	TRY(hash_versions(cx, kind, id, &f, &n, &version));
	if (n == 0)
		return RC_NOTFOUND;
	buf_init(&all, cx->arena, 0);
	buf_str(&all, "forget|");
	for (i = 0; i < n; i++) {
		buf_put(&all, f[i].mac, PROOF_MAC);
		TRY(tx_retain(cx, tx, NULL, "UPDATE history SET mac = $1 WHERE id = $2",
		    VALS(v_blob((struct slice){ (const char *)f[i].mac, PROOF_MAC }),
			v_int(f[i].id))));
	}
	vault_mac(VAULT_HISTORY, all.p, all.n, digest);
	return audit_line_tx(cx, tx,
	    (struct audit_line){ .action = slice_str("forget"),
		.kind = slice_str(kind),
		.rec = id,
		.version = version,
		.digest = { (const char *)digest, PROOF_MAC } });
}
