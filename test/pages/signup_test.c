/* signup_test.c – signing up through the doors: opened by the office, five people without an account, sent twice,
 * withdrawn by the secret address, moved up; what strangers and other bodies see of it: nothing. */
#include "door_words.h"

#include <stdlib.h>

static int clerk, leader, guest, member;
static int64_t party;

static int
setup(void **state)
{
	(void)state;
	door_open(&door, engine);
	guest = 0;
	leader = door_role(&door, "leader");
	clerk = door_role(&door, "clerk");
	member = door_role(&door, "member");
	party = door_int(&door, "SELECT min(id) FROM event WHERE state = 'approved' AND first_day "
				"> 20241120 AND id NOT IN (SELECT event FROM signup_form)");
	return 0;
}

static const char *
at(const char *format)
{
	return with_ids(format, party, 0);
}

/* "/s/SECRET" of a redirect, behind the language. */
static const char *
secret_of(const struct answer *a)
{
	const char *s = a->location == NULL ? NULL : strstr(a->location, "/s/");

	assert_non_null(s);
	return arena_str(&door.arena, s);
}

static const char *
lang(const char *path, const char *tail)
{
	return arena_printf(&door.arena, "/en%s%s", path, tail);
}

static int64_t
version(void)
{
	return door_int(&door, at("SELECT version FROM signup_form WHERE event = #"));
}

static void
test_opening(void **state)
{
	struct answer a;

	(void)state;
	assert_int_equal(page(guest, at("/en/events/#/signup")).status, 404);
	a = page(guest, at("/en/events/#"));
	HAS_NOT(a, "/signup");
	a = page(clerk, at("/en/events/#"));
	HAS(a, "Open registration");
	a = post(clerk, at("/en/events/#/registration"),
	    "capacity=6&per_signup=5&email=optional&phone=no&waiting=1&reserved=1");
	assert_int_equal(a.status, 422); /* reserved for whom? */
	HAS(a, "Say for whom");
	a = post(clerk, at("/en/events/#/registration"),
	    "capacity=6&per_signup=5&email=optional&phone=no&waiting=1&reserved=1&reserved_for="
	    "Elders");
	assert_int_equal(a.status, 303);
	a = post(clerk, at("/en/events/#/questions/new"), "text_kk=Your+ethnicity&type=text");
	assert_int_equal(a.status, 422);
	HAS(a, "Ethnicity is not asked");
	a = post(clerk, at("/en/events/#/questions/new"), "text_kk=Bus&type=yesno&required=1");
	assert_int_equal(a.status, 303);
	a = page(guest, at("/en/events/#"));
	HAS(a, at("/en/events/#/signup"));
	HAS(a, "5 places are free.");
	HAS_NOT(a, "/signups");
	assert_int_equal(version(), 1);
}

static void
test_signing_up(void **state)
{
	int64_t q = door_int(&door, "SELECT max(id) FROM signup_question");
	const char *nonce = "0123456789abcdef0123456789abcdef", *body, *secret;
	struct answer a = page(guest, at("/en/events/#/signup"));

	(void)state;
	assert_int_equal(a.status, 200);
	HAS(a, "name='nonce' value='");
	HAS(a, with_ids("name='q#'", q, 0));
	HAS_NOT(a, "<script");
	a = post(guest, at("/en/events/#/signup"), "name1=Aigul&email=a%40b&name2=Bolat");
	assert_int_equal(a.status, 422);
	HAS(a, "value='Aigul'"); /* what was typed stays */
	HAS(a, "value='Bolat'");
	HAS(a, "not an e-mail address");
	HAS(a, "must be answered");
	a = post(guest, at("/en/events/#/signup"), "name1=Spam&website=x");
	assert_int_equal(a.status, 303);
	assert_int_equal(door_int(&door, at("SELECT count(*) FROM signup WHERE event = #")), 0);
	body = arena_printf(&door.arena,
	    "nonce=%s&name1=Aigul&name2=Bolat&name4=Victor&name5=Dana&name3=Erlan&q%lld=yes", nonce,
	    (long long)q);
	a = post(guest, at("/en/events/#/signup"), body);
	assert_int_equal(a.status, 303);
	secret = secret_of(&a);
	a = post(guest, at("/en/events/#/signup"), body);
	assert_string_equal(secret_of(&a), secret);
	assert_int_equal(door_int(&door, at("SELECT count(*) FROM signup WHERE event = #")), 1);
	assert_int_equal(
	    door_int(&door, at("SELECT count(*) FROM ticket WHERE state = 'valid' AND event = #")),
	    5);
	a = page(guest, lang(secret, ""));
	assert_int_equal(a.status, 200);
	HAS(a, "Victor");
	HAS(a, "class='qr'");
	a = page(guest, lang(secret, "/sheet"));
	HAS(a, "paper cuts");
	assert_int_equal(page(guest, secret).status, 303);
	assert_int_equal(
	    page(guest, lang(arena_strn(&door.arena, secret, strlen(secret) - 1), "")).status, 404);
}

