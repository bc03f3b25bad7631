/* db_test.c – what both engines must do alike; each test runs on SQLite and, when SHANYRAQ_TEST_PG
 * is set (test/pg.sh), on PostgreSQL. The engine is the test's initial state. */
#include <math.h>

#include "db/db_impl.h"
#include "db/retain.h"
#include "db/test_db.h"

static const char schema[] =
    "CREATE TABLE place (id @id, code @text NOT NULL UNIQUE);\n"
    "CREATE TABLE person (id @id, name @text NOT NULL, n @int, r @real, b @blob,"
    " place_id @int REFERENCES place (id), sex @text CONSTRAINT person_sex CHECK (sex IN ('f', "
    "'m')),"
    " CONSTRAINT person_name_n UNIQUE (name, n));\n"
    "CREATE TABLE audit (id @id, what @text NOT NULL);\n"
    "CREATE TABLE history (id @id, what @text NOT NULL);\n"
    "-- only sqlite:\n"
    "CREATE VIRTUAL TABLE words USING fts5(body, tokenize = 'unicode61');\n\n";

static struct test_db t;

static enum db_engine
engine_of(void **state)
{
	return *state == NULL ? DB_SQLITE : DB_PG;
}

static void
start(void **state, struct store_options o)
{
	test_db_open(&t, engine_of(state), o);
	test_migrate(&t, schema);
}

static void
ok(int rc)
{
	if (rc != RC_OK)
		fail_msg("rc %d: %s", rc, t.cx.err.detail == NULL ? "" : t.cx.err.detail);
}

/* A write function that is one statement. */
struct say {
	const char *sql;
	struct vals v;
	int64_t changed;
};

static int
say_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct say *s = arg;

	return tx_run(cx, tx, &s->changed, s->sql, s->v);
}

static int
say(const char *sql, struct vals v)
{
	struct say s = { sql, v, 0 };

	err_clear(&t.cx);
	return db_write(&t.cx, say_fn, &s);
}

static void
parameter_order(void **state)
{
	AUTO_ROWS r = { 0 };

	start(state, (struct store_options){ 0 });
	ok(say("INSERT INTO person (n, name) VALUES ($2, $1)", VALS(v_text("Asan"), v_int(7))));
	ok(db_rows(&t.cx, &r,
	    "SELECT n, name, $3 AS c FROM person WHERE name = $2 AND n = $1 AND n = $1",
	    VALS(v_int(7), v_text("Asan"), v_text("third"))));
	assert_true(rows_next(&r));
	assert_int_equal(row_int(&r, 0), 7);
	assert_string_equal(row_text(&r, 1), "Asan");
	assert_string_equal(row_text(&r, 2), "third");
	assert_false(rows_next(&r));
	ok(rows_end(&r));
	/* a missing value is a bug, an unused one is not */
	assert_int_equal(
	    db_rows(&t.cx, &r, "SELECT id FROM person WHERE n = $2", VALS(v_int(1))), RC_BUG);
	err_clear(&t.cx);
	ok(db_rows(&t.cx, &r, "SELECT id FROM person WHERE n = $2", VALS(v_int(1), v_int(7))));
	assert_true(rows_next(&r));
	ok(rows_end(&r));
	test_db_close(&t);
}

