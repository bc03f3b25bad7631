/* diff_fuzz.c – two texts, parted by a zero byte: both come back whole from the pieces, no two neighbours are of one sort. */
#include "fuzz.h"

#include <string.h>

#include "base/buf.h"
#include "text/diff.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct fuzz_input in = fuzz_take(data, n);
	struct arena *a = fuzz_arena();
	const char *was = arena_strn(a, in.p, in.n), *is;
	struct diff_piece *p;
	struct buf old, new;
	size_t count, i;

	is =
	    strlen(was) < in.n ? arena_strn(a, in.p + strlen(was) + 1, in.n - strlen(was) - 1) : "";
	count = diff_words(a, was, is, &p);
	buf_init(&old, a, 0);
	buf_init(&new, a, 0);
	for (i = 0; i < count; i++) {
		REQUIRE(p[i].n > 0 && (i == 0 || p[i].op != p[i - 1].op));
		if (p[i].op != DIFF_IN)
			buf_put(&old, p[i].p, p[i].n);
		if (p[i].op != DIFF_OUT)
			buf_put(&new, p[i].p, p[i].n);
	}
	REQUIRE(strcmp(old.p, was) == 0 && strcmp(new.p, is) == 0);
	fuzz_drop(in);
	return 0;
}
