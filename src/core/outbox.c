/* outbox.c – see outbox.h. A letter is kept as receiver, subject and text with a zero byte between, sealed
 * together. */
#include "core/outbox.h"

#include "core/inner.h"
#include "core/mail.h"
#include "core/reset.h"
#include "core/session.h"
#include "core/setting.h"
#include "kind/vault.h"

#define PLACE "outbox"
#define MAILS_FORGET_US (900 * US_PER_SECOND)
#define CLAIM_US (600 * US_PER_SECOND)
enum { MAILS_FREE = 5, RETRY_S = 60, RETRY_MAX_S = 3600, KEPT_DAYS = 30 };

int
outbox_open(struct ctx *cx, bool *open)
{
	const char *server, *from;

	TRY(setting_get(cx, "mail_server", &server));
	TRY(setting_get(cx, "mail_from", &from));
	*open = *server != '\0' && mail_address(from);
	return RC_OK;
}

/* ---- one's own address ---- */

struct set_email {
	int64_t account;
	const char *email;
};

static int
set_email_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct set_email *s = arg;
	struct account a;

	TRY(kind_load(cx, &account_kind, s->account, &a));
	TRY(tx_run(cx, tx, NULL,
	    "UPDATE account SET email = $1, version = version + 1, changed_at = $2 WHERE id = $3",
	    VALS(v_text(s->email), v_int(cx->now), v_int(s->account))));
	tx_touch(tx, kind_number(&account_kind));
	return audit_tx(cx, tx, "update", "account", s->account, "email");
}

int
outbox_set_email(struct ctx *cx, int64_t account, const char *email, const char *password)
{
	struct set_email s = { account, email != NULL && *email != '\0' ? email : NULL };

	if (cx->actor->role != ROLE_SYSTEM &&
	    (cx->actor->account == 0 || cx->actor->account != account || cx->actor->token != 0))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	if (s.email != NULL && !mail_address(s.email))
		fail_field(cx, "email", N_("This is not an e-mail address."));
	TRY(fields_rc(cx));
	if (cx->actor->role != ROLE_SYSTEM)
		TRY(password_prove(
		    cx, account, password == NULL ? "" : password, "email-password"));
	return db_write(cx, set_email_fn, &s);
}

/* ---- any letter ---- */

#define USEFUL_US (3 * US_PER_DAY)

static struct slice
sealed_letter(struct arena *a, const char *to, const char *subject, const char *text)
{
	struct buf b;

	buf_init(&b, a, 0);
	buf_put(&b, to, strlen(to) + 1);
	buf_put(&b, subject, strlen(subject) + 1);
	buf_put(&b, text, strlen(text) + 1);
	return vault_seal_own(a, VAULT_ACCOUNT, PLACE, (struct slice){ b.p, b.n });
}

int
outbox_put_tx(struct ctx *cx, struct tx *tx, const struct letter_new *l, bool *written)
{
	int64_t useful = l->useful_us == 0 ? USEFUL_US : l->useful_us;
	bool open;

	*written = false;
	TRY(outbox_open(cx, &open));
	if (!open || l->to == NULL || !mail_address(l->to))
		return RC_OK;
	TRY(tx_run(cx, tx, NULL,
	    "INSERT INTO outbox (letter, made_at, due_at, ends_at, tries, state) VALUES ($1, $2, "
	    "$2, "
	    "$3, 0, 'open')",
	    VALS(v_blob(sealed_letter(cx->arena, l->to, l->subject, l->text)), v_int(cx->now),
		v_int(cx->now + useful))));
	*written = true;
	return RC_OK;
}

/* ---- a code by letter ---- */

struct ask {
	int64_t account; /* 0 = nobody to write to */
	const char *digest;
	struct slice letter;
};

static int
put_tx(struct ctx *cx, struct tx *tx, const struct ask *m, const char *state)
{
	bool open = strcmp(state, "open") == 0;

	return tx_run(cx, tx, NULL,
	    "INSERT INTO outbox (account, letter, made_at, due_at, ends_at, tries, state, done_at) "
	    "VALUES ($1, $2, $3, $3, $4, 0, $5, $6)",
	    VALS(v_int_or(m->account, 0), v_blob(open ? m->letter : (struct slice){ 0 }),
		v_int(cx->now), v_int(cx->now + RESET_HOURS * 3600 * US_PER_SECOND), v_text(state),
		v_int_or(open ? 0 : cx->now, 0)));
}

