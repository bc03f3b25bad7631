/* session.c – see session.h. Times are compared in C against cx->now; the database only stores. */
#include <sodium.h>

#include "base/utf8.h"
#include "core/inner.h"
#include "core/session.h"
#include "kind/vault.h"

struct opening {
	int64_t account;
	const char *digest, *csrf, *agent;
};

/* The role used last has the largest used_at; a clock put back must not name an earlier one. */
static int
note_use_tx(struct ctx *cx, struct tx *tx, int64_t account, int64_t role)
{
	int64_t last;

	TRY(db_int(cx, &last, "SELECT max(used_at) FROM account_role WHERE account = $1",
	    VALS(v_int(account))));
	return tx_run(cx, tx, NULL, "UPDATE account_role SET used_at = $1 WHERE id = $2",
	    VALS(v_int(last >= cx->now ? last + 1 : cx->now), v_int(role)));
}

static int
open_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct opening *o = arg;
	int64_t role;
	int rc = db_int(cx, &role,
	    "SELECT r.id FROM account_role r JOIN account a ON a.id = r.account"
	    " WHERE r.account = $1 AND a.disabled = 0 AND " ROLE_IN_FORCE(
		"r", "$2") " ORDER BY coalesce(r.used_at, 0) DESC, r.id LIMIT 1",
	    VALS(v_int(o->account), v_int(role_day(cx))));

	if (rc == RC_NOTFOUND)
		return fail(cx, RC_DENIED,
		    N_("This account has no role, or it is disabled. Ask an administrator."));
	TRY(rc);
	TRY(note_use_tx(cx, tx, o->account, role));
	return tx_run(cx, tx, NULL,
	    "INSERT INTO session (digest, account, role, csrf, created_at, seen_at, agent)"
	    " VALUES ($1, $2, $3, $4, $5, $5, $6)",
	    VALS(v_text(o->digest), v_int(o->account), v_int(role), v_text(o->csrf), v_int(cx->now),
		v_text(o->agent)));
}

/* At most 200 bytes of valid text, cut between characters. */
static const char *
agent_text(struct ctx *cx, const char *agent)
{
	size_t n = agent == NULL ? 0 : strlen(agent);

	if (n == 0)
		return NULL;
	if (n > 200)
		for (n = 200; n > 0 && ((unsigned char)agent[n] & 0xc0) == 0x80;)
			n--;
	return utf8_valid(agent, n) ? arena_strn(cx->arena, agent, n) : NULL;
}

int
session_open(struct ctx *cx, int64_t account, const char *agent, const char **token)
{
	unsigned char random[32];
	char *text = arena_alloc(cx->arena, 65), *csrf = arena_alloc(cx->arena, 65);
	struct opening o = { .account = account, .csrf = csrf, .agent = agent_text(cx, agent) };

	randombytes_buf(random, sizeof random);
	sodium_bin2hex(text, 65, random, sizeof random);
	randombytes_buf(random, sizeof random);
	sodium_bin2hex(csrf, 65, random, sizeof random);
	o.digest = secret_digest(cx->arena, text);
	TRY(db_write(cx, open_fn, &o));
	*token = text;
	return RC_OK;
}

int
scope_of_body(struct ctx *cx, int64_t body, const int64_t **ids, size_t *n)
{
	AUTO_ROWS r = { 0 };
	size_t room = 16, have = 0;
	int64_t *list = arena_array(cx->arena, int64_t, room);

	/* UNION, not UNION ALL: a loop in the tree must not hang the program. */
	TRY(db_rows(cx, &r,
	    "WITH RECURSIVE sub (id) AS (SELECT b.id FROM body b WHERE b.id = $1"
	    " UNION SELECT c.id FROM body c JOIN sub ON c.parent = sub.id) SELECT id FROM sub "
	    "ORDER BY id",
	    VALS(v_int(body))));
	while (rows_next(&r)) {
		if (have == room) {
			int64_t *more = arena_array(cx->arena, int64_t, room * 2);

			memcpy(more, list, have * sizeof *list);
			list = more;
			room *= 2;
		}
		list[have++] = row_int(&r, 0);
	}
	TRY(rows_end(&r));
	*ids = list;
	*n = have;
	return RC_OK;
}

static bool
token_shape(const char *token)
{
	return token != NULL && strlen(token) == 64 && strspn(token, "0123456789abcdef") == 64;
}

static bool
session_over(const struct ctx *cx, int64_t created, int64_t seen)
{
	return cx->now - created >= SESSION_LIFE_US || cx->now - seen >= SESSION_IDLE_US ||
	       created - cx->now > CLOCK_SLACK_US;
}

