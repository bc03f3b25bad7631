/* camp_pages.c – the list of camps, and one camp: what is to be done, groups with their places, the timetable.
 * Everybody reads groups and timetable; names are the staff's. */
#include "mod/camp/camp_pages.h"

/* ---- the list ---- */

static int
list_page(struct view *v)
{
	static const char *const columns[] = { "name", "event", "from_day", "to_day", "places",
		NULL };
	struct ctx *cx = v->cx;
	struct ui_list l = {
		.kind = &camp_kind, .path = "/camps", .columns = columns, .sort = "-from_day"
	};

	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	ui_open(v, &(struct page){ .title = tr(cx, "Camps"),
		       .nav = "/events",
		       .staff = true,
		       .crumbs = (const struct crumb[]){ { "/events", tr(cx, "Events") },
			   { NULL, tr(cx, "Camps") }, { NULL, NULL } } });
	if (may(cx, CAP_EVENT_WRITE))
		html(&v->h, "<p class='prose'>%s</p>",
		    tr(cx, "A camp belongs to an event: open the event and choose “New camp”."));
	TRY(ui_list_page(v, &l));
	ui_close(v);
	return RC_OK;
}

/* ---- forms ---- */

static const char *const fields[] = { "name", "from_day", "to_day", "age_from", "age_to", "places",
	"consent", NULL };

static int
draw_form(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;

	if (f->create)
		ui_open(v, &(struct page){ .title = tr(cx, "New camp"),
			       .nav = "/events",
			       .staff = true,
			       .crumbs = (const struct crumb[]){ { "/events", tr(cx, "Events") },
				   { "/camps", tr(cx, "Camps") }, { NULL, tr(cx, "New camp") },
				   { NULL, NULL } } });
	else
		camp_open(v, f->rec, tr(cx, "Change the camp"));
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static int
new_form(struct view *v, struct camp *c, struct ui_form *f)
{
	struct event e;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &event_kind, id, &e));
	TRY(event_in_scope(v->cx, id, false));
	kind_empty(&camp_kind, c);
	c->event = id;
	c->name = e.name;
	c->from_day = e.first_day;
	c->to_day = e.last_day == 0 ? e.first_day : e.last_day;
	*f = (struct ui_form){ .kind = &camp_kind,
		.rec = c,
		.create = true,
		.path = arena_printf(v->cx->arena, "/events/%lld/camps/new", (long long)id),
		.fields = fields,
		.cancel = arena_printf(v->cx->arena, "/events/%lld", (long long)id) };
	return RC_OK;
}

static int
edit_form(struct view *v, struct camp *c, struct ui_form *f)
{
	TRY(camp_run_of_path(v, c));
	*f = (struct ui_form){ .kind = &camp_kind,
		.rec = c,
		.path = camp_path(v, c->rec.id, "/edit"),
		.fields = fields,
		.cancel = camp_path(v, c->rec.id, "") };
	return RC_OK;
}

#define PAGES(NAME, FORM)                              \
	static int NAME##_page(struct view *v)         \
	{                                              \
		struct camp c;                         \
		struct ui_form f;                      \
                                                       \
		TRY(FORM(v, &c, &f));                  \
		return draw_form(v, &f);               \
	}                                              \
	static int NAME##_post(struct view *v)         \
	{                                              \
		struct camp c;                         \
		struct ui_form f;                      \
                                                       \
		TRY(FORM(v, &c, &f));                  \
		return ui_form_save(v, &f, draw_form); \
	}
PAGES(new, new_form)
PAGES(edit, edit_form)

/* ---- one camp ---- */

