/* event_erase_test.c – people erased: no name is left anywhere, every figure of a closed period answers as
 * before, verify is clean; with joins, merged reports and random orders. On both engines. Rules rights-1 …
 * rights-5 hold here or nowhere.
 * SHANYRAQ_TEST_LONG=1 makes ten times as many rounds, SHANYRAQ_TEST_SEED=N other ones. */
#include "event_test.h"

#include "db/bulk.h"
#include "kind/vault.h"
#include "lang/key.h"
#include "lang/order.h"
#include "search/search.h"
#include "figure/sealed.h"

static uint32_t seed;

static int
dice(int n)
{
	seed = seed * 1664525u + 1013904223u;
	return (int)((seed >> 8) % (uint32_t)n);
}

static int
open_all(void **state)
{
	static const struct figure *const more[] = { &eca_members_figure, &eca_persons_figure,
		&club_learners_figure, &language_learners_figure, &youth_members_figure };
	static struct verify_check checks[3];
	size_t n = event_nfigures;

	if (open_house(state) != 0)
		return 1;
	memcpy(figures + n, more, sizeof more);
	figure_init(figures, n + ARRAY_LEN(more));
	checks[0] = event_tally_check;
	checks[1] = figure_sealed_check;
	checks[2] = erasure_check;
	figure_checks(checks, 3);
	search_boot(kinds, ARRAY_LEN(kinds));
	return 0;
}

/* ---- short words ---- */

static int64_t
named(const char *surname, const char *given)
{
	struct person p;

	kind_empty(&person_kind, &p);
	p.surname = surname;
	p.given = given;
	p.phone = "+7 701 555 44 33";
	p.birth_day = 19850615;
	OK(kind_insert(CX, &person_kind, &p));
	return p.rec.id;
}

static int64_t
in_body(int64_t who, int64_t where, const char *role, int from, int to)
{
	struct membership m;

	kind_empty(&membership_kind, &m);
	m.person = who;
	m.body = where;
	m.role = role;
	m.from_day = from;
	m.to_day = to;
	m.end_reason = to == 0 ? NULL : "rotation";
	m.note = "Ғайыпназаров өзі сұраған";
	OK(kind_insert(CX, &membership_kind, &m));
	return m.rec.id;
}

