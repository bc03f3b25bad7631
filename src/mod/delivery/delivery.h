/* delivery.h – from the store to the hand: vehicles, waybills made of needs, loading, and what was done at each stop.
 *
 * A waybill is one way of one vehicle with one driver: draft → loaded → on_way → done, or cancelled. Loading is
 * one set store → vehicle, the lots that expire first; each line then names its lot. What is done at a stop is an act: handed,
 * partly, refused, absent (nobody at home), returned, lost. Acts come from pages and from telephones that were without network: late, twice, in any
 * order, from two devices at once. So an act is kept as it came and what it counts for is computed from all acts of its
 * stop (delivery_fold.c, RULE delivery-3): in the order of their moments, each that still finds its goods at the stop stands; one
 * that does not says why (fault). The ledger follows: an act that stands has a set vehicle → receivers, → the
 * centre, → the store or → losses; one that no longer stands has it taken back. From the same acts the same state follows, whatever the
 * order in which they came.
 *
 * All families are one account of the ledger; which family it was says the stop's need alone, so neither accounts nor
 * sets reveal it. The receiver's name and signature lie sealed (RULE delivery-5) and open to
 * CAP_RELIEF_FAMILY; the driver sees names and telephones of the own stops while the waybill is loaded or on the
 * way, and not after (RULE delivery-4). */
#ifndef MOD_DELIVERY_H
#define MOD_DELIVERY_H

#include "mod/relief/relief.h"

/* What is on it is the balance of its account: nothing is kept here. */
struct vehicle {
	struct rec rec;
	const char *plate, *type; /* relief_vehicles[] */
	int64_t capacity_kg;	  /* INT_NONE = not known */
	int64_t body, person;	  /* whose it is: a body, a person, or a firm's name */
	const char *company;
	int64_t driver; /* account that usually drives it; 0 = none */
	int closed_on;	/* first day on which it drives no more; 0 = drives */
	const char *note;
};
struct waybill {
	struct rec rec;
	int64_t headquarters, year, number; /* number: of the year and headquarters, from 1 */
	const char *code;		    /* "7/2026" */
	int64_t vehicle, driver;	    /* driver: an account that holds the role */
	int64_t store;			    /* account of the ledger that it is loaded from */
	int64_t planned_at;
	const char *state;
	int loaded_on; /* local day of loaded_at; 0 = not loaded */
	int64_t movement, loaded_at,
	    loaded_by; /* movement: the set of the loading; INT_NONE = none */
	int64_t started_at, ended_at;
	const char *note;
};
struct waybill_stop {
	struct rec rec;
	int64_t waybill, position; /* 1 is the first */
	int64_t need, place;	   /* one of the two */
	const char *receiver;	   /* who receives at a place */
	const char *state;	   /* open, refused, absent, partly, handed, back: of the acts */
	const char *note;
};
struct waybill_line {
	struct rec rec;
	int64_t stop, item, lot, quantity; /* base units; lot 0 = none, or not loaded yet */
};
struct delivery_act {
	struct rec rec;
	int64_t waybill, stop;
	const char *nonce, *digest;
	const char *result; /* handed, partly, refused, absent, returned, lost */
	const char *reason;
	int64_t at, device_at, received_at, author;
	int day; /* local, of `at` */
	struct sealed receiver;
	const char *mark;	  /* drawn, paper, none */
	const char *fault;	  /* over, expired, nothing; NULL = it stands (unless undone) */
	int64_t movement, posted; /* its set as it stands, INT_NONE = none; how many it has had */
	int64_t undone_at, undone_by;
	const char *undone_why;
};
extern const struct kind vehicle_kind, waybill_kind, waybill_stop_kind, waybill_line_kind,
    delivery_act_kind;
extern const struct option waybill_states[], stop_states[], act_results[], act_marks[],
    act_faults[];

/* The vehicle's account in the ledger, type vehicle: made with it. */
int vehicle_account(struct ctx *cx, int64_t vehicle, struct stock_account *out) MUST;

/* ---- making one ---- */

enum { WAYBILL_STOPS = 60, WAYBILL_LINES = 50 /* different item and lot, over all stops */ };
struct waybill_in {
	int64_t headquarters, vehicle, driver, store, planned_at;
	const char *note;
	const int64_t *needs;
	size_t nneeds;
};
/* A draft with a stop for each need, its lines as asked for less what was handed over before. RC_RULE: a need that is not
 * assigned or stands on another waybill (so a form sent twice is one). CAP_RELIEF_WRITE. */
