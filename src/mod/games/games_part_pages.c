/* games_part_pages.c – teams and matches: one form for each, the form of a result, and removing. A result is
 * taken back by emptying its form. */
#include "mod/games/games_pages.h"

static const struct sort {
	const char *under, *own; /* "teams" under the games, "game-teams" of its own */
	const struct kind *kind;
	const char *fresh, *change; /* msgids */
	const char *fields[6];
} sorts[] = {
	{ "/teams/", "/game-teams/", &game_team_kind, N_("New team"), N_("Change the team"),
	    { "name", "body", "people", NULL } },
	{ "/matches/", "/game-matches/", &game_match_kind, N_("New match"), N_("Change the match"),
	    { "team_a", "team_b", "day", "starts", "place", NULL } },
};
static const char *const result_fields[] = { "score_a", "score_b", "unplayed", "reason", NULL };

union piece {
	struct game_team team; /* rec and tournament stand first in both */
	struct game_match match;
};
_Static_assert(offsetof(struct game_team, tournament) == offsetof(struct game_match, tournament),
    "pages read the tournament of either");

static const struct sort *
sort_of_path(struct view *v)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(sorts); i++)
		if (strstr(v->path, sorts[i].under) != NULL ||
		    strncmp(v->path, sorts[i].own, strlen(sorts[i].own)) == 0)
			return &sorts[i];
	return NULL;
}

static bool
is_result(const struct ui_form *f)
{
	return f->fields == result_fields;
}

/* Only teams of these games can be chosen. */
static void
narrow(struct view *v, const struct ui_form *f, struct query *q)
{
	const union piece *rec = f->rec;

	(void)v;
	if (q->kind == &game_team_kind)
		query_and(q, "game_team.tournament = ?", VALS(v_int(rec->team.tournament)));
}

static void
draw_remove(struct view *v, const struct sort *s, const union piece *rec)
{
	if (s->kind == &game_match_kind && strcmp(rec->match.state, "planned") != 0)
		return;
	html(&v->h, "<div class='acts'>");
	ui_post_button(v,
	    arena_printf(v->cx->arena, "%s%lld/remove", s->own, (long long)rec->team.rec.id), 0,
	    tr(v->cx, "Remove"), true);
	html(&v->h, "</div>");
}

static int
draw_result_head(struct view *v, const union piece *rec)
{
	struct ctx *cx = v->cx;
	int64_t ids[] = { rec->match.team_a, rec->match.team_b };
	const char *name[2] = { "", "" };

	TRY(kind_titles(cx, &game_team_kind, ids, 2, name));
	html(&v->h, "<dl class='facts'><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd></dl>",
	    tr(cx, "First team"), name[0], tr(cx, "Second team"), name[1]);
	html(&v->h, "<p class='prose small'>%s</p>",
	    tr(cx, "Empty all of it to take the result back."));
	return RC_OK;
}

static int
draw(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;
	const struct sort *s = sort_of_path(v);
	const union piece *rec = f->rec;
	struct err kept = cx->err;
	struct tournament t;

	err_clear(cx);
	TRY(kind_get(cx, &tournament_kind, rec->team.tournament, &t));
	games_open(v, &t,
	    is_result(f) ? tr(cx, "Result of the match")
			 : tr(cx, f->create ? s->fresh : s->change));
	if (is_result(f))
		TRY(draw_result_head(v, rec));
	cx->err = kept;
	TRY(ui_form(v, f));
	if (!f->create && !is_result(f))
		draw_remove(v, s, rec);
	if (!f->create)
		TRY(ui_history(v, s->kind, rec->team.rec.id));
	ui_close(v);
	return RC_OK;
}

