/* sitrep_test.c – what a headquarters shows through the doors: the call on the public pages while it is open and no word when
 * it is not; the wall with and without an account; situation reports with their files and records; exports with the row of
 * HXL hashtags; closing. No family by any of them. */
#include "door_words.h"

static int head, relief, clerk;
static int64_t hq, report;

static const char *const secrets[] = { "Zqnameov", "7012345098", "Zqvillage", "Zqstreet" };

static const char *
at(const char *format)
{
	return with_ids(format, hq, report);
}

static void
no_family(const struct answer *a, int line)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(secrets); i++)
		if (memmem(a->body.p, a->body.n, secrets[i], strlen(secrets[i])) != NULL) {
			print_error("line %d: tells %s\n", line, secrets[i]);
			_fail(__FILE__, line);
		}
}
#define TELLS_NO_FAMILY(a) no_family(&(a), __LINE__)

static int
setup(void **state)
{
	(void)state;
	door_open(&door, engine);
	head = door_role(&door, "head");
	relief = door_role(&door, "relief");
	clerk = door_role(&door, "clerk");
	return 0;
}

/* Guests' pages are kept; opening a headquarters ends them. */
static void
the_call(void **state)
{
	struct answer a;

	(void)state;
	a = page(0, "/kk/");
	HAS_NOT(a, "/kk/need'");
	a = page(0, "/kk/");
	HAS_NOT(a, "class='sos'");
	a = post(head, "/kk/relief/new",
	    arena_printf(&door.arena,
		"code=flood-test&name_kk=Tasqyn&emergency=flood&opened_on=01.04.2024&act=Act+1&"
		"chief="
		"%lld&hotline=%%2B77132000000",
		(long long)door_int(&door, "SELECT min(id) FROM person")));
	assert_int_equal(a.status, 303);
	hq = door_int(&door, "SELECT id FROM headquarters WHERE code = 'flood-test'");
	a = page(0, "/kk/");
	HAS(a, "class='sos'");
	HAS(a, "href='/kk/need'");
	HAS(a, "tel:77132000000");
	a = page(0, "/ru/events");
	HAS(a, "href='/ru/need'");
	/* The work frame needs no call. */
	a = page(head, "/kk/today");
	HAS_NOT(a, "class='sos'");
}

static void
a_report(void **state)
{
	struct answer a;

	(void)state;
	a = post(0, "/kk/need",
	    arena_printf(&door.arena,
		"nonce=0123456789abcdef0123456789abcdef&name=Zqnameov&phone=%%2B7+701+234+50+98&"
		"district=%lld&place=Zqvillage&note=Zqstreet+5&people=4&urgency=now&what=Zqword",
		(long long)door_int(
		    &door, "SELECT min(id) FROM district WHERE level = 'district'")));
	assert_int_equal(a.status, 303);
	assert_int_equal(post(clerk, at("/kk/relief/#/reports"), "").status, 403);
	a = post(relief, at("/kk/relief/#/reports"), "");
	assert_int_equal(a.status, 303);
	report = door_int(&door, "SELECT max(id) FROM sitrep");
	/* Twice in a minute is told, not made. */
	a = post(relief, at("/kk/relief/#/reports"), "");
	assert_int_equal(a.status, 409);
	assert_int_equal(door_int(&door, "SELECT count(*) FROM sitrep"), 1);
	a = page(clerk, with_ids("/en/relief/reports/#", report, 0));
	assert_int_equal(a.status, 200);
	HAS(a, "1 need was taken");
	HAS(a, "records/needs_taken?key=now");
	TELLS_NO_FAMILY(a);
	a = page(clerk, with_ids("/en/relief/reports/#/records/needs_taken?key=now", report, 0));
	assert_int_equal(a.status, 200);
	HAS(a, "/en/needs/");
	TELLS_NO_FAMILY(a);
	a = page(clerk, with_ids("/en/relief/reports/#/records/centre_people", report, 0));
	assert_int_equal(a.status, 403);
	a = page(clerk, with_ids("/en/relief/reports/#/records/nothing", report, 0));
	assert_int_equal(a.status, 404);
	a = page(clerk, with_ids("/en/relief/reports/#/text", report, 0));
	HAS(a, "\"code\":\"needs_taken\",\"value\":1,");
	a = page(0, with_ids("/en/relief/reports/#", report, 0));
	assert_int_not_equal(a.status, 200);
	a = page(clerk, at("/kk/relief/#/reports"));
	HAS_NOT(a, "wall-link"); /* for those who work in it */
}

