/* event_programme_pages.c – programmes, projects and campaigns, each with its events and their counts.
 *
 * A programme is never counted itself. The number beside it is the number of its events that this
 * reader may see, and leads to exactly these. */
#include "mod/event/event_pages.h"

static const char *const programme_fields[] = { "type", "name", "parent", "body", "from_day",
	"to_day", "note", NULL };

/* ---- all programmes ---- */

struct rows_of {
	struct programme *p;
	size_t n, cap;
};

static int
gather(struct ctx *cx, const void *rec, void *arg)
{
	struct rows_of *r = arg;

	if (r->n == r->cap) {
		size_t cap = r->cap == 0 ? 32 : r->cap * 2;
		struct programme *more = arena_array(cx->arena, struct programme, cap);

		if (r->n > 0)
			memcpy(more, r->p, r->n * sizeof *more);
		r->p = more;
		r->cap = cap;
	}
	r->p[r->n++] = *(const struct programme *)rec;
	return RC_OK;
}

/* All, or those of one sort or of one parent. */
static int
read_programmes(struct ctx *cx, const char *filter, const char *value, struct rows_of *out)
{
	struct query q;

	*out = (struct rows_of){ 0 };
	TRY(query_init(cx, &q, &programme_kind));
	if (filter != NULL)
		TRY(query_filter(&q, filter, value));
	TRY(query_sort(&q, "title"));
	return query_each(&q, gather, out);
}

static int64_t
events_of(const struct programme_events *e, size_t n, int64_t programme)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (e[i].programme == programme)
			return e[i].events;
	return 0;
}

static int
draw_programmes(struct view *v, const struct rows_of *r, const char *caption)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct programme_events *e;
	const char **body = arena_array(cx->arena, const char *, r->n + 1);
	int64_t *ids = arena_array(cx->arena, int64_t, r->n + 1);
	size_t n, i;

	for (i = 0; i < r->n; i++)
		ids[i] = r->p[i].body;
	TRY(reads_programmes(cx, &e, &n));
	TRY(kind_titles(cx, &body_kind, ids, r->n, body));
	html(h,
	    "<p class='small mute'>%s</p><div class='tbl'><table class='cards'><caption "
	    "class='vh'>%s</caption><thead><tr>"
	    "<th scope='col'>%s</th><th scope='col'>%s</th><th scope='col' class='opt'>%s</th><th "
	    "scope='col' class='opt'>%s</th>"
	    "<th scope='col' class='r nw'>%s</th></tr></thead><tbody>",
	    caption, tr(cx, "Programmes"), tr(cx, "Name"), tr(cx, "Sort"), tr(cx, "Body"),
	    tr(cx, "Days"), tr(cx, "Events"));
	for (i = 0; i < r->n; i++) {
		const struct programme *p = &r->p[i];

		html(h,
		    "<tr><th scope='row'><a href='%s'>%s</a></th><td data-l='%s'>%s</td><td "
		    "class='opt' data-l='%s'>%s</td>",
		    ui_url(v, "/programmes/%lld", (long long)p->rec.id),
		    kind_title(cx, &programme_kind, p), tr(cx, "Sort"),
		    option_label(cx, programme_sorts, p->type), tr(cx, "Body"), body[i]);
		html(h, "<td class='opt' data-l='%s'>%s%s</td><td class='r num' data-l='%s'>",
		    tr(cx, "Days"),
		    p->from_day == 0 ? ""
		    : p->to_day != 0 ? day_range(cx, p->from_day, p->to_day)
				     : trf(cx, "from %s", day_text(cx, p->from_day)),
		    p->from_day == 0 && p->to_day != 0
			? trf(cx, "until %s", day_text(cx, p->to_day))
			: "",
		    tr(cx, "Events"));
		ui_count(v, KNOWN_EXACT, ui_url(v, "/programmes/%lld", (long long)p->rec.id),
		    num(cx, events_of(e, n, p->rec.id)));
		html(h, "</td></tr>");
	}
	html(h, "</tbody></table></div>");
	return RC_OK;
}

