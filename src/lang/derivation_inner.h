/* derivation_inner.h – inside lang/ only: suffixes and stems as derivation*.c and word_cost.c see them. */
#ifndef LANG_DERIVATION_INNER_H
#define LANG_DERIVATION_INNER_H

#include <uchar.h>

#include "lang/derivation.h"
#include "lang/lexicon_inner.h"

enum kind { NOUN, VERB };

/* A form stands in its back variant (лық) and is met in both; behind '=' only as written. Letters of it
 * at the end of w, 0 if it does not stand there; *harmony: 'b', 'f', or '*' where both are one. */
size_t form_at_end(const uint8_t *w, size_t n, const char32_t *form, char *harmony);
bool form_at_start(const uint8_t *w, size_t n, const char32_t *form, size_t *len);
bool one_of(uint8_t code, const char32_t *letters);
/* 'v' vowel, 'n' м н ң, 'z' з ж, 'l' л, 'r' р й у и, 't' the others. */
char class_of(uint8_t code);
/* The letter that a suffix meets: the soft sign is not heard. */
uint8_t last_of(const uint8_t *w, size_t n);
unsigned flags_of(const uint8_t *w, size_t n); /* of lexicon_inner.h */

/* Every stem that the endings leave, whole word first; fn says whether it will do. */
typedef bool stem_fn(const uint8_t *w, size_t n, enum kind kind, void *arg);
bool each_stem(const uint8_t *w, size_t n, stem_fn *fn, void *arg);
/* Nothing but endings of a noun (VERB: of either). */
bool only_endings(const uint8_t *w, size_t n, enum kind most);

/* A stem_fn: made from a known stem by suffixes; arg not NULL: an adjective. */
bool by_suffix(const uint8_t *w, size_t n, enum kind kind, void *arg);
bool is_own(const uint8_t *w, size_t n, enum kind kind, void *arg); /* of our own list */
bool adjective_form(const uint8_t *w, size_t n);		    /* ends as adjectives do */
/* Forms of verbs that are nouns: болған|дық, жазушы|лық, қарау|сыз. */
bool is_participle(const uint8_t *w, size_t n);
bool is_compound(const uint8_t *w, size_t n);
bool is_name(const uint8_t *w, size_t n, enum kind kind, void *arg); /* a stem_fn */

#endif
