/* game_table_test.c – the results table: worked examples of each way to part equals, and as properties that the
 * order of entering never matters, that scored and conceded add up to the same, and that places are places. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "mod/games/game_table.h"

enum { TEAMS = 6, RESULTS = 40, ROUNDS = 400 };
static struct arena arena;

static int
open_arena(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int
close_arena(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

static void
count(const struct game_result *r, size_t n, size_t teams, struct game_row *out)
{
	struct game_input in = { { 3, 1, 0 }, teams, n, r };

	game_table(&arena, &in, out);
}

static void
row_is(const struct game_row *r, size_t team, int64_t place, int64_t points, enum game_parted by)
{
	assert_int_equal(r->team, team);
	assert_int_equal(r->place, place);
	assert_int_equal(r->points, points);
	assert_int_equal(r->parted, by);
}

/* Team 2 beats all, 0 and 1 have as many points and part by the difference. */
static void
test_difference(void **state)
{
	const struct game_result r[] = { { 0, 1, 1, 1, 0 }, { 2, 0, 1, 0, 0 }, { 1, 2, 0, 2, 0 } };
	struct game_row t[3];

	(void)state;
	count(r, 3, 3, t);
	row_is(&t[0], 2, 1, 6, GAME_NOT_EQUAL);
	row_is(&t[1], 0, 2, 1, GAME_BY_DIFFERENCE);
	row_is(&t[2], 1, 3, 1, GAME_BY_DIFFERENCE);
}

static void
test_scored(void **state)
{
	const struct game_result r[] = { { 0, 2, 1, 0, 0 }, { 1, 3, 4, 3, 0 } };
	struct game_row t[4];

	(void)state;
	count(r, 2, 4, t);
	row_is(&t[0], 1, 1, 3, GAME_BY_SCORED);
	row_is(&t[1], 0, 2, 3, GAME_BY_SCORED);
	row_is(&t[2], 3, 3, 0, GAME_BY_SCORED);
	row_is(&t[3], 2, 4, 0, GAME_BY_SCORED);
}

/* 0 and 1 are equal in everything; 1 won their match. 2 and 3 never met: they share. */
static void
test_own_match(void **state)
{
	const struct game_result r[] = { { 1, 0, 2, 1, 0 }, { 0, 2, 2, 1, 0 }, { 3, 1, 2, 1, 0 },
		{ 2, 4, 2, 1, 0 }, { 4, 3, 2, 1, 0 } };
	const struct game_result two[] = { { 1, 0, 1, 0, 0 }, { 0, 2, 1, 0, 0 },
		{ 3, 1, 1, 0, 0 } };
	struct game_row t[5];
	size_t i;

	(void)state;
	count(r, 5, 5, t); /* a ring: each won one and lost one, nothing parts them */
	for (i = 0; i < 5; i++)
		row_is(&t[i], i, 1, 3, GAME_SHARED);
	count(two, 3, 4, t); /* 3: +1; 1 and 0 equal, 1 won; 2 last */
	row_is(&t[0], 3, 1, 3, GAME_BY_DIFFERENCE);
	row_is(&t[1], 1, 2, 3, GAME_BY_MATCH);
	row_is(&t[2], 0, 3, 3, GAME_BY_MATCH);
	row_is(&t[3], 2, 4, 0, GAME_NOT_EQUAL);
}

static void
test_shared_places(void **state)
{
	const struct game_result r[] = { { 0, 3, 1, 0, 0 }, { 1, 3, 1, 0, 0 } };
	struct game_row t[4];

	(void)state;
	count(r, 2, 4, t);
	row_is(&t[0], 0, 1, 3, GAME_SHARED);
	row_is(&t[1], 1, 1, 3, GAME_SHARED);
	row_is(&t[2], 2, 3, 0, GAME_BY_DIFFERENCE);
	row_is(&t[3], 3, 4, 0, GAME_BY_DIFFERENCE);
}

/* A win without a match is a win even where it counts no score. */
static void
test_given(void **state)
{
	const struct game_result r[] = { { 0, 1, 0, 0, 2 } };
	struct game_row t[2];

	(void)state;
	count(r, 1, 2, t);
	row_is(&t[0], 1, 1, 3, GAME_NOT_EQUAL);
	assert_int_equal(t[0].won, 1);
	assert_int_equal(t[1].lost, 1);
	assert_int_equal(t[1].place, 2);
}

/* ---- properties ---- */

static uint32_t seed = 20241120;

static unsigned
some(unsigned n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % n;
}

static size_t
make(struct game_result *r)
{
	size_t n = some(RESULTS) + 1, i;

	for (i = 0; i < n; i++) {
		size_t a = some(TEAMS), b = (a + 1 + some(TEAMS - 1)) % TEAMS;

		r[i] = (struct game_result){ a, b, some(3), some(3), 0 };
		if (some(8) == 0)
			r[i] = (struct game_result){ a, b, 3, 0, 1 };
	}
	return n;
}

static void
shuffle(struct game_result *r, size_t n)
{
	for (; n > 1; n--) {
		size_t k = some((unsigned)n);
		struct game_result kept = r[n - 1];

		r[n - 1] = r[k];
		r[k] = kept;
	}
}

/* Home and away are no difference either. */
static void
turn(struct game_result *r)
{
	*r = (struct game_result){ r->b, r->a, r->score_b, r->score_a,
		r->won == 0 ? 0 : 3 - r->won };
}

static void
sums_hold(const struct game_row *t, size_t n)
{
	int64_t scored = 0, conceded = 0, won = 0, lost = 0, played = 0;
	size_t i;

	for (i = 0; i < TEAMS; i++) {
		scored += t[i].scored;
		conceded += t[i].conceded;
		won += t[i].won;
		lost += t[i].lost;
		played += t[i].played;
		assert_int_equal(t[i].played, t[i].won + t[i].drawn + t[i].lost);
		assert_int_equal(t[i].points, 3 * t[i].won + t[i].drawn);
		assert_true(i == 0 ? t[i].place == 1
				   : t[i].place == t[i - 1].place || t[i].place == (int64_t)i + 1);
	}
	assert_int_equal(scored, conceded);
	assert_int_equal(won, lost);
	assert_int_equal(played, 2 * n);
}

static void
test_any_order(void **state)
{
	struct game_result r[RESULTS];
	struct game_row first[TEAMS], again[TEAMS];
	int round, times, shared = 0, matched = 0;
	size_t n, i;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		n = make(r);
		memset(first, 0, sizeof first);
		count(r, n, TEAMS, first);
		sums_hold(first, n);
		for (times = 0; times < 3; times++) {
			shuffle(r, n);
			turn(&r[some((unsigned)n)]);
			count(r, n, TEAMS, again);
			for (i = 0; i < TEAMS; i++) {
				assert_int_equal(again[i].team, first[i].team);
				assert_int_equal(again[i].place, first[i].place);
				assert_int_equal(again[i].parted, first[i].parted);
				assert_int_equal(again[i].scored, first[i].scored);
			}
		}
		for (i = 0; i < TEAMS; i++) {
			shared += first[i].parted == GAME_SHARED;
			matched += first[i].parted == GAME_BY_MATCH;
		}
	}
	/* The rare ways were walked, too. */
	assert_true(shared > 0 && matched > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_difference),
		cmocka_unit_test(test_scored),
		cmocka_unit_test(test_own_match),
		cmocka_unit_test(test_shared_places),
		cmocka_unit_test(test_given),
		cmocka_unit_test(test_any_order),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
