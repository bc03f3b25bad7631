/* demo_flood_stock.c – what the others take is brought in the morning by donors, kits are made of it; some is lost, a
 * mistake is taken back, two stores are counted, and what lay in centres and kitchens comes back at the end. Together
 * with needs and meals these are 3 000 sets; the last of them are hand-outs in the centres.
 *
 * TRAP: the mistake and its counter-set cancel each other; two counts found a difference. */
#include "app/demo_flood.h"

#define TAKEN_BACK_DAY 6
static const struct {
	int day;
	enum flood_item item;
	int quantity; /* in people's units */
	const char *why;
} losses[] = {
	{ 2, FI_BREAD, 14, "Су тиген." },
	{ 3, FI_FLOUR, 50, "Қап жыртылды." },
	{ 4, FI_WATER, 36, "Бөтелке жарылды." },
	{ 5, FI_BREAD, 9, "Көгерген." },
	{ 6, FI_SUGAR, 10, "Су тиген." },
	{ 8, FI_BREAD, 11, "Көгерген." },
	{ 9, FI_POTATO, 40, "Үсіген." },
	{ 10, FI_DIAPERS, 2, "Қорабы бүлінген, су тиген." },
	{ 12, FI_BREAD, 7, "Көгерген." },
};

/* ---- doing ---- */

static int64_t
brought(const struct flood *f, int day, enum flood_item item)
{
	int64_t step = f->pack[item] * (f->pack[item] == 1000000 ? 1 : 10),
		most = f->want[day][item] * 11 / 10;

	return f->want[day][item] == 0 ? 0 : (most / step + 1) * step;
}

/* Every eighth comes with a receipt of the drive, the others are put down at the door, of the donors at large. */
static int
do_bring(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	struct ctx *cx = f->d->cx;
	enum flood_item item = (enum flood_item)a->j;
	struct flood_line l = { item, brought(f, a->i, item) };
	struct movement m = { .nonce = arena_printf(cx->arena, "flood-in-%d-%d", a->i, a->j),
		.type = "receipt",
		.document = arena_printf(cx->arena, "Қабылдау журналы, %d-бет", a->i + 1) };
	struct movement_line line = {
		.item = f->item[item], .lot = flood_lot(f, item, a->i), .quantity = l.quantity
	};
	struct charity_post p = { .nonce = m.nonce,
		.at = a->at,
		.code = charity_code_of(
		    cx->arena, UINT64_C(0x5f00d00000) + (uint64_t)(a->i * 64 + a->j) * 7919),
		.donor = f->donor[(a->i + a->j) % FLOOD_DONORS],
		.drive = f->drive,
		.store = f->main,
		.lines = &line,
		.nlines = 1 };
	struct charity_posted out;
	struct stock_account donor;
	struct flood_way way = { 0, f->main, a->i };

	if ((a->i * FI_COUNT + a->j) % 8 == 0) {
		cx->actor = &f->lead;
		return charity_receive(cx, &p, &out);
	}
	cx->actor = &f->store;
	TRY(stock_account_find(cx, "donor", &donor));
	way.from = donor.rec.id;
	return flood_move(f, tx, &m, &l, 1, way);
}

static int
do_kit(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	enum flood_recipe r = (enum flood_recipe)a->j;
	enum flood_item item = r == FR_BASKET ? FI_BASKET : FI_HYGIENE;
	struct conversion c = { .nonce =
				    arena_printf(f->d->cx->arena, "flood-kit-%d-%d", a->i, a->j),
		.recipe = f->recipe[r],
		.at = a->at,
		.store = f->main,
		.quantity = f->want[a->i][item] + 2,
		.lot = flood_lot(f, item, a->i) };
	bool again;

	f->d->cx->actor = &f->store;
	return conversion_post_tx(f->d->cx, tx, &c, &again);
}

static int
do_loss(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	struct flood_line l = { losses[a->i].item,
		losses[a->i].quantity * f->pack[losses[a->i].item] };
	struct movement m = { .nonce = arena_printf(f->d->cx->arena, "flood-loss-%d", a->i),
		.type = "loss",
		.note = losses[a->i].why };
	struct flood_way way = { f->main, f->loss, losses[a->i].day };

	f->d->cx->actor = &f->store;
	return flood_move(f, tx, &m, &l, 1, way);
}

static int
do_mistake(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	struct flood_line l = { FI_BLANKET, 20 };
	struct movement m = {
		.nonce = "flood-mistake", .type = "issue", .document = "Тарату тізімі"
	};
	struct flood_way way = { f->main, f->household, TAKEN_BACK_DAY };

	(void)a;
	TRY(flood_move(f, tx, &m, &l, 1, way));
	f->wrong = m.id;
	return RC_OK;
}

static int
do_take_back(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	int64_t out;

	(void)tx;
	(void)a;
	return movement_reverse(f->d->cx, f->wrong, "flood-mistake-back",
	    "Екі рет енгізілген: тарату тізімі біреу.", &out);
}

