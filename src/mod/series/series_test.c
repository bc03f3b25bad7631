/* series_test.c – series through their rules, on both engines: the days and what stands against them, made once, taken
 * back while nothing hangs on them, this and all following without what was changed on its own, rights of each event,
 * who stopped coming. */
#include "mod/series/series.h"
#define MORE_KINDS , &hall_kind, &booking_kind, &event_series_kind, &series_member_kind
#include "event_test.h"

#include "search/search.h"

static int64_t lead, other, room;
static struct event_series club;

/* A leader of one body; put() back the one before. */
static struct actor leader;
static const struct actor *before;

static void
as_leader_of(const int64_t *of)
{
	leader = (struct actor){ .account = 7,
		.role = ROLE_LEADER,
		.caps = role_caps(ROLE_LEADER),
		.body = *of,
		.scope = of,
		.nscope = 1,
		.login = "",
		.name = "",
		.csrf = "" };
	before = CX->actor;
	CX->actor = &leader;
}

static void
as_before(void)
{
	CX->actor = before;
}

static int
open_all(void **state)
{
	struct hall h;

	if (open_house(state) != 0)
		return 1;
	search_boot(kinds, ARRAY_LEN(kinds));
	event_follow_add(hall_follow);
	event_follow_add(series_follow);
	lead = body("club", 0);
	other = body("other", 0);
	kind_empty(&hall_kind, &h);
	h.body = lead;
	h.name = (struct text3){ "Зал", NULL, NULL };
	OK(kind_insert(CX, &hall_kind, &h));
	room = h.rec.id;
	return 0;
}

/* Thursdays from 28 November 2024, six times, at 18:00; today is 15 November. */
static struct event_series
weekly(void)
{
	struct event_series s;

	kind_empty(&event_series_kind, &s);
	s.name = (struct text3){ "Тілдесу клубы", "Разговорный клуб", NULL };
	s.body = lead;
	s.kind = find("event_kind", "language_club");
	s.repeat = "weeks";
	s.every = 1;
	s.thursday = true;
	s.starts = "18:00";
	s.ends = "19:30";
	s.place = "Достық үйі";
	s.first_day = 20241128;
	s.times = 6;
	return s;
}

/* All days of the rule that have no event yet. */
static void
make_rest(void)
{
	struct series_made made;
	struct series_day *d;
	int days[SERIES_DAYS];
	size_t n, i, k = 0;

	OK(series_days(CX, &club, &d, &n));
	for (i = 0; i < n; i++)
		if (d[i].skipped == NULL && d[i].made == 0)
			days[k++] = d[i].day;
	OK(series_make(CX, club.rec.id, days, k, &made));
	assert_int_equal(made.made, k);
}

static void
make_all(void)
{
	make_rest();
	assert_int_equal(house_int(&house, "SELECT count(*) FROM series_member"), 6);
}

static void
new_club(void)
{
	club = weekly();
	OK(kind_insert(CX, &event_series_kind, &club));
	make_all();
}

static struct event
nth_event(size_t at)
{
	struct list l;

	OK(series_events(CX, club.rec.id, &l));
	assert_true(at < l.n);
	return *(const struct event *)list_row(&l, &event_kind, at);
}

static const char *
differs_of(int64_t event)
{
	struct series_member *m;
	size_t n, i;

	OK(series_members(CX, club.rec.id, &m, &n));
	for (i = 0; i < n; i++)
		if (m[i].event == event)
			return m[i].differs == NULL ? "" : m[i].differs;
	BROKEN("event %lld is no member", (long long)event);
	return "";
}

static void
refused(const char *field, int rc)
{
	assert_int_equal(rc, RC_INVALID);
	assert_non_null(CX->err.fields);
	assert_string_equal(CX->err.fields->field, field);
	err_clear(CX);
}

static void
denied(int rc, int want)
{
	assert_int_equal(rc, want);
	err_clear(CX);
}

