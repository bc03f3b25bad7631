/* registry_reads.c – see registry_reads.h. Read-only, each with a limit. */
#include "mod/registry/registry_reads.h"

#include "mod/registry/registry_inner.h"

enum { BODIES = 2000, FEW = 200 };

static const char *
text_or(const char *s)
{
	return s == NULL ? "" : s;
}

static struct text3
row_text3(const struct rows *r, int col)
{
	return (struct text3){ row_text(r, col), row_text(r, col + 1), row_text(r, col + 2) };
}

/* ---- all bodies ---- */

struct bodies {
	struct ctx *cx;
	struct body_row *v;
	size_t n;
	int on;
};

static struct body_row *
find(struct bodies *b, int64_t id)
{
	size_t i;

	for (i = 0; i < b->n; i++)
		if (b->v[i].id == id)
			return &b->v[i];
	return NULL;
}

static int
body_rows(struct bodies *b)
{
	AUTO_ROWS r = { 0 };
	const char *l = lang_code(b->cx->lang);

	TRY(db_rows(b->cx, &r,
	    arena_printf(b->cx->arena,
		"SELECT b.id, b.parent, b.district, b.code, k.code, k.name_kk, k.name_ru, "
		"k.name_en, d.name_kk, d.name_ru,"
		" d.name_en, b.name_kk, b.name_ru, b.name_en, b.abbr_kk, b.abbr_ru, b.abbr_en, "
		"b.founded, b.closed,"
		" b.name_from FROM body b JOIN body_kind k ON k.id = b.kind LEFT JOIN district d "
		"ON d.id = b.district"
		" WHERE b.founded IS NULL OR b.founded <= $1 ORDER BY COALESCE(k.rank, 1000), "
		"b.sort_%s, b.id LIMIT %d",
		l, BODIES),
	    VALS(v_int(b->on))));
	while (rows_next(&r)) {
		struct body_row *o = &b->v[b->n++];
		struct text3 kind = row_text3(&r, 5), district = row_text3(&r, 8),
			     name = row_text3(&r, 11), abbr = row_text3(&r, 14);

		*o = (struct body_row){ .id = row_int(&r, 0),
			.parent = row_int(&r, 1),
			.district = row_int(&r, 2),
			.code = row_text(&r, 3),
			.kind = row_text(&r, 4),
			.kind_name = tr3(b->cx, &kind, NULL),
			.district_name = tr3(b->cx, &district, NULL),
			.abbr = tr3(b->cx, &abbr, NULL),
			.state = "" };
		o->name = tr3(b->cx, &name, &o->name_lang);
		o->founded = (int)row_int(&r, 17);
		o->closed = (int)row_int(&r, 18);
		o->name_from = (int)row_int(&r, 19);
	}
	return rows_end(&r);
}

/* A body renamed since the day carries the name it had then. */
static int
earlier_names(struct bodies *b)
{
	AUTO_ROWS r = { 0 };
	int64_t last = 0;

	TRY(db_rows(b->cx, &r,
	    "SELECT body, name_kk, name_ru, name_en, abbr_kk, abbr_ru, abbr_en FROM body_name "
	    "WHERE to_day > $1"
	    " ORDER BY body, to_day",
	    VALS(v_int(b->on))));
	while (rows_next(&r)) {
		struct body_row *o;
		struct text3 name, abbr;

		if (row_int(&r, 0) == last)
			continue;
		last = row_int(&r, 0);
		o = find(b, last);
		if (o == NULL || o->name_from <= b->on)
			continue;
		name = row_text3(&r, 1);
		abbr = row_text3(&r, 4);
		o->name = tr3(b->cx, &name, &o->name_lang);
		o->abbr = tr3(b->cx, &abbr, NULL);
	}
	return rows_end(&r);
}

