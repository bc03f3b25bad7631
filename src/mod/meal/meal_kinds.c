/* meal_kinds.c – plans, batches, portions handed out and thrown away as record kinds: const tables, no behaviour. They
 * are written by the rules alone, since each but the plan is a set of the ledger. */
#include <string.h>

#include "kind/internal.h"
#include "mod/meal/meal_inner.h"

const struct option meals[] = {
	{ "breakfast", N_("breakfast") },
	{ "lunch", N_("lunch") },
	{ "dinner", N_("dinner") },
	{ NULL, NULL },
};
const struct option meal_receivers[] = {
	{ "rescuers", N_("rescuers") },
	{ "volunteers", N_("volunteers") },
	{ "evacuees", N_("evacuees") },
	{ "others", N_("others") },
	{ NULL, NULL },
};
const struct option meal_wastes[] = {
	{ "left", N_("left over") },
	{ "spoiled", N_("spoiled") },
	{ "other", N_("another reason") },
	{ NULL, NULL },
};
/* Those that food must name: Technical Regulation of the Customs Union 022/2011, article 4.4. */
const struct option meal_allergens[] = {
	{ "gluten", N_("gluten") },
	{ "milk", N_("milk") },
	{ "eggs", N_("eggs") },
	{ "fish", N_("fish") },
	{ "crustaceans", N_("crustaceans") },
	{ "molluscs", N_("molluscs") },
	{ "peanuts", N_("peanuts") },
	{ "nuts", N_("nuts") },
	{ "soya", N_("soya") },
	{ "sesame", N_("sesame") },
	{ "celery", N_("celery") },
	{ "mustard", N_("mustard") },
	{ "lupin", N_("lupin") },
	{ "sulphites", N_("sulphites") },
	{ NULL, NULL },
};

