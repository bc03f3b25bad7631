/* arena.h – memory of one request, job or command.
 *
 * Ownership in one sentence: what you make in a request lives in cx->arena and nobody frees it.
 * Memory comes zeroed. Chunks start at 64 KiB and are kept for the next request by arena_reset().
 * Past ARENA_CAP bytes or without memory the program dies with a message: every door limits its
 * input, so the cap cannot be reached from outside. Not thread-safe: one arena, one thread. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include "base/rc.h"

enum { ARENA_CHUNK = 64 * 1024 };
#define ARENA_CAP ((size_t)256 << 20)

struct arena_chunk;
struct arena {
	struct arena_chunk *first, *now;
	size_t used;	   /* bytes handed out since the last reset */
	size_t high_water; /* largest `used` ever seen */
};
struct arena_mark {
	struct arena_chunk *chunk;
	size_t at, used;
};

void arena_init(struct arena *a);
void arena_done(struct arena *a);
/* Forget everything; keeps at most `keep` bytes of chunks for the next use. */
void arena_reset(struct arena *a, size_t keep);
void *arena_alloc(struct arena *a, size_t n);
void *arena_copy(struct arena *a, const void *p, size_t n);
char *arena_str(struct arena *a, const char *s);	    /* copy of s; NULL stays NULL */
char *arena_strn(struct arena *a, const char *s, size_t n); /* copy of n bytes, NUL added */
char *arena_printf(struct arena *a, const char *fmt, ...) PRINTF(2, 3);
char *arena_vprintf(struct arena *a, const char *fmt, va_list ap) PRINTF(2, 0);
#define arena_new(a, T) ((T *)arena_alloc((a), sizeof(T)))
#define arena_array(a, T, n) ((T *)arena_alloc((a), sizeof(T) * (size_t)(n)))

/* For loops, imports and retries: everything allocated after the mark is forgotten. */
struct arena_mark arena_mark(const struct arena *a);
void arena_rewind(struct arena *a, struct arena_mark m);

/* Print a message to stderr and abort: for out of memory and broken invariants only. */
_Noreturn void die(const char *fmt, ...) PRINTF(1, 2);

#endif
