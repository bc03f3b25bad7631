/* demo_flood_waybills.c – eight vehicles that carry to families by waybill: rounds of one day and one district, loaded from the
 * main store, with an act at each door.
 *
 * What became ready within five hours goes together. Where nobody is at home the driver tries once more at the end of the
 * round or brings the goods back; where the road is under water only a part gets through. What came back goes on the
 * next day's round. Plates begin with 000, which is given to nobody; the drivers' accounts have no password, and their role
 * ends with the flood.
 *
 * TRAP: a need that came back stands on two waybills and is delivered once. */
#include "app/demo_flood.h"

#include <stdlib.h>

#include "core/account.h"
#include "mod/delivery/delivery.h"

enum { ROUNDS = 500, STOPS = 8, WAITS_H = 5, DRIVE = 20, DOOR = 14, TRY_AGAIN = 25 };

static const struct {
	const char *plate, *type, *body, *company;
	int capacity_kg;
} vehicles[FLOOD_VEHICLES] = {
	{ "000SUA04", "truck", NULL, "«Мысал Көлік» ЖШС (ойдан шығарылған)", 8000 },
	{ "000SUB04", "truck", NULL, "«Үлгі-Транс» ЖШС (ойдан шығарылған)", 5000 },
	{ "000SUC04", "truck", NULL, "«Сынақ Жол» ЖШС (ойдан шығарылған)", 5000 },
	{ "000SUD04", "tractor", NULL, "«Мысал Агро» ШҚ (ойдан шығарылған)", 4000 },
	{ "000SUE04", "van", "zhomart", NULL, 1500 },
	{ "000SUF04", "van", "zhomart", NULL, 1500 },
	{ "000SUG04", "van", "secretariat", NULL, 1200 },
	{ "000SUH04", "van", NULL, "«Үлгі-Су» ЖШС (ойдан шығарылған)", 1500 },
};
/* What happens at a door. */
enum door { AT_HOME, LATER, NOBODY, PARTLY };
struct flood_round {
	int64_t id, load, stop[STOPS];
	int vehicle, need[STOPS], n;
	enum door door[STOPS];
};
struct flood_waybills {
	int64_t vehicle[FLOOD_VEHICLES], free[FLOOD_VEHICLES]; /* back at the store */
	struct actor driver[FLOOD_VEHICLES];
	struct flood_round round[ROUNDS];
	int n;
};

static struct flood_waybills *
all(const struct flood *f)
{
	return f->waybills;
}

/* ---- vehicles and those who drive them ---- */

static int
put_driver(struct flood *f, struct tx *tx, int i)
{
	struct actor *out = &all(f)->driver[i];
	struct account_role r;
	struct account a;

	kind_empty(&account_kind, &a);
	a.login = arena_printf(f->d->cx->arena, "flood-driver-%d", i + 1);
	a.name =
	    arena_printf(f->d->cx->arena, "2024 жылғы су тасқыны штабының %d-жүргізушісі", i + 1);
	a.lang = "kk";
	*out = actor_system;
	out->login = a.login;
	out->name = a.name;
	TRY(kind_insert_tx(f->d->cx, tx, &account_kind, &a));
	kind_empty(&account_role_kind, &r);
	r.account = a.rec.id;
	r.role = role_code(ROLE_DRIVER);
	r.since = FLOOD_FIRST;
	r.until = FLOOD_LAST;
	TRY(kind_insert_tx(f->d->cx, tx, &account_role_kind, &r));
	out->account = a.rec.id;
	out->role = ROLE_DRIVER;
	out->caps = role_caps(ROLE_DRIVER);
	return RC_OK;
}

int
flood_vehicles(struct flood *f, struct tx *tx)
{
	int i;

	f->waybills = arena_new(f->d->cx->arena, struct flood_waybills);
	for (i = 0; i < FLOOD_VEHICLES; i++) {
		struct vehicle v;

		kind_empty(&vehicle_kind, &v);
		v.plate = vehicles[i].plate;
		v.type = vehicles[i].type;
		v.capacity_kg = vehicles[i].capacity_kg;
		v.company = vehicles[i].company;
		if (vehicles[i].body != NULL)
			v.body = demo_body(f->d, vehicles[i].body)->id;
		TRY(demo_insert(f->d, tx, &vehicle_kind, &v));
		all(f)->vehicle[i] = v.rec.id;
		TRY(put_driver(f, tx, i));
	}
	return RC_OK;
}

/* The firms take theirs home; nobody drives for the flood any more. */
int
flood_vehicles_close(struct flood *f, struct tx *tx)
{
	struct ctx *cx = f->d->cx;
	int i;

	for (i = 0; i < FLOOD_VEHICLES; i++) {
		struct vehicle v;
		struct account a;

		TRY(kind_load(cx, &account_kind, all(f)->driver[i].account, &a));
		a.disabled = true;
		TRY(kind_update_tx(cx, tx, &account_kind, &a));
		if (vehicles[i].company == NULL)
			continue;
		TRY(kind_load(cx, &vehicle_kind, all(f)->vehicle[i], &v));
		v.closed_on = FLOOD_LAST;
		TRY(kind_update_tx(cx, tx, &vehicle_kind, &v));
	}
	return RC_OK;
}

