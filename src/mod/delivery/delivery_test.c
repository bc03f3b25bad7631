/* delivery_test.c – from needs to hands on both engines: a waybill's life, two who load the last blanket, acts that come twice, late
 * and from two telephones at once, and that the same acts give the same state whatever way they came. */
#define MORE_KINDS                                                                                \
	, &hall_kind, &headquarters_kind, &relief_area_kind, &relief_duty_kind, &relief_log_kind, \
	    &relief_place_kind, &relief_offer_kind, &need_kind, &need_line_kind, &vehicle_kind,   \
	    &waybill_kind, &waybill_stop_kind, &waybill_line_kind, &delivery_act_kind
#include "figure/figure.h"
#include "kind/cut.h"
#include "mod/delivery/delivery_inner.h"
#include "test_stock.h"

static int64_t headquarters, district, driver, other_driver, truck;

static int64_t
new_account_with(const char *login, const char *role)
{
	struct account a;
	struct account_role r;

	kind_empty(&account_kind, &a);
	a.login = a.name = login;
	a.lang = "kk";
	OK(kind_insert(CX, &account_kind, &a));
	kind_empty(&account_role_kind, &r);
	r.account = a.rec.id;
	r.role = role;
	OK(kind_insert(CX, &account_role_kind, &r));
	return a.rec.id;
}

/* The account acts in the role; 0 = the program itself. */
static void
as(int64_t account, enum role role)
{
	static struct actor who;

	who = actor_system;
	who.role = role;
	who.caps = role_caps(role);
	who.account = account;
	CX->actor = &who;
}

static void
house_again(void)
{
	CX->actor = &actor_system;
	house_next(&house);
}

static void
lists(void)
{
	struct district d;
	struct headquarters h;
	struct person p;
	struct vehicle v;

	kind_empty(&district_kind, &d);
	d.code = "151011100";
	d.level = "district";
	d.name.kk = "Аудан";
	OK(kind_insert(CX, &district_kind, &d));
	district = d.rec.id;
	kind_empty(&person_kind, &p);
	p.surname = "Бастық";
	p.given = "Штаб";
	OK(kind_insert(CX, &person_kind, &p));
	kind_empty(&headquarters_kind, &h);
	h.code = "flood";
	h.name.kk = "Штаб";
	h.emergency = "flood";
	h.act = "№ 1";
	h.opened_on = CX->today;
	h.chief = p.rec.id;
	OK(kind_insert(CX, &headquarters_kind, &h));
	headquarters = h.rec.id;
	driver = new_account_with("driver1", "driver");
	other_driver = new_account_with("driver2", "driver");
	kind_empty(&vehicle_kind, &v);
	v.plate = "001AAA04";
	v.type = "truck";
	v.company = "Жол";
	v.driver = driver;
	OK(kind_insert(CX, &vehicle_kind, &v));
	truck = v.rec.id;
}

static int
open_relief(void **state)
{
	open_house(state);
	lists();
	house_next(&house);
	return 0;
}

/* An assigned need that asks for one item. */
static int64_t
new_need(const char *what, int64_t quantity)
{
	struct need_in in = { .headquarters = headquarters,
		.channel = "desk",
		.name = "Ана",
		.phone = "87010000000",
		.place = "Көктерек",
		.district = district,
		.people = 4,
		.children = 2,
		.infants = INT_NONE,
		.urgency = "today",
		.nlines = 1,
		.line = { { .item = item(what), .quantity = quantity } } };
	struct need n;
	int64_t id;
	bool again;

	OK(need_take(CX, &in, &id, &again));
	OK(kind_load(CX, &need_kind, id, &n));
	OK(need_move(
	    CX, &(struct need_move){ .id = id, .version = n.rec.version, .action = "check" }));
	OK(kind_load(CX, &need_kind, id, &n));
	OK(need_move(
	    CX, &(struct need_move){ .id = id, .version = n.rec.version, .action = "assign" }));
	return id;
}

