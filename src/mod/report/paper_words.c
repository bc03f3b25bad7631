/* paper_words.c – the report's whole sentences in three languages.
 *
 * They read cells and never a figure, so that a frozen paper says what it said on its day. Every number
 * and case goes through the doors of lang/. */
#include "mod/report/paper_inner.h"

#include <math.h>

#include "lang/counted.h"
#include "lang/kazakh.h"

struct saying {
	struct ctx *cx;
	const struct paper *p;
	const char **out;
	size_t n;
	const char *in_period; /* "In 2024", as a sentence begins */
};

static void
add(struct saying *s, const char *text)
{
	if (text != NULL && s->n < PAPER_SENTENCES)
		s->out[s->n++] = text;
}

static const struct paper_row *
row(const struct saying *s, const char *code)
{
	const struct paper_row *r = paper_find(s->p, "figures", code);

	return r != NULL && r->now.known ? r : NULL;
}

/* In a sentence the sign becomes a word. */
static const char *
said_value(struct saying *s, const struct paper_cell *c)
{
	static const char *const words[LANG_COUNT][UNKNOWN + 1] = {
		{ "", "кемінде ", "шамамен ", "" },
		{ "", "не менее ", "около ", "" },
		{ "", "at least ", "about ", "" },
	};

	if (!c->known)
		return tr(s->cx, "not known");
	return arena_printf(s->cx->arena, "%s%s", words[s->cx->lang][c->exactness],
	    paper_digits(s->cx, c->figure, c->value));
}

static const char *
count(struct saying *s, const char *code)
{
	const struct paper_row *r = row(s, code);

	return r == NULL ? tr(s->cx, "not known") : said_value(s, &r->now);
}

static bool
from_new_year(const struct paper *p)
{
	return p->cut && p->period.shape == PERIOD_YEAR;
}

/* A period that was cut is named by its days; so is one that has no name. */
static const char *
in_period(struct ctx *cx, const struct paper *p)
{
	static const char *const begun[LANG_COUNT] = { "Жыл басынан бастап", "С начала года",
		"Since the beginning of the year" };
	struct arena *m = cx->arena;
	const struct period *d = &p->period;
	const char *range = day_range(cx, p->ask.from, p->ask.to);

	if (from_new_year(p))
		return begun[cx->lang];
	if (p->ask.from == p->ask.to)
		return cx->lang == LANG_KK   ? arena_printf(m, "%s күні", range)
		       : cx->lang == LANG_RU ? range
					     : arena_printf(m, "On %s", range);
	if (p->cut || d->shape == PERIOD_DAYS)
		return cx->lang == LANG_KK   ? arena_printf(m, "%s аралығында", range)
		       : cx->lang == LANG_RU ? arena_printf(m, "За период %s", range)
					     : arena_printf(m, "In the period %s", range);
	switch (cx->lang) {
	case LANG_KK:
		switch (d->shape) {
		case PERIOD_YEAR:
			return arena_printf(m, "%d жылы", d->year);
		case PERIOD_HALF:
			return arena_printf(m, "%d жылдың %d-жартыжылдығында", d->year, d->number);
		case PERIOD_QUARTER:
			return arena_printf(m, "%d жылдың %d-тоқсанында", d->year, d->number);
		default:
			return arena_printf(
			    m, "%d жылғы %s айында", d->year, paper_small_month(cx, d->number));
		}
	case LANG_RU:
		return arena_printf(m, "За %s", paper_plain_period(cx, d));
	case LANG_EN:
	case LANG_COUNT:
		break;
	}
	return arena_printf(m, "In %s", paper_plain_period(cx, d));
}

/* How much more or less than a year before; d = 0 and NULL where nothing can be said. */
struct gap {
	int64_t by;
	bool more, exact;
	const char *share;
};

static bool
changed(struct saying *s, const struct paper_row *r, struct gap *out)
{
	double d;

	if (r == NULL || !paper_comparable(r) || r->last.value <= 0)
		return false;
	d = r->now.value - r->last.value;
	*out = (struct gap){ llround(fabs(d)), d > 0, paper_exact(r),
		paper_share(s->cx, fabs(d), r->last.value, paper_exact(r)) };
	return true;
}

/* Districts and cities where nothing was held, by name; NULL = none, or nobody asked. */
static const char *
empty_places(struct saying *s, int64_t *n)
{
	struct buf b;
	size_t i, j;

	*n = 0;
	buf_init(&b, s->cx->arena, 0);
	for (i = 0; i < s->p->ntables; i++) {
		const struct paper_table *t = &s->p->table[i];

		for (j = 0; strcmp(t->code, "events_by_district") == 0 && j < t->n; j++)
			if (t->row[j].now.ask.district != 0 && t->row[j].now.known &&
			    t->row[j].now.value == 0) {
				buf_printf(&b, "%s%s", b.n > 0 ? ", " : "",
				    paper_label(s->cx, &t->row[j].label));
				++*n;
			}
	}
	return *n == 0 ? NULL : b.p;
}

/* ---- Kazakh ---- */

