/* stock_way_pages.c – goods on the way: what left and has not arrived, how long ago, and what became of it. */
#include "mod/stock/stock_pages.h"

#include <string.h>

#include "kind/vault.h"

#define PLACES "store kitchen vehicle"

static void
open_page(struct view *v, const char *title, bool one)
{
	struct ctx *cx = v->cx;
	struct crumb crumbs[] = { { "/stock", tr(cx, "Stock") },
		{ "/stock/transfers", tr(cx, "On the way") }, { NULL, title }, { NULL, NULL } };

	if (!one)
		crumbs[1] = (struct crumb){ NULL, NULL };
	ui_open(v,
	    &(struct page){
		.title = title, .nav = "/stock", .staff = true, .no_h1 = !one, .crumbs = crumbs });
}

/* How long ago: red after two days, for whoever looks at the list from afar. */
static void
draw_age(struct view *v, int64_t sent_at)
{
	struct ctx *cx = v->cx;
	int64_t hours = (cx->now - sent_at) / (3600 * US_PER_SECOND), days = hours / 24;

	if (hours < 0)
		hours = 0;
	ui_state(v,
	    hours >= 48	  ? 'n'
	    : hours >= 12 ? 'w'
			  : 'p',
	    days >= 2 ? trn(cx, days, "%s day", "%s days", num(cx, days))
		      : trn(cx, hours, "%s hour", "%s hours", num(cx, hours)));
}

static int
draw_left(struct view *v, int64_t id)
{
	struct ctx *cx = v->cx;
	struct transfer_line *left;
	size_t n, i;

	TRY(transfer_left(cx, id, &left, &n));
	for (i = 0; i < n; i++) {
		struct item item;

		TRY(kind_load(cx, &item_kind, left[i].item, &item));
		html(&v->h, "%s%s – %s", i == 0 ? "" : "; ", kind_title(cx, &item_kind, &item),
		    quantity_text(cx, &item, left[i].quantity));
	}
	return RC_OK;
}

static const char *
account_title(struct ctx *cx, int64_t id)
{
	const char *title = "";

	return kind_titles(cx, &stock_account_kind, &id, 1, &title) == RC_OK ? title : "";
}

enum { WAYS_SHOWN = 200 };

static int
draw_ways(struct view *v, const struct transfer *t, size_t n)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th "
	    "scope='col'>%s</th><th scope='col'>%s</th></tr></thead><tbody>",
	    tr(cx, "On the way"), tr(cx, "Sent"), tr(cx, "On the way for"),
	    tr(cx, "By which vehicle"), tr(cx, "Out of, into"), tr(cx, "What is on the way"));
	for (i = 0; i < n; i++) {
		html(h, "<tr><th scope='row' class='nw'><a href='%s'>%s</a></th><td data-l='%s'>",
		    ui_url(v, "/stock/transfers/%lld", (long long)t[i].rec.id),
		    moment_text(cx, t[i].sent_at), tr(cx, "On the way for"));
		draw_age(v, t[i].sent_at);
		html(h, "</td><td data-l='%s'>%s</td><td data-l='%s'>%s → %s</td><td data-l='%s'>",
		    tr(cx, "By which vehicle"), account_title(cx, t[i].via), tr(cx, "Out of, into"),
		    account_title(cx, t[i].source), account_title(cx, t[i].target),
		    tr(cx, "What is on the way"));
		TRY(draw_left(v, t[i].rec.id));
		html(h, "</td></tr>");
	}
	html(h, "</tbody></table></div>");
	return RC_OK;
}

static int
list_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct transfer *t;
	size_t n;

	TRY(reads_ways(cx, WAYS_SHOWN, &t, &n));
	open_page(v, tr(cx, "On the way"), false);
	html(
	    &v->h, "<div class='titl'><h1>%s</h1><div class='acts noprint'>", tr(cx, "On the way"));
	if (may(cx, CAP_STOCK_WRITE))
		ui_button(v, ui_url(v, "/stock/transfers/new"), tr(cx, "Send goods"), true);
	html(&v->h, "</div></div><div class='flow'>");
	if (n == 0)
		ui_empty(v, tr(cx, "Nothing is on the way"),
		    tr(cx, "What a vehicle takes is shown here until it has arrived."),
		    ui_url(v, "/stock"), tr(cx, "Stock"));
	else
		TRY(draw_ways(v, t, n));
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

