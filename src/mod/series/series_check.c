/* series_check.c – who sees and writes which series, and what a series must be.
 *
 * A series is seen with any of its events, and by the staff of its own body before there are any. Its members are
 * seen with their events, each on its own. */
#include "mod/series/series_inner.h"

#include <string.h>

#define MEMBERS "SELECT sm.event FROM series_member sm WHERE sm.series = event_series.id"

void
event_series_scope(struct ctx *cx, struct query *q)
{
	event_followed_any(cx, q, MEMBERS, "event_series.body");
}

void
series_member_scope(struct ctx *cx, struct query *q)
{
	event_followed(cx, q, "series_member.event");
}

/* Which of its events are public is not in the record, so its words are for staff. */
bool
event_series_open(const void *rec)
{
	(void)rec;
	return false;
}

static int
outside(struct ctx *cx)
{
	return fail(cx, RC_DENIED,
	    N_("This belongs to another body; you may change only what is your own body's."));
}

int
series_run_by(struct ctx *cx, const struct event_series *s)
{
	if (!may(cx, CAP_EVENT_WRITE))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	return actor_in_scope(cx->actor, s->body) ? RC_OK : outside(cx);
}

int
event_series_writable(struct ctx *cx, const void *old, const void *rec)
{
	const struct event_series *was = old, *is = rec;

	if (was != NULL && !actor_in_scope(cx->actor, was->body))
		return outside(cx);
	return is->body == 0 || actor_in_scope(cx->actor, is->body) ? RC_OK : outside(cx);
}

int
series_member_writable(struct ctx *cx, const void *old, const void *rec)
{
	(void)old;
	return event_in_scope(cx, ((const struct series_member *)rec)->event, false);
}

/* The hall, and how an event came to differ, are read inside the own body only. */
bool
event_series_inside(struct ctx *cx, const void *rec)
{
	return actor_in_scope(cx->actor, ((const struct event_series *)rec)->body);
}

bool
series_member_inside(struct ctx *cx, const void *rec)
{
	bool yes = event_in_scope(cx, ((const struct series_member *)rec)->event, true) == RC_OK;

	err_clear(cx);
	return yes;
}

/* ---- single days ---- */

static bool
blank(const char *s)
{
	return s == NULL || s[strspn(s, " \t\r\n;,")] == '\0';
}

/* Calls take for each day of a text as people write it; false where one is no day. */
static bool
each_day(const char *text, void (*take)(void *arg, int day), void *arg)
{
	const char *p = text == NULL ? "" : text;

	for (p += strspn(p, " \t\r\n;,"); *p != '\0'; p += strspn(p, " \t\r\n;,")) {
		size_t n = strcspn(p, " \t\r\n;,");
		char one[16];
		int day;

		if (n >= sizeof one)
			return false;
		memcpy(one, p, n);
		one[n] = '\0';
		if (!day_parse(one, &day))
			return false;
		take(arg, day);
		p += n;
	}
	return true;
}

static void
count_day(void *arg, int day)
{
	(void)day;
	++*(int *)arg;
}

const char *
skipped_error(const char *text)
{
	int n = 0;

	if (!each_day(text, count_day, &n))
		return N_("Days are written like 31.12.2024, with ; between them.");
	return n > 60 ? N_("At most 60 days.") : NULL;
}

static void
put_iso(void *arg, int day)
{
	struct buf *b = arg;
	char iso[16];

	day_iso(day, iso);
	buf_printf(b, "%s%s", b->n > 0 ? ";" : "", iso);
}

/* What the chosen way of repeating does not ask for is not kept: it would be shown and mean nothing. */
static void
drop_other_ways(struct event_series *s)
{
	bool week = s->repeat != NULL && strcmp(s->repeat, "weeks") == 0,
	     day = s->repeat != NULL && strcmp(s->repeat, "month_day") == 0,
	     nth = s->repeat != NULL && strcmp(s->repeat, "month_nth") == 0;

	if (day || nth)
		s->monday = s->tuesday = s->wednesday = s->thursday = s->friday = s->saturday =
		    s->sunday = false;
	if (week || nth)
		s->month_day = INT_NONE;
	if (week || day)
		s->nth = s->weekday = NULL;
}

