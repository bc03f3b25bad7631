/* charity_inner.h – what the files of this module share. Other modules use charity.h. */
#ifndef MOD_CHARITY_INNER_H
#define MOD_CHARITY_INNER_H

#include "kind/past.h"
#include "mod/charity/charity.h"
#include "mod/event/event.h"
#include "mod/registry/registry.h"

/* "movement_set s was not taken back": for the WHERE of every sum. */
#define STANDS(s) "NOT EXISTS (SELECT 1 FROM movement_set back WHERE back.reverses = " s ".id)"
/* Accounts in which goods lie until they are handed over. */
#define KEPT "('store', 'vehicle', 'kitchen')"

/* ---- hooks of kinds: charity_check.c ---- */
void drive_scope(struct ctx *cx, struct query *q);
void need_scope(struct ctx *cx, struct query *q);
void recipient_scope(struct ctx *cx, struct query *q);
void aid_scope(struct ctx *cx, struct query *q);
int recipient_writable(struct ctx *cx, const void *old, const void *rec) MUST;
int drive_prepare(struct ctx *cx, const void *old, void *rec) MUST;
int drive_need_prepare(struct ctx *cx, const void *old, void *rec) MUST;
int donor_prepare(struct ctx *cx, const void *old, void *rec) MUST;
int pledge_prepare(struct ctx *cx, const void *old, void *rec) MUST;
int recipient_prepare(struct ctx *cx, const void *old, void *rec) MUST;
int drive_check(struct ctx *cx, const void *old, const void *rec) MUST;
int drive_need_check(struct ctx *cx, const void *old, const void *rec) MUST;
int donor_check(struct ctx *cx, const void *old, const void *rec) MUST;
int pledge_check(struct ctx *cx, const void *old, const void *rec) MUST;
int recipient_check(struct ctx *cx, const void *old, const void *rec) MUST;
const char *donor_hint(struct ctx *cx, const void *rec);
const char *recipient_hint(struct ctx *cx, const void *rec);

/* What a full name is found by: keyed, so that the database does not tell it. */
const char *recipient_mac(struct ctx *cx, const char *name);
/* The program's rights with this actor's name on what is written. */
struct actor charity_house(const struct actor *who);

#endif
