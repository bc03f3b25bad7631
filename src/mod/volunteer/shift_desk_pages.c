/* shift_desk_pages.c – one shift at the desk: what it needs, who has signed up, arrival and leaving in big buttons that
 * need no script, somebody who walks in, and the list for paper with a column for signatures. */
#include "mod/volunteer/volunteer_pages.h"

#include <string.h>

static int
shift_of_path(struct view *v, struct shift *out)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, &shift_kind, id, out);
}

static const char *
shift_path(struct view *v, int64_t id, const char *tail)
{
	return arena_printf(v->cx->arena, "/shifts/%lld%s", (long long)id, tail);
}

static void
open_shift(struct view *v, const struct shift *s, const char *title)
{
	struct ctx *cx = v->cx;
	const char *home = s->headquarters != 0 ? relief_path(v, s->headquarters, "/shifts")
						: arena_printf(cx->arena, "/events/%lld/shifts",
						      (long long)s->event);

	ui_open(v, &(struct page){ .title = title == NULL ? tr3(cx, &s->task, NULL) : title,
		       .nav = s->headquarters != 0 ? "/relief" : "/events",
		       .staff = true,
		       .wide = true,
		       .crumbs = (const struct crumb[]){ { home, tr(cx, "Shifts") },
			   { title == NULL ? NULL : shift_path(v, s->rec.id, ""),
			       tr3(cx, &s->task, NULL) },
			   { NULL, title }, { NULL, NULL } } });
}

/* ---- what it needs ---- */

static void
draw_need_form(struct view *v, const struct shift_row *s)
{
	struct ctx *cx = v->cx;
	int i;

	ui_form_begin(v, shift_path(v, s->s.rec.id, "/need"), false);
	html(&v->h,
	    "<div class='flow'><div class='fld'><label for='f-role'>%s</label><select id='f-role' "
	    "name='role'>",
	    tr(cx, "Role"));
	for (i = 0; shift_roles[i].code != NULL; i++)
		html(&v->h, "<option value='%s'>%s</option>", shift_roles[i].code,
		    tr(cx, shift_roles[i].label));
	html(&v->h, "</select></div><div class='fld w-s'><label for='f-people'>%s</label>",
	    tr(cx, "People"));
	relief_field_error(v, "people");
	html(&v->h,
	    "<input type='text' id='f-people' name='people' inputmode='numeric' value='%s'></div>"
	    "<p class='acts'><button type='submit' class='btn'>%s</button></p></div>",
	    v->status == 200 ? "" : relief_typed(v, "people"), tr(cx, "Set the need"));
	ui_form_end(v);
}

static void
draw_need(struct view *v, const struct shift_row *s)
{
	struct ctx *cx = v->cx;
	size_t i;

	ui_section_open(v, "need", tr(cx, "People needed"), NULL);
	if (s->nroles == 0)
		html(&v->h, "<p class='mute'>%s</p>",
		    tr(cx, "Say how many people are needed in which role."));
	else {
		html(&v->h,
		    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead>"
		    "<tr><th scope='col'>%s</th><th scope='col' class='r'>%s</th><th scope='col' "
		    "class='r'>%s</th><th scope='col' class='r'>%s</th></tr></thead><tbody>",
		    tr(cx, "People needed"), tr(cx, "Role"), tr(cx, "Needed"), tr(cx, "Signed up"),
		    tr(cx, "Have come"));
		for (i = 0; i < s->nroles; i++) {
			const struct role_row *r = &s->role[i];

			html(&v->h,
			    "<tr><th scope='row'>%s</th><td class='r num' data-l='%s'>%s</td><td "
			    "class='r num' data-l='%s'>%s</td><td class='r num' "
			    "data-l='%s'>%s</td></tr>",
			    option_label(cx, shift_roles, r->role), tr(cx, "Needed"),
			    num(cx, r->need), tr(cx, "Signed up"), num(cx, r->filled),
			    tr(cx, "Have come"), num(cx, r->came));
		}
		html(&v->h, "</tbody></table></div>");
	}
	if (may(cx, CAP_RELIEF_WRITE))
		draw_need_form(v, s);
	ui_section_close(v);
}

/* ---- who ---- */