static int
ask_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct ask *m = arg;
	int64_t lately;

	TRY(db_int(cx, &lately,
	    "SELECT count(*) FROM outbox WHERE account = $1 AND made_at > $2 AND state <> 'none'",
	    VALS(v_int(m->account), v_int(cx->now - 3600 * US_PER_SECOND))));
	if (m->account == 0 || lately >= RESET_MAILS_AN_HOUR)
		return put_tx(cx, tx, m, "none");
	/* A printed code stays good: a stranger who asks must not take it away. */
	TRY(tx_run(cx, tx, NULL,
	    "UPDATE account_reset SET ended_at = $1 WHERE account = $2 AND made_by = 0 AND "
	    "ended_at "
	    "IS NULL",
	    VALS(v_int(cx->now), v_int(m->account))));
	TRY(tx_run(cx, tx, NULL,
	    "INSERT INTO account_reset (account, digest, made_at, made_by, expires_at) VALUES ($1, "
	    "$2, $3, 0, $4)",
	    VALS(v_int(m->account), v_text(m->digest), v_int(cx->now),
		v_int(cx->now + RESET_HOURS * 3600 * US_PER_SECOND))));
	TRY(put_tx(cx, tx, m, "open"));
	return audit_tx(cx, tx, "reset_mail", "account", m->account, NULL);
}

/* In the language of the account, whoever asks. */
static struct slice
letter_of(struct ctx *cx, const char *to, const char *login, const char *code, enum lang lang)
{
	enum lang reader = cx->lang;
	const char *subject, *text;

	cx->lang = lang;
	subject = tr(cx, "Code for a new password");
	text = trf(cx,
	    "A new password was asked for, for the login %s.\n\nCode: %s\n\nOpen the sign-in page, "
	    "choose “Forgot the password?” and type the login and this code. It is good once, "
	    "until "
	    "%s.\n\nWas it not you? Then do nothing: your password stays as it is.",
	    login, code, moment_text(cx, cx->now + RESET_HOURS * 3600 * US_PER_SECOND));
	cx->lang = reader;
	return sealed_letter(cx->arena, to, subject, text);
}

static int
find_receiver(struct ctx *cx, const char *login, struct ask *m, const char *code)
{
	AUTO_ROWS r = { 0 };
	const char *to = "nobody@example.org";
	enum lang lang = LANG_KK;

	TRY(db_rows(cx, &r,
	    "SELECT id, email, lang FROM account WHERE login = $1 AND disabled = 0 AND email IS "
	    "NOT "
	    "NULL",
	    VALS(v_text(login))));
	if (rows_next(&r)) {
		m->account = row_int(&r, 0);
		to = row_text(&r, 1);
		if (!lang_parse(row_text(&r, 2), &lang))
			lang = LANG_KK;
	}
	TRY(rows_end(&r));
	m->letter = letter_of(cx, to, login, code, lang);
	return RC_OK;
}

int
outbox_reset(struct ctx *cx, const char *login, const char *peer)
{
	const char *code = arena_strn(cx->arena, password_draw(cx->arena), 14);
	struct ask m = { .digest = secret_digest(cx->arena, code_bare(cx->arena, code)) };
	struct client c = client_of(cx, 0, "", peer);
	int wait = guess_wait('m', c.peer, cx->now);
	bool open;

	TRY(outbox_open(cx, &open));
	if (!open)
		return fail(
		    cx, RC_NOTFOUND, N_("E-mail is not set up here. Ask an administrator."));
	if (wait > 0)
		return must_wait(cx, wait);
	if (guess_failed('m', c.peer, cx->now, MAILS_FREE, MAILS_FORGET_US) < 0)
		return RC_BUG;
	TRY(find_receiver(cx, login_as_stored(cx, login), &m, code));
	db_end(cx);
	return db_write(cx, ask_fn, &m);
}

/* ---- sending ---- */

