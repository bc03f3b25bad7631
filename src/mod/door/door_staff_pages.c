/* door_staff_pages.c – what a human decides: scans that were refused or contradict each other, both versions
 * with their devices; which devices were seen and what they still hold; a file that a device saved. */
#include "mod/door/door_inner.h"
#include "mod/door/door_pages.h"

#include <string.h>

enum { ODD_MAX = 200 };

static void
decide_form(struct view *v, const struct event *e, const struct scan *s, const char *decision,
    const char *text, const char *whom)
{
	char nonce[37];

	nonce_text(s->nonce, nonce);
	ui_form_begin(v, door_path(v, e->rec.id, "/decide"), false);
	html(&v->h,
	    "<input type='hidden' name='nonce' value='%s'><input type='hidden' name='copy' "
	    "value='%lld'><input type='hidden' name='decision' value='%s'><button type='submit' "
	    "class='btn'>%s<span class='vh'>: %s</span></button>",
	    nonce, (long long)s->copy, decision, text, whom);
	ui_form_end(v);
}

static void
draw_decision(struct view *v, const struct event *e, const struct door_row *r)
{
	struct ctx *cx = v->cx;
	const struct scan *s = &r->scan;
	const char *whom = door_whom(cx, r);

	if (s->decision != DECIDED_NOT) {
		html(&v->h, "<p class='small'>%s</p>",
		    trf(cx,
			s->decision == DECIDED_ACCEPT ? N_("Accepted by %s, %s.")
						      : N_("Rejected by %s, %s."),
			r->decider == NULL ? "–" : r->decider, moment_text(cx, r->decided_at)));
		html(&v->h, "<div class='acts'>");
		decide_form(v, e, s, "", tr(cx, "Take the decision back"), whom);
		html(&v->h, "</div>");
		return;
	}
	if (s->subject == NULL)
		return;
	html(&v->h, "<div class='acts'>");
	decide_form(v, e, s, "accept", tr(cx, "It counts"), whom);
	decide_form(v, e, s, "reject", tr(cx, "It does not count"), whom);
	html(&v->h, "</div>");
}

static int
draw_odd(struct view *v, const struct event *e, const struct door_rights *can)
{
	struct ctx *cx = v->cx;
	struct door_rows rows;
	size_t i;

	TRY(door_rows(cx, e->rec.id, can, true, ODD_MAX, &rows));
	ui_section_open(v, "odd", tr(cx, "Scans to look at"),
	    tr(cx, "Refused ones and those sent in two versions. Decided ones stand last."));
	if (rows.n == 0)
		ui_empty(v, tr(cx, "Nothing to decide"),
		    tr(cx, "No scan was refused and none contradicts another."), NULL, NULL);
	html(&v->h, "<ul>");
	for (i = 0; i < rows.n; i++) {
		const struct scan *s = &rows.v[i].scan;

		html(&v->h, "<li class='task'><h3>%s</h3><p>", door_whom(cx, &rows.v[i]));
		ui_state(v, door_tone(s), door_word(cx, s));
		html(&v->h, " %s</p><p class='small'>%s</p>", door_why(cx, s),
		    trf(cx, "%s, device “%s”, clock %s, received %s",
			s->kind == SCAN_IN    ? tr(cx, "Entry")
			: s->kind == SCAN_OUT ? tr(cx, "Exit")
					      : tr(cx, "an undo"),
			*s->device == '\0' ? "–" : s->device, moment_text(cx, s->at),
			moment_text(cx, s->received_at)));
		draw_decision(v, e, &rows.v[i]);
		html(&v->h, "</li>");
	}
	html(&v->h, "</ul>");
	ui_section_close(v);
	return RC_OK;
}

static int
draw_devices(struct view *v, const struct event *e)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct door_seen *d;
	size_t n, i;

	TRY(door_devices(cx, e->rec.id, &d, &n));
	ui_section_open(v, "devices", tr(cx, "Devices"), NULL);
	if (n == 0)
		html(h, "<p class='mute'>%s</p>", tr(cx, "No device has sent anything yet."));
	else
		html(h,
		    "<table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
		    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th "
		    "scope='col' class='num'>%s</th><th scope='col' "
		    "class='num'>%s</th></tr></thead><tbody>",
		    tr(cx, "Devices"), tr(cx, "Device"), tr(cx, "Account"), tr(cx, "Last seen"),
		    tr(cx, "Scans"), tr(cx, "Not sent yet"));
	for (i = 0; i < n; i++)
		html(h,
		    "<tr><td data-l='%s'>%s</td><td data-l='%s'>%s</td><td data-l='%s' "
		    "class='nw'>%s</td><td "
		    "data-l='%s' class='num'>%s</td><td data-l='%s' class='num'>%s</td></tr>",
		    tr(cx, "Device"), *d[i].device == '\0' ? "–" : d[i].device, tr(cx, "Account"),
		    d[i].who == NULL ? "–" : d[i].who, tr(cx, "Last seen"),
		    moment_text(cx, d[i].seen_at), tr(cx, "Scans"), num(cx, d[i].scans),
		    tr(cx, "Not sent yet"),
		    d[i].queued == INT_NONE ? tr(cx, "not known") : num(cx, d[i].queued));
	if (n > 0)
		html(h, "</tbody></table>");
	ui_section_close(v);
	return RC_OK;
}

