/* centre_pages.c – the centres of a headquarters: who is there, what is short, what could be brought from where; one
 * centre with its facts, flags, hours and supplies; the norms. Sums only, so whoever may read the board may read them. */
#include "mod/centre/centre_pages.h"

#include <string.h>

#include "text/url.h"
#include "ui/pictures.h"

enum { SEND_LINES = 8 }; /* lines of the form of goods to send */

/* ---- shared ---- */

const char *
centre_filled(struct ctx *cx, int64_t people, int64_t capacity)
{
	const char *n = trn(cx, people, "%s person", "%s people", num(cx, people));

	return capacity == INT_NONE ? n : trf(cx, "%s, places: %s", n, num(cx, capacity));
}

int
centre_of_path(struct view *v, struct relief_place *p, struct headquarters *h)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &relief_place_kind, id, p));
	if (strcmp(p->purpose, "centre") != 0)
		return RC_NOTFOUND;
	return kind_get(v->cx, &headquarters_kind, p->headquarters, h);
}

int
centre_options(struct view *v, int64_t headquarters, int64_t chosen)
{
	struct occupancy *o;
	size_t n, i;

	TRY(centre_occupancy(v->cx, headquarters, 0, &o, &n));
	for (i = 0; i < n; i++) {
		struct relief_place p;

		TRY(kind_load(v->cx, &relief_place_kind, o[i].place, &p));
		if (p.closed_on != 0 && p.closed_on <= v->cx->today)
			continue;
		html(&v->h, "<option value='%lld'", (long long)o[i].place);
		html(&v->h,
		    o[i].place == chosen ? " selected>%s · %s</option>" : ">%s · %s</option>",
		    kind_title(v->cx, &relief_place_kind, &p),
		    centre_filled(v->cx, heads_all(&o[i].heads), p.capacity));
	}
	return RC_OK;
}

/* ---- who is there ---- */

static void
draw_bar(struct view *v, const struct relief_place *p, const struct heads *h)
{
	struct ctx *cx = v->cx;
	int64_t people = heads_all(h), children = heads_children(h), old = h->n[6] + h->n[7],
		adults = people - children - old;
	struct bar_part part[4] = { { tr(cx, "children under 18"), NULL, children, 0 },
		{ tr(cx, "adults"), NULL, adults, 1 },
		{ tr(cx, "people of 60 and over"), NULL, old, 2 } };
	size_t n = 3;

	if (people == 0 && p->capacity == INT_NONE)
		return;
	if (p->capacity != INT_NONE && p->capacity > people)
		part[n++] =
		    (struct bar_part){ tr(cx, "free places"), NULL, p->capacity - people, 3 };
	ui_bar(v, part, n);
}

static const char *const measures[MEASURES] = {
	[MEASURE_SPACE] = N_("Covered space, m² a person"),
	[MEASURE_WATER] = N_("Water, litres a person and day"),
	[MEASURE_TOILETS] = N_("People for one toilet"),
	[MEASURE_FOOD] = N_("Food, kcal a person and day"),
	[MEASURE_PLACES] = N_("People in its places"),
};

static const char *
tenths(struct ctx *cx, int64_t v)
{
	return v == INT_NONE ? "—"
	       : v % 10 == 0 ? num(cx, v / 10)
			     : num_real(cx, (double)v / 10, 1);
}

/* RULE centre-4: a warning in shape and word. */
static void
draw_warnings(
    struct view *v, const struct relief_place *p, const struct centre_flag *f, int64_t people)
{
	struct ctx *cx = v->cx;
	bool any = false, known = false;
	int i;

