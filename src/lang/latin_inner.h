/* latin_inner.h – inside lang/ only: what latin_back.c and latin_cost.c share. */
#ifndef LANG_LATIN_INNER_H
#define LANG_LATIN_INNER_H

#include "lang/latin_table.h"

enum { WORD_MAX = 48 }; /* letters looked at together; a longer word is cut */

/* A word of Latin letters. */
struct source {
	int32_t cp[WORD_MAX + 4]; /* small letters, 0 behind the last */
	bool upper[WORD_MAX + 4];
	size_t n;
	bool acute; /* has letters of the table of 2018, where sh is ш */
};

int32_t latin_at(const struct source *s, size_t i); /* 0 behind the last */
bool latin_vowel(int32_t cp);			    /* but not i, which is й as well */
/* What it costs to read the letters at i so; and to suppose a dropped ь (hard: ъ) behind i, NO_SIGN
 * or more where none can have stood. */
enum { NO_SIGN = 90 };
int latin_cost(const struct source *s, size_t i, const struct latin_back *b);
int latin_sign_cost(const struct source *s, size_t i, bool hard);

#endif