static int64_t
a_club(const char *code)
{
	struct body b;

	kind_empty(&body_kind, &b);
	b.code = code;
	b.kind = find("body_kind", "language_club");
	b.name = (struct text3){ code, NULL, NULL };
	OK(kind_insert(CX, &body_kind, &b));
	return b.rec.id;
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

static struct erase_sums
erase(int64_t who)
{
	struct erase_sums sums;

	OK(person_erase(CX,
	    &(struct erase_in){ .person = who, .ground = "request", .document = "№ 7" }, &sums));
	house_next(&house);
	return sums;
}

static int
join(int64_t stays, int64_t leaves, const char *const *take)
{
	struct person a, b;
	struct person_merge_in in = { .stays = stays, .leaves = leaves, .take = take };

	OK(kind_load(CX, &person_kind, stays, &a));
	OK(kind_load(CX, &person_kind, leaves, &b));
	in.stays_version = a.rec.version;
	in.leaves_version = b.rec.version;
	return person_merge(CX, &in);
}

/* Where in the whole database a text stands: "" = nowhere. */
static const char *
where_is(const char *text)
{
	struct bulk_table *t;
	const char *err = "", *found = "";
	size_t n, i, c;

	assert_int_equal(bulk_tables(house.store, CX->arena, &t, &n, &err), RC_OK);
	for (i = 0; i < n && *found == '\0'; i++)
		for (c = 0; c < t[i].ncolumns; c++) {
			AUTO_ROWS r = { 0 };

			if (t[i].columns[c].type != V_TEXT && t[i].columns[c].type != V_BLOB)
				continue;
			OK(db_rows(CX, &r,
			    arena_printf(
				CX->arena, "SELECT %s FROM %s", t[i].columns[c].name, t[i].name),
			    NO_VALS));
			while (rows_next(&r)) {
				struct slice s = row_slice(&r, 0);

				if (s.n > 0 && memmem(s.p, s.n, text, strlen(text)) != NULL)
					found = arena_printf(
					    CX->arena, "%s.%s", t[i].name, t[i].columns[c].name);
			}
			OK(rows_end(&r));
		}
	house_next(&house);
	return found;
}

/* Neither in pages that SQLite freed nor in its write-ahead log. */
static void
not_in_files(const char *text)
{
	static const char *const ends[] = { "", "-wal" };
	const char *err = "";
	size_t i;

	db_end(CX);
	assert_int_equal(store_scrub(house.store, &err), RC_OK);
	for (i = 0; i < ARRAY_LEN(ends) && engine == DB_SQLITE; i++) {
		FILE *f = fopen(arena_printf(CX->arena, "%s%s", house.url, ends[i]), "rb");
		char *all = arena_alloc(CX->arena, 16 << 20);
		size_t n;

		if (f == NULL)
			continue;
		n = fread(all, 1, 16 << 20, f);
		fclose(f);
		if (memmem(all, n, text, strlen(text)) != NULL)
			BROKEN("“%s” is in the file%s", text, ends[i]);
	}
}

static void
nowhere(const char *name)
{
	struct key_token *t;
	size_t n = key_tokens(CX->arena, name, strlen(name), &t), i;

	assert_string_equal(where_is(name), "");
	assert_string_equal(where_is(fold_key(CX->arena, name)), "");
	for (i = 0; i < n; i++)
		assert_string_equal(where_is(t[i].exact), "");
}

/* ---- answers to many questions, to be held against each other ---- */

enum { QUESTIONS = 2000 };
struct answers {
	double value[QUESTIONS];
	enum exactness exact[QUESTIONS];
	size_t n;
};

static void
ask_all(struct answers *a, int64_t body_id, int64_t district)
{
	static const int periods[][2] = { { 20230101, 20231231 }, { 20240101, 20241114 },
		{ 20240401, 20240630 }, { 20240401, 20240515 }, { 20240301, 20240331 },
		{ 20230701, 20230930 }, { 20240201, 20240229 } };
	static const int days[] = { 20230630, 20231231, 20240101, 20240515, 20241114 };
	size_t i, p;
	int filter;

	for (i = 0; i < figure_count(); i++)
		for (filter = 0; filter < 3; filter++)
			for (p = 0; p < ARRAY_LEN(periods) + ARRAY_LEN(days); p++) {
				const struct figure *f = figure_nth(i);
				bool on = p >= ARRAY_LEN(periods);
				struct ask q = { .on = 20241114, .from = 20240101, .to = 20241114 };
				struct figure_answer x;

				if (on != (f->time == FIGURE_ON_DAY))
					continue;
				if (on)
					q.on = days[p - ARRAY_LEN(periods)];
				else {
					q.from = periods[p][0];
					q.to = periods[p][1];
				}
				q.body = filter == 1 ? body_id : 0;
				q.district = filter == 2 ? district : 0;
				x = answer_for(f->code, &q);
				assert_true(a->n < QUESTIONS);
				a->value[a->n] = x.known ? x.value : -1;
				a->exact[a->n++] = x.exactness;
			}
	house_next(&house);
}

static void
same_answers(int64_t body_id, int64_t district, const struct answers *before)
{
	struct answers *now = arena_new(CX->arena, struct answers);
	size_t i;

	ask_all(now, body_id, district);
	assert_int_equal(now->n, before->n);
	for (i = 0; i < now->n; i++)
		if (now->value[i] < before->value[i] || now->value[i] > before->value[i] ||
		    now->exact[i] != before->exact[i])
			BROKEN("question %d: was %.1f (%d), is %.1f (%d)", (int)i, before->value[i],
			    (int)before->exact[i], now->value[i], (int)now->exact[i]);
}

/* ---- rule by rule ---- */

static void
test_no_name(void **state)
{
	int64_t b = body("host", 0), who = named("Ғайыпназаров", "Ұлжалғас"), other = person(2);
	int64_t e = event("Той", b, 20240301, "held").rec.id, sealed;
	struct person p;
	struct ethnicity x;
	struct erase_sums sums;

	(void)state;
	attend(e, who, "listed");
	attend(e, other, "listed");
	in_body(who, b, "member", 20220101, 0);
	OK(kind_load(CX, &person_kind, who, &p));
	p.iin.fresh = "850615300024";
	p.given = "Нұрсәуле";
	p.sex = NULL;
	OK(kind_update(CX, &person_kind, &p));
	kind_empty(&ethnicity_kind, &x);
	x.person = who;
	x.declared.fresh = "kz";
	x.consent_day = 20240101;
	if (kind_insert(CX, &ethnicity_kind, &x) != RC_OK)
		house_next(&house);
	house_sql(&house,
	    arena_printf(CX->arena,
		"INSERT INTO idempotency (token, route, ikey, digest, at, status, answer) VALUES "
		"(1, "
		"'POST /api/v1/people', 'k', '', 1, 201, '{\"id\":%lld,\"version\":1,\"surname\":"
		"\"Ғайыпназаров\"}')",
		(long long)who));
	assert_string_not_equal(where_is("Ғайыпназаров"), "");
	OK(people_compare(CX, 100, &sealed));
	sums = erase(who);
	assert_int_equal(sums.people, 1);
	assert_true(sums.keys == 1 && sums.records >= 3 && sums.versions >= 4);
	nowhere("Ғайыпназаров");
	nowhere("Ұлжалғас");
	nowhere("Нұрсәуле");
	not_in_files("Ғайыпназаров");
	not_in_files("Нұрсәуле");
	assert_string_equal(where_is("555 44 33"), "");
	assert_int_equal(house_int(&house, "SELECT count(*) FROM subject_key"), 0);
	/* The other one is untouched, and the vocabulary still knows what is in use. */
	assert_string_not_equal(where_is("Адам2"), "");
	OK(kind_load(CX, &person_kind, who, &p));
	assert_int_equal(p.erased_on, 20241115);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM attendance WHERE person IS NULL"), 1);
	assert_int_equal(
	    house_int(&house, "SELECT to_day FROM membership WHERE person IS NULL"), 20241115);
	verified();
}

/* What is left counts, and neither changes nor takes anybody in. */
static void
test_shell(void **state)
{
	int64_t b = body("host", 0), who = named("Сейтбек", "Асан"), other = person(2);
	int64_t e = event("Той", b, 20240301, "held").rec.id;
	int64_t a = attend(e, who, "listed"), m = in_body(who, b, "member", 20220101, 0);
	struct attend_in again = { .event = e, .person = who, .basis = "listed" };
	struct erase_sums sums;
	struct attendance at;
	struct membership ms;
	struct person p;
	bool twice;

	(void)state;
	erase(who);
	assert_int_equal(count(e).value, 1);
	OK(kind_load(CX, &attendance_kind, a, &at));
	at.withdrawn = true;
	assert_int_equal(kind_update(CX, &attendance_kind, &at), RC_RULE);
	house_next(&house);
	OK(kind_load(CX, &membership_kind, m, &ms));
	ms.note = "x";
	assert_int_equal(kind_update(CX, &membership_kind, &ms), RC_RULE);
	house_next(&house);
	OK(kind_load(CX, &person_kind, who, &p));
	p.surname = "Жаңа";
	assert_int_equal(kind_update(CX, &person_kind, &p), RC_RULE);
	house_next(&house);
	assert_int_equal(event_attend(CX, &again, &a, &twice), RC_INVALID);
	house_next(&house);
	assert_int_equal(join(other, who, NULL), RC_RULE);
	house_next(&house);
	assert_int_equal(
	    person_erase(CX, &(struct erase_in){ .person = who, .ground = "request" }, &sums),
	    RC_RULE);
	house_next(&house);
	verified();
}

static void
test_refused(void **state)
{
	struct actor clerk = { .account = 7, .role = ROLE_CLERK, .caps = role_caps(ROLE_CLERK) },
		     own = { .account = 8, .role = ROLE_HEAD, .caps = role_caps(ROLE_HEAD) };
	int64_t who = named("Сейтбек", "Асан");
	struct erase_in in = { .person = who, .ground = "request" };
	struct erase_sums sums;

	(void)state;
	CX->actor = &clerk;
	assert_int_equal(person_erase(CX, &in, &sums), RC_DENIED);
	house_next(&house);
	own.person = who;
	CX->actor = &own;
	assert_int_equal(person_erase(CX, &in, &sums), RC_RULE);
	CX->actor = &actor_system;
	house_next(&house);
	in.ground = "because";
	assert_int_equal(person_erase(CX, &in, &sums), RC_INVALID);
	house_next(&house);
	in.ground = "court";
	in.document = "Сейтбектің өтініші";
	assert_int_equal(person_erase(CX, &in, &sums), RC_INVALID);
	house_next(&house);
	assert_int_equal(
	    person_erase(CX, &(struct erase_in){ .person = 99999, .ground = "court" }, &sums),
	    RC_NOTFOUND);
	house_next(&house);
	OK(person_erase_plan(CX, who, &sums));
	assert_int_equal(sums.people, 1);
	assert_string_not_equal(where_is("Сейтбек"), "");
	assert_int_equal(house_int(&house, "SELECT count(*) FROM erasure"), 0);
	verified();
}

/* One person in an association and its branch, at events of both, in two clubs, at a report merged later. */
static void
test_figures(void **state)
{
	int64_t a = body("assoc", 0), branch = body("branch", a), c1 = a_club("club-1"),
		c2 = a_club("club-2");
	int64_t who = named("Сейтбек", "Асан"), stay = named("Қалды", "Болат"), i;
	int64_t e[4] = { event("Бір", a, 20240301, "held").rec.id,
		event("Екі", branch, 20240410, "held").rec.id,
		event("Үш", a, 20240505, "held").rec.id,
		event("Төрт", branch, 20230710, "held").rec.id };
	int64_t first = event("Есеп", a, 20240601, "held").rec.id,
		again = event("Есеп қайта", branch, 20240601, "held").rec.id;
	struct answers *before = arena_new(CX->arena, struct answers);
	int64_t district =
	    house_int(&house, "SELECT min(id) FROM district WHERE parent IS NOT NULL");

	(void)state;
	house_sql(&house,
	    arena_printf(CX->arena, "UPDATE event SET district = %lld", (long long)district));
	for (i = 0; i < 4; i++) {
		attend(e[i], who, i == 1 ? "scanned" : "listed");
		if (i != 2)
			attend(e[i], stay, "listed");
	}
	attend(first, who, "listed");
	attend(again, who, "scanned");
	OK(event_merge(CX, again, first));
	house_next(&house);
	in_body(who, a, "member", 20220101, 0);
	in_body(who, branch, "member", 20230301, 20240501);
	in_body(who, c1, "learner", 20230101, 20240201);
	in_body(who, c2, "learner", 20230615, 0);
	in_body(stay, branch, "member", 20230101, 0);
	house_sql(&house, "DELETE FROM figure_sum");
	house_sql(&house, "DELETE FROM figure_delta");
	OK(figure_rebuild(CX, &i));
	verified();
	ask_all(before, a, district);
	erase(who);
	verified();
	same_answers(a, district, before);
	/* Half a quarter in the middle is only known to be at least so much. */
	{
		struct ask q = { .from = 20240310, .to = 20240520 };

		assert_int_equal(answer_for("participants_unique", &q).exactness, AT_LEAST);
	}
	erase(stay);
	verified();
	same_answers(a, district, before);
	/* A sealed total that somebody changed is found, and so is one that was taken away. */
	{
		struct buf out;
		int64_t n;

		house_sql(&house, "UPDATE figure_sealed SET amount = amount + 1");
		buf_init(&out, CX->arena, 0);
		OK(figure_verify(CX, &out, &n));
		assert_true(n > 0 && strstr(out.p, "sealed total") != NULL);
		house_sql(&house, "DELETE FROM figure_sealed");
		buf_init(&out, CX->arena, 0);
		OK(figure_verify(CX, &out, &n));
		assert_true(n > 0);
	}
}

/* Joined records go together; after a join that was taken back, the other one's history forgets. */
static void
test_joined(void **state)
{
	static const char *const take[] = { "surname", "phone", NULL };
	int64_t b = body("host", 0), stays = named("Тұрарбек", "Болат"),
		leaves = named("Кететін", "Асан"), e = event("Той", b, 20240301, "held").rec.id;
	struct person p;

	(void)state;
	attend(e, stays, "listed");
	attend(e, leaves, "scanned");
	OK(join(stays, leaves, take));
	OK(kind_load(CX, &person_kind, stays, &p));
	assert_string_equal(p.surname, "Кететін");
	CX->now += 1000000;
	OK(person_unmerge(CX, leaves));
	house_next(&house);
	erase(leaves);
	nowhere("Кететін");
	assert_string_not_equal(where_is("Тұрарбек"), "");
	verified();
	leaves = named("Қосылған", "Асан");
	OK(join(stays, leaves, NULL));
	house_next(&house);
	assert_int_equal(erase(leaves).people, 2);
	nowhere("Қосылған");
	nowhere("Тұрарбек");
	assert_int_equal(person_unmerge(CX, leaves), RC_RULE);
	house_next(&house);
	assert_int_equal(count(e).value, 2);
	verified();
}

static void
test_account(void **state)
{
	int64_t who = named("Сейтбек", "Асан"), id, other;
	struct erase_sums sums;
	const char *drawn;
	struct account_new in = {
		.login = "seitbek", .name = "Сейтбек А.", .role = ROLE_ADMIN, .person = who
	};

	(void)state;
	OK(account_create(CX, &in, &id, &drawn));
	assert_int_equal(
	    person_erase(CX, &(struct erase_in){ .person = who, .ground = "ended" }, &sums),
	    RC_RULE);
	house_next(&house);
	in = (struct account_new){ .login = "second", .name = "Екінші", .role = ROLE_ADMIN };
	OK(account_create(CX, &in, &other, &drawn));
	erase(who);
	nowhere("Сейтбек");
	assert_string_equal(where_is("seitbek"), "");
	assert_int_equal(house_int(&house, "SELECT count(*) FROM account WHERE disabled = 1"), 1);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM account_role"), 1);
	verified();
}

/* ---- any order ---- */

enum { PEOPLE = 8, EVENTS = 6 };

static void
test_property(void **state)
{
	int rounds = getenv("SHANYRAQ_TEST_LONG") != NULL ? 40 : 4, i, j;

	(void)state;
	for (i = 0; i < rounds; i++) {
		int64_t a = body(arena_printf(CX->arena, "a%d", i), 0),
			b = body(arena_printf(CX->arena, "b%d", i), a), people[PEOPLE],
			events[EVENTS], n;

		seed = (uint32_t)(i + 1) * 7919u;
		if (getenv("SHANYRAQ_TEST_SEED") != NULL)
			seed += (uint32_t)atoi(getenv("SHANYRAQ_TEST_SEED"));
		for (j = 0; j < PEOPLE; j++)
			people[j] = person(i * PEOPLE + j);
		for (j = 0; j < EVENTS; j++)
			events[j] = event(arena_printf(CX->arena, "Іс %d.%d", i, j),
			    dice(2) ? a : b, day_add(20230101, dice(680)), "held")
					.rec.id;
		for (j = 0; j < PEOPLE * 4; j++)
			attend(events[dice(EVENTS)], people[dice(PEOPLE)],
			    dice(2) ? "listed" : "scanned");
		for (j = 0; j < PEOPLE; j++) {
			in_body(people[j], a, "member", day_add(20220101, dice(600)), 0);
			if (dice(2))
				in_body(
				    people[j], b, "member", day_add(20220101, dice(600)), 20240301);
		}
		for (j = 0; j < 14; j++) {
			int64_t one = people[dice(PEOPLE)], two = people[dice(PEOPLE)];
			struct answers *before = arena_new(CX->arena, struct answers);
			struct erase_sums sums;
			int rc, what = dice(4);

			if (what == 2)
				ask_all(before, a, 0);
			rc = what == 0	 ? join(one, two, NULL)
			     : what == 1 ? person_unmerge(CX, two)
			     : what == 2
				 ? person_erase(CX,
				       &(struct erase_in){ .person = one, .ground = "term" }, &sums)
				 : event_merge(CX, events[dice(EVENTS)], events[dice(EVENTS)]);
			if (rc != RC_OK && rc != RC_RULE && rc != RC_CONFLICT)
				ok_at(rc, "a random step", j);
			house_next(&house);
			if (what == 2 && rc == RC_OK)
				same_answers(a, 0, before);
			verified();
			if (dice(3) == 0)
				OK(figure_fold(CX, 1 + dice(40), &n));
			house_next(&house);
		}
	}
}

#define T(f) cmocka_unit_test_setup_teardown(f, open_all, close_house)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { T(test_no_name), T(test_shell), T(test_refused),
		T(test_figures), T(test_joined), T(test_account), T(test_property) };

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
