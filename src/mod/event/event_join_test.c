/* event_join_test.c – two records of one person joined and parted again, with everything that hangs on a
 * person: memberships, offices, attendances, a declaration, an IIN, an account. On both engines. Rules
 * person-4 to person-9 hold here or nowhere.
 * SHANYRAQ_TEST_LONG=1 makes ten times as many rounds, SHANYRAQ_TEST_SEED=N other ones. */
#include "event_test.h"

static uint32_t seed;
static int
dice(int n)
{
	seed = seed * 1664525u + 1013904223u;
	return (int)((seed >> 8) % (uint32_t)n);
}

/* ---- all that a join may touch, as one text ---- */

static void
put_value(struct buf *b, const struct field *f, const void *rec)
{
	struct json j;

	json_init(&j, CX->arena, 0);
	json_open(&j, NULL, '{');
	field_json(&j, f, rec);
	json_close(&j, '}');
	buf_str(b, j.out.p);
}

/* Fields of all rows but version and change; sealed values as plain text, since their bytes differ with
 * every sealing. */
static void
put_kind(struct buf *b, const struct kind *k)
{
	int64_t *ids = NULL,
		n = house_int(&house, arena_printf(CX->arena, "SELECT count(*) FROM %s", k->name));
	void *rec = arena_alloc(CX->arena, k->size);
	AUTO_ROWS r = { 0 };
	int64_t i = 0;
	size_t f;

	ids = arena_array(CX->arena, int64_t, n + 1);
	OK(db_rows(
	    CX, &r, arena_printf(CX->arena, "SELECT id FROM %s ORDER BY id", k->name), NO_VALS));
	while (i < n && rows_next(&r))
		ids[i++] = row_int(&r, 0);
	OK(rows_end(&r));
	for (i = 0; i < n; i++) {
		OK(kind_load(CX, k, ids[i], rec));
		buf_printf(b, "%s %lld:", k->name, (long long)ids[i]);
		for (f = 0; f < k->nfields; f++) {
			const char *plain;

			if (k->fields[f].type != FT_SEALED) {
				put_value(b, &k->fields[f], rec);
				continue;
			}
			OK(kind_unseal(CX, k, ids[i], k->fields[f].name, &plain));
			buf_printf(b, "{%s}", plain == NULL ? "-" : plain);
		}
		buf_char(b, '\n');
	}
}

static void
put_rows(struct buf *b, const char *sql)
{
	AUTO_ROWS r = { 0 };
	int i;

	OK(db_rows(CX, &r, sql, NO_VALS));
	while (rows_next(&r)) {
		for (i = 0; i < r.ncols; i++)
			buf_printf(b, "%s|", row_null(&r, i) ? "-" : row_text(&r, i));
		buf_char(b, '\n');
	}
	OK(rows_end(&r));
}

static const char *
everything(void)
{
	static const struct kind *const all[] = { &person_kind, &membership_kind,
		&office_holder_kind, &attendance_kind, &ethnicity_kind };
	struct buf b;
	size_t i;

	buf_init(&b, CX->arena, 0);
	for (i = 0; i < ARRAY_LEN(all); i++)
		put_kind(&b, all[i]);
	put_rows(&b, "SELECT CAST(id AS TEXT), CAST(person AS TEXT) FROM account ORDER BY id");
	put_rows(&b, "SELECT sort, name, CAST(person AS TEXT) FROM person_key ORDER BY 1, 2, 3");
	put_rows(&b, "SELECT CAST(event AS TEXT), CAST(scanned AS TEXT), CAST(listed AS TEXT) FROM "
		     "event_tally ORDER BY event");
	put_rows(&b,
	    "SELECT figure, dim, CAST(dkey AS TEXT), CAST(day AS TEXT), CAST(sum(amount) AS TEXT) "
	    "FROM "
	    "(SELECT figure, dim, dkey, day, amount FROM figure_sum UNION ALL"
	    " SELECT figure, dim, dkey, day, amount FROM figure_delta) x"
	    " GROUP BY figure, dim, dkey, day HAVING sum(amount) <> 0 ORDER BY 1, 2, dkey, day");
	house_next(&house);
	return b.p;
}

