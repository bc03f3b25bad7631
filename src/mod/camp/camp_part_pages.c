/* camp_part_pages.c – groups and slots: one form for each, removing, and the page of one group. */
#include "mod/camp/camp_pages.h"

static const struct sort {
	const char *under, *own; /* "groups" under the camp, "camp-groups" of its own */
	const struct kind *kind;
	const char *fresh, *change; /* msgids */
	const char *fields[8];
} sorts[] = {
	{ "/groups/", "/camp-groups/", &camp_group_kind, N_("New group"), N_("Change the group"),
	    { "name", "places", "lang", "leader", NULL } },
	{ "/slots/", "/camp-slots/", &camp_slot_kind, N_("New slot of the timetable"),
	    N_("Change the slot of the timetable"),
	    { "day", "starts", "ends", "name", "camp_group", "place", "leader", NULL } },
};

union piece {
	struct camp_group group; /* rec and camp stand first in both */
	struct camp_slot slot;
};
_Static_assert(offsetof(struct camp_group, camp) == offsetof(struct camp_slot, camp),
    "pages read the camp of either");

static const struct sort *
sort_of_path(struct view *v)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(sorts); i++)
		if (strstr(v->path, sorts[i].under) != NULL ||
		    strncmp(v->path, sorts[i].own, strlen(sorts[i].own)) == 0)
			return &sorts[i];
	return NULL;
}

/* Only groups of this camp can be chosen. */
static void
narrow(struct view *v, const struct ui_form *f, struct query *q)
{
	const union piece *rec = f->rec;

	(void)v;
	if (q->kind == &camp_group_kind)
		query_and(q, "camp_group.camp = ?", VALS(v_int(rec->group.camp)));
}

static int
draw(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;
	const struct sort *s = sort_of_path(v);
	const union piece *rec = f->rec;
	struct err kept = cx->err;
	struct camp c;

	err_clear(cx);
	TRY(kind_get(cx, &camp_kind, rec->group.camp, &c));
	camp_open(v, &c, tr(cx, f->create ? s->fresh : s->change));
	cx->err = kept;
	TRY(ui_form(v, f));
	if (!f->create) {
		html(&v->h, "<div class='acts'>");
		ui_post_button(v,
		    arena_printf(cx->arena, "%s%lld/remove", s->own, (long long)rec->group.rec.id),
		    0, tr(cx, "Remove"), true);
		html(&v->h, "</div>");
		TRY(ui_history(v, s->kind, rec->group.rec.id));
	}
	ui_close(v);
	return RC_OK;
}

static int
new_form(struct view *v, union piece *rec, struct ui_form *f)
{
	const struct sort *s = sort_of_path(v);
	struct camp c;

	if (s == NULL)
		return RC_NOTFOUND;
	TRY(camp_run_of_path(v, &c));
	kind_empty(s->kind, rec);
	rec->group.camp = c.rec.id;
	if (s->kind == &camp_slot_kind)
		rec->slot.day = v->cx->today >= c.from_day && v->cx->today <= c.to_day
				    ? v->cx->today
				    : c.from_day;
	*f = (struct ui_form){ .kind = s->kind,
		.rec = rec,
		.create = true,
		.path = v->path,
		.fields = s->fields,
		.cancel = camp_path(v, c.rec.id, ""),
		.again = true,
		.narrow = narrow };
	return RC_OK;
}

static int
edit_form(struct view *v, union piece *rec, struct ui_form *f)
{
	const struct sort *s = sort_of_path(v);
	int64_t id;

	if (s == NULL)
		return RC_NOTFOUND;
	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, s->kind, id, rec));
	TRY(camp_run_by(v->cx, rec->group.camp));
	*f = (struct ui_form){ .kind = s->kind,
		.rec = rec,
		.path = arena_printf(v->cx->arena, "%s%lld/edit", s->own, (long long)id),
		.fields = s->fields,
		.cancel = camp_path(v, rec->group.camp, ""),
		.narrow = narrow };
	return RC_OK;
}

#define PAGES(NAME, FORM)                         \
	static int NAME##_page(struct view *v)    \
	{                                         \
		union piece rec;                  \
		struct ui_form f;                 \
                                                  \
		TRY(FORM(v, &rec, &f));           \
		return draw(v, &f);               \
	}                                         \
	static int NAME##_post(struct view *v)    \
	{                                         \
		union piece rec;                  \
		struct ui_form f;                 \
                                                  \
		TRY(FORM(v, &rec, &f));           \
		return ui_form_save(v, &f, draw); \
	}
PAGES(new, new_form)
PAGES(edit, edit_form)

static int
remove_post(struct view *v)
{
	union piece rec;
	struct ui_form f;
	int rc;

	TRY(edit_form(v, &rec, &f));
	rc = camp_remove(v->cx, f.kind, rec.group.rec.id);
	if (rc == RC_RULE || rc == RC_CONFLICT) {
		v->status = 409;
		return draw(v, &f);
	}
	TRY(rc);
	return ui_done(v, camp_path(v, rec.group.camp, ""), tr(v->cx, "It is removed."));
}

