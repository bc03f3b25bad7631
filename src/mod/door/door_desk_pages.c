/* door_desk_pages.c – the desk at the door without any script: a code or a name is typed, the answer is one
 * big word with its colour and sign; who is not on the list comes in by name; out, back in, undo. And the
 * pages around it: the doors of today, the list of arrivals for paper. */
#include "mod/door/door_inner.h"
#include "mod/door/door_pages.h"

#include <sodium.h>
#include <string.h>

#include "core/session.h"
#include "text/qr.h"
#include "text/ticket_code.h"

enum { LAST = 10 };

const char *
door_path(struct view *v, int64_t event, const char *tail)
{
	return arena_printf(v->cx->arena, "/events/%lld/door%s", (long long)event, tail);
}

const char *
door_hour(struct ctx *cx, int64_t at)
{
	int day, h, m, s;

	moment_parts(at, &day, &h, &m, &s);
	return day == day_of_moment(cx->now) ? arena_printf(cx->arena, "%02d:%02d", h, m)
					     : moment_text(cx, at);
}

/* ---- words of a scan ---- */

static const struct {
	const char *word, *why;
} reasons[WHY_COUNT] = {
	[WHY_NONE] = { "", "" },
	[WHY_INVALID] = { N_("Not our ticket"),
	    N_("The code was not made by this house, or part of it is missing. Search by name.") },
	[WHY_REVOKED] = { N_("Taken back"), N_("This ticket is no longer valid.") },
	[WHY_CANCELLED] = { N_("Cancelled"), N_("This event does not take place.") },
	[WHY_ALREADY_IN] = { N_("Already in"), N_("Somebody came in with this ticket before.") },
	[WHY_NOT_IN] = { N_("Was not in"), N_("There is no entry on this ticket.") },
	[WHY_WRONG_EVENT] = { N_("Another event"), N_("This ticket is for another event.") },
	[WHY_WRONG_DAY] = { N_("Another day"),
	    N_("By the device's clock it was none of the event's days.") },
};

char
door_tone(const struct scan *s)
{
	return s->undone		    ? '-'
	       : s->result == SCAN_CONFLICT ? 'w'
	       : s->result == SCAN_REFUSED  ? 'n'
					    : 'o';
}

const char *
door_word(struct ctx *cx, const struct scan *s)
{
	if (s->undone)
		return tr(cx, "Undone");
	if (s->result == SCAN_CONFLICT)
		return tr(cx, "Two versions");
	if (s->decision == DECIDED_REJECT)
		return tr(cx, "Does not count");
	if (s->result == SCAN_REFUSED)
		return tr(cx, reasons[s->reason].word);
	return s->kind == SCAN_IN    ? tr(cx, "Come in")
	       : s->kind == SCAN_OUT ? tr(cx, "Goodbye")
				     : tr(cx, "Undone");
}

const char *
door_why(struct ctx *cx, const struct scan *s)
{
	if (s->since != 0)
		return trf(cx, "Came in at %s.", door_hour(cx, s->since));
	if (s->result == SCAN_CONFLICT)
		return tr(cx, "The same number was sent with another content. Staff decide below.");
	return s->result == SCAN_REFUSED && !s->undone ? tr(cx, reasons[s->reason].why) : "";
}

const char *
door_whom(struct ctx *cx, const struct door_row *r)
{
	const struct scan *s = &r->scan;

	if (*r->name != '\0')
		return r->name;
	if (s->kind == SCAN_UNDO)
		return tr(cx, "an undo");
	if (s->shown != NULL)
		return arena_printf(cx->arena, "“%.*s%s”",
		    (int)(strlen(s->shown) < 12 ? strlen(s->shown) : 12), s->shown,
		    strlen(s->shown) < 12 ? "" : "…");
	if (s->ticket != 0)
		return trf(cx, "ticket %s", num(cx, s->ticket));
	return tr(cx, "not named");
}

