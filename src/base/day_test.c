/* day_test.c – days, moments and their texts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "base/rc.h"

#define HOUR (INT64_C(3600) * US_PER_SECOND)

static void
validity(void **state)
{
	static const int good[] = { 10000101, 19700101, 20000229, 20240229, 20241115, 99991231,
		20230430 };
	static const int bad[] = { 0, -1, 1, 20240230, 20230229, 19000229, 21000229, 20241301,
		20240001, 20240100, 20240132, 20240431, 20240631, 9991231, 100000101, -20241115,
		INT32_MAX, INT32_MIN, 20241199 };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(good); i++)
		assert_true(day_valid(good[i]));
	for (i = 0; i < ARRAY_LEN(bad); i++)
		if (day_valid(bad[i]))
			fail_msg("%d is no day", bad[i]);
}

static void
leap_years(void **state)
{
	static const int leap[] = { 1600, 1996, 2000, 2004, 2024, 2400 };
	static const int plain[] = { 1700, 1800, 1900, 2023, 2025, 2026, 2100 };
	static const int len[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	size_t i;
	int m;

	(void)state;
	for (i = 0; i < ARRAY_LEN(leap); i++)
		assert_int_equal(day_month_len(leap[i], 2), 29);
	for (i = 0; i < ARRAY_LEN(plain); i++)
		assert_int_equal(day_month_len(plain[i], 2), 28);
	for (m = 1; m <= 12; m++)
		assert_int_equal(day_month_len(2023, m), len[m - 1]);
}

/* 400 years, day by day: numbers rise by one, days come back, weekdays go round. */
static void
four_centuries(void **state)
{
	int64_t n = day_number(18000101), first = n;
	int y, m, d, weekday = day_weekday(18000101);

	(void)state;
	for (y = 1800; y < 2200; y++)
		for (m = 1; m <= 12; m++)
			for (d = 1; d <= day_month_len(y, m); d++, n++, weekday = weekday % 7 + 1) {
				int day = day_make(y, m, d);

				if (!day_valid(day) || day_number(day) != n ||
				    day_of_number(n) != day || day_weekday(day) != weekday ||
				    day_add(day, 1) != day_of_number(n + 1) ||
				    day_add(day, -400) != day_of_number(n - 400))
					fail_msg("day %d", day);
			}
	assert_int_equal(n - first, 146097);
	assert_int_equal(day_number(19700101), 0);
	assert_int_equal(day_number(20241115), 20042);
	assert_int_equal(day_of_number(-1), 19691231);
	assert_int_equal(day_of_number(day_number(10000101)), 10000101);
	assert_int_equal(day_of_number(day_number(99991231)), 99991231);
	assert_int_equal(day_year(20241115), 2024);
	assert_int_equal(day_month(20241115), 11);
	assert_int_equal(day_dom(20241115), 15);
}

