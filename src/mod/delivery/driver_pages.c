/* driver_pages.c – the driver's own: the list of waybills, each as pages that need no script. The same work without network:
 * driver_phone_pages.c.
 *
 * Only own waybills open (waybill_mine()); what names a family comes through need_family() while the waybill is open. */
#include "mod/delivery/delivery_pages.h"

#include <string.h>

int
driver_waybill(struct view *v, struct waybill *w)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return waybill_mine(v->cx, id, w);
}

static const char *
own_path(struct view *v, int64_t id, const char *tail)
{
	return arena_printf(v->cx->arena, "/driver/%lld%s", (long long)id, tail);
}

static void
frame(struct view *v, const char *title)
{
	struct ctx *cx = v->cx;

	ui_open(v, &(struct page){ .title = title == NULL ? tr(cx, "My waybills") : title,
		       .nav = "/driver",
		       .staff = true,
		       .crumbs = title == NULL
				     ? NULL
				     : (const struct crumb[]){ { "/driver", tr(cx, "My waybills") },
					   { NULL, title }, { NULL, NULL } } });
}

/* ---- the list ---- */

static int
draw_own(struct view *v, int64_t id)
{
	struct ctx *cx = v->cx;
	struct vehicle c;
	struct waybill w;
	int64_t stops;

	TRY(waybill_mine(cx, id, &w));
	TRY(kind_load(cx, &vehicle_kind, w.vehicle, &c));
	TRY(db_int(
	    cx, &stops, "SELECT count(*) FROM waybill_stop WHERE waybill = $1", VALS(v_int(id))));
	html(&v->h, "<li><h2><a href='%s'>%s</a></h2><p>", ui_url(v, "/driver/%lld", (long long)id),
	    trf(cx, "Waybill No. %s", w.code));
	waybill_state_mark(v, w.state);
	html(&v->h, " %s · %s%s%s</p>", c.plate,
	    trn(cx, stops, "%s stop", "%s stops", num(cx, stops)), w.planned_at == 0 ? "" : " · ",
	    w.planned_at == 0 ? "" : moment_text(cx, w.planned_at));
	if (waybill_is_open(w.state)) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/driver/%lld/phone", (long long)id),
		    tr(cx, "Take it along without network"), true);
		html(&v->h, "</p>");
	}
	html(&v->h, "</li>");
	return RC_OK;
}

static int
list_page(struct view *v)
{
	struct ctx *cx = v->cx;
	int64_t *ids;
	size_t n, i;

	TRY(delivery_ids(cx,
	    "SELECT id FROM waybill WHERE driver = $1 AND state IN ('loaded', 'on_way', 'done') "
	    "ORDER BY CASE state WHEN 'done' THEN 1 ELSE 0 END, planned_at DESC, id DESC LIMIT 50",
	    VALS(v_int(cx->actor->account)), &ids, &n));
	frame(v, NULL);
	if (n == 0)
		ui_empty(v, tr(cx, "No waybill for you now"),
		    tr(cx, "The headquarters loads your vehicle; then it stands here."), NULL,
		    NULL);
	html(&v->h, "<ul class='flow plain'>");
	for (i = 0; i < n; i++)
		TRY(draw_own(v, ids[i]));
	html(&v->h, "</ul>");
	ui_close(v);
	return RC_OK;
}

/* ---- one, without script ---- */

/* RULE delivery-4 */
static int
draw_family(struct view *v, const struct waybill *w, int64_t need)
{
	struct ctx *cx = v->cx;
	struct family f;
	struct need n;

	TRY(delivery_family(cx, w, need, &f));
	TRY(kind_load(cx, &need_kind, need, &n));
	html(&v->h, "<p>");
	if (f.name != NULL)
		html(&v->h, "<strong>%s</strong> · ", f.name);
	html(&v->h, "%s</p>", trn(cx, n.people, "%s person", "%s people", num(cx, n.people)));
	if (f.phone != NULL)
		html(&v->h, "<p><a class='btn' href='tel:%s'>%s</a></p>",
		    relief_digits(cx->arena, f.phone), f.phone);
	if (f.place != NULL || f.note != NULL)
		html(&v->h, "<p>%s%s%s</p>", f.place == NULL ? "" : f.place,
		    f.place != NULL && f.note != NULL ? ", " : "", f.note == NULL ? "" : f.note);
	return RC_OK;
}

static int
draw_place(struct view *v, const struct waybill_stop *s)
{
	struct ctx *cx = v->cx;
	struct relief_place p;

	TRY(kind_load(cx, &relief_place_kind, s->place, &p));
	html(&v->h, "<p>%s</p>", p.address == NULL ? "" : p.address);
	if (s->receiver != NULL)
		html(&v->h, "<p><strong>%s</strong></p>", s->receiver);
	if (p.phone != NULL)
		html(&v->h, "<p><a class='btn' href='tel:%s'>%s</a></p>",
		    relief_digits(cx->arena, p.phone), p.phone);
	return RC_OK;
}

