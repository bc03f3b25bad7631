/* games_table_pages.c – the matches behind a number of the table, and the table as CSV and XLSX. */
#include "mod/games/games_pages.h"
#include "text/csv.h"
#include "text/xlsx.h"

/* ---- matches behind a number ---- */

static const struct option outcomes[] = {
	{ "", N_("all matches with a result") },
	{ "won", N_("matches won") },
	{ "drawn", N_("matches drawn") },
	{ "lost", N_("matches lost") },
	{ NULL, NULL },
};

/* The word of the address: its place in outcomes[]; 0 = all with a result. */
static enum game_outcome
asked(struct view *v)
{
	const char *s = req_q(v->rq, "outcome");
	size_t i;

	for (i = 1; s != NULL && outcomes[i].code != NULL; i++)
		if (strcmp(outcomes[i].code, s) == 0)
			return (enum game_outcome)i;
	return OUTCOME_NONE;
}

static ptrdiff_t
asked_team(struct view *v, const struct games *g)
{
	const char *s = req_q(v->rq, "team");
	int64_t id;

	return s != NULL && num_parse(s, &id) ? games_team_at(g, id) : -1;
}

static size_t
pick(const struct games *g, ptrdiff_t team, enum game_outcome want, bool *shown)
{
	size_t i, n = 0;

	for (i = 0; i < g->nmatches; i++) {
		const struct game_match *m = &g->match[i];
		enum game_outcome is = game_outcome(m, team < 0 ? m->team_a : g->team[team].rec.id);

		shown[i] = is != OUTCOME_NONE && (want == OUTCOME_NONE || is == want);
		n += shown[i];
	}
	return n;
}

static void
draw_ask(struct view *v, const struct games *g, ptrdiff_t team, enum game_outcome want)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	html(h,
	    "<form class='clock noprint' action='%s'><div class='asks'><div class='fld'><label "
	    "for='team'>%s</label><select id='team' name='team'><option value=''>%s</option>",
	    ui_url(v, "/games/%lld/matches", (long long)g->t.rec.id), tr(cx, "Team"),
	    tr(cx, "All teams"));
	for (i = 0; i < g->nteams; i++) {
		html(h, "<option value='%lld'", (long long)g->team[i].rec.id);
		if ((ptrdiff_t)i == team)
			html(h, " selected");
		html(h, ">%s</option>", g->team[i].name);
	}
	html(h,
	    "</select></div><div class='fld'><label for='outcome'>%s</label><select id='outcome' "
	    "name='outcome'>",
	    tr(cx, "Which matches"));
	for (i = 0; outcomes[i].code != NULL; i++) {
		html(h, "<option value='%s'", outcomes[i].code);
		if (i == (size_t)want)
			html(h, " selected");
		html(h, ">%s</option>", event_capital(cx, tr(cx, outcomes[i].label)));
	}
	html(h,
	    "</select></div></div><p class='acts'><button type='submit' class='btn "
	    "go'>%s</button></p></form>",
	    tr(cx, "Show"));
}

static int
matches_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct tournament t;
	struct games g;
	enum game_outcome want = asked(v);
	ptrdiff_t team;
	bool *shown;
	size_t n;

	TRY(games_of_path(v, &t));
	TRY(games_read(cx, t.rec.id, &g));
	team = asked_team(v, &g);
	if (team < 0)
		want = OUTCOME_NONE; /* won by whom? */
	shown = arena_array(cx->arena, bool, g.nmatches + 1);
	n = pick(&g, team, want, shown);
	games_open(v, &t, tr(cx, "Matches"));
	html(&v->h, "<p>%s%s%s · %s</p>", team < 0 ? "" : g.team[team].name, team < 0 ? "" : " · ",
	    tr(cx, outcomes[want].label),
	    trn(cx, (int64_t)n, "%s match", "%s matches", num(cx, (int64_t)n)));
	draw_ask(v, &g, team, want);
	if (n == 0)
		ui_empty(v, tr(cx, "There is no such match."),
		    tr(cx, "Only matches with a result stand behind the table."), NULL, NULL);
	else
		games_draw_matches(v, &g, shown, false);
	ui_close(v);
	return RC_OK;
}

