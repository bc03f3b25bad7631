/* ical.h – a sticky writer of iCalendar (RFC 5545): content lines, folded and escaped.
 *
 * A line is at most 75 octets without its CRLF (3.1); it is folded between letters of UTF-8, never inside
 * one. In texts \ ; , and line breaks are escaped (3.3.11); control characters, which the grammar does
 * not know, are left out. A parameter's value is quoted; a quote in it, for which there is no escape,
 * becomes an apostrophe (3.2). Nothing is returned; look at out.over once at the end. */
#ifndef TEXT_ICAL_H
#define TEXT_ICAL_H

#include "base/buf.h"

enum { ICAL_OCTETS = 75 };

struct ical {
	struct buf out;
	struct buf line; /* the one being made */
};

void ical_init(struct ical *c, struct arena *a, size_t limit); /* limit 0 = that of a buf */
/* A line whose value needs no escape: "BEGIN", "VEVENT". */
void ical_line(struct ical *c, const char *name, const char *value);
/* A text; NULL and "" write no line. lang: "kk", or NULL. */
void ical_text(struct ical *c, const char *name, const char *lang, const char *text);
/* NAME;CN="…":value; no line where the value is NULL or "". */
void ical_named(struct ical *c, const char *name, const char *cn, const char *value);
/* DTSTART;VALUE=DATE:20241115 */
void ical_day(struct ical *c, const char *name, int day);
/* DTSTART;TZID=Asia/Aqtobe:20241115T170000; time "17:00" as the house keeps it. */
void ical_local(struct ical *c, const char *name, const char *zone, int day, const char *time);
/* DTSTAMP:20241115T120000Z of a moment in microseconds. */
void ical_utc(struct ical *c, const char *name, int64_t us);

#endif
