/* comment_sender.c – who sent a comment, as far as a keyed hash can tell; what a moderator said of a sender once for
 * all; and the letter to the author.
 *
 * Nothing here leaves the house: the address for letters is sealed under a key of its own and opened only to write one,
 * the hashes are keyed with D.key, so that nobody can try addresses against them. RULE comment-8 … comment-10.
 *
 * An e-mail address is no secret, and nobody proves that it is theirs: it can bring a ban, but no trust. Trust goes with
 * the secret address of an earlier comment alone (ADR 0040). */
#include "core/outbox.h"
#include "core/session.h"
#include "core/setting.h"
#include "kind/vault.h"
#include "mod/comment/comment_inner.h"

/* ---- keyed hashes ---- */

static const char *
mac(struct arena *a, const char *sort, const char *what)
{
	return vault_mac_hex(a, VAULT_COMMENT, arena_printf(a, "%s|%s", sort, what));
}

/* Capitals are one address with small letters for nearly every server. */
const char *
comment_mail_mac(struct arena *a, const char *mail)
{
	char *small;
	size_t i;

	if (mail == NULL)
		return NULL;
	small = arena_str(a, mail);
	for (i = 0; small[i] != '\0'; i++)
		if (small[i] >= 'A' && small[i] <= 'Z')
			small[i] = (char)(small[i] + ('a' - 'A'));
	return mac(a, "mail", small);
}

const char *
comment_address_mac(struct ctx *cx, const char *peer)
{
	const char *network = network_of(cx, peer);

	/* "unix": many behind one door */
	return strpbrk(network, ".:") == NULL ? NULL : mac(cx->arena, "address", network);
}

const char *
comment_author_mac(struct arena *a, int64_t first)
{
	return first == 0 ? NULL : mac(a, "author", arena_printf(a, "%lld", (long long)first));
}

/* ---- what lies apart ---- */

static const char *
mail_place(struct arena *a, int64_t comment)
{
	return arena_printf(a, "comment_origin.mail:%lld", (long long)comment);
}

int
comment_origin_put_tx(
    struct ctx *cx, struct tx *tx, const struct comment *c, const struct comment_sender *s)
{
	struct slice sealed = { 0 };

	if (s->mail != NULL)
		sealed = vault_seal_own(
		    cx->arena, VAULT_COMMENT, mail_place(cx->arena, c->rec.id), slice_str(s->mail));
	return tx_run(cx, tx, NULL,
	    "INSERT INTO comment_origin (comment, lang, mail, mail_mac, address_mac, entered_on) "
	    "VALUES ($1, $2, $3, $4, $5, $6)",
	    VALS(v_int(c->rec.id), v_text(lang_code(cx->lang)), v_blob(sealed), v_text(s->mail_mac),
		v_text(s->address_mac), v_int(c->entered_on)));
}

int
comment_origin_of(struct ctx *cx, const struct comment *c, struct comment_sender *out)
{
	AUTO_ROWS r = { 0 };

	*out = (struct comment_sender){ .author_mac = comment_author_mac(
					    cx->arena, c->first != 0 ? c->first : c->rec.id) };
	TRY(db_rows(cx, &r, "SELECT mail_mac, address_mac FROM comment_origin WHERE comment = $1",
	    VALS(v_int(c->rec.id))));
	if (rows_next(&r)) {
		out->mail_mac = row_text(&r, 0);
		out->address_mac = row_text(&r, 1);
	}
	return rows_end(&r);
}

int
comment_origin_drop_tx(struct ctx *cx, struct tx *tx, int64_t comment)
{
	TRY(tx_run(
	    cx, tx, NULL, "DELETE FROM comment_sent WHERE comment = $1", VALS(v_int(comment))));
	return tx_run(
	    cx, tx, NULL, "DELETE FROM comment_origin WHERE comment = $1", VALS(v_int(comment)));
}

/* What limits and repeated forms are counted by stays until its day is over, or removing would begin the count anew. */
int
comment_origin_forget_tx(struct ctx *cx, struct tx *tx, int64_t comment)
{
	return tx_run(cx, tx, NULL,
	    "UPDATE comment_origin SET mail = NULL, mail_mac = NULL WHERE comment = $1",
	    VALS(v_int(comment)));
}

