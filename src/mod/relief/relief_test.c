/* relief_test.c – the headquarters on both engines: codes, steps against the table, two who take one need, what a
 * closed one takes, the log that only grows, and that nothing names a family but need_family(). */
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
#include "mod/relief/relief.h"

#undef fail
#define fail() _fail(__FILE__, __LINE__)

static const struct kind *const kinds[] = { &account_kind, &account_role_kind, &body_kind_kind,
	&ethnic_group_kind, &district_kind, &body_kind, &person_kind, &event_kind_kind,
	&observance_kind, &programme_kind, &event_kind, &hall_kind, &item_kind, &stock_account_kind,
	&lot_kind, &headquarters_kind, &relief_area_kind, &relief_duty_kind, &relief_log_kind,
	&relief_place_kind, &relief_offer_kind, &need_kind, &need_line_kind };
static struct house house;
static enum db_engine engine;
static int64_t hq, chief, district, one, two;
static struct actor relief, second, clerk, head;
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

static int64_t
account(const char *login, enum role role)
{
	const struct account_new a = { .login = login, .name = login, .role = role };
	const char *password;
	int64_t id;

	OK(account_create(CX, &a, &id, &password));
	return id;
}

static struct actor
actor_of(enum role role, int64_t id)
{
	return (struct actor){
		.account = id, .role = role, .caps = role_caps(role), .login = "", .name = ""
	};
}

static int64_t
new_headquarters(const char *code)
{
	struct headquarters h;

	kind_empty(&headquarters_kind, &h);
	h.code = code;
	h.name.kk = code;
	h.emergency = "flood";
	h.act = "act 1";
	h.chief = chief;
	h.hotline = "+7 7132 00 00 00";
	OK(kind_insert(CX, &headquarters_kind, &h));
	return h.rec.id;
}

