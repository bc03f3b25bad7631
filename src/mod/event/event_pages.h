/* event_pages.h – the pages of events, as tables of routes for app/, and below what the files
 * event_*_pages.c share among themselves: states, counts, candidates. */
#ifndef MOD_EVENT_PAGES_H
#define MOD_EVENT_PAGES_H

#include "mod/event/event.h"
#include "mod/event/event_reads.h"
#include "mod/registry/registry.h"
#include "ui/ui.h"

extern const struct route event_routes[];	    /* list, one event, its steps */
extern const struct route event_calendar_routes[];  /* the month */
extern const struct route event_edit_routes[];	    /* event, parts, co-organisers */
extern const struct route event_attend_routes[];    /* attendances */
extern const struct route event_file_routes[];	    /* evidence */
extern const struct route event_merge_routes[];	    /* duplicates */
extern const struct route event_programme_routes[]; /* programmes, projects, campaigns */
extern const size_t event_nroutes, event_calendar_nroutes, event_edit_nroutes, event_attend_nroutes,
    event_file_nroutes, event_merge_nroutes, event_programme_nroutes;

/* ---- shared among the pages ---- */

/* The views of events, as chips above list, calendar and programmes. */
void event_views(struct view *v, const char *path);
/* "/events/5" in the request's arena, without language; tail "" or "/edit". */
const char *event_path(struct view *v, int64_t id, const char *tail);
/* The event of the first {…} of the route, as far as this actor may see it. */
int event_of_path(struct view *v, struct event *out) MUST;
/* First letter in upper case: a state or a weekday as a word of its own. */
const char *event_capital(struct ctx *cx, const char *word);
void event_state(struct view *v, const char *state);
/* The one count on its line; solid for names, dashed for heads, dotted for words. */
void event_count_line(struct view *v, const struct event_count *c, const char *href);
/* "15.11.2024–17.11.2024" */
const char *event_days(struct ctx *cx, const struct event *e);
/* Title of one record, "" for id 0. */
int event_title_of(struct ctx *cx, const struct kind *k, int64_t id, const char **out) MUST;
/* Events that may be the same one: a list with a link to each; compare = path of "/events/5" makes
 * the links lead to the comparison, NULL to the event. */
void event_candidates(struct view *v, const struct list *l, const char *compare);
/* What a refused step said, drawn on top of a page; the error is then forgotten. */
const char *event_said(struct ctx *cx);

/* Sections of other modules on the page of an event and of a programme (halls, plans, measures), in the
 * order of adding; each asks itself what its reader may see. Set once at boot. */
struct event_shown;
typedef int event_section(struct view *v, const struct event_shown *s);
typedef int programme_section(struct view *v, const struct programme *p);
void event_section_add(event_section *f);
void programme_section_add(programme_section *f);
int event_draw_sections(struct view *v, const struct event_shown *s) MUST;
int programme_draw_sections(struct view *v, const struct programme *p) MUST;

/* ---- the page of one event, drawn by two files ---- */

struct event_shown {
	struct event e;
	struct event_rights can;
	struct event_count count;
	const char *title, *body, *kind, *programme, *observance, *district;
	struct list organisers;
	const char **organiser_titles; /* one for each row of organisers */
	struct list parts, files, merged;
	struct event moved_to, merged_into; /* id 0 = none, or not to be seen by this actor */
	const char *said;		    /* what a refused step said */
};
int event_draw_steps(struct view *v, const struct event_shown *s) MUST;
void event_draw_reports(struct view *v, const struct event_shown *s);
int event_draw_likely(struct view *v, const struct event_shown *s) MUST;

#endif
