/* ru_number.c – see ru_number.h. One row a word; the alternatives of one form stand behind a bar in the
 * order of the genders. */
#include "lang/ru_number.h"

#include <string.h>

#include "base/buf.h"
#include "base/ctx.h"

static const struct row {
	int64_t n;
	const char *form[RU_LOC + 1];
} rows[] = {
	{ 0, { "ноль|нуль", "ноля|нуля", "нолю|нулю", "ноль", "нолём|нулем|нулём", "ноле|нуле" } },
	{ 1, { "один|одна|одно", "одного|одной|одного", "одному|одной|одному", "один|одну|одно",
		 "одним|одной|одним", "одном|одной|одном" } },
	{ 2, { "два|две|два", "двух", "двум", "два|две|два", "двумя", "двух" } },
	{ 3, { "три", "трех", "трем", "три", "тремя", "трех" } },
	{ 4, { "четыре", "четырех", "четырем", "четыре", "четырьмя", "четырех" } },
	{ 5, { "пять", "пяти", "пяти", "пять", "пятью", "пяти" } },
	{ 6, { "шесть", "шести", "шести", "шесть", "шестью", "шести" } },
	{ 7, { "семь", "семи", "семи", "семь", "семью", "семи" } },
	{ 8, { "восемь", "восьми", "восьми", "восемь", "восемью|восьмью", "восьми" } },
	{ 9, { "девять", "девяти", "девяти", "девять", "девятью", "девяти" } },
	{ 10, { "десять", "десяти", "десяти", "десять", "десятью", "десяти" } },
#define TEEN(n_, s_)                                                     \
	{                                                                \
		n_,                                                      \
		{                                                        \
			s_ "ь", s_ "и", s_ "и", s_ "ь", s_ "ью", s_ "и" \
		}                                                        \
	}
	TEEN(11, "одиннадцат"),
	TEEN(12, "двенадцат"),
	TEEN(13, "тринадцат"),
	TEEN(14, "четырнадцат"),
	TEEN(15, "пятнадцат"),
	TEEN(16, "шестнадцат"),
	TEEN(17, "семнадцат"),
	TEEN(18, "восемнадцат"),
	TEEN(19, "девятнадцат"),
	TEEN(20, "двадцат"),
	TEEN(30, "тридцат"),
	{ 40, { "сорок", "сорока", "сорока", "сорок", "сорока", "сорока" } },
#define TENS(n_, a_, b_)                                                                      \
	{                                                                                     \
		n_,                                                                           \
		{                                                                             \
			a_ "ьдесят", b_ "идесяти", b_ "идесяти", a_ "ьдесят", a_ "ьюдесятью", \
			    b_ "идесяти"                                               \
		}                                                                             \
	}
	TENS(50, "пят", "пят"),
	TENS(60, "шест", "шест"),
	TENS(70, "сем", "сем"),
	{ 80, { "восемьдесят", "восьмидесяти", "восьмидесяти", "восемьдесят",
		  "восемьюдесятью|восьмьюдесятью", "восьмидесяти" } },
	{ 90, { "девяносто", "девяноста", "девяноста", "девяносто", "девяноста", "девяноста" } },
	{ 100, { "сто", "ста", "ста", "сто", "ста", "ста" } },
	{ 200, { "двести", "двухсот", "двумстам", "двести", "двумястами", "двухстах" } },
	{ 300, { "триста", "трехсот", "тремстам", "триста", "тремястами", "трехстах" } },
	{ 400, { "четыреста", "четырехсот", "четыремстам", "четыреста", "четырьмястами",
		   "четырехстах" } },
#define HUNDREDS(n_, a_, b_)                                                                       \
	{                                                                                          \
		n_,                                                                                \
		{                                                                                  \
			a_ "ьсот", b_ "исот", b_ "истам", a_ "ьсот", a_ "ьюстами", b_ "истах" \
		}                                                                                  \
	}
	HUNDREDS(500, "пят", "пят"),
	HUNDREDS(600, "шест", "шест"),
	HUNDREDS(700, "сем", "сем"),
	{ 800, { "восемьсот", "восьмисот", "восьмистам", "восемьсот", "восемьюстами|восьмьюстами",
		   "восьмистах" } },
	HUNDREDS(900, "девят", "девят"),
};

