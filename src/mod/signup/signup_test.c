/* signup_test.c – signing up: never more people than places, whoever comes when; nobody waits while there is
 * room; sent twice is once; who signed up is told, and forgotten when the term is over. */
#define MORE_KINDS , &signup_form_kind, &signup_question_kind, &signup_kind, &ticket_kind
#include <pthread.h>
#include <stdatomic.h>

#include "core/setting.h"
#include "kind/cut.h"
#include "mod/signup/signup.h"

#include "event_test.h"

#define DAY 20241120

static struct event party;

static struct signup_form
form(int64_t event, int64_t capacity, bool waiting)
{
	struct signup_form f;

	kind_empty(&signup_form_kind, &f);
	f.event = event;
	f.capacity = capacity;
	f.waiting = waiting;
	f.per_signup = 5;
	OK(kind_insert(CX, &signup_form_kind, &f));
	return f;
}

static void
party_with(int64_t capacity, bool waiting)
{
	party = event("Наурыз мерекесі", body("b1", 0), DAY, "approved");
	form(party.rec.id, capacity, waiting);
}

static struct signup_in
guests(size_t n, const char *nonce)
{
	static const char *const names[SIGNUP_PERSONS] = { "Айгүл", "Болат", "Виктор", "Гүлнар",
		"Дана", "Ерлан", "Жанна", "Зере", "Инна", "Камила" };
	struct signup_in in = { .event = party.rec.id, .nonce = nonce, .n = n };

	memcpy(in.name, names, sizeof in.name);
	return in;
}

static struct signup_made
made(const struct signup_in *in)
{
	const struct actor *who = CX->actor;
	struct signup_made m = { 0 };

	CX->actor = in->office ? who : &actor_guest;
	OK(signup_make(CX, in, &m));
	CX->actor = who;
	return m;
}

static int
refused(const struct signup_in *in)
{
	const struct actor *who = CX->actor;
	struct signup_made m;
	int rc;

	CX->actor = in->office ? who : &actor_guest;
	rc = signup_make(CX, in, &m);
	CX->actor = who;
	house_next(&house);
	return rc;
}

static struct signup
loaded(int64_t id)
{
	struct signup s;

	OK(kind_load(CX, &signup_kind, id, &s));
	return s;
}

static bool
said(const char *field)
{
	const struct field_error *f;

	for (f = CX->err.fields; f != NULL; f = f->next)
		if (strcmp(f->field, field) == 0)
			return true;
	return false;
}

/* What must be so after whatever happened. */
static void
sound(int64_t event)
{
	struct signup_form f;
	int64_t open, reserved, fits;

	OK(signup_form_of(CX, event, &f));
	OK(db_int(CX, &open,
	    "SELECT count(*) FROM ticket t JOIN signup s ON s.id = t.signup WHERE t.event = $1 AND "
	    "t.state = 'valid' AND s.reserved = 0",
	    VALS(v_int(event))));
	OK(db_int(CX, &reserved,
	    "SELECT count(*) FROM ticket t JOIN signup s ON s.id = t.signup WHERE t.event = $1 AND "
	    "t.state = 'valid' AND s.reserved = 1",
	    VALS(v_int(event))));
	if (f.capacity != INT_NONE && open > f.capacity - f.reserved)
		BROKEN("%d on open places, %d of %d reserved", (int)open, (int)f.reserved,
		    (int)f.capacity);
	if (reserved > f.reserved)
		BROKEN("%d on %d reserved places", (int)reserved, (int)f.reserved);
	OK(db_int(CX, &fits,
	    "SELECT count(*) FROM signup WHERE event = $1 AND state = 'waiting' AND persons <= $2",
	    VALS(v_int(event),
		v_int(f.capacity == INT_NONE ? 1000 : f.capacity - f.reserved - open))));
	if (fits != 0)
		BROKEN("%d wait though there is room", (int)fits);
	assert_int_equal(
	    house_int(&house,
		"SELECT count(*) FROM signup s WHERE s.persons <> (SELECT count(*) FROM ticket t "
		"WHERE t.signup = s.id AND t.state <> 'revoked')"),
	    0);
	assert_int_equal(
	    house_int(&house,
		"SELECT count(*) FROM ticket t JOIN signup s ON s.id = t.signup WHERE (t.state = "
		"'valid' AND s.state <> 'placed') OR (t.state = 'waiting' AND s.state <> "
		"'waiting')"),
	    0);
}

