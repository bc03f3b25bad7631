/* event_pages.h – the pages of events, as tables of routes for app/, and below what the files
 * event_*_pages.c share among themselves: states, counts, candidates. */
#ifndef MOD_EVENT_PAGES_H
#define MOD_EVENT_PAGES_H

#include "mod/event/event.h"
#include "mod/event/event_filter.h"
#include "mod/event/event_reads.h"
#include "mod/registry/registry.h"
#include "ui/ui.h"

extern const struct route event_routes[];	    /* list, one event, its steps */
extern const struct route event_calendar_routes[];  /* month and week */
extern const struct route event_feed_routes[];	    /* iCalendar, how to subscribe */
extern const struct route event_map_routes[];	    /* the districts */
extern const struct route event_report_routes[];    /* the report of one event */
extern const struct route event_cost_routes[];	    /* its costs */
extern const struct route event_letter_routes[];    /* letters of thanks */
extern const struct route event_edit_routes[];	    /* event, parts, co-organisers */
extern const struct route event_attend_routes[];    /* attendances */
extern const struct route event_file_routes[];	    /* evidence */
extern const struct route event_merge_routes[];	    /* duplicates */
extern const struct route event_programme_routes[]; /* programmes, projects, campaigns */
extern const size_t event_nroutes, event_calendar_nroutes, event_feed_nroutes, event_map_nroutes,
    event_report_nroutes, event_cost_nroutes, event_letter_nroutes, event_edit_nroutes,
    event_attend_nroutes, event_file_nroutes, event_merge_nroutes, event_programme_nroutes;

/* ---- shared among the pages ---- */

/* The views of events, as chips above list, month, week, map and programmes; the filter goes along. */
void event_views(struct view *v, const char *path);

/* ---- event_filter_pages.c ---- */
void event_filter_read(struct view *v, struct event_filter *f);
bool event_filter_any(const struct event_filter *f);
/* What the address asks for a name; NULL = nothing. */
const char *event_filter_value(const struct event_filter *f, const char *name);
/* The path with the filter behind it; days: also first_day_from and first_day_to. */
const char *event_filter_link(
    struct view *v, const char *path, const struct event_filter *f, bool days);
/* The row of choices; kept: parameters of the page itself that go along, ended by NULL. */
int event_filter_draw(struct view *v, const struct event_filter *f, const char *const *kept) MUST;
void event_filter_chips(struct view *v, const struct event_filter *f);
/* "К" of «Көпшілік …»: the letter that stands for a group in the calendar. */
const char *event_group_letter(struct ctx *cx, int group);
int event_week_page(struct view *v); /* event_week_pages.c */
/* The line that leads to the addresses of calendars. */
void event_subscribe_line(struct view *v, const struct event_filter *f);
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
	struct event_doubts doubts; /* for staff of its scope */
	const char *title, *body, *kind, *programme, *observance, *district;
	struct list organisers;
	const char **organiser_titles; /* one for each row of organisers */
	struct list parts, files, merged;
	struct event moved_to, merged_into; /* id 0 = none, or not to be seen by this actor */
	const char *said;		    /* what a refused step said */
};
int event_draw_under_head(struct view *v, const struct event_shown *s) MUST; /* registration … */
int event_draw_steps(struct view *v, const struct event_shown *s) MUST;
void event_draw_reports(struct view *v, const struct event_shown *s);
int event_draw_likely(struct view *v, const struct event_shown *s) MUST;

#endif
