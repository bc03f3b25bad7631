/* office_users_pages.c – users and roles, audit: the administrator's and the auditor's
 * rooms. The administrator sees no content of the house, the auditor no values. */
#include "mod/office/office_pages.h"

#include "core/account.h"
#include "core/session.h"
#include "mod/registry/registry.h"

/* Roles as "leader (Body) · member". */
static int
role_names(struct view *v, int64_t account, const char **out)
{
	struct ctx *cx = v->cx;
	struct account_role *r;
	struct buf b;
	size_t n, i;

	buf_init(&b, cx->arena, 0);
	TRY(account_roles(cx, account, &r, &n));
	for (i = 0; i < n; i++) {
		const char *body = "";

		if (i > 0)
			buf_str(&b, " · ");
		buf_str(&b, option_label(cx, role_options, r[i].role));
		if (r[i].body != INT_NONE && r[i].body != 0)
			TRY(kind_titles(cx, &body_kind, &r[i].body, 1, &body));
		if (*body != '\0')
			buf_printf(&b, " (%s)", body);
	}
	*out = b.p;
	return RC_OK;
}

static int
users_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct account_row *r;
	size_t n, i;

	TRY(account_list(cx, &r, &n));
	ui_open(v,
	    &(struct page){ .title = tr(cx, "Users and roles"), .nav = "/users", .staff = true });
	html(h, "<p class='mute' role='status'>%s</p><p class='acts'>",
	    trn(cx, (int64_t)n, "%s account", "%s accounts", num(cx, (int64_t)n)));
	ui_button(v, ui_url(v, "/users/new"), tr(cx, "New account"), true);
	html(h,
	    "</p><div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr>",
	    tr(cx, "Users and roles"));
	html(h,
	    "<th scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th "
	    "scope='col'>%s</th><th scope='col'>%s</th></tr></thead><tbody>",
	    tr(cx, "Full name"), tr(cx, "Login"), tr(cx, "Roles"), tr(cx, "Last sign-in"),
	    tr(cx, "State"));
	for (i = 0; i < n; i++) {
		const struct account *a = &r[i].account;
		const char *roles;

		TRY(role_names(v, a->rec.id, &roles));
		html(h,
		    "<tr><th scope='row'><a href='%s'>%s</a></th><td data-l='%s'>%s</td><td "
		    "data-l='%s'>%s</td><td data-l='%s'>%s</td><td data-l='%s'>",
		    ui_url(v, "/users/%lld", (long long)a->rec.id), a->name, tr(cx, "Login"),
		    a->login, tr(cx, "Roles"), roles, tr(cx, "Last sign-in"),
		    a->last_sign_in == 0 ? tr(cx, "never") : moment_text(cx, a->last_sign_in),
		    tr(cx, "State"));
		ui_state(
		    v, a->disabled ? '-' : 'o', a->disabled ? tr(cx, "closed") : tr(cx, "open"));
		html(h, "</td></tr>");
	}
	html(h, "</tbody></table></div>");
	ui_close(v);
	return RC_OK;
}

/* ---- a new account ---- */

/* What is wrong, with a link to each place. */
static void
refusals(struct view *v)
{
	struct ctx *cx = v->cx;
	const struct field_error *e;
	const char *text = cx->err.text != NULL && *cx->err.text != '\0' ? cx->err.text : NULL;
	int64_t n = 0;

	for (e = cx->err.fields; e != NULL; e = e->next)
		n++;
	if (n == 0 && text == NULL)
		return;
	html(&v->h, "<div class='errs' role='alert' tabindex='-1'><h2>%s</h2>",
	    n == 0 ? tr(cx, "Not saved")
		   : trn(cx, n, "Not saved: %s place has to be put right",
			 "Not saved: %s places have to be put right", num(cx, n)));
	if (text != NULL)
		html(&v->h, "<p>%s</p>", text);
	if (n > 0) {
		html(&v->h, "<ul>");
		for (e = cx->err.fields; e != NULL; e = e->next)
			html(&v->h, "<li><a href='#%s'>%s</a></li>", e->field, e->text);
		html(&v->h, "</ul>");
	}
	html(&v->h, "</div>");
}

