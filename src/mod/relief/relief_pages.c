/* relief_pages.c – the list of headquarters, opening one, what it is made of (area, places).
 *
 * After the opening its page leads through what follows: districts, halls as places, the call list. */
#include "mod/relief/relief_pages.h"

#include <string.h>

/* ---- shared ---- */

const char *
relief_path(struct view *v, int64_t headquarters, const char *tail)
{
	return arena_printf(v->cx->arena, "/relief/%lld%s", (long long)headquarters, tail);
}

int
relief_of_path(struct view *v, struct headquarters *out)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, &headquarters_kind, id, out);
}

void
relief_field_error(struct view *v, const char *name)
{
	const struct field_error *e;

	for (e = v->cx->err.fields; e != NULL; e = e->next)
		if (strcmp(e->field, name) == 0)
			html(&v->h, "<span class='err' id='f-%s-e'>%s</span>", name, e->text);
}

static const struct {
	const char *tail, *label;
	enum cap cap;
} ways[] = {
	{ "", N_("Board"), CAP_RELIEF_READ },
	{ "/desk", N_("New need"), CAP_RELIEF_WRITE },
	{ "/needs", N_("List"), CAP_RELIEF_READ },
	{ "/waybills", N_("Waybills"), CAP_RELIEF_READ },
	{ "/centres", N_("Centres"), CAP_RELIEF_READ },
	{ "/arrivals", N_("Arrivals"), CAP_RELIEF_WRITE },
	{ "/kitchens", N_("Kitchens"), CAP_RELIEF_READ },
	{ "/log", N_("Log"), CAP_RELIEF_WRITE },
	{ "/duties", N_("Duty"), CAP_RELIEF_WRITE },
	{ "/calls", N_("Call list"), CAP_RELIEF_WRITE },
	{ "/shifts", N_("Shifts"), CAP_RELIEF_READ },
	{ "/reports", N_("Reports"), CAP_RELIEF_READ },
	{ "/copies", N_("Copies"), CAP_RELIEF_OPEN },
	{ "/about", N_("About"), CAP_RELIEF_READ },
	{ "/wall", N_("Wall"), CAP_RELIEF_READ },
};

void
relief_open(struct view *v, const struct headquarters *h, const char *title, const char *here)
{
	struct ctx *cx = v->cx;
	const char *name = kind_title(cx, &headquarters_kind, h);
	size_t i;

	ui_open(
	    v, &(struct page){ .title = title == NULL ? name : title,
		   .nav = "/relief",
		   .staff = true,
		   .wide = true,
		   .crumbs = (const struct crumb[]){ { "/relief", tr(cx, "Relief headquarters") },
		       { title == NULL ? NULL : relief_path(v, h->rec.id, ""), name },
		       { NULL, title }, { NULL, NULL } } });
	html(&v->h, "<nav class='chips' aria-label='%s'>", tr(cx, "Pages of the headquarters"));
	for (i = 0; i < ARRAY_LEN(ways); i++) {
		if (!may(cx, ways[i].cap) ||
		    (strcmp(ways[i].tail, "/desk") == 0 && strcmp(h->state, "open") != 0))
			continue;
		html(&v->h, "<a class='chip' href='%s'",
		    ui_path(v, relief_path(v, h->rec.id, ways[i].tail)));
		if (here != NULL && strcmp(here, ways[i].tail) == 0)
			html(&v->h, " aria-current='page'");
		html(&v->h, ">%s</a>", tr(cx, ways[i].label));
	}
	html(&v->h, "</nav>");
	if (strcmp(h->state, "closed") == 0)
		ui_note(v, '-',
		    trf(cx, "Closed on %s: %s", day_text(cx, h->closed_on), h->close_reason));
}

/* ---- the list ---- */

static void
state_mark(struct view *v, const char *code)
{
	ui_state(v, strcmp(code, "open") == 0 ? 'w' : '-',
	    option_label(v->cx, headquarters_states, code));
}

static int
list_page(struct view *v)
{
	static const char *const columns[] = { "name", "emergency", "opened_on", "state", NULL };
	struct ctx *cx = v->cx;
	struct ui_list l = { .kind = &headquarters_kind,
		.path = "/relief",
		.columns = columns,
		.sort = "-opened_on",
		.state = "state",
		.draw_state = state_mark };

	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	ui_open(v, &(struct page){
		       .title = tr(cx, "Relief headquarters"), .nav = "/relief", .staff = true });
	html(&v->h, "<p class='acts'>");
	if (may(cx, CAP_RELIEF_OPEN))
		ui_button(v, ui_url(v, "/relief/new"), tr(cx, "Open a headquarters"), true);
	if (may(cx, CAP_RELIEF_WRITE))
		ui_button(v, ui_url(v, "/relief/offers"), tr(cx, "Who can help"), false);
	html(&v->h, "</p>");
	TRY(ui_list_page(v, &l));
	ui_close(v);
	return RC_OK;
}

