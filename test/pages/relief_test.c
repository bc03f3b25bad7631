/* relief_test.c – a need through the doors: what anybody may send and see, and that no door tells a family to those
 * without the role: pages, lists, filters, order, search, suggestions, exports, API, history, feeds. */
#include "door_words.h"

static int head, relief;
static int64_t hq, own, own_line; /* own: the need of this test; the demo has others */
static int64_t waybill, stop;	  /* that carry the second need */
static const char *code;

/* What the family said. No two of them look alike, so that a hit names its field. */
static const char *const secrets[] = { "Zqnameov", "7012345098", "701 234", "Zqvillage", "Zqstreet",
	"zqvillage", "Zqword" };

static struct answer
ask_for_help(const char *nonce, const char *phone)
{
	return post(0, "/kk/need",
	    arena_printf(&door.arena,
		"nonce=%s&name=Zqnameov&phone=%s&district=%lld&place=Zqvillage&note=Zqstreet+5&"
		"people=4&children=2&infants=1&insulin=1&urgency=now&what=Zqword",
		nonce, phone,
		(long long)door_int(
		    &door, "SELECT min(id) FROM district WHERE level = 'district'")));
}

/* A second need goes on a waybill and is handed over; who received it is a secret, too. */
static void
deliver(void)
{
	static const char *const steps[] = { "check", "assign" };
	struct answer a = ask_for_help("0123456789abcdef0123456789abcdee", "%2B7+702+111+22+33");
	int64_t need = door_int(&door, "SELECT max(id) FROM need");
	size_t i;

	assert_int_equal(a.status, 303);
	for (i = 0; i < ARRAY_LEN(steps); i++) {
		a = post(head,
		    arena_printf(&door.arena, "/kk/needs/%lld/step/%s", (long long)need, steps[i]),
		    arena_printf(&door.arena, "_version=%lld",
			(long long)door_int(
			    &door, "SELECT version FROM need ORDER BY id DESC LIMIT 1")));
		assert_int_equal(a.status, 303);
	}
	a = post(head, "/kk/vehicles/new", "plate=001ZZZ04&type=truck&company=Jol");
	assert_int_equal(a.status, 303);
	a = post(head, with_ids("/kk/relief/#/waybills/new", hq, 0),
	    arena_printf(&door.arena, "vehicle=%lld&driver=%lld&store=%lld&n%lld=1",
		(long long)door_int(&door, "SELECT max(id) FROM vehicle"),
		(long long)door_int(&door, "SELECT id FROM account WHERE login = 'driver'"),
		(long long)door_int(
		    &door, "SELECT id FROM stock_account WHERE code = 'store-main'"),
		(long long)need));
	assert_int_equal(a.status, 303);
	waybill = door_int(&door, "SELECT max(id) FROM waybill");
	stop = door_int(&door, "SELECT max(id) FROM waybill_stop");
	a = post(head, with_ids("/kk/waybills/#/load", waybill, 0), "_version=1");
	assert_int_equal(a.status, 303);
	a = page(door_role(&door, "driver"), with_ids("/kk/driver/#", waybill, 0));
	HAS(a, "Zqnameov");
	a = door_api(&door, head, M_POST, with_ids("/api/v1/waybills/#/acts", waybill, 0),
	    arena_printf(&door.arena,
		"{\"acts\": [{\"nonce\": \"zq\", \"at\": \"2024-11-15T05:00:00Z\", \"stop\": "
		"%lld, \"result\": "
		"\"handed\", \"receiver\": \"Zqnameov\", \"reason\": \"Zqword\"}]}",
		(long long)stop),
	    NULL);
	assert_int_equal(a.status, 200);
	HAS(a, "\"counts\":true");
}

