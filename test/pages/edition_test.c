/* edition_test.c – editions and the second clock through the doors: a report frozen, records changed, the
 * named differences, signing, who sees what, figures and lists as known then, and verify against a
 * hand that changes what was frozen. On both engines. */
#include "door_words.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "figure/report.h"
#include "mod/office/office.h"

static int clerk, head, auditor, leader, guest;
static struct ctx cx;
#define ID(format, id) with_ids((format), (id), 0)

static int
setup(void **state)
{
	(void)state;
	door_open(&door, engine);
	guest = 0;
	clerk = door_role(&door, "clerk");
	head = door_role(&door, "head");
	auditor = door_role(&door, "auditor");
	leader = door_role(&door, "leader");
	return 0;
}

/* Whatever is recorded next belongs to a later second. */
static void
next_second(void)
{
	int64_t second = clock_now() / US_PER_SECOND;

	while (clock_now() / US_PER_SECOND == second)
		usleep(20000);
}

static struct answer
api(const char *path)
{
	return door_api(&door, clerk, M_GET, path, NULL, NULL);
}

/* An event entered late, one that moved to another district, one with another count. */
static int64_t late, moved, counted;
static void
three_changes(void)
{
	static const char *const steps[] = { "approve", "hold", "report" };
	struct answer a = door_api(&door, clerk, M_POST, "/api/v1/events",
	    "{\"name\":{\"kk\":\"Кеш тіркелген кеш\"},\"kind\":\"concert\",\"body\":2,"
	    "\"first_day\":\"2024-10-20\",\"head_count\":25}",
	    NULL);
	size_t i;

	assert_int_equal(a.status, 201);
	late = door_int(&door, "SELECT max(id) FROM event");
	for (i = 0; i < ARRAY_LEN(steps); i++) {
		const char *match = ID("\"#\"", (int64_t)i + 1);

		a = door_api(&door, clerk, M_POST,
		    arena_printf(&door.arena, "%s/%s", ID("/api/v1/events/#", late), steps[i]), "",
		    match);
		assert_int_equal(a.status, 200);
	}
	moved = door_int(&door,
	    "SELECT max(id) FROM event WHERE state = 'reported' AND district = 2 AND head_count IS "
	    "NULL AND declared_count IS NULL");
	counted = door_int(&door,
	    "SELECT min(e.id) FROM event e LEFT JOIN event_tally t ON t.event = e.id WHERE e.state "
	    "= "
	    "'reported' AND e.merged_into IS NULL AND e.head_count > 0 AND coalesce(t.scanned + "
	    "t.listed, 0) = 0 AND e.first_day BETWEEN 20240101 AND 20241115");
	a = door_api(&door, clerk, M_PATCH, ID("/api/v1/events/#", moved), "{\"district\":3}",
	    ID("\"#\"", door_int(&door, ID("SELECT version FROM event WHERE id = #", moved))));
	assert_int_equal(a.status, 200);
	a = door_api(&door, clerk, M_PATCH, ID("/api/v1/events/#", counted),
	    "{\"head_count\":1007}",
	    ID("\"#\"", door_int(&door, ID("SELECT version FROM event WHERE id = #", counted))));
	assert_int_equal(a.status, 200);
}

static const char *frozen_at;

static void
test_freezing(void **state)
{
	struct answer a;
	int64_t at;
	char text[32];

	(void)state;
	a = page(guest, "/kk/editions");
	assert_int_equal(a.status, 200);
	HAS_NOT(a, "name='from'");
	assert_int_equal(post(auditor, "/kk/editions", "from=&to=&name=").status, 403);
	a = post(clerk, "/kk/editions", "from=31.02.2024&to=15.11.2024&name=");
	assert_int_equal(a.status, 422);
	HAS(a, "31.02.2024");
	next_second();
	a = post(clerk, "/kk/editions", "from=01.01.2024&to=15.11.2024&name=");
	assert_int_equal(a.status, 303);
	assert_non_null(strstr(a.location, "/editions/1"));
	at = door_int(&door, "SELECT known_at FROM edition WHERE number = 1");
	moment_rfc3339(at, text);
	frozen_at = arena_str(&door.arena, text);
	a = page(clerk, "/kk/editions/1");
	HAS(a, ">497<");
	assert_int_equal(page(guest, "/kk/editions/1").status, 404); /* not signed yet */
	a = page(clerk, "/en/editions/1/compare");
	HAS(a, "Nothing moved");
	next_second();
}

