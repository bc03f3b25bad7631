/* plan_rules.c – the steps of a plan, taking items out, and the events that are made of them.
 *
 * The table of steps is in plan_kinds.c; here stands only what needs an "if". */
#include "mod/plan/plan_inner.h"

#include "core/account.h"

/* ---- steps ---- */

/* Another account that could take a step of this capability today. */
static int
somebody_else(struct ctx *cx, enum cap cap, bool *out)
{
	int64_t n;

	TRY(db_int(cx, &n,
	    arena_printf(cx->arena,
		"SELECT count(*) FROM account_role r JOIN account a ON a.id = r.account WHERE "
		"r.role "
		"IN (%s) AND a.disabled = 0 AND a.password IS NOT NULL AND a.id <> $1 AND %s",
		cap == CAP_PLAN_APPROVE ? "'head'" : "'head', 'clerk'", ROLE_IN_FORCE("r", "$2")),
	    VALS(v_int(cx->actor->account), v_int(role_day(cx)))));
	*out = n > 0;
	return RC_OK;
}

/* RULE plan-2 */
static int
four_eyes(struct ctx *cx, const struct body_plan *p, const struct plan_step *s)
{
	bool other;

	if (cx->actor->account == 0 || p->sent_by != cx->actor->account ||
	    (strcmp(s->action, "check") != 0 && strcmp(s->action, "approve") != 0))
		return RC_OK;
	TRY(somebody_else(cx, s->cap, &other));
	if (!other)
		return RC_OK;
	return fail(
	    cx, RC_RULE, N_("You sent this plan yourself, so a colleague checks and approves it."));
}

int
plan_may_step(struct ctx *cx, const struct body_plan *p, const struct plan_step *s)
{
	if (!may(cx, s->cap))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	return four_eyes(cx, p, s);
}

static const struct plan_step *
find_step(const char *from, const char *action)
{
	size_t i;

	for (i = 0; i < plan_nsteps; i++)
		if (strcmp(plan_steps[i].from, from) == 0 &&
		    strcmp(plan_steps[i].action, action) == 0)
			return &plan_steps[i];
	return NULL;
}

static int
has_items(struct ctx *cx, int64_t plan)
{
	int64_t n;

	TRY(db_int(cx, &n, "SELECT count(*) FROM plan_item WHERE plan = $1 AND left_out_on IS NULL",
	    VALS(v_int(plan))));
	return n > 0 ? RC_OK : fail(cx, RC_RULE, N_("An empty plan cannot be sent."));
}

/* Who and when, beside the history: the paper names the days. */
static void
stamp(struct ctx *cx, struct body_plan *p, const struct plan_move *m)
{
	int today = cx->today;

	if (strcmp(m->action, "send") == 0) {
		p->sent_by = cx->actor->account;
		p->sent_on = today;
		p->checked_by = p->approved_by = INT_NONE;
		p->checked_on = p->approved_on = 0;
		p->document = NULL;
	} else if (strcmp(m->action, "check") == 0) {
		p->checked_by = cx->actor->account;
		p->checked_on = today;
	} else if (strcmp(m->action, "approve") == 0) {
		p->approved_by = cx->actor->account;
		p->approved_on = today;
		p->document = plan_blank(m->document) ? NULL : m->document;
	} else if (strcmp(m->action, "reopen") == 0) {
		p->approved_by = INT_NONE;
		p->approved_on = 0;
	}
}

static int
do_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct plan_move *m = arg;
	const struct plan_step *s;
	struct body_plan p;

	TRY(kind_get(cx, &plan_kind, m->id, &p));
	if (p.rec.version != m->version)
		return fail(cx, RC_CONFLICT,
		    N_("Somebody else saved this record in between. Compare and save again."));
	s = find_step(p.state, m->action);
	if (s == NULL)
		return fail(cx, RC_RULE, N_("This step is not possible: the plan is “%s”."),
		    option_label(cx, plan_states, p.state));
	TRY(plan_may_step(cx, &p, s));
	if (strcmp(s->action, "send") == 0)
		TRY(has_items(cx, p.rec.id));
	if (s->reason && plan_blank(m->reason)) {
		fail_field(cx, "reason", N_("A reason is needed."));
		return RC_INVALID;
	}
	p.state = s->to;
	p.state_reason = plan_blank(m->reason) ? NULL : m->reason;
	stamp(cx, &p, m);
	return kind_update_tx(cx, tx, &plan_kind, &p);
}

int
plan_do(struct ctx *cx, const struct plan_move *m)
{
	return db_write(cx, do_fn, (void *)(uintptr_t)m);
}

/* ---- taking out and putting back ---- */