static void
nulls_and_extremes(void **state)
{
	AUTO_ROWS r = { 0 };

	start(state, (struct store_options){ 0 });
	ok(say("INSERT INTO person (id, name, n, r, b, sex) VALUES (1, $1, $2, $3, $4, $5)",
	    VALS(v_text("x"), v_null(V_INT), v_null(V_REAL), v_null(V_BLOB), v_text(NULL))));
	ok(say("INSERT INTO person (id, name, n, r) VALUES (2, $1, $2, $3)",
	    VALS(v_text(""), v_int(INT64_MIN), v_real(0.1))));
	ok(say("INSERT INTO person (id, name, n, r) VALUES (3, $1, $2, $3)",
	    VALS(v_text("z"), v_int(INT64_MAX), v_real(-1e308))));
	ok(say("INSERT INTO person (id, name, n, r) VALUES (4, 'nan', $1, $2)",
	    VALS(v_int_or(-1, -1), v_real(NAN))));
	ok(db_rows(&t.cx, &r, "SELECT n, r, b, sex, name FROM person ORDER BY id", NO_VALS));
	assert_true(rows_next(&r));
	assert_true(row_null(&r, 0) && row_null(&r, 1) && row_null(&r, 2) && row_null(&r, 3));
	assert_int_equal(row_int(&r, 0), 0);
	assert_int_equal(row_int_or(&r, 0, -5), -5);
	assert_null(row_text(&r, 3));
	assert_null(row_slice(&r, 2).p);
	assert_true(row_real(&r, 1) == 0);
	assert_true(rows_next(&r));
	assert_true(row_int(&r, 0) == INT64_MIN && row_real(&r, 1) == 0.1);
	assert_string_equal(row_text(&r, 4), "");
	assert_false(row_null(&r, 4));
	assert_true(rows_next(&r));
	assert_true(row_int(&r, 0) == INT64_MAX && row_real(&r, 1) == -1e308);
	assert_true(rows_next(&r));
	assert_true(row_null(&r, 0) && row_null(&r, 1));
	assert_false(rows_next(&r));
	ok(rows_end(&r));
	/* a null of each type compares alike */
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM person WHERE n IS NULL"), 2);
	{
		int64_t n = 0;

		ok(db_int(&t.cx, &n, "SELECT count(*) FROM person WHERE $1 IS NULL OR n = $1",
		    VALS(v_null(V_INT))));
		assert_int_equal(n, 4);
		assert_int_equal(
		    db_int(&t.cx, &n, "SELECT n FROM person WHERE id = 99", NO_VALS), RC_NOTFOUND);
		assert_int_equal(t.cx.err.rc, RC_OK);
		ok(db_int(&t.cx, &n, "SELECT sum(id) FROM person", NO_VALS));
		assert_int_equal(n, 10);
		ok(db_int(&t.cx, &n, "SELECT sum(n) FROM person WHERE id = 99", NO_VALS));
		assert_int_equal(n, 0);
		ok(db_int(&t.cx, &n, "SELECT 2 > 1", NO_VALS));
		assert_int_equal(n, 1);
	}
	test_db_close(&t);
}

static void
blobs_and_text(void **state)
{
	static const char kk[] = "Қазақстан халқы Ассамблеясы – ₸ «№» 🐎";
	unsigned char bytes[256 * 300];
	AUTO_ROWS r = { 0 };
	struct slice s;
	size_t i;

	for (i = 0; i < sizeof bytes; i++)
		bytes[i] = (unsigned char)(i * 7 + i / 256);
	bytes[0] = 0;
	start(state, (struct store_options){ 0 });
	ok(say("INSERT INTO person (id, name, b) VALUES (1, $1, $2)",
	    VALS(v_text(kk), v_blob((struct slice){ (char *)bytes, sizeof bytes }))));
	ok(say(
	    "INSERT INTO person (id, name, b) VALUES (2, 'e', $1)", VALS(v_blob(slice_str("")))));
	ok(db_rows(&t.cx, &r, "SELECT name, b, b FROM person ORDER BY id", NO_VALS));
	assert_true(rows_next(&r));
	assert_string_equal(row_text(&r, 0), kk);
	s = row_slice(&r, 1);
	assert_int_equal(s.n, sizeof bytes);
	assert_memory_equal(s.p, bytes, sizeof bytes);
	assert_memory_equal(row_slice(&r, 2).p, bytes, sizeof bytes);
	assert_memory_equal(s.p, bytes, sizeof bytes);
	assert_true(rows_next(&r));
	assert_false(row_null(&r, 1));
	assert_int_equal(row_slice(&r, 1).n, 0);
	assert_non_null(row_slice(&r, 1).p);
	ok(rows_end(&r));
	/* broken UTF-8 and NUL never reach an engine */
	assert_int_equal(
	    say("INSERT INTO person (name) VALUES ($1)", VALS(v_text("\xc3\x28"))), RC_INVALID);
	assert_int_equal(
	    say("INSERT INTO person (name) VALUES ($1)", VALS({ .t = V_TEXT, .s = { "a\0b", 3 } })),
	    RC_INVALID);
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM person"), 2);
	test_db_close(&t);
}

