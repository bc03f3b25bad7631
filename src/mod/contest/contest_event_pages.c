/* contest_event_pages.c – on the page of an event: its contests, and the way to certificates. */
#include "mod/contest/contest_pages.h"

static void
draw_buttons(struct view *v, const struct event *e, const struct event_rights *can, size_t n)
{
	struct ctx *cx = v->cx;
	bool papers = can->reads && event_is_counted_state(e->state);

	if (!can->writes && !papers)
		return;
	html(&v->h, "<p class='acts'>");
	if (can->writes)
		ui_button(v, ui_url(v, "/events/%lld/contests/new", (long long)e->rec.id),
		    n == 0 ? tr(cx, "New contest") : tr(cx, "One more contest"), false);
	if (papers)
		ui_button(v, ui_url(v, "/events/%lld/certificates", (long long)e->rec.id),
		    tr(cx, "Certificates and letters of thanks"), false);
	html(&v->h, "</p>");
}

int
contest_event_section(struct view *v, const struct event *e, const struct event_rights *can)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct query q;
	struct list l;
	size_t i;

	TRY(query_init(cx, &q, &contest_kind));
	query_and(&q, "contest.event = ?", VALS(v_int(e->rec.id)));
	TRY(query_list(&q, &l));
	if (l.n == 0 && !can->writes)
		return RC_OK;
	ui_section_open(v, "contests", tr(cx, "Contests"), NULL);
	if (l.n > 0)
		html(h, "<ul>");
	for (i = 0; i < l.n; i++) {
		const struct contest *c = list_row(&l, &contest_kind, i);

		html(h, "<li class='task'><p><a href='%s'>%s</a></p><p>",
		    ui_url(v, "/contests/%lld", (long long)c->rec.id),
		    kind_title(cx, &contest_kind, c));
		contest_mark(v, c->state);
		html(h, "</p></li>");
	}
	if (l.n > 0)
		html(h, "</ul>");
	else
		html(h, "<p class='mute'>%s</p>",
		    tr(cx, "Entries, jury and protocol, if something is judged here."));
	draw_buttons(v, e, can, l.n);
	ui_section_close(v);
	return RC_OK;
}
