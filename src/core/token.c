/* token.c – see token.h. */
#include <sodium.h>

#include "base/utf8.h"
#include "core/inner.h"
#include "core/session.h"
#include "core/token.h"

enum { BODY = 43, PLAIN = 3 + BODY };

struct making {
	int64_t account, expires_at, role;
	const char *digest, *label, *kinds;
	bool reading;
};

static int
create_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct making *m = arg;
	int64_t id;

	TRY(tx_int(cx, tx, &id,
	    "INSERT INTO api_token (digest, account, label, created_at, expires_at, role, scope, "
	    "kinds) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
	    VALS(v_text(m->digest), v_int(m->account), v_text(m->label), v_int(cx->now),
		v_int(m->expires_at), v_int_or(m->role, 0), v_text(m->reading ? "read" : "write"),
		v_text(m->kinds))));
	return audit_tx(cx, tx, "create", "api_token", id, NULL);
}

/* "a,b  c" → "a b c"; NULL = none. *good: small letters and _ only. */
static const char *
kinds_text(struct ctx *cx, const char *kinds, bool *good)
{
	const char *p = kinds == NULL ? "" : kinds;
	struct buf b;

	*good = strspn(p, "abcdefghijklmnopqrstuvwxyz_ ,") == strlen(p) && strlen(p) <= 1000;
	buf_init(&b, cx->arena, 0);
	while (*good && *(p += strspn(p, " ,")) != '\0') {
		size_t n = strcspn(p, " ,");

		buf_printf(&b, "%s%.*s", b.n == 0 ? "" : " ", (int)n, p);
		p += n;
	}
	return b.n == 0 ? NULL : b.p;
}

static int
check_new(struct ctx *cx, const struct token_new *in)
{
	size_t n = in->label == NULL ? 0 : strlen(in->label);

	if (in->days < 0 || in->days > TOKEN_DAYS_MAX)
		fail_field(cx, "days", N_("The number must lie between %s and %s."), num(cx, 1),
		    num(cx, TOKEN_DAYS_MAX));
	if (n > 0 && !utf8_valid(in->label, n))
		fail_field(cx, "label", N_("The text is broken: it is not valid UTF-8."));
	else if (n > 0 && utf8_len(in->label) > 100)
		fail_field(cx, "label", N_("The text is too long: at most %s characters, now %s."),
		    num(cx, 100), num(cx, (int64_t)utf8_len(in->label)));
	return fields_rc(cx);
}

static int
may_make(struct ctx *cx, int64_t account)
{
	if (cx->actor->role == ROLE_SYSTEM)
		return RC_OK;
	if (cx->actor->account == 0 || cx->actor->account != account || cx->actor->token != 0)
		return fail(
		    cx, RC_DENIED, N_("A token is made by the account's owner, signed in."));
	return RC_OK;
}

static int
find_account(struct ctx *cx, const char *login, int64_t *id)
{
	AUTO_ROWS r = { 0 };
	bool disabled;

	TRY(db_rows(cx, &r, "SELECT id, disabled FROM account WHERE login = $1",
	    VALS(v_text(login == NULL ? "" : login))));
	if (!rows_next(&r)) {
		TRY(rows_end(&r));
		return fail(cx, RC_NOTFOUND, N_("There is no account with this login."));
	}
	*id = row_int(&r, 0);
	disabled = row_int(&r, 1) != 0;
	TRY(rows_end(&r));
	TRY(may_make(cx, *id));
	return disabled ? fail(cx, RC_RULE, N_("This account is disabled. Ask an administrator."))
			: RC_OK;
}

/* The role that the token is to act in, 0 = the first. */
static int
find_role(struct ctx *cx, const struct token_new *in, struct making *m)
{
	int64_t one;

	if (in->role != 0) {
		m->role = in->role;
		return db_int(cx, &one, "SELECT 1 FROM account_role WHERE id = $1 AND account = $2",
		    VALS(v_int(in->role), v_int(m->account)));
	}
	if (cx->actor->session == 0)
		return RC_OK;
	return db_int(cx, &m->role, "SELECT role FROM session WHERE id = $1",
	    VALS(v_int(cx->actor->session)));
}

