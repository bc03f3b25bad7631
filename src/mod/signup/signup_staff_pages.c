/* signup_staff_pages.c – sign-ups of an event for its staff: how full it is, the list with its filters and export,
 * one sign-up with its tickets, somebody entered by hand, tickets taken back, reserved places released. */
#include "mod/signup/signup_inner.h"
#include "mod/signup/signup_pages.h"

/* ---- the list ---- */

static void
of_event(struct view *v, struct query *q)
{
	int64_t id;

	if (req_param_id(v->rq, 0, &id) == RC_OK)
		query_and(q, "signup.event = ?", VALS(v_int(id)));
}

static void
draw_sum(struct view *v, const char *label, int64_t n)
{
	html(&v->h, "<dt>%s</dt><dd>%s</dd>", label,
	    n == INT_NONE ? tr(v->cx, "no limit") : num(v->cx, n));
}

static int
draw_sums(struct view *v, const struct signup_form *f, bool writes)
{
	struct ctx *cx = v->cx;
	struct places p;

	TRY(signup_places(cx, f, &p));
	html(&v->h, "<dl class='facts'>");
	draw_sum(v, tr(cx, "Places in all"), p.all);
	draw_sum(v, tr(cx, "Given"), p.taken + p.taken_reserved);
	draw_sum(v, tr(cx, "Free"), p.free);
	if (p.reserved > 0) {
		draw_sum(v, tr(cx, "Reserved of them"), p.reserved);
		draw_sum(v, tr(cx, "Given of the reserved"), p.taken_reserved);
		html(&v->h, "<dt>%s</dt><dd>%s</dd>", tr(cx, "Reserved for whom"),
		    f->reserved_for == NULL ? "" : f->reserved_for);
	}
	if (f->waiting || p.waiting > 0)
		draw_sum(v, tr(cx, "Persons in the waiting list"), p.waiting);
	html(&v->h, "</dl>");
	if (writes && p.free_reserved > 0)
		ui_post_button(v, signup_path(v, f->event, "/signups/release"), f->rec.version,
		    trn(cx, p.free_reserved, "Release %s reserved place",
			"Release %s reserved places", num(cx, p.free_reserved)),
		    false);
	return RC_OK;
}

static void
draw_tone(struct view *v, const char *code)
{
	ui_state(v,
	    strcmp(code, "placed") == 0	   ? 'o'
	    : strcmp(code, "waiting") == 0 ? 'w'
					   : '-',
	    option_label(v->cx, signup_states, code));
}

static int
read_form(struct view *v, const struct event *e, struct signup_form *f)
{
	int rc = signup_form_of(v->cx, e->rec.id, f);

	return rc == RC_NOTFOUND ? fail(v->cx, rc, N_("This event has no registration yet.")) : rc;
}

static int
list_page(struct view *v)
{
	static const char *const columns[] = { "name", "persons", "state", "email", "phone",
		"signed_on", NULL };
	static const char *const exported[] = { "name", "persons", "state", "email", "phone",
		"answers", "parent", "reserved", "way", "signed_on", "withdrawn_on", NULL };
	struct ctx *cx = v->cx;
	struct ui_list l = { .kind = &signup_kind,
		.columns = ui_wants_export(v) ? exported : columns,
		.narrow = of_event,
		.state = "state",
		.draw_state = draw_tone };
	struct crumb crumbs[4] = { { "/events", tr(cx, "Events") }, { 0 },
		{ NULL, tr(cx, "Sign-ups") }, { 0 } };
	struct signup_rights can;
	struct signup_form f;
	struct event e;

	TRY(signup_event(v, &e));
	can = signup_rights_of(cx, &e);
	l.path = signup_path(v, e.rec.id, "/signups");
	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	TRY(read_form(v, &e, &f));
	crumbs[1] = (struct crumb){ signup_path(v, e.rec.id, ""), kind_title(cx, &event_kind, &e) };
	ui_open(v,
	    &(struct page){
		.title = tr(cx, "Sign-ups"), .nav = "/events", .staff = true, .crumbs = crumbs });
	html(&v->h, "<div class='flow'>");
	signup_draw_event(v, &e);
	if (can.reads)
		TRY(draw_sums(v, &f, can.writes));
	if (can.writes) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/events/%lld/signups/new", (long long)e.rec.id),
		    tr(cx, "Enter by hand"), true);
		ui_button(v, ui_url(v, "/events/%lld/registration", (long long)e.rec.id),
		    tr(cx, "What the form asks"), false);
		html(&v->h, "</p>");
	}
	TRY(ui_list_page(v, &l));
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

/* ---- one sign-up ---- */

static int
read_one(struct view *v, struct signup *s, struct event *e, struct signup_rights *can)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &signup_kind, id, s));
	TRY(kind_get(v->cx, &event_kind, s->event, e));
	*can = signup_rights_of(v->cx, e);
	return RC_OK;
}

