/* media_test.c – the register of media through the doors: a link pasted, one page once, what everybody sees on an event's
 * page, press at an event and its list for the door, what stayed silent with each number's list; who gets in where. */
#include "door_words.h"

#include <stdlib.h>

#define SAYS(call, text)                    \
	do {                                \
		struct answer got = (call); \
		HAS(got, text);             \
	} while (0)
#define SAYS_NOT(call, text)                \
	do {                                \
		struct answer got = (call); \
		HAS_NOT(got, text);         \
	} while (0)

static int clerk, leader, guest, member, auditor;

static int
setup(void **state)
{
	(void)state;
	door_open(&door, engine);
	guest = 0;
	leader = door_role(&door, "leader");
	clerk = door_role(&door, "clerk");
	member = door_role(&door, "member");
	auditor = door_role(&door, "auditor");
	return 0;
}

static int64_t
covered(void)
{
	return door_int(&door, "SELECT min(event) FROM publication WHERE link IS NOT NULL");
}

static void
test_doors(void **state)
{
	const char *event = with_ids("/en/events/#", covered(), 0);
	struct answer a = page(guest, event);

	(void)state;
	HAS(a, "In the press");
	HAS(a, ".example/");
	HAS_NOT(a, "/media/");
	HAS_NOT(a, "Press at the event");
	a = page(clerk, event);
	HAS(a, "/en/media/publications/");
	HAS(a, "Press at the event");
	assert_int_equal(page(member, "/en/media").status, 403);
	assert_int_equal(page(auditor, "/en/media").status, 403);
	assert_int_equal(page(member, "/en/media/publications/1").status, 403);
	assert_int_equal(
	    door_api(&door, member, M_GET, "/api/v1/publications", NULL, NULL).status, 403);
	assert_int_equal(door_api(&door, member, M_GET, "/api/v1/outlets", NULL, NULL).status, 403);
	a = page(leader, "/en/media");
	assert_int_equal(a.status, 200);
	HAS(a, "60 records");
	SAYS_NOT(page(leader, "/en/media/outlets"), "Add an outlet");
	assert_int_equal(page(leader, "/en/media/outlets/new").status, 403);
	a = page(guest, "/en/figures/media_publications");
	assert_int_equal(a.status, 200);
	HAS(a, "53");
	/* A leader sees the number that everybody sees; the records of the own body alone. */
	a = page(leader, "/en/figures/media_publications");
	assert_int_equal(a.status, 200);
	HAS(a, "53");
	HAS(a, "You may open the records of your own body only; choose it.");
	assert_int_equal(page(leader, "/en/figures/media_publications?format=csv").status, 403);
	SAYS(page(clerk, "/en/media?lang=ru&tone=critical"), "records");
}

static void
test_pasting(void **state)
{
	struct answer a;
	int64_t n;

	(void)state;
	SAYS(page(clerk, "/en/media/new"), "Link of the publication");
	a = page(clerk, "/en/media/new?link=javascript:alert(1)");
	assert_int_equal(a.status, 422);
	HAS(a, "This is not an address of a public page");
	assert_int_equal(page(clerk, "/en/media/new?link=http://a.example:8080/").status, 422);
	a = page(
	    clerk, "/en/media/new?link=http%3A%2F%2Fm.sholu.example%2Fnew%2F%3Futm_source%3Dx");
	assert_int_equal(a.status, 200);
	HAS(a, "selected>sholu.example");
	n = door_int(&door, "SELECT count(*) FROM publication");
	a = post(clerk, "/en/media/new",
	    with_ids(
		"title=%3Cscript%3Ealert(1)%3C%2Fscript%3E&outlet=#&lang=kk&day=14.11.2024&link="
		"https%3A%2F%2Fsholu.example%2Fnew%2F&event=#",
		door_int(&door, "SELECT id FROM outlet WHERE host = 'sholu.example'"), covered()));
	assert_int_equal(a.status, 303);
	assert_int_equal(door_int(&door, "SELECT count(*) FROM publication"), n + 1);
	a = page(guest, with_ids("/en/events/#", covered(), 0));
	HAS(a, "&lt;script&gt;alert(1)");
	HAS_NOT(a, "<script>alert");
	a = page(clerk, "/en/media/new?link=https%3A%2F%2Fwww.sholu.example%2Fnew%3Ffbclid%3D1");
	HAS(a, "This page is entered already");
	a = post(clerk, "/en/media/new",
	    with_ids(
		"title=x&outlet=#&lang=kk&day=14.11.2024&link=http%3A%2F%2Fsholu.example%2Fnew",
		door_int(&door, "SELECT id FROM outlet WHERE host = 'sholu.example'"), 0));
	assert_int_equal(a.status, 422);
	HAS(a, "This page is entered already");
	HAS(a, "value='x'");		       /* what was typed is kept */
	HAS(a, "1 place has to be put right"); /* said once, where the link stands */
	assert_int_equal(door_int(&door, "SELECT count(*) FROM publication"), n + 1);
}

