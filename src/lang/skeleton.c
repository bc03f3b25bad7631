/* skeleton.c – see skeleton.h. */
#include "lang/skeleton.h"

#include <string.h>
#include <uchar.h>

#include "base/rc.h"
#include "base/utf8.h"

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

bool
letter_is_apostrophe(int32_t cp)
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
void
word_repair(struct letter *w, size_t n)
{
	size_t cyr = 0, lat = 0, cyr_sure = 0, lat_sure = 0, i;
	bool to_cyrillic;

	for (i = 0; i < n; i++) {
		cyr += is_cyrillic(w[i].cp);
		lat += is_latin(w[i].cp);
	}
	if (cyr == 0 || lat == 0)
		return;
	for (i = 0; i < n; i++) {
		bool sure = twin_of(w[i]) == 0;

		cyr_sure += sure && is_cyrillic(w[i].cp);
		lat_sure += sure && is_latin(w[i].cp);
	}
	if (cyr_sure > 0 && lat_sure > 0)
		return;
	to_cyrillic = cyr_sure > 0 || (lat_sure == 0 && cyr >= lat);
	for (i = 0; i < n; i++) {
		int32_t twin = twin_of(w[i]);

		if (twin != 0 && (to_cyrillic ? is_latin : is_cyrillic)(w[i].cp))
			w[i].cp = twin;
	}
}

/* "-" = a letter without a sound of its own; "" = of no table. */
static const char letter_map[0x530][4] = {
	['a'] = "a",
	['b'] = "b",
	['c'] = "k",
	['d'] = "d",
	['e'] = "e",
	['f'] = "f",
	['g'] = "g",
	['h'] = "h",
	['i'] = "i",
	['j'] = "j",
	['k'] = "k",
	['l'] = "l",
	['m'] = "m",
	['n'] = "n",
	['o'] = "o",
	['p'] = "p",
	['q'] = "k",
	['r'] = "r",
	['s'] = "s",
	['t'] = "t",
	['u'] = "u",
	['v'] = "v",
	['w'] = "u",
	['x'] = "ks",
	['y'] = "i",
	['z'] = "z",
	[U'ä'] = "a",
	[U'á'] = "a",
	[U'à'] = "a",
	[U'â'] = "a",
	[U'ã'] = "a",
	[U'å'] = "a",
	[U'ā'] = "a",
	[U'ă'] = "a",
	[U'ą'] = "a",
	[0x259] = "a",
	[U'ǎ'] = "a",
	[U'æ'] = "ae",
	[U'ć'] = "ts",
	[U'ç'] = "ts",
	[U'č'] = "ts",
	[U'ĉ'] = "ts",
	[U'ċ'] = "ts",
	[U'ď'] = "d",
	[U'đ'] = "d",
	[U'ð'] = "d",
	[U'é'] = "e",
	[U'è'] = "e",
	[U'ê'] = "e",
	[U'ë'] = "e",
	[U'ē'] = "e",
	[U'ę'] = "e",
	[U'ě'] = "e",
	[U'ĕ'] = "e",
	[U'ė'] = "e",
	[U'ğ'] = "g",
	[U'ǵ'] = "g",
	[U'ǧ'] = "g",
	[U'ġ'] = "g",
	[U'ģ'] = "g",
	[U'ĝ'] = "g",
	[U'ħ'] = "h",
	[U'ĥ'] = "h",
	[U'ı'] = "i",
	[U'í'] = "i",
	[U'ì'] = "i",
	[U'î'] = "i",
	[U'ï'] = "i",
	[U'ī'] = "i",
	[U'ĩ'] = "i",
	[U'ĭ'] = "i",
	[U'į'] = "i",
	[U'ÿ'] = "i",
	[U'ŷ'] = "i",
	[U'ĵ'] = "j",
	[U'ǰ'] = "j",
	[U'ž'] = "j",
	[U'ķ'] = "k",
	[U'ǩ'] = "k",
	[U'ł'] = "l",
	[U'ĺ'] = "l",
	[U'ļ'] = "l",
	[U'ľ'] = "l",
	[U'ŀ'] = "l",
	[U'ñ'] = "n",
	[U'ŋ'] = "n",
	[U'ń'] = "n",
	[U'ň'] = "n",
	[U'ņ'] = "n",
	[U'ö'] = "o",
	[U'ó'] = "o",
	[U'ò'] = "o",
	[U'ô'] = "o",
	[U'õ'] = "o",
	[U'ø'] = "o",
	[U'ő'] = "o",
	[U'ō'] = "o",
	[U'ŏ'] = "o",
	[U'œ'] = "oe",
	[U'ř'] = "r",
	[U'ŕ'] = "r",
	[U'ŗ'] = "r",
	[U'ś'] = "s",
	[U'ß'] = "s",
	[U'ş'] = "w",
	[U'š'] = "w",
	[U'ș'] = "w",
	[U'ŝ'] = "w",
	[U'ť'] = "t",
	[U'ţ'] = "t",
	[U'ț'] = "t",
	[U'ŧ'] = "t",
	[U'ū'] = "u",
	[U'ü'] = "u",
	[U'ú'] = "u",
	[U'ù'] = "u",
	[U'û'] = "u",
	[U'ý'] = "u",
	[U'ů'] = "u",
	[U'ű'] = "u",
	[U'ŭ'] = "u",
	[U'ų'] = "u",
	[U'ŵ'] = "u",
	[U'ũ'] = "u",
	[U'ź'] = "z",
	[U'ż'] = "z",
	[U'а'] = "a",
	[U'б'] = "b",
	[U'в'] = "v",
	[U'г'] = "g",
	[U'д'] = "d",
	[U'е'] = "e",
	[U'ж'] = "j",
	[U'з'] = "z",
	[U'и'] = "i",
	[U'й'] = "i",
	[U'к'] = "k",
	[U'л'] = "l",
	[U'м'] = "m",
	[U'н'] = "n",
	[U'о'] = "o",
	[U'п'] = "p",
	[U'р'] = "r",
	[U'с'] = "s",
	[U'т'] = "t",
	[U'у'] = "u",
	[U'ф'] = "f",
	[U'х'] = "h",
	[U'ц'] = "ts",
	[U'ч'] = "ts",
	[U'ш'] = "w",
	[U'щ'] = "w",
	[U'ъ'] = "-",
	[U'ы'] = "i",
	[U'ь'] = "-",
	[U'э'] = "e",
	[U'ю'] = "iu",
	[U'я'] = "ia",
	[U'ё'] = "e",
	[U'є'] = "e",
	[U'і'] = "i",
	[U'ї'] = "i",
	[U'ў'] = "u",
	[U'ґ'] = "g",
	[U'җ'] = "j",
	[U'ҡ'] = "k",
	[U'ҳ'] = "h",
	[U'ә'] = "a",
	[U'ғ'] = "g",
	[U'қ'] = "k",
	[U'ң'] = "n",
	[U'ө'] = "o",
	[U'ұ'] = "u",
	[U'ү'] = "u",
	[U'һ'] = "h",
};

