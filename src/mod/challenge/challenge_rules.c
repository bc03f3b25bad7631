/* challenge_rules.c – sending an entry and deciding about it. One transaction each that holds the challenge's
 * key, so that the same form sent twice at once is one entry. */
#include "mod/challenge/challenge_inner.h"

#include <string.h>

#include "base/utf8.h"
#include "mod/challenge/challenge_link.h"

int64_t
challenge_key(int64_t challenge)
{
	struct challenge_entry e = { .challenge = challenge };
	int64_t key[1];

	(void)kind_hot_keys(&challenge_entry_kind, &e, key);
	return key[0];
}

struct actor
challenge_house(const struct actor *who)
{
	struct actor a = actor_system;

	a.account = who->account;
	a.person = who->person;
	a.login = who->login;
	a.name = who->name;
	return a;
}

int
challenge_open(struct ctx *cx, const struct challenge *c, const char **why)
{
	struct event e;

	*why = NULL;
	if (c->event != 0) {
		TRY(kind_load(cx, &event_kind, c->event, &e));
		if (strcmp(e.state, "cancelled") == 0)
			*why = tr(cx, "The event is cancelled.");
		else if (strcmp(e.state, "planned") == 0 || e.merged_into != 0)
			*why = tr(cx, "The challenge is not open yet.");
	}
	if (*why != NULL)
		return RC_OK;
	if (strcmp(c->state, "open") != 0)
		*why = tr(cx, "The challenge is closed.");
	else if (c->from_day > cx->today)
		*why = trf(cx, "Entries are taken from %s.", day_text(cx, c->from_day));
	else if (c->to_day < cx->today)
		*why = trf(cx, "Entries were taken until %s.", day_text(cx, c->to_day));
	return RC_OK;
}

/* ---- what was typed ---- */

/* Marks that turn the direction of writing or take no place: with them a text reads other than it is. */
static bool
has_hidden(const char *s)
{
	static const struct {
		int32_t from, to;
	} hidden[] = { { 0x00ad, 0x00ad }, { 0x061c, 0x061c }, { 0x200b, 0x200f },
		{ 0x202a, 0x202e }, { 0x2060, 0x206f }, { 0xfeff, 0xfeff } };
	const char *end = s + strlen(s);
	size_t i;

	while (s < end) {
		int32_t cp = utf8_next(&s, end);

		for (i = 0; i < ARRAY_LEN(hidden); i++)
			if (cp >= hidden[i].from && cp <= hidden[i].to)
				return true;
	}
	return false;
}

static void
check_text(struct ctx *cx, const char *field, const char *text, const char *needed)
{
	if (text == NULL && needed != NULL)
		fail_field(cx, field, "%s", needed);
	else if (text != NULL && has_hidden(text))
		fail_field(
		    cx, field, N_("There are signs in it that cannot be seen. Type it anew."));
	else if (text != NULL && (strstr(text, "://") != NULL || strchr(text, '@') != NULL))
		fail_field(cx, field, N_("No addresses here: the link has a line of its own."));
}

static bool
is_code(const struct option *o, const char *code)
{
	for (; o->code != NULL; o++)
		if (code != NULL && strcmp(o->code, code) == 0)
			return true;
	return false;
}

/* RULE challenge-3 */
static void
check_link(struct ctx *cx, const char *typed, struct challenge_link *out)
{
	switch (challenge_link_read(cx->arena, typed, out)) {
	case LINK_FINE:
		break;
	case LINK_NONE:
		fail_field(cx, "link", N_("Put the link to your work here."));
		break;
	case LINK_LONG:
		fail_field(cx, "link", N_("The link is too long. Use “Share”, “Copy link”."));
		break;
	case LINK_HTTPS:
		fail_field(cx, "link", N_("A link begins with https://"));
		break;
	case LINK_SIGNS:
		fail_field(cx, "link",
		    N_("There are signs in it that stand in no link. Use “Share”, “Copy link”."));
		break;
	case LINK_HOST:
		fail_field(cx, "link",
		    N_("This is not the name of a public site. Use “Share”, “Copy link”."));
		break;
	}
}

