/* registry_office_pages.c – offices of a body and their holders, one after another. Both stand on the
 * page of the body; here are their forms. */
#include "mod/registry/registry_pages.h"

static const char *const office_fields[] = { "title", "ex_officio", "rank", NULL };
static const char *const holder_fields[] = { "person", "from_day", "document", NULL };

static int
draw_form(struct view *v, struct ui_form *f, int64_t body, const char *title)
{
	struct ctx *cx = v->cx;
	const char *name = "";
	struct crumb crumbs[4] = { { "/bodies", tr(cx, "Bodies") }, { NULL, NULL }, { NULL, NULL },
		{ NULL, NULL } };

	TRY(kind_titles(cx, &body_kind, &body, 1, &name));
	crumbs[1] = (struct crumb){ body_path(v, body), name };
	crumbs[2] = (struct crumb){ NULL, title };
	ui_open(
	    v, &(struct page){ .title = title, .nav = "/bodies", .staff = true, .crumbs = crumbs });
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

/* ---- offices ---- */

static int
draw_office(struct view *v, struct ui_form *f)
{
	return draw_form(v, f, ((const struct office *)f->rec)->body,
	    f->create ? tr(v->cx, "New office") : tr(v->cx, "Edit the office"));
}

static int
office_new_form(struct view *v, struct office *o, struct ui_form *f)
{
	struct body b;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &body_kind, id, &b));
	kind_empty(&office_kind, o);
	o->body = id;
	*f = (struct ui_form){ .kind = &office_kind,
		.rec = o,
		.create = true,
		.path = v->path,
		.fields = office_fields,
		.cancel = body_path(v, id) };
	return RC_OK;
}

static int
office_new_page(struct view *v)
{
	struct office o;
	struct ui_form f;

	TRY(office_new_form(v, &o, &f));
	return draw_office(v, &f);
}

static int
office_new_post(struct view *v)
{
	struct office o;
	struct ui_form f;

	TRY(office_new_form(v, &o, &f));
	return ui_form_save(v, &f, draw_office);
}

static int
office_get(struct view *v, struct office *o)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, &office_kind, id, o);
}

static int
office_edit_form(struct view *v, struct office *o, struct ui_form *f)
{
	TRY(office_get(v, o));
	*f = (struct ui_form){ .kind = &office_kind,
		.rec = o,
		.path = v->path,
		.fields = office_fields,
		.cancel = body_path(v, o->body) };
	return RC_OK;
}

static int
office_edit_page(struct view *v)
{
	struct office o;
	struct ui_form f;

	TRY(office_edit_form(v, &o, &f));
	return draw_office(v, &f);
}

static int
office_edit_post(struct view *v)
{
	struct office o;
	struct ui_form f;

	TRY(office_edit_form(v, &o, &f));
	return ui_form_save(v, &f, draw_office);
}

/* An office stands on the page of its body. */
static int
office_page(struct view *v)
{
	struct office o;

	TRY(office_get(v, &o));
	return ui_done(v,
	    arena_printf(v->cx->arena, "%s#office-%lld", body_path(v, o.body), (long long)o.rec.id),
	    NULL);
}

/* ---- holders ---- */

static int
office_of(struct view *v, const struct office_holder *h, struct office *o)
{
	return kind_get(v->cx, &office_kind, h->office, o);
}

static int
draw_holder(struct view *v, struct ui_form *f)
{
	struct office o;

	TRY(office_of(v, f->rec, &o));
	return draw_form(v, f, o.body, trf(v->cx, "New holder: %s", tr3(v->cx, &o.title, NULL)));
}

static int
holder_new_form(struct view *v, struct office_holder *h, struct ui_form *f)
{
	struct office o;

	TRY(office_get(v, &o));
	kind_empty(&office_holder_kind, h);
	h->office = o.rec.id;
	h->from_day = v->cx->today;
	*f = (struct ui_form){ .kind = &office_holder_kind,
		.rec = h,
		.create = true,
		.path = v->path,
		.fields = holder_fields,
		.cancel = body_path(v, o.body) };
	return RC_OK;
}