/* Latin spellings of more than one letter, longest first among those with one beginning. A dot
 * stands for an apostrophe of 2017. */
static const struct {
	const char32_t *latin;
	const char *skeleton;
} digraphs[] = {
	{ U"shch", "w" },
	{ U"şş", "w" },
	{ U"ştş", "w" },
	{ U"sh", "w" },
	{ U"s.", "w" },
	{ U"tş", "ts" },
	{ U"ch", "ts" },
	{ U"c.", "ts" },
	{ U"ck", "k" },
	{ U"ce", "se" },
	{ U"ci", "si" },
	{ U"cï", "tsi" }, /* QazAqparat: c is ц, ï is и */
	{ U"cy", "si" },
	{ U"zh", "j" },
	{ U"kh", "h" },
	{ U"gh", "g" },
	{ U"ph", "f" },
	{ U"y.", "u" },
};

/* How many letters of the word at i this spelling covers; 0 if it does not stand there. */
static size_t
digraph_len(const struct letter *w, size_t n, const char32_t *latin)
{
	size_t i;

	for (i = 0; latin[i] != 0; i++) {
		if (i >= n)
			return 0;
		if (latin[i] == '.' ? !letter_is_apostrophe(w[i].cp) : (int32_t)latin[i] != w[i].cp)
			return 0;
	}
	return i;
}

static bool
is_vowel(char c)
{
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

/* A Latin digraph at w[0]; ye and yo are one sound after a consonant and at the beginning (Yerlan,
 * Fyodor, Solovyev), й and a vowel after a vowel (rayon). */
static size_t
digraph_at(const struct letter *w, size_t n, char before, const char **to)
{
	size_t i, len;

	if (n < 2 || strchr("sctzkgpy\xff", w[0].cp < 0x80 ? (int)w[0].cp : 0xff) == NULL)
		return 0;
	if (w[0].cp == 'y' && (w[1].cp == 'e' || w[1].cp == 'o') && !is_vowel(before)) {
		*to = "e";
		return 2;
	}
	for (i = 0; i < ARRAY_LEN(digraphs); i++)
		if ((len = digraph_len(w, n, digraphs[i].latin)) > 0) {
			*to = digraphs[i].skeleton;
			return len;
		}
	return 0;
}

/* Notes for the bytes from `at` on that the letter `i` gave them. */
static void
note_from(uint8_t *from, size_t at, size_t end, size_t i)
{
	if (from != NULL && end > at)
		memset(from + at, (int)i, end - at);
}

size_t
skeleton_from(const struct letter *w, size_t n, char *out, uint8_t *from)
{
	size_t i = 0, len, o = 0, at = 0, letter = 0;

	while (i < n && o < SKELETON_MAX) {
		int32_t cp = w[i].cp;
		const char *to = "";

		note_from(from, at, o, letter);
		at = o;
		letter = i;

		if (is_latin(cp) &&
		    (len = digraph_at(w + i, n - i, o > 0 ? out[o - 1] : 0, &to)) > 0) {
			i += len;
		} else {
			i++;
			if (letter_is_apostrophe(cp))
				continue;
			if (cp < (int32_t)ARRAY_LEN(letter_map))
				to = letter_map[cp];
			if (*to == '-')
				continue;
			if (*to == '\0') {
				o += utf8_put(out + o, cp);
				continue;
			}
		}
		while (*to != '\0')
			out[o++] = *to++;
	}
	note_from(from, at, o, letter);
	return o;
}

size_t
skeleton(const struct letter *w, size_t n, char *out)
{
	return skeleton_from(w, n, out, NULL);
}

size_t
skeleton_reduce(char *s, size_t n, bool merge)
{
	size_t i, o = 0;

	for (i = 0; i < n; i++) {
		char c = s[i];

		if (merge && c == 'w')
			c = 's';
		if (merge && c == 's' && o > 0 && s[o - 1] == 't')
			o--;
		/* дж, dj, dzh: Джумабаев is Жумабаев. */
		if (c == 'j' && o > 0 && s[o - 1] == 'd')
			o--;
		/* Between a vowel and е the glide is written by some and not by others: Nazarbayev. */
		if (c == 'e' && o > 1 && s[o - 1] == 'i' && is_vowel(s[o - 2]))
			o--;
		/* Doubles once, but not of digits; letters of other scripts are longer than a byte. */
		if (o > 0 && s[o - 1] == c && c >= 'a' && c <= 'z')
			continue;
		s[o++] = c;
	}
	return o;
}
