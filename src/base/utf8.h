/* utf8.h – UTF-8 as RFC 3629 has it: no surrogates, no overlong forms, nothing past U+10FFFF. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Next code point of [*p, end), advancing *p; -1 on a broken sequence (then *p moves one byte). */
int32_t utf8_next(const char **p, const char *end);
/* Bytes written to out (1–4). cp must be valid. */
size_t utf8_put(char out[4], int32_t cp);
/* Whether all n bytes are valid UTF-8 without NUL. */
bool utf8_valid(const char *p, size_t n);
size_t utf8_len(const char *s); /* code points of a valid string */
/* Upper and lower case for Latin, Cyrillic and the Kazakh letters of both; others unchanged. */
int32_t utf8_lower(int32_t cp);
int32_t utf8_upper(int32_t cp);
struct arena;
/* The word with its first letter in upper case; as it is, when it begins with no letter. */
const char *utf8_capital(struct arena *a, const char *word);
/* Without blanks round it; NULL = nothing but blanks. */
const char *utf8_trim(struct arena *a, const char *text);

#endif
