/* event_reads.h – the queries behind the pages of events. All go through the kinds' own scope. */
#ifndef MOD_EVENT_READS_H
#define MOD_EVENT_READS_H

#include "mod/event/event.h"

/* One event of a month as the calendar shows it, in order of days and hours. */
struct month_event {
	int64_t id;
	int first, last; /* last 0 = one day */
	const char *name, *starts, *state, *theme;
	bool counted;
};
/* Events that begin in the days from…to, both in, and those that began up to a year before and go
 * on into them; merged reports are left out. */
int reads_month(struct ctx *cx, int from, int to, struct month_event **out, size_t *n) MUST;

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

/* The counts of many events at once. */
int reads_counts(struct ctx *cx, const struct list *events, struct event_count *out) MUST;
/* Number of events that this actor sees, by programme; programmes without any are left out. */
struct programme_events {
	int64_t programme, events;
};
int reads_programmes(struct ctx *cx, struct programme_events **out, size_t *n) MUST;

#endif
