/* registry_body_edit_pages.c – what the secretariat changes about bodies: a new one, its facts, its
 * name, the steps of its accreditation, the groups it stands for. Saving itself is ui_form_save();
 * renaming and groups are rules of this module. */
#include "mod/registry/registry_pages.h"

static const struct crumb *
body_crumbs(struct view *v, int64_t body, const char *here)
{
	struct crumb *c = arena_array(v->cx->arena, struct crumb, 4);
	const char *name = "";

	c[0] = (struct crumb){ "/bodies", tr(v->cx, "Bodies") };
	if (body == 0 || kind_titles(v->cx, &body_kind, &body, 1, &name) != RC_OK) {
		c[1] = (struct crumb){ NULL, here };
		return c;
	}
	c[1] = (struct crumb){ body_path(v, body), name };
	c[2] = (struct crumb){ NULL, here };
	return c;
}

static int
draw_form(struct view *v, struct ui_form *f, int64_t body, const char *title)
{
	ui_open(v, &(struct page){ .title = title,
		       .nav = "/bodies",
		       .staff = true,
		       .crumbs = body_crumbs(v, body, title) });
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

/* ---- a body ---- */

static int
draw_new(struct view *v, struct ui_form *f)
{
	return draw_form(v, f, 0, tr(v->cx, "New body"));
}

static int
draw_edit(struct view *v, struct ui_form *f)
{
	return draw_form(v, f, ((const struct body *)f->rec)->rec.id, tr(v->cx, "Edit the body"));
}

static struct ui_form
new_form(struct body *b)
{
	return (struct ui_form){ .kind = &body_kind,
		.rec = b,
		.create = true,
		.path = "/bodies/new",
		.cancel = "/bodies",
		.again = true };
}

static int
new_page(struct view *v)
{
	struct body b;
	struct ui_form f = new_form(&b);
	const char *parent = req_q(v->rq, "parent");

	kind_empty(&body_kind, &b);
	if (parent != NULL && !num_parse(parent, &b.parent))
		b.parent = 0;
	return draw_new(v, &f);
}

static int
new_post(struct view *v)
{
	struct body b;
	struct ui_form f = new_form(&b);

	kind_empty(&body_kind, &b);
	return ui_form_save(v, &f, draw_new);
}

static int
edit_form(struct view *v, struct body *b, struct ui_form *f)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &body_kind, id, b));
	*f = (struct ui_form){
		.kind = &body_kind, .rec = b, .path = v->path, .cancel = body_path(v, id)
	};
	return RC_OK;
}

static int
edit_page(struct view *v)
{
	struct body b;
	struct ui_form f;

	TRY(edit_form(v, &b, &f));
	return draw_edit(v, &f);
}

static int
edit_post(struct view *v)
{
	struct body b;
	struct ui_form f;

	TRY(edit_form(v, &b, &f));
	return ui_form_save(v, &f, draw_edit);
}

/* ---- its name ---- */

static const char *
part_name(struct ctx *cx, const char *field, int l)
{
	return arena_printf(cx->arena, "%s_%s", field, lang_code((enum lang)l));
}

static void
draw_trio(struct view *v, const char *field, const char *legend, const struct text3 *now)
{
	struct ctx *cx = v->cx;
	const char *const value[] = { now->kk, now->ru, now->en };
	int l;

	html(&v->h, "<fieldset class='trio' id='f-%s'><legend>%s</legend>", field, legend);
	draw_field_error(v, field);
	for (l = 0; l < LANG_COUNT; l++) {
		const char *name = part_name(cx, field, l), *typed = req_f(v->rq, name);

		html(&v->h,
		    "<div class='fld'><label class='lab2' for='f-%s'><span>%s</span></label>", name,
		    lang_own_name((enum lang)l));
		html(&v->h, "<textarea id='f-%s' name='%s' lang='%s'>%s</textarea></div>", name,
		    name, lang_code((enum lang)l),
		    typed != NULL      ? typed
		    : value[l] == NULL ? ""
				       : value[l]);
	}
	html(&v->h, "</fieldset>");
}

