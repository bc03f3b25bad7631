/* feed_fuzz.c – any bytes as a feed, and as an address of the web: what comes out is valid UTF-8 within its limits, and
 * an address that was taken is taken again as itself. */
#include <string.h>

#include "fuzz.h"

#include "base/utf8.h"
#include "text/feed.h"
#include "text/weblink.h"

static void
good(const char *s)
{
	REQUIRE(s == NULL || (utf8_valid(s, strlen(s)) && strlen(s) <= FEED_TEXT));
}

static void
address(struct arena *a, const char *text)
{
	struct weblink l, again;

	if (!weblink_read(a, text, false, &l))
		return;
	REQUIRE(strpbrk(l.host, "@:[]%\\/") == NULL && strchr(l.host, '.') != NULL);
	REQUIRE(weblink_read(a, l.url, false, &again));
	REQUIRE(strcmp(again.url, l.url) == 0);
	REQUIRE(strcmp(weblink_key(a, &again), weblink_key(a, &l)) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = fuzz_arena();
	struct fuzz_input in = fuzz_take(data, n);
	struct feed f;
	size_t i;

	feed_read(a, (struct slice){ in.p, in.n }, &f);
	REQUIRE(f.n <= FEED_ITEMS);
	for (i = 0; i < f.n; i++) {
		REQUIRE(f.item[i].title != NULL && f.item[i].id != NULL && f.item[i].link != NULL);
		good(f.item[i].title);
		good(f.item[i].id);
		good(f.item[i].author);
		good(f.item[i].text);
		REQUIRE(f.item[i].day >= 0);
	}
	address(a, arena_strn(a, in.p, in.n));
	fuzz_drop(in);
	return 0;
}