/* The first line that differs, since the whole is long. */
static void
same_as(const char *before)
{
	const char *now = everything();
	size_t at = 0, line = 0, i;

	while (before[at] != '\0' && before[at] == now[at])
		at++;
	if (before[at] == now[at])
		return;
	for (i = 0; i < at; i++)
		if (before[i] == '\n')
			line = i + 1;
	BROKEN("was: %.*s\nnow: %.*s", (int)strcspn(before + line, "\n"), before + line,
	    (int)strcspn(now + line, "\n"), now + line);
}

/* ---- short words ---- */

static int
join_taking(int64_t stays, int64_t leaves, const char *const *take)
{
	struct person a, b;
	struct person_merge_in in = { .stays = stays, .leaves = leaves, .take = take };

	OK(kind_load(CX, &person_kind, stays, &a));
	OK(kind_load(CX, &person_kind, leaves, &b));
	in.stays_version = a.rec.version;
	in.leaves_version = b.rec.version;
	return person_merge(CX, &in);
}

static int
join(int64_t stays, int64_t leaves)
{
	return join_taking(stays, leaves, NULL);
}

static struct membership
member(int64_t who, int64_t where, const char *role, int from, int to)
{
	struct membership m;

	kind_empty(&membership_kind, &m);
	m.person = who;
	m.body = where;
	m.role = role;
	m.from_day = from;
	m.to_day = to;
	m.end_reason = to == 0 ? NULL : "rotation";
	m.document = arena_printf(CX->arena, "Хаттама %d", from);
	OK(kind_insert(CX, &membership_kind, &m));
	return m;
}

static struct membership
member_now(int64_t id)
{
	struct membership m;

	OK(kind_load(CX, &membership_kind, id, &m));
	return m;
}

static struct person
person_now(int64_t id)
{
	struct person p;

	OK(kind_load(CX, &person_kind, id, &p));
	return p;
}

static void
set_iin(int64_t id, const char *iin)
{
	struct person p = person_now(id);

	if (iin == NULL)
		p.iin.clear = true;
	else
		p.iin.fresh = iin;
	OK(kind_update(CX, &person_kind, &p));
}

static int64_t
attend(int64_t event_id, int64_t who, const char *basis)
{
	struct attend_in in = { .event = event_id, .person = who, .basis = basis };
	int64_t id;
	bool again;

	OK(event_attend(CX, &in, &id, &again));
	return id;
}

static int64_t
declare(int64_t who, const char *code, int day)
{
	struct ethnicity e;

	kind_empty(&ethnicity_kind, &e);
	e.person = who;
	e.declared.fresh = code;
	e.consent_day = day;
	OK(kind_insert(CX, &ethnicity_kind, &e));
	return e.rec.id;
}

static const char *
declared_by(int64_t who)
{
	const char *plain = NULL;
	int64_t id;

	if (db_int(CX, &id, "SELECT id FROM ethnicity WHERE person = $1", VALS(v_int(who))) !=
	    RC_OK) {
		house_next(&house);
		return NULL;
	}
	OK(kind_unseal(CX, &ethnicity_kind, id, "declared", &plain));
	return plain;
}

static const char *
group_code(int nth)
{
	const char *code;

	OK(db_text(CX, &code,
	    "SELECT code FROM ethnic_group WHERE special = 0 AND id > $1 ORDER BY id LIMIT 1",
	    VALS(v_int(nth))));
	return code;
}

/* ---- rule by rule ---- */

