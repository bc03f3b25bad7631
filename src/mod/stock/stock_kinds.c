/* stock_kinds.c – items, accounts and lots as record kinds, and the lists that the program brings.
 *
 * What an item is counted in is fixed with its first save: lines hold whole numbers of the base unit, and
 * another unit under them would change what they say. The same holds for an account's type and a lot's item. */
#include "kind/internal.h"
#include "mod/stock/stock_inner.h"

#include <stdlib.h>
#include <string.h>

#include "core/data.h"
#include "text/csv_read.h"

enum { S_ITEM, S_ACCOUNT, S_LOT, S_COUNT };
static struct kind_state states[S_COUNT];

const struct option item_categories[] = {
	{ "water", N_("water") },
	{ "food", N_("food") },
	{ "bedding", N_("bedding") },
	{ "clothing", N_("clothing and shoes") },
	{ "hygiene", N_("hygiene") },
	{ "medical", N_("medical goods") },
	{ "household", N_("household goods") },
	{ "equipment", N_("equipment") },
	{ "livestock", N_("for livestock") },
	{ "school", N_("school things") },
	{ "money", N_("money") },
	{ "other", N_("other") },
	{ NULL, NULL },
};
const struct option item_bases[] = {
	{ "piece", N_("piece") },
	{ "g", N_("gram") },
	{ "ml", N_("millilitre") },
	{ "tiyn", N_("tiyn") },
	{ NULL, NULL },
};
const struct option stock_account_types[] = {
	{ "store", N_("store") },
	{ "vehicle", N_("vehicle") },
	{ "kitchen", N_("kitchen") },
	{ "household", N_("receivers") },
	{ "donor", N_("donors") },
	{ "loss", N_("losses") },
	{ "conversion", N_("conversion") },
	{ NULL, NULL },
};
const struct option movement_types[] = {
	{ "receipt", N_("receipt") },
	{ "transfer", N_("transfer") },
	{ "issue", N_("issue") },
	{ "return", N_("return") },
	{ "loss", N_("write-off") },
	{ "conversion", N_("conversion") },
	{ "count", N_("stock-taking") },
	{ "correction", N_("correction") },
	{ "other", N_("other") },
	{ NULL, NULL },
};

bool
stock_account_guarded(const char *type)
{
	return strcmp(type, "donor") != 0 && strcmp(type, "loss") != 0 &&
	       strcmp(type, "conversion") != 0;
}

static int
item_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct item *i = rec;

	(void)old;
	if (i->base == NULL || i->category == NULL)
		return RC_OK; /* named as missing already */
	/* RULE stock-6: money is its own category and its own unit, both or neither. */
	if ((strcmp(i->base, "tiyn") == 0) != (strcmp(i->category, "money") == 0))
		fail_field(cx, "base", N_("Money, and only money, is counted in tiyn."));
	return RC_OK;
}

static int
account_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct stock_account *a = rec;
	int64_t left;

	if (old == NULL || a->closed == 0)
		return RC_OK;
	TRY(db_int(cx, &left,
	    "SELECT count(*) FROM stock_now n JOIN stock_account a ON a.id = n.account WHERE "
	    "n.account = $1"
	    " AND n.balance <> 0 AND a.type IN ('store', 'vehicle', 'kitchen')",
	    VALS(v_int(a->rec.id))));
	if (left != 0)
		fail_field(cx, "closed", N_("Something lies there still: move it first."));
	return RC_OK;
}

static int
lot_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct lot *l = rec;
	struct item i;

	(void)old;
	if (l->item == 0)
		return RC_OK;
	TRY(kind_load(cx, &item_kind, l->item, &i));
	if (i.perishable && l->expires == 0)
		fail_field(cx, "expires", N_("This perishes: say its last good day."));
	return RC_OK;
}

