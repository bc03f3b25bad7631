/* sitrep_test.c – situation reports: what is counted once and what as it stood, frozen with the ids behind it, late entries in
 * the next one, when one is due, tampering found, sentences in three languages, who may open what; the wall's link; totals
 * for closing. On both engines. */
#include "mod/sitrep/sitrep.h"
#define MORE_KINDS \
	, &meal_plan_kind, &meal_batch_kind, &meal_serving_kind, &meal_waste_kind, &sitrep_kind
#include "mod/sitrep/sitrep_year.h"
#include "mod/sitrep/wall_reads.h"
#include "centre_house.h"

static int64_t district, centre_id;
static int forms;

static const char *
form(void)
{
	return arena_printf(CX->arena, "form-%d", ++forms);
}

static int
open_field(void **state)
{
	struct district d;

	if (open_house(state) != 0)
		return -1;
	kind_empty(&district_kind, &d);
	d.code = "154600000";
	d.level = "district";
	d.name.kk = "Мәртөк ауданы";
	OK(kind_insert(CX, &district_kind, &d));
	district = d.rec.id;
	centre_id = place("school", "centre", 50);
	place("depot", "store", INT_NONE);
	/* What the setting up left behind lies before the first report. */
	house_next(&house);
	return 0;
}

static int64_t
need(const char *urgency, int64_t ago_hours, const char *code, int64_t quantity)
{
	struct item i;
	struct need_in in = { .headquarters = hq,
		.nonce = form(),
		.channel = "desk",
		.asked_at = CX->now - ago_hours * HOUR,
		.name = "Сынақ Адам",
		.phone = "+7 701 000 00 01",
		.district = district,
		.people = 4,
		.children = 2,
		.infants = INT_NONE,
		.urgency = urgency,
		.nlines = 1 };
	bool again;
	int64_t id;

	OK(item_find(CX, code, &i));
	in.line[0].item = i.rec.id;
	in.line[0].quantity = quantity;
	OK(need_take(CX, &in, &id, &again));
	house_next(&house);
	return id;
}

static void
end_need(int64_t id, const char *state)
{
	house_sql(&house,
	    arena_printf(CX->arena,
		"UPDATE need SET state = '%s', ended_at = %lld, ended_on = %d WHERE id = %lld",
		state, (long long)CX->now, CX->today, (long long)id));
	house_next(&house);
}

static int64_t
arrive(int64_t children, int64_t adults)
{
	struct arrival_in in = { .nonce = form(), .place = centre_id };
	struct arrival_out out;

	in.fresh.headquarters = hq;
	in.fresh.heads.n[2] = children;
	in.fresh.heads.n[4] = adults;
	OK(centre_arrive(CX, &in, &out));
	house_next(&house);
	return out.stay;
}

static void
make(struct sit_report *r)
{
	struct sitrep s;

	CX->now += 60 * US_PER_SECOND;
	OK(sitrep_make(CX, hq, &s));
	house_next(&house);
	OK(sit_read(CX, &s, r));
}

static int64_t
says_value(const struct sit_report *r, const char *code)
{
	const struct sit_value *v = sit_value(r, code);

	assert_non_null(v);
	return v->value;
}

static int64_t
differences(void)
{
	int64_t records = 0, n = 0;
	struct buf b;

	house_next(&house);
	buf_init(&b, CX->arena, 1 << 16);
	OK(sitrep_check.run(CX, &b, &records, &n));
	house_next(&house);
	return n;
}

