/* comment_own.c – a comment in its author's hands: found by its secret, removed; and what goes when terms are over. */
#include "kind/vault.h"
#include "mod/comment/comment_inner.h"
#include "text/ticket_code.h"

enum {
	MAC_BYTES = 16,
	MAC_SYMBOLS = 26,
	KEEP_DAYS = 30,	      /* after the last decision */
	UNDECIDED_DAYS = 180, /* after a comment about which nobody decided */
	PURGE = 500
};

/* Derived from D.key and what does not change, so it lies nowhere. 128 bits. RULE comment-13 */
const char *
comment_secret(struct arena *a, const struct comment *c)
{
	const char *what = arena_printf(a, "comment|%lld|%lld|%lld", (long long)c->rec.id,
	    (long long)c->article, (long long)c->rec.created_at);
	unsigned char mac[32];
	char symbols[MAC_SYMBOLS + 1];

	vault_mac(VAULT_TICKET, what, strlen(what), mac);
	crockford_write(mac, MAC_BYTES, symbols);
	return arena_printf(a, "%s-%lld", symbols, (long long)c->rec.id);
}

/* Whether or not there is anything left of it. */
static int
of_secret(struct ctx *cx, const char *secret, struct comment *out)
{
	int64_t id;

	if (secret == NULL || strlen(secret) <= MAC_SYMBOLS + 1 || secret[MAC_SYMBOLS] != '-' ||
	    !num_parse(secret + MAC_SYMBOLS + 1, &id) || id < 1)
		return RC_NOTFOUND;
	TRY(kind_load(cx, &comment_kind, id, out));
	return vault_equal(secret, comment_secret(cx->arena, out)) ? RC_OK : RC_NOTFOUND;
}

int
comment_by_secret(struct ctx *cx, const char *secret, struct comment *out)
{
	TRY(of_secret(cx, secret, out));
	return out->text == NULL ? RC_NOTFOUND : RC_OK;
}

int
comment_cut_tx(struct ctx *cx, struct tx *tx, int64_t id, int upto, struct cut_sums *sums)
{
	(void)upto;
	TRY(comment_origin_drop_tx(cx, tx, id));
	/* No field refers to a person: what is counted stays all the same. */
	return kind_cut_tx(cx, tx, &comment_kind, id, "", sums);
}

/* RULE comment-14 */
const struct cut_term comment_terms[] = {
	{ "keep_comments",
	    "SELECT id FROM comment WHERE ((state = 'refused' AND decided_on <= $1) OR (state = "
	    "'waiting' AND entered_on <= $1)) AND text IS NOT NULL ORDER BY id LIMIT 50",
	    comment_cut_tx, NULL },
	{ NULL, NULL, NULL, NULL },
};

/* RULE comment-13: that it was refused, why, when and by whom is no word of the author's: it stays. */
static int
withdraw(struct ctx *cx, struct tx *tx, struct comment *c)
{
	struct cut_sums sums = { 0 };

	c->state = "withdrawn";
	TRY(kind_update_tx(cx, tx, &comment_kind, c));
	TRY(comment_origin_forget_tx(cx, tx, c->rec.id));
	return kind_cut_tx(cx, tx, &comment_kind, c->rec.id, "", &sums);
}

static int
withdraw_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct actor *who = cx->actor;
	struct actor house = comment_house(who);
	struct comment c;
	int rc;

	TRY(kind_load(cx, &comment_kind, *(const int64_t *)arg, &c));
	if (strcmp(c.state, "withdrawn") == 0)
		return RC_OK; /* two clicks */
	if (c.text == NULL)
		return RC_NOTFOUND;
	cx->actor = &house;
	rc = withdraw(cx, tx, &c);
	cx->actor = who;
	return rc;
}

int
comment_withdraw(struct ctx *cx, const char *secret, int64_t *article)
{
	struct comment c;
	int64_t key;

	TRY(of_secret(cx, secret, &c));
	*article = c.article;
	key = comment_key(c.article);
	return db_write_keys(cx, &key, 1, withdraw_fn, &c.rec.id);
}

/* ---- what lies apart ---- */

/* $1 = the last day that is kept, $2 = of those that nobody decided about, $3 = today: what is left of a removed one
 * counts for its day alone. */
#define OVER                                                                                    \
	"FROM comment_origin o JOIN comment c ON c.id = o.comment WHERE o.entered_on < $3 AND " \
	"(c.state = 'withdrawn' OR (o.entered_on < $1 AND ((c.decided_on IS NULL AND "          \
	"o.entered_on < $2) OR (c.decided_on IS NOT NULL AND c.decided_on < $1 AND "            \
	"(c.replied_on IS NULL OR c.replied_on < $1)))))"

static int
purge_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	int64_t *n = arg, rules;
	int kept = day_add(cx->today, -KEEP_DAYS), undecided = day_add(cx->today, -UNDECIDED_DAYS);

	TRY(tx_run(cx, tx, n,
	    "DELETE FROM comment_origin WHERE comment IN (SELECT o.comment " OVER
	    " ORDER BY o.comment LIMIT $4)",
	    VALS(v_int(kept), v_int(undecided), v_int(cx->today), v_int(PURGE))));
	TRY(tx_run(cx, tx, NULL,
	    "DELETE FROM comment_sent WHERE NOT EXISTS (SELECT 1 FROM comment_origin o WHERE "
	    "o.comment = comment_sent.comment)",
	    NO_VALS));
	TRY(tx_run(cx, tx, &rules,
	    "DELETE FROM comment_rule WHERE coalesce(ended_on, until_day) < $1",
	    VALS(v_int(kept))));
	*n += rules;
	return RC_OK;
}

/* Asked before written, since it is asked each minute. */
int
comment_purge(struct ctx *cx, int64_t *n)
{
	int64_t due;

	*n = 0;
	TRY(db_int(cx, &due,
	    "SELECT (SELECT count(*) " OVER
	    ") + (SELECT count(*) FROM comment_rule WHERE coalesce(ended_on, until_day) < $1)",
	    VALS(v_int(day_add(cx->today, -KEEP_DAYS)), v_int(day_add(cx->today, -UNDECIDED_DAYS)),
		v_int(cx->today))));
	return due == 0 ? RC_OK : db_write(cx, purge_fn, n);
}
