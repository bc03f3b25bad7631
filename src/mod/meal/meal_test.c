/* meal_test.c – hot meals: cooked through the ledger, handed out and thrown away until nothing is left, never more; the
 * three numbers apart; what is taken back. On both engines. */
#include "mod/meal/meal.h"
#define MORE_KINDS , &meal_plan_kind, &meal_batch_kind, &meal_serving_kind, &meal_waste_kind
#include "centre_house.h"

static int64_t kitchen_id, recipe_id;
static int forms;

static const char *
form(void)
{
	return arena_printf(CX->arena, "form%d", ++forms);
}

static int64_t
item_id(const char *code)
{
	struct item i;

	OK(item_find(CX, code, &i));
	return i.rec.id;
}

/* What an account holds of an item, over all lots. */
static int64_t
holds(const char *account, const char *code)
{
	struct stock_account a;
	struct stock_row *r;
	int64_t sum = 0, item = item_id(code);
	size_t n, i;

	house_next(&house);
	OK(stock_account_find(CX, account, &a));
	OK(stock_at(CX, a.rec.id, 0, 0, &r, &n));
	for (i = 0; i < n; i++)
		if (r[i].item == item)
			sum += r[i].quantity;
	return sum;
}

static void
needs(const char *code, int64_t q)
{
	struct recipe_input in;

	kind_empty(&recipe_input_kind, &in);
	in.recipe = recipe_id;
	in.item = item_id(code);
	in.quantity = q;
	OK(kind_insert(CX, &recipe_input_kind, &in));
}

/* A kitchen with rice and oil, and pilaf: 100 portions of 10 kg rice and 2 l oil. */
static int
open_kitchen(void **state)
{
	struct recipe r;

	if (open_house(state) != 0)
		return -1;
	figure_init(meal_figures, meal_nfigures);
	kitchen_id = place("kitchen-1", "kitchen", 500);
	kind_empty(&recipe_kind, &r);
	r.code = "pilaf";
	r.name.kk = "Палау";
	r.item = item_id("hot_meal");
	r.quantity = 100;
	r.from_day = day_add(CX->today, -100);
	OK(kind_insert(CX, &recipe_kind, &r));
	recipe_id = r.rec.id;
	needs("rice", 10000);
	needs("oil", 2000);
	give("kitchen-1", "rice", 100000);
	give("kitchen-1", "oil", 20000);
	house_next(&house);
	return 0;
}

static int
cook(int64_t portions, const char *nonce, struct meal_batch *out)
{
	struct batch_in in = { .nonce = nonce,
		.place = kitchen_id,
		.recipe = recipe_id,
		.meal = "lunch",
		.portions = portions,
		.temperature = 80 };
	bool again;

	return meal_cook(CX, &in, out, &again);
}

static int
hand(int64_t batch, int64_t portions, const char *nonce, const char *whom, int64_t celsius)
{
	struct serving_in in = { .nonce = nonce,
		.batch = batch,
		.portions = portions,
		.receivers = whom,
		.temperature = celsius };
	struct meal_serving out;
	bool again;

	return meal_hand_out(CX, &in, &out, &again);
}

static int
throw_away(int64_t batch, int64_t portions, const char *nonce)
{
	struct waste_in in = {
		.nonce = nonce, .batch = batch, .portions = portions, .why = "left"
	};
	struct meal_waste out;
	bool again;

	return meal_throw(CX, &in, &out, &again);
}

static int64_t
figure(const char *code, const char *group)
{
	struct figure_answer out;
	struct ask ask;

	house_next(&house);
	ask_default(CX, &ask);
	ask.from = ask.to = day_of_moment(CX->now);
	ask.dim_code = group;
	OK(figure_answer(CX, figure_find(code), &ask, &out));
	return (int64_t)out.value;
}

static void
balanced(void)
{
	struct buf b;
	int64_t sets = 0, n = 0;

	house_next(&house);
	buf_init(&b, CX->arena, 1 << 20);
	OK(ledger_check(CX, &b, &sets, &n));
	if (n != 0)
		fail_msg("%s", b.p);
}

