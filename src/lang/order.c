/* order.c – sort keys: bytes that compare as the words of the house are ordered.
 *
 * Both engines must list alike, and neither knows the Kazakh alphabet everywhere (SQLite knows
 * none, PostgreSQL what its libicu of today knows). So the order is computed here and stored. A
 * key has four levels with a 01 between: the letters; their accents; capitals; and what was left
 * out of the first level, punctuation and leading zeros. Words are ordered one by one: a space is
 * lower than any digit or letter, so «Ли Юрий» comes before «Лиана».
 *
 * Later levels name positions of exceptions, not every letter: a gap of k plain letters is the byte
 * FF − k, so an earlier exception is greater, as ICU has it; most keys are hardly longer than
 * their text. Every level has a cap, so that a key fits into an index page of PostgreSQL; texts
 * that differ only behind some 600 letters compare equal. */
#include "lang/order.h"

#include <stdio.h>
#include <stdlib.h>

#include "lang/letters.h"

enum {
	W_LEVEL = 0x01,
	W_SPACE = 0x02,
	W_NUMBER = 0x04,
	W_OTHER = 0xF0,	  /* other scripts: by code point, behind all */
	CYRILLIC = 0x430, /* first code point of the direct table */
	GAP_MAX = 0xDF,	  /* FF − DF = 20, above GAP_MORE */
	GAP_MORE = 0x10,  /* GAP_MAX + 1 plain letters, then go on counting */
	PRIMARY_MAX = 640,
	LATER_MAX = 120,
	NUMBER_MAX = 254, /* digits of one number; what follows is a new number */
};

/* The legal order of the 42 letters; then Latin with the letters of 2021 in place. */
enum weight {
	W_NONE = 0,
	W_A = 0x10,
	W_AE,
	W_B,
	W_V,
	W_G,
	W_GH,
	W_D,
	W_E,
	W_YO,
	W_ZH,
	W_Z,
	W_I,
	W_Y,
	W_K,
	W_Q,
	W_L,
	W_M,
	W_N,
	W_NG,
	W_O,
	W_OE,
	W_P,
	W_R,
	W_S,
	W_T,
	W_U,
	W_UU,
	W_UE,
	W_F,
	W_KH,
	W_H,
	W_TS,
	W_CH,
	W_SH,
	W_SHCH,
	W_HARD,
	W_YY,
	W_II,
	W_SOFT,
	W_EE,
	W_YU,
	W_YA,
	L_A = 0x60,
	L_AE,
	L_B,
	L_C,
	L_D,
	L_E,
	L_F,
	L_G,
	L_GH,
	L_H,
	L_DOTLESS,
	L_I,
	L_J,
	L_K,
	L_L,
	L_M,
	L_N,
	L_NG,
	L_O,
	L_OE,
	L_P,
	L_Q,
	L_R,
	L_S,
	L_SH,
	L_T,
	L_U,
	L_UU,
	L_UE,
	L_V,
	L_W,
	L_X,
	L_Y,
	L_Z,
};

