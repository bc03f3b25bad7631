/* contest_protocol_pages.c – the protocol of the jury: drawn as a paper, downloaded as DOCX or as the signed
 * text, signed, taken back. A signed one is drawn out of its text; what moved since is told above it. */
#include "mod/contest/contest_pages.h"

#include "core/setting.h"

/* ---- the paper ---- */

static int
draw_head(struct view *v, const struct contest_table *t)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct institution in;

	TRY(setting_institution(cx, &in));
	html(h,
	    "<div class='top'><div><strong>%s</strong><br>%s</div><div class='small'>№ "
	    "%s<br>%s</div></div>",
	    tr3(cx, &in.name, NULL), tr3(cx, &in.region, NULL),
	    t->c.document == NULL ? "________" : t->c.document,
	    t->c.document_day == 0 ? "" : day_text(cx, t->c.document_day));
	html(h, "<div class='hem'></div><h2 class='name'>%s</h2><p>%s<br>%s · %s</p>",
	    tr(cx, "Protocol of the jury"), kind_title(cx, &contest_kind, &t->c),
	    kind_title(cx, &event_kind, &t->event), event_days(cx, &t->event));
	return RC_OK;
}

static int
draw_jury(struct view *v, const struct contest_table *t)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t j, e, n = 0;

	html(h, "<h3>%s</h3><ol>", tr(cx, "Jury"));
	for (j = 0; j < t->njurors; j++) {
		const char *name;

		TRY(contest_juror_name(cx, &t->juror[j], &name));
		html(h, "<li>%s%s%s</li>", name, t->juror[j].chair ? " – " : "",
		    t->juror[j].chair ? tr(cx, "chair") : "");
	}
	html(h, "</ol><h3>%s</h3>", tr(cx, "Left out because of a conflict of interest"));
	for (j = 0; j < t->njurors; j++)
		for (e = 0; e < t->nentries; e++) {
			const char *name;

			if (contest_ground(t, j, e) == NULL)
				continue;
			TRY(contest_juror_name(cx, &t->juror[j], &name));
			if (n++ == 0)
				html(h, "<ul>");
			html(h, "<li>%s – %s %s: %s</li>", name, contest_code_text(cx, t, e),
			    t->entry[e].work, contest_ground_text(cx, contest_ground(t, j, e)));
		}
	if (n > 0)
		html(h, "</ul>");
	else
		html(h, "<p>%s</p>", tr(cx, "Nobody."));
	return RC_OK;
}

static void
draw_rules(struct view *v, const struct contest_table *t)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t c;

	html(h, "<h3>%s</h3><p>%s: ", tr(cx, "How it was judged"), tr(cx, "Criteria"));
	for (c = 0; c < t->ncriteria; c++)
		html(h, "%s%s (%s)", c == 0 ? "" : ", ", tr3(cx, &t->criterion[c].name, NULL),
		    trf(cx, "weight %s", num(cx, t->criterion[c].weight)));
	html(h, ".</p><p>%s</p>",
	    trf(cx,
		"Points from %1$s to %2$s. Places follow: %3$s. Equal means are parted by: %4$s.",
		num(cx, t->c.min_score), num(cx, t->c.max_score),
		option_label(cx, contest_bases, t->c.decides),
		option_label(cx, contest_tie_rules, t->c.tie_rule)));
}

static int
result_row(struct view *v, const struct contest_table *t, size_t e)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const struct contest_entry *x = &t->entry[e];
	const char *who, *parted = contest_parted_text(cx, t, e);

	TRY(contest_entrant(cx, x, &who));
	html(h, "<tr><th scope='row' class='nw'>%s</th><td>%s</td><td>%s<br>%s",
	    x->place == INT_NONE ? "–" : num(cx, x->place), num(cx, contest_row_code(t, e)),
	    x->work, who);
	if (x->prize != NULL)
		html(h, "<br><strong>%s</strong>", x->prize);
	if (x->decided)
		html(h, "<br>%s",
		    trf(cx, "By decision: %s", x->decision == NULL ? "" : x->decision));
	else if (*parted != '\0')
		html(h, "<br>%s", parted);
	html(h, "</td><td class='r num'>%s (%s)</td><td class='r num'>%s (%s)</td></tr>",
	    contest_raw_text(cx, &t->rank[e]),
	    t->rank[e].raw_rank == 0 ? "–" : num(cx, t->rank[e].raw_rank),
	    contest_normal_text(cx, &t->rank[e]),
	    t->rank[e].normal_rank == 0 ? "–" : num(cx, t->rank[e].normal_rank));
	return RC_OK;
}

