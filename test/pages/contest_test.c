/* contest_test.c – contests through the doors: a clerk who sits on a jury finds no name, no points of others and no
 * ranks by any way; a personal link declares once and opens nothing when all is over; papers are checked. */
#include "door_words.h"

static int clerk, guest, head;
static int64_t contest, seat, other, work;

static int
hand_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	return tx_run(cx, tx, NULL, arg, NO_VALS);
}

/* What a whole contest would take many pages to reach. */
static void
by_hand(const char *sql)
{
	struct ctx cx;

	app_ctx(&door.app, &cx, &door.arena);
	assert_int_equal(db_write(&cx, hand_fn, (void *)(uintptr_t)sql), RC_OK);
	db_end(&cx);
}

static int
setup(void **state)
{
	(void)state;
	door_open(&door, engine);
	guest = 0;
	clerk = door_role(&door, "clerk");
	head = door_role(&door, "head");
	contest = door_int(&door, "SELECT id FROM contest WHERE blind = 1");
	seat = door_int(&door, "SELECT max(id) - 2 FROM juror WHERE contest = (SELECT id FROM "
			       "contest WHERE blind = 1)");
	other = seat - 1;
	work = door_int(&door, "SELECT min(id) FROM contest_entry WHERE type = 'person' AND "
			       "contest = (SELECT id FROM contest WHERE blind = 1)");
	by_hand(with_ids("UPDATE account SET person = (SELECT person FROM juror WHERE id = #) "
			 "WHERE login = 'clerk'",
	    seat, 0));
	return 0;
}

static const char *
at(const char *format, int64_t id)
{
	return with_ids(format, id, 0);
}

static void
state_is(const char *state, int blind)
{
	by_hand(
	    arena_printf(&door.arena, "UPDATE contest SET state = '%s', blind = %d WHERE id = %lld",
		state, blind, (long long)contest));
}

/* Every list in which an entrant's name stands: the head reads it, whoever sits on the jury does not. */
static void
lists(int role, bool open)
{
	static const struct {
		const char *path, *word;
	} all[] = {
		{ "/en/contests/#/entries", "/people/" },
		{ "/en/contests/#/entries?format=csv", "бауырсақ" },
		{ "/en/search?q=%D0%90%D1%88%D1%8B%D1%82%D2%9B%D1%8B%D1%81%D1%8B%D0%B7",
		    "/entries/" },
		{ "/api/v1/contest_entries", "\"work\":\"Домалақ бауырсақ\"" },
		{ "/api/v1/contest_entries?q=%D0%94%D0%BE%D0%BC%D0%B0%D0%BB%D0%B0%D2%9B",
		    "\"work\":\"Домалақ бауырсақ\"" },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(all); i++) {
		const char *path = at(all[i].path, contest);
		struct answer a = strncmp(path, "/api", 4) == 0
				      ? door_api(&door, role, M_GET, path, NULL, NULL)
				      : page(role, path);

		assert_int_equal(a.status, 200);
		has(&a, all[i].word, open, (int)i);
	}
}

/* RULE contest-4: a blind jury, by pages, lists, the API and the search. */
static void
test_blind(void **state)
{

	(void)state;
	state_is("judging", 1);
	assert_int_equal(page(clerk, at("/en/entries/#", work)).status, 404);
	assert_int_equal(page(clerk, at("/en/contests/#/conflicts", contest)).status, 403);
	lists(head, true);
	lists(clerk, false);
	assert_int_equal(
	    door_api(&door, clerk, M_GET, at("/api/v1/contest_entries/#", work), NULL, NULL).status,
	    404);
}

/* Nor the points of the others, blind or not, until the contest is closed. */
static void
test_points(void **state)
{
	struct answer a;

	(void)state;
	state_is("judging", 0);
	assert_int_equal(page(clerk, at("/en/jurors/#/type", other)).status, 403);
	assert_int_equal(post(clerk, at("/en/jurors/#/type", other), "code=1").status, 403);
	assert_int_equal(page(clerk, at("/en/jurors/#/type", seat)).status, 200);
	a = page(clerk, at("/en/contests/#/results", contest));
	HAS(a, "ranks are shown when it is closed");
	a = post(clerk, at("/en/entries/#/decide", work), "place=1&reason=");
	HAS(a, "ranks are shown when it is closed");
	HAS_NOT(a, "Evened mean");
	state_is("closed", 0);
	assert_int_equal(page(clerk, at("/en/contests/#/results", contest)).status, 200);
}

/* The link of a juror without an account. */
static void
test_link(void **state)
{
	const char *secret, *entry;
	struct answer a;

	(void)state;
	state_is("judging", 0);
	a = post(clerk, at("/en/jurors/#/link", other), "");
	assert_int_equal(a.status, 200);
	secret = strstr(a.body.p, "/j/");
	assert_non_null(secret);
	secret = arena_strn(&door.arena, secret + 3, 32);
	a = page(guest, arena_printf(&door.arena, "/en/j/%s", secret));
	assert_int_equal(a.status, 200);
	HAS(a, "Домалақ бауырсақ");
	entry = arena_printf(&door.arena, "/en/j/%s/9", secret);
	a = post(guest, entry, "c1=5&c3=x");
	assert_int_equal(a.status, 422);
	HAS(a, "id='c2-e'"); /* all that is missing is said at once */
	HAS(a, "id='c4-e'");
	entry = arena_printf(&door.arena, "/en/j/%s/9/conflict", secret);
	assert_int_equal(post(guest, entry, "reason=friend").status, 303);
	a = post(guest, entry, "reason=friend"); /* the second click */
	assert_int_equal(a.status, 200);
	HAS(a, "not yours to score");
	state_is("signed", 0);
	a = page(guest, arena_printf(&door.arena, "/en/j/%s", secret));
	assert_int_equal(a.status, 200);
	HAS_NOT(a, "бауырсақ");
	a = page(guest, arena_printf(&door.arena, "/en/j/%s/8", secret));
	HAS_NOT(a, "бауырсақ");
	state_is("closed", 0);
}

/* certificate-1 */
static void
test_check(void **state)
{
	int64_t paper = door_int(&door, "SELECT min(id) FROM certificate");
	struct answer a;

	(void)state;
	a = page(guest, at("/en/certificates/#", paper));
	assert_int_equal(a.status, 303); /* to the sign-in */
	a = page(clerk, at("/en/certificates/#", paper));
	assert_int_equal(a.status, 200);
	a = page(guest, "/en/c/AAAAAAAAAAEBNCrTAAE");
	assert_int_equal(a.status, 404);
	HAS(a, "has not issued such a paper");
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_blind),
		cmocka_unit_test(test_points), cmocka_unit_test(test_link),
		cmocka_unit_test(test_check) };

	return door_tests(tests, ARRAY_LEN(tests), argc, argv, setup);
}
