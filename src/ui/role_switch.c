/* role_switch.c – the switch between the roles of one account, in the head of every page and among the
 * matters of the own account: a form with one button a role, so it works with the keyboard and without
 * script. Nothing is drawn, and nothing asked of the database, where there is only one. */
#include "core/account.h"
#include "core/session.h"
#include "ui/parts.h"

static const char *
role_text(struct view *v, const struct session_role *r)
{
	const char *body = tr3(v->cx, &r->body, NULL),
		   *role = option_label(v->cx, role_options, r->role);

	return *body == '\0' ? role : arena_printf(v->cx->arena, "%s – %s", role, body);
}

static void
draw(struct view *v, const struct session_role *r, size_t n)
{
	struct html *h = &v->h;
	size_t i;

	ui_form_begin(v, "/me/role", false);
	html(h, "<ul>");
	for (i = 0; i < n; i++) {
		html(h, "<li>");
		if (r[i].current)
			html(h, "<p class='now' aria-current='true'>%s</p>", role_text(v, &r[i]));
		else
			html(h,
			    "<button class='btn' type='submit' name='role' "
			    "value='%lld'>%s</button>",
			    (long long)r[i].id, role_text(v, &r[i]));
		html(h, "</li>");
	}
	html(h, "</ul>");
	ui_form_end(v);
}

int
ui_roles(struct view *v)
{
	struct session_role *r;
	size_t n;

	if (v->cx->actor->session == 0 || v->cx->actor->nroles < 2)
		return RC_OK;
	TRY(session_roles(v->cx, &r, &n));
	html(&v->h, "<div class='rolelist'>");
	draw(v, r, n);
	html(&v->h, "</div>");
	return RC_OK;
}

void
ui_role_switch(struct view *v)
{
	struct ctx *cx = v->cx;
	struct session_role *r;
	size_t n, i;
	int before = cx->err.rc;

	/* A page about a failure asks nothing more of the database. */
	if (cx->actor->session == 0 || cx->actor->nroles < 2 || before == RC_STORAGE ||
	    before == RC_BUSY || before == RC_BUG)
		return;
	if (session_roles(cx, &r, &n) != RC_OK) {
		if (before == RC_OK)
			err_clear(cx);
		return;
	}
	for (i = 0; i < n && !r[i].current; i++)
		;
	html(&v->h, "<details class='roles'><summary><span class='vh'>%s </span>%s</summary>",
	    tr(cx, "Acting as:"), i < n ? role_text(v, &r[i]) : tr(cx, "Roles"));
	html(&v->h, "<div class='rolelist'>");
	draw(v, r, n);
	html(&v->h, "</div></details>");
}
