/* spelling.c – see spelling.h. Sounds with the letters they were written with; then insertions,
 * deletions, changes and swapped neighbours with the costs of two tables. */
#include "lang/spelling.h"

#include <string.h>
#include <uchar.h>

#include "base/rc.h"
#include "lang/letters.h"
#include "lang/skeleton.h"

enum { LETTER = 1000, KIN = 500, SWAP = 1000 };

/* ---- reading ---- */

static void
add_sound(struct spelling *s, char sound, uint8_t letter, const struct letter *w)
{
	char before = s->n > 0 ? s->sound[s->n - 1] : 0;
	int32_t cp = w[letter].cp;

	/* ё is written io too, but not at the beginning (Иоганн). */
	if (before == 'i' && sound == 'o' && s->n > 1) {
		s->n--;
		before = 0;
		sound = 'e';
	}
	/* ts, tş, ch, ц, ч are one sound (but Мкртчян has a т before it); so is дж, dj. */
	if (before == 't' && sound == 's' && s->times[s->n - 1] == 1)
		s->sound[s->n - 1] = 'c';
	else if (before == 'd' && sound == 'j' && s->times[s->n - 1] == 1)
		s->sound[s->n - 1] = 'j';
	else if (before == sound && s->times[s->n - 1] < UINT8_MAX)
		s->times[s->n - 1]++;
	else if (s->n < SPELLING_MAX) {
		if (before == 't' && sound == 's') {
			s->times[s->n - 1]--;
			sound = 'c';
		}
		s->sound[s->n] = sound;
		s->times[s->n] = 1;
		s->from[s->n++] = (uint16_t)(cp > UINT16_MAX ? 0 : cp);
	}
}

void
spelling_read(const char *word, size_t n, struct spelling *out)
{
	const char *end = word + n;
	struct letter w[WORD_MAX];
	char sounds[SKELETON_MAX + 4];
	uint8_t from[SKELETON_MAX + 4];
	size_t k = 0, i;

	out->n = 0;
	while (word < end && k < WORD_MAX) {
		struct letter l;

		l.cp = letter_next(&word, end, &l.upper);
		if (l.cp > 0 && (letter_is(l.cp) || letter_is_apostrophe(l.cp)))
			w[k++] = l;
	}
	word_repair(w, k);
	k = skeleton_from(w, k, sounds, from);
	for (i = 0; i < k; i++)
		add_sound(out, sounds[i], from[i], w);
}

/* ---- letters of one sound ---- */

/* What a letter of a name is written with where its own cannot be or need not be typed: first what
 * says it exactly, then what may say it, dearer with each place. */
static const struct {
	char16_t written;
	const char16_t *exact, *likely;
} one_sound[] = {
	{ u'а', u"a", u"" },
	{ u'ә', u"äáə", u"аaя" },
	{ u'г', u"g", u"" },
	{ u'ғ', u"ğǵ", u"гg" },
	{ u'е', u"e", u"эёy" },
	{ u'ё', u"", u"еoöeiy" },
	{ u'ж', u"jž", u"джz" },
	{ u'и', u"iïı", u"йy" },
	{ u'й', u"yıi", u"и" },
	{ u'і', u"ıi", u"иыy" },
	{ u'ы', u"yı", u"иіi" },
	{ u'к', u"k", u"c" },
	{ u'қ', u"q", u"кk" },
	{ u'н', u"n", u"" },
	{ u'ң', u"ñńŋ", u"нn" },
	{ u'о', u"o", u"" },
	{ u'ө', u"öó", u"оo" },
	{ u'с', u"s", u"" },
	{ u'ш', u"şš", u"sсщ" },
	{ u'у', u"uwý", u"" },
	{ u'ұ', u"ūu", u"у" },
	{ u'ү', u"üú", u"уuюы" },
	{ u'х', u"hkx", u"" },
	{ u'һ', u"h", u"хk" },
	{ u'ц', u"tc", u"s" },
	{ u'ч', u"tcç", u"s" },
	{ u'щ', u"şs", u"ш" },
	{ u'э', u"eé", u"е" },
	{ u'ю', u"iy", u"и" },
	{ u'я', u"iy", u"и" },
};
enum { LIKELY = 10, STEP = 2, OTHER_LETTER = 60, TWICE = 30 };

