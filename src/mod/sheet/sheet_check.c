/* sheet_check.c – who sees and writes sheets: staff of the bodies that organise the event, the secretariat
 * everywhere. A sheet names people, so it is never public, though its event is. */
#include "mod/sheet/sheet_inner.h"

void
sheet_scope(struct ctx *cx, struct query *q)
{
	event_follow(cx, q, "sheet", true);
}

void
sheet_row_scope(struct ctx *cx, struct query *q)
{
	person_unrestricted(cx, q, "sheet_row.person");
	event_follow(cx, q, "sheet_row", true);
}

void
sheet_picture_scope(struct ctx *cx, struct query *q)
{
	event_follow(cx, q, "sheet_picture", true);
}

void
count_slip_scope(struct ctx *cx, struct query *q)
{
	event_follow(cx, q, "count_slip", true);
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

/* Pages hand over what was sent: a code that is none of the offered ones is refused here. */
static void
check_code(struct ctx *cx, const char *field, const struct option *o, const char *code)
{
	for (; o->code != NULL; o++)
		if (code == NULL || strcmp(o->code, code) == 0)
			return; /* a missing one is named by the kind */
	fail_field(cx, field, N_("Choose one of the values offered."));
}

int
sheet_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct sheet *s = rec;

	(void)old;
	check_code(cx, "list", sheet_lists, s->list);
	check_code(cx, "lang", sheet_langs, s->lang);
	if (s->spare < 0 || s->spare > SHEET_SPARE_MAX)
		fail_field(
		    cx, "spare", N_("A number from 0 to %s is needed."), num(cx, SHEET_SPARE_MAX));
	return RC_OK;
}

int
count_slip_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct count_slip *s = rec;

	(void)old;
	check_code(cx, "basis", slip_bases, s->basis);
	if (s->people < 1 || s->people > 1000000)
		fail_field(cx, "people", N_("A number of people is needed."));
	return RC_OK;
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
