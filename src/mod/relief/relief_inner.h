/* relief_inner.h – what the files of this module share. Other modules use relief.h. */
#ifndef MOD_RELIEF_INNER_H
#define MOD_RELIEF_INNER_H

#include "mod/registry/registry.h"
#include "mod/relief/relief.h"

/* ---- relief_check.c: named in the rows of relief_kinds.c and need_kinds.c */
int headquarters_prepare(struct ctx *cx, const void *old, void *rec);
int headquarters_check(struct ctx *cx, const void *old, const void *rec);
int relief_part_check(struct ctx *cx, const void *old, const void *rec);
int relief_duty_check(struct ctx *cx, const void *old, const void *rec);
int relief_log_prepare(struct ctx *cx, const void *old, void *rec);
int relief_log_check(struct ctx *cx, const void *old, const void *rec);
int relief_place_check(struct ctx *cx, const void *old, const void *rec);
int relief_place_changed(struct ctx *cx, struct tx *tx, const void *old, const void *rec);
int relief_offer_prepare(struct ctx *cx, const void *old, void *rec);
int relief_offer_check(struct ctx *cx, const void *old, const void *rec);
int need_prepare(struct ctx *cx, const void *old, void *rec);
int need_check(struct ctx *cx, const void *old, const void *rec);
int need_line_check(struct ctx *cx, const void *old, const void *rec);

#endif
