/* office_user_pages.c – one account as an administrator sees it: its roles with their days, its second
 * factor, tokens and sign-ins; and the roles that wait for a second administrator. Nothing here shows
 * what the account can see. */
#include "mod/office/office_pages.h"

#include "core/account.h"
#include "core/reset.h"
#include "core/role_request.h"
#include "core/second.h"
#include "core/session.h"
#include "core/token.h"
#include "mod/office/office_form.h"
#include "mod/registry/registry.h"

/* ---- roles ---- */

static int
body_title(struct view *v, int64_t body, const char **out)
{
	*out = tr(v->cx, "whole assembly");
	if (body == INT_NONE || body == 0)
		return RC_OK;
	return kind_titles(v->cx, &body_kind, &body, 1, out);
}

/* "from 01.02.2025 through 31.12.2025"; "" when it has no days. */
static const char *
days_text(struct ctx *cx, int since, int until)
{
	if (since != 0 && until != 0)
		return trf(cx, "from %s through %s", day_text(cx, since), day_text(cx, until));
	if (since != 0)
		return trf(cx, "from %s", day_text(cx, since));
	return until != 0 ? trf(cx, "through %s", day_text(cx, until)) : "";
}

static int
draw_role_rows(struct view *v, int64_t account)
{
	struct ctx *cx = v->cx;
	struct account_role *r;
	size_t n, i;

	TRY(account_roles(cx, account, &r, &n));
	if (n == 0)
		html(&v->h, "<p class='mute'>%s</p>",
		    tr(cx, "No role yet: the account cannot sign in."));
	html(&v->h, "<ul>");
	for (i = 0; i < n; i++) {
		const char *body, *days = days_text(cx, r[i].since, r[i].until);
		bool over = r[i].until != 0 && r[i].until < role_day(cx);

		TRY(body_title(v, r[i].body, &body));
		html(&v->h, "<li class='task'><h3>%s</h3><p class='small mute'>%s%s%s%s</p>",
		    option_label(cx, role_options, r[i].role), body, *days == '\0' ? "" : " · ",
		    days, over ? tr(cx, " (over)") : "");
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

/* ---- roles that wait ---- */

static int
draw_request(struct view *v, const struct role_request *q)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *body, *days = days_text(cx, q->since, q->until);

	TRY(body_title(v, q->body, &body));
	html(h, "<li class='task'><h3><a href='%s'>%s</a> – %s</h3><p class='small'>%s%s%s</p>",
	    ui_url(v, "/users/%lld", (long long)q->account), q->name,
	    option_label(cx, role_options, q->role), body, *days == '\0' ? "" : " · ", days);
	html(h, "<p class='small mute'>%s</p>",
	    trf(cx, "Asked for by %s, %s. Good until %s.",
		*q->asker == '\0' ? tr(cx, "the program") : q->asker, moment_text(cx, q->asked_at),
		moment_text(cx, q->expires_at)));
	if (q->hinder != NULL)
		html(h, "<p class='small'>%s</p>", tr(cx, q->hinder));
	html(h, "<div class='acts'>");
	if (q->hinder == NULL)
		ui_post_button(v,
		    arena_printf(cx->arena, "/users/requests/%lld/confirm", (long long)q->id), 0,
		    tr(cx, "Confirm"), false);
	ui_post_button(v, arena_printf(cx->arena, "/users/requests/%lld/refuse", (long long)q->id),
	    0,
	    q->asked_by == cx->actor->account ? tr(cx, "Withdraw the request") : tr(cx, "Refuse"),
	    true);
	html(h, "</div></li>");
	return RC_OK;
}

static int
draw_requests(struct view *v, const struct role_request *q, size_t n)
{
	struct ctx *cx = v->cx;
	size_t i;
	bool second;

	html(&v->h, "<ul>");
	for (i = 0; i < n; i++)
		TRY(draw_request(v, &q[i]));
	html(&v->h, "</ul>");
	TRY(role_second_exists(cx, &second));
	if (n > 0 && !second)
		ui_note(v, 'w',
		    tr(cx, "There is no second administrator. Whoever keeps the server confirms "
			   "with the command “shanyraq user confirm NUMBER”; “shanyraq user "
			   "requests” shows the numbers."));
	return RC_OK;
}

static const struct crumb *
users_crumbs(struct view *v)
{
	struct crumb *c = arena_array(v->cx->arena, struct crumb, 2);

	c[0] = (struct crumb){ "/users", tr(v->cx, "Users and roles") };
	c[1] = (struct crumb){ NULL, NULL };
	return c;
}

static int
requests_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct role_request *q;
	size_t n;

	TRY(role_requests(cx, 0, &q, &n));
	ui_open(v, &(struct page){ .title = tr(cx, "Roles that wait"),
		       .nav = "/users",
		       .staff = true,
		       .crumbs = users_crumbs(v) });
	ui_refusals(v, "");
	html(&v->h, "<p class='prose'>%s</p>",
	    tr(cx,
		"Head, auditor and administrator, and any role for oneself, are asked for by one "
		"administrator and given by another."));
	if (n == 0)
		ui_empty(v, tr(cx, "No role waits"),
		    tr(cx, "Roles are asked for on the page of an account."), ui_url(v, "/users"),
		    tr(cx, "Users and roles"));
	else
		TRY(draw_requests(v, q, n));
	ui_close(v);
	return RC_OK;
}

