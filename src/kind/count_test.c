/* count_test.c – the number above a list is remembered, and yet it is never old: not after a write,
 * not in another thread, not for another question, not of another database. */
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "kind_test.h"

/* The list first, as pages and the API do: what it reads is the snapshot that is counted, and only of
 * one that has begun may anything be remembered. */
static int64_t
counted(struct ctx *cx, const char *name, const char *value, int *rc)
{
	struct query q;
	struct list l = { 0 };
	int64_t n = -1;

	*rc = query_init(cx, &q, &item_kind);
	q.limit = QUERY_LIMIT_MAX;
	if (*rc == RC_OK)
		*rc = query_filter(&q, name, value);
	if (*rc == RC_OK)
		*rc = query_list(&q, &l);
	if (*rc == RC_OK)
		*rc = query_count(&q, &n);
	return n;
}

static int64_t
number(const char *name, const char *value)
{
	int rc;
	int64_t n = counted(CX, name, value, &rc);

	ok(rc);
	return n;
}

static void
add(const char *code, int64_t amount)
{
	struct item i = item_new(code);

	i.amount = amount;
	ok(kind_insert(CX, &item_kind, &i));
}

static void
after_a_write(void **state)
{
	struct item i = item_new("x");
	int k;

	(void)state;
	for (k = 0; k < 10; k++) {
		assert_int_equal(number("amount", "1"), k);
		assert_int_equal(number("amount", "1"), k);
		assert_int_equal(number("amount", "2"), 0);
		add(arena_printf(CX->arena, "c%d", k), 1);
	}
	assert_int_equal(number("amount", "1"), 10);
	ok(kind_insert(CX, &item_kind, &i));
	assert_int_equal(number("amount", "2"), 0);
	i.amount = 2;
	ok(kind_update(CX, &item_kind, &i)); /* moves from one list to another */
	assert_int_equal(number("amount", "2"), 1);
	/* A write that fails changes nothing. */
	i.amount = 666;
	ends(RC_RULE, kind_update(CX, &item_kind, &i));
	assert_int_equal(number("amount", "2"), 1);
}

/* Remembered indeed: the second question costs no statement but the one that begins the snapshot. */
static void
is_remembered(void **state)
{
	unsigned before, first, second;
	struct query q;
	int64_t n;

	(void)state;
	add("a", 1);
	ok(query_init(CX, &q, &item_kind));
	assert_int_equal(house_int(&h, "SELECT 1"), 1);
	before = db_query_count(CX);
	assert_int_equal(query_count(&q, &n), RC_OK);
	first = db_query_count(CX) - before;
	assert_int_equal(query_count(&q, &n), RC_OK);
	second = db_query_count(CX) - before - first;
	assert_int_equal(n, 1);
	assert_int_equal(first, 1);
	assert_int_equal(second, 0);
}

/* Questions that differ in a value, its type or its absence, or in the conditions alone. */
static void
other_questions(void **state)
{
	struct count_key a, b;
	const struct store *s = h.store;

	(void)state;
#define DIFFER(sql1, v1, sql2, v2)                         \
	do {                                               \
		count_key(&a, s, sql1, v1);                \
		count_key(&b, s, sql2, v2);                \
		assert_memory_not_equal(&a, &b, sizeof a); \
	} while (0)
	DIFFER("a", NO_VALS, "b", NO_VALS);
	DIFFER("a", VALS(v_int(1)), "a", VALS(v_int(2)));
	DIFFER("a", VALS(v_int(1)), "a", NO_VALS);
	DIFFER("a", VALS(v_int(0)), "a", VALS(v_null(V_INT)));
	DIFFER("a", VALS(v_text("")), "a", VALS(v_text(NULL)));
	DIFFER("a", VALS(v_text("1")), "a", VALS(v_int(1)));
	DIFFER("a", VALS(v_text("ab"), v_text("c")), "a", VALS(v_text("a"), v_text("bc")));
	DIFFER("a", VALS(v_real(1.5)), "a", VALS(v_real(2.5)));
	DIFFER("a", VALS(v_int(1), v_int(2)), "a", VALS(v_int(2), v_int(1)));
#undef DIFFER
	count_key(&a, s, "x", VALS(v_int(1), v_text("y")));
	count_key(&b, s, "x", VALS(v_int(1), v_text("y")));
	assert_memory_equal(&a, &b, sizeof a);
}

