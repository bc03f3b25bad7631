/* fold.c – one key for one name however it was typed: Қуаныш, Куаныш, Quanysh, Kuanysh.
 *
 * A word is brought to the letters of a Russian keyboard in three steps: look-alike letters of the
 * other script are repaired where a word mixes both; each letter or digraph of any Latin table
 * (2021, the 2019 draft, 2018, the apostrophes of 2017, passports, English) becomes the same few
 * Cyrillic letters; and what tables disagree about is evened out (ц = тс, ч = тш, щ = ш, я = иа,
 * ы = и = й, doubles once). That joins more than a reader would – жатса and жаца – which is right
 * for finding a possible duplicate and wrong for anything else: a key is never shown and never
 * turned back. Called where two records may be one person, and for tolerant search fields. */
#include "lang/order.h"

#include <stdlib.h>
#include <uchar.h>

#include "base/utf8.h"
#include "lang/letters.h"

enum { WORD_MAX = 128, TRIGRAMS_MAX = 512 };

struct letter {
	int32_t cp;
	bool upper;
};
struct fold {
	struct buf out;
	struct letter word[WORD_MAX];
	size_t n;
	int32_t last, before; /* the last two letters written of the present word; 0 = none */
};

static bool
is_cyrillic(int32_t cp)
{
	return cp >= 0x400 && cp < 0x530;
}

static bool
is_latin(int32_t cp)
{
	return (cp >= 'a' && cp <= 'z') || (cp >= 0xC0 && cp < 0x250) || cp == 0x259;
}

static bool
is_apostrophe(int32_t cp)
{
	return cp == '\'' || cp == 0x2019 || cp == 0x2018 || cp == 0x2BC || cp == 0x2B9 ||
	       cp == '`' || cp == 0xB4;
}

/* The twin in the other script, 0 if there is none. Some shapes are twins as capitals only. */
static int32_t
twin_of(struct letter l)
{
	static const struct {
		uint16_t latin, cyrillic;
		bool capital_only;
	} twins[] = {
		{ 'a', 0x430, false },
		{ 'b', 0x432, true },
		{ 'c', 0x441, false },
		{ 'e', 0x435, false },
		{ 'h', 0x43D, true },
		{ 'h', 0x4BB, false },
		{ 'i', 0x456, false },
		{ 'k', 0x43A, false },
		{ 'm', 0x43C, true },
		{ 'o', 0x43E, false },
		{ 'p', 0x440, false },
		{ 't', 0x442, true },
		{ 'x', 0x445, false },
		{ 'y', 0x443, false },
		{ 0xF6, 0x4E9, false },
		{ 0x259, 0x4D9, false },
		{ 0xEB, 0x451, false },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(twins); i++) {
		if (twins[i].capital_only && !l.upper)
			continue;
		if (twins[i].latin == l.cp)
			return twins[i].cyrillic;
		if (twins[i].cyrillic == l.cp)
			return twins[i].latin;
	}
	return 0;
}

/* «Cерiк» with Latin C and i is a Cyrillic word: the letters without a twin say which script was
 * meant; where both scripts have such letters nothing is repaired (QazaqСтан). */
static void
word_repair(struct fold *f)
{
	size_t cyr = 0, lat = 0, cyr_sure = 0, lat_sure = 0, i;
	bool to_cyrillic;

	for (i = 0; i < f->n; i++) {
		bool sure = twin_of(f->word[i]) == 0;

		cyr += is_cyrillic(f->word[i].cp);
		lat += is_latin(f->word[i].cp);
		cyr_sure += sure && is_cyrillic(f->word[i].cp);
		lat_sure += sure && is_latin(f->word[i].cp);
	}
	if (cyr == 0 || lat == 0 || (cyr_sure > 0 && lat_sure > 0))
		return;
	to_cyrillic = cyr_sure > 0 || (lat_sure == 0 && cyr >= lat);
	for (i = 0; i < f->n; i++) {
		int32_t twin = twin_of(f->word[i]);

		if (twin != 0 && (to_cyrillic ? is_latin : is_cyrillic)(f->word[i].cp))
			f->word[i].cp = twin;
	}
}

