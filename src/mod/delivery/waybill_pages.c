/* waybill_pages.c – waybills of a headquarters: the list, a new one from assigned needs, one with its route and its
 * steps: load, leave, call off. */
#include "mod/delivery/delivery_pages.h"

#include <string.h>

#include "core/account.h"

const char *
waybill_path(struct view *v, int64_t id, const char *tail)
{
	return arena_printf(v->cx->arena, "/waybills/%lld%s", (long long)id, tail);
}

int
waybill_of_path(struct view *v, struct waybill *w, struct headquarters *h)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &waybill_kind, id, w));
	return kind_get(v->cx, &headquarters_kind, w->headquarters, h);
}

void
waybill_state_mark(struct view *v, const char *code)
{
	char tone = strcmp(code, "done") == 0	     ? 'o'
		    : strcmp(code, "cancelled") == 0 ? '-'
		    : strcmp(code, "draft") == 0     ? 'p'
						     : 'w';

	ui_state(v, tone, option_label(v->cx, waybill_states, code));
}

void
stop_state_mark(struct view *v, const char *code)
{
	char tone = strcmp(code, "handed") == 0	   ? 'o'
		    : strcmp(code, "refused") == 0 ? 'n'
		    : strcmp(code, "back") == 0	   ? '-'
		    : strcmp(code, "partly") == 0  ? 'w'
						   : 'p';

	ui_state(v, tone, option_label(v->cx, stop_states, code));
}

int
stop_title(struct view *v, const struct waybill_stop *s, const char **out)
{
	struct ctx *cx = v->cx;
	const char *district = "";
	struct relief_place p;
	struct need n;

	if (s->need == 0) {
		TRY(kind_load(cx, &relief_place_kind, s->place, &p));
		*out = kind_title(cx, &relief_place_kind, &p);
		return RC_OK;
	}
	TRY(kind_load(cx, &need_kind, s->need, &n));
	TRY(kind_titles(cx, &district_kind, &n.district, 1, &district));
	*out = arena_printf(cx->arena, "%s · %s", relief_code_shown(cx->arena, n.code), district);
	return RC_OK;
}

int
delivery_line_text(struct ctx *cx, const struct delivery_line *l, const char **out)
{
	struct item i;
	struct lot lot;

	TRY(kind_load(cx, &item_kind, l->item, &i));
	*out = arena_printf(cx->arena, "%s – %s", kind_title(cx, &item_kind, &i),
	    quantity_text(cx, &i, l->quantity));
	if (l->lot == 0)
		return RC_OK;
	TRY(kind_load(cx, &lot_kind, l->lot, &lot));
	*out = arena_printf(cx->arena, "%s (%s)", *out, trf(cx, "lot %s", lot.code));
	return RC_OK;
}

void
delivery_refusal(struct view *v)
{
	ui_refusals(v, "f-");
}

/* ---- the list ---- */

static void
of_headquarters(struct view *v, struct query *q)
{
	struct headquarters h;

	if (relief_of_path(v, &h) == RC_OK)
		query_and(q, "waybill.headquarters = ?", VALS(v_int(h.rec.id)));
}

static int
list_page(struct view *v)
{
	static const char *const columns[] = { "code", "vehicle", "driver", "planned_at", "state",
		NULL };
	struct headquarters h;
	struct ui_list l = { .kind = &waybill_kind,
		.columns = columns,
		.sort = "-title",
		.narrow = of_headquarters,
		.state = "state",
		.draw_state = waybill_state_mark };

	TRY(relief_of_path(v, &h));
	l.path = relief_path(v, h.rec.id, "/waybills");
	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	relief_open(v, &h, tr(v->cx, "Waybills"), "/waybills");
	html(&v->h, "<p class='acts'>");
	if (may(v->cx, CAP_RELIEF_WRITE) && strcmp(h.state, "open") == 0)
		ui_button(v, ui_url(v, "/relief/%lld/waybills/new", (long long)h.rec.id),
		    tr(v->cx, "New waybill"), true);
	ui_button(v, ui_url(v, "/vehicles"), tr(v->cx, "Vehicles"), false);
	ui_button(v, ui_url(v, "/relief/%lld/chain", (long long)h.rec.id),
	    tr(v->cx, "From the box to the hand"), false);
	html(&v->h, "</p>");
	TRY(ui_list_page(v, &l));
	ui_close(v);
	return RC_OK;
}

