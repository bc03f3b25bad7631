/* sheet_inner.h – what the files of this module share: scopes and checks named in sheet_kinds.c. */
#ifndef MOD_SHEET_INNER_H
#define MOD_SHEET_INNER_H

#include "mod/registry/registry.h"
#include "mod/sheet/sheet.h"

/* ---- sheet_check.c: all of it is for staff of the bodies that organise the event */
void sheet_scope(struct ctx *cx, struct query *q);
void sheet_row_scope(struct ctx *cx, struct query *q);
void sheet_picture_scope(struct ctx *cx, struct query *q);
void count_slip_scope(struct ctx *cx, struct query *q);
int sheet_writable(struct ctx *cx, const void *old, const void *rec);
int sheet_row_writable(struct ctx *cx, const void *old, const void *rec);
int sheet_picture_writable(struct ctx *cx, const void *old, const void *rec);
int count_slip_writable(struct ctx *cx, const void *old, const void *rec);
int sheet_check(struct ctx *cx, const void *old, const void *rec);
int count_slip_check(struct ctx *cx, const void *old, const void *rec);
int sheet_picture_check(struct ctx *cx, const void *old, const void *rec);

#endif
