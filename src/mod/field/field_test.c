/* field_test.c – a copy for a laptop and the way back: what goes along and what does not, changes, new records, goods,
 * conflicts, a copy that was tampered with. On both engines; the copy is always SQLite. */
#include "kind/cut.h"
#include "mod/field/test_field_work.h"

static void
test_slice(void **state)
{
	struct laptop l;
	struct field_sums s;

	(void)state;
	laptop_open(&l);
	on(&l);
	differences_of(&l.cx, "copy");
	THERE(&l, step(&l.cx, needs[0], "check", NULL));
	off(&l);
	assert_string_equal(state_of(needs[0]), "new");
	s = merge(&l);
	assert_int_equal(s.merged, 1);
	assert_int_equal(s.known, 0);
	assert_int_equal(s.conflicts, 0);
	assert_string_equal(state_of(needs[0]), "checked");
	s = merge(&l);
	assert_int_equal(s.merged, 0);
	assert_int_equal(s.known, 1);
	differences_of(CX, "house");
	laptop_close(&l);
}

/* A need taken on the laptop keeps its code and its family, and is one need however often it comes. */
static void
test_new_need(void **state)
{
	struct laptop l;
	struct need there, here;
	struct family f;
	int64_t id, before;
	size_t n;
	struct need_line *lines;

	(void)state;
	before = house_int(&house, "SELECT count(*) FROM need");
	laptop_open(&l);
	on(&l);
	relief_code_copy(l.number);
	id = take_need(&l.cx, "Үшінші Отбасы");
	relief_code_copy(0);
	THERE(&l, step(&l.cx, id, "check", NULL));
	THERE(&l, step(&l.cx, id, "assign", NULL));
	THERE(&l, kind_load(&l.cx, &need_kind, id, &there));
	off(&l);
	assert_int_equal(there.code[0], '9');
	merge(&l);
	merge(&l);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM need"), before + 1);
	OK(need_by_code(CX, there.code, &here));
	assert_string_equal(here.state, "assigned");
	assert_int_equal(here.owner, relief_account);
	OK(need_family(CX, here.rec.id, "page", &f));
	assert_string_equal(f.name, "Үшінші Отбасы");
	assert_string_equal(f.phone, "+7 701 111 22 33");
	OK(need_lines(CX, here.rec.id, &lines, &n));
	assert_int_equal(n, 1);
	assert_int_equal(lines[0].quantity, 3);
	/* its telephone is found beside those of the house */
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM need WHERE phone_mac = (SELECT max(phone_mac) "
			      "FROM need)"),
	    3);
	differences_of(CX, "house");
	laptop_close(&l);
}

static void
test_what_goes_along(void **state)
{
	static const char *const empty[] = { "person", "body", "session", "api_token",
		"account_totp", "family_read", "outbox", "relief_offer" };
	const char *password;
	struct laptop l;
	struct family f;
	int64_t barred;
	size_t i;

	(void)state;
	OK(account_create(CX,
	    &(struct account_new){ .login = "gone", .name = "Кеткен адам", .role = ROLE_RELIEF },
	    &barred, &password));
	OK(account_disable(CX, barred, true));
	laptop_open(&l);
	on(&l);
	for (i = 0; i < ARRAY_LEN(empty); i++) {
		int64_t n;

		THERE(
		    &l, db_int(&l.cx, &n,
			    arena_printf(CX->arena, "SELECT count(*) FROM %s", empty[i]), NO_VALS));
		assert_int_equal(n, 0);
	}
	/* The hash of a password goes with whoever signs in there, and with nobody else. */
	THERE(&l, db_int(&l.cx, &barred, "SELECT count(*) FROM account WHERE password IS NOT NULL",
		      NO_VALS));
	assert_int_equal(barred, 1);
	THERE(&l,
	    db_int(&l.cx, &barred, "SELECT disabled FROM account WHERE login = 'gone'", NO_VALS));
	assert_int_equal(barred, 1);
	assert_int_equal(blankets(&l.cx, "depot"), 10);
	THERE(&l, need_family(&l.cx, needs[1], "page", &f));
	assert_string_equal(f.name, "Екінші Отбасы");
	off(&l);
	laptop_close(&l);
}

