/* signup_person.c – sign-ups and tickets follow when two records of one person are joined, and keep only what
 * counts when a person is erased. */
#include "mod/signup/signup_inner.h"

struct seats {
	const int64_t *ids;
	size_t n;
};

/* Whoever is erased does not come: a place that is still to be used becomes free. */
static int
free_seats(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct seats *s = arg;
	size_t i;

	for (i = 0; i < s->n; i++) {
		struct ticket t;
		struct event e;

		TRY(kind_load(cx, &ticket_kind, s->ids[i], &t));
		TRY(kind_load(cx, &event_kind, t.event, &e));
		if (strcmp(t.state, "revoked") == 0 ||
		    (e.last_day == 0 ? e.first_day : e.last_day) < cx->today)
			continue;
		TRY(signup_seat_gone_tx(cx, tx, &t, "office"));
		TRY(signup_fill_tx(cx, tx, t.event));
	}
	return RC_OK;
}

static int
cut_tickets(
    struct ctx *cx, struct tx *tx, const struct person_link *l, const struct person_erase *e)
{
	int64_t *ids;
	size_t n;

	TRY(person_join_ids(cx, &ticket_kind, "person", e->person, &ids, &n));
	TRY(signup_as_house(cx, tx, free_seats, &(struct seats){ ids, n }));
	return person_cut_links(cx, tx, l, e);
}

/* Tickets before sign-ups: a seat that goes is written into its sign-up, too. Two tickets of one event stay
 * two: each was given out, and who comes with both is counted once (event-4). */
const struct person_link signup_links[] = {
	{ &ticket_kind, "person", NULL, cut_tickets },
	{ &signup_kind, "person", NULL, person_cut_links },
};
const size_t signup_nlinks = ARRAY_LEN(signup_links);
