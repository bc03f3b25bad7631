/* sign_in.c – login and password against the database, and the second door behind them.
 *
 * The password is looked at inside the gate of password.c: state is read after the wait for the gate, so
 * no more guesses than two can be under way before a failure is written down. A login that does not
 * exist takes the same steps as one that does: a comparison of the same cost, the same schedule, the same
 * words. The second door is decided inside its write, where guesses stand in a row anyway. */
#include <stdlib.h>

#include "core/inner.h"
#include "core/second.h"
#include "core/session.h"
#include "core/sign_in_log.h"
#include "kind/vault.h"

#define TICKET_LIFE_US (300 * US_PER_SECOND)

int
load_known(struct ctx *cx, const char *where, struct val v, struct known *out)
{
	AUTO_ROWS r = { 0 };
	const char *lang;

	*out = (struct known){ 0 };
	db_end(cx); /* what was read before the gate may be old by now */
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"SELECT id, password, disabled, last_sign_in, lang, login FROM account WHERE %s = "
		"$1",
		where),
	    VALS(v)));
	if (rows_next(&r)) {
		*out = (struct known){ .id = row_int(&r, 0),
			.hash = row_text(&r, 1),
			.disabled = row_int(&r, 2) != 0,
			.last = row_int(&r, 3),
			.login = row_text(&r, 5) };
		lang = row_text(&r, 4);
		if (lang == NULL || !lang_parse(lang, &out->lang))
			out->lang = LANG_KK;
	}
	TRY(rows_end(&r));
	db_end(cx); /* no snapshot is held while hashing */
	return RC_OK;
}

int
must_wait(struct ctx *cx, int seconds)
{
	int64_t min = (seconds + 59) / 60;

	return fail(cx, RC_RULE, "%s",
	    trn(cx, min, "Too many failed attempts. Try again in %s minute.",
		"Too many failed attempts. Try again in %s minutes.", num(cx, min)));
}

int
wrong(struct ctx *cx, const char *field, const char *what, int wait_s)
{
	int64_t min = (wait_s + 59) / 60;

	if (wait_s == 0)
		fail_field(cx, field, "%s", what);
	else
		fail_field(cx, field, "%s %s", what,
		    trn(cx, min, "The next attempt is possible in %s minute.",
			"The next attempt is possible in %s minutes.", num(cx, min)));
	return RC_INVALID;
}

/* ---- success ---- */

struct success {
	const struct known *known;
	const struct client *client;
	const char *rehash; /* NULL = the hash is of today's costs */
	const char *how;
	int wait_s;
};

static int
success_tx(struct ctx *cx, struct tx *tx, struct success *s)
{
	const struct known *k = s->known;

	TRY(waits_lift_tx(cx, tx, s->client));
	TRY(tx_run(cx, tx, NULL,
	    "UPDATE account SET before_last = last_sign_in, last_sign_in = $1 WHERE id = $2",
	    VALS(v_int(cx->now), v_int(k->id))));
	if (s->rehash != NULL)
		TRY(tx_run(cx, tx, NULL,
		    "UPDATE account SET password = $1 WHERE id = $2 AND password = $3",
		    VALS(v_text(s->rehash), v_int(k->id), v_text(k->hash))));
	TRY(sign_in_note_tx(cx, tx, s->client, "ok", s->how));
	return audit_tx(cx, tx, "sign_in", "account", k->id, NULL);
}

static int
success_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct success *s = arg;

	/* Another process may have locked it meanwhile. */
	TRY(waits_left_tx(cx, s->client, &s->wait_s));
	if (s->wait_s > 0)
		return must_wait(cx, s->wait_s);
	return success_tx(cx, tx, s);
}

static int
closed_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	return sign_in_note_tx(cx, tx, arg, "closed", "password");
}

static int
is_closed(struct ctx *cx, struct client *c)
{
	TRY(db_write(cx, closed_fn, c));
	return fail(cx, RC_DENIED, N_("This account is disabled. Ask an administrator."));
}

