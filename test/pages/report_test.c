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
#include <unistd.h>

#include "figure/figure.h"
#include "mod/office/office.h"
#include "mod/report/paper_edition.h"
#include "mod/report/paper_inner.h"

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

static void
put_cell(struct buf *b, const struct paper_cell *c)
{
	if (c->known)
		buf_printf(b, " %.1f %s", c->value, exactness_code(c->exactness));
	else
		buf_str(b, " not known");
}

/* The whole struct as text, once for both engines: test/golden/report.txt, read by people at review.
 * SHANYRAQ_GOLDEN=write writes it anew. */
static void
test_golden(void **state)
{
	const char *mode = getenv("SHANYRAQ_GOLDEN"), *said[PAPER_SENTENCES];
	bool fresh = mode != NULL && strcmp(mode, "write") == 0;
	struct paper *p;
	struct buf b;
	struct ctx cx;
	size_t i, j, n;
	char *was;
	FILE *f;

	(void)state;
	begin(&cx, LANG_KK);
	p = paper(&cx, NULL, NULL);
	buf_init(&b, &door.arena, 0);
	n = paper_sentences(&cx, p, said);
	for (i = 0; i < n; i++)
		buf_printf(&b, "%s\n", said[i]);
	for (i = 0; i < p->ntables; i++) {
		buf_printf(&b, "\n%s\n", p->table[i].code);
		for (j = 0; j < p->table[i].n; j++) {
			const struct paper_row *r = &p->table[i].row[j];

			buf_printf(&b, "%-28s", r->code);
			put_cell(&b, &r->now);
			if (!r->no_last)
				put_cell(&b, &r->last);
			buf_printf(&b, " | %s\n", r->label.kk);
		}
	}
	for (i = 0; i < p->ndoubts; i++)
		buf_printf(&b, "%s%s %lld\n", i == 0 ? "\ndoubts\n" : "", p->doubt[i].code,
		    (long long)p->doubt[i].records);
	db_end(&cx);
	f = fopen(GOLDEN "/report.txt", fresh ? "w" : "r");
	assert_non_null(f);
	if (fresh)
		fwrite(b.p, 1, b.n, f);
	else {
		was = arena_alloc(&door.arena, b.n + 65536);
		was[fread(was, 1, b.n + 65535, f)] = '\0';
		assert_string_equal(b.p, was);
	}
	fclose(f);
}

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
	assert_int_equal(sum(p, "events_by_district", false), 497);
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
	/* The parts of the year have plans of their own or none. */
	assert_false(table(p, "events_by_quarter")->plans);
	/* A quarter without its own plan stands beside the year's. */
	p = paper(&cx, "2024-Q1", NULL);
	e = paper_find(p, "figures", "events_total");
	assert_int_equal(e->plan.to, 20241231);
	/* A body is not held against the whole assembly's plan. */
	p = paper(&cx, NULL, "eca03");
	assert_int_equal(paper_find(p, "figures", "events_total")->plan.target, 0);
	db_end(&cx);
}

/* ---- the year before ---- */

/* RULE report-9: where the records begin later, there is nothing to compare with, and nothing is said. */
static void
test_no_year_before(void **state)
{
	const char *said[PAPER_SENTENCES];
	const struct paper_row *m;
	struct paper *p;
	struct ctx cx;
	size_t n, i;

	(void)state;
	begin(&cx, LANG_KK);
	p = paper(&cx, NULL, NULL);
	assert_true(table(p, "events_by_district")->no_last);
	assert_true(paper_find(p, "figures", "events_total")->no_last);
	m = paper_find(p, "figures", "eca_members"); /* memberships are older than the events */
	assert_false(m->no_last);
	assert_true(m->last.value > 0 && m->last.value < m->now.value);
	n = paper_sentences(&cx, p, said);
	for (i = 0; i < n; i++)
		assert_null(strstr(said[i], "салыстырғанда"));
	db_end(&cx);
}

static void
copy_events(int back, const char *where)
{
	int64_t cells;
	struct ctx cx;

	run(arena_printf(&door.arena,
	    "INSERT INTO event (version, created_at, changed_at, name_kk, kind, body, first_day, "
	    "place, district, state, head_count, sort_kk, sort_ru, sort_en, fold_key) SELECT 1, 1, "
	    "1, name_kk, kind, body, first_day - %d, place, district, state, 20, sort_kk, sort_ru, "
	    "sort_en, fold_key FROM event WHERE merged_into IS NULL AND state = 'reported' AND "
	    "first_day BETWEEN 20240101 AND 20241115 AND first_day <> 20240229 AND %s",
	    back, where));
	begin(&cx, LANG_KK);
	assert_int_equal(figure_rebuild(&cx, &cells), RC_OK);
	db_end(&cx);
}

