/* media_pages.h – the pages of the register of media, as tables of routes for app/, and what these files share. */
#ifndef MOD_MEDIA_PAGES_H
#define MOD_MEDIA_PAGES_H

#include "mod/media/media.h"
#include "ui/ui.h"

extern const struct route media_routes[];      /* the register, one publication, outlets, columns */
extern const struct route media_form_routes[]; /* entering and changing */
extern const struct route media_cover_routes[]; /* coverage */
extern const struct route media_found_routes[]; /* what was found in feeds */
extern const struct route media_press_routes[]; /* press at an event */
extern const size_t media_nroutes, media_form_nroutes, media_cover_nroutes, media_found_nroutes,
    media_press_nroutes;

/* "In the press" for everybody, press of the event for its staff. */
event_section media_event_section;
programme_section media_programme_section;

/* ---- shared among the pages ---- */
/* The frame of a page of this module under "Media"; above: path and words of a page between, or NULL. */
struct media_above {
	const char *path, *text;
};
void media_open(struct view *v, const char *title, const struct media_above *above);
/* Rows of publications: title, outlet, day, language. outside: links lead to the page of the outlet, else to ours. */
int media_draw_rows(struct view *v, const struct publication *p, size_t n, bool outside) MUST;
const char *media_path(struct view *v, const char *what, int64_t id, const char *tail);
/* Puts an item of the queue aside. */
void media_aside_button(struct view *v, int64_t found);
/* Number of the query, 0 = none. */
int64_t media_q(struct view *v, const char *name);

#endif
