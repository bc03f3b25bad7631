/* registry_figures.c – the figures that bodies, memberships and the population table answer.
 *
 * Value and records come from one SELECT each. Figures of memberships share one: who is counted
 * stands in member_rules[], which the kept cells (registry_cells.c) read, too. Their rows name
 * persons, so they open to CAP_FIGURE_ROWS only, and to a leader only for a body of his scope (the
 * machinery asks); the values are public. Guests get totals by body. */
#include "kind/past.h"
#include "mod/registry/registry_inner.h"

const struct member_rule member_rules[] = {
	{ "eca_members", "eca", true, true, ROLE_BIT_MEMBER | ROLE_BIT_HONORARY },
	{ "eca_persons", "eca", true, false, ROLE_BIT_MEMBER | ROLE_BIT_HONORARY },
	{ "club_learners", "language_club", false, false, ROLE_BIT_LEARNER },
	{ "youth_members", "youth_rep", false, false, ROLE_BIT_MEMBER | ROLE_BIT_HONORARY },
};
const size_t nmember_rules = ARRAY_LEN(member_rules);

/* ---- pieces of SELECTs ---- */

struct parts {
	struct buf *sql;
	struct val *v;
	size_t *nv;
};

/* One more value; its number. */
static size_t
put_val(struct parts *p, int64_t i)
{
	p->v[*p->nv] = v_int(i);
	return ++*p->nv;
}

/* The bodies and districts that the question narrows to, as further tables of a WITH RECURSIVE. */
static void
put_filters(struct parts *p, const struct ask *a)
{
	if (a->body != 0)
		buf_printf(p->sql,
		    ", sub (id) AS (SELECT id FROM body WHERE id = $%zu UNION"
		    " SELECT b.id FROM body b JOIN sub ON b.parent = sub.id)",
		    put_val(p, a->body));
	if (a->district != 0)
		buf_printf(p->sql,
		    ", area (id) AS (SELECT id FROM district WHERE id = $%zu UNION"
		    " SELECT d.id FROM district d JOIN area ON d.parent = area.id)",
		    put_val(p, a->district));
}

static void
put_narrow(struct parts *p, const struct ask *a, const char *body, const char *district)
{
	if (a->body != 0)
		buf_printf(p->sql, " AND %s IN (SELECT id FROM sub)", body);
	if (a->district != 0)
		buf_printf(p->sql, " AND %s IN (SELECT id FROM area)", district);
}

/* counted (id, root): the bodies whose memberships a rule counts, and the body they belong to. */
static void
put_counted(struct parts *p, const struct member_rule *r)
{
	buf_printf(p->sql,
	    "WITH RECURSIVE counted (id, root) AS (SELECT b.id, b.id FROM body b"
	    " JOIN body_kind k ON k.id = b.kind WHERE k.code = '%s'",
	    r->kind);
	if (r->branches)
		buf_printf(p->sql,
		    " UNION SELECT b.id, c.root FROM body b JOIN body_kind k ON k.id = b.kind"
		    " JOIN counted c ON b.parent = c.id WHERE k.code = '%s_branch'",
		    r->kind);
	buf_char(p->sql, ')');
}

static void
put_roles(struct buf *sql, unsigned roles)
{
	static const char *const codes[] = { "member", "honorary", "learner" };
	const char *sep = "";
	size_t i;

	buf_str(sql, " m.role IN (");
	for (i = 0; i < ARRAY_LEN(codes); i++)
		if ((roles & 1u << i) != 0) {
			buf_printf(sql, "%s'%s'", sep, codes[i]);
			sep = ", ";
		}
	buf_char(sql, ')');
}

/* One row a person and root (or a person): the first of the memberships that make it count. */
static void
members_sql(const struct ask *a, const struct member_rule *r, struct parts *p)
{
	size_t on;

	put_counted(p, r);
	put_filters(p, a);
	on = put_val(p, a->on);
	buf_str(p->sql, " SELECT m.id AS id, m.from_day AS day, m.body AS body, 1 AS amount, '' AS "
			"basis, c.root AS dim"
			" FROM membership m JOIN counted c ON c.id = m.body WHERE m.id IN (SELECT "
			"min(m.id) FROM membership m"
			" JOIN counted c ON c.id = m.body JOIN body b ON b.id = m.body WHERE");
	put_roles(p->sql, r->roles);
	buf_printf(
	    p->sql, " AND m.from_day <= $%zu AND (m.to_day IS NULL OR m.to_day > $%zu)", on, on);
	put_narrow(p, a, "m.body", "b.district");
	if (a->dim_key != 0)
		buf_printf(p->sql, " AND c.root = $%zu", put_val(p, a->dim_key));
	buf_str(p->sql, r->per_root ? " GROUP BY coalesce(m.person, -m.id), c.root)"
				    : " GROUP BY coalesce(m.person, -m.id))");
}

