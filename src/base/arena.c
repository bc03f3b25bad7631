/* arena.c – see arena.h. Chunks are malloc'ed, linked in order, and reused after a reset. */
#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define POISON(p, n) ASAN_POISON_MEMORY_REGION(p, n)
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION(p, n)
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#endif

struct arena_chunk {
	struct arena_chunk *next;
	size_t cap, at;
	_Alignas(16) unsigned char bytes[];
};

_Noreturn void
die(const char *fmt, ...)
{
	va_list ap;

	fputs("<2>shanyraq: fatal: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	abort();
}

void
arena_init(struct arena *a)
{
	memset(a, 0, sizeof *a);
}

void
arena_done(struct arena *a)
{
	struct arena_chunk *c = a->first, *next;

	for (; c != NULL; c = next) {
		next = c->next;
		UNPOISON(c->bytes, c->cap);
		free(c);
	}
	memset(a, 0, sizeof *a);
}

void
arena_reset(struct arena *a, size_t keep)
{
	struct arena_chunk *c, *next, **link = &a->first;
	size_t kept = 0;

	for (c = a->first; c != NULL; c = next) {
		next = c->next;
		if (kept + c->cap > keep && kept > 0) {
			*link = next;
			UNPOISON(c->bytes, c->cap);
			free(c);
			continue;
		}
		kept += c->cap;
		c->at = 0;
		POISON(c->bytes, c->cap);
		link = &c->next;
	}
	a->now = a->first;
	a->used = 0;
}

static struct arena_chunk *
chunk_with_room(struct arena *a, size_t n)
{
	struct arena_chunk *c;
	size_t cap = n > ARENA_CHUNK ? n : ARENA_CHUNK;

	for (c = a->now == NULL ? NULL : a->now->next; c != NULL; c = c->next) {
		c->at = 0;
		if (c->cap >= n) {
			a->now = c;
			return c;
		}
		a->now = c;
	}
	c = malloc(sizeof *c + cap);
	if (c == NULL)
		die("out of memory (%zu bytes)", n);
	c->next = NULL;
	c->cap = cap;
	c->at = 0;
	POISON(c->bytes, cap);
	if (a->now == NULL)
		a->first = c;
	else {
		c->next = a->now->next;
		a->now->next = c;
	}
	a->now = c;
	return c;
}

void *
arena_alloc(struct arena *a, size_t n)
{
	struct arena_chunk *c = a->now;
	size_t room = (n + 15) & ~(size_t)15;
	void *p;

	if (room < n || a->used + room > ARENA_CAP)
		die("arena over its cap of %zu bytes", ARENA_CAP);
	if (c == NULL || c->cap - c->at < room)
		c = chunk_with_room(a, room);
	p = c->bytes + c->at;
	UNPOISON(p, n);
	memset(p, 0, n);
	c->at += room;
	a->used += room;
	if (a->used > a->high_water)
		a->high_water = a->used;
	return p;
}

void *
arena_copy(struct arena *a, const void *p, size_t n)
{
	void *q = arena_alloc(a, n == 0 ? 1 : n);

	if (n > 0)
		memcpy(q, p, n);
	return q;
}

char *
arena_strn(struct arena *a, const char *s, size_t n)
{
	char *q = arena_alloc(a, n + 1);

	if (n > 0)
		memcpy(q, s, n);
	return q;
}

char *
arena_str(struct arena *a, const char *s)
{
	return s == NULL ? NULL : arena_strn(a, s, strlen(s));
}

char *
arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
	va_list again;
	int n;
	char *p;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0)
		die("bad format: %s", fmt);
	p = arena_alloc(a, (size_t)n + 1);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	return p;
}

char *
arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char *p;

	va_start(ap, fmt);
	p = arena_vprintf(a, fmt, ap);
	va_end(ap);
	return p;
}

struct arena_mark
arena_mark(const struct arena *a)
{
	return (struct arena_mark){ a->now, a->now == NULL ? 0 : a->now->at, a->used };
}

void
arena_rewind(struct arena *a, struct arena_mark m)
{
	struct arena_chunk *c;

	a->now = m.chunk != NULL ? m.chunk : a->first;
	if (a->now != NULL) {
		a->now->at = m.at;
		POISON(a->now->bytes + m.at, a->now->cap - m.at);
		for (c = a->now->next; c != NULL; c = c->next) {
			c->at = 0;
			POISON(c->bytes, c->cap);
		}
	}
	a->used = m.used;
}