static bool
says(struct ctx *cx, const struct paper *p, const char *what)
{
	const char *said[PAPER_SENTENCES];
	size_t n = paper_sentences(cx, p, said), i;

	for (i = 0; i < n; i++)
		if (strstr(said[i], what) != NULL)
			return true;
	for (i = 0; i < n; i++)
		print_error("%s\n", said[i]);
	return false;
}

static void
test_year_before(void **state)
{
	const struct paper_row *e;
	struct counting k;
	int64_t was, by;
	struct paper *p;
	struct ctx cx;

	(void)state;
	copy_events(10000, "id % 7 <> 3");
	was = door_int(&door, "SELECT count(*) FROM event e JOIN event_kind k ON k.id = e.kind "
			      "WHERE k.counted = 1 AND "
			      "e.first_day BETWEEN 20230101 AND 20231115");
	begin(&cx, LANG_KK);
	p = paper(&cx, NULL, NULL);
	e = paper_find(p, "figures", "events_total");
	assert_int_equal((int64_t)e->last.value, was);
	assert_false(e->no_last);
	assert_int_equal(sum(p, "events_by_quarter", true), was);
	assert_int_equal(sum(p, "events_by_kind", true), was);
	k = (struct counting){ &cx, 0 };
	assert_int_equal(paper_cells(p, asked_again, &k), RC_OK);
	by = 497 - was;
	assert_true(by > 0);
	assert_true(says(
	    &cx, p, arena_printf(&door.arena, "салыстырғанда %lld іс-шараға (", (long long)by)));
	assert_true(says(&cx, p, "көп."));
	assert_true(says(&cx, p, "01.01.2024–31.12.2024 жоспары – 520 іс-шара, орындалуы – 95,6"));
	cx.lang = LANG_RU;
	assert_true(says(&cx, p, "больше, чем за тот же период прошлого года"));
	cx.lang = LANG_EN;
	assert_true(says(&cx, p, "more than in the same period of the year before"));
	db_end(&cx);
}

/* RULE report-5 */
static void
test_shares(void **state)
{
	static const struct {
		double part, whole;
		bool exact;
		const char *said;
	} shares[] = {
		{ 1, 8, true, "12.5%" },
		{ 9999, 10000, true, "99.9%" }, /* not all yet */
		{ 10001, 10000, true, "100.1%" },
		{ 1, 10000, true, "<\u00a00.1%" }, /* something, not nothing */
		{ 0, 10, true, "0.0%" },
		{ 10, 10, true, "100.0%" },
		{ 123, 1000, false, "≈\u00a012%" },
		{ 1, 1000, false, "<\u00a01%" },
		{ 5, 0, true, "–" },
		{ -5, 10, true, "–" },
	};
	struct ctx cx;
	size_t i;

	(void)state;
	begin(&cx, LANG_EN);
	for (i = 0; i < ARRAY_LEN(shares); i++)
		assert_string_equal(
		    paper_share(&cx, shares[i].part, shares[i].whole, shares[i].exact),
		    shares[i].said);
	db_end(&cx);
}

/* ---- the doors ---- */

#define HAS(a, text) has(&(a), (text), true, __LINE__)
#define HAS_NOT(a, text) has(&(a), (text), false, __LINE__)
static void
has(const struct answer *a, const char *text, bool want, int line)
{
	if ((strstr(a->body.p, text) != NULL) == want)
		return;
	print_error("line %d: status %d, «%s» %s\n", line, a->status, text,
	    want ? "is missing" : "stands there");
	_fail(__FILE__, line);
}

static struct answer
page(int role, const char *path)
{
	return door_page(&door, role, M_GET, path, NULL, false);
}

static void
test_doors(void **state)
{
	struct answer a;

	(void)state;
	assert_int_equal(page(guest, "/kk/report").status, 303);
	a = page(clerk, "/kk/report");
	assert_int_equal(a.status, 200);
	HAS(a, "497 іс-шара өткізілді");
	HAS(a, "/kk/figures/events_total?from=2024-01-01&amp;to=2024-11-15'>497");
	HAS(a, "Қол қояр алдында тексеріңіз");
	HAS(a, "format=docx");
	a = page(auditor, "/kk/report"); /* figures are everybody's, events and files are not his */
	assert_int_equal(a.status, 200);
	HAS_NOT(a, "format=docx");
	HAS_NOT(a, "<details");
	assert_int_equal(page(auditor, "/kk/report?format=docx").status, 403);
	a = page(clerk, "/kk/report?format=docx");
	assert_int_equal(a.status, 200);
	assert_memory_equal(a.body.p, "PK\3\4", 4);
	assert_int_equal(page(clerk, "/kk/report?format=pdf").status, 404);
	a = page(clerk, "/kk/report?year=20x4");
	assert_int_equal(a.status, 422);
	HAS(a, "value='20x4' aria-invalid='true'");
	a = page(clerk, "/kk/report?year=2024&part=Q3&district=&body=eca03");
	assert_int_equal(a.status, 200);
	HAS(a, "2024 жылдың 3-тоқсаны");
	HAS(a, "body=eca03");
	/* Plans are for staff. */
	a = page(guest, "/kk/reference");
	assert_int_equal(a.status, 200);
	HAS_NOT(a, "reference/targets");
	a = page(clerk, "/kk/reference");
	HAS(a, "reference/targets");
	assert_int_equal(page(guest, "/kk/reference/targets").status == 200, false);
}

