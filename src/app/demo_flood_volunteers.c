/* demo_flood_volunteers.c – forty shifts in kitchens, store and centres, with those who signed up, came and left.
 *
 * TRAP: some signed up and did not come; one came late and stayed longer than the shift. */
#include "app/demo_flood.h"

#include "mod/volunteer/volunteer.h"

enum { SHIFTS = 40, VOLUNTEERS = 24, A_SHIFT = 4 };
struct flood_volunteers {
	int64_t who[VOLUNTEERS], shift[SHIFTS], signup[SHIFTS][A_SHIFT];
	const char *name[VOLUNTEERS];
};
static const struct {
	struct text3 task;
	int from, upto; /* minutes of the day */
} tasks[3] = {
	{ { "Асханада көмектесу", "Помощь на кухне", "Help in the kitchen" }, 8 * 60, 12 * 60 },
	{ { "Қоймада жүк тиеу, себет жинау", "Погрузка и сбор корзин на складе",
	      "Loading and packing in the store" },
	    13 * 60, 17 * 60 },
	{ { "Эвакуация орталығында балалармен ойын", "Занятия с детьми в центре эвакуации",
	      "Time with children in a centre" },
	    17 * 60 + 30, 20 * 60 },
};

static struct flood_volunteers *
all(const struct flood *f)
{
	return f->volunteers;
}

static int
day_of(int shift)
{
	return 1 + shift / 3;
}

static int
do_join(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	struct volunteer_in in = { .name = all(f)->name[a->i],
		.phone = arena_printf(f->d->cx->arena, "+7 700 000 50 %02d", a->i),
		.birth_year = 1972 + a->i,
		.languages = a->i % 3 == 0 ? "kk" : "kk,ru",
		.desk = true };
	char code[RELIEF_CODE + 1];
	bool again;

	(void)tx;
	relief_code_of((unsigned)(((uint64_t)a->i * 10000019 + 66666666) % 79999999), code);
	in.code = code;
	TRY(volunteer_take(f->d->cx, &in, &all(f)->who[a->i], &again));
	return volunteer_brief(f->d->cx, all(f)->who[a->i]);
}

static int
do_shift(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	struct shift s;
	struct shift_need n;

	kind_empty(&shift_kind, &s);
	s.headquarters = f->headquarters;
	s.task = tasks[a->i % 3].task;
	s.starts_at = flood_moment(day_of(a->i), tasks[a->i % 3].from);
	s.ends_at = flood_moment(day_of(a->i), tasks[a->i % 3].upto);
	s.relief_place = a->i % 3 == 0	 ? f->kitchen[a->i % 2]
			 : a->i % 3 == 2 ? f->centre[a->i % FLOOD_CENTRES]
					 : 0;
	s.place = a->i % 3 == 1 ? "Негізгі қойма" : NULL;
	s.open = true;
	TRY(kind_insert_tx(f->d->cx, tx, &shift_kind, &s));
	all(f)->shift[a->i] = s.rec.id;
	kind_empty(&shift_need_kind, &n);
	n.shift = s.rec.id;
	n.role = "helper";
	n.people = A_SHIFT + a->i % 3;
	return kind_insert_tx(f->d->cx, tx, &shift_need_kind, &n);
}

static int
do_sign(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	struct signing in = { .volunteer = all(f)->who[(a->i * A_SHIFT + a->j) % VOLUNTEERS],
		.wish = { all(f)->shift[a->i], "helper" } };

	(void)tx;
	return shift_sign(f->d->cx, &in, &all(f)->signup[a->i][a->j]);
}

static int
do_come(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	(void)tx;
	return shift_arrive(f->d->cx, all(f)->signup[a->i][a->j], a->at);
}

static int
do_go(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	(void)tx;
	return shift_leave(f->d->cx, all(f)->signup[a->i][a->j], a->at);
}

static int
do_miss(struct flood *f, struct tx *tx, const struct flood_act *a)
{
	(void)tx;
	return shift_no_show(f->d->cx, all(f)->signup[a->i][a->j]);
}

static void
plan_shift(struct flood *f, int i)
{
	int day = day_of(i), from = tasks[i % 3].from, upto = tasks[i % 3].upto, k;

	flood_act(f, flood_moment(day - 1, 16 * 60 + 30), do_shift, i, 0);
	for (k = 0; k < A_SHIFT; k++) {
		bool late = i == 10 && k == 1;

		flood_act(f, flood_moment(day - 1, 18 * 60 + 5 * k), do_sign, i, k);
		if ((i * A_SHIFT + k) % 23 == 7) {
			flood_act(f, flood_moment(day, upto + 5), do_miss, i, k);
			continue;
		}
		flood_act(f, flood_moment(day, from + k + (late ? 70 : 0)), do_come, i, k);
		flood_act(f, flood_moment(day, upto - k + (late ? 25 : 0)), do_go, i, k);
	}
}

void
flood_plan_volunteers(struct flood *f)
{
	int i;

	f->volunteers = arena_new(f->d->cx->arena, struct flood_volunteers);
	for (i = 0; i < VOLUNTEERS; i++) {
		struct demo_name n;

		demo_name(f->d, i % 2 == 0, &n);
		all(f)->name[i] = arena_printf(f->d->cx->arena, "%s %s", n.surname, n.given);
		flood_act(f, flood_moment(0, 15 * 60 + 2 * i), do_join, i, 0);
	}
	for (i = 0; i < SHIFTS; i++)
		plan_shift(f, i);
}