static void
test_checks(void **state)
{
	struct event_series s = weekly();

	(void)state;
	s.last_day = 20250101;
	refused("times", kind_insert(CX, &event_series_kind, &s));
	s.times = INT_NONE;
	s.thursday = false;
	refused("monday", kind_insert(CX, &event_series_kind, &s));
	s.thursday = true;
	s.last_day = 20241127;
	refused("last_day", kind_insert(CX, &event_series_kind, &s));
	s.first_day = 20241129;
	s.last_day = 20241204; /* no Thursday between */
	refused("last_day", kind_insert(CX, &event_series_kind, &s));
	s.first_day = 20241128;
	s.monday = s.tuesday = true;
	s.last_day = 20260401; /* more than 200 of three a week */
	refused("last_day", kind_insert(CX, &event_series_kind, &s));
	s.monday = s.tuesday = false;
	s.last_day = 20250130;
	s.ends = "17:00";
	refused("ends", kind_insert(CX, &event_series_kind, &s));
	s.ends = "19:20";
	s.hall = room;
	refused("starts", kind_insert(CX, &event_series_kind, &s));
	s.hall = 0;
	s.skipped = "31.12.2024, 32.12.2024";
	refused("skipped", kind_insert(CX, &event_series_kind, &s));
	s.skipped = "12.12.2024, 2024-12-26";
	OK(kind_insert(CX, &event_series_kind, &s));
	assert_string_equal(s.skipped, "2024-12-12;2024-12-26");
	s.last_day = 20350101; /* more than ten years */
	refused("last_day", kind_update(CX, &event_series_kind, &s));
	s.last_day = 20250130;
	s.month_day = 15;
	s.weekday = "2";
	OK(kind_update(CX, &event_series_kind, &s));
	OK(kind_load(
	    CX, &event_series_kind, s.rec.id, &s)); /* what the rule does not ask for is not kept */
	assert_true(s.month_day == INT_NONE);
	assert_null(s.weekday);
	assert_true(s.thursday);
	s.repeat = "month_nth";
	s.nth = "last";
	refused("weekday", kind_update(CX, &event_series_kind, &s));
	s.repeat = "month_day";
	refused("month_day", kind_update(CX, &event_series_kind, &s));
}

/* Mondays: Independence Day is left out by choice, a single day by hand; hall and own events are said. */
static void
test_days(void **state)
{
	struct event_series s = weekly();
	struct series_day *d;
	struct booking b;
	struct event e;
	size_t n;

	(void)state;
	s.thursday = false;
	s.monday = s.skip_off = true;
	s.first_day = 20241202;
	s.skipped = "2024-12-23";
	s.hall = room;
	OK(kind_insert(CX, &event_series_kind, &s));
	kind_empty(&booking_kind, &b);
	b.hall = room;
	b.body = other;
	b.day = 20241209;
	b.starts = "19:00";
	b.ends = "21:00";
	b.purpose = "сынақ";
	OK(kind_insert(CX, &booking_kind, &b));
	e = event("Басқа кеш", lead, 20241202, "approved");
	OK(series_days(CX, &s, &d, &n));
	assert_int_equal(n, 8); /* six and the two left out */
	assert_int_equal(d[0].day, 20241202);
	assert_int_equal(d[0].clash, e.rec.id);
	assert_null(d[0].hall);
	assert_int_equal(d[1].day, 20241209);
	assert_non_null(d[1].hall);
	assert_non_null(strstr(d[1].hall, "other"));
	assert_int_equal(d[1].clash, 0);
	assert_int_equal(d[2].day, 20241216);
	assert_string_equal(d[2].skipped, "Independence Day");
	assert_int_equal(d[3].day, 20241223);
	assert_non_null(d[3].skipped);
	assert_int_equal(d[7].day, 20250120);
	s.skip_off = false;
	OK(series_days(CX, &s, &d, &n));
	assert_null(d[2].skipped);
	assert_string_equal(d[2].marked, "Independence Day");
}

static void
test_making(void **state)
{
	static const int days[] = { 20241128, 20241205, 20241206 /* no day of the rule */ };
	struct series_made made;
	struct booking b;
	int64_t n;

	(void)state;
	club = weekly();
	club.hall = room;
	OK(kind_insert(CX, &event_series_kind, &club));
	kind_empty(&booking_kind, &b);
	b.hall = room;
	b.body = other;
	b.day = 20241205;
	b.starts = "19:15";
	b.ends = "20:00";
	b.purpose = "сынақ";
	OK(kind_insert(CX, &booking_kind, &b));
	OK(series_make(CX, club.rec.id, days, ARRAY_LEN(days), &made));
	assert_int_equal(made.made, 2);
	assert_int_equal(made.booked, 1);
	assert_int_equal(made.nrefused, 1);
	assert_int_equal(made.refused[0], 20241205);
	OK(series_make(
	    CX, club.rec.id, days, ARRAY_LEN(days), &made)); /* the same form once more */
	assert_int_equal(made.made, 0);
	OK(db_int(CX, &n, "SELECT count(*) FROM event WHERE body = $1", VALS(v_int(lead))));
	assert_int_equal(n, 2);
	assert_string_equal(nth_event(0).state, "planned");
	assert_string_equal(nth_event(1).starts, "18:00");
	house_next(&house);
	verified();
}