static const char16_t *
among(const char16_t *set, uint16_t letter)
{
	for (; *set != 0; set++)
		if (*set == letter)
			return set;
	return NULL;
}

static int
letter_cost(uint16_t typed, uint16_t written)
{
	const char16_t *at;
	size_t i;

	if (typed == written)
		return 0;
	for (i = 0; i < ARRAY_LEN(one_sound); i++) {
		if (one_sound[i].written != written)
			continue;
		if ((at = among(one_sound[i].exact, typed)) != NULL)
			return STEP * (int)(at - one_sound[i].exact);
		if ((at = among(one_sound[i].likely, typed)) != NULL)
			return LIKELY + STEP * (int)(at - one_sound[i].likely);
		return OTHER_LETTER;
	}
	return 0;
}

/* ---- sounds that stand for one another ---- */

/* By the sound that comes first in the alphabet; `where` one of these letters was written, or
 * anywhere if NULL. What is not listed: kin below. */
struct swap {
	char other;
	const char16_t *where;
	int cost;
};
static const struct swap swaps[26][5] = {
	['a' - 'a'] = { { 'e', u"ә", 150 } },
	['b' - 'a'] = { { 'p', NULL, 350 } },
	['c' - 'a'] = { { 'k', u"c", 30 }, { 's', NULL, 150 }, { 'w', NULL, 150 },
	    { 'j', NULL, 400 } },
	['e' - 'a'] = { { 'o', u"ёöө", 80 }, { 'i', NULL, 350 }, { 'u', u"ю", 300 } },
	['g' - 'a'] = { { 'h', NULL, 250 }, { 'k', NULL, 350 } },
	['h' - 'a'] = { { 'k', u"қq", 80 }, { 'k', u"c", 150 }, { 'k', NULL, 300 } },
	['i' - 'a'] = { { 'u', u"іыü", 200 }, { 'j', NULL, 300 } },
	['o' - 'a'] = { { 'u', u"өö", 80 }, { 'u', NULL, 300 } },
	['s' - 'a'] = { { 'w', NULL, 100 }, { 'z', NULL, 400 } },
	['u' - 'a'] = { { 'v', u"w", 40 } },
	['f' - 'a'] = { { 'p', NULL, 400 }, { 'v', NULL, 300 } },
};
/* Sounds lost or put in by some spelling. */
static const struct {
	char sound;
	const char16_t *written;
	int cost;
} losses[] = {
	{ 'i', u"яю", 60 },  /* Ләззат, Ляззат; Гүлнар, Гюльнар */
	{ 'i', u"іы", 250 }, /* Тілеміс, Тлемис */
	{ 'i', u"й", 200 },  /* Қайырбек, Каирбек */
	{ 'i', u"y", 120 },  /* Nazarbayev, Nazarbaev */
	{ 'i', NULL, 400 },
	{ 'h', NULL, 500 },
};

/* Another vowel, a neighbour of the consonant: half. */
enum { VOWEL = 1, LIPS = 2, TEETH = 4, BACK = 8, HISS = 16, NOSE = 32, ROUND = 64, FLOW = 128 };
static const uint8_t kin[256] = { ['a'] = VOWEL,
	['e'] = VOWEL,
	['i'] = VOWEL,
	['o'] = VOWEL,
	['u'] = VOWEL | ROUND,
	['v'] = LIPS | ROUND,
	['p'] = LIPS,
	['b'] = LIPS,
	['f'] = LIPS,
	['t'] = TEETH,
	['d'] = TEETH,
	['k'] = BACK,
	['g'] = BACK,
	['h'] = BACK,
	['c'] = HISS,
	['s'] = HISS,
	['z'] = HISS,
	['j'] = HISS,
	['w'] = HISS,
	['m'] = NOSE,
	['n'] = NOSE,
	['l'] = FLOW,
	['r'] = FLOW };

