/* contest_result_pages.c – who has scored what; raw and normalised means side by side with their ranks; places
 * and decisions; the protocol to print, download, sign and take back. Everybody reads the results of a signed
 * contest, with the names that may be public. */
#include "mod/contest/contest_pages.h"

/* ---- who has scored what ---- */

int
contest_draw_progress(struct view *v, const struct contest_table *t)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t j, e;

	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col' class='r'>%s</th><th "
	    "scope='col'>%s</th></tr></thead><tbody>",
	    tr(cx, "Who has scored what"), tr(cx, "Juror"), tr(cx, "Scored"), tr(cx, "Missing"));
	for (j = 0; j < t->njurors; j++) {
		size_t of, missing = contest_missing(t, j, &of);
		const char *name;

		TRY(contest_juror_name(cx, &t->juror[j], &name));
		html(h,
		    "<tr><th scope='row'><a href='%s'>%s</a></th><td class='r num' "
		    "data-l='%s'>%s</td><td "
		    "data-l='%s'>",
		    ui_url(v, "/jurors/%lld", (long long)t->juror[j].rec.id), name,
		    tr(cx, "Scored"),
		    trf(cx, "%1$s of %2$s", num(cx, (int64_t)(of - missing)), num(cx, (int64_t)of)),
		    tr(cx, "Missing"));
		if (missing == 0)
			ui_state(v, 'o', tr(cx, "nothing"));
		for (e = 0; e < t->nentries; e++)
			if (contest_ground(t, j, e) == NULL && !rank_complete(&t->in, j, e))
				html(h, "<span class='nw'>%s</span> ", contest_code_text(cx, t, e));
		html(h, "</td></tr>");
	}
	html(h, "</tbody></table></div>");
	return RC_OK;
}

/* ---- ranks and places ---- */

static void
draw_decide(struct view *v, const struct contest_table *t, size_t e)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const struct contest_entry *x = &t->entry[e];
	long long id = (long long)x->rec.id;

	html(h, "<details><summary class='btn'>%s<span class='vh'>: %s</span></summary>",
	    tr(cx, "Decide otherwise"), x->work);
	ui_form_begin(v, arena_printf(cx->arena, "/entries/%lld/decide", id), false);
	html(h,
	    "<input type='hidden' name='_version' value='%lld'><div class='fld w-s'><label "
	    "for='p-%lld'>%s</label><input type='text' id='p-%lld' name='place' "
	    "inputmode='numeric' "
	    "value='%s'></div>",
	    (long long)x->rec.version, id, tr(cx, "Place won"), id,
	    x->place == INT_NONE ? "" : arena_printf(cx->arena, "%lld", (long long)x->place));
	html(h,
	    "<div class='fld'><label for='z-%lld'>%s</label><input type='text' id='z-%lld' "
	    "name='prize' value='%s'></div><div class='fld'><label for='d-%lld'>%s</label><input "
	    "type='text' id='d-%lld' name='reason' maxlength='500'></div>",
	    id, tr(cx, "Prize"), id, x->prize == NULL ? "" : x->prize, id,
	    tr(cx, "Reason of the decision"), id);
	html(h, "<p class='acts'><button type='submit' class='btn'>%s</button></p>",
	    tr(cx, "Write the decision down"));
	ui_form_end(v);
	html(h, "</details>");
}

static void
rank_head(struct view *v, const char *class, bool decide)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	if (*class != '\0')
		html(h, "<h3>%s</h3>", class);
	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col' class='r'>%s</th><th "
	    "scope='col' "
	    "class='r'>%s</th>",
	    *class == '\0' ? tr(cx, "Ranks and places") : class, tr(cx, "Place won"),
	    tr(cx, "Work"), tr(cx, "Mean"), tr(cx, "Rank by it"));
	html(h,
	    "<th scope='col' class='r'>%s</th><th scope='col' class='r'>%s</th><th "
	    "scope='col'>%s</th>",
	    tr(cx, "Evened mean"), tr(cx, "Rank by it"), tr(cx, "Remarks"));
	html(h, decide ? "<td></td></tr></thead><tbody>" : "</tr></thead><tbody>");
}