/* RULE field-5: ten blankets given out twice are a shortage of ten. */
static void
test_goods(void **state)
{
	struct laptop a, b;
	struct field_sums s;

	(void)state;
	laptop_open(&a);
	laptop_open(&b);
	on(&a);
	THERE(&a, move_goods(&a.cx, "a-1", "depot", "household", 10));
	off(&a);
	on(&b);
	THERE(&b, move_goods(&b.cx, "b-1", "depot", "household", 7));
	THERE(&b, move_goods(&b.cx, "b-2", "donor", "depot", 2));
	off(&b);
	s = merge(&a);
	assert_int_equal(s.shortages, 0);
	s = merge(&b);
	assert_int_equal(s.shortages, 1);
	s = merge(&b);
	assert_int_equal(s.known, 2);
	assert_int_equal(blankets(CX, "depot"), -5);
	assert_int_equal(blankets(CX, "household"), 17);
	assert_int_equal(
	    house_int(&house, "SELECT quantity FROM stock_shortage WHERE state = 'open'"), 5);
	differences_of(CX, "house");
	laptop_close(&a);
	laptop_close(&b);
}

/* RULE field-4: closed here, delivered there: both wait, a person decides. */
static void
test_conflict(void **state)
{
	struct laptop a, b;
	struct field_conflict *c;
	struct field_value *v;
	size_t n;

	(void)state;
	laptop_open(&a);
	laptop_open(&b);
	on(&a);
	THERE(&a, step(&a.cx, needs[0], "refuse", "no such house"));
	off(&a);
	on(&b);
	THERE(&b, step(&b.cx, needs[0], "close", "found another way"));
	off(&b);
	assert_int_equal(merge(&b).conflicts, 0);
	assert_string_equal(state_of(needs[0]), "closed");
	assert_int_equal(merge(&a).conflicts, 1);
	assert_string_equal(state_of(needs[0]), "refused"); /* the smaller number stands */
	assert_int_equal(merge(&b).conflicts, 1);
	OK(field_conflicts(CX, hq, &c, &n));
	assert_int_equal(n, 1);
	assert_int_equal(c[0].source_stands, a.number);
	assert_int_equal(c[0].source_other, b.number);
	OK(field_values(CX, &c[0], true, &v, &n));
	assert_true(n > 1);
	assert_string_equal(v[0].text, "no longer needed");
	ENDS(RC_CONFLICT, field_decide(CX, c[0].rec.id, c[0].rec.version + 1, "other"));
	house_next(&house);
	OK(field_decide(CX, c[0].rec.id, c[0].rec.version, "other"));
	assert_string_equal(state_of(needs[0]), "closed");
	/* decided is decided, whoever comes again */
	assert_int_equal(merge(&a).conflicts, 0);
	assert_int_equal(merge(&b).conflicts, 0);
	assert_string_equal(state_of(needs[0]), "closed");
	differences_of(CX, "house");
	laptop_close(&a);
	laptop_close(&b);
}

/* The house and a laptop. */
static void
test_house_conflict(void **state)
{
	struct laptop a;
	struct field_conflict *c;
	size_t n;

	(void)state;
	laptop_open(&a);
	on(&a);
	THERE(&a, step(&a.cx, needs[0], "refuse", "no such house"));
	THERE(&a, step(&a.cx, needs[1], "check", NULL));
	off(&a);
	OK(step(CX, needs[0], "close", "called off"));
	OK(step(CX, needs[1], "check", NULL));
	OK(step(CX, needs[1], "assign", NULL));
	assert_int_equal(merge(&a).conflicts, 1);
	assert_string_equal(state_of(needs[0]), "closed");
	assert_string_equal(state_of(needs[1]), "assigned"); /* further is no conflict */
	OK(field_conflicts(CX, hq, &c, &n));
	assert_int_equal(c[0].source_stands, 0);
	OK(field_decide(CX, c[0].rec.id, c[0].rec.version, "stands"));
	assert_int_equal(merge(&a).conflicts, 0);
	assert_string_equal(state_of(needs[0]), "closed");
	/* The laptop goes on and changes its mind: that is new. */
	on(&a);
	THERE(&a, step(&a.cx, needs[0], "reopen", "again"));
	THERE(&a, step(&a.cx, needs[0], "refuse", "really not"));
	off(&a);
	assert_int_equal(merge(&a).conflicts, 1);
	assert_string_equal(state_of(needs[0]), "closed");
	laptop_close(&a);
}

