/* charity_family_pages.c – families that are helped: the list by code, finding one by the whole name, one with what it
 * got and who read it. Names stand in no list, no address and no title; showing one is recorded. RULE charity-5 */
#include "mod/charity/charity_pages.h"

#include <string.h>

static const char *const edit_fields[] = { "name", "body", "district", "people", "children",
	"reason", "phone", "note", NULL };

static void
draw_find(struct view *v)
{
	struct ctx *cx = v->cx;

	ui_form_begin(v, "/charity/families/find", false);
	html(&v->h,
	    "<div class='row noprint'><div class='fld'><label for='f-name'>%s</label><span "
	    "class='hint' id='f-name-h'>%s</span><input type='text' id='f-name' name='name' "
	    "autocomplete='off' aria-describedby='f-name-h' value='%s'></div><p "
	    "class='acts'><button type='submit' class='btn'>%s</button></p></div>",
	    tr(cx, "Is the family registered?"),
	    tr(cx, "The whole name; it is compared and never kept."),
	    v->rq->method == M_POST ? charity_typed(v, "name") : "", tr(cx, "Find"));
	ui_form_end(v);
}

static int
list_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct ui_list l = { .kind = &recipient_kind, .path = "/charity/families" };

	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	charity_frame(v, NULL, NULL, tr(cx, "Families"));
	html(&v->h, "<p class='acts'>");
	ui_button(v, ui_url(v, "/charity/families/new"), tr(cx, "Register a family"), true);
	html(&v->h, "</p>");
	draw_find(v);
	TRY(ui_list_page(v, &l));
	ui_close(v);
	return RC_OK;
}

static int
find_post(struct view *v)
{
	struct ctx *cx = v->cx;
	int64_t *ids;
	size_t n, i;

	TRY(recipient_find(cx, charity_typed(v, "name"), &ids, &n));
	charity_frame(
	    v, "/charity/families", tr(cx, "Families"), tr(cx, "Is the family registered?"));
	draw_find(v);
	if (n == 0) {
		ui_note(v, 'w',
		    tr(cx, "No family under this name. People of the registry are found "
			   "on their own page."));
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/charity/families/new"), tr(cx, "Register a family"), true);
		html(&v->h, "</p>");
	}
	html(&v->h, "<ul>");
	for (i = 0; i < n; i++) {
		struct recipient r;

		TRY(kind_get(cx, &recipient_kind, ids[i], &r));
		html(&v->h,
		    "<li class='task'><p><a href='%s'>%s</a> <span class='mute'>%s</span></p></li>",
		    ui_url(v, "/charity/families/%lld", (long long)ids[i]),
		    trf(cx, "Family %s", charity_code_show(cx->arena, r.code)),
		    recipient_kind.hint(cx, &r));
	}
	html(&v->h, "</ul>");
	ui_close(v);
	return RC_OK;
}

/* ---- made and changed ---- */

static int
draw_form(struct view *v, struct ui_form *f)
{
	charity_frame(v, "/charity/families", tr(v->cx, "Families"),
	    f->create ? tr(v->cx, "Register a family") : tr(v->cx, "Change the family"));
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static void
new_form(struct recipient *r, struct ui_form *f)
{
	kind_empty(&recipient_kind, r);
	*f = (struct ui_form){ .kind = &recipient_kind,
		.rec = r,
		.create = true,
		.path = "/charity/families/new",
		.cancel = "/charity/families" };
}

static int
new_page(struct view *v)
{
	struct recipient r;
	struct ui_form f;

	new_form(&r, &f);
	return draw_form(v, &f);
}

static int
new_post(struct view *v)
{
	struct recipient r;
	struct ui_form f;

	new_form(&r, &f);
	return ui_form_save(v, &f, draw_form);
}

static int
family_of(struct view *v, struct recipient *r)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, &recipient_kind, id, r);
}

static int
edit_form(struct view *v, struct recipient *r, struct ui_form *f)
{
	TRY(family_of(v, r));
	*f = (struct ui_form){ .kind = &recipient_kind,
		.rec = r,
		.fields = edit_fields,
		.path = charity_path(v, "/charity/families/%lld/edit", (long long)r->rec.id),
		.cancel = charity_path(v, "/charity/families/%lld", (long long)r->rec.id) };
	return RC_OK;
}

static int
edit_page(struct view *v)
{
	struct recipient r;
	struct ui_form f;

	TRY(edit_form(v, &r, &f));
	return draw_form(v, &f);
}

static int
edit_post(struct view *v)
{
	struct recipient r;
	struct ui_form f;

	TRY(edit_form(v, &r, &f));
	return ui_form_save(v, &f, draw_form);
}

/* ---- one ---- */

