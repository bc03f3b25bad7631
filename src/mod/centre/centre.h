/* centre.h – evacuation centres: what a centre has, which households stay in it, what it lacks.
 *
 * A centre is a place of a headquarters (relief.h) with the purpose `centre`. Its facts (area, toilets, water) are held
 * against the Sphere Handbook's thresholds; a red flag is computed from the facts and the people who are there, never
 * typed (RULE centre-1).
 *
 * A household is what one family is for a centre: a code of nine digits (relief_code.h) on a slip, members as numbers by
 * age group and sex, special needs. The name of its head and a telephone lie sealed. The whole kind, and so each
 * stay, is open to CAP_RELIEF_FAMILY alone; everybody else with CAP_RELIEF_READ sees sums by centre and age group. Ethnicity
 * is not asked. Name and telephone are opened one household at a time by household_family(), which leaves a line in
 * household_read (RULE centre-2). A name typed at the desk is found by keyed hashes of its words, so nothing lies open.
 *
 * A stay is a household in a centre from arrival to departure, with the numbers of its people as they came. A household
 * is never in two centres at once (RULE centre-3): of two desks at once one gets it, the other is told where it is. A
 * move is a departure and an arrival in one write. Occupancy at any moment is a sum over stays. More people than the
 * capacity are a warning, never a refusal: nobody is sent back into the water (RULE centre-4). */
#ifndef MOD_CENTRE_H
#define MOD_CENTRE_H

#include "mod/relief/relief.h"

struct centre { /* facts of a place */
	struct rec rec;
	int64_t place;
	int64_t area_m2, toilets, taps; /* INT_NONE = not known */
	int64_t water_l;		/* litres of water a day that there are for all */
	int64_t ration_kcal;		/* energy of a person's food a day */
	bool kitchen, heating, access;
	const char *note;
};

/* Age groups by sex, in the order of the members below. */
enum { HEADS_N = 8, HEAD_GROUPS = 4 };
struct heads {
	int64_t n[HEADS_N];
};
struct household {
	struct rec rec;
	int64_t headquarters;
	const char *code; /* NULL: the term is over */
	struct sealed name, phone;
	int64_t need, district;
	int registered_on;
	int64_t under5_f, under5_m, child_f, child_m, adult_f, adult_m, elder_f, elder_m;
	bool pregnant, disabled, insulin;
};
struct stay {
	struct rec rec;
	int64_t household, place;
	int64_t under5_f, under5_m, child_f, child_m, adult_f, adult_m, elder_f, elder_m;
	int64_t arrived_at, left_at; /* left_at 0 = is there */
	int arrived_on, left_on;     /* their local days */
	const char *where_to;
};
/* What one person needs of an item: each day, or once. Proposed by the program, changed by the office. */
struct centre_norm {
	struct rec rec;
	int64_t item, per_person; /* base units */
	const char *basis;	  /* day, once */
	const char *source;
};
extern const struct kind centre_kind, household_kind, stay_kind, centre_norm_kind;
extern const struct option stay_ways[], norm_bases[];
/* "Children under 5" …; ages[i] names the members 2i (women) and 2i + 1 (men). */
extern const char *const head_groups[HEAD_GROUPS];

struct heads household_heads(const struct household *h);
struct heads stay_heads(const struct stay *s);
int64_t heads_all(const struct heads *h);
int64_t heads_children(const struct heads *h); /* under 18 */

/* ---- arriving and leaving ---- */

struct household_in {
	int64_t headquarters, need, district;
	const char *code; /* relief_code_of(); NULL = drawn, as always but in the demo */
	const char *name, *phone;
	struct heads heads;
	bool pregnant, disabled, insulin;
};
struct arrival_in {
	const char *nonce; /* of the form; NULL = none */
	int64_t place, at; /* at 0 = now */
	const char *code;  /* of the slip, as typed or read; or */
	int64_t household; /* …, or 0 for a new one: */
	struct household_in fresh;
	bool move; /* it is taken from the centre where it is: departure and arrival in one write */
};
struct arrival_out {
	int64_t stay, household;
	bool again;		  /* this form was sent before */
	int64_t people, capacity; /* of the centre now; capacity INT_NONE = not known */
};
/* CAP_RELIEF_WRITE. RC_INVALID with fields code, name, heads, at; RC_CONFLICT: it is in a centre (which, since when);
 * RC_RULE: the headquarters is closed, the place is no centre or not used any more. */