/* ---- once for all ---- */

int
comment_banned(struct ctx *cx, const struct comment_sender *s, int *until)
{
	int64_t day;

	TRY(db_int(cx, &day,
	    "SELECT max(until_day) FROM comment_rule WHERE verdict = 'banned' AND ended_on IS NULL "
	    "AND until_day >= $1 AND mac IN ($2, $3, $4)",
	    VALS(v_int(cx->today), v_text(s->mail_mac), v_text(s->address_mac),
		v_text(s->author_mac))));
	*until = (int)day;
	return RC_OK;
}

int
comment_trusted(struct ctx *cx, const struct comment_sender *s, int64_t *moderator)
{
	int rc;

	*moderator = 0;
	if (s->author_mac == NULL)
		return RC_OK;
	rc = db_int(cx, moderator,
	    "SELECT moderator FROM comment_rule WHERE verdict = 'trusted' AND ended_on IS NULL AND "
	    "moderator IS NOT NULL AND mac = $1 ORDER BY id DESC LIMIT 1",
	    VALS(v_text(s->author_mac)));
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static int
put_rule(
    struct ctx *cx, struct tx *tx, const struct comment *c, const char *const what[3], int until)
{
	if (what[2] == NULL)
		return RC_OK;
	return tx_run(cx, tx, NULL,
	    "INSERT INTO comment_rule (verdict, basis, mac, comment, moderator, made_on, "
	    "until_day) VALUES ($1, $2, $3, $4, $5, $6, $7)",
	    VALS(v_text(what[0]), v_text(what[1]), v_text(what[2]), v_int(c->rec.id),
		v_int_or(cx->actor->account, 0), v_int(cx->today), v_int_or(until, 0)));
}

int
comment_rule_put_tx(struct ctx *cx, struct tx *tx, const struct comment *c, bool ban)
{
	struct comment_sender s;
	int64_t days;
	int until;

	TRY(comment_origin_of(cx, c, &s));
	if (!ban) {
		TRY(put_rule(
		    cx, tx, c, (const char *const[]){ "trusted", "author", s.author_mac }, 0));
		return audit_tx(cx, tx, "trust", "comment", c->rec.id, NULL);
	}
	/* Or the author would be trusted again when the ban is over. */
	TRY(tx_run(cx, tx, NULL,
	    "UPDATE comment_rule SET ended_on = $1, ended_by = $2 WHERE ended_on IS NULL AND "
	    "verdict "
	    "= 'trusted' AND mac = $3",
	    VALS(v_int(cx->today), v_int_or(cx->actor->account, 0), v_text(s.author_mac))));
	TRY(setting_number(cx, "comment_ban", 30, &days));
	until = day_add(cx->today, (int)days);
	TRY(put_rule(cx, tx, c, (const char *const[]){ "banned", "author", s.author_mac }, until));
	TRY(put_rule(cx, tx, c, (const char *const[]){ "banned", "mail", s.mail_mac }, until));
	TRY(put_rule(
	    cx, tx, c, (const char *const[]){ "banned", "address", s.address_mac }, until));
	return audit_tx(cx, tx, "ban", "comment", c->rec.id, NULL);
}

static int
end_rules(struct ctx *cx, struct tx *tx, int64_t comment, int64_t rule)
{
	int64_t n;

	TRY(tx_run(cx, tx, &n,
	    "UPDATE comment_rule SET ended_on = $1, ended_by = $2 WHERE ended_on IS NULL AND "
	    "(comment = $3 OR id = $4)",
	    VALS(v_int(cx->today), v_int_or(cx->actor->account, 0), v_int(comment), v_int(rule))));
	return n == 0 ? RC_OK : audit_tx(cx, tx, "end", "comment", comment, "comment_rule");
}

int
comment_rules_of_tx(struct ctx *cx, struct tx *tx, int64_t comment)
{
	return end_rules(cx, tx, comment, 0);
}

static int
end_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	return end_rules(cx, tx, 0, *(const int64_t *)arg);
}

