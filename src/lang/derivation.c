/* derivation.c – see derivation.h. */
#include "lang/derivation.h"

#include <string.h>
#include <uchar.h>

#include "base/rc.h"
#include "lang/lexicon_inner.h"

enum kind { NOUN, VERB };
enum { DEEPEST = 4, LEAST_LOAN = 5 };

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
is_front_of(char32_t back, uint8_t code)
{
	switch (back) {
	case U'а':
		return code == kk_code(U'е');
	case U'ы':
		return code == kk_code(U'і');
	case U'ғ':
		return code == kk_code(U'г');
	case U'қ':
		return code == kk_code(U'к');
	default:
		return code == kk_code((int32_t)back);
	}
}

/* Letters of `form` at the end of w; 0 if they do not stand there. *front: in the front form. */
static size_t
form_at_end(const uint8_t *w, size_t n, const char32_t *form, char *harmony)
{
	bool as_is = form[0] == U'=', back = true, front = true;
	size_t len = 0, i;

	form += as_is;
	while (form[len] != 0)
		len++;
	if (len >= n)
		return 0;
	for (i = 0; i < len && (back || front); i++) {
		uint8_t c = w[n - len + i];

		back = back && c == kk_code((int32_t)form[i]);
		front = front && !as_is && is_front_of(form[i], c);
	}
	*harmony = back && front ? '*' : back ? (as_is ? '*' : 'b') : 'f';
	return back || front ? len : 0;
}

static bool
form_at_start(const uint8_t *w, size_t n, const char32_t *form, size_t *len)
{
	size_t i;

	for (i = 0; form[i] != 0; i++)
		if (i >= n || w[i] != kk_code((int32_t)form[i]))
			return false;
	*len = i;
	return true;
}

static bool
one_of(uint8_t code, const char32_t *letters)
{
	for (; *letters != 0; letters++)
		if (code == kk_code((int32_t)*letters))
			return true;
	return false;
}

static char
class_of(uint8_t c)
{
	if (one_of(c, U"уюи"))
		return 'r';
	if (kk_is_vowel(c))
		return 'v';
	if (one_of(c, U"мнң"))
		return 'n';
	if (one_of(c, U"зж"))
		return 'z';
	if (one_of(c, U"л"))
		return 'l';
	return one_of(c, U"рй") ? 'r' : 't';
}

/* The letter that a suffix meets: the soft sign is not heard. */
static uint8_t
last_of(const uint8_t *w, size_t n)
{
	return n >= 2 && w[n - 1] == kk_code(U'ь') ? w[n - 2] : w[n - 1];
}

static unsigned
flags_of(const uint8_t *w, size_t n)
{
	uint64_t h = LEX_SEED;
	size_t i;

	for (i = 0; i < n; i++)
		h = lex_step(h, w[i]);
	return lex_find(KK_CYRILLIC, h);
}

/* б г ғ before a vowel were п к қ at the end of the stem. */
static uint8_t
hard_of(uint8_t c)
{
	return c == kk_code(U'б')   ? kk_code(U'п')
	       : c == kk_code(U'г') ? kk_code(U'к')
	       : c == kk_code(U'ғ') ? kk_code(U'қ')
				    : 0;
}

/* Every stem that the endings leave, whole word first; fn says whether it will do. */
typedef bool stem_fn(const uint8_t *w, size_t n, enum kind kind, void *arg);
static bool
each_stem(const uint8_t *w, size_t n, stem_fn *fn, void *arg)
{
	int ends[AFFIX_MAX + 1][2];
	uint8_t copy[AFFIX_MAX + 1];
	size_t j;
	int kind;

	affix_ends(w, n, ends);
	for (j = n; j >= 3; j--)
		for (kind = NOUN; kind <= VERB; kind++) {
			uint8_t hard = j < n && kk_is_vowel(w[j]) ? hard_of(w[j - 1]) : 0;

			if (ends[j][kind] >= AFFIX_NEVER)
				continue;
			if (fn(w, j, (enum kind)kind, arg))
				return true;
			if (hard == 0)
				continue;
			memcpy(copy, w, j);
			copy[j - 1] = hard;
			if (fn(copy, j, (enum kind)kind, arg))
				return true;
		}
	return false;
}

static bool
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

/* Forms of verbs that are nouns: болған|дық, жазушы|лық, қарау|сыз. */
static bool
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

static bool
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

static bool
by_suffix(const uint8_t *w, size_t n, enum kind kind, void *arg)
{
	bool adjective;

	return n >= 4 && stem_derived(w, n, kind, DEEPEST, &adjective) &&
	       (arg == NULL || adjective);
}

static bool
listed_adjective(const uint8_t *w, size_t n, enum kind kind, void *arg)
{
	char harmony;
	size_t row;

	if (kind != NOUN || (flags_of(w, n) & LEX_WORD) == 0)
		return by_suffix(w, n, kind, arg);
	for (row = 0; row < ARRAY_LEN(derivations); row++)
		if (derivations[row].adjective &&
		    form_at_end(w, n, derivations[row].form, &harmony) > 1)
			return true;
	return false;
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

static bool
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

static bool
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

/* Behind some stem of the kinds asked for. */
static bool
only_endings(const uint8_t *w, size_t n, enum kind most)
{
	static const char32_t *const stems[] = { U"қала", U"үлке", U"жарақ", U"мектеп", U"адам",
		U"өзен", U"қымыз", U"жүйез", U"ауыл", U"көңіл", U"қабыр", U"өңір", U"қалы",
		U"кісі" };
	uint8_t with[16 + AFFIX_MAX];
	int ends[AFFIX_MAX + 1][2];
	size_t i, len;

	if (n > 9)
		return false;
	for (i = 0; i < ARRAY_LEN(stems); i++) {
		for (len = 0; stems[i][len] != 0; len++)
			with[len] = kk_code((int32_t)stems[i][len]);
		memcpy(with + len, w, n);
		affix_ends(with, len + n, ends);
		if (ends[len][NOUN] < AFFIX_NEVER ||
		    (most == VERB && ends[len][VERB] < AFFIX_NEVER))
			return true;
	}
	return false;
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
		if (word_common(w + j, n - j) ||
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

bool
word_foreign_build(const uint8_t *w, size_t n)
{
	return n >= 4 && n <= AFFIX_MAX && each_stem(w, n, is_loan, NULL);
}

/* ---- pieces of running text --------------------------------------------------------------------- */

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

	if ((flags & LEX_CORE) != 0)
		return false;
	affix_cut(KK_CYRILLIC, w, n, &c);
	if (!c.known || c.n < 3)
		return false;
	for (i = 0; i < ARRAY_LEN(closed); i++) {
		size_t len = form_at_end(w, n, closed[i].end, &harmony);
		unsigned stem = len > 0 && n - len >= 3 ? flags_of(w, n - len) : 0;

		if (len == 0 || n - len < 3 ||
		    ((flags & LEX_WORD) != 0 && !closed[i].listed_too && !c.verb))
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