/* ---- sending ---- */

struct send_form {
	const char *from, *via, *to, *at, *document, *note, *nonce, *drawn;
	struct typed_line lines[FORM_LINES];
};

static int
draw_send(struct view *v, const struct send_form *f)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	open_page(v, tr(cx, "Send goods"), true);
	ui_refusals(v, "f-");
	ui_form_begin(v, "/stock/transfers/new", false);
	form_once(v, f->nonce, f->drawn);
	html(h, "<div class='flow'><div class='row'>");
	form_account(v, "source", tr(cx, "Out of"), PLACES, f->from);
	form_account(v, "via", tr(cx, "By which vehicle"), "vehicle", f->via);
	form_account(v, "target", tr(cx, "Into"), PLACES, f->to);
	html(h, "<div class='fld w-s'><label for='f-at'>%s</label><span class='hint'>%s</span>",
	    tr(cx, "Moment"), tr(cx, "Empty: now."));
	form_field_error(v, "at");
	html(h,
	    "<input type='text' id='f-at' name='at' value='%s'></div></div><fieldset><legend>%s"
	    "</legend>",
	    f->at, tr(cx, "What moves"));
	TRY(form_lines(v, f->lines));
	html(h,
	    "</fieldset><div class='fld'><label for='f-document'>%s</label><input type='text' "
	    "id='f-document' name='document' value='%s'></div><div class='fld'><label "
	    "for='f-note'>%s</label><textarea id='f-note' name='note' rows='2'>%s</textarea></div>"
	    "<p class='acts'><button type='submit' class='btn go'>%s</button> <a class='btn' "
	    "href='%s'>%s</a></p></div>",
	    tr(cx, "Document"), f->document, tr(cx, "Note"), f->note, tr(cx, "Send goods"),
	    ui_url(v, "/stock/transfers"), tr(cx, "Cancel"));
	ui_form_end(v);
	ui_close(v);
	return RC_OK;
}

/* What a page that proposes a transfer put into the address, as if it had been typed; "" = nothing. */
static const char *
proposed(struct view *v, const char *name)
{
	const char *s = req_q(v->rq, name);

	return s == NULL ? "" : s;
}

static int
send_page(struct view *v)
{
	struct arena *a = v->cx->arena;
	const char *from = proposed(v, "source");
	int i;
	struct send_form f = { .from = *from == '\0' ? "store-main" : from,
		.via = "",
		.to = proposed(v, "target"),
		.at = "",
		.document = "",
		.note = "",
		.nonce = vault_random_hex(v->cx->arena, 16),
		.drawn = arena_printf(v->cx->arena, "%lld", (long long)v->cx->now) };

	for (i = 0; i < FORM_LINES; i++)
		f.lines[i] = (struct typed_line){ proposed(v, arena_printf(a, "item%d", i)), "",
			proposed(v, arena_printf(a, "q%d", i)) };
	return draw_send(v, &f);
}

/* The typed lines as a transfer's. */
static int
lines_of(struct view *v, const struct typed_line typed[FORM_LINES], struct transfer_line **out,
    size_t *n)
{
	struct transfer_line *l = arena_array(v->cx->arena, struct transfer_line, FORM_LINES);
	int i;

	for (i = 0, *n = 0; i < FORM_LINES; i++) {
		struct movement_line one = { 0 };
		bool empty;

		TRY(form_line_of(v, &typed[i], i, &one, &empty));
		TRY(form_lot_needed(v, &typed[i], i, &one));
		if (!empty)
			l[(*n)++] = (struct transfer_line){ one.item, one.lot, one.quantity };
	}
	if (*n == 0)
		fail_field(v->cx, "item0", N_("Say what moves."));
	*out = l;
	return RC_OK;
}