/* ---- one group ---- */

static void
draw_member(struct view *v, const struct camp_row *r)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h, "<tr><th scope='row'><a href='%s'>%s</a>",
	    ui_url(v, "/camp-members/%lld", (long long)r->m.rec.id), r->name);
	if (r->m.left_on != 0)
		html(h, " <span class='small mute'>%s</span>",
		    trf(cx, "not there from %s", day_text(cx, r->m.left_on)));
	html(h, "</th><td data-l='%s'>", tr(cx, "Year of birth"));
	if (r->birth_year != 0)
		html(h, "%d", r->birth_year);
	html(h, "</td><td data-l='%s'>", tr(cx, "Consent"));
	camp_draw_consent(v, r->m.consent);
	html(h, "</td><td>");
	if (r->m.needs.present)
		ui_state(v, 'w', tr(cx, "needs attention"));
	html(h, "</td></tr>");
}

static int
draw_members(struct view *v, const struct camp_group *g)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *add = ui_url(v, "/camp-groups/%lld/members/new", (long long)g->rec.id);
	bool run = camp_runs(cx, g->camp);
	struct camp_row *row;
	size_t n, i;

	TRY(camp_members(cx, g->camp, g->rec.id, &row, &n));
	ui_section_open(v, "members", tr(cx, "Members of the group"), NULL);
	if (n == 0)
		ui_empty(v, tr(cx, "Nobody is in this group yet"),
		    tr(cx, "A person on record, or a name with the year of birth."),
		    run ? add : NULL, tr(cx, "Add a member"));
	else {
		html(h,
		    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead>"
		    "<tr><th scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th "
		    "scope='col'>%s</th></tr></thead><tbody>",
		    tr(cx, "Members of the group"), tr(cx, "Surname and name"),
		    tr(cx, "Year of birth"), tr(cx, "Consent"), tr(cx, "Note"));
		for (i = 0; i < n; i++)
			draw_member(v, &row[i]);
		html(h, "</tbody></table></div><p class='acts'>");
		if (run)
			ui_button(v, add, tr(cx, "Add a member"), true);
		ui_button(v,
		    ui_url(
			v, "/camps/%lld/roll?group=%lld", (long long)g->camp, (long long)g->rec.id),
		    tr(cx, "Call the roll"), false);
		html(h, "</p>");
	}
	ui_section_close(v);
	return RC_OK;
}

static int
group_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct camp_group g;
	struct camp_table t;
	int64_t id;
	bool staff;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(cx, &camp_group_kind, id, &g));
	TRY(camp_table(cx, g.camp, &t));
	staff = camp_staffed(cx, g.camp);
	camp_open(v, &t.c, g.name);
	html(&v->h, "<p>");
	camp_draw_places(v, &t, camp_group_at(&t, id));
	if (g.lang != NULL)
		html(&v->h, " · %s", option_label(cx, event_langs, g.lang));
	html(&v->h, "</p>");
	if (staff)
		TRY(draw_members(v, &g));
	ui_section_open(v, "timetable", tr(cx, "Timetable"), NULL);
	TRY(camp_draw_times(v, &(struct camp_times){ .t = &t, .group = id, .staff = staff }));
	ui_section_close(v);
	ui_close(v);
	return RC_OK;
}

#define PART(UNDER, OWN, FRESH, CHANGE, REMOVE)                                                 \
	{ M_GET, "/camps/{id}/" UNDER "/new", new_page, CAP_EVENT_WRITE, 0, FRESH, NULL },      \
	    { M_POST, "/camps/{id}/" UNDER "/new", new_post, CAP_EVENT_WRITE, 0, FRESH, NULL }, \
	    { M_GET, "/" OWN "/{id}/edit", edit_page, CAP_EVENT_WRITE, 0, CHANGE, NULL },       \
	    { M_POST, "/" OWN "/{id}/edit", edit_post, CAP_EVENT_WRITE, 0, CHANGE, NULL },      \
	{                                                                                       \
		M_POST, "/" OWN "/{id}/remove", remove_post, CAP_EVENT_WRITE, 0, REMOVE, NULL   \
	}
const struct route camp_part_routes[] = {
	{ M_GET, "/camp-groups/{id}", group_page, CAP_PUBLIC, 0, N_("Group of a camp"),
	    N_("Places and timetable of one group; its members are seen by the staff alone.") },
	PART(
	    "groups", "camp-groups", N_("New group"), N_("Change the group"), N_("Remove a group")),
	PART("slots", "camp-slots", N_("New slot of the timetable"),
	    N_("Change the slot of the timetable"), N_("Remove a slot of the timetable")),
};
const size_t camp_part_nroutes = ARRAY_LEN(camp_part_routes);
