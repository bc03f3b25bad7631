/* stock_count_pages.c – stock-taking: the sheets, the sheet to print and count on, the screen to type it, its states.
 *
 * Neither the printed sheet nor the screen shows what is expected, so that nobody counts what he is told. After the
 * sheet is final the differences stand beside what was counted. */
#include "mod/stock/stock_pages.h"

#include <string.h>

#include "core/account.h"

static void
open_page(struct view *v, const char *title, bool one)
{
	struct ctx *cx = v->cx;
	struct crumb crumbs[] = { { "/stock", tr(cx, "Stock") },
		{ "/stock/counts", tr(cx, "Stock-taking") }, { NULL, title }, { NULL, NULL } };

	if (!one)
		crumbs[1] = (struct crumb){ NULL, NULL };
	ui_open(
	    v, &(struct page){ .title = title, .nav = "/stock", .staff = true, .crumbs = crumbs });
}

static void
draw_state(struct view *v, const char *state)
{
	ui_state(v,
	    strcmp(state, "final") == 0	      ? 'o'
	    : strcmp(state, "confirmed") == 0 ? 'p'
					      : 'w',
	    option_label(v->cx, count_states, state));
}

/* ---- the list, and a new sheet ---- */

static int
draw_list(struct view *v)
{
	static const char *const columns[] = { "at", "counted_by", "state", NULL };
	struct ctx *cx = v->cx;
	struct ui_list list = { .kind = &stock_count_kind,
		.path = "/stock/counts",
		.columns = columns,
		.sort = "-at",
		.state = "state",
		.draw_state = draw_state };

	if (ui_wants_export(v))
		return ui_list_page(v, &list);
	open_page(v, tr(cx, "Stock-taking"), false);
	ui_refusals(v, "f-");
	if (may(cx, CAP_STOCK_WRITE)) {
		ui_form_begin(v, "/stock/counts", false);
		html(&v->h, "<div class='row noprint'>");
		form_account(v, "account", tr(cx, "What is counted"), "store kitchen vehicle",
		    form_typed(v, "account"));
		html(&v->h,
		    "<div class='fld w-s'><label for='f-at'>%s</label><span class='hint'>%s</span>",
		    tr(cx, "Moment of the count"), tr(cx, "Empty: now."));
		form_field_error(v, "at");
		html(&v->h,
		    "<input type='text' id='f-at' name='at' value='%s'></div><div "
		    "class='fld'><label "
		    "for='f-counted_by'>%s</label><input type='text' id='f-counted_by' "
		    "name='counted_by' maxlength='200' value='%s'></div><p class='acts'><button "
		    "type='submit' class='btn go'>%s</button></p></div>",
		    form_typed(v, "at"), tr(cx, "Counted by"), form_typed(v, "counted_by"),
		    tr(cx, "Make a count sheet"));
		ui_form_end(v);
	}
	TRY(ui_list_page(v, &list));
	ui_close(v);
	return RC_OK;
}

static int
new_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *by = form_typed(v, "counted_by");
	struct stock_count c = { .at = form_moment(v, form_typed(v, "at"), ""),
		.counted_by = *by == '\0' ? NULL : by };
	int rc;

	TRY(form_account_of(
	    cx, form_typed(v, "account"), "store kitchen vehicle", "account", &c.account));
	if (strlen(by) > 200)
		fail_field(cx, "counted_by", N_("This text is too long."));
	rc = fields_rc(cx);
	if (rc == RC_OK)
		rc = count_open(cx, &c);
	if (rc == RC_INVALID) {
		v->status = 422;
		return draw_list(v);
	}
	TRY(rc);
	return ui_done(v, arena_printf(cx->arena, "/stock/counts/%lld", (long long)c.rec.id),
	    tr(cx, "Print the sheet, count, and type what was counted."));
}

/* ---- one sheet ---- */

struct sheet {
	struct stock_count c;
	struct stock_count_line *lines;
	size_t n;
	struct stock_row *was; /* the balance at the moment; of a final sheet only */
	size_t nwas;
	bool print;
};

static int
read_sheet(struct view *v, struct sheet *s)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &stock_count_kind, id, &s->c));
	TRY(count_lines(v->cx, id, &s->lines, &s->n));
	if (strcmp(s->c.state, "final") == 0)
		return reads_differences(v->cx, id, &s->was, &s->nwas);
	return RC_OK;
}

