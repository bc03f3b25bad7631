/* certificate_pages.c – certificates of a contest and letters of thanks of an event: issued, listed, printed with
 * the ornament and a QR code, withdrawn; and the public page where whoever holds one may check it.
 *
 * The public page shows what stands on the paper and no more; of a minor the given name alone. */
#include "mod/contest/contest_pages.h"

#include "core/setting.h"
#include "text/qr.h"

/* What it is for: contest and nomination, or the event alone. */
static int
occasion(struct ctx *cx, const struct certificate *c, const char **title, const char **class)
{
	struct contest_entry e;

	*class = "";
	if (c->entry == 0)
		return kind_titles(cx, &event_kind, &c->event, 1, title);
	TRY(kind_load(cx, &contest_entry_kind, c->entry, &e));
	TRY(kind_titles(cx, &contest_kind, &e.contest, 1, title));
	return contest_class_of(cx, &e, class);
}

static const char *
heading(struct ctx *cx, const struct certificate *c)
{
	if (strcmp(c->type, "winner") == 0)
		return tr(cx, "Diploma");
	return strcmp(c->type, "entrant") == 0 ? tr(cx, "Certificate") : tr(cx, "Letter of thanks");
}

static const char *
merit(struct ctx *cx, const struct certificate *c)
{
	if (c->place != INT_NONE)
		return contest_place_text(cx, c->place);
	if (strcmp(c->type, "winner") == 0)
		return tr(cx, "is awarded");
	return strcmp(c->type, "entrant") == 0 ? tr(cx, "for taking part in the contest")
					       : tr(cx, "with thanks for taking part");
}

/* ---- print ---- */

static int
of_path(struct view *v, struct certificate *c)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, &certificate_kind, id, c);
}

/* Who signed the protocol signs the paper. */
static int
signer_of(struct ctx *cx, const struct certificate *c, const char **out)
{
	int rc = c->entry == 0
		     ? RC_NOTFOUND
		     : db_text(cx, out,
			   "SELECT t.signer FROM contest t JOIN contest_entry e ON e.contest = "
			   "t.id WHERE e.id = $1",
			   VALS(v_int(c->entry)));

	if (rc != RC_OK || *out == NULL)
		*out = "";
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static int
draw_sheet(struct view *v, const struct certificate *c)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *who, *title, *class, *url, *signer = "";
	struct institution in;
	struct event e;
	struct qr q;

	TRY(certificate_holder(cx, c, false, &who));
	TRY(occasion(cx, c, &title, &class));
	TRY(kind_load(cx, &event_kind, c->event, &e));
	TRY(setting_institution(cx, &in));
	TRY(signer_of(cx, c, &signer));
	url = arena_printf(
	    cx->arena, "%s/%s/c/%s", req_base(v->rq), lang_prefix(cx), certificate_code(cx, c));
	TRY(qr_make(cx->arena, url, &q));
	html(h,
	    "<div class='paper cert'><div class='hem'></div><p>%s<br>%s</p><h2 "
	    "class='name'>%s</h2>",
	    tr3(cx, &in.name, NULL), tr3(cx, &in.region, NULL), heading(cx, c));
	html(h, "<p class='who'>%s</p><p class='merit'>%s</p><p>%s%s%s<br>%s</p>", who,
	    merit(cx, c), title, *class == '\0' ? "" : " · ", class, event_days(cx, &e));
	html(h, "<div class='seal'><p class='small'>№ %lld<br>%s</p><p class='hand'>%s</p>",
	    (long long)c->number, day_text(cx, c->day), signer);
	qr_svg(h, &q, tr(cx, "QR code of the page where this paper can be checked"));
	html(h, "</div><div class='hem'></div></div>");
	return RC_OK;
}

static int
certificate_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct err said = cx->err;
	struct certificate c;

	err_clear(cx);
	TRY(of_path(v, &c));
	ui_open(v, &(struct page){ .title = trf(cx, "Certificate %s", num(cx, c.number)),
		       .nav = "/events",
		       .staff = true });
	cx->err = said;
	ui_refusals(v, "");
	err_clear(cx);
	html(&v->h, "<div class='acts'>");
	ui_button(v, ui_url(v, "/events/%lld/certificates", (long long)c.event),
	    tr(cx, "All certificates of the event"), false);
	if (c.withdrawn_on == 0 && may(cx, CAP_EVENT_WRITE))
		contest_ask(v,
		    &(struct contest_ask){
			arena_printf(cx->arena, "/certificates/%lld/withdraw", (long long)c.rec.id),
			tr(cx, "Withdraw"), tr(cx, "Reason"), c.rec.version, true });
	html(&v->h, "</div>");
	if (c.withdrawn_on != 0)
		ui_note(v, 'n', trf(cx, "Withdrawn on %s.", day_text(cx, c.withdrawn_on)));
	TRY(draw_sheet(v, &c));
	ui_close(v);
	return RC_OK;
}

