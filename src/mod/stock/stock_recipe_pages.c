/* stock_recipe_pages.c – recipes and kits: the list, one recipe with its inputs, making by it and taking apart.
 *
 * Making proposes what the recipe wants; what really went in may be typed over it. More than 15 % away is no
 * refusal: the warning stays with the set. */
#include "mod/stock/stock_pages.h"

#include <string.h>

#include "kind/vault.h"

#define STORES "store kitchen vehicle"

static void
open_page(struct view *v, const char *title, int64_t recipe, bool no_h1)
{
	struct ctx *cx = v->cx;
	struct crumb crumbs[] = { { "/stock", tr(cx, "Stock") },
		{ "/stock/recipes", tr(cx, "Recipes and kits") }, { NULL, title }, { NULL, NULL } };

	if (recipe == 0)
		crumbs[1] = (struct crumb){ NULL, NULL };
	ui_open(v,
	    &(struct page){
		.title = title, .nav = "/stock", .staff = true, .no_h1 = no_h1, .crumbs = crumbs });
}

static int
list_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct ui_list list = { .kind = &recipe_kind, .path = "/stock/recipes", .sort = "title" };

	if (ui_wants_export(v))
		return ui_list_page(v, &list);
	open_page(v, tr(cx, "Recipes and kits"), 0, true);
	html(&v->h, "<div class='titl'><h1>%s</h1><div class='acts'>", tr(cx, "Recipes and kits"));
	if (may(cx, CAP_STOCK_WRITE))
		ui_button(v, ui_url(v, "/stock/recipes/new"), tr(cx, "New recipe"), true);
	html(&v->h, "</div></div>");
	TRY(ui_list_page(v, &list));
	ui_close(v);
	return RC_OK;
}

/* ---- the record's form ---- */

static int
draw_record(struct view *v, struct ui_form *f)
{
	open_page(
	    v, f->create ? tr(v->cx, "New recipe") : tr(v->cx, "Change the recipe"), 1, false);
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static int
record_form(struct view *v, bool create, struct ui_form *f)
{
	struct recipe *r = arena_alloc(v->cx->arena, sizeof(*r));
	int64_t id;

	*f = (struct ui_form){ .kind = &recipe_kind,
		.rec = r,
		.create = create,
		.path = v->path,
		.cancel = "/stock/recipes" };
	if (!create) {
		TRY(req_param_id(v->rq, 0, &id));
		return kind_get(v->cx, &recipe_kind, id, r);
	}
	kind_empty(&recipe_kind, r);
	r->quantity = 1;
	r->from_day = v->cx->today;
	return RC_OK;
}

static int
new_page(struct view *v)
{
	struct ui_form f;

	TRY(record_form(v, true, &f));
	return draw_record(v, &f);
}

static int
new_post(struct view *v)
{
	struct ui_form f;

	TRY(record_form(v, true, &f));
	return ui_form_save(v, &f, draw_record);
}

static int
edit_page(struct view *v)
{
	struct ui_form f;

	TRY(record_form(v, false, &f));
	return draw_record(v, &f);
}

static int
edit_post(struct view *v)
{
	struct ui_form f;

	TRY(record_form(v, false, &f));
	return ui_form_save(v, &f, draw_record);
}

/* ---- one recipe ---- */

static int
draw_inputs(struct view *v, const struct recipe_input *in, size_t n)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	if (n == 0) {
		html(h, "<p class='mute'>%s</p>", tr(cx, "No inputs yet."));
		return RC_OK;
	}
	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col' class='r'>%s</th></tr></thead><tbody>",
	    tr(cx, "Inputs"), tr(cx, "Item"), tr(cx, "Quantity"));
	for (i = 0; i < n; i++) {
		struct item item;

		TRY(kind_load(cx, &item_kind, in[i].item, &item));
		html(h, "<tr><th scope='row'>%s</th><td class='r num' data-l='%s'>%s</td></tr>",
		    kind_title(cx, &item_kind, &item), tr(cx, "Quantity"),
		    quantity_text(cx, &item, in[i].quantity));
	}
	html(h, "</tbody></table></div>");
	return RC_OK;
}

