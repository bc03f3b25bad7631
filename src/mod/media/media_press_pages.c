/* media_press_pages.c – an event in the press, for everybody; press at the event, for its staff: who is accredited, and
 * the list for the door on paper. */
#include "mod/media/media_pages.h"

/* ---- on the event's page ---- */

static int
draw_press_line(struct view *v, const struct event *e)
{
	struct ctx *cx = v->cx;
	int64_t granted, asked;

	TRY(media_press_count(cx, e->rec.id, "granted", &granted));
	TRY(media_press_count(cx, e->rec.id, "asked", &asked));
	html(&v->h, "<p class='acts'>");
	ui_button(v, ui_url(v, "/media/new?event=%lld", (long long)e->rec.id),
	    tr(cx, "Enter a publication"), false);
	ui_button(v, ui_path(v, event_path(v, e->rec.id, "/press")),
	    granted + asked == 0 ? tr(cx, "Press at the event")
				 : trf(cx, "Press at the event: %s accredited, %s asked",
				       num(cx, granted), num(cx, asked)),
	    false);
	html(&v->h, "</p>");
	return RC_OK;
}

int
media_event_section(struct view *v, const struct event *e, const struct event_rights *can)
{
	struct publication *p;
	bool staff = can->marks && may(v->cx, CAP_EVENT_WRITE);
	size_t n;

	TRY(media_about(v->cx, e->rec.id, &p, &n));
	if (n == 0 && !staff)
		return RC_OK;
	ui_section_open(v, "press", tr(v->cx, "In the press"), NULL);
	html(&v->h, "<div class='flow'>");
	if (n > 0)
		TRY(media_draw_rows(v, p, n, !may(v->cx, CAP_EVENT_READ)));
	if (staff)
		TRY(draw_press_line(v, e));
	html(&v->h, "</div>");
	ui_section_close(v);
	return RC_OK;
}

int
media_programme_section(struct view *v, const struct programme *p)
{
	struct publication *l;
	size_t n;

	TRY(media_of_programme(v->cx, p->rec.id, &l, &n));
	if (n == 0)
		return RC_OK;
	ui_section_open(v, "press", tr(v->cx, "In the press"), NULL);
	TRY(media_draw_rows(v, l, n, !may(v->cx, CAP_EVENT_READ)));
	ui_section_close(v);
	return RC_OK;
}

/* ---- press at an event ---- */

static int
staff_of(struct view *v, struct event *e)
{
	struct event_rights can;

	TRY(event_of_path(v, e));
	TRY(reads_rights(v->cx, e, &can));
	return can.marks ? RC_OK
			 : fail(v->cx, RC_DENIED,
			       N_("This belongs to another body; you may change only what is your "
				  "own body's."));
}

static void
open_press(struct view *v, const struct event *e, const char *title)
{
	struct crumb c[] = { { "/events", tr(v->cx, "Events") },
		{ event_path(v, e->rec.id, ""), kind_title(v->cx, &event_kind, e) },
		{ event_path(v, e->rec.id, "/press"), tr(v->cx, "Press at the event") },
		{ NULL, title }, { NULL, NULL } };

	if (title == NULL) {
		c[2].path = NULL;
		c[3].text = NULL;
	}
	ui_open(v, &(struct page){ .title = title == NULL ? c[2].text : title,
		       .nav = "/events",
		       .staff = true,
		       .crumbs = c });
}

static void
narrow(struct view *v, struct query *q)
{
	int64_t id;

	if (req_param_id(v->rq, 0, &id) == RC_OK)
		query_and(q, "press_accreditation.event = ?", VALS(v_int(id)));
}

static void
draw_state(struct view *v, const char *code)
{
	ui_state(v,
	    strcmp(code, "granted") == 0 ? 'o'
	    : strcmp(code, "asked") == 0 ? 'w'
					 : 'n',
	    option_label(v->cx, press_states, code));
}

static void
draw_open(struct view *v, const void *rec)
{
	const struct press_accreditation *p = rec;

	html(&v->h, "<a href='%s'>%s</a>",
	    ui_url(v, "/events/%lld/press/%lld", (long long)p->event, (long long)p->rec.id),
	    tr(v->cx, "Decide or change"));
}

static int
press_page(struct view *v)
{
	static const char *const columns[] = { "outlet", "person", "name", "valid_on", "note",
		"state", NULL };
	struct ctx *cx = v->cx;
	struct ui_list l = { .kind = &press_accreditation_kind,
		.columns = columns,
		.no_filters = true,
		.no_search = true,
		.narrow = narrow,
		.state = "state",
		.draw_state = draw_state,
		.extra_label = tr(cx, "Decide"),
		.extra = draw_open };
	struct event e;

	TRY(staff_of(v, &e));
	l.path = event_path(v, e.rec.id, "/press");
	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	open_press(v, &e, NULL);
	html(&v->h, "<p class='prose noprint'>%s</p><p class='acts noprint'>",
	    tr(cx, "Only the staff of this event sees these names. They go with the sign-ups, when "
		   "their term is over."));
	ui_button(
	    v, ui_path(v, event_path(v, e.rec.id, "/press/new")), tr(cx, "Add a journalist"), true);
	ui_button(v, ui_path(v, event_path(v, e.rec.id, "/press/door")),
	    tr(cx, "List for the door"), false);
	html(&v->h, "</p>");
	TRY(ui_list_page(v, &l));
	ui_close(v);
	return RC_OK;
}

