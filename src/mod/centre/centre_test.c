/* centre_test.c – households in centres: in one at a time, counted at any moment as by hand, found by whoever may, fairly
 * supplied. On both engines. */
#include "centre_house.h"

#include <pthread.h>
#include <stdatomic.h>

static int64_t
family(const char *name, int64_t adults, int64_t children)
{
	struct household_in in = { .headquarters = hq, .name = name };
	int64_t id;

	in.heads.n[4] = adults;
	in.heads.n[2] = children;
	OK(household_take(CX, &in, &id));
	return id;
}

static int
arrive(int64_t household, int64_t where, int64_t at, bool move)
{
	struct arrival_in in = { .household = household, .place = where, .at = at, .move = move };
	struct arrival_out out;

	return centre_arrive(CX, &in, &out);
}

static int
leave(int64_t household, int64_t at)
{
	struct stay s;
	bool again;

	TRY(household_stay(CX, household, &s));
	return centre_leave(
	    CX, &(struct departure_in){ .stay = s.rec.id, .at = at, .where_to = "home" }, &again);
}

static int64_t
people_in(int64_t where, int64_t at)
{
	struct occupancy *o;
	size_t n, i;

	house_next(&house);
	OK(centre_occupancy(CX, hq, at, &o, &n));
	for (i = 0; i < n; i++)
		if (o[i].place == where)
			return heads_all(&o[i].heads);
	fail_msg("no centre %lld", (long long)where);
	return -1;
}

/* ---- arriving and leaving ---- */

static void
test_one_stay(void **state)
{
	int64_t a = place("c-a", "centre", 4), b = place("c-b", "centre", INT_NONE),
		k = place("k-a", "kitchen", 100), f = family("Ахметов Болат", 2, 3);
	struct arrival_in in = { .nonce = "n1", .place = a, .household = f };
	struct arrival_out out;
	bool again;

	(void)state;
	OK(centre_arrive(CX, &in, &out));
	assert_false(out.again);
	assert_int_equal(out.people, 5); /* over-full is told, not refused */
	assert_int_equal(out.capacity, 4);
	OK(centre_arrive(CX, &in, &out));
	assert_true(out.again);
	assert_int_equal(out.household, f);
	house_next(&house);
	ENDS(RC_CONFLICT, arrive(f, b, 0, false));
	assert_true(says("“c-a”"));
	ENDS(RC_CONFLICT, arrive(f, a, 0, true)); /* it is here already */
	house_next(&house);
	ENDS(RC_RULE, arrive(f, k, 0, true));
	house_next(&house);
	OK(arrive(f, b, 0, true));
	assert_int_equal(people_in(a, 0), 0);
	assert_int_equal(people_in(b, 0), 5);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM stay"), 2);
	{
		struct stay s;
		struct departure_in d = { .nonce = "n2" };

		OK(household_stay(CX, f, &s));
		d.stay = s.rec.id;
		ENDS(RC_INVALID, centre_leave(CX, &d, &again)); /* where to? */
		house_next(&house);
		d.where_to = "home";
		OK(centre_leave(CX, &d, &again));
		assert_false(again);
		OK(centre_leave(CX, &d, &again));
		assert_true(again);
		d.nonce = "n3";
		ENDS(RC_CONFLICT, centre_leave(CX, &d, &again));
		house_next(&house);
	}
	assert_int_equal(people_in(b, 0), 0);
}

static void
test_wrong_clocks(void **state)
{
	int64_t a = place("c-a", "centre", 100), b = place("c-b", "centre", 100),
		f = family("Ким", 1, 0), now = CX->now;

	(void)state;
	ENDS(RC_INVALID, arrive(f, a, now + 3 * HOUR, false));
	house_next(&house);
	ENDS(RC_INVALID, arrive(f, a, now - 40 * 24 * HOUR, false)); /* before it was opened */
	house_next(&house);
	OK(arrive(f, a, now - 10 * HOUR, false));
	ENDS(RC_INVALID, leave(f, now - 11 * HOUR));
	house_next(&house);
	OK(leave(f, now - 5 * HOUR));
	house_next(&house);
	/* Entered late: the time overlaps a stay that ended. */
	ENDS(RC_CONFLICT, arrive(f, b, now - 7 * HOUR, false));
	assert_true(says("was in “c-a”"));
	OK(arrive(f, b, now - 5 * HOUR, false));
	assert_int_equal(people_in(a, now - 6 * HOUR), 1);
	assert_int_equal(people_in(b, now - 5 * HOUR), 1);
	assert_int_equal(people_in(a, now - 5 * HOUR), 0);
}

