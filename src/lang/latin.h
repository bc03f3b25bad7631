/* latin.h – Kazakh in the other script, for reading: Cyrillic ↔ Latin of 2021.
 *
 * The table is data (data/kk_latin.csv) after the presentation of January–April 2021; context rules
 * and the lexicon decide what the letters alone do not. What is stored is never rewritten: these are
 * only for what is shown. Letters of no table, digits, other scripts and broken bytes pass through. */
#ifndef LANG_LATIN_H
#define LANG_LATIN_H

#include "base/arena.h"

const char *kk_latin(struct arena *a, const char *text, size_t n, size_t *out_n);
const char *kk_cyrillic(struct arena *a, const char *text, size_t n, size_t *out_n);

#endif
