/* game_table.c – counts and orders the results table. See game_table.h. */
#include "mod/games/game_table.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* One side of one result goes into its row; won: 1 = this side, −1 = the other, 0 = drawn. */
static void
add_side(struct game_row *r, const struct game_points *p, int won, int64_t scored, int64_t conceded)
{
	r->played++;
	r->scored += scored;
	r->conceded += conceded;
	if (won > 0)
		r->won++;
	else if (won < 0)
		r->lost++;
	else
		r->drawn++;
	r->points += won > 0 ? p->win : won < 0 ? p->loss : p->draw;
}

static int
winner(const struct game_result *r)
{
	if (r->won != 0)
		return r->won == 1 ? 1 : -1;
	return (r->score_a > r->score_b) - (r->score_a < r->score_b);
}

/* row[i] is team i. among: only results of two teams that are marked; NULL = all. */
static void
count_rows(const struct game_input *in, const bool *among, struct game_row *row)
{
	size_t i;

	for (i = 0; i < in->teams; i++)
		row[i] = (struct game_row){ .team = i };
	for (i = 0; i < in->n; i++) {
		const struct game_result *r = &in->result[i];

		if (among != NULL && (!among[r->a] || !among[r->b]))
			continue;
		add_side(&row[r->a], &in->points, winner(r), r->score_a, r->score_b);
		add_side(&row[r->b], &in->points, -winner(r), r->score_b, r->score_a);
	}
}

static int
more(int64_t a, int64_t b)
{
	return (a < b) - (a > b); /* the larger one stands first */
}

static int64_t
difference(const struct game_row *r)
{
	return r->scored - r->conceded;
}

static int
by_numbers(const struct game_row *a, const struct game_row *b)
{
	int c = more(a->points, b->points);

	if (c == 0)
		c = more(difference(a), difference(b));
	return c != 0 ? c : more(a->scored, b->scored);
}

static int
by_numbers_then_team(const void *x, const void *y)
{
	const struct game_row *a = x, *b = y;
	int c = by_numbers(a, b);

	return c != 0 ? c : (a->team > b->team) - (a->team < b->team);
}

/* Rows `row[0 … n − 1]` are equal in all numbers: their own matches part them, or nothing does. The place of the
 * first is known. */
static void
part_equal(struct arena *a, const struct game_input *in, struct game_row *row, size_t n)
{
	bool *among = arena_array(a, bool, in->teams + 1);
	struct game_row *all = arena_array(a, struct game_row, in->teams + 1),
			*own = arena_array(a, struct game_row, n), *was;
	int64_t first = row[0].place;
	size_t i, from = 0;

	memset(among, 0, in->teams * sizeof *among);
	for (i = 0; i < n; i++)
		among[row[i].team] = true;
	count_rows(in, among, all);
	was = arena_array(a, struct game_row, in->teams + 1);
	for (i = 0; i < n; i++) {
		own[i] = all[row[i].team];
		was[row[i].team] = row[i];
	}
	qsort(own, n, sizeof *own, by_numbers_then_team);
	for (i = 0; i < n; i++) {
		bool above = i > 0 && by_numbers(&own[i - 1], &own[i]) == 0,
		     below = i + 1 < n && by_numbers(&own[i], &own[i + 1]) == 0;

		if (!above)
			from = i;
		row[i] = was[own[i].team];
		row[i].place = first + (int64_t)from;
		row[i].parted = above || below ? GAME_SHARED : GAME_BY_MATCH;
	}
}

/* What parted two rows of equal points that are not equal in all numbers. */
static enum game_parted
what_parted(const struct game_row *a, const struct game_row *b)
{
	if (a->points != b->points)
		return GAME_NOT_EQUAL;
	return difference(a) != difference(b) ? GAME_BY_DIFFERENCE : GAME_BY_SCORED;
}

void
game_table(struct arena *a, const struct game_input *in, struct game_row *out)
{
	size_t i, end;

	count_rows(in, NULL, out);
	qsort(out, in->teams, sizeof *out, by_numbers_then_team);
	for (i = 0; i < in->teams; i++) {
		out[i].place = (int64_t)i + 1;
		if (i > 0)
			out[i].parted = what_parted(&out[i - 1], &out[i]);
		if (i + 1 < in->teams && out[i].parted == GAME_NOT_EQUAL &&
		    by_numbers(&out[i], &out[i + 1]) != 0)
			out[i].parted = what_parted(&out[i], &out[i + 1]);
	}
	for (i = 0; i < in->teams; i = end) {
		for (end = i + 1; end < in->teams && by_numbers(&out[i], &out[end]) == 0;)
			end++;
		if (end - i > 1)
			part_equal(a, in, &out[i], end - i);
	}
}
