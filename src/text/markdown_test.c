/* markdown_test.c – what Markdown may become, and the list of attacks that must stay words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/log.h"
#include "text/markdown.h"

static struct arena arena;

static void
embed(void *self, const struct markdown_embed *e)
{
	(void)self;
	if (e->html != NULL)
		html(e->html, "<b class='n'>%s</b>", e->spec);
	else
		buf_printf(e->plain, "[%s]", e->spec);
}

static const char *
shown(const char *text)
{
	static struct html h;
	struct markdown m = { .arena = &arena, .embed = embed };

	html_init(&h, &arena, 0);
	bug_count = 0;
	assert_int_equal(markdown_html(&m, text, &h), RC_OK);
	assert_true(html_ok(&h));
	assert_int_equal(bug_count, 0);
	return h.out.p;
}

static const char *
plain(const char *text)
{
	struct markdown m = { .arena = &arena, .embed = embed };
	struct buf b;

	buf_init(&b, &arena, 0);
	assert_int_equal(markdown_plain(&m, text, &b), RC_OK);
	return b.p;
}

#define SHOWS(want, text) assert_string_equal(shown(text), want)

static void
common_things(void **state)
{
	(void)state;
	SHOWS("<p>Бір <em>екі</em> <strong>үш</strong></p>", "Бір *екі* **үш**");
	SHOWS("<h2>Бас</h2><h3>Бөлім</h3><h4>a</h4><h4>b</h4>", "# Бас\n## Бөлім\n### a\n###### b");
	SHOWS("<h2>a</h2><h3>b</h3><h2>c</h2><h2>d</h2>", "## a\n### b\n## c\n# d");
	SHOWS("<ul><li>а</li><li>ә</li></ul>", "- а\n- ә");
	SHOWS("<ol><li>а</li></ol>", "1. а");
	SHOWS("<blockquote><p>сөз</p></blockquote>", "> сөз");
	SHOWS("<p>а<br>ә</p>", "а  \nә");
	SHOWS("<p><a href='/kk/events/5'>кеш</a></p>", "[кеш](/kk/events/5)");
	SHOWS("<p><a href='https://a.kz/?a=1&amp;b=2' rel='noopener noreferrer'>а</a></p>",
	    "[а](https://a.kz/?a=1&b=2)");
	/* md4c 0.4.8 leaves here what it did not enter. */
	SHOWS("<hr><hr><p><strong>x&gt;</strong></p>",
	    "*****\n*********\n**[x]((*******************&1)*)>*****\n");
	SHOWS("<p>сурет</p>", "![сурет](https://a.kz/x.png)");
	SHOWS("<div class='tbl'><table><thead><tr><th scope='col'>а</th><th "
	      "scope='col'>ә</th></tr></thead>"
	      "<tbody><tr><td>1</td><td>2</td></tr></tbody></table></div>",
	    "|а|ә|\n|---|---|\n|1|2|");
	assert_string_equal(
	    plain("# Бас\n\nБір *екі* [үш](/a) &amp; {figure:x}"), "Бас\nБір екі үш & [x]\n");
}

static void
embeds(void **state)
{
	const char **spec;
	size_t n;

	(void)state;
	SHOWS("<p><b class='n'>events_total on=2024-11-15</b> өтті</p>",
	    "{figure:events_total on=2024-11-15} өтті");
	SHOWS("<p><strong><b class='n'>a_b_c</b></strong>, <b class='n'>a_b_c</b></p>",
	    "**{figure:a_b_c}**, {figure:a_b_c}");
	SHOWS("<p><b class='n'>&lt;script&gt;</b></p>", "{figure:<script>}");
	SHOWS("<p>{figure:</p>", "{figure:");
	SHOWS("<p>{figure:}</p>", "{figure:}");
	SHOWS("<p>{figure:a\nb}</p>", "{figure:a\nb}");
	/* Its marks cannot be forged, neither as they are nor as entities. */
	SHOWS("<p><b class='n'>a</b>\xef\xbf\xbd"
	      "0\xef\xbf\xbd</p>",
	    "{figure:a}\xee\x80\x80"
	    "0\xee\x80\x81");
	SHOWS("<p>\xef\xbf\xbd"
	      "0\xef\xbf\xbd</p>",
	    "&#xE000;0&#xE001;");
	markdown_embeds(&arena, "{figure:a} {figure:b on=1} {figure", &spec, &n);
	assert_int_equal(n, 2);
	assert_string_equal(spec[1], "b on=1");
}

