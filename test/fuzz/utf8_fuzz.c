/* utf8_fuzz.c – every byte is read once, valid text comes back the same, case is stable. */
#include "fuzz.h"

#include <string.h>

#include "base/utf8.h"

static void
check_case(int32_t cp)
{
	int32_t lo = utf8_lower(cp), up = utf8_upper(cp);
	char out[4];

	REQUIRE(utf8_lower(lo) == lo);
	REQUIRE(utf8_upper(up) == up);
	REQUIRE(utf8_put(out, lo) <= 4 && utf8_put(out, up) <= 4);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct fuzz_input in = fuzz_take(data, n);
	const char *p = in.p, *end = in.p + n;
	size_t letters = 0;
	bool good = true;

	while (p < end) {
		const char *at = p;
		int32_t cp = utf8_next(&p, end);
		char back[4];

		REQUIRE(p > at && p <= end);
		letters++;
		good = good && cp > 0;
		if (cp < 0) {
			REQUIRE(p == at + 1);
			continue;
		}
		REQUIRE(cp <= 0x10ffff && (cp < 0xd800 || cp > 0xdfff));
		REQUIRE(utf8_put(back, cp) == (size_t)(p - at));
		REQUIRE(memcmp(back, at, (size_t)(p - at)) == 0);
		check_case(cp);
	}
	REQUIRE(utf8_valid(in.p, n) == good);
	if (good)
		REQUIRE(utf8_len(arena_strn(fuzz_arena(), in.p, n)) == letters);
	fuzz_drop(in);
	return 0;
}