static void
test_making(void **state)
{
	struct signup_in in;
	struct signup_made one, two;
	struct ticket t[SIGNUP_PERSONS];
	struct signup s, same;
	const char *secret;
	char *bad;
	size_t n, i;

	(void)state;
	party_with(10, false);
	in = guests(3, "n1");
	one = made(&in);
	assert_false(one.again || one.waiting || one.mailed);
	two = made(&in);
	assert_true(two.again);
	assert_int_equal(two.id, one.id);
	OK(signup_tickets(CX, one.id, t, &n));
	assert_int_equal(n, 3);
	assert_string_equal(t[2].name, "Виктор");
	assert_string_equal(t[2].state, "valid");
	assert_int_equal(strlen(t[0].code), TICKET_SHORT);
	assert_string_not_equal(t[0].code, t[1].code);
	s = loaded(one.id);
	secret = signup_secret(CX->arena, &s);
	OK(signup_by_secret(CX, secret, &same));
	assert_int_equal(same.rec.id, one.id);
	for (i = 0; i < 26; i++) {
		bad = arena_str(CX->arena, secret);
		bad[i] = bad[i] == '2' ? '3' : '2';
		assert_int_equal(signup_by_secret(CX, bad, &same), RC_NOTFOUND);
	}
	assert_int_equal(signup_by_secret(CX, "", &same), RC_NOTFOUND);
	assert_int_equal(signup_by_secret(CX, NULL, &same), RC_NOTFOUND);
	in = guests(5, "n2");
	made(&in);
	in = guests(3, "n3"); /* two are left */
	assert_int_equal(refused(&in), RC_RULE);
	in = guests(2, "n4");
	made(&in);
	in = guests(1, "n5");
	assert_int_equal(refused(&in), RC_RULE);
	sound(party.rec.id);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM ticket WHERE state = 'valid'"), 10);
	verified();
}

static void
test_refusals(void **state)
{
	struct signup_in in;
	struct signup_made m;
	struct signup_form f;

	(void)state;
	party_with(10, false);
	OK(signup_form_of(CX, party.rec.id, &f));
	f.email = "required";
	f.per_signup = 2;
	OK(kind_update(CX, &signup_form_kind, &f));
	in = guests(3, NULL);
	in.name[1] = "  ";
	in.minor[2] = true;
	in.phone = "1";
	assert_int_equal(signup_make(CX, &in, &m), RC_INVALID);
	assert_true(said("persons"));
	assert_true(said("name2"));
	assert_true(said("name3")); /* for adults */
	assert_true(said("email"));
	assert_false(said("phone")); /* not asked, so not looked at */
	house_next(&house);
	in = guests(1, NULL);
	in.email = "a@b";
	assert_int_equal(refused(&in), RC_INVALID);
	in.email = "a@example.kz";
	made(&in);
	made(&in);
	made(&in);
	assert_int_equal(refused(&in), RC_INVALID); /* RULE signup-10 */
	in.email = "b@example.kz";
	OK(signup_form_of(CX, party.rec.id, &f));
	f.opens_on = DAY;
	OK(kind_update(CX, &signup_form_kind, &f));
	assert_int_equal(refused(&in), RC_RULE);
	CX->today = DAY;
	made(&in);
	in.email = "c@example.kz";
	CX->today = DAY + 1;
	assert_int_equal(refused(&in), RC_RULE);
	in.event = event("Жоспар", party.body, DAY, "planned").rec.id;
	form(in.event, 5, false);
	assert_int_equal(refused(&in), RC_NOTFOUND); /* a guest does not know of it */
	in.event = event("Тіркеусіз", party.body, DAY, "approved").rec.id;
	assert_int_equal(refused(&in), RC_NOTFOUND);
	CX->today = 20241115;
}

