/* diff_test.c – both texts come back whole from the pieces; the pieces are those that a reader expects. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "text/diff.h"

static struct arena arena;

/* "a [-b-]{+c+}" */
static const char *
shown(const char *was, const char *is)
{
	struct diff_piece *p;
	struct buf out, old, new;
	size_t n = diff_words(&arena, was, is, &p), i;

	buf_init(&out, &arena, 0);
	buf_init(&old, &arena, 0);
	buf_init(&new, &arena, 0);
	for (i = 0; i < n; i++) {
		buf_str(&out, p[i].op == DIFF_SAME ? "" : p[i].op == DIFF_OUT ? "[-" : "{+");
		buf_put(&out, p[i].p, p[i].n);
		buf_str(&out, p[i].op == DIFF_SAME ? "" : p[i].op == DIFF_OUT ? "-]" : "+}");
		if (p[i].op != DIFF_IN)
			buf_put(&old, p[i].p, p[i].n);
		if (p[i].op != DIFF_OUT)
			buf_put(&new, p[i].p, p[i].n);
		assert_true(p[i].n > 0);
		assert_true(i == 0 || p[i].op != p[i - 1].op);
	}
	assert_string_equal(old.p, was);
	assert_string_equal(new.p, is);
	return out.p;
}

static void
pieces(void **state)
{
	(void)state;
	assert_string_equal(shown("", ""), "");
	assert_string_equal(shown("a b", "a b"), "a b");
	assert_string_equal(shown("", "бір"), "{+бір+}");
	assert_string_equal(shown("бір", ""), "[-бір-]");
	assert_string_equal(
	    shown("497 іс-шара өтті", "499 іс-шара өтті"), "[-497-]{+499+} іс-шара өтті");
	assert_string_equal(shown("a b c d", "a x y d"), "a [-b c-]{+x y+} d");
	assert_string_equal(shown("a c", "a b c"), "a {+b +}c");
	assert_string_equal(shown("one two, three", "one three"), "one [-two, -]three");
	assert_string_equal(shown("a\n\nb", "a b"), "a[-\n\n-]{+ +}b");
}

/* Past the bound the middle is one piece; still both texts come back. */
static void
long_texts(void **state)
{
	struct buf was, is;
	int i;

	(void)state;
	buf_init(&was, &arena, 0);
	buf_init(&is, &arena, 0);
	buf_str(&was, "same ");
	buf_str(&is, "same ");
	for (i = 0; i < 3000; i++) {
		buf_printf(&was, "a%d ", i);
		buf_printf(&is, "b%d ", i);
	}
	assert_true(strncmp(shown(was.p, is.p), "same [-a0 a1", 12) == 0);
}

/* Every pair of short texts of three letters and blanks. */
static void
all_short(void **state)
{
	static const char *const parts[] = { "", "a", "b", " ", "a ", ".a" };
	char was[16], is[16];
	unsigned i, j;

	(void)state;
	for (i = 0; i < 6 * 6 * 6; i++)
		for (j = 0; j < 6 * 6 * 6; j++) {
			struct arena_mark m = arena_mark(&arena);

			snprintf(was, sizeof was, "%s%s%s", parts[i % 6], parts[i / 6 % 6],
			    parts[i / 36]);
			snprintf(
			    is, sizeof is, "%s%s%s", parts[j % 6], parts[j / 6 % 6], parts[j / 36]);
			shown(was, is);
			arena_rewind(&arena, m);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(pieces), cmocka_unit_test(long_texts),
		cmocka_unit_test(all_short) };

	arena_init(&arena);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
