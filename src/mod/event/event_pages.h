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
/* The one count on its line; solid for names, dashed for heads, dotted for words. */
void event_count_line(struct view *v, const struct event_count *c, const char *href);
/* Events that may be the same one: a list with a link to each; compare = path of "/events/5" makes
 * the links lead to the comparison, NULL to the event. */
void event_candidates(struct view *v, const struct list *l, const char *compare);

/* What other modules added: event.h. */
struct event_shown;
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
