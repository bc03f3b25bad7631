/* second.c – see second.h. Codes are computed by liboath, which is given the secret in bytes and nothing
 * else; secrets are drawn and sealed before the write, since a write function may run twice. */
#include "core/second.h"

#include <oath.h>
#include <sodium.h>
#include <stdlib.h>

#include "core/inner.h"
#include "core/session.h"
#include "kind/vault.h"
#include "text/url.h"

enum { SECRET = 20, DIGITS = 6 };
#define BEGUN_LIFE_US (3600 * US_PER_SECOND)

/* ---- the setting ---- */

/* The next word of a list parted by spaces or commas; NULL at its end. */
static const char *
next_word(const char **p, size_t *n)
{
	const char *s = *p + strspn(*p, " ,");

	*n = strcspn(s, " ,");
	*p = s + *n;
	return *n == 0 ? NULL : s;
}

bool
second_needed(const char *setting, enum role role)
{
	const char *p = setting == NULL ? "" : setting, *word, *code = role_code(role);
	size_t n;

	while ((word = next_word(&p, &n)) != NULL)
		if (strlen(code) == n && strncmp(code, word, n) == 0)
			return true;
	return false;
}

const char *
second_roles_error(const char *setting)
{
	const char *p = setting, *word;
	size_t n;

	while ((word = next_word(&p, &n)) != NULL) {
		char code[16] = "";
		enum role role;

		if (n < sizeof code)
			memcpy(code, word, n);
		if (!role_parse(code, &role))
			return N_("Write codes of roles with spaces between: member leader clerk "
				  "head auditor admin.");
	}
	return NULL;
}

/* ---- state ---- */

