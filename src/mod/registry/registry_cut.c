/* registry_cut.c – what stays of memberships, offices, declarations and accounts when a person is erased.
 *
 * RULE rights-2: what is open ends on the day of the erasure, by the ordinary rule, so that the figures of
 * later days follow; days that have passed keep their figures. */
#include "core/account.h"
#include "mod/registry/registry_inner.h"

static int
end_membership(struct ctx *cx, struct tx *tx, int64_t id, const struct person_erase *e)
{
	struct membership m;

	TRY(kind_load(cx, &membership_kind, id, &m));
	if (m.to_day != 0 && m.to_day <= e->end)
		return RC_OK;
	m.to_day = m.from_day > e->end ? m.from_day : e->end;
	m.end_reason = e->end_reason;
	return kind_rewrite_tx(cx, tx, &membership_kind, &m);
}

static int
end_office(struct ctx *cx, struct tx *tx, int64_t id, const struct person_erase *e)
{
	struct office_holder h;

	TRY(kind_load(cx, &office_holder_kind, id, &h));
	if (h.to_day != 0 && h.to_day <= e->end)
		return RC_OK;
	h.to_day = h.from_day > e->end ? h.from_day : e->end;
	h.end_reason = e->end_reason;
	return kind_rewrite_tx(cx, tx, &office_holder_kind, &h);
}

static int
end_all(struct ctx *cx, struct tx *tx, const struct person_link *l, const struct person_erase *e,
    int (*end)(struct ctx *, struct tx *, int64_t, const struct person_erase *))
{
	int64_t *ids;
	size_t n, i;

	TRY(person_join_ids(cx, l->kind, l->field, e->person, &ids, &n));
	for (i = 0; i < n; i++)
		TRY(end(cx, tx, ids[i], e));
	return RC_OK;
}

int
cut_memberships(
    struct ctx *cx, struct tx *tx, const struct person_link *l, const struct person_erase *e)
{
	TRY(end_all(cx, tx, l, e, end_membership));
	TRY(membership_seal_tx(cx, tx, e->person));
	return person_cut_links(cx, tx, l, e);
}

int
cut_offices(
    struct ctx *cx, struct tx *tx, const struct person_link *l, const struct person_erase *e)
{
	TRY(end_all(cx, tx, l, e, end_office));
	return person_cut_links(cx, tx, l, e);
}

/* Nothing counts a declaration. */
int
cut_ethnicities(
    struct ctx *cx, struct tx *tx, const struct person_link *l, const struct person_erase *e)
{
	int64_t *ids;
	size_t n, i;

	TRY(person_join_ids(cx, l->kind, l->field, e->person, &ids, &n));
	for (i = 0; i < n; i++)
		TRY(kind_cut_whole_tx(cx, tx, l->kind, ids[i], l->field, e->sums));
	return RC_OK;
}

int
cut_accounts(
    struct ctx *cx, struct tx *tx, const struct person_link *l, const struct person_erase *e)
{
	int64_t *ids;
	size_t n, i;

	TRY(person_join_ids(cx, l->kind, l->field, e->person, &ids, &n));
	for (i = 0; i < n; i++) {
		TRY(account_erase_tx(cx, tx, ids[i], e->sums));
		TRY(kind_cut_tx(cx, tx, l->kind, ids[i], l->field, e->sums));
		TRY(account_shell_tx(cx, tx, ids[i]));
	}
	return RC_OK;
}

/* First by the ordinary rule, so that keys of likeness follow; then out of all versions. */
int
person_only_name_tx(struct ctx *cx, struct tx *tx, int64_t id, struct cut_sums *sums)
{
	struct person_erase e = { .person = id, .sums = sums };
	const struct person_link ethnicity = { .kind = &ethnicity_kind, .field = "person" };
	struct person p;

	TRY(kind_load(cx, &person_kind, id, &p));
	p.birth_day = 0;
	p.sex = p.address = p.phone = p.email = p.note = NULL;
	p.iin = (struct sealed){ .present = p.iin.present, .clear = true };
	TRY(kind_rewrite_tx(cx, tx, &person_kind, &p));
	TRY(cut_ethnicities(cx, tx, &ethnicity, &e));
	sums->records++;
	return kind_cut_private_tx(cx, tx, &person_kind, id, sums);
}
