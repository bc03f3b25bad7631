/* wall_reads.h – what the wall shows, read at once: totals alone. */
#ifndef MOD_WALL_READS_H
#define MOD_WALL_READS_H

#include "mod/sitrep/sitrep_inner.h"

enum { WALL_CENTRES = 6, WALL_SHORTS = 6 };
struct wall_centre {
	const char *name;
	int64_t people, capacity; /* INT_NONE = not known */
	const char *red;	  /* what is below its threshold, in words; "" = nothing known */
};
struct wall {
	struct relief_sums sums;
	int64_t people;				 /* in all centres */
	struct wall_centre centre[WALL_CENTRES]; /* the reddest and fullest first */
	size_t ncentres, more;
	struct meal_day day;
	struct sit_short *lack;
	size_t nlack;
	int64_t newest, stale; /* last change of anything; minutes after which it is old */
};
/* CAP_RELIEF_READ. */
int wall_read(struct ctx *cx, int64_t headquarters, struct wall *out) MUST;

/* The link for a screen: made anew, the former one is void. CAP_RELIEF_WRITE; of an open headquarters. */
int wall_link_make(struct ctx *cx, int64_t headquarters, const char **secret) MUST;
int wall_link_drop(struct ctx *cx, int64_t headquarters) MUST;
/* 0 = there is none. */
int wall_link_made(struct ctx *cx, int64_t headquarters, int64_t *at) MUST;
/* RC_NOTFOUND: no such link, or the headquarters is closed. */
int wall_link_find(struct ctx *cx, const char *secret, int64_t *headquarters) MUST;

#endif
