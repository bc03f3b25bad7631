/* demo_flood_needs.c – 900 needs of families, from the form to the door.
 *
 * Most are delivered: what could wait for a round goes on a waybill (demo_flood_waybills.c), what could not goes at once,
 * each load and each hand-over a set of the ledger; some are turned down or are no longer needed, each
 * with its reason; some were asked twice and are marked, both kept.
 *
 * TRAP: two needs of one telephone that are not the same; one of a village without a telephone. */
#include "app/demo_flood.h"

static const struct {
	const char *district;
	int weight;
	const char *places[4];
} where[] = {
	{ "151011100", 26,
	    { "Жағалау көшесі", "Ескі қала", "Өзен бойы саяжайлары", "Көктем шағын ауданы" } },
	{ "151013100", 18,
	    { "Бақша серіктестігі", "Төменгі көпір", "Ескі аэродром", "Шығыс шағын ауданы" } },
	{ "153200000", 14, { "Алға қаласы", "Бестамақ бағыты", "Теміржол маңы", "Өзен бойы" } },
	{ "154800000", 11, { "Қандыағаш қаласы", "Ембі бойы", "Разъезд", "Ескі ауыл" } },
	{ "154200000", 10, { "Қобда ауылы", "Қыстақ", "Жаңа ауыл", "Өзен бойы" } },
	{ "154600000", 6, { "Мәртөк ауылы", "Шағыл", "Орталық", "Диірмен маңы" } },
	{ "155600000", 5, { "Шұбарқұдық кенті", "Темір бойы", "Қойтас", "Жайлау" } },
	{ "156000000", 4, { "Хромтау қаласы", "Ор бойы", "Ауыл маңы", "Жаңа құрылыс" } },
	{ "156800000", 4, { "Ырғыз ауылы", "Қамыстыкөл", "Шеткі қыстау", "Торғай бойы" } },
	{ "155200000", 2, { "Ойыл ауылы", "Құмдыкөл", "Қыстау", "Өткел" } },
};
static const char *const streets[] = { "Бейбітшілік", "Достық", "Мектеп", "Жастар", "Наурыз",
	"Арай", "Бәйтерек", "Самал", "Қайнар", "Тұран" };
/* per: for each person, in base units; once: for the family */
static const struct {
	enum flood_item item;
	int per, once, weight;
} asked[] = {
	{ FI_WATER, 6000, 0, 22 },
	{ FI_BREAD, 1, 1, 18 },
	{ FI_BASKET, 0, 1, 20 },
	{ FI_BLANKET, 1, 0, 10 },
	{ FI_MATTRESS, 1, 0, 6 },
	{ FI_BOOTS, 0, 2, 6 },
	{ FI_CHILD, 0, 2, 5 },
	{ FI_DIAPERS, 0, 2, 5 },
	{ FI_BABY, 0, 6, 5 },
	{ FI_HYGIENE, 0, 1, 10 },
	{ FI_MEDICINE, 0, 2, 4 },
	{ FI_HEATER, 0, 1, 4 },
	{ FI_FODDER, 0, 500000, 3 },
};
static const char *const refusals[] = {
	"Мекенжай басқа облыста: көрші облыстың штабына берілді.",
	"Сұралғаны құрылыс материалы: әкімдіктің шығынды өтеу комиссиясына бағытталды.",
	"Мекенжай бойынша ешкім тұрмайды, телефон жауап бермейді.",
	"Бұл отбасы осы көмекті сол күні басқа өтініммен алды.",
};
static const char *const endings[] = {
	"Туыстары алып кетті, көмек керек емес.",
	"Отбасы эвакуация орталығына көшті.",
	"Қажетін өздері сатып алды.",
	"Су үйге жеткен жоқ.",
};
#define TWICE "Қайталанған өтінім: алдыңғысы орындалады."

/* ---- doing ---- */

static int
do_take(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	struct flood_need *n = &f->needs[a->i];
	struct need_in in = { .headquarters = f->headquarters,
		.channel = n->channel,
		.asked_at = a->at,
		.name = n->name,
		.phone = n->phone,
		.place = n->place,
		.note = n->note,
		.district = f->d->places[n->district].id,
		.people = n->people,
		.children = n->children,
		.infants = n->infants,
		.pregnant = n->pregnant,
		.disabled = n->disabled,
		.insulin = n->insulin,
		.livestock = n->livestock,
		.urgency = n->urgency };
	char code[RELIEF_CODE + 1];
	bool again;

	(void)tx;
	relief_code_of((unsigned)((uint64_t)a->i * 10000019 % 79999999), code);
	in.code = code;
	if (strcmp(n->channel, "paper") == 0)
		in.paper = arena_printf(f->d->cx->arena, "%d", a->i + 1);
	for (; in.nlines < n->n; in.nlines++) {
		in.line[in.nlines].item = f->item[n->line[in.nlines].item];
		in.line[in.nlines].quantity = n->line[in.nlines].quantity;
	}
	if (n->word != NULL) {
		in.line[in.nlines].word = n->word;
		in.line[in.nlines++].quantity = INT_NONE;
	}
	return need_take(f->d->cx, &in, &n->id, &again);
}

