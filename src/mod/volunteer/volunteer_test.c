/* volunteer_test.c – volunteers on both engines: every reason against a shift, the last place asked by many at once,
 * minors, hours, corrections, and that random days never break the places nor the sum of hours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/account.h"
#include "figure/figure.h"
#include "house.h"
#include "kind/cut.h"
#include "kind/proof.h"
#include "mod/volunteer/volunteer_inner.h"

#undef fail
#define fail() _fail(__FILE__, __LINE__)

static const struct kind *const kinds[] = { &account_kind, &account_role_kind, &body_kind_kind,
	&ethnic_group_kind, &district_kind, &body_kind, &person_kind, &event_kind_kind,
	&observance_kind, &programme_kind, &event_kind, &hall_kind, &item_kind, &stock_account_kind,
	&lot_kind, &headquarters_kind, &relief_area_kind, &relief_duty_kind, &relief_log_kind,
	&relief_place_kind, &relief_offer_kind, &need_kind, &need_line_kind, &volunteer_kind,
	&shift_kind, &shift_need_kind, &shift_signup_kind, &shift_correction_kind };
static struct house house;
static enum db_engine engine;
static int64_t hq, person, one;
static int64_t of_event; /* 0: new shifts are the headquarters' */
static struct actor relief, clerk;
#define CX (&house.cx)
#define OK(call) ends_at((call), RC_OK, #call, __LINE__)
#define ENDS(rc, call) ends_at((call), (rc), #call, __LINE__)

static void
ends_at(int rc, int wanted, const char *what, int line)
{
	const struct field_error *f = CX->err.fields;

	if (rc != wanted) {
		print_error("line %d: %s = %d, not %d: %s (%s)\n", line, what, rc, wanted,
		    CX->err.text == NULL ? "" : CX->err.text,
		    CX->err.detail == NULL ? "" : CX->err.detail);
		for (; f != NULL; f = f->next)
			print_error("  %s: %s\n", f->field, f->text);
	}
	assert_int_equal(rc, wanted);
	err_clear(CX);
}

static int
open_house(void **state)
{
	const struct account_new a = { .login = "one", .name = "one", .role = ROLE_RELIEF };
	struct headquarters h;
	const char *password;
	struct person p;

	(void)state;
	house_open(&house, engine, kinds, ARRAY_LEN(kinds));
	OK(registry_seed(CX));
	OK(stock_seed(CX));
	kind_empty(&person_kind, &p);
	p.surname = "Сынақов";
	p.given = "Сынақ";
	p.birth_day = 19900515;
	OK(kind_insert(CX, &person_kind, &p));
	person = p.rec.id;
	kind_empty(&headquarters_kind, &h);
	h.code = "flood";
	h.name.kk = "Штаб";
	h.emergency = "flood";
	h.act = "act 1";
	h.chief = person;
	OK(kind_insert(CX, &headquarters_kind, &h));
	hq = h.rec.id;
	OK(account_create(CX, &a, &one, &password));
	relief = (struct actor){ .account = one,
		.role = ROLE_RELIEF,
		.caps = role_caps(ROLE_RELIEF),
		.login = "",
		.name = "" };
	clerk = (struct actor){ .account = one,
		.role = ROLE_CLERK,
		.caps = role_caps(ROLE_CLERK),
		.login = "",
		.name = "" };
	house_next(&house);
	CX->actor = &relief;
	return 0;
}

static int
close_house(void **state)
{
	(void)state;
	house_close(&house);
	return 0;
}

/* A shift that begins `from` hours after midnight of the day `days` from today, so long, and needs helpers. */
static struct shift
new_shift(int days, int from, int hours, int64_t helpers)
{
	struct shift s;

	kind_empty(&shift_kind, &s);
	s.headquarters = of_event == 0 ? hq : 0;
	s.event = of_event;
	s.task.kk = "Тасу";
	s.starts_at = day_start(day_add(CX->today, days)) + from * 60 * US_PER_MINUTE;
	s.ends_at = s.starts_at + hours * 60 * US_PER_MINUTE;
	s.open = true;
	OK(kind_insert(CX, &shift_kind, &s));
	OK(shift_need_set(CX, s.rec.id, "helper", helpers));
	return s;
}

static struct volunteer_in
somebody(const char *name, const char *phone, int64_t year)
{
	return (
	    struct volunteer_in){ .name = name, .phone = phone, .birth_year = year, .desk = true };
}

