/* delivery_inner.h – what the files of this module share. Other modules use delivery.h. */
#ifndef MOD_DELIVERY_INNER_H
#define MOD_DELIVERY_INNER_H

#include "mod/delivery/delivery.h"
#include "mod/registry/registry.h"

/* ---- delivery_check.c: named in the rows of delivery_kinds.c */
int vehicle_check(struct ctx *cx, const void *old, const void *rec);
int vehicle_changed(struct ctx *cx, struct tx *tx, const void *old, const void *rec);
int waybill_check(struct ctx *cx, const void *old, const void *rec);

/* ---- delivery_fold.c: pure, no database */

/* One act of a stop as the fold sees it. expired: one of its lines is of a lot that had expired on its day. */
struct fold_act {
	int64_t id, at;
	const char *nonce, *result, *reason;
	const struct delivery_line *lines;
	size_t nlines;
	bool undone, expired;
	const char *fault; /* out: NULL = it stands */
};
struct fold {
	const char *state;	    /* of the stop */
	struct delivery_line *left; /* lines of the stop with what is left of each, zeros too */
	size_t nleft;
	const char *reason; /* of the last act that stands and has one; NULL = none */
};
/* RULE delivery-3. Sorts the acts by moment and nonce; lines: what the stop was loaded with, one line an item and lot. */
void delivery_fold(struct arena *a, struct fold_act *acts, size_t n,
    const struct delivery_line *lines, size_t nlines, struct fold *out);
/* Lines of one item and lot as one, by item and lot; quantities that are nothing are left out. */
size_t delivery_lines_settle(
    struct arena *a, const struct delivery_line *in, size_t n, struct delivery_line **out);

/* ---- delivery_reads.c */
int delivery_ids(struct ctx *cx, const char *sql, struct vals v, int64_t **out, size_t *n) MUST;
int delivery_stops(struct ctx *cx, int64_t waybill, struct waybill_stop **out, size_t *n) MUST;
int delivery_lines(struct ctx *cx, int64_t stop, struct waybill_line **out, size_t *n) MUST;
int delivery_act_lines(struct ctx *cx, int64_t act, struct delivery_line **out, size_t *n) MUST;
/* What a form lets choose. */
struct delivery_choice {
	int64_t id;
	const char *code, *title;
};
/* Stores that are open, places of a headquarters, goods with their units. */
int delivery_stores(struct ctx *cx, struct delivery_choice **out, size_t *n) MUST;
int delivery_places(
    struct ctx *cx, int64_t headquarters, struct delivery_choice **out, size_t *n) MUST;
int delivery_goods(struct ctx *cx, struct delivery_choice **out, size_t *n) MUST;
/* "Blanket – 4 pcs, Bread – 2 pcs"; own words of a family to CAP_RELIEF_FAMILY alone. */
int delivery_need_text(struct ctx *cx, int64_t need, const char **out) MUST;
/* What db_write_keys() is to hold for the goods of a waybill. */
int delivery_keys(struct ctx *cx, int64_t waybill, int64_t keys[SET_ITEMS_MAX], size_t *n) MUST;

/* ---- delivery_chain.c: from the box to the hand */
/* Of one thing that was asked for, and of each where a waybill or a gift holds several. */
enum { CHAIN_MOST = 400, CHAIN_MOST_EACH = 40, CHAIN_THINGS = 20 };
struct chain_thing {
	int64_t item, lot; /* lot 0 = without one */
};
/* One set that moved it. from, to: accounts, 0 = several; receipt, waybill, act: the paper, 0 = none. */
struct chain_step {
	int64_t movement, at, quantity, from, to, reverses, reversed_by, receipt, waybill, act;
	const char *type, *document;
};
int chain_steps(struct ctx *cx, const struct chain_thing *t, size_t most, struct chain_step **out,
    size_t *n) MUST;
/* Where it is now, by types of accounts; together nothing. */
struct chain_sum {
	const char *type;
	int64_t quantity;
};
int chain_sums(struct ctx *cx, const struct chain_thing *t, struct chain_sum **out, size_t *n) MUST;
/* By the code of a lot, a waybill, an item, a need or a gift; *n = 0: nothing has it. */
int chain_find(struct ctx *cx, int64_t headquarters, const char *typed, struct chain_thing **out,
    size_t *n) MUST;

/* ---- delivery_json.c */
/* The family of a stop as its driver may know it; nothing once the waybill is over. Leaves a line in the log of
 * reads. */
int delivery_family(struct ctx *cx, const struct waybill *w, int64_t need, struct family *out) MUST;

/* ---- delivery_settle.c */
/* Acts of the stop anew: which stand, the ledger, the stop's, the waybill's and the need's states. */
int delivery_settle_tx(struct ctx *cx, struct tx *tx, int64_t stop) MUST;
/* Moves the need of a stop to assigned, on_way or delivered by as many steps as it takes. */
int delivery_need_tx(
    struct ctx *cx, struct tx *tx, int64_t need, const char *target, const char *reason) MUST;
/* A record of the house's, whoever acts: rights were looked at. */
int delivery_write_tx(
    struct ctx *cx, struct tx *tx, const struct kind *k, void *rec) MUST; /* rec.id 0 = insert */

#endif