/* A leader is told of doubts of the own body and beneath, of no other. */
static void
test_scope(void **state)
{
	struct answer a = page(leader, "/kk/report"), b = page(clerk, "/kk/report");
	struct ctx cx;
	struct paper *p;
	size_t i;
	int64_t one = 0;

	(void)state;
	begin(&cx, LANG_KK);
	p = paper(&cx, NULL, NULL);
	for (i = 0; i < p->ndoubts && one == 0; i++)
		one = p->doubt[i].record[0].id;
	db_end(&cx);
	assert_true(one != 0);
	assert_int_equal(a.status, 200);
	HAS(b, arena_printf(&door.arena, "/kk/events/%lld'", (long long)one));
	HAS_NOT(a, arena_printf(&door.arena, "/kk/events/%lld'", (long long)one));
}

/* ---- the stamp ---- */

static void
test_stamp(void **state)
{
	static const struct paper_stamp stamp = { "7", "0011aabb",
		"https://a.example/kk/editions/7", "ffee" };
	const struct paper_style plain = { .lang = { LANG_KK }, .nlangs = 1 };
	struct paper_style stamped = plain;
	struct slice with, without;
	struct paper *p;
	struct ctx cx;

	(void)state;
	stamped.stamp = &stamp;
	begin(&cx, LANG_KK);
	p = paper(&cx, "2024-Q1", NULL);
	assert_int_equal(paper_html_file(&cx, p, &stamped, &with), RC_OK);
	assert_non_null(strstr(with.p, "0011aabb"));
	assert_non_null(strstr(with.p, "ffee"));
	assert_non_null(strstr(with.p, "<svg class='qr'"));
	assert_int_equal(paper_docx(&cx, p, &stamped, &with), RC_OK);
	assert_int_equal(paper_docx(&cx, p, &plain, &without), RC_OK);
	assert_true(with.n > without.n);
	assert_non_null(memmem(with.p, with.n, "word/media/picture1.png", 23));
	assert_null(memmem(without.p, without.n, "word/media", 10));
	db_end(&cx);
}

/* What an edition puts in place of the answers is what is drawn. */
static int
frozen(struct paper_cell *c, void *arg)
{
	(void)arg;
	if (strcmp(c->figure->code, "events_total") == 0)
		c->value = 12345;
	return RC_OK;
}

static void
test_filled(void **state)
{
	struct paper *p;
	struct ctx cx;

	(void)state;
	begin(&cx, LANG_KK);
	p = paper(&cx, NULL, NULL);
	assert_int_equal(paper_digest(&cx, p), RC_OK);
	assert_int_equal(strlen(paper_find(p, "figures", "events_total")->now.sha256), 64);
	assert_int_equal(paper_cells(p, frozen, NULL), RC_OK);
	assert_true(says(&cx, p, "12\u00a0345 іс-шара өткізілді"));
	db_end(&cx);
}

/* ---- editions ---- */

/* One more event, entered late for a day of the edition's period. */
static void
late_event(void)
{
	static const char *const steps[] = { "approve", "hold", "report" };
	int64_t second = clock_now() / US_PER_SECOND, id;
	struct answer a;
	size_t i;

	while (clock_now() / US_PER_SECOND == second) /* recorded in a later second */
		usleep(20000);
	a = door_api(&door, clerk, M_POST, "/api/v1/events",
	    "{\"name\":{\"kk\":\"Кеш тіркелген кеш\"},\"kind\":\"concert\",\"body\":2,"
	    "\"first_day\":\"2024-10-20\",\"head_count\":25}",
	    NULL);
	assert_int_equal(a.status, 201);
	id = door_int(&door, "SELECT max(id) FROM event");
	for (i = 0; i < ARRAY_LEN(steps); i++) {
		a = door_api(&door, clerk, M_POST,
		    arena_printf(&door.arena, "/api/v1/events/%lld/%s", (long long)id, steps[i]),
		    "", arena_printf(&door.arena, "\"%zu\"", i + 1));
		assert_int_equal(a.status, 200);
	}
}