static void
eca_members_sql(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	members_sql(a, &member_rules[0], &(struct parts){ sql, v, nv });
}

static void
eca_persons_sql(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	members_sql(a, &member_rules[1], &(struct parts){ sql, v, nv });
}

static void
club_learners_sql(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	members_sql(a, &member_rules[2], &(struct parts){ sql, v, nv });
}

static void
youth_members_sql(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	members_sql(a, &member_rules[3], &(struct parts){ sql, v, nv });
}

/* Learners of clubs and courses together, each person once, whoever was enrolled in the period. */
static void
language_learners_sql(
    struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	struct parts p = { sql, v, nv };
	size_t to;

	(void)cx;
	buf_str(sql, "WITH RECURSIVE one (id) AS (SELECT 1)");
	put_filters(&p, a);
	to = put_val(&p, a->to);
	buf_printf(sql,
	    " SELECT m.id AS id, m.from_day AS day, m.body AS body, 1 AS amount, '' AS basis, "
	    "m.body AS dim"
	    " FROM membership m WHERE m.id IN (SELECT min(m.id) FROM membership m JOIN body b ON "
	    "b.id = m.body"
	    " JOIN body_kind k ON k.id = b.kind WHERE k.code IN ('language_club', "
	    "'language_course')"
	    " AND m.role = 'learner' AND (m.to_day IS NULL OR m.to_day > m.from_day)"
	    " AND m.from_day <= $%zu AND (m.to_day IS NULL OR m.to_day > "
	    "$%zu)",
	    to, put_val(&p, a->from));
	put_narrow(&p, a, "m.body", "b.district");
	if (a->dim_key != 0)
		buf_printf(sql, " AND m.body = $%zu", put_val(&p, a->dim_key));
	buf_str(sql, " GROUP BY coalesce(m.person, -m.id))");
}

/* RULE registry-11: an association counts when it is of kind eca, founded and not closed, and its
 * standing on the day is a valid accreditation. */
static void
eca_count_sql(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	struct parts p = { sql, v, nv };
	size_t on;

	(void)cx;
	buf_str(sql, "WITH RECURSIVE one (id) AS (SELECT 1)");
	put_filters(&p, a);
	on = put_val(&p, a->on);
	buf_printf(sql,
	    " SELECT b.id AS id, s.from_day AS day, b.id AS body, 1 AS amount, '' AS basis, "
	    "b.district AS dim"
	    " FROM body b JOIN body_kind k ON k.id = b.kind JOIN accreditation s ON s.id = (SELECT "
	    "t.id"
	    " FROM accreditation t WHERE t.body = b.id AND t.from_day <= $%zu"
	    " AND t.state IN ('accredited', 'suspended', 'expired', 'excluded')"
	    " ORDER BY t.from_day DESC, t.id DESC LIMIT 1)"
	    " WHERE k.code = 'eca' AND (b.founded IS NULL OR b.founded <= $%zu) AND (b.closed IS "
	    "NULL OR b.closed > $%zu)"
	    " AND s.state = 'accredited' AND (s.valid_to IS NULL OR s.valid_to >= $%zu)",
	    on, on, on, on);
	put_narrow(&p, a, "b.id", "b.district");
	if (a->dim_key != 0)
		buf_printf(sql, " AND b.district = $%zu", put_val(&p, a->dim_key));
}

static void
bodies_sql(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	struct parts p = { sql, v, nv };
	size_t on;

	(void)cx;
	buf_str(sql, "WITH RECURSIVE one (id) AS (SELECT 1)");
	put_filters(&p, a);
	on = put_val(&p, a->on);
	buf_printf(sql,
	    " SELECT b.id AS id, b.founded AS day, b.id AS body, 1 AS amount, '' AS basis, b.kind "
	    "AS dim FROM body b"
	    " WHERE (b.founded IS NULL OR b.founded <= $%zu) AND (b.closed IS NULL OR b.closed > "
	    "$%zu)",
	    on, on);
	put_narrow(&p, a, "b.id", "b.district");
	if (a->dim_key != 0)
		buf_printf(sql, " AND b.kind = $%zu", put_val(&p, a->dim_key));
}

