/* hall_book_pages.c – booking a hall: from an event, which offers the halls that seat its people and are
 * free; or for a purpose of its own. Moving a booking and giving it back.
 *
 * What is refused says why and when there is room; what was typed stays. */
#include "mod/hall/hall_pages.h"

static const char *const book_fields[] = { "purpose", "body", "day", "starts", "ends", NULL };
static const char *const move_fields[] = { "hall", "purpose", "day", "starts", "ends", NULL };

static const char *
q_or(struct view *v, const char *name, const char *otherwise)
{
	const char *s = v->rq->method == M_POST ? req_f(v->rq, name) : req_q(v->rq, name);

	return s == NULL || *s == '\0' ? otherwise : s;
}

/* ---- for a purpose ---- */

static int
draw_book(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;
	const struct booking *b = f->rec;
	const char *hall, *title;

	TRY(kind_titles(cx, &hall_kind, &b->hall, 1, &hall));
	title = f->create ? trf(cx, "Book: %s", hall) : trf(cx, "Move the booking: %s", hall);
	ui_open(v, &(struct page){ .title = title,
		       .nav = "/halls",
		       .staff = true,
		       .crumbs = (const struct crumb[]){ { "/halls", tr(cx, "Halls") },
			   { arena_printf(cx->arena, "/halls/%lld", (long long)b->hall), hall },
			   { NULL, title }, { NULL, NULL } } });
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static int
book_form(struct view *v, struct booking *b, struct ui_form *f)
{
	const char *day = req_q(v->rq, "day");
	struct hall hall;

	TRY(hall_of_path(v, &hall));
	kind_empty(&booking_kind, b);
	b->hall = hall.rec.id;
	b->body = v->cx->actor->body;
	if (day == NULL || !day_parse(day, &b->day))
		b->day = v->cx->today;
	b->starts = q_or(v, "from", NULL);
	b->ends = q_or(v, "to", NULL);
	*f = (struct ui_form){ .kind = &booking_kind,
		.rec = b,
		.create = true,
		.path = arena_printf(v->cx->arena, "/halls/%lld/book", (long long)hall.rec.id),
		.fields = book_fields,
		.submit = tr(v->cx, "Book"),
		.cancel = arena_printf(v->cx->arena, "/halls/%lld", (long long)hall.rec.id) };
	return RC_OK;
}

static int
book_page(struct view *v)
{
	struct booking b;
	struct ui_form f;

	TRY(book_form(v, &b, &f));
	return draw_book(v, &f);
}

static int
book_post(struct view *v)
{
	struct booking b;
	struct ui_form f;

	TRY(book_form(v, &b, &f));
	return ui_form_save(v, &f, draw_book);
}

/* ---- one booking ---- */

static int
booking_of_path(struct view *v, struct booking *b)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, &booking_kind, id, b);
}

static bool
own(struct view *v, const struct booking *b)
{
	return may(v->cx, CAP_EVENT_WRITE) && actor_in_scope(v->cx->actor, b->body);
}

static int
draw_booking(struct view *v, const struct booking *b)
{
	struct ctx *cx = v->cx;
	const char *hall, *title;
	bool held = strcmp(b->state, "held") == 0;

	TRY(kind_titles(cx, &hall_kind, &b->hall, 1, &hall));
	title = arena_printf(
	    cx->arena, "%s, %s, %s–%s", hall, day_text(cx, b->day), b->starts, b->ends);
	ui_open(v, &(struct page){ .title = title,
		       .nav = "/halls",
		       .staff = true,
		       .crumbs = (const struct crumb[]){ { "/halls", tr(cx, "Halls") },
			   { arena_printf(cx->arena, "/halls/%lld", (long long)b->hall), hall },
			   { NULL, tr(cx, "Booking") }, { NULL, NULL } } });
	ui_refusals(v, "f-");
	ui_section_open(v, "facts", tr(cx, "Facts"), NULL);
	html(&v->h, "<div class='flow'>");
	TRY(ui_facts(v, &booking_kind, b));
	if (held && own(v, b)) {
		html(&v->h, "<div class='acts noprint'>");
		ui_button(v, ui_url(v, "/bookings/%lld/edit", (long long)b->rec.id), tr(cx, "Move"),
		    false);
		ui_post_button(v,
		    arena_printf(cx->arena, "/bookings/%lld/cancel", (long long)b->rec.id),
		    b->rec.version, tr(cx, "Give the hall back"), true);
		html(&v->h, "</div>");
	}
	html(&v->h, "</div>");
	ui_section_close(v);
	TRY(ui_history(v, &booking_kind, b->rec.id));
	ui_close(v);
	return RC_OK;
}

static int
booking_page(struct view *v)
{
	struct booking b;

	TRY(booking_of_path(v, &b));
	return draw_booking(v, &b);
}

