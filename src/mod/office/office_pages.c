/* office_pages.c – sign in and out, one's own account, larger type, help.
 *
 * The answer to a wrong sign-in never says whether the login exists; a lock says how long to wait.
 * After sign-in the last one is shown, so that a stranger's visit is noticed. */
#include "mod/office/office_pages.h"

#include "core/account.h"
#include "core/session.h"
#include "core/token.h"

static struct {
	const struct route_table *tables;
	size_t n;
} help;

void
office_help_tables(const struct route_table *t, size_t n)
{
	help.tables = t;
	help.n = n;
}

/* Only a path of this house: no scheme, no other host. */
static const char *
safe_next(const char *next)
{
	return next != NULL && next[0] == '/' && next[1] != '/' && next[1] != '\\' &&
		       strpbrk(next, "\r\n") == NULL
		   ? next
		   : NULL;
}

/* ---- sign in ---- */

static int
draw_sign_in(struct view *v, const char *login)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *next =
	    safe_next(v->rq->method == M_POST ? req_f(v->rq, "next") : req_q(v->rq, "next"));
	const struct field_error *e = cx->err.fields;
	const char *said = e != NULL ? e->text : cx->err.text;

	ui_open(v, &(struct page){ .title = tr(cx, "Sign in"), .nav = "/sign-in" });
	if (said != NULL && *said != '\0')
		html(h, "<div class='errs' role='alert' tabindex='-1'><h2>%s</h2><p>%s</p></div>",
		    tr(cx, "You are not signed in"), said);
	ui_form_begin(v, "/sign-in", false);
	if (next != NULL)
		html(h, "<input type='hidden' name='next' value='%s'>", next);
	html(h,
	    "<div class='fld'><label for='u'>%s</label><input type='text' id='u' name='login' "
	    "value='%s'"
	    " autocomplete='username' autocapitalize='none' spellcheck='false' required></div>",
	    tr(cx, "Login"), login == NULL ? "" : login);
	html(h,
	    "<div class='fld'><label for='p'>%s</label><input id='p' name='password' "
	    "type='password'"
	    " autocomplete='current-password' required></div>",
	    tr(cx, "Password"));
	html(h, "<p class='acts'><button type='submit' class='btn go'>%s</button></p>",
	    tr(cx, "Sign in"));
	ui_form_end(v);
	html(h, "<p class='prose'><a href='%s'>%s</a></p>", ui_url(v, "/reset"),
	    tr(cx, "Forgot the password?"));
	ui_close(v);
	return RC_OK;
}

static int
sign_in_page(struct view *v)
{
	if (may(v->cx, CAP_SIGNED_IN))
		return ui_done(v, "/today", NULL);
	return draw_sign_in(v, NULL);
}

static int
sign_in_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *login = req_f(v->rq, "login"), *password = req_f(v->rq, "password"), *token;
	const char *next = safe_next(req_f(v->rq, "next"));
	struct sign_in in;
	int rc = account_sign_in(
	    cx, login == NULL ? "" : login, password == NULL ? "" : password, v->rq->peer, &in);

	if (rc == RC_OK)
		rc = session_open(cx, in.account, req_header(v->rq, "User-Agent"), &token);
	if (rc == RC_INVALID || rc == RC_RULE || rc == RC_DENIED || rc == RC_BUSY) {
		v->status = rc == RC_RULE || rc == RC_BUSY ? 429 : 422;
		return draw_sign_in(v, login);
	}
	TRY(rc);
	res_cookie(v->rq, "s", token, (int)(SESSION_LIFE_US / US_PER_SECOND), v->rq->https);
	if (next != NULL) {
		res_redirect(v->rq, next);
		return RC_OK;
	}
	cx->lang = in.lang;
	return ui_done(v, "/today",
	    in.last_sign_in == 0
		? NULL
		: trf(cx, "Your last sign-in: %s", moment_text(cx, in.last_sign_in)));
}

