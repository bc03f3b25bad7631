/* lexicon_inner.h – inside lang/ only: what is known of a string of letters.
 *
 * Strings are looked up by a hash that grows with the word, so that all beginnings of a word cost one
 * pass. The set keeps 56 bits of it and no letters: among some 150 000 entries a wrong answer is
 * rarer than one in 10^11 look-ups. */
#ifndef LANG_LEXICON_INNER_H
#define LANG_LEXICON_INNER_H

#include "lang/affix.h"
#include "lang/lexicon.h"

enum {
	LEX_WORD = 1,	       /* in a list as it stands */
	LEX_CORE = 2,	       /* and no inflected form of another entry */
	LEX_VERB = 4,	       /* stem of a verb in a list */
	LEX_VERB_I = 8,	       /* the same with ы or і that the infinitive may have swallowed */
	LEX_COMMON = 16,       /* in our own list */
	LEX_COMMON_VERB = 128, /* in our own list as a verb */
	LEX_INFINITIVE = 64,   /* of a verb in a list */
	LEX_IRREGULAR = 32,    /* lex_irregular() knows its stem */
};
static inline uint64_t
lex_step(uint64_t h, uint8_t letter)
{
	return (h ^ letter) * UINT64_C(0x9E3779B97F4A7C15) ^ h >> 29;
}
#define LEX_SEED UINT64_C(0x243F6A8885A308D3)
/* 0 if not known. */
unsigned lex_find(enum kk_space space, uint64_t hash);
/* The stem of a form flagged LEX_IRREGULAR (маған: мен); its length, or 0. */
size_t lex_irregular(enum kk_space space, uint64_t hash, const uint8_t **stem);

#endif
