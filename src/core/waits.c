/* waits.c – how long somebody who guesses has to wait; the rules stand in account.h.
 *
 * An account's failures are counted twice in the database: at each place (sign_in_wait) and over all of
 * them (account.failures). Logins that do not exist are counted alike in memory (guess.c), so that they
 * answer alike. Every wait is kept with the moment it began: if that lies ahead, the clock was put back,
 * and the wait begins once more from now with its own length. */
#include <arpa/inet.h>

#include "core/inner.h"
#include "core/session.h"
#include "core/sign_in_log.h"
#include "kind/vault.h"

static int
larger(int a, int b)
{
	return a > b ? a : b;
}

int
wait_left(int64_t began, int64_t until, int64_t now)
{
	int64_t us = until - (began > now ? began : now);

	return us <= 0 ? 0 : (int)((us + US_PER_SECOND - 1) / US_PER_SECOND);
}

const char *
network_of(struct ctx *cx, const char *peer)
{
	static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };
	struct in6_addr a;
	char text[INET6_ADDRSTRLEN];

	if (peer == NULL)
		return "";
	if (inet_pton(AF_INET6, peer, &a) != 1 || memcmp(&a, mapped, sizeof mapped) == 0)
		return peer;
	memset(a.s6_addr + 8, 0, 8);
	return inet_ntop(AF_INET6, &a, text, sizeof text) == NULL ? peer
								  : arena_str(cx->arena, text);
}

struct client
client_of(struct ctx *cx, int64_t account, const char *login, const char *peer)
{
	struct client c = { .account = account, .login = login, .peer = network_of(cx, peer) };

	c.place = arena_strn(cx->arena,
	    vault_mac_hex(cx->arena, VAULT_ACCOUNT,
		arena_printf(cx->arena, "place|%lld|%s", (long long)account, c.peer)),
	    16);
	c.pair = arena_printf(cx->arena, "%s@%s", login, c.peer);
	return c;
}

/* ---- the waits that run ---- */

struct wait {
	int64_t failures, failed_at, until;
};

static int
load_wait(struct ctx *cx, const char *sql, struct vals v, struct wait *w)
{
	AUTO_ROWS r = { 0 };

	*w = (struct wait){ 0 };
	TRY(db_rows(cx, &r, sql, v));
	if (rows_next(&r))
		*w = (struct wait){ row_int(&r, 0), row_int(&r, 1), row_int(&r, 2) };
	return rows_end(&r);
}

static int
load_waits(struct ctx *cx, const struct client *c, struct wait *here, struct wait *all)
{
	TRY(load_wait(cx,
	    "SELECT failures, failed_at, until FROM sign_in_wait WHERE account = $1 AND place = $2",
	    VALS(v_int(c->account), v_text(c->place)), here));
	return load_wait(cx, "SELECT failures, failed_at, locked_until FROM account WHERE id = $1",
	    VALS(v_int(c->account)), all);
}

/* Whether the owner signed in from here lately. */
static int
place_known(struct ctx *cx, const struct client *c, bool *yes)
{
	int64_t one;
	int rc;

	*yes = c->trusted;
	if (c->trusted)
		return RC_OK;
	rc = db_int(cx, &one,
	    "SELECT id FROM sign_in WHERE account = $1 AND place = $2 AND outcome = 'ok' AND at > "
	    "$3 LIMIT 1",
	    VALS(v_int(c->account), v_text(c->place),
		v_int(cx->now - SIGN_INS_KNOWN_DAYS * US_PER_DAY)));
	*yes = rc == RC_OK;
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static int
account_waits(struct ctx *cx, const struct client *c, int *seconds, bool *ahead)
{
	struct wait here, all;
	bool known;

	TRY(load_waits(cx, c, &here, &all));
	*ahead = here.failed_at > cx->now || all.failed_at > cx->now;
	*seconds = wait_left(here.failed_at, here.until, cx->now);
	if (wait_left(all.failed_at, all.until, cx->now) <= *seconds)
		return RC_OK;
	TRY(place_known(cx, c, &known));
	if (!known)
		*seconds = wait_left(all.failed_at, all.until, cx->now);
	return RC_OK;
}

/* The clock was put back: what began in its future begins now. */
static int
anew_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct client *c = arg;

	TRY(tx_run(cx, tx, NULL,
	    "UPDATE sign_in_wait SET until = $1 + (until - failed_at), failed_at = $1 WHERE "
	    "account = $2 AND failed_at > $1",
	    VALS(v_int(cx->now), v_int(c->account))));
	return tx_run(cx, tx, NULL,
	    "UPDATE account SET locked_until = $1 + (locked_until - failed_at), failed_at = $1 "
	    "WHERE id = $2 AND failed_at > $1",
	    VALS(v_int(cx->now), v_int(c->account)));
}

