/* games_check.c – who sees games, who may write them, and what must be true of a team, a match, a result. */
#include "mod/games/games_inner.h"

static bool
is(const char *code, const char *wanted)
{
	return code != NULL && strcmp(code, wanted) == 0;
}

static bool
blank(const char *s)
{
	return s == NULL || s[strspn(s, " ")] == '\0';
}

/* ---- scopes: with the event ---- */

void
tournament_scope(struct ctx *cx, struct query *q)
{
	event_followed(cx, q, "tournament.event");
}

void
game_team_scope(struct ctx *cx, struct query *q)
{
	event_followed(
	    cx, q, "(SELECT t.event FROM tournament t WHERE t.id = game_team.tournament)");
}

void
game_match_scope(struct ctx *cx, struct query *q)
{
	event_followed(
	    cx, q, "(SELECT t.event FROM tournament t WHERE t.id = game_match.tournament)");
}

/* ---- who may write ---- */

int
games_run_by(struct ctx *cx, int64_t tournament)
{
	int64_t event;
	int rc;

	if (tournament == 0)
		return RC_OK; /* named by the kind */
	if (!may(cx, CAP_EVENT_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	rc = db_int(
	    cx, &event, "SELECT event FROM tournament WHERE id = $1", VALS(v_int(tournament)));
	return rc == RC_OK ? event_in_scope(cx, event, false) : rc;
}

int
tournament_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct tournament *t = rec;

	(void)old;
	return t->event == 0 ? RC_OK : event_in_scope(cx, t->event, false);
}

int
game_team_writable(struct ctx *cx, const void *old, const void *rec)
{
	(void)old;
	return games_run_by(cx, ((const struct game_team *)rec)->tournament);
}

int
game_match_writable(struct ctx *cx, const void *old, const void *rec)
{
	(void)old;
	return games_run_by(cx, ((const struct game_match *)rec)->tournament);
}

/* ---- the rules of the table are fixed by the first result ---- */

/* RULE games-1 */
int
tournament_check(struct ctx *cx, const void *old, const void *rec)
{
	static const char *const fixed[] = { "win", "draw", "loss", "walkover" };
	const struct tournament *was = old, *t = rec;
	int64_t n;
	size_t i;

	if (t->win != INT_NONE && t->draw != INT_NONE && t->win <= t->draw)
		fail_field(cx, "win", N_("A win must count more than a draw."));
	if (t->draw != INT_NONE && t->loss != INT_NONE && t->draw < t->loss)
		fail_field(cx, "draw", N_("A draw must count no less than a loss."));
	if (was == NULL)
		return RC_OK;
	TRY(db_int(cx, &n,
	    "SELECT count(*) FROM game_match WHERE tournament = $1 AND state = 'played'",
	    VALS(v_int(t->rec.id))));
	for (i = 0; n > 0 && i < ARRAY_LEN(fixed); i++)
		if (!field_same(kind_field(&tournament_kind, fixed[i]), was, t))
			fail_field(cx, fixed[i], N_("This is fixed: there are results already."));
	return RC_OK;
}

int
game_team_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct game_team *t = rec;
	int64_t n;

	(void)old;
	if (blank(t->name))
		return RC_OK; /* named by the kind */
	TRY(db_int(cx, &n,
	    "SELECT count(*) FROM game_team WHERE tournament = $1 AND name = $2 AND id <> $3",
	    VALS(v_int(t->tournament), v_text(t->name), v_int(t->rec.id))));
	if (n > 0)
		fail_field(cx, "name", N_("There is a team of this name already."));
	return RC_OK;
}

/* ---- matches ---- */

/* The state is no opinion: it follows from the result. */
int
game_match_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct game_match *m = rec;
	bool scored = m->score_a != INT_NONE || m->score_b != INT_NONE;

	(void)cx;
	(void)old;
	if (is(m->unplayed, "cancelled"))
		m->state = "cancelled";
	else
		m->state = scored || !blank(m->unplayed) ? "played" : "planned";
	return RC_OK;
}

static int
check_team(struct ctx *cx, const char *field, int64_t team, int64_t tournament)
{
	int64_t n;

	if (team == 0)
		return RC_OK; /* named by the kind */
	TRY(db_int(cx, &n, "SELECT count(*) FROM game_team WHERE id = $1 AND tournament = $2",
	    VALS(v_int(team), v_int(tournament))));
	if (n == 0)
		fail_field(cx, field, N_("This team does not play in these games."));
	return RC_OK;
}

/* RULE games-4: what was not played has a reason and no score of its own. */
static void
check_result(struct ctx *cx, const struct game_match *m)
{
	bool a = m->score_a != INT_NONE, b = m->score_b != INT_NONE, un = !blank(m->unplayed);

	if (a != b)
		fail_field(cx, a ? "score_b" : "score_a", N_("The score needs both numbers."));
	if (un && (a || b))
		fail_field(cx, "unplayed",
		    N_("A match that was not played has no score: empty one of the two."));
	if (un && blank(m->reason))
		fail_field(cx, "reason", N_("Say why it was not played."));
	if (!un && !blank(m->reason))
		fail_field(
		    cx, "unplayed", N_("A reason stands only where the match was not played."));
	if (is(m->state, "played") && m->day > cx->today)
		fail_field(cx, "day", N_("This day has not come yet; a result needs a past day."));
}

int
game_match_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct game_match *m = rec;

	(void)old;
	TRY(check_team(cx, "team_a", m->team_a, m->tournament));
	TRY(check_team(cx, "team_b", m->team_b, m->tournament));
	if (m->team_a != 0 && m->team_a == m->team_b)
		fail_field(cx, "team_b", N_("A team does not play against itself."));
	check_result(cx, m);
	return RC_OK;
}