static int
change_cost(const struct spelling *a, size_t i, const struct spelling *b, size_t j)
{
	char x = a->sound[i], y = b->sound[j];
	const struct swap *s;

	if (x == y)
		return letter_cost(a->from[i], b->from[j]) +
		       (a->times[i] == b->times[j] ? 0 : TWICE);
	if ((kin[(unsigned char)x] | kin[(unsigned char)y]) == 0)
		return LETTER;
	if (x > y) {
		x = b->sound[j];
		y = a->sound[i];
	}
	if (x >= 'a' && y <= 'z')
		for (s = swaps[x - 'a']; s < swaps[x - 'a'] + 5 && s->other != 0; s++)
			if (s->other == y &&
			    (s->where == NULL || among(s->where, a->from[i]) != NULL ||
				among(s->where, b->from[j]) != NULL))
				return s->cost;
	return (kin[(unsigned char)x] & kin[(unsigned char)y]) != 0 ? KIN : LETTER;
}

static int
loss_cost(const struct spelling *a, size_t i)
{
	char before = i > 0 ? a->sound[i - 1] : 0;
	size_t k;

	/* oe and ue for ö and ü; t before ч (Tchaikovsky). */
	if (a->sound[i] == 'e' && a->from[i] == 'e' && (before == 'o' || before == 'u'))
		return 80;
	if (a->sound[i] == 't' && i + 1 < a->n && a->sound[i + 1] == 'c')
		return 500;
	for (k = 0; k < ARRAY_LEN(losses); k++)
		if (losses[k].sound == a->sound[i] &&
		    (losses[k].written == NULL || among(losses[k].written, a->from[i]) != NULL))
			return losses[k].cost;
	return LETTER;
}

int
spelling_distance(const struct spelling *a, size_t ending, const struct spelling *b)
{
	int row[3][SPELLING_MAX + 1], lost[SPELLING_MAX];
	size_t n = a->n > ending ? a->n - ending : 0, m = b->n, i, j;

	row[0][0] = 0;
	for (j = 1; j <= m; j++) {
		lost[j - 1] = loss_cost(b, j - 1);
		row[0][j] = row[0][j - 1] + lost[j - 1];
	}
	for (i = 1; i <= n; i++) {
		int *now = row[i % 3], *up = row[(i - 1) % 3], *up2 = row[(i + 1) % 3];
		int gone = loss_cost(a, i - 1);

		now[0] = up[0] + gone;
		for (j = 1; j <= m; j++) {
			int best = up[j - 1] + change_cost(a, i - 1, b, j - 1), less = up[j] + gone,
			    more = now[j - 1] + lost[j - 1];

			best = less < best ? less : best;
			best = more < best ? more : best;
			if (i > 1 && j > 1 && a->sound[i - 1] == b->sound[j - 2] &&
			    a->sound[i - 2] == b->sound[j - 1] && up2[j - 2] + SWAP < best)
				best = up2[j - 2] + SWAP;
			now[j] = best;
		}
	}
	return row[n % 3][m];
}

/* ---- forms ---- */

enum surname_form
surname_form(const char *key)
{
	static const struct {
		const char *ending;
		enum surname_form form;
	} forms[] = {
		{ "ov", SURNAME_SURE },
		{ "ova", SURNAME_SURE },
		{ "ev", SURNAME_SURE },
		{ "eva", SURNAME_SURE },
		{ "skii", SURNAME_SURE },
		{ "ski", SURNAME_SURE },
		{ "skaia", SURNAME_SURE },
		{ "enko", SURNAME_SURE },
		{ "suk", SURNAME_SURE }, /* -чук */
		{ "ian", SURNAME_SURE },
		{ "in", SURNAME_MAYBE },
		{ "ina", SURNAME_MAYBE },
	};
	enum { LEAST = 2 }; /* sounds before it */
	size_t n = strlen(key), i;

	for (i = 0; i < ARRAY_LEN(forms); i++) {
		size_t m = strlen(forms[i].ending);

		if (n >= m + LEAST && strcmp(key + n - m, forms[i].ending) == 0)
			return forms[i].form;
	}
	return SURNAME_NO;
}
