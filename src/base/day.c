/* day.c – see day.h. The civil-day algorithms are the well-known ones of Hinnant and Meeus. */
#include "base/day.h"

#include <string.h>

static bool
leap(int y)
{
	return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

int
day_month_len(int y, int m)
{
	static const int len[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return m == 2 && leap(y) ? 29 : len[m - 1];
}

int
day_make(int y, int m, int d)
{
	return y * 10000 + m * 100 + d;
}

bool
day_valid(int day)
{
	int y = day_year(day), m = day_month(day), d = day_dom(day);

	return day > 0 && y >= 1000 && y <= 9999 && m >= 1 && m <= 12 && d >= 1 &&
	       d <= day_month_len(y, m);
}

int64_t
day_number(int day)
{
	int64_t y = day_year(day), m = day_month(day), d = day_dom(day), era, yoe, doy, doe;

	y -= m <= 2;
	era = (y >= 0 ? y : y - 399) / 400;
	yoe = y - era * 400;
	doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return era * 146097 + doe - 719468;
}

int
day_of_number(int64_t z)
{
	int64_t era, doe, yoe, doy, mp, y, d, m;

	z += 719468;
	era = (z >= 0 ? z : z - 146096) / 146097;
	doe = z - era * 146097;
	yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	y = yoe + era * 400;
	doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	mp = (5 * doy + 2) / 153;
	d = doy - (153 * mp + 2) / 5 + 1;
	m = mp + (mp < 10 ? 3 : -9);
	return day_make((int)(y + (m <= 2)), (int)m, (int)d);
}

int
day_add(int day, int n)
{
	return day_of_number(day_number(day) + n);
}

int
day_weekday(int day)
{
	int64_t n = day_number(day) + 3; /* 1970-01-01 was a Thursday */

	return (int)(((n % 7) + 7) % 7) + 1;
}

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

int
day_of_moment(int64_t us)
{
	return day_of_number(floor_div(us + DAY_ZONE_MIN * 60 * US_PER_SECOND, US_PER_DAY));
}

int64_t
day_start(int day)
{
	return day_number(day) * US_PER_DAY - DAY_ZONE_MIN * 60 * US_PER_SECOND;
}

void
moment_parts(int64_t us, int *day, int *hour, int *minute, int *second)
{
	int64_t t = us + DAY_ZONE_MIN * 60 * US_PER_SECOND, n = floor_div(t, US_PER_DAY);
	int s = (int)((t - n * US_PER_DAY) / US_PER_SECOND);

	*day = day_of_number(n);
	*hour = s / 3600;
	*minute = s / 60 % 60;
	*second = s % 60;
}

/* n decimal digits, zeros in front; snprintf would be a tenth of the time of a JSON list. */
static char *
put_digits(char *p, int v, int n)
{
	int i;

	for (i = n - 1; i >= 0; i--, v /= 10)
		p[i] = (char)('0' + v % 10);
	return p + n;
}

static char *
put_day(char *p, int day)
{
	p = put_digits(p, day_year(day), 4);
	*p++ = '-';
	p = put_digits(p, day_month(day), 2);
	*p++ = '-';
	return put_digits(p, day_dom(day), 2);
}

void
moment_rfc3339(int64_t us, char out[32])
{
	int64_t n = floor_div(us, US_PER_DAY);
	int s = (int)((us - n * US_PER_DAY) / US_PER_SECOND);
	char *p = put_day(out, day_of_number(n));

	*p++ = 'T';
	p = put_digits(p, s / 3600, 2);
	*p++ = ':';
	p = put_digits(p, s / 60 % 60, 2);
	*p++ = ':';
	p = put_digits(p, s % 60, 2);
	*p++ = 'Z';
	*p = '\0';
}

int
day_digits(const char **s, int n)
{
	int v = 0;

	for (; n > 0; n--, (*s)++) {
		if (**s < '0' || **s > '9')
			return -1;
		v = v * 10 + (**s - '0');
	}
	return v;
}

static bool
letter(const char **s, const char *any)
{
	if (**s == '\0' || strchr(any, **s) == NULL)
		return false;
	(*s)++;
	return true;
}

/* "Z" or "+05:00": minutes east of UTC. */
static bool
offset(const char *s, int *minutes)
{
	int sign = *s == '-' ? -1 : 1, h, m;

	*minutes = 0;
	if ((*s == 'Z' || *s == 'z') && s[1] == '\0')
		return true;
	if (!letter(&s, "+-"))
		return false;
	h = day_digits(&s, 2);
	if (h < 0 || h > 23 || !letter(&s, ":"))
		return false;
	m = day_digits(&s, 2);
	*minutes = sign * (h * 60 + m);
	return m >= 0 && m <= 59 && *s == '\0';
}

bool
moment_parse_rfc3339(const char *s, int64_t *out)
{
	int64_t frac = 0, scale = US_PER_SECOND;
	int y, mo, d, h, mi, se, east;

	y = day_digits(&s, 4);
	if (y < 0 || !letter(&s, "-") || (mo = day_digits(&s, 2)) < 0 || !letter(&s, "-") ||
	    (d = day_digits(&s, 2)) < 0 || !letter(&s, "Tt ") || (h = day_digits(&s, 2)) < 0 ||
	    !letter(&s, ":") || (mi = day_digits(&s, 2)) < 0 || !letter(&s, ":") ||
	    (se = day_digits(&s, 2)) < 0)
		return false;
	if (!day_valid(day_make(y, mo, d)) || h > 23 || mi > 59 || se > 60)
		return false;
	if (*s == '.') {
		if (s[1] < '0' || s[1] > '9')
			return false;
		for (s++; *s >= '0' && *s <= '9'; s++)
			if (scale > 1)
				scale /= 10, frac += (*s - '0') * scale;
	}
	if (!offset(s, &east))
		return false;
	*out = day_number(day_make(y, mo, d)) * US_PER_DAY +
	       ((int64_t)h * 3600 + mi * 60 + se - east * 60) * US_PER_SECOND + frac;
	return true;
}

bool
moment_parse(const char *s, int64_t *out)
{
	char day[16];
	size_t n = strcspn(s, " T");
	int d, h, mi, se = 0;

	if (moment_parse_rfc3339(s, out))
		return true;
	if (n >= sizeof day)
		return false;
	memcpy(day, s, n);
	day[n] = '\0';
	if (!day_parse(day, &d))
		return false;
	if (s[n] == '\0') {
		*out = day_start(day_add(d, 1)) - 1;
		return true;
	}
	s += n + 1;
	if ((h = day_digits(&s, s[0] != '\0' && s[1] == ':' ? 1 : 2)) < 0 || !letter(&s, ":") ||
	    (mi = day_digits(&s, 2)) < 0 || (*s == ':' && (s++, (se = day_digits(&s, 2)) < 0)) ||
	    *s != '\0' || h > 23 || mi > 59 || se > 59)
		return false;
	*out = day_start(d) + ((int64_t)h * 3600 + mi * 60 + se) * US_PER_SECOND;
	return true;
}

bool
day_parse(const char *s, int *out)
{
	int y, m, d;

	if (strlen(s) == 10 && s[4] == '-') {
		if ((y = day_digits(&s, 4)) < 0 || !letter(&s, "-") ||
		    (m = day_digits(&s, 2)) < 0 || !letter(&s, "-") || (d = day_digits(&s, 2)) < 0)
			return false;
	} else {
		/* People leave the zero out: 1.3.2024. */
		d = day_digits(&s, s[0] != '\0' && s[1] == '.' ? 1 : 2);
		if (d < 0 || !letter(&s, "."))
			return false;
		m = day_digits(&s, s[0] != '\0' && s[1] == '.' ? 1 : 2);
		if (m < 0 || !letter(&s, ".") || (y = day_digits(&s, 4)) < 0)
			return false;
	}
	if (*s != '\0' || !day_valid(day_make(y, m, d)))
		return false;
	*out = day_make(y, m, d);
	return true;
}

void
day_iso(int day, char out[16])
{
	*(day > 0 ? put_day(out, day) : out) = '\0';
}

int
day_easter_orthodox(int year)
{
	int a = year % 4, b = year % 7, c = year % 19, d = (19 * c + 15) % 30;
	int e = (2 * a + 4 * b - d + 34) % 7, f = d + e + 114;
	int julian = day_make(year, f / 31, f % 31 + 1);

	/* Julian calendar is 13 days behind from 1900 to 2099. */
	return day_add(julian, year / 100 - year / 400 - 2);
}
