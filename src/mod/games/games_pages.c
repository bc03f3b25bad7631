/* games_pages.c – the list of games, and one tournament: results table, matches by day, how it is counted.
 * Everybody reads them; who runs the event enters teams, matches and results. */
#include "mod/games/games_pages.h"

/* ---- the list ---- */

static int
list_page(struct view *v)
{
	static const char *const columns[] = { "name", "event", NULL };
	struct ctx *cx = v->cx;
	struct ui_list l = {
		.kind = &tournament_kind, .path = "/games", .columns = columns, .sort = "title"
	};

	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	ui_open(v, &(struct page){ .title = tr(cx, "Games of all events"),
		       .nav = "/events",
		       .staff = true,
		       .crumbs = (const struct crumb[]){ { "/events", tr(cx, "Events") },
			   { NULL, tr(cx, "Games of all events") }, { NULL, NULL } } });
	if (may(cx, CAP_EVENT_WRITE))
		html(&v->h, "<p class='prose'>%s</p>",
		    tr(cx, "Games belong to an event: open the event and choose “New games”."));
	TRY(ui_list_page(v, &l));
	ui_close(v);
	return RC_OK;
}

/* ---- forms ---- */

static const char *const fields[] = { "name", "rules", "win", "draw", "loss", "walkover", NULL };

static int
draw_form(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;

	if (f->create)
		ui_open(v, &(struct page){ .title = tr(cx, "New games"),
			       .nav = "/events",
			       .staff = true,
			       .crumbs = (const struct crumb[]){ { "/events", tr(cx, "Events") },
				   { "/games", tr(cx, "Games of all events") },
				   { NULL, tr(cx, "New games") }, { NULL, NULL } } });
	else
		games_open(v, f->rec, tr(cx, "Change the games"));
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static int
new_form(struct view *v, struct tournament *t, struct ui_form *f)
{
	struct event e;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &event_kind, id, &e));
	TRY(event_in_scope(v->cx, id, false));
	kind_empty(&tournament_kind, t);
	t->event = id;
	t->name = e.name;
	t->win = 3;
	t->draw = 1;
	t->loss = 0;
	t->walkover = 3;
	*f = (struct ui_form){ .kind = &tournament_kind,
		.rec = t,
		.create = true,
		.path = arena_printf(v->cx->arena, "/events/%lld/games/new", (long long)id),
		.fields = fields,
		.cancel = arena_printf(v->cx->arena, "/events/%lld", (long long)id) };
	return RC_OK;
}

static int
new_page(struct view *v)
{
	struct tournament t;
	struct ui_form f;

	TRY(new_form(v, &t, &f));
	return draw_form(v, &f);
}

static int
new_post(struct view *v)
{
	struct tournament t;
	struct ui_form f;

	TRY(new_form(v, &t, &f));
	return ui_form_save(v, &f, draw_form);
}

static int
edit_form(struct view *v, struct tournament *t, struct ui_form *f)
{
	TRY(games_run_of_path(v, t));
	*f = (struct ui_form){ .kind = &tournament_kind,
		.rec = t,
		.path = games_path(v, t->rec.id, "/edit"),
		.fields = fields,
		.cancel = games_path(v, t->rec.id, "") };
	return RC_OK;
}

static int
edit_page(struct view *v)
{
	struct tournament t;
	struct ui_form f;

	TRY(edit_form(v, &t, &f));
	return draw_form(v, &f);
}

static int
edit_post(struct view *v)
{
	struct tournament t;
	struct ui_form f;

	TRY(edit_form(v, &t, &f));
	return ui_form_save(v, &f, draw_form);
}

/* ---- one tournament ---- */

static void
draw_results(struct view *v, const struct games *g, bool runs)
{
	struct ctx *cx = v->cx;
	long long id = (long long)g->t.rec.id;

	ui_section_open(v, "table", tr(cx, "Results table"), NULL);
	if (g->nteams == 0)
		ui_empty(v, tr(cx, "No teams yet"),
		    tr(cx, "The table appears with the teams and counts by itself from the "
			   "matches."),
		    runs ? ui_url(v, "/games/%lld/teams/new", id) : NULL, tr(cx, "Add a team"));
	else {
		games_draw_table(v, g);
		html(&v->h,
		    "<p class='acts'><a class='btn' href='%s'>CSV</a><a class='btn' "
		    "href='%s'>XLSX</a></p>",
		    ui_url(v, "/games/%lld/table?format=csv", id),
		    ui_url(v, "/games/%lld/table?format=xlsx", id));
	}
	ui_section_close(v);
}

