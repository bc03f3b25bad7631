/* field_order_test.c – property: whatever three laptops and the house did, every order of merging, some of it twice, ends in
 * the same needs, balances, shortages, stays, log and conflicts. On both engines.
 *
 * The same work is done again from the same seed in a fresh house for each order; what the state is stands in a text without
 * ids, codes and moments. */
#include "mod/field/test_field_work.h"

enum { LAPTOPS = 3, STEPS = 14, SEEDS = 2, ORDERS = 3, HOUSEHOLDS = 2 };

static uint64_t seed;
static int64_t households[HOUSEHOLDS];

static int
draw(int n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (int)(seed % (uint64_t)n);
}

/* ---- work ---- */

static void
any_step(struct ctx *cx, int64_t id)
{
	struct need n;
	size_t i, found = 0, pick;

	db_end(cx);
	err_clear(cx);
	assert_int_equal(kind_load(cx, &need_kind, id, &n), RC_OK);
	for (i = 0; i < need_nsteps; i++)
		found += strcmp(need_steps[i].from, n.state) == 0;
	pick = (size_t)draw((int)found);
	for (i = 0; i < need_nsteps; i++)
		if (strcmp(need_steps[i].from, n.state) == 0 && pick-- == 0)
			break;
	assert_int_equal(step(cx, id, need_steps[i].action,
			     need_steps[i].reason ? (draw(2) ? "first" : "second") : NULL),
	    RC_OK);
}

static void
any_arrival(struct ctx *cx, const char *who)
{
	static const char *const places[] = { "school", "hall", "gym" };
	struct arrival_in in = { .household = households[draw(HOUSEHOLDS)], .move = true };
	struct arrival_out out;
	int64_t id;
	int rc;

	(void)who;
	db_end(cx);
	err_clear(cx);
	assert_int_equal(db_int(cx, &id, "SELECT id FROM relief_place WHERE code = $1",
			     VALS(v_text(places[draw(3)]))),
	    RC_OK);
	in.place = id;
	rc = centre_arrive(cx, &in, &out);
	/* there already, or by the wrong clock before it left the last one */
	assert_true(rc == RC_OK || rc == RC_CONFLICT || rc == RC_INVALID || rc == RC_RULE);
}

static void
any_edit(struct ctx *cx, int64_t id)
{
	struct need n;

	db_end(cx);
	err_clear(cx);
	assert_int_equal(kind_load(cx, &need_kind, id, &n), RC_OK);
	n.people = 5 + draw(3);
	assert_int_equal(kind_update(cx, &need_kind, &n), RC_OK);
}

static void
log_line(struct ctx *cx, const char *text)
{
	int64_t id;

	assert_int_equal(relief_log_add(cx, hq, text, 0, &id), RC_OK);
}

/* Each alone has enough, or is told that it has not; all together have not. */
static void
any_goods(struct ctx *cx, const char *nonce)
{
	bool in = draw(4) == 0;
	int rc =
	    move_goods(cx, nonce, in ? "donor" : "depot", in ? "depot" : "household", 1 + draw(6));

	assert_true(rc == RC_OK || rc == RC_RULE);
}

static void
work(struct ctx *cx, const char *who)
{
	int64_t own = 0;
	int i;

	for (i = 0; i < STEPS; i++) {
		const char *nonce = arena_printf(cx->arena, "%s-%d", who, i);
		int what = draw(8);

		db_end(cx);
		err_clear(cx);
		cx->now += (draw(5) - 2) * HOUR; /* the clock is set to and fro */
		if (what < 3)
			any_step(cx, needs[draw(4)]);
		else if (what == 3)
			any_goods(cx, nonce);
		else if (what == 4)
			any_edit(cx, needs[draw(4)]);
		else if (what == 5 && own == 0)
			own = take_need(cx, nonce);
		else if (what == 5)
			any_step(cx, own);
		else if (what == 6)
			log_line(cx, nonce);
		else
			any_arrival(cx, who);
	}
	db_end(cx);
	err_clear(cx);
}

/* ---- what came of it ---- */

static void
put_rows(struct buf *b, const char *what, const char *sql, int columns)
{
	AUTO_ROWS r = { 0 };
	int i;

	house_next(&house);
	OK(db_rows(CX, &r, sql, NO_VALS));
	while (rows_next(&r)) {
		buf_printf(b, "%s", what);
		for (i = 0; i < columns; i++)
			buf_printf(b, " | %s", row_null(&r, i) ? "-" : row_text(&r, i));
		buf_char(b, '\n');
	}
	OK(rows_end(&r));
	house_next(&house);
}

