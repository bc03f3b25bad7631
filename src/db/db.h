/* db.h – two engines behind one door.
 *
 * SQL is one text for both: parameters $1…$n, four storage types (int64, real, text, blob), no
 * engine's own functions (docs/howto/migration.md lists what is allowed). A day is an int yyyymmdd,
 * a moment int64 µs, a bool 0/1, an enum its short code.
 *
 * Reading: db_rows() and its short forms read from cx->db. Outside a write this is a snapshot: it
 * begins with the first read of the request and ends with db_end() or with the next db_write().
 * Inside a write function cx->db is the transaction itself, so one function serves both.
 *
 * Writing: db_write(cx, fn, arg) is the only door. On SQLite the call goes to the one writer
 * thread's group: BEGIN IMMEDIATE, for each waiting call SAVEPOINT → fn → RELEASE (or ROLLBACK TO),
 * one COMMIT with synchronous=FULL, then all are woken. On PostgreSQL fn runs in the caller's
 * thread on a pooled connection, SERIALIZABLE, retried at most 5 times.
 * Law for fn: no I/O, no locks, no clock, no statics; it may run twice; side effects leave as rows.
 * Its arena is rewound before a second run. Results are valid only after RC_OK. */
#ifndef DB_DB_H
#define DB_DB_H

#include "base/buf.h"
#include "base/ctx.h"

enum vt { V_INT, V_REAL, V_TEXT, V_BLOB };
struct val {
	enum vt t;
	bool null;
	int64_t i;
	double r;
	struct slice s;
};
struct vals {
	const struct val *v;
	size_t n;
};
static inline struct val
v_int(int64_t i)
{
	return (struct val){ .t = V_INT, .i = i };
}
static inline struct val
v_real(double r)
{
	return (struct val){ .t = V_REAL, .r = r };
}
/* NULL becomes SQL NULL. */
static inline struct val
v_text(const char *s)
{
	return (struct val){ .t = V_TEXT, .null = s == NULL, .s = slice_str(s) };
}
static inline struct val
v_blob(struct slice s)
{
	return (struct val){ .t = V_BLOB, .null = s.p == NULL, .s = s };
}
static inline struct val
v_null(enum vt t)
{
	return (struct val){ .t = t, .null = true };
}
/* SQL NULL when the value is the one that means "none". */
static inline struct val
v_int_or(int64_t i, int64_t none)
{
	return (struct val){ .t = V_INT, .null = i == none, .i = i };
}
#define VALS(...)                                            \
	((struct vals){ (const struct val[]){ __VA_ARGS__ }, \
	    sizeof((const struct val[]){ __VA_ARGS__ }) / sizeof(struct val) })
#define NO_VALS ((struct vals){ NULL, 0 })

enum db_engine { DB_SQLITE, DB_PG };

struct store; /* the opened database with its pools and writer */
struct store_options {
	const char *url; /* file name or postgresql://… */
	bool create;	 /* SQLite: make the file when missing */
	int readers;	 /* pool size; 0 = 4 (SQLite), 16 (PostgreSQL) */
	bool
	    writer_thread; /* SQLite: group commit in a thread of its own (serve); without it db_write
	                    * runs in the caller's thread (CLI) */
	bool patient; /* PostgreSQL: a command, no request: a write is tried for 60 s, not for 5 */
	bool twice;   /* check builds: run every fn twice, the first run rolled back */
};
/* RC_STORAGE with *err (static or malloc'ed text, never freed) on failure. */
int store_open(const struct store_options *o, struct store **out, const char **err) MUST;
void store_close(struct store *s);
/* From now on its readers map no file: for commands that read whole tables once. After db_end(). */
void store_lean(struct store *s);
enum db_engine store_engine(const struct store *s);
/* Bind a context to the store before its first read or write; db_end() ends its snapshot. */
void db_bind(struct ctx *cx, struct store *s);
void db_end(struct ctx *cx);
struct store *db_store(const struct ctx *cx);
/* The store's generation just before this context's snapshot began: what was read from it may be
 * remembered under this number. 0 inside a write and before the first read: nothing may be. */
uint64_t db_generation(const struct ctx *cx);
unsigned db_query_count(const struct ctx *cx); /* statements run by this context since db_bind */

struct rows {
	struct ctx *cx;
	void *impl;
	int ncols, rc;
};
int db_rows(struct ctx *cx, struct rows *out, const char *sql, struct vals v) MUST;
/* As db_rows, for results too large for memory: rows come one by one from the server. Nothing else
 * may be read by this context until rows_end(). */
int db_stream(struct ctx *cx, struct rows *out, const char *sql, struct vals v) MUST;
bool rows_next(struct rows *r);
int rows_end(struct rows *r) MUST; /* closes; the outcome of the whole read */
void rows_drop(struct rows *r);	   /* closes without asking; for the cleanup attribute */
#define AUTO_ROWS __attribute__((cleanup(rows_drop))) struct rows
bool row_null(const struct rows *r, int col);
int64_t row_int(const struct rows *r, int col); /* 0 for NULL; reads numeric text too */
int64_t row_int_or(const struct rows *r, int col, int64_t none);
double row_real(const struct rows *r, int col);
const char *row_text(const struct rows *r, int col);   /* copy in cx->arena; NULL for NULL */
struct slice row_slice(const struct rows *r, int col); /* borrowed until rows_next; text or blob */

