/* pool.c – the workers and the bounded queue in front of them.
 *
 * Handlers block, so there are many more workers than cores (group commit lives from writers that
 * wait together). Idle workers lie on a stack, the last to finish on top: its stack and caches are
 * warm, and the deep ones sleep for days. Each has its own condition variable, so one job wakes one
 * thread. When nobody is idle a job waits in a queue; when that is full the caller answers 503 at
 * once, in the epoll thread, and no worker is touched.
 *
 * Reads (GET, HEAD) do not wait for each other's commits, they only compete: at most `readers` of
 * them run at once, the others wait in a queue of their own without waking a thread. Writes take any
 * idle worker, since they sleep together in a commit.
 *
 * Lock order: pool lock, then the library's own. A worker resumes its connection under its private
 * lock only, so that pool_close() can say for sure whether a job still runs. */
#include "http/inner.h"

#include <sched.h>
#include <stdlib.h>

enum { WORKER_STACK = 256 * 1024 };

struct worker {
	struct pool *pool;
	struct worker *below; /* idle stack */
	struct job *given;    /* handed over while idle; under pool->lock */
	pthread_mutex_t lock; /* guards running and the job's `gone` */
	struct job *running;
	pthread_cond_t wake;
	pthread_t thread;
	int index;
	bool started;
};
struct pool {
	struct http *h;
	pthread_mutex_t lock;
	struct worker *idle;
	struct queue {
		struct job *head, *tail;
	} reads, writes;  /* waiting jobs */
	struct job *gone; /* abandoned at the stop; kept for their workers */
	int waiting, limit, n;
	int reading, readers; /* reads that run, and how many may */
	bool closed, stop;
	int abandoned;
	struct worker *w;
};

static bool
is_read(const struct job *j)
{
	return j->rq.method == M_GET || j->rq.method == M_HEAD;
}

static void
queue_put(struct pool *p, struct job *j)
{
	struct queue *q = is_read(j) ? &p->reads : &p->writes;

	j->next = NULL;
	if (q->tail != NULL)
		q->tail->next = j;
	else
		q->head = j;
	q->tail = j;
	p->waiting++;
}

static struct job *
queue_pop(struct pool *p)
{
	struct queue *q = p->writes.head != NULL ? &p->writes : &p->reads;
	struct job *j = q->head;

	if (j == NULL || (q == &p->reads && p->reading >= p->readers))
		return NULL;
	q->head = j->next;
	if (q->head == NULL)
		q->tail = NULL;
	p->waiting--;
	return j;
}

/* The next job, or NULL when the pool stops. `done` is the one just finished, NULL at the start. */
static struct job *
next_job(struct worker *w, bool done_read)
{
	struct pool *p = w->pool;
	struct job *j;

	pthread_mutex_lock(&p->lock);
	p->reading -= done_read ? 1 : 0;
	j = p->stop ? NULL : queue_pop(p);
	if (j != NULL)
		p->reading += is_read(j) ? 1 : 0;
	if (j == NULL && !p->stop) {
		w->given = NULL;
		w->below = p->idle;
		p->idle = w;
		while (w->given == NULL && !p->stop)
			pthread_cond_wait(&w->wake, &p->lock);
		j = w->given; /* pool_put counted it among the reads */
		w->given = NULL;
	}
	if (j != NULL) {
		pthread_mutex_lock(&w->lock);
		w->running = j;
		pthread_mutex_unlock(&w->lock);
	}
	pthread_mutex_unlock(&p->lock);
	return j;
}

static void *
worker_main(void *arg)
{
	struct worker *w = arg;
	struct http *h = w->pool->h;
	struct job *j;
	bool read = false;

	while ((j = next_job(w, read)) != NULL) {
		bool gone;

		read = is_read(j);
		h->o.work(h->o.user, &j->rq, w->index);
		pthread_mutex_lock(&w->lock);
		gone = j->gone;
		w->running = NULL;
		if (!gone)
			MHD_resume_connection(j->mhd);
		pthread_mutex_unlock(&w->lock);
		if (gone)
			break; /* the server is no more; the process is about to end */
	}
	return NULL;
}