int
session_find(struct ctx *cx, const char *token, struct actor *out, bool *touch_due)
{
	AUTO_ROWS r = { 0 };
	struct actor a;
	int64_t created, seen;

	if (!token_shape(token))
		return RC_NOTFOUND;
	TRY(db_rows(cx, &r,
	    "SELECT " ACTOR_COLUMNS ", s.id, s.csrf, s.created_at, s.seen_at FROM session s"
	    " JOIN account a ON a.id = s.account JOIN account_role r ON r.id = s.role"
	    " WHERE s.digest = $1 AND s.ended_at IS NULL AND a.disabled = 0 AND " ROLE_IN_FORCE(
		"r", "$2"),
	    VALS(v_text(secret_digest(cx->arena, token)), v_int(role_day(cx)))));
	if (!rows_next(&r)) {
		TRY(rows_end(&r));
		return RC_NOTFOUND;
	}
	TRY(actor_fill(cx, &r, 0, &a));
	a.session = row_int(&r, ACTOR_NCOLUMNS);
	a.csrf = row_text(&r, ACTOR_NCOLUMNS + 1);
	created = row_int(&r, ACTOR_NCOLUMNS + 2);
	seen = row_int(&r, ACTOR_NCOLUMNS + 3);
	TRY(rows_end(&r));
	if (session_over(cx, created, seen))
		return RC_NOTFOUND;
	if (a.body != 0)
		TRY(scope_of_body(cx, a.body, &a.scope, &a.nscope));
	if (touch_due != NULL)
		*touch_due = cx->now - seen >= SESSION_TOUCH_US;
	*out = a;
	return RC_OK;
}

static int
touch_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	return tx_run(cx, tx, NULL,
	    "UPDATE session SET seen_at = $1 WHERE id = $2 AND seen_at < $1",
	    VALS(v_int(cx->now), v_int(*(const int64_t *)arg)));
}

int
session_touch(struct ctx *cx, int64_t session)
{
	return db_write(cx, touch_fn, &session);
}

struct choice {
	int64_t role;
	const char *csrf;
};

static int
choose_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct choice *c = arg;
	int64_t one;

	TRY(db_int(cx, &one,
	    "SELECT 1 FROM account_role r WHERE r.id = $1 AND r.account = $2 AND " ROLE_IN_FORCE(
		"r", "$3"),
	    VALS(v_int(c->role), v_int(cx->actor->account), v_int(role_day(cx)))));
	TRY(tx_run(cx, tx, NULL,
	    "UPDATE session SET role = $1, csrf = $2 WHERE id = $3 AND account = $4 AND ended_at "
	    "IS NULL",
	    VALS(v_int(c->role), v_text(c->csrf), v_int(cx->actor->session),
		v_int(cx->actor->account))));
	TRY(note_use_tx(cx, tx, cx->actor->account, c->role));
	return audit_tx(cx, tx, "choose_role", "account_role", c->role, NULL);
}

int
session_choose_role(struct ctx *cx, int64_t role_id)
{
	struct choice c = { role_id, vault_random_hex(cx->arena, 32) };

	if (cx->actor->session == 0)
		return fail(cx, RC_DENIED, N_("Sign in first."));
	return db_write(cx, choose_fn, &c);
}

int
session_roles(struct ctx *cx, struct session_role **out, size_t *n)
{
	enum { MAX = 64 };
	AUTO_ROWS r = { 0 };
	size_t have = 0;

	*out = arena_array(cx->arena, struct session_role, MAX);
	TRY(db_rows(cx, &r,
	    "SELECT r.id, r.role, b.name_kk, b.name_ru, b.name_en, CASE WHEN r.id = s.role THEN 1 "
	    "ELSE 0 END FROM account_role r JOIN session s ON s.id = $3 AND s.account = r.account"
	    " LEFT JOIN body b ON b.id = r.body WHERE r.account = $1 AND " ROLE_IN_FORCE(
		"r", "$2") " ORDER BY r.id LIMIT 64",
	    VALS(v_int(cx->actor->account), v_int(role_day(cx)), v_int(cx->actor->session))));
	while (have < MAX && rows_next(&r))
		(*out)[have++] = (struct session_role){ .id = row_int(&r, 0),
			.role = row_text(&r, 1),
			.body = { row_text(&r, 2), row_text(&r, 3), row_text(&r, 4) },
			.current = row_int(&r, 5) != 0 };
	*n = have;
	return rows_end(&r);
}

/* ---- ending ---- */

