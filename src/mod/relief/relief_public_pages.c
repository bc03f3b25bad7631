/* relief_public_pages.c – asking for help without an account: a form that fits one screen of an old telephone, the
 * code, and what became of it.
 *
 * The page has a dress of its own (web/relief.css): with the house's it would be twice as heavy, and it is opened
 * where the net is worst. Sent twice it is one need; a field that people do not see catches programs. What is said to
 * whoever types a code is the state and nothing else. RULE relief-2, relief-6. */
#include <string.h>

#include "mod/relief/relief_form_pages.h"
#include "ui/bare.h"
#include "ui/parts.h"
#include "web/assets.h"

static void
open_page(struct view *v, const char *title)
{
	struct html *h = &v->h;

	ui_script_of_reader(v);
	html(h,
	    "<!DOCTYPE html>\n<html lang='%s'><head><meta charset='utf-8'><meta name='viewport' "
	    "content='width=device-width, initial-scale=1'><meta name='color-scheme' "
	    "content='light dark'><title>%s</title><link rel='icon' href='%s' "
	    "type='image/svg+xml'><link rel='stylesheet' href='%s'></head>"
	    "<body><main><h1>%s</h1>",
	    lang_tag(v->cx), title, asset_url("mark.svg"), asset_url("relief.css"), title);
}

/* Every page ends with the numbers to call and the other languages. */
static int
close_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct headquarters q[HEADQUARTERS_OPEN];
	size_t n, i;

	TRY(headquarters_open(cx, q, &n));
	html(&v->h, "<p class='call'><a href='tel:112'>112</a>");
	for (i = 0; i < n; i++)
		if (q[i].hotline != NULL) {
			html(&v->h, " ");
			ui_phone(v, q[i].hotline);
		}
	html(&v->h, "</p><p class='foot'>");
	for (i = 0; i < LANG_READINGS; i++)
		if (strcmp(lang_readings[i].prefix, lang_prefix(cx)) != 0)
			html(&v->h, "<a translate='no' href='/%s/need' lang='%s'>%s</a> ",
			    lang_readings[i].prefix, lang_readings[i].tag, lang_readings[i].name);
	html(&v->h, "<a href='%s'>%s</a> <a href='%s'>%s</a></p></main></body></html>",
	    ui_url(v, "/need/code"), tr(cx, "I have a code"), ui_url(v, "/"), tr(cx, "Home page"));
	return RC_OK;
}

/* ---- the form ---- */

static void
draw_text(struct view *v, const char *name, const char *label, const char *more)
{
	html(&v->h, "<label>%s", label);
	relief_field_error(v, name);
	html(&v->h, "<input id='f-%s' name='%s' value='%s' type='%s'", name, name,
	    relief_typed(v, name), strcmp(more, "tel") == 0 ? "tel" : "text");
	if (strcmp(more, "tel") == 0)
		html(&v->h, " autocomplete='tel'");
	else if (strcmp(more, "num") == 0)
		html(&v->h, " inputmode='numeric'");
	else if (strcmp(more, "name") == 0)
		html(&v->h, " autocomplete='name'");
	html(&v->h, "></label>");
}

static int
draw_districts(struct view *v)
{
	struct area_row *a;
	size_t n, i;
	const char *typed = relief_typed(v, "district");

	TRY(reads_public_districts(v->cx, &a, &n));
	html(&v->h, "<label>%s", tr(v->cx, "District"));
	relief_field_error(v, "district");
	html(&v->h, "<select id='f-district' name='district'>");
	if (n != 1)
		html(&v->h, "<option value=''></option>");
	for (i = 0; i < n; i++) {
		const char *id = arena_printf(v->cx->arena, "%lld", (long long)a[i].district);

		html(&v->h, "<option value='%s'", id);
		html(&v->h, strcmp(id, typed) == 0 ? " selected>%s</option>" : ">%s</option>",
		    a[i].name);
	}
	html(&v->h, "</select></label>");
	return RC_OK;
}

static void
draw_urgency(struct view *v)
{
	const char *typed = relief_typed(v, "urgency");
	int i;

	html(&v->h, "<label>%s", tr(v->cx, "When"));
	relief_field_error(v, "urgency");
	html(&v->h, "<select id='f-urgency' name='urgency'>");
	for (i = 0; need_urgencies[i].code != NULL; i++) {
		const char *code = need_urgencies[i].code;
		bool on = strcmp(code, *typed == '\0' ? "today" : typed) == 0;

		html(&v->h, "<option value='%s'", code);
		html(&v->h, on ? " selected>%s</option>" : ">%s</option>",
		    tr(v->cx, need_urgencies[i].label));
	}
	html(&v->h, "</select></label>");
}

