/* seal.h – the chain over the audit, its daily roots, and the proof of both.
 *
 * Every audit row carries a keyed hash of itself (kind/proof.h). A chain inside the transaction
 * would make each writer wait for the last, so a job seals what has settled: one audit_seal row per
 * range with the number of its rows and digest = BLAKE2b keyed with VAULT_AUDIT over "seal|from|
 * upto|rows|", the previous digest and the macs in order of their ids. Without the key nobody can lay
 * another chain. Rows younger than five minutes wait: on PostgreSQL a smaller id may still commit.
 *
 * When a day is over the job lays its root: BLAKE2b-256 over "root|day|rows|", the root before and
 * the digest of the last seal with rows of that day. Roots are public (/integrity, reports): whoever
 * keeps one outside can ask later whether everything up to that day is as it was, even of somebody
 * who holds the key and laid the whole chain anew.
 *
 * What the proof finds without a root from outside: an edited row, a removed or slipped-in row in a
 * sealed range, a removed or changed seal or root, a record, a version or a line that does not fit
 * the others. With one, also a cut tail and a chain laid anew. What no proof can find: a removal of
 * the newest rows, with all their records and versions, from before a root over them was kept
 * outside. */
#ifndef CORE_SEAL_H
#define CORE_SEAL_H

#include "db/db.h"
#include "lang/lang.h"

#define SEAL_SETTLE_US (300 * US_PER_SECOND)
enum { SEAL_ROWS_MAX = 5000, SEAL_HEX = 65 };

struct seal_root {
	int64_t rows; /* sealed since the beginning, up to this day */
	int day;
	char hex[SEAL_HEX];
};

/* Job: seal the next rows, at most SEAL_ROWS_MAX; *sealed = how many (0 = nothing was due). */
int seal_audit(struct ctx *cx, int64_t *sealed) MUST;
/* Job: lay the roots of the days that are over and wholly sealed; *laid = how many. */
int seal_roots(struct ctx *cx, int64_t *laid) MUST;
/* The newest root of that day or of one before it, for reports that print it; RC_NOTFOUND: none. */
int seal_root_of(struct ctx *cx, int day, struct seal_root *out) MUST;
/* The newest roots, the newest first, at most `limit`. */
int seal_roots_last(struct ctx *cx, int limit, struct seal_root **out, size_t *n) MUST;

/* Retention: drop the audit's rows that were sealed before this moment and stand under a root. Their
 * seals stay; one line of the audit ("drop") vouches for their number and digest, so that the chain
 * still proves what is left. *rows = how many went (0: no line). Nobody else drops such rows. */
int seal_drop_tx(struct ctx *cx, struct tx *tx, int64_t before, int64_t *rows) MUST;

/* The audit is whole from this moment on: 0 = nothing was dropped. */
int seal_kept_from(struct ctx *cx, int64_t *at) MUST;

/* For verify (figure.h, struct verify_check): a line for each difference. */
int seal_check(struct ctx *cx, struct buf *out, int64_t *records, int64_t *differences) MUST;
/* The same with a root from outside, "HASH" or "2024-11-15:HASH" (NULL = none): a line says which day
 * it fits, or the difference. RC_INVALID with a text when it is no root at all. */
int seal_check_root(
    struct ctx *cx, const char *root, struct buf *out, int64_t *records, int64_t *differences) MUST;
/* Every version in history against its own hash, its number and its line in the audit. */
int seal_check_history(
    struct ctx *cx, struct buf *out, int64_t *records, int64_t *differences) MUST;

#endif
