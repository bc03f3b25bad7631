/* delivery_person.c – a vehicle whose owner is erased stays a vehicle; when two records of one person are joined it
 * follows. */
#include "kind/cut.h"
#include "mod/delivery/delivery_inner.h"

static int
cut_owner(struct ctx *cx, struct tx *tx, const struct person_link *l, const struct person_erase *e)
{
	static const char *const fields[] = { "person" };
	const struct cut_span span = { 0, INT64_MAX, fields, 1 };
	int64_t *ids;
	size_t n, i;

	TRY(person_join_ids(cx, l->kind, l->field, e->person, &ids, &n));
	for (i = 0; i < n; i++) {
		struct vehicle v;

		TRY(kind_load(cx, &vehicle_kind, ids[i], &v));
		v.person = 0;
		v.company = CUT_MARK;
		TRY(kind_rewrite_tx(cx, tx, &vehicle_kind, &v));
		TRY(kind_cut_fields_tx(cx, tx, &vehicle_kind, ids[i], &span, e->sums));
		e->sums->records++;
	}
	return RC_OK;
}

const struct person_link delivery_links[] = {
	{ &vehicle_kind, "person", NULL, cut_owner },
};
const size_t delivery_nlinks = ARRAY_LEN(delivery_links);
