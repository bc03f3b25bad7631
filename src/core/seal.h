/* seal.h – the chain over the audit, laid by a job, and its proof.
 *
 * Every audit row carries a keyed hash of itself (kind/history.c). A chain inside the transaction
 * would make each writer wait for the last, so a job seals what has settled: one audit_seal row per
 * range with the number of its rows and digest = BLAKE2b keyed with VAULT_AUDIT over "seal|from|
 * upto|rows|", the previous digest and the macs in order of their ids. Without the key nobody can lay
 * another chain. Rows younger than five minutes wait: on PostgreSQL a smaller id may still commit.
 *
 * What it finds: an edited row, a removed or slipped-in row in a sealed range, a removed or changed
 * seal. What it cannot find: removal of the newest rows before they were sealed, or of the newest
 * seals together with their rows. */
#ifndef CORE_SEAL_H
#define CORE_SEAL_H

#include "db/db.h"
#include "lang/lang.h"

#define SEAL_SETTLE_US (300 * US_PER_SECOND)
enum { SEAL_ROWS_MAX = 5000 };

/* Job: seal the next rows, at most SEAL_ROWS_MAX; *sealed = how many (0 = nothing was due). */
int seal_audit(struct ctx *cx, int64_t *sealed) MUST;
/* For verify (figure.h, struct verify_check): a line for each difference. */
int seal_check(struct ctx *cx, struct buf *out, int64_t *records, int64_t *differences) MUST;

#endif