static int64_t
take(const char *name, const char *phone, int64_t year)
{
	struct volunteer_in in = somebody(name, phone, year);
	int64_t id;
	bool again;

	OK(volunteer_take(CX, &in, &id, &again));
	return id;
}

static int
sign(int64_t volunteer, int64_t shift, const char *role, int64_t *id)
{
	return shift_sign(CX, &(struct signing){ volunteer, { shift, role }, false }, id);
}

static void
refused(int64_t volunteer, int64_t shift, const char *role, const char *word)
{
	int64_t id;

	assert_int_equal(sign(volunteer, shift, role, &id), RC_RULE);
	if (strstr(CX->err.text, word) == NULL)
		print_error("“%s” does not say “%s”\n", CX->err.text, word);
	assert_non_null(strstr(CX->err.text, word));
	err_clear(CX);
}

/* ---- why not: RULE volunteer-4 ---- */

static void
says_why_not(void **state)
{
	struct shift day, danger, twin;
	int64_t adult, other, young, child, id;
	int year;

	(void)state;
	CX->lang = LANG_EN;
	year = day_year(CX->today);
	day = new_shift(2, 9, 8, 1);
	twin = new_shift(2, 12, 4, 5);
	danger = new_shift(4, 9, 4, 5);
	OK(kind_load(CX, &shift_kind, danger.rec.id, &danger));
	danger.dangerous = true;
	OK(kind_update(CX, &shift_kind, &danger));
	OK(shift_need_set(CX, twin.rec.id, "cook", 2));
	adult = take("Adult", "+7 701 000 00 01", 1980);
	other = take("Other", "+7 701 000 00 02", 1981);
	young = take("Young", "+7 701 000 00 03", year - 17);
	child = take("Child", "+7 701 000 00 04", year - 16);
	OK(sign(adult, day.rec.id, "helper", &id));
	refused(other, day.rec.id, "helper", "taken");
	refused(adult, twin.rec.id, "helper", "Another shift");
	refused(other, twin.rec.id, "cook", "skill");
	refused(other, twin.rec.id, "driver", "does not need");
	refused(other, danger.rec.id, "helper", "briefing");
	OK(volunteer_brief(CX, other));
	OK(sign(other, danger.rec.id, "helper", &id));
	refused(child, twin.rec.id, "helper", "young");
	refused(young, twin.rec.id, "helper", "headquarters");
	CX->actor = &clerk;
	ENDS(RC_DENIED, sign(young, twin.rec.id, "helper", &id));
}

static int64_t
new_event(void)
{
	struct body b;
	struct event e;

	CX->actor = &actor_system;
	OK(event_seed(CX));
	kind_empty(&body_kind, &b);
	b.code = "house";
	b.kind = house_int(&house, "SELECT min(id) FROM body_kind");
	b.name.kk = "Достық үйі";
	OK(kind_insert(CX, &body_kind, &b));
	kind_empty(&event_kind, &e);
	e.name.kk = "Мереке";
	e.kind = house_int(&house, "SELECT min(id) FROM event_kind");
	e.body = b.rec.id;
	e.first_day = CX->today;
	OK(kind_insert(CX, &event_kind, &e));
	CX->actor = &relief;
	return e.rec.id;
}

/* RULE volunteer-2 */
static void
minors(void **state)
{
	struct shift day, night, danger, relief_shift = new_shift(5, 9, 4, 5);
	int64_t young, grown, id;
	struct volunteer v;
	int year = day_year(CX->today);

	(void)state;
	CX->lang = LANG_EN;
	of_event = new_event();
	day = new_shift(2, 12, 4, 5);
	night = new_shift(3, 21, 2, 5);
	danger = new_shift(4, 9, 4, 5);
	of_event = 0;
	OK(kind_load(CX, &shift_kind, danger.rec.id, &danger));
	danger.dangerous = true;
	OK(kind_update(CX, &shift_kind, &danger));
	young = take("Young", "+7 701 000 00 03", year - 17);
	grown = take("Grown", "+7 701 000 00 05", year - 18);
	refused(young, day.rec.id, "helper", "consent");
	OK(kind_load(CX, &volunteer_kind, young, &v));
	v.consent_on = CX->today;
	v.consent_by.fresh = "Zqparent";
	OK(kind_update(CX, &volunteer_kind, &v));
	refused(young, relief_shift.rec.id, "helper", "headquarters");
	refused(young, danger.rec.id, "helper", "adults");
	refused(young, night.rec.id, "helper", "22:00");
	OK(sign(young, day.rec.id, "helper", &id));
	OK(shift_withdraw(CX, id, false));
	/* 17 or 18: the desk has seen a document. */
	refused(grown, relief_shift.rec.id, "helper", "headquarters");
	OK(kind_load(CX, &volunteer_kind, grown, &v));
	v.adult_on = CX->today;
	OK(kind_update(CX, &volunteer_kind, &v));
	OK(sign(grown, relief_shift.rec.id, "helper", &id));
	OK(kind_load(CX, &volunteer_kind, young, &v));
	v.adult_on = CX->today;
	ENDS(RC_INVALID, kind_update(CX, &volunteer_kind, &v));
}