/* ---- the ticket for the second door ---- */

static const char *
ticket_mac(struct ctx *cx, const struct known *k, int64_t until)
{
	return vault_mac_hex(cx->arena, VAULT_ACCOUNT,
	    arena_printf(cx->arena, "ticket|%lld|%lld|%s", (long long)k->id, (long long)until,
		k->hash == NULL ? "" : k->hash));
}

static const char *
ticket_make(struct ctx *cx, const struct known *k)
{
	int64_t until = cx->now + TICKET_LIFE_US;

	return arena_printf(cx->arena, "%lld.%lld.%s", (long long)k->id, (long long)until,
	    ticket_mac(cx, k, until));
}

static int
too_old(struct ctx *cx)
{
	fail_field(cx, "ticket", N_("It took too long. Begin again with login and password."));
	return RC_INVALID;
}

static int
ticket_open(struct ctx *cx, const char *ticket, struct known *k)
{
	char *end;
	int64_t id, until;

	if (ticket == NULL || ticket[0] < '1' || ticket[0] > '9')
		return too_old(cx);
	id = strtoll(ticket, &end, 10);
	if (*end != '.')
		return too_old(cx);
	until = strtoll(end + 1, &end, 10);
	if (*end != '.')
		return too_old(cx);
	TRY(load_known(cx, "id", v_int(id), k));
	if (k->id == 0 || !vault_equal(end + 1, ticket_mac(cx, k, until)) || until <= cx->now ||
	    until > cx->now + TICKET_LIFE_US + CLOCK_SLACK_US)
		return too_old(cx);
	return RC_OK;
}

/* ---- the first door ---- */

static int
refused(struct ctx *cx, const struct client *c, struct sign_in *out)
{
	TRY(note_failure(cx, c, "password", &out->wait_s));
	return wrong(cx, "password", tr(cx, "The login or the password is wrong."), out->wait_s);
}

static int
inside(struct ctx *cx, const char *login, const struct sign_in_try *in, struct sign_in *out)
{
	char device[41];
	struct known k;
	struct client c;
	struct success s = { .known = &k, .client = &c, .how = "password" };
	bool second;
	int rc;

	TRY(load_known(cx, "login", v_text(login), &k));
	c = client_of(cx, k.id, login, in->peer);
	c.device = device_of_agent(in->agent, device);
	TRY(waits_left(cx, &c, &out->wait_s));
	if (out->wait_s > 0)
		return must_wait(cx, out->wait_s);
	if (!password_fits(k.hash, in->password == NULL ? "" : in->password))
		return refused(cx, &c, out);
	if (k.disabled)
		return is_closed(cx, &c);
	TRY(second_is_on(cx, k.id, &second));
	db_end(cx);
	if (second) {
		*out = (struct sign_in){ .account = k.id,
			.lang = k.lang,
			.last_sign_in = k.last,
			.ticket = ticket_make(cx, &k),
			.recovery_left = -1 };
		return RC_OK;
	}
	if (password_is_old(k.hash))
		TRY(password_make(cx, in->password, &s.rehash));
	rc = db_write(cx, success_fn, &s);
	out->wait_s = s.wait_s;
	TRY(rc);
	*out = (struct sign_in){
		.account = k.id, .lang = k.lang, .last_sign_in = k.last, .recovery_left = -1
	};
	return RC_OK;
}

/* A login as it is stored: people type spaces and capitals. NUL-free by the door; broken text and
 * what is too long cannot be a login and becomes one that does not exist. */
const char *
login_as_stored(struct ctx *cx, const char *login)
{
	char *s = arena_str(cx->arena, login == NULL ? "" : login);
	size_t i, n;

	while (*s == ' ' || *s == '\t')
		s++;
	for (n = strlen(s); n > 0 && (s[n - 1] == ' ' || s[n - 1] == '\t'); n--)
		s[n - 1] = '\0';
	for (i = 0; s[i] != '\0'; i++)
		if (s[i] >= 'A' && s[i] <= 'Z')
			s[i] = (char)(s[i] - 'A' + 'a');
		else if ((unsigned char)s[i] >= 0x80)
			s[i] = '?';
	return s;
}

