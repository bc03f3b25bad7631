/* utf8.c – see utf8.h. Case is a small own table: the C library's depends on installed locales. */
#include "base/utf8.h"

#include <string.h>

#include "base/arena.h"

int32_t
utf8_next(const char **p, const char *end)
{
	const unsigned char *s = (const unsigned char *)*p;
	size_t left = (size_t)(end - *p), n, i;
	int32_t cp, min;

	if (s[0] < 0x80) {
		*p += 1;
		return s[0];
	}
	if (s[0] >= 0xC2 && s[0] <= 0xDF) {
		n = 2, cp = s[0] & 0x1F, min = 0x80;
	} else if ((s[0] & 0xF0) == 0xE0) {
		n = 3, cp = s[0] & 0x0F, min = 0x800;
	} else if (s[0] >= 0xF0 && s[0] <= 0xF4) {
		n = 4, cp = s[0] & 0x07, min = 0x10000;
	} else {
		*p += 1;
		return -1;
	}
	if (left < n) {
		*p += 1;
		return -1;
	}
	for (i = 1; i < n; i++) {
		if ((s[i] & 0xC0) != 0x80) {
			*p += 1;
			return -1;
		}
		cp = cp << 6 | (s[i] & 0x3F);
	}
	if (cp < min || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF)) {
		*p += 1;
		return -1;
	}
	*p += n;
	return cp;
}

size_t
utf8_put(char out[4], int32_t cp)
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xC0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3F));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xE0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
		out[2] = (char)(0x80 | (cp & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
	out[3] = (char)(0x80 | (cp & 0x3F));
	return 4;
}

bool
utf8_valid(const char *p, size_t n)
{
	const char *end = p + n;

	while (p < end)
		if (utf8_next(&p, end) <= 0)
			return false;
	return true;
}

size_t
utf8_len(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++)
		n += ((unsigned char)*s & 0xC0) != 0x80;
	return n;
}

int32_t
utf8_lower(int32_t c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + 32 : c;
	if (c >= 0xC0 && c <= 0xDE && c != 0xD7)
		return c + 32;
	if (c == 0x130) /* İ: Kazakh Latin, never two code points */
		return 'i';
	if (c == 0x178)
		return 0xFF;
	if ((c >= 0x100 && c <= 0x12F) || (c >= 0x132 && c <= 0x137) ||
	    (c >= 0x14A && c <= 0x177) || (c >= 0x1DE && c <= 0x1EF) ||
	    (c >= 0x1F8 && c <= 0x21F) || (c >= 0x222 && c <= 0x233))
		return c | 1;
	if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E) || (c >= 0x1CD && c <= 0x1DC))
		return c % 2 == 1 ? c + 1 : c;
	if (c == 0x18F)
		return 0x259;
	if (c >= 0x391 && c <= 0x3A9 && c != 0x3A2) /* no letter there: ς is small only */
		return c + 32;
	if (c >= 0x410 && c <= 0x42F)
		return c + 32;
	if (c >= 0x400 && c <= 0x40F)
		return c + 80;
	if ((c >= 0x460 && c <= 0x481) || (c >= 0x48A && c <= 0x4BF) || (c >= 0x4D0 && c <= 0x52F))
		return c | 1;
	if (c >= 0x4C1 && c <= 0x4CE)
		return c % 2 == 1 ? c + 1 : c;
	return c;
}

int32_t
utf8_upper(int32_t c)
{
	if (c < 0x80)
		return c >= 'a' && c <= 'z' ? c - 32 : c;
	if (c >= 0xE0 && c <= 0xFE && c != 0xF7)
		return c - 32;
	if (c == 0xFF)
		return 0x178;
	if (c == 0x131)
		return 'I';
	if (c == 0x259)
		return 0x18F;
	if ((c >= 0x100 && c <= 0x12F) || (c >= 0x132 && c <= 0x137) ||
	    (c >= 0x14A && c <= 0x177) || (c >= 0x1DE && c <= 0x1EF) ||
	    (c >= 0x1F8 && c <= 0x21F) || (c >= 0x222 && c <= 0x233))
		return c & ~1;
	if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E) || (c >= 0x1CD && c <= 0x1DC))
		return c % 2 == 0 ? c - 1 : c;
	if (c >= 0x3B1 && c <= 0x3C9 && c != 0x3C2)
		return c - 32;
	if (c >= 0x430 && c <= 0x44F)
		return c - 32;
	if (c >= 0x450 && c <= 0x45F)
		return c - 80;
	if ((c >= 0x460 && c <= 0x481) || (c >= 0x48A && c <= 0x4BF) || (c >= 0x4D0 && c <= 0x52F))
		return c & ~1;
	if (c >= 0x4C1 && c <= 0x4CE)
		return c % 2 == 0 ? c - 1 : c;
	return c;
}

const char *
utf8_capital(struct arena *a, const char *word)
{
	const char *p = word, *end = word + strlen(word);
	int32_t cp = p == end ? -1 : utf8_next(&p, end);
	char first[4];

	if (cp < 0)
		return word;
	return arena_printf(a, "%.*s%s", (int)utf8_put(first, utf8_upper(cp)), first, p);
}

const char *
utf8_trim(struct arena *a, const char *text)
{
	size_t n;

	if (text == NULL)
		return NULL;
	text += strspn(text, " \t\r\n");
	n = strlen(text);
	while (n > 0 && strchr(" \t\r\n", text[n - 1]) != NULL)
		n--;
	return n == 0 ? NULL : arena_strn(a, text, n);
}