static void
test_moving_up(void **state)
{
	int64_t q = door_int(&door, "SELECT max(id) FROM signup_question");
	const char *first, *second;
	struct answer a;

	(void)state;
	first = arena_printf(
	    &door.arena, "nonce=0123456789abcdef0123456789abcdef&name1=x&q%lld=yes", (long long)q);
	a = post(guest, at("/en/events/#/signup"), first);
	first = secret_of(&a); /* the first sign-up's: sent before */
	a = post(member, at("/en/events/#/signup"),
	    with_ids("self=1&name1=Friend&q#=no", q, 0)); /* himself and one more */
	assert_int_equal(a.status, 303);
	second = secret_of(&a);
	a = page(guest, lang(second, ""));
	HAS(a, "waiting list at place 1");
	HAS_NOT(a, "class='qr'");
	a = page(guest, at("/en/events/#/signup"));
	HAS(a, "waiting list");
	a = post(guest, lang(first, "/withdraw"), "seat=2");
	assert_int_equal(a.status, 303);
	a = page(guest, lang(second, ""));
	HAS(a, "waiting list at place 1"); /* one is free, two are needed */
	a = post(guest, lang(first, "/withdraw"), "seat=3");
	assert_int_equal(a.status, 303);
	a = page(guest, lang(second, ""));
	HAS(a, "class='qr'");
	a = post(guest, lang(second, "/change"), "_version=999&name2=Friend");
	assert_int_equal(a.status, 409); /* somebody saved in between; what was typed stays */
	HAS(a, "value='Friend'");
	assert_int_equal(
	    door_int(&door, "SELECT count(*) FROM ticket WHERE person IS NOT NULL AND seat = 1"),
	    1);
	a = post(member, at("/en/events/#/signup"), with_ids("self=1&q#=no", q, 0));
	assert_int_equal(a.status, 409);
	HAS(a, "signed up for this event already");
}

static const char *
first_code(void)
{
	struct ctx cx;
	const char *code = "";

	app_ctx(&door.app, &cx, &door.arena);
	assert_int_equal(
	    db_text(&cx, &code,
		"SELECT code FROM ticket WHERE state = 'valid' AND event = $1 ORDER BY id LIMIT 1",
		VALS(v_int(party))),
	    RC_OK);
	db_end(&cx);
	return code;
}

static void
test_staff(void **state)
{
	int64_t id = door_int(&door, at("SELECT min(id) FROM signup WHERE event = #"));
	const char *code = first_code();
	struct answer a = page(clerk, at("/en/events/#/signups")), again;
	const char *elder = "nonce=fedcba9876543210fedcba9876543210&name1=Elder&reserved=1";

	(void)state;
	HAS(a, "Aigul");
	HAS(a, "Release 1 reserved place");
	a = page(clerk, at("/en/events/#/signups?format=csv&state=placed"));
	HAS(a, "Aigul");
	a = page(clerk, at("/en/events/#/signups?format=csv&state=withdrawn"));
	HAS_NOT(a, "Aigul");
	a = page(clerk, with_ids("/en/signups/#", id, 0));
	HAS(a, "Victor");
	/* The demo's leader leads another body. */
	assert_int_equal(page(leader, with_ids("/en/signups/#", id, 0)).status, 404);
	a = page(leader, at("/en/events/#/signups"));
	HAS_NOT(a, "Aigul");
	HAS_NOT(a, "Release");
	assert_int_equal(
	    post(leader, at("/en/events/#/signups/release"), "_version=1").status, 403);
	assert_int_equal(
	    post(leader, with_ids("/en/signups/#/withdraw", id, 0), "x=1").status, 404);
	a = page(guest, arena_printf(&door.arena, "/en/t/%s", code));
	assert_int_equal(a.status, 200);
	HAS(a, "Valid.");
	HAS_NOT(a, "Aigul");
	a = page(leader, arena_printf(&door.arena, "/en/t/%s", code));
	HAS_NOT(a, "Aigul");
	a = page(clerk, arena_printf(&door.arena, "/en/t/%s", code));
	HAS(a, "Aigul");
	assert_int_equal(page(guest, "/en/t/0000-0000").status, 404);
	assert_int_equal(page(guest, arena_printf(&door.arena, "/T/%s", code)).status, 303);
	a = page(clerk, at("/en/events/#/signups/new"));
	HAS(a, "name='nonce' value='");
	a = post(clerk, at("/en/events/#/signups/new"), elder);
	assert_int_equal(a.status, 303);
	again = post(clerk, at("/en/events/#/signups/new"), elder); /* the button pressed twice */
	assert_string_equal(again.location, a.location);
	a = post(clerk, at("/en/events/#/signups/new"), "name1=Elder2&reserved=1");
	assert_int_equal(a.status, 409);
	HAS(a, "value='Elder2'");
	a = door_api(&door, leader, M_GET, "/api/v1/signups", NULL, NULL);
	HAS_NOT(a, "Aigul");
	a = door_api(&door, clerk, M_GET, "/api/v1/signups", NULL, NULL);
	HAS(a, "Aigul");
	a = door_api(&door, clerk, M_POST, "/api/v1/signups", "{\"event\":1}", NULL);
	assert_int_equal(a.status, 403);
}

/* Cancelled: nobody signs up any more, the tickets say so. */
static void
test_cancelled(void **state)
{
	const char *code = first_code();
	struct answer a;

	(void)state;
	a = post(clerk, at("/en/events/#/move/cancel"),
	    with_ids("_version=#&reason=weather",
		door_int(&door, at("SELECT version FROM event WHERE id = #")), 0));
	assert_int_equal(a.status, 303);
	a = page(guest, arena_printf(&door.arena, "/en/t/%s", code));
	HAS(a, "cancelled or postponed");
	a = page(guest, at("/en/events/#/signup"));
	HAS(a, "The event is cancelled.");
	HAS_NOT(a, "name='nonce'");
	a = post(guest, at("/en/events/#/signup"), "name1=Late");
	assert_int_equal(a.status, 409);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_opening),
		cmocka_unit_test(test_signing_up), cmocka_unit_test(test_moving_up),
		cmocka_unit_test(test_staff), cmocka_unit_test(test_cancelled) };

	return door_tests(tests, ARRAY_LEN(tests), argc, argv, setup);
}
