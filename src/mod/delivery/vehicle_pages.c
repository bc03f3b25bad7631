/* vehicle_pages.c – the vehicles that carry help: list, one with what lies on it, new, change. */
#include "mod/delivery/delivery_pages.h"

static const char *const fields[] = { "plate", "type", "capacity_kg", "body", "person", "company",
	"driver", "note", NULL };
static const char *const edit_fields[] = { "plate", "type", "capacity_kg", "body", "person",
	"company", "driver", "closed_on", "note", NULL };

static void
frame(struct view *v, const char *title)
{
	struct ctx *cx = v->cx;

	ui_open(
	    v, &(struct page){ .title = title == NULL ? tr(cx, "Vehicles") : title,
		   .nav = "/relief",
		   .staff = true,
		   .crumbs = (const struct crumb[]){ { "/relief", tr(cx, "Relief headquarters") },
		       { title == NULL ? NULL : "/vehicles", tr(cx, "Vehicles") }, { NULL, title },
		       { NULL, NULL } } });
}

static int
list_page(struct view *v)
{
	static const char *const columns[] = { "plate", "type", "capacity_kg", "driver", NULL };
	struct ui_list l = {
		.kind = &vehicle_kind, .path = "/vehicles", .columns = columns, .sort = "title"
	};

	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	frame(v, NULL);
	if (may(v->cx, CAP_RELIEF_WRITE)) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/vehicles/new"), tr(v->cx, "New vehicle"), true);
		html(&v->h, "</p>");
	}
	TRY(ui_list_page(v, &l));
	ui_close(v);
	return RC_OK;
}

static int
draw_form(struct view *v, struct ui_form *f)
{
	frame(v, f->create ? tr(v->cx, "New vehicle") : tr(v->cx, "Change the vehicle"));
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static void
new_form(struct view *v, struct vehicle *c, struct ui_form *f)
{
	(void)v;
	kind_empty(&vehicle_kind, c);
	*f = (struct ui_form){ .kind = &vehicle_kind,
		.rec = c,
		.create = true,
		.path = "/vehicles/new",
		.fields = fields,
		.cancel = "/vehicles" };
}

static int
new_page(struct view *v)
{
	struct vehicle c;
	struct ui_form f;

	new_form(v, &c, &f);
	return draw_form(v, &f);
}

static int
new_post(struct view *v)
{
	struct vehicle c;
	struct ui_form f;

	new_form(v, &c, &f);
	return ui_form_save(v, &f, draw_form);
}

static int
of_path(struct view *v, struct vehicle *c)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, &vehicle_kind, id, c);
}

static const char *
path_of(struct view *v, const struct vehicle *c, const char *tail)
{
	return arena_printf(v->cx->arena, "/vehicles/%lld%s", (long long)c->rec.id, tail);
}

static int
edit_form(struct view *v, struct vehicle *c, struct ui_form *f)
{
	TRY(of_path(v, c));
	*f = (struct ui_form){ .kind = &vehicle_kind,
		.rec = c,
		.path = path_of(v, c, "/edit"),
		.fields = edit_fields,
		.cancel = path_of(v, c, "") };
	return RC_OK;
}

static int
edit_page(struct view *v)
{
	struct vehicle c;
	struct ui_form f;

	TRY(edit_form(v, &c, &f));
	return draw_form(v, &f);
}

static int
edit_post(struct view *v)
{
	struct vehicle c;
	struct ui_form f;

	TRY(edit_form(v, &c, &f));
	return ui_form_save(v, &f, draw_form);
}

/* What lies on it is the balance of its account. */
static int
draw_on_it(struct view *v, const struct vehicle *c)
{
	struct ctx *cx = v->cx;
	struct stock_account a;
	struct stock_row *r;
	size_t n, i;

	if (!may(cx, CAP_STOCK_READ))
		return RC_OK;
	TRY(vehicle_account(cx, c->rec.id, &a));
	TRY(stock_at(cx, a.rec.id, 0, 0, &r, &n));
	ui_section_open(v, "on-it", tr(cx, "On the vehicle now"), NULL);
	if (n == 0)
		html(&v->h, "<p class='mute'>%s</p>", tr(cx, "Nothing."));
	html(&v->h, "<ul>");
	for (i = 0; i < n; i++) {
		const char *text;

		TRY(delivery_line_text(
		    cx, &(struct delivery_line){ r[i].item, r[i].lot, r[i].quantity }, &text));
		html(&v->h, "<li>%s</li>", text);
	}
	html(&v->h, "</ul><p><a href='%s'>%s</a></p>", ui_url(v, "/stock?account=%s", a.code),
	    tr(cx, "Its account in the stock"));
	ui_section_close(v);
	return RC_OK;
}

static int
one_page(struct view *v)
{
	struct vehicle c, shown;

	TRY(of_path(v, &c));
	frame(v, c.plate);
	shown = c;
	shown.driver = 0;
	TRY(delivery_account(v, tr(v->cx, "Usual driver"), c.driver));
	TRY(ui_facts(v, &vehicle_kind, &shown));
	if (may(v->cx, CAP_RELIEF_WRITE)) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/vehicles/%lld/edit", (long long)c.rec.id),
		    tr(v->cx, "Change"), false);
		html(&v->h, "</p>");
	}
	TRY(draw_on_it(v, &c));
	TRY(ui_history(v, &vehicle_kind, c.rec.id));
	ui_close(v);
	return RC_OK;
}

const struct route vehicle_routes[] = {
	{ M_GET, "/vehicles", list_page, CAP_RELIEF_READ, 0, N_("Vehicles"),
	    N_("What carries help, whose it is, who drives it.") },
	{ M_GET, "/vehicles/new", new_page, CAP_RELIEF_WRITE, 0, N_("New vehicle"), NULL },
	{ M_POST, "/vehicles/new", new_post, CAP_RELIEF_WRITE, 0, N_("New vehicle"), NULL },
	{ M_GET, "/vehicles/{id}", one_page, CAP_RELIEF_READ, 0, N_("Vehicle"),
	    N_("With what lies on it now.") },
	{ M_GET, "/vehicles/{id}/edit", edit_page, CAP_RELIEF_WRITE, 0, N_("Change the vehicle"),
	    NULL },
	{ M_POST, "/vehicles/{id}/edit", edit_post, CAP_RELIEF_WRITE, 0, N_("Change the vehicle"),
	    NULL },
};
const size_t vehicle_nroutes = ARRAY_LEN(vehicle_routes);
