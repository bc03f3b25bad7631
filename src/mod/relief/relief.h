/* relief.h – the relief headquarters: one emergency, its districts, duties, log and places, who can help,
 * and what families need.
 *
 * A headquarters is opened by the head (CAP_RELIEF_OPEN) on a legal act (Law 188-V of 11 April 2014 "On civil
 * protection", art. 48, 50) and closed with a reason. While it is open, needs, places and duties may be added; once
 * it is closed nothing can but log lines and late entries of the ledger (RULE relief-1). headquarters_takes()
 * is asked by whatever stands on it (centres, deliveries, meals, volunteers).
 *
 * A need is what one family asks for. What names the family – name, telephone, the note that says where – lies sealed
 * and is in no list, filter, export, API, search or history; need_family() alone opens it, one need at a time,
 * for CAP_RELIEF_FAMILY, and leaves a line in family_read (RULE relief-2). The place (village, quarter) is
 * plain and shown to CAP_RELIEF_FAMILY only. The rest – district, numbers of people, lines, urgency, state – is what the
 * board and the totals stand on (CAP_RELIEF_READ). Ethnicity is not asked. The asker holds a code of nine digits
 * (relief_code.h); whoever types it sees the state and nothing else.
 *
 * States: new → checked → assigned → on_way → delivered, or refused (with the reason), or closed (was
 * no need, found another way, twin). need_steps[] is the whole table (RULE relief-3). Each step leaves its moment, so
 * hours to delivery are counted from asked_at to ended_at. Two who take the same need at once: the second is told. */
#ifndef MOD_RELIEF_H
#define MOD_RELIEF_H

#include "mod/hall/hall.h"
#include "mod/relief/relief_code.h"
#include "mod/stock/stock.h"

/* ---- the headquarters ---- */

struct headquarters {
	struct rec rec;
	const char *code; /* "flood-2024": in addresses of exports and copies */
	struct text3 name;
	const char *emergency; /* flood, fire, frost, quake, storm, accident, epidemic, other */
	int opened_on;
	const char *act; /* who, number, day */
	int64_t chief;	 /* person; 0 = not named, or erased since */
	const char *hotline;
	int64_t hall, body; /* where it sits: a hall or a body's house */
	const char *state;  /* open, closed */
	int closed_on;
	const char *close_reason, *note;
};
struct relief_area { /* a district of its area */
	struct rec rec;
	int64_t headquarters, district;
};
struct relief_duty { /* who is on duty from when to when: a person on record, or a name */
	struct rec rec;
	int64_t headquarters, person;
	const char *name, *task;
	int64_t starts_at, ends_at;
	const char *phone;
};
struct
    relief_log { /* only added to; a correction is a further line that names the former (RULE relief-4) */
	struct rec rec;
	int64_t headquarters, at, author; /* author: account */
	const char *text;
	int64_t corrects;
};
/* A place of the headquarters. Its account in the ledger has the same code: one that is there already (a store of
 * peace time) is taken as it stands, else it is made with the place, a kitchen as `kitchen`, all others as `store`. */
struct relief_place {
	struct rec rec;
	int64_t headquarters;
	const char *code;
	struct text3 name;
	const char *purpose; /* collection, kitchen, centre, store */
	int64_t hall, district;
	const char *address;
	int64_t
	    capacity; /* people of a centre, portions a day of a kitchen; INT_NONE = not known */
	const char *services, *hours;
	const char *contact, *phone;
	int closed_on; /* first day on which it is not used any more; 0 = in use */
};
/* What a member offers for an emergency, by own word; of no headquarters, so it is there before the next one. */
struct relief_offer {
	struct rec rec;
	int64_t person;
	const char *skills, *languages; /* a few words each */
	const char *vehicle;		/* none, car, van, truck, bus, boat, tractor, other */
	int64_t seats;
	const char *availability;
	int64_t district;
	const char *phone;
	int given_on,
	    withdrawn_on; /* withdrawn_on: first day on which it no longer holds; 0 = holds */
};
extern const struct kind headquarters_kind, relief_area_kind, relief_duty_kind, relief_log_kind,
    relief_place_kind, relief_offer_kind;
extern const struct option emergencies[], headquarters_states[], relief_purposes[],
    relief_vehicles[];

/* RC_OK when this headquarters is open; RC_RULE with the reason, RC_NOTFOUND. Inside the write that adds to it. */
int headquarters_takes(struct ctx *cx, int64_t headquarters) MUST;
/* The one that is open, the latest first; *n ≤ HEADQUARTERS_OPEN. Whoever asks: what is public of it is for the caller. */
enum { HEADQUARTERS_OPEN = 8 };
int headquarters_open(struct ctx *cx, struct headquarters out[HEADQUARTERS_OPEN], size_t *n) MUST;
/* RC_RULE while needs are not finished (how many stands in the text). CAP_RELIEF_OPEN. */
int headquarters_close(
    struct ctx *cx, int64_t id, int64_t version, int day, const char *reason) MUST;
/* Its districts become these, in one write. CAP_RELIEF_WRITE. */
int headquarters_area(struct ctx *cx, int64_t id, const int64_t *districts, size_t n) MUST;
/* A line of the log, by the actor, now; corrects 0 = none. Also of a closed one. CAP_RELIEF_WRITE. */
int relief_log_add(
    struct ctx *cx, int64_t headquarters, const char *text, int64_t corrects, int64_t *id) MUST;
/* For rules that note what they did, inside their own write. */
int relief_log_tx(struct ctx *cx, struct tx *tx, int64_t headquarters, const char *text) MUST;
/* The place's account in the ledger. */
int relief_place_account(
    struct ctx *cx, const struct relief_place *p, struct stock_account *out) MUST;

/* ---- needs ---- */

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
bool need_is_over(const char *state); /* delivered, refused, closed */

enum { NEED_LINES = 12, NEED_PHONE_A_DAY = 5 /* by the public page, of one telephone */ };
struct need_in {
	int64_t
	    headquarters; /* 0: the open one whose area has the district, else the latest; RC_RULE: none is open */
	const char *nonce; /* of the form; NULL = none */
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

/* How the program writes for somebody whose right was looked at by a rule: the account stays the actor's. */
struct actor relief_house(const struct ctx *cx);

/* ---- for app/ ---- */
extern const struct person_link relief_links[];
extern const size_t relief_nlinks;
struct figure;
extern const struct figure *const relief_figures[];
extern const size_t relief_nfigures;
/* Retention (keep_relief): what names the family goes, what counts stays. */
struct cut_sums;
int need_expire_tx(struct ctx *cx, struct tx *tx, int64_t id, struct cut_sums *sums) MUST;

#endif