static int
move_form(struct view *v, struct booking *b, struct ui_form *f)
{
	TRY(booking_of_path(v, b));
	*f = (struct ui_form){ .kind = &booking_kind,
		.rec = b,
		.path = arena_printf(v->cx->arena, "/bookings/%lld/edit", (long long)b->rec.id),
		.fields = move_fields,
		.cancel = arena_printf(v->cx->arena, "/bookings/%lld", (long long)b->rec.id) };
	return RC_OK;
}

static int
move_page(struct view *v)
{
	struct booking b;
	struct ui_form f;

	TRY(move_form(v, &b, &f));
	if (!own(v, &b))
		return fail(v->cx, RC_DENIED,
		    N_("This belongs to another body; you may change only what is your own "
		       "body's."));
	return draw_book(v, &f);
}

static int
move_post(struct view *v)
{
	struct booking b;
	struct ui_form f;

	TRY(move_form(v, &b, &f));
	return ui_form_save(v, &f, draw_book);
}

static int
cancel_post(struct view *v)
{
	const char *s = req_f(v->rq, "_version");
	struct booking b;
	int64_t version;
	int rc;

	TRY(booking_of_path(v, &b));
	if (s == NULL || !num_parse(s, &version))
		version = 0;
	rc = booking_cancel(v->cx, b.rec.id, version, NULL);
	if (rc == RC_CONFLICT || rc == RC_INVALID) {
		v->status = rc == RC_INVALID ? 422 : 409;
		return draw_booking(v, &b);
	}
	TRY(rc);
	return ui_done(v,
	    b.event != 0 ? arena_printf(v->cx->arena, "/events/%lld/hall", (long long)b.event)
			 : arena_printf(v->cx->arena, "/halls/%lld", (long long)b.hall),
	    tr(v->cx, "The hall is given back."));
}

/* ---- from an event ---- */

/* The bookings held for an event, as far as this actor may see them. */
static int
held_for(struct ctx *cx, int64_t event, struct list *out)
{
	struct query q;

	TRY(query_init(cx, &q, &booking_kind));
	query_and(&q, "booking.event = ? AND booking.state = 'held'", VALS(v_int(event)));
	TRY(query_sort(&q, "day"));
	q.limit = 50;
	return query_list(&q, out);
}

static int
draw_held(struct view *v, const struct event *e, const struct list *l)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	html(h, "<dl class='facts'>");
	for (i = 0; i < l->n; i++) {
		const struct booking *b = list_row(l, &booking_kind, i);
		struct hall hall;

		TRY(kind_load(cx, &hall_kind, b->hall, &hall));
		html(h, "<dt class='nw'>%s, %s–%s</dt><dd><a href='%s'>%s</a>, %s",
		    day_text(cx, b->day), b->starts, b->ends,
		    ui_url(v, "/bookings/%lld", (long long)b->rec.id),
		    kind_title(cx, &hall_kind, &hall), hall_seats(cx, &hall));
		if (hall.step_free)
			html(h, ", %s", tr(cx, "without steps"));
		if (e->expected != INT_NONE && hall.capacity != INT_NONE &&
		    e->expected > hall.capacity) {
			html(h, "<br>");
			ui_state(v, 'w',
			    trf(cx, "Too small: %s people are expected", num(cx, e->expected)));
		}
		html(h, "</dd>");
	}
	html(h, "</dl>");
	return RC_OK;
}

int
hall_event_section(struct view *v, const struct event *e, const struct event_rights *can)
{
	struct ctx *cx = v->cx;
	const char *book =
	    can->writes ? ui_url(v, "/events/%lld/hall", (long long)e->rec.id) : NULL;
	struct list l;

	if (!can->reads || e->merged_into != 0)
		return RC_OK;
	TRY(held_for(cx, e->rec.id, &l));
	if (l.n == 0 && (event_is_counted_state(e->state) || book == NULL ||
			    strcmp(e->state, "cancelled") == 0))
		return RC_OK;
	ui_section_open(v, "hall", tr(cx, "Hall"), NULL);
	html(&v->h, "<div class='flow'>");
	if (l.n == 0)
		ui_empty(v, tr(cx, "No hall is booked"),
		    tr(cx, "The House of Friendship has rooms; the free ones that seat your people "
			   "come first."),
		    book, tr(cx, "Book a hall"));
	else {
		TRY(draw_held(v, e, &l));
		if (book != NULL && !event_is_counted_state(e->state)) {
			html(&v->h, "<p class='acts noprint'>");
			ui_button(v, book, tr(cx, "Book a hall"), false);
			html(&v->h, "</p>");
		}
	}
	html(&v->h, "</div>");
	ui_section_close(v);
	return RC_OK;
}

struct wish {
	struct event e;
	const char *day, *from, *to; /* as typed, else of the event */
	struct hall_span span;
	bool good;
	int64_t need;
};

