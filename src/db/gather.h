/* gather.h – writes of many records: rows kept back and written in the order of their keys, and parts that
 * may fail alone. For those who write hundreds of records in one db_write() (imports); what one request
 * writes needs neither.
 *
 * A person leaves some twenty rows in trees ordered by words and hashes. Written record by record, each falls
 * on another page, which is read, changed and written anew for the next record; gathered and sorted, the rows
 * of a thousand records go through each page once.
 *
 * Law: what is gathered is not seen by reads of the same write. So tx_gather() is for a write function that
 * reads no such rows after its first record, and whoever reads them all the same calls tx_gathered_now()
 * before. db_write() writes what is left when the function has returned RC_OK: nothing can be forgotten. */
#ifndef DB_GATHER_H
#define DB_GATHER_H

#include "db/db.h"

/* From now on this write gathers. What is kept back lives in `a`, which is not cx->arena and outlives the
 * write function; it may be reset at the function's beginning. */
void tx_gather(struct tx *tx, struct arena *a);

/* Writes what one collection holds and empties it; cx->arena may be used. */
typedef int tx_gathered_fn(struct ctx *cx, struct tx *tx, void *rows);
/* The collection of this writer: `size` bytes, zeroed when it is asked for first; what it points to lives in
 * *a. NULL: this write does not gather, write at once. */
void *tx_gathered(struct tx *tx, tx_gathered_fn *writer, size_t size, struct arena **a);
/* Write what this writer has gathered so far; nothing to do when there is none. */
int tx_gathered_now(struct ctx *cx, struct tx *tx, tx_gathered_fn *writer) MUST;

/* For db_write() alone, when the function has ended: what is left. */
int gather_end(struct ctx *cx, struct tx *tx) MUST;

/* One INSERT for many rows: 64, 16, 4 or 1 at a time, so that few statements are prepared. What the values
 * point to lives until tx_many_end(). */
enum { MANY_ROWS = 64, MANY_VALUES = 256 };
struct tx_many {
	struct ctx *cx;
	struct tx *tx;
	const char *head, *tail; /* "INSERT INTO t (a, b)", " ON CONFLICT …" or "" */
	size_t cols;		 /* at most MANY_VALUES / MANY_ROWS */
	bool whole; /* the last rows in one statement: of few records, with few lengths */
	struct val v[MANY_VALUES];
	size_t n;
	const char *sql; /* of MANY_ROWS rows */
};
int tx_many_put(struct tx_many *m, struct vals row) MUST;
int tx_many_end(struct tx_many *m) MUST;
/* For those who want rows back: how many rows next when so many are left, and the statement for so many. */
size_t many_bite(size_t left);
const char *many_sql(struct arena *a, const char *head, size_t rows, size_t cols, const char *tail);

/* A part of a write that may fail alone: when fn does not return RC_OK, all it wrote is taken back, cx->err
 * says why, and the write goes on (unless the transaction itself is lost: then every further statement
 * fails). Open rows of this write end then. Not while gathering: RC_BUG. */
int tx_try(struct ctx *cx, struct tx *tx, tx_fn *fn, void *arg) MUST;

#endif
