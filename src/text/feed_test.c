/* feed_test.c – feeds of each sort, feeds that lie about their letters, feeds that are to be refused; addresses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "text/feed.h"
#include "text/weblink.h"

static struct arena arena;
static struct feed feed;

static void
take(const char *bytes, size_t n)
{
	feed_read(&arena, (struct slice){ bytes, n }, &feed);
}
#define TAKE(text) take(text, strlen(text))

static void
test_rss(void **state)
{
	(void)state;
	TAKE(
	    "\n<?xml version=\"1.0\"?><rss version=\"2.0\" "
	    "xmlns:dc=\"d\"><channel><title>no</title>"
	    "<item><title><![CDATA[Достық  <b>үйі</b>\xe2\x80\xae]]></title><link> "
	    "https://a.example/1 "
	    "</link><guid>7</guid><pubDate>Fri, 15 Nov 2024 23:30:00 +0300</pubDate><dc:creator>А. "
	    "Үлгі</dc:creator><description>&lt;p&gt;мерекесі&lt;/p&gt; өтті</description></item>"
	    "<item><title>no link</title></item></channel></rss>");
	assert_int_equal(feed.fault, FEED_FINE);
	assert_int_equal(feed.n, 1);
	assert_string_equal(feed.item[0].title, "Достық үйі");
	assert_string_equal(feed.item[0].link, "https://a.example/1");
	assert_string_equal(feed.item[0].id, "7");
	assert_string_equal(feed.item[0].author, "А. Үлгі");
	assert_string_equal(feed.item[0].text, "мерекесі өтті");
	assert_int_equal(feed.item[0].day, 20241116); /* half past one at night here */
}

static void
test_atom(void **state)
{
	(void)state;
	TAKE("<feed xmlns='http://www.w3.org/2005/Atom' "
	     "xml:lang='ru-KZ'><entry><id>urn:1</id><title>Т"
	     "</title><link rel='self' href='https://a.example/s'/><link "
	     "href='https://a.example/1'/>"
	     "<updated>2024-11-15T10:00:00Z</updated><author><email>x@a.example</email><name>Иванов"
	     "</name><uri>u</uri></author></entry></feed>");
	assert_int_equal(feed.n, 1);
	assert_string_equal(feed.item[0].link, "https://a.example/1");
	assert_string_equal(feed.item[0].author, "Иванов");
	assert_string_equal(feed.item[0].lang, "ru");
	assert_int_equal(feed.item[0].day, 20241115);
	TAKE("<rdf:RDF xmlns:rdf='r' "
	     "xmlns='x'><channel/><item><title>T</title><link>http://r.example/"
	     "</link><dc:date xmlns:dc='d'>2024-11-15</dc:date></item></rdf:RDF>");
	assert_int_equal(feed.n, 1);
	assert_int_equal(feed.item[0].day, 20241115);
}

/* Said to be UTF-8 and is not; said to be windows-1251 and is UTF-8; KZ-1048; UTF-16. */
static void
test_letters(void **state)
{
#define ITEM(t)                         \
	"<rss><channel><item><title>" t \
	"</title><link>http://l.example/</link></item></channel></rss>"
	static const char utf16[] = "\xff\xfe<\0r\0s\0s\0/\0>\0";

	(void)state;
	TAKE("<?xml version='1.0' encoding='UTF-8'?>" ITEM("\xc0\xf1\xf1\xe0\xec\xe1\xeb\xe5\xff"));
	assert_string_equal(feed.item[0].title, "Ассамблея");
	TAKE("<?xml version='1.0' encoding='windows-1251'?>" ITEM("Ассамблея"));
	assert_string_equal(feed.item[0].title, "Ассамблея");
	TAKE("<?xml version='1.0' encoding=\"KZ-1048\"?>" ITEM("\xbf\xeb\xe3\xb3"));
	assert_string_equal(feed.item[0].title, "үлгі");
	/* Said to be windows-1251, as older programs do, with the Kazakh letters of KZ-1048. */
	TAKE("<?xml version='1.0' encoding='windows-1251'?>" ITEM(
	    "\x8d\xe0\xe7\xe0\x9d\xf1\xf2\xe0\xed \xf5\xe0\xeb\x9d\xfb"));
	assert_string_equal(feed.item[0].title, "Қазақстан халқы");
	TAKE(
	    "<?xml version='1.0' encoding='koi8-r'?>" ITEM("\xe1\xd3\xd3\xc1\xcd\xc2\xcc\xc5\xd1"));
	assert_string_equal(feed.item[0].title, "Ассамблея");
	/* A character cut in two takes nothing of the others with it. */
	TAKE("<?xml version='1.0' encoding='UTF-8'?>" ITEM("Ассамблея халықтары \xd2 туралы"));
	assert_string_equal(feed.item[0].title, "Ассамблея халықтары туралы");
	TAKE(ITEM("\u061cАссам\u00adблея\u202e\ufeff\u2066 туралы"));
	assert_string_equal(feed.item[0].title, "Ассамблея туралы");
	take(utf16, sizeof utf16 - 1);
	assert_int_equal(feed.fault, FEED_FINE);
	assert_int_equal(feed.n, 0);
}

