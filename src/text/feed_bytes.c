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
page_of(const char *name)
{
	static const struct {
		const char *name;
		enum codepage page;
	} pages[] = { { "windows-1251", CODEPAGE_1251 }, { "cp1251", CODEPAGE_1251 },
		{ "kz-1048", CODEPAGE_KZ1048 }, { "rk1048", CODEPAGE_KZ1048 },
		{ "strk1048-2002", CODEPAGE_KZ1048 }, { "koi8-r", CODEPAGE_KOI8R } };
	size_t i;

	for (i = 0; i < ARRAY_LEN(pages); i++)
		if (strcasecmp(pages[i].name, name) == 0)
			return pages[i].page;
	return CODEPAGE_1251;
}

struct slice
feed_bytes(struct arena *a, struct slice s, const char **encoding)
{
	enum codepage page;
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
	declared(s, name);
	page = page_of(name);
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
