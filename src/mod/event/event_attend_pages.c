/* event_attend_pages.c – who came: the list, marking by search or by a guest's name, withdrawing.
 *
 * Marking is made for speed: each answer leads back to the search, with the list and basis kept. A
 * person who is marked already changes nothing and the page says so. Only people whom the actor may
 * see can be marked; anybody else is a guest with a name. */
#include "mod/event/event_pages.h"

/* ---- the list ---- */

static void
of_event(struct view *v, struct query *q)
{
	int64_t id;

	if (req_param_id(v->rq, 0, &id) == RC_OK)
		query_and(q, "attendance.event = ?", VALS(v_int(id)));
}

/* A row of a sheet for signatures ("3187-074") leads to its paper. */
static void
draw_paper(struct view *v, const void *rec)
{
	const struct attendance *a = rec;
	const char *s = a->sheet_row == NULL ? "" : a->sheet_row;
	size_t n = strspn(s, "0123456789");

	if (n > 0 && s[n] == '-' && strspn(s + n + 1, "0123456789") == strlen(s + n + 1) &&
	    s[n + 1] != '\0')
		html(&v->h, "<a class='nw' href='%s'>%s<span class='vh'> %s</span></a> ",
		    ui_url(v, "/sheet-rows/%s", s), tr(v->cx, "Paper"), s);
}

static void
draw_extra(struct view *v, const void *rec)
{
	const struct attendance *a = rec;

	draw_paper(v, a);
	if (a->withdrawn)
		ui_state(v, '-', tr(v->cx, "Withdrawn"));
	else if (a->person == 0 && a->guest == NULL) /* of an erased person: it only counts */
		ui_state(v, '-', tr(v->cx, "not named"));
	else
		ui_post_button(v,
		    arena_printf(v->cx->arena, "/attendances/%lld/withdraw", (long long)a->rec.id),
		    a->rec.version, tr(v->cx, "Withdraw"), true);
}

static int
list_page(struct view *v)
{
	static const char *const columns[] = { "person", "guest", "basis", "day", "sheet_row",
		NULL };
	struct ctx *cx = v->cx;
	struct ui_list l = { .kind = &attendance_kind, .columns = columns, .narrow = of_event };
	struct crumb crumbs[4] = { { "/events", tr(cx, "Events") }, { 0 },
		{ NULL, tr(cx, "Attendances") }, { 0 } };
	struct event_rights can;
	struct event_count c;
	struct event e;

	TRY(event_of_path(v, &e));
	TRY(reads_rights(cx, &e, &can));
	l.path = event_path(v, e.rec.id, "/attendances");
	l.extra_label = tr(cx, "Paper");
	l.extra = draw_paper;
	if (can.marks) {
		l.extra_label = tr(cx, "Withdraw");
		l.extra = draw_extra;
	}
	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	TRY(event_count(cx, &e, &c));
	crumbs[1] = (struct crumb){ event_path(v, e.rec.id, ""), kind_title(cx, &event_kind, &e) };
	ui_open(v, &(struct page){ .title = tr(cx, "Attendances"),
		       .nav = "/events",
		       .staff = true,
		       .crumbs = crumbs });
	html(&v->h, "<div class='flow'><p>%s · %s</p><p>%s ", kind_title(cx, &event_kind, &e),
	    event_days(cx, &e), tr(cx, "Count of the event:"));
	event_count_line(v, &c, NULL);
	html(&v->h, " <span class='mute'>(%s)</span></p>", basis_label(cx, c.basis));
	if (can.marks) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/events/%lld/attendances/new", (long long)e.rec.id),
		    tr(cx, "Mark who came"), true);
		ui_button(v, ui_url(v, "/events/%lld/sheets", (long long)e.rec.id), tr(cx, "Paper"),
		    false);
		if (may(cx, CAP_PEOPLE_WRITE))
			ui_button(v,
			    ui_url(v, "/imports?kind=attendances&event=%lld", (long long)e.rec.id),
			    tr(cx, "Import a list"), false);
		html(&v->h, "</p>");
	}
	TRY(ui_list_page(v, &l));
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

static int
withdraw_post(struct view *v)
{
	const char *s = req_f(v->rq, "_version");
	struct attendance a;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &attendance_kind, id, &a));
	if (s == NULL || !num_parse(s, &a.rec.version))
		a.rec.version = 0;
	a.withdrawn = true;
	TRY(kind_update(v->cx, &attendance_kind, &a));
	return ui_done(v, event_path(v, a.event, "/attendances"),
	    tr(v->cx, "The attendance is withdrawn; it is counted no more."));
}

