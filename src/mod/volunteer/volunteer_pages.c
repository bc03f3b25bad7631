/* volunteer_pages.c – the list of volunteers with its exports, one volunteer with shifts and hours, somebody new, a
 * change; and what a leader sees: the own members. */
#include "mod/volunteer/volunteer_pages.h"

#include <string.h>

/* ---- the list ---- */

static void
draw_name(struct view *v, const void *rec)
{
	const struct volunteer *r = rec;
	const char *name = "";

	if (volunteer_names(v->cx, &r->rec.id, 1, &name) == RC_OK)
		html(&v->h, "<a href='%s'>%s</a>",
		    ui_url(v, "/volunteers/%lld", (long long)r->rec.id), name);
}

static int
list_page(struct view *v)
{
	static const char *const columns[] = { "person", "name", "briefed_on", "since", NULL };
	struct ctx *cx = v->cx;
	struct ui_list l = { .kind = &volunteer_kind,
		.path = "/volunteers",
		.columns = columns,
		.sort = "-since",
		.extra_label = tr(cx, "Volunteer"),
		.extra = draw_name };

	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	ui_open(v,
	    &(struct page){ .title = tr(cx, "Volunteers"), .nav = "/volunteers", .staff = true });
	html(&v->h, "<p class='acts'>");
	ui_button(v, ui_url(v, "/volunteers/new"), tr(cx, "New volunteer"), true);
	html(&v->h, "</p>");
	TRY(ui_list_page(v, &l));
	ui_close(v);
	return RC_OK;
}

/* ---- somebody new ---- */

static int
draw_offers(struct view *v)
{
	struct ctx *cx = v->cx;
	struct call_row *c;
	size_t n, i;

	TRY(reads_calls(cx, &(struct call_filter){ 0 }, &c, &n));
	if (n == 0)
		return RC_OK;
	html(&v->h, "<div class='fld'><label for='f-person'>%s</label><span class='hint'>%s</span>",
	    tr(cx, "Person on record"), tr(cx, "From the call list. Empty: the name below."));
	relief_field_error(v, "person");
	html(&v->h, "<select id='f-person' name='person'><option value=''></option>");
	for (i = 0; i < n; i++) {
		const char *id = arena_printf(cx->arena, "%lld", (long long)c[i].o.person);

		html(&v->h, "<option value='%s'", id);
		html(&v->h,
		    strcmp(relief_typed(v, "person"), id) == 0 ? " selected>%s</option>"
							       : ">%s</option>",
		    c[i].who);
	}
	html(&v->h, "</select></div>");
	return RC_OK;
}

static int
draw_new(struct view *v)
{
	struct ctx *cx = v->cx;

	ui_open(v, &(struct page){ .title = tr(cx, "New volunteer"),
		       .nav = "/volunteers",
		       .staff = true,
		       .crumbs = (const struct crumb[]){ { "/volunteers", tr(cx, "Volunteers") },
			   { NULL, tr(cx, "New volunteer") }, { NULL, NULL } } });
	ui_refusals(v, "f-");
	ui_form_begin(v, "/volunteers/new", false);
	relief_draw_nonce(v);
	html(&v->h, "<div class='flow'>");
	TRY(draw_offers(v));
	volunteer_draw_fields(v, NULL, false);
	html(&v->h, "<p class='acts'><button type='submit' class='btn go'>%s</button></p></div>",
	    tr(cx, "Save"));
	ui_form_end(v);
	ui_close(v);
	return RC_OK;
}

static int
new_post(struct view *v)
{
	struct volunteer_in in;
	struct volunteer who;
	int64_t id;
	bool again;
	int rc = volunteer_read_form(v, &in);

	in.desk = true;
	if (rc == RC_OK)
		rc = volunteer_take(v->cx, &in, &id, &again);
	if (rc == RC_INVALID || rc == RC_RULE) {
		volunteer_refused(v, rc);
		return draw_new(v);
	}
	TRY(rc);
	TRY(kind_load(v->cx, &volunteer_kind, id, &who));
	return ui_done(v, arena_printf(v->cx->arena, "/volunteers/%lld", (long long)id),
	    trf(v->cx, "The code: %s", relief_code_shown(v->cx->arena, who.code)));
}