static void
button(struct view *v, const char *act, const char *text, const char *look)
{
	html(&v->h, "<button type='submit' class='btn%s' name='act' value='%s'>%s</button>", look,
	    act, text);
}

static void
draw_buttons(struct view *v, const struct signup_row *r)
{
	struct ctx *cx = v->cx;
	bool signed_up = strcmp(r->u.state, "signed") == 0,
	     absent = strcmp(r->u.state, "no_show") == 0;

	if (strcmp(r->u.state, "withdrawn") == 0 || strcmp(r->u.state, "left") == 0)
		return;
	ui_form_begin(v, shift_path(v, r->u.shift, "/marks"), false);
	html(&v->h, "<input type='hidden' name='signup' value='%lld'><p class='acts roll'>",
	    (long long)r->u.rec.id);
	if (r->briefed_on == 0 && !absent)
		button(v, "briefed", tr(cx, "Briefed now"), " go");
	else if (signed_up || absent)
		button(v, "arrived", tr(cx, "Has come"), " go");
	if (strcmp(r->u.state, "arrived") == 0)
		button(v, "left", tr(cx, "Has left"), " go");
	if (signed_up) {
		button(v, "no_show", tr(cx, "Did not come"), "");
		button(v, "withdrawn", tr(cx, "Withdraws"), "");
	}
	html(&v->h, "</p>");
	ui_form_end(v);
}

/* Whether this sign-up's correction was sent and refused. */
static bool
was_refused(struct view *v, const char *signup)
{
	return v->status != 200 && req_f(v->rq, "arrived_at") != NULL &&
	       strcmp(relief_typed(v, "signup"), signup) == 0;
}

/* After a refusal the form that was sent stands open with what was typed, and the refusals above lead to its fields. */
static void
correction_field(
    struct view *v, const char *signup, const char *name, const char *label, const char *noted)
{
	bool typed = was_refused(v, signup);
	const char *id = arena_printf(v->cx->arena, "f-%s%s", name, typed ? "" : signup);

	html(&v->h, "<div class='fld%s'><label for='%s'>%s</label>",
	    strcmp(name, "reason") == 0 ? "" : " w-s", id, label);
	if (typed)
		relief_field_error(v, name);
	html(&v->h, "<input type='text' id='%s' name='%s' maxlength='300' value='%s'></div>", id,
	    name, typed ? relief_typed(v, name) : noted);
}

static void
draw_correction(struct view *v, const struct signup_row *r)
{
	struct ctx *cx = v->cx;
	const char *id = arena_printf(cx->arena, "%lld", (long long)r->u.rec.id);

	html(&v->h,
	    was_refused(v, id) ? "<details open><summary>%s</summary>"
			       : "<details><summary>%s</summary>",
	    tr(cx, "Correct the hours"));
	ui_form_begin(v, shift_path(v, r->u.shift, "/corrections"), false);
	html(&v->h, "<input type='hidden' name='signup' value='%s'><div class='flow'>", id);
	correction_field(v, id, "arrived_at", tr(cx, "Came at"), moment_text(cx, r->u.arrived_at));
	correction_field(v, id, "left_at", tr(cx, "Left at"),
	    r->u.left_at == 0 ? "" : moment_text(cx, r->u.left_at));
	correction_field(v, id, "reason", tr(cx, "Reason"), "");
	html(&v->h, "<p class='acts'><button type='submit' class='btn'>%s</button></p></div>",
	    tr(cx, "Write the correction"));
	ui_form_end(v);
	html(&v->h, "</details>");
}

