/* registry_alike_test.c – who is found to be the same person, and who is not: words, telephones, likeness,
 * keys, the queue with its decisions. On both engines. RULE person-1, person-2, person-3. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "core/account.h"
#include "house.h"
#include "mod/registry/registry_alike.h"

static const struct kind *const kinds[] = { &account_kind, &account_role_kind, &body_kind_kind,
	&ethnic_group_kind, &district_kind, &body_kind, &body_name_kind, &body_group_kind,
	&accreditation_kind, &population_kind, &person_kind, &ethnicity_kind, &office_kind,
	&office_holder_kind, &membership_kind };

static struct house house;
static enum db_engine engine;
#define CX (&house.cx)
#define OK(call) assert_int_equal((call), RC_OK)

static int
open_house(void **state)
{
	(void)state;
	house_open(&house, engine, kinds, ARRAY_LEN(kinds));
	OK(registry_seed(CX));
	house_next(&house);
	return 0;
}

static int
close_house(void **state)
{
	(void)state;
	house_close(&house);
	return 0;
}

static struct person
new_person(const char *surname, const char *given, const char *father, int born, const char *phone)
{
	struct person p;

	kind_empty(&person_kind, &p);
	p.surname = surname;
	p.given = given;
	p.patronymic = father;
	p.birth_day = born;
	p.phone = phone;
	return p;
}

static int64_t
put(struct person p)
{
	OK(kind_insert(CX, &person_kind, &p));
	house_next(&house);
	return p.rec.id;
}

/* How the most likely candidate for p is found; likeness 0 = nobody. */
static struct candidate
first_for(struct person p)
{
	struct candidate *c;
	size_t n;

	OK(person_candidates(CX, &p, &c, &n));
	house_next(&house);
	return n == 0 ? (struct candidate){ .id = 0 } : c[0];
}

static void
test_words(void **state)
{
	(void)state;
	assert_true(alike_words("касимов", "касимов") >= 1);
	assert_true(alike_words("касимов", "касымов") > 0.8);  /* a letter */
	assert_true(alike_words("касимов", "каисмов") > 0.8);  /* two exchanged */
	assert_true(alike_words("касимов", "касимова") > 0.8); /* one more */
	assert_true(alike_words("касимов", "бериков") < 0.6);
	assert_true(alike_words("а", "асан") > 0.7); /* an initial */
	assert_true(alike_words("а", "берик") < 0.1);
	assert_true(alike_words("", "берик") < 0.1);
}

static void
test_phones(void **state)
{
	const char *out[PHONES];

	(void)state;
	assert_int_equal(alike_phones(CX, "+7 (701) 111-22-33", out), 1);
	assert_string_equal(out[0], "7011112233");
	assert_int_equal(alike_phones(CX, "8 701 111 22 33, 54-12-90", out), 2);
	assert_string_equal(out[0], "7011112233");
	assert_string_equal(out[1], "541290");
	assert_int_equal(alike_phones(CX, "ішкі 12", out), 0);
	assert_int_equal(alike_phones(CX, NULL, out), 0);
	assert_int_equal(
	    alike_phones(CX, "1;2;3;4;5;6;7;111111;222222;333333;444444;555555", out), PHONES);
	assert_int_equal(
	    alike_phones(CX, "1234567890123456789012345678901234567890123456789012345", out), 1);
}

