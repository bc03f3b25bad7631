/* sitrep_close_pages.c – closing a headquarters: first what goes to the year's report and what is still open, then the
 * confirmation. What hinders (needs not finished) is said before; what merely stays open (people in centres, goods in
 * stores) is shown with the page on which it is ended. */
#include "mod/sitrep/sitrep_pages.h"

#include <string.h>

#include "mod/sitrep/sitrep_year.h"

/* ---- what goes to the report ---- */

static void
line(struct view *v, const char *label, const char *text, const char *href)
{
	html(&v->h, "<li><span>%s</span>", label);
	if (href == NULL)
		html(&v->h, "<strong class='num nw'>%s</strong></li>", text);
	else
		html(&v->h, "<strong class='num nw'><a href='%s'>%s</a></strong></li>", href, text);
}

static const char *
kilograms(struct ctx *cx, int64_t kg)
{
	return trf(cx, "%s kg", num(cx, kg));
}

static void
draw_figures(struct view *v, const struct headquarters *h, const struct relief_total *t)
{
	static const int ended[] = { 4, 5, 6 }; /* delivered, refused, closed in need_states[] */
	struct ctx *cx = v->cx;
	size_t i;

	ui_section_open(v, "figures", tr(cx, "What goes to the year's report"),
	    tr(cx, "Counted from the records now. Each number leads to them."));
	html(&v->h, "<ul class='pairs'>");
	line(v, tr(cx, "Needs"), num(cx, t->sums.all),
	    ui_url(v, "/relief/%lld/needs", (long long)h->rec.id));
	for (i = 0; i < ARRAY_LEN(ended); i++)
		line(v, arena_printf(cx->arena, "– %s", tr(cx, need_states[ended[i]].label)),
		    num(cx, t->sums.state[ended[i]]),
		    ui_url(v, "/relief/%lld/needs?state=%s", (long long)h->rec.id,
			need_states[ended[i]].code));
	line(v, tr(cx, "Hours to delivery, median"),
	    t->sums.median_hours10 == INT_NONE
		? "–"
		: num_real(cx, (double)t->sums.median_hours10 / 10, 1),
	    NULL);
	line(v, tr(cx, "People sheltered in evacuation centres"), num(cx, t->sheltered),
	    ui_url(v, "/relief/%lld/centres", (long long)h->rec.id));
	line(v, tr(cx, "Hot meals handed out"), num(cx, t->portions),
	    ui_url(v, "/relief/%lld/kitchens", (long long)h->rec.id));
	line(v, tr(cx, "Goods received, by mass"), kilograms(cx, t->received_kg),
	    may(cx, CAP_STOCK_READ) ? ui_url(v, "/stock/movements") : NULL);
	line(v, tr(cx, "Goods delivered, by mass"), kilograms(cx, t->delivered_kg),
	    may(cx, CAP_STOCK_READ) ? ui_url(v, "/stock/movements") : NULL);
	html(&v->h, "</ul>");
	ui_section_close(v);
}

/* ---- what is still open ---- */

static void
draw_stock(struct view *v, const struct relief_total *t)
{
	struct ctx *cx = v->cx;
	size_t i;

	if (t->nstock == 0)
		return;
	html(&v->h, "<details><summary>%s</summary><ul class='pairs'>",
	    trn(cx, (int64_t)(t->nstock + t->more), "%s item lies in the stores",
		"%s items lie in the stores", num(cx, (int64_t)(t->nstock + t->more))));
	for (i = 0; i < t->nstock; i++)
		line(v, kind_title(cx, &item_kind, &t->stock[i].item),
		    quantity_text(cx, &t->stock[i].item, t->stock[i].quantity), NULL);
	html(&v->h, "</ul>");
	if (t->more > 0)
		html(&v->h, "<p class='mute'>%s</p>",
		    trf(cx, "and %s more", num(cx, (int64_t)t->more)));
	html(&v->h, "</details>");
}

static int64_t
unfinished(const struct relief_total *t)
{
	return t->sums.state[0] + t->sums.state[1] + t->sums.state[2] + t->sums.state[3];
}

