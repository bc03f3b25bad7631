/* stock_pages.c – what lies where: one account at a time, now or at any moment, and the card of one good.
 *
 * Every quantity is a sum of lines and leads to its card; the card's balances are the same sums, line after line. */
#include "mod/stock/stock_pages.h"

#include "kind/past.h"

#include <string.h>

/* A moment of the address; 0 = not given. A bad one is a field error. */
static int64_t
moment_of(struct view *v, const char *name)
{
	const char *text = req_q(v->rq, name);
	int64_t at = 0;

	if (text != NULL && *text != '\0' && !moment_parse(text, &at))
		fail_field(v->cx, name, N_("Write a day, or a day and an hour: 15.11.2024 18:00."));
	return at;
}

void
stock_account_options(
    struct view *v, const struct choice *c, size_t n, const char *types, int64_t chosen)
{
	const struct option *o;
	size_t i;

	for (o = stock_account_types; o->code != NULL; o++) {
		bool any = false;

		if (types != NULL && strstr(types, o->code) == NULL)
			continue;
		for (i = 0; i < n; i++) {
			if (strcmp(c[i].type, o->code) != 0)
				continue;
			if (!any)
				html(&v->h, "<optgroup label='%s'>", tr(v->cx, o->label));
			any = true;
			html(&v->h, "<option value='%s'", c[i].code);
			if (c[i].id == chosen)
				html(&v->h, " selected");
			html(&v->h, ">%s</option>", c[i].title);
		}
		if (any)
			html(&v->h, "</optgroup>");
	}
}

/* ---- what lies in an account ---- */

struct stock_view {
	struct choice *accounts;
	size_t naccounts;
	struct stock_account account;
	int64_t at, known;
};

static int
account_of(struct view *v, struct stock_view *s)
{
	const char *code = req_q(v->rq, "account");
	const struct choice *first = NULL;
	size_t i;

	TRY(reads_accounts(v->cx, &s->accounts, &s->naccounts));
	if (code != NULL && *code != '\0')
		return stock_account_find(v->cx, code, &s->account);
	for (i = 0; i < s->naccounts; i++)
		if (strcmp(s->accounts[i].type, "store") == 0 &&
		    (first == NULL || strcmp(s->accounts[i].code, "store-main") == 0))
			first = &s->accounts[i];
	if (first != NULL)
		return kind_load(v->cx, &stock_account_kind, first->id, &s->account);
	return fail(
	    v->cx, RC_NOTFOUND, N_("There is no store yet: make one under Reference lists."));
}

static void
draw_ask(struct view *v, const struct stock_view *s)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h,
	    "<form class='clock flow noprint' action='%s'><h2>%s</h2><div class='asks'><div "
	    "class='fld'>"
	    "<label for='account'>%s</label><select id='account' name='account'>",
	    ui_url(v, "/stock"), tr(cx, "What to show"), tr(cx, "Stock account"));
	stock_account_options(v, s->accounts, s->naccounts, NULL, s->account.rec.id);
	html(h,
	    "</select></div><div class='fld w-s'><label for='at'>%s</label><input type='text' "
	    "id='at' "
	    "name='at' value='%s'></div>"
	    "<div class='fld w-s'><label for='known'>%s</label><input type='text' id='known' "
	    "name='known' "
	    "value='%s'></div></div>"
	    "<p class='acts'><button type='submit' class='btn'>%s</button></p></form>",
	    tr(cx, "At the moment"), s->at == 0 ? "" : moment_text(cx, s->at),
	    tr(cx, "As recorded by"), s->known == 0 ? "" : moment_text(cx, s->known),
	    tr(cx, "Show"));
}

static void
draw_held(struct view *v, const struct stock_view *s, const struct held *x, size_t n)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th>"
	    "<th scope='col'>%s</th><th scope='col'>%s</th><th scope='col' "
	    "class='r'>%s</th></tr></thead><tbody>",
	    tr(cx, "What lies here"), tr(cx, "Item"), tr(cx, "Lot"), tr(cx, "Last good day"),
	    tr(cx, "Quantity"));
	for (i = 0; i < n; i++) {
		html(h, "<tr><th scope='row'>%s</th><td data-l='%s'>%s</td><td data-l='%s'>",
		    kind_title(cx, &item_kind, &x[i].item), tr(cx, "Lot"),
		    x[i].lot.rec.id == 0 ? "" : x[i].lot.code, tr(cx, "Last good day"));
		stock_draw_expiry(v, x[i].lot.expires);
		html(h, "</td><td class='r num' data-l='%s'>", tr(cx, "Quantity"));
		ui_count(v, KNOWN_EXACT,
		    ui_url(v, "/stock/card?account=%s&item=%s&lot=%s", s->account.code,
			x[i].item.code, x[i].lot.rec.id == 0 ? "" : x[i].lot.code),
		    quantity_text(cx, &x[i].item, x[i].quantity));
		html(h, "</td></tr>");
	}
	html(h, "</tbody></table></div>");
}

