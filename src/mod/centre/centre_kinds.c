/* centre_kinds.c – centres, households, stays and norms as record kinds. Households and stays are open to
 * CAP_RELIEF_FAMILY alone, so no list, filter, search or export tells of a family; sums do (centre_reads.c). */
#include "kind/internal.h"
#include "mod/centre/centre_inner.h"

const struct option stay_ways[] = {
	{ "home", N_("home") },
	{ "relatives", N_("to relatives or friends") },
	{ "rented", N_("to a rented flat") },
	{ "centre", N_("to another centre") },
	{ "hospital", N_("to a hospital") },
	{ "region", N_("to another region") },
	{ "unknown", N_("not known") },
	{ NULL, NULL },
};
const struct option norm_bases[] = {
	{ "day", N_("each day") },
	{ "once", N_("once") },
	{ NULL, NULL },
};
const char *const head_groups[HEAD_GROUPS] = {
	N_("children under 5"),
	N_("children of 5–17"),
	N_("adults of 18–59"),
	N_("people of 60 and over"),
};

static const struct field centre_fields[] = {
	F_REF(centre, place, &relief_place_kind, .label = N_("Centre"),
	    .flags = F_REQUIRED | F_FIXED | F_UNIQUE | F_LIST, .privacy = PRIV_PUBLIC),
	F_INT(centre, area_m2, .label = N_("Covered area, m²"), .min = 0, .max = 1000000,
	    .help = N_("Where people sleep and live. Empty: not known."), .flags = F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_INT(centre, toilets, .label = N_("Toilets"), .min = 0, .max = 10000, .flags = F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_INT(centre, taps, .label = N_("Taps"), .min = 0, .max = 10000, .flags = F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_INT(centre, water_l, .label = N_("Water, litres a day"), .min = 0, .max = 10000000,
	    .help = N_("All that there is in a day for drinking, cooking and washing."),
	    .flags = F_LIST, .privacy = PRIV_PUBLIC),
	F_INT(centre, ration_kcal, .label = N_("Food, kcal a person and day"), .min = 0,
	    .max = 10000, .help = N_("Of the day's menu, as the kitchen reckons it."),
	    .privacy = PRIV_PUBLIC),
	F_BOOL(centre, kitchen, .label = N_("Kitchen of its own"), .flags = F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_BOOL(centre, heating, .label = N_("Heating"), .flags = F_FILTER, .privacy = PRIV_PUBLIC),
	F_BOOL(centre, access, .label = N_("Access without steps"), .flags = F_FILTER,
	    .help = N_("A wheelchair gets to the beds and to a toilet."), .privacy = PRIV_PUBLIC),
	F_TEXT(
	    centre, note, .label = N_("Note"), .max = 1000, .flags = F_LONG, .privacy = PRIV_STAFF),
};
static struct kind_state centre_state;
const struct kind centre_kind = {
	.name = "centre",
	.plural_name = "centres",
	.label = N_("Evacuation centre"),
	.plural = N_("Evacuation centres"),
	.size = sizeof(struct centre),
	.fields = centre_fields,
	.nfields = ARRAY_LEN(centre_fields),
	.named_by = { "place" },
	.read = CAP_RELIEF_READ,
	.create = CAP_RELIEF_WRITE,
	.edit = CAP_RELIEF_WRITE,
	.staff = CAP_RELIEF_WRITE,
	.check = centre_check,
	.state = &centre_state,
};

#define HEAD_FIELD(S, m, L) \
	F_INT(S, m, .label = (L), .min = 0, .max = 99, .flags = F_REQUIRED, .privacy = PRIV_PUBLIC)
#define HEAD_FIELDS(S)                                                                             \
	HEAD_FIELD(S, under5_f, N_("Girls under 5")), HEAD_FIELD(S, under5_m, N_("Boys under 5")), \
	    HEAD_FIELD(S, child_f, N_("Girls of 5–17")),                                           \
	    HEAD_FIELD(S, child_m, N_("Boys of 5–17")),                                            \
	    HEAD_FIELD(S, adult_f, N_("Women of 18–59")),                                          \
	    HEAD_FIELD(S, adult_m, N_("Men of 18–59")),                                            \
	    HEAD_FIELD(S, elder_f, N_("Women of 60 and over")),                                    \
	    HEAD_FIELD(S, elder_m, N_("Men of 60 and over"))

static const struct field household_fields[] = {
	F_REF(household, headquarters, &headquarters_kind, .label = N_("Headquarters"),
	    .flags = F_REQUIRED | F_FIXED | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TEXT(household, code, .label = N_("Code"), .max = RELIEF_CODE,
	    .flags = F_RULED | F_UNIQUE | F_LIST, .privacy = PRIV_PUBLIC),
	F_SEALED(
	    household, name, .label = N_("Name of the head"), .max = 200, .privacy = PRIV_SEALED),
	F_SEALED(household, phone, .label = N_("Telephone"), .max = 40, .form = "tel",
	    .privacy = PRIV_SEALED),
	F_REF(household, need, &need_kind, .label = N_("Need"), .privacy = PRIV_PUBLIC),
	F_REF(household, district, &district_kind, .label = N_("Came from"),
	    .flags = F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_DAY(household, registered_on, .label = N_("Registered on"),
	    .flags = F_RULED | F_REQUIRED | F_LIST, .privacy = PRIV_PUBLIC),
	HEAD_FIELDS(household),
	F_BOOL(household, pregnant, .label = N_("A pregnant woman"), .flags = F_FILTER,
	    .privacy = PRIV_STAFF),
	F_BOOL(household, disabled, .label = N_("A person with a disability"), .flags = F_FILTER,
	    .privacy = PRIV_STAFF),
	F_BOOL(
	    household, insulin, .label = N_("Insulin"), .flags = F_FILTER, .privacy = PRIV_STAFF),
};
static struct kind_state household_state;
const struct kind household_kind = {
	.name = "household",
	.plural_name = "households",
	.label = N_("Household"),
	.plural = N_("Households"),
	.size = sizeof(struct household),
	.fields = household_fields,
	.nfields = ARRAY_LEN(household_fields),
	.title = { "code" },
	.read = CAP_RELIEF_FAMILY,
	.create = CAP_NOBODY,
	.edit = CAP_RELIEF_FAMILY,
	.staff = CAP_RELIEF_FAMILY,
	.sealed = CAP_RELIEF_FAMILY,
	.prepare = household_prepare,
	.check = household_check,
	.changed = household_changed,
	.path = "/relief/households/%lld",
	.state = &household_state,
};

static const struct field stay_fields[] = {
	F_REF(stay, household, &household_kind, .label = N_("Household"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(stay, place, &relief_place_kind, .label = N_("Centre"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	HEAD_FIELDS(stay),
	F_TIME(stay, arrived_at, .label = N_("Arrived"), .flags = F_REQUIRED | F_FIXED | F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_DAY(stay, arrived_on, .label = N_("Day of arrival"), .flags = F_RULED | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_TIME(stay, left_at, .label = N_("Left"), .flags = F_LIST, .privacy = PRIV_PUBLIC),
	F_DAY(stay, left_on, .label = N_("Day of departure"), .flags = F_RULED | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_ENUM(stay, where_to, stay_ways, .label = N_("Where to"), .flags = F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
};
static struct kind_state stay_state;
const struct kind stay_kind = {
	.name = "stay",
	.plural_name = "stays",
	.label = N_("Stay"),
	.plural = N_("Stays"),
	.size = sizeof(struct stay),
	.fields = stay_fields,
	.nfields = ARRAY_LEN(stay_fields),
	.named_by = { "household", "place" },
	.hot = "household",
	.read = CAP_RELIEF_FAMILY,
	.create = CAP_NOBODY,
	.edit = CAP_NOBODY,
	.staff = CAP_RELIEF_FAMILY,
	.prepare = stay_prepare,
	.check = stay_check,
	.path = "/relief/stays/%lld",
	.state = &stay_state,
};

static const struct field norm_fields[] = {
	F_REF(centre_norm, item, &item_kind, .label = N_("Item"),
	    .flags = F_REQUIRED | F_FIXED | F_UNIQUE | F_LIST, .privacy = PRIV_PUBLIC),
	F_INT(centre_norm, per_person, .label = N_("For one person"), .min = 1, .max = 1000000,
	    .help = N_("In the item's base unit: g, ml, pieces."), .flags = F_REQUIRED | F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_ENUM(centre_norm, basis, norm_bases, .label = N_("How often"),
	    .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TEXT(centre_norm, source, .label = N_("Source"), .max = 200, .flags = F_LIST,
	    .privacy = PRIV_PUBLIC),
};
static struct kind_state norm_state;
const struct kind centre_norm_kind = {
	.name = "centre_norm",
	.plural_name = "centre-norms",
	.label = N_("Norm of supply"),
	.plural = N_("Norms of supply"),
	.size = sizeof(struct centre_norm),
	.fields = norm_fields,
	.nfields = ARRAY_LEN(norm_fields),
	.named_by = { "item" },
	.read = CAP_RELIEF_READ,
	.create = CAP_RELIEF_WRITE,
	.edit = CAP_RELIEF_WRITE,
	.staff = CAP_RELIEF_READ,
	.check = norm_check,
	.path = "/relief/norms/%lld",
	.state = &norm_state,
};