static int
holder_new_page(struct view *v)
{
	struct office_holder h;
	struct ui_form f;

	TRY(holder_new_form(v, &h, &f));
	return draw_holder(v, &f);
}

static int
holder_new_post(struct view *v)
{
	struct office_holder h;
	struct ui_form f;

	TRY(holder_new_form(v, &h, &f));
	return ui_form_save(v, &f, draw_holder);
}

static int
holder_get(struct view *v, struct office_holder *h)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, &office_holder_kind, id, h);
}

static int
holder_page(struct view *v)
{
	struct office_holder h;
	struct office o;

	TRY(holder_get(v, &h));
	TRY(office_of(v, &h, &o));
	return ui_done(v, arena_printf(v->cx->arena, "%s#offices", body_path(v, o.body)), NULL);
}

static int
draw_end(struct view *v, struct ui_form *f)
{
	const struct office_holder *h = f->rec;
	struct office o;
	const char *name = "";

	TRY(office_of(v, h, &o));
	TRY(kind_titles(v->cx, &person_kind, &h->person, 1, &name));
	return draw_form(v, f, o.body,
	    trf(v->cx, "End of the office: %s, %s", tr3(v->cx, &o.title, NULL), name));
}

static int
end_form(struct view *v, struct office_holder *h, struct ui_form *f)
{
	struct office o;

	TRY(holder_get(v, h));
	TRY(office_of(v, h, &o));
	*f = (struct ui_form){ .kind = &office_holder_kind,
		.rec = h,
		.path = v->path,
		.fields = end_fields,
		.submit = tr(v->cx, "End"),
		.cancel = body_path(v, o.body) };
	return RC_OK;
}

static int
end_page(struct view *v)
{
	struct office_holder h;
	struct ui_form f;

	TRY(end_form(v, &h, &f));
	if (h.to_day == 0)
		h.to_day = v->cx->today;
	return draw_end(v, &f);
}

static int
end_post(struct view *v)
{
	struct office_holder h;
	struct ui_form f;
	const char *day = req_f(v->rq, "to_day");

	TRY(end_form(v, &h, &f));
	if (day == NULL || day[strspn(day, " ")] == '\0') {
		fail_field(v->cx, "to_day", N_("This field is needed."));
		v->status = 422;
		return draw_end(v, &f);
	}
	return ui_form_save(v, &f, draw_end);
}

const struct route registry_office_routes[] = {
	{ M_GET, "/bodies/{id}/offices/new", office_new_page, CAP_BODY_WRITE, 0, N_("New office"),
	    NULL },
	{ M_POST, "/bodies/{id}/offices/new", office_new_post, CAP_BODY_WRITE, 0, N_("New office"),
	    NULL },
	{ M_GET, "/offices/{id}", office_page, CAP_PUBLIC, 0, N_("An office"), NULL },
	{ M_GET, "/offices/{id}/edit", office_edit_page, CAP_BODY_WRITE, 0, N_("Edit the office"),
	    NULL },
	{ M_POST, "/offices/{id}/edit", office_edit_post, CAP_BODY_WRITE, 0, N_("Edit the office"),
	    NULL },
	{ M_GET, "/offices/{id}/holders/new", holder_new_page, CAP_BODY_WRITE, 0, N_("New holder"),
	    NULL },
	{ M_POST, "/offices/{id}/holders/new", holder_new_post, CAP_BODY_WRITE, 0, N_("New holder"),
	    NULL },
	{ M_GET, "/office_holders/{id}", holder_page, CAP_PEOPLE_READ, 0,
	    N_("A holder of an office"), NULL },
	{ M_GET, "/holders/{id}/end", end_page, CAP_BODY_WRITE, 0, N_("End of an office"), NULL },
	{ M_POST, "/holders/{id}/end", end_post, CAP_BODY_WRITE, 0, N_("End of an office"), NULL },
};
const size_t registry_office_nroutes = ARRAY_LEN(registry_office_routes);