static void
draw_person(struct view *v, const struct signup_row *r)
{
	struct ctx *cx = v->cx;
	const char *state = r->u.state;
	char tone = strcmp(state, "signed") == 0    ? 'p'
		    : strcmp(state, "arrived") == 0 ? 'w'
		    : strcmp(state, "left") == 0    ? 'o'
						    : '-';

	html(&v->h, "<li class='called'><p><a href='%s'><strong>%s</strong></a> · %s ",
	    ui_url(v, "/volunteers/%lld", (long long)r->u.volunteer), r->name,
	    option_label(cx, shift_roles, r->u.role));
	ui_state(v, tone, option_label(cx, signup_marks, state));
	html(&v->h, "</p>");
	if (r->u.arrived_at != 0) {
		html(&v->h, "<p class='small'>%s", moment_text(cx, r->u.arrived_at));
		if (r->u.left_at != 0)
			html(&v->h, " – %s · %s", moment_text(cx, r->u.left_at),
			    volunteer_time(cx, r->u.minutes));
		html(&v->h, "</p>");
	}
	if (r->age != INT_NONE && r->age < VOLUNTEER_ADULT)
		html(&v->h, "<p class='small'>%s</p>",
		    tr(cx, "Perhaps under 18: look at the paper of the parent."));
	draw_buttons(v, r);
	if (r->u.arrived_at != 0)
		draw_correction(v, r);
	html(&v->h, "</li>");
}

static int
draw_people(struct view *v, const struct shift *s)
{
	struct ctx *cx = v->cx;
	struct signup_row *r;
	size_t n, i;

	TRY(reads_signups(cx, s->rec.id, &r, &n));
	ui_section_open(v, "people", tr(cx, "Who has signed up"), NULL);
	if (n == 0)
		html(&v->h, "<p class='mute'>%s</p>", tr(cx, "Nobody yet."));
	html(&v->h, "<ul class='calls'>");
	for (i = 0; i < n; i++)
		draw_person(v, &r[i]);
	html(&v->h, "</ul>");
	ui_section_close(v);
	return RC_OK;
}

/* ---- somebody walks in ---- */

static void
draw_role_select(struct view *v, const struct shift_row *s, const char *id)
{
	struct ctx *cx = v->cx;
	size_t i;

	html(&v->h, "<div class='fld'><label for='%s'>%s</label><select id='%s' name='role'>", id,
	    tr(cx, "Role"), id);
	for (i = 0; i < s->nroles; i++) {
		html(&v->h, "<option value='%s'", s->role[i].role);
		html(&v->h,
		    strcmp(relief_typed(v, "role"), s->role[i].role) == 0 ? " selected>%s</option>"
									  : ">%s</option>",
		    option_label(cx, shift_roles, s->role[i].role));
	}
	html(&v->h, "</select></div>");
}

static void
draw_desk(struct view *v, const struct shift_row *s)
{
	struct ctx *cx = v->cx;

	ui_section_open(v, "desk", tr(cx, "At the desk"), NULL);
	ui_form_begin(v, shift_path(v, s->s.rec.id, "/signups"), false);
	html(&v->h, "<div class='flow'><div class='fld'><label for='f-code'>%s</label>",
	    tr(cx, "Code of the volunteer"));
	relief_field_error(v, "code");
	html(&v->h,
	    "<input type='text' id='f-code' name='code' inputmode='numeric' autocomplete='off' "
	    "value='%s'></div>",
	    v->status == 200 ? "" : relief_typed(v, "code"));
	draw_role_select(v, s, "f-r1");
	html(&v->h, "<p class='acts'><button type='submit' class='btn go'>%s</button></p></div>",
	    tr(cx, "Sign up"));
	ui_form_end(v);
	html(&v->h,
	    v->status != 200 && req_f(v->rq, "name") != NULL ? "<details open>" : "<details>");
	html(&v->h, "<summary class='btn'>%s</summary>", tr(cx, "Somebody new"));
	ui_form_begin(v, shift_path(v, s->s.rec.id, "/signups"), false);
	relief_draw_nonce(v);
	html(&v->h, "<div class='flow'>");
	volunteer_draw_fields(v, NULL, false);
	draw_role_select(v, s, "f-r2");
	html(&v->h, "<p class='acts'><button type='submit' class='btn go'>%s</button></p></div>",
	    tr(cx, "Take down and sign up"));
	ui_form_end(v);
	html(&v->h, "</details>");
	ui_section_close(v);
}

