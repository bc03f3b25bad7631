/* waybill_print_pages.c – paper, A4: the waybill with its route, the goods of each stop and lines for signatures; the
 * distribution list, one row a family, for goods that are handed out in one place.
 *
 * The waybill goes with the driver, so it names families only while it is open (RULE delivery-4) and to whom may know
 * them; both sheets fall back to the needs' codes. */
#include "mod/delivery/delivery_pages.h"

#include <string.h>

#include "core/account.h"

struct print_view {
	struct waybill w;
	struct headquarters h;
	struct waybill_stop *s;
	size_t n;
	bool names;
};

static int
of_path(struct view *v, struct print_view *x)
{
	struct ctx *cx = v->cx;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	if (!may(cx, CAP_RELIEF_READ)) /* its driver: no list of waybills, but the own one */
		TRY(waybill_mine(cx, id, &x->w));
	else
		TRY(kind_get(cx, &waybill_kind, id, &x->w));
	TRY(kind_load(cx, &headquarters_kind, x->w.headquarters, &x->h));
	x->names = waybill_is_open(x->w.state) &&
		   (may(cx, CAP_RELIEF_FAMILY) || x->w.driver == cx->actor->account);
	return delivery_stops(cx, x->w.rec.id, &x->s, &x->n);
}

static void
open_paper(struct view *v, const struct print_view *x, const char *title)
{
	struct ctx *cx = v->cx;

	ui_open(v, &(struct page){ .title = title, .nav = "/relief", .staff = true });
	html(&v->h,
	    "<p class='acts noprint'><a class='btn' href='%s'>%s</a></p><article "
	    "class='paper'><h2>%s</h2>"
	    "<p>%s</p>",
	    may(cx, CAP_RELIEF_READ) ? ui_url(v, "/waybills/%lld", (long long)x->w.rec.id)
				     : ui_url(v, "/driver/%lld", (long long)x->w.rec.id),
	    tr(cx, "Back"), title, kind_title(cx, &headquarters_kind, &x->h));
}

static int
fact(struct view *v, const char *label, const struct kind *k, int64_t id)
{
	const char *title = "";

	TRY(kind_titles(v->cx, k, &id, 1, &title));
	html(&v->h, "<tr><th scope='row'>%s</th><td>%s</td></tr>", label, title);
	return RC_OK;
}

static int
draw_head(struct view *v, const struct print_view *x)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<table><caption class='vh'>%s</caption><tbody>", tr(cx, "Waybill"));
	TRY(fact(v, tr(cx, "Vehicle"), &vehicle_kind, x->w.vehicle));
	TRY(fact(v, tr(cx, "Driver"), &account_kind, x->w.driver));
	TRY(fact(v, tr(cx, "Loaded from"), &stock_account_kind, x->w.store));
	html(&v->h, "<tr><th scope='row'>%s</th><td>%s</td></tr>", tr(cx, "Loaded at"),
	    x->w.loaded_at == 0 ? tr(cx, "not loaded yet") : moment_text(cx, x->w.loaded_at));
	html(&v->h, "</tbody></table>");
	return RC_OK;
}

/* ---- who and where ---- */

static int
draw_place(struct view *v, const struct print_view *x, const struct waybill_stop *s)
{
	struct ctx *cx = v->cx;
	struct relief_place p;

	TRY(kind_load(cx, &relief_place_kind, s->place, &p));
	html(&v->h, "<strong>%s</strong>", kind_title(cx, &relief_place_kind, &p));
	if (p.address != NULL)
		html(&v->h, "<br>%s", p.address);
	if (x->names && s->receiver != NULL)
		html(&v->h, "<br>%s", s->receiver);
	return RC_OK;
}

static int
draw_need(struct view *v, const struct print_view *x, const struct waybill_stop *s, bool phone)
{
	struct ctx *cx = v->cx;
	const char *district = "";
	struct family f = { 0 };
	struct need n;

	TRY(kind_load(cx, &need_kind, s->need, &n));
	TRY(kind_titles(cx, &district_kind, &n.district, 1, &district));
	if (x->names)
		TRY(delivery_family(cx, &x->w, s->need, &f));
	html(&v->h, "<strong class='num'>%s</strong> · %s", relief_code_shown(cx->arena, n.code),
	    trn(cx, n.people, "%s person", "%s people", num(cx, n.people)));
	if (f.name != NULL)
		html(&v->h, "<br>%s", f.name);
	if (phone && f.phone != NULL)
		html(&v->h, "<br>%s", f.phone);
	html(&v->h, "<br>%s%s%s", district, f.place == NULL ? "" : ", ",
	    f.place == NULL ? "" : f.place);
	if (phone && f.note != NULL)
		html(&v->h, "<br>%s", f.note);
	return RC_OK;
}