static const char *
two_hours_on(struct ctx *cx, const char *from)
{
	struct hall_span s;

	if (!hall_span_read(20240101, from, "24:00", &s) || s.from + 8 > HALL_SLOTS)
		return "";
	return hall_time(cx->arena, s.from + 8);
}

static int
read_wish(struct view *v, struct wish *w)
{
	struct ctx *cx = v->cx;
	struct event_rights can;
	int day = 0;

	*w = (struct wish){ .good = false };
	TRY(event_of_path(v, &w->e));
	TRY(reads_rights(cx, &w->e, &can));
	if (!can.writes)
		return fail(cx, RC_DENIED,
		    N_("This belongs to another body; you may change only what is your own "
		       "body's."));
	w->day = q_or(v, "day", day_text(cx, w->e.first_day));
	w->from = q_or(v, "from", w->e.starts == NULL ? "" : w->e.starts);
	w->to = q_or(v, "to",
	    w->e.ends != NULL && *w->e.ends != '\0' ? w->e.ends : two_hours_on(cx, w->from));
	w->need = w->e.expected == INT_NONE ? 0 : w->e.expected;
	w->good = day_parse(w->day, &day) && hall_span_read(day, w->from, w->to, &w->span);
	return RC_OK;
}

static void
wish_field(struct view *v, const char *name, const char *label, const char *value)
{
	html(&v->h,
	    "<div class='fld'><label for='%s'>%s</label><input type='text' id='%s' name='%s' "
	    "value='%s' autocomplete='off'></div>",
	    name, label, name, name, value);
}

static void
draw_wish(struct view *v, const struct wish *w)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<form class='clock noprint' action='%s'><div class='asks'>",
	    ui_url(v, "/events/%lld/hall", (long long)w->e.rec.id));
	wish_field(v, "day", tr(cx, "Day"), w->day);
	wish_field(v, "from", tr(cx, "Starts at"), w->from);
	wish_field(v, "to", tr(cx, "Ends at"), w->to);
	html(&v->h,
	    "</div><p class='acts'><button type='submit' class='btn'>%s</button></p></form>",
	    tr(cx, "Show"));
	if (!w->good)
		ui_note(v, 'w',
		    tr(cx, "Say from when to when the hall is needed, in quarters of an hour, for "
			   "example from 17:00 to 19:00."));
	else if (w->need == 0)
		ui_note(v, '-',
		    tr(cx, "How many people are expected is not written in the event, so halls "
			   "come by size."));
}

static void
draw_offer_button(struct view *v, const struct wish *w, const struct hall_choice *c)
{
	struct ctx *cx = v->cx;

	ui_form_begin(
	    v, arena_printf(cx->arena, "/events/%lld/hall", (long long)w->e.rec.id), false);
	html(&v->h,
	    "<input type='hidden' name='hall' value='%lld'><input type='hidden' name='day' "
	    "value='%s'><input type='hidden' name='from' value='%s'><input type='hidden' "
	    "name='to' value='%s'><button type='submit' class='btn'>%s<span class='vh'>: "
	    "%s</span></button>",
	    (long long)c->hall.rec.id, w->day, w->from, w->to, tr(cx, "Book"),
	    kind_title(cx, &hall_kind, &c->hall));
	ui_form_end(v);
}

static int
draw_offer(struct view *v, const struct wish *w, const struct hall_choice *c)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *free;

	html(h,
	    "<tr><th scope='row'><a href='%s'>%s</a></th><td data-l='%s'>%s</td><td data-l='%s'>",
	    ui_url(v, "/halls/%lld", (long long)c->hall.rec.id),
	    kind_title(cx, &hall_kind, &c->hall), tr(cx, "Seats"),
	    c->hall.capacity == INT_NONE ? tr(cx, "not known") : num(cx, c->hall.capacity),
	    tr(cx, "Without steps"));
	html(h, "%s</td><td data-l='%s'>", c->hall.step_free ? tr(cx, "yes") : tr(cx, "no"),
	    tr(cx, "State"));
	if (c->closed)
		ui_state(v, 'n', tr(cx, "Closed"));
	else if (c->taken == 0)
		ui_state(v, 'o', tr(cx, "Free then"));
	else {
		ui_state(v, 'w', tr(cx, "Taken then"));
		TRY(hall_next_free(cx, c->hall.rec.id, &w->span, 0, &free));
		html(h, "<br><span class='small'>%s</span>", free);
	}
	if (c->small)
		html(h, "<br><span class='small mute'>%s</span>", tr(cx, "too small"));
	html(h, "</td><td>");
	if (!c->closed && c->taken == 0)
		draw_offer_button(v, w, c);
	html(h, "</td></tr>");
	return RC_OK;
}