static int
withdraw_post(struct view *v)
{
	struct certificate c;
	int rc;

	TRY(of_path(v, &c));
	rc = certificate_withdraw(v->cx, c.rec.id, contest_version(v), req_f(v->rq, "reason"));
	if (contest_refused(v, rc))
		return certificate_page(v);
	TRY(rc);
	return ui_done(v, arena_printf(v->cx->arena, "/certificates/%lld", (long long)c.rec.id),
	    tr(v->cx, "The certificate is withdrawn; whoever checks it is told so."));
}

/* ---- lists and issuing ---- */

static void
of_event(struct view *v, struct query *q)
{
	int64_t id;

	if (req_param_id(v->rq, 0, &id) == RC_OK)
		query_and(q, "certificate.event = ?", VALS(v_int(id)));
}

static int
draw_event_list(struct view *v, const struct event *e)
{
	static const char *const columns[] = { "number", "type", "person", "body", "place", "day",
		"withdrawn_on", NULL };
	struct ctx *cx = v->cx;
	struct err said = cx->err;
	struct ui_list l = { .kind = &certificate_kind,
		.path = arena_printf(cx->arena, "/events/%lld/certificates", (long long)e->rec.id),
		.columns = columns,
		.sort = "number",
		.narrow = of_event };

	err_clear(cx);
	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	ui_open(v, &(struct page){ .title = tr(cx, "Certificates and letters of thanks"),
		       .nav = "/events",
		       .staff = true,
		       .crumbs = (const struct crumb[]){ { "/events", tr(cx, "Events") },
			   { arena_printf(cx->arena, "/events/%lld", (long long)e->rec.id),
			       kind_title(cx, &event_kind, e) },
			   { NULL, tr(cx, "Certificates") }, { NULL, NULL } } });
	cx->err = said;
	ui_refusals(v, "");
	err_clear(cx);
	if (may(cx, CAP_EVENT_WRITE) && actor_in_scope(cx->actor, e->body) &&
	    event_is_counted_state(e->state)) {
		html(&v->h, "<p class='prose'>%s</p><div class='acts'>",
		    tr(cx,
			"Everybody whose attendance stands by name and who has no letter yet gets "
			"one."));
		ui_post_button(v, l.path, 0, tr(cx, "Issue letters of thanks"), false);
		html(&v->h, "</div>");
	}
	TRY(ui_list_page(v, &l));
	ui_close(v);
	return RC_OK;
}

static int
event_of(struct view *v, struct event *e)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, &event_kind, id, e);
}

static int
event_list_page(struct view *v)
{
	struct event e;

	TRY(event_of(v, &e));
	return draw_event_list(v, &e);
}

static const char *
issued(struct ctx *cx, int64_t made)
{
	return made == 0
		   ? tr(cx, "Nobody lacks one.")
		   : trn(cx, made, "%s paper is issued.", "%s papers are issued.", num(cx, made));
}

static int
event_issue_post(struct view *v)
{
	struct event e;
	int64_t made;
	int rc;

	TRY(event_of(v, &e));
	rc = certificates_of_event(v->cx, e.rec.id, &made);
	if (contest_refused(v, rc))
		return draw_event_list(v, &e);
	TRY(rc);
	return ui_done(v,
	    arena_printf(v->cx->arena, "/events/%lld/certificates", (long long)e.rec.id),
	    issued(v->cx, made));
}

static int
draw_contest_list(struct view *v, const struct contest *c)
{
	struct ctx *cx = v->cx;
	struct err said = cx->err;
	int64_t *ids;
	size_t n, i;

	err_clear(cx);
	TRY(kind_ids(cx,
	    "SELECT t.id FROM certificate t JOIN contest_entry e ON e.id = t.entry WHERE e.contest "
	    "= $1 "
	    "ORDER BY t.number",
	    c->rec.id, &ids, &n));
	contest_open(v, c, tr(cx, "Certificates"));
	cx->err = said;
	ui_refusals(v, "");
	err_clear(cx);
	html(&v->h, "<div class='acts'>");
	ui_post_button(v, contest_path(v, c->rec.id, "/certificates"), 0,
	    tr(cx, "Issue what is missing"), false);
	ui_button(v, ui_url(v, "/events/%lld/certificates", (long long)c->event),
	    tr(cx, "All certificates of the event"), false);
	html(&v->h, "</div>");
	if (n == 0)
		ui_empty(v, tr(cx, "No certificate is issued yet"),
		    tr(cx, "Winners get diplomas, all others certificates of taking part."), NULL,
		    NULL);
	for (i = 0; i < n; i++) {
		struct certificate t;

		TRY(kind_load(cx, &certificate_kind, ids[i], &t));
		if (t.withdrawn_on == 0)
			TRY(draw_sheet(v, &t));
	}
	ui_close(v);
	return RC_OK;
}

