/* volunteer_public_pages.c – helping without an account: which shifts need hands, a form, a code, and with the code one's
 * own shifts. No name of anybody stands here, not even one's own: a code may be seen over a shoulder. */
#include "mod/volunteer/volunteer_pages.h"

#include <string.h>

static void
open_page(struct view *v, const char *title)
{
	ui_open(v, &(struct page){ .title = title });
	ui_refusals(v, "f-");
}

/* ---- shifts to choose from ---- */

static void
draw_choice(struct view *v, const struct shift_row *s, const struct role_row *r)
{
	struct ctx *cx = v->cx;
	const char *value = arena_printf(cx->arena, "%lld:%s", (long long)s->s.rec.id, r->role);

	html(&v->h, "<label class='tick'><input type='radio' name='wish' value='%s'", value);
	html(&v->h,
	    strcmp(relief_typed(v, "wish"), value) == 0 ? " checked> %s</label>" : "> %s</label>",
	    trf(cx, "%s, still needed: %s", option_label(cx, shift_roles, r->role),
		num(cx, r->need - r->filled)));
}

static void
draw_shift(struct view *v, const struct shift_row *s)
{
	struct ctx *cx = v->cx;
	const char *dot = *s->place == '\0' ? "" : " · ";
	size_t i;

	html(&v->h, "<fieldset class='wish'><legend>%s · %s</legend><p class='small'>%s",
	    shift_when(cx, &s->s), tr3(cx, &s->s.task, NULL), s->place);
	if (s->s.dangerous)
		html(&v->h, "%s%s", dot,
		    tr(cx, "Dangerous work: adults alone, and after a briefing."));
	else if (s->s.briefed)
		html(&v->h, "%s%s", dot, tr(cx, "Only after a briefing."));
	html(&v->h, "</p>");
	for (i = 0; i < s->nroles; i++)
		if (s->role[i].filled < s->role[i].need)
			draw_choice(v, s, &s->role[i]);
	html(&v->h, "</fieldset>");
}

static int
open_shifts(struct ctx *cx, struct shift_row **s, size_t *n, size_t *gaps)
{
	size_t i;

	*gaps = 0;
	TRY(reads_shifts(cx, &(struct shift_ask){ .open = true }, s, n));
	for (i = 0; i < *n; i++)
		*gaps += (*s)[i].gap > 0;
	return RC_OK;
}

static bool
read_wish(struct view *v, struct shift_wish *out)
{
	const char *s = relief_typed(v, "wish"), *colon = strchr(s, ':');

	*out = (struct shift_wish){ 0, colon == NULL ? "" : colon + 1 };
	return colon != NULL &&
	       num_parse(arena_strn(v->cx->arena, s, (size_t)(colon - s)), &out->shift);
}

/* ---- the form ---- */

static int
draw_form(struct view *v)
{
	struct ctx *cx = v->cx;
	struct shift_row *s;
	size_t n, gaps, i;

	TRY(open_shifts(cx, &s, &n, &gaps));
	open_page(v, tr(cx, "Help as a volunteer"));
	html(&v->h, "<p class='acts'>");
	ui_button(v, ui_url(v, "/volunteer/code"), tr(cx, "I have a code"), false);
	html(&v->h, "</p>");
	if (gaps == 0) {
		ui_empty(v, tr(cx, "No hands are missing now"),
		    tr(cx, "Look again later: shifts stand here as soon as people are needed."),
		    NULL, NULL);
		ui_close(v);
		return RC_OK;
	}
	html(&v->h, "<p class='prose'>%s</p>",
	    tr(cx, "Choose a shift and say how we reach you. You get a code; with it you see your "
		   "shifts, take more and withdraw."));
	html(&v->h, "<p class='prose'>%s</p>",
	    tr(cx, "At a relief headquarters only adults help. At events one can help from 16 "
		   "years on, under 18 with a parent's written consent: bring it to the desk."));
	ui_form_begin(v, "/volunteer", false);
	relief_draw_nonce(v);
	relief_field_error(v, "wish");
	for (i = 0; i < n; i++)
		if (s[i].gap > 0)
			draw_shift(v, &s[i]);
	html(&v->h, "<div class='flow'>");
	volunteer_draw_fields(v, NULL, true);
	html(&v->h,
	    "<p class='small'>%s</p><p class='acts'><button type='submit' class='btn "
	    "go'>%s</button></p></div>",
	    tr(cx, "These data serve the shifts only and go after their term. Ethnicity is not "
		   "asked."),
	    tr(cx, "Sign up"));
	ui_form_end(v);
	ui_close(v);
	return RC_OK;
}

