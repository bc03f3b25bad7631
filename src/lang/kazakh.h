/* kazakh.h – case endings, rounded figures and dates of generated sentences.
 *
 * Source of the rules: orthography rules of Kazakh, section 44 (suffix after digits is joined by a
 * hyphen and follows the last word as read), the 24-row table data/kk_number_suffixes.csv, and the
 * vowel-harmony table of docs/kazakh.md. All results lie in the arena. */
#ifndef LANG_KAZAKH_H
#define LANG_KAZAKH_H

#include <stdbool.h>

#include "base/arena.h"

enum kk_case { KK_NOM, KK_GEN, KK_DAT, KK_ACC, KK_LOC, KK_ABL, KK_INS };

/* The ending alone: kk_num_ending(40, KK_ABL) = "тан", (17, KK_GEN) = "нің". "" for KK_NOM. */
const char *kk_num_ending(int64_t n, enum kk_case c);
/* Digits with ending: "40-тан", "2245-ке". Groups by no-break space from five digits. */
const char *kk_num(struct arena *a, int64_t n, enum kk_case c);
/* A round number as it is said: 14000 → "14 мың" + case: "14 мыңнан"; 90 → "90-нан". */
const char *kk_round(struct arena *a, int64_t n, enum kk_case c);
/* Ending of a word by harmony and last sound; possessive = the word ends in a third-person
 * possessive (-ы/-і/-сы/-сі): бірлестігі + DAT = бірлестігіне. Returns the whole word. */
const char *kk_word(struct arena *a, const char *word, enum kk_case c, bool possessive);
/* "2024 жылғы 15 қараша" + case on the month: LOC "қарашада", DAT "қарашаға". */
const char *kk_day(struct arena *a, int day, enum kk_case c);

#endif
