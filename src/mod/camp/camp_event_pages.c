/* camp_event_pages.c – on the page of an event: its camps, with how full they are. */
#include "mod/camp/camp_pages.h"

static int
draw_one(struct view *v, const struct camp *c)
{
	struct ctx *cx = v->cx;
	struct camp_table t;

	TRY(camp_table(cx, c->rec.id, &t));
	html(&v->h, "<li class='task'><p><a href='%s'>%s</a> <span class='mute'>%s</span></p><p>",
	    ui_url(v, "/camps/%lld", (long long)c->rec.id), kind_title(cx, &camp_kind, c),
	    day_range(cx, c->from_day, c->to_day));
	camp_draw_places(v, &t, -1);
	html(&v->h, "</p></li>");
	return RC_OK;
}

int
camp_event_section(struct view *v, const struct event *e, const struct event_rights *can)
{
	struct ctx *cx = v->cx;
	struct query q;
	struct list l;
	size_t i;

	TRY(query_init(cx, &q, &camp_kind));
	query_and(&q, "camp.event = ?", VALS(v_int(e->rec.id)));
	TRY(query_list(&q, &l));
	if (l.n == 0 && !can->writes)
		return RC_OK;
	ui_section_open(v, "camps", tr(cx, "Camp"), NULL);
	if (l.n > 0) {
		html(&v->h, "<ul>");
		for (i = 0; i < l.n; i++)
			TRY(draw_one(v, list_row(&l, &camp_kind, i)));
		html(&v->h, "</ul>");
	} else
		html(&v->h, "<p class='mute'>%s</p>",
		    tr(cx, "Groups, a timetable, parents' consents and the roll, if people stay "
			   "here for days."));
	if (can->writes) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/events/%lld/camps/new", (long long)e->rec.id),
		    l.n == 0 ? tr(cx, "New camp") : tr(cx, "One more camp"), false);
		html(&v->h, "</p>");
	}
	ui_section_close(v);
	return RC_OK;
}
