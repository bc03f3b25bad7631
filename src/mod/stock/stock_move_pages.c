/* stock_move_pages.c – entering a set, the list of sets, one set as a paper, taking it back.
 *
 * The form carries its nonce and the moment it was drawn, which is the set's unless another was typed: pressing the
 * button twice, or sending the page again over a bad line, is the same set with the same content. What is typed
 * is in people's units; the ledger gets whole base units. A form moves from one account to another; sets of other shapes come
 * over the API. */
#include "mod/stock/stock_pages.h"

#include <string.h>

#include "kind/vault.h"

enum { SETS_A_PAGE = 50 };

static const struct ways all_ways[] = {
	{ "receipt", "donor", "store kitchen", N_("Goods received"), N_("Receive") },
	{ "issue", "store kitchen vehicle", "household", N_("Goods given out"), N_("Give out") },
	{ "transfer", "store kitchen vehicle", "store kitchen vehicle", N_("Goods moved"),
	    N_("Move") },
	{ "loss", "store kitchen vehicle household", "loss", N_("Goods written off"),
	    N_("Write off") },
	{ "return", "household", "store kitchen vehicle", N_("Goods brought back"),
	    N_("Bring back") },
};

const struct ways *
stock_ways(const char *type)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(all_ways); i++)
		if (type != NULL && strcmp(all_ways[i].type, type) == 0)
			return &all_ways[i];
	return NULL;
}

/* ---- the form ---- */

struct move_form {
	const struct ways *way;
	const char *from, *to, *at, *document, *note, *nonce;
	const char
	    *drawn; /* µs: when the form was drawn, the moment of a set without one of its own */
	struct typed_line lines[FORM_LINES];
};

static void
read_form(struct view *v, struct move_form *f)
{
	f->from = form_typed(v, "from");
	f->to = form_typed(v, "to");
	f->at = form_typed(v, "at");
	f->document = form_typed(v, "document");
	f->note = form_typed(v, "note");
	f->nonce = form_typed(v, "nonce");
	f->drawn = form_typed(v, "drawn");
	form_lines_read(v, f->lines);
}

static int
draw_form(struct view *v, const struct move_form *f)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	ui_open(v, &(struct page){ .title = tr(cx, f->way->title),
		       .nav = "/stock",
		       .staff = true,
		       .crumbs = (const struct crumb[]){ { "/stock", tr(cx, "Stock") },
			   { NULL, tr(cx, f->way->title) }, { NULL, NULL } } });
	ui_refusals(v, "f-");
	ui_form_begin(v, arena_printf(cx->arena, "/stock/move?type=%s", f->way->type), false);
	form_once(v, f->nonce, f->drawn);
	html(h, "<div class='flow'><div class='row'>");
	form_account(v, "from", tr(cx, "Out of"), f->way->from, f->from);
	form_account(v, "to", tr(cx, "Into"), f->way->to, f->to);
	html(h, "<div class='fld w-s'><label for='f-at'>%s</label><span class='hint'>%s</span>",
	    tr(cx, "Moment"), tr(cx, "Empty: now."));
	form_field_error(v, "at");
	html(h,
	    "<input type='text' id='f-at' name='at' "
	    "value='%s'></div></div><fieldset><legend>%s</legend>",
	    f->at, tr(cx, "What moves"));
	TRY(form_lines(v, f->lines));
	html(h,
	    "</fieldset><div class='fld'><label for='f-document'>%s</label><input type='text' "
	    "id='f-document' "
	    "name='document' value='%s'>"
	    "</div><div class='fld'><label for='f-note'>%s</label><textarea id='f-note' "
	    "name='note' rows='2'>%s</textarea></div>"
	    "<p class='acts'><button type='submit' class='btn go'>%s</button> <a class='btn' "
	    "href='%s'>%s</a></p></div>",
	    tr(cx, "Document"), f->document, tr(cx, "Note"), f->note, tr(cx, f->way->verb),
	    ui_url(v, "/stock"), tr(cx, "Cancel"));
	ui_form_end(v);
	ui_close(v);
	return RC_OK;
}

static int
form_page(struct view *v)
{
	const char *here = req_q(v->rq, "here");
	struct move_form f = { .way = stock_ways(req_q(v->rq, "type")),
		.from = "",
		.to = "",
		.at = "",
		.document = "",
		.note = "",
		.nonce = vault_random_hex(v->cx->arena, 16),
		.drawn = arena_printf(v->cx->arena, "%lld", (long long)v->cx->now) };

	if (f.way == NULL)
		return RC_NOTFOUND;
	if (here != NULL &&
	    (strcmp(f.way->type, "receipt") == 0 || strcmp(f.way->type, "return") == 0))
		f.to = here;
	else if (here != NULL)
		f.from = here;
	form_lines_empty(f.lines);
	if (req_q(v->rq, "item") != NULL)
		f.lines[0].item = req_q(v->rq, "item");
	if (req_q(v->rq, "lot") != NULL)
		f.lines[0].lot = req_q(v->rq, "lot");
	return draw_form(v, &f);
}

