/* series_inner.h – what the files of this module share. Other modules use series.h. */
#ifndef MOD_SERIES_INNER_H
#define MOD_SERIES_INNER_H

#include "mod/series/series.h"

/* ---- series_check.c: scopes, who may write, checks; named in the rows of series_kinds.c */
void event_series_scope(struct ctx *cx, struct query *q);
void series_member_scope(struct ctx *cx, struct query *q);
int event_series_writable(struct ctx *cx, const void *old, const void *rec);
int series_member_writable(struct ctx *cx, const void *old, const void *rec);
bool event_series_inside(struct ctx *cx, const void *rec);
bool series_member_inside(struct ctx *cx, const void *rec);
int event_series_prepare(struct ctx *cx, const void *old, void *rec);
int event_series_check(struct ctx *cx, const void *old, const void *rec);
bool event_series_open(const void *rec);
const char *skipped_error(const char *text);

/* ---- series_days.c */
struct series_skip {
	int day;
	const char *why;
	bool skips; /* else it is only named */
};
/* Single days and observances of the series, by day. */
int series_skips(
    struct ctx *cx, const struct event_series *s, struct series_skip **out, size_t *n) MUST;
/* The days of the rule. */
size_t series_walk(struct ctx *cx, const struct event_series *s, const struct series_skip *skip,
    size_t n, struct recur_day *out, bool *more);
/* Why this hall cannot be had on the day and at the hours of the event, whose own bookings do not count; *why NULL = it
 * can. */
int series_hall_free(struct ctx *cx, int64_t hall, const struct event *e, const char **why) MUST;

/* ---- series_change.c */
/* The fields of an event that its series says, as far as they follow it; ended by NULL. */
extern const char *const series_fields[];
void series_as_event(const struct event_series *s, struct event *e);
bool series_differs(const struct series_member *m, const char *field);
/* Hold the hall of the series for the event, at the event's hours, if it is free; *booked false: *why says why not. */
int series_book_tx(struct ctx *cx, struct tx *tx, const struct event_series *s,
    const struct event *e, bool *booked, const char **why) MUST;

#endif
