/* utf8_test.c – UTF-8 in both directions over all code points, broken bytes one by one, and case of
 * the alphabets that the house writes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/rc.h"
#include "base/utf8.h"

/* The text in memory of exactly its length, so that a sanitizer sees a byte read too many. */
static int32_t
first_of(const char *text, size_t n, size_t *moved)
{
	char *own = malloc(n);
	const char *p = own;
	int32_t cp;

	assert_non_null(own);
	memcpy(own, text, n);
	cp = utf8_next(&p, own + n);
	*moved = (size_t)(p - own);
	free(own);
	return cp;
}

static void
valid_sequences(void **state)
{
	static const struct {
		const char *text;
		int32_t cp;
	} good[] = {
		{ "\x01", 1 },
		{ "A", 'A' },
		{ "\x7f", 0x7f },
		{ "\xc2\x80", 0x80 },
		{ "\xd2\x9b", 0x49b },
		{ "\xdf\xbf", 0x7ff },
		{ "\xe0\xa0\x80", 0x800 },
		{ "\xe2\x82\xb8", 0x20b8 },
		{ "\xed\x9f\xbf", 0xd7ff },
		{ "\xee\x80\x80", 0xe000 },
		{ "\xef\xbf\xbd", 0xfffd },
		{ "\xef\xbf\xbf", 0xffff },
		{ "\xf0\x90\x80\x80", 0x10000 },
		{ "\xf0\x9f\x8c\x9e", 0x1f31e },
		{ "\xf4\x8f\xbf\xbf", 0x10ffff },
	};
	size_t i, moved;

	(void)state;
	for (i = 0; i < ARRAY_LEN(good); i++) {
		size_t n = strlen(good[i].text);

		assert_int_equal(first_of(good[i].text, n, &moved), good[i].cp);
		assert_int_equal(moved, n);
		assert_true(utf8_valid(good[i].text, n));
		assert_int_equal(utf8_len(good[i].text), 1);
	}
	assert_true(utf8_valid("", 0));
	assert_int_equal(utf8_len(""), 0);
	assert_int_equal(utf8_len("Қазақстан 🌞"), 11);
}

static void
broken_sequences(void **state)
{
	static const char *const bad[] = {
		"\x80",
		"\xbf",
		"\xc0\x80",
		"\xc1\xbf", /* no beginning; overlong */
		"\xe0\x80\x80",
		"\xe0\x9f\xbf",
		"\xf0\x80\x80\x80",
		"\xf0\x8f\xbf\xbf",
		"\xed\xa0\x80",
		"\xed\xbf\xbf", /* surrogates */
		"\xf4\x90\x80\x80",
		"\xf5\x80\x80\x80",
		"\xf8\x88\x80\x80\x80",
		"\xfc\x84\x80\x80\x80\x80",
		"\xfe",
		"\xff", /* past the end */
		"\xc2",
		"\xe2\x82",
		"\xe2",
		"\xf0\x9f\x8c",
		"\xf0\x9f",
		"\xf0", /* cut */
		"\xc2"
		"A",
		"\xe2\x82"
		"A",
		"\xe2"
		"AB",
		"\xf0\x9f\x8c"
		"A",
		"\xd2\xd2",
		"\xe2\x28\xa1",
	};
	size_t i, moved;

	(void)state;
	for (i = 0; i < ARRAY_LEN(bad); i++) {
		size_t n = strlen(bad[i]);

		assert_int_equal(first_of(bad[i], n, &moved), -1);
		assert_int_equal(moved, 1);
		assert_false(utf8_valid(bad[i], n));
	}
	assert_false(utf8_valid("a\0b", 3));
	assert_false(utf8_valid("\0", 1));
	assert_false(utf8_valid("good \xd2\x9b then \xd2", 14));
}

static void
round_trip(void **state)
{
	char all[4], *end;
	int32_t cp;

	(void)state;
	for (cp = 0; cp <= 0x10ffff; cp++) {
		const char *p = all;
		size_t n = cp >= 0xd800 && cp <= 0xdfff ? 0 : utf8_put(all, cp);

		if (n == 0)
			continue;
		end = all + n;
		if (n != (cp < 0x80	    ? 1u
			     : cp < 0x800   ? 2u
			     : cp < 0x10000 ? 3u
					    : 4u) ||
		    utf8_next(&p, end) != cp || p != end || utf8_valid(all, n) != (cp != 0))
			fail_msg("U+%04X comes back wrong", (unsigned)cp);
	}
}

