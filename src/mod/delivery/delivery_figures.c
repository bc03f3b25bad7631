/* delivery_figures.c – vehicles that carried relief, and its goods: promised, received and delivered, three figures that
 * are never added up. RULE figure-21, figure-22.
 *
 * Promised and received are the pledges and receipts of charity on days on which a headquarters was open: then the
 * assembly collects for it. Delivered is what acts of delivery that stand brought to families and centres. Masses are whole
 * grams; what is counted in pieces or litres is in none of them. */
#include "figure/figure.h"
#include "mod/charity/charity.h"
#include "mod/delivery/delivery_inner.h"

#include <string.h>

/* ---- vehicles ---- */

static void
records_vehicles(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	size_t from = figure_val(v, nv, a->from), to = figure_val(v, nv, a->to);

	(void)cx;
	buf_printf(sql,
	    "SELECT c.id AS id, min(w.loaded_on) AS day, min(h.body) AS body, 1 AS amount, '' AS "
	    "basis, c.type AS dim FROM vehicle c JOIN waybill w ON w.vehicle = c.id JOIN "
	    "headquarters h ON h.id = w.headquarters WHERE w.loaded_on >= $%zu AND w.loaded_on <= "
	    "$%zu AND w.state <> 'cancelled'",
	    from, to);
	figure_within(a, "h.body",
	    "(SELECT min(n.district) FROM waybill_stop s JOIN need n ON n.id = s.need WHERE "
	    "s.waybill = w.id)",
	    sql, v, nv);
	if (a->dim_code != NULL) {
		v[*nv] = v_text(a->dim_code);
		buf_printf(sql, " AND c.type = $%zu", ++*nv);
	}
	buf_str(sql, " GROUP BY c.id, c.type");
}

/* ---- goods ---- */

#define IN_EMERGENCY(day)                                                     \
	" AND EXISTS (SELECT 1 FROM headquarters h WHERE h.opened_on <= " day \
	" AND (h.closed_on IS NULL OR h.closed_on >= " day "))"

static void
records_pledged(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	size_t from = figure_val(v, nv, a->from), to = figure_val(v, nv, a->to);

	(void)cx;
	buf_printf(sql,
	    "SELECT p.id AS id, p.day AS day, d.body AS body, p.quantity AS amount, '' AS "
	    "basis, " FIGURE_NONE
	    " AS dim FROM pledge p JOIN drive d ON d.id = p.drive JOIN stock_item i ON "
	    "i.id = p.item AND i.base = 'g' WHERE p.withdrawn_on IS NULL AND p.day >= $%zu AND "
	    "p.day <= $%zu" IN_EMERGENCY("p.day"),
	    from, to);
	figure_within(a, "d.body", "0", sql, v, nv);
}

static void
records_received(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	size_t from = figure_val(v, nv, a->from), to = figure_val(v, nv, a->to);

	(void)cx;
	buf_printf(sql,
	    "SELECT c.id AS id, c.day AS day, d.body AS body, CAST(sum(l.quantity) AS BIGINT) AS "
	    "amount, '' AS basis, " FIGURE_NONE " AS dim FROM charity_receipt c JOIN drive d ON "
	    "d.id = c.drive JOIN movement_line l ON l.movement = c.movement AND l.quantity > 0 "
	    "JOIN "
	    "stock_item i ON i.id = l.item AND i.base = 'g' WHERE c.day >= $%zu AND c.day <= $%zu "
	    "AND NOT EXISTS (SELECT 1 FROM movement_set b WHERE b.reverses = "
	    "c.movement)" IN_EMERGENCY("c.day"),
	    from, to);
	figure_within(a, "d.body", "0", sql, v, nv);
	buf_str(sql, " GROUP BY c.id, c.day, d.body");
}

static void
records_delivered(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	size_t from = figure_val(v, nv, a->from), to = figure_val(v, nv, a->to);

	(void)cx;
	buf_printf(sql,
	    "SELECT a.id AS id, a.day AS day, h.body AS body, CAST(sum(l.quantity) AS BIGINT) AS "
	    "amount, '' AS basis, CASE WHEN s.need IS NULL THEN 'place' ELSE 'family' END AS dim "
	    "FROM delivery_act a JOIN waybill_stop s ON s.id = a.stop JOIN waybill w ON w.id = "
	    "a.waybill JOIN headquarters h ON h.id = w.headquarters JOIN delivery_act_line l ON "
	    "l.act = a.id JOIN stock_item i ON i.id = l.item AND i.base = 'g' WHERE a.day >= $%zu "
	    "AND a.day <= $%zu AND a.result IN ('handed', 'partly') AND a.fault IS NULL AND "
	    "a.undone_at IS NULL",
	    from, to);
	if (a->dim_code != NULL)
		buf_str(sql, strcmp(a->dim_code, "family") == 0 ? " AND s.need IS NOT NULL"
								: " AND s.need IS NULL");
	figure_within(a, "h.body",
	    "coalesce((SELECT n.district FROM need n WHERE n.id = s.need), (SELECT p.district FROM "
	    "relief_place p WHERE p.id = s.place))",
	    sql, v, nv);
	buf_str(sql, " GROUP BY a.id, a.day, h.body, s.need");
}

