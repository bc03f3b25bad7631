/* stock_test.c – the ledger on both engines: what balances must hold, random work against a model, many writers on the
 * last blanket, and whoever edits the tables by hand. */
#include "test_stock.h"

#include <pthread.h>
#include <stdatomic.h>

/* ---- one rule after another ---- */

static void
test_rules(void **state)
{
	int64_t lot, old_lot;
	struct stock_account a;

	(void)state;
	OK(move("donor", "store-main", "bread", 100));
	OK(move("store-main", "household", "bread", 40));
	assert_int_equal(holds("store-main", "bread"), 60);
	assert_int_equal(holds("donor", "bread"), -100);
	ENDS(RC_RULE, move("store-main", "household", "bread", 61));
	assert_non_null(strstr(CX->err.text, "60"));
	house_next(&house);
	assert_int_equal(holds("store-main", "bread"), 60);
	ENDS(RC_INVALID, move("donor", "store-main", "bread", 0));
	house_next(&house);
	ENDS(RC_INVALID, move("donor", "store-main", "bread", QUANTITY_MAX + 1));
	house_next(&house);
	/* stock-5 */
	ENDS(RC_INVALID, move("donor", "store-main", "meat", 5000));
	house_next(&house);
	lot = new_lot("meat-1", "meat", 20241231);
	old_lot = new_lot("meat-0", "meat", 20241101);
	OK(move_at(CX->now, "donor", "store-main", "meat", lot, 5000));
	OK(move_at(CX->now, "donor", "store-main", "meat", old_lot, 5000));
	OK(move_at(CX->now, "store-main", "household", "meat", lot, 1000));
	ENDS(RC_RULE, move_at(CX->now, "store-main", "household", "meat", old_lot, 1000));
	house_next(&house);
	OK(move_at(CX->now, "store-main", "loss", "meat", old_lot, 5000));
	ENDS(
	    RC_INVALID, move_at(CX->now, "donor", "store-main", "bread", lot, 1)); /* not its lot */
	house_next(&house);
	/* stock-7: a store that holds something stays open; an empty one takes nothing afterwards */
	OK(stock_account_find(CX, "store-main", &a));
	a.closed = 20241101;
	ENDS(RC_INVALID, kind_update(CX, &stock_account_kind, &a));
	house_next(&house);
	new_account("shut", "store");
	OK(stock_account_find(CX, "shut", &a));
	a.closed = 20241101;
	OK(kind_update(CX, &stock_account_kind, &a));
	ENDS(RC_RULE, move("donor", "shut", "bread", 1));
	house_next(&house);
	balanced();
}

static void
test_sums_and_money(void **state)
{
	struct movement_line bad[] = { { account("donor"), item("bread"), 0, -5 },
		{ account("store-main"), item("bread"), 0, 4 } };
	struct movement_line mixed[] = { { account("donor"), item("bread"), 0, -5 },
		{ account("store-main"), item("bread"), 0, 5 },
		{ account("donor"), item("cash"), 0, -100 },
		{ account("store-main"), item("cash"), 0, 100 } };
	/* 10 kg of flour become 20 loaves, through `conversion` */
	struct movement_line baked[] = { { account("store-main"), item("flour"), 0, -10000 },
		{ account("conversion"), item("flour"), 0, 10000 },
		{ account("conversion"), item("bread"), 0, -20 },
		{ account("store-main"), item("bread"), 0, 20 } };
	struct movement_line nothing[] = { { account("donor"), item("bread"), 0, -5 },
		{ account("donor"), item("bread"), 0, 5 } };
	struct movement m = { .nonce = "m1", .at = CX->now, .lines = bad, .nlines = 2 };
	bool again;

	(void)state;
	ENDS(RC_INVALID, movement_post(CX, &m, &again));
	house_next(&house);
	m = (struct movement){ .nonce = "m2", .at = CX->now, .lines = mixed, .nlines = 4 };
	ENDS(RC_RULE, movement_post(CX, &m, &again));
	house_next(&house);
	m = (struct movement){ .nonce = "m3", .at = CX->now, .lines = nothing, .nlines = 2 };
	ENDS(RC_RULE, movement_post(CX, &m, &again));
	house_next(&house);
	m = (struct movement){
		.nonce = "m4", .at = CX->now + 2 * US_PER_DAY, .lines = baked, .nlines = 4
	};
	ENDS(RC_INVALID, movement_post(CX, &m, &again));
	house_next(&house);
	m = (struct movement){ .nonce = "no blanks", .at = CX->now, .lines = baked, .nlines = 4 };
	ENDS(RC_INVALID, movement_post(CX, &m, &again));
	house_next(&house);
	m = (struct movement){ .nonce = "m5", .at = CX->now, .lines = baked, .nlines = 4 };
	ENDS(RC_RULE,
	    movement_post(CX, &m, &again)); /* no flour yet: the bread does not come either */
	house_next(&house);
	assert_int_equal(holds("store-main", "bread"), 0);
	OK(move("donor", "store-main", "flour", 10000));
	OK(movement_post(CX, &m, &again));
	assert_int_equal(holds("store-main", "bread"), 20);
	assert_int_equal(holds("store-main", "flour"), 0);
	balanced();
}

