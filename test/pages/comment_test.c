/* comment_test.c – a comment through the doors: sent by a guest, read in the queue, shown, answered, removed; and that
 * before a moderator's yes nobody but moderators gets a word of it, by no door. */
#include "door_words.h"
#include "mod/comment/comment.h"

static int clerk, leader, guest, member, head;
static int64_t story;

static int
setup(void **state)
{
	int64_t rubric;

	(void)state;
	door_open(&door, engine);
	guest = 0;
	leader = door_role(&door, "leader");
	clerk = door_role(&door, "clerk");
	head = door_role(&door, "head");
	member = door_role(&door, "member");
	assert_int_equal(
	    door_api(&door, clerk, M_POST, "/api/v1/rubrics",
		"{\"code\":\"for-comments\",\"name\":{\"kk\":\"Ассамблея\"},\"rank\":9}", NULL)
		.status,
	    201);
	rubric = door_int(&door, "SELECT max(id) FROM rubric");
	assert_int_equal(
	    post(clerk, "/en/news/new",
		with_ids("rubric=#&original=kk&title_kk=Kesh&text_kk=Matin", rubric, 0))
		.status,
	    303);
	story = door_int(&door, "SELECT max(id) FROM article");
	post(clerk, with_ids("/en/news/#/move/send", story, 0), "_version=1");
	post(clerk, with_ids("/en/news/#/move/publish", story, 0), "_version=2");
	/* The demo's readers wrote, too: what waits of theirs is decided first. */
	assert_int_equal(
	    post(clerk,
		with_ids("/en/comments/#/decide",
		    door_int(&door, "SELECT id FROM comment WHERE state = 'waiting'"), 0),
		"_version=1&action=show")
		.status,
	    303);
	return 0;
}

static const char *
at(const char *format)
{
	return with_ids(format, story, 0);
}

/* Of the comment that came last. */
static const char *
of(const char *format)
{
	return with_ids(format, door_int(&door, "SELECT max(id) FROM comment"),
	    door_int(&door, "SELECT version FROM comment ORDER BY id DESC LIMIT 1"));
}

static const char *
form(const char *fields, int64_t ago_s)
{
	struct ctx cx;

	app_ctx(&door.app, &cx, &door.arena);
	cx.now -= ago_s * 1000000;
	return arena_printf(&door.arena, "moment=%s&%s", comment_moment(&cx, story), fields);
}

static int64_t
comments(void)
{
	return door_int(&door, at("SELECT count(*) FROM comment WHERE article = #"));
}

static const char *own;

static void
test_sending(void **state)
{
	struct answer a;

	(void)state;
	a = page(guest, at("/en/news/#"));
	HAS(a, "Nobody has written yet");
	HAS(a, at("/en/news/#/comment'"));
	HAS_NOT(a, "<textarea"); /* the page is kept for all guests */
	a = page(guest, at("/en/news/#/comment"));
	HAS(a, "name='moment' value='");
	HAS(a, "name='nonce' value='");
	HAS(a, "It is not published");
	HAS(a, "name='website'");
	a = post(guest, at("/en/news/#/comment"), form("name=&text=Hello+there", 10));
	assert_int_equal(a.status, 422);
	HAS(a, "Write your name");
	HAS(a, "aria-describedby='name-e name-h' aria-invalid='true'");
	HAS(a, "aria-describedby='text-h'>");
	HAS(a, "Hello there</textarea>");
	a = post(guest, at("/en/news/#/comment"), form("name=Saule&text=Hello+there", 0));
	assert_int_equal(a.status, 409);
	HAS(a, "That was very fast");
	HAS(a, "Hello there</textarea>");
	a = post(guest, at("/en/news/#/comment"), form("name=Saule&text=Hello&website=x", 10));
	assert_int_equal(a.status, 303); /* a program is thanked, and nothing is written */
	a = post(guest, at("/en/news/#/comment"),
	    form("name=Saule%0D%0ABcc%3A+a%40b.kz&text=Hello", 10));
	assert_int_equal(a.status, 422);
	a = post(guest, at("/en/news/#/comment"), form("name=Sau%E2%80%AEle&text=Hello", 10));
	assert_int_equal(a.status, 422);
	HAS(a, "turn the direction");
	assert_int_equal(comments(), 0);
	a = post(guest, at("/en/news/#/comment"),
	    form("name=Saule+%3Cb%3E&mail=saule%40example.kz&nonce="
		 "0123456789abcdef0123456789abcdef&text=Is+there+a+place%3F+%3Cscript%3Ealert(1)"
		 "%3C%2Fscript%3E+https%3A%2F%2Fevil.kz",
		10));
	assert_int_equal(a.status, 303);
	own = strstr(a.location, "/comments/own/");
	assert_non_null(own);
	own = arena_printf(&door.arena, "/en%s", own);
	a = page(guest, own);
	HAS(a, "Waits for a moderator");
	HAS(a, "Is there a place");
	HAS_NOT(a, "saule@example");
	HAS_NOT(a, "<script>alert");
	assert_int_equal(comments(), 1);
}

