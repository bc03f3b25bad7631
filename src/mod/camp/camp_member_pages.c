/* camp_member_pages.c – one member for the staff: a new one, changed, the consent entered, what is sealed shown on
 * demand. */
#include "mod/camp/camp_pages.h"

static const char *const new_fields[] = { "camp_group", "person", "guest", "birth_year", "parent",
	"phone", "needs", NULL };
static const char *const edit_fields[] = { "camp_group", "guest", "birth_year", "parent", "phone",
	"needs", "left_on", NULL };
static const char *const consent_fields[] = { "consent", "consent_on", "consent_way", "consent_by",
	"parent", "phone", NULL };

static int
name_of(struct ctx *cx, const struct camp_member *m, const char **out)
{
	*out = m->guest != NULL ? m->guest : "—";
	return m->person == 0 ? RC_OK : camp_people(cx, &m->person, 1, out);
}

/* Only groups of this camp can be chosen. */
static void
narrow(struct view *v, const struct ui_form *f, struct query *q)
{
	(void)v;
	if (q->kind == &camp_group_kind)
		query_and(q, "camp_group.camp = ?",
		    VALS(v_int(((const struct camp_member *)f->rec)->camp)));
}

static int
draw(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;
	const struct camp_member *m = f->rec;
	struct err kept = cx->err;
	const char *name = "";
	struct camp c;

	err_clear(cx);
	TRY(kind_get(cx, &camp_kind, m->camp, &c));
	if (!f->create)
		TRY(name_of(cx, m, &name));
	camp_open(v, &c,
	    f->create			  ? tr(cx, "New member")
	    : f->fields == consent_fields ? tr(cx, "Consent")
					  : tr(cx, "Change the member"));
	if (!f->create)
		html(&v->h, "<p>%s%s%s</p>", name, m->minor ? " · " : "",
		    m->minor ? tr(cx, "under age") : "");
	cx->err = kept;
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static int
new_form(struct view *v, struct camp_member *m, struct ui_form *f)
{
	struct camp_group g;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &camp_group_kind, id, &g));
	TRY(camp_run_by(v->cx, g.camp));
	kind_empty(&camp_member_kind, m);
	m->camp = g.camp;
	m->camp_group = id;
	m->consent = "missing";
	*f = (struct ui_form){ .kind = &camp_member_kind,
		.rec = m,
		.create = true,
		.path = v->path,
		.fields = new_fields,
		.cancel = arena_printf(v->cx->arena, "/camp-groups/%lld", (long long)id),
		.again = true,
		.narrow = narrow };
	return RC_OK;
}

static int
member_form(struct view *v, const char *tail, const char *const *fields, struct camp_member *m,
    struct ui_form *f)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &camp_member_kind, id, m));
	TRY(camp_run_by(v->cx, m->camp));
	*f = (struct ui_form){ .kind = &camp_member_kind,
		.rec = m,
		.path = arena_printf(v->cx->arena, "/camp-members/%lld%s", (long long)id, tail),
		.fields = fields,
		.cancel = arena_printf(v->cx->arena, "/camp-members/%lld", (long long)id),
		.narrow = narrow };
	return RC_OK;
}

static int
edit_form(struct view *v, struct camp_member *m, struct ui_form *f)
{
	return member_form(v, "/edit", edit_fields, m, f);
}

/* The day and the way are most often today's paper. */
static int
consent_form(struct view *v, struct camp_member *m, struct ui_form *f)
{
	TRY(member_form(v, "/consent", consent_fields, m, f));
	if (v->rq->method == M_GET && strcmp(m->consent, "missing") == 0) {
		m->consent = "given";
		m->consent_on = v->cx->today;
		m->consent_way = "paper";
		m->consent_by = m->minor ? "parent" : "self";
	}
	return RC_OK;
}

#define PAGES(NAME, FORM)                         \
	static int NAME##_page(struct view *v)    \
	{                                         \
		struct camp_member m;             \
		struct ui_form f;                 \
                                                  \
		TRY(FORM(v, &m, &f));             \
		return draw(v, &f);               \
	}                                         \
	static int NAME##_post(struct view *v)    \
	{                                         \
		struct camp_member m;             \
		struct ui_form f;                 \
                                                  \
		TRY(FORM(v, &m, &f));             \
		return ui_form_save(v, &f, draw); \
	}
PAGES(new, new_form)
PAGES(edit, edit_form)
PAGES(consent, consent_form)

/* ---- one member ---- */

static void
fact(struct view *v, const char *label, const char *value)
{
	if (value != NULL && *value != '\0')
		html(&v->h, "<dt>%s</dt><dd>%s</dd>", label, value);
}

static void
draw_consent(struct view *v, const struct camp_member *m)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<dt>%s</dt><dd>", tr(cx, "Consent"));
	camp_draw_consent(v, m->consent);
	html(&v->h, "</dd>");
	fact(v, tr(cx, "Day of the consent"), day_text(cx, m->consent_on));
	if (m->consent_way != NULL)
		fact(v, tr(cx, "How it was given"), option_label(cx, camp_ways, m->consent_way));
	if (m->consent_by != NULL)
		fact(v, tr(cx, "Given by"), option_label(cx, camp_givers, m->consent_by));
}

