/* registry_inner.h – what the files of this module share: the functions that its kinds name in their
 * rows (registry_check.c), and the kept cells of memberships (registry_cells.c). Other modules use
 * registry.h. */
#ifndef MOD_REGISTRY_INNER_H
#define MOD_REGISTRY_INNER_H

#include "figure/figure.h"
#include "mod/registry/registry.h"

/* ---- registry_check.c: scopes, checks, hints */
void person_scope(struct ctx *cx, struct query *q);
bool person_hidden(const struct ctx *cx, const void *rec);
void ethnicity_scope(struct ctx *cx, struct query *q);
void membership_scope(struct ctx *cx, struct query *q);
void office_holder_scope(struct ctx *cx, struct query *q);
bool body_inside(struct ctx *cx, const void *rec);
bool accreditation_inside(struct ctx *cx, const void *rec);
int person_writable(struct ctx *cx, const void *old, const void *rec);
int membership_writable(struct ctx *cx, const void *old, const void *rec);
void person_listed(struct ctx *cx, struct query *q);
void membership_listed(struct ctx *cx, struct query *q);
void office_holder_listed(struct ctx *cx, struct query *q);
int office_holder_writable(struct ctx *cx, const void *old, const void *rec);
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

/* ---- registry_cut.c: what stays of each kind when a person is erased */
int cut_memberships(
    struct ctx *cx, struct tx *tx, const struct person_link *l, const struct person_erase *e) MUST;
int cut_offices(
    struct ctx *cx, struct tx *tx, const struct person_link *l, const struct person_erase *e) MUST;
int cut_ethnicities(
    struct ctx *cx, struct tx *tx, const struct person_link *l, const struct person_erase *e) MUST;
int cut_accounts(
    struct ctx *cx, struct tx *tx, const struct person_link *l, const struct person_erase *e) MUST;

/* ---- registry_merge.c */
extern const struct person_link registry_links[];
extern const size_t registry_nlinks;
struct merge_step {
	const char *kind, *fields;  /* "from_day,to_day"; "=iin": an exchange */
	int64_t rec, before, after; /* versions */
};
const struct kind *merge_kind_named(const char *name);
int64_t merge_hot_key(int64_t person);
/* What two people hold changes places, sealed anew. */
int merge_exchange_iin(struct ctx *cx, struct tx *tx, int64_t one, int64_t two) MUST;
int merge_exchange_declared(struct ctx *cx, struct tx *tx, int64_t one, int64_t two) MUST;

/* ---- registry_alike.c: the keys a person is found by follow the row */
int person_changed(struct ctx *cx, struct tx *tx, const void *old, const void *rec);

/* ---- registry_cells.c: what memberships leave in the kept sums */
int membership_changed(struct ctx *cx, struct tx *tx, const void *old, const void *rec);
int body_changed(struct ctx *cx, struct tx *tx, const void *old, const void *rec);
/* What the counts of this person's memberships would lose when each stands for itself is sealed. */
int learners_seal_tx(struct ctx *cx, struct tx *tx, int64_t person) MUST; /* registry_learners.c */
int membership_seal_tx(struct ctx *cx, struct tx *tx, int64_t person) MUST;
int membership_emit(struct ctx *cx, struct cell_sink *sink, int64_t *records);

#endif