int
waits_left(struct ctx *cx, const struct client *c, int *seconds)
{
	int peer = guess_wait('p', c->peer, cx->now);
	bool ahead = false;

	if (c->account == 0)
		*seconds =
		    larger(guess_wait('a', c->pair, cx->now), guess_wait('l', c->login, cx->now));
	else
		TRY(account_waits(cx, c, seconds, &ahead));
	if (ahead)
		TRY(db_write(cx, anew_fn, (void *)(uintptr_t)c));
	db_end(cx); /* no snapshot is held while hashing */
	*seconds = larger(*seconds, peer);
	return RC_OK;
}

int
waits_left_tx(struct ctx *cx, const struct client *c, int *seconds)
{
	bool ahead;

	return account_waits(cx, c, seconds, &ahead);
}

/* ---- a failure ---- */

static int
count_here(struct ctx *cx, struct tx *tx, const struct client *c, struct wait *w, int *seconds)
{
	if (cx->now - w->failed_at > PLACE_FORGET_US)
		w->failures = 0;
	*seconds = guess_schedule(++w->failures, ACCOUNT_FAILURES);
	return tx_run(cx, tx, NULL,
	    "INSERT INTO sign_in_wait (account, place, failures, failed_at, until) VALUES ($1, $2, "
	    "$3, $4, $5) ON CONFLICT (account, place) DO UPDATE SET failures = excluded.failures, "
	    "failed_at = excluded.failed_at, until = excluded.until",
	    VALS(v_int(c->account), v_text(c->place), v_int(w->failures), v_int(cx->now),
		v_int_or(*seconds == 0 ? 0 : cx->now + *seconds * US_PER_SECOND, 0)));
}

static int
count_all(struct ctx *cx, struct tx *tx, const struct client *c, struct wait *w, int *seconds)
{
	int64_t until = w->until;

	if (cx->now - w->failed_at > PEER_FORGET_US)
		w->failures = 0;
	*seconds = guess_schedule(++w->failures, ACCOUNT_ALL_FAILURES);
	if (*seconds > 0)
		until = cx->now + *seconds * US_PER_SECOND;
	return tx_run(cx, tx, NULL,
	    "UPDATE account SET failures = $1, failed_at = $2, locked_until = $3 WHERE id = $4",
	    VALS(v_int(w->failures), v_int(cx->now), v_int_or(until, 0), v_int(c->account)));
}

int
failure_tx(struct ctx *cx, struct tx *tx, const struct client *c, const char *how, int *wait_s)
{
	struct wait here, all;
	int s, everywhere;
	bool known;

	TRY(load_waits(cx, c, &here, &all));
	TRY(place_known(cx, c, &known));
	TRY(count_here(cx, tx, c, &here, &s));
	TRY(count_all(cx, tx, c, &all, &everywhere));
	*wait_s = known ? s : larger(s, everywhere);
	TRY(sign_in_note_tx(cx, tx, c, *wait_s == 0 ? "wrong" : "locked", how));
	/* One line a lock and not one a failure: a guesser must not fill the audit. */
	return *wait_s == 0 ? RC_OK : audit_tx(cx, tx, "locked", "account", c->account, NULL);
}

struct failed {
	const struct client *c;
	const char *how;
	int wait_s;
};

static int
failed_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct failed *f = arg;

	return failure_tx(cx, tx, f->c, f->how, &f->wait_s);
}

int
note_failure(struct ctx *cx, const struct client *c, const char *how, int *wait_s)
{
	struct failed f = { .c = c, .how = how };

	if (c->account == 0)
		f.wait_s =
		    larger(guess_failed('a', c->pair, cx->now, ACCOUNT_FAILURES, PLACE_FORGET_US),
			guess_failed('l', c->login, cx->now, ACCOUNT_ALL_FAILURES, PEER_FORGET_US));
	else
		TRY(db_write(cx, failed_fn, &f));
	*wait_s = larger(
	    f.wait_s, guess_failed('p', c->peer, cx->now, ACCOUNT_PEER_FAILURES, PEER_FORGET_US));
	return RC_OK;
}

/* ---- success ---- */

int
waits_lift_tx(struct ctx *cx, struct tx *tx, const struct client *c)
{
	TRY(tx_run(cx, tx, NULL, "DELETE FROM sign_in_wait WHERE account = $1 AND place = $2",
	    VALS(v_int(c->account), v_text(c->place))));
	/* A wait for strangers that the owner went past stays for them. */
	return tx_run(cx, tx, NULL,
	    "UPDATE account SET failures = 0, failed_at = NULL, locked_until = NULL WHERE id = $1 "
	    "AND (locked_until IS NULL OR locked_until <= $2)",
	    VALS(v_int(c->account), v_int(cx->now)));
}
