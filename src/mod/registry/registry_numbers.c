/* registry_numbers.c – the check digits of the national registers.
 *
 * IIN: YYMMDD of birth, century and sex (1/2 = 1800s male/female … 5/6 = 2000s; 0 is met with some
 * foreigners and tells neither), four digits of order, check digit. BIN: YYMM of registration, kind
 * of entity (4, 5, 6), kind of unit (0 head … 4), five digits of order, check digit. Both: sum of
 * digit × weight (1…11) mod 11; 10 means a second pass with weights 3…11, 1, 2; 10 again means that
 * the base is never issued. Only ASCII digits count as digits. */
#include "mod/registry/registry.h"

static bool
twelve_digits(const char *s)
{
	return strspn(s, "0123456789") == 12 && s[12] == '\0';
}

static int
two(const char *s)
{
	return (s[0] - '0') * 10 + (s[1] - '0');
}

/* The right last digit, or 10 when the first eleven are never issued. */
static int
check_digit(const char *s)
{
	int first = 0, second = 0, i;

	for (i = 0; i < 11; i++) {
		first += (s[i] - '0') * (i + 1);
		second += (s[i] - '0') * ((i + 2) % 11 + 1);
	}
	return first % 11 < 10 ? first % 11 : second % 11;
}

static const char *
digit_error(const char *s)
{
	return check_digit(s) == s[11] - '0'
		   ? NULL
		   : N_("The check digit does not fit: look for a mistyped digit.");
}

/* RULE registry-1: an IIN has a day of birth that exists and a right check digit. */
const char *
iin_error(const char *iin)
{
	int century, year;

	if (!twelve_digits(iin))
		return N_("An IIN has twelve digits.");
	century = iin[6] - '0';
	if (century > 6)
		return N_("The seventh digit of an IIN lies between 0 and 6.");
	year = century == 0 ? 2000 : 1800 + (century - 1) / 2 * 100;
	if (!day_valid(day_make(year + two(iin), two(iin + 2), two(iin + 4))))
		return N_(
		    "The first six digits of an IIN are a day of birth: this one does not exist.");
	return digit_error(iin);
}

/* RULE registry-2: a BIN has a month that exists, a known kind of entity, and a right check digit. */
const char *
bin_error(const char *bin)
{
	if (!twelve_digits(bin))
		return N_("A BIN has twelve digits.");
	if (two(bin + 2) < 1 || two(bin + 2) > 12)
		return N_(
		    "The third and fourth digit of a BIN are a month: this one does not exist.");
	if (bin[4] < '4' || bin[4] > '6')
		return N_("This is no BIN: its fifth digit is 4, 5 or 6.");
	if (bin[5] > '4')
		return N_("This is no BIN: its sixth digit lies between 0 and 4.");
	return digit_error(bin);
}
