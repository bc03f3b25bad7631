/* write.c – db_write(): one door, and what happens to one job inside an open transaction.
 *
 * job_run() is the heart for both engines: it lends the job's context the transaction, runs the
 * function, and leaves in struct tx what became of it. A job is always begun from the same arena
 * mark and the same cx->err, so that a second run cannot see the first. writer.c groups jobs on
 * SQLite; write_pg() below retries one job on PostgreSQL. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/log.h"
#include "db/db_impl.h"
#include "db/gather.h"

void
job_rewind(struct job *j)
{
	arena_rewind(j->cx->arena, j->mark);
	j->cx->err = j->err;
	j->touched = (struct touched){ { 0 } };
}

/* One run of the function on this connection. */
static int
run_once(struct store *s, struct conn *c, struct job *j, struct tx *tx)
{
	struct ctx *cx = j->cx;
	struct db *outer = cx->db;
	int rc;

	job_rewind(j);
	*tx = (struct tx){ .db = { .store = s, .conn = c }, .holds = j->holds };
	tx->db.tx = tx;
	cx->db = &tx->db;
	rc = j->fn(cx, tx, j->arg);
	if (rc == RC_OK && tx->rc == RC_OK)
		rc = gather_end(cx, tx);
	conn_shut_all(c);
	cx->db = outer;
	outer->queries += tx->db.queries;
	j->touched = tx->touched;
	if (tx->rc != RC_OK && rc == RC_OK)
		rc = tx->rc; /* the function overlooked a failed statement */
	return rc;
}

static int
run_twice(struct store *s, struct conn *c, struct job *j, struct tx *tx)
{
	int rc = s->drv->control(c, "SAVEPOINT first_run");

	if (rc == RC_OK) {
		rc = run_once(s, c, j, tx);
		if (tx->over || tx->again)
			return rc;
		rc = s->drv->control(c, "ROLLBACK TO SAVEPOINT first_run");
	}
	if (rc == RC_OK)
		rc = s->drv->control(c, "RELEASE SAVEPOINT first_run");
	if (rc != RC_OK) {
		*tx = (struct tx){ .rc = rc, .over = true };
		return fault_raise(j->cx, &c->fault);
	}
	return run_once(s, c, j, tx);
}

int
job_run(struct store *s, struct conn *c, struct job *j, struct tx *tx)
{
	int64_t begin = clock_us();
	int rc = s->twice ? run_twice(s, c, j, tx) : run_once(s, c, j, tx);

	store_note(s, j->fn, clock_us() - begin);
	return rc;
}

/* ---- PostgreSQL */

static void
back_off(int tries)
{
	int64_t us = clock_us();
	uint64_t mix = (uint64_t)us * 0x9e3779b97f4a7c15u ^ (uint64_t)(uintptr_t)&us;
	long wait = (long)((mix >> 33) %
			   (uint64_t)(2000 << (tries < 7 ? tries : 7))); /* under 4, 8 … 256 ms */
	struct timespec ts = { .tv_nsec = wait * 1000 };

	nanosleep(&ts, NULL);
}

