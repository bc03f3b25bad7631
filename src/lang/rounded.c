/* rounded.c – see rounded.h. */
#include "lang/rounded.h"

#include "lang/kazakh.h"
#include "lang/lang.h"

int64_t
rounded_step(int64_t n)
{
	int64_t step = 1;

	if (n == 0)
		return 0;
	for (; n % 10 == 0; n /= 10)
		step *= 10;
	return step;
}

/* Differences of two numbers that are not negative: nothing here can overflow. */
bool
rounded_honest(enum rounding how, int64_t n, int64_t v)
{
	if (how == ROUND_EXACT)
		return v == n;
	if (n <= 0 || v < 0)
		return false;
	switch (how) {
	case ROUND_OVER:
		return v > n && v - n < rounded_step(n);
	case ROUND_ABOUT:
		return v != n && (v > n ? v - n : n - v) <= v / 20;
	case ROUND_UP_TO:
		return v < n && n - v <= n / 5;
	default:
		return false;
	}
}

int64_t
rounded_down(int64_t v, int digits)
{
	int64_t unit = 1, rest;

	if (v <= 0 || digits < 1)
		return 0;
	for (rest = v; rest >= 10; rest /= 10)
		unit *= 10;
	for (; digits > 1 && unit > 1; digits--)
		unit /= 10;
	return v - v % unit;
}

const char *
rounded_text(const struct ctx *cx, enum rounding how, int64_t n)
{
	static const struct {
		enum kk_case c;
		const char *form[LANG_COUNT];
	} words[] = {
		[ROUND_EXACT] = { KK_NOM, { "%s", "%s", "%s" } },
		[ROUND_OVER] = { KK_ABL, { "%s аса", "более %s", "over %s" } },
		[ROUND_ABOUT] = { KK_DAT, { "%s жуық", "около %s", "about %s" } },
		[ROUND_UP_TO] = { KK_DAT, { "%s дейін", "до %s", "up to %s" } },
	};
	const char *number, *form, *hole;

	if ((unsigned)how >= ARRAY_LEN(words))
		how = ROUND_EXACT;
	number = cx->lang == LANG_KK ? kk_round(cx->arena, n, words[how].c) : num(cx, n);
	form = words[how].form[(unsigned)cx->lang < LANG_COUNT ? cx->lang : LANG_KK];
	hole = strstr(form, "%s");
	return arena_printf(
	    cx->arena, "%.*s%s%s", (int)(hole - form), form, number, hole + strlen("%s"));
}