/* Counted by the storekeeper, confirmed by the desk: two loaves short, one blanket too many. */
static int
do_count(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	struct ctx *cx = f->d->cx;
	struct stock_count c;
	struct stock_count_line *l;
	struct stock_row *rows;
	size_t n, nrows, i, k;
	int64_t movement;

	(void)tx;
	kind_empty(&stock_count_kind, &c);
	c.account = a->i == 0 ? f->centre_store[3] : f->main;
	c.at = a->at;
	c.counted_by = "Қойма комиссиясы";
	cx->actor = &f->store;
	TRY(count_open(cx, &c));
	TRY(stock_at(cx, c.account, c.at, 0, &rows, &nrows));
	TRY(count_lines(cx, c.rec.id, &l, &n));
	for (i = 0; i < n; i++)
		for (k = 0; k < nrows; k++)
			if (rows[k].item == l[i].item && rows[k].lot == l[i].lot)
				l[i].counted = rows[k].quantity -
					       (l[i].item == f->item[FI_BREAD] ? 2 : 0) +
					       (l[i].item == f->item[FI_BLANKET] ? 1 : 0);
	TRY(count_type(cx, c.rec.id, l, n));
	cx->actor = &f->desk;
	TRY(count_confirm(cx, c.rec.id));
	return count_final(cx, c.rec.id, &movement);
}

/* All that a centre or kitchen has left goes to the main store, and what lies there at the end to the families. */
static int
do_return(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	struct ctx *cx = f->d->cx;
	bool over = a->i == FLOOD_CENTRES + FLOOD_KITCHENS;
	int64_t to = over ? f->household : f->main,
		from = over		      ? f->main
		       : a->i < FLOOD_CENTRES ? f->centre_store[a->i]
					      : f->kitchen_store[a->i - FLOOD_CENTRES];
	struct movement m = { .nonce = arena_printf(cx->arena, "flood-return-%d", a->i),
		.at = a->at,
		.type = over ? "issue" : "return",
		.note = over
			    ? "Қалдық аудан әкімдіктері арқылы зардап шеккен отбасыларға таратылды."
			    : "Орталық жабылуға дайындалып жатыр." };
	struct movement_line *l;
	struct stock_row *rows;
	size_t n, i;
	bool again;

	cx->actor = &f->store;
	TRY(stock_at(cx, from, a->at, 0, &rows, &n));
	l = arena_array(cx->arena, struct movement_line, 2 * n + 1);
	for (i = 0; i < n; i++) {
		l[2 * i] =
		    (struct movement_line){ from, rows[i].item, rows[i].lot, -rows[i].quantity };
		l[2 * i + 1] =
		    (struct movement_line){ to, rows[i].item, rows[i].lot, rows[i].quantity };
	}
	m.lines = l;
	m.nlines = 2 * n;
	return movement_post_tx(cx, tx, &m, &again);
}

/* ---- planning ---- */

static void
plan_kits(struct flood *f)
{
	int day, i;

	for (day = 0; day < FLOOD_SPAN; day++) {
		static const enum flood_item out[] = { FI_BASKET, FI_HYGIENE };
		int r;

		for (r = FR_BASKET; r <= FR_HYGIENE; r++) {
			if (f->want[day][out[r]] == 0)
				continue;
			for (i = 0; i < FI_COUNT; i++)
				f->want[day][i] += flood_recipe_wants((enum flood_recipe)r,
				    (enum flood_item)i, f->want[day][out[r]] + 2);
			flood_posts(f, flood_moment(day, 9 * 60 + r), do_kit, day, r);
		}
	}
}

static void
plan_bringing(struct flood *f)
{
	int day, i;

	for (day = 0; day < FLOOD_SPAN; day++)
		for (i = 0; i < FI_COUNT; i++)
			if (f->want[day][i] > 0 && i != FI_BASKET && i != FI_HYGIENE)
				flood_posts(
				    f, flood_moment(day, 7 * 60 + 10 + 3 * i), do_bring, day, i);
}

void
flood_plan_stock(struct flood *f)
{
	size_t i;
	int k;

	for (i = 0; i < ARRAY_LEN(losses); i++) {
		f->want[losses[i].day][losses[i].item] +=
		    losses[i].quantity * f->pack[losses[i].item];
		flood_posts(f, flood_moment(losses[i].day, 20 * 60 + 30), do_loss, (int)i, 0);
	}
	f->want[TAKEN_BACK_DAY][FI_BLANKET] += 20;
	flood_posts(f, flood_moment(TAKEN_BACK_DAY, 11 * 60), do_mistake, 0, 0);
	flood_posts(f, flood_moment(TAKEN_BACK_DAY, 11 * 60 + 25), do_take_back, 0, 0);
	flood_posts(f, flood_moment(7, 11 * 60 + 30), do_count, 0, 0);
	flood_posts(f, flood_moment(17, 11 * 60), do_count, 1, 0);
	for (k = 0; k < FLOOD_CENTRES + FLOOD_KITCHENS; k++)
		flood_posts(f, flood_moment(16, 15 * 60 + 20 * k), do_return, k, 0);
	flood_posts(f, flood_moment(24, 15 * 60), do_return, k, 0);
	plan_kits(f);
	plan_bringing(f);
	if (FLOOD_SETS - f->sets < FLOOD_DAYS * FLOOD_CENTRES)
		die("demo: %d sets of the flood are planned already", f->sets);
	flood_plan_giving(f, FLOOD_SETS - f->sets);
}