static const struct field item_fields[] = {
	F_TEXT(item, code, .label = N_("Code"), .max = 32, .valid = code_error,
	    .flags = F_REQUIRED | F_UNIQUE | F_SEARCH | F_FIXED, .privacy = PRIV_PUBLIC),
	F_TEXT3(item, name, .label = N_("Name"), .max = 200,
	    .flags = F_REQUIRED | F_LIST | F_SEARCH, .privacy = PRIV_PUBLIC),
	F_ENUM(item, category, item_categories, .label = N_("Category"),
	    .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_ENUM(item, base, item_bases, .label = N_("Base unit"),
	    .help = N_("What the ledger counts in, always whole. It cannot be changed later."),
	    .flags = F_REQUIRED | F_FIXED | F_LIST, .privacy = PRIV_PUBLIC),
	F_INT(item, pack, .label = N_("Base units in one unit"), .min = 1, .max = 1000000000,
	    .help = N_("1000 for a kilogram, 100 for a tenge, 1 for a piece."),
	    .flags = F_REQUIRED | F_FIXED, .privacy = PRIV_PUBLIC),
	F_TEXT3(item, unit, .label = N_("Unit"), .max = 40,
	    .help = N_("As it stands behind a number: kg, pcs, tenge."),
	    .flags = F_REQUIRED | F_LIST, .privacy = PRIV_PUBLIC),
	F_BOOL(item, perishable, .label = N_("Perishes: each lot says its last good day"),
	    .flags = F_FILTER, .privacy = PRIV_PUBLIC),
	F_BOOL(item, returnable, .label = N_("Is lent and comes back"), .flags = F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_TEXT(
	    item, note, .label = N_("Note"), .max = 1000, .flags = F_LONG, .privacy = PRIV_STAFF),
};
const struct kind item_kind = {
	.name = "stock_item",
	.plural_name = "items",
	.label = N_("Item"),
	.plural = N_("Items"),
	.size = sizeof(struct item),
	.fields = item_fields,
	.nfields = ARRAY_LEN(item_fields),
	.title = { "name" },
	.small = true,
	.read = CAP_STOCK_READ,
	.create = CAP_STOCK_WRITE,
	.edit = CAP_STOCK_WRITE,
	.staff = CAP_STOCK_READ,
	.check = item_check,
	.path = "/reference/items/%lld",
	.state = &states[S_ITEM],
};

static const struct field account_fields[] = {
	F_TEXT(stock_account, code, .label = N_("Code"), .max = 32, .valid = code_error,
	    .flags = F_REQUIRED | F_UNIQUE | F_SEARCH | F_FIXED, .privacy = PRIV_PUBLIC),
	F_TEXT3(stock_account, name, .label = N_("Name"), .max = 200,
	    .flags = F_REQUIRED | F_LIST | F_SEARCH, .privacy = PRIV_PUBLIC),
	F_ENUM(stock_account, type, stock_account_types, .label = N_("Type of account"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(stock_account, body, &body_kind, .label = N_("Body"), .flags = F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_REF(stock_account, district, &district_kind, .label = N_("District or city"),
	    .flags = F_LIST | F_FILTER | F_OPTION_COLUMN, .privacy = PRIV_PUBLIC),
	F_TEXT(stock_account, place, .label = N_("Place"), .max = 300, .flags = F_OPTION_COLUMN,
	    .privacy = PRIV_PUBLIC),
	F_DAY(stock_account, closed, .label = N_("Closed"),
	    .help = N_("The first day on which nothing can be entered any more."),
	    .privacy = PRIV_PUBLIC),
	F_TEXT(stock_account, note, .label = N_("Note"), .max = 1000, .flags = F_LONG,
	    .privacy = PRIV_STAFF),
};
const struct kind stock_account_kind = {
	.name = "stock_account",
	.plural_name = "accounts",
	.label = N_("Stock account"),
	.plural = N_("Stock accounts"),
	.size = sizeof(struct stock_account),
	.fields = account_fields,
	.nfields = ARRAY_LEN(account_fields),
	.title = { "name" },
	.small = true,
	.read = CAP_STOCK_READ,
	.create = CAP_STOCK_WRITE,
	.edit = CAP_STOCK_WRITE,
	.staff = CAP_STOCK_READ,
	.check = account_check,
	.path = "/reference/accounts/%lld",
	.state = &states[S_ACCOUNT],
};

static const struct field lot_fields[] = {
	F_TEXT(lot, code, .label = N_("Code"), .max = 32, .valid = code_error,
	    .flags = F_REQUIRED | F_UNIQUE | F_SEARCH | F_LIST | F_FIXED, .privacy = PRIV_PUBLIC),
	F_REF(lot, item, &item_kind, .label = N_("Item"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_DAY(lot, expires, .label = N_("Last good day"), .flags = F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_TEXT(lot, note, .label = N_("Note"), .max = 1000, .flags = F_LONG, .privacy = PRIV_STAFF),
};
const struct kind lot_kind = {
	.name = "lot",
	.plural_name = "lots",
	.label = N_("Lot"),
	.plural = N_("Lots"),
	.size = sizeof(struct lot),
	.fields = lot_fields,
	.nfields = ARRAY_LEN(lot_fields),
	.title = { "code" },
	.read = CAP_STOCK_READ,
	.create = CAP_STOCK_WRITE,
	.edit = CAP_STOCK_WRITE,
	.staff = CAP_STOCK_READ,
	.check = lot_check,
	.path = "/reference/lots/%lld",
	.state = &states[S_LOT],
};

/* ---- what the program brings ---- */

static int
seed_item(struct ctx *cx, struct tx *tx, const struct csv_read *r)
{
	struct item i;

	kind_empty(&item_kind, &i);
	i.code = csv_read_cell(r, "code");
	i.name = (struct text3){ csv_read_cell(r, "kk"), csv_read_cell(r, "ru"),
		csv_read_cell(r, "en") };
	i.category = csv_read_cell(r, "category");
	i.base = csv_read_cell(r, "base");
	i.pack = strtoll(csv_read_cell(r, "pack"), NULL, 10);
	i.unit = (struct text3){ csv_read_cell(r, "unit_kk"), csv_read_cell(r, "unit_ru"),
		csv_read_cell(r, "unit_en") };
	i.perishable = strcmp(csv_read_cell(r, "perishable"), "yes") == 0;
	i.returnable = strcmp(csv_read_cell(r, "returnable"), "yes") == 0;
	return kind_insert_tx(cx, tx, &item_kind, &i);
}

static int
seed_account(struct ctx *cx, struct tx *tx, const char *code, const char *type, struct text3 name)
{
	struct stock_account a;
	int64_t id;
	int rc =
	    db_int(cx, &id, "SELECT id FROM stock_account WHERE code = $1", VALS(v_text(code)));

	if (rc != RC_NOTFOUND)
		return rc;
	kind_empty(&stock_account_kind, &a);
	a.code = code;
	a.type = type;
	a.name = name;
	return kind_insert_tx(cx, tx, &stock_account_kind, &a);
}

static int
seed_accounts(struct ctx *cx, struct tx *tx)
{
	static const struct {
		const char *code, *type;
		struct text3 name;
	} all[] = {
		{ "donor", "donor", { "Донорлар", "Доноры", "Donors" } },
		{ "store-main", "store", { "Негізгі қойма", "Главный склад", "Main store" } },
		{ "household", "household",
		    { "Көмек алушылар", "Получатели помощи", "Receivers of aid" } },
		{ "loss", "loss", { "Шығындар", "Потери", "Losses" } },
		{ "found", "loss", { "Артық шыққаны", "Излишки", "Found" } },
		{ "conversion", "conversion", { "Қайта өңдеу", "Переработка", "Conversion" } },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(all); i++)
		TRY(seed_account(cx, tx, all[i].code, all[i].type, all[i].name));
	return RC_OK;
}

static int
seed_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const char *text = house_data("aid_items.csv");
	struct csv_read r;
	int64_t id;

	(void)arg;
	if (text == NULL || csv_read_open(&r, cx->arena, text, ',') != RC_OK)
		return fail(cx, RC_BUG, "%s: no such list", "aid_items.csv");
	while (csv_read_row(&r)) {
		int rc = db_int(cx, &id, "SELECT id FROM stock_item WHERE code = $1",
		    VALS(v_text(csv_read_cell(&r, "code"))));

		TRY(rc == RC_NOTFOUND ? seed_item(cx, tx, &r) : rc);
	}
	if (r.error != NULL)
		return fail(cx, RC_BUG, "%s, line %d: %s", "aid_items.csv", r.line, r.error);
	return seed_accounts(cx, tx);
}

int
stock_seed(struct ctx *cx)
{
	return db_write(cx, seed_fn, NULL);
}
