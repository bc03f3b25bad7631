/* stock_load.c – the plain loop that the ledger is held against, and a ledger of millions of lines.
 *
 *   stock_load hot DB            20 hot items, each with a great stock in store-main
 *   stock_load plain DB SECONDS  a plain C-library loop: the same rows as one set of five lines through the API (set,
 *                                lines, balances now and of the day, the audit's line), not below zero, one
 *                                commit each, synchronous=FULL, one thread; prints sets a second
 *   stock_load lines DB ITEMS N  a store `big` with so many items and about N lines on 1000 days
 *
 * Rows are written directly: it is the load that is wanted here; `ledger check` vouches for the sets of the API. */
#include "app/app.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static int
step(sqlite3_stmt *s)
{
	int rc = sqlite3_step(s);

	if (rc != SQLITE_DONE && rc != SQLITE_ROW)
		die("step: %d", rc);
	return rc;
}

static int64_t
number(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *s = prepare(db, sql);
	int64_t v;

	if (step(s) != SQLITE_ROW)
		die("%s: nothing", sql);
	v = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return v;
}

#define ITEM                                                                                       \
	"INSERT INTO stock_item (version, created_at, changed_at, code, name_kk, category, base, " \
	"pack, unit_kk, perishable, returnable, sort_kk, sort_ru, sort_en, fold_key) "

static void
hot(sqlite3 *db)
{
	run(db, "BEGIN; WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < "
		"20) " ITEM
		"SELECT 1, 1, 1, 'hot' || i, 'Өлшем заты ' || i, 'food', 'piece', 1, 'дана', 0, 0, "
		"'', '', '', '' FROM c; COMMIT");
}

/* ---- the loop ---- */

struct plain {
	sqlite3 *db;
	sqlite3_stmt *begin, *set, *line, *now, *day, *audit, *commit;
	int64_t store, household, loss, item0, today, at;
};

static void
open_plain(struct plain *p)
{
	sqlite3 *db = p->db;

	run(db, "PRAGMA synchronous=FULL");
	p->store = number(db, "SELECT id FROM stock_account WHERE code = 'store-main'");
	p->household = number(db, "SELECT id FROM stock_account WHERE code = 'household'");
	p->loss = number(db, "SELECT id FROM stock_account WHERE code = 'loss'");
	p->item0 = number(db, "SELECT id FROM stock_item WHERE code = 'hot1'");
	p->at = clock_now();
	p->today = (p->at + INT64_C(18000000000)) / INT64_C(86400000000);
	p->begin = prepare(db, "BEGIN IMMEDIATE");
	p->set = prepare(db,
	    "INSERT INTO movement_set (nonce, digest, at, recorded_at, author, type) VALUES (?1, "
	    "'0123456789012345678901234567890123456789012345678901234567890123', ?2, ?2, 1, "
	    "'issue')");
	p->line = prepare(db,
	    "INSERT INTO movement_line (movement, n, account, item, lot, quantity, at) VALUES "
	    "(?1, ?2, ?3, ?4, 0, ?5, ?6)");
	p->now =
	    prepare(db, "INSERT INTO stock_now (account, item, lot, balance, last_day) VALUES (?1, "
			"?2, 0, ?3, ?4) ON CONFLICT (account, item, lot) DO UPDATE SET balance = "
			"balance + ?3, last_day = max(last_day, ?4) RETURNING balance");
	p->day = prepare(db, "INSERT INTO stock_day (account, item, lot, day, balance) VALUES (?1, "
			     "?2, 0, ?4, ?3) ON CONFLICT (account, item, lot, day) DO UPDATE SET "
			     "balance = balance + ?3");
	p->audit =
	    prepare(db, "INSERT INTO audit (at, account, action, kind, rec, fields, mac) VALUES "
			"(?1, 1, 'post', 'movement_set', ?2, "
			"'0123456789012345678901234567890123456789012345678901234567890123', ?3)");
	p->commit = prepare(db, "COMMIT");
}

static void
one_line(struct plain *p, int64_t set, int n, int64_t account, int64_t item, int64_t q)
{
	sqlite3_stmt *kept[] = { p->now, p->day };
	size_t i;

	sqlite3_bind_int64(p->line, 1, set);
	sqlite3_bind_int(p->line, 2, n);
	sqlite3_bind_int64(p->line, 3, account);
	sqlite3_bind_int64(p->line, 4, item);
	sqlite3_bind_int64(p->line, 5, q);
	sqlite3_bind_int64(p->line, 6, p->at);
	step(p->line);
	sqlite3_reset(p->line);
	for (i = 0; i < 2; i++) {
		sqlite3_bind_int64(kept[i], 1, account);
		sqlite3_bind_int64(kept[i], 2, item);
		sqlite3_bind_int64(kept[i], 3, q);
		sqlite3_bind_int64(kept[i], 4, p->today);
		if (step(kept[i]) == SQLITE_ROW && account == p->store &&
		    sqlite3_column_int64(kept[i], 0) < 0)
			die("below zero");
		sqlite3_reset(kept[i]);
	}
}