/* ---- one ---- */

static int
of_path(struct view *v, struct volunteer *out)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, &volunteer_kind, id, out);
}

static void
draw_shifts(struct view *v, const struct own_row *o, size_t n)
{
	struct ctx *cx = v->cx;
	size_t i;

	ui_section_open(v, "shifts", tr(cx, "Shifts"), NULL);
	html(
	    &v->h, "<p>%s</p>", trf(cx, "Hours in all: %s", volunteer_time(cx, own_minutes(o, n))));
	if (n > 0)
		html(&v->h,
		    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead>"
		    "<tr><th scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th "
		    "scope='col' class='r'>%s</th></tr></thead><tbody>",
		    tr(cx, "Shifts"), tr(cx, "Shift"), tr(cx, "Role"), tr(cx, "State"),
		    tr(cx, "Hours worked"));
	for (i = 0; i < n; i++)
		html(&v->h,
		    "<tr><th scope='row'><a href='%s'>%s · %s</a></th><td data-l='%s'>%s</td><td "
		    "data-l='%s'>%s</td><td class='r num' data-l='%s'>%s</td></tr>",
		    ui_url(v, "/shifts/%lld", (long long)o[i].s.rec.id), shift_when(cx, &o[i].s),
		    tr3(cx, &o[i].s.task, NULL), tr(cx, "Role"),
		    option_label(cx, shift_roles, o[i].u.role), tr(cx, "State"),
		    option_label(cx, signup_marks, o[i].u.state), tr(cx, "Hours worked"),
		    o[i].u.minutes == INT_NONE ? "" : volunteer_time(cx, o[i].u.minutes));
	if (n > 0)
		html(&v->h, "</tbody></table></div>");
	ui_section_close(v);
}

static void
draw_opened(struct view *v, const struct volunteer_opened *o)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<dl class='facts'>");
	if (o->phone != NULL)
		html(&v->h, "<dt>%s</dt><dd><a href='tel:%s'>%s</a></dd>", tr(cx, "Telephone"),
		    relief_digits(cx->arena, o->phone), o->phone);
	if (o->parent != NULL)
		html(&v->h, "<dt>%s</dt><dd>%s</dd>",
		    tr(cx, "Name of the parent or representative"), o->parent);
	if (o->injury != NULL)
		html(&v->h, "<dt>%s</dt><dd>%s</dd>", tr(cx, "Injury"), o->injury);
	html(&v->h, "</dl>");
}

static void
fact(struct view *v, const char *label, const char *value)
{
	if (value != NULL && *value != '\0')
		html(&v->h, "<dt>%s</dt><dd>%s</dd>", label, value);
}

