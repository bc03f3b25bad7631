/* stock_recipe.c – making one thing of others by a recipe, and taking it apart again, as one set.
 *
 * Read conversion_post_tx() from top to bottom: the recipe of the day, the inputs as they really were (or as the recipe
 * has them, from the lots that expire first), how far they lie from the recipe, the set through `conversion`. */
#include "mod/stock/stock_inner.h"

#include <string.h>

int
recipe_find(struct ctx *cx, const char *code, int day, struct recipe *out)
{
	int64_t id;
	int rc = db_int(cx, &id,
	    "SELECT id FROM recipe WHERE code = $1 AND from_day <= $2 AND (to_day IS NULL OR "
	    "to_day "
	    ">= $2) ORDER BY from_day DESC LIMIT 1",
	    VALS(v_text(code), v_int(day)));

	if (rc == RC_NOTFOUND)
		return fail(cx, RC_NOTFOUND, N_("There is no recipe “%s” for that day."), code);
	TRY(rc);
	return kind_load(cx, &recipe_kind, id, out);
}

int
recipe_inputs(struct ctx *cx, int64_t recipe, struct recipe_input **out, size_t *n)
{
	struct recipe_input *v = arena_array(cx->arena, struct recipe_input, INPUTS_MAX);
	AUTO_ROWS r = { 0 };

	TRY(db_rows(cx, &r,
	    "SELECT id, version, item, quantity FROM recipe_input WHERE recipe = $1 ORDER BY id "
	    "LIMIT $2",
	    VALS(v_int(recipe), v_int(INPUTS_MAX))));
	for (*n = 0; rows_next(&r); ++*n) {
		struct recipe_input *i = &v[*n];

		*i = (struct recipe_input){ .rec = { .id = row_int(&r, 0),
						.version = row_int(&r, 1) },
			.recipe = recipe,
			.item = row_int(&r, 2),
			.quantity = row_int(&r, 3) };
	}
	*out = v;
	return rows_end(&r);
}

/* What the recipe wants for so much of its output, to the next whole base unit. */
static int64_t
wanted_of(const struct recipe *r, const struct recipe_input *i, int64_t quantity)
{
	__int128 q = (__int128)i->quantity * quantity;

	return (int64_t)((q + r->quantity / 2) / r->quantity);
}

struct making {
	struct conversion *c;
	struct recipe r;
	struct recipe_input *wanted;
	size_t nwanted, nlines;
	struct movement_line *lines;
	int64_t through;
	int day;
};

static int
open_recipe(struct ctx *cx, struct making *k)
{
	const struct conversion *c = k->c;
	struct stock_account a;

	TRY(kind_get(cx, &recipe_kind, c->recipe, &k->r));
	TRY(recipe_inputs(cx, c->recipe, &k->wanted, &k->nwanted));
	if (k->nwanted == 0)
		return fail(cx, RC_RULE, N_("The recipe has no inputs yet."));
	k->day = day_of_moment(c->at);
	if (k->day < k->r.from_day || (k->r.to_day != 0 && k->day > k->r.to_day))
		return fail(cx, RC_RULE, N_("The recipe does not hold on that day."));
	if (c->quantity <= 0 || c->quantity > QUANTITY_MAX)
		fail_field(cx, "quantity", N_("A number more than zero."));
	if (c->ninputs > (LINES_MAX - 2) / 2)
		fail_field(cx, "inputs", N_("These are too many inputs."));
	TRY(fields_rc(cx));
	TRY(stock_account_find(cx, "conversion", &a));
	k->through = a.rec.id;
	return RC_OK;
}

static int
not_enough(struct ctx *cx, int64_t item, int64_t asked, int64_t missing)
{
	struct item i;

	TRY(kind_load(cx, &item_kind, item, &i));
	return fail(cx, RC_RULE, N_("“%s”: %s are missing of the %s that the recipe needs."),
	    kind_title(cx, &item_kind, &i), quantity_text(cx, &i, missing),
	    quantity_text(cx, &i, asked));
}

