/* registry_lists.c – the reference lists under bodies and people, as record kinds: kinds of bodies (an
 * open list), peoples, districts by their state code, and the region's population by people with
 * year and source. Loaded once by registry_seed(); afterwards the secretariat keeps them. */
#include "kind/internal.h"
#include "mod/registry/registry_inner.h"

/* What kind_boot() builds from each table, once. */
enum { S_BODY_KIND, S_ETHNIC_GROUP, S_DISTRICT, S_POPULATION, S_COUNT };
static struct kind_state states[S_COUNT];

static const struct option district_levels[] = {
	{ "region", N_("region") },
	{ "city", N_("city") },
	{ "city_district", N_("district of a city") },
	{ "district", N_("district") },
	{ NULL, NULL },
};

static const struct field body_kind_fields[] = {
	F_TEXT(body_kind, code, .label = N_("Code"), .max = 32, .valid = code_error,
	    .flags = F_REQUIRED | F_UNIQUE | F_FIXED | F_SEARCH | F_LIST, .privacy = PRIV_PUBLIC),
	F_TEXT3(body_kind, name, .label = N_("Name"), .flags = F_REQUIRED | F_SEARCH | F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_INT(body_kind, rank, .label = N_("Order"), .min = 0, .max = 1000, .privacy = PRIV_PUBLIC),
};
const struct kind body_kind_kind = {
	.name = "body_kind",
	.plural_name = "body_kinds",
	.label = N_("Kind of body"),
	.plural = N_("Kinds of bodies"),
	.size = sizeof(struct body_kind),
	.fields = body_kind_fields,
	.nfields = ARRAY_LEN(body_kind_fields),
	.title = { "name" },
	.small = true,
	.read = CAP_PUBLIC,
	.create = CAP_REFERENCE_WRITE,
	.edit = CAP_REFERENCE_WRITE,
	.staff = CAP_STAFF,
	.state = &states[S_BODY_KIND],
};

static const struct field ethnic_group_fields[] = {
	F_TEXT(ethnic_group, code, .label = N_("Code"), .max = 32, .valid = code_error,
	    .flags = F_REQUIRED | F_UNIQUE | F_FIXED | F_SEARCH | F_LIST, .privacy = PRIV_PUBLIC),
	F_TEXT3(ethnic_group, name, .label = N_("Name"), .flags = F_REQUIRED | F_SEARCH | F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_BOOL(ethnic_group, special, .label = N_("An answer, not a group"),
	    .help = N_("“Other” and “not stated”: no count of groups includes them."),
	    .flags = F_LIST, .privacy = PRIV_PUBLIC),
	F_INT(ethnic_group, rank, .label = N_("Order"), .min = 0, .max = 1000,
	    .privacy = PRIV_PUBLIC),
};
const struct kind ethnic_group_kind = {
	.name = "ethnic_group",
	.plural_name = "ethnic_groups",
	.label = N_("Ethnic group"),
	.plural = N_("Ethnic groups"),
	.size = sizeof(struct ethnic_group),
	.fields = ethnic_group_fields,
	.nfields = ARRAY_LEN(ethnic_group_fields),
	.title = { "name" },
	.small = true,
	.read = CAP_PUBLIC,
	.create = CAP_REFERENCE_WRITE,
	.edit = CAP_REFERENCE_WRITE,
	.staff = CAP_STAFF,
	.state = &states[S_ETHNIC_GROUP],
};

/* The parent is fixed: figures by district are kept with the districts above. */
static const struct field district_fields[] = {
	F_TEXT(district, code, .label = N_("KATO code"), .max = 9, .valid = kato_error,
	    .flags = F_REQUIRED | F_UNIQUE | F_FIXED | F_SEARCH | F_LIST, .privacy = PRIV_PUBLIC),
	F_TEXT3(district, name, .label = N_("Name"), .flags = F_REQUIRED | F_SEARCH | F_LIST,
	    .privacy = PRIV_PUBLIC),
	F_ENUM(district, level, district_levels, .label = N_("Level"),
	    .flags = F_REQUIRED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(district, parent, &district_kind, .label = N_("Part of"), .flags = F_FIXED | F_LIST,
	    .privacy = PRIV_PUBLIC),
};
const struct kind district_kind = {
	.name = "district",
	.plural_name = "districts",
	.label = N_("District or city"),
	.plural = N_("Districts and cities"),
	.size = sizeof(struct district),
	.fields = district_fields,
	.nfields = ARRAY_LEN(district_fields),
	.title = { "name" },
	.small = true,
	.read = CAP_PUBLIC,
	.create = CAP_REFERENCE_WRITE,
	.edit = CAP_REFERENCE_WRITE,
	.staff = CAP_STAFF,
	.state = &states[S_DISTRICT],
};

static const struct field population_fields[] = {
	F_REF(population, ethnic_group, &ethnic_group_kind, .label = N_("Ethnic group"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_INT(population, year, .label = N_("Year"), .min = 1990, .max = 2100,
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_INT(population, people, .label = N_("Number of people"), .min = 0, .max = 100000000,
	    .flags = F_REQUIRED | F_LIST, .privacy = PRIV_PUBLIC),
	F_TEXT(population, source, .label = N_("Source"), .max = 300, .flags = F_REQUIRED | F_LIST,
	    .privacy = PRIV_PUBLIC),
};
const struct kind population_kind = {
	.name = "population",
	.named_by = { "ethnic_group" },
	.plural_name = "populations",
	.label = N_("People of a group in the region"),
	.plural = N_("Population by group"),
	.size = sizeof(struct population),
	.fields = population_fields,
	.nfields = ARRAY_LEN(population_fields),
	.read = CAP_PUBLIC,
	.create = CAP_BODY_WRITE,
	.edit = CAP_BODY_WRITE,
	.staff = CAP_STAFF,
	.check = population_check,
	.path = "/populations/%lld",
	.state = &states[S_POPULATION],
};