static int
new_form(struct view *v, union piece *rec, struct ui_form *f)
{
	const struct sort *s = sort_of_path(v);
	struct tournament t;
	struct event e;

	if (s == NULL)
		return RC_NOTFOUND;
	TRY(games_run_of_path(v, &t));
	TRY(kind_load(v->cx, &event_kind, t.event, &e));
	kind_empty(s->kind, rec);
	rec->team.tournament = t.rec.id;
	if (s->kind == &game_match_kind)
		rec->match.day = e.first_day;
	*f = (struct ui_form){ .kind = s->kind,
		.rec = rec,
		.create = true,
		.path = v->path,
		.fields = s->fields,
		.cancel = games_path(v, t.rec.id, ""),
		.again = true,
		.narrow = narrow };
	return RC_OK;
}

static int
edit_form(struct view *v, union piece *rec, struct ui_form *f)
{
	const struct sort *s = sort_of_path(v);
	int64_t id;

	if (s == NULL)
		return RC_NOTFOUND;
	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, s->kind, id, rec));
	TRY(games_run_by(v->cx, rec->team.tournament));
	*f = (struct ui_form){ .kind = s->kind,
		.rec = rec,
		.path = arena_printf(v->cx->arena, "%s%lld/edit", s->own, (long long)id),
		.fields = s->fields,
		.cancel = games_path(v, rec->team.tournament, ""),
		.narrow = narrow };
	return RC_OK;
}

static int
result_form(struct view *v, union piece *rec, struct ui_form *f)
{
	TRY(edit_form(v, rec, f));
	f->path =
	    arena_printf(v->cx->arena, "/game-matches/%lld/result", (long long)rec->match.rec.id);
	f->fields = result_fields;
	return RC_OK;
}

#define PAGES(NAME, FORM)                         \
	static int NAME##_page(struct view *v)    \
	{                                         \
		union piece rec;                  \
		struct ui_form f;                 \
                                                  \
		TRY(FORM(v, &rec, &f));           \
		return draw(v, &f);               \
	}                                         \
	static int NAME##_post(struct view *v)    \
	{                                         \
		union piece rec;                  \
		struct ui_form f;                 \
                                                  \
		TRY(FORM(v, &rec, &f));           \
		return ui_form_save(v, &f, draw); \
	}
PAGES(new, new_form)
PAGES(edit, edit_form)
PAGES(result, result_form)

static int
remove_post(struct view *v)
{
	union piece rec;
	struct ui_form f;
	int rc;

	TRY(edit_form(v, &rec, &f));
	rc = games_remove(v->cx, f.kind, rec.team.rec.id);
	if (rc == RC_RULE || rc == RC_CONFLICT) {
		v->status = 409;
		return draw(v, &f);
	}
	TRY(rc);
	return ui_done(v, games_path(v, rec.team.tournament, ""), tr(v->cx, "It is removed."));
}

#define PART(UNDER, OWN, FRESH, CHANGE, REMOVE)                                                 \
	{ M_GET, "/games/{id}/" UNDER "/new", new_page, CAP_EVENT_WRITE, 0, FRESH, NULL },      \
	    { M_POST, "/games/{id}/" UNDER "/new", new_post, CAP_EVENT_WRITE, 0, FRESH, NULL }, \
	    { M_GET, "/" OWN "/{id}/edit", edit_page, CAP_EVENT_WRITE, 0, CHANGE, NULL },       \
	    { M_POST, "/" OWN "/{id}/edit", edit_post, CAP_EVENT_WRITE, 0, CHANGE, NULL },      \
	{                                                                                       \
		M_POST, "/" OWN "/{id}/remove", remove_post, CAP_EVENT_WRITE, 0, REMOVE, NULL   \
	}
const struct route games_part_routes[] = {
	PART("teams", "game-teams", N_("New team"), N_("Change the team"), N_("Remove a team")),
	PART("matches", "game-matches", N_("New match"), N_("Change the match"),
	    N_("Remove a match")),
	{ M_GET, "/game-matches/{id}/result", result_page, CAP_EVENT_WRITE, 0,
	    N_("Result of the match"), NULL },
	{ M_POST, "/game-matches/{id}/result", result_post, CAP_EVENT_WRITE, 0,
	    N_("Result of the match"), NULL },
};
const size_t games_part_nroutes = ARRAY_LEN(games_part_routes);
