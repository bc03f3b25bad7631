/* office_second_pages.c – the second factor: its door behind the password, and the page where its owner
 * switches it on and off; and the sign-ins of an account.
 *
 * The second door is drawn as the answer to the first form and carries a ticket, no cookie: nobody is
 * signed in before it. */
#include "mod/office/office_pages.h"

#include "core/account.h"
#include "core/second.h"
#include "core/session.h"
#include "core/setting.h"
#include "core/sign_in_log.h"
#include "mod/office/office_form.h"
#include "text/qr.h"

/* ---- the second door ---- */

int
office_second_door(struct view *v, const char *ticket, const char *next)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	ui_open(v, &(struct page){ .title = tr(cx, "Second factor"), .nav = "/sign-in" });
	if (cx->err.fields == NULL && cx->err.text != NULL && *cx->err.text != '\0')
		html(h, "<div class='errs' role='alert' tabindex='-1'><h2>%s</h2><p>%s</p></div>",
		    tr(cx, "You are not signed in"), cx->err.text);
	html(h, "<p class='prose'>%s</p>",
	    tr(cx,
		"The password is right. Now type the six digits that your device shows, or one of "
		"your recovery codes."));
	ui_form_begin(v, "/sign-in/code", false);
	html(h, "<input type='hidden' name='ticket' value='%s'>", ticket);
	if (next != NULL)
		html(h, "<input type='hidden' name='next' value='%s'>", next);
	html(h, "<div class='fld'><label for='code'>%s</label>",
	    tr(cx, "Six digits or a recovery code"));
	form_said(v, "code");
	html(h, "<input class='w-s' type='text' id='code' name='code' inputmode='text' "
		"autocomplete='one-time-code' autocapitalize='none' spellcheck='false' "
		"maxlength='40' required autofocus></div>");
	form_send(v, tr(cx, "Sign in"), true);
	ui_form_end(v);
	html(h, "<p class='prose mute'>%s</p>",
	    tr(cx,
		"Device and recovery codes are lost? An administrator who knows you switches the "
		"second factor off."));
	ui_close(v);
	return RC_OK;
}

/* Reached by reloading or by changing the language: the ticket is gone, so begin again. */
static int
door_page(struct view *v)
{
	return ui_done(v, "/sign-in", NULL);
}

static int
door_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *ticket = req_f(v->rq, "ticket");
	struct sign_in in;
	struct second_try t = { ticket, req_f(v->rq, "code"), v->rq->peer,
		req_header(v->rq, "User-Agent") };
	int rc = sign_in_second(cx, &t, &in);

	if (rc == RC_INVALID && strcmp(cx->err.fields->field, "ticket") == 0)
		return ui_done(v, "/sign-in", cx->err.fields->text);
	if (rc == RC_INVALID || rc == RC_RULE || rc == RC_DENIED || rc == RC_BUSY) {
		v->status = rc == RC_RULE || rc == RC_BUSY ? 429 : 422;
		return office_second_door(v, ticket == NULL ? "" : ticket, req_f(v->rq, "next"));
	}
	TRY(rc);
	return office_signed_in(v, &in);
}

/* ---- one's own ---- */

static const struct crumb *
me_crumbs(struct view *v)
{
	struct crumb *c = arena_array(v->cx->arena, struct crumb, 2);

	c[0] = (struct crumb){ "/me", tr(v->cx, "Your account") };
	c[1] = (struct crumb){ NULL, NULL };
	return c;
}

static void
password_line(struct view *v)
{
	form_line(v, &(struct form_line){ .name = "password",
			 .label = tr(v->cx, "Present password"),
			 .type = "password",
			 .complete = "current-password" });
}

enum { ISSUER_MAX = 36 };

static int
issuer(struct ctx *cx, const char **out)
{
	struct institution i;

	TRY(setting_institution(cx, &i));
	*out = tr3(cx, &i.name, NULL);
	/* It stands in the code twice, three characters a byte: a long one would make it unreadable. */
	if (**out == '\0' || strlen(*out) > ISSUER_MAX)
		*out = "Shanyraq";
	return RC_OK;
}

