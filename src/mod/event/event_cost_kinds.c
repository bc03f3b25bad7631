/* event_cost_kinds.c – costs of an event as a record kind: who sees and writes them, what is checked.
 *
 * They are no figure and nobody's but the organisers' and the secretariat's: a leader sees those of events
 * in the own scope. An entry that was wrong is withdrawn, not removed. */
#include "kind/internal.h"
#include "mod/event/event_inner.h"

#define MONEY_BOUNDS .min = 0, .max = INT64_C(100000000000000)

const struct option cost_sources[] = {
	{ "budget", N_("state budget") },
	{ "own", N_("own means") },
	{ "sponsor", N_("sponsor") },
	{ "grant", N_("grant") },
	{ "other", N_("other") },
	{ NULL, NULL },
};

static void
cost_scope(struct ctx *cx, struct query *q)
{
	event_followed_own(cx, q, "cost.event");
}

static int
cost_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct cost *is = rec;

	(void)old;
	return event_in_scope(cx, is->event, false);
}

static int
cost_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct cost *c = rec;

	(void)old;
	if (c->planned == INT_NONE && c->spent == INT_NONE)
		fail_field(cx, "spent", N_("Write what was planned or what was spent."));
	return RC_OK;
}

static const struct field cost_fields[] = {
	F_REF(cost, event, &event_kind, .label = N_("Event"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_STAFF),
	F_TEXT(cost, item, .label = N_("For what"), .flags = F_REQUIRED | F_LIST | F_SEARCH,
	    .privacy = PRIV_STAFF),
	F_INT(cost, planned, .label = N_("Planned, in tiyn"), .flags = F_LIST,
	    .privacy = PRIV_STAFF, MONEY_BOUNDS),
	F_INT(cost, spent, .label = N_("Spent, in tiyn"), .flags = F_LIST, .privacy = PRIV_STAFF,
	    MONEY_BOUNDS),
	F_ENUM(cost, source, cost_sources, .label = N_("Paid from"),
	    .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_STAFF),
	F_TEXT(cost, document, .label = N_("Document"), .privacy = PRIV_STAFF),
	F_BOOL(cost, withdrawn, .label = N_("Withdrawn"), .flags = F_LIST, .privacy = PRIV_STAFF),
};
static struct kind_state cost_state;
const struct kind cost_kind = {
	.name = "cost",
	.plural_name = "costs",
	.label = N_("Cost"),
	.plural = N_("Costs"),
	.size = sizeof(struct cost),
	.fields = cost_fields,
	.nfields = ARRAY_LEN(cost_fields),
	.title = { "item" },
	.read = CAP_EVENT_READ,
	.create = CAP_EVENT_WRITE,
	.edit = CAP_EVENT_WRITE,
	.staff = CAP_EVENT_READ,
	.scope = cost_scope,
	.writable = cost_writable,
	.check = cost_check,
	.state = &cost_state,
};