static int
draw_stop_facts(struct view *v, const struct waybill *w, const struct waybill_stop *s)
{
	struct ctx *cx = v->cx;
	struct delivery_line *left;
	size_t n, i;

	html(&v->h, "<p>");
	stop_state_mark(v, s->state);
	html(&v->h, "</p>");
	TRY(s->need != 0 ? draw_family(v, w, s->need) : draw_place(v, s));
	TRY(delivery_left(cx, s->rec.id, &left, &n));
	html(&v->h, "<ul>");
	for (i = 0; i < n; i++) {
		const char *text;

		TRY(delivery_line_text(cx, &left[i], &text));
		html(&v->h, "<li>%s</li>", text);
	}
	html(&v->h, "</ul>");
	return RC_OK;
}

static int
one_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct waybill_stop *s;
	struct waybill w;
	size_t n, i;

	TRY(driver_waybill(v, &w));
	TRY(delivery_stops(cx, w.rec.id, &s, &n));
	frame(v, trf(cx, "Waybill No. %s", w.code));
	html(&v->h, "<div class='flow'><p>");
	waybill_state_mark(v, w.state);
	html(&v->h, "</p><div class='acts'>");
	if (strcmp(w.state, "loaded") == 0)
		ui_post_button(v, own_path(v, w.rec.id, "/start"), 0, tr(cx, "On the way"), false);
	if (waybill_is_open(w.state))
		ui_button(v, ui_url(v, "/driver/%lld/phone", (long long)w.rec.id),
		    tr(cx, "Take it along without network"), true);
	ui_button(v, ui_url(v, "/driver/%lld/paper", (long long)w.rec.id),
	    tr(cx, "Print the waybill"), false);
	html(&v->h, "</div><ol class='flow plain'>");
	for (i = 0; i < n; i++) {
		const char *title;

		TRY(stop_title(v, &s[i], &title));
		html(&v->h, "<li><h2>%s. <a href='%s'>%s</a></h2>", num(cx, (int64_t)i + 1),
		    ui_url(v, "/driver/stops/%lld", (long long)s[i].rec.id), title);
		TRY(draw_stop_facts(v, &w, &s[i]));
		html(&v->h, "</li>");
	}
	html(&v->h, "</ol></div>");
	ui_close(v);
	return RC_OK;
}

static int
start_post(struct view *v)
{
	struct waybill w;

	TRY(driver_waybill(v, &w));
	TRY(waybill_start(v->cx, w.rec.id));
	return ui_done(v, own_path(v, w.rec.id, ""), tr(v->cx, "On the way."));
}

static int
stop_of_path(struct view *v, struct waybill_stop *s, struct waybill *w)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_load(v->cx, &waybill_stop_kind, id, s));
	return waybill_mine(v->cx, s->waybill, w);
}

static int
draw_stop_page(struct view *v, const struct waybill_stop *s, const struct waybill *w)
{
	const char *title;

	TRY(stop_title(v, s, &title));
	frame(v, title);
	delivery_refusal(v);
	TRY(draw_stop_facts(v, w, s));
	if (waybill_is_open(w->state))
		TRY(act_draw_form(v, s,
		    arena_printf(v->cx->arena, "/driver/stops/%lld/act", (long long)s->rec.id)));
	ui_close(v);
	return RC_OK;
}

static int
stop_page(struct view *v)
{
	struct waybill_stop s;
	struct waybill w;

	TRY(stop_of_path(v, &s, &w));
	return draw_stop_page(v, &s, &w);
}

static int
stop_act_post(struct view *v)
{
	struct waybill_stop s;
	struct waybill w;
	bool refused;

	TRY(stop_of_path(v, &s, &w));
	TRY(act_post_form(v, &s, &refused));
	if (refused) {
		v->status = 422;
		return draw_stop_page(v, &s, &w);
	}
	return ui_done(v, own_path(v, w.rec.id, ""), tr(v->cx, "It is written down."));
}

const struct route driver_routes[] = {
	{ M_GET, "/driver", list_page, CAP_RELIEF_DRIVE, 0, N_("My waybills"),
	    N_("What a driver carries, with the way and the work at each stop.") },
	{ M_GET, "/driver/{waybill}", one_page, CAP_RELIEF_DRIVE, 0, N_("A driver's waybill"),
	    N_("The route without script: names and telephones while it is open.") },
	{ M_POST, "/driver/{waybill}/start", start_post, CAP_RELIEF_DRIVE, 0, N_("On the way"),
	    NULL },
	{ M_GET, "/driver/stops/{stop}", stop_page, CAP_RELIEF_DRIVE, 0, N_("A driver's stop"),
	    N_("Handing over without script; the signed paper may be photographed.") },
	{ M_POST, "/driver/stops/{stop}/act", stop_act_post, CAP_RELIEF_DRIVE, ROUTE_FILES,
	    N_("Hand over"), NULL },
};
const size_t driver_nroutes = ARRAY_LEN(driver_routes);