static int
draw_results(struct view *v, const struct contest_table *t)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const size_t *order = contest_order(cx, t);
	size_t i;

	html(h, "<h3>%s</h3>", tr(cx, "Results"));
	for (i = 0; i < t->nentries; i++) {
		const char *class = contest_class(cx, t, order[i]);

		if (i == 0 || t->in.group[order[i]] != t->in.group[order[i - 1]]) {
			if (i > 0)
				html(h, "</tbody></table></div>");
			html(h,
			    "<div class='tbl'><table "
			    "class='jury'><caption>%s</caption><thead><tr><th "
			    "scope='col'>%s</th><th "
			    "scope='col'>№</th><th scope='col'>%s</th>",
			    *class == '\0' ? tr(cx, "Results") : class, tr(cx, "Place won"),
			    tr(cx, "Work and entrant"));
			html(h,
			    "<th scope='col' class='r'>%s</th><th scope='col' "
			    "class='r'>%s</th></tr></"
			    "thead><tbody>",
			    tr(cx, "Mean (rank)"), tr(cx, "Evened mean (rank)"));
		}
		TRY(result_row(v, t, order[i]));
	}
	if (t->nentries > 0)
		html(h, "</tbody></table></div>");
	return RC_OK;
}

static int
draw_signs(struct view *v, const struct contest_table *t)
{
	struct html *h = &v->h;
	size_t j;

	for (j = 0; j < t->njurors; j++) {
		const char *name;

		TRY(contest_juror_name(v->cx, &t->juror[j], &name));
		html(h, "<div class='sign'><span>%s</span><i></i><span>%s</span></div>",
		    t->juror[j].chair ? tr(v->cx, "Chair of the jury") : tr(v->cx, "Juror"), name);
	}
	if (t->c.sha256 != NULL)
		html(h, "<p class='small'>%s<br>%s</p>",
		    trf(v->cx, "Signed in the records: %1$s, %2$s.", t->c.signer,
			moment_text(v->cx, t->c.signed_at)),
		    trf(v->cx, "Digest of the protocol: %s", t->c.sha256));
	return RC_OK;
}

static int
draw_paper(struct view *v, const struct contest_table *t)
{
	html(&v->h, "<div class='paper'>");
	TRY(draw_head(v, t));
	TRY(draw_jury(v, t));
	draw_rules(v, t);
	TRY(draw_results(v, t));
	TRY(draw_signs(v, t));
	html(&v->h, "</div>");
	return RC_OK;
}

/* ---- signing ---- */

static void
sign_form(struct view *v, const struct contest_table *t)
{
	struct ctx *cx = v->cx;
	long long id = (long long)t->c.rec.id;

	ui_section_open(v, "sign", tr(cx, "Signing"),
	    tr(cx, "The places stay as they are then. What is changed later is told beside them."));
	ui_form_begin(v, arena_printf(cx->arena, "/contests/%lld/sign", id), false);
	html(&v->h, "<input type='hidden' name='_version' value='%lld'><div class='row'>",
	    (long long)t->c.rec.version);
	contest_line(v, &(struct contest_line){ "document", tr(cx, "Number of the protocol"), NULL,
			    NULL, false, false });
	contest_line(v, &(struct contest_line){ "document_day", tr(cx, "Day of the protocol"),
			    day_text(cx, cx->today), NULL, false, false });
	contest_line(v, &(struct contest_line){ "signer", tr(cx, "Signed by (office and name)"),
			    cx->actor->name, NULL, false, false });
	html(&v->h, "<button type='submit' class='btn go'>%s</button></div>", tr(cx, "Sign"));
	ui_form_end(v);
	ui_section_close(v);
}

static int
draw_moved(struct view *v, const struct contest *c)
{
	struct ctx *cx = v->cx;
	struct contest_table now;
	const char **line;
	size_t n, i;

	TRY(contest_table(cx, c->rec.id, &now));
	TRY(contest_protocol_changes(cx, &now, &line, &n));
	if (n == 0) {
		ui_note(v, 'o', tr(cx, "Signed. Nothing has moved since."));
		return RC_OK;
	}
	html(&v->h, "<div class='note wait'><p>%s</p><ul>",
	    tr(cx, "Signed. Since then the records changed; the protocol shows what was signed:"));
	for (i = 0; i < n; i++)
		html(&v->h, "<li>%s</li>", line[i]);
	html(&v->h, "</ul></div>");
	return RC_OK;
}

