/* relief_roster_pages.c – the log that only grows, who is on duty, who can be called. */
#include <string.h>

#include "mod/relief/relief_pages.h"
#include "ui/parts.h"

enum { LOG_LINES = 50 };

/* ---- the log ---- */

static void
draw_log_row(struct view *v, const struct log_row *l)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<tr id='l%lld'><th scope='row' class='nw'>%s</th><td data-l='%s'>%s",
	    (long long)l->id, moment_text(cx, l->at), tr(cx, "Text"), l->text);
	if (l->corrects != 0)
		html(&v->h, " <a class='small' href='#l%lld'>%s</a>", (long long)l->corrects,
		    trf(cx, "corrects line %s", num(cx, l->corrects)));
	if (l->corrected_by != 0)
		html(&v->h, " <a class='small' href='#l%lld'>%s</a>", (long long)l->corrected_by,
		    trf(cx, "corrected by line %s", num(cx, l->corrected_by)));
	html(&v->h, "</td><td data-l='%s'>%s</td><td class='r num' data-l='%s'>%s</td></tr>",
	    tr(cx, "Author"), l->author, tr(cx, "Line"), num(cx, l->id));
}

static void
draw_log_form(struct view *v, const struct headquarters *h)
{
	struct ctx *cx = v->cx;
	const char *text = req_f(v->rq, "text"), *corrects = req_f(v->rq, "corrects");

	ui_form_begin(v, relief_path(v, h->rec.id, "/log"), false);
	ui_once(v);
	html(&v->h, "<div class='flow'><div class='fld'><label for='f-text'>%s</label>",
	    tr(cx, "New line"));
	relief_field_error(v, "text");
	html(&v->h,
	    "<textarea id='f-text' name='text' rows='2' maxlength='2000'>%s</textarea></div><div "
	    "class='fld w-s'><label for='f-corrects'>%s</label>",
	    v->status == 200 || text == NULL ? "" : text, tr(cx, "Corrects the line"));
	relief_field_error(v, "corrects");
	html(&v->h,
	    "<input type='text' id='f-corrects' name='corrects' inputmode='numeric' value='%s'>"
	    "</div><p class='acts'><button type='submit' class='btn go'>%s</button></p></div>",
	    v->status == 200 || corrects == NULL ? "" : corrects, tr(cx, "Add to the log"));
	ui_form_end(v);
}

static int
draw_log(struct view *v, const struct headquarters *h)
{
	struct ctx *cx = v->cx;
	const char *before_s = req_q(v->rq, "before");
	struct log_row *l;
	int64_t before = 0;
	size_t n, i;

	if (before_s != NULL && !num_parse(before_s, &before))
		before = 0;
	TRY(reads_log(cx, h->rec.id, before, LOG_LINES, &l, &n));
	relief_open(v, h, tr(cx, "Log"), "/log");
	ui_refusals(v, "f-");
	html(&v->h, "<p class='prose small'>%s</p>",
	    tr(cx, "A line is never changed or removed; a correction is a further line."));
	draw_log_form(v, h);
	if (n > 0) {
		html(&v->h,
		    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead>"
		    "<tr><th scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th "
		    "scope='col' class='r'>%s</th></tr></thead><tbody>",
		    tr(cx, "Log"), tr(cx, "Moment"), tr(cx, "Text"), tr(cx, "Author"),
		    tr(cx, "Line"));
		for (i = 0; i < n; i++)
			draw_log_row(v, &l[i]);
		html(&v->h, "</tbody></table></div>");
	}
	if (n == LOG_LINES)
		html(&v->h, "<p><a href='%s'>%s</a></p>",
		    ui_url(v, "/relief/%lld/log?before=%lld", (long long)h->rec.id,
			(long long)l[n - 1].id),
		    tr(cx, "Older lines"));
	ui_close(v);
	return RC_OK;
}

static int
log_page(struct view *v)
{
	struct headquarters h;

	TRY(relief_of_path(v, &h));
	return draw_log(v, &h);
}

static int
log_post(struct view *v)
{
	const char *corrects_s = req_f(v->rq, "corrects");
	struct headquarters h;
	int64_t corrects = 0, id;
	int rc = RC_OK;

	TRY(relief_of_path(v, &h));
	if (corrects_s != NULL && *corrects_s != '\0' && !num_parse(corrects_s, &corrects)) {
		fail_field(v->cx, "corrects", N_("A whole number."));
		rc = RC_INVALID;
	}
	if (rc == RC_OK)
		rc = relief_log_add(v->cx, h.rec.id, req_f(v->rq, "text"), corrects, &id);
	if (rc == RC_INVALID) {
		v->status = 422;
		return draw_log(v, &h);
	}
	TRY(rc);
	return ui_done(v, relief_path(v, h.rec.id, "/log"), tr(v->cx, "Added."));
}