/* "nuts" is not among "peanuts milk". */
bool
meal_has_allergen(const char *codes, const char *code)
{
	size_t n = strlen(code);
	const char *at;

	for (at = codes; at != NULL && (at = strstr(at, code)) != NULL; at += n)
		if ((at == codes || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0'))
			return true;
	return false;
}

const char *
allergens_error(const char *codes)
{
	while (*codes != '\0') {
		size_t n = strcspn(codes, " ");
		const struct option *o = meal_allergens;

		while (o->code != NULL && (strlen(o->code) != n || strncmp(o->code, codes, n) != 0))
			o++;
		if (o->code == NULL)
			return N_("There is no such allergen in the list.");
		codes += n;
		codes += strspn(codes, " ");
	}
	return NULL;
}

#define PORTIONS(S, L, ...)                                                               \
	F_INT(S, portions, .label = (L), .min = 1, .max = 100000, .privacy = PRIV_PUBLIC, \
	    __VA_ARGS__)
#define TEMPERATURE(S)                                                                \
	F_INT(S, temperature, .label = N_("Temperature, °C"), .min = -30, .max = 120, \
	    .help = N_("Empty: not measured."), .flags = F_LIST, .privacy = PRIV_PUBLIC)
#define TAKEN_BACK(S)                                                                             \
	F_BOOL(S, withdrawn, .label = N_("Taken back"), .flags = F_RULED | F_FILTER,              \
	    .privacy = PRIV_PUBLIC),                                                              \
	    F_TEXT(S, reason, .label = N_("Why it was taken back"), .max = 300, .flags = F_RULED, \
		.privacy = PRIV_STAFF)
#define MOVEMENT(S)                                                                      \
	F_INT(S, movement, .label = N_("Set of the ledger"), .min = 1, .max = INT64_MAX, \
	    .flags = F_RULED, .privacy = PRIV_PUBLIC)

static const struct field plan_fields[] = {
	F_REF(meal_plan, place, &relief_place_kind, .label = N_("Kitchen"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_DAY(meal_plan, day, .label = N_("Day"), .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER,
	    .privacy = PRIV_PUBLIC),
	F_ENUM(meal_plan, meal, meals, .label = N_("Meal"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(meal_plan, recipe, &recipe_kind, .label = N_("Recipe"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST, .privacy = PRIV_PUBLIC),
	PORTIONS(meal_plan, N_("Portions planned"), .flags = F_REQUIRED | F_LIST),
	F_TEXT(meal_plan, note, .label = N_("Note"), .max = 300, .privacy = PRIV_STAFF),
};
static struct kind_state plan_state;
const struct kind meal_plan_kind = {
	.name = "meal_plan",
	.plural_name = "meal-plans",
	.label = N_("Planned meal"),
	.plural = N_("Planned meals"),
	.size = sizeof(struct meal_plan),
	.fields = plan_fields,
	.nfields = ARRAY_LEN(plan_fields),
	.named_by = { "place", "recipe" },
	.read = CAP_RELIEF_READ,
	.create = CAP_RELIEF_WRITE,
	.edit = CAP_RELIEF_WRITE,
	.staff = CAP_RELIEF_WRITE,
	.check = meal_plan_check,
	.path = "/relief/meals/plans/%lld",
	.state = &plan_state,
};

static const struct field batch_fields[] = {
	F_REF(meal_batch, place, &relief_place_kind, .label = N_("Kitchen"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(meal_batch, plan, &meal_plan_kind, .label = N_("Planned meal"), .flags = F_FIXED,
	    .privacy = PRIV_PUBLIC),
	F_REF(meal_batch, recipe, &recipe_kind, .label = N_("Recipe"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST, .privacy = PRIV_PUBLIC),
	F_DAY(meal_batch, day, .label = N_("Day"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_ENUM(meal_batch, meal, meals, .label = N_("Meal"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TIME(meal_batch, cooked_at, .label = N_("Cooked at"), .flags = F_REQUIRED | F_FIXED,
	    .privacy = PRIV_PUBLIC),
	PORTIONS(meal_batch, N_("Portions cooked"), .flags = F_REQUIRED | F_FIXED | F_LIST),
	TEMPERATURE(meal_batch),
	F_TEXT(meal_batch, allergens, .label = N_("Allergens"), .max = 200,
	    .valid = allergens_error, .privacy = PRIV_PUBLIC),
	F_TEXT(meal_batch, note, .label = N_("Note"), .max = 300, .privacy = PRIV_STAFF),
	F_REF(meal_batch, lot, &lot_kind, .label = N_("Lot"), .flags = F_RULED,
	    .privacy = PRIV_PUBLIC),
	MOVEMENT(meal_batch),
	F_INT(meal_batch, deviation, .label = N_("Away from the recipe, per mille"),
	    .min = -1000000000000, .max = 1000000000000, .flags = F_RULED | F_LIST,
	    .privacy = PRIV_PUBLIC),
	TAKEN_BACK(meal_batch),
};
static struct kind_state batch_state;
const struct kind meal_batch_kind = {
	.name = "meal_batch",
	.plural_name = "meal-batches",
	.label = N_("Cooked batch"),
	.plural = N_("Cooked batches"),
	.size = sizeof(struct meal_batch),
	.fields = batch_fields,
	.nfields = ARRAY_LEN(batch_fields),
	.named_by = { "place", "recipe" },
	.read = CAP_RELIEF_READ,
	.create = CAP_NOBODY,
	.edit = CAP_NOBODY,
	.staff = CAP_RELIEF_WRITE,
	.check = meal_batch_check,
	.path = "/relief/meals/batches/%lld",
	.state = &batch_state,
};

static const struct field serving_fields[] = {
	F_REF(meal_serving, batch, &meal_batch_kind, .label = N_("Cooked batch"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_REF(meal_serving, place, &relief_place_kind, .label = N_("Place"),
	    .flags = F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_ENUM(meal_serving, receivers, meal_receivers, .label = N_("For whom"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_DAY(meal_serving, day, .label = N_("Day"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TIME(meal_serving, given_at, .label = N_("Handed out at"), .flags = F_REQUIRED | F_FIXED,
	    .privacy = PRIV_PUBLIC),
	PORTIONS(meal_serving, N_("Portions handed out"), .flags = F_REQUIRED | F_FIXED | F_LIST),
	TEMPERATURE(meal_serving),
	MOVEMENT(meal_serving),
	TAKEN_BACK(meal_serving),
};
static struct kind_state serving_state;
const struct kind meal_serving_kind = {
	.name = "meal_serving",
	.plural_name = "meal-servings",
	.label = N_("Portions handed out"),
	.plural = N_("Portions handed out (all)"),
	.size = sizeof(struct meal_serving),
	.fields = serving_fields,
	.nfields = ARRAY_LEN(serving_fields),
	.named_by = { "batch", "place" },
	.read = CAP_RELIEF_READ,
	.create = CAP_NOBODY,
	.edit = CAP_NOBODY,
	.staff = CAP_RELIEF_WRITE,
	.check = meal_serving_check,
	.path = "/relief/meals/servings/%lld",
	.state = &serving_state,
};

static const struct field waste_fields[] = {
	F_REF(meal_waste, batch, &meal_batch_kind, .label = N_("Cooked batch"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_ENUM(meal_waste, why, meal_wastes, .label = N_("Why"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_DAY(meal_waste, day, .label = N_("Day"),
	    .flags = F_REQUIRED | F_FIXED | F_LIST | F_FILTER, .privacy = PRIV_PUBLIC),
	F_TIME(meal_waste, thrown_at, .label = N_("Thrown away at"), .flags = F_REQUIRED | F_FIXED,
	    .privacy = PRIV_PUBLIC),
	PORTIONS(meal_waste, N_("Portions thrown away"), .flags = F_REQUIRED | F_FIXED | F_LIST),
	MOVEMENT(meal_waste),
	TAKEN_BACK(meal_waste),
};
static struct kind_state waste_state;
const struct kind meal_waste_kind = {
	.name = "meal_waste",
	.plural_name = "meal-wastes",
	.label = N_("Portions thrown away"),
	.plural = N_("Portions thrown away (all)"),
	.size = sizeof(struct meal_waste),
	.fields = waste_fields,
	.nfields = ARRAY_LEN(waste_fields),
	.named_by = { "batch" },
	.read = CAP_RELIEF_READ,
	.create = CAP_NOBODY,
	.edit = CAP_NOBODY,
	.staff = CAP_RELIEF_WRITE,
	.state = &waste_state,
};