/* ---- marking ---- */

enum { FOUND_MAX = 12 };

/* Kept from one mark to the next. */
static const char *
basis_of(struct view *v)
{
	const char *s = v->rq->method == M_POST ? req_f(v->rq, "basis") : req_q(v->rq, "basis");

	return s != NULL && strcmp(s, "scanned") == 0 ? "scanned" : "listed";
}

static void
basis_field(struct view *v, const char *id)
{
	const struct option *o;

	html(&v->h, "<div class='fld'><label for='%s'>%s</label><select id='%s' name='basis'>", id,
	    tr(v->cx, "Basis"), id);
	for (o = attendance_bases; o->code != NULL; o++) {
		html(&v->h, "<option value='%s'", o->code);
		if (strcmp(o->code, basis_of(v)) == 0)
			html(&v->h, " selected");
		html(&v->h, ">%s</option>", tr(v->cx, o->label));
	}
	html(&v->h, "</select></div>");
}

static void
draw_found(struct view *v, const struct event *e, const struct list *l)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	html(h, "<ul>");
	for (i = 0; i < l->n; i++) {
		const struct rec *p = list_row(l, &person_kind, i);
		const char *title = kind_title(cx, &person_kind, p);

		html(h, "<li class='task'><h3>%s</h3><p class='small mute'>%s</p>", title,
		    person_kind.hint == NULL ? "" : person_kind.hint(cx, p));
		ui_form_begin(v, event_path(v, e->rec.id, "/attendances"), false);
		html(h,
		    "<input type='hidden' name='person' value='%lld'><input type='hidden' "
		    "name='basis' value='%s'>"
		    "<button type='submit' class='btn'>%s<span class='vh'>: %s</span></button>",
		    (long long)p->id, basis_of(v), tr(cx, "Came"), title);
		ui_form_end(v);
		html(h, "</li>");
	}
	html(h, "</ul>");
}

static int
draw_search(struct view *v, const struct event *e)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *find = req_q(v->rq, "find");
	struct query q;
	struct list l;

	ui_section_open(v, "find", tr(cx, "A person on record"), NULL);
	html(h,
	    "<form class='row' action='%s'><div class='fld'><label for='who'>%s</label><input "
	    "type='search' id='who' name='find' value='%s' autofocus></div>",
	    ui_url(v, "/events/%lld/attendances/new", (long long)e->rec.id),
	    tr(cx, "Three letters of the name"), find == NULL ? "" : find);
	basis_field(v, "find-basis");
	html(h, "<button type='submit' class='btn go'>%s</button></form>", tr(cx, "Find"));
	if (find != NULL && *find != '\0') {
		TRY(query_init(cx, &q, &person_kind));
		TRY(query_filter(&q, "q", find));
		TRY(query_sort(&q, "title"));
		q.limit = FOUND_MAX;
		TRY(query_list(&q, &l));
		if (l.n == 0)
			ui_empty(v, tr(cx, "Nobody is found by this name"),
			    tr(cx, "Try fewer letters, or write the name below as a guest."), NULL,
			    NULL);
		else
			draw_found(v, e, &l);
		if (l.next != NULL)
			html(h, "<p class='small mute'>%s</p>",
			    tr(cx, "There are more: write more letters."));
	}
	ui_section_close(v);
	return RC_OK;
}

static void
field_refusal(struct view *v, const char *field)
{
	const struct field_error *f;

	for (f = v->cx->err.fields; f != NULL; f = f->next)
		if (strcmp(f->field, field) == 0)
			html(&v->h, "<span class='err'>%s</span>", f->text);
}

static void
draw_guest(struct view *v, const struct event *e)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *guest = req_f(v->rq, "guest"), *row = req_f(v->rq, "sheet_row");

	ui_section_open(v, "guest-s", tr(cx, "A guest"),
	    tr(cx, "Somebody without a record: the name as it stands on the list."));
	ui_form_begin(v, event_path(v, e->rec.id, "/attendances"), false);
	html(h, "<div class='fld'><label for='guest'>%s</label>",
	    tr(cx, "Surname, name, patronymic"));
	field_refusal(v, "guest");
	html(h, "<input type='text' id='guest' name='guest' value='%s'></div>",
	    guest == NULL ? "" : guest);
	html(h, "<div class='fld w-s'><label for='row'>%s</label>", tr(cx, "Row of the list"));
	field_refusal(v, "sheet_row");
	html(h, "<input type='text' id='row' name='sheet_row' value='%s'></div>",
	    row == NULL ? "" : row);
	basis_field(v, "guest-basis");
	html(h, "<hr><p class='acts'><button type='submit' class='btn'>%s</button></p>",
	    tr(cx, "Came"));
	ui_form_end(v);
	ui_section_close(v);
}

