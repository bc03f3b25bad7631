/* games_kinds.c – tournaments, teams and matches as record kinds. All of it is public with its event. */
#include "kind/internal.h"
#include "mod/games/games_inner.h"

const struct option game_states[] = {
	{ "planned", N_("to be played") },
	{ "played", N_("played") },
	{ "cancelled", N_("called off") },
	{ NULL, NULL },
};
const struct option game_unplayed[] = {
	{ "won_a", N_("the first team won without playing") },
	{ "won_b", N_("the second team won without playing") },
	{ "cancelled", N_("called off, counts nothing") },
	{ NULL, NULL },
};

#define POINTS(m, LABEL, ...)                                                             \
	F_INT(tournament, m, .label = LABEL, .flags = F_REQUIRED, .privacy = PRIV_PUBLIC, \
	    .min = 0, .max = 100, __VA_ARGS__)

static const struct field tournament_fields[] = {
	F_REF(tournament, event, &event_kind, .label = N_("Event"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TEXT3(tournament, name, .label = N_("Name"), .flags = F_REQUIRED | F_LIST | F_SEARCH,
	    .privacy = PRIV_PUBLIC, .max = 300),
	F_TEXT(tournament, rules, .label = N_("Rules of the games"), .flags = F_LONG,
	    .privacy = PRIV_PUBLIC, .max = 20000),
	POINTS(win, N_("Points for a win"),
	    .help = N_("What the table counts by is fixed by the first result.")),
	POINTS(draw, N_("Points for a draw")),
	POINTS(loss, N_("Points for a loss")),
	POINTS(walkover, N_("Score of a win without playing"),
	    .help = N_("Counted as scored by the winner; the other side scores 0.")),
};
static struct kind_state tournament_state;
const struct kind tournament_kind = {
	.name = "tournament",
	.plural_name = "tournaments",
	.label = N_("Games"),
	.plural = N_("Games of all events"),
	.size = sizeof(struct tournament),
	.fields = tournament_fields,
	.nfields = ARRAY_LEN(tournament_fields),
	.title = { "name" },
	.read = CAP_PUBLIC,
	.create = CAP_EVENT_WRITE,
	.edit = CAP_EVENT_WRITE,
	.staff = CAP_EVENT_READ,
	.scope = tournament_scope,
	.writable = tournament_writable,
	.check = tournament_check,
	.path = "/games/%lld",
	.state = &tournament_state,
};

#define OF_GAMES(S)                                                  \
	F_REF(S, tournament, &tournament_kind, .label = N_("Games"), \
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC)

static const struct field game_team_fields[] = {
	OF_GAMES(game_team),
	F_TEXT(game_team, name, .label = N_("What the team is called"),
	    .help = N_("As the team is called; no names of people."), .flags = F_REQUIRED | F_LIST,
	    .privacy = PRIV_PUBLIC, .max = 120),
	F_REF(game_team, body, &body_kind, .label = N_("Body"), .help = N_("Which sends the team."),
	    .flags = F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_INT(game_team, people, .label = N_("People in the team"),
	    .help = N_("Only the number; empty when it is not known."), .flags = F_LIST,
	    .privacy = PRIV_PUBLIC, .min = 1, .max = 1000),
};
static struct kind_state game_team_state;
const struct kind game_team_kind = {
	.name = "game_team",
	.plural_name = "game_teams",
	.label = N_("Team"),
	.plural = N_("Teams"),
	.size = sizeof(struct game_team),
	.fields = game_team_fields,
	.nfields = ARRAY_LEN(game_team_fields),
	.title = { "name" },
	.small = true,
	.read = CAP_PUBLIC,
	.create = CAP_EVENT_WRITE,
	.edit = CAP_EVENT_WRITE,
	.staff = CAP_EVENT_READ,
	.scope = game_team_scope,
	.writable = game_team_writable,
	.check = game_team_check,
	.state = &game_team_state,
};

static const struct field game_match_fields[] = {
	OF_GAMES(game_match),
	F_REF(game_match, team_a, &game_team_kind, .label = N_("First team"),
	    .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(game_match, team_b, &game_team_kind, .label = N_("Second team"),
	    .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_DAY(game_match, day, .label = N_("Day"), .flags = F_REQUIRED | F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_TEXT(game_match, starts, .label = N_("Starts at"), .help = N_("For example 17:00."),
	    .flags = F_LIST, .privacy = PRIV_PUBLIC, .max = 5, .valid = time_error),
	F_TEXT(game_match, place, .label = N_("Place"), .flags = F_LIST | F_OPTION_COLUMN,
	    .privacy = PRIV_PUBLIC, .max = 300),
	F_ENUM(game_match, state, game_states, .label = N_("State"),
	    .flags = F_REQUIRED | F_RULED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_INT(game_match, score_a, .label = N_("Score of the first team"), .flags = F_LIST,
	    .privacy = PRIV_PUBLIC, .min = 0, .max = 1000),
	F_INT(game_match, score_b, .label = N_("Score of the second team"), .flags = F_LIST,
	    .privacy = PRIV_PUBLIC, .min = 0, .max = 1000),
	F_ENUM(game_match, unplayed, game_unplayed, .label = N_("If it was not played"),
	    .privacy = PRIV_PUBLIC),
	F_TEXT(game_match, reason, .label = N_("Reason"),
	    .help = N_("Why it was not played; everybody reads it, so no names of people."),
	    .privacy = PRIV_PUBLIC, .max = 500),
};
static struct kind_state game_match_state;
const struct kind game_match_kind = {
	.name = "game_match",
	.plural_name = "game_matches",
	.label = N_("Match"),
	.plural = N_("Matches"),
	.size = sizeof(struct game_match),
	.fields = game_match_fields,
	.nfields = ARRAY_LEN(game_match_fields),
	.named_by = { "team_a", "team_b" },
	.read = CAP_PUBLIC,
	.create = CAP_EVENT_WRITE,
	.edit = CAP_EVENT_WRITE,
	.staff = CAP_EVENT_READ,
	.scope = game_match_scope,
	.writable = game_match_writable,
	.prepare = game_match_prepare,
	.check = game_match_check,
	.state = &game_match_state,
};
