/* contest_certificate.c – certificates and letters of thanks: issued, numbered, withdrawn, and checked by anybody
 * who holds one.
 *
 * The code is base64url of 14 bytes (number, day, place, big-endian) and the house's signature over them, so a
 * made-up number, another place or another day is no code of this house. */
#include <sodium.h>

#include "core/signature.h"
#include "mod/contest/contest_inner.h"

enum { FACTS = 14, CODE_BYTES = FACTS + SIGNATURE_SIZE };

/* ---- issuing ---- */

int
certificate_issue_tx(
    struct ctx *cx, struct tx *tx, const struct certificate_in *in, struct certificate *out)
{
	const struct actor *who = cx->actor;
	struct actor program = contest_program(cx);
	int rc;

	kind_empty(&certificate_kind, out);
	TRY(db_int(
	    cx, &out->number, "SELECT coalesce(max(number), 0) + 1 FROM certificate", NO_VALS));
	out->event = in->event;
	out->entry = in->entry;
	out->person = in->person;
	out->body = in->body;
	out->type = in->type;
	out->place = in->place == 0 ? INT_NONE : in->place;
	out->day = cx->today;
	cx->actor = &program;
	rc = kind_insert_tx(cx, tx, &certificate_kind, out);
	cx->actor = who;
	return rc;
}

struct issuing {
	int64_t of, *made;
};

enum { PRIZED = 3 }; /* places that make a winner's diploma */

static int
take_back(struct ctx *cx, struct tx *tx, struct certificate *c, const char *reason)
{
	c->withdrawn_on = cx->today;
	c->reason = tr(cx, reason);
	return kind_rewrite_tx(cx, tx, &certificate_kind, c);
}

/* Those of entries that were withdrawn between two signings: the signed protocol knows them no more. */
static int
withdraw_gone(struct ctx *cx, struct tx *tx, int64_t contest)
{
	struct certificate c;
	int64_t *ids;
	size_t n, i;

	TRY(kind_ids(cx,
	    "SELECT c.id FROM certificate c JOIN contest_entry e ON e.id = c.entry WHERE e.contest "
	    "= $1 AND e.withdrawn_on IS NOT NULL AND c.withdrawn_on IS NULL ORDER BY c.id",
	    contest, &ids, &n));
	for (i = 0; i < n; i++) {
		TRY(kind_load(cx, &certificate_kind, ids[i], &c));
		TRY(take_back(cx, tx, &c, N_("This entry was withdrawn.")));
	}
	return RC_OK;
}

/* Those of an entry that say something else than is issued now are withdrawn; *stands: one says the same. */
static int
withdraw_others(struct ctx *cx, struct tx *tx, const struct certificate_in *in, bool *stands)
{
	int64_t *ids;
	size_t n, i;

	*stands = false;
	TRY(kind_ids(cx,
	    "SELECT id FROM certificate WHERE entry = $1 AND withdrawn_on IS NULL ORDER BY id",
	    in->entry, &ids, &n));
	for (i = 0; i < n; i++) {
		struct certificate c;

		TRY(kind_load(cx, &certificate_kind, ids[i], &c));
		if (strcmp(c.type, in->type) == 0 &&
		    c.place == (in->place == 0 ? INT_NONE : in->place)) {
			*stands = true;
			continue;
		}
		TRY(take_back(cx, tx, &c, N_("The signed protocol gives another place.")));
	}
	return RC_OK;
}

static int
issue_entry(struct ctx *cx, struct tx *tx, const struct contest_table *t, size_t i, int64_t *made)
{
	const struct contest_entry *e = &t->entry[i];
	bool won = (e->place != INT_NONE && e->place <= PRIZED) || e->prize != NULL;
	struct certificate_in in = { t->c.event, e->rec.id, e->person, e->body,
		won ? "winner" : "entrant",
		won && e->place != INT_NONE && e->place <= PRIZED ? e->place : 0 };
	struct certificate c;
	bool stands;

	TRY(withdraw_others(cx, tx, &in, &stands));
	if (stands)
		return RC_OK;
	++*made;
	return certificate_issue_tx(cx, tx, &in, &c);
}

static int
of_contest_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct issuing *is = arg;
	struct contest_table t;
	const size_t *order;
	size_t i;

	*is->made = 0;
	TRY(contest_run_by(cx, is->of));
	TRY(contest_table(cx, is->of, &t));
	if (contest_stage(t.c.state) != STAGE_SIGNED)
		return fail(cx, RC_RULE, N_("Certificates follow the signed protocol."));
	TRY(withdraw_gone(cx, tx, is->of));
	order = contest_order(cx, &t);
	for (i = 0; i < t.nentries; i++)
		TRY(issue_entry(cx, tx, &t, order[i], is->made));
	return RC_OK;
}

int
certificates_of_contest(struct ctx *cx, int64_t contest, int64_t *made)
{
	return db_write(cx, of_contest_fn, &(struct issuing){ contest, made });
}

