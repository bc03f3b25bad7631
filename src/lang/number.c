/* number.c – figures as the reader's language writes them, and back.
 *
 * Kazakh and Russian: a no-break space between groups from five digits (2245 but 14 236), decimal
 * comma, a no-break space before the per cent sign. English: comma from four digits, decimal point.
 * A minus is U+2212, so that it is as wide as a digit and never breaks off its number. */
#include "lang/lang.h"

#include <math.h>
#include <stdio.h>

#define NBSP "\u00a0"
#define MINUS "\u2212"

/* Room for the 309 digits of DBL_MAX with its group marks, sign and decimals. */
enum { NUM_ROOM = 560 };

/* Digits with group marks, appended to out; `digits` is plain ASCII. Returns the new end. */
static char *
put_grouped(char *out, enum lang l, const char *digits, size_t n)
{
	const char *mark = l == LANG_EN ? "," : NBSP;
	size_t from = l == LANG_EN ? 4 : 5, i;

	for (i = 0; i < n; i++) {
		if (i > 0 && n >= from && (n - i) % 3 == 0)
			out = stpcpy(out, mark);
		*out++ = digits[i];
	}
	return out;
}

const char *
num(const struct ctx *cx, int64_t v)
{
	char digits[24], out[64], *end = out;
	int n;

	n = snprintf(digits, sizeof digits, "%llu",
	    (unsigned long long)(v < 0 ? 0 - (uint64_t)v : (uint64_t)v));
	if (v < 0)
		end = stpcpy(end, MINUS);
	end = put_grouped(end, cx->lang, digits, (size_t)n);
	return arena_strn(cx->arena, out, (size_t)(end - out));
}

const char *
num_real(const struct ctx *cx, double v, int decimals)
{
	char s[340], out[NUM_ROOM], *end = out;
	size_t whole;

	if (!isfinite(v))
		return "–";
	if (decimals < 0)
		decimals = 0;
	if (decimals > 9)
		decimals = 9;
	snprintf(s, sizeof s, "%.*f", decimals, fabs(v));
	whole = strspn(s, "0123456789");
	/* What rounds to nothing has no sign: "0,0", not "−0,0". */
	if (v < 0 && strpbrk(s, "123456789") != NULL)
		end = stpcpy(end, MINUS);
	end = put_grouped(end, cx->lang, s, whole);
	if (decimals > 0) {
		*end++ = cx->lang == LANG_EN ? '.' : ',';
		end = stpcpy(end, s + strlen(s) - (size_t)decimals);
	}
	return arena_strn(cx->arena, out, (size_t)(end - out));
}

const char *
percent(const struct ctx *cx, double part, double whole)
{
	if (whole == 0 || !isfinite(part / whole))
		return "–";
	return arena_printf(cx->arena, cx->lang == LANG_EN ? "%s%%" : "%s" NBSP "%%",
	    num_real(cx, part * 100 / whole, 1));
}

/* Length of the space at p: plain, no-break, narrow no-break or thin; 0 if there is none. */
static size_t
space_len(const char *p)
{
	static const char *const spaces[] = { " ", "\t", NBSP, "\u202f", "\u2009", "\u2007" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(spaces); i++)
		if (strncmp(p, spaces[i], strlen(spaces[i])) == 0)
			return strlen(spaces[i]);
	return 0;
}

static const char *
skip_spaces(const char *p)
{
	size_t n;

	while ((n = space_len(p)) > 0)
		p += n;
	return p;
}

/* Groups must look like groups, "14 236": in "12 34" somebody wrote two numbers. */
bool
num_parse(const char *s, int64_t *out)
{
	uint64_t u = 0, max = INT64_MAX;
	bool minus, grouped = false;

	if (s == NULL)
		return false;
	s = skip_spaces(s);
	minus = *s == '-';
	if (minus) {
		s++;
		max++;
	}
	for (;;) {
		size_t n = strspn(s, "0123456789"), i;
		const char *next = skip_spaces(s + n);

		if (n == 0 || (grouped && n != 3) || (next != s + n && *next != '\0' && n > 3))
			return false;
		for (i = 0; i < n; i++) {
			unsigned digit = (unsigned)(s[i] - '0');

			if (u > (max - digit) / 10)
				return false;
			u = u * 10 + digit;
		}
		if (*next == '\0')
			break;
		if (next == s + n)
			return false;
		grouped = true;
		s = next;
	}
	*out = (int64_t)(minus ? 0 - u : u);
	return true;
}
