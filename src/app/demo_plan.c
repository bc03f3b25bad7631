/* demo_plan.c – the year as a list of events before any is written: the named ones, then as many from
 * the themes as each month still needs, then the ways of counting, then counts that fit the sum.
 *
 * Everything is a function of the tables and the fixed chance: no database is read here. */
#include "app/demo_inner.h"

#include <stdlib.h>

/* Events held in each month up to the business day; together 497. */
static const int rhythm[11] = { 27, 49, 72, 20, 61, 44, 24, 46, 60, 69, 25 };
static const char letters[] = "JFMAmjuaSON";
/* Of all 497, by the basis of their count. */
static const int by_basis[] = {
	[NO_COUNT] = 8, [SCANNED] = 61, [LISTED] = 233, [HEADS] = 158, [DECLARED] = 37
};

static struct plan *
add(struct demo *d)
{
	if (d->nplan == PLAN_MAX)
		die("demo: the plan is full");
	return &d->plan[d->nplan++];
}

static void
add_article(struct demo *d, const struct article_event *e, bool counted)
{
	struct plan *p = add(d);

	*p = (struct plan){ .name = e->name,
		.kind = e->kind,
		.programme = e->programme,
		.observance = e->observance,
		.body = e->body,
		.with = e->with,
		.first = e->first,
		.last = e->last,
		.starts = e->starts,
		.place = e->place,
		.lang = e->lang,
		.goal = e->goal,
		.district = demo_place(d, e->district),
		.basis = e->basis,
		.count = e->count,
		.state = e->state,
		.reason = e->reason,
		.counted = counted,
		.from = e };
}

static const struct demo_theme *
draw_theme(struct demo *d, int month)
{
	unsigned all = 0, at;
	size_t i;

	for (i = 0; i < demo_nthemes; i++)
		if (strchr(demo_themes[i].months, letters[month]) != NULL)
			all += (unsigned)demo_themes[i].weight;
	at = demo_dice(d, all);
	for (i = 0;; i++) {
		if (strchr(demo_themes[i].months, letters[month]) == NULL)
			continue;
		if (at < (unsigned)demo_themes[i].weight)
			return &demo_themes[i];
		at -= (unsigned)demo_themes[i].weight;
	}
}

static const struct demo_body *
draw_body(struct demo *d, const char *code)
{
	static const char *const schools[] = { "school-korean", "school-german",
		"school-armenian" };

	if (strcmp(code, "school") == 0)
		return demo_body(d, schools[demo_dice(d, ARRAY_LEN(schools))]);
	if (strcmp(code, "eca") == 0)
		return demo_body(d, arena_printf(d->cx->arena, "eca%02u", 1 + demo_dice(d, 17)));
	return demo_body(d, code);
}

static int
draw_day(struct demo *d, int month, int weekday)
{
	int last = month == 10 ? 15 : day_month_len(2024, month + 1), tries, day = 0;

	for (tries = 0; tries < 60; tries++) {
		int w;

		day = day_make(2024, month + 1, demo_between(d, 1, last));
		w = day_weekday(day);
		if (weekday != 0 ? w == weekday : w != 7)
			break;
	}
	return day;
}

static const char *
filled(struct demo *d, const char *pattern, const char *slot)
{
	const char *at = strstr(pattern, "%s");

	if (at == NULL)
		return pattern;
	return arena_printf(d->cx->arena, "%.*s%s%s", (int)(at - pattern), pattern, slot, at + 2);
}

static struct text3
theme_name(struct demo *d, const struct demo_theme *t, const struct text3 *slot)
{
	return (struct text3){ filled(d, t->name.kk, slot->kk), filled(d, t->name.ru, slot->ru),
		filled(d, t->name.en, slot->en) };
}

static bool
there_already(const struct demo *d, const struct plan *p)
{
	size_t i;

	for (i = 0; i < d->nplan; i++)
		if (strcmp(d->plan[i].name.kk, p->name.kk) == 0 &&
		    llabs(day_number(d->plan[i].first) - day_number(p->first)) < 2)
			return true;
	return false;
}