static const char *
difference(
    struct ctx *cx, const struct sheet *s, const struct stock_count_line *l, const struct item *i)
{
	size_t k;

	if (strcmp(s->c.state, "final") != 0 || l->counted == INT_NONE)
		return "";
	for (k = 0; k < s->nwas; k++)
		if (s->was[k].item == l->item && s->was[k].lot == l->lot)
			return s->was[k].quantity > 0
				   ? arena_printf(
					 cx->arena, "+%s", quantity_text(cx, i, s->was[k].quantity))
				   : quantity_text(cx, i, s->was[k].quantity);
	return "0";
}

static int
draw_line(struct view *v, const struct sheet *s, size_t n, bool typing)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const struct stock_count_line *l = &s->lines[n];
	struct item i;
	struct lot lot = { .code = "" };

	TRY(kind_load(cx, &item_kind, l->item, &i));
	if (l->lot != 0)
		TRY(kind_load(cx, &lot_kind, l->lot, &lot));
	html(h, "<tr><th scope='row'>%s</th><td data-l='%s'>%s%s%s</td><td data-l='%s'>%s</td>",
	    kind_title(cx, &item_kind, &i), tr(cx, "Lot"), lot.code, lot.expires == 0 ? "" : " · ",
	    lot.expires == 0 ? "" : day_text(cx, lot.expires), tr(cx, "Unit"),
	    tr3(cx, &i.unit, NULL));
	html(h, "<td class='r num' data-l='%s'>", tr(cx, "Counted here"));
	if (typing) {
		const char *name = arena_printf(cx->arena, "c%lld", (long long)l->rec.id),
			   *typed = req_f(v->rq, name); /* refused: it is not lost */

		if (typed == NULL)
			typed = l->counted == INT_NONE ? "" : quantity_form(cx, &i, l->counted);
		form_field_error(v, name);
		html(h,
		    "<input type='text' id='f-%s' name='%s' inputmode='decimal' aria-label='%s' "
		    "value='%s'>",
		    name, name, kind_title(cx, &item_kind, &i), typed);
	} else if (!s->print && l->counted != INT_NONE)
		html(h, "%s", quantity_text(cx, &i, l->counted));
	html(h, "</td>");
	if (!s->print && strcmp(s->c.state, "final") == 0)
		html(h, "<td class='r num' data-l='%s'>%s</td>", tr(cx, "Difference"),
		    difference(cx, s, l, &i));
	html(h, "</tr>");
	return RC_OK;
}

static int
draw_table(struct view *v, const struct sheet *s, bool typing)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th scope='col' "
	    "class='r'>%s</th>",
	    tr(cx, "Count sheet"), tr(cx, "Item"), tr(cx, "Lot"), tr(cx, "Unit"),
	    tr(cx, "Counted here"));
	if (!s->print && strcmp(s->c.state, "final") == 0)
		html(h, "<th scope='col' class='r'>%s</th>", tr(cx, "Difference"));
	html(h, "</tr></thead><tbody>");
	for (i = 0; i < s->n; i++)
		TRY(draw_line(v, s, i, typing));
	html(h, "</tbody></table></div>");
	return RC_OK;
}

static int
draw_typing(struct view *v, const struct sheet *s, const struct typed_line more[FORM_LINES])
{
	struct ctx *cx = v->cx;

	ui_form_begin(
	    v, arena_printf(cx->arena, "/stock/counts/%lld/type", (long long)s->c.rec.id), false);
	html(&v->h, "<div class='flow'><p class='hint'>%s</p>",
	    tr(cx, "Empty: not counted, nothing follows. Zero: none was there."));
	form_field_error(v, "lines");
	if (s->n > 0)
		TRY(draw_table(v, s, true));
	html(&v->h, "<fieldset class='noprint'><legend>%s</legend>", tr(cx, "Found besides"));
	TRY(form_lines(v, more));
	html(&v->h,
	    "</fieldset><p class='acts noprint'><button type='submit' class='btn "
	    "go'>%s</button></p>"
	    "</div>",
	    tr(cx, "Save what was counted"));
	ui_form_end(v);
	return RC_OK;
}

