/* games_event_pages.c – on the page of an event: its games, with who leads and how many matches are played. */
#include "mod/games/games_pages.h"

static int
draw_one(struct view *v, const struct tournament *t)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct games g;
	int64_t played = 0;
	size_t i;

	TRY(games_read(cx, t->rec.id, &g));
	for (i = 0; i < g.nmatches; i++)
		played += strcmp(g.match[i].state, "played") == 0;
	html(h, "<li class='task'><p><a href='%s'>%s</a></p><p>",
	    ui_url(v, "/games/%lld", (long long)t->rec.id), kind_title(cx, &tournament_kind, t));
	if (played == 0)
		html(h, "%s", tr(cx, "No results yet"));
	else {
		html(h, "%s",
		    trn(cx, played, "%s match played", "%s matches played", num(cx, played)));
		for (i = 0; i < g.nteams && g.row[i].place == 1; i++)
			html(h, "%s%s", i == 0 ? " · 1. " : ", ", g.team[g.row[i].team].name);
	}
	html(h, "</p></li>");
	return RC_OK;
}

int
games_event_section(struct view *v, const struct event *e, const struct event_rights *can)
{
	struct ctx *cx = v->cx;
	struct query q;
	struct list l;
	size_t i;

	TRY(query_init(cx, &q, &tournament_kind));
	query_and(&q, "tournament.event = ?", VALS(v_int(e->rec.id)));
	TRY(query_list(&q, &l));
	if (l.n == 0 && !can->writes)
		return RC_OK;
	ui_section_open(v, "games", tr(cx, "Games"), NULL);
	if (l.n > 0) {
		html(&v->h, "<ul>");
		for (i = 0; i < l.n; i++)
			TRY(draw_one(v, list_row(&l, &tournament_kind, i)));
		html(&v->h, "</ul>");
	} else
		html(&v->h, "<p class='mute'>%s</p>",
		    tr(cx, "Teams, matches and a table that counts by itself, if something is "
			   "played here."));
	if (can->writes) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/events/%lld/games/new", (long long)e->rec.id),
		    l.n == 0 ? tr(cx, "New games") : tr(cx, "Games of one more kind"), false);
		html(&v->h, "</p>");
	}
	ui_section_close(v);
	return RC_OK;
}
