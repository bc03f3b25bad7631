/* cache.c – prepared statements of one connection, found by their text.
 *
 * At most STMT_MAX; the least recently used one makes room. A statement on which a cursor stands
 * is busy and never dropped. The driver owns what the entries stand for: it embeds struct cached,
 * allocates and frees. */
#include <stdlib.h>

#include "db/db_impl.h"

static uint64_t
hash_of(const char *p, size_t n)
{
	uint64_t h = 0x9e3779b97f4a7c15u ^ n, w;

	for (; n >= 8; p += 8, n -= 8) {
		memcpy(&w, p, 8);
		h = (h ^ w) * 0xff51afd7ed558ccdu;
		h ^= h >> 32;
	}
	w = 0;
	memcpy(&w, p, n);
	h = (h ^ w) * 0xff51afd7ed558ccdu;
	return h ^ h >> 32;
}

static void
order_unlink(struct cache *c, struct cached *e)
{
	if (e->newer != NULL)
		e->newer->older = e->older;
	else
		c->newest = e->older;
	if (e->older != NULL)
		e->older->newer = e->newer;
	else
		c->oldest = e->newer;
}

static void
order_front(struct cache *c, struct cached *e)
{
	e->newer = NULL;
	e->older = c->newest;
	if (c->newest != NULL)
		c->newest->newer = e;
	else
		c->oldest = e;
	c->newest = e;
}

struct cached *
cache_find(struct cache *c, const char *key, size_t n)
{
	uint64_t h = hash_of(key, n);
	struct cached *e = c->bucket[h % STMT_MAX];

	for (; e != NULL; e = e->chain)
		if (e->hash == h && e->n == n && memcmp(e->key, key, n) == 0)
			break;
	if (e != NULL && e != c->newest) {
		order_unlink(c, e);
		order_front(c, e);
	}
	return e;
}

void
cache_add(struct cache *c, struct cached *e, const char *key, size_t n)
{
	e->key = malloc(n + 1);
	if (e->key == NULL)
		die("out of memory (%zu bytes)", n);
	memcpy(e->key, key, n);
	e->key[n] = '\0';
	e->n = n;
	e->hash = hash_of(key, n);
	e->chain = c->bucket[e->hash % STMT_MAX];
	c->bucket[e->hash % STMT_MAX] = e;
	order_front(c, e);
	c->count++;
}

static struct cached *
take_out(struct cache *c, struct cached *e)
{
	struct cached **link = &c->bucket[e->hash % STMT_MAX];

	while (*link != e)
		link = &(*link)->chain;
	*link = e->chain;
	order_unlink(c, e);
	c->count--;
	free(e->key);
	e->key = NULL;
	return e;
}

struct cached *
cache_victim(struct cache *c)
{
	struct cached *e = c->oldest;

	if (c->count < STMT_MAX)
		return NULL;
	while (e != NULL && e->busy)
		e = e->newer;
	return e == NULL ? NULL : take_out(c, e);
}

struct cached *
cache_pop(struct cache *c)
{
	return c->oldest == NULL ? NULL : take_out(c, c->oldest);
}