static int
draw_one(struct view *v, const struct volunteer *r, const struct volunteer_opened *opened)
{
	struct ctx *cx = v->cx;
	const char *name = "";
	struct own_row *o;
	size_t n;

	TRY(volunteer_names(cx, &r->rec.id, 1, &name));
	TRY(reads_own(cx, r, &o, &n));
	ui_open(v, &(struct page){ .title = name,
		       .nav = "/volunteers",
		       .staff = true,
		       .crumbs = (const struct crumb[]){ { "/volunteers", tr(cx, "Volunteers") },
			   { NULL, name }, { NULL, NULL } } });
	html(&v->h, "<dl class='facts'>");
	fact(v, tr(cx, "Code"), relief_code_shown(cx->arena, r->code));
	fact(v, tr(cx, "Skills"), volunteer_codes_text(cx, volunteer_skills, r->skills));
	fact(v, tr(cx, "Languages"), volunteer_codes_text(cx, volunteer_languages, r->languages));
	fact(v, tr(cx, "In own words"), r->words);
	fact(v, tr(cx, "Briefed on"),
	    r->briefed_on == 0 ? tr(cx, "not yet") : day_text(cx, r->briefed_on));
	fact(v, tr(cx, "18 years old by a document, seen on"),
	    r->adult_on == 0 ? NULL : day_text(cx, r->adult_on));
	fact(v, tr(cx, "Consent of a parent, given on"),
	    r->consent_on == 0 ? NULL : day_text(cx, r->consent_on));
	fact(v, tr(cx, "Volunteer since"), day_text(cx, r->since));
	html(&v->h, "</dl>");
	if (opened != NULL)
		draw_opened(v, opened);
	html(&v->h, "<div class='acts noprint'>");
	ui_button(
	    v, ui_url(v, "/volunteers/%lld/edit", (long long)r->rec.id), tr(cx, "Change"), false);
	if (opened == NULL)
		ui_post_button(v,
		    arena_printf(cx->arena, "/volunteers/%lld/show", (long long)r->rec.id), 0,
		    tr(cx, "Show telephone and notes"), false);
	if (r->briefed_on == 0)
		ui_post_button(v,
		    arena_printf(cx->arena, "/volunteers/%lld/brief", (long long)r->rec.id), 0,
		    tr(cx, "Briefed now"), false);
	html(&v->h, "</div>");
	draw_shifts(v, o, n);
	TRY(ui_history(v, &volunteer_kind, r->rec.id));
	ui_close(v);
	return RC_OK;
}

static int
one_page(struct view *v)
{
	struct volunteer r;

	TRY(of_path(v, &r));
	return draw_one(v, &r, NULL);
}

static int
show_post(struct view *v)
{
	struct volunteer_opened o;
	struct volunteer r;

	TRY(of_path(v, &r));
	TRY(volunteer_open_sealed(v->cx, r.rec.id, &o));
	return draw_one(v, &r, &o);
}

static int
brief_post(struct view *v)
{
	struct volunteer r;

	TRY(of_path(v, &r));
	TRY(volunteer_brief(v->cx, r.rec.id));
	return ui_done(v, arena_printf(v->cx->arena, "/volunteers/%lld", (long long)r.rec.id),
	    tr(v->cx, "Saved."));
}

/* ---- skills and languages by ticks ---- */

static int
skills_post(struct view *v)
{
	struct volunteer_in in;
	struct volunteer r;

	TRY(of_path(v, &r));
	TRY(volunteer_read_form(v, &in));
	r.skills = in.skills;
	r.languages = in.languages;
	TRY(kind_update(v->cx, &volunteer_kind, &r));
	return ui_done(v, arena_printf(v->cx->arena, "/volunteers/%lld", (long long)r.rec.id),
	    tr(v->cx, "Saved."));
}

/* ---- a change: what the kind may write; lists of codes by ticks ---- */

static const char *const edit_fields[] = { "name", "phone", "birth_year", "words", "adult_on",
	"consent_on", "consent_by", "injury", NULL };

static int
draw_edit(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;

	ui_open(v, &(struct page){ .title = tr(cx, "Change the volunteer"),
		       .nav = "/volunteers",
		       .staff = true,
		       .crumbs = (const struct crumb[]){ { "/volunteers", tr(cx, "Volunteers") },
			   { f->cancel, tr(cx, "Volunteer") },
			   { NULL, tr(cx, "Change the volunteer") }, { NULL, NULL } } });
	TRY(ui_form(v, f));
	ui_form_begin(v,
	    arena_printf(cx->arena, "/volunteers/%lld/skills",
		(long long)((const struct volunteer *)f->rec)->rec.id),
	    false);
	html(&v->h, "<div class='flow'>");
	volunteer_draw_skills(v, f->rec);
	html(&v->h, "<p class='acts'><button type='submit' class='btn'>%s</button></p></div>",
	    tr(cx, "Save skills and languages"));
	ui_form_end(v);
	ui_close(v);
	return RC_OK;
}

