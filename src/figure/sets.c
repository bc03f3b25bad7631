/* sets.c – see sets.h. Both sets go through one grouping, so a set of a million ids costs one pass and
 * no memory here; what comes back are only the records that differ. */
#include "figure/sets.h"

#include "figure/internal.h"

#define SET_COLUMNS(amount) "r.id AS rec, " amount " AS amount, CAST(r.dim AS TEXT) AS dim"

static void
set_sql(struct ctx *cx, struct figure_sql *q, const struct figure *f, const struct ask *a)
{
	figure_sql_init(cx, q,
	    figure_has_amount(f) ? SET_COLUMNS("r.amount") : SET_COLUMNS(FIGURE_NONE), "", f, a);
	if (figure_has_amount(f))
		figure_sql_and(q, "r.amount IS NOT NULL", NULL);
}

int
figure_keep_tx(
    struct ctx *cx, struct tx *tx, const struct figure *f, const struct ask *a, const char *into)
{
	struct figure_sql q;

	set_sql(cx, &q, f, a);
	return tx_run(cx, tx, NULL,
	    arena_printf(cx->arena, "%s r.rec, r.amount, r.dim FROM (%s) r", into, q.text.p),
	    figure_sql_vals(&q));
}

int
figure_gaps(struct ctx *cx, const struct figure_sets *s, struct figure_gap **out, size_t *n)
{
	const char *after = s->after;
	struct figure_sql q = { .n = 0 };
	AUTO_ROWS r = { 0 };

	if (after == NULL) {
		set_sql(cx, &q, s->figure, s->ask);
		after = q.text.p;
	}
	*out = arena_array(cx->arena, struct figure_gap, s->max);
	*n = 0;
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"SELECT rec, sum(was), sum(now), max(amount_was), max(amount_is), max(dim_was),"
		" max(dim_is) FROM (SELECT b.rec AS rec, 1 AS was, 0 AS now, b.amount AS "
		"amount_was,"
		" " FIGURE_NONE " AS amount_is, b.dim AS dim_was, " FIGURE_NO_TEXT
		" AS dim_is FROM (%s) b UNION ALL SELECT c.rec, 0, 1, " FIGURE_NONE
		", c.amount, " FIGURE_NO_TEXT ", c.dim FROM (%s) c) x GROUP BY rec"
		" HAVING sum(was) <> sum(now)"
		" OR coalesce(max(amount_was), -1) <> coalesce(max(amount_is), -1)"
		" OR coalesce(max(dim_was), '') <> coalesce(max(dim_is), '') ORDER BY rec LIMIT "
		"%zu",
		s->before, after, s->max + 1),
	    figure_sql_vals(&q)));
	while (rows_next(&r)) {
		if (*n == s->max)
			return fail(cx, RC_TOOBIG, N_("There are more than %s differences."),
			    num(cx, (int64_t)s->max));
		(*out)[(*n)++] = (struct figure_gap){ .id = row_int(&r, 0),
			.was = row_int(&r, 1) != 0,
			.is = row_int(&r, 2) != 0,
			.amount_was = row_int_or(&r, 3, INT_NONE),
			.amount_is = row_int_or(&r, 4, INT_NONE),
			.dim_was = row_text(&r, 5),
			.dim_is = row_text(&r, 6) };
	}
	return rows_end(&r);
}
