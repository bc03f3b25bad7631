/* recur_text.h – days that come again, and hours of a day, as a sentence in the reader's language.
 *
 * «Әр бейсенбі сайын, сағат 18:00-де» · «Каждый четверг, в 18:00» · “Every Thursday, at 18:00”. Endings
 * follow how a number is read; nouns of the two other languages come in the forms that grammars give. */
#ifndef LANG_RECUR_TEXT_H
#define LANG_RECUR_TEXT_H

#include "base/recur.h"
#include "lang/kazakh.h"
#include "lang/lang.h"

/* "" for a rule that is none. starts and ends: "18:00", NULL or "" = not said. */
const char *recur_text(
    const struct ctx *cx, const struct recur *r, const char *starts, const char *ends);
/* «18:00-де»: a whole hour is read as its number, else the minutes are read last. */
const char *kk_hour(struct arena *a, const char *hour, enum kk_case c);

#endif
