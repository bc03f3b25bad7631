/* series_test.c – a series through the doors: made by a leader, its days chosen once, public with its events alone; what
 * another body's leader sees and may do where one of its own events stands in the series. */
#include "door_words.h"

#define SAYS(call, text)                    \
	do {                                \
		struct answer got = (call); \
		HAS(got, text);             \
	} while (0)
#define SAYS_NOT(call, text)                \
	do {                                \
		struct answer got = (call); \
		HAS_NOT(got, text);         \
	} while (0)

static int clerk, leader, guest, member;
static int64_t series;

static int
setup(void **state)
{
	(void)state;
	door_open(&door, engine);
	guest = 0;
	leader = door_role(&door, "leader");
	clerk = door_role(&door, "clerk");
	member = door_role(&door, "member");
	return 0;
}

static const char *
at(const char *format)
{
	return with_ids(format, series, series);
}

/* A body that is not the leader's: the club of the demo has one. */
static int64_t
number(const char *sql)
{
	return door_int(&door, sql);
}

static void
test_making(void **state)
{
	const char *form =
	    with_ids("name_kk=Klub&body=#&kind=#&repeat=weeks&every=1&thursday=1&starts=18%3A00&"
		     "ends=19%3A30&first_day=28.11.2024&times=4",
		number("SELECT body FROM event_series"), number("SELECT kind FROM event_series"));
	struct answer a;

	(void)state;
	assert_int_equal(page(member, "/en/series/new").status, 403);
	SAYS_NOT(page(guest, "/en/series"), "/series/new");
	assert_int_not_equal(post(leader, "/en/series/new", form).status, 303); /* another body's */
	a = post(
	    clerk, "/en/series/new", with_ids("name_kk=Klub&repeat=weeks&every=1&times=#", 4, 0));
	assert_int_equal(a.status, 422);
	HAS(a, "Klub"); /* what was typed stays */
	a = post(clerk, "/en/series/new", form);
	assert_int_equal(a.status, 303);
	series = number("SELECT max(id) FROM event_series");
	assert_non_null(strstr(a.location, at("/en/series/#/make")));
	a = page(clerk, at("/en/series/#/make"));
	HAS(a, "name='d20241128' value='1' checked");
	HAS(a, "Every Thursday, from 18:00 to 19:30");
	SAYS(page(clerk, at("/kk/series/#/make")),
	    "Әр бейсенбі сайын, сағат 18:00-ден 19:30-ға дейін");
	assert_int_equal(
	    number(with_ids("SELECT count(*) FROM series_member WHERE series = #", series, 0)), 0);
	assert_int_equal(page(leader, at("/en/series/#")).status, 404);
	assert_int_equal(
	    post(clerk, at("/en/series/#/make"), "d20241128=1&d20241205=1&d20241206=1").status,
	    303);
	assert_int_equal(
	    post(clerk, at("/en/series/#/make"), "d20241128=1&d20241205=1&d20241206=1").status,
	    303);
	assert_int_equal(
	    number(with_ids("SELECT count(*) FROM series_member WHERE series = #", series, 0)), 2);
	a = post(clerk, at("/en/series/#/make"), "nothing=1");
	assert_int_equal(a.status, 422);
	HAS(a, "Tick at least one day.");
	SAYS(page(clerk, at("/en/series/#/make")), "made already");
	SAYS(page(clerk, at("/en/series/#")), "Take them back");
	assert_int_equal(page(guest, at("/en/series/#")).status, 404); /* plans alone */
	assert_int_equal(page(guest, at("/series/#/calendar.ics")).status, 404);
}

static int64_t
nth_member(int n)
{
	return number(with_ids(
	    "SELECT event FROM series_member WHERE series = # ORDER BY day LIMIT 1 OFFSET #",
	    series, n));
}

static void
test_public(void **state)
{
	struct answer a;
	int64_t first = nth_member(0), second = nth_member(1);

	(void)state;
	a = post(clerk, at("/en/series/#/steps/approve"), with_ids("e#=1", first, 0));
	assert_int_equal(a.status, 303);
	a = page(guest, at("/en/series/#"));
	HAS(a, "28.11.2024");
	HAS_NOT(a, "05.12.2024"); /* still a plan */
	HAS_NOT(a, "/make");
	a = page(guest, at("/series/#/calendar.ics"));
	HAS(a, "DTSTART;TZID=Asia/Aqtobe:20241128T180000");
	HAS_NOT(a, "20241205T");
	SAYS(page(guest, with_ids("/en/events/#", first, 0)), "1 of 1");
	SAYS(page(clerk, with_ids("/en/events/#", first, 0)), "1 of 2");
	assert_int_equal(page(guest, with_ids("/en/events/#", second, 0)).status, 404);
	a = post(clerk, at("/en/series/#/unmake/1"), "");
	assert_int_equal(a.status, 409); /* one of them was approved since */
}

