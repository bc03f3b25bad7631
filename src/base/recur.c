/* recur.c – see recur.h. */
#include "base/recur.h"

bool
recur_valid(const struct recur *r)
{
	if (r->every < 1 || r->every > RECUR_EVERY_MAX || !day_valid(r->first))
		return false;
	switch (r->kind) {
	case RECUR_WEEKS:
		return r->weekdays != 0 && r->weekdays < 128;
	case RECUR_MONTH_DAY:
		return r->dom >= 1 && r->dom <= 31;
	case RECUR_MONTH_NTH:
		return (r->nth == RECUR_LAST || (r->nth >= 1 && r->nth <= 4)) && r->weekday >= 1 &&
		       r->weekday <= 7;
	}
	return false;
}

/* The number of the week that begins on the day's Monday. */
static int64_t
week_of(int day)
{
	int64_t monday = day_number(day) - (day_weekday(day) - 1);

	return (monday + 3) / 7; /* 1970-01-01 was a Thursday */
}

static int
month_of(int day)
{
	return day_year(day) * 12 + day_month(day);
}

static bool
nth_weekday(const struct recur *r, int day)
{
	int dom = day_dom(day), len = day_month_len(day_year(day), day_month(day));

	if (day_weekday(day) != r->weekday)
		return false;
	return r->nth == RECUR_LAST ? dom + 7 > len : (dom - 1) / 7 + 1 == r->nth;
}

bool
recur_has(const struct recur *r, int day)
{
	int len;

	if (!recur_valid(r) || !day_valid(day) || day < r->first)
		return false;
	if (r->kind == RECUR_WEEKS)
		return (r->weekdays >> (day_weekday(day) - 1) & 1) != 0 &&
		       (week_of(day) - week_of(r->first)) % r->every == 0;
	if ((month_of(day) - month_of(r->first)) % r->every != 0)
		return false;
	if (r->kind == RECUR_MONTH_NTH)
		return nth_weekday(r, day);
	len = day_month_len(day_year(day), day_month(day));
	return day_dom(day) == (r->dom < len ? r->dom : len);
}

static bool
among(const int *v, size_t n, int day)
{
	size_t i;

	for (i = 0; i < n && v[i] <= day; i++)
		if (v[i] == day)
			return true;
	return false;
}

size_t
recur_days(const struct recur *r, const int *skip, size_t nskip, struct recur_day *out, size_t cap,
    bool *more)
{
	int64_t number, end;
	size_t n = 0;
	int left = r->times;

	if (more != NULL)
		*more = false;
	if (!recur_valid(r))
		return 0;
	number = day_number(r->first);
	end = number + RECUR_YEARS * 366;
	for (; number < end && (r->times == 0 || left > 0); number++) {
		int day = day_of_number(number);

		if (r->last != 0 && day > r->last)
			break;
		if (!recur_has(r, day))
			continue;
		if (n == cap) {
			if (more != NULL)
				*more = true;
			break;
		}
		out[n] = (struct recur_day){ day, among(skip, nskip, day) };
		left -= !out[n++].skipped;
	}
	return n;
}
