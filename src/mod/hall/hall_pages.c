/* hall_pages.c – the halls on a day: which are unused, which are taken and by whom; one hall and its form.
 *
 * Everybody may open a hall and read how many it seats and whether one gets in without steps. Who has it
 * when is for staff. The page of a hall prints as the sheet for its door. */
#include "mod/hall/hall_pages.h"

static const char *const hall_fields[] = { "name", "body", "capacity", "equipment", "step_free",
	"access_note", "closed_from", "closed_to", "note", "rank", NULL };

int
hall_of_path(struct view *v, struct hall *out)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, &hall_kind, id, out);
}

const char *
hall_seats(struct ctx *cx, const struct hall *h)
{
	return h->capacity == INT_NONE
		   ? tr(cx, "seats not known")
		   : trn(cx, h->capacity, "%s seat", "%s seats", num(cx, h->capacity));
}

int
hall_day_asked(struct view *v, bool *wrong)
{
	const char *s = req_q(v->rq, "day");
	int day = v->cx->today;

	*wrong = s != NULL && *s != '\0' && !day_parse(s, &day);
	return *wrong ? v->cx->today : day;
}

void
hall_views(struct view *v, const char *path, int day)
{
	static const struct {
		const char *path, *label;
	} views[] = { { "/halls", N_("Day") }, { "/halls/week", N_("Week") } };
	char iso[16];
	size_t i;

	day_iso(day, iso);
	html(&v->h, "<nav class='chips' aria-label='%s'>", tr(v->cx, "Views"));
	for (i = 0; i < ARRAY_LEN(views); i++) {
		html(&v->h, "<a class='chip' href='/%s%s?day=%s'", lang_prefix(v->cx),
		    views[i].path, iso);
		if (strcmp(views[i].path, path) == 0)
			html(&v->h, " aria-current='true'");
		html(&v->h, ">%s</a>", tr(v->cx, views[i].label));
	}
	html(&v->h, "</nav>");
}

/* ---- bookings as they are read ---- */

static int
read_what(struct ctx *cx, struct hall_line *l)
{
	struct event e;
	int rc;

	l->what = "";
	if (l->b.event != 0) {
		rc = kind_get(cx, &event_kind, l->b.event, &e);
		if (rc == RC_OK)
			l->what = kind_title(cx, &event_kind, &e);
		if (rc == RC_NOTFOUND || rc == RC_DENIED) {
			err_clear(cx);
			rc = RC_OK;
		}
		return rc;
	}
	if (l->b.purpose != NULL &&
	    kind_may_read_of(cx, &booking_kind, kind_field(&booking_kind, "purpose"), &l->b))
		l->what = l->b.purpose;
	return RC_OK;
}

enum { LINES_MAX = 400 };
struct lines {
	struct hall_line *v;
	size_t n;
};

static int
take_line(struct ctx *cx, const void *rec, void *arg)
{
	struct lines *l = arg;

	(void)cx;
	if (l->n < LINES_MAX)
		l->v[l->n++].b = *(const struct booking *)rec;
	return RC_OK;
}

static bool
later(const struct booking *a, const struct booking *b)
{
	return a->day != b->day ? a->day > b->day : strcmp(a->starts, b->starts) > 0;
}

int
hall_lines(struct ctx *cx, int64_t hall, struct hall_span days, struct hall_line **out, size_t *n)
{
	struct lines l = { .v = arena_array(cx->arena, struct hall_line, LINES_MAX) };
	int64_t ids[LINES_MAX];
	const char *titles[LINES_MAX];
	struct query q;
	size_t i, j;

	TRY(query_init(cx, &q, &booking_kind));
	query_and(&q, "booking.day >= ? AND booking.day <= ? AND booking.state = 'held'",
	    VALS(v_int(days.from), v_int(days.to)));
	if (hall != 0)
		query_and(&q, "booking.hall = ?", VALS(v_int(hall)));
	TRY(query_sort(&q, "day"));
	TRY(query_each(&q, take_line, &l));
	for (i = 1; i < l.n; i++) {
		struct hall_line x = l.v[i];

		for (j = i; j > 0 && later(&l.v[j - 1].b, &x.b); j--)
			l.v[j] = l.v[j - 1];
		l.v[j] = x;
	}
	for (i = 0; i < l.n; i++)
		ids[i] = l.v[i].b.body;
	TRY(kind_titles(cx, &body_kind, ids, l.n, titles));
	for (i = 0; i < l.n; i++) {
		l.v[i].body = titles[i];
		TRY(read_what(cx, &l.v[i]));
	}
	*out = l.v;
	*n = l.n;
	return RC_OK;
}

