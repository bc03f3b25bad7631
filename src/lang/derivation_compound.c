/* derivation_compound.c – see derivation_inner.h: compounds, names, words of foreign build. */
#include "lang/derivation_inner.h"

#include <string.h>

#include "base/rc.h"

enum { LEAST_LOAN = 5 };

/* Beginnings of compounds. `any`: before every word; else only before an adjective (көп|балалы). */
static const struct {
	const char32_t *form;
	bool any;
} beginnings[] = {
	{ U"көп", false },
	{ U"бір", false },
	{ U"қос", false },
	{ U"аз", false },
	{ U"сан", false },
	{ U"жалпы", false },
	{ U"бүкіл", false },
	{ U"әр", false },
	{ U"жан", false },
	{ U"ішкі", false },
	{ U"шет", false },
	{ U"жартылай", false },
	{ U"орта", false },
	{ U"этно", true },
	{ U"теле", true },
	{ U"радио", true },
	{ U"авто", true },
	{ U"био", true },
	{ U"гео", true },
	{ U"эко", true },
	{ U"агро", true },
	{ U"аэро", true },
	{ U"нано", true },
	{ U"мега", true },
	{ U"микро", true },
	{ U"макро", true },
	{ U"видео", true },
	{ U"аудио", true },
	{ U"фото", true },
	{ U"кино", true },
	{ U"мото", true },
	{ U"вело", true },
	{ U"электро", true },
	{ U"гидро", true },
	{ U"термо", true },
	{ U"интернет", true },
	{ U"кибер", true },
	{ U"анти", true },
	{ U"супер", true },
	{ U"транс", true },
	{ U"еуро", true },
	{ U"евро", true },
	{ U"вице", true },
	{ U"экс", true },
	{ U"пост", true },
	{ U"мульти", true },
	{ U"поли", true },
	{ U"моно", true },
	{ U"псевдо", true },
	{ U"нейро", true },
	{ U"психо", true },
	{ U"социо", true },
	{ U"бей", true },
};

/* Before words of measure: үшжылдық, бесбұрышты. */
static const char32_t *const numerals[] = { U"екі", U"үш", U"төрт", U"бес", U"алты", U"жеті",
	U"сегіз", U"тоғыз", U"он", U"жиырма", U"отыз", U"қырық", U"елу", U"жүз", U"мың" };
static const char32_t *const measured[] = { U"жылдық", U"күндік", U"айлық", U"апталық", U"қабатты",
	U"бұрышты", U"бұрыш", U"тілді", U"жақты", U"жақтылық", U"есе", U"мүшелі", U"орындық",
	U"бөлмелі", U"балалы", U"сатылы", U"деңгейлі", U"қырлы", U"аяқты", U"басты", U"түсті" };

/* Ends of names of people and places; before them at least two letters. */
static const char32_t *const name_ends[] = { U"ұлы", U"қызы", U"бек", U"бай", U"бике", U"хан",
	U"ғали", U"қали", U"әлі", U"жан", U"гүл", U"мырза", U"төре", U"сұлтан", U"нұр", U"ғазы",
	U"келді", U"берді", U"тай", U"пек", U"баев", U"баева", U"беков", U"бекова", U"ов", U"ова",
	U"ев", U"ева", U"ин", U"ина", U"ский", U"ская", U"цкий", U"цкая", U"енко", U"чук", U"юк",
	U"ян", U"швили", U"дзе", U"вич", U"вна", U"тау", U"көл", U"су", U"бұлақ", U"өзен", U"төбе",
	U"қала", U"арқа", U"қоңыр", U"сай", U"құм", U"тас", U"арал", U"кент", U"град", U"бург",
	U"ленд", U"стан", U"ия", U"ея", U"дария", U"шілік", U"жар", U"құдық", U"асу", U"тоғай",
	U"орда", U"қорған" };

/* Ends of words that came with science, office and sport; the letters before them as foreign words
 * have them. */
static const char32_t *const loan_ends[] = { U"ция", U"сия", U"зия", U"логия", U"графия", U"номия",
	U"метрия", U"ика", U"изм", U"ист", U"лог", U"граф", U"метр", U"скоп", U"тор", U"мент",
	U"инг", U"аль", U"тура", U"тет", U"ьер", U"джер", U"рия" };

static bool
listed_adjective(const uint8_t *w, size_t n, enum kind kind, void *arg)
{
	if (kind != NOUN || (flags_of(w, n) & LEX_WORD) == 0)
		return by_suffix(w, n, kind, arg);
	return adjective_form(w, n);
}

static bool
is_measured(const uint8_t *w, size_t n, enum kind kind, void *arg)
{
	size_t i, j, len, rest;

	(void)arg;
	for (i = 0; kind == NOUN && i < ARRAY_LEN(numerals); i++)
		for (j = 0; form_at_start(w, n, numerals[i], &len) && j < ARRAY_LEN(measured); j++)
			if (form_at_start(w + len, n - len, measured[j], &rest) && len + rest == n)
				return true;
	return false;
}

bool
is_compound(const uint8_t *w, size_t n)
{
	bool adjective = true;
	size_t i, len;

	for (i = 0; i < ARRAY_LEN(beginnings); i++) {
		if (!form_at_start(w, n, beginnings[i].form, &len) || n - len < 4)
			continue;
		if (beginnings[i].any ? word_known(w + len, n - len) ||
					    each_stem(w + len, n - len, by_suffix, NULL)
				      : each_stem(w + len, n - len, listed_adjective, &adjective))
			return true;
	}
	return each_stem(w, n, is_measured, NULL);
}

static bool
ends_in(const uint8_t *w, size_t n, const char32_t *const *list, size_t count, size_t before)
{
	char harmony;
	size_t i, len;

	for (i = 0; i < count; i++) {
		len = form_at_end(w, n, list[i], &harmony);
		if (len > 0 && harmony != 'f' && n - len >= before)
			return true;
	}
	return false;
}

bool
is_name(const uint8_t *w, size_t n, enum kind kind, void *arg)
{
	(void)arg;
	return kind == NOUN && ends_in(w, n, name_ends, ARRAY_LEN(name_ends), 2);
}

/* Letters that Kazakh words of its own do not have, and none that only they have. */
static bool
is_loan(const uint8_t *w, size_t n, enum kind kind, void *arg)
{
	size_t i, foreign = 0;

	(void)arg;
	if (kind != NOUN || n < LEAST_LOAN)
		return false;
	for (i = 0; i < n; i++) {
		if (one_of(w[i], U"әғқңөұүһі"))
			return false;
		foreign += one_of(w[i], U"фвцчщёэъью");
	}
	return foreign > 0 || ends_in(w, n, loan_ends, ARRAY_LEN(loan_ends), 2);
}

bool
word_foreign_build(const uint8_t *w, size_t n)
{
	return n >= 4 && n <= AFFIX_MAX && each_stem(w, n, is_loan, NULL);
}
