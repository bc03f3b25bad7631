/* buf.c – see buf.h. Grows by doubling; the old copy stays in the arena until its reset. */
#include "base/buf.h"

#include <stdio.h>

void
buf_init(struct buf *b, struct arena *a, size_t limit)
{
	*b = (struct buf){ .arena = a, .p = "", .limit = limit == 0 ? ARENA_CAP / 4 : limit };
}

void
buf_reserve(struct buf *b, size_t n)
{
	size_t cap = n < b->limit ? n : b->limit + 1;
	char *q;

	if (cap <= b->cap)
		return;
	q = arena_alloc(b->arena, cap);
	memcpy(q, b->p, b->n);
	b->p = q;
	b->cap = cap;
}

void
buf_put_slow(struct buf *b, const void *p, size_t n)
{
	if (n > b->limit - b->n) {
		b->over = true;
		return;
	}
	if (b->n + n + 1 > b->cap) {
		size_t cap = b->cap == 0 ? 256 : b->cap * 2;
		char *q;

		while (cap < b->n + n + 1)
			cap *= 2;
		if (cap > b->limit + 1)
			cap = b->limit + 1;
		q = arena_alloc(b->arena, cap);
		memcpy(q, b->p, b->n);
		b->p = q;
		b->cap = cap;
	}
	if (n > 0)
		memcpy(b->p + b->n, p, n);
	b->n += n;
	b->p[b->n] = '\0';
}

void
buf_str(struct buf *b, const char *s)
{
	buf_put(b, s, strlen(s));
}

void
buf_int(struct buf *b, int64_t v)
{
	char s[24], *p = s + sizeof s;
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

	do {
		*--p = (char)('0' + u % 10);
		u /= 10;
	} while (u != 0);
	if (v < 0)
		*--p = '-';
	buf_put(b, p, (size_t)(s + sizeof s - p));
}

void
buf_vprintf(struct buf *b, const char *fmt, va_list ap)
{
	char small[512];
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(small, sizeof small, fmt, again);
	va_end(again);
	if (n < 0)
		die("bad format: %s", fmt);
	if ((size_t)n < sizeof small)
		buf_put(b, small, (size_t)n);
	else {
		char *big = arena_vprintf(b->arena, fmt, ap);

		buf_put(b, big, (size_t)n);
	}
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(b, fmt, ap);
	va_end(ap);
}

void
buf_hex(struct buf *b, const void *p, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	const unsigned char *s = p;
	size_t i;

	for (i = 0; i < n; i++) {
		buf_char(b, digits[s[i] >> 4]);
		buf_char(b, digits[s[i] & 15]);
	}
}
