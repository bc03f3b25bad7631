/* charity_test.c – charity through the doors: what everybody sees holds totals and nobody's name; a receipt sent twice
 * is one; the last of a thing goes to one desk; a family is found by no door – page, list, filter, search, export, API,
 * figure, ledger – without the right to see it. */
#include "door_words.h"

static int clerk, leader, guest, member, auditor, head;

static int
setup(void **state)
{
	(void)state;
	door_open(&door, engine);
	guest = 0;
	leader = door_role(&door, "leader");
	clerk = door_role(&door, "clerk");
	head = door_role(&door, "head");
	member = door_role(&door, "member");
	auditor = door_role(&door, "auditor");
	return 0;
}

static const char *
one(const char *format, const char *sql)
{
	return with_ids(format, door_int(&door, sql), 0);
}

static void
test_public(void **state)
{
	struct answer a = page(guest, "/en/charity");

	(void)state;
	assert_int_equal(a.status, 200);
	HAS(a, "“Caravan of Mercy”");
	HAS(a, "Needed now");
	HAS(a, "please do not bring");
	HAS(a, "Дс–Жм 9:00–18:00");
	HAS_NOT(a, "/charity/families");
	HAS_NOT(a, "/charity/donors");
	a = page(guest, one("/en/charity/drives/#", "SELECT id FROM drive WHERE to_day IS NULL"));
	HAS(a, "Үлгібаев Мысал");    /* agreed */
	HAS_NOT(a, "Сынақова Үлгі"); /* did not */
	a = page(guest, one("/en/charity/drives/#", "SELECT min(id) + 1 FROM drive"));
	HAS(a, "1,500 kg");
	HAS_NOT(a, "Мысалов");
	assert_int_equal(page(guest, "/en/charity/receipts").status, 303);
	assert_int_equal(page(member, "/en/charity/receipts").status, 403);
	assert_int_equal(page(member, "/en/charity/donors").status, 403);
	assert_int_equal(page(leader, "/en/charity/receipts/new").status, 403);
}

static const char *
text_of(const char *sql)
{
	struct ctx cx;
	const char *out;

	app_ctx(&door.app, &cx, &door.arena);
	assert_int_equal(db_text(&cx, &out, sql, NO_VALS), RC_OK);
	db_end(&cx);
	return out;
}

#define FLOUR "SELECT min(id) FROM charity_receipt WHERE day = 20241007"

static void
test_gift(void **state)
{
	const char *code = text_of("SELECT code FROM charity_receipt WHERE day = 20241007");
	const char *pledge = text_of("SELECT p.code FROM pledge p JOIN charity_receipt c ON "
				     "c.pledge = p.id WHERE c.day = 20241007");
	const char *family = text_of("SELECT code FROM recipient ORDER BY id LIMIT 1");
	struct answer a = page(guest, arena_printf(&door.arena, "/en/gift/%s", code));

	(void)state;
	assert_int_equal(a.status, 200);
	HAS(a, "Handed over on 15.10.2024");
	HAS(a, "In the store");
	HAS(a, "Promised on 02.10.2024");
	HAS_NOT(a, family);
	HAS_NOT(a, "Үлгі-Нан");
	a = page(guest, arena_printf(&door.arena, "/en/gift/%.4s-%s", pledge, pledge + 4));
	assert_int_equal(a.status, 200);
	HAS(a, "Receipt 1/2024");
	assert_int_equal(page(guest, "/en/gift/00000001").status, 404);
	a = page(guest, arena_printf(&door.arena, "/en/gift?code=%.4s-%s", code, code + 4));
	assert_int_equal(a.status, 303);
	assert_non_null(strstr(a.location, code));
	/* The auditor's chain: numbers and amounts for all of the secretariat, with the act. */
	a = page(clerk, one("/en/charity/receipts/#", FLOUR));
	HAS(a, "From the box to the hand");
	HAS(a, family);
	a = page(clerk, one("/kk/charity/receipts/#/print", FLOUR));
	HAS(a, "мың бес жүз");
	HAS(a, "одна тысяча пятьсот");
	HAS(a, "Үлгі-Нан");
	assert_int_equal(page(clerk, one("/kk/charity/receipts/#/letter", FLOUR)).status, 200);
	assert_int_equal(page(guest, one("/en/charity/receipts/#/print", FLOUR)).status, 303);
}