static const char *
need_state(int64_t id)
{
	struct need n;

	house_next(&house);
	OK(kind_load(CX, &need_kind, id, &n));
	return n.state;
}

static int64_t
new_waybill(const int64_t *needs, size_t n)
{
	struct waybill_in in = { .headquarters = headquarters,
		.vehicle = truck,
		.driver = driver,
		.store = account("store-main"),
		.needs = needs,
		.nneeds = n };
	int64_t id;

	OK(waybill_make(CX, &in, &id));
	return id;
}

static void
waybill(int64_t id, struct waybill *w)
{
	house_next(&house);
	OK(kind_load(CX, &waybill_kind, id, w));
}

static int
load(int64_t id)
{
	struct waybill w;

	waybill(id, &w);
	return waybill_load(CX, id, w.rec.version);
}

static int64_t
stop_of(int64_t id, size_t nth)
{
	struct waybill_stop *s;
	size_t n;

	OK(delivery_stops(CX, id, &s, &n));
	assert_true(nth < n);
	return s[nth].rec.id;
}

static const char *
stop_state(int64_t stop)
{
	struct waybill_stop s;

	house_next(&house);
	OK(kind_load(CX, &waybill_stop_kind, stop, &s));
	return s.state;
}

static const char *
plate_account(void)
{
	struct stock_account a;

	OK(vehicle_account(CX, truck, &a));
	return a.code;
}

struct done {
	const char *nonce, *result;
	int64_t stop, minute, quantity;
};

static struct act_out
act(int64_t id, const struct done *d, const char *what)
{
	struct delivery_line l = { item(what), 0, d->quantity };
	struct act_in in = { .nonce = d->nonce,
		.stop = d->stop,
		.at = CX->now - INT64_C(3600) * US_PER_SECOND + d->minute * 60 * US_PER_SECOND,
		.result = d->result,
		.reason = strcmp(d->result, "handed") == 0 ? NULL : "себеп",
		.receiver = "Ана",
		.lines = &l,
		.nlines = d->quantity > 0,
		.mark = "none" };
	struct act_out out;

	OK(delivery_take(CX, id, 0, &in, &out));
	house_next(&house);
	return out;
}

/* ---- a way from the store to the hands ---- */

static void
test_way(void **state)
{
	int64_t needs[2] = { new_need("blanket", 4), new_need("blanket", 3) }, id, one, two;
	struct delivery_lack *lacks;
	struct waybill w;
	struct act_out out;
	size_t n;

	(void)state;
	id = new_waybill(needs, 2);
	OK(waybill_lacks(CX, id, &lacks, &n));
	assert_int_equal(n, 1);
	assert_int_equal(lacks[0].wanted, 7);
	assert_int_equal(lacks[0].there, 0);
	ENDS(RC_RULE, load(id));
	house_next(&house);
	OK(move("donor", "store-main", "blanket", 10));
	OK(load(id));
	ENDS(RC_RULE, load(id));
	house_next(&house);
	assert_int_equal(holds("store-main", "blanket"), 3);
	assert_int_equal(holds(plate_account(), "blanket"), 7);
	assert_string_equal(need_state(needs[0]), "assigned");
	one = stop_of(id, 0);
	two = stop_of(id, 1);
	as(driver, ROLE_DRIVER);
	OK(waybill_start(CX, id));
	OK(waybill_start(CX, id));
	assert_string_equal(need_state(needs[0]), "on_way");
	out = act(id, &(struct done){ "a1", "handed", one, 1, 4 }, "blanket");
	assert_int_equal(out.how, ACT_TAKEN);
	assert_null(out.fault);
	assert_string_equal(need_state(needs[0]), "delivered");
	assert_int_equal(
	    act(id, &(struct done){ "a1", "handed", one, 1, 4 }, "blanket").how, ACT_AGAIN);
	assert_int_equal(
	    act(id, &(struct done){ "a1", "handed", one, 1, 3 }, "blanket").how, ACT_CLASH);
	assert_int_equal(
	    act(id, &(struct done){ "a1", "handed", one, 1, 3 }, "blanket").how, ACT_CLASH);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM delivery_clash"), 1);
	/* Signed a second time under another number: kept, and nothing moves. */
	out = act(id, &(struct done){ "a1b", "handed", one, 2, 4 }, "blanket");
	assert_string_equal(out.fault, "over");
	act(id, &(struct done){ "a2", "partly", two, 3, 1 }, "blanket");
	assert_string_equal(need_state(needs[1]), "on_way");
	assert_string_equal(stop_state(two), "partly");
	act(id, &(struct done){ "a3", "returned", two, 4, 2 }, "blanket");
	assert_string_equal(need_state(needs[1]), "assigned");
	waybill(id, &w);
	assert_string_equal(w.state, "done");
	house_again();
	assert_int_equal(holds(plate_account(), "blanket"), 0);
	assert_int_equal(holds("household", "blanket"), 5);
	assert_int_equal(holds("store-main", "blanket"), 5);
	/* The next way proposes the rest. */
	id = new_waybill(&needs[1], 1);
	OK(waybill_lacks(CX, id, &lacks, &n));
	assert_int_equal(n, 0);
	OK(load(id));
	assert_int_equal(holds(plate_account(), "blanket"), 2);
	waybill(id, &w);
	OK(waybill_cancel(CX, id, w.rec.version));
	assert_int_equal(holds("store-main", "blanket"), 5);
	balanced();
}