void
hall_draw_line(struct view *v, const struct hall_line *l)
{
	struct html *h = &v->h;

	html(h, "<p class='small'><a class='nw' href='%s'>%s–%s</a> ",
	    ui_url(v, "/bookings/%lld", (long long)l->b.rec.id), l->b.starts, l->b.ends);
	if (*l->what != '\0')
		html(h, "%s<br>", l->what);
	html(h, "<span class='mute'>%s</span></p>", l->body);
}

/* ---- the day ---- */

struct day_view {
	int day;
	bool wrong, asked; /* asked: a time was given */
	struct hall_span span;
	int64_t need;
	struct hall_choice *c;
	size_t n;
	struct hall_line *l;
	size_t nl;
};

static int
read_day_view(struct view *v, struct day_view *d)
{
	struct ctx *cx = v->cx;
	const char *from = req_q(v->rq, "from"), *to = req_q(v->rq, "to"),
		   *people = req_q(v->rq, "people");
	bool typed = (from != NULL && *from != '\0') || (to != NULL && *to != '\0');

	*d = (struct day_view){ 0 };
	d->day = hall_day_asked(v, &d->wrong);
	d->asked = typed && hall_span_read(d->day, from, to, &d->span);
	if (typed && !d->asked)
		d->wrong = true;
	if (!d->asked)
		d->span = (struct hall_span){ d->day, HALL_OPENS, HALL_CLOSES };
	if (people != NULL && *people != '\0' && (!num_parse(people, &d->need) || d->need < 0)) {
		d->need = 0;
		d->wrong = true;
	}
	TRY(hall_choices(cx, &d->span, d->need, &d->c, &d->n));
	return hall_lines(cx, 0, (struct hall_span){ 0, d->day, d->day }, &d->l, &d->nl);
}

static void
ask_field(struct view *v, const char *name, const char *label, const char *value)
{
	html(&v->h,
	    "<div class='fld'><label for='%s'>%s</label><input type='text' id='%s' name='%s' "
	    "value='%s' autocomplete='off'></div>",
	    name, label, name, name, value);
}

static const char *
typed_or(struct view *v, const char *name, const char *otherwise)
{
	const char *s = req_q(v->rq, name);

	return s == NULL ? otherwise : s;
}

static void
draw_ask(struct view *v, const struct day_view *d)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<form class='clock noprint' action='%s'><div class='asks'>",
	    ui_url(v, "/halls"));
	ask_field(v, "day", tr(cx, "Day"), typed_or(v, "day", day_text(cx, d->day)));
	ask_field(v, "from", tr(cx, "Starts at"), typed_or(v, "from", ""));
	ask_field(v, "to", tr(cx, "Ends at"), typed_or(v, "to", ""));
	ask_field(v, "people", tr(cx, "For how many people"), typed_or(v, "people", ""));
	html(&v->h,
	    "</div><p class='acts'><button type='submit' class='btn go'>%s</button></p></form>",
	    tr(cx, "Show"));
	if (d->wrong)
		ui_note(v, 'n',
		    tr(cx, "A day is written like 15.11.2024, times like 17:00 and 18:30, people "
			   "as a number. What could not be read was left out."));
}

static size_t
lines_of(const struct day_view *d, int64_t hall)
{
	size_t i, n = 0;

	for (i = 0; i < d->nl; i++)
		n += d->l[i].b.hall == hall;
	return n;
}

static void
draw_choice_state(struct view *v, const struct day_view *d, const struct hall_choice *c)
{
	struct ctx *cx = v->cx;

	if (c->closed)
		ui_state(v, 'n', tr(cx, "Closed"));
	else if (c->taken != 0)
		ui_state(v, 'w', d->asked ? tr(cx, "Taken then") : tr(cx, "Taken in part"));
	else
		ui_state(v, 'o', d->asked ? tr(cx, "Free then") : tr(cx, "Unused that day"));
	if (c->small)
		html(&v->h, "<br><span class='small mute'>%s</span>", tr(cx, "too small"));
}