/* A drive belongs to no district. */
static enum exactness
exact_whole(struct ctx *cx, const struct ask *a, int64_t *without)
{
	(void)cx;
	*without = 0;
	return a->district != 0 ? UNKNOWN : EXACT;
}

static const struct option receivers[] = {
	{ "family", N_("families") },
	{ "place", N_("centres, kitchens and other places") },
	{ NULL, NULL },
};

#define WHY N_("The records behind this figure are open to those who work with a headquarters.")
#define GIFTS_WHY N_("The records behind this figure are donors; only the secretariat opens them.")
#define MASS                                                                              \
	.unit = N_("mass"), .unit_code = "g", .shape = FIGURE_SUM, .time = FIGURE_PERIOD, \
	.say = SAY_EXACT, .value_cap = CAP_PUBLIC, .mass = true

static const struct figure vehicles_figure = {
	.code = "vehicles",
	.name = N_("Vehicles that carried relief"),
	.definition =
	    N_("Vehicles that a relief headquarters loaded in the period; each counts once."),
	.rule = N_("Different vehicles with a waybill that was loaded in the period and not called "
		   "off, however often they drove."),
	.unit = N_("vehicles"),
	.unit_code = "vehicles",
	.shape = FIGURE_COUNT,
	.time = FIGURE_PERIOD,
	.say = SAY_EXACT,
	.value_cap = CAP_PUBLIC,
	.rows_cap = CAP_RELIEF_READ,
	.rows_why = WHY,
	.kind = &vehicle_kind,
	.records = records_vehicles,
	.dim = "type",
	.dim_options = relief_vehicles,
};
static const struct figure delivered_figure = {
	.code = "relief_goods",
	.name = N_("Relief goods delivered"),
	.definition =
	    N_("Mass of goods that was handed over to families and places in the period."),
	.rule =
	    N_("The sum of the lines counted in grams of the acts of delivery of the days. Acts "
	       "that were undone or count for nothing are not in it, nor what was brought back "
	       "or lost; what is counted in pieces or litres is not in it. Promised and received "
	       "are figures of their own."),
	.rows_cap = CAP_RELIEF_READ,
	.rows_why = WHY,
	.kind = &delivery_act_kind,
	.records = records_delivered,
	.dim = "receiver",
	.dim_options = receivers,
	MASS,
};
static const struct figure received_figure = {
	.code = "relief_goods_received",
	.name = N_("Relief goods received"),
	.definition =
	    N_("Mass of goods that was received in the period while a relief headquarters "
	       "was open."),
	.rule = N_("The sum of the lines counted in grams of the receipts of days on which a "
		   "headquarters was open. Receipts that were taken back do not count; what is "
		   "counted in pieces or litres is not in it."),
	.rows_cap = CAP_STOCK_READ,
	.rows_why = GIFTS_WHY,
	.kind = &charity_receipt_kind,
	.records = records_received,
	.exact = exact_whole,
	MASS,
};
static const struct figure pledged_figure = {
	.code = "relief_goods_pledged",
	.name = N_("Relief goods promised"),
	.definition =
	    N_("Mass of goods that was promised in the period while a relief headquarters "
	       "was open."),
	.rule = N_("The sum of the pledges counted in grams of days on which a headquarters was "
		   "open. Pledges that were withdrawn do not count; a promise is never counted as "
		   "received."),
	.rows_cap = CAP_STOCK_READ,
	.rows_why = GIFTS_WHY,
	.kind = &pledge_kind,
	.records = records_pledged,
	.exact = exact_whole,
	MASS,
};

const struct figure *const delivery_figures[] = { &vehicles_figure, &delivered_figure,
	&received_figure, &pledged_figure };
const size_t delivery_nfigures = ARRAY_LEN(delivery_figures);
