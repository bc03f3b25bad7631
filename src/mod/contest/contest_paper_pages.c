/* contest_paper_pages.c – points on paper: a printed sheet for each juror with the numbers of the rows, and the
 * page where the secretariat types them in with the number keys alone.
 *
 * A blind contest has no names on its sheets; whom a juror does not score has no row on his. */
#include "mod/contest/contest_pages.h"

/* ---- sheets ---- */

static void
sheet_head(struct view *v, const struct contest_table *t, const char *juror)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t c;

	html(h,
	    "<div class='paper'><div class='top'><div><strong>%s</strong><br>%s</div><div "
	    "class='small'>%s</div></div><div class='hem'></div><h2 class='name'>%s</h2><p>%s: "
	    "%s</p>",
	    kind_title(cx, &contest_kind, &t->c), kind_title(cx, &event_kind, &t->event),
	    event_days(cx, &t->event), tr(cx, "Sheet of points"), tr(cx, "Juror"), juror);
	html(h, "<p class='small'>%s</p>",
	    trf(cx, "Points from %1$s to %2$s, whole numbers, a number in every box.",
		num(cx, t->c.min_score), num(cx, t->c.max_score)));
	html(h,
	    "<div class='tbl'><table class='sheet points'><caption "
	    "class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>№</th><th scope='col'>%s</th>",
	    tr(cx, "Sheet of points"), tr(cx, "Work"));
	for (c = 0; c < t->ncriteria; c++)
		html(h, "<th scope='col'>%s</th>", tr3(cx, &t->criterion[c].name, NULL));
	html(h, "</tr></thead><tbody>");
}

static int
draw_sheet(struct view *v, const struct contest_table *t, size_t j)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *juror;
	size_t e, c;

	TRY(contest_juror_name(cx, &t->juror[j], &juror));
	sheet_head(v, t, juror);
	for (e = 0; e < t->nentries; e++) {
		const char *who = "";

		if (contest_ground(t, j, e) != NULL)
			continue;
		if (!t->c.blind)
			TRY(contest_entrant(cx, &t->entry[e], &who));
		html(h, "<tr><td class='nw'>%lld</td><td>%s%s%s</td>",
		    (long long)contest_row_code(t, e), t->entry[e].work, *who == '\0' ? "" : " – ",
		    who);
		for (c = 0; c < t->ncriteria; c++)
			html(h, "<td></td>");
		html(h, "</tr>");
	}
	html(h,
	    "</tbody></table></div><div class='sign'><span>%s</span><i></i><span>%s</span></div><p "
	    "class='small'>%s</p></div>",
	    tr(cx, "Signature of the juror"), tr(cx, "Day and hour: ____________"),
	    tr(cx,
		"Whoever is bound to an entrant says so to the chair and leaves the row empty."));
	return RC_OK;
}

static int
draw_sheets(struct view *v, const struct contest_table *t, int64_t only)
{
	struct ctx *cx = v->cx;
	size_t j;

	ui_open(v,
	    &(struct page){
		.title = tr(cx, "Sheets for points on paper"), .nav = "/events", .staff = true });
	html(&v->h, "<p class='acts'>");
	ui_button(v, ui_url(v, "/contests/%lld", (long long)t->c.rec.id),
	    tr(cx, "Back to the contest"), false);
	html(&v->h, "</p>");
	if (contest_stage(t->c.state) < STAGE_JUDGING)
		ui_note(v, 'w',
		    tr(cx, "The jury has not begun: numbers and rows may still change. Print the "
			   "sheets "
			   "after that."));
	if (t->njurors == 0 || t->nentries == 0)
		ui_empty(v, tr(cx, "There is nothing to print yet"),
		    tr(cx, "Sheets need a jury and entries."), NULL, NULL);
	for (j = 0; t->nentries > 0 && j < t->njurors; j++)
		if (only == 0 || t->juror[j].rec.id == only)
			TRY(draw_sheet(v, t, j));
	ui_close(v);
	return RC_OK;
}

static int
sheets_page(struct view *v)
{
	struct contest_table t;
	struct contest c;

	TRY(contest_run_of_path(v, &c));
	TRY(contest_table(v->cx, c.rec.id, &t));
	return draw_sheets(v, &t, 0);
}

static int
juror_table(struct view *v, struct contest_table *t, size_t *at)
{
	struct juror j;
	int64_t id;
	ptrdiff_t i;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &juror_kind, id, &j));
	TRY(contest_run_by(v->cx, j.contest));
	TRY(contest_table(v->cx, j.contest, t));
	i = contest_juror_at(t, id);
	if (i < 0)
		return RC_NOTFOUND;
	*at = (size_t)i;
	return RC_OK;
}

static int
sheet_page(struct view *v)
{
	struct contest_table t;
	size_t at;

	TRY(juror_table(v, &t, &at));
	return draw_sheets(v, &t, t.juror[at].rec.id);
}

/* ---- typing ---- */

