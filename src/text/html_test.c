/* html_test.c – every place where an argument can stand, every way to write tags wrongly. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/log.h"
#include "text/html.h"

static struct arena arena;
static struct html h;

static void
start(void)
{
	arena_reset(&arena, (size_t)1 << 20);
	html_init(&h, &arena, 0);
	bug_count = 0;
}

/* The fragment is good and reads exactly so. */
#define SHOWS(want, ...)                            \
	do {                                        \
		start();                            \
		html(&h, __VA_ARGS__);              \
		assert_string_equal(h.out.p, want); \
		assert_int_equal(bug_count, 0);     \
		assert_true(html_ok(&h));           \
	} while (0)

/* The argument is left out, the page is marked bad, and a BUG is logged. */
#define REFUSES(want, ...)                          \
	do {                                        \
		start();                            \
		html(&h, __VA_ARGS__);              \
		assert_string_equal(h.out.p, want); \
		assert_int_not_equal(bug_count, 0); \
		assert_int_not_equal(h.bugs, 0);    \
		assert_false(html_ok(&h));          \
	} while (0)

#define ALL "&<>\"'x"
#define ESC "&amp;&lt;&gt;&quot;&#39;x"

static void
text_is_escaped(void **state)
{
	static const char *volatile none; /* hidden from gcc, which warns of a NULL it can see */

	(void)state;
	SHOWS("<p>" ESC "</p>", "<p>%s</p>", ALL);
	SHOWS("<p class='" ESC "'></p>", "<p class='%s'></p>", ALL);
	SHOWS("<p class=\"" ESC "\"></p>", "<p class=\"%s\"></p>", ALL);
	SHOWS("<p class='a " ESC " b'></p>", "<p class='a %s b'></p>", ALL);
	SHOWS("<title>&lt;/title&gt;</title>", "<title>%s</title>", "</title>");
	SHOWS("<textarea>&lt;/textarea&gt;</textarea>", "<textarea>%s</textarea>", "</textarea>");
	SHOWS("<p></p>", "<p>%s</p>", none);
	SHOWS("<p></p>", "<p>%s</p>", "");
	SHOWS("<p>ab</p>", "<p>%.*s</p>", 2, "abc");
	SHOWS("<p>&lt;b</p>", "<p>%.2s</p>", "<bc");
	SHOWS("<p>Қ</p>", "<p>%.*s</p>", 3, "Қаз");
	SHOWS("<p></p>", "<p>%.1s</p>", "Қ");
	SHOWS("<input value='" ESC "' required>", "<input value='%s' required>", ALL);
	SHOWS("<a title = '" ESC "'></a>", "<a title = '%s'></a>", ALL);
}

static void
numbers_and_percent_pass(void **state)
{
	(void)state;
	SHOWS("<p>-5 7 9 100%</p>", "<p>%d %zu %ld 100%%</p>", -5, (size_t)7, 9L);
	SHOWS("<p>-9223372036854775808</p>", "<p>%lld</p>", (long long)INT64_MIN);
	SHOWS("<p>-2147483648</p>", "<p>%d</p>", INT32_MIN);
	SHOWS("<p>4294967295 18446744073709551615 ff</p>", "<p>%u %lu %x</p>", 4294967295U,
	    18446744073709551615UL, 255U);
	SHOWS("<p>007|  7|7  </p>", "<p>%03d|%3d|%-3d</p>", 7, 7, 7);
	SHOWS("<h3>x</h3>", "<h%d>x</h%d>", 3, 3);
	SHOWS("<td colspan=3></td>", "<td colspan=%d></td>", 3);
	SHOWS("<svg><path d='M1.50 2'/></svg>", "<svg><path d='M%.2f %g'/></svg>", 1.5, 2.0);
	SHOWS("<a href='/x/5'></a>", "<a href='/x/%d'></a>", 5);
	REFUSES("<h3>x</h4>", "<h%d>x</h%d>", 3, 4);
}

