/* charity_code.c – the short code by which a donor follows a gift: seven random symbols and one that checks them.
 *
 * Symbols are elements of the field of 32 elements (x^5 + x^2 + 1); the sum of symbol × g^place over all eight is
 * zero. One wrong symbol changes it, and so do two neighbours exchanged, since g^i differs from g^j. */
#include "mod/charity/charity_inner.h"

#include <sodium.h>
#include <string.h>

#include "text/ticket_code.h"

static const char symbols[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* g = x: doubling in the field. */
static unsigned
twice(unsigned a)
{
	return (a << 1 ^ (a & 16 ? 0x25 : 0)) & 31;
}

/* Horner from the first symbol on: sum of symbol × g^(n − 1 − place). */
static unsigned
weigh(const char *code, size_t n)
{
	unsigned sum = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		const char *at = strchr(symbols, code[i]);

		sum = twice(sum) ^ (unsigned)(at == NULL ? 0 : at - symbols);
	}
	return sum;
}

const char *
charity_code_new(struct arena *a)
{
	char *code = arena_alloc(a, CHARITY_CODE + 1);
	size_t i;

	for (i = 0; i < CHARITY_CODE - 1; i++)
		code[i] = symbols[randombytes_uniform(32)];
	code[CHARITY_CODE - 1] = symbols[twice(weigh(code, CHARITY_CODE - 1))];
	code[CHARITY_CODE] = '\0';
	return code;
}

bool
charity_code_good(const char *code)
{
	return code != NULL && strlen(code) == CHARITY_CODE &&
	       strspn(code, symbols) == CHARITY_CODE && weigh(code, CHARITY_CODE) == 0;
}

const char *
charity_code_show(struct arena *a, const char *code)
{
	return arena_printf(a, "%.4s-%s", code, strlen(code) < 4 ? "" : code + 4);
}