/* RULE volunteer-2: the edges of the night. */
static void
nights(void **state)
{
	static const struct {
		int from, hours;
		bool night;
	} rows[] = { { 6, 16, false }, { 6, 17, true }, { 5, 1, true }, { 22, 1, true },
		{ 21, 1, false }, { 12, 24, true }, { 9, 8, false } };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		struct shift s = { .starts_at =
				       day_start(20240410) + rows[i].from * 60 * US_PER_MINUTE };

		s.ends_at = s.starts_at + rows[i].hours * 60 * US_PER_MINUTE;
		assert_int_equal(shift_at_night(&s), rows[i].night);
		s.ends_at -= US_PER_SECOND;
		assert_int_equal(shift_at_night(&s), rows[i].night);
	}
}

static void
close_headquarters(void)
{
	const struct actor head = { .account = one,
		.role = ROLE_HEAD,
		.caps = role_caps(ROLE_HEAD),
		.login = "",
		.name = "" };
	const struct actor *was = CX->actor;
	struct headquarters h;

	CX->actor = &head;
	OK(kind_load(CX, &headquarters_kind, hq, &h));
	OK(headquarters_close(CX, hq, h.rec.version, CX->today, "over"));
	CX->actor = was;
}

static void
closed_takes_nobody(void **state)
{
	struct shift s = new_shift(1, 9, 8, 3);
	int64_t v = take("Adult", "+7 701 000 00 01", 1980);

	(void)state;
	CX->lang = LANG_EN;
	close_headquarters();
	refused(v, s.rec.id, "helper", "closed");
	ENDS(RC_RULE, shift_need_set(CX, s.rec.id, "helper", 5));
}

/* ---- forms ---- */

static void
strangers(void **state)
{
	struct shift s = new_shift(1, 9, 8, 1);
	struct volunteer_in in = somebody("Stranger", "8 701 555 44 33", 1990);
	struct shift_wish wish = { s.rec.id, "helper" };
	struct volunteer v;
	int64_t id, same;
	bool again;
	int i;

	(void)state;
	CX->actor = &actor_guest;
	ENDS(RC_DENIED, volunteer_take(CX, &in, &id, &again));
	in.desk = false;
	in.nonce = "0123456789abcdef0123456789abcdef";
	OK(volunteer_join(CX, &in, &wish, &id, &again));
	assert_false(again);
	OK(volunteer_join(CX, &in, &wish, &same, &again));
	assert_true(again && same == id);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM volunteer"), 1);
	in.nonce = "1123456789abcdef0123456789abcdef";
	ENDS(RC_RULE,
	    volunteer_join(CX, &in, &wish, &same, &again)); /* full: nobody is left behind */
	assert_int_equal(house_int(&house, "SELECT count(*) FROM volunteer"), 1);
	in.nonce = NULL;
	in.phone = NULL;
	ENDS(RC_INVALID, volunteer_take(CX, &in, &same, &again));
	in.phone = "8 701 555 44 33";
	in.birth_year = INT_NONE;
	ENDS(RC_INVALID, volunteer_take(CX, &in, &same, &again));
	in.birth_year = 1990;
	for (i = 1; i < VOLUNTEER_PHONE_A_DAY; i++)
		OK(volunteer_take(CX, &in, &same, &again));
	ENDS(RC_RULE, volunteer_take(CX, &in, &same, &again));
	/* One person in all numbers, without being told. */
	assert_int_equal(
	    house_int(&house, "SELECT count(DISTINCT coalesce(same_as, id)) FROM volunteer"), 1);
	OK(kind_load(CX, &volunteer_kind, id, &v));
	OK(volunteer_by_code(CX, relief_code_shown(CX->arena, v.code), &v));
	assert_int_equal(v.rec.id, id);
	ENDS(RC_INVALID, volunteer_by_code(CX, "123", &v));
	/* Nothing of the telephone lies readable. */
	assert_int_equal(
	    house_int(&house,
		"SELECT count(*) FROM history WHERE kind = 'volunteer' AND data LIKE '%555%'"),
	    0);
	/* The code opens the own shifts alone; not one that is not on the public page. */
	OK(shift_withdraw(CX, house_int(&house, "SELECT id FROM shift_signup"), true));
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM shift_signup WHERE " HAS_PLACE), 0);
}