int waybill_make(struct ctx *cx, const struct waybill_in *in, int64_t *id) MUST;
/* One more stop of a draft at a place (or a further need). */
int waybill_stop_add(struct ctx *cx, int64_t waybill, int64_t need, int64_t place,
    const char *receiver, int64_t *id) MUST;
/* Up (-1) or down (+1) in the route; at its end nothing happens. Also of a loaded one. */
int waybill_stop_move(struct ctx *cx, int64_t stop, int by) MUST;
/* Off a draft, with its lines. */
int waybill_stop_drop(struct ctx *cx, int64_t stop) MUST;
/* The lines of a draft's stop become these; quantity > 0. */
struct delivery_line {
	int64_t item, lot, quantity;
};
int waybill_lines_set(
    struct ctx *cx, int64_t stop, const struct delivery_line *lines, size_t n) MUST;
/* What the store lacks for a draft. */
struct delivery_lack {
	int64_t item, wanted, there;
};
int waybill_lacks(struct ctx *cx, int64_t waybill, struct delivery_lack **out, size_t *n) MUST;
/* draft → loaded. RC_RULE: the store has not enough (what and how much is in the text), nothing to load. */
int waybill_load(struct ctx *cx, int64_t id, int64_t version) MUST;
/* loaded → on_way; its needs go with it. Driver of it, or CAP_RELIEF_WRITE. */
int waybill_start(struct ctx *cx, int64_t id) MUST;
/* Drafts; and loaded ones without acts: the goods go back to the store. */
int waybill_cancel(struct ctx *cx, int64_t id, int64_t version) MUST;

/* ---- what was done ---- */

enum { ACTS_MAX = 200, SIGNATURE_MAX = 60 << 10 /* of base64 */ };
struct act_in {
	const char *nonce;
	int64_t stop, at; /* at: by the device's clock */
	const char *result, *reason, *receiver;
	const struct delivery_line *lines;
	size_t nlines;
	const char *mark;     /* drawn, paper, none */
	struct slice picture; /* as sent: PNG, JPEG; NULL p = none */
};
enum act_taken { ACT_TAKEN, ACT_AGAIN, ACT_CLASH, ACT_REFUSED };
struct act_out {
	enum act_taken how;
	int64_t id;
	const char *fault; /* it is kept but counts for nothing: act_faults[] */
	const char *text;  /* ACT_REFUSED: why, in the reader's language */
};
/* Take an act at the actor's clock; offset: what the server's clock is ahead of the device's (delivery_offset()). The outcome
 * is in *out; another rc means that nothing is known of it and it is to be sent again. Driver of the waybill, or
 * CAP_RELIEF_WRITE; else RC_NOTFOUND. */
int delivery_take(struct ctx *cx, int64_t waybill, int64_t offset, const struct act_in *in,
    struct act_out *out) MUST;
/* From the device's word of what time it is; differences that a slow line makes count for nothing. */
int64_t delivery_offset(int64_t server_now, int64_t device_now);
/* An act was a mistake: it counts no more, with the reason. CAP_RELIEF_WRITE. */
int delivery_undo(struct ctx *cx, int64_t act, const char *reason) MUST;
/* {"acts": […], "now": …} → {"results": […], "state": …} (delivery_json.c). */
int delivery_upload(struct ctx *cx, int64_t waybill, struct slice body, struct json *j) MUST;

/* ---- reading ---- */

/* Whether the actor may drive or lead this waybill; RC_NOTFOUND else. */
int waybill_mine(struct ctx *cx, int64_t id, struct waybill *out) MUST;
bool waybill_is_open(const char *state); /* loaded, on_way */
/* What of a stop's lines is neither handed nor gone. */
int delivery_left(struct ctx *cx, int64_t stop, struct delivery_line **out, size_t *n) MUST;
/* The whole route for the driver's telephone: {"waybill", "stops": [{"id", "name", "phone", …}]}. Names and telephones are
 * read through need_family(), so each leaves its line. */
int delivery_route(struct ctx *cx, const struct waybill *w, struct json *j) MUST;
/* The picture of an act; CAP_RELIEF_FAMILY. RC_NOTFOUND: none. */
int delivery_picture(struct ctx *cx, int64_t act, const char **media, struct slice *out) MUST;

/* ---- for app/ ---- */
extern const struct person_link delivery_links[];
extern const size_t delivery_nlinks;
struct figure;
extern const struct figure *const delivery_figures[];
extern const size_t delivery_nfigures;
struct cut_term;
extern const struct cut_term delivery_terms[];

#endif
