/* contract_test.c – what scripts rely on: figures and their records and hashes, the statement, lists,
 * creating and changing through the API, and bad input at every door. On both engines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "figure/figure.h"
#include "door.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "figure/report.h"
#include "text/hash.h"

static struct door door;
static enum db_engine engine;
static int clerk, leader, guest, head, auditor, admin;

static int
setup(void **state)
{
	(void)state;
	door_open(&door, engine);
	guest = 0;
	leader = door_role(&door, "leader");
	clerk = door_role(&door, "clerk");
	head = door_role(&door, "head");
	auditor = door_role(&door, "auditor");
	admin = door_role(&door, "admin");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	door_close(&door);
	return 0;
}

static json_t *
json_of(const struct answer *a)
{
	json_error_t e;
	json_t *j = json_loadb(a->body.p, a->body.n, 0, &e);

	if (j == NULL)
		print_error("not JSON: %s\n%.300s\n", e.text, a->body.p);
	assert_non_null(j);
	return j;
}

static json_t *
get(int role, const char *path)
{
	struct answer a = door_api(&door, role, M_GET, path, NULL, NULL);

	if (a.status != 200)
		print_error("%s: %d %.300s\n", path, a.status, a.body.p);
	assert_int_equal(a.status, 200);
	return json_of(&a);
}

static json_t *
figure_of(json_t *all, const char *code)
{
	size_t i;
	json_t *o;

	json_array_foreach(
	    all, i, o) if (strcmp(json_string_value(json_object_get(o, "code")), code) ==
			   0) return o; /* the undimensioned object stands first */
	return NULL;
}

static json_int_t
value_of(json_t *all, const char *code)
{
	json_t *f = figure_of(all, code);

	assert_non_null(f);
	assert_int_equal(json_object_size(json_object_get(f, "dims")), 0);
	return json_integer_value(json_object_get(f, "value"));
}

static void
test_demo_figures(void **state)
{
	json_t *all = get(clerk, "/api/v1/figures");
	json_int_t people = value_of(all, "participants_total");

	(void)state;
	assert_int_equal(value_of(all, "events_total"), 497);
	assert_int_equal(value_of(all, "eca_members"), 2245);
	assert_int_equal(value_of(all, "eca_count"), 17);
	assert_int_equal(value_of(all, "ethnos_present"), 93);
	assert_int_equal(value_of(all, "club_learners"), 43);
	assert_in_range(people, 14200, 14299);
	assert_true(value_of(all, "eca_persons") < 2245);
	json_decref(all);
}

/* Each figure opens to its records: as many as it says, adding up to it, with the hash it shows. */
static void
test_records(void **state)
{
	json_t *all = get(clerk, "/api/v1/figures"), *f, *r;
	size_t i, k;

	(void)state;
	json_array_foreach(all, i, f)
	{
		const char *code = json_string_value(json_object_get(f, "code"));
		json_t *doc, *items;
		json_int_t sum = 0, last = 0;
		struct sha256 h;
		char hex[65];

		if (json_object_size(json_object_get(f, "dims")) > 0)
			continue;
		/* Who helped is the headquarters' to know. */
		doc = get(figure_find(code)->rows_cap == CAP_RELIEF_WRITE ? head : clerk,
		    arena_printf(&door.arena, "/api/v1/figures/%s/records", code));
		items = json_object_get(doc, "items");
		sha256_init(&h);
		json_array_foreach(items, k, r)
		{
			json_int_t id = json_integer_value(json_object_get(r, "id"));

			assert_true(id > last);
			last = id;
			sha256_add_id(&h, id);
			sum += json_integer_value(json_object_get(r, "amount"));
		}
		sha256_hex(&h, hex);
		assert_string_equal(hex, json_string_value(json_object_get(f, "sha256")));
		assert_int_equal(
		    json_array_size(items), json_integer_value(json_object_get(f, "records")));
		if (figure_find(code)->shape == FIGURE_SUM)
			assert_int_equal(sum, json_integer_value(json_object_get(f, "value")));
		else if (figure_find(code)->shape == FIGURE_COUNT)
			assert_int_equal(json_array_size(items),
			    json_integer_value(json_object_get(f, "value")));
		json_decref(doc);
	}
	json_decref(all);
}

