/* kazakh_number_test.c – numbers in words, ordinals and endings against a slow rule of its own: it reads
 * the 24 rows of data/kk_number_suffixes.csv and spells the decimal text group by group. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "lang/kazakh.h"

enum { CELLS = 12, ROWS = 24 };
static struct arena arena, forever;
static char *table[ROWS][CELLS];

static int
read_table(void **state)
{
	char line[1024];
	FILE *f = fopen(HOUSE_ROOT "/data/kk_number_suffixes.csv", "r");
	int i, j;

	(void)state;
	assert_non_null(f);
	arena_init(&forever);
	assert_non_null(fgets(line, sizeof line, f));
	for (i = 0; i < ROWS; i++) {
		char *p;

		assert_non_null(fgets(line, sizeof line, f));
		line[strcspn(line, "\n")] = '\0';
		p = arena_str(&forever, line);
		for (j = 0; j < CELLS; j++)
			table[i][j] = strsep(&p, ",");
		assert_null(p);
	}
	fclose(f);
	return 0;
}

static int
drop_table(void **state)
{
	(void)state;
	arena_done(&forever);
	return 0;
}

static int
fresh(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int
done(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

static char **
row_of(const char *value)
{
	int i;

	for (i = 0; i < ROWS; i++)
		if (strcmp(table[i][0], value) == 0)
			return table[i];
	fail_msg("no row %s", value);
	return NULL;
}

/* Rows of the words of a number, spelled from its decimal text. */
static size_t
spell(const char *digits, char **out[64])
{
	static const char *const scale[] = { "", "1000", "1000000", "1000000000", "1000000000000" };
	size_t len = strlen(digits), n = 0, i;

	if (strcmp(digits, "0") == 0) {
		out[0] = row_of("0");
		return 1;
	}
	for (i = 0; i < len; i++) {
		size_t place = len - 1 - i; /* power of ten */
		char d = digits[i], text[4] = { d, '\0' };
		bool lone = len == 4 && i == 0 && d == '1';

		if (d != '0' && place % 3 == 2) {
			if (d != '1')
				out[n++] = row_of(text);
			out[n++] = row_of("100");
		} else if (d != '0' && place % 3 == 1) {
			text[1] = '0';
			out[n++] = row_of(text);
		} else if (d != '0' && !lone)
			out[n++] = row_of(text);
		/* The group is ended: its scale, unless all three are zero. */
		if (place % 3 == 0 && place > 0 &&
		    (d != '0' || (i >= 1 && digits[i - 1] != '0') ||
			(i >= 2 && digits[i - 2] != '0')))
			out[n++] = row_of(scale[place / 3]);
	}
	return n;
}

static void
check(int64_t v)
{
	char digits[24], **rows[64], **last;
	struct buf head;
	size_t n, i;
	int c;

	snprintf(digits, sizeof digits, "%lld", (long long)v);
	n = spell(digits, rows);
	last = rows[n - 1];
	buf_init(&head, &arena, 0);
	for (i = 0; i + 1 < n; i++)
		buf_printf(&head, "%s ", rows[i][1]);
	for (c = KK_NOM; c <= KK_INS; c++) {
		assert_string_equal(kk_num_ending(v, (enum kk_case)c), last[4 + c]);
		assert_string_equal(kk_words(&arena, v, (enum kk_case)c),
		    arena_printf(&arena, "%s%s%s", head.p, last[1], last[4 + c]));
	}
	assert_string_equal(
	    kk_ordinal_words(&arena, v), arena_printf(&arena, "%s%s", head.p, last[11]));
	assert_string_equal(
	    strrchr(kk_ordinal(&arena, v), '-'), strcmp(last[2], "back") == 0 ? "-шы" : "-ші");
}

static void
ten_thousand_numbers(void **state)
{
	uint64_t seed = 1995;
	int i;

	(void)state;
	for (i = 0; i < 10000; i++) {
		struct arena_mark mark = arena_mark(&arena);
		int64_t limit = 10, v;
		int k;

		seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		for (k = 0; k < i % 15; k++)
			limit *= 10;
		v = (int64_t)((seed >> 11) % (uint64_t)limit);
		if (i % 3 == 0)
			v -= v % (limit / 10); /* round ones are what reports hold */
		check(v);
		arena_rewind(&arena, mark);
	}
	for (i = 0; i <= 2100; i++)
		check(i);
}

static void
known_words(void **state)
{
	static const struct {
		int64_t v;
		const char *words, *ordinal;
	} known[] = {
		{ 1000, "мың", "мыңыншы" },
		{ 1000000, "бір миллион", "бір миллионыншы" },
		{ 1991, "мың тоғыз жүз тоқсан бір", "мың тоғыз жүз тоқсан бірінші" },
		{ 100, "жүз", "жүзінші" },
		{ 20, "жиырма", "жиырмасыншы" },
		{ 240, "екі жүз қырық", "екі жүз қырқыншы" },
		{ 2000000, "екі миллион", "екі миллионыншы" },
		{ 5001000, "бес миллион бір мың", "бес миллион бір мыңыншы" },
		{ -7, "минус жеті", "минус жетінші" },
		{ INT64_C(1000000000000000), "бір квадриллион", "бір квадриллионыншы" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(known); i++) {
		assert_string_equal(kk_words(&arena, known[i].v, KK_NOM), known[i].words);
		assert_string_equal(kk_ordinal_words(&arena, known[i].v), known[i].ordinal);
	}
	assert_string_equal(kk_words(&arena, INT64_MIN, KK_DAT),
	    "минус тоғыз квинтиллион екі жүз жиырма үш квадриллион үш жүз жетпіс екі триллион отыз "
	    "алты миллиард сегіз жүз елу төрт миллион жеті жүз жетпіс бес мың сегіз жүз сегізге");
	assert_string_equal(kk_ordinal(&arena, 5), "5-ші");
	assert_string_equal(kk_ordinal(&arena, 40), "40-шы");
	assert_string_equal(kk_ordinal_before(&arena, 5, "сынып"), "5-сынып");
}

static void
case_names(void **state)
{
	enum kk_case c = KK_NOM;

	(void)state;
	assert_true(kk_case_parse("abl", &c));
	assert_int_equal(c, KK_ABL);
	assert_false(kk_case_parse("ABL", &c));
	assert_false(kk_case_parse("", &c));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(ten_thousand_numbers, fresh, done),
		cmocka_unit_test_setup_teardown(known_words, fresh, done),
		cmocka_unit_test(case_names),
	};

	return cmocka_run_group_tests(tests, read_table, drop_table);
}
