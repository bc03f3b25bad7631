/* registry_inner.h – what the files of this module share: the functions that its kinds name in their
 * rows (registry_check.c), and the kept cells of memberships (registry_cells.c). Other modules use
 * registry.h. */
#ifndef MOD_REGISTRY_INNER_H
#define MOD_REGISTRY_INNER_H

#include "figure/figure.h"
#include "mod/registry/registry.h"

/* ---- registry_check.c: scopes, checks, hints */
void person_scope(struct ctx *cx, struct query *q);
void membership_scope(struct ctx *cx, struct query *q);
void office_holder_scope(struct ctx *cx, struct query *q);
bool body_inside(struct ctx *cx, const void *rec);
bool accreditation_inside(struct ctx *cx, const void *rec);
int person_writable(struct ctx *cx, const void *old, const void *rec);
int membership_writable(struct ctx *cx, const void *old, const void *rec);
int person_prepare(struct ctx *cx, const void *old, void *rec);
int person_check(struct ctx *cx, const void *old, const void *rec);
int body_check(struct ctx *cx, const void *old, const void *rec);
int membership_check(struct ctx *cx, const void *old, const void *rec);
int office_holder_check(struct ctx *cx, const void *old, const void *rec);
int accreditation_check(struct ctx *cx, const void *old, const void *rec);
int population_check(struct ctx *cx, const void *old, const void *rec);
int body_group_check(struct ctx *cx, const void *old, const void *rec);
int ethnicity_check(struct ctx *cx, const void *old, const void *rec);
const char *person_hint(struct ctx *cx, const void *rec);
const char *code_error(const char *code);
const char *kato_error(const char *code);
/* "(1,2,3)" of the actor's scope; the ids are the program's own numbers. */
void scope_list(struct ctx *cx, struct buf *out);

/* ---- registry_figures.c: whom a figure of memberships counts; SQL and cells read the same rows */
enum { ROLE_BIT_MEMBER = 1, ROLE_BIT_HONORARY = 2, ROLE_BIT_LEARNER = 4 };
struct member_rule {
	const char *figure, *kind; /* bodies of this kind … */
	bool branches;		   /* … and branches beneath them */
	bool per_root;		   /* one a person and body; else one a person */
	unsigned roles;
};
extern const struct member_rule member_rules[];
extern const size_t nmember_rules;

/* ---- registry_cells.c: what memberships leave in the kept sums */
int membership_changed(struct ctx *cx, struct tx *tx, const void *old, const void *rec);
int body_changed(struct ctx *cx, struct tx *tx, const void *old, const void *rec);
int membership_emit(struct ctx *cx, struct cell_sink *sink, int64_t *records);

#endif