/* ---- doing ---- */

static int
do_make(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	struct flood_round *r = &all(f)->round[a->i];
	struct ctx *cx = f->d->cx;
	int64_t needs[STOPS];
	AUTO_ROWS rows = { 0 };
	int i;

	(void)tx;
	for (i = 0; i < r->n; i++)
		needs[i] = f->needs[r->need[i]].id;
	TRY(waybill_make(cx,
	    &(struct waybill_in){ .headquarters = f->headquarters,
		.vehicle = all(f)->vehicle[r->vehicle],
		.driver = all(f)->driver[r->vehicle].account,
		.store = f->main,
		.planned_at = r->load,
		.needs = needs,
		.nneeds = (size_t)r->n },
	    &r->id));
	TRY(db_rows(cx, &rows, "SELECT id FROM waybill_stop WHERE waybill = $1 ORDER BY position",
	    VALS(v_int(r->id))));
	for (i = 0; i < r->n && rows_next(&rows); i++)
		r->stop[i] = row_int(&rows, 0);
	return rows_end(&rows);
}

static int
do_load(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	(void)tx;
	f->d->cx->actor = &f->store;
	return waybill_load(f->d->cx, all(f)->round[a->i].id, 1);
}

static int
do_go(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	const struct flood_round *r = &all(f)->round[a->i];

	(void)tx;
	f->d->cx->actor = &all(f)->driver[r->vehicle];
	return waybill_start(f->d->cx, r->id);
}

/* One act of the driver, of what is left at the stop or, if so said, of the half of it. */
static int
act(struct flood *f, const struct flood_act *a, const char *result, const char *reason)
{
	const struct flood_round *r = &all(f)->round[a->i];
	bool hands = strcmp(result, "handed") == 0 || strcmp(result, "partly") == 0;
	struct ctx *cx = f->d->cx;
	struct delivery_line *l;
	struct act_in in = { .nonce = arena_printf(cx->arena, "flood-%d-%d-%s", a->i, a->j, result),
		.stop = r->stop[a->j],
		.at = a->at,
		.result = result,
		.reason = reason,
		.receiver = hands ? f->needs[r->need[a->j]].name : NULL,
		.mark = hands ? "paper" : "none" };
	struct act_out out;
	size_t n, i;

	cx->actor = &all(f)->driver[r->vehicle];
	if (strcmp(result, "absent") != 0) {
		TRY(delivery_left(cx, in.stop, &l, &n));
		in.lines = l;
		for (i = 0; i < n; i++) {
			l[in.nlines] = l[i];
			if (strcmp(result, "partly") == 0)
				l[in.nlines].quantity /= 2;
			in.nlines += l[in.nlines].quantity > 0;
		}
	}
	TRY(delivery_take(cx, r->id, 0, &in, &out));
	if (out.how != ACT_TAKEN || out.fault != NULL)
		die("demo: an act of the flood does not count: %s", out.text != NULL	? out.text
								    : out.fault != NULL ? out.fault
											: "known");
	return RC_OK;
}

static int
do_hand(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	(void)tx;
	return act(f, a, "handed", NULL);
}

static int
do_hand_part(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	(void)tx;
	return act(f, a, "partly", "Жолды су басқан, қайықпен бір бөлігі ғана апарылды.");
}

static int
do_miss(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	(void)tx;
	return act(f, a, "absent", NULL);
}

static int
do_bring_back(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	(void)tx;
	return act(f, a, "returned",
	    all(f)->round[a->i].door[a->j] == PARTLY
		? "Қалғаны жол ашылғанда жеткізіледі."
		: "Үйде ешкім болмады, жүк қоймаға қайтарылды.");
}

/* ---- planning ---- */

static int64_t
later(int64_t at, int minutes)
{
	return at + (int64_t)minutes * 60 * US_PER_SECOND;
}

static int
kilograms(const struct flood_need *n)
{
	int kg = 0;
	size_t i;

	for (i = 0; i < n->n; i++)
		kg += n->line[i].item == FI_FODDER ? (int)(n->line[i].quantity / 1000) : 40;
	return kg;
}

static bool
can_halve(const struct flood_need *n)
{
	size_t i;

	for (i = 0; i < n->n; i++)
		if (n->line[i].quantity > 1)
			return true;
	return false;
}

/* The one that carries it and is back first. */
static int
vehicle_for(const struct flood_waybills *w, int round, int64_t at, int kg)
{
	int i, best = -1;

	for (i = 0; i < FLOOD_VEHICLES; i++) {
		int k = (round + i) % FLOOD_VEHICLES;

		if (vehicles[k].capacity_kg < kg)
			continue;
		if (w->free[k] <= at)
			return k;
		if (best < 0 || w->free[k] < w->free[best])
			best = k;
	}
	return best;
}

