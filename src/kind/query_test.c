/* query_test.c – lists: what may be filtered and sorted by, paging that visits every row once in its
 * order, cursors from hostile hands, words, counts, and far too many conditions. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "kind_test.h"
#include "lang/order.h"

enum { ROWS = 47 };

static uint32_t seed;

static uint32_t
next_random(uint32_t below)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % below;
}

/* Rows with many equal and many unknown values. */
static void
fill(void)
{
	static const char *const names[] = { "Әжібай", "Ескендір", "Ғани", "әжібай", "Zhan",
		"2 орын", "10 орын", "Ян" };
	static const char *const states[] = { NULL, "open", "shut", "lost" };
	int n;

	seed = 5;
	for (n = 0; n < ROWS; n++) {
		struct item i = item_new(arena_printf(CX->arena, "c%02d", (n * 29) % ROWS));

		i.name.kk = names[next_random(ARRAY_LEN(names))];
		i.name.ru = next_random(3) == 0 ? NULL : names[next_random(ARRAY_LEN(names))];
		i.amount = next_random(4) == 0 ? INT_NONE : (int64_t)next_random(5) - 2;
		i.day = next_random(4) == 0 ? 0 : 20241101 + (int)next_random(4);
		i.at = next_random(4) == 0 ? 0 : (int64_t)(1 + next_random(4)) * 1000000;
		i.share = next_random(2) == 0 ? (double)NAN : next_random(9) * 0.3;
		i.done = next_random(2) != 0;
		i.state = states[next_random(ARRAY_LEN(states))];
		i.team = next_random(6);
		i.remark = i.phone =
		    next_random(2) == 0 ? NULL : names[next_random(ARRAY_LEN(names))];
		ok(kind_insert(CX, &item_kind, &i));
	}
}

static void
begin(struct query *q)
{
	assert_int_equal(query_init(CX, q, &item_kind), RC_OK);
}

static int64_t
rows_with(const char *name, const char *value)
{
	struct query q;
	struct list l;
	int64_t n = -1;

	begin(&q);
	q.limit = QUERY_LIMIT_MAX;
	ok(query_filter(&q, name, value));
	ok(query_count(&q, &n));
	ok(query_list(&q, &l));
	assert_int_equal(l.n, n); /* the list and the number above it never differ */
	return n;
}

/* ---- order and paging */

static int
text_order(const char *a, const char *b)
{
	int c = strcmp(a, b);

	return (c > 0) - (c < 0);
}

/* The order that the list must have, by the values themselves; NULL is always last. */
static int
in_order(const struct query *q, const struct item *a, const struct item *b)
{
	const struct field *f = q->sort;
	int c = 0, ids = (a->rec.id > b->rec.id) - (a->rec.id < b->rec.id), back = q->desc ? -1 : 1;
	struct val x, y;

	if (q->by_title)
		c = text_order(order_key(CX->arena, kind_title_in(CX, &item_kind, a, CX->lang)),
		    order_key(CX->arena, kind_title_in(CX, &item_kind, b, CX->lang)));
	else if (f != NULL) {
		x = field_val(f, a, (int)CX->lang);
		y = field_val(f, b, (int)CX->lang);
		if (x.null != y.null)
			return x.null ? 1 : -1;
		if (!x.null)
			c = x.t == V_TEXT   ? text_order(x.s.p, y.s.p)
			    : x.t == V_REAL ? (x.r > y.r) - (x.r < y.r)
					    : (x.i > y.i) - (x.i < y.i);
	}
	return back * (c != 0 ? c : ids);
}