static void
field_error_of(struct view *v, const char *name)
{
	const struct field_error *e;

	for (e = v->cx->err.fields; e != NULL; e = e->next)
		if (strcmp(e->field, name) == 0)
			html(&v->h, "<span class='err'>%s</span>", e->text);
}

static void
text_field(struct view *v, const char *name, const char *label, const char *hint)
{
	const char *value = req_f(v->rq, name);

	html(&v->h, "<div class='fld'><label for='%s'>%s</label>", name, label);
	if (hint != NULL)
		html(&v->h, "<span class='hint' id='%s-h'>%s</span>", name, hint);
	field_error_of(v, name);
	html(&v->h, "<input type='text' id='%s' name='%s' value='%s' autocapitalize='none'></div>",
	    name, name, value == NULL ? "" : value);
}

static void
role_fields(struct view *v)
{
	struct ctx *cx = v->cx;
	const struct option *o;
	const char *role = req_f(v->rq, "role");

	html(&v->h, "<div class='fld'><label for='role'>%s</label>", tr(cx, "Role"));
	field_error_of(v, "role");
	html(&v->h, "<select id='role' name='role'>");
	for (o = role_options; o->code != NULL; o++) {
		if (role != NULL && strcmp(role, o->code) == 0)
			html(&v->h, "<option value='%s' selected>%s</option>", o->code,
			    tr(cx, o->label));
		else
			html(&v->h, "<option value='%s'>%s</option>", o->code, tr(cx, o->label));
	}
	html(&v->h, "</select></div>");
	text_field(v, "body", tr(cx, "Code of the body"),
	    tr(cx, "A leader acts in this body and its branches, e.g. eca03. Empty = the whole "
		   "assembly."));
}

static int
draw_new(struct view *v)
{
	struct ctx *cx = v->cx;

	ui_open(
	    v, &(struct page){ .title = tr(cx, "New account"), .nav = "/users", .staff = true });
	refusals(v);
	ui_form_begin(v, "/users/new", false);
	text_field(
	    v, "login", tr(cx, "Login"), tr(cx, "3 to 32 small Latin letters, digits, . - _"));
	text_field(v, "name", tr(cx, "Full name"), NULL);
	role_fields(v);
	html(&v->h, "<p class='acts'><button type='submit' class='btn go'>%s</button></p>",
	    tr(cx, "Make the account"));
	ui_form_end(v);
	ui_note(v, '-', tr(cx, "The password is drawn by the program and shown once."));
	ui_close(v);
	return RC_OK;
}

static int
body_of_form(struct view *v, int64_t *body)
{
	const char *code = req_f(v->rq, "body");
	int rc;

	*body = 0;
	if (code == NULL || *code == '\0')
		return RC_OK;
	rc = body_by_code(v->cx, code, body);
	if (rc != RC_NOTFOUND)
		return rc;
	err_clear(v->cx);
	fail_field(v->cx, "body", N_("There is no such code: “%s”."), code);
	return RC_INVALID;
}

static bool
refused(int rc)
{
	return rc == RC_INVALID || rc == RC_RULE || rc == RC_EXISTS;
}

static int
draw_password_once(struct view *v, const char *login, const char *password)
{
	struct ctx *cx = v->cx;

	ui_open(v, &(struct page){ .title = tr(cx, "Password"), .nav = "/users", .staff = true });
	html(&v->h,
	    "<p class='lead'>%s <strong>%s</strong></p><p class='lead'>%s "
	    "<strong><code>%s</code></strong></p>",
	    tr(cx, "Login:"), login, tr(cx, "Password:"), password);
	ui_note(v, 'w',
	    tr(cx, "It is shown only now. Hand it over in person; its owner changes it after the "
		   "first sign-in."));
	html(&v->h, "<p class='acts'>");
	ui_button(v, ui_url(v, "/users"), tr(cx, "Users and roles"), false);
	html(&v->h, "</p>");
	ui_close(v);
	return RC_OK;
}

