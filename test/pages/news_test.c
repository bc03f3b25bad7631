/* news_test.c – an article through the doors: written, sent, published, read, corrected, withdrawn; hostile text; feeds
 * and the map of the site; who gets in where. */
#include "door_words.h"

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

static int clerk, leader, guest, member;
static int64_t before; /* articles of the demo */

static int
setup(void **state)
{
	(void)state;
	door_open(&door, engine);
	guest = 0;
	leader = door_role(&door, "leader");
	clerk = door_role(&door, "clerk");
	member = door_role(&door, "member");
	return 0;
}

static const char *
at(const char *format)
{
	int64_t id = door_int(&door, "SELECT coalesce(max(id), 0) FROM article");

	return with_ids(
	    format, id, door_int(&door, "SELECT coalesce(max(version), 0) FROM article"));
}

static const char *
fill(const char *format)
{
	return with_ids(format, door_int(&door, "SELECT max(id) FROM rubric"),
	    door_int(&door, "SELECT version FROM article ORDER BY id DESC LIMIT 1"));
}

static void
test_writing(void **state)
{
	struct answer a;

	(void)state;
	a = page(guest, "/en/news");
	HAS(a, "/en/news/11'");
	HAS_NOT(a, "Newsroom");
	assert_int_equal(page(clerk, "/en/reference/rubrics/new").status, 200);
	a = door_api(&door, clerk, M_POST, "/api/v1/rubrics",
	    "{\"code\":\"assembly\",\"name\":{\"kk\":\"Ассамблея\",\"en\":\"Assembly\"},\"rank\":"
	    "1}",
	    NULL);
	assert_int_equal(a.status, 201);
	SAYS(page(guest, "/en/rubric/assembly"), "Nothing is published here yet");
	SAYS(page(clerk, "/en/rubric/assembly"), "/en/news/new'");
	before = door_int(&door, "SELECT count(*) FROM article");
	assert_int_equal(page(member, "/en/newsroom").status, 403);
	assert_int_equal(page(member, "/en/news/new").status, 403);
	a = page(clerk, "/en/news/new");
	HAS(a, "name='text_kk'");
	HAS(a, "name='ru_state'");
	a = post(clerk, "/en/news/new",
	    with_ids("rubric=#&original=kk&title_kk=&text_kk=x",
		door_int(&door, "SELECT max(id) FROM rubric"), 0));
	assert_int_equal(a.status, 422);
	HAS(a, "The original needs a title");
	a = post(clerk, "/en/news/new",
	    with_ids("rubric=#&original=kk&title_kk=Kesh&text_kk=%7Bfigure%3Anone%7D",
		door_int(&door, "SELECT max(id) FROM rubric"), 0));
	assert_int_equal(a.status, 422);
	HAS(a, "there is no such figure");
	a = post(clerk, "/en/news/new",
	    with_ids(
		"rubric=#&original=kk&title_kk=Kesh+%3Cb%3E&lead_kk=Bas%3C%2Fscript%3E&text_kk="
		"%23+Head%0A%0A%7Bfigure%3Aevents_total+on%3D2024-11-15%7D+**bold**+%3Cscript%3E"
		"alert(1)%3C%2Fscript%3E+%5Bx%5D(javascript%3Aalert(1))%0A%0A498+%D1%96%D1%81-%D1%"
		"88%D0%B0%D1%80%D0%B0+%D3%A9%D1%82%D1%82%D1%96.&title_en=An+evening&"
		"text_en=%7Bfigure%3Aevents_total+on%3D2024-11-15%7D&author=A+B&office=Editor",
		door_int(&door, "SELECT max(id) FROM rubric"), 0));
	assert_int_equal(a.status, 303);
}

static void
test_preview(void **state)
{
	struct answer a;

	(void)state;
	a = post(clerk, "/en/news/new",
	    "_preview=1&rubric=1&original=kk&title_kk=Unsaved&text_kk=%7Bfigure%3Aevents_total+on%"
	    "3D2024-11-15%7D");
	assert_int_equal(a.status, 200);
	HAS(a, "497 іс-шара</a>");
	HAS(a, "<b>Unsaved</b>");
	assert_int_equal(door_int(&door, "SELECT count(*) FROM article"), before + 1);
	assert_int_equal(page(guest, at("/en/news/#")).status, 404);
	assert_int_equal(page(leader, at("/en/news/#")).status, 404);
	a = page(clerk, at("/en/news/#"));
	assert_int_equal(a.status, 200);
	HAS(a, "Readers do not see it yet");
	HAS(a, "Send to the editor");
	HAS(a, "497 events</a>");
	HAS_NOT(a, "ld+json");
	HAS(a, "Typed by hand");
	HAS(a, "<q>498</q> → 497 <code>{figure:events_total noun=no}</code>");
	SAYS(page(clerk, "/en/newsroom"), "An evening");
}

