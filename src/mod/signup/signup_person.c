/* signup_person.c – sign-ups and tickets follow when two records of one person are joined, and keep only what
 * counts when a person is erased. */
#include "mod/signup/signup_inner.h"

static int
join_signups(struct ctx *cx, struct tx *tx, struct person_join *j)
{
	int64_t *ids;
	size_t n, i;

	TRY(person_join_ids(cx, &signup_kind, "person", j->leaves, &ids, &n));
	for (i = 0; i < n; i++) {
		struct signup s;

		TRY(kind_load(cx, &signup_kind, ids[i], &s));
		s.person = j->stays;
		TRY(person_join_rewrite(cx, tx, j, &signup_kind, &s));
	}
	return RC_OK;
}

/* Two tickets of one event stay two: each was given out, and who comes with both is counted once (event-4). */
static int
join_tickets(struct ctx *cx, struct tx *tx, struct person_join *j)
{
	int64_t *ids;
	size_t n, i;

	TRY(person_join_ids(cx, &ticket_kind, "person", j->leaves, &ids, &n));
	for (i = 0; i < n; i++) {
		struct ticket t;

		TRY(kind_load(cx, &ticket_kind, ids[i], &t));
		t.person = j->stays;
		TRY(person_join_rewrite(cx, tx, j, &ticket_kind, &t));
	}
	return RC_OK;
}

const struct person_link signup_links[] = {
	{ &signup_kind, "person", join_signups, person_cut_links },
	{ &ticket_kind, "person", join_tickets, person_cut_links },
};
const size_t signup_nlinks = ARRAY_LEN(signup_links);
