/* after_test.c – calendars with and without a key, one filter for all views, the map, the report of an event with
 * its costs and letters, and who is told the next day. Through the doors, on both engines. */
#include "door_words.h"

#include <stdlib.h>

#include "figure/figure.h"
#include "mod/registry/registry.h"

static int guest, member, leader, clerk;

static int
setup(void **state)
{
	(void)state;
	door_open(&door, engine);
	guest = 0;
	member = door_role(&door, "member");
	leader = door_role(&door, "leader");
	clerk = door_role(&door, "clerk");
	return 0;
}

static int64_t
times(const struct answer *a, const char *word)
{
	const char *p = a->body.p;
	int64_t n = 0;

	for (; (p = strstr(p, word)) != NULL; p += strlen(word))
		n++;
	return n;
}

/* ---- calendars ---- */

static void
test_public(void **state)
{
	struct answer a = page(guest, "/calendar.ics"), b;

	(void)state;
	assert_int_equal(a.status, 200);
	assert_string_equal(a.type, "text/calendar; charset=utf-8");
	HAS(a, "BEGIN:VCALENDAR\r\n");
	HAS(a, "TZID:Asia/Aqtobe\r\n");
	/* Plans are not public, and a cookie opens no more: what counts is the address. */
	HAS_NOT(a, "STATUS:TENTATIVE");
	HAS(a, "STATUS:CANCELLED");
	assert_int_equal(times(&a, "BEGIN:VEVENT"),
	    door_int(&door,
		"SELECT count(*) FROM event WHERE state <> 'planned' AND merged_into IS "
		"NULL AND first_day >= 20231115"));
	b = page(guest, "/calendar.ics?lang=ru");
	HAS(b, "/ru/events/");
	assert_int_equal(page(guest, "/bodies/no_such_body/calendar.ics").status, 404);
	assert_int_equal(page(guest, "/programmes/999999/calendar.ics").status, 404);
	assert_int_equal(page(guest, "/calendar.ics?state=maybe").status, 422);
	assert_int_equal(page(guest, "/calendar.ics?under=nobody").status, 422);
}

/* The same words in the address mean the same in list, export, month, week and feed. */
static void
test_filter(void **state)
{
	int64_t kind =
		    door_int(&door, "SELECT kind FROM event WHERE state = 'reported' AND first_day "
				    "BETWEEN 20241101 AND 20241130 ORDER BY id LIMIT 1"),
		n = door_int(&door,
		    with_ids("SELECT count(*) FROM event WHERE kind = # AND state <> 'planned' AND "
			     "merged_into IS NULL AND first_day BETWEEN 20241101 AND 20241130",
			kind, 0)),
		body = door_int(
		    &door, "SELECT body FROM event WHERE state = 'reported' ORDER BY id LIMIT 1");
	const char *days = "first_day_from=2024-11-01&first_day_to=2024-11-30", *code;
	struct answer a, b;

	(void)state;
	a = page(
	    guest, arena_printf(&door.arena, "/calendar.ics?kind=%lld&%s", (long long)kind, days));
	assert_int_equal(times(&a, "BEGIN:VEVENT"), n);
	a = page(
	    guest, arena_printf(&door.arena, "/en/events?kind=%lld&%s", (long long)kind, days));
	assert_int_equal(times(&a, "<th scope='row'><a href='/en/events/"), n);
	a = page(guest, arena_printf(&door.arena, "/en/events/calendar?month=2024-11&kind=%lld",
			    (long long)kind));
	HAS(a, arena_printf(&door.arena, "/en/events/week?kind=%lld", (long long)kind));
	/* A body by its code and as part of an address of its own. */
	a = page(guest, with_ids("/calendar.ics?under=#", body, 0));
	code = with_ids("/bodies/#/calendar.ics", body, 0);
	b = page(guest, code);
	assert_int_equal(times(&a, "BEGIN:VEVENT"), times(&b, "BEGIN:VEVENT"));
	assert_true(times(&a, "BEGIN:VEVENT") > 0);
	a = page(guest, "/en/events?under=nobody");
	assert_int_equal(a.status, 422);
	a = page(guest, "/en/events/calendar?district=zzz");
	assert_int_equal(a.status, 422);
	HAS(a, "There is no such record.");
	assert_int_equal(page(guest, "/en/events/week?day=2024-13-01").status, 404);
	a = page(guest, "/en/events/week?day=2024-11-12");
	HAS(a, "id='d-2024-11-17'");
}

static const char *
key_of(const struct answer *a)
{
	const char *p = strstr(a->body.p, "/feeds/");

	assert_non_null(p);
	return arena_strn(&door.arena, p, strcspn(p, "?'\" <"));
}

