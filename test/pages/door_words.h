/* door_words.h – the few words that tests of pages share: one door of this program, pages and posts by
 * role, what an answer holds. Header-only, since each test program has its own door. */
#ifndef TEST_DOOR_WORDS_H
#define TEST_DOOR_WORDS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "door.h"

static struct door door;
static enum db_engine engine;

static inline int
teardown(void **state)
{
	(void)state;
	door_close(&door);
	return 0;
}

static inline struct answer
page(int role, const char *at)
{
	return door_page(&door, role, M_GET, at, NULL, false);
}

static inline struct answer
post(int role, const char *at, const char *body)
{
	return door_page(&door, role, M_POST, at, body, true);
}

#define HAS(a, text) has(&(a), (text), true, __LINE__)
#define HAS_NOT(a, text) has(&(a), (text), false, __LINE__)
static inline void
has(const struct answer *a, const char *text, bool want, int line)
{
	if ((strstr(a->body.p, text) != NULL) == want)
		return;
	print_error("line %d: status %d, «%s» %s\n", line, a->status, text,
	    want ? "is missing" : "stands there");
	_fail(__FILE__, line);
}

/* Each # is the next of the two numbers. */
static inline const char *
with_ids(const char *format, int64_t one, int64_t two)
{
	struct buf b;

	buf_init(&b, &door.arena, 0);
	for (; *format != '\0'; format++)
		if (*format == '#') {
			buf_printf(&b, "%lld", (long long)one);
			one = two;
		} else
			buf_char(&b, *format);
	return b.p;
}

static inline int
door_tests(const struct CMUnitTest *tests, size_t n, int argc, char **argv, int (*setup)(void **))
{
	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!door_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return _cmocka_run_group_tests("tests", tests, n, setup, teardown);
}

#endif