static void
draw_sign(struct view *v, char tone)
{
	static const char ok[] = "<svg class='sign' viewBox='0 0 40 40' aria-hidden='true'><circle "
				 "cx='20' cy='20' r='17'/><path d='M11.5 20.5l6 6L29 14.5'/></svg>",
			  wait[] = "<svg class='sign' viewBox='0 0 40 40' aria-hidden='true'><path "
				   "d='M20 4L37 35H3z'/><path d='M20 15v10M20 28.5v2.5'/></svg>",
			  no[] = "<svg class='sign' viewBox='0 0 40 40' aria-hidden='true'><path "
				 "d='M13 3h14l10 10v14L27 37H13L3 27V13z'/><path d='M13.5 13.5l13 "
				 "13M26.5 13.5l-13 13'/></svg>";

	if (tone == 'o')
		html_put(&v->h, ok, sizeof ok - 1);
	else if (tone == 'n')
		html_put(&v->h, no, sizeof no - 1);
	else
		html_put(&v->h, wait, sizeof wait - 1);
}

static void
undo_button(struct view *v, const struct event *e, const struct scan *s, const char *whom)
{
	char nonce[37];

	if (s->kind == SCAN_UNDO || s->undone || s->result != SCAN_DONE)
		return;
	nonce_text(s->nonce, nonce);
	ui_form_begin(v, door_path(v, e->rec.id, "/undo"), false);
	html(&v->h,
	    "<input type='hidden' name='nonce' value='%s'><button type='submit' "
	    "class='btn'>%s<span class='vh'>: %s</span></button>",
	    nonce, tr(v->cx, "Undo a scan"), whom);
	ui_form_end(v);
}

/* The answer to what was typed last, read afresh: the address may be opened again. */
static int
draw_answer(struct view *v, const struct event *e, const struct door_rights *can)
{
	struct ctx *cx = v->cx;
	unsigned char nonce[NONCE_SIZE];
	struct door_row r;
	char tone;
	int rc;

	if (!nonce_parse(req_q(v->rq, "s"), nonce))
		return RC_OK;
	rc = door_row_of(cx, e->rec.id, nonce, can, &r);
	if (rc == RC_NOTFOUND)
		return RC_OK;
	TRY(rc);
	tone = door_tone(&r.scan);
	html(&v->h, "<div class='verdict %s'>", tone == 'o' ? "yes" : tone == 'n' ? "no" : "wait");
	draw_sign(v, tone);
	html(&v->h, "<div role='status'><p class='word'>%s</p><p class='whom'>%s</p>",
	    door_word(cx, &r.scan), door_whom(cx, &r));
	if (*door_why(cx, &r.scan) != '\0')
		html(&v->h, "<p>%s</p>", door_why(cx, &r.scan));
	html(&v->h, "</div></div>");
	undo_button(v, e, &r.scan, door_whom(cx, &r));
	return RC_OK;
}

/* ---- the desk ---- */

static void
ways(struct view *v, const char *id)
{
	const char *way = v->rq->method == M_POST ? req_f(v->rq, "way") : req_q(v->rq, "way");
	bool out = way != NULL && strcmp(way, "out") == 0;

	html(&v->h, "<div class='fld w-s'><label for='%s'>%s</label><select id='%s' name='way'>",
	    id, tr(v->cx, "Way"), id);
	html(&v->h, "<option value='in'");
	html(&v->h, out ? ">%s</option>" : " selected>%s</option>", tr(v->cx, "Entry"));
	html(&v->h, "<option value='out'");
	html(&v->h, out ? " selected>%s</option></select></div>" : ">%s</option></select></div>",
	    tr(v->cx, "Exit"));
}

static void
draw_typed(struct view *v, const struct event *e, const char *typed)
{
	struct ctx *cx = v->cx;

	ui_form_begin(v, door_path(v, e->rec.id, ""), false);
	html(&v->h,
	    "<div class='row'><div class='fld'><label for='what'>%s</label><input type='text' "
	    "id='what' name='what' value='%s' autocomplete='off' autofocus required "
	    "maxlength='300'></div>",
	    tr(cx, "Code of the ticket, or letters of the name"), typed == NULL ? "" : typed);
	ways(v, "way");
	html(&v->h, "<button type='submit' class='btn go'>%s</button></div>", tr(cx, "Check"));
	ui_form_end(v);
}

