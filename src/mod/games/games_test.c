/* games_test.c – games through their rules, on both engines: what the first result fixes, what a result must be,
 * who may write, what stands in the table, what may be removed. */
#include "mod/games/games.h"
#define MORE_KINDS , &tournament_kind, &game_team_kind, &game_match_kind
#include "event_test.h"

#include "search/search.h"

static int64_t games, lead, team[3];

static int
open_all(void **state)
{
	if (open_house(state) != 0)
		return 1;
	search_boot(kinds, ARRAY_LEN(kinds));
	return 0;
}

static struct game_team
new_team(const char *name)
{
	struct game_team t;

	kind_empty(&game_team_kind, &t);
	t.tournament = games;
	t.name = name;
	return t;
}

static void
new_games_of(int number)
{
	static const char *const names[] = { "Шаңырақ", "Достық", "Бірлік" };
	struct tournament t;
	size_t i;

	lead = body(arena_printf(CX->arena, "host%d", number), 0);
	kind_empty(&tournament_kind, &t);
	t.event = event("Ұлттық ойындар", lead, 20241110, "approved").rec.id;
	t.name = (struct text3){ "Асық ату", NULL, NULL };
	t.win = 3;
	t.draw = 1;
	t.loss = 0;
	t.walkover = 5;
	OK(kind_insert(CX, &tournament_kind, &t));
	games = t.rec.id;
	for (i = 0; i < ARRAY_LEN(names); i++) {
		struct game_team one = new_team(names[i]);

		one.body = lead;
		OK(kind_insert(CX, &game_team_kind, &one));
		team[i] = one.rec.id;
	}
}

static struct game_match
new_match(int64_t a, int64_t b)
{
	struct game_match m;

	kind_empty(&game_match_kind, &m);
	m.tournament = games;
	m.team_a = a;
	m.team_b = b;
	m.day = 20241110;
	return m;
}

static int64_t
played(int64_t a, int64_t b, int64_t score_a, int64_t score_b)
{
	struct game_match m = new_match(a, b);

	m.score_a = score_a;
	m.score_b = score_b;
	OK(kind_insert(CX, &game_match_kind, &m));
	assert_string_equal(m.state, "played");
	return m.rec.id;
}

static void
refused(const char *field, int rc)
{
	assert_int_equal(rc, RC_INVALID);
	assert_non_null(CX->err.fields);
	assert_string_equal(CX->err.fields->field, field);
	err_clear(CX);
}

static void
test_fixed(void **state)
{
	struct tournament t;
	struct game_match m;
	int64_t id;

	(void)state;
	new_games_of(1);
	OK(kind_load(CX, &tournament_kind, games, &t));
	t.win = 2;
	OK(kind_update(CX, &tournament_kind, &t));
	t.draw = 2;
	refused("win", kind_update(CX, &tournament_kind, &t));
	id = played(team[0], team[1], 2, 0);
	OK(kind_load(CX, &tournament_kind, games, &t));
	t.win = 3;
	refused("win", kind_update(CX, &tournament_kind, &t));
	t.win = 2;
	t.walkover = 1;
	refused("walkover", kind_update(CX, &tournament_kind, &t));
	t.walkover = 5;
	t.rules = "Екі тайм";
	OK(kind_update(CX, &tournament_kind, &t)); /* what the table does not count by stays open */
	OK(kind_load(CX, &game_match_kind, id, &m));
	m.score_a = m.score_b = INT_NONE; /* taken back: it is open again */
	OK(kind_update(CX, &game_match_kind, &m));
	assert_string_equal(m.state, "planned");
	OK(kind_load(CX, &tournament_kind, games, &t));
	t.win = 3;
	OK(kind_update(CX, &tournament_kind, &t));
}