static void
draw_head(struct view *v, const struct camp_table *t)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const struct camp *c = &t->c;

	html(h, "<p><a href='%s'>%s</a> · %s</p><dl class='facts'><dt>%s</dt><dd>",
	    ui_url(v, "/events/%lld", (long long)c->event), kind_title(cx, &event_kind, &t->event),
	    day_range(cx, c->from_day, c->to_day), tr(cx, "Places in all"));
	camp_draw_places(v, t, -1);
	html(h, "</dd>");
	if (c->age_from != INT_NONE && c->age_to != INT_NONE)
		html(h, "<dt>%s</dt><dd>%s–%s</dd>", tr(cx, "Age in full years"),
		    num(cx, c->age_from), num(cx, c->age_to));
	else if (c->age_from != INT_NONE)
		html(h, "<dt>%s</dt><dd>%s</dd>", tr(cx, "Age from"), num(cx, c->age_from));
	else if (c->age_to != INT_NONE)
		html(h, "<dt>%s</dt><dd>%s</dd>", tr(cx, "Age to"), num(cx, c->age_to));
	html(h, "</dl>");
}

/* What the staff does here each day, the consents that are missing first. */
static void
draw_work(struct view *v, const struct camp_table *t)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	long long id = (long long)t->c.rec.id;

	if (t->missing > 0)
		html(h, "<p>%s <a href='%s'>%s</a></p>",
		    trn(cx, t->missing,
			"%s consent is missing; nobody is marked present without "
			"one.",
			"%s consents are missing; nobody is marked present without one.",
			num(cx, t->missing)),
		    ui_url(v, "/camps/%lld/consents", id), tr(cx, "Who"));
	html(h, "<p class='acts'>");
	ui_button(v, ui_url(v, "/camps/%lld/roll", id), tr(cx, "Call the roll"), true);
	ui_button(v, ui_url(v, "/camps/%lld/consents", id), tr(cx, "Consents"), false);
	ui_button(v, ui_url(v, "/camps/%lld/lists", id), tr(cx, "Print lists of groups"), false);
	html(h, "</p>");
}

static void
draw_group(struct view *v, const struct camp_table *t, size_t i, const char *leader, bool run)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const struct camp_group *g = &t->group[i];
	long long id = (long long)g->rec.id;

	html(h, "<tr><th scope='row'><a href='%s'>%s</a></th><td data-l='%s'>",
	    ui_url(v, "/camp-groups/%lld", id), g->name, tr(cx, "Places"));
	camp_draw_places(v, t, (ptrdiff_t)i);
	html(h, "</td><td data-l='%s'>%s</td>", tr(cx, "Language"),
	    g->lang == NULL ? "–" : option_label(cx, event_langs, g->lang));
	if (leader != NULL)
		html(h, "<td data-l='%s'>%s</td>", tr(cx, "Leader of the group"),
		    *leader == '\0' ? "–" : leader);
	if (run)
		html(h,
		    "<td class='noprint'><a href='%s'>%s<span class='vh'>: %s</span></a> · <a "
		    "href='%s'>%s<span class='vh'>: %s</span></a></td>",
		    ui_url(v, "/camp-groups/%lld/members/new", id), tr(cx, "add a member"), g->name,
		    ui_url(v, "/camp-groups/%lld/edit", id), tr(cx, "change"), g->name);
	html(h, "</tr>");
}

static int
draw_group_rows(struct view *v, const struct camp_table *t, bool staff, bool run)
{
	struct ctx *cx = v->cx;
	int64_t *ids = arena_array(cx->arena, int64_t, t->ngroups + 1);
	const char **leader = arena_array(cx->arena, const char *, t->ngroups + 1);
	size_t i;

	for (i = 0; i < t->ngroups; i++)
		ids[i] = t->group[i].leader;
	if (staff)
		TRY(camp_people(cx, ids, t->ngroups, leader));
	for (i = 0; i < t->ngroups; i++)
		draw_group(v, t, i, staff ? leader[i] : NULL, run);
	return RC_OK;
}