/* RULE person-5 */
static void
test_memberships(void **state)
{
	int64_t b = body("kept", 0), other = body("other", 0), a = person(1), c = person(2);
	struct membership ended = member(a, b, "member", 20220101, 20230101),
			  open = member(a, b, "member", 20240301, 0),
			  spans = member(c, b, "member", 20220601, 0),
			  learner = member(c, b, "learner", 20220601, 0),
			  elsewhere = member(c, other, "member", 20240101, 0), m;
	const char *before = everything();

	(void)state;
	assert_int_equal(answer("eca_members").value, 3);
	OK(join(a, c));
	/* 2022-01 … 2023-01, 2022-06 …, 2024-03 … are one from 2022-01 on. */
	m = member_now(ended.rec.id);
	assert_int_equal(m.from_day, 20220101);
	assert_int_equal(m.to_day, 0);
	assert_null(m.end_reason);
	assert_string_equal(m.document, "Хаттама 20240301");
	m = member_now(spans.rec.id);
	assert_int_equal(m.person, c);
	assert_int_equal(m.to_day, m.from_day);
	assert_int_equal(m.joined_into, ended.rec.id);
	assert_int_equal(member_now(open.rec.id).joined_into, ended.rec.id);
	assert_int_equal(member_now(learner.rec.id).person, a);
	assert_int_equal(member_now(elsewhere.rec.id).person, a);
	assert_int_equal(answer("eca_members").value, 2);
	verified();
	/* A folded one neither stands in a list nor changes. */
	m = member_now(spans.rec.id);
	m.note = "x";
	assert_int_equal(kind_update(CX, &membership_kind, &m), RC_RULE);
	house_next(&house);
	OK(person_unmerge(CX, c));
	same_as(before);
	verified();
}

/* RULE person-5: days that only touch stay two. */
static void
test_touching(void **state)
{
	int64_t b = body("touch", 0), a = person(1), c = person(2);
	struct membership one = member(a, b, "member", 20220101, 20230101),
			  two = member(c, b, "member", 20230101, 20240101);

	(void)state;
	OK(join(a, c));
	assert_int_equal(member_now(one.rec.id).to_day, 20230101);
	assert_int_equal(member_now(two.rec.id).person, a);
	assert_int_equal(member_now(two.rec.id).joined_into, 0);
	verified();
}

/* RULE person-6 */
static void
test_iin(void **state)
{
	int64_t a = person(1), c = person(2);
	const char *before, *plain;

	(void)state;
	set_iin(a, "850615200023");
	set_iin(c, "880101300030");
	assert_int_equal(join(a, c), RC_RULE);
	house_next(&house);
	set_iin(a, NULL);
	before = everything();
	OK(join(a, c));
	OK(kind_unseal(CX, &person_kind, a, "iin", &plain));
	assert_string_equal(plain, "880101300030");
	assert_false(person_now(c).iin.present);
	assert_null(person_now(c).iin_mac);
	OK(person_unmerge(CX, c));
	same_as(before);
}

/* RULE person-7 */
static void
test_attendances(void **state)
{
	int64_t b = body("host", 0), a = person(1), c = person(2);
	int64_t both = event("Екеуі", b, 20240301, "held").rec.id,
		one = event("Біреуі", b, 20240201, "held").rec.id,
		late = event("Кейін", b, 20240401, "held").rec.id;
	int64_t kept = attend(both, a, "listed"), gone = attend(both, c, "scanned");
	struct attendance x;
	const char *before;

	(void)state;
	attend(one, c, "listed");
	attend(late, a, "listed");
	OK(event_merge(CX, late, one));
	attend(late, c, "scanned");
	before = everything();
	assert_int_equal(answer("participants_unique").value, 2);
	OK(join(a, c));
	verified();
	assert_int_equal(answer("participants_unique").value, 1);
	assert_int_equal(answer("participants_total").value, 2);
	assert_int_equal(count(both).scanned, 1);
	assert_int_equal(count(both).listed, 0);
	OK(kind_load(CX, &attendance_kind, kept, &x));
	assert_string_equal(x.basis, "scanned");
	OK(kind_load(CX, &attendance_kind, gone, &x));
	assert_true(x.withdrawn);
	OK(person_unmerge(CX, c));
	same_as(before);
	verified();
}

/* RULE person-8 */
static void
test_declarations(void **state)
{
	int64_t a = person(1), c = person(2), id;
	const char *before, *first = group_code(0), *second = group_code(5);

	(void)state;
	id = declare(a, first, 20230501);
	declare(c, second, 20240501);
	before = everything();
	OK(join(a, c)); /* the newer consent stands */
	assert_string_equal(declared_by(a), second);
	OK(person_unmerge(CX, c));
	same_as(before);
	OK(join(c, a)); /* whichever record stays */
	assert_string_equal(declared_by(c), second);
	OK(person_unmerge(CX, a));
	same_as(before);
	/* Withdrawn means withdrawn everywhere, also after the join is taken back. */
	OK(join(a, c));
	OK(ethnicity_withdraw(CX, id, house_int(&house, "SELECT max(version) FROM ethnicity")));
	assert_null(declared_by(a));
	assert_null(declared_by(c));
	OK(person_unmerge(CX, c));
	assert_null(declared_by(a));
	assert_null(declared_by(c));
}

