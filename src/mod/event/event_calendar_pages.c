/* event_calendar_pages.c – a month as a grid, Monday first; narrow screens get its days as a list.
 *
 * Two reads make the page: the month's events and the days of observance. The number of events held
 * counts what the figure of the same days counts (counted kinds, held or reported), so the two agree;
 * the number approved is the list that it leads to. An event stands on its first day; what began
 * before the month is named above the grid. The letter of a kind says the same as its colour. */
#include "mod/event/event_pages.h"

#include <stdio.h>

enum { SHOWN_A_DAY = 3 };

struct month {
	int year, month, from, to;
	struct month_event *e;
	size_t n;
	struct month_day *d;
	size_t nd;
	struct event_filter f;
	int64_t held, approved, planned;
};

const char *
event_group_letter(struct ctx *cx, int g)
{
	const char *label = tr(cx, event_theme_groups[g].label);
	size_t n = 1;

	while (((unsigned char)label[n] & 0xc0) == 0x80)
		n++;
	return event_capital(cx, arena_strn(cx->arena, label, n));
}

/* ?month=2024-11, else the month of the business day. */
static int
read_month(struct view *v, struct month *m)
{
	struct ctx *cx = v->cx;
	const char *s = req_q(v->rq, "month");
	size_t i;
	int used = 0;

	m->year = day_year(cx->today);
	m->month = day_month(cx->today);
	if (s != NULL && *s != '\0' &&
	    (sscanf(s, "%4d-%2d%n", &m->year, &m->month, &used) != 2 || s[used] != '\0' ||
		m->year < 1900 || m->year > 2200 || m->month < 1 || m->month > 12))
		return fail(cx, RC_NOTFOUND, N_("A month is written like 2024-11."));
	m->from = day_make(m->year, m->month, 1);
	m->to = day_make(m->year, m->month, day_month_len(m->year, m->month));
	event_filter_read(v, &m->f);
	TRY(reads_month(cx, &m->f, (const int[2]){ m->from, m->to }, &m->e, &m->n));
	TRY(reads_observances(cx, m->from, m->to, &m->d, &m->nd));
	for (i = 0; i < m->n; i++) {
		const struct month_event *e = &m->e[i];

		if (e->first < m->from)
			continue;
		m->held += e->counted && event_is_counted_state(e->state);
		m->approved += strcmp(e->state, "approved") == 0;
		m->planned += strcmp(e->state, "planned") == 0;
	}
	return RC_OK;
}

/* ---- above the grid ---- */

static const char *
month_url(struct view *v, int year, int month)
{
	struct event_filter f;

	event_filter_read(v, &f);
	return event_filter_link(
	    v, ui_url(v, "/events/calendar?month=%04d-%02d", year, month), &f, false);
}

static void
month_button(struct view *v, int year, int month, enum ui_icon icon)
{
	struct html *h = &v->h;

	html(h, "<a class='btn' href='%s'>", month_url(v, year, month));
	if (icon == ICON_PREV)
		ui_icon(v, icon);
	html(h, "%s", month_name(v->cx, month));
	if (icon == ICON_NEXT)
		ui_icon(v, icon);
	html(h, "</a>");
}

static const char *
list_url(struct view *v, const struct month *m, const char *state)
{
	return event_filter_link(v,
	    ui_url(v, "/events?first_day_from=%s&first_day_to=%s&state=%s",
		day_text(v->cx, m->from), day_text(v->cx, m->to), state),
	    &m->f, false);
}

/* A filter has no figure of its own: then the numbers stand without a line. */
static void
draw_counts(struct view *v, const struct month *m)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	bool all = !event_filter_any(&m->f);
	char from[16], to[16];

	day_iso(m->from, from);
	day_iso(m->to, to);
	html(h, "<p class='mute'>");
	ui_count(v, KNOWN_EXACT,
	    all ? ui_url(v, "/figures/events_total?period=%s..%s", from, to) : NULL,
	    num(cx, m->held));
	html(h, " %s", trn(cx, m->held, "event held", "events held"));
	if (m->approved > 0) {
		html(h, ", ");
		ui_count(
		    v, KNOWN_EXACT, all ? list_url(v, m, "approved") : NULL, num(cx, m->approved));
		html(h, " %s", trn(cx, m->approved, "event approved", "events approved"));
	}
	if (m->planned > 0) {
		html(h, ", ");
		ui_count(
		    v, KNOWN_EXACT, all ? list_url(v, m, "planned") : NULL, num(cx, m->planned));
		html(h, " %s", trn(cx, m->planned, "event planned", "events planned"));
	}
	html(h, "</p>");
}