static void
test_publishing(void **state)
{
	struct answer a;

	(void)state;
	assert_int_equal(post(clerk, at("/en/news/#/move/publish"), "_version=1").status, 409);
	assert_int_equal(
	    post(clerk, at("/en/news/#/move/send"), fill("x=#&_version=#")).status, 303);
	assert_int_equal(
	    post(clerk, at("/en/news/#/move/publish"), fill("x=#&_version=#")).status, 303);
	a = page(guest, at("/en/news/#"));
	assert_int_equal(a.status, 200);
	HAS(a, "<h1>An evening</h1>");
	HAS(a, "A machine draft: nobody has checked this translation");
	HAS(a, "497 events</a>");
	HAS(a, "known=");
	HAS(a, "application/ld+json");
	HAS(a, "\"@type\":\"NewsArticle\"");
	HAS(a, "The day of writing is not known");
	HAS(a, "Back to top");
	HAS_NOT(a, "Send to the editor");
	HAS_NOT(a, "Typed by hand");
	a = page(guest, at("/kk/news/#"));
	HAS(a, "497 іс-шара</a>");
	HAS(a, "<strong>bold</strong>");
	HAS(a, "<h2>Head</h2>");
	HAS(a, "&lt;script&gt;alert(1)");
	HAS_NOT(a, "<script>alert");
	HAS_NOT(a, "href='javascript");
	HAS(a, "Bas\\u003c/script");
	a = page(guest, at("/ru/news/#"));
	HAS(a, "497 іс-шара</a>"); /* there is no Russian text: the original */
	HAS(a, "lang='kk'");
	SAYS(page(guest, "/en/news"), "An evening");
	SAYS(page(guest, "/en/rubric/assembly"), "An evening");
	assert_int_equal(page(guest, "/en/rubric/nothing").status, 404);
	SAYS(page(guest, "/en/search?q=evenings"), at("/en/news/#"));
	a = page(guest, at("/kk-latn/news/#"));
	HAS(a, "497 ıs-şara</a>");
	HAS(a, "\"inLanguage\":\"kk\"");
	assert_int_equal(page(guest, "/en/news?after=broken").status == 200, 0);
}

static void
test_links(void **state)
{
	int64_t event = door_int(&door, "SELECT min(id) FROM event WHERE state = 'held'");
	struct answer a;

	(void)state;
	a = post(clerk, at("/en/news/#/links/new"), "x=1");
	assert_int_equal(a.status, 422);
	a = post(clerk, at("/en/news/#/links/new"), with_ids("event=#", event, 0));
	assert_int_equal(a.status, 303);
	a = page(guest, at("/en/news/#"));
	HAS(a, "What it is about");
	HAS(a, with_ids("/en/events/#'", event, 0));
	a = page(guest, with_ids("/en/events/#", event, 0));
	HAS(a, "In the news");
	HAS(a, "An evening");
}

static const char *
body_path(const char *format)
{
	return with_ids(format, door_int(&door, "SELECT id FROM body WHERE code = 'mamile'"), 0);
}

/* What machines find in the head of a page; nothing of it while the article is not published. */
static void
test_head(void **state)
{
	struct answer a = page(guest, at("/en/news/#"));

	(void)state;
	HAS(a, "<meta property='og:title' content='An evening'>");
	HAS(a, "<meta property='og:locale' content='en_GB'>");
	HAS(a, "<meta property='og:locale:alternate' content='kk_KZ'>");
	HAS_NOT(a, "content='ru_RU'"); /* there is no Russian text */
	HAS_NOT(
	    a, "canonical"); /* the house was not told its address: no host of a request is kept */
	HAS_NOT(a, "id='share'");
	HAS(a, "<meta name='twitter:card' content='summary'>");
	HAS(a, "\"mainEntityOfPage\":");
	HAS(a, "\"dateModified\":");
	door.base = "https://news.example";
	a = page(guest, at("/kk-latn/news/#"));
	door.base = NULL;
	HAS(a, at("<link rel='canonical' href='https://news.example/kk-latn/news/#'>"));
	HAS(a, at("hreflang='en' href='https://news.example/en/news/#'>"));
	HAS(a, at("hreflang='kk-Latn' href='https://news.example/kk-latn/news/#'>"));
	HAS_NOT(a, "hreflang='ru' href='https");
	HAS(a, at("\"mainEntityOfPage\":\"https://news.example/kk/news/#\""));
	HAS(a, at("https://news.example/kk/news/#'></div>")); /* the line to be copied */
}

