/* import_test.c – tables become records, on either engine: what a row means, plan = commit, exactly once,
 * undone, within one's rights. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/account.h"
#include "core/data.h"
#include "figure/figure.h"
#include "house.h"
#include "mod/import/import_inner.h"
#include "search/search.h"
#include "lang/lexicon.h"

static const struct kind *const kinds[] = { &account_kind, &account_role_kind, &body_kind_kind,
	&ethnic_group_kind, &district_kind, &body_kind, &body_name_kind, &body_group_kind,
	&accreditation_kind, &population_kind, &person_kind, &ethnicity_kind, &office_kind,
	&office_holder_kind, &membership_kind, &event_kind_kind, &observance_kind, &programme_kind,
	&event_kind, &part_kind, &organiser_kind, &attendance_kind, &file_kind };

static struct house house;
static enum db_engine engine;
static struct cell_source sources[2];
static const struct figure *figures[2] = { &eca_members_figure, &eca_persons_figure };
static char path[80];
static int64_t shatlyq, vatan;
#define CX (&house.cx)
#define OK(call) ok_at((call), #call, __LINE__)

static void
ok_at(int rc, const char *what, int line)
{
	const struct field_error *f = CX->err.fields;

	if (rc == RC_OK)
		return;
	print_error("line %d: %s = %d %s (%s)\n", line, what, rc,
	    CX->err.text == NULL ? "" : CX->err.text, CX->err.detail == NULL ? "" : CX->err.detail);
	for (; f != NULL; f = f->next)
		print_error("  %s: %s\n", f->field, f->text);
	assert_int_equal(rc, RC_OK);
}

static int64_t
find(const char *table, const char *code)
{
	int64_t id = 0;

	OK(db_int(CX, &id, arena_printf(CX->arena, "SELECT id FROM %s WHERE code = $1", table),
	    VALS(v_text(code))));
	return id;
}

static int64_t
body(const char *code, const char *name)
{
	struct body b;

	kind_empty(&body_kind, &b);
	b.code = code;
	b.kind = find("body_kind", "eca");
	b.name = (struct text3){ name, NULL, NULL };
	OK(kind_insert(CX, &body_kind, &b));
	return b.rec.id;
}

static int
setup(void **state)
{
	(void)state;
	house_open(&house, engine, kinds, ARRAY_LEN(kinds));
	figure_init(figures, ARRAY_LEN(figures));
	sources[0] = registry_cells;
	sources[1] = event_cells;
	figure_sources(sources, 2);
	search_boot(kinds, ARRAY_LEN(kinds));
	import_boot(kinds, ARRAY_LEN(kinds));
	OK(registry_seed(CX));
	OK(event_seed(CX));
	shatlyq = body("shatlyq", "«Шатлық» бірлестігі");
	vatan = body("vatan", "«Ватан» бірлестігі");
	snprintf(path, sizeof path, "%s/table.csv", house.dir);
	house_next(&house);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	unlink(path);
	house_close(&house);
	return 0;
}

/* ---- short words ---- */

static void
put_table(const char *text)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
	fclose(f);
}

static int64_t
opened(const char *kind, const char *text)
{
	struct import_new in = {
		.kind = import_kind_of(kind), .path = path, .file_name = "table.csv", .sheet = -1
	};
	int64_t id;

	put_table(text);
	OK(import_open(CX, &in, &id));
	return id;
}

static struct import_batch
batch(int64_t id)
{
	struct import_batch b;

	house_next(&house);
	OK(import_get(CX, id, &b));
	return b;
}

static void
run(int64_t id)
{
	bool more;

	house_next(&house);
	OK(import_run(CX, id, 0, &more));
	assert_false(more);
}

static int64_t
planned(const char *kind, const char *text)
{
	int64_t id = opened(kind, text);

	OK(import_set_mapping(CX, id, batch(id).mapping, false, NULL));
	run(id);
	assert_string_equal(batch(id).state, "planned");
	return id;
}

