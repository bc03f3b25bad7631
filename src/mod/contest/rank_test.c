/* rank_test.c – means, standard scores and ties against tables reckoned by hand. RULE contest-5, contest-6. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>

#include "mod/contest/rank.h"

#define X NO_SCORE
static struct arena arena;

static int
setup(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

static struct ranked *
ranked(const struct rank_in *in)
{
	struct ranked *out = arena_array(&arena, struct ranked, in->entries + 1);

	rank_all(&arena, in, out);
	return out;
}

static void
near(double is, double wanted)
{
	assert_true(fabs(is - wanted) < 1e-9);
}

static const bool nobody[64];
static const int one_group[16];

/* Weights 3 and 1. Juror 1 gives totals 10·3+6=36/4=9, 7, 5; juror 2, who is strict: 4, 3, 2.
 * Raw means 6.5, 5, 3.5. Both spread evenly: z = ±√1.5 and 0. */
static void
test_means(void **state)
{
	static const int64_t weight[] = { 3, 1 }, score[] = { 10, 6, 8, 4, 6, 2, 4, 4, 3, 3, 2, 2 };
	struct rank_in in = { 2, 3, 2, weight, score, nobody, one_group, -1, TIE_SHARED, false };
	struct ranked *r = ranked(&in);

	(void)state;
	assert_int_equal(r[0].num, 36 + 16);
	assert_int_equal(r[0].den, 8);
	near((double)r[1].num / (double)r[1].den, 5);
	near((double)r[2].num / (double)r[2].den, 3.5);
	near(r[0].normal, sqrt(1.5));
	near(r[1].normal, 0);
	near(r[2].normal, -sqrt(1.5));
	assert_int_equal(r[0].place, 1);
	assert_int_equal(r[2].raw_rank, 3);
	assert_int_equal(r[2].normal_rank, 3);
	assert_int_equal(r[0].parted, PARTED_NOT);
}

/* A strict juror who could not score the first entry lifts it in raw means; evened out it is second.
 * Juror 1: 8 9; juror 2: – 2, and of a third entry 8 and 1.
 * Totals juror 1: A 8, B 9, C 7: μ 8, σ √(2/3); juror 2: B 2, C 1: μ 1.5, σ 0.5.
 * Raw: A 8, B 5.5, C 4. z: A 0, B (√1.5 + 1)/2 = 1.112, C −1.112. */
static void
test_normalised(void **state)
{
	static const int64_t weight[] = { 1 }, score[] = { 8, 9, 7, X, 2, 1 };
	struct rank_in in = { 2, 3, 1, weight, score, nobody, one_group, -1, TIE_SHARED, false };
	struct ranked *r = ranked(&in);

	(void)state;
	assert_int_equal(r[0].raw_rank, 1);
	assert_int_equal(r[1].raw_rank, 2);
	near(r[0].normal, 0);
	near(r[1].normal, (sqrt(1.5) + 1) / 2);
	assert_int_equal(r[0].normal_rank, 2);
	assert_int_equal(r[1].normal_rank, 1);
	assert_int_equal(r[0].place, 1);
	in.normal = true;
	r = ranked(&in);
	assert_int_equal(r[1].place, 1);
	assert_int_equal(r[0].place, 2);
	assert_int_equal(r[2].place, 3);
}

/* Equal sums 14: the first criterion parts 8+6 from 7+7 and 6+8. */
static void
test_ties(void **state)
{
	static const int64_t weight[] = { 1, 1 }, score[] = { 7, 7, 8, 6, 6, 8, 9, 9 };
	struct rank_in in = { 1, 4, 2, weight, score, nobody, one_group, -1, TIE_CRITERIA, false };
	struct ranked *r = ranked(&in);

	(void)state;
	assert_int_equal(r[3].place, 1);
	assert_int_equal(r[3].parted, PARTED_NOT);
	assert_int_equal(r[1].place, 2);
	assert_int_equal(r[0].place, 3);
	assert_int_equal(r[2].place, 4);
	assert_int_equal(r[1].parted, 1);
	in.tie = TIE_SHARED;
	r = ranked(&in);
	assert_int_equal(r[0].place, 2);
	assert_int_equal(r[1].place, 2);
	assert_int_equal(r[2].place, 2);
	assert_int_equal(r[0].parted, PARTED_SHARED);
	/* After a shared place the next ones are left out: 1, 2, 2, 2; nobody is fifth or third. */
	assert_int_equal(r[3].place, 1);
}

/* Two jurors, one criterion: 5+9 = 9+5. The chair gave 9 to the second; a third entry has 6+8. */
static void
test_chair(void **state)
{
	static const int64_t weight[] = { 2 }, score[] = { 5, 9, 6, 9, 5, 8 };
	bool excluded[6] = { false };
	struct rank_in in = { 2, 3, 1, weight, score, excluded, one_group, 0, TIE_CRITERIA, false };
	struct ranked *r = ranked(&in);

	(void)state;
	assert_int_equal(r[1].place, 1);
	assert_int_equal(r[2].place, 2);
	assert_int_equal(r[0].place, 3);
	assert_int_equal(r[0].parted, PARTED_CHAIR);
	/* The chair may not score one of those who are equal: the step is not known, the place shared. */
	excluded[2] = true; /* chair, third entry: its mean is 8 now, alone on top */
	r = ranked(&in);
	assert_int_equal(r[2].place, 1);
	assert_int_equal(r[1].place, 2);
	in.chair = -1;
	r = ranked(&in);
	assert_int_equal(r[1].place, 2);
	assert_int_equal(r[0].place, 2);
	assert_int_equal(r[0].parted, PARTED_SHARED);
}

/* Excluded pairs and half-scored entries do not count; groups have places of their own. */
static void
test_left_out(void **state)
{
	static const int64_t weight[] = { 1, 1 },
			     score[] = { 10, 10, 1, 1, 5, X, 2, 2, 3, 3, X, X };
	static const bool excluded[] = { true, false, false, false, false, false };
	static const int group[] = { 0, 1, 1 };
	struct rank_in in = { 2, 3, 2, weight, score, excluded, group, -1, TIE_SHARED, false };
	struct ranked *r = ranked(&in);

	(void)state;
	assert_int_equal(r[0].jurors, 1);
	assert_int_equal(r[0].num, 4); /* the ten and ten of the excluded juror are left out */
	assert_int_equal(r[0].place, 1);
	assert_int_equal(r[1].place, 1);
	assert_int_equal(r[2].jurors, 0);
	assert_int_equal(r[2].place, 0);
	assert_int_equal(r[2].raw_rank, 0);
}

/* A juror who gives everybody the same parts nobody. */
static void
test_no_spread(void **state)
{
	static const int64_t weight[] = { 1 }, score[] = { 5, 5, 5, 5 };
	struct rank_in in = { 2, 2, 1, weight, score, nobody, one_group, -1, TIE_SHARED, true };
	struct ranked *r = ranked(&in);

	(void)state;
	near(r[0].normal, 0);
	assert_int_equal(r[0].place, 1);
	assert_int_equal(r[1].place, 1);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = { T(test_means), T(test_normalised), T(test_ties),
		T(test_chair), T(test_left_out), T(test_no_spread) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
