/* order_fuzz.c – sort and fold keys of any text: bounded hex, valid UTF-8, a fold that folds no
 * further, a similarity within 0…1; and the Kazakh endings on the same text. Broken UTF-8 goes in
 * too: callers promise it away, the floor must not fall over it. */
#include "fuzz.h"

#include "base/utf8.h"
#include "lang/kazakh.h"
#include "lang/order.h"

enum { SHORT_TEXT = 60 }; /* a fold splits very long words, and then differently the second time */

/* Latin letters that no table knows stay, and may then look like part of a mixed word. */
static bool
all_folded(const char *fold)
{
	for (; *fold != '\0'; fold++) {
		unsigned char c = (unsigned char)*fold;

		if ((c >= 'a' && c <= 'z') || (c >= 0xC3 && c <= 0xC9))
			return false;
	}
	return true;
}

static void
check_keys(struct arena *a, const char *text, size_t n)
{
	const char *key = order_key(a, text), *fold = fold_key(a, text);
	double same = fold_similarity(fold, fold), other = fold_similarity(fold, "аигул серик");

	REQUIRE(strlen(key) <= 2200 && key[strspn(key, "0123456789abcdef")] == '\0');
	REQUIRE(!utf8_valid(text, n) || utf8_valid(fold, strlen(fold)));
	REQUIRE(n > SHORT_TEXT || !all_folded(fold) || strcmp(fold, fold_key(a, fold)) == 0);
	REQUIRE(same == (fold[0] == '\0' ? 0 : 1));
	REQUIRE(other >= 0 && other <= 1);
}

/* The first byte chooses case and possessive, the rest is the text up to a NUL. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = fuzz_arena();
	const char *text, *word;
	size_t len;

	if (n == 0)
		return 0;
	text = arena_strn(a, (const char *)data + 1, n - 1);
	check_keys(a, text, strlen(text));
	word = kk_word(a, text, (enum kk_case)(data[0] % 7), data[0] >= 128);
	for (len = strlen(text); len > 0 && strchr(" \t\n", text[len - 1]) != NULL; len--)
		;
	/* Loan words lose at most two letters before their ending. */
	REQUIRE(strncmp(word, text, len < 8 ? 0 : len - 8) == 0);
	REQUIRE(!utf8_valid(text, strlen(text)) || utf8_valid(word, strlen(word)));
	return 0;
}