static void
test_unmaking(void **state)
{
	struct event e;
	struct part p;
	static const int day[] = { 20241128 };
	struct series_made made;
	int64_t n, first, making;

	(void)state;
	club = weekly();
	club.hall = room;
	OK(kind_insert(CX, &event_series_kind, &club));
	OK(series_make(CX, club.rec.id, day, 1, &made));
	make_rest();
	OK(series_unmakes(CX, club.rec.id, &n, &making));
	assert_int_equal(n, 5);
	OK(series_unmake(CX, club.rec.id, making, &n));
	denied(series_unmake(CX, club.rec.id, making, &n), RC_RULE); /* pressed twice */
	make_rest();
	OK(series_unmake(CX, club.rec.id, making, &n));
	OK(series_unmakes(CX, club.rec.id, &n, &making));
	assert_int_equal(n, 1); /* the making before is still there */
	OK(series_unmake(CX, club.rec.id, making, &n));
	make_all();
	OK(series_unmakes(CX, club.rec.id, &n, &making));
	assert_int_equal(n, 6);
	first = nth_event(0).rec.id;
	as_leader_of(&other);
	denied(
	    series_unmake(CX, club.rec.id, making, &n), RC_NOTFOUND); /* nothing of it is public */
	as_before();
	OK(series_unmake(CX, club.rec.id, making, &n));
	assert_int_equal(n, 6);
	denied(kind_load(CX, &event_kind, first, &e), RC_NOTFOUND);
	OK(db_int(CX, &n, "SELECT count(*) FROM hall_slot", NO_VALS));
	assert_int_equal(n, 0);
	denied(series_unmake(CX, club.rec.id, making, &n), RC_RULE); /* nothing is left of it */
	house_next(&house);
	verified();
	make_all();
	kind_empty(&part_kind, &p);
	p.event = nth_event(3).rec.id;
	p.name = (struct text3){ "Бөлім", NULL, NULL };
	OK(kind_insert(CX, &part_kind, &p));
	house_next(&house);
	denied(
	    series_unmake(CX, club.rec.id, making, &n), RC_RULE); /* a part hangs on one of them */
	assert_int_equal(nth_event(5).first_day, 20250102);
	e = nth_event(0);
	e.expected = 20;
	OK(kind_update(CX, &event_kind, &e));
	OK(series_unmakes(CX, club.rec.id, &n, &making));
	assert_int_equal(n, 0);
	verified();
}