static char *
state_text(void)
{
	struct buf b;

	buf_init(&b, CX->arena, 0);
	put_rows(&b, "need",
	    "SELECT id, state, state_reason, owner, people FROM need WHERE id <= 4 ORDER BY id", 5);
	put_rows(&b, "new need",
	    "SELECT state, state_reason, people, count(*) FROM need WHERE id > 4 GROUP BY state, "
	    "state_reason, people ORDER BY state, state_reason, people",
	    4);
	put_rows(&b, "balance",
	    "SELECT a.code, i.code, sum(n.balance) FROM stock_now n JOIN stock_account a ON a.id = "
	    "n.account JOIN stock_item i ON i.id = n.item GROUP BY a.code, i.code ORDER BY a.code, "
	    "i.code",
	    3);
	put_rows(&b, "shortage",
	    "SELECT a.code, s.day, s.quantity FROM stock_shortage s JOIN stock_account a ON a.id = "
	    "s.account WHERE s.state = 'open' ORDER BY a.code, s.day",
	    3);
	put_rows(&b, "sets", "SELECT count(*) FROM movement_set", 1);
	put_rows(&b, "log", "SELECT text FROM relief_log ORDER BY text", 1);
	put_rows(&b, "stay",
	    "SELECT s.household, p.code, s.left_at IS NULL, count(*) FROM stay s JOIN relief_place "
	    "p ON p.id = s.place GROUP BY s.household, p.code, s.left_at IS NULL ORDER BY "
	    "s.household, p.code, 3",
	    4);
	put_rows(&b, "conflict",
	    "SELECT what, CASE WHEN what = 'need' THEN record ELSE 0 END, part, source_stands, "
	    "source_other, other FROM field_conflict WHERE state = 'waiting' AND what = 'need' "
	    "ORDER BY 2, part, source_other",
	    6);
	put_rows(&b, "conflict of stays",
	    "SELECT c.part, c.source_stands, c.source_other, s.household FROM field_conflict c "
	    "JOIN "
	    "stay s ON s.id = c.record WHERE c.state = 'waiting' AND c.what = 'stay' ORDER BY 4, "
	    "c.part, 2, 3",
	    4);
	return strdup(b.p);
}

/* Orders: each laptop once at least. */
static const char *const orders[ORDERS] = { "012", "2101", "1102201" };

static char *
play(uint64_t with, const char *order)
{
	struct laptop l[LAPTOPS];
	char *text;
	int i;

	seed = with;
	for (i = 0; i < LAPTOPS; i++)
		laptop_open(&l[i]);
	work(CX, "house");
	for (i = 0; i < LAPTOPS; i++) {
		on(&l[i]);
		work(&l[i].cx, arena_printf(CX->arena, "laptop%d", i));
		off(&l[i]);
	}
	CX->now = INT64_C(1731650400000000) + 48 * HOUR;
	for (; *order != '\0'; order++)
		merge(&l[*order - '0']);
	differences_of(CX, order);
	text = state_text();
	for (i = 0; i < LAPTOPS; i++)
		laptop_close(&l[i]);
	return text;
}

static void
begin(void **state)
{
	int i;

	open_field(state);
	place("hall", "centre", 50);
	place("gym", "centre", 50);
	needs[2] = take_need(CX, "Төртінші");
	needs[3] = take_need(CX, "Бесінші");
	for (i = 0; i < HOUSEHOLDS; i++)
		OK(household_take(CX,
		    &(struct household_in){
			.headquarters = hq, .name = "Отбасы", .heads = { .n = { 1, 1 } } },
		    &households[i]));
	house_next(&house);
}

static void
test_orders(void **state)
{
	const char *more = getenv("FIELD_SEEDS"); /* a longer search by hand */
	uint64_t s, last = more != NULL ? strtoull(more, NULL, 10) : engine == DB_PG ? 1 : SEEDS;
	int o;

	for (s = 1; s <= last; s++) {
		char *first = NULL;

		for (o = 0; o < ORDERS; o++) {
			char *text;

			begin(state);
			text = play(s * UINT64_C(88172645463325252) + 7, orders[o]);
			close_house(state);
			if (first != NULL && strcmp(first, text) != 0)
				print_error("seed %llu, order %s:\n%s\norder %s:\n%s\n",
				    (unsigned long long)s, orders[0], first, orders[o], text);
			if (first != NULL)
				assert_string_equal(first, text);
			if (first != NULL)
				free(text);
			else
				first = text;
		}
		if (getenv("FIELD_SHOW") != NULL)
			print_message("%s\n", first);
		free(first);
	}
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_orders) };

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