static void
test_differences(void **state)
{
	struct answer a;

	(void)state;
	three_changes();
	a = page(clerk, "/en/editions/1/compare");
	assert_int_equal(a.status, 200);
	HAS(a, "497 → 498");
	HAS(a, "reported late – 1");
	HAS(a, "Кеш тіркелген кеш");
	HAS(a, ID("/en/events/#'", moved));
	HAS(a, "changed: District");
	HAS(a, ID("/en/events/#'", counted));
	HAS(a, "007 (changed: Head count)");
	/* Values for all who work here, names for those to whom history is open. */
	a = page(auditor, "/en/editions/1/compare");
	HAS(a, "497 → 498");
	HAS_NOT(a, "Кеш тіркелген кеш");
	a = post(head, "/kk/editions", "from=01.01.2024&to=15.11.2024&name=Q");
	assert_int_equal(a.status, 303);
	a = page(clerk, "/en/editions/1/compare?with=2");
	HAS(a, "497 → 498");
	HAS(a, "reported late – 1");
	a = page(clerk, "/en/editions/2/compare?with=1");
	HAS(a, "498 → 497");
	a = page(clerk, "/en/editions/2/compare");
	HAS(a, "Nothing moved");
	assert_int_equal(page(clerk, "/en/editions/1/compare?with=9").status, 404);
}

/* The figures as known when it was frozen are the edition's own: those that everybody may see. */
static void
test_as_known(void **state)
{
	struct answer a, then;
	const char *known = arena_printf(&door.arena, "known=%s", frozen_at), *text;
	struct edition e;
	struct arena arena;

	(void)state;
	a = door_api(&door, door_role(&door, "member"), M_GET,
	    arena_printf(&door.arena, "/api/v1/figures?period=2024-01-01..2024-11-15&%s", known),
	    NULL, NULL);
	assert_int_equal(a.status, 200);
	assert_null(strstr(a.body.p, "plan_items"));
	arena_init(&arena);
	app_ctx(&door.app, &cx, &arena);
	assert_int_equal(edition_get(&cx, 1, &e), RC_OK);
	assert_int_equal(edition_text(&cx, &e, &text), RC_OK);
	assert_non_null(strstr(text, arena_strn(&door.arena, a.body.p + 1, a.body.n - 4)));
	db_end(&cx);
	arena_done(&arena);

	a = api("/api/v1/figures/events_total");
	then = api(arena_printf(&door.arena, "/api/v1/figures/events_total?%s", known));
	HAS(a, "\"value\":498");
	HAS(then, "\"value\":497");
	/* Lists, with their filters, exports and rights. */
	then = api(arena_printf(&door.arena, "/api/v1/events?id=%lld&%s", (long long)moved, known));
	HAS(then, "\"district\":2");
	a = api(arena_printf(&door.arena, "/api/v1/events?id=%lld", (long long)moved));
	HAS(a, "\"district\":3");
	then = api(arena_printf(&door.arena, "/api/v1/events?id=%lld&%s", (long long)late, known));
	HAS_NOT(then, "Кеш тіркелген");
	a = page(clerk,
	    arena_printf(&door.arena, "/en/events?district=3&id=%lld&%s", (long long)moved, known));
	assert_int_equal(a.status, 200);
	HAS(a, "As known at");
	a = page(guest, arena_printf(&door.arena, "/en/people?%s", known));
	assert_int_not_equal(a.status, 200);
	a = page(guest, arena_printf(&door.arena, "/en/figures/events_total?%s", known));
	HAS(a, ">497<");
	HAS(a, "As known now: 498");
	HAS_NOT(a, "format=csv");
	a = door_api(&door, auditor, M_GET, arena_printf(&door.arena, "/api/v1/events?%s", known),
	    NULL, NULL);
	assert_int_equal(a.status, 403);
	/* What one body's leader sees is decided by today. */
	a = door_api(&door, leader, M_GET, arena_printf(&door.arena, "/api/v1/people?%s", known),
	    NULL, NULL);
	assert_int_equal(a.status, 403);
	/* People, whose birth day lies sealed in history. */
	a = api(arena_printf(&door.arena, "/api/v1/people?limit=3&%s", known));
	assert_int_equal(a.status, 200);
	then = api("/api/v1/people?limit=3");
	assert_string_equal(a.body.p, then.body.p);
	assert_int_equal(
	    api("/api/v1/figures/events_total?known=2099-01-01T00:00:00Z").status, 422);
	assert_int_equal(api("/api/v1/figures/events_total?known=never").status, 422);
}

