/* sheet_test.c – sheets, what is typed from them, two typists at once, the second reading, slips, scopes,
 * joins and erasures; and that figures move by exactly what was typed. On both engines.
 * RULE sheet-2, sheet-3, sheet-4. */
#include "mod/sheet/sheet.h"
#define MORE_KINDS                                                                           \
	, &signup_form_kind, &signup_question_kind, &signup_kind, &ticket_kind, &sheet_kind, \
	    &sheet_row_kind, &sheet_picture_kind, &count_slip_kind
#include "event_test.h"

#include <pthread.h>

#include "core/idempotency.h"
#include "figure/sealed.h"
#include "search/search.h"

static int
open_all(void **state)
{
	static struct verify_check checks[2];

	if (open_house(state) != 0)
		return 1;
	checks[0] = event_tally_check;
	checks[1] = figure_sealed_check;
	figure_checks(checks, 2);
	person_links_add(signup_links, signup_nlinks);
	person_links_add(sheet_links, sheet_nlinks);
	search_boot(kinds, ARRAY_LEN(kinds));
	return 0;
}

static int64_t
member(int n, int64_t of)
{
	struct membership m;

	kind_empty(&membership_kind, &m);
	m.person = person(n);
	m.body = of;
	m.role = "member";
	m.from_day = 20230101;
	OK(kind_insert(CX, &membership_kind, &m));
	return m.person;
}

static struct sheet
make(int64_t of, const char *list, int64_t spare)
{
	struct sheet in, s;
	int64_t id;

	kind_empty(&sheet_kind, &in);
	in.event = of;
	in.list = list;
	in.lang = "kk";
	in.spare = spare;
	OK(sheet_make(CX, &in, &id));
	OK(kind_load(CX, &sheet_kind, id, &s));
	return s;
}

static struct mark_out
mark(const struct sheet *s, int64_t line, enum mark m, const char *guest)
{
	struct mark_in in = { .sheet = s->rec.id, .line = line, .mark = m, .guest = guest };
	struct mark_out o;

	OK(sheet_mark(CX, &in, &o));
	return o;
}

static int
try_mark(const struct sheet *s, int64_t line, enum mark m, const char *guest)
{
	struct mark_in in = { .sheet = s->rec.id, .line = line, .mark = m, .guest = guest };
	struct mark_out o;
	int rc = sheet_mark(CX, &in, &o);

	house_next(&house);
	return rc;
}

static int64_t
stored(const char *what)
{
	return house_int(&house, what);
}

/* A body with three members, of whom one has left, and a branch with one more. */
static int64_t lead, branch, people[4];
static struct event held;

static void
some_people(void)
{
	struct end_in end = { .version = 1, .to_day = 20240601, .reason = "own_wish" };
	int i;

	lead = body("a", 0);
	branch = body("b", lead);
	for (i = 0; i < 4; i++)
		people[i] = member(i, i == 3 ? branch : lead);
	OK(db_int(
	    CX, &end.id, "SELECT id FROM membership WHERE person = $1", VALS(v_int(people[2]))));
	OK(membership_end(CX, &end));
	held = event("Кеш", lead, 20241110, "held");
}

static void
test_make(void **state)
{
	struct sheet s, in;
	struct row_shown *r;
	int64_t id;
	size_t n;

	(void)state;
	some_people();
	s = make(held.rec.id, "members", 2);
	assert_int_equal(s.listed, 3); /* without the one who has left, with the branch's */
	OK(sheet_rows(CX, &s, (struct rows_ask){ .sheet = s.rec.id }, &r, &n));
	assert_int_equal(n, 5);
	assert_string_equal(r[0].name, "Адам0 Сынақ");
	assert_string_equal(r[2].name, "Адам3 Сынақ");
	assert_true(r[3].spare && r[4].spare && !r[2].spare);
	assert_string_equal(r[3].name, "");
	s = make(held.rec.id, "blank", 7);
	assert_int_equal(s.listed, 0);
	kind_empty(&sheet_kind, &in);
	in.event = held.rec.id;
	in.list = "blank";
	in.lang = "ru";
	assert_int_equal(sheet_make(CX, &in, &id), RC_INVALID);
	house_next(&house);
	in.spare = SHEET_SPARE_MAX + 1;
	assert_int_equal(sheet_make(CX, &in, &id), RC_INVALID);
	house_next(&house);
	in.spare = 1;
	in.list = "everybody";
	assert_int_equal(sheet_make(CX, &in, &id), RC_INVALID);
	house_next(&house);
	/* The tables of a refused sheet hold nothing. */
	assert_int_equal(stored("SELECT count(*) FROM sheet"), 2);
	assert_int_equal(stored("SELECT count(*) FROM sheet_row"), 12);
	verified();
}

