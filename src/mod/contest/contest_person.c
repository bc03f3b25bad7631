/* contest_person.c – what follows when two records of one person are joined, or one is erased: entries, teams,
 * jury, conflicts and certificates change their person, or lose it and keep what is counted. */
#include "mod/contest/contest_inner.h"

/* An erased juror's link opens nothing any more. */
static int
cut_jurors(struct ctx *cx, struct tx *tx, const struct person_link *l, const struct person_erase *e)
{
	TRY(tx_run(cx, tx, NULL,
	    "DELETE FROM juror_link WHERE juror IN (SELECT id FROM juror WHERE person = $1)",
	    VALS(v_int(e->person))));
	return person_cut_links(cx, tx, l, e);
}

const struct person_link contest_links[] = {
	{ &contest_entry_kind, "person", NULL, person_cut_links },
	{ &contest_member_kind, "person", NULL, person_cut_links },
	{ &juror_kind, "person", NULL, cut_jurors },
	{ &juror_conflict_kind, "person", NULL, person_cut_links },
	{ &certificate_kind, "person", NULL, person_cut_links },
};
const size_t contest_nlinks = ARRAY_LEN(contest_links);
