/* sitrep_words.c – the report's whole sentences in three languages, out of frozen values alone. Numbers, cases and
 * hours go through the doors of lang/; an hour is read to its end: 18:00 as "… нөл", hence 18:00-ден. */
#include "mod/sitrep/sitrep_inner.h"

#include <string.h>

#include "lang/counted.h"
#include "lang/kazakh.h"

struct saying {
	struct ctx *cx;
	const struct sit_report *r, *was;
	const char **out;
	size_t n;
};

static const struct ru_noun ru_need = { { "заявка", "заявки", "заявке", "заявку", "заявкой",
					    "заявке" },
	{ "заявки", "заявок", "заявкам", "заявки", "заявками", "заявках" }, false };
static const struct ru_noun ru_person = { { "человек", "человека", "человеку", "человека",
					      "человеком", "человеке" },
	{ "человека", "человек", "человекам", "человек", "людьми", "людях" }, true };
static const struct ru_noun ru_portion = { { "порция", "порции", "порции", "порцию", "порцией",
					       "порции" },
	{ "порции", "порций", "порциям", "порции", "порциями", "порциях" }, false };

static void
add(struct saying *s, const char *text)
{
	if (text != NULL && s->n < SIT_SENTENCES)
		s->out[s->n++] = text;
}

static int64_t
value(const struct saying *s, const char *code)
{
	const struct sit_value *v = sit_value(s->r, code);

	return v == NULL ? 0 : v->value;
}

static int64_t
of_key(const struct saying *s, const char *code, const char *key)
{
	return sit_of_key(sit_value(s->r, code), key);
}

static const char *
hours(struct saying *s, int64_t minutes)
{
	return num_real(s->cx, (double)minutes / 60, 1);
}

static void
clock_of(int64_t at, int *day, int *hour, int *minute)
{
	int second;

	moment_parts(at, day, hour, minute, &second);
}

static const char *
kk_clock(struct saying *s, int64_t at, enum kk_case c)
{
	int day, hour, minute;

	clock_of(at, &day, &hour, &minute);
	return arena_printf(s->cx->arena, "%02d:%02d-%s", hour, minute, kk_num_ending(minute, c));
}

static const char *
plain_clock(struct saying *s, int64_t at)
{
	int day, hour, minute;

	clock_of(at, &day, &hour, &minute);
	return arena_printf(s->cx->arena, "%02d:%02d", hour, minute);
}

/* "In the period …", as a sentence begins. */
static const char *
in_period(struct saying *s)
{
	struct arena *m = s->cx->arena;
	int64_t from = s->r->s.from_at, to = s->r->s.to_at;
	int a = day_of_moment(from), b = day_of_moment(to);

	if (s->cx->lang == LANG_KK)
		return a == b ? arena_printf(m, "%s сағат %s %s дейін", kk_day_of(m, b),
				    kk_clock(s, from, KK_ABL), kk_clock(s, to, KK_DAT))
			      : arena_printf(m, "%s сағат %s %s сағат %s дейін", kk_day_of(m, a),
				    kk_clock(s, from, KK_ABL), kk_day_of(m, b),
				    kk_clock(s, to, KK_DAT));
	if (s->cx->lang == LANG_RU)
		return a == b ? arena_printf(m, "%s, с %s до %s", day_long(s->cx, b),
				    plain_clock(s, from), plain_clock(s, to))
			      : arena_printf(m, "С %s %s до %s %s", plain_clock(s, from),
				    day_long(s->cx, a), plain_clock(s, to), day_long(s->cx, b));
	return a == b ? arena_printf(m, "On %s between %s and %s", day_long(s->cx, b),
			    plain_clock(s, from), plain_clock(s, to))
		      : arena_printf(m, "Between %s on %s and %s on %s", plain_clock(s, from),
			    day_long(s->cx, a), plain_clock(s, to), day_long(s->cx, b));
}

/* How much more waits than at the report before; 0 = nothing to say. */
static int64_t
waits_more(const struct saying *s)
{
	const struct sit_value *was = sit_value(s->was, "needs_waiting");

	return was == NULL ? 0 : value(s, "needs_waiting") - was->value;
}

