/* crash_test.c – kill -9 in the middle of concurrent writes: every row whose db_write() had
 * answered RC_OK is there, and no half of a pair is. On both engines. */
#include <signal.h>
#include <sys/wait.h>

#include "db/db_impl.h"
#include "db/test_db.h"

enum { THREADS = 32, ACKS = 1000 };

static struct test_db t;

struct worker {
	struct store *s;
	int who, out;
};

static int
pair_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	int64_t *n = arg;

	TRY(tx_run(cx, tx, NULL, "INSERT INTO one (n) VALUES ($1)", VALS(v_int(*n))));
	return tx_run(cx, tx, NULL, "INSERT INTO two (n) VALUES ($1)", VALS(v_int(*n)));
}

static void *
work(void *arg)
{
	struct worker *w = arg;
	struct test_db mine = { .s = w->s };
	int64_t n;

	for (n = w->who * 1000000;; n++) {
		test_ctx_init(&mine, &mine.arena, &mine.cx);
		if (db_write(&mine.cx, pair_fn, &n) == RC_OK &&
		    write(w->out, &n, sizeof n) != sizeof n)
			_exit(3);
		arena_done(&mine.arena);
	}
	return NULL;
}

_Noreturn static void
child(int out)
{
	static struct worker w[THREADS];
	struct store_options o = { .url = t.url, .writer_thread = true };
	struct store *s;
	const char *err;
	pthread_t thread;
	int i;

	if (store_open(&o, &s, &err) != RC_OK)
		_exit(2);
	for (i = 0; i < THREADS; i++) {
		w[i] = (struct worker){ s, i + 1, out };
		if (pthread_create(&thread, NULL, work, &w[i]) != 0)
			_exit(2);
	}
	for (;;)
		pause();
}

static void
killed(void **state)
{
	enum db_engine e = *state == NULL ? DB_SQLITE : DB_PG;
	static int64_t acks[ACKS * 20];
	struct store_options o = { .writer_thread = true };
	const char *err = "";
	int fds[2], n = 0, i;
	int64_t found = 0;
	pid_t pid;

	test_db_open(&t, e, (struct store_options){ 0 });
	test_migrate(
	    &t, "CREATE TABLE one (n @int PRIMARY KEY); CREATE TABLE two (n @int PRIMARY KEY)");
	db_end(&t.cx);
	store_close(t.s); /* nothing of ours is open while the child is killed */
	assert_int_equal(pipe(fds), 0);
	pid = fork();
	if (pid == 0)
		child(fds[1]);
	close(fds[1]);
	while (n < ACKS && read(fds[0], &acks[n], sizeof acks[0]) == sizeof acks[0])
		n++;
	kill(pid, SIGKILL);
	while (n < (int)ARRAY_LEN(acks) && read(fds[0], &acks[n], sizeof acks[0]) == sizeof acks[0])
		n++;
	close(fds[0]);
	waitpid(pid, NULL, 0);
	assert_true(n >= ACKS);
	o.url = t.url;
	assert_int_equal(store_open(&o, &t.s, &err), RC_OK);
	arena_done(&t.arena);
	test_ctx_init(&t, &t.arena, &t.cx);
	for (i = 0; i < n; i++) {
		assert_int_equal(db_int(&t.cx, &found,
				     "SELECT count(*) FROM one JOIN two ON two.n = one.n"
				     " WHERE one.n = $1",
				     VALS(v_int(acks[i]))),
		    RC_OK);
		if (found != 1)
			fail_msg("acknowledged row %lld is lost", (long long)acks[i]);
	}
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM one"),
	    test_int(&t.cx, "SELECT count(*) FROM two"));
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM one JOIN two ON two.n = one.n"),
	    test_int(&t.cx, "SELECT count(*) FROM one"));
	found = 1;
	assert_int_equal(db_write(&t.cx, pair_fn, &found), RC_OK);
	test_db_close(&t);
}

static int
set_pg(void **state)
{
	static int yes;

	*state = &yes;
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		{ "sqlite killed", killed, NULL, NULL, NULL },
		{ "pg killed", killed, set_pg, NULL, NULL },
	};

	return _cmocka_run_group_tests("crash", tests, test_has_pg() ? 2 : 1, NULL, NULL);
}
