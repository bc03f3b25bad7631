/* charity_figures.c – the yearly figures of charity: families' people (unique and served), money, mass of goods,
 * patrons. Each is one SELECT over receipts or acts and the lines of their sets; a set that was taken back does not
 * count from the moment on at which that was recorded. RULE charity-9 */
#include "mod/charity/charity_inner.h"
#include "figure/figure.h"

/* "JOIN movement_set … WHERE" of what stands as known at the moment, in the period. */
static void
standing(const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	size_t from = figure_val(v, nv, a->from), to = figure_val(v, nv, a->to),
	       known = figure_val(v, nv, a->known == 0 ? INT64_MAX : past_bound(a->known));

	buf_printf(sql,
	    " JOIN movement_set s ON s.id = c.movement WHERE c.day >= $%zu AND c.day <= $%zu AND "
	    "s.recorded_at < $%zu AND NOT EXISTS (SELECT 1 FROM movement_set b WHERE b.reverses = "
	    "s.id AND b.recorded_at < $%zu)",
	    from, to, known, known);
}

/* ---- people ---- */

/* Each family once, with as many people as on the last act of the period. */
static void
people_records(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	buf_str(sql,
	    "SELECT r.id AS id, max(c.day) AS day, r.body AS body, max(c.people) AS amount, '' AS "
	    "basis, " FIGURE_NONE
	    " AS dim FROM charity_aid c JOIN recipient r ON r.id = c.recipient");
	standing(a, sql, v, nv);
	figure_within(a, "r.body", "r.district", sql, v, nv);
	buf_str(sql, " GROUP BY r.id, r.body");
}

static void
served_records(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	buf_str(sql, "SELECT c.id AS id, c.day AS day, r.body AS body, c.people AS amount, '' AS "
		     "basis, " FIGURE_NONE
		     " AS dim FROM charity_aid c JOIN recipient r ON r.id = c.recipient");
	standing(a, sql, v, nv);
	figure_within(a, "r.body", "r.district", sql, v, nv);
}

/* ---- money and goods ---- */

/* A drive belongs to no district: of one that is asked for there are no records. */
#define NO_DISTRICT "0"

static void
lines_of(const struct ask *a, const char *base, const char *unit, struct buf *sql, struct val *v,
    size_t *nv)
{
	buf_printf(sql,
	    "SELECT c.id AS id, c.day AS day, d.body AS body, sum(l.quantity) / %s AS amount, '' "
	    "AS basis, c.drive AS dim FROM charity_receipt c JOIN drive d ON d.id = c.drive JOIN "
	    "movement_line l ON l.movement = c.movement AND l.quantity > 0 JOIN stock_item i ON "
	    "i.id = l.item AND i.base = '%s'",
	    unit, base);
	standing(a, sql, v, nv);
	figure_within(a, "d.body", NO_DISTRICT, sql, v, nv);
	buf_str(sql, " GROUP BY c.id, c.day, d.body, c.drive");
}

static void
amount_records(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	lines_of(a, "tiyn", "100", sql, v, nv);
}

static void
goods_records(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	lines_of(a, "g", "1000", sql, v, nv);
}

/* ---- patrons ---- */

static void
patron_records(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	buf_str(sql,
	    "SELECT o.id AS id, min(c.day) AS day, o.body AS body, 1 AS amount, '' AS basis, "
	    "o.type AS dim FROM charity_receipt c JOIN donor o ON o.id = c.donor JOIN drive d ON "
	    "d.id = c.drive");
	standing(a, sql, v, nv);
	figure_within(a, "d.body", NO_DISTRICT, sql, v, nv);
	buf_str(sql, " AND o.type <> 'anonymous' GROUP BY o.id, o.body, o.type");
}

/* A drive belongs to no district. */
static enum exactness
exact_whole(struct ctx *cx, const struct ask *a, int64_t *without)
{
	(void)cx;
	*without = 0;
	return a->district != 0 ? UNKNOWN : EXACT;
}

#define FAMILIES_WHY                                                                         \
	N_("The records behind this figure are families; only those who help them may open " \
	   "them.")
#define GIFTS_WHY N_("The records behind this figure are donors; only the secretariat opens them.")

