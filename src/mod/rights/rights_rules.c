/* rights_rules.c – what a consent must be, who may write it, and what happens to it when records are
 * joined or erased. */
#include "mod/rights/rights_inner.h"

enum { FULL_AGE = 18 };

static bool
blank(const char *s)
{
	return s == NULL || *s == '\0';
}

/* ---- who ---- */

/* A consent is seen with its person: by those who see the person's record. */
void
consent_scope(struct ctx *cx, struct query *q)
{
	struct buf b;
	size_t i;

	person_unrestricted(cx, q, "consent.person");
	if (!actor_scoped(cx->actor))
		return;
	buf_init(&b, cx->arena, 0);
	buf_str(&b, "consent.person IN (SELECT p.id FROM person p WHERE p.body IN (0");
	for (i = 0; i < cx->actor->nscope; i++)
		buf_printf(&b, ",%lld", (long long)cx->actor->scope[i]);
	buf_str(&b, ") UNION SELECT m.person FROM membership m WHERE m.body IN (0");
	for (i = 0; i < cx->actor->nscope; i++)
		buf_printf(&b, ",%lld", (long long)cx->actor->scope[i]);
	buf_str(&b, "))");
	query_and(q, b.p, NO_VALS);
}

int
consent_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct consent *was = old, *c = rec;
	struct person p;
	int rc;

	if (was != NULL && was->person == 0)
		return fail(
		    cx, RC_RULE, N_("The person's record was erased; what is left only counts."));
	if (c->person == 0)
		return RC_OK; /* named by the kind */
	rc = kind_get(cx, &person_kind, c->person, &p);
	if (rc == RC_NOTFOUND) {
		fail_field(cx, "person", N_("There is no such record."));
		return RC_INVALID;
	}
	TRY(rc);
	if (!actor_in_scope(cx->actor, was != NULL ? was->body : p.body))
		return fail(cx, RC_DENIED,
		    N_("Another body keeps this person's record. Ask the secretariat to change "
		       "it."));
	if (old == NULL && (p.erased_on != 0 || p.merged_into != 0)) {
		fail_field(cx, "person", N_("Choose the record that stands."));
		return RC_INVALID;
	}
	return RC_OK;
}

/* ---- what ---- */

int
consent_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct consent *c = rec;
	int64_t body;
	int rc;

	if (old != NULL || c->person == 0)
		return RC_OK;
	rc = db_int(cx, &body, "SELECT body FROM person WHERE id = $1", VALS(v_int(c->person)));
	if (rc == RC_OK)
		c->body = body;
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* The whole years between two days. */
static int
age_on(int birth, int day)
{
	return (day - birth) / 10000;
}

/* RULE rights-7: a minor's consent is a parent's or a guardian's, by name. */
static int
check_giver(struct ctx *cx, const struct consent *c)
{
	bool self = c->given_by != NULL && strcmp(c->given_by, "self") == 0;
	int64_t birth;
	int rc = db_int(
	    cx, &birth, "SELECT birth_day FROM person WHERE id = $1", VALS(v_int(c->person)));

	if (rc != RC_OK)
		return rc == RC_NOTFOUND ? RC_OK : rc;
	if (self && birth != 0 && c->given_on != 0 && age_on((int)birth, c->given_on) < FULL_AGE)
		fail_field(cx, "given_by",
		    N_("The person was under age on that day: a parent or guardian consents."));
	if (!self && !c->representative.present && blank(c->representative.fresh))
		fail_field(cx, "representative", N_("Who consented for the person is needed."));
	if (self && (c->representative.present || !blank(c->representative.fresh)))
		fail_field(cx, "representative",
		    N_("A representative is named only where one consents for the person."));
	return RC_OK;
}

static int
check_second(struct ctx *cx, const struct consent *c)
{
	int64_t other;
	int rc = db_int(cx, &other,
	    "SELECT id FROM consent WHERE person = $1 AND purpose = $2 AND id <> $3"
	    " AND (withdrawn_on IS NULL OR withdrawn_on > $4) AND (until_day IS NULL OR until_day "
	    ">= "
	    "$4) AND ($5 = 0 OR given_on <= $5) ORDER BY id LIMIT 1",
	    VALS(v_int(c->person), v_text(c->purpose), v_int(c->rec.id), v_int(c->given_on),
		v_int(c->until_day)));

	if (rc == RC_OK)
		fail_field(cx, "purpose",
		    N_("A consent for this purpose holds on these days already (record %s). "
		       "Withdraw "
		       "that one first."),
		    num(cx, other));
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

int
consent_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct consent *c = rec;
	int real = day_of_moment(cx->now);

	if (c->until_day != 0 && c->until_day < c->given_on)
		fail_field(cx, "until_day", N_("The end lies before the beginning."));
	if (c->withdrawn_on != 0 && c->withdrawn_on < c->given_on)
		fail_field(cx, "withdrawn_on", N_("The end lies before the beginning."));
	if (c->given_on > (real > cx->today ? real : cx->today))
		fail_field(cx, "given_on", N_("This day has not come yet."));
	if (old != NULL || c->person == 0 || c->purpose == NULL || fields_rc(cx) != RC_OK)
		return RC_OK;
	TRY(check_giver(cx, c));
	return check_second(cx, c);
}

