/* rights_inner.h – what the files of this module share. */
#ifndef MOD_RIGHTS_INNER_H
#define MOD_RIGHTS_INNER_H

#include "figure/figure.h"
#include "mod/registry/registry.h"
#include "mod/rights/rights.h"

/* ---- rights_rules.c */
void consent_scope(struct ctx *cx, struct query *q);
int consent_writable(struct ctx *cx, const void *old, const void *rec);
int consent_prepare(struct ctx *cx, const void *old, void *rec);
int consent_check(struct ctx *cx, const void *old, const void *rec);
int cut_consents(
    struct ctx *cx, struct tx *tx, const struct person_link *l, const struct person_erase *e) MUST;
int join_consents(struct ctx *cx, struct tx *tx, struct person_join *j) MUST;

#endif
