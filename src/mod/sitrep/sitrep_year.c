/* sitrep_year.c – what relief adds to the year: people sheltered (RULE figure-25); and the totals of one headquarters, for
 * its closing. Needs, meals and goods are figures of their own modules. */
#include "figure/figure.h"
#include "mod/sitrep/sitrep_year.h"

/* ---- figures ---- */

static void
sheltered_records(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	size_t to = figure_val(v, nv, a->to), from = figure_val(v, nv, a->from);

	(void)cx;
	buf_printf(sql,
	    "SELECT x.place AS id, min(x.day) AS day, x.body AS body, CAST(sum(x.n) AS BIGINT) AS "
	    "amount, '' AS basis, " FIGURE_NONE
	    " AS dim FROM (SELECT s.household AS household, min(s.place) AS place, "
	    "min(s.arrived_on) AS day, q.body AS body, max" SIT_PEOPLE
	    " AS n FROM stay s JOIN relief_place p ON p.id = s.place JOIN headquarters q ON q.id "
	    "= p.headquarters WHERE s.arrived_on <= $%zu AND (s.left_on IS NULL OR s.left_on >= "
	    "$%zu)",
	    to, from);
	figure_within(a, "q.body", "p.district", sql, v, nv);
	buf_str(sql, " GROUP BY s.household, q.body) x GROUP BY x.place, x.body");
}

static enum exactness
exact(struct ctx *cx, const struct ask *a, int64_t *without)
{
	(void)cx;
	(void)a;
	*without = 0;
	return EXACT;
}

static const struct figure sheltered_figure = {
	.code = "relief_sheltered",
	.name = N_("People sheltered in evacuation centres"),
	.definition = N_("Different people who were in an evacuation centre in the period."),
	.rule =
	    N_("Each household that was in a centre on a day of the period counts once, with "
	       "the largest number of its people in a stay. A record is a centre with those whom "
	       "it counts; who was in several counts in one of them."),
	.unit = N_("people"),
	.unit_code = "people",
	.shape = FIGURE_SUM,
	.time = FIGURE_PERIOD,
	.say = SAY_EXACT,
	.value_cap = CAP_PUBLIC,
	.rows_cap = CAP_RELIEF_READ,
	.rows_why =
	    N_("The records behind this figure are open to those who work with a headquarters."),
	.kind = &relief_place_kind,
	.records = sheltered_records,
	.exact = exact,
};
const struct figure *const sitrep_year_figures[] = { &sheltered_figure };
const size_t sitrep_nyear_figures = ARRAY_LEN(sitrep_year_figures);

/* ---- of one headquarters ---- */

static int
stock_left(struct ctx *cx, int64_t headquarters, struct relief_total *out)
{
	enum { MOST = 30 };
	int64_t id[MOST], quantity[MOST], all;
	AUTO_ROWS r = { 0 };
	size_t n = 0, i;

	TRY(db_int(cx, &all,
	    "SELECT count(DISTINCT k.item) FROM stock_now k JOIN stock_account a ON a.id = "
	    "k.account JOIN relief_place p ON p.code = a.code WHERE p.headquarters = $1 AND "
	    "k.balance > 0",
	    VALS(v_int(headquarters))));
	TRY(db_rows(cx, &r,
	    "SELECT k.item, CAST(sum(k.balance) AS BIGINT) FROM stock_now k JOIN stock_account a "
	    "ON "
	    "a.id = k.account JOIN relief_place p ON p.code = a.code JOIN stock_item i ON i.id = "
	    "k.item WHERE p.headquarters = $1 AND k.balance > 0 GROUP BY k.item, i.sort_kk ORDER "
	    "BY "
	    "i.sort_kk, k.item LIMIT 30",
	    VALS(v_int(headquarters))));
	for (; n < MOST && rows_next(&r); n++) {
		id[n] = row_int(&r, 0);
		quantity[n] = row_int(&r, 1);
	}
	TRY(rows_end(&r));
	out->stock = arena_array(cx->arena, struct relief_left, n + 1);
	for (i = 0; i < n; i++) {
		TRY(kind_load(cx, &item_kind, id[i], &out->stock[i].item));
		out->stock[i].quantity = quantity[i];
	}
	out->nstock = n;
	out->more = (size_t)all - n;
	return RC_OK;
}

