/* centre_figures.c – people in evacuation centres on a day; and the norms that the program proposes. RULE figure-20. */
#include "figure/figure.h"
#include "mod/centre/centre_inner.h"

static void
records_occupancy(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	size_t on = figure_val(v, nv, a->on);

	(void)cx;
	buf_printf(sql,
	    "SELECT p.id AS id, min(s.arrived_on) AS day, q.body AS body, CAST(sum" HEAD_SUM(
		"s.") " AS BIGINT) AS amount, '' AS basis, p.id AS dim FROM stay s JOIN "
		      "relief_place p ON p.id = s.place JOIN headquarters q ON q.id = "
		      "p.headquarters WHERE s.arrived_on <= $%zu AND (s.left_on IS NULL OR "
		      "s.left_on > $%zu)",
	    on, on);
	figure_within(a, "q.body", "p.district", sql, v, nv);
	buf_str(sql, " GROUP BY p.id, q.body");
}

static enum exactness
exact(struct ctx *cx, const struct ask *a, int64_t *without)
{
	(void)cx;
	(void)a;
	*without = 0;
	return EXACT;
}

static const struct figure occupancy_figure = {
	.code = "centre_occupancy",
	.name = N_("People in evacuation centres"),
	.definition = N_("People who are in an evacuation centre at the end of the day."),
	.rule = N_("The sum of the people of all stays that began on or before the day and had not "
		   "ended by its end; a record is a centre with its people. Who moved on that day "
		   "counts in the last centre, once."),
	.unit = N_("people"),
	.unit_code = "people",
	.shape = FIGURE_SUM,
	.time = FIGURE_ON_DAY,
	.say = SAY_EXACT,
	.value_cap = CAP_RELIEF_READ,
	.rows_cap = CAP_RELIEF_READ,
	.rows_why =
	    N_("The records behind this figure are open to those who work with a headquarters."),
	.kind = &relief_place_kind,
	.records = records_occupancy,
	.dim = "centre",
	.dim_kind = &relief_place_kind,
	.exact = exact,
};
const struct figure *const centre_figures[] = { &occupancy_figure };
const size_t centre_nfigures = ARRAY_LEN(centre_figures);

/* ---- norms ---- */

#define SPHERE "Sphere 2018"
#define PROPOSED "ұсыныс · предложение"
static const struct {
	const char *item;
	int64_t per_person;
	const char *basis, *source;
} norms[] = {
	{ "water_bottled", 3000, "day", SPHERE }, /* to drink: 2.5–3 l */
	{ "bread", 1, "day", PROPOSED },
	{ "hot_meal", 3, "day", PROPOSED },
	{ "blanket", 1, "once", SPHERE },
	{ "mattress", 1, "once", SPHERE },
	{ "bed_linen", 1, "once", PROPOSED },
	{ "soap", 1, "once", SPHERE }, /* 250 g a month to wash oneself */
	{ "hygiene_kit", 1, "once", PROPOSED },
};

static int
seed_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	size_t i;

	(void)arg;
	for (i = 0; i < ARRAY_LEN(norms); i++) {
		struct centre_norm n;
		int64_t there;

		kind_empty(&centre_norm_kind, &n);
		TRY(db_int(cx, &n.item, "SELECT id FROM stock_item WHERE code = $1",
		    VALS(v_text(norms[i].item))));
		TRY(db_int(cx, &there, "SELECT count(*) FROM centre_norm WHERE item = $1",
		    VALS(v_int(n.item))));
		if (there > 0)
			continue;
		n.per_person = norms[i].per_person;
		n.basis = norms[i].basis;
		n.source = norms[i].source;
		TRY(kind_insert_tx(cx, tx, &centre_norm_kind, &n));
	}
	return RC_OK;
}

int
centre_seed(struct ctx *cx)
{
	return db_write(cx, seed_fn, NULL);
}