static void
test_last_blanket(void **state)
{
	int64_t a = new_need("blanket", 1), b = new_need("blanket", 1), one, two;

	(void)state;
	OK(move("donor", "store-main", "blanket", 1));
	one = new_waybill(&a, 1);
	two = new_waybill(&b, 1);
	OK(load(one));
	ENDS(RC_RULE, load(two));
	house_next(&house);
	assert_int_equal(holds(plate_account(), "blanket"), 1);
	/* A need on one way stands on no other. */
	{
		struct waybill_in in = { .headquarters = headquarters,
			.vehicle = truck,
			.driver = driver,
			.store = account("store-main"),
			.needs = &a,
			.nneeds = 1 };
		int64_t id;

		ENDS(RC_RULE, waybill_make(CX, &in, &id));
	}
	balanced();
}

static void
test_rights(void **state)
{
	int64_t a = new_need("blanket", 1), id;
	struct act_in in = { .nonce = "x", .result = "handed", .mark = "none", .at = CX->now };
	struct act_out out;
	struct json j;
	struct waybill w;

	(void)state;
	OK(move("donor", "store-main", "blanket", 1));
	id = new_waybill(&a, 1);
	in.stop = stop_of(id, 0);
	as(driver, ROLE_DRIVER);
	ENDS(RC_NOTFOUND, waybill_mine(CX, id, &w)); /* a draft is no driver's business */
	house_again();
	OK(load(id));
	as(other_driver, ROLE_DRIVER);
	ENDS(RC_NOTFOUND, waybill_mine(CX, id, &w));
	ENDS(RC_NOTFOUND, delivery_take(CX, id, 0, &in, &out));
	ENDS(RC_NOTFOUND, waybill_start(CX, id));
	as(driver, ROLE_DRIVER);
	house_next(&house);
	waybill(id, &w);
	json_init(&j, CX->arena, 0);
	OK(delivery_route(CX, &w, &j));
	assert_non_null(strstr(j.out.p, "87010000000"));
	act(id, &(struct done){ "r1", "handed", in.stop, 1, 1 }, "blanket");
	waybill(id, &w);
	assert_string_equal(w.state, "done");
	json_init(&j, CX->arena, 0);
	OK(delivery_route(CX, &w, &j));
	assert_null(strstr(j.out.p, "87010000000"));
	assert_null(strstr(j.out.p, "Көктерек"));
	ENDS(RC_DENIED, delivery_undo(CX, 1, "why"));
	house_again();
	/* Taken back by the headquarters: the goods are on the vehicle again, the need on the way. */
	OK(delivery_undo(CX, house_int(&house, "SELECT max(id) FROM delivery_act"), "қате"));
	assert_int_equal(holds(plate_account(), "blanket"), 1);
	assert_string_equal(need_state(a), "on_way");
	balanced();
}

