/* relief_shared.h – what other modules that stand on a headquarters use of its forms and frames: a part of the door
 * relief.h. Pages' functions take the view of ui/ui.h, which only they include. */
#ifndef MOD_RELIEF_SHARED_H
#define MOD_RELIEF_SHARED_H

#include "mod/relief/relief_code.h"
#include "mod/relief/relief_need.h"

struct view;
/* Only the digits of a telephone, the country's 8 as 7: what two ways of writing one number have alike. */
const char *relief_digits(struct arena *a, const char *phone);
/* Without blanks round it; NULL = nothing but blanks. */
const char *relief_trim(struct arena *a, const char *text);
/* How the program writes for somebody whose right was looked at by a rule: the account stays the actor's. */
struct actor relief_house(const struct ctx *cx);

/* Offers that hold today, of people who stand on record; by name. */
struct call_filter {
	const char *q, *vehicle; /* q: a word of skills or languages; NULL or "" = all */
};
struct call_row {
	struct relief_offer o;
	const char *who;
};
int reads_calls(struct ctx *cx, const struct call_filter *f, struct call_row **out, size_t *n) MUST;

/* ---- pages: as in relief_pages.h and relief_form_pages.h ---- */
const char *relief_path(struct view *v, int64_t headquarters, const char *tail);
int relief_of_path(struct view *v, struct headquarters *out) MUST;
void relief_open(struct view *v, const struct headquarters *h, const char *title, const char *here);
void relief_field_error(struct view *v, const char *name);
const char *relief_typed(struct view *v, const char *name);
void relief_draw_nonce(struct view *v);
bool relief_is_robot(struct view *v);

#endif
