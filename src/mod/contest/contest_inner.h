/* contest_inner.h – what the files of this module share. Other modules use contest.h. */
#ifndef MOD_CONTEST_INNER_H
#define MOD_CONTEST_INNER_H

#include "mod/contest/contest.h"

/* ---- contest_check.c: scopes, who may write, checks; named in the rows of contest_kinds.c */
void contest_scope(struct ctx *cx, struct query *q);
void nomination_scope(struct ctx *cx, struct query *q);
void age_group_scope(struct ctx *cx, struct query *q);
void criterion_scope(struct ctx *cx, struct query *q);
void contest_entry_scope(struct ctx *cx, struct query *q);
void contest_member_scope(struct ctx *cx, struct query *q);
void juror_scope(struct ctx *cx, struct query *q);
void juror_conflict_scope(struct ctx *cx, struct query *q);
void contest_score_scope(struct ctx *cx, struct query *q);
void certificate_scope(struct ctx *cx, struct query *q);
int contest_writable(struct ctx *cx, const void *old, const void *rec);
int contest_child_writable(struct ctx *cx, const void *old, const void *rec);
int contest_entry_writable(struct ctx *cx, const void *old, const void *rec);
int contest_member_writable(struct ctx *cx, const void *old, const void *rec);
int juror_writable(struct ctx *cx, const void *old, const void *rec);
int juror_conflict_writable(struct ctx *cx, const void *old, const void *rec);
int contest_prepare(struct ctx *cx, const void *old, void *rec);
int contest_check_fixed(struct ctx *cx, const void *old, const void *rec);
int age_group_check(struct ctx *cx, const void *old, const void *rec);
int contest_entry_prepare(struct ctx *cx, const void *old, void *rec);
int contest_entry_check(struct ctx *cx, const void *old, const void *rec);
int contest_member_check(struct ctx *cx, const void *old, const void *rec);
int juror_check(struct ctx *cx, const void *old, const void *rec);
int juror_conflict_check(struct ctx *cx, const void *old, const void *rec);

/* "draft" before "open" before "judging" …: 0 … 4; −1 = no state. */
int contest_stage(const char *state);
enum { STAGE_DRAFT, STAGE_OPEN, STAGE_JUDGING, STAGE_CLOSED, STAGE_SIGNED };
/* RC_OK when this actor runs the contest: staff of the scope of its event's lead body. */
int contest_run_by(struct ctx *cx, int64_t contest) MUST;
/* A name for everybody: a grown-up's as it is written, a minor's given name alone; "" of whoever is erased or
 * restricted. Whether it may be shown at all (a consent, a paper in the hand) asks the caller. */
const char *contest_open_name(struct ctx *cx, const struct person *p);
/* Whole years on a day; INT_NONE when the day of birth is not known. */
int64_t age_on(int64_t birth, int day);
/* How the program writes for somebody whose right was looked at by a rule (a juror with a link): the account
 * stays the actor's. */
struct actor contest_program(const struct ctx *cx);
/* t->in out of jurors, entries, grounds and these points. */
void contest_frame_ranks(struct ctx *cx, struct contest_table *t, const int64_t *score);

#endif
