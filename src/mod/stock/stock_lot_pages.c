/* stock_lot_pages.c – a new lot; what expires within 30 days or has expired, wherever it lies; what is missing after a
 * merge. */
#include "mod/stock/stock_pages.h"

#include <string.h>

enum { SOON_DAYS = 30, SHOWN = 500 };

static void
open_page(struct view *v, const char *title)
{
	struct ctx *cx = v->cx;

	ui_open(v, &(struct page){ .title = title,
		       .nav = "/stock",
		       .staff = true,
		       .crumbs = (const struct crumb[]){
			   { "/stock", tr(cx, "Stock") }, { NULL, title }, { NULL, NULL } } });
}

void
stock_draw_expiry(struct view *v, int expires)
{
	struct ctx *cx = v->cx;

	if (expires == 0)
		return;
	if (expires < cx->today)
		ui_state(v, 'n', trf(cx, "expired on %s", day_text(cx, expires)));
	else if (expires <= day_add(cx->today, SOON_DAYS))
		ui_state(v, 'w', trf(cx, "good until %s", day_text(cx, expires)));
	else
		html(&v->h, "%s", trf(cx, "good until %s", day_text(cx, expires)));
}

static void
draw_expiring(struct view *v, const struct held_at *x, size_t n)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th "
	    "scope='col'>%s</th><th scope='col' class='r'>%s</th><th scope='col' "
	    "class='noprint'></th></tr></thead><tbody>",
	    tr(cx, "Expiring soon"), tr(cx, "Item"), tr(cx, "Lot"), tr(cx, "Last good day"),
	    tr(cx, "Stock account"), tr(cx, "Quantity"));
	for (i = 0; i < n; i++) {
		html(h, "<tr><th scope='row'>%s</th><td data-l='%s'>%s</td><td data-l='%s'>",
		    kind_title(cx, &item_kind, &x[i].held.item), tr(cx, "Lot"), x[i].held.lot.code,
		    tr(cx, "Last good day"));
		stock_draw_expiry(v, x[i].held.lot.expires);
		html(h, "</td><td data-l='%s'>%s</td><td class='r num' data-l='%s'>",
		    tr(cx, "Stock account"), kind_title(cx, &stock_account_kind, &x[i].account),
		    tr(cx, "Quantity"));
		ui_count(v, KNOWN_EXACT,
		    ui_url(v, "/stock/card?account=%s&item=%s&lot=%s", x[i].account.code,
			x[i].held.item.code, x[i].held.lot.code),
		    quantity_text(cx, &x[i].held.item, x[i].held.quantity));
		html(h, "</td><td class='noprint'>");
		if (may(cx, CAP_STOCK_WRITE))
			ui_button(v,
			    ui_url(v, "/stock/move?type=%s&here=%s&item=%s&lot=%s",
				x[i].held.lot.expires < cx->today ? "loss" : "issue",
				x[i].account.code, x[i].held.item.code, x[i].held.lot.code),
			    x[i].held.lot.expires < cx->today ? tr(cx, "Write off")
							      : tr(cx, "Give out"),
			    false);
		html(h, "</td></tr>");
	}
	html(h, "</tbody></table></div>");
}

static int
expiring_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct held_at *x;
	size_t n;

	TRY(reads_expiring(cx, day_add(cx->today, SOON_DAYS), SHOWN, &x, &n));
	open_page(v, tr(cx, "Expiring soon"));
	html(&v->h, "<div class='flow'>");
	if (may(cx, CAP_STOCK_WRITE)) {
		html(&v->h, "<p class='acts noprint'>");
		ui_button(v, ui_url(v, "/stock/lots/new"), tr(cx, "New lot"), false);
		html(&v->h, "</p>");
	}
	html(&v->h, "<p class='mute'>%s</p>",
	    tr(cx, "What is good for 30 days at most, and what has expired already."));
	if (n == 0)
		ui_empty(v, tr(cx, "Nothing expires soon"),
		    tr(cx, "Lots with a last good day within 30 days are listed here."),
		    ui_url(v, "/stock"), tr(cx, "Stock"));
	else
		draw_expiring(v, x, n);
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

/* ---- a new lot ---- */

static int
draw_lot(struct view *v, struct ui_form *f)
{
	open_page(v, tr(v->cx, "New lot"));
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static void
lot_form(struct lot *l, struct ui_form *f)
{
	kind_empty(&lot_kind, l);
	*f = (struct ui_form){ .kind = &lot_kind,
		.rec = l,
		.create = true,
		.path = "/stock/lots/new",
		.cancel = "/stock/expiring" };
}

static int
lot_page(struct view *v)
{
	struct lot l;
	struct ui_form f;

	lot_form(&l, &f);
	return draw_lot(v, &f);
}

/* On with the receipt that it is needed for, its first line filled in. */
static int
lot_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct lot l;
	struct item i;
	struct ui_form f;
	bool searching;
	int rc;

	lot_form(&l, &f);
	rc = ui_form_read(v, &f, &searching);
	if (rc == RC_OK && !searching)
		rc = kind_insert(cx, &lot_kind, &l);
	if (rc == RC_INVALID || rc == RC_RULE || rc == RC_EXISTS)
		v->status = rc == RC_INVALID ? 422 : 409;
	else
		TRY(rc);
	if (rc != RC_OK || searching)
		return draw_lot(v, &f);
	TRY(kind_load(cx, &item_kind, l.item, &i));
	return ui_done(v,
	    arena_printf(cx->arena, "/charity/receipts/new?item0=%s&lot0=%s", i.code, l.code),
	    tr(cx, "Saved."));
}

