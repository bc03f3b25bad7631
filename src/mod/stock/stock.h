/* stock.h – goods and money as a ledger: items, accounts, lots, and sets of signed lines over them.
 *
 * Double entry as bookkeepers know it: nothing appears or vanishes, it moves from one account to another.
 * A set is written once and never changed; a mistake is put right by a counter-set. Quantities are whole
 * numbers of the item's base unit (g, ml, piece, tiyn), so nothing is ever rounded. A balance is not
 * typed: it is the sum of lines. What is kept beside the lines (stock_now, stock_day) is written in the
 * same transaction and recounted by ledger_check().
 *
 * Rules (docs/rules.md): stock-1 each set sums to zero for each item and lot; stock-2 quantities are
 * whole, not zero, at most QUANTITY_MAX; stock-3 a nonce is one set: the same content again is the same
 * set, other content a conflict; stock-4 stores, vehicles, kitchens and households never hold less than
 * nothing, at the end of the set's day and of every later one; only a merge may bring less, and it is on record; stock-5 what perishes names its lot, and
 * an expired lot goes to nobody's hands; stock-6 money and goods never in one set; stock-7 a closed
 * account takes no lines from that day on; stock-8 a set is reversed at most once, wholly. */
#ifndef MOD_STOCK_H
#define MOD_STOCK_H

#include "mod/stock/stock_form.h"
#include "mod/stock/stock_work.h"

/* The local day of a moment as its number since 1970 (day_number()), in SQL: moments lie after 2000, so both engines
 * divide alike. stock_now.last_day and stock_day.day hold such numbers. */
#define STOCK_DAY_SQL(at) "(" at " + 18000000000) / 86400000000"
#define QUANTITY_MAX INT64_C(1000000000000)
enum { LINES_MAX = 100, SET_ITEMS_MAX = 32 };

struct item {
	struct rec rec;
	const char *code;
	struct text3 name;
	const char *category, *base; /* base: g, ml, piece, tiyn */
	int64_t pack; /* base units in one unit that people count in: 1000 g in a kg */
	struct text3 unit;
	bool perishable, returnable;
	const char *note;
};
struct stock_account {
	struct rec rec;
	const char *code, *type; /* donor, store, vehicle, kitchen, household, loss, conversion */
	struct text3 name;
	int64_t body, district;
	const char *place;
	int closed; /* first day on which it takes nothing; 0 = open */
	const char *note;
};
struct lot {
	struct rec rec;
	const char *code;
	int64_t item;
	int expires; /* the last good day; 0 = does not perish */
	const char *note;
};
extern const struct kind item_kind, stock_account_kind, lot_kind;
extern const struct option item_categories[], item_bases[], stock_account_types[], movement_types[];
/* Whether such an account may not hold less than nothing. */
bool stock_account_guarded(const char *type);

/* ---- posting ---- */

struct movement_line {
	int64_t account, item, lot; /* lot 0 = none */
	int64_t quantity;	    /* of the base unit; > 0 comes into the account */
};
struct movement {
	int64_t id;	      /* out */
	const char *nonce;    /* 1–64 of A–Z a–z 0–9 _ - */
	int64_t at;	      /* when the goods moved; at most a day ahead of now */
	const char *type;     /* movement_types; NULL = "other" */
	const char *document; /* ≤ 200 */
	const char *note;     /* ≤ 1000 */
	int64_t reverses;     /* the set that this one takes back; 0 = none */
	const struct movement_line *lines;
	size_t nlines;
	int64_t recipe, deviation, transfer,
	    sheet; /* what the set came of (stock_work.h); 0 = none */
	bool
	    allow_short; /* it happened elsewhere and comes back in a merge: what falls below zero is put on record as a
			   * shortage to explain. Never from a form or the API. */
};
/* All or nothing. *again: the nonce was posted before with the same content, and m->id is that set. RC_INVALID with
 * fields ("nonce", "at", "lines", "lines.3.quantity"), RC_CONFLICT: the nonce has other content, RC_RULE: a
 * balance would fall below zero (which, where and how much there is stands in the text), or another rule.
 * Needs CAP_STOCK_WRITE. */
int movement_post(struct ctx *cx, struct movement *m, bool *again) MUST;
/* For rules that post inside their own transaction; hot keys: movement_keys(). */
int movement_post_tx(struct ctx *cx, struct tx *tx, struct movement *m, bool *again) MUST;
/* What db_write_keys() is to hold: one key an item. RC_RULE: more than SET_ITEMS_MAX items. */
int movement_keys(
    struct ctx *cx, const struct movement *m, int64_t keys[SET_ITEMS_MAX], size_t *n) MUST;
/* The counter-set of a set, as of now; RC_EXISTS when it was taken back already. */
int movement_reverse(
    struct ctx *cx, int64_t id, const char *nonce, const char *note, int64_t *out) MUST;

/* ---- reading ---- */

struct stock_row {
	int64_t item, lot, quantity;
};
/* What an account held at a moment of movement time (0 = all that is known), as recorded by the end of
 * the second `known` (0 = by now; kind/past.h): rows that
 * are not zero, by item and lot. RC_NOTFOUND: no such account. Needs CAP_STOCK_READ. */
int stock_at(struct ctx *cx, int64_t account, int64_t at, int64_t known, struct stock_row **out,
    size_t *n) MUST;
int stock_account_find(struct ctx *cx, const char *code, struct stock_account *out) MUST;
int item_find(struct ctx *cx, const char *code, struct item *out) MUST;
int lot_find(struct ctx *cx, const char *code, struct lot *out) MUST;
/* A quantity as people read it: "12,5 кг", "3 дана". */
const char *quantity_text(struct ctx *cx, const struct item *i, int64_t quantity);
/* "12,5" of kilograms → 12500; false when it is no number or not whole in the base unit. */
bool quantity_parse(const char *text, int64_t pack, int64_t *out);
/* One set with its lines, in the arena. */
struct movement_read {
	struct movement m;
	int64_t recorded_at, author, reversed_by;
};
int movement_get(struct ctx *cx, int64_t id, struct movement_read *out) MUST;

/* ---- proof ---- */

/* From the lines alone: every set sums to zero per item and lot, its digest fits its lines and the audit's line, what is kept
 * equals what was recounted, no guarded account below zero at the end of a day. A line for each
 * difference. For verify and `shanyraq ledger check`. */
int ledger_check(struct ctx *cx, struct buf *out, int64_t *sets, int64_t *differences) MUST;
/* The list of goods that the program brings (data/aid_items.csv) and the accounts every office has; what is there stays. */
int stock_seed(struct ctx *cx) MUST;

#endif