static int
open_house(void **state)
{
	struct person p;

	(void)state;
	house_open(&house, engine, kinds, ARRAY_LEN(kinds));
	OK(registry_seed(CX));
	OK(stock_seed(CX));
	district = house_int(&house, "SELECT min(id) FROM district WHERE level = 'city'");
	kind_empty(&person_kind, &p);
	p.surname = "Сынақов";
	p.given = "Сынақ";
	OK(kind_insert(CX, &person_kind, &p));
	chief = p.rec.id;
	one = account("one", ROLE_RELIEF);
	two = account("two", ROLE_RELIEF);
	relief = actor_of(ROLE_RELIEF, one);
	second = actor_of(ROLE_RELIEF, two);
	clerk = actor_of(ROLE_CLERK, account("three", ROLE_CLERK));
	head = actor_of(ROLE_HEAD, two);
	hq = new_headquarters("flood");
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

static struct need_in
asked(const char *phone)
{
	return (struct need_in){ .channel = "phone",
		.name = "Zqname Family",
		.phone = phone,
		.place = "Sazdy",
		.note = "Zqnote street 5",
		.district = district,
		.people = 5,
		.children = 2,
		.infants = INT_NONE,
		.urgency = "now",
		.nlines = 1,
		.line = { { 0, INT_NONE, "Zqword" } } };
}

static int64_t
take(const char *phone)
{
	struct need_in in = asked(phone);
	bool again;
	int64_t id;

	OK(need_take(CX, &in, &id, &again));
	assert_false(again);
	return id;
}

static struct need
load(int64_t id)
{
	struct need n;

	OK(kind_load(CX, &need_kind, id, &n));
	return n;
}

static int
step(int64_t id, const char *action, const char *reason)
{
	struct need n = load(id);
	struct need_move m = {
		.id = id, .version = n.rec.version, .action = action, .reason = reason
	};

	return need_move(CX, &m);
}

/* ---- codes ---- */

/* RULE relief-8: every wrong digit and every exchange of neighbours is noticed. */
static void
codes(void **state)
{
	char code[RELIEF_CODE + 1], bad[RELIEF_CODE + 1], out[RELIEF_CODE + 1];
	int round, i, d;

	(void)state;
	for (round = 0; round < 200; round++) {
		relief_code_draw(code);
		assert_true(relief_code_read(code, out));
		assert_true(relief_code_read(relief_code_shown(CX->arena, code), out));
		assert_string_equal(code, out);
		for (i = 0; i < RELIEF_CODE; i++)
			for (d = '0'; d <= '9'; d++) {
				memcpy(bad, code, sizeof bad);
				bad[i] = (char)d;
				assert_true(relief_code_read(bad, out) == (code[i] == d));
			}
		for (i = 0; i + 1 < RELIEF_CODE; i++) {
			memcpy(bad, code, sizeof bad);
			bad[i] = code[i + 1];
			bad[i + 1] = code[i];
			assert_true(relief_code_read(bad, out) == (code[i] == code[i + 1]));
		}
	}
	assert_false(relief_code_read("", out));
	assert_false(relief_code_read("12345678", out));
	assert_false(relief_code_read("1234567890", out));
	assert_false(relief_code_read("12345678x", out));
}

/* ---- taking ---- */

static void
taken(void **state)
{
	struct need_in in = asked("+7 701 111 22 33");
	struct need_like *like;
	struct need_line *lines;
	struct need n, found;
	int64_t id, twin, same;
	size_t nlike, nlines;
	bool again;

	(void)state;
	CX->actor = &relief;
	in.nonce = "0123456789abcdef0123456789abcdef";
	OK(need_take(CX, &in, &id, &again));
	OK(need_take(CX, &in, &same, &again));
	assert_true(again);
	assert_int_equal(same, id);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM need"), 1);
	n = load(id);
	assert_string_equal(n.state, "new");
	OK(need_lines(CX, id, &lines, &nlines));
	assert_int_equal(nlines, 1);
	OK(need_by_code(CX, relief_code_shown(CX->arena, n.code), &found));
	assert_int_equal(found.rec.id, id);
	ENDS(RC_INVALID, need_by_code(CX, "000000001", &found));
	ENDS(RC_NOTFOUND, need_by_code(CX, "000000000", &found));
	twin = take("8 (701) 111-22-33"); /* the same number written otherwise */
	n = load(twin);
	OK(need_likely(CX, &n, &like, &nlike));
	assert_int_equal(nlike, 1);
	assert_true(like[0].phone && like[0].id == id);
	OK(need_twin(CX, twin, n.rec.version, id, "same"));
	assert_int_equal(house_int(&house, "SELECT count(*) FROM need"), 2); /* both are kept */
	n = load(twin);
	ENDS(RC_RULE, need_twin(CX, twin, n.rec.version, twin, "same"));
	in = asked(NULL);
	in.note = " ";
	ENDS(RC_INVALID, need_take(CX, &in, &id, &again));
	in = asked("12345678");
	in.children = 6;
	ENDS(RC_INVALID, need_take(CX, &in, &id, &again));
	in = asked("12345678");
	in.nlines = 0;
	ENDS(RC_INVALID, need_take(CX, &in, &id, &again));
}

/* RULE relief-6: strangers, and how often. */
static void
from_the_public(void **state)
{
	struct need_in in = asked("+7 701 999 88 77");
	bool again;
	int64_t id;
	int i;

	(void)state;
	CX->actor = &actor_guest;
	ENDS(RC_DENIED, need_take(CX, &in, &id, &again)); /* by "phone" */
	in.channel = "public";
	for (i = 0; i < NEED_PHONE_A_DAY; i++)
		OK(need_take(CX, &in, &id, &again));
	ENDS(RC_RULE, need_take(CX, &in, &id, &again));
	assert_ptr_equal(CX->actor, &actor_guest);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM need"), NEED_PHONE_A_DAY);
}

/* ---- steps ---- */

static const struct need_step *
row_of(const char *from, const char *action)
{
	size_t i;

	for (i = 0; i < need_nsteps; i++)
		if (strcmp(need_steps[i].from, from) == 0 &&
		    strcmp(need_steps[i].action, action) == 0)
			return &need_steps[i];
	return NULL;
}

/* What must hold of a need wherever it stands. */
static void
sound(const struct need *n)
{
	bool held = strcmp(n->state, "assigned") == 0 || strcmp(n->state, "on_way") == 0;

	assert_true(!held || n->owner != 0);
	assert_true(strcmp(n->state, "new") == 0 || n->checked_at != 0 || need_is_over(n->state));
	assert_true((n->ended_at != 0) == need_is_over(n->state));
	assert_true((n->ended_on != 0) == need_is_over(n->state));
	assert_true((n->hours != INT_NONE) == (strcmp(n->state, "delivered") == 0));
	assert_true(strcmp(n->state, "on_way") != 0 || n->started_at != 0);
}

/* Random steps, right and wrong ones: the table alone says where they lead. */
static void
steps_follow_the_table(void **state)
{
	static const char *const actions[] = { "check", "assign", "start", "deliver", "turn_back",
		"release", "refuse", "close", "reopen", "nonsense" };
	unsigned seed = 7;
	int64_t ids[4];
	int round, i;

	(void)state;
	CX->actor = &relief;
	for (i = 0; i < 4; i++)
		ids[i] = take(arena_printf(CX->arena, "+7 701 000 00 0%d", i));
	for (round = 0; round < 250; round++) {
		int64_t id = ids[rand_r(&seed) % 4];
		const char *action = actions[rand_r(&seed) % ARRAY_LEN(actions)],
			   *reason = rand_r(&seed) % 2 == 0 ? NULL : "because";
		struct need was = load(id), is;
		const struct need_step *s = row_of(was.state, action);
		int wanted = s == NULL ? RC_RULE : s->reason && reason == NULL ? RC_INVALID : RC_OK;

		CX->now += US_PER_SECOND * 60;
		ends_at(step(id, action, reason), wanted, action, __LINE__);
		is = load(id);
		assert_string_equal(is.state, wanted == RC_OK ? s->to : was.state);
		sound(&is);
	}
}

/* Two who take the same need: one gets it, the other is told who has it. */
static void
the_second_is_told(void **state)
{
	int64_t id;
	struct need n;
	struct need_move m;

	(void)state;
	CX->actor = &relief;
	id = take("+7 701 222 33 44");
	OK(step(id, "check", NULL));
	n = load(id);
	m = (struct need_move){ .id = id, .version = n.rec.version, .action = "assign" };
	OK(need_move(CX, &m));
	CX->actor = &second;
	assert_int_equal(need_move(CX, &m), RC_CONFLICT);
	assert_non_null(strstr(CX->err.text, "one"));
	err_clear(CX);
	n = load(id);
	assert_int_equal(n.owner, one);
	CX->actor = &clerk;
	ENDS(RC_DENIED, need_move(CX, &m));
}

struct racer {
	struct need_move m;
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

	arena_init(&arena);
	db_bind(&cx, house.store);
	r->rc = need_move(&cx, &r->m);
	db_end(&cx);
	arena_done(&arena);
	return NULL;
}

static void
both_at_once(void **state)
{
	enum { RACERS = 6 };
	struct racer r[RACERS];
	pthread_t t[RACERS];
	int64_t id;
	struct need n;
	int i, won = 0;

	(void)state;
	CX->actor = &relief;
	id = take("+7 701 222 33 55");
	OK(step(id, "check", NULL));
	n = load(id);
	house_next(&house);
	for (i = 0; i < RACERS; i++) {
		r[i] =
		    (struct racer){ .m = { .id = id, .version = n.rec.version, .action = "assign" },
			    .who = i % 2 == 0 ? relief : second };
		assert_int_equal(pthread_create(&t[i], NULL, race, &r[i]), 0);
	}
	for (i = 0; i < RACERS; i++) {
		pthread_join(t[i], NULL);
		won += r[i].rc == RC_OK;
		assert_true(r[i].rc == RC_OK || r[i].rc == RC_CONFLICT);
	}
	assert_int_equal(won, 1);
	house_next(&house);
	n = load(id);
	assert_int_equal(n.rec.version, 3);
}

/* ---- the family ---- */

/* RULE relief-2: nothing of a family lies readable in any table. */
static void
sealed_at_rest(void **state)
{
	static const char *const where[] = {
		"SELECT count(*) FROM history WHERE kind = 'need' AND data LIKE '%Zq%'",
		"SELECT count(*) FROM audit WHERE fields LIKE '%Zq%'",
		"SELECT count(*) FROM need WHERE fold_key LIKE '%zq%' OR sort_kk LIKE '%zq%'",
		"SELECT count(*) FROM need_line WHERE fold_key LIKE '%zq%'",
	};
	struct family f;
	struct need n;
	int64_t id;
	size_t i;

	(void)state;
	CX->actor = &relief;
	id = take("+7 701 333 44 55");
	for (i = 0; i < ARRAY_LEN(where); i++)
		assert_int_equal(house_int(&house, where[i]), 0);
	OK(need_family(CX, id, "page", &f));
	assert_string_equal(f.name, "Zqname Family");
	assert_string_equal(f.phone, "+7 701 333 44 55");
	assert_string_equal(f.note, "Zqnote street 5");
	OK(need_family(CX, id, "page", &f));
	assert_int_equal(house_int(&house, "SELECT sum(times) FROM family_read"), 2);
	CX->actor = &clerk;
	ENDS(RC_DENIED, need_family(CX, id, "page", &f));
	assert_null(f.name);
	assert_int_equal(house_int(&house, "SELECT sum(times) FROM family_read"), 2);
	CX->actor = &actor_guest;
	ENDS(RC_DENIED, need_family(CX, id, "page", &f));
	CX->actor = &relief;
	n = load(id);
	n.place = "Elsewhere";
	OK(kind_update(CX, &need_kind, &n)); /* what is sealed stays */
	OK(need_family(CX, id, "page", &f));
	assert_string_equal(f.name, "Zqname Family");
	assert_non_null(load(id).phone_mac);
}

/* What those without the role may read of the kind: no field that could tell a family. */
static void
fields_are_closed(void **state)
{
	static const char *const closed[] = { "name", "phone", "phone_mac", "place", "place_key",
		"note", "paper", "state_reason", "pregnant", "disabled", "insulin" };
	struct actor who[] = { clerk, actor_guest, actor_of(ROLE_LEADER, 1),
		actor_of(ROLE_AUDITOR, 1), actor_of(ROLE_ADMIN, 1), actor_of(ROLE_DRIVER, 1) };
	struct query q;
	size_t i, k;

	(void)state;
	for (i = 0; i < ARRAY_LEN(who); i++) {
		CX->actor = &who[i];
		assert_false(may(CX, CAP_RELIEF_FAMILY));
		for (k = 0; k < ARRAY_LEN(closed); k++) {
			const struct field *f = kind_field(&need_kind, closed[k]);

			assert_false(kind_may_read(CX, &need_kind, f));
			if (query_init(CX, &q, &need_kind) != RC_OK)
				continue;
			ENDS(RC_INVALID, query_filter(&q, closed[k], "a"));
			ENDS(RC_INVALID, query_sort(&q, closed[k]));
		}
		assert_false(
		    kind_may_read(CX, &need_line_kind, kind_field(&need_line_kind, "word")));
		err_clear(CX);
	}
}

/* ---- the headquarters ---- */

static void
log_only_grows(void **state)
{
	struct relief_log l;
	int64_t a, b, other;

	(void)state;
	CX->actor = &relief;
	OK(relief_log_add(CX, hq, "first", 0, &a));
	OK(relief_log_add(CX, hq, "it was the second", a, &b));
	ENDS(RC_INVALID, relief_log_add(CX, hq, "  ", 0, &other));
	ENDS(RC_INVALID, relief_log_add(CX, hq, "of none", 999, &other));
	OK(kind_load(CX, &relief_log_kind, a, &l));
	assert_int_equal(l.author, one);
	l.text = "changed";
	ENDS(RC_DENIED, kind_update(CX, &relief_log_kind, &l));
	CX->actor = &actor_system;
	OK(kind_load(CX, &relief_log_kind, a, &l));
	l.corrects = b;
	OK(kind_update(CX, &relief_log_kind, &l)); /* every field is fixed: nothing changed */
	OK(kind_load(CX, &relief_log_kind, a, &l));
	assert_int_equal(l.corrects, 0);
	assert_int_equal(l.rec.version, 1);
}

static void
places_have_accounts(void **state)
{
	struct relief_place p;
	struct stock_account a;
	int64_t accounts = house_int(&house, "SELECT count(*) FROM stock_account");

	(void)state;
	CX->actor = &relief;
	kind_empty(&relief_place_kind, &p);
	p.headquarters = hq;
	p.code = "kitchen-1";
	p.name.kk = "Асхана";
	p.purpose = "kitchen";
	OK(kind_insert(CX, &relief_place_kind, &p));
	OK(relief_place_account(CX, &p, &a));
	assert_string_equal(a.type, "kitchen");
	/* A store of peace time becomes one of the headquarters. */
	kind_empty(&relief_place_kind, &p);
	p.headquarters = hq;
	p.code = "store-main";
	p.name.kk = "Қойма";
	p.purpose = "store";
	OK(kind_insert(CX, &relief_place_kind, &p));
	assert_int_equal(house_int(&house, "SELECT count(*) FROM stock_account"), accounts + 1);
	kind_empty(&relief_place_kind, &p);
	p.headquarters = hq;
	p.code = "donor";
	p.name.kk = "Қате";
	p.purpose = "store";
	ENDS(RC_INVALID, kind_insert(CX, &relief_place_kind, &p));
}

static void
area_is_a_set(void **state)
{
	int64_t d[3], n = house_int(&house, "SELECT min(id) FROM district");

	(void)state;
	d[0] = n;
	d[1] = n + 1;
	d[2] = n;
	CX->actor = &relief;
	OK(headquarters_area(CX, hq, d, 3));
	assert_int_equal(house_int(&house, "SELECT count(*) FROM relief_area"), 2);
	OK(headquarters_area(CX, hq, d + 1, 1));
	assert_int_equal(house_int(&house, "SELECT min(district) FROM relief_area"), n + 1);
	CX->actor = &clerk;
	ENDS(RC_DENIED, headquarters_area(CX, hq, d, 1));
}

static int
closed_by(const struct actor *who, const char *reason)
{
	struct headquarters h;

	OK(kind_load(CX, &headquarters_kind, hq, &h));
	CX->actor = who;
	return headquarters_close(CX, hq, h.rec.version, CX->today, reason);
}

/* RULE relief-1 */
static void
closed_takes_nothing(void **state)
{
	struct need_in in = asked("+7 701 444 55 66");
	struct headquarters h;
	struct relief_duty d;
	struct family f;
	int64_t id, other;
	bool again;

	(void)state;
	CX->actor = &relief;
	id = take("+7 701 444 55 66");
	ENDS(RC_DENIED, closed_by(&relief, "over"));
	ENDS(RC_RULE, closed_by(&head, "over")); /* one need is open */
	CX->actor = &relief;
	OK(step(id, "close", "was none"));
	ENDS(RC_INVALID, closed_by(&head, " "));
	OK(closed_by(&head, "over"));
	ENDS(RC_RULE, closed_by(&head, "again"));
	CX->actor = &relief;
	in.headquarters = hq;
	ENDS(RC_RULE, need_take(CX, &in, &other, &again));
	in.headquarters = 0;
	ENDS(RC_RULE, need_take(CX, &in, &other, &again));
	ENDS(RC_RULE, step(id, "reopen", "no"));
	kind_empty(&relief_duty_kind, &d);
	d.headquarters = hq;
	d.name = "X";
	d.starts_at = CX->now;
	d.ends_at = CX->now + US_PER_SECOND;
	ENDS(RC_RULE, kind_insert(CX, &relief_duty_kind, &d));
	OK(kind_load(CX, &headquarters_kind, hq, &h));
	h.hotline = "1";
	ENDS(RC_RULE, kind_update(CX, &headquarters_kind, &h));
	OK(relief_log_add(CX, hq, "a late line", 0, &other));
	/* The families are closed with it, but for the head. */
	ENDS(RC_DENIED, need_family(CX, id, "page", &f));
	CX->actor = &head;
	OK(need_family(CX, id, "page", &f));
}

static int
expire_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct cut_sums sums = { 0 };

	return need_expire_tx(cx, tx, *(int64_t *)arg, 0, &sums);
}