	html(&v->h, "<ul class='flags'>");
	if (f[MEASURE_PLACES].red) {
		html(&v->h, "<li>");
		ui_state(v, 'n', trf(cx, "Over-full by %s", num(cx, people - p->capacity)));
		html(&v->h, "</li>");
		any = true;
	}
	for (i = 0; i < MEASURE_PLACES; i++) {
		known = known || f[i].known;
		if (!f[i].red)
			continue;
		html(&v->h, "<li>");
		ui_state(v, 'n',
		    trf(cx, "%s: %s, the threshold is %s", tr(cx, measures[i]),
			tenths(cx, f[i].has10), tenths(cx, f[i].wants10)));
		html(&v->h, "</li>");
		any = true;
	}
	if (!any) {
		html(&v->h, "<li>");
		ui_state(v, known ? 'o' : '-',
		    tr(cx, known
			       ? N_("Nothing known lies below a threshold")
			       : N_("Nothing is known of this centre yet: area, toilets, water.")));
		html(&v->h, "</li>");
	}
	html(&v->h, "</ul>");
}

/* Facts that are there, or nothing known. */
static int
facts_of(struct ctx *cx, int64_t place, struct centre *c, bool *there)
{
	int rc = centre_of_place(cx, place, c);

	*there = rc == RC_OK;
	if (rc == RC_NOTFOUND) {
		kind_empty(&centre_kind, c);
		c->place = place;
		return RC_OK;
	}
	return rc;
}

static int
draw_one(struct view *v, const struct occupancy *o)
{
	struct ctx *cx = v->cx;
	int64_t people = heads_all(&o->heads);
	struct centre_flag f[MEASURES];
	struct relief_place p;
	struct centre c;
	bool there;

	TRY(kind_load(cx, &relief_place_kind, o->place, &p));
	TRY(facts_of(cx, o->place, &c, &there));
	TRY(centre_flags(cx, &p, &c, people, f));
	html(&v->h, "<section class='card'><h2><a href='%s'>%s</a></h2><p>%s · %s</p>",
	    ui_url(v, "/relief/centres/%lld", (long long)o->place),
	    kind_title(cx, &relief_place_kind, &p), centre_filled(cx, people, p.capacity),
	    trn(cx, o->households, "%s household", "%s households", num(cx, o->households)));
	draw_warnings(v, &p, f, people);
	draw_bar(v, &p, &o->heads);
	html(&v->h, "</section>");
	return RC_OK;
}

static void
fig(struct view *v, int64_t n, const char *label)
{
	html(&v->h, "<div class='fig'><b class='num'>%s</b><span>%s</span></div>", num(v->cx, n),
	    label);
}

static int
draw_sums(struct view *v, const struct occupancy *o, size_t n)
{
	struct ctx *cx = v->cx;
	int64_t people = 0, children = 0, free_places = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		int64_t here = heads_all(&o[i].heads);
		struct relief_place p;

		TRY(kind_load(cx, &relief_place_kind, o[i].place, &p));
		people += here;
		children += heads_children(&o[i].heads);
		if (p.capacity != INT_NONE && p.capacity > here)
			free_places += p.capacity - here;
	}
	html(&v->h, "<div class='figs sm'>");
	fig(v, people, tr(cx, "people in centres"));
	fig(v, children, tr(cx, "of them children under 18"));
	fig(v, free_places, tr(cx, "free places"));
	html(&v->h, "</div><p class='small mute'>%s</p>",
	    trf(cx, "Counted from arrivals and departures, %s", moment_text(cx, cx->now)));
	return RC_OK;
}

/* ---- supplies and transfers ---- */

static const char *
waits(struct ctx *cx, int64_t since)
{
	if (since == 0)
		return "";
	return cx->now - since < 60 * US_PER_SECOND
		   ? tr(cx, "just now")
		   : trf(cx, "has waited %s", relief_age(cx, since));
}

static int
item_name(struct ctx *cx, int64_t id, struct item *i, const char **name)
{
	TRY(kind_load(cx, &item_kind, id, i));
	*name = kind_title(cx, &item_kind, i);
	return RC_OK;
}

static int
place_name(struct ctx *cx, int64_t id, const char **out)
{
	*out = "";
	return kind_titles(cx, &relief_place_kind, &id, 1, out);
}

