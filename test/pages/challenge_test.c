/* challenge_test.c – an online challenge through the doors: made by the office, entered without an account, looked at
 * in the queue, shown, counted, taken back; what strangers and other bodies see of it before: nothing. */
#include "door_words.h"

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
	party = door_int(
	    &door, "SELECT min(id) FROM event WHERE state = 'approved' AND first_day > 20241120");
	return 0;
}

static const char *
at(const char *format)
{
	return with_ids(format, party, 0);
}

static const char *
of(const char *format)
{
	int64_t id = door_int(&door, "SELECT max(id) FROM challenge");

	return with_ids(format, id, id);
}

static void
test_opening(void **state)
{
	struct answer a;

	(void)state;
	a = page(guest, at("/en/events/#"));
	HAS_NOT(a, "/challenges/new");
	a = page(clerk, at("/en/events/#"));
	HAS(a, "New online challenge");
	assert_int_equal(page(member, at("/en/events/#/challenges/new")).status, 403);
	a = post(clerk, at("/en/events/#/challenges/new"),
	    "name_kk=Abai&from_day=01.11.2024&to_day=01.10.2024&consent=Yes&consent_version=1");
	assert_int_equal(a.status, 422);
	HAS(a, "The end lies before");
	a = post(clerk, at("/en/events/#/challenges/new"),
	    "name_kk=Abai&rules=Read&from_day=01.11.2024&to_day=31.12.2024&asks_work=1&consent=Yes&"
	    "consent_version=1");
	assert_int_equal(a.status, 303);
	a = page(guest, at("/en/events/#"));
	HAS(a, of("/en/challenges/#"));
	a = page(guest, of("/en/challenges/#"));
	HAS(a, "Take part");
	HAS_NOT(a, "/challenges/queue");
	a = page(guest, of("/en/challenges/#/enter"));
	HAS(a, "name='nonce' value='");
	HAS(a, "name='work'");
	HAS(a, "name='consent_version' value='1'");
}

#define SENT                                                                             \
	"nonce=0123456789abcdef0123456789abcdef&surname=Synakova&given=Aigul&work=Zhaz&" \
	"lang=kk&consent=1&consent_version=1&link=https%3A%2F%2Fvk.com%2Fwall1"

static void
test_entering(void **state)
{
	struct answer a;
	const char *own;
	int64_t before = door_int(&door, "SELECT count(*) FROM challenge_entry");

	(void)state;
	a = post(guest, of("/en/challenges/#/enter"),
	    "surname=Synakova&given=Aigul&link=javascript%3Aalert(1)&lang=kk");
	assert_int_equal(a.status, 422);
	HAS(a, "value='Aigul'"); /* what was typed stays */
	HAS(a, "begins with https");
	HAS(a, "Without your consent");
	HAS_NOT(a, "href='javascript");
	a = post(guest, of("/en/challenges/#/enter"), SENT "&website=x");
	assert_int_equal(a.status, 303);
	assert_int_equal(door_int(&door, "SELECT count(*) FROM challenge_entry"), before);
	a = post(guest, of("/en/challenges/#/enter"), SENT);
	assert_int_equal(a.status, 303);
	own = strstr(a.location, "/challenges/own/");
	assert_non_null(own);
	own = arena_printf(&door.arena, "/en%s", own);
	a = post(guest, of("/en/challenges/#/enter"), SENT);
	assert_non_null(strstr(a.location, own + 3));
	assert_int_equal(door_int(&door, "SELECT count(*) FROM challenge_entry"), before + 1);
	a = page(guest, own);
	HAS(a, "Waits for the moderator");
	a = page(guest, of("/en/challenges/#"));
	HAS_NOT(a, "Synakova");
	HAS_NOT(a, "wall1");
}

static const char *
entry(const char *format)
{
	return with_ids(format, door_int(&door, "SELECT max(id) FROM challenge_entry"), 0);
}

static void
test_moderating(void **state)
{
	struct answer a;

	(void)state;
	assert_int_not_equal(page(guest, "/en/challenges/queue").status, 200);
	assert_int_equal(page(member, "/en/challenges/queue").status, 403);
	assert_int_equal(page(member, entry("/en/challenges/entries/#")).status, 403);
	a = page(leader, "/en/challenges/queue"); /* another body's event */
	HAS_NOT(a, "Synakova");
	assert_int_equal(page(leader, entry("/en/challenges/entries/#")).status, 404);
	assert_int_equal(
	    post(leader, entry("/en/challenges/entries/#/decide"), "action=show&_version=1").status,
	    404);
	a = page(clerk, "/en/challenges/queue");
	HAS(a, "Synakova");
	HAS(a, "rel='nofollow noopener noreferrer'");
	HAS(a, "Reason of the refusal");
	a = post(clerk, entry("/en/challenges/entries/#/decide"), "action=refuse&_version=1");
	assert_int_equal(a.status, 409);
	HAS(a, "Choose the reason");
	a = post(clerk, entry("/en/challenges/entries/#/decide"),
	    "action=show&_version=1&back=queue&challenge=1");
	assert_int_equal(a.status, 303);
	assert_string_equal(a.location, "/en/challenges/queue?challenge=1");
	a = page(guest, of("/en/challenges/#"));
	HAS(a, "Synakova Aigul");
	HAS(a, "href='https://vk.com/wall1' rel='nofollow noopener noreferrer'");
	HAS(a, of("/en/challenges/#?network=vk"));
	a = page(guest, of("/en/challenges/#?network=youtube"));
	HAS_NOT(a, "Synakova");
	a = page(clerk, "/en/challenges/entries?state=shown");
	HAS(a, "Synakova");
	a = page(clerk, "/en/challenges/entries?format=csv");
	HAS(a, "wall1");
}

static void
test_taking_back(void **state)
{
	struct answer a = post(guest, of("/en/challenges/#/enter"), SENT);
	const char *own = strstr(a.location, "/challenges/own/");

	(void)state;
	own = arena_strn(&door.arena, own, strcspn(own, "?"));
	a = post(guest, arena_printf(&door.arena, "/en%s/withdraw", own), "");
	assert_int_equal(a.status, 303);
	a = post(guest, arena_printf(&door.arena, "/en%s/withdraw", own), ""); /* two clicks */
	assert_int_equal(a.status, 303);
	assert_int_equal(page(guest, arena_printf(&door.arena, "/en%s", own)).status, 404);
	a = page(guest, of("/en/challenges/#"));
	HAS_NOT(a, "Synakova");
	a = page(clerk, entry("/en/challenges/entries/#"));
	HAS(a, "only counted");
	HAS_NOT(a, "wall1");
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_opening),
		cmocka_unit_test(test_entering), cmocka_unit_test(test_moderating),
		cmocka_unit_test(test_taking_back) };

	return door_tests(tests, ARRAY_LEN(tests), argc, argv, setup);
}
