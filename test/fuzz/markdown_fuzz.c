/* markdown_fuzz.c – any bytes as Markdown: the page stays balanced, no place is refused, each "<" is the door's own
 * markup, and every address has a scheme from the list. */
#include "fuzz.h"

#include <string.h>

#include "base/log.h"
#include "base/utf8.h"
#include "text/markdown.h"

static void
put(void *self, const struct markdown_embed *e)
{
	(void)self;
	if (e->html != NULL)
		html(e->html, "<b>%s</b>", e->spec);
	else
		buf_str(e->plain, e->spec);
}

static void
check_address(const char *s)
{
	REQUIRE(strncasecmp(s, "http://", 7) == 0 || strncasecmp(s, "https://", 8) == 0 ||
		strncasecmp(s, "mailto:", 7) == 0 || s[0] == '#' ||
		(s[0] == '/' && s[1] != '/' && s[1] != '\\'));
}

/* Words of a saved page stay what they are: each line of them, escaped, is read back as the same signs. */
static void
check_escaped(struct arena *a, const char *s, size_t n)
{
	struct markdown m = { .arena = a, .embed = put };
	struct buf marked, plain;
	size_t i;

	while (n > 0 && (*s == ' ' || *s == '\t'))
		s++, n--;
	while (n > 0 && (s[n - 1] == ' ' || s[n - 1] == '\t'))
		n--;
	for (i = 0; i < n; i++)
		if ((unsigned char)s[i] < ' ' || (i + 2 < n && memcmp(s + i, "\xee\x80", 2) == 0))
			return; /* signs of control, and those that the door keeps for itself */
	buf_init(&marked, a, 0);
	buf_init(&plain, a, 0);
	markdown_escape(&marked, s, n);
	REQUIRE(markdown_plain(&m, marked.p, &plain) == RC_OK);
	while (plain.n > 0 && plain.p[plain.n - 1] == '\n')
		plain.n--;
	REQUIRE(plain.n == n && memcmp(plain.p, s, n) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct fuzz_input in = fuzz_take(data, n);
	struct arena *a = fuzz_arena();
	struct markdown m = { .arena = a, .embed = put };
	struct html h;
	struct buf plain;
	const char *s;

	if (!utf8_valid(in.p, in.n) || in.n > MARKDOWN_BYTES) {
		fuzz_drop(in);
		return 0;
	}
	s = arena_strn(a, in.p, in.n);
	bug_count = 0;
	html_init(&h, a, 64 << 20);
	buf_init(&plain, a, 0);
	if (markdown_html(&m, s, &h) != RC_OK || markdown_plain(&m, s, &plain) != RC_OK) {
		fuzz_drop(in); /* too many frames */
		return 0;
	}
	REQUIRE(html_ok(&h) && bug_count == 0);
	for (s = h.out.p; (s = strstr(s, " href='")) != NULL; s += 7)
		check_address(s + 7);
	for (s = h.out.p; (s = strchr(s, '<')) != NULL; s++)
		REQUIRE(strncmp(s, "<script", 7) != 0 && strncmp(s, "<img", 4) != 0 && s[1] != '!');
	if (in.n < 4096)
		for (s = in.p; s < in.p + in.n; s++) {
			const char *end = memchr(s, '\n', (size_t)(in.p + in.n - s));

			end = end == NULL ? in.p + in.n : end;
			check_escaped(a, s, (size_t)(end - s));
			s = end;
		}
	fuzz_drop(in);
	return 0;
}
