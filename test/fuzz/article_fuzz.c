/* article_fuzz.c – any bytes as a news page, text or HTML: no line is lost or invented, all pieces are
 * trimmed and not empty, the bounds hold. */
#include "fuzz.h"

#include <string.h>

#include "lang/article.h"

static void
check_piece(struct slice s)
{
	REQUIRE(s.n > 0);
	REQUIRE(s.p[0] != ' ' && s.p[s.n - 1] != ' ' && s.p[s.n - 1] != '\n');
	REQUIRE(memchr(s.p, '\n', s.n) == NULL);
}

static size_t
lines_with_signs(const char *p, size_t n)
{
	size_t lines = 0, i;
	bool sign = false;

	for (i = 0; i <= n; i++)
		if (i == n || p[i] == '\n' || p[i] == '\r') {
			lines += sign;
			sign = false;
		} else
			sign |= (unsigned char)p[i] > ' ' && (unsigned char)p[i] < 0x80;
	return lines;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct fuzz_input in = fuzz_take(data, n);
	struct article a;
	size_t i, fields;

	article_read(fuzz_arena(), in.p, in.n, &a);
	for (i = 0; i < a.nbody; i++)
		check_piece(a.body[i]);
	for (i = 0; i < a.ndropped; i++) {
		check_piece(a.dropped[i].line);
		REQUIRE(article_reason_code(a.dropped[i].reason)[0] != '\0');
	}
	REQUIRE(a.nbody + a.ndropped <= ARTICLE_LINES);
	fields = (a.title.n > 0) + (a.rubric.n > 0) + (a.author.n > 0) + (a.position.n > 0);
	REQUIRE(a.html || a.nbody + a.ndropped + fields >= lines_with_signs(in.p, in.n) ||
		a.position.n > 0); /* a position may be put together of several lines */
	fuzz_drop(in);
	return 0;
}
