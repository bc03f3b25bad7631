/* proof.h – what makes history and audit provable: keyed hashes of their rows, and the records held
 * against their last version.
 *
 * Every history row carries history_mac() over all that stands in it; the audit's line of the same
 * write carries the version's number and the same hash, inside its own mac. So whoever edits a
 * record, a version or a line by hand in the database, without D.key, is found by name; and whoever
 * has the key too, by the audit's roots (core/seal.h). Rows from before migration 9 have no hash. */
#ifndef KIND_PROOF_H
#define KIND_PROOF_H

#include "kind/kind.h"

enum { PROOF_MAC = 32 };

struct history_line {
	struct slice kind, action, data, secret; /* secret.p NULL = none */
	int64_t rec, version, at, account, subject;
};
struct audit_line {
	int64_t at, account, rec, version; /* version 0 = none, and then no digest */
	struct slice action, kind, fields, digest;
};
static inline struct slice
slice_or_none(const char *s)
{
	return s == NULL ? (struct slice){ NULL, 0 } : slice_str(s);
}
/* `scratch` is written over. */
void history_mac(struct buf *scratch, const struct history_line *h, unsigned char out[PROOF_MAC]);
void audit_mac(struct buf *scratch, const struct audit_line *l, unsigned char out[PROOF_MAC]);

/* One version and its line in the audit, as every write of a record leaves them. `action` is the
 * line's; the version's own is in h. */
int history_put_tx(struct ctx *cx, struct tx *tx, const struct history_line *h, const char *action,
    const char *fields) MUST;
/* As audit_tx(), with a number and a hash that the line vouches for; moment and account are filled in. */
int audit_line_tx(struct ctx *cx, struct tx *tx, struct audit_line l) MUST;
/* Plain SQL changed this record and raised its version: tell it as a version and a line. */
int kind_told_tx(struct ctx *cx, struct tx *tx, const struct kind *k, int64_t id,
    const char *action, const char *fields) MUST;
/* The record was removed: the last version says so. `rec` is the record as it was. */
int kind_removed_tx(
    struct ctx *cx, struct tx *tx, const struct kind *k, const void *rec, const char *fields) MUST;

/* Erasure: call it in the same transaction after history rows of this record were rewritten or
 * removed (db/retain.h). Hashes them anew and leaves a line ("forget") that vouches for all versions
 * up to the present one as they stand now. RC_NOTFOUND when there are none. */
int history_forget_tx(struct ctx *cx, struct tx *tx, const char *kind, int64_t id) MUST;

/* For verify: every record of these kinds held against its last version in history, field by field
 * (keys of order and search are not records: search_check() has them; of sealed values only whether
 * they are there, their cipher guards the rest). Records without history and history without
 * records are named. A line for each: kind, id, day, names of fields, never values. */
int kind_prove(struct ctx *cx, const struct kind *const *kinds, size_t n, struct buf *out,
    int64_t *records, int64_t *differences) MUST;

#endif