static void
test_code_and_name(void **state)
{
	int64_t a = place("c-a", "centre", 100), f = family("Сейітова Гүлнар", 1, 1),
		ids[FOUND_MAX];
	struct household h, found;
	struct arrival_in in = { .place = a };
	struct arrival_out out;
	struct family who;
	size_t n;

	(void)state;
	family("Сейітов Арман", 1, 0);
	OK(kind_load(CX, &household_kind, f, &h));
	in.code = arena_printf(CX->arena, "https://h/kk/H/%s", h.code);
	OK(centre_arrive(CX, &in, &out));
	assert_int_equal(out.household, f);
	ENDS(RC_INVALID, household_by_code(CX, "123456788", &found));
	house_next(&house);
	OK(household_by_name(CX, hq, "гулнар СЕЙИТОВА", ids, &n)); /* typed on a Russian keyboard */
	assert_int_equal(n, 1);
	assert_int_equal(ids[0], f);
	OK(household_by_name(CX, hq, "Гүлнар Ахметова", ids, &n));
	assert_int_equal(n, 0);
	OK(household_family(CX, f, "page", &who));
	assert_string_equal(who.name, "Сейітова Гүлнар");
	/* The name stands nowhere in the open. */
	assert_int_equal(house_int(&house, "SELECT count(*) FROM history WHERE kind = 'household' "
					   "AND data LIKE '%Гүлнар%'"),
	    0);
	ENDS(RC_RULE, household_forget(CX, f)); /* while it is there */
	house_next(&house);
	OK(leave(f, 0));
	OK(household_forget(CX, f));
	house_next(&house);
	OK(household_by_name(CX, hq, "гулнар", ids, &n));
	assert_int_equal(n, 0);
	OK(household_family(CX, f, "page", &who));
	assert_null(who.name);
	OK(kind_load(CX, &household_kind, f, &h));
	assert_null(h.code);
	assert_int_equal(h.adult_f + h.child_f, 2); /* what counts stays */
	{
		struct buf b;
		int64_t records = 0, differences = 0;

		buf_init(&b, CX->arena, 0);
		OK(kind_prove(CX, kinds, ARRAY_LEN(kinds), &b, &records, &differences));
		if (differences != 0)
			fail_msg("%s", b.p);
	}
}

static void
test_roles(void **state)
{
	struct actor clerk = { .account = 7, .role = ROLE_CLERK, .caps = role_caps(ROLE_CLERK) },
		     worker = { .role = ROLE_RELIEF, .caps = role_caps(ROLE_RELIEF) },
		     head = { .role = ROLE_HEAD, .caps = role_caps(ROLE_HEAD) };
	int64_t a = place("c-a", "centre", 100), f = family("Ким", 1, 0), ids[FOUND_MAX];
	struct household h;
	struct family who;
	struct occupancy *o;
	size_t n;

	(void)state;
	OK(arrive(f, a, 0, false));
	CX->actor = &clerk;
	ENDS(RC_DENIED, arrive(f, a, 0, false));
	house_next(&house);
	ENDS(RC_DENIED, household_family(CX, f, "page", &who));
	house_next(&house);
	ENDS(RC_DENIED, household_by_name(CX, hq, "Ким", ids, &n));
	house_next(&house);
	ENDS(RC_DENIED, kind_get(CX, &household_kind, f, &h));
	house_next(&house);
	OK(centre_occupancy(CX, hq, 0, &o, &n));
	assert_int_equal(heads_all(&o[0].heads), 1);
	/* Closed: whoever only worked in it neither opens a family nor learns by its name that it was there. */
	house_sql(&house, "UPDATE headquarters SET state = 'closed'");
	CX->actor = &worker;
	ENDS(RC_DENIED, household_family(CX, f, "page", &who));
	house_next(&house);
	ENDS(RC_DENIED, household_by_name(CX, hq, "Ким", ids, &n));
	house_next(&house);
	CX->actor = &head;
	OK(household_by_name(CX, hq, "Ким", ids, &n));
	assert_int_equal(n, 1);
	CX->actor = &actor_system;
}