static void
one_found(struct view *v, const struct event *e, const struct door_found *f)
{
	struct ctx *cx = v->cx;
	bool valid = strcmp(f->state, "valid") == 0;

	html(&v->h, "<li class='task'><h2>%s</h2><p>", f->name);
	if (!valid)
		ui_state(v, 'n',
		    strcmp(f->state, "revoked") == 0 ? tr(cx, "Taken back")
						     : tr(cx, "Waiting list"));
	else if (f->came != 0)
		ui_state(v, f->inside ? 'o' : '-',
		    f->inside ? trf(cx, "in since %s", door_hour(cx, f->came))
			      : tr(cx, "went out"));
	html(&v->h, "</p>");
	ui_form_begin(v, door_path(v, e->rec.id, ""), false);
	html(&v->h,
	    "<input type='hidden' name='ticket' value='%lld'><input type='hidden' name='way' "
	    "value='%s'><button type='submit' class='btn'>%s<span class='vh'>: "
	    "%s</span></button>",
	    (long long)f->ticket, f->inside ? "out" : "in",
	    f->inside ? tr(cx, "Let out") : tr(cx, "Let in"), f->name);
	ui_form_end(v);
	html(&v->h, "</li>");
}

static int
draw_found(struct view *v, const struct event *e, const struct door_rights *can)
{
	struct ctx *cx = v->cx;
	const char *find = req_q(v->rq, "find");
	struct door_search s;
	size_t i;

	if (find == NULL || *find == '\0')
		return RC_OK;
	TRY(door_find(cx, e->rec.id, can, find, &s));
	html(&v->h, "<h2>%s</h2>", trf(cx, "Found by “%s”", find));
	if (s.n == 0)
		html(&v->h, "<p role='status'>%s</p>",
		    tr(cx, "Nobody on the list. Try fewer letters, or let the guest in by name "
			   "below."));
	html(&v->h, "<ul>");
	for (i = 0; i < s.n; i++)
		one_found(v, e, &s.v[i]);
	html(&v->h, "</ul>");
	if (s.more)
		html(&v->h, "<p class='small mute'>%s</p>",
		    tr(cx, "There are more: write more letters."));
	return RC_OK;
}

static void
draw_walk_in(struct view *v, const struct event *e)
{
	struct ctx *cx = v->cx;

	ui_section_open(v, "guest-s", tr(cx, "Not on the list"),
	    tr(cx, "A guest without a ticket: the name as it is told."));
	ui_form_begin(v, door_path(v, e->rec.id, ""), false);
	html(&v->h,
	    "<div class='row'><div class='fld'><label for='guest'>%s</label><input type='text' "
	    "id='guest' name='guest' autocomplete='off' required maxlength='200'></div>",
	    tr(cx, "Surname, name"));
	ways(v, "guest-way");
	html(&v->h, "<button type='submit' class='btn'>%s</button></div>", tr(cx, "Let in or out"));
	ui_form_end(v);
	ui_section_close(v);
}

static int
draw_counts(struct view *v, const struct event *e)
{
	struct ctx *cx = v->cx;
	struct door_counts c;

	TRY(door_counts(cx, e->rec.id, &c));
	html(&v->h,
	    "<p class='counter'><span><b>%s</b> %s</span> <span><b>%s</b> %s</span> "
	    "<span><b>%s</b> "
	    "%s</span> <span><b>%s</b> %s</span></p>",
	    num(cx, c.came), tr(cx, "came"), num(cx, c.inside), tr(cx, "inside now"),
	    num(cx, c.came - c.inside), tr(cx, "went out"), num(cx, c.expected),
	    tr(cx, "expected"));
	if (c.open > 0) {
		html(&v->h, "<p class='small'>");
		html_rich(&v->h,
		    trn(cx, c.open, "[%s scan] waits for a decision.",
			"[%s scans] wait for a decision.", num(cx, c.open)),
		    ui_url(v, "/events/%lld/door/scans", (long long)e->rec.id));
		html(&v->h, "</p>");
	}
	return RC_OK;
}