static int
decided(struct view *v, int rc, const char *message)
{
	if (form_refused(rc)) {
		v->status = rc == RC_INVALID ? 422 : 409;
		return requests_page(v);
	}
	TRY(rc);
	return ui_done(v, "/users/requests", message);
}

static int
confirm_post(struct view *v)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return decided(v, role_confirm(v->cx, id, NULL), tr(v->cx, "The role is given."));
}

static int
refuse_post(struct view *v)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return decided(v, role_refuse(v->cx, id), tr(v->cx, "The request is closed."));
}

/* ---- one account ---- */

static int
draw_roles(struct view *v, int64_t id)
{
	struct ctx *cx = v->cx;
	struct role_request *q;
	size_t n;

	ui_section_open(v, "roles", tr(cx, "Roles"),
	    tr(cx, "Head, auditor and administrator wait for a second administrator."));
	html(&v->h, "<div>");
	TRY(draw_role_rows(v, id));
	TRY(role_requests(cx, id, &q, &n));
	if (n > 0) {
		html(&v->h, "<h3>%s</h3>", tr(cx, "Roles that wait"));
		TRY(draw_requests(v, q, n));
	}
	html(&v->h, "<h3>%s</h3>", tr(cx, "One more role"));
	ui_form_begin(v, arena_printf(cx->arena, "/users/%lld/roles", (long long)id), false);
	form_role(v);
	form_line(v, &(struct form_line){ .name = "since",
			 .label = tr(cx, "First day"),
			 .hint = tr(cx, "15.11.2024; empty = at once.") });
	form_line(v, &(struct form_line){ .name = "until",
			 .label = tr(cx, "Last day"),
			 .hint = tr(cx, "15.11.2024; empty = without end.") });
	form_send(v, tr(cx, "Give this role"), false);
	ui_form_end(v);
	html(&v->h, "</div>");
	ui_section_close(v);
	return RC_OK;
}

static int
draw_second(struct view *v, int64_t id)
{
	struct ctx *cx = v->cx;
	struct second_state s;

	TRY(second_state(cx, id, &s));
	ui_section_open(v, "second", tr(cx, "Second factor"), NULL);
	html(&v->h, "<div><p>");
	ui_state(v, s.on ? 'o' : '-', s.on ? tr(cx, "on") : tr(cx, "off"));
	html(&v->h, "</p>");
	if (s.on) {
		html(&v->h, "<p class='prose'>%s</p><div class='acts'>",
		    tr(cx,
			"Switch it off only for somebody who stands before you: the device and the "
			"recovery codes are lost."));
		ui_post_button(v, arena_printf(cx->arena, "/users/%lld/second-off", (long long)id),
		    0, tr(cx, "Switch the second factor off"), true);
		html(&v->h, "</div>");
	}
	html(&v->h, "</div>");
	ui_section_close(v);
	return RC_OK;
}