static void
draw_moves(struct view *v, const struct stock_account *a)
{
	static const char *const types[] = { "receipt", "issue", "transfer", "loss", "return" };
	size_t i;

	html(&v->h, "<p class='acts'>");
	for (i = 0; i < ARRAY_LEN(types); i++) {
		const struct ways *w = stock_ways(types[i]);

		ui_button(v, ui_url(v, "/stock/move?type=%s&here=%s", w->type, a->code),
		    tr(v->cx, w->verb), i == 0);
	}
	html(&v->h, "</p>");
}

/* What else is done with goods. */
static void
draw_works(struct view *v)
{
	static const char *const works[][2] = { { "/stock/transfers", N_("On the way") },
		{ "/stock/counts", N_("Stock-taking") },
		{ "/stock/recipes", N_("Recipes and kits") },
		{ "/stock/expiring", N_("Expiring soon") }, { "/stock/shortages", N_("Shortages") },
		{ "/stock/movements", N_("Movements") } };
	size_t i;

	html(&v->h, "<p class='chips noprint'>");
	for (i = 0; i < ARRAY_LEN(works); i++)
		html(&v->h, "<a class='chip' href='%s'>%s</a> ", ui_path(v, works[i][0]),
		    tr(v->cx, works[i][1]));
	html(&v->h, "</p>");
}

static void
draw_exports(struct view *v)
{
	static const char *const formats[][2] = { { "csv", "CSV" }, { "xlsx", "XLSX" } };
	size_t i;

	if (!may(v->cx, CAP_EXPORT))
		return;
	html(&v->h, "<div class='acts noprint'>");
	for (i = 0; i < ARRAY_LEN(formats); i++) {
		html(&v->h, "<a class='btn bare' rel='nofollow' href='%s'>",
		    ui_url_with(v, "format", formats[i][0]));
		ui_icon(v, ICON_DOWN);
		html(&v->h, "%s</a>", formats[i][1]);
	}
	html(&v->h, "</div>");
}

static int
stock_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct stock_view s = { 0 };
	struct held *x;
	size_t n;

	s.at = moment_of(v, "at");
	known_read(cx, req_q(v->rq, "known"), &s.known);
	TRY(fields_rc(cx));
	TRY(account_of(v, &s));
	TRY(reads_stock(cx, s.account.rec.id, s.at, s.known, &x, &n));
	if (ui_wants_export(v))
		return stock_export(v, &s.account, x, n);
	ui_open(v, &(struct page){
		       .title = tr(cx, "Stock"), .nav = "/stock", .staff = true, .no_h1 = true });
	html(&v->h,
	    "<div class='titl'><h1>%s</h1></div><div class='flow'><p class='mute'>%s%s%s</p>",
	    kind_title(cx, &stock_account_kind, &s.account),
	    option_label(cx, stock_account_types, s.account.type), s.at == 0 ? "" : " · ",
	    s.at == 0 ? "" : moment_text(cx, s.at));
	if (may(cx, CAP_STOCK_WRITE))
		draw_moves(v, &s.account);
	draw_works(v);
	draw_ask(v, &s);
	if (n == 0)
		ui_empty(v, tr(cx, "Nothing lies here"),
		    tr(cx, "What is received, moved or given out shows up here at once."),
		    ui_url(v, "/stock/movements"), tr(cx, "All movements"));
	else {
		html(&v->h, "<p class='small mute'>%s · <a href='%s'>%s</a></p>",
		    trn(cx, (int64_t)n, "%s record", "%s records", num(cx, (int64_t)n)),
		    ui_url(v, "/stock/movements?account=%s", s.account.code), tr(cx, "Movements"));
		draw_held(v, &s, x, n);
		draw_exports(v);
	}
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