static int
edit_form(struct view *v, struct volunteer *r, struct ui_form *f)
{
	TRY(of_path(v, r));
	*f = (struct ui_form){ .kind = &volunteer_kind,
		.rec = r,
		.path = arena_printf(v->cx->arena, "/volunteers/%lld/edit", (long long)r->rec.id),
		.fields = edit_fields,
		.cancel = arena_printf(v->cx->arena, "/volunteers/%lld", (long long)r->rec.id) };
	return RC_OK;
}

static int
edit_page(struct view *v)
{
	struct volunteer r;
	struct ui_form f;

	TRY(edit_form(v, &r, &f));
	return draw_edit(v, &f);
}

static int
edit_post(struct view *v)
{
	struct volunteer r;
	struct ui_form f;

	TRY(edit_form(v, &r, &f));
	return ui_form_save(v, &f, draw_edit);
}

/* ---- a leader's own ---- */

static int
own_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct hours_row *h;
	size_t n, i;

	TRY(reads_own_members(cx, &h, &n));
	ui_open(v, &(struct page){ .title = tr(cx, "Volunteers of my body"),
		       .nav = "/volunteers/own",
		       .staff = true });
	if (n == 0)
		ui_empty(v, tr(cx, "None of the members is a volunteer yet"),
		    tr(cx, "They sign up on the public page or at the desk of the headquarters."),
		    NULL, NULL);
	else {
		html(&v->h,
		    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead>"
		    "<tr><th scope='col'>%s</th><th scope='col' class='r'>%s</th><th scope='col' "
		    "class='r'>%s</th></tr></thead><tbody>",
		    tr(cx, "Volunteers of my body"), tr(cx, "Full name"), tr(cx, "Shifts"),
		    tr(cx, "Hours worked"));
		for (i = 0; i < n; i++)
			html(&v->h,
			    "<tr><th scope='row'>%s</th><td class='r num' data-l='%s'>%s</td><td "
			    "class='r num' data-l='%s'>%s</td></tr>",
			    h[i].name, tr(cx, "Shifts"), num(cx, h[i].attendances),
			    tr(cx, "Hours worked"), volunteer_time(cx, h[i].minutes));
		html(&v->h, "</tbody></table></div>");
	}
	ui_close(v);
	return RC_OK;
}

const struct route volunteer_routes[] = {
	{ M_GET, "/volunteers", list_page, CAP_RELIEF_WRITE, 0, N_("Volunteers"),
	    N_("With exports.") },
	{ M_GET, "/volunteers/own", own_page, CAP_PEOPLE_READ, 0, N_("Volunteers of my body"),
	    N_("A leader sees the own members alone.") },
	{ M_GET, "/volunteers/new", draw_new, CAP_RELIEF_WRITE, 0, N_("New volunteer"), NULL },
	{ M_POST, "/volunteers/new", new_post, CAP_RELIEF_WRITE, 0, N_("New volunteer"), NULL },
	{ M_GET, "/volunteers/{id}", one_page, CAP_RELIEF_WRITE, 0, N_("Volunteer"), NULL },
	{ M_POST, "/volunteers/{id}/show", show_post, CAP_RELIEF_WRITE, 0, N_("Volunteer"), NULL },
	{ M_POST, "/volunteers/{id}/brief", brief_post, CAP_RELIEF_WRITE, 0, N_("Volunteer"),
	    NULL },
	{ M_POST, "/volunteers/{id}/skills", skills_post, CAP_RELIEF_WRITE, 0, N_("Volunteer"),
	    NULL },
	{ M_GET, "/volunteers/{id}/edit", edit_page, CAP_RELIEF_WRITE, 0,
	    N_("Change the volunteer"), NULL },
	{ M_POST, "/volunteers/{id}/edit", edit_post, CAP_RELIEF_WRITE, 0,
	    N_("Change the volunteer"), NULL },
};
const size_t volunteer_nroutes = ARRAY_LEN(volunteer_routes);