/* ---- opening and changing ---- */

static const char *const head_fields[] = { "name", "emergency", "opened_on", "act", "chief",
	"hotline", "hall", "body", "code", "note", NULL };

static int
draw_head_form(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;

	if (f->create) {
		ui_open(v, &(struct page){ .title = tr(cx, "Open a headquarters"),
			       .nav = "/relief",
			       .staff = true,
			       .crumbs = (const struct crumb[]){
				   { "/relief", tr(cx, "Relief headquarters") },
				   { NULL, tr(cx, "Open a headquarters") }, { NULL, NULL } } });
		html(&v->h, "<p class='prose'>%s</p>",
		    tr(cx, "The members become its call list, halls its places, the stock its "
			   "stock; a log begins in which nothing can be changed."));
	} else
		relief_open(v, f->rec, tr(cx, "Change the headquarters"), NULL);
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

/* "flood-2024", or with a number behind it where the year had one already. */
static int
free_code(struct ctx *cx, const char **out)
{
	const char *first = arena_printf(cx->arena, "flood-%d", day_year(cx->today));
	int64_t taken = 1;
	int i;

	*out = first;
	for (i = 2; taken > 0 && i < 100; i++) {
		TRY(db_int(cx, &taken, "SELECT count(*) FROM headquarters WHERE code = $1",
		    VALS(v_text(*out))));
		if (taken > 0)
			*out = arena_printf(cx->arena, "%s-%d", first, i);
	}
	return RC_OK;
}

static int
new_form(struct view *v, struct headquarters *h, struct ui_form *f)
{
	kind_empty(&headquarters_kind, h);
	h->opened_on = v->cx->today;
	TRY(free_code(v->cx, &h->code));
	*f = (struct ui_form){ .kind = &headquarters_kind,
		.rec = h,
		.create = true,
		.path = "/relief/new",
		.fields = head_fields,
		.submit = tr(v->cx, "Open"),
		.cancel = "/relief" };
	return RC_OK;
}

static int
new_page(struct view *v)
{
	struct headquarters h;
	struct ui_form f;

	TRY(new_form(v, &h, &f));
	return draw_head_form(v, &f);
}

static int
new_post(struct view *v)
{
	struct headquarters h;
	struct ui_form f;

	TRY(new_form(v, &h, &f));
	return ui_form_save(v, &f, draw_head_form);
}

static int
edit_form(struct view *v, struct headquarters *h, struct ui_form *f)
{
	TRY(relief_of_path(v, h));
	*f = (struct ui_form){ .kind = &headquarters_kind,
		.rec = h,
		.path = relief_path(v, h->rec.id, "/edit"),
		.fields = head_fields,
		.cancel = relief_path(v, h->rec.id, "/about") };
	return RC_OK;
}

static int
edit_page(struct view *v)
{
	struct headquarters h;
	struct ui_form f;

	TRY(edit_form(v, &h, &f));
	return draw_head_form(v, &f);
}

static int
edit_post(struct view *v)
{
	struct headquarters h;
	struct ui_form f;

	TRY(edit_form(v, &h, &f));
	return ui_form_save(v, &f, draw_head_form);
}

/* ---- what it is made of ---- */

static int
draw_area(struct view *v, const struct headquarters *h, bool change)
{
	struct ctx *cx = v->cx;
	struct area_row *a;
	size_t n, i;

	TRY(reads_area(cx, h->rec.id, &a, &n));
	ui_section_open(v, "area", tr(cx, "Area"), NULL);
	if (!change) {
		html(&v->h, "<ul>");
		for (i = 0; i < n; i++)
			if (a[i].in)
				html(&v->h, "<li>%s</li>", a[i].name);
		html(&v->h, "</ul>");
		ui_section_close(v);
		return RC_OK;
	}
	ui_form_begin(v, relief_path(v, h->rec.id, "/area"), false);
	html(&v->h, "<fieldset class='ticks'><legend class='vh'>%s</legend>", tr(cx, "Area"));
	for (i = 0; i < n; i++) {
		html(&v->h, "<label class='tick'><input type='checkbox' name='d%lld' value='1'",
		    (long long)a[i].district);
		html(&v->h, a[i].in ? " checked> %s</label>" : "> %s</label>", a[i].name);
	}
	html(&v->h, "</fieldset><p class='acts'><button type='submit' class='btn'>%s</button></p>",
	    tr(cx, "Save the area"));
	ui_form_end(v);
	ui_section_close(v);
	return RC_OK;
}

static void
draw_place(struct view *v, const struct place_row *p)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<tr><th scope='row'><a href='%s'>%s</a></th><td data-l='%s'>%s</td>",
	    ui_url(v, "/relief/places/%lld", (long long)p->p.rec.id),
	    kind_title(cx, &relief_place_kind, &p->p), tr(cx, "Used as"),
	    option_label(cx, relief_purposes, p->p.purpose));
	html(&v->h, "<td data-l='%s'>%s%s%s</td><td class='r num' data-l='%s'>%s</td></tr>",
	    tr(cx, "Address"), p->district,
	    *p->district != '\0' && p->p.address != NULL ? ", " : "",
	    p->p.address == NULL ? "" : p->p.address, tr(cx, "Capacity"),
	    p->p.capacity == INT_NONE ? tr(cx, "not known") : num(cx, p->p.capacity));
}