static int
draw_mark(struct view *v, const struct event *e)
{
	struct ctx *cx = v->cx;
	struct err said = cx->err;
	const struct crumb crumbs[] = { { "/events", tr(cx, "Events") },
		{ event_path(v, e->rec.id, ""), kind_title(cx, &event_kind, e) },
		{ event_path(v, e->rec.id, "/attendances"), tr(cx, "Attendances") },
		{ NULL, tr(cx, "Mark who came") }, { NULL, NULL } };

	err_clear(cx);
	ui_open(v, &(struct page){ .title = tr(cx, "Mark who came"),
		       .nav = "/events",
		       .staff = true,
		       .crumbs = crumbs });
	if (said.text != NULL && *said.text != '\0')
		ui_note(v, 'n', said.text);
	else if (said.fields != NULL)
		ui_note(v, 'n', said.fields->text);
	TRY(draw_search(v, e));
	cx->err = said;
	draw_guest(v, e);
	err_clear(cx);
	ui_close(v);
	return RC_OK;
}

static int
marking_event(struct view *v, struct event *e)
{
	struct event_rights can;

	TRY(event_of_path(v, e));
	TRY(reads_rights(v->cx, e, &can));
	return can.marks ? RC_OK
			 : fail(v->cx, RC_DENIED,
			       N_("This belongs to another body; you may change only what is your "
				  "own body's."));
}

static int
mark_page(struct view *v)
{
	struct event e;

	TRY(marking_event(v, &e));
	return draw_mark(v, &e);
}

/* The moment is known only when the door scans on the very day; a list says no more than the day. */
static int64_t
came_at(struct view *v, const struct event *e, const char *basis)
{
	int day = day_of_moment(v->cx->now), last = e->last_day == 0 ? e->first_day : e->last_day;

	return strcmp(basis, "scanned") == 0 && day >= e->first_day && day <= last ? v->cx->now : 0;
}

static int
mark_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *who = req_f(v->rq, "person"), *name = req_f(v->rq, "guest");
	struct attend_in in = { .basis = basis_of(v), .sheet_row = req_f(v->rq, "sheet_row") };
	struct event e;
	bool again = false;
	int64_t id;
	int rc = RC_OK;

	TRY(marking_event(v, &e));
	in.event = e.rec.id;
	in.came_at = came_at(v, &e, in.basis);
	if (who != NULL && *who != '\0') {
		void *person = arena_alloc(cx->arena, person_kind.size);

		if (!num_parse(who, &in.person))
			return RC_NOTFOUND;
		/* Also the door for the scope: nobody is marked whom this actor may not see. */
		TRY(kind_get(cx, &person_kind, in.person, person));
		name = kind_title(cx, &person_kind, person);
	} else
		in.guest = name;
	if (in.person == 0 && (name == NULL || name[strspn(name, " \t\r\n")] == '\0')) {
		fail_field(cx, "guest", N_("A name is needed."));
		rc = RC_INVALID;
	}
	if (rc == RC_OK)
		rc = event_attend(cx, &in, &id, &again);
	if (rc == RC_INVALID || rc == RC_RULE || rc == RC_EXISTS) {
		v->status = rc == RC_INVALID ? 422 : 409;
		return draw_mark(v, &e);
	}
	TRY(rc);
	return ui_done(v,
	    event_path(v, e.rec.id, arena_printf(cx->arena, "/attendances/new?basis=%s", in.basis)),
	    again ? trf(cx, "%s was marked already; nothing is counted twice.", name)
		  : trf(cx, "%s is marked.", name));
}

const struct route event_attend_routes[] = {
	{ M_GET, "/events/{id}/attendances", list_page, CAP_PEOPLE_READ, 0, N_("Attendances"),
	    N_("Who came, on which basis.") },
	{ M_POST, "/events/{id}/attendances", mark_post, CAP_EVENT_WRITE, 0, N_("Mark who came"),
	    NULL },
	{ M_GET, "/events/{id}/attendances/new", mark_page, CAP_EVENT_WRITE, 0, N_("Mark who came"),
	    N_("By search among people, or a guest by name.") },
	{ M_POST, "/attendances/{id}/withdraw", withdraw_post, CAP_EVENT_WRITE, 0,
	    N_("Withdraw an attendance"), NULL },
};
const size_t event_attend_nroutes = ARRAY_LEN(event_attend_routes);
