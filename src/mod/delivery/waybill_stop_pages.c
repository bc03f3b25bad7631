/* waybill_stop_pages.c – one stop: its goods while it is a draft, what is done there once it is loaded, the acts. */
#include "mod/delivery/delivery_pages.h"

#include <string.h>

enum { FRESH_LINES = 3 };

struct stop_view {
	struct waybill_stop s;
	struct waybill w;
	struct headquarters h;
	bool change;
};

static int
of_path(struct view *v, struct stop_view *x)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &waybill_stop_kind, id, &x->s));
	TRY(kind_get(v->cx, &waybill_kind, x->s.waybill, &x->w));
	TRY(kind_get(v->cx, &headquarters_kind, x->w.headquarters, &x->h));
	x->change = may(v->cx, CAP_RELIEF_WRITE) && strcmp(x->h.state, "open") == 0;
	return RC_OK;
}

static const char *
stop_path(struct view *v, int64_t id, const char *tail)
{
	return arena_printf(v->cx->arena, "/waybills/stops/%lld%s", (long long)id, tail);
}

/* ---- the goods of a draft ---- */

static void
draw_line_field(
    struct view *v, const char *name, const char *label, const char *unit, const char *value)
{
	html(&v->h, "<div class='fld w-s'><label for='f-%s'>%s</label>", name, label);
	if (unit != NULL)
		html(&v->h, "<span class='hint'>%s</span>", unit);
	relief_field_error(v, name);
	html(&v->h, "<input type='text' id='f-%s' name='%s' inputmode='decimal' value='%s'></div>",
	    name, name, value);
}

static int
draw_lines(struct view *v, const struct stop_view *x)
{
	struct ctx *cx = v->cx;
	struct waybill_line *l;
	size_t n, i;

	TRY(delivery_lines(cx, x->s.rec.id, &l, &n));
	for (i = 0; i < n; i++) {
		const char *name = arena_printf(cx->arena, "q%lld", (long long)l[i].item);
		struct item it;

		TRY(kind_load(cx, &item_kind, l[i].item, &it));
		draw_line_field(v, name, kind_title(cx, &item_kind, &it),
		    trf(cx, "In: %s", tr3(cx, &it.unit, NULL)),
		    *relief_typed(v, "sent") != '\0'
			? relief_typed(v, name)
			: num_real(cx, (double)l[i].quantity / (double)it.pack,
			      l[i].quantity % it.pack == 0 ? 0 : 3));
	}
	return RC_OK;
}

static int
draw_fresh(struct view *v)
{
	struct ctx *cx = v->cx;
	struct delivery_choice *items;
	size_t n, i;
	int k;

	TRY(delivery_goods(cx, &items, &n));
	for (k = 0; k < FRESH_LINES; k++) {
		const char *item = arena_printf(cx->arena, "item%d", k),
			   *q = arena_printf(cx->arena, "fresh%d", k),
			   *typed = relief_typed(v, item);

		html(&v->h,
		    "<div class='row'><div class='fld'><label for='f-%s'>%s</label><select "
		    "id='f-%s' "
		    "name='%s'><option value=''></option>",
		    item, tr(cx, "Further goods"), item, item);
		for (i = 0; i < n; i++) {
			html(&v->h, "<option value='%s'", items[i].code);
			html(&v->h,
			    strcmp(items[i].code, typed) == 0 ? " selected>%s</option>"
							      : ">%s</option>",
			    items[i].title);
		}
		html(&v->h, "</select></div>");
		draw_line_field(v, q, tr(cx, "Quantity"), NULL, relief_typed(v, q));
		html(&v->h, "</div>");
	}
	return RC_OK;
}

static int
draw_goods_form(struct view *v, const struct stop_view *x)
{
	struct ctx *cx = v->cx;

	ui_section_open(v, "goods", tr(cx, "Goods"), NULL);
	html(&v->h, "<div class='flow'>");
	ui_form_begin(v, stop_path(v, x->s.rec.id, "/lines"), false);
	html(&v->h, "<input type='hidden' name='sent' value='1'><div class='flow'>");
	TRY(draw_lines(v, x));
	TRY(draw_fresh(v));
	html(&v->h, "<p class='acts'><button type='submit' class='btn go'>%s</button></p></div>",
	    tr(cx, "Save the goods"));
	ui_form_end(v);
	ui_post_button(v, stop_path(v, x->s.rec.id, "/drop"), 0, tr(cx, "Take the stop off"), true);
	html(&v->h, "</div>");
	ui_section_close(v);
	return RC_OK;
}