static void
sort_chips(struct view *v, const char *sort)
{
	const struct option *o;

	html(&v->h, "<nav class='chips' aria-label='%s'><a class='chip' href='%s'",
	    tr(v->cx, "Sort"), ui_url(v, "/programmes"));
	if (sort == NULL)
		html(&v->h, " aria-current='true'");
	html(&v->h, ">%s</a>", tr(v->cx, "All"));
	for (o = programme_sorts; o->code != NULL; o++) {
		html(&v->h, "<a class='chip' href='%s'", ui_url(v, "/programmes?sort=%s", o->code));
		if (sort != NULL && strcmp(sort, o->code) == 0)
			html(&v->h, " aria-current='true'");
		html(&v->h, ">%s</a>", event_capital(v->cx, tr(v->cx, o->label)));
	}
	html(&v->h, "</nav>");
}

static int
list_page(struct view *v)
{
	struct ctx *cx = v->cx;
	const struct crumb crumbs[] = { { "/events", tr(cx, "Events") },
		{ NULL, tr(cx, "Programmes") }, { NULL, NULL } };
	const char *sort = req_q(v->rq, "type");
	struct rows_of r;

	if (sort != NULL && *sort == '\0')
		sort = NULL;
	TRY(read_programmes(cx, sort == NULL ? NULL : "type", sort, &r));
	ui_open(v, &(struct page){ .title = tr(cx, "Programmes"),
		       .nav = "/events",
		       .staff = true,
		       .no_h1 = true,
		       .crumbs = crumbs });
	html(&v->h, "<div class='titl'><h1>%s</h1>", tr(cx, "Programmes, projects, campaigns"));
	if (may(cx, CAP_EVENT_WRITE)) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/programmes/new"), tr(cx, "New programme"), true);
		html(&v->h, "</p>");
	}
	html(&v->h, "</div><div class='flow'>");
	event_views(v, "/programmes");
	sort_chips(v, sort);
	if (r.n == 0)
		ui_empty(v, tr(cx, "No programmes"),
		    sort == NULL ? tr(cx, "None is entered yet; events can also stand without one.")
				 : tr(cx, "None of this sort. Choose “All” to see the others."),
		    sort == NULL ? NULL : ui_url(v, "/programmes"), tr(cx, "All"));
	else
		TRY(draw_programmes(v, &r,
		    trn(cx, (int64_t)r.n, "%s record", "%s records", num(cx, (int64_t)r.n))));
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

/* ---- one programme ---- */

static int
query_events(struct view *v, int64_t programme, struct query *q)
{
	TRY(query_init(v->cx, q, &event_kind));
	query_and(q, "event.programme = ? AND event.merged_into IS NULL", VALS(v_int(programme)));
	TRY(query_sort(q, "-first_day"));
	q->limit = 50;
	q->after = req_q(v->rq, "after");
	return RC_OK;
}

static int
draw_event_rows(struct view *v, const struct list *l)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct event_count *c = arena_array(cx->arena, struct event_count, l->n + 1);
	const char **body = arena_array(cx->arena, const char *, l->n + 1);
	int64_t *ids = arena_array(cx->arena, int64_t, l->n + 1);
	size_t i;

	for (i = 0; i < l->n; i++)
		ids[i] = ((const struct event *)list_row(l, &event_kind, i))->body;
	TRY(reads_counts(cx, l, c));
	TRY(kind_titles(cx, &body_kind, ids, l->n, body));
	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th>"
	    "<th scope='col'>%s</th><th scope='col'>%s</th><th scope='col' class='r'>%s</th><th "
	    "scope='col' class='opt'>%s</th></tr></thead><tbody>",
	    tr(cx, "Events"), tr(cx, "Event"), tr(cx, "Day"), tr(cx, "Lead organiser"),
	    tr(cx, "State"), tr(cx, "Attendances"), tr(cx, "Basis"));
	for (i = 0; i < l->n; i++) {
		const struct event *e = list_row(l, &event_kind, i);
		const char *url = ui_url(v, "/events/%lld", (long long)e->rec.id);

		html(h,
		    "<tr><th scope='row'><a href='%s'>%s</a></th><td class='nw' "
		    "data-l='%s'>%s</td><td data-l='%s'>%s</td><td data-l='%s'>",
		    url, kind_title(cx, &event_kind, e), tr(cx, "Day"), event_days(cx, e),
		    tr(cx, "Lead organiser"), body[i], tr(cx, "State"));
		event_draw_state(v, e->state);
		html(h, "</td><td class='r num' data-l='%s'>", tr(cx, "Attendances"));
		event_count_line(v, &c[i], arena_printf(cx->arena, "%s#people", url));
		html(h, "</td><td class='opt' data-l='%s'>%s</td></tr>", tr(cx, "Basis"),
		    c[i].basis == BASIS_UNKNOWN ? tr(cx, "no data") : basis_label(cx, c[i].basis));
	}
	html(h, "</tbody></table></div>");
	return RC_OK;
}