/* A later copy has seen what came before: its word is no conflict. */
static void
test_later_copy(void **state)
{
	struct laptop a, b;

	(void)state;
	laptop_open(&a);
	on(&a);
	THERE(&a, step(&a.cx, needs[0], "refuse", "no such house"));
	off(&a);
	merge(&a);
	laptop_open(&b);
	on(&b);
	THERE(&b, step(&b.cx, needs[0], "reopen", "it is there"));
	off(&b);
	assert_int_equal(merge(&b).conflicts, 0);
	assert_string_equal(state_of(needs[0]), "checked");
	assert_int_equal(merge(&a).conflicts, 0);
	assert_string_equal(state_of(needs[0]), "checked");
	laptop_close(&a);
	laptop_close(&b);
}

/* ---- a copy that was tampered with ---- */

static int
sql_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	return tx_run(cx, tx, NULL, arg, NO_VALS);
}

static void
test_tampered(void **state)
{
	static const char *const harm[] = {
		"UPDATE need SET people = 99",
		"UPDATE need SET state = 'delivered' WHERE state = 'checked'",
		"UPDATE movement_line SET quantity = quantity * 2",
		"UPDATE field_origin SET base = base - 1",
		"UPDATE field_origin SET headquarters = headquarters + 1",
		"UPDATE field_origin SET token = 'ffffffffffffffffffffffffffffffff'",
		"UPDATE need SET version = version + 1",
		"UPDATE stock_now SET balance = balance + 1",
		"DELETE FROM need_line",
		"DELETE FROM field_origin",
	};
	size_t i;

	(void)state;
	/* The copy is SQLite whatever the house is: a few will do there. */
	for (i = 0; i < (engine == DB_PG ? 3 : ARRAY_LEN(harm)); i++) {
		struct laptop l;
		struct field_sums s;

		laptop_open(&l);
		on(&l);
		THERE(&l, step(&l.cx, needs[0], "check", NULL));
		THERE(&l, move_goods(&l.cx, "t-1", "depot", "household", 1));
		THERE(&l, db_write(&l.cx, sql_fn, (void *)(uintptr_t)harm[i]));
		off(&l);
		house_next(&house);
		if (field_merge(CX, l.store, &s) != RC_INVALID)
			print_error("merged: %s\n", harm[i]);
		assert_true(says("Nothing was merged"));
		assert_string_equal(state_of(needs[0]), "new");
		assert_int_equal(blankets(CX, "depot"), 10);
		laptop_close(&l);
	}
}

/* Only who opens headquarters gives copies out and takes them back. */
static void
test_roles(void **state)
{
	struct actor relief = {
		.account = relief_account, .role = ROLE_RELIEF, .caps = role_caps(ROLE_RELIEF)
	};
	struct laptop l;
	struct field_sums s;
	struct field_copy *c;
	size_t n;

	(void)state;
	laptop_open(&l);
	db_end(&l.cx);
	CX->actor = &relief;
	ENDS(RC_DENIED, field_merge(CX, l.store, &s));
	ENDS(RC_DENIED, field_copies(CX, hq, &c, &n));
	ENDS(RC_DENIED, field_decide(CX, 1, 1, "other"));
	CX->actor = &actor_system;
	house_next(&house);
	OK(field_copies(CX, hq, &c, &n));
	assert_int_equal(n, 1);
	assert_int_equal(c[0].merges, 0);
	laptop_close(&l);
}

/* ---- what is made on a laptop ---- */

static int64_t
household(struct ctx *cx, const char *name)
{
	int64_t id = 0;

	assert_int_equal(household_take(cx,
			     &(struct household_in){
				 .headquarters = hq, .name = name, .heads = { .n = { 1, 2 } } },
			     &id),
	    RC_OK);
	return id;
}

static void
arrive(struct ctx *cx, int64_t of, const char *code)
{
	static int hours;
	struct arrival_in in = { .household = of, .move = true };
	struct arrival_out out;

	cx->now = house.cx.now > cx->now ? house.cx.now : cx->now;
	cx->now += ++hours * HOUR;
	assert_int_equal(db_int(cx, &in.place, "SELECT id FROM relief_place WHERE code = $1",
			     VALS(v_text(code))),
	    RC_OK);
	assert_int_equal(centre_arrive(cx, &in, &out), RC_OK);
}