static void
test_clock(void **state)
{
	const int64_t hour = INT64_C(3600) * US_PER_SECOND;

	(void)state;
	assert_int_equal(delivery_offset(CX->now, CX->now - 3 * hour), 3 * hour);
	assert_int_equal(delivery_offset(CX->now, CX->now + 5 * hour), -5 * hour);
	assert_int_equal(delivery_offset(CX->now, CX->now - 20 * US_PER_SECOND), 0);
	assert_int_equal(delivery_offset(CX->now, CX->now + 20 * US_PER_SECOND), 0);
}

static void
test_json(void **state)
{
	int64_t a = new_need("blanket", 2), id;
	const char *body;
	struct json j;

	(void)state;
	OK(move("donor", "store-main", "blanket", 2));
	id = new_waybill(&a, 1);
	OK(load(id));
	as(driver, ROLE_DRIVER);
	/* The device is three hours behind. */
	body = arena_printf(CX->arena,
	    "{\"now\":\"2024-11-15T04:00:00Z\",\"acts\":[{\"nonce\":\"j1\",\"at\":\"2024-11-15T03:"
	    "50:00Z\","
	    "\"stop\":%lld,\"result\":\"handed\",\"lines\":[{\"item\":\"blanket\",\"quantity\":2}]}"
	    ","
	    "{\"nonce\":\"j2\",\"at\":\"2024-11-15T03:50:00Z\",\"stop\":%lld,\"result\":\"handed\","
	    "\"lines\":[{\"item\":\"moon\",\"quantity\":2}]},"
	    "{\"nonce\":\"j3\",\"at\":\"never\",\"stop\":1,\"result\":\"eaten\"}]}",
	    (long long)stop_of(id, 0), (long long)stop_of(id, 0));
	json_init(&j, CX->arena, 0);
	OK(delivery_upload(CX, id, slice_str(body), &j));
	assert_non_null(strstr(j.out.p, "{\"nonce\":\"j1\",\"result\":\"taken\",\"counts\":true}"));
	assert_non_null(strstr(j.out.p, "\"nonce\":\"j2\",\"result\":\"refused\""));
	assert_non_null(strstr(j.out.p, "\"nonce\":\"j3\",\"result\":\"refused\""));
	assert_non_null(strstr(j.out.p, "\"state\":\"done\""));
	assert_int_equal(house_int(&house, "SELECT count(*) FROM delivery_act"), 1);
	assert_true(house_int(&house, "SELECT at - device_at FROM delivery_act") != 0);
	house_next(&house);
	json_init(&j, CX->arena, 0);
	ENDS(RC_INVALID, delivery_upload(CX, id, slice_str("{\"acts\":7}"), &j));
	house_again();
	balanced();
}

/* ---- any order, any repetition, any split ---- */

enum { RUNS = 12, ACTS = 7, STOPS = 2 };

static unsigned seed = 11;
static unsigned
draw(unsigned below)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 16) % below;
}

static void
draw_acts(struct done *d, int run, const int64_t *stops)
{
	static const char *const results[] = { "handed", "partly", "refused", "returned", "lost",
		"absent" };
	int i;

	for (i = 0; i < ACTS; i++) {
		d[i] = (struct done){ arena_printf(CX->arena, "run%d-%d", run, i), results[draw(6)],
			stops[draw(STOPS)], draw(30), 1 + draw(4) };
		if (strcmp(d[i].result, "refused") == 0 || strcmp(d[i].result, "absent") == 0)
			d[i].quantity = 0;
	}
}