/* From the first page to the last: every row once, each behind the one before. */
static void
walk(const char *spec, int limit)
{
	bool met[1000] = { false };
	struct item last;
	struct query q;
	struct list l;
	int64_t total;
	int rows = 0, pages = 0;

	begin(&q);
	ok(query_sort(&q, spec));
	ok(query_count(&q, &total));
	q.limit = limit;
	do {
		size_t i;

		ok(query_list(&q, &l));
		assert_true(l.n <= (size_t)limit && (l.n == (size_t)limit || l.next == NULL));
		for (i = 0; i < l.n; i++) {
			const struct item *r = list_row(&l, &item_kind, i);

			assert_in_range(r->rec.id, 1, ARRAY_LEN(met) - 1);
			if (met[r->rec.id] || (rows > 0 && in_order(&q, &last, r) >= 0))
				fail_msg("sort %s, limit %d, language %d: row %lld", spec, limit,
				    (int)CX->lang, (long long)r->rec.id);
			met[r->rec.id] = true;
			last = *r;
			rows++;
		}
		q.after = l.next;
		assert_true(++pages <= rows + 1);
	} while (l.next != NULL);
	if (rows != total)
		fail_msg("sort %s, limit %d, language %d: %d of %lld rows", spec, limit,
		    (int)CX->lang, rows, (long long)total);
}

static void
every_order(void **state)
{
	static const char *const by[] = { "", "id", "title", "name", "code", "amount", "day", "at",
		"done", "state", "team", "owner", "phone", "rank" };
	static const int limits[] = { 1, 3, ROWS - 1, ROWS, ROWS + 1, QUERY_LIMIT_MAX };
	size_t i, k;
	int l;

	(void)state;
	fill();
	for (l = 0; l < LANG_COUNT; l++)
		for (i = 0; i < ARRAY_LEN(by); i++)
			for (k = 0; k < ARRAY_LEN(limits); k++) {
				struct arena_mark m = arena_mark(CX->arena);

				CX->lang = (enum lang)l;
				walk(by[i], limits[k]);
				if (*by[i] != '\0')
					walk(arena_printf(CX->arena, "-%s", by[i]), limits[k]);
				house_next(&h);
				arena_rewind(CX->arena, m);
			}
}

/* A required text in three languages may lack the reader's one: such rows must not get lost. */
static void
names_without_translation(void **state)
{
	int back, seen;

	(void)state;
	CX->lang = LANG_RU; /* two of the five teams have a Russian name */
	for (back = 0; back < 2; back++) {
		const char *after = NULL;

		for (seen = 0; seen < 6; seen++) {
			struct query q;
			struct list l;

			ok(query_init(CX, &q, &team_kind));
			ok(query_sort(&q, back ? "-name" : "name"));
			q.limit = 1;
			q.after = after;
			ok(query_list(&q, &l));
			assert_int_equal(l.n, 1);
			assert_int_equal(((const struct team *)l.rows)->name.ru != NULL, seen < 2);
			after = l.next;
			if (after == NULL)
				break;
		}
		assert_int_equal(seen, 4);
	}
}

/* Titles as long as they may be: the cursor carries the whole key. */
static void
long_titles(void **state)
{
	char *name = arena_alloc(CX->arena, 601), *phone = arena_alloc(CX->arena, 2001);
	int i;

	(void)state;
	for (i = 0; i < 300; i++)
		memcpy(name + 2 * i, i % 2 == 0 ? "Ұ" : "ь", 2);
	for (i = 0; i < 1000; i++)
		memcpy(phone + 2 * i, "я", 2);
	for (i = 0; i < 5; i++) {
		struct item it = item_new(arena_printf(CX->arena, "c%d", i));

		it.name.kk = name;
		it.phone = phone;
		ok(kind_insert(CX, &item_kind, &it));
	}
	walk("title", 2);
	walk("-title", 1);
	walk("phone", 1);
}

struct seen {
	int64_t rows, stop_at;
};

static int
see(struct ctx *cx, const void *rec, void *arg)
{
	struct seen *s = arg;

	(void)cx;
	assert_int_equal(((const struct item *)rec)->done, true);
	return ++s->rows == s->stop_at ? RC_TOOBIG : RC_OK;
}

/* Exports: past the size of a page, and out when the receiver has enough. */
static void
each_row(void **state)
{
	struct seen all = { 0, 0 }, some = { 0, 7 };
	struct query q;
	int64_t n;
	int i;

	(void)state;
	for (i = 0; i < 230; i++) {
		struct item it = item_new(arena_printf(CX->arena, "c%03d", i));

		it.done = i % 20 != 0;
		it.day = i % 3 == 0 ? 0 : 20241101 + i % 5;
		ok(kind_insert(CX, &item_kind, &it));
	}
	begin(&q);
	ok(query_filter(&q, "done", "1"));
	ok(query_sort(&q, "-day"));
	ok(query_count(&q, &n));
	assert_int_equal(n, 218);
	ok(query_each(&q, see, &all));
	assert_int_equal(all.rows, n);
	ends(RC_TOOBIG, query_each(&q, see, &some));
	assert_int_equal(some.rows, 7);
	begin(&q);
	q.limit = 0;
	refused(query_list(&q, &(struct list){ 0 }), "limit");
	q.limit = QUERY_LIMIT_MAX + 1;
	refused(query_list(&q, &(struct list){ 0 }), "limit");
}