static void
one_set(struct plain *p, int64_t n)
{
	int64_t a = p->item0 + n % 20, b = p->item0 + (n + 1) % 20, id;
	unsigned char mac[32] = { 1 };
	char nonce[64];

	snprintf(nonce, sizeof nonce, "plain-%lld-%lld", (long long)p->at, (long long)n);
	step(p->begin);
	sqlite3_reset(p->begin);
	sqlite3_bind_text(p->set, 1, nonce, -1, SQLITE_TRANSIENT);
	sqlite3_bind_int64(p->set, 2, p->at);
	step(p->set);
	sqlite3_reset(p->set);
	id = sqlite3_last_insert_rowid(p->db);
	one_line(p, id, 0, p->store, a, -3);
	one_line(p, id, 1, p->household, a, 3);
	one_line(p, id, 2, p->store, b, -5);
	one_line(p, id, 3, p->household, b, 4);
	one_line(p, id, 4, p->loss, b, 1);
	sqlite3_bind_int64(p->audit, 1, p->at);
	sqlite3_bind_int64(p->audit, 2, id);
	sqlite3_bind_blob(p->audit, 3, mac, sizeof mac, SQLITE_STATIC);
	step(p->audit);
	sqlite3_reset(p->audit);
	step(p->commit);
	sqlite3_reset(p->commit);
}

static void
plain(sqlite3 *db, double seconds)
{
	struct plain p = { .db = db };
	int64_t from, until, n = 0;

	open_plain(&p);
	from = clock_us();
	until = from + (int64_t)(seconds * 1e6);
	while (clock_us() < until)
		one_set(&p, n++);
	printf("%.0f\n", (double)n / ((double)(clock_us() - from) / 1e6));
}

/* ---- many lines ---- */

static void
lines(sqlite3 *db, long long items, long long n)
{
	char sql[2000];
	long long per = n / items / 2; /* a set of two lines: donor and store */
	int64_t i0;

	run(db, "PRAGMA synchronous=OFF; PRAGMA cache_size=-200000; BEGIN; DROP INDEX "
		"movement_line_place; DROP INDEX movement_line_item");
	snprintf(sql, sizeof sql,
	    "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < %lld) " ITEM
	    "SELECT 1, 1, 1, 'big' || i, 'Өлшем заты ' || i, 'food', 'piece', 1, 'дана', 0, 0, '', "
	    "'', '', '' FROM c",
	    items);
	run(db, sql);
	run(db, "INSERT INTO stock_account (version, created_at, changed_at, code, type, name_kk, "
		"sort_kk, sort_ru, sort_en, fold_key) VALUES (1, 1, 1, 'big', 'store', 'Өлшем', "
		"'', '', '', '')");
	/* A thousand days: each item moves every so many of them, the sets lie in the order of their moments. */
	i0 = number(db, "SELECT id FROM stock_item WHERE code = 'big1'");
	snprintf(sql, sizeof sql,
	    "WITH RECURSIVE c(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM c WHERE k < %lld) "
	    "INSERT INTO movement_set (id, nonce, digest, at, recorded_at, author, type) SELECT "
	    "1000000 + c.k, 'b' || c.k, '', 1643673600000000 + c.k * (86400000000000 / %lld), "
	    "1704067200000000, 1, 'receipt' FROM c",
	    items * per - 1, items * per);
	run(db, sql);
	snprintf(sql, sizeof sql,
	    "INSERT INTO movement_line (movement, n, account, item, lot, quantity, at) SELECT "
	    "s.id, j.n, (SELECT id FROM stock_account WHERE code = j.code), %lld + (s.id - "
	    "1000000) %% %lld, 0, j.q, s.at FROM movement_set s JOIN (SELECT 0 AS n, 'donor' AS "
	    "code, -2 AS q UNION ALL SELECT 1, 'big', 2) j WHERE s.id >= 1000000 ORDER BY 1, 2",
	    (long long)i0, items);
	run(db, sql);
	run(db, "CREATE INDEX movement_line_place ON movement_line (account, item, lot, at, "
		"quantity); CREATE INDEX movement_line_item ON movement_line (item, lot)");
	run(db,
	    "INSERT INTO stock_day (account, item, lot, day, balance) SELECT account, item, lot, "
	    "day, sum(q) OVER (PARTITION BY account, item, lot ORDER BY day) FROM (SELECT account, "
	    "item, lot, (at + 18000000000) / 86400000000 AS day, sum(quantity) AS q FROM "
	    "movement_line WHERE item IN (SELECT id FROM stock_item WHERE code LIKE 'big%') GROUP "
	    "BY 1, 2, 3, 4) ORDER BY 1, 2, 3, 4");
	run(db, "INSERT INTO stock_now (account, item, lot, balance, last_day) SELECT account, "
		"item, lot, sum(quantity), max((at + 18000000000) / 86400000000) FROM "
		"movement_line WHERE item IN (SELECT id FROM stock_item WHERE code LIKE 'big%') "
		"GROUP BY 1, 2, 3");
	run(db, "COMMIT; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)");
	printf("%lld\n", (long long)number(db, "SELECT count(*) FROM movement_line"));
}

int
main(int argc, char **argv)
{
	sqlite3 *db;

	if (argc < 3)
		die("usage: see the head of stock_load.c");
	db = open_db(argv[2]);
	if (strcmp(argv[1], "hot") == 0)
		hot(db);
	else if (strcmp(argv[1], "plain") == 0 && argc == 4)
		plain(db, atof(argv[3]));
	else if (strcmp(argv[1], "lines") == 0 && argc == 5)
		lines(db, atoll(argv[3]), atoll(argv[4]));
	else
		die("usage: see the head of stock_load.c");
	sqlite3_close(db);
	return 0;
}