static void
revoke_button(struct view *v, const struct ticket *t, const char *reason, const char *text)
{
	ui_form_begin(
	    v, arena_printf(v->cx->arena, "/tickets/%lld/revoke", (long long)t->rec.id), false);
	html(&v->h,
	    "<input type='hidden' name='_version' value='%lld'><input type='hidden' name='reason' "
	    "value='%s'><button type='submit' class='btn bad'>%s<span class='vh'>: "
	    "%s</span></button>",
	    (long long)t->rec.version, reason, text, t->name == NULL ? "" : t->name);
	ui_form_end(v);
}

static int
draw_tickets(struct view *v, const struct signup *s, bool writes)
{
	struct ctx *cx = v->cx;
	struct ticket t[SIGNUP_PERSONS];
	struct ticket_status st;
	size_t n, i;

	TRY(signup_tickets(cx, s->rec.id, t, &n));
	ui_section_open(v, "tickets", tr(cx, "Tickets"), NULL);
	html(&v->h, "<ul>");
	for (i = 0; i < n; i++) {
		TRY(ticket_status(cx, &t[i], &st));
		html(&v->h,
		    "<li class='task'><div><h3>%s. %s</h3><p class='code' translate='no'>%s</p>",
		    num(cx, t[i].seat), t[i].name == NULL ? "–" : t[i].name,
		    ticket_shown(cx->arena, &t[i]));
		ui_state(v,
		    st.worth == TICKET_VALID || st.worth == TICKET_USED ? 'o'
		    : st.worth == TICKET_WAITING			? 'w'
									: 'n',
		    ticket_worth_text(cx, &st));
		if (t[i].minor)
			html(&v->h, " <span class='mute'>%s</span>", tr(cx, "under 18"));
		html(&v->h, "</div>");
		if (writes && (st.worth == TICKET_VALID || st.worth == TICKET_WAITING))
			revoke_button(v, &t[i], "office", tr(cx, "Revoke the ticket"));
		html(&v->h, "</li>");
	}
	html(&v->h, "</ul>");
	ui_section_close(v);
	return RC_OK;
}

static int
draw_one(struct view *v, const struct signup *s, const struct event *e, bool writes)
{
	struct ctx *cx = v->cx;
	const char *title = s->name == NULL ? trf(cx, "Sign-up %s", num(cx, s->rec.id)) : s->name;
	const struct crumb crumbs[] = { { "/events", tr(cx, "Events") },
		{ signup_path(v, e->rec.id, ""), kind_title(cx, &event_kind, e) },
		{ signup_path(v, e->rec.id, "/signups"), tr(cx, "Sign-ups") }, { NULL, title },
		{ NULL, NULL } };
	struct err said = cx->err;

	err_clear(cx);
	ui_open(
	    v, &(struct page){ .title = title, .nav = "/events", .staff = true, .crumbs = crumbs });
	cx->err = said;
	ui_refusals(v, "");
	err_clear(cx);
	TRY(ui_facts(v, &signup_kind, s));
	TRY(draw_tickets(v, s, writes));
	if (writes && s->name != NULL) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/s/%s", signup_secret(cx->arena, s)),
		    tr(cx, "The guest's own page"), false);
		html(&v->h, "</p>");
	}
	if (writes && strcmp(s->state, "withdrawn") != 0)
		ui_post_button(v,
		    arena_printf(cx->arena, "/signups/%lld/withdraw", (long long)s->rec.id), 0,
		    tr(cx, "Withdraw the whole sign-up"), true);
	TRY(ui_history(v, &signup_kind, s->rec.id));
	ui_close(v);
	return RC_OK;
}

static int
one_page(struct view *v)
{
	struct signup_rights can;
	struct signup s;
	struct event e;

	TRY(read_one(v, &s, &e, &can));
	TRY(sensitive_open(v->cx, &signup_kind, &s, "open"));
	return draw_one(v, &s, &e, can.writes);
}

static int
withdraw_post(struct view *v)
{
	struct signup_rights can;
	struct signup s;
	struct event e;
	int rc;

	TRY(read_one(v, &s, &e, &can));
	rc = signup_withdraw(v->cx, s.rec.id, 0, true);
	if (rc == RC_RULE) {
		v->status = 409;
		return draw_one(v, &s, &e, can.writes);
	}
	TRY(rc);
	return ui_done(v, signup_path(v, e.rec.id, "/signups"),
	    tr(v->cx, "The sign-up is withdrawn; whoever waits moves up."));
}

static int
revoke_post(struct view *v)
{
	const char *s = req_f(v->rq, "_version"), *reason = req_f(v->rq, "reason");
	struct ticket t;
	int64_t id, version;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &ticket_kind, id, &t));
	if (s == NULL || !num_parse(s, &version))
		version = 0;
	TRY(ticket_revoke(v->cx, id, version, reason == NULL ? "" : reason));
	return ui_done(v, arena_printf(v->cx->arena, "/signups/%lld", (long long)t.signup),
	    tr(v->cx, "The ticket is taken back; its code is no longer good."));
}

