/* charity_receipt_pages.c – receipts: the list, receiving, one with its lines and – for an auditor – the chain from this
 * receipt over sets of the ledger to the acts of handing over. The chain holds numbers and amounts; the family stands in
 * it only for those who may see families. */
#include "mod/charity/charity_pages.h"

#include <string.h>

static void
row_goods(struct view *v, const void *rec)
{
	const struct charity_receipt *r = rec;
	struct charity_line *l;
	bool standing;
	size_t n, i;

	if (charity_lines(v->cx, r->movement, &l, &n, &standing) != RC_OK)
		return;
	if (!standing) {
		ui_state(v, '-', tr(v->cx, "taken back"));
		return;
	}
	for (i = 0; i < n; i++)
		html(&v->h, "%s%s: %s", i == 0 ? "" : "; ",
		    kind_title(v->cx, &item_kind, &l[i].item),
		    charity_quantity(v->cx, &l[i].item, l[i].quantity));
}

static int
list_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct ui_list l = { .kind = &charity_receipt_kind,
		.path = "/charity/receipts",
		.sort = "-day",
		.extra_label = tr(cx, "What came"),
		.extra = row_goods };

	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	charity_frame(v, NULL, NULL, tr(cx, "Receipts"));
	if (may(cx, CAP_STOCK_WRITE)) {
		html(&v->h, "<p class='acts'>");
		ui_button(
		    v, ui_url(v, "/charity/receipts/new"), tr(cx, "Receive a donation"), true);
		html(&v->h, "</p>");
	}
	TRY(ui_list_page(v, &l));
	ui_close(v);
	return RC_OK;
}

/* ---- receiving ---- */

static struct lines_form
form(struct view *v)
{
	return (struct lines_form){ .path = "/charity/receipts/new",
		.title = tr(v->cx, "Receive a donation"),
		.list = "/charity/receipts",
		.list_title = tr(v->cx, "Receipts"),
		.verb = tr(v->cx, "Receive and make the receipt"),
		.receipt = true };
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
		rc = charity_receive(cx, &p, &out);
	if (form_refused(v, rc, &f.nonce))
		return lines_form_draw(v, &f);
	TRY(rc);
	return ui_done(v, charity_path(v, "/charity/receipts/%lld", (long long)out.id),
	    out.again ? tr(cx, "This was entered already.") : tr(cx, "The receipt is made."));
}

/* ---- one, with its chain ---- */

static int
receipt_of(struct view *v, struct charity_receipt *r)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, &charity_receipt_kind, id, r);
}

struct chain_end {
	int64_t act;
	const char *paper, *family;
};

/* The act of a set, and its family for those who see it. */
static int
end_of(struct ctx *cx, int64_t movement, struct chain_end *out)
{
	struct charity_aid a;
	struct recipient r;
	int rc = db_int(
	    cx, &out->act, "SELECT id FROM charity_aid WHERE movement = $1", VALS(v_int(movement)));

	out->paper = out->family = NULL;
	if (rc == RC_NOTFOUND) {
		out->act = 0;
		return RC_OK;
	}
	TRY(rc);
	TRY(kind_load(cx, &charity_aid_kind, out->act, &a));
	out->paper = a.paper;
	if (may(cx, CAP_CHARITY_FAMILY) && kind_get(cx, &charity_aid_kind, out->act, &a) == RC_OK &&
	    kind_get(cx, &recipient_kind, a.recipient, &r) == RC_OK)
		out->family = r.code;
	err_clear(cx);
	return RC_OK;
}

static int
draw_part(struct view *v, const struct gift_line *l, const struct gift_part *p)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct chain_end e;

	TRY(end_of(cx, p->movement, &e));
	html(h, "<tr><th scope='row' class='nw'>%s</th><td data-l='%s'><a href='%s'>%s</a></td>",
	    day_text(cx, p->day), tr(cx, "Movement"),
	    ui_url(v, "/stock/movements/%lld", (long long)p->movement), num(cx, p->movement));
	html(h, "<td data-l='%s'>%s</td><td data-l='%s'>", tr(cx, "Where to"),
	    option_label(cx, stock_account_types, p->way), tr(cx, "Act"));
	if (e.family != NULL)
		html(h, "<a href='%s'>%s</a>, %s",
		    ui_url(v, "/charity/acts/%lld", (long long)e.act), e.paper,
		    trf(cx, "family %s", e.family));
	else if (e.paper != NULL)
		html(h, "%s", e.paper);
	html(h, "</td><td class='r num' data-l='%s'>%s</td></tr>", tr(cx, "Quantity"),
	    charity_quantity(cx, &l->item, p->quantity));
	return RC_OK;
}