static const char *
form(const char *nonce, const char *who, const char *sql, int blankets)
{
	return arena_printf(&door.arena,
	    "nonce=%s&drawn=1731650000000000&day=15.11.2024&store=store-main&%s=%lld&drive=%lld&"
	    "item0=blanket&q0=%d",
	    nonce, who, (long long)door_int(&door, sql),
	    (long long)door_int(&door, "SELECT min(id) + 1 FROM drive"), blankets);
}

static int
times(const struct answer *a, const char *text)
{
	const char *at = a->body.p;
	int n = 0;

	while ((at = strstr(at, text)) != NULL) {
		n++;
		at += strlen(text);
	}
	return n;
}

#define COMPANY "SELECT min(id) FROM donor"
#define FAMILY "SELECT min(id) FROM recipient"

static void
test_receiving(void **state)
{
	struct answer a = page(clerk, "/en/charity/receipts/new");
	int64_t before = door_int(&door, "SELECT count(*) FROM charity_receipt");

	(void)state;
	HAS(a, "name='nonce' value='");
	a = post(
	    clerk, "/en/charity/receipts/new", "nonce=aa&day=15.11.2024&store=store-main&q0=5");
	assert_int_equal(a.status, 422);
	HAS(a, "Choose what it is");
	HAS(a, "value='5'");
	a = post(clerk, "/en/charity/receipts/new",
	    "nonce=aa&day=15.11.2024&store=store-main&item0=blanket&q0=5");
	assert_int_equal(a.status, 422);
	/* Each place is named, and each once, beside it. */
	HAS(a, "Choose the donor");
	HAS(a, "Choose the drive");
	a = post(clerk, "/en/charity/receipts/new",
	    arena_printf(&door.arena, "%s&item1=meat&q1=2", form("aa0", "donor", COMPANY, 10)));
	assert_int_equal(a.status, 422);
	HAS(a, "href='#f-lot1'");
	assert_int_equal(times(&a, "name its lot"), 2);
	a = post(clerk, "/en/charity/receipts/new", form("aa1", "donor", COMPANY, 10));
	assert_int_equal(a.status, 303);
	assert_non_null(strstr(a.location, "/charity/receipts/"));
	assert_int_equal(
	    post(clerk, "/en/charity/receipts/new", form("aa1", "donor", COMPANY, 10)).status, 303);
	assert_int_equal(door_int(&door, "SELECT count(*) FROM charity_receipt"), before + 1);
	a = post(clerk, "/en/charity/receipts/new", form("aa1", "donor", COMPANY, 11));
	assert_int_equal(a.status, 409);
	HAS(a, "was entered before");
	assert_int_equal(
	    post(leader, "/en/charity/receipts/new", form("aa2", "donor", COMPANY, 1)).status, 403);
}

static void
test_last_blanket(void **state)
{
	int there = (int)door_int(&door,
	    "SELECT sum(n.balance) FROM stock_now n JOIN stock_account a ON a.id = n.account JOIN "
	    "stock_item i ON i.id = n.item WHERE a.code = 'store-main' AND i.code = 'blanket'");
	struct answer a;

	(void)state;
	assert_true(there > 1);
	assert_int_equal(
	    post(clerk, "/en/charity/acts/new", form("b1", "recipient", FAMILY, there - 1)).status,
	    303);
	assert_int_equal(
	    post(clerk, "/en/charity/acts/new", form("b2", "recipient", FAMILY, 1)).status, 303);
	a = post(head, "/en/charity/acts/new", form("b3", "recipient", FAMILY, 1));
	assert_int_equal(a.status, 422);
	HAS(a, "there is");
	assert_int_equal(
	    post(clerk, "/en/charity/acts/new", form("b2", "recipient", FAMILY, 1)).status, 303);
}

