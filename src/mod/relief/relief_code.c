/* relief_code.c – see relief_code.h. */
#include "mod/relief/relief_code.h"

#include <sodium.h>
#include <string.h>

/* A totally anti-symmetric quasigroup of order 10: H. M. Damm, "Total anti-symmetrische Quasigruppen", 2004.
 * The test tries every single error and exchange. */
static const char table[10][11] = { "0317598642", "7092154863", "4206871359", "1750983426",
	"6123045978", "3674209581", "5869720134", "8945362017", "9438617205", "2581436790" };

char
relief_check_digit(const char *digits, size_t n)
{
	int now = 0;
	size_t i;

	for (i = 0; i < n; i++)
		now = table[now][digits[i] - '0'] - '0';
	return (char)('0' + now);
}

static int64_t
    code_copy; /* this database is a laptop's copy of that number; 0 = the house itself */

void
relief_code_copy(int64_t number)
{
	code_copy = number;
}

/* RULE field-6: 9 and the copy's number in front on a laptop, anything else in the house; no zero: a table program
 * would lose it. */
void
relief_code_draw(char out[RELIEF_CODE + 1])
{
	int i = 1;

	out[0] = (char)('1' + randombytes_uniform(8));
	if (code_copy > 0) {
		out[0] = '9';
		out[i++] = (char)('0' + code_copy / 10 % 10);
		out[i++] = (char)('0' + code_copy % 10);
	}
	for (; i < RELIEF_CODE - 1; i++)
		out[i] = (char)('0' + randombytes_uniform(10));
	out[RELIEF_CODE - 1] = relief_check_digit(out, RELIEF_CODE - 1);
	out[RELIEF_CODE] = '\0';
}

void
relief_code_of(unsigned number, char out[RELIEF_CODE + 1])
{
	int i;

	for (i = RELIEF_CODE - 2; i > 0; i--, number /= 10)
		out[i] = (char)('0' + number % 10);
	out[0] = (char)('1' + number % 8); /* no zero, and no nine: those are the copies' */
	out[RELIEF_CODE - 1] = relief_check_digit(out, RELIEF_CODE - 1);
	out[RELIEF_CODE] = '\0';
}

const char *
relief_code_shown(struct arena *a, const char *code)
{
	if (code == NULL || strlen(code) != RELIEF_CODE)
		return "";
	return arena_printf(a, "%.3s %.3s %.3s", code, code + 3, code + 6);
}

bool
relief_code_read(const char *typed, char out[RELIEF_CODE + 1])
{
	size_t n = 0;

	for (; *typed != '\0'; typed++) {
		if (*typed == ' ' || *typed == '-')
			continue;
		if (*typed < '0' || *typed > '9' || n == RELIEF_CODE)
			return false;
		out[n++] = *typed;
	}
	if (n != RELIEF_CODE)
		return false;
	out[n] = '\0';
	return relief_check_digit(out, RELIEF_CODE - 1) == out[RELIEF_CODE - 1];
}