static void
draw_sealed(struct view *v, const struct camp_member *m, const struct camp_opened *o)
{
	struct ctx *cx = v->cx;

	if (o != NULL) {
		fact(v, tr(cx, "Name of the parent or representative"), o->parent);
		fact(v, tr(cx, "Telephone of the parent"), o->phone);
		fact(v, tr(cx, "Needs attention"), o->needs);
		return;
	}
	if (!m->needs.present)
		return;
	html(&v->h, "<dt>%s</dt><dd>", tr(cx, "Needs attention"));
	ui_state(v, 'w', tr(cx, "something is written; show it"));
	html(&v->h, "</dd>");
}

static void
draw_acts(struct view *v, const struct camp_member *m, bool opened)
{
	struct ctx *cx = v->cx;
	long long id = (long long)m->rec.id;

	if (!opened && (m->parent.present || m->phone.present || m->needs.present)) {
		ui_post_button(v, arena_printf(cx->arena, "/camp-members/%lld/show", id), 0,
		    tr(cx, "Show what is sealed"), false);
		html(&v->h, "<p class='small mute'>%s</p>",
		    tr(cx, "Opening is written into the record of what was read."));
	}
	html(&v->h, "<p class='acts'>");
	if (camp_runs(cx, m->camp)) {
		ui_button(v, ui_url(v, "/camp-members/%lld/consent", id),
		    tr(cx, "Enter the consent"), strcmp(m->consent, "given") != 0);
		ui_button(v, ui_url(v, "/camp-members/%lld/edit", id), tr(cx, "Change"), false);
	}
	ui_button(
	    v, ui_url(v, "/camp-members/%lld/form", id), tr(cx, "Print the consent form"), false);
	html(&v->h, "</p>");
}

static int
draw_page(struct view *v, const struct camp_member *m, const struct camp_opened *o)
{
	struct ctx *cx = v->cx;
	const char *name, *group;
	struct camp c;

	TRY(kind_get(cx, &camp_kind, m->camp, &c));
	TRY(name_of(cx, m, &name));
	TRY(kind_titles(cx, &camp_group_kind, &m->camp_group, 1, &group));
	camp_open(v, &c, name);
	html(&v->h, "<dl class='facts'><dt>%s</dt><dd><a href='%s'>%s</a></dd>", tr(cx, "Group"),
	    ui_url(v, "/camp-groups/%lld", (long long)m->camp_group), group);
	if (m->birth_year != INT_NONE)
		html(&v->h, "<dt>%s</dt><dd>%lld</dd>", tr(cx, "Year of birth"),
		    (long long)m->birth_year);
	fact(v, tr(cx, "Under age"), m->minor ? tr(cx, "yes") : tr(cx, "no"));
	fact(v, tr(cx, "No longer there from"), day_text(cx, m->left_on));
	draw_consent(v, m);
	draw_sealed(v, m, o);
	html(&v->h, "</dl>");
	draw_acts(v, m, o != NULL);
	if (m->person != 0)
		html(&v->h, "<p><a href='%s'>%s</a></p>",
		    ui_url(v, "/people/%lld", (long long)m->person), tr(cx, "Person on record"));
	TRY(ui_history(v, &camp_member_kind, m->rec.id));
	ui_close(v);
	return RC_OK;
}

static int
member_of_path(struct view *v, struct camp_member *m)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &camp_member_kind, id, m));
	return camp_staffed_by(v->cx, m->camp);
}

static int
member_page(struct view *v)
{
	struct camp_member m;

	TRY(member_of_path(v, &m));
	if (m.person != 0)
		TRY(sensitive_open(v->cx, &camp_member_kind, &m, "page"));
	return draw_page(v, &m, NULL);
}

static int
show_post(struct view *v)
{
	struct camp_member m;
	struct camp_opened o;

	TRY(member_of_path(v, &m));
	TRY(camp_open_sealed(v->cx, m.rec.id, &o));
	return draw_page(v, &m, &o);
}

const struct route camp_member_routes[] = {
	{ M_GET, "/camp-groups/{id}/members/new", new_page, CAP_EVENT_WRITE, 0, N_("New member"),
	    NULL },
	{ M_POST, "/camp-groups/{id}/members/new", new_post, CAP_EVENT_WRITE, 0, N_("New member"),
	    NULL },
	{ M_GET, "/camp-members/{id}", member_page, CAP_PEOPLE_READ, 0, N_("Member of a camp"),
	    N_("One member with the consent; what is sealed opens on demand.") },
	{ M_POST, "/camp-members/{id}/show", show_post, CAP_EVENT_WRITE, 0,
	    N_("Show what is sealed"), NULL },
	{ M_GET, "/camp-members/{id}/edit", edit_page, CAP_EVENT_WRITE, 0, N_("Change the member"),
	    NULL },
	{ M_POST, "/camp-members/{id}/edit", edit_post, CAP_EVENT_WRITE, 0, N_("Change the member"),
	    NULL },
	{ M_GET, "/camp-members/{id}/consent", consent_page, CAP_EVENT_WRITE, 0,
	    N_("Enter the consent"), NULL },
	{ M_POST, "/camp-members/{id}/consent", consent_post, CAP_EVENT_WRITE, 0,
	    N_("Enter the consent"), NULL },
};
const size_t camp_member_nroutes = ARRAY_LEN(camp_member_routes);
