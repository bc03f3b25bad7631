/* need_kinds.c – a need and its lines as record kinds. What names a family is sealed, or open to CAP_RELIEF_FAMILY
 * alone; all else is what the board counts. RULE relief-2. */
#include "kind/internal.h"
#include "core/account.h"
#include "mod/relief/relief_inner.h"

const struct option need_channels[] = {
	{ "phone", N_("telephone") },
	{ "desk", N_("desk") },
	{ "public", N_("public page") },
	{ "paper", N_("paper") },
	{ NULL, NULL },
};
const struct option need_urgencies[] = {
	{ "now", N_("now") },
	{ "today", N_("today") },
	{ "later", N_("later") },
	{ NULL, NULL },
};
const struct option need_states[] = {
	{ "new", N_("new") },
	{ "checked", N_("checked") },
	{ "assigned", N_("assigned") },
	{ "on_way", N_("on the way") },
	{ "delivered", N_("delivered") },
	{ "refused", N_("turned down") },
	{ "closed", N_("no longer needed") },
	{ NULL, NULL },
};
const struct option need_twins[] = {
	{ "same", N_("the same need") },
	{ "other", N_("another need") },
	{ NULL, NULL },
};

static const struct field need_fields[] = {
	F_REF(need, headquarters, &headquarters_kind, .label = N_("Headquarters"),
	    .flags = F_REQUIRED | F_FIXED | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TEXT(need, code, .label = N_("Code"), .max = RELIEF_CODE,
	    .flags = F_RULED | F_UNIQUE | F_LIST | F_SEARCH, .privacy = PRIV_PUBLIC),
	F_ENUM(need, channel, need_channels, .label = N_("Came by"),
	    .flags = F_REQUIRED | F_FIXED | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TEXT(
	    need, paper, .label = N_("Number of the paper form"), .max = 40, .privacy = PRIV_STAFF),
	F_TIME(need, asked_at, .label = N_("Asked at"), .flags = F_LIST, .privacy = PRIV_PUBLIC),
	F_DAY(need, asked_on, .label = N_("Day asked"), .flags = F_RULED | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_SEALED(need, name, .label = N_("Full name"), .max = 200, .privacy = PRIV_SEALED),
	F_SEALED(need, phone, .label = N_("Telephone"), .max = 40, .form = "tel",
	    .privacy = PRIV_SEALED),
	F_TEXT(need, phone_mac, .label = N_("Mark of the telephone"), .flags = F_RULED,
	    .privacy = PRIV_SEALED),
	F_REF(need, district, &district_kind, .label = N_("District or city"),
	    .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TEXT(need, place, .label = N_("Village or quarter"), .max = 100, .privacy = PRIV_STAFF),
	F_TEXT(need, place_key, .label = N_("Mark of the place"), .flags = F_RULED,
	    .privacy = PRIV_SEALED),
	F_SEALED(need, note, .label = N_("Street, house, how to get in"), .max = 500,
	    .privacy = PRIV_SEALED),
	F_INT(need, people, .label = N_("People"), .min = 1, .max = 999,
	    .flags = F_REQUIRED | F_LIST, .privacy = PRIV_PUBLIC),
	F_INT(need, children, .label = N_("Of them children"), .min = 0, .max = 999,
	    .flags = F_LIST, .privacy = PRIV_PUBLIC),
	F_INT(need, infants, .label = N_("Of them infants"), .min = 0, .max = 99,
	    .privacy = PRIV_PUBLIC),
	F_BOOL(need, pregnant, .label = N_("A pregnant woman"), .flags = F_FILTER,
	    .privacy = PRIV_STAFF),
	F_BOOL(need, disabled, .label = N_("A person with a disability"), .flags = F_FILTER,
	    .privacy = PRIV_STAFF),
	F_BOOL(need, insulin, .label = N_("Insulin"), .flags = F_FILTER, .privacy = PRIV_STAFF),
	F_BOOL(
	    need, livestock, .label = N_("Livestock"), .flags = F_FILTER, .privacy = PRIV_PUBLIC),
	F_ENUM(need, urgency, need_urgencies, .label = N_("How urgent"),
	    .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_ENUM(need, state, need_states, .label = N_("State"),
	    .flags = F_REQUIRED | F_RULED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TEXT(need, state_reason, .label = N_("Reason"), .max = 300, .flags = F_RULED,
	    .privacy = PRIV_STAFF),
	F_REF(need, owner, &account_kind, .label = N_("In whose hands"),
	    .flags = F_RULED | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TIME(
	    need, called_at, .label = N_("Called back"), .flags = F_RULED, .privacy = PRIV_PUBLIC),
	F_TIME(
	    need, checked_at, .label = N_("Checked at"), .flags = F_RULED, .privacy = PRIV_PUBLIC),
	F_REF(need, checked_by, &account_kind, .label = N_("Checked by"), .flags = F_RULED,
	    .privacy = PRIV_PUBLIC),
	F_TIME(need, assigned_at, .label = N_("Assigned at"), .flags = F_RULED,
	    .privacy = PRIV_PUBLIC),
	F_TIME(need, started_at, .label = N_("On the way since"), .flags = F_RULED,
	    .privacy = PRIV_PUBLIC),
	F_TIME(
	    need, ended_at, .label = N_("Finished at"), .flags = F_RULED, .privacy = PRIV_PUBLIC),
	F_DAY(need, ended_on, .label = N_("Day finished"), .flags = F_RULED | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_INT(need, hours, .label = N_("Hours to delivery"), .flags = F_RULED,
	    .privacy = PRIV_PUBLIC),
	F_REF(need, twin_of, &need_kind, .label = N_("Held against"), .flags = F_RULED,
	    .privacy = PRIV_PUBLIC),
	F_ENUM(need, twin, need_twins, .label = N_("Found to be"), .flags = F_RULED | F_FILTER,
	    .privacy = PRIV_PUBLIC),
};
static struct kind_state need_state;
const struct kind need_kind = {
	.name = "need",
	.plural_name = "needs",
	.label = N_("Need"),
	.plural = N_("Needs"),
	.size = sizeof(struct need),
	.fields = need_fields,
	.nfields = ARRAY_LEN(need_fields),
	.title = { "code" },
	.read = CAP_RELIEF_READ,
	.create = CAP_RELIEF_WRITE,
	.edit = CAP_RELIEF_WRITE,
	.staff = CAP_RELIEF_FAMILY,
	.sealed = CAP_RELIEF_FAMILY,
	.prepare = need_prepare,
	.check = need_check,
	.path = "/needs/%lld",
	.state = &need_state,
};

static const struct field line_fields[] = {
	F_REF(need_line, need, &need_kind, .label = N_("Need"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(need_line, item, &item_kind, .label = N_("Item"), .flags = F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_TEXT(need_line, word, .label = N_("What"), .max = 100, .flags = F_LIST,
	    .help = N_("What is not in the list of items."), .privacy = PRIV_STAFF),
	F_INT(need_line, quantity, .label = N_("Quantity"), .min = 1, .max = QUANTITY_MAX,
	    .help = N_("Of an item: in its base units; else in pieces. Empty: not said."),
	    .flags = F_LIST, .privacy = PRIV_PUBLIC),
};
static struct kind_state line_state;
const struct kind need_line_kind = {
	.name = "need_line",
	.plural_name = "need-lines",
	.label = N_("Line of a need"),
	.plural = N_("Lines of needs"),
	.size = sizeof(struct need_line),
	.fields = line_fields,
	.nfields = ARRAY_LEN(line_fields),
	.named_by = { "need", "item" },
	.read = CAP_RELIEF_READ,
	.create = CAP_RELIEF_WRITE,
	.edit = CAP_RELIEF_WRITE,
	.staff = CAP_RELIEF_FAMILY,
	.check = need_line_check,
	.state = &line_state,
};
