/* meal_inner.h – what the files of this module share. Other modules use meal.h. */
#ifndef MOD_MEAL_INNER_H
#define MOD_MEAL_INNER_H

#include "core/setting.h"
#include "mod/meal/meal.h"
#include "mod/registry/registry.h"

/* ---- meal_rules.c: named in the rows of meal_kinds.c */
int meal_plan_check(struct ctx *cx, const void *old, const void *rec);
int meal_batch_check(struct ctx *cx, const void *old, const void *rec);
int meal_serving_check(struct ctx *cx, const void *old, const void *rec);
const char *allergens_error(const char *codes);

#endif
