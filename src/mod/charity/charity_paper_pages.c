/* charity_paper_pages.c – papers: the receipt in Kazakh and Russian, the letter of thanks, the act of handing over.
 *
 * A paper is drawn in a language by setting the context's; the page around it stays the reader's. The donor's name is
 * opened for the receipt, which leaves its line in the audit. */
#include "mod/charity/charity_pages.h"

#include <string.h>

#include "core/institution.h"
#include "lang/kazakh.h"
#include "text/qr.h"

struct paper {
	struct charity_receipt r;
	struct donor d;
	struct drive v;
	struct charity_line *l;
	size_t n;
	const char *name; /* "" = unnamed */
	struct institution house;
};

static int
read_paper(struct view *v, struct paper *p)
{
	struct ctx *cx = v->cx;
	bool standing;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(cx, &charity_receipt_kind, id, &p->r));
	TRY(charity_lines(cx, p->r.movement, &p->l, &p->n, &standing));
	if (!standing)
		return fail(cx, RC_RULE, N_("This receipt was taken back; it counts nowhere."));
	TRY(kind_load(cx, &donor_kind, p->r.donor, &p->d));
	TRY(kind_load(cx, &drive_kind, p->r.drive, &p->v));
	/* A name that is sealed is for those who may open it; others print the code. */
	if (may(cx, CAP_SEALED_READ) || strcmp(p->d.type, "person") != 0)
		TRY(donor_full_name(cx, &p->d, &p->name));
	else
		p->name = "";
	return setting_institution(cx, &p->house);
}

static const char *
who(struct ctx *cx, const struct paper *p)
{
	if (*p->name != '\0')
		return p->name;
	return strcmp(p->d.type, "anonymous") == 0
		   ? tr(cx, "A donor who wants to stay unnamed")
		   : trf(cx, "Donor %s", p->d.code == NULL ? "–" : p->d.code);
}

static void
draw_head(struct view *v, const struct paper *p)
{
	html(&v->h, "<div class='hem'></div><p>%s<br>%s</p>", tr3(v->cx, &p->house.name, NULL),
	    tr3(v->cx, &p->house.region, NULL));
}

static int
draw_receipt(struct view *v, const struct paper *p, enum lang l)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	enum lang was = cx->lang;
	const char *url;
	struct qr q;

	cx->lang = l;
	url = arena_printf(cx->arena, "%s/%s/gift/%s", req_base(v->rq), lang_code(l), p->r.code);
	html(h, "<article class='paper' lang='%s'><div class='flow'>", lang_code(l));
	draw_head(v, p);
	html(h, "<h2>%s</h2><p>%s</p>", trf(cx, "Receipt of a donation No. %s", p->r.paper),
	    day_long(cx, p->r.day));
	html(h, "<dl class='facts'><dt>%s</dt><dd>%s</dd>", tr(cx, "Received from"), who(cx, p));
	if (p->d.bin != NULL)
		html(h, "<dt>%s</dt><dd>%s</dd>", tr(cx, "BIN"), p->d.bin);
	html(h, "<dt>%s</dt><dd>%s</dd></dl>", tr(cx, "For the drive"),
	    kind_title(cx, &drive_kind, &p->v));
	charity_draw_lines(v, p->l, p->n, true);
	cx->lang = was;
	TRY(qr_make(cx->arena, url, &q));
	cx->lang = l;
	html(h, "<div class='top'>");
	qr_svg(h, &q, tr(cx, "QR code of the page that shows the way of this gift"));
	html(h,
	    "<div><p>%s <strong class='code nw' translate='no'>%s</strong></p><p "
	    "class='small'>%s</p></div></div>",
	    tr(cx, "Code of the gift:"), charity_code_show(cx->arena, p->r.code),
	    tr(cx, "With this code anybody can see what became of the gift; it shows neither who "
		   "gave nor who got it."));
	html(h, "<p>%s ____________________</p><p>%s ____________________</p></div></article>",
	    tr(cx, "Received by (office, signature):"), tr(cx, "Given by (signature):"));
	cx->lang = was;
	return RC_OK;
}

static void
print_hint(struct view *v)
{
	html(&v->h, "<p class='small mute noprint'>%s</p>",
	    tr(v->cx, "For paper use Print in the browser's menu: each sheet stands alone."));
}

int
receipt_print_page(struct view *v)
{
	struct paper p;

	TRY(read_paper(v, &p));
	charity_frame(v, charity_path(v, "/charity/receipts/%lld", (long long)p.r.rec.id),
	    trf(v->cx, "Receipt %s", p.r.paper), tr(v->cx, "Receipt to print"));
	print_hint(v);
	TRY(draw_receipt(v, &p, LANG_KK));
	TRY(draw_receipt(v, &p, LANG_RU));
	ui_close(v);
	return RC_OK;
}