/* "Bread 200 pcs; blankets 12 pcs", at most six; NULL = nothing. */
static int
goods(struct saying *s, const char *code, const char **out)
{
	enum { MOST = 6 };
	const struct sit_value *v = sit_value(s->r, code);
	struct buf b;
	size_t i;

	*out = NULL;
	if (v == NULL || v->nkeys == 0)
		return RC_OK;
	buf_init(&b, s->cx->arena, 0);
	for (i = 0; i < v->nkeys && i < MOST; i++) {
		const char *label;

		TRY(sit_key_label(s->cx, s->r->s.headquarters, v->figure, v->key[i].key, &label));
		buf_printf(&b, "%s%s – %s", i == 0 ? "" : "; ", label,
		    sit_said(s->cx, v->figure, v->key[i].key, v->key[i].value));
	}
	if (v->nkeys > MOST)
		buf_str(&b, "; …");
	*out = b.p;
	return RC_OK;
}

static int
shorts(struct saying *s, const char **out)
{
	struct sit_short *x;
	struct buf b;
	size_t n, i;

	*out = NULL;
	TRY(sit_shorts(s->cx, s->r, &x, &n));
	buf_init(&b, s->cx->arena, 0);
	for (i = 0; i < n; i++)
		buf_printf(&b, "%s%s – %s", i == 0 ? "" : "; ",
		    kind_title(s->cx, &item_kind, &x[i].item),
		    quantity_text(s->cx, &x[i].item, x[i].asked - x[i].there));
	if (n > 0)
		*out = b.p;
	return RC_OK;
}

/* Portions by who got them, whatever the meal; words[i] in the order of meal_receivers[]. */
static const char *
by_receiver(struct saying *s, const char *const words[4])
{
	const struct sit_value *v = sit_value(s->r, "meals_handed");
	struct buf b;
	size_t i, k;

	buf_init(&b, s->cx->arena, 0);
	for (i = 0; i < 4 && v != NULL; i++) {
		int64_t sum = 0;

		for (k = 0; k < v->nkeys; k++) {
			const char *slash = strchr(v->key[k].key, '/');

			if (slash != NULL && strcmp(slash + 1, meal_receivers[i].code) == 0)
				sum += v->key[k].value;
		}
		if (sum > 0)
			buf_printf(
			    &b, "%s%s – %s", b.n == 0 ? "" : ", ", words[i], num(s->cx, sum));
	}
	return b.p;
}

static int64_t
children(struct saying *s)
{
	return of_key(s, "centre_people", "under5") + of_key(s, "centre_people", "child");
}

/* ---- what all three say alike ---- */

struct words {
	const char *to[4]; /* in the order of meal_receivers[] */
	const char *in, *out, *lack, *enough;
};
static const struct words words[LANG_COUNT] = {
	{ { "құтқарушыларға", "еріктілерге", "эвакуацияланғандарға", "басқаларға" },
	    "Қабылданған тауарлар", "Берілген тауарлар",
	    "Аяқталмаған өтінімдерге жетпейтін тауарлар",
	    "Аяқталмаған өтінімдерге қоймадағы тауар жетеді." },
	{ { "спасателям", "волонтёрам", "эвакуированным", "остальным" }, "Принятые товары",
	    "Выданные товары", "Для незавершённых заявок не хватает",
	    "Для незавершённых заявок товаров на складах достаточно." },
	{ { "rescuers", "volunteers", "evacuees", "others" }, "Goods received", "Goods given",
	    "For the needs that are not finished there lacks",
	    "The stores hold enough for the needs that are not finished." },
};

/* "Goods given: …."; what is NULL is not said. */
static void
add_list(struct saying *s, const char *head, const char *list)
{
	if (list != NULL)
		add(s, arena_printf(s->cx->arena, "%s: %s.", head, list));
}

static int
add_goods(struct saying *s)
{
	const struct words *w = &words[s->cx->lang];
	const char *in, *out, *lack;

	TRY(goods(s, "goods_received", &in));
	TRY(goods(s, "goods_delivered", &out));
	TRY(shorts(s, &lack));
	add_list(s, w->in, in);
	add_list(s, w->out, out);
	add_list(s, w->lack, lack);
	if (lack == NULL)
		add(s, w->enough);
	return RC_OK;
}

