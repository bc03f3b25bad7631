/* games_shared_pages.c – what the pages of games have in common: frame, the results table, matches by day. */
#include "mod/games/games_pages.h"

const char *
games_path(struct view *v, int64_t id, const char *tail)
{
	return arena_printf(v->cx->arena, "/games/%lld%s", (long long)id, tail);
}

int
games_of_path(struct view *v, struct tournament *out)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, &tournament_kind, id, out);
}

int
games_run_of_path(struct view *v, struct tournament *out)
{
	TRY(games_of_path(v, out));
	return games_run_by(v->cx, out->rec.id);
}

bool
games_runs(struct ctx *cx, int64_t tournament)
{
	struct err kept = cx->err;
	bool runs = games_run_by(cx, tournament) == RC_OK;

	cx->err = kept;
	return runs;
}

void
games_open(struct view *v, const struct tournament *t, const char *title)
{
	struct ctx *cx = v->cx;
	const char *name = kind_title(cx, &tournament_kind, t);
	struct crumb crumbs[] = { { "/events", tr(cx, "Events") },
		{ "/games", tr(cx, "Games of all events") },
		{ title == NULL ? NULL : games_path(v, t->rec.id, ""), name }, { NULL, title },
		{ NULL, NULL } };

	ui_open(v, &(struct page){ .title = title == NULL ? name : title,
		       .nav = "/events",
		       .staff = true,
		       .crumbs = crumbs });
}

static const char *
team_name(const struct games *g, int64_t team)
{
	ptrdiff_t at = games_team_at(g, team);

	return at < 0 ? "" : g->team[at].name;
}

const char *
games_sides(struct ctx *cx, const struct games *g, const struct game_match *m)
{
	return arena_printf(cx->arena, "%s – %s", team_name(g, m->team_a), team_name(g, m->team_b));
}

const char *
games_score_text(struct ctx *cx, const struct games *g, const struct game_match *m)
{
	int64_t a = m->score_a, b = m->score_b;

	if (strcmp(m->state, "played") != 0)
		return "–";
	if (m->unplayed != NULL) {
		bool first = strcmp(m->unplayed, "won_a") == 0;

		a = first ? g->t.walkover : 0;
		b = first ? 0 : g->t.walkover;
	}
	return arena_printf(cx->arena, "%s : %s", num(cx, a), num(cx, b));
}

/* ---- the results table ---- */

static void
cell(struct view *v, const char *label, const char *href, const char *number)
{
	html(&v->h, "<td class='r num' data-l='%s'>", label);
	ui_count(v, KNOWN_EXACT, href, number);
	html(&v->h, "</td>");
}

static const char *
matches_of(struct view *v, const struct games *g, const struct game_row *r, const char *outcome)
{
	return ui_url(v, "/games/%lld/matches?team=%lld&outcome=%s", (long long)g->t.rec.id,
	    (long long)g->team[r->team].rec.id, outcome);
}

static const char *
parted_text(struct ctx *cx, enum game_parted p)
{
	static const char *const said[] = { [GAME_NOT_EQUAL] = NULL,
		[GAME_BY_DIFFERENCE] = N_("equal points, parted by the difference"),
		[GAME_BY_SCORED] = N_("equal points and difference, parted by what was scored"),
		[GAME_BY_MATCH] = N_("equal in all numbers, parted by the matches between them"),
		[GAME_SHARED] = N_("equal, the place is shared") };

	return said[p] == NULL ? NULL : tr(cx, said[p]);
}

static void
draw_row(struct view *v, const struct games *g, const struct game_row *r)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *parted = r->played > 0 ? parted_text(cx, r->parted) : NULL;
	int64_t diff = r->scored - r->conceded;

	html(h, "<tr><th scope='row'>%s. %s", num(cx, r->place), g->team[r->team].name);
	if (*g->sent_by[r->team] != '\0')
		html(h, "<br><span class='small mute'>%s</span>", g->sent_by[r->team]);
	if (parted != NULL)
		html(h, "<br><span class='small mute'>%s</span>", parted);
	html(h, "</th>");
	cell(v, tr(cx, "Played"), matches_of(v, g, r, ""), num(cx, r->played));
	cell(v, tr(cx, "Won"), matches_of(v, g, r, "won"), num(cx, r->won));
	cell(v, tr(cx, "Drawn"), matches_of(v, g, r, "drawn"), num(cx, r->drawn));
	cell(v, tr(cx, "Lost"), matches_of(v, g, r, "lost"), num(cx, r->lost));
	cell(v, tr(cx, "Result"), matches_of(v, g, r, ""),
	    arena_printf(cx->arena, "%s : %s", num(cx, r->scored), num(cx, r->conceded)));
	cell(v, tr(cx, "Difference"), NULL,
	    diff > 0   ? arena_printf(cx->arena, "+%s", num(cx, diff))
	    : diff < 0 ? arena_printf(cx->arena, "−%s", num(cx, -diff))
		       : num(cx, 0));
	cell(v, tr(cx, "Points in the table"), matches_of(v, g, r, ""), num(cx, r->points));
	html(h, "</tr>");
}

