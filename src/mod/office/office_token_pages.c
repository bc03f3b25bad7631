/* office_token_pages.c – tokens for other programs: one's own with what each may do, a new one shown once,
 * taken back at any time; an administrator sees and takes back those of an account. */
#include "mod/office/office_pages.h"

#include "core/account.h"
#include "core/token.h"
#include "mod/office/office_form.h"

static struct {
	const struct option *rows; /* parts of the API: word and label */
	size_t n;
} api_parts;

void
office_token_parts(const struct option *o, size_t n)
{
	api_parts.rows = o;
	api_parts.n = n;
}

/* ---- the list ---- */

/* "events people" as the labels of the parts. */
static const char *
kinds_text(struct ctx *cx, const char *kinds)
{
	struct buf b;
	size_t i;

	if (*kinds == '\0')
		return tr(cx, "everything");
	buf_init(&b, cx->arena, 0);
	while (*kinds != '\0') {
		size_t n = strcspn(kinds, " ");
		const char *word = arena_strn(cx->arena, kinds, n);

		for (i = 0; i < api_parts.n && strcmp(api_parts.rows[i].code, word) != 0; i++)
			;
		buf_printf(&b, "%s%s", b.n == 0 ? "" : ", ",
		    i < api_parts.n ? tr(cx, api_parts.rows[i].label) : word);
		kinds += n + strspn(kinds + n, " ");
	}
	return b.p;
}

static void
draw_state(struct view *v, const struct token_row *t)
{
	struct ctx *cx = v->cx;

	if (t->revoked_at != 0 && t->revoked_at < t->expires_at)
		ui_state(v, 'n', tr(cx, "taken back"));
	else if (t->revoked_at != 0 || t->expires_at <= cx->now)
		ui_state(v, '-', tr(cx, "over"));
	else
		ui_state(v, 'o', tr(cx, "good"));
}

static void
draw_token(struct view *v, const struct token_row *t)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *may_do = tr(cx, "What it may do"), *until = tr(cx, "Good until"),
		   *state = tr(cx, "State");

	html(h, "<tr><th scope='row'>%s</th><td data-l='%s'>%s: %s%s%s</td>",
	    *t->label == '\0' ? arena_printf(cx->arena, "%lld", (long long)t->id) : t->label,
	    may_do, t->reading ? tr(cx, "read") : tr(cx, "read and write"),
	    kinds_text(cx, t->kinds), *t->role == '\0' ? "" : " · ",
	    *t->role == '\0' ? "" : option_label(cx, role_options, t->role));
	html(h, "<td data-l='%s'>%s</td><td data-l='%s'>", until, moment_text(cx, t->expires_at),
	    state);
	draw_state(v, t);
	html(h, "</td><td>");
	if (t->revoked_at == 0 && t->expires_at > cx->now) {
		ui_form_begin(v,
		    t->account == cx->actor->account
			? arena_printf(cx->arena, "/me/tokens/%lld/revoke", (long long)t->id)
			: arena_printf(cx->arena, "/users/tokens/%lld/revoke", (long long)t->id),
		    false);
		html(h, "<button class='btn bad' type='submit' aria-label='%s'>%s</button>",
		    trf(cx, "Take back the token “%s”", *t->label == '\0' ? "–" : t->label),
		    tr(cx, "Take back"));
		ui_form_end(v);
	}
	html(h, "</td></tr>");
}

static void
draw_tokens(struct view *v, const struct token_row *t, size_t n)
{
	struct ctx *cx = v->cx;
	size_t i;

	html(&v->h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th "
	    "scope='col'>%s</th><th scope='col'><span "
	    "class='vh'>%s</span></th></tr></thead><tbody>",
	    tr(cx, "Tokens"), tr(cx, "For what"), tr(cx, "What it may do"), tr(cx, "Good until"),
	    tr(cx, "State"), tr(cx, "Take back"));
	for (i = 0; i < n; i++)
		draw_token(v, &t[i]);
	html(&v->h, "</tbody></table></div>");
}

int
office_tokens(struct view *v, int64_t account)
{
	struct token_row *t;
	size_t n;

	TRY(token_list(v->cx, account, &t, &n));
	if (n == 0)
		return RC_OK;
	ui_section_open(v, "tokens", tr(v->cx, "Tokens"),
	    tr(v->cx, "Keys with which other programs act for this account."));
	draw_tokens(v, t, n);
	ui_section_close(v);
	return RC_OK;
}

/* ---- a new one ---- */

static bool
chosen(struct view *v, const char *part)
{
	size_t i;

	for (i = 0; i < v->rq->form.n; i++)
		if (strcmp(v->rq->form.p[i].name, "kind") == 0 &&
		    strcmp(v->rq->form.p[i].value, part) == 0)
			return true;
	return false;
}

static void
draw_parts(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	html(h, "<fieldset id='kinds'><legend>%s</legend><p class='hint'>%s</p>",
	    tr(cx, "Parts that it opens"),
	    tr(cx, "None ticked = everything that your role opens."));
	form_said(v, "kinds");
	html(h, "<div class='ticks'>");
	for (i = 0; i < api_parts.n; i++) {
		html(h, "<label class='tick'><input type='checkbox' name='kind' value='%s'",
		    api_parts.rows[i].code);
		if (chosen(v, api_parts.rows[i].code))
			html(h, " checked");
		html(h, "> %s</label>", tr(cx, api_parts.rows[i].label));
	}
	html(h, "</div></fieldset>");
}

