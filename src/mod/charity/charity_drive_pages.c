/* charity_drive_pages.c – a drive made and changed, and the list of what it needs or has enough of. */
#include "mod/charity/charity_pages.h"

#include <string.h>

static int
draw_form(struct view *v, struct ui_form *f)
{
	charity_frame(
	    v, NULL, NULL, f->create ? tr(v->cx, "New drive") : tr(v->cx, "Change the drive"));
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static void
new_form(struct view *v, struct drive *d, struct ui_form *f)
{
	kind_empty(&drive_kind, d);
	d->state = "planned";
	d->from_day = v->cx->today;
	*f = (struct ui_form){ .kind = &drive_kind,
		.rec = d,
		.create = true,
		.path = "/charity/drives/new",
		.cancel = "/charity" };
}

static int
new_page(struct view *v)
{
	struct drive d;
	struct ui_form f;

	new_form(v, &d, &f);
	return draw_form(v, &f);
}

static int
new_post(struct view *v)
{
	struct drive d;
	struct ui_form f;

	new_form(v, &d, &f);
	return ui_form_save(v, &f, draw_form);
}

static int
drive_of(struct view *v, struct drive *d)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, &drive_kind, id, d);
}

static int
edit_form(struct view *v, struct drive *d, struct ui_form *f)
{
	TRY(drive_of(v, d));
	*f = (struct ui_form){ .kind = &drive_kind,
		.rec = d,
		.path = charity_path(v, "/charity/drives/%lld/edit", (long long)d->rec.id),
		.cancel = charity_path(v, "/charity/drives/%lld", (long long)d->rec.id) };
	return RC_OK;
}

static int
edit_page(struct view *v)
{
	struct drive d;
	struct ui_form f;

	TRY(edit_form(v, &d, &f));
	return draw_form(v, &f);
}

static int
edit_post(struct view *v)
{
	struct drive d;
	struct ui_form f;

	TRY(edit_form(v, &d, &f));
	return ui_form_save(v, &f, draw_form);
}

/* ---- needs ---- */

static void
draw_need_row(struct view *v, const struct drive *d, const struct charity_sum *s)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const struct option *o;

	html(h, "<li class='task'><div><h2>%s</h2><p class='small mute'>%s</p></div>",
	    kind_title(cx, &item_kind, &s->item),
	    trf(cx, "Received: %s", charity_quantity(cx, &s->item, s->received)));
	ui_form_begin(
	    v, charity_path(v, "/charity/drives/%lld/needs", (long long)d->rec.id), false);
	html(h,
	    "<input type='hidden' name='item' value='%s'><input type='hidden' name='_version' "
	    "value='%lld'><div class='row'><div class='fld w-s'><label "
	    "for='g-%lld'>%s</label><input "
	    "type='text' id='g-%lld' name='goal' inputmode='decimal' value='%s'></div>",
	    s->item.code, (long long)s->need_version, (long long)s->need, tr(cx, "Goal"),
	    (long long)s->need, s->goal == INT_NONE ? "" : quantity_form(cx, &s->item, s->goal));
	html(h, "<div class='fld'><label for='s-%lld'>%s</label><select id='s-%lld' name='state'>",
	    (long long)s->need, tr(cx, "State"), (long long)s->need);
	for (o = drive_need_states; o->code != NULL; o++) {
		html(h, "<option value='%s'", o->code);
		html(h,
		    strcmp(o->code, s->need_state) == 0 ? " selected>%s</option>" : ">%s</option>",
		    tr(cx, o->label));
	}
	html(h,
	    "</select></div><p class='acts'><button type='submit' class='btn'>%s<span class='vh'>: "
	    "%s</span></button></p></div>",
	    tr(cx, "Save"), kind_title(cx, &item_kind, &s->item));
	ui_form_end(v);
	html(h, "</li>");
}

static int
draw_add(struct view *v, const struct drive *d)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct goods_choice *items;
	size_t n;

	TRY(charity_choices(cx, true, &items, &n));
	ui_section_open(v, "add", tr(cx, "One more"), NULL);
	ui_form_begin(
	    v, charity_path(v, "/charity/drives/%lld/needs", (long long)d->rec.id), false);
	html(h,
	    "<div class='row'><div class='fld'><label for='f-item'>%s</label><select id='f-item' "
	    "name='item'>",
	    tr(cx, "Item"));
	html(&v->h, "<option value=''></option>");
	charity_options(v, items, n, charity_typed(v, "item"));
	html(h,
	    "</select></div><div class='fld w-s'><label for='f-goal'>%s</label><input type='text' "
	    "id='f-goal' name='goal' inputmode='decimal' value='%s'></div><p class='acts'><button "
	    "type='submit' class='btn go'>%s</button></p></div>",
	    tr(cx, "Goal"), charity_typed(v, "goal"), tr(cx, "Add"));
	ui_form_end(v);
	ui_section_close(v);
	return RC_OK;
}