/* ---- the card ---- */

static void
draw_card_line(struct view *v, const struct item *i, const struct card_line *l)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h,
	    "<tr><th scope='row' class='nw'><a href='%s'>%s</a></th><td data-l='%s'>%s</td><td "
	    "data-l='%s'>%s</td>",
	    ui_url(v, "/stock/movements/%lld", (long long)l->movement), moment_text(cx, l->at),
	    tr(cx, "Movement"), option_label(cx, movement_types, l->type), tr(cx, "Document"),
	    l->document == NULL ? "" : l->document);
	html(h, "<td class='r num' data-l='%s'>%s</td><td class='r num' data-l='%s'>%s</td>",
	    tr(cx, "Came in"), l->quantity > 0 ? quantity_text(cx, i, l->quantity) : "",
	    tr(cx, "Went out"), l->quantity < 0 ? quantity_text(cx, i, -l->quantity) : "");
	html(h, "<td class='r num' data-l='%s'>%s</td></tr>", tr(cx, "Balance"),
	    quantity_text(cx, i, l->balance));
}

static int
draw_card(struct view *v, const struct stock_account *a, const struct item *i,
    const struct lot *lot, const struct card *c)
{
	struct ctx *cx = v->cx;
	const char *title = kind_title(cx, &item_kind, i);
	size_t k;

	ui_open(v, &(struct page){ .title = trf(cx, "Stock card: %s", title),
		       .nav = "/stock",
		       .staff = true,
		       .crumbs = (const struct crumb[]){ { "/stock", tr(cx, "Stock") },
			   { arena_printf(cx->arena, "/stock?account=%s", a->code),
			       kind_title(cx, &stock_account_kind, a) },
			   { NULL, title }, { NULL, NULL } } });
	html(&v->h, "<div class='flow'><p>%s%s%s</p>", kind_title(cx, &stock_account_kind, a),
	    lot->rec.id == 0 ? "" : " · ", lot->rec.id == 0 ? "" : trf(cx, "lot %s", lot->code));
	html(&v->h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th>"
	    "<th scope='col'>%s</th><th scope='col'>%s</th><th scope='col' class='r'>%s</th><th "
	    "scope='col' class='r'>%s</th>"
	    "<th scope='col' class='r'>%s</th></tr></thead><tbody>",
	    tr(cx, "Stock card"), tr(cx, "Moment"), tr(cx, "Movement"), tr(cx, "Document"),
	    tr(cx, "Came in"), tr(cx, "Went out"), tr(cx, "Balance"));
	if (c->n == CARD_MAX)
		html(&v->h,
		    "<tr><th scope='row'>%s</th><td></td><td></td><td></td><td></td><td class='r "
		    "num'>%s</td></tr>",
		    tr(cx, "Before these lines"), quantity_text(cx, i, c->before));
	for (k = 0; k < c->n; k++)
		draw_card_line(v, i, &c->v[k]);
	html(&v->h, "</tbody></table></div></div>");
	ui_close(v);
	return RC_OK;
}

static int
card_page(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *account = req_q(v->rq, "account"), *item = req_q(v->rq, "item"),
		   *lot_code = req_q(v->rq, "lot");
	struct stock_account a;
	struct item i;
	struct lot lot = { 0 };
	struct card c;

	if (account == NULL || item == NULL) { /* a card is of one good in one place */
		res_redirect(v->rq, ui_url(v, "/stock"));
		return RC_OK;
	}
	TRY(stock_account_find(cx, account, &a));
	TRY(item_find(cx, item, &i));
	if (lot_code != NULL && *lot_code != '\0')
		TRY(lot_find(cx, lot_code, &lot));
	TRY(reads_card(cx, a.rec.id, i.rec.id, lot.rec.id, &c));
	return draw_card(v, &a, &i, &lot, &c);
}

const struct route stock_routes[] = {
	{ M_GET, "/stock", stock_page, CAP_STOCK_READ, 0, N_("Stock"),
	    N_("What lies in a store, a vehicle or a kitchen, now or at any moment.") },
	{ M_GET, "/stock/card", card_page, CAP_STOCK_READ, 0, N_("Stock card"),
	    N_("Every line of one good in one place, with the balance after it.") },
};
const size_t stock_nroutes = ARRAY_LEN(stock_routes);
