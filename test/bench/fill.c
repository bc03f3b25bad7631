/* fill.c – large databases for the benchmark, and the plain loop that the server is held against.
 *
 *   fill people DB N        N persons spread over the associations
 *   fill attendances DB N   N attendances on new events, and the cells that go with them
 *   fill plain DB SECONDS   a plain C-library loop: the same rows as one attendance through the API,
 *                           one commit each, synchronous=FULL, one thread; prints creates a second
 *   fill figures DB         microseconds of the home page's figures, median of 200 rounds
 *   fill past DB N          N attendances of those, each recorded in a second of its own within two days
 *   fill known DB           microseconds of events and attendances as known at moments of those years
 *
 * Rows are written directly and not through the kinds: it is the load that is wanted here. */
#include "app/app.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include "lang/order.h"

static void
run(sqlite3 *db, const char *sql)
{
	char *err = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &err) != SQLITE_OK)
		die("%s: %s", sql, err);
}

static sqlite3 *
open_db(const char *path)
{
	sqlite3 *db;

	if (sqlite3_open(path, &db) != SQLITE_OK)
		die("cannot open %s", path);
	sqlite3_busy_timeout(db, 10000);
	run(db, "PRAGMA journal_mode=WAL");
	return db;
}

static sqlite3_stmt *
prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *s;

	if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
		die("%s: %s", sql, sqlite3_errmsg(db));
	return s;
}

static void
step(sqlite3_stmt *s)
{
	int rc = sqlite3_step(s);

	if (rc != SQLITE_DONE && rc != SQLITE_ROW)
		die("step: %d", rc);
	sqlite3_reset(s);
}

static void
people(sqlite3 *db, int n)
{
	struct arena a;
	sqlite3_stmt *s;
	int i;

	arena_init(&a);
	run(db, "PRAGMA synchronous=OFF; BEGIN");
	s = prepare(db, "INSERT INTO person (version, created_at, changed_at, surname, given, "
			"birth_day, sex, body, district, phone,"
			" sort_kk, sort_ru, sort_en, fold_key) VALUES (1, 1, 1, ?1, ?2, ?3, 'f', "
			"?4, 1 + ?4 % 10, ?5, ?6, ?6, ?6, ?7)");
	for (i = 0; i < n; i++) {
		const char *surname = arena_printf(&a, "Үлгі%d", i % 5000),
			   *given = arena_printf(&a, "Адам%d", i % 977);
		const char *both = arena_printf(&a, "%s %s", surname, given);

		sqlite3_bind_text(s, 1, surname, -1, SQLITE_TRANSIENT);
		sqlite3_bind_text(s, 2, given, -1, SQLITE_TRANSIENT);
		sqlite3_bind_int(s, 3, 19400101 + (i % 60) * 10000);
		sqlite3_bind_int(s, 4, 1 + i % 17);
		sqlite3_bind_text(s, 5, "+7 700 000 00 00", -1, SQLITE_STATIC);
		sqlite3_bind_text(s, 6, order_key(&a, both), -1, SQLITE_TRANSIENT);
		sqlite3_bind_text(s, 7, fold_key(&a, both), -1, SQLITE_TRANSIENT);
		step(s);
		arena_reset(&a, ARENA_CHUNK);
	}
	sqlite3_finalize(s);
	run(db, "COMMIT; ANALYZE");
	arena_done(&a);
}

/* 30 attendances an event; the cells of ten years of days. */
static void
attendances(sqlite3 *db, long long n)
{
	char sql[1200];

	run(db, "PRAGMA synchronous=OFF; PRAGMA cache_size=-400000; BEGIN;"
		" DROP INDEX attendance_once; DROP INDEX attendance_event; DROP INDEX "
		"attendance_person");
	snprintf(sql, sizeof sql,
	    "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < %lld)"
	    " INSERT INTO event (version, created_at, changed_at, name_kk, kind, body, first_day, "
	    "state, sort_kk, sort_ru,"
	    " sort_en, fold_key) SELECT 1, 1, 1, 'Өлшем іс-шарасы', 1, 1 + i %% 17, (2010 + i %% "
	    "14) * 10000 +"
	    " (1 + i %% 12) * 100 + 1 + i %% 28, 'reported', 'a', 'a', 'a', 'a' FROM c",
	    n / 30);
	run(db, sql);
	snprintf(sql, sizeof sql,
	    "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < %lld)"
	    " INSERT INTO attendance (version, created_at, changed_at, event, guest, basis, day, "
	    "withdrawn, sort_kk, sort_ru,"
	    " sort_en, fold_key) SELECT 1, 1, 1, (SELECT max(id) FROM event) - (i %% %lld), "
	    "'қонақ', 'listed', 20200101, 0,"
	    " '', '', '', '' FROM c",
	    n, n / 30);
	run(db, sql);
	run(db,
	    "INSERT INTO figure_sum (figure, dim, dkey, day, amount)"
	    " SELECT f.name, '', 0, e.first_day, count(*) * f.per FROM event e JOIN"
	    " (SELECT 'events_total' AS name, 1 AS per UNION ALL SELECT 'participants_total', 30) f"
	    " WHERE e.name_kk = 'Өлшем іс-шарасы' GROUP BY f.name, f.per, e.first_day"
	    " ON CONFLICT (figure, dim, dkey, day) DO UPDATE SET amount = amount + "
	    "excluded.amount");
	run(db,
	    "INSERT INTO figure_sum (figure, dim, dkey, day, amount)"
	    " SELECT f.name, 'body', e.body, e.first_day, count(*) * f.per FROM event e JOIN"
	    " (SELECT 'events_total' AS name, 1 AS per UNION ALL SELECT 'participants_total', 30) f"
	    " WHERE e.name_kk = 'Өлшем іс-шарасы' GROUP BY f.name, f.per, e.body, e.first_day"
	    " ON CONFLICT (figure, dim, dkey, day) DO UPDATE SET amount = amount + "
	    "excluded.amount");
	run(db, "CREATE UNIQUE INDEX attendance_once ON attendance (event, person) WHERE person IS "
		"NOT NULL;"
		" CREATE INDEX attendance_event ON attendance (event, id); CREATE INDEX "
		"attendance_person ON attendance (person, day);"
		" COMMIT");
}

