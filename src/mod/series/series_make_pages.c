/* series_make_pages.c – the days of a series as a list with ticks, with what stands in the way of each; what is ticked
 * is made. And single events put into a series and taken out.
 *
 * Nothing is written before the button. What is made already stands without a tick, so pressing twice makes nothing
 * twice. */
#include "mod/series/series_pages.h"

/* ---- the days ---- */

static void
draw_reason(struct view *v, bool *any, const char *text)
{
	html(&v->h, *any ? "<br>%s" : "%s", text);
	*any = true;
}

static void
draw_why(struct view *v, const struct series_day *d)
{
	struct ctx *cx = v->cx;
	bool any = false;

	if (d->made != 0)
		html(&v->h, "<a href='%s'>%s</a>", ui_url(v, "/events/%lld", (long long)d->made),
		    tr(cx, "made already"));
	any = d->made != 0;
	if (d->skipped != NULL)
		draw_reason(v, &any, trf(cx, "Left out: %s", d->skipped));
	if (d->marked != NULL)
		draw_reason(v, &any, trf(cx, "On this day: %s", d->marked));
	if (d->past && d->made == 0)
		draw_reason(v, &any, tr(cx, "This day is over"));
	if (d->hall != NULL && d->made == 0)
		draw_reason(v, &any, event_capital(cx, d->hall));
	if (d->clash != 0 && d->made == 0) {
		draw_reason(v, &any, tr(cx, "The body has another event:"));
		html(&v->h, " <a href='%s'>%s</a>", ui_url(v, "/events/%lld", (long long)d->clash),
		    d->clash_title);
	}
	if (!any)
		html(&v->h, "<span class='mute'>%s</span>", tr(cx, "free"));
}

static void
draw_day(struct view *v, const struct series_day *d)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h, "<tr><td class='pick'>");
	if (d->made == 0) {
		html(h, "<input type='checkbox' id='d%d' name='d%d' value='1'", d->day, d->day);
		html(h,
		    d->skipped == NULL && !d->past && v->rq->method == M_GET ? " checked>" : ">");
	}
	html(h, "</td><th scope='row'>");
	if (d->made == 0)
		html(h, "<label for='d%d'>%s</label>", d->day, series_day_text(cx, d->day));
	else
		html(h, "%s", series_day_text(cx, d->day));
	html(h, "</th><td data-l='%s'><span>", tr(cx, "What stands there"));
	draw_why(v, d);
	html(h, "</span></td></tr>");
}

static void
draw_days(struct view *v, const struct event_series *s, const struct series_day *d, size_t n)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	ui_form_begin(v, series_path(v, s->rec.id, "/make"), false);
	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><td "
	    "class='pick'></td><th scope='col'>%s</th><th scope='col'>%s</th></tr></thead><tbody>",
	    tr(cx, "Days of the series"), tr(cx, "Day"), tr(cx, "What stands there"));
	for (i = 0; i < n; i++)
		draw_day(v, &d[i]);
	html(h,
	    "</tbody></table></div><p class='acts'><button type='submit' class='btn "
	    "go'>%s</button><a "
	    "class='btn bare' href='%s'>%s</a></p>",
	    tr(cx, "Make the events that are ticked"),
	    ui_url(v, "/series/%lld", (long long)s->rec.id), tr(cx, "Cancel"));
	ui_form_end(v);
}

static int
draw_make(struct view *v, const struct event_series *of, const struct series_day *d, size_t n,
    const char *said)
{
	struct ctx *cx = v->cx;
	int64_t left = 0;
	size_t i;

	for (i = 0; i < n; i++)
		left += d[i].made == 0 && d[i].skipped == NULL;
	series_open(v, of, tr(cx, "Choose the days"));
	series_draw_said(v, tr(cx, "Nothing was changed"), said);
	html(&v->h, "<div class='flow'><p class='lead'>%s</p><p class='prose'>%s</p>",
	    series_words(cx, of),
	    left > 0
		? trn(cx, left,
		      "%s day can be made. Each event begins as planned; nothing is made "
		      "before you press the button.",
		      "%s days can be made. Each event begins as planned; nothing is made before "
		      "you "
		      "press the button.",
		      num(cx, left))
		: tr(cx,
		      "All days of the rule are made. To make the series longer, change its last "
		      "day or its number of times."));
	draw_days(v, of, d, n);
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

static int
make_page(struct view *v)
{
	struct event_series s;
	struct series_day *d;
	size_t n;

	TRY(series_of_path(v, true, &s));
	TRY(series_days(v->cx, &s, &d, &n));
	return draw_make(v, &s, d, n, NULL);
}

static const char *
made_text(struct ctx *cx, const struct event_series *s, const struct series_made *m)
{
	struct buf b;
	size_t i;

	if (m->made == 0)
		return tr(cx, "Nothing new was made: these days have their events already.");
	buf_init(&b, cx->arena, 0);
	buf_printf(&b, "%s",
	    trn(cx, m->made, "%s event is made.", "%s events are made.", num(cx, m->made)));
	if (s->hall != 0)
		buf_printf(
		    &b, " %s", trf(cx, "The hall is held for %s of them.", num(cx, m->booked)));
	for (i = 0; i < m->nrefused && i < 6; i++)
		buf_printf(&b, "%s%s",
		    i == 0 ? arena_printf(cx->arena, " %s ", tr(cx, "Not free:")) : ", ",
		    day_text(cx, m->refused[i]));
	if (m->nrefused > 6)
		buf_str(&b, " …");
	return b.p;
}

static int
make_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct event_series s;
	struct series_made made;
	struct series_day *d;
	int *days;
	size_t n, k = 0, i;

	TRY(series_of_path(v, true, &s));
	TRY(series_days(cx, &s, &d, &n));
	days = arena_array(cx->arena, int, n + 1);
	for (i = 0; i < n; i++)
		if (req_f(v->rq, arena_printf(cx->arena, "d%d", d[i].day)) != NULL)
			days[k++] = d[i].day;
	if (k == 0) {
		v->status = 422;
		return draw_make(v, &s, d, n, tr(cx, "Tick at least one day."));
	}
	TRY(series_make(cx, s.rec.id, days, k, &made));
	return ui_done(v, series_path(v, s.rec.id, ""), made_text(cx, &s, &made));
}

