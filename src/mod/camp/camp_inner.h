/* camp_inner.h – what the files of this module share. Other modules use camp.h. */
#ifndef MOD_CAMP_INNER_H
#define MOD_CAMP_INNER_H

#include <string.h>

#include "mod/camp/camp.h"

static inline bool
camp_is(const char *code, const char *wanted)
{
	return code != NULL && strcmp(code, wanted) == 0;
}

static inline bool
camp_blank(const char *s)
{
	return s == NULL || s[strspn(s, " \t\r\n")] == '\0';
}

/* ---- camp_check.c: named in the rows of camp_kinds.c */
void camp_scope(struct ctx *cx, struct query *q);
void camp_group_scope(struct ctx *cx, struct query *q);
void camp_slot_scope(struct ctx *cx, struct query *q);
void camp_member_scope(struct ctx *cx, struct query *q);
void camp_mark_scope(struct ctx *cx, struct query *q);
bool camp_group_inside(struct ctx *cx, const void *rec);
bool camp_slot_inside(struct ctx *cx, const void *rec);
int camp_writable(struct ctx *cx, const void *old, const void *rec);
int camp_group_writable(struct ctx *cx, const void *old, const void *rec);
int camp_slot_writable(struct ctx *cx, const void *old, const void *rec);
int camp_member_writable(struct ctx *cx, const void *old, const void *rec);
int camp_check(struct ctx *cx, const void *old, const void *rec);
int camp_group_check(struct ctx *cx, const void *old, const void *rec);
int camp_slot_check(struct ctx *cx, const void *old, const void *rec);

/* ---- camp_call.c: what stands in the list of attendances: whose row of the camp it is */
const char *camp_sheet_row(struct ctx *cx, const struct camp_member *m);

/* ---- camp_member_check.c */
int camp_member_prepare(struct ctx *cx, const void *old, void *rec);
int camp_member_check(struct ctx *cx, const void *old, const void *rec);

#endif
