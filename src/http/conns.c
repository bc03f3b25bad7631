/* conns.c – the connection table and its reaper.
 *
 * libmicrohttpd knows only an idle timeout: a client that sends one byte a second lives for ever.
 * So each connection has a deadline here, moved by the epoll threads as a request goes through its
 * stages (head, body, answer, idle), and one thread shuts down the sockets whose time is over. The
 * library then sees the end of the connection and cleans up by itself; the descriptor is closed only
 * after conns_remove(), so a number is never reused under the reaper. Deadlines are plain atomics:
 * a request that arrives in the very moment of its deadline may be cut, as with any server. */
#include "http/inner.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

enum { REAP_MS = 200 };

static void
reap(struct conns *t)
{
	int64_t now = clock_us();
	enum closing closing = atomic_load_explicit(&t->closing, memory_order_relaxed);
	int i;

	for (i = 0; i < t->n; i++) {
		struct conn *c = &t->slot[i];
		int64_t d;

		if (c->fd < 0)
			continue;
		d = atomic_load_explicit(&c->deadline, memory_order_relaxed);
		if ((d != 0 && now > d) || closing == CLOSING_ALL ||
		    (closing == CLOSING_IDLE &&
			!atomic_load_explicit(&c->busy, memory_order_relaxed)))
			shutdown(c->fd, SHUT_RDWR);
	}
}

static void *
reaper(void *arg)
{
	struct conns *t = arg;

	pthread_mutex_lock(&t->lock);
	while (!t->stop) {
		struct timespec ts;

		clock_gettime(CLOCK_MONOTONIC, &ts);
		ts.tv_nsec += REAP_MS * 1000000L;
		if (ts.tv_nsec >= 1000000000L) {
			ts.tv_sec++;
			ts.tv_nsec -= 1000000000L;
		}
		pthread_cond_timedwait(&t->wake, &t->lock, &ts);
		reap(t);
	}
	pthread_mutex_unlock(&t->lock);
	return NULL;
}

int
conns_start(struct conns *t, int n)
{
	pthread_condattr_t ca;
	pthread_attr_t ta;
	int i;

	*t = (struct conns){ .n = n };
	t->slot = calloc((size_t)n, sizeof *t->slot);
	if (t->slot == NULL)
		return RC_STORAGE;
	for (i = n - 1; i >= 0; i--) {
		t->slot[i].fd = -1;
		t->slot[i].next = t->free;
		t->free = &t->slot[i];
	}
	pthread_mutex_init(&t->lock, NULL);
	pthread_condattr_init(&ca);
	pthread_condattr_setclock(&ca, CLOCK_MONOTONIC);
	pthread_cond_init(&t->wake, &ca);
	pthread_condattr_destroy(&ca);
	pthread_attr_init(&ta);
	pthread_attr_setstacksize(&ta, 128 * 1024);
	t->running = pthread_create(&t->reaper, &ta, reaper, t) == 0;
	pthread_attr_destroy(&ta);
	if (!t->running) {
		conns_stop(t);
		return RC_STORAGE;
	}
	return RC_OK;
}

void
conns_stop(struct conns *t)
{
	if (t->slot == NULL)
		return;
	if (t->running) {
		pthread_mutex_lock(&t->lock);
		t->stop = true;
		pthread_cond_signal(&t->wake);
		pthread_mutex_unlock(&t->lock);
		pthread_join(t->reaper, NULL);
	}
	pthread_cond_destroy(&t->wake);
	pthread_mutex_destroy(&t->lock);
	free(t->slot);
	t->slot = NULL;
}

/* NULL when the table is full: cannot happen while the library keeps its own, lower limit. */
struct conn *
conns_add(struct conns *t, int fd, int64_t deadline)
{
	struct conn *c;

	pthread_mutex_lock(&t->lock);
	c = t->free;
	if (c != NULL) {
		t->free = c->next;
		c->fd = fd;
		c->first = true;
		c->local = false;
		c->peer[0] = '\0';
		atomic_store_explicit(&c->deadline, deadline, memory_order_relaxed);
		atomic_store_explicit(&c->busy, false, memory_order_relaxed);
	}
	pthread_mutex_unlock(&t->lock);
	return c;
}

void
conns_remove(struct conns *t, struct conn *c)
{
	pthread_mutex_lock(&t->lock);
	c->fd = -1;
	c->next = t->free;
	t->free = c;
	pthread_mutex_unlock(&t->lock);
}

void
conns_close(struct conns *t, enum closing which)
{
	atomic_store_explicit(&t->closing, which, memory_order_relaxed);
	pthread_mutex_lock(&t->lock);
	pthread_cond_signal(&t->wake);
	pthread_mutex_unlock(&t->lock);
}

int
conns_count(struct conns *t, bool only_busy)
{
	int i, n = 0;

	pthread_mutex_lock(&t->lock);
	for (i = 0; i < t->n; i++)
		n += t->slot[i].fd >= 0 &&
		     (!only_busy || atomic_load_explicit(&t->slot[i].busy, memory_order_relaxed));
	pthread_mutex_unlock(&t->lock);
	return n;
}
