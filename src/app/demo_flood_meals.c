/* demo_flood_meals.c – two kitchens, fourteen days, three meals a day: planned, cooked by recipe, handed out by place
 * and group, what is left thrown away. The ingredients come the afternoon before.
 *
 * TRAP: one batch was cooked with a quarter less meat than its recipe has, one was handed out lukewarm. */
#include "app/demo_flood.h"

enum { MEALS = FLOOD_DAYS * FLOOD_KITCHENS * 3, SERVINGS = 4 };
struct flood_meal {
	int64_t plan, batch;
	int day, kitchen, portions, cooked;
	enum flood_recipe recipe;
	int served[SERVINGS];
};
static const struct {
	const char *code;
	int minute; /* cooked */
	int of_hundred;
} times[3] = { { "breakfast", 6 * 60 + 40, 60 }, { "lunch", 12 * 60 + 10, 100 },
	{ "dinner", 18 * 60, 85 } };
static const struct {
	const char *who;
	int of_hundred, centre; /* of the kitchen's centres; -1 = outside */
} groups[SERVINGS] = { { "evacuees", 40, 0 }, { "evacuees", 22, 1 }, { "rescuers", 24, -1 },
	{ "volunteers", 11, -1 } };
static const int centre_of[FLOOD_KITCHENS][2] = { { 0, 2 }, { 3, 4 } };
static const enum flood_item ingredients[] = { FI_RICE, FI_BUCKWHEAT, FI_PASTA, FI_POTATO, FI_ONION,
	FI_MEAT, FI_OIL, FI_SUGAR, FI_SALT, FI_MILK };

static struct flood_meal *
meal(const struct flood *f, int i)
{
	return (struct flood_meal *)f->meals + i;
}

static const char *
meal_nonce(struct flood *f, const char *what, int i, int j)
{
	return arena_printf(f->d->cx->arena, "flood-%s-%d-%d", what, i, j);
}

/* ---- doing ---- */

static int
do_plan(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	struct flood_meal *m = meal(f, a->i);
	struct meal_plan p;

	kind_empty(&meal_plan_kind, &p);
	p.place = f->kitchen[m->kitchen];
	p.day = day_add(FLOOD_FIRST, m->day);
	p.meal = times[a->i % 3].code;
	p.recipe = f->recipe[m->recipe];
	p.portions = m->portions;
	TRY(kind_insert_tx(f->d->cx, tx, &meal_plan_kind, &p));
	m->plan = p.rec.id;
	return RC_OK;
}

/* The one with less meat: what really went in. */
static size_t
with_less_meat(const struct flood *f, const struct flood_meal *m, struct conversion_input *out)
{
	size_t n = 0, i;

	for (i = 0; i < ARRAY_LEN(ingredients); i++) {
		int64_t q = flood_recipe_wants(m->recipe, ingredients[i], m->cooked);

		if (q > 0)
			out[n++] = (struct conversion_input){ f->item[ingredients[i]], 0,
				ingredients[i] == FI_MEAT ? q * 3 / 4 : q };
	}
	return n;
}

static int
do_cook(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	struct flood_meal *m = meal(f, a->i);
	struct conversion_input in[ARRAY_LEN(ingredients)];
	struct batch_in b = { .nonce = meal_nonce(f, "cook", a->i, 0),
		.place = f->kitchen[m->kitchen],
		.plan = m->plan,
		.recipe = f->recipe[m->recipe],
		.at = a->at,
		.meal = times[a->i % 3].code,
		.portions = m->cooked,
		.temperature = 82 + a->i % 9,
		.allergens = m->recipe == FR_PORRIDGE ? "milk"
			     : m->recipe == FR_SOUP   ? "gluten"
						      : NULL };
	struct meal_batch out;
	bool again;

	(void)tx;
	if (a->i == 40) {
		b.inputs = in;
		b.ninputs = with_less_meat(f, m, in);
		b.note = "Ет аз әкелінді.";
	}
	TRY(meal_cook(f->d->cx, &b, &out, &again));
	m->batch = out.rec.id;
	return RC_OK;
}

static int
do_serve(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	const struct flood_meal *m = meal(f, a->i);
	int c = groups[a->j].centre;
	struct serving_in in = { .nonce = meal_nonce(f, "serve", a->i, a->j),
		.batch = m->batch,
		.place = c < 0 ? 0 : f->centre[centre_of[m->kitchen][c]],
		.at = a->at,
		.portions = m->served[a->j],
		.temperature = a->i == 25 && a->j == 2 ? 52 : 64 + (a->i + a->j) % 9,
		.receivers = groups[a->j].who };
	struct meal_serving out;
	bool again;

	(void)tx;
	return meal_hand_out(f->d->cx, &in, &out, &again);
}