static int
draw_goods(struct view *v, const struct waybill_stop *s)
{
	struct ctx *cx = v->cx;
	struct waybill_line *l;
	size_t n, i;

	TRY(delivery_lines(cx, s->rec.id, &l, &n));
	for (i = 0; i < n; i++) {
		const char *text;

		TRY(delivery_line_text(
		    cx, &(struct delivery_line){ l[i].item, l[i].lot, l[i].quantity }, &text));
		html(&v->h, i == 0 ? "%s" : "<br>%s", text);
	}
	return RC_OK;
}

static int
draw_rows(struct view *v, const struct print_view *x, bool list)
{
	struct ctx *cx = v->cx;
	size_t i;

	html(&v->h,
	    "<section class='tbl' tabindex='0' aria-label='%s'><table "
	    "class='route'><caption class='vh'>%s</caption><thead><tr><th scope='col' "
	    "class='r'>№</th><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th "
	    "scope='col'>%s</th></tr></thead><tbody>",
	    tr(cx, "Route"), tr(cx, "Route"), tr(cx, "Where"), tr(cx, "Goods"),
	    list ? tr(cx, "Received by") : tr(cx, "Handed over, hour"), tr(cx, "Signature"));
	for (i = 0; i < x->n; i++) {
		if (list && x->s[i].need == 0)
			continue;
		html(&v->h, "<tr><td class='r num'>%s</td><td>", num(cx, (int64_t)i + 1));
		TRY(x->s[i].need == 0 ? draw_place(v, x, &x->s[i])
				      : draw_need(v, x, &x->s[i], !list));
		html(&v->h, "</td><td>");
		TRY(draw_goods(v, &x->s[i]));
		html(&v->h, "</td><td class='blank'></td><td class='blank'></td></tr>");
	}
	html(&v->h, "</tbody></table></section>");
	return RC_OK;
}

static void
sign(struct view *v, const char *who)
{
	html(&v->h, "<div class='sign'><span>%s</span><i></i><span>%s</span></div>", who,
	    tr(v->cx, "Signature"));
}

static int
paper_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct print_view x = { 0 };

	TRY(of_path(v, &x));
	open_paper(v, &x, trf(cx, "Waybill No. %s", x.w.code));
	TRY(draw_head(v, &x));
	TRY(draw_rows(v, &x, false));
	sign(v, tr(cx, "Loaded by"));
	sign(v, tr(cx, "Driver"));
	sign(v, tr(cx, "Took back what was left"));
	html(&v->h, "</article>");
	ui_close(v);
	return RC_OK;
}

static int
list_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct print_view x = { 0 };

	TRY(of_path(v, &x));
	open_paper(v, &x, tr(cx, "Distribution list"));
	html(&v->h, "<p>%s</p>", trf(cx, "Waybill No. %s", x.w.code));
	TRY(draw_rows(v, &x, true));
	sign(v, tr(cx, "Handed out by"));
	sign(v, tr(cx, "Witness"));
	html(&v->h, "</article>");
	ui_close(v);
	return RC_OK;
}

const struct route waybill_print_routes[] = {
	{ M_GET, "/waybills/{id}/paper", paper_page, CAP_RELIEF_READ, 0, N_("Waybill on paper"),
	    N_("A4: route, goods of each stop, lines for signatures.") },
	{ M_GET, "/waybills/{id}/list", list_page, CAP_RELIEF_READ, 0, N_("Distribution list"),
	    N_("One row a family with a line for its signature.") },
	{ M_GET, "/driver/{waybill}/paper", paper_page, CAP_RELIEF_DRIVE, 0, N_("Waybill on paper"),
	    N_("The same for its driver.") },
};
const size_t waybill_print_nroutes = ARRAY_LEN(waybill_print_routes);