/* RULE relief-7: the family goes out of the record and all versions; what counts stays, and verify agrees. */
static void
term_is_over(void **state)
{
	const struct kind *const proved[] = { &need_kind, &need_line_kind };
	struct buf out;
	struct family f;
	struct need n;
	int64_t id, records = 0, differences = 0;

	(void)state;
	CX->actor = &relief;
	id = take("+7 701 555 66 77");
	OK(step(id, "check", NULL));
	OK(step(id, "assign", NULL));
	CX->now += US_PER_SECOND * 3600 * 3;
	OK(step(id, "start", NULL));
	OK(step(id, "deliver", NULL));
	CX->actor = &actor_system;
	OK(db_write(CX, expire_fn, &id));
	n = load(id);
	assert_null(n.place);
	assert_null(n.phone_mac);
	assert_false(n.name.present || n.phone.present || n.note.present);
	assert_int_equal(n.hours, 3);
	assert_string_equal(n.state, "delivered");
	assert_int_equal(n.people, 5);
	OK(need_family(CX, id, "page", &f));
	assert_true(f.name == NULL && f.phone == NULL && f.note == NULL && f.place == NULL);
	assert_int_equal(house_int(&house,
			     "SELECT count(*) FROM history WHERE (kind = 'need' AND data LIKE "
			     "'%Sazdy%') OR (kind = 'need_line' AND data LIKE '%Zqword%') OR (kind "
			     "= 'need' AND secret IS NOT NULL)"),
	    0);
	buf_init(&out, CX->arena, 0);
	OK(kind_prove(CX, proved, ARRAY_LEN(proved), &out, &records, &differences));
	if (differences != 0)
		print_error("%s", out.p);
	assert_int_equal(differences, 0);
}

