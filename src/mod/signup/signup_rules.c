/* signup_rules.c – signing up: who may, whether there is a place, what is written. One transaction that holds
 * the event's key, so that nobody counts places between another's count and write. */
#include <sodium.h>

#include "mod/signup/signup_inner.h"

#include "base/utf8.h"

struct making {
	const struct signup_in *in;
	char code[SIGNUP_PERSONS][TICKET_SHORT + 1]; /* drawn before: a write may run twice */
	struct event event;
	struct signup_form form;
	struct reading read;
	struct signup_in tidy;
	struct signup s;
	struct signup_made out;
};

/* ---- whether one can ---- */

int
signup_open(struct ctx *cx, const struct event *e, const struct signup_form *f, const char **why)
{
	int last = e->last_day == 0 ? e->first_day : e->last_day;

	*why = NULL;
	if (strcmp(e->state, "cancelled") == 0)
		*why = tr(cx, "The event is cancelled.");
	else if (strcmp(e->state, "postponed") == 0)
		*why =
		    tr(cx, "The event is postponed. Registration goes on when a new day is known.");
	else if (last < cx->today || event_is_counted_state(e->state))
		*why = tr(cx, "The event is over.");
	else if (f->closed)
		*why = tr(cx, "Registration is closed.");
	else if (f->opens_on > cx->today)
		*why = trf(cx, "Registration begins on %s.", day_text(cx, f->opens_on));
	else if (f->closes_on != 0 && f->closes_on < cx->today)
		*why = trf(cx, "Registration ended on %s.", day_text(cx, f->closes_on));
	else if (strcmp(e->state, "approved") != 0 || e->merged_into != 0)
		*why = tr(cx, "Registration is closed.");
	return RC_OK;
}

static int
check_open(struct ctx *cx, struct making *m)
{
	const char *why;

	if (m->in->office)
		TRY(event_in_scope(cx, m->event.rec.id, false));
	TRY(signup_open(cx, &m->event, &m->form, &why));
	/* The office enters people before the opening and after the end, too; not into what is over. */
	if (why != NULL && (!m->in->office || (strcmp(m->event.state, "approved") != 0 &&
						  strcmp(m->event.state, "planned") != 0)))
		return fail(cx, RC_RULE, "%s", why);
	return RC_OK;
}

static int
check_self(struct ctx *cx, const struct making *m)
{
	int64_t n;

	if (!m->in->self)
		return RC_OK;
	if (cx->actor->person == 0)
		return fail(cx, RC_RULE, N_("Your account is not linked to a record of a person."));
	TRY(db_int(cx, &n,
	    "SELECT count(*) FROM ticket WHERE event = $1 AND person = $2 AND state <> 'revoked'",
	    VALS(v_int(m->in->event), v_int(cx->actor->person))));
	return n == 0 ? RC_OK : fail(cx, RC_RULE, N_("You are signed up for this event already."));
}

/* RULE signup-5: placed where there is room for all of them, else in the waiting list, else refused. */
static int
place(struct ctx *cx, struct making *m)
{
	struct places p;
	int64_t n = (int64_t)m->tidy.n, left;

	TRY(signup_places(cx, &m->form, &p));
	left = m->in->reserved ? p.free_reserved : p.free;
	if (left == INT_NONE || left >= n) {
		m->s.state = "placed";
		return RC_OK;
	}
	if (m->in->reserved)
		return fail(cx, RC_RULE, N_("Only %s reserved places are left."), num(cx, left));
	if (m->form.waiting) {
		m->s.state = "waiting";
		m->out.waiting = true;
		return RC_OK;
	}
	return left > 0 ? fail(cx, RC_RULE, N_("Only %s places are left."), num(cx, left))
			: fail(cx, RC_RULE, N_("All places are taken."));
}

/* ---- what is written ---- */

static const char *
own_name(struct ctx *cx)
{
	const char *title = "";
	int64_t id = cx->actor->person;

	return kind_titles(cx, &person_kind, &id, 1, &title) == RC_OK ? title : "";
}

static void
tidy(struct ctx *cx, struct making *m)
{
	struct signup_in *t = &m->tidy;
	size_t i;

	*t = *m->in;
	for (i = 0; i < t->n; i++)
		t->name[i] = utf8_trim(cx->arena, t->name[i]);
	if (t->self && t->n > 0)
		t->name[0] = own_name(cx);
	t->email = utf8_trim(cx->arena, t->email);
	t->phone = utf8_trim(cx->arena, t->phone);
	t->parent = utf8_trim(cx->arena, t->parent);
	if (strcmp(m->form.email, "no") == 0 && !t->office)
		t->email = NULL;
	if (strcmp(m->form.phone, "no") == 0 && !t->office)
		t->phone = NULL;
	for (i = 0; i < SIGNUP_QUESTIONS; i++)
		t->answer[i] = i < m->read.nq ? utf8_trim(cx->arena, t->answer[i]) : NULL;
}