static const char *
where_is(int64_t of)
{
	const char *code;

	house_next(&house);
	OK(db_text(CX, &code,
	    "SELECT p.code FROM stay s JOIN relief_place p ON p.id = s.place WHERE s.household = "
	    "$1 "
	    "AND s.left_at IS NULL",
	    VALS(v_int(of))));
	return code;
}

/* A household that moved on one laptop moved; one that two let in waits for a person, who may turn it round. */
static void
test_stays(void **state)
{
	struct laptop a, b;
	struct field_conflict *c;
	struct field_value *v;
	struct family f;
	int64_t one, fresh, ids[FOUND_MAX];
	size_t n;

	(void)state;
	place("gym", "centre", 30);
	one = household(CX, "Ахметов Сынақ");
	arrive(CX, one, "school");
	laptop_open(&a);
	laptop_open(&b);
	on(&a);
	arrive(&a.cx, one, "gym");
	fresh = household(&a.cx, "Жаңа Отбасы");
	arrive(&a.cx, fresh, "school");
	off(&a);
	merge(&a);
	assert_string_equal(where_is(one), "gym");
	assert_int_equal(house_int(&house, "SELECT count(*) FROM stay"), 3);
	OK(household_by_name(
	    CX, hq, "жаңа", ids, &n)); /* found by its name, under the house's keys */
	assert_int_equal(n, 1);
	OK(household_family(CX, ids[0], "page", &f));
	assert_string_equal(f.name, "Жаңа Отбасы");
	place("hall", "centre", 30);
	laptop_close(&b);
	laptop_open(&b); /* has seen the gym and the hall */
	on(&a);
	arrive(&a.cx, one, "school");
	off(&a);
	on(&b);
	arrive(&b.cx, one, "hall");
	off(&b);
	assert_int_equal(merge(&b).conflicts, 0);
	assert_string_equal(where_is(one), "hall");
	assert_int_equal(merge(&a).conflicts, 1);
	assert_string_equal(where_is(one), "school");
	OK(field_conflicts(CX, hq, &c, &n));
	assert_int_equal(n, 1);
	OK(field_values(CX, &c[0], true, &v, &n));
	assert_int_equal(n, 1);
	assert_string_equal(v[0].text, "hall");
	OK(field_decide(CX, c[0].rec.id, c[0].rec.version, "other"));
	assert_string_equal(where_is(one), "hall");
	assert_int_equal(merge(&a).conflicts, 0);
	assert_int_equal(merge(&b).conflicts, 0);
	assert_string_equal(where_is(one), "hall");
	differences_of(CX, "house");
	laptop_close(&a);
	laptop_close(&b);
}

/* Two laptops give two things one code, and one thing twice. */
static void
test_codes(void **state)
{
	struct laptop a, b;
	struct lot l = { 0 };
	struct relief_place p;
	int i;

	(void)state;
	laptop_open(&a);
	laptop_open(&b);
	for (i = 0; i < 2; i++) {
		struct laptop *x = i == 0 ? &a : &b;
		struct item it;

		on(x);
		THERE(x, item_find(&x->cx, "bread", &it));
		kind_empty(&lot_kind, &l);
		l.code = "same";
		l.item = it.rec.id;
		l.expires = 20250101;
		THERE(x, kind_insert(&x->cx, &lot_kind, &l));
		kind_empty(&lot_kind, &l);
		l.code = "other";
		l.item = it.rec.id;
		l.expires = 20250101 + i;
		THERE(x, kind_insert(&x->cx, &lot_kind, &l));
		kind_empty(&relief_place_kind, &p);
		p.headquarters = hq;
		p.code = "point";
		p.name.kk = i == 0 ? "Бір" : "Екі";
		p.purpose = "collection";
		THERE(x, kind_insert(&x->cx, &relief_place_kind, &p));
		THERE(
		    x, move_goods(&x->cx, arena_printf(CX->arena, "p-%d", i), "donor", "point", 4));
		off(x);
	}
	merge(&b);
	assert_int_equal(merge(&a).conflicts, 1); /* the place's name */
	merge(&b);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM lot WHERE code = 'same'"), 1);
	assert_int_equal(
	    house_int(&house, "SELECT expires FROM lot WHERE code = 'other'"), 20250101);
	assert_int_equal(
	    house_int(&house, "SELECT expires FROM lot WHERE code LIKE 'other-c%'"), 20250102);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM relief_place WHERE code = 'point'"), 1);
	assert_int_equal(blankets(CX, "point"), 8);
	differences_of(CX, "house");
	laptop_close(&a);
	laptop_close(&b);
}

