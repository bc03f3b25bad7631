/* paper_plan.c – which plan belongs to a question.
 *
 * RULE report-3: the plan whose days are exactly those of the period comes first; without one, the
 * shortest plan that holds the whole period is shown with its own days, and what was reached is a
 * share of that longer plan. Parts of the period – quarters, months – have plans of their own or none. A plan of a body or district answers that question only. */
#include "mod/report/paper_inner.h"

enum { PLANS_MAX = 2000 };

int
paper_plans(struct ctx *cx, const struct paper *p, struct paper_plans *out)
{
	struct target *t = arena_array(cx->arena, struct target, PLANS_MAX);
	AUTO_ROWS r = { 0 };

	*out = (struct paper_plans){ t, 0 };
	if (!may(cx, target_kind.read))
		return RC_OK;
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"SELECT id, figure, from_day, to_day, body, district, value FROM target"
		" WHERE from_day <= $1 AND to_day >= $2 ORDER BY id LIMIT %d",
		PLANS_MAX),
	    VALS(v_int(p->period.to), v_int(p->period.from))));
	while (rows_next(&r))
		t[out->n++] = (struct target){ .rec.id = row_int(&r, 0),
			.figure = row_text(&r, 1),
			.from_day = (int)row_int(&r, 2),
			.to_day = (int)row_int(&r, 3),
			.body = row_int_or(&r, 4, 0),
			.district = row_int_or(&r, 5, 0),
			.value = row_int(&r, 6) };
	return rows_end(&r);
}

/* The figure whose plan a cell is held against: the parts of a split are planned as the whole is. */
static bool
same_question(const struct target *t, const struct paper_cell *c)
{
	return strcmp(t->figure, c->figure->code) == 0 && t->body == c->ask.body &&
	       t->district == c->ask.district && c->ask.dim_key == 0 && c->ask.dim_code == NULL &&
	       c->dim_code == NULL;
}

struct paper_plan
paper_plan_of(const struct paper_plans *plans, const struct paper_cell *c,
    const struct period *whole, bool longer)
{
	const struct target *best = NULL;
	size_t i;

	for (i = 0; c->figure != NULL && i < plans->n; i++) {
		const struct target *t = &plans->all[i];

		if (!same_question(t, c) || t->from_day > whole->from || t->to_day < whole->to)
			continue;
		if (!longer && (t->from_day != whole->from || t->to_day != whole->to))
			continue;
		if (best == NULL ||
		    period_days(t->from_day, t->to_day) < period_days(best->from_day, best->to_day))
			best = t;
	}
	if (best == NULL)
		return (struct paper_plan){ 0 };
	return (
	    struct paper_plan){ best->rec.id, (double)best->value, best->from_day, best->to_day };
}