static void
weekdays(void **state)
{
	static const struct {
		int day, weekday;
	} known[] = {
		{ 19700101, 4 },
		{ 20000101, 6 },
		{ 19911216, 1 },
		{ 20240301, 5 },
		{ 20241115, 5 },
		{ 20240229, 4 },
		{ 19000101, 1 },
		{ 18000101, 3 },
		{ 20991231, 4 },
		{ 20250101, 3 },
		{ 16000101, 6 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(known); i++)
		assert_int_equal(day_weekday(known[i].day), known[i].weekday);
}

/* The local day begins at 19:00 UTC of the day before. */
static void
local_days(void **state)
{
	int64_t midnight = day_number(20241115) * US_PER_DAY - 5 * HOUR;
	int day, h, m, s;

	(void)state;
	assert_int_equal(day_start(20241115), midnight);
	assert_int_equal(day_of_moment(midnight), 20241115);
	assert_int_equal(day_of_moment(midnight - 1), 20241114);
	assert_int_equal(day_of_moment(midnight + US_PER_DAY - 1), 20241115);
	assert_int_equal(day_of_moment(midnight + US_PER_DAY), 20241116);
	assert_int_equal(day_of_moment(0), 19700101);
	assert_int_equal(day_of_moment(-5 * HOUR), 19700101);
	assert_int_equal(day_of_moment(-5 * HOUR - 1), 19691231);
	assert_int_equal(day_of_moment(day_start(19000101) - 1), 18991231);
	moment_parts(midnight - 1, &day, &h, &m, &s);
	assert_true(day == 20241114 && h == 23 && m == 59 && s == 59);
	moment_parts(midnight + 13 * HOUR + 7 * 60 * US_PER_SECOND + 9 * US_PER_SECOND + 999999,
	    &day, &h, &m, &s);
	assert_true(day == 20241115 && h == 13 && m == 7 && s == 9);
	moment_parts(-1, &day, &h, &m, &s); /* before 1970 */
	assert_true(day == 19700101 && h == 4 && m == 59 && s == 59);
	moment_parts(-6 * HOUR - 1, &day, &h, &m, &s);
	assert_true(day == 19691231 && h == 22 && m == 59 && s == 59);
}

static void
moments_round_trip(void **state)
{
	uint64_t x = 88172645463325252u;
	char text[32];
	int64_t back;
	int i;

	(void)state;
	for (i = 0; i < 200000; i++) {
		int64_t us, low = day_start(10000102),
			    span = (day_start(99991231) - low) / US_PER_SECOND;

		x ^= x << 13;
		x ^= x >> 7;
		x ^= x << 17;
		us = low + (int64_t)(x % (uint64_t)span) * US_PER_SECOND;
		moment_rfc3339(us, text);
		if (strlen(text) != 20 || !moment_parse_rfc3339(text, &back) || back != us)
			fail_msg("%s", text);
		/* Parts of a second are left out, downwards. */
		moment_rfc3339(us + 999999, text);
		if (!moment_parse_rfc3339(text, &back) || back != us)
			fail_msg("%s", text);
	}
	moment_rfc3339(0, text);
	assert_string_equal(text, "1970-01-01T00:00:00Z");
	moment_rfc3339(-1, text);
	assert_string_equal(text, "1969-12-31T23:59:59Z");
	moment_rfc3339(INT64_C(1731675600000000), text);
	assert_string_equal(text, "2024-11-15T13:00:00Z");
}

static void
moments_read(void **state)
{
	static const struct {
		const char *text;
		int64_t us;
	} good[] = {
		{ "1970-01-01T00:00:00Z", 0 },
		{ "1970-01-01t00:00:00z", 0 },
		{ "1970-01-01 00:00:00Z", 0 },
		{ "1970-01-01T05:00:00+05:00", 0 },
		{ "1969-12-31T19:00:00-05:00", 0 },
		{ "1970-01-01T00:00:00+00:00", 0 },
		{ "1970-01-01T00:00:00-00:00", 0 },
		{ "1970-01-01T00:00:00.5Z", 500000 },
		{ "1970-01-01T00:00:00.123456Z", 123456 },
		{ "1970-01-01T00:00:00.123456789123Z", 123456 },
		{ "1970-01-01T00:00:00.000000000000000000000000000000000001+00:00", 0 },
		{ "2016-12-31T23:59:60Z", INT64_C(1483228800000000) },
		{ "2024-11-15T18:00:00+05:00", INT64_C(1731675600000000) },
		{ "1970-01-02T05:29:00+05:30", INT64_C(86340000000) },
	};
	static const char *const bad[] = { "", "Z", "1970", "1970-01-01", "1970-01-01T",
		"1970-01-01T00:00:00", "1970-01-01T00:00Z", "1970-1-01T00:00:00Z",
		" 1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z ", "1970-01-01T00:00:00ZZ",
		"1970-01-01T24:00:00Z", "1970-01-01T00:60:00Z", "1970-01-01T00:00:61Z",
		"1970-01-01T00:00:00.Z", "1970-01-01T00:00:00,5Z", "1970-01-01T00:00:00+05",
		"1970-01-01T00:00:00+0500", "1970-01-01T00:00:00+5:00", "1970-01-01T00:00:00+24:00",
		"1970-01-01T00:00:00+05:60", "1970-01-01T00:00:00+05:00x",
		"1970-01-01T00:00:00+-5:00", "1970-02-29T00:00:00Z", "1970-13-01T00:00:00Z",
		"1970-00-01T00:00:00Z", "0999-01-01T00:00:00Z", "-970-01-01T00:00:00Z",
		"+1970-01-01T00:00:00Z", "1970/01/01T00:00:00Z", "1970-01-01T-1:00:00Z",
		"1970-01-01T 0:00:00Z", "1970-01-01T00:00:0xZ", "19700101T000000Z",
		"1970-01-01T00:00:00\xd2\x9b", "1970-01-01T00:00:00.1", "99999-01-01T00:00:00Z",
		"1970-01-01T00:00:00z+05:00" };
	int64_t us;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(good); i++) {
		if (!moment_parse_rfc3339(good[i].text, &us))
			fail_msg("%s is a moment", good[i].text);
		assert_int_equal(us, good[i].us);
	}
	for (i = 0; i < ARRAY_LEN(bad); i++) {
		us = 77;
		if (moment_parse_rfc3339(bad[i], &us))
			fail_msg("“%s” is no moment", bad[i]);
		assert_int_equal(us, 77);
	}
}

