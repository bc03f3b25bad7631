/* paper_say.c – what is computed from a paper's cells, as text: columns, shares, names of periods. */
#include "mod/report/paper_inner.h"

#include <math.h>

#include "base/utf8.h"

#define NBSP "\u00a0"
#define MINUS "\u2212"

const char *
paper_label(const struct ctx *cx, const struct text3 *t)
{
	return tr3(cx, t, NULL);
}

bool
paper_named(const struct text3 *t)
{
	return (t->kk != NULL && *t->kk != '\0') || (t->ru != NULL && *t->ru != '\0') ||
	       (t->en != NULL && *t->en != '\0');
}

/* ---- columns ---- */

size_t
paper_cols(const struct paper_table *t, enum paper_col out[COL_COUNT])
{
	size_t n = 0;

	out[n++] = COL_NOW;
	if (t->plans) {
		out[n++] = COL_PLAN;
		out[n++] = COL_DONE;
	}
	if (!t->no_last) {
		out[n++] = COL_LAST;
		out[n++] = COL_DIFF;
		out[n++] = COL_GREW;
	}
	return n;
}

const char *
paper_col_name(const struct ctx *cx, const struct paper *p, enum paper_col c)
{
	(void)p;
	switch (c) {
	case COL_NOW:
		return tr(cx, "This period");
	case COL_PLAN:
		return tr(cx, "Plan");
	case COL_DONE:
		return tr(cx, "Plan done");
	case COL_LAST:
		return tr(cx, "A year before");
	case COL_DIFF:
		return tr(cx, "Difference");
	case COL_GREW:
		return tr(cx, "Change in per cent");
	case COL_COUNT:
		break;
	}
	return "";
}

const char *
paper_digits(struct ctx *cx, const struct figure *f, double v)
{
	return figure_digits(cx, f, v);
}

const char *
paper_value(struct ctx *cx, const struct paper_cell *c)
{
	static const char *const signs[] = {
		[EXACT] = "", [AT_LEAST] = "≥" NBSP, [ABOUT] = "≈" NBSP, [UNKNOWN] = ""
	};

	if (c->figure == NULL)
		return "";
	if (!c->known)
		return tr(cx, "not known");
	return arena_printf(
	    cx->arena, "%s%s", signs[c->exactness], paper_digits(cx, c->figure, c->value));
}

/* One decimal, rounded, but never over the edge that the number itself has not crossed. */
static double
edged(double share)
{
	double r = round(share * 10) / 10;

	if (share < 100 && r >= 100)
		return 99.9;
	if (share > 100 && r <= 100)
		return 100.1;
	return r;
}

/* A change has its sign between the mark of its exactness and the digits. */
static const char *
share_text(struct ctx *cx, double part, double of, bool exact_numbers, const char *sign)
{
	double share = fabs(part) * 100 / of, least = exact_numbers ? 0.1 : 1;
	bool tiny = share > 0 && share < least;
	int decimals = exact_numbers ? 1 : 0;
	const char *digits = num_real(cx,
	    tiny	    ? least
	    : exact_numbers ? edged(share)
			    : share,
	    decimals);

	return arena_printf(cx->arena, "%s%s%s%s",
	    tiny	    ? "<" NBSP
	    : exact_numbers ? ""
			    : "≈" NBSP,
	    sign, digits, cx->lang == LANG_EN ? "%" : NBSP "%");
}

const char *
paper_share(struct ctx *cx, double part, double of, bool exact_numbers)
{
	return of <= 0 || part < 0 ? "–" : share_text(cx, part, of, exact_numbers, "");
}

bool
paper_exact(const struct paper_row *r)
{
	return r->now.exactness == EXACT && r->last.exactness == EXACT;
}

bool
paper_comparable(const struct paper_row *r)
{
	return r->now.figure != NULL && r->now.known && r->last.figure != NULL && r->last.known &&
	       !r->no_last;
}

static const char *
signed_text(struct ctx *cx, double d, const char *text)
{
	return d > 0   ? arena_printf(cx->arena, "+%s", text)
	       : d < 0 ? arena_printf(cx->arena, MINUS "%s", text)
		       : text;
}

static const char *
diff_text(struct ctx *cx, const struct paper_row *r)
{
	double d = r->now.value - r->last.value;

	if (!paper_comparable(r))
		return "–";
	return arena_printf(cx->arena, "%s%s", paper_exact(r) ? "" : "≈" NBSP,
	    signed_text(cx, d, paper_digits(cx, r->now.figure, fabs(d))));
}