/* ---- a new one ---- */

struct drivers {
	int64_t id[200];
	const char *name[200];
	size_t n;
};

static int
read_drivers(struct ctx *cx, struct drivers *d)
{
	AUTO_ROWS r = { 0 };

	d->n = 0;
	TRY(db_rows(cx, &r,
	    "SELECT DISTINCT a.id, a.name FROM account a JOIN account_role r ON r.account = a.id "
	    "WHERE r.role = 'driver' AND a.disabled = 0 AND " ROLE_IN_FORCE(
		"r", "$1") " ORDER BY "
			   "a.name, a.id LIMIT 200",
	    VALS(v_int(role_day(cx)))));
	while (d->n < ARRAY_LEN(d->id) && rows_next(&r)) {
		d->id[d->n] = row_int(&r, 0);
		d->name[d->n++] = row_text(&r, 1);
	}
	return rows_end(&r);
}

static void
option(struct view *v, int64_t id, const char *title, const char *typed)
{
	const char *value = arena_printf(v->cx->arena, "%lld", (long long)id);

	html(&v->h, "<option value='%s'", value);
	html(&v->h, strcmp(value, typed) == 0 ? " selected>%s</option>" : ">%s</option>", title);
}

static void
select_open(struct view *v, const char *name, const char *label)
{
	html(&v->h, "<div class='fld'><label for='f-%s'>%s</label>", name, label);
	relief_field_error(v, name);
	html(&v->h, "<select id='f-%s' name='%s'><option value=''></option>", name, name);
}

static int
draw_vehicles(struct view *v)
{
	struct ctx *cx = v->cx;
	int64_t *ids;
	size_t n, i;

	TRY(delivery_ids(cx, "SELECT id FROM vehicle WHERE closed_on IS NULL ORDER BY plate",
	    NO_VALS, &ids, &n));
	select_open(v, "vehicle", tr(cx, "Vehicle"));
	for (i = 0; i < n; i++) {
		struct vehicle c;

		TRY(kind_load(cx, &vehicle_kind, ids[i], &c));
		option(v, c.rec.id,
		    arena_printf(cx->arena, "%s · %s%s%s", c.plate,
			option_label(cx, relief_vehicles, c.type),
			c.capacity_kg == INT_NONE ? "" : " · ",
			c.capacity_kg == INT_NONE ? "" : trf(cx, "%s kg", num(cx, c.capacity_kg))),
		    relief_typed(v, "vehicle"));
	}
	html(&v->h, "</select></div>");
	return RC_OK;
}

static int
draw_head_fields(struct view *v)
{
	struct ctx *cx = v->cx;
	struct drivers *d = arena_new(cx->arena, struct drivers);
	struct delivery_choice *c;
	size_t n, i;

	html(&v->h, "<div class='row'>");
	TRY(draw_vehicles(v));
	TRY(read_drivers(cx, d));
	select_open(v, "driver", tr(cx, "Driver"));
	for (i = 0; i < d->n; i++)
		option(v, d->id[i], d->name[i], relief_typed(v, "driver"));
	html(&v->h, "</select></div>");
	TRY(delivery_stores(cx, &c, &n));
	select_open(v, "store", tr(cx, "Loaded from"));
	for (i = 0; i < n; i++)
		option(v, c[i].id, c[i].title, relief_typed(v, "store"));
	html(&v->h,
	    "</select></div><div class='fld w-s'><label for='f-planned_at'>%s</label><span "
	    "class='hint'>%s</span>",
	    tr(cx, "Planned departure"), tr(cx, "Day and hour: 15.11.2024 18:00"));
	relief_field_error(v, "planned_at");
	html(&v->h,
	    "<input type='text' id='f-planned_at' name='planned_at' value='%s'></div></div><div "
	    "class='fld'><label for='f-note'>%s</label><input type='text' id='f-note' name='note' "
	    "maxlength='500' value='%s'></div>",
	    relief_typed(v, "planned_at"), tr(cx, "Note"), relief_typed(v, "note"));
	return RC_OK;
}

/* Assigned needs that stand on no way yet, most urgent and oldest first. */
static const char FREE_NEEDS[] =
    "SELECT n.id FROM need n WHERE n.headquarters = $1 AND n.state = 'assigned' AND NOT EXISTS "
    "(SELECT 1 FROM waybill_stop s JOIN waybill w ON w.id = s.waybill WHERE s.need = n.id AND "
    "w.state IN ('draft', 'loaded', 'on_way') AND s.state IN ('open', 'partly', 'absent')) ORDER "
    "BY CASE "
    "n.urgency WHEN 'now' THEN 0 WHEN 'today' THEN 1 ELSE 2 END, n.district, n.asked_at, n.id "
    "LIMIT "
    "200";

