/* series_pages.c – the list of series and one series: its rule in words, its events past and coming, how many came.
 *
 * Everybody reads a series of which an event is public, and of its events those that are. The form changes what the
 * series says; events that are made already are changed by "this and all following" or one by one. */
#include "mod/series/series_pages.h"

const char *
series_path(struct view *v, int64_t id, const char *tail)
{
	return arena_printf(v->cx->arena, "/series/%lld%s", (long long)id, tail);
}

int
series_of_path(struct view *v, bool run, struct event_series *out)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &event_series_kind, id, out));
	return run ? series_run_by(v->cx, out) : RC_OK;
}

void
series_open(struct view *v, const struct event_series *s, const char *title)
{
	struct ctx *cx = v->cx;
	const char *name = kind_title(cx, &event_series_kind, s);
	const struct crumb crumbs[] = { { "/events", tr(cx, "Events") },
		{ "/series", tr(cx, "All series of events") },
		{ title == NULL ? NULL : series_path(v, s->rec.id, ""), name }, { NULL, title },
		{ NULL, NULL } };

	ui_open(v, &(struct page){ .title = title == NULL ? name : title,
		       .nav = "/events",
		       .staff = true,
		       .crumbs = crumbs });
}

const char *
series_day_text(struct ctx *cx, int day)
{
	return arena_printf(
	    cx->arena, "%s, %s", day_text(cx, day), weekday_name(cx, day_weekday(day)));
}

void
series_draw_said(struct view *v, const char *title, const char *said)
{
	if (said != NULL)
		html(&v->h,
		    "<div class='errs' role='alert' tabindex='-1'><h2>%s</h2><p>%s</p></div>",
		    title, said);
}

/* ---- the list ---- */

static void
draw_rule(struct view *v, const void *rec)
{
	html(&v->h, "%s", series_words(v->cx, rec));
}

static int
list_page(struct view *v)
{
	static const char *const columns[] = { "name", "body", "kind", "first_day", "last_day",
		NULL };
	struct ctx *cx = v->cx;
	struct ui_list l = { .kind = &event_series_kind,
		.path = "/series",
		.columns = columns,
		.sort = "title",
		.no_search = !may(cx, CAP_EVENT_READ), /* event_series_open() */
		.extra_label = tr(cx, "When"),
		.extra = draw_rule };

	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	ui_open(v, &(struct page){ .title = tr(cx, "All series of events"),
		       .nav = "/events",
		       .staff = true,
		       .crumbs = (const struct crumb[]){ { "/events", tr(cx, "Events") },
			   { NULL, tr(cx, "All series of events") }, { NULL, NULL } } });
	html(&v->h, "<p class='prose'>%s</p>",
	    tr(cx, "What comes again by a rule: a weekly club, lecture hours, a monthly sitting."));
	if (may(cx, CAP_EVENT_WRITE)) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/series/new"), tr(cx, "New series"), true);
		html(&v->h, "</p>");
	}
	TRY(ui_list_page(v, &l));
	ui_close(v);
	return RC_OK;
}

/* ---- forms ---- */

/* What the events of a made series have is changed with them: "this and all following". */
static const char *const made_fields[] = { "summary", "programme", "lang", "repeat", "every",
	"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "month_day",
	"nth", "weekday", "first_day", "last_day", "times", "skip_off", "skip_mourning", "skipped",
	"code", NULL };

