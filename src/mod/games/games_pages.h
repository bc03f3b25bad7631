/* games_pages.h – the pages of games, as tables of routes for app/, and below what they share. */
#ifndef MOD_GAMES_PAGES_H
#define MOD_GAMES_PAGES_H

#include "mod/games/games.h"
#include "ui/ui.h"

extern const struct route games_routes[];	/* list, one tournament, its form */
extern const struct route games_part_routes[];	/* teams, matches, results */
extern const struct route games_table_routes[]; /* matches behind a number, the table as a file */
extern const size_t games_nroutes, games_part_nroutes, games_table_nroutes;

/* games_event_pages.c: the games as a section of the event's page. */
int games_event_section(struct view *v, const struct event *e, const struct event_rights *can) MUST;

/* ---- games_shared_pages.c ---- */
/* "/games/5" + tail in the arena, without language. */
const char *games_path(struct view *v, int64_t id, const char *tail);
/* The tournament of the first {…}, as far as this actor may see it. */
int games_of_path(struct view *v, struct tournament *out) MUST;
/* The same, and only for those who run it. */
int games_run_of_path(struct view *v, struct tournament *out) MUST;
bool games_runs(struct ctx *cx, int64_t tournament);
/* Opens the frame with crumbs down to `title` (NULL = the page of the games themselves). */
void games_open(struct view *v, const struct tournament *t, const char *title);
/* "Шаңырақ – Достық" */
const char *games_sides(struct ctx *cx, const struct games *g, const struct game_match *m);
/* "3 : 1"; "–" before it is played and where it counts nothing. */
const char *games_score_text(struct ctx *cx, const struct games *g, const struct game_match *m);
/* Matches as tables by day; shown: which, NULL = all; change: with the ways to enter a result and to change the match. */
void games_draw_matches(struct view *v, const struct games *g, const bool *shown, bool change);
/* The table of results as the page draws it, every number open to its matches. */
void games_draw_table(struct view *v, const struct games *g);

#endif