/* What came back is ready in the morning of the next day. */
static void
again_tomorrow(struct flood *f, int i)
{
	struct flood_need *n = &f->needs[i];

	n->loaded++;
	n->ready = flood_moment(n->loaded, 9 * 60 + 40);
	n->again = true;
}

static enum door
door_of(const struct flood_need *n, int i)
{
	if (n->again)
		return AT_HOME;
	return i % 29 == 5		     ? NOBODY
	       : i % 31 == 7 && can_halve(n) ? PARTLY
	       : i % 19 == 3		     ? LATER
					     : AT_HOME;
}

/* First all doors in turn, then those where nobody was, then the store. Returns when it is back. */
static int64_t
plan_doors(struct flood *f, struct flood_round *r, int round)
{
	int64_t at = later(r->load, 15 + DRIVE);
	int k;

	for (k = 0; k < r->n; k++, at = later(at, DOOR + r->need[k - 1] % 7)) {
		r->door[k] = door_of(&f->needs[r->need[k]], r->need[k]);
		if (r->door[k] == AT_HOME)
			flood_posts(f, at, do_hand, round, k);
		else if (r->door[k] == PARTLY)
			flood_posts(f, at, do_hand_part, round, k);
		else
			flood_act(f, at, do_miss, round, k);
	}
	for (k = 0; k < r->n; k++)
		if (r->door[k] == LATER)
			flood_posts(f, at = later(at, TRY_AGAIN), do_hand, round, k);
	at = later(at, DRIVE);
	for (k = 0; k < r->n; k++)
		if (r->door[k] == NOBODY || r->door[k] == PARTLY) {
			flood_posts(f, at = later(at, 1), do_bring_back, round, k);
			again_tomorrow(f, r->need[k]);
		}
	return at;
}

/* A round of a day, not yet of a vehicle: they get theirs in the order in which they are ready. */
static void
gather(struct flood *f, const int *needs, int n)
{
	struct flood_waybills *w = all(f);
	struct flood_round *r = &w->round[w->n];
	int i;

	if (w->n == ROUNDS)
		die("demo: more than %d rounds of the flood", ROUNDS);
	for (i = 0; i < n; i++)
		r->need[i] = needs[i];
	r->n = n;
	r->load = f->needs[needs[n - 1]].ready;
	w->n++;
}

static int
by_moment(const void *a, const void *b)
{
	const struct flood_round *x = a, *y = b;

	if (x->load != y->load)
		return x->load < y->load ? -1 : 1;
	return x->need[0] - y->need[0];
}

static void
plan_round(struct flood *f, int round)
{
	struct flood_waybills *w = all(f);
	struct flood_round *r = &w->round[round];
	int64_t at = r->load;
	int i, kg = 0;

	for (i = 0; i < r->n; i++)
		kg += kilograms(&f->needs[r->need[i]]);
	r->vehicle = vehicle_for(w, round, at, kg);
	if (w->free[r->vehicle] > at)
		at = w->free[r->vehicle];
	r->load = later(at, 25);
	flood_act(f, later(at, 5), do_make, round, 0);
	flood_posts(f, r->load, do_load, round, 0);
	flood_act(f, later(r->load, 15), do_go, round, 0);
	w->free[r->vehicle] = later(plan_doors(f, r, round), 10);
}

struct waiting {
	int64_t ready;
	int district, need;
};

static int
by_district(const void *a, const void *b)
{
	const struct waiting *x = a, *y = b;

	if (x->district != y->district)
		return x->district - y->district;
	if (x->ready != y->ready)
		return x->ready < y->ready ? -1 : 1;
	return x->need - y->need;
}

static void
plan_day(struct flood *f, int day, struct waiting *v)
{
	struct flood_waybills *w = all(f);
	int needs[STOPS], first = w->n, n = 0, in = 0, i;

	for (i = 0; i < FLOOD_NEEDS; i++)
		if (f->needs[i].ready != 0 && f->needs[i].loaded == day)
			v[n++] = (struct waiting){ f->needs[i].ready, f->needs[i].district, i };
	qsort(v, (size_t)n, sizeof(*v), by_district);
	for (i = 0; i < n; i++) {
		needs[in++] = v[i].need;
		if (i + 1 < n && in < STOPS && v[i + 1].district == v[i].district &&
		    v[i + 1].ready <= later(f->needs[needs[0]].ready, WAITS_H * 60))
			continue;
		gather(f, needs, in);
		in = 0;
	}
	qsort(&w->round[first], (size_t)(w->n - first), sizeof(*w->round), by_moment);
	for (i = first; i < w->n; i++)
		plan_round(f, i);
}

void
flood_plan_waybills(struct flood *f)
{
	struct waiting *v = arena_array(f->d->cx->arena, struct waiting, FLOOD_NEEDS);
	int day;

	for (day = 0; day < FLOOD_SPAN; day++)
		plan_day(f, day, v);
}
