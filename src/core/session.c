/* session.c – see session.h. Times are compared in C against cx->now; the database only stores. */
#include <sodium.h>

#include "base/utf8.h"
#include "core/inner.h"
#include "core/session.h"

struct opening {
	int64_t account;
	const char *digest, *csrf, *agent;
};

static int
open_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct opening *o = arg;
	int64_t role;
	int rc = db_int(cx, &role,
	    "SELECT r.id FROM account_role r JOIN account a ON a.id = r.account"
	    " WHERE r.account = $1 AND a.disabled = 0 ORDER BY r.id LIMIT 1",
	    VALS(v_int(o->account)));

	if (rc == RC_NOTFOUND)
		return fail(cx, RC_DENIED,
		    N_("This account has no role, or it is disabled. Ask an administrator."));
	TRY(rc);
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
	    " WHERE s.digest = $1 AND s.ended_at IS NULL AND a.disabled = 0",
	    VALS(v_text(secret_digest(cx->arena, token)))));
	if (!rows_next(&r)) {
		TRY(rows_end(&r));
		return RC_NOTFOUND;
	}
	TRY(actor_fill(cx, &r, 0, &a));
	a.session = row_int(&r, 6);
	a.csrf = row_text(&r, 7);
	created = row_int(&r, 8);
	seen = row_int(&r, 9);
	TRY(rows_end(&r));
	if (cx->now - created >= SESSION_LIFE_US || cx->now - seen >= SESSION_IDLE_US)
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

static int
choose_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const int64_t role = *(const int64_t *)arg;
	int64_t one;

	TRY(db_int(cx, &one, "SELECT 1 FROM account_role WHERE id = $1 AND account = $2",
	    VALS(v_int(role), v_int(cx->actor->account))));
	TRY(tx_run(cx, tx, NULL,
	    "UPDATE session SET role = $1 WHERE id = $2 AND account = $3 AND ended_at IS NULL",
	    VALS(v_int(role), v_int(cx->actor->session), v_int(cx->actor->account))));
	return audit_tx(cx, tx, "choose_role", "account_role", role, NULL);
}

int
session_choose_role(struct ctx *cx, int64_t role_id)
{
	if (cx->actor->session == 0)
		return fail(cx, RC_DENIED, N_("Sign in first."));
	return db_write(cx, choose_fn, &role_id);
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
