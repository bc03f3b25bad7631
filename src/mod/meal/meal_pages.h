/* meal_pages.h – the pages of kitchens as tables of routes for app/. */
#ifndef MOD_MEAL_PAGES_H
#define MOD_MEAL_PAGES_H

#include "mod/meal/meal_inner.h"
#include "ui/ui.h"

extern const struct route meal_routes[];       /* the day, plans */
extern const struct route meal_batch_routes[]; /* cooking, one batch, hand-outs */
extern const size_t meal_nroutes, meal_batch_nroutes;

/* Whether this actor cooks and hands out in this headquarters. */
bool meal_may(struct view *v, const struct headquarters *h);

#endif
