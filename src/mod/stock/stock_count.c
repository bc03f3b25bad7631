/* stock_count.c – stock-taking: what lies there is counted, typed, confirmed by somebody else, and the difference entered.
 *
 * The sheet shows no expected numbers, so that nobody counts what he is told. The difference is taken when the sheet
 * is made final, against the balance at the count's moment as it is known then: what moved after the moment is not part of
 * it, and what was entered late for a moment before is. */
#include "mod/stock/stock_inner.h"

#include <string.h>

static int
may_write(struct ctx *cx)
{
	if (!may(cx, CAP_STOCK_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	return RC_OK;
}

static int
open_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct stock_count *out = arg, c = *out;
	struct stock_row *rows;
	struct stock_account a;
	size_t n, i;

	TRY(may_write(cx));
	TRY(kind_load(cx, &stock_account_kind, c.account, &a));
	if (!stock_account_guarded(a.type) || strcmp(a.type, "household") == 0)
		fail_field(cx, "account", N_("Choose an account of the list."));
	if (c.at > cx->now)
		fail_field(cx, "at", N_("This moment has not been yet."));
	TRY(fields_rc(cx));
	c.rec = (struct rec){ 0 };
	c.state = "draft";
	c.typed_by = cx->actor->account;
	TRY(kind_add_tx(cx, tx, &stock_count_kind, &c));
	TRY(stock_at(cx, c.account, c.at, 0, &rows, &n));
	for (i = 0; i < n; i++) {
		struct stock_count_line l;

		kind_empty(&stock_count_line_kind, &l);
		l.sheet = c.rec.id;
		l.item = rows[i].item;
		l.lot = rows[i].lot;
		TRY(kind_add_tx(cx, tx, &stock_count_line_kind, &l));
	}
	out->rec = c.rec;
	return RC_OK;
}

int
count_open(struct ctx *cx, struct stock_count *c)
{
	return db_write(cx, open_fn, c);
}

int
count_lines(struct ctx *cx, int64_t sheet, struct stock_count_line **out, size_t *n)
{
	struct stock_count_line *v;
	int64_t rows;
	AUTO_ROWS r = { 0 };

	TRY(db_int(cx, &rows, "SELECT count(*) FROM stock_count_line WHERE sheet = $1",
	    VALS(v_int(sheet))));
	v = arena_array(cx->arena, struct stock_count_line, (size_t)rows + 1);
	TRY(db_rows(cx, &r,
	    "SELECT l.id, l.version, l.item, coalesce(l.lot, 0), l.counted FROM stock_count_line l "
	    "JOIN stock_item i ON i.id = l.item LEFT JOIN lot o ON o.id = l.lot WHERE l.sheet = $1 "
	    "ORDER BY i.category, i.code, o.expires, l.id",
	    VALS(v_int(sheet))));
	for (*n = 0; *n < (size_t)rows && rows_next(&r); ++*n)
		v[*n] = (struct stock_count_line){ .rec = { .id = row_int(&r, 0),
						       .version = row_int(&r, 1) },
			.sheet = sheet,
			.item = row_int(&r, 2),
			.lot = row_int(&r, 3),
			.counted = row_int_or(&r, 4, INT_NONE) };
	*out = v;
	return rows_end(&r);
}

/* ---- typing ---- */

struct typing {
	int64_t sheet;
	struct stock_count_line *lines;
	size_t n;
};

static int
type_line(struct ctx *cx, struct tx *tx, struct stock_count_line *have, size_t nhave,
    struct stock_count_line *l)
{
	struct item item;
	struct lot lot;
	size_t i;

	if (l->counted != INT_NONE && (l->counted < 0 || l->counted > QUANTITY_MAX))
		fail_field(cx, "lines", N_("A number of the base unit, zero or more."));
	TRY(kind_load(cx, &item_kind, l->item, &item));
	if (l->lot != 0) {
		TRY(kind_load(cx, &lot_kind, l->lot, &lot));
		if (lot.item != l->item)
			fail_field(cx, "lines", N_("There is no such lot of this item."));
	} else if (item.perishable)
		fail_field(cx, "lines", N_("This perishes: name its lot."));
	TRY(fields_rc(cx));
	for (i = 0; i < nhave; i++) {
		if (have[i].item != l->item || have[i].lot != l->lot)
			continue;
		if (have[i].counted == l->counted)
			return RC_OK;
		have[i].counted = l->counted;
		TRY(kind_load(cx, &stock_count_line_kind, have[i].rec.id, l));
		l->counted = have[i].counted;
		return kind_rewrite_tx(cx, tx, &stock_count_line_kind, l);
	}
	l->rec = (struct rec){ 0 };
	return kind_add_tx(cx, tx, &stock_count_line_kind, l);
}

static int
type_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct typing *t = arg;
	struct stock_count c;
	struct stock_count_line *have;
	size_t nhave, i;

	TRY(may_write(cx));
	TRY(kind_get(cx, &stock_count_kind, t->sheet, &c));
	if (strcmp(c.state, "draft") != 0)
		return fail(cx, RC_RULE, N_("The sheet is confirmed: open it again first."));
	TRY(count_lines(cx, t->sheet, &have, &nhave));
	for (i = 0; i < t->n; i++) {
		struct stock_count_line l = t->lines[i];

		l.sheet = t->sheet;
		TRY(type_line(cx, tx, have, nhave, &l));
	}
	if (c.typed_by == cx->actor->account)
		return RC_OK;
	c.typed_by = cx->actor->account;
	return kind_rewrite_tx(cx, tx, &stock_count_kind, &c);
}