static int
draw_form(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;

	if (f->create)
		ui_open(v, &(struct page){ .title = tr(cx, "New series"),
			       .nav = "/events",
			       .staff = true,
			       .crumbs = (const struct crumb[]){ { "/events", tr(cx, "Events") },
				   { "/series", tr(cx, "All series of events") },
				   { NULL, tr(cx, "New series") }, { NULL, NULL } } });
	else
		series_open(v, f->rec, tr(cx, "Change the rule of the series"));
	html(&v->h, "<p class='prose'>%s</p>",
	    f->create
		? tr(cx,
		      "Saving makes no events yet: the days are shown first, with what stands in "
		      "their way.")
		: tr(cx,
		      "Events that are made stay as they are. To make the series longer, move its "
		      "last day or its number of times, then choose the new days."));
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static void
new_form(struct view *v, struct event_series *s, struct ui_form *f)
{
	kind_empty(&event_series_kind, s);
	s->body = v->cx->actor->body;
	s->repeat = "weeks";
	s->every = 1;
	s->skip_off = s->skip_mourning = v->rq->method == M_GET;
	*f = (struct ui_form){ .kind = &event_series_kind,
		.rec = s,
		.create = true,
		.path = "/series/new",
		.submit = tr(v->cx, "Save and see the days"),
		.then = "/make",
		.cancel = "/series" };
}

static int
new_page(struct view *v)
{
	struct event_series s;
	struct ui_form f;

	new_form(v, &s, &f);
	return draw_form(v, &f);
}

static int
new_post(struct view *v)
{
	struct event_series s;
	struct ui_form f;

	new_form(v, &s, &f);
	return ui_form_save(v, &f, draw_form);
}

static int
edit_form(struct view *v, struct event_series *s, struct ui_form *f)
{
	int64_t n;

	TRY(series_of_path(v, true, s));
	TRY(db_int(v->cx, &n, "SELECT count(*) FROM series_member WHERE series = $1",
	    VALS(v_int(s->rec.id))));
	*f = (struct ui_form){ .kind = &event_series_kind,
		.rec = s,
		.path = series_path(v, s->rec.id, "/edit"),
		.fields = n > 0 ? made_fields : NULL,
		.cancel = series_path(v, s->rec.id, "") };
	return RC_OK;
}

static int
edit_page(struct view *v)
{
	struct event_series s;
	struct ui_form f;

	TRY(edit_form(v, &s, &f));
	return draw_form(v, &f);
}

static int
edit_post(struct view *v)
{
	struct event_series s;
	struct ui_form f;

	TRY(edit_form(v, &s, &f));
	return ui_form_save(v, &f, draw_form);
}

/* ---- one series ---- */

struct shown {
	struct event_series s;
	struct list l; /* its events that this actor sees */
	struct event_count *count;
	struct series_member *member;
	size_t nmembers;
	size_t past; /* the first so many of them are over or were held */
	bool runs, staff;
};

static bool
over(const struct ctx *cx, const struct event *e)
{
	return event_is_counted_state(e->state) || e->first_day < cx->today;
}

static int
read_shown(struct view *v, struct shown *w)
{
	struct ctx *cx = v->cx;

	TRY(series_of_path(v, false, &w->s));
	TRY(series_events(cx, w->s.rec.id, &w->l));
	w->count = arena_array(cx->arena, struct event_count, w->l.n + 1);
	TRY(reads_counts(cx, &w->l, w->count));
	TRY(series_members(cx, w->s.rec.id, &w->member, &w->nmembers));
	while (w->past < w->l.n && over(cx, list_row(&w->l, &event_kind, w->past)))
		w->past++;
	w->runs = series_run_by(cx, &w->s) == RC_OK;
	err_clear(cx);
	w->staff = may(cx, CAP_EVENT_READ) && actor_in_scope(cx->actor, w->s.body);
	return RC_OK;
}

static const struct series_member *
member_of(const struct shown *w, int64_t event)
{
	size_t i;

	for (i = 0; i < w->nmembers; i++)
		if (w->member[i].event == event)
			return &w->member[i];
	return NULL;
}

static const char *
hours(struct ctx *cx, const struct event *e)
{
	if (e->starts == NULL || *e->starts == '\0')
		return "";
	return e->ends == NULL || *e->ends == '\0'
		   ? e->starts
		   : arena_printf(cx->arena, "%s–%s", e->starts, e->ends);
}

static void
draw_event_row(struct view *v, const struct shown *w, size_t i, bool counted)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const struct event *e = list_row(&w->l, &event_kind, i);
	const struct series_member *m = member_of(w, e->rec.id);
	const char *href = ui_url(v, "/events/%lld", (long long)e->rec.id), *time = hours(cx, e);

	html(h, "<tr><th scope='row'><span class='mute num'>%s.</span> <a href='%s'>%s</a>",
	    num(cx, (int64_t)i + 1), href, series_day_text(cx, e->first_day));
	if (w->staff && m != NULL && m->differs != NULL && *m->differs != '\0')
		html(h, "<br><span class='small mute'>%s</span>", tr(cx, "changed on its own"));
	html(h,
	    "</th><td data-l='%s'>%s</td><td class='nw' data-l='%s'>%s</td><td "
	    "data-l='%s'>%s</td><td "
	    "data-l='%s'>",
	    tr(cx, "Event"), kind_title(cx, &event_kind, e), tr(cx, "Hours"),
	    *time == '\0' ? "–" : time, tr(cx, "Place"),
	    e->place == NULL || *e->place == '\0' ? "–" : e->place, tr(cx, "State"));
	event_draw_state(v, e->state);
	html(h, "</td>");
	if (counted) {
		html(h, "<td class='r num' data-l='%s'>", tr(cx, "Came"));
		event_count_line(v, &w->count[i], href);
		html(h, "</td>");
	}
	html(h, "</tr>");
}

