/* relief_form_pages.h – a need as typed: one reading for the public page, the desk and the paper. */
#ifndef MOD_RELIEF_FORM_PAGES_H
#define MOD_RELIEF_FORM_PAGES_H

#include "mod/relief/relief_pages.h"

/* What was typed, "" where nothing was: a refused form shows it again. */
const char *relief_typed(struct view *v, const char *name);
/* The form's number: the one sent, else a fresh one. */
void relief_draw_nonce(struct view *v);
bool relief_is_robot(struct view *v);
/* The posted form; numbers that are none become field errors. */
int relief_read_need(struct view *v, struct need_in *in) MUST;
/* "?back=board&urgency=now": what a step carries, so that the board comes back as it was. */
const char *relief_board_query(struct view *v);
/* "3 h" since a moment. */
const char *relief_age(struct ctx *cx, int64_t since);

#endif
