/* stock_shortage.c – what a merge brought below zero: on record from the first day on which it was missing.
 *
 * A field copy gave out what the house had given out as well. Both happened, so neither set is refused; what is
 * missing is named, and somebody says why. ledger_check() accepts what is on record and nothing else. */
#include "mod/stock/stock_inner.h"

#include <string.h>

#include "kind/proof.h"

struct stretch {
	int day;
	int64_t missing;
};

/* The record of this place and day, deeper if need be. A deeper one is to be explained again. */
static int
keep(struct ctx *cx, struct tx *tx, const struct movement_line *l, const struct stretch *s)
{
	struct stock_shortage x;
	int64_t id;
	int rc = db_int(cx, &id,
	    "SELECT id FROM stock_shortage WHERE account = $1 AND item = $2 AND coalesce(lot, 0) = "
	    "$3 AND day = $4",
	    VALS(v_int(l->account), v_int(l->item), v_int(l->lot), v_int(s->day)));

	if (rc == RC_NOTFOUND) {
		kind_empty(&stock_shortage_kind, &x);
		x.account = l->account;
		x.item = l->item;
		x.lot = l->lot;
		x.day = s->day;
		x.quantity = s->missing;
		x.state = "open";
		return kind_add_tx(cx, tx, &stock_shortage_kind, &x);
	}
	TRY(rc);
	TRY(kind_load(cx, &stock_shortage_kind, id, &x));
	if (x.quantity >= s->missing)
		return RC_OK;
	x.quantity = s->missing;
	x.state = "open";
	return kind_rewrite_tx(cx, tx, &stock_shortage_kind, &x);
}

/* The stretches below zero of a place on and after a day, in the order of days. */
static int
stretches(
    struct ctx *cx, const struct movement_line *l, int64_t day, struct stretch **out, size_t *n)
{
	const struct vals at = VALS(v_int(l->account), v_int(l->item), v_int(l->lot), v_int(day));
	struct stretch *open = NULL;
	AUTO_ROWS r = { 0 };
	int64_t count;

	*n = 0;
	TRY(db_int(cx, &count,
	    "SELECT count(*) FROM stock_day WHERE account = $1 AND item = $2 AND lot = $3 AND day "
	    ">= $4",
	    at));
	*out = arena_array(cx->arena, struct stretch, (size_t)count + 1);
	TRY(db_rows(cx, &r,
	    "SELECT day, balance FROM stock_day WHERE account = $1 AND item = $2 AND lot = $3 AND "
	    "day >= $4 ORDER BY day",
	    at));
	while (rows_next(&r) && *n <= (size_t)count) {
		int64_t balance = row_int(&r, 1);

		if (balance >= 0) {
			open = NULL;
			continue;
		}
		if (open == NULL) {
			open = &(*out)[(*n)++];
			*open = (struct stretch){ day_of_number(row_int(&r, 0)), 0 };
		}
		if (-balance > open->missing)
			open->missing = -balance;
	}
	return rows_end(&r);
}

int
shortage_note_tx(struct ctx *cx, struct tx *tx, const struct movement_line *l, int64_t day)
{
	struct stretch *all;
	size_t n, i;

	TRY(stretches(cx, l, day, &all, &n));
	for (i = 0; i < n; i++)
		TRY(keep(cx, tx, l, &all[i]));
	return RC_OK;
}

/* An open record that later sets made good goes, its history stays. */
static int
settle_one(
    struct ctx *cx, struct tx *tx, struct stock_shortage *x, const struct stretch *all, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (all[i].day == x->day) {
			x->quantity = all[i].missing;
			return kind_rewrite_tx(cx, tx, &stock_shortage_kind, x);
		}
	TRY(tx_run(
	    cx, tx, NULL, "DELETE FROM stock_shortage WHERE id = $1", VALS(v_int(x->rec.id))));
	return kind_removed_tx(cx, tx, &stock_shortage_kind, x, "state");
}

int
shortage_settle_tx(struct ctx *cx, struct tx *tx, const struct stock_shortage *place)
{
	const struct movement_line l = { place->account, place->item, place->lot, 0 };
	struct stock_account a;
	struct stock_shortage *x;
	struct stretch *all;
	size_t n, i, have;
	void *open;

	TRY(kind_load(cx, &stock_account_kind, place->account, &a));
	if (!stock_account_guarded(a.type))
		return RC_OK;
	TRY(stretches(cx, &l, 0, &all, &n)); /* all: moments lie after 1970 */
	TRY(kind_load_all(cx, &stock_shortage_kind,
	    arena_printf(cx->arena,
		"SELECT id FROM stock_shortage WHERE account = $1 AND item = %lld AND "
		"coalesce(lot, 0) = %lld AND state = 'open' ORDER BY day",
		(long long)place->item, (long long)place->lot),
	    place->account, &open, &have));
	x = open;
	for (i = 0; i < have; i++)
		TRY(settle_one(cx, tx, &x[i], all, n));
	for (i = 0; i < n; i++)
		TRY(keep(cx, tx, &l, &all[i]));
	return RC_OK;
}

struct explaining {
	int64_t id, version;
	const char *text;
};

static int
explain_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct explaining *e = arg;
	struct stock_shortage s;

	if (!may(cx, CAP_STOCK_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	TRY(kind_get(cx, &stock_shortage_kind, e->id, &s));
	if (e->version != 0)
		s.rec.version = e->version;
	s.explanation = e->text;
	s.state = "explained";
	TRY(kind_check(cx, &stock_shortage_kind, &s, &s));
	return kind_rewrite_tx(cx, tx, &stock_shortage_kind, &s);
}

int
shortage_explain(struct ctx *cx, int64_t id, int64_t version, const char *explanation)
{
	return db_write(cx, explain_fn, &(struct explaining){ id, version, explanation });
}
