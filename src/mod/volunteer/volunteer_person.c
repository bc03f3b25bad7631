/* volunteer_person.c – what follows when two records of one person are joined, when one is erased, and when the term is
 * over: whatever names somebody goes, hours stay.
 *
 * Of a volunteer on record the sealed values lie under that person's key, of others under the house's: a join seals
 * them anew. Two volunteers of one person become one in all numbers (same_as). */
#include "kind/cut.h"
#include "kind/proof.h"
#include "mod/volunteer/volunteer_inner.h"

static int
reseal(struct ctx *cx, struct volunteer *v)
{
	const struct {
		const char *field;
		struct sealed *at;
	} sealed[] = { { "phone", &v->phone }, { "consent_by", &v->consent_by },
		{ "injury", &v->injury } };
	size_t i;

	for (i = 0; i < ARRAY_LEN(sealed); i++) {
		const char *plain;

		TRY(person_sealed_plain(
		    cx, &volunteer_kind, v->rec.id, v->person, sealed[i].field, &plain));
		if (plain != NULL)
			sealed[i].at->fresh = plain;
	}
	return RC_OK;
}

static int
ids_of(struct ctx *cx, const char *sql, struct vals v, int64_t **out, size_t *n)
{
	enum { MOST = 2000 };
	AUTO_ROWS r = { 0 };

	*n = 0;
	*out = arena_array(cx->arena, int64_t, MOST);
	TRY(db_rows(cx, &r, sql, v));
	while (*n < MOST && rows_next(&r))
		(*out)[(*n)++] = row_int(&r, 0);
	return rows_end(&r);
}

/* Whoever was one with v in all numbers is one with the first, too: none of them names a record that is not the first
 * itself. */
static int
follow(
    struct ctx *cx, struct tx *tx, struct person_join *j, const struct volunteer *v, int64_t first)
{
	int64_t root = v->same_as != 0 ? v->same_as : v->rec.id;
	int64_t *ids;
	size_t n, i;

	if (first == 0 || root == first)
		return RC_OK;
	TRY(ids_of(cx,
	    "SELECT id FROM volunteer WHERE (same_as = $1 OR id = $1) AND id <> $2 AND id <> $3 "
	    "ORDER BY id LIMIT 2000",
	    VALS(v_int(root), v_int(v->rec.id), v_int(first)), &ids, &n));
	for (i = 0; i < n; i++) {
		struct volunteer w;

		TRY(kind_load(cx, &volunteer_kind, ids[i], &w));
		w.same_as = first;
		TRY(person_join_rewrite(cx, tx, j, &volunteer_kind, &w));
	}
	return RC_OK;
}

static int
join_volunteers(struct ctx *cx, struct tx *tx, struct person_join *j)
{
	int64_t *ids, first = 0;
	size_t n, i;
	int rc;

	TRY(person_join_ids(cx, &volunteer_kind, "person", j->leaves, &ids, &n));
	rc = db_int(cx, &first,
	    "SELECT coalesce(same_as, id) FROM volunteer WHERE person = $1 ORDER BY id LIMIT 1",
	    VALS(v_int(j->stays)));
	if (rc != RC_OK && rc != RC_NOTFOUND)
		return rc;
	for (i = 0; i < n; i++) {
		struct volunteer v;

		TRY(kind_load(cx, &volunteer_kind, ids[i], &v));
		TRY(follow(cx, tx, j, &v, first));
		TRY(reseal(cx, &v));
		v.person = j->stays;
		if (first != 0 && first != v.rec.id)
			v.same_as = first;
		TRY(person_join_rewrite(cx, tx, j, &volunteer_kind, &v));
	}
	return RC_OK;
}

/* Why hours were corrected is said of somebody. */
static int
cut_reasons(struct ctx *cx, struct tx *tx, int64_t volunteer, struct cut_sums *sums)
{
	static const char *const fields[] = { "reason" };
	const struct cut_span span = { 0, INT64_MAX, fields, ARRAY_LEN(fields) };
	int64_t *ids;
	size_t n, i;

	TRY(ids_of(cx,
	    "SELECT c.id FROM shift_correction c JOIN shift_signup u ON u.id = c.shift_signup "
	    "WHERE u.volunteer = $1 ORDER BY c.id LIMIT 2000",
	    VALS(v_int(volunteer)), &ids, &n));
	for (i = 0; i < n; i++) {
		struct shift_correction c;

		TRY(kind_load(cx, &shift_correction_kind, ids[i], &c));
		c.reason = CUT_MARK;
		TRY(kind_rewrite_tx(cx, tx, &shift_correction_kind, &c));
		TRY(kind_cut_fields_tx(cx, tx, &shift_correction_kind, ids[i], &span, sums));
		sums->records++;
	}
	return RC_OK;
}

/* What names a volunteer: all but days, and that the record is there. RULE volunteer-8 */
static int
cut(struct ctx *cx, struct tx *tx, int64_t id, struct cut_sums *sums)
{
	static const char *const fields[] = { "name", "words", "birth_year", "person", "skills",
		"languages" };
	const struct cut_span span = { 0, INT64_MAX, fields, ARRAY_LEN(fields) };
	struct volunteer v;

	TRY(kind_load(cx, &volunteer_kind, id, &v));
	v.code = v.phone_mac = v.name = v.words = v.skills = v.languages = NULL;
	v.phone.clear = v.consent_by.clear = v.injury.clear = true;
	v.birth_year = INT_NONE;
	v.person = 0;
	TRY(kind_rewrite_tx(cx, tx, &volunteer_kind, &v));
	TRY(kind_cut_private_tx(cx, tx, &volunteer_kind, id, sums));
	TRY(kind_cut_fields_tx(cx, tx, &volunteer_kind, id, &span, sums));
	TRY(cut_reasons(cx, tx, id, sums));
	TRY(tx_run(
	    cx, tx, NULL, "DELETE FROM volunteer_sent WHERE volunteer = $1", VALS(v_int(id))));
	sums->records++;
	return RC_OK;
}

static int
cut_volunteers(
    struct ctx *cx, struct tx *tx, const struct person_link *l, const struct person_erase *e)
{
	int64_t *ids;
	size_t n, i;

	TRY(person_join_ids(cx, l->kind, l->field, e->person, &ids, &n));
	for (i = 0; i < n; i++)
		TRY(cut(cx, tx, ids[i], e->sums));
	return RC_OK;
}

static int
expire_tx(struct ctx *cx, struct tx *tx, int64_t id, int upto, struct cut_sums *sums)
{
	(void)upto;
	return cut(cx, tx, id, sums);
}

/* All whose shifts are over and whose headquarters closed so long ago. */
const struct cut_term volunteer_terms[] = {
	{ "keep_relief",
	    "SELECT v.id FROM volunteer v WHERE v.code IS NOT NULL AND v.since <= $1 AND NOT "
	    "EXISTS "
	    "(SELECT 1 FROM shift_signup u JOIN shift s ON s.id = u.shift LEFT JOIN headquarters h "
	    "ON h.id = s.headquarters WHERE u.volunteer = v.id AND (s.day > $1 OR (h.id IS NOT "
	    "NULL "
	    "AND (h.closed_on IS NULL OR h.closed_on > $1)))) ORDER BY v.id LIMIT 50",
	    expire_tx, NULL },
	{ NULL, NULL, NULL, NULL },
};

const struct person_link volunteer_links[] = {
	{ &volunteer_kind, "person", join_volunteers, cut_volunteers },
};
const size_t volunteer_nlinks = ARRAY_LEN(volunteer_links);