/* "n u e:birth_day": outcomes of all rows with the fields that they name. */
static const char *
outcomes(int64_t id)
{
	struct import_line l[40];
	struct import_batch b = batch(id);
	struct buf out;
	size_t n, i;

	OK(import_lines(CX, &b, (struct import_window){ 0, 0, 40, false }, l, &n));
	buf_init(&out, CX->arena, 0);
	for (i = 0; i < n; i++)
		buf_printf(&out, "%s%c%s%s", i > 0 ? " " : "", l[i].outcome,
		    l[i].fields != NULL && *l[i].fields != '\0' ? ":" : "",
		    l[i].fields == NULL ? "" : l[i].fields);
	return out.p;
}

static const char *
reason(int64_t id, int64_t row)
{
	const char *s = NULL;

	OK(db_text(CX, &s, "SELECT reason FROM import_plan WHERE batch = $1 AND row = $2",
	    VALS(v_int(id), v_int(row))));
	return s;
}

static void
commit(int64_t id)
{
	OK(import_commit(CX, id, batch(id).plan_digest));
	run(id);
}

static void
verified(void)
{
	struct buf out;
	int64_t n, records;

	house_next(&house);
	buf_init(&out, CX->arena, 0);
	OK(figure_verify(CX, &out, &n));
	if (n != 0)
		print_error("%s\n", out.p);
	assert_int_equal(n, 0);
	OK(search_check(CX, kinds, ARRAY_LEN(kinds), &out, &records, &n));
	assert_int_equal(n, 0);
	house_next(&house);
}

/* ---- cells ---- */

static void
days(void **state)
{
	static const struct {
		const char *text;
		int day;
	} t[] = { { "15.11.2024", 20241115 }, { "5.3.90", 19900305 }, { "5/3/24", 20240305 },
		{ "2024-11-15", 20241115 }, { "15.11.2024 г.", 20241115 },
		{ "15.11.2024 18:00", 20241115 }, { "15 қараша 2024 ж.", 20241115 },
		{ "2024 жылғы 15 қараша", 20241115 }, { "3 мая 1985 года", 19850503 },
		{ "3 мамыр 1985", 19850503 }, { "1 March 2001", 20010301 },
		{ "«7» қыркүйек 2020", 20200907 }, { "45611", 20241115 }, { "31.02.2024", 0 },
		{ "1985", 0 }, { "15.11.20245", 0 }, { "ертең", 0 }, { "15.13.2024", 0 },
		{ "2 3 4 мая", 0 }, { "", 0 } };
	size_t i;
	int day;

	(void)state;
	for (i = 0; i < ARRAY_LEN(t); i++) {
		bool ok = import_day(t[i].text, 20241115, &day);

		if (ok != (t[i].day != 0) || (ok && day != t[i].day))
			print_error("%s: %d\n", t[i].text, day);
		assert_int_equal(ok, t[i].day != 0);
		if (ok)
			assert_int_equal(day, t[i].day);
	}
}

static void
names_and_iins(void **state)
{
	static const struct {
		const char *full, *surname, *given, *patronymic;
	} t[] = { { "Ахметов Қайрат Серікұлы", "Ахметов", "Қайрат", "Серікұлы" },
		{ "  АХМЕТОВА   АЙГҮЛ СЕРІК ҚЫЗЫ", "Ахметова", "Айгүл", "Серік Қызы" },
		{ "Қайрат Серікұлы Ахметов", "Ахметов", "Қайрат", "Серікұлы" },
		{ "Ахметов К.С.", "Ахметов", "К.", "С." }, { "Ким", "Ким", NULL, NULL },
		{ "ИВАНОВА-ПАК АННА", "Иванова-Пак", "Анна", NULL } };
	/* Each in all its scripts: where the second word ends so, the surname stands last. */
	static const char *const patronymics[] = { "Серікұлы", "Серикулы", "Serikuly", "Serikulı",
		"Серікқызы", "Серик-кызы", "Serikqyzy", "Serikqızy", "Serikkyzy", "Петрович",
		"Сергеевич", "Петровна", "Сергеевна", "Ильинична" };
	struct person p;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(t); i++) {
		kind_empty(&person_kind, &p);
		import_split_name(CX, t[i].full, &p);
		assert_string_equal(p.surname, t[i].surname);
		if (t[i].given != NULL)
			assert_string_equal(p.given, t[i].given);
		if (t[i].patronymic != NULL)
			assert_string_equal(p.patronymic, t[i].patronymic);
	}
	for (i = 0; i < ARRAY_LEN(patronymics); i++) {
		kind_empty(&person_kind, &p);
		import_split_name(
		    CX, arena_printf(CX->arena, "Асан %s Касымов", patronymics[i]), &p);
		if (strcmp(p.surname, "Касымов") != 0)
			print_error("%s\n", patronymics[i]);
		assert_string_equal(p.surname, "Касымов");
	}
	assert_string_equal(import_iin(CX->arena, "900305300011"), "900305300011");
	assert_string_equal(import_iin(CX->arena, "10203500123"), "010203500123");
	assert_string_equal(import_iin(CX->arena, "900305 300 011"), "900305300011");
	assert_null(import_iin(CX->arena, "9.00305E+11"));
	assert_null(import_iin(CX->arena, "1234"));
}