/* Every three bytes: valid exactly if they can be written so. What follows a broken byte is found. */
static void
every_three_bytes(void **state)
{
	uint32_t x;

	(void)state;
	for (x = 0; x < 1 << 24; x += 1 + x % 5) {
		char in[3] = { (char)(x >> 16), (char)(x >> 8), (char)x }, again[16];
		const char *p = in;
		size_t n = 0;
		bool good = true;

		while (p < in + 3) {
			int32_t cp = utf8_next(&p, in + 3);

			if (cp > 0)
				n += utf8_put(again + n, cp);
			else
				good = false;
		}
		if (p != in + 3 || good != utf8_valid(in, 3) ||
		    (good && (n != 3 || memcmp(again, in, 3) != 0)))
			fail_msg("bytes %06x", (unsigned)x);
	}
}

static void
pairs_of_case(const char *upper, const char *lower)
{
	const char *u = upper, *l = lower, *uend = upper + strlen(upper),
		   *lend = lower + strlen(lower);
	int n = 0;

	assert_int_equal(utf8_len(upper), utf8_len(lower));
	while (u < uend) {
		int32_t big = utf8_next(&u, uend), small = utf8_next(&l, lend);

		if (utf8_lower(big) != small || utf8_upper(small) != big ||
		    utf8_lower(small) != small || utf8_upper(big) != big)
			fail_msg("U+%04X and U+%04X", (unsigned)big, (unsigned)small);
		n++;
	}
	assert_true(n > 0 && l == lend);
}

static void
case_of_letters(void **state)
{
	(void)state;
	/* The 42 letters of the Kazakh Cyrillic alphabet in their order. */
	pairs_of_case("АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ",
	    "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя");
	assert_int_equal(utf8_len("АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ"), 42);
	/* Latin of 2021; its I and İ stand below. */
	pairs_of_case("AÄBDEFGĞHJKLMNÑOÖPQRSŞTUŪÜVYZ", "aäbdefgğhjklmnñoöpqrsştuūüvyz");
	/* Neighbours whose names stand in the registers: Ukrainian, Azeri, Uzbek, Polish, Czech, Greek. */
	pairs_of_case("ЄЇҐЎЂЋЏ", "єїґўђћџ");
	pairs_of_case("ƏÇŽŠŁĄĘŻŹĆČŘŮŐŰŸ", "əçžšłąężźćčřůőűÿ");
	pairs_of_case("ΑΒΓΔΩ", "αβγδω");
	assert_int_equal(utf8_lower('I'), 'i');
	assert_int_equal(utf8_lower(0x130), 'i'); /* İ */
	assert_int_equal(utf8_upper('i'), 'I');
	assert_int_equal(utf8_upper(0x131), 'I'); /* ı */
	assert_int_equal(utf8_lower(0x131), 0x131);
	assert_int_equal(utf8_upper(0x130), 0x130);
}

/* Whatever the code point: case is a projection, stays a valid code point and leaves the rest alone. */
static void
case_of_all(void **state)
{
	static const int32_t alone[] = { '@', '[', '`', '{', 0xd7, 0xf7, 0xdf, 0x138, 0x149,
		0x4c0 + 15, 0x482, 0x483, 0x489, 0x4e00, 0x1f31e, 0x10ffff };
	int32_t c;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(alone); i++)
		assert_true(utf8_lower(alone[i]) == alone[i] && utf8_upper(alone[i]) == alone[i]);
	for (c = 1; c <= 0x10ffff; c++) {
		int32_t l = utf8_lower(c), u = utf8_upper(c);

		if (utf8_lower(l) != l || utf8_upper(u) != u || l <= 0 || u <= 0 ||
		    (l != c && u != c && c != 0x130))
			fail_msg("U+%04X lower U+%04X upper U+%04X", (unsigned)c, (unsigned)l,
			    (unsigned)u);
		if (l != c && utf8_upper(l) != c && c != 0x130)
			fail_msg("U+%04X does not come back from U+%04X", (unsigned)c, (unsigned)l);
		if (u != c && utf8_lower(u) != c && c != 0x131)
			fail_msg("U+%04X does not come back from U+%04X", (unsigned)c, (unsigned)u);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(valid_sequences),
		cmocka_unit_test(broken_sequences),
		cmocka_unit_test(round_trip),
		cmocka_unit_test(every_three_bytes),
		cmocka_unit_test(case_of_letters),
		cmocka_unit_test(case_of_all),
	};

	return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