int
count_type(struct ctx *cx, int64_t sheet, struct stock_count_line *lines, size_t n)
{
	return db_write(cx, type_fn, &(struct typing){ sheet, lines, n });
}

/* ---- its states ---- */

static int
confirm_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct stock_count c;
	int64_t counted;

	TRY(may_write(cx));
	TRY(kind_get(cx, &stock_count_kind, *(int64_t *)arg, &c));
	if (strcmp(c.state, "draft") != 0)
		return RC_OK;
	/* RULE stock-11 */
	if (c.typed_by == cx->actor->account)
		return fail(
		    cx, RC_RULE, N_("Another person than the one who typed it confirms it."));
	TRY(db_int(cx, &counted,
	    "SELECT count(*) FROM stock_count_line WHERE sheet = $1 AND counted IS NOT NULL",
	    VALS(v_int(c.rec.id))));
	if (counted == 0)
		return fail(cx, RC_RULE, N_("Nothing on this sheet has been counted yet."));
	c.state = "confirmed";
	c.confirmed_by = cx->actor->account;
	return kind_rewrite_tx(cx, tx, &stock_count_kind, &c);
}

int
count_confirm(struct ctx *cx, int64_t sheet)
{
	return db_write(cx, confirm_fn, &sheet);
}

static int
reopen_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct stock_count c;

	TRY(may_write(cx));
	TRY(kind_get(cx, &stock_count_kind, *(int64_t *)arg, &c));
	if (strcmp(c.state, "final") == 0)
		return fail(cx, RC_RULE, N_("The count is entered: count again on a new sheet."));
	c.state = "draft";
	c.confirmed_by = 0;
	return kind_rewrite_tx(cx, tx, &stock_count_kind, &c);
}

int
count_reopen(struct ctx *cx, int64_t sheet)
{
	return db_write(cx, reopen_fn, &sheet);
}

/* ---- the outcome ---- */

enum { DIFFERENCES_A_SET = LINES_MAX / 2 };

struct outcome {
	int64_t sheet, movement, loss, found;
	struct stock_count c;
	struct movement_line *lines;
	size_t n;
	int parts;
};

