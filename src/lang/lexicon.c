/* lexicon.c – see lexicon.h. */
#include "lang/lexicon.h"

void
lexicon_load(const struct lexicon_sources *s, const char **warning)
{
	(void)s;
	if (warning != NULL)
		*warning = "no Kazakh dictionary (hunspell-kk): words are cut by rules alone";
}

void
lexicon_free(void)
{
}

bool
lexicon_has_hunspell(void)
{
	return false;
}

enum known
lexicon_word(const char *word, size_t n)
{
	(void)word;
	(void)n;
	return WORD_UNKNOWN;
}