/* ---- what was typed, as a set ---- */

static int
set_of(struct view *v, struct move_form *f, struct movement *m)
{
	struct ctx *cx = v->cx;
	struct movement_line *l = arena_array(cx->arena, struct movement_line, 2 * FORM_LINES);
	int64_t from, to;
	int i;

	TRY(form_account_of(cx, f->from, f->way->from, "from", &from));
	TRY(form_account_of(cx, f->to, f->way->to, "to", &to));
	if (from != 0 &&
	    (strcmp(f->way->type, "issue") == 0 || strcmp(f->way->type, "transfer") == 0))
		TRY(form_propose_lots(v, from, f->lines));
	if (from != 0 && from == to)
		fail_field(cx, "to", N_("Choose another account than the one it comes from."));
	*m = (struct movement){ .nonce = f->nonce,
		.type = f->way->type,
		.document = *f->document == '\0' ? NULL : f->document,
		.note = *f->note == '\0' ? NULL : f->note,
		.lines = l };
	m->at = form_moment(v, f->at, f->drawn);
	for (i = 0; i < FORM_LINES; i++) {
		struct movement_line one = { .account = from };
		bool empty;

		TRY(form_line_of(v, &f->lines[i], i, &one, &empty));
		if (empty)
			continue;
		TRY(form_lot_needed(v, &f->lines[i], i, &one));
		l[m->nlines + 1] = one;
		l[m->nlines + 1].account = to;
		one.quantity = -one.quantity;
		l[m->nlines] = one;
		m->nlines += 2;
	}
	if (strcmp(f->way->type, "loss") == 0 && m->note == NULL)
		fail_field(cx, "note", N_("Say why: the reason stays beside the movement."));
	if (m->nlines == 0)
		fail_field(cx, "item0", N_("Say what moves."));
	return fields_rc(cx);
}

static int
form_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct move_form f = { .way = stock_ways(req_q(v->rq, "type")) };
	struct movement m;
	bool again;
	int rc;

	if (f.way == NULL)
		return RC_NOTFOUND;
	read_form(v, &f);
	rc = set_of(v, &f, &m);
	if (rc == RC_OK)
		rc = movement_post(cx, &m, &again);
	if (form_refused(v, rc, &f.nonce))
		return draw_form(v, &f);
	TRY(rc);
	return ui_done(v, arena_printf(cx->arena, "/stock/movements/%lld", (long long)m.id),
	    again ? tr(cx, "This was entered already.") : tr(cx, "Entered."));
}

/* ---- the list ---- */

static void
draw_set_row(struct view *v, const struct set_row *s)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h,
	    "<tr><th scope='row' class='nw'><a href='%s'>%s</a></th><td data-l='%s'>%s</td><td "
	    "class='r num' data-l='%s'>%s</td>",
	    ui_url(v, "/stock/movements/%lld", (long long)s->id), moment_text(cx, s->at),
	    tr(cx, "Movement"), option_label(cx, movement_types, s->type), tr(cx, "Lines"),
	    num(cx, s->lines));
	html(h, "<td data-l='%s'>%s</td><td class='opt' data-l='%s'>%s</td><td data-l='%s'>",
	    tr(cx, "Document"), s->document == NULL ? "" : s->document, tr(cx, "Entered by"),
	    s->author == NULL ? "" : s->author, tr(cx, "State"));
	if (s->reversed_by != 0)
		ui_state(v, '-', tr(cx, "taken back"));
	else if (s->reverses != 0)
		ui_state(v, 'w', tr(cx, "takes back another"));
	html(h, "</td></tr>");
}