/* ---- many at once ---- */

enum { THREADS = 4, FAMILIES = 6, CENTRES = 3, TURNS = 30 };
static struct {
	int64_t family[FAMILIES], centre[CENTRES];
	atomic_int done, refused;
} crowd;

static unsigned
dice(uint32_t *seed, unsigned n)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 16) % n;
}

/* One random act of a desk: an arrival, a move or a departure, some minutes ago. */
static int
act(struct ctx *cx, uint32_t *seed)
{
	int64_t f = crowd.family[dice(seed, FAMILIES)],
		at = cx->now - (int64_t)dice(seed, 600) * 60 * US_PER_SECOND;
	struct arrival_in in = { .household = f,
		.place = crowd.centre[dice(seed, CENTRES)],
		.at = at,
		.move = dice(seed, 2) == 0 };
	struct arrival_out out;
	struct stay s;
	bool again;
	int rc;

	if (dice(seed, 3) != 0)
		return centre_arrive(cx, &in, &out);
	rc = household_stay(cx, f, &s);
	return rc != RC_OK
		   ? rc
		   : centre_leave(cx,
			 &(struct departure_in){ .stay = s.rec.id, .at = at, .where_to = "home" },
			 &again);
}

static void *
desk(void *arg)
{
	struct arena arena;
	struct ctx cx = house.cx;
	int i;

	arena_init(&arena);
	cx.arena = &arena;
	db_bind(&cx, house.store);
	for (i = 0; i < TURNS; i++) {
		int rc = act(&cx, arg);

		if (rc == RC_OK)
			atomic_fetch_add(&crowd.done, 1);
		else if (rc == RC_CONFLICT || rc == RC_INVALID || rc == RC_NOTFOUND)
			atomic_fetch_add(&crowd.refused, 1);
		else
			print_error("# desk: %d %s\n", rc, cx.err.text == NULL ? "" : cx.err.text);
		err_clear(&cx);
		db_end(&cx);
	}
	arena_done(&arena);
	return NULL;
}

/* Stays counted one by one. */
static int64_t
by_hand(int64_t where, int64_t at)
{
	AUTO_ROWS r = { 0 };
	int64_t sum = 0;

	OK(db_rows(
	    CX, &r, "SELECT place, arrived_at, left_at, " HEAD_COLUMNS("") " FROM stay", NO_VALS));
	while (rows_next(&r)) {
		struct heads h = heads_read(&r, 3);

		if (row_int(&r, 0) == where && row_int(&r, 1) <= at &&
		    at < row_int_or(&r, 2, INT64_MAX))
			sum += heads_all(&h);
	}
	OK(rows_end(&r));
	return sum;
}

static void
test_crowd(void **state)
{
	pthread_t t[THREADS];
	uint32_t seeds[THREADS];
	int64_t all = 0;
	int i, k;

	(void)state;
	for (i = 0; i < CENTRES; i++)
		crowd.centre[i] = place(arena_printf(CX->arena, "c-%d", i), "centre", 5);
	for (i = 0; i < FAMILIES; i++) {
		crowd.family[i] = family("Отбасы", 1 + i, i);
		all += 1 + 2 * i;
	}
	house_next(&house);
	for (i = 0; i < THREADS; i++) {
		seeds[i] = 77u + (uint32_t)i * 7919u;
		assert_int_equal(pthread_create(&t[i], NULL, desk, &seeds[i]), 0);
	}
	for (i = 0; i < THREADS; i++)
		pthread_join(t[i], NULL);
	assert_int_equal(crowd.done + crowd.refused, THREADS * TURNS);
	assert_true(crowd.done > 10 && crowd.refused > 10);
	/* Nobody in two centres, at any moment: no two stays of a household overlap. */
	assert_int_equal(
	    house_int(&house,
		"SELECT count(*) FROM stay a JOIN stay b ON a.household = b.household AND "
		"a.id < b.id AND a.arrived_at < coalesce(b.left_at, 9000000000000000000) "
		"AND b.arrived_at < coalesce(a.left_at, 9000000000000000000)"),
	    0);
	for (k = 0; k < 40; k++) {
		int64_t at = CX->now - (int64_t)k * 16 * 60 * US_PER_SECOND, sum = 0;

		for (i = 0; i < CENTRES; i++) {
			int64_t n = people_in(crowd.centre[i], at);

			assert_int_equal(n, by_hand(crowd.centre[i], at));
			sum += n;
		}
		assert_true(sum <= all);
	}
}