/* ---- filters */

static void
filters(void **state)
{
	(void)state;
	fill();
#define SAME(name, value, where) \
	assert_int_equal(        \
	    rows_with(name, value), house_int(&h, "SELECT count(*) FROM item WHERE " where))
	SAME("amount", "0", "amount = 0");
	SAME("amount", "none", "amount IS NULL");
	SAME("amount_from", "1", "amount >= 1");
	SAME("amount_to", "-1", "amount <= -1");
	SAME("day", "02.11.2024", "day = 20241102");
	SAME("day_from", "2024-11-03", "day >= 20241103");
	SAME("day_to", "2.11.2024", "day <= 20241102");
	SAME("day", "none", "day IS NULL");
	SAME("done", "1", "done = 1");
	SAME("done", "0", "done = 0");
	SAME("state", "shut", "state = 'shut'");
	SAME("state", "none", "state IS NULL");
	SAME("team", "3", "team = 3");
	SAME("team", "t3", "team = 3"); /* by its code, too */
	SAME("team", "none", "team IS NULL");
	SAME("remark", "Ян", "remark = 'Ян'");
	SAME("remark", "none", "remark = 'none'"); /* a text like any other */
	SAME("id", "5", "id = 5");
	SAME("amount", "", "1 = 1");
	SAME("q", "", "1 = 1");
#undef SAME
	assert_int_equal(rows_with("amount", NULL), ROWS);
}

static void
refused_filters(void **state)
{
	static const struct {
		const char *name, *value;
	} bad[] = {
		{ "secret", "1" },
		{ "secret_from", "1" },
		{ "secret", "none" },
		{ "pin", "x" },
		{ "nosuch", "1" },
		{ "name_kk", "x" },
		{ "sort_kk", "x" },
		{ "fold_key", "x" },
		{ "_from", "1" },
		{ "amount_", "1" },
		{ "amount_between", "1" },
		{ "amount; DROP TABLE item", "1" },
		{ "id", "x" },
		{ "id", "1 OR 1" },
		{ "amount", "x" },
		{ "day", "32.01.2024" },
		{ "state", "OPEN" },
		{ "team", "t9" },
		{ "team", "-1" },
		{ "created_at", "1" },
	};
	static const char *const closed[] = { "remark", "remark_from", "owner", "owner_to",
		"phone" };
	struct actor guest = actor_of(ROLE_GUEST);
	struct query q;
	struct list l;
	size_t i;

	(void)state;
	fill();
	for (i = 0; i < ARRAY_LEN(bad); i++) {
		begin(&q);
		refused(query_filter(&q, bad[i].name, bad[i].value), bad[i].name);
	}
	refused(query_sort(&q, "secret"), "secret");
	refused(
	    query_sort(&q, "share"), "share"); /* no number of cursor brings a real back exactly */
	refused(query_sort(&q, "remark"), "remark"); /* pages of text */
	refused(query_sort(&q, "nosuch"), "nosuch");
	refused(query_sort(&q, "--id"), "-id");
	refused(query_sort(&q, "amount DESC"), "amount DESC");
	CX->actor = &guest;
	for (i = 0; i < ARRAY_LEN(closed); i++) {
		begin(&q);
		refused(query_filter(&q, closed[i], "x"), closed[i]);
		refused(query_filter(&q, closed[i], "none"), closed[i]);
		begin(&q);
		refused(query_sort(&q, closed[i]), closed[i]);
	}
	begin(&q);
	ok(query_list(&q, &l));
	guest.caps = 0;
	ends(RC_DENIED, query_init(CX, &q, &item_kind));
}