int
comment_rule_end(struct ctx *cx, int64_t id)
{
	int64_t n;

	if (!may(cx, CAP_EVENT_APPROVE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	TRY(db_int(cx, &n, "SELECT id FROM comment_rule WHERE id = $1", VALS(v_int(id))));
	return db_write(cx, end_fn, &id);
}

int
comment_rules(struct ctx *cx, struct comment_rule **out, size_t *n)
{
	AUTO_ROWS r = { 0 };

	*n = 0;
	*out = arena_array(cx->arena, struct comment_rule, COMMENT_RULES);
	if (!may(cx, CAP_EVENT_APPROVE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this."));
	TRY(db_rows(cx, &r,
	    "SELECT t.id, t.comment, t.verdict, t.basis, a.name, t.made_on, t.until_day FROM "
	    "comment_rule t LEFT JOIN account a ON a.id = t.moderator WHERE t.ended_on IS NULL AND "
	    "(t.until_day IS NULL OR t.until_day >= $1) ORDER BY t.id DESC LIMIT 200",
	    VALS(v_int(cx->today))));
	while (*n < COMMENT_RULES && rows_next(&r))
		(*out)[(*n)++] = (struct comment_rule){ row_int(&r, 0), row_int(&r, 1),
			row_text(&r, 2), row_text(&r, 3), row_text(&r, 4), (int)row_int(&r, 5),
			(int)row_int(&r, 6) };
	return rows_end(&r);
}

/* ---- the letter ---- */

/* Nothing that a guest typed stands in it: anybody may type anybody's address. */
static int
write_letter(struct ctx *cx, struct tx *tx, const struct comment *c, const char *to,
    const char *base, bool reply)
{
	struct letter_new l = { .to = to };
	const char *place;
	bool written;

	TRY(comment_place(cx, c, &place));
	l.subject = reply ? tr(cx, "The office has replied to your comment")
			  : tr(cx, "Your comment is shown");
	l.text = arena_printf(cx->arena, "%s\n\n%s/%s%s\n\n%s\n%s/%s/comments/own/%s\n",
	    reply ? tr(cx, "The office has replied to your comment under this article:")
		  : tr(cx, "The moderator has read your comment; it stands under this article:"),
	    base, lang_prefix(cx), place,
	    tr(cx, "At this address you can remove it. Keep it to yourself:"), base,
	    lang_prefix(cx), comment_secret(cx->arena, c));
	return outbox_put_tx(cx, tx, &l, &written);
}

int
comment_tell_tx(
    struct ctx *cx, struct tx *tx, const struct comment *c, const char *base, bool reply)
{
	enum lang mine = cx->lang, l = LANG_KK;
	bool latin = cx->latin;
	struct slice mail = { 0 };
	const char *lang = "kk";
	AUTO_ROWS r = { 0 };
	int rc;

	TRY(db_rows(cx, &r,
	    "SELECT lang, mail FROM comment_origin WHERE comment = $1 AND mail IS NOT NULL AND "
	    "(($2 "
	    "= 1 AND replied_at IS NULL) OR ($2 = 0 AND shown_at IS NULL))",
	    VALS(v_int(c->rec.id), v_int(reply ? 1 : 0))));
	if (rows_next(&r)) {
		struct slice s = row_slice(&r, 1);

		lang = row_text(&r, 0);
		mail = (struct slice){ arena_copy(cx->arena, s.p, s.n), s.n };
	}
	TRY(rows_end(&r));
	if (mail.n == 0 || base == NULL)
		return RC_OK;
	TRY(vault_unseal_own(
	    cx->arena, VAULT_COMMENT, mail_place(cx->arena, c->rec.id), mail, &mail));
	(void)!lang_parse(lang, &l);
	cx->lang = l;
	cx->latin = false;
	rc = write_letter(cx, tx, c, arena_strn(cx->arena, mail.p, mail.n), base, reply);
	cx->lang = mine;
	cx->latin = latin;
	TRY(rc);
	return tx_run(cx, tx, NULL,
	    reply ? "UPDATE comment_origin SET replied_at = $1 WHERE comment = $2"
		  : "UPDATE comment_origin SET shown_at = $1 WHERE comment = $2",
	    VALS(v_int(cx->now), v_int(c->rec.id)));
}
