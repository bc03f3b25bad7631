/* writer_test.c – SQLite's writer under threads and under a disk that fails. Runs clean under
 * ThreadSanitizer, too. */
#include <sqlite3.h>
#include <sys/wait.h>

#include "db/db_impl.h"
#include "db/test_db.h"

enum { THREADS = 64, EACH = 30 };

static const char schema[] =
    "CREATE TABLE entry (id @id, who @int NOT NULL, n @int NOT NULL UNIQUE,"
    " pad @blob);"
    "CREATE TABLE total (id @id, sum @int NOT NULL);"
    "INSERT INTO total (id, sum) VALUES (1, 0)";
static struct test_db t;

static void
start(bool thread)
{
	test_db_open(&t, DB_SQLITE, (struct store_options){ .writer_thread = thread });
	test_migrate(&t, schema);
}

/* ---- many threads */

struct worker {
	pthread_t thread;
	struct store *s;
	int who, ok, failed;
	const char *wrong;
};

/* Reads the total and writes it back: right only if jobs are serial. */
static int
add_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	int64_t *n = arg, sum = 0;

	TRY(db_int(cx, &sum, "SELECT sum FROM total WHERE id = 1", NO_VALS));
	TRY(tx_run(
	    cx, tx, NULL, "UPDATE total SET sum = $1 WHERE id = 1", VALS(v_int(sum + *n % 1000))));
	TRY(tx_run(cx, tx, NULL, "INSERT INTO entry (who, n) VALUES ($1, $2)",
	    VALS(v_int(*n / 1000), v_int(*n))));
	tx_touch(tx, 1);
	return RC_OK;
}

static void
work_once(struct worker *w, struct ctx *cx, int i)
{
	int64_t n = w->who * 1000 + i, seen = 0;
	int rc;

	if (i % 10 == 9)
		n--; /* taken: must fail, alone */
	rc = db_write(cx, add_fn, &n);
	if (rc != (i % 10 == 9 ? RC_EXISTS : RC_OK))
		w->wrong = cx->err.detail == NULL ? "unexpected outcome" : strdup(cx->err.detail);
	rc == RC_OK ? w->ok++ : w->failed++;
	err_clear(cx);
	/* read your own write */
	if (db_int(cx, &seen, "SELECT count(*) FROM entry WHERE n = $1", VALS(v_int(n))) != RC_OK ||
	    seen != 1)
		w->wrong = "own write is not there";
	db_end(cx);
}

static void *
work(void *arg)
{
	struct worker *w = arg;
	struct test_db mine = { .s = w->s };
	int i;

	for (i = 0; i < EACH; i++) {
		test_ctx_init(&mine, &mine.arena, &mine.cx);
		work_once(w, &mine.cx, i);
		if (i % 7 == 0)
			store_poll(w->s);
		(void)store_generation(w->s, 1);
		arena_done(&mine.arena);
	}
	return NULL;
}

static void
many_threads(void **state)
{
	static struct worker w[THREADS];
	int i, ok = 0, failed = 0;
	int64_t want = 0;
	uint64_t generation;

	(void)state;
	start(true);
	generation = store_generation(t.s, 1);
	for (i = 0; i < THREADS; i++) {
		w[i] = (struct worker){ .s = t.s, .who = i + 1 };
		assert_int_equal(pthread_create(&w[i].thread, NULL, work, &w[i]), 0);
	}
	for (i = 0; i < THREADS; i++) {
		pthread_join(w[i].thread, NULL);
		if (w[i].wrong != NULL)
			fail_msg("thread %d: %s", i, w[i].wrong);
		ok += w[i].ok;
		failed += w[i].failed;
	}
	for (i = 0; i < EACH; i++)
		want += i % 10 == 9 ? 0 : i;
	assert_int_equal(failed, THREADS * EACH / 10);
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM entry"), ok);
	assert_int_equal(test_int(&t.cx, "SELECT sum FROM total"), want * THREADS);
	assert_true(store_generation(t.s, 1) > generation);
	test_db_close(&t);
}

/* ---- one group, its jobs known: the writer is held until all wait */