static int
draw_goods(struct view *v, const struct stop_view *x)
{
	struct ctx *cx = v->cx;
	struct waybill_line *l;
	size_t n, i;

	TRY(delivery_lines(cx, x->s.rec.id, &l, &n));
	ui_section_open(v, "goods", tr(cx, "Goods"), NULL);
	html(&v->h, "<ul>");
	for (i = 0; i < n; i++) {
		const char *text;

		TRY(delivery_line_text(
		    cx, &(struct delivery_line){ l[i].item, l[i].lot, l[i].quantity }, &text));
		html(&v->h, "<li>%s</li>", text);
	}
	if (n == 0)
		html(&v->h, "<li class='mute'>%s</li>", tr(cx, "no goods of the stock"));
	html(&v->h, "</ul>");
	ui_section_close(v);
	return RC_OK;
}

/* ---- the acts ---- */

static int
draw_acts(struct view *v, const struct stop_view *x)
{
	struct ctx *cx = v->cx;
	int64_t *ids;
	size_t n, i;

	TRY(delivery_ids(cx, "SELECT id FROM delivery_act WHERE stop = $1 ORDER BY at, nonce",
	    VALS(v_int(x->s.rec.id)), &ids, &n));
	if (n == 0)
		return RC_OK;
	ui_section_open(v, "acts", tr(cx, "What was done"), NULL);
	html(&v->h, "<ul>");
	for (i = 0; i < n; i++) {
		struct delivery_act a;

		TRY(kind_get(cx, &delivery_act_kind, ids[i], &a));
		html(&v->h, "<li><a href='%s'>%s</a> %s ",
		    ui_url(v, "/waybills/acts/%lld", (long long)a.rec.id), moment_text(cx, a.at),
		    option_label(cx, act_results, a.result));
		act_state_mark(v, &a);
		html(&v->h, "</li>");
	}
	html(&v->h, "</ul>");
	ui_section_close(v);
	return RC_OK;
}