/* One of its events is led by the leader's own body: it is his to change on its own, the series is not. */
static void
test_other_leader(void **state)
{
	int64_t second = nth_member(1),
		own = number("SELECT body FROM account_role WHERE role = 'leader'");
	struct answer a;

	(void)state;
	a = post(
	    clerk, with_ids("/en/events/#/edit", second, 0), with_ids("_version=1&body=#", own, 0));
	assert_int_equal(a.status, 303);
	a = page(leader, at("/en/series/#"));
	HAS(a, "05.12.2024"); /* his own plan */
	HAS_NOT(a, "/make");
	HAS_NOT(a, "changed on its own");
	assert_int_equal(page(leader, at("/en/series/#/edit")).status, 403);
	assert_int_equal(post(leader, at("/en/series/#/make"), "d20241212=1").status, 403);
	assert_int_equal(
	    post(leader, at("/en/series/#/steps/cancel"), "reason=weather").status, 403);
	assert_int_equal(page(leader, at("/en/series/#/stopped")).status, 403);
	assert_int_equal(
	    post(leader, with_ids("/en/events/#/edit", second, 0), "_version=2&place=Here").status,
	    303);
	SAYS(page(clerk, at("/en/series/#")), "changed on its own");
}

static void
test_following(void **state)
{
	int64_t first = nth_member(0), second = nth_member(1);
	const char *path = with_ids("/en/series/#/change?from=#", series, first), *form;
	struct answer a;

	(void)state;
	SAYS(page(clerk, path), "See what would change");
	form = with_ids("_version=#&name_kk=Klub&starts=17%3A00&ends=19%3A30&place=There&body=#",
	    number(with_ids("SELECT version FROM event_series WHERE id = #", series, 0)),
	    number(with_ids("SELECT body FROM event_series WHERE id = #", series, 0)));
	a = post(clerk, path, form);
	HAS(a, "2 events would change");
	HAS(a, "Stays as it was changed on its own: Place");
	assert_int_equal(
	    number(with_ids("SELECT count(*) FROM event WHERE starts = '17:00' AND id IN (#, #)",
		first, second)),
	    0);
	a = post(clerk, path, arena_printf(&door.arena, "%s&sure=1&back=1", form));
	assert_int_equal(a.status, 200);
	HAS(a, "value='There'"); /* what was typed is still there */
	assert_int_equal(
	    post(clerk, path, arena_printf(&door.arena, "%s&sure=1", form)).status, 303);
	assert_int_equal(/* pressed twice */
	    post(clerk, path, arena_printf(&door.arena, "%s&sure=1", form)).status, 303);
	a = post(clerk, path, arena_printf(&door.arena, "place=Elsewhere&%s&sure=1", form));
	assert_int_equal(a.status, 409); /* somebody else's form of before */
	HAS(a, "Elsewhere");
	HAS(a, "There");
	assert_int_equal(
	    number(with_ids("SELECT count(*) FROM event WHERE starts = '17:00' AND id IN (#, #)",
		first, second)),
	    2);
	assert_int_equal(
	    number(
		with_ids("SELECT count(*) FROM event WHERE place = 'Here' AND id = #", second, 0)),
	    1);
	a = page(guest, at("/series/#/calendar.ics"));
	HAS(a, "SEQUENCE:2"); /* approved, moved */
	a = post(clerk, at("/en/series/#/steps/cancel"), with_ids("e#=1&reason=weather", first, 0));
	assert_int_equal(a.status, 303);
	SAYS(page(guest, at("/series/#/calendar.ics")), "STATUS:CANCELLED");
	a = post(clerk, at("/en/series/#/steps/cancel"), with_ids("e#=1", second, 0));
	assert_int_equal(a.status, 409); /* a reason is needed */
}

static void
test_club_of_demo(void **state)
{
	struct answer a;

	(void)state;
	series = number("SELECT id FROM event_series WHERE code = 'mamile'");
	SAYS(page(guest, "/kk/series"), "Әр сәрсенбі сайын");
	SAYS_NOT(page(guest, "/en/series"), "Search in this list"); /* it would find nothing */
	SAYS(page(guest, "/en/series?q=nothing"), "Every Wednesday");
	SAYS(page(clerk, "/en/series"), "Search in this list");
	SAYS_NOT(page(clerk, "/en/series?q=nothing"), "Every Wednesday");
	a = page(door_role(&door, "auditor"), at("/en/series/#"));
	assert_int_equal(a.status, 200);
	HAS_NOT(a, "/stopped"); /* a list that it may not open is not offered */
	a = page(guest, at("/en/series/#"));
	HAS(a, "Came on average");
	HAS_NOT(a, "/stopped");
	SAYS(page(guest, "/series/mamile/calendar.ics"), "BEGIN:VEVENT");
	assert_int_equal(page(clerk, at("/en/series/#/stopped")).status, 200);
	assert_int_equal(page(clerk, at("/en/series/#/stopped?format=csv")).status, 200);
	assert_int_not_equal(page(guest, at("/en/series/#/stopped")).status, 200);
	assert_int_equal(page(member, at("/en/series/#/stopped")).status, 403);
	assert_int_equal(door_api(&door, clerk, M_GET, "/api/v1/series", NULL, NULL).status, 200);
	a = door_api(&door, guest, M_GET, "/api/v1/series", NULL, NULL);
	HAS_NOT(a, "\"hall\"");
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_making),
		cmocka_unit_test(test_public),
		cmocka_unit_test(test_other_leader),
		cmocka_unit_test(test_following),
		cmocka_unit_test(test_club_of_demo),
	};

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!door_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, setup, teardown);
}
