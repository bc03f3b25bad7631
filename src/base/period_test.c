/* period_test.c – periods as people write them, the same days a year earlier, and their parts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/period.h"

#include <stdio.h>
#include <string.h>

static void
test_written(void **state)
{
	static const struct {
		const char *text, *again;
		int from, to;
		enum period_shape shape;
	} good[] = {
		{ "2024", "2024", 20240101, 20241231, PERIOD_YEAR },
		{ "2024-H1", "2024-H1", 20240101, 20240630, PERIOD_HALF },
		{ "2024-h2", "2024-H2", 20240701, 20241231, PERIOD_HALF },
		{ "2024-Q3", "2024-Q3", 20240701, 20240930, PERIOD_QUARTER },
		{ "2024-02", "2024-02", 20240201, 20240229, PERIOD_MONTH },
		{ "2023-02", "2023-02", 20230201, 20230228, PERIOD_MONTH },
		{ "2024-01-01..2024-11-15", "2024-01-01..2024-11-15", 20240101, 20241115,
		    PERIOD_DAYS },
		{ "01.04.2024..30.06.2024", "2024-Q2", 20240401, 20240630, PERIOD_QUARTER },
		{ "2024-05-09..2024-05-09", "2024-05-09..2024-05-09", 20240509, 20240509,
		    PERIOD_DAYS },
	};
	static const char *const bad[] = { "", "24", "2024-", "2024-H0", "2024-H3", "2024-Q5",
		"2024-13", "2024-1", "2024-011", "1989", "2101", "2024-Q", "2024-Q11", "2024x",
		"2024-11-15..2024-01-01", "2024-02-30..2024-03-01", "..", "2024-01-01..",
		"..2024-01-01", "2024-01-01...2024-02-01", "20240-1", "-2024" };
	struct period p;
	char text[PERIOD_TEXT];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof good / sizeof good[0]; i++) {
		assert_true(period_parse(good[i].text, &p));
		assert_int_equal(p.from, good[i].from);
		assert_int_equal(p.to, good[i].to);
		assert_int_equal(p.shape, good[i].shape);
		period_text(&p, text);
		assert_string_equal(text, good[i].again);
	}
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++)
		if (period_parse(bad[i], &p)) {
			print_error("taken: %s\n", bad[i]);
			assert_true(false);
		}
}

static void
test_year_before(void **state)
{
	static const int days[][2] = { { 20241115, 20231115 }, { 20240229, 20230228 },
		{ 20250228, 20240229 }, { 20240228, 20230228 }, { 20230227, 20220227 },
		{ 20240101, 20230101 }, { 20240430, 20230430 }, { 20241231, 20231231 } };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof days / sizeof days[0]; i++)
		assert_int_equal(period_year_before(days[i][0]), days[i][1]);
}

static void
test_parts(void **state)
{
	struct period p;
	int n;

	(void)state;
	for (n = 0; period_part(PERIOD_QUARTER, 20240101, 20241115, n, &p); n++)
		assert_int_equal(p.number, n + 1);
	assert_int_equal(n, 4);
	assert_true(period_part(PERIOD_MONTH, 20231215, 20240110, 1, &p));
	assert_int_equal(p.from, 20240101);
	assert_false(period_part(PERIOD_MONTH, 20231215, 20240110, 2, &p));
	assert_int_equal(period_days(20240101, 20241231), 366);
	assert_int_equal(period_days(20240509, 20240509), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_written),
		cmocka_unit_test(test_year_before), cmocka_unit_test(test_parts) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
