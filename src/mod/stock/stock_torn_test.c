/* stock_torn_test.c – the write-ahead log cut at hundreds of places, as when the power goes: the ledger that is opened afterwards is
 * balanced and holds exactly the sets that were committed wholly before the cut. SQLite only: PostgreSQL has a log of its own. */
#include "test_stock.h"

#include <sys/stat.h>
#include <unistd.h>

enum { SETS = 40, CUTS = 300, NAME = 800 };

static off_t after[SETS + 1]; /* how long the log was when so many sets were committed */

static off_t
size_of(const char *path)
{
	struct stat s;

	return stat(path, &s) == 0 ? s.st_size : 0;
}

static char *
bytes_of(const char *path, size_t *n)
{
	FILE *f = fopen(path, "rb");
	char *p;

	assert_non_null(f);
	*n = (size_t)size_of(path);
	p = malloc(*n + 1);
	assert_non_null(p);
	assert_int_equal(fread(p, 1, *n, f), *n);
	fclose(f);
	return p;
}

static void
put(const char *path, const char *p, size_t n)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(p, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

/* The sets of a database as it is opened after the cut. */
static int64_t
sets_of(const char *path)
{
	const char *err = NULL;
	struct store *s;
	struct arena arena;
	struct ctx cx;
	struct buf b;
	int64_t sets, differ;

	if (store_open(&(struct store_options){ .url = path }, &s, &err) != RC_OK)
		fail_msg("%s", err);
	arena_init(&arena);
	cx = (struct ctx){
		.arena = &arena, .actor = &actor_system, .now = CX->now, .today = 20241115
	};
	db_bind(&cx, s);
	buf_init(&b, &arena, 1 << 20);
	if (ledger_check(&cx, &b, &sets, &differ) != RC_OK)
		fail_msg("%s %s", cx.err.text, cx.err.detail);
	if (differ != 0)
		fail_msg("%s", b.p);
	db_end(&cx);
	store_close(s);
	arena_done(&arena);
	return sets;
}

static int
committed_before(off_t cut)
{
	int n = 0;

	while (n < SETS && after[n + 1] <= cut)
		n++;
	return n;
}

/* Every commit's end and the bytes beside it, and places all over the log. */
static off_t
cut_at(int i, off_t from, off_t end)
{
	off_t at = i < 3 * SETS ? after[1 + i / 3] + i % 3 - 1
				: from + (end - from) * (i - 3 * SETS) / (CUTS - 3 * SETS);

	return at > end ? end : at;
}

static void
test_torn(void **state)
{
	char wal[NAME], copy[NAME], copy_wal[NAME], copy_shm[NAME];
	const char *err;
	char *db, *log;
	size_t ndb, nlog;
	int i, kinds_of_outcome[SETS + 1] = { 0 }, different = 0;

	(void)state;
	snprintf(wal, sizeof wal, "%s-wal", house.url);
	snprintf(copy, sizeof copy, "%s/copy.db", house.dir);
	snprintf(copy_wal, sizeof copy_wal, "%s/copy.db-wal", house.dir);
	snprintf(copy_shm, sizeof copy_shm, "%s/copy.db-shm", house.dir);
	db_end(CX);
	assert_int_equal(store_scrub(house.store, &err), RC_OK);
	after[0] = size_of(wal);
	for (i = 1; i <= SETS; i++) {
		OK(move("donor", "store-main", "bread", 1 + i));
		house_next(&house);
		after[i] = size_of(wal);
		assert_true(after[i] > after[i - 1]);
	}
	db = bytes_of(house.url, &ndb);
	log = bytes_of(wal, &nlog);
	for (i = 0; i < CUTS; i++) {
		off_t cut = cut_at(i, after[0], (off_t)nlog);
		int wanted = committed_before(cut);

		put(copy, db, ndb);
		put(copy_wal, log, (size_t)cut);
		unlink(copy_shm);
		if (sets_of(copy) != wanted)
			fail_msg("cut at %lld: %lld sets, not %d", (long long)cut,
			    (long long)sets_of(copy), wanted);
		different += kinds_of_outcome[wanted]++ == 0;
	}
	assert_int_equal(different, SETS + 1);
	free(db);
	free(log);
	unlink(copy);
	unlink(copy_wal);
	unlink(copy_shm);
}

static int
run(void)
{
	const struct CMUnitTest tests[] = { T(test_torn) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}

int
main(int argc, char **argv)
{
	return stock_tests(argc, argv, run);
}