/* Goods by mass in whole kilograms, of this headquarters' places while it was open; sets that were taken back do not count. */
static int
goods_of(struct ctx *cx, const struct headquarters *h, struct relief_total *out)
{
	int64_t from = day_start(h->opened_on),
		to = h->closed_on == 0 ? cx->now + US_PER_DAY : day_start(day_add(h->closed_on, 1));
	struct vals of = VALS(v_int(h->rec.id), v_int(from), v_int(to));
	static const char lines[] =
	    "SELECT CAST(coalesce(sum(l.quantity), 0) AS BIGINT) / 1000 FROM movement_line l JOIN "
	    "movement_set m ON m.id = l.movement JOIN stock_item i ON i.id = l.item AND i.base = "
	    "'g' WHERE l.quantity > 0 AND m.reverses IS NULL AND l.at >= $2 AND l.at < $3 AND NOT "
	    "EXISTS (SELECT 1 FROM movement_set c WHERE c.reverses = m.id) AND ";

	TRY(db_int(cx, &out->received_kg,
	    arena_printf(cx->arena,
		"%sEXISTS (SELECT 1 FROM movement_line x JOIN stock_account b ON b.id = x.account "
		"AND b.type = 'donor' WHERE x.movement = l.movement) AND l.account IN " SIT_OWN,
		lines),
	    of));
	return db_int(
	    cx, &out->delivered_kg, arena_printf(cx->arena, "%s" SIT_DELIVERED, lines), of);
}

int
relief_total(struct ctx *cx, int64_t headquarters, struct relief_total *out)
{
	struct vals of = VALS(v_int(headquarters));
	struct headquarters h;

	*out = (struct relief_total){ 0 };
	TRY(reads_sums(cx, headquarters, &out->sums));
	TRY(kind_load(cx, &headquarters_kind, headquarters, &h));
	TRY(db_int(cx, &out->sheltered,
	    "SELECT CAST(coalesce(sum(x.n), 0) AS BIGINT) FROM (SELECT max" SIT_PEOPLE
	    " AS n FROM stay s JOIN relief_place p ON p.id = s.place WHERE p.headquarters = $1 "
	    "GROUP BY s.household) x",
	    of));
	TRY(db_int(cx, &out->portions,
	    "SELECT CAST(coalesce(sum(m.portions), 0) AS BIGINT) FROM meal_serving m JOIN "
	    "meal_batch b ON b.id = m.batch JOIN relief_place p ON p.id = b.place WHERE "
	    "p.headquarters = $1 AND m.withdrawn = 0",
	    of));
	TRY(db_int(cx, &out->here,
	    "SELECT CAST(coalesce(sum" SIT_PEOPLE
	    ", 0) AS BIGINT) FROM stay s JOIN relief_place p ON p.id = s.place WHERE "
	    "p.headquarters = $1 AND s.left_at IS NULL",
	    of));
	TRY(db_int(cx, &out->households,
	    "SELECT count(*) FROM stay s JOIN relief_place p ON p.id = s.place WHERE "
	    "p.headquarters = $1 AND s.left_at IS NULL",
	    of));
	TRY(db_int(cx, &out->on_way,
	    "SELECT count(*) FROM stock_transfer f WHERE f.state = 'on_way' AND (f.source IN "
	    "(SELECT a.id FROM stock_account a JOIN relief_place p ON p.code = a.code WHERE "
	    "p.headquarters = $1) OR f.target IN (SELECT a.id FROM stock_account a JOIN "
	    "relief_place p ON p.code = a.code WHERE p.headquarters = $1))",
	    of));
	TRY(db_int(cx, &out->shortages,
	    "SELECT count(*) FROM stock_shortage s JOIN stock_account a ON a.id = s.account JOIN "
	    "relief_place p ON p.code = a.code WHERE p.headquarters = $1 AND s.state = 'open'",
	    of));
	TRY(goods_of(cx, &h, out));
	return stock_left(cx, headquarters, out);
}