/* Each is looked for among «Досжанова Ұлдай Серікқызы», 12 January 1972, +7 701 111 22 33. */
static void
test_found(void **state)
{
	static const struct {
		const char *surname, *given, *father;
		int born;
		const char *phone;
		unsigned reasons; /* among those given; 0 = must not be found */
		bool same;
	} cases[] = {
		{ "Досжанова", "Ұлдай", "Серікқызы", 19720112, NULL, SAME_NAME | SAME_BIRTH, true },
		{ "Досжанова", "Улдай", NULL, 19720112, NULL, SAME_NAME | OTHER_LETTERS, true },
		{ "Ұлдай", "Досжанова", NULL, 19720112, NULL, SAME_NAME | OTHER_ORDER, true },
		{ "Doszhanova", "Uldai", NULL, 19720112, NULL, SAME_NAME | OTHER_LETTERS, true },
		{ "Досжанова", "Ұлдай Серікқызы", NULL, 19720112, NULL, SAME_BIRTH, true },
		{ "Досжонова", "Ұлдай", NULL, 19720112, NULL, SIMILAR_NAME | SAME_BIRTH, false },
		{ "Досжанова", "Ұлдай", NULL, 0, NULL, SAME_NAME | UNKNOWN_BIRTH, false },
		{ "Досжанова", "Ұлдай", NULL, 19721201, NULL, SAME_NAME | NEAR_BIRTH, false },
		{ "Досжанова", "Ұлдай", NULL, 19720101, NULL, SAME_NAME | NEAR_BIRTH, false },
		{ "Досжанова", "Ұлдай", NULL, 19720113, NULL, SAME_NAME | NEAR_BIRTH, false },
		{ "Досжан", "Ұлдай", NULL, 0, "8 (701) 1112233", SAME_PHONE | SIMILAR_NAME, false },
		{ "Қасымова", "Ұлдай", "Серікқызы", 19720112, NULL, OTHER_SURNAME | SAME_BIRTH,
		    false },
		{ "Досжанова", "Ұлдай", NULL, 19720615, NULL, 0,
		    false }, /* a namesake of the year */
		{ "Досжанова", "Ұлдай", NULL, 19500112, NULL, 0, false },	  /* another year */
		{ "Досжанова", "Мәриям", "Серікқызы", 19720112, NULL, 0, false }, /* a twin */
		{ "Бекова", "Айна", NULL, 19720112, NULL, 0, false }, /* the same day only */
		{ "Бекова", "Айна", NULL, 0, "+7 701 111 22 33", 0,
		    false }, /* the same telephone only */
		{ "Досжанова", "Ұлдай", "Асанқызы", 0, NULL, 0, false }, /* another father */
	};
	int64_t id =
	    put(new_person("Досжанова", "Ұлдай", "Серікқызы", 19720112, "+7 701 111 22 33"));
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(cases); i++) {
		struct candidate c = first_for(new_person(cases[i].surname, cases[i].given,
		    cases[i].father, cases[i].born, cases[i].phone));

		if ((c.id == id) != (cases[i].reasons != 0) ||
		    (c.reasons & cases[i].reasons) != cases[i].reasons || c.same != cases[i].same) {
			print_error("case %zu: id %lld likeness %d reasons %x\n", i,
			    (long long)c.id, c.likeness, c.reasons);
			_fail(__FILE__, __LINE__);
		}
		assert_false(c.certain);
	}
}

/* A leader is offered only whom he may see; the IIN of another's record is told without a name. */
static void
test_hidden(void **state)
{
	static const int64_t scope[] = { 1 };
	struct actor leader = { .account = 5,
		.role = ROLE_LEADER,
		.caps = role_caps(ROLE_LEADER),
		.body = 1,
		.scope = scope,
		.nscope = 1,
		.login = "l",
		.name = "l",
		.csrf = "" };
	struct person p = new_person("Сейітова", "Жанна", NULL, 18850615, NULL);
	struct candidate *c;
	size_t n;

	(void)state;
	p.iin.fresh = "850615200023";
	OK(kind_insert(CX, &person_kind, &p));
	house_next(&house);
	p.rec.id = 0;
	OK(person_candidates(CX, &p, &c, &n));
	assert_int_equal(n, 1);
	assert_true(c[0].certain);
	assert_int_equal(c[0].likeness, 1000);
	CX->actor = &leader;
	OK(person_candidates(CX, &p, &c, &n));
	assert_int_equal(n, 0);
	assert_int_not_equal(kind_insert(CX, &person_kind, &p), RC_OK);
	CX->actor = &actor_system;
}

static int64_t
work(void)
{
	int64_t done, all = 0;

	do {
		OK(people_compare(CX, 3, &done));
		house_next(&house);
		all += done;
	} while (done > 0);
	return all;
}

static struct person_pairs
queue(void)
{
	struct person_pairs p;

	OK(people_pairs(CX, "", 25, &p));
	house_next(&house);
	return p;
}

