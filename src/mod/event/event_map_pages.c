/* event_map_pages.c – the region as a map: its districts as named points, as large as the number shown, and
 * the same numbers as a table beside it. Drawn here, without tiles or outlines from elsewhere: no outline
 * of today's districts was found that may be carried along. The area of a point grows with the number;
 * a district without any is a small empty ring. RULE calendar-4. */
#include "mod/event/event_pages.h"

#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"

enum { WIDE = 960, HIGH = 560, EDGE = 75, LARGEST = 38, SMALLEST = 4, LINE = 20, LETTER = 8 };

struct map {
	struct event_filter f;
	int from, to;
	bool people; /* what the points show */
	bool whole;  /* no filter but body and days: the numbers are those of figures */
	struct map_sums s;
};

static const char *
figure_of(const struct map *m)
{
	return m->people ? "participants_total" : "events_total";
}

static void
set_field(struct view *v, struct event_filter *f, const char *name, int day)
{
	char iso[16];
	size_t i;

	day_iso(day, iso);
	for (i = 0; i < f->nfields && strcmp(f->field[i].name, name) != 0; i++)
		;
	if (i == FILTER_FIELDS)
		return;
	f->field[i] = (struct filter_value){ name, arena_str(v->cx->arena, iso) };
	if (i == f->nfields)
		f->nfields++;
}

/* Since the beginning of the business day's year, unless days are asked for. */
static int
read_map(struct view *v, struct map *m)
{
	struct ctx *cx = v->cx;
	const char *from, *to, *shown = req_q(v->rq, "show");
	struct event_filter days;

	event_filter_read(v, &m->f);
	m->people = shown != NULL && strcmp(shown, "people") == 0;
	from = event_filter_value(&m->f, "first_day_from");
	to = event_filter_value(&m->f, "first_day_to");
	m->from = day_make(day_year(cx->today), 1, 1);
	m->to = cx->today;
	if (from != NULL && !day_parse(from, &m->from))
		fail_field(cx, "first_day_from",
		    N_("There is no such day: “%s”. Write it as 15.11.2024."), from);
	if (to != NULL && !day_parse(to, &m->to))
		fail_field(cx, "first_day_to",
		    N_("There is no such day: “%s”. Write it as 15.11.2024."), to);
	TRY(fields_rc(cx));
	days = m->f;
	set_field(v, &days, "first_day_from", m->from);
	set_field(v, &days, "first_day_to", m->to);
	m->whole = m->f.nfields == (size_t)(from != NULL) + (size_t)(to != NULL) &&
		   m->f.under == NULL && m->f.group == NULL && m->f.language == NULL;
	return reads_map(cx, &days, &m->s);
}

static int64_t
shown(const struct map *m, const struct map_place *p)
{
	return m->people ? p->people : p->events;
}

/* ---- the drawing ---- */

struct frame {
	double lat, lon, scale,
	    squeeze; /* the north-west corner; px a degree; of a degree of longitude */
	int64_t most;
};

static bool
frame_of(const struct map *m, struct frame *f)
{
	double north = -90, south = 90, west = 180, east = -180;
	size_t i;

	*f = (struct frame){ .most = 1 };
	for (i = 0; i < m->s.n; i++) {
		const struct map_place *p = &m->s.v[i];

		if (!p->placed)
			continue;
		north = fmax(north, p->lat);
		south = fmin(south, p->lat);
		west = fmin(west, p->lon);
		east = fmax(east, p->lon);
		f->most = shown(m, p) > f->most ? shown(m, p) : f->most;
	}
	if (north < south)
		return false;
	f->lat = north;
	f->lon = west;
	f->squeeze = cos((north + south) / 2 * M_PI / 180);
	f->scale = fmin((WIDE - 2 * EDGE) / fmax((east - west) * f->squeeze, .1),
	    (HIGH - 2 * EDGE) / fmax(north - south, .1));
	return true;
}

static const char *
figure_url(struct view *v, const struct map *m, const struct map_place *p)
{
	char from[16], to[16];

	day_iso(m->from, from);
	day_iso(m->to, to);
	if (p == NULL)
		return ui_url(v, "/figures/%s?period=%s..%s", figure_of(m), from, to);
	return ui_url(v, "/figures/%s?period=%s..%s&district=%s", figure_of(m), from, to, p->code);
}