static void
draw_flags(struct view *v)
{
	static const struct {
		const char *name, *label;
	} flags[] = {
		{ "pregnant", N_("A pregnant woman") },
		{ "disabled", N_("A person with a disability") },
		{ "insulin", N_("Insulin") },
		{ "livestock", N_("Livestock") },
	};
	bool open = *relief_typed(v, "infants") != '\0';
	size_t i;

	for (i = 0; i < ARRAY_LEN(flags); i++)
		open = open || *relief_typed(v, flags[i].name) != '\0';
	/* What was typed there is seen again, with its error. */
	html(&v->h, open ? "<details open><summary>%s</summary>" : "<details><summary>%s</summary>",
	    tr(v->cx, "Infants, illness, livestock"));
	draw_text(v, "infants", tr(v->cx, "Of them infants"), "num");
	for (i = 0; i < ARRAY_LEN(flags); i++) {
		html(&v->h, "<label class='tick'><input type='checkbox' name='%s' value='1'",
		    flags[i].name);
		html(&v->h,
		    *relief_typed(v, flags[i].name) != '\0' ? " checked> %s</label>"
							    : "> %s</label>",
		    tr(v->cx, flags[i].label));
	}
	html(&v->h, "</details>");
}

static int
draw_form(struct view *v)
{
	struct ctx *cx = v->cx;

	open_page(v, tr(cx, "Ask for help"));
	if (cx->err.text != NULL && *cx->err.text != '\0')
		html(&v->h, "<p class='err' role='alert'>%s</p>", cx->err.text);
	else if (cx->err.fields != NULL)
		html(&v->h, "<p class='err' role='alert'>%s</p>",
		    tr(cx, "Not sent yet: look at what is marked."));
	ui_form_begin(v, "/need", false);
	relief_draw_nonce(v);
	html(&v->h, "<p class='vh' aria-hidden='true'><input name='website' tabindex='-1' "
		    "autocomplete='off'></p><div class='two'>");
	draw_text(v, "name", tr(cx, "Your name"), "name");
	draw_text(v, "phone", tr(cx, "Telephone"), "tel");
	TRY(draw_districts(v));
	draw_text(v, "place", tr(cx, "Village, quarter"), "");
	html(&v->h, "</div>");
	draw_text(v, "note", tr(cx, "Street, house, how to get in"), "");
	html(&v->h, "<div class='three'>");
	draw_text(v, "people", tr(cx, "People"), "num");
	draw_text(v, "children", tr(cx, "Children"), "num");
	draw_urgency(v);
	html(&v->h, "</div>");
	draw_text(v, "what", tr(cx, "What is needed"), "");
	draw_flags(v);
	html(&v->h, "<button type='submit'>%s</button>", tr(cx, "Send"));
	ui_form_end(v);
	return close_page(v);
}

static int
form_page(struct view *v)
{
	struct headquarters q[HEADQUARTERS_OPEN];
	size_t n;

	TRY(headquarters_open(v->cx, q, &n));
	if (n > 0)
		return draw_form(v);
	open_page(v, tr(v->cx, "Ask for help"));
	html(&v->h, "<p>%s</p>",
	    tr(v->cx, "No relief headquarters is open now. In danger call 112."));
	return close_page(v);
}

static int
form_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct need_in in;
	struct need n;
	bool again;
	int64_t id;
	int rc;

	if (relief_is_robot(v))
		return ui_done(v, "/need", tr(cx, "Thank you."));
	rc = relief_read_need(v, &in);
	in.channel = "public";
	if (rc == RC_OK)
		rc = need_take(cx, &in, &id, &again);
	if (rc == RC_INVALID || rc == RC_RULE) {
		v->status = rc == RC_INVALID ? 422 : 409;
		return draw_form(v);
	}
	TRY(rc);
	TRY(kind_load(cx, &need_kind, id, &n));
	res_redirect(v->rq, ui_url(v, "/need/%s?sent=1", n.code));
	return RC_OK;
}

/* ---- a code ---- */