static void
test_type(void **state)
{
	struct figure_answer before, after;
	struct attendance a;
	struct mark_out o;
	struct sheet s;
	struct sheet_sums n;

	(void)state;
	some_people();
	before = answer("participants_total");
	s = make(held.rec.id, "members", 2);
	o = mark(&s, 1, MARK_CAME, NULL);
	assert_false(o.again || o.elsewhere);
	OK(kind_load(CX, &attendance_kind, o.attendance, &a));
	assert_string_equal(a.basis, "listed");
	assert_string_equal(a.sheet_row, sheet_code_whole(CX->arena, sheet_size_of(&s), 1));
	assert_int_equal(a.person, people[0]);
	assert_true(mark(&s, 1, MARK_CAME, NULL).again); /* RULE sheet-2 */
	assert_int_equal(count(held.rec.id).value, 1);
	assert_false(mark(&s, 2, MARK_ABSENT, NULL).again);
	assert_true(mark(&s, 2, MARK_ABSENT, NULL).again);
	assert_int_equal(try_mark(&s, 4, MARK_CAME, NULL), RC_INVALID);
	assert_int_equal(try_mark(&s, 4, MARK_CAME, "  "), RC_INVALID);
	assert_int_equal(try_mark(&s, 6, MARK_CAME, NULL), RC_NOTFOUND);
	assert_int_equal(try_mark(&s, 0, MARK_CAME, NULL), RC_NOTFOUND);
	mark(&s, 4, MARK_CAME, "Қонақ Сәуле");
	assert_true(mark(&s, 4, MARK_CAME, "Басқа").again);
	OK(sheet_sum(CX, &s, &n));
	assert_int_equal(n.typed, 3);
	assert_int_equal(n.came, 2);
	assert_int_equal(n.absent, 1);
	assert_int_equal(n.lines, 4);
	after = answer("participants_total");
	assert_int_equal((int64_t)after.value - (int64_t)before.value, 2);
	assert_int_equal(count(held.rec.id).listed, 2);
	verified();
}

/* RULE sheet-3 */
static void
test_take_back(void **state)
{
	struct attend_in door = { .basis = "scanned" };
	struct mark_out o;
	struct sheet s, other;
	int64_t id, first;
	bool again;

	(void)state;
	some_people();
	s = make(held.rec.id, "members", 1);
	other = make(held.rec.id, "members", 0);
	first = mark(&s, 1, MARK_CAME, NULL).attendance;
	assert_true(mark(&other, 1, MARK_CAME, NULL).elsewhere);
	o = mark(&other, 1, MARK_OPEN, NULL);
	assert_true(o.kept);
	assert_int_equal(count(held.rec.id).value, 1);
	assert_false(mark(&s, 1, MARK_OPEN, NULL).kept);
	assert_int_equal(count(held.rec.id).scanned + count(held.rec.id).listed, 0);
	assert_int_equal(mark(&s, 1, MARK_CAME, NULL).attendance, first); /* it stands again */
	/* Scanned at the door before the sheet was typed. */
	door.event = held.rec.id;
	door.person = people[1];
	OK(event_attend(CX, &door, &id, &again));
	o = mark(&s, 2, MARK_CAME, NULL);
	assert_true(o.elsewhere);
	assert_int_equal(o.attendance, id);
	assert_true(mark(&s, 2, MARK_ABSENT, NULL).kept);
	assert_int_equal(count(held.rec.id).scanned, 1);
	/* A spare row under another name is another guest. */
	mark(&s, 4, MARK_CAME, "Бір");
	mark(&s, 4, MARK_OPEN, NULL);
	mark(&s, 4, MARK_CAME, "Екі");
	assert_int_equal(stored("SELECT count(*) FROM attendance WHERE guest IS NOT NULL"), 2);
	assert_int_equal(
	    stored("SELECT count(*) FROM attendance WHERE guest IS NOT NULL AND withdrawn = 0"), 1);
	assert_int_equal(count(held.rec.id).listed, 2);
	verified();
}