/* Every door at which a waiting comment might stand, by everybody who does not moderate. */
static void
test_nothing_before(void **state)
{
	static const char *const doors[] = { "/en/news/#", "/kk/news/#", "/en/news",
		"/en/feed.atom", "/feed.atom", "/en/search?q=Saule", "/en/search?q=place",
		"/en/comments", "/en/comments/all", "/en/comments/all?format=csv",
		"/en/comments/report", "/en/comments/senders", "/api/v1/comments",
		"/api/v1/comments/1", "/api/v1/articles/#", "/en/figures/comments_refused",
		"/en/figures/comments_shown", "/en/figures/comments_shown?format=csv",
		"/api/v1/figures/comments_shown/records", "/api/v1/search?q=Saule", "/en/audit",
		"/en/today" };
	const int roles[] = { guest, member, leader, door_role(&door, "auditor"),
		door_role(&door, "admin"), door_role(&door, "relief"), door_role(&door, "door"),
		door_role(&door, "driver") };
	size_t i, k;

	(void)state;
	assert_int_not_equal(page(clerk, of("/en/comments/#")).status, 404);
	for (i = 0; i < ARRAY_LEN(doors); i++)
		for (k = 0; k < ARRAY_LEN(roles); k++) {
			const char *path = at(doors[i]);
			struct answer a = strncmp(path, "/api/", 5) == 0
					      ? door_api(&door, roles[k], M_GET, path, NULL, NULL)
					      : page(roles[k], path);

			if (strstr(a.body.p, "Saule &lt;") != NULL ||
			    strstr(a.body.p, "Saule <") != NULL ||
			    strstr(a.body.p, "Is there a place") != NULL ||
			    strstr(a.body.p, "saule@") != NULL) {
				print_error("%s: role %d\n", path, roles[k]);
				_fail(__FILE__, __LINE__);
			}
		}
	for (k = 0; k < ARRAY_LEN(roles); k++) {
		assert_int_not_equal(page(roles[k], of("/en/comments/#")).status, 200);
		assert_int_not_equal(
		    post(roles[k], of("/en/comments/#/decide"), of("_version=#&action=show"))
			.status,
		    303);
	}
	assert_int_equal(
	    door_int(&door, "SELECT count(*) FROM comment WHERE state = 'waiting'"), 1);
}

