/* plan_days.c – what fills a plan without typing: the observances of its days, and last year's plan. */
#include "mod/plan/plan_inner.h"

#include <stdlib.h>

#include "lang/kazakh.h"

/* ---- observances ---- */

enum { DAYS_MAX = 120, TAKEN_MAX = 400, COPIES_MAX = 400 };

struct proposing {
	int from, to, year;
	const int64_t *taken;
	size_t ntaken;
	struct plan_day *v;
	size_t n;
};

static int
propose(struct ctx *cx, const void *rec, void *arg)
{
	struct proposing *g = arg;
	const struct observance *o = rec;
	int day = observance_day(o, g->year);
	size_t i;

	(void)cx;
	for (i = 0; i < g->ntaken; i++)
		if (g->taken[i] == o->rec.id)
			return RC_OK;
	if (day < g->from || day > g->to || g->n == DAYS_MAX)
		return RC_OK;
	g->v[g->n++] = (struct plan_day){ day, *o };
	return RC_OK;
}

static int
by_day(const void *a, const void *b)
{
	const struct plan_day *x = a, *y = b;

	return x->day != y->day ? x->day - y->day
				: (x->o.rec.id > y->o.rec.id) - (x->o.rec.id < y->o.rec.id);
}

static int
taken_observances(struct ctx *cx, int64_t plan, int64_t *out, size_t *n)
{
	AUTO_ROWS r = { 0 };

	*n = 0;
	TRY(db_rows(cx, &r,
	    "SELECT DISTINCT observance FROM plan_item WHERE plan = $1 AND left_out_on IS NULL AND "
	    "observance IS NOT NULL LIMIT 400",
	    VALS(v_int(plan))));
	while (*n < TAKEN_MAX && rows_next(&r))
		out[(*n)++] = row_int(&r, 0);
	return rows_end(&r);
}

int
plan_observances(struct ctx *cx, const struct body_plan *p, struct plan_day **out, size_t *n)
{
	int64_t *taken = arena_array(cx->arena, int64_t, TAKEN_MAX);
	struct proposing g = { .year = (int)p->year,
		.taken = taken,
		.v = arena_array(cx->arena, struct plan_day, DAYS_MAX) };
	struct query q;

	plan_days(p, &g.from, &g.to);
	TRY(taken_observances(cx, p->rec.id, taken, &g.ntaken));
	TRY(query_init(cx, &q, &observance_kind));
	query_and(&q, "observance.type <> 'professional'", NO_VALS);
	TRY(query_each(&q, propose, &g));
	if (g.n > 0)
		qsort(g.v, g.n, sizeof *g.v, by_day);
	*out = g.v;
	*n = g.n;
	return RC_OK;
}

static bool
ends_with(const char *s, const char *tail)
{
	size_t n = strlen(s), m = strlen(tail);

	return n >= m && strcmp(s + n - m, tail) == 0;
}

/* «Алғыс айту күніне арналған іс-шара»; a name that is no plain possessive is not bent. */
static const char *
name_in(struct ctx *cx, enum lang l, const char *name)
{
	struct ctx in = *cx;
	bool bent =
	    !plan_blank(name) && (ends_with(name, " күні") || ends_with(name, " мерекесі") ||
				     ends_with(name, " мейрамы"));

	in.lang = l;
	if (plan_blank(name))
		return NULL;
	if (l == LANG_KK && bent)
		return trf(&in, "Event dedicated to %s", kk_word(cx->arena, name, KK_DAT, true));
	return trf(&in, "Event: %s", name);
}

static struct text3
name_of(struct ctx *cx, const struct observance *o)
{
	return (struct text3){ name_in(cx, LANG_KK, o->name.kk), name_in(cx, LANG_RU, o->name.ru),
		name_in(cx, LANG_EN, o->name.en) };
}

/* Most events for a day are mass events; the kind can be changed at once. */
static int
usual_kind(struct ctx *cx, int64_t *out)
{
	return db_int(cx, out,
	    "SELECT id FROM event_kind ORDER BY CASE WHEN code = 'mass_event' THEN 0 ELSE 1 END, "
	    "id LIMIT 1",
	    NO_VALS);
}

struct taking {
	int64_t plan, observance, item;
};

static int
take_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct taking *t = arg;
	struct observance o;
	struct body_plan p;
	struct plan_item i;
	int64_t there;
	int rc;

	TRY(kind_get(cx, &plan_kind, t->plan, &p));
	TRY(kind_get(cx, &observance_kind, t->observance, &o));
	rc = db_int(cx, &there,
	    "SELECT id FROM plan_item WHERE plan = $1 AND observance = $2 AND left_out_on IS NULL",
	    VALS(v_int(t->plan), v_int(t->observance)));
	if (rc == RC_OK) {
		t->item = there; /* pressed twice */
		return RC_OK;
	}
	if (rc != RC_NOTFOUND)
		return rc;
	kind_empty(&plan_item_kind, &i);
	i.plan = p.rec.id;
	i.body = p.body;
	i.name = name_of(cx, &o);
	i.observance = o.rec.id;
	i.day = observance_day(&o, (int)p.year);
	TRY(usual_kind(cx, &i.kind));
	TRY(kind_insert_tx(cx, tx, &plan_item_kind, &i));
	t->item = i.rec.id;
	return RC_OK;
}

int
plan_take(struct ctx *cx, int64_t plan, int64_t observance, int64_t *item)
{
	struct taking t = { plan, observance, 0 };

	TRY(db_write(cx, take_fn, &t));
	*item = t.item;
	return RC_OK;
}