/* Fields by choice; what somebody changed since the join stays when it is taken back. */
static void
test_fields(void **state)
{
	static const char *const take[] = { "given", "phone", NULL };
	static const char *const never[] = { "iin_mac", NULL };
	int64_t a = person(1), c = person(2);
	struct person p = person_now(c);

	(void)state;
	p.given = "Айгүл";
	p.phone = "+7 701 111 22 33";
	p.note = "екінші жазба";
	OK(kind_update(CX, &person_kind, &p));
	assert_int_equal(join_taking(a, c, never), RC_INVALID);
	house_next(&house);
	OK(join_taking(a, c, take));
	p = person_now(a);
	assert_string_equal(p.given, "Айгүл");
	assert_string_equal(p.phone, "+7 701 111 22 33");
	assert_null(p.note);
	p.phone = "+7 702 000 00 00";
	OK(kind_update(CX, &person_kind, &p));
	OK(person_unmerge(CX, c));
	p = person_now(a);
	assert_string_equal(p.given, "Сынақ");
	assert_string_equal(p.phone, "+7 702 000 00 00");
	assert_string_equal(person_now(c).phone, "+7 701 111 22 33");
}

/* RULE person-4, person-9: refusals. */
static void
test_refused(void **state)
{
	int64_t a = person(1), b = person(2), c = person(3), at;
	struct person_merge_in in = {
		.stays = a, .leaves = b, .stays_version = 1, .leaves_version = 2
	};
	struct person p = person_now(b);
	struct membership m;
	struct query q;
	int64_t n;

	(void)state;
	assert_int_equal(join(a, a), RC_RULE);
	house_next(&house);
	assert_int_equal(person_merge(CX, &in), RC_CONFLICT); /* nobody saw version 2 */
	house_next(&house);
	OK(join(a, b));
	assert_int_equal(join(a, b), RC_RULE); /* joined already */
	house_next(&house);
	assert_int_equal(join(b, c), RC_RULE); /* into one that has left */
	house_next(&house);
	p = person_now(b);
	p.note = "x";
	assert_int_equal(kind_update(CX, &person_kind, &p), RC_RULE);
	house_next(&house);
	kind_empty(&membership_kind, &m);
	m.person = b;
	m.body = body("refused", 0);
	m.role = "member";
	m.from_day = 20240101;
	assert_int_equal(kind_insert(CX, &membership_kind, &m), RC_INVALID);
	house_next(&house);
	/* Out of lists, found by its id. */
	OK(query_init(CX, &q, &person_kind));
	query_and(&q, "person.id = ?", VALS(v_int(b)));
	OK(query_count(&q, &n));
	assert_int_equal(n, 0);
	OK(kind_get(CX, &person_kind, b, &p));
	assert_int_equal(p.merged_into, a);
	/* Who comes with the old record's number comes as the one that stands. */
	at = attend(event("Есік", body("door", 0), 20240301, "held").rec.id, b, "scanned");
	assert_int_equal(
	    house_int(&house, arena_printf(CX->arena,
				  "SELECT person FROM attendance WHERE id = %lld", (long long)at)),
	    a);
	OK(join(a, c));
	assert_int_equal(person_unmerge(CX, b), RC_RULE); /* the later one first */
	house_next(&house);
	OK(person_unmerge(CX, c));
	OK(join(c, a)); /* a chain: b → a → c */
	OK(person_stands(CX, b, &at));
	assert_int_equal(at, c);
	assert_int_equal(person_unmerge(CX, b), RC_RULE);
	house_next(&house);
	OK(person_unmerge(CX, a));
	OK(person_unmerge(CX, b));
	assert_int_equal(person_unmerge(CX, b), RC_RULE);
	house_next(&house);
}