static void
draw_scope(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *scope = req_f(v->rq, "scope");
	bool writes = scope != NULL && strcmp(scope, "write") == 0;

	html(h,
	    "<fieldset><legend>%s</legend><label class='tick'><input type='radio' name='scope' "
	    "value='read'",
	    tr(cx, "What it may do"));
	if (!writes)
		html(h, " checked");
	html(h, "> %s</label><label class='tick'><input type='radio' name='scope' value='write'",
	    tr(cx, "read"));
	if (writes)
		html(h, " checked");
	html(h, "> %s</label></fieldset>", tr(cx, "read and write"));
}

static void
draw_form(struct view *v)
{
	struct ctx *cx = v->cx;

	ui_section_open(v, "new", tr(cx, "A new token"),
	    tr(cx, "It acts in the role you act in now, and stops when that role ends."));
	ui_form_begin(v, "/me/tokens", false);
	form_line(v, &(struct form_line){ .name = "label",
			 .label = tr(cx, "For what"),
			 .hint = tr(cx, "e.g. the region's statistics, each night") });
	form_line(v, &(struct form_line){ .name = "days",
			 .label = tr(cx, "Days that it is good"),
			 .hint = tr(cx, "Empty: 90.") });
	draw_scope(v);
	draw_parts(v);
	form_send(v, tr(cx, "Make the token"), true);
	ui_form_end(v);
	ui_section_close(v);
}

static const struct crumb *
me_crumbs(struct view *v)
{
	struct crumb *c = arena_array(v->cx->arena, struct crumb, 2);

	c[0] = (struct crumb){ "/me", tr(v->cx, "Your account") };
	c[1] = (struct crumb){ NULL, NULL };
	return c;
}

static int
tokens_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct token_row *t;
	size_t n;

	TRY(token_list(cx, cx->actor->account, &t, &n));
	ui_open(
	    v, &(struct page){ .title = tr(cx, "Tokens"), .staff = true, .crumbs = me_crumbs(v) });
	ui_refusals(v, "");
	html(&v->h, "<p class='prose'>%s</p>",
	    tr(cx,
		"With a token another program acts for you through the API. Whoever holds it does "
		"what it may: give it no more than it needs."));
	if (n == 0)
		html(&v->h, "<p class='mute'>%s</p>", tr(cx, "You have made no token yet."));
	else
		draw_tokens(v, t, n);
	draw_form(v);
	ui_close(v);
	return RC_OK;
}

static const char *
kinds_of_form(struct view *v)
{
	struct buf b;
	size_t i;

	buf_init(&b, v->cx->arena, 0);
	for (i = 0; i < api_parts.n; i++)
		if (chosen(v, api_parts.rows[i].code))
			buf_printf(&b, "%s%s", b.n == 0 ? "" : " ", api_parts.rows[i].code);
	return b.n == 0 ? NULL : b.p;
}

static int
draw_once(struct view *v, const char *plain)
{
	struct ctx *cx = v->cx;

	ui_open(v, &(struct page){
		       .title = tr(cx, "A new token"), .staff = true, .crumbs = me_crumbs(v) });
	html(&v->h, "<p class='lead'><code translate='no'>%s</code></p>", plain);
	ui_note(v, 'w',
	    tr(cx,
		"It is shown only now. Copy it into the program that will use it: “Authorization: "
		"Bearer …”."));
	html(&v->h, "<p class='acts'>");
	ui_button(v, ui_url(v, "/me/tokens"), tr(cx, "Tokens"), false);
	html(&v->h, "</p>");
	ui_close(v);
	return RC_OK;
}

static int
token_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *days = req_f(v->rq, "days"), *scope = req_f(v->rq, "scope"), *plain;
	struct token_new in = { .login = cx->actor->login,
		.label = req_f(v->rq, "label"),
		.reading = scope == NULL || strcmp(scope, "write") != 0,
		.kinds = kinds_of_form(v) };
	int64_t n = 0;
	int rc;

	if (days != NULL && *days != '\0' && (!num_parse(days, &n) || n < 1 || n > TOKEN_DAYS_MAX))
		n = -1; /* named by token_create() */
	in.days = (int)n;
	rc = token_create(cx, &in, &plain);
	if (form_refused(rc)) {
		v->status = 422;
		return tokens_page(v);
	}
	TRY(rc);
	return draw_once(v, plain);
}

static int
revoke_post(struct view *v)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(token_revoke(v->cx, id));
	return ui_done(v, "/me/tokens", tr(v->cx, "The token is taken back."));
}

/* By an administrator; whose it is tells where to go back to. */
static int
revoke_other_post(struct view *v)
{
	int64_t id, account;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(db_int(
	    v->cx, &account, "SELECT account FROM api_token WHERE id = $1", VALS(v_int(id))));
	TRY(token_revoke(v->cx, id));
	return ui_done(v, arena_printf(v->cx->arena, "/users/%lld", (long long)account),
	    tr(v->cx, "The token is taken back."));
}

const struct route office_token_routes[] = {
	{ M_GET, "/me/tokens", tokens_page, CAP_SIGNED_IN, 0, N_("Tokens"),
	    N_("Keys with which other programs act for you.") },
	{ M_POST, "/me/tokens", token_post, CAP_SIGNED_IN, 0, N_("Make the token"), NULL },
	{ M_POST, "/me/tokens/{id}/revoke", revoke_post, CAP_SIGNED_IN, 0, N_("Take back"), NULL },
	{ M_POST, "/users/tokens/{id}/revoke", revoke_other_post, CAP_USERS, 0, N_("Take back"),
	    NULL },
};
const size_t office_token_nroutes = ARRAY_LEN(office_token_routes);