static int
take_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct letter *l = arg;
	int64_t changed, due = 0;
	AUTO_ROWS r = { 0 };

	l->id = 0;
	TRY(db_rows(cx, &r,
	    "SELECT id, due_at, tries, letter FROM outbox WHERE state = 'open' AND due_at <= $1 "
	    "AND "
	    "ends_at > $1 ORDER BY due_at, id LIMIT 1",
	    VALS(v_int(cx->now))));
	if (rows_next(&r)) {
		struct slice s = row_slice(&r, 3);

		l->id = row_int(&r, 0);
		due = row_int(&r, 1);
		l->tries = row_int(&r, 2);
		l->text = arena_copy(cx->arena, s.p, s.n);
		l->subject = l->text + s.n; /* its end, until it is opened */
	}
	TRY(rows_end(&r));
	if (l->id == 0)
		return RC_OK;
	/* Another process leaves it alone for ten minutes. */
	TRY(tx_run(cx, tx, &changed,
	    "UPDATE outbox SET due_at = $1, tries = tries + 1 WHERE id = $2 AND due_at = $3",
	    VALS(v_int(cx->now + CLAIM_US), v_int(l->id), v_int(due))));
	if (changed == 0)
		l->id = 0;
	return RC_OK;
}

int
outbox_take(struct ctx *cx, struct letter *out)
{
	struct slice plain;
	const char *end;
	int64_t any;

	TRY(db_int(cx, &any,
	    "SELECT count(*) FROM outbox WHERE state = 'open' AND due_at <= $1 AND ends_at > $1",
	    VALS(v_int(cx->now))));
	if (any == 0)
		return RC_NOTFOUND;
	TRY(db_write(cx, take_fn, out));
	if (out->id == 0)
		return RC_NOTFOUND;
	if (vault_unseal_own(cx->arena, VAULT_ACCOUNT, PLACE,
		(struct slice){ out->text, (size_t)(out->subject - out->text) }, &plain) != RC_OK)
		return fail(cx, RC_STORAGE, "%s", "a letter does not open with this key");
	end = plain.p + plain.n;
	out->to = plain.p;
	out->subject = out->to + strlen(out->to) + 1;
	out->text = out->subject < end ? out->subject + strlen(out->subject) + 1 : end;
	return out->text < end ? RC_OK : fail(cx, RC_STORAGE, "%s", "a letter is cut");
}

struct outcome {
	int64_t id;
	const char *state, *error; /* state NULL = again later */
};

static int
outcome_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct outcome *o = arg;
	int64_t tries, wait;

	if (o->state != NULL)
		return tx_run(cx, tx, NULL,
		    "UPDATE outbox SET state = $1, letter = NULL, done_at = $2, error = $3 WHERE "
		    "id "
		    "= $4",
		    VALS(v_text(o->state), v_int(cx->now), v_text(o->error), v_int(o->id)));
	TRY(db_int(cx, &tries, "SELECT tries FROM outbox WHERE id = $1", VALS(v_int(o->id))));
	wait = tries > 6 ? RETRY_MAX_S : RETRY_S << (tries < 1 ? 0 : tries - 1);
	return tx_run(cx, tx, NULL, "UPDATE outbox SET due_at = $1, error = $2 WHERE id = $3",
	    VALS(v_int(cx->now + wait * US_PER_SECOND), v_text(o->error), v_int(o->id)));
}

int
outbox_sent(struct ctx *cx, int64_t id)
{
	return db_write(cx, outcome_fn, &(struct outcome){ id, "sent", NULL });
}

int
outbox_failed(struct ctx *cx, int64_t id, const char *error, bool for_good)
{
	return db_write(cx, outcome_fn, &(struct outcome){ id, for_good ? "failed" : NULL, error });
}

static int
purge_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	(void)arg;
	TRY(tx_run(cx, tx, NULL,
	    "UPDATE outbox SET state = 'failed', letter = NULL, done_at = $1 WHERE state = 'open' "
	    "AND ends_at <= $1",
	    VALS(v_int(cx->now))));
	return tx_run(cx, tx, NULL, "DELETE FROM outbox WHERE made_at < $1",
	    VALS(v_int(cx->now - KEPT_DAYS * US_PER_DAY)));
}

int
outbox_purge(struct ctx *cx)
{
	int64_t n;

	TRY(db_int(cx, &n,
	    "SELECT count(*) FROM outbox WHERE (state = 'open' AND ends_at <= $1) OR made_at < $2",
	    VALS(v_int(cx->now), v_int(cx->now - KEPT_DAYS * US_PER_DAY))));
	return n == 0 ? RC_OK : db_write(cx, purge_fn, NULL);
}
