/* fuzz.c – see fuzz.h. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

struct fuzz_input
fuzz_take(const uint8_t *data, size_t n)
{
	struct fuzz_input in = { malloc(n == 0 ? 1 : n), n };

	if (in.p == NULL)
		die("out of memory");
	if (n > 0)
		memcpy(in.p, data, n);
	return in;
}

void
fuzz_drop(struct fuzz_input in)
{
	free(in.p);
}

struct arena *
fuzz_arena(void)
{
	static struct arena arena;

	arena_reset(&arena, (size_t)1 << 20);
	return &arena;
}