static void
test_own(void **state)
{
	struct answer a = post(clerk, "/en/events/subscribe", "x=1"), b;
	const char *clerks, *leaders;
	int64_t id;

	(void)state;
	assert_int_equal(a.status, 200);
	clerks = key_of(&a);
	b = page(guest, clerks);
	assert_int_equal(b.status, 200);
	assert_int_equal(times(&b, "STATUS:TENTATIVE"),
	    door_int(&door,
		"SELECT count(*) FROM event WHERE state = 'planned' AND merged_into IS NULL"));
	/* Nobody's name stands in it: neither who came nor who guests. */
	HAS_NOT(b, "ATTENDEE");
	a = post(leader, "/en/events/subscribe", "x=1");
	leaders = key_of(&a);
	a = page(guest, leaders);
	assert_int_equal(a.status, 200);
	assert_true(times(&a, "STATUS:TENTATIVE") < times(&b, "STATUS:TENTATIVE"));
	/* The key opens the calendar alone, and a key of the API does not open it. */
	assert_int_equal(
	    page(guest, arena_printf(&door.arena, "/feeds/%s/calendar.ics", door.token[clerk]))
		.status,
	    404);
	assert_int_equal(page(guest, "/feeds/sq_nothing/calendar.ics").status, 404);
	a = page(clerk, "/en/events/subscribe");
	HAS_NOT(a, clerks);
	id = door_int(&door, "SELECT max(id) FROM api_token WHERE kinds = 'calendar'");
	assert_int_equal(
	    post(clerk, with_ids("/en/events/subscribe/#/end", id, 0), "x=1").status, 404);
	assert_int_equal(
	    post(leader, with_ids("/en/events/subscribe/#/end", id, 0), "x=1").status, 303);
	assert_int_equal(page(guest, leaders).status, 404);
	assert_int_equal(page(guest, clerks).status, 200);
	assert_int_equal(post(guest, "/en/events/subscribe", "x=1").status, 401);
}

/* Every number of the map is the figure of the same days and district. */
static void
test_map(void **state)
{
	struct answer a = page(guest, "/kk/events/map");
	struct ctx cx;
	const char *p = a.body.p;
	int n = 0;

	(void)state;
	assert_int_equal(a.status, 200);
	HAS(a, ">497</a>");
	HAS(a, ">14\xc2\xa0"
	       "236</a>");
	app_ctx(&door.app, &cx, &door.arena);
	while ((p = strstr(p, "/kk/figures/")) != NULL) {
		struct figure_answer ans;
		struct ask ask;
		const char *code, *at = strstr(p, "&amp;district="), *end = strchr(p, '\''),
				  *shown = strchr(p, '>');
		int64_t value;

		p += 12;
		if (at == NULL || at > end || strncmp(end, "'>", 2) != 0 ||
		    strncmp(shown, "><circle", 8) == 0)
			continue;
		code = arena_strn(&door.arena, at + 14, (size_t)(end - at - 14));
		ask_default(&cx, &ask);
		ask.from = 20240101;
		ask.to = 20241115;
		assert_int_equal(district_by_code(&cx, code, &ask.district), RC_OK);
		assert_int_equal(
		    figure_answer(
			&cx, figure_find(arena_strn(&door.arena, p, strcspn(p, "?"))), &ask, &ans),
		    RC_OK);
		assert_true(
		    num_parse(arena_strn(&door.arena, shown + 1, strcspn(shown + 1, "<")), &value));
		assert_int_equal(value, (int64_t)ans.value);
		n++;
	}
	db_end(&cx);
	assert_true(n > 20);
	assert_int_equal(page(guest, "/en/events/map?first_day_from=yesterday").status, 422);
}

/* ---- the report ---- */

static int64_t
held_event(void)
{
	return door_int(
	    &door, "SELECT max(id) FROM event WHERE state = 'held' AND first_day < 20241114");
}

