/* report_test.c – the report of a period through the doors and as plain data: its cells are the figures'
 * own answers, its doubts name records, its files open. On both engines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "door.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "mod/report/paper.h"

static struct door door;
static enum db_engine engine;
static int clerk, leader, guest, auditor;

static int
setup(void **state)
{
	(void)state;
	door_open(&door, engine);
	guest = 0;
	leader = door_role(&door, "leader");
	clerk = door_role(&door, "clerk");
	auditor = door_role(&door, "auditor");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	door_close(&door);
	return 0;
}

static void
begin(struct ctx *cx, enum lang lang)
{
	app_ctx(&door.app, cx, &door.arena);
	cx->lang = lang;
	cx->today = door.app.today;
}

static struct paper *
paper(struct ctx *cx, const char *period, const char *body)
{
	struct paper *p = arena_new(&door.arena, struct paper);
	struct paper_text t = { .period = period, .body = body };
	struct paper_in in;

	assert_int_equal(paper_read(cx, &t, &in), RC_OK);
	assert_int_equal(paper_make(cx, &in, p), RC_OK);
	return p;
}

static int
sql_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	return tx_run(cx, tx, NULL, arg, NO_VALS);
}

/* Behind the program's back, as a test may. */
static void
run(const char *sql)
{
	struct ctx cx;

	begin(&cx, LANG_KK);
	assert_int_equal(db_write(&cx, sql_fn, (void *)(uintptr_t)sql), RC_OK);
	db_end(&cx);
}

/* ---- the struct ---- */

struct counting {
	struct ctx *cx;
	size_t n;
};

/* RULE report-7: a cell is its question's answer; asked again, and counted from the records, it is the
 * same. */
static int
asked_again(struct paper_cell *c, void *arg)
{
	struct counting *k = arg;
	struct figure_answer a;

	k->n++;
	if (c->dim_code != NULL || (c->records == 0 && c->ask.dim_key != 0))
		return RC_OK;
	TRY(figure_recount(k->cx, c->figure, &c->ask, &a));
	if (a.known != c->known || fabs(a.value - c->value) > 1e-9 || a.exactness != c->exactness)
		print_error("%s: %g, recounted %g\n", c->figure->code, c->value, a.value);
	assert_int_equal(a.known, c->known);
	assert_true(fabs(a.value - c->value) < 1e-9);
	assert_int_equal(a.exactness, c->exactness);
	return RC_OK;
}

static void
test_cells(void **state)
{
	static const char *const periods[] = { NULL, "2024-Q2", "2024-11", "2023",
		"2024-03-10..2024-04-20" };
	struct ctx cx;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(periods); i++) {
		struct counting k = { &cx, 0 };
		struct paper *p;

		begin(&cx, LANG_KK);
		p = paper(&cx, periods[i], NULL);
		assert_int_equal(paper_cells(p, asked_again, &k), RC_OK);
		assert_true(k.n > 60);
		db_end(&cx);
	}
}

static const struct paper_table *
table(const struct paper *p, const char *code)
{
	size_t i;

	for (i = 0; i < p->ntables; i++)
		if (strcmp(p->table[i].code, code) == 0)
			return &p->table[i];
	return NULL;
}

static int64_t
sum(const struct paper *p, const char *code, bool last)
{
	const struct paper_table *t = table(p, code);
	double s = 0;
	size_t i;

	assert_non_null(t);
	for (i = 0; i < t->n; i++)
		s += last ? t->row[i].last.value : t->row[i].now.value;
	return (int64_t)s;
}

/* What is split adds up to what is not. */
static void
test_sums(void **state)
{
	struct ctx cx;
	struct paper *p;
	const struct paper_row *e, *a;

	(void)state;
	begin(&cx, LANG_KK);
	p = paper(&cx, NULL, NULL);
	e = paper_find(p, "figures", "events_total");
	a = paper_find(p, "figures", "participants_total");
	assert_int_equal((int64_t)e->now.value, 497);
	assert_true(p->cut);
	assert_int_equal(p->ask.to, 20241115);
	assert_int_equal(p->last.from, 20230101);
	assert_int_equal(p->last.to, 20231115);
	assert_int_equal(sum(p, "events_by_quarter", false), 497);
	assert_int_equal(sum(p, "events_by_month", false), 497);
	assert_int_equal(sum(p, "events_by_kind", false), 497);
	assert_int_equal(sum(p, "events_by_month", true), (int64_t)e->last.value);
	assert_int_equal(sum(p, "events_by_kind", true), (int64_t)e->last.value);
	assert_int_equal(sum(p, "attendances_by_quarter", false), (int64_t)a->now.value);
	assert_true(sum(p, "events_by_district", false) <= 497);
	assert_true(sum(p, "events_by_body", false) >= 497);
	db_end(&cx);
}

static void
test_refused(void **state)
{
	static const struct {
		struct paper_text t;
		const char *field;
	} bad[] = {
		{ { .period = "2024-13" }, "period" },
		{ { .period = "2025" }, "period" },
		{ { .year = "2024", .part = "q5" }, "year" },
		{ { .from = "31.02.2024", .to = "01.03.2024" }, "from" },
		{ { .from = "02.03.2024", .to = "01.03.2024" }, "to" },
		{ { .body = "nowhere" }, "body" },
		{ { .district = "000000000" }, "district" },
		{ { .day = "32.01.2024" }, "day" },
		{ { .signer = "999999" }, "signer" },
		{ { .signer = "x" }, "signer" },
		{ { .number = "12345678901234567890123456789012345678901" }, "number" },
	};
	struct paper_in in;
	struct ctx cx;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(bad); i++) {
		begin(&cx, LANG_KK);
		assert_int_equal(paper_read(&cx, &bad[i].t, &in), RC_INVALID);
		assert_string_equal(cx.err.fields->field, bad[i].field);
		db_end(&cx);
	}
}

