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
	SIGNUP_SECRET = 42 /* longest secret, with its NUL */
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
	const char *nonce;
};
extern const struct kind signup_form_kind, signup_question_kind, signup_kind;
extern const struct option signup_states[], signup_asks[], question_types[], signup_ways[];
extern const struct person_link signup_links[];
extern const size_t signup_nlinks;

#endif
