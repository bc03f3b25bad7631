/* meal_rules.c – cooking, handing out, throwing away: each is a set of the ledger and a record beside it, in one write.
 *
 * Read cook_fn() from top to bottom: was this form sent before, the kitchen, the lot of the batch, the conversion, the
 * record. The others are shorter. RULE meal-1, meal-2. */
#include "mod/meal/meal_inner.h"

#include <string.h>

static int
may_cook(struct ctx *cx)
{
	return may(cx, CAP_RELIEF_WRITE) && may(cx, CAP_STOCK_WRITE)
		   ? RC_OK
		   : fail(cx, RC_DENIED, N_("Your role does not allow this change."));
}

/* The records are the program's: whose act it was stays the actor's. */
static int
insert_tx(struct ctx *cx, struct tx *tx, const struct kind *k, void *rec)
{
	const struct actor *who = cx->actor;
	struct actor house = relief_house(cx);
	int rc;

	cx->actor = &house;
	rc = kind_insert_tx(cx, tx, k, rec);
	cx->actor = who;
	return rc;
}

static int
kitchen(struct ctx *cx, int64_t id, struct relief_place *p, struct stock_account *a)
{
	int rc = kind_load(cx, &relief_place_kind, id, p);

	if (rc == RC_NOTFOUND || (rc == RC_OK && strcmp(p->purpose, "kitchen") != 0))
		return fail(cx, RC_RULE, N_("This place is no kitchen."));
	TRY(rc);
	return a == NULL ? RC_OK : relief_place_account(cx, p, a);
}

static int
check_moment(struct ctx *cx, int64_t at)
{
	if (at > cx->now + 60 * US_PER_SECOND)
		fail_field(cx, "at", N_("This moment lies ahead."));
	return fields_rc(cx);
}

/* ---- checks of the kinds ---- */

int
meal_plan_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct meal_plan *m = rec;
	struct relief_place p;
	struct recipe r;
	struct item meal;
	int rc;

	(void)old;
	if (m->recipe != 0) {
		TRY(item_find(cx, "hot_meal", &meal));
		rc = kind_load(cx, &recipe_kind, m->recipe, &r);
		if (rc == RC_OK && r.item != meal.rec.id)
			fail_field(cx, "recipe", N_("This recipe does not make hot meals."));
		else if (rc != RC_OK && rc != RC_NOTFOUND)
			return rc;
	}
	if (m->place == 0)
		return RC_OK;
	TRY(kitchen(cx, m->place, &p, NULL));
	return headquarters_takes(cx, p.headquarters);
}

int
meal_batch_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct meal_batch *b = rec;
	struct meal_plan m;

	if (old != NULL || b->plan == 0)
		return RC_OK;
	TRY(kind_load(cx, &meal_plan_kind, b->plan, &m));
	if (m.place != b->place)
		fail_field(cx, "plan", N_("This was planned for another kitchen."));
	return RC_OK;
}

int
meal_serving_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct meal_serving *s = rec;
	struct relief_place to, from;
	struct meal_batch b;

	if (old != NULL || s->place == 0)
		return RC_OK;
	TRY(kind_load(cx, &relief_place_kind, s->place, &to));
	TRY(kind_load(cx, &meal_batch_kind, s->batch, &b));
	TRY(kind_load(cx, &relief_place_kind, b.place, &from));
	if (to.headquarters != from.headquarters)
		fail_field(cx, "place", N_("This place belongs to another headquarters."));
	return RC_OK;
}

/* ---- sent before ---- */

static int
sent_before(struct ctx *cx, const char *nonce, const struct kind *k, void *rec, bool *again)
{
	int64_t id;
	int rc;

	*again = false;
	if (nonce == NULL)
		return fail(cx, RC_BUG, "%s", "a form without a number");
	rc = db_int(cx, &id, "SELECT rec FROM meal_sent WHERE nonce = $1 AND what = $2",
	    VALS(v_text(nonce), v_text(k->name)));
	if (rc == RC_NOTFOUND)
		return RC_OK;
	TRY(rc);
	*again = true;
	return kind_load(cx, k, id, rec);
}