int
event_series_prepare(struct ctx *cx, const void *old, void *rec)
{
	struct event_series *s = rec;
	struct buf b;

	(void)old;
	drop_other_ways(s);
	if (blank(s->skipped)) {
		s->skipped = NULL;
		return RC_OK;
	}
	buf_init(&b, cx->arena, 0);
	if (each_day(s->skipped, put_iso, &b))
		s->skipped = b.p; /* one way of writing, whoever typed it */
	return RC_OK;
}

/* ---- checks ---- */

static void
check_rule(struct ctx *cx, const struct event_series *s)
{
	bool week = s->repeat != NULL && strcmp(s->repeat, "weeks") == 0,
	     day = s->repeat != NULL && strcmp(s->repeat, "month_day") == 0,
	     nth = s->repeat != NULL && strcmp(s->repeat, "month_nth") == 0;

	if (week && !s->monday && !s->tuesday && !s->wednesday && !s->thursday && !s->friday &&
	    !s->saturday && !s->sunday)
		fail_field(cx, "monday", N_("Choose at least one day of the week."));
	if (day && s->month_day == INT_NONE)
		fail_field(cx, "month_day", N_("Say on which day of the month."));
	if (nth && blank(s->nth))
		fail_field(cx, "nth", N_("Say which one in the month."));
	if (nth && blank(s->weekday))
		fail_field(cx, "weekday", N_("Say which weekday."));
}

/* RULE series-2 */
static int
check_days(struct ctx *cx, const struct event_series *s)
{
	struct recur_day *day = arena_array(cx->arena, struct recur_day, SERIES_DAYS);
	struct series_skip *skip;
	size_t nskip, n, i, kept = 0;
	bool more;

	if ((s->last_day == 0) == (s->times == INT_NONE)) {
		fail_field(
		    cx, "times", N_("Either the last day or how many times is needed, not both."));
		return RC_OK;
	}
	if (s->last_day != 0 && s->last_day < s->first_day) {
		fail_field(cx, "last_day", N_("The end lies before the beginning."));
		return RC_OK;
	}
	if (s->last_day != 0 &&
	    day_number(s->last_day) - day_number(s->first_day) >= RECUR_YEARS * 366) {
		fail_field(cx, "last_day",
		    N_("A series lasts at most %s years; let it end earlier."),
		    num(cx, RECUR_YEARS));
		return RC_OK;
	}
	TRY(series_skips(cx, s, &skip, &nskip));
	n = series_walk(cx, s, skip, nskip, day, &more);
	for (i = 0; i < n; i++)
		kept += !day[i].skipped;
	if (kept == 0)
		fail_field(cx, s->last_day != 0 ? "last_day" : "first_day",
		    N_("No day of the rule lies between the first day and the last one."));
	else if (more || kept > SERIES_MAX)
		fail_field(cx, "last_day", N_("That is more than %s events; let it end earlier."),
		    num(cx, SERIES_MAX));
	else if (s->times != INT_NONE && kept < (size_t)s->times)
		fail_field(cx, "times", N_("In %s years there are only %s such days."),
		    num(cx, RECUR_YEARS), num(cx, (int64_t)kept));
	return RC_OK;
}

int
event_series_check(struct ctx *cx, const void *old, const void *rec)
{
	const struct event_series *s = rec;
	struct hall_span span;
	struct recur r;

	(void)old;
	check_rule(cx, s);
	if (!blank(s->starts) && !blank(s->ends) && time_error(s->starts) == NULL &&
	    time_error(s->ends) == NULL && strcmp(s->ends, s->starts) <= 0)
		fail_field(cx, "ends", N_("The end lies before the beginning."));
	if (blank(s->starts) && !blank(s->ends))
		fail_field(cx, "starts", N_("Say when it starts."));
	if (s->hall != 0 && !hall_span_read(20240101, s->starts, s->ends, &span))
		fail_field(
		    cx, "starts", N_("A hall needs both hours, by the quarter: 17:00, 17:15."));
	series_rule(s, &r);
	return recur_valid(&r) ? check_days(cx, s) : RC_OK;
}
