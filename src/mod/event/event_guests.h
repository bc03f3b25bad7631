/* event_guests.h – the part of event.h for modules that live on events: what hangs on an event, who sees it, what
 * follows its changes, and sections on its page. Included by event.h alone; others include that. */
#ifndef MOD_EVENT_GUESTS_H
#define MOD_EVENT_GUESTS_H

#include "mod/event/event.h"

/* For modules whose records hang on an event. RC_DENIED unless this event's lead body (or, where it is said, a
 * co-organiser) lies in the scope. */
int event_in_scope(struct ctx *cx, int64_t event, bool organisers_too) MUST;
/* Rows of `table` (column event) that this actor may see: those of public events and, to staff, of the own
 * ones; `own`: of the own ones only, for what names people. */
void event_follow(struct ctx *cx, struct query *q, const char *table, bool own);
/* Rows that hang on an event are seen with it; `event` is an SQL expression of its id. */
void event_followed(struct ctx *cx, struct query *q, const char *event);
/* What names people: to staff of the lead body or a co-organiser alone, however public the event is. */
void event_followed_own(struct ctx *cx, struct query *q, const char *event);
/* What hangs on many events is seen with any of them, and by the staff of its own body. In SQL: a SELECT of their
 * ids, the body. */
void event_followed_any(struct ctx *cx, struct query *q, const char *events, const char *body);

/* What is wrong with "17:00" as a time of day: a msgid; NULL = nothing. */
const char *time_error(const char *text);
/* The same of an address of the web. */
const char *link_error(const char *text);

/* What other modules do when an event was written, in its transaction (halls, plans); was NULL = a new one.
 * Set once at boot; one that is there already is not added again. */
typedef int event_follower(
    struct ctx *cx, struct tx *tx, const struct event *was, const struct event *is);
void event_follow_add(event_follower *f);

/* What this actor may do with one event. */
struct event_rights {
	bool reads;  /* staff of the scope: evidence lists, attendances, own reports */
	bool writes; /* the lead body lies in the scope */
	bool marks;  /* attendances: the lead's or a co-organiser's staff */
};
int reads_rights(struct ctx *cx, const struct event *e, struct event_rights *out) MUST;
/* Sections of other modules on the page of an event and of a programme, in the order of adding; each asks
 * itself what its reader may see. Set once at boot. */
struct view;
typedef int event_section(struct view *v, const struct event *e, const struct event_rights *can);
typedef int programme_section(struct view *v, const struct programme *p);
void event_section_add(event_section *f);
void event_head_add(event_section *f); /* the same, drawn right under the event's head */
void programme_section_add(programme_section *f);
/* The event of the first {…} of the route, as far as this actor may see it; "/events/5" + tail. */
int event_of_path(struct view *v, struct event *out) MUST;
const char *event_path(struct view *v, int64_t id, const char *tail);
void event_draw_state(struct view *v, const char *state);
/* The one count on its line; solid for names, dashed for heads, dotted for words. */
void event_count_line(struct view *v, const struct event_count *c, const char *href);
/* The counts of many events at once. */
int reads_counts(struct ctx *cx, const struct list *events, struct event_count *out) MUST;
/* A calendar of other modules (event_feed_pages.c): the language of a feed, before anything is read; and all days of
 * the events that `within`, a condition with one ?, leaves, as text/calendar. */
void event_feed_lang(struct view *v);
int event_feed_whole(struct view *v, const char *within, int64_t of, const char *name) MUST;
const char *event_capital(struct ctx *cx, const char *word); /* first letter in upper case */
/* Title of one record, "" for id 0. */
int event_title_of(struct ctx *cx, const struct kind *k, int64_t id, const char **out) MUST;
const char *event_said(struct ctx *cx); /* what a refused step said; the error is forgotten */

#endif