/* ---- the last place ---- */

struct racer {
	struct signing in;
	struct actor who;
	int rc;
};

static void *
race(void *arg)
{
	struct racer *r = arg;
	struct arena arena;
	struct ctx cx = {
		.arena = &arena, .actor = &r->who, .now = house.cx.now, .today = house.cx.today
	};
	int64_t id;

	arena_init(&arena);
	db_bind(&cx, house.store);
	r->rc = shift_sign(&cx, &r->in, &id);
	db_end(&cx);
	arena_done(&arena);
	return NULL;
}

static void
one_gets_the_last_place(void **state)
{
	enum { RACERS = 6 };
	struct racer r[RACERS];
	pthread_t t[RACERS];
	struct shift s = new_shift(1, 9, 8, 2);
	int64_t v[RACERS];
	int i, won = 0;

	(void)state;
	for (i = 0; i < RACERS; i++)
		v[i] = take("Racer", arena_printf(CX->arena, "+7 701 100 00 0%d", i), 1990);
	house_next(&house);
	for (i = 0; i < RACERS; i++) {
		r[i] =
		    (struct racer){ .in = { v[i], { s.rec.id, "helper" }, false }, .who = relief };
		assert_int_equal(pthread_create(&t[i], NULL, race, &r[i]), 0);
	}
	for (i = 0; i < RACERS; i++) {
		pthread_join(t[i], NULL);
		won += r[i].rc == RC_OK;
		assert_true(r[i].rc == RC_OK || r[i].rc == RC_RULE);
	}
	assert_int_equal(won, 2);
	house_next(&house);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM shift_signup"), 2);
}

/* ---- hours: RULE volunteer-5, volunteer-6 ---- */

static void
hours(void **state)
{
	struct shift s = new_shift(0, 1, 4, 3);
	int64_t v = take("Adult", "+7 701 000 00 01", 1980), u, again;
	struct shift_correction c;
	struct shift_signup r;

	(void)state;
	CX->now = s.ends_at + 300 * US_PER_MINUTE;
	OK(sign(v, s.rec.id, "helper", &u));
	OK(sign(v, s.rec.id, "helper", &again));
	assert_int_equal(u, again);
	ENDS(RC_RULE, shift_leave(CX, u, 0));
	ENDS(RC_RULE, shift_arrive(CX, u, 0)); /* no briefing */
	OK(volunteer_brief(CX, v));
	OK(shift_no_show(CX, u));
	OK(shift_arrive(CX, u, s.starts_at));
	OK(shift_arrive(CX, u, s.starts_at + US_PER_MINUTE)); /* pressed twice is once */
	ENDS(RC_RULE, shift_no_show(CX, u));
	OK(shift_leave(CX, u, s.starts_at + 210 * US_PER_MINUTE));
	OK(kind_load(CX, &shift_signup_kind, u, &r));
	assert_int_equal(r.minutes, 210);
	assert_int_equal(r.hours, 4);
	kind_empty(&shift_correction_kind, &c);
	c.shift_signup = u;
	c.arrived_at = s.starts_at;
	c.left_at = s.ends_at + 200 * US_PER_MINUTE;
	ENDS(RC_INVALID, shift_correct(CX, &c)); /* no reason */
	c.reason = "stayed for the lorry";
	OK(shift_correct(CX, &c));
	OK(kind_load(CX, &shift_signup_kind, u, &r));
	assert_int_equal(r.minutes, 240 + SHIFT_OVERRUN); /* capped */
	OK(shift_correct(CX, &c));			  /* the form sent twice is one entry */
	assert_int_equal(house_int(&house, "SELECT count(*) FROM shift_correction"), 1);
}

/* ---- random days ---- */

