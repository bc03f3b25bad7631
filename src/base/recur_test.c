/* recur_test.c – days that come again, against a calendar that is walked day by day with counters of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/rc.h"
#include "base/recur.h"

enum { CAP = 300 };

static void
are(const struct recur *r, const int *want, size_t n)
{
	struct recur_day got[CAP];
	size_t have = recur_days(r, NULL, 0, got, CAP, NULL), i;

	for (i = 0; i < have && i < n; i++)
		if (got[i].day != want[i])
			fail_msg("day %d: %d, wanted %d", (int)i, got[i].day, want[i]);
	assert_int_equal(have, n);
}
#define ARE(r, ...) \
	are((r), (const int[]){ __VA_ARGS__ }, sizeof((const int[]){ __VA_ARGS__ }) / sizeof(int))

static void
weeks(void **state)
{
	struct recur r = {
		.kind = RECUR_WEEKS, .every = 1, .weekdays = 1 << 3, .first = 20241128, .times = 3
	};

	(void)state;
	ARE(&r, 20241128, 20241205, 20241212); /* Thursdays */
	r.every = 2;
	r.weekdays =
	    1 << 1 |
	    1 << 3; /* Tuesday and Thursday of every second week; the first Tuesday is over */
	r.times = 4;
	ARE(&r, 20241128, 20241210, 20241212, 20241224);
	r.times = 0;
	r.last = 20241212;
	ARE(&r, 20241128, 20241210, 20241212);
	r.last = 20241127;
	assert_int_equal(recur_days(&r, NULL, 0, (struct recur_day[1]){ 0 }, 1, NULL), 0);
}

static void
month_ends(void **state)
{
	struct recur r = {
		.kind = RECUR_MONTH_DAY, .every = 1, .dom = 31, .first = 20231231, .times = 5
	};

	(void)state;
	ARE(&r, 20231231, 20240131, 20240229, 20240331, 20240430); /* a leap year */
	r.first = 20241215;
	r.dom = 30;
	ARE(&r, 20241230, 20250130, 20250228, 20250330, 20250430);
	r.dom = 29;
	r.every = 12;
	r.first = 20240201;
	r.times = 4;
	ARE(&r, 20240229, 20250228, 20260228, 20270228);
	r.every = 2;
	r.dom = 1;
	ARE(&r, 20240201, 20240401, 20240601, 20240801);
}

static void
nth(void **state)
{
	struct recur r = { .kind = RECUR_MONTH_NTH,
		.every = 1,
		.nth = 2,
		.weekday = 4,
		.first = 20241101,
		.times = 3 };

	(void)state;
	ARE(&r, 20241114, 20241212, 20250109);
	r.nth = RECUR_LAST;
	r.weekday = 5;
	ARE(&r, 20241129, 20241227, 20250131);
	r.nth = 1;
	r.weekday = 7;
	r.every = 3;
	ARE(&r, 20241103, 20250202, 20250504);
	r.first = 20241104; /* the first Sunday of that month is over */
	ARE(&r, 20250202, 20250504, 20250803);
}

static void
skipped(void **state)
{
	struct recur r = {
		.kind = RECUR_WEEKS, .every = 1, .weekdays = 1 << 0, .first = 20241209, .times = 3
	};
	static const int skip[] = { 20241210, 20241216 };
	struct recur_day got[CAP];
	bool more;

	(void)state;
	assert_int_equal(recur_days(&r, skip, 2, got, CAP, &more), 4);
	assert_false(more);
	assert_false(got[0].skipped);
	assert_true(
	    got[1].skipped); /* Independence Day: named, and the third Monday makes up for it */
	assert_int_equal(got[3].day, 20241230);
	assert_int_equal(recur_days(&r, skip, 2, got, 2, &more), 2);
	assert_true(more);
}

static void
refused(void **state)
{
	static const struct recur bad[] = {
		{ .kind = RECUR_WEEKS, .every = 0, .weekdays = 1, .first = 20241101 },
		{ .kind = RECUR_WEEKS, .every = 1, .weekdays = 0, .first = 20241101 },
		{ .kind = RECUR_WEEKS, .every = 1, .weekdays = 128, .first = 20241101 },
		{ .kind = RECUR_WEEKS, .every = 13, .weekdays = 1, .first = 20241101 },
		{ .kind = RECUR_WEEKS, .every = 1, .weekdays = 1, .first = 20241131 },
		{ .kind = RECUR_MONTH_DAY, .every = 1, .dom = 0, .first = 20241101 },
		{ .kind = RECUR_MONTH_DAY, .every = 1, .dom = 32, .first = 20241101 },
		{ .kind = RECUR_MONTH_NTH, .every = 1, .nth = 5, .weekday = 1, .first = 20241101 },
		{ .kind = RECUR_MONTH_NTH, .every = 1, .nth = 1, .weekday = 8, .first = 20241101 },
	};
	struct recur_day got[1];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(bad); i++) {
		assert_false(recur_valid(&bad[i]));
		assert_false(recur_has(&bad[i], 20241104));
		assert_int_equal(recur_days(&bad[i], NULL, 0, got, 1, NULL), 0);
	}
}

