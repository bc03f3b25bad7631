/* words.h – numbers in words, as papers that stand for money and goods have them.
 *
 * Kazakh is kk_words() of kazakh.h, Russian ru_words() of ru_number.h. English without “and”. Whole numbers, the whole range of int64. */
#ifndef LANG_WORDS_H
#define LANG_WORDS_H

#include "base/ctx.h"

const char *en_words(struct arena *a, int64_t n);
/* In the reader's language; Russian as of a masculine noun (тенге, килограмм, литр). */
const char *number_words(const struct ctx *cx, int64_t n);

#endif