void
games_draw_table(struct view *v, const struct games *g)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *const head[] = { tr(cx, "Played"), tr(cx, "Won"), tr(cx, "Drawn"),
		tr(cx, "Lost"), tr(cx, "Result"), tr(cx, "Difference"),
		tr(cx, "Points in the table") };
	size_t i;

	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th>",
	    tr(cx, "Results table"), tr(cx, "Place and team"));
	for (i = 0; i < ARRAY_LEN(head); i++)
		html(h, "<th scope='col' class='r'>%s</th>", head[i]);
	html(h, "</tr></thead><tbody>");
	for (i = 0; i < g->nteams; i++)
		draw_row(v, g, &g->row[i]);
	html(h, "</tbody></table></div>");
}

/* ---- matches ---- */

static void
draw_match_state(struct view *v, const struct game_match *m)
{
	struct ctx *cx = v->cx;

	if (m->unplayed != NULL) {
		ui_state(v, strcmp(m->state, "cancelled") == 0 ? '-' : 'o',
		    option_label(cx, game_unplayed, m->unplayed));
		html(
		    &v->h, "<br><span class='small'>%s</span>", m->reason == NULL ? "" : m->reason);
	} else if (strcmp(m->state, "played") == 0)
		ui_state(v, 'o', tr(cx, "played"));
	else
		ui_state(v, m->day < cx->today ? 'w' : 'p',
		    m->day < cx->today ? tr(cx, "the result is missing") : tr(cx, "to be played"));
}

static void
draw_match(struct view *v, const struct games *g, const struct game_match *m, bool change)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *sides = games_sides(cx, g, m);
	long long id = (long long)m->rec.id;

	html(h,
	    "<tr><th scope='row'>%s</th><td class='num' data-l='%s'><b>%s</b></td><td "
	    "data-l='%s'>%s</td><td data-l='%s'>%s</td><td data-l='%s'><div>",
	    sides, tr(cx, "Result"), games_score_text(cx, g, m), tr(cx, "Starts at"),
	    m->starts == NULL ? "" : m->starts, tr(cx, "Place"), m->place == NULL ? "" : m->place,
	    tr(cx, "State"));
	draw_match_state(v, m);
	html(h, "</div></td>");
	if (change) {
		html(h, "<td class='noprint'>");
		if (m->day <= cx->today || strcmp(m->state, "planned") != 0)
			html(h, "<a href='%s'>%s<span class='vh'>: %s</span></a> · ",
			    ui_url(v, "/game-matches/%lld/result", id),
			    strcmp(m->state, "planned") == 0 ? tr(cx, "enter the result")
							     : tr(cx, "change the result"),
			    sides);
		html(h, "<a href='%s'>%s<span class='vh'>: %s</span></a></td>",
		    ui_url(v, "/game-matches/%lld/edit", id), tr(cx, "change"), sides);
	}
	html(h, "</tr>");
}

static void
day_open(struct view *v, int day, bool change)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h,
	    "<h3>%s</h3><div class='tbl'><table class='cards'><caption "
	    "class='vh'>%s</caption><thead><tr><th scope='col'>%s</th><th scope='col'>%s</th><th "
	    "scope='col'>%s</th>",
	    day_text(cx, day), trf(cx, "Matches of %s", day_text(cx, day)), tr(cx, "Match"),
	    tr(cx, "Result"), tr(cx, "Starts at"));
	html(h, "<th scope='col'>%s</th><th scope='col'>%s</th>", tr(cx, "Place"), tr(cx, "State"));
	if (change)
		html(h, "<th scope='col' class='noprint'><span class='vh'>%s</span></th>",
		    tr(cx, "What can be done"));
	html(h, "</tr></thead><tbody>");
}

void
games_draw_matches(struct view *v, const struct games *g, const bool *shown, bool change)
{
	int day = 0;
	size_t i;

	for (i = 0; i < g->nmatches; i++) {
		if (shown != NULL && !shown[i])
			continue;
		if (g->match[i].day != day) {
			if (day != 0)
				html(&v->h, "</tbody></table></div>");
			day = g->match[i].day;
			day_open(v, day, change);
		}
		draw_match(v, g, &g->match[i], change);
	}
	if (day != 0)
		html(&v->h, "</tbody></table></div>");
}
