/* reading.c – how a word sounds at its end: harmony and last sound.
 *
 * Harmony is that of the last vowel. Three letters need a second look. «у» at the end of a word
 * keeps the harmony before it (оқу-ға, білу-ге), is a consonant after a vowel (тау, наурыз) and a
 * back vowel inside a loan word (институт-қа; «ю» is front: костюм-ге). «и» is front (термин-ге), «е» between a back vowel
 * and «в» is not heard (Назарбаев-тың). A final «ь», «к» or «г» makes loan words front: фестиваль-ге,
 * банк-ке, округ-тің; native back words end in «қ», «ғ» instead.
 *
 * Latin words are read by the 2021 alphabet, other scripts as if they ended in «а». */
#include "lang/reading.h"

#include <string.h>
#include <uchar.h>

#include "base/rc.h"

enum kind { OTHER, V_BACK, V_FRONT, C_U, C_NASAL, C_GLIDE, C_BUZZ, C_HARD, C_SIGN };

/* Letters by what they sound like; capitals do not come here. */
static const struct {
	enum kind kind;
	const char32_t *letters;
} kinds[] = {
	{ V_BACK, U"аоұыя"
		  U"aouūy" },
	{ V_FRONT, U"әөүіеэиё"
		   U"äöüıeiáóúəéè" },
	{ C_U, U"ую" },
	{ C_NASAL, U"мнң"
		   U"mnñŋń" },
	{ C_GLIDE, U"рлй"
		   U"rlwý" },
	{ C_BUZZ, U"зж"
		  U"zjž" },
	{ C_HARD, U"бвгғдкқпстфхһцчшщ"
		  U"bcdfgğǵhkpqsştvxçčš" },
	{ C_SIGN, U"ьъ" },
};

static enum kind
kind_of(int32_t letter)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(kinds); i++) {
		const char32_t *l;

		for (l = kinds[i].letters; *l != 0; l++)
			if ((int32_t)*l == letter)
				return kinds[i].kind;
	}
	return OTHER;
}

static bool
is_vowel(enum kind k)
{
	return k == V_BACK || k == V_FRONT;
}

/* «у», and «y» of Latin spellings such as Abay, after a vowel are consonants. */
static bool
is_glide_at(struct word w, size_t i)
{
	enum kind k = kind_of(w.p[i]);

	if (k != C_U && w.p[i] != 'y' && w.p[i] != 'i')
		return false;
	if (i == 0 || w.p[i] == U'ю')
		return false;
	return is_vowel(kind_of(w.p[i - 1]));
}

static enum sound
last_sound(struct word w, size_t last)
{
	enum kind k = kind_of(w.p[last]);

	if (is_glide_at(w, last))
		return GLIDE;
	switch (k) {
	case C_NASAL:
		return NASAL;
	case C_BUZZ:
		return BUZZ;
	case C_HARD:
		return HARD;
	case C_U:
	case C_GLIDE:
		return GLIDE;
	default:
		return w.p[last] == U'и' || w.p[last] == 'i' ? GLIDE : VOWEL;
	}
}

/* «…аев», «…оев»: the «е» is written, the vowel before it is heard. */
static bool
is_mute_e(struct word w, size_t i)
{
	return i > 0 && i + 2 == w.n && w.p[i] == U'е' && w.p[i + 1] == U'в' &&
	       kind_of(w.p[i - 1]) == V_BACK;
}

static bool
ends(struct word w, const char32_t *tail)
{
	size_t n = 0, i;

	while (tail[n] != 0)
		n++;
	if (n > w.n)
		return false;
	for (i = 0; i < n; i++)
		if (w.p[w.n - n + i] != (int32_t)tail[i])
			return false;
	return true;
}

static bool
is_word(struct word w, const char32_t *text)
{
	return ends(w, text) && text[w.n] == 0;
}

/* Words that neither their last vowel nor their last letter tells. */
static bool
known_harmony(struct word w, enum harmony *out)
{
	static const struct {
		const char32_t *text;
		enum harmony h;
	} known[] = {
		{ U"ми", BACK },
		{ U"мұхит", BACK },
		{ U"поезд", BACK },
		{ U"поез", BACK },
		{ U"ирак", BACK },
		{ U"баку", FRONT },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(known); i++)
		if (is_word(w, known[i].text)) {
			*out = known[i].h;
			return true;
		}
	return false;
}

static enum harmony
word_harmony(struct word w)
{
	size_t i = w.n;
	int32_t end = w.p[w.n - 1];
	enum harmony known;

	if (known_harmony(w, &known))
		return known;
	if (end == U'қ' || end == U'ғ' || end == U'х' || end == U'һ')
		return BACK;
	if (end == U'ь' || end == U'к' || end == U'г' || end == 'k')
		return FRONT;
	while (i-- > 0) {
		enum kind k = kind_of(w.p[i]);

		if (is_glide_at(w, i) || is_mute_e(w, i))
			continue;
		if (k == V_BACK)
			return BACK;
		if (k == V_FRONT)
			return FRONT;
		if (k == C_U && i + 1 < w.n)
			return w.p[i] == U'ю' ? FRONT : BACK;
	}
	return BACK;
}

