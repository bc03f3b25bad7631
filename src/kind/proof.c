/* proof.c – the hashes of history and audit, and the two inserts that carry them; see proof.h. */
#include "kind/proof.h"

#include "kind/internal.h"
#include "kind/vault.h"

void
history_mac(struct buf *b, const struct history_line *h, unsigned char out[PROOF_MAC])
{
	b->n = 0;
	/* Lengths stand before the texts, so that no two rows can spell the same bytes. */
	buf_printf(b, "history|%.*s|%lld|%lld|%lld|%lld|%.*s|%lld|%zu|%d|", (int)h->kind.n, h->kind.p,
	    (long long)h->rec, (long long)h->version, (long long)h->at, (long long)h->account,
	    (int)h->action.n, h->action.p, (long long)h->subject, h->data.n, h->secret.p != NULL);
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

static struct slice
text_or_none(const char *s)
{
	return s == NULL ? (struct slice){ NULL, 0 } : slice_str(s);
}

int
audit_proof_tx(struct ctx *cx, struct tx *tx, const char *action, const char *kind, int64_t rec,
    const char *fields, int64_t version, const unsigned char *digest)
{
	struct audit_line l = { .at = cx->now,
		.account = cx->actor->account,
		.rec = rec,
		.version = version,
		.action = slice_str(action),
		.kind = text_or_none(kind),
		.fields = text_or_none(fields),
		.digest = { (const char *)digest, digest == NULL ? 0 : PROOF_MAC } };
	unsigned char mac[PROOF_MAC];
	struct buf b;

	buf_init(&b, cx->arena, 0);
	audit_mac(&b, &l, mac);
	return tx_run(cx, tx, NULL,
	    "INSERT INTO audit (at, account, action, kind, rec, fields, mac, version, digest)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
	    VALS(v_int(l.at), v_int(l.account), v_text(action), v_text(kind), v_int_or(rec, 0),
		v_text(fields), v_blob((struct slice){ (char *)mac, PROOF_MAC }),
		v_int_or(version, 0), v_blob(l.digest)));
}

int
history_put_tx(struct ctx *cx, struct tx *tx, const struct history_line *h, const char *action,
    const char *fields)
{
	const char *kind = arena_strn(cx->arena, h->kind.p, h->kind.n);
	unsigned char mac[PROOF_MAC];
	struct val data = v_blob(h->data), how = v_blob(h->action);
	struct buf b;

	data.t = how.t = V_TEXT;
	buf_init(&b, cx->arena, 0);
	history_mac(&b, h, mac);
	TRY(tx_run(cx, tx, NULL,
	    "INSERT INTO history (kind, rec, version, at, account, action, data, subject, secret,"
	    " mac) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
	    VALS(v_text(kind), v_int(h->rec), v_int(h->version), v_int(h->at), v_int(h->account),
		how, data, v_int_or(h->subject, 0), v_blob(h->secret),
		v_blob((struct slice){ (char *)mac, PROOF_MAC }))));
	return audit_proof_tx(cx, tx, action, kind, h->rec, fields, h->version, mac);
}

int
kind_removed_tx(
    struct ctx *cx, struct tx *tx, const struct kind *k, const void *rec, const char *fields)
{
	const struct rec *h = rec;

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
	return history_tx(cx, tx, k, rec, rec, action, fields);
}
