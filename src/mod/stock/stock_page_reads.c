/* stock_page_reads.c – the reads behind the pages of the ledger. */
#include "mod/stock/stock_reads.h"

#include <string.h>

struct gather {
	struct choice *v;
	size_t n, room;
	const struct kind *kind;
};

static int
gather_one(struct ctx *cx, const void *rec, void *arg)
{
	struct gather *g = arg;
	const struct stock_account *a = rec;
	const struct item *i = rec;
	bool account = g->kind == &stock_account_kind;

	if (account && a->closed != 0 && cx->today >= a->closed)
		return RC_OK;
	if (g->n == g->room) {
		struct choice *more = arena_array(cx->arena, struct choice, g->room * 2 + 32);

		if (g->n > 0)
			memcpy(more, g->v, g->n * sizeof(*more));
		g->v = more;
		g->room = g->room * 2 + 32;
	}
	if (account)
		g->v[g->n++] =
		    (struct choice){ a->rec.id, a->code, kind_title(cx, g->kind, rec), a->type };
	else
		g->v[g->n++] = (struct choice){ i->rec.id, i->code,
			arena_printf(cx->arena, "%s, %s", kind_title(cx, g->kind, rec),
			    tr3(cx, &i->unit, NULL)),
			NULL };
	return RC_OK;
}

static int
choices(struct ctx *cx, const struct kind *k, struct choice **out, size_t *n)
{
	struct gather g = { .kind = k };
	struct query q;

	TRY(query_init(cx, &q, k));
	TRY(query_sort(&q, "title"));
	TRY(query_each(&q, gather_one, &g));
	*out = g.v;
	*n = g.n;
	return RC_OK;
}

int
reads_accounts(struct ctx *cx, struct choice **out, size_t *n)
{
	return choices(cx, &stock_account_kind, out, n);
}

int
reads_items(struct ctx *cx, struct choice **out, size_t *n)
{
	return choices(cx, &item_kind, out, n);
}

int
reads_stock(
    struct ctx *cx, int64_t account, int64_t at, int64_t known, struct held **out, size_t *n)
{
	struct stock_row *r;
	size_t i;

	TRY(stock_at(cx, account, at, known, &r, n));
	*out = arena_array(cx->arena, struct held, *n + 1);
	for (i = 0; i < *n; i++) {
		struct held *h = &(*out)[i];

		*h = (struct held){ .quantity = r[i].quantity };
		TRY(kind_load(cx, &item_kind, r[i].item, &h->item));
		if (r[i].lot != 0)
			TRY(kind_load(cx, &lot_kind, r[i].lot, &h->lot));
	}
	return RC_OK;
}

int
reads_card(struct ctx *cx, int64_t account, int64_t item, int64_t lot, struct card *out)
{
	struct card_line *l = arena_array(cx->arena, struct card_line, CARD_MAX);
	int64_t balance;
	size_t i;
	AUTO_ROWS r;

	TRY(db_int(cx, &balance,
	    "SELECT coalesce(sum(balance), 0) FROM stock_now WHERE account = $1 AND item = $2 AND "
	    "lot = $3",
	    VALS(v_int(account), v_int(item), v_int(lot))));
	TRY(db_rows(cx, &r,
	    "SELECT l.movement, l.at, l.quantity, s.type, s.document, s.note, s.reverses FROM "
	    "movement_line l"
	    " JOIN movement_set s ON s.id = l.movement WHERE l.account = $1 AND l.item = $2 AND "
	    "l.lot = $3"
	    " ORDER BY l.at DESC, l.movement DESC LIMIT $4",
	    VALS(v_int(account), v_int(item), v_int(lot), v_int(CARD_MAX))));
	for (out->n = 0; rows_next(&r); out->n++)
		l[out->n] = (struct card_line){ .movement = row_int(&r, 0),
			.at = row_int(&r, 1),
			.quantity = row_int(&r, 2),
			.type = row_text(&r, 3),
			.document = row_text(&r, 4),
			.note = row_text(&r, 5),
			.reverses = row_int(&r, 6) };
	TRY(rows_end(&r));
	for (i = 0; i < out->n; i++) { /* from the newest back */
		l[i].balance = balance;
		balance -= l[i].quantity;
	}
	out->before = balance;
	for (i = 0; i < out->n / 2; i++) {
		struct card_line t = l[i];

		l[i] = l[out->n - 1 - i];
		l[out->n - 1 - i] = t;
	}
	out->v = l;
	return RC_OK;
}

int
reads_sets(
    struct ctx *cx, int64_t account, int64_t after, int limit, struct set_row **out, size_t *n)
{
	AUTO_ROWS r;

