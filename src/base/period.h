/* period.h – periods that a report is made for, as people name them: a year, a half, a quarter, a month
 * or any days.
 *
 * Written 2024, 2024-H1, 2024-Q3, 2024-11, 2024-01-01..2024-11-15 (days as day_parse() takes them).
 * Both ends are in. The comparison with the year before is RULE report-2. */
#ifndef BASE_PERIOD_H
#define BASE_PERIOD_H

#include "base/day.h"

enum period_shape { PERIOD_YEAR, PERIOD_HALF, PERIOD_QUARTER, PERIOD_MONTH, PERIOD_DAYS };
struct period {
	enum period_shape shape;
	int year, number; /* number: which half, quarter or month from 1; 0 for years and days */
	int from, to;
};
enum { PERIOD_TEXT = 40 };

/* Years 1990–2100; false: the form is wrong, a day does not exist, or it ends before it begins. */
bool period_parse(const char *s, struct period *out);
/* The named period of these days if they are one, else PERIOD_DAYS. */
struct period period_of(int from, int to);
struct period period_make(enum period_shape shape, int year, int number);
/* The form that period_parse() reads. */
void period_text(const struct period *p, char out[PERIOD_TEXT]);
/* RULE report-2: the same days a year earlier; the last day of a month stays the last day of the month,
 * so February answers February. */
int period_year_before(int day);
/* The nth part (from 0) of shape quarter or month that the days from..to touch, not cut; false past
 * the end. */
bool period_part(enum period_shape shape, int from, int to, int nth, struct period *out);
int64_t period_days(int from, int to); /* how many, both ends in */

#endif
