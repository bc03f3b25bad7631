/* office_reset_pages.c – a forgotten password: the slip that an administrator prints, and the page
 * where its owner types the code. */
#include "mod/office/office_pages.h"

#include "core/reset.h"

/* ---- the slip ---- */

static int
slip_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct account a;
	struct reset_code r;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(cx, &account_kind, id, &a));
	TRY(reset_make(cx, id, &r));
	ui_open(
	    v, &(struct page){
		   .title = tr(cx, "Code for a new password"), .nav = "/users", .staff = true });
	html(h,
	    "<p class='lead'>%s <strong translate='no'>%s</strong></p><p class='lead'>%s "
	    "<strong><code translate='no'>%s</code></strong></p>",
	    tr(cx, "Login:"), a.login, tr(cx, "Code:"), r.code);
	html(h, "<p>%s <code translate='no'>%s%s</code></p>",
	    tr(cx, "Address of the sign-in page:"), req_base(v->rq), ui_url(v, "/sign-in"));
	html(h, "<ol class='prose'><li>%s</li><li>%s</li><li>%s</li></ol>",
	    tr(cx, "Open the sign-in page and choose “Forgot the password?”."),
	    tr(cx, "Type the login and this code, then a new password that nobody else knows."),
	    trf(cx, "The code is good once, until %s.", moment_text(cx, r.expires_at)));
	ui_note(v, 'w',
	    tr(cx,
		"It is shown only now. Hand it over in person, or print this page. An older code "
		"of this account is no longer good."));
	html(h, "<p class='acts'>");
	ui_button(v, ui_url(v, "/users/%lld", (long long)id), a.name, false);
	html(h, "</p>");
	ui_close(v);
	return RC_OK;
}

/* ---- the owner's page ---- */

static void
said(struct view *v, const char *field)
{
	const struct field_error *e;

	for (e = v->cx->err.fields; e != NULL; e = e->next)
		if (strcmp(e->field, field) == 0)
			html(&v->h, "<span class='err' id='%s-e'>%s</span>", field, e->text);
}

static int
draw(struct view *v, const char *login)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	ui_open(v, &(struct page){ .title = tr(cx, "A new password"), .nav = "/sign-in" });
	if (cx->err.text != NULL && cx->err.fields == NULL)
		html(h, "<div class='errs' role='alert' tabindex='-1'><p>%s</p></div>",
		    cx->err.text);
	html(h, "<p class='prose'>%s</p>",
	    tr(cx,
		"An administrator gives you a code on paper. It is good once and for 24 hours."));
	ui_form_begin(v, "/reset", false);
	html(h,
	    "<div class='fld'><label for='u'>%s</label><input type='text' id='u' name='login' "
	    "value='%s' autocomplete='username' autocapitalize='none' spellcheck='false' "
	    "required></div>",
	    tr(cx, "Login"), login == NULL ? "" : login);
	html(h, "<div class='fld'><label for='c'>%s</label>", tr(cx, "Code on the paper"));
	said(v, "code");
	html(h, "<input type='text' id='c' name='code' autocomplete='one-time-code' "
		"autocapitalize='none' spellcheck='false' maxlength='40' required></div>");
	html(h, "<div class='fld'><label for='p'>%s</label><span class='hint' id='ph'>%s</span>",
	    tr(cx, "New password"), tr(cx, "At least 10 characters, not your login."));
	said(v, "password");
	html(h, "<input type='password' id='p' name='password' autocomplete='new-password' "
		"aria-describedby='ph' required></div>");
	html(h, "<p class='acts'><button type='submit' class='btn go'>%s</button></p>",
	    tr(cx, "Set the password"));
	ui_form_end(v);
	ui_close(v);
	return RC_OK;
}

static int
reset_page(struct view *v)
{
	return draw(v, NULL);
}

static int
reset_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *login = req_f(v->rq, "login");
	int rc = reset_use(cx, login, req_f(v->rq, "code"), req_f(v->rq, "password"), v->rq->peer);

	if (rc == RC_INVALID || rc == RC_RULE || rc == RC_BUSY) {
		v->status = rc == RC_INVALID ? 422 : 429;
		return draw(v, login);
	}
	TRY(rc);
	return ui_done(v, "/sign-in", tr(cx, "The new password is set. Sign in with it."));
}

const struct route office_reset_routes[] = {
	{ M_POST, "/users/{id}/reset", slip_post, CAP_USERS, 0, N_("Code for a new password"),
	    NULL },
	{ M_GET, "/reset", reset_page, CAP_PUBLIC, ROUTE_CACHE, N_("A new password"),
	    N_("For those who got a code from an administrator.") },
	{ M_POST, "/reset", reset_post, CAP_PUBLIC, ROUTE_SIGN_IN, N_("A new password"), NULL },
};
const size_t office_reset_nroutes = ARRAY_LEN(office_reset_routes);