static void
random_days(void **state)
{
	enum { SHIFTS = 6, PEOPLE = 12, STEPS = 500 };
	static const char *const roles[] = { "helper", "cook", "driver" };
	unsigned seed = 11;
	struct shift s[SHIFTS];
	int64_t v[PEOPLE], u;
	int i;

	(void)state;
	for (i = 0; i < SHIFTS; i++) {
		s[i] = new_shift(0, i % 3 * 3, 4, 1 + i % 3);
		OK(shift_need_set(CX, s[i].rec.id, "cook", 1 + i % 2));
	}
	for (i = 0; i < PEOPLE; i++) {
		struct volunteer_in in =
		    somebody("Random", arena_printf(CX->arena, "+7 701 300 00 %02d", i), 1960 + i);
		bool again;

		in.skills = i % 2 == 0 ? "cook" : NULL;
		OK(volunteer_take(CX, &in, &v[i], &again));
		if (i % 4 != 0)
			OK(volunteer_brief(CX, v[i]));
	}
	CX->now = day_start(CX->today) + 15 * 60 * US_PER_MINUTE;
	for (i = 0; i < STEPS; i++) {
		int64_t at = CX->now - (int64_t)(rand_r(&seed) % 900) * US_PER_MINUTE;
		int rc = RC_OK;

		u = house_int(&house, "SELECT coalesce(max(id), 0) FROM shift_signup");
		if (u > 0)
			u = 1 + rand_r(&seed) % u;
		switch (rand_r(&seed) % 6) {
		case 0:
		case 1:
			rc = sign(v[rand_r(&seed) % PEOPLE], s[rand_r(&seed) % SHIFTS].rec.id,
			    roles[rand_r(&seed) % 3], &u);
			break;
		case 2:
			rc = u == 0 ? RC_OK : shift_withdraw(CX, u, false);
			break;
		case 3:
			rc = u == 0 ? RC_OK : shift_arrive(CX, u, at);
			break;
		case 4:
			rc = u == 0 ? RC_OK : shift_leave(CX, u, i % 3 == 0 ? 0 : at);
			break;
		case 5:
			rc = u == 0 ? RC_OK : shift_no_show(CX, u);
			break;
		}
		if (rc != RC_OK && rc != RC_RULE && rc != RC_NOTFOUND)
			ends_at(rc, RC_OK, "a random step", i);
		err_clear(CX);
		assert_int_equal(
		    house_int(&house,
			"SELECT count(*) FROM shift_need n WHERE n.people < (SELECT count(*) FROM "
			"shift_signup u WHERE u.shift = n.shift AND u.role = n.role AND u.state IN "
			"('signed', 'arrived', 'left'))"),
		    0);
	}
	assert_true(house_int(&house, "SELECT count(*) FROM shift_signup WHERE minutes > 0") > 3);
	/* Hours are what lies between arrival and leaving, within the cap; nothing else has any. */
	assert_int_equal(
	    house_int(&house,
		"SELECT count(*) FROM shift_signup u JOIN shift s ON s.id = u.shift WHERE "
		"(u.left_at IS "
		"NULL) <> (u.minutes IS NULL) OR (u.minutes IS NOT NULL AND u.minutes <> CASE WHEN "
		"(u.left_at - u.arrived_at) / 60000000 > (s.ends_at - s.starts_at) / 60000000 + 60 "
		"THEN "
		"(s.ends_at - s.starts_at) / 60000000 + 60 ELSE (u.left_at - u.arrived_at) / "
		"60000000 "
		"END)"),
	    0);
	{
		struct ask a = {
			.from = day_add(CX->today, -1), .to = day_add(CX->today, 1), .on = CX->today
		};
		struct figure_answer f;

		figure_init(volunteer_figures, volunteer_nfigures);
		house_next(&house);
		OK(figure_answer(CX, figure_find("volunteer_hours"), &a, &f));
		assert_int_equal((int64_t)f.value,
		    house_int(&house, "SELECT sum(hours) FROM shift_signup WHERE minutes > 0"));
		OK(figure_answer(CX, figure_find("volunteers"), &a, &f));
		assert_int_equal((int64_t)f.value,
		    house_int(&house,
			"SELECT count(DISTINCT volunteer) FROM shift_signup WHERE minutes > 0"));
	}
}

/* ---- the term ---- */

static int
expire(struct ctx *cx, struct tx *tx, void *arg)
{
	struct cut_sums sums = { 0 };

	return volunteer_terms[0].cut_tx(cx, tx, *(const int64_t *)arg, 0, &sums);
}

