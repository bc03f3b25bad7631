/* stock_work_kinds.c – recipes, goods on the way, counts and shortages as record kinds.
 *
 * Whatever follows from movements (the state of goods on the way, a sheet's lines, a shortage's quantity) is written by rules
 * only; forms and the API change texts and recipes. */
#include "kind/internal.h"
#include "mod/stock/stock_inner.h"

#include <string.h>

#include "core/account.h"

enum { S_RECIPE, S_INPUT, S_TRANSFER, S_COUNT, S_LINE, S_SHORTAGE, S_KINDS };
static struct kind_state states[S_KINDS];

const struct option transfer_states[] = {
	{ "on_way", N_("on the way") },
	{ "done", N_("settled") },
	{ NULL, NULL },
};
const struct option count_states[] = {
	{ "draft", N_("being counted") },
	{ "confirmed", N_("confirmed") },
	{ "final", N_("entered") },
	{ NULL, NULL },
};
const struct option shortage_states[] = {
	{ "open", N_("to be explained") },
	{ "explained", N_("explained") },
	{ NULL, NULL },
};

static int
recipe_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct recipe *r = rec;
	int64_t money;

	(void)old;
	if (r->to_day != 0 && r->from_day != 0 && r->to_day < r->from_day)
		fail_field(cx, "to_day", N_("The end lies before the beginning."));
	if (r->item == 0)
		return RC_OK;
	TRY(db_int(cx, &money, "SELECT count(*) FROM stock_item WHERE id = $1 AND base = 'tiyn'",
	    VALS(v_int(r->item))));
	/* RULE stock-6 */
	if (money != 0)
		fail_field(cx, "item", N_("Money is not made of goods."));
	return RC_OK;
}

static int
input_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct recipe_input *i = rec;
	struct recipe r;
	struct item item;
	int64_t n;

	if (i->recipe == 0 || i->item == 0)
		return RC_OK;
	TRY(kind_load(cx, &recipe_kind, i->recipe, &r));
	TRY(kind_load(cx, &item_kind, i->item, &item));
	if (r.item == i->item)
		fail_field(cx, "item", N_("A recipe does not need what it makes."));
	if (strcmp(item.base, "tiyn") == 0)
		fail_field(cx, "item", N_("Money is not made of goods."));
	TRY(db_int(
	    cx, &n, "SELECT count(*) FROM recipe_input WHERE recipe = $1", VALS(v_int(i->recipe))));
	if (old == NULL && n >= INPUTS_MAX)
		fail_field(cx, "item", N_("A recipe has at most %s inputs."), "30");
	return RC_OK;
}

static int
shortage_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct stock_shortage *s = rec;

	(void)old;
	if (strcmp(s->state, "explained") == 0 &&
	    (s->explanation == NULL || *s->explanation == '\0'))
		fail_field(cx, "explanation", N_("Say how it came about."));
	return RC_OK;
}

