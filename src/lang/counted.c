/* counted.c – see counted.h. */
#include "lang/counted.h"

#include "lang/lang.h"

static uint64_t
magnitude(int64_t n)
{
	return n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
}

static const char *
digits(struct arena *a, enum lang l, int64_t n)
{
	const struct ctx cx = { .arena = a, .lang = l };

	return num(&cx, n);
}

enum ru_plural
ru_plural(int64_t n)
{
	uint64_t u = magnitude(n), tens = u % 100 / 10;

	if (tens == 1)
		return RU_MANY;
	if (u % 10 == 1)
		return RU_ONE;
	return u % 10 >= 2 && u % 10 <= 4 ? RU_FEW : RU_MANY;
}

const char *
ru_form(const struct ru_noun *noun, int64_t n, enum ru_case c)
{
	enum ru_plural p = ru_plural(n);

	if ((unsigned)c > RU_LOC)
		c = RU_NOM;
	if (p == RU_ONE)
		return noun->one[c];
	/* A lone 2, 3, 4 sees living beings; a compound number does not: 22 ученика. */
	if (c == RU_ACC && noun->alive && p == RU_FEW && magnitude(n) < 10)
		return noun->many[RU_GEN];
	if (c == RU_NOM || c == RU_ACC)
		return p == RU_FEW ? noun->one[RU_GEN] : noun->many[RU_GEN];
	return noun->many[c];
}

const char *
ru_counted(struct arena *a, int64_t n, const struct ru_noun *noun, enum ru_case c)
{
	return arena_printf(a, "%s %s", digits(a, LANG_RU, n), ru_form(noun, n, c));
}

const char *
en_counted(struct arena *a, int64_t n, const char *one, const char *many)
{
	return arena_printf(a, "%s %s", digits(a, LANG_EN, n), magnitude(n) == 1 ? one : many);
}

const char *
en_ordinal(struct arena *a, int64_t n)
{
	static const char *const tails[] = { "th", "st", "nd", "rd" };
	uint64_t u = magnitude(n);
	bool teen = u % 100 / 10 == 1;

	return arena_printf(
	    a, "%s%s", digits(a, LANG_EN, n), tails[teen || u % 10 > 3 ? 0 : u % 10]);
}

const char *
ru_ordinal(struct arena *a, int64_t n)
{
	return arena_printf(a, "%s-й", digits(a, LANG_RU, n));
}
