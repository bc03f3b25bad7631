/* store.c – opening and closing a database, generations, and looking for writes from outside.
 *
 * A store is shared by all threads; everything in it is either fixed at store_open(), atomic, or
 * under the mutex named beside it in db_impl.h. Texts handed out through *err live until exit: a
 * failing open is followed by the end of the program. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "db/db_impl.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
#define KEPT(p) __lsan_ignore_object(p)
#else
#define KEPT(p) ((void)(p))
#endif

int
fault_set(struct fault *f, int rc, const char *fmt, ...)
{
	va_list ap;

	*f = (struct fault){ .rc = rc };
	va_start(ap, fmt);
	vsnprintf(f->text, sizeof f->text, fmt, ap);
	va_end(ap);
	return rc;
}

const char *
err_keep(const char *text)
{
	char *p = strdup(text);

	if (p == NULL)
		return "out of memory";
	KEPT(p);
	return p;
}

/* ---- cursors of a connection */

void
cursor_link(struct conn *c, struct cursor *r)
{
	r->conn = c;
	r->next = c->open;
	c->open = r;
}

void
cursor_unlink(struct cursor *r)
{
	struct cursor **link = &r->conn->open;

	while (*link != r)
		link = &(*link)->next;
	*link = r->next;
}

void
conn_shut_all(struct conn *c)
{
	struct cursor *r;

	while ((r = c->open) != NULL) {
		c->open = r->next;
		c->store->drv->shut(r);
		r->dead = true;
	}
}

/* ---- open and close */

static bool
is_pg_url(const char *url)
{
	return strncmp(url, "postgresql://", 13) == 0 || strncmp(url, "postgres://", 11) == 0;
}

static struct store *
store_make(const struct store_options *o)
{
	struct store *s = calloc(1, sizeof *s);
	bool pg = is_pg_url(o->url);

	if (s == NULL || (s->url = strdup(o->url)) == NULL)
		die("out of memory (store)");
	s->engine = pg ? DB_PG : DB_SQLITE;
	s->drv = pg ? &driver_pg : &driver_sqlite;
	s->create = o->create;
	s->twice = o->twice;
	/* What was remembered of a store that lay at the same address must not pass for this one's. */
	atomic_init(&s->generation[KINDS - 1], (uint64_t)clock_us());
	s->patient = o->patient;
	pool_init(&s->pool, o->readers > 0 ? o->readers : pg ? 16 : 4);
	pthread_mutex_init(&s->writing, NULL);
	pthread_mutex_init(&s->polling, NULL);
	pthread_mutex_init(&s->noting, NULL);
	return s;
}

static int
first_conn(struct store *s, struct fault *f)
{
	struct conn *c;

	if (s->engine == DB_SQLITE)
		return s->drv->open(s, USE_WRITE, &s->writer, f);
	TRY(pool_take(s, &c, f));
	pool_give(s, c);
	return RC_OK;
}

int
store_open(const struct store_options *o, struct store **out, const char **err)
{
	struct fault f = { 0 };
	struct store *s;

	if (o->url == NULL || *o->url == '\0' || strstr(o->url, ":memory:") != NULL) {
		*err = "the database must be a file or a postgresql:// address";
		return RC_STORAGE;
	}
	s = store_make(o);
	if (first_conn(s, &f) != RC_OK) {
		*err = err_keep(f.text);
		store_close(s);
		return RC_STORAGE;
	}
	if (s->writer != NULL) {
		pthread_mutex_lock(&s->writing);
		writer_look(s);
		pthread_mutex_unlock(&s->writing);
		if (o->writer_thread && writer_start(s, err) != RC_OK) {
			store_close(s);
			return RC_STORAGE;
		}
	}
	*out = s;
	return RC_OK;
}

void
store_close(struct store *s)
{
	if (s == NULL)
		return;
	if (s->threaded)
		writer_stop(s);
	pool_done(s);
	if (s->poller != NULL)
		s->drv->close(s->poller);
	if (s->writer != NULL)
		s->drv->close(s->writer); /* last: it folds the WAL into the file */
	pthread_mutex_destroy(&s->writing);
	pthread_mutex_destroy(&s->polling);
	pthread_mutex_destroy(&s->noting);
	free(s->url);
	free(s);
}