/* As accreditation_on(), for all bodies at once. */
static int
states(struct bodies *b)
{
	AUTO_ROWS r = { 0 };
	int64_t last = 0;

	TRY(db_rows(b->cx, &r,
	    "SELECT body, state, valid_to FROM accreditation WHERE from_day <= $1 ORDER BY body,"
	    " CASE WHEN state IN ('accredited', 'suspended', 'expired', 'excluded') THEN 0 ELSE 1 "
	    "END,"
	    " from_day DESC, id DESC",
	    VALS(v_int(b->on))));
	while (rows_next(&r)) {
		struct body_row *o;

		if (row_int(&r, 0) == last)
			continue;
		last = row_int(&r, 0);
		o = find(b, last);
		if (o == NULL)
			continue;
		o->state = row_text(&r, 1);
		o->valid_to = (int)row_int(&r, 2);
		if (strcmp(o->state, "accredited") == 0 && o->valid_to != 0 && o->valid_to < b->on)
			o->state = "expired";
	}
	return rows_end(&r);
}

static int
role_index(const char *role)
{
	static const char *const roles[BODY_ROLES] = { "member", "learner", "employee",
		"volunteer" };
	int i;

	for (i = 0; i < BODY_ROLES; i++)
		if (strcmp(role, roles[i]) == 0)
			return i;
	return -1;
}

static int
people_of_each(struct bodies *b)
{
	AUTO_ROWS r = { 0 };

	TRY(db_rows(b->cx, &r,
	    "SELECT body, CASE WHEN role = 'honorary' THEN 'member' ELSE role END, count(DISTINCT "
	    "coalesce(person, -id))"
	    " FROM membership WHERE from_day <= $1 AND (to_day IS NULL OR to_day > $1) GROUP BY 1, "
	    "2",
	    VALS(v_int(b->on))));
	while (rows_next(&r)) {
		struct body_row *o = find(b, row_int(&r, 0));
		int at = role_index(row_text(&r, 1));

		if (o != NULL && at >= 0)
			o->people[at] = row_int(&r, 2);
	}
	return rows_end(&r);
}

/* Members of a branch belong to its association, each person once: as eca_members counts. */
static int
members_with_branches(struct bodies *b)
{
	AUTO_ROWS r = { 0 };

	TRY(db_rows(b->cx, &r,
	    "WITH RECURSIVE counted (id, root) AS (SELECT b.id, b.id FROM body b JOIN body_kind k "
	    "ON k.id = b.kind"
	    " WHERE k.code IN ('eca', 'eca_branch') UNION SELECT b.id, c.root FROM body b"
	    " JOIN body_kind k ON k.id = b.kind JOIN counted c ON b.parent = c.id WHERE k.code = "
	    "'eca_branch')"
	    " SELECT c.root, count(DISTINCT coalesce(m.person, -m.id)) FROM membership m JOIN "
	    "counted c ON c.id = "
	    "m.body"
	    " WHERE m.role IN ('member', 'honorary') AND m.from_day <= $1 AND (m.to_day IS NULL OR "
	    "m.to_day > $1)"
	    " GROUP BY c.root",
	    VALS(v_int(b->on))));
	while (rows_next(&r)) {
		struct body_row *o = find(b, row_int(&r, 0));

		if (o != NULL)
			o->people[BODY_MEMBERS] = row_int(&r, 1);
	}
	return rows_end(&r);
}

int
reads_bodies(struct ctx *cx, int on, struct body_row **out, size_t *n)
{
	struct bodies b = {
		.cx = cx, .v = arena_array(cx->arena, struct body_row, BODIES), .on = on
	};

	TRY(body_rows(&b));
	TRY(earlier_names(&b));
	TRY(states(&b));
	TRY(people_of_each(&b));
	TRY(members_with_branches(&b));
	*out = b.v;
	*n = b.n;
	return RC_OK;
}

/* ---- one body ---- */