/* Without inputs of its own the recipe's are taken. What comes out of a kit taken apart has no lot unless it is said. */
static int
fill_inputs(struct ctx *cx, struct making *k)
{
	struct conversion *c = k->c;
	struct conversion_input *all =
	    arena_array(cx->arena, struct conversion_input, INPUTS_MAX * LINES_MAX);
	size_t i, n = 0;

	if (c->ninputs > 0)
		return RC_OK;
	for (i = 0; i < k->nwanted; i++) {
		int64_t q = wanted_of(&k->r, &k->wanted[i], c->quantity);
		struct fefo f = { c->store, k->wanted[i].item, q, k->day, NULL, 0, 0 };

		if (c->apart) {
			all[n++] = (struct conversion_input){ k->wanted[i].item, 0, q };
			continue;
		}
		TRY(stock_fefo(cx, &f));
		if (f.missing > 0)
			return not_enough(cx, f.item, q, f.missing);
		memcpy(all + n, f.lots, f.n * sizeof(*f.lots));
		n += f.n;
	}
	if (n > (LINES_MAX - 2) / 2)
		return fail(cx, RC_RULE, N_("The goods lie in too many lots for one set."));
	c->inputs = all;
	c->ninputs = n;
	return RC_OK;
}

static int64_t
per_mille(int64_t was, int64_t wanted)
{
	__int128 d;

	if (wanted == 0)
		return was == 0 ? 0 : 1000;
	d = ((__int128)was - wanted) * 1000 / wanted;
	return d > INT32_MAX ? INT32_MAX : (int64_t)d;
}

static void
further(int64_t *worst, int64_t d)
{
	int64_t a = d < 0 ? -d : d, b = *worst < 0 ? -*worst : *worst;

	if (a > b)
		*worst = d;
}

/* RULE stock-9: the input that lies furthest off; one that the recipe does not know lies wholly off. */
static int64_t
deviation_of(const struct making *k)
{
	const struct conversion *c = k->c;
	int64_t worst = 0;
	size_t i, j;

	for (i = 0; i < k->nwanted; i++) {
		int64_t was = 0;

		for (j = 0; j < c->ninputs; j++)
			if (c->inputs[j].item == k->wanted[i].item)
				was += c->inputs[j].quantity;
		further(&worst, per_mille(was, wanted_of(&k->r, &k->wanted[i], c->quantity)));
	}
	for (j = 0; j < c->ninputs; j++) {
		for (i = 0; i < k->nwanted && k->wanted[i].item != c->inputs[j].item; i++)
			;
		if (i == k->nwanted)
			further(&worst, 1000);
	}
	return worst;
}

/* RULE stock-5: what is made goes to somebody's hands. */
static int
check_inputs(struct ctx *cx, const struct making *k)
{
	const struct conversion *c = k->c;
	size_t i;

	for (i = 0; i < c->ninputs; i++) {
		struct lot lot;

		if (c->inputs[i].quantity <= 0 || c->inputs[i].quantity > QUANTITY_MAX)
			fail_field(cx, arena_printf(cx->arena, "inputs.%zu.quantity", i),
			    N_("A number more than zero."));
		if (c->inputs[i].item == k->r.item)
			fail_field(cx, arena_printf(cx->arena, "inputs.%zu.item", i),
			    N_("A recipe does not need what it makes."));
		if (c->inputs[i].lot == 0 || c->apart)
			continue;
		TRY(kind_load(cx, &lot_kind, c->inputs[i].lot, &lot));
		if (lot.expires != 0 && lot.expires < k->day)
			return fail(cx, RC_RULE,
			    N_("The lot “%s” has expired: it can only be written off or given "
			       "back."),
			    lot.code);
	}
	return fields_rc(cx);
}

static void
pass(struct making *k, int64_t account, int64_t item, int64_t lot, int64_t quantity)
{
	k->lines[k->nlines++] = (struct movement_line){ account, item, lot, quantity };
	k->lines[k->nlines++] = (struct movement_line){ k->through, item, lot, -quantity };
}