static void
test_report(void **state)
{
	int64_t id = held_event(), cost;
	const char *at = with_ids("/en/events/#/report", id, 0);
	struct answer a;

	(void)state;
	assert_int_equal(page(guest, at).status, 303); /* to the sign-in */
	assert_int_equal(page(member, at).status, 403);
	a = page(clerk, at);
	assert_int_equal(a.status, 200);
	HAS(a, "Mean of this kind in the year before");
	HAS(a, "No costs are entered.");
	/* Money in tenge, kept in tiyn; what was typed stays when it is refused. */
	a = post(clerk, with_ids("/en/events/#/costs/new", id, 0),
	    "item=Hall&planned=25+000&spent=lots&source=budget");
	assert_int_equal(a.status, 422);
	HAS(a, "value='lots'");
	HAS(a, "Write an amount like");
	a = post(clerk, with_ids("/en/events/#/costs/new", id, 0),
	    "item=Hall&planned=25+000&spent=24%C2%A0500%2C5&source=budget");
	assert_int_equal(a.status, 303);
	cost = door_int(&door, "SELECT max(id) FROM cost");
	assert_int_equal(
	    door_int(&door, with_ids("SELECT spent FROM cost WHERE id = #", cost, 0)), 2450050);
	a = page(clerk, at);
	HAS(a, "499.50\xc2\xa0₸ less than planned.");
	a = post(clerk, with_ids("/en/costs/#/withdraw", cost, 0), "_version=1");
	assert_int_equal(a.status, 303);
	a = page(clerk, at);
	HAS_NOT(a, "less than planned");
	HAS(a, "<del>Hall</del>");
	/* Counts and notes on one form. */
	a = post(clerk, with_ids("/en/events/#/report/edit", id, 0),
	    arena_printf(&door.arena,
		"_version=%lld&head_count=37&declared_count=&well=Music&badly=Chairs",
		(long long)door_int(
		    &door, with_ids("SELECT version FROM event WHERE id = #", id, 0))));
	assert_int_equal(a.status, 303);
	assert_string_equal(a.location, at);
	a = page(clerk, at);
	HAS(a, "Chairs");
	HAS(a, ">37<");
	a = page(clerk, with_ids("/en/events/#/report?format=docx", id, 0));
	assert_int_equal(a.status, 200);
	assert_memory_equal(a.body.p, "PK", 2);
	/* What went wrong is not for guests. */
	a = page(guest, with_ids("/en/events/#", id, 0));
	HAS_NOT(a, "Chairs");
	HAS_NOT(a, "/report");
}

/* What came as another sort was never made new, so it becomes no photograph: RULE after-1. */
static void
test_sort_stands(void **state)
{
	struct answer a = post(clerk, with_ids("/en/events/#/files", held_event(), 0),
	    "type=link&link=https%3A%2F%2Fexample.org%2Fx&caption=L");
	int64_t file;

	(void)state;
	assert_int_equal(a.status, 303);
	file = door_int(&door, "SELECT max(id) FROM file");
	a = door_api(&door, clerk, M_PATCH, with_ids("/api/v1/files/#", file, 0),
	    "{\"type\":\"photo\",\"consent\":\"agreed\"}", "\"1\"");
	assert_int_equal(a.status, 422);
	assert_int_equal(
	    door_int(&door,
		with_ids("SELECT count(*) FROM file WHERE id = # AND type = 'link'", file, 0)),
	    1);
}

/* A day that cannot be read is not the event's own: nothing is booked. */
static void
test_hall_day(void **state)
{
	int64_t hall = door_int(&door, "SELECT min(id) FROM hall"),
		before = door_int(&door, "SELECT count(*) FROM booking"),
		id = door_int(&door, "SELECT max(id) FROM event WHERE state = 'approved'");
	struct answer a = post(clerk, with_ids("/en/events/#/hall", id, 0),
	    with_ids("hall=#&day=tomorrow&from=03%3A00&to=04%3A00", hall, 0));

	(void)state;
	assert_int_equal(a.status, 422);
	HAS(a, "value='tomorrow'");
	HAS(a, "in quarters of an hour");
	assert_int_equal(door_int(&door, "SELECT count(*) FROM booking"), before);
}

/* Costs of another body's event: through no door. */
static void
test_costs_closed(void **state)
{
	struct answer a = door_api(&door, guest, M_GET, "/api/v1/costs", NULL, NULL);

	(void)state;
	assert_int_equal(a.status, 401);
	a = door_api(&door, leader, M_GET, "/api/v1/costs", NULL, NULL);
	assert_int_equal(a.status, 200);
	HAS_NOT(a, "Hall");
	a = door_api(&door, clerk, M_GET, "/api/v1/costs", NULL, NULL);
	HAS(a, "Hall");
	assert_int_equal(
	    post(leader,
		with_ids("/en/costs/#/withdraw", door_int(&door, "SELECT max(id) FROM cost"), 0),
		"_version=2")
		.status,
	    404);
}