static int64_t
place_of(const struct contest_table *t, size_t e)
{
	return contest_stage(t->c.state) >= STAGE_CLOSED ? t->entry[e].place
							 : (int64_t)t->rank[e].place;
}

static void
rank_numbers(struct view *v, const struct contest_table *t, size_t e)
{
	struct ctx *cx = v->cx;
	const struct ranked *r = &t->rank[e];

	html(&v->h, "<td class='r num' data-l='%s'>%s</td><td class='r num' data-l='%s'>%s</td>",
	    tr(cx, "Mean"), contest_raw_text(cx, r), tr(cx, "Rank by it"),
	    r->raw_rank == 0 ? "–" : num(cx, r->raw_rank));
	html(&v->h, "<td class='r num' data-l='%s'>%s</td><td class='r num' data-l='%s'>%s</td>",
	    tr(cx, "Evened mean"), contest_normal_text(cx, r), tr(cx, "Rank by it"),
	    r->normal_rank == 0 ? "–" : num(cx, r->normal_rank));
}

static int
rank_row(struct view *v, const struct contest_table *t, size_t e, bool decide)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const struct contest_entry *x = &t->entry[e];
	const char *who;

	TRY(contest_entrant(cx, x, &who));
	html(h,
	    "<tr><th scope='row' class='nw'>%s</th><td data-l='%s'><span><a "
	    "href='%s'>%s</a><br><span "
	    "class='small mute'>%s</span></span></td>",
	    place_of(t, e) == INT_NONE || place_of(t, e) == 0 ? "–" : num(cx, place_of(t, e)),
	    tr(cx, "Work"), ui_url(v, "/entries/%lld", (long long)x->rec.id), x->work, who);
	rank_numbers(v, t, e);
	html(h, "<td class='small' data-l='%s'>%s", tr(cx, "Remarks"),
	    contest_parted_text(cx, t, e));
	if (x->prize != NULL)
		html(h, " <strong>%s</strong>", x->prize);
	if (x->decided)
		html(h, " %s", trf(cx, "By decision: %s", x->decision == NULL ? "" : x->decision));
	html(h, "</td>");
	if (decide) {
		html(h, "<td>");
		draw_decide(v, t, e);
		html(h, "</td>");
	}
	html(h, "</tr>");
	return RC_OK;
}

static int
draw_ranks(struct view *v, const struct contest_table *t)
{
	const size_t *order = contest_order(v->cx, t);
	bool decide = contest_stage(t->c.state) == STAGE_CLOSED;
	size_t i;

	for (i = 0; i < t->nentries; i++) {
		size_t e = order[i];

		if (i == 0 || t->in.group[e] != t->in.group[order[i - 1]]) {
			if (i > 0)
				html(&v->h, "</tbody></table></div>");
			rank_head(v, contest_class(v->cx, t, e), decide);
		}
		TRY(rank_row(v, t, e, decide));
	}
	if (t->nentries > 0)
		html(&v->h, "</tbody></table></div>");
	return RC_OK;
}

static void
draw_how(struct view *v, const struct contest_table *t)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<p class='prose small'>%s</p>",
	    tr(cx,
		"Mean: of all jurors' points, criteria by their weight. Evened mean: each juror's "
		"points are measured by that juror's own mean and spread (standard score), so that "
		"a strict and a mild juror weigh the same; 0 is a middling work."));
	html(&v->h, "<p class='prose small'>%s</p>",
	    trf(cx, "Places follow: %1$s. Equal means are parted by: %2$s.",
		option_label(cx, contest_bases, t->c.decides),
		option_label(cx, contest_tie_rules, t->c.tie_rule)));
}