static void
draw_events(struct view *v, const struct shown *w, size_t from, size_t to, bool counted)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th "
	    "scope='col'>%s</th><th "
	    "scope='col'>%s</th>",
	    counted ? tr(cx, "Events that are over") : tr(cx, "Events to come"), tr(cx, "Day"),
	    tr(cx, "Event"), tr(cx, "Hours"), tr(cx, "Place"), tr(cx, "State"));
	if (counted)
		html(h, "<th scope='col' class='r'>%s</th>", tr(cx, "Came"));
	html(h, "</tr></thead><tbody>");
	for (i = from; i < to; i++)
		draw_event_row(v, w, i, counted);
	html(h, "</tbody></table></div>");
}

static void
draw_coming(struct view *v, const struct shown *w)
{
	struct ctx *cx = v->cx;

	ui_section_open(v, "coming", tr(cx, "Events to come"), NULL);
	if (w->past == w->l.n)
		ui_empty(v,
		    w->l.n == 0 ? tr(cx, "No events are made yet") : tr(cx, "Nothing is to come"),
		    w->runs ? tr(cx, "Choose the days of the rule; an event is made for each.")
			    : tr(cx, "New days appear here once they are made."),
		    w->runs ? ui_url(v, "/series/%lld/make", (long long)w->s.rec.id) : NULL,
		    tr(cx, "Choose the days"));
	else
		draw_events(v, w, w->past, w->l.n, false);
	ui_section_close(v);
}

/* RULE series-6: the mean of those that were held and counted, one time each. */
static void
draw_mean(struct view *v, const struct shown *w)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	int64_t sum = 0, n = 0, held = 0;
	size_t i;

	for (i = 0; i < w->past; i++) {
		const struct event *e = list_row(&w->l, &event_kind, i);

		if (!event_is_counted_state(e->state) || e->merged_into != 0)
			continue;
		held++;
		if (w->count[i].value == INT_NONE)
			continue;
		sum += w->count[i].value;
		n++;
	}
	html(h, "<dl class='facts'><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>", tr(cx, "Held"),
	    num(cx, held), tr(cx, "Came on average"));
	if (n == 0)
		ui_count(v, KNOWN_NOT, NULL, "");
	else
		ui_count(v, KNOWN_EXACT, "#over",
		    num_real(cx, (double)sum / (double)n, sum % n == 0 ? 0 : 1));
	html(h, "<br><span class='small mute'>%s</span></dd></dl>",
	    trf(cx,
		"People counted: %1$s, at %2$s of %3$s events held. Who came twice is counted "
		"twice.",
		num(cx, sum), num(cx, n), num(cx, held)));
}

static void
draw_over(struct view *v, const struct shown *w)
{
	struct ctx *cx = v->cx;

	if (w->past == 0)
		return;
	ui_section_open(v, "over", tr(cx, "Events that are over"), NULL);
	html(&v->h, "<div class='flow'>");
	draw_mean(v, w);
	draw_events(v, w, 0, w->past, true);
	if (w->runs && may(cx, CAP_PEOPLE_READ)) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/series/%lld/stopped", (long long)w->s.rec.id),
		    tr(cx, "Who stopped coming"), false);
		html(&v->h, "</p>");
	}
	html(&v->h, "</div>");
	ui_section_close(v);
}

static int
fact_ref(struct view *v, const char *label, const struct kind *k, int64_t id)
{
	const char *title, *url = id == 0 ? NULL : kind_url(v->cx, k, id);

	if (id == 0)
		return RC_OK;
	TRY(event_title_of(v->cx, k, id, &title));
	html(&v->h, "<dt>%s</dt><dd>", label);
	if (url != NULL)
		html(&v->h, "<a href='%s'>%s</a>", url, title);
	else
		html(&v->h, "%s", title);
	html(&v->h, "</dd>");
	return RC_OK;
}

static int
draw_facts(struct view *v, const struct shown *w)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const struct event_series *s = &w->s;
	const char *summary = tr3(cx, &s->summary, NULL);

	html(h, "<div class='flow'><p class='lead'>%s</p>", series_words(cx, s));
	if (*summary != '\0')
		html(h, "<p class='prose'>%s</p>", summary);
	if (s->last_day != 0)
		html(h, "<dl class='facts'><dt>%s</dt><dd>%s</dd>", tr(cx, "Days"),
		    day_range(cx, s->first_day, s->last_day));
	else
		html(h, "<dl class='facts'><dt>%s</dt><dd>%s, %s</dd>", tr(cx, "From"),
		    day_text(cx, s->first_day),
		    trn(cx, s->times, "%s time", "%s times", num(cx, s->times)));
	TRY(fact_ref(v, tr(cx, "Lead organiser"), &body_kind, s->body));
	TRY(fact_ref(v, tr(cx, "Kind"), &event_kind_kind, s->kind));
	TRY(fact_ref(v, tr(cx, "Programme, project or campaign"), &programme_kind, s->programme));
	if (s->place != NULL && *s->place != '\0')
		html(h, "<dt>%s</dt><dd>%s</dd>", tr(cx, "Place"), s->place);
	if (w->staff)
		TRY(fact_ref(v, tr(cx, "Hall"), &hall_kind, s->hall));
	html(h, "</dl></div>");
	return RC_OK;
}