static int
form_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct volunteer_in in;
	struct shift_wish wish;
	struct volunteer who;
	int64_t id;
	bool again;
	int rc;

	if (relief_is_robot(v))
		return ui_done(v, "/volunteer", tr(cx, "Thank you."));
	rc = volunteer_read_form(v, &in);
	in.person = 0; /* who is on record is for the desk to say */
	if (!read_wish(v, &wish)) {
		fail_field(cx, "wish", N_("Choose a shift."));
		rc = RC_INVALID;
	}
	if (rc == RC_OK)
		rc = volunteer_join(cx, &in, &wish, &id, &again);
	if (rc == RC_INVALID || rc == RC_RULE) {
		volunteer_refused(v, rc);
		return draw_form(v);
	}
	TRY(rc);
	TRY(kind_load(cx, &volunteer_kind, id, &who));
	res_redirect(v->rq, ui_url(v, "/volunteer/%s?sent=1", who.code));
	return RC_OK;
}

/* ---- a code ---- */

static int
draw_ask(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *typed = req_q(v->rq, "code");

	open_page(v, tr(cx, "My shifts"));
	html(&v->h,
	    "<form method='get' action='%s' class='flow'><div class='fld'><label "
	    "for='f-code'>%s</label>",
	    ui_url(v, "/volunteer/code"), tr(cx, "Code, nine digits"));
	relief_field_error(v, "code");
	html(&v->h,
	    "<input type='text' id='f-code' name='code' inputmode='numeric' autocomplete='off' "
	    "value='%s'></div><p class='acts'><button type='submit' class='btn "
	    "go'>%s</button></p></form>",
	    typed == NULL ? "" : typed, tr(cx, "Show"));
	ui_close(v);
	return RC_OK;
}

static int
by_code(struct view *v, const char *typed, struct volunteer *out, bool *found)
{
	int rc = volunteer_by_code(v->cx, typed, out);

	*found = rc == RC_OK;
	if (rc == RC_NOTFOUND) {
		v->cx->err.text = NULL;
		fail_field(v->cx, "code", N_("There is no volunteer with this code."));
		v->status = 404;
		return RC_OK;
	}
	if (rc == RC_INVALID) {
		v->status = 422;
		return RC_OK;
	}
	return rc;
}

static void
draw_own(struct view *v, const struct volunteer *who, const struct own_row *o)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<li class='called'><p><strong>%s</strong> · %s · %s ", shift_when(cx, &o->s),
	    tr3(cx, &o->s.task, NULL), option_label(cx, shift_roles, o->u.role));
	ui_state(v, strcmp(o->u.state, "left") == 0 ? 'o' : 'p',
	    option_label(cx, signup_marks, o->u.state));
	html(&v->h, "</p><p class='small'>%s</p>", o->place);
	if (o->u.minutes != INT_NONE)
		html(&v->h, "<p class='small'>%s</p>", volunteer_time(cx, o->u.minutes));
	if (strcmp(o->u.state, "signed") == 0 && o->s.starts_at > cx->now) {
		ui_form_begin(v, arena_printf(cx->arena, "/volunteer/%s", who->code), false);
		html(&v->h,
		    "<input type='hidden' name='withdraw' value='%lld'><p class='acts roll'>"
		    "<button type='submit' class='btn bad'>%s</button></p>",
		    (long long)o->u.rec.id, tr(cx, "Give the place back"));
		ui_form_end(v);
	}
	html(&v->h, "</li>");
}

static int
draw_more_roles(struct view *v, const struct volunteer *who, const struct shift_row *s)
{
	struct ctx *cx = v->cx;
	size_t k;

	for (k = 0; k < s->nroles; k++) {
		const char *why, *role = s->role[k].role;

		TRY(volunteer_why(cx, who, &s->s, role, &why));
		if (why != NULL) {
			html(&v->h, "<p class='small mute'>%s: %s</p>",
			    option_label(cx, shift_roles, role), why);
			continue;
		}
		ui_form_begin(v, arena_printf(cx->arena, "/volunteer/%s", who->code), false);
		html(&v->h,
		    "<input type='hidden' name='wish' value='%lld:%s'><p class='acts "
		    "roll'><button type='submit' class='btn go'>%s</button></p>",
		    (long long)s->s.rec.id, role,
		    trf(cx, "Sign up: %s", option_label(cx, shift_roles, role)));
		ui_form_end(v);
	}
	return RC_OK;
}

static bool
is_own(const struct own_row *o, size_t n, int64_t shift)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (o[i].s.rec.id == shift && strcmp(o[i].u.state, "withdrawn") != 0)
			return true;
	return false;
}

