/* signup_own_pages.c – the page behind a secret address: tickets, the place in the waiting list, changes,
 * withdrawal, the sheet to print. Whoever has the address may do all of it; nothing leads here but the answer of
 * the form and the letters. */
#include "mod/signup/signup_inner.h"
#include "mod/signup/signup_pages.h"

struct own {
	struct signup s;
	struct signup_draft d;
	struct ticket_status st[SIGNUP_PERSONS];
	const char *path; /* "/s/SECRET" */
	bool over;	  /* nothing can be changed any more */
};

static int
read_own(struct view *v, struct own *o)
{
	struct ctx *cx = v->cx;
	struct ticket t[SIGNUP_PERSONS];
	size_t n, i;

	TRY(signup_by_secret(cx, v->rq->param[0], &o->s));
	o->path = arena_printf(cx->arena, "/s/%s", signup_secret(cx->arena, &o->s));
	TRY(kind_load(cx, &event_kind, o->s.event, &o->d.e));
	TRY(signup_form_of(cx, o->s.event, &o->d.f));
	TRY(signup_questions(cx, o->s.event, o->d.q, &o->d.nq));
	TRY(signup_tickets(cx, o->s.rec.id, t, &n));
	for (i = 0; i < n; i++)
		if (strcmp(t[i].state, "revoked") != 0) {
			TRY(ticket_status(cx, &t[i], &o->st[o->d.n]));
			o->d.t[o->d.n++] = t[i];
		}
	o->d.old = &o->s;
	o->over =
	    o->d.n == 0 || (o->d.e.last_day == 0 ? o->d.e.first_day : o->d.e.last_day) < cx->today;
	/* Not into the lists of search engines; other sites never learn the address (same-origin referrer). */
	res_header(v->rq, "X-Robots-Tag", "noindex");
	return RC_OK;
}

static int
any_secret(struct view *v)
{
	res_redirect(
	    v->rq, url_make(v->cx->arena, "/%s/s/%s", lang_prefix(v->cx), v->rq->param[0]));
	return RC_OK;
}

/* ---- the page ---- */

static char
tone(enum ticket_worth w)
{
	return w == TICKET_VALID ? 'o' : w == TICKET_WAITING ? 'w' : w == TICKET_USED ? 'o' : 'n';
}

static void
seat_button(struct view *v, const struct own *o, size_t i)
{
	struct ctx *cx = v->cx;

	if (o->over || o->d.n < 2 || o->st[i].worth == TICKET_USED)
		return;
	ui_form_begin(v, arena_printf(cx->arena, "%s/withdraw", o->path), false);
	html(&v->h,
	    "<input type='hidden' name='seat' value='%lld'><button type='submit' "
	    "class='btn'>%s<span class='vh'>: %s</span></button>",
	    (long long)o->d.t[i].seat, tr(cx, "Does not come"), o->d.t[i].name);
	ui_form_end(v);
}

static bool
has_valid(const struct own *o)
{
	size_t i;

	for (i = 0; i < o->d.n; i++)
		if (o->st[i].worth == TICKET_VALID)
			return true;
	return false;
}

static int
draw_seats(struct view *v, const struct own *o)
{
	struct ctx *cx = v->cx;
	size_t i;

	ui_section_open(v, "tickets", tr(cx, "Tickets"),
	    has_valid(o) ? tr(cx, "Show the picture or say the code at the entrance.") : NULL);
	for (i = 0; i < o->d.n; i++) {
		enum ticket_worth w = o->st[i].worth;

		if (w == TICKET_VALID)
			TRY(signup_draw_ticket(v, &o->d.e, &o->d.t[i], false));
		else {
			html(&v->h, "<p><strong>%s</strong> ", o->d.t[i].name);
			ui_state(v, tone(w), ticket_worth_text(cx, &o->st[i]));
			html(&v->h, "</p>");
		}
		seat_button(v, o, i);
	}
	ui_section_close(v);
	return RC_OK;
}

static int
draw_state(struct view *v, const struct own *o)
{
	struct ctx *cx = v->cx;
	const char *after = tr3(cx, &o->d.f.after, NULL);
	int64_t turn;

	TRY(signup_turn(cx, &o->s, &turn));
	if (o->d.n == 0)
		ui_note(v, 'n', tr(cx, "This sign-up is withdrawn."));
	else if (turn > 0)
		ui_note(v, 'w',
		    trf(cx,
			"You are in the waiting list at place %s. When a place becomes free you "
			"get "
			"it by yourself: look here again.",
			num(cx, turn)));
	if (o->d.n > 0 && turn == 0 && *after != '\0')
		html(&v->h, "<p class='prose'>%s</p>", after);
	return RC_OK;
}

static int
draw_own(struct view *v, const struct own *o)
{
	struct ctx *cx = v->cx;
	struct err said = cx->err;

	err_clear(cx);
	ui_open(v, &(struct page){ .title = tr(cx, "Your sign-up"), .nav = "/events" });
	cx->err = said;
	ui_refusals(v, "");
	err_clear(cx);
	signup_draw_event(v, &o->d.e);
	TRY(draw_state(v, o));
	if (o->d.n > 0) {
		html(&v->h, "<p class='acts'>");
		if (has_valid(o))
			ui_button(v, ui_url(v, "/s/%s/sheet", signup_secret(cx->arena, &o->s)),
			    tr(cx, "Print the tickets"), false);
		if (!o->over)
			ui_button(v, ui_url(v, "/s/%s/change", signup_secret(cx->arena, &o->s)),
			    tr(cx, "Change names or contacts"), false);
		html(&v->h, "</p>");
		TRY(draw_seats(v, o));
	}
	if (!o->over) {
		ui_section_open(v, "leave", tr(cx, "Cannot come?"), NULL);
		html(&v->h, "<p class='prose'>%s</p>",
		    tr(cx, "Withdraw, so that somebody else gets the place. This cannot be taken "
			   "back."));
		ui_post_button(v, arena_printf(cx->arena, "%s/withdraw", o->path), 0,
		    tr(cx, "Withdraw the whole sign-up"), true);
		ui_section_close(v);
	}
	html(&v->h, "<p class='small mute'>%s</p>",
	    tr(cx, "Keep the address of this page to yourself: whoever has it can change the "
		   "sign-up."));
	ui_close(v);
	return RC_OK;
}

