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
#include "mod/relief/relief_guests.h"
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

/* Offers that hold today, of people who stand on record; by name. CAP_RELIEF_WRITE */
struct call_filter {
	const char *q, *vehicle; /* q: a word of skills or languages; NULL or "" = all */
};
struct call_row {
	struct relief_offer o;
	const char *who;
};
int reads_calls(struct ctx *cx, const struct call_filter *f, struct call_row **out, size_t *n) MUST;

/* ---- for app/ ---- */
extern const struct person_link relief_links[];
extern const size_t relief_nlinks;
struct figure;
extern const struct figure *const relief_figures[];
extern const size_t relief_nfigures;

#include "mod/relief/relief_need.h"

#endif
