/* search.c – search over many records: p50 and p95 of questions, on either engine.
 *
 *   search DB|URL N     N texts of some 40 words and N names, then 300 questions of each sort
 *
 * The words are syllables put together, drawn as words are (a few common, many rare), with endings;
 * names have a surname, a given name and a patronymic out of pools as large as a region's. Questions:
 * one to six words of a text in another form; whole names in another order, lone surnames, names with
 * a wrong letter. On PostgreSQL the same names and questions go to pg_trgm, in the same run. */
#include "app/app.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "search/search.h"

enum { VOCABULARY = 60000, SURNAMES = 5000, GIVEN = 1200, QUESTIONS = 300, BATCH = 500 };

static uint64_t seed = 42;
static unsigned
draw(unsigned below)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(seed >> 33) % below;
}

static const char *
coin(struct arena *a, uint64_t n, unsigned syllables, const char *end)
{
	static const char *const syllable[] = { "қа", "ла", "мә", "де", "ни", "бір", "лес", "тоқ",
		"тер", "дің", "өн", "ер", "шы", "ға", "нар", "ұй", "ым", "сы", "күн", "ні", "жа",
		"зу", "ба", "рыс", "той", "мұ", "ра", "сақ", "тау", "хат", "пен", "гүл", "сер",
		"ік", "ай", "дос", "мен", "нұр", "бек", "жан" };
	struct buf b;

	buf_init(&b, a, 0);
	n = n * UINT64_C(0x9E3779B97F4A7C15) | 1;
	while (syllables-- > 0) {
		buf_str(&b, syllable[(n >> 40) % ARRAY_LEN(syllable)]);
		n = n * UINT64_C(0x9E3779B97F4A7C15) + 7;
	}
	buf_str(&b, end);
	return b.p;
}

/* Rank r comes about 1/r as often. */
static unsigned
zipf(unsigned n)
{
	unsigned bits = 1;

	while (n >> bits != 0)
		bits++;
	bits = 1 + draw(bits);
	return draw(1u << bits) % n;
}

static const char *
word(struct arena *a)
{
	static const char *const ends[] = { "", "", "", "ның", "лар", "да", "ға", "дан", "лары",
		"ын" };
	unsigned w = zipf(VOCABULARY);

	return coin(a, w, 2 + w % 3, ends[draw(ARRAY_LEN(ends))]);
}

static const char *
text(struct arena *a, unsigned words)
{
	struct buf b;
	unsigned i;

	buf_init(&b, a, 0);
	for (i = 0; i < words; i++)
		buf_printf(&b, i == 0 ? "%s" : " %s", word(a));
	return b.p;
}

struct name {
	const char *surname, *given, *patronymic;
};

static struct name
name(struct arena *a)
{
	unsigned s = draw(SURNAMES), g = draw(GIVEN);

	return (struct name){ coin(a, 100000 + s, 2 + s % 2, s % 2 == 0 ? "ова" : "ов"),
		coin(a, 200000 + g, 2, g % 3 == 0 ? "гүл" : ""),
		coin(a, 300000 + draw(GIVEN), 2, s % 2 == 0 ? "қызы" : "ұлы") };
}

/* ---- filling ---- */

struct batch {
	const char *collection;
	int64_t from, to;
	bool names;
	const char **kept; /* texts, for questions and for pg_trgm */
};

static int
put_batch(struct ctx *cx, struct tx *tx, void *arg)
{
	struct batch *b = arg;
	int64_t i;

	for (i = b->from; i < b->to; i++) {
		struct search_part p = { .text = b->kept[i],
			.audience = AUD_OPEN,
			.reader = CAP_PUBLIC,
			.name = b->names,
			.weight = 1 };
		struct arena_mark mark = arena_mark(cx->arena);

		TRY(search_put_tx(
		    cx, tx, &(struct search_record){ b->collection, i + 1, true, &p, 1 }));
		arena_rewind(cx->arena, mark);
	}
	return RC_OK;
}

static void
must(struct ctx *cx, int rc, const char *what)
{
	if (rc != RC_OK)
		die("%s: %d %s", what, rc, cx->err.detail == NULL ? "" : cx->err.detail);
}

static void
fill(struct ctx *cx, const char *collection, bool names, const char **kept, int64_t n)
{
	int64_t at;

	for (at = 0; at < n; at += BATCH) {
		struct batch b = { collection, at, at + BATCH < n ? at + BATCH : n, names, kept };
		struct arena_mark mark = arena_mark(cx->arena);

		must(cx, db_write(cx, put_batch, &b), "put");
		arena_rewind(cx->arena, mark);
	}
}

/* ---- asking ---- */

static int64_t
cpu_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

