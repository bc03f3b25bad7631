/* event_reads.h – the queries behind the pages of events. All go through the kinds' own scope. */
#ifndef MOD_EVENT_READS_H
#define MOD_EVENT_READS_H

#include "mod/event/event_filter.h"

/* One event of a month as the calendar shows it, in order of days and hours. */
struct month_event {
	int64_t id;
	int first, last; /* last 0 = one day */
	const char *name, *starts, *state, *theme;
	bool counted;
};
/* Events of the filter that begin in the days days[0]…days[1], both in, and those that began up to a year
 * before and go on into them; merged reports are left out. RC_INVALID as event_filter_apply(). */
int reads_month(struct ctx *cx, const struct event_filter *f, const int days[2],
    struct month_event **out, size_t *n) MUST;

struct month_day {
	int day;
	const char *name;
	bool off;
};
/* Observances of the days from…to (of one year), in order of days. */
int reads_observances(struct ctx *cx, int from, int to, struct month_day **out, size_t *n) MUST;

/* These events as far as the actor may see them, by id; n at most 20. */
int reads_events(struct ctx *cx, const int64_t *ids, size_t n, struct list *out) MUST;
/* What hangs on one event: rows of part, organiser or file by a column of them, ascending. */
int reads_of_event(
    struct ctx *cx, const struct kind *k, int64_t event, const char *sort, struct list *out) MUST;
/* Reports merged into an event. */
int reads_merged(struct ctx *cx, int64_t into, struct list *out) MUST;

/* Other events of the kind in the year before, that have a count. */
struct event_kin {
	int64_t n;
	double mean;
};
int reads_kin(struct ctx *cx, const struct event *e, struct event_kin *out) MUST;
/* Seats of the halls held for it; INT_NONE = no hall, or none says how many. */
int reads_seats(struct ctx *cx, int64_t event, int64_t *out) MUST;

/* What does not look right about its count. */
enum { EVENT_DOUBTS = 16 };
struct event_doubts {
	struct event_doubt v[EVENT_DOUBTS];
	size_t n;
};
int reads_doubts(struct ctx *cx, const struct event *e, struct event_doubts *out) MUST;

/* Number of events that this actor sees, by programme; programmes without any are left out. */
struct programme_events {
	int64_t programme, events;
};
int reads_programmes(struct ctx *cx, struct programme_events **out, size_t *n) MUST;

#endif