static void
text_order(void **state)
{
	static const char *const in[] = { "б", "Z", "a", "", "B", "ә", "a b", "a-b", "10", "9" };
	char got[200] = "";
	AUTO_ROWS r = { 0 };
	size_t i;

	start(state, (struct store_options){ 0 });
	for (i = 0; i < ARRAY_LEN(in); i++)
		ok(say("INSERT INTO person (name) VALUES ($1)", VALS(v_text(in[i]))));
	ok(db_rows(
	    &t.cx, &r, "SELECT name FROM person WHERE name > $1 ORDER BY name", VALS(v_text(""))));
	while (rows_next(&r)) {
		size_t n = strlen(got);

		snprintf(got + n, sizeof got - n, "%s|", row_text(&r, 0));
	}
	ok(rows_end(&r));
	assert_string_equal(got, "10|9|B|Z|a|a b|a-b|б|ә|");
	test_db_close(&t);
}

static void
snapshot(void **state)
{
	struct arena a;
	struct ctx other;
	AUTO_ROWS r = { 0 };

	start(state, (struct store_options){ 0 });
	test_ctx_init(&t, &a, &other);
	assert_int_equal(test_int(&other, "SELECT count(*) FROM person"), 0);
	ok(say("INSERT INTO person (name) VALUES ('a')", NO_VALS));
	assert_int_equal(test_int(&other, "SELECT count(*) FROM person"), 0);
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM person"), 1);
	db_end(&other);
	assert_int_equal(test_int(&other, "SELECT count(*) FROM person"), 1);
	assert_int_equal(db_query_count(&other), 3);
	/* rows do not outlive their snapshot */
	ok(db_rows(&other, &r, "SELECT id FROM person", NO_VALS));
	db_end(&other);
	assert_false(rows_next(&r));
	assert_int_equal(rows_end(&r), RC_BUG);
	err_clear(&other);
	/* a reader cannot write */
	assert_int_equal(
	    db_rows(&other, &r, "INSERT INTO person (name) VALUES ('b') RETURNING id", NO_VALS),
	    RC_BUG);
	err_clear(&other);
	assert_int_equal(test_int(&other, "SELECT count(*) FROM person"), 1);
	db_end(&other);
	arena_done(&a);
	test_db_close(&t);
}

static int
own_writes_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	int64_t n = 0, id = 0, *out = arg;
	AUTO_ROWS r = { 0 };

	TRY(tx_int(
	    cx, tx, &id, "INSERT INTO person (name) VALUES ($1) RETURNING id", VALS(v_text("q"))));
	TRY(db_int(cx, &n, "SELECT count(*) FROM person", NO_VALS));
	TRY(db_rows(cx, &r, "SELECT id FROM person", NO_VALS));
	assert_true(rows_next(&r)); /* left open on purpose */
	TRY(tx_run(
	    cx, tx, NULL, "UPDATE person SET n = $1 WHERE id = $2", VALS(v_int(n), v_int(id))));
	assert_int_equal(
	    tx_int(cx, tx, &n, "UPDATE person SET n = 1 WHERE id = -1 RETURNING id", NO_VALS),
	    RC_NOTFOUND);
	tx_touch(tx, 5);
	*out = n;
	return RC_OK;
}

static void
own_writes(void **state)
{
	int64_t n = 0;
	uint64_t five, six;
	struct db *before;

	start(state, (struct store_options){ 0 });
	five = store_generation(t.s, 5);
	six = store_generation(t.s, 6);
	before = t.cx.db;
	ok(db_write(&t.cx, own_writes_fn, &n));
	assert_int_equal(n, 1);
	assert_ptr_equal(before, t.cx.db);
	assert_int_equal(store_generation(t.s, 5), five + 1);
	assert_int_equal(store_generation(t.s, 6), six);
	assert_int_equal(test_int(&t.cx, "SELECT n FROM person"), 1);
	test_db_close(&t);
}

static int
poison_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	int64_t n = 0;

	(void)arg;
	tx_touch(tx, 5);
	TRY(tx_run(cx, tx, NULL, "INSERT INTO place (code) VALUES ('a')", NO_VALS));
	assert_int_equal(
	    tx_run(cx, tx, NULL, "INSERT INTO place (code) VALUES ('a')", NO_VALS), RC_EXISTS);
	/* the rest refuses, and the overlooked error is the outcome */
	assert_int_equal(db_int(cx, &n, "SELECT 1", NO_VALS), RC_EXISTS);
	assert_int_equal(
	    tx_run(cx, tx, NULL, "INSERT INTO place (code) VALUES ('b')", NO_VALS), RC_EXISTS);
	return RC_OK;
}