static int
draw_input_form(struct view *v, int64_t id, const struct typed_line lines[FORM_LINES])
{
	ui_form_begin(
	    v, arena_printf(v->cx->arena, "/stock/recipes/%lld/inputs", (long long)id), false);
	html(&v->h, "<fieldset class='noprint flow'><legend>%s</legend><p class='hint'>%s</p>",
	    tr(v->cx, "What goes in"),
	    tr(v->cx, "An item that stands already gets the new quantity."));
	TRY(form_lines(v, lines));
	html(&v->h, "<p class='acts'><button type='submit' class='btn'>%s</button></p></fieldset>",
	    tr(v->cx, "Save the inputs"));
	ui_form_end(v);
	return RC_OK;
}

static int
draw_recipe(struct view *v, int64_t id, const struct typed_line lines[FORM_LINES])
{
	struct ctx *cx = v->cx;
	struct recipe r;
	struct recipe_input *in;
	struct item out;
	const char *title;
	size_t n;

	TRY(kind_get(cx, &recipe_kind, id, &r));
	TRY(recipe_inputs(cx, id, &in, &n));
	TRY(kind_load(cx, &item_kind, r.item, &out));
	title = kind_title(cx, &recipe_kind, &r);
	open_page(v, title, id, true);
	html(&v->h, "<div class='titl'><h1>%s</h1><div class='acts noprint'>", title);
	if (may(cx, CAP_STOCK_WRITE) && n > 0) {
		ui_button(
		    v, ui_url(v, "/stock/recipes/%lld/make", (long long)id), tr(cx, "Make"), true);
		ui_button(v, ui_url(v, "/stock/recipes/%lld/make?apart=1", (long long)id),
		    tr(cx, "Take apart"), false);
	}
	if (may(cx, CAP_STOCK_WRITE))
		ui_button(v, ui_url(v, "/stock/recipes/%lld/edit", (long long)id), tr(cx, "Change"),
		    false);
	html(&v->h, "</div></div><div class='flow'>");
	ui_refusals(v, "f-");
	html(&v->h, "<p>%s: <b class='num'>%s</b>, %s</p>", tr(cx, "Comes out"),
	    quantity_text(cx, &out, r.quantity), kind_title(cx, &item_kind, &out));
	TRY(ui_facts(v, &recipe_kind, &r));
	TRY(draw_inputs(v, in, n));
	if (may(cx, CAP_STOCK_WRITE))
		TRY(draw_input_form(v, id, lines));
	TRY(ui_history(v, &recipe_kind, id));
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

static int
one_page(struct view *v)
{
	struct typed_line lines[FORM_LINES];
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	form_lines_empty(lines);
	return draw_recipe(v, id, lines);
}

struct inputs {
	int64_t recipe;
	struct recipe_input v[FORM_LINES];
	size_t n;
};

static int
inputs_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct inputs *in = arg;
	size_t i;

	for (i = 0; i < in->n; i++) {
		struct recipe_input x = in->v[i];
		int64_t id;
		int rc =
		    db_int(cx, &id, "SELECT id FROM recipe_input WHERE recipe = $1 AND item = $2",
			VALS(v_int(in->recipe), v_int(x.item)));

		if (rc == RC_NOTFOUND) {
			TRY(kind_insert_tx(cx, tx, &recipe_input_kind, &x));
			continue;
		}
		TRY(rc);
		TRY(kind_load(cx, &recipe_input_kind, id, &x));
		x.quantity = in->v[i].quantity;
		TRY(kind_update_tx(cx, tx, &recipe_input_kind, &x));
	}
	return RC_OK;
}

static int
inputs_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct typed_line lines[FORM_LINES];
	struct inputs in = { 0 };
	int i, rc;

	TRY(req_param_id(v->rq, 0, &in.recipe));
	form_lines_read(v, lines);
	for (i = 0; i < FORM_LINES; i++) {
		struct movement_line l = { 0 };
		bool empty;

		TRY(form_line_of(v, &lines[i], i, &l, &empty));
		if (!empty)
			in.v[in.n++] = (struct recipe_input){
				.recipe = in.recipe, .item = l.item, .quantity = l.quantity
			};
	}
	if (in.n == 0)
		fail_field(cx, "item0", N_("Choose what it is."));
	rc = fields_rc(cx);
	if (rc == RC_OK)
		rc = db_write(cx, inputs_fn, &in);
	if (rc == RC_INVALID) {
		v->status = 422;
		return draw_recipe(v, in.recipe, lines);
	}
	TRY(rc);
	return ui_done(v, arena_printf(cx->arena, "/stock/recipes/%lld", (long long)in.recipe),
	    tr(cx, "Saved."));
}