/* Two desks, one household: one gets it, the other is told where it is. */
static void *
one_desk(void *arg)
{
	struct arena arena;
	struct ctx cx = house.cx;
	struct arrival_in in = { .household = crowd.family[0], .place = *(int64_t *)arg };
	struct arrival_out out;
	int rc;

	arena_init(&arena);
	cx.arena = &arena;
	db_bind(&cx, house.store);
	rc = centre_arrive(&cx, &in, &out);
	if (rc == RC_OK)
		atomic_fetch_add(&crowd.done, 1);
	else if (rc == RC_CONFLICT && strstr(cx.err.text, "This household is in “c-") != NULL)
		atomic_fetch_add(&crowd.refused, 1);
	db_end(&cx);
	arena_done(&arena);
	return NULL;
}

static void
test_two_desks(void **state)
{
	pthread_t t[2];
	int i, turn;

	(void)state;
	for (i = 0; i < 2; i++)
		crowd.centre[i] = place(arena_printf(CX->arena, "c-%d", i), "centre", 5);
	for (turn = 0; turn < 8; turn++) {
		crowd.family[0] = family("Отбасы", 2, 0);
		crowd.done = crowd.refused = 0;
		house_next(&house);
		for (i = 0; i < 2; i++)
			assert_int_equal(
			    pthread_create(&t[i], NULL, one_desk, &crowd.centre[i]), 0);
		for (i = 0; i < 2; i++)
			pthread_join(t[i], NULL);
		assert_int_equal(crowd.done, 1);
		assert_int_equal(crowd.refused, 1);
	}
}

/* ---- thresholds ---- */

static void
test_flags(void **state)
{
	int64_t a = place("c-a", "centre", 30);
	struct centre_flag f[MEASURES];
	struct relief_place p;
	struct centre c;

	(void)state;
	kind_empty(&centre_kind, &c);
	c.place = a;
	c.area_m2 = 70;
	c.toilets = 1;
	OK(kind_insert(CX, &centre_kind, &c));
	OK(kind_load(CX, &relief_place_kind, a, &p));
	OK(centre_flags(CX, &p, &c, 20, f));
	assert_false(f[MEASURE_SPACE].red); /* 70 m² / 20 = 3.5 */
	assert_int_equal(f[MEASURE_SPACE].room, 20);
	assert_false(f[MEASURE_TOILETS].red);
	assert_false(f[MEASURE_WATER].known || f[MEASURE_WATER].red); /* unknown is not zero */
	assert_true(f[MEASURE_WATER].has10 == INT_NONE);
	OK(centre_flags(CX, &p, &c, 21, f));
	assert_true(f[MEASURE_SPACE].red && f[MEASURE_TOILETS].red);
	assert_false(f[MEASURE_PLACES].red);
	OK(setting_set(CX, "sphere_space", "300"));
	OK(setting_set(CX, "sphere_first_days", "60")); /* the first days: 50 people a toilet */
	OK(centre_flags(CX, &p, &c, 23, f));
	assert_false(f[MEASURE_SPACE].red || f[MEASURE_TOILETS].red);
	c.place = place("k-a", "kitchen", 1);
	ENDS(RC_RULE, kind_insert(CX, &centre_kind, &c));
	house_next(&house);
}

/* ---- fair share ---- */

