/* fuzz.h – what all fuzz targets share.
 *
 * A target is one function over bytes. It states what must hold for every input with REQUIRE; the
 * sanitizers watch the rest. Built with -Dfuzz=true it runs under libFuzzer; otherwise replay.c
 * gives it the files of corpus/NAME and small changes of them, as a regression test.
 * A new crash becomes a new file there. */
#ifndef TEST_FUZZ_H
#define TEST_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define REQUIRE(cond)                                                \
	do {                                                         \
		if (!(cond))                                         \
			die("%s:%d: %s", __FILE__, __LINE__, #cond); \
	} while (0)

/* The input as a slice with exact bounds (a copy on the heap, so that a read past it is seen). */
struct fuzz_input {
	char *p;
	size_t n;
};
struct fuzz_input fuzz_take(const uint8_t *data, size_t n);
void fuzz_drop(struct fuzz_input in);
/* One arena for all runs, emptied by each call. */
struct arena *fuzz_arena(void);

#endif
