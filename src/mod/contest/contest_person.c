/* contest_person.c – what follows when two records of one person are joined, or one is erased: entries, teams,
 * jury, conflicts and certificates change their person, or lose it and keep what is counted. */
#include "mod/contest/contest_inner.h"

/* Every record that names the leaving person names the staying one; all references of this module stand at
 * `person`. */
static int
follow(struct ctx *cx, struct tx *tx, struct person_join *j, const struct kind *k)
{
	const struct field *f = kind_field(k, "person");
	int64_t *ids;
	size_t n, i;

	TRY(person_join_ids(cx, k, "person", j->leaves, &ids, &n));
	for (i = 0; i < n; i++) {
		void *rec = arena_alloc(cx->arena, k->size);

		TRY(kind_load(cx, k, ids[i], rec));
		*(int64_t *)field_at_rw(f, rec) = j->stays;
		TRY(person_join_rewrite(cx, tx, j, k, rec));
	}
	return RC_OK;
}

static int
join_entries(struct ctx *cx, struct tx *tx, struct person_join *j)
{
	return follow(cx, tx, j, &contest_entry_kind);
}

static int
join_members(struct ctx *cx, struct tx *tx, struct person_join *j)
{
	return follow(cx, tx, j, &contest_member_kind);
}

static int
join_jurors(struct ctx *cx, struct tx *tx, struct person_join *j)
{
	return follow(cx, tx, j, &juror_kind);
}

static int
join_conflicts(struct ctx *cx, struct tx *tx, struct person_join *j)
{
	return follow(cx, tx, j, &juror_conflict_kind);
}

static int
join_certificates(struct ctx *cx, struct tx *tx, struct person_join *j)
{
	return follow(cx, tx, j, &certificate_kind);
}

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
	{ &contest_entry_kind, "person", join_entries, person_cut_links },
	{ &contest_member_kind, "person", join_members, person_cut_links },
	{ &juror_kind, "person", join_jurors, cut_jurors },
	{ &juror_conflict_kind, "person", join_conflicts, person_cut_links },
	{ &certificate_kind, "person", join_certificates, person_cut_links },
};
const size_t contest_nlinks = ARRAY_LEN(contest_links);