int
token_create(struct ctx *cx, const struct token_new *in, const char **out_plain)
{
	unsigned char random[32];
	char *plain = arena_alloc(cx->arena, PLAIN + 1);
	struct making m = { .label = in->label != NULL && *in->label != '\0' ? in->label : NULL,
		.reading = in->reading };
	bool good;

	m.kinds = kinds_text(cx, in->kinds, &good);
	if (!good)
		fail_field(cx, "kinds", N_("Choose one of the values offered."));
	TRY(check_new(cx, in));
	TRY(find_account(cx, in->login, &m.account));
	TRY(find_role(cx, in, &m));
	randombytes_buf(random, sizeof random);
	memcpy(plain, "sq_", 3);
	sodium_bin2base64(
	    plain + 3, BODY + 1, random, sizeof random, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	m.digest = secret_digest(cx->arena, plain);
	m.expires_at = cx->now + (in->days == 0 ? TOKEN_DAYS : in->days) * US_PER_DAY;
	TRY(db_write(cx, create_fn, &m));
	*out_plain = plain;
	return RC_OK;
}

static void
scope_of_token(struct ctx *cx, const char *scope, const char *kinds, struct actor *a)
{
	/* Whatever is not "write" may only read: an unknown word must not give more. */
	a->reading = scope == NULL || strcmp(scope, "write") != 0;
	if (a->reading)
		a->caps = caps_reading(a->caps);
	if (kinds != NULL)
		a->kinds = arena_printf(cx->arena, " %s ", kinds);
}

bool
token_opens(const struct actor *a, const char *part, size_t n)
{
	const char *p = a->kinds;

	if (p == NULL)
		return true;
	for (; n > 0 && (p = strchr(p, ' ')) != NULL; p++)
		if (strncmp(p + 1, part, n) == 0 && p[n + 1] == ' ')
			return true;
	return false;
}

int
token_find(struct ctx *cx, const char *plain, struct actor *out)
{
	AUTO_ROWS r = { 0 };
	struct actor a;

	if (plain == NULL || strlen(plain) != PLAIN || strncmp(plain, "sq_", 3) != 0)
		return RC_NOTFOUND;
	TRY(db_rows(cx, &r,
	    "SELECT " ACTOR_COLUMNS
	    ", t.id, t.scope, t.kinds FROM api_token t JOIN account a ON a.id = t.account"
	    " JOIN account_role r ON r.account = a.id AND (t.role IS NULL OR r.id = t.role)"
	    " WHERE t.digest = $1 AND t.revoked_at IS NULL AND t.expires_at > $3 AND t.created_at "
	    "<= $4 AND a.disabled = 0 AND " ROLE_IN_FORCE("r", "$2") " ORDER BY r.id LIMIT 1",
	    VALS(v_text(secret_digest(cx->arena, plain)), v_int(role_day(cx)), v_int(cx->now),
		v_int(cx->now + CLOCK_SLACK_US))));
	if (!rows_next(&r)) {
		TRY(rows_end(&r));
		return RC_NOTFOUND;
	}
	TRY(actor_fill(cx, &r, 0, &a));
	a.token = row_int(&r, ACTOR_NCOLUMNS);
	scope_of_token(cx, row_text(&r, ACTOR_NCOLUMNS + 1), row_text(&r, ACTOR_NCOLUMNS + 2), &a);
	TRY(rows_end(&r));
	if (a.body != 0)
		TRY(scope_of_body(cx, a.body, &a.scope, &a.nscope));
	*out = a;
	return RC_OK;
}

static int
revoke_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const int64_t id = *(const int64_t *)arg;
	int64_t account, changed;

	TRY(db_int(cx, &account, "SELECT account FROM api_token WHERE id = $1", VALS(v_int(id))));
	if (account != cx->actor->account && !may(cx, CAP_USERS))
		return RC_NOTFOUND; /* whose it is, is not said */
	TRY(tx_run(cx, tx, &changed,
	    "UPDATE api_token SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL",
	    VALS(v_int(cx->now), v_int(id))));
	return changed == 0 ? RC_OK : audit_tx(cx, tx, "revoke", "api_token", id, NULL);
}

int
token_revoke(struct ctx *cx, int64_t id)
{
	return db_write(cx, revoke_fn, &id);
}

int
token_list(struct ctx *cx, int64_t account, struct token_row **out, size_t *n)
{
	AUTO_ROWS r = { 0 };
	struct token_row *list;
	int64_t count;
	size_t have = 0;

	TRY(own_or_users(cx, account));
	TRY(db_int(cx, &count, "SELECT count(*) FROM api_token WHERE $1 = 0 OR account = $1",
	    VALS(v_int(account))));
	list = arena_array(cx->arena, struct token_row, count + 1);
	TRY(db_rows(cx, &r,
	    "SELECT t.id, t.account, t.created_at, t.expires_at, t.revoked_at, a.login, t.label, "
	    "t.scope, t.kinds, r.role FROM api_token t JOIN account a ON a.id = t.account"
	    " LEFT JOIN account_role r ON r.id = t.role"
	    " WHERE $1 = 0 OR t.account = $1 ORDER BY t.id DESC",
	    VALS(v_int(account))));
	while ((int64_t)have < count && rows_next(&r)) {
		const char *label = row_text(&r, 6), *kinds = row_text(&r, 8),
			   *role = row_text(&r, 9);

		list[have++] = (struct token_row){ .id = row_int(&r, 0),
			.account = row_int(&r, 1),
			.created_at = row_int(&r, 2),
			.expires_at = row_int(&r, 3),
			.revoked_at = row_int(&r, 4),
			.login = row_text(&r, 5),
			.label = label == NULL ? "" : label,
			.reading = strcmp(row_text(&r, 7), "write") != 0,
			.kinds = kinds == NULL ? "" : kinds,
			.role = role == NULL ? "" : role };
	}
	TRY(rows_end(&r));
	*out = list;
	*n = have;
	return RC_OK;
}