/* A leader enters what is about the own body; what stands on the page of another's event is not his to say. */
static void
test_leader(void **state)
{
	int64_t own = door_int(&door,
	    "SELECT r.body FROM account_role r JOIN account a ON a.id = r.account WHERE a.login = "
	    "'leader'");
	const char *form =
	    arena_printf(&door.arena, "title=x&outlet=%lld&lang=kk&day=14.11.2024&body=%lld&event=",
		(long long)door_int(&door, "SELECT min(id) FROM outlet"), (long long)own);
	struct answer a = post(leader, "/en/media/new",
	    arena_printf(&door.arena, "%s%lld", form,
		(long long)door_int(&door,
		    "SELECT min(e.id) FROM event e JOIN body b ON b.id = e.body WHERE e.state = "
		    "'reported' AND b.code = 'youth'")));

	(void)state;
	assert_int_equal(a.status, 422);
	HAS(a, "1 place has to be put right");
	HAS(a, "This event is another body&#39;s");
	HAS_NOT(a, "you may change only");
	assert_int_equal(post(leader, "/en/media/new", form).status, 303);
}

/* The number on the page and that above its list are one. tail: of the address behind the days. */
static int
same_number(int who, const char *path, const char *tail)
{
	struct answer a = page(who, "/en/media/coverage?from=2024-07-01&to=2024-09-30"),
		      list =
			  page(who, arena_printf(&door.arena, "%s?from=2024-07-01&to=2024-09-30%s",
					path, *tail == '\0' ? "" : "&all=1"));
	const char *at = strstr(
		       a.body.p, arena_printf(&door.arena,
				     "href='%s?from=2024-07-01&amp;to=2024-09-30%s'", path, tail)),
		   *number;

	assert_non_null(at);
	number = strchr(at, '>') + 1;
	number += strcspn(number, "0123456789");
	number = arena_strn(&door.arena, number, strspn(number, "0123456789"));
	assert_true(*number > '0');
	HAS(list, arena_printf(&door.arena, ">%s records", number));
	return (int)strtol(number, NULL, 10);
}

static void
test_silent(void **state)
{
	int who[] = { clerk, leader }, i, all;

	(void)state;
	for (i = 0; i < 2; i++) {
		same_number(who[i], "/en/media/coverage/events", "");
		same_number(who[i], "/en/media/coverage/bodies", "");
		same_number(who[i], "/en/media/coverage/bodies", "&amp;all=1");
		all = same_number(who[i], "/en/media/coverage/events", "&amp;all=1");
		/* One number in the house. */
		SAYS(page(who[i], "/en/figures/events_total?period=2024-07-01..2024-09-30"),
		    arena_printf(&door.arena, "%d", all));
	}
	SAYS(page(clerk, "/en/media/coverage?from=nonsense&to="), "01.10.2024");
	SAYS(page(clerk, "/en/media/coverage?from=&to=32.13.2024"), "31.12.2024");
	SAYS(page(clerk, "/en/media/found"), "Nothing waits");
}

static int
found_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	return tx_run(cx, tx, NULL,
	    "INSERT INTO media_found (outlet, item, link, title, day, words, state, found_at) "
	    "SELECT "
	    "id, $1, 'https://sholu.example/found', '<i>Табылған</i>', 20241112, 'Ассамблея', "
	    "'waiting', 1 FROM outlet WHERE host = 'sholu.example'",
	    VALS(v_text(arg)));
}

static void
put_found(const char *item)
{
	struct arena arena;
	struct ctx cx;

	arena_init(&arena);
	app_ctx(&door.app, &cx, &arena);
	assert_int_equal(db_write(&cx, found_fn, (void *)(uintptr_t)item), RC_OK);
	db_end(&cx);
	arena_done(&arena);
}