static void
forbidden_places_print_nothing(void **state)
{
	(void)state;
	REFUSES("<p class=></p>", "<p class=%s></p>", "x onclick=y");
	REFUSES("<p class=a></p>", "<p class=a%s></p>", " onclick=y");
	REFUSES("< class='a'></p>", "<%s class='a'></p>", "p");
	REFUSES("<p></>", "<p></%s>", "p");
	REFUSES("<h></h>", "<h%s></h>", "1");
	REFUSES("<p ></p>", "<p %s></p>", "onclick=y");
	REFUSES("<p class='a'></p>", "<p class='a'%s></p>", " onclick=y");
	REFUSES("<p data-=''></p>", "<p data-%s=''></p>", "x");
	REFUSES("<p onclick=''></p>", "<p onclick='%s'></p>", "alert(1)");
	REFUSES("<p OnClick=''></p>", "<p OnClick='%s'></p>", "alert(1)");
	REFUSES("<p onclick='go()'></p>", "<p onclick='go(%s)'></p>", "1");
	REFUSES("<p style=''></p>", "<p style='%s'></p>", "x");
	REFUSES("<p STYLE='color:'></p>", "<p STYLE='color:%s'></p>", "x");
	REFUSES("<iframe srcdoc=''></iframe>", "<iframe srcdoc='%s'></iframe>", "x");
	REFUSES("<script></script>", "<script>%s</script>", "x");
	REFUSES("<SCRIPT></SCRIPT>", "<SCRIPT>%s</SCRIPT>", "x");
	REFUSES("<script>a<b</script>", "<script>a<b%s</script>", "x");
	REFUSES("<style></style>", "<style>%s</style>", "x");
	REFUSES("<svg><style></style></svg>", "<svg><style>%s</style></svg>", "x");
	REFUSES("<xmp></xmp>", "<xmp>%s</xmp>", "x");
	REFUSES("<!-- -->", "<!-- %s-->", "-->");
	REFUSES("<!doctype >", "<!doctype %s>", "html");
	REFUSES("<!->", "<!-%s>", "x");
}

static void
unknown_conversions_end_the_format(void **state)
{
	int width = 5;

	(void)state;
	REFUSES("<p>", "<p>%c</p>", 'x');
	REFUSES("<p>", "<p>%p</p>", (void *)&width);
	REFUSES("<p>", "<p>%10s</p>", "x");
	REFUSES("<p>", "<p>%*d</p>", 4000, 1);
	REFUSES("<p>", "<p>%.300f</p>", 1e300);
}

/* Scheme by scheme; NULL = passes as it is (escaped), otherwise '#'. */
static const struct {
	const char *url;
	bool ok;
} schemes[] = {
	{ "/kk/bodies", true },
	{ "https://example.org/?a=1", true },
	{ "http://example.org", true },
	{ "HTTPS://example.org", true },
	{ "mailto:a@example.org", true },
	{ "tel:+77010000000", true },
	{ "#top", true },
	{ "?page=2", true },
	{ "page:2/x", false },
	{ "sub/page:2", true },
	{ "", true },
	{ "javascript:alert(1)", false },
	{ "JavaScript:alert(1)", false },
	{ " javascript:alert(1)", false },
	{ "\tjavascript:alert(1)", false },
	{ "java\nscript:alert(1)", false },
	{ "\x01javascript:alert(1)", false },
	{ "javascript&colon;alert(1)", true }, /* the ampersand is escaped: a relative address */
	{ "vbscript:x", false },
	{ "data:text/html,<script>alert(1)</script>", false },
	{ "file:///etc/passwd", false },
	{ "blob:x", false },
	{ ":x", false },
	{ "https :x", false },
	{ "averyveryverylongschemename:x", false },
};

static void
urls_are_judged_by_scheme(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(schemes); i++) {
		const char *u = schemes[i].url;
		unsigned bugs = schemes[i].ok ? 0 : 1;

		start();
		html(&h, "<a href='%s'></a>", u);
		assert_int_equal(bug_count, bugs);
		assert_int_equal(strcmp(h.out.p, "<a href='#'></a>") == 0, !schemes[i].ok);
		assert_true(html_ok(&h)); /* data cannot spoil a page */
		html(&h, "<form action=\"%s\"><button formaction='%s'></button></form>", u, u);
		assert_int_equal(bug_count, 3 * bugs);
		html(&h, "<img src='%s'><svg><a xlink:href='%s'/></svg>", u, u);
		assert_int_equal(bug_count, 5 * bugs);
		html(&h, "<A HREF='%s'></A>", u);
		assert_int_equal(bug_count, 6 * bugs);
		html(&h, "<p title='%s' data-href='%s'></p>", u, u); /* not followed: not judged */
		assert_int_equal(bug_count, 6 * bugs);
	}
}