static void
fill_signup(struct ctx *cx, struct making *m)
{
	const struct signup_in *t = &m->tidy;
	struct signup *s = &m->s;

	kind_empty(&signup_kind, s);
	s->event = t->event;
	s->person = t->self ? cx->actor->person : 0;
	s->name = t->name[0];
	s->email = t->email;
	s->phone = t->phone;
	s->persons = (int64_t)t->n;
	s->reserved = t->reserved;
	s->way = t->office ? "office" : "page";
	s->lang = lang_code(cx->lang);
	s->answers = signup_answers(cx, &m->read, t);
	if (signup_any_minor(t)) {
		s->parent = t->parent;
		s->consent_version = m->form.consent_version;
	}
	s->signed_on = cx->today;
}

static int
write_tickets(struct ctx *cx, struct tx *tx, const struct making *m)
{
	size_t i;

	for (i = 0; i < m->tidy.n; i++) {
		struct ticket t;

		kind_empty(&ticket_kind, &t);
		t.event = m->s.event;
		t.signup = m->s.rec.id;
		t.seat = (int64_t)i + 1;
		t.name = m->tidy.name[i];
		t.person = i == 0 ? m->s.person : 0;
		t.code = m->code[i];
		t.state = m->out.waiting ? "waiting" : "valid";
		t.minor = m->tidy.minor[i];
		TRY(kind_insert_tx(cx, tx, &ticket_kind, &t));
	}
	return RC_OK;
}

static struct {
	signup_consent_fn *keep;
} consents;

void
signup_consent_set(signup_consent_fn *fn)
{
	consents.keep = fn;
}

static int
write_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct making *m = arg;

	TRY(kind_insert_tx(cx, tx, &signup_kind, &m->s));
	if (m->in->nonce != NULL)
		TRY(tx_run(cx, tx, NULL,
		    "INSERT INTO signup_sent (event, nonce, signup) VALUES ($1, $2, $3)",
		    VALS(v_int(m->s.event), v_text(m->in->nonce), v_int(m->s.rec.id))));
	TRY(write_tickets(cx, tx, m));
	if (m->s.person != 0 && m->tidy.minor[0] && consents.keep != NULL)
		TRY(consents.keep(cx, tx,
		    &(struct signup_consent){
			m->s.person, m->s.parent, m->form.consent, m->s.consent_version }));
	m->out.id = m->s.rec.id;
	return signup_tell_tx(
	    cx, tx, &m->s, m->out.waiting ? NEWS_WAITS : NEWS_PLACED, &m->out.mailed);
}

/* RULE signup-4: the same form sent twice is one sign-up. */
static int
sent_before(struct ctx *cx, struct making *m)
{
	int rc;

	if (m->in->nonce == NULL)
		return RC_OK;
	rc =
	    db_int(cx, &m->out.id, "SELECT signup FROM signup_sent WHERE event = $1 AND nonce = $2",
		VALS(v_int(m->in->event), v_text(m->in->nonce)));
	m->out.again = rc == RC_OK;
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static int
make_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct making *m = arg;

	m->out = (struct signup_made){ 0 };
	TRY(kind_get(cx, &event_kind, m->in->event, &m->event));
	TRY(signup_form_of(cx, m->in->event, &m->form));
	TRY(sent_before(cx, m));
	if (m->out.again)
		return RC_OK;
	TRY(check_open(cx, m));
	m->read.form = &m->form;
	TRY(signup_questions(cx, m->in->event, m->read.q, &m->read.nq));
	tidy(cx, m);
	TRY(signup_check_in(cx, &m->read, &m->tidy, false));
	TRY(check_self(cx, m));
	if (!m->in->office)
		TRY(signup_check_address(cx, m->in->event, m->tidy.email, 0));
	fill_signup(cx, m);
	TRY(place(cx, m));
	return signup_as_house(cx, tx, write_fn, m);
}

int
signup_make(struct ctx *cx, const struct signup_in *in, struct signup_made *out)
{
	struct making *m = arena_new(cx->arena, struct making);
	unsigned char bits[TICKET_SHORT_BYTES];
	int64_t key = signup_key(in->event);
	size_t i;

	if (in->office && !may(cx, CAP_EVENT_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	if (in->n > SIGNUP_PERSONS || (in->reserved && !in->office))
		return fail(
		    cx, RC_BUG, "%s", "a sign-up of too many, or of a guest on reserved places");
	m->in = in;
	for (i = 0; i < SIGNUP_PERSONS; i++) {
		randombytes_buf(bits, sizeof bits);
		crockford_write(bits, sizeof bits, m->code[i]);
	}
	TRY(db_write_keys(cx, &key, 1, make_fn, m));
	*out = m->out;
	return RC_OK;
}