static int
list_page(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *code = req_q(v->rq, "account"), *after_text = req_q(v->rq, "after");
	struct stock_account a = { 0 };
	struct set_row *s;
	int64_t after = 0;
	size_t n, i;

	if (code != NULL && *code != '\0')
		TRY(stock_account_find(cx, code, &a));
	if (after_text != NULL && !num_parse(after_text, &after))
		return RC_NOTFOUND;
	TRY(reads_sets(cx, a.rec.id, after, SETS_A_PAGE + 1, &s, &n));
	ui_open(v, &(struct page){ .title = tr(cx, "Movements"),
		       .nav = "/stock",
		       .staff = true,
		       .crumbs = (const struct crumb[]){ { "/stock", tr(cx, "Stock") },
			   { NULL, tr(cx, "Movements") }, { NULL, NULL } } });
	html(&v->h, "<div class='flow'>");
	if (a.rec.id != 0)
		html(&v->h,
		    "<p class='chips'><a class='chip on' href='%s'>%s<span class='vh'> – "
		    "%s</span></a></p>",
		    ui_url(v, "/stock/movements"), kind_title(cx, &stock_account_kind, &a),
		    tr(cx, "show all"));
	if (n == 0)
		ui_empty(v, tr(cx, "No movements yet"),
		    tr(cx, "The first one is usually something received."),
		    ui_url(v, "/stock/move?type=receipt"), tr(cx, "Receive"));
	else {
		html(&v->h,
		    "<div class='tbl'><table class='cards'><caption "
		    "class='vh'>%s</caption><thead><tr><th scope='col'>%s</th>"
		    "<th scope='col'>%s</th><th scope='col' class='r'>%s</th><th "
		    "scope='col'>%s</th><th scope='col' class='opt'>%s</th>"
		    "<th scope='col'>%s</th></tr></thead><tbody>",
		    tr(cx, "Movements"), tr(cx, "Moment"), tr(cx, "Movement"), tr(cx, "Lines"),
		    tr(cx, "Document"), tr(cx, "Entered by"), tr(cx, "State"));
		for (i = 0; i < n && i < SETS_A_PAGE; i++)
			draw_set_row(v, &s[i]);
		html(&v->h, "</tbody></table></div>");
	}
	if (n > SETS_A_PAGE)
		html(&v->h,
		    "<nav class='pager' aria-label='%s'><span class='acts'><a class='btn' "
		    "href='%s'>%s</a></span></nav>",
		    tr(cx, "Pages"),
		    ui_url_with(v, "after",
			arena_printf(cx->arena, "%lld", (long long)s[SETS_A_PAGE - 1].id)),
		    tr(cx, "Next"));
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

/* ---- one set ---- */

static int
draw_lines(struct view *v, const struct movement *m)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t k;

	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th>"
	    "<th scope='col'>%s</th><th scope='col'>%s</th><th scope='col' class='r'>%s</th><th "
	    "scope='col' class='r'>%s</th></tr>"
	    "</thead><tbody>",
	    tr(cx, "Lines"), tr(cx, "Stock account"), tr(cx, "Item"), tr(cx, "Lot"),
	    tr(cx, "Went out"), tr(cx, "Came in"));
	for (k = 0; k < m->nlines; k++) {
		const struct movement_line *l = &m->lines[k];
		struct stock_account a;
		struct item i;
		struct lot lot = { .code = "" };

		TRY(kind_load(cx, &stock_account_kind, l->account, &a));
		TRY(kind_load(cx, &item_kind, l->item, &i));
		if (l->lot != 0)
			TRY(kind_load(cx, &lot_kind, l->lot, &lot));
		html(h,
		    "<tr><th scope='row'><a href='%s'>%s</a></th><td data-l='%s'>%s</td><td "
		    "data-l='%s'>%s</td>",
		    ui_url(v, "/stock?account=%s", a.code), kind_title(cx, &stock_account_kind, &a),
		    tr(cx, "Item"), kind_title(cx, &item_kind, &i), tr(cx, "Lot"), lot.code);
		html(h,
		    "<td class='r num' data-l='%s'>%s</td><td class='r num' "
		    "data-l='%s'>%s</td></tr>",
		    tr(cx, "Went out"), l->quantity < 0 ? quantity_text(cx, &i, -l->quantity) : "",
		    tr(cx, "Came in"), l->quantity > 0 ? quantity_text(cx, &i, l->quantity) : "");
	}
	html(h, "</tbody></table></div>");
	return RC_OK;
}

/* The recipe and how far it lay off, the transfer, the count sheet. */
static int
draw_came_of(struct view *v, const struct movement *m)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct recipe r;

	if (m->recipe != 0) {
		TRY(kind_load(cx, &recipe_kind, m->recipe, &r));
		html(h, "<dt>%s</dt><dd><a href='%s'>%s</a> ", tr(cx, "Recipe"),
		    ui_url(v, "/stock/recipes/%lld", (long long)m->recipe),
		    kind_title(cx, &recipe_kind, &r));
		if (m->deviation > DEVIATION_WARNS || m->deviation < -DEVIATION_WARNS)
			ui_state(v, 'n',
			    trf(cx, "%s %% away from the recipe",
				num_real(cx, (double)m->deviation / 10, 0)));
		html(h, "</dd>");
	}
	if (m->transfer != 0)
		html(h, "<dt>%s</dt><dd><a href='%s'>%s</a></dd>", tr(cx, "Transfer"),
		    ui_url(v, "/stock/transfers/%lld", (long long)m->transfer),
		    num(cx, m->transfer));
	if (m->sheet != 0)
		html(h, "<dt>%s</dt><dd><a href='%s'>%s</a></dd>", tr(cx, "Count sheet"),
		    ui_url(v, "/stock/counts/%lld", (long long)m->sheet), num(cx, m->sheet));
	return RC_OK;
}