static void
files(void **state)
{
	static const char *const formats[] = { "docx", "xlsx" };
	struct answer a;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(formats); i++) {
		a = page(clerk, arena_printf(&door.arena, "/kk/relief/reports/%lld?format=%s",
				    (long long)report, formats[i]));
		assert_int_equal(a.status, 200);
		assert_memory_equal(a.body.p, "PK", 2);
	}
	a = page(clerk, with_ids("/en/relief/reports/#?format=csv", report, 0));
	HAS(a, "#crisis+code;#date+start;#date+end;#indicator+code");
	HAS(a, ";needs_taken;now;");
	assert_int_equal(
	    page(clerk, with_ids("/en/relief/reports/#?format=exe", report, 0)).status, 404);
	/* Hashtags stand right under the heads, for needs and centres; JSON has none. */
	a = page(clerk, at("/en/relief/#/needs?format=csv"));
	HAS(a, "#affected+code;#date+asked;#adm2+name;");
	TELLS_NO_FAMILY(a);
	a = page(clerk, at("/en/relief/#/needs?format=json"));
	HAS_NOT(a, "#adm2");
	a = page(clerk, at("/en/relief/#/centres?format=csv"));
	HAS(a, "#loc+code;#loc+name;#adm2+name;#date;");
	a = page(clerk, at("/en/relief/#/centres?format=xlsx"));
	assert_memory_equal(a.body.p, "PK", 2);
	assert_int_equal(page(clerk, at("/en/relief/#/centres?format=exe")).status, 404);
	assert_int_equal(page(relief, at("/en/people?format=csv")).status == 200, false);
}

static void
the_wall(void **state)
{
	const char *secret;
	struct answer a;
	char *end;

	(void)state;
	a = page(clerk, at("/kk/relief/#/wall"));
	assert_int_equal(a.status, 200);
	HAS(a, "http-equiv='refresh' content='60'");
	HAS(a, "data-stale='30'");
	HAS(a, "+77132000000");
	TELLS_NO_FAMILY(a);
	a = page(clerk, at("/en/relief/#/wall?look=light"));
	HAS(a, "class='wall light'");
	assert_int_equal(
	    page(0, "/kk/wall/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").status, 404);
	assert_int_equal(post(clerk, at("/kk/relief/#/wall-link"), "").status, 403);
	a = post(relief, at("/kk/relief/#/wall-link"), "");
	assert_int_equal(a.status, 200);
	secret = strstr(a.body.p, "/kk/wall/");
	assert_non_null(secret);
	end = strpbrk(secret, "'<");
	secret = arena_strn(&door.arena, secret, (size_t)(end - secret));
	a = page(0, secret);
	assert_int_equal(a.status, 200);
	HAS(a, "class='wall'");
	HAS_NOT(a, "/relief/");
	TELLS_NO_FAMILY(a);
	/* The link opens the wall and nothing else: the guest stays a guest. */
	assert_int_not_equal(page(0, at("/kk/relief/#")).status, 200);
	a = post(relief, at("/kk/relief/#/wall-link/drop"), "");
	assert_int_equal(a.status, 303);
	assert_int_equal(page(0, secret).status, 404);
}

static void
close_need(int64_t id)
{
	struct answer a = post(head, with_ids("/en/needs/#/step/close", id, 0),
	    arena_printf(&door.arena, "_version=%lld&reason=away",
		(long long)door_int(
		    &door, arena_printf(&door.arena, "SELECT version FROM need WHERE id = %lld",
			       (long long)id))));

	assert_int_equal(a.status, 303);
}

static void
closing(void **state)
{
	struct answer a;

	(void)state;
	/* One of the business year, so that the year's report has it. */
	a = post(relief, at("/en/relief/#/desk"),
	    arena_printf(&door.arena,
		"nonce=1123456789abcdef0123456789abcdef&name=Zqnameov&phone=%%2B7+701+234+50+98&"
		"district=%lld&people=4&urgency=now&what=Zqword&channel=phone&asked_at=05.11.2024+"
		"10:00",
		(long long)door_int(
		    &door, "SELECT min(id) FROM district WHERE level = 'district'")));
	assert_int_equal(a.status, 303);
	assert_int_equal(page(relief, at("/kk/relief/#/close")).status, 403);
	a = page(head, at("/en/relief/#/close"));
	assert_int_equal(a.status, 200);
	HAS(a, "Not finished yet: 2 needs");
	TELLS_NO_FAMILY(a);
	a = post(head, at("/en/relief/#/close"), "_version=1&day=15.11.2024&reason=over");
	assert_int_equal(a.status, 409);
	close_need(
	    door_int(&door, with_ids("SELECT min(id) FROM need WHERE headquarters = #", hq, 0)));
	close_need(
	    door_int(&door, with_ids("SELECT max(id) FROM need WHERE headquarters = #", hq, 0)));
	a = page(head, at("/en/relief/#/close"));
	HAS_NOT(a, "Not finished yet");
	a = post(head, at("/en/relief/#/close"), "_version=1&day=15.11.2024&reason=");
	assert_int_equal(a.status, 422);
	a = post(head, at("/en/relief/#/close"), "_version=1&day=15.11.2024&reason=over");
	assert_int_equal(a.status, 303);
	a = page(0, "/kk/");
	HAS_NOT(a, "class='sos'");
	assert_int_equal(post(relief, at("/kk/relief/#/reports"), "").status, 409);
	a = page(clerk, at("/en/relief/#/wall"));
	HAS(a, "This headquarters is closed.");
	HAS_NOT(a, "http-equiv='refresh'");
	/* The year's report has a table of relief, which leads to its records. */
	a = page(head, "/en/report?year=2024");
	HAS(a, "Relief headquarters");
	HAS(a, "/en/figures/needs");
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(the_call), cmocka_unit_test(a_report),
		cmocka_unit_test(files), cmocka_unit_test(the_wall), cmocka_unit_test(closing) };

	return door_tests(tests, ARRAY_LEN(tests), argc, argv, setup);
}