static void
test_counts_once(void **state)
{
	struct sit_report one, two, three;
	int64_t a, stay;

	(void)state;
	a = need("now", 3, "blanket", 10);
	need("today", 1, "blanket", 5);
	give("depot", "blanket", 4);
	stay = arrive(2, 3);
	make(&one);
	assert_int_equal(one.s.number, 1);
	assert_int_equal(says_value(&one, "needs_taken"), 2);
	assert_int_equal(sit_of_key(sit_value(&one, "needs_taken"), "now"), 1);
	assert_int_equal(says_value(&one, "needs_waiting"), 2);
	assert_int_equal(says_value(&one, "needs_delivered"), 0);
	assert_true(says_value(&one, "needs_hours") == INT_NONE);
	assert_int_equal(says_value(&one, "centre_people"), 5);
	assert_int_equal(sit_of_key(sit_value(&one, "centre_people"), "child"), 2);
	assert_int_equal(sit_of_key(sit_value(&one, "centre_places"), "school"), 5);
	assert_int_equal(sit_value(&one, "centre_people")->records, 1);
	assert_int_equal(says_value(&one, "arrivals"), 5);
	assert_int_equal(sit_of_key(sit_value(&one, "goods_received"), "blanket"), 4);
	assert_int_equal(sit_of_key(sit_value(&one, "goods_asked"), "blanket"), 15);
	assert_int_equal(sit_of_key(sit_value(&one, "goods_there"), "blanket"), 4);

	CX->now += 2 * HOUR;
	end_need(a, "delivered");
	OK(centre_leave(CX,
	    &(struct departure_in){ .nonce = "go", .stay = stay, .where_to = "home" },
	    &(bool){ 0 }));
	house_next(&house);
	need("later", 30, "bread", 6); /* asked before the first report began, typed late */
	make(&two);
	assert_int_equal(two.s.number, 2);
	assert_true(two.s.from_at == one.s.to_at);
	assert_int_equal(says_value(&two, "needs_taken"), 1);
	assert_int_equal(says_value(&two, "needs_delivered"), 1);
	assert_int_equal(says_value(&two, "needs_hours"), 5 * 60 + 1);
	assert_int_equal(says_value(&two, "needs_waiting"), 2);
	assert_int_equal(says_value(&two, "arrivals"), 0);
	assert_int_equal(says_value(&two, "departures"), 5);
	assert_int_equal(says_value(&two, "centre_people"), 0);
	assert_int_equal(sit_value(&two, "goods_received")->nkeys, 0);

	make(&three);
	assert_int_equal(says_value(&three, "needs_taken"), 0);
	assert_int_equal(says_value(&three, "needs_delivered"), 0);
	assert_int_equal(says_value(&three, "departures"), 0);
	/* The first one is what it was. */
	OK(sit_read(CX, &one.s, &two));
	assert_int_equal(says_value(&two, "needs_waiting"), 2);
	assert_int_equal(differences(), 0);
}

static void
test_frozen(void **state)
{
	struct sit_report r;

	(void)state;
	need("now", 3, "blanket", 10);
	make(&r);
	assert_int_equal(differences(), 0);
	house_sql(&house, "DELETE FROM sitrep_record WHERE figure = 'needs_waiting'");
	assert_int_equal(differences(), 1);
	house_sql(&house, "UPDATE sitrep_text SET content = '{}'");
	assert_int_equal(differences(), 1); /* the digest; no figure is left in it */
	house_sql(&house, "DELETE FROM sitrep_text");
	assert_int_equal(differences(), 1);
}

static void
test_due(void **state)
{
	int64_t day = day_start(CX->today), made, before = CX->now;
	struct sitrep s;

	(void)state;
	assert_true(sitrep_slot(day + 6 * HOUR) == day + 6 * HOUR);
	assert_true(sitrep_slot(day + 6 * HOUR - 1) == day - 6 * HOUR);
	assert_true(sitrep_slot(day + 17 * HOUR) == day + 6 * HOUR);
	assert_true(sitrep_slot(day + 23 * HOUR) == day + 18 * HOUR);
	/* None for a time at which it was not open yet. */
	OK(sitrep_due(CX, &made));
	assert_int_equal(made, 0);
	CX->now = sitrep_slot(before) + 12 * HOUR + 5 * US_PER_SECOND;
	OK(sitrep_due(CX, &made));
	assert_int_equal(made, 1);
	OK(sitrep_due(CX, &made));
	assert_int_equal(made, 0);
	house_next(&house);
	OK(sitrep_find(CX, hq, 1, &s));
	assert_string_equal(s.way, "clock");
	assert_true(s.to_at == sitrep_slot(before) + 12 * HOUR);
	/* A machine that was off for two days makes one. */
	CX->now += 48 * HOUR;
	OK(sitrep_due(CX, &made));
	assert_int_equal(made, 1);
	house_next(&house);
	/* Twice in a minute is nothing. */
	CX->now = sitrep_slot(CX->now) + 10 * US_PER_SECOND;
	ENDS(RC_RULE, sitrep_make(CX, hq, &s));
	house_next(&house);
	CX->now += HOUR;
	house_sql(&house, "UPDATE headquarters SET state = 'closed'");
	ENDS(RC_RULE, sitrep_make(CX, hq, &s));
	house_next(&house);
	CX->now += 24 * HOUR;
	OK(sitrep_due(CX, &made));
	assert_int_equal(made, 0);
}