static void
test_csv(void **state)
{
	struct answer a = door_api(&door, clerk, M_GET,
	    "/api/v1/figures/participants_total/records?format=csv", NULL, NULL);

	(void)state;
	assert_int_equal(a.status, 200);
	assert_true(strncmp(a.body.p, "id,kind,label,date,body,amount,basis\n", 37) == 0);
}

static void
test_statement(void **state)
{
	static const char *const want[] = { "497 іс-шара",
		"14 мыңнан аса адам (қатысу саны; бірегей адам – ",
		"2245 мүшесі бар 17 этномәдени бірлестік", "90-нан астам этнос", "40-тан астам" };
	struct statement st;
	struct buf text;
	struct ctx cx;
	struct ask ask;
	size_t i;
	int l;

	(void)state;
	for (l = 0; l < LANG_COUNT; l++) {
		app_ctx(&door.app, &cx, &door.arena);
		cx.lang = (enum lang)l;
		cx.today = door.app.today;
		ask_default(&cx, &ask);
		assert_int_equal(report_statement(&cx, &ask, &st), RC_OK);
		db_end(&cx);
		assert_true(st.n >= 4);
		buf_init(&text, &door.arena, 0);
		for (i = 0; i < st.n; i++)
			buf_str(&text, st.sentence[i]);
		assert_non_null(strstr(text.p, "497"));
		for (i = 0; l == LANG_KK && i < ARRAY_LEN(want); i++)
			if (strstr(text.p, want[i]) == NULL) {
				print_error("«%s» is missing in: %s\n", want[i], text.p);
				assert_true(false);
			}
	}
}

/* ---- the API ---- */

static void
test_no_token(void **state)
{
	(void)state;
	assert_int_equal(door_api(&door, guest, M_GET, "/api/v1/people", NULL, NULL).status, 401);
	assert_int_equal(
	    door_api(&door, guest, M_POST, "/api/v1/people", "{broken", NULL).status, 401);
	assert_int_equal(
	    door_api(&door, guest, M_GET, "/api/v1/openapi.json", NULL, NULL).status, 200);
}

static struct answer
post(int role, const char *collection, const char *json)
{
	return door_api(
	    &door, role, M_POST, arena_printf(&door.arena, "/api/v1/%s", collection), json, NULL);
}

static json_int_t
id_of(const struct answer *a)
{
	json_t *j = json_of(a);
	json_int_t id = json_integer_value(json_object_get(j, "id"));

	json_decref(j);
	return id;
}

static void
test_create_and_change(void **state)
{
	struct answer a = post(clerk, "people",
	    "{\"surname\":\"Сынақов\",\"given\":\"Сынақ\",\"body\":\"eca03\",\"birth_day\":\"1990-"
	    "02-03\"}");
	const char *path;

	(void)state;
	assert_int_equal(a.status, 201);
	path = arena_printf(&door.arena, "/api/v1/people/%lld", (long long)id_of(&a));
	assert_int_equal(
	    door_api(&door, clerk, M_PATCH, path, "{\"given\":\"Екінші\"}", NULL).status, 428);
	assert_int_equal(
	    door_api(&door, clerk, M_PATCH, path, "{\"given\":\"Екінші\"}", "\"7\"").status, 412);
	a = door_api(&door, clerk, M_PATCH, path, "{\"given\":\"Екінші\"}", "\"1\"");
	assert_int_equal(a.status, 200);
	assert_non_null(strstr(a.body.p, "\"version\":2"));
	a = door_api(&door, clerk, M_PATCH, path, "{\"given\":\"Үшінші\"}", "\"1\"");
	assert_int_equal(a.status, 412);
	a = door_api(&door, clerk, M_GET, path, NULL, NULL);
	assert_non_null(strstr(a.body.p, "Екінші"));
}

