/* reset.c – see reset.h. */
#include "core/reset.h"

#include "core/inner.h"
#include "core/session.h"

/* ---- making ---- */

struct make {
	int64_t account;
	const char *digest;
	int64_t expires_at;
};

static int
make_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct make *m = arg;
	int64_t id;

	TRY(tx_run(cx, tx, NULL,
	    "UPDATE account_reset SET ended_at = $1 WHERE account = $2 AND ended_at IS NULL",
	    VALS(v_int(cx->now), v_int(m->account))));
	TRY(tx_int(cx, tx, &id,
	    "INSERT INTO account_reset (account, digest, made_at, made_by, expires_at)"
	    " VALUES ($1, $2, $3, $4, $5) RETURNING id",
	    VALS(v_int(m->account), v_text(m->digest), v_int(cx->now), v_int(cx->actor->account),
		v_int(m->expires_at))));
	return audit_tx(cx, tx, "reset_code", "account", m->account, NULL);
}

int
reset_make(struct ctx *cx, int64_t account, struct reset_code *out)
{
	/* "xxxx-xxxx-xxxx-…": three groups are 60 bits. */
	const char *code = arena_strn(cx->arena, password_draw(cx->arena), 14);
	struct make m = { account, secret_digest(cx->arena, code_bare(cx->arena, code)),
		cx->now + RESET_HOURS * 3600 * US_PER_SECOND };
	struct account a;

	if (!may(cx, CAP_USERS) || cx->actor->token != 0)
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	if (account == cx->actor->account)
		return fail(cx, RC_RULE,
		    N_("Your own password you change with the present one, under “Your account”."));
	TRY(kind_load(cx, &account_kind, account, &a));
	db_end(cx);
	if (a.disabled)
		return fail(cx, RC_RULE, N_("This account is closed. Open it first."));
	TRY(db_write(cx, make_fn, &m));
	*out = (struct reset_code){ code, m.expires_at };
	return RC_OK;
}

/* ---- using ---- */

struct use {
	int64_t account;
	const char *digest, *hash, *device;
	const struct client *client;
	bool good;
};

/* The code, if it is good now; ends nothing. */
static int
find(struct ctx *cx, const struct use *u, int64_t *id)
{
	int rc = db_int(cx, id,
	    "SELECT r.id FROM account_reset r JOIN account a ON a.id = r.account WHERE r.account = "
	    "$1"
	    " AND r.digest = $2 AND r.ended_at IS NULL AND r.expires_at > $3 AND r.made_at <= $4"
	    " AND a.disabled = 0",
	    VALS(v_int(u->account), v_text(u->digest), v_int(cx->now),
		v_int(cx->now + CLOCK_SLACK_US)));

	if (rc != RC_NOTFOUND)
		return rc;
	*id = 0;
	return RC_OK;
}

static int
use_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct use *u = arg;
	int64_t id;

	TRY(find(cx, u, &id));
	u->good = id != 0;
	if (!u->good)
		return RC_OK; /* another one was quicker */
	TRY(tx_run(cx, tx, NULL, "UPDATE account_reset SET ended_at = $1 WHERE id = $2",
	    VALS(v_int(cx->now), v_int(id))));
	TRY(sign_in_note_tx(cx, tx, u->client, "ok", "reset"));
	return password_put_tx(cx, tx, u->account, u->hash, 0, "reset");
}

static int
wrong_code(struct ctx *cx, const struct client *c)
{
	int wait;

	TRY(note_failure(cx, c, "reset", &wait));
	return wrong(cx, "code",
	    tr(cx, "The login or the code is wrong, or the code is no longer good."), wait);
}

static int
inside(struct ctx *cx, const char *login, struct use *u, const char *password, const char *peer)
{
	struct known k;
	struct client c;
	const char *why = password_error(login, password);
	int64_t id = 0;
	int wait;

	TRY(load_known(cx, "login", v_text(login), &k));
	c = client_of(cx, k.id, login, peer);
	c.device = u->device;
	TRY(waits_left(cx, &c, &wait));
	if (wait > 0)
		return must_wait(cx, wait);
	u->account = k.id;
	u->client = &c;
	if (k.id != 0)
		TRY(find(cx, u, &id));
	db_end(cx);
	if (id == 0)
		return wrong_code(cx, &c);
	if (why != NULL) {
		fail_field(cx, "password", "%s", tr(cx, why));
		return RC_INVALID;
	}
	TRY(password_make(cx, password, &u->hash));
	TRY(db_write(cx, use_fn, u));
	return u->good ? RC_OK : wrong_code(cx, &c);
}

int
reset_use(
    struct ctx *cx, const char *login, const char *code, const char *password, const char *peer)
{
	struct use u = { .digest = secret_digest(cx->arena, code_bare(cx->arena, code)),
		.device = "" };
	int rc;

	TRY(password_enter(cx));
	rc = inside(cx, login_as_stored(cx, login), &u, password == NULL ? "" : password,
	    peer == NULL ? "" : peer);
	password_leave();
	return rc;
}
