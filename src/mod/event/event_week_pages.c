/* event_week_pages.c – a week of events: seven days one beneath the other, each with hours and places, so
 * that it reads the same on a telephone, on a screen and on paper. */
#include "mod/event/event_pages.h"

struct week {
	int from, to; /* Monday, Sunday */
	struct event_filter f;
	struct feed_event *e;
	size_t n;
	struct month_day *d;
	size_t nd;
};

/* ?day=2024-11-15, any day of the week; else the business day. */
static int
read_week(struct view *v, struct week *w)
{
	struct ctx *cx = v->cx;
	const char *s = req_q(v->rq, "day");
	int day = cx->today;

	if (s != NULL && *s != '\0' &&
	    (!day_parse(s, &day) || day_year(day) < 1900 || day_year(day) > 2200))
		return fail(
		    cx, RC_NOTFOUND, N_("There is no such day: “%s”. Write it as 15.11.2024."), s);
	w->from = day_add(day, 1 - day_weekday(day));
	w->to = day_add(w->from, 6);
	event_filter_read(v, &w->f);
	return reads_feed(cx, &w->f, w->from, w->to, &w->e, &w->n);
}

/* Observances are kept by year; a week may lie in two. */
static int
read_days(struct ctx *cx, struct week *w)
{
	struct month_day *more;
	size_t n;

	if (day_year(w->from) == day_year(w->to))
		return reads_observances(cx, w->from, w->to, &w->d, &w->nd);
	TRY(reads_observances(cx, w->from, day_make(day_year(w->from), 12, 31), &w->d, &w->nd));
	TRY(reads_observances(cx, day_make(day_year(w->to), 1, 1), w->to, &more, &n));
	if (n == 0)
		return RC_OK;
	{
		struct month_day *both = arena_array(cx->arena, struct month_day, w->nd + n);

		if (w->nd > 0)
			memcpy(both, w->d, w->nd * sizeof *both);
		memcpy(both + w->nd, more, n * sizeof *both);
		w->d = both;
		w->nd += n;
	}
	return RC_OK;
}

static const char *
week_url(struct view *v, const struct week *w, int day)
{
	char iso[16];

	day_iso(day, iso);
	return event_filter_link(v, ui_url(v, "/events/week?day=%s", iso), &w->f, false);
}

static void
draw_title(struct view *v, const struct week *w)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h, "<div class='titl'><div><h1>%s</h1><p class='mute'>%s</p></div><div class='acts'>",
	    day_range(cx, w->from, w->to),
	    trn(cx, (int64_t)w->n, "%s event", "%s events", num(cx, (int64_t)w->n)));
	html(h, "<a class='btn' href='%s'>", week_url(v, w, day_add(w->from, -7)));
	ui_icon(v, ICON_PREV);
	html(h, "%s</a><a class='btn' href='%s'>%s</a>", tr(cx, "Week before"),
	    week_url(v, w, cx->today), tr(cx, "Today"));
	html(h, "<a class='btn' href='%s'>%s", week_url(v, w, day_add(w->from, 7)),
	    tr(cx, "Next week"));
	ui_icon(v, ICON_NEXT);
	html(h, "</a></div></div>");
}

static const char *
hours(struct ctx *cx, const struct event *e)
{
	if (e->starts == NULL || *e->starts == '\0')
		return tr(cx, "the hour is not known");
	if (e->ends == NULL || *e->ends == '\0')
		return e->starts;
	return arena_printf(cx->arena, "%s–%s", e->starts, e->ends);
}

static void
draw_event(struct view *v, const struct feed_event *f, int day)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const struct event *e = &f->e;
	const char *name = tr3(cx, &e->name, NULL), *district = tr3(cx, &f->district, NULL);
	bool off = strcmp(e->state, "cancelled") == 0 || strcmp(e->state, "postponed") == 0;

	html(h, "<li><p class='nw'><strong>%s</strong></p><div><a href='%s'>",
	    e->first_day == day || e->last_day == 0 ? hours(cx, e) : tr(cx, "goes on"),
	    ui_url(v, "/events/%lld", (long long)e->rec.id));
	if (off)
		html(h, "<del>%s</del></a> (%s)", name, option_label(cx, event_states, e->state));
	else
		html(h, "%s</a>", name);
	if (e->last_day != 0)
		html(h, " <span class='mute nw'>%s</span>", event_days(cx, e));
	html(h, "<p class='small mute'>%s%s%s%s%s</p></div></li>", e->place == NULL ? "" : e->place,
	    e->place == NULL || *e->place == '\0' ? "" : ", ", district,
	    *district == '\0' ? "" : " · ", tr3(cx, &f->body, NULL));
}

static void
draw_day(struct view *v, const struct week *w, int day)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	bool any = false;
	char iso[16];
	size_t i;

	day_iso(day, iso);
	html(h,
	    "<section class='wday%s' aria-labelledby='d-%s'><h2 id='d-%s'><time datetime='%s'>%s, "
	    "%s</time>",
	    day == cx->today ? " today" : "", iso, iso, iso,
	    event_capital(cx, weekday_name(cx, day_weekday(day))), day_long(cx, day));
	if (day == cx->today)
		html(h, " <span class='mute'>%s</span>", tr(cx, "Today"));
	html(h, "</h2>");
	for (i = 0; i < w->nd; i++)
		if (w->d[i].day == day)
			html(h, "<p class='hol'>%s</p>", w->d[i].name);
	for (i = 0; i < w->n; i++) {
		const struct event *e = &w->e[i].e;

		if (e->first_day > day || (e->last_day == 0 ? e->first_day : e->last_day) < day)
			continue;
		if (!any)
			html(h, "<ul>");
		any = true;
		draw_event(v, &w->e[i], day);
	}
	html(h, any ? "</ul>" : "<p class='small mute'>%s</p>", tr(cx, "No events"));
	html(h, "</section>");
}

int
event_week_page(struct view *v)
{
	static const char *const kept[] = { "day", "group", NULL };
	struct ctx *cx = v->cx;
	const struct crumb crumbs[] = { { "/events", tr(cx, "Events") }, { NULL, tr(cx, "Week") },
		{ NULL, NULL } };
	struct week w = { 0 };
	int rc = read_week(v, &w), i;

	if (rc == RC_INVALID)
		v->status = 422;
	else
		TRY(rc);
	TRY(read_days(cx, &w));
	ui_open(v, &(struct page){ .title = trf(cx, "Events: %s", day_range(cx, w.from, w.to)),
		       .nav = "/events",
		       .staff = true,
		       .no_h1 = true,
		       .wide = true,
		       .crumbs = crumbs });
	draw_title(v, &w);
	html(&v->h, "<div class='flow'>");
	event_views(v, "/events/week");
	ui_refusals(v, "c-");
	err_clear(cx);
	TRY(event_filter_draw(v, &w.f, kept));
	html(&v->h, "<div class='week'>");
	for (i = 0; i < 7; i++)
		draw_day(v, &w, day_add(w.from, i));
	html(&v->h, "</div>");
	event_subscribe_line(v, &w.f);
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}