static struct slice
drawn(int64_t number, struct paper *p, bool want_stamp)
{
	struct paper_style s = { .lang = { LANG_KK, LANG_RU }, .nlangs = 2 };
	struct paper_stamp stamp;
	struct slice out;
	struct ctx cx;
	bool stamped;

	begin(&cx, LANG_KK);
	assert_int_equal(paper_of_edition(&cx, number, NULL, p, &stamp, &stamped), RC_OK);
	assert_int_equal(stamped, want_stamp);
	if (stamped)
		s.stamp = &stamp;
	assert_int_equal(paper_docx(&cx, p, &s, &out), RC_OK);
	db_end(&cx);
	return out;
}

/* RULE report-10: drawn again after the records went on, an edition's report is the same bytes. */
static void
test_edition(void **state)
{
	struct edition_signing sign = { .document = "12-3/45",
		.signer = "Хатшылық меңгерушісі С. Сынақов" };
	struct slice first, again;
	struct ask ask;
	struct edition e;
	struct paper p;
	struct answer a;
	struct ctx cx;

	(void)state;
	begin(&cx, LANG_KK);
	ask_default(&cx, &ask);
	assert_int_equal(edition_freeze(&cx, &ask, NULL, &e), RC_OK);
	db_end(&cx);
	drawn(e.number, &p, false);
	assert_int_equal((int64_t)paper_find(&p, "figures", "events_total")->now.value, 497);
	sign.number = e.number;
	sign.version = e.rec.version;
	begin(&cx, LANG_KK);
	assert_int_equal(edition_sign(&cx, &sign), RC_OK);
	assert_int_equal(setting_set(&cx, "site", "https://a.example/"), RC_OK);
	db_end(&cx);
	first = drawn(e.number, &p, true);
	assert_string_equal(p.number, "12-3/45");
	assert_int_equal(p.ndoubts, 0);
	late_event();
	begin(&cx, LANG_KK);
	assert_int_equal(
	    (int64_t)paper_find(paper(&cx, NULL, NULL), "figures", "events_total")->now.value, 498);
	db_end(&cx);
	again = drawn(e.number, &p, true);
	assert_int_equal((int64_t)paper_find(&p, "figures", "events_total")->now.value, 497);
	assert_int_equal(sum(&p, "events_by_quarter", false), 497);
	assert_int_equal(sum(&p, "events_by_kind", false), 497);
	assert_int_equal(first.n, again.n);
	assert_memory_equal(first.p, again.p, first.n);
	a = page(clerk, arena_printf(&door.arena, "/kk/report?edition=%lld", (long long)e.number));
	assert_int_equal(a.status, 200);
	HAS(a, e.sha256);
	HAS(a, "<svg class='qr'");
	HAS(a,
	    arena_printf(&door.arena, "https://a.example/kk/editions/%lld", (long long)e.rec.id));
	HAS(a, "Хатшылық меңгерушісі С. Сынақов");
	HAS_NOT(a, "<form class='clock");
	assert_int_equal(page(clerk, "/kk/report?edition=99").status, 404);
	assert_int_equal(page(clerk, "/kk/report?edition=x").status, 404);
}

/* The second clock: the same report as known before the late event. */
static void
test_known(void **state)
{
	const struct paper_text t = { .period = "2024-Q4", .known = "2030-01-01" };
	struct paper_in in;
	struct ctx cx;

	(void)state;
	begin(&cx, LANG_KK);
	assert_int_equal(paper_read(&cx, &t, &in), RC_INVALID);
	assert_string_equal(cx.err.fields->field, "known");
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
	    "SELECT min(e.id) FROM event e JOIN event_kind k ON k.id = e.kind WHERE e.state = "
	    "'reported'"
	    " AND e.merged_into IS NULL AND k.counted = 1 AND e.first_day BETWEEN 20240601 AND "
	    "20240930"
	    " AND NOT EXISTS (SELECT 1 FROM attendance a WHERE a.event = e.id)"
	    " AND EXISTS (SELECT 1 FROM event o JOIN event_tally t ON t.event = o.id WHERE o.id <> "
	    "e.id"
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
		cmocka_unit_test(test_golden), cmocka_unit_test(test_cells),
		cmocka_unit_test(test_sums), cmocka_unit_test(test_refused),
		cmocka_unit_test(test_no_year_before), cmocka_unit_test(test_plan),
		cmocka_unit_test(test_shares), cmocka_unit_test(test_doors),
		cmocka_unit_test(test_scope), cmocka_unit_test(test_stamp),
		cmocka_unit_test(test_filled), cmocka_unit_test(test_year_before),
		cmocka_unit_test(test_edition), cmocka_unit_test(test_known),
		cmocka_unit_test(test_doubts), /* last: it leaves damage */
	};

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!door_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, setup, teardown);
}