static void
draw_file(struct view *v, const struct event *e)
{
	struct ctx *cx = v->cx;

	ui_section_open(v, "from-device", tr(cx, "A file from a device"),
	    tr(cx, "What a telephone without the network saved. Sent twice it is counted once."));
	ui_form_begin(v, door_path(v, e->rec.id, "/file"), true);
	html(&v->h,
	    "<div class='row'><div class='fld'><label for='file'>%s</label><input type='file' "
	    "id='file' "
	    "name='file' required></div><button type='submit' class='btn'>%s</button></div>",
	    tr(cx, "File"), tr(cx, "Take over"));
	ui_form_end(v);
	ui_section_close(v);
}

static int
draw_page(struct view *v, const struct event *e, const struct door_rights *can, const char *said)
{
	struct ctx *cx = v->cx;
	const struct crumb crumbs[] = { { "/door", tr(cx, "Door") },
		{ door_path(v, e->rec.id, ""), tr(cx, "Desk at the door") },
		{ NULL, tr(cx, "Scans to look at, devices") }, { NULL, NULL } };

	ui_open(v, &(struct page){ .title = tr(cx, "Scans to look at, devices"),
		       .nav = "/door",
		       .staff = true,
		       .crumbs = crumbs });
	html(&v->h, "<p>%s</p>", kind_title(cx, &event_kind, e));
	if (said != NULL)
		ui_note(v, 'n', said);
	TRY(draw_odd(v, e, can));
	TRY(draw_devices(v, e));
	draw_file(v, e);
	ui_close(v);
	return RC_OK;
}

static int
staff_event(struct view *v, struct event *e, struct door_rights *can)
{
	TRY(door_of_path(v, e, can));
	return can->staff ? RC_OK
			  : fail(v->cx, RC_DENIED, N_("Your role does not open this page."));
}

static int
scans_page(struct view *v)
{
	struct door_rights can;
	struct event e;

	TRY(staff_event(v, &e, &can));
	return draw_page(v, &e, &can, NULL);
}

static int
decide_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *word = req_f(v->rq, "decision"), *copy_text = req_f(v->rq, "copy");
	unsigned char nonce[NONCE_SIZE];
	struct door_rights can;
	struct event e;
	int64_t copy;
	int rc;

	TRY(staff_event(v, &e, &can));
	if (!nonce_parse(req_f(v->rq, "nonce"), nonce) || copy_text == NULL ||
	    !num_parse(copy_text, &copy))
		return RC_NOTFOUND;
	rc = door_decide(cx, e.rec.id, nonce, copy,
	    word == NULL || *word == '\0' ? DECIDED_NOT
	    : strcmp(word, "accept") == 0 ? DECIDED_ACCEPT
					  : DECIDED_REJECT);
	if (rc == RC_RULE) {
		const char *said = cx->err.text;

		err_clear(cx);
		v->status = 409;
		return draw_page(v, &e, &can, said);
	}
	TRY(rc);
	return ui_done(v, door_path(v, e.rec.id, "/scans"), tr(cx, "The decision is recorded."));
}

static int
file_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const struct form_part *file = req_file(v->rq, "file");
	struct door_rights can;
	struct event e;
	struct json out;
	int rc;

	TRY(staff_event(v, &e, &can));
	json_init(&out, cx->arena, 0);
	rc = file == NULL || file->body.n == 0 || file->body.n > 1 << 20
		 ? fail(cx, RC_INVALID, N_("Choose the file that the telephone saved."))
		 : door_upload_json(cx, e.rec.id, file->body, &out);
	if (rc == RC_INVALID || rc == RC_RULE || rc == RC_TOOBIG) {
		const char *said = cx->err.text;

		err_clear(cx);
		v->status = 422;
		return draw_page(v, &e, &can, said);
	}
	TRY(rc);
	return ui_done(v, door_path(v, e.rec.id, "/scans"), tr(cx, "The file is taken over."));
}

const struct route door_staff_routes[] = {
	{ M_GET, "/events/{id}/door/scans", scans_page, CAP_EVENT_WRITE, 0,
	    N_("Scans to look at, devices"),
	    N_("Refused scans and conflicts with a human's decision; devices; a device's file.") },
	{ M_POST, "/events/{id}/door/decide", decide_post, CAP_EVENT_WRITE, 0,
	    N_("Decide about a scan"), NULL },
	{ M_POST, "/events/{id}/door/file", file_post, CAP_EVENT_WRITE, ROUTE_FILES,
	    N_("Take over a device's file"), NULL },
};
const size_t door_staff_nroutes = ARRAY_LEN(door_staff_routes);