static void
draw_steps(struct view *v, const struct sheet *s)
{
	struct ctx *cx = v->cx;
	const char *here = arena_printf(cx->arena, "/stock/counts/%lld", (long long)s->c.rec.id);

	html(&v->h, "<div class='acts noprint'>");
	ui_button(v, ui_url(v, "/stock/counts/%lld/print", (long long)s->c.rec.id),
	    tr(cx, "Sheet to print"), false);
	if (may(cx, CAP_STOCK_WRITE) && strcmp(s->c.state, "draft") == 0)
		ui_post_button(v, arena_printf(cx->arena, "%s/confirm", here), 0,
		    tr(cx, "Confirm the count"), false);
	if (may(cx, CAP_STOCK_WRITE) && strcmp(s->c.state, "confirmed") == 0) {
		ui_post_button(v, arena_printf(cx->arena, "%s/final", here), 0,
		    tr(cx, "Enter the differences"), false);
		ui_post_button(
		    v, arena_printf(cx->arena, "%s/open", here), 0, tr(cx, "Type again"), false);
	}
	html(&v->h, "</div>");
}

/* Not ui_facts(): who works in a store may know who typed and confirmed, but reads no accounts. */
static int
draw_facts(struct view *v, const struct stock_count *c)
{
	const struct {
		const char *label;
		int64_t account;
	} people[] = { { tr(v->cx, "Typed by"), c->typed_by },
		{ tr(v->cx, "Confirmed by"), c->confirmed_by } };
	struct ctx *cx = v->cx;
	const char *name = "";
	size_t i;

	TRY(kind_titles(cx, &stock_account_kind, &c->account, 1, &name));
	html(&v->h, "<dl class='facts'><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>",
	    tr(cx, "Stock account"), name, tr(cx, "Moment of the count"), moment_text(cx, c->at),
	    tr(cx, "State"));
	draw_state(v, c->state);
	html(&v->h, "</dd>");
	if (c->counted_by != NULL)
		html(&v->h, "<dt>%s</dt><dd>%s</dd>", tr(cx, "Counted by"), c->counted_by);
	for (i = 0; i < ARRAY_LEN(people); i++) {
		if (people[i].account == 0)
			continue;
		TRY(kind_titles(cx, &account_kind, &people[i].account, 1, &name));
		html(&v->h, "<dt>%s</dt><dd>%s</dd>", people[i].label, name);
	}
	html(&v->h, "</dl>");
	return RC_OK;
}

static int
draw_sheet(struct view *v, const struct typed_line more[FORM_LINES])
{
	struct ctx *cx = v->cx;
	struct sheet s = { 0 };
	bool typing;

	TRY(read_sheet(v, &s));
	typing = may(cx, CAP_STOCK_WRITE) && strcmp(s.c.state, "draft") == 0;
	open_page(v, trf(cx, "Count sheet %s", num(cx, s.c.rec.id)), true);
	html(&v->h, "<div class='flow'>");
	ui_refusals(v, "f-");
	draw_steps(v, &s);
	TRY(draw_facts(v, &s.c));
	if (typing)
		TRY(draw_typing(v, &s, more));
	else
		TRY(draw_table(v, &s, false));
	TRY(ui_history(v, &stock_count_kind, s.c.rec.id));
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

static int
one_page(struct view *v)
{
	struct typed_line more[FORM_LINES];

	form_lines_empty(more);
	return draw_sheet(v, more);
}

static int
print_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct sheet s = { .print = true };
	const char *title = "";

	TRY(read_sheet(v, &s));
	TRY(kind_titles(cx, &stock_account_kind, &s.c.account, 1, &title));
	open_page(v, trf(cx, "Count sheet %s", num(cx, s.c.rec.id)), true);
	html(&v->h, "<div class='flow'><p>%s · %s</p>", title, moment_text(cx, s.c.at));
	TRY(draw_table(v, &s, false));
	html(&v->h, "<p>%s: %s ____________________</p><p>%s: ____________________</p></div>",
	    tr(cx, "Counted by"), s.c.counted_by == NULL ? "" : s.c.counted_by,
	    tr(cx, "Confirmed by"));
	ui_close(v);
	return RC_OK;
}

/* ---- typing ---- */