static void
draw_title(struct view *v, const struct month *m)
{
	struct html *h = &v->h;
	bool first = m->month == 1, last = m->month == 12;

	html(h, "<div class='titl'><div><h1>%s %d</h1>", month_name(v->cx, m->month), m->year);
	draw_counts(v, m);
	html(h, "</div><div class='acts'>");
	month_button(v, first ? m->year - 1 : m->year, first ? 12 : m->month - 1, ICON_PREV);
	html(h, "<a class='btn' href='%s'>%s</a>",
	    month_url(v, day_year(v->cx->today), day_month(v->cx->today)), tr(v->cx, "Today"));
	month_button(v, last ? m->year + 1 : m->year, last ? 1 : m->month + 1, ICON_NEXT);
	html(h, "</div></div>");
}

static void
draw_groups(struct view *v, const struct month *m)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *group = m->f.group;
	int i;

	html(h, "<nav class='chips' aria-label='%s'>", tr(cx, "Kinds of events"));
	html(h, "<a class='chip' href='%s'", ui_url_with(v, "group", NULL));
	if (group == NULL)
		html(h, " aria-current='true'");
	html(h, ">%s</a>", tr(cx, "All kinds"));
	for (i = 0; i < (int)EVENT_GROUPS; i++) {
		html(h, "<a class='chip' href='%s'",
		    ui_url_with(v, "group", event_theme_groups[i].code));
		if (group != NULL && strcmp(group, event_theme_groups[i].code) == 0)
			html(h, " aria-current='true'");
		html(h, "><b class='%s'>%s</b>%s</a>", event_theme_groups[i].class,
		    event_group_letter(cx, i), tr(cx, event_theme_groups[i].label));
	}
	html(h, "</nav>");
}

static void
draw_going_on(struct view *v, const struct month *m)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	if (m->n == 0 || m->e[0].first >= m->from)
		return;
	html(h, "<p class='small prose'>%s", tr(cx, "Going on from before:"));
	for (i = 0; i < m->n && m->e[i].first < m->from; i++)
		html(h, "%s <a href='%s'>%s</a> <span class='mute nw'>%s</span>", i == 0 ? "" : ";",
		    ui_url(v, "/events/%lld", (long long)m->e[i].id), m->e[i].name,
		    day_range(cx, m->e[i].first, m->e[i].last));
	html(h, "</p>");
}

/* ---- the grid ---- */

static void
draw_entry(struct view *v, const struct month_event *e)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	int g = event_group_of(e->theme);
	bool off = strcmp(e->state, "cancelled") == 0 || strcmp(e->state, "postponed") == 0;

	html(h, "<li><a href='%s'><b class='%s'>%s</b><span>",
	    ui_url(v, "/events/%lld", (long long)e->id), event_theme_groups[g].class,
	    event_group_letter(cx, g));
	if (off)
		html(h, "<del>%s</del> (%s)", e->name, option_label(cx, event_states, e->state));
	else
		html(h, "%s", e->name);
	if (e->last != 0)
		html(
		    h, " <span class='mute'>%s</span>", trf(cx, "until %s", day_text(cx, e->last)));
	html(h, "</span></a></li>");
}

static void
draw_day_number(struct view *v, int day)
{
	struct ctx *cx = v->cx;
	char iso[16];

	day_iso(day, iso);
	html(&v->h,
	    "<time datetime='%s'><span aria-hidden='true'>%d</span><span class='vh'>%s, "
	    "%s</span></time>",
	    iso, day_dom(day), day_long(cx, day), weekday_name(cx, day_weekday(day)));
	if (day == cx->today)
		html(&v->h, "<span class='vh'>%s</span>", tr(cx, "Today"));
}

static void
draw_entries(struct view *v, const struct month *m, int day, const size_t range[2])
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t n = range[1] - range[0], show = n, i;

	if (n > SHOWN_A_DAY)
		show = SHOWN_A_DAY - 1;
	html(h, "<ul>");
	for (i = 0; i < show; i++)
		draw_entry(v, &m->e[range[0] + i]);
	if (show < n)
		html(h, "<li><a href='%s'><span></span><span>%s</span></a></li>",
		    event_filter_link(v,
			ui_url(v, "/events?first_day_from=%s&first_day_to=%s", day_text(cx, day),
			    day_text(cx, day)),
			&m->f, false),
		    trf(cx, "%s more", num(cx, (int64_t)(n - show))));
	html(h, "</ul>");
}