/* ---- the letter ---- */

/* No name takes an ending: it stands by itself, as in the letters for events. */
static void
draw_letter(struct view *v, const struct paper *p, enum lang l)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	enum lang was = cx->lang;
	size_t i;

	cx->lang = l;
	html(h,
	    "<article class='paper letter' lang='%s'><div class='hem'></div><p>%s</p><h2>%s</h2>",
	    lang_code(l), tr3(cx, &p->house.name, NULL), tr(cx, "Letter of thanks"));
	html(h, "<p><strong>%s</strong></p>",
	    *p->name == '\0'			     ? tr(cx, "Dear donor!")
	    : p->d.company != NULL || p->d.body != 0 ? trf(cx, "Dear colleagues of %s!", p->name)
						     : trf(cx, "Dear %s!", p->name));
	html(h, "<p>%s</p><p>",
	    trf(cx, "We thank you from the heart for your gift to the drive “%s” on %s.",
		kind_title(cx, &drive_kind, &p->v),
		l == LANG_KK ? kk_day(cx->arena, p->r.day, KK_LOC) : day_long(cx, p->r.day)));
	for (i = 0; i < p->n; i++)
		html(h, "%s%s – %s", i == 0 ? "" : "; ", kind_title(cx, &item_kind, &p->l[i].item),
		    charity_quantity(cx, &p->l[i].item, p->l[i].quantity));
	html(h, ".</p><p>%s</p><p>__________________</p><p>%s</p></article>",
	    tr(cx,
		"Your kindness helps families who find it hard. We wish you health and success."),
	    day_long(cx, cx->today));
	cx->lang = was;
}

int
receipt_letter_page(struct view *v)
{
	struct paper p;

	TRY(read_paper(v, &p));
	charity_frame(v, charity_path(v, "/charity/receipts/%lld", (long long)p.r.rec.id),
	    trf(v->cx, "Receipt %s", p.r.paper), tr(v->cx, "Letter of thanks"));
	print_hint(v);
	draw_letter(v, &p, LANG_KK);
	draw_letter(v, &p, LANG_RU);
	ui_close(v);
	return RC_OK;
}

/* ---- the act ---- */

static void
draw_act(struct view *v, const struct charity_aid *a, const struct recipient *r,
    const struct charity_line *l, size_t n)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h, "<h2>%s</h2><p>%s</p>", trf(cx, "Act of handing over No. %s", a->paper),
	    day_long(cx, a->day));
	html(h,
	    "<dl class='facts'><dt>%s</dt><dd class='code' "
	    "translate='no'>%s</dd><dt>%s</dt><dd>%s</dd></dl>",
	    tr(cx, "Family"), r->code == NULL ? "–" : charity_code_show(cx->arena, r->code),
	    tr(cx, "How many people"), num(cx, a->people));
	charity_draw_lines(v, l, n, true);
	html(h, "<p>%s ____________________</p><p>%s ____________________</p>",
	    tr(cx, "Handed over by (office, signature):"),
	    tr(cx, "Received by (name and signature):"));
}

int
act_print_page(struct view *v)
{
	static const enum lang langs[] = { LANG_KK, LANG_RU };
	struct ctx *cx = v->cx;
	struct paper head;
	struct charity_aid a;
	struct recipient r;
	struct charity_line *l;
	enum lang was = cx->lang;
	bool standing;
	int64_t id;
	size_t n, i;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(cx, &charity_aid_kind, id, &a));
	TRY(kind_get(cx, &recipient_kind, a.recipient, &r));
	TRY(charity_lines(cx, a.movement, &l, &n, &standing));
	if (!standing)
		return fail(cx, RC_RULE, N_("This act was taken back; it counts nowhere."));
	TRY(setting_institution(cx, &head.house));
	charity_frame(v, charity_path(v, "/charity/acts/%lld", (long long)id),
	    trf(cx, "Act %s", a.paper), tr(cx, "Act to print"));
	print_hint(v);
	for (i = 0; i < ARRAY_LEN(langs); i++) {
		cx->lang = langs[i];
		html(&v->h, "<article class='paper' lang='%s'><div class='flow'>",
		    lang_code(langs[i]));
		draw_head(v, &head);
		draw_act(v, &a, &r, l, n);
		html(&v->h, "</div></article>");
	}
	cx->lang = was;
	ui_close(v);
	return RC_OK;
}
