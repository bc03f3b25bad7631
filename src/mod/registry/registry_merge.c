/* registry_merge.c – joining two records of one person, and taking that back.
 *
 * One record stays, the other leaves: what hangs on the leaving one goes over, each kind by its own rule
 * (struct person_link), all in one transaction. Every record that is rewritten leaves a step: its kind,
 * id, the versions before and after, and which fields changed. Taking back reads those versions from
 * history and sets the fields again, last step first; a field that somebody changed since keeps the
 * later value. WHY no copies of values in the steps: history holds them already, private ones under
 * the person's own key, so nothing survives the destruction of that key.
 *
 * Sealed values lie under the key of one person, so they are opened and sealed anew. An IIN and a
 * declaration are exchanged between the two records (steps with "=" in front), which is its own way
 * back. */
#include <stdio.h>

#include "core/account.h"
#include "kind/vault.h"
#include "mod/registry/registry_inner.h"

/* ---- the kinds that refer to people ---- */

enum { MORE = 16 };
static struct {
	const struct person_link *links;
	size_t n;
} links_more[MORE];

void
person_links_add(const struct person_link *links, size_t n)
{
	size_t i;

	for (i = 0; i < MORE; i++)
		if (links_more[i].links == NULL || links_more[i].links == links) {
			links_more[i].links = links;
			links_more[i].n = n;
			return;
		}
	die("more than %d modules refer to people", MORE);
}

/* Those of this module, then those of others. */
const struct person_link *
person_link_nth(size_t i)
{
	size_t m;

	if (i < registry_nlinks)
		return &registry_links[i];
	i -= registry_nlinks;
	for (m = 0; m < MORE; i -= links_more[m++].n)
		if (i < links_more[m].n)
			return &links_more[m].links[i];
	return NULL;
}

static bool
has_link(const struct kind *k, const char *field)
{
	const struct person_link *l;
	size_t i;

	for (i = 0; (l = person_link_nth(i)) != NULL; i++)
		if (l->kind == k && l->cut != NULL && strcmp(l->field, field) == 0)
			return true;
	return false;
}

const struct kind *
person_link_missing(const struct kind *const *kinds, size_t n, const struct field **field)
{
	size_t i, j;

	for (i = 0; i < n; i++)
		for (j = 0; j < kinds[i]->nfields; j++) {
			const struct field *f = &kinds[i]->fields[j];

			/* merged_into is the join itself. */
			if (f->ref != &person_kind || kinds[i] == &person_kind ||
			    has_link(kinds[i], f->name))
				continue;
			*field = f;
			return kinds[i];
		}
	return NULL;
}

const struct kind *
merge_kind_named(const char *name)
{
	const struct person_link *l;
	size_t i;

	if (strcmp(name, person_kind.name) == 0)
		return &person_kind;
	for (i = 0; (l = person_link_nth(i)) != NULL; i++)
		if (strcmp(l->kind->name, name) == 0)
			return l->kind;
	return NULL;
}

/* ---- steps ---- */

static int
put_step(struct ctx *cx, struct tx *tx, int64_t merge, const struct merge_step *s)
{
	return tx_run(cx, tx, NULL,
	    "INSERT INTO person_merge_step (merge, kind, rec, before, after, fields) VALUES"
	    " ($1, $2, $3, $4, $5, $6)",
	    VALS(v_int(merge), v_text(s->kind), v_int(s->rec), v_int(s->before), v_int(s->after),
		v_text(s->fields)));
}

/* An exchange is its own way back, so its versions only tell when it was. */
static int
put_exchange(struct ctx *cx, struct tx *tx, int64_t merge, const struct kind *k,
    const struct rec *was, const char *what)
{
	return put_step(cx, tx, merge,
	    &(struct merge_step){ k->name, what, was->id, was->version, was->version + 1 });
}

int
person_join_rewrite(
    struct ctx *cx, struct tx *tx, struct person_join *j, const struct kind *k, void *rec)
{
	void *old = arena_alloc(cx->arena, k->size);
	struct rec *h = rec, was;
	struct buf fields;
	size_t i;

