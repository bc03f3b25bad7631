/* picture_fuzz.c – any bytes as a photograph: it is refused, or what comes out is two whole JPEG pictures no
 * larger than asked for, which are taken again. */
#include "fuzz.h"

#include <string.h>

#include "text/picture.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const int sides[2] = { 64, 16 };
	struct fuzz_input in = fuzz_take(data, n);
	struct arena *a = fuzz_arena();
	struct picture_out out[2] = { 0 }, again[2] = { 0 };
	size_t i;

	if (picture_anew(a, (struct slice){ in.p, in.n }, sides, 2, out) == PICTURE_GOOD)
		for (i = 0; i < 2; i++) {
			REQUIRE(out[i].width >= 1 && out[i].width <= sides[i]);
			REQUIRE(out[i].height >= 1 && out[i].height <= sides[i]);
			REQUIRE(out[i].jpeg.n > 4 && memcmp(out[i].jpeg.p, "\xff\xd8\xff", 3) == 0);
			REQUIRE(picture_anew(a, out[i].jpeg, sides, 2, again) == PICTURE_GOOD);
			REQUIRE(again[0].width == out[i].width && again[0].height == out[i].height);
		}
	(void)picture_orientation((struct slice){ in.p, in.n });
	fuzz_drop(in);
	return 0;
}