static int
draw_stop_page(struct view *v, const struct stop_view *x)
{
	struct ctx *cx = v->cx;
	bool draft = strcmp(x->w.state, "draft") == 0;
	const char *title;

	TRY(stop_title(v, &x->s, &title));
	relief_open(v, &x->h, title, NULL);
	delivery_refusal(v);
	html(&v->h, "<div class='flow'><p>");
	stop_state_mark(v, x->s.state);
	html(&v->h, " <a href='%s'>%s</a>", ui_url(v, "/waybills/%lld", (long long)x->w.rec.id),
	    trf(cx, "Waybill No. %s", x->w.code));
	if (x->s.need != 0)
		html(&v->h, " · <a href='%s'>%s</a>",
		    ui_url(v, "/needs/%lld", (long long)x->s.need), tr(cx, "The need"));
	html(&v->h, "</p>");
	TRY(x->change && draft ? draw_goods_form(v, x) : draw_goods(v, x));
	TRY(draw_acts(v, x));
	if (x->change && waybill_is_open(x->w.state)) {
		ui_section_open(v, "hand", tr(cx, "Hand over"), NULL);
		TRY(act_draw_form(v, &x->s, stop_path(v, x->s.rec.id, "/act")));
		ui_section_close(v);
	}
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

static int
stop_page(struct view *v)
{
	struct stop_view x;

	TRY(of_path(v, &x));
	return draw_stop_page(v, &x);
}

static int
stop_act_post(struct view *v)
{
	struct stop_view x;
	bool refused;

	TRY(of_path(v, &x));
	TRY(act_post_form(v, &x.s, &refused));
	if (refused) {
		v->status = 422;
		return draw_stop_page(v, &x);
	}
	return ui_done(v, waybill_path(v, x.s.waybill, ""), tr(v->cx, "It is written down."));
}

/* ---- changing a draft ---- */

static int
read_one(struct view *v, const struct item *it, const char *name, struct delivery_line *out)
{
	const char *typed = relief_typed(v, name);

	*out = (struct delivery_line){ it->rec.id, 0, 0 };
	if (*typed != '\0' && !quantity_parse(typed, it->pack, &out->quantity))
		fail_field(v->cx, name, N_("A number of “%s”, more than zero."),
		    tr3(v->cx, &it->unit, NULL));
	return RC_OK;
}

static int
read_lines(struct view *v, const struct stop_view *x, struct delivery_line **out, size_t *n)
{
	struct ctx *cx = v->cx;
	struct waybill_line *l;
	struct item it;
	size_t old, i;
	int k;

	TRY(delivery_lines(cx, x->s.rec.id, &l, &old));
	*out = arena_array(cx->arena, struct delivery_line, old + FRESH_LINES + 1);
	*n = 0;
	for (i = 0; i < old; i++) {
		TRY(kind_load(cx, &item_kind, l[i].item, &it));
		TRY(read_one(v, &it, arena_printf(cx->arena, "q%lld", (long long)l[i].item),
		    &(*out)[(*n)++]));
	}
	for (k = 0; k < FRESH_LINES; k++) {
		const char *code = relief_typed(v, arena_printf(cx->arena, "item%d", k));

		if (*code == '\0')
			continue;
		TRY(item_find(cx, code, &it));
		TRY(read_one(v, &it, arena_printf(cx->arena, "fresh%d", k), &(*out)[(*n)++]));
	}
	return fields_rc(cx);
}

static int
lines_post(struct view *v)
{
	struct delivery_line *l;
	struct stop_view x;
	size_t n;
	int rc;

	TRY(of_path(v, &x));
	rc = read_lines(v, &x, &l, &n);
	if (rc == RC_OK)
		rc = waybill_lines_set(v->cx, x.s.rec.id, l, n);
	if (rc == RC_INVALID || rc == RC_RULE) {
		v->status = rc == RC_INVALID ? 422 : 409;
		return draw_stop_page(v, &x);
	}
	TRY(rc);
	return ui_done(v, waybill_path(v, x.s.waybill, ""), tr(v->cx, "Saved."));
}

static int
moved(struct view *v, int by)
{
	struct stop_view x;

	TRY(of_path(v, &x));
	TRY(waybill_stop_move(v->cx, x.s.rec.id, by));
	return ui_done(v,
	    arena_printf(v->cx->arena, "/waybills/%lld#route", (long long)x.s.waybill),
	    tr(v->cx, "The route is changed."));
}

static int
up_post(struct view *v)
{
	return moved(v, -1);
}

static int
down_post(struct view *v)
{
	return moved(v, 1);
}

static int
drop_post(struct view *v)
{
	struct stop_view x;

	TRY(of_path(v, &x));
	TRY(waybill_stop_drop(v->cx, x.s.rec.id));
	return ui_done(v, waybill_path(v, x.s.waybill, ""), tr(v->cx, "The stop is taken off."));
}

const struct route waybill_stop_routes[] = {
	{ M_GET, "/waybills/stops/{id}", stop_page, CAP_RELIEF_READ, 0, N_("Stop of a waybill"),
	    N_("Its goods, what was done there, handing over.") },
	{ M_POST, "/waybills/stops/{id}/lines", lines_post, CAP_RELIEF_WRITE, 0,
	    N_("Save the goods"), NULL },
	{ M_POST, "/waybills/stops/{id}/up", up_post, CAP_RELIEF_WRITE, 0,
	    N_("Earlier in the route"), NULL },
	{ M_POST, "/waybills/stops/{id}/down", down_post, CAP_RELIEF_WRITE, 0,
	    N_("Later in the route"), NULL },
	{ M_POST, "/waybills/stops/{id}/drop", drop_post, CAP_RELIEF_WRITE, 0,
	    N_("Take the stop off"), NULL },
	{ M_POST, "/waybills/stops/{id}/act", stop_act_post, CAP_RELIEF_WRITE, ROUTE_FILES,
	    N_("Hand over"), NULL },
};
const size_t waybill_stop_nroutes = ARRAY_LEN(waybill_stop_routes);
