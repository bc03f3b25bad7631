/* retain.h – the one way to delete rows of audit and history and to rewrite history, for retention and
 * erasure only.
 *
 * As tx_run(), but DELETE FROM audit, DELETE FROM history and UPDATE history are let through; changing
 * a line of the audit is not, nor is DDL. The statement is not cached. Whoever drops lines of the
 * audit does it with seal_drop_tx(), whoever touches history ends with history_forget_tx() for each
 * record in the same transaction: else verify names what is missing. */
#ifndef DB_RETAIN_H
#define DB_RETAIN_H

#include "db/db.h"

int tx_retain(struct ctx *cx, struct tx *tx, int64_t *changed, const char *sql, struct vals v) MUST;

#endif
