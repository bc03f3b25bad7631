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
} derivations[] = {
	{ U"лық", "vr", NOUN, NOUN, true },
	{ U"дық", "nzl", NOUN, NOUN, true },
	{ U"тық", "t", NOUN, NOUN, true },
	{ U"лы", "vr", NOUN, NOUN, true },
	{ U"ды", "nzl", NOUN, NOUN, true },
	{ U"ты", "t", NOUN, NOUN, true },
	{ U"сыз", "*", NOUN, NOUN, true },
	{ U"шыл", "*", NOUN, NOUN, true },
	{ U"шы", "*", NOUN, NOUN, false },
	{ U"лас", "vr", NOUN, NOUN, false },
	{ U"дас", "nzl", NOUN, NOUN, false },
	{ U"тас", "t", NOUN, NOUN, false },
	{ U"=кер", "t", NOUN, NOUN, false },
	{ U"=гер", "vnzlr", NOUN, NOUN, false },
	{ U"=хана", "*", NOUN, NOUN, false },
	{ U"=паз", "*", NOUN, NOUN, false },
	{ U"=қой", "*", NOUN, NOUN, false },
	{ U"=стан", "*", NOUN, NOUN, false },
	{ U"=тану", "*", NOUN, NOUN, false },
	{ U"=нама", "*", NOUN, NOUN, false },
	{ U"=аралық", "*", NOUN, NOUN, true },
	{ U"=изм", "*", NOUN, NOUN, false },
	{ U"=изация", "*", NOUN, NOUN, false },
	{ U"рақ", "v", NOUN, NOUN, true },
	{ U"ырақ", "nzlrt", NOUN, NOUN, true },
	{ U"лау", "vr", NOUN, NOUN, true },
	{ U"дау", "nzl", NOUN, NOUN, true },
	{ U"тау", "t", NOUN, NOUN, true },
	{ U"ғы", "vnzlr", NOUN, NOUN, true },
	{ U"қы", "t", NOUN, NOUN, true },
	{ U"ншы", "v", NOUN, NOUN, true },
	{ U"ыншы", "nzlrt", NOUN, NOUN, true },
	{ U"ша", "*", NOUN, NOUN, false },
	{ U"шақ", "*", NOUN, NOUN, false },
	{ U"шық", "*", NOUN, NOUN, false },
	{ U"ла", "vr", NOUN, VERB, false },
	{ U"да", "nzl", NOUN, VERB, false },
	{ U"та", "t", NOUN, VERB, false },
	{ U"лан", "vr", NOUN, VERB, false },
	{ U"дан", "nzl", NOUN, VERB, false },
	{ U"тан", "t", NOUN, VERB, false },
	{ U"лас", "vr", NOUN, VERB, false },
	{ U"дас", "nzl", NOUN, VERB, false },
	{ U"тас", "t", NOUN, VERB, false },
	{ U"сын", "*", NOUN, VERB, false },
	{ U"сыра", "*", NOUN, VERB, false },
	{ U"ай", "nzlrt", NOUN, VERB, false },
	{ U"ғар", "vnzlr", NOUN, VERB, false },
	{ U"қар", "t", NOUN, VERB, false },
	{ U"ма", "vlr", VERB, NOUN, false },
	{ U"ба", "nz", VERB, NOUN, false },
	{ U"па", "t", VERB, NOUN, false },
	{ U"ғыш", "vnzlr", VERB, NOUN, true },
	{ U"қыш", "t", VERB, NOUN, true },
	{ U"ғы", "vnzlr", VERB, NOUN, false },
	{ U"қы", "t", VERB, NOUN, false },
	{ U"ым", "nzlrt", VERB, NOUN, false },
	{ U"м", "v", VERB, NOUN, false },
	{ U"ыс", "nzlrt", VERB, NOUN, false },
	{ U"с", "v", VERB, NOUN, false },
	{ U"ынды", "nzlrt", VERB, NOUN, false },
	{ U"нды", "v", VERB, NOUN, false },
	{ U"ық", "nzlrt", VERB, NOUN, true },
	{ U"қ", "v", VERB, NOUN, true },
	{ U"ыңқы", "nzlrt", VERB, NOUN, true },
	{ U"ыл", "nzrt", VERB, VERB, false },
	{ U"л", "v", VERB, VERB, false },
	{ U"ын", "lnzrt", VERB, VERB, false },
	{ U"н", "v", VERB, VERB, false },
	{ U"дыр", "vnzlr", VERB, VERB, false },
	{ U"тыр", "t", VERB, VERB, false },
	{ U"т", "v", VERB, VERB, false },
	{ U"т", "r", VERB, VERB, false },
	{ U"ыңқыра", "nzlrt", VERB, VERB, false },
	{ U"ғыла", "vnzlr", VERB, VERB, false },
	{ U"қыла", "t", VERB, VERB, false },
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
	U"метрия", U"ика", U"изм", U"ист", U"лог", U"граф", U"метр", U"скоп", U"тор", U"ент",
	U"ант", U"инг", U"аж", U"аль", U"тура", U"тет", U"ум", U"ор", U"ер", U"ия", U"рия", U"ина",
	U"ик", U"он", U"ив", U"ат", U"ит", U"оз", U"ем", U"ьер", U"джер", U"мент" };

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

