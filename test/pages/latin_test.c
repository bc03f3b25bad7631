/* latin_test.c – the whole site read in Latin, under /kk-latn/: every page that a guest, a clerk and
 * an administrator may open is the Kazakh page without a Cyrillic letter outside what is kept (other
 * languages, translate='no', what is typed); links and forms stay under the prefix; what is stored
 * stays as it is, in fields, exports and the API.
 *
 * Pages are read by a scanner of its own, which shares nothing with the writer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "door.h"

#include <stdio.h>
#include <stdlib.h>

static struct door door;
static enum db_engine engine;

static int
setup(void **state)
{
	(void)state;
	door_open(&door, engine);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	door_close(&door);
	return 0;
}

static void refuse(const char *fmt, ...) PRINTF(1, 2);
static void
refuse(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	print_error("%s\n", arena_vprintf(&door.arena, fmt, ap));
	va_end(ap);
	_fail(__FILE__, __LINE__);
}

/* ---- a small reader of pages ---- */

enum { DEPTH = 100 };
struct page_reader {
	bool kept[DEPTH];
	char name[DEPTH][16];
	int depth;
	unsigned texts;	   /* bytes of text that is read */
	const char *wrong; /* the first Cyrillic where none may be, or a link that leaves */
};

static bool
has_cyrillic(const char *p, size_t n)
{
	for (; n > 1; p++, n--)
		if (((unsigned char)p[0] & 0xFC) == 0xD0 && ((unsigned char)p[1] & 0xC0) == 0x80)
			return true;
	return false;
}

static void
complain(struct page_reader *r, const char *p, size_t n)
{
	if (r->wrong == NULL)
		r->wrong = arena_strn(&door.arena, p, n < 120 ? n : 120);
}

static bool
is(const char *p, size_t n, const char *text)
{
	return n == strlen(text) && memcmp(p, text, n) == 0;
}

static void
see_attribute(struct page_reader *r, const char *tag, const char *name, size_t nname,
    const char *value, size_t n, bool *kept)
{
	static const char *const readable[] = { "title", "aria-label", "placeholder", "alt",
		"content", "data-l" };
	size_t i;

	if (is(name, nname, "lang"))
		*kept = (!is(value, n, "kk-Latn") && !is(value, n, "kk")) ||
			(*kept && strcmp(tag, "a") == 0);
	if (is(name, nname, "translate") && is(value, n, "no"))
		*kept = true;
	/* The head tells programs where the page is in the other letters. */
	if (is(name, nname, "hreflang") && strcmp(tag, "link") == 0)
		*kept = true;
	for (i = 0; i < ARRAY_LEN(readable); i++)
		if (is(name, nname, readable[i]) && !*kept && has_cyrillic(value, n))
			complain(r, value, n);
	if ((is(name, nname, "href") || is(name, nname, "action")) && n > 1 && value[0] == '/' &&
	    strncmp(value, "/kk-latn/", 9) != 0 && strncmp(value, "/static/", 8) != 0 &&
	    !is(value, n, "/integrity.txt") && memmem(value, n, "/calendar.ics", 13) == NULL &&
	    memmem(value, n, "/feed.", 6) == NULL && strncmp(value, "/pictures/", 10) != 0 &&
	    !*kept)
		/* roots and feeds: texts without a language of the address */
		complain(r, value, n);
	/* A slash that was escaped leads nowhere, or to a page whose own links are wrong. */
	if (is(name, nname, "href") || is(name, nname, "action")) {
		const char *query = memchr(value, '?', n);

		if (memmem(value, query == NULL ? n : (size_t)(query - value), "%2F", 3) != NULL)
			complain(r, value, n);
	}
}

