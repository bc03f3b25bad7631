/* camp_pages.h – the pages of camps, as tables of routes for app/, and below what they share. */
#ifndef MOD_CAMP_PAGES_H
#define MOD_CAMP_PAGES_H

#include "mod/camp/camp.h"
#include "ui/ui.h"

extern const struct route camp_routes[];	 /* list, one camp, its form */
extern const struct route camp_part_routes[];	 /* groups and slots */
extern const struct route camp_member_routes[];	 /* members */
extern const struct route camp_time_routes[];	 /* the timetable to print */
extern const struct route camp_consent_routes[]; /* who has none, the form on paper */
extern const struct route camp_call_routes[];	 /* the roll */
extern const struct route camp_list_routes[];	 /* lists of groups to print */
extern const size_t camp_nroutes, camp_part_nroutes, camp_member_nroutes, camp_time_nroutes,
    camp_consent_nroutes, camp_call_nroutes, camp_list_nroutes;

/* camp_event_pages.c: the camps as a section of the event's page. */
int camp_event_section(struct view *v, const struct event *e, const struct event_rights *can) MUST;

/* ---- camp_shared_pages.c ---- */
/* "/camps/5" + tail in the arena, without language. */
const char *camp_path(struct view *v, int64_t id, const char *tail);
/* The camp of the first {…}, as far as this actor may see it; the others only for its staff. */
int camp_of_path(struct view *v, struct camp *out) MUST;
int camp_run_of_path(struct view *v, struct camp *out) MUST;
int camp_staffed_of_path(struct view *v, struct camp *out) MUST;
bool camp_runs(struct ctx *cx, int64_t camp);
bool camp_staffed(struct ctx *cx, int64_t camp);
/* Opens the frame with crumbs down to `title` (NULL = the page of the camp itself). */
void camp_open(struct view *v, const struct camp *c, const char *title);
/* "12 of 15 places", "12 people", "full: 15 of 15 places"; group < 0: the camp. */
void camp_draw_places(struct view *v, const struct camp_table *t, ptrdiff_t group);
void camp_draw_consent(struct view *v, const char *consent);
/* A path with its query as an address in the reader's language; ui_url() would take its slashes for text. */
const char *camp_link(struct view *v, const char *path);
/* A number of the address (…?name=12), 0 where there is none. */
int64_t camp_asked(struct view *v, const char *name);
/* Names of people by id: "" for 0. */
int camp_people(struct ctx *cx, const int64_t *ids, size_t n, const char **out) MUST;

/* ---- camp_time_pages.c ---- */
/* The timetable by day as tables; group 0 = of all. staff: with leaders; run: with what can be changed. */
struct camp_times {
	const struct camp_table *t;
	int64_t group;
	int day; /* 0 = all */
	bool staff, run;
};
int camp_draw_times(struct view *v, const struct camp_times *w) MUST;
/* Chips to choose one group: links to path?group=…. */
void camp_draw_groups(struct view *v, const struct camp_table *t, const char *path, int64_t now);

#endif
