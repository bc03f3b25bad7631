/* meal_reads.c – portions of a batch and of a day; the figures hot_meals, hot_meals_cooked, hot_meals_thrown. Three
 * numbers that are never mixed. RULE meal-3. */
#include "figure/figure.h"
#include "mod/meal/meal_inner.h"

#include <string.h>

int
meal_too_cold(struct ctx *cx, const struct meal_serving *s, bool *out)
{
	int64_t least;

	TRY(setting_number(cx, "hot_food_min", 60, &least));
	*out = s->temperature != INT_NONE && s->temperature < least;
	return RC_OK;
}

int
meal_sum(struct ctx *cx, int64_t batch, struct meal_sum *out)
{
	struct meal_batch b;

	*out = (struct meal_sum){ .batch = batch };
	TRY(kind_load(cx, &meal_batch_kind, batch, &b));
	out->cooked = b.withdrawn ? 0 : b.portions;
	TRY(db_int(cx, &out->handed,
	    "SELECT CAST(coalesce(sum(portions), 0) AS BIGINT) FROM meal_serving WHERE batch = $1 "
	    "AND withdrawn = 0",
	    VALS(v_int(batch))));
	TRY(db_int(cx, &out->thrown,
	    "SELECT CAST(coalesce(sum(portions), 0) AS BIGINT) FROM meal_waste WHERE batch = $1 "
	    "AND withdrawn = 0",
	    VALS(v_int(batch))));
	out->left = out->cooked - out->handed - out->thrown;
	return RC_OK;
}

int
meal_day(struct ctx *cx, int64_t headquarters, int day, struct meal_day *out)
{
	struct vals of = VALS(v_int(headquarters), v_int(day));
	AUTO_ROWS r = { 0 };
	int i;

	*out = (struct meal_day){ 0 };
	if (!may(cx, CAP_RELIEF_READ))
		return fail(cx, RC_DENIED, N_("Your role does not open this."));
	TRY(db_int(cx, &out->planned,
	    "SELECT CAST(coalesce(sum(m.portions), 0) AS BIGINT) FROM meal_plan m JOIN "
	    "relief_place p ON p.id = m.place WHERE p.headquarters = $1 AND m.day = $2",
	    of));
	TRY(db_int(cx, &out->cooked,
	    "SELECT CAST(coalesce(sum(m.portions), 0) AS BIGINT) FROM meal_batch m JOIN "
	    "relief_place p ON p.id = m.place WHERE p.headquarters = $1 AND m.day = $2 AND "
	    "m.withdrawn = 0",
	    of));
	TRY(db_int(cx, &out->thrown,
	    "SELECT CAST(coalesce(sum(m.portions), 0) AS BIGINT) FROM meal_waste m JOIN meal_batch "
	    "b ON b.id = m.batch JOIN relief_place p ON p.id = b.place WHERE p.headquarters = $1 "
	    "AND m.day = $2 AND m.withdrawn = 0",
	    of));
	TRY(db_rows(cx, &r,
	    "SELECT m.receivers, CAST(sum(m.portions) AS BIGINT) FROM meal_serving m JOIN "
	    "meal_batch b ON b.id = m.batch JOIN relief_place p ON p.id = b.place WHERE "
	    "p.headquarters = $1 AND m.day = $2 AND m.withdrawn = 0 GROUP BY m.receivers",
	    of));
	while (rows_next(&r))
		for (i = 0; meal_receivers[i].code != NULL; i++)
			if (strcmp(meal_receivers[i].code, row_text(&r, 0)) == 0) {
				out->by_group[i] = row_int(&r, 1);
				out->handed += row_int(&r, 1);
			}
	return rows_end(&r);
}

/* ---- figures ---- */

/* m: the records, which all have day, portions and withdrawn; p: their kitchen. */
static void
portions(const struct ask *a, const char *from, const char *dim, struct buf *sql, struct val *v,
    size_t *nv)
{
	size_t first = figure_val(v, nv, a->from), last = figure_val(v, nv, a->to);

	buf_printf(sql,
	    "SELECT m.id AS id, m.day AS day, q.body AS body, m.portions AS amount, '' AS basis, "
	    "%s AS dim FROM %s JOIN headquarters q ON q.id = p.headquarters WHERE m.withdrawn = 0 "
	    "AND m.day >= $%zu AND m.day <= $%zu",
	    dim, from, first, last);
	figure_within(a, "q.body", "p.district", sql, v, nv);
}

static void
records_handed(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	portions(a,
	    "meal_serving m JOIN meal_batch b ON b.id = m.batch JOIN relief_place p ON p.id = "
	    "b.place",
	    "m.receivers", sql, v, nv);
	if (a->dim_code != NULL) {
		v[*nv] = v_text(a->dim_code);
		buf_printf(sql, " AND m.receivers = $%zu", ++*nv);
	}
}

static void
records_cooked(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	portions(a, "meal_batch m JOIN relief_place p ON p.id = m.place", FIGURE_NONE, sql, v, nv);
}

static void
records_thrown(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	portions(a,
	    "meal_waste m JOIN meal_batch b ON b.id = m.batch JOIN relief_place p ON p.id = "
	    "b.place",
	    FIGURE_NONE, sql, v, nv);
}

static enum exactness
exact(struct ctx *cx, const struct ask *a, int64_t *without)
{
	(void)cx;
	(void)a;
	*without = 0;
	return EXACT;
}

#define WHY N_("The records behind this figure are open to those who work with a headquarters.")
#define MEALS_FIGURE                                                          \
	.unit = N_("portions"), .unit_code = "portions", .shape = FIGURE_SUM, \
	.time = FIGURE_PERIOD, .say = SAY_EXACT, .value_cap = CAP_PUBLIC,     \
	.rows_cap = CAP_RELIEF_READ, .rows_why = WHY, .exact = exact

static const struct figure handed_figure = {
	.code = "hot_meals",
	.name = N_("Hot meals handed out"),
	.definition = N_("Portions of hot food that were handed out in the period."),
	.rule = N_("The sum of the portions of all hand-outs of the days, to rescuers, volunteers, "
		   "evacuees and others. Cooked and left over are figures of their own; what was "
		   "taken back does not count."),
	.kind = &meal_serving_kind,
	.records = records_handed,
	.dim = "group",
	.dim_options = meal_receivers,
	MEALS_FIGURE,
};
static const struct figure cooked_figure = {
	.code = "hot_meals_cooked",
	.name = N_("Hot meals cooked"),
	.definition = N_("Portions of hot food that were cooked in the period."),
	.rule =
	    N_("The sum of the portions of all batches of the days, as the kitchens posted them "
	       "with their ingredients."),
	.kind = &meal_batch_kind,
	.records = records_cooked,
	MEALS_FIGURE,
};
static const struct figure thrown_figure = {
	.code = "hot_meals_thrown",
	.name = N_("Hot meals thrown away"),
	.definition = N_("Portions of hot food that were left over or spoiled and thrown away in "
			 "the period."),
	.rule = N_("The sum of the portions that were posted as a loss on the days."),
	.kind = &meal_waste_kind,
	.records = records_thrown,
	MEALS_FIGURE,
};
const struct figure *const meal_figures[] = { &handed_figure, &cooked_figure, &thrown_figure };
const size_t meal_nfigures = ARRAY_LEN(meal_figures);