static void
test_versions(void **state)
{
	struct answer a = page(clerk, at("/en/news/#/versions"));

	(void)state;
	assert_int_equal(a.status, 200);
	HAS(a, "Kesh <ins>2</ins>");
	HAS(a, "<del>");
	HAS_NOT(a, "sum of the original");
	assert_int_equal(page(guest, at("/en/news/#/versions")).status, 303);
	assert_int_equal(page(member, at("/en/news/#/versions")).status, 403);
	assert_int_equal(page(leader, at("/en/news/#/versions")).status, 403); /* the assembly's */
}

/* The form of a picture; no picture is seen that is not there. */
static void
test_pictures(void **state)
{
	struct answer a = page(clerk, at("/en/news/#/pictures/new"));

	(void)state;
	assert_int_equal(a.status, 200);
	HAS(a, "enctype='multipart/form-data'");
	HAS(a, "name='alt_kk'");
	a = post(clerk, at("/en/news/#/pictures/new"), "consent=agreed&alt_kk=x");
	assert_int_equal(a.status, 422);
	HAS(a, "Choose a file");
	assert_int_equal(page(guest, "/pictures/1").status, 404);
	assert_int_equal(page(member, at("/en/news/#/pictures/new")).status, 403);
}

static void
test_feeds(void **state)
{
	struct answer a = page(guest, "/feed.atom");

	(void)state;
	assert_int_equal(a.status, 200);
	HAS(a, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"kk\">");
	HAS(a, "<title>Kesh &lt;b&gt;</title>");
	HAS(a, "497 іс-шара");
	HAS_NOT(a, "<script");
	SAYS(page(guest, "/feed.atom?lang=en"), "<title>An evening</title>");
	SAYS(page(guest, "/rubric/assembly/feed.atom"), "term=\"assembly\"");
	assert_int_equal(page(guest, "/rubric/nothing/feed.atom").status, 404);
	a = page(guest, "/feed.rss?lang=en");
	assert_string_equal(a.type, "application/rss+xml; charset=utf-8");
	HAS(a, "<rss version=\"2.0\"");
	HAS(a, "<description>");
	HAS(a, at("/en/news/#</link>"));
	HAS(a, at("/en/news/#</guid>"));
	HAS(a, "+0000</pubDate>");
	SAYS(page(guest, "/rubric/assembly/feed.rss"), "<title>Kesh &lt;b&gt;</title>");
	SAYS(page(guest, body_path("/bodies/#/feed.rss")), "«Мәміле» клубы");
	SAYS_NOT(page(guest, body_path("/bodies/#/feed.atom")), "Kesh");
	assert_int_equal(page(guest, "/bodies/999999/feed.rss").status, 404);
	SAYS(page(guest, body_path("/kk/bodies/#")), "/feed.rss?lang=kk");
	SAYS(page(guest, "/kk/"), at("/kk/news/#'"));
	SAYS(page(guest, "/kk/news"), "type='application/rss+xml'");
	a = page(guest, "/sitemap.xml");
	HAS(a, at("/kk/news/#</loc>"));
	HAS(a, at("/en/news/#</loc>"));
	HAS_NOT(a, at("/ru/news/#</loc>"));
}

static void
test_correction(void **state)
{
	struct answer a;

	(void)state;
	assert_int_equal(page(leader, at("/en/news/#/edit")).status, 403);
	a = post(clerk, at("/en/news/#/edit"),
	    fill("rubric=#&_version=#&original=kk&title_kk=Kesh+2&text_kk=Text"));
	assert_int_equal(a.status, 422);
	HAS(a, "say in a sentence what was corrected");
	a = post(clerk, at("/en/news/#/edit"),
	    fill("rubric=#&_version=#&original=kk&title_kk=Kesh+2&text_kk=Text&correction=The+"
		 "title"));
	assert_int_equal(a.status, 303);
	a = page(guest, at("/kk/news/#"));
	HAS(a, "The title");
	test_versions(state);
	a = post(clerk, at("/en/news/#/move/withdraw"), fill("x=#&_version=#"));
	assert_int_equal(a.status, 422);
	HAS(a, "A reason is needed");
	a = post(clerk, at("/en/news/#/move/withdraw"), fill("x=#&_version=#&reason=Wrong"));
	assert_int_equal(a.status, 303);
	a = page(guest, at("/en/news/#"));
	assert_int_equal(a.status, 410);
	HAS_NOT(a, "Kesh");
	SAYS_NOT(page(guest, "/feed.atom"), "Kesh");
	SAYS_NOT(page(guest, "/sitemap.xml"), at("/kk/news/#</loc>"));
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_writing),
		cmocka_unit_test(test_preview),
		cmocka_unit_test(test_publishing),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_head),
		cmocka_unit_test(test_feeds),
		cmocka_unit_test(test_pictures),
		cmocka_unit_test(test_correction),
	};

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!door_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, setup, teardown);
}