static void
typed_rows(struct view *v, const struct contest_table *t, size_t j)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t e, c;

	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>№</th>",
	    tr(cx, "Typed so far"));
	for (c = 0; c < t->ncriteria; c++)
		html(h, "<th scope='col' class='r'>%s</th>", tr3(cx, &t->criterion[c].name, NULL));
	html(h, "</tr></thead><tbody>");
	for (e = 0; e < t->nentries; e++) {
		if (contest_ground(t, j, e) != NULL)
			continue;
		html(h, "<tr><th scope='row'>%s</th>", contest_code_text(cx, t, e));
		for (c = 0; c < t->ncriteria; c++) {
			int64_t n = rank_score(&t->in, j, e, c);

			html(h, "<td class='r num' data-l='%s'>%s</td>",
			    tr3(cx, &t->criterion[c].name, NULL), n == NO_SCORE ? "–" : num(cx, n));
		}
		html(h, "</tr>");
	}
	html(h, "</tbody></table></div>");
}

static int
draw_typing(struct view *v, const struct contest_table *t, size_t j)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t of, missing = contest_missing(t, j, &of), c;
	const char *juror;

	TRY(contest_juror_name(cx, &t->juror[j], &juror));
	contest_open(v, &t->c, tr(cx, "Type points from paper"));
	ui_refusals(v, "");
	html(h, "<p>%s</p><p class='lead'>%s</p>", juror,
	    trf(cx, "%1$s of %2$s are scored.", num(cx, (int64_t)(of - missing)),
		num(cx, (int64_t)of)));
	ui_form_begin(
	    v, arena_printf(cx->arena, "/jurors/%lld/type", (long long)t->juror[j].rec.id), false);
	html(h, "<div class='row'>");
	contest_line(v,
	    &(struct contest_line){ "code", tr(cx, "Number of the row"), NULL, NULL, true, true });
	for (c = 0; c < t->ncriteria; c++)
		contest_line(
		    v, &(struct contest_line){ arena_printf(cx->arena, "c%zu", c + 1),
			   tr3(cx, &t->criterion[c].name, NULL), NULL, NULL, true, false });
	html(h, "<button type='submit' class='btn go'>%s</button></div>", tr(cx, "Save the row"));
	ui_form_end(v);
	typed_rows(v, t, j);
	ui_close(v);
	return RC_OK;
}

/* RULE contest-4: whoever sits on the jury reads no other juror's points, and writes none. */
static int
typing_table(struct view *v, struct contest_table *t, size_t *at)
{
	TRY(juror_table(v, t, at));
	return contest_stage(t->c.state) <= STAGE_JUDGING && contest_sits(v->cx, t) &&
		       t->juror[*at].person != v->cx->actor->person
		   ? fail(v->cx, RC_DENIED,
			 N_("You sit on this jury: somebody else types the points of the others."))
		   : RC_OK;
}

static int
type_page(struct view *v)
{
	struct contest_table t;
	size_t at;

	TRY(typing_table(v, &t, &at));
	return draw_typing(v, &t, at);
}

static int
type_row(struct view *v, const struct contest_table *t, size_t j, const char **code)
{
	struct ctx *cx = v->cx;
	ptrdiff_t e = contest_code_at(t, contest_number(v, "code", 0));
	const int64_t *value;

	if (e < 0)
		fail_field(cx, "code", N_("No entry has this number: look at the sheet again."));
	else if (contest_ground(t, j, (size_t)e) != NULL)
		fail_field(cx, "code",
		    N_("This juror does not score this entry: a conflict of interest is on "
		       "record."));
	value = contest_points(v, t, j, e);
	TRY(fields_rc(cx));
	*code = contest_code_text(cx, t, (size_t)e);
	return contest_score(cx, &(struct score_in){ t->juror[j].rec.id, t->entry[e].rec.id, value,
				     t->ncriteria, "paper" });
}

static int
type_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct contest_table t;
	const char *code = "";
	size_t at;
	int rc;

	TRY(typing_table(v, &t, &at));
	rc = type_row(v, &t, at, &code);
	if (contest_refused(v, rc))
		return draw_typing(v, &t, at);
	TRY(rc);
	return ui_done(v,
	    arena_printf(cx->arena, "/jurors/%lld/type", (long long)t.juror[at].rec.id),
	    trf(cx, "%s is saved.", code));
}

const struct route contest_paper_routes[] = {
	{ M_GET, "/contests/{id}/sheets", sheets_page, CAP_EVENT_WRITE, 0,
	    N_("Sheets for points on paper"),
	    N_("One page for each juror, with the numbers of rows.") },
	{ M_GET, "/jurors/{id}/sheet", sheet_page, CAP_EVENT_WRITE, 0, N_("Sheet of points"),
	    NULL },
	{ M_GET, "/jurors/{id}/type", type_page, CAP_EVENT_WRITE, 0, N_("Type points from paper"),
	    NULL },
	{ M_POST, "/jurors/{id}/type", type_post, CAP_EVENT_WRITE, 0, N_("Type points from paper"),
	    NULL },
};
const size_t contest_paper_nroutes = ARRAY_LEN(contest_paper_routes);