static void
test_refused(void **state)
{
	struct buf b, deep;
	int i;

	(void)state;
	TAKE("<!DOCTYPE rss [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>" ITEM("&b;"));
	assert_int_equal(feed.fault, FEED_TYPE);
	assert_int_equal(feed.n, 0);
	TAKE("<html><body>no</body></html>");
	assert_int_equal(feed.fault, FEED_NOT);
	TAKE("");
	assert_int_equal(feed.fault, FEED_NOT);
	TAKE("<rss><channel><item><title>whole</title><link>http://h.example/</link></"
	     "item><item><ti");
	assert_int_equal(feed.fault, FEED_BROKEN);
	assert_int_equal(feed.n, 1);
	buf_init(&deep, &arena, 0);
	buf_str(&deep, "<rss>");
	for (i = 0; i < 500; i++)
		buf_str(&deep, "<a><!---->");
	take(deep.p, deep.n);
	assert_int_equal(feed.fault, FEED_DEEP);
	buf_init(&b, &arena, 0);
	buf_str(&b, "<rss><channel>");
	for (i = 0; i < FEED_ITEMS + 50; i++)
		buf_printf(
		    &b, "<item><title>%d</title><link>http://h.example/%d</link></item>", i, i);
	buf_str(&b, "</channel></rss>");
	take(b.p, b.n);
	assert_int_equal(feed.n, FEED_ITEMS);
	assert_true(feed.more);
	assert_int_equal(feed.fault, FEED_FINE);
	buf_init(&b, &arena, 0);
	buf_str(&b, "<rss><channel>");
	for (i = 0; i < 20 * FEED_ITEMS; i++)
		buf_str(&b, "<item><title>no address</title></item>");
	buf_str(&b, "</channel></rss>");
	take(b.p, b.n);
	assert_int_equal(feed.n, 0);
	assert_true(feed.more);
}

/* Of long texts whole letters are kept. */
static void
test_long(void **state)
{
	struct buf b;
	int i;

	(void)state;
	buf_init(&b, &arena, 0);
	buf_str(&b, "<rss><channel><item><link>http://h.example/</link><title>");
	for (i = 0; i < 3000; i++)
		buf_str(&b, "ғ");
	buf_str(&b, "</title></item></channel></rss>");
	take(b.p, b.n);
	assert_int_equal(feed.n, 1);
	assert_true(strlen(feed.item[0].title) <= FEED_TEXT && strlen(feed.item[0].title) > 100);
	assert_int_equal(strlen(feed.item[0].title) % strlen("ғ"), 0);
}

static void
test_days(void **state)
{
	(void)state;
	assert_int_equal(feed_day("Mon, 30 Nov 2026 12:37:34 +0500"), 20261130);
	assert_int_equal(feed_day("Mon, 30 Nov 2026 21:37 GMT"), 20261201);
	assert_int_equal(feed_day("30 Nov 26 01:00:00 +0600"), 20261130);
	assert_int_equal(feed_day("2026-11-30T22:00:00Z"), 20261201);
	assert_int_equal(feed_day("31 Feb 2026 01:00:00 GMT"), 0);
	assert_int_equal(feed_day("yesterday"), 0);
	assert_int_equal(feed_day(NULL), 0);
}

static const char *
key(const char *url)
{
	struct weblink l;

	return weblink_read(&arena, url, false, &l) ? weblink_key(&arena, &l) : "refused";
}

static void
test_addresses(void **state)
{
	static const char *const refused[] = { "", "ftp://a.example/", "http://a.example:8080/",
		"https://u@a.example/", "http://localhost/", "http://[::1]/",
		"https://a.example:80/", "javascript:alert(1)", "http://a..example/",
		"http://-a.example/", "http://а.example/", "http://a.example/a b",
		"http://a.example\\@b.example/", "http://2130706433/" };
	struct weblink l;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(refused); i++)
		assert_string_equal(key(refused[i]), "refused");
	assert_string_equal(
	    key("HTTPS://www.A.example:443/x/?utm_source=a&id=5&fbclid=z#top"), "a.example/x?id=5");
	assert_string_equal(key(" http://m.a.example/x?id=5 "), "a.example/x?id=5");
	assert_string_equal(key("http://a.example"), key("https://a.example./"));
	assert_string_not_equal(key("http://a.example/x?id=5"), key("http://a.example/x?id=6"));
	assert_true(weblink_read(&arena, "http://127.0.0.1:8081/f", true, &l));
	assert_int_equal(l.port, 8081);
	assert_string_equal(l.url, "http://127.0.0.1:8081/f");
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_rss), cmocka_unit_test(test_atom),
		cmocka_unit_test(test_letters), cmocka_unit_test(test_refused),
		cmocka_unit_test(test_long), cmocka_unit_test(test_days),
		cmocka_unit_test(test_addresses) };
	int failed;

	arena_init(&arena);
	failed = cmocka_run_group_tests_name("feed", tests, NULL, NULL);
	arena_done(&arena);
	return failed;
}
