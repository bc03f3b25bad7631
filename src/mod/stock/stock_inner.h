/* stock_inner.h – what the files of this module share. Other modules use stock.h. */
#ifndef MOD_STOCK_INNER_H
#define MOD_STOCK_INNER_H

#include "mod/registry/registry.h"
#include "mod/stock/stock.h"

/* The lines in the order of account, item and lot, those of one place as one; lines that came to nothing are
 * left out. What a set says does not depend on how it was typed. */
size_t lines_settle(
    struct arena *a, const struct movement_line *in, size_t n, struct movement_line **out);
/* Rows of one item and lot as one, by item and lot, without those that came to nothing; returns how many are left. */
size_t rows_settle(struct stock_row *v, size_t n);
/* RULE stock-1: what does not come to zero, for each item and lot; 0 = the lines balance. n <= LINES_MAX. */
size_t lines_balance(const struct movement_line *l, size_t n, struct stock_row left[LINES_MAX]);
/* BLAKE2b-256, in hex, of all that was asked: what a nonce stands for and the audit vouches for. The lines are
 * settled ones. */
const char *movement_digest(struct arena *a, const struct movement *m);
int64_t stock_day_number(int64_t at);

/* What a line's account, item and lot are. */
struct known_line {
	const char *account, *account_type, *item_code, *base, *lot;
	int closed, expires;
	int64_t lot_item;
	bool perishable;
};
/* Reads them for settled lines, a SELECT each for accounts, items and lots, and holds the rules against them. */
int lines_known(struct ctx *cx, const struct movement *m, struct known_line **out) MUST;
/* "HEAD ($1,$2),($3,$4)TAIL": a text for so many rows, and the values of a line put into it. */
enum { ROWS_BITE = 8 };
const char *rows_sql(struct arena *a, const char *head, size_t rows, size_t cols, const char *tail);
/* Changes what is kept beside the lines. RULE stock-4: RC_RULE where a guarded balance would fall below zero, or a
 * shortage on record when the set may be short. */
int balances_shift_tx(
    struct ctx *cx, struct tx *tx, const struct movement *m, const struct known_line *known) MUST;
/* RULE stock-12: what this place lacks at the end of the day and of later ones, on record. */
int shortage_note_tx(
    struct ctx *cx, struct tx *tx, const struct movement_line *l, int64_t day) MUST;
/* The set that a nonce stands for; 0 = none. */
int movement_of_nonce(struct ctx *cx, const char *nonce, int64_t *id) MUST;
/* db_write_keys() for a function that posts a set: a twin that was faster is found by its nonce. */
int movement_write(struct ctx *cx, const int64_t *keys, size_t n, tx_fn *fn, void *arg) MUST;
/* The transfer's state after a set of it was posted or taken back. */
int transfer_settle_tx(struct ctx *cx, struct tx *tx, int64_t id) MUST;

#endif
