/* ical.c – see ical.h. A line is made whole first and folded when it ends: only then its octets can be
 * counted. */
#include "text/ical.h"

#include "base/day.h"

void
ical_init(struct ical *c, struct arena *a, size_t limit)
{
	buf_init(&c->out, a, limit);
	buf_init(&c->line, a, limit);
}

/* The first octet of a letter. */
static bool
begins_letter(char c)
{
	return ((unsigned char)c & 0xc0) != 0x80;
}

static void
end_line(struct ical *c)
{
	const char *p = c->line.p;
	size_t left = c->line.n, room = ICAL_OCTETS;

	while (left > room) {
		size_t n = room;

		while (n > 1 && !begins_letter(p[n]))
			n--;
		buf_put(&c->out, p, n);
		buf_put(&c->out, "\r\n ", 3);
		p += n;
		left -= n;
		room = ICAL_OCTETS - 1; /* the blank before what goes on counts */
	}
	buf_put(&c->out, p, left);
	buf_put(&c->out, "\r\n", 2);
	c->out.over = c->out.over || c->line.over;
	c->line.n = 0;
}

static void
put_escaped(struct buf *b, const char *s)
{
	for (; *s != '\0'; s++)
		switch (*s) {
		case '\\':
		case ';':
		case ',':
			buf_char(b, '\\');
			buf_char(b, *s);
			break;
		case '\r':
			if (s[1] != '\n')
				buf_str(b, "\\n");
			break;
		case '\n':
			buf_str(b, "\\n");
			break;
		default:
			if (((unsigned char)*s >= 0x20 && *s != 0x7f) || *s == '\t')
				buf_char(b, *s);
		}
}

void
ical_line(struct ical *c, const char *name, const char *value)
{
	buf_printf(&c->line, "%s:%s", name, value);
	end_line(c);
}

void
ical_text(struct ical *c, const char *name, const char *lang, const char *text)
{
	if (text == NULL || *text == '\0')
		return;
	buf_str(&c->line, name);
	if (lang != NULL)
		buf_printf(&c->line, ";LANGUAGE=%s", lang);
	buf_char(&c->line, ':');
	put_escaped(&c->line, text);
	end_line(c);
}

void
ical_named(struct ical *c, const char *name, const char *cn, const char *value)
{
	const char *p;

	if (value == NULL || *value == '\0')
		return;
	buf_printf(&c->line, "%s;CN=\"", name);
	for (p = cn; *p != '\0'; p++)
		if (*p == '"')
			buf_char(&c->line, '\'');
		else if ((unsigned char)*p >= 0x20 && *p != 0x7f)
			buf_char(&c->line, *p);
	buf_printf(&c->line, "\":%s", value);
	end_line(c);
}

void
ical_day(struct ical *c, const char *name, int day)
{
	buf_printf(&c->line, "%s;VALUE=DATE:%08d", name, day);
	end_line(c);
}

void
ical_local(struct ical *c, const char *name, const char *zone, int day, const char *time)
{
	const char *p = time;
	int hour = day_digits(&p, 2), minute = -1;

	if (hour >= 0 && *p == ':') {
		p++;
		minute = day_digits(&p, 2);
	}
	buf_printf(&c->line, "%s;TZID=%s:%08dT%02d%02d00", name, zone, day, hour < 0 ? 0 : hour,
	    minute < 0 ? 0 : minute);
	end_line(c);
}

void
ical_utc(struct ical *c, const char *name, int64_t us)
{
	char text[32], *p, *to = text;

	moment_rfc3339(us, text);
	for (p = text; *p != '\0' && *p != '.'; p++)
		if (*p != '-' && *p != ':' && *p != 'Z')
			*to++ = *p;
	*to = '\0';
	buf_printf(&c->line, "%s:%sZ", name, text);
	end_line(c);
}
