/* pool.c – a bounded set of connections shared by the workers.
 *
 * Connections are opened when they are first needed and kept on a last-in-first-out list, so that
 * few stay warm. Whoever waits longer than WAIT_MS gets RC_BUSY. When a server went away, the
 * pool's epoch rises and the idle connections of before are closed instead of being handed out. */
#include <errno.h>
#include <time.h>

#include "db/db_impl.h"

void
pool_init(struct pool *p, int max)
{
	pthread_condattr_t attr;

	memset(p, 0, sizeof *p);
	p->max = max;
	pthread_mutex_init(&p->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&p->freed, &attr);
	pthread_condattr_destroy(&attr);
}

void
pool_done(struct store *s)
{
	struct conn *c;

	while ((c = s->pool.idle) != NULL) {
		s->pool.idle = c->next;
		s->drv->close(c);
	}
	pthread_cond_destroy(&s->pool.freed);
	pthread_mutex_destroy(&s->pool.lock);
}

/* Under the lock: an idle connection of this epoch; old ones are collected in *old. */
static struct conn *
pop_idle(struct pool *p, struct conn **old)
{
	struct conn *c;

	while ((c = p->idle) != NULL) {
		p->idle = c->next;
		if (c->epoch == p->epoch)
			return c;
		p->nopen--;
		c->next = *old;
		*old = c;
	}
	return NULL;
}

/* 0: *out is idle or NULL for "open one"; else the wait was too long. */
static int
take_slot(struct pool *p, struct conn **out, struct conn **old)
{
	struct timespec until;
	int late = 0;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += WAIT_MS / 1000;
	for (;;) {
		*out = pop_idle(p, old);
		if (*out != NULL)
			return 0;
		if (p->nopen < p->max) {
			p->nopen++;
			return 0;
		}
		if (late != 0)
			return late;
		late = pthread_cond_timedwait(&p->freed, &p->lock, &until);
		if (late != ETIMEDOUT)
			late = 0;
	}
}

int
pool_take(struct store *s, struct conn **out, struct fault *f)
{
	struct pool *p = &s->pool;
	struct conn *c = NULL, *old = NULL;
	unsigned epoch;
	int late, rc;

	pthread_mutex_lock(&p->lock);
	late = take_slot(p, &c, &old);
	epoch = p->epoch;
	pthread_mutex_unlock(&p->lock);
	while (old != NULL) {
		struct conn *next = old->next;

		s->drv->close(old);
		old = next;
	}
	if (late != 0)
		return fault_set(f, RC_BUSY, "all %d connections are in use", p->max);
	if (c == NULL) {
		rc = s->drv->open(s, USE_READ, &c, f);
		if (rc != RC_OK) {
			pthread_mutex_lock(&p->lock);
			p->nopen--;
			pthread_cond_signal(&p->freed);
			pthread_mutex_unlock(&p->lock);
			return rc;
		}
		c->epoch = epoch;
	}
	c->next = NULL;
	c->fault = (struct fault){ 0 };
	*out = c;
	return RC_OK;
}

void
pool_give(struct store *s, struct conn *c)
{
	struct pool *p = &s->pool;
	bool drop;

	pthread_mutex_lock(&p->lock);
	if (c->fault.gone && c->epoch == p->epoch)
		p->epoch++;
	drop = c->broken || c->epoch != p->epoch;
	if (drop)
		p->nopen--;
	else {
		c->next = p->idle;
		p->idle = c;
	}
	pthread_cond_signal(&p->freed);
	pthread_mutex_unlock(&p->lock);
	if (drop)
		s->drv->close(c);
}

int
pool_begin(struct store *s, const char *begin, struct conn **out, struct fault *f)
{
	struct conn *c;
	int rc, tries;

	for (tries = 0;; tries++) {
		bool gone;

		TRY(pool_take(s, &c, f));
		rc = s->drv->control(c, begin);
		if (rc == RC_OK)
			break;
		*f = c->fault;
		gone = c->fault.gone;
		if (!gone)
			c->broken = true; /* its state is not known */
		pool_give(s, c);
		if (!gone || tries > 0)
			return rc;
	}
	*out = c;
	return RC_OK;
}