static void
draw_place_table(struct view *v, const struct place_row *p, size_t n)
{
	struct ctx *cx = v->cx;
	size_t i;

	html(&v->h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th scope='col' "
	    "class='r'>%s</th></tr></thead><tbody>",
	    tr(cx, "Places"), tr(cx, "Name"), tr(cx, "Used as"), tr(cx, "Address"),
	    tr(cx, "Capacity"));
	for (i = 0; i < n; i++)
		draw_place(v, &p[i]);
	html(&v->h, "</tbody></table></div>");
}

/* Each hall with a choice of what it becomes; those left at "—" stay what they are. */
static int
draw_halls(struct view *v, const struct headquarters *h)
{
	struct ctx *cx = v->cx;
	struct hall_row *a;
	size_t n, i;
	int o;

	TRY(reads_free_halls(cx, h->rec.id, &a, &n));
	if (n == 0)
		return RC_OK;
	html(&v->h, "<details><summary class='btn'>%s</summary>", tr(cx, "Halls as places"));
	ui_form_begin(v, relief_path(v, h->rec.id, "/places/halls"), false);
	html(&v->h, "<div class='flow'>");
	for (i = 0; i < n; i++) {
		html(&v->h,
		    "<div class='fld'><label for='f-h%lld'>%s</label><span "
		    "class='hint'>%s%s%s</span>"
		    "<select id='f-h%lld' name='h%lld'><option value=''>—</option>",
		    (long long)a[i].id, a[i].name, a[i].body,
		    a[i].capacity == INT_NONE ? "" : " · ",
		    a[i].capacity == INT_NONE
			? ""
			: trn(cx, a[i].capacity, "%s seat", "%s seats", num(cx, a[i].capacity)),
		    (long long)a[i].id, (long long)a[i].id);
		for (o = 0; relief_purposes[o].code != NULL; o++)
			html(&v->h, "<option value='%s'>%s</option>", relief_purposes[o].code,
			    tr(cx, relief_purposes[o].label));
		html(&v->h, "</select></div>");
	}
	html(&v->h, "<p class='acts'><button type='submit' class='btn go'>%s</button></p></div>",
	    tr(cx, "Make places of them"));
	ui_form_end(v);
	html(&v->h, "</details>");
	return RC_OK;
}

static int
draw_places(struct view *v, const struct headquarters *h, bool change)
{
	struct ctx *cx = v->cx;
	struct place_row *p;
	size_t n;

	TRY(reads_places(cx, h->rec.id, &p, &n));
	ui_section_open(v, "places", tr(cx, "Places"), NULL);
	if (n == 0)
		html(&v->h, "<p class='mute'>%s</p>",
		    tr(cx, "None yet: a collection point, a kitchen, a centre, a store."));
	else
		draw_place_table(v, p, n);
	if (change) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/relief/%lld/places/new", (long long)h->rec.id),
		    tr(cx, "Add a place"), false);
		html(&v->h, "</p>");
		TRY(draw_halls(v, h));
	}
	ui_section_close(v);
	return RC_OK;
}