/* What one POST /api/v1/attendances writes: counted by the benchmark against the real thing. */
static void
plain(sqlite3 *db, double seconds)
{
	sqlite3_stmt *begin, *att, *tally, *hist, *audit, *delta, *commit;
	int64_t until = clock_now() + (int64_t)(seconds * 1e6), from = clock_now(), event;
	unsigned char mac[32] = { 1 };
	long long n = 0;
	int i, deltas = getenv("BENCH_DELTAS") == NULL ? 6 : atoi(getenv("BENCH_DELTAS"));

	run(db, "PRAGMA synchronous=FULL");
	begin = prepare(db, "SELECT max(id) FROM event WHERE state = 'reported'");
	if (sqlite3_step(begin) != SQLITE_ROW)
		die("no event");
	event = sqlite3_column_int64(begin, 0);
	sqlite3_finalize(begin);
	begin = prepare(db, "BEGIN IMMEDIATE");
	att = prepare(db, "INSERT INTO attendance (version, created_at, changed_at, event, guest, "
			  "basis, day, withdrawn, sort_kk,"
			  " sort_ru, sort_en, fold_key) VALUES (1, ?1, ?1, ?2, 'Өлшем қонағы', "
			  "'listed', 20241101, 0, '', '', '', '')");
	tally = prepare(db, "INSERT INTO event_tally (event, scanned, listed) VALUES (?1, 0, 1)"
			    " ON CONFLICT (event) DO UPDATE SET listed = listed + 1");
	hist = prepare(db,
	    "INSERT INTO history (kind, rec, version, at, account, action, data, mac) VALUES "
	    "('attendance', ?1, 1, ?2, 1,"
	    " 'create', '{\"event\":1,\"guest\":\"Өлшем "
	    "қонағы\",\"basis\":\"listed\",\"day\":\"2024-11-01\",\"withdrawn\":false}', ?3)");
	audit = prepare(db, "INSERT INTO audit (at, account, action, kind, rec, fields, mac, "
			    "version, digest) VALUES (?1, 1, 'create', 'attendance', ?2,"
			    " 'event,guest,basis,day', ?3, 1, ?3)");
	delta = prepare(db, "INSERT INTO figure_delta (figure, dim, dkey, day, amount) VALUES "
			    "('bench', '', 0, 20241101, 1)");
	commit = prepare(db, "COMMIT");
	while (clock_now() < until) {
		int64_t id;

		step(begin);
		sqlite3_bind_int64(att, 1, clock_now());
		sqlite3_bind_int64(att, 2, event);
		step(att);
		id = sqlite3_last_insert_rowid(db);
		sqlite3_bind_int64(tally, 1, event);
		step(tally);
		sqlite3_bind_int64(hist, 1, id);
		sqlite3_bind_int64(hist, 2, clock_now());
		sqlite3_bind_blob(hist, 3, mac, sizeof mac, SQLITE_STATIC);
		step(hist);
		sqlite3_bind_int64(audit, 1, clock_now());
		sqlite3_bind_int64(audit, 2, id);
		sqlite3_bind_blob(audit, 3, mac, sizeof mac, SQLITE_STATIC);
		step(audit);
		for (i = 0; i < deltas; i++)
			step(delta);
		step(commit);
		n++;
	}
	printf("%.0f\n", (double)n / ((double)(clock_now() - from) / 1e6));
}