/* Every role of every other open shift, with a button or the reason why not. */
static int
draw_more(struct view *v, const struct volunteer *who, const struct own_row *o, size_t own)
{
	struct ctx *cx = v->cx;
	struct shift_row *s;
	size_t n, gaps, i, k = 0;

	TRY(open_shifts(cx, &s, &n, &gaps));
	for (i = 0; i < n; i++)
		if (!is_own(o, own, s[i].s.rec.id))
			s[k++] = s[i];
	if (k == 0)
		return RC_OK;
	ui_section_open(v, "more", tr(cx, "More shifts"), NULL);
	html(&v->h, "<ul class='calls'>");
	for (i = 0; i < k; i++) {
		html(&v->h,
		    "<li class='called'><p><strong>%s</strong> · %s</p><p "
		    "class='small'>%s</p>",
		    shift_when(cx, &s[i].s), tr3(cx, &s[i].s.task, NULL), s[i].place);
		TRY(draw_more_roles(v, who, &s[i]));
		html(&v->h, "</li>");
	}
	html(&v->h, "</ul>");
	ui_section_close(v);
	return RC_OK;
}

static int
draw_mine(struct view *v, const struct volunteer *who)
{
	struct ctx *cx = v->cx;
	struct own_row *o;
	size_t n, i;

	TRY(reads_own(cx, who, &o, &n));
	open_page(v, tr(cx, "My shifts"));
	if (req_q(v->rq, "sent") != NULL)
		ui_note(v, 'o',
		    tr(cx, "Signed up. Keep this code: with it you see your shifts and withdraw."));
	html(&v->h, "<p>%s <strong translate='no'>%s</strong></p><p>%s</p>", tr(cx, "Code"),
	    relief_code_shown(cx->arena, who->code),
	    trf(cx, "Hours in all: %s", volunteer_time(cx, own_minutes(o, n))));
	if (who->briefed_on == 0)
		html(&v->h, "<p class='small'>%s</p>",
		    tr(cx, "Before the first shift the desk briefs you: come a little earlier."));
	html(&v->h, "<ul class='calls'>");
	for (i = 0; i < n; i++)
		draw_own(v, who, &o[i]);
	html(&v->h, "</ul>");
	TRY(draw_more(v, who, o, n));
	ui_close(v);
	return RC_OK;
}

static int
ask_page(struct view *v)
{
	const char *typed = req_q(v->rq, "code");
	struct volunteer who;
	bool found;

	if (typed == NULL || *typed == '\0')
		return draw_ask(v);
	TRY(by_code(v, typed, &who, &found));
	return found ? draw_mine(v, &who) : draw_ask(v);
}

static int
code_page(struct view *v)
{
	struct volunteer who;
	bool found;

	TRY(by_code(v, v->rq->nparam > 0 ? v->rq->param[0] : "", &who, &found));
	return found ? draw_mine(v, &who) : draw_ask(v);
}

static int
act(struct view *v, const struct volunteer *who)
{
	struct ctx *cx = v->cx;
	const char *withdraw = relief_typed(v, "withdraw");
	struct shift_wish wish;
	struct shift_signup u;
	int64_t id;

	if (*withdraw == '\0')
		return read_wish(v, &wish)
			   ? shift_sign(cx, &(struct signing){ who->rec.id, wish, true }, &id)
			   : RC_NOTFOUND;
	if (!num_parse(withdraw, &id))
		return RC_NOTFOUND;
	TRY(kind_load(cx, &shift_signup_kind, id, &u));
	/* Only one's own: the code proves no more. */
	return u.volunteer == who->rec.id ? shift_withdraw(cx, id, true) : RC_NOTFOUND;
}

static int
code_post(struct view *v)
{
	struct volunteer who;
	bool found;
	int rc;

	TRY(by_code(v, v->rq->nparam > 0 ? v->rq->param[0] : "", &who, &found));
	if (!found)
		return draw_ask(v);
	rc = act(v, &who);
	if (rc == RC_RULE || rc == RC_INVALID) {
		volunteer_refused(v, rc);
		return draw_mine(v, &who);
	}
	TRY(rc);
	return ui_done(
	    v, arena_printf(v->cx->arena, "/volunteer/%s", who.code), tr(v->cx, "Saved."));
}

const struct route volunteer_public_routes[] = {
	{ M_GET, "/volunteer", draw_form, CAP_PUBLIC, 0, N_("Help as a volunteer"),
	    N_("Shifts that need hands, without an account.") },
	{ M_POST, "/volunteer", form_post, CAP_PUBLIC, ROUTE_FORM, N_("Help as a volunteer"),
	    NULL },
	{ M_GET, "/volunteer/code", ask_page, CAP_PUBLIC, ROUTE_FORM, N_("My shifts"),
	    N_("By the code.") },
	{ M_GET, "/volunteer/{code}", code_page, CAP_PUBLIC, ROUTE_FORM, N_("My shifts"), NULL },
	{ M_POST, "/volunteer/{code}", code_post, CAP_PUBLIC, ROUTE_FORM, N_("My shifts"), NULL },
};
const size_t volunteer_public_nroutes = ARRAY_LEN(volunteer_public_routes);