/* RULE registry-12: of each group the newest number up to the year of the day; groups with people,
 * without the answers "other" and "not stated". The table is the region's: no part of it is known. */
static void
ethnos_sql(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	struct parts p = { sql, v, nv };

	(void)cx;
	buf_printf(sql,
	    "SELECT p.id AS id, p.year * 10000 + 101 AS day, " FIGURE_NONE " AS body, 1 AS amount,"
	    " '' AS basis, " FIGURE_NONE
	    " AS dim FROM population p JOIN ethnic_group g ON g.id = p.ethnic_group"
	    " WHERE p.people > 0 AND g.special = 0 AND p.year = (SELECT max(q.year) FROM "
	    "population q"
	    " WHERE q.ethnic_group = p.ethnic_group AND q.year <= $%zu)",
	    put_val(&p, day_year(a->on)));
	if (a->body != 0 || a->district != 0)
		buf_str(sql, " AND 1 = 0");
}

static enum exactness
ethnos_exact(struct ctx *cx, const struct ask *a, int64_t *without)
{
	int64_t rows = 0;

	*without = 0;
	if (a->body != 0 || a->district != 0)
		return UNKNOWN;
	if (db_int(cx, &rows,
		past_sql(cx, a->known, "SELECT count(*) FROM population WHERE year <= $1"),
		VALS(v_int(day_year(a->on)))) != RC_OK)
		return UNKNOWN;
	return rows > 0 ? EXACT : UNKNOWN;
}

/* ---- the catalogue ---- */

#define WHY_MEMBERS                                                                            \
	N_("Who belongs to which body tells much about a person. The records are open to the " \
	   "secretariat, and to leaders for their own body; everybody sees the totals by body.")
#define UNIT_BODIES N_("bodies")
#define UNIT_PERSONS N_("people")