/* Every refusal names the field and writes nothing. */
static void
test_refusals(void **state)
{
	static const struct {
		const char *collection, *json, *field;
	} bad[] = {
		{ "people", "{\"given\":\"Тексіз\"}", "surname" },
		{ "people", "{\"surname\":\"A\",\"birth_day\":\"2023-02-29\"}", "birth_day" },
		{ "people", "{\"surname\":\"A\",\"birth_day\":20230101}", "birth_day" },
		{ "people", "{\"surname\":\"A\",\"iin\":\"900101100015\"}", "iin" },
		{ "people", "{\"surname\":\"A\",\"iin\":\"890229100016\"}", "iin" },
		{ "people", "{\"surname\":\"A\",\"colour\":\"red\"}", "colour" },
		{ "people", "{\"surname\":\"A\",\"body\":999999}", "body" },
		{ "people", "{\"surname\":\"A\\u0000B\"}", NULL },
		{ "people", "{\"surname\":\"\xff\xfe\"}", NULL },
		{ "people", "{\"surname\":\"A\",\"surname\":\"B\"}", NULL },
		{ "people", "[1]", NULL },
		{ "people", "{", NULL },
		{ "bodies",
		    "{\"code\":\"x1\",\"kind\":\"eca\",\"name\":{\"kk\":\"Сынақ\"},\"bin\":"
		    "\"991240000014\"}",
		    "bin" },
		{ "bodies", "{\"code\":\"x1\",\"kind\":\"eca\",\"name\":{\"ru\":\"Проба\"}}",
		    "name" },
		{ "events",
		    "{\"name\":{\"kk\":\"Сынақ\"},\"kind\":\"concert\",\"body\":\"eca03\",\"first_"
		    "day\":\"2024-11-10\",\"last_day\":\"2024-11-09\"}",
		    "last_day" },
		{ "events",
		    "{\"name\":{\"kk\":\"Сынақ\"},\"kind\":\"concert\",\"body\":\"eca03\",\"first_"
		    "day\":\"2024-11-31\"}",
		    "first_day" },
		{ "events",
		    "{\"name\":{\"kk\":\"Сынақ\"},\"kind\":\"concert\",\"body\":\"eca03\",\"first_"
		    "day\":\"2024-11-10\",\"state\":\"held\"}",
		    "state" },
		{ "events",
		    "{\"name\":{\"kk\":\"Сынақ\"},\"kind\":\"concert\",\"body\":\"eca03\",\"first_"
		    "day\":\"2024-11-10\",\"head_count\":-1}",
		    "head_count" },
		{ "memberships",
		    "{\"person\":1,\"body\":\"eca03\",\"role\":\"member\",\"from_day\":\"2024-05-"
		    "05\",\"to_day\":\"2024-05-01\",\"end_reason\":\"own_wish\"}",
		    "to_day" },
	};
	int64_t people = door_int(&door, "SELECT count(*) FROM person"),
		history = door_int(&door, "SELECT count(*) FROM history");
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(bad); i++) {
		struct answer a = post(clerk, bad[i].collection, bad[i].json);

		if (a.status != 422 ||
		    (bad[i].field != NULL &&
			strstr(a.body.p,
			    arena_printf(&door.arena, "\"field\":\"%s\"", bad[i].field)) == NULL))
			print_error("%s → %d %.400s\n", bad[i].json, a.status, a.body.p);
		assert_int_equal(a.status, 422);
		if (bad[i].field != NULL)
			assert_non_null(strstr(
			    a.body.p, arena_printf(&door.arena, "\"field\":\"%s\"", bad[i].field)));
	}
	assert_int_equal(door_int(&door, "SELECT count(*) FROM person"), people);
	assert_int_equal(door_int(&door, "SELECT count(*) FROM history"), history);
}

