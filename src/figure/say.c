/* say.c – a figure as it is said: "14 мыңнан аса", «более 90», "over 40", or the digits.
 *
 * Papers round down and add "more than"; that is true only when the number is larger than the round
 * one, so 14 000 itself, and anything below one step, is said in digits. */
#include "figure/internal.h"

#include <math.h>

#include "lang/kazakh.h"

/* RULE figure-2: the rounded word is used only if the value is larger than the round number. */
static const char *
say_thousands(struct ctx *cx, int64_t n)
{
	int64_t k = n / 1000;

	switch (cx->lang) {
	case LANG_KK:
		return arena_printf(cx->arena, "%s аса", kk_round(cx->arena, k * 1000, KK_ABL));
	case LANG_RU:
		return arena_printf(cx->arena, "более %s %s", num(cx, k),
		    k % 10 == 1 && k % 100 != 11 ? "тысячи" : "тысяч");
	case LANG_EN:
	case LANG_COUNT:
		break;
	}
	return arena_printf(cx->arena, "more than %s thousand", num(cx, k));
}

static const char *
say_tens(struct ctx *cx, int64_t n)
{
	int64_t k = n / 10 * 10;

	switch (cx->lang) {
	case LANG_KK:
		return arena_printf(cx->arena, "%s астам", kk_num(cx->arena, k, KK_ABL));
	case LANG_RU:
		return arena_printf(cx->arena, "более %s", num(cx, k));
	case LANG_EN:
	case LANG_COUNT:
		break;
	}
	return arena_printf(cx->arena, "over %s", num(cx, k));
}

/* RULE figure-23: grams as kilograms below one tonne, else as tonnes; three decimals at most, never more than are there. */
static const char *
mass_text(struct ctx *cx, double grams)
{
	double unit = fabs(grams) >= 1e6 ? 1e6 : 1e3, n = grams / unit;
	int decimals = 0;

	while (decimals < 3 && fabs(n * pow(10, decimals) - round(n * pow(10, decimals))) > 1e-6)
		decimals++;
	return trf(cx, unit > 1e3 ? N_("%s t") : N_("%s kg"), num_real(cx, n, decimals));
}

const char *
figure_digits(struct ctx *cx, const struct figure *f, double value)
{
	if (f->mass)
		return mass_text(cx, value);
	if (f->shape == FIGURE_MEAN || f->shape == FIGURE_MEDIAN)
		return num_real(cx, value, 1);
	return num(cx, (int64_t)llround(value));
}

const char *
figure_say(struct ctx *cx, const struct figure_answer *a)
{
	int64_t n;

	if (!a->known)
		return tr(cx, "not known");
	if (a->figure->mass)
		return mass_text(cx, a->value);
	if (fabs(a->value) > 9e15 || fabs(a->value - round(a->value)) > 1e-9)
		return num_real(cx, a->value, 1);
	n = (int64_t)llround(a->value);
	if (a->figure->say == SAY_OVER1000 && n > 1000 && n % 1000 != 0)
		return say_thousands(cx, n);
	if (a->figure->say == SAY_OVER10 && n > 10 && n % 10 != 0)
		return say_tens(cx, n);
	return num(cx, n);
}
