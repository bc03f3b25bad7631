/* demo_flood_centres.c – 220 households in six centres, by the hour: most come in the first days and go home when the
 * water falls; some move to another centre; and what they get there, brought in the morning and handed out by day.
 *
 * TRAP: on the fourth day there are more people in centre 3 than it has places for. */
#include "app/demo_flood.h"

struct flood_household {
	int64_t id, stay;
	const char *name, *phone, *where;
	int centre, moves_to, district;
	struct heads heads;
	bool pregnant, disabled, insulin;
};
static const char *const came_from[FLOOD_CENTRES] = { "151011100", "151013100", "151013100",
	"153200000", "154800000", "154200000" };

static struct flood_household *
household(const struct flood *f, int i)
{
	return (struct flood_household *)f->households + i;
}

/* ---- doing: people ---- */

static int
do_arrive(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	struct flood_household *h = household(f, a->i);
	struct arrival_in in = { .place = f->centre[h->centre],
		.at = a->at,
		.fresh = { .district = f->d->places[h->district].id,
		    .name = h->name,
		    .phone = h->phone,
		    .heads = h->heads,
		    .pregnant = h->pregnant,
		    .disabled = h->disabled,
		    .insulin = h->insulin } };
	struct arrival_out out;
	char code[RELIEF_CODE + 1];

	(void)tx;
	relief_code_of((unsigned)(((uint64_t)a->i * 10000019 + 33333333) % 79999999), code);
	in.fresh.code = code;
	TRY(centre_arrive(f->d->cx, &in, &out));
	h->id = out.household;
	h->stay = out.stay;
	return RC_OK;
}

static int
do_move_on(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	struct flood_household *h = household(f, a->i);
	struct arrival_in in = {
		.place = f->centre[h->moves_to], .at = a->at, .household = h->id, .move = true
	};
	struct arrival_out out;

	(void)tx;
	TRY(centre_arrive(f->d->cx, &in, &out));
	h->stay = out.stay;
	return RC_OK;
}

static int
do_leave(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	struct flood_household *h = household(f, a->i);
	bool again;

	(void)tx;
	return centre_leave(f->d->cx,
	    &(struct departure_in){ .stay = h->stay, .at = a->at, .where_to = h->where }, &again);
}

/* ---- doing: goods ---- */

static size_t
sent_to(const struct flood *f, int day, int centre, struct flood_line *out)
{
	size_t n = 0;
	int i;

	for (i = 0; i < FI_COUNT; i++)
		if (f->sent[day][centre][i] > 0)
			out[n++] =
			    (struct flood_line){ (enum flood_item)i, f->sent[day][centre][i] };
	return n;
}

static size_t
transfer_lines(const struct flood *f, int day, int centre, struct transfer_line *out)
{
	struct flood_line l[FI_COUNT];
	size_t n = sent_to(f, day, centre, l), i;

	for (i = 0; i < n; i++)
		out[i] = (struct transfer_line){ f->item[l[i].item], flood_lot(f, l[i].item, day),
			l[i].quantity };
	return n;
}

static int
do_send(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	struct arena *arena = f->d->cx->arena;
	struct transfer_line l[FI_COUNT];
	size_t n = transfer_lines(f, a->i, a->j, l);
	struct transfer t;

	(void)tx;
	kind_empty(&transfer_kind, &t);
	t.source = f->main;
	t.via = f->van[a->j % FLOOD_VANS];
	t.target = f->centre_store[a->j];
	t.sent_at = a->at;
	t.document = arena_printf(arena, "Жүкқұжат %d/%d", a->i, a->j + 1);
	TRY(transfer_send(f->d->cx, &t, arena_printf(arena, "flood-send-%d-%d", a->i, a->j), l, n));
	f->transfer[a->i][a->j] = t.rec.id;
	return RC_OK;
}

