/* event_filter.h – one filter of events for month, week, map, list, export and feed: what stands in the
 * address means the same everywhere.
 *
 *   under=CODE      the body or one beneath it leads or co-organises (RULE calendar-1); a code or a number
 *   group=youth     one of five groups of themes, as the calendar marks them
 *   language=kk    of the event; lang= is the language of the page
 *   kind= programme= district= goal= state= body= q= first_day_from= first_day_to=     as in any list
 *
 * A value that means nothing is refused with its name, never left out: a feed that shows more than was
 * asked for would be found out too late. */
#ifndef MOD_EVENT_FILTER_H
#define MOD_EVENT_FILTER_H

#include "mod/event/event.h"

enum { FILTER_FIELDS = 10 };
struct event_filter {
	struct filter_value {
		const char *name, *value;
	} field[FILTER_FIELDS]; /* of the kind, as query_filter() takes them */
	size_t nfields;
	const char *under, *group, *language; /* NULL = not asked for */
	/* One more condition with one ?, by a module above this one, never from an address; NULL = none. */
	const char *within;
	int64_t within_of;
};

/* The groups of themes: five letters with colours; more of them nobody learns. */
struct event_group {
	const char *code, *class, *label;
	const char *themes[4];
};
enum { EVENT_GROUPS = 5 };
extern const struct event_group event_theme_groups[EVENT_GROUPS];
int event_group_of(const char *theme); /* index; the last for any other theme */

/* ---- event_filter_reads.c ---- */
/* RC_INVALID names the parameter. */
int event_filter_apply(struct query *q, const struct event_filter *f) MUST;
/* Only under=, group= and language=, for a list that reads the fields by itself. */
int event_filter_own(struct query *q, const struct event_filter *f) MUST;

/* An event as a feed tells it. */
struct feed_event {
	struct event e;
	struct text3 kind, body, district;
	const char *mail; /* of the body, else NULL */
	int moved_day;	  /* first day of the event that takes its place; 0 = none, or not public */
};
/* Events of the filter whose days touch from…to, in order of days; merged reports are left out. */
int reads_feed(struct ctx *cx, const struct event_filter *f, int from, int to,
    struct feed_event **out, size_t *n) MUST;

/* What happened in a district and beneath it (RULE figure-10), as far as the filter goes: events that count
 * as “Events held” does, and their attendances. */
struct map_place {
	int64_t district;
	const char *code, *level;
	const char *name;
	bool placed; /* there are coordinates of its centre */
	double lat, lon;
	int64_t events, people;
};
struct map_sums {
	struct map_place *v; /* the districts and cities, in the order of the reader's language */
	size_t n;
	int64_t events, people, nowhere_events,
	    nowhere_people; /* in all; without a place among v */
};
/* first_day_from and first_day_to of the filter are the period. */
int reads_map(struct ctx *cx, const struct event_filter *f, struct map_sums *out) MUST;

/* ---- event_feed.c ---- */
struct feed_head {
	const char *name; /* of the calendar */
	const char *base; /* "https://example.org": addresses of events begin with it */
	const char *mail; /* of the institution; "" = none */
	struct text3 house;
};
/* The calendar as text/calendar, RFC 5545. RC_TOOBIG over 8 MiB. */
int event_feed(struct ctx *cx, const struct feed_head *head, const struct feed_event *e, size_t n,
    struct slice *out) MUST;

#endif