static bool
is_vowel(int32_t cp)
{
	return cp == U'а' || cp == U'е' || cp == U'и' || cp == U'о' || cp == U'у';
}

/* Write one skeleton letter, evening out as it goes. */
static void
emit(struct fold *f, int32_t cp)
{
	char bytes[4];

	if (cp == f->last && letter_is(cp))
		return;
	/* дж, dj, dzh: Джумабаев is Жумабаев. */
	if (cp == U'ж' && f->last == U'д') {
		f->out.n -= 2;
		f->last = f->before;
		if (f->last == U'ж')
			return;
	}
	/* Between a vowel and е the glide is written by some and not by others: Nazarbayev. */
	if (cp == U'е' && f->last == U'и' && is_vowel(f->before)) {
		f->out.n -= 2;
		f->last = f->before;
		if (f->last == U'е')
			return;
	}
	buf_put(&f->out, bytes, utf8_put(bytes, cp));
	f->before = f->last;
	f->last = cp;
}

static void
emit_all(struct fold *f, const char32_t *s)
{
	for (; *s != 0; s++)
		emit(f, (int32_t)*s);
}

/* Latin spellings of more than one letter, longest first among those with one beginning. A dot
 * stands for an apostrophe of 2017. */
static const struct {
	const char *latin;
	const char32_t *skeleton;
} digraphs[] = {
	{ "shch", U"ш" },
	{ "şş", U"ш" },
	{ "ştş", U"ш" },
	{ "sh", U"ш" },
	{ "s.", U"ш" },
	{ "tch", U"тш" },
	{ "ch", U"тш" },
	{ "c.", U"тш" },
	{ "ck", U"к" },
	{ "ce", U"се" },
	{ "ci", U"си" },
	{ "cy", U"си" },
	{ "zh", U"ж" },
	{ "kh", U"х" },
	{ "gh", U"г" },
	{ "ph", U"ф" },
	{ "ye", U"е" },
	{ "yo", U"е" },
	{ "y.", U"у" },
};

static const struct {
	const char32_t *letters, *skeleton;
} singles[] = {
	{ U"аәaäáàâãåāăąəǎ", U"а" },
	{ U"бb", U"б" },
	{ U"вv", U"в" },
	{ U"гғgğǵǧґġģĝ", U"г" },
	{ U"дdďđð", U"д" },
	{ U"еёэeéèêëēęєěĕėẽ", U"е" },
	{ U"жjĵǰ", U"ж" },
	{ U"зzźż", U"з" },
	{ U"ийыіiıyíìîïīÿїĩĭįŷ", U"и" },
	{ U"кқkqҡķǩ", U"к" },
	{ U"лlłĺļľŀ", U"л" },
	{ U"мm", U"м" },
	{ U"нңnñŋńňņ", U"н" },
	{ U"оөoöóòôõøőōŏ", U"о" },
	{ U"пp", U"п" },
	{ U"рrřŕŗ", U"р" },
	{ U"сsś", U"с" },
	{ U"тtţťțŧ", U"т" },
	{ U"уұүuūüúùûwýůűўŭųŵũ", U"у" },
	{ U"фf", U"ф" },
	{ U"хһhҳħĥ", U"х" },
	{ U"цć", U"тс" },
	{ U"чçčĉċ", U"тш" },
	{ U"шщşšșŝ", U"ш" },
	{ U"žҗ", U"ж" },
	{ U"ю", U"иу" },
	{ U"я", U"иа" },
	{ U"ьъ", U"" },
	{ U"x", U"кс" },
	{ U"ß", U"с" },
	{ U"æ", U"ае" },
	{ U"œ", U"ое" },
};

/* How many letters of the word at i this spelling covers; 0 if it does not stand there. */
static size_t
digraph_len(const struct fold *f, size_t i, const char *latin)
{
	const char *end = latin + strlen(latin);
	size_t n = 0;

	while (latin < end) {
		int32_t want = utf8_next(&latin, end);
		int32_t have = i + n < f->n ? f->word[i + n].cp : 0;

		if (want == '.' ? !is_apostrophe(have) : want != have)
			return 0;
		n++;
	}
	return n;
}