static int
type_cells(struct view *v, struct sheet *s, struct stock_count_line *out, size_t *n)
{
	struct ctx *cx = v->cx;
	size_t i;

	for (i = 0; i < s->n; i++) {
		const char *name = arena_printf(cx->arena, "c%lld", (long long)s->lines[i].rec.id),
			   *text = form_typed(v, name);
		struct item item;

		out[*n] = s->lines[i];
		out[*n].counted = INT_NONE;
		TRY(kind_load(cx, &item_kind, s->lines[i].item, &item));
		if (*text != '\0' && !quantity_parse(text, item.pack, &out[*n].counted))
			fail_field(cx, name, N_("“%s” is no number of “%s”."), text,
			    tr3(cx, &item.unit, NULL));
		++*n;
	}
	return RC_OK;
}

static int
type_of(struct view *v, struct sheet *s, const struct typed_line more[FORM_LINES],
    struct stock_count_line **out, size_t *n)
{
	struct stock_count_line *l =
	    arena_array(v->cx->arena, struct stock_count_line, s->n + FORM_LINES);
	int i;

	*out = l;
	*n = 0;
	TRY(type_cells(v, s, l, n));
	for (i = 0; i < FORM_LINES; i++) {
		struct movement_line one = { 0 };
		bool empty;

		TRY(form_line_of(v, &more[i], i, &one, &empty));
		if (!empty)
			l[(*n)++] = (struct stock_count_line){
				.item = one.item, .lot = one.lot, .counted = one.quantity
			};
	}
	return fields_rc(v->cx);
}

static int
type_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct sheet s = { 0 };
	struct typed_line more[FORM_LINES];
	struct stock_count_line *l;
	size_t n;
	int rc;

	TRY(read_sheet(v, &s));
	form_lines_read(v, more);
	rc = type_of(v, &s, more, &l, &n);
	if (rc == RC_OK)
		rc = count_type(cx, s.c.rec.id, l, n);
	if (rc == RC_INVALID || rc == RC_RULE) {
		v->status = 422;
		return draw_sheet(v, more);
	}
	TRY(rc);
	return ui_done(v, arena_printf(cx->arena, "/stock/counts/%lld", (long long)s.c.rec.id),
	    tr(cx, "Saved."));
}

static int
step(struct view *v, int (*run)(struct ctx *cx, int64_t sheet), const char *message)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(run(v->cx, id));
	return ui_done(v, arena_printf(v->cx->arena, "/stock/counts/%lld", (long long)id), message);
}

static int
confirm_post(struct view *v)
{
	return step(v, count_confirm, tr(v->cx, "Confirmed."));
}

static int
open_post(struct view *v)
{
	return step(v, count_reopen, tr(v->cx, "The sheet can be typed again."));
}

static int
make_final(struct ctx *cx, int64_t sheet)
{
	int64_t movement;

	return count_final(cx, sheet, &movement);
}

static int
final_post(struct view *v)
{
	return step(v, make_final, tr(v->cx, "The differences are entered."));
}

const struct route stock_count_routes[] = {
	{ M_GET, "/stock/counts", draw_list, CAP_STOCK_READ, 0, N_("Stock-taking"),
	    N_("Count sheets: counted, confirmed by another person, entered.") },
	{ M_POST, "/stock/counts", new_post, CAP_STOCK_WRITE, 0, N_("Make a count sheet"), NULL },
	{ M_GET, "/stock/counts/{id}", one_page, CAP_STOCK_READ, 0, N_("A count sheet"), NULL },
	{ M_GET, "/stock/counts/{id}/print", print_page, CAP_STOCK_READ, 0, N_("Sheet to print"),
	    NULL },
	{ M_POST, "/stock/counts/{id}/type", type_post, CAP_STOCK_WRITE, 0,
	    N_("Save what was counted"), NULL },
	{ M_POST, "/stock/counts/{id}/confirm", confirm_post, CAP_STOCK_WRITE, 0,
	    N_("Confirm the count"), NULL },
	{ M_POST, "/stock/counts/{id}/open", open_post, CAP_STOCK_WRITE, 0, N_("Type again"),
	    NULL },
	{ M_POST, "/stock/counts/{id}/final", final_post, CAP_STOCK_WRITE, 0,
	    N_("Enter the differences"), NULL },
};
const size_t stock_count_nroutes = ARRAY_LEN(stock_count_routes);
