/* series_guest_pages.c – who came at least twice and stopped coming, as a page and a file; the calendar of a series.
 *
 * The list names people: it is for the staff of the series' own body, and counts only events whose lists they may
 * see. The calendar shows what everybody sees, and is the same feed as the others. */
#include "mod/series/series_pages.h"
#include "text/csv.h"
#include "text/xlsx.h"

/* ---- who stopped coming ---- */

struct stopped {
	struct event_series s;
	struct series_guest *v;
	size_t n;
	int64_t known;
};

static int
read_stopped(struct view *v, struct stopped *w)
{
	TRY(series_of_path(v, true, &w->s));
	return series_stopped(v->cx, &w->s, &w->v, &w->n, &w->known);
}

static void
draw_guests(struct view *v, const struct stopped *w)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col' class='r'>%s</th><th "
	    "scope='col'>%s</th></tr></thead><tbody>",
	    tr(cx, "Who stopped coming"), tr(cx, "Full name"), tr(cx, "Times"),
	    tr(cx, "Last time"));
	for (i = 0; i < w->n; i++)
		html(h,
		    "<tr><th scope='row'><a href='%s'>%s</a></th><td class='r num' "
		    "data-l='%s'>%s</td><td "
		    "class='nw' data-l='%s'>%s</td></tr>",
		    ui_url(v, "/people/%lld", (long long)w->v[i].person), w->v[i].name,
		    tr(cx, "Times"), num(cx, w->v[i].times), tr(cx, "Last time"),
		    day_text(cx, w->v[i].last));
	html(h, "</tbody></table></div>");
	if (may(cx, CAP_EXPORT))
		html(h,
		    "<p class='acts noprint'><a class='btn' href='%s'>CSV</a><a class='btn' "
		    "href='%s'>XLSX</a></p>",
		    ui_url(v, "/series/%lld/stopped?format=csv", (long long)w->s.rec.id),
		    ui_url(v, "/series/%lld/stopped?format=xlsx", (long long)w->s.rec.id));
}

static void
guests_csv(struct ctx *cx, const struct stopped *w, struct slice *out)
{
	struct csv c;
	size_t i;

	csv_init(&c, cx->arena, true, 0);
	csv_cell(&c, tr(cx, "Full name"));
	csv_cell(&c, tr(cx, "Times"));
	csv_cell(&c, tr(cx, "Last time"));
	csv_end_row(&c);
	for (i = 0; i < w->n; i++) {
		csv_cell(&c, w->v[i].name);
		csv_num(&c, w->v[i].times);
		csv_cell(&c, day_text(cx, w->v[i].last));
		csv_end_row(&c);
	}
	*out = (struct slice){ c.out.p, c.out.n };
}

static int
guests_xlsx(struct ctx *cx, const struct stopped *w, struct slice *out)
{
	struct xlsx *x;
	size_t i;

	TRY(xlsx_open(cx->arena, "series", &x));
	xlsx_head(x, tr(cx, "Full name"));
	xlsx_head(x, tr(cx, "Times"));
	xlsx_head(x, tr(cx, "Last time"));
	xlsx_end_row(x);
	for (i = 0; i < w->n; i++) {
		xlsx_text(x, w->v[i].name);
		xlsx_num(x, w->v[i].times);
		xlsx_text(x, day_text(cx, w->v[i].last));
		xlsx_end_row(x);
	}
	return xlsx_close(x, out);
}

static int
send_file(struct view *v, const struct stopped *w, bool xlsx)
{
	struct ctx *cx = v->cx;
	struct res *res = &v->rq->res;

	if (!may(cx, CAP_EXPORT))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	if (xlsx)
		TRY(guests_xlsx(cx, w, &res->body));
	else
		guests_csv(cx, w, &res->body);
	res->type = xlsx ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
			 : "text/csv; charset=utf-8";
	res_header(v->rq, "Content-Disposition",
	    arena_printf(cx->arena, "attachment; filename=\"series-%lld.%s\"",
		(long long)w->s.rec.id, xlsx ? "xlsx" : "csv"));
	TRY(audit_note(cx, "export", event_series_kind.name, w->s.rec.id, xlsx ? "xlsx" : "csv"));
	res->status = 200;
	return RC_OK;
}

static int
stopped_page(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *format = req_q(v->rq, "format");
	struct stopped w;

	TRY(read_stopped(v, &w));
	if (format != NULL && (strcmp(format, "csv") == 0 || strcmp(format, "xlsx") == 0))
		return send_file(v, &w, strcmp(format, "xlsx") == 0);
	series_open(v, &w.s, tr(cx, "Who stopped coming"));
	html(&v->h, "<div class='flow'><p class='prose'>%s</p>",
	    trf(cx,
		"People on record who came twice or more and to none of the last %1$s events whose "
		"lists "
		"are entered. Such lists: %2$s.",
		num(cx, SERIES_MISSED), num(cx, w.known)));
	if (w.n == 0)
		ui_empty(v, tr(cx, "Nobody"),
		    w.known <= SERIES_MISSED
			? tr(cx, "There are too few lists of names yet to say it.")
			: tr(cx, "Whoever came twice came lately, too."),
		    ui_url(v, "/series/%lld", (long long)w.s.rec.id), tr(cx, "To the series"));
	else
		draw_guests(v, &w);
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

/* ---- the calendar ---- */

static int
calendar(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *code = v->rq->param[0];
	int64_t id;
	struct event_series s;
	int rc;

	event_feed_lang(v);
	rc = series_by_code(cx, code, &id);
	if (rc == RC_NOTFOUND && num_parse(code, &id)) {
		err_clear(cx);
		rc = RC_OK;
	}
	TRY(rc);
	TRY(kind_get(cx, &event_series_kind, id, &s));
	return event_feed_whole(v,
	    "event.id IN (SELECT sm.event FROM series_member sm WHERE sm.series = ?)", id,
	    kind_title(cx, &event_series_kind, &s));
}

const struct route series_guest_routes[] = {
	{ M_GET, "/series/{id}/stopped", stopped_page, CAP_PEOPLE_READ, 0, N_("Who stopped coming"),
	    N_("People who came twice or more and not to the last three; also as CSV and XLSX.") },
	{ M_GET, "/series/{code}/calendar.ics", calendar, CAP_PUBLIC, ROUTE_BARE,
	    N_("Calendar of a series"), N_("One entry for each event of it that is public.") },
};
const size_t series_guest_nroutes = ARRAY_LEN(series_guest_routes);