/* What a run came to, in words. */
static const char *
outcome(int64_t id, const int64_t *needs)
{
	struct waybill w;
	struct buf b;
	size_t i;

	waybill(id, &w);
	buf_init(&b, CX->arena, 0);
	buf_printf(&b, "%s;", w.state);
	for (i = 0; i < STOPS; i++) {
		int64_t stop = stop_of(id, i);
		AUTO_ROWS r = { 0 };

		buf_printf(&b, " %s", stop_state(stop));
		buf_printf(&b, "=%s:", need_state(needs[i]));
		OK(db_rows(CX, &r,
		    "SELECT substr(nonce, 1 + length(nonce) - 1), coalesce(fault, 'stands'), CASE "
		    "WHEN movement IS "
		    "NULL THEN 0 ELSE 1 END FROM delivery_act WHERE stop = $1 ORDER BY at, nonce",
		    VALS(v_int(stop))));
		while (rows_next(&r))
			buf_printf(&b, " %s/%s/%lld", row_text(&r, 0), row_text(&r, 1),
			    (long long)row_int(&r, 2));
		OK(rows_end(&r));
	}
	return b.p;
}

static const char *
balances(int64_t before_store, int64_t before_household, int64_t before_loss)
{
	return arena_printf(CX->arena, "store %lld household %lld loss %lld on it %lld",
	    (long long)(holds("store-main", "blanket") - before_store),
	    (long long)(holds("household", "blanket") - before_household),
	    (long long)(holds("loss", "blanket") - before_loss),
	    (long long)holds(plate_account(), "blanket"));
}

/* Brings what is still on the vehicle back, so that the next way begins with an empty one. */
static void
empty_vehicle(void)
{
	int64_t left = holds(plate_account(), "blanket");

	if (left > 0)
		OK(move(plate_account(), "store-main", "blanket", left));
}

static void
shuffle(int *order, int n)
{
	int i;

	for (i = n - 1; i > 0; i--) {
		int k = (int)draw((unsigned)i + 1), t = order[i];

		order[i] = order[k];
		order[k] = t;
	}
}

/* The same acts on a fresh waybill of the same shape, in the order given, some of them again. */
static const char *
run_once(const struct done *plan, const int *order, int n, int serial)
{
	int64_t needs[STOPS] = { new_need("blanket", 5), new_need("blanket", 3) }, id, stops[STOPS];
	int64_t store = holds("store-main", "blanket"), house_ = holds("household", "blanket"),
		loss = holds("loss", "blanket");
	const char *told;
	int i;

	id = new_waybill(needs, STOPS);
	OK(load(id));
	for (i = 0; i < STOPS; i++)
		stops[i] = stop_of(id, (size_t)i);
	for (i = 0; i < n; i++) {
		struct done d = plan[order[i]];

		d.nonce = arena_printf(CX->arena, "s%d-%d", serial, order[i]);
		d.stop = stops[d.stop];
		as(i % 2 == 0 ? driver : 0, i % 2 == 0 ? ROLE_DRIVER : ROLE_SYSTEM);
		act(id, &d, "blanket");
		house_again();
	}
	told =
	    arena_printf(CX->arena, "%s | %s", outcome(id, needs), balances(store, house_, loss));
	empty_vehicle();
	return told;
}

static void
test_any_order(void **state)
{
	static const int64_t numbers[STOPS] = { 0, 1 };
	int run, i;

	(void)state;
	OK(move("donor", "store-main", "blanket", 100000));
	for (run = 0; run < RUNS; run++) {
		struct done plan[ACTS];
		int order[2 * ACTS];
		const char *first, *second;

		draw_acts(plan, run, numbers);
		for (i = 0; i < ACTS; i++)
			order[i] = i;
		first = run_once(plan, order, ACTS, 2 * run);
		shuffle(order, ACTS);
		for (i = 0; i < ACTS; i++)
			order[ACTS + i] = (int)draw(ACTS);
		second = run_once(plan, order, 2 * ACTS, 2 * run + 1);
		assert_string_equal(first, second);
	}
	balanced();
}

/* ---- the term, and the figures ---- */

