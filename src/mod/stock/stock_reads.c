/* stock_reads.c – what lies where, at any moment; one set with its lines.
 *
 * A balance at a moment = the closing balance of the last day up to it, less the lines of that very day that came
 * after it: one seek an item and the sets of one day, however many lines there are. As it was recorded by an earlier moment: without the lines that were
 * written since. */
#include "mod/stock/stock_inner.h"

#include <string.h>

static int
may_read(struct ctx *cx)
{
	if (!may(cx, CAP_STOCK_READ))
		return fail(cx, RC_DENIED, N_("Your role may not see this."));
	return RC_OK;
}

static int
find(struct ctx *cx, const struct kind *k, const char *sql, const char *code, void *out)
{
	int64_t id;
	int rc = db_int(cx, &id, sql, VALS(v_text(code)));

	if (rc == RC_NOTFOUND)
		return fail(cx, RC_NOTFOUND, N_("There is no “%s”."), code);
	TRY(rc);
	return kind_load(cx, k, id, out);
}

int
stock_account_find(struct ctx *cx, const char *code, struct stock_account *out)
{
	return find(
	    cx, &stock_account_kind, "SELECT id FROM stock_account WHERE code = $1", code, out);
}

int
item_find(struct ctx *cx, const char *code, struct item *out)
{
	return find(cx, &item_kind, "SELECT id FROM stock_item WHERE code = $1", code, out);
}

int
lot_find(struct ctx *cx, const char *code, struct lot *out)
{
	return find(cx, &lot_kind, "SELECT id FROM lot WHERE code = $1", code, out);
}

/* ---- balances ---- */

struct rows_out {
	struct stock_row *v;
	size_t n, room;
};

static void
add(struct ctx *cx, struct rows_out *o, struct stock_row r)
{
	if (o->n == o->room) {
		struct stock_row *more = arena_alloc(cx->arena, (o->room * 2 + 64) * sizeof(*more));

		if (o->n > 0)
			memcpy(more, o->v, o->n * sizeof(*more));
		o->v = more;
		o->room = o->room * 2 + 64;
	}
	o->v[o->n++] = r;
}

static int
collect(struct ctx *cx, struct rows_out *o, struct rows *r, int sign)
{
	while (rows_next(r))
		add(cx, o,
		    (struct stock_row){ row_int(r, 0), row_int(r, 1), sign * row_int(r, 2) });
	return rows_end(r);
}

/* The closing balances of the last day up to the moment's, without what came after the moment on that very day. The
 * day's lines are read through its sets, which lie together, and not place by place. */
static int
balances(struct ctx *cx, int64_t account, int64_t at, struct rows_out *o)
{
	int day = day_of_moment(at);
	AUTO_ROWS r = { 0 };
	AUTO_ROWS later = { 0 };

	if (at == 0) {
		TRY(db_rows(cx, &r,
		    "SELECT item, lot, balance FROM stock_now WHERE account = $1 ORDER BY item, "
		    "lot",
		    VALS(v_int(account))));
		return collect(cx, o, &r, 1);
	}
	TRY(db_rows(cx, &r,
	    "SELECT n.item, n.lot, (SELECT d.balance FROM stock_day d WHERE d.account = n.account "
	    "AND d.item = n.item AND d.lot = n.lot AND d.day <= $2 ORDER BY d.day DESC LIMIT 1) "
	    "FROM stock_now n WHERE n.account = $1 ORDER BY n.item, n.lot",
	    VALS(v_int(account), v_int(day_number(day)))));
	TRY(collect(cx, o, &r, 1));
	TRY(db_rows(cx, &later,
	    "SELECT l.item, l.lot, sum(l.quantity) FROM movement_set s JOIN movement_line l ON "
	    "l.movement = s.id WHERE s.at > $2 AND s.at < $3 AND l.account = $1 GROUP BY l.item, "
	    "l.lot ORDER BY 1, 2",
	    VALS(v_int(account), v_int(at), v_int(day_start(day_add(day, 1))))));
	return collect(cx, o, &later, -1);
}

/* What was recorded after `known`, taken away. */
static int
take_later(struct ctx *cx, int64_t account, int64_t at, int64_t known, struct rows_out *o)
{
	AUTO_ROWS r;

	TRY(db_rows(cx, &r,
	    "SELECT l.item, l.lot, sum(l.quantity) FROM movement_set s JOIN movement_line l ON "
	    "l.movement = s.id"
	    " WHERE s.recorded_at > $1 AND l.account = $2 AND l.at <= $3 GROUP BY l.item, l.lot "
	    "ORDER BY 1, 2",
	    VALS(v_int(known), v_int(account), v_int(at == 0 ? INT64_MAX : at))));
	return collect(cx, o, &r, -1);
}

