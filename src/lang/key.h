/* key.h – one key for one word, whatever its script, spelling and ending: the same function for
 * stored text and for what somebody types into a search box.
 *
 * Steps: compose and lower, repair look-alike letters, fold every script (Cyrillic, Latin 2021, 2018
 * and 2019 Latin, no diacritics, passports, Russian keyboard) to one ASCII skeleton (the exact key),
 * cut suffixes in skeleton space with the lexicon (the stem key). Words that no Kazakh list explains
 * lose the usual endings of Russian and English, whatever their script. KEY_VERSION changes when any key would;
 * stored keys of another version are refused and rewritten by `shanyraq reindex`. */
#ifndef LANG_KEY_H
#define LANG_KEY_H

#include "base/arena.h"

enum { KEY_VERSION = 2, KEY_MAX = 63 }; /* bytes of one key */

struct key_token {
	size_t at, n;	   /* where the word stands in the text, in bytes: for highlights */
	const char *exact; /* skeleton of the whole word; digits stay digits */
	const char *stem;  /* skeleton of its stem; equals exact where nothing was cut */
};
/* The words of a text in their order. Broken bytes, marks and punctuation only part words; the text
 * is never changed. Words longer than KEY_MAX skeleton letters are cut there. *out lies in the arena. */
size_t key_tokens(struct arena *a, const char *text, size_t n, struct key_token **out);

#endif
