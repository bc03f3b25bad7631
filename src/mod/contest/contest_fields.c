/* contest_fields.c – what the records of a contest must be: filled in, and checked field by field. */
#include "mod/contest/contest_inner.h"

static bool
blank(const char *s)
{
	return s == NULL || *s == '\0';
}

static bool
is(const char *code, const char *wanted)
{
	return code != NULL && strcmp(code, wanted) == 0;
}

/* ---- the contest ---- */

int
contest_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct contest *c = rec;

	(void)cx;
	if (old == NULL)
		c->state = "draft";
	return RC_OK;
}

/* RULE contest-1 */
int
contest_check_fixed(struct ctx *cx, const void *old, const void *rec)
{
	static const char *const fixed[] = { "min_score", "max_score", "tie_rule", "decides",
		"blind" };
	const struct contest *was = old, *c = rec;
	size_t i;

	if (c->min_score != INT_NONE && c->max_score != INT_NONE && c->max_score <= c->min_score)
		fail_field(cx, "max_score", N_("The highest points must lie above the lowest."));
	if (was == NULL || contest_stage(was->state) < STAGE_JUDGING)
		return RC_OK;
	for (i = 0; i < ARRAY_LEN(fixed); i++)
		if (!field_same(kind_field(&contest_kind, fixed[i]), was, c))
			fail_field(cx, fixed[i], N_("This is fixed: the jury has begun."));
	return RC_OK;
}

int
age_group_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct age_group *g = rec;

	(void)old;
	if (g->from_age != INT_NONE && g->to_age != INT_NONE && g->to_age < g->from_age)
		fail_field(cx, "to_age", N_("The end lies before the beginning."));
	return RC_OK;
}

/* ---- entries ---- */

int64_t
age_on(int64_t birth, int day)
{
	return birth == 0 ? INT_NONE : (day - birth) / 10000;
}

/* Age of the entrant on the event's first day; INT_NONE = not known. */
static int
entrant_age(struct ctx *cx, const struct contest_entry *e, int64_t *age)
{
	AUTO_ROWS r = { 0 };

	*age = INT_NONE;
	if (e->person == 0)
		return RC_OK;
	TRY(db_rows(cx, &r,
	    "SELECT p.birth_day, ev.first_day FROM person p, contest c JOIN event ev ON ev.id = "
	    "c.event WHERE p.id = $1 AND c.id = $2",
	    VALS(v_int(e->person), v_int(e->contest))));
	if (rows_next(&r))
		*age = age_on(row_int(&r, 0), (int)row_int(&r, 1));
	return rows_end(&r);
}

static bool
fits(const struct age_group *g, int64_t age)
{
	return (g->from_age == INT_NONE || age >= g->from_age) &&
	       (g->to_age == INT_NONE || age <= g->to_age);
}

/* The only group that fits the age; 0 = none or several. */
static int
group_by_age(struct ctx *cx, const struct contest_entry *e, int64_t *out)
{
	int64_t age, *ids;
	size_t n, i;

	*out = 0;
	TRY(entrant_age(cx, e, &age));
	if (age == INT_NONE)
		return RC_OK;
	TRY(kind_ids(
	    cx, "SELECT id FROM age_group WHERE contest = $1 ORDER BY id", e->contest, &ids, &n));
	for (i = 0; i < n; i++) {
		struct age_group g;

		TRY(kind_load(cx, &age_group_kind, ids[i], &g));
		if (!fits(&g, age))
			continue;
		if (*out != 0) {
			*out = 0;
			return RC_OK;
		}
		*out = ids[i];
	}
	return RC_OK;
}

int
contest_entry_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct contest_entry *e = rec;
	int rc;

	if (old == NULL && e->contest != 0)
		TRY(db_int(cx, &e->number,
		    "SELECT coalesce(max(number), 0) + 1 FROM contest_entry WHERE contest = $1",
		    VALS(v_int(e->contest))));
	if (!is(e->type, "person"))
		return RC_OK;
	if (e->age_group == 0 && e->contest != 0)
		TRY(group_by_age(cx, e, &e->age_group));
	if (e->body == 0 && e->person != 0) {
		rc = db_int(
		    cx, &e->body, "SELECT body FROM person WHERE id = $1", VALS(v_int(e->person)));
		if (rc != RC_OK && rc != RC_NOTFOUND)
			return rc;
	}
	return RC_OK;
}