/* ---- last year's plan ---- */

static int
last_plan(struct ctx *cx, const struct body_plan *p, struct body_plan *last)
{
	int64_t id;
	int rc =
	    db_int(cx, &id, "SELECT id FROM plan WHERE body = $1 AND year = $2 AND quarter = $3",
		VALS(v_int(p->body), v_int(p->year - 1), v_text(p->quarter)));

	*last = (struct body_plan){ 0 };
	return rc == RC_OK ? kind_load(cx, &plan_kind, id, last) : rc == RC_NOTFOUND ? RC_OK : rc;
}

/* RULE plan-5: the day of an observance is that of this year; any other day keeps its weekday, in the same
 * month; where that would leave the month, only the month is kept. */
static int
shifted(struct ctx *cx, const struct plan_item *i, int year, int *out)
{
	struct observance o;
	int day;

	*out = 0;
	if (i->day == 0)
		return RC_OK;
	if (i->observance != 0) {
		int rc = kind_load(cx, &observance_kind, i->observance, &o);

		if (rc == RC_OK)
			*out = observance_day(&o, year);
		return rc == RC_NOTFOUND ? RC_OK : rc;
	}
	day = day_add(i->day, 364);
	*out = day_year(day) == year && day_month(day) == day_month(i->day) ? day : 0;
	return RC_OK;
}

static int
copied_already(struct ctx *cx, int64_t plan, struct plan_copy *c, size_t n)
{
	AUTO_ROWS r = { 0 };
	size_t i;

	TRY(db_rows(cx, &r,
	    "SELECT copied_from FROM plan_item WHERE plan = $1 AND copied_from IS NOT NULL",
	    VALS(v_int(plan))));
	while (rows_next(&r))
		for (i = 0; i < n; i++)
			if (c[i].item.rec.id == row_int(&r, 0))
				c[i].taken = true;
	return rows_end(&r);
}

static int
ids_of(struct ctx *cx, int64_t plan, int64_t *ids, size_t *n)
{
	AUTO_ROWS r = { 0 };

	*n = 0;
	TRY(db_rows(cx, &r, "SELECT id FROM plan_item WHERE plan = $1 ORDER BY due, id LIMIT 400",
	    VALS(v_int(plan))));
	while (*n < COPIES_MAX && rows_next(&r))
		ids[(*n)++] = row_int(&r, 0);
	return rows_end(&r);
}

int
plan_copies(struct ctx *cx, const struct body_plan *p, struct body_plan *last,
    struct plan_copy **out, size_t *n)
{
	struct plan_copy *c = arena_array(cx->arena, struct plan_copy, COPIES_MAX);
	int64_t *ids = arena_array(cx->arena, int64_t, COPIES_MAX);
	int from, to;
	size_t i;

	plan_days(p, &from, &to);
	*out = c;
	*n = 0;
	TRY(last_plan(cx, p, last));
	if (last->rec.id == 0)
		return RC_OK;
	TRY(ids_of(cx, last->rec.id, ids, n));
	for (i = 0; i < *n; i++) {
		c[i] = (struct plan_copy){ 0 };
		TRY(kind_load(cx, &plan_item_kind, ids[i], &c[i].item));
		TRY(shifted(cx, &c[i].item, (int)p->year, &c[i].day));
		if (c[i].day < from || c[i].day > to)
			c[i].day = 0; /* a feast by the moon may leave the quarter */
		c[i].ticked = c[i].item.left_out_on == 0 && c[i].item.dropped_on == 0;
	}
	return copied_already(cx, p->rec.id, c, *n);
}

struct copying {
	int64_t plan;
	const int64_t *items;
	size_t n;
	int64_t made;
};

static int
copy_one(struct ctx *cx, struct tx *tx, const struct body_plan *p, const struct plan_copy *c)
{
	struct plan_item i;
	const char *month = c->item.month;

	kind_empty(&plan_item_kind, &i);
	i.plan = p->rec.id;
	i.name = c->item.name;
	i.kind = c->item.kind;
	i.day = c->day;
	i.month = month;
	i.body = c->item.body;
	i.person = c->item.person;
	i.expected = c->item.expected;
	i.programme = c->item.programme;
	i.observance = c->item.observance;
	i.goal = c->item.goal;
	i.place = c->item.place;
	i.hall = c->item.hall;
	i.copied_from = c->item.rec.id;
	return kind_insert_tx(cx, tx, &plan_item_kind, &i);
}

static bool
among(const struct copying *k, int64_t id)
{
	size_t i;

	for (i = 0; i < k->n; i++)
		if (k->items[i] == id)
			return true;
	return false;
}

static int
copy_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct copying *k = arg;
	struct body_plan p, last;
	struct plan_copy *c;
	size_t n, i;

	k->made = 0;
	TRY(kind_get(cx, &plan_kind, k->plan, &p));
	TRY(plan_copies(cx, &p, &last, &c, &n));
	for (i = 0; i < n; i++)
		if (!c[i].taken && among(k, c[i].item.rec.id)) {
			TRY(copy_one(cx, tx, &p, &c[i]));
			k->made++;
		}
	return RC_OK;
}

int
plan_copy_items(struct ctx *cx, int64_t plan, const int64_t *items, size_t n, int64_t *made)
{
	struct copying k = { plan, items, n, 0 };

	TRY(db_write(cx, copy_fn, &k));
	*made = k.made;
	return RC_OK;
}