static void
emit_single(struct fold *f, size_t i)
{
	int32_t cp = f->word[i].cp;
	size_t row;

	if (is_apostrophe(cp))
		return;
	/* Latin c before other letters than e, i, y sounds as к; a digit has no skeleton. */
	if (cp == 'c') {
		emit(f, U'к');
		return;
	}
	for (row = 0; row < ARRAY_LEN(singles); row++) {
		const char32_t *l;

		for (l = singles[row].letters; *l != 0; l++)
			if ((int32_t)*l == cp) {
				emit_all(f, singles[row].skeleton);
				return;
			}
	}
	emit(f, cp);
}

static void
word_emit(struct fold *f)
{
	size_t i = 0, start = f->out.n;

	if (f->n == 0)
		return;
	word_repair(f);
	if (start > 0)
		buf_char(&f->out, ' ');
	f->last = f->before = 0;
	while (i < f->n) {
		size_t d = 0, len = 0;

		if (is_latin(f->word[i].cp))
			for (d = 0; d < ARRAY_LEN(digraphs) && len == 0; d++)
				len = digraph_len(f, i, digraphs[d].latin);
		if (len > 0)
			emit_all(f, digraphs[d - 1].skeleton);
		else
			emit_single(f, i);
		i += len > 0 ? len : 1;
	}
	/* A word of nothing but signs (ь, apostrophes) leaves no space behind. */
	if (f->last == 0)
		f->out.n = start;
	f->n = 0;
}

const char *
fold_key(struct arena *a, const char *text)
{
	const char *p = text == NULL ? "" : text, *end = p + strlen(p);
	struct fold f = { .n = 0 };

	buf_init(&f.out, a, 0);
	while (p < end) {
		struct letter l;

		l.cp = letter_next(&p, end, &l.upper);
		if (l.cp == 0)
			continue;
		if (l.cp < 0 || !(letter_is(l.cp) || (l.cp >= '0' && l.cp <= '9') ||
				    (is_apostrophe(l.cp) && f.n > 0))) {
			word_emit(&f);
			continue;
		}
		if (f.n == WORD_MAX)
			word_emit(&f);
		f.word[f.n++] = l;
	}
	word_emit(&f);
	return arena_strn(a, f.out.p, f.out.n);
}

static int
trigram_compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* Trigrams word by word, with a space before and behind: the order of the words does not matter,
 * their beginnings and ends do. */
static size_t
trigrams(const char *key, uint64_t out[TRIGRAMS_MAX])
{
	const uint64_t mask = (UINT64_C(1) << 63) - 1;
	const char *end = key + strlen(key);
	uint64_t three = ' ';
	size_t n = 0, letters = 0;

	while (key <= end && n < TRIGRAMS_MAX) {
		int32_t cp = key < end ? utf8_next(&key, end) : (key++, ' ');

		three = (three << 21 | (uint64_t)(cp < 0 ? 0xFFFD : cp)) & mask;
		if (cp != ' ')
			letters++;
		if (letters > 0 && (letters > 1 || cp == ' '))
			out[n++] = three;
		if (cp == ' ') {
			three = ' ';
			letters = 0;
		}
	}
	qsort(out, n, sizeof out[0], trigram_compare);
	return n;
}

double
fold_similarity(const char *fold_a, const char *fold_b)
{
	uint64_t a[TRIGRAMS_MAX], b[TRIGRAMS_MAX];
	size_t na = trigrams(fold_a == NULL ? "" : fold_a, a), i = 0;
	size_t nb = trigrams(fold_b == NULL ? "" : fold_b, b), j = 0, both = 0;

	if (na == 0 || nb == 0)
		return 0;
	while (i < na && j < nb) {
		if (a[i] == b[j]) {
			both++;
			i++;
			j++;
		} else if (a[i] < b[j])
			i++;
		else
			j++;
	}
	return 2.0 * (double)both / (double)(na + nb);
}