static const struct field recipe_fields[] = {
	F_TEXT(recipe, code, .label = N_("Code"), .max = 32, .valid = code_error,
	    .help = N_("The same for every version of the recipe."),
	    .flags = F_REQUIRED | F_SEARCH | F_FIXED, .privacy = PRIV_PUBLIC),
	F_TEXT3(recipe, name, .label = N_("Name"), .max = 200,
	    .flags = F_REQUIRED | F_LIST | F_SEARCH, .privacy = PRIV_PUBLIC),
	F_REF(recipe, item, &item_kind, .label = N_("What comes out"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_INT(recipe, quantity, .label = N_("How much comes out"), .min = 1, .max = QUANTITY_MAX,
	    .help = N_("In base units: 1 for a piece, 1000 for a kilogram. The inputs are for this "
		       "much."),
	    .flags = F_REQUIRED | F_FIXED, .privacy = PRIV_PUBLIC),
	F_DAY(recipe, from_day, .label = N_("Holds from"), .flags = F_REQUIRED | F_FIXED | F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_DAY(recipe, to_day, .label = N_("Holds until"), .flags = F_LIST, .privacy = PRIV_PUBLIC),
	F_TEXT(
	    recipe, note, .label = N_("Note"), .max = 1000, .flags = F_LONG, .privacy = PRIV_STAFF),
};
const struct kind recipe_kind = {
	.name = "recipe",
	.plural_name = "recipes",
	.label = N_("Recipe"),
	.plural = N_("Recipes and kits"),
	.size = sizeof(struct recipe),
	.fields = recipe_fields,
	.nfields = ARRAY_LEN(recipe_fields),
	.title = { "name" },
	.read = CAP_STOCK_READ,
	.create = CAP_STOCK_WRITE,
	.edit = CAP_STOCK_WRITE,
	.staff = CAP_STOCK_READ,
	.check = recipe_check,
	.path = "/stock/recipes/%lld",
	.state = &states[S_RECIPE],
};

static const struct field input_fields[] = {
	F_REF(recipe_input, recipe, &recipe_kind, .label = N_("Recipe"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(recipe_input, item, &item_kind, .label = N_("Item"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_INT(recipe_input, quantity, .label = N_("Quantity in base units"), .min = 1,
	    .max = QUANTITY_MAX, .flags = F_REQUIRED | F_LIST, .privacy = PRIV_PUBLIC),
};
const struct kind recipe_input_kind = {
	.name = "recipe_input",
	.plural_name = "recipe-inputs",
	.label = N_("Input of a recipe"),
	.plural = N_("Inputs of recipes"),
	.size = sizeof(struct recipe_input),
	.fields = input_fields,
	.nfields = ARRAY_LEN(input_fields),
	.named_by = { "recipe", "item" },
	.read = CAP_STOCK_READ,
	.create = CAP_STOCK_WRITE,
	.edit = CAP_STOCK_WRITE,
	.staff = CAP_STOCK_READ,
	.check = input_check,
	.state = &states[S_INPUT],
};

static const struct field transfer_fields[] = {
	F_REF(transfer, source, &stock_account_kind, .label = N_("Out of"),
	    .flags = F_RULED | F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(transfer, via, &stock_account_kind, .label = N_("By which vehicle"),
	    .flags = F_RULED | F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(transfer, target, &stock_account_kind, .label = N_("Into"),
	    .flags = F_RULED | F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TIME(transfer, sent_at, .label = N_("Sent"), .flags = F_RULED | F_REQUIRED | F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_ENUM(transfer, state, transfer_states, .label = N_("State"),
	    .flags = F_RULED | F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TEXT(transfer, document, .label = N_("Document"), .max = 200, .flags = F_LIST,
	    .privacy = PRIV_STAFF),
	F_TEXT(transfer, note, .label = N_("Note"), .max = 1000, .flags = F_LONG,
	    .privacy = PRIV_STAFF),
};
const struct kind transfer_kind = {
	.name = "stock_transfer",
	.plural_name = "transfers",
	.label = N_("Transfer"),
	.plural = N_("Transfers"),
	.size = sizeof(struct transfer),
	.fields = transfer_fields,
	.nfields = ARRAY_LEN(transfer_fields),
	.named_by = { "source", "target" },
	.read = CAP_STOCK_READ,
	.create = CAP_NOBODY,
	.edit = CAP_STOCK_WRITE,
	.staff = CAP_STOCK_READ,
	.path = "/stock/transfers/%lld",
	.state = &states[S_TRANSFER],
};

static const struct field count_fields[] = {
	F_REF(stock_count, account, &stock_account_kind, .label = N_("Stock account"),
	    .flags = F_RULED | F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TIME(stock_count, at, .label = N_("Moment of the count"),
	    .flags = F_RULED | F_REQUIRED | F_LIST, .privacy = PRIV_PUBLIC),
	F_ENUM(stock_count, state, count_states, .label = N_("State"),
	    .flags = F_RULED | F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TEXT(stock_count, counted_by, .label = N_("Counted by"), .max = 200, .flags = F_LIST,
	    .privacy = PRIV_STAFF),
	F_REF(stock_count, typed_by, &account_kind, .label = N_("Typed by"), .flags = F_RULED,
	    .privacy = PRIV_STAFF),
	F_REF(stock_count, confirmed_by, &account_kind, .label = N_("Confirmed by"),
	    .flags = F_RULED, .privacy = PRIV_STAFF),
	F_TEXT(stock_count, note, .label = N_("Note"), .max = 1000, .flags = F_LONG,
	    .privacy = PRIV_STAFF),
};
const struct kind stock_count_kind = {
	.name = "stock_count",
	.plural_name = "counts",
	.label = N_("Count sheet"),
	.plural = N_("Count sheets"),
	.size = sizeof(struct stock_count),
	.fields = count_fields,
	.nfields = ARRAY_LEN(count_fields),
	.named_by = { "account" },
	.read = CAP_STOCK_READ,
	.create = CAP_NOBODY,
	.edit = CAP_NOBODY,
	.staff = CAP_STOCK_READ,
	.path = "/stock/counts/%lld",
	.state = &states[S_COUNT],
};

static const struct field line_fields[] = {
	F_REF(stock_count_line, sheet, &stock_count_kind, .label = N_("Count sheet"),
	    .flags = F_RULED | F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(stock_count_line, item, &item_kind, .label = N_("Item"),
	    .flags = F_RULED | F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(stock_count_line, lot, &lot_kind, .label = N_("Lot"), .flags = F_RULED | F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_INT(stock_count_line, counted, .label = N_("Counted, in base units"), .min = 0,
	    .max = QUANTITY_MAX, .flags = F_RULED | F_LIST, .privacy = PRIV_PUBLIC),
};
const struct kind stock_count_line_kind = {
	.name = "stock_count_line",
	.plural_name = "count-lines",
	.label = N_("Line of a count sheet"),
	.plural = N_("Lines of count sheets"),
	.size = sizeof(struct stock_count_line),
	.fields = line_fields,
	.nfields = ARRAY_LEN(line_fields),
	.named_by = { "sheet", "item" },
	.read = CAP_STOCK_READ,
	.create = CAP_NOBODY,
	.edit = CAP_NOBODY,
	.staff = CAP_STOCK_READ,
	.state = &states[S_LINE],
};

static const struct field shortage_fields[] = {
	F_REF(stock_shortage, account, &stock_account_kind, .label = N_("Stock account"),
	    .flags = F_RULED | F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(stock_shortage, item, &item_kind, .label = N_("Item"),
	    .flags = F_RULED | F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(stock_shortage, lot, &lot_kind, .label = N_("Lot"), .flags = F_RULED | F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_DAY(stock_shortage, day, .label = N_("Missing from"),
	    .flags = F_RULED | F_REQUIRED | F_LIST, .privacy = PRIV_PUBLIC),
	F_INT(stock_shortage, quantity, .label = N_("Missing, in base units"), .min = 1,
	    .max = INT64_MAX, .flags = F_RULED | F_REQUIRED | F_LIST, .privacy = PRIV_PUBLIC),
	F_TEXT(stock_shortage, explanation, .label = N_("Explanation"), .max = 1000,
	    .flags = F_LONG | F_RULED, .privacy = PRIV_STAFF),
	F_ENUM(stock_shortage, state, shortage_states, .label = N_("State"),
	    .flags = F_RULED | F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
};
const struct kind stock_shortage_kind = {
	.name = "stock_shortage",
	.plural_name = "shortages",
	.label = N_("Shortage"),
	.plural = N_("Shortages"),
	.size = sizeof(struct stock_shortage),
	.fields = shortage_fields,
	.nfields = ARRAY_LEN(shortage_fields),
	.named_by = { "account", "item" },
	.read = CAP_STOCK_READ,
	.create = CAP_NOBODY,
	.edit = CAP_NOBODY,
	.staff = CAP_STOCK_READ,
	.check = shortage_check,
	.state = &states[S_SHORTAGE],
};
