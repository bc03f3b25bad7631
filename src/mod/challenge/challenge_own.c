/* challenge_own.c – an entry in its author's hands: found by its secret, taken back; and what is cut when its
 * term is over. */
#include "mod/challenge/challenge_inner.h"

#include <string.h>

#include "kind/cut.h"
#include "kind/vault.h"
#include "text/ticket_code.h"

enum { MAC_BYTES = 16, MAC_SYMBOLS = 26 };

/* Derived from D.key and what does not change, so it lies nowhere and cannot be read out of the database or a
 * backup. 128 bits. RULE challenge-5 */
const char *
challenge_secret(struct arena *a, const struct challenge_entry *e)
{
	const char *what = arena_printf(a, "challenge|%lld|%lld|%lld", (long long)e->rec.id,
	    (long long)e->challenge, (long long)e->rec.created_at);
	unsigned char mac[32];
	char symbols[MAC_SYMBOLS + 1];

	vault_mac(VAULT_TICKET, what, strlen(what), mac);
	crockford_write(mac, MAC_BYTES, symbols);
	return arena_printf(a, "%s-%lld", symbols, (long long)e->rec.id);
}

/* Whether or not there is anything left of it. */
static int
of_secret(struct ctx *cx, const char *secret, struct challenge_entry *out)
{
	int64_t id;

	if (secret == NULL || strlen(secret) <= MAC_SYMBOLS + 1 || secret[MAC_SYMBOLS] != '-' ||
	    !num_parse(secret + MAC_SYMBOLS + 1, &id) || id < 1)
		return RC_NOTFOUND;
	TRY(kind_load(cx, &challenge_entry_kind, id, out));
	return vault_equal(secret, challenge_secret(cx->arena, out)) ? RC_OK : RC_NOTFOUND;
}

int
challenge_by_secret(struct ctx *cx, const char *secret, struct challenge_entry *out)
{
	TRY(of_secret(cx, secret, out));
	return out->given == NULL ? RC_NOTFOUND : RC_OK;
}

int
challenge_expire_tx(struct ctx *cx, struct tx *tx, int64_t id, int upto, struct cut_sums *sums)
{
	(void)upto;
	TRY(tx_run(cx, tx, NULL, "DELETE FROM challenge_sent WHERE entry = $1", VALS(v_int(id))));
	/* No field refers to a person: what is counted stays all the same. */
	return kind_cut_tx(cx, tx, &challenge_entry_kind, id, "", sums);
}

const struct cut_term challenge_terms[] = {
	{ "keep_signups",
	    "SELECT t.id FROM challenge_entry t JOIN challenge c ON c.id = t.challenge WHERE "
	    "c.to_day <= $1 AND t.given IS NOT NULL ORDER BY t.id LIMIT 50",
	    challenge_expire_tx, NULL },
	{ NULL, NULL, NULL, NULL },
};

static int
withdraw(struct ctx *cx, struct tx *tx, struct challenge_entry *e)
{
	struct cut_sums sums = { 0 };

	e->state = "withdrawn";
	e->reason = NULL;
	TRY(kind_update_tx(cx, tx, &challenge_entry_kind, e));
	return challenge_expire_tx(cx, tx, e->rec.id, 0, &sums);
}

static int
withdraw_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct actor *who = cx->actor;
	struct actor house = challenge_house(who);
	struct challenge_entry e;
	int rc;

	TRY(kind_load(cx, &challenge_entry_kind, *(const int64_t *)arg, &e));
	if (strcmp(e.state, "withdrawn") == 0)
		return RC_OK; /* two clicks */
	if (e.given == NULL)
		return RC_NOTFOUND;
	cx->actor = &house;
	rc = withdraw(cx, tx, &e);
	cx->actor = who;
	return rc;
}

int
challenge_withdraw(struct ctx *cx, const char *secret, int64_t *challenge)
{
	struct challenge_entry e;
	int64_t key;

	TRY(of_secret(cx, secret, &e));
	*challenge = e.challenge;
	key = challenge_key(e.challenge);
	return db_write_keys(cx, &key, 1, withdraw_fn, &e.rec.id);
}
