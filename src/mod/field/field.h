/* field.h – laptop headquarters: a copy of one headquarters that works without a network, and the way back.
 *
 * field_export() fills an empty SQLite database with one headquarters (field_tables.c says which rows, without what): the
 * same program serves it. Its key is derived from the house's key file, the copy's number and a drawn token, so the
 * house can read the copy without being given its key, and nobody without that key can change it unnoticed:
 * every record, version, audit line and set of the copy is under a hash keyed with it (RULE field-1).
 *
 * An operation is one audited write on the copy, a line of its audit behind those that the house wrote; its id is (copy,
 * number). field_merge() brings all operations of a copy, in one transaction (RULE field-2): an operation that is known
 * is not merged again. What was made on the copy is made here with an id of the house, and the pair is kept (field_map).
 *
 * What was changed is merged by parts of a record (all of a need's state is one part). Each copy's word on a part is kept
 * as a claim (field_claim); which one stands follows from the set of claims and never from the order or a clock:
 * the further state of a need, then the house before copies, then the copy with the smaller number. A claim that was seen by whoever claimed
 * later is out: what a copy was given at export, and what was written over in the house after a merge (RULE field-3).
 * Claims of the same weight that say different things are a conflict: it waits for a person with both (RULE field-4).
 *
 * Sets of the ledger never conflict: they are posted with their nonce; what falls below zero is a shortage to explain
 * (RULE field-5, stock-12). Codes that askers hold stay as they are (RULE field-6). */
#ifndef MOD_FIELD_H
#define MOD_FIELD_H

#include "mod/meal/meal.h"
#include "mod/centre/centre.h"

struct field_copy {
	int64_t id, headquarters, made_at, made_by;
	int64_t merged_at; /* 0 = never */
	int64_t merges, operations;
	const char *who;
};
struct field_conflict {
	struct rec rec;
	int64_t headquarters;
	const char *what; /* name of the kind */
	int64_t record;
	const char *part;   /* first field of the part */
	const char *stands; /* JSON of the part's fields, as history has them */
	int64_t source_stands;
	const char *other;
	int64_t source_other; /* number of the copy; 0 = the house */
	const char *state;    /* waiting, decided, gone */
	const char *kept;     /* stands, other */
	int64_t decided_by, decided_at;
};
extern const struct kind field_conflict_kind;
struct cut_term;
extern const struct cut_term field_terms[]; /* for app/ */
extern const struct option field_conflict_states[], field_kepts[];

/* ---- the command line ---- */

struct field_export {
	int64_t headquarters;
	struct store *to; /* an empty database of this program's schema */
	/* Makes the keys of order and search of the copy. */
	int (*index)(struct ctx *copy);
	int program;	       /* number of the schema, noted in the copy */
	unsigned char key[32]; /* out: for the copy's key file */
	int64_t number;	       /* out */
	int64_t needs, users;  /* out: how many went along */
};
/* RC_RULE: the headquarters is closed. CAP_RELIEF_OPEN. */
int field_export(struct ctx *cx, struct field_export *e) MUST;

struct field_sums {
	int64_t copy, merged, known, conflicts,
	    shortages; /* conflicts, shortages: waiting after it */
};
/* RC_INVALID in words: not a copy, not of this house, changed by hand, damaged. Nothing is merged then. CAP_RELIEF_OPEN. */
int field_merge(struct ctx *cx, struct store *from, struct field_sums *out) MUST;

/* Once at boot: what this database is, if it is a copy. 0 = a house. */
int field_boot(struct ctx *cx, int64_t *number) MUST;

/* ---- pages ---- */

/* Copies of a headquarters, newest first. CAP_RELIEF_OPEN. */
int field_copies(struct ctx *cx, int64_t headquarters, struct field_copy **out, size_t *n) MUST;
/* Conflicts of a headquarters, those that wait first. CAP_RELIEF_OPEN. */
int field_conflicts(
    struct ctx *cx, int64_t headquarters, struct field_conflict **out, size_t *n) MUST;
/* A version of a part as text by field, of what this actor may read. */
struct field_value {
	const char *label, *text;
};
int field_values(struct ctx *cx, const struct field_conflict *c, bool other,
    struct field_value **out, size_t *n) MUST;
/* The record's name and page. */
int field_record(
    struct ctx *cx, const struct field_conflict *c, const char **title, const char **url) MUST;
/* keep: "stands" or "other". RC_CONFLICT: decided by somebody else. CAP_RELIEF_OPEN. */
int field_decide(struct ctx *cx, int64_t id, int64_t version, const char *keep) MUST;

#endif