static void
test_queue(void **state)
{
	int64_t a = put(new_person("Оразов", "Ерлан", NULL, 19900101, NULL)),
		b = put(new_person("Оразов", "Ерлан", NULL, 19900101, NULL)), c, d;
	struct person_pairs q;
	struct person p;

	(void)state;
	assert_int_equal(queue().n, 0);
	assert_int_equal(queue().due, 2);
	assert_int_equal(work(), 2);
	q = queue();
	assert_int_equal(q.n, 1);
	assert_int_equal(q.total, 1);
	assert_int_equal(q.due, 0);
	assert_int_equal(q.v[0].one, a);
	assert_int_equal(q.v[0].two, b);
	/* The decision is remembered, whatever is saved since, until it is taken back. */
	OK(people_distinct(CX, b, a, true));
	OK(people_distinct(CX, a, b, true));
	house_next(&house);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM audit WHERE action = 'distinct'"), 1);
	assert_int_equal(queue().n, 0);
	OK(kind_load(CX, &person_kind, a, &p));
	p.phone = "+7 702 333 44 55";
	OK(kind_update(CX, &person_kind, &p));
	assert_int_equal(work(), 1);
	assert_int_equal(queue().n, 0);
	OK(people_distinct_pairs(CX, NULL, 25, &q));
	assert_int_equal(q.n, 1);
	house_next(&house);
	OK(people_distinct(CX, a, b, false));
	house_next(&house);
	assert_int_equal(queue().n, 1);
	/* Most certain first; a page at a time. */
	c = put(new_person("Оразов", "Ерлан", NULL, 0, "8 702 333 44 55"));
	d = put(new_person("Ерлан", "Оразов", NULL, 19900110, NULL));
	work();
	q = queue();
	assert_int_equal(q.n, 6);
	assert_int_equal(q.v[0].one, a); /* the same telephone, but no day of birth … */
	assert_true(q.v[0].likeness >= q.v[1].likeness);
	assert_true(q.v[4].likeness >= q.v[5].likeness);
	assert_true((q.v[0].two == b && (q.v[0].reasons & SAME_BIRTH) != 0) ||
		    (q.v[0].two == c && (q.v[0].reasons & SAME_PHONE) != 0));
	/* Who no longer looks alike leaves the queue. */
	OK(kind_load(CX, &person_kind, d, &p));
	p.given = "Бауыржан";
	OK(kind_update(CX, &person_kind, &p));
	work();
	assert_int_equal(queue().n, 3);
}

/* Pages of the queue hold every pair once, in order. */
static void
test_pages(void **state)
{
	struct person_pairs p;
	const char *after = "";
	int64_t seen = 0, total = 0, last = 0;
	int i;

	(void)state;
	for (i = 0; i < 5; i++) /* ten pairs of one likeness, and more of another */
		put(new_person("Абай", "Нұр", NULL, 19800305, NULL));
	for (i = 0; i < 3; i++)
		put(new_person("Абай", "Нұр", NULL, 0, NULL));
	work();
	do {
		size_t j;

		OK(people_pairs(CX, after, 4, &p));
		total = p.total;
		for (j = 0; j < p.n; j++) {
			int64_t key =
			    (1000 - p.v[j].likeness) * 1000000 + p.v[j].one * 1000 + p.v[j].two;

			assert_true(key > last);
			last = key;
			seen++;
		}
		after = p.next;
		house_next(&house);
	} while (after != NULL);
	assert_int_equal(seen, total);
	assert_int_equal(total, 28); /* 8 people, each with each */
	assert_int_equal(people_pairs(CX, "1.x.2", 4, &p), RC_INVALID);
	house_next(&house);
	assert_int_equal(people_pairs(CX, "12", 4, &p), RC_INVALID);
	house_next(&house);
}

/* Whoever is compared costs what the keys cost: no plan looks at all people. */
static void
test_no_scan(void **state)
{
	AUTO_ROWS r = { 0 };

	(void)state;
	OK(db_rows(CX, &r,
	    "EXPLAIN QUERY PLAN SELECT person FROM person_key WHERE sort = 'n' AND name = 'a' AND "
	    "person <> 1 UNION ALL SELECT person FROM person_key WHERE sort = 'y' AND name = 'c' "
	    "AND person <> 1 LIMIT 400",
	    NO_VALS));
	while (rows_next(&r))
		assert_null(strstr(row_text(&r, 3), "SCAN person_key"));
	OK(rows_end(&r));
}

#define T(f) cmocka_unit_test_setup_teardown(f, open_house, close_house)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { T(test_words), T(test_phones), T(test_found),
		T(test_hidden), T(test_queue), T(test_pages), T(test_no_scan) };

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	/* The last one asks SQLite how it would go about it. */
	return _cmocka_run_group_tests(
	    "alike", tests, ARRAY_LEN(tests) - (engine == DB_PG ? 1 : 0), NULL, NULL);
}