static int
draw_free_needs(struct view *v, const int64_t *ids, size_t n)
{
	struct ctx *cx = v->cx;
	size_t i;

	html(&v->h, "<fieldset><legend>%s</legend>", tr(cx, "Needs to bring"));
	if (n == 0)
		html(&v->h, "<p class='mute'>%s</p>",
		    tr(cx, "No assigned need waits for a way. A waybill without needs can still go "
			   "to centres."));
	for (i = 0; i < n; i++) {
		const char *district = "",
			   *name = arena_printf(cx->arena, "n%lld", (long long)ids[i]), *what;
		struct need d;

		TRY(kind_load(cx, &need_kind, ids[i], &d));
		TRY(kind_titles(cx, &district_kind, &d.district, 1, &district));
		TRY(delivery_need_text(cx, ids[i], &what));
		html(&v->h, "<label class='tick'><input type='checkbox' name='%s' value='1'", name);
		html(&v->h, *relief_typed(v, name) != '\0' ? " checked>" : ">");
		html(&v->h, "<span><strong>%s</strong> · %s%s%s · %s · %s<br>%s</span></label>",
		    relief_code_shown(cx->arena, d.code), district,
		    d.place != NULL && may(cx, CAP_RELIEF_FAMILY) ? ", " : "",
		    d.place != NULL && may(cx, CAP_RELIEF_FAMILY) ? d.place : "",
		    trn(cx, d.people, "%s person", "%s people", num(cx, d.people)),
		    option_label(cx, need_urgencies, d.urgency), what);
	}
	html(&v->h, "</fieldset>");
	return RC_OK;
}

static int
draw_new(struct view *v, const struct headquarters *h)
{
	struct ctx *cx = v->cx;
	int64_t *ids;
	size_t n;

	TRY(delivery_ids(cx, FREE_NEEDS, VALS(v_int(h->rec.id)), &ids, &n));
	relief_open(v, h, tr(cx, "New waybill"), NULL);
	delivery_refusal(v);
	ui_form_begin(v, relief_path(v, h->rec.id, "/waybills/new"), false);
	html(&v->h, "<div class='flow'>");
	TRY(draw_head_fields(v));
	TRY(draw_free_needs(v, ids, n));
	html(&v->h,
	    "<p class='acts'><button type='submit' class='btn go'>%s</button> <a class='btn' "
	    "href='%s'>%s</a></p></div>",
	    tr(cx, "Make the waybill"), ui_url(v, "/relief/%lld/waybills", (long long)h->rec.id),
	    tr(cx, "Cancel"));
	ui_form_end(v);
	ui_close(v);
	return RC_OK;
}

static int
new_page(struct view *v)
{
	struct headquarters h;

	TRY(relief_of_path(v, &h));
	return draw_new(v, &h);
}

static int64_t
typed_id(struct view *v, const char *name)
{
	int64_t id;

	if (num_parse(relief_typed(v, name), &id))
		return id;
	fail_field(v->cx, name, N_("Choose one."));
	return 0;
}

static int
read_new(struct view *v, const struct headquarters *h, struct waybill_in *in)
{
	struct ctx *cx = v->cx;
	const char *at = relief_typed(v, "planned_at");
	int64_t *ids, *chosen;
	size_t n, i;

	*in = (struct waybill_in){ .headquarters = h->rec.id,
		.vehicle = typed_id(v, "vehicle"),
		.driver = typed_id(v, "driver"),
		.store = typed_id(v, "store") };
	if (*at != '\0' && !moment_parse(at, &in->planned_at))
		fail_field(
		    cx, "planned_at", N_("Write a day, or a day and an hour: 15.11.2024 18:00."));
	if (*relief_typed(v, "note") != '\0')
		in->note = relief_typed(v, "note");
	TRY(delivery_ids(cx, FREE_NEEDS, VALS(v_int(h->rec.id)), &ids, &n));
	chosen = arena_array(cx->arena, int64_t, n + 1);
	for (i = 0; i < n; i++)
		if (*relief_typed(v, arena_printf(cx->arena, "n%lld", (long long)ids[i])) != '\0')
			chosen[in->nneeds++] = ids[i];
	in->needs = chosen;
	return fields_rc(cx);
}