static void
headers(void **state)
{
	static const struct {
		const char *kind, *head, *mapping;
	} t[] = {
		{ "people", "№ п/п;ФИО;ИИН;Дата рождения;Телефон (моб.);Район;Пол",
		    ";full_name;iin;birth_day;phone;district;sex" },
		{ "people", "Тегі;Аты;Әкесінің аты;ЖСН;ТУҒАН КҮНІ;Мекен-жайы",
		    "surname;given;patronymic;iin;birth_day;address" },
		{ "people", "surname,given,birth_day,phone", "surname;given;birth_day;phone" },
		{ "memberships",
		    "Этнокультурное объединение;Фамилия Имя Отчество;Дата вступления;Должность",
		    "body;person.full_name;from_day;role" },
		{ "memberships", "Бирлестик;Аты-жони;Кирген куни",
		    "body;person.full_name;from_day" },
		{ "bodies", "Атауы;Название на русском;БСН;Ауданы", "name;;bin;district" },
		{ "events",
		    "Мероприятие;Дата проведения;Организатор;Место проведения;Количество "
		    "участников",
		    "name;first_day;body;place;declared_count" },
	};
	struct import_batch b;
	int64_t id;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(t); i++) {
		b = batch(opened(t[i].kind, arena_printf(CX->arena, "%s\n", t[i].head)));
		assert_string_equal(b.mapping, t[i].mapping);
	}
	/* What was chosen for a header is remembered for the next file that has it. */
	id = opened("people", "Кім;Қашан\nАхметов Қайрат;05.03.1990\n");
	assert_string_equal(batch(id).mapping, ";");
	OK(import_set_mapping(CX, id, "full_name;birth_day", false, NULL));
	run(id);
	OK(import_commit(CX, id, batch(id).plan_digest));
	run(id);
	id = opened("people", "КІМ;ҚАШАН\nПак Анна;05.03.1991\n");
	assert_string_equal(batch(id).mapping, "full_name;birth_day");
	assert_int_equal(
	    import_set_mapping(CX, id, "full_name;full_name", false, NULL), RC_INVALID);
	err_clear(CX);
	assert_int_equal(import_set_mapping(CX, id, ";birth_day", false, NULL), RC_INVALID);
	err_clear(CX);
	assert_int_equal(import_set_mapping(CX, id, "full_name;iin_mac", false, NULL), RC_INVALID);
	err_clear(CX);
}

/* ---- people ---- */

#define HEAD "Аты-жөні;ЖСН;Туған күні;Телефон;Мекенжайы\n"

