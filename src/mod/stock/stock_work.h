/* stock_work.h – the ledger at work: recipes and what is made by them, goods on the way, stock-taking, shortages.
 * Included by stock.h.
 *
 * Rules (docs/rules.md): stock-9 a conversion names its recipe, its inputs leave into `conversion` and its output comes
 * out of it in one set; an input more than 15 % away from the recipe is a warning kept with the set; stock-10 goods on the
 * way lie in a vehicle until they are received, given back or written off with a reason, never more than are on the
 * way; stock-11 a count is typed by one account and confirmed by another; its difference is taken against the
 * balance at the count's moment as known when it is made final, once; stock-12 what a merge brought below zero is a
 * shortage on record, to be explained. */
#ifndef MOD_STOCK_WORK_H
#define MOD_STOCK_WORK_H

#include "kind/kind.h"

/* ---- recipes and kits ---- */

struct recipe {
	struct rec rec;
	const char *code; /* the same over its versions: food_basket */
	struct text3 name;
	int64_t item, quantity; /* what comes out, in base units */
	int from_day, to_day;	/* the days on which this version holds; to_day 0 = still */
	const char *note;
};
struct recipe_input {
	struct rec rec;
	int64_t recipe, item, quantity; /* base units that go into recipe.quantity of the output */
};
/* Further away from the recipe than this is a warning; per mille. */
enum { DEVIATION_WARNS = 150, INPUTS_MAX = 30 };

struct conversion_input {
	int64_t item, lot,
	    quantity; /* what really went in (or, taken apart, came out); base units, > 0 */
};
struct conversion {
	int64_t movement; /* out: the set */
	int64_t
	    deviation; /* out: per mille of the input furthest off; 1000 = one that the recipe lacks */
	const char *nonce;     /* of the set */
	int64_t recipe, at;    /* which version is the caller's choice: recipe_find() */
	int64_t store;	       /* account that the inputs leave */
	int64_t target;	       /* account that the output comes to; 0 = the same */
	int64_t quantity, lot; /* of the output; lot 0 = none */
	bool apart;	       /* the other way round: the output goes in, the inputs come out */
	const char *document, *note;
	const struct conversion_input
	    *inputs; /* none: as the recipe says, from the lots that expire first */
	size_t ninputs;
};
/* One set through `conversion`. RC_RULE where there is not enough, an input has expired or the recipe does not
 * hold on that day; RC_INVALID with fields "inputs.2.quantity". The same nonce: the same set (*again). */
int conversion_post(struct ctx *cx, struct conversion *c, bool *again) MUST;
/* For rules that post inside their own transaction; hot keys: conversion_keys(). */
int conversion_post_tx(struct ctx *cx, struct tx *tx, struct conversion *c, bool *again) MUST;
int conversion_keys(struct ctx *cx, const struct conversion *c, int64_t *keys, size_t *n) MUST;
/* The version of a recipe that holds on a day; RC_NOTFOUND. */
int recipe_find(struct ctx *cx, const char *code, int day, struct recipe *out) MUST;
int recipe_inputs(struct ctx *cx, int64_t recipe, struct recipe_input **out, size_t *n) MUST;

/* First expiring, first out: from which lots of an account so much of an item is taken on a day; lots that have expired
 * by then are left out. */
struct fefo {
	int64_t account, item, quantity;
	int day;
	struct conversion_input *lots; /* out */
	size_t n;		       /* out */
	int64_t missing;	       /* out: asked for, but not there */
};
int stock_fefo(struct ctx *cx, struct fefo *f) MUST;

/* ---- goods on the way ---- */

struct transfer {
	struct rec rec;
	int64_t source, via, target; /* via: a vehicle */
	int64_t sent_at;
	const char *state; /* on_way, done; follows from its sets */
	const char *document, *note;
};
struct transfer_line {
	int64_t item, lot, quantity; /* base units, > 0 */
};
/* What was sent leaves the source and lies in the vehicle. Sets rec.id. The nonce is the set's. */
int transfer_send(struct ctx *cx, struct transfer *t, const char *nonce,
    const struct transfer_line *lines, size_t n) MUST;
/* What became of it: 'r' received at the target, 'b' back to the source, 'l' lost: written off, with a reason. RC_RULE: more than
 * is on the way of this transfer. */
struct transfer_end {
	int64_t transfer, at;
	const char *nonce, *document, *note; /* note: the reason */
	char how;
	const struct transfer_line *lines;
	size_t nlines;
};
int transfer_end(struct ctx *cx, const struct transfer_end *e, int64_t *movement, bool *again) MUST;
/* What of a transfer is still on the way. */
int transfer_left(struct ctx *cx, int64_t transfer, struct transfer_line **out, size_t *n) MUST;

/* ---- stock-taking ---- */

struct stock_count {
	struct rec rec;
	int64_t account, at; /* the moment at which it was counted */
	const char *state;   /* draft, confirmed, final */
	const char *counted_by;
	int64_t typed_by, confirmed_by; /* accounts; 0 = not yet */
	const char *note;
};
struct stock_count_line {
	struct rec rec;
	int64_t sheet, item, lot, counted; /* counted INT_NONE = not counted: says nothing */
};
/* A sheet with a line for everything that the account holds at the moment. Sets rec.id. */
int count_open(struct ctx *cx, struct stock_count *c) MUST;
/* Types what was counted; a draft only. lines: sheet is filled in; a line of the same item and lot is changed. */
int count_type(struct ctx *cx, int64_t sheet, struct stock_count_line *lines, size_t n) MUST;
/* By another account than the one that typed last. RC_RULE otherwise. */
int count_confirm(struct ctx *cx, int64_t sheet) MUST;
/* A confirmed sheet is typed again. */
int count_reopen(struct ctx *cx, int64_t sheet) MUST;
/* Posts the difference against `loss` and `found`; *movement 0 where there was none. Again: nothing. */
int count_final(struct ctx *cx, int64_t sheet, int64_t *movement) MUST;
int count_lines(struct ctx *cx, int64_t sheet, struct stock_count_line **out, size_t *n) MUST;

/* ---- shortages ---- */

/* A guarded account that held less than nothing after a merge, from `day` on until it held something again. */
struct stock_shortage {
	struct rec rec;
	int64_t account, item, lot; /* lot 0 = none */
	int day;
	int64_t quantity;		 /* base units that were missing, at most */
	const char *explanation, *state; /* open, explained */
};
int shortage_explain(struct ctx *cx, int64_t id, int64_t version, const char *explanation) MUST;
/* After a merge: the open records of this account, item and lot become what its days say, whatever order the sets came in:
 * one that is missing is made, one that later sets made good is removed (history keeps it). */
int shortage_settle_tx(struct ctx *cx, struct tx *tx, const struct stock_shortage *place) MUST;

extern const struct kind recipe_kind, recipe_input_kind, transfer_kind, stock_count_kind,
    stock_count_line_kind, stock_shortage_kind;
extern const struct option transfer_states[], count_states[], shortage_states[];

#endif
