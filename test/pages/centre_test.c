/* centre_test.c – centres and kitchens through the doors: a family is let in, moved, let out; what was sent twice counts
 * once; no door tells a family to those without the role; a batch is cooked, handed out and taken back. */
#include "door_words.h"

static int head, relief, clerk;
static int64_t hq, school, sport, kitchen;

static int64_t
place(const char *code, const char *purpose, const char *capacity)
{
	struct answer a = post(head, with_ids("/kk/relief/#/places/new", hq, 0),
	    arena_printf(&door.arena, "name_kk=%s&purpose=%s&code=%s&capacity=%s", code, purpose,
		code, capacity));

	assert_int_equal(a.status, 303);
	return door_int(&door,
	    arena_printf(&door.arena, "SELECT id FROM relief_place WHERE code = '%s'", code));
}

static int
setup(void **state)
{
	struct answer a;

	(void)state;
	door_open(&door, engine);
	head = door_role(&door, "head");
	relief = door_role(&door, "relief");
	clerk = door_role(&door, "clerk");
	a = post(head, "/kk/relief/new",
	    arena_printf(&door.arena,
		"code=flood-test&name_kk=Shtab&emergency=flood&opened_on=01.04.2024&act=Act+1&"
		"chief=%lld",
		(long long)door_int(&door, "SELECT min(id) FROM person")));
	assert_int_equal(a.status, 303);
	hq = door_int(&door, "SELECT id FROM headquarters WHERE code = 'flood-test'");
	school = place("school", "centre", "5");
	sport = place("sport", "centre", "");
	kitchen = place("kitchen", "kitchen", "500");
	return 0;
}

static const char *
at(const char *fmt, int64_t second)
{
	return with_ids(fmt, hq, second);
}

static int64_t
number(const char *sql)
{
	return door_int(&door, sql);
}

#define NONCE "nonce=0123456789abcdef0123456789abcde"

static void
in_and_out(void **state)
{
	const char *form = arena_printf(&door.arena,
	    NONCE "1&name=Zqnameov+Zqgiven&phone=%%2B77012345098&adult_f=2&child_m=4&insulin=1&"
		  "place=%lld",
	    (long long)school);
	struct answer a;
	int64_t stay;

	(void)state;
	a = post(relief, at("/en/relief/#/arrivals", 0), NONCE "1&adult_f=x&name=Zqnameov");
	assert_int_equal(a.status, 422);
	HAS(a, "value='Zqnameov'"); /* what was typed stays */
	HAS(a, "A whole number.");
	a = post(relief, at("/en/relief/#/arrivals", 0), form);
	assert_int_equal(a.status, 303);
	a = post(relief, at("/en/relief/#/arrivals", 0), form);
	assert_int_equal(a.status, 303);
	assert_int_equal(number("SELECT count(*) FROM household"), 1);
	stay = number("SELECT max(id) FROM stay");
	a = page(relief, at("/en/relief/#/arrivals?stay=#", stay));
	HAS(a, "The centre is over-full by 1."); /* a warning, no refusal */
	a = post(relief, at("/en/relief/#/arrivals/find", 0), "code=zqnameov");
	HAS(a, "Is in “school” since");
	a = post(relief, at("/en/relief/#/arrivals", 0),
	    arena_printf(&door.arena, NONCE "2&household=1&place=%lld", (long long)sport));
	assert_int_equal(a.status, 409);
	HAS(a, "This household is in “school”");
	a = post(relief, at("/en/relief/#/arrivals", 0),
	    arena_printf(&door.arena, NONCE "3&household=1&move=1&place=%lld", (long long)sport));
	assert_int_equal(a.status, 303);
	assert_int_equal(number("SELECT count(*) FROM stay WHERE left_at IS NULL"), 1);
	a = page(clerk, at("/en/relief/#/centres", 0));
	HAS(a, "6 people");
	a = page(relief, at("/en/relief/centres/#/slips", 0));
	a = page(relief, with_ids("/en/relief/centres/#/slips", sport, 0));
	HAS(a, "class='qr'");
	HAS_NOT(a, "Zqnameov");
	a = page(relief, "/en/relief/households/1");
	HAS(a, "Zqnameov Zqgiven");
	assert_int_equal(number("SELECT count(*) FROM household_read"), 1);
	a = page(clerk, at("/en/relief/#/transfers", 0));
	assert_int_equal(a.status, 200);
}

