/* hall_inner.h – what the files of this module share. */
#ifndef MOD_HALL_INNER_H
#define MOD_HALL_INNER_H

#include "mod/hall/hall.h"

int hall_check(struct ctx *cx, const void *old, const void *rec);
int hall_writable(struct ctx *cx, const void *old, const void *rec);
int booking_prepare(struct ctx *cx, const void *old, void *rec);
int booking_check(struct ctx *cx, const void *old, const void *rec);
int booking_writable(struct ctx *cx, const void *old, const void *rec);
int booking_changed(struct ctx *cx, struct tx *tx, const void *old, const void *rec);
bool booking_inside(struct ctx *cx, const void *rec);
const char *booking_time_error(const char *text);

#endif
