/* plan_check.c – who sees and writes plans, what the machine fills in, what is refused.
 *
 * RULE plan-3: while a plan is draft or returned its items change freely; sent or checked they stand;
 * approved they change by an amendment: a reason of its own, by the secretariat. This holds at every door,
 * since the item itself asks for it. */
#include "mod/plan/plan_inner.h"

#define OWN_BODIES                                                                                 \
	"(WITH RECURSIVE own(id) AS (SELECT ? UNION SELECT b.id FROM body b JOIN own ON b.parent " \
	"= own.id) SELECT own.id FROM own)"

bool
plan_blank(const char *s)
{
	return s == NULL || s[strspn(s, " \t\r\n")] == '\0';
}

bool
plan_open(const struct body_plan *p)
{
	return strcmp(p->state, "draft") == 0 || strcmp(p->state, "returned") == 0;
}

static bool
approved(const struct body_plan *p)
{
	return strcmp(p->state, "approved") == 0;
}

void
plan_days(const struct body_plan *p, int *from, int *to)
{
	int y = (int)p->year, q = p->quarter == NULL ? 0 : *p->quarter - '0';

	*from = day_make(y, q < 1 ? 1 : q * 3 - 2, 1);
	*to = q < 1 ? day_make(y, 12, 31) : day_make(y, q * 3, day_month_len(y, q * 3));
}

/* ---- scopes ---- */

void
plan_scope(struct ctx *cx, struct query *q)
{
	if (actor_scoped(cx->actor))
		query_and(q, "plan.body IN " OWN_BODIES, VALS(v_int(cx->actor->body)));
}

void
plan_item_scope(struct ctx *cx, struct query *q)
{
	if (actor_scoped(cx->actor))
		query_and(q,
		    "plan_item.plan IN (SELECT pp.id FROM plan pp WHERE pp.body IN " OWN_BODIES ")",
		    VALS(v_int(cx->actor->body)));
}

void
plan_item_listed(struct ctx *cx, struct query *q)
{
	(void)cx;
	query_and(q, "plan_item.left_out_on IS NULL", NO_VALS);
}

static int
outside(struct ctx *cx)
{
	return fail(cx, RC_DENIED,
	    N_("This belongs to another body; you may change only what is your own body's."));
}

int
plan_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct body_plan *was = old, *is = rec;

	if ((was != NULL && !actor_in_scope(cx->actor, was->body)) ||
	    (is->body != 0 && !actor_in_scope(cx->actor, is->body)))
		return outside(cx);
	return RC_OK;
}

int
plan_item_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct plan_item *is = rec;
	struct body_plan p;
	int rc;

	(void)old;
	if (is->plan == 0)
		return RC_OK; /* named as missing */
	rc = kind_load(cx, &plan_kind, is->plan, &p);
	if (rc == RC_NOTFOUND)
		return RC_OK;
	TRY(rc);
	if (!actor_in_scope(cx->actor, p.body) ||
	    (is->body != 0 && !actor_in_scope(cx->actor, is->body)))
		return outside(cx);
	if (approved(&p) && !may(cx, CAP_EVENT_APPROVE))
		return fail(cx, RC_DENIED,
		    N_("The plan is approved: the secretariat amends it. Moving or cancelling the "
		       "event itself shows here by itself."));
	return RC_OK;
}

/* ---- what the machine fills in ---- */

static const char *
title_in(struct ctx *cx, enum lang l, const struct body_plan *p, const struct body *b)
{
	struct ctx in = *cx;
	const char *year = arena_printf(cx->arena, "%lld", (long long)p->year);

	in.lang = l;
	if (p->quarter == NULL || *p->quarter == '0')
		return trf(&in, "Plan for %1$s: %2$s", year, tr3(&in, &b->name, NULL));
	return trf(
	    &in, "Plan for quarter %1$s of %2$s: %3$s", p->quarter, year, tr3(&in, &b->name, NULL));
}