static void
test_nonce(void **state)
{
	struct movement_line l[] = { { account("donor"), item("bread"), 0, -5 },
		{ account("store-main"), item("bread"), 0, 5 } };
	struct movement_line turned[] = { { account("store-main"), item("bread"), 0, 3 },
		{ account("donor"), item("bread"), 0, -5 },
		{ account("store-main"), item("bread"), 0, 2 } };
	struct movement m = { .nonce = "once", .at = CX->now, .lines = l, .nlines = 2 }, same;
	int64_t first, back;
	bool again;
	int i;

	(void)state;
	OK(movement_post(CX, &m, &again));
	assert_false(again);
	first = m.id;
	for (i = 0; i < 5; i++) {
		same = (struct movement){ .nonce = "once",
			.at = CX->now,
			.lines = i % 2 ? l : turned,
			.nlines = i % 2 ? 2 : 3 };
		OK(movement_post(CX, &same, &again));
		assert_true(again);
		assert_int_equal(same.id, first);
	}
	assert_int_equal(holds("store-main", "bread"), 5);
	l[0].quantity = -6;
	l[1].quantity = 6;
	ENDS(RC_CONFLICT, movement_post(CX, &m, &again));
	house_next(&house);
	/* stock-8: wholly, of a set that there is, and no counter-set. */
	l[0].quantity = 3;
	l[1].quantity = -3;
	m = (struct movement){
		.nonce = "part", .at = CX->now, .lines = l, .nlines = 2, .reverses = first
	};
	ENDS(RC_RULE, movement_post(CX, &m, &again));
	house_next(&house);
	m.reverses = 4711;
	ENDS(RC_INVALID, movement_post(CX, &m, &again));
	house_next(&house);
	OK(movement_reverse(CX, first, "back", "typed twice", &back));
	assert_int_equal(holds("store-main", "bread"), 0);
	ENDS(RC_EXISTS, movement_reverse(CX, first, "back2", NULL, &back));
	house_next(&house);
	ENDS(RC_RULE, movement_reverse(CX, back, "forth", NULL, &back));
	house_next(&house);
	assert_int_equal(holds("store-main", "bread"), 0);
	balanced();
}

/* Late entries: movement time is not recording time, and both can be asked. */
static void
test_two_clocks(void **state)
{
	int64_t noon = CX->now, day = US_PER_DAY;

	(void)state;
	OK(move_at(noon - 5 * day, "donor", "store-main", "bread", 0, 100));
	OK(move_at(noon - day, "store-main", "household", "bread", 0, 80));
	CX->now =
	    noon +
	    3600 * US_PER_SECOND; /* an hour later somebody enters what happened three days ago */
	ENDS(RC_RULE, move_at(noon - 3 * day, "store-main", "household", "bread", 0,
			  30)); /* 100 were there, 80 are gone since */
	house_next(&house);
	OK(move_at(noon - 3 * day, "store-main", "household", "bread", 0, 15));
	assert_int_equal(holds("store-main", "bread"), 5);
	assert_int_equal(holds_at("store-main", "bread", noon - 4 * day, 0), 100);
	assert_int_equal(holds_at("store-main", "bread", noon - 3 * day - 1, 0), 100);
	assert_int_equal(holds_at("store-main", "bread", noon - 3 * day, 0), 85);
	assert_int_equal(holds_at("store-main", "bread", noon - 2 * day, 0), 85);
	assert_int_equal(holds_at("store-main", "bread", noon - 2 * day, noon), 100);
	assert_int_equal(holds_at("store-main", "bread", 0, noon), 20);
	assert_int_equal(holds_at("store-main", "bread", noon - 6 * day, 0), 0);
	balanced();
}