/* A box of the drawing: a point, or the words beside one. */
struct box {
	int x, y, w, h;
};
struct drawn {
	struct box box[2 * 200];
	size_t n;
};

static bool
meets(const struct drawn *d, const struct box *b)
{
	size_t i;

	for (i = 0; i < d->n; i++) {
		const struct box *o = &d->box[i];

		if (b->x < o->x + o->w && o->x < b->x + b->w && b->y < o->y + o->h &&
		    o->y < b->y + b->h)
			return true;
	}
	return b->x < 0 || b->x + b->w > WIDE || b->y < 0 || b->y + b->h > HIGH;
}

static void
keep(struct drawn *d, struct box b)
{
	if (d->n < ARRAY_LEN(d->box))
		d->box[d->n++] = b;
}

struct point {
	const struct map_place *p;
	int x, y, r;
};

/* Where the words stand: right, left, below or above, whichever meets nothing that stands already. */
static struct box
words_of(const struct drawn *d, const struct point *p, int w)
{
	const struct box side[] = { { p->x + p->r + 6, p->y - LINE / 2, w, LINE },
		{ p->x - p->r - 6 - w, p->y - LINE / 2, w, LINE },
		{ p->x - w / 2, p->y + p->r + 4, w, LINE },
		{ p->x - w / 2, p->y - p->r - 4 - LINE, w, LINE } };
	size_t i;

	for (i = 0; i < ARRAY_LEN(side); i++)
		if (!meets(d, &side[i]))
			return side[i];
	return side[0];
}

static void
draw_point(struct view *v, const struct map *m, struct drawn *d, const struct point *p)
{
	struct html *h = &v->h;
	const char *number = num(v->cx, shown(m, p->p));
	struct box w = words_of(d, p, LETTER * (int)(utf8_len(p->p->name) + 1 + utf8_len(number)));

	keep(d, w);
	if (m->whole)
		html(h, "<a href='%s'>", figure_url(v, m, p->p));
	html(h,
	    shown(m, p->p) == 0 ? "<circle class='none' cx='%d' cy='%d' r='%d'/>"
				: "<circle cx='%d' cy='%d' r='%d'/>",
	    p->x, p->y, p->r);
	html(h,
	    "<text x='%d' y='%d' text-anchor='middle'><tspan class='name'>%s </tspan><tspan "
	    "class='num'>%s</tspan></text>",
	    w.x + w.w / 2, w.y + LINE - 5, p->p->name, number);
	if (m->whole)
		html(h, "</a>");
}

static int
by_size(const void *a, const void *b)
{
	const struct point *x = a, *y = b;

	return x->r != y->r ? y->r - x->r : (x->p > y->p) - (x->p < y->p);
}

static void
draw_points(struct view *v, const struct map *m, const struct frame *f)
{
	struct point *p = arena_array(v->cx->arena, struct point, m->s.n + 1);
	struct drawn *d = arena_new(v->cx->arena, struct drawn);
	size_t n = 0, i;

	for (i = 0; i < m->s.n; i++) {
		const struct map_place *at = &m->s.v[i];
		double share = sqrt((double)shown(m, at) / (double)f->most);

		if (at->placed)
			p[n++] = (struct point){ at,
				EDGE + (int)((at->lon - f->lon) * f->squeeze * f->scale + .5),
				EDGE + (int)((f->lat - at->lat) * f->scale + .5),
				(int)fmax(SMALLEST, LARGEST * share) };
	}
	qsort(p, n, sizeof *p, by_size);
	for (i = 0; i < n; i++)
		keep(d, (struct box){ p[i].x - p[i].r, p[i].y - p[i].r, 2 * p[i].r, 2 * p[i].r });
	for (i = 0; i < n; i++)
		draw_point(v, m, d, &p[i]);
}

static void
draw_drawing(struct view *v, const struct map *m)
{
	struct html *h = &v->h;
	struct frame f;

	if (!frame_of(m, &f))
		return;
	html(h, "<figure class='map'><svg viewBox='0 0 %d %d' role='group' aria-label='%s'>", WIDE,
	    HIGH,
	    m->people ? tr(v->cx, "Attendances by district") : tr(v->cx, "Events by district"));
	draw_points(v, m, &f);
	html(h, "</svg><figcaption class='small mute'>%s</figcaption></figure>",
	    tr(v->cx, "Points stand where the districts' centres lie; their area shows the number. "
		      "North is above."));
}

