/* sign_in.c – login and password against the database, with waiting time for those who guess.
 *
 * All of it happens inside the gate of password.c: state is read after the wait for the gate, so no
 * more guesses than two can be under way before a failure is written down. A login that does not
 * exist takes the same steps as one that does: a comparison of the same cost, the same schedule, the
 * same words. */
#include "core/inner.h"

#define LOGIN_FORGET_US (INT64_C(10) * 365 * US_PER_DAY) /* as in the database: never */

int
load_known(struct ctx *cx, const char *where, struct val v, struct known *out)
{
	AUTO_ROWS r = { 0 };
	const char *lang;

	*out = (struct known){ 0 };
	db_end(cx); /* what was read before the gate may be old by now */
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"SELECT id, password, disabled, locked_until, last_sign_in, lang FROM account "
		"WHERE %s = $1",
		where),
	    VALS(v)));
	if (rows_next(&r)) {
		*out = (struct known){ .id = row_int(&r, 0),
			.hash = row_text(&r, 1),
			.disabled = row_int(&r, 2) != 0,
			.locked_until = row_int(&r, 3),
			.last = row_int(&r, 4) };
		lang = row_text(&r, 5);
		if (lang == NULL || !lang_parse(lang, &out->lang))
			out->lang = LANG_KK;
	}
	TRY(rows_end(&r));
	db_end(cx); /* no snapshot is held while hashing */
	return RC_OK;
}

static int
larger(int a, int b)
{
	return a > b ? a : b;
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
seconds_locked(const struct ctx *cx, int64_t until)
{
	return until <= cx->now ? 0 : (int)((until - cx->now + US_PER_SECOND - 1) / US_PER_SECOND);
}

/* ---- failure ---- */

struct failed {
	int64_t id;
	int wait_s;
};

static int
failed_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct failed *f = arg;
	int64_t failures;

	TRY(db_int(
	    cx, &failures, "SELECT failures FROM account WHERE id = $1", VALS(v_int(f->id))));
	failures++;
	f->wait_s = guess_schedule(failures, ACCOUNT_FAILURES);
	TRY(tx_run(cx, tx, NULL,
	    "UPDATE account SET failures = $1, locked_until = $2 WHERE id = $3",
	    VALS(v_int(failures),
		v_int_or(f->wait_s == 0 ? 0 : cx->now + f->wait_s * US_PER_SECOND, 0),
		v_int(f->id))));
	/* One line a lock and not one a failure: a guesser must not fill the audit. */
	return f->wait_s == 0 ? RC_OK : audit_tx(cx, tx, "locked", "account", f->id, NULL);
}

int
note_failure(struct ctx *cx, int64_t id, const char *login, int *wait_s)
{
	struct failed f = { .id = id };

	if (id == 0)
		f.wait_s = guess_failed('l', login, cx->now, ACCOUNT_FAILURES, LOGIN_FORGET_US);
	else
		TRY(db_write(cx, failed_fn, &f));
	*wait_s = f.wait_s;
	return RC_OK;
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
	const char *rehash; /* NULL = the hash is of today's costs */
	int wait_s;
};

static int
success_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct success *s = arg;
	const struct known *k = s->known;
	int64_t until;

	/* Another process may have locked it meanwhile. */
	TRY(db_int(
	    cx, &until, "SELECT locked_until FROM account WHERE id = $1", VALS(v_int(k->id))));
	s->wait_s = seconds_locked(cx, until);
	if (s->wait_s > 0)
		return must_wait(cx, s->wait_s);
	TRY(tx_run(cx, tx, NULL,
	    "UPDATE account SET failures = 0, locked_until = NULL, before_last = last_sign_in, "
	    "last_sign_in = $1"
	    " WHERE id = $2",
	    VALS(v_int(cx->now), v_int(k->id))));
	if (s->rehash != NULL)
		TRY(tx_run(cx, tx, NULL,
		    "UPDATE account SET password = $1 WHERE id = $2 AND password = $3",
		    VALS(v_text(s->rehash), v_int(k->id), v_text(k->hash))));
	return audit_tx(cx, tx, "sign_in", "account", k->id, NULL);
}

/* ---- the whole ---- */

struct attempt {
	const char *login, *password, *peer;
};

static int
inside(struct ctx *cx, const struct attempt *a, struct sign_in *out)
{
	struct known k;
	struct success s = { .known = &k };
	int wait, rc;

	TRY(load_known(cx, "login", v_text(a->login), &k));
	wait = k.id != 0 ? seconds_locked(cx, k.locked_until) : guess_wait('l', a->login, cx->now);
	out->wait_s = larger(wait, guess_wait('p', a->peer, cx->now));
	if (out->wait_s > 0)
		return must_wait(cx, out->wait_s);
	if (!password_fits(k.hash, a->password)) {
		TRY(note_failure(cx, k.id, a->login, &wait));
		out->wait_s = larger(wait,
		    guess_failed('p', a->peer, cx->now, ACCOUNT_PEER_FAILURES, PEER_FORGET_US));
		return wrong(
		    cx, "password", tr(cx, "The login or the password is wrong."), out->wait_s);
	}
	if (k.disabled)
		return fail(cx, RC_DENIED, N_("This account is disabled. Ask an administrator."));
	if (password_is_old(k.hash))
		TRY(password_make(cx, a->password, &s.rehash));
	rc = db_write(cx, success_fn, &s);
	out->wait_s = s.wait_s;
	TRY(rc);
	*out = (struct sign_in){ .account = k.id, .lang = k.lang, .last_sign_in = k.last };
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
account_sign_in(
    struct ctx *cx, const char *login, const char *password, const char *peer, struct sign_in *out)
{
	struct attempt a = { login_as_stored(cx, login), password == NULL ? "" : password,
		peer == NULL ? "" : peer };
	int rc;

	*out = (struct sign_in){ 0 };
	TRY(password_enter(cx));
	rc = inside(cx, &a, out);
	password_leave();
	return rc;
}

static int
prove_inside(struct ctx *cx, int64_t account, const char *password, const char *field)
{
	struct known k;
	int wait;

	TRY(load_known(cx, "id", v_int(account), &k));
	if (k.id == 0)
		return RC_NOTFOUND;
	wait = seconds_locked(cx, k.locked_until);
	if (wait > 0)
		return must_wait(cx, wait);
	if (password_fits(k.hash, password))
		return RC_OK;
	TRY(note_failure(cx, k.id, "", &wait));
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