static int
set_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct movement_read r;
	const char *title;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(movement_get(cx, id, &r));
	title = trf(cx, "Movement %s", num(cx, id));
	ui_open(v, &(struct page){ .title = title,
		       .nav = "/stock",
		       .staff = true,
		       .crumbs = (const struct crumb[]){ { "/stock", tr(cx, "Stock") },
			   { "/stock/movements", tr(cx, "Movements") }, { NULL, title },
			   { NULL, NULL } } });
	html(h,
	    "<div class='flow'><dl "
	    "class='facts'><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd>",
	    tr(cx, "Movement"), option_label(cx, movement_types, r.m.type), tr(cx, "Moment"),
	    moment_text(cx, r.m.at), tr(cx, "Recorded"), moment_text(cx, r.recorded_at));
	if (r.m.document != NULL)
		html(h, "<dt>%s</dt><dd>%s</dd>", tr(cx, "Document"), r.m.document);
	if (r.m.note != NULL)
		html(h, "<dt>%s</dt><dd>%s</dd>", tr(cx, "Note"), r.m.note);
	if (r.m.reverses != 0)
		html(h, "<dt>%s</dt><dd><a href='%s'>%s</a></dd>", tr(cx, "Takes back"),
		    ui_url(v, "/stock/movements/%lld", (long long)r.m.reverses),
		    num(cx, r.m.reverses));
	if (r.reversed_by != 0)
		html(h, "<dt>%s</dt><dd><a href='%s'>%s</a></dd>", tr(cx, "Taken back by"),
		    ui_url(v, "/stock/movements/%lld", (long long)r.reversed_by),
		    num(cx, r.reversed_by));
	TRY(draw_came_of(v, &r.m));
	html(h, "</dl>");
	TRY(draw_lines(v, &r.m));
	if (may(cx, CAP_STOCK_WRITE) && r.reversed_by == 0 && r.m.reverses == 0) {
		ui_form_begin(
		    v, arena_printf(cx->arena, "/stock/movements/%lld/back", (long long)id), false);
		html(h,
		    "<div class='row noprint'><div class='fld'><label for='why'>%s</label><input "
		    "type='text' id='why' name='why' required>"
		    "</div><p class='acts'><button type='submit' class='btn "
		    "bad'>%s</button></p></div>",
		    tr(cx, "Why it is taken back"), tr(cx, "Take the movement back"));
		ui_form_end(v);
	}
	html(h, "</div>");
	ui_close(v);
	return RC_OK;
}

static int
back_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *why = form_typed(v, "why");
	int64_t id, out;

	TRY(req_param_id(v->rq, 0, &id));
	if (*why == '\0')
		return fail(cx, RC_RULE, N_("Say why: the reason stays beside the movement."));
	/* One counter-set a set: its nonce comes from it, so two presses are one. */
	TRY(movement_reverse(
	    cx, id, arena_printf(cx->arena, "back-%lld", (long long)id), why, &out));
	return ui_done(v, arena_printf(cx->arena, "/stock/movements/%lld", (long long)out),
	    tr(cx, "Taken back by a counter-movement."));
}

const struct route stock_move_routes[] = {
	{ M_GET, "/stock/move", form_page, CAP_STOCK_WRITE, 0, N_("Enter a movement"), NULL },
	{ M_POST, "/stock/move", form_post, CAP_STOCK_WRITE, 0, N_("Enter a movement"), NULL },
	{ M_GET, "/stock/movements", list_page, CAP_STOCK_READ, 0, N_("Movements"),
	    N_("Everything that moved, newest first.") },
	{ M_GET, "/stock/movements/{id}", set_page, CAP_STOCK_READ, 0, N_("A movement"), NULL },
	{ M_POST, "/stock/movements/{id}/back", back_post, CAP_STOCK_WRITE, 0,
	    N_("Take a movement back"), NULL },
};
const size_t stock_move_nroutes = ARRAY_LEN(stock_move_routes);
