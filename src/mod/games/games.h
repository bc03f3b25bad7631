/* games.h – games at an event: teams, matches and the results table.
 *
 * Chain: tournament > teams, matches > table. The table is never typed: it is counted from the matches each time
 * it is read (game_table.h). What decides over it (points for a win, a draw, a loss, what a win without a match
 * counts) is fixed by the first result. No record names a person. RULE games-1 … games-5. */
#ifndef MOD_GAMES_H
#define MOD_GAMES_H

#include "mod/event/event.h"
#include "mod/games/game_table.h"
#include "mod/registry/registry.h"

struct tournament {
	struct rec rec;
	int64_t event;
	struct text3 name;
	const char *rules;
	int64_t win, draw, loss; /* points of the table */
	int64_t walkover;	 /* scored by the side that won without playing, by the other 0 */
};
struct game_team {
	struct rec rec;
	int64_t tournament;
	const char *name;
	int64_t body;	/* that sends it; 0 = none */
	int64_t people; /* INT_NONE = not said */
};
struct game_match {
	struct rec rec;
	int64_t tournament, team_a, team_b;
	int day;
	const char *starts, *place;
	const char *state;	  /* planned, played, cancelled: follows from what stands below */
	int64_t score_a, score_b; /* both or neither */
	const char *unplayed;	  /* won_a, won_b, cancelled; NULL = it is played */
	const char *reason;	  /* of unplayed */
};
extern const struct kind tournament_kind, game_team_kind, game_match_kind;
extern const struct option game_states[], game_unplayed[];

/* One tournament read whole; whoever asks, so ask first whether they may see it. */
struct games {
	struct tournament t;
	struct event event;
	struct game_team *team;	  /* by name, then id */
	struct game_match *match; /* by day, time, id */
	struct game_row *row;	  /* [nteams], by place */
	const char **sent_by;	  /* [nteams]: title of the team's body, "" = none */
	size_t nteams, nmatches;
};
int games_read(struct ctx *cx, int64_t tournament, struct games *out) MUST;
/* What the match gave this team; OUTCOME_NONE: not its match, or it counts nothing. */
enum game_outcome { OUTCOME_NONE, OUTCOME_WON, OUTCOME_DRAWN, OUTCOME_LOST };
enum game_outcome game_outcome(const struct game_match *m, int64_t team);
ptrdiff_t games_team_at(const struct games *g, int64_t team); /* −1 = none */

/* RC_OK when this actor runs the games: staff of the scope of the event's lead body. */
int games_run_by(struct ctx *cx, int64_t tournament) MUST;
/* Removes a team that no match names, or a match without a result; RC_RULE otherwise. */
int games_remove(struct ctx *cx, const struct kind *k, int64_t id) MUST;

#endif
