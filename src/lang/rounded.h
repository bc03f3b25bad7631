/* rounded.h – honest words for a rounded number: «90-нан аса», «14 мыңға жуық», «300-ге дейін».
 *
 * A round number n may stand for the true value v only as far as its word says. The step of n is one
 * unit of its last place that is not zero: 10 for 90, 1 000 for 14 000, 500's is 100.
 *
 *   over (аса, астам · более · over)       n < v < n + step
 *   about (жуық · около · about)           within 5 % of v, and not v itself
 *   up to (дейін · до · up to)             0.8 n ≤ v < n
 *   exactly                                v = n */
#ifndef LANG_ROUNDED_H
#define LANG_ROUNDED_H

#include "base/ctx.h"

enum rounding { ROUND_EXACT, ROUND_OVER, ROUND_ABOUT, ROUND_UP_TO };

int64_t rounded_step(int64_t n); /* 0 for 0 */
/* Whether the word is true; negative numbers never are but exactly. */
bool rounded_honest(enum rounding how, int64_t n, int64_t v);
/* The round number that a word is true of: v with its first `digits` digits kept and zeros behind, so
 * that v = n or v is over n. digits ≥ 1. */
int64_t rounded_down(int64_t v, int digits);
/* «14 мыңнан аса», «более 14 000», "over 14,000"; kk: аблатив or барыс on the number. */
const char *rounded_text(const struct ctx *cx, enum rounding how, int64_t n);

#endif