static int
draw_supply(struct view *v, const struct centre_supply *s)
{
	struct ctx *cx = v->cx;
	int64_t over = s->has - s->wants;
	struct item i;
	const char *name;

	TRY(item_name(cx, s->item, &i, &name));
	html(&v->h,
	    "<tr><th scope='row'>%s</th><td class='r num' data-l='%s'>%s</td><td class='r num' "
	    "data-l='%s'>%s</td><td data-l='%s'>",
	    name, tr(cx, "There is"), quantity_text(cx, &i, s->has), tr(cx, "Needed"),
	    quantity_text(cx, &i, s->wants), tr(cx, "Difference"));
	if (over < 0)
		ui_state(v, 'n',
		    arena_printf(cx->arena, "%s · %s",
			trf(cx, "%s lacking", quantity_text(cx, &i, -over)),
			waits(cx, s->waits_since)));
	else
		ui_state(v, 'o',
		    over == 0 ? tr(cx, "enough") : trf(cx, "%s over", quantity_text(cx, &i, over)));
	html(&v->h, "</td></tr>");
	return RC_OK;
}

static int
draw_supplies(struct view *v, int64_t headquarters, int64_t place)
{
	struct ctx *cx = v->cx;
	struct centre_supply *s;
	size_t n, i;

	if (!may(cx, CAP_STOCK_READ))
		return RC_OK;
	TRY(centre_supplies(cx, headquarters, &s, &n));
	ui_section_open(v, "supply", tr(cx, "Supplies"), tr(cx, "by the norms, for those here"));
	html(&v->h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col' class='r'>%s</th><th scope='col' class='r'>%s</th>"
	    "<th scope='col'>%s</th></tr></thead><tbody>",
	    tr(cx, "Supplies"), tr(cx, "Item"), tr(cx, "There is"), tr(cx, "Needed"),
	    tr(cx, "Difference"));
	for (i = 0; i < n; i++)
		if (s[i].place == place)
			TRY(draw_supply(v, &s[i]));
	html(&v->h, "</tbody></table></div>");
	ui_section_close(v);
	return RC_OK;
}

/* The ledger's form of goods to send, with the lines of this pair of places filled in: as many as it has. */
static int
send_link(struct view *v, const struct centre_transfer *t, size_t n, const char **out)
{
	struct ctx *cx = v->cx;
	struct relief_place from, to;
	size_t i, k = 0;

	TRY(kind_load(cx, &relief_place_kind, t[0].from, &from));
	TRY(kind_load(cx, &relief_place_kind, t[0].to, &to));
	*out = ui_url(v, "/stock/transfers/new?source=%s&target=%s", from.code, to.code);
	for (i = 0; i < n && k < SEND_LINES; i++) {
		struct item it;

		if (t[i].from != t[0].from || t[i].to != t[0].to)
			continue;
		TRY(kind_load(cx, &item_kind, t[i].item, &it));
		*out = arena_printf(cx->arena, "%s%s", *out,
		    url_make(cx->arena, "&item%d=%s&q%d=%s", (int)k, it.code, (int)k,
			quantity_text(cx, &it, t[i].quantity)));
		k++;
	}
	return RC_OK;
}

static int
draw_transfer(struct view *v, const struct centre_transfer *t)
{
	struct ctx *cx = v->cx;
	struct item i;
	const char *name;

	TRY(item_name(cx, t->item, &i, &name));
	html(&v->h, "<li><strong>%s, %s</strong><br><span class='small'>%s", name,
	    quantity_text(cx, &i, t->quantity),
	    trf(cx, "%s of the need there is met, afterwards %s", percent(cx, (double)t->met, 1000),
		percent(cx, (double)t->met_after, 1000)));
	html(&v->h, "%s%s</span></li>", t->waits_since == 0 ? "" : "; ", waits(cx, t->waits_since));
	return RC_OK;
}

/* All lines of one pair of places stand together: one journey. */
static int
draw_journey(
    struct view *v, const struct headquarters *h, const struct centre_transfer *t, size_t n)
{
	struct ctx *cx = v->cx;
	const char *from, *to, *link;
	size_t i;