static void
draw_matches(struct view *v, const struct games *g, bool runs)
{
	struct ctx *cx = v->cx;
	const char *add = ui_url(v, "/games/%lld/matches/new", (long long)g->t.rec.id);
	bool can = runs && g->nteams >= 2;

	ui_section_open(v, "matches", tr(cx, "Matches"), NULL);
	if (g->nmatches == 0)
		ui_empty(v, tr(cx, "No matches yet"),
		    g->nteams < 2 ? tr(cx, "They can be entered once there are two teams.")
				  : tr(cx, "Two teams, a day, an hour, a place."),
		    can ? add : NULL, tr(cx, "Add a match"));
	else {
		games_draw_matches(v, g, NULL, runs);
		if (can) {
			html(&v->h, "<p class='acts'>");
			ui_button(v, add, tr(cx, "Add a match"), true);
			html(&v->h, "</p>");
		}
	}
	ui_section_close(v);
}

static void
draw_teams(struct view *v, const struct games *g)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	if (g->nteams == 0)
		return;
	ui_section_open(v, "teams", tr(cx, "Teams"), NULL);
	html(h, "<ul class='prose'>");
	for (i = 0; i < g->nteams; i++) {
		const struct game_team *t = &g->team[i];

		html(h, "<li>%s", t->name);
		if (t->people != INT_NONE)
			html(h, " <span class='mute'>%s</span>",
			    trn(cx, t->people, "%s person", "%s people", num(cx, t->people)));
		html(h, " <a class='small' href='%s'>%s<span class='vh'>: %s</span></a></li>",
		    ui_url(v, "/game-teams/%lld/edit", (long long)t->rec.id), tr(cx, "change"),
		    t->name);
	}
	html(h, "</ul><p class='acts'>");
	ui_button(v, ui_url(v, "/games/%lld/teams/new", (long long)g->t.rec.id),
	    tr(cx, "Add a team"), false);
	html(h, "</p>");
	ui_section_close(v);
}

static void
draw_rules(struct view *v, const struct games *g, bool runs)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	ui_section_open(v, "rules", tr(cx, "How the table counts"), NULL);
	if (g->t.rules != NULL && *g->t.rules != '\0')
		html(h, "<p class='prose'>%s</p>", g->t.rules);
	html(h,
	    "<dl class='facts'><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd>",
	    tr(cx, "Points for a win"), num(cx, g->t.win), tr(cx, "Points for a draw"),
	    num(cx, g->t.draw), tr(cx, "Points for a loss"), num(cx, g->t.loss));
	html(h, "<dt>%s</dt><dd>%s : 0</dd></dl><p class='prose small'>%s</p>",
	    tr(cx, "Score of a win without playing"), num(cx, g->t.walkover),
	    tr(cx, "Equal points are parted by the difference of scores, then by what was scored, "
		   "then by the matches between those who are equal; else the place is shared."));
	if (runs) {
		html(h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/games/%lld/edit", (long long)g->t.rec.id),
		    tr(cx, "Change the games"), false);
		html(h, "</p>");
	}
	ui_section_close(v);
}

static int
games_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct tournament t;
	struct games g;
	bool runs;

	TRY(games_of_path(v, &t));
	TRY(games_read(cx, t.rec.id, &g));
	runs = games_runs(cx, t.rec.id);
	games_open(v, &t, NULL);
	html(&v->h, "<p><a href='%s'>%s</a> · %s</p>",
	    ui_url(v, "/events/%lld", (long long)t.event), kind_title(cx, &event_kind, &g.event),
	    event_days(cx, &g.event));
	draw_results(v, &g, runs);
	draw_matches(v, &g, runs);
	if (runs)
		draw_teams(v, &g);
	draw_rules(v, &g, runs);
	if (runs)
		TRY(ui_history(v, &tournament_kind, t.rec.id));
	ui_close(v);
	return RC_OK;
}

const struct route games_routes[] = {
	{ M_GET, "/games", list_page, CAP_PUBLIC, 0, N_("Games of all events"),
	    N_("Games of all events, each with its results table.") },
	{ M_GET, "/games/{id}", games_page, CAP_PUBLIC, 0, N_("Games"),
	    N_("Results table, matches by day, and how the table counts.") },
	{ M_GET, "/events/{id}/games/new", new_page, CAP_EVENT_WRITE, 0, N_("New games"), NULL },
	{ M_POST, "/events/{id}/games/new", new_post, CAP_EVENT_WRITE, 0, N_("New games"), NULL },
	{ M_GET, "/games/{id}/edit", edit_page, CAP_EVENT_WRITE, 0, N_("Change the games"), NULL },
	{ M_POST, "/games/{id}/edit", edit_post, CAP_EVENT_WRITE, 0, N_("Change the games"), NULL },
};
const size_t games_nroutes = ARRAY_LEN(games_routes);