static void
draw_acts(struct view *v, const struct account *a)
{
	struct ctx *cx = v->cx;
	long long id = (long long)a->rec.id;

	html(&v->h, "<div class='acts'>");
	ui_post_button(v, arena_printf(cx->arena, "/users/%lld/reset", id), 0,
	    tr(cx, "Print a code for a new password"), false);
	ui_post_button(v, arena_printf(cx->arena, "/users/%lld/sign-out", id), 0,
	    tr(cx, "Sign out everywhere"), false);
	ui_post_button(v,
	    arena_printf(cx->arena, "/users/%lld/%s", id, a->disabled ? "enable" : "disable"), 0,
	    a->disabled ? tr(cx, "Open the account") : tr(cx, "Close the account"), !a->disabled);
	html(&v->h, "</div>");
}

static int
user_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct account a;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(cx, &account_kind, id, &a));
	ui_open(
	    v, &(struct page){
		   .title = a.name, .nav = "/users", .staff = true, .crumbs = users_crumbs(v) });
	ui_refusals(v, "");
	TRY(ui_facts(v, &account_kind, &a));
	draw_acts(v, &a);
	TRY(draw_roles(v, id));
	TRY(draw_second(v, id));
	TRY(office_tokens(v, id));
	TRY(office_sign_ins(v, id));
	TRY(ui_history(v, &account_kind, id));
	ui_close(v);
	return RC_OK;
}

/* What a rule refused is said on the account's page. */
static int
back_to_user(struct view *v, int64_t id, int rc, const char *message)
{
	if (form_refused(rc)) {
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
sign_out_post(struct view *v)
{
	struct account a;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &account_kind, id, &a));
	return back_to_user(v, id, session_end_all(v->cx, id, NULL),
	    tr(v->cx, "The account is signed out on all devices."));
}

static int
second_off_post(struct view *v)
{
	struct account a;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &account_kind, id, &a));
	if (id == v->cx->actor->account)
		return ui_done(v, "/me/second", NULL);
	return back_to_user(
	    v, id, second_off(v->cx, id, NULL), tr(v->cx, "The second factor is off."));
}

static int
role_add_post(struct view *v)
{
	struct role_new in = { 0 };
	int64_t role, request = 0;
	int rc;

	TRY(req_param_id(v->rq, 0, &in.account));
	rc = form_role_read(v, &in);
	if (rc == RC_OK)
		rc = role_give(v->cx, &in, &role, &request);
	return back_to_user(v, in.account, rc,
	    request == 0
		? tr(v->cx, "The role is given.")
		: tr(v->cx, "The role is asked for. Another administrator has to confirm it."));
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

const struct route office_user_one_routes[] = {
	{ M_GET, "/users/requests", requests_page, CAP_USERS, 0, N_("Roles that wait"),
	    N_("Roles that a second administrator confirms or refuses.") },
	{ M_POST, "/users/requests/{id}/confirm", confirm_post, CAP_USERS, 0, N_("Confirm"), NULL },
	{ M_POST, "/users/requests/{id}/refuse", refuse_post, CAP_USERS, 0, N_("Refuse"), NULL },
	{ M_GET, "/users/{id}", user_page, CAP_USERS, 0, N_("An account"), NULL },
	{ M_POST, "/users/{id}/disable", disable_post, CAP_USERS, 0, N_("Close the account"),
	    NULL },
	{ M_POST, "/users/{id}/enable", enable_post, CAP_USERS, 0, N_("Open the account"), NULL },
	{ M_POST, "/users/{id}/sign-out", sign_out_post, CAP_USERS, 0, N_("Sign out everywhere"),
	    NULL },
	{ M_POST, "/users/{id}/second-off", second_off_post, CAP_USERS, 0,
	    N_("Switch the second factor off"), NULL },
	{ M_POST, "/users/{id}/roles", role_add_post, CAP_USERS, 0, N_("Give this role"), NULL },
	{ M_POST, "/users/{id}/roles/remove", role_remove_post, CAP_USERS, 0, N_("Take this role"),
	    NULL },
};
const size_t office_user_one_nroutes = ARRAY_LEN(office_user_one_routes);
