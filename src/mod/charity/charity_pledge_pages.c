/* charity_pledge_pages.c – promises: the list with what came of each, a new one, one with its code, and taking it back. */
#include "mod/charity/charity_pages.h"

#include <string.h>

#include "core/idempotency.h"
#include "text/hash.h"

static void
row_state(struct view *v, const void *rec)
{
	const struct pledge *p = rec;
	struct item i;
	int64_t came;

	if (pledge_received(v->cx, p, &came) != RC_OK ||
	    kind_load(v->cx, &item_kind, p->item, &i) != RC_OK)
		return;
	pledge_mark(v, pledge_state(p, came));
	html(&v->h, " <span class='num'>%s / %s</span>", charity_quantity(v->cx, &i, came),
	    charity_quantity(v->cx, &i, p->quantity));
}

static int
list_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct ui_list l = { .kind = &pledge_kind,
		.path = "/charity/pledges",
		.sort = "-day",
		.extra_label = tr(cx, "Received of promised"),
		.extra = row_state };

	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	charity_frame(v, NULL, NULL, tr(cx, "Pledges"));
	if (may(cx, CAP_STOCK_WRITE)) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/charity/pledges/new"), tr(cx, "New pledge"), true);
		html(&v->h, "</p>");
	}
	TRY(ui_list_page(v, &l));
	ui_close(v);
	return RC_OK;
}

/* ---- a new one ---- */

static void
text_field(struct view *v, const char *name, const char *label, const char *value)
{
	html(&v->h, "<div class='fld w-s'><label for='f-%s'>%s</label>", name, label);
	form_field_error(v, name);
	html(&v->h, "<input type='text' id='f-%s' name='%s' autocomplete='off' value='%s'></div>",
	    name, name, value);
}

static int
draw_new(struct view *v)
{
	struct ctx *cx = v->cx;
	struct err said = cx->err;
	const char *day = charity_typed(v, "day");
	struct goods_choice *items;
	size_t n;

	err_clear(cx);
	TRY(charity_choices(cx, true, &items, &n));
	cx->err = said;
	charity_frame(v, "/charity/pledges", tr(cx, "Pledges"), tr(cx, "New pledge"));
	ui_refusals(v, "f-");
	ui_form_begin(v, "/charity/pledges/new", false);
	ui_once(v);
	html(&v->h, "<div class='flow'>");
	TRY(charity_select(v, &donor_kind,
	    &(struct charity_choice){ .name = "donor",
		.label = tr(cx, "Donor"),
		.none = tr(cx, "Choose"),
		.chosen = charity_id(v, "donor"),
		.first = "donor.code IS NOT NULL" }));
	TRY(charity_select(v, &drive_kind,
	    &(struct charity_choice){ .name = "drive",
		.label = tr(cx, "Charity drive"),
		.none = tr(cx, "Choose"),
		.chosen = charity_id(v, "drive"),
		.first = "drive.state = 'open'" }));
	html(&v->h, "<div class='row'><div class='fld'><label for='f-item'>%s</label>",
	    tr(cx, "What is promised"));
	form_field_error(v, "item");
	html(&v->h, "<select id='f-item' name='item'>");
	html(&v->h, "<option value=''></option>");
	charity_options(v, items, n, charity_typed(v, "item"));
	html(&v->h, "</select></div>");
	text_field(v, "quantity", tr(cx, "Quantity"), charity_typed(v, "quantity"));
	html(&v->h, "</div><div class='row'>");
	text_field(v, "day", tr(cx, "Promised on"), *day == '\0' ? day_text(cx, cx->today) : day);
	text_field(v, "due", tr(cx, "Expected by"), charity_typed(v, "due"));
	html(&v->h,
	    "</div><div class='fld'><label for='f-note'>%s</label><textarea id='f-note' "
	    "name='note' rows='2'>%s</textarea></div><p class='acts'><button type='submit' "
	    "class='btn go'>%s</button> <a class='btn' href='%s'>%s</a></p></div>",
	    tr(cx, "Note"), charity_typed(v, "note"), tr(cx, "Save"), ui_url(v, "/charity/pledges"),
	    tr(cx, "Cancel"));
	ui_form_end(v);
	ui_close(v);
	return RC_OK;
}

static void
day_of(struct view *v, const char *name, int *out)
{
	const char *s = charity_typed(v, name);

	*out = 0;
	if (*s != '\0' && !day_parse(s, out))
		fail_field(v->cx, name, N_("Write a day like 15.11.2024."));
}

static int
typed_pledge(struct view *v, struct pledge *p)
{
	struct ctx *cx = v->cx;
	struct item i = { .pack = 1 };
	int rc = item_find(cx, charity_typed(v, "item"), &i);

	if (rc == RC_NOTFOUND) {
		err_clear(cx);
		fail_field(cx, "item", N_("Choose what it is."));
	} else
		TRY(rc);
	kind_empty(&pledge_kind, p);
	p->donor = charity_id(v, "donor");
	p->drive = charity_id(v, "drive");
	p->item = i.rec.id;
	if (!quantity_parse(charity_typed(v, "quantity"), i.pack, &p->quantity) || p->quantity == 0)
		fail_field(cx, "quantity", N_("A number of “%s”, more than zero."),
		    i.rec.id == 0 ? "–" : tr3(cx, &i.unit, NULL));
	day_of(v, "day", &p->day);
	day_of(v, "due", &p->due);
	p->note = *charity_typed(v, "note") == '\0' ? NULL : charity_typed(v, "note");
	return fields_rc(cx);
}