/* RULE signup-11 */
static void
test_minors(void **state)
{
	struct signup_in in;
	struct signup_form f;
	struct signup s;

	(void)state;
	party_with(10, false);
	OK(signup_form_of(CX, party.rec.id, &f));
	f.minors = true;
	assert_int_equal(kind_update(CX, &signup_form_kind, &f), RC_INVALID); /* no text */
	house_next(&house);
	f.consent = "Балам қатысады";
	f.consent_version = "2";
	OK(kind_update(CX, &signup_form_kind, &f));
	in = guests(2, NULL);
	in.minor[1] = true;
	assert_int_equal(refused(&in), RC_INVALID);
	in.parent = "Ата-ана";
	assert_int_equal(refused(&in), RC_INVALID);
	in.consents = true;
	in.consent_version = "1"; /* the text was changed while they filled in the form */
	assert_int_equal(refused(&in), RC_INVALID);
	in.consent_version = "2";
	s = loaded(made(&in).id);
	assert_string_equal(s.parent, "Ата-ана");
	assert_string_equal(s.consent_version, "2");
	in = guests(2, NULL);
	in.parent = "Ата-ана";
	s = loaded(made(&in).id);
	assert_null(s.parent); /* nobody is under age: not kept */
}

static int64_t
question(const char *text, const char *type, const char *choices, bool required)
{
	struct signup_question q;

	kind_empty(&signup_question_kind, &q);
	q.event = party.rec.id;
	q.text.kk = text;
	q.type = type;
	q.choices.kk = choices;
	q.required = required;
	return kind_insert(CX, &signup_question_kind, &q) == RC_OK ? q.rec.id : 0;
}

static void
test_questions(void **state)
{
	static const char *const never[] = { "Ұлтыңыз қандай?", "Қай этнос өкілісіз",
		"Ваша национальность?", "Your ethnicity", "ҰЛТЫ", "Этническая принадлежность",
		"Nationality", "Ulty qandai" };
	int64_t food, bus, years;
	struct signup_in in;
	struct signup s;
	size_t i;

	(void)state;
	party_with(10, false);
	for (i = 0; i < ARRAY_LEN(never); i++) {
		assert_int_equal(question(never[i], "text", NULL, false), 0);
		assert_true(said("text"));
		house_next(&house);
	}
	assert_true(question("Ұлттық киіммен келесіз бе?", "yesno", NULL, false) != 0);
	assert_true(question("Вы придёте в национальном костюме?", "yesno", NULL, false) != 0);
	assert_true(question("Сұлтан би сахнасы?", "yesno", NULL, false) != 0);
	house_sql(&house, "DELETE FROM signup_question");
	assert_int_equal(question("Тамақ", "choice", "ет", false), 0);
	house_next(&house);
	assert_int_equal(question("Тамақ", "text", "ет\nбалық", false), 0);
	house_next(&house);
	food = question("Тамақ", "choice", "ет\r\nбалық\n\nкөкөніс", true);
	bus = question("Автобус керек пе?", "yesno", NULL, false);
	years = question("Нешінші рет?", "number", NULL, false);
	assert_true(food != 0 && bus != 0 && years != 0);
	in = guests(1, NULL);
	assert_int_equal(refused(&in), RC_INVALID);
	in.answer[0] = "4";
	assert_int_equal(refused(&in), RC_INVALID);
	in.answer[0] = "3";
	in.answer[1] = "maybe";
	assert_int_equal(refused(&in), RC_INVALID);
	in.answer[1] = "yes";
	in.answer[2] = "көп";
	assert_int_equal(refused(&in), RC_INVALID);
	in.answer[2] = "2";
	s = loaded(made(&in).id);
	assert_string_equal(signup_answer(CX->arena, &s, food), "көкөніс");
	assert_string_equal(signup_answer(CX->arena, &s, years), "2");
	assert_string_equal(signup_answer(CX->arena, &s, years + 100), "");
	for (i = 3; i < SIGNUP_QUESTIONS; i++)
		assert_true(question("Тағы", "text", NULL, false) != 0);
	assert_int_equal(question("Он бірінші", "text", NULL, false), 0);
}