	TRY(place_name(cx, t->from, &from));
	TRY(place_name(cx, t->to, &to));
	html(&v->h, "<section class='card'><h3>%s → %s</h3><ul>", from, to);
	for (i = 0; i < n; i++)
		if (t[i].from == t[0].from && t[i].to == t[0].to)
			TRY(draw_transfer(v, &t[i]));
	html(&v->h, "</ul>");
	if (may(cx, CAP_STOCK_WRITE) && strcmp(h->state, "open") == 0) {
		TRY(send_link(v, t, n, &link));
		html(&v->h, "<p class='acts'>");
		ui_button(v, link, tr(cx, "Send these goods"), false);
		html(&v->h, "</p>");
	}
	html(&v->h, "</section>");
	return RC_OK;
}

static bool
seen_before(const struct centre_transfer *t, size_t i)
{
	size_t k;

	for (k = 0; k < i; k++)
		if (t[k].from == t[i].from && t[k].to == t[i].to)
			return true;
	return false;
}

static int
transfers_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct centre_transfer *t;
	struct headquarters h;
	size_t n, i;

	TRY(relief_of_path(v, &h));
	TRY(centre_transfers(cx, h.rec.id, &t, &n));
	relief_open(v, &h, tr(cx, "Proposed transfers"), "/centres");
	html(&v->h, "<p class='prose'>%s</p>",
	    tr(cx, "What is over in one place goes where the smallest share of the need per person "
		   "is met, then to whoever has waited longest. Nobody gives what the own people "
		   "need. Origin and faith play no part: the program does not know them."));
	if (n == 0)
		ui_empty(v,
		    tr(cx, "Nothing to propose: no centre lacks what another place has over."),
		    tr(cx, "The proposals follow the stock and the arrivals by themselves."), NULL,
		    NULL);
	for (i = 0; i < n; i++)
		if (!seen_before(t, i))
			TRY(draw_journey(v, &h, t + i, n - i));
	ui_close(v);
	return RC_OK;
}

/* ---- the centres ---- */

static int
centres_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct occupancy *o;
	struct headquarters h;
	size_t n, i;

	TRY(relief_of_path(v, &h));
	TRY(centre_occupancy(cx, h.rec.id, 0, &o, &n));
	if (req_q(v->rq, "format") != NULL && *req_q(v->rq, "format") != '\0')
		return centre_export(v, &h, o, n);
	relief_open(v, &h, tr(cx, "Evacuation centres"), "/centres");
	if (n == 0) {
		ui_empty(v, tr(cx, "This headquarters has no evacuation centre yet."),
		    tr(cx, "A centre is a place of the headquarters."),
		    may(cx, CAP_RELIEF_WRITE) ? ui_url(v, "/relief/%lld/about", (long long)h.rec.id)
					      : NULL,
		    tr(cx, "Add a place"));
		ui_close(v);
		return RC_OK;
	}
	TRY(draw_sums(v, o, n));
	html(&v->h, "<p class='acts'>");
	if (may(cx, CAP_RELIEF_WRITE))
		ui_button(v, ui_url(v, "/relief/%lld/arrivals", (long long)h.rec.id),
		    tr(cx, "Arrivals"), strcmp(h.state, "open") == 0);
	ui_button(v, ui_url(v, "/relief/%lld/census", (long long)h.rec.id), tr(cx, "Census sheet"),
	    false);
	if (may(cx, CAP_STOCK_READ))
		ui_button(v, ui_url(v, "/relief/%lld/transfers", (long long)h.rec.id),
		    tr(cx, "Proposed transfers"), false);
	ui_button(v, ui_url(v, "/relief/norms"), tr(cx, "Norms of supply"), false);
	if (may(cx, CAP_EXPORT))
		html(&v->h,
		    " <a class='btn bare' href='%s'>CSV</a> <a class='btn bare' href='%s'>XLSX</a>",
		    ui_url_with(v, "format", "csv"), ui_url_with(v, "format", "xlsx"));
	html(&v->h, "</p><div class='cards2'>");
	for (i = 0; i < n; i++)
		TRY(draw_one(v, &o[i]));
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