static int
draw_offers(struct view *v, const struct wish *w)
{
	struct ctx *cx = v->cx;
	struct hall_choice *c;
	size_t n, i;

	if (!w->good)
		return RC_OK;
	TRY(hall_choices(cx, &w->span, w->need, &c, &n));
	if (n == 0) {
		ui_empty(v, tr(cx, "No halls are entered"),
		    tr(cx, "The secretariat enters the rooms of the House of Friendship."), NULL,
		    NULL);
		return RC_OK;
	}
	html(&v->h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th "
	    "scope='col'>%s</th><th scope='col'><span "
	    "class='vh'>%s</span></th></tr></thead><tbody>",
	    tr(cx, "Halls"), tr(cx, "Hall"), tr(cx, "Seats"), tr(cx, "Without steps"),
	    tr(cx, "State"), tr(cx, "Book"));
	for (i = 0; i < n; i++)
		TRY(draw_offer(v, w, &c[i]));
	html(&v->h, "</tbody></table></div>");
	return RC_OK;
}

static int
draw_event_hall(struct view *v, const struct wish *w)
{
	struct ctx *cx = v->cx;
	struct list l;
	struct err kept = cx->err;

	err_clear(cx);
	TRY(held_for(cx, w->e.rec.id, &l));
	cx->err = kept;
	ui_open(v, &(struct page){ .title = tr(cx, "Book a hall"),
		       .nav = "/events",
		       .staff = true,
		       .crumbs = (const struct crumb[]){ { "/events", tr(cx, "Events") },
			   { event_path(v, w->e.rec.id, ""), kind_title(cx, &event_kind, &w->e) },
			   { NULL, tr(cx, "Hall") }, { NULL, NULL } } });
	ui_refusals(v, "");
	err_clear(cx);
	html(&v->h, "<div class='flow'><p>%s%s</p>", event_days(cx, &w->e),
	    w->need == 0 ? ""
			 : arena_printf(cx->arena, ", %s",
			       trn(cx, w->need, "%s person is expected", "%s people are expected",
				   num(cx, w->need))));
	if (l.n > 0) {
		html(&v->h, "<h2>%s</h2>", tr(cx, "Booked"));
		TRY(draw_held(v, &w->e, &l));
	}
	draw_wish(v, w);
	TRY(draw_offers(v, w));
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

static int
event_hall_page(struct view *v)
{
	struct wish w;

	TRY(read_wish(v, &w));
	return draw_event_hall(v, &w);
}

static int
event_hall_post(struct view *v)
{
	const char *hall = req_f(v->rq, "hall");
	struct booking b;
	struct wish w;
	int rc;

	TRY(read_wish(v, &w));
	if (!w.good) { /* the page says how; a day that cannot be read is not the event's */
		v->status = 422;
		return draw_event_hall(v, &w);
	}
	kind_empty(&booking_kind, &b);
	if (hall == NULL || !num_parse(hall, &b.hall) || b.hall <= 0)
		b.hall = 0;
	b.event = w.e.rec.id;
	b.body = w.e.body;
	b.day = w.span.day;
	b.starts = w.from;
	b.ends = w.to;
	rc = kind_insert(v->cx, &booking_kind, &b);
	if (rc == RC_INVALID || rc == RC_EXISTS) {
		v->status = rc == RC_INVALID ? 422 : 409;
		return draw_event_hall(v, &w);
	}
	TRY(rc);
	return ui_done(v, event_path(v, w.e.rec.id, ""), tr(v->cx, "The hall is booked."));
}

const struct route hall_book_routes[] = {
	{ M_GET, "/halls/{id}/book", book_page, CAP_EVENT_WRITE, 0, N_("Book a hall"), NULL },
	{ M_POST, "/halls/{id}/book", book_post, CAP_EVENT_WRITE, 0, N_("Book a hall"), NULL },
	{ M_GET, "/bookings/{id}", booking_page, CAP_EVENT_READ, 0, N_("Booking of a hall"), NULL },
	{ M_GET, "/bookings/{id}/edit", move_page, CAP_EVENT_WRITE, 0, N_("Move a booking"), NULL },
	{ M_POST, "/bookings/{id}/edit", move_post, CAP_EVENT_WRITE, 0, N_("Move a booking"),
	    NULL },
	{ M_POST, "/bookings/{id}/cancel", cancel_post, CAP_EVENT_WRITE, 0, N_("Give a hall back"),
	    NULL },
	{ M_GET, "/events/{id}/hall", event_hall_page, CAP_EVENT_WRITE, 0,
	    N_("Book a hall for an event"),
	    N_("Free halls that seat the people come first; the others say when there is room.") },
	{ M_POST, "/events/{id}/hall", event_hall_post, CAP_EVENT_WRITE, 0,
	    N_("Book a hall for an event"), NULL },
};
const size_t hall_book_nroutes = ARRAY_LEN(hall_book_routes);