/* A sealed value that was changed on a laptop, and on two. */
static void
test_sealed_edit(void **state)
{
	struct laptop a, b;
	struct need n;
	struct family f;

	(void)state;
	laptop_open(&a);
	laptop_open(&b);
	on(&a);
	THERE(&a, kind_load(&a.cx, &need_kind, needs[0], &n));
	n.phone.fresh = "+7 705 555 55 55";
	THERE(&a, kind_update(&a.cx, &need_kind, &n));
	off(&a);
	assert_int_equal(merge(&a).conflicts, 0);
	OK(need_family(CX, needs[0], "page", &f));
	assert_string_equal(f.phone, "+7 705 555 55 55");
	assert_string_equal(f.name, "Бірінші Отбасы");
	on(&b);
	THERE(&b, kind_load(&b.cx, &need_kind, needs[0], &n));
	n.phone.fresh = "+7 706 666 66 66";
	THERE(&b, kind_update(&b.cx, &need_kind, &n));
	off(&b);
	assert_int_equal(merge(&b).conflicts, 1);
	OK(need_family(CX, needs[0], "page", &f));
	assert_string_equal(f.phone, "+7 705 555 55 55");
	/* no telephone lies open in what merges keep */
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM field_claim WHERE value LIKE '%706 666%'"), 0);
	differences_of(CX, "house");
	laptop_close(&a);
	laptop_close(&b);
}

/* ---- meals: a batch of the house goes along with its sets, one of the laptop comes back with its own ---- */

static int64_t kitchen_id, recipe_id;

static void
open_kitchen(void)
{
	static const char *const what[] = { "rice", "oil" };
	struct recipe r;
	size_t i;

	kitchen_id = place("kitchen-1", "kitchen", 500);
	kind_empty(&recipe_kind, &r);
	r.code = "pilaf";
	r.name.kk = "Палау";
	r.item = house_int(&house, "SELECT id FROM stock_item WHERE code = 'hot_meal'");
	r.quantity = 100;
	r.from_day = day_add(CX->today, -100);
	OK(kind_insert(CX, &recipe_kind, &r));
	recipe_id = r.rec.id;
	for (i = 0; i < ARRAY_LEN(what); i++) {
		struct recipe_input in;
		struct item it;

		OK(item_find(CX, what[i], &it));
		kind_empty(&recipe_input_kind, &in);
		in.recipe = recipe_id;
		in.item = it.rec.id;
		in.quantity = 1000;
		OK(kind_insert(CX, &recipe_input_kind, &in));
		give("kitchen-1", what[i], 10000);
	}
	house_next(&house);
}

static int64_t
cook(struct ctx *cx, const char *nonce)
{
	struct meal_batch out;
	bool again;

	assert_int_equal(meal_cook(cx,
			     &(struct batch_in){ .nonce = nonce,
				 .place = kitchen_id,
				 .recipe = recipe_id,
				 .meal = "lunch",
				 .portions = 100,
				 .temperature = 80 },
			     &out, &again),
	    RC_OK);
	return out.rec.id;
}

static int64_t
hand(struct ctx *cx, int64_t batch, int64_t portions, const char *nonce)
{
	struct meal_serving out;
	bool again;

	assert_int_equal(meal_hand_out(cx,
			     &(struct serving_in){ .nonce = nonce,
				 .batch = batch,
				 .portions = portions,
				 .receivers = "rescuers",
				 .temperature = 70 },
			     &out, &again),
	    RC_OK);
	return out.rec.id;
}

