/* cache.c – whole answers to guests, kept until anything is written or the business day or the frame changes.
 *
 * The key is the target as sent (path, language and query are in it) and whether larger type is
 * wanted. An entry remembers the store's generation at the time its page was begun; a commit raises
 * it, so nobody invalidates by hand. Entries are counted references: an answer being sent keeps its
 * bytes alive after the entry was replaced. A fixed table with two places a bucket; the older goes.
 *
 * An answer is packed (gzip) when it is asked for a second time by somebody who takes it packed: most that are made
 * anew are read once, and packing took 40 % of making an article. */
#include "app/app.h"

#include <pthread.h>
#include <stdlib.h>
#include <zlib.h>

enum { BUCKETS = 512, WAYS = 2, LOCKS = 16 };

struct entry {
	_Atomic int refs;
	uint64_t hash, generation, used;
	int64_t look;
	int status;
	bool
	    packed; /* somebody packs it or has done so; this, gz and ngz under the bucket's lock */
	size_t nkey, nbody, ngz;
	unsigned char *body, *gz;
	char *type;
	char key[];
};
struct cache {
	pthread_mutex_t lock[LOCKS];
	struct entry *slot[BUCKETS][WAYS];
	size_t limit;
	_Atomic size_t bytes;
	_Atomic uint64_t clock;
};

static size_t
entry_bytes(const struct entry *e)
{
	return sizeof *e + e->nkey + e->nbody + e->ngz;
}

static void
entry_drop(void *p)
{
	struct entry *e = p;

	if (--e->refs == 0) {
		free(e->body);
		free(e->gz);
		free(e->type);
		free(e);
	}
}

struct cache *
cache_make(size_t limit)
{
	struct cache *c = calloc(1, sizeof *c);
	size_t i;

	if (c == NULL)
		die("out of memory");
	for (i = 0; i < LOCKS; i++)
		pthread_mutex_init(&c->lock[i], NULL);
	c->limit = limit;
	return c;
}

void
cache_free(struct cache *c)
{
	size_t i, j;

	for (i = 0; i < BUCKETS; i++)
		for (j = 0; j < WAYS; j++)
			if (c->slot[i][j] != NULL)
				entry_drop(c->slot[i][j]);
	free(c);
}

size_t
cache_bytes(struct cache *c)
{
	return c->bytes;
}

static uint64_t
hash_key(const char *p, size_t n, bool large)
{
	uint64_t h = UINT64_C(1469598103934665603) ^ (large ? 77 : 0);

	for (; n > 0; n--, p++)
		h = (h ^ (unsigned char)*p) * UINT64_C(1099511628211);
	return h ^ h >> 29;
}

static bool
wants_large(const struct req *rq)
{
	const char *cookie = req_header(rq, "Cookie");

	return cookie != NULL && strstr(cookie, "large=1") != NULL;
}

enum { PACK_FROM = 1024 }; /* bytes; less fits into one packet anyway */

/* NULL = it does not get smaller. */
static unsigned char *
pack(const unsigned char *body, size_t n, size_t *packed)
{
	uLongf room = compressBound(n) + 64;
	unsigned char *gz = malloc(room), *small;
	z_stream z = { 0 };

	*packed = 0;
	if (gz != NULL && deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK) {
		z.next_in = (unsigned char *)(uintptr_t)body;
		z.avail_in = (uInt)n;
		z.next_out = gz;
		z.avail_out = (uInt)room;
		if (deflate(&z, Z_FINISH) == Z_STREAM_END)
			*packed = z.total_out;
		deflateEnd(&z);
	}
	if (*packed == 0) {
		free(gz);
		return NULL;
	}
	small = realloc(gz, *packed);
	return small == NULL ? gz : small;
}

/* By whoever set e->packed, with a reference in hand. */
static void
pack_entry(struct cache *c, size_t b, struct entry *e)
{
	size_t n, j;
	unsigned char *gz = pack(e->body, e->nbody, &n);

	pthread_mutex_lock(&c->lock[b % LOCKS]);
	e->gz = gz;
	e->ngz = n;
	for (j = 0; j < WAYS; j++)
		if (c->slot[b][j] == e)
			c->bytes += n;
	pthread_mutex_unlock(&c->lock[b % LOCKS]);
}

static bool
takes_packed(const struct req *rq)
{
	const char *accept = req_header(rq, "Accept-Encoding");

	return accept != NULL && strstr(accept, "gzip") != NULL;
}