static void
test_signing(void **state)
{
	const char *version;
	struct answer a;

	(void)state;
	version = ID("_version=#", door_int(&door, "SELECT version FROM edition WHERE id = 1"));
	assert_int_equal(
	    post(clerk, "/kk/editions/1/sign", arena_printf(&door.arena, "%s&signer=x", version))
		.status,
	    403);
	a = post(head, "/kk/editions/1/sign", arena_printf(&door.arena, "%s&signer=", version));
	assert_int_equal(a.status, 422);
	a = post(head, "/kk/editions/1/sign",
	    arena_printf(&door.arena,
		"%s&signer=Хатшылық+меңгерушісі&document=12-3/45&document_day=", version));
	assert_int_equal(a.status, 303);
	a = post(head, "/kk/editions/1/sign",
	    arena_printf(&door.arena, "%s&signer=Хатшылық+меңгерушісі", version));
	assert_int_equal(a.status, 409);
	a = page(guest, "/kk/editions/1");
	assert_int_equal(a.status, 200);
	HAS(a, "12-3/45");
	HAS(a, ">497<");
	assert_int_equal(page(guest, "/kk/editions/1/text").status, 200);
	assert_int_equal(page(guest, "/kk/editions/2").status, 404);
	a = post(head, "/kk/editions/2/withdraw", "_version=1&reason=");
	assert_int_equal(a.status, 422);
	a = post(head, "/kk/editions/2/withdraw", "_version=1&reason=%D2%9A%D0%B0%D1%82%D0%B5");
	assert_int_equal(a.status, 303);
	a = page(guest, "/kk/editions/2");
	HAS(a, "Қате");
}

static int64_t
differences(const char *want)
{
	struct arena arena;
	struct buf out;
	int64_t n;

	arena_init(&arena);
	app_ctx(&door.app, &cx, &arena);
	buf_init(&out, &arena, 0);
	assert_int_equal(figure_verify(&cx, &out, &n), RC_OK);
	if (want == NULL ? n != 0 : strstr(out.p, want) == NULL) {
		print_error("«%s» in:\n%s", want == NULL ? "0 differences" : want, out.p);
		_fail(__FILE__, __LINE__);
	}
	db_end(&cx);
	arena_done(&arena);
	return n;
}

/* door_int() reads; a hand in the database needs a write. */
static int
hand_fn(struct ctx *c, struct tx *tx, void *arg)
{
	return tx_run(c, tx, NULL, arg, NO_VALS);
}

static void
hand(const char *text)
{
	struct arena arena;

	arena_init(&arena);
	app_ctx(&door.app, &cx, &arena);
	assert_int_equal(db_write(&cx, hand_fn, (void *)(uintptr_t)text), RC_OK);
	db_end(&cx);
	arena_done(&arena);
}

static void
test_forged(void **state)
{
	(void)state;
	assert_int_equal(differences(NULL), 0);
	hand("UPDATE edition_text SET content = content || ' ' WHERE edition = 1");
	assert_true(differences("edition 1: its text has another digest") > 0);
	hand("UPDATE edition_text SET content = substr(content, 1, length(content) - 1) WHERE "
	     "edition = 1");
	assert_int_equal(differences(NULL), 0);
	hand(
	    "DELETE FROM edition_record WHERE edition = 1 AND figure = 'events_total' AND rec ="
	    " (SELECT min(rec) FROM edition_record WHERE edition = 1 AND figure = 'events_total')");
	assert_int_equal(
	    differences("edition 1: the records kept are not those of events_total"), 1);
	hand(
	    "UPDATE figure_past SET amount = amount + 1 WHERE figure = 'events_total' AND dim = '' "
	    "AND grain = 2 AND bucket = (SELECT max(bucket) FROM figure_past WHERE figure = "
	    "'events_total' AND dim = '' AND grain = 2)");
	differences("past of cell events_total");
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_freezing),
		cmocka_unit_test(test_differences), cmocka_unit_test(test_as_known),
		cmocka_unit_test(test_signing), cmocka_unit_test(test_forged) };

	return door_tests(tests, ARRAY_LEN(tests), argc, argv, setup);
}