/* ---- shortages ---- */

static void
draw_state(struct view *v, const char *state)
{
	ui_state(
	    v, strcmp(state, "open") == 0 ? 'n' : 'o', option_label(v->cx, shortage_states, state));
}

static void
draw_explain(struct view *v, const void *rec)
{
	const struct stock_shortage *s = rec;
	struct ctx *cx = v->cx;

	if (s->explanation != NULL)
		html(&v->h, "<span>%s</span> ", s->explanation);
	html(&v->h, "<a class='noprint' href='%s'>%s</a>",
	    ui_url(v, "/stock/shortages/%lld", (long long)s->rec.id), tr(cx, "Explain"));
}

static int
shortages_page(struct view *v)
{
	static const char *const columns[] = { "lot", "day", "quantity", "state", NULL };
	struct ctx *cx = v->cx;
	struct ui_list list = { .kind = &stock_shortage_kind,
		.path = "/stock/shortages",
		.columns = columns,
		.sort = "-day",
		.state = "state",
		.draw_state = draw_state,
		.extra_label = tr(cx, "Explanation"),
		.extra = draw_explain };

	if (ui_wants_export(v))
		return ui_list_page(v, &list);
	open_page(v, tr(cx, "Shortages"));
	html(&v->h, "<p class='mute'>%s</p>",
	    tr(cx, "What two places gave out at once, and came together when a field copy was "
		   "merged."));
	TRY(ui_list_page(v, &list));
	ui_close(v);
	return RC_OK;
}

static int
draw_one(struct view *v, const char *typed)
{
	struct ctx *cx = v->cx;
	struct stock_shortage s;
	struct item i;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(cx, &stock_shortage_kind, id, &s));
	TRY(kind_load(cx, &item_kind, s.item, &i));
	open_page(v, tr(cx, "Shortage"));
	ui_refusals(v, "f-");
	html(&v->h, "<div class='flow'><p>%s: <b class='num'>%s</b></p>",
	    kind_title(cx, &item_kind, &i), quantity_text(cx, &i, s.quantity));
	TRY(ui_facts(v, &stock_shortage_kind, &s));
	if (may(cx, CAP_STOCK_WRITE)) {
		ui_form_begin(
		    v, arena_printf(cx->arena, "/stock/shortages/%lld", (long long)id), false);
		html(&v->h, "<div class='fld'><label for='f-explanation'>%s</label>",
		    tr(cx, "Explanation"));
		form_field_error(v, "explanation");
		html(&v->h,
		    "<textarea id='f-explanation' name='explanation' rows='4' "
		    "maxlength='1000'>%s</textarea></div><p class='acts'><button type='submit' "
		    "class='btn go'>%s</button></p>",
		    typed != NULL	    ? typed
		    : s.explanation == NULL ? ""
					    : s.explanation,
		    tr(cx, "Save the explanation"));
		ui_form_end(v);
	}
	TRY(ui_history(v, &stock_shortage_kind, id));
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

static int
shortage_page(struct view *v)
{
	return draw_one(v, NULL);
}

static int
shortage_post(struct view *v)
{
	const char *text = form_typed(v, "explanation");
	int64_t id;
	int rc;

	TRY(req_param_id(v->rq, 0, &id));
	rc = shortage_explain(v->cx, id, 0, text);
	if (rc == RC_INVALID) {
		v->status = 422;
		return draw_one(v, text);
	}
	TRY(rc);
	return ui_done(v, "/stock/shortages", tr(v->cx, "Saved."));
}

const struct route stock_lot_routes[] = {
	{ M_GET, "/stock/expiring", expiring_page, CAP_STOCK_READ, 0, N_("Expiring soon"),
	    N_("Lots whose last good day has passed or comes within 30 days.") },
	{ M_GET, "/stock/lots/new", lot_page, CAP_STOCK_WRITE, 0, N_("New lot"), NULL },
	{ M_POST, "/stock/lots/new", lot_post, CAP_STOCK_WRITE, 0, N_("New lot"), NULL },
	{ M_GET, "/stock/shortages", shortages_page, CAP_STOCK_READ, 0, N_("Shortages"),
	    N_("What is missing after a field copy was merged, and why.") },
	{ M_GET, "/stock/shortages/{id}", shortage_page, CAP_STOCK_READ, 0, N_("Shortage"), NULL },
	{ M_POST, "/stock/shortages/{id}", shortage_post, CAP_STOCK_WRITE, 0,
	    N_("Save the explanation"), NULL },
};
const size_t stock_lot_nroutes = ARRAY_LEN(stock_lot_routes);