static int
draw_rename(struct view *v, const struct body *b)
{
	struct ctx *cx = v->cx;

	ui_open(v, &(struct page){ .title = tr(cx, "Rename the body"),
		       .nav = "/bodies",
		       .staff = true,
		       .crumbs = body_crumbs(v, b->rec.id, tr(cx, "Rename")) });
	ui_refusals(v, "f-");
	html(&v->h, "<div class='flow'><p class='prose'>%s</p>",
	    tr(cx, "The present name stays on record with its days, so that papers of that time "
		   "keep it. To put a slip of the pen right, use “Edit”."));
	ui_form_begin(v, v->path, false);
	html(&v->h, "<div class='flow'>");
	draw_trio(v, "name", tr(cx, "New name"), &b->name);
	draw_trio(v, "abbr", tr(cx, "New abbreviation"), &b->abbr);
	draw_text_field(v, "from_day", tr(cx, "In force since"), day_text(cx, cx->today));
	draw_text_field(v, "document", tr(cx, "Document of the renaming"), NULL);
	html(&v->h,
	    "</div><hr><div class='acts'><button class='btn go' type='submit'>%s</button><a "
	    "class='btn bare' href='%s'>%s</a></div>",
	    tr(cx, "Rename"), ui_url(v, "/bodies/%lld", (long long)b->rec.id), tr(cx, "Cancel"));
	ui_form_end(v);
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

static int
rename_page(struct view *v)
{
	struct body b;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &body_kind, id, &b));
	return draw_rename(v, &b);
}

static const char *
typed_text(struct view *v, const char *name)
{
	const char *s = req_f(v->rq, name);

	return s == NULL || s[strspn(s, " \t\r\n")] == '\0' ? NULL : s;
}

static struct text3
typed_trio(struct view *v, const char *field)
{
	struct ctx *cx = v->cx;

	return (struct text3){ typed_text(v, part_name(cx, field, LANG_KK)),
		typed_text(v, part_name(cx, field, LANG_RU)),
		typed_text(v, part_name(cx, field, LANG_EN)) };
}

static int
rename_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct rename_in in = { .name = typed_trio(v, "name"),
		.abbr = typed_trio(v, "abbr"),
		.document = typed_text(v, "document") };
	const char *day = typed_text(v, "from_day");
	struct body b;
	int rc;

	TRY(req_param_id(v->rq, 0, &in.body));
	TRY(kind_get(cx, &body_kind, in.body, &b));
	if (day != NULL && !day_parse(day, &in.from_day))
		fail_field(
		    cx, "from_day", N_("There is no such day: “%s”. Write it as 15.11.2024."), day);
	else if (day == NULL)
		fail_field(cx, "from_day", N_("This field is needed."));
	rc = fields_rc(cx);
	if (rc == RC_OK)
		rc = body_rename(cx, &in);
	if (was_refused(v, rc))
		return draw_rename(v, &b);
	TRY(rc);
	return ui_done(
	    v, body_path(v, in.body), tr(cx, "The new name is in force; the earlier one is kept."));
}

/* ---- steps of accreditation ---- */

static const char *const step_fields[] = { "state", "from_day", "valid_to", "document", "note",
	NULL };

static int
draw_step_form(struct view *v, struct ui_form *f)
{
	return draw_form(v, f, ((const struct accreditation *)f->rec)->body,
	    f->create ? tr(v->cx, "New step of accreditation")
		      : tr(v->cx, "Edit the step of accreditation"));
}

static int
step_new_form(struct view *v, struct accreditation *a, struct ui_form *f)
{
	struct body b;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &body_kind, id, &b));
	kind_empty(&accreditation_kind, a);
	a->body = id;
	*f = (struct ui_form){ .kind = &accreditation_kind,
		.rec = a,
		.create = true,
		.path = v->path,
		.fields = step_fields,
		.cancel = body_path(v, id) };
	return RC_OK;
}

static int
step_new_page(struct view *v)
{
	struct accreditation a;
	struct ui_form f;

	TRY(step_new_form(v, &a, &f));
	return draw_step_form(v, &f);
}

static int
step_new_post(struct view *v)
{
	struct accreditation a;
	struct ui_form f;

	TRY(step_new_form(v, &a, &f));
	return ui_form_save(v, &f, draw_step_form);
}

static int
step_edit_form(struct view *v, struct accreditation *a, struct ui_form *f)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &accreditation_kind, id, a));
	*f = (struct ui_form){ .kind = &accreditation_kind,
		.rec = a,
		.path = v->path,
		.fields = step_fields,
		.cancel = body_path(v, a->body) };
	return RC_OK;
}

