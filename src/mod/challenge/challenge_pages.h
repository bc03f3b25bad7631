/* challenge_pages.h – route tables of this module, for app/tables.c, and below what its pages share. */
#ifndef MOD_CHALLENGE_PAGES_H
#define MOD_CHALLENGE_PAGES_H

#include "mod/challenge/challenge.h"
#include "ui/ui.h"

extern const struct route challenge_routes[];	    /* list, one challenge with its entries */
extern const struct route challenge_enter_routes[]; /* the public form, the author's own page */
extern const struct route challenge_staff_routes[]; /* queue, list, one entry */
extern const struct route challenge_edit_routes[];  /* what a challenge is */
extern const size_t challenge_nroutes, challenge_enter_nroutes, challenge_staff_nroutes,
    challenge_edit_nroutes;
/* Sections of the pages of events and programmes. */
event_section challenge_event_section;
programme_section challenge_programme_section;

/* ---- shared among the pages: challenge_shared_pages.c ---- */

/* The challenge of the first {…} of the route, as far as this actor may see it. */
int challenge_of_path(struct view *v, struct challenge *out) MUST;
const char *challenge_path(struct view *v, int64_t id, const char *tail); /* "/challenges/5/edit" */
/* Opens a page of this challenge: way from the events, title (NULL = the challenge's name). */
void challenge_frame(struct view *v, const struct challenge *c, const char *title);
/* Staff that moderates and changes it. */
bool challenge_runs(struct view *v, const struct challenge *c);
void challenge_mark(struct view *v, const char *state);	      /* of a challenge */
void challenge_entry_mark(struct view *v, const char *state); /* of an entry */
/* The name of the site with a link that leads away from here and says nothing of who came. */
void challenge_link_out(struct view *v, const char *link, const char *text);
/* 422 or 409 where the reader can mend it; false: pass the outcome on. */
bool challenge_refused(struct view *v, int rc);

#endif
