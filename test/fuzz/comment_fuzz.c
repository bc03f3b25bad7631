/* comment_fuzz.c – whatever is typed as a comment: what is taken is valid, turns no direction, holds no control
 * character but line breaks, no three breaks in a row, and is taken again as itself. */
#include <string.h>

#include "fuzz.h"

#include "base/utf8.h"
#include "mod/comment/comment_clean.h"

static void
look(struct arena *a, const char *typed, bool line)
{
	const char *text, *again, *p, *end;
	int breaks = 0;

	if (comment_clean(a, typed, line, &text) != CLEAN_FINE || text == NULL)
		return;
	REQUIRE(*text != '\0' && utf8_valid(text, strlen(text)));
	for (p = text, end = p + strlen(p); p < end;) {
		int32_t cp = utf8_next(&p, end);

		REQUIRE(cp >= ' ' || (cp == '\n' && !line));
		REQUIRE(!(cp >= 0x7f && cp <= 0x9f) && !(cp >= 0x202a && cp <= 0x202e) &&
			!(cp >= 0x2066 && cp <= 0x2069) && cp != 0x200e && cp != 0x200f);
		breaks += cp == '\n';
		REQUIRE(breaks <= 61);
	}
	REQUIRE(strstr(text, "\n\n\n") == NULL);
	REQUIRE(comment_clean(a, text, line, &again) == CLEAN_FINE && again != NULL);
	REQUIRE(strcmp(text, again) == 0);
	(void)(comment_has_link(text) && comment_is_mixed(text));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = fuzz_arena();
	const char *typed = arena_strn(a, (const char *)data, n);

	look(a, typed, true);
	look(a, typed, false);
	return 0;
}