/* The second keeps its own place, the third was held, the fourth belongs to another body. */
static void
test_following(void **state)
{
	struct event_series now;
	struct series_change c = { 0 };
	struct event e;
	size_t i;

	(void)state;
	new_club();
	e = nth_event(1);
	e.place = "Кітапхана";
	OK(kind_update(CX, &event_kind, &e));
	assert_string_equal(differs_of(e.rec.id), "place");
	e = nth_event(3);
	e.body = other;
	OK(kind_update(CX, &event_kind, &e));
	assert_string_equal(differs_of(e.rec.id), "body");
	OK(move(nth_event(2).rec.id, "approve", NULL));
	CX->today = 20241212;
	OK(move(nth_event(2).rec.id, "hold", NULL));
	CX->today = 20241115;
	now = club;
	now.place = "Этноауыл";
	now.starts = "17:30";
	c.now = &now;
	c.from = nth_event(1).rec.id;
	as_leader_of(&lead);
	OK(series_change_plan(CX, &c));
	as_before();
	assert_int_equal(c.n, 4); /* the first lies before; the other body's plan is not seen */
	assert_int_equal(c.move[0].fate, SERIES_CHANGES);
	assert_int_equal(c.move[1].fate, SERIES_HELD);
	as_leader_of(&lead);
	OK(series_change(CX, &c));
	as_before();
	for (i = 0; i < c.n; i++)
		assert_null(c.move[i].said);
	assert_string_equal(nth_event(0).place, "Достық үйі");
	assert_string_equal(nth_event(1).place, "Кітапхана");
	assert_string_equal(nth_event(1).starts, "17:30");
	assert_string_equal(nth_event(2).starts, "18:00");
	assert_string_equal(nth_event(3).starts, "18:00");
	assert_string_equal(nth_event(4).starts, "17:30");
	assert_string_equal(nth_event(5).place, "Этноауыл");
	assert_string_equal(differs_of(nth_event(1).rec.id), "place");
	assert_string_equal(differs_of(nth_event(5).rec.id), "");
	e = nth_event(1);
	e.place = "Этноауыл"; /* back to what the series says: it does not differ any more */
	OK(kind_update(CX, &event_kind, &e));
	assert_string_equal(differs_of(e.rec.id), "");
	e = nth_event(5);
	e.first_day = 20250103;
	OK(kind_update(CX, &event_kind, &e));
	assert_string_equal(differs_of(e.rec.id), "first_day");
	denied(series_change(CX, &c), RC_CONFLICT); /* the form is of the version before */
	house_next(&house);
	verified();
}

/* Another hall: what is free is held, the old one is given back, and what is not free is said. */
static void
test_other_hall(void **state)
{
	struct event_series now;
	struct series_change c = { 0 };
	struct booking b;
	struct event e;
	struct hall h;
	int64_t n;

	(void)state;
	club = weekly();
	club.hall = room;
	OK(kind_insert(CX, &event_series_kind, &club));
	make_all();
	kind_empty(&hall_kind, &h);
	h.body = lead;
	h.name = (struct text3){ "Кіші зал", NULL, NULL };
	OK(kind_insert(CX, &hall_kind, &h));
	kind_empty(&booking_kind, &b);
	b.hall = h.rec.id;
	b.body = other;
	b.day = 20241212;
	b.starts = "18:00";
	b.ends = "19:00";
	b.purpose = "сынақ";
	OK(kind_insert(CX, &booking_kind, &b));
	e = nth_event(4); /* its own hours, so the new hall is held at those */
	e.starts = "10:00";
	e.ends = "11:00";
	OK(kind_update(CX, &event_kind, &e));
	now = club;
	now.hall = h.rec.id;
	c.now = &now;
	c.from = nth_event(0).rec.id;
	OK(series_change_plan(CX, &c));
	assert_non_null(c.move[2].hall);
	assert_null(c.move[1].hall);
	OK(series_change(CX, &c));
	OK(db_int(CX, &n,
	    "SELECT count(*) FROM booking WHERE hall = $1 AND state = 'held' AND event IS NOT NULL",
	    VALS(v_int(h.rec.id))));
	assert_int_equal(n, 5);
	OK(db_int(CX, &n, "SELECT count(*) FROM hall_slot WHERE hall = $1", VALS(v_int(room))));
	assert_int_equal(n, 0);
	assert_non_null(c.move[2].hall);
	assert_string_equal(differs_of(nth_event(0).rec.id), "");
	OK(db_int(CX, &n,
	    "SELECT count(*) FROM booking WHERE hall = $1 AND event = $2 AND starts = '10:00' AND "
	    "ends = '11:00'",
	    VALS(v_int(h.rec.id), v_int(e.rec.id))));
	assert_int_equal(n, 1);
	/* Longer evenings: what is held is held as long. */
	OK(kind_load(CX, &event_series_kind, club.rec.id, &now));
	now.ends = "20:30";
	OK(series_change(CX, &c));
	OK(db_int(CX, &n,
	    "SELECT count(*) FROM booking WHERE hall = $1 AND state = 'held' AND ends = '20:30'",
	    VALS(v_int(h.rec.id))));
	assert_int_equal(n, 4);
	house_next(&house);
	verified();
}