static void
figures(void **state)
{
	struct ask a = { 0 };
	struct figure_answer answer;
	int64_t id, i;

	(void)state;
	figure_init(relief_figures, relief_nfigures);
	CX->actor = &relief;
	for (i = 1; i <= 3; i++) {
		id = take(arena_printf(CX->arena, "+7 701 666 00 0%d", (int)i));
		OK(step(id, "check", NULL));
		OK(step(id, "assign", NULL));
		OK(step(id, "start", NULL));
		CX->now += US_PER_SECOND * 3600 * i;
		OK(step(id, "deliver", NULL));
	}
	take("+7 701 666 00 09");
	a.from = day_add(day_of_moment(CX->now), -2);
	a.to = a.on = day_add(day_of_moment(CX->now), 1);
	house_next(&house);
	OK(figure_answer(CX, figure_find("needs"), &a, &answer));
	assert_int_equal((int)answer.value, 4);
	OK(figure_answer(CX, figure_find("needs_hours"), &a, &answer));
	assert_int_equal((int)answer.value, 2);
	assert_int_equal(answer.records, 3);
}

static int
takes_the_store(int64_t headquarters)
{
	struct relief_place p;

	kind_empty(&relief_place_kind, &p);
	p.headquarters = headquarters;
	p.code = "store-main";
	p.name.kk = "Қойма";
	p.purpose = "store";
	return kind_insert(CX, &relief_place_kind, &p);
}

/* The store of the emergency that is over serves the next one, once. */
static void
store_serves_again(void **state)
{
	int64_t accounts = house_int(&house, "SELECT count(*) FROM stock_account"), next;

	(void)state;
	CX->actor = &head;
	OK(takes_the_store(hq));
	OK(closed_by(&head, "over"));
	next = new_headquarters("flood-next");
	OK(takes_the_store(next));
	ENDS(RC_INVALID, takes_the_store(next));
	house_next(&house);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM stock_account"), accounts);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM relief_place WHERE code = 'store-main'"), 2);
}

int
main(int argc, char **argv)
{
#define T(f) cmocka_unit_test_setup_teardown(f, open_house, close_house)
	const struct CMUnitTest tests[] = { T(codes), T(taken), T(from_the_public),
		T(steps_follow_the_table), T(the_second_is_told), T(both_at_once),
		T(sealed_at_rest), T(fields_are_closed), T(log_only_grows), T(places_have_accounts),
		T(area_is_a_set), T(closed_takes_nothing), T(term_is_over), T(figures),
		T(store_serves_again) };

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
