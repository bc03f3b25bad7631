/* charity_act_pages.c – handing over: the form, the list of acts, one act. Only for those who see families. */
#include "mod/charity/charity_pages.h"

static int
list_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct ui_list l = { .kind = &charity_aid_kind, .path = "/charity/acts", .sort = "-day" };

	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	charity_frame(v, NULL, NULL, tr(cx, "Acts of handing over"));
	if (may(cx, CAP_STOCK_WRITE)) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/charity/acts/new"), tr(cx, "Hand over"), true);
		html(&v->h, "</p>");
	}
	TRY(ui_list_page(v, &l));
	ui_close(v);
	return RC_OK;
}

static struct lines_form
form(struct view *v)
{
	return (struct lines_form){ .path = "/charity/acts/new",
		.title = tr(v->cx, "Hand over"),
		.list = "/charity/acts",
		.list_title = tr(v->cx, "Acts of handing over"),
		.verb = tr(v->cx, "Hand over and make the act") };
}

static int
new_page(struct view *v)
{
	struct lines_form f = form(v);

	lines_form_new(v, &f);
	return lines_form_draw(v, &f);
}

static int
new_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct lines_form f = form(v);
	struct charity_posted out;
	struct charity_post p;
	int rc;

	lines_form_typed(v, &f);
	rc = lines_form_post(v, &f, &p);
	if (rc == RC_OK)
		rc = charity_hand_over(cx, &p, &out);
	if (form_refused(v, rc, &f.nonce))
		return lines_form_draw(v, &f);
	TRY(rc);
	return ui_done(v, charity_path(v, "/charity/acts/%lld", (long long)out.id),
	    out.again ? tr(cx, "This was entered already.") : tr(cx, "The act is made."));
}

static int
one_page(struct view *v)
{
	static const char *const facts[] = { "day", "recipient", "people", "drive", NULL };
	struct ctx *cx = v->cx;
	struct charity_aid a;
	struct charity_line *l;
	bool standing;
	int64_t id;
	size_t n;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(cx, &charity_aid_kind, id, &a));
	TRY(charity_lines(cx, a.movement, &l, &n, &standing));
	TRY(recipient_read_note(cx, a.recipient, "page"));
	charity_frame(
	    v, "/charity/acts", tr(cx, "Acts of handing over"), trf(cx, "Act %s", a.paper));
	html(&v->h, "<div class='flow'>");
	if (!standing)
		ui_note(v, 'w', tr(cx, "This act was taken back; it counts nowhere."));
	charity_draw_lines(v, l, n, false);
	TRY(charity_facts(v, &charity_aid_kind, &a, facts));
	html(&v->h, "<p class='acts'>");
	if (standing)
		ui_button(v, ui_url(v, "/charity/acts/%lld/print", (long long)id),
		    tr(cx, "Act to print"), true);
	if (may(cx, CAP_STOCK_READ))
		ui_button(v, ui_url(v, "/stock/movements/%lld", (long long)a.movement),
		    tr(cx, "The movement in the ledger"), false);
	html(&v->h, "</p></div>");
	ui_close(v);
	return RC_OK;
}

const struct route charity_act_routes[] = {
	{ M_GET, "/charity/acts", list_page, CAP_CHARITY_FAMILY, 0, N_("Acts of handing over"),
	    NULL },
	{ M_GET, "/charity/acts/new", new_page, CAP_STOCK_WRITE, 0, N_("Hand over"), NULL },
	{ M_POST, "/charity/acts/new", new_post, CAP_STOCK_WRITE, 0, N_("Hand over"), NULL },
	{ M_GET, "/charity/acts/{id}", one_page, CAP_CHARITY_FAMILY, 0, N_("An act"), NULL },
	{ M_GET, "/charity/acts/{id}/print", act_print_page, CAP_CHARITY_FAMILY, 0,
	    N_("Act to print"), NULL },
};
const size_t charity_act_nroutes = ARRAY_LEN(charity_act_routes);
