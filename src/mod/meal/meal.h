/* meal.h – hot meals: what a kitchen plans for a day, batches as cooked, portions handed out, portions thrown away.
 *
 * A kitchen is a place of a headquarters with the purpose `kitchen`; its account in the ledger holds its ingredients and
 * its cooked portions (item hot_meal). A batch names its recipe and is a conversion of the ledger (stock_work.h): the
 * ingredients leave, portions come, all in a lot of the batch's own, so what lies there of a batch is a balance and not a
 * number that somebody typed. More than 15 % away from the recipe is a warning kept with the batch (RULE meal-1).
 * Handed out is a movement from the kitchen to the receivers of aid, thrown away one to the losses. Nobody hands out
 * more than the kitchen has: the ledger refuses (RULE meal-2).
 *
 * Three numbers that are never mixed: cooked, handed out, left over (cooked less the two others). The figure hot_meals
 * is what was handed out (RULE meal-3). Hot food handed out below 60 °C (setting hot_food_min) is a red warning, computed
 * from the temperature (RULE meal-4; World Health Organization, Five Keys to Safer Food, 2006).
 *
 * A mistake is taken back by a counter-set with a reason; the record stays, marked. The same form sent twice is once. */
#ifndef MOD_MEAL_H
#define MOD_MEAL_H

#include "mod/relief/relief.h"

struct meal_plan {
	struct rec rec;
	int64_t place; /* a kitchen */
	int day;
	const char *meal; /* breakfast, lunch, dinner */
	int64_t recipe, portions;
	const char *note;
};
struct meal_batch {
	struct rec rec;
	int64_t place, plan, recipe; /* plan 0 = cooked without one */
	int day;
	const char *meal;
	int64_t cooked_at, portions, temperature; /* °C; INT_NONE = not measured */
	const char
	    *allergens; /* codes of meal_allergens[] with blanks between; NULL = none named */
	const char *note;
	int64_t lot, movement, deviation; /* deviation: per mille, stock_work.h */
	bool withdrawn;
	const char *reason;
};
struct meal_serving {
	struct rec rec;
	int64_t batch, place;  /* place 0 = handed out elsewhere: a dam, a road */
	const char *receivers; /* rescuers, volunteers, evacuees, others */
	int day;
	int64_t given_at, portions, temperature, movement;
	bool withdrawn;
	const char *reason;
};
struct meal_waste {
	struct rec rec;
	int64_t batch;
	const char *why; /* left, spoiled, other */
	int day;
	int64_t thrown_at, portions, movement;
	bool withdrawn;
	const char *reason;
};
extern const struct kind meal_plan_kind, meal_batch_kind, meal_serving_kind, meal_waste_kind;
extern const struct option meals[], meal_receivers[], meal_wastes[], meal_allergens[];
/* Whether a code stands among those of a batch (NULL = none named). */
bool meal_has_allergen(const char *codes, const char *code);

/* ---- rules: all need CAP_RELIEF_WRITE and CAP_STOCK_WRITE; *again: this form (nonce) was sent before ---- */

struct batch_in {
	const char *nonce;
	int64_t place, plan, recipe, at; /* at 0 = now */
	const char *meal;
	int64_t portions, temperature;
	const char *allergens, *note;
	/* What really went in, by item of the recipe; none: as the recipe says. */
	const struct conversion_input *inputs; /* lots are chosen here: first expiring, first out */
	size_t ninputs;
};
/* RC_RULE where ingredients lack (which and how much stands in the text). out->deviation beyond DEVIATION_WARNS is the
 * warning to show. */
int meal_cook(struct ctx *cx, const struct batch_in *in, struct meal_batch *out, bool *again) MUST;
struct serving_in {
	const char *nonce;
	int64_t batch, place, at, portions, temperature;
	const char *receivers;
};
/* RC_RULE where the kitchen has not so many portions of the batch. */
int meal_hand_out(
    struct ctx *cx, const struct serving_in *in, struct meal_serving *out, bool *again) MUST;
struct waste_in {
	const char *nonce;
	int64_t batch, at, portions;
	const char *why;
};
int meal_throw(struct ctx *cx, const struct waste_in *in, struct meal_waste *out, bool *again) MUST;
/* Takes a batch, a serving or a waste back by a counter-set. A batch of which portions are gone: RC_RULE. */
int meal_withdraw(struct ctx *cx, const struct kind *k, int64_t id, const char *reason) MUST;
/* Below the threshold when it was handed out. */
int meal_too_cold(struct ctx *cx, const struct meal_serving *s, bool *out) MUST;

/* ---- numbers ---- */

struct meal_sum { /* of one batch */
	int64_t batch, cooked, handed, thrown, left;
};
int meal_sum(struct ctx *cx, int64_t batch, struct meal_sum *out) MUST;
/* Portions of a day in a headquarters. CAP_RELIEF_READ. */
struct meal_day {
	int64_t planned, cooked, handed, thrown;
	int64_t by_group[4]; /* handed out, in the order of meal_receivers[] */
};
int meal_day(struct ctx *cx, int64_t headquarters, int day, struct meal_day *out) MUST;

struct figure;
extern const struct figure *const meal_figures[];
extern const size_t meal_nfigures;

#endif
