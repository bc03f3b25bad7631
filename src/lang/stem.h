/* stem.h – the dictionary form of a Kazakh word in Cyrillic: мүшелерінің → мүше, келген → келу.
 *
 * All segmentations into stem and suffixes that harmony and junctions allow, weighed by cost; the
 * lexicon (lexicon.h) says which stems are words. */
#ifndef LANG_STEM_H
#define LANG_STEM_H

#include "base/arena.h"

/* Lower case; the word itself where nothing can be cut. Any other script comes back in lower case. */
const char *kk_stem(struct arena *a, const char *word, size_t n);

#endif
