/* respond.c – from struct res to the library's response, and a small cache of those.
 *
 * A response object only points at its body, so one made for (body address, length, headers) can
 * serve every later request with the same three, whatever the bytes are by then: the request in
 * flight holds the pin. That spares a cached page some twenty mallocs. The cache is a direct-mapped
 * table per epoll thread (a shard each, so its lock is never contended); a slot taken by another
 * page is simply replaced. Answers of workers are not cached: their bodies lie in arenas. */
#include "http/inner.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/log.h"

enum { SHARDS = 16, SLOTS = 256, FLAT = 1536 };

struct entry {
	struct MHD_Response *r;
	const char *p;
	size_t n, nflat;
	char *flat; /* names and values, each with its NUL */
};
struct shard {
	pthread_mutex_t lock;
	struct entry slot[SLOTS];
};
struct respond {
	struct shard shard[SHARDS];
};

struct flat {
	char at[FLAT];
	size_t n;
	bool over;
};

static const struct header always[] = {
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "same-origin" },
	{ "Content-Security-Policy", "default-src 'self'; base-uri 'none'; form-action 'self';"
				     " frame-ancestors 'none'" },
	{ "X-Frame-Options", "DENY" }, /* for browsers without frame-ancestors */
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
	{ "Permissions-Policy", "camera=(self), microphone=(), geolocation=()" },
	{ "Cache-Control", "no-store" },
};

enum { MORE_HEADERS = ARRAY_LEN(always) + 3 };

struct respond *
respond_new(void)
{
	struct respond *r = calloc(1, sizeof *r);
	int i;

	for (i = 0; r != NULL && i < SHARDS; i++)
		pthread_mutex_init(&r->shard[i].lock, NULL);
	return r;
}

static void
entry_clear(struct entry *e)
{
	if (e->r != NULL)
		MHD_destroy_response(e->r);
	free(e->flat);
	*e = (struct entry){ 0 };
}

void
respond_free(struct respond *r)
{
	int i, k;

	if (r == NULL)
		return;
	for (i = 0; i < SHARDS; i++) {
		for (k = 0; k < SLOTS; k++)
			entry_clear(&r->shard[i].slot[k]);
		pthread_mutex_destroy(&r->shard[i].lock);
	}
	free(r);
}

static void
flat_add(struct flat *f, const char *name, const char *value)
{
	size_t a = strlen(name) + 1, b = strlen(value) + 1;

	if (f->over || a + b > sizeof f->at - f->n) {
		f->over = true;
		return;
	}
	memcpy(f->at + f->n, name, a);
	memcpy(f->at + f->n + a, value, b);
	f->n += a + b;
}

static bool
is_set(const struct res *res, const char *name)
{
	int i;

	for (i = 0; i < res->nhead; i++)
		if (strcasecmp(res->head[i].name, name) == 0)
			return true;
	return false;
}

/* All headers of the answer in order. list has room for RES_HEADERS + MORE_HEADERS. */
static int
headers(const struct job *j, struct header *list)
{
	const struct res *res = &j->rq.res;
	int i, n = 0;
	size_t k;
	bool body = res->body.n > 0 || res->file != NULL || res->type != NULL;

	if (body && res->status != 204 && res->status != 304 && !is_set(res, "Content-Type"))
		list[n++] = (struct header){ "Content-Type",
			res->type != NULL ? res->type : "text/html; charset=utf-8" };
	for (i = 0; i < res->nhead; i++)
		list[n++] = res->head[i];
	for (k = 0; k < ARRAY_LEN(always); k++)
		if (!is_set(res, always[k].name))
			list[n++] = always[k];
	/* Not where the house is its own authority: the promise holds for every port of a name, and the page
	 * that hands the authority out must open over plain HTTP. */
	if (j->rq.https && j->h->o.tls_chain == NULL && !is_set(res, "Strict-Transport-Security"))
		list[n++] = (struct header){ "Strict-Transport-Security", "max-age=31536000" };
	if (j->close)
		list[n++] = (struct header){ "Connection", "close" };
	return n;
}

static bool
headers_add(struct MHD_Response *r, const struct header *list, int n)
{
	int i;

	for (i = 0; i < n; i++)
		if (MHD_add_response_header(r, list[i].name, list[i].value) != MHD_YES) {
			BUG("the header %s was refused", list[i].name);
			return false;
		}
	return true;
}