static int
draw_ask(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *typed = req_q(v->rq, "code");

	open_page(v, tr(cx, "What became of it"));
	html(&v->h, "<p>%s</p><form method='get' action='%s'><label>%s",
	    tr(cx, "You got the code when help was asked for. If it is lost, call: the need is "
		   "found by its telephone number."),
	    ui_url(v, "/need/code"), tr(cx, "Code, nine digits"));
	relief_field_error(v, "code");
	html(&v->h,
	    "<input type='text' id='f-code' name='code' inputmode='numeric' autocomplete='off' "
	    "value='%s'></label><button type='submit'>%s</button></form><p class='foot'><a "
	    "href='%s'>%s</a></p>",
	    typed == NULL ? "" : typed, tr(cx, "Show"), ui_url(v, "/need"), tr(cx, "Ask for help"));
	return close_page(v);
}

static const char *
state_said(struct ctx *cx, const char *state)
{
	static const struct option said[] = {
		{ "new", N_("Received. We will call you back.") },
		{ "checked", N_("Checked. It waits for somebody who brings it.") },
		{ "assigned", N_("Somebody has it in hand.") },
		{ "on_way", N_("On the way.") },
		{ "delivered", N_("Delivered.") },
		{ "refused", N_("It cannot be done. Please call the hotline.") },
		{ "closed", N_("Closed.") },
		{ NULL, NULL },
	};

	return option_label(cx, said, state);
}

static int
draw_state(struct view *v, const struct need *n)
{
	struct ctx *cx = v->cx;

	open_page(v, req_q(v->rq, "sent") != NULL ? tr(cx, "Sent") : tr(cx, "What became of it"));
	html(&v->h, "<p class='code' translate='no'>%s</p><p class='state'>%s</p>",
	    relief_code_shown(cx->arena, n->code), state_said(cx, n->state));
	if (req_q(v->rq, "sent") != NULL)
		html(&v->h, "<p>%s</p>",
		    tr(cx, "Keep this code: with it you see here what becomes of it."));
	return close_page(v);
}

static int
show(struct view *v, const char *typed)
{
	struct need n;
	int rc = need_by_code(v->cx, typed, &n);

	if (rc == RC_NOTFOUND) {
		v->cx->err.text = NULL;
		fail_field(v->cx, "code", N_("There is no need with this code."));
		v->status = 404;
		return draw_ask(v);
	}
	if (rc == RC_INVALID) {
		v->status = 422;
		return draw_ask(v);
	}
	TRY(rc);
	return draw_state(v, &n);
}

static int
ask_page(struct view *v)
{
	const char *typed = req_q(v->rq, "code");

	return typed == NULL || *typed == '\0' ? draw_ask(v) : show(v, typed);
}

static int
code_page(struct view *v)
{
	return show(v, v->rq->nparam > 0 ? v->rq->param[0] : "");
}

/* ---- the call on the public pages ---- */

void
relief_call(struct view *v)
{
	struct ctx *cx = v->cx;
	struct headquarters q[HEADQUARTERS_OPEN];
	struct err before = cx->err;
	size_t n = 0, i;

	if (headquarters_open(cx, q, &n) != RC_OK)
		n = 0;
	cx->err = before;
	if (n == 0)
		return;
	html(&v->h, "<p class='sos'><strong>%s</strong> <a class='btn' href='%s'>%s</a>",
	    kind_title(cx, &headquarters_kind, &q[0]), ui_url(v, "/need"), tr(cx, "Ask for help"));
	for (i = 0; i < n; i++)
		if (q[i].hotline != NULL)
			html(&v->h, " <a class='nw' href='tel:%s'>%s</a>",
			    relief_digits(cx->arena, q[i].hotline), q[i].hotline);
	html(&v->h, " <a href='tel:112'>112</a></p>");
}

const struct route relief_public_routes[] = {
	{ M_GET, "/need", form_page, CAP_PUBLIC, 0, N_("Ask for help"),
	    N_("For families in an emergency, without an account.") },
	{ M_POST, "/need", form_post, CAP_PUBLIC, ROUTE_FORM, N_("Ask for help"), NULL },
	{ M_GET, "/need/code", ask_page, CAP_PUBLIC, ROUTE_FORM, N_("What became of a need"),
	    N_("By its code.") },
	{ M_GET, "/need/{code}", code_page, CAP_PUBLIC, ROUTE_FORM, N_("What became of a need"),
	    NULL },
};
const size_t relief_public_nroutes = ARRAY_LEN(relief_public_routes);