static int
draw_begin(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct second_secret s;
	const char *name;
	struct qr qr;

	TRY(issuer(cx, &name));
	TRY(second_begin(cx, name, &s));
	html(h,
	    "<ol class='prose'><li>%s</li><li>%s<p class='lead'><strong><code "
	    "translate='no'>%s</code></strong></p>",
	    tr(cx, "Open an authenticator app on your telephone: one that shows six digits every "
		   "half minute."),
	    tr(cx, "Add an account there with this key:"), s.groups);
	if (qr_make(cx->arena, s.uri, &qr) == RC_OK)
		qr_svg(h, &qr, tr(cx, "The key as a QR code"));
	html(h, "<p><a class='btn' href='otpauth:%s'>%s</a></p></li><li>%s</li></ol>",
	    s.uri + strlen("otpauth:"), tr(cx, "Open in the app on this device"),
	    tr(cx, "Type the digits that it shows now."));
	ui_form_begin(v, "/me/second", false);
	form_line(v, &(struct form_line){ .name = "code",
			 .label = tr(cx, "Six digits from the app"),
			 .complete = "one-time-code" });
	password_line(v);
	form_send(v, tr(cx, "Switch the second factor on"), true);
	ui_form_end(v);
	return RC_OK;
}

static void
draw_on(struct view *v, const struct second_state *s)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<p>");
	ui_state(v, 'o', trf(cx, "on since %s", moment_text(cx, s->on_at)));
	html(&v->h, "</p><p>%s</p>",
	    trn(cx, s->codes_left, "%s recovery code is left.", "%s recovery codes are left.",
		num(cx, s->codes_left)));
	ui_section_open(v, "codes", tr(cx, "Recovery codes"), NULL);
	ui_form_begin(v, "/me/second/codes", false);
	password_line(v);
	form_send(v, tr(cx, "Make ten new codes"), false);
	ui_form_end(v);
	ui_section_close(v);
	ui_section_open(v, "off", tr(cx, "Switch off"), NULL);
	ui_form_begin(v, "/me/second/off", false);
	html(&v->h,
	    "<div class='fld'><label for='off-password'>%s</label><input type='password' "
	    "id='off-password' name='password' autocomplete='current-password'></div>",
	    tr(cx, "Present password"));
	html(&v->h, "<p class='acts'><button type='submit' class='btn bad'>%s</button></p>",
	    tr(cx, "Switch the second factor off"));
	ui_form_end(v);
	ui_section_close(v);
}

static int
second_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct second_state s;

	TRY(second_state(cx, cx->actor->account, &s));
	ui_open(v, &(struct page){
		       .title = tr(cx, "Second factor"), .staff = true, .crumbs = me_crumbs(v) });
	ui_refusals(v, "");
	html(&v->h, "<p class='prose'>%s</p>",
	    tr(cx,
		"With it a stolen password alone opens nothing: after it you type six digits that "
		"only your device shows."));
	if (s.on)
		draw_on(v, &s);
	else
		TRY(draw_begin(v));
	ui_close(v);
	return RC_OK;
}

static int
draw_codes(struct view *v, const char *const *codes)
{
	struct ctx *cx = v->cx;
	int i;

	ui_open(v, &(struct page){
		       .title = tr(cx, "Recovery codes"), .staff = true, .crumbs = me_crumbs(v) });
	html(&v->h, "<p class='prose'>%s</p><ul class='codes' translate='no'>",
	    tr(cx, "Each is good once, instead of the digits, when the device is not at hand."));
	for (i = 0; i < SECOND_CODES; i++)
		html(&v->h, "<li><code>%s</code></li>", codes[i]);
	html(&v->h, "</ul>");
	ui_note(v, 'w',
	    tr(cx,
		"They are shown only now. Print this page or write them down, and keep them apart "
		"from the device."));
	html(&v->h, "<p class='acts'>");
	ui_button(v, ui_url(v, "/me"), tr(cx, "Your account"), true);
	html(&v->h, "</p>");
	ui_close(v);
	return RC_OK;
}