static bool stem_derived(const uint8_t *w, size_t n, enum kind kind, int depth, bool *adjective);

/* Forms of verbs that are nouns: болған|дық, жазушы|лық, қарау|сыз. */
static bool
is_participle(const uint8_t *w, size_t n)
{
	static const char32_t *const forms[] = { U"ған", U"қан", U"мас", U"пас", U"бас", U"=у",
		U"=ушы", U"=уші" };
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

static bool
stem_derived(const uint8_t *w, size_t n, enum kind kind, int depth, bool *adjective)
{
	size_t row;

	for (row = 0; row < ARRAY_LEN(derivations); row++) {
		const struct derivation *d = &derivations[row];
		char harmony, h;
		size_t len;

		if (d->to != kind)
			continue;
		len = form_at_end(w, n, d->form, &harmony);
		if (len == 0)
			continue;
		h = kk_harmony(w, n - len);
		if ((harmony != '*' && h != 0 && h != harmony &&
			!one_of(w[n - len - 1], U"уюияьік")) ||
		    (d->after[0] != '*' &&
			strchr(d->after, class_of(last_of(w, n - len))) == NULL &&
			!(class_of(last_of(w, n - len)) == 'r' && strchr(d->after, 'v') != NULL)))
			continue;
		if (base_known(w, n - len, (enum kind)d->from, depth)) {
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

bool
word_derived(const uint8_t *w, size_t n, bool capital)
{
	if (n < 4 || n > AFFIX_MAX)
		return false;
	return is_pair(w, n) || each_stem(w, n, by_suffix, NULL) || is_compound(w, n) ||
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
	COST_ONLY_ENDING = 900,
	COST_OF_THREE = 450,
	COST_OF_FOUR = 150,
	GAIN_LETTER = 30,
	LONG = 12
};

bool
word_only_ending(const uint8_t *w, size_t n)
{
	static const char32_t *const stems[] = { U"қала", U"үлке", U"жарақ", U"мектеп", U"адам",
		U"өзен", U"қымыз", U"жүйез", U"ауыл", U"көңіл", U"қабыр", U"өңір", U"қалы",
		U"кісі" };
	uint8_t with[16 + AFFIX_MAX];
	int ends[AFFIX_MAX + 1][2];
	size_t i, len;

	if (n > 7)
		return false;
	for (i = 0; i < ARRAY_LEN(stems); i++) {
		for (len = 0; stems[i][len] != 0; len++)
			with[len] = kk_code((int32_t)stems[i][len]);
		memcpy(with + len, w, n);
		affix_ends(with, len + n, ends);
		if (ends[len][NOUN] < AFFIX_NEVER || ends[len][VERB] < AFFIX_NEVER)
			return true;
	}
	return false;
}

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
			cost = COST_ENDINGS + (c.n == 2 ? 300 : c.n == 3 ? 100 : 0);
		else if (n >= 5 &&
			 (each_stem(w, n, is_own, NULL) || each_stem(w, n, by_suffix, NULL)))
			cost = COST_DERIVED;
		else
			return WORD_NEVER;
	}
	if (word_only_ending(w, n))
		cost += COST_ONLY_ENDING;
	cost += n == 3 ? COST_OF_THREE : n == 4 ? COST_OF_FOUR : 0;
	return cost - GAIN_LETTER * ((int)(n < LONG ? n : LONG) - 4);
}