/* Letters of other alphabets stand with their nearest relative and differ by accent only. */
struct place {
	uint8_t weight, accent;
};
#define CYR(cp) [(cp)-CYRILLIC]
static const struct place cyrillic[0x100] = {
	CYR(0x430) = { W_A, 0 },
	CYR(0x4D9) = { W_AE, 0 },
	CYR(0x431) = { W_B, 0 },
	CYR(0x432) = { W_V, 0 },
	CYR(0x433) = { W_G, 0 },
	CYR(0x493) = { W_GH, 0 },
	CYR(0x434) = { W_D, 0 },
	CYR(0x435) = { W_E, 0 },
	CYR(0x451) = { W_YO, 0 },
	CYR(0x436) = { W_ZH, 0 },
	CYR(0x437) = { W_Z, 0 },
	CYR(0x438) = { W_I, 0 },
	CYR(0x439) = { W_Y, 0 },
	CYR(0x43A) = { W_K, 0 },
	CYR(0x49B) = { W_Q, 0 },
	CYR(0x43B) = { W_L, 0 },
	CYR(0x43C) = { W_M, 0 },
	CYR(0x43D) = { W_N, 0 },
	CYR(0x4A3) = { W_NG, 0 },
	CYR(0x43E) = { W_O, 0 },
	CYR(0x4E9) = { W_OE, 0 },
	CYR(0x43F) = { W_P, 0 },
	CYR(0x440) = { W_R, 0 },
	CYR(0x441) = { W_S, 0 },
	CYR(0x442) = { W_T, 0 },
	CYR(0x443) = { W_U, 0 },
	CYR(0x4B1) = { W_UU, 0 },
	CYR(0x4AF) = { W_UE, 0 },
	CYR(0x444) = { W_F, 0 },
	CYR(0x445) = { W_KH, 0 },
	CYR(0x4BB) = { W_H, 0 },
	CYR(0x446) = { W_TS, 0 },
	CYR(0x447) = { W_CH, 0 },
	CYR(0x448) = { W_SH, 0 },
	CYR(0x449) = { W_SHCH, 0 },
	CYR(0x44A) = { W_HARD, 0 },
	CYR(0x44B) = { W_YY, 0 },
	CYR(0x456) = { W_II, 0 },
	CYR(0x44C) = { W_SOFT, 0 },
	CYR(0x44D) = { W_EE, 0 },
	CYR(0x44E) = { W_YU, 0 },
	CYR(0x44F) = { W_YA, 0 },
	CYR(0x491) = { W_G, 8 },
	CYR(0x452) = { W_D, 8 },
	CYR(0x453) = { W_G, 9 },
	CYR(0x454) = { W_E, 8 },
	CYR(0x455) = { W_Z, 8 },
	CYR(0x457) = { W_II, 8 },
	CYR(0x458) = { W_Y, 8 },
	CYR(0x459) = { W_L, 8 },
	CYR(0x45A) = { W_N, 8 },
	CYR(0x45B) = { W_CH, 8 },
	CYR(0x45C) = { W_K, 8 },
	CYR(0x45E) = { W_U, 8 },
	CYR(0x45F) = { W_CH, 9 },
	CYR(0x497) = { W_ZH, 8 },
	CYR(0x499) = { W_Z, 9 },
	CYR(0x4A1) = { W_Q, 8 },
	CYR(0x4AB) = { W_S, 8 },
	CYR(0x4B3) = { W_KH, 8 },
	CYR(0x4B7) = { W_CH, 10 },
	CYR(0x4D7) = { W_E, 9 },
};

static const uint8_t ascii[26] = { L_A, L_B, L_C, L_D, L_E, L_F, L_G, L_H, L_I, L_J, L_K, L_L, L_M,
	L_N, L_O, L_P, L_Q, L_R, L_S, L_T, L_U, L_V, L_W, L_X, L_Y, L_Z };