int
plan_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct body_plan *p = rec;
	struct body b;
	int rc;

	if (old != NULL)
		return RC_OK;
	if (p->state == NULL || *p->state == '\0')
		p->state = "draft";
	if (p->quarter == NULL || *p->quarter == '\0')
		p->quarter = "0";
	if (p->body == 0)
		return RC_OK;
	rc = kind_load(cx, &body_kind, p->body, &b);
	if (rc == RC_NOTFOUND)
		return RC_OK;
	TRY(rc);
	p->title = (struct text3){ title_in(cx, LANG_KK, p, &b), title_in(cx, LANG_RU, p, &b),
		title_in(cx, LANG_EN, p, &b) };
	return RC_OK;
}

static int
last_day(int64_t year, const char *month)
{
	int m = month == NULL || strlen(month) != 2 ? 0 : (month[0] - '0') * 10 + month[1] - '0';

	return m < 1 || m > 12 ? 0 : day_make((int)year, m, day_month_len((int)year, m));
}

static bool
same_text(const char *a, const char *b)
{
	return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

/* In an approved plan a new reason makes an amendment of today; naming its event is none. */
static void
amended(struct ctx *cx, const struct plan_item *was, struct plan_item *is)
{
	if (was == NULL ||
	    (!same_text(was->amend_reason, is->amend_reason) && was->amended_on == is->amended_on))
		is->amended_on = cx->today;
	if (was != NULL && was->due != is->due && was->was_due == 0)
		is->was_due = was->due;
}

int
plan_item_prepare(struct ctx *cx, const void *old, void *rec)
{
	const struct plan_item *was = old;
	struct plan_item *is = rec;
	struct body_plan p;
	int rc;

	if (is->plan == 0)
		return RC_OK;
	rc = kind_load(cx, &plan_kind, is->plan, &p);
	if (rc == RC_NOTFOUND)
		return RC_OK;
	TRY(rc);
	if (is->body == 0)
		is->body = p.body;
	if (is->day != 0 && day_valid(is->day))
		is->month = arena_printf(cx->arena, "%02d", day_month(is->day));
	is->due = is->day != 0 ? is->day : last_day(p.year, is->month);
	if (is->amend_reason != NULL && *is->amend_reason == '\0')
		is->amend_reason = NULL;
	if (approved(&p))
		amended(cx, was, is);
	else
		is->amend_reason = was == NULL ? NULL : was->amend_reason;
	return RC_OK;
}

/* ---- checks ---- */

int
plan_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct body_plan *p = rec;
	int64_t other;
	int rc;

	if (old != NULL || p->body == 0 || p->year == INT_NONE)
		return RC_OK;
	rc =
	    db_int(cx, &other, "SELECT id FROM plan WHERE body = $1 AND year = $2 AND quarter = $3",
		VALS(v_int(p->body), v_int(p->year), v_text(p->quarter)));
	if (rc == RC_OK)
		fail_field(cx, "year", N_("This body has a plan for that time already: number %s."),
		    num(cx, other));
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static int
check_state(struct ctx *cx, const struct body_plan *p, const struct plan_item *was,
    const struct plan_item *is)
{
	const char *before = was == NULL || was->amend_reason == NULL ? "" : was->amend_reason;

	if (plan_open(p))
		return RC_OK;
	if (!approved(p))
		return fail(cx, RC_RULE,
		    N_("The plan is “%s”: its items stand. It can be returned for rework."),
		    option_label(cx, plan_states, p->state));
	if (plan_blank(is->amend_reason))
		fail_field(cx, "amend_reason", N_("The plan is approved: say why it changes."));
	else if (strcmp(is->amend_reason, before) == 0)
		fail_field(cx, "amend_reason",
		    N_("This is the reason of the amendment before; write that of this one."));
	return RC_OK;
}

int
plan_item_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct plan_item *is = rec;
	struct body_plan p;
	int from, to, rc;

	if (is->plan == 0)
		return RC_OK;
	rc = kind_load(cx, &plan_kind, is->plan, &p);
	if (rc == RC_NOTFOUND)
		return RC_OK;
	TRY(rc);
	plan_days(&p, &from, &to);
	if (is->due != 0 && (is->due < from || is->due > to))
		fail_field(cx, is->day != 0 ? "day" : "month",
		    N_("This plan is for the days from %1$s to %2$s."), day_text(cx, from),
		    day_text(cx, to));
	return check_state(cx, &p, old, is);
}