static void
people_come_in_once(void **state)
{
	static const char rows[] =
	    HEAD "Ахметов Қайрат Серікұлы;900305300006;05.03.1990;8 701 111 22 33;\n"
		 "Пак Анна;;12.12.1980;;Ақтөбе\n;;;;\nБелгісіз Күн;;31.02.1990;;\n";
	int64_t id = planned("people", rows);

	(void)state;
	/* The IIN's own check speaks first if the digits are wrong: 900305300006 must be a good one. */
	assert_null(iin_error("900305300006"));
	assert_string_equal(outcomes(id), "n n e:birth_day");
	assert_int_equal(house_int(&house, "SELECT count(*) FROM person"), 0);
	commit(id);
	assert_string_equal(batch(id).state, "done");
	assert_int_equal(
	    house_int(&house,
		"SELECT count(*) FROM person WHERE surname = 'Ахметов' AND birth_day = "
		"19900305 AND iin IS NOT NULL"),
	    1);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM history WHERE kind = 'person'"), 2);
	/* The same file again would change nothing. */
	id = planned("people", rows);
	assert_string_equal(outcomes(id), "s s e:birth_day");
	assert_int_equal(import_commit(CX, id, batch(id).plan_digest), RC_RULE);
	/* Keyboard letters and a telephone's signs are no change; blanks overwrite nothing; a new address is one. */
	id = planned("people", HEAD "АХМЕТОВ КАЙРАТ СЕРИКУЛЫ;900305300006;;87011112233;Ақтөбе, "
				    "5\nПак Анна;;12.12.1980;-;\n");
	assert_string_equal(outcomes(id), "u:address s");
	commit(id);
	assert_int_equal(
	    house_int(&house,
		"SELECT count(*) FROM person WHERE given = 'Қайрат' AND phone = '8 701 "
		"111 22 33' AND address = 'Ақтөбе, 5' AND birth_day = 19900305"),
	    1);
	/* An IIN comes in where none stands, and is never replaced. */
	id = planned("people", HEAD "Пак Анна;801212400009;12.12.1980;;\n");
	assert_null(iin_error("801212400009"));
	assert_string_equal(outcomes(id), "u:iin");
	commit(id);
	verified();
}

static void
people_that_ask(void **state)
{
	struct import_question q;
	struct import_batch b;
	int64_t id = planned("people", HEAD "Иванов Петр Сидорович;;01.02.1970;;\n"), one;

	(void)state;
	commit(id);
	one = house_int(&house, "SELECT max(id) FROM person");
	/* The birth differs in a digit: likely, not certain. */
	id = planned("people",
	    HEAD "Иванов Петр;;01.02.1971;;Қобда\nИванов Петр Сидорович;;01.02.1970;;Қобда\n");
	assert_string_equal(outcomes(id), "a u:address");
	b = batch(id);
	OK(import_ask(CX, &b, 2, &q));
	assert_string_equal(q.what, "row:2");
	assert_int_equal(q.n, 1);
	assert_int_equal(q.offers[0].id, one);
	assert_true(q.may_be_new);
	OK(import_answer(CX, id, q.what, 0));
	run(id);
	assert_string_equal(outcomes(id), "n u:address");
	OK(import_answer(CX, id, q.what, -1));
	run(id);
	assert_string_equal(outcomes(id), "k u:address");
	commit(id);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM person"), 1);
	/* The same IIN under quite another name is a typing error in one of them. */
	id = planned("people", HEAD "Қайратов Серік;900305300006;;;\n");
	commit(id);
	id = planned("people", HEAD "Шмидт Эльза;900305300006;;;\n");
	assert_string_equal(outcomes(id), "a");
}

static void
one_iin_twice(void **state)
{
	int64_t id = planned("people",
	    HEAD "Ахметов Қайрат;900305300006;;;\nПак Анна;801212400009;;;\nСеріков "
		 "Болат;900305300006;;;\n");

	(void)state;
	assert_string_equal(outcomes(id), "e n e");
	assert_non_null(strstr(reason(id, 2), "2, 4"));
	assert_non_null(strstr(reason(id, 4), "2, 4"));
	id = planned("memberships", "Аты-жөні;ЖСН;Бірлестігі;Мүше болған күні\n"
				    "Ахметов Қайрат;900305300006;Шатлық бірлестігі;01.02.2020\n"
				    "Ахметов Қайрат;900305300006;Ватан бірлестігі;01.02.2021\n"
				    "Пак Анна;801212400009;Ватан бірлестігі;01.02.2021\n"
				    "Ким Ольга;801212400009;Ватан бірлестігі;01.02.2021\n"
				    "Ахметов Қайрат;900305300006;Ватан бірлестігі;01.02.2022\n");
	/* One person in two bodies is good; one IIN with two names, and one membership twice, are not. */
	assert_string_equal(outcomes(id), "n e e e e");
}

/* ---- memberships ---- */

#define MHEAD "Аты-жөні;Туған күні;Бірлестігі;Рөлі;Мүше болған күні\n"

