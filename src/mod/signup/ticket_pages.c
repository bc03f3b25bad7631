/* ticket_pages.c – what anybody may ask of a ticket by its code: whether it is good, never whose it is.
 *
 * A QR code holds the address in capitals, so /T/ answers as /t/ does; both lead to the page in the reader's
 * language. Staff of the event see the name too. */
#include "mod/signup/signup_pages.h"

static int
any_code(struct view *v)
{
	res_redirect(
	    v->rq, url_make(v->cx->arena, "/%s/t/%s", lang_prefix(v->cx), v->rq->param[0]));
	return RC_OK;
}

static char
tone(enum ticket_worth w)
{
	return w == TICKET_VALID ? 'o' : w == TICKET_WAITING ? 'w' : w == TICKET_USED ? '-' : 'n';
}

/* The name, to whom the ticket's row is open. */
static void
draw_holder(struct view *v, const struct ticket *t)
{
	struct ctx *cx = v->cx;
	struct ticket mine;

	if (may(cx, CAP_PEOPLE_READ) && kind_get(cx, &ticket_kind, t->rec.id, &mine) == RC_OK &&
	    mine.name != NULL && may(cx, CAP_SUBJECT_READ) &&
	    sensitive_open(cx, &ticket_kind, &mine, "open") == RC_OK)
		html(&v->h, "<p>%s <strong>%s</strong></p>", tr(cx, "Name:"), mine.name);
	err_clear(cx);
}

static int
draw_ticket(struct view *v, const struct ticket *t)
{
	struct ctx *cx = v->cx;
	struct ticket_status s;
	struct event e;

	TRY(ticket_status(cx, t, &s));
	TRY(kind_load(cx, &event_kind, t->event, &e));
	html(&v->h, "<p class='lead'>");
	ui_state(v, tone(s.worth), ticket_worth_text(cx, &s));
	html(&v->h, "</p><p>%s", day_range(cx, s.first_day, s.last_day));
	/* A plan that is not public yet is not named to strangers. */
	if (event_kind.open(&e))
		html(&v->h, " · <a href='%s'>%s</a>",
		    ui_url(v, "/events/%lld", (long long)t->event),
		    kind_title(cx, &event_kind, &e));
	html(&v->h, "</p>");
	draw_holder(v, t);
	return RC_OK;
}

static int
ticket_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct ticket t;
	enum ticket_fault fault;
	int rc = ticket_find(cx, v->rq->param[0], &t, &fault);
	const char *why = cx->err.text;

	if (rc != RC_OK && rc != RC_NOTFOUND && (rc != RC_INVALID || fault == TICKET_SOUND))
		return rc;
	err_clear(cx);
	v->status = rc == RC_OK ? 200 : 404;
	ui_open(v, &(struct page){ .title = tr(cx, "Ticket"), .nav = "/events" });
	if (rc == RC_OK)
		rc = draw_ticket(v, &t);
	else {
		html(&v->h, "<p class='lead'>");
		ui_state(v, 'n', tr(cx, "Not valid."));
		html(&v->h, "</p><p>%s</p>", why);
		rc = RC_OK;
	}
	ui_close(v);
	return rc;
}

const struct route ticket_routes[] = {
	{ M_GET, "/t/{code}", any_code, CAP_PUBLIC, ROUTE_BARE, N_("Ticket"),
	    N_("Leads to the ticket in the reader's language.") },
	{ M_GET, "/T/{code}", any_code, CAP_PUBLIC, ROUTE_BARE, N_("Ticket"),
	    N_("The same, as a QR code holds it.") },
	{ M_GET, "/t/{code}", ticket_page, CAP_PUBLIC, ROUTE_FORM, N_("Ticket"),
	    N_("Whether a ticket is good, without its holder's name.") },
};
const size_t ticket_nroutes = ARRAY_LEN(ticket_routes);