bool
pool_put(struct pool *p, struct job *j)
{
	struct worker *w;

	pthread_mutex_lock(&p->lock);
	w = is_read(j) && p->reading >= p->readers ? NULL : p->idle;
	if (p->closed || (w == NULL && p->waiting >= p->limit)) {
		pthread_mutex_unlock(&p->lock);
		return false;
	}
	MHD_suspend_connection(j->mhd);
	j->next = NULL;
	if (w != NULL) {
		p->idle = w->below;
		w->given = j;
		p->reading += is_read(j) ? 1 : 0;
	} else
		queue_put(p, j);
	pthread_mutex_unlock(&p->lock);
	if (w != NULL)
		pthread_cond_signal(&w->wake);
	return true;
}

int
pool_start(struct http *h, struct pool **out)
{
	struct pool *p = calloc(1, sizeof *p);
	pthread_attr_t ta;
	int i, workers = h->o.workers;

	if (p == NULL)
		return RC_STORAGE;
	p->h = h;
	p->limit = h->o.queue;
	p->readers = h->o.readers > 0 ? h->o.readers : workers;
	p->n = workers;
	p->w = calloc((size_t)workers, sizeof *p->w);
	if (p->w == NULL) {
		free(p);
		return RC_STORAGE;
	}
	pthread_mutex_init(&p->lock, NULL);
	pthread_attr_init(&ta);
	pthread_attr_setstacksize(&ta, WORKER_STACK);
	for (i = 0; i < workers; i++) {
		struct worker *w = &p->w[i];

		w->pool = p;
		w->index = i;
		pthread_mutex_init(&w->lock, NULL);
		pthread_cond_init(&w->wake, NULL);
	}
	for (i = 0; i < workers; i++) {
		struct worker *w = &p->w[i];

		w->started = pthread_create(&w->thread, &ta, worker_main, w) == 0;
		if (!w->started)
			break;
	}
	pthread_attr_destroy(&ta);
	if (i < workers) {
		pool_stop(p);
		return RC_STORAGE;
	}
	*out = p;
	return RC_OK;
}

int
pool_waiting(struct pool *p)
{
	int n;

	pthread_mutex_lock(&p->lock);
	n = p->waiting;
	pthread_mutex_unlock(&p->lock);
	return n;
}

int
pool_close(struct pool *p)
{
	struct job *j, *list;
	int i;

	pthread_mutex_lock(&p->lock);
	p->closed = true;
	if (p->writes.tail != NULL) {
		p->writes.tail->next = p->reads.head;
		list = p->writes.head;
	} else
		list = p->reads.head;
	p->reads = p->writes = (struct queue){ NULL, NULL };
	p->waiting = 0;
	pthread_mutex_unlock(&p->lock);
	while ((j = list) != NULL) {
		list = j->next;
		res_refuse(j, 503);
		MHD_resume_connection(j->mhd);
	}
	/* A worker that was given a job takes it under the pool lock; wait for that hand-over. */
	for (i = 0; i < p->n; i++) {
		struct worker *w = &p->w[i];

		pthread_mutex_lock(&p->lock);
		while (w->given != NULL) {
			pthread_mutex_unlock(&p->lock);
			sched_yield();
			pthread_mutex_lock(&p->lock);
		}
		pthread_mutex_unlock(&p->lock);
		pthread_mutex_lock(&w->lock);
		if (w->running != NULL && !w->running->gone) {
			w->running->gone = true;
			w->running->next = p->gone;
			p->gone = w->running;
			p->abandoned++;
			MHD_resume_connection(w->running->mhd);
		}
		pthread_mutex_unlock(&w->lock);
	}
	return p->abandoned;
}

void
pool_stop(struct pool *p)
{
	int i;

	pthread_mutex_lock(&p->lock);
	p->stop = true;
	for (i = 0; i < p->n; i++)
		pthread_cond_signal(&p->w[i].wake);
	pthread_mutex_unlock(&p->lock);
	if (p->abandoned > 0) {
		for (i = 0; i < p->n; i++)
			if (p->w[i].started)
				pthread_detach(p->w[i].thread);
		return;
	}
	for (i = 0; i < p->n; i++)
		if (p->w[i].started)
			pthread_join(p->w[i].thread, NULL);
	for (i = 0; i < p->n; i++) {
		pthread_cond_destroy(&p->w[i].wake);
		pthread_mutex_destroy(&p->w[i].lock);
	}
	pthread_mutex_destroy(&p->lock);
	free(p->w);
	free(p);
}
