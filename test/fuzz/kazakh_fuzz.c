/* kazakh_fuzz.c – endings on any word and any number: the result begins as the word does, is valid
 * where the word is, and grows by little; a number in words has no digit. */
#include "fuzz.h"

#include <string.h>

#include "base/utf8.h"
#include "lang/kazakh.h"
#include "lang/rounded.h"

enum { GROWTH = 24 };

static void
check_number(struct arena *a, int64_t v, enum kk_case c)
{
	const char *words = kk_words(a, v, c), *digits = kk_num(a, v, c);

	REQUIRE(words[0] != '\0' && strpbrk(words, "0123456789-") == NULL);
	REQUIRE(strchr(words, ' ') != words && strstr(words, "  ") == NULL);
	REQUIRE(strlen(kk_num_ending(v, c)) <= strlen(digits));
	REQUIRE(strrchr(kk_ordinal(a, v), '-') != NULL);
	REQUIRE(kk_ordinal_words(a, v)[0] != '\0');
	REQUIRE(!rounded_honest(ROUND_OVER, v, v) && rounded_honest(ROUND_EXACT, v, v));
	REQUIRE(rounded_down(v, 2) <= (v < 0 ? 0 : v));
}

/* Byte 0: the case and the flag; eight bytes: a number; the rest: a word and, behind a NUL, its
 * reading. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = fuzz_arena();
	const char *word, *reading, *out;
	enum kk_case c;
	size_t len;
	int64_t v;

	if (n < 9)
		return 0;
	c = (enum kk_case)(data[0] % 7);
	memcpy(&v, data + 1, sizeof v);
	check_number(a, v, c);
	word = arena_strn(a, (const char *)data + 9, n - 9);
	len = strlen(word);
	reading = n - 9 > len ? word + len + 1 : "";
	out = kk_word(a, word, c, data[0] >= 128);
	REQUIRE(strlen(out) <= len + GROWTH);
	REQUIRE(!utf8_valid(word, len) || utf8_valid(out, strlen(out)));
	out = kk_read_as(a, word, reading, c, data[0] >= 128);
	REQUIRE(strlen(out) <= len + GROWTH);
	REQUIRE(!utf8_valid(word, len) || utf8_valid(out, strlen(out)));
	return 0;
}
