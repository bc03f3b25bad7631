/* door_pages.h – routes of the door for app/, and what its page files share. */
#ifndef MOD_DOOR_PAGES_H
#define MOD_DOOR_PAGES_H

#include "mod/door/door_reads.h"
#include "ui/ui.h"

extern const struct route door_routes[];     /* for devices and programs */
extern const struct route door_desk_routes[]; /* pages */
extern const struct route door_staff_routes[]; /* conflicts, devices, files */
extern const size_t door_nroutes, door_desk_nroutes, door_staff_nroutes;

/* The event of the route's first {…}, if this actor keeps its door and may see names now. */
int door_of_path(struct view *v, struct event *e, struct door_rights *can) MUST;
const char *door_path(struct view *v, int64_t event, const char *tail); /* "/events/5/door…" */
/* "Already in", "Not our ticket" … of a scan as it stands; tone as ui_state(). */
const char *door_word(struct ctx *cx, const struct scan *s);
char door_tone(const struct scan *s);
/* "Came in at 10:04": what else there is to say; "" = nothing. */
const char *door_why(struct ctx *cx, const struct scan *s);
/* What was shown, for whom no name is known: a code, cut. */
const char *door_whom(struct ctx *cx, const struct door_row *r);
const char *door_hour(struct ctx *cx, int64_t at); /* 10:04; with the day when it is not today's */

#endif