static int
new_post(struct view *v)
{
	struct headquarters h;
	struct waybill_in in;
	int64_t id = 0;
	int rc;

	TRY(relief_of_path(v, &h));
	rc = read_new(v, &h, &in);
	if (rc == RC_OK)
		rc = waybill_make(v->cx, &in, &id);
	if (rc == RC_INVALID || rc == RC_RULE) {
		v->status = rc == RC_INVALID ? 422 : 409;
		return draw_new(v, &h);
	}
	TRY(rc);
	return ui_done(v, waybill_path(v, id, ""), tr(v->cx, "The waybill is made."));
}

/* ---- one ---- */

static void
move_buttons(struct view *v, const struct waybill_stop *s, size_t i, size_t n, const char *title)
{
	struct ctx *cx = v->cx;
	int by;

	for (by = -1; by <= 1; by += 2) {
		if ((by < 0 && i == 0) || (by > 0 && i + 1 == n))
			continue;
		ui_form_begin(v,
		    arena_printf(cx->arena, "/waybills/stops/%lld/%s", (long long)s->rec.id,
			by < 0 ? "up" : "down"),
		    false);
		html(&v->h, "<button type='submit' class='btn'>");
		ui_icon(v, by < 0 ? ICON_UP_ARROW : ICON_DOWN_ARROW);
		html(&v->h, "<span class='vh'>%s: %s</span></button>", title,
		    by < 0 ? tr(cx, "earlier") : tr(cx, "later"));
		ui_form_end(v);
	}
}

static int
draw_stop(struct view *v, const struct waybill_stop *s, size_t i, size_t n, bool change)
{
	struct ctx *cx = v->cx;
	struct waybill_line *l;
	const char *title;
	size_t nl, k;

	TRY(stop_title(v, s, &title));
	TRY(delivery_lines(cx, s->rec.id, &l, &nl));
	html(&v->h,
	    "<tr><td class='r num' data-l='№'>%s</td><th scope='row'><a href='%s'>%s</a></th><td "
	    "data-l='%s'>",
	    num(cx, (int64_t)i + 1), ui_url(v, "/waybills/stops/%lld", (long long)s->rec.id), title,
	    tr(cx, "Goods"));
	for (k = 0; k < nl; k++) {
		const char *text;

		TRY(delivery_line_text(
		    cx, &(struct delivery_line){ l[k].item, l[k].lot, l[k].quantity }, &text));
		html(&v->h, k == 0 ? "%s" : "<br>%s", text);
	}
	if (nl == 0)
		html(&v->h, "<span class='mute'>%s</span>", tr(cx, "no goods of the stock"));
	html(&v->h, "</td><td data-l='%s'>", tr(cx, "State"));
	stop_state_mark(v, s->state);
	html(&v->h, "</td><td class='noprint'><div class='acts'>");
	if (change)
		move_buttons(v, s, i, n, title);
	html(&v->h, "</div></td></tr>");
	return RC_OK;
}

static int
draw_route(struct view *v, const struct waybill *w, bool change)
{
	struct ctx *cx = v->cx;
	struct waybill_stop *s;
	size_t n, i;

	TRY(delivery_stops(cx, w->rec.id, &s, &n));
	ui_section_open(v, "route", tr(cx, "Route"), NULL);
	if (n == 0)
		html(&v->h, "<p class='mute'>%s</p>", tr(cx, "No stop yet."));
	else {
		html(&v->h,
		    "<div class='tbl'><table class='cards'><caption "
		    "class='vh'>%s</caption><thead><tr><th "
		    "scope='col' class='r'>№</th><th scope='col'>%s</th><th scope='col'>%s</th><th "
		    "scope='col'>%s</th><td class='noprint'></td></tr></thead><tbody>",
		    tr(cx, "Route"), tr(cx, "Where"), tr(cx, "Goods"), tr(cx, "State"));
		for (i = 0; i < n; i++)
			TRY(draw_stop(v, &s[i], i, n, change));
		html(&v->h, "</tbody></table></div>");
	}
	ui_section_close(v);
	return RC_OK;
}

