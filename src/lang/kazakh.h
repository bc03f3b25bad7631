/* kazakh.h – case endings, rounded figures and dates of generated sentences.
 *
 * Source of the rules: orthography rules of Kazakh, section 44 (suffix after digits is joined by a
 * hyphen and follows the last word as read), the 24-row table data/kk_number_suffixes.csv, and the
 * vowel-harmony table of docs/kazakh.md; loan words by sections 35, 36 of the rules in force and 93, 95
 * of the rules of 2018. All results lie in the arena. */
#ifndef LANG_KAZAKH_H
#define LANG_KAZAKH_H

#include <stdbool.h>

#include "base/arena.h"

enum kk_case { KK_NOM, KK_GEN, KK_DAT, KK_ACC, KK_LOC, KK_ABL, KK_INS };
/* "nom" "gen" "dat" "acc" "loc" "abl" "ins"; false for any other text. */
bool kk_case_parse(const char *text, enum kk_case *out);

/* The ending alone: kk_num_ending(40, KK_ABL) = "тан", (17, KK_GEN) = "нің". "" for KK_NOM. */
const char *kk_num_ending(int64_t n, enum kk_case c);
/* Digits with ending: "40-тан", "2245-ке". Groups by no-break space from five digits. */
const char *kk_num(struct arena *a, int64_t n, enum kk_case c);
/* A round number as it is said: 14000 → "14 мың" + case: "14 мыңнан"; 90 → "90-нан". */
const char *kk_round(struct arena *a, int64_t n, enum kk_case c);
/* In words: 2245 → «екі мың екі жүз қырық бес» + case on the last word. A lone thousand and hundred
 * take no «бір» (мың тоғыз жүз), a million does; the whole range of int64. */
const char *kk_words(struct arena *a, int64_t n, enum kk_case c);
/* Which one: in running text "5-ші", "40-шы"; before its noun «5-сынып», a bare hyphen; in words
 * «он жетінші», «жиырмасыншы». */
const char *kk_ordinal(struct arena *a, int64_t n);
const char *kk_ordinal_before(struct arena *a, int64_t n, const char *noun);
const char *kk_ordinal_words(struct arena *a, int64_t n);
/* Ending of a word by harmony and last sound; possessive = the word ends in a third-person
 * possessive (-ы/-і/-сы/-сі): бірлестігі + DAT = бірлестігіне; surnames in -ұлы, -қызы always do.
 * Loan words change their end as the orthography has it: класс + DAT = класқа, журналист + DAT =
 * журналиске, съезд + GEN = съездің, Минск + LOC = Минскіде. Returns the whole word. */
const char *kk_word(struct arena *a, const char *word, enum kk_case c, bool possessive);
/* What is written does not say how it is read: РҚБ read as «бірлестік» + GEN = "РҚБ-тің". The ending
 * is that of `reading` (possessive as above), after a hyphen. */
const char *kk_read_as(
    struct arena *a, const char *written, const char *reading, enum kk_case c, bool possessive);
/* "2024 жылғы 15 қараша" + case on the month: LOC "қарашада", DAT "қарашаға". */
const char *kk_day(struct arena *a, int day, enum kk_case c);

/* "2024 жылғы 15 қарашадағы": of that day, before a noun. */
const char *kk_day_of(struct arena *a, int day);

#endif