/* How many the term takes that ended on this day; the lowest. */
static size_t
due(int upto, int64_t *first)
{
	AUTO_ROWS rows = { 0 };
	size_t n = 0;

	*first = 0;
	OK(db_rows(CX, &rows, volunteer_terms[0].sql, VALS(v_int(upto))));
	while (rows_next(&rows))
		if (n++ == 0)
			*first = row_int(&rows, 0);
	OK(rows_end(&rows));
	return n;
}

/* Came at the beginning of the shift, left two hours later, as the desk corrects it. */
static void
correct_so(int64_t u, const struct shift *s, const char *reason)
{
	struct shift_correction c;
	struct shift_signup r;
	int64_t was = CX->now;

	OK(kind_load(CX, &shift_signup_kind, u, &r));
	CX->now = s->ends_at;
	OK(volunteer_brief(CX, r.volunteer));
	OK(shift_arrive(CX, u, 0));
	kind_empty(&shift_correction_kind, &c);
	c.shift_signup = u;
	c.arrived_at = s->starts_at;
	c.left_at = s->starts_at + 120 * US_PER_MINUTE;
	c.reason = reason;
	OK(shift_correct(CX, &c));
	CX->now = was;
}

static void
term_is_over(void **state)
{
	struct shift s = new_shift(1, 9, 8, 2);
	int64_t v = take("Zqname", "+7 701 987 65 43", 1980), u, first;
	struct volunteer r;

	(void)state;
	OK(sign(v, s.rec.id, "helper", &u));
	OK(kind_load(CX, &volunteer_kind, v, &r));
	r.injury.fresh = "Zqinjury";
	OK(kind_update(CX, &volunteer_kind, &r));
	correct_so(u, &s, "Zqreason");
	assert_int_equal(due(day_add(CX->today, 400), &first), 0); /* the headquarters is open */
	close_headquarters();
	assert_int_equal(due(CX->today, &first), 0); /* the shift is tomorrow */
	assert_int_equal(due(s.day, &first), 1);
	assert_int_equal(first, v);
	OK(db_write(CX, expire, &v));
	assert_int_equal(due(s.day, &first), 0);
	assert_int_equal(
	    house_int(&house,
		"SELECT count(*) FROM history WHERE kind IN "
		"('volunteer', 'shift_correction') AND (data LIKE '%Zq%' OR secret IS NOT NULL)"),
	    0);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM volunteer WHERE code IS NULL AND phone IS NULL "
			      "AND injury IS NULL AND phone_mac IS NULL AND name IS NULL"),
	    1);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM shift_signup"), 1);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM shift_correction WHERE reason LIKE 'Zq%'"), 0);
}

static int64_t
same_as(int64_t id)
{
	struct volunteer v;

	OK(kind_load(CX, &volunteer_kind, id, &v));
	return v.same_as;
}

/* Whoever was one with a record that now is one with another is one with that, too, and only as long. */
static void
joined_are_one(void **state)
{
	struct volunteer_in in = somebody(NULL, "+7 701 111 11 11", 1990);
	struct person_merge_in join = { .stays = person, .stays_version = 1, .leaves_version = 1 };
	struct person p;
	int64_t stays, leaves, third;
	bool again;

	(void)state;
	kind_empty(&person_kind, &p);
	p.surname = "Екінші";
	p.given = "Жазба";
	CX->actor = &clerk;
	OK(kind_insert(CX, &person_kind, &p));
	CX->actor = &relief;
	in.person = person;
	OK(volunteer_take(CX, &in, &stays, &again));
	in = somebody(NULL, "+7 701 222 22 22", 1980);
	in.person = join.leaves = p.rec.id;
	OK(volunteer_take(CX, &in, &leaves, &again));
	third = take("Walkin", "+7 701 222 22 22", 1980);
	assert_int_equal(same_as(third), leaves);
	CX->actor = &clerk;
	OK(person_merge(CX, &join));
	assert_int_equal(same_as(leaves), stays);
	assert_int_equal(same_as(third), stays);
	OK(person_unmerge(CX, p.rec.id));
	assert_int_equal(same_as(leaves), 0);
	assert_int_equal(same_as(third), leaves);
}

int
main(int argc, char **argv)
{
#define T(f) cmocka_unit_test_setup_teardown(f, open_house, close_house)
	const struct CMUnitTest tests[] = { T(says_why_not), T(minors), T(nights),
		T(closed_takes_nobody), T(strangers), T(one_gets_the_last_place), T(hours),
		T(random_days), T(term_is_over), T(joined_are_one) };

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	person_links_add(volunteer_links, volunteer_nlinks);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