static int
finish(
    struct flood *f, const struct flood_act *a, char how, const struct transfer_line *l, size_t n)
{
	struct transfer_end e = { .transfer = f->transfer[a->i][a->j],
		.at = a->at,
		.nonce = arena_printf(f->d->cx->arena, "flood-end-%c-%d-%d", how, a->i, a->j),
		.note = how == 'l' ? "Жолда су тиіп жарамсыз болды." : NULL,
		.how = how,
		.lines = l,
		.nlines = n };
	int64_t movement;
	bool again;

	return transfer_end(f->d->cx, &e, &movement, &again);
}

/* On the fifth day the lorry to centre 6 loses some bread on the way. */
static bool
loses(const struct flood_act *a)
{
	return a->i == 5 && a->j == 5;
}

static int
do_receive(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	struct transfer_line l[FI_COUNT];
	size_t n = transfer_lines(f, a->i, a->j, l), i;

	(void)tx;
	for (i = 0; loses(a) && i < n; i++)
		if (l[i].item == f->item[FI_BREAD])
			l[i].quantity -= 6;
	return finish(f, a, 'r', l, n);
}

static int
do_lose(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	struct transfer_line l = { f->item[FI_BREAD], 0, 6 };

	(void)tx;
	return finish(f, a, 'l', &l, 1);
}

/* The n-th of a day's hand-outs: every one gives the same part of what came, but for what stays for the evening. */
static int
do_give(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	int day = a->i % 100, centre = a->i / 100, part = a->j / 1000, parts = a->j % 1000;
	struct flood_way way = { f->centre_store[centre], f->household, day };
	struct movement m = { .nonce = arena_printf(
				  f->d->cx->arena, "flood-give-%d-%d-%d", day, centre, part),
		.type = "issue",
		.document = arena_printf(
		    f->d->cx->arena, "Тарату тізімі %d-%d/%d", day, centre + 1, part + 1) };
	struct flood_line l[FI_COUNT];
	size_t n = sent_to(f, day, centre, l), i, k = 0;

	f->d->cx->actor = &f->store;
	for (i = 0; i < n; i++) {
		l[k] = l[i];
		l[k].quantity = (l[i].quantity * 9 / 10) / parts;
		k += l[k].quantity > 0;
	}
	return flood_move(f, tx, &m, l, k, way);
}

/* ---- planning ---- */

static void
choose_heads(struct flood *f, struct flood_household *h)
{
	struct demo *d = f->d;
	int young = demo_between(d, 0, 3), i;

	h->heads.n[4] = demo_dice(d, 10) < 9;
	h->heads.n[5] = demo_dice(d, 10) < 7;
	for (i = 0; i < young; i++)
		h->heads.n[demo_dice(d, 4)]++;
	if (demo_dice(d, 4) == 0)
		h->heads.n[6]++;
	if (demo_dice(d, 8) == 0)
		h->heads.n[7]++;
	if (heads_all(&h->heads) == 0)
		h->heads.n[6] = 1;
	h->pregnant = h->heads.n[4] > 0 && demo_dice(d, 30) == 0;
	h->disabled = demo_dice(d, 20) == 0;
	h->insulin = demo_dice(d, 50) == 0;
}

static void
choose_household(struct flood *f, int i)
{
	static const char *const ways[] = { "home", "home", "home", "relatives", "relatives",
		"rented", "unknown" };
	static const int of_hundred[FLOOD_CENTRES] = { 24, 25, 21, 10, 11, 9 };
	struct flood_household *h = household(f, i);
	struct arena *a = f->d->cx->arena;
	struct demo_name name;
	int at = (int)demo_dice(f->d, 100);

	for (h->centre = 0; at >= of_hundred[h->centre]; h->centre++)
		at -= of_hundred[h->centre];
	h->district = demo_place(f->d, came_from[h->centre]);
	demo_name(f->d, demo_dice(f->d, 2) == 0, &name);
	h->name = arena_printf(a, "%s %s %s", name.surname, name.given, name.patronymic);
	h->phone = arena_printf(a, "+7 700 000 %02d %02d", 30 + i / 100, i % 100);
	choose_heads(f, h);
	h->where = ways[demo_dice(f->d, ARRAY_LEN(ways))];
	h->moves_to = h->centre == 2 && demo_dice(f->d, 3) == 0 ? 1 : -1;
	if (i == 31) {
		h->name = DEMO_FAMILY_SURNAME " " DEMO_FAMILY_GIVEN " Тұңғышұлы";
		h->phone = DEMO_FAMILY_PHONE;
	}
}

