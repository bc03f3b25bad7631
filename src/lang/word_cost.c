/* word_cost.c – pieces of running text: how likely each is, see derivation.h. */
#include "lang/derivation_inner.h"

#include <string.h>

#include "base/rc.h"

enum {
	COST_COMMON = 350,
	COST_LISTED = 750,
	COST_FORM = 850, /* listed as a form of another word */
	COST_ENDINGS = 950,
	COST_DERIVED = 1150,
	COST_OF_THREE = 450,
	COST_OF_FOUR = 150,
	GAIN_LETTER = 30,
	LONG = 12
};

/* A form that takes no да: a case over a known stem, a bare possessive of the third person. What is
 * listed as a word may be a stem of its own (тұлға, тері), but for -мен. */
static bool
is_closed_form(const uint8_t *w, size_t n)
{
	static const struct {
		const char32_t *end;
		bool listed_too;
	} closed[] = { { U"ға", false }, { U"қа", false }, { U"на", false }, { U"=мен", true },
		{ U"=бен", true }, { U"=пен", true }, { U"нан", false }, { U"дан", false },
		{ U"тан", false }, { U"ның", true }, { U"дың", true }, { U"тың", true },
		{ U"ы", false }, { U"сы", false } };
	unsigned flags = flags_of(w, n);
	struct cut c;
	char harmony;
	size_t i;

	affix_cut(KK_CYRILLIC, w, n, &c);
	if (!c.known || c.n < 3)
		return false;
	for (i = 0; i < ARRAY_LEN(closed); i++) {
		size_t len = form_at_end(w, n, closed[i].end, &harmony);
		unsigned stem = len > 0 && n - len >= 3 ? flags_of(w, n - len) : 0;

		if (len == 0 || n - len < 3)
			continue;
		if (is_participle(w, n - len))
			return true;
		if ((flags & LEX_CORE) != 0)
			continue;
		if ((flags & LEX_WORD) != 0 && !closed[i].listed_too)
			continue;
		if ((stem & LEX_CORE) != 0 || (len >= 2 && word_known(w, n - len)))
			return true;
	}
	return false;
}

size_t
word_particle(const uint8_t *w, size_t n)
{
	static const char32_t *const particles[] = { U"да", U"та" };
	char harmony;
	size_t i, len;

	for (i = 0; i < ARRAY_LEN(particles); i++) {
		len = form_at_end(w, n, particles[i], &harmony);
		if (len > 0 && n - len >= 4 && harmony == kk_harmony(w, n - len) &&
		    (flags_of(w, n) & LEX_CORE) == 0 && is_closed_form(w, n - len))
			return n - len;
	}
	return 0;
}

/* Can a word begin so, and be said at all? */
static bool
can_stand(const uint8_t *w, size_t n)
{
	size_t i, vowels = 0;

	if (one_of(w[0], U"ңьъғ-") && !(w[0] == kk_code(U'ғ') && n >= 4))
		return false;
	if (n > 1 && w[0] == w[1])
		return false;
	for (i = 0; i < n; i++)
		vowels += kk_is_vowel(w[i]);
	/* Two consonants begin only words from elsewhere. */
	if (n > 1 && !kk_is_vowel(w[0]) && !kk_is_vowel(w[1]) &&
	    (n < 5 || !one_of(w[1], U"рлтпкнмв") || !one_of(w[0], U"пкгбтдфсшхцв")))
		return false;
	return vowels > 0;
}

int
word_cost(const uint8_t *w, size_t n)
{
	unsigned flags;
	struct cut c;
	int cost;

	if (n < 2 || n > AFFIX_MAX)
		return WORD_NEVER;
	if (word_common(w, n))
		return COST_COMMON + (n == 2 ? 200 : 0) - (n > 4 ? GAIN_LETTER * ((int)n - 4) : 0);
	if (n == 2 || !can_stand(w, n))
		return WORD_NEVER;
	flags = flags_of(w, n);
	if ((flags & (LEX_WORD | LEX_VERB)) != 0)
		cost = (flags & (LEX_CORE | LEX_VERB)) != 0 ? COST_LISTED : COST_FORM;
	else {
		affix_cut(KK_CYRILLIC, w, n, &c);
		if (c.known && c.n >= 2)
			cost = COST_ENDINGS + (word_common(c.stem, c.n) ? 0
						  : c.n == 2		? 600
						  : c.n == 3		? 200
									: 0);
		else if (n >= 5 &&
			 (each_stem(w, n, is_own, NULL) || each_stem(w, n, by_suffix, NULL)))
			cost = COST_DERIVED;
		else
			return WORD_NEVER;
	}
	if (n <= 7 && word_only_ending(w, n))
		cost += n <= 3 ? 900 : n == 4 ? 700 : n == 5 ? 450 : 200;
	cost += n == 3 ? COST_OF_THREE : n == 4 ? COST_OF_FOUR : 0;
	return cost - GAIN_LETTER * ((int)(n < LONG ? n : LONG) - 4);
}
