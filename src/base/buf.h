/* buf.h – a growing string in an arena, and a borrowed piece of bytes.
 *
 * A buf is sticky: writers return nothing; past its cap it stops growing and `over` is set, which
 * the owner looks at once, at the end. `p` is always NUL-ended (an empty buf has p = ""). */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <string.h>
#include "base/arena.h"

struct slice {
	const char *p;
	size_t n;
};
static inline struct slice
slice_str(const char *s)
{
	return (struct slice){ s == NULL ? "" : s, s == NULL ? 0 : strlen(s) };
}
static inline bool
slice_is(struct slice s, const char *t)
{
	return s.n == strlen(t) && memcmp(s.p, t, s.n) == 0;
}

struct buf {
	struct arena *arena;
	char *p;
	size_t n, cap, limit;
	bool over; /* something did not fit under the limit and was left out */
};

/* limit 0 = ARENA_CAP / 4 */
void buf_init(struct buf *b, struct arena *a, size_t limit);
/* Room for n bytes from the start (never past the limit), to spare the first doublings. */
void buf_reserve(struct buf *b, size_t n);
void buf_put_slow(struct buf *b, const void *p, size_t n); /* grows, or marks `over` */
static inline void
buf_put(struct buf *b, const void *p, size_t n)
{
	/* cap never passes the limit, so what fits under cap fits under both. */
	if (n < b->cap - b->n && b->cap > 0) {
		memcpy(b->p + b->n, p, n);
		b->n += n;
		b->p[b->n] = '\0';
	} else
		buf_put_slow(b, p, n);
}
void buf_str(struct buf *b, const char *s);
static inline void
buf_char(struct buf *b, char c)
{
	buf_put(b, &c, 1);
}
void buf_int(struct buf *b, int64_t v);
void buf_printf(struct buf *b, const char *fmt, ...) PRINTF(2, 3);
void buf_vprintf(struct buf *b, const char *fmt, va_list ap) PRINTF(2, 0);
void buf_hex(struct buf *b, const void *p, size_t n); /* lower case */

#endif