static int
draw_staff(struct view *v, const struct contest_table *t)
{
	struct ctx *cx = v->cx;
	struct err said = cx->err;

	/* RULE contest-4: a juror with an account of the staff waits like the others, by every way here. */
	if (contest_stage(t->c.state) == STAGE_JUDGING && contest_sits(cx, t))
		return fail(
		    cx, RC_RULE, N_("You sit on this jury: ranks are shown when it is closed."));
	err_clear(cx);
	contest_open(v, &t->c, tr(cx, "Ranks and places"));
	cx->err = said;
	ui_refusals(v, "");
	err_clear(cx);
	if (contest_stage(t->c.state) == STAGE_JUDGING)
		ui_note(v, 'w', tr(cx, "The jury is still at work: these ranks are not final."));
	ui_section_open(v, "ranks", tr(cx, "Ranks"), NULL);
	TRY(draw_ranks(v, t));
	draw_how(v, t);
	ui_section_close(v);
	ui_section_open(v, "progress", tr(cx, "Who has scored what"), NULL);
	TRY(contest_draw_progress(v, t));
	ui_section_close(v);
	ui_close(v);
	return RC_OK;
}

/* For everybody: places, works, and the names that may be public. */
static int
draw_public(struct view *v, const struct contest_table *t)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const size_t *order = contest_order(cx, t);
	size_t i;

	contest_open(v, &t->c, tr(cx, "Results"));
	for (i = 0; i < t->nentries; i++) {
		const struct contest_entry *e = &t->entry[order[i]];
		const char *who, *class = contest_class(cx, t, order[i]);

		if (i == 0 || t->in.group[order[i]] != t->in.group[order[i - 1]]) {
			html(h, i == 0 ? "<h2>" : "</ul><h2>");
			html(h, "%s</h2><ul class='prose'>",
			    *class == '\0' ? tr(cx, "Places") : class);
		}
		TRY(contest_entrant_public(cx, e, &who));
		html(h, "<li><strong>%s</strong> %s – %s%s%s</li>",
		    contest_place_text(cx, e->place), e->work, who, e->prize == NULL ? "" : " · ",
		    e->prize == NULL ? "" : e->prize);
	}
	if (t->nentries > 0)
		html(h, "</ul>");
	html(h, "<p class='small mute'>%s</p>",
	    trf(cx, "Protocol of %s.", day_text(cx, t->c.document_day)));
	ui_close(v);
	return RC_OK;
}

static int
results_page(struct view *v)
{
	struct contest_table t;
	struct contest c;

	TRY(contest_of_path(v, &c));
	TRY(contest_shown(v->cx, c.rec.id, &t));
	if (may(v->cx, CAP_EVENT_WRITE) && contest_runs(v->cx, c.rec.id) &&
	    contest_stage(c.state) >= STAGE_JUDGING)
		return draw_staff(v, &t);
	return contest_stage(c.state) == STAGE_SIGNED ? draw_public(v, &t) : RC_NOTFOUND;
}

static int
decide_post(struct view *v)
{
	struct contest_entry e;
	struct contest_table t;
	struct contest_decision d = { 0 };
	int64_t id;
	int rc;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &contest_entry_kind, id, &e));
	TRY(contest_run_by(v->cx, e.contest));
	d = (struct contest_decision){ id, contest_version(v), contest_number(v, "place", 0),
		req_f(v->rq, "prize"), req_f(v->rq, "reason") };
	rc = fields_rc(v->cx);
	if (rc == RC_OK)
		rc = contest_decide(v->cx, &d);
	if (contest_refused(v, rc)) {
		struct err said = v->cx->err;

		err_clear(v->cx);
		TRY(contest_shown(v->cx, e.contest, &t));
		v->cx->err = said;
		return draw_staff(v, &t);
	}
	TRY(rc);
	return ui_done(
	    v, contest_path(v, e.contest, "/results"), tr(v->cx, "The decision is on record."));
}

const struct route contest_result_routes[] = {
	{ M_GET, "/contests/{id}/results", results_page, CAP_PUBLIC, 0, N_("Results of a contest"),
	    N_("For everybody once the protocol is signed; ranks before that for those who run "
	       "it.") },
	{ M_POST, "/entries/{id}/decide", decide_post, CAP_EVENT_WRITE, 0,
	    N_("Decide about a place or a prize"), NULL },
};
const size_t contest_result_nroutes = ARRAY_LEN(contest_result_routes);