/* ---- the plan ---- */

static void
test_plan(void **state)
{
	const struct paper_row *e;
	struct answer a;
	struct paper *p;
	struct ctx cx;

	(void)state;
	a = door_api(&door, clerk, M_POST, "/api/v1/targets",
	    "{\"figure\":\"events_total\",\"from_day\":\"2024-01-01\",\"to_day\":\"2024-12-31\","
	    "\"value\":520,\"approved_on\":\"2024-01-10\",\"approved_by\":\"Облыс әкімі\"}",
	    NULL);
	assert_int_equal(a.status, 201);
	/* One plan for one question; a plan is for a body or a district. */
	a = door_api(&door, clerk, M_POST, "/api/v1/targets",
	    "{\"figure\":\"events_total\",\"from_day\":\"2024-01-01\",\"to_day\":\"2024-12-31\","
	    "\"value\":1,\"approved_on\":\"2024-01-10\",\"approved_by\":\"Облыс әкімі\"}",
	    NULL);
	assert_int_equal(a.status, 422);
	a = door_api(&door, leader, M_POST, "/api/v1/targets",
	    "{\"figure\":\"events_total\",\"from_day\":\"2024-01-01\",\"to_day\":\"2024-06-30\","
	    "\"value\":1,\"approved_on\":\"2024-01-10\",\"approved_by\":\"Өзім\"}",
	    NULL);
	assert_int_equal(a.status, 403);
	begin(&cx, LANG_KK);
	p = paper(&cx, NULL, NULL);
	e = paper_find(p, "figures", "events_total");
	assert_int_equal((int64_t)e->plan.value, 520);
	assert_true(p->table[0].plans);
	assert_false(table(p, "events_by_quarter")->plans == false && p->table[0].plans == false);
	/* A quarter without its own plan stands beside the year's. */
	p = paper(&cx, "2024-Q1", NULL);
	e = paper_find(p, "figures", "events_total");
	assert_int_equal(e->plan.to, 20241231);
	/* A body is not held against the whole assembly's plan. */
	p = paper(&cx, NULL, "eca03");
	assert_int_equal(paper_find(p, "figures", "events_total")->plan.target, 0);
	db_end(&cx);
}

/* ---- doubts ---- */

static const struct paper_doubt *
doubt(const struct paper *p, const char *code)
{
	size_t i;

	for (i = 0; i < p->ndoubts; i++)
		if (strcmp(p->doubt[i].code, code) == 0)
			return &p->doubt[i];
	return NULL;
}

static bool
names(const struct paper_doubt *d, int64_t id)
{
	size_t i;

	for (i = 0; d != NULL && i < d->n; i++)
		if (d->record[i].id == id)
			return true;
	return false;
}

/* Each defect is put in, and its doubt names exactly that record. */
static void
test_doubts(void **state)
{
	static const char pick[] =
	    "SELECT min(e.id) FROM event e JOIN event_kind k ON k.id = e.kind WHERE e.state = 'reported'"
	    " AND e.merged_into IS NULL AND k.counted = 1 AND e.first_day BETWEEN 20240601 AND 20240930"
	    " AND NOT EXISTS (SELECT 1 FROM attendance a WHERE a.event = e.id)"
	    " AND EXISTS (SELECT 1 FROM event o JOIN event_tally t ON t.event = o.id WHERE o.id <> e.id"
	    " AND o.body = e.body AND o.kind = e.kind GROUP BY o.body HAVING count(*) >= 1)";
	int64_t id = door_int(&door, pick);
	struct paper *p;
	struct ctx cx;

	(void)state;
	assert_true(id > 0);
	run(arena_printf(&door.arena,
	    "UPDATE event SET head_count = NULL, declared_count = 250000 WHERE id = %lld",
	    (long long)id));
	begin(&cx, LANG_KK);
	p = paper(&cx, "2024", NULL);
	assert_false(p->doubts_hidden);
	assert_true(names(doubt(p, "round"), id));
	assert_true(names(doubt(p, "unit"), id) || names(doubt(p, "place"), id) ||
		    names(doubt(p, "jump"), id));
	db_end(&cx);
	run(arena_printf(&door.arena,
	    "UPDATE event SET head_count = 0, declared_count = NULL WHERE id = %lld",
	    (long long)id));
	run(arena_printf(&door.arena,
	    "INSERT INTO file (version, created_at, changed_at, sha256, size, media, name, event, "
	    "type, withdrawn, sort_kk, sort_ru, sort_en, fold_key) VALUES (1, 1, 1, "
	    "'00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff', 3, "
	    "'image/png', 'x', %lld, 'photo', 0, '', '', '', '')",
	    (long long)id));
	begin(&cx, LANG_KK);
	p = paper(&cx, "2024", NULL);
	assert_true(names(doubt(p, "zero_with_evidence"), id));
	assert_false(names(doubt(p, "round"), id));
	/* Outside of the period it is nobody's doubt. */
	p = paper(&cx, "2024-Q1", NULL);
	assert_false(names(doubt(p, "zero_with_evidence"), id));
	db_end(&cx);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cells),
		cmocka_unit_test(test_sums),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_plan),
		cmocka_unit_test(test_doubts), /* last: it leaves damage */
	};

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!door_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, setup, teardown);
}