static int
sign_out_page(struct view *v)
{
	ui_open(v, &(struct page){ .title = tr(v->cx, "Sign out"), .staff = true });
	html(&v->h, "<p class='prose'>%s</p><div class='acts'>",
	    tr(v->cx, "You are leaving the house on this device."));
	ui_post_button(v, "/sign-out", 0, tr(v->cx, "Sign out"), false);
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

static int
sign_out_post(struct view *v)
{
	TRY(session_end(v->cx, v->cx->actor->session));
	res_cookie(v->rq, "s", "", 0, false);
	return ui_done(v, "/", NULL);
}

/* ---- one's own account ---- */

static void
draw_sessions(struct view *v, const struct session_row *s, size_t n)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	ui_section_open(v, "sessions", tr(cx, "Where you are signed in"), NULL);
	html(h,
	    "<div><div class='tbl'><table class='cards'><caption "
	    "class='vh'>%s</caption><thead><tr><th scope='col'>%s</th>"
	    "<th scope='col'>%s</th><th scope='col'>%s</th></tr></thead><tbody>",
	    tr(cx, "Where you are signed in"), tr(cx, "Device"), tr(cx, "Signed in"),
	    tr(cx, "Last seen"));
	for (i = 0; i < n; i++)
		html(h,
		    "<tr><th scope='row'>%s%s</th><td data-l='%s'>%s</td><td "
		    "data-l='%s'>%s</td></tr>",
		    *s[i].agent == '\0' ? tr(cx, "unknown device") : s[i].agent,
		    s[i].current ? tr(cx, " (this one)") : "", tr(cx, "Signed in"),
		    moment_text(cx, s[i].created_at), tr(cx, "Last seen"),
		    moment_text(cx, s[i].seen_at));
	html(h, "</tbody></table></div><div class='acts'>");
	ui_post_button(v, "/me/sign-out-everywhere", 0, tr(cx, "Sign out everywhere"), true);
	html(h, "</div></div>");
	ui_section_close(v);
}

static void
draw_password(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const struct field_error *e;

	ui_section_open(v, "password", tr(cx, "Password"), NULL);
	html(h, "<div>");
	for (e = cx->err.fields; e != NULL; e = e->next)
		html(h, "<p class='err' role='alert'>%s</p>", e->text);
	ui_form_begin(v, "/me/password", false);
	html(h,
	    "<div class='fld'><label for='old'>%s</label><input id='old' name='old' type='password'"
	    " autocomplete='current-password' required></div>",
	    tr(cx, "Present password"));
	html(h,
	    "<div class='fld'><label for='new'>%s</label><span class='hint' "
	    "id='newh'>%s</span><input id='new' name='fresh'"
	    " type='password' autocomplete='new-password' aria-describedby='newh' required></div>",
	    tr(cx, "New password"), tr(cx, "At least 10 characters, not your login."));
	html(h, "<p class='acts'><button type='submit' class='btn'>%s</button></p>",
	    tr(cx, "Change the password"));
	ui_form_end(v);
	html(h, "</div>");
	ui_section_close(v);
}

static int
draw_roles(struct view *v)
{
	struct ctx *cx = v->cx;
	struct account_role *r;
	size_t n, i;

	TRY(account_roles(cx, cx->actor->account, &r, &n));
	if (n < 2)
		return RC_OK;
	ui_section_open(v, "roles", tr(cx, "Roles"), tr(cx, "You act in one of them at a time."));
	html(&v->h, "<ul>");
	for (i = 0; i < n; i++) {
		html(&v->h, "<li class='task'><h3>%s</h3>",
		    option_label(cx, role_options, r[i].role));
		ui_form_begin(v, "/me/role", false);
		html(&v->h,
		    "<input type='hidden' name='role' value='%lld'><button class='btn' "
		    "type='submit'>%s</button>",
		    (long long)r[i].rec.id, tr(cx, "Act in this role"));
		ui_form_end(v);
		html(&v->h, "</li>");
	}
	html(&v->h, "</ul>");
	ui_section_close(v);
	return RC_OK;
}

static int
me_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct session_row *s;
	size_t n;

	TRY(session_list(cx, cx->actor->account, &s, &n));
	ui_open(v, &(struct page){ .title = tr(cx, "Your account"), .staff = true });
	html(&v->h, "<p class='mute'>%s · %s</p>", cx->actor->name,
	    option_label(cx, role_options, role_code(cx->actor->role)));
	TRY(draw_roles(v));
	draw_password(v);
	draw_sessions(v, s, n);
	html(&v->h, "<p class='acts'><a class='btn' href='%s'>%s</a></p>", ui_url(v, "/sign-out"),
	    tr(cx, "Sign out"));
	ui_close(v);
	return RC_OK;
}