static void
test_waiting(void **state)
{
	struct signup_in in;
	struct signup_form f;
	struct signup s;
	int64_t a, b, c, turn;

	(void)state;
	party_with(4, true);
	in = guests(3, NULL);
	a = made(&in).id;
	b = made(&in).id; /* waits */
	in = guests(2, NULL);
	c = made(&in).id; /* waits behind */
	s = loaded(c);
	assert_string_equal(s.state, "waiting");
	OK(signup_turn(CX, &s, &turn));
	assert_int_equal(turn, 2);
	OK(signup_withdraw(CX, a, 2, false)); /* two are free: b does not fit, c does */
	assert_string_equal(loaded(b).state, "waiting");
	assert_string_equal(loaded(c).state, "placed");
	assert_int_equal(loaded(a).persons, 2);
	assert_int_equal(signup_withdraw(CX, a, 2, false), RC_RULE); /* gone already */
	house_next(&house);
	sound(party.rec.id);
	OK(signup_withdraw(CX, c, 0, false));
	assert_string_equal(loaded(c).state, "withdrawn");
	assert_string_equal(loaded(b).state, "waiting");
	OK(signup_form_of(CX, party.rec.id, &f));
	f.capacity = 5;
	OK(kind_update(CX, &signup_form_kind, &f)); /* more places: b moves up */
	assert_string_equal(loaded(b).state, "placed");
	f.capacity = 4;
	assert_int_equal(kind_update(CX, &signup_form_kind, &f), RC_INVALID); /* RULE signup-6 */
	house_next(&house);
	sound(party.rec.id);
	verified();
}

static void
test_reserved(void **state)
{
	struct signup_in in;
	struct signup_form f;
	int64_t vip, w;

	(void)state;
	party_with(4, true);
	OK(signup_form_of(CX, party.rec.id, &f));
	f.reserved = 2;
	assert_int_equal(kind_update(CX, &signup_form_kind, &f), RC_INVALID); /* for whom? */
	house_next(&house);
	f.reserved_for = "Ақсақалдар кеңесі";
	OK(kind_update(CX, &signup_form_kind, &f));
	in = guests(2, NULL);
	made(&in);
	in = guests(1, NULL);
	w = made(&in).id;
	assert_string_equal(loaded(w).state, "waiting");
	in.office = in.reserved = true;
	vip = made(&in).id;
	assert_string_equal(loaded(vip).state, "placed");
	sound(party.rec.id);
	OK(signup_form_of(CX, party.rec.id, &f));
	OK(signup_release(CX, party.rec.id, f.rec.version));
	assert_string_equal(loaded(w).state, "placed");
	assert_int_equal(signup_release(CX, party.rec.id, f.rec.version + 1), RC_RULE);
	house_next(&house);
	sound(party.rec.id);
	assert_int_equal(refused(&in), RC_RULE); /* no reserved place is left */
}

static int64_t
letters(void)
{
	return house_int(&house, "SELECT count(*) FROM outbox WHERE state = 'open'");
}

static void
test_letters(void **state)
{
	struct signup_in in;
	struct signup_made m;
	int64_t a;

	(void)state;
	party_with(1, true);
	in = guests(1, NULL);
	in.email = "a@example.kz";
	assert_false(made(&in).mailed); /* no mail server: nothing is promised */
	assert_int_equal(letters(), 0);
	OK(setting_set(CX, "mail_server", "smtp://127.0.0.1:2525"));
	OK(setting_set(CX, "mail_from", "uy@example.kz"));
	in.email = "b@example.kz";
	m = made(&in);
	assert_true(m.waiting && m.mailed);
	assert_int_equal(letters(), 1);
	a = house_int(&house, "SELECT min(id) FROM signup");
	OK(signup_withdraw(CX, a, 0, false)); /* a: withdrawn; b: moved up */
	assert_int_equal(letters(), 3);
	OK(move(party.rec.id, "postpone", "боран"));
	assert_int_equal(letters(), 4);
	OK(move(party.rec.id, "approve", NULL));
	assert_int_equal(letters(), 5);
	party = reload(party.rec.id);
	party.place = "Достық үйі";
	OK(kind_update(CX, &event_kind, &party));
	assert_int_equal(letters(), 6);
	party.note = "ішкі жазба";
	OK(kind_update(CX, &event_kind, &party));
	assert_int_equal(letters(), 6);
	OK(move(party.rec.id, "cancel", "боран"));
	assert_int_equal(letters(), 7);
	in.email = "c@example.kz";
	assert_int_equal(refused(&in), RC_RULE);
	assert_int_equal(letters(), 7);
	verified();
}