static int
release_post(struct view *v)
{
	const char *s = req_f(v->rq, "_version");
	struct event e;
	int64_t version;

	TRY(signup_event(v, &e));
	if (s == NULL || !num_parse(s, &version))
		version = 0;
	TRY(signup_release(v->cx, e.rec.id, version));
	return ui_done(v, signup_path(v, e.rec.id, "/signups"),
	    tr(v->cx, "The reserved places are open to everybody now."));
}

/* ---- by hand ---- */

static int
hand_draft(struct view *v, struct signup_draft *d)
{
	struct signup_rights can;

	TRY(signup_event(v, &d->e));
	can = signup_rights_of(v->cx, &d->e);
	if (!can.writes)
		return fail(v->cx, RC_DENIED,
		    N_("This belongs to another body; you may change only what is your own "
		       "body's."));
	TRY(read_form(v, &d->e, &d->f));
	d->office = true;
	return signup_questions(v->cx, d->e.rec.id, d->q, &d->nq);
}

static int
draw_hand(struct view *v, const struct signup_draft *d)
{
	struct ctx *cx = v->cx;
	const struct crumb crumbs[] = { { "/events", tr(cx, "Events") },
		{ signup_path(v, d->e.rec.id, ""), kind_title(cx, &event_kind, &d->e) },
		{ signup_path(v, d->e.rec.id, "/signups"), tr(cx, "Sign-ups") },
		{ NULL, tr(cx, "Enter by hand") }, { NULL, NULL } };
	const char *reserved = req_f(v->rq, "reserved");
	struct places p;

	TRY(signup_places(cx, &d->f, &p));
	ui_open(v, &(struct page){ .title = tr(cx, "Enter by hand"),
		       .nav = "/events",
		       .staff = true,
		       .crumbs = crumbs });
	ui_refusals(v, "");
	ui_form_begin(v, signup_path(v, d->e.rec.id, "/signups/new"), false);
	ui_nonce(v); /* RULE signup-4 */
	signup_draw_fields(v, d);
	if (p.free_reserved > 0) {
		html(&v->h,
		    "<label class='tick'><input type='checkbox' id='reserved' name='reserved' "
		    "value='1'");
		if (reserved != NULL && *reserved != '\0')
			html(&v->h, " checked");
		html(&v->h, "> %s</label>",
		    trf(cx, "On reserved places (%s left: %s)", num(cx, p.free_reserved),
			d->f.reserved_for));
	}
	html(&v->h,
	    "<hr><p class='acts'><button type='submit' class='btn go'>%s</button><a class='btn' "
	    "href='%s'>%s</a></p>",
	    tr(cx, "Sign up"), ui_url(v, "/events/%lld/signups", (long long)d->e.rec.id),
	    tr(cx, "Cancel"));
	ui_form_end(v);
	ui_close(v);
	return RC_OK;
}

static int
hand_page(struct view *v)
{
	struct signup_draft d = { 0 };

	TRY(hand_draft(v, &d));
	return draw_hand(v, &d);
}

static int
hand_post(struct view *v)
{
	const char *reserved = req_f(v->rq, "reserved");
	struct signup_draft d = { 0 };
	struct signup_made m;
	struct signup_in in;
	int rc;

	TRY(hand_draft(v, &d));
	signup_read_fields(v, &d, &in);
	in.reserved = reserved != NULL && *reserved != '\0';
	rc = signup_make(v->cx, &in, &m);
	if (rc == RC_INVALID || rc == RC_RULE) {
		v->status = rc == RC_INVALID ? 422 : 409;
		return draw_hand(v, &d);
	}
	TRY(rc);
	return ui_done(v, arena_printf(v->cx->arena, "/signups/%lld", (long long)m.id),
	    m.again	? tr(v->cx, "This form was sent before; it counts once.")
	    : m.waiting ? tr(v->cx, "Entered in the waiting list.")
			: tr(v->cx, "Signed up."));
}

const struct route signup_staff_routes[] = {
	{ M_GET, "/events/{id}/signups", list_page, CAP_PEOPLE_READ, 0, N_("Sign-ups"),
	    N_("Who signed up for an event, who waits, how full it is.") },
	{ M_GET, "/events/{id}/signups/new", hand_page, CAP_EVENT_WRITE, 0, N_("Enter by hand"),
	    N_("Somebody who called or came to the office.") },
	{ M_POST, "/events/{id}/signups/new", hand_post, CAP_EVENT_WRITE, 0, N_("Enter by hand"),
	    NULL },
	{ M_POST, "/events/{id}/signups/release", release_post, CAP_EVENT_WRITE, 0,
	    N_("Release reserved places"), NULL },
	{ M_GET, "/signups/{id}", one_page, CAP_PEOPLE_READ, 0, N_("Sign-up"),
	    N_("One sign-up with its tickets and answers.") },
	{ M_POST, "/signups/{id}/withdraw", withdraw_post, CAP_EVENT_WRITE, 0,
	    N_("Withdraw a sign-up"), NULL },
	{ M_POST, "/tickets/{id}/revoke", revoke_post, CAP_EVENT_WRITE, 0, N_("Take a ticket back"),
	    NULL },
};
const size_t signup_staff_nroutes = ARRAY_LEN(signup_staff_routes);
