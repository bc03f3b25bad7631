/* event_person.c – attendances follow when two records of one person are joined.
 *
 * RULE person-7: two attendances of one event are one. The one of the record that stays is kept; it was
 * scanned if either was (figure-4), and stands if either stood. The other is withdrawn and stays with
 * the record that left, so that taking the join back finds it. All others change their person. */
#include "mod/event/event_inner.h"

static int
fold_attendance(
    struct ctx *cx, struct tx *tx, struct person_join *j, int64_t keep, struct attendance *gone)
{
	struct attendance a;
	bool stood = !gone->withdrawn, scanned = stood && strcmp(gone->basis, "scanned") == 0;

	TRY(kind_load(cx, &attendance_kind, keep, &a));
	gone->withdrawn = true;
	TRY(person_join_rewrite(cx, tx, j, &attendance_kind, gone));
	if (!stood)
		return RC_OK;
	/* One that was withdrawn takes the basis of the one that stood. */
	if (a.withdrawn || scanned)
		a.basis = gone->basis;
	a.withdrawn = false;
	return person_join_rewrite(cx, tx, j, &attendance_kind, &a);
}

static int
join_attendances(struct ctx *cx, struct tx *tx, struct person_join *j)
{
	struct attendance a;
	int64_t *ids, keep;
	size_t n, i;

	TRY(person_join_ids(cx, &attendance_kind, "person", j->leaves, &ids, &n));
	for (i = 0; i < n; i++) {
		int rc;

		TRY(kind_load(cx, &attendance_kind, ids[i], &a));
		rc = db_int(cx, &keep, "SELECT id FROM attendance WHERE event = $1 AND person = $2",
		    VALS(v_int(a.event), v_int(j->stays)));
		if (rc == RC_OK)
			TRY(fold_attendance(cx, tx, j, keep, &a));
		else if (rc == RC_NOTFOUND) {
			a.person = j->stays;
			TRY(person_join_rewrite(cx, tx, j, &attendance_kind, &a));
		} else
			return rc;
	}
	return RC_OK;
}

const struct person_link event_links[] = {
	{ &attendance_kind, "person", join_attendances, cut_attendances },
};
const size_t event_nlinks = ARRAY_LEN(event_links);

/* What was folded into another attendance stands in no list. */
void
attendance_listed(struct ctx *cx, struct query *q)
{
	(void)cx;
	query_and(q,
	    "attendance.withdrawn = 0 OR attendance.person IS NULL OR NOT EXISTS (SELECT 1 FROM "
	    "person "
	    "jp WHERE jp.id = attendance.person AND jp.merged_into IS NOT NULL)",
	    NO_VALS);
}
