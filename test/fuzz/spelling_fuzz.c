/* spelling_fuzz.c – any two words: sounds within their bounds, letters that belong to the sounds, and a
 * distance that is 0 to itself, never negative and never more than all letters. */
#include "fuzz.h"

#include <string.h>

#include "lang/spelling.h"

static void
check(const struct spelling *s)
{
	size_t i;

	REQUIRE(s->n <= SPELLING_MAX);
	for (i = 0; i < s->n; i++)
		REQUIRE(s->times[i] > 0 && s->sound[i] != 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct fuzz_input in = fuzz_take(data, n);
	const char *half = memchr(in.p, '\n', in.n);
	size_t first = half == NULL ? in.n / 2 : (size_t)(half - in.p);
	struct spelling a, b;
	int d;

	spelling_read(in.p, first, &a);
	spelling_read(in.p + first, in.n - first, &b);
	check(&a);
	check(&b);
	REQUIRE(spelling_distance(&a, 0, &a) == 0);
	d = spelling_distance(&a, in.n % 5, &b);
	REQUIRE(d >= 0 && d <= 1000 * (int)(a.n + b.n));
	fuzz_drop(in);
	return 0;
}
