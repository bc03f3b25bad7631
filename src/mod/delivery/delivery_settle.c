/* delivery_settle.c – the state of a stop made anew from its acts, and what follows: the ledger, the need, the waybill.
 *
 * Sets of acts that no longer stand are taken back first, then those that stand now are posted: so nothing falls below zero
 * on the way from one state to the next. A set is written at the act's moment, not before the loading and not after
 * now: a telephone's clock may be wrong. Reasons stay with the act: sets are for ever, and a reason may name a family. */
#include "mod/delivery/delivery_inner.h"

#include <string.h>

struct settling {
	struct waybill w;
	struct waybill_stop s;
	struct delivery_act *acts; /* in the order of `fold` */
	struct fold_act *fold;
	size_t n;
	struct fold f;
	int64_t vehicle, receiver, loss;
};

/* ---- reading ---- */

static int
expired_lines(
    struct ctx *cx, const struct settling *x, const struct delivery_act *a, struct fold_act *f)
{
	size_t i;

	if (x->s.place != 0 ||
	    (strcmp(a->result, "handed") != 0 && strcmp(a->result, "partly") != 0))
		return RC_OK;
	for (i = 0; i < f->nlines; i++) {
		struct lot lot;

		if (f->lines[i].lot == 0)
			continue;
		TRY(kind_load(cx, &lot_kind, f->lines[i].lot, &lot));
		f->expired |= lot.expires != 0 && day_of_moment(a->at) > lot.expires;
	}
	return RC_OK;
}

static int
read_acts(struct ctx *cx, struct settling *x)
{
	int64_t *ids;
	size_t i;

	TRY(delivery_ids(cx, "SELECT id FROM delivery_act WHERE stop = $1 ORDER BY at, nonce",
	    VALS(v_int(x->s.rec.id)), &ids, &x->n));
	x->acts = arena_array(cx->arena, struct delivery_act, x->n + 1);
	x->fold = arena_array(cx->arena, struct fold_act, x->n + 1);
	for (i = 0; i < x->n; i++) {
		struct delivery_act *a = &x->acts[i];
		struct delivery_line *lines;

		TRY(kind_load(cx, &delivery_act_kind, ids[i], a));
		x->fold[i] = (struct fold_act){ .id = ids[i],
			.at = a->at,
			.nonce = a->nonce,
			.result = a->result,
			.reason = a->reason,
			.undone = a->undone_at != 0 };
		TRY(delivery_act_lines(cx, ids[i], &lines, &x->fold[i].nlines));
		x->fold[i].lines = lines;
		TRY(expired_lines(cx, x, a, &x->fold[i]));
	}
	return RC_OK;
}

static int
fold_stop(struct ctx *cx, struct settling *x)
{
	struct waybill_line *l;
	struct delivery_line *v;
	size_t n, i;

	TRY(delivery_lines(cx, x->s.rec.id, &l, &n));
	v = arena_array(cx->arena, struct delivery_line, n + 1);
	for (i = 0; i < n; i++)
		v[i] = (struct delivery_line){ l[i].item, l[i].lot, l[i].quantity };
	delivery_fold(cx->arena, x->fold, x->n, v, n, &x->f);
	return RC_OK;
}

static int
accounts(struct ctx *cx, struct settling *x)
{
	struct stock_account a;
	struct relief_place p;

	TRY(vehicle_account(cx, x->w.vehicle, &a));
	x->vehicle = a.rec.id;
	TRY(stock_account_find(cx, "loss", &a));
	x->loss = a.rec.id;
	if (x->s.place == 0)
		TRY(stock_account_find(cx, "household", &a));
	else {
		TRY(kind_load(cx, &relief_place_kind, x->s.place, &p));
		TRY(relief_place_account(cx, &p, &a));
	}
	x->receiver = a.rec.id;
	return RC_OK;
}

/* ---- the ledger ---- */

static const struct fold_act *
folded(const struct settling *x, int64_t id)
{
	size_t i;

	for (i = 0; x->fold[i].id != id; i++)
		;
	return &x->fold[i];
}

static bool
stands(const struct fold_act *f)
{
	return !f->undone && f->fault == NULL;
}

static int64_t
target(const struct settling *x, const char *result)
{
	if (strcmp(result, "returned") == 0)
		return x->w.store;
	return strcmp(result, "lost") == 0 ? x->loss : x->receiver;
}

