/* event_staff_pages.c – what staff of an event's scope see on its page besides the public matter: the
 * steps that are possible now, the co-organisers' own reports, likely duplicates.
 *
 * The steps come from the table of transitions, so a button is there exactly when the rule would let
 * it pass; a step that wants a reason unfolds its form. The co-organisers' counts stand beside the
 * event's own and are never added. */
#include "mod/event/event_pages.h"

/* ---- the co-organisers' own reports ---- */

static void
own_cell(struct view *v, const char *label, enum basis b, int64_t n)
{
	struct event_count c = { .value = n, .basis = n == INT_NONE ? BASIS_UNKNOWN : b };

	html(&v->h, "<td class='r num' data-l='%s'>", label);
	event_count_line(v, &c, NULL);
	html(&v->h, "</td>");
}

static void
draw_report(
    struct view *v, const struct event_shown *s, const struct organiser *o, const char *title)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h, "<tr><th scope='row'><a href='%s'>%s</a>",
	    ui_url(v, "/bodies/%lld", (long long)o->body), title);
	if (o->via_event != 0)
		html(h, "<br><a class='small' href='%s'>%s</a>",
		    ui_url(v, "/events/%lld", (long long)o->via_event), tr(cx, "its own report"));
	html(h, "</th>");
	own_cell(v, basis_label(cx, BASIS_SCANNED), BASIS_SCANNED, o->scanned_count);
	own_cell(v, basis_label(cx, BASIS_LISTED), BASIS_LISTED, o->listed_count);
	own_cell(v, basis_label(cx, BASIS_HEAD), BASIS_HEAD, o->head_count);
	own_cell(v, basis_label(cx, BASIS_DECLARED), BASIS_DECLARED, o->declared_count);
	html(h, "<td>");
	if (s->can.writes && !o->ended && o->via_event == 0)
		ui_post_button(v,
		    arena_printf(cx->arena, "/organisers/%lld/end", (long long)o->rec.id),
		    o->rec.version, tr(cx, "No longer an organiser"), true);
	html(h, "</td></tr>");
}

void
event_draw_reports(struct view *v, const struct event_shown *s)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *add = ui_url(v, "/events/%lld/organisers/new", (long long)s->e.rec.id);
	size_t i, rows = 0;

	if (!s->can.reads)
		return;
	for (i = 0; i < s->organisers.n; i++)
		rows += !((const struct organiser *)list_row(&s->organisers, &organiser_kind, i))
			     ->ended;
	ui_section_open(v, "reports", tr(cx, "Own reports"),
	    tr(cx,
		"Co-organisers: their counts are kept beside the event's and never added to it."));
	if (rows == 0)
		ui_empty(v, tr(cx, "Nobody else organised it"),
		    tr(cx, "If another body took part, name it here: the event is still counted "
			   "once."),
		    s->can.writes ? add : NULL, tr(cx, "Add a co-organiser"));
	else {
		html(h,
		    "<div class='tbl'><table class='cards'><caption "
		    "class='vh'>%s</caption><thead><tr><th scope='col'>%s</th>",
		    tr(cx, "Own reports"), tr(cx, "Body"));
		for (i = BASIS_SCANNED; i <= BASIS_DECLARED; i++)
			html(h, "<th scope='col' class='r'>%s</th>",
			    event_capital(cx, basis_label(cx, (enum basis)i)));
		html(h, "<td></td></tr></thead><tbody>");
		for (i = 0; i < s->organisers.n; i++) {
			const struct organiser *o = list_row(&s->organisers, &organiser_kind, i);

			if (!o->ended)
				draw_report(v, s, o, s->organiser_titles[i]);
		}
		html(h, "</tbody></table></div>");
	}
	if (rows > 0 && s->can.writes) {
		html(h, "<p class='acts'>");
		ui_button(v, add, tr(cx, "Add a co-organiser"), false);
		html(h, "</p>");
	}
	if (s->merged.n > 0) {
		html(h, "<h3>%s</h3>", tr(cx, "Reports merged into this event"));
		event_candidates(v, &s->merged, NULL);
	}
	ui_section_close(v);
}

/* ---- steps ---- */

static void
draw_step(struct view *v, const struct event *e, const struct transition *t)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *path = event_path(v, e->rec.id, arena_printf(cx->arena, "/move/%s", t->action));
	const struct option *o;

	if (!t->reason) {
		ui_post_button(v, path, e->rec.version, tr(cx, t->label), false);
		return;
	}
	html(h, "<details><summary class='btn'>%s</summary>", tr(cx, t->label));
	ui_form_begin(v, path, false);
	html(h,
	    "<input type='hidden' name='_version' value='%lld'><div class='fld'><label "
	    "for='r-%s'>%s</label>"
	    "<select id='r-%s' name='reason'><option value=''>%s</option>",
	    (long long)e->rec.version, t->action, tr(cx, "Reason"), t->action,
	    tr(cx, "another one, written below"));
	for (o = event_end_reasons; o->code != NULL; o++)
		html(h, "<option value='%s'>%s</option>", o->code, tr(cx, o->label));
	html(h,
	    "</select></div><div class='fld'><label for='w-%s'>%s</label><input type='text' "
	    "id='w-%s' name='words'></div>"
	    "<p class='acts'><button type='submit' class='btn bad'>%s</button></p>",
	    t->action, tr(cx, "In your own words"), t->action, tr(cx, t->label));
	ui_form_end(v);
	html(h, "</details>");
}