/* What waits is taken into the register by its form, and waits no more; a leader decides nothing here. */
static void
test_found(void **state)
{
	struct answer a;
	const char *form;

	(void)state;
	put_found("a");
	a = page(clerk, "/en/media/found");
	HAS(a, "&lt;i&gt;Табылған");
	HAS(a, "Take it into the register");
	SAYS_NOT(page(leader, "/en/media/found"), "Take it into the register");
	form = with_ids("/en/media/new?found=#", door_int(&door, "SELECT id FROM media_found"), 0);
	a = page(clerk, form);
	HAS(a, "value='12.11.2024'");
	HAS(a, "https://sholu.example/found");
	assert_int_equal(post(leader,
			     with_ids("/en/media/found/#/aside",
				 door_int(&door, "SELECT id FROM media_found"), 0),
			     "")
			     .status,
	    403);
	a = post(clerk, form,
	    with_ids(
		"title=Tabylgan&outlet=#&lang=kk&day=12.11.2024&link=https%3A%2F%2Fsholu.example"
		"%2Ffound",
		door_int(&door, "SELECT id FROM outlet WHERE host = 'sholu.example'"), 0));
	assert_int_equal(a.status, 303);
	assert_int_equal(
	    door_int(&door, "SELECT count(*) FROM media_found WHERE state = 'taken'"), 1);
	assert_int_equal(page(clerk, form).status, 404);
	SAYS(page(clerk, "/en/media/found"), "Nothing waits");
	/* Found once more, by another feed: entered already, so it can be put aside there and then. */
	put_found("b");
	form = with_ids(
	    "/en/media/new?found=#", door_int(&door, "SELECT max(id) FROM media_found"), 0);
	a = page(clerk, form);
	HAS(a, "This page is entered already");
	HAS(a, "Put it aside");
	form = with_ids(
	    "/en/media/found/#/aside", door_int(&door, "SELECT max(id) FROM media_found"), 0);
	assert_int_equal(post(clerk, form, "").status, 303);
	assert_int_equal(post(clerk, form, "").status, 303); /* pressed twice */
	SAYS(page(clerk, "/en/media/found"), "Nothing waits");
}

static void
test_press(void **state)
{
	int64_t event = door_int(&door, "SELECT min(event) FROM press_accreditation"), before;
	int i;
	const char *list = with_ids("/en/events/#/press", event, 0);
	struct answer a = page(clerk, list);

	(void)state;
	assert_int_equal(a.status, 200);
	HAS(a, "Мысалов Түсіруші");
	HAS(a, "asked for");
	assert_int_equal(page(leader, list).status, 403);
	assert_int_equal(page(member, list).status, 403);
	SAYS_NOT(page(guest, with_ids("/en/events/#", event, 0)), "Мысалов");
	a = post(clerk, arena_printf(&door.arena, "%s/new", list),
	    with_ids("outlet=#&name=&state=granted", 1, 0));
	assert_int_equal(a.status, 422);
	HAS(a, "type a name");
	before = door_int(&door, "SELECT count(*) FROM press_accreditation");
	for (i = 0; i < 2; i++) { /* pressed twice */
		a = post(clerk, arena_printf(&door.arena, "%s/new", list),
		    with_ids("_once=a1b2&outlet=#&name=%D0%96%D0%B0%D2%A3%D0%B0&state=granted",
			door_int(&door, "SELECT min(id) FROM outlet"), 0));
		assert_int_equal(a.status, 303);
		assert_non_null(strstr(a.location, "/press"));
	}
	assert_int_equal(door_int(&door, "SELECT count(*) FROM press_accreditation"), before + 1);
	a = page(clerk, arena_printf(&door.arena, "%s/door", list));
	HAS(a, "Жаңа");
	HAS_NOT(a, "Примерова"); /* asked, not granted */
	a = page(clerk, with_ids("/en/events/#/press/#", event,
			    door_int(&door, "SELECT min(id) FROM press_accreditation")));
	HAS(a, "name='state'");
	/* Not by the page of another event. */
	assert_int_equal(
	    page(clerk, with_ids("/en/events/#/press/#", event - 1,
			    door_int(&door, "SELECT min(id) FROM press_accreditation")))
		.status,
	    404);
}

static void
test_columns(void **state)
{
	struct answer a = page(clerk, "/en/media/columns/1");

	(void)state;
	HAS(a, "Söileqazaqşa");
	HAS(a, "18 records");
	a = post(clerk, "/en/media/columns/1/posts/new",
	    "title=Jana&day=10.11.2024&link=https%3A%2F%2Fnetworks.example%2Fsoileqazaqsha%2F1");
	assert_int_equal(a.status, 422);
	HAS(a, "entered already");
	a = post(clerk, "/en/media/columns/1/posts/new", "title=Jana&day=10.11.2024&views=1200");
	assert_int_equal(a.status, 303);
	assert_int_equal(
	    door_int(&door, "SELECT views_on FROM social_post ORDER BY id DESC LIMIT 1"), 20241115);
	assert_int_equal(
	    post(leader, "/en/media/columns/1/posts/new", "title=x&day=10.11.2024").status, 403);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_doors),
		cmocka_unit_test(test_pasting), cmocka_unit_test(test_leader),
		cmocka_unit_test(test_silent), cmocka_unit_test(test_found),
		cmocka_unit_test(test_press), cmocka_unit_test(test_columns) };

	return door_tests(tests, ARRAY_LEN(tests), argc, argv, setup);
}