/* ---- entering ---- */

struct entering {
	const struct challenge_in *in;
	struct challenge c;
	struct challenge_entry e;
	struct challenge_made out;
};

/* RULE challenge-4: the same form sent twice is one entry. */
static int
sent_before(struct ctx *cx, struct entering *m)
{
	int rc;

	if (m->in->nonce == NULL)
		return RC_OK;
	rc = db_int(cx, &m->out.id,
	    "SELECT entry FROM challenge_sent WHERE challenge = $1 AND nonce = $2",
	    VALS(v_int(m->in->challenge), v_text(m->in->nonce)));
	m->out.again = rc == RC_OK;
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static int
check_same_link(struct ctx *cx, const struct challenge_entry *e)
{
	int64_t n;

	TRY(db_int(cx, &n,
	    "SELECT count(*) FROM challenge_entry WHERE challenge = $1 AND link = $2",
	    VALS(v_int(e->challenge), v_text(e->link))));
	if (n > 0)
		fail_field(cx, "link", N_("This link is entered already."));
	return fields_rc(cx);
}

/* RULE challenge-2: nobody enters without the own consent, a minor not without a parent's. */
static void
check_consents(struct ctx *cx, const struct challenge_in *in, const struct challenge_entry *e)
{
	if (!in->consents)
		fail_field(cx, "consent", N_("Without your consent the work cannot be shown."));
	else if (in->consent_version == NULL ||
		 strcmp(in->consent_version, e->consent_version) != 0)
		fail_field(cx, "consent",
		    N_("The text was changed in between. Read it and agree once more."));
	if (!e->minor)
		return;
	check_text(cx, "parent", e->parent, tr(cx, "The parent's or guardian's name is needed."));
	if (!in->parent_consents)
		fail_field(cx, "parent_consent", N_("A parent or guardian must agree, too."));
}

static int
fill(struct ctx *cx, struct entering *m)
{
	const struct challenge_in *in = m->in;
	struct challenge_link link = { "", "", "other" };
	struct challenge_entry *e = &m->e;
	struct arena *a = cx->arena;

	kind_empty(&challenge_entry_kind, e);
	e->challenge = in->challenge;
	e->surname = utf8_trim(a, in->surname);
	e->given = utf8_trim(a, in->given);
	e->parent = utf8_trim(a, in->parent);
	/* RULE challenge-6: where a parent signs, the tick was forgotten; a name too little harms nobody. */
	e->minor = in->minor || in->parent_consents || e->parent != NULL;
	e->work = m->c.asks_work ? utf8_trim(a, in->work) : NULL;
	e->lang = in->lang;
	e->consent_version = m->c.consent_version;
	check_text(cx, "surname", e->surname, tr(cx, "Your surname is needed."));
	check_text(cx, "given", e->given, tr(cx, "Your given name is needed."));
	check_link(cx, in->link, &link);
	check_text(
	    cx, "work", e->work, m->c.asks_work ? tr(cx, "Write which work you read.") : NULL);
	if (!is_code(challenge_langs, in->lang))
		fail_field(cx, "lang", N_("Choose the language."));
	check_consents(cx, in, e);
	TRY(fields_rc(cx));
	e->link = link.url;
	e->network = link.network;
	e->consented_at = cx->now;
	e->state = "waiting";
	e->entered_on = cx->today;
	return check_same_link(cx, e);
}

static int
write_entry(struct ctx *cx, struct tx *tx, struct entering *m)
{
	TRY(kind_insert_tx(cx, tx, &challenge_entry_kind, &m->e));
	m->out.id = m->e.rec.id;
	return m->in->nonce == NULL
		   ? RC_OK
		   : tx_run(cx, tx, NULL,
			 "INSERT INTO challenge_sent (challenge, nonce, entry) VALUES ($1, $2, $3)",
			 VALS(v_int(m->e.challenge), v_text(m->in->nonce), v_int(m->e.rec.id)));
}

static int
enter_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct entering *m = arg;
	const struct actor *who = cx->actor;
	struct actor house = challenge_house(who);
	const char *why;
	int rc;

	m->out = (struct challenge_made){ 0 };
	TRY(kind_get(cx, &challenge_kind, m->in->challenge, &m->c));
	TRY(sent_before(cx, m));
	if (m->out.again)
		return RC_OK;
	TRY(challenge_open(cx, &m->c, &why));
	if (why != NULL)
		return fail(cx, RC_RULE, "%s", why);
	TRY(fill(cx, m));
	cx->actor = &house;
	rc = write_entry(cx, tx, m);
	cx->actor = who;
	return rc;
}