/* ---- Kazakh ---- */

static void
kk_needs(struct saying *s)
{
	struct ctx *cx = s->cx;
	struct arena *m = cx->arena;
	int64_t median = value(s, "needs_hours"), refused = value(s, "needs_refused"),
		urgent = of_key(s, "needs_waiting", "now"), more = waits_more(s);

	add(s, arena_printf(m, "%s %s өтінім қабылданды, %s өтінім бойынша көмек жеткізілді%s.",
		   in_period(s), num(cx, value(s, "needs_taken")),
		   num(cx, value(s, "needs_delivered")),
		   median == INT_NONE ? ""
				      : arena_printf(m, ", олардың жартысына – %s сағат ішінде",
					    hours(s, median))));
	if (refused > 0)
		add(s,
		    arena_printf(m, "%s өтінім себебі көрсетіліп қайтарылды.", num(cx, refused)));
	add(s, arena_printf(m, "Сағат %sгі жағдай бойынша %s өтінім аяқталмаған%s%s.",
		   kk_clock(s, s->r->s.to_at, KK_LOC), num(cx, value(s, "needs_waiting")),
		   urgent > 0 ? arena_printf(m, ", оның ішінде шұғылы – %s", num(cx, urgent)) : "",
		   more == 0 ? ""
			     : arena_printf(m, ", бұл алдыңғы мәліметпен салыстырғанда %s %s %s",
				   num(cx, more > 0 ? more : -more),
				   kk_word(m, "өтінім", KK_DAT, false), more > 0 ? "көп" : "аз")));
}

static void
kk_centres(struct saying *s)
{
	struct ctx *cx = s->cx;
	struct arena *m = cx->arena;

	add(s, arena_printf(m,
		   "Эвакуациялық орталықтарда %s адам бар, оның ішінде бала саны – %s; осы уақытта "
		   "%s адам келді, %s адам кетті.",
		   num(cx, value(s, "centre_people")), num(cx, children(s)),
		   num(cx, value(s, "arrivals")), num(cx, value(s, "departures"))));
}

static const char *
kk_meals(struct saying *s, int64_t portions, const char *whom)
{
	return arena_printf(
	    s->cx->arena, "%s порция ыстық тамақ таратылды: %s.", num(s->cx, portions), whom);
}

static const char *
kk_helpers(struct saying *s, int64_t came)
{
	return arena_printf(s->cx->arena, "Ауысымға %s ерікті келді.", num(s->cx, came));
}

/* ---- Russian ---- */

static void
ru_needs(struct saying *s)
{
	struct ctx *cx = s->cx;
	struct arena *m = cx->arena;
	int64_t median = value(s, "needs_hours"), refused = value(s, "needs_refused"),
		urgent = of_key(s, "needs_waiting", "now"), more = waits_more(s);

	add(s, arena_printf(m, "%s поступило: %s; доставлено: %s%s.", in_period(s),
		   ru_counted(m, value(s, "needs_taken"), &ru_need, RU_NOM),
		   num(cx, value(s, "needs_delivered")),
		   median == INT_NONE ? ""
				      : arena_printf(m, ", половина из них – не дольше чем за %s ч",
					    hours(s, median))));
	if (refused > 0)
		add(s, arena_printf(m, "Отказано с указанием причины: %s.",
			   ru_counted(m, refused, &ru_need, RU_NOM)));
	add(s, arena_printf(m, "На %s не завершено: %s%s%s.", plain_clock(s, s->r->s.to_at),
		   ru_counted(m, value(s, "needs_waiting"), &ru_need, RU_NOM),
		   urgent > 0 ? arena_printf(m, ", из них срочных – %s", num(cx, urgent)) : "",
		   more == 0 ? ""
			     : arena_printf(m, ", на %s %s, чем в предыдущем донесении",
				   ru_counted(m, more > 0 ? more : -more, &ru_need, RU_ACC),
				   more > 0 ? "больше" : "меньше")));
}

static void
ru_centres(struct saying *s)
{
	struct ctx *cx = s->cx;
	struct arena *m = cx->arena;

	add(s,
	    arena_printf(m,
		"В эвакуационных центрах %s, из них детей – %s; за это время прибыло: %s, "
		"выбыло: %s.",
		ru_counted(m, value(s, "centre_people"), &ru_person, RU_NOM), num(cx, children(s)),
		num(cx, value(s, "arrivals")), num(cx, value(s, "departures"))));
}

