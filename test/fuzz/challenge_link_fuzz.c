/* challenge_link_fuzz.c – whatever is typed as a link: what is taken is https, plain ASCII, has a host of letters
 * with a point in it, and is taken again as itself. */
#include <string.h>

#include "fuzz.h"

#include "mod/challenge/challenge_link.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = fuzz_arena();
	const char *text = arena_strn(a, (const char *)data, n);
	struct challenge_link l, again;
	const char *p;

	if (challenge_link_read(a, text, &l) != LINK_FINE)
		return 0;
	REQUIRE(strncmp(l.url, "https://", 8) == 0 && strlen(l.url) <= CHALLENGE_LINK_MAX);
	REQUIRE(strncmp(l.url + 8, l.host, strlen(l.host)) == 0);
	REQUIRE(strchr(l.host, '.') != NULL && strpbrk(l.host, "@:[]%\\/") == NULL);
	for (p = l.url; *p != '\0'; p++)
		REQUIRE(*p > ' ' && *p < 127 && strchr("<>\"\\", *p) == NULL);
	REQUIRE(challenge_link_read(a, l.url, &again) == LINK_FINE);
	REQUIRE(strcmp(l.url, again.url) == 0 && strcmp(l.network, again.network) == 0);
	return 0;
}