static void
kk_events(struct saying *s, const struct paper_row *e)
{
	struct arena *m = s->cx->arena;
	const char *held =
	    arena_printf(m, "%s %s іс-шара өткізілді", s->in_period, paper_value(s->cx, &e->now));
	struct gap c;

	if (!changed(s, e, &c))
		add(s, arena_printf(m, "%s.", held));
	else if (c.by == 0)
		add(s, arena_printf(m, "%s, бұл өткен жылғы сәйкес кезеңдегі санға тең.", held));
	else
		add(s, arena_printf(m,
			   "%s, бұл өткен жылғы сәйкес кезеңмен салыстырғанда %s %s (%s) %s.", held,
			   num(s->cx, c.by), kk_word(m, "іс-шара", KK_DAT, false), c.share,
			   c.more ? "көп" : "аз"));
}

static void
kk_people(struct saying *s)
{
	struct arena *m = s->cx->arena;
	const struct paper_row *r = row(s, "participants_total");
	struct gap c;
	const char *said = arena_printf(m, "Қатысу саны – %s, бірегей қатысушылар саны – %s",
	    count(s, "participants_total"), count(s, "participants_unique"));

	if (!changed(s, r, &c) || c.by == 0)
		add(s, arena_printf(m, "%s.", said));
	else
		add(s,
		    arena_printf(m,
			"%s. Қатысу саны өткен жылғы сәйкес кезеңмен салыстырғанда %s%s (%s) %s.",
			said, c.exact ? "" : "шамамен ", kk_num(m, c.by, KK_DAT), c.share,
			c.more ? "көп" : "аз"));
}

static void
kk_rest(struct saying *s, const struct paper_row *e)
{
	struct arena *m = s->cx->arena;
	const struct paper_row *without = row(s, "events_without_count"),
			       *members = row(s, "eca_members"), *eca = row(s, "eca_count");
	const char *places;
	int64_t n;

	if (e->plan.target != 0)
		add(s, arena_printf(m, "%s жоспары – %s іс-шара, орындалуы – %s.",
			   day_range(s->cx, e->plan.from, e->plan.to),
			   paper_col_text(s->cx, e, COL_PLAN), paper_col_text(s->cx, e, COL_DONE)));
	if (eca != NULL && members != NULL)
		add(s,
		    arena_printf(m,
			"%s жағдай бойынша %s этномәдени бірлестік жұмыс істейді, олардағы мүшелік "
			"саны – %s (бір жыл бұрын тиісінше %s және %s).",
			kk_day_of(m, s->p->ask.on), paper_value(s->cx, &eca->now),
			paper_value(s->cx, &members->now), paper_value(s->cx, &eca->last),
			paper_value(s->cx, &members->last)));
	places = empty_places(s, &n);
	if (places != NULL)
		add(s, arena_printf(m, "Іс-шара өткізілмеген аудандар мен қалалар саны – %s: %s.",
			   num(s->cx, n), places));
	if (without != NULL && without->now.value > 0)
		add(s, arena_printf(m,
			   "%s %s қатысушылар саны белгісіз, олар қатысу санына қосылмады.",
			   num(s->cx, (int64_t)without->now.value),
			   kk_word(m, "іс-шара", KK_GEN, false)));
}

/* ---- Russian ---- */

static const struct ru_noun ru_event = { { "мероприятие", "мероприятия", "мероприятию",
					     "мероприятие", "мероприятием", "мероприятии" },
	{ "мероприятия", "мероприятий", "мероприятиям", "мероприятия", "мероприятиями",
	    "мероприятиях" },
	false };

static const char *
ru_events_text(struct saying *s, double n, enum ru_case c)
{
	return ru_counted(s->cx->arena, (int64_t)llround(n), &ru_event, c);
}

static void
ru_events(struct saying *s, const struct paper_row *e)
{
	struct arena *m = s->cx->arena;
	const char *held = arena_printf(
	    m, "%s проведено %s", s->in_period, ru_events_text(s, e->now.value, RU_NOM));
	struct gap c;

	if (!changed(s, e, &c))
		add(s, arena_printf(m, "%s.", held));
	else if (c.by == 0)
		add(s, arena_printf(
			   m, "%s – столько же, сколько за тот же период прошлого года.", held));
	else
		add(s, arena_printf(m, "%s, что на %s (%s) %s, чем за тот же период прошлого года.",
			   held, ru_events_text(s, (double)c.by, RU_ACC), c.share,
			   c.more ? "больше" : "меньше"));
}

static void
ru_people(struct saying *s)
{
	struct arena *m = s->cx->arena;
	const char *said = arena_printf(m, "Посещений – %s, уникальных участников – %s",
	    count(s, "participants_total"), count(s, "participants_unique"));
	struct gap c;

	if (!changed(s, row(s, "participants_total"), &c) || c.by == 0)
		add(s, arena_printf(m, "%s.", said));
	else
		add(s, arena_printf(m,
			   "%s. Посещений %sна %s (%s) %s, чем за тот же период прошлого года.",
			   said, c.exact ? "" : "примерно ", num(s->cx, c.by), c.share,
			   c.more ? "больше" : "меньше"));
}