int
sign_in_first(struct ctx *cx, const struct sign_in_try *in, struct sign_in *out)
{
	int rc;

	*out = (struct sign_in){ .recovery_left = -1 };
	TRY(password_enter(cx));
	rc = inside(cx, login_as_stored(cx, in->login), in, out);
	password_leave();
	return rc;
}

int
account_sign_in(
    struct ctx *cx, const char *login, const char *password, const char *peer, struct sign_in *out)
{
	return sign_in_first(
	    cx, &(struct sign_in_try){ .login = login, .password = password, .peer = peer }, out);
}

/* ---- the second door ---- */

struct second {
	struct success s;
	const char *code;
	int left;
};

static int
second_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct second *t = arg;
	bool on;

	TRY(waits_left_tx(cx, t->s.client, &t->s.wait_s));
	if (t->s.wait_s > 0)
		return must_wait(cx, t->s.wait_s);
	TRY(second_is_on(cx, t->s.known->id, &on));
	t->s.how = "password";
	t->left = -1;
	/* Switched off meanwhile: the password was right, and that is enough again. */
	if (on)
		TRY(second_take_tx(cx, tx, t->s.known->id, t->code, &t->s.how, &t->left));
	return t->s.how != NULL ? success_tx(cx, tx, &t->s)
				: failure_tx(cx, tx, t->s.client, "code", &t->s.wait_s);
}

int
sign_in_second(struct ctx *cx, const struct second_try *in, struct sign_in *out)
{
	char device[41];
	struct known k;
	struct client c;
	struct second t = { .s = { .known = &k, .client = &c }, .code = in->code };
	int rc;

	*out = (struct sign_in){ .recovery_left = -1 };
	TRY(ticket_open(cx, in->ticket, &k));
	c = client_of(cx, k.id, k.login, in->peer);
	c.device = device_of_agent(in->agent, device);
	TRY(waits_left(cx, &c, &out->wait_s));
	if (out->wait_s > 0)
		return must_wait(cx, out->wait_s);
	if (k.disabled)
		return is_closed(cx, &c);
	rc = db_write(cx, second_fn, &t);
	out->wait_s = t.s.wait_s;
	TRY(rc);
	if (t.s.how == NULL) {
		int peer =
		    guess_failed('p', c.peer, cx->now, ACCOUNT_PEER_FAILURES, PEER_FORGET_US);

		out->wait_s = peer > t.s.wait_s ? peer : t.s.wait_s;
		return wrong(
		    cx, "code", tr(cx, "The code is wrong, or it was used already."), out->wait_s);
	}
	*out = (struct sign_in){
		.account = k.id, .lang = k.lang, .last_sign_in = k.last, .recovery_left = t.left
	};
	return RC_OK;
}

/* ---- proving one's own password ---- */

static int
prove_inside(struct ctx *cx, int64_t account, const char *password, const char *field)
{
	struct known k;
	struct client c;
	int wait;

	TRY(load_known(cx, "id", v_int(account), &k));
	if (k.id == 0)
		return RC_NOTFOUND;
	c = client_of(cx, k.id, k.login, "");
	c.trusted = true;
	c.device = "";
	TRY(waits_left(cx, &c, &wait));
	if (wait > 0)
		return must_wait(cx, wait);
	if (password_fits(k.hash, password))
		return RC_OK;
	TRY(note_failure(cx, &c, "password", &wait));
	return wrong(cx, field, tr(cx, "This is not your present password."), wait);
}

int
password_prove(struct ctx *cx, int64_t account, const char *password, const char *field)
{
	int rc;

	TRY(password_enter(cx));
	rc = prove_inside(cx, account, password, field);
	password_leave();
	return rc;
}