static int
own_page(struct view *v)
{
	struct own o = { 0 };

	TRY(read_own(v, &o));
	return draw_own(v, &o);
}

static int
withdraw_post(struct view *v)
{
	const char *s = req_f(v->rq, "seat");
	struct own o = { 0 };
	int64_t seat = 0;
	int rc;

	TRY(read_own(v, &o));
	if (s != NULL && (!num_parse(s, &seat) || seat < 1))
		return RC_NOTFOUND;
	rc = signup_withdraw(v->cx, o.s.rec.id, seat, false);
	if (rc == RC_RULE) {
		v->status = 409;
		return draw_own(v, &o);
	}
	TRY(rc);
	return ui_done(v, o.path,
	    seat == 0 ? tr(v->cx, "The sign-up is withdrawn.")
		      : tr(v->cx, "The seat is withdrawn."));
}

/* ---- changing ---- */

static int
draw_change(struct view *v, const struct own *o)
{
	struct ctx *cx = v->cx;

	ui_open(v, &(struct page){ .title = tr(cx, "Change your sign-up"), .nav = "/events" });
	signup_draw_event(v, &o->d.e);
	ui_refusals(v, "");
	ui_form_begin(v, arena_printf(cx->arena, "%s/change", o->path), false);
	html(&v->h, "<input type='hidden' name='_version' value='%lld'>",
	    (long long)o->s.rec.version);
	signup_draw_fields(v, &o->d);
	html(&v->h,
	    "<hr><p class='acts'><button type='submit' class='btn go'>%s</button><a class='btn' "
	    "href='%s'>%s</a></p>",
	    tr(cx, "Save"), ui_url(v, "/s/%s", signup_secret(cx->arena, &o->s)), tr(cx, "Cancel"));
	ui_form_end(v);
	ui_close(v);
	return RC_OK;
}

static int
change_page(struct view *v)
{
	struct own o = { 0 };

	TRY(read_own(v, &o));
	return o.over ? draw_own(v, &o) : draw_change(v, &o);
}

static int
change_post(struct view *v)
{
	const char *s = req_f(v->rq, "_version");
	struct signup_in in;
	struct own o = { 0 };
	int64_t version = 0;
	int rc;

	TRY(read_own(v, &o));
	signup_read_fields(v, &o.d, &in);
	if (s == NULL || !num_parse(s, &version))
		version = 0;
	rc = signup_change(v->cx, o.s.rec.id, version, &in);
	if (rc == RC_INVALID || rc == RC_RULE || rc == RC_CONFLICT) {
		v->status = rc == RC_INVALID ? 422 : 409;
		return draw_change(v, &o);
	}
	TRY(rc);
	return ui_done(v, o.path, tr(v->cx, "Saved."));
}

/* ---- paper ---- */

/* A4, one part a ticket, with lines to cut along. */
static int
sheet_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct own o = { 0 };
	size_t i;

	TRY(read_own(v, &o));
	ui_open(v, &(struct page){ .title = tr(cx, "Tickets"), .nav = "/events", .no_h1 = true });
	html(&v->h, "<p class='noprint'>%s</p><div class='paper cuts'><h1 class='vh'>%s</h1>",
	    tr(cx, "Print this page and cut along the lines."), tr(cx, "Tickets"));
	for (i = 0; i < o.d.n; i++)
		if (o.st[i].worth == TICKET_VALID)
			TRY(signup_draw_ticket(v, &o.d.e, &o.d.t[i], true));
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

const struct route signup_own_routes[] = {
	{ M_GET, "/s/{secret}", any_secret, CAP_PUBLIC, ROUTE_BARE, N_("Your sign-up"),
	    N_("Leads to the sign-up in the reader's language.") },
	{ M_GET, "/s/{secret}", own_page, CAP_PUBLIC, ROUTE_FORM, N_("Your sign-up"),
	    N_("Tickets, changes and withdrawal, by a secret address.") },
	{ M_GET, "/s/{secret}/sheet", sheet_page, CAP_PUBLIC, ROUTE_FORM, N_("Tickets"),
	    N_("A page for paper, one part a ticket.") },
	{ M_GET, "/s/{secret}/change", change_page, CAP_PUBLIC, ROUTE_FORM,
	    N_("Change your sign-up"), NULL },
	{ M_POST, "/s/{secret}/change", change_post, CAP_PUBLIC, ROUTE_FORM,
	    N_("Change your sign-up"), NULL },
	{ M_POST, "/s/{secret}/withdraw", withdraw_post, CAP_PUBLIC, ROUTE_FORM,
	    N_("Withdraw a sign-up"), NULL },
};
const size_t signup_own_nroutes = ARRAY_LEN(signup_own_routes);