static int
by_time(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void
report(const char *what, int64_t *took, int n)
{
	qsort(took, (size_t)n, sizeof *took, by_time);
	printf("%s p50 %.2f p95 %.2f ms\n", what, (double)took[n / 2] / 1000,
	    (double)took[n * 95 / 100] / 1000);
	fflush(stdout);
}

static void
ask(struct ctx *cx, const char *what, const char *collection, bool names, const char **q)
{
	const struct collection c = {
		.name = collection, .names = names, .audiences = AUD_BIT(AUD_OPEN)
	};
	static int64_t took[QUESTIONS], cpu[QUESTIONS];
	int64_t reading = 0;
	int i, round;

	for (round = 0; round < 2; round++) /* the first warms caches and statements */
		for (i = 0; i < QUESTIONS; i++) {
			struct arena_mark mark = arena_mark(cx->arena);
			struct question *ask = arena_new(cx->arena, struct question);
			int64_t from = clock_now(), work = cpu_now();
			struct hit *hits;
			size_t n;

			must(cx,
			    question_read(
				cx, q[i], READER(CAP_PUBLIC), names ? ASK_NAMES : ASK_TEXTS, ask),
			    "question");
			reading += round == 1 ? cpu_now() - work : 0;
			must(cx, question_rank(cx, ask, &c, &hits, &n), "rank");
			took[i] = clock_now() - from;
			cpu[i] = cpu_now() - work;
			arena_rewind(cx->arena, mark);
		}
	report(what, took, QUESTIONS);
	/* What this thread itself worked: a busy machine does not show in it (nor does a server). */
	report("    of that in our own thread", cpu, QUESTIONS);
	printf(
	    "    near words take %.2f ms of it on average\n", (double)reading / QUESTIONS / 1000);
}

static int
put_trgm(struct ctx *cx, struct tx *tx, void *arg)
{
	struct batch *b = arg;
	int64_t i;

	for (i = b->from; i < b->to; i++)
		TRY(tx_run(cx, tx, NULL, "INSERT INTO bench_name (name) VALUES (lower($1))",
		    VALS(v_text(b->kept[i]))));
	return RC_OK;
}

static void
trgm(struct app *a, struct ctx *cx, const char **kept, int64_t n, const char **q)
{
	static const struct migration table = { 1001, "bench.sql",
		"CREATE EXTENSION IF NOT EXISTS pg_trgm;\n"
		"CREATE TABLE bench_name (id @id, name TEXT NOT NULL);\n"
		"CREATE INDEX bench_name_trgm ON bench_name USING gin (name gin_trgm_ops);\n" };
	static int64_t took[QUESTIONS];
	const char *err = NULL;
	int64_t at;
	int i;

	db_end(cx);
	if (store_migrate(a->store, &table, 1, NULL, &err) != RC_OK)
		die("pg_trgm: %s", err);
	for (at = 0; at < n; at += BATCH) {
		struct batch b = { "", at, at + BATCH < n ? at + BATCH : n, true, kept };

		must(cx, db_write(cx, put_trgm, &b), "pg_trgm");
	}
	for (i = 0; i < QUESTIONS / 5; i++) {
		int64_t from = clock_now();
		AUTO_ROWS r = { 0 };

		must(cx,
		    db_rows(cx, &r,
			"SELECT id FROM bench_name WHERE name % lower($1)"
			" ORDER BY similarity(name, lower($1)) DESC, id LIMIT 10",
			VALS(v_text(q[i]))),
		    "pg_trgm");
		while (rows_next(&r))
			;
		must(cx, rows_end(&r), "pg_trgm");
		took[i] = clock_now() - from;
	}
	report("pg_trgm, the same names", took, QUESTIONS / 5);
}

static const char *
wrong_letter(struct arena *a, const char *s)
{
	char *t = arena_str(a, s);
	size_t n = strlen(t) / 2, at = 2 * (1 + draw((unsigned)n - 1));

	memcpy(t + at, "ж", 2);
	return t;
}

int
main(int argc, char **argv)
{
	struct app app;
	struct arena arena, scratch;
	struct ctx cx;
	const char *err = NULL, **texts, **names, **asked, **wanted;
	int64_t n = argc == 3 ? atoll(argv[2]) : 0, i, there;

	if (n < 1000) {
		fprintf(stderr, "usage: search DB|URL N (at least 1000)\n");
		return 2;
	}
	if (app_open(&app, &(struct app_options){ .db = argv[1], .create = true, .migrate = true },
		&err) != RC_OK)
		die("%s", err);
	arena_init(&arena);
	app_ctx(&app, &cx, &arena);
	texts = arena_array(&arena, const char *, n);
	names = arena_array(&arena, const char *, n);
	asked = arena_array(&arena, const char *, QUESTIONS);
	wanted = arena_array(&arena, const char *, QUESTIONS);
	arena_init(&scratch);
	for (i = 0; i < n; i++) {
		struct name p = name(&scratch);

		texts[i] = arena_str(&arena, text(&scratch, 20 + draw(40)));
		names[i] = arena_printf(&arena, "%s %s %s", p.surname, p.given, p.patronymic);
		if (i < QUESTIONS) {
			asked[i] = arena_str(&arena, text(&scratch, 1 + draw(6)));
			wanted[i] = i % 3 == 0	 ? arena_printf(&arena, "%s %s", p.given, p.surname)
				    : i % 3 == 1 ? arena_str(&arena, p.surname)
						 : arena_printf(&arena, "%s %s", p.given,
						       wrong_letter(&scratch, p.surname));
		}
		arena_reset(&scratch, ARENA_CHUNK);
	}
	arena_done(&scratch);
	must(&cx, db_int(&cx, &there, "SELECT count(*) FROM search_doc", NO_VALS), "count");
	db_end(&cx);
	if (there == 0) {
		fill(&cx, "bench_text", false, texts, n);
		fill(&cx, "bench_name", true, names, n);
	}
	ask(&cx, "search in texts", "bench_text", false, asked);
	ask(&cx, "search in names", "bench_name", true, wanted);
	if (store_engine(app.store) == DB_PG)
		trgm(&app, &cx, names, n, wanted);
	db_end(&cx);
	arena_done(&arena);
	app_close(&app);
	return 0;
}
