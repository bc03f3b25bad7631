/* series_event_pages.c – on the page of an event: which one of which series it is, the one before and the one after.
 * Only events that the reader may see are counted and led to. */
#include "mod/series/series_pages.h"

static void
neighbour(struct view *v, const struct event *e, const char *word)
{
	ui_button(v, ui_url(v, "/events/%lld", (long long)e->rec.id),
	    arena_printf(v->cx->arena, "%s: %s", word, day_text(v->cx, e->first_day)), false);
}

static int
draw_place(struct view *v, const struct event *e, const struct event_series *s, bool writes)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	bool runs = series_run_by(cx, s) == RC_OK;
	struct list l;
	size_t at = 0;

	err_clear(cx);
	TRY(series_events(cx, s->rec.id, &l));
	while (
	    at < l.n && ((const struct event *)list_row(&l, &event_kind, at))->rec.id != e->rec.id)
		at++;
	ui_section_open(v, "series", tr(cx, "Series of events"), NULL);
	html(h, "<div class='flow'><p><a href='%s'>%s</a> · %s<br><span class='mute'>%s</span></p>",
	    ui_url(v, "/series/%lld", (long long)s->rec.id), kind_title(cx, &event_series_kind, s),
	    trf(cx, "%1$s of %2$s", num(cx, (int64_t)at + 1), num(cx, (int64_t)l.n)),
	    series_words(cx, s));
	html(h, "<p class='acts'>");
	if (at > 0)
		neighbour(v, list_row(&l, &event_kind, at - 1), tr(cx, "The one before"));
	if (at + 1 < l.n)
		neighbour(v, list_row(&l, &event_kind, at + 1), tr(cx, "The next one"));
	if (runs && !event_is_counted_state(e->state))
		ui_button(v,
		    ui_url(v, "/series/%lld/change?from=%lld", (long long)s->rec.id,
			(long long)e->rec.id),
		    tr(cx, "Change this one and all that follow"), false);
	html(h, "</p>");
	if (writes)
		ui_post_button(v, event_path(v, e->rec.id, "/series/leave"), 0,
		    tr(cx, "Take out of the series"), true);
	html(h, "</div>");
	ui_section_close(v);
	return RC_OK;
}

int
series_on_event_page(struct view *v, const struct event *e, const struct event_rights *can)
{
	struct ctx *cx = v->cx;
	struct event_series s;

	TRY(series_of_event(cx, e->rec.id, &s));
	if (s.rec.id != 0)
		return draw_place(v, e, &s, can->writes);
	if (!can->writes)
		return RC_OK;
	ui_section_open(v, "series", tr(cx, "Series of events"), NULL);
	html(&v->h, "<div class='flow'><p class='mute'>%s</p><p class='acts'>",
	    tr(cx, "If it comes again by a rule, it belongs to a series."));
	ui_button(v, ui_url(v, "/events/%lld/series", (long long)e->rec.id),
	    tr(cx, "Put into a series"), false);
	html(&v->h, "</p></div>");
	ui_section_close(v);
	return RC_OK;
}
