/* recur_text.c – see recur_text.h. Each language has its own grammar, so each has its own functions and tables. */
#include "lang/recur_text.h"

#include "base/utf8.h"
#include "lang/counted.h"

enum { DAYS_A_WEEK = 7, EVERY_DAY = 127 };

static bool
given(const char *s)
{
	return s != NULL && *s != '\0';
}

static int
weekdays_of(const struct recur *r, int out[DAYS_A_WEEK])
{
	int d, n = 0;

	for (d = 1; d <= DAYS_A_WEEK; d++)
		if ((r->weekdays >> (d - 1) & 1) != 0)
			out[n++] = d;
	return n;
}

/* "a, b and c" from words of one list, 1 = Monday. */
static const char *
listed(struct arena *a, const struct recur *r, const char *const words[DAYS_A_WEEK + 1],
    const char *and)
{
	int day[DAYS_A_WEEK], n = weekdays_of(r, day), i;
	struct buf b;

	buf_init(&b, a, 0);
	for (i = 0; i < n; i++)
		buf_printf(&b, "%s%s", i == 0 ? "" : i == n - 1 ? and : ", ", words[day[i]]);
	return b.p;
}

static const char *
own_words(const struct ctx *cx, const struct recur *r, const char *and)
{
	const char *words[DAYS_A_WEEK + 1] = { "" };
	int d;

	for (d = 1; d <= DAYS_A_WEEK; d++)
		words[d] = weekday_name(cx, d);
	return listed(cx->arena, r, words, and);
}

static bool
single(const struct recur *r)
{
	return (r->weekdays & (r->weekdays - 1)) == 0;
}

static int
only_weekday(const struct recur *r)
{
	int day[DAYS_A_WEEK];

	return weekdays_of(r, day) == 0 ? 0 : day[0];
}

/* The row of an ordinal table: 0 … 3, and 4 for the last. */
static int
ordinal_row(const struct recur *r)
{
	return r->nth == RECUR_LAST ? 4 : r->nth - 1;
}

/* ---- Kazakh ---- */

const char *
kk_hour(struct arena *a, const char *hour, enum kk_case c)
{
	const char *p = hour;
	int h = day_digits(&p, 2), m = *p == ':' ? (p++, day_digits(&p, 2)) : -1;

	if (h < 0 || m < 0)
		return hour;
	return c == KK_NOM ? hour
			   : arena_printf(a, "%s-%s", hour, kk_num_ending(m == 0 ? h : m, c));
}

static const char *
kk_month_day(struct arena *a, const struct recur *r)
{
	const char *day = r->dom == 31 ? "соңғы күні" : kk_ordinal_before(a, r->dom, "күні");

	return r->dom == 29 || r->dom == 30 ? arena_printf(a, "%s (қысқа айда – соңғы күні)", day)
					    : day;
}

static const char *
kk_rule(const struct ctx *cx, const struct recur *r)
{
	static const char *const ordinal[] = { "бірінші", "екінші", "үшінші", "төртінші", "соңғы" };
	struct arena *a = cx->arena;
	bool week = r->kind == RECUR_WEEKS;
	const char *of = r->every == 1 ? (week ? "әр аптаның" : "әр айдың")
				       : arena_printf(a, "%d %s бір рет,%s", r->every,
					     kk_word(a, week ? "апта" : "ай", KK_LOC, false),
					     week ? "" : " айдың");

	if (week && r->every == 1 && r->weekdays == EVERY_DAY)
		return "күн сайын";
	if (week && r->every == 1 && single(r))
		return arena_printf(a, "әр %s сайын", weekday_name(cx, only_weekday(r)));
	if (week)
		return arena_printf(
		    a, "%s %s %s", of, own_words(cx, r, " және "), single(r) ? "күні" : "күндері");
	if (r->kind == RECUR_MONTH_DAY)
		return arena_printf(a, "%s %s", of, kk_month_day(a, r));
	return arena_printf(
	    a, "%s %s %s күні", of, ordinal[ordinal_row(r)], weekday_name(cx, r->weekday));
}

static const char *
kk_hours(struct arena *a, const char *starts, const char *ends)
{
	return given(ends) ? arena_printf(a, "сағат %s %s дейін", kk_hour(a, starts, KK_ABL),
				 kk_hour(a, ends, KK_DAT))
			   : arena_printf(a, "сағат %s", kk_hour(a, starts, KK_LOC));
}

/* ---- Russian ---- */

static const char *const ru_dative[] = { "", "понедельникам", "вторникам", "средам", "четвергам",
	"пятницам", "субботам", "воскресеньям" };
static const char *const ru_accusative[] = { "", "понедельник", "вторник", "среду", "четверг",
	"пятницу", "субботу", "воскресенье" };
static const int ru_gender[] = { 0, 0, 0, 1, 0, 1, 1, 2 }; /* masculine, feminine, neuter */

static const struct ru_noun ru_week = { { "неделя", "недели", "неделе", "неделю", "неделей",
					    "неделе" },
	{ "недели", "недель", "неделям", "недели", "неделями", "неделях" }, false };