static void
test_roles(void **state)
{
	static const struct actor leader = { .role = ROLE_MEMBER,
		.caps = UINT64_C(1) << CAP_PUBLIC,
		.login = "",
		.name = "",
		.csrf = "" };
	struct stock_row *r;
	size_t n;
	int64_t store = account("store-main");

	(void)state;
	CX->actor = &leader;
	ENDS(RC_DENIED, move("donor", "store-main", "bread", 1));
	house_next(&house);
	CX->actor = &leader;
	ENDS(RC_DENIED, stock_at(CX, store, 0, 0, &r, &n));
	CX->actor = &actor_system;
	house_next(&house);
}

/* ---- random work against a model ---- */

static uint32_t seed;
static int
dice(int n)
{
	seed = seed * 1664525u + 1013904223u;
	return (int)((seed >> 8) % (uint32_t)n);
}

enum { PLACES = 5, GOODS = 4, DAYS = 6, ROUNDS = 150 };
static const char *const places[PLACES] = { "donor", "store-main", "store-2", "household", "loss" };
static const char *const goods[GOODS] = { "bread", "flour", "blanket", "cash" };

/* What of each day: the sum of the accepted lines. */
static int64_t model[PLACES][GOODS][DAYS];

static int64_t
model_at(int place, int good, int day)
{
	int64_t sum = 0;
	int d;

	for (d = 0; d <= day; d++)
		sum += model[place][good][d];
	return sum;
}

static bool
model_allows(int place, int good, int day, int64_t q)
{
	int d;

	if (place == 0 || place == 4 || q > 0)
		return true;
	for (d = day; d < DAYS; d++)
		if (model_at(place, good, d) + q < 0)
			return false;
	return true;
}

static void
test_property(void **state)
{
	int64_t first = CX->now - DAYS * US_PER_DAY;
	const char *s = getenv("SHANYRAQ_TEST_SEED");
	int i, p, g, d, refused = 0, taken = 0;

	(void)state;
	seed = s == NULL ? 7 : (uint32_t)strtoul(s, NULL, 10);
	memset(model, 0, sizeof(model));
	new_account("store-2", "store");
	for (i = 0; i < ROUNDS; i++) {
		int from = dice(PLACES), to = dice(PLACES - 1), good = dice(GOODS),
		    day = dice(DAYS);
		int64_t q = 1 + dice(40);
		bool allowed;
		int rc;

		to += to >= from;
		allowed = model_allows(from, good, day, -q);
		rc = move_at(first + day * US_PER_DAY + dice(3600) * US_PER_SECOND, places[from],
		    places[to], goods[good], 0, q);
		ends_at(rc, allowed ? RC_OK : RC_RULE, "move", __LINE__);
		refused += !allowed;
		taken += allowed;
		if (allowed) {
			model[from][good][day] -= q;
			model[to][good][day] += q;
		}
		house_next(&house);
	}
	assert_true(refused > 10 && taken > 50);
	for (p = 0; p < PLACES; p++)
		for (g = 0; g < GOODS; g++)
			for (d = 0; d < DAYS; d++)
				assert_int_equal(
				    holds_at(places[p], goods[g],
					first + d * US_PER_DAY + 3600 * US_PER_SECOND, 0),
				    model_at(p, g, d));
	balanced();
}

/* ---- the last blanket, asked by many desks at once ---- */

enum { THREADS = 8, EACH = 12, BLANKETS = 50 };
static atomic_int handed, refused_now, broken;
static int64_t store_id, house_id, blanket_id;

