/* relief_need.h – needs of families: taken, moved, marked, read. Part of relief.h, which says what they are. */
#ifndef MOD_RELIEF_NEED_H
#define MOD_RELIEF_NEED_H

#include "mod/relief/relief.h"
#include "mod/relief/relief_code.h"

struct need {
	struct rec rec;
	int64_t headquarters;
	const char *code;    /* nine digits */
	const char *channel; /* phone, desk, public, paper */
	const char *paper;   /* what stands on the paper form: its number */
	int64_t asked_at;
	int asked_on, ended_on;	   /* their local days, for figures */
	struct sealed name, phone; /* need_family() */
	const char *phone_mac;
	int64_t district;
	const char *place; /* village, quarter: CAP_RELIEF_FAMILY */
	const char *place_key;
	struct sealed note; /* street, house, how to get in */
	int64_t people, children,
	    infants; /* children and infants are among people; INT_NONE = not said */
	bool pregnant, disabled, insulin, livestock;
	const char *urgency; /* now, today, later */
	const char *state, *state_reason;
	int64_t owner; /* account that has it in hand; 0 = nobody */
	int64_t called_at, checked_at, checked_by, assigned_at, started_at,
	    ended_at;	 /* 0 = not yet */
	int64_t hours;	 /* whole ones from asking to delivery, half ones up; INT_NONE until then */
	int64_t twin_of; /* the other one it was held against; both are kept */
	const char *twin; /* same, other; NULL = not decided */
};
/* One thing asked for: an item of the ledger with a quantity of base units, or a word with pieces. */
struct need_line {
	struct rec rec;
	int64_t need, item;
	const char *word;
	int64_t quantity; /* INT_NONE = not said */
};
extern const struct kind need_kind, need_line_kind;
extern const struct option need_channels[], need_urgencies[], need_states[], need_twins[];

struct need_step {
	const char *from, *action, *to;
	bool reason;	   /* must be given */
	const char *label; /* msgid of the button */
};
extern const struct need_step need_steps[];
extern const size_t need_nsteps;
/* A fresh code that no row of this table holds: a copy (mod/field) draws from few. */
int relief_code_new(struct ctx *cx, const char *table, const char **out) MUST;
bool need_is_over(const char *state); /* delivered, refused, closed */

enum { NEED_LINES = 12, NEED_PHONE_A_DAY = 5 /* by the public page, of one telephone */ };
struct need_in {
	int64_t
	    headquarters; /* 0: the open one whose area has the district, else the latest; RC_RULE: none is open */
	const char *nonce; /* of the form; NULL = none */
	const char *code;  /* relief_code_of(); NULL = drawn, as always but in the demo */
	const char *channel, *paper;
	int64_t asked_at; /* 0 = now */
	const char *name, *phone, *place, *note;
	int64_t district, people, children, infants;
	bool pregnant, disabled, insulin, livestock;
	const char *urgency;
	size_t nlines;
	struct {
		int64_t item, quantity;
		const char *word;
	} line[NEED_LINES];
};
/* Take a need. Anybody by the public page (channel "public"); every other channel needs CAP_RELIEF_WRITE.
 * *again: this form was sent before and *id is its need. RC_INVALID with fields name, phone, district, place, people,
 * children, lines, urgency; RC_RULE: no headquarters is open, too many from one telephone today. */
int need_take(struct ctx *cx, const struct need_in *in, int64_t *id, bool *again) MUST;
/* One step. `owner`: of "assign", 0 = the actor. RC_CONFLICT when somebody was faster (who, in words);
 * RC_RULE: no such step from here, or the headquarters is closed. CAP_RELIEF_WRITE. */
struct need_move {
	int64_t id, version;
	const char *action, *reason;
	int64_t owner;
};
int need_move(struct ctx *cx, const struct need_move *m) MUST;
/* The same inside another rule's write (a delivery that was signed); whoever calls has asked the actor's rights. */
int need_move_tx(struct ctx *cx, struct tx *tx, const struct need_move *m) MUST;
/* Somebody called back. */
int need_called(struct ctx *cx, int64_t id, int64_t version) MUST;
/* Held against another: `same` or `other`; both needs stay. */
int need_twin(struct ctx *cx, int64_t id, int64_t version, int64_t of, const char *twin) MUST;
/* Needs of the same headquarters with the same telephone, or in the same place of a district, most recent first. */
struct need_like {
	int64_t id;
	bool phone, place;
	const char *code, *state;
	int64_t asked_at;
};
int need_likely(struct ctx *cx, const struct need *n, struct need_like **out, size_t *n_out) MUST;
int need_lines(struct ctx *cx, int64_t need, struct need_line **out, size_t *n) MUST;
/* By the code as it was typed; RC_NOTFOUND, RC_INVALID: mistyped. Whoever asks: shows the state only. */
int need_by_code(struct ctx *cx, const char *typed, struct need *out) MUST;

/* Who asked. Texts are NULL where nothing was said or the term is over. `way` goes to the log of reads: page, list, file.
 * RC_DENIED without CAP_RELIEF_FAMILY, and once the headquarters is closed without CAP_RELIEF_OPEN, too. */
struct family {
	const char *name, *phone, *place, *note;
};
int need_family(struct ctx *cx, int64_t need, const char *way, struct family *out) MUST;

/* Retention (keep_relief): what names the family goes, what counts stays. */
struct cut_sums;
int need_expire_tx(struct ctx *cx, struct tx *tx, int64_t id, int upto, struct cut_sums *sums) MUST;
struct cut_term;
extern const struct cut_term relief_terms[];

/* Numbers of a headquarters: needs by state and urgency, people, hours. CAP_RELIEF_READ. */
enum { NEED_STATES = 7, NEED_URGENCIES = 3 };
struct relief_sums {
	int64_t state[NEED_STATES];	/* in the order of need_states[] */
	int64_t urgent[NEED_URGENCIES]; /* of those not finished */
	int64_t all, waiting;		/* waiting: new, checked */
	int64_t people, children;	/* of all that were not refused or closed */
	int64_t oldest;			/* asked_at of the oldest that waits; 0 = none */
	int64_t median_hours10;		/* ten times; INT_NONE = nothing was delivered */
	int64_t newest;			/* last change of any need; 0 = none */
};
int reads_sums(struct ctx *cx, int64_t headquarters, struct relief_sums *out) MUST;

#endif
