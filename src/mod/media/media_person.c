/* media_person.c – accreditations follow when two records of one person are joined, and keep only what counts when a
 * person is erased or the term of storage is over. RULE media-4: names of journalists at an event have the term of its
 * sign-ups. */
#include "kind/cut.h"
#include "mod/media/media_inner.h"

const struct person_link media_links[] = {
	{ &press_accreditation_kind, "person", NULL, person_cut_links },
};
const size_t media_nlinks = ARRAY_LEN(media_links);

static int
cut_press(struct ctx *cx, struct tx *tx, int64_t id, int upto, struct cut_sums *sums)
{
	(void)upto;
	return kind_cut_tx(cx, tx, &press_accreditation_kind, id, "person", sums);
}

const struct cut_term media_terms[] = {
	{ "keep_signups",
	    "SELECT a.id FROM press_accreditation a JOIN event e ON e.id = a.event WHERE "
	    "coalesce(e.last_day, e.first_day) <= $1 AND (a.person IS NOT NULL OR a.name IS NOT "
	    "NULL) ORDER BY a.id LIMIT 50",
	    cut_press, NULL },
	{ NULL, NULL, NULL, NULL },
};
