/* signup_after.c – a sign-up once it stands: found by its secret, changed, withdrawn, cut when its term is
 * over. */
#include "kind/cut.h"
#include "kind/vault.h"
#include "mod/signup/signup_inner.h"

#include "base/utf8.h"

enum { MAC_BYTES = 16, MAC_SYMBOLS = 26 };

/* ---- the secret ---- */

/* RULE signup-3: derived from D.key and what does not change, so it lies nowhere and cannot be read out of the
 * database or a backup. 128 bits. */
const char *
signup_secret(struct arena *a, const struct signup *s)
{
	const char *what = arena_printf(a, "signup|%lld|%lld|%lld", (long long)s->rec.id,
	    (long long)s->event, (long long)s->rec.created_at);
	unsigned char mac[32];
	char symbols[MAC_SYMBOLS + 1];

	vault_mac(VAULT_TICKET, what, strlen(what), mac);
	crockford_write(mac, MAC_BYTES, symbols);
	return arena_printf(a, "%s-%lld", symbols, (long long)s->rec.id);
}

int
signup_by_secret(struct ctx *cx, const char *secret, struct signup *out)
{
	struct signup s;
	int64_t id;
	int rc;

	if (secret == NULL || strlen(secret) <= MAC_SYMBOLS + 1 || secret[MAC_SYMBOLS] != '-' ||
	    !num_parse(secret + MAC_SYMBOLS + 1, &id) || id < 1)
		return RC_NOTFOUND;
	rc = kind_load(cx, &signup_kind, id, &s);
	if (rc != RC_OK)
		return rc;
	if (!vault_equal(secret, signup_secret(cx->arena, &s)) || s.name == NULL)
		return RC_NOTFOUND;
	*out = s;
	return RC_OK;
}

int
signup_tickets(struct ctx *cx, int64_t signup, struct ticket out[SIGNUP_PERSONS], size_t *n)
{
	AUTO_ROWS r = { 0 };
	int64_t ids[SIGNUP_PERSONS];
	size_t found = 0, i;

	TRY(db_rows(cx, &r, "SELECT id FROM ticket WHERE signup = $1 ORDER BY seat LIMIT 10",
	    VALS(v_int(signup))));
	while (found < ARRAY_LEN(ids) && rows_next(&r))
		ids[found++] = row_int(&r, 0);
	TRY(rows_end(&r));
	for (i = 0; i < found; i++)
		TRY(kind_load(cx, &ticket_kind, ids[i], &out[i]));
	*n = found;
	return RC_OK;
}

int
signup_turn(struct ctx *cx, const struct signup *s, int64_t *turn)
{
	*turn = 0;
	if (strcmp(s->state, "waiting") != 0)
		return RC_OK;
	TRY(db_int(cx, turn,
	    "SELECT count(*) FROM signup WHERE event = $1 AND state = 'waiting' AND id < $2",
	    VALS(v_int(s->event), v_int(s->rec.id))));
	++*turn;
	return RC_OK;
}

/* ---- withdrawing ---- */

struct leaving {
	int64_t id, seat;
	bool office;
	struct signup s;
};

static int
is_used(struct ctx *cx, const struct ticket *t, bool *used)
{
	int64_t n;

	TRY(db_int(cx, &n,
	    "SELECT count(*) FROM attendance WHERE event = $1 AND ticket = $2 AND withdrawn = 0",
	    VALS(v_int(t->event), v_int(t->rec.id))));
	*used = n > 0;
	return RC_OK;
}

