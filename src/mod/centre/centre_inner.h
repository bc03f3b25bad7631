/* centre_inner.h – what the files of this module share. Other modules use centre.h. */
#ifndef MOD_CENTRE_INNER_H
#define MOD_CENTRE_INNER_H

#include "core/setting.h"
#include "mod/centre/centre.h"
#include "mod/registry/registry.h"

/* ---- centre_check.c: named in the rows of centre_kinds.c */
int centre_check(struct ctx *cx, const void *old, const void *rec);
int household_prepare(struct ctx *cx, const void *old, void *rec);
int household_check(struct ctx *cx, const void *old, const void *rec);
int household_changed(struct ctx *cx, struct tx *tx, const void *old, const void *rec);
int stay_prepare(struct ctx *cx, const void *old, void *rec);
int stay_check(struct ctx *cx, const void *old, const void *rec);
int norm_check(struct ctx *cx, const void *old, const void *rec);

/* The columns of heads in their order, each with `t.` before it and added up: "t.under5_f, …" */
#define HEAD_COLUMNS(t)                                                                         \
	t "under5_f, " t "under5_m, " t "child_f, " t "child_m, " t "adult_f, " t "adult_m, " t \
	  "elder_f, " t "elder_m"
#define HEAD_SUM(t)                                                                        \
	"(" t "under5_f + " t "under5_m + " t "child_f + " t "child_m + " t "adult_f + " t \
	"adult_m + " t "elder_f + " t "elder_m)"
struct heads heads_read(const struct rows *r, int col);
/* A place that is a centre; RC_RULE otherwise. */
int centre_place(struct ctx *cx, int64_t id, struct relief_place *out) MUST;
/* RULE centre-2: once the headquarters is closed, its families are closed to whoever only worked in it. RC_DENIED */
int families_open(struct ctx *cx, int64_t headquarters) MUST;
/* Keyed hashes of the words of a name; *n ≤ NAME_WORDS. */
enum { NAME_WORDS = 6 };
void name_macs(struct ctx *cx, const char *name, const char *out[NAME_WORDS], size_t *n);

#endif