static void
check_who(struct ctx *cx, const struct contest_entry *e)
{
	bool person = is(e->type, "person"), team = is(e->type, "team");

	if (person && e->person == 0)
		fail_field(cx, "person", N_("Choose the person who takes part."));
	if (!person && e->person != 0)
		fail_field(cx, "person", N_("A person is named only where one person takes part."));
	if (team && blank(e->team))
		fail_field(cx, "team", N_("The team needs a name."));
	if (!team && !blank(e->team))
		fail_field(cx, "team", N_("A team is named only where a team takes part."));
	if (is(e->type, "body") && e->body == 0)
		fail_field(cx, "body", N_("Choose the body that takes part."));
}

/* A nomination or age group of this contest, if it has any. */
static int
check_class(struct ctx *cx, const struct contest_entry *e, const struct kind *k, bool needed)
{
	const char *field = k->name;
	int64_t id = k == &nomination_kind ? e->nomination : e->age_group, n;

	TRY(db_int(cx, &n,
	    arena_printf(cx->arena,
		"SELECT count(*) FROM %s WHERE contest = $1 AND ($2 = 0 OR id = $2)", k->name),
	    VALS(v_int(e->contest), v_int(id))));
	if (id != 0 && n == 0)
		fail_field(cx, field, N_("This belongs to another contest."));
	if (id == 0 && n > 0 && needed)
		fail_field(cx, field, N_("Choose one: this contest has several."));
	return RC_OK;
}

static int
check_age(struct ctx *cx, const struct contest_entry *e)
{
	struct age_group g;
	int64_t age;

	if (e->age_group == 0)
		return RC_OK;
	TRY(entrant_age(cx, e, &age));
	TRY(kind_load(cx, &age_group_kind, e->age_group, &g));
	if (age != INT_NONE && !fits(&g, age))
		fail_field(cx, "age_group",
		    N_("On the first day of the event this person does not have the age of the "
		       "group."));
	return RC_OK;
}

