/* pg_test.c – what only a server can do to us: neighbours in the same rows, lost connections, a
 * restart. Skipped without SHANYRAQ_TEST_PG (test/pg.sh). */
#include <unistd.h>

#include "db/db_impl.h"
#include "db/test_db.h"

enum { THREADS = 16, EACH = 40, HOT = 20 };

static struct test_db t;

static void
start(int readers)
{
	test_db_open(&t, DB_PG, (struct store_options){ .readers = readers });
	test_migrate(&t,
	    "CREATE TABLE hot (id @id, n @int NOT NULL); CREATE TABLE log (id @id, n @int);"
	    "INSERT INTO hot (id, n) SELECT g, 0 FROM generate_series(1, 20) g");
}

struct worker {
	pthread_t thread;
	int who, ok, busy, runs;
	bool keys;
	const char *wrong;
	int64_t add, hot;
	struct worker *self;
};

static int
add_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct worker *w = arg;
	int64_t n = 0;

	w->runs++;
	(void)arena_alloc(cx->arena, 1000);
	TRY(db_int(cx, &n, "SELECT n FROM hot WHERE id = $1", VALS(v_int(w->hot))));
	TRY(tx_run(cx, tx, NULL, "UPDATE hot SET n = $1 WHERE id = $2",
	    VALS(v_int(n + 1), v_int(w->hot))));
	return tx_run(cx, tx, NULL, "INSERT INTO log (n) VALUES ($1)", VALS(v_int(w->hot)));
}

static void *
work(void *arg)
{
	struct worker *w = arg;
	struct test_db mine = { .s = t.s };
	int i, rc;

	test_ctx_init(&mine, &mine.arena, &mine.cx);
	for (i = 0; i < EACH; i++) {
		size_t before = mine.arena.used;
		int64_t keys[3];

		w->hot = w->keys ? (w->who * 7 + i) % HOT + 1 : 1;
		keys[0] = w->hot + 100; /* not sorted, and one twice: no deadlock all the same */
		keys[1] = 100 + (w->who + i) % HOT;
		keys[2] = keys[0];
		rc = w->keys ? db_write_keys(&mine.cx, keys, 3, add_fn, w)
			     : db_write(&mine.cx, add_fn, w);
		if (rc == RC_OK) {
			w->ok++;
			if (mine.arena.used - before > 1100)
				w->wrong = "the arena was not rewound";
			if (mine.cx.err.rc != RC_OK)
				w->wrong = "an error of a lost try stayed";
		} else if (rc == RC_BUSY)
			w->busy++;
		else
			w->wrong = mine.cx.err.detail;
		err_clear(&mine.cx);
	}
	db_end(&mine.cx);
	if (w->wrong != NULL)
		w->wrong = strdup(w->wrong);
	arena_done(&mine.arena);
	return NULL;
}

static void
contend(bool keys, int *ok, int *busy, int *runs)
{
	static struct worker w[THREADS];
	int i;

	*ok = *busy = *runs = 0;
	for (i = 0; i < THREADS; i++) {
		w[i] = (struct worker){ .who = i, .keys = keys };
		assert_int_equal(pthread_create(&w[i].thread, NULL, work, &w[i]), 0);
	}
	for (i = 0; i < THREADS; i++) {
		pthread_join(w[i].thread, NULL);
		if (w[i].wrong != NULL)
			fail_msg("thread %d: %s", i, w[i].wrong);
		*ok += w[i].ok;
		*busy += w[i].busy;
		*runs += w[i].runs;
	}
}

static void
contention(void **state)
{
	int ok, busy, runs;

	(void)state;
	start(0);
	contend(false, &ok, &busy, &runs);
	print_message("# one hot row: %d ok, %d busy, %d runs\n", ok, busy, runs);
	assert_int_equal(busy, 0); /* the turnstile lets everybody through */
	assert_int_equal(ok, THREADS * EACH);
	assert_true(runs > ok); /* some met a neighbour and ran again */
	assert_int_equal(test_int(&t.cx, "SELECT n FROM hot WHERE id = 1"), ok);
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM log"), ok);
	test_db_close(&t);
}

