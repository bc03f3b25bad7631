/* hall_week_pages.c – seven days of the house, or of one hall, as a table; on a narrow screen each day is a
 * card, on paper the sheet for the door. */
#include "mod/hall/hall_pages.h"

enum { HALLS_SHOWN = 24 };

void
hall_week_steps(struct view *v, const char *path, int monday)
{
	struct ctx *cx = v->cx;
	char before[16], after[16];

	day_iso(day_add(monday, -7), before);
	day_iso(day_add(monday, 7), after);
	html(&v->h,
	    "<nav class='acts noprint' aria-label='%s'><a class='btn' href='/%s%s?day=%s'>%s</a>"
	    "<a class='btn' href='/%s%s'>%s</a><a class='btn' href='/%s%s?day=%s'>%s</a></nav>",
	    tr(cx, "Weeks"), lang_prefix(cx), path, before, tr(cx, "Week before"), lang_prefix(cx),
	    path, tr(cx, "This week"), lang_prefix(cx), path, after, tr(cx, "Next week"));
}

/* Halls in their own order. */
struct halls {
	struct hall v[HALLS_SHOWN];
	size_t n;
};

static int
take_hall(struct ctx *cx, const void *rec, void *arg)
{
	struct halls *l = arg;

	(void)cx;
	if (l->n < HALLS_SHOWN)
		l->v[l->n++] = *(const struct hall *)rec;
	return RC_OK;
}

static int
read_halls(struct ctx *cx, struct halls *out)
{
	struct query q;

	out->n = 0;
	TRY(query_init(cx, &q, &hall_kind));
	TRY(query_sort(&q, "rank"));
	return query_each(&q, take_hall, out);
}

struct week {
	int monday;
	struct halls halls;
	struct hall_line *l;
	size_t n;
};

static void
draw_cell(struct view *v, const struct week *w, const struct hall *hall, int day)
{
	bool any = false;
	size_t i;

	html(&v->h, "<td data-l='%s'>", kind_title(v->cx, &hall_kind, hall));
	for (i = 0; i < w->n; i++)
		if (w->l[i].b.hall == hall->rec.id && w->l[i].b.day == day) {
			hall_draw_line(v, &w->l[i]);
			any = true;
		}
	if (!any)
		html(&v->h, "<span class='mute'>%s</span>",
		    hall->closed_from != 0 && day >= hall->closed_from &&
			    (hall->closed_to == 0 || day <= hall->closed_to)
			? tr(v->cx, "closed")
			: tr(v->cx, "free"));
	html(&v->h, "</td>");
}

static void
draw_table(struct view *v, const struct week *w)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;
	int d;

	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th>",
	    tr(cx, "Week"), tr(cx, "Day"));
	for (i = 0; i < w->halls.n; i++)
		html(h, "<th scope='col'>%s</th>", kind_title(cx, &hall_kind, &w->halls.v[i]));
	html(h, "</tr></thead><tbody>");
	for (d = 0; d < 7; d++) {
		int day = day_add(w->monday, d);

		html(h, "<tr><th scope='row'>%s<br><span class='small mute'>%s</span></th>",
		    event_capital(cx, weekday_name(cx, day_weekday(day))), day_text(cx, day));
		for (i = 0; i < w->halls.n; i++)
			draw_cell(v, w, &w->halls.v[i], day);
		html(h, "</tr>");
	}
	html(h, "</tbody></table></div>");
}

int
hall_draw_week(struct view *v, const struct hall *only, int monday)
{
	struct ctx *cx = v->cx;
	struct week *w = arena_new(cx->arena, struct week);

	w->monday = monday;
	if (only != NULL) {
		w->halls.v[0] = *only;
		w->halls.n = 1;
	} else
		TRY(read_halls(cx, &w->halls));
	TRY(hall_lines(cx, only == NULL ? 0 : only->rec.id,
	    (struct hall_span){ 0, monday, day_add(monday, 6) }, &w->l, &w->n));
	if (w->halls.n == 0)
		ui_empty(v, tr(cx, "No halls are entered"),
		    tr(cx, "Enter the rooms of the House of Friendship with their seats; then "
			   "events can book them."),
		    may(cx, CAP_BODY_WRITE) ? ui_url(v, "/halls/new") : NULL, tr(cx, "New hall"));
	else
		draw_table(v, w);
	return RC_OK;
}

static int
week_page(struct view *v)
{
	struct ctx *cx = v->cx;
	const struct crumb crumbs[] = { { "/halls", tr(cx, "Halls") }, { NULL, tr(cx, "Week") },
		{ NULL, NULL } };
	bool wrong;
	int day = hall_day_asked(v, &wrong), monday = day_add(day, 1 - day_weekday(day));

	ui_open(v, &(struct page){
		       .title = trf(cx, "Halls: %s", day_range(cx, monday, day_add(monday, 6))),
		       .nav = "/halls",
		       .staff = true,
		       .wide = true,
		       .crumbs = crumbs });
	html(&v->h, "<div class='flow'>");
	hall_views(v, "/halls/week", day);
	hall_week_steps(v, "/halls/week", monday);
	TRY(hall_draw_week(v, NULL, monday));
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

const struct route hall_week_routes[] = {
	{ M_GET, "/halls/week", week_page, CAP_EVENT_READ, 0, N_("Halls: the week"),
	    N_("Seven days of all halls; prints on one sheet.") },
};
const size_t hall_week_nroutes = ARRAY_LEN(hall_week_routes);