static const char *
all_said(const struct sit_report *r, const struct sit_report *was)
{
	const char *out[SIT_SENTENCES];
	struct buf b;
	size_t n, i;

	OK(sit_sentences(CX, r, was, out, &n));
	buf_init(&b, CX->arena, 0);
	for (i = 0; i < n; i++)
		buf_printf(&b, "%s\n", out[i]);
	return b.p;
}

#define SAYS(text, part)                                             \
	do {                                                         \
		if (strstr((text), (part)) == NULL)                  \
			fail_msg("no “%s” in:\n%s", (part), (text)); \
	} while (0)

static void
test_words(void **state)
{
	enum lang mine = CX->lang;
	struct sit_report one, two;
	const char *text;

	(void)state;
	CX->now = day_start(CX->today) + 18 * HOUR - 60 * US_PER_SECOND;
	need("now", 3, "blanket", 10);
	arrive(2, 3);
	make(&one);
	need("now", 1, "blanket", 2);
	CX->now += 12 * HOUR - 60 * US_PER_SECOND;
	make(&two);
	CX->lang = LANG_KK;
	text = all_said(&two, &one);
	SAYS(text, "2024 жылғы 15 қарашадағы сағат 18:00-ден 2024 жылғы 16 қарашадағы сағат "
		   "06:00-ге дейін 1 өтінім қабылданды");
	SAYS(text, "Сағат 06:00-дегі жағдай бойынша 2 өтінім аяқталмаған, оның ішінде шұғылы – 2");
	SAYS(text, "салыстырғанда 1 өтінімге көп");
	SAYS(text, "орталықтарда 5 адам бар, оның ішінде бала саны – 2");
	SAYS(text, "жетпейтін тауарлар");
	CX->lang = LANG_RU;
	text = all_said(&two, &one);
	SAYS(text, "поступило: 1 заявка; доставлено: 0");
	SAYS(text, "на 1 заявку больше, чем в предыдущем донесении");
	SAYS(text, "центрах 5 человек, из них детей – 2");
	CX->lang = LANG_EN;
	text = all_said(&two, &one);
	SAYS(text, "1 need was taken");
	SAYS(text, "1 more than in the report before");
	CX->lang = mine;
}

static int
behind(
    const struct sit_report *r, const char *code, const char *key, struct sit_record **x, size_t *n)
{
	return sit_records(
	    CX, &r->s, &(struct sit_behind){ sit_figure_find(code), key, 0, 100 }, x, n);
}

static void
test_rows_and_records(void **state)
{
	struct actor clerk = { .account = 7, .role = ROLE_CLERK, .caps = role_caps(ROLE_CLERK) };
	struct sit_report r;
	struct sit_record *x;
	struct sit_row *row;
	size_t n, i;
	bool seen = false;

	(void)state;
	need("now", 3, "blanket", 10);
	need("later", 3, "blanket", 10);
	arrive(1, 1);
	make(&r);
	OK(sit_rows(CX, &r, NULL, &row, &n));
	for (i = 0; i < n; i++)
		if (row[i].key != NULL && strcmp(row[i].figure->code, "goods_asked") == 0)
			seen = strstr(row[i].now, "20") != NULL && *row[i].was == '\0';
	assert_true(seen);
	OK(behind(&r, "needs_taken", NULL, &x, &n));
	assert_int_equal(n, 2);
	OK(behind(&r, "needs_taken", "now", &x, &n));
	assert_int_equal(n, 1);
	assert_non_null(x[0].url);
	/* A total is open to who reads the board; the stays behind it are families'. */
	CX->actor = &clerk;
	OK(behind(&r, "needs_taken", NULL, &x, &n));
	ENDS(RC_DENIED, behind(&r, "arrivals", NULL, &x, &n));
	house_next(&house);
	CX->actor = &actor_system;
}