static const struct figure people_figure = {
	.code = "charity_people",
	.name = N_("People helped by charity"),
	.definition = N_("People of the families to whom something was handed over in the period; "
			 "each family counts once."),
	.rule = N_("A family that was helped several times in the period counts once, with the "
		   "largest number of its people on those days. Acts that were taken back do not "
		   "count; families whose names are removed after their term do."),
	.unit = N_("people"),
	.unit_code = "people",
	.shape = FIGURE_SUM,
	.time = FIGURE_PERIOD,
	.say = SAY_EXACT,
	.value_cap = CAP_PUBLIC,
	.rows_cap = CAP_CHARITY_FAMILY,
	.rows_why = FAMILIES_WHY,
	.kind = &recipient_kind,
	.records = people_records,
};
static const struct figure served_figure = {
	.code = "charity_served",
	.name = N_("People served by charity, counted each time"),
	.definition = N_("People of the families, counted anew with each act of handing over."),
	.rule = N_("The sum over the acts of the period of the family's people on that day. It is "
		   "never called a number of different people. Acts that were taken back do not "
		   "count."),
	.unit = N_("people served"),
	.unit_code = "served",
	.shape = FIGURE_SUM,
	.time = FIGURE_PERIOD,
	.say = SAY_EXACT,
	.value_cap = CAP_PUBLIC,
	.rows_cap = CAP_CHARITY_FAMILY,
	.rows_why = FAMILIES_WHY,
	.kind = &charity_aid_kind,
	.records = served_records,
};
static const struct figure amount_figure = {
	.code = "charity_amount",
	.name = N_("Money donated"),
	.definition = N_("Money that came in the period, by receipts; goods are not in it."),
	.rule = N_("The sum of the lines of money of the receipts of the period, in whole tenge of "
		   "each receipt. Promises do not count, nor receipts that were taken back; goods "
		   "are never turned into money."),
	.unit = N_("tenge"),
	.unit_code = "tenge",
	.shape = FIGURE_SUM,
	.time = FIGURE_PERIOD,
	.say = SAY_EXACT,
	.value_cap = CAP_PUBLIC,
	.rows_cap = CAP_STOCK_READ,
	.rows_why = GIFTS_WHY,
	.kind = &charity_receipt_kind,
	.records = amount_records,
	.dim = "drive",
	.dim_kind = &drive_kind,
	.exact = exact_whole,
};
static const struct figure goods_figure = {
	.code = "charity_goods",
	.name = N_("Goods donated, by mass"),
	.definition = N_("Goods counted by mass that came in the period, by receipts."),
	.rule =
	    N_("The sum of the lines counted in grams of the receipts of the period, in whole "
	       "kilograms of each receipt. What is counted in pieces or litres is not in it and "
	       "stands by item on the page of charity. Promises do not count, nor receipts that "
	       "were taken back."),
	.unit = N_("kg"),
	.unit_code = "kg",
	.shape = FIGURE_SUM,
	.time = FIGURE_PERIOD,
	.say = SAY_EXACT,
	.value_cap = CAP_PUBLIC,
	.rows_cap = CAP_STOCK_READ,
	.rows_why = GIFTS_WHY,
	.kind = &charity_receipt_kind,
	.records = goods_records,
	.dim = "drive",
	.dim_kind = &drive_kind,
	.exact = exact_whole,
};
static const struct figure patrons_figure = {
	.code = "patrons",
	.name = N_("Patrons"),
	.definition = N_("Donors from whom something came in the period; each counts once."),
	.rule = N_("Different donors with a receipt of the period that was not taken back. A donor "
		   "who wants to stay unnamed cannot be told from another and does not count here; "
		   "the gift does."),
	.unit = N_("patrons"),
	.unit_code = "patrons",
	.shape = FIGURE_COUNT,
	.time = FIGURE_PERIOD,
	.say = SAY_EXACT,
	.value_cap = CAP_PUBLIC,
	.rows_cap = CAP_STOCK_READ,
	.rows_why = GIFTS_WHY,
	.kind = &donor_kind,
	.records = patron_records,
	.dim = "type",
	.dim_options = donor_types,
	.exact = exact_whole,
};

const struct figure *const charity_figures[] = { &people_figure, &served_figure, &amount_figure,
	&goods_figure, &patrons_figure };
const size_t charity_nfigures = ARRAY_LEN(charity_figures);