static void
test_results(void **state)
{
	struct game_match m;
	struct game_team t;

	(void)state;
	new_games_of(1);
	m = new_match(team[0], team[0]);
	refused("team_b", kind_insert(CX, &game_match_kind, &m));
	m = new_match(team[0], team[1]);
	m.score_a = 1;
	refused("score_b", kind_insert(CX, &game_match_kind, &m));
	m.score_b = 1;
	m.day = 20991231;
	refused("day", kind_insert(CX, &game_match_kind, &m));
	m.day = 20241110;
	m.unplayed = "won_a";
	m.reason = "Келмеді";
	refused("unplayed", kind_insert(CX, &game_match_kind, &m));
	m.score_a = m.score_b = INT_NONE;
	m.reason = NULL;
	refused("reason", kind_insert(CX, &game_match_kind, &m));
	m.reason = "Келмеді";
	m.starts = "25:00";
	refused("starts", kind_insert(CX, &game_match_kind, &m));
	m.starts = "10:00";
	OK(kind_insert(CX, &game_match_kind, &m));
	assert_string_equal(m.state, "played");
	t = new_team("Достық");
	refused("name", kind_insert(CX, &game_team_kind, &t));
	{ /* a team of other games */
		int64_t foreign = team[0];

		new_games_of(2);
		m = new_match(foreign, team[1]);
		refused("team_a", kind_insert(CX, &game_match_kind, &m));
	}
	m = new_match(team[0], team[1]);
	OK(kind_insert(CX, &game_match_kind, &m)); /* planned */
	assert_string_equal(m.state, "planned");
}

static void
test_table(void **state)
{
	struct game_match m;
	struct games g;

	(void)state;
	new_games_of(1);
	played(team[0], team[1], 1, 1);
	m = new_match(team[1], team[2]);
	m.unplayed = "won_b";
	m.reason = "Команда келмеді";
	OK(kind_insert(CX, &game_match_kind, &m));
	m = new_match(team[0], team[2]);
	m.unplayed = "cancelled";
	m.reason = "Жаңбыр";
	OK(kind_insert(CX, &game_match_kind, &m));
	assert_string_equal(m.state, "cancelled");
	m = new_match(team[0], team[2]);
	OK(kind_insert(CX, &game_match_kind, &m));
	OK(games_read(CX, games, &g));
	assert_int_equal(g.nteams, 3);
	assert_int_equal(g.nmatches, 4);
	assert_int_equal(g.team[g.row[0].team].rec.id, team[2]);
	assert_int_equal(g.row[0].points, 3);
	assert_int_equal(g.row[0].scored, 5);
	assert_int_equal(g.row[0].played, 1);
	assert_int_equal(g.team[g.row[1].team].rec.id, team[0]);
	assert_int_equal(g.row[1].points, 1);
	assert_int_equal(g.row[2].conceded, 6);
	assert_int_equal(game_outcome(&g.match[1], team[2]), OUTCOME_WON);
	assert_int_equal(game_outcome(&g.match[1], team[0]), OUTCOME_NONE);
	assert_int_equal(game_outcome(&g.match[2], team[0]), OUTCOME_NONE);
}

static void
test_doors(void **state)
{
	struct actor leader = { .account = 7,
		.role = ROLE_LEADER,
		.caps = role_caps(ROLE_LEADER),
		.login = "",
		.name = "",
		.csrf = "" };
	const struct actor *was;
	struct game_match m;
	struct tournament t;
	int64_t other, planned, id;

	(void)state;
	new_games_of(1);
	other = body("other", 0);
	id = played(team[0], team[1], 1, 0);
	m = new_match(team[0], team[2]);
	OK(kind_insert(CX, &game_match_kind, &m));
	planned = m.rec.id;
	was = CX->actor;
	leader.body = other;
	leader.scope = &other;
	leader.nscope = 1;
	CX->actor = &leader;
	OK(kind_get(CX, &tournament_kind, games, &t)); /* public with the event */
	m = new_match(team[1], team[2]);
	assert_int_equal(kind_insert(CX, &game_match_kind, &m), RC_DENIED);
	err_clear(CX);
	assert_int_equal(games_remove(CX, &game_match_kind, planned), RC_DENIED);
	err_clear(CX);
	leader.body = lead;
	leader.scope = &lead;
	assert_int_equal(games_remove(CX, &game_match_kind, id), RC_RULE);
	err_clear(CX);
	assert_int_equal(games_remove(CX, &game_team_kind, team[2]), RC_RULE);
	err_clear(CX);
	OK(games_remove(CX, &game_match_kind, planned));
	OK(games_remove(CX, &game_team_kind, team[2]));
	CX->actor = was;
	house_next(&house);
	assert_int_equal(
	    kind_load(CX, &game_team_kind, team[2], &(struct game_team){ 0 }), RC_NOTFOUND);
	err_clear(CX);
	verified();
}

#define T(f) cmocka_unit_test_setup_teardown(f, open_all, close_house)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { T(test_fixed), T(test_results), T(test_table),
		T(test_doors) };

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