static void
test_many(void **state)
{
	int64_t except[] = { 2 }, n;
	struct sheet s;

	(void)state;
	some_people();
	s = make(held.rec.id, "members", 3);
	OK(sheet_mark_many(CX,
	    &(struct marks_in){ .sheet = s.rec.id,
		.from = 1,
		.to = 6,
		.except = except,
		.nexcept = 1,
		.mark = MARK_CAME },
	    &n));
	assert_int_equal(n, 2); /* spare rows have no name */
	OK(sheet_mark_many(CX,
	    &(struct marks_in){ .sheet = s.rec.id, .from = 1, .to = 3, .mark = MARK_ABSENT }, &n));
	assert_int_equal(n, 1); /* what was typed before stays */
	OK(sheet_mark_many(CX,
	    &(struct marks_in){ .sheet = s.rec.id, .from = 1, .to = 3, .mark = MARK_CAME }, &n));
	assert_int_equal(n, 0);
	assert_int_equal(count(held.rec.id).value, 2);
	verified();
}

static void
test_second(void **state)
{
	struct row_shown *r;
	struct sheet s;
	struct sheet_sums n;
	size_t k;

	(void)state;
	some_people();
	s = make(held.rec.id, "members", 0);
	mark(&s, 1, MARK_CAME, NULL);
	mark(&s, 2, MARK_CAME, NULL);
	OK(sheet_read_again(CX, s.rec.id, 1, MARK_CAME));
	OK(sheet_read_again(CX, s.rec.id, 2, MARK_ABSENT));
	OK(sheet_read_again(CX, s.rec.id, 3, MARK_CAME));
	assert_int_equal(count(held.rec.id).value, 2); /* a reading counts nobody */
	OK(sheet_sum(CX, &s, &n));
	assert_int_equal(n.read, 3);
	assert_int_equal(n.differ, 2);
	OK(sheet_rows(CX, &s, (struct rows_ask){ .sheet = s.rec.id, .differ = true }, &r, &k));
	assert_int_equal(k, 2);
	assert_int_equal(r[0].r.line, 2);
	mark(&s, 3, MARK_CAME, NULL);
	OK(sheet_read_again(CX, s.rec.id, 2, MARK_OPEN));
	OK(sheet_sum(CX, &s, &n));
	assert_int_equal(n.read, 2);
	assert_int_equal(n.differ, 0);
	verified();
}

/* ---- tickets ---- */

static int64_t
ticket(const char *name, int64_t who, const char *code, const char *ticket_state)
{
	struct signup s;
	struct ticket t;

	kind_empty(&signup_kind, &s);
	s.event = held.rec.id;
	s.name = name;
	s.persons = 1;
	s.state = "placed";
	s.way = "page";
	s.lang = "kk";
	s.signed_on = 20241101;
	OK(kind_insert(CX, &signup_kind, &s));
	kind_empty(&ticket_kind, &t);
	t.event = held.rec.id;
	t.signup = s.rec.id;
	t.seat = 1;
	t.name = who == 0 ? name : NULL;
	t.person = who;
	t.code = code;
	t.state = ticket_state;
	OK(kind_insert(CX, &ticket_kind, &t));
	return t.rec.id;
}