static int
check_once(struct ctx *cx, const struct contest_entry *e)
{
	int64_t other;
	int rc;

	if (e->person == 0)
		return RC_OK;
	rc = db_int(cx, &other,
	    "SELECT number FROM contest_entry WHERE contest = $1 AND person = $2 AND id <> $3 AND "
	    "coalesce(nomination, 0) = $4 AND withdrawn_on IS NULL ORDER BY id LIMIT 1",
	    VALS(v_int(e->contest), v_int(e->person), v_int(e->rec.id), v_int(e->nomination)));
	if (rc == RC_OK)
		fail_field(cx, "person",
		    N_("This person takes part in this nomination already (entry %s)."),
		    num(cx, other));
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* RULE contest-4: nobody judges where he takes part. */
static int
check_not_juror(struct ctx *cx, int64_t contest, int64_t person)
{
	int64_t one;
	int rc;

	if (person == 0)
		return RC_OK;
	rc = db_int(cx, &one,
	    "SELECT id FROM juror WHERE contest = $1 AND person = $2 AND ended = 0 LIMIT 1",
	    VALS(v_int(contest), v_int(person)));
	if (rc == RC_OK)
		fail_field(cx, "person", N_("This person sits on the jury of this contest."));
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static int
check_standing(struct ctx *cx, int64_t person)
{
	struct person p;

	if (person == 0)
		return RC_OK;
	TRY(kind_load(cx, &person_kind, person, &p));
	if (p.merged_into != 0 || p.erased_on != 0)
		fail_field(cx, "person", N_("Choose the record that stands."));
	return RC_OK;
}

int
contest_entry_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct contest_entry *e = rec;

	(void)old;
	check_who(cx, e);
	if (e->contest == 0 || fields_rc(cx) != RC_OK)
		return RC_OK;
	TRY(check_standing(cx, e->person));
	TRY(check_class(cx, e, &nomination_kind, true));
	TRY(check_class(cx, e, &age_group_kind, e->person != 0));
	if (fields_rc(cx) != RC_OK)
		return RC_OK;
	TRY(check_age(cx, e));
	TRY(check_once(cx, e));
	return check_not_juror(cx, e->contest, e->person);
}

int
contest_member_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct contest_member *m = rec;
	struct contest_entry e;
	int64_t one;
	int rc;

	if (m->entry == 0 || m->person == 0 || m->ended)
		return RC_OK;
	TRY(kind_load(cx, &contest_entry_kind, m->entry, &e));
	if (!is(e.type, "team"))
		fail_field(cx, "entry", N_("Only a team has members."));
	TRY(check_standing(cx, m->person));
	TRY(check_not_juror(cx, e.contest, m->person));
	rc = db_int(cx, &one,
	    "SELECT id FROM contest_member WHERE entry = $1 AND person = $2 AND ended = 0 AND id "
	    "<> $3",
	    VALS(v_int(m->entry), v_int(m->person), v_int(m->rec.id)));
	if (rc == RC_OK && old == NULL)
		fail_field(cx, "person", N_("This person is in the team already."));
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* ---- the jury ---- */

static int
check_juror_once(struct ctx *cx, const struct juror *j)
{
	int64_t n;

	TRY(db_int(cx, &n,
	    "SELECT count(*) FROM juror WHERE contest = $1 AND person = $2 AND ended = 0 AND id <> "
	    "$3",
	    VALS(v_int(j->contest), v_int(j->person), v_int(j->rec.id))));
	if (n > 0 && !j->ended)
		fail_field(cx, "person", N_("This person sits on the jury of this contest."));
	TRY(db_int(cx, &n,
	    "SELECT count(*) FROM juror WHERE contest = $1 AND chair = 1 AND ended = 0 AND id <> "
	    "$2",
	    VALS(v_int(j->contest), v_int(j->rec.id))));
	if (n > 0 && j->chair && !j->ended)
		fail_field(cx, "chair", N_("The jury has a chair already."));
	return RC_OK;
}

int
juror_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct juror *j = rec;
	int64_t n;

	if (j->contest == 0 || j->person == 0)
		return RC_OK;
	TRY(check_juror_once(cx, j));
	if (old != NULL)
		return RC_OK;
	TRY(check_standing(cx, j->person));
	TRY(db_int(cx, &n,
	    "SELECT count(*) FROM contest_entry e WHERE e.contest = $1 AND e.withdrawn_on IS NULL "
	    "AND "
	    "(e.person = $2 OR EXISTS (SELECT 1 FROM contest_member m WHERE m.entry = e.id AND "
	    "m.person = $2 AND m.ended = 0))",
	    VALS(v_int(j->contest), v_int(j->person))));
	if (n > 0)
		fail_field(cx, "person", N_("This person takes part in this contest."));
	return RC_OK;
}

int
juror_conflict_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct juror_conflict *k = rec;
	int named = (k->entry != 0) + (k->body != 0) + (k->person != 0);
	int64_t n;

	if (old == NULL && named != 1)
		fail_field(cx, "entry", N_("Name one: an entry, a body or a person."));
	if (is(k->decision, "allowed") && blank(k->note))
		fail_field(cx, "note", N_("Say why the juror may score all the same."));
	if (old != NULL || k->entry == 0 || k->juror == 0)
		return RC_OK;
	TRY(db_int(cx, &n,
	    "SELECT count(*) FROM contest_entry e JOIN juror j ON j.contest = e.contest WHERE e.id "
	    "= "
	    "$1 AND j.id = $2",
	    VALS(v_int(k->entry), v_int(k->juror))));
	if (n == 0)
		fail_field(cx, "entry", N_("This belongs to another contest."));
	return RC_OK;
}
