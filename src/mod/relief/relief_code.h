/* relief_code.h – the nine digits that an asker gets: eight at random and a check digit.
 *
 * Digits alone, so that anybody can say them on the telephone in any language and type them on any keypad. The last
 * one is by Damm's method: every single wrong digit and every exchange of two neighbours is noticed. */
#ifndef MOD_RELIEF_CODE_H
#define MOD_RELIEF_CODE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

enum { RELIEF_CODE = 9 };
/* The check digit of n digits, as a character. */
char relief_check_digit(const char *digits, size_t n);
/* Once at boot: this database is a laptop's copy (mod/field) of that number, whose codes are not the house's. */
void relief_code_copy(int64_t number);
/* A fresh code. */
void relief_code_draw(char out[RELIEF_CODE + 1]);
/* The code of a number below 80 000 000, the same each time: for records that are made alike again (the demo). */
void relief_code_of(unsigned number, char out[RELIEF_CODE + 1]);
/* "123 456 789" */
const char *relief_code_shown(struct arena *a, const char *code);
/* What was typed, without blanks and dashes; false: not nine digits, or the last one does not fit. */
bool relief_code_read(const char *typed, char out[RELIEF_CODE + 1]);

#endif