/* Seats that can go: all of them, or the one. */
static int
seats_go(struct ctx *cx, struct tx *tx, void *arg)
{
	struct leaving *l = arg;
	struct ticket t[SIGNUP_PERSONS];
	size_t n, i, gone = 0;
	bool used, mailed;

	TRY(signup_tickets(cx, l->id, t, &n));
	for (i = 0; i < n; i++) {
		if (strcmp(t[i].state, "revoked") == 0 || (l->seat != 0 && t[i].seat != l->seat))
			continue;
		TRY(is_used(cx, &t[i], &used));
		if (used && l->seat != 0)
			return fail(cx, RC_RULE, N_("Somebody came with this ticket already."));
		if (used)
			continue;
		TRY(signup_seat_gone_tx(cx, tx, &t[i], l->office ? "office" : "withdrawn"));
		gone++;
	}
	if (gone == 0)
		return fail(cx, RC_RULE, N_("There is nothing left to withdraw."));
	TRY(kind_load(cx, &signup_kind, l->id, &l->s));
	if (strcmp(l->s.state, "withdrawn") == 0)
		TRY(signup_tell_tx(cx, tx, &l->s, NEWS_WITHDRAWN, &mailed));
	return signup_fill_tx(cx, tx, l->s.event);
}

static int
check_time(struct ctx *cx, int64_t event)
{
	struct event e;

	TRY(kind_load(cx, &event_kind, event, &e));
	return (e.last_day == 0 ? e.first_day : e.last_day) < cx->today
		   ? fail(cx, RC_RULE, N_("The event is over."))
		   : RC_OK;
}

static int
leave_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct leaving *l = arg;

	TRY(kind_load(cx, &signup_kind, l->id, &l->s));
	if (l->office)
		TRY(event_in_scope(cx, l->s.event, false));
	TRY(check_time(cx, l->s.event));
	return signup_as_house(cx, tx, seats_go, l);
}

int
signup_withdraw(struct ctx *cx, int64_t id, int64_t seat, bool office)
{
	struct leaving l = { .id = id, .seat = seat, .office = office };
	struct signup s;
	int64_t key;

	if (office && !may(cx, CAP_EVENT_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	if (office)
		TRY(kind_get(cx, &signup_kind, id, &s));
	else
		TRY(kind_load(cx, &signup_kind, id, &s));
	key = signup_key(s.event);
	return db_write_keys(cx, &key, 1, leave_fn, &l);
}

/* ---- changing ---- */

struct changing {
	int64_t id, version;
	const struct signup_in *in;
	struct signup s;
	struct signup_form form;
	struct reading read;
	struct ticket t[SIGNUP_PERSONS];
	size_t n; /* tickets that are not revoked */
	struct signup_in tidy;
};

static int
live_tickets(struct ctx *cx, struct changing *c)
{
	size_t all, i;

	TRY(signup_tickets(cx, c->id, c->t, &all));
	for (i = c->n = 0; i < all; i++)
		if (strcmp(c->t[i].state, "revoked") != 0)
			c->t[c->n++] = c->t[i];
	return RC_OK;
}

static void
tidy(struct ctx *cx, struct changing *c)
{
	struct signup_in *t = &c->tidy;
	size_t i;

	*t = *c->in;
	t->n = c->n;
	t->event = c->s.event;
	for (i = 0; i < c->n; i++) {
		t->minor[i] = c->t[i].minor;
		/* A person on record is called as the record says. */
		t->name[i] = c->t[i].person != 0 ? c->t[i].name : utf8_trim(cx->arena, t->name[i]);
	}
	t->email = utf8_trim(cx->arena, t->email);
	t->phone = utf8_trim(cx->arena, t->phone);
	for (i = 0; i < SIGNUP_QUESTIONS; i++)
		t->answer[i] = i < c->read.nq ? utf8_trim(cx->arena, t->answer[i]) : NULL;
}

static int
change_rows(struct ctx *cx, struct tx *tx, void *arg)
{
	struct changing *c = arg;
	size_t i;

	c->s.name = c->tidy.name[0];
	c->s.email = c->tidy.email;
	c->s.phone = c->tidy.phone;
	c->s.answers = signup_answers(cx, &c->read, &c->tidy);
	TRY(kind_update_tx(cx, tx, &signup_kind, &c->s));
	for (i = 0; i < c->n; i++) {
		c->t[i].name = c->tidy.name[i];
		TRY(kind_update_tx(cx, tx, &ticket_kind, &c->t[i]));
	}
	return RC_OK;
}

static int
change_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct changing *c = arg;

	TRY(kind_load(cx, &signup_kind, c->id, &c->s));
	TRY(check_time(cx, c->s.event));
	if (c->s.rec.version != c->version)
		return fail(cx, RC_CONFLICT,
		    N_("Somebody else saved this record in between. Compare and save again."));
	TRY(signup_form_of(cx, c->s.event, &c->form));
	TRY(live_tickets(cx, c));
	if (c->n == 0)
		return fail(cx, RC_RULE, N_("There is nothing left to change."));
	c->read.form = &c->form;
	TRY(signup_questions(cx, c->s.event, c->read.q, &c->read.nq));
	tidy(cx, c);
	TRY(signup_check_in(cx, &c->read, &c->tidy, true));
	/* An address that stands stays, also one that the office entered. */
	if (c->tidy.email != NULL && (c->s.email == NULL || strcmp(c->tidy.email, c->s.email) != 0))
		TRY(signup_check_address(cx, c->s.event, c->tidy.email, c->id));
	return signup_as_house(cx, tx, change_rows, c);
}

int
signup_change(struct ctx *cx, int64_t id, int64_t version, const struct signup_in *in)
{
	struct changing *c = arena_new(cx->arena, struct changing);
	struct signup s;
	int64_t key;

	TRY(kind_load(cx, &signup_kind, id, &s));
	key = signup_key(s.event);
	c->id = id;
	c->version = version;
	c->in = in;
	return db_write_keys(cx, &key, 1, change_fn, c);
}

/* ---- reserved places released ---- */

struct releasing {
	int64_t event, version;
};

static int
release_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct releasing *r = arg;
	struct signup_form f;
	struct places p;

	TRY(signup_form_of(cx, r->event, &f));
	TRY(signup_places(cx, &f, &p));
	if (p.free_reserved == 0)
		return fail(cx, RC_RULE, N_("No reserved place is left to release."));
	f.rec.version = r->version;
	f.reserved = p.taken_reserved;
	return kind_update_tx(cx, tx, &signup_form_kind, &f);
}

