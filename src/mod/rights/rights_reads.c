/* rights_reads.c – reading the log of sensitive reads (kind/sensitive.c writes it). */
#include "mod/rights/rights_inner.h"

int
sensitive_reads(
    struct ctx *cx, int64_t person, int offset, int limit, struct sensitive_read **out, size_t *n)
{
	AUTO_ROWS r = { 0 };

	*n = 0;
	if (!may(cx, CAP_AUDIT_READ) && !may(cx, CAP_RIGHTS))
		return fail(cx, RC_DENIED, N_("Your role does not open this."));
	*out = arena_array(cx->arena, struct sensitive_read, limit);
	TRY(db_rows(cx, &r,
	    "SELECT s.day, s.account, s.person, s.times, s.first_at, s.last_at, s.way, a.name FROM"
	    " sensitive_read s LEFT JOIN account a ON a.id = s.account WHERE ($1 = 0 OR s.person = "
	    "$1)"
	    " ORDER BY s.last_at DESC, s.account, s.person, s.way LIMIT $2 OFFSET $3",
	    VALS(v_int(person), v_int(limit), v_int(offset))));
	while (*n < (size_t)limit && rows_next(&r))
		(*out)[(*n)++] = (struct sensitive_read){ (int)row_int(&r, 0), row_int(&r, 1),
			row_int(&r, 2), row_int(&r, 3), row_int(&r, 4), row_int(&r, 5),
			row_text(&r, 6), row_text(&r, 7) };
	return rows_end(&r);
}