static void
test_changing(void **state)
{
	struct signup_in in;
	struct ticket t[SIGNUP_PERSONS];
	struct signup s;
	size_t n;
	int64_t id, last = 0;

	(void)state;
	party_with(10, false);
	in = guests(2, NULL);
	id = made(&in).id;
	s = loaded(id);
	in.name[1] = "Бақыт";
	in.email = "a@example.kz";
	OK(signup_change(CX, id, s.rec.version, &in));
	OK(signup_tickets(CX, id, t, &n));
	assert_int_equal(n, 2);
	assert_string_equal(t[1].name, "Бақыт");
	assert_string_equal(loaded(id).email, "a@example.kz");
	assert_int_equal(signup_change(CX, id, s.rec.version, &in), RC_CONFLICT);
	house_next(&house);
	in.name[0] = "";
	assert_int_equal(signup_change(CX, id, loaded(id).rec.version, &in), RC_INVALID);
	house_next(&house);
	/* RULE signup-10 holds for an address that comes later, too, however it is written. */
	in = guests(1, NULL);
	in.email = "b@example.kz";
	for (n = 0; n < SIGNUP_EMAILS; n++)
		last = made(&in).id;
	in.email = "B@Example.KZ";
	assert_int_equal(refused(&in), RC_INVALID);
	in = guests(2, NULL);
	in.email = "B@example.kz";
	assert_int_equal(signup_change(CX, id, loaded(id).rec.version, &in), RC_INVALID);
	assert_true(said("email"));
	house_next(&house);
	assert_string_equal(loaded(id).email, "a@example.kz");
	in = guests(1, NULL);
	in.email = "b@example.kz";
	OK(signup_change(CX, last, loaded(last).rec.version, &in)); /* the own one stays */
	verified();
}

/* A seat that was used cannot be withdrawn; the office takes tickets back in its own scope only. */
static void
test_office(void **state)
{
	struct signup_in in;
	struct attend_in at = { .basis = "scanned" };
	struct ticket t[SIGNUP_PERSONS];
	struct actor leader = { .role = ROLE_LEADER, .caps = role_caps(ROLE_LEADER), .csrf = "" };
	int64_t id, row, scope[1];
	size_t n;
	bool again;

	(void)state;
	party_with(10, false);
	in = guests(2, NULL);
	id = made(&in).id;
	OK(signup_tickets(CX, id, t, &n));
	OK(ticket_attend(CX, &t[0], &at));
	OK(event_attend(CX, &at, &row, &again));
	assert_int_equal(signup_withdraw(CX, id, 1, false), RC_RULE);
	house_next(&house);
	scope[0] = leader.body = body("b2", 0);
	leader.scope = scope;
	leader.nscope = 1;
	CX->actor = &leader;
	in.office = true;
	assert_int_equal(refused(&in), RC_DENIED);
	assert_int_equal(signup_withdraw(CX, id, 2, true), RC_NOTFOUND);
	house_next(&house);
	assert_int_equal(ticket_revoke(CX, t[1].rec.id, t[1].rec.version, "lost"), RC_NOTFOUND);
	house_next(&house);
	scope[0] = leader.body = party.body;
	assert_int_equal(ticket_revoke(CX, t[1].rec.id, t[1].rec.version, "withdrawn"), RC_INVALID);
	house_next(&house);
	OK(ticket_revoke(CX, t[1].rec.id, t[1].rec.version, "lost"));
	made(&in);
	CX->actor = &actor_system;
	assert_int_equal(loaded(id).persons, 1);
	sound(party.rec.id);
	verified();
}

static int
expire_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct cut_sums sums = { 0 };

	return signup_expire_tx(cx, tx, *(int64_t *)arg, 0, &sums);
}