static int
rule_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	(void)arg;
	TRY(tx_run(cx, tx, NULL, "INSERT INTO place (code) VALUES ('c')", NO_VALS));
	return RC_RULE;
}

static void
failed_write(void **state)
{
	uint64_t five;

	start(state, (struct store_options){ 0 });
	five = store_generation(t.s, 5);
	assert_int_equal(db_write(&t.cx, poison_fn, NULL), RC_EXISTS);
	assert_int_equal(t.cx.err.rc, RC_EXISTS);
	assert_int_equal(store_generation(t.s, 5), five);
	err_clear(&t.cx);
	assert_int_equal(db_write(&t.cx, rule_fn, NULL), RC_RULE);
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM place"), 0);
	test_db_close(&t);
}

static void
refused(int want, const char *what, const char *sql, struct vals v)
{
	assert_int_equal(say(sql, v), want);
	assert_int_equal(t.cx.err.rc, want);
	assert_non_null(t.cx.err.detail);
	if (strncmp(t.cx.err.detail, what, strlen(what)) != 0)
		fail_msg("'%s' does not begin with '%s'", t.cx.err.detail, what);
	err_clear(&t.cx);
}

static void
constraints(void **state)
{
	start(state, (struct store_options){ 0 });
	ok(say("INSERT INTO place (id, code) VALUES (100, 'a')", NO_VALS));
	ok(say("INSERT INTO person (name, n, place_id) VALUES ('x', 1, 100)", NO_VALS));
	refused(
	    RC_EXISTS, "place.code: ", "INSERT INTO place (code) VALUES ($1)", VALS(v_text("a")));
	refused(RC_EXISTS, "place.id: ", "INSERT INTO place (id, code) VALUES (100, 'b')", NO_VALS);
	refused(RC_EXISTS,
	    "person.name, person.n: ", "INSERT INTO person (name, n) VALUES ('x', 1)", NO_VALS);
	refused(RC_INVALID, "person.name: ", "INSERT INTO person (n) VALUES (1)", NO_VALS);
	refused(RC_INVALID, "person_sex: ", "INSERT INTO person (name, sex) VALUES ('y', 'q')",
	    NO_VALS);
	refused(RC_INVALID, "", "INSERT INTO person (name, place_id) VALUES ('y', 99)", NO_VALS);
	refused(RC_INVALID, "", "DELETE FROM place", NO_VALS);
	refused(RC_BUG, "", "INSERT INTO person (nosuch) VALUES (1)", NO_VALS);
	refused(RC_BUG, "", "INSERT INTO person (name) VALUES (", NO_VALS);
	refused(RC_BUG, "", "SELECT 1; SELECT 2", NO_VALS);
	refused(RC_BUG, "", "", NO_VALS);
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM person"), 1);
	test_db_close(&t);
}

static int
retain_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	return tx_retain(cx, tx, NULL, arg, NO_VALS);
}

