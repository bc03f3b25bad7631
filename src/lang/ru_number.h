/* ru_number.h – Russian numbers in words, in every case, and back.
 *
 * Every part of a compound number takes the case: двух тысяч двухсот сорока пяти; the word of a group is a
 * noun of its own gender (одна тысяча, два миллиона). Source: the declension tables of any school
 * grammar of Russian (имя числительное). */
#ifndef LANG_RU_NUMBER_H
#define LANG_RU_NUMBER_H

#include <stdbool.h>

#include "base/arena.h"
#include "lang/counted.h"

enum ru_gender { RU_HE, RU_SHE, RU_IT };

/* «четырнадцати тысяч двухсот тридцати шести», «минус семь»: the whole range. The accusative is that of things. */
const char *ru_words(struct arena *a, int64_t n, enum ru_case c, enum ru_gender g);
/* One word in small letters: its value, its case (the first that fits) and whether it is a group (тысяча,
 * тыс, миллион …) that multiplies what stands before it. */
struct ru_numeral {
	int64_t value;
	enum ru_case c;
	bool group;
};
bool ru_numeral(const char *word, size_t n, struct ru_numeral *out);
/* The word of a group of 1 000, 1 000 000, 1 000 000 000 after n: тысячи, тысяч; NULL for others. */
const char *ru_group(int64_t scale, int64_t n, enum ru_case c);

#endif