static const struct group {
	int64_t scale;
	enum ru_gender gender;
	const char *shorts[2];
	struct ru_noun noun;
} groups[] = {
	{ 1000, RU_SHE, { "тыс", NULL },
	    { { "тысяча", "тысячи", "тысяче", "тысячу", "тысячей", "тысяче" },
		{ "тысячи", "тысяч", "тысячам", "тысячи", "тысячами", "тысячах" }, false } },
	{ 1000000, RU_HE, { "млн", NULL },
	    { { "миллион", "миллиона", "миллиону", "миллион", "миллионом", "миллионе" },
		{ "миллионы", "миллионов", "миллионам", "миллионы", "миллионами", "миллионах" },
		false } },
	{ 1000000000, RU_HE, { "млрд", NULL },
	    { { "миллиард", "миллиарда", "миллиарду", "миллиард", "миллиардом", "миллиарде" },
		{ "миллиарды", "миллиардов", "миллиардам", "миллиарды", "миллиардами",
		    "миллиардах" },
		false } },
	{ INT64_C(1000000000000), RU_HE, { "трлн", NULL },
	    { { "триллион", "триллиона", "триллиону", "триллион", "триллионом", "триллионе" },
		{ "триллионы", "триллионов", "триллионам", "триллионы", "триллионами",
		    "триллионах" },
		false } },
	{ INT64_C(1000000000000000), RU_HE, { NULL, NULL },
	    { { "квадриллион", "квадриллиона", "квадриллиону", "квадриллион", "квадриллионом",
		  "квадриллионе" },
		{ "квадриллионы", "квадриллионов", "квадриллионам", "квадриллионы",
		    "квадриллионами", "квадриллионах" },
		false } },
	{ INT64_C(1000000000000000000), RU_HE, { NULL, NULL },
	    { { "квинтиллион", "квинтиллиона", "квинтиллиону", "квинтиллион", "квинтиллионом",
		  "квинтиллионе" },
		{ "квинтиллионы", "квинтиллионов", "квинтиллионам", "квинтиллионы",
		    "квинтиллионами", "квинтиллионах" },
		false } },
};

/* The nth alternative, or the last where there are fewer. */
static void
put_form(struct buf *out, const char *form, size_t nth)
{
	const char *bar;

	while (nth-- > 0 && (bar = strchr(form, '|')) != NULL)
		form = bar + 1;
	if (out->n > 0)
		buf_char(out, ' ');
	buf_put(out, form, strcspn(form, "|"));
}

static void
put_part(struct buf *out, int64_t n, enum ru_case c, enum ru_gender g)
{
	size_t i;

	for (i = ARRAY_LEN(rows); n > 0 && i-- > 0;)
		if (rows[i].n > 0 && rows[i].n <= n) {
			/* Alternatives of other words than 1 and 2 are spellings, not genders. */
			put_form(out, rows[i].form[c], rows[i].n <= 2 ? (size_t)g : 0);
			n -= rows[i].n;
		}
}

const char *
ru_words(struct arena *a, int64_t n, enum ru_case c, enum ru_gender g)
{
	uint64_t u = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	struct buf out;
	size_t i;

	buf_init(&out, a, 0);
	if (n < 0)
		put_form(&out, "минус", 0);
	if (n == 0)
		put_form(&out, rows[0].form[c], 0);
	for (i = ARRAY_LEN(groups); i-- > 0;) {
		int64_t k = (int64_t)(u / (uint64_t)groups[i].scale);

		u %= (uint64_t)groups[i].scale;
		if (k == 0)
			continue;
		put_part(&out, k, c, groups[i].gender);
		put_form(&out, ru_form(&groups[i].noun, k, c), 0);
	}
	put_part(&out, (int64_t)u, c, g);
	return out.p;
}

static bool
form_is(const char *form, const char *word, size_t n)
{
	for (;;) {
		size_t len = strcspn(form, "|");

		if (len == n && memcmp(form, word, n) == 0)
			return true;
		if (form[len] == '\0')
			return false;
		form += len + 1;
	}
}

static bool
group_is(const struct group *g, const char *word, size_t n, enum ru_case *c)
{
	size_t k;

	if (g->shorts[0] != NULL && form_is(g->shorts[0], word, n)) {
		*c = RU_NOM;
		return true;
	}
	for (k = 0; k <= RU_LOC; k++)
		if (form_is(g->noun.one[k], word, n) || form_is(g->noun.many[k], word, n)) {
			*c = (enum ru_case)k;
			return true;
		}
	return false;
}

bool
ru_numeral(const char *word, size_t n, struct ru_numeral *out)
{
	size_t i, k;

	if (n < 4 || n > 60)
		return false;
	for (i = 0; i < ARRAY_LEN(groups); i++)
		if (group_is(&groups[i], word, n, &out->c)) {
			out->value = groups[i].scale;
			out->group = true;
			return true;
		}
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		/* Nothing else begins so: a word of a text is mostly turned away here. */
		if (memcmp(rows[i].form[0], word, 2) != 0 && rows[i].n > 2)
			continue;
		for (k = 0; k <= RU_LOC; k++)
			if (form_is(rows[i].form[k], word, n)) {
				out->value = rows[i].n;
				out->c = (enum ru_case)k;
				out->group = false;
				return true;
			}
	}
	return false;
}

const char *
ru_group(int64_t scale, int64_t n, enum ru_case c)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(groups); i++)
		if (groups[i].scale == scale)
			return ru_form(&groups[i].noun, n, c);
	return NULL;
}