int
reads_roles(struct ctx *cx, int64_t body, int on, struct role_count out[ROLE_COUNTS], size_t *n)
{
	AUTO_ROWS r = { 0 };
	const struct option *o;
	int64_t people[ROLE_COUNTS] = { 0 };
	size_t i;

	TRY(db_rows(cx, &r,
	    "SELECT role, count(DISTINCT coalesce(person, -id)) FROM membership WHERE body = $1 "
	    "AND from_day <= $2"
	    " AND (to_day IS NULL OR to_day > $2) GROUP BY role",
	    VALS(v_int(body), v_int(on))));
	while (rows_next(&r))
		for (o = membership_roles, i = 0; o->code != NULL && i < ROLE_COUNTS; o++, i++)
			if (slice_is(row_slice(&r, 0), o->code))
				people[i] = row_int(&r, 1);
	TRY(rows_end(&r));
	*n = 0;
	for (o = membership_roles, i = 0; o->code != NULL && i < ROLE_COUNTS; o++, i++)
		if (people[i] > 0)
			out[(*n)++] = (struct role_count){ o->code, people[i] };
	return RC_OK;
}

/* "Surname Given Patronymic" of three columns. */
static const char *
full_name(struct ctx *cx, const struct rows *r, int col)
{
	struct buf b;
	int i;

	buf_init(&b, cx->arena, 0);
	for (i = col; i < col + 3; i++) {
		struct slice s = row_slice(r, i);

		if (s.n == 0)
			continue;
		if (b.n > 0)
			buf_char(&b, ' ');
		buf_put(&b, s.p, s.n);
	}
	return b.p;
}

/* Of an erased person, or one who is restricted for this reader, nothing stands there. */
static const char *
named(struct ctx *cx, const char *name)
{
	return *name == '\0' ? tr(cx, "not named") : name;
}

int
reads_offices(struct ctx *cx, int64_t body, int on, struct office_row **out, size_t *n)
{
	AUTO_ROWS r = { 0 };

	*out = arena_array(cx->arena, struct office_row, FEW);
	*n = 0;
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"SELECT o.id, h.id, h.person, o.title_kk, o.title_ru, o.title_en, o.ex_officio, "
		"h.from_day, p.surname,"
		" p.given, p.patronymic FROM office o LEFT JOIN office_holder h ON h.office = o.id "
		"AND h.from_day <= $2"
		" AND (h.to_day IS NULL OR h.to_day > $2) LEFT JOIN person p ON p.id = h.person "
		"AND p.restricted_on IS NULL AND p.erased_on IS NULL "
		"WHERE o.body = $1"
		" ORDER BY COALESCE(o.rank, 1000), o.id, h.id LIMIT %d",
		FEW),
	    VALS(v_int(body), v_int(on))));
	while (rows_next(&r))
		(*out)[(*n)++] = (struct office_row){ row_int(&r, 0), row_int(&r, 1),
			row_int(&r, 2), row_text3(&r, 3), text_or(row_text(&r, 6)),
			named(cx, full_name(cx, &r, 8)), (int)row_int(&r, 7) };
	return rows_end(&r);
}

int
reads_groups(struct ctx *cx, int64_t body, struct group_row **out, size_t *n)
{
	AUTO_ROWS r = { 0 };

	*out = arena_array(cx->arena, struct group_row, FEW);
	*n = 0;
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"SELECT g.id, e.id, e.name_kk, e.name_ru, e.name_en FROM body_group g JOIN "
		"ethnic_group e"
		" ON e.id = g.ethnic_group WHERE g.body = $1 ORDER BY e.sort_%s, g.id LIMIT %d",
		lang_code(cx->lang), FEW),
	    VALS(v_int(body))));
	while (rows_next(&r)) {
		struct text3 name = row_text3(&r, 2);

		(*out)[(*n)++] =
		    (struct group_row){ row_int(&r, 0), row_int(&r, 1), tr3(cx, &name, NULL) };
	}
	return rows_end(&r);
}

/* ---- memberships and offices of a person or a body ---- */

