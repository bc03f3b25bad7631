/* import_attend_test.c – lists of who came: codes of rows and tickets, names, guests, one person twice, every
 * kind of error, plan = commit, undone with the figures back where they were; on either engine.
 * RULE import-6, import-7. ROWS=50000 makes the long table as long as an office's longest. */
#include "mod/sheet/sheet.h"
#define MORE_KINDS                                                                           \
	, &signup_form_kind, &signup_question_kind, &signup_kind, &ticket_kind, &sheet_kind, \
	    &sheet_row_kind, &sheet_picture_kind, &count_slip_kind
#include "event_test.h"

#include <time.h>
#include <unistd.h>

#include "lang/lexicon.h"
#include "mod/import/import_inner.h"
#include "search/search.h"

static char path[80];
static int64_t lead, other;
static struct event held;

static int
setup(void **state)
{
	search_boot(kinds, ARRAY_LEN(kinds)); /* the lists of reference are found, too */
	if (open_house(state) != 0)
		return 1;
	person_links_add(signup_links, signup_nlinks);
	person_links_add(sheet_links, sheet_nlinks);
	import_boot(kinds, ARRAY_LEN(kinds));
	lead = body("a", 0);
	other = body("b", 0);
	held = event("Достық кеші", lead, 20241110, "held");
	snprintf(path, sizeof path, "%s/list.csv", house.dir);
	house_next(&house);
	return 0;
}

static int
teardown(void **state)
{
	unlink(path);
	return close_house(state);
}

static int64_t
known(const char *surname, const char *given, int birth, const char *phone, int64_t of)
{
	struct membership m;
	struct person p;

	kind_empty(&person_kind, &p);
	p.surname = surname;
	p.given = given;
	p.birth_day = birth;
	p.phone = phone;
	OK(kind_insert(CX, &person_kind, &p));
	if (of == 0)
		return p.rec.id;
	kind_empty(&membership_kind, &m);
	m.person = p.rec.id;
	m.body = of;
	m.role = "member";
	m.from_day = 20230101;
	OK(kind_insert(CX, &membership_kind, &m));
	return p.rec.id;
}

static void
put_table(const char *text)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
	fclose(f);
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
opened(const char *text)
{
	struct import_new in = { .kind = import_kind_of("attendances"),
		.path = path,
		.file_name = "list.csv",
		.sheet = -1 };
	int64_t id;

	put_table(text);
	OK(import_open(CX, &in, &id));
	return id;
}

static int64_t
planned(const char *text, int64_t at)
{
	int64_t id = opened(text);

	if (at != 0)
		OK(import_set_event(CX, id, arena_printf(CX->arena, "%lld", (long long)at)));
	OK(import_set_mapping(CX, id, batch(id).mapping, false, NULL));
	run(id);
	assert_string_equal(batch(id).state, "planned");
	return id;
}

static void
commit(int64_t id)
{
	OK(import_commit(CX, id, batch(id).plan_digest));
	run(id);
	assert_string_equal(batch(id).state, "done");
}

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
		    l[i].outcome == 'e' && l[i].fields != NULL && *l[i].fields != '\0' ? ":" : "",
		    l[i].outcome != 'e' || l[i].fields == NULL ? "" : l[i].fields);
	return out.p;
}

static const char *
reason(int64_t id, int64_t row)
{
	const char *s = NULL;

	OK(db_text(CX, &s,
	    "SELECT coalesce(reason, '') FROM import_plan WHERE batch = $1 AND row = "
	    "$2",
	    VALS(v_int(id), v_int(row))));
	return s;
}

static int64_t
number(const char *sql)
{
	return house_int(&house, sql);
}

static void
checked(void)
{
	struct buf out;
	int64_t n = 0, records = 0;

	verified();
	buf_init(&out, CX->arena, 0);
	OK(search_check(CX, kinds, ARRAY_LEN(kinds), &out, &records, &n));
	assert_int_equal(n, 0);
	house_next(&house);
}

#define HEAD "Аты-жөні;Туған күні;Телефон;Код\n"

