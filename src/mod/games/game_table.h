/* game_table.h – the results table of a tournament, counted from results alone. Knows no database.
 *
 * Points for a win, a draw and a loss; equal points are parted by the difference of scores, then by what was
 * scored, then by the matches among those who are equal (points, difference, scored in them); who is equal
 * still shares the place. Places as in standard competition ranking: 1, 2, 2, 4. RULE games-3.
 * The same results in any order give the same table. */
#ifndef MOD_GAME_TABLE_H
#define MOD_GAME_TABLE_H

#include "base/arena.h"

struct game_points {
	int64_t win, draw, loss;
};
struct game_result {
	size_t a, b;		  /* which teams, 0 … n − 1, different */
	int64_t score_a, score_b; /* a win without a match comes with the score it counts */
	int won;		  /* 0: by the score; 1: a won, 2: b won, whatever the score */
};
/* How a team's place was parted from those with as many points. */
enum game_parted { GAME_NOT_EQUAL, GAME_BY_DIFFERENCE, GAME_BY_SCORED, GAME_BY_MATCH, GAME_SHARED };
struct game_row {
	size_t team;
	int64_t played, won, drawn, lost, scored, conceded, points;
	int64_t place;
	enum game_parted parted;
};
struct game_input {
	struct game_points points;
	size_t teams, n;
	const struct game_result *result; /* [n] */
};
/* out: one row for each team, by place, then by the order of teams. */
void game_table(struct arena *a, const struct game_input *in, struct game_row *out);

#endif