struct making {
	struct pledge p;
	struct idempotency once;
};

/* RULE charity-6: the form sent twice is one promise. */
static int
make_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct making *m = arg;
	struct pledge p = m->p;

	TRY(kind_insert_tx(cx, tx, &pledge_kind, &p));
	m->p.rec.id = p.rec.id;
	if (m->once.key == NULL)
		return RC_OK;
	return idempotency_keep_tx(cx, tx, &m->once,
	    &(struct idempotency_answer){
		201, arena_printf(cx->arena, "%lld", (long long)p.rec.id) });
}

static int
make(struct view *v, struct pledge *p)
{
	struct ctx *cx = v->cx;
	struct making *m = arena_new(cx->arena, struct making);
	struct idempotency_answer kept;
	int rc;

	m->once = ui_once_of(v, "pledge");
	if (m->once.key != NULL) {
		rc = idempotency_find(cx, &m->once, &kept);
		if (rc == RC_OK && num_parse(kept.body, &p->rec.id))
			return RC_OK;
		if (rc != RC_OK && rc != RC_NOTFOUND)
			return rc;
		err_clear(cx);
	}
	m->p = *p;
	TRY(db_write(cx, make_fn, m));
	p->rec.id = m->p.rec.id;
	return RC_OK;
}

static int
new_post(struct view *v)
{
	struct pledge p;
	int rc = typed_pledge(v, &p);

	if (rc == RC_OK)
		rc = make(v, &p);
	if (charity_refused(v, rc))
		return draw_new(v);
	TRY(rc);
	return ui_done(v, charity_path(v, "/charity/pledges/%lld", (long long)p.rec.id),
	    tr(v->cx, "The pledge is written down. Tell the donor the code."));
}

/* ---- one ---- */

static int
one_page(struct view *v)
{
	static const char *const facts[] = { "day", "donor", "drive", "due", "withdrawn_on", "note",
		NULL };
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct pledge p;
	struct item i;
	int64_t id, came;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(cx, &pledge_kind, id, &p));
	TRY(kind_load(cx, &item_kind, p.item, &i));
	TRY(pledge_received(cx, &p, &came));
	charity_frame(v, "/charity/pledges", tr(cx, "Pledges"),
	    trf(cx, "Pledge %s", charity_code_show(cx->arena, p.code)));
	ui_section_open(v, "facts", tr(cx, "Facts"), NULL);
	html(h,
	    "<div class='flow'><p class='lead'>%s: <strong>%s</strong></p><p class='code' "
	    "translate='no'>%s</p><p><a href='%s'>%s</a></p><p>",
	    kind_title(cx, &item_kind, &i), charity_quantity(cx, &i, p.quantity),
	    charity_code_show(cx->arena, p.code), ui_url(v, "/gift/%s", p.code),
	    tr(cx, "What the donor sees"));
	pledge_mark(v, pledge_state(&p, came));
	html(h, " %s</p>", trf(cx, "Received: %s", charity_quantity(cx, &i, came)));
	TRY(charity_facts(v, &pledge_kind, &p, facts));
	html(h, "<div class='acts'>");
	if (may(cx, CAP_STOCK_WRITE) && p.withdrawn_on == 0) {
		ui_button(v,
		    ui_url(v, "/charity/receipts/new?donor=%lld&drive=%lld&pledge=%lld&item0=%s",
			(long long)p.donor, (long long)p.drive, (long long)p.rec.id, i.code),
		    tr(cx, "Receive it"), true);
		ui_post_button(v, charity_path(v, "/charity/pledges/%lld/withdraw", (long long)id),
		    p.rec.version, tr(cx, "The donor takes it back"), true);
	}
	ui_button(v, ui_url(v, "/charity/receipts?pledge=%lld", (long long)id), tr(cx, "Receipts"),
	    false);
	html(h, "</div></div>");
	ui_section_close(v);
	TRY(ui_history(v, &pledge_kind, id));
	ui_close(v);
	return RC_OK;
}

static int
withdraw_post(struct view *v)
{
	int64_t id, version;

	TRY(req_param_id(v->rq, 0, &id));
	if (!num_parse(charity_typed(v, "_version"), &version))
		version = 0;
	TRY(pledge_withdraw(v->cx, id, version));
	return ui_done(v, charity_path(v, "/charity/pledges/%lld", (long long)id),
	    tr(v->cx, "The pledge is withdrawn."));
}

const struct route charity_pledge_routes[] = {
	{ M_GET, "/charity/pledges", list_page, CAP_STOCK_READ, 0, N_("Pledges"), NULL },
	{ M_GET, "/charity/pledges/new", draw_new, CAP_STOCK_WRITE, 0, N_("New pledge"), NULL },
	{ M_POST, "/charity/pledges/new", new_post, CAP_STOCK_WRITE, 0, N_("New pledge"), NULL },
	{ M_GET, "/charity/pledges/{id}", one_page, CAP_STOCK_READ, 0, N_("A pledge"), NULL },
	{ M_POST, "/charity/pledges/{id}/withdraw", withdraw_post, CAP_STOCK_WRITE, 0,
	    N_("Withdraw a pledge"), NULL },
};
const size_t charity_pledge_nroutes = ARRAY_LEN(charity_pledge_routes);
