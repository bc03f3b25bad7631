/* reading.h – inside lang/ only: how a Kazakh word sounds at its end, which decides its endings. */
#ifndef LANG_READING_H
#define LANG_READING_H

#include "lang/kazakh.h"

enum harmony { BACK, FRONT };
/* The last sound: a vowel; м н ң; р л й у; з ж; a voiceless one, or б в г д of a loan word. */
enum sound { VOWEL, NASAL, GLIDE, BUZZ, HARD };
struct reading {
	uint8_t harmony, sound;
};

struct reading number_reading(uint64_t n);
const char *ending_of(struct reading how, enum kk_case c);
/* After a possessive of the third person; only the harmony matters. */
const char *possessive_ending(enum harmony h, enum kk_case c);

/* A word's letters as code points, in lower case; `caps`: all of them were capitals. */
struct word {
	const int32_t *p;
	size_t n;
	bool caps;
};
struct reading word_reading(struct word w);
/* Loan words change their end before an ending: how many letters go, and whether «і» comes. What
 * is left is read by *how. */
struct changed {
	unsigned cut;
	bool add_i;
	struct reading how;
};
struct changed word_changed(struct word w, enum kk_case c);
/* Whether it is a name in -ұлы, -қызы. */
bool is_patronymic(struct word w);
/* Read letter by letter, or as a word where it can be said: ҚХА, БАҚ, ЭМБ. */
struct reading abbreviation_reading(struct word w);
/* Units and shortenings read as the full word: млн, %, кг. */
bool known_reading(struct word w, struct reading *out);

#endif