static int
draw_page(struct view *v, int64_t id)
{
	struct ctx *cx = v->cx;
	struct shift_row *s;
	const char *why;
	size_t n;

	TRY(reads_shifts(cx, &(struct shift_ask){ .shift = id }, &s, &n));
	if (n == 0)
		return RC_NOTFOUND;
	open_shift(v, &s->s, NULL);
	ui_refusals(v, "f-");
	TRY(shift_closed_why(cx, &s->s, &why));
	if (why != NULL)
		ui_note(v, '-', why);
	html(&v->h, "<p><strong>%s</strong>%s%s</p>", shift_when(cx, &s->s),
	    *s->place == '\0' ? "" : " · ", s->place);
	if (s->s.dangerous)
		ui_note(v, 'w', tr(cx, "Dangerous work: adults alone, and after a briefing."));
	html(&v->h, "<p class='acts noprint'>");
	if (may(cx, CAP_RELIEF_WRITE)) {
		ui_button(v, ui_url(v, "/shifts/%lld/paper", (long long)id),
		    tr(cx, "List for signatures"), false);
		ui_button(
		    v, ui_url(v, "/shifts/%lld/edit", (long long)id), tr(cx, "Change"), false);
	}
	html(&v->h, "</p>");
	if (may(cx, CAP_RELIEF_WRITE)) {
		TRY(draw_people(v, &s->s));
		if (why == NULL && s->nroles > 0)
			draw_desk(v, s);
	}
	draw_need(v, s);
	TRY(ui_history(v, &shift_kind, id));
	ui_close(v);
	return RC_OK;
}

static int
shift_page(struct view *v)
{
	struct shift s;

	TRY(shift_of_path(v, &s));
	return draw_page(v, s.rec.id);
}

/* A refusal draws the page again with its reason, what was typed stays. */
static int
answer(struct view *v, int rc, int64_t shift, const char *message)
{
	if (rc == RC_INVALID || rc == RC_RULE || rc == RC_CONFLICT) {
		volunteer_refused(v, rc);
		return draw_page(v, shift);
	}
	TRY(rc);
	return ui_done(v, shift_path(v, shift, ""), message);
}

static int
need_post(struct view *v)
{
	struct shift s;
	int64_t people;
	int rc = RC_OK;

	TRY(shift_of_path(v, &s));
	if (!num_parse(relief_typed(v, "people"), &people) || people < 0 || people > 500) {
		fail_field(v->cx, "people", N_("A whole number."));
		rc = RC_INVALID;
	}
	if (rc == RC_OK)
		rc = shift_need_set(v->cx, s.rec.id, relief_typed(v, "role"), people);
	return answer(v, rc, s.rec.id, tr(v->cx, "Saved."));
}

static int
act(struct ctx *cx, const struct shift_signup *u, const char *what)
{
	if (strcmp(what, "briefed") == 0)
		return volunteer_brief(cx, u->volunteer);
	if (strcmp(what, "arrived") == 0)
		return shift_arrive(cx, u->rec.id, 0);
	if (strcmp(what, "left") == 0)
		return shift_leave(cx, u->rec.id, 0);
	if (strcmp(what, "no_show") == 0)
		return shift_no_show(cx, u->rec.id);
	if (strcmp(what, "withdrawn") == 0)
		return shift_withdraw(cx, u->rec.id, false);
	return RC_NOTFOUND;
}

static int
signup_of_form(struct view *v, const struct shift *s, struct shift_signup *out)
{
	int64_t id;

	if (!num_parse(relief_typed(v, "signup"), &id))
		return RC_NOTFOUND;
	TRY(kind_get(v->cx, &shift_signup_kind, id, out));
	return out->shift == s->rec.id ? RC_OK : RC_NOTFOUND;
}

static int
marks_post(struct view *v)
{
	struct shift_signup u;
	struct shift s;

	TRY(shift_of_path(v, &s));
	TRY(signup_of_form(v, &s, &u));
	return answer(v, act(v->cx, &u, relief_typed(v, "act")), s.rec.id, tr(v->cx, "Saved."));
}

static int
corrections_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct shift_correction c;
	struct shift_signup u;
	struct shift s;
	int rc;

	TRY(shift_of_path(v, &s));
	TRY(signup_of_form(v, &s, &u));
	kind_empty(&shift_correction_kind, &c);
	c.shift_signup = u.rec.id;
	c.reason = relief_typed(v, "reason");
	if (!moment_parse(relief_typed(v, "arrived_at"), &c.arrived_at))
		fail_field(
		    cx, "arrived_at", N_("Write a day, or a day and an hour: 15.11.2024 18:00."));
	if (!moment_parse(relief_typed(v, "left_at"), &c.left_at))
		fail_field(
		    cx, "left_at", N_("Write a day, or a day and an hour: 15.11.2024 18:00."));
	rc = fields_rc(cx);
	if (rc == RC_OK)
		rc = shift_correct(cx, &c);
	return answer(v, rc, s.rec.id, tr(cx, "The correction stands beside what was noted."));
}