static void
words(void **state)
{
	static const char *const names[] = { "Айгүл Серікқызы", "АЙГУЛ Сапарова", "Aigul Test",
		"Гүлай", "a%b_c\\d", "axbyczd" };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(names); i++) {
		struct item it = item_new(arena_printf(CX->arena, "n%zu", i));

		it.name.kk = names[i];
		it.remark = "Айгүл"; /* not searched: not everybody reads it */
		ok(kind_insert(CX, &item_kind, &it));
	}
	assert_int_equal(rows_with("q", "Айгүл"), 3);
	assert_int_equal(rows_with("q", "aigul"), 3);
	assert_int_equal(rows_with("q", "  айгул   сапар "), 1);
	assert_int_equal(rows_with("q", "сапар айгул"), 1);
	assert_int_equal(rows_with("q", "айгул жоқ"), 0);
	assert_int_equal(rows_with("q", "n3"), 1); /* the code, too */
	/* Wild cards are letters like others: none matches what it does not name. */
	assert_int_equal(rows_with("q", "a%c"), rows_with("q", "a c"));
	assert_int_equal(rows_with("q", "x%z"), 1);
	assert_int_equal(rows_with("q", "n_"), rows_with("q", "n"));
	assert_int_equal(rows_with("q", "a a a a a a a a a a a a a a"), rows_with("q", "a"));
	assert_int_equal(rows_with("q", "' OR 1=1 --"), 0);
}

static void
too_many(void **state)
{
	struct query q;
	struct list l;
	int64_t n;
	int i;

	(void)state;
	fill();
	begin(&q);
	for (i = 0; i < QUERY_VALS; i++)
		ok(query_filter(&q, "amount_from", "-1000"));
	ok(query_count(&q, &n));
	assert_true(n > 0);
	ok(query_list(&q, &l));
	ok(query_filter(&q, "amount_from", "-1000"));
	ends(RC_INVALID, query_list(&q, &l));
	ends(RC_INVALID, query_count(&q, &n));
	/* The last place is the cursor's. */
	begin(&q);
	q.limit = 1;
	for (i = 0; i < QUERY_VALS; i++)
		ok(query_filter(&q, "amount_from", "-1000"));
	ok(query_list(&q, &l));
	assert_non_null(l.next);
	q.after = l.next;
	ends(RC_INVALID, query_list(&q, &l));
}

/* ---- cursors from hostile hands */

static const char *
hex_of(const char *plain)
{
	struct buf b;

	buf_init(&b, CX->arena, 0);
	buf_hex(&b, plain, strlen(plain));
	return b.p;
}

static void
cursors(void **state)
{
	static const char *const plain[] = { "x", ".", ".v", "1.", "1.x", "1x.vabc", "1 2.v", ".n",
		"-.n", "--1.n", "99999999999999999999.n", "1.v1e3", "1.v", "1.vx",
		"1.v99999999999999999999", "1.v1.5", "1", "1.n\xff", "1.v\xff", "1.v\xd2",
		"\xff.n" };
	static const char *const raw[] = { "3", "zz", "3G", " ", "31 ", "AB", "00", "3100",
		"312e6e00", "0x31", "-1", "1;" };
	static const char *const sorts[] = { "", "amount", "title", "phone", "done" };
	struct query q;
	struct list l;
	size_t i, k;
	char *long_one = arena_alloc(CX->arena, 200001);

	(void)state;
	fill();
	memset(long_one, '3', 200000);
	for (k = 0; k < ARRAY_LEN(sorts); k++) {
		begin(&q);
		ok(query_sort(&q, sorts[k]));
		for (i = 0; i < ARRAY_LEN(raw); i++) {
			q.after = raw[i];
			refused(query_list(&q, &l), "after");
		}
		q.after = long_one;
		refused(query_list(&q, &l), "after");
		/* Not every wrong one can be told from a right one, but none is an error of the house. */
		for (i = 0; i < ARRAY_LEN(plain); i++) {
			q.after = hex_of(plain[i]);
			int rc = query_list(&q, &l);

			if (rc != RC_OK && (rc != RC_INVALID || CX->err.fields == NULL))
				fail_msg("sort %s, cursor %zu: %d %s", sorts[k], i, rc,
				    CX->err.detail == NULL ? "" : CX->err.detail);
			house_next(&h);
		}
	}
	begin(&q);
	ok(query_sort(&q, "amount"));
	q.after = hex_of("5.vabc"); /* the cursor of another order */
	refused(query_list(&q, &l), "after");
	q.after = hex_of("5");
	refused(query_list(&q, &l), "after");
	ok(query_sort(&q, "title"));
	q.after = hex_of("5.v\xff\xfe");
	refused(query_list(&q, &l), "after");
	q.after = "";
	ok(query_list(&q, &l));
	assert_int_equal(l.n, 25);
}

