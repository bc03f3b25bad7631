/* signup.h – registration for an event: what the form asks, sign-ups without an account, places and the
 * waiting list. Tickets: ticket.h.
 *
 * One sign-up is one to several persons who come together; each gets a ticket. Places are counted by tickets
 * that are valid; never are there more than the capacity, also when many sign up at once (all writes of one
 * event wait for each other). Who finds no place waits, in order, and moves up by himself in the transaction
 * that makes a place free; a sign-up moves as a whole, and one that does not fit keeps its turn while a
 * smaller one behind it goes in. Reserved places are given by the office alone. RULE signup-5 … -12.
 * Whoever signed up without an account holds a secret address (signup_secret()): it is derived from D.key,
 * so that no list of secrets lies in the database. Ethnicity is never asked. */
#ifndef MOD_SIGNUP_SIGNUP_H
#define MOD_SIGNUP_SIGNUP_H

#include "mod/signup/ticket.h"

enum {
	SIGNUP_PERSONS = 10,   /* with one sign-up, at most */
	SIGNUP_QUESTIONS = 10, /* of an event, at most */
	SIGNUP_CHOICES = 12,
	SIGNUP_EMAILS = 3 /* sign-ups of one event with one address */
};

struct signup_form {
	struct rec rec;
	int64_t event;
	int opens_on, closes_on; /* 0 = at once; 0 = until the event's last day */
	bool closed;		 /* by hand */
	int64_t capacity;	 /* INT_NONE = no limit */
	int64_t reserved;	 /* of the capacity, given by the office only */
	const char *reserved_for;
	int64_t per_signup;
	const char *email, *phone; /* no, optional, required */
	bool minors;		   /* with a parent's consent to this text */
	const char *consent, *consent_version;
	bool waiting; /* a waiting list is kept */
	struct text3 after;
};
struct signup_question {
	struct rec rec;
	int64_t event, rank;
	struct text3 text;
	const char *type;     /* text, choice, yesno, number */
	struct text3 choices; /* one a line */
	bool required, gone;
};
struct signup {
	struct rec rec;
	int64_t event, person;		      /* person: an account's own; 0 = a guest */
	const char *name, *email, *phone;     /* NULL once their term is over */
	int64_t persons;		      /* that still come */
	const char *state;		      /* placed, waiting, withdrawn */
	bool reserved;			      /* on reserved places */
	const char *way;		      /* page, office */
	const char *lang;		      /* kk, ru, en: of letters */
	const char *answers;		      /* a line each: "12. Text\tanswer" */
	const char *parent, *consent_version; /* of minors */
	int signed_on, withdrawn_on;
};
extern const struct kind signup_form_kind, signup_question_kind, signup_kind;
extern const struct option signup_states[], signup_asks[], question_types[], signup_ways[];
extern const struct person_link signup_links[];
extern const size_t signup_nlinks;

/* ---- signing up ---- */
struct signup_in {
	int64_t event;
	const char *nonce; /* of the form; NULL = none */
	size_t n;	   /* persons */
	const char *name[SIGNUP_PERSONS];
	bool minor[SIGNUP_PERSONS];
	bool self; /* the first is the account's own person (name[0] is not read) */
	const char *email, *phone, *parent;
	const char *consent_version;	      /* of the text that was read */
	bool consents;			      /* the parent's tick */
	bool office, reserved;		      /* by hand; on a reserved place */
	const char *answer[SIGNUP_QUESTIONS]; /* in the order of signup_questions() */
};
struct signup_made {
	int64_t id;
	bool again;   /* this form was sent before: nothing was written */
	bool waiting; /* in the waiting list */
	bool mailed;  /* a letter is on its way */
};
/* Anybody, without an account; the office (`office`) only in its scope. RC_NOTFOUND: no event for this actor,
 * or it has no registration. RC_RULE: not open, no place left, signed up already – in words. RC_INVALID with
 * fields name1…, email, phone, parent, consent, q<ID>, persons. RULE signup-5 … -11. */
int signup_make(struct ctx *cx, const struct signup_in *in, struct signup_made *out) MUST;
/* Whether one can sign up now. Why not, in words; NULL = open. */
int signup_open(
    struct ctx *cx, const struct event *e, const struct signup_form *f, const char **why) MUST;
/* Those asked now, in order; n ≤ SIGNUP_QUESTIONS. */
int signup_questions(
    struct ctx *cx, int64_t event, struct signup_question out[SIGNUP_QUESTIONS], size_t *n) MUST;
/* RC_NOTFOUND: the event has no registration. */
int signup_form_of(struct ctx *cx, int64_t event, struct signup_form *out) MUST;

/* ---- afterwards ---- */
/* The secret of an address /s/…: whoever has it may see, change and withdraw this sign-up. */
const char *signup_secret(struct arena *a, const struct signup *s);
/* RC_NOTFOUND: no such secret, or its term is over. */
int signup_by_secret(struct ctx *cx, const char *secret, struct signup *out) MUST;
/* Its tickets, by seat; the revoked ones too. n ≤ SIGNUP_PERSONS. */
int signup_tickets(
    struct ctx *cx, int64_t signup, struct ticket out[SIGNUP_PERSONS], size_t *n) MUST;
/* How many sign-ups stand before this one in the waiting list, plus one; 0 = it does not wait. */
int signup_turn(struct ctx *cx, const struct signup *s, int64_t *turn) MUST;
/* The answer to a question as it was given, "" = none. */
const char *signup_answer(struct arena *a, const struct signup *s, int64_t question);
/* Withdraw one seat, or all (seat 0). `office`: by staff of the event's lead body; else the caller has proved the
 * secret. RC_RULE: over, used already, withdrawn before. Places that become free are filled at once. */
int signup_withdraw(struct ctx *cx, int64_t id, int64_t seat, bool office) MUST;
/* Other names, contacts, answers; in->n and who is under age stay. in->name[i] is of the i-th ticket of
 * signup_tickets() that is not revoked. RC_CONFLICT: version is not the stored one. */
int signup_change(struct ctx *cx, int64_t id, int64_t version, const struct signup_in *in) MUST;
/* RULE signup-8: places that were reserved and not given become open ones; who waits moves up. */
int signup_release(struct ctx *cx, int64_t event, int64_t version) MUST;

struct figure;
extern const struct figure *const signup_figures[];
extern const size_t signup_nfigures;

/* ---- what app/ hands over at boot ---- */
/* "https://host" that letters name; NULL = none is known, and letters hold no address. */
void signup_home_set(const char *base);
/* A parent's consent for a person on record goes to where consents are kept. */
struct signup_consent {
	int64_t person;
	const char *parent, *text, *version;
};
typedef int signup_consent_fn(struct ctx *cx, struct tx *tx, const struct signup_consent *c);
void signup_consent_set(signup_consent_fn *fn);
/* Letters and the waiting list when the event is cancelled, postponed, moved (event_follow_add()). */
event_follower signup_event_follow;
/* Retention: names, contacts, answers and codes of one sign-up go; what counts stays. */
struct cut_sums;
int signup_expire_tx(
    struct ctx *cx, struct tx *tx, int64_t id, int upto, struct cut_sums *sums) MUST;
struct cut_term;
extern const struct cut_term signup_terms[];

#endif