	*out = arena_array(cx->arena, struct set_row, (size_t)limit + 1);
	TRY(db_rows(cx, &r,
	    "SELECT s.id, s.at, s.recorded_at, s.reverses, (SELECT b.id FROM movement_set b WHERE "
	    "b.reverses = s.id),"
	    " (SELECT count(*) FROM movement_line l WHERE l.movement = s.id), s.type, s.document, "
	    "s.note, a.name"
	    " FROM movement_set s LEFT JOIN account a ON a.id = s.author"
	    " WHERE ($1 = 0 OR EXISTS (SELECT 1 FROM movement_line l WHERE l.movement = s.id AND "
	    "l.account = $1))"
	    " AND ($2 = 0 OR s.id < $2) ORDER BY s.id DESC LIMIT $3",
	    VALS(v_int(account), v_int(after), v_int(limit))));
	for (*n = 0; rows_next(&r); ++*n)
		(*out)[*n] = (struct set_row){ .id = row_int(&r, 0),
			.at = row_int(&r, 1),
			.recorded_at = row_int(&r, 2),
			.reverses = row_int(&r, 3),
			.reversed_by = row_int(&r, 4),
			.lines = row_int(&r, 5),
			.type = row_text(&r, 6),
			.document = row_text(&r, 7),
			.note = row_text(&r, 8),
			.author = row_text(&r, 9) };
	return rows_end(&r);
}

int
reads_expiring(struct ctx *cx, int until, int limit, struct held_at **out, size_t *n)
{
	struct held_at *v = arena_array(cx->arena, struct held_at, (size_t)limit);
	size_t i;
	AUTO_ROWS r = { 0 };

	TRY(db_rows(cx, &r,
	    "SELECT n.account, n.item, n.lot, n.balance FROM lot l JOIN stock_now n ON n.item = "
	    "l.item AND n.lot = l.id AND n.balance > 0 JOIN stock_account a ON a.id = n.account "
	    "AND a.type IN ('store', 'vehicle', 'kitchen') WHERE l.expires <= $1 ORDER BY "
	    "l.expires, l.id, a.id LIMIT $2",
	    VALS(v_int(until), v_int(limit))));
	for (*n = 0; *n < (size_t)limit && rows_next(&r); ++*n) {
		v[*n] = (struct held_at){ .held.quantity = row_int(&r, 3) };
		v[*n].account.rec.id = row_int(&r, 0);
		v[*n].held.item.rec.id = row_int(&r, 1);
		v[*n].held.lot.rec.id = row_int(&r, 2);
	}
	TRY(rows_end(&r));
	for (i = 0; i < *n; i++) {
		TRY(kind_load(cx, &stock_account_kind, v[i].account.rec.id, &v[i].account));
		TRY(kind_load(cx, &item_kind, v[i].held.item.rec.id, &v[i].held.item));
		TRY(kind_load(cx, &lot_kind, v[i].held.lot.rec.id, &v[i].held.lot));
	}
	*out = v;
	return RC_OK;
}

int
reads_ways(struct ctx *cx, int limit, struct transfer **out, size_t *n)
{
	struct transfer *v = arena_array(cx->arena, struct transfer, (size_t)limit);
	AUTO_ROWS r = { 0 };

	TRY(db_rows(cx, &r,
	    "SELECT id, source, via, target, sent_at FROM stock_transfer WHERE state = 'on_way' "
	    "ORDER BY sent_at, id LIMIT $1",
	    VALS(v_int(limit))));
	for (*n = 0; *n < (size_t)limit && rows_next(&r); ++*n)
		v[*n] = (struct transfer){ .rec.id = row_int(&r, 0),
			.source = row_int(&r, 1),
			.via = row_int(&r, 2),
			.target = row_int(&r, 3),
			.sent_at = row_int(&r, 4) };
	*out = v;
	return rows_end(&r);
}

int
reads_differences(struct ctx *cx, int64_t sheet, struct stock_row **out, size_t *n)
{
	struct stock_row *v;
	int64_t rows;
	AUTO_ROWS r = { 0 };

	TRY(db_int(cx, &rows,
	    "SELECT count(*) FROM movement_set s JOIN movement_line l ON l.movement = s.id WHERE "
	    "s.sheet = $1",
	    VALS(v_int(sheet))));
	v = arena_array(cx->arena, struct stock_row, (size_t)rows + 1);
	TRY(db_rows(cx, &r,
	    "SELECT l.item, l.lot, l.quantity FROM stock_count c JOIN movement_set s ON s.sheet = "
	    "c.id JOIN movement_line l ON l.movement = s.id AND l.account = c.account WHERE c.id = "
	    "$1",
	    VALS(v_int(sheet))));
	for (*n = 0; *n < (size_t)rows && rows_next(&r); ++*n)
		v[*n] = (struct stock_row){ row_int(&r, 0), row_int(&r, 1), row_int(&r, 2) };
	*out = v;
	return rows_end(&r);
}

int
reads_sets_of(struct ctx *cx, int64_t transfer, struct set_row **out, size_t *n)
{
	enum { MOST = 200 };
	struct set_row *v = arena_array(cx->arena, struct set_row, MOST);
	AUTO_ROWS r = { 0 };

	TRY(db_rows(cx, &r,
	    "SELECT id, at, type, document, note FROM movement_set WHERE transfer = $1 ORDER BY id "
	    "LIMIT $2",
	    VALS(v_int(transfer), v_int(MOST))));
	for (*n = 0; *n < MOST && rows_next(&r); ++*n)
		v[*n] = (struct set_row){ .id = row_int(&r, 0),
			.at = row_int(&r, 1),
			.type = row_text(&r, 2),
			.document = row_text(&r, 3),
			.note = row_text(&r, 4) };
	*out = v;
	return rows_end(&r);
}
