/* office_users_pages.c – users, audit: the administrator's and the auditor's rooms (one account:
 * office_user_pages.c). The administrator sees no content of the house, the auditor no values. */
#include "mod/office/office_pages.h"

#include "core/account.h"
#include "core/role_request.h"
#include "core/session.h"
#include "mod/office/office_form.h"
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
	struct role_request *q;
	size_t n, i, waiting;

	TRY(account_list(cx, &r, &n));
	TRY(role_requests(cx, 0, &q, &waiting));
	ui_open(v,
	    &(struct page){ .title = tr(cx, "Users and roles"), .nav = "/users", .staff = true });
	html(h, "<p class='mute' role='status'>%s</p><p class='acts'>",
	    trn(cx, (int64_t)n, "%s account", "%s accounts", num(cx, (int64_t)n)));
	ui_button(v, ui_url(v, "/users/new"), tr(cx, "New account"), true);
	ui_button(v, ui_url(v, "/users/requests"),
	    arena_printf(cx->arena, "%s: %s", tr(cx, "Roles that wait"), num(cx, (int64_t)waiting)),
	    false);
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

static int
draw_new(struct view *v)
{
	struct ctx *cx = v->cx;

	ui_open(
	    v, &(struct page){ .title = tr(cx, "New account"), .nav = "/users", .staff = true });
	ui_refusals(v, "");
	ui_form_begin(v, "/users/new", false);
	form_line(v, &(struct form_line){ .name = "login",
			 .label = tr(cx, "Login"),
			 .hint = tr(cx, "3 to 32 small Latin letters, digits, . - _") });
	form_line(v, &(struct form_line){ .name = "name", .label = tr(cx, "Full name") });
	form_role(v);
	form_send(v, tr(cx, "Make the account"), true);
	ui_form_end(v);
	ui_note(v, '-', tr(cx, "The password is drawn by the program and shown once."));
	ui_close(v);
	return RC_OK;
}

static int
draw_password_once(struct view *v, const struct account_new *in, const char *password)
{
	struct ctx *cx = v->cx;

	ui_open(v, &(struct page){ .title = tr(cx, "Password"), .nav = "/users", .staff = true });
	html(&v->h,
	    "<p class='lead'>%s <strong>%s</strong></p><p class='lead'>%s "
	    "<strong><code>%s</code></strong></p>",
	    tr(cx, "Login:"), in->login, tr(cx, "Password:"), password);
	ui_note(v, 'w',
	    tr(cx, "It is shown only now. Hand it over in person; its owner changes it after the "
		   "first sign-in."));
	if (role_needs_two(in->role))
		ui_note(v, 'w',
		    tr(cx, "This role is given by two administrators: it waits under “Roles that "
			   "wait”, and the account opens when another one has confirmed it."));
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
	struct role_new role = { 0 };
	const char *password;
	int64_t id;
	int rc;

	if (in.login == NULL)
		in.login = "";
	if (in.name == NULL || *in.name == '\0')
		in.name = in.login;
	rc = form_role_read(v, &role);
	in.role = role.role;
	in.body = role.body;
	if (rc == RC_OK)
		rc = account_create(cx, &in, &id, &password);
	if (form_refused(rc)) {
		v->status = 422;
		return draw_new(v);
	}
	TRY(rc);
	return draw_password_once(v, &in, password);
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
		html(h, "<td data-l='%s'>%s %s</td><td class='small' data-l='%s'>%s</td></tr>",
		    tr(cx, "Record"), kind == NULL ? "" : kind,
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
	{ M_GET, "/audit", audit_page, CAP_AUDIT_READ, 0, N_("Audit"),
	    N_("Who did what to which record and field.") },
};
const size_t office_user_nroutes = ARRAY_LEN(office_user_routes);