/* Who opened the data of families: for the auditor and the head. */
static int
draw_reads(struct view *v, const struct headquarters *h)
{
	struct ctx *cx = v->cx;
	struct family_read_row *f;
	size_t n, i;

	if (!may(cx, CAP_AUDIT_READ) && !may(cx, CAP_RELIEF_OPEN))
		return RC_OK;
	TRY(reads_family_reads(cx, h->rec.id, &f, &n));
	ui_section_open(v, "reads", tr(cx, "Who opened the data of families"), NULL);
	if (n == 0)
		html(&v->h, "<p class='mute'>%s</p>", tr(cx, "Nobody yet."));
	html(&v->h, "<ul>");
	for (i = 0; i < n; i++)
		html(&v->h, "<li>%s · %s · %s</li>", day_text(cx, f[i].day), f[i].who,
		    trn(cx, f[i].families, "%s family", "%s families", num(cx, f[i].families)));
	html(&v->h, "</ul>");
	ui_section_close(v);
	return RC_OK;
}

static int
draw_about(struct view *v, const struct headquarters *h)
{
	struct ctx *cx = v->cx;
	bool change = may(cx, CAP_RELIEF_WRITE) && strcmp(h->state, "open") == 0;

	relief_open(v, h, tr(cx, "About"), "/about");
	ui_refusals(v, "f-");
	TRY(ui_facts(v, &headquarters_kind, h));
	if (change) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/relief/%lld/edit", (long long)h->rec.id), tr(cx, "Change"),
		    false);
		if (may(cx, CAP_RELIEF_OPEN))
			ui_button(v, ui_url(v, "/relief/%lld/close", (long long)h->rec.id),
			    tr(cx, "Close the headquarters"), false);
		html(&v->h, "</p>");
	}
	TRY(draw_area(v, h, change));
	TRY(draw_places(v, h, change));
	TRY(draw_reads(v, h));
	TRY(ui_history(v, &headquarters_kind, h->rec.id));
	ui_close(v);
	return RC_OK;
}

static int
about_page(struct view *v)
{
	struct headquarters h;

	TRY(relief_of_path(v, &h));
	return draw_about(v, &h);
}

static int
area_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct headquarters h;
	struct area_row *a;
	int64_t in[64];
	size_t n, i, m = 0;

	TRY(relief_of_path(v, &h));
	TRY(reads_area(cx, h.rec.id, &a, &n));
	for (i = 0; i < n; i++)
		if (req_f(v->rq, arena_printf(cx->arena, "d%lld", (long long)a[i].district)) !=
		    NULL)
			in[m++] = a[i].district;
	TRY(headquarters_area(cx, h.rec.id, in, m));
	return ui_done(v, relief_path(v, h.rec.id, "/about"), tr(cx, "Saved."));
}

/* ---- places ---- */

static const char *const place_fields[] = { "name", "purpose", "code", "hall", "district",
	"address", "capacity", "services", "hours", "contact", "phone", "closed_on", NULL };

static int
draw_place_form(struct view *v, struct ui_form *f)
{
	const struct relief_place *p = f->rec;
	struct headquarters h;

	TRY(kind_get(v->cx, &headquarters_kind, p->headquarters, &h));
	relief_open(
	    v, &h, f->create ? tr(v->cx, "New place") : tr(v->cx, "Change the place"), NULL);
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static int
place_new_form(struct view *v, struct relief_place *p, struct ui_form *f)
{
	struct headquarters h;

	TRY(relief_of_path(v, &h));
	kind_empty(&relief_place_kind, p);
	p->headquarters = h.rec.id;
	*f = (struct ui_form){ .kind = &relief_place_kind,
		.rec = p,
		.create = true,
		.path = relief_path(v, h.rec.id, "/places/new"),
		.fields = place_fields,
		.cancel = relief_path(v, h.rec.id, "/about") };
	return RC_OK;
}

static int
place_new_page(struct view *v)
{
	struct relief_place p;
	struct ui_form f;

	TRY(place_new_form(v, &p, &f));
	return draw_place_form(v, &f);
}

static int
place_new_post(struct view *v)
{
	struct relief_place p;
	struct ui_form f;

	TRY(place_new_form(v, &p, &f));
	return ui_form_save(v, &f, draw_place_form);
}

static int
place_of_path(struct view *v, struct relief_place *p)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, &relief_place_kind, id, p);
}

static int
place_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct headquarters h;
	struct relief_place p;

	TRY(place_of_path(v, &p));
	TRY(kind_get(cx, &headquarters_kind, p.headquarters, &h));
	relief_open(v, &h, kind_title(cx, &relief_place_kind, &p), NULL);
	TRY(ui_facts(v, &relief_place_kind, &p));
	html(&v->h, "<p class='acts'>");
	if (may(cx, CAP_STOCK_READ))
		ui_button(v, ui_url(v, "/stock?account=%s", p.code), tr(cx, "Stock"), false);
	if (may(cx, CAP_RELIEF_WRITE) && strcmp(h.state, "open") == 0)
		ui_button(v, ui_url(v, "/relief/places/%lld/edit", (long long)p.rec.id),
		    tr(cx, "Change"), false);
	html(&v->h, "</p>");
	TRY(ui_history(v, &relief_place_kind, p.rec.id));
	ui_close(v);
	return RC_OK;
}

