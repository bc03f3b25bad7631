/* registry_check.c – what the kinds of this module allow: scopes, checks across fields, defaults.
 *
 * A leader acts inside the own body and its branches only. To see: people whose record a body of the
 * scope keeps, or who have a membership in it. To change: people whose record it keeps, memberships
 * in it, and only with people that may be seen, so that nobody pulls a stranger's record into view by
 * enrolling him. Checks run inside the write and name field and reason. */
#include "kind/vault.h"
#include "mod/registry/registry_inner.h"

static bool
blank(const char *s)
{
	return s == NULL || *s == '\0';
}

/* ---- texts ---- */

const char *
kato_error(const char *code)
{
	if (strlen(code) != 9 || strspn(code, "0123456789") != 9)
		return N_("A KATO code has nine digits.");
	return NULL;
}

/* The later of the business day and the real one: a pinned day must not refuse today's papers. */
static int
last_day(const struct ctx *cx)
{
	int real = day_of_moment(cx->now);

	return real > cx->today ? real : cx->today;
}

/* ---- scope ---- */

void
scope_list(struct ctx *cx, struct buf *out)
{
	size_t i;

	buf_str(out, "(0");
	for (i = 0; i < cx->actor->nscope; i++)
		buf_printf(out, ",%lld", (long long)cx->actor->scope[i]);
	buf_char(out, ')');
}

static void
scope_cond(struct query *q, const char *before, const char *between, const char *after)
{
	struct buf b;

	if (!actor_scoped(q->cx->actor))
		return;
	buf_init(&b, q->cx->arena, 0);
	buf_str(&b, before);
	scope_list(q->cx, &b);
	if (between != NULL) {
		buf_str(&b, between);
		scope_list(q->cx, &b);
	}
	buf_str(&b, after);
	query_and(q, b.p, NO_VALS);
}

bool
person_hidden(const struct ctx *cx, const void *rec)
{
	const struct person *p = rec;

	return p->erased_on != 0 || (p->restricted_on != 0 && !may(cx, CAP_RIGHTS));
}

void
person_unrestricted(struct ctx *cx, struct query *q, const char *column)
{
	if (!may(cx, CAP_RIGHTS))
		query_and(q,
		    arena_printf(cx->arena,
			"%s IS NULL OR %s NOT IN (SELECT rp.id FROM person rp WHERE "
			"rp.restricted_on IS NOT NULL)",
			column, column),
		    NO_VALS);
}

void
ethnicity_scope(struct ctx *cx, struct query *q)
{
	person_unrestricted(cx, q, "ethnicity.person");
}

void
person_scope(struct ctx *cx, struct query *q)
{
	if (!may(cx, CAP_RIGHTS))
		query_and(q, "person.restricted_on IS NULL", NO_VALS);
	scope_cond(q, "person.body IN ",
	    " OR EXISTS (SELECT 1 FROM membership ms WHERE ms.person = person.id AND ms.body IN ",
	    ")");
}

void
membership_scope(struct ctx *cx, struct query *q)
{
	person_unrestricted(cx, q, "membership.person");
	scope_cond(q, "membership.body IN ", NULL, "");
}

void
office_holder_scope(struct ctx *cx, struct query *q)
{
	person_unrestricted(cx, q, "office_holder.person");
	scope_cond(
	    q, "office_holder.office IN (SELECT o.id FROM office o WHERE o.body IN ", NULL, ")");
}

/* RULE person-4: what was joined with another record stands in no list; its own page says where it went. */
void
person_listed(struct ctx *cx, struct query *q)
{
	(void)cx;
	query_and(q, "person.merged_into IS NULL AND person.erased_on IS NULL", NO_VALS);
}

void
membership_listed(struct ctx *cx, struct query *q)
{
	(void)cx;
	query_and(q, "membership.joined_into IS NULL", NO_VALS);
}

void
office_holder_listed(struct ctx *cx, struct query *q)
{
	(void)cx;
	query_and(q, "office_holder.joined_into IS NULL", NO_VALS);
}

