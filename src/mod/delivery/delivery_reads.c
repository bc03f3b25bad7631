/* delivery_reads.c – stops, lines and acts of a waybill, whoever asks; and who may touch a waybill. */
#include "mod/delivery/delivery_inner.h"

#include <string.h>

enum { IDS_MOST = 500 };

int
delivery_ids(struct ctx *cx, const char *sql, struct vals v, int64_t **out, size_t *n)
{
	AUTO_ROWS r = { 0 };

	*out = arena_array(cx->arena, int64_t, IDS_MOST);
	*n = 0;
	TRY(db_rows(cx, &r, sql, v));
	while (*n < IDS_MOST && rows_next(&r))
		(*out)[(*n)++] = row_int(&r, 0);
	return rows_end(&r);
}

int
delivery_stops(struct ctx *cx, int64_t waybill, struct waybill_stop **out, size_t *n)
{
	int64_t *ids;
	size_t i;

	TRY(delivery_ids(cx, "SELECT id FROM waybill_stop WHERE waybill = $1 ORDER BY position, id",
	    VALS(v_int(waybill)), &ids, n));
	*out = arena_array(cx->arena, struct waybill_stop, *n + 1);
	for (i = 0; i < *n; i++)
		TRY(kind_load(cx, &waybill_stop_kind, ids[i], &(*out)[i]));
	return RC_OK;
}

int
delivery_lines(struct ctx *cx, int64_t stop, struct waybill_line **out, size_t *n)
{
	int64_t *ids;
	size_t i;

	TRY(delivery_ids(cx, "SELECT id FROM waybill_line WHERE stop = $1 ORDER BY id",
	    VALS(v_int(stop)), &ids, n));
	*out = arena_array(cx->arena, struct waybill_line, *n + 1);
	for (i = 0; i < *n; i++)
		TRY(kind_load(cx, &waybill_line_kind, ids[i], &(*out)[i]));
	return RC_OK;
}

int
delivery_act_lines(struct ctx *cx, int64_t act, struct delivery_line **out, size_t *n)
{
	AUTO_ROWS r = { 0 };

	*out = arena_array(cx->arena, struct delivery_line, WAYBILL_LINES + 1);
	*n = 0;
	TRY(db_rows(cx, &r,
	    "SELECT item, lot, quantity FROM delivery_act_line WHERE act = $1 ORDER BY n",
	    VALS(v_int(act))));
	while (*n < WAYBILL_LINES && rows_next(&r))
		(*out)[(*n)++] =
		    (struct delivery_line){ row_int(&r, 0), row_int(&r, 1), row_int(&r, 2) };
	return rows_end(&r);
}

/* ---- what forms let choose ---- */

static int
titled(struct ctx *cx, const struct kind *k, const int64_t *ids, size_t n,
    struct delivery_choice **out)
{
	const char **titles = arena_array(cx->arena, const char *, n + 1);
	size_t i;

	TRY(kind_titles(cx, k, ids, n, titles));
	*out = arena_array(cx->arena, struct delivery_choice, n + 1);
	for (i = 0; i < n; i++)
		(*out)[i] = (struct delivery_choice){ .id = ids[i], .title = titles[i] };
	return RC_OK;
}

int
delivery_stores(struct ctx *cx, struct delivery_choice **out, size_t *n)
{
	int64_t *ids;

	TRY(delivery_ids(cx,
	    "SELECT id FROM stock_account WHERE type = 'store' AND closed IS NULL ORDER BY "
	    "sort_kk, id",
	    NO_VALS, &ids, n));
	return titled(cx, &stock_account_kind, ids, *n, out);
}

int
delivery_places(struct ctx *cx, int64_t headquarters, struct delivery_choice **out, size_t *n)
{
	int64_t *ids;

	TRY(delivery_ids(cx,
	    "SELECT id FROM relief_place WHERE headquarters = $1 ORDER BY purpose, sort_kk, id",
	    VALS(v_int(headquarters)), &ids, n));
	return titled(cx, &relief_place_kind, ids, *n, out);
}

int
delivery_goods(struct ctx *cx, struct delivery_choice **out, size_t *n)
{
	int64_t *ids;
	size_t i;

	TRY(delivery_ids(cx, "SELECT id FROM stock_item WHERE base <> 'tiyn' ORDER BY sort_kk, id",
	    NO_VALS, &ids, n));
	*out = arena_array(cx->arena, struct delivery_choice, *n + 1);
	for (i = 0; i < *n; i++) {
		struct item it;

		TRY(kind_load(cx, &item_kind, ids[i], &it));
		(*out)[i] = (struct delivery_choice){ ids[i], it.code,
			arena_printf(cx->arena, "%s (%s)", kind_title(cx, &item_kind, &it),
			    tr3(cx, &it.unit, NULL)) };
	}
	return RC_OK;
}

