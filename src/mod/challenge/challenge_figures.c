/* challenge_figures.c – how many entries of online challenges were shown. RULE challenge-8. */
#include "mod/challenge/challenge_inner.h"
#include "figure/figure.h"

/* Shown entries that came in the period, by the body that leads the event or the programme; of a district: those
 * of events in it or in one beneath it. */
static void
records(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	size_t from = figure_val(v, nv, a->from), to = figure_val(v, nv, a->to);

	(void)cx;
	buf_printf(sql,
	    "SELECT t.id AS id, t.entered_on AS day, coalesce(e.body, p.body) AS body, 1 AS "
	    "amount, '' AS basis, t.network AS dim FROM challenge_entry t JOIN challenge c ON c.id "
	    "= t.challenge LEFT JOIN event e ON e.id = c.event LEFT JOIN programme p ON p.id = "
	    "c.programme WHERE t.state = 'shown' AND (c.event IS NULL OR (e.merged_into IS NULL "
	    "AND e.state IN ('approved', 'held', 'reported', 'postponed', 'cancelled'))) AND "
	    "t.entered_on >= $%zu AND t.entered_on <= $%zu",
	    from, to);
	figure_within(a, "coalesce(e.body, p.body)", "e.district", sql, v, nv);
}

static enum exactness
exact(struct ctx *cx, const struct ask *a, int64_t *without)
{
	(void)cx;
	(void)a;
	*without = 0;
	return EXACT;
}

static const struct figure challenge_entries_figure = {
	.code = "challenge_entries",
	.name = N_("Entries of online challenges"),
	.definition = N_("Works that people sent as links in the period and that are shown."),
	.rule = N_(
	    "One link is one entry, on the day on which it came. Entries that wait, are refused or "
	    "taken back do not count; those whose names are removed after their term do."),
	.unit = N_("entries"),
	.unit_code = "entries",
	.shape = FIGURE_COUNT,
	.time = FIGURE_PERIOD,
	.say = SAY_EXACT,
	.value_cap = CAP_PUBLIC,
	.rows_cap = CAP_FIGURE_ROWS,
	.rows_why = N_("The records behind this figure are persons; only the secretariat, and a "
		       "leader for the own body, may open them."),
	.kind = &challenge_entry_kind,
	.records = records,
	.dim = "network",
	.dim_options = challenge_networks,
	.exact = exact,
};

const struct figure *const challenge_figures[] = { &challenge_entries_figure };
const size_t challenge_nfigures = ARRAY_LEN(challenge_figures);
