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

int
challenge_by_secret(struct ctx *cx, const char *secret, struct challenge_entry *out)
{
	struct challenge_entry e;
	int64_t id;

	if (secret == NULL || strlen(secret) <= MAC_SYMBOLS + 1 || secret[MAC_SYMBOLS] != '-' ||
	    !num_parse(secret + MAC_SYMBOLS + 1, &id) || id < 1)
		return RC_NOTFOUND;
	TRY(kind_load(cx, &challenge_entry_kind, id, &e));
	if (!vault_equal(secret, challenge_secret(cx->arena, &e)) || e.given == NULL)
		return RC_NOTFOUND;
	*out = e;
	return RC_OK;
}

int
challenge_expire_tx(struct ctx *cx, struct tx *tx, int64_t id, struct cut_sums *sums)
{
	TRY(tx_run(cx, tx, NULL, "DELETE FROM challenge_sent WHERE entry = $1", VALS(v_int(id))));
	/* No field refers to a person: what is counted stays all the same. */
	return kind_cut_tx(cx, tx, &challenge_entry_kind, id, "", sums);
}

static int
withdraw(struct ctx *cx, struct tx *tx, struct challenge_entry *e)
{
	struct cut_sums sums = { 0 };

	e->state = "withdrawn";
	e->reason = NULL;
	TRY(kind_update_tx(cx, tx, &challenge_entry_kind, e));
	return challenge_expire_tx(cx, tx, e->rec.id, &sums);
}

static int
withdraw_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct actor *who = cx->actor;
	struct actor house = challenge_house(who);
	struct challenge_entry e;
	int rc;

	TRY(kind_load(cx, &challenge_entry_kind, *(const int64_t *)arg, &e));
	if (e.given == NULL || strcmp(e.state, "withdrawn") == 0)
		return fail(cx, RC_RULE, N_("There is nothing left to withdraw."));
	cx->actor = &house;
	rc = withdraw(cx, tx, &e);
	cx->actor = who;
	return rc;
}

int
challenge_withdraw(struct ctx *cx, int64_t id)
{
	struct challenge_entry e;
	int64_t key;

	TRY(kind_load(cx, &challenge_entry_kind, id, &e));
	key = challenge_key(e.challenge);
	return db_write_keys(cx, &key, 1, withdraw_fn, &id);
}