/* ---- making ---- */

struct make_form {
	struct recipe r;
	struct item out;
	bool apart;
	const char *store, *target, *quantity, *lot, *at, *document, *note, *nonce, *drawn;
	struct typed_line lines[FORM_LINES];
};

static int
draw_make(struct view *v, const struct make_form *f)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	open_page(v, f->apart ? tr(cx, "Take apart") : tr(cx, "Make by a recipe"), 1, false);
	ui_refusals(v, "f-");
	ui_form_begin(v,
	    arena_printf(cx->arena, "/stock/recipes/%lld/make%s", (long long)f->r.rec.id,
		f->apart ? "?apart=1" : ""),
	    false);
	form_once(v, f->nonce, f->drawn);
	html(h, "<div class='flow'><p>%s – %s</p><div class='row'>",
	    kind_title(cx, &recipe_kind, &f->r), kind_title(cx, &item_kind, &f->out));
	form_account(v, "store", tr(cx, "Out of"), STORES, f->store);
	form_account(v, "target", tr(cx, "Into"), STORES, f->target);
	html(h, "<div class='fld w-s'><label for='f-quantity'>%s, %s</label>", tr(cx, "Quantity"),
	    tr3(cx, &f->out.unit, NULL));
	form_field_error(v, "quantity");
	html(h,
	    "<input type='text' id='f-quantity' name='quantity' inputmode='decimal' value='%s' "
	    "required></div><div class='fld w-s'><label for='f-lot'>%s</label>",
	    f->quantity, tr(cx, "Lot"));
	form_field_error(v, "lot");
	html(h,
	    "<input type='text' id='f-lot' name='lot' value='%s'></div><div class='fld w-s'><label "
	    "for='f-at'>%s</label><span class='hint'>%s</span>",
	    f->lot, tr(cx, "Moment"), tr(cx, "Empty: now."));
	form_field_error(v, "at");
	html(h,
	    "<input type='text' id='f-at' name='at' value='%s'></div></div><fieldset><legend>%s"
	    "</legend><p class='hint'>%s</p>",
	    f->at, f->apart ? tr(cx, "What came out") : tr(cx, "What really went in"),
	    tr(cx, "Empty: as the recipe says, from the lots that expire first."));
	form_field_error(v, "inputs");
	TRY(form_lines(v, f->lines));
	html(h,
	    "</fieldset><div class='fld'><label for='f-document'>%s</label><input type='text' "
	    "id='f-document' name='document' value='%s'></div><div class='fld'><label "
	    "for='f-note'>%s</label><textarea id='f-note' name='note' rows='2'>%s</textarea></div>"
	    "<p class='acts'><button type='submit' class='btn go'>%s</button> <a class='btn' "
	    "href='%s'>%s</a></p></div>",
	    tr(cx, "Document"), f->document, tr(cx, "Note"), f->note,
	    f->apart ? tr(cx, "Take apart") : tr(cx, "Make"),
	    ui_url(v, "/stock/recipes/%lld", (long long)f->r.rec.id), tr(cx, "Cancel"));
	ui_form_end(v);
	ui_close(v);
	return RC_OK;
}

static int
make_open(struct view *v, struct make_form *f)
{
	const char *apart = req_q(v->rq, "apart");
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &recipe_kind, id, &f->r));
	TRY(kind_load(v->cx, &item_kind, f->r.item, &f->out));
	f->apart = apart != NULL && strcmp(apart, "1") == 0;
	return RC_OK;
}

static int
make_page(struct view *v)
{
	struct make_form f = { .store = "store-main",
		.target = "store-main",
		.quantity = "",
		.lot = "",
		.at = "",
		.document = "",
		.note = "",
		.nonce = vault_random_hex(v->cx->arena, 16),
		.drawn = arena_printf(v->cx->arena, "%lld", (long long)v->cx->now) };

	TRY(make_open(v, &f));
	form_lines_empty(f.lines);
	return draw_make(v, &f);
}