static int
send_of(
    struct view *v, struct send_form *f, struct transfer *t, struct transfer_line **l, size_t *n)
{
	struct ctx *cx = v->cx;

	*t = (struct transfer){ .sent_at = form_moment(v, f->at, f->drawn),
		.document = *f->document == '\0' ? NULL : f->document,
		.note = *f->note == '\0' ? NULL : f->note };
	TRY(form_account_of(cx, f->from, PLACES, "source", &t->source));
	TRY(form_account_of(cx, f->via, "vehicle", "via", &t->via));
	TRY(form_account_of(cx, f->to, PLACES, "target", &t->target));
	if (t->source != 0)
		TRY(form_propose_lots(v, t->source, f->lines));
	TRY(lines_of(v, f->lines, l, n));
	return fields_rc(cx);
}

static int
send_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct send_form f = { .from = form_typed(v, "source"),
		.via = form_typed(v, "via"),
		.to = form_typed(v, "target"),
		.at = form_typed(v, "at"),
		.document = form_typed(v, "document"),
		.note = form_typed(v, "note"),
		.nonce = form_typed(v, "nonce"),
		.drawn = form_typed(v, "drawn") };
	struct transfer t;
	struct transfer_line *l;
	size_t n;
	int rc;

	form_lines_read(v, f.lines);
	rc = send_of(v, &f, &t, &l, &n);
	if (rc == RC_OK)
		rc = transfer_send(cx, &t, f.nonce, l, n);
	if (form_refused(v, rc, &f.nonce))
		return draw_send(v, &f);
	TRY(rc);
	return ui_done(v, arena_printf(cx->arena, "/stock/transfers/%lld", (long long)t.rec.id),
	    tr(cx, "Entered."));
}

/* ---- one transfer ---- */

/* What is still on the way stands in the form: whoever received all of it presses one button. */
static int
prefill(struct view *v, int64_t id, struct typed_line lines[FORM_LINES], size_t *n)
{
	struct ctx *cx = v->cx;
	struct transfer_line *left;
	size_t i;

	TRY(transfer_left(cx, id, &left, n));
	form_lines_empty(lines);
	for (i = 0; i < *n && i < FORM_LINES; i++) {
		struct item item;
		struct lot lot = { .code = "" };

		TRY(kind_load(cx, &item_kind, left[i].item, &item));
		if (left[i].lot != 0)
			TRY(kind_load(cx, &lot_kind, left[i].lot, &lot));
		lines[i] = (struct typed_line){ item.code, lot.code,
			quantity_form(cx, &item, left[i].quantity) };
	}
	return RC_OK;
}

static int
draw_end(struct view *v, int64_t id, const struct typed_line lines[FORM_LINES], const char *note,
    const char *nonce)
{
	static const struct {
		const char *how, *label;
	} ends[] = { { "r", N_("Received") }, { "b", N_("Came back") }, { "l", N_("Write off") } };
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	ui_form_begin(
	    v, arena_printf(cx->arena, "/stock/transfers/%lld/end", (long long)id), false);
	form_once(v, nonce, arena_printf(cx->arena, "%lld", (long long)cx->now));
	html(h, "<fieldset class='noprint flow'><legend>%s</legend><p class='hint'>%s</p>",
	    tr(cx, "What became of it"),
	    tr(cx, "If less has arrived, change the quantity: the rest stays on the way."));
	TRY(form_lines(v, lines));
	html(h, "<div class='fld'><label for='f-note'>%s</label><span class='hint'>%s</span>",
	    tr(cx, "Note"), tr(cx, "The reason, when it came back or is written off."));
	form_field_error(v, "note");
	html(h, "<textarea id='f-note' name='note' rows='2'>%s</textarea></div><p class='acts'>",
	    note);
	for (i = 0; i < ARRAY_LEN(ends); i++)
		html(h, "<button type='submit' name='how' value='%s' class='btn%s'>%s</button> ",
		    ends[i].how,
		    i == 0   ? " go"
		    : i == 2 ? " bad"
			     : "",
		    tr(cx, ends[i].label));
	html(h, "</p></fieldset>");
	ui_form_end(v);
	return RC_OK;
}