/* *at walks through the events as the days go by. */
static void
draw_day(struct view *v, const struct month *m, int day, size_t *at)
{
	struct html *h = &v->h;
	size_t range[2] = { *at, *at }, i;
	bool any;

	while (range[1] < m->n && m->e[range[1]].first == day)
		range[1]++;
	*at = range[1];
	any = range[0] != range[1];
	for (i = 0; i < m->nd; i++)
		any = any || m->d[i].day == day;
	html(h, "<td class='%s%s'>", day == v->cx->today ? "today" : "",
	    any || day == v->cx->today ? "" : "none");
	draw_day_number(v, day);
	for (i = 0; i < m->nd; i++)
		if (m->d[i].day == day)
			html(h, "<span class='hol'>%s</span>", m->d[i].name);
	if (range[0] != range[1])
		draw_entries(v, m, day, range);
	html(h, "</td>");
}

static void
draw_grid(struct view *v, const struct month *m)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	int lead = day_weekday(m->from) - 1, len = day_dom(m->to), cell;
	size_t at = 0;

	while (at < m->n && m->e[at].first < m->from)
		at++;
	html(h, "<div class='cal'><table><caption class='vh'>%s %d</caption><thead><tr>",
	    month_name(cx, m->month), m->year);
	for (cell = 1; cell <= 7; cell++)
		html(h, "<th scope='col'>%s</th>", event_capital(cx, weekday_name(cx, cell)));
	html(h, "</tr></thead><tbody>");
	for (cell = 0; cell < lead + len || cell % 7 != 0; cell++) {
		if (cell % 7 == 0)
			html(h, "<tr>");
		if (cell < lead || cell >= lead + len)
			html(h, "<td class='none'></td>");
		else
			draw_day(v, m, day_make(m->year, m->month, cell - lead + 1), &at);
		if (cell % 7 == 6)
			html(h, "</tr>");
	}
	html(h, "</tbody></table></div>");
}

static int
calendar_page(struct view *v)
{
	struct ctx *cx = v->cx;
	const struct crumb crumbs[] = { { "/events", tr(cx, "Events") },
		{ NULL, tr(cx, "Calendar") }, { NULL, NULL } };
	static const char *const kept[] = { "month", "group", NULL };
	struct month m = { 0 };
	bool all;
	int rc = read_month(v, &m);

	if (rc == RC_INVALID)
		v->status = 422;
	else
		TRY(rc);
	all = !event_filter_any(&m.f);
	ui_open(v, &(struct page){ .title = arena_printf(cx->arena, "%s: %s %d", tr(cx, "Events"),
				       month_name(cx, m.month), m.year),
		       .nav = "/events",
		       .staff = true,
		       .no_h1 = true,
		       .wide = true,
		       .crumbs = crumbs });
	draw_title(v, &m);
	html(&v->h, "<div class='flow'>");
	event_views(v, "/events/calendar");
	ui_refusals(v, "c-");
	err_clear(cx);
	draw_groups(v, &m);
	TRY(event_filter_draw(v, &m.f, kept));
	draw_going_on(v, &m);
	if (m.n == 0)
		ui_empty(v, tr(cx, "No event begins in this month"),
		    all ? tr(cx, "Look at another month, or at the list of all events.")
			: tr(cx, "None fits these filters. Clear them to see the others."),
		    all ? ui_url(v, "/events")
			: ui_url(v, "/events/calendar?month=%04d-%02d", m.year, m.month),
		    all ? tr(cx, "All events") : tr(cx, "Clear all"));
	draw_grid(v, &m);
	event_subscribe_line(v, &m.f);
	html(&v->h, "<p class='small mute noprint'>%s</p>",
	    tr(cx, "For paper use Print in the browser's menu: menus and buttons stay off the "
		   "sheet."));
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

const struct route event_calendar_routes[] = {
	{ M_GET, "/events/week", event_week_page, CAP_PUBLIC, ROUTE_CACHE, N_("Week"),
	    N_("Seven days with their events, hours and places.") },
	{ M_GET, "/events/calendar", calendar_page, CAP_PUBLIC, ROUTE_CACHE, N_("Calendar"),
	    N_("A month of events with the days of observance.") },
};
const size_t event_calendar_nroutes = ARRAY_LEN(event_calendar_routes);