/* Inside a write nothing is remembered: its rows may never be. */
static int
count_inside(struct ctx *cx, struct tx *tx, void *arg)
{
	struct item i = item_new("inside");
	int rc;

	(void)arg;
	TRY(kind_insert_tx(cx, tx, &item_kind, &i));
	if (counted(cx, "code", "inside", &rc) != 1 || rc != RC_OK)
		return RC_BUG;
	return RC_RULE;
}

static void
inside_a_write(void **state)
{
	(void)state;
	assert_int_equal(number("code", "inside"), 0);
	ends(RC_RULE, db_write(CX, count_inside, NULL));
	assert_int_equal(number("code", "inside"), 0);
}

/* Another database in the same process, opened where the last one lay. */
static void
another_store(void **state)
{
	int rows;

	(void)state;
	for (rows = 0; rows < 6; rows++) {
		/* The same number of writes, but another number of rows. */
		add("a", rows % 2);
		assert_int_equal(number("amount", "1"), rows % 2);
		house_close(&h);
		open_on(DB_SQLITE);
	}
}

/* ---- threads */

enum { READERS = 4, WRITES = 60 };

static _Atomic int started, done, wrong, reads;
static _Atomic bool over;

/* Every number lies between the writes that were done before it was asked and those begun since. */
static void *
reader(void *arg)
{
	struct arena arena;
	struct ctx cx = { .arena = &arena,
		.actor = &actor_system,
		.now = 1,
		.today = 20241115,
		.lang = LANG_EN };

	(void)arg;
	arena_init(&arena);
	while (!atomic_load(&over)) {
		int rc, least = atomic_load(&done), most;
		int64_t n;

		db_bind(&cx, h.store);
		n = counted(&cx, "amount", "7", &rc);
		most = atomic_load(&started);
		if (rc != RC_OK && rc != RC_BUSY)
			atomic_fetch_add(&wrong, 1);
		if (rc == RC_OK && (n < least || n > most))
			atomic_fetch_add(&wrong, 1);
		atomic_fetch_add(&reads, 1);
		db_end(&cx);
		err_clear(&cx);
		arena_reset(&arena, SIZE_MAX);
	}
	arena_done(&arena);
	return NULL;
}

static void
many_threads(void **state)
{
	pthread_t t[READERS];
	int i;

	(void)state;
	atomic_store(&started, 0);
	atomic_store(&done, 0);
	atomic_store(&wrong, 0);
	atomic_store(&reads, 0);
	atomic_store(&over, false);
	for (i = 0; i < READERS; i++)
		assert_int_equal(pthread_create(&t[i], NULL, reader, NULL), 0);
	for (i = 0; i < WRITES; i++) {
		struct arena_mark m = arena_mark(CX->arena);
		struct item it = item_new(arena_printf(CX->arena, "c%d", i));
		int rc;

		it.amount = 7;
		atomic_fetch_add(&started, 1);
		rc = kind_insert(CX, &item_kind, &it);
		if (rc == RC_OK)
			atomic_fetch_add(&done, 1);
		else
			atomic_fetch_add(&wrong, 1);
		house_next(&h);
		arena_rewind(CX->arena, m);
		usleep(500);
	}
	atomic_store(&over, true);
	for (i = 0; i < READERS; i++)
		pthread_join(t[i], NULL);
	assert_int_equal(wrong, 0);
	assert_true(reads > WRITES);
	assert_int_equal(number("amount", "7"), WRITES);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		BOTH(after_a_write),
		BOTH(is_remembered),
		BOTH(other_questions),
		BOTH(inside_a_write),
		cmocka_unit_test_setup_teardown(another_store, open_sqlite, close_house),
		BOTH(many_threads),
	};

	return run_both("kind count", tests, ARRAY_LEN(tests));
}
