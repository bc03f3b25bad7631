/* money.c – see money.h. */
#include "lang/money.h"

#define MONEY_MAX INT64_C(100000000000000)

const char *
money_form(const struct ctx *cx, int64_t tiyn)
{
	int64_t rest = tiyn % 100;

	if (rest == 0)
		return num(cx, tiyn / 100);
	return arena_printf(
	    cx->arena, "%s%c%02d", num(cx, tiyn / 100), cx->lang == LANG_EN ? '.' : ',', (int)rest);
}

const char *
money_text(const struct ctx *cx, int64_t tiyn)
{
	return arena_printf(cx->arena, "%s\xc2\xa0₸", money_form(cx, tiyn));
}

/* A blank of any kind, or the sign of the tenge; how many bytes, 0 = neither. */
static size_t
filler(const char *s)
{
	static const char *const skip[] = { " ", "\t", "\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x89",
		"₸", "'" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(skip); i++)
		if (strncmp(s, skip[i], strlen(skip[i])) == 0)
			return strlen(skip[i]);
	return 0;
}

bool
money_parse(const char *s, int64_t *tiyn)
{
	int64_t v = 0;
	int digits = 0, after = -1;

	for (; *s != '\0'; s++) {
		size_t n = filler(s);

		if (n > 0) {
			s += n - 1;
			continue;
		}
		if ((*s == ',' || *s == '.') && after < 0 && digits > 0) {
			after = 0;
			continue;
		}
		if (*s < '0' || *s > '9' || after == 2 || v > MONEY_MAX)
			return false;
		v = v * 10 + (*s - '0');
		digits++;
		after += after >= 0;
	}
	for (after = after < 0 ? 0 : after; after < 2; after++)
		v *= 10;
	*tiyn = v;
	return digits > 0 && v <= MONEY_MAX;
}
