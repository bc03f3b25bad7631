/* idempotency.c – see idempotency.h. Expired rows count as absent and give way to the next use of
 * their key, so nothing depends on when the purge ran. */
#include <sodium.h>

#include "core/idempotency.h"

static int
check_key(struct ctx *cx, const char *key)
{
	size_t i, n = key == NULL ? 0 : strlen(key);

	for (i = 0; i < n && key[i] > ' ' && key[i] < 0x7f; i++)
		;
	if (n >= 1 && n <= 255 && i == n)
		return RC_OK;
	fail_field(
	    cx, "Idempotency-Key", N_("The key must have 1 to 255 visible ASCII characters."));
	return RC_INVALID;
}

static const char *
body_digest(struct ctx *cx, struct slice body)
{
	unsigned char digest[32];
	char *hex = arena_alloc(cx->arena, 65);

	crypto_generichash(digest, sizeof digest,
	    (const unsigned char *)(body.p == NULL ? "" : body.p), body.n, NULL, 0);
	return sodium_bin2hex(hex, 65, digest, sizeof digest);
}

int
idempotency_find(struct ctx *cx, const struct idempotency *in, struct idempotency_answer *out)
{
	AUTO_ROWS r = { 0 };
	struct idempotency_answer a;
	const char *digest;

	TRY(check_key(cx, in->key));
	TRY(db_rows(cx, &r,
	    "SELECT digest, status, answer FROM idempotency WHERE token = $1 AND route = $2 AND "
	    "ikey = $3 AND at > $4",
	    VALS(v_int(cx->actor->token), v_text(in->route), v_text(in->key),
		v_int(cx->now - IDEMPOTENCY_LIFE_US))));
	if (!rows_next(&r)) {
		TRY(rows_end(&r));
		return RC_NOTFOUND;
	}
	digest = row_text(&r, 0);
	a = (struct idempotency_answer){ (int)row_int(&r, 1), row_text(&r, 2) };
	TRY(rows_end(&r));
	if (strcmp(digest, body_digest(cx, in->body)) != 0)
		return fail(cx, RC_CONFLICT,
		    N_("This Idempotency-Key was used with another request already."));
	*out = a;
	return RC_OK;
}

int
idempotency_keep_tx(struct ctx *cx, struct tx *tx, const struct idempotency *in,
    const struct idempotency_answer *answer)
{
	TRY(check_key(cx, in->key));
	TRY(tx_run(cx, tx, NULL,
	    "DELETE FROM idempotency WHERE token = $1 AND route = $2 AND ikey = $3 AND at <= $4",
	    VALS(v_int(cx->actor->token), v_text(in->route), v_text(in->key),
		v_int(cx->now - IDEMPOTENCY_LIFE_US))));
	return tx_run(cx, tx, NULL,
	    "INSERT INTO idempotency (token, route, ikey, digest, at, status, answer)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7)",
	    VALS(v_int(cx->actor->token), v_text(in->route), v_text(in->key),
		v_text(body_digest(cx, in->body)), v_int(cx->now), v_int(answer->status),
		v_text(answer->body == NULL ? "" : answer->body)));
}

static int
purge_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	return tx_run(cx, tx, arg,
	    "DELETE FROM idempotency WHERE (token, route, ikey) IN"
	    " (SELECT token, route, ikey FROM idempotency WHERE at <= $1 ORDER BY at LIMIT 1000)",
	    VALS(v_int(cx->now - IDEMPOTENCY_LIFE_US)));
}

int
idempotency_purge(struct ctx *cx, int64_t *purged)
{
	int64_t n = 0;

	TRY(db_write(cx, purge_fn, &n));
	if (purged != NULL)
		*purged = n;
	return RC_OK;
}
