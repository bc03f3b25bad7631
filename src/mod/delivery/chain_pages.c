/* chain_pages.c – from the box to the hand in one page: for an auditor who holds a lot, a waybill, a need or the code of a gift.
 *
 * Families are named to CAP_RELIEF_FAMILY alone, and only when asked for: each name that is opened is in the log of reads. */
#include "mod/delivery/delivery_pages.h"

#include <string.h>

#include "mod/charity/charity.h"

struct chain_view {
	size_t most; /* steps of each thing */
	struct headquarters h;
	const char *q;
	bool names; /* families are shown */
};

static void
draw_search(struct view *v, const struct chain_view *c)
{
	struct ctx *cx = v->cx;

	html(&v->h,
	    "<form method='get' action='%s' class='row noprint'><div class='fld'><label "
	    "for='f-q'>%s</label><span class='hint'>%s</span><input type='text' id='f-q' name='q' "
	    "maxlength='64' value='%s'></div><button type='submit' class='btn "
	    "go'>%s</button></form>",
	    ui_url(v, "/relief/%lld/chain", (long long)c->h.rec.id), tr(cx, "Code"),
	    tr(cx, "Of a lot, a waybill, goods, a need, or a gift"), c->q, tr(cx, "Show the way"));
}

static int
account_title(struct ctx *cx, int64_t id, const char **out)
{
	*out = tr(cx, "several");
	return id == 0 ? RC_OK : kind_titles(cx, &stock_account_kind, &id, 1, out);
}

/* ---- the paper of a step ---- */

static int
draw_receipt(struct view *v, int64_t id)
{
	struct ctx *cx = v->cx;
	struct charity_receipt r;
	struct donor d;

	TRY(kind_load(cx, &charity_receipt_kind, id, &r));
	TRY(kind_load(cx, &donor_kind, r.donor, &d));
	html(&v->h, "<a href='%s'>%s</a>", ui_url(v, "/charity/receipts/%lld", (long long)id),
	    trf(cx, "Receipt No. %s", r.paper));
	if (d.code != NULL)
		html(&v->h, "<br>%s", trf(cx, "Donor %s", d.code));
	html(&v->h, "<br>%s", trf(cx, "gift %s", r.code));
	return RC_OK;
}

static int
draw_waybill(struct view *v, int64_t id)
{
	struct ctx *cx = v->cx;
	struct vehicle c;
	struct waybill w;

	TRY(kind_load(cx, &waybill_kind, id, &w));
	TRY(kind_load(cx, &vehicle_kind, w.vehicle, &c));
	html(&v->h, "<a href='%s'>%s</a><br>%s", ui_url(v, "/waybills/%lld", (long long)id),
	    trf(cx, "Waybill No. %s", w.code), c.plate);
	return RC_OK;
}

static int
draw_family(struct view *v, const struct chain_view *c, int64_t need)
{
	struct family f;
	int rc;

	if (need == 0 || !c->names)
		return RC_OK;
	rc = need_family(v->cx, need, "chain", &f);
	if (rc == RC_DENIED) { /* the headquarters is closed */
		err_clear(v->cx);
		return RC_OK;
	}
	TRY(rc);
	if (f.name != NULL)
		html(&v->h, "<br>%s", f.name);
	return RC_OK;
}

static int
draw_act(struct view *v, const struct chain_view *c, int64_t id)
{
	struct ctx *cx = v->cx;
	struct delivery_act a;
	struct waybill_stop s;
	struct waybill w;
	const char *title;

	TRY(kind_load(cx, &delivery_act_kind, id, &a));
	TRY(kind_load(cx, &waybill_stop_kind, a.stop, &s));
	TRY(kind_load(cx, &waybill_kind, a.waybill, &w));
	TRY(stop_title(v, &s, &title));
	html(&v->h, "<a href='%s'>%s</a> · %s · %s<br><a href='%s'>%s</a><br><a href='%s'>%s</a>",
	    ui_url(v, "/waybills/acts/%lld", (long long)id),
	    trf(cx, "Act of delivery No. %s", num(cx, id)), option_label(cx, act_results, a.result),
	    option_label(cx, act_marks, a.mark), ui_url(v, "/waybills/%lld", (long long)w.rec.id),
	    trf(cx, "Waybill No. %s", w.code),
	    ui_url(v, "/waybills/stops/%lld", (long long)s.rec.id), title);
	return draw_family(v, c, s.need);
}

static int
draw_paper(struct view *v, const struct chain_view *c, const struct chain_step *s)
{
	struct ctx *cx = v->cx;

	if (s->receipt != 0)
		return draw_receipt(v, s->receipt);
	if (s->waybill != 0)
		return draw_waybill(v, s->waybill);
	if (s->act != 0)
		return draw_act(v, c, s->act);
	html(&v->h, "<a href='%s'>%s</a>",
	    ui_url(v, "/stock/movements/%lld", (long long)s->movement),
	    trf(cx, "Movement No. %s", num(cx, s->movement)));
	if (s->document != NULL)
		html(&v->h, "<br>%s", s->document);
	return RC_OK;
}

/* ---- one thing ---- */

static int
draw_step(
    struct view *v, const struct chain_view *c, const struct chain_step *s, const struct item *item)
{
	struct ctx *cx = v->cx;
	const char *from, *to;