static void
test_steps(void **state)
{
	struct series_step step = { .action = "cancel", .reason = "weather" };
	int64_t ids[3], of_other = event("Бөтен", other, 20241205, "approved").rec.id;

	(void)state;
	new_club();
	ids[0] = nth_event(0).rec.id;
	ids[1] = nth_event(1).rec.id;
	ids[2] = of_other; /* no member */
	OK(move(ids[0], "approve", NULL));
	CX->today = 20241128;
	OK(move(ids[0], "hold", NULL));
	CX->today = 20241115;
	step.events = ids;
	step.n = 3;
	as_leader_of(&other);
	denied(
	    series_step(CX, club.rec.id, &step), RC_DENIED); /* seen by its public event, not run */
	as_before();
	as_leader_of(&lead);
	OK(series_step(CX, club.rec.id, &step));
	as_before();
	assert_int_equal(step.done, 1);
	assert_non_null(step.said);
	assert_string_equal(nth_event(0).state, "held");
	assert_string_equal(nth_event(1).state, "cancelled");
	assert_string_equal(reload(of_other).state, "approved");
	as_leader_of(&lead); /* a leader does not approve */
	ids[0] = nth_event(2).rec.id;
	step = (struct series_step){ .action = "approve", .events = ids, .n = 1 };
	OK(series_step(CX, club.rec.id, &step));
	as_before();
	assert_int_equal(step.done, 0);
	verified();
}

static void
test_doors(void **state)
{
	struct event_series s;
	struct list l;
	int64_t mine = event("Отырыс", lead, 20241003, "approved").rec.id;

	(void)state;
	new_club();
	OK(series_put(CX, club.rec.id, mine));
	OK(series_put(CX, club.rec.id, mine)); /* once more: nothing */
	denied(series_put(CX, club.rec.id, event("Бірге", lead, 20241128, "approved").rec.id),
	    RC_RULE);
	as_leader_of(&other);
	OK(kind_get(CX, &event_series_kind, club.rec.id, &s)); /* public with one event */
	OK(series_events(CX, club.rec.id, &l));
	assert_int_equal(l.n, 1); /* plans of another body are not seen */
	denied(series_take(CX, mine), RC_DENIED);
	s.place = "Менікі";
	denied(kind_update(CX, &event_series_kind, &s), RC_DENIED);
	as_before();
	before = CX->actor;
	CX->actor = &actor_guest;
	OK(kind_get(CX, &event_series_kind, club.rec.id, &s));
	as_before();
	OK(series_take(CX, mine));
	before = CX->actor;
	CX->actor = &actor_guest;
	denied(kind_get(CX, &event_series_kind, club.rec.id, &s), RC_NOTFOUND);
	as_before();
	verified();
}

static void
came(int64_t event, int64_t who)
{
	int64_t id;
	bool again;

	OK(event_attend(CX, &(struct attend_in){ .event = event, .person = who, .basis = "listed" },
	    &id, &again));
}

static void
test_stopped(void **state)
{
	static const int days[] = { 20241003, 20241010, 20241017, 20241024, 20241031 };
	int64_t who[4], held[ARRAY_LEN(days)], known;
	struct series_guest *g;
	size_t n, i;

	(void)state;
	club = weekly();
	OK(kind_insert(CX, &event_series_kind, &club));
	for (i = 0; i < ARRAY_LEN(who); i++)
		who[i] = person((int)i);
	for (i = 0; i < ARRAY_LEN(days); i++) {
		held[i] = event("Отырыс", lead, days[i], "held").rec.id;
		OK(series_put(CX, club.rec.id, held[i]));
		came(held[i], who[0]); /* always */
		if (i < 2)
			came(held[i], who[1]); /* twice, then no more */
		if (i == 0)
			came(held[i], who[2]); /* once */
		if (i == 0 || i == 2)
			came(held[i], who[3]); /* twice, and of the last three once */
	}
	OK(series_stopped(CX, &club, &g, &n, &known));
	assert_int_equal(known, 5);
	assert_int_equal(n, 1);
	assert_int_equal(g[0].person, who[1]);
	assert_int_equal(g[0].times, 2);
	assert_int_equal(g[0].last, 20241010);
	as_leader_of(&other);
	denied(series_stopped(CX, &club, &g, &n, &known), RC_DENIED);
	as_before();
	verified();
}

#define T(f) cmocka_unit_test_setup_teardown(f, open_all, close_house)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { T(test_checks), T(test_days), T(test_making),
		T(test_unmaking), T(test_following), T(test_other_hall), T(test_steps),
		T(test_doors), T(test_stopped) };

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