static int
step_edit_page(struct view *v)
{
	struct accreditation a;
	struct ui_form f;

	TRY(step_edit_form(v, &a, &f));
	return draw_step_form(v, &f);
}

static int
step_edit_post(struct view *v)
{
	struct accreditation a;
	struct ui_form f;

	TRY(step_edit_form(v, &a, &f));
	return ui_form_save(v, &f, draw_step_form);
}

/* A step stands on the page of its body. */
static int
step_page(struct view *v)
{
	struct accreditation a;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &accreditation_kind, id, &a));
	return ui_done(
	    v, arena_printf(v->cx->arena, "%s#accreditation", body_path(v, a.body)), NULL);
}

/* ---- groups ---- */

static int
group_add_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct body_group g;
	const char *s = typed_text(v, "ethnic_group");
	int64_t id;
	int rc;

	TRY(req_param_id(v->rq, 0, &id));
	kind_empty(&body_group_kind, &g);
	g.body = id;
	if (s != NULL)
		field_parse(cx, kind_field(&body_group_kind, "ethnic_group"), s, cx->lang, &g);
	rc = fields_rc(cx);
	if (rc == RC_OK)
		rc = kind_insert(cx, &body_group_kind, &g);
	if (was_refused(v, rc))
		return draw_body_page(v, id);
	TRY(rc);
	return ui_done(v, arena_printf(cx->arena, "%s#groups", body_path(v, id)), tr(cx, "Saved."));
}

static int
group_remove_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct body_group g;
	int64_t body, id;

	TRY(req_param_id(v->rq, 0, &body));
	TRY(req_param_id(v->rq, 1, &id));
	TRY(kind_get(cx, &body_group_kind, id, &g));
	if (g.body != body)
		return RC_NOTFOUND;
	TRY(body_group_remove(cx, id));
	return ui_done(
	    v, arena_printf(cx->arena, "%s#groups", body_path(v, body)), tr(cx, "Taken out."));
}

const struct route registry_body_edit_routes[] = {
	{ M_GET, "/bodies/new", new_page, CAP_BODY_WRITE, 0, N_("New body"),
	    N_("A council, a club, an association, a branch …") },
	{ M_POST, "/bodies/new", new_post, CAP_BODY_WRITE, 0, N_("New body"), NULL },
	{ M_GET, "/bodies/{id}/edit", edit_page, CAP_BODY_WRITE, 0, N_("Edit the body"), NULL },
	{ M_POST, "/bodies/{id}/edit", edit_post, CAP_BODY_WRITE, 0, N_("Edit the body"), NULL },
	{ M_GET, "/bodies/{id}/rename", rename_page, CAP_BODY_WRITE, 0, N_("Rename the body"),
	    NULL },
	{ M_POST, "/bodies/{id}/rename", rename_post, CAP_BODY_WRITE, 0, N_("Rename the body"),
	    NULL },
	{ M_GET, "/bodies/{id}/accreditations/new", step_new_page, CAP_BODY_WRITE, 0,
	    N_("New step of accreditation"), NULL },
	{ M_POST, "/bodies/{id}/accreditations/new", step_new_post, CAP_BODY_WRITE, 0,
	    N_("New step of accreditation"), NULL },
	{ M_GET, "/accreditations/{id}", step_page, CAP_PUBLIC, 0, N_("A step of accreditation"),
	    NULL },
	{ M_GET, "/accreditations/{id}/edit", step_edit_page, CAP_BODY_WRITE, 0,
	    N_("Edit the step of accreditation"), NULL },
	{ M_POST, "/accreditations/{id}/edit", step_edit_post, CAP_BODY_WRITE, 0,
	    N_("Edit the step of accreditation"), NULL },
	{ M_POST, "/bodies/{id}/groups", group_add_post, CAP_BODY_WRITE, 0,
	    N_("Add an ethnic group"), NULL },
	{ M_POST, "/bodies/{id}/groups/{group}/remove", group_remove_post, CAP_BODY_WRITE, 0,
	    N_("Take out an ethnic group"), NULL },
};
const size_t registry_body_edit_nroutes = ARRAY_LEN(registry_body_edit_routes);