int centre_arrive(struct ctx *cx, const struct arrival_in *in, struct arrival_out *out) MUST;
struct departure_in {
	const char *nonce;
	int64_t stay, at; /* at 0 = now */
	const char *where_to;
};
/* Also after the headquarters was closed: something ends, nothing begins. CAP_RELIEF_WRITE. RC_CONFLICT: it left already. */
int centre_leave(struct ctx *cx, const struct departure_in *in, bool *again) MUST;
/* A household without a stay yet: slips written beforehand. CAP_RELIEF_WRITE. */
int household_take(struct ctx *cx, const struct household_in *in, int64_t *id) MUST;
/* By the code as it was typed or read; RC_INVALID: mistyped; RC_NOTFOUND. */
int household_by_code(struct ctx *cx, const char *typed, struct household *out) MUST;
/* By words of the head's name, all of them, spelling of capitals and Kazakh letters aside. CAP_RELIEF_FAMILY. */
enum { FOUND_MAX = 20 };
int household_by_name(struct ctx *cx, int64_t headquarters, const char *words,
    int64_t ids[FOUND_MAX], size_t *n) MUST;
/* Where it is now: RC_NOTFOUND = in no centre. */
int household_stay(struct ctx *cx, int64_t household, struct stay *out) MUST;
/* Its name and telephone, NULL where nothing was said or the term is over. `way`: page, list, file. RC_DENIED as
 * need_family(). */
int household_family(struct ctx *cx, int64_t household, const char *way, struct family *out) MUST;

/* ---- numbers ---- */

struct occupancy {
	int64_t place, households;
	struct heads heads;
};
/* Who is in each centre of a headquarters at a moment (0 = now); centres without people among them, in the order of
 * their names. CAP_RELIEF_READ. */
int centre_occupancy(
    struct ctx *cx, int64_t headquarters, int64_t at, struct occupancy **out, size_t *n) MUST;
/* One centre through a day: at the end of each hour, [0] = 01:00 … [23] = midnight. Hours that lie ahead are left
 * out: *n. CAP_RELIEF_READ. */
int centre_hours(struct ctx *cx, int64_t place, int day, struct occupancy out[24], size_t *n) MUST;

/* RULE centre-1: what falls below the thresholds, for so many people. */
enum centre_measure {
	MEASURE_SPACE,
	MEASURE_WATER,
	MEASURE_TOILETS,
	MEASURE_FOOD,
	MEASURE_PLACES,
	MEASURES
};
struct centre_flag {
	bool known, red;
	int64_t has10,
	    wants10; /* ten times what one person has (INT_NONE = not known), and should have; toilets: people per toilet */
	int64_t room; /* people that it is enough for; INT_NONE = not known */
};
int centre_flags(struct ctx *cx, const struct relief_place *p, const struct centre *c,
    int64_t people, struct centre_flag out[MEASURES]) MUST;
/* Facts of a place; RC_NOTFOUND = none yet. */
int centre_of_place(struct ctx *cx, int64_t place, struct centre *out) MUST;

/* ---- need and excess ---- */

struct centre_supply { /* of one item in one centre */
	int64_t place, item, people;
	int64_t has, wants; /* base units; wants: by the norm for norm_days days */
	int64_t
	    waits_since; /* since when it has too little: the last time it got some, or its first guest; 0 = has enough */
};
/* By item, then by centre. CAP_RELIEF_READ and CAP_STOCK_READ. */
int centre_supplies(
    struct ctx *cx, int64_t headquarters, struct centre_supply **out, size_t *n) MUST;
struct centre_transfer {
	int64_t item, quantity;
	int64_t from, to; /* places */
	int64_t met,
	    met_after; /* per mille of the receiver's need before and after all proposals */
	int64_t waits_since;
};
/* RULE centre-5: fair share. Excess of stores, collection points and centres goes where the least of the need per
 * person is met, then to whoever has waited longest; nobody gives what the own people need. */
int centre_transfers(
    struct ctx *cx, int64_t headquarters, struct centre_transfer **out, size_t *n) MUST;
/* The same on numbers alone. share[i]: what i gets of `excess`. */
struct share_of {
	int64_t has, wants, waits_since;
};
void fair_share(const struct share_of *v, size_t n, int64_t excess, int64_t *share);

/* ---- for app/ ---- */
struct figure;
extern const struct figure *const centre_figures[];
extern const size_t centre_nfigures;
/* Norms that the program proposes; what is there stays. */
int centre_seed(struct ctx *cx) MUST;
/* Retention (keep_relief) and erasing on request: what names the family goes, what counts stays. */
struct cut_sums;
int household_expire_tx(
    struct ctx *cx, struct tx *tx, int64_t id, int upto, struct cut_sums *sums) MUST;
struct cut_term;
extern const struct cut_term centre_terms[];
/* On the family's own request, when it has left. CAP_RELIEF_FAMILY. */
int household_forget(struct ctx *cx, int64_t id) MUST;

#endif