static int
do_throw(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	const struct flood_meal *m = meal(f, a->i);
	struct waste_in in = { .nonce = meal_nonce(f, "throw", a->i, 0),
		.batch = m->batch,
		.at = a->at,
		.portions = a->j,
		.why = a->i % 17 == 3 ? "spoiled" : "left" };
	struct meal_waste out;
	bool again;

	(void)tx;
	return meal_throw(f->d->cx, &in, &out, &again);
}

/* What the kitchen cooks with on the next day, and a handful more of what keeps. */
static int64_t
takes(const struct flood *f, int day, int kitchen, enum flood_item item)
{
	int64_t q = 0;
	int k;

	for (k = 0; k < MEALS; k++)
		if (meal(f, k)->day == day + 1 && meal(f, k)->kitchen == kitchen)
			q += flood_recipe_wants(meal(f, k)->recipe, item, meal(f, k)->cooked);
	return item == FI_SALT || item == FI_ONION ? q + 300 : q;
}

static size_t
cart(const struct flood *f, int day, int kitchen, struct transfer_line *out)
{
	size_t n = 0, i;

	for (i = 0; i < ARRAY_LEN(ingredients); i++) {
		int64_t q = takes(f, day, kitchen, ingredients[i]);

		if (q > 0)
			out[n++] = (struct transfer_line){ f->item[ingredients[i]],
				flood_lot(f, ingredients[i], day), q };
	}
	return n;
}

static int
do_supply(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	struct transfer_line l[ARRAY_LEN(ingredients)];
	size_t n = cart(f, a->i, a->j, l);
	struct transfer t;

	(void)tx;
	kind_empty(&transfer_kind, &t);
	t.source = f->main;
	t.via = f->van[a->j];
	t.target = f->kitchen_store[a->j];
	t.sent_at = a->at;
	t.document = arena_printf(f->d->cx->arena, "Асханаға жүкқұжат %d/%d", a->i + 1, a->j + 1);
	TRY(transfer_send(f->d->cx, &t, meal_nonce(f, "supply", a->i, a->j), l, n));
	f->transfer[a->i][FLOOD_CENTRES + a->j] = t.rec.id;
	return RC_OK;
}

static int
do_supplied(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	struct transfer_line l[ARRAY_LEN(ingredients)];
	struct transfer_end e = { .transfer = f->transfer[a->i][FLOOD_CENTRES + a->j],
		.at = a->at,
		.nonce = meal_nonce(f, "supplied", a->i, a->j),
		.how = 'r',
		.lines = l };
	int64_t movement;
	bool again;

	(void)tx;
	e.nlines = cart(f, a->i, a->j, l);
	return transfer_end(f->d->cx, &e, &movement, &again);
}

/* ---- planning ---- */

static void
plan_meal(struct flood *f, int i)
{
	/* Portions at lunch, by day. */
	static const int people[FLOOD_DAYS] = { 320, 480, 620, 640, 610, 590, 560, 500, 440, 380,
		320, 260, 200, 150 };
	struct flood_meal *m = meal(f, i);
	int time = i % 3, served = 0, k;
	int64_t cooked_at;

	m->day = 1 + i / (3 * FLOOD_KITCHENS);
	m->kitchen = i / 3 % FLOOD_KITCHENS;
	m->portions =
	    people[m->day - 1] * times[time].of_hundred / (m->kitchen == 0 ? 100 : 250) / 10 * 10;
	m->cooked = m->portions + demo_between(f->d, -10, 15);
	m->recipe = time == 0 ? FR_PORRIDGE : (m->day + time) % 2 == 0 ? FR_PLOV : FR_SOUP;
	cooked_at = flood_moment(m->day, times[time].minute + 15 * m->kitchen);
	flood_act(f, flood_moment(m->day - 1, 13 * 60 + i % 6), do_plan, i, 0);
	flood_posts(f, cooked_at, do_cook, i, 0);
	for (k = 0; k < SERVINGS; k++) {
		m->served[k] = m->cooked * groups[k].of_hundred / 100;
		served += m->served[k];
		flood_posts(
		    f, cooked_at + (int64_t)(20 + 15 * k) * 60 * US_PER_SECOND, do_serve, i, k);
	}
	if (i % 4 == 1)
		flood_posts(
		    f, cooked_at + INT64_C(9000) * US_PER_SECOND, do_throw, i, m->cooked - served);
	else
		m->served[0] += m->cooked - served;
}

void
flood_plan_meals(struct flood *f)
{
	int i, day, k;

	f->meals = arena_array(f->d->cx->arena, struct flood_meal, MEALS);
	for (i = 0; i < MEALS; i++)
		plan_meal(f, i);
	for (day = 0; day < FLOOD_DAYS; day++)
		for (k = 0; k < FLOOD_KITCHENS; k++) {
			for (i = 0; i < (int)ARRAY_LEN(ingredients); i++)
				f->want[day][ingredients[i]] += takes(f, day, k, ingredients[i]);
			flood_posts(f, flood_moment(day, 15 * 60 + 10 * k), do_supply, day, k);
			flood_posts(f, flood_moment(day, 16 * 60 + 20 * k), do_supplied, day, k);
		}
}