static void
test_letters(void **state)
{
	int64_t id = door_int(&door, "SELECT min(event) FROM organiser WHERE ended = 0"),
		body = door_int(
		    &door, with_ids("SELECT min(body) FROM organiser WHERE ended = 0 AND event = #",
			       id, 0));
	const char
	    *form = arena_printf(&door.arena,
		"co=%lld&to=%%D0%%90%%D0%%B9%%D0%%B3%%D2%%AF%%D0%%BB+%%D0%%A1%%D0%%B5%%D1%%80%%"
		"D1%%96%%D0%%BA%%D2%%9B%%D1%%8B%%D0%%B7%%D1%%8B%%0ACDE",
		(long long)body),
	    *at = with_ids("/kk/events/#/letters", id, 0);
	struct answer a = post(clerk, at, form);

	(void)state;
	assert_int_equal(a.status, 200);
	assert_int_equal(times(&a, "class='paper letter'"), 3);
	HAS(a, "ұжымы!");
	HAS(a, "Құрметті Айгүл Серікқызы!");
	/* What was typed stays, and no address holds a name. */
	HAS(a, "CDE</textarea>");
	HAS_NOT(a, "to=");
	at = with_ids("/ru/events/#/letters", id, 0);
	a = post(clerk, at, form);
	HAS(a, "Уважаемая Айгүл Серікқызы!");
	HAS(a, "Здравствуйте, CDE!");
	a = post(clerk, at, arena_printf(&door.arena, "%s&format=docx", form));
	assert_memory_equal(a.body.p, "PK", 2);
	a = page(clerk, arena_printf(&door.arena, "%s?%s", at, form));
	assert_int_equal(times(&a, "class='paper letter'"), 0);
}

/* ---- what is owed ---- */

/* A day after it was held without a report, its leader is told; the secretariat a week later. */
static void
test_owed(void **state)
{
	int64_t id,
	    body = door_int(&door, "SELECT r.body FROM account_role r JOIN account a ON a.id = "
				   "r.account WHERE a.login = 'leader'"),
	    kind = door_int(&door, "SELECT id FROM event_kind WHERE code = 'concert'");
	int64_t other;
	int i;
	struct answer a;
	const char *form =
	    arena_printf(&door.arena, "name_kk=Owed+event&kind=%lld&body=%lld&first_day=14.11.2024",
		(long long)kind, (long long)body);

	(void)state;
	a = post(leader, "/en/events/new", form);
	assert_int_equal(a.status, 303);
	id = door_int(&door, "SELECT max(id) FROM event");
	assert_int_equal(post(door_role(&door, "head"),
			     with_ids("/en/events/#/move/approve", id, 0), "_version=1")
			     .status,
	    303);
	a = page(leader, "/en/today");
	HAS(a, "Held or not? Say so: Owed event");
	a = post(leader, with_ids("/en/events/#/move/hold", id, 0), "_version=2");
	assert_int_equal(a.status, 303);
	a = page(leader, "/en/today");
	HAS(a, "The report is missing: Owed event");
	HAS(a, "due today · the count and the evidence are missing");
	a = page(clerk, "/en/today");
	HAS_NOT(a, "Owed event");
	assert_int_equal(
	    post(leader, with_ids("/en/events/#/report/edit", id, 0), "_version=3&head_count=20")
		.status,
	    303);
	a = page(leader, "/en/today");
	HAS(a, "due today · the evidence is missing");
	/* One that is a week late the secretariat is told of, too, and whose it is. */
	form =
	    arena_printf(&door.arena, "name_kk=Long+owed&kind=%lld&body=%lld&first_day=05.11.2024",
		(long long)kind, (long long)body);
	assert_int_equal(post(leader, "/en/events/new", form).status, 303);
	id = door_int(&door, "SELECT max(id) FROM event");
	assert_int_equal(post(door_role(&door, "head"),
			     with_ids("/en/events/#/move/approve", id, 0), "_version=1")
			     .status,
	    303);
	a = page(clerk, "/en/today");
	HAS(a, "Held or not? Say so: Long owed");
	HAS(a, "9 days late");
	HAS_NOT(a, "Owed event");
	/* One press does it. */
	HAS(a, with_ids("/en/events/#/move/hold'", id, 0));
	/* However many others owe older ones, the leader is told of the own. */
	other = door_int(
	    &door, with_ids("SELECT min(id) FROM body WHERE id <> # AND parent IS NULL", body, 0));
	form = with_ids("kind=#&body=#&first_day=01.10.2024", kind, other);
	for (i = 0; i < 61; i++) {
		a = post(clerk, "/en/events/new",
		    arena_printf(&door.arena, "name_kk=Older+%d&%s", i, form));
		assert_int_equal(a.status, 303);
		id = door_int(&door, "SELECT max(id) FROM event");
		a = post(door_role(&door, "head"), with_ids("/en/events/#/move/approve", id, 0),
		    "_version=1");
		assert_int_equal(a.status, 303);
	}
	a = page(leader, "/en/today");
	HAS(a, "Held or not? Say so: Long owed");
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_public),
		cmocka_unit_test(test_filter), cmocka_unit_test(test_own),
		cmocka_unit_test(test_map), cmocka_unit_test(test_report),
		cmocka_unit_test(test_costs_closed), cmocka_unit_test(test_letters),
		cmocka_unit_test(test_sort_stands), cmocka_unit_test(test_hall_day),
		cmocka_unit_test(test_owed) };

	return door_tests(tests, ARRAY_LEN(tests), argc, argv, setup);
}