/* ---- the form ---- */

static const char *const new_shown[] = { "outlet", "person", "name", "valid_on", "note", "state",
	NULL };
static const char *const edit_shown[] = { "outlet", "name", "valid_on", "note", "state", NULL };

static int
draw_form(struct view *v, struct ui_form *f)
{
	struct event e;

	TRY(event_of_path(v, &e));
	open_press(v, &e, f->create ? tr(v->cx, "Add a journalist") : tr(v->cx, "Accreditation"));
	TRY(ui_form(v, f));
	if (!f->create)
		TRY(ui_history(v, f->kind, ((const struct rec *)f->rec)->id));
	ui_close(v);
	return RC_OK;
}

static int
new_press(struct view *v)
{
	struct press_accreditation p;
	struct ui_form f;
	struct event e;

	TRY(staff_of(v, &e));
	kind_empty(&press_accreditation_kind, &p);
	p.event = e.rec.id;
	p.state = "granted";
	f = (struct ui_form){ .kind = &press_accreditation_kind,
		.rec = &p,
		.create = true,
		.path = event_path(v, e.rec.id, "/press/new"),
		.fields = new_shown,
		.cancel = event_path(v, e.rec.id, "/press") };
	return v->rq->method == M_POST ? ui_form_save(v, &f, draw_form) : draw_form(v, &f);
}

static int
edit_press(struct view *v)
{
	struct press_accreditation p;
	struct ui_form f;
	struct event e;
	int64_t id;

	TRY(staff_of(v, &e));
	TRY(req_param_id(v->rq, 1, &id));
	TRY(kind_get(v->cx, &press_accreditation_kind, id, &p));
	if (p.event != e.rec.id)
		return fail(v->cx, RC_NOTFOUND, N_("There is no such record."));
	f = (struct ui_form){ .kind = &press_accreditation_kind,
		.rec = &p,
		.path = arena_printf(
		    v->cx->arena, "/events/%lld/press/%lld", (long long)e.rec.id, (long long)id),
		.fields = edit_shown,
		.cancel = event_path(v, e.rec.id, "/press") };
	return v->rq->method == M_POST ? ui_form_save(v, &f, draw_form) : draw_form(v, &f);
}

/* ---- for the door, on paper ---- */

static void
draw_door_row(struct view *v, const struct media_press *d, size_t n)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<tr><th scope='row'>%zu. %s</th><td data-l='%s'>%s</td>", n, d->outlet,
	    tr(cx, "Name of the journalist"), *d->name == '\0' ? "–" : d->name);
	html(&v->h, "<td data-l='%s'>%s</td><td data-l='%s'>%s</td><td data-l='%s'>☐</td></tr>",
	    tr(cx, "Valid on"), d->valid_on == 0 ? "–" : day_text(cx, d->valid_on), tr(cx, "Note"),
	    d->note == NULL ? "–" : d->note, tr(cx, "Came"));
}

static int
draw_door_rows(struct view *v, const struct event *e)
{
	struct ctx *cx = v->cx;
	struct media_press *d;
	size_t n, i;

	TRY(media_press_at(cx, e->rec.id, &d, &n));
	html(&v->h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th "
	    "scope='col'>%s</th><th scope='col'>%s</th></tr></thead><tbody>",
	    tr(cx, "Accredited press"), tr(cx, "Media outlet"), tr(cx, "Name of the journalist"),
	    tr(cx, "Valid on"), tr(cx, "Note"), tr(cx, "Came"));
	for (i = 0; i < n; i++)
		draw_door_row(v, &d[i], i + 1);
	html(&v->h, "</tbody></table></div>");
	if (n == 0)
		html(&v->h, "<p class='mute'>%s</p>", tr(cx, "Nobody is accredited."));
	return RC_OK;
}

static int
door_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct event e;

	TRY(staff_of(v, &e));
	open_press(v, &e, tr(cx, "Accredited press"));
	html(&v->h, "<p class='prose'>%s, %s</p>", kind_title(cx, &event_kind, &e),
	    event_days(cx, &e));
	TRY(draw_door_rows(v, &e));
	ui_close(v);
	return RC_OK;
}

const struct route media_press_routes[] = {
	{ M_GET, "/events/{id}/press", press_page, CAP_EVENT_WRITE, 0, N_("Press at the event"),
	    N_("Who asked for accreditation and who has it.") },
	{ M_GET, "/events/{id}/press/new", new_press, CAP_EVENT_WRITE, 0, N_("Add a journalist"),
	    NULL },
	{ M_POST, "/events/{id}/press/new", new_press, CAP_EVENT_WRITE, 0, N_("Add a journalist"),
	    NULL },
	{ M_GET, "/events/{id}/press/door", door_page, CAP_EVENT_WRITE, 0, N_("Accredited press"),
	    N_("The list for the door, to be printed.") },
	{ M_GET, "/events/{id}/press/{press}", edit_press, CAP_EVENT_WRITE, 0, N_("Accreditation"),
	    NULL },
	{ M_POST, "/events/{id}/press/{press}", edit_press, CAP_EVENT_WRITE, 0, N_("Accreditation"),
	    NULL },
};
const size_t media_press_nroutes = ARRAY_LEN(media_press_routes);