/* Latin beyond ASCII, ascending by code point. */
static const struct {
	uint16_t cp;
	struct place place;
} latin[] = {
	{ 0xDF, { L_S, 20 } },
	{ 0xE0, { L_A, 9 } },
	{ 0xE1, { L_A, 8 } },
	{ 0xE2, { L_A, 10 } },
	{ 0xE3, { L_A, 12 } },
	{ 0xE4, { L_AE, 0 } },
	{ 0xE5, { L_A, 11 } },
	{ 0xE6, { L_AE, 20 } },
	{ 0xE7, { L_C, 13 } },
	{ 0xE8, { L_E, 9 } },
	{ 0xE9, { L_E, 8 } },
	{ 0xEA, { L_E, 10 } },
	{ 0xEB, { L_E, 11 } },
	{ 0xEC, { L_I, 9 } },
	{ 0xED, { L_I, 8 } },
	{ 0xEE, { L_I, 10 } },
	{ 0xEF, { L_I, 11 } },
	{ 0xF0, { L_D, 21 } },
	{ 0xF1, { L_NG, 0 } },
	{ 0xF2, { L_O, 9 } },
	{ 0xF3, { L_O, 8 } },
	{ 0xF4, { L_O, 10 } },
	{ 0xF5, { L_O, 12 } },
	{ 0xF6, { L_OE, 0 } },
	{ 0xF8, { L_OE, 20 } },
	{ 0xF9, { L_U, 9 } },
	{ 0xFA, { L_U, 8 } },
	{ 0xFB, { L_U, 10 } },
	{ 0xFC, { L_UE, 0 } },
	{ 0xFD, { L_Y, 8 } },
	{ 0xFF, { L_Y, 11 } },
	{ 0x101, { L_A, 14 } },
	{ 0x103, { L_A, 15 } },
	{ 0x105, { L_A, 16 } },
	{ 0x107, { L_C, 8 } },
	{ 0x109, { L_C, 10 } },
	{ 0x10B, { L_C, 17 } },
	{ 0x10D, { L_C, 15 } },
	{ 0x10F, { L_D, 15 } },
	{ 0x111, { L_D, 20 } },
	{ 0x113, { L_E, 14 } },
	{ 0x117, { L_E, 17 } },
	{ 0x119, { L_E, 16 } },
	{ 0x11B, { L_E, 15 } },
	{ 0x11F, { L_GH, 0 } },
	{ 0x121, { L_G, 17 } },
	{ 0x123, { L_G, 13 } },
	{ 0x127, { L_H, 20 } },
	{ 0x129, { L_I, 12 } },
	{ 0x12B, { L_I, 14 } },
	{ 0x12F, { L_I, 16 } },
	{ 0x131, { L_DOTLESS, 0 } },
	{ 0x137, { L_K, 13 } },
	{ 0x13A, { L_L, 8 } },
	{ 0x13C, { L_L, 13 } },
	{ 0x13E, { L_L, 15 } },
	{ 0x142, { L_L, 20 } },
	{ 0x144, { L_N, 8 } },
	{ 0x146, { L_N, 13 } },
	{ 0x148, { L_N, 15 } },
	{ 0x14B, { L_NG, 8 } },
	{ 0x14D, { L_O, 14 } },
	{ 0x151, { L_OE, 8 } },
	{ 0x153, { L_OE, 21 } },
	{ 0x155, { L_R, 8 } },
	{ 0x157, { L_R, 13 } },
	{ 0x159, { L_R, 15 } },
	{ 0x15B, { L_S, 8 } },
	{ 0x15F, { L_SH, 0 } },
	{ 0x161, { L_S, 15 } },
	{ 0x163, { L_T, 13 } },
	{ 0x165, { L_T, 15 } },
	{ 0x169, { L_U, 12 } },
	{ 0x16B, { L_UU, 0 } },
	{ 0x16D, { L_U, 15 } },
	{ 0x16F, { L_U, 11 } },
	{ 0x171, { L_UE, 8 } },
	{ 0x173, { L_U, 16 } },
	{ 0x175, { L_W, 10 } },
	{ 0x177, { L_Y, 10 } },
	{ 0x17A, { L_Z, 8 } },
	{ 0x17C, { L_Z, 9 } },
	{ 0x17E, { L_Z, 15 } },
	{ 0x1E7, { L_GH, 8 } },
	{ 0x1F5, { L_G, 8 } },
	{ 0x219, { L_SH, 8 } },
	{ 0x21B, { L_T, 14 } },
	{ 0x259, { L_AE, 8 } },
};

static struct place
place_of(int32_t cp)
{
	size_t lo = 0, hi = ARRAY_LEN(latin);

	if (cp >= CYRILLIC && cp < CYRILLIC + 0x100)
		return cyrillic[cp - CYRILLIC];
	if (cp >= 'a' && cp <= 'z')
		return (struct place){ ascii[cp - 'a'], 0 };
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (latin[mid].cp == cp)
			return latin[mid].place;
		if (latin[mid].cp < cp)
			lo = mid + 1;
		else
			hi = mid;
	}
	return (struct place){ W_NONE, 0 };
}

