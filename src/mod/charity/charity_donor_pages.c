/* charity_donor_pages.c – donors: the list, one with what was promised and what came, made and changed. A sealed name
 * or telephone is shown one at a time, and that is recorded. */
#include "mod/charity/charity_pages.h"

#include <string.h>

static const char *const edit_fields[] = { "name", "company", "bin", "phone", "named", "account",
	"note", NULL };

static int
list_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct ui_list l = { .kind = &donor_kind, .path = "/charity/donors", .sort = "title" };

	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	charity_frame(v, NULL, NULL, tr(cx, "Donors"));
	if (may(cx, CAP_STOCK_WRITE)) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/charity/donors/new"), tr(cx, "New donor"), true);
		html(&v->h, "</p>");
	}
	TRY(ui_list_page(v, &l));
	ui_close(v);
	return RC_OK;
}

static int
draw_form(struct view *v, struct ui_form *f)
{
	charity_frame(v, "/charity/donors", tr(v->cx, "Donors"),
	    f->create ? tr(v->cx, "New donor") : tr(v->cx, "Change the donor"));
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static void
new_form(struct donor *d, struct ui_form *f)
{
	kind_empty(&donor_kind, d);
	*f = (struct ui_form){ .kind = &donor_kind,
		.rec = d,
		.create = true,
		.path = "/charity/donors/new",
		.cancel = "/charity/donors" };
}

static int
new_page(struct view *v)
{
	struct donor d;
	struct ui_form f;

	new_form(&d, &f);
	return draw_form(v, &f);
}

static int
new_post(struct view *v)
{
	struct donor d;
	struct ui_form f;

	new_form(&d, &f);
	return ui_form_save(v, &f, draw_form);
}

static int
donor_of(struct view *v, struct donor *d)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, &donor_kind, id, d);
}

static int
edit_form(struct view *v, struct donor *d, struct ui_form *f)
{
	TRY(donor_of(v, d));
	*f = (struct ui_form){ .kind = &donor_kind,
		.rec = d,
		.fields = edit_fields,
		.path = charity_path(v, "/charity/donors/%lld/edit", (long long)d->rec.id),
		.cancel = charity_path(v, "/charity/donors/%lld", (long long)d->rec.id) };
	return RC_OK;
}

static int
edit_page(struct view *v)
{
	struct donor d;
	struct ui_form f;

	TRY(edit_form(v, &d, &f));
	return draw_form(v, &f);
}

static int
edit_post(struct view *v)
{
	struct donor d;
	struct ui_form f;

	TRY(edit_form(v, &d, &f));
	return ui_form_save(v, &f, draw_form);
}

/* ---- one ---- */

static const char *
title_of(struct ctx *cx, const struct donor *d)
{
	return d->code == NULL ? tr(cx, "Donor")
			       : trf(cx, "Donor %s", kind_title(cx, &donor_kind, d));
}

static int
draw_one(struct view *v, const struct donor *d, const char *shown)
{
	struct ctx *cx = v->cx;
	long long id = (long long)d->rec.id;

	charity_frame(v, "/charity/donors", tr(cx, "Donors"), title_of(cx, d));
	if (shown != NULL)
		html(&v->h, "<p class='note wait' role='status'><strong>%s</strong>. %s</p>", shown,
		    tr(cx, "That you saw it is on record."));
	ui_section_open(v, "facts", tr(cx, "Facts"), NULL);
	TRY(ui_facts(v, &donor_kind, d));
	html(&v->h, "<p class='acts'>");
	if (may(cx, CAP_STOCK_WRITE) && d->code != NULL) {
		ui_button(v, ui_url(v, "/charity/receipts/new?donor=%lld", id),
		    tr(cx, "Receive a donation"), true);
		ui_button(v, ui_url(v, "/charity/pledges/new?donor=%lld", id), tr(cx, "New pledge"),
		    false);
		ui_button(v, ui_url(v, "/charity/donors/%lld/edit", id), tr(cx, "Change"), false);
	}
	ui_button(v, ui_url(v, "/charity/receipts?donor=%lld", id), tr(cx, "Receipts"), false);
	ui_button(v, ui_url(v, "/charity/pledges?donor=%lld", id), tr(cx, "Pledges"), false);
	html(&v->h, "</p>");
	ui_section_close(v);
	TRY(ui_history(v, &donor_kind, d->rec.id));
	ui_close(v);
	return RC_OK;
}

static int
one_page(struct view *v)
{
	struct donor d;

	TRY(donor_of(v, &d));
	TRY(sensitive_open(v->cx, &donor_kind, &d, "page"));
	return draw_one(v, &d, NULL);
}

static int
show_post(struct view *v)
{
	const char *field = charity_typed(v, "field"), *value;
	struct donor d;

	TRY(donor_of(v, &d));
	if (strcmp(field, "name") != 0 && strcmp(field, "phone") != 0)
		return RC_NOTFOUND;
	TRY(kind_unseal(v->cx, &donor_kind, d.rec.id, field, &value));
	return value == NULL ? RC_NOTFOUND : draw_one(v, &d, value);
}

const struct route charity_donor_routes[] = {
	{ M_GET, "/charity/donors", list_page, CAP_STOCK_READ, 0, N_("Donors"), NULL },
	{ M_GET, "/charity/donors/new", new_page, CAP_STOCK_WRITE, 0, N_("New donor"), NULL },
	{ M_POST, "/charity/donors/new", new_post, CAP_STOCK_WRITE, 0, N_("New donor"), NULL },
	{ M_GET, "/charity/donors/{id}", one_page, CAP_STOCK_READ, 0, N_("A donor"), NULL },
	{ M_GET, "/charity/donors/{id}/edit", edit_page, CAP_STOCK_WRITE, 0, N_("Change the donor"),
	    NULL },
	{ M_POST, "/charity/donors/{id}/edit", edit_post, CAP_STOCK_WRITE, 0,
	    N_("Change the donor"), NULL },
	{ M_POST, "/charity/donors/{id}/show", show_post, CAP_SEALED_READ, 0,
	    N_("Show a sealed value"), NULL },
};
const size_t charity_donor_nroutes = ARRAY_LEN(charity_donor_routes);