static void
test_term(void **state)
{
	struct signup_in in;
	struct signup s;
	const char *secret;
	int64_t id;

	(void)state;
	party_with(10, false);
	in = guests(2, "n1");
	in.email = "a@example.kz";
	id = made(&in).id;
	s = loaded(id);
	secret = signup_secret(CX->arena, &s);
	OK(db_write(CX, expire_fn, &id));
	assert_int_equal(signup_by_secret(CX, secret, &s), RC_NOTFOUND);
	house_next(&house);
	s = loaded(id);
	assert_null(s.name);
	assert_null(s.email);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM signup_sent"), 0);
	assert_int_equal(s.persons, 2);
	assert_int_equal(
	    house_int(&house,
		"SELECT count(*) FROM ticket WHERE state = 'valid' AND name IS NULL AND "
		"code IS NULL"),
	    2);
	assert_int_equal(
	    house_int(&house,
		"SELECT count(*) FROM history WHERE kind IN ('signup', 'ticket') AND secret IS NOT "
		"NULL"),
	    0);
	verified();
}

/* A member signs up as himself; his ticket follows him into a joined record and goes when he is erased. */
static void
test_person(void **state)
{
	struct signup_in in;
	struct signup_made m;
	struct erase_sums sums;
	struct actor member = {
		.account = 0, .role = ROLE_MEMBER, .caps = role_caps(ROLE_MEMBER), .csrf = ""
	};
	struct person keeps, leaves;
	struct ticket t[SIGNUP_PERSONS];
	int64_t id, waits;
	size_t n;

	(void)state;
	party_with(2, true);
	member.person = person(1);
	CX->actor = &member;
	in = guests(2, "n1");
	in.self = true;
	in.name[0] = NULL;
	OK(signup_make(CX, &in, &m));
	in.nonce = "n2";
	assert_int_equal(signup_make(CX, &in, &(struct signup_made){ 0 }), RC_RULE);
	CX->actor = &actor_system;
	house_next(&house);
	id = m.id;
	in = guests(1, NULL);
	waits = made(&in).id;
	OK(signup_tickets(CX, id, t, &n));
	assert_int_equal(t[0].person, member.person);
	assert_int_equal(t[1].person, 0);
	OK(kind_load(CX, &person_kind, member.person, &leaves));
	OK(kind_load(CX, &person_kind, person(2), &keeps));
	OK(person_merge(CX, &(struct person_merge_in){ keeps.rec.id, leaves.rec.id,
				keeps.rec.version, leaves.rec.version, NULL }));
	OK(signup_tickets(CX, id, t, &n));
	assert_int_equal(t[0].person, keeps.rec.id);
	assert_int_equal(loaded(id).person, keeps.rec.id);
	OK(person_erase(
	    CX, &(struct erase_in){ .person = keeps.rec.id, .ground = "request" }, &sums));
	OK(signup_tickets(CX, id, t, &n));
	assert_int_equal(t[0].person, 0);
	assert_null(t[0].name);
	assert_string_equal(t[0].state, "revoked");
	assert_string_equal(loaded(waits).state, "placed");
	sound(party.rec.id);
	verified();
}

/* ---- any order of anything ---- */

static unsigned seed = 7;
static int
dice(int n)
{
	seed = seed * 1103515245u + 12345u;
	return (int)(seed >> 16) % n;
}

static int64_t
some_signup(void)
{
	int64_t n = house_int(&house, "SELECT count(*) FROM signup"), id = 0;

	if (n > 0)
		OK(db_int(CX, &id, "SELECT id FROM signup ORDER BY id LIMIT 1 OFFSET $1",
		    VALS(v_int(dice((int)n)))));
	return id;
}

