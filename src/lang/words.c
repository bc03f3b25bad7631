/* words.c – see words.h. A number is read in groups of three digits, each with the name of its power. */
#include "lang/words.h"

#include "lang/ru_number.h"

#include "base/buf.h"
#include "lang/counted.h"
#include "lang/kazakh.h"

enum { GROUPS = 7 }; /* 2^64 has twenty digits */

static void
put(struct buf *b, const char *word)
{
	buf_printf(b, "%s%s", b->n > 0 ? " " : "", word);
}

/* The groups of three digits, the lowest first; returns how many there are. */
static int
groups_of(int64_t n, unsigned out[GROUPS])
{
	uint64_t u = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	int k = 0;

	for (; u > 0; u /= 1000)
		out[k++] = (unsigned)(u % 1000);
	return k;
}

static void
put_group_en(struct buf *b, unsigned n)
{
	static const char *const tens[] = { "", "", "twenty", "thirty", "forty", "fifty", "sixty",
		"seventy", "eighty", "ninety" };
	static const char *const ones[] = { "", "one", "two", "three", "four", "five", "six",
		"seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
		"fifteen", "sixteen", "seventeen", "eighteen", "nineteen" };
	unsigned rest = n % 100;

	if (n >= 100) {
		put(b, ones[n / 100]);
		put(b, "hundred");
	}
	if (rest >= 20) {
		put(b, tens[rest / 10]);
		if (rest % 10 > 0)
			buf_printf(b, "-%s", ones[rest % 10]);
	} else if (rest > 0)
		put(b, ones[rest]);
}

const char *
en_words(struct arena *a, int64_t n)
{
	static const char *const powers[GROUPS] = { "", "thousand", "million", "billion",
		"trillion", "quadrillion", "quintillion" };
	unsigned group[GROUPS];
	int k = groups_of(n, group);
	struct buf b;

	if (k == 0)
		return "zero";
	buf_init(&b, a, 0);
	if (n < 0)
		put(&b, "minus");
	while (k-- > 0) {
		if (group[k] == 0)
			continue;
		put_group_en(&b, group[k]);
		if (k > 0)
			put(&b, powers[k]);
	}
	return b.p;
}

const char *
number_words(const struct ctx *cx, int64_t n)
{
	switch (cx->lang) {
	case LANG_KK:
		return kk_words(cx->arena, n, KK_NOM);
	case LANG_RU:
		return ru_words(cx->arena, n, RU_NOM, RU_HE);
	case LANG_EN:
	case LANG_COUNT:
		break;
	}
	return en_words(cx->arena, n);
}