static int
erased_already(struct ctx *cx)
{
	return fail(cx, RC_RULE, N_("The person's record was erased; what is left only counts."));
}

static int
joined_already(struct ctx *cx, int64_t into)
{
	return fail(cx, RC_RULE,
	    N_("This record was joined with record %s and no longer changes by itself."),
	    num(cx, into));
}

int
office_holder_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct office_holder *was = old;

	(void)rec;
	if (was != NULL && was->person == 0)
		return erased_already(cx);
	return was == NULL || was->joined_into == 0 ? RC_OK : joined_already(cx, was->joined_into);
}

/* A new membership or term names the record that stands. */
static int
check_person_stands(struct ctx *cx, int64_t person)
{
	int64_t into;
	int rc = db_int(cx, &into,
	    "SELECT coalesce(merged_into, 0) FROM person WHERE id = $1 AND (merged_into IS NOT "
	    "NULL OR"
	    " erased_on IS NOT NULL)",
	    VALS(v_int(person)));

	if (rc == RC_OK && into == 0)
		fail_field(cx, "person", N_("This record was erased."));
	else if (rc == RC_OK)
		fail_field(cx, "person",
		    N_("This record was joined with record %s: choose that one."), num(cx, into));
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* RULE registry-3: a leader changes only people whose record his own body or a branch keeps. */
int
person_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct person *was = old, *p = rec;
	struct person seen;

	if (was != NULL && was->erased_on != 0)
		return erased_already(cx);
	if (was != NULL && was->merged_into != 0)
		return joined_already(cx, was->merged_into);
	if (!actor_scoped(cx->actor))
		return RC_OK;
	if (was != NULL && !actor_in_scope(cx->actor, was->body)) {
		TRY(kind_get(cx, &person_kind, was->rec.id, &seen));
		return fail(cx, RC_DENIED,
		    N_("Another body keeps this person's record. Ask the secretariat to change "
		       "it."));
	}
	if (!actor_in_scope(cx->actor, p->body)) {
		fail_field(cx, "body",
		    N_("You may keep records for your own body and its branches only."));
		return RC_INVALID;
	}
	return RC_OK;
}

/* What the secretariat notes of a body is for the secretariat and for that body's leader. */
bool
body_inside(struct ctx *cx, const void *rec)
{
	return actor_in_scope(cx->actor, ((const struct body *)rec)->rec.id);
}

bool
accreditation_inside(struct ctx *cx, const void *rec)
{
	return actor_in_scope(cx->actor, ((const struct accreditation *)rec)->body);
}

int
membership_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct membership *was = old, *m = rec;
	struct person seen;
	int rc;

	if (was != NULL && was->person == 0)
		return erased_already(cx);
	if (was != NULL && was->joined_into != 0)
		return joined_already(cx, was->joined_into);
	if (!actor_scoped(cx->actor))
		return RC_OK;
	if (was != NULL && !actor_in_scope(cx->actor, was->body))
		return RC_NOTFOUND;
	if (!actor_in_scope(cx->actor, m->body)) {
		fail_field(cx, "body",
		    N_("You may keep records for your own body and its branches only."));
		return RC_INVALID;
	}
	rc = m->person == 0 ? RC_OK : kind_get(cx, &person_kind, m->person, &seen);
	if (rc == RC_NOTFOUND) {
		fail_field(cx, "person", N_("There is no such record."));
		return RC_INVALID;
	}
	return rc;
}

/* ---- people ---- */

/* The keyed mark of the IIN follows the IIN; a leader's new people belong to his own body. */
int
person_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct person *p = rec;

	if (old == NULL && p->body == 0 && actor_scoped(cx->actor))
		p->body = cx->actor->body;
	if (!blank(p->iin.fresh))
		p->iin_mac = iin_error(p->iin.fresh) == NULL
				 ? vault_mac_hex(cx->arena, VAULT_IIN, p->iin.fresh)
				 : NULL;
	else if (p->iin.clear || old == NULL)
		p->iin_mac = NULL;
	else
		p->iin_mac = ((const struct person *)old)->iin_mac;
	return RC_OK;
}