static struct plan
draw_event(struct demo *d, int month)
{
	static const char *const langs[] = { "kk", "kk_ru", "kk", "kk_ru", "ru" };
	static const char *const halls[] = { "Достық үйі, мәжіліс залы", "Достық үйі, үлкен зал",
		"Достық үйі, 204-кабинет", "Достық үйі, 105-кабинет" };
	static const char *const rooms[] = { "Мәдениет үйі", "Кітапхана", "Мектеп",
		"Аудандық мәслихат залы" };
	static const struct text3 nothing = { "", "", "" };
	const struct demo_theme *t = draw_theme(d, month);
	const struct demo_body *b = draw_body(d, t->body);
	/* Away: any district but the region itself; the city's districts, too. */
	int district =
	    t->away ? 2 + (int)demo_dice(d, (unsigned)d->nplaces - 2) : demo_place(d, "151000000");
	const struct demo_place *place = &d->places[district];
	const struct text3 *slot = t->slot == SLOT_TOPIC
				       ? &t->topics[demo_dice(d, (unsigned)t->ntopics)]
				   : t->slot == SLOT_DISTRICT ? &place->name
				   : t->slot == SLOT_BODY     ? &b->name
							      : &nothing;
	struct plan p = { .name = theme_name(d, t, slot),
		.kind = t->kind,
		.programme = t->programme,
		.body = b->code,
		.starts = t->starts,
		.goal = t->goal,
		.district = district,
		.basis = t->basis,
		.counted = true,
		.free = true,
		.lang = langs[demo_dice(d, ARRAY_LEN(langs))] };

	p.first = draw_day(d, month, t->weekday);
	p.count = demo_between(d, t->low, t->high);
	p.place = t->away ? arena_printf(d->cx->arena, "%s, %s",
				rooms[demo_dice(d, ARRAY_LEN(rooms))], place->centre)
			  : halls[demo_dice(d, ARRAY_LEN(halls))];
	if (demo_dice(d, 5) == 0 && strcmp(b->code, "house") != 0)
		p.with = "house";
	else if (demo_dice(d, 6) == 0)
		p.with = arena_printf(d->cx->arena, "eca%02u", 1 + demo_dice(d, 17));
	if (p.with != NULL && strcmp(p.with, p.body) == 0)
		p.with = NULL;
	return p;
}

static void
fill_months(struct demo *d)
{
	int month;
	size_t i;

	for (month = 0; month < 11; month++) {
		int need = rhythm[month];

		for (i = 0; i < d->nplan; i++)
			need -= d->plan[i].counted && day_month(d->plan[i].first) == month + 1;
		while (need > 0) {
			struct plan p = draw_event(d, month);

			if (there_already(d, &p))
				continue;
			*add(d) = p;
			need--;
		}
		if (need < 0)
			die("demo: month %d has too many named events", month + 1);
	}
}

/* Each basis gets exactly its number: first whoever prefers it, then whoever is left. */
static void
share_bases(struct demo *d)
{
	int left[5];
	bool *done = arena_array(d->cx->arena, bool, d->nplan);
	size_t i, start;
	int b;

	memcpy(left, by_basis, sizeof left);
	for (i = 0; i < d->nplan; i++)
		if (d->plan[i].counted && !d->plan[i].free)
			left[d->plan[i].basis]--;
	for (b = NO_COUNT; b <= DECLARED; b++)
		if (left[b] < 0)
			die("demo: basis %d is named too often", b);
	start = demo_dice(d, (unsigned)d->nplan);
	for (i = 0; i < d->nplan; i++) {
		struct plan *p = &d->plan[(start + i * 11) % d->nplan];
		bool *mine = &done[(start + i * 11) % d->nplan];

		if (p->free && !*mine && left[p->basis] > 0) {
			left[p->basis]--;
			*mine = true;
		}
	}
	for (i = 0; i < d->nplan; i++)
		if (d->plan[i].free && !done[i]) {
			for (b = LISTED; left[b] == 0; b = (b + 1) % 5)
				;
			left[b]--;
			d->plan[i].basis = (enum demo_basis)b;
			/* TRAP: held, nobody knows how many came: unknown is not zero. */
			if (b == NO_COUNT)
				d->plan[i].state = "held";
		}
}

/* Head counts are fitted until the attendances add up. */
static void
fit_sum(struct demo *d)
{
	int64_t sum = 0;
	size_t i, still = 0;

	for (i = 0; i < d->nplan; i++)
		if (d->plan[i].counted && d->plan[i].basis != NO_COUNT)
			sum += d->plan[i].count;
	for (i = 0; sum != DEMO_ATTENDANCES; i = (i + 1) % d->nplan) {
		struct plan *p = &d->plan[i];
		int step = sum < DEMO_ATTENDANCES ? 1 : -1;

		if (!p->free || p->basis != HEADS || p->count + step < 12 ||
		    p->count + step > 190) {
			if (++still > d->nplan)
				die("demo: the attendances cannot be made to fit");
			continue;
		}
		still = 0;
		p->count += step;
		sum += step;
	}
}

static int
by_day(const void *a, const void *b)
{
	const struct plan *x = a, *y = b;

	if (x->first != y->first)
		return x->first - y->first;
	return strcmp(x->name.kk, y->name.kk) != 0 ? strcmp(x->name.kk, y->name.kk)
						   : strcmp(x->body, y->body);
}

int
demo_plan(struct demo *d)
{
	size_t i;

	d->plan = arena_array(d->cx->arena, struct plan, PLAN_MAX);
	d->nplan = 0;
	demo_seed(d, 3);
	for (i = 0; i < demo_narticle; i++)
		add_article(d, &demo_article[i], true);
	fill_months(d);
	share_bases(d);
	fit_sum(d);
	for (i = 0; i < demo_ntraps; i++)
		add_article(d, &demo_traps[i], false);
	qsort(d->plan, d->nplan, sizeof d->plan[0], by_day);
	return RC_OK;
}