/* ---- duties ---- */

static void
draw_duty(struct view *v, const struct duty_row *d)
{
	struct ctx *cx = v->cx;

	html(&v->h,
	    "<tr><th scope='row' class='nw'>%s – %s</th><td data-l='%s'>%s</td><td "
	    "data-l='%s'>%s</td><td data-l='%s'>",
	    moment_text(cx, d->d.starts_at), moment_text(cx, d->d.ends_at), tr(cx, "Full name"),
	    d->who, tr(cx, "Task"), d->d.task == NULL ? "" : d->d.task, tr(cx, "Telephone"));
	if (d->d.phone != NULL)
		ui_phone(v, d->d.phone);
	html(&v->h, "</td><td data-l='%s'>", tr(cx, "State"));
	if (d->now)
		ui_state(v, 'o', tr(cx, "on duty now"));
	html(&v->h, "</td></tr>");
}

static int
duties_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct headquarters h;
	struct duty_row *d;
	size_t n, i;

	TRY(relief_of_path(v, &h));
	TRY(reads_duties(cx, h.rec.id, &d, &n));
	relief_open(v, &h, tr(cx, "Duty roster"), "/duties");
	if (strcmp(h.state, "open") == 0) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/relief/%lld/duties/new", (long long)h.rec.id),
		    tr(cx, "Add a duty"), true);
		html(&v->h, "</p>");
	}
	if (n == 0)
		ui_empty(v, tr(cx, "Nobody is on the roster yet"),
		    tr(cx, "Put down who answers the hotline, from when to when."), NULL, NULL);
	else {
		html(&v->h,
		    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead>"
		    "<tr><th scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th "
		    "scope='col'>%s</th><th scope='col'>%s</th></tr></thead><tbody>",
		    tr(cx, "Duty roster"), tr(cx, "From – to"), tr(cx, "Full name"), tr(cx, "Task"),
		    tr(cx, "Telephone"), tr(cx, "State"));
		for (i = 0; i < n; i++)
			draw_duty(v, &d[i]);
		html(&v->h, "</tbody></table></div>");
	}
	ui_close(v);
	return RC_OK;
}

static const char *const duty_fields[] = { "name", "task", "starts_at", "ends_at", "phone", NULL };

static int
draw_duty_form(struct view *v, struct ui_form *f)
{
	const struct relief_duty *d = f->rec;
	struct headquarters h;

	TRY(kind_get(v->cx, &headquarters_kind, d->headquarters, &h));
	relief_open(v, &h, tr(v->cx, "New duty"), NULL);
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static int
duty_form(struct view *v, struct relief_duty *d, struct ui_form *f)
{
	struct headquarters h;

	TRY(relief_of_path(v, &h));
	kind_empty(&relief_duty_kind, d);
	d->headquarters = h.rec.id;
	d->starts_at = v->cx->now / (US_PER_SECOND * 3600) * US_PER_SECOND * 3600;
	d->ends_at = d->starts_at + US_PER_DAY / 2;
	*f = (struct ui_form){ .kind = &relief_duty_kind,
		.rec = d,
		.create = true,
		.path = relief_path(v, h.rec.id, "/duties/new"),
		.fields = duty_fields,
		.cancel = relief_path(v, h.rec.id, "/duties") };
	return RC_OK;
}

static int
duty_new_page(struct view *v)
{
	struct relief_duty d;
	struct ui_form f;

	TRY(duty_form(v, &d, &f));
	return draw_duty_form(v, &f);
}

static int
duty_new_post(struct view *v)
{
	struct relief_duty d;
	struct ui_form f;

	TRY(duty_form(v, &d, &f));
	return ui_form_save(v, &f, draw_duty_form);
}

static int
duty_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct headquarters h;
	struct relief_duty d;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(cx, &relief_duty_kind, id, &d));
	TRY(kind_get(cx, &headquarters_kind, d.headquarters, &h));
	relief_open(v, &h, tr(cx, "Duty"), NULL);
	TRY(ui_facts(v, &relief_duty_kind, &d));
	ui_close(v);
	return RC_OK;
}

/* ---- who can be called ---- */