static int
cut_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct cut_term *t;
	struct cut_sums sums = { 0 };
	int64_t *ids;
	size_t n, i;

	(void)arg;
	TRY(tx_run(cx, tx, NULL, "UPDATE headquarters SET closed_on = 20241115", NO_VALS));
	for (t = delivery_terms; t->setting != NULL; t++) {
		TRY(delivery_ids(cx, t->sql, VALS(v_int(20991231)), &ids, &n));
		for (i = 0; i < n; i++)
			TRY(t->cut_tx(cx, tx, ids[i], 20991231, &sums));
		TRY(delivery_ids(cx, t->sql, VALS(v_int(20991231)), &ids, &n));
		assert_int_equal(n, 0); /* what was cut is found no more */
	}
	return RC_OK;
}

static int
mark_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	(void)arg;
	return tx_run(cx, tx, NULL,
	    "INSERT INTO delivery_mark (act, media, box) SELECT max(id), 'image/jpeg', receiver "
	    "FROM "
	    "delivery_act GROUP BY receiver",
	    NO_VALS);
}

static void
test_term(void **state)
{
	int64_t a = new_need("blanket", 2), id, stop;
	struct done d;

	(void)state;
	OK(move("donor", "store-main", "blanket", 2));
	id = new_waybill(&a, 1);
	OK(load(id));
	stop = stop_of(id, 0);
	d = (struct done){ "t1", "partly", stop, 1, 1 };
	assert_null(act(id, &d, "blanket").fault);
	d.quantity = 2;
	assert_int_equal(act(id, &d, "blanket").how, ACT_CLASH);
	OK(db_write(CX, mark_fn, NULL));
	OK(db_write(CX, cut_fn, NULL));
	house_again();
	assert_int_equal(house_int(&house, "SELECT count(*) FROM delivery_mark"), 0);
	assert_int_equal(house_int(&house, "SELECT count(*) FROM delivery_clash"), 0);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM delivery_act WHERE receiver IS NOT "
			      "NULL OR reason IS NOT NULL"),
	    0);
	assert_int_equal(
	    house_int(&house, "SELECT count(*) FROM history WHERE kind = "
			      "'delivery_act' AND (data LIKE '%себеп%' OR secret IS NOT NULL)"),
	    0);
	/* What was counted stays, and a telephone that sends it again years later changes nothing. */
	assert_int_equal(holds("household", "blanket"), 1);
	assert_int_equal(act(id, &d, "blanket").how, ACT_AGAIN);
	balanced();
}

static double
figure(const char *code, const char *dim)
{
	struct figure_answer out;
	struct ask ask;

	house_next(&house);
	ask_default(CX, &ask);
	ask.from = ask.to = day_of_moment(CX->now);
	ask.dim_code = dim;
	OK(figure_recount(CX, figure_find(code), &ask, &out));
	return out.value;
}

static void
test_figures(void **state)
{
	int64_t a = new_need("flour", 2500), id, stop;

	(void)state;
	figure_init(delivery_figures, delivery_nfigures);
	OK(move("donor", "store-main", "flour", 5000));
	id = new_waybill(&a, 1);
	assert_int_equal(figure("vehicles", NULL), 0);
	OK(load(id));
	stop = stop_of(id, 0);
	assert_int_equal(figure("vehicles", NULL), 1);
	assert_int_equal(figure("vehicles", "truck"), 1);
	assert_int_equal(figure("vehicles", "boat"), 0);
	assert_int_equal(figure("relief_goods", NULL), 0);
	act(id, &(struct done){ "f1", "partly", stop, 1, 1500 }, "flour");
	act(id, &(struct done){ "f2", "handed", stop, 2, 2500 }, "flour"); /* counts for nothing */
	act(id, &(struct done){ "f3", "lost", stop, 3, 1000 }, "flour");
	assert_int_equal(figure("relief_goods", NULL), 1500);
	assert_int_equal(figure("relief_goods", "family"), 1500);
	assert_int_equal(figure("relief_goods", "place"), 0);
	assert_int_equal(figure("relief_goods_received", NULL), 0);
	assert_int_equal(figure("relief_goods_pledged", NULL), 0);
	CX->lang = LANG_RU;
	assert_string_equal(figure_digits(CX, figure_find("relief_goods"), 1500), "1,5 kg");
	assert_string_equal(figure_digits(CX, figure_find("relief_goods"), 999999), "999,999 kg");
	assert_string_equal(figure_digits(CX, figure_find("relief_goods"), 12345000), "12,345 t");
	assert_string_equal(figure_digits(CX, figure_find("relief_goods"), 0), "0 kg");
}