static int
made_lot(struct view *v, const struct make_form *f, struct conversion *c)
{
	struct lot lot;
	int rc;

	if (*f->lot == '\0')
		return RC_OK;
	rc = lot_find(v->cx, f->lot, &lot);
	if (rc == RC_NOTFOUND || (rc == RC_OK && lot.item != f->r.item)) {
		v->cx->err.text = NULL;
		fail_field(v->cx, "lot", N_("There is no such lot of this item."));
		return RC_OK;
	}
	c->lot = lot.rec.id;
	return rc;
}

static int
conversion_of(struct view *v, const struct make_form *f, struct conversion *c)
{
	struct ctx *cx = v->cx;
	struct conversion_input *in = arena_array(cx->arena, struct conversion_input, FORM_LINES);
	int i;

	*c = (struct conversion){ .nonce = f->nonce,
		.recipe = f->r.rec.id,
		.at = form_moment(v, f->at, f->drawn),
		.apart = f->apart,
		.document = *f->document == '\0' ? NULL : f->document,
		.note = *f->note == '\0' ? NULL : f->note,
		.inputs = in };
	TRY(form_account_of(cx, f->store, STORES, "store", &c->store));
	TRY(form_account_of(cx, f->target, STORES, "target", &c->target));
	if (!quantity_parse(f->quantity, f->out.pack, &c->quantity) || c->quantity == 0)
		fail_field(cx, "quantity", N_("A number of “%s”, more than zero."),
		    tr3(cx, &f->out.unit, NULL));
	TRY(made_lot(v, f, c));
	for (i = 0; i < FORM_LINES; i++) {
		struct movement_line l = { 0 };
		bool empty;

		TRY(form_line_of(v, &f->lines[i], i, &l, &empty));
		if (!empty)
			in[c->ninputs++] = (struct conversion_input){ l.item, l.lot, l.quantity };
	}
	return fields_rc(cx);
}

static int
make_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct make_form f = { .store = form_typed(v, "store"),
		.target = form_typed(v, "target"),
		.quantity = form_typed(v, "quantity"),
		.lot = form_typed(v, "lot"),
		.at = form_typed(v, "at"),
		.document = form_typed(v, "document"),
		.note = form_typed(v, "note"),
		.nonce = form_typed(v, "nonce"),
		.drawn = form_typed(v, "drawn") };
	struct conversion c;
	bool again;
	int rc;

	TRY(make_open(v, &f));
	form_lines_read(v, f.lines);
	rc = conversion_of(v, &f, &c);
	if (rc == RC_OK)
		rc = conversion_post(cx, &c, &again);
	if (form_refused(v, rc, &f.nonce))
		return draw_make(v, &f);
	TRY(rc);
	return ui_done(v, arena_printf(cx->arena, "/stock/movements/%lld", (long long)c.movement),
	    again ? tr(cx, "This was entered already.") : tr(cx, "Entered."));
}

const struct route stock_recipe_routes[] = {
	{ M_GET, "/stock/recipes", list_page, CAP_STOCK_READ, 0, N_("Recipes and kits"),
	    N_("What is made of what: kits, baskets, meals.") },
	{ M_GET, "/stock/recipes/new", new_page, CAP_STOCK_WRITE, 0, N_("New recipe"), NULL },
	{ M_POST, "/stock/recipes/new", new_post, CAP_STOCK_WRITE, 0, N_("New recipe"), NULL },
	{ M_GET, "/stock/recipes/{id}", one_page, CAP_STOCK_READ, 0, N_("A recipe"), NULL },
	{ M_GET, "/stock/recipes/{id}/edit", edit_page, CAP_STOCK_WRITE, 0, N_("Change the recipe"),
	    NULL },
	{ M_POST, "/stock/recipes/{id}/edit", edit_post, CAP_STOCK_WRITE, 0,
	    N_("Change the recipe"), NULL },
	{ M_POST, "/stock/recipes/{id}/inputs", inputs_post, CAP_STOCK_WRITE, 0,
	    N_("Save the inputs"), NULL },
	{ M_GET, "/stock/recipes/{id}/make", make_page, CAP_STOCK_WRITE, 0, N_("Make by a recipe"),
	    N_("Inputs leave the store, the output comes in; or a kit is taken apart.") },
	{ M_POST, "/stock/recipes/{id}/make", make_post, CAP_STOCK_WRITE, 0, N_("Make by a recipe"),
	    NULL },
};
const size_t stock_recipe_nroutes = ARRAY_LEN(stock_recipe_routes);
