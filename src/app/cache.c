/* cache.c – whole answers to guests, kept until anything is written or the business day or the frame changes.
 *
 * The key is the target as sent (path, language and query are in it) and whether larger type is
 * wanted. An entry remembers the store's generation at the time its page was begun; a commit raises
 * it, so nobody invalidates by hand. Entries are counted references: an answer being sent keeps its
 * bytes alive after the entry was replaced. A fixed table with two places a bucket; the older goes.
 *
 * Packing costs as much as drawing, so a page is packed only for who takes it so: the first who does finds an entry
 * that was kept for somebody else not good enough, and it is drawn and kept once more. */
#include "app/app.h"

#include <pthread.h>
#include <stdlib.h>
#include <zlib.h>

enum { BUCKETS = 512, WAYS = 2, LOCKS = 16, PACK_FROM = 1024 /* bytes */ };

struct entry {
	_Atomic int refs;
	uint64_t hash, generation, used;
	int64_t look;
	int status;
	bool packed; /* or it was tried: gz may be NULL all the same */
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

static bool
takes_packed(const struct req *rq)
{
	const char *accept = req_header(rq, "Accept-Encoding");

	return accept != NULL && strstr(accept, "gzip") != NULL;
}

bool
cache_answer(struct cache *c, struct req *rq, uint64_t generation, int64_t look)
{
	bool large = wants_large(rq), packed = takes_packed(rq);
	uint64_t h = hash_key(rq->target.p, rq->target.n, large);
	size_t b = h % BUCKETS, j;
	struct entry *e = NULL;

	pthread_mutex_lock(&c->lock[b % LOCKS]);
	for (j = 0; j < WAYS; j++) {
		struct entry *x = c->slot[b][j];

		if (x != NULL && x->hash == h && x->nkey == rq->target.n &&
		    memcmp(x->key, rq->target.p, x->nkey) == 0 && x->generation == generation &&
		    x->look == look && (x->packed || !packed)) {
			x->used = c->clock++;
			x->refs++;
			e = x;
		}
	}
	pthread_mutex_unlock(&c->lock[b % LOCKS]);
	if (e == NULL)
		return false;
	rq->res.status = e->status;
	rq->res.type = e->type;
	if (packed && e->gz != NULL) {
		rq->res.body = (struct slice){ (char *)e->gz, e->ngz };
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

/* What is small, or does not grow smaller, stays as it is. */
static void
pack(struct entry *e)
{
	uLongf room = compressBound(e->nbody) + 64;
	unsigned char *small;
	z_stream z = { 0 };

	e->packed = true;
	e->gz = malloc(room);
	if (e->nbody > PACK_FROM && e->gz != NULL &&
	    deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK) {
		z.next_in = e->body;
		z.avail_in = (uInt)e->nbody;
		z.next_out = e->gz;
		z.avail_out = (uInt)room;
		if (deflate(&z, Z_FINISH) == Z_STREAM_END)
			e->ngz = z.total_out;
		deflateEnd(&z);
	}
	if (e->ngz == 0) {
		free(e->gz);
		e->gz = NULL;
		return;
	}
	small = realloc(e->gz, e->ngz);
	e->gz = small == NULL ? e->gz : small;
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
	if (takes_packed(rq))
		pack(e);
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
