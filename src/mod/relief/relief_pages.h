/* relief_pages.h – the pages of the headquarters as tables of routes for app/; what they share stands in relief_guests.h. */
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

#endif
