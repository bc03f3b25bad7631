/* hall_pages.h – the pages of halls, as tables of routes for app/, and what these files share. */
#ifndef MOD_HALL_PAGES_H
#define MOD_HALL_PAGES_H

#include "mod/hall/hall.h"
#include "ui/ui.h"

extern const struct route hall_routes[];      /* the day, one hall, its form */
extern const struct route hall_week_routes[]; /* the week */
extern const struct route hall_book_routes[]; /* bookings */
extern const size_t hall_nroutes, hall_week_nroutes, hall_book_nroutes;

/* The section “Hall” of an event's page; for event_section_add(). */
int hall_event_section(struct view *v, const struct event *e, const struct event_rights *can) MUST;

/* ---- shared among the pages ---- */

/* A booking that is held, as its reader may see it. */
struct hall_line {
	struct booking b;
	const char *what; /* event or purpose; "" where only the own body reads it */
	const char *body;
};
/* Of one hall or all (0), in order of days and times, both days in. */
int hall_lines(
    struct ctx *cx, int64_t hall, struct hall_span days, struct hall_line **out, size_t *n) MUST;
/* "10:00–12:00 rehearsal, Shatlyk" with a link where the reader may do something. */
void hall_draw_line(struct view *v, const struct hall_line *l);
/* The day that the address asks for (day=), else the business day; a wrong one is told. */
int hall_day_asked(struct view *v, bool *wrong);
/* Chips: day, week. */
void hall_views(struct view *v, const char *path, int day);
int hall_of_path(struct view *v, struct hall *out) MUST;
const char *hall_seats(struct ctx *cx, const struct hall *h); /* "120 seats", "seats not known" */
/* Seven days of one hall or of all as a table that becomes cards. */
int hall_draw_week(struct view *v, const struct hall *only, int monday) MUST;
void hall_week_steps(struct view *v, const char *path, int monday);

#endif
