/* recur.h – days that come again: every n weeks on some weekdays, every n months on a day or on the nth weekday.
 *
 * Fixed words and numbers, no text to read. Whether a day is one of the rule is answered from the day alone
 * (recur_has), so nothing adds up over years. RULE series-1. */
#ifndef BASE_RECUR_H
#define BASE_RECUR_H

#include "base/day.h"

#include <stddef.h>

enum recur_kind { RECUR_WEEKS, RECUR_MONTH_DAY, RECUR_MONTH_NTH };
enum { RECUR_LAST = -1, RECUR_YEARS = 10, RECUR_EVERY_MAX = 12 };
struct recur {
	enum recur_kind kind;
	int every; /* weeks or months, 1 … RECUR_EVERY_MAX; counted from the week or month of `first` */
	unsigned weekdays; /* RECUR_WEEKS: bit 0 = Monday … bit 6 = Sunday */
	int dom;	   /* RECUR_MONTH_DAY: 1 … 31; a shorter month gives its last day */
	int nth, weekday;  /* RECUR_MONTH_NTH: 1 … 4 or RECUR_LAST; 1 = Monday … 7 = Sunday */
	int first, last;   /* both in; last 0 = it ends by times */
	int times;	   /* how many days that are not skipped; 0 = it ends by last */
};

/* What is wrong with the numbers themselves; bounds of days aside. */
bool recur_valid(const struct recur *r);
/* Whether a day, not before first, is one of the rule; last and times are not asked. */
bool recur_has(const struct recur *r, int day);

struct recur_day {
	int day;
	bool skipped; /* stands in skip: named, but not counted in times */
};
/* The days in order, at most cap of them and none more than RECUR_YEARS years after the first; skip is ascending.
 * Returns how many; *more (may be NULL): the rule goes on behind cap. */
size_t recur_days(const struct recur *r, const int *skip, size_t nskip, struct recur_day *out,
    size_t cap, bool *more);

#endif
