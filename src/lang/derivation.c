/* derivation.c – see derivation.h. */
#include "lang/derivation_inner.h"

#include <string.h>

#include "base/rc.h"

enum { DEEPEST = 4 };

/* What stands before the suffix: v vowel, n м н ң, z з ж, l л, r р й у и, t the others; * any.
 * Forms are the back ones; the front ones are made from them, but behind '='. */
static const struct derivation {
	const char32_t *form;
	const char *after;
	uint8_t from, to;
	bool adjective;
	bool weak; /* only on a stem that a list has */
} derivations[] = {
	{ U"лық", "vr", NOUN, NOUN, true, false },
	{ U"дық", "nzl", NOUN, NOUN, true, false },
	{ U"тық", "t", NOUN, NOUN, true, false },
	{ U"лы", "vr", NOUN, NOUN, true, false },
	{ U"ды", "nzl", NOUN, NOUN, true, false },
	{ U"ты", "t", NOUN, NOUN, true, false },
	{ U"сыз", "*", NOUN, NOUN, true, false },
	{ U"шыл", "*", NOUN, NOUN, true, false },
	{ U"шы", "*", NOUN, NOUN, false, false },
	{ U"лас", "vr", NOUN, NOUN, false, false },
	{ U"дас", "nzl", NOUN, NOUN, false, false },
	{ U"тас", "t", NOUN, NOUN, false, false },
	{ U"=кер", "t", NOUN, NOUN, false, false },
	{ U"=гер", "vnzlr", NOUN, NOUN, false, false },
	{ U"=хана", "*", NOUN, NOUN, false, false },
	{ U"=паз", "*", NOUN, NOUN, false, false },
	{ U"=қой", "*", NOUN, NOUN, false, false },
	{ U"=стан", "*", NOUN, NOUN, false, false },
	{ U"=тану", "*", NOUN, NOUN, false, false },
	{ U"=нама", "*", NOUN, NOUN, false, false },
	{ U"=аралық", "*", NOUN, NOUN, true, false },
	{ U"=изм", "*", NOUN, NOUN, false, false },
	{ U"=изация", "*", NOUN, NOUN, false, false },
	{ U"рақ", "v", NOUN, NOUN, true, false },
	{ U"ырақ", "nzlrt", NOUN, NOUN, true, false },
	{ U"лау", "vr", NOUN, NOUN, true, false },
	{ U"дау", "nzl", NOUN, NOUN, true, false },
	{ U"тау", "t", NOUN, NOUN, true, false },
	{ U"ғы", "vnzlr", NOUN, NOUN, true, true },
	{ U"қы", "t", NOUN, NOUN, true, true },
	{ U"ншы", "v", NOUN, NOUN, false, false },
	{ U"ыншы", "nzlrt", NOUN, NOUN, false, false },
	{ U"ша", "*", NOUN, NOUN, false, true },
	{ U"шақ", "*", NOUN, NOUN, false, true },
	{ U"шық", "*", NOUN, NOUN, false, true },
	{ U"ла", "vr", NOUN, VERB, false, false },
	{ U"да", "nzl", NOUN, VERB, false, false },
	{ U"та", "t", NOUN, VERB, false, false },
	{ U"лан", "vr", NOUN, VERB, false, false },
	{ U"дан", "nzl", NOUN, VERB, false, false },
	{ U"тан", "t", NOUN, VERB, false, false },
	{ U"лас", "vr", NOUN, VERB, false, false },
	{ U"дас", "nzl", NOUN, VERB, false, false },
	{ U"тас", "t", NOUN, VERB, false, false },
	{ U"сын", "*", NOUN, VERB, false, true },
	{ U"сыра", "*", NOUN, VERB, false, true },
	{ U"ай", "nzlrt", NOUN, VERB, false, true },
	{ U"ғар", "vnzlr", NOUN, VERB, false, true },
	{ U"қар", "t", NOUN, VERB, false, true },
	{ U"ма", "vlr", VERB, NOUN, false, true },
	{ U"ба", "nz", VERB, NOUN, false, true },
	{ U"па", "t", VERB, NOUN, false, true },
	{ U"ғыш", "vnzlr", VERB, NOUN, true, false },
	{ U"қыш", "t", VERB, NOUN, true, false },
	{ U"ғы", "vnzlr", VERB, NOUN, false, true },
	{ U"қы", "t", VERB, NOUN, false, true },
	{ U"ым", "nzlrt", VERB, NOUN, false, true },
	{ U"м", "v", VERB, NOUN, false, true },
	{ U"ыс", "nzlrt", VERB, NOUN, false, true },
	{ U"с", "v", VERB, NOUN, false, true },
	{ U"ынды", "nzlrt", VERB, NOUN, false, false },
	{ U"нды", "v", VERB, NOUN, false, false },
	{ U"ық", "nzlrt", VERB, NOUN, true, true },
	{ U"қ", "v", VERB, NOUN, true, true },
	{ U"ыңқы", "nzlrt", VERB, NOUN, true, false },
	{ U"ыл", "nzrt", VERB, VERB, false, true },
	{ U"л", "v", VERB, VERB, false, true },
	{ U"ын", "lnzrt", VERB, VERB, false, true },
	{ U"н", "v", VERB, VERB, false, true },
	{ U"дыр", "vnzlr", VERB, VERB, false, true },
	{ U"тыр", "t", VERB, VERB, false, true },
	{ U"т", "v", VERB, VERB, false, true },
	{ U"т", "r", VERB, VERB, false, true },
	{ U"ыңқыра", "nzlrt", VERB, VERB, false, false },
	{ U"ғыла", "vnzlr", VERB, VERB, false, false },
	{ U"қыла", "t", VERB, VERB, false, false },
};