static int
password_post(struct view *v)
{
	const char *old = req_f(v->rq, "old"), *fresh = req_f(v->rq, "fresh");
	int rc = account_set_password(
	    v->cx, v->cx->actor->account, old == NULL ? "" : old, fresh == NULL ? "" : fresh, NULL);

	if (rc == RC_INVALID || rc == RC_RULE) {
		v->status = 422;
		return me_page(v);
	}
	TRY(rc);
	return ui_done(
	    v, "/me", tr(v->cx, "The password is changed. Other devices are signed out."));
}

static int
everywhere_post(struct view *v)
{
	TRY(session_end_all(v->cx, v->cx->actor->account, NULL));
	res_cookie(v->rq, "s", "", 0, false);
	return ui_done(v, "/sign-in", tr(v->cx, "You are signed out on all devices."));
}

static int
role_post(struct view *v)
{
	const char *s = req_f(v->rq, "role");
	int64_t id;

	if (s == NULL || !num_parse(s, &id))
		return RC_NOTFOUND;
	TRY(session_choose_role(v->cx, id));
	return ui_done(v, "/today", NULL);
}

/* ---- larger type, help ---- */

static int
type_page(struct view *v)
{
	const char *size = req_q(v->rq, "size"), *next = safe_next(req_q(v->rq, "next"));
	bool large = size != NULL && strcmp(size, "large") == 0;

	res_cookie(v->rq, "large", large ? "1" : "", large ? 365 * 86400 : 0, false);
	res_redirect(v->rq, next != NULL ? next : ui_url(v, "/"));
	return RC_OK;
}

static int
help_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i, j;

	ui_open(v, &(struct page){ .title = tr(cx, "Help"), .staff = may(cx, CAP_STAFF) });
	html(h, "<p class='lead prose'>%s</p>",
	    tr(cx, "A number on a line opens: press it to see the records behind it. A dashed line "
		   "says that a part is estimated, a dotted one that somebody only said so."));
	ui_section_open(v, "pages", tr(cx, "Pages open to you"), NULL);
	html(h, "<dl class='facts'>");
	for (i = 0; i < help.n; i++)
		for (j = 0; j < *help.tables[i].n; j++) {
			const struct route *r = &help.tables[i].rows[j];

			if (r->method != M_GET || (r->flags & (ROUTE_API | ROUTE_BARE)) != 0 ||
			    !may(cx, r->cap) || strchr(r->pattern, '{') != NULL)
				continue;
			html(h, "<dt><a href='/%s%s'>%s</a></dt><dd>%s</dd>", lang_prefix(cx),
			    r->pattern, tr(cx, r->title), r->help == NULL ? "" : tr(cx, r->help));
		}
	html(h, "</dl>");
	ui_section_close(v);
	ui_close(v);
	return RC_OK;
}

const struct route office_routes[] = {
	{ M_GET, "/sign-in", sign_in_page, CAP_PUBLIC, ROUTE_CACHE, N_("Sign in"),
	    N_("For those who work in the house.") },
	{ M_POST, "/sign-in", sign_in_post, CAP_PUBLIC, ROUTE_SIGN_IN, N_("Sign in"), NULL },
	{ M_GET, "/sign-out", sign_out_page, CAP_SIGNED_IN, 0, N_("Sign out"),
	    N_("Leave on this device.") },
	{ M_POST, "/sign-out", sign_out_post, CAP_SIGNED_IN, 0, N_("Sign out"), NULL },
	{ M_GET, "/me", me_page, CAP_SIGNED_IN, 0, N_("Your account"),
	    N_("Password, devices, roles.") },
	{ M_POST, "/me/password", password_post, CAP_SIGNED_IN, ROUTE_SIGN_IN,
	    N_("Change the password"), NULL },
	{ M_POST, "/me/sign-out-everywhere", everywhere_post, CAP_SIGNED_IN, 0,
	    N_("Sign out everywhere"), NULL },
	{ M_POST, "/me/role", role_post, CAP_SIGNED_IN, 0, N_("Act in another role"), NULL },
	{ M_GET, "/type", type_page, CAP_PUBLIC, 0, N_("Larger type"),
	    N_("Switches larger type on or off on this device.") },
	{ M_GET, "/help", help_page, CAP_PUBLIC, ROUTE_CACHE, N_("Help"),
	    N_("What the signs mean and which pages are open to you.") },
};
const size_t office_nroutes = ARRAY_LEN(office_routes);
