/* pairs_fuzz.c – what the form reader takes is clean text and survives being written again. */
#include "fuzz.h"

#include "base/utf8.h"
#include "text/url.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct fuzz_input in = fuzz_take(data, n);
	struct arena *a = fuzz_arena();
	struct pairs ps, again;
	struct buf b;
	size_t i;
	int rc = url_parse_pairs(a, (struct slice){ in.p, n }, &ps);

	REQUIRE(rc == RC_OK || rc == RC_INVALID || rc == RC_TOOBIG);
	REQUIRE(rc == RC_OK || ps.n == 0);
	REQUIRE(ps.n <= 1000);
	buf_init(&b, a, 0);
	for (i = 0; i < ps.n; i++) {
		REQUIRE(utf8_valid(ps.p[i].name, strlen(ps.p[i].name)));
		REQUIRE(utf8_valid(ps.p[i].value, ps.p[i].nvalue));
		REQUIRE(strlen(ps.p[i].value) == ps.p[i].nvalue);
		if (i > 0)
			buf_char(&b, '&');
		url_encode(&b, ps.p[i].name);
		buf_char(&b, '=');
		url_encode(&b, ps.p[i].value);
	}
	REQUIRE(url_parse_pairs(a, (struct slice){ b.p, b.n }, &again) == RC_OK);
	REQUIRE(again.n == ps.n);
	for (i = 0; i < ps.n; i++) {
		REQUIRE(strcmp(again.p[i].name, ps.p[i].name) == 0);
		REQUIRE(strcmp(again.p[i].value, ps.p[i].value) == 0);
	}
	fuzz_drop(in);
	return 0;
}