static int
place_edit_form(struct view *v, struct relief_place *p, struct ui_form *f)
{
	TRY(place_of_path(v, p));
	*f = (struct ui_form){ .kind = &relief_place_kind,
		.rec = p,
		.path =
		    arena_printf(v->cx->arena, "/relief/places/%lld/edit", (long long)p->rec.id),
		.fields = place_fields,
		.cancel = arena_printf(v->cx->arena, "/relief/places/%lld", (long long)p->rec.id) };
	return RC_OK;
}

static int
place_edit_page(struct view *v)
{
	struct relief_place p;
	struct ui_form f;

	TRY(place_edit_form(v, &p, &f));
	return draw_place_form(v, &f);
}

static int
place_edit_post(struct view *v)
{
	struct relief_place p;
	struct ui_form f;

	TRY(place_edit_form(v, &p, &f));
	return ui_form_save(v, &f, draw_place_form);
}

static int
place_of_hall(struct view *v, const struct headquarters *h, int64_t hall, const char *purpose)
{
	struct ctx *cx = v->cx;
	struct relief_place p;
	struct hall r;

	TRY(kind_get(cx, &hall_kind, hall, &r));
	kind_empty(&relief_place_kind, &p);
	p.headquarters = h->rec.id;
	p.code = arena_printf(cx->arena, "%.20s-h%lld", h->code, (long long)hall);
	p.name = r.name;
	p.purpose = purpose;
	p.hall = hall;
	p.capacity = r.capacity;
	return kind_insert(cx, &relief_place_kind, &p);
}

static int
halls_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct headquarters h;
	struct hall_row *a;
	size_t n, i;

	TRY(relief_of_path(v, &h));
	TRY(reads_free_halls(cx, h.rec.id, &a, &n));
	for (i = 0; i < n; i++) {
		const char *use =
		    req_f(v->rq, arena_printf(cx->arena, "h%lld", (long long)a[i].id));

		if (use != NULL && *use != '\0')
			TRY(place_of_hall(v, &h, a[i].id, use));
	}
	return ui_done(v, relief_path(v, h.rec.id, "/about"), tr(cx, "Saved."));
}

const struct route relief_routes[] = {
	{ M_GET, "/relief", list_page, CAP_RELIEF_READ, 0, N_("Relief headquarters"),
	    N_("Every headquarters, open or closed.") },
	{ M_GET, "/relief/new", new_page, CAP_RELIEF_OPEN, 0, N_("Open a headquarters"), NULL },
	{ M_POST, "/relief/new", new_post, CAP_RELIEF_OPEN, 0, N_("Open a headquarters"), NULL },
	{ M_GET, "/relief/{id}/about", about_page, CAP_RELIEF_READ, 0, N_("About a headquarters"),
	    N_("Its act, chief, area and places.") },
	{ M_GET, "/relief/{id}/edit", edit_page, CAP_RELIEF_WRITE, 0, N_("Change the headquarters"),
	    NULL },
	{ M_POST, "/relief/{id}/edit", edit_post, CAP_RELIEF_WRITE, 0,
	    N_("Change the headquarters"), NULL },
	{ M_POST, "/relief/{id}/area", area_post, CAP_RELIEF_WRITE, 0, N_("Save the area"), NULL },
	{ M_GET, "/relief/{id}/places/new", place_new_page, CAP_RELIEF_WRITE, 0, N_("New place"),
	    NULL },
	{ M_POST, "/relief/{id}/places/new", place_new_post, CAP_RELIEF_WRITE, 0, N_("New place"),
	    NULL },
	{ M_POST, "/relief/{id}/places/halls", halls_post, CAP_RELIEF_WRITE, 0,
	    N_("Halls as places"), NULL },
	{ M_GET, "/relief/places/{id}", place_page, CAP_RELIEF_READ, 0,
	    N_("Place of a headquarters"), NULL },
	{ M_GET, "/relief/places/{id}/edit", place_edit_page, CAP_RELIEF_WRITE, 0,
	    N_("Change the place"), NULL },
	{ M_POST, "/relief/places/{id}/edit", place_edit_post, CAP_RELIEF_WRITE, 0,
	    N_("Change the place"), NULL },
};
const size_t relief_nroutes = ARRAY_LEN(relief_routes);