	TRY(kind_load(cx, k, h->id, old));
	was = *(const struct rec *)old;
	buf_init(&fields, cx->arena, 0);
	for (i = 0; i < k->nfields; i++)
		if (k->fields[i].type != FT_SEALED && !field_same(&k->fields[i], old, rec))
			buf_printf(&fields, "%s%s", fields.n > 0 ? "," : "", k->fields[i].name);
	TRY(kind_rewrite_tx(cx, tx, k, rec));
	return h->version == was.version ? RC_OK
					 : put_step(cx, tx, j->id,
					       &(struct merge_step){ k->name, fields.p, was.id,
						   was.version, h->version });
}

/* ---- sealed values ---- */

int
person_sealed_plain(struct ctx *cx, const struct kind *k, int64_t id, int64_t person,
    const char *field, const char **out)
{
	AUTO_ROWS r = { 0 };
	struct slice box = { 0 }, plain;

	*out = NULL;
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena, "SELECT %s FROM %s WHERE id = $1", field, k->name),
	    VALS(v_int(id))));
	if (rows_next(&r) && !row_null(&r, 0)) {
		struct slice s = row_slice(&r, 0);

		box = (struct slice){ arena_copy(cx->arena, s.p, s.n), s.n };
	}
	TRY(rows_end(&r));
	if (box.p == NULL)
		return RC_OK;
	TRY(vault_unseal(cx, person,
	    arena_printf(cx->arena, "%s.%s:%lld", k->name, field, (long long)id), box, &plain));
	*out = arena_strn(cx->arena, plain.p, plain.n);
	return RC_OK;
}

static struct sealed
sealed_as(const char *plain)
{
	return plain == NULL ? (struct sealed){ .clear = true } : (struct sealed){ .fresh = plain };
}

/* One of the two has an IIN at most, so the exchange moves it; it leaves the one row before it stands
 * in the other (a unique index). */
int
merge_exchange_iin(struct ctx *cx, struct tx *tx, int64_t one, int64_t two)
{
	struct person p[2];
	const char *iin[2];
	int i, first;

	TRY(kind_load(cx, &person_kind, one, &p[0]));
	TRY(kind_load(cx, &person_kind, two, &p[1]));
	for (i = 0; i < 2; i++)
		TRY(person_sealed_plain(
		    cx, &person_kind, p[i].rec.id, p[i].rec.id, "iin", &iin[i]));
	if (iin[0] != NULL && iin[1] != NULL)
		return fail(cx, RC_RULE, N_("Both records hold an IIN."));
	first = iin[0] != NULL ? 0 : 1;
	for (i = 0; i < 2; i++) {
		struct person *q = &p[i == 0 ? first : 1 - first];

		q->iin = sealed_as(i == 0 ? NULL : iin[first]);
		if (i == 1 && iin[first] == NULL)
			continue;
		TRY(kind_rewrite_tx(cx, tx, &person_kind, q));
	}
	return RC_OK;
}

static int
ethnicity_row(struct ctx *cx, int64_t person, struct ethnicity *e)
{
	int64_t id;

	e->rec.id = 0;
	switch (
	    db_int(cx, &id, "SELECT id FROM ethnicity WHERE person = $1", VALS(v_int(person)))) {
	case RC_OK:
		return kind_load(cx, &ethnicity_kind, id, e);
	case RC_NOTFOUND:
		return RC_OK;
	default:
		return cx->err.rc != RC_OK ? cx->err.rc : RC_STORAGE;
	}
}

int
merge_exchange_declared(struct ctx *cx, struct tx *tx, int64_t one, int64_t two)
{
	struct ethnicity e[2], was[2];
	const char *plain[2];
	int i;

	TRY(ethnicity_row(cx, one, &e[0]));
	TRY(ethnicity_row(cx, two, &e[1]));
	if (e[0].rec.id == 0 || e[1].rec.id == 0)
		return RC_OK;
	for (i = 0; i < 2; i++) {
		was[i] = e[i];
		TRY(person_sealed_plain(
		    cx, &ethnicity_kind, e[i].rec.id, e[i].person, "declared", &plain[i]));
	}
	for (i = 0; i < 2; i++) {
		e[i].declared = sealed_as(plain[1 - i]);
		e[i].consent_day = was[1 - i].consent_day;
		e[i].consent_document = was[1 - i].consent_document;
		TRY(kind_rewrite_tx(cx, tx, &ethnicity_kind, &e[i]));
	}
	return RC_OK;
}

/* ---- rules of the kinds of this module ---- */