static void
test_names(void **state)
{
	int64_t id, member, born, phoned, before = (int64_t)answer("participants_total").value;

	(void)state;
	member = known("Ахметова", "Сәуле", 19800101, NULL, lead);
	born = known("Ким", "Елена", 19900305, NULL, other);
	phoned = known("Пак", "Анна", 0, "+7 701 111 22 33", 0);
	known("Оспанов", "Ерлан", 19700101, NULL, other);
	id = planned(HEAD "Ахметова Сәуле;;;\n" /* the member of that name */
			  "Ким Елена;05.03.1990;;\n"
			  "Пак Анна;;8 701 111 22 33;\n"
			  "Оспанов Ерлан;;;\n"	/* somebody else's member: who? */
			  "Жаңа Қонақ;;;\n"	/* nobody on record */
			  "Жаңа Қонақ;;;\n"	/* again */
			  "АХМЕТОВА Сауле;;;\n" /* the first one in other letters */
			  ";;;12\n"
			  "Қате Күн;31.02.1990;;\n",
	    held.rec.id);
	assert_string_equal(outcomes(id), "n n n a n s s e:surname e:birth_day");
	assert_non_null(strstr(reason(id, 7), "6"));
	assert_non_null(strstr(reason(id, 8), "2"));
	/* The answer counts for the name; none of them = a guest. */
	{
		struct import_batch b = batch(id);
		struct import_question q;

		OK(import_ask(CX, &b, 5, &q));
		assert_non_null(q.what);
		assert_int_equal(q.n, 1);
		assert_true(q.may_be_new);
		OK(import_answer(CX, id, q.what, 0));
		run(id);
	}
	assert_string_equal(outcomes(id), "n n n n n s s e:surname e:birth_day");
	commit(id);
	assert_int_equal(number("SELECT count(*) FROM attendance WHERE basis = 'listed'"), 5);
	assert_int_equal(number("SELECT count(*) FROM attendance WHERE guest IS NOT NULL"), 2);
	assert_int_equal(number(arena_printf(CX->arena,
			     "SELECT count(*) FROM attendance WHERE person IN (%lld, %lld, %lld)",
			     (long long)member, (long long)born, (long long)phoned)),
	    3);
	assert_int_equal(number("SELECT count(*) FROM person"), 4); /* none was made */
	assert_int_equal((int64_t)answer("participants_total").value, before + 5);
	checked();
	/* The same file again: everybody is there already. */
	id =
	    planned(HEAD "Ахметова Сәуле;;;\nКим Елена;05.03.1990;;\nЖаңа Қонақ;;;\n", held.rec.id);
	assert_string_equal(outcomes(id), "s s s");
}

static void
test_codes(void **state)
{
	struct sheet in, s;
	struct signup su;
	struct ticket t;
	struct attendance a;
	int64_t sheet, id, who = known("Ахметова", "Сәуле", 19800101, NULL, lead);
	const char *code, *bad;
	struct event later = event("Басқа кеш", lead, 20241111, "held");

	(void)state;
	kind_empty(&sheet_kind, &in);
	in.event = held.rec.id;
	in.list = "members";
	in.lang = "kk";
	in.spare = 1;
	OK(sheet_make(CX, &in, &sheet));
	OK(kind_load(CX, &sheet_kind, sheet, &s));
	kind_empty(&signup_kind, &su);
	su.event = held.rec.id;
	su.name = "Бота";
	su.persons = 1;
	su.state = "placed";
	su.way = "page";
	su.lang = "kk";
	su.signed_on = 20241101;
	OK(kind_insert(CX, &signup_kind, &su));
	kind_empty(&ticket_kind, &t);
	t.event = held.rec.id;
	t.signup = su.rec.id;
	t.seat = 1;
	t.name = "Бота";
	t.code = "11047XKZ";
	t.state = "valid";
	OK(kind_insert(CX, &ticket_kind, &t));
	code = sheet_code_whole(CX->arena, sheet_size_of(&s), 1);
	bad = arena_printf(CX->arena, "%lld-%c%s", (long long)sheet,
	    code[strlen(code) - 3] == '9' ? '8' : '9', code + strlen(code) - 2);
	id = planned(arena_printf(CX->arena,
			 "Аты-жөні;Код;Іс-шара\n;%s;Достық кеші\n;1104-7XKZ;Достық "
			 "кеші\n;%s;Достық кеші\nҚонақ Бір;%s;Достық кеші\n;%s;Басқа "
			 "кеш\n;11047XK0;Достық кеші\nЕкі Қонақ;2-бет;Достық "
			 "кеші\nҮш;;жоқ іс-шара\nАхметова Сәуле;;Достық кеші\n",
			 code, bad, sheet_code_whole(CX->arena, sheet_size_of(&s), 2), code),
	    0);
	assert_string_equal(outcomes(id), "n n e:sheet_row n e:sheet_row e:sheet_row n e:event s");
	commit(id);
	assert_int_equal(number("SELECT count(*) FROM attendance"), 4);
	OK(kind_load(CX, &attendance_kind,
	    number(arena_printf(
		CX->arena, "SELECT id FROM attendance WHERE person = %lld", (long long)who)),
	    &a));
	assert_string_equal(a.sheet_row, code);
	assert_int_equal(
	    number("SELECT ticket FROM attendance WHERE ticket IS NOT NULL"), t.rec.id);
	assert_int_equal(count(later.rec.id).scanned + count(later.rec.id).listed, 0);
	checked();
}

