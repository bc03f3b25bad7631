/* sheet_code.h – the digits that stand before a row on paper, and what they mean when they are typed.
 *
 * A row's code is its number on the sheet (two digits, three on a sheet of more than 99 rows) and one check
 * digit over the sheet's number and the row: row 7 of sheet 3187 is "074" on its own sheet and "3187-074"
 * everywhere else. The check digit is Damm's: H. M. Damm, Total anti-symmetrische Quasigruppen, Marburg
 * 2004. It finds every wrong digit and every exchange of two neighbours; so do codes of a sheet whose number
 * differs by one digit. RULE sheet-1. */
#ifndef MOD_SHEET_CODE_H
#define MOD_SHEET_CODE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

enum { SHEET_LINES_MAX = 600, SHEET_CODE_MAX = 40 };
struct sheet_size {
	int64_t number; /* of the sheet: its record */
	int64_t lines;	/* rows in all, spare ones too */
};

/* The check digit of a text of digits; −1: something else stands in it. */
int damm_digit(const char *digits);
int sheet_code_width(struct sheet_size s); /* digits of a row's number: 2 or 3 */
/* "074"; in the arena. */
const char *sheet_code(struct arena *a, struct sheet_size s, int64_t line);
/* "3187-074" */
const char *sheet_code_whole(struct arena *a, struct sheet_size s, int64_t line);

enum code_fault {
	CODE_FINE,
	CODE_EMPTY,
	CODE_LETTERS, /* more than digits */
	CODE_LENGTH,  /* a digit is missing or too many */
	CODE_CHECK,   /* a slip of the hand, or a row of another sheet */
	CODE_NO_ROW,  /* no such row on this sheet */
	CODE_OTHER    /* a whole code that names another sheet */
};
/* Reads the code of a row of this sheet, short or whole; spaces around it are passed over. */
enum code_fault sheet_code_read(struct sheet_size s, const char *typed, int64_t *line);
/* "3187-074" → 3187 and the text behind the dash; false: not of that form. */
bool sheet_code_part(const char *whole, int64_t *sheet, const char **code);

#endif
