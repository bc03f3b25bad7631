/* affix.h – inside lang/ only: Kazakh suffixes and the cheapest way to read a word as a stem and
 * suffixes, in two alphabets by one grammar.
 *
 * KK_CYRILLIC: a letter is a code 1–43 (kk_code). KK_SKELETON: an ASCII letter of skeleton.h with w
 * written as s. The suffixes stand once, in the table of affix_table.c; the skeleton's are made from
 * them. Costs are hundredths; less is likelier. The work per word is bounded by AFFIX_MAX letters. */
#ifndef LANG_AFFIX_H
#define LANG_AFFIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum kk_space { KK_CYRILLIC, KK_SKELETON };
enum { AFFIX_MAX = 48 };

struct cut {
	uint8_t stem[AFFIX_MAX + 2];
	size_t n;
	int cost;
	/* The stem is a word of the part of speech that the suffixes need: it stands in the lexicon
	 * (listed), or a word of the lexicon and a suffix make it up. */
	bool known, listed;
	bool verb;
	bool whole; /* nothing was cut */
};

/* 0 for what is no letter of Kazakh Cyrillic; the hyphen is one (іс-шара). Lower case. */
uint8_t kk_code(int32_t cp);
int32_t kk_letter(uint8_t code);
/* 'b', 'f' by the last vowel that shows it, 0 where none does. */
char kk_harmony(const uint8_t *codes, size_t n);
bool kk_is_vowel(uint8_t code);

/* The cheapest reading. 1 ≤ n; letters behind AFFIX_MAX are not looked at. */
void affix_cut(enum kk_space space, const uint8_t *w, size_t n, struct cut *out);
/* By number of letters kept, 0 … n: the least cost of the suffixes behind them, for a stem that is a
 * noun [0] or a verb [1]; AFFIX_NEVER where none fit. For stems that no lexicon holds. */
enum { AFFIX_NEVER = 1 << 28 };
void affix_ends(const uint8_t *codes, size_t n, int ends[AFFIX_MAX + 1][2]);
/* Whether w is a shorter word of the lexicon with plural, case or third-person possessive: such list
 * entries are no stems of their own. */
bool affix_inflected(const uint8_t *codes, size_t n);
/* Whether the stem of a verb is the passive of a listed verb: жасал, жаса. */
bool affix_passive(const uint8_t *codes, size_t n);

#endif
