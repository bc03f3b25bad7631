/* people_test.c – two records of one person through the doors: asked while entering, the queue, side by
 * side, joined and taken back; letters above lists; what everybody may know of an event that was called
 * off. On both engines. */
#include "door_words.h"

#include <stdio.h>
#include <string.h>

static int clerk, leader, guest;

static int
setup(void **state)
{
	(void)state;
	door_open(&door, engine);
	guest = 0;
	leader = door_role(&door, "leader");
	clerk = door_role(&door, "clerk");
	return 0;
}

static int64_t
newest(void)
{
	return door_int(&door, "SELECT max(id) FROM person");
}

static int64_t
version_of(int64_t id)
{
	return door_int(&door, with_ids("SELECT version FROM person WHERE id = #", id, 0));
}

/* Entered twice: asked, saved with the tick only, and in the queue at once after the job. */
static void
test_entering(void **state)
{
	static const char again[] =
	    "surname=Seiitova&given=Gulnar&birth_day=05.03.1981&phone=8+705+123+45+67";
	struct answer a;
	int64_t first, n;

	(void)state;
	a = post(clerk, "/kk/people/new",
	    "surname=%D0%A1%D0%B5%D0%B9%D1%96%D1%82%D0%BE%D0%B2%D0%B0&given=%D0%93%D2%AF%D0%BB%D0%"
	    "BD%D0%B0%D1%80"
	    "&birth_day=05.03.1981&phone=%2B7+705+123+45+67");
	assert_int_equal(a.status, 303);
	first = newest();
	a = post(clerk, "/kk/people/new", again);
	assert_int_equal(a.status, 409);
	HAS(a, with_ids("/kk/people/#'", first, 0));
	HAS(a, "name='_other' value='1' required");
	HAS(a, "05.03.1981");
	assert_int_equal(newest(), first);
	a = post(
	    leader, "/kk/people/new", again); /* who may not see the other is not told of him */
	assert_int_equal(a.status, 303);
	n = newest();
	a = post(clerk, "/kk/people/new", arena_printf(&door.arena, "%s&_other=1", again));
	assert_int_equal(a.status, 303);
	assert_int_equal(newest(), n + 1);
	assert_int_equal(jobs_once(&door.app), RC_OK);
	a = page(clerk, "/en/people/duplicates");
	assert_int_equal(a.status, 200);
	HAS(a, with_ids("/en/people/#/merge/#", first, n + 1));
	HAS(a, "the same telephone");
	a = page(leader, "/en/people/duplicates");
	assert_int_equal(a.status, 403);
	/* Two people after all; and asked again. */
	a = post(clerk, with_ids("/en/people/#/distinct/#", first, n + 1), "x=1");
	assert_int_equal(a.status, 303);
	a = page(clerk, "/en/people/duplicates");
	HAS_NOT(a, with_ids("/en/people/#/merge/#", first, n + 1));
	a = page(clerk, "/en/people/duplicates?decided=1");
	HAS(a, with_ids("/en/people/#/distinct/#/undo", first, n + 1));
	a = post(clerk, with_ids("/en/people/#/distinct/#/undo", first, n + 1), "x=1");
	assert_int_equal(a.status, 303);
	a = page(clerk, "/en/people/duplicates");
	HAS(a, with_ids("/en/people/#/merge/#", first, n + 1));
	assert_int_equal(page(clerk, "/en/people/duplicates?after=1.2").status, 422);
}