struct reading
word_reading(struct word w)
{
	size_t last = w.n - 1;

	while (last > 0 && kind_of(w.p[last]) == C_SIGN)
		last--;
	return (struct reading){ (uint8_t)word_harmony(w), (uint8_t)last_sound(w, last) };
}

static size_t
count_vowels(struct word w)
{
	size_t n = 0, i;

	for (i = 0; i < w.n; i++)
		n += is_vowel(kind_of(w.p[i])) || kind_of(w.p[i]) == C_U;
	return n;
}

/* Sections 93 and 95 of the rules of 2018, 35 of those before, and usage where they are silent:
 * -ст, -сть, -зд lose what stands behind с and з; of two like consonants one is written; -кт, -ск
 * and -инг take «і» (фактіге, Минскіде, митингіге). */
struct changed
word_changed(struct word w, enum kk_case c)
{
	struct changed r = { 0, false, { BACK, VOWEL } };
	const char *ending = ending_of(word_reading(w), c);
	bool t_follows = strncmp(ending, "т", strlen("т")) == 0;
	struct word left = w;
	enum harmony known;

	if (ends(w, U"сть"))
		r.cut = 2;
	else if (ends(w, U"ст"))
		r.cut = count_vowels(w) > 1 || is_word(w, U"трест") || t_follows ? 1 : 0;
	else if (ends(w, U"зд"))
		r.cut = 1;
	else if (w.n > 2 && w.p[w.n - 1] == w.p[w.n - 2] && kind_of(w.p[w.n - 1]) >= C_NASAL &&
		 kind_of(w.p[w.n - 1]) <= C_HARD)
		r.cut = 1;
	else if ((ends(w, U"кт") && !ends(w, U"нкт")) || ends(w, U"ск") || ends(w, U"инг")) {
		r.add_i = true;
		r.how = (struct reading){ FRONT, VOWEL };
		return r;
	}
	left.n -= r.cut;
	r.how = word_reading(left);
	if (known_harmony(w, &known))
		r.how.harmony = (uint8_t)known;
	return r;
}

bool
is_patronymic(struct word w)
{
	return w.n > 5 && (ends(w, U"ұлы") || ends(w, U"қызы"));
}

/* Names of the letters that stand at the end: «бе», «ка», «эн», «эс»; vowels are their own names. */
static struct reading
letter_reading(int32_t letter)
{
	static const struct {
		const char32_t *letters;
		struct reading how;
	} names[] = {
		{ U"бвгджзптцч"
		  U"bcdgptvz",
		    { FRONT, VOWEL } },
		{ U"қғкхһшщ"
		  U"hkqğ",
		    { BACK, VOWEL } },
		{ U"лр"
		  U"lr",
		    { FRONT, GLIDE } },
		{ U"мн"
		  U"mn",
		    { FRONT, NASAL } },
		{ U"сф"
		  U"sfx",
		    { FRONT, HARD } },
		{ U"ң"
		  U"ñ",
		    { BACK, NASAL } },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(names); i++) {
		const char32_t *l;

		for (l = names[i].letters; *l != 0; l++)
			if ((int32_t)*l == letter)
				return names[i].how;
	}
	return word_reading((struct word){ &letter, 1, false });
}

struct reading
abbreviation_reading(struct word w)
{
	enum kind k = kind_of(w.p[w.n - 1]);

	if (is_vowel(k))
		return (struct reading){ k == V_BACK ? BACK : FRONT, VOWEL };
	if (w.n >= 2 && is_vowel(kind_of(w.p[w.n - 2])))
		return word_reading(w);
	return letter_reading(w.p[w.n - 1]);
}

bool
known_reading(struct word w, struct reading *out)
{
	static const struct {
		const char32_t *text;
		bool caps;
		struct reading how;
	} known[] = {
		{ U"%", false, { BACK, BUZZ } },   /* пайыз */
		{ U"₸", false, { FRONT, VOWEL } }, /* теңге */
		{ U"тг", false, { FRONT, VOWEL } },
		{ U"млн", false, { BACK, NASAL } },  /* миллион */
		{ U"млрд", false, { BACK, HARD } },  /* миллиард */
		{ U"трлн", false, { BACK, NASAL } }, /* триллион */
		{ U"км", false, { FRONT, GLIDE } },  /* километр */
		{ U"м", false, { FRONT, GLIDE } },
		{ U"кг", false, { BACK, NASAL } }, /* килограмм */
		{ U"т", false, { BACK, VOWEL } },  /* тонна */
		{ U"га", false, { BACK, GLIDE } }, /* гектар */
		{ U"ақш", true, { BACK, HARD } },  /* said as a word */
		{ U"қр", true, { BACK, VOWEL } },  /* as offices write it: ҚР-ның */
	};
	size_t i, j;

	for (i = 0; i < ARRAY_LEN(known); i++) {
		if (known[i].caps != w.caps)
			continue;
		for (j = 0; j < w.n && known[i].text[j] == (char32_t)w.p[j]; j++)
			;
		if (j == w.n && known[i].text[j] == 0) {
			*out = known[i].how;
			return true;
		}
	}
	return false;
}