static int
draw_last(struct view *v, const struct event *e, const struct door_rights *can)
{
	struct ctx *cx = v->cx;
	struct door_rows rows;
	size_t i;

	TRY(door_rows(cx, e->rec.id, can, false, LAST, &rows));
	ui_section_open(v, "last", tr(cx, "Last scans"), NULL);
	if (rows.n == 0)
		html(&v->h, "<p class='mute'>%s</p>", tr(cx, "Nobody has come yet."));
	html(&v->h, "<ul>");
	for (i = 0; i < rows.n; i++) {
		const struct scan *s = &rows.v[i].scan;

		html(&v->h, "<li class='task'><h3>%s</h3><p class='small'>%s · %s ",
		    door_whom(cx, &rows.v[i]), door_hour(cx, s->at),
		    *s->device == '\0' ? "–" : s->device);
		ui_state(v, door_tone(s), door_word(cx, s));
		html(&v->h, "</p>");
		undo_button(v, e, s, door_whom(cx, &rows.v[i]));
		html(&v->h, "</li>");
	}
	html(&v->h, "</ul>");
	ui_section_close(v);
	return RC_OK;
}

static void
draw_links(struct view *v, const struct event *e, const struct door_rights *can)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<p class='acts'>");
	ui_button(v, ui_url(v, "/door/%lld/phone", (long long)e->rec.id),
	    tr(cx, "The door on a telephone"), false);
	ui_button(v, ui_url(v, "/events/%lld/door/arrivals", (long long)e->rec.id),
	    tr(cx, "List of arrivals"), false);
	if (can->staff)
		ui_button(v, ui_url(v, "/events/%lld/door/scans", (long long)e->rec.id),
		    tr(cx, "Scans to look at, devices"), false);
	html(&v->h, "</p>");
}

static int
draw_desk(struct view *v, const struct event *e, const struct door_rights *can, const char *said)
{
	struct ctx *cx = v->cx;
	const char *title = kind_title(cx, &event_kind, e);
	const struct crumb crumbs[] = { { "/door", tr(cx, "Door") },
		{ arena_printf(cx->arena, "/events/%lld", (long long)e->rec.id), title },
		{ NULL, tr(cx, "Desk at the door") }, { NULL, NULL } };

	ui_open(v, &(struct page){ .title = tr(cx, "Desk at the door"),
		       .nav = "/door",
		       .staff = true,
		       .crumbs = crumbs });
	html(&v->h, "<p>%s · %s</p>", title,
	    day_range(cx, e->first_day, e->last_day == 0 ? e->first_day : e->last_day));
	TRY(draw_counts(v, e));
	if (said != NULL)
		ui_note(v, 'n', said);
	TRY(draw_answer(v, e, can));
	draw_typed(v, e, req_q(v->rq, "find"));
	TRY(draw_found(v, e, can));
	draw_walk_in(v, e);
	TRY(draw_last(v, e, can));
	draw_links(v, e, can);
	ui_close(v);
	return RC_OK;
}

static int
desk_page(struct view *v)
{
	struct door_rights can;
	struct event e;

	TRY(door_of_path(v, &e, &can));
	return draw_desk(v, &e, &can, NULL);
}

/* ---- what was typed becomes a scan like any other ---- */

/* One scan as JSON, through the very door that devices use. */
static int
take(struct view *v, const struct event *e, const char *key, const char *value, const char *kind,
    const char **uuid)
{
	struct ctx *cx = v->cx;
	unsigned char nonce[NONCE_SIZE];
	char text[37], at[32];
	struct json j, out;

	randombytes_buf(nonce, sizeof nonce);
	nonce_text(nonce, text);
	moment_rfc3339(cx->now, at);
	json_init(&j, cx->arena, 0);
	json_open(&j, NULL, '{');
	json_open(&j, "scans", '[');
	json_open(&j, NULL, '{');
	json_str(&j, "nonce", text);
	json_str(&j, key, value);
	json_str(&j, "at", at);
	json_str(&j, "kind", kind);
	json_str(&j, "device", arena_printf(cx->arena, "%.50s", cx->actor->login));
	json_close(&j, '}');
	json_close(&j, ']');
	json_close(&j, '}');
	json_init(&out, cx->arena, 0);
	TRY(door_upload_json(cx, e->rec.id, (struct slice){ j.out.p, j.out.n }, &out));
	*uuid = arena_str(cx->arena, text);
	return RC_OK;
}

