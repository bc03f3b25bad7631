/* volunteer_test.c – shifts through the doors: who walks in, the code that shows one's own shifts and nobody, the desk's
 * buttons, and that no door tells a name to those without the role. */
#include "door_words.h"

static int head, relief;
static int64_t hq, shift;
static const char *code;

static bool
holds(const struct answer *a, const char *text)
{
	return a->body.p != NULL && memmem(a->body.p, a->body.n, text, strlen(text)) != NULL;
}

static const char *
at(const char *fmt, int64_t id)
{
	return with_ids(fmt, id, 0);
}

static int
setup(void **state)
{
	struct answer a;

	(void)state;
	door_open(&door, engine);
	head = door_role(&door, "head");
	relief = door_role(&door, "relief");
	a = post(head, "/kk/relief/new",
	    arena_printf(&door.arena,
		"code=vol-test&name_kk=Shtab&emergency=flood&opened_on=01.04.2024&act=Act+1&chief=%"
		"lld",
		(long long)door_int(&door, "SELECT min(id) FROM person")));
	assert_int_equal(a.status, 303);
	hq = door_int(&door, "SELECT id FROM headquarters WHERE code = 'vol-test'");
	a = post(relief, at("/kk/relief/#/shifts/new", hq),
	    "task_kk=Zqtask&starts_at=10.04.2099+09:00&ends_at=10.04.2099+17:00&open=1");
	assert_int_equal(a.status, 303);
	shift = door_int(&door, "SELECT max(id) FROM shift");
	a = post(relief, at("/kk/shifts/#/need", shift), "role=helper&people=1");
	assert_int_equal(a.status, 303);
	a = post(0, "/kk/volunteer",
	    arena_printf(&door.arena,
		"nonce=0123456789abcdef0123456789abcdef&name=Zqwalker&phone=%%2B7+701+234+50+98&"
		"birth_year=1990&words=Zqwords&wish=%lld:helper",
		(long long)shift));
	assert_int_equal(a.status, 303);
	assert_non_null(a.location);
	code = arena_strn(&door.arena, strstr(a.location, "/volunteer/") + 11, 9);
	return 0;
}

/* Every door, for every role but those of the headquarters. */
static void
no_name_by_any_door(void **state)
{
	const char *const pages[] = { at("/kk/relief/#/shifts", hq), at("/kk/shifts/#", shift),
		at("/kk/shifts/#/paper", shift), at("/kk/relief/#/thanks", hq), "/kk/volunteers",
		"/kk/volunteers?q=Zqwalker", "/kk/volunteers?format=csv", "/kk/volunteers/1",
		"/kk/volunteers/1/edit", "/kk/volunteers/own", "/kk/volunteer",
		arena_printf(&door.arena, "/kk/volunteer/%s", code), "/kk/search?q=Zqwords",
		"/kk/figures/volunteers?to=31.12.2099", "/kk/figures/volunteer_hours?to=31.12.2099",
		"/kk/audit" };
	static const char *const api[] = { "/api/v1/volunteers", "/api/v1/volunteers/1",
		"/api/v1/volunteers?name=Zqwalker", "/api/v1/shift-signups",
		"/api/v1/shift-corrections", "/api/v1/shifts", "/api/v1/shift-needs",
		"/api/v1/search?q=Zqwords", "/api/v1/figures/volunteers/records" };
	int role;
	size_t i;

	(void)state;
	for (role = 0; role < DOOR_ROLES; role++) {
		struct answer a;

		if (role == head || role == relief)
			continue;
		for (i = 0; i < ARRAY_LEN(pages); i++) {
			a = page(role, pages[i]);
			assert_true(a.status < 500);
			assert_false(holds(&a, "Zqwalker") && strstr(pages[i], "Zq") == NULL);
			assert_false(holds(&a, "701 234"));
		}
		for (i = 0; i < ARRAY_LEN(api); i++) {
			a = door_api(&door, role, M_GET, api[i], NULL, NULL);
			assert_true(a.status < 500);
			assert_false(holds(&a, "Zqwalker"));
			assert_false(holds(&a, code));
		}
		a = post(role, at("/kk/shifts/#/marks", shift), "signup=1&act=arrived");
		assert_true(a.status >= 400 || (role == 0 && a.status == 303));
	}
	assert_int_equal(
	    door_int(&door, "SELECT count(*) FROM shift_signup WHERE state = 'signed'"), 1);
}

/* The API tells neither code nor telephone to the coordinator either. */
static void
sealed_stays_sealed(void **state)
{
	struct answer a = door_api(&door, relief, M_GET, "/api/v1/volunteers", NULL, NULL);

	(void)state;
	assert_int_equal(a.status, 200);
	assert_true(holds(&a, "Zqwalker") && !holds(&a, code) && !holds(&a, "234"));
	a = page(relief, "/kk/volunteers?format=csv");
	assert_true(holds(&a, "Zqwalker") && !holds(&a, "234"));
	a = page(relief, at("/kk/volunteers/#", door_int(&door, "SELECT max(id) FROM volunteer")));
	assert_true(holds(&a, "Zqwalker") && !holds(&a, "701 234"));
	a = post(relief,
	    at("/kk/volunteers/#/show", door_int(&door, "SELECT max(id) FROM volunteer")), "");
	assert_int_equal(a.status, 200);
	assert_true(holds(&a, "701 234"));
	assert_true(
	    door_int(&door, "SELECT count(*) FROM audit WHERE kind = 'volunteer' AND action <> "
			    "'create' AND action <> 'update'") > 0);
}