static int
draw_groups(struct view *v, const struct camp_table *t, bool staff, bool run)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *add = ui_url(v, "/camps/%lld/groups/new", (long long)t->c.rec.id);

	ui_section_open(v, "groups", tr(cx, "Groups"), NULL);
	if (t->ngroups == 0) {
		ui_empty(v, tr(cx, "No groups yet"),
		    tr(cx, "A group has a name, places, a language; members come into groups."),
		    run ? add : NULL, tr(cx, "Add a group"));
		ui_section_close(v);
		return RC_OK;
	}
	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th>",
	    tr(cx, "Groups"), tr(cx, "Group"), tr(cx, "Places"), tr(cx, "Language"));
	if (staff)
		html(h, "<th scope='col'>%s</th>", tr(cx, "Leader of the group"));
	if (run)
		html(h, "<th scope='col' class='noprint'><span class='vh'>%s</span></th>",
		    tr(cx, "What can be done"));
	html(h, "</tr></thead><tbody>");
	TRY(draw_group_rows(v, t, staff, run));
	html(h, "</tbody></table></div>");
	if (run) {
		html(h, "<p class='acts'>");
		ui_button(v, add, tr(cx, "Add a group"), false);
		html(h, "</p>");
	}
	ui_section_close(v);
	return RC_OK;
}

static int
draw_times(struct view *v, const struct camp_table *t, bool staff, bool run)
{
	struct ctx *cx = v->cx;
	long long id = (long long)t->c.rec.id;
	struct camp_times w = {
		.t = t, .group = camp_asked(v, "group"), .staff = staff, .run = run
	};

	ui_section_open(v, "timetable", tr(cx, "Timetable"), NULL);
	if (t->nslots > 0)
		camp_draw_groups(v, t, camp_path(v, t->c.rec.id, ""), w.group);
	TRY(camp_draw_times(v, &w));
	html(&v->h, "<p class='acts'>");
	if (run)
		ui_button(v, ui_url(v, "/camps/%lld/slots/new", id), tr(cx, "Add to the timetable"),
		    false);
	if (t->nslots > 0)
		ui_button(v, ui_url(v, "/camps/%lld/timetable", id), tr(cx, "Print the timetable"),
		    false);
	html(&v->h, "</p>");
	ui_section_close(v);
	return RC_OK;
}

static int
camp_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct camp_table t;
	struct camp c;
	bool staff, run;

	TRY(camp_of_path(v, &c));
	TRY(camp_table(cx, c.rec.id, &t));
	staff = camp_staffed(cx, c.rec.id);
	run = camp_runs(cx, c.rec.id);
	camp_open(v, &c, NULL);
	draw_head(v, &t);
	if (staff)
		draw_work(v, &t);
	TRY(draw_groups(v, &t, staff, run));
	TRY(draw_times(v, &t, staff, run));
	if (run) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/camps/%lld/edit", (long long)c.rec.id),
		    tr(cx, "Change the camp"), false);
		html(&v->h, "</p>");
		TRY(ui_history(v, &camp_kind, c.rec.id));
	}
	ui_close(v);
	return RC_OK;
}

const struct route camp_routes[] = {
	{ M_GET, "/camps", list_page, CAP_PUBLIC, 0, N_("Camps"),
	    N_("Camps with their groups and timetables.") },
	{ M_GET, "/camps/{id}", camp_page, CAP_PUBLIC, 0, N_("Camp"),
	    N_("Groups with their places, and the timetable; names are seen by the staff of the "
	       "event alone.") },
	{ M_GET, "/events/{id}/camps/new", new_page, CAP_EVENT_WRITE, 0, N_("New camp"), NULL },
	{ M_POST, "/events/{id}/camps/new", new_post, CAP_EVENT_WRITE, 0, N_("New camp"), NULL },
	{ M_GET, "/camps/{id}/edit", edit_page, CAP_EVENT_WRITE, 0, N_("Change the camp"), NULL },
	{ M_POST, "/camps/{id}/edit", edit_post, CAP_EVENT_WRITE, 0, N_("Change the camp"), NULL },
};
const size_t camp_nroutes = ARRAY_LEN(camp_routes);