static void
test_second_membership(void **state)
{
	int64_t m = door_int(
	    &door, "SELECT min(id) FROM membership WHERE to_day IS NULL AND role = 'member'");
	const char *w = arena_printf(&door.arena, " FROM membership WHERE id = %lld", (long long)m);
	int64_t person = door_int(&door, arena_printf(&door.arena, "SELECT person%s", w));
	int64_t body = door_int(&door, arena_printf(&door.arena, "SELECT body%s", w));
	struct answer a = post(clerk, "memberships",
	    arena_printf(&door.arena,
		"{\"person\":%lld,\"body\":%lld,\"role\":\"member\",\"from_day\":\"2024-11-01\"}",
		(long long)person, (long long)body));

	(void)state;
	assert_true(a.status == 409 || a.status == 422);
}

/* ---- a leader stays inside ---- */

static void
test_scope(void **state)
{
	int64_t mine = door_int(&door, "SELECT id FROM body WHERE code = 'eca03'");
	int64_t other = door_int(&door, "SELECT id FROM body WHERE code = 'eca05'");
	int64_t stranger =
	    door_int(&door, arena_printf(&door.arena,
				"SELECT min(p.id) FROM person p WHERE p.body = %lld AND NOT EXISTS "
				"(SELECT 1 FROM membership m JOIN body b ON b.id = m.body"
				" WHERE m.person = p.id AND (b.id = %lld OR b.parent = %lld))",
				(long long)other, (long long)mine, (long long)mine));
	json_t *l = get(leader, "/api/v1/people?limit=1"),
	       *c = get(clerk, "/api/v1/people?limit=1");
	struct answer a;

	(void)state;
	assert_true(json_integer_value(json_object_get(l, "total")) > 0);
	assert_true(json_integer_value(json_object_get(l, "total")) <
		    json_integer_value(json_object_get(c, "total")) / 4);
	json_decref(l);
	json_decref(c);
	a = door_api(&door, leader, M_GET,
	    arena_printf(&door.arena, "/api/v1/people/%lld", (long long)stranger), NULL, NULL);
	assert_int_equal(a.status, 404);
	a = door_api(&door, leader, M_PATCH,
	    arena_printf(&door.arena, "/api/v1/people/%lld", (long long)stranger),
	    "{\"given\":\"X\"}", "\"1\"");
	assert_int_equal(a.status, 404);
	a = post(leader, "people", "{\"surname\":\"Бөтен\",\"body\":\"eca05\"}");
	assert_true(a.status == 403 || a.status == 404 || a.status == 422);
	a = post(leader, "memberships",
	    arena_printf(&door.arena,
		"{\"person\":%lld,\"body\":\"eca05\",\"role\":\"member\",\"from_day\":\"2024-11-"
		"01\"}",
		(long long)stranger));
	assert_true(a.status == 403 || a.status == 404 || a.status == 422);
	a = post(leader, "events",
	    "{\"name\":{\"kk\":\"Бөтен\"},\"kind\":\"concert\",\"body\":\"eca05\",\"first_day\":"
	    "\"2024-11-30\"}");
	assert_true(a.status == 403 || a.status == 404 || a.status == 422);
	l = get(leader,
	    arena_printf(&door.arena, "/api/v1/memberships?body=%lld&limit=1", (long long)other));
	assert_int_equal(json_integer_value(json_object_get(l, "total")), 0);
	json_decref(l);
	/* The region's value is public, its rows are not: the leader opens his own body's. */
	a = door_api(&door, leader, M_GET, "/api/v1/figures/eca_members/records", NULL, NULL);
	assert_int_equal(a.status, 403);
	l = get(leader, "/api/v1/figures/eca_members/records?body=eca03");
	assert_int_equal(json_array_size(json_object_get(l, "items")), 196);
	json_decref(l);
}

