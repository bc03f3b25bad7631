/* latin_fuzz.c – any bytes to Latin and back: valid text stays valid, nothing but Cyrillic letters
 * changes on the way out, the way back gives a text whose Latin is bounded, and twice is as once. */
#include "fuzz.h"

#include <string.h>

#include "base/utf8.h"
#include "lang/latin.h"

/* ASCII of a text but its letters: both ways keep it all and its order. */
static size_t
plain(const char *p, size_t n, char *out)
{
	size_t len = 0, i;

	for (i = 0; i < n; i++)
		if ((unsigned char)p[i] < 0x80 && !((p[i] | 32) >= 'a' && (p[i] | 32) <= 'z'))
			out[len++] = p[i];
	return len;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = fuzz_arena();
	struct fuzz_input in = fuzz_take(data, n);
	size_t nlatin, nback, ntwice, np, nq;
	const char *latin = kk_latin(a, in.p, n, &nlatin), *back, *twice;
	char *p = arena_alloc(a, n + 1), *q = arena_alloc(a, 4 * n + nlatin + 1);

	REQUIRE(nlatin <= 3 * n);
	twice = kk_latin(a, latin, nlatin, &ntwice);
	REQUIRE(ntwice == nlatin && memcmp(twice, latin, nlatin) == 0);
	back = kk_cyrillic(a, in.p, n, &nback);
	REQUIRE(nback <= 4 * n);
	if (utf8_valid(in.p, n)) {
		REQUIRE(utf8_valid(latin, nlatin));
		REQUIRE(utf8_valid(back, nback));
	}
	np = plain(in.p, n, p);
	nq = plain(latin, nlatin, q);
	REQUIRE(np == nq && memcmp(p, q, np) == 0);
	nq = plain(back, nback, q);
	REQUIRE(np == nq && memcmp(p, q, np) == 0);
	fuzz_drop(in);
	return 0;
}