static void
test_joining(void **state)
{
	int64_t stays = door_int(&door, "SELECT min(person) FROM membership"),
		leaves =
		    door_int(&door, with_ids("SELECT min(a.person) FROM attendance a JOIN person "
					     "p ON p.id = a.person WHERE a.withdrawn "
					     "= 0 AND p.iin IS NULL AND a.person > #",
					stays, 0)),
		attended = door_int(
		    &door, with_ids("SELECT count(*) FROM attendance WHERE person = #", leaves, 0)),
		differences;
	const char *at = with_ids("/en/people/#/merge/#", stays, leaves), *body;
	struct answer a = page(clerk, at);
	struct ctx cx;
	struct buf out;

	(void)state;
	assert_int_equal(a.status, 200);
	HAS(a, with_ids("name='version_#' value='#'", stays, version_of(stays)));
	HAS(a, with_ids("name='take_surname' value='#'", leaves, 0));
	assert_int_equal(post(clerk, at, "x=1").status, 422);
	/* Seen before somebody changed one of them: both as they are now, nothing joined. */
	body = arena_printf(&door.arena,
	    "stays=%lld&version_%lld=%lld&version_%lld=%lld&take_surname=%lld", (long long)stays,
	    (long long)stays, (long long)version_of(stays) + 1, (long long)leaves,
	    (long long)version_of(leaves), (long long)leaves);
	a = post(clerk, at, body);
	assert_int_equal(a.status, 412);
	HAS(a, with_ids("name='version_#' value='#'", stays, version_of(stays)));
	body = arena_printf(&door.arena,
	    "stays=%lld&version_%lld=%lld&version_%lld=%lld&take_surname=%lld", (long long)stays,
	    (long long)stays, (long long)version_of(stays), (long long)leaves,
	    (long long)version_of(leaves), (long long)leaves);
	a = post(clerk, at, body);
	assert_int_equal(a.status, 303);
	assert_int_equal(
	    door_int(&door,
		with_ids("SELECT count(*) FROM attendance WHERE person = # AND withdrawn = 0",
		    leaves, 0)),
	    0);
	/* Its page leads on, its record says where it went, lists know nothing of it. */
	a = page(clerk, with_ids("/en/people/#", leaves, 0));
	assert_int_equal(a.status, 303);
	assert_string_equal(a.location, with_ids("/en/people/#", stays, 0));
	a = door_api(&door, clerk, M_GET, with_ids("/api/v1/people/#", leaves, 0), NULL, NULL);
	assert_int_equal(a.status, 200);
	HAS(a, with_ids("\"merged_into\":#", stays, 0));
	a = door_api(&door, clerk, M_GET, with_ids("/api/v1/people?id=#", leaves, 0), NULL, NULL);
	HAS(a, "\"total\":0");
	a = door_api(&door, clerk, M_PATCH, with_ids("/api/v1/people/#", leaves, 0),
	    "{\"note\":\"x\"}", with_ids("\"#\"", version_of(leaves), 0));
	assert_int_equal(a.status, 409);
	a = page(clerk, with_ids("/en/people/#", stays, 0));
	HAS(a, with_ids("/en/people/#/unmerge", leaves, 0));
	assert_int_equal(page(clerk, with_ids("/en/people/#/edit", leaves, 0)).status, 409);
	app_ctx(&door.app, &cx, &door.arena);
	buf_init(&out, &door.arena, 0);
	assert_int_equal(figure_verify(&cx, &out, &differences), RC_OK);
	assert_int_equal(differences, 0);
	db_end(&cx);
	assert_int_equal(
	    post(leader, with_ids("/en/people/#/unmerge", leaves, 0), "x=1").status, 403);
	a = post(clerk, with_ids("/en/people/#/unmerge", leaves, 0), "x=1");
	assert_int_equal(a.status, 303);
	assert_int_equal(page(clerk, with_ids("/en/people/#", leaves, 0)).status, 200);
	assert_int_equal(
	    door_int(
		&door, with_ids("SELECT count(*) FROM attendance WHERE person = #", leaves, 0)),
	    attended);
	app_ctx(&door.app, &cx, &door.arena);
	assert_int_equal(figure_verify(&cx, &out, &differences), RC_OK);
	assert_int_equal(differences, 0);
	db_end(&cx);
}

/* The same letter narrows the page, its export and the API alike, beside the other filters. */
static void
test_letters(void **state)
{
	int64_t n = door_int(&door, "SELECT count(*) FROM person WHERE merged_into IS NULL AND sex "
				    "= 'f' AND sort_kk LIKE '1d%'");
	struct answer a = page(clerk, "/kk/people?sex=f&letter=%D0%9A"); /* К */

	(void)state;
	assert_true(n > 0);
	assert_int_equal(a.status, 200);
	HAS(a, "<nav class='abc noprint'");
	HAS(a, "sex=f&amp;letter=%D0%90");
	a = door_api(&door, clerk, M_GET, "/api/v1/people?sex=f&letter=%D0%9A", NULL, NULL);
	HAS(a, with_ids("\"total\":#", n, 0));
	a = page(clerk, "/kk/people?sex=f&letter=%D0%9A&format=csv");
	assert_int_equal(a.status, 200);
	{
		int64_t lines = 0;
		size_t i;

		for (i = 0; i < a.body.n; i++)
			lines += a.body.p[i] == '\n';
		assert_int_equal(lines, n + 1);
	}
	assert_int_equal(page(clerk, "/kk/people?letter=%D0%9A%D0%9A").status, 422);
	a = door_api(&door, clerk, M_GET, "/api/v1/people?letter=x%20", NULL, NULL);
	assert_int_equal(a.status, 422);
	a = door_api(&door, clerk, M_GET, "/api/v1/memberships?letter=A", NULL, NULL);
	assert_int_equal(a.status, 422); /* no title of its own */
	a = page(guest, "/ru/bodies?view=list&letter=%D0%90");
	assert_int_equal(a.status, 200);
	HAS(a, "<nav class='abc noprint'");
	a = page(guest, "/api/v1/openapi.json");
	HAS(a, "\"letter\"");
}