static int
new_page(struct view *v)
{
	return draw_new(v);
}

static int
new_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct account_new in = {
		.login = req_f(v->rq, "login"), .name = req_f(v->rq, "name"), .lang = LANG_KK
	};
	const char *role = req_f(v->rq, "role"), *password;
	int64_t id;
	int rc;

	if (in.login == NULL)
		in.login = "";
	if (in.name == NULL || *in.name == '\0')
		in.name = in.login;
	rc = body_of_form(v, &in.body);
	if (rc == RC_OK && (role == NULL || !role_parse(role, &in.role)))
		rc = (fail_field(cx, "role", N_("Choose one of the values offered.")), RC_INVALID);
	if (rc == RC_OK)
		rc = account_create(cx, &in, &id, &password);
	if (refused(rc)) {
		v->status = 422;
		return draw_new(v);
	}
	TRY(rc);
	return draw_password_once(v, in.login, password);
}

/* ---- one account ---- */

static int
draw_role_rows(struct view *v, int64_t account)
{
	struct ctx *cx = v->cx;
	struct account_role *r;
	size_t n, i;

	TRY(account_roles(cx, account, &r, &n));
	html(&v->h, "<ul>");
	for (i = 0; i < n; i++) {
		const char *body = "";

		if (r[i].body != INT_NONE && r[i].body != 0)
			TRY(kind_titles(cx, &body_kind, &r[i].body, 1, &body));
		html(&v->h, "<li class='task'><h3>%s</h3><p class='small mute'>%s</p>",
		    option_label(cx, role_options, r[i].role),
		    *body == '\0' ? tr(cx, "whole assembly") : body);
		ui_form_begin(v,
		    arena_printf(cx->arena, "/users/%lld/roles/remove", (long long)account), false);
		html(&v->h,
		    "<input type='hidden' name='role_id' value='%lld'><button class='btn' "
		    "type='submit'>%s</button>",
		    (long long)r[i].rec.id, tr(cx, "Take this role"));
		ui_form_end(v);
		html(&v->h, "</li>");
	}
	html(&v->h, "</ul>");
	return RC_OK;
}

static int
user_page(struct view *v)
{
	struct ctx *cx = v->cx;
	const struct crumb users_crumbs[] = { { "/users", tr(cx, "Users and roles") },
		{ NULL, NULL } };
	struct account a;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(cx, &account_kind, id, &a));
	ui_open(v, &(struct page){
		       .title = a.name, .nav = "/users", .staff = true, .crumbs = users_crumbs });
	refusals(v);
	TRY(ui_facts(v, &account_kind, &a));
	html(&v->h, "<div class='acts'>");
	ui_post_button(v, arena_printf(cx->arena, "/users/%lld/reset", (long long)id), 0,
	    tr(cx, "Print a code for a new password"), false);
	ui_post_button(v,
	    arena_printf(
		cx->arena, "/users/%lld/%s", (long long)id, a.disabled ? "enable" : "disable"),
	    0, a.disabled ? tr(cx, "Open the account") : tr(cx, "Close the account"), !a.disabled);
	html(&v->h, "</div>");
	ui_section_open(v, "roles", tr(cx, "Roles"), NULL);
	html(&v->h, "<div>");
	TRY(draw_role_rows(v, id));
	ui_form_begin(v, arena_printf(cx->arena, "/users/%lld/roles", (long long)id), false);
	role_fields(v);
	html(&v->h, "<p class='acts'><button type='submit' class='btn'>%s</button></p>",
	    tr(cx, "Give this role"));
	ui_form_end(v);
	html(&v->h, "</div>");
	ui_section_close(v);
	TRY(ui_history(v, &account_kind, id));
	ui_close(v);
	return RC_OK;
}