static void
memberships_bring_people(void **state)
{
	static const char rows[] =
	    MHEAD "Ахметов Қайрат;05.03.1990;«ШАТЛЫҚ» БІРЛЕСТІГІ;мүше;1 ақпан 2020 ж.\n"
		  "Ахметов Қайрат;05.03.1990;Ватан бірлестігі;төраға;01.02.2021\n"
		  "Пак Анна;12.12.1980;Шатлык бирлестиги;;2021-05-06\n"
		  "Ким Ольга;;Шатлық бірлес;мүше;01.02.2022\n"
		  "Жоқ Адам;;Мүлдем бөтен ұйым;мүше;01.02.2022\n"
		  "Күнсіз Адам;;Ватан бірлестігі;мүше;\n";
	struct import_question q;
	struct import_batch b;
	int64_t id = planned("memberships", rows);

	(void)state;
	assert_string_equal(outcomes(id), "n n n a:body e:body e:from_day");
	b = batch(id);
	OK(import_ask(CX, &b, 5, &q));
	assert_non_null(strstr(q.what, "body:"));
	assert_int_equal(q.offers[0].id, shatlyq);
	assert_false(q.may_be_new);
	OK(import_answer(CX, id, q.what, shatlyq));
	run(id);
	assert_string_equal(outcomes(id), "n n n n e:body e:from_day");
	commit(id);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM person"), 3);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM membership"), 4);
	assert_int_equal(
	    house_int(&house,
		"SELECT count(DISTINCT person) FROM membership m JOIN person p ON p.id = "
		"m.person WHERE p.surname = 'Ахметов'"),
	    1);
	assert_int_equal(house_int(&house, arena_printf(CX->arena,
					       "SELECT count(*) FROM person WHERE body = %lld",
					       (long long)shatlyq)),
	    3);
	verified();
	id = planned("memberships", rows);
	/* Ким Ольга has neither birth nor IIN, but is a member of this very body. */
	b = batch(id);
	OK(import_ask(CX, &b, 5, &q));
	OK(import_answer(CX, id, q.what, shatlyq));
	run(id);
	assert_string_equal(outcomes(id), "s s s s e:body e:from_day");
	verified();
}

/* ---- plan = commit ---- */

static void
plan_is_commit(void **state)
{
	const char *digest;
	struct person p;
	int64_t id =
	    planned("people", HEAD "Ахметов Қайрат;;05.03.1990;;\nПак Анна;;12.12.1980;;\n");

	(void)state;
	assert_int_equal(import_commit(CX, id, "0000"), RC_CONFLICT);
	house_next(&house);
	digest = batch(id).plan_digest;
	/* Somebody enters one of them meanwhile: the plan would be another one, so nothing is written. */
	kind_empty(&person_kind, &p);
	p.surname = "Пак";
	p.given = "Анна";
	p.birth_day = 19801212;
	OK(kind_insert(CX, &person_kind, &p));
	OK(import_commit(CX, id, digest));
	run(id);
	assert_string_equal(batch(id).state, "planned");
	assert_non_null(batch(id).error);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM person"), 1);
	assert_string_equal(outcomes(id), "n s");
	/* What does not touch the plan does not stop it. */
	digest = batch(id).plan_digest;
	kind_empty(&person_kind, &p);
	p.surname = "Мүлдем";
	p.given = "Бөтен";
	OK(kind_insert(CX, &person_kind, &p));
	OK(import_commit(CX, id, digest));
	run(id);
	assert_string_equal(batch(id).state, "done");
	assert_int_equal(house_int(&house, "SELECT count(*) FROM person"), 3);
	/* All or nothing. */
	id = opened("people", HEAD "Жаңа Адам;;01.01.2000;;\nҚате Күн;;31.02.2000;;\n");
	OK(import_set_mapping(CX, id, batch(id).mapping, true, NULL));
	run(id);
	assert_int_equal(import_commit(CX, id, batch(id).plan_digest), RC_RULE);
}