static void
test_tickets(void **state)
{
	struct row_shown *r;
	struct attendance a;
	struct attend_in in = { .basis = "scanned" };
	struct ticket t;
	struct sheet s;
	int64_t bota, id, left;
	bool again;
	size_t n;

	(void)state;
	some_people();
	bota = ticket("Бота", 0, "00000001", "valid");
	ticket("x", people[1], "00000002", "valid");
	ticket("Күткен", 0, "00000003", "waiting");
	ticket("Алма", 0, "00000004", "valid");
	s = make(held.rec.id, "signups", 1);
	assert_int_equal(s.listed, 3); /* who waits has no place */
	OK(sheet_rows(CX, &s, (struct rows_ask){ .sheet = s.rec.id }, &r, &n));
	assert_string_equal(r[0].name, "Адам1 Сынақ");
	assert_string_equal(r[1].name, "Алма");
	assert_string_equal(r[2].name, "Бота");
	OK(kind_load(CX, &attendance_kind, mark(&s, 3, MARK_CAME, NULL).attendance, &a));
	assert_int_equal(a.ticket, bota);
	assert_string_equal(a.guest, "Бота");
	OK(kind_load(CX, &attendance_kind, mark(&s, 1, MARK_CAME, NULL).attendance, &a));
	assert_int_equal(a.person, people[1]);
	/* Her ticket is scanned afterwards: one attendance. */
	OK(kind_load(CX, &ticket_kind, bota, &t));
	OK(ticket_attend(CX, &t, &in));
	OK(event_attend(CX, &in, &id, &again));
	assert_true(again);
	assert_int_equal(count(held.rec.id).value, 2);
	/* Revoked between printing and typing. */
	OK(db_int(CX, &id, "SELECT id FROM ticket WHERE code = '00000004'", NO_VALS));
	OK(ticket_revoke(CX, id, 1, "office"));
	assert_int_equal(try_mark(&s, 2, MARK_CAME, NULL), RC_RULE);
	/* Of many rows the refused one is named, and nothing is written. */
	OK(sheet_mark_many(CX,
	    &(struct marks_in){ .sheet = s.rec.id, .from = 3, .to = 3, .mark = MARK_ABSENT },
	    &left));
	mark(&s, 3, MARK_OPEN, NULL);
	assert_int_equal(
	    sheet_mark_many(CX,
		&(struct marks_in){ .sheet = s.rec.id, .from = 1, .to = 3, .mark = MARK_CAME },
		&left),
	    RC_RULE);
	assert_non_null(strstr(CX->err.text,
	    arena_printf(CX->arena, "Row %s: ", sheet_code(CX->arena, sheet_size_of(&s), 2))));
	house_next(&house);
	assert_int_equal(count(held.rec.id).value, 1);
	verified();
}

/* ---- two typists ---- */

enum { ROWS = 24 };
struct typist {
	pthread_t thread;
	struct sheet s;
	int64_t again;
	int rc;
	bool back; /* from the last row to the first */
};

static void *
types(void *arg)
{
	struct typist *t = arg;
	struct arena a;
	struct ctx cx = { .actor = &actor_system, .now = CX->now, .today = CX->today };
	int64_t i;

	arena_init(&a);
	cx.arena = &a;
	db_bind(&cx, house.store);
	for (i = 1; i <= ROWS && t->rc == RC_OK; i++) {
		struct mark_in in = {
			.sheet = t->s.rec.id, .line = t->back ? ROWS + 1 - i : i, .mark = MARK_CAME
		};
		struct mark_out o = { 0 };

		if (in.line > t->s.listed)
			in.guest = "Қонақ";
		t->rc = sheet_mark(&cx, &in, &o);
		t->again += o.again;
		db_end(&cx);
	}
	arena_done(&a);
	return NULL;
}

static void
test_two_typists(void **state)
{
	struct typist t[2] = { { .back = false }, { .back = true } };
	struct sheet s;
	int i;

	(void)state;
	some_people();
	for (i = 4; i < 16; i++)
		member(i, lead);
	s = make(held.rec.id, "members", ROWS - 15);
	assert_int_equal(s.listed, 15);
	house_next(&house);
	db_end(CX);
	for (i = 0; i < 2; i++) {
		t[i].s = s;
		assert_int_equal(pthread_create(&t[i].thread, NULL, types, &t[i]), 0);
	}
	for (i = 0; i < 2; i++)
		pthread_join(t[i].thread, NULL);
	assert_int_equal(t[0].rc, RC_OK);
	assert_int_equal(t[1].rc, RC_OK);
	assert_int_equal(t[0].again + t[1].again, ROWS); /* each row once */
	assert_int_equal(stored("SELECT count(*) FROM attendance"), ROWS);
	assert_int_equal(count(held.rec.id).value, ROWS);
	verified();
}