/* RULE registry-4: an IIN stands in one record only. Whose it is, is told to those who may see it. */
static int
check_iin_taken(struct ctx *cx, const struct person *p)
{
	struct person other;
	int64_t id;
	int rc = db_int(cx, &id, "SELECT id FROM person WHERE iin_mac = $1 AND id <> $2",
	    VALS(v_text(p->iin_mac), v_int(p->rec.id)));

	if (rc == RC_NOTFOUND)
		return RC_OK;
	TRY(rc);
	rc = kind_get(cx, &person_kind, id, &other);
	if (rc == RC_OK)
		fail_field(cx, "iin", N_("This IIN stands in the record of %s already."),
		    kind_title(cx, &person_kind, &other));
	else if (rc == RC_NOTFOUND)
		fail_field(cx, "iin",
		    N_("This IIN stands in another record already. Ask the secretariat."));
	else
		return rc;
	return RC_OK;
}

/* RULE registry-5: the day of birth and the sex agree with the IIN that is given. */
static void
check_iin_agrees(struct ctx *cx, const struct person *p)
{
	const char *s = p->iin.fresh;
	int century;

	if (blank(s) || iin_error(s) != NULL)
		return;
	century = s[6] - '0';
	if (p->birth_day != 0 && century != 0 &&
	    p->birth_day != (1800 + (century - 1) / 2 * 100) * 10000 + (s[0] - '0') * 100000 +
				(s[1] - '0') * 10000 + (s[2] - '0') * 1000 + (s[3] - '0') * 100 +
				(s[4] - '0') * 10 + (s[5] - '0'))
		fail_field(cx, "birth_day", N_("The IIN tells another day of birth."));
	if (!blank(p->sex) && century != 0 && (century % 2 == 1) != (strcmp(p->sex, "m") == 0))
		fail_field(cx, "sex", N_("The IIN tells the other sex."));
}

int
person_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct person *p = rec;

	(void)old;
	if (p->birth_day != 0 && day_valid(p->birth_day) &&
	    (p->birth_day > last_day(cx) || p->birth_day < 18800101))
		fail_field(cx, "birth_day", N_("The day of birth lies between 1880 and today."));
	if (!blank(p->email) && strchr(p->email, '@') == NULL)
		fail_field(cx, "email", N_("An e-mail address holds an @."));
	check_iin_agrees(cx, p);
	return p->iin_mac == NULL || blank(p->iin.fresh) ? RC_OK : check_iin_taken(cx, p);
}

/* "1968 · «Шатлық» … · Мәртөк ауданы": as far as the reader may know it. */
const char *
person_hint(struct ctx *cx, const void *rec)
{
	const struct person *p = rec;
	const char *body = "", *district = "";
	struct buf b;

	buf_init(&b, cx->arena, 0);
	if (p->birth_day != 0 && may(cx, CAP_SUBJECT_READ))
		buf_printf(&b, "%d", day_year(p->birth_day));
	if (p->body != 0 && kind_titles(cx, &body_kind, &p->body, 1, &body) == RC_OK &&
	    *body != '\0')
		buf_printf(&b, "%s%s", b.n > 0 ? " · " : "", body);
	if (p->district != 0 &&
	    kind_titles(cx, &district_kind, &p->district, 1, &district) == RC_OK &&
	    *district != '\0')
		buf_printf(&b, "%s%s", b.n > 0 ? " · " : "", district);
	return b.p;
}

int
ethnicity_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct ethnicity *e = rec;
	int64_t one;
	int rc;

	if (e->consent_day > last_day(cx))
		fail_field(cx, "consent_day", N_("This day has not come yet."));
	if (old == NULL && blank(e->declared.fresh))
		fail_field(cx, "declared", N_("This field is needed."));
	if (blank(e->declared.fresh))
		return RC_OK;
	rc = db_int(cx, &one, "SELECT 1 FROM ethnic_group WHERE code = $1",
	    VALS(v_text(e->declared.fresh)));
	if (rc == RC_NOTFOUND) {
		fail_field(cx, "declared", N_("There is no such group in the list."));
		return RC_OK;
	}
	return rc;
}