static int
signups_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct shift_wish wish = { 0, relief_typed(v, "role") };
	const char *code = relief_typed(v, "code");
	struct volunteer_in in;
	struct volunteer who;
	struct shift s;
	int64_t id;
	bool again;
	int rc;

	TRY(shift_of_path(v, &s));
	wish.shift = s.rec.id;
	if (req_f(v->rq, "code") != NULL) {
		rc = volunteer_by_code(cx, code, &who);
		if (rc == RC_NOTFOUND) {
			fail_field(cx, "code", N_("There is no volunteer with this code."));
			rc = RC_INVALID;
		}
		if (rc == RC_OK)
			rc = shift_sign(cx, &(struct signing){ who.rec.id, wish, false }, &id);
	} else {
		rc = volunteer_read_form(v, &in);
		in.desk = true;
		if (rc == RC_OK)
			rc = volunteer_join(cx, &in, &wish, &id, &again);
	}
	return answer(v, rc, s.rec.id, tr(cx, "Signed up."));
}

/* ---- paper ---- */

static int
paper_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct signup_row *r;
	struct shift s;
	size_t n, i, nth = 0;

	TRY(shift_of_path(v, &s));
	TRY(reads_signups(cx, s.rec.id, &r, &n));
	open_shift(v, &s, tr(cx, "List for signatures"));
	html(&v->h,
	    "<p class='noprint mute'>%s</p><div class='tbl wider'><table "
	    "class='paper signs'><caption>%s<br>%s</caption><thead>"
	    "<tr><th scope='col'>№</th><th scope='col'>%s</th><th scope='col'>%s</th><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th></tr></thead><tbody>",
	    tr(cx, "Print this page with the browser."), tr3(cx, &s.task, NULL), shift_when(cx, &s),
	    tr(cx, "Full name"), tr(cx, "Role"), tr(cx, "Came at"), tr(cx, "Left at"),
	    tr(cx, "Signature"));
	for (i = 0; i < n; i++) {
		if (strcmp(r[i].u.state, "withdrawn") == 0)
			continue;
		html(&v->h, "<tr><td>%s</td><td>%s</td><td>%s</td><td></td><td></td><td></td></tr>",
		    num(cx, (int64_t)++nth), r[i].name, option_label(cx, shift_roles, r[i].u.role));
	}
	for (i = 0; i < 5; i++) /* who walks in */
		html(&v->h, "<tr><td>%s</td><td></td><td></td><td></td><td></td><td></td></tr>",
		    num(cx, (int64_t)++nth));
	html(&v->h, "</tbody></table></div>");
	ui_close(v);
	return RC_OK;
}

const struct route shift_desk_routes[] = {
	{ M_GET, "/shifts/{id}", shift_page, CAP_RELIEF_READ, 0, N_("Shift"),
	    N_("Who has signed up, arrival and leaving.") },
	{ M_POST, "/shifts/{id}/need", need_post, CAP_RELIEF_WRITE, 0, N_("Need of a shift"),
	    NULL },
	{ M_POST, "/shifts/{id}/signups", signups_post, CAP_RELIEF_WRITE, 0,
	    N_("Sign-up for a shift"), NULL },
	{ M_POST, "/shifts/{id}/marks", marks_post, CAP_RELIEF_WRITE, 0, N_("Arrival and leaving"),
	    NULL },
	{ M_POST, "/shifts/{id}/corrections", corrections_post, CAP_RELIEF_WRITE, 0,
	    N_("Correction of hours"), NULL },
	{ M_GET, "/shifts/{id}/paper", paper_page, CAP_RELIEF_WRITE, 0, N_("List for signatures"),
	    NULL },
};
const size_t shift_desk_nroutes = ARRAY_LEN(shift_desk_routes);
