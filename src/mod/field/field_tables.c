/* field_tables.c – what a copy takes along, row by row and column by column, and what of it comes back.
 *
 * Nothing of the registry goes: no person, no body, no membership, no ethnicity, no other headquarters, no history and no
 * audit. References to what stays behind are empty. Sealed columns go empty and are sealed anew (field_export.c). */
#include <jansson.h>
#include <string.h>

#include "core/account.h"
#include "mod/field/field_inner.h"

#define WORKS "(SELECT account FROM account_role WHERE role IN ('relief', 'driver'))"
/* Who took a step or wrote a line goes as a name that cannot sign in. */
#define NAMED                                                                                  \
	"id IN " WORKS " OR id IN (SELECT owner FROM need WHERE headquarters = $1) OR id IN (" \
	"SELECT checked_by FROM need WHERE headquarters = $1) OR id IN (SELECT author FROM "   \
	"relief_log WHERE headquarters = $1)"
#define PLACES "(SELECT id FROM relief_place WHERE headquarters = $1)"
#define ACCOUNTS                                                                          \
	"(SELECT a.id FROM stock_account a JOIN relief_place p ON p.code = a.code WHERE " \
	"p.headquarters = $1)"
#define BATCHES "(SELECT id FROM meal_batch WHERE place IN " PLACES ")"
#define MEAL_SETS                                                          \
	"(SELECT movement FROM meal_batch WHERE place IN " PLACES          \
	" UNION SELECT movement FROM meal_serving WHERE batch IN " BATCHES \
	" UNION SELECT movement FROM meal_waste WHERE batch IN " BATCHES ")"
#define SETS "(id IN " MEAL_SETS " OR reverses IN " MEAL_SETS ")"
#define SET_IDS "(SELECT id FROM movement_set WHERE " SETS ")"
#define FRESH                  \
	{                      \
		"version", "1" \
	}
/* Written anew by the export, which makes version 1 of it. */
#define UNBORN                 \
	{                      \
		"version", "0" \
	}

const char *const field_meal_sets = SET_IDS, *const field_place_accounts = ACCOUNTS;

const struct extract field_takes[] = {
	{ "account", NAMED,
	    { FRESH, { "person", NULL }, { "email", NULL }, { "failures", "0" },
		/* Who cannot sign in there leaves nothing to guess a password from. */
		{ "password", "CASE WHEN disabled = 0 AND id IN " WORKS " THEN password END" },
		{ "disabled", "CASE WHEN id IN " WORKS " THEN disabled ELSE 1 END" },
		{ "failed_at", NULL }, { "locked_until", NULL } } },
	{ "account_role", "role IN ('relief', 'driver')", { FRESH, { "body", NULL } } },
	{ "district", NULL, { FRESH } },
	{ "stock_item", NULL, { FRESH } },
	{ "stock_account",
	    "type IN ('vehicle', 'household', 'loss', 'conversion') OR code = 'donor' OR id "
	    "IN " ACCOUNTS " OR id IN (SELECT account FROM movement_line WHERE movement IN " SET_IDS
	    ")",
	    { FRESH, { "body", NULL }, { "note", NULL } } },
	{ "lot",
	    "id IN (SELECT lot FROM stock_now WHERE account IN " ACCOUNTS
	    ") OR id IN (SELECT lot FROM meal_batch WHERE place IN " PLACES
	    ") OR id IN (SELECT lot FROM movement_line WHERE movement IN " SET_IDS ")",
	    { FRESH } },
	{ "recipe", NULL, { FRESH } },
	{ "recipe_input", NULL, { FRESH } },
	{ "headquarters", "id = $1",
	    { FRESH, { "chief", NULL }, { "hall", NULL }, { "body", NULL } } },
	{ "relief_area", "headquarters = $1", { FRESH } },
	{ "relief_duty", "headquarters = $1", { FRESH, { "person", NULL } } },
	{ "relief_log", "headquarters = $1", { FRESH } },
	{ "relief_place", "headquarters = $1", { FRESH, { "hall", NULL } } },
	{ "need", "headquarters = $1",
	    { UNBORN, { "name", NULL }, { "phone", NULL }, { "note", NULL },
		{ "phone_mac", NULL } } },
	{ "need_line", "need IN (SELECT id FROM need WHERE headquarters = $1)", { FRESH } },
	{ "centre", "place IN " PLACES, { FRESH } },
	{ "household", "headquarters = $1", { UNBORN, { "name", NULL }, { "phone", NULL } } },
	{ "stay", "place IN " PLACES, { FRESH } },
	{ "centre_norm", NULL, { FRESH } },
	{ "movement_set", SETS, { { "transfer", NULL }, { "sheet", NULL }, { "author", "0" } } },
	{ "movement_line", "movement IN " SET_IDS, { { NULL, NULL } } },
	{ "meal_plan", "place IN " PLACES, { FRESH } },
	{ "meal_batch", "place IN " PLACES, { FRESH } },
	{ "meal_serving", "batch IN " BATCHES, { FRESH } },
	{ "meal_waste", "batch IN " BATCHES, { FRESH } },
	{ "setting",
	    "name IN ('business_day', 'day_start', 'address', 'phone', 'email', 'site', "
	    "'norm_days', 'hot_food_min', 'keep_relief', 'keep_reads') OR name LIKE "
	    "'institution%' OR name LIKE 'region%' OR name LIKE 'sphere%'",
	    { { NULL, NULL } } },
};
const size_t field_ntakes = ARRAY_LEN(field_takes);