static int
draw_hall_row(struct view *v, const struct day_view *d, const struct hall_choice *c)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	char iso[16];
	size_t i;

	day_iso(d->day, iso);
	html(h,
	    "<tr><th scope='row'><a href='%s'>%s</a><br><span class='small mute'>%s%s%s</span>"
	    "</th><td data-l='%s'>",
	    ui_url(v, "/halls/%lld?day=%s", (long long)c->hall.rec.id, iso),
	    kind_title(cx, &hall_kind, &c->hall), hall_seats(cx, &c->hall),
	    c->hall.step_free ? ", " : "", c->hall.step_free ? tr(cx, "without steps") : "",
	    tr(cx, "State"));
	draw_choice_state(v, d, c);
	html(h, "</td><td data-l='%s'>", tr(cx, "Who has it"));
	for (i = 0; i < d->nl; i++)
		if (d->l[i].b.hall == c->hall.rec.id)
			hall_draw_line(v, &d->l[i]);
	if (lines_of(d, c->hall.rec.id) == 0)
		html(h, "<span class='mute'>%s</span>", tr(cx, "nobody"));
	html(h, "</td><td class='noprint'>");
	if (may(cx, CAP_EVENT_WRITE) && !c->closed)
		html(h, "<a class='btn' href='%s'>%s<span class='vh'>: %s</span></a>",
		    ui_url(v, "/halls/%lld/book?day=%s&from=%s&to=%s", (long long)c->hall.rec.id,
			iso, d->asked ? hall_time(cx->arena, d->span.from) : "",
			d->asked ? hall_time(cx->arena, d->span.to) : ""),
		    tr(cx, "Book"), kind_title(cx, &hall_kind, &c->hall));
	html(h, "</td></tr>");
	return RC_OK;
}

static int
draw_day(struct view *v, const struct day_view *d)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	int64_t unused = 0;
	size_t i;

	for (i = 0; i < d->n; i++)
		unused += !d->c[i].closed && lines_of(d, d->c[i].hall.rec.id) == 0;
	if (d->n == 0) {
		ui_empty(v, tr(cx, "No halls are entered"),
		    tr(cx, "Enter the rooms of the House of Friendship with their seats; then "
			   "events can book them."),
		    may(cx, CAP_BODY_WRITE) ? ui_url(v, "/halls/new") : NULL, tr(cx, "New hall"));
		return RC_OK;
	}
	html(h, "<p role='status'>%s</p>",
	    trf(cx, "%1$s, %2$s: unused halls %3$s of %4$s.", day_text(cx, d->day),
		weekday_name(cx, day_weekday(d->day)), num(cx, unused), num(cx, (int64_t)d->n)));
	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th "
	    "scope='col' class='noprint'><span class='vh'>%s</span></th></tr></thead><tbody>",
	    tr(cx, "Halls"), tr(cx, "Hall"), tr(cx, "State"), tr(cx, "Who has it"), tr(cx, "Book"));
	for (i = 0; i < d->n; i++)
		TRY(draw_hall_row(v, d, &d->c[i]));
	html(h, "</tbody></table></div>");
	return RC_OK;
}

static int
halls_page(struct view *v)
{
	struct ctx *cx = v->cx;
	const struct crumb crumbs[] = { { NULL, tr(cx, "Halls") }, { NULL, NULL } };
	struct day_view d;

	TRY(read_day_view(v, &d));
	ui_open(v, &(struct page){ .title = tr(cx, "Halls"),
		       .nav = "/halls",
		       .staff = true,
		       .no_h1 = true,
		       .crumbs = crumbs });
	html(&v->h, "<div class='titl'><h1>%s</h1>", tr(cx, "Halls"));
	if (may(cx, CAP_BODY_WRITE)) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/halls/new"), tr(cx, "New hall"), false);
		html(&v->h, "</p>");
	}
	html(&v->h, "</div><div class='flow'>");
	hall_views(v, "/halls", d.day);
	draw_ask(v, &d);
	TRY(draw_day(v, &d));
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

/* ---- one hall ---- */

static int
draw_hall(struct view *v, const struct hall *hall, int monday)
{
	struct ctx *cx = v->cx;

	ui_section_open(v, "facts", tr(cx, "Facts"), NULL);
	TRY(ui_facts(v, &hall_kind, hall));
	ui_section_close(v);
	if (!may(cx, CAP_EVENT_READ))
		return RC_OK;
	ui_section_open(v, "week", tr(cx, "Week"), day_range(cx, monday, day_add(monday, 6)));
	html(&v->h, "<div class='flow'>");
	hall_week_steps(v, arena_printf(cx->arena, "/halls/%lld", (long long)hall->rec.id), monday);
	TRY(hall_draw_week(v, hall, monday));
	html(&v->h, "<p class='small mute noprint'>%s</p></div>",
	    tr(cx, "Printed, this page is the sheet for the door of the hall."));
	ui_section_close(v);
	return ui_history(v, &hall_kind, hall->rec.id);
}