static void
differ(struct outcome *o, int64_t item, int64_t lot, int64_t d)
{
	if (d == 0)
		return;
	o->lines[o->n++] = (struct movement_line){ o->c.account, item, lot, d };
	o->lines[o->n++] = (struct movement_line){ d < 0 ? o->loss : o->found, item, lot, -d };
}

/* The first set is the one that is told of; a sheet of many differences makes several. */
static int
post_part(struct ctx *cx, struct tx *tx, struct outcome *o)
{
	struct movement m = { .nonce = arena_printf(
				  cx->arena, "count-%lld-%d", (long long)o->sheet, o->parts++),
		.at = o->c.at,
		.type = "count",
		.document = trf(cx, "Count sheet %s", num(cx, o->sheet)),
		.sheet = o->sheet,
		.lines = o->lines,
		.nlines = o->n };
	bool again;

	if (o->n == 0)
		return RC_OK;
	TRY(movement_post_tx(cx, tx, &m, &again));
	if (o->movement == 0)
		o->movement = m.id;
	o->n = 0;
	return RC_OK;
}

static int64_t
held(const struct stock_row *rows, size_t n, int64_t item, int64_t lot)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (rows[i].item == item && rows[i].lot == lot)
			return rows[i].quantity;
	return 0;
}

static int
post_differences(struct ctx *cx, struct tx *tx, struct outcome *o)
{
	struct stock_row *rows;
	struct stock_count_line *l;
	struct stock_account a;
	size_t n, nrows, i;

	TRY(stock_account_find(cx, "loss", &a));
	o->loss = a.rec.id;
	TRY(stock_account_find(cx, "found", &a));
	o->found = a.rec.id;
	o->lines = arena_array(cx->arena, struct movement_line, LINES_MAX);
	TRY(stock_at(cx, o->c.account, o->c.at, 0, &rows, &nrows));
	TRY(count_lines(cx, o->sheet, &l, &n));
	for (i = 0; i < n; i++) {
		if (l[i].counted == INT_NONE)
			continue;
		differ(
		    o, l[i].item, l[i].lot, l[i].counted - held(rows, nrows, l[i].item, l[i].lot));
		if (o->n == 2 * DIFFERENCES_A_SET)
			TRY(post_part(cx, tx, o));
	}
	return post_part(cx, tx, o);
}

static int
final_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct outcome *o = arg;

	o->movement = 0;
	o->parts = 0;
	o->n = 0;
	TRY(may_write(cx));
	TRY(kind_get(cx, &stock_count_kind, o->sheet, &o->c));
	/* RULE stock-11: once. */
	if (strcmp(o->c.state, "final") == 0)
		return db_int(cx, &o->movement,
		    "SELECT coalesce(min(id), 0) FROM movement_set WHERE sheet = $1",
		    VALS(v_int(o->sheet)));
	if (strcmp(o->c.state, "confirmed") != 0)
		return fail(cx, RC_RULE, N_("The sheet is to be confirmed first."));
	TRY(post_differences(cx, tx, o));
	o->c.state = "final";
	return kind_rewrite_tx(cx, tx, &stock_count_kind, &o->c);
}

int
count_final(struct ctx *cx, int64_t sheet, int64_t *movement)
{
	struct outcome o = { .sheet = sheet };
	struct stock_count_line *l;
	int64_t keys[SET_ITEMS_MAX];
	struct movement m = { 0 };
	struct movement_line items[SET_ITEMS_MAX];
	size_t n, i, nkeys;

	/* Waited for are the first items of the sheet; of the others PostgreSQL finds out who was first. */
	TRY(count_lines(cx, sheet, &l, &n));
	for (i = 0; i < n && m.nlines < SET_ITEMS_MAX; i++)
		items[m.nlines++].item = l[i].item;
	m.lines = items;
	TRY(movement_keys(cx, &m, keys, &nkeys));
	TRY(db_write_keys(cx, keys, nkeys, final_fn, &o));
	*movement = o.movement;
	return RC_OK;
}
