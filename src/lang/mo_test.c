/* mo_test.c – the catalogue reader: honest bytes, every kind of broken ones, and each single byte of
 * a good catalogue flipped. Under ASan an offset trusted too early shows itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "lang/mo.h"
#include "lang/mo_build.h"

static const struct mo_pair pairs[] = {
	MO_PAIR("", "header"),
	MO_PAIR("alpha", "альфа"),
	MO_PAIR("day\0days", "күн\0\0күндер"),
	MO_PAIR("omega", "омега"),
};
static unsigned char good[512];
static size_t ngood;

static int
setup(void **state)
{
	(void)state;
	ngood = mo_build(good, pairs, ARRAY_LEN(pairs));
	return 0;
}

static void
honest(void **state)
{
	struct mo m;
	struct slice s;

	(void)state;
	assert_int_equal(mo_open(good, ngood, &m), RC_OK);
	assert_string_equal(mo_find(&m, "alpha").p, "альфа");
	assert_string_equal(mo_find(&m, "omega").p, "омега");
	assert_string_equal(mo_find(&m, "").p, "header");
	assert_null(mo_find(&m, "days").p);
	assert_null(mo_find(&m, "alph").p);
	assert_null(mo_find(&m, "zeta").p);
	s = mo_find(&m, "day");
	assert_string_equal(mo_form(s, 0), "күн");
	assert_string_equal(mo_form(s, 1), "");
	assert_string_equal(mo_form(s, 2), "күндер");
	assert_string_equal(mo_form(s, 3), "күндер");
	assert_string_equal(mo_form(s, 4000000000u), "күндер");
}

static void
other_byte_order(void **state)
{
	unsigned char b[512];
	uint32_t v;
	size_t i;
	struct mo m;

	(void)state;
	memcpy(b, good, ngood);
	for (i = 0; i < 28 + 16 * ARRAY_LEN(pairs); i += 4) {
		memcpy(&v, b + i, 4);
		v = __builtin_bswap32(v);
		memcpy(b + i, &v, 4);
	}
	assert_int_equal(mo_open(b, ngood, &m), RC_OK);
	assert_string_equal(mo_find(&m, "omega").p, "омега");
}

static void
refused_with(size_t at, uint32_t v)
{
	unsigned char *b = malloc(ngood);
	struct mo m = { .count = 77 };

	memcpy(b, good, ngood);
	mo_put32(b, at, v);
	assert_int_equal(mo_open(b, ngood, &m), RC_INVALID);
	assert_int_equal(m.count, 77);
	free(b);
}

static void
broken(void **state)
{
	static const struct mo_pair unsorted[] = { MO_PAIR("b", "1"), MO_PAIR("a", "2") };
	static const struct mo_pair twice[] = { MO_PAIR("a", "1"), MO_PAIR("a", "2") };
	static const struct mo_pair latin1[] = { MO_PAIR("a", "\xE4") };
	static const struct mo_pair behind_nul[] = { MO_PAIR("a\0b", "x\0\xFF") };
	unsigned char b[512];
	struct mo m;

	(void)state;
	refused_with(0, 0x12345678);
	refused_with(4, 0x00020000); /* major revision 2 */
	refused_with(8, 0xFFFFFFFF); /* count */
	refused_with(8, 5000);
	refused_with(12, 0xFFFFFFF8); /* tables out of the bytes */
	refused_with(16, (uint32_t)ngood);
	refused_with(12, 4);		  /* inside the head */
	refused_with(28, 0xFFFFFFFF);	  /* length of a msgid */
	refused_with(28 + 4, 0xFFFFFFFF); /* its offset */
	refused_with(28 + 8, 4);	  /* not ended by NUL */
	assert_int_equal(mo_open(NULL, 0, &m), RC_INVALID);
	assert_int_equal(mo_open(good, 27, &m), RC_INVALID);
	assert_int_equal(mo_open(b, mo_build(b, unsorted, 2), &m), RC_INVALID);
	assert_int_equal(mo_open(b, mo_build(b, twice, 2), &m), RC_INVALID);
	assert_int_equal(mo_open(b, mo_build(b, latin1, 1), &m), RC_INVALID);
	assert_int_equal(mo_open(b, mo_build(b, behind_nul, 1), &m), RC_INVALID);
	assert_int_equal(mo_open(b, mo_build(b, pairs, 0), &m), RC_OK);
	assert_null(mo_find(&m, "alpha").p);
}

/* Whatever is accepted must be searchable without leaving the bytes. */
static void
use(const unsigned char *b, size_t n)
{
	static const char *const ids[] = { "", "alpha", "day", "omega", "zz" };
	struct mo m;
	size_t i;

	if (mo_open(b, n, &m) != RC_OK)
		return;
	for (i = 0; i < ARRAY_LEN(ids); i++) {
		struct slice s = mo_find(&m, ids[i]);

		if (s.p != NULL)
			assert_true(strlen(mo_form(s, 2)) <= n);
	}
}

static void
cut_and_flipped(void **state)
{
	unsigned char *b;
	size_t i, n;
	int bit;

	(void)state;
	for (n = 0; n < ngood; n++) {
		b = malloc(n == 0 ? 1 : n);
		memcpy(b, good, n);
		use(b, n);
		free(b);
	}
	b = malloc(ngood);
	for (i = 0; i < ngood; i++)
		for (bit = 0; bit < 8; bit++) {
			memcpy(b, good, ngood);
			b[i] ^= (unsigned char)(1 << bit);
			use(b, ngood);
		}
	free(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(honest),
		cmocka_unit_test(other_byte_order),
		cmocka_unit_test(broken),
		cmocka_unit_test(cut_and_flipped),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