static int
draw_page(struct view *v, const struct contest *c)
{
	struct ctx *cx = v->cx;
	struct err said = cx->err;
	struct contest_table t;
	bool is_signed = contest_stage(c->state) == STAGE_SIGNED;

	err_clear(cx);
	TRY(contest_shown(cx, c->rec.id, &t));
	contest_open(v, c, tr(cx, "Protocol"));
	cx->err = said;
	ui_refusals(v, "");
	if (is_signed)
		TRY(draw_moved(v, c));
	else
		ui_note(v, 'w', tr(cx, "Not signed yet."));
	html(&v->h, "<p class='acts'>");
	ui_button(v, ui_url(v, "/contests/%lld/protocol?format=docx", (long long)c->rec.id),
	    tr(cx, "Download (DOCX)"), false);
	if (is_signed)
		ui_button(v, ui_url(v, "/contests/%lld/protocol?format=json", (long long)c->rec.id),
		    tr(cx, "The signed text (JSON)"), false);
	html(&v->h, "</p>");
	if (!is_signed && contest_may_sign(cx, &t))
		sign_form(v, &t);
	err_clear(cx);
	if (is_signed && contest_may_sign(cx, &t))
		contest_ask(v, &(struct contest_ask){ contest_path(v, c->rec.id, "/unsign"),
				   tr(cx, "Take the signature back"), tr(cx, "Reason"),
				   c->rec.version, true });
	TRY(draw_paper(v, &t));
	ui_close(v);
	return RC_OK;
}

/* Those who run it, and the chair of the jury with the own account. */
static int
protocol_of_path(struct view *v, struct contest *c)
{
	struct contest_table t;

	TRY(contest_of_path(v, c));
	if (contest_stage(c->state) < STAGE_CLOSED)
		return RC_NOTFOUND;
	if (contest_runs(v->cx, c->rec.id))
		return RC_OK;
	TRY(contest_frame(v->cx, c->rec.id, &t));
	return contest_may_sign(v->cx, &t)
		   ? RC_OK
		   : fail(v->cx, RC_DENIED, N_("Your role does not open this page."));
}

static int
send_file(struct view *v, const struct contest *c, const char *format)
{
	struct ctx *cx = v->cx;
	struct contest_table t;
	const char *text;

	TRY(contest_shown(cx, c->rec.id, &t));
	if (strcmp(format, "json") == 0) {
		TRY(contest_protocol_signed(cx, c->rec.id, &text));
		v->rq->res.body = slice_str(text);
		v->rq->res.type = "application/json";
	} else if (strcmp(format, "docx") == 0) {
		TRY(contest_docx(cx, &t,
		    arena_printf(cx->arena, "%s/%s/contests/%lld/results", req_base(v->rq),
			lang_prefix(cx), (long long)c->rec.id),
		    &v->rq->res.body));
		v->rq->res.type =
		    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
	} else
		return RC_NOTFOUND;
	res_header(v->rq, "Content-Disposition",
	    arena_printf(cx->arena, "attachment; filename=\"protocol-%lld.%s\"",
		(long long)c->rec.id, format));
	TRY(audit_note(cx, "export", "contest", c->rec.id, format));
	v->rq->res.status = 200;
	return RC_OK;
}

static int
protocol_page(struct view *v)
{
	const char *format = req_q(v->rq, "format");
	struct contest c;

	TRY(protocol_of_path(v, &c));
	return format != NULL && *format != '\0' ? send_file(v, &c, format) : draw_page(v, &c);
}

static int
sign_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *day = req_f(v->rq, "document_day");
	struct protocol_signing s = { .document = req_f(v->rq, "document"),
		.signer = req_f(v->rq, "signer") };
	struct contest c;
	int rc;

	TRY(protocol_of_path(v, &c));
	s.contest = c.rec.id;
	s.version = contest_version(v);
	if (day != NULL && *day != '\0' && !day_parse(day, &s.document_day))
		fail_field(cx, "document_day", N_("This is not a day: %s"), day);
	rc = fields_rc(cx);
	if (rc == RC_OK)
		rc = contest_sign(cx, &s);
	if (contest_refused(v, rc))
		return draw_page(v, &c);
	TRY(rc);
	return ui_done(
	    v, contest_path(v, c.rec.id, "/protocol"), tr(cx, "The protocol is signed."));
}

static int
unsign_post(struct view *v)
{
	struct contest c;
	int rc;

	TRY(protocol_of_path(v, &c));
	rc = contest_unsign(v->cx, c.rec.id, contest_version(v), req_f(v->rq, "reason"));
	if (contest_refused(v, rc))
		return draw_page(v, &c);
	TRY(rc);
	return ui_done(v, contest_path(v, c.rec.id, "/protocol"),
	    tr(v->cx, "The signature is taken back; the signed text stays on record."));
}

const struct route contest_protocol_routes[] = {
	{ M_GET, "/contests/{id}/protocol", protocol_page, CAP_SIGNED_IN, 0,
	    N_("Protocol of the jury"), N_("To print, download and sign.") },
	{ M_POST, "/contests/{id}/sign", sign_post, CAP_SIGNED_IN, 0, N_("Sign the protocol"),
	    NULL },
	{ M_POST, "/contests/{id}/unsign", unsign_post, CAP_SIGNED_IN, 0,
	    N_("Take the signature back"), NULL },
};
const size_t contest_protocol_nroutes = ARRAY_LEN(contest_protocol_routes);
