/* charity_kinds.c – drives, what they need, donors and pledges as record kinds. Drives are public; of a donor the
 * public reads only what donor_public_name() lets through. */
#include "kind/internal.h"
#include "mod/charity/charity_inner.h"

const struct option drive_states[] = {
	{ "planned", N_("planned") },
	{ "open", N_("takes donations") },
	{ "closed", N_("closed") },
	{ NULL, NULL },
};
const struct option drive_need_states[] = {
	{ "needed", N_("needed now") },
	{ "enough", N_("there is enough, please do not bring it") },
	{ NULL, NULL },
};
const struct option donor_types[] = {
	{ "person", N_("a person") },
	{ "body", N_("a body of the registry") },
	{ "company", N_("a company") },
	{ "anonymous", N_("wants to stay unnamed") },
	{ NULL, NULL },
};

enum { S_DRIVE, S_NEED, S_DONOR, S_PLEDGE, STATES };
static struct kind_state states[STATES];

static const struct field drive_fields[] = {
	F_TEXT3(drive, name, .label = N_("Name"), .flags = F_REQUIRED | F_LIST | F_SEARCH,
	    .privacy = PRIV_PUBLIC, .max = 300),
	F_REF(drive, body, &body_kind, .label = N_("Run by"),
	    .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(drive, programme, &programme_kind, .label = N_("Programme"), .flags = F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_DAY(drive, from_day, .label = N_("From"), .flags = F_REQUIRED | F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_DAY(drive, to_day, .label = N_("Until"), .help = N_("The last day; empty: it goes on."),
	    .flags = F_LIST, .privacy = PRIV_PUBLIC),
	F_TEXT3(drive, purpose, .label = N_("What for"), .flags = F_LONG, .privacy = PRIV_PUBLIC,
	    .max = 2000),
	F_TEXT(drive, place, .label = N_("Where to bring it"), .privacy = PRIV_PUBLIC, .max = 300),
	F_TEXT(drive, hours, .label = N_("Hours"), .help = N_("For example: Mon–Fri 9–18."),
	    .privacy = PRIV_PUBLIC, .max = 200),
	F_TEXT(drive, phone, .label = N_("Telephone for donors"), .form = "tel",
	    .privacy = PRIV_PUBLIC, .max = 40),
	F_ENUM(drive, state, drive_states, .label = N_("State"),
	    .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
};
const struct kind drive_kind = {
	.name = "drive",
	.plural_name = "drives",
	.label = N_("Charity drive"),
	.plural = N_("Charity drives"),
	.size = sizeof(struct drive),
	.fields = drive_fields,
	.nfields = ARRAY_LEN(drive_fields),
	.title = { "name" },
	.small = true,
	.read = CAP_PUBLIC,
	.create = CAP_STOCK_WRITE,
	.edit = CAP_STOCK_WRITE,
	.staff = CAP_STOCK_READ,
	.scope = drive_scope,
	.prepare = drive_prepare,
	.check = drive_check,
	.path = "/charity/drives/%lld",
	.state = &states[S_DRIVE],
};

static const struct field need_fields[] = {
	F_REF(drive_need, drive, &drive_kind, .label = N_("Charity drive"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(drive_need, item, &item_kind, .label = N_("Item"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_INT(drive_need, quantity, .label = N_("Goal, in base units"), .min = 1,
	    .max = QUANTITY_MAX, .flags = F_LIST, .privacy = PRIV_PUBLIC),
	F_ENUM(drive_need, state, drive_need_states, .label = N_("State"),
	    .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
};
const struct kind drive_need_kind = {
	.name = "drive_need",
	.plural_name = "drive_needs",
	.label = N_("Need of a drive"),
	.plural = N_("Needs of drives"),
	.size = sizeof(struct drive_need),
	.fields = need_fields,
	.nfields = ARRAY_LEN(need_fields),
	.named_by = { "drive", "item" },
	.read = CAP_PUBLIC,
	.create = CAP_STOCK_WRITE,
	.edit = CAP_STOCK_WRITE,
	.staff = CAP_STOCK_READ,
	.scope = need_scope,
	.prepare = drive_need_prepare,
	.check = drive_need_check,
	.state = &states[S_NEED],
};

static const struct field donor_fields[] = {
	F_TEXT(donor, code, .label = N_("Code"), .max = CHARITY_CODE,
	    .flags = F_RULED | F_UNIQUE | F_LIST | F_SEARCH, .privacy = PRIV_PUBLIC),
	F_ENUM(donor, type, donor_types, .label = N_("Who gives"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(donor, person, &person_kind, .label = N_("Person"),
	    .help = N_("If the registry knows the person; else write the name below."),
	    .flags = F_FIXED, .privacy = PRIV_SUBJECT),
	F_SEALED(donor, name, .label = N_("Name"), .max = 200,
	    .help = N_("Of a person who is not in the registry. Kept encrypted."),
	    .privacy = PRIV_SEALED),
	F_REF(donor, body, &body_kind, .label = N_("Body"), .flags = F_FIXED | F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_TEXT(donor, company, .label = N_("Company"), .max = 200, .flags = F_LIST | F_SEARCH,
	    .privacy = PRIV_PUBLIC),
	F_TEXT(
	    donor, bin, .label = N_("BIN"), .max = 12, .valid = bin_error, .privacy = PRIV_STAFF),
	F_SEALED(donor, phone, .label = N_("Telephone"), .max = 40, .help = N_("Kept encrypted."),
	    .privacy = PRIV_SEALED),
	F_BOOL(donor, named, .label = N_("Agrees to be named in public"), .flags = F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_REF(donor, account, &stock_account_kind, .label = N_("Stock account"),
	    .help = N_("Empty: the one that donors share."), .privacy = PRIV_STAFF),
	F_TEXT(
	    donor, note, .label = N_("Note"), .max = 1000, .flags = F_LONG, .privacy = PRIV_STAFF),
};
const struct kind donor_kind = {
	.name = "donor",
	.plural_name = "donors",
	.label = N_("Donor"),
	.plural = N_("Donors"),
	.size = sizeof(struct donor),
	.fields = donor_fields,
	.nfields = ARRAY_LEN(donor_fields),
	.title = { "code", "company" },
	.subject = "person",
	.read = CAP_STOCK_READ,
	.create = CAP_STOCK_WRITE,
	.edit = CAP_STOCK_WRITE,
	.staff = CAP_STOCK_READ,
	.prepare = donor_prepare,
	.check = donor_check,
	.hint = donor_hint,
	.path = "/charity/donors/%lld",
	.state = &states[S_DONOR],
};

static const struct field pledge_fields[] = {
	F_TEXT(pledge, code, .label = N_("Code of the gift"), .max = CHARITY_CODE,
	    .flags = F_RULED | F_UNIQUE | F_LIST | F_SEARCH, .privacy = PRIV_STAFF),
	F_REF(pledge, donor, &donor_kind, .label = N_("Donor"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_STAFF),
	F_REF(pledge, drive, &drive_kind, .label = N_("Charity drive"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_STAFF),
	F_REF(pledge, item, &item_kind, .label = N_("Item"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_STAFF),
	F_INT(pledge, quantity, .label = N_("Promised, in base units"), .min = 1,
	    .max = QUANTITY_MAX, .flags = F_REQUIRED | F_FIXED, .privacy = PRIV_STAFF),
	F_DAY(pledge, day, .label = N_("Promised on"), .flags = F_REQUIRED | F_FIXED | F_LIST,
	    .privacy = PRIV_STAFF),
	F_DAY(pledge, due, .label = N_("Expected by"), .flags = F_LIST | F_FILTER,
	    .privacy = PRIV_STAFF),
	F_DAY(pledge, withdrawn_on, .label = N_("Withdrawn on"), .flags = F_RULED,
	    .privacy = PRIV_STAFF),
	F_TEXT(
	    pledge, note, .label = N_("Note"), .max = 1000, .flags = F_LONG, .privacy = PRIV_STAFF),
};
const struct kind pledge_kind = {
	.name = "pledge",
	.plural_name = "pledges",
	.label = N_("Pledge"),
	.plural = N_("Pledges"),
	.size = sizeof(struct pledge),
	.fields = pledge_fields,
	.nfields = ARRAY_LEN(pledge_fields),
	.title = { "code" },
	.read = CAP_STOCK_READ,
	.create = CAP_STOCK_WRITE,
	.edit = CAP_STOCK_WRITE,
	.staff = CAP_STOCK_READ,
	.prepare = pledge_prepare,
	.check = pledge_check,
	.path = "/charity/pledges/%lld",
	.state = &states[S_PLEDGE],
};