/* A report of 30 attendances is typed in over 30 seconds, one or two days after its event. */
static void
past(sqlite3 *db, long long n)
{
	char sql[1400];

	run(db, "PRAGMA synchronous=OFF; PRAGMA cache_size=-400000; BEGIN;"
		" DELETE FROM figure_since; DELETE FROM figure_past");
	snprintf(sql, sizeof sql,
	    "WITH RECURSIVE i (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM i WHERE value < "
	    "30)"
	    " INSERT INTO figure_past (figure, dim, dkey, grain, bucket, day, amount)"
	    " SELECT 'participants_total', '', 0, 2, unixepoch(substr(e.first_day, 1, 4) || '-' ||"
	    " substr(e.first_day, 5, 2) || '-' || substr(e.first_day, 7, 2)) + 86400 + (e.id * 37 +"
	    " i.value) %% 86400, e.first_day, 1 FROM event e JOIN i WHERE e.name_kk ="
	    " 'Өлшем іс-шарасы' LIMIT %lld"
	    " ON CONFLICT (figure, dim, dkey, grain, bucket, day) DO UPDATE SET amount = amount + "
	    "1",
	    n);
	run(db, sql);
	run(db,
	    "INSERT INTO figure_past (figure, dim, dkey, grain, bucket, day, amount)"
	    " SELECT figure, dim, dkey, 1, bucket / 86400, day, sum(amount) FROM figure_past WHERE"
	    " grain = 2 GROUP BY figure, dim, dkey, bucket / 86400, day");
	run(db, "COMMIT; ANALYZE");
}

static int
by_time(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void
known(const char *url)
{
	static const char *const asked[] = { "events_total", "participants_total" };
	enum { ROUNDS = 200 };
	static int64_t took[ROUNDS];
	const char *err = NULL;
	struct app app;
	double people = 0;
	int i;

	if (app_open(&app, &(struct app_options){ .db = url }, &err) != RC_OK)
		die("%s", err);
	for (i = 0; i < ROUNDS; i++) {
		struct arena arena;
		struct ctx cx;
		struct ask a = { .from = (2010 + i % 14) * 10000 + 101,
			.to = (2010 + i % 14) * 10000 + 1231,
			.on = (2010 + i % 14) * 10000 + 1231 };
		size_t f;
		int64_t from = clock_now();

		a.known = day_start(a.from) + (int64_t)(i * 7 % 360) * US_PER_DAY +
			  (int64_t)i * 431 * US_PER_SECOND;
		arena_init(&arena);
		app_ctx(&app, &cx, &arena);
		for (f = 0; f < ARRAY_LEN(asked); f++) {
			struct figure_answer ans;

			if (figure_answer(&cx, figure_find(asked[f]), &a, &ans) != RC_OK)
				die("figure %s", asked[f]);
			people += f == 1 ? ans.value : 0;
		}
		db_end(&cx);
		took[i] = clock_now() - from;
		arena_done(&arena);
	}
	if (people < 1)
		die("nobody came as known then: the measure is of nothing");
	qsort(took, ROUNDS, sizeof took[0], by_time);
	printf("%lld\n", (long long)took[ROUNDS / 2]);
	app_close(&app);
}

static void
figures(const char *url)
{
	static const char *const home[] = { "events_total", "participants_total", "eca_count",
		"eca_members", "ethnos_present", "club_learners" };
	enum { ROUNDS = 200 };
	static int64_t took[ROUNDS];
	const char *err = NULL;
	struct app app;
	int i;

	if (app_open(&app, &(struct app_options){ .db = url }, &err) != RC_OK)
		die("%s", err);
	for (i = 0; i < ROUNDS; i++) {
		struct arena arena;
		struct ctx cx;
		struct ask a;
		size_t f;
		int64_t from = clock_now();

		arena_init(&arena);
		app_ctx(&app, &cx, &arena);
		cx.today = 20241115;
		ask_default(&cx, &a);
		for (f = 0; f < ARRAY_LEN(home); f++) {
			struct figure_answer ans;

			if (figure_answer(&cx, figure_find(home[f]), &a, &ans) != RC_OK)
				die("figure %s", home[f]);
		}
		db_end(&cx);
		took[i] = clock_now() - from;
		arena_done(&arena);
	}
	qsort(took, ROUNDS, sizeof took[0], by_time);
	printf("%lld\n", (long long)took[ROUNDS / 2]);
	app_close(&app);
}

int
main(int argc, char **argv)
{
	sqlite3 *db;

	if (argc == 3 && strcmp(argv[1], "figures") == 0) {
		figures(argv[2]);
		return 0;
	}
	if (argc == 3 && strcmp(argv[1], "known") == 0) {
		known(argv[2]);
		return 0;
	}
	if (argc != 4)
		die("usage: fill people|attendances|past|plain DB N, fill figures|known DB");
	db = open_db(argv[2]);
	if (strcmp(argv[1], "people") == 0)
		people(db, atoi(argv[3]));
	else if (strcmp(argv[1], "past") == 0)
		past(db, atoll(argv[3]));
	else if (strcmp(argv[1], "attendances") == 0)
		attendances(db, atoll(argv[3]));
	else
		plain(db, atof(argv[3]));
	sqlite3_close(db);
	return 0;
}