static const struct ru_noun ru_month = { { "месяц", "месяца", "месяцу", "месяц", "месяцем",
					     "месяце" },
	{ "месяцы", "месяцев", "месяцам", "месяцы", "месяцами", "месяцах" }, false };

static const char *
ru_weeks(struct arena *a, const struct recur *r)
{
	static const char *const each[] = { "каждый", "каждую", "каждое" };
	int day = only_weekday(r);

	if (r->every == 1 && r->weekdays == EVERY_DAY)
		return "ежедневно";
	if (r->every == 1 && single(r))
		return arena_printf(a, "%s %s", each[ru_gender[day]], ru_accusative[day]);
	if (r->every == 1)
		return arena_printf(a, "по %s", listed(a, r, ru_dative, " и "));
	return arena_printf(a, "раз в %s, по %s", ru_counted(a, r->every, &ru_week, RU_ACC),
	    listed(a, r, ru_dative, " и "));
}

static const char *
ru_month_day(struct arena *a, const struct recur *r)
{
	static const char *const ordinal[][3] = { { "в первый", "в первую", "в первое" },
		{ "во второй", "во вторую", "во второе" }, { "в третий", "в третью", "в третье" },
		{ "в четвёртый", "в четвёртую", "в четвёртое" },
		{ "в последний", "в последнюю", "в последнее" } };

	if (r->kind == RECUR_MONTH_NTH)
		return arena_printf(a, "%s %s", ordinal[ordinal_row(r)][ru_gender[r->weekday]],
		    ru_accusative[r->weekday]);
	return r->dom == 31 ? "в последний день" : arena_printf(a, "%d-го числа", r->dom);
}

static const char *
ru_rule(const struct ctx *cx, const struct recur *r)
{
	struct arena *a = cx->arena;
	const char *day, *shorter = r->kind == RECUR_MONTH_DAY && (r->dom == 29 || r->dom == 30)
					? " (в коротком месяце – в последний день)"
					: "";

	if (r->kind == RECUR_WEEKS)
		return ru_weeks(a, r);
	day = ru_month_day(a, r);
	return r->every == 1 ? arena_printf(a, "%s каждого месяца%s", day, shorter)
			     : arena_printf(a, "раз в %s, %s месяца%s",
				   ru_counted(a, r->every, &ru_month, RU_ACC), day, shorter);
}

static const char *
ru_hours(struct arena *a, const char *starts, const char *ends)
{
	return given(ends) ? arena_printf(a, "с %s до %s", starts, ends)
			   : arena_printf(a, "в %s", starts);
}

/* ---- English ---- */

static const char *
en_month_day(const struct ctx *cx, const struct recur *r)
{
	static const char *const ordinal[] = { "first", "second", "third", "fourth", "last" };
	struct arena *a = cx->arena;

	if (r->kind == RECUR_MONTH_NTH)
		return arena_printf(
		    a, "on the %s %s", ordinal[ordinal_row(r)], weekday_name(cx, r->weekday));
	return r->dom == 31 ? "on the last day"
			    : arena_printf(a, "on the %s", en_ordinal(a, r->dom));
}

static const char *
en_rule(const struct ctx *cx, const struct recur *r)
{
	struct arena *a = cx->arena;
	const char *days = own_words(cx, r, " and "),
		   *shorter = r->kind == RECUR_MONTH_DAY && (r->dom == 29 || r->dom == 30)
				  ? " (in a shorter month on its last day)"
				  : "";

	if (r->kind == RECUR_WEEKS && r->every == 1)
		return arena_printf(a, "every %s", r->weekdays == EVERY_DAY ? "day" : days);
	if (r->kind == RECUR_WEEKS)
		return arena_printf(a, "every %d weeks on %s", r->every, days);
	if (r->every == 1)
		return arena_printf(a, "%s of every month%s", en_month_day(cx, r), shorter);
	return arena_printf(a, "every %d months %s%s%s", r->every, en_month_day(cx, r),
	    r->kind == RECUR_MONTH_DAY && r->dom == 31 ? " of the month" : "", shorter);
}

static const char *
en_hours(struct arena *a, const char *starts, const char *ends)
{
	return given(ends) ? arena_printf(a, "from %s to %s", starts, ends)
			   : arena_printf(a, "at %s", starts);
}

const char *
recur_text(const struct ctx *cx, const struct recur *r, const char *starts, const char *ends)
{
	struct arena *a = cx->arena;
	const char *rule, *hours;

	if (!recur_valid(r))
		return "";
	rule = cx->lang == LANG_KK   ? kk_rule(cx, r)
	       : cx->lang == LANG_RU ? ru_rule(cx, r)
				     : en_rule(cx, r);
	rule = utf8_capital(a, rule);
	if (!given(starts))
		return rule;
	hours = cx->lang == LANG_KK   ? kk_hours(a, starts, ends)
		: cx->lang == LANG_RU ? ru_hours(a, starts, ends)
				      : en_hours(a, starts, ends);
	return arena_printf(a, "%s, %s", rule, hours);
}