/* Why it was called off is told to all where it is one of the reasons offered; and what takes its place. */
static void
test_called_off(void **state)
{
	int64_t id = door_int(&door, "SELECT min(id) FROM event WHERE state = 'postponed'"),
		body = door_int(&door, with_ids("SELECT body FROM event WHERE id = #", id, 0)),
		next;
	struct answer a;

	(void)state;
	a = door_api(&door, clerk, M_POST, "/api/v1/events",
	    with_ids("{\"name\":{\"kk\":\"Орнына өтетін "
		     "жиын\"},\"kind\":\"concert\",\"body\":#,\"first_day\":"
		     "\"2024-12-20\"}",
		body, 0),
	    NULL);
	assert_int_equal(a.status, 201);
	next = door_int(&door, "SELECT max(id) FROM event");
	a = page(clerk, with_ids("/en/events/#", id, 0));
	HAS(a, with_ids("<option value='#'", next, 0));
	a = post(clerk, with_ids("/en/events/#/moved", id, 0),
	    with_ids("moved_to=#&_version=#", id,
		door_int(&door, with_ids("SELECT version FROM event WHERE id = #", id, 0))));
	assert_int_equal(a.status, 422);
	a = post(clerk, with_ids("/en/events/#/moved", id, 0),
	    with_ids("moved_to=#&_version=#", next, 999));
	assert_int_equal(a.status, 409);
	a = post(clerk, with_ids("/en/events/#/moved", id, 0),
	    with_ids("moved_to=#&_version=#", next,
		door_int(&door, with_ids("SELECT version FROM event WHERE id = #", id, 0))));
	assert_int_equal(a.status, 303);
	assert_int_equal(
	    door_int(&door, with_ids("SELECT moved_to FROM event WHERE id = #", id, 0)), next);
	a = door_api(
	    &door, clerk, M_POST, with_ids("/api/v1/events/#/approve", next, 0), "{}", "\"1\"");
	assert_int_equal(a.status, 200);
	a = page(guest, with_ids("/en/events/#", id, 0));
	HAS(a, with_ids("/en/events/#'", next, 0));
	/* A reason of the list, and one in own words. */
	a = post(clerk, with_ids("/en/events/#/move/cancel", next, 0), "reason=weather&_version=2");
	assert_int_equal(a.status, 303);
	a = page(guest, with_ids("/en/events/#", next, 0));
	HAS(a, "Reason: weather");
	a = post(clerk, with_ids("/en/events/#/move/plan", next, 0), "reason=mistake&_version=3");
	assert_int_equal(a.status, 303);
	a = post(
	    clerk, with_ids("/en/events/#/move/cancel", next, 0), "words=only+for+us&_version=4");
	assert_int_equal(a.status, 303);
	a = page(guest, with_ids("/en/events/#", next, 0));
	assert_int_equal(a.status, 200);
	HAS_NOT(a, "only for us");
	a = page(clerk, with_ids("/en/events/#", next, 0));
	HAS(a, "only for us");
}