/* A leader neither joins nor decides. */
static void
test_rights(void **state)
{
	static const int64_t scope[] = { 1 };
	static struct actor leader, clerk;
	int64_t a = person(1), b = person(2);

	(void)state;
	leader = (struct actor){ .account = 5,
		.role = ROLE_LEADER,
		.caps = role_caps(ROLE_LEADER),
		.body = 1,
		.scope = scope,
		.nscope = 1,
		.login = "l",
		.name = "l",
		.csrf = "" };
	clerk = (struct actor){ .account = 6,
		.role = ROLE_CLERK,
		.caps = role_caps(ROLE_CLERK),
		.login = "c",
		.name = "c",
		.csrf = "" };
	CX->actor = &leader;
	assert_int_equal(join(a, b), RC_DENIED);
	house_next(&house);
	assert_int_equal(person_unmerge(CX, b), RC_DENIED);
	house_next(&house);
	assert_int_equal(people_distinct(CX, a, b, true), RC_DENIED);
	house_next(&house);
	CX->actor = &clerk;
	OK(join(a, b));
	OK(person_unmerge(CX, b));
	CX->actor = &actor_system;
}

/* Every reference to people has a rule; one that has none is named. */
static void
test_links(void **state)
{
	static const struct field fields[] = { F_REF(
	    attendance, person, &person_kind, .label = "x", .privacy = PRIV_STAFF) };
	static const struct kind stranger = { .name = "stranger",
		.size = sizeof(struct attendance),
		.fields = fields,
		.nfields = 1 };
	static const struct kind *const more[] = { &membership_kind, &stranger };
	const struct field *field;

	(void)state;
	assert_null(person_link_missing(kinds, ARRAY_LEN(kinds), &field));
	assert_ptr_equal(person_link_missing(more, 2, &field), &stranger);
	assert_ptr_equal(field, fields);
}

/* ---- property ---- */

enum { PEOPLE = 6, BODIES = 3, EVENTS = 5, DEPTH = 5 };
struct world {
	int64_t people[PEOPLE], bodies[BODIES], events[EVENTS], offices[2];
};

static void
random_membership(const struct world *w)
{
	static const char *const roles[] = { "member", "honorary", "learner" };
	struct membership m;

	kind_empty(&membership_kind, &m);
	m.person = w->people[dice(PEOPLE)];
	m.body = w->bodies[dice(BODIES)];
	m.role = roles[dice(3)];
	m.from_day = day_make(2020 + dice(4), 1 + dice(12), 1);
	m.to_day = dice(2) == 0 ? 0 : day_add(m.from_day, 30 + dice(900));
	m.end_reason = m.to_day == 0 ? NULL : "rotation";
	m.document = dice(2) == 0 ? NULL : arena_printf(CX->arena, "Шешім %d", dice(100));
	if (kind_insert(CX, &membership_kind, &m) != RC_OK)
		house_next(&house);
}

static void
random_office(const struct world *w)
{
	struct office_holder h;

	kind_empty(&office_holder_kind, &h);
	h.office = w->offices[dice(2)];
	h.person = w->people[dice(PEOPLE)];
	h.from_day = day_make(2015 + dice(9), 1 + dice(12), 1);
	h.to_day = day_add(h.from_day, 30 + dice(300));
	h.end_reason = "rotation";
	if (kind_insert(CX, &office_holder_kind, &h) != RC_OK)
		house_next(&house);
}

static void
random_attendance(const struct world *w)
{
	struct attend_in in = { .event = w->events[dice(EVENTS)],
		.person = w->people[dice(PEOPLE)],
		.basis = dice(2) == 0 ? "scanned" : "listed",
		.came_at = dice(2) == 0 ? 0 : INT64_C(1709280000123457) };
	struct attendance a;
	int64_t id;
	bool again;

	if (event_attend(CX, &in, &id, &again) != RC_OK) {
		house_next(&house);
		return;
	}
	if (dice(4) != 0)
		return;
	OK(kind_load(CX, &attendance_kind, id, &a));
	a.withdrawn = true;
	OK(kind_update(CX, &attendance_kind, &a));
}