/* Letters of a name may look like a short code: it is one when there is such a ticket. */
static int
is_code(struct ctx *cx, const char *typed, bool *out)
{
	char tidy[TICKET_LONG + 1];
	const char *code = tidy;
	enum ticket_form form = ticket_tidy(typed, tidy);
	struct door_tickets found;

	*out = form == TICKET_FULL || form == TICKET_CUT;
	if (form != TICKET_CODE)
		return RC_OK;
	TRY(door_tickets(cx, NULL, 0, &code, 1, &found));
	*out = found.n > 0 || strpbrk(typed, "0123456789-") != NULL;
	return RC_OK;
}

static int
code_of_ticket(struct ctx *cx, int64_t event, const char *id, const char **code)
{
	struct door_tickets found;
	int64_t ticket;

	if (!num_parse(id, &ticket))
		return RC_NOTFOUND;
	TRY(door_tickets(cx, &ticket, 1, NULL, 0, &found));
	if (found.n == 0 || found.v[0].event != event || found.v[0].code == NULL)
		return RC_NOTFOUND;
	*code = found.v[0].code;
	return RC_OK;
}

static int
desk_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *what = req_f(v->rq, "what"), *guest = req_f(v->rq, "guest"),
		   *ticket = req_f(v->rq, "ticket"), *way = req_f(v->rq, "way"), *uuid = NULL;
	const char *kind = way != NULL && strcmp(way, "out") == 0 ? "out" : "in";
	struct door_rights can;
	struct event e;
	bool code = false;
	int rc;

	TRY(door_of_path(v, &e, &can));
	if (ticket != NULL)
		TRY(code_of_ticket(cx, e.rec.id, ticket, &what));
	if (what != NULL)
		TRY(is_code(cx, what, &code));
	if (what != NULL && !code) {
		res_redirect(v->rq,
		    ui_url(v, "/events/%lld/door?find=%s&way=%s", (long long)e.rec.id, what, kind));
		return RC_OK;
	}
	rc = what != NULL    ? take(v, &e, "code", what, kind, &uuid)
	     : guest != NULL ? take(v, &e, "guest", guest, kind, &uuid)
			     : fail(cx, RC_INVALID, N_("Type a code or a name."));
	if (rc == RC_INVALID || rc == RC_RULE) {
		const char *said = cx->err.text;

		err_clear(cx);
		v->status = rc == RC_INVALID ? 422 : 409;
		return draw_desk(v, &e, &can, said);
	}
	TRY(rc);
	res_redirect(
	    v->rq, ui_url(v, "/events/%lld/door?s=%s&way=%s", (long long)e.rec.id, uuid, kind));
	return RC_OK;
}

static int
undo_post(struct view *v)
{
	unsigned char nonce[NONCE_SIZE];
	const char *of = req_f(v->rq, "nonce"), *uuid;
	struct door_rights can;
	struct event e;

	TRY(door_of_path(v, &e, &can));
	if (!nonce_parse(of, nonce))
		return RC_NOTFOUND;
	TRY(take(v, &e, "undo", of, "undo", &uuid));
	res_redirect(v->rq, ui_url(v, "/events/%lld/door?s=%s", (long long)e.rec.id, of));
	return RC_OK;
}

/* ---- the doors of today, the list for paper ---- */

static int
draw_door(struct view *v, const struct door_day *d)
{
	struct ctx *cx = v->cx;
	const char *title = kind_title(cx, &event_kind, &d->e), *address;
	struct door_counts c;
	struct qr qr;

	TRY(door_counts(cx, d->e.rec.id, &c));
	html(&v->h, "<li class='task'><h2><a href='%s'>%s</a></h2><p>%s%s%s · ",
	    ui_url(v, "/events/%lld/door", (long long)d->e.rec.id), title,
	    day_range(cx, d->e.first_day, d->e.last_day == 0 ? d->e.first_day : d->e.last_day),
	    d->e.starts == NULL ? "" : ", ", d->e.starts == NULL ? "" : d->e.starts);
	html(&v->h, "%s</p>",
	    trf(cx, "came %s of %s expected", num(cx, c.came), num(cx, c.expected)));
	address = arena_printf(cx->arena, "%s%s", req_base(v->rq),
	    ui_url(v, "/door/%lld/phone", (long long)d->e.rec.id));
	if (qr_make(cx->arena, address, &qr) == RC_OK) {
		html(&v->h, "<details><summary>%s</summary><p>", tr(cx, "The door on a telephone"));
		qr_svg(&v->h, &qr, tr(cx, "Address of the door for a telephone"));
		html(&v->h, "<br><a href='%s'>%s</a></p></details>",
		    ui_url(v, "/door/%lld/phone", (long long)d->e.rec.id), address);
	}
	html(&v->h, "</li>");
	return RC_OK;
}