static void
urls_in_pieces(void **state)
{
	(void)state;
	SHOWS("<a href='/x/javascript:y'></a>", "<a href='/x/%s'></a>", "javascript:y");
	SHOWS("<a href='?q=a:b'></a>", "<a href='?q=%s'></a>", "a:b");
	SHOWS("<a href='mailto:a@b'></a>", "<a href='mailto:%s'></a>", "a@b");
	SHOWS("<a href='http://x/'></a>", "<a href='%s%s'></a>", "ht", "tp://x/");
	start();
	html(&h, "<a href='%s%s%s'></a>", "", "java", "script:alert(1)");
	assert_string_equal(h.out.p, "<a href='java#'></a>");
	assert_int_equal(bug_count, 1);
	start();
	html(&h, "<a href='java%s'></a>", "script:alert(1)");
	assert_string_equal(h.out.p, "<a href='java#'></a>");
	start();
	html(&h, "<a href='JavaScript:%s'></a>", "alert(1)");
	assert_string_equal(h.out.p, "<a href='JavaScript:#'></a>");
	start();
	html(&h, "<a href='");
	html(&h, "%s", "javascript:x");
	html(&h, "'></a>");
	assert_string_equal(h.out.p, "<a href='#'></a>");
}

static const struct {
	const char *markup;
	bool ok;
} trees[] = {
	{ "", true },
	{ "<!DOCTYPE html><html><body></body></html>", true },
	{ "<p>a</p><p>b</p>", true },
	{ "<div><p><b>x</b></p></div>", true },
	{ "<P></p>", true },
	{ "<p\n class='x'\t></p\n>", true },
	{ "<area><base><br><col><embed><hr><img><input><link><meta><source><track><wbr>", true },
	{ "<br/><img src='/x' />", true },
	{ "<input required><input type=text disabled>", true },
	{ "<p title='a > b < c \" d'></p>", true },
	{ "<!-- <p> -- > </b> --->", true },
	{ "<script src='/x.js'></script>", true },
	{ "<script>if (a < b && b > c) x('</p>');</script>", true },
	{ "<script></scriptx></script >", true },
	{ "<style>a<b</style>", true },
	{ "<svg viewBox='0 0 24 24' fill='none' stroke-width='2' aria-hidden='true' focusable='no'>"
	  "<linearGradient id='g'><stop offset='0'/></linearGradient><path d='M0 0L1 1'/>"
	  "<circle cx=\"1\" cy=\"2\" r=\"3\" /></svg>",
	    true },
	{ "<svg/>", true },
	{ "<shanyraq-month-calendar></shanyraq-month-calendar>", true },
	{ "<a-b.c:d_e></a-b.c:d_e>", true },
	{ "<p>", false },
	{ "</p>", false },
	{ "<p></b>", false },
	{ "<b><i></b></i>", false },
	{ "<div/>", false },
	{ "<p/></p>", false },
	{ "<svg></svg><path/>", false },
	{ "</br>", false },
	{ "a < b", false },
	{ "<", false },
	{ "<1>", false },
	{ "<p", false },
	{ "<p class", false },
	{ "<p class='", false },
	{ "<p class='x></p>", false },
	{ "<p class=></p>", false },
	{ "<p class=a'b></p>", false },
	{ "<p a\"b></p>", false },
	{ "<p \"></p>", false },
	{ "<p <b></p>", false },
	{ "<p></p x>", false },
	{ "<!--", false },
	{ "<!-- ->", false },
	{ "<!doctype", false },
	{ "<script>", false },
	{ "<script></style>", false },
	{ "<script></scriptx>", false },
};