	TRY(account_title(cx, s->from, &from));
	TRY(account_title(cx, s->to, &to));
	html(&v->h,
	    "<tr><th scope='row' data-l='%s'>%s</th><td data-l='%s'>%s%s</td><td "
	    "data-l='%s'>%s</td><td data-l='%s'>%s</td><td class='r num' data-l='%s'>",
	    tr(cx, "Moment"), moment_text(cx, s->at), tr(cx, "What"),
	    option_label(cx, movement_types, s->type),
	    s->reversed_by != 0 ? tr(cx, " – taken back")
	    : s->reverses != 0	? tr(cx, " – takes back")
				: "",
	    tr(cx, "Out of"), from, tr(cx, "Into"), to, tr(cx, "Quantity"));
	ui_count(v, KNOWN_EXACT, ui_url(v, "/stock/movements/%lld", (long long)s->movement),
	    quantity_text(cx, item, s->quantity));
	html(&v->h, "</td><td data-l='%s'><div>", tr(cx, "Paper"));
	TRY(draw_paper(v, c, s));
	html(&v->h, "</div></td></tr>");
	return RC_OK;
}

static int
draw_sums(struct view *v, const struct chain_thing *t, const struct item *item)
{
	struct ctx *cx = v->cx;
	struct chain_sum *s;
	size_t n, i;

	TRY(chain_sums(cx, t, &s, &n));
	html(&v->h, "<dl class='facts'>");
	for (i = 0; i < n; i++)
		html(&v->h, "<div><dt>%s</dt><dd class='num'>%s</dd></div>",
		    option_label(cx, stock_account_types, s[i].type),
		    quantity_text(cx, item, s[i].quantity));
	html(&v->h, "</dl><p class='small mute'>%s</p>",
	    tr(cx, "Where it is now: what donors gave stands with a minus, and all together is "
		   "nothing."));
	return RC_OK;
}

static int
draw_thing(struct view *v, const struct chain_view *c, const struct chain_thing *t)
{
	struct ctx *cx = v->cx;
	struct lot lot = { .code = "" };
	struct chain_step *s;
	const char *name;
	struct item item;
	size_t n, i;

	TRY(kind_load(cx, &item_kind, t->item, &item));
	if (t->lot != 0)
		TRY(kind_load(cx, &lot_kind, t->lot, &lot));
	TRY(chain_steps(cx, t, c->most, &s, &n));
	name = kind_title(cx, &item_kind, &item);
	if (t->lot != 0)
		name = arena_printf(cx->arena, "%s, %s", name, trf(cx, "lot %s", lot.code));
	ui_section_open(v,
	    arena_printf(cx->arena, "t%lld-%lld", (long long)t->item, (long long)t->lot), name,
	    lot.expires == 0 ? NULL : trf(cx, "good until %s", day_text(cx, lot.expires)));
	html(&v->h, "<div>");
	TRY(draw_sums(v, t, &item));
	html(&v->h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th "
	    "scope='col'>%s</th><th scope='col' class='r'>%s</th><th "
	    "scope='col'>%s</th></tr></thead><tbody>",
	    name, tr(cx, "Moment"), tr(cx, "What"), tr(cx, "Out of"), tr(cx, "Into"),
	    tr(cx, "Quantity"), tr(cx, "Paper"));
	for (i = 0; i < n; i++)
		TRY(draw_step(v, c, &s[i], &item));
	html(&v->h, "</tbody></table></div>");
	if (n == c->most)
		html(&v->h, "<p>%s</p>",
		    trf(cx, "The last %s movements; earlier ones stand on the stock card.",
			num(cx, (int64_t)c->most)));
	html(&v->h, "</div>");
	ui_section_close(v);
	return RC_OK;
}

static void
draw_names_switch(struct view *v, const struct chain_view *c)
{
	struct ctx *cx = v->cx;

	if (!may(cx, CAP_RELIEF_FAMILY) || c->names)
		return;
	html(&v->h, "<p class='noprint'>");
	ui_button(v, ui_url(v, "/relief/%lld/chain?names=1&q=%s", (long long)c->h.rec.id, c->q),
	    tr(cx, "Show the names of families"), false);
	html(&v->h, " <span class='small mute'>%s</span></p>", tr(cx, "showing them is recorded"));
}

static int
chain_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct chain_view c = { .q = req_q(v->rq, "q") };
	struct chain_thing *t = NULL;
	size_t n = 0, i;

	TRY(relief_of_path(v, &c.h));
	c.q = c.q == NULL || strlen(c.q) > 256 ? "" : relief_trim(cx->arena, c.q);
	if (c.q == NULL)
		c.q = "";
	c.names = may(cx, CAP_RELIEF_FAMILY) && req_q(v->rq, "names") != NULL;
	if (*c.q != '\0')
		TRY(chain_find(cx, c.h.rec.id, c.q, &t, &n));
	relief_open(v, &c.h, tr(cx, "From the box to the hand"), NULL);
	draw_search(v, &c);
	if (*c.q == '\0')
		html(&v->h, "<p class='prose'>%s</p>",
		    tr(cx, "Every movement of the goods with its paper: receipt and donor's code, "
			   "lots and sets, waybill, act and signature. Families are not named."));
	else if (n == 0)
		html(&v->h, "<p class='mute'>%s</p>",
		    tr(cx, "Nothing has this code. Check it, or look for the lot in the stock."));
	else
		draw_names_switch(v, &c);
	c.most = n > 1 ? CHAIN_MOST_EACH : CHAIN_MOST;
	html(&v->h, "<div class='flow'>");
	for (i = 0; i < n; i++)
		TRY(draw_thing(v, &c, &t[i]));
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

const struct route chain_routes[] = {
	{ M_GET, "/relief/{id}/chain", chain_page, CAP_RELIEF_READ, 0,
	    N_("From the box to the hand"),
	    N_("Every movement of a lot with its receipt, waybill and act; for auditors.") },
};
const size_t chain_nroutes = ARRAY_LEN(chain_routes);