static void
draw_call(struct view *v, const struct call_row *c)
{
	struct ctx *cx = v->cx;

	html(&v->h,
	    "<tr><th scope='row'><a href='%s'>%s</a></th><td data-l='%s'>%s</td><td "
	    "data-l='%s'>%s</td>",
	    ui_url(v, "/relief/offers/%lld", (long long)c->o.rec.id), c->who, tr(cx, "Skills"),
	    c->o.skills == NULL ? "" : c->o.skills, tr(cx, "Languages"),
	    c->o.languages == NULL ? "" : c->o.languages);
	html(&v->h, "<td data-l='%s'>%s</td><td data-l='%s'>%s</td><td data-l='%s'>",
	    tr(cx, "Vehicle"),
	    c->o.vehicle == NULL ? "" : option_label(cx, relief_vehicles, c->o.vehicle),
	    tr(cx, "When one can be called"), c->o.availability == NULL ? "" : c->o.availability,
	    tr(cx, "Telephone"));
	if (c->o.phone != NULL)
		ui_phone(v, c->o.phone);
	html(&v->h, "</td></tr>");
}

static void
draw_call_filter(struct view *v, const char *path, const struct call_filter *f)
{
	struct ctx *cx = v->cx;
	int i;

	html(&v->h,
	    "<form method='get' action='%s' class='row'><div class='fld'><label for='f-q'>%s"
	    "</label><input type='search' id='f-q' name='q' value='%s' maxlength='60'></div><div "
	    "class='fld w-s'><label for='f-vehicle'>%s</label><select id='f-vehicle' "
	    "name='vehicle'><option value=''>%s</option>",
	    ui_path(v, path), tr(cx, "Skill or language"), f->q == NULL ? "" : f->q,
	    tr(cx, "Vehicle"), tr(cx, "All"));
	for (i = 1; relief_vehicles[i].code != NULL; i++) {
		const char *code = relief_vehicles[i].code;

		html(&v->h, "<option value='%s'", code);
		html(&v->h,
		    f->vehicle != NULL && strcmp(f->vehicle, code) == 0 ? " selected>%s</option>"
									: ">%s</option>",
		    tr(cx, relief_vehicles[i].label));
	}
	html(&v->h,
	    "</select></div><p class='acts'><button type='submit' class='btn'>%s</button></p>"
	    "</form>",
	    tr(cx, "Filter"));
}

static int
draw_calls(struct view *v, const char *path)
{
	struct ctx *cx = v->cx;
	struct call_filter f = { .q = req_q(v->rq, "q"), .vehicle = req_q(v->rq, "vehicle") };
	struct call_row *c;
	size_t n, i;

	TRY(reads_calls(cx, &f, &c, &n));
	html(&v->h, "<p class='prose small'>%s</p>",
	    tr(cx, "Those who agreed to be called in an emergency, and what they can do."));
	html(&v->h, "<p class='acts noprint'>");
	ui_button(v, ui_url(v, "/relief/offers/new"), tr(cx, "Put down an offer"), false);
	html(&v->h, "</p>");
	draw_call_filter(v, path, &f);
	if (n == 0) {
		ui_empty(v, tr(cx, "Nobody is on the call list"),
		    tr(cx, "An offer is put down with the person's consent."), NULL, NULL);
		return RC_OK;
	}
	html(&v->h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th></tr></thead><tbody>",
	    tr(cx, "Call list"), tr(cx, "Full name"), tr(cx, "Skills"), tr(cx, "Languages"),
	    tr(cx, "Vehicle"), tr(cx, "When one can be called"), tr(cx, "Telephone"));
	for (i = 0; i < n; i++)
		draw_call(v, &c[i]);
	html(&v->h, "</tbody></table></div>");
	return RC_OK;
}

static int
calls_page(struct view *v)
{
	struct headquarters h;

	TRY(relief_of_path(v, &h));
	relief_open(v, &h, tr(v->cx, "Call list"), "/calls");
	TRY(draw_calls(v, relief_path(v, h.rec.id, "/calls")));
	ui_close(v);
	return RC_OK;
}

static void
open_offers(struct view *v, const char *title)
{
	struct ctx *cx = v->cx;

	ui_open(
	    v, &(struct page){ .title = title == NULL ? tr(cx, "Who can help") : title,
		   .nav = "/relief",
		   .staff = true,
		   .crumbs = (const struct crumb[]){ { "/relief", tr(cx, "Relief headquarters") },
		       { title == NULL ? NULL : "/relief/offers", tr(cx, "Who can help") },
		       { NULL, title }, { NULL, NULL } } });
}

static int
offers_page(struct view *v)
{
	open_offers(v, NULL);
	TRY(draw_calls(v, "/relief/offers"));
	ui_close(v);
	return RC_OK;
}

static const char *const offer_fields[] = { "person", "skills", "languages", "vehicle", "seats",
	"availability", "district", "phone", "given_on", "withdrawn_on", NULL };

