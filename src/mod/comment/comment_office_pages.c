/* comment_office_pages.c – all comments with filters and export, senders that a moderator spoke about once for all, and
 * the report of incitement: what was refused for discord in a period, to be handed on. */
#include "mod/comment/comment_pages.h"

static const struct crumb *
crumbs_to(struct view *v, const char *title)
{
	struct crumb *c = arena_array(v->cx->arena, struct crumb, 3);

	c[0] = (struct crumb){ "/comments", tr(v->cx, "Comments that wait") };
	c[1] = (struct crumb){ NULL, title };
	return c;
}

static void
open_page(struct view *v, const char *title)
{
	ui_open(v,
	    &(struct page){
		.title = title, .nav = "/comments", .staff = true, .crumbs = crumbs_to(v, title) });
}

/* ---- all ---- */

static int
all_page(struct view *v)
{
	static const char *const columns[] = { "name", "text", "article", "state", "entered_on",
		NULL };
	static const char *const exported[] = { "article", "name", "text", "marks", "state",
		"reason", "moderator", "reply", "entered_on", "decided_on", NULL };
	struct ui_list l = { .kind = &comment_kind,
		.path = "/comments/all",
		.columns = ui_wants_export(v) ? exported : columns,
		.sort = "-entered_on",
		.state = "state",
		.draw_state = comment_state };

	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	open_page(v, tr(v->cx, "All comments"));
	TRY(ui_list_page(v, &l));
	ui_close(v);
	return RC_OK;
}

/* ---- senders ---- */

static void
draw_rule(struct view *v, const struct comment_rule *r)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	bool ban = strcmp(r->verdict, "banned") == 0;

	html(h, "<tr><td data-l='%s'>", tr(cx, "What holds"));
	ui_state(v, ban ? 'n' : 'o', ban ? tr(cx, "Banned") : tr(cx, "Trusted"));
	html(h, "</td><td data-l='%s'>%s</td><td data-l='%s'><a href='%s'>%s</a></td>",
	    tr(cx, "Known by"), option_label(cx, comment_bases, r->basis), tr(cx, "Comment"),
	    ui_url(v, "/comments/%lld", (long long)r->comment), num(cx, r->comment));
	html(h, "<td data-l='%s'>%s</td><td data-l='%s'>%s</td><td data-l='%s'>%s</td><td>",
	    tr(cx, "Since"), day_text(cx, r->made_on), tr(cx, "Until"),
	    r->until_day == 0 ? tr(cx, "it is ended") : day_text(cx, r->until_day),
	    tr(cx, "Decided by"), r->moderator == NULL ? "–" : r->moderator);
	ui_post_button(v, arena_printf(cx->arena, "/comments/senders/%lld/end", (long long)r->id),
	    0, tr(cx, "End it"), false);
	html(h, "</td></tr>");
}

static int
senders_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct comment_rule *r;
	size_t n, i;

	TRY(comment_rules(cx, &r, &n));
	open_page(v, tr(cx, "Trusted and banned senders"));
	html(h, "<div class='flow'><p class='prose'>%s</p>",
	    tr(cx, "Comments of a trusted author are shown at once, unless they bear a mark. A "
		   "banned sender cannot write until the day. The addresses themselves are not "
		   "known here: only keyed hashes are kept."));
	if (n == 0)
		ui_empty(v, tr(cx, "Nobody is trusted or banned"),
		    tr(cx, "Choose it beside a comment when you decide."), ui_url(v, "/comments"),
		    tr(cx, "Comments that wait"));
	else {
		html(h,
		    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead>"
		    "<tr><th scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th>",
		    tr(cx, "Trusted and banned senders"), tr(cx, "What holds"), tr(cx, "Known by"),
		    tr(cx, "Comment"));
		html(h,
		    "<th scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th "
		    "scope='col'><span class='vh'>%s</span></th></tr></thead><tbody>",
		    tr(cx, "Since"), tr(cx, "Until"), tr(cx, "Decided by"), tr(cx, "End it"));
		for (i = 0; i < n; i++)
			draw_rule(v, &r[i]);
		html(h, "</tbody></table></div>");
	}
	html(h, "</div>");
	ui_close(v);
	return RC_OK;
}

static int
end_post(struct view *v)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(comment_rule_end(v->cx, id));
	return ui_done(v, "/comments/senders", tr(v->cx, "It is ended."));
}

/* ---- the report ---- */

static void
only_discord(struct view *v, struct query *q)
{
	(void)v;
	query_and(q, "comment.reason = 'discord'", NO_VALS);
}

static int
report_page(struct view *v)
{
	static const char *const columns[] = { "entered_on", "article", "name", "text", "state",
		"moderator", "decided_on", NULL };
	struct ctx *cx = v->cx;
	struct ui_list l = { .kind = &comment_kind,
		.path = "/comments/report",
		.columns = columns,
		.sort = "entered_on",
		.narrow = only_discord,
		.state = "state",
		.draw_state = comment_state };

	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	open_page(v, tr(cx, "Report of incitement"));
	html(&v->h, "<div class='flow'><p class='prose'>%s</p>",
	    tr(cx, "Comments that a moderator refused because they incite discord (Criminal Code, "
		   "art. 174); whether one was shown before stands in its history. Choose the "
		   "period by the day of entry, then print or export it."));
	html(&v->h, "<p class='prose'>%s</p>",
	    tr(cx, "A text that its author has removed, or whose term is over, is gone and cannot "
		   "be got back; day, article and who decided stay. What is to be handed on must "
		   "be exported before."));
	html(&v->h, "<p class='noprint'><a href='%s'>%s</a></p>",
	    ui_url(v, "/figures/comments_refused"), tr(cx, "Comments refused, by reason"));
	TRY(ui_list_page(v, &l));
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

const struct route comment_office_routes[] = {
	{ M_GET, "/comments/all", all_page, CAP_EVENT_APPROVE, 0, N_("All comments"),
	    N_("All comments with filters and export.") },
	{ M_GET, "/comments/senders", senders_page, CAP_EVENT_APPROVE, 0,
	    N_("Trusted and banned senders"), N_("What was said of senders once for all.") },
	{ M_POST, "/comments/senders/{id}/end", end_post, CAP_EVENT_APPROVE, 0, N_("End it"),
	    NULL },
	{ M_GET, "/comments/report", report_page, CAP_EVENT_APPROVE, 0, N_("Report of incitement"),
	    N_("What was refused for inciting discord in a period, to print or export.") },
};
const size_t comment_office_nroutes = ARRAY_LEN(comment_office_routes);
