/* feed_day.c – days as feeds write them: RFC 822 with its later years, RFC 3339. See feed.h. */
#include "text/feed.h"

#include <stdio.h>
#include <strings.h>

#include "base/day.h"

static int
month_of(const char *s)
{
	static const char *const names[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
		"Sep", "Oct", "Nov", "Dec" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(names); i++)
		if (strncasecmp(names[i], s, 3) == 0)
			return (int)i + 1;
	return 0;
}

/* Minutes east of UTC. Names of American zones are of the last century: taken for UTC. */
static int
zone_of(const char *s)
{
	int h, m;
	char sign;

	s += strspn(s, " ");
	if (sscanf(s, "%c%2d%2d", &sign, &h, &m) == 3 && (sign == '+' || sign == '-') && h >= 0 &&
	    h <= 14 && m >= 0 && m < 60)
		return (sign == '-' ? -1 : 1) * (h * 60 + m);
	return 0;
}

static int
rfc822(const char *s)
{
	const char *comma = strchr(s, ',');
	int d, y, hh = 12, mm = 0, used = 0, at = 0;
	char month[4] = "";

	if (comma != NULL && comma - s < 12)
		s = comma + 1;
	if (sscanf(s, " %2d %3s%n", &d, month, &at) < 2)
		return 0;
	s += at + strcspn(s + at, " ");
	if (sscanf(s, " %4d%n", &y, &used) < 1)
		return 0;
	s += used;
	if (y < 100)
		y += y < 70 ? 2000 : 1900;
	used = 0;
	if (sscanf(s, " %2d:%2d%n", &hh, &mm, &used) == 2) {
		s += used;
		if (*s == ':')
			s += 1 + strspn(s + 1, "0123456789");
	}
	if (hh < 0 || hh > 24 || mm < 0 || mm > 60 || y < 1970 || y > 9000 ||
	    month_of(month) == 0 || !day_valid(day_make(y, month_of(month), d)))
		return 0;
	return day_of_moment(
	    (day_number(day_make(y, month_of(month), d)) * 1440 + hh * 60 + mm - zone_of(s)) * 60 *
	    US_PER_SECOND);
}

int
feed_day(const char *text)
{
	int64_t at;
	int day;
	char head[11];

	if (text == NULL)
		return 0;
	text += strspn(text, " \t\r\n");
	if (moment_parse_rfc3339(text, &at))
		return day_of_moment(at);
	snprintf(head, sizeof head, "%s", text);
	if (strlen(head) == 10 && day_parse(head, &day))
		return day;
	return rfc822(text);
}
