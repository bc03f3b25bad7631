/* ticket.c – see ticket.h. */
#include "core/signature.h"
#include "mod/signup/signup_inner.h"

static int
faulty(struct ctx *cx, enum ticket_fault why, enum ticket_fault *fault)
{
	*fault = why;
	return fail(cx, RC_INVALID, "%s",
	    why == TICKET_TRUNCATED
		? tr(cx, "A part of the code is missing. Scan or type it once more.")
	    : why == TICKET_FORGED ? tr(cx, "This code was not made here, or was changed.")
				   : tr(cx, "This is not a ticket's code."));
}

/* RULE signup-1: a code is taken only with the house's own signature over every bit of it. */
static int
decode_full(struct ctx *cx, const char *code, struct ticket_payload *out, enum ticket_fault *fault)
{
	unsigned char raw[TICKET_BYTES];

	if (!crockford_read(code, raw, sizeof raw) ||
	    !signature_good(SIGNED_TICKET, raw, TICKET_PAYLOAD, raw + TICKET_PAYLOAD) ||
	    !ticket_unpack(raw, out))
		return faulty(cx, TICKET_FORGED, fault);
	*fault = TICKET_SOUND;
	return RC_OK;
}

int
ticket_decode(
    struct ctx *cx, const char *text, struct ticket_payload *out, enum ticket_fault *fault)
{
	char code[TICKET_LONG + 1];
	enum ticket_form form = ticket_tidy(text, code);

	if (form != TICKET_FULL)
		return faulty(cx, form == TICKET_NOT ? TICKET_UNREADABLE : TICKET_TRUNCATED, fault);
	return decode_full(cx, code, out, fault);
}

static int
find_short(struct ctx *cx, const char *code, struct ticket *out)
{
	int64_t id;
	int rc = db_int(cx, &id, "SELECT id FROM ticket WHERE code = $1", VALS(v_text(code)));

	if (rc == RC_NOTFOUND)
		return fail(cx, RC_NOTFOUND, N_("There is no ticket with this code."));
	TRY(rc);
	return kind_load(cx, &ticket_kind, id, out);
}

int
ticket_find(struct ctx *cx, const char *text, struct ticket *out, enum ticket_fault *fault)
{
	char code[TICKET_LONG + 1];
	enum ticket_form form = ticket_tidy(text, code);
	struct ticket_payload p;
	int rc;

	*fault = TICKET_SOUND;
	if (form == TICKET_CODE)
		return find_short(cx, code, out);
	if (form != TICKET_FULL)
		return faulty(cx, form == TICKET_NOT ? TICKET_UNREADABLE : TICKET_TRUNCATED, fault);
	TRY(decode_full(cx, code, &p, fault));
	rc = kind_load(cx, &ticket_kind, p.ticket, out);
	if (rc == RC_NOTFOUND)
		return fail(cx, RC_NOTFOUND, N_("There is no ticket with this code."));
	TRY(rc);
	/* Signed in a database that this one was not restored from. */
	return out->event == p.event ? RC_OK : faulty(cx, TICKET_FORGED, fault);
}

const char *
ticket_encode(struct arena *a, const struct ticket *t, int last_day)
{
	struct ticket_payload p = { t->event, t->rec.id, last_day };
	unsigned char raw[TICKET_BYTES];
	char *out = arena_alloc(a, TICKET_LONG + 1);

	ticket_pack(&p, raw);
	signature_make(SIGNED_TICKET, raw, TICKET_PAYLOAD, raw + TICKET_PAYLOAD);
	crockford_write(raw, sizeof raw, out);
	return out;
}

/* Capitals only, so that a QR code holds it in its alphanumeric mode: a host's name has no small letters. */
const char *
ticket_address(struct arena *a, const char *code, const char *base)
{
	char *out, *p;

	if (base == NULL || *base == '\0')
		return code;
	out = arena_printf(a, "%s/T/%s", base, code);
	for (p = out; *p != '\0'; p++)
		if (*p >= 'a' && *p <= 'z')
			*p = (char)(*p - 'a' + 'A');
	return out;
}

const char *
ticket_shown(struct arena *a, const struct ticket *t)
{
	char out[TICKET_SHORT + 2];

	if (t->code == NULL || strlen(t->code) != TICKET_SHORT)
		return "";
	ticket_show(t->code, out);
	return arena_str(a, out);
}

/* ---- what it is worth ---- */

static int
arrival(struct ctx *cx, const struct ticket *t, bool *came, int64_t *at)
{
	AUTO_ROWS r = { 0 };

	TRY(db_rows(cx, &r,
	    "SELECT came_at FROM attendance WHERE event = $1 AND ticket = $2 AND withdrawn = 0",
	    VALS(v_int(t->event), v_int(t->rec.id))));
	*came = rows_next(&r);
	*at = *came ? row_int(&r, 0) : 0;
	return rows_end(&r);
}

int
ticket_status(struct ctx *cx, const struct ticket *t, struct ticket_status *out)
{
	struct event e;
	bool came;
	int64_t at;

	TRY(kind_load(cx, &event_kind, t->event, &e));
	TRY(arrival(cx, t, &came, &at));
	*out = (struct ticket_status){ TICKET_VALID, 0, e.first_day,
		e.last_day == 0 ? e.first_day : e.last_day };
	if (strcmp(t->state, "revoked") == 0) {
		out->worth = TICKET_REVOKED;
		out->at = t->revoked_at;
	} else if (strcmp(e.state, "cancelled") == 0 || strcmp(e.state, "postponed") == 0)
		out->worth = TICKET_CANCELLED;
	else if (strcmp(t->state, "waiting") == 0)
		out->worth = TICKET_WAITING;
	else if (came) {
		out->worth = TICKET_USED;
		out->at = at;
	} else if (out->last_day < cx->today)
		out->worth = TICKET_OVER;
	return RC_OK;
}

const char *
ticket_worth_code(enum ticket_worth w)
{
	static const char *const codes[] = { "revoked", "cancelled", "waiting", "used", "over",
		"valid" };

	return codes[w];
}

const char *
ticket_worth_text(struct ctx *cx, const struct ticket_status *s)
{
	switch (s->worth) {
	case TICKET_REVOKED:
		return s->at == 0 ? tr(cx, "Revoked: this ticket is no longer good.")
				  : trf(cx, "Revoked: this ticket is no longer good since %s.",
					moment_text(cx, s->at));
	case TICKET_CANCELLED:
		return tr(cx, "The event is cancelled or postponed.");
	case TICKET_WAITING:
		return tr(cx, "In the waiting list: there is no place yet.");
	case TICKET_USED:
		return s->at == 0 ? tr(cx, "Used: somebody came with this ticket.")
				  : trf(cx, "Used: arrived at %s.", moment_text(cx, s->at));
	case TICKET_OVER:
		return trf(cx, "The event is over: it ended on %s.", day_text(cx, s->last_day));
	case TICKET_VALID:
		break;
	}
	return tr(cx, "Valid.");
}

int
ticket_attend(struct ctx *cx, const struct ticket *t, struct attend_in *in)
{
	struct ticket_status s;

	TRY(ticket_status(cx, t, &s));
	if (s.worth == TICKET_REVOKED || s.worth == TICKET_CANCELLED || s.worth == TICKET_WAITING)
		return fail(cx, RC_RULE, "%s", ticket_worth_text(cx, &s));
	in->event = t->event;
	in->ticket = t->rec.id;
	in->person = t->person;
	in->guest = t->person == 0 ? t->name : NULL;
	return RC_OK;
}