/* Real cursors with a digit changed: an answer or a refusal. */
static void
spoiled_cursors(void **state)
{
	static const char *const sorts[] = { "id", "amount", "title", "phone", "-day" };
	struct query q;
	struct list l;
	size_t k;
	int i;

	(void)state;
	fill();
	for (k = 0; k < ARRAY_LEN(sorts); k++) {
		char *c;

		begin(&q);
		ok(query_sort(&q, sorts[k]));
		q.limit = 10;
		ok(query_list(&q, &l));
		assert_non_null(l.next);
		c = arena_str(CX->arena, l.next);
		for (i = 0; i < 150; i++) {
			size_t at = next_random((uint32_t)strlen(c));
			char was = c[at];
			int rc;

			c[at] = "0123456789abcdef"[next_random(16)];
			q.after = c;
			rc = query_list(&q, &l);
			if (rc != RC_OK && (rc != RC_INVALID || CX->err.fields == NULL))
				fail_msg("%s: cursor %s: %d %s", sorts[k], c, rc,
				    CX->err.detail == NULL ? "" : CX->err.detail);
			house_next(&h);
			if (i % 3 != 0)
				c[at] = was;
		}
	}
}

/* Letters of the rows that are asked for, and rows of a letter, in the reader's language. */
static void
letters(void **state)
{
	static const char *const names[] = { "Әсем", "асыл", "Алма", "«Қала»", "Қар", "Zebra",
		"7 ән", "—" };
	const char *have[QUERY_LETTERS];
	struct query q;
	int64_t n;
	size_t i, got;

	(void)state;
	for (i = 0; i < ARRAY_LEN(names); i++) {
		struct item it = item_new(arena_printf(CX->arena, "letter%zu", i));

		it.name = (struct text3){ names[i], i == 0 ? "Яна" : NULL, NULL };
		it.amount = (int64_t)i;
		ok(kind_insert(CX, &item_kind, &it));
	}
	CX->lang = LANG_KK;
	ok(query_init(CX, &q, &item_kind));
	query_and(&q, "item.code LIKE 'letter%'", NO_VALS);
	ok(query_letters(&q, have, &got));
	assert_int_equal(got, 5);
	assert_string_equal(have[0], "0");
	assert_string_equal(have[1], "А");
	assert_string_equal(have[2], "Ә");
	assert_string_equal(have[3], "Қ");
	assert_string_equal(have[4], "Z");
	ok(query_filter(&q, "amount_from", "1")); /* «Әсем» falls out, and with it its letter */
	ok(query_letters(&q, have, &got));
	assert_int_equal(got, 4);
	ok(query_filter(&q, "letter", "қ"));
	ok(query_count(&q, &n));
	assert_int_equal(n, 2);
	ok(query_letters(&q, have, &got));
	assert_int_equal(got, 1);
	CX->lang = LANG_RU;
	ok(query_init(CX, &q, &item_kind));
	query_and(&q, "item.code = 'letter0'", NO_VALS);
	ok(query_letters(&q, have, &got));
	assert_string_equal(have[0], "Я");
	refused(query_filter(&q, "letter", "АБ"), "letter");
	ok(query_init(CX, &q, &guarded_kind));
	CX->lang = LANG_EN;
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		BOTH(every_order),
		BOTH(names_without_translation),
		BOTH(long_titles),
		BOTH(each_row),
		BOTH(letters),
		BOTH(filters),
		BOTH(refused_filters),
		BOTH(words),
		BOTH(too_many),
		BOTH(cursors),
		BOTH(spoiled_cursors),
	};

	return run_both("kind query", tests, ARRAY_LEN(tests));
}