static int
end_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const int64_t session = *(const int64_t *)arg;
	int64_t account, changed;

	TRY(db_int(
	    cx, &account, "SELECT account FROM session WHERE id = $1", VALS(v_int(session))));
	if (account != cx->actor->account && !may(cx, CAP_USERS))
		return RC_NOTFOUND; /* whose it is, is not said */
	TRY(tx_run(cx, tx, &changed,
	    "UPDATE session SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL",
	    VALS(v_int(cx->now), v_int(session))));
	return changed == 0 ? RC_OK : audit_tx(cx, tx, "sign_out", "account", account, NULL);
}

int
session_end(struct ctx *cx, int64_t session)
{
	return db_write(cx, end_fn, &session);
}

int
session_end_all_tx(struct ctx *cx, struct tx *tx, int64_t account, int64_t keep, int64_t *ended)
{
	return tx_run(cx, tx, ended,
	    "UPDATE session SET ended_at = $1 WHERE account = $2 AND id <> $3 AND ended_at IS NULL",
	    VALS(v_int(cx->now), v_int(account), v_int(keep)));
}

struct end_all {
	int64_t account, ended;
};

static int
end_all_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct end_all *e = arg;

	TRY(session_end_all_tx(cx, tx, e->account, 0, &e->ended));
	return audit_tx(cx, tx, "sign_out_everywhere", "account", e->account, NULL);
}

int
session_end_all(struct ctx *cx, int64_t account, int64_t *ended)
{
	struct end_all e = { .account = account };

	TRY(own_or_users(cx, account));
	TRY(db_write(cx, end_all_fn, &e));
	if (ended != NULL)
		*ended = e.ended;
	return RC_OK;
}

int
session_list(struct ctx *cx, int64_t account, struct session_row **out, size_t *n)
{
	enum { MAX = 100 };
	AUTO_ROWS r = { 0 };
	struct session_row *list = arena_array(cx->arena, struct session_row, MAX);
	size_t have = 0;

	TRY(own_or_users(cx, account));
	TRY(db_rows(cx, &r,
	    "SELECT id, created_at, seen_at, agent FROM session WHERE account = $1 AND ended_at IS "
	    "NULL"
	    " AND created_at > $2 AND seen_at > $3 ORDER BY created_at DESC, id DESC LIMIT 100",
	    VALS(v_int(account), v_int(cx->now - SESSION_LIFE_US),
		v_int(cx->now - SESSION_IDLE_US))));
	while (have < MAX && rows_next(&r)) {
		const char *agent = row_text(&r, 3);

		list[have++] = (struct session_row){ .id = row_int(&r, 0),
			.created_at = row_int(&r, 1),
			.seen_at = row_int(&r, 2),
			.agent = agent == NULL ? "" : agent,
			.current = row_int(&r, 0) == cx->actor->session };
	}
	TRY(rows_end(&r));
	*out = list;
	*n = have;
	return RC_OK;
}

/* ---- what is over ---- */

_Static_assert(
    SESSION_LIFE_US == 43200000000 && SESSION_IDLE_US == 3600000000, "the numbers below");

static const struct {
	const char *any, *end;
} over[] = {
	{ "SELECT count(*) FROM session WHERE ended_at IS NULL AND (created_at + 43200000000 <= $1 "
	  "OR seen_at + 3600000000 <= $1)",
	    "UPDATE session SET ended_at = $1 WHERE ended_at IS NULL AND (created_at + 43200000000 "
	    "<= $1 OR seen_at + 3600000000 <= $1)" },
	{ "SELECT count(*) FROM api_token WHERE revoked_at IS NULL AND expires_at <= $1",
	    "UPDATE api_token SET revoked_at = $1 WHERE revoked_at IS NULL AND expires_at <= $1" },
	{ "SELECT count(*) FROM account_reset WHERE ended_at IS NULL AND expires_at <= $1",
	    "UPDATE account_reset SET ended_at = $1 WHERE ended_at IS NULL AND expires_at <= $1" },
};

static int
expire_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	return tx_run(cx, tx, NULL, over[*(const size_t *)arg].end, VALS(v_int(cx->now)));
}

int
session_expire(struct ctx *cx)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(over); i++) {
		int64_t n;

		TRY(db_int(cx, &n, over[i].any, VALS(v_int(cx->now))));
		if (n > 0)
			TRY(db_write(cx, expire_fn, &i));
	}
	return RC_OK;
}

static int
purge_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	return tx_run(cx, tx, arg, "DELETE FROM session WHERE created_at < $1",
	    VALS(v_int(cx->now - 30 * US_PER_DAY)));
}

int
session_purge(struct ctx *cx, int64_t *purged)
{
	int64_t n = 0;

	TRY(db_write(cx, purge_fn, &n));
	if (purged != NULL)
		*purged = n;
	return RC_OK;
}