static int
by_value(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* "SELECT pg_advisory_lock($1), …": the list is evaluated from left to right. */
static int
lock_keys(struct store *s, struct conn *c, const int64_t *keys, size_t n)
{
	char sql[KEYS_MAX * 32];
	struct val v[KEYS_MAX];
	size_t i, len = 0;
	int64_t sorted[KEYS_MAX];

	memcpy(sorted, keys, n * sizeof keys[0]);
	qsort(sorted, n, sizeof sorted[0], by_value);
	for (i = 0; i < n; i++) {
		v[i] = v_int(sorted[i]);
		len += (size_t)snprintf(sql + len, sizeof sql - len, "%s pg_advisory_lock($%zu)",
		    i == 0 ? "SELECT" : ",", i + 1);
	}
	return s->drv->run(c, &(struct query){ .sql = sql, .v = { v, n } }, NULL);
}

/* A connection that holds the keys; one that died while idle is replaced once. */
static int
take_with_keys(struct store *s, const int64_t *keys, size_t n, struct conn **out, struct fault *f)
{
	struct conn *c;
	int rc, tries;

	for (tries = 0;; tries++) {
		bool gone;

		TRY(pool_take(s, &c, f));
		rc = n == 0 ? RC_OK : lock_keys(s, c, keys, n);
		if (rc == RC_OK)
			break;
		*f = c->fault;
		gone = c->fault.gone;
		c->broken = true; /* some of the keys may be held: closing frees them */
		pool_give(s, c);
		if (!gone || tries > 0)
			return rc;
	}
	*out = c;
	return RC_OK;
}

enum attempt {
	ANSWERED, /* rc is the answer */
	AGAIN,	  /* a neighbour was in the way, nothing was written */
	STALE	  /* the connection had died before BEGIN */
};

static enum attempt
attempt(struct store *s, struct conn *c, struct job *j, int *rc)
{
	struct tx tx;

	job_rewind(j);
	c->fault = (struct fault){ 0 };
	*rc = s->drv->control(c, s->drv->begin_write);
	if (*rc != RC_OK) {
		c->broken = true;
		fault_raise(j->cx, &c->fault);
		return c->fault.gone ? STALE : ANSWERED;
	}
	*rc = job_run(s, c, j, &tx);
	if (*rc == RC_OK) {
		*rc = s->drv->control(c, "COMMIT");
		if (*rc == RC_OK)
			return ANSWERED;
		tx.again = c->fault.again;
		fault_raise(j->cx, &c->fault);
	}
	if (!c->broken && s->drv->control(c, "ROLLBACK") != RC_OK)
		c->broken = true;
	return tx.again && !c->broken ? AGAIN : ANSWERED;
}

/* Those who met neighbours again and again go through one at a time: else many writers keep ending
 * each other's tries, and one of them may lose every time. Whoever waits here already holds its
 * keys, and nobody behind the turnstile asks for any, so no ring of waiting can arise. */
#define TURNSTILE "pg_advisory_lock(1936027745, 2)"

/* Tries on one connection until it is answered or the time is up. *keyed: it holds advisory locks. */
static enum attempt
attempts(struct store *s, struct conn *c, struct job *j, int *rc, bool *keyed)
{
	int64_t until = clock_us() + (int64_t)(s->patient ? PATIENT_MS : WAIT_MS) * 1000;
	enum attempt got;
	int tries;

	for (tries = 1;; tries++) {
		got = attempt(s, c, j, rc);
		if (got != AGAIN)
			return got;
		if (clock_us() > until)
			break;
		if (tries == TRIES_FREE) {
			*keyed = true;
			if (s->drv->control(c, "SELECT " TURNSTILE) != RC_OK)
				break; /* the wait took too long */
		} else
			back_off(tries % TRIES_FREE);
	}
	*rc = RC_BUSY; /* every try met a neighbour; cx->err has the last */
	return ANSWERED;
}

int
write_pg(struct store *s, struct job *j, const int64_t *keys, size_t n)
{
	struct fault f = { 0 };
	struct conn *c;
	enum attempt got;
	int rc, fresh;

	s->queue.came++;
	for (fresh = 0;; fresh++) {
		bool keyed = n > 0;

		rc = take_with_keys(s, keys, n, &c, &f);
		if (rc != RC_OK)
			return fault_raise(j->cx, &f);
		got = attempts(s, c, j, &rc, &keyed);
		if (rc == RC_OK)
			store_raise(s, &j->touched);
		if (keyed && !c->broken &&
		    s->drv->control(c, "SELECT pg_advisory_unlock_all()") != RC_OK)
			c->broken = true;
		pool_give(s, c);
		if (got != STALE || fresh > 0)
			return rc;
	}
}

/* ---- the door */

static int
refuse(struct ctx *cx, const char *why)
{
	struct fault f;

	fault_set(&f, RC_BUG, "%s", why);
	return fault_raise(cx, &f);
}

static int
write_job(struct ctx *cx, const int64_t *keys, size_t n, struct job j)
{
	struct store *s;

	if (cx->db == NULL)
		return refuse(cx, "db_write without a database");
	if (cx->db->tx != NULL && cx->db->tx->holds)
		return j.fn(cx, cx->db->tx, j.arg);
	if (cx->db->tx != NULL) {
		BUG("db_write inside a write function: call the rule's _tx form");
		return refuse(cx, "db_write inside a write function");
	}
	if (n > KEYS_MAX)
		return refuse(cx, "too many keys for one write");
	s = cx->db->store;
	snapshot_end(cx->db);
	j.mark = arena_mark(cx->arena);
	j.err = cx->err;
	if (s->engine == DB_PG)
		return write_pg(s, &j, keys, n);
	writer_submit(s, &j);
	return j.rc;
}

int
db_write_keys(struct ctx *cx, const int64_t *keys, size_t n, tx_fn *fn, void *arg)
{
	return write_job(cx, keys, n, (struct job){ .cx = cx, .fn = fn, .arg = arg });
}

int
db_write(struct ctx *cx, tx_fn *fn, void *arg)
{
	return db_write_keys(cx, NULL, 0, fn, arg);
}

int
db_write_many(struct ctx *cx, tx_fn *fn, void *arg)
{
	return write_job(
	    cx, NULL, 0, (struct job){ .cx = cx, .fn = fn, .arg = arg, .holds = true });
}