/* ---- slips, RULE sheet-4 ---- */

static struct count_slip
slip(const char *basis, int64_t n)
{
	struct count_slip c;

	kind_empty(&count_slip_kind, &c);
	c.event = held.rec.id;
	c.basis = basis;
	c.people = n;
	c.counted_by = "Хатшы";
	return c;
}

static void
test_slips(void **state)
{
	struct count_slip c, head;
	int64_t sum, id;
	bool again;

	(void)state;
	some_people();
	c = slip("head", 120);
	OK(slip_add(CX, &c, NULL, &sum, &again));
	c = slip("head", 35);
	OK(slip_add(CX, &c, NULL, &sum, &again));
	assert_int_equal(sum, 155);
	c = slip("declared", 300);
	OK(slip_add(CX, &c, NULL, &sum, &again));
	assert_int_equal(reload(held.rec.id).head_count, 155);
	assert_int_equal(reload(held.rec.id).declared_count, 300);
	assert_int_equal(count(held.rec.id).value, 155);
	assert_int_equal(count(held.rec.id).basis, BASIS_HEAD);
	c = slip("scanned", 1);
	assert_int_equal(slip_add(CX, &c, NULL, &sum, &again), RC_INVALID);
	house_next(&house);
	c = slip("head", 0);
	assert_int_equal(slip_add(CX, &c, NULL, &sum, &again), RC_INVALID);
	house_next(&house);
	OK(db_int(CX, &id, "SELECT max(id) FROM count_slip WHERE basis = 'head'", NO_VALS));
	OK(kind_load(CX, &count_slip_kind, id, &head));
	assert_int_equal(slip_withdraw(CX, id, head.rec.version + 1), RC_CONFLICT);
	house_next(&house);
	OK(slip_withdraw(CX, id, head.rec.version));
	assert_int_equal(reload(held.rec.id).head_count, 120);
	OK(db_int(CX, &id, "SELECT id FROM count_slip WHERE basis = 'declared'", NO_VALS));
	OK(slip_withdraw(CX, id, 1));
	assert_int_equal(reload(held.rec.id).declared_count, INT_NONE); /* unknown, not zero */
	verified();
}

/* The button pressed twice, the answer lost: heads are counted once. */
static void
test_slip_twice(void **state)
{
	struct idempotency form = { "form count_slip 1", "0123-abcd", { "form", 4 } },
			   other = { "form count_slip 1", "0123-abce", { "form", 4 } };
	struct count_slip c = slip("head", 120);
	int64_t sum;
	bool again;

	(void)state;
	some_people();
	c.event = held.rec.id;
	OK(slip_add(CX, &c, &form, &sum, &again));
	assert_false(again);
	OK(slip_add(CX, &c, &form, &sum, &again));
	assert_true(again);
	assert_int_equal(sum, 120);
	assert_int_equal(reload(held.rec.id).head_count, 120);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM count_slip"), 1);
	OK(slip_add(CX, &c, &other, &sum, &again)); /* another form with the same numbers */
	assert_false(again);
	assert_int_equal(reload(held.rec.id).head_count, 240);
	verified();
}

/* ---- who ---- */

static void
act_as(struct actor *a, enum role r, int64_t scope)
{
	const int64_t *ids;

	*a = (struct actor){ .account = 7,
		.role = r,
		.caps = role_caps(r),
		.login = "x",
		.name = "x",
		.csrf = "",
		.body = scope };
	if (scope != 0) {
		OK(body_subtree(CX, scope, &ids, &a->nscope));
		a->scope = ids;
	}
	CX->actor = a;
}