/* RULE figure-10: a district is asked with all beneath it, for events as for memberships. */
static void
test_districts(void **state)
{
	int64_t city = door_int(&door, "SELECT id FROM district WHERE code = '151000000'"), n;
	struct answer a;

	(void)state;
	n = door_int(&door,
	    with_ids(
		"SELECT count(*) FROM event e JOIN event_kind k ON k.id = e.kind JOIN district d "
		"ON d.id = "
		"e.district WHERE e.state IN ('held', 'reported') AND e.merged_into IS NULL AND "
		"k.counted = 1 "
		"AND e.first_day BETWEEN 20240101 AND 20241115 AND (d.id = # OR d.parent = #)",
		city, city));
	a = door_api(
	    &door, clerk, M_GET, "/api/v1/figures/events_total?district=151000000", NULL, NULL);
	assert_int_equal(a.status, 200);
	HAS(a, with_ids("\"value\":#", n, 0));
	assert_true(
	    n >
	    door_int(&door,
		with_ids("SELECT count(*) FROM event e JOIN event_kind k ON k.id = e.kind WHERE "
			 "e.state IN ('held', 'reported') AND e.merged_into IS NULL AND k.counted "
			 "= 1 AND e.first_day BETWEEN "
			 "20240101 AND 20241115 AND e.district = #",
		    city, 0)));
	a = door_api(
	    &door, clerk, M_GET, "/api/v1/figures/events_total?district=150000000", NULL, NULL);
	HAS(a, "\"value\":497");
}

/* RULE rights-1, rights-6, rights-7 through the doors. */
static void
test_person_rights(void **state)
{
	int head = door_role(&door, "head"), auditor = door_role(&door, "auditor");
	int64_t who = door_int(&door, "SELECT max(p.id) FROM person p WHERE p.merged_into IS NULL "
				      "AND EXISTS (SELECT 1 FROM"
				      " attendance a WHERE a.person = p.id)"),
		came = door_int(
		    &door, with_ids("SELECT count(*) FROM attendance WHERE person = #", who, 0));
	const char *rights = with_ids("/en/people/#/rights", who, 0),
		   *erase = with_ids("/en/people/#/erase", who, 0);
	struct answer a;

	(void)state;
	a = page(head, rights);
	HAS(a, "No consent is on record");
	HAS(a, erase);
	a = page(clerk, rights);
	assert_int_equal(a.status, 200);
	HAS_NOT(a, erase);
	a = post(clerk, with_ids("/en/people/#/consents/new", who, 0),
	    "purpose=photo&text=I+agree&text_version=1&given_on=01.02.2024&given_by=parent");
	assert_int_equal(a.status, 422);
	HAS(a, "Who consented for the person is needed.");
	a = post(clerk, with_ids("/en/people/#/consents/new", who, 0),
	    "purpose=photo&text=I+agree&text_version=1&given_on=01.02.2024&given_by=self");
	assert_int_equal(a.status, 303);
	a = page(head, with_ids("/en/people/#/file", who, 0));
	HAS(a, "I agree");
	a = page(auditor, "/en/rights/reads");
	HAS(a, with_ids("№ #", who, 0));
	a = post(head, with_ids("/en/people/#/restrict", who, 0), "");
	assert_int_equal(a.status, 303);
	a = page(clerk, with_ids("/en/people/#", who, 0));
	assert_int_equal(a.status, 404);
	a = door_api(&door, clerk, M_GET, with_ids("/api/v1/people/#", who, 0), NULL, NULL);
	assert_int_equal(a.status, 404);
	a = post(head, erase, with_ids("ground=request&confirm=#", who + 1, 0));
	assert_int_equal(a.status, 422);
	HAS(a, "Nothing was erased");
	a = post(head, erase, "ground=whim&confirm=1");
	assert_int_equal(a.status, 422);
	assert_int_equal(door_int(&door, "SELECT count(*) FROM erasure"), 0);
	a = post(head, erase, with_ids("ground=request&document=No+7&confirm=#", who, 0));
	assert_int_equal(a.status, 303);
	a = page(head, "/en/rights");
	HAS(a, with_ids("№ #", who, 0));
	HAS(a, "No 7");
	assert_int_equal(
	    door_int(&door, "SELECT count(*) FROM attendance WHERE person IS NULL AND guest IS "
			    "NULL"),
	    came);
	a = page(head, with_ids("/en/people/#", who, 0));
	HAS(a, "only the number is left");
	a = page(head, rights);
	assert_int_equal(a.status, 409);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_letters),
		cmocka_unit_test(test_districts), cmocka_unit_test(test_entering),
		cmocka_unit_test(test_joining), cmocka_unit_test(test_called_off),
		cmocka_unit_test(test_person_rights) };

	return door_tests(tests, ARRAY_LEN(tests), argc, argv, setup);
}