static int
draw_lacks(struct view *v, const struct waybill *w)
{
	struct ctx *cx = v->cx;
	struct delivery_lack *k;
	size_t n, i;

	TRY(waybill_lacks(cx, w->rec.id, &k, &n));
	if (n == 0)
		return RC_OK;
	ui_section_open(v, "lacks", tr(cx, "The store lacks"), NULL);
	html(&v->h, "<ul>");
	for (i = 0; i < n; i++) {
		struct item it;

		TRY(kind_load(cx, &item_kind, k[i].item, &it));
		html(&v->h, "<li>%s</li>",
		    trf(cx, "%s: wanted %s, there %s", kind_title(cx, &item_kind, &it),
			quantity_text(cx, &it, k[i].wanted), quantity_text(cx, &it, k[i].there)));
	}
	html(&v->h, "</ul><p>%s</p>",
	    tr(cx, "Change the quantities of a stop, or bring the goods to the store first."));
	ui_section_close(v);
	return RC_OK;
}

static int
draw_add(struct view *v, const struct waybill *w)
{
	struct ctx *cx = v->cx;
	struct delivery_choice *p;
	int64_t *ids;
	size_t n, np, i;

	TRY(delivery_ids(cx, FREE_NEEDS, VALS(v_int(w->headquarters)), &ids, &n));
	TRY(delivery_places(cx, w->headquarters, &p, &np));
	html(&v->h, "<details class='noprint'><summary class='btn'>%s</summary>",
	    tr(cx, "Add a stop"));
	ui_form_begin(v, waybill_path(v, w->rec.id, "/stops"), false);
	html(&v->h, "<div class='row'>");
	select_open(v, "need", tr(cx, "Need"));
	for (i = 0; i < n; i++) {
		const char *what;
		struct need d;

		TRY(kind_load(cx, &need_kind, ids[i], &d));
		TRY(delivery_need_text(cx, ids[i], &what));
		option(v, ids[i],
		    arena_printf(cx->arena, "%s · %s", relief_code_shown(cx->arena, d.code), what),
		    relief_typed(v, "need"));
	}
	html(&v->h, "</select></div>");
	select_open(v, "place", tr(cx, "Or a place"));
	for (i = 0; i < np; i++)
		option(v, p[i].id, p[i].title, relief_typed(v, "place"));
	html(&v->h,
	    "</select></div><div class='fld'><label for='f-receiver'>%s</label><input type='text' "
	    "id='f-receiver' name='receiver' maxlength='200' value='%s'></div><p "
	    "class='acts'><button "
	    "type='submit' class='btn'>%s</button></p></div>",
	    tr(cx, "Who receives there"), relief_typed(v, "receiver"), tr(cx, "Add"));
	ui_form_end(v);
	html(&v->h, "</details>");
	return RC_OK;
}

static void
draw_steps(struct view *v, const struct waybill *w, const struct headquarters *h)
{
	struct ctx *cx = v->cx;
	bool draft = strcmp(w->state, "draft") == 0, loaded = strcmp(w->state, "loaded") == 0;

	html(&v->h, "<div class='acts noprint'>");
	if (may(cx, CAP_RELIEF_WRITE) && strcmp(h->state, "open") == 0) {
		if (draft)
			ui_post_button(v, waybill_path(v, w->rec.id, "/load"), w->rec.version,
			    tr(cx, "Load"), false);
		if (loaded)
			ui_post_button(v, waybill_path(v, w->rec.id, "/start"), 0,
			    tr(cx, "On the way"), false);
		if (draft || loaded)
			ui_post_button(v, waybill_path(v, w->rec.id, "/cancel"), w->rec.version,
			    tr(cx, "Call off"), true);
	}
	ui_button(v, ui_url(v, "/waybills/%lld/paper", (long long)w->rec.id),
	    tr(cx, "Print the waybill"), false);
	ui_button(v, ui_url(v, "/waybills/%lld/list", (long long)w->rec.id),
	    tr(cx, "Print the distribution list"), false);
	ui_button(v, ui_url(v, "/relief/%lld/chain?q=%s", (long long)w->headquarters, w->code),
	    tr(cx, "From the box to the hand"), false);
	html(&v->h, "</div>");
}