static int
setup(void **state)
{
	struct answer a;
	const char *body;

	(void)state;
	door_open(&door, engine);
	head = door_role(&door, "head");
	relief = door_role(&door, "relief");
	body = arena_printf(&door.arena,
	    "code=flood-test&name_kk=Shtab&emergency=flood&opened_on=01.04.2024&act=Act+1&chief=%"
	    "lld"
	    "&hotline=%%2B77132000000",
	    (long long)door_int(&door, "SELECT min(id) FROM person"));
	a = post(head, "/kk/relief/new", body);
	assert_int_equal(a.status, 303);
	hq = door_int(&door, "SELECT id FROM headquarters WHERE code = 'flood-test'");
	a = ask_for_help("0123456789abcdef0123456789abcdef", "%2B7+701+234+50+98");
	assert_int_equal(a.status, 303);
	assert_non_null(a.location);
	code = arena_strn(&door.arena, strstr(a.location, "/need/") + 6, 9);
	own = door_int(&door, "SELECT max(id) FROM need");
	own_line = door_int(&door, "SELECT max(id) FROM need_line");
	deliver();
	return 0;
}

static bool
holds(const struct answer *a, const char *text)
{
	return a->body.p != NULL && memmem(a->body.p, a->body.n, text, strlen(text)) != NULL;
}

static void
tells_nothing(int role, const char *path, const struct answer *a)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(secrets); i++) {
		/* A search shows what was asked for in its own field. */
		if (strstr(path, secrets[i]) != NULL)
			continue;
		if (holds(a, secrets[i])) {
			print_error("%s tells %s to %s\n", path, secrets[i], door.role[role]);
			_fail(__FILE__, __LINE__);
		}
	}
}

static const char *
at(const char *fmt)
{
	return with_ids(fmt, hq, 0);
}

static const char *
of(const char *fmt, int64_t id)
{
	return with_ids(fmt, id, 0);
}

/* Every door, for every role but those of the headquarters. */
static void
no_family_by_any_door(void **state)
{
	int64_t act = door_int(&door, "SELECT max(id) FROM delivery_act");
	const char *const pages[] = { at("/kk/relief/#"), at("/en/relief/#?state=new"),
		at("/ru/relief/#/needs"), at("/kk/relief/#/needs?q=Zqnameov"),
		at("/kk/relief/#/needs?q=Zqword"), at("/kk/relief/#/needs?place=Zqvillage"),
		at("/kk/relief/#/needs?phone_mac=1"), at("/kk/relief/#/needs?sort=place"),
		at("/kk/relief/#/needs?sort=name"), at("/kk/relief/#/needs?insulin=1"),
		at("/kk/relief/#/needs?format=csv"), at("/kk/relief/#/needs?format=json"),
		at("/kk/relief/#/wall"), at("/kk/relief/#/about"), at("/kk/relief/#/log"),
		at("/kk/relief/#/desk"), at("/kk/relief/#/paper"), "/kk/relief",
		with_ids("/kk/needs/#", own, 0), with_ids("/en/needs/#", own, 0), "/kk/need",
		arena_printf(&door.arena, "/kk/need/%s", code), "/kk/search?q=Zqnameov",
		"/kk/search?q=Zqvillage", "/kk/search?q=Zqword",
		at("/kk/relief/#/chain?q=1%2F2026&names=1"),
		at("/kk/relief/#/chain?q=flour&names=1"), at("/kk/relief/#/waybills"),
		at("/kk/relief/#/waybills/new"), of("/kk/waybills/#", waybill),
		of("/kk/waybills/#/paper", waybill), of("/kk/waybills/#/list", waybill),
		of("/kk/waybills/stops/#", stop), of("/kk/waybills/acts/#", act),
		of("/kk/waybills/acts/#/picture", act), "/kk/driver", of("/kk/driver/#", waybill),
		of("/kk/driver/#/paper", waybill), of("/kk/driver/stops/#", stop),
		of("/driver/#/route", waybill), of("/kk/driver/#/phone", waybill), "/kk/audit",
		"/kk/rights/reads", "/kk/figures/needs", "/kk/figures/needs/records", "/kk/today" };
	const char *const api[] = { "/api/v1/needs", with_ids("/api/v1/needs/#", own, 0),
		"/api/v1/needs?place=Zqvillage", "/api/v1/needs?sort=place",
		"/api/v1/needs?q=Zqnameov", "/api/v1/needs?insulin=1", "/api/v1/need-lines",
		with_ids("/api/v1/need-lines/#", own_line, 0), "/api/v1/need-lines?q=Zqword",
		"/api/v1/search?q=Zqnameov", "/api/v1/delivery-acts",
		of("/api/v1/delivery-acts/#", act), of("/api/v1/waybill-stops/#", stop),
		"/api/v1/delivery-acts?reason=Zqword", of("/api/v1/waybills/#/route", waybill),
		"/api/v1/figures/vehicles/records", "/api/v1/search?q=Zqvillage",
		"/api/v1/figures/needs/records", "/api/v1/headquarters", "/api/v1/relief-log" };
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
			tells_nothing(role, pages[i], &a);
		}
		for (i = 0; i < ARRAY_LEN(api); i++) {
			a = door_api(&door, role, M_GET, api[i], NULL, NULL);
			assert_true(a.status < 500);
			tells_nothing(role, api[i], &a);
		}
		/* Whether a filter matches tells as much as a name. */
		a = door_api(&door, role, M_GET, "/api/v1/needs?place=Zqvillage", NULL, NULL);
		assert_true(a.status >= 400);
		a = door_api(&door, role, M_GET, "/api/v1/needs?insulin=true", NULL, NULL);
		assert_true(a.status >= 400);
	}
	assert_int_equal(
	    door_int(&door, "SELECT count(*) FROM family_read WHERE way <> 'driver'"), 0);
}

