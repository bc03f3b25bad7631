/* comment_figures.c – comments shown, and refused by reason: what is asked for a report on the newsroom's readers. */
#include "figure/figure.h"
#include "mod/comment/comment_inner.h"

static void
records_in(const char *which, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	size_t from = figure_val(v, nv, a->from), to = figure_val(v, nv, a->to);

	buf_printf(sql,
	    "SELECT t.id AS id, t.entered_on AS day, a.body AS body, 1 AS amount, '' AS basis, "
	    "coalesce(t.reason, '') AS dim FROM comment t JOIN article a ON a.id = t.article LEFT "
	    "JOIN body b ON b.id = a.body WHERE "
	    "%s AND t.entered_on >= $%zu AND t.entered_on <= $%zu",
	    which, from, to);
	figure_within(a, "a.body", "b.district", sql, v, nv);
}

static void
shown_records(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	records_in("t.state = 'shown' AND a.state IN ('published', 'corrected')", a, sql, v, nv);
}

static void
refused_records(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	records_in("t.reason IS NOT NULL", a, sql, v, nv);
}

static enum exactness
exact(struct ctx *cx, const struct ask *a, int64_t *without)
{
	(void)cx;
	(void)a;
	*without = 0;
	return EXACT;
}

#define ROWS_WHY N_("The records behind this figure are comments; only moderators may open them.")

static const struct figure comments_shown_figure = {
	.code = "comments_shown",
	.name = N_("Comments of readers"),
	.definition = N_("Comments that came in the period and that are shown under articles."),
	.rule = N_("On the day on which they came. Those that wait, were refused or were removed "
		   "by their authors, and those under an article that was withdrawn, do not "
		   "count."),
	.unit = N_("comments"),
	.unit_code = "comments",
	.shape = FIGURE_COUNT,
	.time = FIGURE_PERIOD,
	.say = SAY_EXACT,
	.value_cap = CAP_PUBLIC,
	.rows_cap = CAP_EVENT_APPROVE,
	.rows_why = ROWS_WHY,
	.kind = &comment_kind,
	.records = shown_records,
	.exact = exact,
};
static const struct figure comments_refused_figure = {
	.code = "comments_refused",
	.name = N_("Comments refused"),
	.definition =
	    N_("Comments that came in the period and that a moderator refused, by reason."),
	.rule = N_("On the day on which they came; those whose text is gone, after its term or "
		   "removed by its author, do count."),
	.unit = N_("comments"),
	.unit_code = "comments",
	.shape = FIGURE_COUNT,
	.time = FIGURE_PERIOD,
	.say = SAY_EXACT,
	.value_cap = CAP_EVENT_APPROVE,
	.rows_cap = CAP_EVENT_APPROVE,
	.rows_why = ROWS_WHY,
	.kind = &comment_kind,
	.records = refused_records,
	.dim = "reason",
	.dim_options = comment_reasons,
	.exact = exact,
};

const struct figure *const comment_figures[] = { &comments_shown_figure, &comments_refused_figure };
const size_t comment_nfigures = ARRAY_LEN(comment_figures);