static void
ddl_refused(void **state)
{
	static const char *const no[] = { "CREATE TABLE x (a int)", "DROP TABLE person",
		"ALTER TABLE person ADD COLUMN z int", "CREATE INDEX i ON person (n)",
		"CREATE TEMP TABLE y (a int)", "CREATE VIEW v AS SELECT 1", "DELETE FROM audit",
		"UPDATE audit SET what = 'x'", "DELETE FROM history WHERE id = 1",
		"UPDATE history SET what = 'x'",
		"INSERT INTO audit (id, what) VALUES (1, 'y') ON CONFLICT (id) DO UPDATE SET what "
		"= 'z'",
		"TRUNCATE audit" };
	size_t i;

	start(state, (struct store_options){ 0 });
	ok(say("INSERT INTO audit (id, what) VALUES (1, 'x'), (2, 'y')", NO_VALS));
	ok(say("INSERT INTO history (id, what) VALUES (1, 'x')", NO_VALS));
	for (i = 0; i < ARRAY_LEN(no); i++)
		refused(RC_BUG, "", no[i], NO_VALS);
	if (engine_of(state) == DB_SQLITE) {
		refused(RC_BUG, "", "PRAGMA foreign_keys=OFF", NO_VALS);
		refused(RC_BUG, "", "ATTACH 'x.db' AS x", NO_VALS);
		/* shadow tables of a full-text index are its own business */
		ok(say("INSERT INTO words (rowid, body) VALUES (1, 'асар асық')", NO_VALS));
		ok(say("UPDATE words SET body = 'асық' WHERE rowid = 1", NO_VALS));
		ok(say("DELETE FROM words WHERE rowid = 1", NO_VALS));
		assert_int_equal(
		    test_int(&t.cx, "SELECT count(*) FROM pragma_table_info('person')"), 7);
	}
	ok(db_write(&t.cx, retain_fn, "DELETE FROM audit WHERE id = 1"));
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM audit"), 1);
	assert_int_equal(db_write(&t.cx, retain_fn, "UPDATE audit SET what = 'x'"), RC_BUG);
	err_clear(&t.cx);
	assert_int_equal(db_write(&t.cx, retain_fn, "UPDATE history SET what = 'y'"), RC_OK);
	assert_int_equal(db_write(&t.cx, retain_fn, "DROP TABLE audit"), RC_BUG);
	err_clear(&t.cx);
	/* what retention ran did not stay open for others */
	refused(RC_BUG, "", "DELETE FROM audit WHERE id = 1", NO_VALS);
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM audit"), 1);
	test_db_close(&t);
}

/* ---- twice: the first run leaves nothing */

struct twice {
	int runs;
	const char *where[2];
};

static int
twice_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct twice *w = arg;

	w->where[w->runs++] = arena_str(cx->arena, "same place");
	tx_touch(tx, 7);
	return tx_run(cx, tx, NULL, "INSERT INTO place (code) VALUES ('once')", NO_VALS);
}

static void
run_twice(void **state)
{
	struct twice w = { 0 };
	uint64_t seven;

	start(state, (struct store_options){ .twice = true });
	seven = store_generation(t.s, 7);
	ok(db_write(&t.cx, twice_fn, &w));
	assert_int_equal(w.runs, 2);
	assert_ptr_equal(w.where[0], w.where[1]);
	assert_int_equal(store_generation(t.s, 7), seven + 1);
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM place"), 1);
	assert_int_equal(say("INSERT INTO place (code) VALUES ('once')", NO_VALS), RC_EXISTS);
	err_clear(&t.cx);
	assert_int_equal(db_write(&t.cx, rule_fn, NULL), RC_RULE);
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM place"), 1);
	test_db_close(&t);
}

/* ---- many rows, many statements, streams */

static int
many_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	int i, n = *(int *)arg;

	for (i = 0; i < n; i++)
		TRY(tx_run(cx, tx, NULL, "INSERT INTO person (name, n) VALUES ($1, $2)",
		    VALS(v_text("p"), v_int(i))));
	return RC_OK;
}

static void
many_rows(void **state)
{
	int n = 5000;
	int64_t sum = 0, begin = clock_us();
	struct say s = { "UPDATE person SET sex = 'f' WHERE n < $1", VALS(v_int(1000)), 0 };
	AUTO_ROWS r = { 0 };

	start(state, (struct store_options){ 0 });
	ok(db_write(&t.cx, many_fn, &n));
	print_message("# 5000 rows in %lld us\n", (long long)(clock_us() - begin));
	ok(db_write(&t.cx, say_fn, &s));
	assert_int_equal(s.changed, 1000);
	ok(db_stream(&t.cx, &r, "SELECT n FROM person ORDER BY n", NO_VALS));
	assert_int_equal(r.ncols, 1);
	assert_int_equal(
	    db_int(&t.cx, &sum, "SELECT 1", NO_VALS), RC_BUG); /* nothing beside a stream */
	err_clear(&t.cx);
	while (rows_next(&r))
		sum += row_int(&r, 0);
	ok(rows_end(&r));
	assert_int_equal(sum, 5000 * 4999 / 2);
	/* a stream left early, then another read */
	ok(db_stream(&t.cx, &r, "SELECT n FROM person WHERE n >= $1 ORDER BY n", VALS(v_int(10))));
	assert_true(rows_next(&r));
	assert_int_equal(row_int(&r, 0), 10);
	rows_drop(&r);
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM person"), 5000);
	ok(db_stream(&t.cx, &r, "SELECT n FROM person WHERE n < 0", NO_VALS));
	assert_false(rows_next(&r));
	ok(rows_end(&r));
	assert_int_equal(db_stream(&t.cx, &r, "SELECT nosuch FROM person", NO_VALS), RC_BUG);
	test_db_close(&t);
}

