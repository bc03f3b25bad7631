/* key_fuzz.c – keys of any text: tokens lie inside it, in order and apart; keys are never empty, never
 * too long, and valid where the text is. With and without words in the lexicon. */
#include "fuzz.h"

#include <string.h>

#include "base/utf8.h"
#include "lang/key.h"
#include "lang/lexicon.h"

static void
check(struct arena *a, struct fuzz_input in)
{
	struct key_token *t;
	size_t n = key_tokens(a, in.p, in.n, &t), i, at = 0;
	bool valid = utf8_valid(in.p, in.n);

	for (i = 0; i < n; i++) {
		size_t exact = strlen(t[i].exact), stem = strlen(t[i].stem);

		REQUIRE(t[i].at >= at && t[i].n > 0 && t[i].at + t[i].n <= in.n);
		REQUIRE(exact > 0 && exact <= KEY_MAX && stem > 0 && stem <= KEY_MAX);
		REQUIRE(!valid || (utf8_valid(t[i].exact, exact) && utf8_valid(t[i].stem, stem)));
		REQUIRE(
		    strpbrk(t[i].exact, " \t\n") == NULL && strpbrk(t[i].stem, " \t\n") == NULL);
		at = t[i].at + t[i].n;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char words[] =
	    "word,kind\nбала,noun\nкітап,noun\nоқы,verb\nқал,verb\nойна,verb\n"
	    "мүше,noun\nқызмет,noun\nжаса,verb\nхалық,noun\nіс-шара,noun\n";
	struct fuzz_input in = fuzz_take(data, n);
	struct arena *a = fuzz_arena();

	lexicon_free();
	check(a, in);
	lexicon_load(&(struct lexicon_sources){ words, "", NULL }, NULL);
	check(a, in);
	fuzz_drop(in);
	return 0;
}