static const char *
many(int n)
{
	struct buf b;
	int i;

	buf_init(&b, CX->arena, 0);
	buf_str(&b, HEAD);
	for (i = 0; i < n; i++)
		buf_printf(&b, "Тек%c%c Аты%d;;%02d.%02d.%d;;\n", 'a' + i % 26, 'a' + i / 26 % 26,
		    i, 1 + i % 28, 1 + i % 12, 1950 + i % 50);
	return b.p;
}

/* Each step is a transaction; between two of them the process may die. */
static void
exactly_once(void **state)
{
	int64_t id = planned("people", many(1100));
	struct import_run one, two;
	bool more;

	(void)state;
	OK(import_commit(CX, id, batch(id).plan_digest));
	house_next(&house);
	OK(import_run_open(CX, id, &one));
	OK(import_run_open(CX, id, &two));
	OK(import_commit_step(&one, &more));
	assert_true(more);
	house_next(&house);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM person"), 500);
	/* A second process that began with the same place comes too late and writes nothing. */
	assert_int_equal(import_commit_step(&two, &more), RC_CONFLICT);
	import_run_close(&one);
	import_run_close(&two);
	house_next(&house);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM person"), 500);
	run(id);
	assert_string_equal(batch(id).state, "done");
	assert_int_equal(house_int(&house, "SELECT count(*) FROM person"), 1100);
	assert_int_equal(house_int(&house, "SELECT count(DISTINCT given) FROM person"), 1100);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM import_row"), 1100);
}

/* Commits n people of whom every second is refused while the rows are written: by then it is 1974, and they
 * are not born yet. Returns how many statements that took. */
static unsigned
half_refused(int n)
{
	int64_t id = planned("people", many(n)), now = CX->now;
	int today = CX->today;
	unsigned queries;

	OK(import_commit(CX, id, batch(id).plan_digest));
	house_next(&house);
	CX->today = 19741231;
	CX->now = INT64_C(157680000000000);
	queries = db_query_count(CX);
	run(id);
	queries = db_query_count(CX) - queries;
	CX->today = today;
	CX->now = now;
	house_next(&house);
	assert_string_equal(batch(id).state, "done");
	assert_int_equal(house_int(&house, "SELECT count(*) FROM person"), n / 2);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM import_plan WHERE done = 1"
					   " AND outcome <> 'n'"),
	    0);
	assert_non_null(strstr(reason(id, 27), "1880")); /* the first of 1975 */
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM person WHERE birth_day > 19750000"), 0);
	verified();
	return queries;
}

/* Each row is tried twice at most, however many of them are refused. */
static void
refused_on_the_way(void **state)
{
	unsigned some = half_refused(50), more;

	(void)state;
	house_sql(&house, "DELETE FROM person_due");
	more = half_refused(400);
	print_message("# statements: %u for 50 rows, %u for 400\n", some, more);
	assert_true(more < 10 * some);
}

/* Others enter the same people while the rows are written: those rows are left out with the reason, the
 * piece's own rows are no change of others. */
static void
changed_on_the_way(void **state)
{
	enum { N = 60, TAKEN = 40 };
	int64_t id = planned("people", many(N));
	struct person p;
	int i;

	(void)state;
	OK(import_commit(CX, id, batch(id).plan_digest));
	for (i = 0; i < TAKEN; i++) {
		house_next(&house);
		kind_empty(&person_kind, &p);
		p.surname = arena_printf(CX->arena, "Тек%c%c", 'a' + i % 26, 'a' + i / 26 % 26);
		p.given = arena_printf(CX->arena, "Аты%d", i);
		p.birth_day = (1950 + i % 50) * 10000 + (1 + i % 12) * 100 + 1 + i % 28;
		OK(kind_insert(CX, &person_kind, &p));
	}
	run(id);
	assert_string_equal(batch(id).state, "done");
	assert_int_equal(house_int(&house, "SELECT count(*) FROM person"), N);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM import_row"), N - TAKEN);
	assert_non_null(reason(id, 2));
	assert_string_equal(reason(id, 2), reason(id, TAKEN + 1));
	verified();
}

/* ---- undone ---- */

