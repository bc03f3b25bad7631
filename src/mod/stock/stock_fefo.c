/* stock_fefo.c – first expiring, first out: from which lots something is best taken. */
#include "mod/stock/stock_inner.h"

int
stock_fefo(struct ctx *cx, struct fefo *f)
{
	AUTO_ROWS r = { 0 };

	f->n = 0;
	f->missing = f->quantity;
	f->lots = arena_array(cx->arena, struct conversion_input, LINES_MAX);
	/* What never expires comes last: it can wait. */
	TRY(db_rows(cx, &r,
	    "SELECT n.lot, n.balance FROM stock_now n LEFT JOIN lot l ON l.id = n.lot WHERE "
	    "n.account = $1 AND n.item = $2 AND n.balance > 0 AND (l.expires IS NULL OR l.expires "
	    ">= $3) ORDER BY CASE WHEN l.expires IS NULL THEN 1 ELSE 0 END, l.expires, n.lot LIMIT "
	    "$4",
	    VALS(v_int(f->account), v_int(f->item), v_int(f->day), v_int(LINES_MAX))));
	while (f->missing > 0 && rows_next(&r)) {
		int64_t here = row_int(&r, 1), taken = here < f->missing ? here : f->missing;

		f->lots[f->n++] = (struct conversion_input){ f->item, row_int(&r, 0), taken };
		f->missing -= taken;
	}
	return rows_end(&r);
}