static int
draw_events(struct view *v, const struct programme *p)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct query q;
	struct list l;
	int64_t n;

	TRY(query_events(v, p->rec.id, &q));
	TRY(query_count(&q, &n));
	TRY(query_list(&q, &l));
	ui_section_open(v, "events", trn(cx, n, "%s event", "%s events", num(cx, n)), NULL);
	if (may(cx, CAP_EVENT_WRITE)) {
		html(h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/events/new?programme=%lld", (long long)p->rec.id),
		    tr(cx, "New event of this programme"), false);
		html(h, "</p>");
	}
	if (l.n == 0)
		ui_empty(v, tr(cx, "No events yet"),
		    tr(cx, "Events name their programme in their own form."), ui_url(v, "/events"),
		    tr(cx, "All events"));
	else
		TRY(draw_event_rows(v, &l));
	if (l.next != NULL)
		html(h,
		    "<nav class='pager' aria-label='%s'><span class='acts'><a class='btn' "
		    "href='%s'>%s</a></span></nav>",
		    tr(cx, "Pages"), ui_url_with(v, "after", l.next), tr(cx, "Next"));
	ui_section_close(v);
	return RC_OK;
}

static int
programme_of_path(struct view *v, struct programme *p)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, &programme_kind, id, p);
}

/* What the title does not say already. */
static int
draw_facts(struct view *v, const struct programme *p)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *parent, *body;

	TRY(event_title_of(cx, &programme_kind, p->parent, &parent));
	TRY(event_title_of(cx, &body_kind, p->body, &body));
	html(h, "<dl class='facts'><dt>%s</dt><dd>%s</dd>", tr(cx, "Sort"),
	    event_capital(cx, option_label(cx, programme_sorts, p->type)));
	if (*parent != '\0')
		html(h, "<dt>%s</dt><dd><a href='%s'>%s</a></dd>", tr(cx, "Part of"),
		    ui_url(v, "/programmes/%lld", (long long)p->parent), parent);
	if (*body != '\0')
		html(h, "<dt>%s</dt><dd><a href='%s'>%s</a></dd>", tr(cx, "Body"),
		    ui_url(v, "/bodies/%lld", (long long)p->body), body);
	if (p->from_day != 0)
		html(h, "<dt>%s</dt><dd>%s</dd>", tr(cx, "From"), day_text(cx, p->from_day));
	if (p->to_day != 0)
		html(h, "<dt>%s</dt><dd>%s</dd>", tr(cx, "Until"), day_text(cx, p->to_day));
	if (p->note != NULL && *p->note != '\0' &&
	    kind_may_read(cx, &programme_kind, kind_field(&programme_kind, "note")))
		html(h, "<dt>%s</dt><dd>%s</dd>", tr(cx, "Note"), p->note);
	html(h, "</dl>");
	return RC_OK;
}