static void
undone(void **state)
{
	struct import_batch b;
	struct membership m;
	const char *why;
	int64_t id = planned("people", HEAD "Пак Анна;;12.12.1980;123456;Хромтау\n"), second;

	(void)state;
	commit(id);
	second =
	    planned("memberships", "Аты-жөні;Туған күні;Бірлестігі;Мүше болған күні;Мекенжайы\n"
				   "Ахметов Қайрат;05.03.1990;Шатлық бірлестігі;01.02.2020;\n"
				   "Пак Анна;12.12.1980;Ватан бірлестігі;06.05.2021;Ақтөбе\n");
	assert_string_equal(outcomes(second), "n n:address");
	commit(second);
	b = batch(second);
	OK(import_undo_check(CX, &b, &why));
	assert_null(why);
	/* Another record that names an imported person stands against it, and so does a later change. */
	kind_empty(&membership_kind, &m);
	m.person = house_int(&house, "SELECT id FROM person WHERE surname = 'Ахметов'");
	m.body = vatan;
	m.role = "volunteer";
	m.from_day = 20240101;
	OK(kind_insert(CX, &membership_kind, &m));
	b = batch(second);
	assert_int_equal(import_undo(CX, second), RC_RULE);
	house_next(&house);
	house_sql(&house,
	    arena_printf(CX->arena, "DELETE FROM membership WHERE id = %lld", (long long)m.rec.id));
	house_next(&house);
	{
		/* What is taken back stays known as it was before (kind/past.h). */
		int64_t then = CX->now, was, known;
		struct query q;

		was = house_int(&house, "SELECT count(*) FROM person");
		CX->now += 2 * US_PER_SECOND;
		OK(import_undo(CX, second));
		run(second);
		OK(query_init(CX, &q, &person_kind));
		OK(query_known(&q, then));
		OK(query_count(&q, &known));
		assert_int_equal(known, was);
		house_next(&house);
	}
	assert_string_equal(batch(second).state, "undone");
	assert_int_equal(house_int(&house, "SELECT count(*) FROM membership"), 0);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM person"), 1);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM person WHERE address = 'Хромтау'"), 1);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM person_key WHERE person NOT IN (SELECT id FROM "
			      "person)"),
	    0);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM history WHERE action = 'delete'"), 3);
	/* The numbers do not come again, so nobody inherits a history. */
	commit(planned("people", HEAD "Жаңа Адам;;01.01.2001;;\n"));
	assert_int_equal(
	    house_int(&house,
		"SELECT count(*) FROM history h JOIN person p ON p.id = h.rec WHERE h.kind = "
		"'person' AND p.surname = 'Жаңа'"),
	    1);
	verified();
	/* The first batch: its only person was changed after it (and put back): two more versions. */
	b = batch(id);
	OK(import_undo_check(CX, &b, &why));
	assert_non_null(why);
}

/* ---- rejected rows ---- */

static void
rejected_come_again(void **state)
{
	struct import_batch b;
	struct slice out;
	char *text, *at;
	int64_t id =
	    planned("people", "Тізім;;\n№;Аты-жөні;Туған күні\n1;Ахметов Қайрат;05.03.1990\n2;Пак "
			      "Анна;31.02.1980\n");

	(void)state;
	assert_int_equal(batch(id).header_row, 2);
	commit(id);
	b = batch(id);
	OK(import_rejected(CX, &b, false, &out));
	text = arena_strn(CX->arena, out.p, out.n);
	assert_non_null(strstr(text, "№;Аты-жөні;Туған күні;Why not imported"));
	assert_non_null(strstr(text, "2;Пак Анна;31.02.1980;"));
	assert_null(strstr(text, "Ахметов"));
	at = strstr(text, "31.02");
	memcpy(at, "28.02", 5);
	id = planned("people", text);
	assert_string_equal(outcomes(id), "n");
	OK(import_rejected(CX, &b, true, &out));
	assert_memory_equal(out.p, "PK\3\4", 4);
	OK(import_template(CX, import_kind_of("memberships"), &out));
	assert_memory_equal(out.p, "PK\3\4", 4);
}