/* The sealed part is in no list and no API of the coordinator either: the page of one need alone, and it is noted. */
static void
the_page_alone_opens(void **state)
{
	struct answer a;

	(void)state;
	a = page(relief, with_ids("/kk/needs/#", own, 0));
	assert_int_equal(a.status, 200);
	assert_true(holds(&a, "Zqnameov") && holds(&a, "Zqstreet") && holds(&a, "Zqvillage"));
	assert_int_equal(
	    door_int(&door, "SELECT count(*) FROM family_read WHERE way <> 'driver'"), 1);
	a = page(relief, at("/kk/relief/#"));
	assert_true(holds(&a, "Zqvillage") && !holds(&a, "Zqnameov") && !holds(&a, "Zqstreet"));
	a = page(relief, at("/kk/relief/#/needs?format=csv"));
	assert_true(!holds(&a, "Zqnameov") && !holds(&a, "Zqstreet"));
	a = door_api(&door, relief, M_GET, with_ids("/api/v1/needs/#", own, 0), NULL, NULL);
	assert_int_equal(a.status, 200);
	assert_true(!holds(&a, "Zqnameov") && !holds(&a, "234") && !holds(&a, "Zqstreet"));
	assert_int_equal(
	    door_int(&door, "SELECT count(*) FROM family_read WHERE way <> 'driver'"), 1);
}

/* The code shows the state and nothing else; the form is light and says where to call. */
static void
the_public_page(void **state)
{
	struct answer a;
	int64_t needs = door_int(&door, "SELECT count(*) FROM need");

	(void)state;
	a = page(0, "/kk/need");
	assert_int_equal(a.status, 200);
	assert_true(holds(&a, "tel:112") && holds(&a, "tel:+77132000000"));
	assert_true(a.body.n < 10 * 1024);
	assert_false(holds(&a, "<script"));
	a = page(0, arena_printf(&door.arena, "/ru/need/%s", code));
	assert_int_equal(a.status, 200);
	a = page(0, "/ru/need/000000000");
	assert_int_equal(a.status, 404);
	a = page(0, "/ru/need/code?code=12");
	assert_int_equal(a.status, 422);
	/* What was typed stays after a refusal; a robot is thanked and nothing is written. */
	a = post(0, "/kk/need", "name=Zqother&people=x");
	assert_int_equal(a.status, 422);
	assert_true(holds(&a, "Zqother"));
	assert_false(holds(&a, "<details open"));
	/* A fault in what is folded away is seen. */
	a = post(0, "/kk/need", "name=Zqother&infants=x");
	assert_int_equal(a.status, 422);
	assert_true(holds(&a, "<details open"));
	a = post(0, "/kk/need", "name=Zqother&website=spam");
	assert_int_equal(a.status, 303);
	assert_int_equal(door_int(&door, "SELECT count(*) FROM need"), needs);
	assert_true(!holds(&a, "Zqother"));
}