/* The events that may take the place of a postponed one: coming ones of the same body. */
static int
draw_moved(struct view *v, const struct event *e)
{
	enum { OFFERED = 50 };
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct query q;
	struct list l;
	size_t i;

	if (strcmp(e->state, "postponed") != 0)
		return RC_OK;
	TRY(query_init(cx, &q, &event_kind));
	query_and(&q,
	    "event.id = ? OR (event.body = ? AND event.id <> ? AND event.merged_into IS NULL AND "
	    "event.state IN ('planned', 'approved') AND event.first_day >= ?)",
	    VALS(v_int(e->moved_to), v_int(e->body), v_int(e->rec.id), v_int(cx->today)));
	TRY(query_sort(&q, "first_day"));
	q.limit = OFFERED;
	TRY(query_list(&q, &l));
	ui_form_begin(v, event_path(v, e->rec.id, "/moved"), false);
	html(h,
	    "<input type='hidden' name='_version' value='%lld'><div class='fld'><label "
	    "for='f-moved'>%s</label><span class='hint'>%s</span><select id='f-moved' "
	    "name='moved_to'>"
	    "<option value=''>%s</option>",
	    (long long)e->rec.version, tr(cx, "Which event takes its place?"),
	    tr(cx, "Coming events of the same body. Everybody sees the link on this page."),
	    tr(cx, "none yet"));
	for (i = 0; i < l.n; i++) {
		const struct event *o = list_row(&l, &event_kind, i);

		html(h, "<option value='%lld'", (long long)o->rec.id);
		if (o->rec.id == e->moved_to)
			html(h, " selected");
		html(h, ">%s: %s</option>", event_days(cx, o), kind_title(cx, &event_kind, o));
	}
	html(h, "</select></div><p class='acts'><button type='submit' class='btn'>%s</button></p>",
	    tr(cx, "Save"));
	ui_form_end(v);
	return RC_OK;
}

int
event_draw_steps(struct view *v, const struct event_shown *s)
{
	struct ctx *cx = v->cx;
	const struct event *e = &s->e;
	bool early = false, any = false;
	size_t i;

	if (!s->can.writes || e->merged_into != 0)
		return RC_OK;
	ui_section_open(v, "steps", tr(cx, "What can be done now"), NULL);
	html(&v->h, "<div class='acts'>");
	for (i = 0; i < event_ntransitions; i++) {
		const struct transition *t = &event_transitions[i];

		if (strcmp(t->from, e->state) != 0 || !may(cx, t->cap))
			continue;
		if (strcmp(t->to, "held") == 0 && e->first_day > cx->today) {
			early = true;
			continue;
		}
		draw_step(v, e, t);
		any = true;
	}
	html(&v->h, "</div>");
	if (early)
		html(&v->h, "<p class='small mute'>%s</p>",
		    trf(cx, "From %s on it can be marked that it took place.",
			day_text(cx, e->first_day)));
	else if (!any)
		html(&v->h, "<p class='mute'>%s</p>",
		    tr(cx, "Nothing: the next step is the secretariat's."));
	TRY(draw_moved(v, e));
	ui_section_close(v);
	return RC_OK;
}

/* ---- duplicates ---- */

int
event_draw_likely(struct view *v, const struct event_shown *s)
{
	struct ctx *cx = v->cx;
	struct likeness *like;
	struct list l;
	int64_t ids[20];
	size_t n, i;

	if (!s->can.writes || s->e.merged_into != 0)
		return RC_OK;
	TRY(event_likely(cx, &s->e, &like, &n));
	if (n == 0)
		return RC_OK;
	n = n < ARRAY_LEN(ids) ? n : ARRAY_LEN(ids);
	for (i = 0; i < n; i++)
		ids[i] = like[i].event;
	TRY(reads_events(cx, ids, n, &l));
	ui_section_open(v, "likely", tr(cx, "This may be the same event"),
	    tr(cx, "Days at most one apart, the same district or place, similar names."));
	event_candidates(v, &l, may(cx, CAP_EVENT_APPROVE) ? event_path(v, s->e.rec.id, "") : NULL);
	if (!may(cx, CAP_EVENT_APPROVE))
		html(&v->h, "<p class='small mute'>%s</p>",
		    tr(cx, "If it is the same one, tell the secretariat: it joins the two, and "
			   "your counts stay as your own report."));
	ui_section_close(v);
	return RC_OK;
}