struct one {
	pthread_t thread;
	struct ctx cx;
	struct arena arena;
	tx_fn *fn;
	int64_t n;
	int rc, runs, extra;
};

static void *
one_main(void *arg)
{
	struct one *o = arg;

	o->rc = db_write(&o->cx, o->fn, o);
	return NULL;
}

/* Wait until so many jobs have come since the open and so many of them wait. */
static void
await(struct queue *q, uint64_t came, int waiting)
{
	struct job *j;
	int n;
	bool there = false;

	while (!there) {
		pthread_mutex_lock(&q->lock);
		for (n = 0, j = q->first; j != NULL; j = j->next)
			n++;
		there = q->came == came && n == waiting;
		pthread_mutex_unlock(&q->lock);
		usleep(500);
	}
}

static int
nothing_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	(void)cx;
	(void)tx;
	(void)arg;
	return RC_OK;
}

static void
launch(struct one *o, tx_fn *fn, int64_t n)
{
	o->fn = fn;
	o->n = n;
	o->rc = 1;
	test_ctx_init(&t, &o->arena, &o->cx);
	assert_int_equal(pthread_create(&o->thread, NULL, one_main, o), 0);
}

/* Run n jobs as one group, in this order. */
static void
group(struct one *o, size_t n)
{
	struct one first = { 0 };
	size_t i;

	pthread_mutex_lock(&t.s->writing);
	launch(&first, nothing_fn, 0);
	await(&t.s->queue, 1, 0); /* the writer took it and now waits for us */
	for (i = 0; i < n; i++) {
		launch(&o[i], o[i].fn, o[i].n);
		await(&t.s->queue, 2 + i, (int)i + 1);
	}
	pthread_mutex_unlock(&t.s->writing);
	pthread_join(first.thread, NULL);
	arena_done(&first.arena);
	for (i = 0; i < n; i++)
		pthread_join(o[i].thread, NULL);
}

static int
insert_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct one *o = arg;

	o->runs++;
	tx_touch(tx, (unsigned)o->n);
	TRY(tx_run(cx, tx, NULL, "INSERT INTO entry (who, n) VALUES (0, $1)", VALS(v_int(o->n))));
	if (o->extra != 0)
		TRY(tx_run(cx, tx, NULL,
		    "INSERT INTO entry (who, n, pad) VALUES (0, $1, zeroblob(8000000))",
		    VALS(v_int(o->n + 1000))));
	return RC_OK;
}

static int
refuse_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	TRY(insert_fn(cx, tx, arg));
	cx->err.rc = RC_RULE;
	cx->err.detail = "refused";
	return RC_RULE;
}

static void
group_rollback(void **state)
{
	struct one o[6] = { { .fn = insert_fn, .n = 1 }, { .fn = refuse_fn, .n = 2 },
		{ .fn = insert_fn, .n = 3 }, { .fn = insert_fn, .n = 3 },
		{ .fn = refuse_fn, .n = 4 }, { .fn = insert_fn, .n = 5 } };
	static const int want[] = { RC_OK, RC_RULE, RC_OK, RC_EXISTS, RC_RULE, RC_OK };
	uint64_t before[6];
	size_t i;

	(void)state;
	start(true);
	for (i = 0; i < 6; i++)
		before[i] = store_generation(t.s, (unsigned)i);
	group(o, ARRAY_LEN(o));
	for (i = 0; i < ARRAY_LEN(o); i++) {
		assert_int_equal(o[i].rc, want[i]);
		assert_int_equal(o[i].cx.err.rc, want[i]);
		assert_int_equal(o[i].runs, 1); /* really one group: nobody ran again */
		arena_done(&o[i].arena);
	}
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM entry"), 3);
	assert_int_equal(test_int(&t.cx, "SELECT sum(n) FROM entry"), 9);
	assert_int_equal(store_generation(t.s, 1), before[1] + 1);
	assert_int_equal(store_generation(t.s, 2), before[2]);
	assert_int_equal(store_generation(t.s, 3), before[3] + 1);
	assert_int_equal(store_generation(t.s, 4), before[4]);
	assert_int_equal(store_generation(t.s, 5), before[5] + 1);
	test_db_close(&t);
}

