/* games_reads.c – reads one tournament whole and counts its table; removes what nothing names. */
#include "mod/games/games_inner.h"

ptrdiff_t
games_team_at(const struct games *g, int64_t team)
{
	size_t i;

	for (i = 0; i < g->nteams; i++)
		if (g->team[i].rec.id == team)
			return (ptrdiff_t)i;
	return -1;
}

/* Which side a match without playing goes to: 1 = the first, 2 = the second, 0 = it was played. */
static int
given_to(const struct game_match *m)
{
	if (m->unplayed == NULL)
		return 0;
	return strcmp(m->unplayed, "won_a") == 0 ? 1 : 2;
}

enum game_outcome
game_outcome(const struct game_match *m, int64_t team)
{
	int given = given_to(m);
	int64_t more;

	if (strcmp(m->state, "played") != 0 || (team != m->team_a && team != m->team_b))
		return OUTCOME_NONE;
	more = given == 1 ? 1 : given == 2 ? -1 : m->score_a - m->score_b;
	if (more == 0)
		return OUTCOME_DRAWN;
	return (more > 0) == (team == m->team_a) ? OUTCOME_WON : OUTCOME_LOST;
}

/* RULE games-2: nothing but matches with a result makes the table. */
static void
count_table(struct ctx *cx, struct games *g)
{
	struct game_result *r = arena_array(cx->arena, struct game_result, g->nmatches + 1);
	struct game_input in = { { g->t.win, g->t.draw, g->t.loss }, g->nteams, 0, r };
	size_t i;

	for (i = 0; i < g->nmatches; i++) {
		const struct game_match *m = &g->match[i];
		ptrdiff_t a = games_team_at(g, m->team_a), b = games_team_at(g, m->team_b);
		int given = given_to(m);

		if (strcmp(m->state, "played") != 0 || a < 0 || b < 0)
			continue;
		r[in.n++] = (struct game_result){ .a = (size_t)a,
			.b = (size_t)b,
			.score_a = given == 0	? m->score_a
				   : given == 1 ? g->t.walkover
						: 0,
			.score_b = given == 0	? m->score_b
				   : given == 2 ? g->t.walkover
						: 0,
			.won = given };
	}
	g->row = arena_array(cx->arena, struct game_row, g->nteams + 1);
	game_table(cx->arena, &in, g->row);
}

static int
name_senders(struct ctx *cx, struct games *g)
{
	int64_t *ids = arena_array(cx->arena, int64_t, g->nteams + 1);
	const char **titles = arena_array(cx->arena, const char *, g->nteams + 1);
	size_t i, n = 0;

	g->sent_by = arena_array(cx->arena, const char *, g->nteams + 1);
	for (i = 0; i < g->nteams; i++)
		if (g->team[i].body != 0)
			ids[n++] = g->team[i].body;
	TRY(kind_titles(cx, &body_kind, ids, n, titles));
	for (i = n = 0; i < g->nteams; i++)
		g->sent_by[i] = g->team[i].body != 0 ? titles[n++] : "";
	return RC_OK;
}

int
games_read(struct ctx *cx, int64_t tournament, struct games *out)
{
	void *p;

	*out = (struct games){ 0 };
	TRY(kind_load(cx, &tournament_kind, tournament, &out->t));
	TRY(kind_load(cx, &event_kind, out->t.event, &out->event));
	TRY(kind_load_all(cx, &game_team_kind,
	    "SELECT id FROM game_team WHERE tournament = $1 ORDER BY sort_kk, id", tournament, &p,
	    &out->nteams));
	out->team = p;
	TRY(kind_load_all(cx, &game_match_kind,
	    "SELECT id FROM game_match WHERE tournament = $1 ORDER BY day, coalesce(starts, ''), "
	    "id",
	    tournament, &p, &out->nmatches));
	out->match = p;
	count_table(cx, out);
	return name_senders(cx, out);
}

/* ---- removing ---- */

static int
may_go(struct ctx *cx, const struct kind *k, const void *rec)
{
	const struct game_match *m = rec;
	int64_t n;

	if (k == &game_match_kind)
		return strcmp(m->state, "planned") == 0
			   ? RC_OK
			   : fail(cx, RC_RULE,
				 N_("Only a match without a result can be removed. Take the result "
				    "back first."));
	TRY(db_int(cx, &n, "SELECT count(*) FROM game_match WHERE team_a = $1 OR team_b = $1",
	    VALS(v_int(m->rec.id))));
	return n == 0 ? RC_OK
		      : fail(cx, RC_RULE, N_("This team has %s matches; remove them first."),
			    num(cx, n));
}

int
games_remove(struct ctx *cx, const struct kind *k, int64_t id)
{
	return kind_remove(
	    cx, &(struct kind_removal){ k, id, may_go,
		    k == &game_team_kind ? "tournament,name" : "tournament,team_a,team_b,day" });
}