static void
random_person(const struct world *w, int i)
{
	static const char *const iins[PEOPLE] = { "850615200023", "880101300030", NULL, NULL, NULL,
		NULL };
	struct person p = person_now(w->people[i]);

	p.phone = dice(2) == 0 ? NULL : arena_printf(CX->arena, "+7 701 %07d", dice(10000000));
	p.note = dice(2) == 0 ? NULL : arena_printf(CX->arena, "ескерту %d", dice(9));
	if (iins[i] != NULL && dice(2) == 0)
		p.iin.fresh = iins[i];
	OK(kind_update(CX, &person_kind, &p));
	if (dice(2) == 0)
		declare(
		    w->people[i], group_code(dice(20)), day_make(2021 + dice(3), 1 + dice(12), 3));
}

static void
make_world(struct world *w, int round)
{
	static const char *const states[] = { "held", "reported", "held", "approved", "held" };
	struct office o;
	int64_t id;
	int i;

	for (i = 0; i < BODIES; i++)
		w->bodies[i] =
		    body(arena_printf(CX->arena, "j%d_%d", round, i), i == 2 ? w->bodies[0] : 0);
	for (i = 0; i < PEOPLE; i++)
		w->people[i] = person(round * 100 + i);
	for (i = 0; i < EVENTS; i++)
		w->events[i] = event("x", w->bodies[dice(BODIES)],
		    day_make(2024, 1 + dice(10), 1 + dice(28)), states[i])
				   .rec.id;
	for (i = 0; i < 2; i++) {
		kind_empty(&office_kind, &o);
		o.body = w->bodies[i];
		o.title = (struct text3){ "төраға", NULL, NULL };
		OK(kind_insert(CX, &office_kind, &o));
		w->offices[i] = o.rec.id;
	}
	OK(account_create(CX,
	    &(struct account_new){ .login = arena_printf(CX->arena, "user%d", round),
		.name = "Сынақ",
		.lang = LANG_KK,
		.role = ROLE_CLERK,
		.person = w->people[0],
		.password = "ұзын құпия сөз 1" },
	    &id, NULL));
	for (i = 0; i < PEOPLE; i++)
		random_person(w, i);
	for (i = 0; i < 14; i++)
		random_membership(w);
	for (i = 0; i < 6; i++)
		random_office(w);
	for (i = 0; i < 20; i++)
		random_attendance(w);
	if (event_merge(CX, w->events[0], w->events[1]) != RC_OK)
		house_next(&house);
}

/* Joins upon joins, in any direction; then all taken back, latest first: at each depth everything is as it
 * was at that depth. */
static void
test_property(void **state)
{
	static const char *const choice[] = { "phone", "note", "surname", NULL };
	int rounds = getenv("SHANYRAQ_TEST_LONG") != NULL ? 80 : 8, i, j;

	(void)state;
	for (i = 0; i < rounds; i++) {
		struct arena_mark mark = arena_mark(CX->arena);
		struct world w;
		const char *was[DEPTH];
		int64_t left[DEPTH], n;
		int depth = 0;

		seed = (uint32_t)(i + 1) * 104729u;
		if (getenv("SHANYRAQ_TEST_SEED") != NULL)
			seed += (uint32_t)atoi(getenv("SHANYRAQ_TEST_SEED"));
		make_world(&w, i);
		for (j = 0; j < 12 && depth < DEPTH; j++) {
			int64_t a = w.people[dice(PEOPLE)], b = w.people[dice(PEOPLE)];
			int rc;

			was[depth] = everything();
			rc = join_taking(a, b, choice + dice(4));
			if (rc == RC_OK) {
				left[depth++] = b;
				verified();
			} else if (rc != RC_RULE)
				ok_at(rc, "a random join", j);
			house_next(&house);
			if (dice(3) == 0)
				OK(figure_fold(CX, 1 + dice(20), &n));
		}
		assert_true(depth > 0);
		while (depth-- > 0) {
			OK(person_unmerge(CX, left[depth]));
			same_as(was[depth]);
			verified();
		}
		for (j = 0; j < PEOPLE; j++)
			if (person_now(w.people[j]).iin.present)
				set_iin(w.people[j], NULL);
		house_next(&house);
		arena_rewind(CX->arena, mark);
		db_bind(CX, house.store);
	}
}

#define T(f) cmocka_unit_test_setup_teardown(f, open_house, close_house)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { T(test_memberships), T(test_touching), T(test_iin),
		T(test_attendances), T(test_declarations), T(test_fields), T(test_refused),
		T(test_rights), T(test_links), T(test_property) };

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
