/* delivery_chain.c – the way of one thing (an item of one lot) through the ledger: from the donor's box to the hand.
 *
 * RULE delivery-10: the chain is read from the sets alone, each with the paper that made it (receipt, waybill, act), so it
 * cannot tell anything that the ledger does not. It names stops, never families. */
#include "mod/charity/charity.h"
#include "mod/delivery/delivery_inner.h"

#include <string.h>

/* One account of a set where there is one, else 0: a kit or a count has several. */
#define SIDE(sign)                                                                             \
	"(SELECT CASE WHEN count(DISTINCT x.account) = 1 THEN min(x.account) ELSE 0 END FROM " \
	"movement_line x WHERE x.movement = s.id AND x.item = $1 AND x.lot = $2 AND "          \
	"x.quantity " sign " 0)"

int
chain_steps(
    struct ctx *cx, const struct chain_thing *t, size_t most, struct chain_step **out, size_t *n)
{
	AUTO_ROWS r = { 0 };
	size_t i;

	*out = arena_array(cx->arena, struct chain_step, most + 1);
	*n = 0;
	TRY(db_rows(cx, &r,
	    "SELECT s.id, s.at, s.type, s.document, " SIDE("<") ", " SIDE(
		">") ", (SELECT "
		     "CAST(sum(x.quantity) AS BIGINT) FROM movement_line x WHERE x.movement = s.id "
		     "AND x.item = "
		     "$1 AND x.lot = $2 AND x.quantity > 0), coalesce(s.reverses, 0), "
		     "coalesce((SELECT b.id "
		     "FROM movement_set b WHERE b.reverses = s.id), 0), coalesce((SELECT c.id FROM "
		     "charity_receipt c WHERE c.movement = s.id), 0), coalesce((SELECT min(w.id) "
		     "FROM waybill w "
		     "WHERE w.movement = s.id), 0), coalesce((SELECT min(a.id) FROM delivery_act a "
		     "WHERE "
		     "a.movement = s.id), 0) FROM movement_set s WHERE s.id IN (SELECT l.movement "
		     "FROM "
		     "movement_line l WHERE l.item = $1 AND l.lot = $2) ORDER BY s.at DESC, s.id "
		     "DESC LIMIT $3",
	    VALS(v_int(t->item), v_int(t->lot), v_int((int64_t)most))));
	while (*n < most && rows_next(&r))
		(*out)[(*n)++] = (struct chain_step){ .movement = row_int(&r, 0),
			.at = row_int(&r, 1),
			.type = row_text(&r, 2),
			.document = row_text(&r, 3),
			.from = row_int(&r, 4),
			.to = row_int(&r, 5),
			.quantity = row_int(&r, 6),
			.reverses = row_int(&r, 7),
			.reversed_by = row_int(&r, 8),
			.receipt = row_int(&r, 9),
			.waybill = row_int(&r, 10),
			.act = row_int(&r, 11) };
	TRY(rows_end(&r));
	for (i = 0; i < *n / 2; i++) { /* the newest ones, in the order of time */
		struct chain_step swap = (*out)[i];

		(*out)[i] = (*out)[*n - 1 - i];
		(*out)[*n - 1 - i] = swap;
	}
	return RC_OK;
}

int
chain_sums(struct ctx *cx, const struct chain_thing *t, struct chain_sum **out, size_t *n)
{
	enum { TYPES = 16 };
	AUTO_ROWS r = { 0 };

	*out = arena_array(cx->arena, struct chain_sum, TYPES);
	*n = 0;
	TRY(db_rows(cx, &r,
	    "SELECT a.type, CAST(sum(l.quantity) AS BIGINT) FROM movement_line l JOIN "
	    "stock_account a "
	    "ON a.id = l.account WHERE l.item = $1 AND l.lot = $2 GROUP BY a.type ORDER BY a.type",
	    VALS(v_int(t->item), v_int(t->lot))));
	while (*n < TYPES && rows_next(&r)) {
		if (row_int(&r, 1) != 0)
			(*out)[(*n)++] = (struct chain_sum){ row_text(&r, 0), row_int(&r, 1) };
	}
	return rows_end(&r);
}

/* ---- what was typed ---- */

static int
things(struct ctx *cx, const char *sql, struct vals v, struct chain_thing **out, size_t *n)
{
	AUTO_ROWS r = { 0 };

	*out = arena_array(cx->arena, struct chain_thing, CHAIN_THINGS + 1);
	*n = 0;
	TRY(db_rows(cx, &r, sql, v));
	while (*n < CHAIN_THINGS && rows_next(&r))
		(*out)[(*n)++] = (struct chain_thing){ row_int(&r, 0), row_int(&r, 1) };
	return rows_end(&r);
}

static int
of_gift(struct ctx *cx, const char *typed, struct chain_thing **out, size_t *n)
{
	struct gift g;
	size_t i, k;

	*n = 0;
	TRY(gift_by_code(cx, typed, &g));
	*out = arena_array(cx->arena, struct chain_thing, CHAIN_THINGS + 1);
	for (i = 0; i < g.n; i++)
		for (k = 0; k < g.receipt[i].n && *n < CHAIN_THINGS; k++)
			(*out)[(*n)++] = (struct chain_thing){ g.receipt[i].line[k].item.rec.id,
				g.receipt[i].line[k].lot.rec.id };
	return RC_OK;
}

static int
of_need(
    struct ctx *cx, int64_t headquarters, const char *typed, struct chain_thing **out, size_t *n)
{
	char code[RELIEF_CODE + 1];

	*n = 0;
	if (!relief_code_read(typed, code))
		return RC_OK;
	return things(cx,
	    "SELECT DISTINCT l.item, coalesce(l.lot, 0) FROM waybill_line l JOIN waybill_stop s ON "
	    "s.id = l.stop JOIN need d ON d.id = s.need WHERE d.code = $1 AND d.headquarters = $2 "
	    "ORDER BY 1, 2 LIMIT 20",
	    VALS(v_text(code), v_int(headquarters)), out, n);
}

int
chain_find(
    struct ctx *cx, int64_t headquarters, const char *typed, struct chain_thing **out, size_t *n)
{
	int rc;

	TRY(things(cx, "SELECT item, id FROM lot WHERE code = $1", VALS(v_text(typed)), out, n));
	if (*n == 0)
		TRY(things(cx,
		    "SELECT DISTINCT l.item, coalesce(l.lot, 0) FROM waybill_line l JOIN "
		    "waybill_stop "
		    "s ON s.id = l.stop JOIN waybill w ON w.id = s.waybill WHERE w.code = $1 AND "
		    "w.headquarters = $2 ORDER BY 1, 2 LIMIT 20",
		    VALS(v_text(typed), v_int(headquarters)), out, n));
	if (*n == 0)
		TRY(things(cx,
		    "SELECT DISTINCT i.id, l.lot FROM stock_item i JOIN movement_line l ON l.item "
		    "= "
		    "i.id WHERE i.code = $1 ORDER BY 1, 2 LIMIT 20",
		    VALS(v_text(typed)), out, n));
	if (*n == 0)
		TRY(of_need(cx, headquarters, typed, out, n));
	if (*n > 0)
		return RC_OK;
	rc = of_gift(cx, typed, out, n);
	if (rc != RC_NOTFOUND)
		return rc;
	err_clear(cx);
	return RC_OK;
}
