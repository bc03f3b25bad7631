/* relief_reads.h – what the pages of the headquarters read: rows of the board, numbers of the wall, rosters. Each asks
 * for the right itself. */
#ifndef MOD_RELIEF_READS_H
#define MOD_RELIEF_READS_H

#include "mod/relief/relief_inner.h"

/* Districts with whether they are in the area, in the order of their names. */
struct area_row {
	int64_t district;
	const char *name;
	bool in;
};
int reads_area(struct ctx *cx, int64_t headquarters, struct area_row **out, size_t *n) MUST;

struct place_row {
	struct relief_place p;
	const char *district;
};
int reads_places(struct ctx *cx, int64_t headquarters, struct place_row **out, size_t *n) MUST;
/* Halls that are no place of this headquarters yet. */
struct hall_row {
	int64_t id, capacity;
	const char *name, *body;
};
int reads_free_halls(struct ctx *cx, int64_t headquarters, struct hall_row **out, size_t *n) MUST;

struct duty_row {
	struct relief_duty d;
	const char *who;
	bool now;
};
int reads_duties(struct ctx *cx, int64_t headquarters, struct duty_row **out, size_t *n) MUST;
struct log_row {
	int64_t id, at, corrects, corrected_by;
	const char *text, *author;
};
/* Newest first, below `before` (0 = from the end). */
int reads_log(struct ctx *cx, int64_t headquarters, int64_t before, int limit, struct log_row **out,
    size_t *n) MUST;

/* Numbers of a headquarters: needs by state and urgency, people, hours. All that the wall shows. */
enum { NEED_STATES = 7, NEED_URGENCIES = 3 };
struct relief_sums {
	int64_t state[NEED_STATES]; /* in the order of need_states[] */
	int64_t urgent[NEED_URGENCIES]; /* of those not finished */
	int64_t all, waiting; /* waiting: new, checked */
	int64_t people, children; /* of all that were not refused or closed */
	int64_t oldest;		  /* asked_at of the oldest that waits; 0 = none */
	int64_t median_hours10;	  /* ten times; INT_NONE = nothing was delivered */
	int64_t newest;		  /* last change of any need; 0 = none */
};
int reads_sums(struct ctx *cx, int64_t headquarters, struct relief_sums *out) MUST;

#endif