/* ---- a full disk, played by max_page_count */

static void
cap_pages(int64_t extra)
{
	char sql[80];

	snprintf(sql, sizeof sql, "PRAGMA max_page_count=%lld",
	    (long long)(extra < 0
			    ? 1073741823
			    : test_int(&t.cx, "SELECT page_count FROM pragma_page_count") + extra));
	db_end(&t.cx);
	pthread_mutex_lock(&t.s->writing);
	assert_int_equal(t.s->drv->script(t.s->writer, sql), RC_OK);
	pthread_mutex_unlock(&t.s->writing);
}

static void
disk_full_alone(void **state)
{
	struct one o = { .n = 1, .extra = 1 };

	(void)state;
	start(false);
	cap_pages(20);
	assert_int_equal(db_write(&t.cx, insert_fn, &o), RC_STORAGE);
	assert_int_equal(t.cx.err.rc, RC_STORAGE);
	assert_non_null(strstr(t.cx.err.detail, "full"));
	assert_int_equal(o.runs, 1);
	err_clear(&t.cx);
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM entry"), 0);
	o.extra = 0;
	assert_int_equal(db_write(&t.cx, insert_fn, &o), RC_OK);
	cap_pages(-1);
	o = (struct one){ .n = 2, .extra = 1 };
	assert_int_equal(db_write(&t.cx, insert_fn, &o), RC_OK);
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM entry"), 3);
	test_db_close(&t);
}

static void
disk_full_in_group(void **state)
{
	struct one o[4] = { { .fn = insert_fn, .n = 1 }, { .fn = refuse_fn, .n = 2 },
		{ .fn = insert_fn, .n = 3, .extra = 1 }, { .fn = insert_fn, .n = 4 } };
	static const int want[] = { RC_OK, RC_RULE, RC_STORAGE, RC_OK }, runs[] = { 2, 2, 1, 1 };
	size_t i;

	(void)state;
	start(true);
	cap_pages(20);
	group(o, ARRAY_LEN(o));
	for (i = 0; i < ARRAY_LEN(o); i++) {
		assert_int_equal(o[i].rc, want[i]);
		assert_int_equal(o[i].cx.err.rc, want[i]);
		assert_int_equal(o[i].runs, runs[i]);
		arena_done(&o[i].arena);
	}
	assert_int_equal(test_int(&t.cx, "SELECT sum(n) FROM entry"), 5);
	test_db_close(&t);
}

/* ---- another process holds the lock */

static void
locked_outside(void **state)
{
	struct one o = { .n = 1 };
	int ready[2], status;
	char c;
	pid_t pid;
	int64_t begin;

	(void)state;
	start(true);
	assert_int_equal(pipe(ready), 0);
	pid = fork();
	if (pid == 0) {
		sqlite3 *db;

		if (sqlite3_open(t.url, &db) != SQLITE_OK ||
		    sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK ||
		    write(ready[1], "x", 1) != 1)
			_exit(1);
		usleep(6500000);
		_exit(0);
	}
	assert_int_equal(read(ready[0], &c, 1), 1);
	begin = clock_us();
	assert_int_equal(db_write(&t.cx, insert_fn, &o), RC_BUSY);
	assert_int_equal(t.cx.err.rc, RC_BUSY);
	assert_int_equal(o.runs, 0);
	assert_true(clock_us() - begin > 4000000);
	err_clear(&t.cx);
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM entry"), 0); /* reading goes on */
	/* the lock is let go while we wait */
	assert_int_equal(db_write(&t.cx, insert_fn, &o), RC_OK);
	waitpid(pid, &status, 0);
	assert_int_equal(status, 0);
	close(ready[0]);
	close(ready[1]);
	test_db_close(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(many_threads),
		cmocka_unit_test(group_rollback),
		cmocka_unit_test(disk_full_alone),
		cmocka_unit_test(disk_full_in_group),
		cmocka_unit_test(locked_outside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
