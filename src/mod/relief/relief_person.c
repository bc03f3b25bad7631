/* relief_person.c – what follows when two records of one person are joined, or one is erased: a headquarters loses its
 * chief and stays, duties and offers of an erased person go whole: nothing counts them. */
#include "kind/cut.h"
#include "mod/relief/relief_inner.h"

static int
cut_chiefs(struct ctx *cx, struct tx *tx, const struct person_link *l, const struct person_erase *e)
{
	static const char *const fields[] = { "chief" };
	const struct cut_span span = { 0, INT64_MAX, fields, 1 };
	int64_t *ids;
	size_t n, i;

	TRY(person_join_ids(cx, l->kind, l->field, e->person, &ids, &n));
	for (i = 0; i < n; i++) {
		struct headquarters h;

		TRY(kind_load(cx, &headquarters_kind, ids[i], &h));
		h.chief = 0;
		TRY(kind_rewrite_tx(cx, tx, &headquarters_kind, &h));
		TRY(kind_cut_fields_tx(cx, tx, &headquarters_kind, ids[i], &span, e->sums));
		e->sums->records++;
	}
	return RC_OK;
}

static int
cut_whole(struct ctx *cx, struct tx *tx, const struct person_link *l, const struct person_erase *e)
{
	int64_t *ids;
	size_t n, i;

	TRY(person_join_ids(cx, l->kind, l->field, e->person, &ids, &n));
	for (i = 0; i < n; i++)
		TRY(kind_cut_whole_tx(cx, tx, l->kind, ids[i], l->field, e->sums));
	return RC_OK;
}

const struct person_link relief_links[] = {
	{ &headquarters_kind, "chief", NULL, cut_chiefs },
	{ &relief_duty_kind, "person", NULL, cut_whole },
	{ &relief_offer_kind, "person", NULL, cut_whole },
};
const size_t relief_nlinks = ARRAY_LEN(relief_links);