/* As a browser would read it: no markup but the writer's own, no address but the allowed ones. */
static void
harmless(const char *text)
{
	static const char *const ours[] = { "p>", "/p>", "a href='http", "a href='/", "a href='#",
		"a href='mailto:", "/a>", "em>", "/em>", "strong>", "/strong>", "code>", "/code>",
		"pre>", "/pre>", "h2>", "/h2>", "h3>", "/h3>", "h4>", "/h4>", "ul>", "/ul>", "ol>",
		"/ol>", "li>", "/li>", "blockquote>", "/blockquote>", "hr>", "br>",
		"div class='tbl'>", "/div>", "table>", "/table>", "thead>", "/thead>", "tbody>",
		"/tbody>", "tr>", "/tr>", "td>", "/td>", "th scope='col'>", "/th>" };
	const char *s = shown(text);
	size_t i;

	for (; (s = strchr(s, '<')) != NULL; s++) {
		for (i = 0; i < ARRAY_LEN(ours); i++)
			if (strncmp(s + 1, ours[i], strlen(ours[i])) == 0)
				break;
		if (i == ARRAY_LEN(ours))
			print_error("%s gave %s\n", text, s);
		assert_true(i < ARRAY_LEN(ours));
	}
}

/* After the cheat sheets of OWASP on filter evasion, with Markdown's own ways beside them. */
static void
attacks(void **state)
{
	static const char *const list[] = { "<script>alert(1)</script>",
		"<SCRIPT SRC=https://a.example/x.js></SCRIPT>", "<img src=x onerror=alert(1)>",
		"<IMG SRC=\"javascript:alert('XSS');\">", "<IMG SRC=JaVaScRiPt:alert('XSS')>",
		"<IMG \"\"\"><SCRIPT>alert(\"XSS\")</SCRIPT>\"\\>", "<svg/onload=alert(1)>",
		"<svg><style><img src=x onerror=alert(1)></style></svg>",
		"<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 "
		"onerror=alert(1)&gt;\">",
		"<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
		"<iframe src=javascript:alert(1)>", "<body onload=alert(1)>",
		"<!--<img src=\"--><img src=x "
		"onerror=alert(1)//\">",
		"<a href='javascript:alert(1)'>x</a>", "<<SCRIPT>alert(1);//\\<</SCRIPT>",
		"<style>@import'https://a.example/x.css';</style>",
		"<base href=\"javascript:alert(1);//\">",
		"<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
		"<object data=x>", "<embed src=x>", "<form action=javascript:alert(1)><button>x",
		"<input onfocus=alert(1) autofocus>", "[x](javascript:alert(1))",
		"[x](JaVaScRiPt:alert(1))", "[x](java&#115;cript:alert(1))",
		"[x](javascript&colon;alert(1))", "[x](&#106;avascript:alert(1))",
		"[x](&#x6A;avascript:alert(1))", "[x](java&Tab;script:alert(1))",
		"[x](<java\tscript:alert(1)>)", "[x]( javascript:alert(1))",
		"[x](&#1;javascript:alert(1))", "[x](data:text/html;base64,PHNjcmlwdD4=)",
		"[x](vbscript:msgbox(1))", "[x](file:///etc/passwd)", "[x](//a.example/)",
		"[x](/\\a.example)", "[x](\\\\a.example)", "[x](https:a)", "[x](http:javascript)",
		"<javascript:alert(1)>", "<data:text/html,x>", "[x][y]\n\n[y]: javascript:alert(1)",
		"[y]\n\n[y]: data:text/html,x", "![x](javascript:alert(1))",
		"![x](x\" onerror=\"alert(1))", "[x](/a\"onmouseover=\"alert(1))",
		"[x](/a'onmouseover='alert(1))", "[x](/a \"t' onclick='alert(1)\")",
		"`<script>alert(1)</script>`", "```html\n<script>alert(1)</script>\n```",
		"    <script>alert(1)</script>",
		"|<img src=x onerror=alert(1)>|a|\n|---|---|\n|<b>|<script>|",
		"# <img src=x onerror=alert(1)>", "<https://a.example/'onclick='x>",
		"[a](<javascript:alert(1)>)", "[![x](/a)](javascript:alert(1))",
		"[![ [x](/y) ](/a)](/z)", "{figure:x}' onclick='", "[{figure:x}](/{figure:x})",
		"&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;", "\\<script>",
		"<?php x ?>", "<![CDATA[<script>]]>", "<!DOCTYPE x>",
		"javascript://a.example/%0aalert(1)" };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(list); i++) {
		const char *s;

		if (strstr(list[i], "{figure") != NULL) {
			s = shown(list[i]);
			assert_null(strstr(s, "' onclick"));
			continue;
		}
		harmless(list[i]);
		s = shown(list[i]);
		assert_null(strcasestr(s, "href='javascript"));
		assert_null(strcasestr(s, "href='data"));
	}
	assert_false(markdown_link("javascript:alert(1)"));
	assert_false(markdown_link("//a.example"));
	assert_false(markdown_link("news.html")); /* it would depend on where the text is shown */
	assert_true(markdown_link("#a"));
	assert_true(markdown_link("HTTPS://a.kz"));
	assert_true(markdown_link("mailto:a@b.kz"));
}