static int
contest_list_page(struct view *v)
{
	struct contest c;

	TRY(contest_run_of_path(v, &c));
	return draw_contest_list(v, &c);
}

static int
contest_issue_post(struct view *v)
{
	struct contest c;
	int64_t made;
	int rc;

	TRY(contest_run_of_path(v, &c));
	rc = certificates_of_contest(v->cx, c.rec.id, &made);
	if (contest_refused(v, rc))
		return draw_contest_list(v, &c);
	TRY(rc);
	return ui_done(v, contest_path(v, c.rec.id, "/certificates"), issued(v->cx, made));
}

/* ---- anybody checks ---- */

static int
draw_facts(struct view *v, const struct certificate *c)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *who, *title, *class;

	TRY(certificate_holder(cx, c, true, &who));
	TRY(occasion(cx, c, &title, &class));
	html(h, "<dl class='facts'><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd>", tr(cx, "Paper"),
	    heading(cx, c), tr(cx, "Number"), num(cx, c->number));
	if (*who != '\0')
		html(h, "<dt>%s</dt><dd>%s</dd>", tr(cx, "Given to"), who);
	if (c->place != INT_NONE)
		html(h, "<dt>%s</dt><dd>%s</dd>", tr(cx, "Place won"), num(cx, c->place));
	if (*class != '\0')
		html(h, "<dt>%s</dt><dd>%s</dd>", tr(cx, "Nomination"), class);
	html(h, "<dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd></dl>", tr(cx, "Occasion"), title,
	    tr(cx, "Day"), day_text(cx, c->day));
	return RC_OK;
}

static int
check_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct certificate c;
	int rc = certificate_of_code(cx, v->rq->param[0], &c);

	if (rc != RC_OK && rc != RC_NOTFOUND)
		return rc;
	if (rc == RC_NOTFOUND)
		v->status = 404;
	res_header(v->rq, "X-Robots-Tag", "noindex"); /* it names whoever holds the paper */
	ui_open(v, &(struct page){ .title = tr(cx, "Check of a certificate") });
	if (rc == RC_NOTFOUND)
		ui_note(v, 'n',
		    tr(cx, "This house has not issued such a paper. Look whether the whole address "
			   "was "
			   "taken over."));
	else if (c.withdrawn_on != 0)
		ui_note(v, 'n', trf(cx, "Withdrawn on %s.", day_text(cx, c.withdrawn_on)));
	else
		ui_note(v, 'o', tr(cx, "Valid. This is what stands on the paper:"));
	if (rc == RC_OK)
		TRY(draw_facts(v, &c));
	ui_close(v);
	return RC_OK;
}

const struct route certificate_routes[] = {
	{ M_GET, "/c/{code}", check_page, CAP_PUBLIC, ROUTE_FORM, N_("Check of a certificate"),
	    N_("Whether a paper of this house is valid; opened by its QR code.") },
	{ M_GET, "/certificates/{id}", certificate_page, CAP_EVENT_READ, 0, N_("A certificate"),
	    N_("To print, with the ornament and a QR code.") },
	{ M_POST, "/certificates/{id}/withdraw", withdraw_post, CAP_EVENT_WRITE, 0,
	    N_("Withdraw a certificate"), NULL },
	{ M_GET, "/contests/{id}/certificates", contest_list_page, CAP_EVENT_WRITE, 0,
	    N_("Certificates"), NULL },
	{ M_POST, "/contests/{id}/certificates", contest_issue_post, CAP_EVENT_WRITE, 0,
	    N_("Issue certificates"), NULL },
	{ M_GET, "/events/{id}/certificates", event_list_page, CAP_EVENT_READ, 0,
	    N_("Certificates and letters of thanks"), NULL },
	{ M_POST, "/events/{id}/certificates", event_issue_post, CAP_EVENT_WRITE, 0,
	    N_("Issue letters of thanks"), NULL },
};
const size_t certificate_nroutes = ARRAY_LEN(certificate_routes);