/* One tag; p stands behind '<'. */
static const char *
see_tag(struct page_reader *r, const char *p, const char *end)
{
	static const char *const lone[] = { "br", "hr", "img", "input", "link", "meta", "wbr",
		"col" };
	bool close = *p == '/', kept = r->depth > 0 && r->kept[r->depth - 1], self = false;
	char tag[16] = "";
	size_t n = strcspn(p + close, " />\n"), i;

	snprintf(tag, sizeof tag, "%.*s", (int)n, p + close);
	p += close + (int)n;
	while (p < end && *p != '>') {
		const char *name = p, *value;
		size_t nname;

		if (*p == ' ' || *p == '\n' || *p == '/') {
			self = *p == '/';
			p++;
			continue;
		}
		nname = strcspn(p, "= >/");
		p += nname;
		if (*p != '=')
			continue;
		value = p + 2;
		p = strchr(value, p[1]);
		see_attribute(r, tag, name, nname, value, (size_t)(p - value), &kept);
		p++;
	}
	p++;
	if (*tag == '!' || self)
		return p;
	for (i = 0; i < ARRAY_LEN(lone); i++)
		if (strcmp(tag, lone[i]) == 0)
			return p;
	if (close) {
		assert_true(r->depth > 0 && strcmp(r->name[r->depth - 1], tag) == 0);
		r->depth--;
		return p;
	}
	assert_true(r->depth < DEPTH);
	memcpy(r->name[r->depth], tag, sizeof tag);
	/* script: an article as data for programs, in the letters in which it was written. */
	r->kept[r->depth++] = kept || strcmp(tag, "textarea") == 0 || strcmp(tag, "code") == 0 ||
			      strcmp(tag, "script") == 0;
	return p;
}

static struct page_reader
read_page(struct slice body)
{
	struct page_reader r = { .depth = 0 };
	const char *p = body.p, *end = body.p + body.n;

	while (p < end) {
		const char *lt = memchr(p, '<', (size_t)(end - p));
		size_t n = (size_t)((lt == NULL ? end : lt) - p);

		if (r.depth > 0 && !r.kept[r.depth - 1]) {
			r.texts += (unsigned)n;
			if (has_cyrillic(p, n))
				complain(&r, p, n);
		}
		p = lt == NULL ? end : see_tag(&r, lt + 1, end);
	}
	return r;
}

/* ---- tests ---- */

static struct answer
get(int role, const char *path)
{
	return door_page(&door, role, M_GET, path, NULL, false);
}

static void
check_page(const char *path, int role)
{
	struct answer a = get(role, path);
	struct page_reader r;

	if (a.type != NULL && strstr(a.type, "html") == NULL)
		return;
	if (a.status >= 300 && a.status < 400) {
		if (a.location[0] == '/' && strncmp(a.location, "/kk-latn/", 9) != 0)
			refuse("%s leads to %s", path, a.location);
		return;
	}
	r = read_page(a.body);
	if (r.wrong != NULL)
		refuse("%s as %s: «%s»", path, door.role[role], r.wrong);
	if (r.texts < 100 || strstr(a.body.p, "<html lang='kk-Latn'") == NULL)
		refuse("%s as %s: no page in Latin", path, door.role[role]);
}

static void
every_page(void **state)
{
	static const char *const names[][2] = { { "{code}", "events_total" },
		{ "{list}", "districts" } };
	const int roles[] = { 0, door_role(&door, "clerk"), door_role(&door, "admin") };
	size_t i, j, k;

	(void)state;
	for (i = 0; i < app_nroutes; i++)
		for (j = 0; j < *app_routes[i].n; j++) {
			const struct route *r = &app_routes[i].rows[j];
			struct arena_mark mark = arena_mark(&door.arena);
			const char *p = r->pattern;
			struct buf path;

			if (r->method != M_GET || (r->flags & (ROUTE_API | ROUTE_BARE)) != 0)
				continue;
			buf_init(&path, &door.arena, 0);
			buf_str(&path, "/kk-latn");
			while (*p != '\0') {
				const char *value = "1";

				if (*p != '{') {
					buf_char(&path, *p++);
					continue;
				}
				for (k = 0; k < ARRAY_LEN(names); k++)
					if (strncmp(p, names[k][0], strlen(names[k][0])) == 0)
						value = names[k][1];
				buf_str(&path, value);
				p = strchr(p, '}') + 1;
			}
			for (k = 0; k < ARRAY_LEN(roles); k++)
				check_page(path.p, roles[k]);
			arena_rewind(&door.arena, mark);
		}
}