/* ---- the naive walk: year, month, day of the month, weekday, weeks and months since the start are counters ---- */

struct walk {
	int y, m, d, len, weekday; /* weekday 1 = Monday */
	int months;		   /* since the start's month */
	int weeks;		   /* Mondays met since the start */
	int seen[8];		   /* how often each weekday came in this month, this day too */
};

static int
length(int y, int m)
{
	static const int len[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return len[m - 1] + (m == 2 && (y % 400 == 0 || (y % 4 == 0 && y % 100 != 0)));
}

static void
walk_on(struct walk *w)
{
	w->weekday = w->weekday % 7 + 1;
	w->weeks += w->weekday == 1;
	if (++w->d > w->len) {
		w->d = 1;
		w->months++;
		if (++w->m > 12) {
			w->m = 1;
			w->y++;
		}
		w->len = length(w->y, w->m);
		memset(w->seen, 0, sizeof w->seen);
	}
	w->seen[w->weekday]++;
}

static bool
meant(const struct recur *r, const struct walk *w)
{
	if (r->kind == RECUR_WEEKS)
		return w->weeks % r->every == 0 && (r->weekdays & 1U << (w->weekday - 1)) != 0;
	if (w->months % r->every != 0)
		return false;
	if (r->kind == RECUR_MONTH_DAY)
		return w->d == r->dom || (w->d == w->len && r->dom > w->len);
	if (w->weekday != r->weekday)
		return false;
	return r->nth == RECUR_LAST ? w->len - w->d < 7 : w->seen[w->weekday] == r->nth;
}

static uint32_t seed = 20241128;

static int
drawn(int from, int to)
{
	seed = seed * 1664525U + 1013904223U;
	return from + (int)((seed >> 8) % (uint32_t)(to - from + 1));
}

static struct recur
drawn_rule(int first)
{
	struct recur r = { .kind = (enum recur_kind)drawn(0, 2),
		.every = drawn(1, RECUR_EVERY_MAX),
		.weekdays = (unsigned)drawn(1, 127),
		.dom = drawn(1, 31),
		.nth = drawn(0, 4),
		.weekday = drawn(1, 7),
		.first = first };

	if (r.nth == 0)
		r.nth = RECUR_LAST;
	if (drawn(0, 1) == 0)
		r.times = drawn(1, 40);
	return r;
}

/* 1 January 2001 was a Monday; from there every start of nine years is met once. */
static void
against_the_walk(void **state)
{
	struct walk from = { 2001, 1, 1, 31, 1, 0, 0, { 0, 1 } };
	int starts;

	(void)state;
	for (starts = 0; starts < 9 * 365; starts++, walk_on(&from)) {
		struct recur r = drawn_rule(from.y * 10000 + from.m * 100 + from.d);
		struct walk w = from;
		struct recur_day got[CAP];
		size_t n, i = 0;
		int steps = r.times != 0 ? 365 * 40 : drawn(0, 900), left = r.times;

		w.months = w.weeks = 0;
		if (r.times == 0)
			r.last = day_add(r.first, steps);
		n = recur_days(&r, NULL, 0, got, CAP, NULL);
		for (; steps >= 0 && i < CAP && (r.times == 0 || left > 0); steps--, walk_on(&w)) {
			int day = w.y * 10000 + w.m * 100 + w.d;

			if (!meant(&r, &w))
				continue;
			if (r.times != 0 &&
			    day_number(day) >= day_number(r.first) + RECUR_YEARS * 366)
				break;
			if (i >= n || got[i].day != day)
				fail_msg("rule %d every %d from %d: day %d is %d, the walk says %d",
				    (int)r.kind, r.every, r.first, (int)i, i < n ? got[i].day : 0,
				    day);
			i++;
			left--;
		}
		assert_int_equal(n, i);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(weeks),
		cmocka_unit_test(month_ends),
		cmocka_unit_test(nth),
		cmocka_unit_test(skipped),
		cmocka_unit_test(refused),
		cmocka_unit_test(against_the_walk),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("recur", tests, NULL, NULL);
}