static int
note_sent(struct ctx *cx, struct tx *tx, const char *nonce, const struct kind *k, int64_t id)
{
	return tx_run(cx, tx, NULL, "INSERT INTO meal_sent (nonce, what, rec) VALUES ($1, $2, $3)",
	    VALS(v_text(nonce), v_text(k->name), v_int(id)));
}

static const char *
set_nonce(struct ctx *cx, const char *nonce)
{
	return arena_printf(cx->arena, "meal-%.50s", nonce);
}

/* A twin that was faster is found by its form on the second run. */
static int
write_keyed(struct ctx *cx, const int64_t *keys, size_t n, tx_fn *fn, void *arg)
{
	int rc = db_write_keys(cx, keys, n, fn, arg);

	if (rc == RC_EXISTS) {
		err_clear(cx);
		rc = db_write_keys(cx, keys, n, fn, arg);
	}
	return rc;
}

/* ---- cooking ---- */

struct cooking {
	const struct batch_in *in;
	struct meal_batch b;
	bool again;
};

/* What really went in names items; their lots are those that expire first. */
static int
choose_lots(struct ctx *cx, const struct batch_in *in, int64_t store, int day, struct conversion *c)
{
	struct conversion_input *all =
	    arena_array(cx->arena, struct conversion_input, INPUTS_MAX * 20);
	size_t i, n = 0;

	for (i = 0; i < in->ninputs; i++) {
		struct fefo f = { .account = store,
			.item = in->inputs[i].item,
			.quantity = in->inputs[i].quantity,
			.day = day };
		struct item it;

		TRY(stock_fefo(cx, &f));
		TRY(kind_load(cx, &item_kind, f.item, &it));
		if (f.missing > 0 || n + f.n > (size_t)INPUTS_MAX * 20)
			return fail(cx, RC_RULE, N_("The kitchen has less of “%s” than that."),
			    kind_title(cx, &item_kind, &it));
		memcpy(all + n, f.lots, f.n * sizeof(*f.lots));
		n += f.n;
	}
	c->inputs = all;
	c->ninputs = n;
	return RC_OK;
}

/* A lot of its own: portions are good that day and, for those who work at night, the next. */
static int
lot_tx(
    struct ctx *cx, struct tx *tx, struct meal_batch *b, const struct item *meal, const char *nonce)
{
	struct lot l;

	kind_empty(&lot_kind, &l);
	l.code = arena_printf(cx->arena, "meal-%.20s", nonce);
	l.item = meal->rec.id;
	l.expires = day_add(day_of_moment(b->cooked_at), 1);
	TRY(insert_tx(cx, tx, &lot_kind, &l));
	b->lot = l.rec.id;
	return RC_OK;
}

static int
post_batch_tx(struct ctx *cx, struct tx *tx, struct cooking *k, const struct stock_account *store)
{
	const struct batch_in *in = k->in;
	struct conversion c = { .nonce = set_nonce(cx, in->nonce),
		.recipe = in->recipe,
		.at = k->b.cooked_at,
		.store = store->rec.id,
		.quantity = in->portions,
		.lot = k->b.lot };
	bool again;

	TRY(choose_lots(cx, in, store->rec.id, day_of_moment(c.at), &c));
	TRY(conversion_post_tx(cx, tx, &c, &again));
	k->b.movement = c.movement;
	k->b.deviation = c.deviation;
	return RC_OK;
}

