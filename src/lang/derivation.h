/* derivation.h – inside lang/ only: is this a Kazakh word, though no list has it?
 *
 * Wider than lexicon_word(): derivations of known stems (құндылықтары, экспорттау, өкілеттілік),
 * compounds with number words and the like (көпбалалы, жалпыұлттық, этносаралық), names by their
 * endings (-ұлы, -қызы, -бек, -ов, -ева), words of foreign build (-ция, -лог, -изм). For the text check
 * alone: search and stems do not use it. */
#ifndef LANG_DERIVATION_H
#define LANG_DERIVATION_H

#include "lang/affix.h"

/* Letters by kk_code(); `capital`: the word begins with a capital letter, so it may be a name. */
bool word_derived(const uint8_t *w, size_t n, bool capital);
/* Built like a word that came with science, office or sport. */
bool word_foreign_build(const uint8_t *w, size_t n);
/* The same cost scale as affix_cut(): how unlikely a piece of running text this is; WORD_NEVER if it
 * is no word. */
enum { WORD_NEVER = 1 << 28 };
int word_cost(const uint8_t *w, size_t n);
/* Known as it stands, by list or suffixes; cheaper than word_derived(). */
bool word_known(const uint8_t *w, size_t n);
/* In a list as it stands, without endings. */
bool word_bare(const uint8_t *w, size_t n);
/* Of the few hundred words that every text has: бойынша, үшін, болды, бұл. */
bool word_common(const uint8_t *w, size_t n);
/* One of those, or of our own list of words and compounds that dictionaries lack. */
bool word_own(const uint8_t *w, size_t n);
/* Could only be the endings of the word before it: дің, паған, інің. */
bool word_only_ending(const uint8_t *w, size_t n);
/* A particle behind a form that takes no such ending: жолы|да, мамандармен|де. Letters of the first
 * word, 0 if it is none. */
size_t word_particle(const uint8_t *w, size_t n);

#endif