/* Goods on a vehicle have left the store: counted as asked for still, they would lack twice. The wall says the same. */
static void
test_on_the_way(void **state)
{
	struct sit_report r;
	struct sit_short *now, *then;
	size_t n, m;
	int64_t a;

	(void)state;
	a = need("now", 3, "blanket", 10);
	need("today", 1, "blanket", 5);
	give("depot", "blanket", 4);
	house_sql(&house, arena_printf(CX->arena,
			      "UPDATE need SET state = 'on_way', started_at = %lld WHERE id = %lld",
			      (long long)CX->now, (long long)a));
	house_next(&house);
	make(&r);
	assert_int_equal(sit_of_key(sit_value(&r, "goods_asked"), "blanket"), 5);
	assert_int_equal(says_value(&r, "needs_waiting"), 2);
	OK(sit_shorts(CX, &r, &then, &n));
	OK(sit_shorts_now(CX, hq, &now, &m));
	assert_int_equal(n, 1);
	assert_int_equal(m, 1);
	assert_int_equal(then[0].asked - then[0].there, 1);
	assert_int_equal(now[0].asked - now[0].there, 1);
}

static void
test_wall(void **state)
{
	struct wall w;

	(void)state;
	need("now", 3, "blanket", 10);
	give("depot", "blanket", 4);
	arrive(20, 40);
	OK(wall_read(CX, hq, &w));
	assert_int_equal(w.sums.urgent[0], 1);
	assert_int_equal(w.people, 60);
	assert_int_equal(w.ncentres, 1);
	assert_true(*w.centre[0].red != '\0'); /* 60 in 50 places */
	assert_int_equal(w.nlack, 1);
	assert_int_equal(w.lack[0].asked - w.lack[0].there, 6);
	assert_int_equal(w.stale, 30);
	assert_true(w.newest > 0);
}

static void
test_link(void **state)
{
	struct actor me = actor_system;
	const char *first, *second, *password;
	int64_t id, account;

	(void)state;
	ENDS(RC_DENIED, wall_link_make(CX, hq, &first)); /* somebody must have made it */
	house_next(&house);
	OK(account_create(CX,
	    &(struct account_new){ .login = "desk", .name = "desk", .role = ROLE_RELIEF }, &account,
	    &password));
	house_next(&house);
	me.account = account;
	CX->actor = &me;
	OK(wall_link_make(CX, hq, &first));
	house_next(&house);
	OK(wall_link_find(CX, first, &id));
	assert_int_equal(id, hq);
	OK(wall_link_make(CX, hq, &second));
	house_next(&house);
	ENDS(RC_NOTFOUND, wall_link_find(CX, first, &id));
	OK(wall_link_find(CX, second, &id));
	house_next(&house);
	house_sql(&house, "UPDATE headquarters SET state = 'closed'");
	ENDS(RC_NOTFOUND, wall_link_find(CX, second, &id));
	house_next(&house);
	OK(wall_link_drop(CX, hq));
	CX->actor = &actor_system;
}

/* From one account to another, as a set of its own. */
static void
move(const char *from, const char *to, const char *what, int64_t q)
{
	struct stock_account a, b;
	struct item i;
	bool again;

	OK(stock_account_find(CX, from, &a));
	OK(stock_account_find(CX, to, &b));
	OK(item_find(CX, what, &i));
	OK(movement_post(CX,
	    &(struct movement){ .nonce = form(),
		.at = CX->now,
		.type = "issue",
		.lines = (const struct movement_line[]){ { a.rec.id, i.rec.id, 0, -q },
		    { b.rec.id, i.rec.id, 0, q } },
		.nlines = 2 },
	    &again));
	house_next(&house);
}

