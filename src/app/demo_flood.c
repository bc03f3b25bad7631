/* demo_flood.c – the flood of April 2024 in the demo: a headquarters that was closed when the water had gone.
 *
 * Read demo_flood() from top to bottom: open, plan, do, close. All acts are ordered by their moment and done a day in a
 * transaction (db_write_many), with the clock of the context set to that moment. Its families, telephones and addresses are
 * invented; the last ones lie in a number range that nobody has. */
#include "app/demo_flood.h"

#include <stdlib.h>

int64_t
flood_moment(int day, int minute)
{
	return day_start(day_add(FLOOD_FIRST, day)) + (int64_t)minute * 60 * US_PER_SECOND;
}

int
flood_day(const struct flood *f, int64_t at)
{
	(void)f;
	return (int)(day_number(day_of_moment(at)) - day_number(FLOOD_FIRST));
}

void
flood_act(struct flood *f, int64_t at, flood_do *run, int i, int j)
{
	if (f->nacts == FLOOD_ACTS)
		die("demo: more than %d acts of the flood", FLOOD_ACTS);
	f->acts[f->nacts] = (struct flood_act){ at, (int)f->nacts, i, j, run };
	f->nacts++;
}

void
flood_posts(struct flood *f, int64_t at, flood_do *run, int i, int j)
{
	f->sets++;
	flood_act(f, at, run, i, j);
}

int64_t
flood_lot(const struct flood *f, enum flood_item item, int day)
{
	return f->lot[item][day < 8 ? 0 : 1];
}

int
flood_move(struct flood *f, struct tx *tx, struct movement *m, const struct flood_line *l, size_t n,
    struct flood_way w)
{
	struct movement_line line[2 * FI_COUNT];
	size_t i;
	bool again;

	for (i = 0; i < n; i++) {
		int64_t lot = flood_lot(f, l[i].item, w.day), item = f->item[l[i].item];

		line[2 * i] = (struct movement_line){ w.from, item, lot, -l[i].quantity };
		line[2 * i + 1] = (struct movement_line){ w.to, item, lot, l[i].quantity };
	}
	m->at = f->d->cx->now;
	m->lines = line;
	m->nlines = 2 * n;
	return movement_post_tx(f->d->cx, tx, m, &again);
}

/* ---- doing ---- */

static int
by_moment(const void *a, const void *b)
{
	const struct flood_act *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->order - y->order;
}

/* As demo_wrote(), of the tables that grow here alone. */
static int
look_again(struct flood *f, struct tx *tx)
{
	struct demo *d = f->d;

	if (++d->written < d->look_at)
		return RC_OK;
	d->look_at = d->written * 5;
	return tx_run(d->cx, tx, NULL,
	    "ANALYZE need, need_line, movement_set, movement_line, stock_now, stock_day, lot, "
	    "stock_transfer, household, stay, meal_batch, waybill, waybill_stop, waybill_line, "
	    "delivery_act, delivery_act_line",
	    NO_VALS);
}

static int
day_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct flood *f = arg;
	size_t i;

	for (i = f->from; i < f->upto; i++) {
		const struct flood_act *a = &f->acts[i];
		struct arena_mark mark = arena_mark(cx->arena);

		cx->now = a->at;
		cx->actor = &f->desk;
		TRY(a->run(f, tx, a));
		TRY(look_again(f, tx));
		arena_rewind(cx->arena, mark);
	}
	return RC_OK;
}

static int
do_all(struct flood *f)
{
	struct ctx *cx = f->d->cx;

	qsort(f->acts, f->nacts, sizeof(f->acts[0]), by_moment);
	for (f->from = 0; f->from < f->nacts; f->from = f->upto) {
		cx->today = day_of_moment(f->acts[f->from].at);
		for (f->upto = f->from;
		     f->upto < f->nacts && day_of_moment(f->acts[f->upto].at) == cx->today;)
			f->upto++;
		TRY(db_write_many(cx, day_fn, f));
	}
	return RC_OK;
}

static int
open_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct flood *f = arg;

	demo_begin(f->d, cx, 61);
	f->d->look_at = INT64_MAX; /* few records in tables that are known */
	return flood_places(f, tx);
}

static int
make(struct flood *f)
{
	struct ctx *cx = f->d->cx;

	cx->today = FLOOD_FIRST;
	cx->now = flood_moment(0, 7 * 60);
	TRY(db_write_many(cx, open_fn, f));
	demo_begin(f->d, cx, 62);
	flood_plan_log(f);
	flood_plan_needs(f);
	flood_plan_centres(f);
	flood_plan_meals(f);
	flood_plan_volunteers(f);
	flood_plan_waybills(f);
	flood_plan_stock(f);
	TRY(do_all(f));
	cx->today = FLOOD_LAST;
	cx->now = flood_moment(FLOOD_SPAN - 1, 17 * 60);
	return flood_close(f);
}

int
demo_flood(struct demo *d)
{
	struct ctx *cx = d->cx;
	struct flood *f = arena_new(cx->arena, struct flood);
	const struct actor *who = cx->actor;
	int64_t now = cx->now;
	int today = cx->today, rc;

	f->d = d;
	f->acts = arena_array(cx->arena, struct flood_act, FLOOD_ACTS);
	rc = make(f);
	cx->actor = who;
	cx->now = now;
	cx->today = today;
	return rc;
}