void
store_lean(struct store *s)
{
	pthread_mutex_lock(&s->pool.lock);
	s->lean = true;
	s->pool.epoch++; /* those that stand open are closed instead of lent again */
	pthread_mutex_unlock(&s->pool.lock);
}

enum db_engine
store_engine(const struct store *s)
{
	return s->engine;
}

/* ---- generations */

uint64_t
store_generation(const struct store *s, unsigned kind)
{
	return kind < KINDS ? atomic_load(&s->generation[kind]) : 0;
}

/* Every kind. */
const struct touched touched_all = { { UINT64_MAX, UINT64_MAX } };

uint64_t
store_generation_any(const struct store *s)
{
	uint64_t sum = 0;
	unsigned k;

	for (k = 0; k < KINDS; k++)
		sum += atomic_load_explicit(&s->generation[k], memory_order_acquire);
	return sum;
}

void
store_raise(struct store *s, const struct touched *t)
{
	unsigned w, k;
	uint64_t kinds;

	for (w = 0; w < ARRAY_LEN(t->w); w++)
		for (k = w * 64, kinds = t->w[w]; kinds != 0; k++, kinds >>= 1)
			if ((kinds & 1) != 0)
				atomic_fetch_add(&s->generation[k], 1);
}

/* One leads in each schema; the class beside it is that of migrations and of writers that meet. */
#define LEAD_SQL "SELECT pg_try_advisory_lock(1936027746, hashtext(current_schema()::text))::int"

static void
poller_lost(struct store *s)
{
	conn_shut_all(s->poller);
	s->drv->close(s->poller); /* frees the lock, if the server did not do so before */
	s->poller = NULL;
	s->leads = false;
	s->snapshot[0] = '\0';
	store_raise(s, &touched_all);
}

static void
try_to_lead(struct store *s)
{
	struct arena a;
	struct cursor *r = NULL;
	bool row = false;

	arena_init(&a);
	if (s->drv->query(s->poller, &(struct query){ .sql = LEAD_SQL, .arena = &a }, &r) ==
		RC_OK &&
	    s->drv->next(r, &row) == RC_OK && row)
		s->leads = s->drv->col_int(r, 0) != 0;
	conn_shut_all(s->poller);
	arena_done(&a);
}

bool
store_leads(const struct store *s)
{
	return s->engine == DB_SQLITE || s->leads;
}

/* A snapshot of transaction ids changes with every commit in the cluster and with nothing else. */
static void
poll_pg(struct store *s)
{
	struct fault f;
	struct arena a;
	struct cursor *r = NULL;
	bool row = false;
	struct query q = { .sql = "SELECT pg_current_snapshot()::text", .arena = &a };

	if (s->poller == NULL && s->drv->open(s, USE_READ, &s->poller, &f) != RC_OK)
		return;
	arena_init(&a);
	if (s->drv->query(s->poller, &q, &r) == RC_OK && s->drv->next(r, &row) == RC_OK && row) {
		struct slice now = s->drv->col_slice(r, 0);

		if (!slice_is(now, s->snapshot) || now.n >= sizeof s->snapshot) {
			store_raise(s, &touched_all);
			snprintf(s->snapshot, sizeof s->snapshot, "%.*s", (int)now.n, now.p);
		}
		conn_shut_all(s->poller);
		if (!s->leads)
			try_to_lead(s);
	} else
		poller_lost(s);
	arena_done(&a);
}

void
store_poll(struct store *s)
{
	if (s->engine == DB_PG) {
		pthread_mutex_lock(&s->polling);
		poll_pg(s);
		pthread_mutex_unlock(&s->polling);
	} else if (pthread_mutex_trylock(&s->writing) == 0) {
		/* a running group looks itself when it begins */
		writer_look(s);
		pthread_mutex_unlock(&s->writing);
	}
}

/* ---- slow writes, health, backup */

void
store_note(struct store *s, tx_fn *fn, int64_t us)
{
	if (us <= SLOW_US)
		return;
	pthread_mutex_lock(&s->noting);
	s->slow.count++;
	s->slow.us = us;
	s->slow.fn = fn;
	pthread_mutex_unlock(&s->noting);
}