/* One later level: bytes so far, and the count of plain elements since the last exception. */
struct level {
	uint8_t p[LATER_MAX];
	size_t n;
	size_t seen; /* elements of the first level already accounted for */
	bool full;
};
struct key {
	uint8_t primary[PRIMARY_MAX];
	size_t n;
	size_t elements;
	struct level accents, capitals, rest;
	bool space; /* a space is due before the next element */
};

/* An exception at the present element. A level that is full stays as it is: cut at a whole entry,
 * it still orders, only less finely. */
static void
level_put(struct level *l, size_t element, const uint8_t *what, size_t n)
{
	size_t gap = element - l->seen;

	if (l->full || l->n + gap / (GAP_MAX + 1) + 1 + n > LATER_MAX) {
		l->full = true;
		return;
	}
	for (; gap > GAP_MAX; gap -= GAP_MAX + 1)
		l->p[l->n++] = GAP_MORE;
	l->p[l->n++] = (uint8_t)(0xFF - gap);
	if (n > 0)
		memcpy(l->p + l->n, what, n);
	l->n += n;
	l->seen = element;
}

static bool
key_put(struct key *k, const uint8_t *bytes, size_t n)
{
	static const uint8_t space = W_SPACE;

	if (k->space && k->n > 0) {
		k->space = false;
		if (!key_put(k, &space, 1))
			return false;
	}
	k->space = false;
	if (k->n + n > PRIMARY_MAX)
		return false;
	memcpy(k->primary + k->n, bytes, n);
	k->n += n;
	k->elements++;
	return true;
}

static void
put_rest(struct key *k, int32_t cp)
{
	const uint8_t what[3] = { (uint8_t)(cp >> 16 & 0xFF), (uint8_t)(cp >> 8 & 0xFF),
		(uint8_t)(cp & 0xFF) };

	level_put(&k->rest, k->elements, what, sizeof what);
}

/* A run of digits by its value: count of digits, then two digits a byte. */
static bool
put_number(struct key *k, const char **p, const char *end)
{
	uint8_t bytes[2 + NUMBER_MAX / 2] = { W_NUMBER };
	size_t zeros = 0, digits = 0, n = 2, i;
	const char *s = *p;

	for (; s < end && *s == '0'; s++)
		zeros++;
	while (digits < NUMBER_MAX && s + digits < end && s[digits] >= '0' && s[digits] <= '9')
		digits++;
	bytes[1] = (uint8_t)(digits + 1);
	i = digits % 2;
	if (i == 1)
		bytes[n++] = (uint8_t)(2 + s[0] - '0');
	for (; i < digits; i += 2)
		bytes[n++] = (uint8_t)(2 + (s[i] - '0') * 10 + s[i + 1] - '0');
	*p = s + digits;
	if (!key_put(k, bytes, n))
		return false;
	if (zeros > (digits == 0 ? 1u : 0u))
		put_rest(k, '0');
	return true;
}

static bool
put_letter(struct key *k, int32_t cp, bool upper)
{
	struct place place = place_of(cp);
	const uint8_t bytes[4] = { place.weight != W_NONE ? place.weight : W_OTHER,
		(uint8_t)(cp >> 16 & 0xFF), (uint8_t)(cp >> 8 & 0xFF), (uint8_t)(cp & 0xFF) };

	if (!key_put(k, bytes, place.weight != W_NONE ? 1 : sizeof bytes))
		return false;
	if (place.accent != 0)
		level_put(&k->accents, k->elements, &place.accent, 1);
	if (upper)
		level_put(&k->capitals, k->elements, NULL, 0);
	return true;
}

static bool
is_space(int32_t cp)
{
	return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0xA0 || cp == 0x3000 ||
	       (cp >= 0x2000 && cp <= 0x200A) || cp == 0x202F || cp == 0x205F;
}