/* Everything is as before, and goes in again. */
static void
test_undo(void **state)
{
	int64_t before = (int64_t)answer("participants_total").value, id;
	int64_t unique = (int64_t)answer("participants_unique").value;
	const char *why, *text = HEAD "Ахметова Сәуле;;;\nҚонақ;;;\n";
	struct attend_in in = { .event = held.rec.id, .guest = "Есіктен", .basis = "scanned" };
	struct import_batch b;
	int64_t door;
	bool again;

	(void)state;
	known("Ахметова", "Сәуле", 19800101, NULL, lead);
	OK(event_attend(CX, &in, &door, &again));
	id = planned(text, held.rec.id);
	commit(id);
	assert_int_equal((int64_t)answer("participants_total").value, before + 3);
	assert_int_equal((int64_t)answer("participants_unique").value, unique + 1);
	b = batch(id);
	OK(import_undo_check(CX, &b, &why));
	assert_null(why);
	OK(import_undo(CX, id));
	run(id);
	assert_string_equal(batch(id).state, "undone");
	assert_int_equal(number("SELECT count(*) FROM attendance"), 1);
	assert_int_equal((int64_t)answer("participants_total").value, before + 1);
	assert_int_equal((int64_t)answer("participants_unique").value, unique);
	checked();
	id = planned(text, held.rec.id);
	assert_string_equal(outcomes(id), "n n");
	commit(id);
	/* Somebody withdrew one since: the batch is no longer its own. */
	{
		struct attendance a;

		OK(kind_load(CX, &attendance_kind, number("SELECT max(id) FROM attendance"), &a));
		a.withdrawn = true;
		OK(kind_update(CX, &attendance_kind, &a));
	}
	b = batch(id);
	OK(import_undo_check(CX, &b, &why));
	assert_non_null(why);
	id = planned(text, held.rec.id);
	assert_string_equal(outcomes(id), "s e"); /* a withdrawn one is not put back by a list */
	checked();
}

/* Marked at the door between the trial run and the import: once. */
static void
test_meanwhile(void **state)
{
	int64_t who = known("Ахметова", "Сәуле", 19800101, NULL, lead), id, door;
	struct attend_in in = { .event = held.rec.id, .person = who, .basis = "scanned" };
	bool again;

	(void)state;
	id = planned(HEAD "Ахметова Сәуле;;;\nҚонақ;;;\n", held.rec.id);
	OK(event_attend(CX, &in, &door, &again));
	commit(id);
	assert_int_equal(number("SELECT count(*) FROM attendance"), 2);
	assert_int_equal(count(held.rec.id).scanned, 1);
	assert_int_equal(count(held.rec.id).listed, 1);
	checked();
}

static void
test_refused(void **state)
{
	struct event plan = event("Жоспар", lead, 20241110, "planned");
	int64_t id = opened(HEAD "Қонақ;;;\n");

	(void)state;
	assert_int_equal(import_set_mapping(CX, id, batch(id).mapping, false, NULL), RC_INVALID);
	house_next(&house);
	assert_int_equal(import_set_event(CX, id, "жоқ"), RC_INVALID);
	house_next(&house);
	assert_int_equal(import_set_event(CX, id, "999999"), RC_INVALID);
	house_next(&house);
	assert_int_equal(import_set_mapping(CX, id, ";;;", false, NULL), RC_INVALID);
	house_next(&house);
	OK(import_set_event(CX, id, "Достық кеші"));
	OK(import_set_mapping(CX, id, batch(id).mapping, false, NULL));
	run(id);
	assert_string_equal(outcomes(id), "n");
	OK(import_drop(CX, id));
	/* An event that is only planned takes nobody. */
	id = planned(HEAD "Қонақ;;;\n", plan.rec.id);
	assert_string_equal(outcomes(id), "e:event");
}