static int
cook_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct cooking *k = arg;
	const struct batch_in *in = k->in;
	struct relief_place p;
	struct stock_account store;
	struct item meal;
	struct recipe r;

	TRY(sent_before(cx, in->nonce, &meal_batch_kind, &k->b, &k->again));
	if (k->again)
		return RC_OK;
	TRY(kitchen(cx, in->place, &p, &store));
	TRY(headquarters_takes(cx, p.headquarters));
	TRY(item_find(cx, "hot_meal", &meal));
	TRY(kind_load(cx, &recipe_kind, in->recipe, &r));
	if (r.item != meal.rec.id)
		fail_field(cx, "recipe", N_("This recipe does not make hot meals."));
	if (in->portions <= 0 || in->portions > 100000)
		fail_field(cx, "portions", N_("A number more than zero."));
	kind_empty(&meal_batch_kind, &k->b);
	k->b.cooked_at = in->at == 0 ? cx->now : in->at;
	TRY(check_moment(cx, k->b.cooked_at));
	k->b.place = in->place;
	k->b.plan = in->plan;
	k->b.recipe = in->recipe;
	k->b.day = day_of_moment(k->b.cooked_at);
	k->b.meal = in->meal;
	k->b.portions = in->portions;
	k->b.temperature = in->temperature;
	k->b.allergens = in->allergens;
	k->b.note = in->note;
	TRY(lot_tx(cx, tx, &k->b, &meal, in->nonce));
	TRY(post_batch_tx(cx, tx, k, &store));
	TRY(insert_tx(cx, tx, &meal_batch_kind, &k->b));
	return note_sent(cx, tx, in->nonce, &meal_batch_kind, k->b.rec.id);
}

int
meal_cook(struct ctx *cx, const struct batch_in *in, struct meal_batch *out, bool *again)
{
	struct cooking *k = arena_new(cx->arena, struct cooking);
	struct conversion c = {
		.recipe = in->recipe, .inputs = in->inputs, .ninputs = in->ninputs
	};
	int64_t keys[SET_ITEMS_MAX];
	size_t n;

	TRY(may_cook(cx));
	if (in->recipe == 0) {
		fail_field(cx, "recipe", N_("Choose a recipe."));
		return RC_INVALID;
	}
	k->in = in;
	TRY(conversion_keys(cx, &c, keys, &n));
	TRY(write_keyed(cx, keys, n, cook_fn, k));
	*out = k->b;
	*again = k->again;
	return RC_OK;
}

/* ---- out of the kitchen ---- */

struct going {
	const char *nonce, *to; /* code of the account that the portions go to */
	const struct kind *kind;
	void *rec;
	int64_t batch, at, portions, *movement;
	bool again;
};

/* The portions of this batch go from its kitchen to an account. */
static int
post_out_tx(struct ctx *cx, struct tx *tx, struct going *g)
{
	struct movement_line line[2];
	struct movement m = { .nonce = set_nonce(cx, g->nonce),
		.at = g->at,
		.type = "issue",
		.lines = line,
		.nlines = 2 };
	struct stock_account from, to;
	struct relief_place p;
	struct meal_batch b;
	struct lot lot;
	bool again;

	TRY(kind_load(cx, &meal_batch_kind, g->batch, &b));
	if (b.withdrawn)
		return fail(cx, RC_RULE, N_("This batch was taken back."));
	if (g->at < b.cooked_at)
		fail_field(cx, "at", N_("That was before the batch was cooked."));
	if (g->portions <= 0 || g->portions > 100000)
		fail_field(cx, "portions", N_("A number more than zero."));
	TRY(check_moment(cx, g->at));
	TRY(kitchen(cx, b.place, &p, &from));
	TRY(stock_account_find(cx, g->to, &to));
	TRY(kind_load(cx, &lot_kind, b.lot, &lot));
	if (strcmp(g->to, "loss") == 0)
		m.type = "loss";
	line[0] = (struct movement_line){ from.rec.id, lot.item, b.lot, -g->portions };
	line[1] = (struct movement_line){ to.rec.id, lot.item, b.lot, g->portions };
	TRY(movement_post_tx(cx, tx, &m, &again));
	*g->movement = m.id;
	return RC_OK;
}

static int
go_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct going *g = arg;
	struct rec *rec = g->rec;

	*rec = (struct rec){ 0 };
	TRY(sent_before(cx, g->nonce, g->kind, g->rec, &g->again));
	if (g->again)
		return RC_OK;
	TRY(post_out_tx(cx, tx, g));
	TRY(insert_tx(cx, tx, g->kind, g->rec));
	return note_sent(cx, tx, g->nonce, g->kind, rec->id);
}

