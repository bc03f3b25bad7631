/* period.c – see period.h. A named period is a run of whole months: 12, 6, 3 or 1 of them. */
#include "base/period.h"

#include <stdio.h>
#include <string.h>

enum { YEAR_FIRST = 1990, YEAR_LAST = 2100 };

static int
months_of(enum period_shape shape)
{
	static const int months[] = { 12, 6, 3, 1, 0 };

	return months[shape];
}

struct period
period_make(enum period_shape shape, int year, int number)
{
	int months = months_of(shape), first = number > 0 ? (number - 1) * months + 1 : 1,
	    last = first + months - 1;

	return (struct period){ shape, year, number, day_make(year, first, 1),
		day_make(year, last, day_month_len(year, last)) };
}

struct period
period_of(int from, int to)
{
	static const enum period_shape shapes[] = { PERIOD_YEAR, PERIOD_HALF, PERIOD_QUARTER,
		PERIOD_MONTH };
	size_t i;

	for (i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
		int number = (day_month(from) - 1) / months_of(shapes[i]) + 1;
		struct period p =
		    period_make(shapes[i], day_year(from), shapes[i] == PERIOD_YEAR ? 0 : number);

		if (p.from == from && p.to == to)
			return p;
	}
	return (struct period){ PERIOD_DAYS, day_year(from), 0, from, to };
}

static bool
parse_days(const char *s, const char *dots, struct period *out)
{
	char first[16];
	size_t n = (size_t)(dots - s);
	int from, to;

	if (n >= sizeof first)
		return false;
	memcpy(first, s, n);
	first[n] = '\0';
	if (!day_parse(first, &from) || !day_parse(dots + 2, &to) || to < from ||
	    day_year(from) < YEAR_FIRST || day_year(to) > YEAR_LAST)
		return false;
	*out = period_of(from, to);
	return true;
}

/* What stands behind "2024-": H1, Q3, 11. */
static bool
parse_part(const char *s, int year, struct period *out)
{
	enum period_shape shape = *s == 'H' || *s == 'h'   ? PERIOD_HALF
				  : *s == 'Q' || *s == 'q' ? PERIOD_QUARTER
							   : PERIOD_MONTH;
	int number;

	if (shape != PERIOD_MONTH)
		s++;
	number = day_digits(&s, shape == PERIOD_MONTH ? 2 : 1);
	if (number < 1 || number > 12 / months_of(shape) || *s != '\0')
		return false;
	*out = period_make(shape, year, number);
	return true;
}

bool
period_parse(const char *s, struct period *out)
{
	const char *dots = strstr(s, "..");
	int year;

	if (dots != NULL)
		return parse_days(s, dots, out);
	year = day_digits(&s, 4);
	if (year < YEAR_FIRST || year > YEAR_LAST)
		return false;
	if (*s == '\0') {
		*out = period_make(PERIOD_YEAR, year, 0);
		return true;
	}
	return *s == '-' && parse_part(s + 1, year, out);
}

void
period_text(const struct period *p, char out[PERIOD_TEXT])
{
	char from[16], to[16];

	switch (p->shape) {
	case PERIOD_YEAR:
		snprintf(out, PERIOD_TEXT, "%04d", p->year);
		return;
	case PERIOD_HALF:
		snprintf(out, PERIOD_TEXT, "%04d-H%d", p->year, p->number);
		return;
	case PERIOD_QUARTER:
		snprintf(out, PERIOD_TEXT, "%04d-Q%d", p->year, p->number);
		return;
	case PERIOD_MONTH:
		snprintf(out, PERIOD_TEXT, "%04d-%02d", p->year, p->number);
		return;
	case PERIOD_DAYS:
		break;
	}
	day_iso(p->from, from);
	day_iso(p->to, to);
	snprintf(out, PERIOD_TEXT, "%s..%s", from, to);
}

int
period_year_before(int day)
{
	int y = day_year(day) - 1, m = day_month(day), d = day_dom(day);
	int last = day_month_len(y, m);

	if (d == day_month_len(day_year(day), m) || d > last)
		d = last;
	return day_make(y, m, d);
}

bool
period_part(enum period_shape shape, int from, int to, int nth, struct period *out)
{
	int months = months_of(shape), at = day_year(from) * 12 + day_month(from) - 1;

	at = (at / months + nth) * months;
	*out = period_make(shape, at / 12, at % 12 / months + 1);
	return out->from <= to;
}

int64_t
period_days(int from, int to)
{
	return day_number(to) - day_number(from) + 1;
}
