/* latin.h – Kazakh in the other script, for reading: Cyrillic ↔ Latin of 2021.
 *
 * The table is data (data/kk_latin.csv) after the presentation of January–April 2021; context rules
 * and the lexicon decide what the letters alone do not. What is stored is never rewritten: these are
 * only for what is shown. Letters of no table, digits, other scripts and broken bytes pass through. */
#ifndef LANG_LATIN_H
#define LANG_LATIN_H

#include "base/arena.h"

/* Every Cyrillic letter by the table. Capitals: Щетка → Ştştetka, ЩИ → ŞTŞİ; I is the capital of ı
 * and İ that of i. The text itself comes back where nothing changes. */
const char *kk_latin(struct arena *a, const char *text, size_t n, size_t *out_n);
/* Latin of 2021, and where they are not ambiguous the spellings of other tables (ç, ch, sh, á …), to
 * Cyrillic, word by word. «и» or «й», «я» or «иа», «ц» or «тс», a dropped «ь»: the stems of
 * data/kk_latin_words.csv, the neighbours and the lexicon decide. Words with w, x or a lone c are no
 * Kazakh and stay, as do apostrophes. */
const char *kk_cyrillic(struct arena *a, const char *text, size_t n, size_t *out_n);

#endif