static void
random_step(void)
{
	struct signup_in in = guests((size_t)dice(4) + 1, NULL);
	struct signup_made m;
	struct signup_form f;
	int64_t id = some_signup();
	int rc = RC_OK;

	OK(signup_form_of(CX, party.rec.id, &f));
	switch (dice(8)) {
	case 0:
	case 1:
	case 2:
		rc = signup_make(CX, &in, &m);
		break;
	case 3:
		in.office = in.reserved = true;
		rc = signup_make(CX, &in, &m);
		break;
	case 4:
		rc = id == 0 ? RC_OK : signup_withdraw(CX, id, dice(5), dice(2) == 0);
		break;
	case 5:
		f.capacity = dice(9) == 0 ? INT_NONE : dice(20) + 1;
		f.reserved = f.capacity == INT_NONE ? 0 : f.reserved;
		rc = kind_update(CX, &signup_form_kind, &f);
		break;
	case 6:
		f.reserved = dice(6);
		f.reserved_for = "қонақтар";
		rc = kind_update(CX, &signup_form_kind, &f);
		break;
	default:
		rc = signup_release(CX, party.rec.id, f.rec.version);
	}
	if (rc != RC_OK && rc != RC_RULE && rc != RC_INVALID)
		BROKEN("step: %d %s", rc, CX->err.detail == NULL ? "" : CX->err.detail);
	house_next(&house);
	sound(party.rec.id);
}

static void
test_any_order(void **state)
{
	struct arena_mark mark;
	int i;

	(void)state;
	party_with(8, true);
	mark = arena_mark(CX->arena);
	for (i = 0; i < 220; i++) {
		random_step();
		house_next(&house);
		arena_rewind(CX->arena, mark);
	}
	assert_true(house_int(&house, "SELECT count(*) FROM signup WHERE state = 'withdrawn'") > 3);
	verified();
}

/* ---- many at once ---- */

enum { THREADS = 8, EACH = 12 };
static atomic_int broken, places_given;

static void *
crowd_run(void *arg)
{
	int me = *(const int *)arg, i;
	struct arena arena;
	struct ctx cx = house.cx;

	arena_init(&arena);
	cx.arena = &arena;
	cx.actor = &actor_guest;
	db_bind(&cx, house.store);
	for (i = 0; i < EACH; i++) {
		struct signup_in in = guests((size_t)(me + i) % 3 + 1,
		    arena_printf(&arena, "%d-%d", me / 2, i)); /* two threads send each form */
		struct signup_made m;
		int rc = signup_make(&cx, &in, &m);

		if (rc != RC_OK && rc != RC_BUSY)
			atomic_fetch_add(&broken, 1);
		if (rc == RC_OK && !m.again)
			atomic_fetch_add(&places_given, 1);
		err_clear(&cx);
		if (rc == RC_OK && i % 4 == 3) {
			rc = signup_withdraw(&cx, m.id, 0, false);
			if (rc != RC_OK && rc != RC_RULE && rc != RC_BUSY)
				atomic_fetch_add(&broken, 1);
			err_clear(&cx);
		}
		db_end(&cx);
	}
	arena_done(&arena);
	return NULL;
}

static void
test_crowd(void **state)
{
	pthread_t t[THREADS];
	int me[THREADS], i;

	(void)state;
	party_with(17, true);
	house_next(&house);
	atomic_store(&broken, 0);
	atomic_store(&places_given, 0);
	for (i = 0; i < THREADS; i++) {
		me[i] = i;
		assert_int_equal(pthread_create(&t[i], NULL, crowd_run, &me[i]), 0);
	}
	for (i = 0; i < THREADS; i++)
		assert_int_equal(pthread_join(t[i], NULL), 0);
	assert_int_equal(atomic_load(&broken), 0);
	sound(party.rec.id);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM signup"), atomic_load(&places_given));
	assert_true(atomic_load(&places_given) <= THREADS / 2 * EACH);
	assert_true(atomic_load(&places_given) > EACH);
	assert_true(house_int(&house, "SELECT count(*) FROM signup WHERE state = 'waiting'") > 0);
	verified();
}

static int
opened(void **state)
{
	open_house(state);
	event_follow_add(signup_event_follow);
	person_links_add(signup_links, signup_nlinks);
	return 0;
}

#define T(f) cmocka_unit_test_setup_teardown(f, opened, close_house)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { T(test_making), T(test_refusals), T(test_minors),
		T(test_questions), T(test_waiting), T(test_reserved), T(test_letters),
		T(test_changing), T(test_office), T(test_term), T(test_person), T(test_any_order),
		T(test_crowd) };

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