/* What comes back. Users, districts and settings do not: they are the house's. A shortage of the copy does not either:
 * the house finds its own. In this order nothing is named before it is there. */
const struct field_kind field_kinds[] = {
	{ .kind = &item_kind, .key = { "code" }, .alike = { "base", "pack" } },
	{ .kind = &stock_account_kind, .key = { "code" }, .alike = { "type" } },
	{ .kind = &lot_kind, .key = { "code" }, .alike = { "item", "expires" } },
	{ .kind = &recipe_kind, .key = { "code", "from_day" }, .alike = { "item", "quantity" } },
	{ .kind = &recipe_input_kind, .key = { "recipe", "item" } },
	{ .kind = &headquarters_kind,
	    .parts = { "state closed_on close_reason" },
	    .key = { "code" } },
	{ .kind = &relief_area_kind, .key = { "headquarters", "district" } },
	{ .kind = &relief_duty_kind },
	{ .kind = &relief_log_kind },
	{ .kind = &relief_place_kind, .key = { "code", "headquarters" }, .alike = { "purpose" } },
	{ .kind = &need_kind,
	    .parts = { "state state_reason owner checked_at checked_by assigned_at started_at "
		       "ended_at",
		"people children infants", "twin_of twin" },
	    .mute = "asked_on ended_on hours phone_mac place_key",
	    .key = { "code" },
	    .drawn = true },
	{ .kind = &need_line_kind },
	{ .kind = &centre_kind, .key = { "place" } },
	{ .kind = &household_kind, .key = { "code" }, .drawn = true },
	{ .kind = &stay_kind, .parts = { "left_at where_to" }, .mute = "left_on arrived_on" },
	{ .kind = &meal_plan_kind, .key = { "place", "day", "meal", "recipe" } },
	{ .kind = &meal_batch_kind, .parts = { "withdrawn reason" }, .sets = "movement" },
	{ .kind = &meal_serving_kind, .parts = { "withdrawn reason" }, .sets = "movement" },
	{ .kind = &meal_waste_kind, .parts = { "withdrawn reason" }, .sets = "movement" },
	{ .kind = &transfer_kind, .mute = "state" },
	{ .kind = &stock_count_kind, .parts = { "state typed_by confirmed_by" } },
	{ .kind = &stock_count_line_kind, .key = { "sheet", "item", "lot" } },
};
const size_t field_nkinds = ARRAY_LEN(field_kinds);

const struct field_kind *
field_kind_of(const char *name)
{
	size_t i;

	for (i = 0; i < field_nkinds; i++)
		if (strcmp(field_kinds[i].kind->name, name) == 0)
			return &field_kinds[i];
	return NULL;
}

/* A word of a list with blanks between. */
static bool
has_word(const char *list, const char *word)
{
	size_t n = strlen(word);
	const char *p;

	for (p = list; p != NULL && *p != '\0'; p += strspn(p, " ")) {
		size_t w = strcspn(p, " ");

		if (w == n && strncmp(p, word, n) == 0)
			return true;
		p += w;
	}
	return false;
}

size_t
field_part(const struct field_kind *k, size_t first, size_t out[PART_FIELDS])
{
	const struct field *f = &k->kind->fields[first];
	size_t p, i, n = 0;

	if ((f->flags & F_FIXED) != 0 || has_word(k->mute, f->name) ||
	    (k->sets != NULL && strcmp(k->sets, f->name) == 0))
		return 0;
	for (p = 0; p < ARRAY_LEN(k->parts); p++) {
		size_t w = k->parts[p] == NULL ? 0 : strcspn(k->parts[p], " ");

		if (!has_word(k->parts[p], f->name))
			continue;
		if (strlen(f->name) != w || strncmp(k->parts[p], f->name, w) != 0)
			return 0; /* within the part of another */
		for (i = 0; i < k->kind->nfields; i++)
			if (has_word(k->parts[p], k->kind->fields[i].name))
				out[n++] = i;
		return n;
	}
	out[0] = first;
	return 1;
}

/* ---- what claims are worth ---- */

int
field_rank(const char *part, const char *value)
{
	static const char *const far[] = { "new", "checked", "assigned", "on_way" };
	json_t *j;
	const char *s;
	int rank = 0;
	size_t i;

	if (strcmp(part, "state") != 0 || (j = json_loads(value, 0, NULL)) == NULL)
		return 0;
	s = json_string_value(json_object_get(j, "state"));
	if (s != NULL && need_is_over(s))
		rank = (int)ARRAY_LEN(far);
	for (i = 0; s != NULL && i < ARRAY_LEN(far); i++)
		if (strcmp(s, far[i]) == 0)
			rank = (int)i;
	json_decref(j);
	return rank;
}

bool
field_agree(const char *part, const char *a, const char *b)
{
	static const char *const said[] = { "state", "state_reason", "owner", "close_reason",
		"where_to" };
	json_t *x, *y;
	bool same = true;
	size_t i;

	if (strcmp(a, b) == 0)
		return true;
	if (strcmp(part, "state") != 0 && strcmp(part, "left_at") != 0)
		return false;
	x = json_loads(a, 0, NULL);
	y = json_loads(b, 0, NULL);
	for (i = 0; i < ARRAY_LEN(said); i++) {
		const json_t *p = json_object_get(x, said[i]), *q = json_object_get(y, said[i]);

		same = same &&
		       ((p == NULL && q == NULL) || (p != NULL && q != NULL && json_equal(p, q)));
	}
	json_decref(x);
	json_decref(y);
	return same;
}