static void
many_statements(void **state)
{
	AUTO_ROWS outer = { 0 };
	AUTO_ROWS inner = { 0 };
	char sql[80];
	int64_t n = 0;
	int i, round;

	start(state, (struct store_options){ 0 });
	i = 3;
	ok(db_write(&t.cx, many_fn, &i));
	ok(db_rows(&t.cx, &outer, "SELECT n FROM person ORDER BY n", NO_VALS));
	assert_true(rows_next(&outer));
	for (round = 0; round < 2; round++)
		for (i = 0; i < STMT_MAX + 40; i++) {
			snprintf(sql, sizeof sql, "SELECT %d + $1", i);
			ok(db_int(&t.cx, &n, sql, VALS(v_int(1))));
			assert_int_equal(n, i + 1);
		}
	/* the same text again while the first stands open */
	ok(db_rows(&t.cx, &inner, "SELECT n FROM person ORDER BY n", NO_VALS));
	assert_true(rows_next(&inner) && rows_next(&inner));
	assert_int_equal(row_int(&inner, 0), 1);
	assert_int_equal(row_int(&outer, 0), 0);
	ok(rows_end(&inner));
	assert_true(rows_next(&outer));
	assert_int_equal(row_int(&outer, 0), 1);
	ok(rows_end(&outer));
	/* the same text with other types of values */
	ok(db_int(
	    &t.cx, &n, "SELECT CASE WHEN $1 IS NULL THEN 1 ELSE 0 END", VALS(v_null(V_TEXT))));
	ok(db_int(&t.cx, &n, "SELECT CASE WHEN $1 IS NULL THEN 1 ELSE 0 END", VALS(v_int(3))));
	assert_int_equal(n, 0);
	test_db_close(&t);
}

/* ---- migrations */

static void
migrations(void **state)
{
	struct migration m[] = {
		{ 1, "one", "CREATE TABLE a (id @id, s @text); INSERT INTO a (s) VALUES (';x')" },
		{ 2, "two", "CREATE TABLE b (id @id)" },
		{ 3, "bad", "CREATE TABLE c (id @id); SELECT nosuch" }
	};
	const char *err = "";
	int ran = -1, top = -1;
	AUTO_ROWS r = { 0 };

	test_db_open(&t, engine_of(state), (struct store_options){ 0 });
	ok(store_schema(t.s, &top, &err));
	assert_int_equal(top, 0);
	ok(store_migrate(t.s, m, 2, &ran, &err));
	assert_int_equal(ran, 2);
	ok(store_migrate(t.s, m, 2, &ran, &err));
	assert_int_equal(ran, 0);
	ok(store_schema(t.s, &top, &err));
	assert_int_equal(top, 2);
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM a WHERE s = ';x'"), 1);
	db_end(&t.cx);
	/* a failing one leaves nothing */
	assert_int_not_equal(store_migrate(t.s, m, 3, &ran, &err), RC_OK);
	assert_non_null(strstr(err, "migration 3 bad"));
	assert_int_not_equal(db_rows(&t.cx, &r, "SELECT id FROM c", NO_VALS), RC_OK);
	err_clear(&t.cx);
	db_end(&t.cx);
	ok(store_schema(t.s, &top, &err));
	assert_int_equal(top, 2);
	/* newer than the program */
	assert_int_equal(store_migrate(t.s, m, 1, &ran, &err), RC_CONFLICT);
	assert_non_null(strstr(err, "newer"));
	/* changed after it ran */
	m[0].sql = "CREATE TABLE a (id @id, s @text, z @int)";
	assert_int_equal(store_migrate(t.s, m, 2, &ran, &err), RC_CONFLICT);
	assert_non_null(strstr(err, "changed"));
	/* out of order */
	m[1].number = 1;
	assert_int_equal(store_migrate(t.s, m, 2, &ran, &err), RC_BUG);
	test_db_close(&t);
}

