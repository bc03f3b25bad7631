/* ticket.h – one person's ticket for one event: found, checked, written, taken back.
 *
 * A ticket is a row; what its holder shows is a signed code (text/ticket_code.h, core/signature.h) that a
 * device may check without the list, or eight symbols to type. The signature tells that this house made the
 * ticket; whether it still is good stands here: a ticket may be revoked, wait for a place, be used, its event
 * cancelled or over. RULE signup-1 … -4 in docs/rules.md, ADR 0019.
 * The door asks by id: ticket_decode() and then one look at the row; names are for staff. */
#ifndef MOD_SIGNUP_TICKET_H
#define MOD_SIGNUP_TICKET_H

#include "kind/kind.h"
#include "mod/event/event.h"
#include "text/ticket_code.h"

struct ticket {
	struct rec rec;
	int64_t event, signup, seat; /* seat: 1… in its sign-up */
	const char *name;	     /* of the guest; NULL once its term is over */
	int64_t person;		     /* on record; 0 = a guest */
	const char *code;	     /* 8 symbols; NULL once its term is over */
	const char *state;	     /* valid, waiting, revoked */
	const char *reason;	     /* of a revoked one: withdrawn, office, lost */
	int64_t revoked_at;
	bool minor;
};
extern const struct kind ticket_kind;
extern const struct option ticket_states[], ticket_reasons[];

/* Why a code is none of ours. */
enum ticket_fault {
	TICKET_SOUND,
	TICKET_UNREADABLE, /* not a code at all */
	TICKET_TRUNCATED,  /* a part of a long one */
	TICKET_FORGED	   /* symbols changed, or signed by another house */
};
/* The long code, as typed or read: what it says, once its signature is proved. RC_INVALID with *fault and
 * a text; no database is asked. */
int ticket_decode(
    struct ctx *cx, const char *text, struct ticket_payload *out, enum ticket_fault *fault) MUST;
/* The row of a long or short code, whoever asks (a code is a secret; the caller shows no name to strangers).
 * RC_INVALID with *fault (also a long code whose row is another event's); RC_NOTFOUND: no such ticket. */
int ticket_find(
    struct ctx *cx, const char *text, struct ticket *out, enum ticket_fault *fault) MUST;
/* The signed code, TICKET_LONG symbols. last_day: the event's last. */
const char *ticket_encode(struct arena *a, const struct ticket *t, int last_day);
/* What the QR code holds: "HTTPS://HOST/T/<code>", the bare code without a base ("https://host"). */
const char *ticket_address(struct arena *a, const char *code, const char *base);
/* "XXXX-XXXX"; "" once its term is over. */
const char *ticket_shown(struct arena *a, const struct ticket *t);

/* What a ticket is worth now. In this order: the first that is true. */
enum ticket_worth {
	TICKET_REVOKED,	  /* at: when */
	TICKET_CANCELLED, /* its event is cancelled or postponed */
	TICKET_WAITING,	  /* in the waiting list: no place yet */
	TICKET_USED,	  /* at: of the arrival; 0 = only the day is known */
	TICKET_OVER,	  /* the event's last day is past */
	TICKET_VALID
};
struct ticket_status {
	enum ticket_worth worth;
	int64_t at;
	int first_day, last_day; /* of the event */
};
int ticket_status(struct ctx *cx, const struct ticket *t, struct ticket_status *out) MUST;
const char *ticket_worth_code(enum ticket_worth w); /* "valid", "revoked", "used", … */
/* A line for people: "Used: arrived on 15 November 2024 at 10:04." */
const char *ticket_worth_text(struct ctx *cx, const struct ticket_status *s);

/* Fill what event_attend() wants of a ticket that is good: event, ticket, person or guest. RC_RULE with the
 * reason in words for one that is revoked, waits, or whose event is cancelled. */
int ticket_attend(struct ctx *cx, const struct ticket *t, struct attend_in *in) MUST;

/* Take one back (lost, by the office); the place becomes free and the waiting list moves up. Staff of the
 * event's lead body. RC_RULE: revoked already; RC_CONFLICT. */
int ticket_revoke(struct ctx *cx, int64_t id, int64_t version, const char *reason) MUST;

#endif