int
person_join_ids(struct ctx *cx, const struct kind *k, const char *field, int64_t person,
    int64_t **out, size_t *n)
{
	return kind_ids(cx,
	    arena_printf(cx->arena, "SELECT id FROM %s WHERE %s = $1 ORDER BY id", k->name, field),
	    person, out, n);
}

/* Days as members of bodies and holders of offices have them, for one rule of both. */
struct stint {
	const struct kind *kind;
	void *rec;
	int64_t *person, *joined_into;
	int *from, *to;
	const char **reason, **document, **note; /* note NULL = the kind has none */
	bool (*alike)(const void *a, const void *b);
};

static bool
same_seat(const void *a, const void *b)
{
	const struct membership *x = a, *y = b;

	return x->body == y->body && strcmp(x->role, y->role) == 0;
}

static bool
same_office(const void *a, const void *b)
{
	return ((const struct office_holder *)a)->office ==
	       ((const struct office_holder *)b)->office;
}

static int
load_stint(struct ctx *cx, const struct kind *k, int64_t id, struct stint *s)
{
	s->kind = k;
	s->rec = arena_alloc(cx->arena, k->size);
	TRY(kind_load(cx, k, id, s->rec));
	if (k == &membership_kind) {
		struct membership *m = s->rec;

		*s = (struct stint){ k, m, &m->person, &m->joined_into, &m->from_day, &m->to_day,
			&m->end_reason, &m->document, &m->note, same_seat };
	} else {
		struct office_holder *h = s->rec;

		*s = (struct stint){ k, h, &h->person, &h->joined_into, &h->from_day, &h->to_day,
			&h->end_reason, &h->document, NULL, same_office };
	}
	return RC_OK;
}

static bool
blank(const char *s)
{
	return s == NULL || *s == '\0';
}

static bool
overlap(const struct stint *a, const struct stint *b)
{
	return *a->joined_into == 0 && *b->joined_into == 0 && a->alike(a->rec, b->rec) &&
	       (*a->to == 0 || *a->to > *a->from) && (*b->to == 0 || *b->to > *b->from) &&
	       (*a->to == 0 || *b->from < *a->to) && (*b->to == 0 || *a->from < *b->to);
}

/* RULE person-5: overlapping days of one person in the same body and role, or office, become one: from
 * the earlier day until the later end (none if either goes on), with the reason of that end; the
 * document is that of the later beginning. The other keeps no day and says where it went. */
static int
fold_stint(
    struct ctx *cx, struct tx *tx, struct person_join *j, struct stint *keep, struct stint *gone)
{
	bool later = *gone->from > *keep->from;

	if (*keep->to != 0 && (*gone->to == 0 || *gone->to > *keep->to)) {
		*keep->to = *gone->to;
		*keep->reason = *gone->reason;
	}
	if (!blank(*gone->document) && (later || blank(*keep->document)))
		*keep->document = *gone->document;
	if (keep->note != NULL && blank(*keep->note))
		*keep->note = *gone->note;
	if (!later)
		*keep->from = *gone->from;
	*gone->to = *gone->from;
	*gone->joined_into = ((struct rec *)keep->rec)->id;
	return person_join_rewrite(cx, tx, j, gone->kind, gone->rec);
}

static int
load_stints(struct ctx *cx, const struct kind *k, int64_t person, struct stint **out, size_t *n)
{
	int64_t *ids;
	size_t i;

	TRY(person_join_ids(cx, k, "person", person, &ids, n));
	*out = arena_array(cx->arena, struct stint, *n + 1);
	for (i = 0; i < *n; i++)
		TRY(load_stint(cx, k, ids[i], &(*out)[i]));
	return RC_OK;
}

/* Those that overlap with one that stays are folded into it, and what then overlaps with that one too;
 * the others change their person. */
static int
join_stints(struct ctx *cx, struct tx *tx, struct person_join *j, const struct kind *k)
{
	struct stint *mine, *theirs, *keep;
	size_t n, m, i, h;

	TRY(load_stints(cx, k, j->stays, &mine, &n));
	TRY(load_stints(cx, k, j->leaves, &theirs, &m));
	for (i = 0; i < m; i++) {
		keep = NULL;
		if (*theirs[i].joined_into != 0)
			continue; /* folded by an earlier join: it stays where it is */
		for (h = 0; h < n && keep == NULL; h++)
			if (overlap(&mine[h], &theirs[i]))
				keep = &mine[h];
		if (keep == NULL) {
			*theirs[i].person = j->stays;
			TRY(person_join_rewrite(cx, tx, j, k, theirs[i].rec));
			continue;
		}
		TRY(fold_stint(cx, tx, j, keep, &theirs[i]));
		for (h = 0; h < n; h++)
			if (&mine[h] != keep && overlap(keep, &mine[h])) {
				TRY(fold_stint(cx, tx, j, keep, &mine[h]));
				h = (size_t)-1; /* longer now: look at all again */
			}
		/* Last, since an index lets no second one be open. */
		TRY(person_join_rewrite(cx, tx, j, k, keep->rec));
	}
	return RC_OK;
}

