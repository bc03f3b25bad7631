/* registry_joins.h – two records of one person: likely pairs, the decision that they are two, joining and
 * parting. Part of registry.h. */
#ifndef MOD_REGISTRY_JOINS_H
#define MOD_REGISTRY_JOINS_H

#include "mod/registry/registry.h"

/* ---- registry_alike.c: likely the same person (RULE person-1, person-2) */
enum person_reason {
	SAME_IIN = 1,
	SAME_NAME = 2,	   /* the same parts, whatever script and spelling */
	OTHER_ORDER = 4,   /* surname and given name stand the other way round */
	OTHER_LETTERS = 8, /* the same, written with other letters */
	SIMILAR_NAME = 16,
	SAME_BIRTH = 32,
	NEAR_BIRTH =
	    64, /* one digit differs, day and month are exchanged, or only the year is known */
	SAME_PHONE = 128,
	UNKNOWN_BIRTH = 256, /* in one of them */
	OTHER_SURNAME = 512, /* but the same given name, patronymic and day of birth */
};
/* People among those this actor may see, most likely first; likeness of 1000. `certain`: the same IIN,
 * nothing may be saved; `same`: the same name and day of birth. The keys of person_key are asked, never
 * all people. p may be stored or not. */
struct candidate {
	int64_t id;
	bool certain, same;
	int likeness;
	unsigned reasons; /* bits of person_reason */
	const char *title, *hint;
};
int person_candidates(
    struct ctx *cx, const struct person *p, struct candidate **out, size_t *n) MUST;
/* "the same name, the same day of birth" */
const char *person_reasons_text(struct ctx *cx, unsigned reasons);
/* The job: keys and likely pairs of people that were saved lately, at most `limit` of them. *done: how
 * many; 0 = nothing is due. */
int people_compare(struct ctx *cx, int limit, int64_t *done) MUST;
/* Likely pairs that nobody has decided on, most certain first; after: a cursor of this function, "" =
 * from the start. CAP_PEOPLE_MERGE. */
struct person_pair {
	int64_t one, two;
	int likeness;
	unsigned reasons;
	int64_t at, account; /* of a decision */
	const char *who;
};
struct person_pairs {
	struct person_pair *v;
	size_t n;
	int64_t total, due; /* due: people not compared yet */
	const char *next;   /* NULL at the end */
};
int people_pairs(struct ctx *cx, const char *after, int limit, struct person_pairs *out) MUST;
/* Pairs that were found to be two people, latest first. */
int people_distinct_pairs(
    struct ctx *cx, const char *after, int limit, struct person_pairs *out) MUST;
/* RULE person-3: the decision "not the same person", with who and when; and taken back. */
int people_distinct(struct ctx *cx, int64_t one, int64_t two, bool are) MUST;

/* ---- registry_merge.c: joining two records of one person (RULE person-4 … person-9) */
struct person_erase; /* registry_erase.h */
struct person_join {
	int64_t id, stays, leaves;
};
/* How the records of a kind follow; every reference to a person needs one (checked at boot). `join`
 * gives what hangs on j->leaves to j->stays through person_join_rewrite(); NULL: each record changes its
 * person, and two that name one person stay two. */
struct person_link {
	const struct kind *kind;
	const char *field;
	int (*join)(struct ctx *cx, struct tx *tx, struct person_join *j);
	/* What stays when the person is erased: person_cut_links(), or a rule of its own. */
	int (*cut)(struct ctx *cx, struct tx *tx, const struct person_link *l,
	    const struct person_erase *e);
};
/* Link i of all modules, NULL behind the last. */
const struct person_link *person_link_nth(size_t i);
/* Links of other modules, set once at boot; the array outlives the program. */
void person_links_add(const struct person_link *links, size_t n);
/* A kind whose *field refers to people and has no rule of joining and erasing; NULL = each has one. */
const struct kind *person_link_missing(
    const struct kind *const *kinds, size_t n, const struct field **field);
/* Store a record as part of the join, so that it can be taken back; rec holds the stored version. */
int person_join_rewrite(
    struct ctx *cx, struct tx *tx, struct person_join *j, const struct kind *k, void *rec) MUST;
/* Ids of the records of a kind whose reference names this person, ascending. */
int person_join_ids(struct ctx *cx, const struct kind *k, const char *field, int64_t person,
    int64_t **out, size_t *n) MUST;
/* For a rule of joining: a sealed value under the key of `person`, opened without a trace and never shown;
 * NULL = none. */
int person_sealed_plain(struct ctx *cx, const struct kind *k, int64_t id, int64_t person,
    const char *field, const char **out) MUST;
struct person_merge_in {
	int64_t stays, leaves, stays_version, leaves_version;
	/* Fields of which the leaving record's value stays, by name, ended by NULL. */
	const char *const *take;
};
/* The names of fields that a choice is offered for. */
extern const char *const person_merge_fields[];
/* RC_CONFLICT: one of them was changed in between; RC_RULE: different IINs, joined already, a chain. */
int person_merge(struct ctx *cx, const struct person_merge_in *in) MUST;
/* Take the join of this record back; the latest join of a record is taken back first. */
int person_unmerge(struct ctx *cx, int64_t leaves) MUST;
/* Where a record went at last: its own id while it stands. */
int person_stands(struct ctx *cx, int64_t id, int64_t *out) MUST;
/* Joins into this record that hold, latest first. */
struct merged_row {
	int64_t leaves, at, account;
	const char *title, *who;
};
int person_merged(struct ctx *cx, int64_t stays, struct merged_row **out, size_t *n) MUST;
/* RULE person-8: withdraw the declaration, also that of records joined with this one. */
int ethnicity_withdraw(struct ctx *cx, int64_t id, int64_t version) MUST;

#endif