/* Nobody could get one more without somebody at least as badly off getting one less. */
static void
test_share(void **state)
{
	struct share_of v[6];
	int64_t share[6];
	uint32_t seed = 5;
	int turn, i, k;

	(void)state;
	for (turn = 0; turn < 400; turn++) {
		int64_t excess = dice(&seed, 400), sum = 0, lack = 0;

		for (i = 0; i < 6; i++) {
			v[i] = (struct share_of){ dice(&seed, 50), dice(&seed, 150), i };
			lack += v[i].wants > v[i].has ? v[i].wants - v[i].has : 0;
		}
		fair_share(v, 6, excess, share);
		for (i = 0; i < 6; i++) {
			sum += share[i];
			assert_true(share[i] >= 0);
			assert_true(share[i] == 0 || v[i].has + share[i] <= v[i].wants);
		}
		assert_int_equal(sum, lack < excess ? lack : excess);
		for (i = 0; i < 6; i++)
			for (k = 0; k < 6; k++)
				if (share[i] > 0 && v[k].has + share[k] < v[k].wants)
					/* i without its last unit stood no better than k. */
					assert_true((v[i].has + share[i] - 1) * v[k].wants <=
						    (v[k].has + share[k]) * v[i].wants);
	}
	/* Equal need: whoever waited longest gets what cannot be divided. */
	v[0] = (struct share_of){ 0, 10, 200 };
	v[1] = (struct share_of){ 0, 10, 100 };
	fair_share(v, 2, 5, share);
	assert_int_equal(share[0], 2);
	assert_int_equal(share[1], 3);
	v[0] = (struct share_of){ 0, INT64_C(900000000), 1 };
	v[1] = (struct share_of){ 0, INT64_C(100000000), 1 };
	fair_share(v, 2, INT64_C(500000001), share);
	assert_int_equal(share[0] + share[1], INT64_C(500000001));
}

static void
test_transfers(void **state)
{
	int64_t a = place("c-a", "centre", 100), b = place("c-b", "centre", 100),
		s = place("s-a", "store", INT_NONE);
	struct centre_supply *sup;
	struct centre_transfer *t;
	struct item blanket;
	size_t n, i, found = 0;

	(void)state;
	OK(item_find(CX, "blanket", &blanket));
	OK(arrive(family("Бір", 10, 0), a, CX->now - 3 * HOUR, false));
	OK(arrive(family("Екі", 10, 0), b, CX->now - 5 * HOUR, false));
	give("c-a", "blanket", 4);
	give("s-a", "blanket", 6);
	house_next(&house);
	OK(centre_supplies(CX, hq, &sup, &n));
	for (i = 0; i < n; i++)
		if (sup[i].item == blanket.rec.id && sup[i].place == a) {
			assert_int_equal(sup[i].has, 4);
			assert_int_equal(sup[i].wants, 10);
			found++;
		}
	assert_int_equal(found, 1);
	OK(centre_transfers(CX, hq, &t, &n));
	assert_int_equal(n, 2); /* ten blankets, twenty people: five each */
	assert_int_equal(t[0].to, b);
	assert_int_equal(t[0].from, s);
	assert_int_equal(t[0].quantity, 5);
	assert_int_equal(t[0].met, 0);
	assert_int_equal(t[0].met_after, 500);
	assert_int_equal(t[1].to, a);
	assert_int_equal(t[1].quantity, 1);
	/* Water goes in whole litres, and a centre gives what is over its own need. */
	give("c-a", "water_bottled", 200500);
	house_next(&house);
	OK(centre_transfers(CX, hq, &t, &n));
	for (i = 0; i < n && t[i].from != a; i++)
		;
	assert_true(i < n);
	assert_int_equal(t[i].to, b);
	assert_int_equal(t[i].quantity, 90000); /* 10 people × 3 l × 3 days */
}

/* ---- the figure ---- */

static void
test_figure(void **state)
{
	int64_t a = place("c-a", "centre", 100), b = place("c-b", "centre", 100),
		f = family("Бір", 2, 2);
	struct figure_answer out;
	struct ask ask;

	(void)state;
	OK(arrive(f, a, CX->now - 50 * HOUR, false));
	OK(arrive(f, b, CX->now, true));
	house_next(&house);
	ask_default(CX, &ask);
	ask.on = day_of_moment(CX->now);
	OK(figure_answer(CX, figure_find("centre_occupancy"), &ask, &out));
	assert_int_equal(out.value, 4);
	assert_int_equal(out.records, 1);
	ask.on = day_of_moment(CX->now - 60 * HOUR);
	OK(figure_answer(CX, figure_find("centre_occupancy"), &ask, &out));
	assert_int_equal(out.value, 0);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { T(test_one_stay), T(test_wrong_clocks),
		T(test_code_and_name), T(test_roles), T(test_crowd), T(test_two_desks),
		T(test_flags), T(test_share), T(test_transfers), T(test_figure) };

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
