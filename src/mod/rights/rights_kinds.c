/* rights_kinds.c – a consent as a record kind, and the figure of those that hold. */
#include "kind/internal.h"
#include "mod/rights/rights_inner.h"

/* A closed list: a consent is for a purpose, never for everything. */
const struct option consent_purposes[] = {
	{ "records", N_("keeping my record and memberships") },
	{ "contact", N_("letters and calls to me") },
	{ "photo", N_("photos and video of me at events") },
	{ "publish", N_("my name in publications") },
	{ "ethnicity", N_("keeping the ethnicity that I declare") },
	{ "event", N_("taking part in events, given by a parent") },
	{ "transfer", N_("giving my data to state bodies and partners") },
	{ NULL, NULL },
};
const struct option consent_givers[] = {
	{ "self", N_("the person") },
	{ "parent", N_("a parent") },
	{ "guardian", N_("a guardian or other representative") },
	{ NULL, NULL },
};

static const struct field consent_fields[] = {
	F_REF(consent, person, &person_kind, .label = N_("Person"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_STAFF),
	F_REF(consent, body, &body_kind, .label = N_("Body"), .flags = F_RULED | F_FIXED | F_FILTER,
	    .privacy = PRIV_STAFF),
	F_ENUM(consent, purpose, consent_purposes, .label = N_("Purpose"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_STAFF),
	F_TEXT(consent, text, .label = N_("Text of the consent"), .max = 8000,
	    .help = N_("As it was put before the person, with the list of data and the term."),
	    .flags = F_REQUIRED | F_FIXED | F_LONG, .privacy = PRIV_STAFF),
	F_TEXT(consent, text_version, .label = N_("Version of the text"), .max = 40,
	    .help = N_("Number or day of the form, for example 3 or 01.02.2026."),
	    .flags = F_REQUIRED | F_FIXED | F_LIST, .privacy = PRIV_STAFF),
	F_DAY(consent, given_on, .label = N_("Given on"), .flags = F_REQUIRED | F_FIXED | F_LIST,
	    .privacy = PRIV_STAFF),
	F_DAY(consent, until_day, .label = N_("Holds until"),
	    .help = N_("The last day; empty: until it is withdrawn."), .flags = F_FIXED | F_LIST,
	    .privacy = PRIV_STAFF),
	F_DAY(consent, withdrawn_on, .label = N_("Withdrawn on"), .flags = F_RULED | F_LIST,
	    .privacy = PRIV_STAFF),
	F_ENUM(consent, given_by, consent_givers, .label = N_("Given by"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST, .privacy = PRIV_STAFF),
	F_SEALED(consent, representative, .label = N_("Name of the parent or representative"),
	    .max = 200, .help = N_("Needed for a minor. Kept encrypted."), .privacy = PRIV_SEALED),
	F_TEXT(consent, document, .label = N_("Document"), .max = 200, .privacy = PRIV_STAFF),
};
static struct kind_state consent_state;
const struct kind consent_kind = {
	.name = "consent",
	.plural_name = "consents",
	.label = N_("Consent"),
	.plural = N_("Consents"),
	.named_by = { "person" },
	.size = sizeof(struct consent),
	.fields = consent_fields,
	.nfields = ARRAY_LEN(consent_fields),
	.subject = "person",
	.read = CAP_PEOPLE_READ,
	.create = CAP_PEOPLE_WRITE,
	.edit = CAP_PEOPLE_WRITE,
	.staff = CAP_PEOPLE_READ,
	.scope = consent_scope,
	.writable = consent_writable,
	.prepare = consent_prepare,
	.check = consent_check,
	.path = "/consents/%lld",
	.state = &consent_state,
};

const struct person_link rights_links[] = {
	{ &consent_kind, "person", join_consents, cut_consents },
};
const size_t rights_nlinks = ARRAY_LEN(rights_links);

/* ---- the figure ---- */

/* RULE rights-7: a consent holds from its day on until the last day or the day before it is withdrawn. */
static void
records(struct ctx *cx, const struct ask *a, struct buf *sql, struct val *v, size_t *nv)
{
	size_t on;

	(void)cx;
	v[(*nv)++] = v_int(a->on);
	on = *nv;
	buf_str(sql, "WITH RECURSIVE sub (id) AS (SELECT id FROM body WHERE ");
	if (a->body != 0) {
		v[(*nv)++] = v_int(a->body);
		buf_printf(sql, "id = $%zu", *nv);
	} else
		buf_str(sql, "1 = 0");
	buf_printf(sql,
	    " UNION SELECT b.id FROM body b JOIN sub ON b.parent = sub.id)"
	    " SELECT c.id AS id, c.given_on AS day, c.body AS body, 1 AS amount, '' AS basis, "
	    "c.purpose AS dim"
	    " FROM consent c WHERE c.given_on <= $%zu AND (c.withdrawn_on IS NULL OR "
	    "c.withdrawn_on > $%zu) AND (c.until_day IS NULL OR c.until_day >= $%zu)",
	    on, on, on);
	if (a->body != 0)
		buf_str(sql, " AND c.body IN (SELECT id FROM sub)");
	if (a->district != 0)
		buf_str(sql, " AND 1 = 0");
}

static enum exactness
exact(struct ctx *cx, const struct ask *a, int64_t *without)
{
	(void)cx;
	*without = 0;
	return a->district != 0 ? UNKNOWN : EXACT;
}

const struct figure consents_valid_figure = {
	.code = "consents_valid",
	.name = N_("Consents that hold"),
	.definition = N_("Consents to the processing of personal data that hold on the day."),
	.rule =
	    N_("Consents given on or before the day, not withdrawn by it and not past their last "
	       "day. One person has at most one for a purpose; split by purpose, each row is a "
	       "number of people. Consents of people erased since count for their days."),
	.unit = N_("consents"),
	.unit_code = "consents",
	.shape = FIGURE_COUNT,
	.time = FIGURE_ON_DAY,
	.say = SAY_EXACT,
	.value_cap = CAP_PUBLIC,
	.rows_cap = CAP_FIGURE_ROWS,
	.rows_why = N_("The records behind this figure are persons; only the secretariat, and a "
		       "leader for the own "
		       "body, may open them."),
	.kind = &consent_kind,
	.records = records,
	.dim = "purpose",
	.dim_options = consent_purposes,
	.exact = exact,
};
