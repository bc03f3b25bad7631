/* target.c – the plan as a record kind: which figure, which days, how much, who approved it and when.
 *
 * A plan is a document of the office, not a personal record: staff read it, those who keep the
 * reference lists write it. What may be planned are figures that everybody may see. */
#include "kind/internal.h"
#include "mod/report/paper.h"

static struct kind_state target_state;

const struct option target_figures[] = {
	{ "events_total", N_("Events held") },
	{ "participants_total", N_("Attendances (with repeats)") },
	{ "participants_unique", N_("Unique participants") },
	{ "eca_count", N_("Ethnocultural associations") },
	{ "eca_members", N_("Memberships in associations") },
	{ "eca_persons", N_("People in associations") },
	{ "youth_members", N_("Members of the Assembly Youth") },
	{ "club_learners", N_("Learners in conversation clubs") },
	{ "language_learners", N_("Learners of the language") },
	{ NULL, NULL },
};

static int
taken(struct ctx *cx, const struct target *t)
{
	int64_t id;
	int rc = db_int(cx, &id,
	    "SELECT id FROM target WHERE figure = $1 AND from_day = $2 AND to_day = $3"
	    " AND coalesce(body, 0) = $4 AND coalesce(district, 0) = $5 AND id <> $6",
	    VALS(v_text(t->figure), v_int(t->from_day), v_int(t->to_day), v_int(t->body),
		v_int(t->district), v_int(t->rec.id)));

	if (rc == RC_OK)
		fail_field(
		    cx, "figure", N_("There is a plan of this figure for these days already."));
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static int
target_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct target *t = rec;

	(void)old;
	if (t->figure == NULL || t->from_day == 0 || t->to_day == 0)
		return RC_OK; /* named as missing already */
	if (t->to_day < t->from_day)
		fail_field(cx, "to_day", N_("The end lies before the beginning."));
	/* RULE report-3: a plan is of a body or of a district, as the figures' kept sums are. */
	if (t->body != 0 && t->district != 0)
		fail_field(cx, "district",
		    N_("A plan is for a body or for a district, not for both at once."));
	return taken(cx, t);
}

static const struct field target_fields[] = {
	F_ENUM(target, figure, target_figures, .label = N_("Figure"),
	    .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_DAY(target, from_day, .label = N_("From"), .flags = F_REQUIRED | F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_DAY(target, to_day, .label = N_("To"), .help = N_("The last day that the plan is for."),
	    .flags = F_REQUIRED | F_LIST, .privacy = PRIV_PUBLIC),
	F_REF(target, body, &body_kind, .label = N_("Body"),
	    .help = N_("Empty: the whole assembly. A body stands for all beneath it."),
	    .flags = F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(target, district, &district_kind, .label = N_("District or city"),
	    .flags = F_LIST | F_FILTER | F_OPTION_COLUMN, .privacy = PRIV_PUBLIC),
	F_INT(target, value, .label = N_("Planned"), .min = 0, .max = 100000000,
	    .flags = F_REQUIRED | F_LIST, .privacy = PRIV_PUBLIC),
	F_DAY(target, approved_on, .label = N_("Approved on"), .flags = F_REQUIRED | F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_TEXT(target, approved_by, .label = N_("Approved by"), .max = 200,
	    .help = N_("The office or body whose decision it is."),
	    .flags = F_REQUIRED | F_OPTION_COLUMN, .privacy = PRIV_PUBLIC),
	F_TEXT(target, document, .label = N_("Decision"), .max = 300, .privacy = PRIV_PUBLIC),
};
const struct kind target_kind = {
	.name = "target",
	.plural_name = "targets",
	.label = N_("Plan of a figure"),
	.plural = N_("Plans of figures"),
	.size = sizeof(struct target),
	.fields = target_fields,
	.nfields = ARRAY_LEN(target_fields),
	.title = { "approved_by" },
	.read = CAP_STAFF,
	.create = CAP_REFERENCE_WRITE,
	.edit = CAP_REFERENCE_WRITE,
	.staff = CAP_STAFF,
	.check = target_check,
	.path = "/reference/targets/%lld",
	.state = &target_state,
};