bool
is_own(const uint8_t *w, size_t n, enum kind kind, void *arg)
{
	(void)arg;
	return kind == NOUN && n >= 4 && word_own(w, n);
}

bool
word_known(const uint8_t *w, size_t n)
{
	struct cut c;

	if (n == 0 || n > AFFIX_MAX)
		return false;
	if ((flags_of(w, n) & (LEX_WORD | LEX_VERB)) != 0 || word_own(w, n))
		return true;
	affix_cut(KK_CYRILLIC, w, n, &c);
	return (c.known && c.n >= 2) || each_stem(w, n, is_own, NULL);
}

bool
word_bare(const uint8_t *w, size_t n)
{
	return (flags_of(w, n) & LEX_CORE) != 0;
}

static bool stem_derived(const uint8_t *w, size_t n, enum kind kind, int depth, bool *adjective);

bool
is_participle(const uint8_t *w, size_t n)
{
	static const char32_t *const forms[] = { U"ған", U"қан", U"мас", U"пас", U"бас", U"=у",
		U"йтын", U"атын", U"ар", U"=ушы", U"=уші" };
	char harmony;
	struct cut c;
	size_t i;

	for (i = 0; i < ARRAY_LEN(forms); i++)
		if (form_at_end(w, n, forms[i], &harmony) > 0) {
			affix_cut(KK_CYRILLIC, w, n, &c);
			return c.known && (c.verb || c.whole);
		}
	return false;
}

static bool
base_known(const uint8_t *w, size_t n, enum kind kind, int depth)
{
	unsigned flags;
	bool adjective;

	if (n < 2)
		return false;
	flags = flags_of(w, n);
	if (kind == VERB && (flags & (LEX_VERB | LEX_VERB_I)) != 0)
		return true;
	if (kind == NOUN && ((flags & LEX_CORE) != 0 || word_own(w, n)))
		return true;
	if (kind == NOUN && n >= 5 && is_participle(w, n))
		return true;
	return depth > 0 && n >= 4 && stem_derived(w, n, kind, depth - 1, &adjective);
}

/* Stems of foreign words end in letters that go with both; behind their к and г endings are front. */
static bool
harmony_fits(const uint8_t *w, size_t n, char harmony)
{
	char h = kk_harmony(w, n);

	return harmony == '*' || h == 0 || h == harmony || one_of(w[n - 1], U"уюияь") ||
	       (harmony == 'f' && one_of(w[n - 1], U"кг"));
}