/* ---- bodies ---- */

static int
kind_code_of(struct ctx *cx, int64_t body, const char **code)
{
	int rc = db_text(cx, code,
	    "SELECT k.code FROM body b JOIN body_kind k ON k.id = b.kind WHERE b.id = $1",
	    VALS(v_int(body)));

	if (rc == RC_NOTFOUND)
		*code = "";
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* RULE registry-6: the tree of bodies has no circle, and a branch belongs to an association. */
static int
check_parent(struct ctx *cx, const struct body *b)
{
	const char *kind, *above = "";
	int64_t circles = 0;
	int rc;

	rc = db_text(cx, &kind, "SELECT code FROM body_kind WHERE id = $1", VALS(v_int(b->kind)));
	if (rc != RC_OK)
		return rc == RC_NOTFOUND ? RC_OK : rc; /* the field's own check names it */
	if (b->parent != 0)
		TRY(kind_code_of(cx, b->parent, &above));
	if (strcmp(kind, "eca_branch") == 0 && strcmp(above, "eca") != 0 &&
	    strcmp(above, "eca_branch") != 0)
		fail_field(cx, "parent",
		    N_("A branch is part of an ethnocultural association: choose it."));
	if (b->parent == 0 || b->rec.id == 0)
		return RC_OK;
	TRY(db_int(cx, &circles,
	    "WITH RECURSIVE up (id) AS (SELECT id FROM body WHERE id = $1 UNION"
	    " SELECT b.parent FROM body b JOIN up ON up.id = b.id WHERE b.parent IS NOT NULL)"
	    " SELECT count(*) FROM up WHERE id = $2",
	    VALS(v_int(b->parent), v_int(b->rec.id))));
	if (circles > 0)
		fail_field(
		    cx, "parent", N_("A body cannot be part of itself or of a body beneath it."));
	return RC_OK;
}

int
body_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct body *b = rec;

	(void)old;
	if (b->founded != 0 && b->closed != 0 && b->closed < b->founded)
		fail_field(cx, "closed", N_("A body cannot be closed before it was founded."));
	if (b->declared_members != INT_NONE && b->declared_on == 0)
		fail_field(cx, "declared_on",
		    N_("A declared number needs the day on which it was declared."));
	if (!blank(b->email) && strchr(b->email, '@') == NULL)
		fail_field(cx, "email", N_("An e-mail address holds an @."));
	return check_parent(cx, b);
}

int
body_group_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct body_group *g = rec;
	int64_t id;
	int rc;

	if (old != NULL)
		return RC_OK;
	rc = db_int(cx, &id, "SELECT id FROM body_group WHERE body = $1 AND ethnic_group = $2",
	    VALS(v_int(g->body), v_int(g->ethnic_group)));
	if (rc == RC_OK)
		fail_field(cx, "ethnic_group", N_("The body stands for this group already."));
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

int
accreditation_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct accreditation *a = rec;
	const char *kind = "";

	(void)old;
	if (a->valid_to != 0 && a->valid_to < a->from_day)
		fail_field(cx, "valid_to", N_("The end lies before the beginning."));
	if (a->body == 0)
		return RC_OK;
	TRY(kind_code_of(cx, a->body, &kind));
	if (*kind != '\0' && strcmp(kind, "eca") != 0 && strcmp(kind, "eca_branch") != 0)
		fail_field(cx, "body", N_("Only associations and their branches are accredited."));
	return RC_OK;
}

int
population_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct population *p = rec;
	int64_t id;
	int rc;

	if (old != NULL)
		return RC_OK;
	rc = db_int(cx, &id, "SELECT id FROM population WHERE ethnic_group = $1 AND year = $2",
	    VALS(v_int(p->ethnic_group), v_int(p->year)));
	if (rc == RC_OK)
		fail_field(
		    cx, "year", N_("The number of this group and year is on record already."));
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* ---- memberships and offices ---- */