/* RULE report-5: growth from nothing has no per cent. */
static const char *
grew_text(struct ctx *cx, const struct paper_row *r)
{
	double d = r->now.value - r->last.value;

	if (!paper_comparable(r) || r->last.value <= 0)
		return "–";
	return share_text(cx, d, r->last.value, paper_exact(r), d > 0 ? "+" : d < 0 ? MINUS : "");
}

static const char *
plan_text(struct ctx *cx, const struct paper_row *r)
{
	return r->plan.target == 0 ? "–" : num(cx, (int64_t)llround(r->plan.value));
}

const char *
paper_col_text(struct ctx *cx, const struct paper_row *r, enum paper_col c)
{
	switch (c) {
	case COL_NOW:
		return paper_value(cx, &r->now);
	case COL_PLAN:
		return plan_text(cx, r);
	case COL_DONE:
		return r->plan.target == 0 || !r->now.known
			   ? "–"
			   : paper_share(
				 cx, r->now.value, r->plan.value, r->now.exactness == EXACT);
	case COL_LAST:
		return r->no_last ? "–" : paper_value(cx, &r->last);
	case COL_DIFF:
		return diff_text(cx, r);
	case COL_GREW:
		return grew_text(cx, r);
	case COL_COUNT:
		break;
	}
	return "";
}

bool
paper_col_number(const struct paper_row *r, enum paper_col c, double *out)
{
	switch (c) {
	case COL_NOW:
		*out = r->now.value;
		return r->now.figure != NULL && r->now.known;
	case COL_PLAN:
		*out = r->plan.value;
		return r->plan.target != 0;
	case COL_DONE:
		*out = r->plan.value > 0 ? edged(r->now.value * 100 / r->plan.value) : 0;
		return r->plan.target != 0 && r->now.known && r->plan.value > 0;
	case COL_LAST:
		*out = r->last.value;
		return r->last.figure != NULL && r->last.known && !r->no_last;
	case COL_DIFF:
		*out = r->now.value - r->last.value;
		return paper_comparable(r);
	case COL_GREW:
		*out = r->last.value > 0
			   ? round((r->now.value - r->last.value) * 1000 / r->last.value) / 10
			   : 0;
		return paper_comparable(r) && r->last.value > 0;
	case COL_COUNT:
		break;
	}
	return false;
}

/* RULE report-3: a plan for longer than the period is named with its days. */
const char *
paper_plan_note(struct ctx *cx, const struct paper_table *t)
{
	size_t i;

	for (i = 0; i < t->n; i++) {
		const struct paper_plan *plan = &t->row[i].plan;
		const struct ask *a = &t->row[i].now.ask;

		if (plan->target != 0 && (plan->from != a->from || plan->to != a->to))
			return trf(cx, "The plan is for %s.", day_range(cx, plan->from, plan->to));
	}
	return NULL;
}

/* ---- names of periods ---- */

const char *
paper_small_month(struct ctx *cx, int month)
{
	const char *s = month_name(cx, month), *p = s;
	int32_t cp = utf8_next(&p, s + strlen(s));
	char out[4];

	if (cx->lang == LANG_EN || cp <= 0)
		return s;
	return arena_printf(cx->arena, "%.*s%s", (int)utf8_put(out, utf8_lower(cp)), out, p);
}

const char *
paper_plain_period(struct ctx *cx, const struct period *p)
{
	const char *year = arena_printf(cx->arena, "%d", p->year);
	const char *nth = arena_printf(cx->arena, "%d", p->number);

	switch (p->shape) {
	case PERIOD_YEAR:
		return trf(cx, "the year %s", year);
	case PERIOD_HALF:
		return trf(cx, "half-year %1$s of %2$s", nth, year);
	case PERIOD_QUARTER:
		return trf(cx, "quarter %1$s of %2$s", nth, year);
	case PERIOD_MONTH:
		return trf(cx, "%1$s of the year %2$s", paper_small_month(cx, p->number), year);
	case PERIOD_DAYS:
		break;
	}
	return day_range(cx, p->from, p->to);
}

const char *
paper_period_name(struct ctx *cx, const struct paper *p)
{
	const char *name = paper_plain_period(cx, &p->period);

	return p->cut && p->period.shape != PERIOD_DAYS
		   ? arena_printf(cx->arena, "%s (%s)", name, day_range(cx, p->ask.from, p->ask.to))
	       : p->cut ? day_range(cx, p->ask.from, p->ask.to)
			: name;
}

const char *
paper_title(struct ctx *cx, const struct paper *p)
{
	(void)p;
	return tr(cx, "Report on the work done");
}