static void
days_read(void **state)
{
	static const struct {
		const char *text;
		int day;
	} good[] = {
		{ "2024-11-15", 20241115 },
		{ "15.11.2024", 20241115 },
		{ "1.3.2024", 20240301 },
		{ "01.3.2024", 20240301 },
		{ "1.03.2024", 20240301 },
		{ "29.02.2024", 20240229 },
		{ "1000-01-01", 10000101 },
		{ "31.12.9999", 99991231 },
	};
	static const char *const bad[] = { "", ".", "..", "-", "0", "15", "15.11", "15.11.",
		"15.11.24", "15.11.20245", "15.11.2024 ", " 15.11.2024", "15. 11.2024",
		"+15.11.2024", "-5.11.2024", "15.+1.2024", "15.11.-024", "32.01.2024", "29.02.2023",
		"31.04.2024", "0.1.2024", "1.0.2024", "00.01.2024", "2024-11-15T00:00:00Z",
		"2024-11-1", "2024-1-15", "2024-011-15", "024-11-151", "24-11-2015", "2024-11-31",
		"2024-02-30", "2024.11.15", "15/11/2024", "15-11-2024", "2024-11.15", "20241115",
		"x5.11.2024", "15.11.2024x", "0999-12-31", "31.12.999", "2024-11- 5", "2024-+1-15",
		"١٥.١١.٢٠٢٤", "15.11.2024\n", "\xff\xff", "1.", "1.1.", "111.1.2024", "1..2024",
		"-1.1.2024", "2024-11-15-", "----------", "0000-00-00" };
	char iso[16];
	size_t i;
	int day;

	(void)state;
	for (i = 0; i < ARRAY_LEN(good); i++) {
		if (!day_parse(good[i].text, &day))
			fail_msg("%s is a day", good[i].text);
		assert_int_equal(day, good[i].day);
	}
	for (i = 0; i < ARRAY_LEN(bad); i++) {
		day = 77;
		if (day_parse(bad[i], &day))
			fail_msg("“%s” is no day", bad[i]);
		assert_int_equal(day, 77);
	}
	day_iso(20241115, iso);
	assert_string_equal(iso, "2024-11-15");
	day_iso(10000101, iso);
	assert_string_equal(iso, "1000-01-01");
	day_iso(0, iso);
	assert_string_equal(iso, "");
}

/* Every day of the calendar reads back from both of its forms. */
static void
days_round_trip(void **state)
{
	char text[32];
	int64_t n;

	(void)state;
	for (n = day_number(19000101); n <= day_number(21001231); n++) {
		int day = day_of_number(n), back = 0;

		day_iso(day, text);
		assert_true(day_parse(text, &back) && back == day);
		snprintf(
		    text, sizeof text, "%d.%d.%d", day_dom(day), day_month(day), day_year(day));
		assert_true(day_parse(text, &back) && back == day);
	}
}

static void
easter(void **state)
{
	static const int known[] = { 20230416, 20240505, 20250420, 20260412, 20270502 };
	size_t i;
	int y;

	(void)state;
	for (i = 0; i < ARRAY_LEN(known); i++)
		assert_int_equal(day_easter_orthodox(2023 + (int)i), known[i]);
	assert_int_equal(day_easter_orthodox(2000), 20000430);
	assert_int_equal(day_easter_orthodox(2010), 20100404);
	assert_int_equal(day_easter_orthodox(2019), 20190428);
	for (y = 1900; y < 2100; y++) {
		int day = day_easter_orthodox(y);

		assert_int_equal(day_weekday(day), 7);
		assert_in_range(day, day_make(y, 4, 4), day_make(y, 5, 8));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(validity),
		cmocka_unit_test(leap_years),
		cmocka_unit_test(four_centuries),
		cmocka_unit_test(weekdays),
		cmocka_unit_test(local_days),
		cmocka_unit_test(moments_round_trip),
		cmocka_unit_test(moments_read),
		cmocka_unit_test(days_read),
		cmocka_unit_test(days_round_trip),
		cmocka_unit_test(easter),
	};

	return cmocka_run_group_tests_name("day", tests, NULL, NULL);
}