static void
deep_and_large(void **state)
{
	struct buf b;
	struct markdown m = { .arena = &arena };
	struct html h;
	int i;

	(void)state;
	buf_init(&b, &arena, 0);
	for (i = 0; i < 10000; i++)
		buf_char(&b, '>');
	buf_str(&b, " терең");
	assert_non_null(strstr(shown(b.p), "терең"));
	buf_init(&b, &arena, 0);
	for (i = 0; i < 9000; i++)
		buf_str(&b, "- ");
	buf_str(&b, "x");
	harmless(b.p);
	buf_init(&b, &arena, 0);
	for (i = 0; i < 10000; i++)
		buf_str(&b, "**_[");
	harmless(b.p);
	buf_init(&b, &arena, 0);
	for (i = 0; i < 10000; i++)
		buf_str(&b, "![");
	harmless(b.p);
	/* A wide table of rows that are nearly empty. */
	buf_init(&b, &arena, 0);
	for (i = 0; i < 1000; i++)
		buf_str(&b, "|a");
	buf_str(&b, "|\n");
	for (i = 0; i < 1000; i++)
		buf_str(&b, "|---");
	buf_str(&b, "|\n");
	for (i = 0; i < 10000; i++)
		buf_str(&b, "|x\n");
	html_init(&h, &arena, 0);
	assert_int_equal(markdown_html(&m, b.p, &h), RC_TOOBIG);
	buf_init(&b, &arena, 0);
	for (i = 0; i <= MARKDOWN_BYTES; i++)
		buf_char(&b, 'a');
	html_init(&h, &arena, 0);
	assert_int_equal(markdown_html(&m, b.p, &h), RC_TOOBIG);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(common_things),
		cmocka_unit_test(embeds),
		cmocka_unit_test(attacks),
		cmocka_unit_test(deep_and_large),
	};

	arena_init(&arena);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