static void
account(const char *code, const char *type)
{
	struct stock_account a;

	kind_empty(&stock_account_kind, &a);
	a.code = code;
	a.type = type;
	a.name.kk = code;
	OK(kind_insert(CX, &stock_account_kind, &a));
	house_next(&house);
}

static void
hand(int64_t batch, int64_t portions, const char *whom)
{
	struct serving_in in = { .nonce = form(),
		.batch = batch,
		.portions = portions,
		.receivers = whom,
		.temperature = 75 };
	struct meal_serving out;
	bool again;

	OK(meal_hand_out(CX, &in, &out, &again));
	house_next(&house);
}

static void
test_meals_and_goods(void **state)
{
	struct recipe_input rice;
	struct batch_in in = { .meal = "lunch", .portions = 100, .temperature = 80 };
	struct meal_batch b;
	struct sit_report r;
	struct recipe recipe;
	struct item i;
	bool again;

	(void)state;
	in.place = place("kitchen-1", "kitchen", 500);
	OK(item_find(CX, "hot_meal", &i));
	kind_empty(&recipe_kind, &recipe);
	recipe.code = "pilaf";
	recipe.name.kk = "Палау";
	recipe.item = i.rec.id;
	recipe.quantity = 100;
	recipe.from_day = day_add(CX->today, -100);
	OK(kind_insert(CX, &recipe_kind, &recipe));
	OK(item_find(CX, "rice", &i));
	kind_empty(&recipe_input_kind, &rice);
	rice.recipe = recipe.rec.id;
	rice.item = i.rec.id;
	rice.quantity = 10000;
	OK(kind_insert(CX, &recipe_input_kind, &rice));
	house_next(&house);
	give("kitchen-1", "rice", 20000);
	in.nonce = form();
	in.recipe = recipe.rec.id;
	OK(meal_cook(CX, &in, &b, &again));
	house_next(&house);
	hand(b.rec.id, 40, "rescuers");
	hand(b.rec.id, 25, "evacuees");
	give("depot", "blanket", 10);
	account("truck", "vehicle");
	account("families", "household");
	move("depot", "families", "blanket", 2);
	move("depot", "truck", "blanket", 5);
	move("truck", "families", "blanket", 4);
	account("elsewhere", "store");
	give("elsewhere", "blanket", 7);
	move("elsewhere", "families", "blanket", 3); /* of another house: not this headquarters' */
	make(&r);
	assert_int_equal(says_value(&r, "meals_cooked"), 100);
	assert_int_equal(says_value(&r, "meals_handed"), 65);
	assert_int_equal(sit_of_key(sit_value(&r, "meals_handed"), "lunch/rescuers"), 40);
	assert_int_equal(sit_of_key(sit_value(&r, "meals_handed"), "lunch/evacuees"), 25);
	assert_int_equal(sit_of_key(sit_value(&r, "goods_received"), "rice"), 20000);
	assert_int_equal(sit_of_key(sit_value(&r, "goods_received"), "blanket"), 10);
	assert_int_equal(sit_of_key(sit_value(&r, "goods_delivered"), "blanket"), 6);
	assert_int_equal(sit_value(&r, "goods_delivered")->nkeys, 1);
	make(&r);
	assert_int_equal(says_value(&r, "meals_handed"), 0);
	assert_int_equal(sit_value(&r, "goods_delivered")->nkeys, 0);
	assert_int_equal(differences(), 0);
}

/* Rows of modules that stand after this one are put in as they are. */
static void
row(const char *table, int id, const char *columns, const char *values)
{
	house_sql(&house,
	    arena_printf(CX->arena,
		"INSERT INTO %s (id, version, created_at, changed_at, sort_kk, sort_ru, sort_en, "
		"fold_key, %s) VALUES (%d, 1, 1, 1, '', '', '', '', %s)",
		table, columns, id, values));
	house_next(&house);
}

