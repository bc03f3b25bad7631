/* lexicon.h – the words that the program knows: hunspell-kk, read at run time from where the
 * distribution puts it, and our own list (data/kk_words.csv, handed over as text).
 *
 * Loaded once at boot, before the first thread; afterwards read-only and shared by all threads.
 * Without hunspell-kk everything still works, with a warning and lower quality. The dictionary is
 * GPL: it is read where it is installed and nothing made from it is stored in the program. */
#ifndef LANG_LEXICON_H
#define LANG_LEXICON_H

#include <stdbool.h>
#include <stddef.h>

struct lexicon_sources {
	const char *own_words; /* text of data/kk_words.csv; NULL = none */
	const char *hunspell;  /* path of kk_KZ.dic; NULL = the usual places, "" = without */
	const char
	    *cache; /* where the finished lexicon is kept (lexicon_cache.h); NULL = nowhere */
};
/* *warning (may be NULL; static text) says in English what is missing, NULL when nothing is. */
void lexicon_load(const struct lexicon_sources *s, const char **warning);
/* The same in a thread of its own, so that a server need not wait for it: whoever asks before it is
 * done waits inside the question. *s is copied, its texts are not; warn (may be NULL) is called from
 * that thread. Call it once, before the first question. */
void lexicon_load_aside(const struct lexicon_sources *s, void (*warn)(const char *warning));
void lexicon_wait(void); /* until it is there; before the program ends */
void lexicon_free(void); /* tests and clean ends only */
bool lexicon_has_hunspell(void);

enum known {
	WORD_UNKNOWN,
	WORD_DERIVED, /* a known stem and suffixes that may follow it */
	WORD_LISTED,  /* stands in a list in this very form */
};
/* Whether a Kazakh word in Cyrillic is one; any case, n bytes of UTF-8. */
enum known lexicon_word(const char *word, size_t n);

#endif
