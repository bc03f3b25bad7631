/* gather_test.c – rows kept back to the end of a write, parts that fail alone, readers that map nothing. */
#include "db/gather.h"

#include "db/test_db.h"

static struct test_db t;
static struct arena kept; /* of what a write gathers; outlives it */

static void
start(void **state, struct store_options o)
{
	test_db_open(&t, *state == NULL ? DB_SQLITE : DB_PG, o);
	test_migrate(&t, "CREATE TABLE line (id @int PRIMARY KEY, txt @text NOT NULL) @strict;");
}

struct line {
	int64_t key;
	const char *text;
};
struct lines {
	struct line v[200];
	size_t n;
};

static int
write_lines(struct ctx *cx, struct tx *tx, void *rows)
{
	struct lines *l = rows;
	struct tx_many m = { .cx = cx,
		.tx = tx,
		.cols = 2,
		.head = "INSERT INTO line (id, txt)",
		.tail = " ON CONFLICT (id) DO NOTHING" };
	size_t i;

	for (i = 0; i < l->n; i++)
		TRY(tx_many_put(&m, VALS(v_int(l->v[i].key), v_text(l->v[i].text))));
	l->n = 0;
	return tx_many_end(&m);
}

static int
gather_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const int *rc = arg;
	struct arena *a;
	struct lines *l;
	int64_t n = -1;
	int i;

	if (tx_gathered(tx, write_lines, sizeof *l, &a) != NULL)
		return RC_BUG; /* nobody said so yet */
	arena_reset(&kept, SIZE_MAX);
	tx_gather(tx, &kept);
	for (i = 0; i < 150; i++) { /* 64, 64, 16, 4, 1, 1 */
		struct arena_mark mark = arena_mark(cx->arena);

		l = tx_gathered(tx, write_lines, sizeof *l, &a);
		l->v[l->n++] = (struct line){ i, arena_printf(a, "row %d", i) };
		arena_rewind(cx->arena, mark);
		if (i == 9)
			TRY(tx_gathered_now(cx, tx, write_lines));
	}
	TRY(db_int(cx, &n, "SELECT count(*) FROM line", NO_VALS));
	assert_int_equal(n, 10);
	assert_int_equal(l->n, 140);
	return *rc; /* the rest is written by db_write() */
}

static void
gathered(void **state)
{
	int rc = RC_RULE;

	start(state, (struct store_options){ .twice = true });
	arena_init(&kept);
	assert_int_equal(db_write(&t.cx, gather_fn, &rc), RC_RULE);
	err_clear(&t.cx);
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM line"), 0);
	rc = RC_OK;
	assert_int_equal(db_write(&t.cx, gather_fn, &rc), RC_OK);
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM line"), 150);
	assert_int_equal(test_int(&t.cx, "SELECT max(id) FROM line WHERE txt = 'row 149'"), 149);
	arena_done(&kept);
	test_db_close(&t);
}

/* Writes a row, and fails in the way that *arg says: of itself, or by a statement. */
static int
part_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const int64_t *id = arg;

	TRY(tx_run(
	    cx, tx, NULL, "INSERT INTO line (id, txt) VALUES ($1, 'part')", VALS(v_int(*id))));
	if (*id == 2)
		cx->err = (struct err){ .rc = RC_RULE, .text = "not this one" };
	if (*id == 2)
		return RC_RULE;
	if (*id == 3) /* taken */
		return tx_run(
		    cx, tx, NULL, "INSERT INTO line (id, txt) VALUES (1, 'part')", NO_VALS);
	return RC_OK;
}

static int
parts_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	int *rc = arg;
	int64_t id;

	for (id = 1; id <= 4; id++) {
		rc[id] = tx_try(cx, tx, part_fn, &id);
		if (id == 2 && (cx->err.text == NULL || strcmp(cx->err.text, "not this one") != 0))
			return RC_BUG;
		err_clear(cx);
	}
	return RC_OK;
}

static int
try_while_gathering_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	tx_gather(tx, &kept);
	return tx_try(cx, tx, part_fn, arg);
}

static void
parts_that_fail(void **state)
{
	int rc[5] = { 0 };
	int64_t id = 9;

	start(state, (struct store_options){ .twice = true });
	assert_int_equal(db_write(&t.cx, parts_fn, rc), RC_OK);
	assert_int_equal(rc[1], RC_OK);
	assert_int_equal(rc[2], RC_RULE);
	assert_int_equal(rc[3], RC_EXISTS);
	assert_int_equal(rc[4], RC_OK);
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM line"), 2);
	assert_int_equal(test_int(&t.cx, "SELECT sum(id) FROM line"), 5);
	arena_init(&kept);
	assert_int_equal(db_write(&t.cx, try_while_gathering_fn, &id), RC_BUG);
	err_clear(&t.cx);
	arena_done(&kept);
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM line"), 2);
	test_db_close(&t);
}

static void
lean_readers(void **state)
{
	start(state, (struct store_options){ .readers = 1 });
	if (store_engine(t.s) == DB_SQLITE)
		assert_true(test_int(&t.cx, "PRAGMA mmap_size") > 0);
	db_end(&t.cx);
	store_lean(t.s);
	if (store_engine(t.s) == DB_SQLITE)
		assert_int_equal(test_int(&t.cx, "PRAGMA mmap_size"), 0);
	assert_int_equal(test_int(&t.cx, "SELECT 7"), 7);
	test_db_close(&t);
}

static int
set_pg(void **state)
{
	static int yes;

	*state = &yes;
	return 0;
}

#define BOTH(f)                                 \
	{ "sqlite " #f, f, NULL, NULL, NULL },  \
	{                                       \
		"pg " #f, f, set_pg, NULL, NULL \
	}

int
main(void)
{
	const struct CMUnitTest all[] = { BOTH(gathered), BOTH(parts_that_fail),
		BOTH(lean_readers) };
	struct CMUnitTest run[ARRAY_LEN(all)];
	size_t i, n = 0;

	for (i = 0; i < ARRAY_LEN(all); i++)
		if (all[i].setup_func == NULL || test_has_pg())
			run[n++] = all[i];
	return _cmocka_run_group_tests("db gather", run, n, NULL, NULL);
}