int
signup_release(struct ctx *cx, int64_t event, int64_t version)
{
	int64_t key = signup_key(event);

	return db_write_keys(cx, &key, 1, release_fn, &(struct releasing){ event, version });
}

/* ---- the term ---- */

/* RULE signup-13: what is left is a number of seats and what became of them. */
int
signup_expire_tx(struct ctx *cx, struct tx *tx, int64_t id, int upto, struct cut_sums *sums)
{
	struct ticket t[SIGNUP_PERSONS];
	size_t n, i;

	(void)upto;
	TRY(signup_tickets(cx, id, t, &n));
	for (i = 0; i < n; i++)
		TRY(kind_cut_tx(cx, tx, &ticket_kind, t[i].rec.id, "person", sums));
	TRY(tx_run(cx, tx, NULL, "DELETE FROM signup_sent WHERE signup = $1", VALS(v_int(id))));
	return kind_cut_tx(cx, tx, &signup_kind, id, "person", sums);
}

/* Whoever signed up may be erased already; the names of those who came along stand in their tickets. */
const struct cut_term signup_terms[] = {
	{ "keep_signups",
	    "SELECT s.id FROM signup s JOIN event e ON e.id = s.event WHERE coalesce(e.last_day, "
	    "e.first_day) <= $1 AND (s.name IS NOT NULL OR EXISTS (SELECT 1 FROM ticket t WHERE "
	    "t.signup = s.id AND (t.name IS NOT NULL OR t.code IS NOT NULL))) ORDER BY s.id LIMIT "
	    "50",
	    signup_expire_tx, NULL },
	{ NULL, NULL, NULL, NULL },
};