/* Nobody was at home: the goods stay, the need is still on the way; later it is handed. */
static void
test_absent(void **state)
{
	int64_t a = new_need("blanket", 2), id, stop;

	(void)state;
	OK(move("donor", "store-main", "blanket", 2));
	id = new_waybill(&a, 1);
	OK(load(id));
	stop = stop_of(id, 0);
	assert_null(act(id, &(struct done){ "n1", "absent", stop, 1, 0 }, "blanket").fault);
	assert_string_equal(stop_state(stop), "absent");
	assert_string_equal(need_state(a), "on_way");
	assert_int_equal(holds(plate_account(), "blanket"), 2);
	{
		struct waybill_in in = { .headquarters = headquarters,
			.vehicle = truck,
			.driver = driver,
			.store = account("store-main"),
			.needs = &a,
			.nneeds = 1 };
		int64_t second;

		ENDS(RC_RULE, waybill_make(CX, &in, &second));
		house_next(&house);
	}
	act(id, &(struct done){ "n2", "handed", stop, 2, 2 }, "blanket");
	assert_string_equal(need_state(a), "delivered");
	assert_string_equal(
	    act(id, &(struct done){ "n3", "absent", stop, 3, 0 }, "blanket").fault, "nothing");
	balanced();
}

/* The way of the goods, from the donor to the hand. */
static void
test_chain(void **state)
{
	int64_t a = new_need("blanket", 2), id;
	struct chain_thing *t;
	struct chain_step *s;
	struct chain_sum *sums;
	struct waybill w;
	int64_t all = 0;
	size_t n, i;

	(void)state;
	OK(move("donor", "store-main", "blanket", 3));
	id = new_waybill(&a, 1);
	OK(load(id));
	act(id, &(struct done){ "c1", "handed", stop_of(id, 0), 1, 2 }, "blanket");
	waybill(id, &w);
	OK(chain_find(CX, headquarters, w.code, &t, &n));
	assert_int_equal(n, 1);
	OK(chain_steps(CX, t, CHAIN_MOST, &s, &n));
	assert_int_equal(n, 3);
	assert_int_equal(s[0].from, account("donor"));
	assert_int_equal(s[1].waybill, id);
	assert_int_equal(s[2].to, account("household"));
	assert_true(s[2].act != 0);
	assert_int_equal(s[2].quantity, 2);
	OK(chain_sums(CX, t, &sums, &n));
	for (i = 0; i < n; i++)
		all += sums[i].quantity;
	assert_int_equal(n, 3); /* donor −3, store 1, household 2 */
	assert_int_equal(all, 0);
	OK(chain_find(CX, headquarters, "no such code", &t, &n));
	assert_int_equal(n, 0);
}

static int
run(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_way, open_relief, close_house),
		cmocka_unit_test_setup_teardown(test_last_blanket, open_relief, close_house),
		cmocka_unit_test_setup_teardown(test_rights, open_relief, close_house),
		cmocka_unit_test_setup_teardown(test_clock, open_relief, close_house),
		cmocka_unit_test_setup_teardown(test_json, open_relief, close_house),
		cmocka_unit_test_setup_teardown(test_any_order, open_relief, close_house),
		cmocka_unit_test_setup_teardown(test_term, open_relief, close_house),
		cmocka_unit_test_setup_teardown(test_figures, open_relief, close_house),
		cmocka_unit_test_setup_teardown(test_absent, open_relief, close_house),
		cmocka_unit_test_setup_teardown(test_chain, open_relief, close_house),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

int
main(int argc, char **argv)
{
	return stock_tests(argc, argv, run);
}