static int
go(struct ctx *cx, struct going *g, bool *again)
{
	struct item meal;
	struct movement_line line = { 0 };
	struct movement m = { .lines = &line, .nlines = 1 };
	int64_t keys[SET_ITEMS_MAX];
	size_t n;

	TRY(may_cook(cx));
	TRY(item_find(cx, "hot_meal", &meal));
	line.item = meal.rec.id;
	TRY(movement_keys(cx, &m, keys, &n));
	TRY(write_keyed(cx, keys, n, go_fn, g));
	*again = g->again;
	return RC_OK;
}

int
meal_hand_out(struct ctx *cx, const struct serving_in *in, struct meal_serving *out, bool *again)
{
	struct going g = { in->nonce, "household", &meal_serving_kind, out, in->batch,
		in->at == 0 ? cx->now : in->at, in->portions, &out->movement, false };

	kind_empty(&meal_serving_kind, out);
	out->batch = in->batch;
	out->place = in->place;
	out->receivers = in->receivers;
	out->given_at = g.at;
	out->day = day_of_moment(g.at);
	out->portions = in->portions;
	out->temperature = in->temperature;
	return go(cx, &g, again);
}

int
meal_throw(struct ctx *cx, const struct waste_in *in, struct meal_waste *out, bool *again)
{
	struct going g = { in->nonce, "loss", &meal_waste_kind, out, in->batch,
		in->at == 0 ? cx->now : in->at, in->portions, &out->movement, false };

	kind_empty(&meal_waste_kind, out);
	out->batch = in->batch;
	out->why = in->why;
	out->thrown_at = g.at;
	out->day = day_of_moment(g.at);
	out->portions = in->portions;
	return go(cx, &g, again);
}

/* ---- taking back ---- */

struct taking_back {
	const struct kind *kind;
	int64_t id;
	const char *reason;
};

/* The counter-set, as of now. */
static int
counter_tx(struct ctx *cx, struct tx *tx, int64_t movement, const char *reason)
{
	struct movement_read was;
	struct movement_line *l;
	struct movement m;
	bool again;
	size_t i;

	TRY(movement_get(cx, movement, &was));
	l = arena_array(cx->arena, struct movement_line, was.m.nlines + 1);
	for (i = 0; i < was.m.nlines; i++) {
		l[i] = was.m.lines[i];
		l[i].quantity = -l[i].quantity;
	}
	m = (struct movement){ .nonce =
				   arena_printf(cx->arena, "meal-back-%lld", (long long)movement),
		.at = cx->now > was.m.at ? cx->now : was.m.at,
		.type = "correction",
		.note = reason,
		.reverses = movement,
		.lines = l,
		.nlines = was.m.nlines };
	return movement_post_tx(cx, tx, &m, &again);
}

/* Where the three kinds keep what is alike. */
static void
marks_of(const struct kind *k, void *rec, int64_t *movement, bool **withdrawn, const char ***reason)
{
	*movement = *(int64_t *)field_at_rw(kind_field(k, "movement"), rec);
	*withdrawn = field_at_rw(kind_field(k, "withdrawn"), rec);
	*reason = field_at_rw(kind_field(k, "reason"), rec);
}

static int
back_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct taking_back *t = arg;
	void *rec = arena_alloc(cx->arena, t->kind->size);
	const struct actor *who = cx->actor;
	struct actor house = relief_house(cx);
	const char **reason;
	int64_t movement;
	bool *withdrawn;
	int rc;

	TRY(kind_load(cx, t->kind, t->id, rec));
	marks_of(t->kind, rec, &movement, &withdrawn, &reason);
	if (*withdrawn)
		return fail(cx, RC_CONFLICT, N_("This was taken back already."));
	if (t->reason == NULL || *t->reason == '\0') {
		fail_field(cx, "reason", N_("A reason is needed."));
		return RC_INVALID;
	}
	TRY(counter_tx(cx, tx, movement, t->reason));
	*withdrawn = true;
	*reason = t->reason;
	cx->actor = &house;
	rc = kind_update_tx(cx, tx, t->kind, rec);
	cx->actor = who;
	return rc;
}

int
meal_withdraw(struct ctx *cx, const struct kind *k, int64_t id, const char *reason)
{
	struct taking_back t = { k, id, reason };

	TRY(may_cook(cx));
	return db_write(cx, back_fn, &t);
}
