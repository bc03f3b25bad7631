/* path_fuzz.c – a path that is taken cannot climb, is clean text, and reads back the same. */
#include "fuzz.h"

#include "base/utf8.h"
#include "text/url.h"

static void
check_segment(const char *s, size_t n, bool last)
{
	size_t i;

	REQUIRE(n > 0 || last);
	REQUIRE(!(n == 1 && s[0] == '.'));
	REQUIRE(!(n == 2 && s[0] == '.' && s[1] == '.'));
	for (i = 0; i < n; i++)
		REQUIRE((unsigned char)s[i] >= 0x20 && s[i] != 0x7f);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct fuzz_input in = fuzz_take(data, n);
	struct arena *a = fuzz_arena();
	const char *path, *again, *p;
	struct buf b;
	int rc = url_decode_path(a, (struct slice){ in.p, n }, &path);

	REQUIRE(rc == RC_OK || rc == RC_INVALID);
	if (rc == RC_OK) {
		REQUIRE(path[0] == '/' && utf8_valid(path, strlen(path)) && strlen(path) <= n);
		buf_init(&b, a, 0);
		for (p = path; *p == '/';) {
			size_t len = strcspn(p + 1, "/");

			check_segment(p + 1, len, p[1 + len] == '\0');
			buf_char(&b, '/');
			url_encode(&b, arena_strn(a, p + 1, len));
			p += 1 + len;
		}
		REQUIRE(*p == '\0');
		REQUIRE(url_decode_path(a, (struct slice){ b.p, b.n }, &again) == RC_OK);
		REQUIRE(strcmp(path, again) == 0);
	} else
		REQUIRE(path == NULL);
	fuzz_drop(in);
	return 0;
}
