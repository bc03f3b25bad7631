/* signup_pages.c – the public form of an event: no account, no script, light enough for an old telephone.
 *
 * A form carries a number of its own; sent twice it is one sign-up with one answer. A field that people do not
 * see catches programs that fill in everything: they get a friendly answer and nothing is written. */
#include "mod/signup/signup_inner.h"
#include "mod/signup/signup_pages.h"

static int
read_draft(struct view *v, struct signup_draft *d)
{
	TRY(signup_event(v, &d->e));
	TRY(signup_form_of(v->cx, d->e.rec.id, &d->f));
	return signup_questions(v->cx, d->e.rec.id, d->q, &d->nq);
}

/* How many places there are still, in words; nothing where there is no limit. */
static const char *
places_text(struct ctx *cx, const struct signup_form *f, const struct places *p)
{
	if (p->free == INT_NONE)
		return NULL;
	if (p->free > 0)
		return trn(
		    cx, p->free, "%s place is free.", "%s places are free.", num(cx, p->free));
	return f->waiting ? tr(cx, "All places are taken. You can enter the waiting list.")
			  : tr(cx, "All places are taken.");
}

static void
draw_form(struct view *v, const struct signup_draft *d)
{
	struct ctx *cx = v->cx;

	ui_refusals(v, "");
	html(&v->h, "<p class='prose small'>%s</p>",
	    tr(cx, "What you write here serves this event only: names, contacts and answers are "
		   "removed a year after it."));
	ui_form_begin(v, signup_path(v, d->e.rec.id, "/signup"), false);
	ui_nonce(v); /* RULE signup-4 */
	html(&v->h,
	    "<p class='vh' aria-hidden='true'><label for='website'>%s</label><input type='text' "
	    "id='website' name='website' tabindex='-1' autocomplete='off'></p>",
	    tr(cx, "Leave this empty"));
	signup_draw_fields(v, d);
	html(&v->h, "<hr><p class='acts'><button type='submit' class='btn go'>%s</button></p>",
	    tr(cx, "Sign up"));
	ui_form_end(v);
}

static int
draw_page(struct view *v, const struct signup_draft *d)
{
	struct ctx *cx = v->cx;
	const struct crumb crumbs[] = { { "/events", tr(cx, "Events") },
		{ signup_path(v, d->e.rec.id, ""), kind_title(cx, &event_kind, &d->e) },
		{ NULL, tr(cx, "Registration") }, { NULL, NULL } };
	const char *why, *places;
	struct places p;

	TRY(signup_places(cx, &d->f, &p));
	TRY(signup_open(cx, &d->e, &d->f, &why));
	places = places_text(cx, &d->f, &p);
	ui_open(v,
	    &(struct page){ .title = tr(cx, "Registration"), .nav = "/events", .crumbs = crumbs });
	signup_draw_event(v, &d->e);
	if (why != NULL)
		ui_note(v, 'w', why);
	else {
		if (places != NULL)
			html(&v->h, "<p>%s</p>", places);
		if (p.free != INT_NONE && p.free <= 0 && !d->f.waiting)
			ui_empty(v, tr(cx, "Nobody can be signed up now"),
			    tr(cx, "A place may become free when somebody withdraws: look again "
				   "later."),
			    NULL, NULL);
		else
			draw_form(v, d);
	}
	ui_close(v);
	return RC_OK;
}

static int
form_page(struct view *v)
{
	struct signup_draft d = { 0 };

	TRY(read_draft(v, &d));
	return draw_page(v, &d);
}

static bool
is_robot(struct view *v)
{
	const char *s = req_f(v->rq, "website");

	return s != NULL && *s != '\0';
}

static const char *
answer_text(struct ctx *cx, const struct signup_made *m)
{
	if (m->again)
		return tr(cx, "This form was sent before; you are signed up once.");
	if (m->waiting)
		return m->mailed
			   ? tr(cx, "You are in the waiting list. A letter is on its way.")
			   : tr(cx, "You are in the waiting list. Keep the address of this page.");
	return m->mailed ? tr(cx, "You are signed up. A letter with the codes is on its way.")
			 : tr(cx, "You are signed up. Keep the address of this page.");
}

static int
form_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct signup_draft d = { 0 };
	struct signup_made m;
	struct signup_in in;
	struct signup s;
	int rc;

	TRY(read_draft(v, &d));
	if (is_robot(v))
		return ui_done(v, signup_path(v, d.e.rec.id, ""), tr(cx, "Thank you."));
	signup_read_fields(v, &d, &in);
	rc = signup_make(cx, &in, &m);
	if (rc == RC_INVALID || rc == RC_RULE) {
		v->status = rc == RC_INVALID ? 422 : 409;
		return draw_page(v, &d);
	}
	TRY(rc);
	TRY(kind_load(cx, &signup_kind, m.id, &s));
	if (s.name == NULL)
		return RC_NOTFOUND; /* sent again after the term */
	return ui_done(
	    v, arena_printf(cx->arena, "/s/%s", signup_secret(cx->arena, &s)), answer_text(cx, &m));
}

/* ---- on the event's page ---- */

static int
draw_for_staff(struct view *v, const struct event *e, bool has)
{
	struct ctx *cx = v->cx;
	struct signup_rights can = signup_rights_of(cx, e);
	long long id = (long long)e->rec.id;

	if (!can.writes && !(can.reads && has))
		return RC_OK;
	html(&v->h, "<p class='acts'>");
	if (has && may(cx, CAP_PEOPLE_READ))
		ui_button(v, ui_url(v, "/events/%lld/signups", id), tr(cx, "Sign-ups"), false);
	if (can.writes)
		ui_button(v, ui_url(v, "/events/%lld/registration", id),
		    has ? tr(cx, "Registration") : tr(cx, "Open registration"), false);
	html(&v->h, "</p>");
	return RC_OK;
}

int
signup_on_event_page(struct view *v, const struct event *e, const struct event_rights *can)
{
	struct ctx *cx = v->cx;
	struct signup_form f;
	struct places p;
	const char *why = NULL, *places;
	int rc = signup_form_of(cx, e->rec.id, &f);

	(void)can;
	if (rc != RC_OK && rc != RC_NOTFOUND)
		return rc;
	if (rc == RC_OK) {
		TRY(signup_open(cx, e, &f, &why));
		TRY(signup_places(cx, &f, &p));
		if (why == NULL) {
			places = places_text(cx, &f, &p);
			html(&v->h, "<p class='acts'>");
			ui_button(v, ui_url(v, "/events/%lld/signup", (long long)e->rec.id),
			    tr(cx, "Sign up"), true);
			html(&v->h, "<span class='mute'>%s</span></p>",
			    places == NULL ? "" : places);
		}
	}
	return draw_for_staff(v, e, rc == RC_OK);
}

const struct route signup_routes[] = {
	{ M_GET, "/events/{id}/signup", form_page, CAP_PUBLIC, 0, N_("Registration"),
	    N_("Signing up for an event, without an account.") },
	{ M_POST, "/events/{id}/signup", form_post, CAP_PUBLIC, ROUTE_FORM, N_("Sign up"), NULL },
};
const size_t signup_nroutes = ARRAY_LEN(signup_routes);