static int
doors_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct door_day *days;
	size_t n, i;

	TRY(door_days(cx, &days, &n));
	ui_open(v, &(struct page){ .title = tr(cx, "Door"), .nav = "/door", .staff = true });
	if (n == 0)
		ui_empty(v, tr(cx, "No door is kept today"),
		    tr(cx, "Approved events of yesterday, today and tomorrow stand here."), NULL,
		    NULL);
	html(&v->h, "<ul>");
	for (i = 0; i < n; i++)
		TRY(draw_door(v, &days[i]));
	html(&v->h, "</ul>");
	ui_close(v);
	return RC_OK;
}

static int
arrivals_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct door_arrival *rows;
	struct door_rights can;
	struct event e;
	size_t n, i;

	TRY(door_of_path(v, &e, &can));
	TRY(door_arrivals(cx, e.rec.id, &can, &rows, &n));
	ui_open(v, &(struct page){ .title = tr(cx, "List of arrivals"),
		       .nav = "/door",
		       .staff = true,
		       .no_h1 = true,
		       .crumbs = (const struct crumb[]){ { "/door", tr(cx, "Door") },
			   { door_path(v, e.rec.id, ""), tr(cx, "Desk at the door") },
			   { NULL, tr(cx, "List of arrivals") }, { NULL, NULL } } });
	html(h, "<div class='paper'><h1>%s</h1><p>%s · %s · %s</p>", tr(cx, "List of arrivals"),
	    kind_title(cx, &event_kind, &e),
	    day_range(cx, e.first_day, e.last_day == 0 ? e.first_day : e.last_day),
	    trn(cx, (int64_t)n, "%s arrival", "%s arrivals", num(cx, (int64_t)n)));
	html(h,
	    "<table class='sheet'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>№</th><th scope='col'>%s</th><th scope='col'>%s</th><th "
	    "scope='col'>%s</th></tr></thead><tbody>",
	    tr(cx, "List of arrivals"), tr(cx, "Surname, name"), tr(cx, "Came at"),
	    tr(cx, "Basis"));
	for (i = 0; i < n; i++)
		html(h,
		    "<tr><td class='nw'>%zu</td><td>%s</td><td class='nw'>%s</td><td>%s</td></tr>",
		    i + 1, *rows[i].name == '\0' ? tr(cx, "not named") : rows[i].name,
		    moment_text(cx, rows[i].came),
		    *rows[i].how == 't'	  ? tr(cx, "by ticket")
		    : *rows[i].how == 'p' ? tr(cx, "person on record")
					  : tr(cx, "by name"));
	html(h, "</tbody></table></div>");
	ui_close(v);
	return RC_OK;
}

const struct route door_desk_routes[] = {
	{ M_GET, "/door", doors_page, CAP_DOOR, 0, N_("Door"),
	    N_("Events of these days whose door you keep.") },
	{ M_GET, "/events/{id}/door", desk_page, CAP_DOOR, 0, N_("Desk at the door"),
	    N_("Codes and names typed, guests, last scans; works without scripts.") },
	{ M_POST, "/events/{id}/door", desk_post, CAP_DOOR, 0, N_("Check at the door"), NULL },
	{ M_POST, "/events/{id}/door/undo", undo_post, CAP_DOOR, 0, N_("Undo a scan"), NULL },
	{ M_GET, "/events/{id}/door/arrivals", arrivals_page, CAP_DOOR, 0, N_("List of arrivals"),
	    N_("Who came, for paper.") },
};
const size_t door_desk_nroutes = ARRAY_LEN(door_desk_routes);