static int
draw_needs(struct view *v, const struct drive *d)
{
	struct ctx *cx = v->cx;
	struct err said = cx->err;
	struct charity_sum *s;
	bool any = false;
	size_t n, i;

	err_clear(cx);
	TRY(charity_sums(cx, d->rec.id, &s, &n));
	cx->err = said;
	charity_frame(v, charity_path(v, "/charity/drives/%lld", (long long)d->rec.id),
	    kind_title(cx, &drive_kind, d), tr(cx, "What it needs"));
	ui_refusals(v, "f-");
	html(&v->h, "<ul>");
	for (i = 0; i < n; i++)
		if (s[i].need != 0) {
			draw_need_row(v, d, &s[i]);
			any = true;
		}
	html(&v->h, "</ul>");
	if (!any)
		html(&v->h, "<p class='mute'>%s</p>", tr(cx, "Nothing is named yet."));
	TRY(draw_add(v, d));
	ui_close(v);
	return RC_OK;
}

static int
needs_page(struct view *v)
{
	struct drive d;

	TRY(drive_of(v, &d));
	return draw_needs(v, &d);
}

/* The need of this item, stored or new, as it was typed. */
static int
typed_need(struct view *v, const struct drive *d, struct drive_need *n)
{
	struct ctx *cx = v->cx;
	const char *goal = charity_typed(v, "goal"), *state = charity_typed(v, "state");
	struct item i;
	int64_t id;
	int rc = item_find(cx, charity_typed(v, "item"), &i);

	if (rc == RC_NOTFOUND) {
		err_clear(cx);
		fail_field(cx, "item", N_("Choose what it is."));
		return fields_rc(cx);
	}
	TRY(rc);
	kind_empty(&drive_need_kind, n);
	rc = db_int(cx, &id, "SELECT id FROM drive_need WHERE drive = $1 AND item = $2",
	    VALS(v_int(d->rec.id), v_int(i.rec.id)));
	if (rc == RC_OK)
		TRY(kind_load(cx, &drive_need_kind, id, n));
	else if (rc != RC_NOTFOUND)
		return rc;
	n->drive = d->rec.id;
	n->item = i.rec.id;
	n->quantity = INT_NONE;
	if (*goal != '\0' && (!quantity_parse(goal, i.pack, &n->quantity) || n->quantity == 0))
		fail_field(
		    cx, "goal", N_("A number of “%s”, more than zero."), tr3(cx, &i.unit, NULL));
	if (n->rec.id != 0 && *state != '\0') {
		n->state = state;
		if (!num_parse(charity_typed(v, "_version"), &n->rec.version))
			n->rec.version = 0;
	}
	return fields_rc(cx);
}

static int
needs_post(struct view *v)
{
	struct drive_need n;
	struct drive d;
	int rc;

	TRY(drive_of(v, &d));
	rc = typed_need(v, &d, &n);
	if (rc == RC_OK)
		rc = n.rec.id == 0 ? kind_insert(v->cx, &drive_need_kind, &n)
				   : kind_update(v->cx, &drive_need_kind, &n);
	if (charity_refused(v, rc))
		return draw_needs(v, &d);
	TRY(rc);
	return ui_done(v, charity_path(v, "/charity/drives/%lld/needs", (long long)d.rec.id),
	    tr(v->cx, "Saved."));
}

const struct route charity_drive_routes[] = {
	{ M_GET, "/charity/drives/new", new_page, CAP_STOCK_WRITE, 0, N_("New drive"), NULL },
	{ M_POST, "/charity/drives/new", new_post, CAP_STOCK_WRITE, 0, N_("New drive"), NULL },
	{ M_GET, "/charity/drives/{id}/edit", edit_page, CAP_STOCK_WRITE, 0, N_("Change the drive"),
	    NULL },
	{ M_POST, "/charity/drives/{id}/edit", edit_post, CAP_STOCK_WRITE, 0,
	    N_("Change the drive"), NULL },
	{ M_GET, "/charity/drives/{id}/needs", needs_page, CAP_STOCK_WRITE, 0,
	    N_("What a drive needs"), N_("Needed now or enough, with goals.") },
	{ M_POST, "/charity/drives/{id}/needs", needs_post, CAP_STOCK_WRITE, 0,
	    N_("What a drive needs"), NULL },
};
const size_t charity_drive_nroutes = ARRAY_LEN(charity_drive_routes);