/* Roles without content see no persons by any door. */
static void
test_no_content(void **state)
{
	const int who[] = { admin, auditor, door_role(&door, "member") };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(who); i++) {
		assert_int_equal(
		    door_api(&door, who[i], M_GET, "/api/v1/people", NULL, NULL).status, 403);
		assert_int_equal(
		    door_api(&door, who[i], M_GET, "/api/v1/memberships", NULL, NULL).status, 403);
		assert_int_equal(
		    door_api(&door, who[i], M_GET, "/api/v1/attendances", NULL, NULL).status, 403);
		assert_int_equal(door_api(&door, who[i], M_GET,
				     "/api/v1/figures/eca_members/records", NULL, NULL)
				     .status,
		    403);
	}
}

/* ---- idempotency ---- */

static void
test_verify_clean(void **state)
{
	struct buf out;
	struct ctx cx;
	int64_t d = -1;

	(void)state;
	app_ctx(&door.app, &cx, &door.arena);
	buf_init(&out, &door.arena, 0);
	assert_int_equal(figure_verify(&cx, &out, &d), RC_OK);
	if (d != 0)
		print_error("%s\n", out.p);
	assert_int_equal(d, 0);
	assert_non_null(strstr(out.p, "verify: "));
	db_end(&cx);
}

static int
tamper_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	return tx_run(cx, tx, NULL, arg, NO_VALS);
}

/* What somebody changed behind the program's back is named, each kind of it. */
static void
test_verify_finds(void **state)
{
	static const char *const there[] = {
		"UPDATE figure_sum SET amount = amount + 1 WHERE figure = 'events_total' AND dim = "
		"'' AND day = (SELECT min(day) FROM figure_sum WHERE figure = 'events_total' AND "
		"dim = '')",
		"UPDATE event SET head_count = head_count + 5 WHERE id = (SELECT min(id) FROM "
		"event WHERE head_count IS NOT NULL AND state = 'reported' AND NOT EXISTS (SELECT "
		"1 FROM attendance a WHERE a.event = event.id))",
		"UPDATE membership SET from_day = 20241201 WHERE id = (SELECT min(m.id) FROM "
		"membership m JOIN body b ON b.id = m.body WHERE m.role = 'member' AND m.to_day IS "
		"NULL AND b.code = 'eca05')",
		"INSERT INTO file (version, created_at, changed_at, sha256, size, media, name, "
		"type, withdrawn, sort_kk, sort_ru, sort_en, fold_key) VALUES (1, 1, 1, "
		"'00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff', 3, "
		"'image/png', 'x', 'photo', 0, '', '', '', '')",
	};
	struct buf out;
	struct ctx cx;
	int64_t before = 0, d;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(there); i++) {
		app_ctx(&door.app, &cx, &door.arena);
		assert_int_equal(db_write(&cx, tamper_fn, (void *)(uintptr_t)there[i]), RC_OK);
		buf_init(&out, &door.arena, 0);
		assert_int_equal(figure_verify(&cx, &out, &d), RC_OK);
		if (d <= before)
			print_error("not found: %s\n%s\n", there[i], out.p);
		assert_true(d > before);
		before = d;
		db_end(&cx);
	}
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_demo_figures), cmocka_unit_test(test_records),
		cmocka_unit_test(test_csv), cmocka_unit_test(test_statement),
		cmocka_unit_test(test_no_token), cmocka_unit_test(test_create_and_change),
		cmocka_unit_test(test_refusals), cmocka_unit_test(test_second_membership),
		cmocka_unit_test(test_scope), cmocka_unit_test(test_no_content),
		cmocka_unit_test(test_verify_clean),
		cmocka_unit_test(test_verify_finds), /* last: it leaves damage */
	};

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!door_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, setup, teardown);
}
