/* stock_fefo.c – first expiring, first out: from which lots something is best taken. */
#include "mod/stock/stock_inner.h"

int
stock_fefo(struct ctx *cx, int64_t account, int64_t item, int64_t quantity, int day,
    struct conversion_input **out, size_t *n, int64_t *short_of)
{
	struct conversion_input *v = arena_array(cx->arena, struct conversion_input, LINES_MAX);
	AUTO_ROWS r = { 0 };

	*n = 0;
	*out = v;
	/* What never expires comes last: it can wait. */
	TRY(db_rows(cx, &r,
	    "SELECT n.lot, n.balance FROM stock_now n LEFT JOIN lot l ON l.id = n.lot WHERE "
	    "n.account = $1 AND n.item = $2 AND n.balance > 0 AND (l.expires IS NULL OR l.expires "
	    ">= $3) ORDER BY CASE WHEN l.expires IS NULL THEN 1 ELSE 0 END, l.expires, n.lot LIMIT "
	    "$4",
	    VALS(v_int(account), v_int(item), v_int(day), v_int(LINES_MAX))));
	while (quantity > 0 && rows_next(&r)) {
		int64_t here = row_int(&r, 1);

		v[*n] = (struct conversion_input){ item, row_int(&r, 0),
			here < quantity ? here : quantity };
		quantity -= v[(*n)++].quantity;
	}
	TRY(rows_end(&r));
	if (short_of != NULL)
		*short_of = quantity;
	return RC_OK;
}