static void
test_a_day(void **state)
{
	struct meal_batch b, again;
	struct meal_sum s;
	struct meal_day d;

	(void)state;
	OK(cook(200, "f-cook", &b));
	OK(cook(200, "f-cook", &again)); /* the same form */
	assert_int_equal(b.rec.id, again.rec.id);
	assert_int_equal(b.deviation, 0);
	assert_int_equal(holds("kitchen-1", "rice"), 80000);
	assert_int_equal(holds("kitchen-1", "oil"), 16000);
	assert_int_equal(holds("kitchen-1", "hot_meal"), 200);
	OK(hand(b.rec.id, 90, "f-1", "rescuers", 72));
	OK(hand(b.rec.id, 90, "f-1", "rescuers", 72));
	OK(hand(b.rec.id, 60, "f-2", "evacuees", 55));
	ENDS(RC_RULE, hand(b.rec.id, 51, "f-3", "volunteers", 70)); /* fifty are left */
	house_next(&house);
	OK(throw_away(b.rec.id, 30, "f-4"));
	OK(meal_sum(CX, b.rec.id, &s));
	assert_int_equal(s.cooked, 200);
	assert_int_equal(s.handed, 150);
	assert_int_equal(s.thrown, 30);
	assert_int_equal(s.left, 20);
	assert_int_equal(holds("kitchen-1", "hot_meal"), 20);
	assert_int_equal(holds("household", "hot_meal"), 150);
	assert_int_equal(holds("loss", "hot_meal"), 30);
	OK(meal_day(CX, hq, day_of_moment(CX->now), &d));
	assert_int_equal(d.handed, 150);
	assert_int_equal(d.by_group[0], 90);
	assert_int_equal(figure("hot_meals", NULL), 150);
	assert_int_equal(figure("hot_meals", "evacuees"), 60);
	assert_int_equal(figure("hot_meals_cooked", NULL), 200);
	assert_int_equal(figure("hot_meals_thrown", NULL), 30);
	balanced();
}

static void
test_cold(void **state)
{
	struct meal_serving s = { .temperature = 59 };
	bool cold;

	(void)state;
	OK(meal_too_cold(CX, &s, &cold));
	assert_true(cold);
	s.temperature = 60;
	OK(meal_too_cold(CX, &s, &cold));
	assert_false(cold);
	s.temperature = INT_NONE; /* not measured is not cold */
	OK(meal_too_cold(CX, &s, &cold));
	assert_false(cold);
	OK(setting_set(CX, "hot_food_min", "75"));
	s.temperature = 70;
	OK(meal_too_cold(CX, &s, &cold));
	assert_true(cold);
}

static void
test_away_from_recipe(void **state)
{
	struct conversion_input in[] = { { item_id("rice"), 0, 8000 },
		{ item_id("oil"), 0, 2000 } };
	struct batch_in batch = { .nonce = "f-1",
		.place = kitchen_id,
		.recipe = recipe_id,
		.meal = "lunch",
		.portions = 100,
		.temperature = INT_NONE,
		.allergens = "gluten milk",
		.inputs = in,
		.ninputs = 2 };
	struct meal_batch b;
	bool again;

	(void)state;
	OK(meal_cook(CX, &batch, &b, &again));
	assert_int_equal(b.deviation, -200); /* a fifth less rice: a warning, kept with the batch */
	assert_true(-b.deviation > DEVIATION_WARNS);
	assert_int_equal(holds("kitchen-1", "rice"), 92000);
	assert_true(meal_has_allergen(b.allergens, "milk"));
	assert_true(meal_has_allergen("peanuts nuts", "nuts"));
	assert_false(meal_has_allergen("peanuts", "nuts"));
	assert_false(meal_has_allergen(NULL, "nuts"));
	batch.nonce = "f-2";
	batch.allergens = "gluten magic";
	ENDS(RC_INVALID, meal_cook(CX, &batch, &b, &again));
	house_next(&house);
	batch.allergens = NULL;
	in[0].quantity = 1000000;
	ENDS(RC_RULE, meal_cook(CX, &batch, &b, &again));
	assert_true(says("Rice"));
	batch.ninputs = 0;
	batch.portions = 5000;
	ENDS(RC_RULE, meal_cook(CX, &batch, &b, &again));
	house_next(&house);
	batch.place = place("c-a", "centre", 10);
	ENDS(RC_RULE, meal_cook(CX, &batch, &b, &again));
	house_next(&house);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM meal_batch"), 1);
	balanced();
}

