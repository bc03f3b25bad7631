/* period_fuzz.c – a period that is taken is written as it is read: text → period → text → the same. */
#include "fuzz.h"

#include <string.h>

#include "base/period.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct fuzz_input in = fuzz_take(data, n);
	char text[64], again[PERIOD_TEXT];
	struct period p, q;

	n = in.n < sizeof text ? in.n : sizeof text - 1;
	memcpy(text, in.p, n);
	text[n] = '\0';
	if (period_parse(text, &p)) {
		REQUIRE(day_valid(p.from) && day_valid(p.to) && p.from <= p.to);
		REQUIRE(
		    day_valid(period_year_before(p.from)) && day_valid(period_year_before(p.to)));
		period_text(&p, again);
		REQUIRE(period_parse(again, &q) && memcmp(&p, &q, sizeof p) == 0);
	}
	fuzz_drop(in);
	return 0;
}
