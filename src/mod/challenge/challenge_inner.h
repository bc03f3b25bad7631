/* challenge_inner.h – what the files of this module share. Other modules use challenge.h. */
#ifndef MOD_CHALLENGE_INNER_H
#define MOD_CHALLENGE_INNER_H

#include "mod/challenge/challenge.h"

/* ---- challenge_check.c: named in the rows of challenge_kinds.c */
void challenge_scope(struct ctx *cx, struct query *q);
void challenge_entry_scope(struct ctx *cx, struct query *q);
int challenge_writable(struct ctx *cx, const void *old, const void *rec);
int challenge_prepare(struct ctx *cx, const void *old, void *rec);
int challenge_check(struct ctx *cx, const void *old, const void *rec);
/* Entries of the scope, "" for who sees all: " AND …" over challenge_entry. */
const char *challenge_own_entries(struct ctx *cx);

/* ---- challenge_rules.c */
/* Keys of a write that concerns this challenge (db_write_keys). */
int64_t challenge_key(int64_t challenge);
/* How the program writes for somebody whose right was looked at by a rule: the account stays the actor's. */
struct actor challenge_house(const struct actor *who);

#endif
