/* registry_erase.h – a person erased: keys destroyed, links cut, names gone from history, a proof left.
 * Part of registry.h.
 *
 * Law 94-V of 21 May 2013: art. 24 (the subject asks), art. 18 (term over, relations ended, court, collected
 * against the law), art. 17 (statistics stay, without persons). ADR 0013 says how and what it cannot do. */
#ifndef MOD_REGISTRY_ERASE_H
#define MOD_REGISTRY_ERASE_H

#include "kind/cut.h"
#include "mod/registry/registry.h"

extern const struct option erase_grounds[];
struct erase_in {
	int64_t person;	    /* this record or any joined with it: all of them go */
	const char *ground; /* code of erase_grounds */
	const char
	    *document;	 /* number and day of the request or decision; never a name; NULL = none */
	int64_t at;	 /* moment of an erasure that is repeated after a restore; 0 = now */
	int64_t account; /* its author, and day */
	int day;
};
struct erase_sums {
	int64_t people, records, versions, keys;
};
/* CAP_RIGHTS. RC_RULE: erased already, the own record, the last administrator's; RC_INVALID names
 * "ground" or "document" (also when it holds the person's name). All or nothing. RULE rights-1 … -5. */
int person_erase(struct ctx *cx, const struct erase_in *in, struct erase_sums *out) MUST;
/* What it would touch, for the page that asks once more: the same work, nothing kept. */
int person_erase_plan(struct ctx *cx, int64_t person, struct erase_sums *out) MUST;

/* RULE rights-6: the person is restricted (blocked, Law 94-V art. 24) or no longer: from then on only
 * CAP_RIGHTS finds, lists, opens or names the record and what hangs on it; figures count as before. Writes
 * through CAP_RIGHTS alone; the records joined with it follow. */
int person_restrict(struct ctx *cx, int64_t person, bool restricted) MUST;

/* Retention: what is the person's own goes but the name; the key with it (kind/cut.h). */
int person_only_name_tx(struct ctx *cx, struct tx *tx, int64_t id, struct cut_sums *sums) MUST;

/* The proof. */
struct erasure {
	int64_t id, person, made_at, at, account;
	int day;
	const char *ground, *document, *who; /* who: name of the account, NULL = the program */
	int64_t records, versions, keys;
};
/* Newest first; after: id of the last one seen, 0 = from the start. */
int erasures(struct ctx *cx, int64_t after, int limit, struct erasure **out, size_t *n) MUST;
/* RC_NOTFOUND: not erased. */
int erasure_of(struct ctx *cx, int64_t person, struct erasure *out) MUST;

/* ---- for the rules of links ---- */
struct person_link;
struct person_erase {
	int64_t person;		/* one record of the group */
	int end;		/* day on which what is open ends */
	const char *end_reason; /* NULL = none is claimed */
	struct cut_sums *sums;
};
/* Every record of the link that names the person is cut (kind/cut.h). */
int person_cut_links(
    struct ctx *cx, struct tx *tx, const struct person_link *l, const struct person_erase *e) MUST;

#endif