static void
ru_rest(struct saying *s, const struct paper_row *e)
{
	struct arena *m = s->cx->arena;
	const struct paper_row *without = row(s, "events_without_count"),
			       *members = row(s, "eca_members"), *eca = row(s, "eca_count");
	const char *places;
	int64_t n;

	if (e->plan.target != 0)
		add(s, arena_printf(m, "План на %s – %s, выполнен на %s.",
			   day_range(s->cx, e->plan.from, e->plan.to),
			   ru_events_text(s, e->plan.value, RU_NOM),
			   paper_col_text(s->cx, e, COL_DONE)));
	if (eca != NULL && members != NULL)
		add(s, arena_printf(m,
			   "Этнокультурных объединений на %s – %s, членств в них – %s (годом ранее "
			   "– %s "
			   "и %s).",
			   day_long(s->cx, s->p->ask.on), paper_value(s->cx, &eca->now),
			   paper_value(s->cx, &members->now), paper_value(s->cx, &eca->last),
			   paper_value(s->cx, &members->last)));
	places = empty_places(s, &n);
	if (places != NULL)
		add(s,
		    arena_printf(m, "Районов и городов, где мероприятия не проводились, – %s: %s.",
			num(s->cx, n), places));
	if (without != NULL && without->now.value > 0)
		add(s, arena_printf(m,
			   "Число участников %s неизвестно; в число посещений они не вошли.",
			   ru_events_text(s, without->now.value, RU_GEN)));
}

/* ---- English ---- */

static void
en_events(struct saying *s, const struct paper_row *e)
{
	struct arena *m = s->cx->arena;
	const char *held = arena_printf(m, "%s, %s held", s->in_period,
	    en_counted(m, (int64_t)e->now.value, "event was", "events were"));
	struct gap c;

	if (!changed(s, e, &c))
		add(s, arena_printf(m, "%s.", held));
	else if (c.by == 0)
		add(s,
		    arena_printf(m, "%s, as many as in the same period of the year before.", held));
	else
		add(s, arena_printf(m, "%s, %s (%s) %s than in the same period of the year before.",
			   held, num(s->cx, c.by), c.share, c.more ? "more" : "fewer"));
}

static void
en_people(struct saying *s)
{
	struct arena *m = s->cx->arena;
	const char *said = arena_printf(m, "Attendances: %s; unique participants: %s",
	    count(s, "participants_total"), count(s, "participants_unique"));
	struct gap c;

	if (!changed(s, row(s, "participants_total"), &c) || c.by == 0)
		add(s, arena_printf(m, "%s.", said));
	else
		add(s, arena_printf(m,
			   "%s. Attendances are %s%s (%s) %s than in the same period of the year "
			   "before.",
			   said, c.exact ? "" : "about ", num(s->cx, c.by), c.share,
			   c.more ? "more" : "fewer"));
}

static void
en_rest(struct saying *s, const struct paper_row *e)
{
	struct arena *m = s->cx->arena;
	const struct paper_row *without = row(s, "events_without_count"),
			       *members = row(s, "eca_members"), *eca = row(s, "eca_count");
	const char *places;
	int64_t n;

	if (e->plan.target != 0)
		add(s, arena_printf(m, "The plan for %s is %s; %s of it is done.",
			   day_range(s->cx, e->plan.from, e->plan.to),
			   en_counted(m, (int64_t)e->plan.value, "event", "events"),
			   paper_col_text(s->cx, e, COL_DONE)));
	if (eca != NULL && members != NULL)
		add(s, arena_printf(m,
			   "Ethnocultural associations on %s: %s, with %s memberships (a year "
			   "before: %s and %s).",
			   day_long(s->cx, s->p->ask.on), paper_value(s->cx, &eca->now),
			   paper_value(s->cx, &members->now), paper_value(s->cx, &eca->last),
			   paper_value(s->cx, &members->last)));
	places = empty_places(s, &n);
	if (places != NULL)
		add(s, arena_printf(m, "Districts and cities without events: %s (%s).",
			   num(s->cx, n), places));
	if (without != NULL && without->now.value > 0)
		add(s, arena_printf(m, "%s without a count; they add nothing to the attendances.",
			   en_counted(m, (int64_t)without->now.value, "event is", "events are")));
}

size_t
paper_sentences(struct ctx *cx, const struct paper *p, const char *out[PAPER_SENTENCES])
{
	static const struct {
		void (*events)(struct saying *, const struct paper_row *);
		void (*people)(struct saying *);
		void (*rest)(struct saying *, const struct paper_row *);
	} in[LANG_COUNT] = { { kk_events, kk_people, kk_rest }, { ru_events, ru_people, ru_rest },
		{ en_events, en_people, en_rest } };
	struct saying s = { cx, p, out, 0, in_period(cx, p) };
	const struct paper_row *e = row(&s, "events_total");

	if (e == NULL)
		return 0;
	in[cx->lang].events(&s, e);
	in[cx->lang].people(&s);
	in[cx->lang].rest(&s, e);
	return s.n;
}
