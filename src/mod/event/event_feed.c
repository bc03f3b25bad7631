/* event_feed.c – events as a calendar of RFC 5545, so that telephones and desks keep them up to date.
 *
 * The identity of an event (UID) is its number with the moment it was made, so it outlives every change
 * and a move of the house to another address; SEQUENCE is the number of saves after the first. A
 * cancelled or postponed event stays, as STATUS:CANCELLED: RULE calendar-2. DTSTAMP is the last change
 * and not the moment of asking, so that an unchanged calendar is the same bytes (3.8.7.2 allows it where
 * there is no METHOD). Texts are in the reader's language; only offices are named, never people. */
#include "mod/event/event_filter.h"

#include "text/ical.h"

/* As base/day.h has it: UTC+5 at all times since 2004, also in old tables of zones. */
#define ZONE "Asia/Aqtobe"
enum { FEED_BYTES = 8 << 20 };

static void
put_zone(struct ical *c)
{
	ical_line(c, "BEGIN", "VTIMEZONE");
	ical_line(c, "TZID", ZONE);
	ical_line(c, "BEGIN", "STANDARD");
	ical_line(c, "DTSTART", "20041031T000000");
	ical_line(c, "TZOFFSETFROM", "+0500");
	ical_line(c, "TZOFFSETTO", "+0500");
	ical_line(c, "TZNAME", "+05");
	ical_line(c, "END", "STANDARD");
	ical_line(c, "END", "VTIMEZONE");
}

static bool
given(const char *s)
{
	return s != NULL && *s != '\0';
}

/* Hours need both ends when the event takes several days: else its days are whole. */
static bool
has_hours(const struct event *e)
{
	return given(e->starts) && (e->last_day == 0 || given(e->ends));
}

static void
put_days(struct ical *c, const struct event *e)
{
	int last = e->last_day == 0 ? e->first_day : e->last_day;

	if (has_hours(e)) {
		ical_local(c, "DTSTART", ZONE, e->first_day, e->starts);
		if (given(e->ends))
			ical_local(c, "DTEND", ZONE, last, e->ends);
		return;
	}
	ical_day(c, "DTSTART", e->first_day);
	ical_day(c, "DTEND", day_add(last, 1));
}

static const char *
status(const char *state)
{
	if (strcmp(state, "cancelled") == 0 || strcmp(state, "postponed") == 0)
		return "CANCELLED";
	return strcmp(state, "planned") == 0 ? "TENTATIVE" : "CONFIRMED";
}

static void
put_three(struct ctx *cx, struct ical *c, const char *name, const struct text3 *t)
{
	enum lang l = cx->lang;
	const char *text = tr3(cx, t, &l);

	ical_text(c, name, l == cx->lang ? NULL : lang_code(l), text);
}

static void
put_description(struct ctx *cx, struct ical *c, const struct feed_event *f)
{
	const struct event *e = &f->e;
	const char *summary = tr3(cx, &e->summary, NULL);
	struct buf b;

	buf_init(&b, cx->arena, 0);
	if (strcmp(e->state, "postponed") == 0 && f->moved_day != 0)
		buf_printf(&b, "%s\n", trf(cx, "Moved to %s.", day_text(cx, f->moved_day)));
	else if (strcmp(e->state, "postponed") == 0)
		buf_printf(&b, "%s\n", tr(cx, "Postponed; the new day is not known yet."));
	if (!has_hours(e) && given(e->starts))
		buf_printf(&b, "%s\n", trf(cx, "Starts at %s.", e->starts));
	buf_printf(&b, "%s: %s%s%s", tr(cx, "Lead organiser"), tr3(cx, &f->body, NULL),
	    *summary == '\0' ? "" : "\n", summary);
	ical_text(c, "DESCRIPTION", NULL, b.p);
}

static void
put_place(struct ctx *cx, struct ical *c, const struct feed_event *f)
{
	const char *district = tr3(cx, &f->district, NULL);

	if (given(f->e.place) && *district != '\0')
		ical_text(
		    c, "LOCATION", NULL, arena_printf(cx->arena, "%s, %s", f->e.place, district));
	else
		ical_text(c, "LOCATION", NULL, given(f->e.place) ? f->e.place : district);
}

static void
put_event(struct ctx *cx, struct ical *c, const struct feed_head *head, const struct feed_event *f)
{
	const struct event *e = &f->e;
	struct arena *a = cx->arena;
	bool own = given(f->mail);
	const char *mail = own ? f->mail : head->mail;

	ical_line(c, "BEGIN", "VEVENT");
	ical_line(c, "UID",
	    arena_printf(a, "event-%lld-%llx@shanyraq", (long long)e->rec.id,
		(unsigned long long)e->rec.created_at));
	ical_utc(c, "DTSTAMP", e->rec.changed_at);
	ical_utc(c, "CREATED", e->rec.created_at);
	ical_utc(c, "LAST-MODIFIED", e->rec.changed_at);
	ical_line(c, "SEQUENCE", arena_printf(a, "%lld", (long long)e->rec.version - 1));
	put_days(c, e);
	put_three(cx, c, "SUMMARY", &e->name);
	put_description(cx, c, f);
	put_place(cx, c, f);
	put_three(cx, c, "CATEGORIES", &f->kind);
	if (given(mail) && strpbrk(mail, " \t\"<>\\,;") == NULL)
		ical_named(c, "ORGANIZER", tr3(cx, own ? &f->body : &head->house, NULL),
		    arena_printf(a, "mailto:%s", mail));
	ical_line(c, "URL",
	    arena_printf(
		a, "%s/%s/events/%lld", head->base, lang_prefix(cx), (long long)e->rec.id));
	ical_line(c, "STATUS", status(e->state));
	ical_line(
	    c, "TRANSP", strcmp(status(e->state), "CONFIRMED") == 0 ? "OPAQUE" : "TRANSPARENT");
	ical_line(c, "END", "VEVENT");
}

int
event_feed(struct ctx *cx, const struct feed_head *head, const struct feed_event *e, size_t n,
    struct slice *out)
{
	struct ical c;
	size_t i;

	ical_init(&c, cx->arena, FEED_BYTES);
	ical_line(&c, "BEGIN", "VCALENDAR");
	ical_line(&c, "VERSION", "2.0");
	ical_line(&c, "PRODID", "-//shanyraq//calendar//KK");
	ical_line(&c, "CALSCALE", "GREGORIAN");
	ical_text(&c, "NAME", NULL, head->name); /* RFC 7986 */
	ical_text(&c, "X-WR-CALNAME", NULL, head->name);
	ical_line(&c, "X-WR-TIMEZONE", ZONE);
	ical_line(&c, "REFRESH-INTERVAL;VALUE=DURATION", "PT1H"); /* RFC 7986 */
	ical_line(&c, "X-PUBLISHED-TTL", "PT1H");
	put_zone(&c);
	for (i = 0; i < n; i++)
		put_event(cx, &c, head, &e[i]);
	ical_line(&c, "END", "VCALENDAR");
	*out = (struct slice){ c.out.p, c.out.n };
	return c.out.over
		   ? fail(cx, RC_TOOBIG, N_("The calendar is too large; narrow it by a filter."))
		   : RC_OK;
}