int
second_is_on(struct ctx *cx, int64_t account, bool *on)
{
	int64_t at;
	int rc = db_int(
	    cx, &at, "SELECT on_at FROM account_totp WHERE account = $1", VALS(v_int(account)));

	*on = rc == RC_OK && at != 0;
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

int
second_state(struct ctx *cx, int64_t account, struct second_state *out)
{
	AUTO_ROWS r = { 0 };

	*out = (struct second_state){ 0 };
	TRY(own_or_users(cx, account));
	TRY(db_rows(cx, &r,
	    "SELECT t.on_at, (SELECT count(*) FROM account_recovery c WHERE c.account = t.account "
	    "AND c.used_at IS NULL) FROM account_totp t WHERE t.account = $1",
	    VALS(v_int(account))));
	if (rows_next(&r))
		*out = (struct second_state){ row_int(&r, 0) != 0, row_int(&r, 0),
			(int)row_int(&r, 1) };
	return rows_end(&r);
}

static int
off_now(struct ctx *cx)
{
	return fail(cx, RC_RULE, N_("The second factor is off."));
}

/* A page of one's own: signed in, and not with a token. */
static int
own_page(struct ctx *cx)
{
	if (cx->actor->account == 0 || cx->actor->token != 0)
		return fail(
		    cx, RC_DENIED, N_("The second factor is changed by its owner, signed in."));
	return RC_OK;
}

/* ---- secrets ---- */

static const char *
place_of(struct ctx *cx, int64_t account)
{
	return arena_printf(cx->arena, "account_totp:%lld", (long long)account);
}

struct stored {
	bool there;
	int64_t on_at, made_at, step;
	struct slice secret; /* open */
};

static int
load(struct ctx *cx, int64_t account, struct stored *s)
{
	AUTO_ROWS r = { 0 };
	struct slice sealed = { 0 };

	*s = (struct stored){ 0 };
	TRY(db_rows(cx, &r,
	    "SELECT secret, on_at, made_at, step FROM account_totp WHERE account = $1",
	    VALS(v_int(account))));
	if (rows_next(&r)) {
		struct slice got = row_slice(&r, 0);

		sealed = (struct slice){ arena_copy(cx->arena, got.p, got.n), got.n };
		*s = (struct stored){ true, row_int(&r, 1), row_int(&r, 2), row_int(&r, 3), { 0 } };
	}
	TRY(rows_end(&r));
	if (!s->there)
		return RC_OK;
	if (vault_unseal_own(cx->arena, VAULT_ACCOUNT, place_of(cx, account), sealed, &s->secret) !=
		RC_OK ||
	    s->secret.n != SECRET)
		return fail(cx, RC_STORAGE, "%s", "a second factor does not open with this key");
	return RC_OK;
}

/* The step that the six digits belong to, behind `used`; 0 = none in the window. */
static int64_t
step_of(const struct stored *s, const char *code, int64_t now)
{
	int64_t here = now / US_PER_SECOND / SECOND_STEP_S, step, found = 0;
	char want[DIGITS + 1];

	if (strlen(code) != DIGITS || strspn(code, "0123456789") != DIGITS)
		return 0;
	for (step = here - SECOND_WINDOW; step <= here + SECOND_WINDOW; step++)
		if (oath_hotp_generate(s->secret.p, s->secret.n, (uint64_t)step, DIGITS, false,
			OATH_HOTP_DYNAMIC_TRUNCATION, want) == OATH_OK &&
		    sodium_memcmp(want, code, DIGITS) == 0 && step > s->step)
			found = step;
	return found;
}

/* ---- recovery codes ---- */

static const char *
recovery_digest(struct ctx *cx, int64_t account, const char *code)
{
	return vault_mac_hex(cx->arena, VAULT_ACCOUNT,
	    arena_printf(
		cx->arena, "recovery|%lld|%s", (long long)account, code_bare(cx->arena, code)));
}

static void
draw_codes(struct ctx *cx, const char **codes)
{
	int i;

	/* "xxxx-xxxx-xxxx-…": three groups are 60 bits. */
	for (i = 0; i < SECOND_CODES; i++)
		codes[i] = arena_strn(cx->arena, password_draw(cx->arena), 14);
}

static int
put_codes_tx(struct ctx *cx, struct tx *tx, int64_t account, const char **codes)
{
	int i;

	TRY(tx_run(
	    cx, tx, NULL, "DELETE FROM account_recovery WHERE account = $1", VALS(v_int(account))));
	for (i = 0; i < SECOND_CODES; i++)
		TRY(tx_run(cx, tx, NULL,
		    "INSERT INTO account_recovery (account, digest, made_at) VALUES ($1, $2, $3)",
		    VALS(v_int(account), v_text(recovery_digest(cx, account, codes[i])),
			v_int(cx->now))));
	return RC_OK;
}

static int
take_recovery_tx(
    struct ctx *cx, struct tx *tx, int64_t account, const char *code, bool *good, int *left)
{
	int64_t changed, n;

	TRY(tx_run(cx, tx, &changed,
	    "UPDATE account_recovery SET used_at = $1 WHERE account = $2 AND digest = $3 AND "
	    "used_at IS NULL",
	    VALS(v_int(cx->now), v_int(account), v_text(recovery_digest(cx, account, code)))));
	*good = changed > 0;
	if (!*good)
		return RC_OK;
	TRY(db_int(cx, &n,
	    "SELECT count(*) FROM account_recovery WHERE account = $1 AND used_at IS NULL",
	    VALS(v_int(account))));
	*left = (int)n;
	return audit_tx(cx, tx, "recovery_code", "account", account, NULL);
}

int
second_take_tx(
    struct ctx *cx, struct tx *tx, int64_t account, const char *code, const char **how, int *left)
{
	const char *typed = code_bare(cx->arena, code);
	struct stored s;
	int64_t step;
	bool good;

	*how = NULL;
	*left = -1;
	TRY(load(cx, account, &s));
	if (!s.there || s.on_at == 0)
		return RC_OK;
	step = step_of(&s, typed, cx->now);
	if (step != 0) {
		*how = "code";
		return tx_run(cx, tx, NULL, "UPDATE account_totp SET step = $1 WHERE account = $2",
		    VALS(v_int(step), v_int(account)));
	}
	TRY(take_recovery_tx(cx, tx, account, typed, &good, left));
	if (good)
		*how = "recovery";
	return RC_OK;
}

/* ---- beginning ---- */

static const char *
base32_groups(struct ctx *cx, struct slice secret, const char **plain)
{
	static const char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	const unsigned char *p = (const unsigned char *)secret.p;
	struct buf groups, all;
	size_t i;

	buf_init(&groups, cx->arena, 0);
	buf_init(&all, cx->arena, 0);
	/* Twenty bytes are 32 signs of five bits; none is cut. */
	for (i = 0; i < secret.n * 8 / 5; i++) {
		size_t bit = i * 5, at = bit / 8;
		unsigned two = (unsigned)p[at] << 8 | (at + 1 < secret.n ? p[at + 1] : 0U);
		char c = signs[two >> (11 - bit % 8) & 31];

		if (i > 0 && i % 4 == 0)
			buf_char(&groups, ' ');
		buf_char(&groups, c);
		buf_char(&all, c);
	}
	*plain = all.p;
	return groups.p;
}

static const char *
otpauth(struct ctx *cx, const char *issuer, const char *secret)
{
	struct buf b;

	buf_init(&b, cx->arena, 0);
	buf_str(&b, "otpauth://totp/");
	url_encode(&b, issuer);
	buf_char(&b, ':');
	url_encode(&b, cx->actor->login);
	buf_printf(&b, "?secret=%s&issuer=", secret);
	url_encode(&b, issuer);
	buf_str(&b, "&algorithm=SHA1&digits=6&period=30");
	return b.p;
}

struct begin {
	struct slice sealed;
};

static int
begin_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct begin *b = arg;

	TRY(tx_run(cx, tx, NULL,
	    "INSERT INTO account_totp (account, secret, made_at, on_at, step) VALUES ($1, $2, $3, "
	    "NULL, 0) ON CONFLICT (account) DO UPDATE SET secret = excluded.secret, made_at = "
	    "excluded.made_at, step = 0 WHERE account_totp.on_at IS NULL",
	    VALS(v_int(cx->actor->account), v_blob(b->sealed), v_int(cx->now))));
	return RC_OK;
}