static void
draw_open(struct view *v, const struct headquarters *h, const struct relief_total *t)
{
	struct ctx *cx = v->cx;
	bool any = unfinished(t) + t->here + t->on_way + t->shortages > 0 || t->nstock > 0;

	ui_section_open(v, "open", tr(cx, "What is still open"), NULL);
	html(&v->h, "<div class='flow'>");
	if (!any)
		ui_note(v, 'o',
		    tr(cx, "Nothing: no need, nobody in a centre, no goods in the stores."));
	if (unfinished(t) > 0)
		ui_note(v, 'n',
		    trf(cx, "Not finished yet: %s. Deliver, refuse or close these needs first.",
			trn(cx, unfinished(t), "%s need", "%s needs", num(cx, unfinished(t)))));
	html(&v->h, "<ul class='pairs'>");
	if (unfinished(t) > 0)
		line(v, tr(cx, "Needs not finished"), num(cx, unfinished(t)),
		    ui_url(v, "/relief/%lld", (long long)h->rec.id));
	if (t->here > 0)
		line(v, tr(cx, "People in the centres"), num(cx, t->here),
		    ui_url(v, "/relief/%lld/centres", (long long)h->rec.id));
	if (t->on_way > 0)
		line(v, tr(cx, "Transfers on the way"), num(cx, t->on_way),
		    may(cx, CAP_STOCK_READ) ? ui_url(v, "/stock/transfers") : NULL);
	if (t->shortages > 0)
		line(v, tr(cx, "Shortages to explain"), num(cx, t->shortages), NULL);
	html(&v->h, "</ul>");
	draw_stock(v, t);
	html(&v->h, "</div>");
	ui_section_close(v);
}

/* ---- the confirmation ---- */

static void
draw_form(struct view *v, const struct headquarters *h)
{
	struct ctx *cx = v->cx;

	ui_section_open(v, "close", tr(cx, "Closing"), NULL);
	html(&v->h, "<div class='flow'><p class='prose'>%s</p>",
	    tr(cx, "Nothing can be added to a closed headquarters but lines of the log and late "
		   "entries of the stock. The term of the families' data begins."));
	ui_form_begin(v, relief_path(v, h->rec.id, "/close"), false);
	html(&v->h,
	    "<input type='hidden' name='_version' value='%lld'><div class='flow'><div class='fld "
	    "w-s'><label for='f-day'>%s</label>",
	    (long long)h->rec.version, tr(cx, "Day"));
	relief_field_error(v, "day");
	html(&v->h,
	    "<input type='text' id='f-day' name='day' value='%s'></div><div class='fld'><label "
	    "for='f-reason'>%s</label>",
	    req_f(v->rq, "day") != NULL ? req_f(v->rq, "day") : day_text(cx, cx->today),
	    tr(cx, "Reason"));
	relief_field_error(v, "reason");
	html(&v->h,
	    "<input type='text' id='f-reason' name='reason' maxlength='300' value='%s'></div><p "
	    "class='acts'><button type='submit' class='btn bad'>%s</button> <a class='btn bare' "
	    "href='%s'>%s</a></p></div>",
	    req_f(v->rq, "reason") != NULL ? req_f(v->rq, "reason") : "",
	    tr(cx, "Close the headquarters"), ui_url(v, "/relief/%lld/about", (long long)h->rec.id),
	    tr(cx, "Leave it open"));
	ui_form_end(v);
	html(&v->h, "</div>");
	ui_section_close(v);
}

static int
draw_close(struct view *v, const struct headquarters *h)
{
	struct ctx *cx = v->cx;
	struct relief_total t;

	TRY(relief_total(cx, h->rec.id, &t));
	relief_open(v, h, tr(cx, "Close the headquarters"), NULL);
	ui_refusals(v, "f-");
	draw_figures(v, h, &t);
	draw_open(v, h, &t);
	if (strcmp(h->state, "open") == 0)
		draw_form(v, h);
	ui_close(v);
	return RC_OK;
}

static int
close_page(struct view *v)
{
	struct headquarters h;

	TRY(relief_of_path(v, &h));
	return draw_close(v, &h);
}

static int
close_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *day_s = req_f(v->rq, "day"), *version_s = req_f(v->rq, "_version");
	struct headquarters h;
	int64_t version = 0;
	int day = 0, rc;

	TRY(relief_of_path(v, &h));
	if (day_s != NULL && !day_parse(day_s, &day))
		day = 0;
	if (version_s != NULL && !num_parse(version_s, &version))
		version = 0;
	rc = headquarters_close(cx, h.rec.id, version, day, req_f(v->rq, "reason"));
	if (rc == RC_INVALID || rc == RC_RULE || rc == RC_CONFLICT) {
		v->status = rc == RC_INVALID ? 422 : 409;
		return draw_close(v, &h);
	}
	TRY(rc);
	return ui_done(v, relief_path(v, h.rec.id, "/about"), tr(cx, "Closed."));
}

const struct route sitrep_close_routes[] = {
	{ M_GET, "/relief/{id}/close", close_page, CAP_RELIEF_OPEN, 0, N_("Close the headquarters"),
	    N_("What goes to the year's report, and what is still open.") },
	{ M_POST, "/relief/{id}/close", close_post, CAP_RELIEF_OPEN, 0,
	    N_("Close the headquarters"), NULL },
};
const size_t sitrep_close_nroutes = ARRAY_LEN(sitrep_close_routes);
