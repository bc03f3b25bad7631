/* day_fuzz.c – a day or moment that is taken exists, and reads back from its own printed form. */
#include "fuzz.h"

#include <string.h>

#include "base/day.h"

static void
check_day(const char *s)
{
	char iso[16];
	int day, again;

	if (!day_parse(s, &day))
		return;
	REQUIRE(day_valid(day));
	day_iso(day, iso);
	REQUIRE(day_parse(iso, &again) && again == day);
	REQUIRE(day_of_number(day_number(day)) == day);
	REQUIRE(day_add(day_add(day, 400), -400) == day);
	REQUIRE(day_weekday(day_add(day, 7)) == day_weekday(day));
	REQUIRE(day_of_moment(day_start(day)) == day);
	REQUIRE(day_of_moment(day_start(day) - 1) == day_add(day, -1));
}

static void
check_moment(const char *s)
{
	char out[32];
	int64_t us, again;
	int day, h, m, sec;

	if (!moment_parse_rfc3339(s, &us))
		return;
	day = day_of_moment(us);
	if (day_year(day) < 1001 || day_year(day) > 9998)
		return; /* an offset may carry it out of the four-digit years */
	moment_rfc3339(us, out);
	REQUIRE(strlen(out) == 20 && out[19] == 'Z');
	REQUIRE(moment_parse_rfc3339(out, &again));
	REQUIRE(again <= us && us - again < US_PER_SECOND);
	moment_parts(us, &day, &h, &m, &sec);
	REQUIRE(day_valid(day) && h >= 0 && h < 24 && m >= 0 && m < 60 && sec >= 0 && sec < 60);
	REQUIRE(day_start(day) + ((h * 60 + m) * INT64_C(60) + sec) * US_PER_SECOND == again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const char *s = arena_strn(fuzz_arena(), (const char *)data, n);

	check_day(s);
	check_moment(s);
	return 0;
}
