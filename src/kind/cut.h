/* cut.h – a record and all its versions without the person they were about.
 *
 * What is counted stays: days, codes, numbers, yes and no, references to things. What is said of a
 * person goes: texts, sealed and subject fields, moments, the reference itself. Versions in history
 * keep their number, moment, author and place (id), so that "as it was known" still answers with the
 * counted fields; their sealed part is dropped. Its words leave the
 * search. Kept sums and the audit are the caller's.
 * Law 94-V of 21 May 2013, art. 24 (destruction), art. 17 (statistics without persons). */
#ifndef KIND_CUT_H
#define KIND_CUT_H

#include "kind/kind.h"

#define CUT_MARK "—"
struct cut_sums {
	int64_t records, versions;
};
/* `link` names the field that refers to the person; NULL = the record is the person's own, of which
 * only what rules wrote stays. A required text becomes CUT_MARK. */
int kind_cut_tx(struct ctx *cx, struct tx *tx, const struct kind *k, int64_t id, const char *link,
    struct cut_sums *sums) MUST;
/* The record is deleted; its versions stay as above. */
int kind_cut_whole_tx(struct ctx *cx, struct tx *tx, const struct kind *k, int64_t id,
    const char *link, struct cut_sums *sums) MUST;
/* All versions lose their sealed part (subject and sealed fields); open fields stay. */
int kind_cut_private_tx(
    struct ctx *cx, struct tx *tx, const struct kind *k, int64_t id, struct cut_sums *sums) MUST;
/* Take these fields out of versions whose moment lies in from <= at < to: what was another person's
 * for a while. Sealed parts are sealed anew. */
struct cut_span {
	int64_t from, to;
	const char *const *fields;
	size_t n;
};
int kind_cut_fields_tx(struct ctx *cx, struct tx *tx, const struct kind *k, int64_t id,
    const struct cut_span *span, struct cut_sums *sums) MUST;

/* ---- terms of storage ---- */

/* What goes of one sort of record when its term is over. Each module hands its own over at boot, once, a table that
 * ends with setting NULL; whoever applies them daily (mod/rights) knows no module by name. */
enum { CUT_BITE = 50 };
struct cut_term {
	const char *setting; /* the term: "keep_signups" */
	/* The lowest ids past it, at most CUT_BITE; $1 = the last day past it, $2, if it is named, the moment. What was cut
	 * is found no more. */
	const char *sql;
	/* upto: that last day. */
	int (*cut_tx)(struct ctx *cx, struct tx *tx, int64_t id, int upto, struct cut_sums *sums);
	/* Outside the write and before it, for what lies on the disk; NULL = nothing does. */
	int (*before)(struct ctx *cx, int64_t id);
};
void cut_terms_add(const struct cut_term *terms);
/* In the order in which they were handed over; NULL behind the last. */
const struct cut_term *cut_term_nth(size_t i);

#endif