/* ---- one centre ---- */

static void
draw_groups(struct view *v, const struct heads *h)
{
	struct ctx *cx = v->cx;
	int i;

	html(&v->h,
	    "<table><caption class='vh'>%s</caption><thead><tr><th scope='col'>%s</th><th "
	    "scope='col' class='r'>%s</th><th scope='col' class='r'>%s</th></tr></thead><tbody>",
	    tr(cx, "By age and sex"), tr(cx, "Age"), tr(cx, "Women, girls"), tr(cx, "Men, boys"));
	for (i = 0; i < HEAD_GROUPS; i++)
		html(&v->h,
		    "<tr><th scope='row'>%s</th><td class='r num'>%s</td><td class='r "
		    "num'>%s</td></tr>",
		    tr(cx, head_groups[i]), num(cx, h->n[2 * i]), num(cx, h->n[2 * i + 1]));
	html(&v->h, "</tbody></table>");
}

static void
draw_flags(struct view *v, const struct centre_flag *f)
{
	struct ctx *cx = v->cx;
	int i;

	ui_section_open(v, "flags", tr(cx, "Thresholds"), tr(cx, "Sphere Handbook, 2018"));
	html(&v->h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col' class='r'>%s</th><th scope='col' class='r'>%s</th>"
	    "<th scope='col' class='r'>%s</th><th scope='col'>%s</th></tr></thead><tbody>",
	    tr(cx, "Thresholds"), tr(cx, "Measure"), tr(cx, "Is"), tr(cx, "Threshold"),
	    tr(cx, "Enough for"), tr(cx, "State"));
	for (i = 0; i < MEASURES; i++) {
		html(&v->h,
		    "<tr><th scope='row'>%s</th><td class='r num' data-l='%s'>%s</td><td class='r "
		    "num' data-l='%s'>%s</td><td class='r num' data-l='%s'>%s</td><td data-l='%s'>",
		    tr(cx, measures[i]), tr(cx, "Is"), tenths(cx, f[i].has10), tr(cx, "Threshold"),
		    tenths(cx, f[i].wants10), tr(cx, "Enough for"),
		    f[i].room == INT_NONE ? "—" : num(cx, f[i].room), tr(cx, "State"));
		ui_state(v,
		    !f[i].known ? '-'
		    : f[i].red	? 'n'
				: 'o',
		    tr(cx, !f[i].known ? N_("not known")
			   : f[i].red  ? N_("too little")
				       : N_("enough")));
		html(&v->h, "</td></tr>");
	}
	html(&v->h, "</tbody></table></div>");
	ui_section_close(v);
}

static bool
nobody(const struct occupancy *o, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (heads_all(&o[i].heads) > 0)
			return false;
	return true;
}

/* Twenty-four poles, children dark within them; the numbers stand in the table below. */
static void
draw_poles(struct view *v, const struct occupancy *o, size_t n)
{
	int64_t most = 1;
	size_t i;

	for (i = 0; i < n; i++)
		if (heads_all(&o[i].heads) > most)
			most = heads_all(&o[i].heads);
	html(&v->h, "<svg class='hours' viewBox='0 0 240 60' role='img' aria-label='%s'>",
	    tr(v->cx, "People by hour"));
	for (i = 0; i < n; i++) {
		int all = (int)(heads_all(&o[i].heads) * 56 / most),
		    young = (int)(heads_children(&o[i].heads) * 56 / most);

		html(&v->h,
		    "<rect class='all' x='%d' y='%d' width='8' height='%d'/><rect class='young' "
		    "x='%d' y='%d' width='8' height='%d'/>",
		    (int)i * 10 + 1, 58 - all, all, (int)i * 10 + 1, 58 - young, young);
	}
	html(&v->h, "<path d='M0 59H240'/></svg>");
}