struct withdrawing {
	int64_t id, version;
	int day;
};

static int
withdraw_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct withdrawing *w = arg;
	struct consent c;

	TRY(kind_get(cx, &consent_kind, w->id, &c));
	if (c.withdrawn_on != 0)
		return fail(cx, RC_RULE, N_("This consent was withdrawn already."));
	c.rec.version = w->version;
	c.withdrawn_on = w->day;
	return kind_update_tx(cx, tx, &consent_kind, &c);
}

int
consent_withdraw(struct ctx *cx, int64_t id, int64_t version, int day)
{
	return db_write(cx, withdraw_fn, &(struct withdrawing){ id, version, day });
}

int
consent_holds(struct ctx *cx, int64_t person, const char *purpose, int day, bool *holds)
{
	int64_t one;
	int rc = db_int(cx, &one,
	    "SELECT 1 FROM consent WHERE person = $1 AND purpose = $2 AND given_on <= $3 AND"
	    " (withdrawn_on IS NULL OR withdrawn_on > $3) AND (until_day IS NULL OR until_day >= "
	    "$3)"
	    " LIMIT 1",
	    VALS(v_int(person), v_text(purpose), v_int(day)));

	*holds = rc == RC_OK;
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* ---- joined and erased ---- */

/* Of two that hold for one purpose the later given stands; the other ends where that one begins, so that
 * it still answers for its own days. A sealed name moves along, sealed anew. */
static int
end_overlap(struct ctx *cx, struct tx *tx, struct person_join *j, struct consent *c)
{
	struct consent o;
	int64_t *ids;
	size_t n, i;

	TRY(person_join_ids(cx, &consent_kind, "person", j->stays, &ids, &n));
	for (i = 0; i < n; i++) {
		struct consent *early;
		int from;

		TRY(kind_load(cx, &consent_kind, ids[i], &o));
		if (strcmp(o.purpose, c->purpose) != 0)
			continue;
		early = o.given_on <= c->given_on ? &o : c;
		from = o.given_on <= c->given_on ? c->given_on : o.given_on;
		if ((early->withdrawn_on != 0 && early->withdrawn_on <= from) ||
		    (early->until_day != 0 && early->until_day < from))
			continue;
		early->withdrawn_on = from;
		if (early == &o)
			TRY(person_join_rewrite(cx, tx, j, &consent_kind, &o));
	}
	return RC_OK;
}

int
join_consents(struct ctx *cx, struct tx *tx, struct person_join *j)
{
	int64_t *ids;
	size_t n, i;

	TRY(person_join_ids(cx, &consent_kind, "person", j->leaves, &ids, &n));
	for (i = 0; i < n; i++) {
		struct consent c;
		const char *plain;

		TRY(kind_load(cx, &consent_kind, ids[i], &c));
		TRY(person_sealed_plain(
		    cx, &consent_kind, ids[i], j->leaves, "representative", &plain));
		TRY(end_overlap(cx, tx, j, &c));
		c.person = j->stays;
		if (plain != NULL)
			c.representative.fresh = plain;
		TRY(person_join_rewrite(cx, tx, j, &consent_kind, &c));
	}
	return RC_OK;
}

/* It ends with the erasure and counts for its days; who it was and the text go. */
int
cut_consents(
    struct ctx *cx, struct tx *tx, const struct person_link *l, const struct person_erase *e)
{
	int64_t *ids;
	size_t n, i;

	TRY(person_join_ids(cx, l->kind, l->field, e->person, &ids, &n));
	for (i = 0; i < n; i++) {
		struct consent c;

		TRY(kind_load(cx, &consent_kind, ids[i], &c));
		if (c.withdrawn_on != 0 || (c.until_day != 0 && c.until_day < e->end))
			continue;
		c.withdrawn_on = c.given_on > e->end ? c.given_on : e->end;
		TRY(kind_rewrite_tx(cx, tx, &consent_kind, &c));
	}
	return person_cut_links(cx, tx, l, e);
}
