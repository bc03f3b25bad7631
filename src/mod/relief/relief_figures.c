/* relief_figures.c – needs by state, and how long families waited. RULE figure-14, figure-15. */
#include "figure/figure.h"
#include "mod/relief/relief_inner.h"

/* Needs whose day `on` lies in the period; of a body: of headquarters that sit there or beneath it; of a district:
 * with those beneath it (figure-10). */
static void
needs(const struct ask *a, const char *on, const char *columns, struct buf *sql, struct val *v,
    size_t *nv)
{
	size_t from = figure_val(v, nv, a->from), to = figure_val(v, nv, a->to);

	buf_printf(sql,
	    "SELECT n.id AS id, n.%s AS day, h.body AS body, %s FROM need n JOIN headquarters h ON "
	    "h.id = n.headquarters WHERE n.%s >= $%zu AND n.%s <= $%zu",
	    on, columns, on, from, on, to);
	figure_within(a, "h.body", "n.district", sql, v, nv);
}

static void
records_needs(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	needs(a, "asked_on", "1 AS amount, '' AS basis, n.state AS dim", sql, v, nv);
}

static void
records_hours(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	needs(a, "ended_on", "n.hours AS amount, '' AS basis, " FIGURE_NONE " AS dim", sql, v, nv);
	buf_str(sql, " AND n.state = 'delivered'");
}

static enum exactness
exact(struct ctx *cx, const struct ask *a, int64_t *without)
{
	(void)cx;
	(void)a;
	*without = 0;
	return EXACT;
}

#define WHY N_("Needs are opened one by one by those who work in a relief headquarters.")

static const struct figure needs_figure = {
	.code = "needs",
	.name = N_("Needs"),
	.definition = N_("What families asked a relief headquarters for in the period, by state."),
	.rule = N_("One form is one need, by the day on which it was asked; a need that was "
		   "found to be the same as another one counts for itself."),
	.unit = N_("needs"),
	.unit_code = "needs",
	.shape = FIGURE_COUNT,
	.time = FIGURE_PERIOD,
	.say = SAY_EXACT,
	.value_cap = CAP_PUBLIC,
	.rows_cap = CAP_RELIEF_READ,
	.rows_why = WHY,
	.kind = &need_kind,
	.records = records_needs,
	.dim = "state",
	.dim_options = need_states,
	.exact = exact,
};

static const struct figure needs_hours_figure = {
	.code = "needs_hours",
	.name = N_("Hours from a need to its delivery"),
	.definition = N_("Half of the needs delivered in the period were delivered within so many "
			 "hours."),
	.rule = N_("The median of whole hours between asking and delivery, of needs delivered in "
		   "the period."),
	.unit = N_("hours"),
	.unit_code = "hours",
	.shape = FIGURE_MEDIAN,
	.time = FIGURE_PERIOD,
	.say = SAY_EXACT,
	.value_cap = CAP_PUBLIC,
	.rows_cap = CAP_RELIEF_READ,
	.rows_why = WHY,
	.kind = &need_kind,
	.records = records_hours,
	.exact = exact,
};

const struct figure *const relief_figures[] = { &needs_figure, &needs_hours_figure };
const size_t relief_nfigures = ARRAY_LEN(relief_figures);