static const char *
type_of(const struct settling *x, const char *result)
{
	if (strcmp(result, "returned") == 0)
		return "return";
	if (strcmp(result, "lost") == 0)
		return "loss";
	return x->s.place == 0 ? "issue" : "transfer";
}

static void
set_of(struct ctx *cx, const struct settling *x, const struct delivery_act *a,
    const struct fold_act *f, struct movement *m)
{
	struct movement_line *l = arena_array(cx->arena, struct movement_line, 2 * f->nlines + 1);
	int64_t to = target(x, a->result);
	size_t i;

	for (i = 0; i < f->nlines; i++) {
		const struct delivery_line *d = &f->lines[i];

		l[2 * i] = (struct movement_line){ x->vehicle, d->item, d->lot, -d->quantity };
		l[2 * i + 1] = (struct movement_line){ to, d->item, d->lot, d->quantity };
	}
	*m = (struct movement){ .nonce = arena_printf(cx->arena, "act-%lld-%lld",
				    (long long)a->rec.id, (long long)a->posted + 1),
		.at = a->at < x->w.loaded_at ? x->w.loaded_at
		      : a->at > cx->now	     ? cx->now
					     : a->at,
		.type = type_of(x, a->result),
		.document = x->w.code,
		.lines = l,
		.nlines = 2 * f->nlines };
}

static int
take_back(struct ctx *cx, struct tx *tx, struct delivery_act *a)
{
	struct movement_read r;
	struct movement_line *l;
	struct movement m;
	bool again;
	size_t i;

	TRY(movement_get(cx, a->movement, &r));
	a->movement = INT_NONE;
	if (r.reversed_by != 0) /* by hand, at the stock's own page */
		return RC_OK;
	l = arena_array(cx->arena, struct movement_line, r.m.nlines + 1);
	for (i = 0; i < r.m.nlines; i++) {
		l[i] = r.m.lines[i];
		l[i].quantity = -l[i].quantity;
	}
	m = (struct movement){ .nonce = arena_printf(cx->arena, "act-%lld-%lld-back",
				   (long long)a->rec.id, (long long)a->posted),
		.at = r.m.at,
		.type = "correction",
		.document = r.m.document,
		.reverses = r.m.id,
		.lines = l,
		.nlines = r.m.nlines };
	return movement_post_tx(cx, tx, &m, &again);
}

static int
post(struct ctx *cx, struct tx *tx, const struct settling *x, struct delivery_act *a,
    const struct fold_act *f)
{
	struct movement m;
	bool again;

	set_of(cx, x, a, f, &m);
	TRY(movement_post_tx(cx, tx, &m, &again));
	a->movement = m.id;
	a->posted++;
	return RC_OK;
}

static bool
same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* As the house: the driver has no right to the stock, the act was looked at. */
static int
ledger(struct ctx *cx, struct tx *tx, struct settling *x)
{
	bool *changed = arena_array(cx->arena, bool, x->n + 1);
	size_t i;

	for (i = 0; i < x->n; i++) {
		const struct fold_act *f = folded(x, x->acts[i].rec.id);

		changed[i] = !same_text(x->acts[i].fault, f->fault);
		x->acts[i].fault = f->fault;
		if (x->acts[i].movement <= 0 || stands(f))
			continue;
		changed[i] = true;
		TRY(take_back(cx, tx, &x->acts[i]));
	}
	for (i = 0; i < x->n; i++) {
		const struct fold_act *f = folded(x, x->acts[i].rec.id);

		if (x->acts[i].movement <= 0 && stands(f) && f->nlines > 0) {
			changed[i] = true;
			TRY(post(cx, tx, x, &x->acts[i], f));
		}
		if (changed[i])
			TRY(kind_rewrite_tx(cx, tx, &delivery_act_kind, &x->acts[i]));
	}
	return RC_OK;
}

/* ---- the need ---- */

static const char *
next_step(const char *state, const char *target)
{
	static const struct {
		const char *target, *state, *action;
	} way[] = {
		{ "assigned", "on_way", "turn_back" },
		{ "assigned", "checked", "assign" },
		{ "on_way", "assigned", "start" },
		{ "on_way", "checked", "assign" },
		{ "delivered", "on_way", "deliver" },
		{ "delivered", "assigned", "start" },
		{ "delivered", "checked", "assign" },
		{ "assigned", "delivered", "reopen" },
		{ "on_way", "delivered", "reopen" },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(way); i++)
		if (strcmp(way[i].target, target) == 0 && strcmp(way[i].state, state) == 0)
			return way[i].action;
	return NULL; /* refused or closed by a human meanwhile: that stands */
}

