/* camp_person.c – what follows when two records of one person are joined, when one is erased, and when the term is
 * over; and how staff opens what is sealed.
 *
 * Of a member who is on record the values lie under that person's key, of others under the house's: a join seals
 * them anew. */
#include "kind/cut.h"
#include "mod/camp/camp_inner.h"

static int
reseal(struct ctx *cx, struct camp_member *m)
{
	const struct {
		const char *field;
		struct sealed *at;
	} sealed[] = { { "parent", &m->parent }, { "phone", &m->phone }, { "needs", &m->needs } };
	size_t i;

	for (i = 0; i < ARRAY_LEN(sealed); i++) {
		const char *plain;

		TRY(person_sealed_plain(
		    cx, &camp_member_kind, m->rec.id, m->person, sealed[i].field, &plain));
		if (plain != NULL)
			sealed[i].at->fresh = plain;
	}
	return RC_OK;
}

/* Twice in one camp under two records: the one that leaves gives its place back and stays with its record. */
static int
join_members(struct ctx *cx, struct tx *tx, struct person_join *j)
{
	struct camp_member m;
	int64_t *ids, keep;
	size_t n, i;

	TRY(person_join_ids(cx, &camp_member_kind, "person", j->leaves, &ids, &n));
	for (i = 0; i < n; i++) {
		int rc;

		TRY(kind_load(cx, &camp_member_kind, ids[i], &m));
		rc = db_int(cx, &keep, "SELECT id FROM camp_member WHERE camp = $1 AND person = $2",
		    VALS(v_int(m.camp), v_int(j->stays)));
		if (rc != RC_OK && rc != RC_NOTFOUND)
			return rc;
		if (rc == RC_OK && m.left_on == 0)
			m.left_on = cx->today;
		if (rc == RC_NOTFOUND) {
			TRY(reseal(cx, &m));
			m.person = j->stays;
		}
		TRY(person_join_rewrite(cx, tx, j, &camp_member_kind, &m));
	}
	return RC_OK;
}

const struct person_link camp_links[] = {
	{ &camp_group_kind, "leader", NULL, person_cut_links },
	{ &camp_slot_kind, "leader", NULL, person_cut_links },
	{ &camp_member_kind, "person", join_members, person_cut_links },
};
const size_t camp_nlinks = ARRAY_LEN(camp_links);

/* The name that the roll call wrote among the attendances goes with the member's, as the form promises; of a person
 * on record it goes with that person's own term. */
static int
cut_attendance(struct ctx *cx, struct tx *tx, const struct camp_member *m, struct cut_sums *sums)
{
	int64_t event, id;
	int rc;

	TRY(db_int(cx, &event, "SELECT event FROM camp WHERE id = $1", VALS(v_int(m->camp))));
	rc = db_int(cx, &id,
	    "SELECT id FROM attendance WHERE event = $1 AND sheet_row = $2 AND guest IS NOT NULL",
	    VALS(v_int(event), v_text(camp_sheet_row(cx, m))));
	if (rc == RC_NOTFOUND)
		return RC_OK;
	TRY(rc);
	return kind_cut_tx(cx, tx, &attendance_kind, id, "person", sums);
}

int
camp_expire_tx(struct ctx *cx, struct tx *tx, int64_t member, int upto, struct cut_sums *sums)
{
	struct camp_member m;

	(void)upto;
	TRY(kind_load(cx, &camp_member_kind, member, &m));
	TRY(cut_attendance(cx, tx, &m, sums));
	return kind_cut_tx(cx, tx, &camp_member_kind, member, "person", sums);
}

const struct cut_term camp_terms[] = {
	{ "keep_signups",
	    "SELECT m.id FROM camp_member m JOIN camp c ON c.id = m.camp JOIN event e ON e.id = "
	    "c.event WHERE coalesce(e.last_day, e.first_day) <= $1 AND (m.person IS NOT NULL OR "
	    "m.guest IS NOT NULL OR m.birth_year IS NOT NULL OR m.parent IS NOT NULL OR m.phone IS "
	    "NOT NULL OR m.needs IS NOT NULL) ORDER BY m.id LIMIT 50",
	    camp_expire_tx, NULL },
	{ NULL, NULL, NULL, NULL },
};

/* RULE camp-7 */
int
camp_open_sealed(struct ctx *cx, int64_t member, struct camp_opened *out)
{
	struct camp_member m;

	*out = (struct camp_opened){ 0 };
	if (!may(cx, CAP_EVENT_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not open this."));
	TRY(kind_get(cx, &camp_member_kind, member, &m));
	TRY(camp_staffed_by(cx, m.camp));
	TRY(person_sealed_plain(cx, &camp_member_kind, member, m.person, "parent", &out->parent));
	TRY(person_sealed_plain(cx, &camp_member_kind, member, m.person, "phone", &out->phone));
	TRY(person_sealed_plain(cx, &camp_member_kind, member, m.person, "needs", &out->needs));
	if (m.person != 0)
		TRY(sensitive_note(cx, m.person, "sealed"));
	return audit_note(cx, "show", "camp_member", member, "parent,phone,needs");
}
