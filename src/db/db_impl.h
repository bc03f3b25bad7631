/* db_impl.h – what the files of this room share; no other folder includes it.
 *
 * A driver is a const table of functions over a `struct conn`, which one thread uses at a time.
 * Drivers know no ctx: they report through conn->fault, and read.c and write.c carry that into
 * cx->err. The pool hands out connections; on SQLite it holds readers only, and the one writing
 * connection belongs to whoever holds store->writing. */
#ifndef DB_DB_IMPL_H
#define DB_DB_IMPL_H

#include <pthread.h>
#include <stdatomic.h>

#include "base/clock.h"
#include "db/db.h"

enum {
	KINDS = DB_KINDS,
	GROUP_MAX = 64,	    /* waiting jobs of one commit */
	KEYS_MAX = 32,	    /* hot things of one write */
	TRIES_FREE = 3,	    /* then a write that met neighbours waits for the turnstile */
	PATIENT_MS = 60000, /* how long a command tries; a request WAIT_MS */
	STMT_MAX = 256,	    /* cached statements of a connection */
	WAIT_MS = 5000,	    /* for a connection or a lock, and how long a request tries to write */
	SLOW_US = 50000	    /* a write function above it is noted */
};

/* What went wrong last on a connection. */
struct fault {
	int rc;
	bool over;  /* the transaction is lost */
	bool again; /* lost to a neighbour: worth another try */
	bool gone;  /* the server went away */
	char text[512];
};

enum conn_use { USE_READ, USE_WRITE };
/* What a statement may do beyond reading and writing rows. */
enum guard { GUARD_ROWS, GUARD_RETAIN, GUARD_OPEN };

struct conn {
	struct store *store;
	struct conn *next;   /* in the pool's idle list */
	struct cursor *open; /* cursors that were not shut yet */
	unsigned epoch;	     /* of the pool when it was opened */
	bool broken;	     /* close it instead of giving it back */
	struct fault fault;
};
struct cursor {
	struct conn *conn;
	struct cursor *next;
	int ncols;
	bool dead; /* its snapshot or transaction ended before it */
};
struct query {
	const char *sql;
	struct vals v;
	struct arena *arena; /* for cursors */
	bool stream;
	enum guard guard;
};

struct driver {
	int (*open)(struct store *s, enum conn_use use, struct conn **out, struct fault *f);
	void (*close)(struct conn *c);
	/* BEGIN …, COMMIT, SAVEPOINT …: cached or cheap, no rows. */
	int (*control)(struct conn *c, const char *sql);
	/* One statement of a migration; nothing is refused. */
	int (*script)(struct conn *c, const char *sql);
	int (*run)(struct conn *c, const struct query *q, int64_t *changed);
	int (*query)(struct conn *c, const struct query *q, struct cursor **out);
	int (*next)(struct cursor *r, bool *row);
	void (*shut)(struct cursor *r); /* frees what the cursor holds; may be called once */
	bool (*col_null)(struct cursor *r, int col);
	int64_t (*col_int)(struct cursor *r, int col);
	double (*col_real)(struct cursor *r, int col);
	struct slice (*col_slice)(struct cursor *r, int col);
	/* The database's own file (wal false) or its write-ahead log: bytes now, and a piece of them. NULL
	 * where there are no such files. */
	int64_t (*file_size)(struct conn *c, bool wal);
	int (*file_read)(struct conn *c, bool wal, int64_t at, void *to, size_t n);
	const char *begin_read, *begin_write, *begin_migrate;
};
extern const struct driver driver_sqlite, driver_pg;

/* ---- pool.c */
struct pool {
	pthread_mutex_t lock;
	pthread_cond_t freed;
	struct conn *idle;
	int nopen, max;
	unsigned epoch; /* raised when the server went away: older connections are closed */
};
void pool_init(struct pool *p, int max);
void pool_done(struct store *s);
int pool_take(struct store *s, struct conn **out, struct fault *f) MUST;
void pool_give(struct store *s, struct conn *c);
/* Take a connection and begin; a connection that died while idle is replaced once. */
int pool_begin(struct store *s, const char *begin, struct conn **out, struct fault *f) MUST;

/* The kinds that a write touched, a bit each. */
struct touched {
	uint64_t w[KINDS / 64];
};
extern const struct touched touched_all; /* store.c */

/* ---- writer.c */
struct job {
	struct ctx *cx;
	tx_fn *fn;
	void *arg;
	struct arena_mark mark; /* the arena before the first run */
	struct err err;		/* cx->err before the first run */
	struct touched touched;
	int rc;
	bool done, holds; /* holds: as of struct tx */
	pthread_cond_t wake;
	struct job *next;
};
struct queue {
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct job *first, **last;
	_Atomic uint64_t came; /* jobs ever queued */
	bool stop;
};

struct store {
	const struct driver *drv;
	enum db_engine engine;
	char *url;
	bool create, twice, threaded, patient, lean;
	_Atomic bool interrupted;
	struct pool pool;
	struct conn *writer; /* SQLite: used by whoever holds `writing` */
	pthread_mutex_t writing;
	int64_t data_version; /* under `writing` */
	struct queue queue;
	pthread_t thread;
	struct conn *poller; /* PostgreSQL: under `polling` */
	pthread_mutex_t polling;
	char snapshot[256];
	_Atomic bool leads; /* the poller holds the advisory lock of the one that leads */
	_Atomic uint64_t generation[KINDS];
	pthread_mutex_t noting;
	struct store_slow slow;
	uint64_t slow_taken;
};

/* The handle behind cx->db: a snapshot, or the transaction of a running write. */
struct db {
	struct store *store;
	struct conn *conn;   /* NULL: the snapshot has not begun */
	uint64_t generation; /* store_generation_any() just before the snapshot began */
	struct tx *tx;	     /* NULL outside a write */
	unsigned queries;
	struct cursor *stream;
};
struct tx {
	struct db db;
	struct touched touched;
	int rc;			 /* first failed statement; the rest of the transaction refuses */
	bool over, again, holds; /* holds: db_write_many() */
	struct arena *gather;	 /* gather.h: where rows are kept back; NULL = they are not */
	struct gathered *gathered;
};

/* ---- store.c */
int fault_set(struct fault *f, int rc, const char *fmt, ...) PRINTF(3, 4);
/* Text for *err of the store functions: malloc'ed, lives until exit. */
const char *err_keep(const char *text);
void store_raise(struct store *s, const struct touched *t);
void store_note(struct store *s, tx_fn *fn, int64_t us);
/* End every open cursor of the connection. */
void conn_shut_all(struct conn *c);
void cursor_link(struct conn *c, struct cursor *r);
void cursor_unlink(struct cursor *r);

/* ---- read.c */
void snapshot_end(struct db *db);
/* Carry the connection's fault into cx->err; returns its rc. */
int fault_raise(struct ctx *cx, const struct fault *f);
int vals_check(struct fault *f, struct vals v) MUST;

/* ---- write.c */
/* Run the job's function once (twice in check builds) inside an open transaction; tx tells what
 * became of the transaction. */
int job_run(struct store *s, struct conn *c, struct job *j, struct tx *tx);
void job_rewind(struct job *j);
int write_pg(struct store *s, struct job *j, const int64_t *keys, size_t n);

int writer_start(struct store *s, const char **err) MUST;
void writer_stop(struct store *s);
void writer_submit(struct store *s, struct job *j);
/* Under store->writing: raise all generations if another process wrote. */
void writer_look(struct store *s);

#include "db/stmt_cache.h"
#include "db/sqltext.h"

#endif