static void
test_moderating(void **state)
{
	struct answer a;

	(void)state;
	a = page(clerk, "/en/today");
	HAS(a, "1 comment waits");
	a = page(clerk, "/en/comments");
	HAS(a, "Saule &lt;b&gt;");
	HAS(a, "A web address");
	HAS(a, "<script src='/");
	HAS_NOT(a, "saule@example");
	HAS_NOT(a, "href='https://evil.kz");
	a = post(clerk, of("/en/comments/#/decide"), "_version=1&action=refuse");
	assert_int_equal(a.status, 409);
	HAS(a, "Choose the reason");
	a = post(clerk, of("/en/comments/#/decide"), "_version=1&action=show&back=queue");
	assert_int_equal(a.status, 303);
	assert_string_equal(a.location, "/en/comments");
	a = page(clerk, "/en/comments");
	HAS(a, "Decided last");
	HAS(a, "Nothing waits");
	a = page(guest, at("/en/news/#"));
	HAS(a, "<bdi translate='no'>Saule &lt;b&gt;</bdi>");
	HAS(a, "1 comment");
	HAS(a, "&lt;script&gt;alert");
	HAS_NOT(a, "href='https://evil.kz");
	HAS_NOT(a, "saule@example");
	a = post(head, of("/en/comments/#/reply"), "_version=2&reply=Two+seats%0D%0Aleft.");
	assert_int_equal(a.status, 303);
	a = page(guest, at("/en/news/#"));
	HAS(a, "The secretariat");
	HAS(a, "Two seats");
	a = page(guest, own);
	HAS(a, "Two seats");
	a = page(clerk, at("/en/comments/all?article=#"));
	HAS(a, "Saule");
	a = page(clerk, "/en/comments/all?q=place");
	HAS(a, "Saule");
	a = page(clerk, "/en/comments/all?format=csv");
	HAS(a, "Is there a place");
	HAS_NOT(a, "saule@example");
	a = door_api(&door, clerk, M_GET, "/api/v1/comments", NULL, NULL);
	assert_int_equal(a.status, 200);
	HAS(a, "Is there a place");
	HAS_NOT(a, "saule@example");
	a = page(clerk, of("/en/comments/#"));
	HAS_NOT(a, "saule@example");
	a = page(guest, at("/en/news/#?comments=999999999")); /* behind the last one */
	HAS(a, "There are no later comments");
	HAS(a, "First page");
	HAS_NOT(a, "Is there a place");
	a = page(guest, "/en/search?q=Saule"); /* shown ones are not searched by guests either */
	HAS_NOT(a, "Is there a place");
}

static void
test_once(void **state)
{
	struct answer a = post(guest, at("/en/news/#/comment"),
	    form("name=Saule&nonce=0123456789abcdef0123456789abcdef&text=Twice", 10));

	(void)state;
	assert_int_equal(a.status, 303);
	assert_non_null(strstr(a.location, own + 3));
	assert_int_equal(comments(), 1);
}

static void
test_removing(void **state)
{
	struct answer a = post(guest, arena_printf(&door.arena, "%s/remove", own), "");

	(void)state;
	assert_int_equal(a.status, 303);
	a = page(guest, at("/en/news/#"));
	HAS_NOT(a, "Saule");
	HAS_NOT(a, "Two seats");
	assert_int_equal(page(guest, own).status, 404);
	a = page(clerk, of("/en/comments/#"));
	HAS(a, "are removed");
	HAS_NOT(a, "Is there a place"); /* its history, too */
}

static void
test_report(void **state)
{
	struct answer a;

	(void)state;
	post(guest, at("/en/news/#/comment"), form("name=Troll&text=Bad+words", 10));
	a = post(clerk, of("/en/comments/#/decide"), "_version=1&action=ban&reason=discord");
	assert_int_equal(a.status, 303);
	a = page(clerk, "/en/comments/report");
	HAS(a, "Bad words");
	a = page(clerk, "/en/comments/report?entered_on_from=01.11.2024&entered_on_to=14.11.2024");
	HAS_NOT(a, "Bad words");
	HAS(a, "cannot be got back");
	a = page(clerk, "/en/figures/comments_refused");
	HAS(a, "incites discord");
	a = page(clerk, "/en/comments/report?format=csv");
	HAS(a, "Bad words");
	a = page(clerk, "/en/comments/senders");
	HAS(a, "Banned");
	HAS_NOT(a, "Troll");
	a = post(clerk,
	    with_ids("/en/comments/senders/#/end",
		door_int(&door, "SELECT max(id) FROM comment_rule"), 0),
	    "");
	assert_int_equal(a.status, 303);
	a = page(clerk, "/en/comments/senders");
	HAS(a, "Nobody is trusted or banned");
}