static int
join_memberships(struct ctx *cx, struct tx *tx, struct person_join *j)
{
	return join_stints(cx, tx, j, &membership_kind);
}

static int
join_offices(struct ctx *cx, struct tx *tx, struct person_join *j)
{
	return join_stints(cx, tx, j, &office_holder_kind);
}

/* The day on which a declaration was last spoken for: its consent, or its withdrawal. */
static int
spoken(const struct ethnicity *e)
{
	return e->declared.present ? e->consent_day : day_of_moment(e->rec.changed_at);
}

/* RULE person-8: the newer consent stands, and a newer withdrawal; what was declared is never shown in
 * between. */
static int
join_ethnicities(struct ctx *cx, struct tx *tx, struct person_join *j)
{
	struct ethnicity mine, theirs;
	const char *plain;

	TRY(ethnicity_row(cx, j->stays, &mine));
	TRY(ethnicity_row(cx, j->leaves, &theirs));
	if (theirs.rec.id == 0)
		return RC_OK;
	if (mine.rec.id == 0) {
		TRY(person_sealed_plain(
		    cx, &ethnicity_kind, theirs.rec.id, j->leaves, "declared", &plain));
		theirs.person = j->stays;
		theirs.declared.fresh = plain;
		return person_join_rewrite(cx, tx, j, &ethnicity_kind, &theirs);
	}
	if (spoken(&theirs) <= spoken(&mine))
		return RC_OK;
	TRY(merge_exchange_declared(cx, tx, j->stays, j->leaves));
	return put_exchange(cx, tx, j->id, &ethnicity_kind, &theirs.rec, "=declared");
}

const struct person_link registry_links[] = {
	{ &membership_kind, "person", join_memberships, cut_memberships },
	{ &office_holder_kind, "person", join_offices, cut_offices },
	{ &ethnicity_kind, "person", join_ethnicities, cut_ethnicities },
	{ &account_kind, "person", NULL, cut_accounts }, /* who signs in stays who signs in */
};
const size_t registry_nlinks = ARRAY_LEN(registry_links);

/* ---- the join ---- */

const char *const person_merge_fields[] = { "surname", "given", "patronymic", "latin_surname",
	"latin_given", "birth_day", "sex", "body", "district", "address", "phone", "email", "lang",
	"note", NULL };

static bool
offered(const char *name)
{
	const char *const *p;

	for (p = person_merge_fields; *p != NULL; p++)
		if (strcmp(*p, name) == 0)
			return true;
	return false;
}

static int
take_fields(
    struct ctx *cx, const struct person_merge_in *in, const struct person *from, struct person *to)
{
	const char *const *p;

	for (p = in->take; p != NULL && *p != NULL; p++) {
		const struct field *f = kind_field(&person_kind, *p);

		if (f == NULL || !offered(*p)) {
			fail_field(cx, *p, N_("This field does not exist or cannot be set here."));
			return RC_INVALID;
		}
		field_copy(f, from, to);
	}
	return RC_OK;
}

/* RULE person-6: an IIN belongs to one person. Two different ones are never joined; one moves along,
 * sealed anew under the key of the record that stays. */
static int
join_iin(struct ctx *cx, struct tx *tx, struct person_join *j, const struct person *stays,
    const struct person *leaves)
{
	if (stays->iin.present && leaves->iin.present)
		return fail(cx, RC_RULE,
		    N_("The two records hold different IINs. If it is one person, clear the wrong "
		       "IIN first."));
	if (!leaves->iin.present)
		return RC_OK;
	TRY(merge_exchange_iin(cx, tx, j->stays, j->leaves));
	return put_exchange(cx, tx, j->id, &person_kind, &leaves->rec, "=iin");
}

