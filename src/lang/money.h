/* money.h – tenge, kept in tiyn (1/100). Written with the spaces of the language and a comma or point before
 * the tiyn, which are left out where there are none: "25 000 ₸", "1 200,50 ₸". */
#ifndef LANG_MONEY_H
#define LANG_MONEY_H

#include "lang/lang.h"

const char *money_text(const struct ctx *cx, int64_t tiyn);
/* As a form holds it: without the sign. */
const char *money_form(const struct ctx *cx, int64_t tiyn);
/* "25 000", "25000,5", "25 000.50 ₸"; false: no amount, negative, more than two digits of tiyn, or over
 * 10^14 tiyn. */
bool money_parse(const char *s, int64_t *tiyn);

#endif
