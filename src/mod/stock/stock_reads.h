/* stock_reads.h – what the pages of the ledger show: accounts, what lies in one, its card, sets. */
#ifndef MOD_STOCK_READS_H
#define MOD_STOCK_READS_H

#include "mod/stock/stock_inner.h"

struct choice {
	int64_t id;
	const char *code, *title, *type; /* type: of an account; NULL else */
};
/* Open accounts in the order of their titles; items likewise. */
int reads_accounts(struct ctx *cx, struct choice **out, size_t *n) MUST;
int reads_items(struct ctx *cx, struct choice **out, size_t *n) MUST;

struct held {
	struct item item;
	struct lot lot; /* rec.id 0 = none */
	int64_t quantity;
};
int reads_stock(
    struct ctx *cx, int64_t account, int64_t at, int64_t known, struct held **out, size_t *n) MUST;

/* The same with its account: lots that lie somewhere and whose last good day is at most `until`, the earliest first. */
struct held_at {
	struct held held;
	struct stock_account account;
};
int reads_expiring(struct ctx *cx, int until, int limit, struct held_at **out, size_t *n) MUST;
/* Transfers on the way, the oldest first. */
int reads_ways(struct ctx *cx, int limit, struct transfer **out, size_t *n) MUST;
/* By how much the final sheet changed its account: rows that are not zero. */
int reads_differences(struct ctx *cx, int64_t sheet, struct stock_row **out, size_t *n) MUST;

/* A line of a stock card: what moved, with the balance after it. */
struct card_line {
	int64_t movement, at, quantity, balance, reverses;
	const char *type, *document, *note;
};
enum { CARD_MAX = 500 };
/* The newest CARD_MAX lines of a place in the order of time; before = the balance before the first of them. */
struct card {
	struct card_line *v;
	size_t n;
	int64_t before;
};
int reads_card(struct ctx *cx, int64_t account, int64_t item, int64_t lot, struct card *out) MUST;

struct set_row {
	int64_t id, at, recorded_at, reverses, reversed_by, lines;
	const char *type, *document, *note, *author;
};
/* The last entered first; account 0 = all; after = the id that the page before ended with, 0 = from the newest. */
int reads_sets(struct ctx *cx, int64_t account, int64_t after, int limit, struct set_row **out,
    size_t *n) MUST;
/* The sets of a transfer in the order of their ids, at most 200. */
int reads_sets_of(struct ctx *cx, int64_t transfer, struct set_row **out, size_t *n) MUST;

#endif