/* One element of the first level; false when the key is full. */
static bool
put_next(struct key *k, const char **p, const char *end)
{
	bool upper;
	const char *start = *p;
	int32_t cp;

	if (*start >= '0' && *start <= '9')
		return put_number(k, p, end);
	cp = letter_next(p, end, &upper);
	/* İ is the capital of i; I that of ı, which sorts before it. */
	if (*start == 'I' && cp == 'i')
		cp = 0x131;
	if (cp > 0 && letter_is(cp))
		return put_letter(k, cp, upper);
	if (cp > 0 && is_space(cp))
		k->space = true;
	else if (cp != 0)
		put_rest(k, cp < 0 ? 0xFFFD : cp);
	return true;
}

const char *
order_key(struct arena *a, const char *text)
{
	const char *p = text == NULL ? "" : text, *end = p + strlen(p);
	struct key k = { .n = 0 };
	static const uint8_t level = W_LEVEL;
	const struct level *later[] = { &k.accents, &k.capitals, &k.rest };
	struct buf b;
	size_t i, last = 0;

	while (p < end && put_next(&k, &p, end))
		;
	for (i = 0; i < ARRAY_LEN(later); i++)
		if (later[i]->n > 0)
			last = i + 1;
	buf_init(&b, a, 0);
	buf_hex(&b, k.primary, k.n);
	for (i = 0; i < last; i++) {
		buf_hex(&b, &level, 1);
		buf_hex(&b, later[i]->p, later[i]->n);
	}
	return b.p;
}

/* ---- letters as an index ---- */

/* In the order of the weights, W_A and L_A first. */
static const char *const cyrillic_capitals[] = { "А", "Ә", "Б", "В", "Г", "Ғ", "Д", "Е", "Ё", "Ж",
	"З", "И", "Й", "К", "Қ", "Л", "М", "Н", "Ң", "О", "Ө", "П", "Р", "С", "Т", "У", "Ұ", "Ү",
	"Ф", "Х", "Һ", "Ц", "Ч", "Ш", "Щ", "Ъ", "Ы", "І", "Ь", "Э", "Ю", "Я" };
static const char *const latin_capitals[] = { "A", "Ä", "B", "C", "D", "E", "F", "G", "Ğ", "H", "I",
	"İ", "J", "K", "L", "M", "N", "Ñ", "O", "Ö", "P", "Q", "R", "S", "Ş", "T", "U", "Ū", "Ü",
	"V", "W", "X", "Y", "Z" };
_Static_assert(ARRAY_LEN(cyrillic_capitals) == W_YA - W_A + 1, "a letter each");
_Static_assert(ARRAY_LEN(latin_capitals) == L_Z - L_A + 1, "a letter each");

static const char number_sign[] = "0", other_sign[] = "…";

const char *
order_letter_of(const char *key)
{
	char two[3] = { 0 };
	unsigned weight;

	if (key == NULL || key[0] == '\0')
		return NULL;
	memcpy(two, key, 2);
	weight = (unsigned)strtoul(two, NULL, 16);
	if (weight == W_NUMBER)
		return number_sign;
	if (weight == W_OTHER)
		return other_sign;
	if (weight >= W_A && weight <= W_YA)
		return cyrillic_capitals[weight - W_A];
	return weight >= L_A && weight <= L_Z ? latin_capitals[weight - L_A] : NULL;
}

static void
range_of(unsigned weight, struct letter_range *out)
{
	snprintf(out->from, sizeof out->from, "%02x", weight & 0xFF);
	snprintf(out->to, sizeof out->to, "%02xg", weight & 0xFF); /* g: behind every hex digit */
}

bool
order_letter(const char *letter, struct letter_range *out)
{
	const char *p = letter, *end = letter + strlen(letter);
	struct place place;
	bool upper;
	int32_t cp;

	if (strcmp(letter, number_sign) == 0 || strcmp(letter, other_sign) == 0) {
		range_of(*letter == '0' ? W_NUMBER : W_OTHER, out);
		return true;
	}
	if (p == end)
		return false;
	cp = letter_next(&p, end, &upper);
	if (*letter == 'I' && cp == 'i')
		cp = 0x131;
	place = cp > 0 ? place_of(cp) : (struct place){ W_NONE, 0 };
	if (p != end || place.weight == W_NONE)
		return false;
	range_of(place.weight, out);
	return true;
}