static int
draw_chain_line(struct view *v, const struct gift_line *l)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	html(h, "<h3>%s%s%s</h3><dl class='facts'>", kind_title(cx, &item_kind, &l->item),
	    l->lot.rec.id == 0 ? "" : ", ",
	    l->lot.rec.id == 0 ? "" : trf(cx, "lot %s", l->lot.code));
	html(h,
	    "<dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</"
	    "dd>",
	    tr(cx, "Received"), charity_quantity(cx, &l->item, l->received), tr(cx, "In the store"),
	    charity_quantity(cx, &l->item, l->in_store), tr(cx, "On the way"),
	    charity_quantity(cx, &l->item, l->on_way), tr(cx, "Handed over"),
	    charity_quantity(cx, &l->item, l->handed));
	if (l->gone > 0)
		html(h, "<dt>%s</dt><dd>%s</dd>", tr(cx, "Gone otherwise"),
		    charity_quantity(cx, &l->item, l->gone));
	html(h, "</dl>");
	if (l->nparts == 0)
		return RC_OK;
	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th "
	    "scope='col'>%s</th><th scope='col' class='r'>%s</th></tr></thead><tbody>",
	    tr(cx, "From the box to the hand"), tr(cx, "Day"), tr(cx, "Movement"),
	    tr(cx, "Where to"), tr(cx, "Act"), tr(cx, "Quantity"));
	for (i = 0; i < l->nparts; i++)
		TRY(draw_part(v, l, &l->part[i]));
	html(h, "</tbody></table></div>");
	return RC_OK;
}

static int
draw_chain(struct view *v, int64_t id)
{
	struct gift g;
	size_t i;

	TRY(gift_of_receipt(v->cx, id, &g));
	if (g.n == 0)
		return RC_OK;
	ui_section_open(
	    v, "chain", tr(v->cx, "From the box to the hand"), tr(v->cx, "first in, first out"));
	html(&v->h, "<div class='flow'>");
	for (i = 0; i < g.receipt[0].n; i++)
		TRY(draw_chain_line(v, &g.receipt[0].line[i]));
	html(&v->h, "</div>");
	ui_section_close(v);
	return RC_OK;
}

static int
one_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	static const char *const facts[] = { "day", "donor", "drive", "pledge", NULL };
	struct charity_receipt r;
	struct charity_line *l;
	bool standing;
	size_t n;

	TRY(receipt_of(v, &r));
	TRY(charity_lines(cx, r.movement, &l, &n, &standing));
	charity_frame(v, "/charity/receipts", tr(cx, "Receipts"), trf(cx, "Receipt %s", r.paper));
	ui_section_open(v, "facts", tr(cx, "Facts"), NULL);
	html(h, "<div class='flow'>");
	if (!standing)
		ui_note(v, 'w', tr(cx, "This receipt was taken back; it counts nowhere."));
	html(h, "<p class='code' translate='no'>%s</p><p><a href='%s'>%s</a></p>",
	    charity_code_show(cx->arena, r.code), ui_url(v, "/gift/%s", r.code),
	    tr(cx, "What the donor sees"));
	charity_draw_lines(v, l, n, false);
	TRY(charity_facts(v, &charity_receipt_kind, &r, facts));
	html(h, "<p class='acts'>");
	if (standing) {
		ui_button(v, ui_url(v, "/charity/receipts/%lld/print", (long long)r.rec.id),
		    tr(cx, "Receipt to print"), true);
		ui_button(v, ui_url(v, "/charity/receipts/%lld/letter", (long long)r.rec.id),
		    tr(cx, "Letter of thanks"), false);
	}
	ui_button(v, ui_url(v, "/stock/movements/%lld", (long long)r.movement),
	    tr(cx, "The movement in the ledger"), false);
	html(h, "</p></div>");
	ui_section_close(v);
	TRY(draw_chain(v, r.rec.id));
	ui_close(v);
	return RC_OK;
}

const struct route charity_receipt_routes[] = {
	{ M_GET, "/charity/receipts", list_page, CAP_STOCK_READ, 0, N_("Receipts of donations"),
	    NULL },
	{ M_GET, "/charity/receipts/new", new_page, CAP_STOCK_WRITE, 0, N_("Receive a donation"),
	    NULL },
	{ M_POST, "/charity/receipts/new", new_post, CAP_STOCK_WRITE, 0, N_("Receive a donation"),
	    NULL },
	{ M_GET, "/charity/receipts/{id}", one_page, CAP_STOCK_READ, 0, N_("A receipt"),
	    N_("With its chain from the box to the hand.") },
	{ M_GET, "/charity/receipts/{id}/print", receipt_print_page, CAP_STOCK_READ, 0,
	    N_("Receipt to print"), NULL },
	{ M_GET, "/charity/receipts/{id}/letter", receipt_letter_page, CAP_STOCK_READ, 0,
	    N_("Letter of thanks"), NULL },
};
const size_t charity_receipt_nroutes = ARRAY_LEN(charity_receipt_routes);
