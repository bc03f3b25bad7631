/* relief_pages.h – the pages of the headquarters as tables of routes for app/, and below what they share. */
#ifndef MOD_RELIEF_PAGES_H
#define MOD_RELIEF_PAGES_H

#include "mod/relief/relief_reads.h"
#include "ui/ui.h"

extern const struct route relief_routes[];	  /* list, opening, about, closing, places */
extern const struct route relief_roster_routes[]; /* log, duties, call list */
extern const struct route relief_board_routes[];  /* board, wall */
extern const struct route need_routes[];	  /* one need and its steps */
extern const struct route relief_desk_routes[];	  /* the operator's form, the paper form */
extern const struct route relief_public_routes[]; /* /need: no account */
extern const size_t need_nroutes, relief_nroutes, relief_roster_nroutes, relief_board_nroutes,
    relief_desk_nroutes, relief_public_nroutes;

/* ---- shared among the pages: relief_pages.c ---- */

/* "/relief/5" in the arena, without language; tail "" or "/log". */
const char *relief_path(struct view *v, int64_t headquarters, const char *tail);
/* The headquarters of the first {…} of the route. */
int relief_of_path(struct view *v, struct headquarters *out) MUST;
/* The work frame of a headquarters: crumbs, title (NULL = its name), the ways to its pages, `here` = the tail of the
 * present one. */
void relief_open(struct view *v, const struct headquarters *h, const char *title, const char *here);
/* The texts of a refused field, under its label. */
void relief_field_error(struct view *v, const char *name);

#endif