static int
programme_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct programme p;
	struct rows_of under;
	struct crumb crumbs[] = { { "/events", tr(cx, "Events") },
		{ "/programmes", tr(cx, "Programmes") }, { NULL, NULL }, { NULL, NULL } };

	TRY(programme_of_path(v, &p));
	crumbs[2].text = kind_title(cx, &programme_kind, &p);
	TRY(read_programmes(
	    cx, "parent", arena_printf(cx->arena, "%lld", (long long)p.rec.id), &under));
	ui_open(v, &(struct page){ .title = crumbs[2].text,
		       .nav = "/events",
		       .staff = true,
		       .no_h1 = true,
		       .crumbs = crumbs });
	html(&v->h, "<div class='flow'><h1>%s</h1>", crumbs[2].text);
	TRY(draw_facts(v, &p));
	if (may(cx, CAP_EVENT_WRITE) && actor_in_scope(cx->actor, p.body)) {
		html(&v->h, "<p class='acts'>");
		ui_button(v, ui_url(v, "/programmes/%lld/edit", (long long)p.rec.id),
		    tr(cx, "Change"), false);
		html(&v->h, "</p>");
	}
	html(&v->h, "</div>");
	if (under.n > 0) {
		ui_section_open(v, "under", tr(cx, "Parts of it"), NULL);
		TRY(draw_programmes(
		    v, &under, tr(cx, "Programmes, projects and campaigns of this one")));
		ui_section_close(v);
	}
	TRY(programme_draw_sections(v, &p));
	TRY(draw_events(v, &p));
	TRY(ui_history(v, &programme_kind, p.rec.id));
	ui_close(v);
	return RC_OK;
}

/* ---- forms ---- */

static int
draw_form(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;
	const char *title = f->create ? tr(cx, "New programme") : tr(cx, "Change the programme");

	ui_open(v, &(struct page){ .title = title,
		       .nav = "/events",
		       .staff = true,
		       .crumbs = (const struct crumb[]){ { "/programmes", tr(cx, "Programmes") },
			   { NULL, title }, { NULL, NULL } } });
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static struct ui_form
new_form(struct view *v, struct programme *p)
{
	kind_empty(&programme_kind, p);
	p->body = v->cx->actor->body;
	return (struct ui_form){ .kind = &programme_kind,
		.rec = p,
		.create = true,
		.path = "/programmes/new",
		.fields = programme_fields,
		.cancel = "/programmes" };
}

static int
new_page(struct view *v)
{
	struct programme p;
	struct ui_form f = new_form(v, &p);

	return draw_form(v, &f);
}

static int
new_post(struct view *v)
{
	struct programme p;
	struct ui_form f = new_form(v, &p);

	return ui_form_save(v, &f, draw_form);
}

static int
edit_form(struct view *v, struct programme *p, struct ui_form *f)
{
	TRY(programme_of_path(v, p));
	*f = (struct ui_form){ .kind = &programme_kind,
		.rec = p,
		.path = arena_printf(v->cx->arena, "/programmes/%lld/edit", (long long)p->rec.id),
		.fields = programme_fields,
		.cancel = arena_printf(v->cx->arena, "/programmes/%lld", (long long)p->rec.id) };
	return RC_OK;
}

static int
edit_page(struct view *v)
{
	struct programme p;
	struct ui_form f;

	TRY(edit_form(v, &p, &f));
	return draw_form(v, &f);
}

static int
edit_post(struct view *v)
{
	struct programme p;
	struct ui_form f;

	TRY(edit_form(v, &p, &f));
	return ui_form_save(v, &f, draw_form);
}

const struct route event_programme_routes[] = {
	{ M_GET, "/programmes", list_page, CAP_PUBLIC, ROUTE_CACHE, N_("Programmes"),
	    N_("Programmes, projects and campaigns with their events.") },
	{ M_GET, "/programmes/new", new_page, CAP_EVENT_WRITE, 0, N_("New programme"), NULL },
	{ M_POST, "/programmes/new", new_post, CAP_EVENT_WRITE, 0, N_("New programme"), NULL },
	{ M_GET, "/programmes/{id}", programme_page, CAP_PUBLIC, ROUTE_CACHE, N_("A programme"),
	    NULL },
	{ M_GET, "/programmes/{id}/edit", edit_page, CAP_EVENT_WRITE, 0, N_("Change the programme"),
	    NULL },
	{ M_POST, "/programmes/{id}/edit", edit_post, CAP_EVENT_WRITE, 0,
	    N_("Change the programme"), NULL },
};
const size_t event_programme_nroutes = ARRAY_LEN(event_programme_routes);