static bool
has(struct answer a, const char *text)
{
	return strstr(a.body.p, text) != NULL;
}

static void
home_page(void **state)
{
	struct answer a = get(0, "/kk-latn/");

	(void)state;
	assert_int_equal(a.status, 200);
	assert_true(has(a, "Qazaqstan"));
	assert_true(has(a, "title='Qazaqşa' aria-current='true'>Qaz</a>"));
	assert_true(has(a, "href='/kk/' lang='kk'"));
	assert_true(has(a, "href='/ru/' lang='ru'"));
	assert_false(has(get(0, "/kk/"), "Qazaqstan"));
	assert_non_null(read_page(get(0, "/kk/").body).wrong); /* the reader does see Cyrillic */
	assert_true(has(get(0, "/kk/"), "href='/kk-latn/' lang='kk-Latn'"));
	/* The switch keeps page and query. */
	a = get(0, "/kk-latn/events?state=reported");
	assert_true(has(a, "href='/kk/events?state=reported' lang='kk'"));
	assert_true(has(a, "href='/en/events?state=reported' lang='en'"));
	a = get(0, "/en/events?state=reported");
	assert_true(has(a, "href='/kk-latn/events?state=reported' lang='kk-Latn'"));
}

static void
errors_and_strange_prefixes(void **state)
{
	struct answer a = get(0, "/kk-latn/no-such-page");

	(void)state;
	assert_int_equal(a.status, 404);
	assert_null(read_page(a.body).wrong);
	assert_true(has(a, "href='/ru/no-such-page' lang='ru'"));
	a = get(0, "/kk-latn/people/1");
	assert_true(a.status == 401 || a.status == 303);
	if (a.status == 303)
		assert_non_null(strstr(a.location, "/kk-latn/sign-in?next="));
	a = get(0, "/kk-Latn/");
	assert_int_equal(a.status, 404);
	a = get(0, "/kk-latn-x/events");
	assert_int_equal(a.status, 404);
	a = get(0, "/?lang=kk-latn");
	assert_int_equal(a.status, 303);
	assert_string_equal(a.location, "/kk-latn/");
}

/* Fields, exports and the API hold the stored letters; a form sent from here stores what was typed. */
static void
stored_letters(void **state)
{
	int clerk = door_role(&door, "clerk");
	struct answer a = get(clerk, "/kk-latn/people/1/edit"), csv;

	(void)state;
	assert_int_equal(a.status, 200);
	assert_true(has(a, "action='/kk-latn/people/1"));
	assert_true(has_cyrillic(a.body.p, a.body.n)); /* in values, the page's own test is above */
	csv = get(clerk, "/kk-latn/events?format=csv");
	assert_int_equal(csv.status, 200);
	assert_true(has_cyrillic(csv.body.p, csv.body.n));
	assert_string_equal(csv.body.p, get(clerk, "/kk/events?format=csv").body.p);
	a = door_page(&door, clerk, M_POST, "/kk-latn/people/new", "surname=&given=", true);
	assert_int_equal(a.status, 422);
	assert_null(read_page(a.body).wrong);
}

/* Sentences that the program makes follow, and the Cyrillic page is as it was. */
static void
statement_too(void **state)
{
	struct answer latin = get(0, "/kk-latn/statement"), cyrillic = get(0, "/kk/statement");

	(void)state;
	assert_true(has(latin, "anyqtama"));
	assert_false(has(latin, "анықтама"));
	assert_true(has(cyrillic, "анықтама"));
	assert_false(has(cyrillic, "anyqtama"));
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_page),
		cmocka_unit_test(home_page),
		cmocka_unit_test(errors_and_strange_prefixes),
		cmocka_unit_test(stored_letters),
		cmocka_unit_test(statement_too),
	};

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!door_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, setup, teardown);
}