int
stock_at(
    struct ctx *cx, int64_t account, int64_t at, int64_t known, struct stock_row **out, size_t *n)
{
	struct rows_out o = { 0 };
	struct stock_account a;

	TRY(may_read(cx));
	TRY(kind_load(cx, &stock_account_kind, account, &a));
	TRY(balances(cx, account, at, &o));
	if (known != 0) {
		known += US_PER_SECOND - 1 - known % US_PER_SECOND;
		TRY(take_later(cx, account, at, known, &o));
	}
	*n = rows_settle(o.v, o.n);
	*out = o.v;
	return RC_OK;
}

/* ---- one set ---- */

static int
lines_of(struct ctx *cx, int64_t id, struct movement *m)
{
	struct movement_line *l = arena_alloc(cx->arena, LINES_MAX * sizeof(*l));
	AUTO_ROWS r;

	TRY(db_rows(cx, &r,
	    "SELECT account, item, lot, quantity FROM movement_line WHERE movement = $1 ORDER BY n",
	    VALS(v_int(id))));
	for (m->nlines = 0; m->nlines < LINES_MAX && rows_next(&r); m->nlines++)
		l[m->nlines] = (struct movement_line){ row_int(&r, 0), row_int(&r, 1),
			row_int(&r, 2), row_int(&r, 3) };
	m->lines = l;
	return rows_end(&r);
}

int
movement_get(struct ctx *cx, int64_t id, struct movement_read *out)
{
	bool found;
	AUTO_ROWS r;

	TRY(may_read(cx));
	*out = (struct movement_read){ 0 };
	TRY(db_rows(cx, &r,
	    "SELECT s.nonce, s.at, s.type, s.document, s.note, s.reverses, s.recorded_at, s.author,"
	    " (SELECT b.id FROM movement_set b WHERE b.reverses = s.id), s.recipe, s.deviation, "
	    "s.transfer, s.sheet FROM movement_set s WHERE "
	    "s.id = $1",
	    VALS(v_int(id))));
	found = rows_next(&r);
	if (found)
		*out = (struct movement_read){ { .id = id,
						   .nonce = row_text(&r, 0),
						   .at = row_int(&r, 1),
						   .type = row_text(&r, 2),
						   .document = row_text(&r, 3),
						   .note = row_text(&r, 4),
						   .reverses = row_int(&r, 5),
						   .recipe = row_int(&r, 9),
						   .deviation = row_int(&r, 10),
						   .transfer = row_int(&r, 11),
						   .sheet = row_int(&r, 12) },
			.recorded_at = row_int(&r, 6), .author = row_int(&r, 7),
			.reversed_by = row_int(&r, 8) };
	TRY(rows_end(&r));
	if (!found)
		return fail(cx, RC_NOTFOUND, N_("There is no such movement."));
	return lines_of(cx, id, &out->m);
}

const char *
quantity_text(struct ctx *cx, const struct item *i, int64_t quantity)
{
	int64_t ten = 1;
	int decimals = 0;

	/* As many decimals as there is something to say: 12,5 kg, 12 kg. */
	for (; decimals < 6 && quantity % i->pack * ten % i->pack != 0; decimals++)
		ten *= 10;
	return arena_printf(cx->arena, "%s %s",
	    num_real(cx, (double)quantity / (double)i->pack, decimals), tr3(cx, &i->unit, NULL));
}

/* Digits with at most one comma or point; spaces between groups. Exact: no floating point in between. */
bool
quantity_parse(const char *text, int64_t pack, int64_t *out)
{
	int64_t whole = 0, part = 0, scale = 1;
	bool digits = false, point = false;

	for (; *text != '\0'; text++) {
		if (*text == ' ' && !point)
			continue;
		if (strncmp(text, "\xc2\xa0", 2) == 0 && !point) { /* no-break space */
			text++;
			continue;
		}
		if ((*text == ',' || *text == '.') && !point) {
			point = true;
			continue;
		}
		if (*text < '0' || *text > '9')
			return false;
		digits = true;
		if (!point) {
			if (whole > QUANTITY_MAX)
				return false;
			whole = whole * 10 + (*text - '0');
		} else {
			if (scale > 1000000000)
				return false;
			part = part * 10 + (*text - '0');
			scale *= 10;
		}
	}
	if (!digits || whole > QUANTITY_MAX / pack || part * pack % scale != 0)
		return false;
	*out = whole * pack + part * pack / scale;
	return true;
}