static void
terms(void **state)
{
	int64_t id =
	    planned("people", HEAD "Ахметов Қайрат;;05.03.1990;;\nҚате Күн;;31.02.1990;;\n");

	(void)state;
	commit(id);
	OK(import_purge(CX));
	assert_int_equal(house_int(&house, "SELECT count(*) FROM import_plan"), 2);
	CX->now += (IMPORT_DAYS + 1) * US_PER_DAY;
	OK(import_purge(CX));
	house_next(&house);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM import_plan"), 0);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM import_batch WHERE path IS NULL"), 1);
	/* The file of the command line is its owner's. */
	assert_int_equal(access(path, R_OK), 0);
	/* What was written can still be taken back. */
	OK(import_undo(CX, id));
	run(id);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM person"), 0);
}

/* ---- bodies, events ---- */

static void
bodies_and_events(void **state)
{
	int64_t id =
	    planned("bodies", "Атауы;Түрі;Телефон\nШатлық бірлестігі;;87130000000\nЖаңа "
			      "бірлестік;eca;\nТүрсіз бірлестік;;\nБөтен түр;мүлдем басқа;\n");

	(void)state;
	assert_string_equal(outcomes(id), "u:phone n e:kind e:kind");
	commit(id);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM body WHERE phone = '87130000000'"), 1);
	id = planned("events", "Іс-шара;Күні;Ұйымдастырушы;Түрі\nНаурыз;22.03.2024;Шатлық "
			       "бірлестігі;concert\nНаурыз;22.03.2024;Шатлық "
			       "бірлестігі;concert\nБасқа;23.03.2024;Ватан "
			       "бірлестігі;concert\n");
	assert_string_equal(outcomes(id), "e e n");
	commit(id);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM event WHERE state = 'planned'"), 1);
	id = planned("events", "Іс-шара;Күні;Ұйымдастырушы;Түрі;Орны\nБАСҚА;23.03.2024;Ватан "
			       "бірлестігі;concert;Достық "
			       "үйі\n");
	assert_string_equal(outcomes(id), "u:place");
	verified();
}

/* ---- rights ---- */

static void
a_leader_stays_inside(void **state)
{
	int64_t scope[1] = { shatlyq }, id, other;
	struct actor leader = { .account = 1,
		.role = ROLE_LEADER,
		.body = shatlyq,
		.scope = scope,
		.nscope = 1,
		.login = "leader",
		.name = "leader",
		.csrf = "" },
		     second = leader;
	const struct actor *was = CX->actor;
	struct import_batch b;
	struct import_new in = {
		.kind = import_kind_of("bodies"), .path = path, .file_name = "t", .sheet = -1
	};

	(void)state;
	leader.caps = second.caps = role_caps(ROLE_LEADER);
	second.account = 2;
	/* Somebody of another body, whom the leader may not see. */
	id = planned("people", HEAD "Жасырын Адам;900305300006;05.03.1990;;\n");
	commit(id);
	CX->actor = &leader;
	id = planned("memberships",
	    MHEAD "Ахметов Болат;01.01.1991;Шатлық бірлестігі;мүше;01.02.2020\n"
		  "Серіков Нұрлан;02.01.1991;Ватан бірлестігі;мүше;01.02.2020\n");
	assert_string_equal(outcomes(id), "n e:body");
	commit(id);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM membership"), 1);
	other = planned(
	    "people", HEAD "Жасырын Адам;900305300006;05.03.1990;;\nЖасырын Адам;;05.03.1990;;\n");
	/* The IIN is taken, and nothing tells whose it is; without an IIN a new record is made. */
	assert_string_equal(outcomes(other), "e:iin n");
	assert_null(strstr(reason(other, 2), "Жасырын"));
	CX->actor = &second;
	assert_int_equal(import_get(CX, id, &b), RC_NOTFOUND);
	err_clear(CX);
	put_table("Атауы;Түрі\nБірлестік;eca\n");
	assert_int_equal(import_open(CX, &in, &id), RC_DENIED);
	err_clear(CX);
	CX->actor = was;
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { T(days), T(names_and_iins), T(headers),
		T(people_come_in_once), T(people_that_ask), T(one_iin_twice),
		T(memberships_bring_people), T(plan_is_commit), T(exactly_once),
		T(refused_on_the_way), T(changed_on_the_way), T(undone), T(rejected_come_again),
		T(terms), T(bodies_and_events), T(a_leader_stays_inside) };

	lexicon_load(&(struct lexicon_sources){ NULL, "", NULL }, NULL);
	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