static void
test_meals(void **state)
{
	struct laptop a, b;
	int64_t batch, serving, own;
	struct meal_day d;

	(void)state;
	open_kitchen();
	batch = cook(CX, "h-1");
	serving = hand(CX, batch, 30, "h-2");
	laptop_open(&a);
	laptop_open(&b);
	on(&a);
	differences_of(&a.cx, "copy");
	a.cx.now = CX->now + HOUR;
	hand(&a.cx, batch, 20, "l-1");
	own = cook(&a.cx, "l-2");
	hand(&a.cx, own, 90, "l-3");
	THERE(&a, meal_withdraw(&a.cx, &meal_serving_kind, serving, "counted twice"));
	off(&a);
	on(&b);
	b.cx.now = CX->now + 2 * HOUR;
	THERE(&b, meal_withdraw(&b.cx, &meal_serving_kind, serving, "counted twice"));
	off(&b);
	merge(&b);
	assert_int_equal(merge(&a).conflicts, 0); /* taken back twice is taken back */
	merge(&b);
	OK(meal_day(CX, hq, CX->today, &d));
	assert_int_equal(d.cooked, 200);
	assert_int_equal(d.handed, 110);
	assert_int_equal(
	    house_int(&house,
		"SELECT sum(n.balance) FROM stock_now n JOIN stock_account a ON a.id = "
		"n.account JOIN stock_item i ON i.id = n.item WHERE a.code = "
		"'kitchen-1' AND i.code = 'hot_meal'"),
	    90);
	assert_int_equal(
	    house_int(&house, "SELECT n.balance FROM stock_now n JOIN stock_account a ON a.id = "
			      "n.account JOIN stock_item i ON i.id = n.item WHERE a.code = "
			      "'kitchen-1' AND i.code = 'rice'"),
	    8000);
	differences_of(CX, "house");
	laptop_close(&a);
	laptop_close(&b);
}

static void
test_closed(void **state)
{
	struct laptop l;
	struct field_export e = { .headquarters = hq, .index = index_nothing, .program = 36 };
	int64_t fresh;

	(void)state;
	laptop_open(&l);
	on(&l);
	fresh = take_need(&l.cx, "Кешіккен Отбасы");
	off(&l);
	(void)fresh;
	OK(step(CX, needs[0], "close", "x"));
	OK(step(CX, needs[1], "close", "x"));
	OK(headquarters_close(CX, hq, 1, CX->today, "over"));
	/* What came late is not lost … */
	merge(&l);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM need WHERE state = 'new'"), 1);
	/* … and no new copy is given out. */
	house_store(arena_printf(CX->arena, "%s/late.db", house.dir), &e.to);
	ENDS(RC_RULE, field_export(CX, &e));
	store_close(e.to);
	laptop_close(&l);
}

struct cutting {
	const struct cut_term *t;
	int64_t id;
	struct cut_sums sums;
};

static int
cut_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct cutting *c = arg;

	return c->t->cut_tx(cx, tx, c->id, CX->today, &c->sums);
}

/* RULE field-7 */
static void
test_term(void **state)
{
	const struct cut_term *t;
	struct field_sums s;
	struct laptop a;
	int pass;

	(void)state;
	laptop_open(&a);
	on(&a);
	THERE(&a, step(&a.cx, needs[0], "refuse", "x"));
	off(&a);
	OK(step(CX, needs[0], "close", "y"));
	OK(step(CX, needs[1], "close", "y"));
	assert_int_equal(merge(&a).conflicts, 1);
	OK(headquarters_close(CX, hq, 1, CX->today, "over"));
	for (pass = 0; pass < 2; pass++)
		for (t = field_terms; t->setting != NULL; t++) {
			struct cutting c = { .t = t };
			int rc = db_int(CX, &c.id, t->sql, VALS(v_int(CX->today)));

			assert_int_equal(rc, pass == 0 ? RC_OK : RC_NOTFOUND); /* cut once */
			if (rc == RC_OK)
				OK(db_write(CX, cut_fn, &c));
			house_next(&house);
		}
	assert_int_equal(house_int(&house, "SELECT count(*) FROM field_claim"), 0);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM history WHERE kind = 'field_conflict' AND data "
			      "LIKE '%refused%'"),
	    0);
	ENDS(RC_INVALID, field_merge(CX, a.store, &s));
	assert_true(says("term"));
	differences_of(CX, "house");
	laptop_close(&a);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { F(test_slice), F(test_new_need),
		F(test_what_goes_along), F(test_goods), F(test_conflict), F(test_house_conflict),
		F(test_later_copy), F(test_tampered), F(test_roles), F(test_stays), F(test_codes),
		F(test_sealed_edit), F(test_meals), F(test_closed), F(test_term) };

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