/* Its author removes what was refused for discord: the words are gone, day and moderator stay in the report. */
static void
test_report_removed(void **state)
{
	struct answer a =
	    post(guest, at("/en/news/#/comment"), form("name=Regret&text=Worse+words", 10));
	const char *mine;

	(void)state;
	assert_int_equal(a.status, 303);
	mine = arena_printf(&door.arena, "/en%s", strstr(a.location, "/comments/own/"));
	post(clerk, of("/en/comments/#/decide"), "_version=1&action=refuse&reason=discord");
	a = page(clerk, "/en/comments/report?q=Regret");
	HAS(a, "Worse words");
	assert_int_equal(post(guest, arena_printf(&door.arena, "%s/remove", mine), "").status, 303);
	a = page(clerk, "/en/comments/report");
	HAS(a, "Removed by its author");
	HAS_NOT(a, "Worse words");
	HAS_NOT(a, "Regret");
	a = page(clerk, "/en/comments/report?format=csv");
	HAS(a, "removed by its author");
	HAS_NOT(a, "Worse words");
	a = page(clerk, of("/en/comments/#"));
	HAS(a, "incites discord");
	HAS_NOT(a, "Worse words");
}

static void
test_closing(void **state)
{
	struct answer a;

	(void)state;
	assert_int_equal(post(leader, at("/en/news/#/comments/close"), "").status, 403);
	assert_int_equal(post(clerk, at("/en/news/#/comments/close"), "").status, 303);
	a = page(guest, at("/en/news/#"));
	HAS(a, "has closed the comments");
	HAS_NOT(a, at("/en/news/#/comment'"));
	a = post(guest, at("/en/news/#/comment"), form("name=Late&text=Late", 10));
	assert_int_equal(a.status, 409);
	assert_int_equal(post(clerk, at("/en/news/#/comments/open"), "").status, 303);
	a = page(guest, at("/en/news/#"));
	HAS(a, at("/en/news/#/comment'"));
}

/* RULE news-7: of a withdrawn article no word is told, neither beside a comment. */
static void
test_withdrawn_article(void **state)
{
	struct answer a =
	    post(guest, at("/en/news/#/comment"), form("name=Dana&text=Still+here", 10));
	const char *mine;

	(void)state;
	assert_int_equal(a.status, 303);
	mine = arena_printf(&door.arena, "/en%s", strstr(a.location, "/comments/own/"));
	a = page(guest, mine);
	HAS(a, "Kesh");
	post(clerk, of("/en/comments/#/decide"), "_version=1&action=show");
	post(clerk, at("/en/news/#/move/withdraw"),
	    with_ids("_version=#&reason=x",
		door_int(&door, at("SELECT version FROM article WHERE id = #")), 0));
	a = page(guest, at("/en/news/#"));
	assert_int_equal(a.status, 410);
	HAS_NOT(a, "Still here");
	a = page(guest, mine);
	assert_int_equal(a.status, 200);
	HAS(a, "Still here");
	HAS_NOT(a, "Kesh");
	assert_int_equal(page(guest, at("/en/news/#/comment")).status, 404);
}

#define T(f) cmocka_unit_test(f)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { T(test_sending), T(test_nothing_before),
		T(test_moderating), T(test_once), T(test_removing), T(test_report),
		T(test_report_removed), T(test_closing), T(test_withdrawn_article) };

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!door_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, setup, teardown);
}