/* The entry with a reference more; NULL = none. *first: it is the caller who packs it. */
static struct entry *
find(struct cache *c, const struct req *rq, uint64_t generation, int64_t look, bool *first)
{
	uint64_t h = hash_key(rq->target.p, rq->target.n, wants_large(rq));
	size_t b = h % BUCKETS, j;
	struct entry *e = NULL;

	pthread_mutex_lock(&c->lock[b % LOCKS]);
	for (j = 0; j < WAYS; j++) {
		struct entry *x = c->slot[b][j];

		if (x != NULL && x->hash == h && x->nkey == rq->target.n &&
		    memcmp(x->key, rq->target.p, x->nkey) == 0 && x->generation == generation &&
		    x->look == look) {
			x->used = c->clock++;
			x->refs++;
			e = x;
		}
	}
	*first = e != NULL && !e->packed && e->nbody > PACK_FROM && takes_packed(rq);
	if (*first)
		e->packed = true;
	pthread_mutex_unlock(&c->lock[b % LOCKS]);
	return e;
}

bool
cache_answer(struct cache *c, struct req *rq, uint64_t generation, int64_t look)
{
	bool first;
	struct entry *e = find(c, rq, generation, look, &first);
	struct slice gz;
	size_t b;

	if (e == NULL)
		return false;
	b = e->hash % BUCKETS;
	if (first)
		pack_entry(c, b, e);
	pthread_mutex_lock(&c->lock[b % LOCKS]);
	gz = (struct slice){ (char *)e->gz, e->ngz };
	pthread_mutex_unlock(&c->lock[b % LOCKS]);
	rq->res.status = e->status;
	rq->res.type = e->type;
	if (gz.p != NULL && takes_packed(rq)) {
		rq->res.body = gz;
		res_header(rq, "Content-Encoding", "gzip");
	} else
		rq->res.body = (struct slice){ (char *)e->body, e->nbody };
	if (e->nbody > PACK_FROM)
		res_header(rq, "Vary", "Accept-Encoding, Cookie");
	res_header(rq, "Cache-Control", "private, no-cache");
	rq->res.pin = e;
	rq->res.unpin = entry_drop;
	return true;
}

static struct entry *
entry_make(const struct req *rq, uint64_t h, uint64_t generation, int64_t look)
{
	size_t nkey = rq->target.n, n = rq->res.body.n;
	struct entry *e = malloc(sizeof *e + nkey);

	if (e == NULL)
		die("out of memory");
	*e = (struct entry){ .refs = 1,
		.hash = h,
		.generation = generation,
		.look = look,
		.status = rq->res.status,
		.nkey = nkey,
		.nbody = n };
	memcpy(e->key, rq->target.p, nkey);
	e->body = malloc(n + 1);
	e->type = strdup(rq->res.type == NULL ? "text/html; charset=utf-8" : rq->res.type);
	if (e->body == NULL || e->type == NULL)
		die("out of memory");
	memcpy(e->body, rq->res.body.p, n);
	return e;
}

/* Over the limit: what is stale goes; if that is not enough, all goes. */
static void
sweep(struct cache *c, uint64_t generation)
{
	size_t round, b, j;

	for (round = 0; round < 2 && c->bytes > c->limit / 2; round++)
		for (b = 0; b < BUCKETS; b++) {
			pthread_mutex_lock(&c->lock[b % LOCKS]);
			for (j = 0; j < WAYS; j++) {
				struct entry *x = c->slot[b][j];

				if (x == NULL || (round == 0 && x->generation == generation))
					continue;
				c->slot[b][j] = NULL;
				c->bytes -= entry_bytes(x);
				entry_drop(x);
			}
			pthread_mutex_unlock(&c->lock[b % LOCKS]);
		}
}

void
cache_keep(struct cache *c, const struct req *rq, uint64_t generation, int64_t look)
{
	uint64_t h = hash_key(rq->target.p, rq->target.n, wants_large(rq));
	size_t b = h % BUCKETS, j, at = 0;
	struct entry *e, *old;

	if (rq->target.n > 512 || rq->res.body.n > 512 * 1024)
		return;
	if (c->bytes + rq->res.body.n * 2 > c->limit)
		sweep(c, generation);
	e = entry_make(rq, h, generation, look);
	pthread_mutex_lock(&c->lock[b % LOCKS]);
	for (j = 0; j < WAYS; j++) {
		struct entry *x = c->slot[b][j];

		if (x == NULL || x->hash == h || x->generation != generation) {
			at = j;
			break;
		}
		if (x->used < c->slot[b][at]->used)
			at = j;
	}
	old = c->slot[b][at];
	e->used = c->clock++;
	c->slot[b][at] = e;
	c->bytes += entry_bytes(e);
	if (old != NULL)
		c->bytes -= entry_bytes(old);
	pthread_mutex_unlock(&c->lock[b % LOCKS]);
	if (old != NULL)
		entry_drop(old);
}
