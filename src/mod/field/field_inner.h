/* field_inner.h – what the files of this module share. Other modules use field.h. */
#ifndef MOD_FIELD_INNER_H
#define MOD_FIELD_INNER_H

#include "core/extract.h"
#include "kind/vault.h"
#include "mod/field/field.h"

/* ---- field_tables.c: what goes along and what comes back ---- */

extern const struct extract field_takes[];
extern const size_t field_ntakes;
/* Sets that meals refer to go along as they are, and those that took them back; accounts of the headquarters' places. */
extern const char *const field_meal_sets, *const field_place_accounts;

struct field_kind {
	const struct kind *kind;
	/* Parts of several fields, "state state_reason owner"; every other field is a part of its own. */
	const char *parts[3];
	const char *mute; /* fields that follow from others, "hours ended_on" */
	const char *key
	    [5]; /* fields that make two records the same thing; with `alike` only if these agree, too */
	const char *alike[3];
	const char *sets; /* a field that holds the number of a set */
	bool drawn; /* key[0] is a code drawn by the machine: two with the same are two things */
};
extern const struct field_kind field_kinds[];
extern const size_t field_nkinds;
const struct field_kind *field_kind_of(const char *name);
/* The fields of the part that begins with this one: kind's fields by index, *n of them; 0 = it begins none. */
enum { PART_FIELDS = 12 };
size_t field_part(const struct field_kind *k, size_t first, size_t out[PART_FIELDS]);
/* How far a state of a need is; 0 for every other part. */
int field_rank(const char *part, const char *value);
/* Whether two claims on a part say the same where it matters (moments of the same step may differ). */
bool field_agree(const char *part, const char *a, const char *b);

/* ---- field_read.c: a copy, proved and in memory ---- */

struct field_origin {
	int64_t number, headquarters, made_at, base;
	const char *token;
};
struct field_op {
	int64_t number, at, account, rec, version;
	const char *action, *kind, *mac;
};
struct field_rec { /* a record of the copy that operations touched, as it is there now */
	const struct field_kind *k;
	int64_t id;
	bool made;	    /* on the copy */
	void *is, *was;	    /* was: as exported, or as it came first; NULL = new to the house */
	const char **plain; /* by field: what is sealed, opened; NULL = nothing */
	int64_t account;    /* of the last operation */
	const char *fields; /* names that operations wrote, with commas */
	bool gone;
};
struct field_set {
	struct movement m; /* m.reverses 0 where it took an opening balance back */
	int64_t account;
};
struct field_pair { /* field_map of this copy */
	const char *kind;
	int64_t rec, here, version;
};
struct field_read {
	struct field_origin origin;
	struct field_op *ops;
	size_t nops;
	struct field_rec *recs; /* in the order in which they were touched first */
	size_t nrecs;
	struct field_set *sets; /* in the order of their numbers */
	size_t nsets;
	struct field_pair *pairs;
	size_t npairs;
	struct field_user { /* of the copy */
		int64_t id;
		const char *login;
	} * users;
	size_t nusers;
};
/* Of the house, with the house's keys: proves the origin and gives the copy's key. */
int field_origin_read(
    struct ctx *cx, struct ctx *copy, struct field_read *f, unsigned char key[32]) MUST;
/* With the copy's keys. Everything lands in copy->arena. */
int field_read_all(struct ctx *copy, struct field_read *f) MUST;
const char *field_origin_text(
    struct arena *a, const struct field_origin *o, const char *code, int64_t program);
void field_key(int64_t number, const char *token, unsigned char key[32]);
struct field_rec *field_rec_of(const struct field_read *f, const char *kind, int64_t id);

/* ---- field_claim.c: inside the write ---- */

/* One part of a record as a copy has it: base and value as JSON; secret: what is sealed in it, in clear, or NULL. */
struct field_claim {
	const struct field_kind *k;
	int64_t copy, here, headquarters;
	size_t first;	  /* field that the part begins with */
	const char *base; /* FIELD_UNSEEN: the copy never saw what stands here */
	int64_t owner;	  /* with it: the copy that made what stands here; 0 = the house */
	const char *value, *secret;
	int64_t newest; /* copy given out by now */
};
#define FIELD_UNSEEN "?"
int field_claim_tx(struct ctx *cx, struct tx *tx, const struct field_claim *c) MUST;
/* The part of a record as JSON; sealed fields as a keyed hash of what `plain` (by field) says. */
const char *field_part_json(
    struct ctx *cx, const struct field_kind *k, size_t first, const void *rec, const char **plain);
/* What is sealed in the part, in clear, as JSON; NULL = no field of it is sealed. */
const char *field_part_secret(
    struct ctx *cx, const struct field_kind *k, size_t first, const char **plain);
/* What is sealed in the part of a record of this house, opened, by field. */
int field_part_open(
    struct ctx *cx, const struct field_kind *k, size_t first, int64_t id, const char ***plain) MUST;
/* Writes a claim's texts into a record. */
void field_part_put(struct ctx *cx, const struct field_kind *k, size_t first, const char *value,
    const char *secret, void *rec);

/* ---- field_stay.c: inside the write ---- */

struct field_stays { /* two stays of one household, both open */
	bool rivals;
	int64_t headquarters, household;
	int64_t copy, place;		     /* where it is */
	int64_t lost, lost_copy, lost_place; /* lost: id of the stay */
};
int field_stay_before_tx(
    struct ctx *cx, struct tx *tx, struct stay *fresh, int64_t copy, struct field_stays *s) MUST;
int field_stay_after_tx(
    struct ctx *cx, struct tx *tx, const struct stay *fresh, struct field_stays *s) MUST;
int field_stay_decide_tx(
    struct ctx *cx, struct tx *tx, const struct field_conflict *x, const char *keep) MUST;

#endif