static int
after(struct view *v, int rc)
{
	if (!form_refused(rc))
		return rc;
	v->status = rc == RC_INVALID ? 422 : 409;
	return second_page(v);
}

static int
on_post(struct view *v)
{
	const char *codes[SECOND_CODES];
	int rc = second_on(v->cx, req_f(v->rq, "password"), req_f(v->rq, "code"), codes);

	return rc == RC_OK ? draw_codes(v, codes) : after(v, rc);
}

static int
codes_post(struct view *v)
{
	const char *codes[SECOND_CODES];
	int rc = second_codes(v->cx, req_f(v->rq, "password"), codes);

	return rc == RC_OK ? draw_codes(v, codes) : after(v, rc);
}

static int
off_post(struct view *v)
{
	int rc = second_off(v->cx, v->cx->actor->account, req_f(v->rq, "password"));

	return rc == RC_OK ? ui_done(v, "/me", tr(v->cx, "The second factor is off."))
			   : after(v, rc);
}

/* ---- sign-ins ---- */

int
office_sign_ins(struct view *v, int64_t account)
{
	enum { SHOWN = 20 };
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct sign_in_row *s;
	size_t n, i;

	TRY(sign_in_log(cx, account, SHOWN, &s, &n));
	ui_section_open(v, "sign-ins", tr(cx, "Sign-ins"),
	    tr(cx, "The newest twenty. Is one of them not yours? Change the password and sign out "
		   "everywhere."));
	if (n == 0)
		html(h, "<p class='mute'>%s</p>", tr(cx, "None is kept."));
	else
		html(h,
		    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead>"
		    "<tr><th scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th "
		    "scope='col'>%s</th></tr></thead><tbody>",
		    tr(cx, "Sign-ins"), tr(cx, "When"), tr(cx, "Outcome"), tr(cx, "How"),
		    tr(cx, "Device"));
	for (i = 0; i < n; i++) {
		bool good = strcmp(s[i].outcome, "ok") == 0;

		html(h, "<tr><th scope='row' class='nw'>%s</th><td data-l='%s'>",
		    moment_text(cx, s[i].at), tr(cx, "Outcome"));
		ui_state(v, good ? 'o' : 'n', option_label(cx, sign_in_outcomes, s[i].outcome));
		html(h, "</td><td data-l='%s'>%s</td><td data-l='%s'>%s%s</td></tr>", tr(cx, "How"),
		    option_label(cx, sign_in_hows, s[i].how), tr(cx, "Device"),
		    *s[i].device == '\0' ? tr(cx, "unknown device") : s[i].device,
		    s[i].new_place ? tr(cx, " (from a new place)") : "");
	}
	if (n > 0)
		html(h, "</tbody></table></div>");
	ui_section_close(v);
	return RC_OK;
}

const struct route office_second_routes[] = {
	{ M_GET, "/sign-in/code", door_page, CAP_PUBLIC, 0, N_("Second factor"), NULL },
	{ M_POST, "/sign-in/code", door_post, CAP_PUBLIC, ROUTE_SIGN_IN, N_("Second factor"),
	    NULL },
	{ M_GET, "/me/second", second_page, CAP_SIGNED_IN, 0, N_("Second factor"),
	    N_("Six digits of a device beside the password.") },
	{ M_POST, "/me/second", on_post, CAP_SIGNED_IN, ROUTE_SIGN_IN,
	    N_("Switch the second factor on"), NULL },
	{ M_POST, "/me/second/codes", codes_post, CAP_SIGNED_IN, ROUTE_SIGN_IN,
	    N_("Make ten new codes"), NULL },
	{ M_POST, "/me/second/off", off_post, CAP_SIGNED_IN, ROUTE_SIGN_IN,
	    N_("Switch the second factor off"), NULL },
};
const size_t office_second_nroutes = ARRAY_LEN(office_second_routes);