static void
hot_keys(void **state)
{
	int ok, busy, runs;
	int64_t begin;

	(void)state;
	start(0);
	begin = clock_us();
	contend(true, &ok, &busy, &runs);
	print_message("# %d hot rows with keys: %d ok, %d busy, %d runs, %d/s\n", HOT, ok, busy,
	    runs, (int)(ok * INT64_C(1000000) / (clock_us() - begin)));
	assert_int_equal(ok, THREADS * EACH);
	assert_int_equal(test_int(&t.cx, "SELECT sum(n) FROM hot"), ok);
	assert_int_equal(
	    test_int(&t.cx, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"), 0);
	test_db_close(&t);
}

/* ---- lost connections */

/* Ends every other connection to this schema's store. */
static void
terminate_all(void)
{
	PGconn *c = PQconnectdb(getenv("SHANYRAQ_TEST_PG"));
	PGresult *r = PQexec(c, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
				" WHERE application_name = 'shanyraq' AND pid <> pg_backend_pid()");

	assert_int_equal(PQresultStatus(r), PGRES_TUPLES_OK);
	PQclear(r);
	PQfinish(c);
	usleep(200000);
}

static int
killed_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	int *runs = arg;

	++*runs;
	TRY(tx_run(cx, tx, NULL, "INSERT INTO log (n) VALUES (1)", NO_VALS));
	if (*runs == 1)
		terminate_all();
	return tx_run(cx, tx, NULL, "INSERT INTO log (n) VALUES (2)", NO_VALS);
}

static void
terminated(void **state)
{
	AUTO_ROWS r = { 0 };
	int64_t n = 0;
	int runs = 0, i;

	(void)state;
	start(4);
	/* in the middle of a snapshot: this call fails, the next works */
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM log"), 0);
	terminate_all();
	assert_int_equal(db_int(&t.cx, &n, "SELECT count(*) FROM log", NO_VALS), RC_STORAGE);
	assert_int_equal(t.cx.err.rc, RC_STORAGE);
	err_clear(&t.cx);
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM log"), 0);
	db_end(&t.cx);
	/* in the middle of a write: nothing is kept, nothing is tried again */
	assert_int_equal(db_write(&t.cx, killed_fn, &runs), RC_STORAGE);
	assert_int_equal(runs, 1);
	err_clear(&t.cx);
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM log"), 0);
	assert_int_equal(db_write(&t.cx, killed_fn, &runs), RC_OK);
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM log"), 2);
	/* while idle: nobody notices */
	db_end(&t.cx);
	for (i = 0; i < 2; i++) {
		terminate_all();
		assert_int_equal(
		    i == 0 ? db_write(&t.cx, killed_fn, &runs)
			   : db_write_keys(&t.cx, (int64_t[]){ 5, 3 }, 2, killed_fn, &runs),
		    RC_OK);
		db_end(&t.cx);
	}
	terminate_all();
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM log"), 6);
	/* in the middle of a stream */
	assert_int_equal(
	    db_stream(&t.cx, &r, "SELECT g FROM generate_series(1, 3000000) g", NO_VALS), RC_OK);
	assert_true(rows_next(&r));
	terminate_all();
	while (rows_next(&r))
		n++;
	assert_true(n < 2999999);
	assert_int_equal(rows_end(&r), RC_STORAGE);
	err_clear(&t.cx);
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM log"), 6);
	test_db_close(&t);
}

static void
ctl(const char *what)
{
	char cmd[600];

	snprintf(cmd, sizeof cmd, "cd / && %s -D '%s' -m immediate -w %s >/dev/null 2>&1",
	    getenv("SHANYRAQ_TEST_PG_CTL"), getenv("SHANYRAQ_TEST_PG_DATA"), what);
	if (system(cmd) != 0)
		fail_msg("%s", cmd);
}

static void
restarted(void **state)
{
	const char *err = "";
	int64_t n = 0;
	int runs = 1;
	uint64_t before;

	(void)state;
	start(4);
	assert_int_equal(db_write(&t.cx, killed_fn, &runs), RC_OK);
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM log"), 2);
	store_poll(t.s);
	before = store_generation(t.s, 3);
	ctl("stop");
	assert_int_equal(db_int(&t.cx, &n, "SELECT 1", NO_VALS), RC_STORAGE);
	err_clear(&t.cx);
	assert_int_equal(db_write(&t.cx, killed_fn, &runs), RC_STORAGE);
	assert_int_equal(t.cx.err.rc, RC_STORAGE);
	err_clear(&t.cx);
	assert_int_equal(store_ping(t.s, &err), RC_STORAGE);
	store_poll(t.s); /* does not crash, and forgets what it knew */
	store_poll(t.s);
	ctl("start");
	assert_int_equal(store_ping(t.s, &err), RC_OK);
	assert_int_equal(db_write(&t.cx, killed_fn, &runs), RC_OK);
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM log"), 4);
	store_poll(t.s);
	assert_true(store_generation(t.s, 3) > before);
	test_db_close(&t);
}

/* Of two processes one leads; when its connection is gone the other takes over, and never both. */
static void
one_leads(void **state)
{
	struct store *other;
	const char *err = "";
	int i;

	(void)state;
	start(2);
	if (store_open(&(struct store_options){ .url = t.url }, &other, &err) != RC_OK)
		fail_msg("store_open: %s", err);
	assert_false(store_leads(t.s));
	store_poll(t.s);
	store_poll(other);
	assert_true(store_leads(t.s));
	assert_false(store_leads(other));
	store_poll(t.s);
	assert_true(store_leads(t.s));
	ctl("stop");
	store_poll(t.s);
	store_poll(other);
	assert_false(store_leads(t.s) || store_leads(other));
	ctl("start");
	store_poll(other);
	store_poll(t.s);
	assert_true(store_leads(other));
	assert_false(store_leads(t.s));
	store_close(other);
	for (i = 0; i < 200 && !store_leads(t.s); i++, usleep(10 * 1000))
		store_poll(t.s); /* the server notices the end in its own time */
	assert_true(store_leads(t.s));
	test_db_close(&t);
}

/* A table that changes beneath cached statements is no reason to fail for good. */
static void
altered(void **state)
{
	char sql[200];
	AUTO_ROWS r = { 0 };
	int64_t n = 0;
	int i, rc = RC_BUSY;
	PGconn *c;

	(void)state;
	start(1);
	assert_int_equal(
	    db_rows(&t.cx, &r, "SELECT * FROM hot WHERE id = $1", VALS(v_int(1))), RC_OK);
	assert_int_equal(rows_end(&r), RC_OK);
	db_end(&t.cx);
	c = PQconnectdb(getenv("SHANYRAQ_TEST_PG"));
	snprintf(sql, sizeof sql, "ALTER TABLE %s.hot ADD COLUMN more text", t.schema);
	PQclear(PQexec(c, sql));
	PQfinish(c);
	for (i = 0; i < 2 && rc != RC_OK; i++) {
		rc = db_rows(&t.cx, &r, "SELECT * FROM hot WHERE id = $1", VALS(v_int(1)));
		assert_true(rc == RC_OK || (i == 0 && rc == RC_BUSY));
		err_clear(&t.cx);
	}
	assert_int_equal(r.ncols, 3);
	assert_int_equal(rows_end(&r), RC_OK);
	assert_int_equal(
	    db_int(&t.cx, &n, "SELECT id FROM hot WHERE id = $1", VALS(v_int(2))), RC_OK);
	test_db_close(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(contention),
		cmocka_unit_test(hot_keys),
		cmocka_unit_test(terminated),
		cmocka_unit_test(altered),
		cmocka_unit_test(restarted),
		cmocka_unit_test(one_leads),
	};

	if (!test_has_pg()) {
		print_message("1..0 # SKIP SHANYRAQ_TEST_PG is not set\n");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
