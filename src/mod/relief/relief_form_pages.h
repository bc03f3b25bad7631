/* relief_form_pages.h – a need as typed: one reading for the public page, the desk and the paper. */
#ifndef MOD_RELIEF_FORM_PAGES_H
#define MOD_RELIEF_FORM_PAGES_H

#include "mod/relief/relief_pages.h"

/* The posted form; numbers that are none become field errors. */
int relief_read_need(struct view *v, struct need_in *in) MUST;
/* "?back=board&urgency=now": what a step carries, so that the board comes back as it was. */
const char *relief_board_query(struct view *v);

#endif