int
reads_stays(struct query *q, enum stay_order order, int limit, struct stay_row **out, size_t *n)
{
	struct ctx *cx = q->cx;
	AUTO_ROWS r = { 0 };

	*out = arena_array(cx->arena, struct stay_row, limit);
	*n = 0;
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"SELECT membership.id, membership.person, membership.body, membership.role, "
		"membership.from_day,"
		" membership.to_day, membership.end_reason, membership.document, p.surname, "
		"p.given, p.patronymic,"
		" b.name_kk, b.name_ru, b.name_en FROM membership LEFT JOIN person p ON p.id = "
		"membership.person"
		" JOIN body b ON b.id = membership.body%s ORDER BY %s LIMIT %d",
		q->where.p,
		order == STAYS_NEWEST ? "CASE WHEN membership.to_day IS NULL THEN 0 ELSE 1 END, "
					"membership.from_day DESC, membership.id DESC"
				      : arena_printf(cx->arena, "p.sort_%s, p.id, membership.id",
					    lang_code(cx->lang)),
		limit),
	    (struct vals){ q->vals, q->nvals }));
	while (rows_next(&r)) {
		struct text3 body = row_text3(&r, 11);

		(*out)[(*n)++] = (struct stay_row){ row_int(&r, 0), row_int(&r, 1), row_int(&r, 2),
			named(cx, full_name(cx, &r, 8)), tr3(cx, &body, NULL), row_text(&r, 3),
			text_or(row_text(&r, 6)), text_or(row_text(&r, 7)), (int)row_int(&r, 4),
			(int)row_int(&r, 5) };
	}
	return rows_end(&r);
}

int
reads_held(struct query *q, struct held_row **out, size_t *n)
{
	struct ctx *cx = q->cx;
	AUTO_ROWS r = { 0 };

	*out = arena_array(cx->arena, struct held_row, FEW);
	*n = 0;
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"SELECT o.id, o.body, o.title_kk, o.title_ru, o.title_en, b.name_kk, b.name_ru, "
		"b.name_en,"
		" office_holder.from_day, office_holder.to_day FROM office_holder JOIN office o"
		" ON o.id = office_holder.office JOIN body b ON b.id = o.body%s"
		" ORDER BY office_holder.from_day DESC, office_holder.id DESC LIMIT %d",
		q->where.p, FEW),
	    (struct vals){ q->vals, q->nvals }));
	while (rows_next(&r)) {
		struct text3 body = row_text3(&r, 5);

		(*out)[(*n)++] =
		    (struct held_row){ row_int(&r, 0), row_int(&r, 1), row_text3(&r, 2),
			    tr3(cx, &body, NULL), (int)row_int(&r, 8), (int)row_int(&r, 9) };
	}
	return rows_end(&r);
}

/* A leader counts what he may see: attendances of those who are or were in his bodies, and of events
 * that his bodies lead. */
int
reads_attendances(struct ctx *cx, int64_t person, int64_t *out)
{
	struct buf sql;

	buf_init(&sql, cx->arena, 0);
	buf_str(&sql, "SELECT count(*) FROM attendance a WHERE a.person = $1 AND a.withdrawn = 0");
	if (actor_scoped(cx->actor)) {
		buf_str(&sql,
		    " AND (EXISTS (SELECT 1 FROM membership m WHERE m.person = $1 AND m.body IN ");
		scope_list(cx, &sql);
		buf_str(
		    &sql, ") OR EXISTS (SELECT 1 FROM event e WHERE e.id = a.event AND e.body IN ");
		scope_list(cx, &sql);
		buf_str(&sql, "))");
	}
	return db_int(cx, out, sql.p, VALS(v_int(person)));
}

int
reads_may_open(struct ctx *cx, const int64_t *people, size_t n, bool *out)
{
	AUTO_ROWS r = { 0 };
	struct query q;
	struct buf in;
	size_t i;

	for (i = 0; i < n; i++)
		out[i] = false;
	if (n == 0 || !may(cx, person_kind.read))
		return RC_OK;
	TRY(query_init(cx, &q, &person_kind));
	buf_init(&in, cx->arena, 0);
	buf_str(&in, "person.id IN (0");
	for (i = 0; i < n; i++)
		buf_printf(&in, ",%lld", (long long)people[i]);
	buf_char(&in, ')');
	query_and(&q, in.p, NO_VALS);
	TRY(db_rows(cx, &r, arena_printf(cx->arena, "SELECT person.id FROM person%s", q.where.p),
	    (struct vals){ q.vals, q.nvals }));
	while (rows_next(&r))
		for (i = 0; i < n; i++)
			if (people[i] == row_int(&r, 0))
				out[i] = true;
	return rows_end(&r);
}