/* Whole, and again byte by byte: the writer's place must live on between calls. */
static void
tags_are_balanced(void **state)
{
	size_t i, k;

	(void)state;
	for (i = 0; i < ARRAY_LEN(trees); i++) {
		const char *m = trees[i].markup;
		unsigned bugs;

		start();
		html_put(&h, m, strlen(m));
		if (html_ok(&h) != trees[i].ok)
			fail_msg("%s: %u bugs, depth %d", m, h.bugs, h.depth);
		assert_string_equal(h.out.p, m);
		bugs = h.bugs;
		start();
		for (k = 0; m[k] != '\0'; k++)
			html_put(&h, m + k, 1);
		assert_string_equal(h.out.p, m);
		assert_int_equal(h.bugs, bugs);
		assert_int_equal(html_ok(&h), trees[i].ok);
	}
}

static void
one_mistake_is_one_bug(void **state)
{
	static const char m[] = "<div><p><b></p></div><p></p>";

	(void)state;
	start();
	html_put(&h, m, sizeof m - 1);
	assert_int_equal(h.bugs, 1);
	assert_int_equal(h.depth, 0);
}

static void
depth_is_limited(void **state)
{
	int i;

	(void)state;
	start();
	for (i = 0; i < HTML_DEPTH; i++)
		html(&h, "<i>");
	for (i = 0; i < HTML_DEPTH; i++)
		html(&h, "</i>");
	assert_true(html_ok(&h));
	for (i = 0; i < HTML_DEPTH + 5; i++)
		html(&h, "<i>");
	assert_int_equal(h.depth, HTML_DEPTH);
	assert_false(html_ok(&h));
}

static void
size_is_limited(void **state)
{
	int i;

	(void)state;
	arena_reset(&arena, (size_t)1 << 20);
	html_init(&h, &arena, 100);
	for (i = 0; i < 50; i++)
		html(&h, "<a href='%s'>%s</a>", "/x", "y");
	assert_true(h.out.over);
	assert_true(h.out.n <= 100);
	assert_false(html_ok(&h));
}

static void
a_tag_in_several_calls(void **state)
{
	(void)state;
	start();
	html(&h, "<option value='%s'", "a'b");
	html(&h, " selected");
	html(&h, ">");
	html(&h, "%s</opt", "<x>");
	html(&h, "ion>");
	assert_string_equal(h.out.p, "<option value='a&#39;b' selected>&lt;x&gt;</option>");
	assert_true(html_ok(&h));
}

static void
json_in_a_script_element(void **state)
{
	static const char json[] = "{\"a\":\"\\u003c/script>100%s\"}";

	(void)state;
	start();
	html(&h, "<script type='application/json'>");
	html_put(&h, json, sizeof json - 1);
	html(&h, "</script>");
	assert_true(html_ok(&h));
	assert_non_null(strstr(h.out.p, "100%s"));
}