static int
check_pair(struct ctx *cx, const struct person_merge_in *in, const struct person *stays,
    const struct person *leaves)
{
	if (stays->erased_on != 0 || leaves->erased_on != 0)
		return fail(cx, RC_RULE, N_("This record was erased."));
	if (leaves->merged_into != 0)
		return fail(cx, RC_RULE, N_("This record was joined with another one already."));
	if (stays->merged_into != 0)
		return fail(cx, RC_RULE,
		    N_("The other record was itself joined with a third one; join with that one."));
	if (stays->rec.version != in->stays_version || leaves->rec.version != in->leaves_version)
		return fail(cx, RC_CONFLICT,
		    N_("Somebody else saved this record in between. Compare and save again."));
	return RC_OK;
}

static int
join_fields(struct ctx *cx, struct tx *tx, const struct person_merge_in *in, struct person_join *j,
    const struct person *leaves)
{
	struct person p, was;

	TRY(kind_load(cx, &person_kind, j->stays, &p));
	was = p;
	TRY(take_fields(cx, in, leaves, &p));
	TRY(kind_check(cx, &person_kind, &was, &p));
	return person_join_rewrite(cx, tx, j, &person_kind, &p);
}

/* Every record that names the leaving person names the staying one. */
static int
follow(struct ctx *cx, struct tx *tx, const struct person_link *l, struct person_join *j)
{
	const struct field *f = kind_field(l->kind, l->field);
	int64_t *ids;
	size_t n, i;

	TRY(person_join_ids(cx, l->kind, l->field, j->leaves, &ids, &n));
	for (i = 0; i < n; i++) {
		void *rec = arena_alloc(cx->arena, l->kind->size);

		TRY(kind_load(cx, l->kind, ids[i], rec));
		*(int64_t *)field_at_rw(f, rec) = j->stays;
		TRY(person_join_rewrite(cx, tx, j, l->kind, rec));
	}
	return RC_OK;
}

static int
join_links(struct ctx *cx, struct tx *tx, struct person_join *j)
{
	const struct person_link *l;
	size_t i;

	for (i = 0; (l = person_link_nth(i)) != NULL; i++)
		TRY(l->join != NULL ? l->join(cx, tx, j) : follow(cx, tx, l, j));
	return RC_OK;
}

/* RULE person-4: one record stays, the other leaves all lists and keeps its own history; everything that
 * hangs on it goes over; all of it or nothing. */
static int
merge_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct person_merge_in *in = arg;
	struct person_join j = { .stays = in->stays, .leaves = in->leaves };
	struct person stays, leaves;

	TRY(kind_get(cx, &person_kind, in->stays, &stays));
	TRY(kind_get(cx, &person_kind, in->leaves, &leaves));
	TRY(check_pair(cx, in, &stays, &leaves));
	TRY(tx_int(cx, tx, &j.id,
	    "INSERT INTO person_merge (stays, leaves, at, account) VALUES ($1, $2, $3, $4) "
	    "RETURNING "
	    "id",
	    VALS(v_int(j.stays), v_int(j.leaves), v_int(cx->now), v_int(cx->actor->account))));
	TRY(join_iin(cx, tx, &j, &stays, &leaves));
	TRY(join_fields(cx, tx, in, &j, &leaves));
	TRY(join_links(cx, tx, &j));
	TRY(kind_load(cx, &person_kind, j.leaves, &leaves));
	leaves.merged_into = j.stays;
	TRY(person_join_rewrite(cx, tx, &j, &person_kind, &leaves));
	TRY(audit_tx(cx, tx, "merge", person_kind.name, j.stays,
	    arena_printf(cx->arena, "person %lld", (long long)j.leaves)));
	return audit_tx(cx, tx, "merge", person_kind.name, j.leaves, "merged_into");
}

int64_t
merge_hot_key(int64_t id)
{
	return (int64_t)kind_number(&person_kind) << 48 | id;
}

int
person_merge(struct ctx *cx, const struct person_merge_in *in)
{
	struct person_merge_in copy = *in;
	int64_t keys[2] = { merge_hot_key(in->stays), merge_hot_key(in->leaves) };

	if (!may(cx, CAP_PEOPLE_MERGE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	if (in->stays == in->leaves)
		return fail(cx, RC_RULE, N_("A record cannot be joined with itself."));
	return db_write_keys(cx, keys, 2, merge_fn, &copy);
}