static int64_t
number(const char *sql)
{
	int64_t n;

	OK(db_int(CX, &n, sql, NO_VALS));
	house_next(&house);
	return n;
}

/* An act of this waybill handed over what was moved last. */
static void
act(int id, int64_t waybill)
{
	int64_t set = number("SELECT max(id) FROM movement_set");

	row("delivery_act", id,
	    "waybill, stop, nonce, digest, result, at, day, device_at, received_at, mark, "
	    "movement, posted",
	    arena_printf(CX->arena,
		"%lld, %lld, 'act-%d', '', 'handed', 1, 20240101, 1, 1, 'none', %lld, 1",
		(long long)waybill, (long long)waybill, id, (long long)set));
}

/* What a waybill brought is its headquarters', not of that which loaded the vehicle some other day. */
static void
test_waybills(void **state)
{
	struct account_new a = { .login = "wheel", .name = "wheel", .role = ROLE_DRIVER };
	struct headquarters other;
	int64_t driver, before = hq, elsewhere;
	struct relief_total t;
	struct sit_report r;
	const char *password;

	(void)state;
	OK(account_create(CX, &a, &driver, &password));
	kind_empty(&headquarters_kind, &other);
	other.chief = number("SELECT min(id) FROM person");
	other.code = "fire";
	other.name.kk = "Өрт";
	other.emergency = "fire";
	other.opened_on = day_add(CX->today, -1);
	other.act = "№ 2";
	OK(kind_insert(CX, &headquarters_kind, &other));
	house_next(&house);
	account("truck", "vehicle");
	account("families", "household");
	account("elsewhere", "store");
	elsewhere = number("SELECT id FROM stock_account WHERE code = 'elsewhere'");
	row("vehicle", 1, "plate, type", "'A 001', 'truck'");
	row("waybill", 1, "headquarters, year, number, code, store, driver, vehicle, state",
	    arena_printf(CX->arena, "%lld, 2024, 1, '1', %lld, %lld, 1, 'done'", (long long)before,
		(long long)elsewhere, (long long)driver));
	row("waybill", 2, "headquarters, year, number, code, store, driver, vehicle, state",
	    arena_printf(CX->arena, "%lld, 2024, 1, '1', %lld, %lld, 1, 'done'",
		(long long)other.rec.id, (long long)elsewhere, (long long)driver));
	row("waybill_stop", 1, "waybill, position, state", "1, 1, 'handed'");
	row("waybill_stop", 2, "waybill, position, state", "2, 1, 'handed'");
	give("depot", "blanket", 10);
	give("elsewhere", "blanket", 10);
	move("depot", "truck", "blanket", 2);
	move("elsewhere", "truck", "blanket", 8);
	move("truck", "families", "blanket", 3);
	act(1, 1);
	move("truck", "families", "blanket", 4);
	act(2, 2); /* of the other headquarters, though the truck was loaded here once */
	give("elsewhere", "rice", 9000);
	move("elsewhere", "truck", "rice", 9000);
	move("truck", "families", "rice", 2000);
	act(3, 1);
	move("truck", "families", "rice", 7000);
	act(4, 2);
	OK(relief_total(CX, hq, &t));
	assert_int_equal(t.delivered_kg, 2);
	house_next(&house);
	make(&r);
	assert_int_equal(sit_of_key(sit_value(&r, "goods_delivered"), "blanket"), 3);
	hq = other.rec.id;
	make(&r);
	assert_int_equal(sit_of_key(sit_value(&r, "goods_delivered"), "blanket"), 4);
	hq = before;
	assert_int_equal(differences(), 0);
}

