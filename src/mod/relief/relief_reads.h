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
	int64_t state[NEED_STATES];	/* in the order of need_states[] */
	int64_t urgent[NEED_URGENCIES]; /* of those not finished */
	int64_t all, waiting;		/* waiting: new, checked */
	int64_t people, children;	/* of all that were not refused or closed */
	int64_t oldest;			/* asked_at of the oldest that waits; 0 = none */
	int64_t median_hours10;		/* ten times; INT_NONE = nothing was delivered */
	int64_t newest;			/* last change of any need; 0 = none */
};
int reads_sums(struct ctx *cx, int64_t headquarters, struct relief_sums *out) MUST;

/* ---- the board: relief_board_reads.c ---- */
struct board_filter {
	int64_t district;	     /* 0 = all */
	const char *urgency, *state; /* NULL = all; all states: those not finished */
	bool mine;
};
struct board_row {
	int64_t id, version, asked_at, people, children, owner;
	const char *code, *urgency, *state, *district, *owner_name;
	const char *place; /* "" without CAP_RELIEF_FAMILY */
	bool pregnant, disabled, insulin, livestock, infants, called, twin, likely;
	const char *what; /* "Bread 5, blanket 3, …"; free words only for CAP_RELIEF_FAMILY */
};
enum { BOARD_ROWS = 30 };
/* One column: needs in one state, most urgent and oldest first, from the offset-th on. */
struct board_part {
	const char *state;
	int64_t offset;
	struct board_row *v; /* out: n of all */
	size_t n;
	int64_t all;
};
int reads_board(
    struct ctx *cx, int64_t headquarters, const struct board_filter *f, struct board_part *p) MUST;
/* One thing of a need in words: "Bread 5 pcs". */
const char *reads_line_text(struct ctx *cx, const struct need_line *l);
/* Items of the ledger that a family may ask for, in the order of their names; money is none. */
struct item_row {
	int64_t id, pack;
	const char *code, *name, *unit;
};
int reads_need_items(struct ctx *cx, struct item_row **out, size_t *n) MUST;
/* Whoever asks: districts of the open headquarters, all where no area is set; and their hotlines. */
int reads_public_districts(struct ctx *cx, struct area_row **out, size_t *n) MUST;

/* Who opened the data of how many families, newest day first. CAP_AUDIT_READ or CAP_RELIEF_OPEN. */
struct family_read_row {
	int day;
	int64_t families, times;
	const char *who;
};
int reads_family_reads(
    struct ctx *cx, int64_t headquarters, struct family_read_row **out, size_t *n) MUST;

#endif