/* First column of the first row; RC_NOTFOUND without a row. An int result of NULL reads as 0. */
int db_int(struct ctx *cx, int64_t *out, const char *sql, struct vals v) MUST;
int db_text(struct ctx *cx, const char **out, const char *sql, struct vals v) MUST;

struct tx;
typedef int tx_fn(struct ctx *cx, struct tx *tx, void *arg);
int db_write(struct ctx *cx, tx_fn *fn, void *arg) MUST;
/* As db_write, with hot things named: PostgreSQL takes session advisory locks on the keys in sorted
 * order before BEGIN and frees them after COMMIT; SQLite needs none. n ≤ 32. */
int db_write_keys(struct ctx *cx, const int64_t *keys, size_t n, tx_fn *fn, void *arg) MUST;
/* As db_write, for a fn that calls many rules (the demo): what they write is part of its transaction, their keys are not
 * held, and nothing is undone before fn ends: it ends with the first that fails. */
int db_write_many(struct ctx *cx, tx_fn *fn, void *arg) MUST;
/* A statement that changes rows; *changed (may be NULL) tells how many. RC_EXISTS: unique taken;
 * RC_INVALID: check or foreign key; cx->err.detail names the constraint or column. */
int tx_run(struct ctx *cx, struct tx *tx, int64_t *changed, const char *sql, struct vals v) MUST;
/* INSERT/UPDATE … RETURNING one int. */
int tx_int(struct ctx *cx, struct tx *tx, int64_t *out, const char *sql, struct vals v) MUST;
/* Rows of a kind, or of all, changed: the generation rises after COMMIT. DB_NO_KIND: of no kind. */
enum { DB_KINDS = 128, DB_NO_KIND = DB_KINDS - 1 };
void tx_touch(struct tx *tx, unsigned kind);
void tx_touch_all(struct tx *tx);
/* Generation of a kind in this process; rises with every commit that touched it, here or (within
 * some 100 ms) in another process. */
uint64_t store_generation(const struct store *s, unsigned kind);
/* Rises with every commit that touched any kind. */
uint64_t store_generation_any(const struct store *s);

/* Looks for writes of other processes and raises every generation if there were some, or without need; never too
 * few. Called each 50 ms; does not wait for a writer. */
void store_poll(struct store *s);
/* Whether this process looks after the house (sums, seals, backups): on SQLite always, on PostgreSQL one
 * of all that serve the database, as store_poll() found last. It holds an advisory lock on the
 * connection that polls, so that another takes over within a poll or two when it is gone. */
bool store_leads(const struct store *s);
int store_ping(struct store *s, const char **err) MUST; /* RC_OK, RC_STORAGE, RC_BUSY */
/* Write functions that took longer than 50 ms since the store was opened, and the last of them.
 * True when there was a new one since the last call: app logs it. */
struct store_slow {
	uint64_t count;
	int64_t us;
	tx_fn *fn;
};
bool store_slow_take(struct store *s, struct store_slow *out);
/* What goes on in a store, for the figures of the server. */
struct store_load {
	uint64_t writes;  /* asked for since it was opened */
	int waiting;	  /* SQLite: writes in the queue before the writer */
	int open, in_use; /* connections to read with (PostgreSQL: also to write) */
	uint64_t slow;	  /* write functions over 50 ms */
};
void store_load(struct store *s, struct store_load *out);
/* The program is being ended: reads outside a write end with RC_BUSY from now on, and so does a
 * restore; writes still go through. Called from any thread. */
void store_interrupt(struct store *s);
/* SQLite: a copy into a file that does not exist yet; RC_INVALID on PostgreSQL, which has pg_dump. */
int store_backup(struct store *s, const char *to_path, const char **err) MUST;

/* After data were destroyed: empties SQLite's write-ahead log, so that no old page lies in it. RC_BUSY when readers do
 * not end. Nothing to do on PostgreSQL (VACUUM is its owner's). */
int store_scrub(struct store *s, const char **err) MUST;

/* Migrations: numbered SQL texts, forward only. Type words @id @int @text @real @blob are replaced
 * by engine; "-- only sqlite:" and "-- only pg:" begin a block that ends at the next blank line.
 * CREATE TABLE becomes STRICT on SQLite (the word @strict behind the closing parenthesis may say
 * it, and must if something else stands there). On PostgreSQL @text is compared by bytes. */
struct migration {
	int number;
	const char *name, *sql;
};
/* Runs what is missing, each in a transaction, under a lock; refuses a changed checksum and a
 * database newer than the program. *ran (may be NULL) = how many. */
int store_migrate(
    struct store *s, const struct migration *m, size_t n, int *ran, const char **err) MUST;
/* Number of the newest migration in the database, 0 for an empty one. */
int store_schema(struct store *s, int *out, const char **err) MUST;
/* After rows were inserted with ids of their own: PostgreSQL's identity sequences go on behind the
 * largest. Nothing to do on SQLite. */
int store_fix_identities(struct store *s, const char **err) MUST;

#endif