/* Inputs leave the store, the output comes to the target; taken apart, the other way round. */
static void
lay_lines(struct ctx *cx, struct making *k)
{
	const struct conversion *c = k->c;
	int64_t target = c->target == 0 ? c->store : c->target, sign = c->apart ? -1 : 1;
	size_t i;

	k->lines = arena_array(cx->arena, struct movement_line, 2 * c->ninputs + 2);
	for (i = 0; i < c->ninputs; i++)
		pass(k, c->apart ? target : c->store, c->inputs[i].item, c->inputs[i].lot,
		    -sign * c->inputs[i].quantity);
	pass(k, c->apart ? c->store : target, k->r.item, c->lot, sign * c->quantity);
}

static bool
same_text(const char *a, const char *b)
{
	return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

/* RULE stock-3 where the inputs were taken from what lay there then: what was asked for is compared, not the digest. */
static int
made_before(struct ctx *cx, const struct conversion *c)
{
	int64_t at = c->apart || c->target == 0 ? c->store : c->target,
		out = c->apart ? -c->quantity : c->quantity;
	struct movement_read was;
	struct recipe r;
	size_t i;

	TRY(kind_get(cx, &recipe_kind, c->recipe, &r));
	TRY(movement_get(cx, c->movement, &was));
	for (i = 0; i < was.m.nlines; i++)
		if (was.m.lines[i].account == at && was.m.lines[i].item == r.item &&
		    was.m.lines[i].lot == c->lot && was.m.lines[i].quantity == out)
			break;
	if (i < was.m.nlines && was.m.recipe == c->recipe && was.m.at == c->at &&
	    same_text(was.m.document, c->document) && same_text(was.m.note, c->note))
		return RC_OK;
	return fail(cx, RC_CONFLICT, N_("This nonce was used for a set with other content."));
}

int
conversion_post_tx(struct ctx *cx, struct tx *tx, struct conversion *c, bool *again)
{
	struct conversion copy = *c;
	struct making k = { .c = &copy };
	struct movement m;

	if (!may(cx, CAP_STOCK_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	/* A set that stands is not made a second time from what lies there by now. */
	TRY(movement_of_nonce(cx, c->nonce, &c->movement));
	*again = c->movement != 0 && c->ninputs == 0;
	if (*again)
		return made_before(cx, c);
	TRY(open_recipe(cx, &k));
	TRY(fill_inputs(cx, &k));
	TRY(check_inputs(cx, &k));
	lay_lines(cx, &k);
	m = (struct movement){ .nonce = c->nonce,
		.at = c->at,
		.type = "conversion",
		.document = c->document,
		.note = c->note,
		.recipe = c->recipe,
		.deviation = deviation_of(&k),
		.lines = k.lines,
		.nlines = k.nlines };
	TRY(movement_post_tx(cx, tx, &m, again));
	c->movement = m.id;
	c->deviation = m.deviation;
	return RC_OK;
}

int
conversion_keys(struct ctx *cx, const struct conversion *c, int64_t *keys, size_t *n)
{
	struct recipe r;
	struct recipe_input *in;
	struct movement_line l[LINES_MAX];
	struct movement m = { .lines = l };
	size_t i, nin;

	TRY(kind_get(cx, &recipe_kind, c->recipe, &r));
	TRY(recipe_inputs(cx, c->recipe, &in, &nin));
	l[m.nlines++].item = r.item;
	for (i = 0; i < nin; i++)
		l[m.nlines++].item = in[i].item;
	for (i = 0; i < c->ninputs && m.nlines < LINES_MAX; i++)
		l[m.nlines++].item = c->inputs[i].item;
	return movement_keys(cx, &m, keys, n);
}

struct posting {
	struct conversion *c;
	bool *again;
};

static int
post_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct posting *p = arg;

	return conversion_post_tx(cx, tx, p->c, p->again);
}

int
conversion_post(struct ctx *cx, struct conversion *c, bool *again)
{
	int64_t keys[SET_ITEMS_MAX];
	struct posting p = { c, again };
	size_t n;

	TRY(conversion_keys(cx, c, keys, &n));
	return movement_write(cx, keys, n, post_fn, &p);
}