static int
step(struct flood *f, const struct flood_act *a, const char *action, const char *reason)
{
	return need_move(f->d->cx,
	    &(struct need_move){
		.id = f->needs[a->i].id, .version = a->j, .action = action, .reason = reason });
}

static int
do_called(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	(void)tx;
	return need_called(f->d->cx, f->needs[a->i].id, a->j);
}

static int
do_check(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	(void)tx;
	return step(f, a, "check", NULL);
}

static int
do_assign(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	(void)tx;
	if (a->i % 3 == 0)
		f->d->cx->actor = &f->store; /* the storekeeper takes a part in hand */
	return step(f, a, "assign", NULL);
}

static int
carry(struct flood *f, struct tx *tx, const struct flood_act *a, bool out)
{
	const struct flood_need *n = &f->needs[a->i];
	int64_t van = f->van[n->van];
	struct flood_way way = { out ? f->main : van, out ? van : f->household, n->loaded };
	struct movement m = { .nonce = arena_printf(
				  f->d->cx->arena, "flood-need-%s-%d", out ? "out" : "hand", a->i),
		.type = out ? "transfer" : "issue" };
	struct flood_line l[4];
	size_t i;

	for (i = 0; i < n->n; i++)
		l[i] = (struct flood_line){ n->line[i].item, n->line[i].quantity };
	return flood_move(f, tx, &m, l, n->n, way);
}

static int
do_start(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	TRY(step(f, a, "start", NULL));
	return carry(f, tx, a, true);
}

static int
do_deliver(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	TRY(carry(f, tx, a, false));
	return step(f, a, "deliver", NULL);
}

static int
do_refuse(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	(void)tx;
	return step(f, a, "refuse", f->needs[a->i].reason);
}

static int
do_close(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	(void)tx;
	return step(f, a, "close", f->needs[a->i].reason);
}

/* The one that it is held against stands before it by so many as the act's version does not say: by its telephone. */
static int
twin_of(const struct flood *f, int i)
{
	int k;

	for (k = i - 1; k >= 0; k--)
		if (f->needs[k].phone != NULL && f->needs[k].phone == f->needs[i].phone)
			return k;
	return -1;
}

static int
do_twin(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	const struct flood_need *n = &f->needs[a->i];
	int of = twin_of(f, a->i);

	(void)tx;
	return need_twin(f->d->cx, n->id, a->j, f->needs[of].id,
	    n->reason != NULL && strcmp(n->reason, TWICE) == 0 ? "same" : "other");
}

/* ---- planning ---- */

static void
choose_place(struct flood *f, struct flood_need *n)
{
	unsigned at = demo_dice(f->d, 100);
	size_t i;

	for (i = 0; i + 1 < ARRAY_LEN(where) && at >= (unsigned)where[i].weight; i++)
		at -= (unsigned)where[i].weight;
	n->district = demo_place(f->d, where[i].district);
	n->place = where[i].places[demo_dice(f->d, 4)];
	n->note = arena_printf(f->d->cx->arena, "%s көшесі, %d-үй",
	    streets[demo_dice(f->d, ARRAY_LEN(streets))], demo_between(f->d, 1, 90));
}

static void
choose_lines(struct flood *f, struct flood_need *n)
{
	size_t wanted = 1 + demo_dice(f->d, 3), i, k;

	while (n->n < wanted) {
		unsigned at = demo_dice(f->d, 118);

		for (i = 0; i + 1 < ARRAY_LEN(asked) && at >= (unsigned)asked[i].weight; i++)
			at -= (unsigned)asked[i].weight;
		for (k = 0; k < n->n && n->line[k].item != asked[i].item; k++)
			;
		if (k < n->n)
			break;
		if (asked[i].item == FI_FODDER)
			n->livestock = true;
		n->line[n->n].item = asked[i].item;
		n->line[n->n++].quantity = (int64_t)asked[i].per * n->people + asked[i].once;
	}
}

static void
choose_family(struct flood *f, struct flood_need *n, int i)
{
	struct demo *d = f->d;
	struct arena *a = d->cx->arena;
	struct demo_name name;

	demo_name(d, i % 2 == 0, &name);
	n->name = arena_printf(a, "%s %s %s", name.surname, name.given, name.patronymic);
	n->phone = arena_printf(a, "+7 700 000 %02d %02d", 10 + i / 100, i % 100);
	n->people = demo_between(d, 1, 7);
	n->children = n->people < 2 ? 0 : demo_between(d, 0, n->people - 1);
	n->infants = n->children > 0 && demo_dice(d, 5) == 0 ? 1 : 0;
	n->pregnant = n->people > 1 && demo_dice(d, 40) == 0;
	n->disabled = demo_dice(d, 22) == 0;
	n->insulin = demo_dice(d, 60) == 0;
	n->word = n->insulin ? "инсулин" : NULL;
	choose_place(f, n);
	if (i == 400)
		n->phone = NULL;
	if (i == 17) {
		n->name = DEMO_FAMILY_SURNAME " " DEMO_FAMILY_GIVEN " Тұңғышұлы";
		n->phone = DEMO_FAMILY_PHONE;
		n->place = DEMO_FAMILY_PLACE;
		n->note = DEMO_FAMILY_STREET " көшесі, 47-үй";
	}
}

