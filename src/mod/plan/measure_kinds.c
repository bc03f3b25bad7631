/* measure_kinds.c – what a campaign counts besides people, and what an event reports of it.
 *
 * A measure belongs to a programme, project or campaign and has a unit (trees, bags, hours). An event of
 * it reports one amount a measure, said or counted; sums are made when they are looked at. */
#include "figure/figure.h"
#include "kind/internal.h"
#include "mod/plan/plan_inner.h"

const struct option measure_bases[] = {
	{ "counted", N_("counted") },
	{ "said", N_("said") },
	{ NULL, NULL },
};

static const struct field measure_fields[] = {
	F_REF(measure, programme, &programme_kind, .label = N_("Programme, project or campaign"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TEXT3(measure, name, .label = N_("Name"),
	    .help = N_("What is counted: trees planted, bags of litter, hours of help."),
	    .flags = F_REQUIRED | F_LIST | F_SEARCH, .privacy = PRIV_PUBLIC),
	F_TEXT3(measure, unit, .label = N_("Unit"), .flags = F_REQUIRED | F_LIST,
	    .privacy = PRIV_PUBLIC, .max = 40),
	F_BOOL(measure, ended, .label = N_("No longer asked"), .privacy = PRIV_PUBLIC),
};
static struct kind_state measure_state;
const struct kind measure_kind = {
	.name = "measure",
	.plural_name = "measures",
	.label = N_("Measure of a campaign"),
	.plural = N_("Measures of campaigns"),
	.size = sizeof(struct measure),
	.fields = measure_fields,
	.nfields = ARRAY_LEN(measure_fields),
	.title = { "name" },
	.small = true,
	.read = CAP_PUBLIC,
	.create = CAP_EVENT_WRITE,
	.edit = CAP_EVENT_WRITE,
	.staff = CAP_EVENT_READ,
	.writable = measure_writable,
	.path = "/measures/%lld",
	.state = &measure_state,
};

static const struct field measure_value_fields[] = {
	F_REF(measure_value, measure, &measure_kind, .label = N_("Measure"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(measure_value, event, &event_kind, .label = N_("Event"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_INT(measure_value, amount, .label = N_("Amount"), .flags = F_REQUIRED | F_LIST,
	    .privacy = PRIV_PUBLIC, .min = 0, .max = 1000000000),
	F_ENUM(measure_value, basis, measure_bases, .label = N_("Basis"),
	    .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TEXT(measure_value, note, .label = N_("Note"), .privacy = PRIV_STAFF, .max = 300),
};
static struct kind_state measure_value_state;
const struct kind measure_value_kind = {
	.name = "measure_value",
	.plural_name = "measure_values",
	.label = N_("Report of a measure"),
	.plural = N_("Reports of measures"),
	.named_by = { "measure", "event" },
	.size = sizeof(struct measure_value),
	.fields = measure_value_fields,
	.nfields = ARRAY_LEN(measure_value_fields),
	.read = CAP_PUBLIC,
	.create = CAP_EVENT_WRITE,
	.edit = CAP_EVENT_WRITE,
	.staff = CAP_EVENT_READ,
	.scope = measure_value_scope,
	.writable = measure_value_writable,
	.prepare = measure_prepare,
	.check = measure_value_check,
	.path = "/measure-values/%lld",
	.state = &measure_value_state,
};

/* ---- who sees and writes ---- */

static int
outside(struct ctx *cx)
{
	return fail(cx, RC_DENIED,
	    N_("This belongs to another body; you may change only what is your own body's."));
}

int
measure_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct measure *m = rec;
	struct programme p;
	int rc;

	(void)old;
	if (!actor_scoped(cx->actor) || m->programme == 0)
		return RC_OK;
	rc = kind_load(cx, &programme_kind, m->programme, &p);
	if (rc == RC_NOTFOUND)
		return RC_OK;
	TRY(rc);
	return actor_in_scope(cx->actor, p.body) && p.body != 0 ? RC_OK : outside(cx);
}

/* A report is as open as its event: RULE event-3. */
void
measure_value_scope(struct ctx *cx, struct query *q)
{
#define OPEN_EVENT                                                                              \
	"EXISTS (SELECT 1 FROM event me WHERE me.id = measure_value.event AND "                 \
	"me.merged_into IS NULL AND me.state IN ('approved', 'held', 'reported', 'postponed', " \
	"'cancelled'))"
	if (!may(cx, CAP_EVENT_READ))
		query_and(q, OPEN_EVENT, NO_VALS);
	else if (actor_scoped(cx->actor))
		query_and(q,
		    OPEN_EVENT
		    " OR EXISTS (SELECT 1 FROM event me WHERE me.id = measure_value.event AND "
		    "me.body IN (WITH RECURSIVE own(id) AS (SELECT ? UNION SELECT b.id FROM body b "
		    "JOIN own ON b.parent = own.id) SELECT own.id FROM own))",
		    VALS(v_int(cx->actor->body)));
}

int
measure_value_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct measure_value *m = rec;
	struct event e;
	int rc;

	(void)old;
	if (!actor_scoped(cx->actor) || m->event == 0)
		return RC_OK;
	rc = kind_load(cx, &event_kind, m->event, &e);
	if (rc == RC_NOTFOUND)
		return outside(cx);
	TRY(rc);
	return actor_in_scope(cx->actor, e.body) ? RC_OK : outside(cx);
}

int
measure_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct measure_value *m = rec;

	(void)cx;
	if (old == NULL && (m->basis == NULL || *m->basis == '\0'))
		m->basis = "said";
	return RC_OK;
}

/* RULE plan-7: an event reports the measures of its programme, or of one above it, each once. */
int
measure_value_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct measure_value *m = rec;
	int64_t n;
	int rc;

	if (old != NULL || m->measure == 0 || m->event == 0)
		return RC_OK;
	rc = db_int(cx, &n,
	    "WITH RECURSIVE up(id) AS (SELECT programme FROM event WHERE id = $1 UNION SELECT "
	    "p.parent FROM programme p JOIN up ON p.id = up.id WHERE p.parent IS NOT NULL) SELECT "
	    "m.id FROM measure m JOIN up ON up.id = m.programme WHERE m.id = $2",
	    VALS(v_int(m->event), v_int(m->measure)));
	if (rc == RC_NOTFOUND)
		fail_field(cx, "measure",
		    N_("The event does not belong to the campaign of this measure."));
	else
		TRY(rc);
	rc = db_int(cx, &n, "SELECT id FROM measure_value WHERE measure = $1 AND event = $2",
	    VALS(v_int(m->measure), v_int(m->event)));
	if (rc == RC_OK)
		fail_field(cx, "measure", N_("The event reports this measure already: record %s."),
		    num(cx, n));
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

/* ---- the figure ---- */

static void
records(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	(void)cx;
	figure_val(v, nv, a->from);
	figure_val(v, nv, a->to);
	buf_str(sql,
	    "SELECT mv.id AS id, e.first_day AS day, e.body AS body, mv.amount AS amount, "
	    "mv.basis AS basis, mv.measure AS dim FROM measure_value mv JOIN event e ON e.id = "
	    "mv.event WHERE e.state IN ('held', 'reported') AND e.merged_into IS NULL AND "
	    "e.first_day >= $1 AND e.first_day <= $2");
	figure_within(a, "e.body", "e.district", sql, v, nv);
}

const struct figure campaign_measures_figure = {
	.code = "campaign_measures",
	.name = N_("Reports of campaigns' measures"),
	.definition =
	    N_("What events of campaigns reported besides people: places, trees, bags, hours."),
	.rule = N_("One record is what one event held in the period reported of one measure; its "
		   "amount stands beside it. Amounts of different units are never added: the page "
		   "of a campaign adds those of one measure."),
	.shape = FIGURE_COUNT,
	.time = FIGURE_PERIOD,
	.unit = N_("reports"),
	.unit_code = "reports",
	.say = SAY_EXACT,
	.value_cap = CAP_PUBLIC,
	.rows_cap = CAP_PUBLIC,
	.kind = &measure_value_kind,
	.records = records,
	.dim = "measure",
	.dim_kind = &measure_kind,
};