static int
draw_one(struct view *v, const struct waybill *w, const struct headquarters *h)
{
	struct ctx *cx = v->cx;
	bool change = may(cx, CAP_RELIEF_WRITE) && strcmp(h->state, "open") == 0,
	     draft = strcmp(w->state, "draft") == 0;
	struct waybill shown = *w;

	shown.driver = shown.loaded_by = 0;
	shown.year = shown.number = INT_NONE; /* the code has them */
	relief_open(v, h, trf(cx, "Waybill No. %s", w->code), NULL);
	delivery_refusal(v);
	html(&v->h, "<div class='flow'><p>");
	waybill_state_mark(v, w->state);
	html(&v->h, "</p>");
	draw_steps(v, w, h);
	if (draft)
		TRY(draw_lacks(v, w));
	TRY(draw_route(v, w, change && (draft || waybill_is_open(w->state))));
	if (change && draft)
		TRY(draw_add(v, w));
	TRY(delivery_account(v, tr(cx, "Driver"), w->driver));
	TRY(delivery_account(v, tr(cx, "Loaded by"), w->loaded_by));
	TRY(ui_facts(v, &waybill_kind, &shown));
	html(&v->h, "</div>");
	TRY(ui_history(v, &waybill_kind, w->rec.id));
	ui_close(v);
	return RC_OK;
}

static int
one_page(struct view *v)
{
	struct headquarters h;
	struct waybill w;

	TRY(waybill_of_path(v, &w, &h));
	return draw_one(v, &w, &h);
}

static int64_t
version_of(struct view *v)
{
	const char *s = req_f(v->rq, "_version");
	int64_t version = 0;

	return s != NULL && num_parse(s, &version) ? version : 0;
}

/* Redraws the page with the reason, or goes back to it. */
static int
after(struct view *v, int64_t id, int rc, const char *done)
{
	struct headquarters h;
	struct waybill w;

	if (rc == RC_OK)
		return ui_done(v, waybill_path(v, id, ""), done);
	if (rc != RC_INVALID && rc != RC_RULE && rc != RC_CONFLICT)
		return rc;
	v->status = rc == RC_INVALID ? 422 : 409;
	TRY(kind_get(v->cx, &waybill_kind, id, &w));
	TRY(kind_get(v->cx, &headquarters_kind, w.headquarters, &h));
	return draw_one(v, &w, &h);
}

static int
load_post(struct view *v)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return after(v, id, waybill_load(v->cx, id, version_of(v)), tr(v->cx, "Loaded."));
}

static int
start_post(struct view *v)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return after(v, id, waybill_start(v->cx, id), tr(v->cx, "On the way."));
}

static int
cancel_post(struct view *v)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return after(v, id, waybill_cancel(v->cx, id, version_of(v)), tr(v->cx, "Called off."));
}

static int
stops_post(struct view *v)
{
	const char *receiver = relief_typed(v, "receiver");
	int64_t id, need = 0, place = 0, stop;

	TRY(req_param_id(v->rq, 0, &id));
	if (!num_parse(relief_typed(v, "need"), &need))
		need = 0;
	if (need != 0 || !num_parse(relief_typed(v, "place"), &place))
		place = 0;
	return after(v, id,
	    waybill_stop_add(v->cx, id, need, place, *receiver == '\0' ? NULL : receiver, &stop),
	    tr(v->cx, "Added."));
}

const struct route waybill_routes[] = {
	{ M_GET, "/relief/{id}/waybills", list_page, CAP_RELIEF_READ, 0, N_("Waybills"),
	    N_("What is carried to whom, by vehicle and driver.") },
	{ M_GET, "/relief/{id}/waybills/new", new_page, CAP_RELIEF_WRITE, 0, N_("New waybill"),
	    NULL },
	{ M_POST, "/relief/{id}/waybills/new", new_post, CAP_RELIEF_WRITE, 0, N_("New waybill"),
	    NULL },
	{ M_GET, "/waybills/{id}", one_page, CAP_RELIEF_READ, 0, N_("Waybill"),
	    N_("Its route, what it carries, loading and leaving.") },
	{ M_POST, "/waybills/{id}/load", load_post, CAP_RELIEF_WRITE, 0, N_("Load"), NULL },
	{ M_POST, "/waybills/{id}/start", start_post, CAP_RELIEF_WRITE, 0, N_("On the way"), NULL },
	{ M_POST, "/waybills/{id}/cancel", cancel_post, CAP_RELIEF_WRITE, 0, N_("Call off"), NULL },
	{ M_POST, "/waybills/{id}/stops", stops_post, CAP_RELIEF_WRITE, 0, N_("Add a stop"), NULL },
};
const size_t waybill_nroutes = ARRAY_LEN(waybill_routes);