/* ---- the table ---- */

static void
cell(struct view *v, const struct map *m, const char *label, const char *href, int64_t n)
{
	html(&v->h, "<td class='r num' data-l='%s'>", label);
	if (m->whole)
		ui_count(v, KNOWN_EXACT, href, num(v->cx, n));
	else
		html(&v->h, "%s", num(v->cx, n));
	html(&v->h, "</td>");
}

static void
draw_row(struct view *v, const struct map *m, const struct map_place *p)
{
	struct ctx *cx = v->cx;
	struct map events = *m, people = *m;

	events.people = false;
	people.people = true;
	html(&v->h, "<tr><th scope='row'>%s</th>", p->name);
	cell(v, m, tr(cx, "Events"), figure_url(v, &events, p), p->events);
	cell(v, m, tr(cx, "Attendances"), figure_url(v, &people, p), p->people);
	html(&v->h, "</tr>");
}

static void
draw_foot(struct view *v, const struct map *m)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct map events = *m, people = *m;

	events.people = false;
	people.people = true;
	if (m->s.nowhere_events > 0)
		html(h,
		    "<tr><th scope='row'>%s</th><td class='r num' data-l='%s'>%s</td><td class='r "
		    "num' "
		    "data-l='%s'>%s</td></tr>",
		    tr(cx, "Whole region, or not stated"), tr(cx, "Events"),
		    num(cx, m->s.nowhere_events), tr(cx, "Attendances"),
		    num(cx, m->s.nowhere_people));
	html(h, "<tr><th scope='row'>%s</th>", tr(cx, "In all"));
	cell(v, m, tr(cx, "Events"), figure_url(v, &events, NULL), m->s.events);
	cell(v, m, tr(cx, "Attendances"), figure_url(v, &people, NULL), m->s.people);
	html(h, "</tr>");
}

static void
draw_table(struct view *v, const struct map *m)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col' class='r'>%s</th><th scope='col' "
	    "class='r'>%s</th></tr></thead><tbody>",
	    tr(cx, "Events by district"), tr(cx, "District"), tr(cx, "Events"),
	    tr(cx, "Attendances"));
	for (i = 0; i < m->s.n; i++)
		draw_row(v, m, &m->s.v[i]);
	draw_foot(v, m);
	html(h, "</tbody></table></div>");
}

static void
draw_choice(struct view *v, const struct map *m)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h, "<nav class='chips' aria-label='%s'><a class='chip' href='%s'",
	    tr(cx, "What the points show"), ui_url_with(v, "show", NULL));
	if (!m->people)
		html(h, " aria-current='true'");
	html(h, ">%s</a><a class='chip' href='%s'", tr(cx, "Events"),
	    ui_url_with(v, "show", "people"));
	if (m->people)
		html(h, " aria-current='true'");
	html(h, ">%s</a></nav>", tr(cx, "Attendances"));
}

static int
map_page(struct view *v)
{
	static const char *const kept[] = { "show", "group", NULL };
	struct ctx *cx = v->cx;
	const struct crumb crumbs[] = { { "/events", tr(cx, "Events") }, { NULL, tr(cx, "Map") },
		{ NULL, NULL } };
	struct map m = { 0 };
	int rc = read_map(v, &m);

	if (rc == RC_INVALID)
		v->status = 422;
	else
		TRY(rc);
	ui_open(v, &(struct page){ .title = tr(cx, "Map of events"),
		       .nav = "/events",
		       .staff = true,
		       .wide = true,
		       .crumbs = crumbs });
	html(&v->h, "<p class='mute'>%s</p><div class='flow'>", day_range(cx, m.from, m.to));
	event_views(v, "/events/map");
	ui_refusals(v, "c-");
	err_clear(cx);
	TRY(event_filter_draw(v, &m.f, kept));
	draw_choice(v, &m);
	html(&v->h, "<div class='flow'>");
	draw_drawing(v, &m);
	draw_table(v, &m);
	html(&v->h, "</div></div>");
	ui_close(v);
	return RC_OK;
}

const struct route event_map_routes[] = {
	{ M_GET, "/events/map", map_page, CAP_PUBLIC, ROUTE_CACHE, N_("Map of events"),
	    N_("The districts with their events and attendances of a period.") },
};
const size_t event_map_nroutes = ARRAY_LEN(event_map_routes);