/* The item as its plan's writer may change it now. */
static int
own_item(struct ctx *cx, int64_t id, struct plan_item *i, struct body_plan *p)
{
	TRY(kind_get(cx, &plan_item_kind, id, i));
	TRY(kind_load(cx, &plan_kind, i->plan, p));
	if (!may(cx, CAP_EVENT_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	return plan_item_writable(cx, i, i);
}

static int
drop_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct plan_drop *d = arg;
	struct body_plan p;
	struct plan_item i;

	TRY(own_item(cx, d->id, &i, &p));
	i.rec.version = d->version;
	if (plan_open(&p)) {
		i.left_out_on = d->out ? cx->today : 0;
		i.drop_reason = d->out && !plan_blank(d->reason) ? d->reason : NULL;
		return kind_rewrite_tx(cx, tx, &plan_item_kind, &i);
	}
	if (plan_blank(d->reason)) {
		fail_field(cx, "reason", N_("A reason is needed."));
		return RC_INVALID;
	}
	i.dropped_on = d->out ? cx->today : 0;
	i.drop_reason = d->out ? d->reason : NULL;
	i.amend_reason = d->reason;
	i.amended_on = cx->today;
	return kind_rewrite_tx(cx, tx, &plan_item_kind, &i);
}

int
plan_drop(struct ctx *cx, const struct plan_drop *d)
{
	return db_write(cx, drop_fn, (void *)(uintptr_t)d);
}

/* ---- the event of an item ---- */

struct making {
	int64_t item, event, version;
	int day;
};

/* An event belongs to the item's own people, whatever the state of the plan: making it is no amendment. */
static int
ready_item(struct ctx *cx, int64_t id, struct plan_item *i)
{
	struct body_plan p;
	struct event e;
	int rc;

	TRY(kind_get(cx, &plan_item_kind, id, i));
	TRY(kind_load(cx, &plan_kind, i->plan, &p));
	if (!may(cx, CAP_EVENT_WRITE) || !actor_in_scope(cx->actor, p.body))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	if (i->left_out_on != 0 || i->dropped_on != 0)
		return fail(cx, RC_RULE, N_("The item is taken out of the plan."));
	if (i->event == 0)
		return RC_OK;
	rc = kind_load(cx, &event_kind, i->event, &e);
	if (rc == RC_OK && strcmp(e.state, "cancelled") == 0)
		return RC_OK; /* another try */
	return rc == RC_OK || rc == RC_NOTFOUND
		   ? fail(cx, RC_RULE, N_("The event of this item is made already."))
		   : rc;
}

static void
fill_event(const struct plan_item *i, int day, struct event *e)
{
	kind_empty(&event_kind, e);
	e->name = i->name;
	e->kind = i->kind;
	e->programme = i->programme;
	e->observance = i->observance;
	e->body = i->body;
	e->first_day = day;
	e->place = i->place;
	e->goal = i->goal;
	e->expected = i->expected;
	e->state = "planned";
}

static int
make_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct making *m = arg;
	struct plan_item i;
	struct event e;

	TRY(ready_item(cx, m->item, &i));
	fill_event(&i, m->day != 0 ? m->day : i.day, &e);
	if (e.first_day == 0) {
		fail_field(cx, "day", N_("Say on which day it takes place."));
		return RC_INVALID;
	}
	TRY(kind_insert_tx(cx, tx, &event_kind, &e));
	i.event = m->event = e.rec.id;
	return kind_rewrite_tx(cx, tx, &plan_item_kind, &i);
}

int
plan_make_event(struct ctx *cx, int64_t item, int day, int64_t *event)
{
	struct making m = { .item = item, .day = day };

	TRY(db_write(cx, make_fn, &m));
	*event = m.event;
	return RC_OK;
}

static int
link_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct making *m = arg;
	struct plan_item i;
	struct event e;
	int rc;

	if (m->event != 0)
		TRY(ready_item(cx, m->item, &i));
	else {
		struct body_plan p;

		TRY(kind_get(cx, &plan_item_kind, m->item, &i));
		TRY(kind_load(cx, &plan_kind, i.plan, &p));
		if (!may(cx, CAP_EVENT_WRITE) || !actor_in_scope(cx->actor, p.body))
			return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	}
	rc = m->event == 0 ? RC_OK : kind_get(cx, &event_kind, m->event, &e);
	if (rc == RC_NOTFOUND) {
		err_clear(cx);
		fail_field(cx, "event", N_("There is no such record."));
		return RC_INVALID;
	}
	TRY(rc);
	i.rec.version = m->version;
	i.event = m->event;
	return kind_rewrite_tx(cx, tx, &plan_item_kind, &i);
}

int
plan_link_event(struct ctx *cx, int64_t item, int64_t version, int64_t event)
{
	return db_write(
	    cx, link_fn, &(struct making){ .item = item, .version = version, .event = event });
}

/* ---- people ---- */

/* A plan is a paper of the body: its words stay, who answered for it goes, out of all versions. */
static int
cut_items(struct ctx *cx, struct tx *tx, const struct person_link *l, const struct person_erase *e)
{
	static const char *const fields[] = { "person" };
	const struct cut_span span = { 0, INT64_MAX, fields, 1 };
	struct plan_item i;
	int64_t *ids;
	size_t n, k;

	TRY(person_join_ids(cx, l->kind, l->field, e->person, &ids, &n));
	for (k = 0; k < n; k++) {
		TRY(kind_load(cx, &plan_item_kind, ids[k], &i));
		i.person = 0;
		TRY(kind_rewrite_tx(cx, tx, &plan_item_kind, &i));
		TRY(kind_cut_fields_tx(cx, tx, &plan_item_kind, ids[k], &span, e->sums));
		e->sums->records++;
	}
	return RC_OK;
}

const struct person_link plan_links[] = {
	{ &plan_item_kind, "person", NULL, cut_items },
};
const size_t plan_nlinks = ARRAY_LEN(plan_links);