static void
rich_sentences(void **state)
{
	static const struct {
		const char *text, *href, *want;
	} t[] = {
		{ "Read the [rules & <more>] first", "/r?a=1&b=2",
		    "Read the <a href='/r?a=1&amp;b=2'>rules &amp; &lt;more&gt;</a> first" },
		{ "[all]", "/x", "<a href='/x'>all</a>" },
		{ "no <link>", "/x", "no &lt;link&gt;" },
		{ "half [open", "/x", "half [open" },
		{ "turned ]a[", "/x", "turned ]a[" },
		{ "a [b] [c]", "/x", "a <a href='/x'>b</a> [c]" },
		{ "no [address]", NULL, "no [address]" },
		{ "bad [one]", "javascript:x", "bad <a href='#'>one</a>" },
		{ "", "/x", "" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(t); i++) {
		start();
		html_rich(&h, t[i].text, t[i].href);
		assert_string_equal(h.out.p, t[i].want);
		assert_true(html_ok(&h));
	}
}

static void
opened_writer_is_empty_and_good(void **state)
{
	(void)state;
	start();
	assert_string_equal(h.out.p, "");
	assert_true(html_ok(&h));
	html(&h, "%s", "");
	assert_int_equal(h.out.n, 0);
}

/* x becomes <y> here: so it is seen that what the function gives is escaped. */
static const char *
other_script(struct arena *a, const char *p, size_t n, size_t *out_n)
{
	struct buf b;
	size_t i;

	buf_init(&b, a, 0);
	for (i = 0; i < n; i++)
		if (p[i] == 'x')
			buf_str(&b, "<y>");
		else
			buf_char(&b, p[i]);
	*out_n = b.n;
	return b.p;
}

static void
shown_otherwise(void **state)
{
	static const struct html_show show = { "kk", "kk-Latn", other_script };
	static const struct {
		const char *lang, *want;
	} langs[] = {
		{ "kk", "<p lang='kk-Latn'>&lt;y&gt;</p>" },
		{ "kk-Latn", "<p lang='kk-Latn'>&lt;y&gt;</p>" },
		{ "ru", "<p lang='ru'>x</p>" },
	};
	size_t i;

	(void)state;
	start();
	h.show = &show;
	html(&h, "<p title='%s' class='%s'>x %s %d</p>", "x", "x", "x", 7);
	html(&h, "<a href='/x/%s'>%.*s</a>", "x", 1, "xz");
	html(&h, "<input placeholder='%s' value='%s' aria-label='%s' name='%s'>", "x", "x", "x",
	    "x");
	assert_string_equal(h.out.p,
	    "<p title='&lt;y&gt;' class='x'>x &lt;y&gt; 7</p><a href='/x/x'>&lt;y&gt;</a>"
	    "<input placeholder='&lt;y&gt;' value='x' aria-label='&lt;y&gt;' name='x'>");
	assert_true(html_ok(&h));
	for (i = 0; i < ARRAY_LEN(langs); i++) {
		start();
		h.show = &show;
		html(&h, "<p lang='%s'>%s</p>", langs[i].lang, "x");
		assert_string_equal(h.out.p, langs[i].want);
	}
	/* What is inside another language or kept whole stays, at any depth, and only there. */
	start();
	h.show = &show;
	html(&h, "<div lang='ru'><b title='%s'>%s</b><i lang='kk'>%s</i></div>%s", "x", "x", "x",
	    "x");
	assert_string_equal(
	    h.out.p, "<div lang='ru'><b title='x'>x</b><i lang='kk'>&lt;y&gt;</i></div>&lt;y&gt;");
	start();
	h.show = &show;
	html(&h, "<p translate='no'><b lang='kk' title='%s'>%s</b></p><b>%s</b>", "x", "x", "x");
	assert_string_equal(
	    h.out.p, "<p translate='no'><b lang='kk' title='x'>x</b></p><b>&lt;y&gt;</b>");
	start();
	h.show = &show;
	html(&h, "<textarea lang='%s' placeholder='%s'>%s</textarea><code>%s</code><q>%s</q>", "kk",
	    "x", "x", "x", "x");
	assert_string_equal(h.out.p,
	    "<textarea lang='kk' placeholder='&lt;y&gt;'>x</textarea><code>x</code><q>x</q>");
	/* A tag that is written in several calls keeps what it said. */
	start();
	h.show = &show;
	html(&h, "<p lang='%s'", "ru");
	html(&h, " title='%s'", "x");
	html(&h, ">");
	html(&h, "%s<br>%s</p>%s", "x", "x", "x");
	assert_string_equal(h.out.p, "<p lang='ru' title='x'>x<br>x</p>&lt;y&gt;");
	assert_true(html_ok(&h));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_escaped),
		cmocka_unit_test(numbers_and_percent_pass),
		cmocka_unit_test(forbidden_places_print_nothing),
		cmocka_unit_test(unknown_conversions_end_the_format),
		cmocka_unit_test(urls_are_judged_by_scheme),
		cmocka_unit_test(urls_in_pieces),
		cmocka_unit_test(tags_are_balanced),
		cmocka_unit_test(one_mistake_is_one_bug),
		cmocka_unit_test(depth_is_limited),
		cmocka_unit_test(size_is_limited),
		cmocka_unit_test(a_tag_in_several_calls),
		cmocka_unit_test(json_in_a_script_element),
		cmocka_unit_test(rich_sentences),
		cmocka_unit_test(opened_writer_is_empty_and_good),
		cmocka_unit_test(shown_otherwise),
	};
	int failed;

	unsetenv("SHANYRAQ_BUG_ABORT"); /* bugs are what is tested here */
	log_limit = 0;
	arena_init(&arena);
	failed = cmocka_run_group_tests_name("html", tests, NULL, NULL);
	arena_done(&arena);
	return failed;
}