struct racer {
	pthread_t thread;
	struct store *s;
	int ran, rc;
};

static void *
race(void *arg)
{
	static const struct migration m[] = { { 1, "one", "CREATE TABLE a (id @id)" },
		{ 2, "two", "CREATE TABLE b (id @id)" },
		{ 3, "three", "CREATE TABLE c (id @id); INSERT INTO c (id) VALUES (1)" } };
	struct racer *r = arg;
	const char *err = "";

	r->rc = store_migrate(r->s, m, ARRAY_LEN(m), &r->ran, &err);
	return NULL;
}

/* Programs that start at the same time run each migration once between them. */
static void
migration_race(void **state)
{
	struct racer r[4];
	struct store_options o = { 0 };
	const char *err = "";
	int i, ran = 0;

	test_db_open(&t, engine_of(state), (struct store_options){ 0 });
	o.url = t.url;
	for (i = 0; i < 4; i++) {
		r[i] = (struct racer){ .rc = 1 };
		ok(store_open(&o, &r[i].s, &err));
	}
	for (i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&r[i].thread, NULL, race, &r[i]), 0);
	for (i = 0; i < 4; i++) {
		pthread_join(r[i].thread, NULL);
		assert_int_equal(r[i].rc, RC_OK);
		ran += r[i].ran;
		store_close(r[i].s);
	}
	assert_int_equal(ran, 3);
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM c"), 1);
	test_db_close(&t);
}

static void
identities(void **state)
{
	const char *err = "";

	start(state, (struct store_options){ 0 });
	ok(say("INSERT INTO place (id, code) VALUES (1, 'a'), (700, 'b')", NO_VALS));
	ok(store_fix_identities(t.s, &err));
	ok(say("INSERT INTO place (code) VALUES ('c')", NO_VALS));
	assert_int_equal(test_int(&t.cx, "SELECT max(id) FROM place"), 701);
	ok(say("INSERT INTO person (name) VALUES ('first')", NO_VALS));
	assert_int_equal(test_int(&t.cx, "SELECT max(id) FROM person"), 1);
	test_db_close(&t);
}

/* ---- other processes, health, backup */

static void
foreign_writes(void **state)
{
	struct store_options o = { 0 };
	struct test_db other = { 0 };
	const char *err = "";
	uint64_t nine;
	struct say s = { "INSERT INTO place (code) VALUES ('x')", NO_VALS, 0 };

	start(state, (struct store_options){ 0 });
	o.url = t.url;
	ok(store_open(&o, &other.s, &err));
	test_ctx_init(&other, &other.arena, &other.cx);
	store_poll(t.s);
	nine = store_generation(t.s, 9);
	store_poll(t.s);
	store_poll(t.s);
	assert_int_equal(store_generation(t.s, 9), nine);
	assert_int_equal(test_int(&t.cx, "SELECT count(*) FROM place"), 0);
	assert_int_equal(db_write(&other.cx, say_fn, &s), RC_OK);
	assert_int_equal(store_generation(t.s, 9), nine);
	store_poll(t.s);
	assert_int_equal(store_generation(t.s, 9), nine + 1);
	if (engine_of(state) == DB_SQLITE) {
		/* own commits are not foreign; a foreign one is seen when a group begins, too */
		ok(say("INSERT INTO place (code) VALUES ('y')", NO_VALS));
		store_poll(t.s);
		assert_int_equal(store_generation(t.s, 9), nine + 1);
		s.sql = "INSERT INTO place (code) VALUES ('z')";
		assert_int_equal(db_write(&other.cx, say_fn, &s), RC_OK);
		ok(say("INSERT INTO place (code) VALUES ('w')", NO_VALS));
		assert_int_equal(store_generation(t.s, 9), nine + 2);
	}
	ok(store_ping(t.s, &err));
	db_end(&other.cx);
	store_close(other.s);
	arena_done(&other.arena);
	test_db_close(&t);
}

