/* delivery_plan.c – a waybill from needs: its number, its stops, their lines, their order, what the store lacks. */
#include "mod/delivery/delivery_inner.h"

#include <string.h>

#include "kind/proof.h"

static int
may_write(struct ctx *cx)
{
	return may(cx, CAP_RELIEF_WRITE)
		   ? RC_OK
		   : fail(cx, RC_DENIED, N_("Your role does not allow this change."));
}

int
delivery_write_tx(struct ctx *cx, struct tx *tx, const struct kind *k, void *rec)
{
	const struct actor *who = cx->actor;
	struct actor house = relief_house(cx);
	int rc;

	cx->actor = &house;
	rc = ((const struct rec *)rec)->id == 0 ? kind_insert_tx(cx, tx, k, rec)
						: kind_rewrite_tx(cx, tx, k, rec);
	cx->actor = who;
	return rc;
}

static int
draft_load(struct ctx *cx, int64_t id, struct waybill *w)
{
	TRY(kind_load(cx, &waybill_kind, id, w));
	TRY(headquarters_takes(cx, w->headquarters));
	if (strcmp(w->state, "draft") != 0)
		return fail(cx, RC_RULE,
		    N_("The waybill is “%s”: goods and stops are changed on a draft only."),
		    option_label(cx, waybill_states, w->state));
	return RC_OK;
}

/* ---- a stop ---- */

/* RULE delivery-2: a need is on one way at a time. */
static int
need_free(struct ctx *cx, const struct waybill *w, int64_t id)
{
	AUTO_ROWS r = { 0 };
	const char *other = NULL;
	struct need n;

	TRY(kind_load(cx, &need_kind, id, &n));
	if (n.headquarters != w->headquarters)
		return fail(cx, RC_RULE, N_("The need belongs to another headquarters."));
	if (strcmp(n.state, "assigned") != 0)
		return fail(cx, RC_RULE, N_("The need %s is “%s”: only assigned ones are loaded."),
		    relief_code_shown(cx->arena, n.code), option_label(cx, need_states, n.state));
	TRY(db_rows(cx, &r,
	    "SELECT w.code FROM waybill_stop s JOIN waybill w ON w.id = s.waybill WHERE s.need = "
	    "$1 AND w.state IN ('draft', 'loaded', 'on_way') AND s.state IN ('open', 'partly', "
	    "'absent') "
	    "LIMIT 1",
	    VALS(v_int(id))));
	if (rows_next(&r))
		other = row_text(&r, 0);
	TRY(rows_end(&r));
	return other == NULL ? RC_OK
			     : fail(cx, RC_RULE, N_("The need %s stands on the waybill %s."),
				   relief_code_shown(cx->arena, n.code), other);
}

/* What was asked for less what was handed over on other ways. */
static int
propose(struct ctx *cx, struct tx *tx, const struct waybill_stop *s)
{
	struct delivery_line *v = arena_array(cx->arena, struct delivery_line, 100), *out;
	size_t n = 0, i;

	{
		AUTO_ROWS r = { 0 };

		TRY(db_rows(cx, &r,
		    "SELECT item, quantity FROM need_line WHERE need = $1 AND item IS NOT NULL AND "
		    "quantity IS NOT NULL UNION ALL SELECT l.item, -sum(l.quantity) FROM "
		    "waybill_stop s JOIN delivery_act a ON a.stop = s.id JOIN delivery_act_line l "
		    "ON l.act = a.id WHERE s.need = $1 AND a.result IN ('handed', 'partly') AND "
		    "a.fault IS NULL AND a.undone_at IS NULL GROUP BY l.item LIMIT 100",
		    VALS(v_int(s->need))));
		while (n < 100 && rows_next(&r))
			v[n++] = (struct delivery_line){ row_int(&r, 0), 0, row_int(&r, 1) };
		TRY(rows_end(&r));
	}
	n = delivery_lines_settle(cx->arena, v, n, &out);
	for (i = 0; i < n; i++) {
		struct waybill_line l;

		if (out[i].quantity <= 0)
			continue;
		kind_empty(&waybill_line_kind, &l);
		l.stop = s->rec.id;
		l.item = out[i].item;
		l.quantity = out[i].quantity;
		TRY(delivery_write_tx(cx, tx, &waybill_line_kind, &l));
	}
	return RC_OK;
}

