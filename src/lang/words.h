/* words.h – numbers in words, as papers that stand for money and goods have them.
 *
 * Kazakh is kk_words() of kazakh.h. Russian numerals agree with what is counted: один лист, одна штука, одно одеяло;
 * две тысячи, but два миллиона. English without “and”. Whole numbers, the whole range of int64. */
#ifndef LANG_WORDS_H
#define LANG_WORDS_H

#include "base/ctx.h"

enum ru_gender { RU_HE, RU_SHE, RU_IT };
const char *ru_words(struct arena *a, int64_t n, enum ru_gender g);
const char *en_words(struct arena *a, int64_t n);
/* In the reader's language; Russian as of a masculine noun (тенге, килограмм, литр). */
const char *number_words(const struct ctx *cx, int64_t n);

#endif