/* What a rule refused is said on the account's page. */
static int
back_to_user(struct view *v, int64_t id, int rc, const char *message)
{
	if (refused(rc)) {
		v->status = rc == RC_INVALID ? 422 : 409;
		return user_page(v);
	}
	TRY(rc);
	return ui_done(v, arena_printf(v->cx->arena, "/users/%lld", (long long)id), message);
}

static int
disable_post(struct view *v)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return back_to_user(
	    v, id, account_disable(v->cx, id, true), tr(v->cx, "The account is closed."));
}

static int
enable_post(struct view *v)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return back_to_user(
	    v, id, account_disable(v->cx, id, false), tr(v->cx, "The account is open."));
}

static int
role_add_post(struct view *v)
{
	const char *code = req_f(v->rq, "role");
	enum role role;
	int64_t id, body;
	int rc;

	TRY(req_param_id(v->rq, 0, &id));
	rc = body_of_form(v, &body);
	if (rc == RC_OK && (code == NULL || !role_parse(code, &role)))
		rc = (fail_field(v->cx, "role", N_("Choose one of the values offered.")),
		    RC_INVALID);
	if (rc == RC_OK)
		rc = account_role_add(v->cx, id, role, body, NULL);
	return back_to_user(v, id, rc, tr(v->cx, "The role is given."));
}

static int
role_remove_post(struct view *v)
{
	const char *s = req_f(v->rq, "role_id");
	int64_t id, role;

	TRY(req_param_id(v->rq, 0, &id));
	if (s == NULL || !num_parse(s, &role))
		return RC_NOTFOUND;
	return back_to_user(
	    v, id, account_role_remove(v->cx, role), tr(v->cx, "The role is taken."));
}

/* ---- audit ---- */

enum { AUDIT_PAGE = 50 };

/* "name,kind" → "name, kind": a list of names that may break between them. */
static const char *
spaced(struct ctx *cx, const char *names)
{
	struct buf b;

	buf_init(&b, cx->arena, 0);
	for (; names != NULL && *names != '\0'; names++) {
		buf_char(&b, *names);
		if (*names == ',')
			buf_char(&b, ' ');
	}
	return b.n == 0 ? "" : b.p;
}

static int
draw_audit_rows(struct view *v, struct rows *r, int64_t *last, int *n)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	for (*n = 0; *n < AUDIT_PAGE && rows_next(r); (*n)++) {
		const char *who = row_text(r, 3), *kind = row_text(r, 5), *fields = row_text(r, 7);
		int64_t rec = row_int(r, 6);

		*last = row_int(r, 0);
		html(h,
		    "<tr><td class='nw' data-l='%s'>%s</td><th scope='row'>%s</th><td "
		    "data-l='%s'>%s</td>",
		    tr(cx, "When"), moment_text(cx, row_int(r, 1)),
		    who == NULL ? tr(cx, "the program") : who, tr(cx, "What"), row_text(r, 4));
		html(h, "<td data-l='%s'>%s %s</td><td data-l='%s'>%s</td></tr>", tr(cx, "Record"),
		    kind == NULL ? "" : kind,
		    rec == 0 ? "" : arena_printf(cx->arena, "%lld", (long long)rec),
		    tr(cx, "Fields"), spaced(cx, fields));
	}
	return rows_end(r);
}