static int
add_stop(struct ctx *cx, struct tx *tx, const struct waybill *w, struct waybill_stop *s)
{
	int64_t n;

	TRY(db_int(cx, &n, "SELECT coalesce(max(position), 0) FROM waybill_stop WHERE waybill = $1",
	    VALS(v_int(w->rec.id))));
	if (n >= WAYBILL_STOPS)
		return fail(
		    cx, RC_RULE, N_("A waybill has at most %s stops."), num(cx, WAYBILL_STOPS));
	s->waybill = w->rec.id;
	s->position = n + 1;
	s->state = "open";
	if (s->need != 0)
		TRY(need_free(cx, w, s->need));
	TRY(delivery_write_tx(cx, tx, &waybill_stop_kind, s));
	return s->need == 0 ? RC_OK : propose(cx, tx, s);
}

/* ---- making one ---- */

struct making {
	const struct waybill_in *in;
	int64_t id;
};

static int
make_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct making *m = arg;
	const struct waybill_in *in = m->in;
	struct waybill w;
	size_t i;

	TRY(headquarters_takes(cx, in->headquarters));
	kind_empty(&waybill_kind, &w);
	w.headquarters = in->headquarters;
	w.vehicle = in->vehicle;
	w.driver = in->driver;
	w.store = in->store;
	w.planned_at = in->planned_at;
	w.note = in->note;
	w.state = "draft";
	w.year = day_year(cx->today);
	TRY(db_int(cx, &w.number,
	    "SELECT coalesce(max(number), 0) + 1 FROM waybill WHERE headquarters = $1 AND year = "
	    "$2",
	    VALS(v_int(w.headquarters), v_int(w.year))));
	w.code = arena_printf(cx->arena, "%lld/%lld", (long long)w.number, (long long)w.year);
	TRY(delivery_write_tx(cx, tx, &waybill_kind, &w));
	for (i = 0; i < in->nneeds; i++) {
		struct waybill_stop s;

		kind_empty(&waybill_stop_kind, &s);
		s.need = in->needs[i];
		TRY(add_stop(cx, tx, &w, &s));
	}
	m->id = w.rec.id;
	return RC_OK;
}

int
waybill_make(struct ctx *cx, const struct waybill_in *in, int64_t *id)
{
	struct making m = { in, 0 };

	TRY(may_write(cx));
	TRY(db_write(cx, make_fn, &m));
	*id = m.id;
	return RC_OK;
}

struct adding {
	int64_t waybill;
	struct waybill_stop stop;
};

static int
add_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct adding *a = arg;
	struct waybill_stop s = a->stop;
	struct relief_place p;
	struct waybill w;

	TRY(draft_load(cx, a->waybill, &w));
	if (s.need == 0 && s.place == 0) {
		fail_field(cx, "place", N_("Choose a place."));
		return RC_INVALID;
	}
	if (s.place != 0) {
		TRY(kind_load(cx, &relief_place_kind, s.place, &p));
		if (p.headquarters != w.headquarters)
			return fail(cx, RC_RULE, N_("The place belongs to another headquarters."));
	}
	TRY(add_stop(cx, tx, &w, &s));
	a->stop.rec.id = s.rec.id;
	return RC_OK;
}

int
waybill_stop_add(
    struct ctx *cx, int64_t waybill, int64_t need, int64_t place, const char *receiver, int64_t *id)
{
	struct adding a = { .waybill = waybill };

	TRY(may_write(cx));
	kind_empty(&waybill_stop_kind, &a.stop);
	a.stop.need = need;
	a.stop.place = place;
	a.stop.receiver = receiver;
	TRY(db_write(cx, add_fn, &a));
	*id = a.stop.rec.id;
	return RC_OK;
}

/* ---- the route ---- */

struct shifting {
	int64_t stop;
	int by;
};

static int
shift_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct shifting *m = arg;
	struct waybill_stop one, *all;
	int64_t place;
	struct waybill w;
	size_t n, i;

	TRY(kind_load(cx, &waybill_stop_kind, m->stop, &one));
	TRY(kind_load(cx, &waybill_kind, one.waybill, &w));
	if (strcmp(w.state, "done") == 0 || strcmp(w.state, "cancelled") == 0)
		return fail(cx, RC_RULE, N_("The waybill is “%s”."),
		    option_label(cx, waybill_states, w.state));
	TRY(delivery_stops(cx, one.waybill, &all, &n));
	for (i = 0; i < n && all[i].rec.id != m->stop; i++)
		;
	if ((m->by < 0 && i == 0) || (m->by > 0 && i + 1 >= n))
		return RC_OK;
	place = all[i].position;
	all[i].position = all[i + m->by].position;
	all[i + m->by].position = place;
	TRY(delivery_write_tx(cx, tx, &waybill_stop_kind, &all[i]));
	return delivery_write_tx(cx, tx, &waybill_stop_kind, &all[i + m->by]);
}