int
second_begin(struct ctx *cx, const char *issuer, struct second_secret *out)
{
	char random[SECRET];
	struct stored s;
	const char *plain;

	TRY(own_page(cx));
	TRY(load(cx, cx->actor->account, &s));
	db_end(cx);
	if (s.there && s.on_at != 0)
		return fail(cx, RC_RULE, N_("The second factor is on already."));
	/* Reloading the page must not change what the device was just told. */
	if (!s.there || cx->now - s.made_at > BEGUN_LIFE_US || s.made_at > cx->now) {
		struct begin b;

		randombytes_buf(random, sizeof random);
		s.secret = (struct slice){ arena_copy(cx->arena, random, SECRET), SECRET };
		sodium_memzero(random, sizeof random);
		b.sealed = vault_seal_own(
		    cx->arena, VAULT_ACCOUNT, place_of(cx, cx->actor->account), s.secret);
		TRY(db_write(cx, begin_fn, &b));
	}
	out->groups = base32_groups(cx, s.secret, &plain);
	out->uri = otpauth(cx, issuer, plain);
	return RC_OK;
}

/* ---- on, new codes, off ---- */

struct turn_on {
	const char *code, **codes;
	bool good;
};

static int
on_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct turn_on *t = arg;
	int64_t me = cx->actor->account, step;
	struct stored s;

	t->good = false;
	TRY(load(cx, me, &s));
	if (!s.there || s.on_at != 0)
		return fail(
		    cx, RC_RULE, N_("Open the page anew: the secret is no longer the same."));
	step = step_of(&s, code_bare(cx->arena, t->code), cx->now);
	if (step == 0)
		return RC_OK;
	t->good = true;
	TRY(tx_run(cx, tx, NULL, "UPDATE account_totp SET on_at = $1, step = $2 WHERE account = $3",
	    VALS(v_int(cx->now), v_int(step), v_int(me))));
	TRY(put_codes_tx(cx, tx, me, t->codes));
	TRY(session_end_all_tx(cx, tx, me, cx->actor->session, NULL));
	return audit_tx(cx, tx, "second_on", "account", me, NULL);
}

int
second_on(struct ctx *cx, const char *password, const char *code, const char **codes)
{
	struct turn_on t = { code == NULL ? "" : code, codes, false };

	TRY(own_page(cx));
	TRY(password_prove(cx, cx->actor->account, password == NULL ? "" : password, "password"));
	draw_codes(cx, codes);
	TRY(db_write(cx, on_fn, &t));
	if (t.good)
		return RC_OK;
	fail_field(cx, "code",
	    N_("This code does not fit. Look at the device's clock, and type the code that it "
	       "shows "
	       "now."));
	return RC_INVALID;
}

static int
codes_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	bool on;

	TRY(second_is_on(cx, cx->actor->account, &on));
	if (!on)
		return off_now(cx);
	TRY(put_codes_tx(cx, tx, cx->actor->account, arg));
	return audit_tx(cx, tx, "recovery_codes", "account", cx->actor->account, NULL);
}

int
second_codes(struct ctx *cx, const char *password, const char **codes)
{
	TRY(own_page(cx));
	TRY(password_prove(cx, cx->actor->account, password == NULL ? "" : password, "password"));
	draw_codes(cx, codes);
	return db_write(cx, codes_fn, codes);
}

static int
off_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const int64_t account = *(const int64_t *)arg;
	int64_t changed;

	TRY(tx_run(
	    cx, tx, &changed, "DELETE FROM account_totp WHERE account = $1", VALS(v_int(account))));
	if (changed == 0)
		return off_now(cx);
	TRY(tx_run(
	    cx, tx, NULL, "DELETE FROM account_recovery WHERE account = $1", VALS(v_int(account))));
	TRY(session_end_all_tx(cx, tx, account, cx->actor->session, NULL));
	return audit_tx(cx, tx, "second_off", "account", account, NULL);
}

/* Whether any role of the own account must have it. */
static int
own_needed(struct ctx *cx)
{
	const char *value;
	struct account_role *r;
	size_t n, i;
	int rc =
	    db_text(cx, &value, "SELECT value FROM setting WHERE name = 'second_factor'", NO_VALS);

	if (rc == RC_NOTFOUND)
		return RC_OK;
	TRY(rc);
	TRY(account_roles(cx, cx->actor->account, &r, &n));
	db_end(cx);
	for (i = 0; i < n; i++) {
		enum role role;

		if (role_parse(r[i].role, &role) && second_needed(value, role))
			return fail(cx, RC_RULE, N_("Your role must have the second factor."));
	}
	return RC_OK;
}

int
second_off(struct ctx *cx, int64_t account, const char *password)
{
	bool own = cx->actor->account != 0 && cx->actor->account == account;

	TRY(own_or_users(cx, account));
	if (cx->actor->token != 0)
		return fail(
		    cx, RC_DENIED, N_("The second factor is changed by its owner, signed in."));
	if (own) {
		TRY(own_needed(cx));
		TRY(password_prove(cx, account, password == NULL ? "" : password, "password"));
	}
	return db_write(cx, off_fn, (void *)(uintptr_t)&account);
}