static void
plan_stays(struct flood *f)
{
	static const int came[5] = { 34, 30, 20, 10,
		6 }; /* of a hundred, from the first evening on */
	int i;

	for (i = 0; i < FLOOD_HOUSEHOLDS; i++) {
		int at = (int)demo_dice(f->d, 100), day;

		for (day = 0; day < 4 && at >= came[day]; day++)
			at -= came[day];
		choose_household(f, i);
		if (household(f, i)->centre >= 3 && day == 0)
			day = 1;
		flood_act(f,
		    flood_moment(day, day == 0 ? demo_between(f->d, 14 * 60, 23 * 60)
					       : demo_between(f->d, 7 * 60, 22 * 60)),
		    do_arrive, i, 0);
		if (household(f, i)->moves_to >= 0)
			flood_act(f, flood_moment(5, demo_between(f->d, 10 * 60, 18 * 60)),
			    do_move_on, i, 0);
		flood_act(f,
		    flood_moment(demo_between(f->d, 8, i % 9 == 0 ? 22 : 16),
			demo_between(f->d, 9 * 60, 19 * 60)),
		    do_leave, i, 0);
	}
}

static void
send(struct flood *f, int day, int centre, enum flood_item item, int64_t quantity)
{
	f->sent[day][centre][item] = quantity;
	f->want[day][item] += quantity;
}

static void
plan_supplies(struct flood *f)
{
	static const int people[FLOOD_CENTRES] = { 160, 170, 130, 70, 75, 60 };
	int day, c;

	for (day = 1; day <= FLOOD_DAYS; day++)
		for (c = 0; c < FLOOD_CENTRES; c++) {
			int64_t n = day < 3 ? people[c] / 2 : day > 10 ? people[c] / 3 : people[c];

			send(f, day, c, FI_WATER, n * 3000);
			send(f, day, c, FI_BREAD, n / 2 + 10);
			send(f, day, c, FI_DIAPERS, n / 20 + 1);
			send(f, day, c, FI_BABY, n / 10 + 2);
			send(f, day, c, FI_HYGIENE, day % 4 == 1 ? n / 4 : 0);
			send(f, day, c, FI_BLANKET, day < 4 ? n / 2 : 0);
			send(f, day, c, FI_MATTRESS, day < 3 ? n / 2 : 0);
			flood_posts(f, flood_moment(day, 9 * 60 + 35 + 4 * c), do_send, day, c);
			flood_posts(
			    f, flood_moment(day, 10 * 60 + 40 + 15 * c), do_receive, day, c);
			if (loses(&(struct flood_act){ .i = day, .j = c }))
				flood_posts(
				    f, flood_moment(day, 10 * 60 + 41 + 15 * c), do_lose, day, c);
		}
}

void
flood_plan_centres(struct flood *f)
{
	f->households = arena_array(f->d->cx->arena, struct flood_household, FLOOD_HOUSEHOLDS);
	plan_stays(f);
	plan_supplies(f);
}

/* What is left of the sets that were promised is handed out in the centres, evenly over days and centres. */
void
flood_plan_giving(struct flood *f, int sets)
{
	int all = FLOOD_DAYS * FLOOD_CENTRES, k, part;

	for (k = 0; k < all; k++) {
		int day = 1 + k / FLOOD_CENTRES, centre = k % FLOOD_CENTRES,
		    parts = sets / all + (k < sets % all);

		for (part = 0; part < parts; part++)
			flood_posts(f, flood_moment(day, 12 * 60 + 30 + part * 480 / parts),
			    do_give, centre * 100 + day, part * 1000 + parts);
	}
}