static void
check_days(struct ctx *cx, int from, int to, const char *reason)
{
	if (to != 0 && to < from)
		fail_field(cx, "to_day", N_("The end lies before the beginning."));
	if (to != 0 && blank(reason))
		fail_field(cx, "end_reason", N_("An end needs its reason."));
	if (to == 0 && !blank(reason))
		fail_field(cx, "to_day", N_("A reason of the end needs the day of the end."));
}

/* RULE registry-7: no second membership of the same person, body and role at the same time. */
static int
check_second(struct ctx *cx, const struct membership *m)
{
	AUTO_ROWS r = { 0 };
	const char *role = option_label(cx, membership_roles, m->role);
	int64_t id;
	int from, to;

	TRY(db_rows(cx, &r,
	    "SELECT id, from_day, to_day FROM membership WHERE person = $1 AND body = $2 AND role "
	    "= $3 AND id <> $4"
	    " AND (to_day IS NULL OR (to_day > $5 AND to_day > from_day)) AND ($6 = 0 OR from_day "
	    "< $6)"
	    " ORDER BY from_day LIMIT 1",
	    VALS(v_int(m->person), v_int(m->body), v_text(m->role), v_int(m->rec.id),
		v_int(m->from_day), v_int(m->to_day))));
	if (!rows_next(&r))
		return rows_end(&r);
	id = row_int(&r, 0);
	from = (int)row_int(&r, 1);
	to = (int)row_int(&r, 2);
	TRY(rows_end(&r));
	if (to == 0)
		return fail(cx, RC_RULE,
		    N_("This person has been in this body as “%s” since %s (membership %s). End "
		       "that membership first."),
		    role, day_text(cx, from), num(cx, id));
	return fail(cx, RC_RULE,
	    N_("This person was in this body as “%s” from %s until %s (membership %s): the days "
	       "overlap."),
	    role, day_text(cx, from), day_text(cx, to), num(cx, id));
}

int
membership_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct membership *m = rec;
	int64_t closed = 0;
	int rc;

	check_days(cx, m->from_day, m->to_day, m->end_reason);
	if (fields_rc(cx) != RC_OK)
		return RC_OK;
	rc = old != NULL ? RC_OK
			 : db_int(cx, &closed, "SELECT closed FROM body WHERE id = $1",
			       VALS(v_int(m->body)));
	if (rc != RC_OK && rc != RC_NOTFOUND)
		return rc;
	if (closed != 0 && m->from_day >= closed) {
		fail_field(cx, "body", N_("The body was closed on %s."), day_text(cx, (int)closed));
		return RC_OK;
	}
	if (old == NULL)
		TRY(check_person_stands(cx, m->person));
	return check_second(cx, m);
}

/* RULE registry-8: an office has one holder at a time. */
int
office_holder_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct office_holder *h = rec;
	AUTO_ROWS r = { 0 };
	const char *name = "";
	int64_t person;
	int from;

	if (old == NULL)
		TRY(check_person_stands(cx, h->person));
	check_days(cx, h->from_day, h->to_day, h->end_reason);
	if (fields_rc(cx) != RC_OK)
		return RC_OK;
	TRY(db_rows(cx, &r,
	    "SELECT person, from_day FROM office_holder WHERE office = $1 AND id <> $2"
	    " AND (to_day IS NULL OR (to_day > $3 AND to_day > from_day)) AND ($4 = 0 OR from_day "
	    "< $4)"
	    " ORDER BY from_day LIMIT 1",
	    VALS(v_int(h->office), v_int(h->rec.id), v_int(h->from_day), v_int(h->to_day))));
	if (!rows_next(&r))
		return rows_end(&r);
	person = row_int(&r, 0);
	from = (int)row_int(&r, 1);
	TRY(rows_end(&r));
	TRY(kind_titles(cx, &person_kind, &person, 1, &name));
	return fail(cx, RC_RULE, N_("The office is held by %s since %s. End that first."), name,
	    day_text(cx, from));
}