static void
test_volunteers(void **state)
{
	struct actor clerk = { .account = 7, .role = ROLE_CLERK, .caps = role_caps(ROLE_CLERK) };
	enum lang mine = CX->lang;
	struct sit_report r;
	struct sit_record *x;
	size_t n;

	(void)state;
	row("volunteer", 1, "way, since", "'desk', 20240101");
	row("volunteer", 2, "way, since", "'desk', 20240101");
	row("shift", 1, "headquarters, task_kk, starts_at, ends_at, day, dangerous, briefed, open",
	    arena_printf(CX->arena, "%lld, 'Қап толтыру', 8, 9, 20240101, 0, 0, 1", (long long)hq));
	row("shift", 2, "task_kk, starts_at, ends_at, day, dangerous, briefed, open",
	    "'Басқа жерде', 8, 9, 20240101, 0, 0, 1");
	row("shift_signup", 1, "shift, volunteer, role, state, way, signed_at, day, arrived_at",
	    "1, 1, 'helper', 'came', 'desk', 1, 20240101, 8");
	row("shift_signup", 2, "shift, volunteer, role, state, way, signed_at, day",
	    "1, 2, 'helper', 'signed', 'desk', 1, 20240101");
	row("shift_signup", 3, "shift, volunteer, role, state, way, signed_at, day, arrived_at",
	    "2, 2, 'helper', 'came', 'desk', 1, 20240101, 8");
	make(&r);
	assert_int_equal(says_value(&r, "volunteers"), 1);
	assert_int_equal(sit_of_key(sit_value(&r, "volunteers"), "helper"), 1);
	assert_true(sit_has_group(&r, SIT_VOLUNTEERS));
	CX->lang = LANG_KK;
	SAYS(all_said(&r, NULL), "Ауысымға 1 ерікті келді.");
	CX->lang = LANG_EN;
	SAYS(all_said(&r, NULL), "1 volunteer came to a shift.");
	CX->lang = mine;
	/* Who they are is for those who work in the headquarters. */
	CX->actor = &clerk;
	ENDS(RC_DENIED, behind(&r, "volunteers", NULL, &x, &n));
	house_next(&house);
	CX->actor = &actor_system;
	make(&r);
	assert_int_equal(says_value(&r, "volunteers"), 0);
	/* A report that was made before there were such figures has none of their heads. */
	r.n--;
	assert_false(sit_has_group(&r, SIT_VOLUNTEERS));
}

static void
test_totals(void **state)
{
	struct relief_total t;
	struct figure_answer a;
	struct ask ask;
	int64_t stay;

	(void)state;
	need("now", 3, "blanket", 10);
	give("depot", "rice", 25000);
	stay = arrive(1, 2);
	OK(relief_total(CX, hq, &t));
	assert_int_equal(t.sums.all, 1);
	assert_int_equal(t.sheltered, 3);
	assert_int_equal(t.here, 3);
	assert_int_equal(t.households, 1);
	assert_int_equal(t.received_kg, 25);
	assert_int_equal(t.delivered_kg, 0);
	assert_int_equal(t.nstock, 1);
	OK(centre_leave(CX,
	    &(struct departure_in){ .nonce = "go", .stay = stay, .where_to = "home" },
	    &(bool){ 0 }));
	house_next(&house);
	OK(relief_total(CX, hq, &t));
	assert_int_equal(t.here, 0);
	assert_int_equal(t.sheltered, 3);
	figure_init(sitrep_year_figures, sitrep_nyear_figures);
	ask_default(CX, &ask);
	ask.from = ask.to = day_of_moment(CX->now);
	OK(figure_answer(CX, figure_find("relief_sheltered"), &ask, &a));
	assert_int_equal((int64_t)a.value, 3);
	ask.from = ask.to = day_add(ask.from, -3);
	OK(figure_answer(CX, figure_find("relief_sheltered"), &ask, &a));
	assert_int_equal((int64_t)a.value, 0);
}

#define F(f) cmocka_unit_test_setup_teardown(f, open_field, close_house)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { F(test_counts_once), F(test_frozen), F(test_due),
		F(test_words), F(test_rows_and_records), F(test_wall), F(test_link), F(test_totals),
		F(test_meals_and_goods), F(test_waybills), F(test_volunteers), F(test_on_the_way) };

	engine = argc > 1 && strcmp(argv[1], "pg") == 0 ? DB_PG : DB_SQLITE;
	if (!house_has(engine)) {
		puts("1..0 # SKIP no PostgreSQL: SHANYRAQ_TEST_PG is not set");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