/* Every way by which a family could be met. */
static void
test_families_hidden(void **state)
{
	const char *code = text_of("SELECT code FROM recipient ORDER BY id LIMIT 1");
	static const char *const doors[] = { "/en/charity/families",
		"/en/charity/families?reason=flood", "/en/charity/families?sort=-people",
		"/en/charity/families?format=csv", "/en/charity/acts",
		"/en/charity/acts?format=xlsx", "/en/charity/families/new" };
	static const char *const api[] = { "/api/v1/recipients", "/api/v1/recipients?reason=flood",
		"/api/v1/charity_aids", "/api/v1/figures/charity_people/records",
		"/api/v1/figures/charity_served/records" };
	const int blind[] = { guest, member, auditor };
	struct answer a;
	size_t i, k;

	(void)state;
	for (i = 0; i < ARRAY_LEN(blind); i++) {
		for (k = 0; k < ARRAY_LEN(doors); k++) {
			a = page(blind[i], doors[k]);
			assert_true(a.status == 403 || a.status == 303);
			HAS_NOT(a, code);
		}
		for (k = 0; k < ARRAY_LEN(api); k++) {
			a = door_api(&door, blind[i], M_GET, api[k], NULL, NULL);
			assert_true(a.status == 403 || a.status == 401);
			HAS_NOT(a, code);
		}
		a = page(blind[i], one("/en/charity/families/#", FAMILY));
		assert_true(a.status == 403 || a.status == 303);
		a = page(blind[i], arena_printf(&door.arena, "/en/search?q=%s", code));
		HAS_NOT(a, "/charity/families/");
	}
	/* A leader of another body: nothing, as if it were not there. */
	a = page(leader, "/en/charity/families");
	assert_int_equal(a.status, 200);
	HAS_NOT(a, code);
	assert_int_equal(page(leader, one("/en/charity/families/#", FAMILY)).status, 404);
	assert_int_equal(post(leader, one("/en/charity/families/#/show", FAMILY), "").status, 404);
	assert_int_equal(
	    page(leader, one("/en/charity/acts/#", "SELECT min(id) FROM charity_aid")).status, 404);
	a = door_api(&door, leader, M_GET, "/api/v1/recipients", NULL, NULL);
	HAS_NOT(a, code);
	a = page(leader, arena_printf(&door.arena, "/en/search?q=%s", code));
	HAS_NOT(a, "/charity/families/");
	/* And no list, export or API says a name, even to those who may open one. */
	a = page(clerk, "/en/charity/families?format=csv");
	assert_int_equal(a.status, 200);
	HAS_NOT(a, "Мысалов");
	a = door_api(&door, clerk, M_GET, "/api/v1/recipients", NULL, NULL);
	HAS(a, code);
	HAS_NOT(a, "Мысалов");
	HAS_NOT(a, "name_mac");
	a = door_api(&door, clerk, M_GET, "/api/v1/accounts", NULL, NULL);
	HAS_NOT(a, "Мысалов");
}

static void
test_family_opened(void **state)
{
	struct answer a = page(clerk, one("/en/charity/families/#", FAMILY));

	(void)state;
	HAS(a, "large family");
	HAS_NOT(a, "Мысалов");
	a = post(clerk, one("/en/charity/families/#/show", FAMILY), "");
	HAS(a, "Мысалов Бірінші");
	assert_true(door_int(&door, "SELECT count(*) FROM recipient_read WHERE way = 'name'") > 0);
	a = page(head, one("/en/charity/families/#", FAMILY));
	HAS(a, "Who opened it");
	a = post(clerk, "/en/charity/families/find",
	    "name=%D0%BC%D1%8B%D1%81%D0%B0%D0%BB%D0%BE%D0%B2%20%D0%B1%D1%96%D1%80%D1%96%D0%BD%D1%"
	    "88%D1%96");
	HAS(a, "/charity/families/");
	a = post(clerk, "/en/charity/families/new",
	    "type=household&people=3&children=4&reason=other&name=Test%20Name");
	assert_int_equal(a.status, 422);
	HAS(a, "More children than people");
	a = post(leader, "/en/charity/families/new",
	    "type=household&people=3&children=1&reason=other&name=Test%20Name");
	assert_int_equal(a.status, 303);
	a = page(leader, "/en/charity/families");
	HAS(a, "1 record");
}