/* RULE delivery-6 */
int
delivery_need_tx(
    struct ctx *cx, struct tx *tx, int64_t need, const char *target, const char *reason)
{
	struct headquarters h;
	const char *action;
	struct need n;

	for (;;) {
		TRY(kind_load(cx, &need_kind, need, &n));
		TRY(kind_load(cx, &headquarters_kind, n.headquarters, &h));
		if (strcmp(h.state, "open") != 0 || strcmp(n.state, target) == 0)
			return RC_OK;
		action = next_step(n.state, target);
		if (action == NULL)
			return RC_OK;
		TRY(need_move_tx(cx, tx,
		    &(struct need_move){ .id = need,
			.version = n.rec.version,
			.action = action,
			.reason = reason != NULL ? reason : tr(cx, "By the acts of its delivery"),
			.owner = n.owner }));
	}
}

static int
move_need(struct ctx *cx, struct tx *tx, const struct settling *x)
{
	int64_t elsewhere;
	const char *to = strcmp(x->s.state, "handed") == 0 ? "delivered"
			 : strcmp(x->s.state, "back") == 0 || strcmp(x->s.state, "refused") == 0
			     ? "assigned"
			     : "on_way";

	if (x->s.need == 0)
		return RC_OK;
	TRY(db_int(cx, &elsewhere,
	    "SELECT count(*) FROM waybill_stop s JOIN waybill w ON w.id = s.waybill WHERE s.need = "
	    "$1 AND s.id > $2 AND w.state <> 'cancelled'",
	    VALS(v_int(x->s.need), v_int(x->s.rec.id))));
	/* A later way took the need on: what it came to is for that way to say. */
	return elsewhere > 0 ? RC_OK : delivery_need_tx(cx, tx, x->s.need, to, x->f.reason);
}

/* ---- the waybill ---- */

static int
move_waybill(struct ctx *cx, struct tx *tx, struct settling *x)
{
	int64_t left;
	const char *to;

	TRY(db_int(cx, &left,
	    "SELECT count(*) FROM waybill_stop WHERE waybill = $1 AND state NOT IN ('handed', "
	    "'back')",
	    VALS(v_int(x->w.rec.id))));
	to = left == 0 ? "done" : "on_way";
	if (strcmp(to, x->w.state) == 0)
		return RC_OK;
	x->w.state = to;
	if (x->w.started_at == 0)
		x->w.started_at = cx->now;
	x->w.ended_at = left == 0 ? cx->now : 0;
	return kind_rewrite_tx(cx, tx, &waybill_kind, &x->w);
}

/* The needs of the other stops leave with the vehicle, too. */
static int
leave(struct ctx *cx, struct tx *tx, const struct settling *x)
{
	struct waybill_stop *s;
	size_t n, i;

	if (strcmp(x->w.state, "loaded") != 0)
		return RC_OK;
	TRY(delivery_stops(cx, x->w.rec.id, &s, &n));
	for (i = 0; i < n; i++)
		if (s[i].need != 0 && s[i].rec.id != x->s.rec.id)
			TRY(delivery_need_tx(cx, tx, s[i].need, "on_way", NULL));
	return RC_OK;
}

static int
settle(struct ctx *cx, struct tx *tx, struct settling *x)
{
	TRY(read_acts(cx, x));
	TRY(fold_stop(cx, x));
	TRY(accounts(cx, x));
	TRY(ledger(cx, tx, x));
	TRY(leave(cx, tx, x));
	if (strcmp(x->s.state, x->f.state) != 0) {
		x->s.state = x->f.state;
		TRY(kind_rewrite_tx(cx, tx, &waybill_stop_kind, &x->s));
	}
	TRY(move_need(cx, tx, x));
	return move_waybill(cx, tx, x);
}

int
delivery_settle_tx(struct ctx *cx, struct tx *tx, int64_t stop)
{
	struct settling *x = arena_new(cx->arena, struct settling);
	const struct actor *who = cx->actor;
	struct actor house = relief_house(cx);
	int rc;

	TRY(kind_load(cx, &waybill_stop_kind, stop, &x->s));
	TRY(kind_load(cx, &waybill_kind, x->s.waybill, &x->w));
	cx->actor = &house;
	rc = settle(cx, tx, x);
	cx->actor = who;
	return rc;
}