static int
draw_offer_form(struct view *v, struct ui_form *f)
{
	open_offers(v, f->create ? tr(v->cx, "Put down an offer") : tr(v->cx, "Change the offer"));
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static void
offer_new_form(struct view *v, struct relief_offer *o, struct ui_form *f)
{
	kind_empty(&relief_offer_kind, o);
	o->given_on = v->cx->today;
	*f = (struct ui_form){ .kind = &relief_offer_kind,
		.rec = o,
		.create = true,
		.path = "/relief/offers/new",
		.fields = offer_fields,
		.cancel = "/relief/offers" };
}

static int
offer_new_page(struct view *v)
{
	struct relief_offer o;
	struct ui_form f;

	offer_new_form(v, &o, &f);
	return draw_offer_form(v, &f);
}

static int
offer_new_post(struct view *v)
{
	struct relief_offer o;
	struct ui_form f;

	offer_new_form(v, &o, &f);
	return ui_form_save(v, &f, draw_offer_form);
}

static int
offer_of_path(struct view *v, struct relief_offer *o)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, &relief_offer_kind, id, o);
}

static int
offer_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct relief_offer o;

	TRY(offer_of_path(v, &o));
	open_offers(v, kind_title(cx, &relief_offer_kind, &o));
	TRY(ui_facts(v, &relief_offer_kind, &o));
	html(&v->h, "<p class='acts'>");
	ui_button(
	    v, ui_url(v, "/relief/offers/%lld/edit", (long long)o.rec.id), tr(cx, "Change"), false);
	html(&v->h, "</p>");
	TRY(ui_history(v, &relief_offer_kind, o.rec.id));
	ui_close(v);
	return RC_OK;
}

static int
offer_edit_form(struct view *v, struct relief_offer *o, struct ui_form *f)
{
	TRY(offer_of_path(v, o));
	*f = (struct ui_form){ .kind = &relief_offer_kind,
		.rec = o,
		.path =
		    arena_printf(v->cx->arena, "/relief/offers/%lld/edit", (long long)o->rec.id),
		.fields = offer_fields,
		.cancel = arena_printf(v->cx->arena, "/relief/offers/%lld", (long long)o->rec.id) };
	return RC_OK;
}

static int
offer_edit_page(struct view *v)
{
	struct relief_offer o;
	struct ui_form f;

	TRY(offer_edit_form(v, &o, &f));
	return draw_offer_form(v, &f);
}

static int
offer_edit_post(struct view *v)
{
	struct relief_offer o;
	struct ui_form f;

	TRY(offer_edit_form(v, &o, &f));
	return ui_form_save(v, &f, draw_offer_form);
}

const struct route relief_roster_routes[] = {
	{ M_GET, "/relief/{id}/log", log_page, CAP_RELIEF_WRITE, 0, N_("Log"),
	    N_("Lines that are never changed.") },
	{ M_POST, "/relief/{id}/log", log_post, CAP_RELIEF_WRITE, 0, N_("Add to the log"), NULL },
	{ M_GET, "/relief/{id}/duties", duties_page, CAP_RELIEF_WRITE, 0, N_("Duty roster"), NULL },
	{ M_GET, "/relief/{id}/duties/new", duty_new_page, CAP_RELIEF_WRITE, 0, N_("New duty"),
	    NULL },
	{ M_POST, "/relief/{id}/duties/new", duty_new_post, CAP_RELIEF_WRITE, 0, N_("New duty"),
	    NULL },
	{ M_GET, "/relief/duties/{id}", duty_page, CAP_RELIEF_WRITE, 0, N_("Duty"), NULL },
	{ M_GET, "/relief/{id}/calls", calls_page, CAP_RELIEF_WRITE, 0, N_("Call list"),
	    N_("Members who agreed to be called.") },
	{ M_GET, "/relief/offers", offers_page, CAP_RELIEF_WRITE, 0, N_("Who can help"), NULL },
	{ M_GET, "/relief/offers/new", offer_new_page, CAP_RELIEF_WRITE, 0, N_("Put down an offer"),
	    NULL },
	{ M_POST, "/relief/offers/new", offer_new_post, CAP_RELIEF_WRITE, 0,
	    N_("Put down an offer"), NULL },
	{ M_GET, "/relief/offers/{id}", offer_page, CAP_RELIEF_WRITE, 0, N_("Offer to help"),
	    NULL },
	{ M_GET, "/relief/offers/{id}/edit", offer_edit_page, CAP_RELIEF_WRITE, 0,
	    N_("Change the offer"), NULL },
	{ M_POST, "/relief/offers/{id}/edit", offer_edit_post, CAP_RELIEF_WRITE, 0,
	    N_("Change the offer"), NULL },
};
const size_t relief_roster_nroutes = ARRAY_LEN(relief_roster_routes);