static void
test_drives(void **state)
{
	struct answer a = post(clerk, "/en/charity/drives/new",
	    with_ids("name_kk=Sauap&body=#&from_day=01.11.2024&state=planned",
		door_int(&door, "SELECT id FROM body WHERE code = 'zhomart'"), 0));
	const char *made = one("/en/charity/drives/#", "SELECT max(id) FROM drive");

	(void)state;
	assert_int_equal(a.status, 303);
	assert_int_equal(page(guest, made).status, 404); /* planned */
	assert_int_equal(page(clerk, made).status, 200);
	a = post(clerk, arena_printf(&door.arena, "%s/needs", made), "item=rice&goal=12,5");
	assert_int_equal(a.status, 303);
	a = page(clerk, made);
	HAS(a, "12.5 kg still missing");
	/* What the form holds is the goal as it is, so that saving the state alone changes no goal. */
	a = post(clerk, arena_printf(&door.arena, "%s/needs", made), "item=flour&goal=12,345");
	assert_int_equal(a.status, 303);
	a = page(clerk, arena_printf(&door.arena, "%s/needs", made));
	HAS(a, "value='12,345'");
	a = post(clerk, arena_printf(&door.arena, "%s/needs", made), "item=rice&goal=x");
	assert_int_equal(a.status, 422);
	a = page(clerk, one("/en/charity/pledges/#", "SELECT min(id) FROM pledge"));
	HAS(a, "Received");
	a = post(clerk, one("/en/charity/pledges/#/withdraw", "SELECT max(id) FROM pledge"),
	    "_version=1");
	assert_int_equal(a.status, 303);
}

/* Who works in a headquarters receives and gives out of the stock, but sees no families: no button leads to them. */
static void
test_relief(void **state)
{
	struct answer a = page(door_role(&door, "relief"), "/en/charity");

	(void)state;
	HAS(a, "/charity/receipts/new");
	HAS_NOT(a, "/charity/acts");
	HAS_NOT(a, "/charity/families");
	a = page(clerk, "/en/charity");
	HAS(a, "/charity/acts/new");
}

#define MOVED "nonce=%s&drawn=1731650000000000&from=donor&to=store-main&item0=blanket&q0=%d"

/* The ledger's own forms: twice is once, changed is another, what is refused is said once and nothing typed is lost. */
static void
test_stock_forms(void **state)
{
	struct answer a =
	    post(clerk, "/en/stock/move?type=receipt", arena_printf(&door.arena, MOVED, "st1", 3));
	const char *sheet, *cells;

	(void)state;
	assert_int_equal(a.status, 303);
	a = post(clerk, "/en/stock/move?type=receipt", arena_printf(&door.arena, MOVED, "st1", 3));
	assert_int_equal(a.status, 303);
	a = post(clerk, "/en/stock/move?type=receipt", arena_printf(&door.arena, MOVED, "st1", 4));
	assert_int_equal(a.status, 409);
	assert_int_equal(times(&a, "was entered before"), 1);
	HAS(a, "value='4'");
	HAS_NOT(a, "value='st1'");
	a = page(clerk, "/en/stock/move?type=return&here=store-main");
	HAS(a, "value='store-main' selected");
	a = post(clerk, "/en/stock/counts", "account=store-main&counted_by=Two");
	assert_int_equal(a.status, 303);
	sheet = one("/en/stock/counts/#", "SELECT max(id) FROM stock_count");
	cells = with_ids("c#=17&c#=many",
	    door_int(&door, "SELECT min(id) FROM stock_count_line WHERE sheet = (SELECT max(id) "
			    "FROM stock_count)"),
	    door_int(&door, "SELECT min(id) + 1 FROM stock_count_line WHERE sheet = (SELECT "
			    "max(id) FROM stock_count)"));
	a = post(clerk, arena_printf(&door.arena, "%s/type", sheet), cells);
	assert_int_equal(a.status, 422);
	HAS(a, "value='17'");
	HAS(a, "value='many'");
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_public),
		cmocka_unit_test(test_gift), cmocka_unit_test(test_receiving),
		cmocka_unit_test(test_last_blanket), cmocka_unit_test(test_families_hidden),
		cmocka_unit_test(test_family_opened), cmocka_unit_test(test_drives),
		cmocka_unit_test(test_relief), cmocka_unit_test(test_stock_forms) };

	return door_tests(tests, ARRAY_LEN(tests), argc, argv, setup);
}