static void
by_api(void **state)
{
	const char *body = arena_printf(&door.arena,
	    "{\"nonce\": \"api-1\", \"place\": %lld, \"household\": {\"adult_m\": 1, \"name\": "
	    "\"Zqsecond\"}}",
	    (long long)school);
	struct answer a = door_api(&door, relief, M_POST, "/api/v1/arrivals", body, NULL);

	(void)state;
	assert_int_equal(a.status, 201);
	HAS(a, "\"again\":false");
	HAS(a, "\"capacity\":5");
	a = door_api(&door, relief, M_POST, "/api/v1/arrivals", body, NULL);
	assert_int_equal(a.status, 200);
	HAS(a, "\"again\":true");
	a = door_api(&door, relief, M_POST, "/api/v1/arrivals",
	    "{\"nonce\": \"api-2\", \"place\": 1, \"household\": {\"adult_m\": -1, \"ethnicity\": "
	    "3}}",
	    NULL);
	assert_true(a.status == 400 || a.status == 422);
	HAS(a, "ethnicity");
	a = door_api(&door, clerk, M_POST, "/api/v1/arrivals", body, NULL);
	assert_int_equal(a.status, 403);
	a = door_api(&door, relief, M_GET, "/api/v1/households", NULL, NULL);
	assert_int_equal(a.status, 200);
	HAS_NOT(a, "Zqsecond");
}

/* Every door, for every role but those of the headquarters: neither a name nor a code nor that a family is there. */
static void
no_family_by_any_door(void **state)
{
	const char *code = NULL;
	const char *const pages[] = { at("/kk/relief/#/centres", 0), at("/kk/relief/#/arrivals", 0),
		at("/en/relief/#/census", 0), "/kk/relief/households/1",
		"/kk/relief/households/1/slip", "/kk/relief/households/1/edit",
		"/kk/relief/stays/1", with_ids("/kk/relief/centres/#", sport, 0),
		with_ids("/kk/relief/centres/#/households", sport, 0),
		with_ids("/kk/relief/centres/#/households?format=csv", sport, 0),
		with_ids("/kk/relief/centres/#/slips", sport, 0), "/kk/search?q=Zqnameov",
		"/kk/figures/centre_occupancy", "/kk/figures/centre_occupancy/records", "/kk/audit",
		"/kk/today" };
	static const char *const api[] = { "/api/v1/households", "/api/v1/households/1",
		"/api/v1/households?insulin=true", "/api/v1/households?q=Zqnameov", "/api/v1/stays",
		"/api/v1/stays/1", "/api/v1/stays?household=1", "/api/v1/search?q=Zqnameov",
		"/api/v1/figures/centre_occupancy/records" };
	int role;
	size_t i;

	(void)state;
	{
		struct answer a = page(relief, "/en/relief/households/1");
		const char *p = strstr(a.body.p, "arrivals?code=");

		assert_non_null(p);
		code = arena_strn(&door.arena, p + 14, 9);
	}
	for (role = 0; role < DOOR_ROLES; role++) {
		struct answer a;

		if (role == head || role == relief)
			continue;
		for (i = 0; i < ARRAY_LEN(pages); i++) {
			a = page(role, pages[i]);
			assert_true(a.status < 500);
			if (strstr(pages[i], "q=") == NULL && a.body.p != NULL) {
				HAS_NOT(a, "Zqnameov");
				HAS_NOT(a, code);
			}
		}
		for (i = 0; i < ARRAY_LEN(api); i++) {
			a = door_api(&door, role, M_GET, api[i], NULL, NULL);
			assert_true(a.status < 500);
			if (a.body.p != NULL) {
				HAS_NOT(a, "\"title\":\"Zqnameov");
				HAS_NOT(a, code);
			}
		}
		a = door_api(&door, role, M_GET, "/api/v1/households", NULL, NULL);
		assert_true(a.status >= 400);
	}
}