static const char *
ru_meals(struct saying *s, int64_t portions, const char *whom)
{
	struct arena *m = s->cx->arena;

	return arena_printf(m, "Выдано горячего питания: %s (%s).",
	    ru_counted(m, portions, &ru_portion, RU_NOM), whom);
}

static const char *
ru_helpers(struct saying *s, int64_t came)
{
	return arena_printf(s->cx->arena, "На смены вышли волонтёры: %s.", num(s->cx, came));
}

/* ---- English ---- */

static void
en_needs(struct saying *s)
{
	struct ctx *cx = s->cx;
	struct arena *m = cx->arena;
	int64_t median = value(s, "needs_hours"), refused = value(s, "needs_refused"),
		urgent = of_key(s, "needs_waiting", "now"), more = waits_more(s);

	add(s, arena_printf(m, "%s %s taken and %s delivered%s.", in_period(s),
		   en_counted(m, value(s, "needs_taken"), "need was", "needs were"),
		   num(cx, value(s, "needs_delivered")),
		   median == INT_NONE
		       ? ""
		       : arena_printf(m, ", half of them within %s h", hours(s, median))));
	if (refused > 0)
		add(s, arena_printf(m, "%s turned down, with the reason.",
			   en_counted(m, refused, "need was", "needs were")));
	add(s, arena_printf(m, "At %s %s not finished%s%s.", plain_clock(s, s->r->s.to_at),
		   en_counted(m, value(s, "needs_waiting"), "need was", "needs were"),
		   urgent > 0 ? arena_printf(m, ", of them urgent: %s", num(cx, urgent)) : "",
		   more == 0 ? ""
			     : arena_printf(m, ", %s %s than in the report before",
				   num(cx, more > 0 ? more : -more), more > 0 ? "more" : "fewer")));
}

static void
en_centres(struct saying *s)
{
	struct ctx *cx = s->cx;
	struct arena *m = cx->arena;

	add(s,
	    arena_printf(m,
		"In the evacuation centres there are %s, of them children: %s; meanwhile %s "
		"arrived and %s left.",
		en_counted(m, value(s, "centre_people"), "person", "people"), num(cx, children(s)),
		num(cx, value(s, "arrivals")), num(cx, value(s, "departures"))));
}

static const char *
en_meals(struct saying *s, int64_t portions, const char *whom)
{
	struct arena *m = s->cx->arena;

	return arena_printf(m, "%s of hot food handed out: %s.",
	    en_counted(m, portions, "portion was", "portions were"), whom);
}

static const char *
en_helpers(struct saying *s, int64_t came)
{
	return arena_printf(s->cx->arena, "%s to a shift.",
	    en_counted(s->cx->arena, came, "volunteer came", "volunteers came"));
}

int
sit_sentences(struct ctx *cx, const struct sit_report *r, const struct sit_report *was,
    const char *out[SIT_SENTENCES], size_t *n)
{
	static const struct {
		void (*needs)(struct saying *), (*centres)(struct saying *);
		const char *(*meals)(struct saying *, int64_t portions, const char *whom);
		const char *(*helpers)(struct saying *, int64_t came);
	} in[LANG_COUNT] = {
		{ kk_needs, kk_centres, kk_meals, kk_helpers },
		{ ru_needs, ru_centres, ru_meals, ru_helpers },
		{ en_needs, en_centres, en_meals, en_helpers },
	};
	struct saying s = { cx, r, was, out, 0 };
	int64_t portions, came;

	in[cx->lang].needs(&s);
	if (value(&s, "centre_people") + value(&s, "arrivals") + value(&s, "departures") > 0)
		in[cx->lang].centres(&s);
	portions = value(&s, "meals_handed");
	if (portions > 0)
		add(&s, in[cx->lang].meals(&s, portions, by_receiver(&s, words[cx->lang].to)));
	TRY(add_goods(&s));
	came = value(&s, "volunteers");
	if (came > 0)
		add(&s, in[cx->lang].helpers(&s, came));
	*n = s.n;
	return RC_OK;
}