static void
choose_end(struct flood *f, struct flood_need *n)
{
	unsigned at = demo_dice(f->d, 100);

	n->end = at < 88 ? 'd' : at < 94 ? 'r' : 'c';
	if (n->end == 'r')
		n->reason = refusals[demo_dice(f->d, ARRAY_LEN(refusals))];
	else if (n->end == 'c')
		n->reason = endings[demo_dice(f->d, ARRAY_LEN(endings))];
}

/* Every twentieth is one that stood there already; every hundredth only looks like it. */
static void
choose_need(struct flood *f, int i)
{
	static const char *const channels[] = { "phone", "phone", "phone", "phone", "phone", "desk",
		"desk", "public", "public", "paper" };
	struct flood_need *n = &f->needs[i];
	unsigned urgent;

	choose_family(f, n, i);
	n->channel = channels[demo_dice(f->d, ARRAY_LEN(channels))];
	urgent = demo_dice(f->d, 10);
	n->urgency = urgent < 2 ? "now" : urgent < 7 ? "today" : "later";
	n->van = (int)demo_dice(f->d, FLOOD_VANS);
	choose_lines(f, n);
	choose_end(f, n);
	if (i >= 40 && i % 20 == 10) {
		const struct flood_need *was = &f->needs[i - 3];
		bool same = i % 100 != 10;

		n->phone = was->phone;
		n->name = was->name;
		n->district = was->district;
		n->place = was->place;
		n->note = was->note;
		n->people = was->people;
		n->children = was->children;
		n->infants = was->infants;
		if (same) {
			n->end = 'c';
			n->reason = TWICE;
		}
	}
}

/* Loads leave in daylight. */
static int64_t
in_daylight(struct flood *f, int64_t at)
{
	int day = flood_day(f, at);

	if (at < flood_moment(day, 9 * 60 + 30))
		return flood_moment(day, 9 * 60 + 30 + demo_between(f->d, 0, 80));
	if (at > flood_moment(day, 19 * 60))
		return flood_moment(day + 1, 9 * 60 + 30 + demo_between(f->d, 0, 80));
	return at;
}

static int64_t
minutes(struct flood *f, int low, int high)
{
	return (int64_t)demo_between(f->d, low, high) * 60 * US_PER_SECOND;
}

/* What can wait some hours goes on a round, and all fodder, which takes a lorry. */
static bool
on_a_round(const struct flood_need *n)
{
	return n->livestock || strcmp(n->urgency, "now") != 0;
}

/* From the form to its end; each act carries the version that it finds. */
static void
plan_life(struct flood *f, int i, int64_t at)
{
	struct flood_need *n = &f->needs[i];
	bool now = strcmp(n->urgency, "now") == 0;
	int64_t handed;
	int version = 1;
	size_t k;

	flood_act(f, at, do_take, i, 0);
	if (n->phone != NULL && demo_dice(f->d, 5) < 2)
		flood_act(f, at += minutes(f, 5, 40), do_called, i, version++);
	if (i >= 40 && i % 20 == 10 && twin_of(f, i) >= 0)
		flood_act(f, at += minutes(f, 5, 20), do_twin, i, version++);
	if (n->reason != NULL && strcmp(n->reason, TWICE) == 0) {
		flood_act(f, at + minutes(f, 1, 5), do_close, i, version);
		return;
	}
	flood_act(f, at += minutes(f, 5, now ? 30 : 120), do_check, i, version++);
	if (n->end != 'd') {
		flood_act(
		    f, at + minutes(f, 10, 300), n->end == 'r' ? do_refuse : do_close, i, version);
		return;
	}
	flood_act(f, at += minutes(f, 5, now ? 30 : 240), do_assign, i, version++);
	at = in_daylight(f, at + minutes(f, 10, now ? 60 : 480));
	n->loaded = flood_day(f, at);
	for (k = 0; k < n->n; k++)
		f->want[n->loaded][n->line[k].item] += n->line[k].quantity;
	handed = at + minutes(f, 25, 150);
	if (on_a_round(n)) {
		n->ready = at;
		return;
	}
	flood_posts(f, at, do_start, i, version++);
	flood_posts(f, handed, do_deliver, i, version);
}

void
flood_plan_needs(struct flood *f)
{
	/* Of a hundred, by day. */
	static const int came[FLOOD_DAYS] = { 9, 13, 14, 12, 11, 9, 8, 6, 5, 4, 3, 3, 2, 1 };
	int i, day = 0, first = 0, n = came[0] * FLOOD_NEEDS / 100;

	f->needs = arena_array(f->d->cx->arena, struct flood_need, FLOOD_NEEDS);
	for (i = 0; i < FLOOD_NEEDS; i++) {
		if (i == first + n) {
			first = i;
			n = came[++day] * FLOOD_NEEDS / 100;
		}
		choose_need(f, i);
		plan_life(f, i, flood_moment(day, 7 * 60 + 30 + (i - first) * 870 / n));
	}
}
