/* sheet_check.c – who sees and writes sheets: staff of the bodies that organise the event, the secretariat
 * everywhere. A sheet names people, so it is never public, though its event is. */
#include "mod/sheet/sheet_inner.h"

void
sheet_scope(struct ctx *cx, struct query *q)
{
	event_own_scope(cx, q, "sheet.event");
}

void
sheet_row_scope(struct ctx *cx, struct query *q)
{
	person_unrestricted(cx, q, "sheet_row.person");
	event_own_scope(cx, q, "sheet_row.event");
}

void
sheet_picture_scope(struct ctx *cx, struct query *q)
{
	event_own_scope(cx, q, "sheet_picture.event");
}

void
count_slip_scope(struct ctx *cx, struct query *q)
{
	event_own_scope(cx, q, "count_slip.event");
}

int
sheet_writable(struct ctx *cx, const void *old, const void *rec)
{
	(void)old;
	return event_in_scope(cx, ((const struct sheet *)rec)->event, true);
}

int
sheet_row_writable(struct ctx *cx, const void *old, const void *rec)
{
	(void)old;
	return event_in_scope(cx, ((const struct sheet_row *)rec)->event, true);
}

int
sheet_picture_writable(struct ctx *cx, const void *old, const void *rec)
{
	(void)old;
	return event_in_scope(cx, ((const struct sheet_picture *)rec)->event, true);
}

/* The number goes into the event, so whoever leads the event writes slips. */
int
count_slip_writable(struct ctx *cx, const void *old, const void *rec)
{
	(void)old;
	return event_in_scope(cx, ((const struct count_slip *)rec)->event, false);
}

int
sheet_picture_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct sheet_picture *p = rec;

	(void)old;
	if (p->to_line < p->from_line)
		fail_field(cx, "to_line", N_("The end lies before the beginning."));
	return RC_OK;
}

/* A row follows its person; two rows of one person stay two rows of the paper. */
int
join_sheet_rows(struct ctx *cx, struct tx *tx, struct person_join *j)
{
	struct sheet_row r;
	int64_t *ids;
	size_t n, i;

	TRY(person_join_ids(cx, &sheet_row_kind, "person", j->leaves, &ids, &n));
	for (i = 0; i < n; i++) {
		TRY(kind_load(cx, &sheet_row_kind, ids[i], &r));
		r.person = j->stays;
		TRY(person_join_rewrite(cx, tx, j, &sheet_row_kind, &r));
	}
	return RC_OK;
}
