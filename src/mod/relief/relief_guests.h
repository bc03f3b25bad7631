/* relief_guests.h – for modules that stand on a headquarters (centres, kitchens, deliveries, volunteers): its frame and
 * the small parts of its forms and rules. Included by relief.h; defined in relief_pages.c, relief_form_pages.c,
 * relief_need.c and relief_check.c. */
#ifndef MOD_RELIEF_GUESTS_H
#define MOD_RELIEF_GUESTS_H

#include "kind/kind.h"

struct view;
struct headquarters;

/* "/relief/5" in the arena, without language; tail "" or "/log". */
const char *relief_path(struct view *v, int64_t headquarters, const char *tail);
/* The headquarters of the first {…} of the route. */
int relief_of_path(struct view *v, struct headquarters *out) MUST;
/* The work frame of a headquarters: crumbs, title (NULL = its name), the ways to its pages, `here` = the tail of the
 * present one. */
void relief_open(struct view *v, const struct headquarters *h, const char *title, const char *here);
/* The texts of a refused field, under its label. */
void relief_field_error(struct view *v, const char *name);
/* What was typed, "" where nothing was: a refused form shows it again. */
const char *relief_typed(struct view *v, const char *name);
/* The form's number: the one sent, else a fresh one. */
void relief_draw_nonce(struct view *v);
/* Whether the field that people do not see was filled (public forms). */
bool relief_is_robot(struct view *v);
/* "3 h" since a moment. */
const char *relief_age(struct ctx *cx, int64_t since);
/* Without blanks round it; NULL = nothing but blanks. */
const char *relief_trim(struct arena *a, const char *text);
/* Only the digits of a telephone, the country's 8 as 7: what two ways of writing one number have alike. */
const char *relief_digits(struct arena *a, const char *phone);
/* How the program writes for somebody whose right was looked at by a rule: the account stays the actor's. */
struct actor relief_house(const struct ctx *cx);

#endif
