/* feed_bytes.c – see feed_bytes.h. */
#include "text/feed_bytes.h"

#include <strings.h>

#include "base/utf8.h"
#include "text/codepage.h"

/* The name in encoding="…" of the first line; "" = none. */
static void
declared(struct slice s, char out[32])
{
	static const char word[] = "encoding";
	size_t head = s.n < 200 ? s.n : 200, i, k = 0;

	out[0] = '\0';
	for (i = 0; i + sizeof word < head; i++)
		if (memcmp(s.p + i, word, sizeof word - 1) == 0)
			break;
	if (i + sizeof word >= head)
		return;
	for (i += sizeof word - 1; i < head && strchr(" =\t\"'", s.p[i]) != NULL && s.p[i] != '\0';
	     i++)
		;
	for (; i < head && k < 31 && s.p[i] != '"' && s.p[i] != '\'' && s.p[i] > ' '; i++)
		out[k++] = s.p[i];
	out[k] = '\0';
}

static enum codepage
page_of(struct slice s, const char *name)
{
	static const struct {
		const char *name;
		enum codepage page;
	} pages[] = { { "windows-1251", CODEPAGE_1251 }, { "cp1251", CODEPAGE_1251 },
		{ "kz-1048", CODEPAGE_KZ1048 }, { "rk1048", CODEPAGE_KZ1048 },
		{ "strk1048-2002", CODEPAGE_KZ1048 }, { "koi8-r", CODEPAGE_KOI8R } };
	enum codepage page = CODEPAGE_1251;
	size_t i;

	for (i = 0; i < ARRAY_LEN(pages); i++)
		if (strcasecmp(pages[i].name, name) == 0)
			page = pages[i].page;
	for (i = 0; page == CODEPAGE_1251 && i < s.n; i++)
		if (codepage_kazakh((unsigned char)s.p[i]))
			page = CODEPAGE_KZ1048;
	return page;
}

/* UTF-8 in which somebody cut a character in two: far more whole characters of several bytes than broken ones. In a
 * code page hardly two letters in a row look like one. The broken ones become blanks. */
static bool
mostly_utf8(struct arena *a, struct slice s, struct slice *out)
{
	const char *p = s.p, *end = s.p + s.n;
	size_t whole = 0, broken = 0;
	struct buf b;

	buf_init(&b, a, s.n + 1);
	while (p < end) {
		const char *at = p;
		int32_t c = utf8_next(&p, end);

		whole += c >= 0x80;
		broken += c < 0;
		if (c > 0)
			buf_put(&b, at, (size_t)(p - at));
		else
			buf_char(&b, ' ');
	}
	*out = (struct slice){ b.p, b.n };
	return whole > 10 * broken;
}

struct slice
feed_bytes(struct arena *a, struct slice s, const char **encoding)
{
	enum codepage page;
	struct slice mended;
	char name[32];
	struct buf b;
	size_t i;

	*encoding = "UTF-8";
	if (s.n >= 2 && (memcmp(s.p, "\xff\xfe", 2) == 0 || memcmp(s.p, "\xfe\xff", 2) == 0)) {
		*encoding = NULL;
		return s;
	}
	if (utf8_valid(s.p, s.n))
		return s;
	if (mostly_utf8(a, s, &mended))
		return mended;
	declared(s, name);
	page = page_of(s, name);
	buf_init(&b, a, 4 * s.n + 16);
	for (i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		char out[4];

		if (c < 128)
			buf_char(&b, c == 0 ? ' ' : (char)c);
		else
			buf_put(&b, out, utf8_put(out, codepage_letter(page, c)));
	}
	return (struct slice){ b.p, b.n };
}
