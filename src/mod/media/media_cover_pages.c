/* media_cover_pages.c – what stayed silent in a quarter: events that took place without a publication, bodies of whose
 * events none was written about, languages in which little or nothing appeared. Each number opens to its list, also
 * that of all of which the silent ones are a part. */
#include "base/period.h"
#include "mod/media/media_pages.h"

/* The days asked for; what is none of them is the quarter of the business day. */
static void
days_asked(struct view *v, int *from, int *to)
{
	const char *f = req_q(v->rq, "from"), *t = req_q(v->rq, "to");
	int year = day_year(v->cx->today), month = (day_month(v->cx->today) - 1) / 3 * 3 + 1;

	if (f == NULL || !day_parse(f, from))
		*from = day_make(year, month, 1);
	if (t == NULL || !day_parse(t, to))
		*to = day_make(year, month + 2, day_month_len(year, month + 2));
}

/* Without the language before it. */
static const char *
days_path(struct view *v, const char *path, const char *more, const struct media_coverage *c)
{
	char a[16], b[16];

	day_iso(c->from, a);
	day_iso(c->to, b);
	return arena_printf(v->cx->arena, "%s?from=%s&to=%s%s", path, a, b, more);
}

static const char *
register_path(struct view *v, const char *lang, const struct media_coverage *c)
{
	char a[16], b[16];

	day_iso(c->from, a);
	day_iso(c->to, b);
	return ui_path(
	    v, arena_printf(v->cx->arena, "/media?day_from=%s&day_to=%s&lang=%s", a, b, lang));
}

static void
draw_days(struct view *v, const struct media_coverage *c)
{
	struct ctx *cx = v->cx;

	html(&v->h,
	    "<form method='get' action='%s' class='form noprint'><div class='row'><div class='fld "
	    "w-s'><label for='from'>%s</label><input type='text' id='from' name='from' "
	    "value='%s'></div><div class='fld w-s'><label for='to'>%s</label><input type='text' "
	    "id='to' name='to' value='%s'></div><p class='acts'><button type='submit' "
	    "class='btn'>%s</button></p></div></form>",
	    ui_url(v, "/media/coverage"), tr(cx, "From"), day_text(cx, c->from), tr(cx, "To"),
	    day_text(cx, c->to), tr(cx, "Show"));
}

/* The silent ones of all; both open to their lists. */
static void
draw_silent(struct view *v, const char *label, const char *path, const int64_t *all,
    const struct media_coverage *c)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<tr><th scope='row'>%s</th><td class='num'>", label);
	ui_count(v, KNOWN_EXACT, ui_path(v, days_path(v, path, "", c)), num(cx, all[1]));
	html(&v->h, "</td><td class='num nw'><a href='%s'>%s</a></td></tr>",
	    ui_path(v, days_path(v, path, "&all=1", c)), trf(cx, "of %s", num(cx, all[0])));
}

static void
draw_languages(struct view *v, const struct media_coverage *c)
{
	struct ctx *cx = v->cx;
	size_t i;

	for (i = 0; i < MEDIA_LANGS; i++) {
		html(&v->h, "<tr><th scope='row'>%s</th><td class='num'>",
		    event_capital(cx, tr(cx, media_langs[i].label)));
		ui_count(v, KNOWN_EXACT, register_path(v, media_langs[i].code, c),
		    num(cx, c->publications[i]));
		html(&v->h, "</td></tr>");
	}
}

static int
coverage_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct media_coverage c = { 0 };

	days_asked(v, &c.from, &c.to);
	TRY(media_coverage(cx, &c));
	media_open(v, tr(cx, "What stayed silent"), NULL);
	draw_days(v, &c);
	ui_section_open(v, "silent", tr(cx, "Without a word"), day_range(cx, c.from, c.to));
	html(&v->h, "<table><caption class='vh'>%s</caption><tbody>", tr(cx, "Without a word"));
	draw_silent(v, tr(cx, "Events that took place, without a publication and without news"),
	    "/media/coverage/events", &c.side[MEDIA_EVENTS], &c);
	draw_silent(v, tr(cx, "Bodies that held events, of none of which anything was written"),
	    "/media/coverage/bodies", &c.side[MEDIA_BODIES], &c);
	html(&v->h, "</tbody></table>");
	ui_section_close(v);
	ui_section_open(
	    v, "languages", tr(cx, "Publications by language"), tr(cx, "With reprints."));
	html(&v->h, "<table><caption class='vh'>%s</caption><tbody>",
	    tr(cx, "Publications by language"));
	draw_languages(v, &c);
	html(&v->h, "</tbody></table>");
	ui_section_close(v);
	ui_close(v);
	return RC_OK;
}

/* The silent ones, or all that the page counts them of. */
static bool
all_asked(struct view *v)
{
	return media_q(v, "all") != 0;
}

static void
narrow_events(struct view *v, struct query *q)
{
	int from, to;

	days_asked(v, &from, &to);
	media_side_narrow(q, all_asked(v) ? MEDIA_EVENTS : MEDIA_SILENT_EVENTS, from, to);
}

static void
narrow_bodies(struct view *v, struct query *q)
{
	int from, to;

	days_asked(v, &from, &to);
	media_side_narrow(q, all_asked(v) ? MEDIA_BODIES : MEDIA_SILENT_BODIES, from, to);
}

static int
side_page(struct view *v, struct ui_list *l, const char *title)
{
	struct media_coverage c = { 0 };
	struct media_above up;

	if (ui_wants_export(v))
		return ui_list_page(v, l);
	days_asked(v, &c.from, &c.to);
	up = (struct media_above){ days_path(v, "/media/coverage", "", &c),
		tr(v->cx, "What stayed silent") };
	media_open(v, title, &up);
	html(&v->h, "<p class='prose'>%s</p>", day_range(v->cx, c.from, c.to));
	TRY(ui_list_page(v, l));
	ui_close(v);
	return RC_OK;
}

static int
events_page(struct view *v)
{
	static const char *const columns[] = { "first_day", "name", "body", "district", NULL };
	struct ui_list l = { .kind = &event_kind,
		.path = "/media/coverage/events",
		.columns = columns,
		.sort = "-first_day",
		.no_filters = true,
		.narrow = narrow_events };

	return side_page(v, &l,
	    all_asked(v) ? tr(v->cx, "Events held") : tr(v->cx, "Events without a publication"));
}

static int
bodies_page(struct view *v)
{
	static const char *const columns[] = { "name", "kind", "parent", NULL };
	struct ui_list l = { .kind = &body_kind,
		.path = "/media/coverage/bodies",
		.columns = columns,
		.sort = "title",
		.no_filters = true,
		.narrow = narrow_bodies };

	return side_page(v, &l,
	    all_asked(v) ? tr(v->cx, "Bodies that held events")
			 : tr(v->cx, "Bodies without a publication"));
}

const struct route media_cover_routes[] = {
	{ M_GET, "/media/coverage", coverage_page, CAP_EVENT_READ, 0, N_("What stayed silent"),
	    N_("Events, bodies and languages of a quarter without publications.") },
	{ M_GET, "/media/coverage/events", events_page, CAP_EVENT_READ, 0,
	    N_("Events without a publication"), NULL },
	{ M_GET, "/media/coverage/bodies", bodies_page, CAP_EVENT_READ, 0,
	    N_("Bodies without a publication"), NULL },
};
const size_t media_cover_nroutes = ARRAY_LEN(media_cover_routes);