static void
test_taken_back(void **state)
{
	struct meal_batch b;
	int64_t serving;

	(void)state;
	OK(cook(100, "f-1", &b));
	OK(hand(b.rec.id, 40, "f-2", "others", 70));
	serving = house_int(&house, "SELECT max(id) FROM meal_serving");
	ENDS(RC_RULE, meal_withdraw(CX, &meal_batch_kind, b.rec.id, "typed twice"));
	house_next(&house);
	ENDS(RC_INVALID, meal_withdraw(CX, &meal_serving_kind, serving, ""));
	house_next(&house);
	OK(meal_withdraw(CX, &meal_serving_kind, serving, "typed twice"));
	ENDS(RC_CONFLICT, meal_withdraw(CX, &meal_serving_kind, serving, "typed twice"));
	house_next(&house);
	assert_int_equal(figure("hot_meals", NULL), 0);
	OK(meal_withdraw(CX, &meal_batch_kind, b.rec.id, "typed twice"));
	assert_int_equal(figure("hot_meals_cooked", NULL), 0);
	assert_int_equal(holds("kitchen-1", "rice"), 100000);
	assert_int_equal(holds("kitchen-1", "hot_meal"), 0);
	ENDS(RC_RULE, hand(b.rec.id, 1, "f-3", "others", 70));
	house_next(&house);
	balanced();
}

/* Whatever is asked in whatever order: cooked = handed out + thrown away + still there, in the ledger. */
static void
test_random(void **state)
{
	struct meal_batch b[3];
	uint32_t seed = 11;
	int64_t cooked = 0;
	int i, refused = 0;

	(void)state;
	for (i = 0; i < 3; i++) {
		OK(cook(60 + 20 * i, form(), &b[i]));
		cooked += b[i].portions;
	}
	for (i = 0; i < 60; i++) {
		int64_t of, q;
		int rc;

		seed = seed * 1664525u + 1013904223u;
		of = b[(seed >> 16) % 3].rec.id;
		q = 1 + (seed >> 18) % 30;
		switch ((seed >> 24) % 4) {
		case 0:
			rc = throw_away(of, q, form());
			break;
		case 1:
			rc = meal_withdraw(CX, &meal_serving_kind,
			    1 + (seed >> 20) % (unsigned)(i + 1), "mistake");
			break;
		default:
			rc = hand(of, q, form(), "evacuees", 65);
			break;
		}
		assert_true(rc == RC_OK || rc == RC_RULE || rc == RC_NOTFOUND || rc == RC_CONFLICT);
		refused += rc != RC_OK;
		house_next(&house);
	}
	assert_true(refused > 0 && refused < 60);
	for (i = 0; i < 3; i++) {
		struct meal_sum s;

		OK(meal_sum(CX, b[i].rec.id, &s));
		assert_true(s.left >= 0);
		assert_int_equal(s.left,
		    house_int(&house,
			arena_printf(CX->arena,
			    "SELECT coalesce(sum(n.balance), 0) FROM stock_now n JOIN "
			    "stock_account a ON a.id = n.account WHERE a.code = 'kitchen-1' AND "
			    "n.lot = %lld",
			    (long long)b[i].lot)));
	}
	assert_int_equal(cooked, holds("kitchen-1", "hot_meal") + holds("household", "hot_meal") +
				     holds("loss", "hot_meal"));
	assert_int_equal(figure("hot_meals", NULL), holds("household", "hot_meal"));
	assert_int_equal(figure("hot_meals_thrown", NULL), holds("loss", "hot_meal"));
	balanced();
}

static void
test_roles(void **state)
{
	struct actor clerk = { .account = 7, .role = ROLE_CLERK, .caps = role_caps(ROLE_CLERK) };
	struct meal_batch b;
	struct meal_day d;

	(void)state;
	CX->actor = &clerk;
	ENDS(RC_DENIED, cook(10, "f-1", &b));
	house_next(&house);
	OK(meal_day(CX, hq, CX->today, &d));
	CX->actor = &actor_system;
}

#define K(f) cmocka_unit_test_setup_teardown(f, open_kitchen, close_house)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { K(test_a_day), K(test_cold), K(test_away_from_recipe),
		K(test_taken_back), K(test_random), K(test_roles) };

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