static int
draw_hours(struct view *v, const struct relief_place *p)
{
	struct ctx *cx = v->cx;
	struct occupancy o[24];
	int now = day_of_moment(cx->now), day = now, asked;
	const char *typed = req_q(v->rq, "day");
	size_t n, i;

	/* Not used any more: the day on which the last household came is the last with something to see. */
	if (p->closed_on != 0) {
		int64_t last;

		TRY(db_int(cx, &last, "SELECT max(arrived_on) FROM stay WHERE place = $1",
		    VALS(v_int(p->rec.id))));
		day = last == 0 ? day : (int)last;
	}
	if (typed != NULL && *typed != '\0' && day_parse(typed, &asked))
		day = asked;
	TRY(centre_hours(cx, p->rec.id, day, o, &n));
	ui_section_open(v, "hours", tr(cx, "By hour"), day_long(cx, day));
	html(&v->h, "<p class='acts'><a class='btn' href='%s'>%s</a>",
	    ui_url(v, "/relief/centres/%lld?day=%d-%02d-%02d", (long long)p->rec.id,
		day_year(day_add(day, -1)), day_month(day_add(day, -1)), day_dom(day_add(day, -1))),
	    tr(cx, "The day before"));
	if (day < now)
		html(&v->h, " <a class='btn' href='%s'>%s</a>",
		    ui_url(v, "/relief/centres/%lld?day=%d-%02d-%02d", (long long)p->rec.id,
			day_year(day_add(day, 1)), day_month(day_add(day, 1)),
			day_dom(day_add(day, 1))),
		    tr(cx, "The day after"));
	html(&v->h, "</p>");
	if (n == 0)
		html(
		    &v->h, "<p class='mute'>%s</p>", tr(cx, "No hour of this day has passed yet."));
	else if (nobody(o, n))
		html(&v->h, "<p class='mute'>%s</p>",
		    tr(cx, "Nobody was there at a full hour of this day."));
	else {
		draw_poles(v, o, n);
		html(&v->h,
		    "<details><summary class='btn'>%s</summary><table><caption "
		    "class='vh'>%s</caption><thead><tr><th scope='col'>%s</th><th scope='col' "
		    "class='r'>%s</th><th scope='col' class='r'>%s</th></tr></thead><tbody>",
		    tr(cx, "The numbers"), tr(cx, "People by hour"), tr(cx, "Hour"),
		    tr(cx, "People"), tr(cx, "Of them children"));
		for (i = 0; i < n; i++)
			html(&v->h,
			    "<tr><th scope='row'>%02d:00</th><td class='r num'>%s</td><td class='r "
			    "num'>%s</td></tr>",
			    (int)i + 1, num(cx, heads_all(&o[i].heads)),
			    num(cx, heads_children(&o[i].heads)));
		html(&v->h, "</tbody></table></details>");
	}
	ui_section_close(v);
	return RC_OK;
}

static int
occupancy_of(struct ctx *cx, const struct relief_place *p, struct occupancy *out)
{
	struct occupancy *o;
	size_t n, i;

	*out = (struct occupancy){ .place = p->rec.id };
	TRY(centre_occupancy(cx, p->headquarters, 0, &o, &n));
	for (i = 0; i < n; i++)
		if (o[i].place == p->rec.id)
			*out = o[i];
	return RC_OK;
}

static void
centre_acts(struct view *v, const struct relief_place *p, const struct headquarters *h)
{
	struct ctx *cx = v->cx;
	bool open = strcmp(h->state, "open") == 0;

	html(&v->h, "<p class='acts'>");
	if (may(cx, CAP_RELIEF_WRITE) && open)
		ui_button(v,
		    ui_url(v, "/relief/%lld/arrivals?place=%lld", (long long)h->rec.id,
			(long long)p->rec.id),
		    tr(cx, "Arrivals"), true);
	if (may(cx, CAP_RELIEF_FAMILY)) {
		ui_button(v, ui_url(v, "/relief/centres/%lld/households", (long long)p->rec.id),
		    tr(cx, "Households"), false);
		ui_button(v, ui_url(v, "/relief/centres/%lld/slips", (long long)p->rec.id),
		    tr(cx, "Slips to print"), false);
	}
	if (may(cx, CAP_RELIEF_WRITE) && open)
		ui_button(v, ui_url(v, "/relief/centres/%lld/edit", (long long)p->rec.id),
		    tr(cx, "Change the facts"), false);
	html(&v->h, "</p>");
}

