/* retain.h – the one way to delete rows of audit and history: for retention, and for kind/cut.c, which puts
 * a version of an erased person again without him.
 *
 * As tx_run(), but DELETE FROM audit and DELETE FROM history are let through; changing such rows is
 * not, nor is DDL. The statement is not cached. Nobody else includes this header: whoever
 * drops rows past their term writes count and digest in the same transaction. */
#ifndef DB_RETAIN_H
#define DB_RETAIN_H

#include "db/db.h"

int tx_retain(struct ctx *cx, struct tx *tx, int64_t *changed, const char *sql, struct vals v) MUST;

#endif
