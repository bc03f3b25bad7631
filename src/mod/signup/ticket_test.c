/* ticket_test.c – a ticket is good once, for its event and of this house; everything else has its word. */
#define MORE_KINDS , &signup_form_kind, &signup_question_kind, &signup_kind, &ticket_kind
#include "mod/signup/signup.h"

#include "event_test.h"

#define DAY 20241115

static struct ticket
ticket(int64_t event, const char *code, const char *state, int64_t person)
{
	struct signup s;
	struct ticket t;

	kind_empty(&signup_kind, &s);
	s.event = event;
	s.name = "Қонақ";
	s.persons = 1;
	s.state = "placed";
	s.way = "page";
	s.lang = "kk";
	s.signed_on = DAY;
	OK(kind_insert(CX, &signup_kind, &s));
	kind_empty(&ticket_kind, &t);
	t.event = event;
	t.signup = s.rec.id;
	t.seat = 1;
	t.name = person == 0 ? "Қонақ" : NULL;
	t.person = person;
	t.code = code;
	t.state = state;
	OK(kind_insert(CX, &ticket_kind, &t));
	return t;
}

static enum ticket_worth
worth(const struct ticket *t)
{
	struct ticket_status s;

	OK(ticket_status(CX, t, &s));
	return s.worth;
}

static int64_t
attended(const struct ticket *t, bool *again)
{
	struct attend_in in = { .basis = "scanned", .came_at = CX->now };
	int64_t id = 0;

	OK(ticket_attend(CX, t, &in));
	OK(event_attend(CX, &in, &id, again));
	return id;
}

static void
test_codes(void **state)
{
	struct event e = event("Мереке", body("b1", 0), DAY, "approved");
	struct ticket t = ticket(e.rec.id, "11047XKZ", "valid", 0), found;
	const char *code = ticket_encode(CX->arena, &t, DAY);
	enum ticket_fault fault;
	struct ticket_payload p;
	char *bad;
	size_t i;

	(void)state;
	assert_string_equal(ticket_shown(CX->arena, &t), "1104-7XKZ");
	assert_string_equal(ticket_address(CX->arena, "AB", "https://uy.example.kz:8443"),
	    "HTTPS://UY.EXAMPLE.KZ:8443/T/AB");
	assert_string_equal(ticket_address(CX->arena, "AB", NULL), "AB");
	OK(ticket_decode(CX, ticket_address(CX->arena, code, "https://uy.example.kz"), &p, &fault));
	assert_int_equal(p.event, e.rec.id);
	assert_int_equal(p.ticket, t.rec.id);
	assert_int_equal(p.day, DAY);
	OK(ticket_find(CX, code, &found, &fault));
	assert_int_equal(found.rec.id, t.rec.id);
	OK(ticket_find(CX, "ilo4 7xkz", &found, &fault));
	assert_int_equal(found.rec.id, t.rec.id);
	assert_int_equal(ticket_find(CX, "1104-7XKY", &found, &fault), RC_NOTFOUND);
	house_next(&house);
	for (i = 0; i < TICKET_LONG; i++) { /* forged: any symbol changed */
		bad = arena_str(CX->arena, code);
		bad[i] = bad[i] == '7' ? '8' : '7';
		assert_int_equal(ticket_find(CX, bad, &found, &fault), RC_INVALID);
		assert_int_equal(fault, TICKET_FORGED);
	}
	for (i = TICKET_SHORT + 1; i < TICKET_LONG; i++) {
		assert_int_equal(
		    ticket_find(CX, arena_strn(CX->arena, code, i), &found, &fault), RC_INVALID);
		assert_int_equal(fault, TICKET_TRUNCATED);
	}
	assert_int_equal(ticket_find(CX, "қате", &found, &fault), RC_INVALID);
	assert_int_equal(fault, TICKET_UNREADABLE);
	t.event += 1; /* signed by this house, but the row is another event's */
	code = ticket_encode(CX->arena, &t, DAY);
	assert_int_equal(ticket_find(CX, code, &found, &fault), RC_INVALID);
	assert_int_equal(fault, TICKET_FORGED);
}

static void
test_worth(void **state)
{
	int64_t lead = body("b1", 0), id;
	struct event e = event("Мереке", lead, DAY, "approved");
	struct ticket t = ticket(e.rec.id, "00000001", "valid", 0),
		      w = ticket(e.rec.id, "00000002", "waiting", 0),
		      r = ticket(e.rec.id, "00000003", "revoked", 0);
	struct attend_in in = { .basis = "scanned" };
	bool again;

	(void)state;
	assert_int_equal(worth(&t), TICKET_VALID);
	assert_int_equal(worth(&w), TICKET_WAITING);
	assert_int_equal(worth(&r), TICKET_REVOKED);
	assert_int_equal(ticket_attend(CX, &w, &in), RC_RULE);
	assert_int_equal(ticket_attend(CX, &r, &in), RC_RULE);
	house_next(&house);
	id = attended(&t, &again);
	assert_false(again);
	assert_int_equal(worth(&t), TICKET_USED);
	assert_int_equal(attended(&t, &again), id);
	assert_true(again);
	assert_int_equal(count(e.rec.id).value, 1);
	OK(move(e.rec.id, "cancel", "жаңбыр"));
	assert_int_equal(worth(&t), TICKET_CANCELLED);
	assert_int_equal(worth(&r), TICKET_REVOKED);
	CX->today = DAY + 1;
	t = ticket(event("Өткен", lead, DAY, "approved").rec.id, "00000004", "valid", 0);
	assert_int_equal(worth(&t), TICKET_OVER);
	CX->today = DAY;
	verified();
}

/* One ticket is one attendance, one person is one, whichever comes first. */
static void
test_ticket_and_person(void **state)
{
	struct event e = event("Мереке", body("b1", 0), DAY, "approved");
	int64_t p = person(1), id;
	struct ticket t = ticket(e.rec.id, "00000001", "valid", p),
		      two = ticket(e.rec.id, "00000002", "valid", p);
	struct attend_in by_name = { .event = e.rec.id, .person = p, .basis = "listed" };
	struct attendance a;
	bool again;

	(void)state;
	OK(event_attend(CX, &by_name, &id, &again));
	assert_int_equal(worth(&t), TICKET_VALID);
	assert_int_equal(attended(&t, &again), id);
	assert_true(again);
	assert_int_equal(worth(&t), TICKET_USED);
	assert_int_equal(attended(&two, &again), id);
	assert_true(again);
	assert_int_equal(count(e.rec.id).value, 1);
	OK(kind_load(CX, &attendance_kind, id, &a));
	assert_int_equal(a.ticket, t.rec.id);
	a.withdrawn = true;
	OK(kind_update(CX, &attendance_kind, &a));
	assert_int_equal(worth(&t), TICKET_VALID);
	assert_int_equal(attended(&t, &again), id);
	assert_false(again);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM attendance"), 1);
	verified();
}

#define T(f) cmocka_unit_test_setup_teardown(f, open_house, close_house)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { T(test_codes), T(test_worth),
		T(test_ticket_and_person) };

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