static int
draw_acts(struct view *v, const struct recipient *r)
{
	struct ctx *cx = v->cx;
	struct query q;
	struct list l;
	size_t i, k;

	TRY(query_init(cx, &q, &charity_aid_kind));
	query_and(&q, "charity_aid.recipient = ?", VALS(v_int(r->rec.id)));
	TRY(query_sort(&q, "-day"));
	q.limit = QUERY_LIMIT_MAX;
	TRY(query_list(&q, &l));
	ui_section_open(v, "acts", tr(cx, "What was handed over"), NULL);
	if (l.n == 0)
		html(&v->h, "<p class='mute'>%s</p>", tr(cx, "Nothing yet."));
	html(&v->h, "<ul>");
	for (i = 0; i < l.n; i++) {
		const struct charity_aid *a = list_row(&l, &charity_aid_kind, i);
		struct charity_line *line;
		bool standing;
		size_t n;

		TRY(charity_lines(cx, a->movement, &line, &n, &standing));
		html(&v->h, "<li class='task'><p><a href='%s'>%s</a> <span class='mute'>%s</span> ",
		    ui_url(v, "/charity/acts/%lld", (long long)a->rec.id),
		    trf(cx, "Act %s", a->paper), day_text(cx, a->day));
		for (k = 0; standing && k < n; k++)
			html(&v->h, "%s%s: %s", k == 0 ? "" : "; ",
			    kind_title(cx, &item_kind, &line[k].item),
			    charity_quantity(cx, &line[k].item, line[k].quantity));
		html(&v->h, "</p>");
		if (!standing)
			ui_state(v, '-', tr(cx, "taken back"));
		html(&v->h, "</li>");
	}
	html(&v->h, "</ul>");
	ui_section_close(v);
	return RC_OK;
}

static int
draw_reads(struct view *v, const struct recipient *r)
{
	struct ctx *cx = v->cx;
	struct recipient_reading *s;
	size_t n, i;

	TRY(recipient_reads(cx, r->rec.id, &s, &n));
	if (n == 0)
		return RC_OK;
	ui_section_open(v, "reads", tr(cx, "Who opened it"), NULL);
	html(&v->h, "<ul>");
	for (i = 0; i < n; i++)
		html(&v->h, "<li>%s · %s · %s · %s</li>", day_text(cx, s[i].day), s[i].who,
		    strcmp(s[i].way, "name") == 0 ? tr(cx, "the name") : tr(cx, "the page"),
		    trn(cx, s[i].times, "%s time", "%s times", num(cx, s[i].times)));
	html(&v->h, "</ul>");
	ui_section_close(v);
	return RC_OK;
}

static int
draw_one(struct view *v, const struct recipient *r, const char *shown)
{
	/* Without what is sealed: the name has a button of its own, that a leader's role opens, too. */
	static const char *const facts[] = { "type", "people", "children", "reason", "district",
		"body", "known_on", "note", NULL };
	struct ctx *cx = v->cx;
	long long id = (long long)r->rec.id;

	charity_frame(v, "/charity/families", tr(cx, "Families"),
	    r->code == NULL ? tr(cx, "A family whose term is over")
			    : trf(cx, "Family %s", charity_code_show(cx->arena, r->code)));
	if (shown != NULL)
		html(&v->h, "<p class='note wait' role='status'><strong>%s</strong>. %s</p>", shown,
		    tr(cx, "That you saw it is on record."));
	ui_section_open(v, "facts", tr(cx, "Facts"), NULL);
	TRY(charity_facts(v, &recipient_kind, r, facts));
	if (r->code != NULL) {
		html(&v->h, "<div class='acts'>");
		if (may(cx, CAP_STOCK_WRITE))
			ui_button(v, ui_url(v, "/charity/acts/new?recipient=%lld", id),
			    tr(cx, "Hand over"), true);
		ui_button(v, ui_url(v, "/charity/families/%lld/edit", id), tr(cx, "Change"), false);
		ui_post_button(v, charity_path(v, "/charity/families/%lld/show", id), 0,
		    tr(cx, "Show the name (recorded)"), false);
		html(&v->h, "</div>");
	}
	ui_section_close(v);
	TRY(draw_acts(v, r));
	TRY(draw_reads(v, r));
	ui_close(v);
	return RC_OK;
}

static int
one_page(struct view *v)
{
	struct recipient r;

	TRY(family_of(v, &r));
	TRY(recipient_read_note(v->cx, r.rec.id, "page"));
	return draw_one(v, &r, NULL);
}

static int
show_post(struct view *v)
{
	struct recipient r;
	const char *name, *phone = NULL;

	TRY(family_of(v, &r));
	TRY(recipient_name(v->cx, &r, &name));
	if (r.phone.present && may(v->cx, CAP_SEALED_READ))
		TRY(kind_unseal(v->cx, &recipient_kind, r.rec.id, "phone", &phone));
	return draw_one(v, &r,
	    *name == '\0'   ? tr(v->cx, "The name is removed")
	    : phone == NULL ? name
			    : arena_printf(v->cx->arena, "%s, %s", name, phone));
}

const struct route charity_family_routes[] = {
	{ M_GET, "/charity/families", list_page, CAP_CHARITY_FAMILY, 0,
	    N_("Families that are helped"), N_("By code; names stand in no list.") },
	{ M_POST, "/charity/families/find", find_post, CAP_CHARITY_FAMILY, 0,
	    N_("Find a family by the whole name"), NULL },
	{ M_GET, "/charity/families/new", new_page, CAP_CHARITY_FAMILY, 0, N_("Register a family"),
	    NULL },
	{ M_POST, "/charity/families/new", new_post, CAP_CHARITY_FAMILY, 0, N_("Register a family"),
	    NULL },
	{ M_GET, "/charity/families/{id}", one_page, CAP_CHARITY_FAMILY, 0, N_("A family"), NULL },
	{ M_GET, "/charity/families/{id}/edit", edit_page, CAP_CHARITY_FAMILY, 0,
	    N_("Change the family"), NULL },
	{ M_POST, "/charity/families/{id}/edit", edit_post, CAP_CHARITY_FAMILY, 0,
	    N_("Change the family"), NULL },
	{ M_POST, "/charity/families/{id}/show", show_post, CAP_CHARITY_FAMILY, 0,
	    N_("Show a family's name"), NULL },
};
const size_t charity_family_nroutes = ARRAY_LEN(charity_family_routes);
