/* signup_figures.c – how many signed up, and how many of them came. RULE figure-12, figure-13. */
#include "kind/past.h"
#include "mod/signup/signup_inner.h"
#include "figure/figure.h"

#define CAME                                                                             \
	"EXISTS (SELECT 1 FROM attendance a WHERE a.event = t.event AND a.ticket = t.id" \
	" AND a.withdrawn = 0)"

/* Tickets of events of the period, public and not merged; of a body's events: those that it or one beneath it
 * leads; of a district: with those beneath it (figure-10). */
static void
tickets(const struct ask *a, const char *columns, const char *states, struct buf *sql,
    struct val *v, size_t *nv)
{
	size_t from = figure_val(v, nv, a->from), to = figure_val(v, nv, a->to);

	buf_printf(sql,
	    "SELECT t.id AS id, e.first_day AS day, e.body AS body, %s FROM ticket t JOIN event e "
	    "ON "
	    "e.id = t.event WHERE e.state IN (%s) AND e.merged_into IS NULL AND e.first_day >= "
	    "$%zu "
	    "AND e.first_day <= $%zu",
	    columns, states, from, to);
	figure_within(a, "e.body", "e.district", sql, v, nv);
}

static void
records_signups(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	tickets(a,
	    "1 AS amount, '' AS basis, CASE WHEN t.state = 'revoked' THEN 'withdrawn' WHEN t.state "
	    "= "
	    "'waiting' THEN 'waiting' WHEN " CAME " THEN 'came' ELSE 'placed' END AS dim",
	    "'approved', 'held', 'reported', 'postponed', 'cancelled'", sql, v, nv);
}

static void
records_came(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	tickets(a,
	    "CASE WHEN " CAME " THEN 100 ELSE 0 END AS amount, '' AS basis, " FIGURE_NONE " AS dim",
	    "'held', 'reported'", sql, v, nv);
	buf_str(sql, " AND t.state = 'valid'");
}

static enum exactness
exact(struct ctx *cx, const struct ask *a, int64_t *without)
{
	(void)cx;
	(void)a;
	*without = 0;
	return EXACT;
}

static const struct option outcomes[] = {
	{ "came", N_("came") },
	{ "placed", N_("has a place") },
	{ "waiting", N_("waits for a place") },
	{ "withdrawn", N_("withdrew") },
	{ NULL, NULL },
};

#define WHY                                                                                      \
	N_("The records behind this figure are persons; only the secretariat, and a leader for " \
	   "the own body, may open them.")

static const struct figure signups_figure = {
	.code = "signups",
	.name = N_("Seats signed up for"),
	.definition = N_("Seats for which people signed up, at events that begin in the period."),
	.rule = N_(
	    "One ticket is one seat, whatever became of it: came, has a place, waits for a place, "
	    "withdrawn. Of public events; an event stands at its lead organiser."),
	.unit = N_("seats"),
	.unit_code = "seats",
	.shape = FIGURE_COUNT,
	.time = FIGURE_PERIOD,
	.say = SAY_EXACT,
	.value_cap = CAP_PUBLIC,
	.rows_cap = CAP_FIGURE_ROWS,
	.rows_why = WHY,
	.kind = &ticket_kind,
	.records = records_signups,
	.dim = "outcome",
	.dim_options = outcomes,
	.exact = exact,
};

static const struct figure signups_came_figure = {
	.code = "signups_came",
	.name = N_("Share of those signed up who came"),
	.definition =
	    N_("Of a hundred tickets with a place, how many were used, at events that took place."),
	.rule =
	    N_("The mean over tickets that were not withdrawn and had a place, at events held or "
	       "reported: 100 for a ticket somebody came with, 0 for another."),
	.unit = N_("percent"),
	.unit_code = "percent",
	.shape = FIGURE_MEAN,
	.time = FIGURE_PERIOD,
	.say = SAY_EXACT,
	.value_cap = CAP_PUBLIC,
	.rows_cap = CAP_FIGURE_ROWS,
	.rows_why = WHY,
	.kind = &ticket_kind,
	.records = records_came,
	.exact = exact,
};

const struct figure *const signup_figures[] = { &signups_figure, &signups_came_figure };
const size_t signup_nfigures = ARRAY_LEN(signup_figures);