static void *
desk(void *arg)
{
	int me = *(int *)arg, i;
	struct arena arena;
	struct arena_mark mark;
	struct ctx cx;

	arena_init(&arena);
	mark = arena_mark(&arena);
	for (i = 0; i < EACH; i++) {
		struct movement_line l[] = { { store_id, blanket_id, 0, -1 },
			{ house_id, blanket_id, 0, 1 } };
		struct movement m = { .lines = l, .nlines = 2 };
		bool again;
		int rc;

		cx = (struct ctx){ .arena = &arena,
			.actor = &actor_system,
			.now = house.cx.now,
			.today = 20241115 };
		db_bind(&cx, house.store);
		m.nonce = arena_printf(&arena, "d%d-%d", me, i);
		m.at = cx.now;
		rc = movement_post(&cx, &m, &again);
		if (rc == RC_OK)
			atomic_fetch_add(&handed, 1);
		else if (rc == RC_RULE)
			atomic_fetch_add(&refused_now, 1);
		else {
			print_error("%d %s %s\n", rc, cx.err.text, cx.err.detail);
			atomic_fetch_add(&broken, 1);
		}
		db_end(&cx);
		arena_rewind(&arena, mark);
	}
	arena_done(&arena);
	return NULL;
}

static void
test_last_blanket(void **state)
{
	pthread_t t[THREADS];
	int me[THREADS], i;

	(void)state;
	OK(move("donor", "store-main", "blanket", BLANKETS));
	store_id = account("store-main");
	house_id = account("household");
	blanket_id = item("blanket");
	house_next(&house);
	atomic_store(&handed, 0);
	atomic_store(&refused_now, 0);
	atomic_store(&broken, 0);
	for (i = 0; i < THREADS; i++) {
		me[i] = i;
		assert_int_equal(pthread_create(&t[i], NULL, desk, &me[i]), 0);
	}
	for (i = 0; i < THREADS; i++)
		assert_int_equal(pthread_join(t[i], NULL), 0);
	assert_int_equal(atomic_load(&broken), 0);
	assert_int_equal(atomic_load(&handed), BLANKETS);
	assert_int_equal(atomic_load(&refused_now), THREADS * EACH - BLANKETS);
	assert_int_equal(holds("store-main", "blanket"), 0);
	balanced();
}

/* ---- whoever edits by hand is named ---- */

/* One edit and what the check says of it. */
static const char *const edits[][2] = {
	{ "UPDATE movement_line SET quantity = quantity + 1 WHERE n = 1 AND movement = (SELECT "
	  "min(id) FROM movement_set)",
	    "adds up to" },
	{ "UPDATE movement_line SET quantity = quantity * 2 WHERE movement = (SELECT min(id) FROM "
	  "movement_set)",
	    "digest" },
	{ "UPDATE stock_now SET balance = balance + 1 WHERE balance > 0", "kept as" },
	{ "UPDATE stock_day SET balance = balance + 1 WHERE balance > 0", "is kept as" },
	{ "UPDATE movement_set SET note = 'x' WHERE note IS NULL", "digest" },
	{ "DELETE FROM movement_line WHERE quantity > 0", "not those of a set" },
	{ "INSERT INTO stock_now (account, item, lot, balance, last_day) SELECT account, "
	  "item, 77, 5, 20000"
	  " FROM stock_now WHERE balance > 0",
	    "without lines" },
	{ "DELETE FROM stock_day WHERE balance > 0", "is kept as 0" },
};

static size_t edit_next;

static void
test_tampering(void **state)
{
	const char *const *edit = edits[edit_next++];
	const char *text;

	(void)state;
	OK(move("donor", "store-main", "bread", 10));
	OK(move("donor", "store-main", "bread", 5));
	balanced();
	house_sql(&house, edit[0]);
	assert_true(differences(&text) > 0);
	if (strstr(text, edit[1]) == NULL)
		fail_msg("%s\nsays\n%s", edit[0], text);
}

static int
run(void)
{
	const struct CMUnitTest tests[] = { T(test_rules), T(test_sums_and_money), T(test_nonce),
		T(test_two_clocks), T(test_roles), T(test_property), T(test_last_blanket),
		T(test_tampering), T(test_tampering), T(test_tampering), T(test_tampering),
		T(test_tampering), T(test_tampering), T(test_tampering), T(test_tampering) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}

int
main(int argc, char **argv)
{
	return stock_tests(argc, argv, run);
}