static int
audit_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *before = req_q(v->rq, "before"), *kind = req_q(v->rq, "kind"),
		   *rec = req_q(v->rq, "rec");
	AUTO_ROWS r = { 0 };
	int64_t from = INT64_MAX, id = 0, last = 0;
	int n;

	if (before != NULL && !num_parse(before, &from))
		return RC_NOTFOUND;
	if (rec != NULL && *rec != '\0' && !num_parse(rec, &id))
		return RC_NOTFOUND;
	TRY(db_rows(cx, &r,
	    "SELECT u.id, u.at, u.account, a.name, u.action, u.kind, u.rec, u.fields FROM audit u"
	    " LEFT JOIN account a ON a.id = u.account WHERE u.id < $1 AND ($2 = '' OR u.kind = $2)"
	    " AND ($3 = 0 OR u.rec = $3) ORDER BY u.id DESC LIMIT 50",
	    VALS(v_int(from), v_text(kind == NULL ? "" : kind), v_int(id))));
	ui_open(v, &(struct page){ .title = tr(cx, "Audit"), .nav = "/audit", .staff = true });
	html(h, "<p class='mute prose'>%s</p>",
	    tr(cx, "Who did what to which record and field. Values are not kept here."));
	html(h,
	    "<form class='row' action='%s'><div class='fld'><label for='kind'>%s</label><input "
	    "type='text' id='kind' name='kind' value='%s'></div>",
	    ui_url(v, "/audit"), tr(cx, "Kind of record"), kind == NULL ? "" : kind);
	html(h,
	    "<div class='fld'><label for='rec'>%s</label><input type='text' inputmode='numeric' "
	    "id='rec' name='rec' value='%s'></div><button type='submit' "
	    "class='btn'>%s</button></form>",
	    tr(cx, "Number of the record"), rec == NULL ? "" : rec, tr(cx, "Filter"));
	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th "
	    "scope='col'>%s</th><th scope='col'>%s</th></tr></thead><tbody>",
	    tr(cx, "Audit"), tr(cx, "When"), tr(cx, "Who"), tr(cx, "What"), tr(cx, "Record"),
	    tr(cx, "Fields"));
	TRY(draw_audit_rows(v, &r, &last, &n));
	html(h, "</tbody></table></div>");
	if (n == 0)
		ui_empty(v, tr(cx, "No lines"),
		    tr(cx, "Nothing was written that fits this filter."), NULL, NULL);
	if (n == AUDIT_PAGE)
		html(h,
		    "<nav class='pager' aria-label='%s'><span class='acts'><a class='btn' "
		    "href='%s'>%s</a></span></nav>",
		    tr(cx, "Pages"),
		    ui_url_with(v, "before", arena_printf(cx->arena, "%lld", (long long)last)),
		    tr(cx, "Older"));
	html(h, "<p><a href='%s'>%s</a></p>", ui_url(v, "/integrity"),
	    tr(cx, "Roots of the audit by day"));
	ui_close(v);
	return RC_OK;
}

const struct route office_user_routes[] = {
	{ M_GET, "/users", users_page, CAP_USERS, 0, N_("Users and roles"),
	    N_("Accounts, their roles and last sign-ins.") },
	{ M_GET, "/users/new", new_page, CAP_USERS, 0, N_("New account"),
	    N_("The password is drawn and shown once.") },
	{ M_POST, "/users/new", new_post, CAP_USERS, 0, N_("New account"), NULL },
	{ M_GET, "/users/{id}", user_page, CAP_USERS, 0, N_("An account"), NULL },
	{ M_POST, "/users/{id}/disable", disable_post, CAP_USERS, 0, N_("Close the account"),
	    NULL },
	{ M_POST, "/users/{id}/enable", enable_post, CAP_USERS, 0, N_("Open the account"), NULL },
	{ M_POST, "/users/{id}/roles", role_add_post, CAP_USERS, 0, N_("Give this role"), NULL },
	{ M_POST, "/users/{id}/roles/remove", role_remove_post, CAP_USERS, 0, N_("Take this role"),
	    NULL },
	{ M_GET, "/audit", audit_page, CAP_AUDIT_READ, 0, N_("Audit"),
	    N_("Who did what to which record and field.") },
};
const size_t office_user_nroutes = ARRAY_LEN(office_user_routes);
