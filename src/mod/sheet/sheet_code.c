/* sheet_code.c – see sheet_code.h. The table is Damm's quasigroup of order 10; its diagonal is zero, so a
 * text with its check digit behind it has the digit 0. Zeros in front change nothing: sheets are told apart
 * by the width of their rows' numbers, which is fixed for a sheet. */
#include "mod/sheet/sheet_code.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const unsigned char damm[10][10] = {
	{ 0, 3, 1, 7, 5, 9, 8, 6, 4, 2 },
	{ 7, 0, 9, 2, 1, 5, 4, 8, 6, 3 },
	{ 4, 2, 0, 6, 8, 7, 1, 3, 5, 9 },
	{ 1, 7, 5, 0, 9, 8, 3, 4, 2, 6 },
	{ 6, 1, 2, 3, 0, 4, 5, 9, 7, 8 },
	{ 3, 6, 7, 4, 2, 0, 9, 5, 8, 1 },
	{ 5, 8, 6, 9, 7, 2, 0, 1, 3, 4 },
	{ 8, 9, 4, 5, 3, 6, 2, 0, 1, 7 },
	{ 9, 4, 3, 8, 6, 1, 7, 2, 0, 5 },
	{ 2, 5, 8, 1, 4, 3, 6, 7, 9, 0 },
};

int
damm_digit(const char *digits)
{
	int state = 0;

	for (; *digits != '\0'; digits++) {
		if (*digits < '0' || *digits > '9')
			return -1;
		state = damm[state][*digits - '0'];
	}
	return state;
}

int
sheet_code_width(struct sheet_size s)
{
	return s.lines > 99 ? 3 : 2;
}

const char *
sheet_code(struct arena *a, struct sheet_size s, int64_t line)
{
	char row[16], all[SHEET_CODE_MAX];

	snprintf(row, sizeof row, "%0*d", sheet_code_width(s), (int)(line % 1000));
	snprintf(all, sizeof all, "%lld%s", (long long)s.number, row);
	return arena_printf(a, "%s%d", row, damm_digit(all));
}

const char *
sheet_code_whole(struct arena *a, struct sheet_size s, int64_t line)
{
	return arena_printf(a, "%lld-%s", (long long)s.number, sheet_code(a, s, line));
}

bool
sheet_code_part(const char *whole, int64_t *sheet, const char **code)
{
	size_t n = whole == NULL ? 0 : strspn(whole, "0123456789");

	if (n == 0 || n > 15 || *whole == '0' || whole[n] != '-' || whole[n + 1] == '\0')
		return false;
	*sheet = strtoll(whole, NULL, 10);
	*code = whole + n + 1;
	return true;
}

/* Without the spaces around it; false: too long to be a code. */
static bool
bare(const char *typed, char out[SHEET_CODE_MAX])
{
	size_t n;

	typed += strspn(typed, " \t\r\n");
	n = strlen(typed);
	while (n > 0 && strchr(" \t\r\n", typed[n - 1]) != NULL)
		n--;
	if (n >= SHEET_CODE_MAX)
		return false;
	memcpy(out, typed, n);
	out[n] = '\0';
	return true;
}

enum code_fault
sheet_code_read(struct sheet_size s, const char *typed, int64_t *line)
{
	char text[SHEET_CODE_MAX], all[SHEET_CODE_MAX + 24];
	const char *code = text;
	int64_t sheet, row;
	size_t n;

	*line = 0;
	if (typed == NULL || !bare(typed, text))
		return typed == NULL ? CODE_EMPTY : CODE_LENGTH;
	if (*text == '\0')
		return CODE_EMPTY;
	if (sheet_code_part(text, &sheet, &code) && sheet != s.number)
		return CODE_OTHER;
	n = strlen(code);
	if (strspn(code, "0123456789") != n)
		return CODE_LETTERS;
	if (n != (size_t)sheet_code_width(s) + 1)
		return CODE_LENGTH;
	snprintf(all, sizeof all, "%lld%s", (long long)s.number, code);
	if (damm_digit(all) != 0)
		return CODE_CHECK;
	row = strtoll(code, NULL, 10) / 10;
	if (row < 1 || row > s.lines)
		return CODE_NO_ROW;
	*line = row;
	return CODE_FINE;
}
