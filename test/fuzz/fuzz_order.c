/* fuzz_order.c – sort and fold keys of any text: bounded hex, valid UTF-8, a fold that folds no
 * further, a similarity within 0…1; and the Kazakh endings on the same text. Broken UTF-8 goes in
 * too: callers promise it away, the floor must not fall over it. */
#include <stdlib.h>

#include "base/utf8.h"
#include "lang/kazakh.h"
#include "lang/order.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

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

	if (strlen(key) > 2200 || key[strspn(key, "0123456789abcdef")] != '\0')
		abort();
	if (utf8_valid(text, n) && !utf8_valid(fold, strlen(fold)))
		abort();
	if (n <= SHORT_TEXT && all_folded(fold) && strcmp(fold, fold_key(a, fold)) != 0)
		abort();
	if (same < (fold[0] == '\0' ? 0 : 1) || same > 1 || other < 0 || other > 1)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct arena arena;
	const char *text;

	if (n == 0)
		return 0;
	text = arena_strn(&arena, (const char *)data + 1, n - 1);
	check_keys(&arena, text, strlen(text));
	if (strncmp(kk_word(&arena, text, (enum kk_case)(data[0] % 7), data[0] >= 128), text, 0) != 0)
		abort();
	arena_reset(&arena, ARENA_CHUNK);
	return 0;
}
