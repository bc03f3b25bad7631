/* lexicon_fixture.h – for tests only: our own list and a dictionary of thirty words, so that results
 * do not depend on what is installed. */
#ifndef LANG_LEXICON_FIXTURE_H
#define LANG_LEXICON_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>

#include "lang/lexicon.h"

#ifndef HOUSE_ROOT /* the build says where the tree lies */
#define HOUSE_ROOT "."
#endif

/* The caller frees it. */
static inline char *
fixture_text(const char *path)
{
	enum { ROOM = 1 << 20 };
	FILE *f = fopen(path, "re");
	char *text = calloc(1, ROOM);

	if (f != NULL && text != NULL && fread(text, 1, ROOM - 1, f) == 0)
		text[0] = '\0';
	if (f != NULL)
		fclose(f);
	return text;
}

static inline void
fixture_lexicon(const char *hunspell)
{
	char *own = fixture_text(HOUSE_ROOT "/data/kk_words.csv");

	lexicon_load(&(struct lexicon_sources){ .own_words = own, .hunspell = hunspell }, NULL);
	free(own);
}
#define SMALL_DIC HOUSE_ROOT "/test/fixtures/kk_small.dic"

#endif