static int
hall_page(struct view *v)
{
	struct ctx *cx = v->cx;
	bool staff = may(cx, CAP_EVENT_READ), wrong;
	struct crumb crumbs[] = { { staff ? "/halls" : NULL, tr(cx, "Halls") }, { NULL, NULL },
		{ NULL, NULL } };
	struct hall hall;
	int day;

	TRY(hall_of_path(v, &hall));
	day = hall_day_asked(v, &wrong);
	crumbs[1].text = kind_title(cx, &hall_kind, &hall);
	ui_open(v, &(struct page){ .title = crumbs[1].text,
		       .nav = "/halls",
		       .staff = true,
		       .no_h1 = true,
		       .crumbs = staff ? crumbs : NULL });
	html(&v->h, "<div class='titl'><h1>%s</h1><p class='acts'>", crumbs[1].text);
	if (may(cx, CAP_EVENT_WRITE))
		ui_button(
		    v, ui_url(v, "/halls/%lld/book", (long long)hall.rec.id), tr(cx, "Book"), true);
	if (may(cx, CAP_BODY_WRITE))
		ui_button(v, ui_url(v, "/halls/%lld/edit", (long long)hall.rec.id),
		    tr(cx, "Change"), false);
	html(&v->h, "</p></div>");
	TRY(draw_hall(v, &hall, day_add(day, 1 - day_weekday(day))));
	ui_close(v);
	return RC_OK;
}

/* ---- its form ---- */

static int
draw_form(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;
	const char *title = f->create ? tr(cx, "New hall") : tr(cx, "Change the hall");

	ui_open(v, &(struct page){ .title = title,
		       .nav = "/halls",
		       .staff = true,
		       .crumbs = (const struct crumb[]){
			   { "/halls", tr(cx, "Halls") }, { NULL, title }, { NULL, NULL } } });
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static struct ui_form
new_form(struct hall *hall)
{
	kind_empty(&hall_kind, hall);
	return (struct ui_form){ .kind = &hall_kind,
		.rec = hall,
		.create = true,
		.path = "/halls/new",
		.fields = hall_fields,
		.cancel = "/halls",
		.again = true };
}

static int
new_page(struct view *v)
{
	struct hall hall;
	struct ui_form f = new_form(&hall);

	return draw_form(v, &f);
}

static int
new_post(struct view *v)
{
	struct hall hall;
	struct ui_form f = new_form(&hall);

	return ui_form_save(v, &f, draw_form);
}

static int
edit_form(struct view *v, struct hall *hall, struct ui_form *f)
{
	TRY(hall_of_path(v, hall));
	*f = (struct ui_form){ .kind = &hall_kind,
		.rec = hall,
		.path = arena_printf(v->cx->arena, "/halls/%lld/edit", (long long)hall->rec.id),
		.fields = hall_fields,
		.cancel = arena_printf(v->cx->arena, "/halls/%lld", (long long)hall->rec.id) };
	return RC_OK;
}

static int
edit_page(struct view *v)
{
	struct hall hall;
	struct ui_form f;

	TRY(edit_form(v, &hall, &f));
	return draw_form(v, &f);
}

static int
edit_post(struct view *v)
{
	struct hall hall;
	struct ui_form f;

	TRY(edit_form(v, &hall, &f));
	return ui_form_save(v, &f, draw_form);
}

const struct route hall_routes[] = {
	{ M_GET, "/halls", halls_page, CAP_EVENT_READ, 0, N_("Halls"),
	    N_("The rooms on a day: which are unused, who has the others.") },
	{ M_GET, "/halls/new", new_page, CAP_BODY_WRITE, 0, N_("New hall"), NULL },
	{ M_POST, "/halls/new", new_post, CAP_BODY_WRITE, 0, N_("New hall"), NULL },
	{ M_GET, "/halls/{id}", hall_page, CAP_PUBLIC, 0, N_("A hall"),
	    N_("Seats, equipment, the way in; for staff its week.") },
	{ M_GET, "/halls/{id}/edit", edit_page, CAP_BODY_WRITE, 0, N_("Change the hall"), NULL },
	{ M_POST, "/halls/{id}/edit", edit_post, CAP_BODY_WRITE, 0, N_("Change the hall"), NULL },
};
const size_t hall_nroutes = ARRAY_LEN(hall_routes);