static void
a_batch(void **state)
{
	int64_t recipe, batch;
	const char *body;
	struct answer a;

	(void)state;
	door_api(&door, relief, M_POST, "/api/v1/movements",
	    "{\"nonce\": \"rice\", \"at\": \"2024-11-15T03:00:00Z\", \"lines\": [{\"account\": "
	    "\"donor\", \"item\": "
	    "\"rice\", \"quantity\": -50000}, {\"account\": \"kitchen\", \"item\": \"rice\", "
	    "\"quantity\": 50000}]}",
	    NULL);
	a = door_api(&door, clerk, M_POST, "/api/v1/recipes",
	    arena_printf(&door.arena,
		"{\"code\": \"pilaf\", \"name\": {\"kk\": \"Palau\"}, \"item\": %lld, "
		"\"quantity\": 100, "
		"\"from_day\": \"2024-01-01\"}",
		(long long)number("SELECT id FROM stock_item WHERE code = 'hot_meal'")),
	    NULL);
	assert_int_equal(a.status, 201);
	recipe = number("SELECT id FROM recipe WHERE code = 'pilaf'");
	a = door_api(&door, clerk, M_POST, "/api/v1/recipe-inputs",
	    arena_printf(&door.arena, "{\"recipe\": %lld, \"item\": %lld, \"quantity\": 10000}",
		(long long)recipe,
		(long long)number("SELECT id FROM stock_item WHERE code = 'rice'")),
	    NULL);
	assert_int_equal(a.status, 201);
	body = arena_printf(&door.arena,
	    NONCE
	    "4&recipe=%lld&place=%lld&meal=lunch&portions=200&temperature=80&a_milk=1&in%lld=15",
	    (long long)recipe, (long long)kitchen,
	    (long long)number("SELECT id FROM stock_item WHERE code = 'rice'"));
	a = post(relief, at("/en/relief/#/meals/cook", 0), body);
	assert_int_equal(a.status, 303);
	a = post(relief, at("/en/relief/#/meals/cook", 0), body);
	assert_int_equal(a.status, 303);
	assert_int_equal(number("SELECT count(*) FROM meal_batch"), 1);
	batch = number("SELECT max(id) FROM meal_batch");
	a = page(clerk, with_ids("/en/relief/meals/batches/#", batch, 0));
	HAS(a, "away from the recipe"); /* 15 kg instead of 20 */
	HAS(a, "milk");
	HAS_NOT(a, "/hand'");
	a = post(relief, with_ids("/en/relief/meals/batches/#/hand", batch, 0),
	    NONCE "5&portions=150&temperature=50&receivers=rescuers");
	assert_int_equal(a.status, 303);
	a = post(relief, with_ids("/en/relief/meals/batches/#/hand", batch, 0),
	    NONCE "6&portions=51&receivers=rescuers");
	assert_int_equal(a.status, 409);
	a = page(relief, with_ids("/en/relief/meals/batches/#", batch, 0));
	HAS(a, "Too cold");
	a = post(relief, "/en/relief/meals/servings/1/back", "reason=");
	assert_int_equal(a.status, 422);
	a = post(clerk, "/en/relief/meals/servings/1/back", "reason=x");
	assert_int_equal(a.status, 403);
	a = post(relief, "/en/relief/meals/servings/1/back", "reason=typed+twice");
	assert_int_equal(a.status, 303);
	a = page(clerk, at("/en/relief/#/kitchens", 0));
	assert_int_equal(a.status, 200);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(in_and_out), cmocka_unit_test(by_api),
		cmocka_unit_test(no_family_by_any_door), cmocka_unit_test(a_batch) };

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!door_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, setup, teardown);
}