static int
unmake_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct event_series s;
	int64_t n, making;

	TRY(series_of_path(v, true, &s));
	TRY(req_param_id(v->rq, 1, &making));
	TRY(series_unmake(cx, s.rec.id, making, &n));
	return ui_done(v, series_path(v, s.rec.id, ""),
	    trn(cx, n, "%s event is taken back.", "%s events are taken back.", num(cx, n)));
}

/* ---- single events ---- */

struct choice {
	struct view *v;
	size_t n;
};

static int
draw_choice(struct ctx *cx, const void *rec, void *arg)
{
	const struct event_series *s = rec;
	struct choice *c = arg;
	bool runs = series_run_by(cx, s) == RC_OK;

	err_clear(cx);
	if (!runs)
		return RC_OK;
	html(&c->v->h,
	    "<label class='tick'><input type='radio' name='series' value='%lld'><span>%s <span "
	    "class='small mute'>%s</span></span></label>",
	    (long long)s->rec.id, kind_title(cx, &event_series_kind, s), series_words(cx, s));
	c->n++;
	return RC_OK;
}

static int
draw_put(struct view *v, const struct event *e, const char *said)
{
	struct ctx *cx = v->cx;
	struct choice c = { v, 0 };
	struct query q;

	ui_open(v, &(struct page){ .title = tr(cx, "Put into a series"),
		       .nav = "/events",
		       .staff = true,
		       .crumbs = (const struct crumb[]){ { "/events", tr(cx, "Events") },
			   { event_path(v, e->rec.id, ""), kind_title(cx, &event_kind, e) },
			   { NULL, tr(cx, "Put into a series") }, { NULL, NULL } } });
	series_draw_said(v, tr(cx, "Nothing was changed"), said);
	html(&v->h, "<p class='prose'>%s</p>",
	    tr(cx, "The event stays as it is; it only stands in the series with its day."));
	ui_form_begin(v, event_path(v, e->rec.id, "/series"), false);
	html(&v->h, "<fieldset class='fld'><legend>%s</legend>", tr(cx, "All series of events"));
	TRY(query_init(cx, &q, &event_series_kind));
	TRY(query_sort(&q, "title"));
	TRY(query_each(&q, draw_choice, &c));
	html(&v->h, "</fieldset>");
	if (c.n == 0)
		html(&v->h, "<p class='mute'>%s <a href='%s'>%s</a></p>",
		    tr(cx, "Your body has no series yet."), ui_url(v, "/series/new"),
		    tr(cx, "New series"));
	else
		html(&v->h, "<p class='acts'><button type='submit' class='btn go'>%s</button></p>",
		    tr(cx, "Put into the series"));
	ui_form_end(v);
	ui_close(v);
	return RC_OK;
}

static int
own_event(struct view *v, struct event *e)
{
	TRY(event_of_path(v, e));
	return event_in_scope(v->cx, e->rec.id, false);
}

static int
put_page(struct view *v)
{
	struct event e;

	TRY(own_event(v, &e));
	return draw_put(v, &e, NULL);
}

static int
put_post(struct view *v)
{
	struct ctx *cx = v->cx;
	const char *s = req_f(v->rq, "series");
	struct event e;
	int64_t id;
	int rc;

	TRY(own_event(v, &e));
	if (s == NULL || !num_parse(s, &id)) {
		v->status = 422;
		return draw_put(v, &e, tr(cx, "Choose a series."));
	}
	rc = series_put(cx, id, e.rec.id);
	if (rc == RC_RULE || rc == RC_NOTFOUND) {
		v->status = 409;
		return draw_put(v, &e, event_said(cx));
	}
	TRY(rc);
	return ui_done(
	    v, event_path(v, e.rec.id, ""), tr(cx, "The event stands in the series now."));
}

static int
take_post(struct view *v)
{
	struct event e;

	TRY(own_event(v, &e));
	TRY(series_take(v->cx, e.rec.id));
	return ui_done(v, event_path(v, e.rec.id, ""),
	    tr(v->cx, "The event does not stand in the series any more; it stays as it is."));
}

const struct route series_make_routes[] = {
	{ M_GET, "/series/{id}/make", make_page, CAP_EVENT_WRITE, 0, N_("Choose the days"),
	    N_("The days of the rule, with what stands in the way of each; what is ticked is "
	       "made.") },
	{ M_POST, "/series/{id}/make", make_post, CAP_EVENT_WRITE, 0, N_("Choose the days"), NULL },
	{ M_POST, "/series/{id}/unmake/{making}", unmake_post, CAP_EVENT_WRITE, 0,
	    N_("Take the events made last back"), NULL },
	{ M_GET, "/events/{id}/series", put_page, CAP_EVENT_WRITE, 0, N_("Put into a series"),
	    NULL },
	{ M_POST, "/events/{id}/series", put_post, CAP_EVENT_WRITE, 0, N_("Put into a series"),
	    NULL },
	{ M_POST, "/events/{id}/series/leave", take_post, CAP_EVENT_WRITE, 0,
	    N_("Take out of the series"), NULL },
};
const size_t series_make_nroutes = ARRAY_LEN(series_make_routes);