int
challenge_enter(struct ctx *cx, const struct challenge_in *in, struct challenge_made *out)
{
	struct entering *m = arena_new(cx->arena, struct entering);
	int64_t key = challenge_key(in->challenge);

	m->in = in;
	TRY(db_write_keys(cx, &key, 1, enter_fn, m));
	*out = m->out;
	return RC_OK;
}

/* ---- deciding ---- */

static const struct {
	const char *action, *state;
} decisions[] = { { "show", "shown" }, { "refuse", "refused" }, { "wait", "waiting" } };

static int
decide(struct ctx *cx, const struct challenge_decision *d, struct challenge_entry *e)
{
	const char *state = NULL;
	size_t i;

	for (i = 0; i < ARRAY_LEN(decisions); i++)
		if (d->action != NULL && strcmp(decisions[i].action, d->action) == 0)
			state = decisions[i].state;
	if (state == NULL)
		return fail(cx, RC_RULE, N_("Choose what becomes of the entry."));
	if (e->given == NULL || strcmp(e->state, "withdrawn") == 0)
		return fail(cx, RC_RULE,
		    N_("The entry was taken back by its author, or its term is over."));
	e->reason = NULL;
	if (strcmp(state, "refused") == 0) {
		if (!is_code(challenge_reasons, d->reason))
			return fail(cx, RC_RULE, N_("Choose the reason of the refusal."));
		e->reason = d->reason;
	}
	e->state = state;
	e->moderator = strcmp(state, "waiting") == 0 ? 0 : cx->actor->account;
	e->decided_on = strcmp(state, "waiting") == 0 ? 0 : cx->today;
	return RC_OK;
}

static bool
is_same(const char *a, const char *b)
{
	return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

static int
decide_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct challenge_decision *d = arg;
	const struct actor *who = cx->actor;
	struct actor house = challenge_house(who);
	struct challenge_entry e, was;
	struct challenge c;
	int rc;

	TRY(kind_get(cx, &challenge_entry_kind, d->id, &e));
	TRY(kind_load(cx, &challenge_kind, e.challenge, &c));
	TRY(challenge_run_by(cx, &c));
	was = e;
	TRY(decide(cx, d, &e));
	if (strcmp(e.state, was.state) == 0 && is_same(e.reason, was.reason))
		return RC_OK; /* two clicks: it is so already, and who said it first stays */
	if (e.rec.version != d->version)
		return fail(cx, RC_CONFLICT,
		    N_("Somebody else saved this record in between. Compare and save again."));
	cx->actor = &house;
	rc = kind_update_tx(cx, tx, &challenge_entry_kind, &e);
	cx->actor = who;
	return rc;
}

int
challenge_decide(struct ctx *cx, const struct challenge_decision *d)
{
	struct challenge_decision copy = *d;
	struct challenge_entry e;
	int64_t key;

	TRY(kind_get(cx, &challenge_entry_kind, d->id, &e));
	key = challenge_key(e.challenge);
	return db_write_keys(cx, &key, 1, decide_fn, &copy);
}
