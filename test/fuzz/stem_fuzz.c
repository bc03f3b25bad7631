/* stem_fuzz.c – dictionary forms of any bytes, and the same bytes as one's own list of words: nothing
 * empty comes of something, valid text stays valid, no form is much longer than its word. */
#include "fuzz.h"

#include <string.h>

#include "base/utf8.h"
#include "lang/lexicon.h"
#include "lang/stem.h"

static void
check(struct arena *a, const char *word, size_t n)
{
	const char *stem = kk_stem(a, word, n), *again = kk_stem(a, word, n);
	size_t len = strlen(stem);

	REQUIRE(strcmp(stem, again) == 0);
	REQUIRE(len <= 2 * n + 4);
	if (!utf8_valid(word, n))
		return;
	REQUIRE(utf8_valid(stem, len));
	(void)lexicon_word(word, n);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct fuzz_input in = fuzz_take(data, n);
	struct arena *a = fuzz_arena();
	const char *list = arena_strn(a, in.p, in.n), *p = list;

	lexicon_load(&(struct lexicon_sources){ list, "", NULL }, NULL);
	check(a, in.p, in.n);
	while (*p != '\0') { /* and each piece by itself */
		size_t len = strcspn(p, ", \n");

		check(a, p, len);
		p += len + (p[len] != '\0');
	}
	lexicon_free();
	fuzz_drop(in);
	return 0;
}