static int
centre_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct centre_flag f[MEASURES];
	struct relief_place p;
	struct headquarters h;
	struct occupancy o;
	struct centre c;
	bool there;

	TRY(centre_of_path(v, &p, &h));
	TRY(occupancy_of(cx, &p, &o));
	TRY(facts_of(cx, p.rec.id, &c, &there));
	TRY(centre_flags(cx, &p, &c, heads_all(&o.heads), f));
	relief_open(v, &h, kind_title(cx, &relief_place_kind, &p), "/centres");
	html(&v->h, "<p class='lead'>%s</p>", centre_filled(cx, heads_all(&o.heads), p.capacity));
	draw_warnings(v, &p, f, heads_all(&o.heads));
	centre_acts(v, &p, &h);
	ui_section_open(v, "people", tr(cx, "Who is there"), moment_text(cx, cx->now));
	html(&v->h, "<div>");
	draw_bar(v, &p, &o.heads);
	draw_groups(v, &o.heads);
	html(&v->h, "</div>");
	ui_section_close(v);
	draw_flags(v, f);
	TRY(draw_hours(v, &p));
	TRY(draw_supplies(v, h.rec.id, p.rec.id));
	ui_section_open(v, "facts", tr(cx, "Facts"), NULL);
	if (there)
		TRY(ui_facts(v, &centre_kind, &c));
	else
		html(&v->h, "<p class='mute'>%s</p>",
		    tr(cx, "Nothing is known of this centre yet: area, toilets, water."));
	ui_section_close(v);
	if (there)
		TRY(ui_history(v, &centre_kind, c.rec.id));
	ui_close(v);
	return RC_OK;
}

static const char *const fact_fields[] = { "area_m2", "toilets", "taps", "water_l", "ration_kcal",
	"kitchen", "heating", "access", "note", NULL };

static int
facts_form(struct view *v, struct centre *c, struct ui_form *f)
{
	struct relief_place p;
	struct headquarters h;
	bool there;

	TRY(centre_of_path(v, &p, &h));
	TRY(facts_of(v->cx, p.rec.id, c, &there));
	*f = (struct ui_form){ .kind = &centre_kind,
		.rec = c,
		.create = !there,
		.path =
		    arena_printf(v->cx->arena, "/relief/centres/%lld/edit", (long long)p.rec.id),
		.fields = fact_fields,
		.cancel = arena_printf(v->cx->arena, "/relief/centres/%lld", (long long)p.rec.id) };
	return RC_OK;
}

static int
draw_facts_form(struct view *v, struct ui_form *f)
{
	struct relief_place p;
	struct headquarters h;

	TRY(centre_of_path(v, &p, &h));
	relief_open(v, &h, kind_title(v->cx, &relief_place_kind, &p), "/centres");
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static int
facts_page(struct view *v)
{
	struct centre c;
	struct ui_form f;

	TRY(facts_form(v, &c, &f));
	return draw_facts_form(v, &f);
}

static int
facts_post(struct view *v)
{
	struct centre c;
	struct ui_form f;

	TRY(facts_form(v, &c, &f));
	return ui_form_save(v, &f, draw_facts_form);
}

/* ---- norms ---- */

static void
norms_open(struct view *v, const char *title)
{
	ui_open(v,
	    &(struct page){ .title = title,
		.nav = "/relief",
		.staff = true,
		.crumbs = (const struct crumb[]){ { "/relief", tr(v->cx, "Relief headquarters") },
		    { NULL, title }, { NULL, NULL } } });
}

static int
norms_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct ui_list l = { .kind = &centre_norm_kind, .path = "/relief/norms", .sort = "title" };

	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	norms_open(v, tr(cx, "Norms of supply"));
	html(&v->h, "<p class='prose'>%s</p>",
	    tr(cx, "What one person in a centre needs. Excess and lack are counted by these norms "
		   "and by nothing else."));
	if (may(cx, CAP_RELIEF_WRITE)) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/relief/norms/new"), tr(cx, "Add a norm"), true);
		html(&v->h, "</p>");
	}
	TRY(ui_list_page(v, &l));
	ui_close(v);
	return RC_OK;
}

