/* letters.h – inside lang/ only: text as lower-case composed letters, one at a time. */
#ifndef LANG_LETTERS_H
#define LANG_LETTERS_H

#include <stdbool.h>
#include <stdint.h>

/* Next letter of [*p, end), *p < end: lower case, a following combining mark composed where the
 * alphabets of the house have such a letter (и + U+0306 → й) and dropped elsewhere. *upper tells
 * whether it was a capital. Soft hyphens and zero-width characters give 0, broken bytes −1. «I» is
 * the capital of both i and ı; it comes back as i with *upper set. */
int32_t letter_next(const char **p, const char *end, bool *upper);
/* The one letter that a small letter and a combining mark make (и + U+0306 = й); base where the
 * alphabets of the house have none. */
int32_t letter_composed(int32_t base, int32_t mark);
/* Letters of any script, but not digits, punctuation, symbols and pictures. */
bool letter_is(int32_t cp);

#endif
