/* article_entity.c – character references of HTML: numbers, and the names that texts use. */
#include "lang/article_inner.h"

static const struct {
	const char *name;
	int32_t cp;
} entities[] = {
	{ "amp", '&' },
	{ "lt", '<' },
	{ "gt", '>' },
	{ "quot", '"' },
	{ "apos", '\'' },
	{ "nbsp", 0xA0 },
	{ "laquo", 0xAB },
	{ "raquo", 0xBB },
	{ "ldquo", 0x201C },
	{ "rdquo", 0x201D },
	{ "bdquo", 0x201E },
	{ "lsquo", 0x2018 },
	{ "rsquo", 0x2019 },
	{ "mdash", 0x2014 },
	{ "ndash", 0x2013 },
	{ "minus", 0x2212 },
	{ "hellip", 0x2026 },
	{ "copy", 0xA9 },
	{ "reg", 0xAE },
	{ "trade", 0x2122 },
	{ "deg", 0xB0 },
	{ "times", 0xD7 },
	{ "bull", 0x2022 },
	{ "middot", 0xB7 },
	{ "larr", 0x2190 },
	{ "rarr", 0x2192 },
	{ "sect", 0xA7 },
	{ "euro", 0x20AC },
	{ "shy", 0xAD },
	{ "thinsp", 0x2009 },
	{ "ensp", 0x2002 },
	{ "emsp", 0x2003 },
	{ "zwnj", 0x200C },
	{ "plusmn", 0xB1 },
	{ "frac12", 0xBD },
	{ "sup2", 0xB2 },
	{ "permil", 0x2030 },
};

static int32_t
number_reference(const char *p, const char *end)
{
	int base = 10;
	long cp = 0;

	if (p < end && (*p == 'x' || *p == 'X')) {
		base = 16;
		p++;
	}
	if (p == end)
		return -1;
	for (; p < end && cp < 0x110000; p++) {
		const char *digits = "0123456789abcdef", *at;

		at = memchr(digits, *p | (*p >= 'A' ? 0x20 : 0), (size_t)base);
		if (at == NULL)
			return -1;
		cp = cp * base + (at - digits);
	}
	return cp > 0 && cp < 0x110000 && (cp < 0xD800 || cp > 0xDFFF) ? (int32_t)cp : -1;
}

int32_t
html_reference(const char **p, const char *end)
{
	const char *from = *p + 1, *to = from;
	int32_t cp = -1;
	size_t i;

	while (to < end && to - from < 12 &&
	       (*to == '#' || (*to >= '0' && *to <= '9') || (*to >= 'a' && *to <= 'z') ||
		   (*to >= 'A' && *to <= 'Z')))
		to++;
	if (to == from || to == end || *to != ';')
		return -1;
	if (*from == '#')
		cp = number_reference(from + 1, to);
	for (i = 0; i < ARRAY_LEN(entities) && cp < 0; i++)
		if (strlen(entities[i].name) == (size_t)(to - from) &&
		    memcmp(entities[i].name, from, (size_t)(to - from)) == 0)
			cp = entities[i].cp;
	if (cp >= 0)
		*p = to + 1;
	return cp;
}