/* A long sentence without a comma is no reason to send anybody back: it is several lines, none of them cut within a word. */
static void
a_long_sentence(void **state)
{
	int64_t lines = door_int(&door, "SELECT count(*) FROM need_line");
	const char *six = "алты тал", *all = "";
	struct answer a;
	int i;

	(void)state;
	for (i = 0; i < 20; i++)
		all = arena_printf(&door.arena, "%s+%s", all, six);
	a = post(0, "/kk/need",
	    arena_printf(&door.arena,
		"phone=%%2B7+705+111+22+33&district=%lld&people=1&urgency=now&what=%s",
		(long long)door_int(&door, "SELECT min(id) FROM district WHERE level = 'district'"),
		all));
	assert_int_equal(a.status, 303);
	assert_int_equal(door_int(&door, "SELECT count(*) FROM need_line"), lines + 2);
	assert_int_equal(
	    door_int(&door,
		"SELECT count(*) FROM need_line WHERE word LIKE 'алты %' OR word LIKE 'тал %'"),
	    2);
}

/* The step that was tried without a reason stands open, with the field to which the refusal leads. */
static void
a_step_without_reason(void **state)
{
	int64_t need = door_int(&door, "SELECT max(id) FROM need WHERE state = 'new'");
	struct answer a;

	(void)state;
	a = page(relief, with_ids("/kk/needs/#", need, 0));
	assert_false(holds(&a, "<details open"));
	a = post(relief, with_ids("/kk/needs/#/step/refuse", need, 0),
	    arena_printf(&door.arena, "reason=+&_version=%lld",
		(long long)door_int(&door,
		    "SELECT max(version) FROM need WHERE id = (SELECT max(id) FROM need "
		    "WHERE state = 'new')")));
	assert_int_equal(a.status, 422);
	assert_true(holds(&a, "<details open") && holds(&a, "id='f-reason'"));
}

/* The code that the form proposes is free. */
static void
a_second_of_the_year(void **state)
{
	struct answer a = page(head, "/kk/relief/new");

	(void)state;
	assert_int_equal(
	    door_int(&door, "SELECT count(*) FROM headquarters WHERE code = 'flood-2024'"), 1);
	assert_true(holds(&a, "value='flood-2024-2'"));
}

/* A coordinator's API: a need comes with what the machine fills. */
static void
by_the_api(void **state)
{
	struct answer a;
	const char *json = arena_printf(&door.arena,
	    "{\"headquarters\":%lld,\"channel\":\"desk\",\"name\":\"A\",\"phone\":\"+77010000001\","
	    "\"district\":%lld,\"people\":3,\"urgency\":\"today\"}",
	    (long long)hq,
	    (long long)door_int(&door, "SELECT min(id) FROM district WHERE level = 'district'"));

	(void)state;
	a = door_api(&door, relief, M_POST, "/api/v1/needs", json, NULL);
	assert_int_equal(a.status, 201);
	assert_true(holds(&a, "\"state\":\"new\"") && !holds(&a, "77010000001"));
	a = door_api(&door, door_role(&door, "clerk"), M_POST, "/api/v1/needs", json, NULL);
	assert_int_equal(a.status, 403);
	a = door_api(&door, relief, M_POST, "/api/v1/needs",
	    "{\"headquarters\":999,\"channel\":\"desk\",\"district\":1,\"people\":3,\"urgency\":"
	    "\"today\"}",
	    NULL);
	assert_int_equal(a.status, 422);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(no_family_by_any_door),
		cmocka_unit_test(the_page_alone_opens), cmocka_unit_test(the_public_page),
		cmocka_unit_test(a_long_sentence), cmocka_unit_test(a_step_without_reason),
		cmocka_unit_test(a_second_of_the_year), cmocka_unit_test(by_the_api) };

	return door_tests(tests, ARRAY_LEN(tests), argc, argv, setup);
}