int
waybill_stop_move(struct ctx *cx, int64_t stop, int by)
{
	TRY(may_write(cx));
	return db_write(cx, shift_fn, &(struct shifting){ stop, by < 0 ? -1 : 1 });
}

static int
drop_lines(struct ctx *cx, struct tx *tx, int64_t stop)
{
	struct waybill_line *l;
	size_t n, i;

	TRY(delivery_lines(cx, stop, &l, &n));
	for (i = 0; i < n; i++) {
		TRY(tx_run(cx, tx, NULL, "DELETE FROM waybill_line WHERE id = $1",
		    VALS(v_int(l[i].rec.id))));
		TRY(kind_removed_tx(cx, tx, &waybill_line_kind, &l[i], "stop,item"));
	}
	return RC_OK;
}

static int
drop_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	int64_t id = *(const int64_t *)arg;
	struct waybill_stop s;
	struct waybill w;

	TRY(kind_load(cx, &waybill_stop_kind, id, &s));
	TRY(draft_load(cx, s.waybill, &w));
	TRY(drop_lines(cx, tx, id));
	TRY(tx_run(cx, tx, NULL, "DELETE FROM waybill_stop WHERE id = $1", VALS(v_int(id))));
	return kind_removed_tx(cx, tx, &waybill_stop_kind, &s, "waybill,position");
}

int
waybill_stop_drop(struct ctx *cx, int64_t stop)
{
	TRY(may_write(cx));
	return db_write(cx, drop_fn, &stop);
}

struct lining {
	int64_t stop;
	const struct delivery_line *lines;
	size_t n;
};

static int
lines_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct lining *a = arg;
	struct delivery_line *v;
	struct waybill_stop s;
	struct waybill w;
	size_t n, i;

	TRY(kind_load(cx, &waybill_stop_kind, a->stop, &s));
	TRY(draft_load(cx, s.waybill, &w));
	TRY(drop_lines(cx, tx, a->stop));
	n = delivery_lines_settle(cx->arena, a->lines, a->n, &v);
	for (i = 0; i < n; i++) {
		struct waybill_line l;

		kind_empty(&waybill_line_kind, &l);
		l.stop = a->stop;
		l.item = v[i].item;
		l.quantity = v[i].quantity;
		TRY(delivery_write_tx(cx, tx, &waybill_line_kind, &l));
	}
	return RC_OK;
}

int
waybill_lines_set(struct ctx *cx, int64_t stop, const struct delivery_line *lines, size_t n)
{
	TRY(may_write(cx));
	return db_write(cx, lines_fn, &(struct lining){ stop, lines, n });
}

int
waybill_lacks(struct ctx *cx, int64_t waybill, struct delivery_lack **out, size_t *n)
{
	struct waybill w;
	int64_t *items;
	size_t all, i;

	*n = 0;
	TRY(kind_load(cx, &waybill_kind, waybill, &w));
	TRY(delivery_ids(cx,
	    "SELECT DISTINCT l.item FROM waybill_line l JOIN waybill_stop s ON s.id = l.stop WHERE "
	    "s.waybill = $1 ORDER BY 1",
	    VALS(v_int(waybill)), &items, &all));
	*out = arena_array(cx->arena, struct delivery_lack, all + 1);
	for (i = 0; i < all; i++) {
		struct delivery_lack k = { .item = items[i] };
		struct fefo f = {
			.account = w.store, .item = items[i], .day = day_of_moment(cx->now)
		};

		TRY(db_int(cx, &k.wanted,
		    "SELECT sum(l.quantity) FROM waybill_line l JOIN waybill_stop s ON s.id = "
		    "l.stop WHERE s.waybill = $1 AND l.item = $2",
		    VALS(v_int(waybill), v_int(items[i]))));
		f.quantity = k.wanted;
		TRY(stock_fefo(cx, &f));
		k.there = k.wanted - f.missing;
		if (f.missing > 0)
			(*out)[(*n)++] = k;
	}
	return RC_OK;
}