static void
by_the_code(void **state)
{
	struct answer a = page(0, arena_printf(&door.arena, "/kk/volunteer/%s", code));

	(void)state;
	assert_int_equal(a.status, 200);
	assert_true(holds(&a, "Zqtask") && !holds(&a, "Zqwalker") && !holds(&a, "<script>"));
	assert_int_equal(page(0, "/kk/volunteer/000000000").status, 404);
	assert_int_equal(page(0, "/kk/volunteer/code?code=12").status, 422);
	/* Full: the second who wants the place keeps what was typed. */
	a = post(0, "/kk/volunteer",
	    arena_printf(&door.arena,
		"name=Zqsecond&phone=87010000000&birth_year=1991&wish=%lld:helper",
		(long long)shift));
	assert_int_equal(a.status, 409);
	assert_int_equal(
	    door_int(&door, "SELECT count(*) FROM volunteer WHERE name LIKE 'Zq%'"), 1);
	a = post(0, "/kk/volunteer", "name=Zqsecond");
	assert_int_equal(a.status, 422);
	/* Another's sign-up is not one's own. */
	a = post(0, arena_printf(&door.arena, "/kk/volunteer/%s", code), "withdraw=999");
	assert_int_equal(a.status, 404);
}

/* The desk: briefed, here; a shift that has not begun has no no-show. */
static void
at_the_desk(void **state)
{
	int64_t u = door_int(&door, "SELECT max(id) FROM shift_signup");
	const char *marks = at("/kk/shifts/#/marks", shift);
	struct answer a;
	int i;

	(void)state;
	a = page(relief, at("/kk/shifts/#", shift));
	assert_true(holds(&a, "Zqwalker") && holds(&a, "value='briefed'"));
	a = post(relief, marks, arena_printf(&door.arena, "signup=%lld&act=arrived", (long long)u));
	assert_int_equal(a.status, 409); /* not briefed */
	a = post(relief, marks, arena_printf(&door.arena, "signup=%lld&act=briefed", (long long)u));
	assert_int_equal(a.status, 303);
	a = post(relief, marks, arena_printf(&door.arena, "signup=%lld&act=no_show", (long long)u));
	assert_int_equal(a.status, 409);
	a = post(relief, marks, arena_printf(&door.arena, "signup=%lld&act=arrived", (long long)u));
	assert_int_equal(a.status, 303);
	assert_int_equal(
	    door_int(&door, "SELECT count(*) FROM shift_signup WHERE state = 'arrived'"), 1);
	a = post(relief, marks, arena_printf(&door.arena, "signup=%lld&act=left", (long long)u));
	assert_int_equal(a.status, 303);
	a = post(relief, at("/kk/shifts/#/corrections", shift),
	    arena_printf(&door.arena,
		"signup=%lld&arrived_at=10.04.2024+09:00&left_at=Zqnoon&reason=Zqreason",
		(long long)u));
	assert_int_equal(a.status, 422); /* what was typed stays, its field is led to */
	assert_true(holds(&a, "href='#f-left_at'") && holds(&a, "<details open") &&
		    holds(&a, "id='f-left_at' name='left_at' maxlength='300' value='Zqnoon'") &&
		    holds(&a, "value='Zqreason'"));
	for (i = 0; i < 2; i++) { /* the button pressed twice */
		a = post(relief, at("/kk/shifts/#/corrections", shift),
		    arena_printf(&door.arena,
			"signup=%lld&arrived_at=10.04.2024+09:00&left_at=10.04.2024+12:00&reason="
			"Zqreason",
			(long long)u));
		assert_int_equal(a.status, 303);
	}
	assert_int_equal(
	    door_int(&door, "SELECT count(*) FROM shift_correction WHERE reason = 'Zqreason'"), 1);
	assert_int_equal(
	    door_int(
		&door, with_ids("SELECT max(minutes) FROM shift_signup WHERE shift = #", shift, 0)),
	    180);
	a = page(relief, at("/kk/relief/#/thanks", hq));
	assert_true(holds(&a, "Zqwalker"));
	a = page(relief, at("/kk/shifts/#/paper", shift));
	assert_true(holds(&a, "Zqwalker"));
	a = post(relief, at("/kk/shifts/#/need", shift), "role=helper&people=0");
	assert_int_equal(a.status, 422);
}

/* Who helped is a sum for everybody and a list for the headquarters. */
static void
figures_are_sums(void **state)
{
	static const char *const codes[] = { "volunteers", "volunteer_hours" },
				 *const values[] = { "#records'>1<", "#records'>3<" },
				 *const amounts[] = { "\"amount\":1,", "\"amount\":3," };
	size_t i;
	int role;

	(void)state;
	for (i = 0; i < ARRAY_LEN(codes); i++) {
		const char *rows = arena_printf(&door.arena,
		    "/api/v1/figures/%s/records?period=2099-01-01..2099-12-31", codes[i]);
		struct answer a =
		    page(0, arena_printf(&door.arena,
				"/kk/figures/%s?from=01.01.2099&to=31.12.2099", codes[i]));

		assert_int_equal(a.status, 200);
		assert_true(holds(&a, values[i]) && !holds(&a, "Zq"));
		a = door_api(&door, relief, M_GET, rows, NULL, NULL);
		assert_int_equal(a.status, 200);
		assert_true(holds(&a, amounts[i]) && !holds(&a, "Zqwalker"));
		for (role = 0; role < DOOR_ROLES; role++) {
			if (role == head || role == relief)
				continue;
			a = door_api(&door, role, M_GET, rows, NULL, NULL);
			assert_true(a.status == 401 || a.status == 403);
		}
	}
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(no_name_by_any_door),
		cmocka_unit_test(sealed_stays_sealed), cmocka_unit_test(by_the_code),
		cmocka_unit_test(at_the_desk), cmocka_unit_test(figures_are_sums) };

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!door_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, setup, teardown);
}