bool
stem_derived(const uint8_t *w, size_t n, enum kind kind, int depth, bool *adjective)
{
	size_t row;

	for (row = 0; row < ARRAY_LEN(derivations); row++) {
		const struct derivation *d = &derivations[row];
		char harmony;
		size_t len;

		if (d->to != kind)
			continue;
		len = form_at_end(w, n, d->form, &harmony);
		if (len == 0)
			continue;
		if (!harmony_fits(w, n - len, harmony) ||
		    (d->after[0] != '*' &&
			strchr(d->after, class_of(last_of(w, n - len))) == NULL &&
			!(class_of(last_of(w, n - len)) == 'r' && strchr(d->after, 'v') != NULL)))
			continue;
		if (base_known(w, n - len, (enum kind)d->from, d->weak ? 0 : depth)) {
			*adjective = d->adjective;
			return true;
		}
	}
	return false;
}

bool
by_suffix(const uint8_t *w, size_t n, enum kind kind, void *arg)
{
	bool adjective;

	return n >= 4 && stem_derived(w, n, kind, DEEPEST, &adjective) &&
	       (arg == NULL || adjective);
}

bool
adjective_form(const uint8_t *w, size_t n)
{
	char harmony;
	size_t row;

	for (row = 0; row < ARRAY_LEN(derivations); row++)
		if (derivations[row].adjective &&
		    form_at_end(w, n, derivations[row].form, &harmony) > 1)
			return true;
	return false;
}

/* Both halves of a pair: жан-жақты, қоғамдық-саяси. */
static bool
is_pair(const uint8_t *w, size_t n)
{
	size_t i, from = 0;

	for (i = 0; i <= n; i++)
		if (i == n || w[i] == kk_code('-')) {
			if (i == from || (i == n && from == 0))
				return false;
			if (i - from >= 2 && !word_known(w + from, i - from) &&
			    !each_stem(w + from, i - from, by_suffix, NULL))
				return false;
			from = i + 1;
		}
	return true;
}

bool
word_only_ending(const uint8_t *w, size_t n)
{
	return only_endings(w, n, VERB);
}

/* The soft sign falls before a vowel: модел|ін, фестивал|ін. */
static bool
soft_stem(const uint8_t *w, size_t n)
{
	uint8_t soft[AFFIX_MAX + 1];

	if (n < 4 || n >= AFFIX_MAX || class_of(w[n - 1]) != 'l')
		return false;
	memcpy(soft, w, n);
	soft[n] = kk_code(U'ь');
	return (flags_of(soft, n + 1) & LEX_CORE) != 0 || word_own(soft, n + 1);
}

/* A listed stem whose endings follow another harmony than its vowels show (ресурс|тар), keep a helping
 * vowel (субъекті|лер), or treat a listed imperative as the verb it is (біріктір|еді). */
static bool
loose_endings(const uint8_t *w, size_t n)
{
	size_t j;

	for (j = n - 1; j >= 4; j--) {
		bool helping = j + 2 < n && one_of(w[j], U"ыі") && !kk_is_vowel(w[j - 1]) &&
			       !kk_is_vowel(w[j - 2]);

		if ((flags_of(w, j) & LEX_CORE) == 0 && !word_own(w, j) && !soft_stem(w, j))
			continue;
		if ((word_common(w + j, n - j) && !one_of(w[n - 1], U"р")) ||
		    (n - j >= 4 && (flags_of(w + j, n - j) & LEX_CORE) != 0))
			continue;
		if (only_endings(w + j, n - j, NOUN) ||
		    (helping && only_endings(w + j + 1, n - j - 1, NOUN)))
			return true;
	}
	return false;
}

static bool
listed_imperative(const uint8_t *w, size_t n, enum kind kind, void *arg)
{
	(void)arg;
	return kind == VERB && n >= 3 && (flags_of(w, n) & LEX_CORE) != 0;
}

/* Please: айтшы, алыңдаршы, келіңізші. */
static bool
polite(const uint8_t *w, size_t n)
{
	char harmony;
	size_t len = form_at_end(w, n, U"шы", &harmony);
	struct cut c;

	if (len == 0 || n - len < 3)
		return false;
	affix_cut(KK_CYRILLIC, w, n - len, &c);
	return c.known && c.verb;
}

bool
word_derived(const uint8_t *w, size_t n, bool capital)
{
	if (n < 4 || n > AFFIX_MAX)
		return false;
	return is_pair(w, n) || each_stem(w, n, by_suffix, NULL) || is_compound(w, n) ||
	       loose_endings(w, n) || polite(w, n) || each_stem(w, n, listed_imperative, NULL) ||
	       (capital && each_stem(w, n, is_name, NULL));
}