static int
need_line_text(struct ctx *cx, const struct need_line *l, const char **out)
{
	struct item i;

	if (l->item == 0) {
		const char *word = may(cx, CAP_RELIEF_FAMILY) ? l->word : NULL;

		*out = word != NULL ? word : tr(cx, "other");
		if (l->quantity > 0)
			*out = arena_printf(cx->arena, "%s – %s", *out, num(cx, l->quantity));
		return RC_OK;
	}
	TRY(kind_load(cx, &item_kind, l->item, &i));
	*out = kind_title(cx, &item_kind, &i);
	if (l->quantity > 0)
		*out = arena_printf(cx->arena, "%s – %s", *out, quantity_text(cx, &i, l->quantity));
	return RC_OK;
}

int
delivery_need_text(struct ctx *cx, int64_t need, const char **out)
{
	struct need_line *l;
	struct buf b;
	size_t n, i;

	buf_init(&b, cx->arena, 0);
	TRY(need_lines(cx, need, &l, &n));
	for (i = 0; i < n; i++) {
		const char *text;

		TRY(need_line_text(cx, &l[i], &text));
		buf_printf(&b, "%s%s", i == 0 ? "" : ", ", text);
	}
	*out = b.n == 0 ? "" : b.p;
	return RC_OK;
}

/* ---- writing and rights ---- */

int
delivery_keys(struct ctx *cx, int64_t waybill, int64_t keys[SET_ITEMS_MAX], size_t *n)
{
	struct movement_line *l;
	struct movement m = { 0 };
	int64_t *items;
	size_t i;

	TRY(delivery_ids(cx,
	    "SELECT DISTINCT l.item FROM waybill_line l JOIN waybill_stop s ON s.id = l.stop WHERE "
	    "s.waybill = $1 ORDER BY 1",
	    VALS(v_int(waybill)), &items, &m.nlines));
	l = arena_array(cx->arena, struct movement_line, m.nlines + 1);
	for (i = 0; i < m.nlines; i++)
		l[i] = (struct movement_line){ .item = items[i] };
	m.lines = l;
	return movement_keys(cx, &m, keys, n);
}

bool
waybill_is_open(const char *state)
{
	return strcmp(state, "loaded") == 0 || strcmp(state, "on_way") == 0;
}

/* RULE delivery-4 */
int
waybill_mine(struct ctx *cx, int64_t id, struct waybill *out)
{
	TRY(kind_load(cx, &waybill_kind, id, out));
	if (may(cx, CAP_RELIEF_WRITE) ||
	    (may(cx, CAP_RELIEF_DRIVE) && out->driver == cx->actor->account &&
		strcmp(out->state, "draft") != 0 && strcmp(out->state, "cancelled") != 0))
		return RC_OK;
	return RC_NOTFOUND;
}

int
delivery_left(struct ctx *cx, int64_t stop, struct delivery_line **out, size_t *n)
{
	struct delivery_line *v = arena_array(cx->arena, struct delivery_line, IDS_MOST);
	size_t k = 0;
	AUTO_ROWS r = { 0 };

	TRY(db_rows(cx, &r,
	    "SELECT item, coalesce(lot, 0), quantity FROM waybill_line WHERE stop = $1 UNION ALL "
	    "SELECT l.item, l.lot, -l.quantity FROM delivery_act a JOIN delivery_act_line l ON "
	    "l.act = a.id WHERE a.stop = $1 AND a.fault IS NULL AND a.undone_at IS NULL LIMIT 500",
	    VALS(v_int(stop))));
	while (k < IDS_MOST && rows_next(&r))
		v[k++] = (struct delivery_line){ row_int(&r, 0), row_int(&r, 1), row_int(&r, 2) };
	TRY(rows_end(&r));
	*n = delivery_lines_settle(cx->arena, v, k, out);
	for (k = 0; k < *n;) /* what came to nothing is nothing that is left */
		if ((*out)[k].quantity <= 0)
			memmove(&(*out)[k], &(*out)[k + 1], (--*n - k) * sizeof(**out));
		else
			k++;
	return RC_OK;
}
