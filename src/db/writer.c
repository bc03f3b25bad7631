/* writer.c – SQLite's one writer: the queue, its thread, and the group commit.
 *
 * What waits goes into one transaction, at most GROUP_MAX jobs and no gathering window (measured:
 * a window only costs). Each job has a savepoint: a failed statement undoes that job alone. When
 * the transaction itself is lost (disk full, I/O error, failed COMMIT), the job that lost it gets
 * the error and the others run again one by one: what they saw of their neighbours was never
 * written, even if they failed. Nobody is woken before COMMIT.
 * The callers sleep meanwhile, so a job's context and arena need no lock; the queue's mutex hands
 * them over. Without a thread (CLI) the caller itself is a group of one under store->writing. */
#include <stdio.h>

#include "db/db_impl.h"

/* ---- one transaction */

/* The outcome is the job's; its error stands in its own context. */
static void
job_fail(struct job *j, const struct fault *f)
{
	j->cx->err = j->err;
	j->rc = fault_raise(j->cx, f);
}

/* A word to the engine that must not fail; if it does, the transaction is over. */
static bool
said(struct store *s, const char *sql)
{
	return s->drv->control(s->writer, sql) == RC_OK;
}

/* False when the transaction was lost; the job then has its error. */
static bool
run_in_group(struct store *s, struct job *j, bool alone)
{
	struct tx tx;

	if (!alone && !said(s, "SAVEPOINT job")) {
		job_fail(j, &s->writer->fault);
		return false;
	}
	j->rc = job_run(s, s->writer, j, &tx);
	if (tx.over)
		return false;
	if (j->rc != RC_OK)
		j->touched = (struct touched){ { 0 } };
	if (alone)
		return true;
	if (j->rc != RC_OK && !said(s, "ROLLBACK TO SAVEPOINT job"))
		return false;
	if (!said(s, "RELEASE SAVEPOINT job")) {
		if (j->rc == RC_OK)
			job_fail(j, &s->writer->fault);
		return false;
	}
	return true;
}

/* SQLite may have rolled back by itself; "no transaction is active" is then no error. */
static void
roll_back(struct store *s)
{
	struct fault kept = s->writer->fault;

	(void)said(s, "ROLLBACK");
	s->writer->fault = kept;
}

static bool
begin(struct store *s)
{
	s->writer->fault = (struct fault){ 0 };
	if (!said(s, s->drv->begin_write))
		return false;
	writer_look(s);
	return true;
}

static void
run_alone(struct store *s, struct job *j)
{
	job_rewind(j);
	if (!begin(s)) {
		job_fail(j, &s->writer->fault);
		return;
	}
	if (!run_in_group(s, j, true) || j->rc != RC_OK)
		roll_back(s);
	else if (!said(s, "COMMIT")) {
		job_fail(j, &s->writer->fault);
		roll_back(s);
	} else
		store_raise(s, &j->touched);
}

/* True when all answers stand; false: run each alone, except *lost, which has its error. */
static bool
run_together(struct store *s, struct job *first, struct job **lost)
{
	struct job *j;
	struct touched touched = { { 0 } };
	size_t w;

	*lost = NULL;
	if (!begin(s)) {
		for (j = first; j != NULL; j = j->next)
			job_fail(j, &s->writer->fault);
		return true;
	}
	for (j = first; j != NULL; j = j->next) {
		if (!run_in_group(s, j, false)) {
			roll_back(s);
			*lost = j;
			return false;
		}
		for (w = 0; w < ARRAY_LEN(touched.w); w++)
			touched.w[w] |= j->touched.w[w];
	}
	if (!said(s, "COMMIT")) {
		roll_back(s);
		return false;
	}
	store_raise(s, &touched);
	return true;
}

static void
run_group(struct store *s, struct job *first)
{
	struct job *j, *lost;

	pthread_mutex_lock(&s->writing);
	if (first->next == NULL)
		run_alone(s, first);
	else if (!run_together(s, first, &lost))
		for (j = first; j != NULL; j = j->next)
			if (j != lost)
				run_alone(s, j);
	pthread_mutex_unlock(&s->writing);
}

void
writer_look(struct store *s)
{
	struct arena a;
	struct cursor *r = NULL;
	struct query q = { .sql = "PRAGMA data_version", .arena = &a };
	struct fault kept = s->writer->fault;
	int64_t now = -1;
	bool row = false;

	arena_init(&a);
	if (s->drv->query(s->writer, &q, &r) == RC_OK) {
		if (s->drv->next(r, &row) == RC_OK && row)
			now = s->drv->col_int(r, 0);
		cursor_unlink(r);
		s->drv->shut(r);
	}
	arena_done(&a);
	s->writer->fault = kept;
	if (now != s->data_version || now < 0)
		store_raise(s, &touched_all);
	s->data_version = now;
}

/* ---- the queue */

/* Under the lock: up to GROUP_MAX jobs, in the order of their coming. */
static struct job *
take_group(struct queue *q)
{
	struct job *first = q->first, *last = first;
	int n;

	for (n = 1; n < GROUP_MAX && last->next != NULL; n++)
		last = last->next;
	q->first = last->next;
	if (q->first == NULL)
		q->last = &q->first;
	last->next = NULL;
	return first;
}

static void *
writer_main(void *arg)
{
	struct store *s = arg;
	struct queue *q = &s->queue;
	struct job *first, *next;

	pthread_mutex_lock(&q->lock);
	for (;;) {
		while (q->first == NULL && !q->stop)
			pthread_cond_wait(&q->more, &q->lock);
		if (q->first == NULL)
			break; /* stopped, and nobody waits */
		first = take_group(q);
		pthread_mutex_unlock(&q->lock);
		run_group(s, first);
		pthread_mutex_lock(&q->lock);
		for (; first != NULL; first = next) {
			next = first->next; /* the job lies on its caller's stack */
			first->done = true;
			pthread_cond_signal(&first->wake);
		}
	}
	pthread_mutex_unlock(&q->lock);
	return NULL;
}

int
writer_start(struct store *s, const char **err)
{
	struct queue *q = &s->queue;

	pthread_mutex_init(&q->lock, NULL);
	pthread_cond_init(&q->more, NULL);
	q->last = &q->first;
	if (pthread_create(&s->thread, NULL, writer_main, s) != 0) {
		pthread_cond_destroy(&q->more);
		pthread_mutex_destroy(&q->lock);
		*err = "the writer thread could not be started";
		return RC_STORAGE;
	}
	s->threaded = true;
	return RC_OK;
}

void
writer_stop(struct store *s)
{
	struct queue *q = &s->queue;

	pthread_mutex_lock(&q->lock);
	q->stop = true;
	pthread_cond_signal(&q->more);
	pthread_mutex_unlock(&q->lock);
	pthread_join(s->thread, NULL);
	pthread_cond_destroy(&q->more);
	pthread_mutex_destroy(&q->lock);
	s->threaded = false;
}

void
writer_submit(struct store *s, struct job *j)
{
	struct queue *q = &s->queue;

	if (!s->threaded) {
		run_group(s, j);
		return;
	}
	pthread_cond_init(&j->wake, NULL);
	pthread_mutex_lock(&q->lock);
	*q->last = j;
	q->last = &j->next;
	q->came++;
	pthread_cond_signal(&q->more);
	while (!j->done)
		pthread_cond_wait(&j->wake, &q->lock);
	pthread_mutex_unlock(&q->lock);
	pthread_cond_destroy(&j->wake);
}