static int
of_event_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct issuing *is = arg;
	struct event e;
	int64_t *people;
	size_t n, i;

	*is->made = 0;
	TRY(kind_get(cx, &event_kind, is->of, &e));
	if (!may(cx, CAP_EVENT_WRITE) || !actor_in_scope(cx->actor, e.body))
		return fail(cx, RC_DENIED,
		    N_("This belongs to another body; you may change only what is your own "
		       "body's."));
	if (!event_is_counted_state(e.state))
		return fail(cx, RC_RULE, N_("Letters of thanks follow an event that took place."));
	TRY(kind_ids(cx,
	    "SELECT DISTINCT person FROM attendance WHERE event = $1 AND withdrawn = 0 AND person "
	    "IS "
	    "NOT NULL ORDER BY person",
	    is->of, &people, &n));
	for (i = 0; i < n; i++) {
		struct certificate_in in = { is->of, 0, people[i], 0, "thanks", 0 };
		struct certificate c;
		int64_t has;

		TRY(db_int(cx, &has,
		    "SELECT count(*) FROM certificate WHERE event = $1 AND person = $2 AND entry "
		    "IS NULL "
		    "AND withdrawn_on IS NULL",
		    VALS(v_int(is->of), v_int(people[i]))));
		if (has > 0)
			continue;
		TRY(certificate_issue_tx(cx, tx, &in, &c));
		++*is->made;
	}
	return RC_OK;
}

int
certificates_of_event(struct ctx *cx, int64_t event, int64_t *made)
{
	return db_write(cx, of_event_fn, &(struct issuing){ event, made });
}

/* ---- withdrawing ---- */

struct withdrawing {
	int64_t id, version;
	const char *reason;
};

static int
withdraw_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct withdrawing *w = arg;
	struct certificate c;
	struct event e;

	TRY(kind_get(cx, &certificate_kind, w->id, &c));
	TRY(kind_load(cx, &event_kind, c.event, &e));
	if (!may(cx, CAP_EVENT_WRITE) || !actor_in_scope(cx->actor, e.body))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	if (c.rec.version != w->version)
		return fail(cx, RC_CONFLICT,
		    N_("Somebody else changed this record meanwhile. Look at it again."));
	if (c.withdrawn_on != 0)
		return fail(cx, RC_RULE, N_("This certificate was withdrawn already."));
	c.withdrawn_on = cx->today;
	c.reason = w->reason;
	return kind_rewrite_tx(cx, tx, &certificate_kind, &c);
}

int
certificate_withdraw(struct ctx *cx, int64_t id, int64_t version, const char *reason)
{
	if (reason == NULL || reason[strspn(reason, " \t\r\n")] == '\0')
		fail_field(cx, "reason", N_("Say why the certificate is withdrawn."));
	TRY(fields_rc(cx));
	return db_write(cx, withdraw_fn, &(struct withdrawing){ id, version, reason });
}

/* ---- whose it is ---- */

static int
person_name(struct ctx *cx, int64_t person, bool open, const char **out)
{
	struct person p;

	*out = "";
	if (person == 0)
		return RC_OK;
	TRY(kind_load(cx, &person_kind, person, &p));
	if (open)
		*out = contest_open_name(cx, &p);
	else if (p.erased_on == 0)
		*out = kind_title(cx, &person_kind, &p);
	return RC_OK;
}

int
certificate_holder(struct ctx *cx, const struct certificate *c, bool open, const char **out)
{
	struct contest_entry e;

	if (c->entry != 0) {
		TRY(kind_load(cx, &contest_entry_kind, c->entry, &e));
		/* The body of a person's entry only sends him: it never won. */
		return strcmp(e.type, "person") == 0 ? person_name(cx, c->person, open, out)
						     : contest_entrant(cx, &e, out);
	}
	if (c->person != 0 || c->body == 0)
		return person_name(cx, c->person, open, out);
	return kind_titles(cx, &body_kind, &c->body, 1, out);
}

/* ---- the code ---- */

static void
facts(const struct certificate *c, unsigned char out[FACTS])
{
	uint64_t number = (uint64_t)c->number;
	uint32_t day = (uint32_t)c->day;
	uint16_t place = c->place == INT_NONE ? 0 : (uint16_t)c->place;
	int i;

	for (i = 0; i < 8; i++)
		out[i] = (unsigned char)(number >> (56 - 8 * i));
	for (i = 0; i < 4; i++)
		out[8 + i] = (unsigned char)(day >> (24 - 8 * i));
	out[12] = (unsigned char)(place >> 8);
	out[13] = (unsigned char)place;
}

const char *
certificate_code(struct ctx *cx, const struct certificate *c)
{
	enum { VARIANT = sodium_base64_VARIANT_URLSAFE_NO_PADDING };
	unsigned char raw[CODE_BYTES];
	size_t room = sodium_base64_encoded_len(sizeof raw, VARIANT);
	char *text = arena_alloc(cx->arena, room);

	facts(c, raw);
	signature_make(SIGNED_CERTIFICATE, raw, FACTS, raw + FACTS);
	return sodium_bin2base64(text, room, raw, sizeof raw, VARIANT);
}

int
certificate_of_code(struct ctx *cx, const char *code, struct certificate *out)
{
	unsigned char raw[CODE_BYTES], is[FACTS];
	const char *end;
	size_t n = strlen(code), got = 0;
	uint64_t number = 0;
	int64_t id;
	int i;

	if (sodium_base642bin(raw, sizeof raw, code, n, NULL, &got, &end,
		sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
	    got != sizeof raw || *end != '\0' ||
	    !signature_good(SIGNED_CERTIFICATE, raw, FACTS, raw + FACTS))
		return RC_NOTFOUND;
	for (i = 0; i < 8; i++)
		number = number << 8 | raw[i];
	TRY(db_int(
	    cx, &id, "SELECT id FROM certificate WHERE number = $1", VALS(v_int((int64_t)number))));
	TRY(kind_load(cx, &certificate_kind, id, out));
	facts(out, is);
	return memcmp(is, raw, FACTS) == 0 ? RC_OK : RC_NOTFOUND;
}