static int
draw_norm_form(struct view *v, struct ui_form *f)
{
	norms_open(v, tr(v->cx, "Norm of supply"));
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static int
norm_form(struct view *v, struct centre_norm *n, struct ui_form *f, bool create)
{
	int64_t id = 0;

	if (create)
		kind_empty(&centre_norm_kind, n);
	else {
		TRY(req_param_id(v->rq, 0, &id));
		TRY(kind_get(v->cx, &centre_norm_kind, id, n));
	}
	*f = (struct ui_form){ .kind = &centre_norm_kind,
		.rec = n,
		.create = create,
		.path = create ? "/relief/norms/new"
			       : arena_printf(v->cx->arena, "/relief/norms/%lld", (long long)id),
		.cancel = "/relief/norms" };
	return RC_OK;
}

static int
norm_new_page(struct view *v)
{
	struct centre_norm n;
	struct ui_form f;

	TRY(norm_form(v, &n, &f, true));
	return draw_norm_form(v, &f);
}

static int
norm_new_post(struct view *v)
{
	struct centre_norm n;
	struct ui_form f;

	TRY(norm_form(v, &n, &f, true));
	return ui_form_save(v, &f, draw_norm_form);
}

static int
norm_page(struct view *v)
{
	struct centre_norm n;
	struct ui_form f;

	TRY(norm_form(v, &n, &f, false));
	if (may(v->cx, CAP_RELIEF_WRITE))
		return draw_norm_form(v, &f);
	norms_open(v, tr(v->cx, "Norm of supply"));
	TRY(ui_facts(v, &centre_norm_kind, &n));
	ui_close(v);
	return RC_OK;
}

static int
norm_post(struct view *v)
{
	struct centre_norm n;
	struct ui_form f;

	TRY(norm_form(v, &n, &f, false));
	return ui_form_save(v, &f, draw_norm_form);
}

const struct route centre_routes[] = {
	{ M_GET, "/relief/{id}/centres", centres_page, CAP_RELIEF_READ, 0, N_("Evacuation centres"),
	    N_("Who is in which centre and what it lacks.") },
	{ M_GET, "/relief/{id}/transfers", transfers_page, CAP_STOCK_READ, 0,
	    N_("Proposed transfers"), N_("What could be brought from where, with the reasons.") },
	{ M_GET, "/relief/centres/{id}", centre_page, CAP_RELIEF_READ, 0, N_("Evacuation centre"),
	    N_("People, thresholds, hours, supplies of one centre.") },
	{ M_GET, "/relief/centres/{id}/edit", facts_page, CAP_RELIEF_WRITE, 0,
	    N_("Change the facts"), NULL },
	{ M_POST, "/relief/centres/{id}/edit", facts_post, CAP_RELIEF_WRITE, 0,
	    N_("Change the facts"), NULL },
	{ M_GET, "/relief/norms", norms_page, CAP_RELIEF_READ, 0, N_("Norms of supply"), NULL },
	{ M_GET, "/relief/norms/new", norm_new_page, CAP_RELIEF_WRITE, 0, N_("Add a norm"), NULL },
	{ M_POST, "/relief/norms/new", norm_new_post, CAP_RELIEF_WRITE, 0, N_("Add a norm"), NULL },
	{ M_GET, "/relief/norms/{id}", norm_page, CAP_RELIEF_READ, 0, N_("Norm of supply"), NULL },
	{ M_POST, "/relief/norms/{id}", norm_post, CAP_RELIEF_WRITE, 0, N_("Norm of supply"),
	    NULL },
};
const size_t centre_nroutes = ARRAY_LEN(centre_routes);