/* ---- the table as a file ---- */

enum { COLUMNS = 10 };

static void
row_numbers(const struct game_row *r, int64_t out[8])
{
	const int64_t n[8] = { r->played, r->won, r->drawn, r->lost, r->scored, r->conceded,
		r->scored - r->conceded, r->points };

	memcpy(out, n, sizeof n);
}

static void
head_words(struct ctx *cx, const char *out[COLUMNS])
{
	const char *const w[COLUMNS] = { tr(cx, "Place won"), tr(cx, "Team"), tr(cx, "Played"),
		tr(cx, "Won"), tr(cx, "Drawn"), tr(cx, "Lost"), tr(cx, "Score for"),
		tr(cx, "Score against"), tr(cx, "Difference"), tr(cx, "Points in the table") };

	memcpy(out, w, sizeof w);
}

static int
table_xlsx(struct view *v, const struct games *g, struct slice *out)
{
	const char *head[COLUMNS];
	int64_t n[8];
	struct xlsx *x;
	size_t i, k;

	head_words(v->cx, head);
	TRY(xlsx_open(v->cx->arena, "table", &x));
	for (i = 0; i < COLUMNS; i++)
		xlsx_head(x, head[i]);
	xlsx_end_row(x);
	for (i = 0; i < g->nteams; i++) {
		row_numbers(&g->row[i], n);
		xlsx_num(x, g->row[i].place);
		xlsx_text(x, g->team[g->row[i].team].name);
		for (k = 0; k < ARRAY_LEN(n); k++)
			xlsx_num(x, n[k]);
		xlsx_end_row(x);
	}
	return xlsx_close(x, out);
}

static void
table_csv(struct view *v, const struct games *g, struct slice *out)
{
	const char *head[COLUMNS];
	int64_t n[8];
	struct csv c;
	size_t i, k;

	head_words(v->cx, head);
	csv_init(&c, v->cx->arena, true, 0);
	for (i = 0; i < COLUMNS; i++)
		csv_cell(&c, head[i]);
	csv_end_row(&c);
	for (i = 0; i < g->nteams; i++) {
		row_numbers(&g->row[i], n);
		csv_num(&c, g->row[i].place);
		csv_cell(&c, g->team[g->row[i].team].name);
		for (k = 0; k < ARRAY_LEN(n); k++)
			csv_num(&c, n[k]);
		csv_end_row(&c);
	}
	*out = (struct slice){ c.out.p, c.out.n };
}

static int
table_file(struct view *v)
{
	const char *format = req_q(v->rq, "format");
	bool xlsx = format != NULL && strcmp(format, "xlsx") == 0;
	struct tournament t;
	struct games g;

	TRY(games_of_path(v, &t));
	TRY(games_read(v->cx, t.rec.id, &g));
	if (xlsx) {
		TRY(table_xlsx(v, &g, &v->rq->res.body));
		v->rq->res.type =
		    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
	} else {
		table_csv(v, &g, &v->rq->res.body);
		v->rq->res.type = "text/csv; charset=utf-8";
	}
	res_header(v->rq, "Content-Disposition",
	    arena_printf(v->cx->arena, "attachment; filename=\"games-%lld.%s\"",
		(long long)t.rec.id, xlsx ? "xlsx" : "csv"));
	if (v->cx->actor->account != 0)
		TRY(audit_note(v->cx, "export", "tournament", t.rec.id, xlsx ? "xlsx" : "csv"));
	v->rq->res.status = 200;
	return RC_OK;
}

const struct route games_table_routes[] = {
	{ M_GET, "/games/{id}/matches", matches_page, CAP_PUBLIC, 0, N_("Matches"),
	    N_("The matches behind a number of the results table.") },
	{ M_GET, "/games/{id}/table", table_file, CAP_PUBLIC, 0, N_("Results table"),
	    N_("The results table as CSV or XLSX.") },
};
const size_t games_table_nroutes = ARRAY_LEN(games_table_routes);