static int
draw_one(
    struct view *v, int64_t id, const struct typed_line *typed, const char *note, const char *nonce)
{
	struct ctx *cx = v->cx;
	struct transfer t;
	struct typed_line left[FORM_LINES];
	struct set_row *sets;
	size_t n, nsets, i;
	const char *title;

	TRY(kind_get(cx, &transfer_kind, id, &t));
	TRY(prefill(v, id, left, &n));
	TRY(reads_sets_of(cx, id, &sets, &nsets));
	title = trf(cx, "Transfer %s", num(cx, id));
	open_page(v, title, true);
	html(&v->h, "<div class='flow'>");
	ui_refusals(v, "f-");
	TRY(ui_facts(v, &transfer_kind, &t));
	if (n > 0) {
		html(&v->h, "<p>%s: ", tr(cx, "Still on the way"));
		TRY(draw_left(v, id));
		html(&v->h, " ");
		draw_age(v, t.sent_at);
		html(&v->h, "</p>");
	}
	html(&v->h, "<ul>");
	for (i = 0; i < nsets; i++)
		html(&v->h, "<li><a href='%s'>%s</a> · %s%s%s</li>",
		    ui_url(v, "/stock/movements/%lld", (long long)sets[i].id),
		    moment_text(cx, sets[i].at), option_label(cx, movement_types, sets[i].type),
		    sets[i].note == NULL ? "" : " · ", sets[i].note == NULL ? "" : sets[i].note);
	html(&v->h, "</ul>");
	if (n > 0 && may(cx, CAP_STOCK_WRITE))
		TRY(draw_end(v, id, typed == NULL ? left : typed, note, nonce));
	TRY(ui_history(v, &transfer_kind, id));
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

static int
one_page(struct view *v)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return draw_one(v, id, NULL, "", vault_random_hex(v->cx->arena, 16));
}

static int
end_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct typed_line typed[FORM_LINES];
	struct transfer_line *lines;
	const char *how = form_typed(v, "how"), *note = form_typed(v, "note"),
		   *nonce = form_typed(v, "nonce");
	struct transfer_end e = { .at = form_moment(v, "", form_typed(v, "drawn")),
		.nonce = nonce,
		.note = *note == '\0' ? NULL : note };
	int64_t set;
	bool again;
	int rc;

	TRY(req_param_id(v->rq, 0, &e.transfer));
	e.how = how[0] != '\0' && strchr("rbl", how[0]) != NULL ? how[0] : 'r';
	form_lines_read(v, typed);
	rc = lines_of(v, typed, &lines, &e.nlines);
	e.lines = lines;
	if (rc == RC_OK)
		rc = fields_rc(cx);
	if (rc == RC_OK)
		rc = transfer_end(cx, &e, &set, &again);
	if (form_refused(v, rc, &nonce))
		return draw_one(v, e.transfer, typed, note, nonce);
	TRY(rc);
	return ui_done(v, arena_printf(cx->arena, "/stock/transfers/%lld", (long long)e.transfer),
	    again ? tr(cx, "This was entered already.") : tr(cx, "Entered."));
}

const struct route stock_way_routes[] = {
	{ M_GET, "/stock/transfers", list_page, CAP_STOCK_READ, 0, N_("On the way"),
	    N_("What left and has not arrived, and how long ago.") },
	{ M_GET, "/stock/transfers/new", send_page, CAP_STOCK_WRITE, 0, N_("Send goods"), NULL },
	{ M_POST, "/stock/transfers/new", send_post, CAP_STOCK_WRITE, 0, N_("Send goods"), NULL },
	{ M_GET, "/stock/transfers/{id}", one_page, CAP_STOCK_READ, 0, N_("A transfer"), NULL },
	{ M_POST, "/stock/transfers/{id}/end", end_post, CAP_STOCK_WRITE, 0,
	    N_("What became of a transfer"), NULL },
};
const size_t stock_way_nroutes = ARRAY_LEN(stock_way_routes);