bool
store_slow_take(struct store *s, struct store_slow *out)
{
	bool fresh;

	pthread_mutex_lock(&s->noting);
	fresh = s->slow.count != s->slow_taken;
	s->slow_taken = s->slow.count;
	*out = s->slow;
	pthread_mutex_unlock(&s->noting);
	return fresh;
}

void
store_load(struct store *s, struct store_load *out)
{
	const struct job *j;
	const struct conn *c;

	*out = (struct store_load){ .writes = s->queue.came };
	if (s->threaded) {
		pthread_mutex_lock(&s->queue.lock);
		for (j = s->queue.first; j != NULL; j = j->next)
			out->waiting++;
		pthread_mutex_unlock(&s->queue.lock);
	}
	pthread_mutex_lock(&s->pool.lock);
	out->open = out->in_use = s->pool.nopen;
	for (c = s->pool.idle; c != NULL; c = c->next)
		out->in_use--;
	pthread_mutex_unlock(&s->pool.lock);
	pthread_mutex_lock(&s->noting);
	out->slow = s->slow.count;
	pthread_mutex_unlock(&s->noting);
}

void
store_interrupt(struct store *s)
{
	s->interrupted = true;
}

int
store_ping(struct store *s, const char **err)
{
	struct fault f = { 0 };
	struct conn *c;
	const char *sql = s->engine == DB_PG ? "SELECT 1" : "SELECT count(*) FROM sqlite_schema";
	int rc = pool_begin(s, s->drv->begin_read, &c, &f);

	if (rc == RC_OK) {
		rc = s->drv->run(c, &(struct query){ .sql = sql }, NULL);
		if (rc == RC_OK)
			rc = s->drv->control(c, "ROLLBACK");
		f = c->fault;
		c->broken = rc != RC_OK;
		pool_give(s, c);
	}
	if (rc != RC_OK)
		*err = err_keep(f.text);
	return rc == RC_OK || rc == RC_BUSY ? rc : RC_STORAGE;
}

static int
sync_file(const char *path)
{
	int fd = open(path, O_RDWR | O_CLOEXEC), rc;

	if (fd < 0)
		return -1;
	rc = fsync(fd);
	close(fd);
	return rc;
}

int
store_scrub(struct store *s, const char **err)
{
	struct fault f = { 0 };
	struct conn *c;
	int rc;

	if (s->engine == DB_PG)
		return RC_OK;
	rc = s->drv->open(s, USE_WRITE, &c, &f);
	if (rc == RC_OK) {
		rc = s->drv->run(c,
		    &(struct query){
			.sql = "PRAGMA wal_checkpoint(TRUNCATE)", .guard = GUARD_OPEN },
		    NULL);
		f = c->fault;
		s->drv->close(c);
	}
	if (rc != RC_OK)
		*err = err_keep(f.text);
	return rc;
}

int
store_backup(struct store *s, const char *to_path, const char **err)
{
	struct fault f = { 0 };
	struct conn *c;
	int rc;

	if (s->engine == DB_PG) {
		*err = "a PostgreSQL database is backed up with pg_dump";
		return RC_INVALID;
	}
	if (access(to_path, F_OK) == 0) {
		*err = "the backup's file exists already";
		return RC_EXISTS;
	}
	/* a connection of its own: readers refuse to write, and the writer must not wait for it */
	rc = s->drv->open(s, USE_WRITE, &c, &f);
	if (rc == RC_OK) {
		struct val path = v_text(to_path);

		rc = s->drv->run(c,
		    &(struct query){
			.sql = "VACUUM INTO $1", .v = { &path, 1 }, .guard = GUARD_OPEN },
		    NULL);
		f = c->fault;
		s->drv->close(c);
	}
	if (rc == RC_OK && sync_file(to_path) != 0)
		rc = fault_set(&f, RC_STORAGE, "fsync of the backup: %s", strerror(errno));
	if (rc == RC_OK)
		return RC_OK;
	unlink(to_path);
	*err = err_keep(f.text);
	return rc == RC_BUSY ? rc : RC_STORAGE;
}