static void
backups(void **state)
{
	char path[128];
	const char *err = "";
	struct test_db copy = { 0 };

	start(state, (struct store_options){ 0 });
	snprintf(path, sizeof path, "%s/copy.db", t.dir);
	ok(say("INSERT INTO place (code) VALUES ('x')", NO_VALS));
	if (engine_of(state) == DB_PG)
		assert_int_equal(store_backup(t.s, path, &err), RC_INVALID);
	else {
		ok(store_backup(t.s, path, &err));
		assert_int_equal(store_backup(t.s, path, &err), RC_EXISTS);
		ok(store_open(&(struct store_options){ .url = path }, &copy.s, &err));
		test_ctx_init(&copy, &copy.arena, &copy.cx);
		assert_int_equal(
		    test_int(&copy.cx, "SELECT count(*) FROM place WHERE code = 'x'"), 1);
		db_end(&copy.cx);
		store_close(copy.s);
		arena_done(&copy.arena);
		snprintf(path, sizeof path, "%s/no/such.db", t.dir);
		assert_int_equal(store_backup(t.s, path, &err), RC_STORAGE);
	}
	test_db_close(&t);
}

static void
bad_open(void **state)
{
	struct store *s = NULL;
	const char *err = NULL;
	static const char *const pg[] = { "postgresql://nobody@/none?host=/nonexistent",
		"postgresql://%%%" };
	static const char *const lite[] = { "/nonexistent/x.db", "", ":memory:", "/dev/null/x",
		"/etc/passwd" };
	const char *const *urls = engine_of(state) == DB_PG ? pg : lite;
	size_t i, n = engine_of(state) == DB_PG ? ARRAY_LEN(pg) : ARRAY_LEN(lite);

	for (i = 0; i < n; i++) {
		err = NULL;
		if (store_open(&(struct store_options){ .url = urls[i] }, &s, &err) != RC_STORAGE)
			fail_msg("opened %s", urls[i]);
		assert_non_null(err);
		assert_true(*err != '\0');
		assert_null(s);
	}
}

static int
slow_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	(void)cx;
	(void)tx;
	(void)arg;
	usleep(60000);
	return RC_OK;
}

static void
slow_writes(void **state)
{
	struct store_slow slow;

	start(state, (struct store_options){ 0 });
	assert_false(store_slow_take(t.s, &slow));
	ok(db_write(&t.cx, slow_fn, NULL));
	assert_true(store_slow_take(t.s, &slow));
	assert_int_equal(slow.count, 1);
	assert_true(slow.us >= 60000 && slow.fn == slow_fn);
	assert_false(store_slow_take(t.s, &slow));
	test_db_close(&t);
}

/* More snapshots than connections: the last waits, and is served when one ends. */
static void
small_pool(void **state)
{
	struct arena a, b;
	struct ctx one, two;
	int64_t begin, n = 0;

	start(state, (struct store_options){ .readers = 1 });
	test_ctx_init(&t, &a, &one);
	test_ctx_init(&t, &b, &two);
	assert_int_equal(test_int(&one, "SELECT 1"), 1);
	begin = clock_us();
	assert_int_equal(db_int(&two, &n, "SELECT 2", NO_VALS), RC_BUSY);
	assert_true(clock_us() - begin > (WAIT_MS - 200) * 1000);
	err_clear(&two);
	db_end(&one);
	assert_int_equal(test_int(&two, "SELECT 2"), 2);
	db_end(&two);
	arena_done(&a);
	arena_done(&b);
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
	const struct CMUnitTest all[] = { BOTH(parameter_order), BOTH(nulls_and_extremes),
		BOTH(blobs_and_text), BOTH(text_order), BOTH(snapshot), BOTH(own_writes),
		BOTH(failed_write), BOTH(constraints), BOTH(ddl_refused), BOTH(run_twice),
		BOTH(many_rows), BOTH(many_statements), BOTH(migrations), BOTH(migration_race),
		BOTH(identities), BOTH(foreign_writes), BOTH(backups), BOTH(bad_open),
		BOTH(slow_writes), BOTH(small_pool) };
	struct CMUnitTest run[ARRAY_LEN(all)];
	size_t i, n = 0;

	for (i = 0; i < ARRAY_LEN(all); i++)
		if (all[i].setup_func == NULL || test_has_pg())
			run[n++] = all[i];
	return _cmocka_run_group_tests("db", run, n, NULL, NULL);
}