static void
test_scope(void **state)
{
	struct actor a;
	struct sheet s, in, seen;
	struct count_slip c;
	int64_t other, id, sum;
	bool again;

	(void)state;
	some_people();
	other = body("z", 0);
	s = make(held.rec.id, "members", 1);
	c = slip("head", 5);
	kind_empty(&sheet_kind, &in);
	in.event = held.rec.id;
	in.list = "members";
	in.lang = "kk";
	/* A leader of another body sees the event, which is public, and no paper of it. */
	act_as(&a, ROLE_LEADER, other);
	assert_int_equal(kind_get(CX, &sheet_kind, s.rec.id, &seen), RC_NOTFOUND);
	house_next(&house);
	assert_int_equal(try_mark(&s, 1, MARK_CAME, NULL), RC_NOTFOUND);
	assert_int_equal(sheet_make(CX, &in, &id), RC_DENIED);
	house_next(&house);
	assert_int_equal(slip_add(CX, &c, NULL, &sum, &again), RC_DENIED);
	house_next(&house);
	act_as(&a, ROLE_LEADER, lead);
	OK(kind_get(CX, &sheet_kind, s.rec.id, &seen));
	assert_int_equal(try_mark(&s, 1, MARK_CAME, NULL), RC_OK);
	act_as(&a, ROLE_AUDITOR, 0);
	assert_int_equal(kind_get(CX, &sheet_kind, s.rec.id, &seen), RC_DENIED);
	house_next(&house);
	assert_int_equal(try_mark(&s, 2, MARK_CAME, NULL), RC_DENIED);
	act_as(&a, ROLE_MEMBER, 0);
	assert_int_equal(kind_get(CX, &sheet_kind, s.rec.id, &seen), RC_DENIED);
	house_next(&house);
	CX->actor = &actor_guest;
	assert_int_equal(kind_get(CX, &sheet_kind, s.rec.id, &seen), RC_DENIED);
	house_next(&house);
	CX->actor = &actor_system;
	OK(sheet_withdraw(CX, s.rec.id, 1));
	assert_int_equal(try_mark(&s, 3, MARK_CAME, NULL), RC_RULE);
	assert_int_equal(count(held.rec.id).value, 1); /* what was typed stays */
	verified();
}

/* An erased person leaves an empty row that can no longer be typed; a joined one moves with the row. */
static void
test_persons(void **state)
{
	struct erase_sums sums;
	struct person x, y;
	struct sheet s;

	(void)state;
	some_people();
	s = make(held.rec.id, "members", 0);
	mark(&s, 1, MARK_CAME, NULL);
	OK(kind_load(CX, &person_kind, people[0], &x));
	OK(kind_load(CX, &person_kind, people[2], &y));
	OK(person_merge(CX, &(struct person_merge_in){ .stays = people[2],
				.leaves = people[0],
				.stays_version = y.rec.version,
				.leaves_version = x.rec.version }));
	assert_int_equal(
	    stored(arena_printf(CX->arena, "SELECT count(*) FROM sheet_row WHERE person = %lld",
		(long long)people[2])),
	    1);
	assert_true(mark(&s, 1, MARK_CAME, NULL).again);
	OK(person_unmerge(CX, people[0]));
	assert_int_equal(
	    stored(arena_printf(CX->arena, "SELECT count(*) FROM sheet_row WHERE person = %lld",
		(long long)people[0])),
	    1);
	OK(person_erase(CX,
	    &(struct erase_in){ .person = people[1], .ground = "request", .document = "№ 7" },
	    &sums));
	house_next(&house);
	assert_int_equal(stored("SELECT count(*) FROM sheet_row WHERE person IS NULL"), 1);
	assert_int_equal(try_mark(&s, 2, MARK_CAME, "Кім"), RC_RULE);
	assert_int_equal(count(held.rec.id).value, 1);
	verified();
}

#define T(f) cmocka_unit_test_setup_teardown(f, open_all, close_house)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { T(test_make), T(test_type), T(test_take_back),
		T(test_many), T(test_second), T(test_tickets), T(test_two_typists), T(test_slips),
		T(test_slip_twice), T(test_scope), T(test_persons) };

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