static int
draw_acts(struct view *v, const struct shown *w)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	long long id = (long long)w->s.rec.id;
	bool coming = w->past < w->l.n;
	int64_t undone, making;

	if (!w->runs)
		return RC_OK;
	TRY(series_unmakes(cx, w->s.rec.id, &undone, &making));
	html(h, "<p class='acts noprint'>");
	ui_button(v, ui_url(v, "/series/%lld/make", id), tr(cx, "Choose the days"), w->l.n == 0);
	ui_button(v, ui_url(v, "/series/%lld/edit", id), tr(cx, "Change the rule"), false);
	if (coming) {
		const struct event *next = list_row(&w->l, &event_kind, w->past);

		ui_button(v,
		    ui_url(v, "/series/%lld/change?from=%lld", id, (long long)next->rec.id),
		    tr(cx, "Change all that are to come"), false);
		if (may(cx, CAP_EVENT_APPROVE))
			ui_button(v, ui_url(v, "/series/%lld/steps/approve", id),
			    tr(cx, "Approve what is to come"), false);
		ui_button(v, ui_url(v, "/series/%lld/steps/cancel", id),
		    tr(cx, "Cancel what is to come"), false);
	}
	html(h, "</p>");
	if (undone > 0) {
		html(h, "<div class='note flow'><p>%s</p>",
		    trn(cx, undone, "%s event was made last and nothing hangs on it yet.",
			"%s events were made last and nothing hangs on them yet.",
			num(cx, undone)));
		ui_post_button(v,
		    series_path(
			v, w->s.rec.id, arena_printf(cx->arena, "/unmake/%lld", (long long)making)),
		    0, tr(cx, "Take them back"), true);
		html(h, "</div>");
	}
	return RC_OK;
}

static void
draw_calendar(struct view *v, const struct shown *w)
{
	struct ctx *cx = v->cx;
	const char *code =
	    w->s.code != NULL && *w->s.code != '\0' ? w->s.code : num(cx, w->s.rec.id);
	const char *base = req_base(v->rq), *at = strstr(base, "://"),
		   *path = arena_printf(cx->arena, "/series/%s/calendar.ics%s%s", code,
		       cx->lang == LANG_KK ? "" : "?lang=",
		       cx->lang == LANG_KK ? "" : lang_code(cx->lang));

	ui_section_open(v, "calendar", tr(cx, "In your own calendar"), NULL);
	html(&v->h,
	    "<div class='flow'><p class='prose small'>%s</p><p class='acts noprint'><a class='btn' "
	    "href='webcal%s%s'>%s</a><a class='btn' href='%s'>%s</a></p></div>",
	    tr(cx, "Whoever subscribes gets each day of the series, and sees what moved or was "
		   "called off."),
	    at == NULL ? "://" : at, path, tr(cx, "Open in the calendar program"), path,
	    tr(cx, "Download once"));
	ui_section_close(v);
}

static int
series_page(struct view *v)
{
	struct shown w = { .past = 0 };

	TRY(read_shown(v, &w));
	series_open(v, &w.s, NULL);
	TRY(draw_facts(v, &w));
	TRY(draw_acts(v, &w));
	draw_coming(v, &w);
	draw_over(v, &w);
	draw_calendar(v, &w);
	if (w.staff)
		TRY(ui_history(v, &event_series_kind, w.s.rec.id));
	ui_close(v);
	return RC_OK;
}

const struct route series_routes[] = {
	{ M_GET, "/series", list_page, CAP_PUBLIC, 0, N_("All series of events"),
	    N_("What comes again by a rule, each with its events.") },
	{ M_GET, "/series/new", new_page, CAP_EVENT_WRITE, 0, N_("New series"), NULL },
	{ M_POST, "/series/new", new_post, CAP_EVENT_WRITE, 0, N_("New series"), NULL },
	{ M_GET, "/series/{id}", series_page, CAP_PUBLIC, 0, N_("Series of events"),
	    N_("The rule in words, the events past and to come, how many came on average.") },
	{ M_GET, "/series/{id}/edit", edit_page, CAP_EVENT_WRITE, 0,
	    N_("Change the rule of the series"), NULL },
	{ M_POST, "/series/{id}/edit", edit_post, CAP_EVENT_WRITE, 0,
	    N_("Change the rule of the series"), NULL },
};
const size_t series_nroutes = ARRAY_LEN(series_routes);