const struct figure eca_count_figure = {
	.code = "eca_count",
	.name = N_("Ethnocultural associations"),
	.definition = N_("Ethnocultural associations that are part of the Assembly on the day."),
	.rule = N_("Bodies of the kind “ethnocultural association” that exist on the day and whose "
		   "last standing up to it is a valid accreditation. An application under way "
		   "changes nothing; a suspension, an expiry or an exclusion does. Branches are "
		   "accredited on their own and not counted here."),
	.unit = UNIT_BODIES,
	.unit_code = "bodies",
	.shape = FIGURE_COUNT,
	.time = FIGURE_ON_DAY,
	.say = SAY_EXACT,
	.value_cap = CAP_PUBLIC,
	.rows_cap = CAP_PUBLIC,
	.kind = &body_kind,
	.records = eca_count_sql,
	.dim = "district",
	.dim_kind = &district_kind,
};
const struct figure eca_members_figure = {
	.code = "eca_members",
	.name = N_("Memberships in associations"),
	.definition = N_("Memberships in ethnocultural associations on the day. A person in two "
			 "associations is two memberships."),
	.rule = N_("Distinct pairs of person and association with a membership as member or "
		   "honorary member that began on or before the day and has not ended by it. "
		   "Members of a branch belong to its association, once. Offices without a "
		   "membership are not counted, nor is what an association declares of itself."),
	.unit = N_("memberships"),
	.unit_code = "memberships",
	.shape = FIGURE_COUNT,
	.time = FIGURE_ON_DAY,
	.say = SAY_EXACT,
	.value_cap = CAP_PUBLIC,
	.rows_cap = CAP_FIGURE_ROWS,
	.rows_why = WHY_MEMBERS,
	.kind = &membership_kind,
	.records = eca_members_sql,
	.persons = true,
	.dim = "body",
	.dim_kind = &body_kind,
	.kept = true,
};
const struct figure eca_persons_figure = {
	.code = "eca_persons",
	.name = N_("People in associations"),
	.definition = N_("People who are members of at least one ethnocultural association on the "
			 "day, each once."),
	.rule = N_("Distinct persons behind the memberships in associations: whoever belongs to "
		   "two is one person."),
	.unit = UNIT_PERSONS,
	.unit_code = "people",
	.shape = FIGURE_COUNT,
	.time = FIGURE_ON_DAY,
	.say = SAY_EXACT,
	.value_cap = CAP_PUBLIC,
	.rows_cap = CAP_FIGURE_ROWS,
	.rows_why = WHY_MEMBERS,
	.kind = &membership_kind,
	.records = eca_persons_sql,
	.persons = true,
	.kept = true,
};
const struct figure youth_members_figure = {
	.code = "youth_members",
	.name = N_("Members of the Assembly Youth"),
	.definition = N_("People who are members of the regional office of the Assembly Youth on "
			 "the day, each once."),
	.rule = N_("Distinct persons with a membership as member or honorary member in a body of "
		   "the kind “regional office of the Assembly Youth” that began on or before the "
		   "day and has not ended by it."),
	.unit = UNIT_PERSONS,
	.unit_code = "people",
	.shape = FIGURE_COUNT,
	.time = FIGURE_ON_DAY,
	.say = SAY_EXACT,
	.value_cap = CAP_PUBLIC,
	.rows_cap = CAP_FIGURE_ROWS,
	.rows_why = WHY_MEMBERS,
	.kind = &membership_kind,
	.records = youth_members_sql,
	.persons = true,
	.kept = true,
};
const struct figure club_learners_figure = {
	.code = "club_learners",
	.name = N_("Learners in conversation clubs"),
	.definition = N_("People enrolled in conversation clubs on the day, each once."),
	.rule = N_("Distinct persons with a membership as learner in a body of the kind "
		   "“conversation club” that began on or before the day and has not ended by it. "
		   "Learners of courses are counted apart."),
	.unit = UNIT_PERSONS,
	.unit_code = "people",
	.shape = FIGURE_COUNT,
	.time = FIGURE_ON_DAY,
	.say = SAY_OVER10,
	.value_cap = CAP_PUBLIC,
	.rows_cap = CAP_FIGURE_ROWS,
	.rows_why = WHY_MEMBERS,
	.kind = &membership_kind,
	.records = club_learners_sql,
	.persons = true,
	.kept = true,
};
const struct figure language_learners_figure = {
	.code = "language_learners",
	.name = N_("Learners of the language"),
	.definition = N_(
	    "People enrolled in conversation clubs and language courses in the period, each once."),
	.rule = N_("Distinct persons with a membership as learner in a conversation club or a "
		   "language course on any day of the period. Whoever learns in a club and in a "
		   "course is one person."),
	.unit = UNIT_PERSONS,
	.unit_code = "people",
	.shape = FIGURE_COUNT,
	.time = FIGURE_PERIOD,
	.say = SAY_EXACT,
	.value_cap = CAP_PUBLIC,
	.rows_cap = CAP_FIGURE_ROWS,
	.rows_why = WHY_MEMBERS,
	.kind = &membership_kind,
	.records = language_learners_sql,
	.persons = true,
};
const struct figure ethnos_present_figure = {
	.code = "ethnos_present",
	.name = N_("Ethnic groups in the region"),
	.definition =
	    N_("Ethnic groups of which people live in the region, by the population table."),
	.rule = N_("Groups whose newest number up to the year of the day is larger than zero. The "
		   "answers “other” and “not stated” are no groups. It comes from published "
		   "totals, never from records of people."),
	.unit = N_("groups"),
	.unit_code = "groups",
	.shape = FIGURE_COUNT,
	.time = FIGURE_ON_DAY,
	.say = SAY_OVER10,
	.value_cap = CAP_PUBLIC,
	.rows_cap = CAP_PUBLIC,
	.kind = &population_kind,
	.records = ethnos_sql,
	.exact = ethnos_exact,
};
const struct figure bodies_by_kind_figure = {
	.code = "bodies_by_kind",
	.name = N_("Bodies by kind"),
	.definition =
	    N_("Bodies that exist on the day: associations, councils, clubs, centres and others."),
	.rule = N_("Bodies founded on or before the day, or with an unknown day of foundation, and "
		   "not closed by it. Each has one kind."),
	.unit = UNIT_BODIES,
	.unit_code = "bodies",
	.shape = FIGURE_COUNT,
	.time = FIGURE_ON_DAY,
	.say = SAY_EXACT,
	.value_cap = CAP_PUBLIC,
	.rows_cap = CAP_PUBLIC,
	.kind = &body_kind,
	.records = bodies_sql,
	.dim = "kind",
	.dim_kind = &body_kind_kind,
};

const struct cell_source registry_cells = { "memberships", membership_emit };
