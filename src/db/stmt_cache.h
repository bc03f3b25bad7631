/* stmt_cache.h – prepared statements of a connection by their text, least recently used last. Part
 * of db_impl.h. */
#ifndef DB_STMT_CACHE_H
#define DB_STMT_CACHE_H

#include "db/db_impl.h"

struct cached {
	struct cached *chain, *newer, *older;
	uint64_t hash;
	char *key;
	size_t n;
	bool busy; /* an open cursor stands on it */
};
struct cache {
	struct cached *bucket[STMT_MAX];
	struct cached *newest, *oldest;
	int count;
};
struct cached *cache_find(struct cache *c, const char *key, size_t n);
void cache_add(struct cache *c, struct cached *e, const char *key, size_t n);
/* The one to drop before the next cache_add, unlinked; NULL while there is room. */
struct cached *cache_victim(struct cache *c);
struct cached *cache_pop(struct cache *c); /* any one, unlinked; NULL when empty */

#endif
