/* volunteer_pages.h – the pages of shifts and volunteers as tables of routes for app/, and below what they share. */
#ifndef MOD_VOLUNTEER_PAGES_H
#define MOD_VOLUNTEER_PAGES_H

#include "mod/volunteer/volunteer_inner.h"
#include "ui/ui.h"

extern const struct route shift_routes[];	     /* shifts of a headquarters, new, changed */
extern const struct route shift_desk_routes[];	     /* one shift: need, people, arrival, paper */
extern const struct route volunteer_routes[];	     /* list, one, changed, a leader's own */
extern const struct route volunteer_public_routes[]; /* /volunteer: no account */
extern const struct route volunteer_thanks_routes[]; /* letters of thanks with hours */
extern const size_t shift_nroutes, shift_desk_nroutes, volunteer_nroutes, volunteer_public_nroutes,
    volunteer_thanks_nroutes;

/* ---- shared among the pages: volunteer_form_pages.c ---- */

/* "12 h 30 min" */
const char *volunteer_time(struct ctx *cx, int64_t minutes);
/* "18:00" local */
const char *volunteer_clock(struct ctx *cx, int64_t at);
/* "10.04.2024, 09:00–17:00" */
const char *shift_when(struct ctx *cx, const struct shift *s);
/* Name, telephone, year of birth, skills, languages, words; typed values stay. now: the record that is
 * changed; NULL = a new one. plain: the public page. */
void volunteer_draw_fields(struct view *v, const struct volunteer *now, bool plain);
void volunteer_draw_skills(struct view *v, const struct volunteer *now);
/* The posted form; numbers that are none become field errors. */
int volunteer_read_form(struct view *v, struct volunteer_in *in) MUST;
/* The sum of minutes of one's own shifts. */
int64_t own_minutes(const struct own_row *o, size_t n);
/* A shift's refusal above its page: 422, 409 by rc. */
void volunteer_refused(struct view *v, int rc);

#endif