static void
test_leader(void **state)
{
	const int64_t scope[] = { other };
	struct actor leader = { .account = 1,
		.role = ROLE_LEADER,
		.caps = role_caps(ROLE_LEADER),
		.body = other,
		.scope = scope,
		.nscope = 1,
		.login = "l",
		.name = "l",
		.csrf = "" };
	struct event own = event("Өз кеші", other, 20241110, "held");
	int64_t id;

	(void)state;
	known("Жасырын", "Адам", 19800101, NULL, lead);
	CX->actor = &leader;
	id = planned(HEAD "Қонақ;;;\n", held.rec.id);
	assert_string_equal(outcomes(id), "e");
	id = planned(HEAD "Жасырын Адам;;;\n", own.rec.id);
	assert_string_equal(outcomes(id), "n"); /* nothing tells that such a record is there */
	commit(id);
	CX->actor = &actor_system;
	assert_int_equal(number("SELECT count(*) FROM attendance WHERE guest IS NOT NULL"), 1);
	checked();
}

/* Guests, people, every kind of error, one person again and again. */
static void
test_long(void **state)
{
	const char *asked = getenv("ROWS"), *letters[] = { "а", "б", "в", "г", "д", "е", "ж", "з" };
	int64_t rows = asked == NULL ? 1200 : atoll(asked), i, id, n, good = 0;
	struct import_counts c;
	struct timespec t0, t1, t2;
	struct buf b;

	(void)state;
	for (i = 0; i < 8; i++)
		known(arena_printf(CX->arena, "Мүше%s", letters[i]), "Адам", 19800101 + (int)i,
		    NULL, lead);
	buf_init(&b, CX->arena, 64 << 20);
	buf_str(&b, HEAD);
	for (i = 0; i < rows; i++) {
		const char *x = letters[i % 8], *y = letters[i / 8 % 8], *z = letters[i / 64 % 8],
			   *w = letters[i / 512 % 8], *u = letters[i / 4096 % 8],
			   *v = letters[i / 32768 % 8];

		if (i % 50 == 0)
			buf_printf(&b, "Мүше%s Адам;;;\n", x); /* eight people */
		else if (i % 50 == 1)
			buf_str(&b, "Күні Қате;31.02.1990;;\n");
		else if (i % 50 == 2)
			buf_str(&b, ";;;\"\"\n;;+7701;\n");
		else if (i % 50 == 3)
			buf_str(&b, ";;;1-999\n");
		else {
			good++;
			buf_printf(
			    &b, "Қонақ%s%s%s %s%s%s;;;%lld\n", x, y, z, w, u, v, (long long)i);
		}
	}
	clock_gettime(CLOCK_MONOTONIC, &t0);
	id = planned(b.p, held.rec.id);
	clock_gettime(CLOCK_MONOTONIC, &t1);
	OK(import_count(CX, id, &c));
	n = (rows + 49) / 50 < 4 ? (rows + 49) / 50 : 4; /* 50 and 8 have 2 in common */
	assert_int_equal(c.fresh, good + n);
	assert_int_equal(c.same, (rows + 49) / 50 - n);
	assert_int_equal(c.asks, 0);
	assert_true(c.errors >= rows / 50 * 3);
	commit(id);
	clock_gettime(CLOCK_MONOTONIC, &t2);
	assert_int_equal(count(held.rec.id).listed, good + n);
	if (asked != NULL)
		print_message("%lld rows: trial run %.1f s, import %.1f s\n", (long long)rows,
		    (double)(t1.tv_sec - t0.tv_sec) + (double)(t1.tv_nsec - t0.tv_nsec) / 1e9,
		    (double)(t2.tv_sec - t1.tv_sec) + (double)(t2.tv_nsec - t1.tv_nsec) / 1e9);
	OK(import_undo(CX, id));
	run(id);
	assert_int_equal(number("SELECT count(*) FROM attendance"), 0);
	checked();
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { T(test_names), T(test_codes), T(test_undo),
		T(test_meanwhile), T(test_refused), T(test_leader), T(test_long) };

	lexicon_load(&(struct lexicon_sources){ NULL, "", NULL }, NULL);
	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
