/* door_reads.h – what the pages and devices read of a door. The caller has asked door_event(). */
#ifndef MOD_DOOR_READS_H
#define MOD_DOOR_READS_H

#include "mod/door/door.h"
#include "text/json.h"

/* The list that a device keeps, without its moment: {event, name, …, tickets, persons, limits. `full`: whole
 * names, else the given name and the first letter of the surname. RULE door-8 */
int roster_json(struct ctx *cx, const struct event *e, const struct door_rights *can, struct json *j) MUST;
/* What changed since an answer's n ("0" or NULL = from the start). A whole object. */
int since_json(struct ctx *cx, const struct event *e, const char *n, const struct door_rights *can,
    struct json *j) MUST;

struct door_counts {
	int64_t came, inside, expected, open; /* open: refused or conflicting and not decided */
};
int door_counts(struct ctx *cx, int64_t event, struct door_counts *out) MUST;

struct door_row { /* a scan with its name */
	struct scan scan;
	const char *name;    /* of whom it was about; "" = not known */
	const char *decider; /* name of the account that decided; NULL = nobody */
	int64_t decided_at;
};
/* Latest arrivals (odd false), or what a human should look at: refused ones and conflicts, both sides. */
int door_rows(struct ctx *cx, int64_t event, const struct door_rights *can, bool odd, int limit,
    struct door_row **out, size_t *n) MUST;

/* The scan that stands under a nonce (RC_NOTFOUND: none). */
int door_row_of(struct ctx *cx, int64_t event, const unsigned char nonce[NONCE_SIZE],
    const struct door_rights *can, struct door_row *out) MUST;

struct door_seen {
	const char *device, *who;
	int64_t seen_at, scans, queued; /* queued INT_NONE = it did not say */
};
int door_devices(struct ctx *cx, int64_t event, struct door_seen **out, size_t *n) MUST;

/* Who is on the list by words of the name or a code: for the desk. */
struct door_found {
	int64_t ticket;
	const char *name, *code, *state;
	int64_t came;
	bool inside;
};
int door_find(struct ctx *cx, int64_t event, const struct door_rights *can, const char *words,
    struct door_found *out, size_t max, size_t *n, bool *more) MUST;
/* All who came, by name, for paper. */
struct door_arrival {
	const char *name, *how; /* how: ticket, person, guest */
	int64_t came;
	bool inside;
};
int door_arrivals(struct ctx *cx, int64_t event, const struct door_rights *can,
    struct door_arrival **out, size_t *n) MUST;
/* Events whose door this actor keeps, of the days around today, by day. */
struct door_day {
	struct event e;
	struct door_rights can;
};
int door_days(struct ctx *cx, struct door_day **out, size_t *n) MUST;
/* "Айгүл Қ." of "Қонақова Айгүл Серікқызы". */
const char *door_short_name(struct arena *a, const char *name);

#endif