static struct MHD_Response *
from_buffer(struct slice body, const struct header *list, int n)
{
	struct MHD_Response *r = MHD_create_response_from_buffer(
	    body.n, (void *)(uintptr_t)(body.n > 0 ? body.p : ""), MHD_RESPMEM_PERSISTENT);

	if (r != NULL && !headers_add(r, list, n)) {
		MHD_destroy_response(r);
		r = NULL;
	}
	return r;
}

static size_t
slot_of(const char *p, const struct flat *f)
{
	uint64_t x = (uint64_t)(uintptr_t)p * UINT64_C(0x9E3779B97F4A7C15) + f->n;

	return (size_t)((x ^ x >> 29) * UINT64_C(0xBF58476D1CE4E5B9) >> 56) % SLOTS;
}

static enum MHD_Result
send_cached(struct job *j, const struct header *list, int n)
{
	const struct res *res = &j->rq.res;
	struct shard *sh;
	struct entry *e;
	struct flat f;
	enum MHD_Result ok;
	int i;

	f.n = 0;
	f.over = false;
	for (i = 0; i < n; i++)
		flat_add(&f, list[i].name, list[i].value);
	if (f.over)
		return MHD_NO;
	sh = &j->h->respond->shard[((uintptr_t)pthread_self() >> 12) * 31 % SHARDS];
	pthread_mutex_lock(&sh->lock);
	e = &sh->slot[slot_of(res->body.p, &f)];
	if (e->r == NULL || e->p != res->body.p || e->n != res->body.n || e->nflat != f.n ||
	    memcmp(e->flat, f.at, f.n) != 0) {
		entry_clear(e);
		e->r = from_buffer(res->body, list, n);
		e->flat = malloc(f.n + 1);
		if (e->r == NULL || e->flat == NULL) {
			entry_clear(e);
			pthread_mutex_unlock(&sh->lock);
			return MHD_NO;
		}
		memcpy(e->flat, f.at, f.n);
		e->p = res->body.p;
		e->n = res->body.n;
		e->nflat = f.n;
	}
	ok = MHD_queue_response(j->mhd, (unsigned)res->status, e->r);
	pthread_mutex_unlock(&sh->lock);
	return ok;
}

static struct MHD_Response *
from_file(struct job *j, uint64_t *size)
{
	struct MHD_Response *r;
	struct stat st;
	int fd = open(j->rq.res.file, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return NULL;
	}
	*size = (uint64_t)st.st_size;
	r = MHD_create_response_from_fd64(*size, fd);
	if (r == NULL)
		close(fd);
	return r;
}

void
res_refuse(struct job *j, int status)
{
	struct req *rq = &j->rq;

	if (rq->res.unpin != NULL)
		rq->res.unpin(rq->res.pin);
	rq->res = (struct res){ 0 };
	if (j->h->o.refuse != NULL)
		j->h->o.refuse(j->h->o.user, rq, status);
	if (rq->res.status == 0) {
		rq->res.status = status;
		rq->res.type = "text/plain; charset=utf-8";
		rq->res.body = slice_str(arena_printf(&rq->arena, "%d\n", status));
	}
}

/* The time a client has to take the answer in. */
static void
set_deadline(struct job *j, uint64_t bytes)
{
	int64_t us = (int64_t)j->h->o.body_seconds * 1000000 + (int64_t)(bytes / 16384) * 1000000;

	if (j->conn != NULL)
		atomic_store_explicit(
		    &j->conn->deadline, clock_coarse_us() + us, memory_order_relaxed);
}

enum MHD_Result
respond(struct job *j)
{
	struct header list[RES_HEADERS + MORE_HEADERS];
	struct MHD_Response *r = NULL;
	uint64_t size = j->rq.res.body.n;
	enum MHD_Result ok;
	int n;

	if (atomic_load_explicit(&j->h->stopping, memory_order_relaxed))
		j->close = true;
	if (j->rq.res.file != NULL) {
		r = from_file(j, &size);
		if (r == NULL) {
			log_line(LOG_WARN, "file %s: %m", j->rq.res.file);
			res_refuse(j, errno == ENOENT ? 404 : 500);
			size = j->rq.res.body.n;
		}
	}
	n = headers(j, list);
	set_deadline(j, size);
	if (r == NULL && j->quick && send_cached(j, list, n) == MHD_YES)
		return MHD_YES;
	if (r == NULL)
		r = from_buffer(j->rq.res.body, list, n);
	else if (!headers_add(r, list, n)) {
		MHD_destroy_response(r);
		return MHD_NO;
	}
	if (r == NULL)
		return MHD_NO;
	ok = MHD_queue_response(j->mhd, (unsigned)j->rq.res.status, r);
	MHD_destroy_response(r);
	return ok;
}
