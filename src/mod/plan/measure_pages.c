/* measure_pages.c – measures of a campaign on its page, summed by district or body with the reports behind,
 * and what an event reports on its own page. */
#include "mod/plan/plan_pages.h"

static const char *const measure_fields[] = { "name", "unit", "ended", NULL };
static const char *const value_fields[] = { "measure", "amount", "basis", "note", NULL };

/* ---- measures of a programme, with its sums ---- */

enum { MEASURES_MAX = 60, ROWS_MAX = 400 };
struct measures {
	struct measure v[MEASURES_MAX];
	size_t n;
};

static int
take(struct ctx *cx, const void *rec, void *arg)
{
	struct measures *m = arg;

	(void)cx;
	if (m->n < MEASURES_MAX)
		m->v[m->n++] = *(const struct measure *)rec;
	return RC_OK;
}

/* Of a programme alone, or of it and those above it. */
static int
read_measures(struct ctx *cx, int64_t programme, bool above, struct measures *out)
{
	struct query q;

	out->n = 0;
	TRY(query_init(cx, &q, &measure_kind));
	query_and(&q,
	    above ? "measure.programme IN (WITH RECURSIVE up(id) AS (SELECT CAST(? AS BIGINT) "
		    "UNION SELECT p.parent FROM programme p JOIN up ON p.id = up.id WHERE p.parent "
		    "IS NOT NULL) SELECT up.id FROM up)"
		  : "measure.programme = ?",
	    VALS(v_int(programme)));
	return query_each(&q, take, out);
}

struct sum {
	int64_t measure, key, amount, reports, said;
};

/* RULE plan-8: counted are events that were held and stand for themselves. */
static int
read_sums(struct ctx *cx, int64_t programme, bool by_body, struct sum **out, size_t *n)
{
	AUTO_ROWS r = { 0 };

	*out = arena_array(cx->arena, struct sum, ROWS_MAX);
	*n = 0;
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena,
		"SELECT v.measure, coalesce(e.%s, 0), sum(v.amount), count(*), sum(CASE WHEN "
		"v.basis = 'said' THEN 1 ELSE 0 END) FROM measure_value v JOIN measure m ON m.id = "
		"v.measure JOIN event e ON e.id = v.event WHERE m.programme = $1 AND e.state IN "
		"('held', 'reported') AND e.merged_into IS NULL GROUP BY v.measure, coalesce(e.%s, "
		"0) ORDER BY 2, 1",
		by_body ? "body" : "district", by_body ? "body" : "district"),
	    VALS(v_int(programme))));
	while (*n < ROWS_MAX && rows_next(&r))
		(*out)[(*n)++] = (struct sum){ row_int(&r, 0), row_int(&r, 1), row_int(&r, 2),
			row_int(&r, 3), row_int(&r, 4) };
	return rows_end(&r);
}

struct board {
	const struct programme *p;
	struct measures m;
	struct sum *s;
	size_t n;
	bool by_body;
};

/* key −1 = the whole campaign. */
static struct sum
cell_of(const struct board *b, int64_t measure, int64_t key)
{
	struct sum c = { measure, key, 0, 0, 0 };
	size_t i;

	for (i = 0; i < b->n; i++)
		if (b->s[i].measure == measure && (key < 0 || b->s[i].key == key)) {
			c.amount += b->s[i].amount;
			c.reports += b->s[i].reports;
			c.said += b->s[i].said;
		}
	return c;
}

static void
draw_cell(struct view *v, const struct board *b, const struct measure *m, int64_t key)
{
	struct ctx *cx = v->cx;
	struct sum c = cell_of(b, m->rec.id, key);
	const char *href = ui_url(v, "/measures/%lld", (long long)m->rec.id);

	html(&v->h, "<td class='r num' data-l='%s, %s'>", kind_title(cx, &measure_kind, m),
	    tr3(cx, &m->unit, NULL));
	if (c.reports == 0)
		html(&v->h, "<span class='mute'>–</span>");
	else
		ui_count(v, c.said > 0 ? KNOWN_SAID : KNOWN_EXACT,
		    key < 0	 ? href
		    : b->by_body ? ui_url(v, "/measures/%lld?body=%lld", (long long)m->rec.id,
				       (long long)key)
				 : ui_url(v, "/measures/%lld?district=%lld", (long long)m->rec.id,
				       (long long)key),
		    num(cx, c.amount));
	html(&v->h, "</td>");
}

static void
draw_line(struct view *v, const struct board *b, const char *title, int64_t key)
{
	size_t i;

	html(&v->h, "<tr><th scope='row'>%s</th>", title);
	for (i = 0; i < b->m.n; i++)
		draw_cell(v, b, &b->m.v[i], key);
	html(&v->h, "</tr>");
}

static int
draw_board(struct view *v, const struct board *b)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const struct kind *k = b->by_body ? &body_kind : &district_kind;
	size_t i;

	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th>",
	    tr(cx, "Measures"), tr(cx, k->label));
	for (i = 0; i < b->m.n; i++)
		html(h, "<th scope='col' class='r'>%s<br><span class='small mute'>%s</span></th>",
		    kind_title(cx, &measure_kind, &b->m.v[i]), tr3(cx, &b->m.v[i].unit, NULL));
	html(h, "</tr></thead><tbody>");
	for (i = 0; i < b->n; i++) {
		const char *title = tr(cx, "not known");

		if (i > 0 && b->s[i].key == b->s[i - 1].key)
			continue;
		if (b->s[i].key != 0)
			TRY(kind_titles(cx, k, &b->s[i].key, 1, &title));
		draw_line(v, b, title, b->s[i].key);
	}
	draw_line(v, b, tr(cx, "Together"), -1);
	html(h, "</tbody></table></div>");
	return RC_OK;
}

static void
draw_measure_acts(struct view *v, const struct board *b, bool own)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<p class='acts noprint'>");
	if (b->m.n > 0 && b->n > 0)
		ui_button(v,
		    ui_url(v, "/programmes/%lld?measures=%s", (long long)b->p->rec.id,
			b->by_body ? "district" : "body"),
		    b->by_body ? tr(cx, "By district") : tr(cx, "By body"), false);
	if (own)
		ui_button(v, ui_url(v, "/programmes/%lld/measures/new", (long long)b->p->rec.id),
		    tr(cx, "Add a measure"), false);
	html(&v->h, "</p>");
}

int
measure_programme_section(struct view *v, const struct programme *p)
{
	struct ctx *cx = v->cx;
	bool own =
	    may(cx, CAP_EVENT_WRITE) &&
	    (!actor_scoped(cx->actor) || (p->body != 0 && actor_in_scope(cx->actor, p->body)));
	const char *by = req_q(v->rq, "measures");
	struct board *b = arena_new(cx->arena, struct board);
	size_t i;

	b->p = p;
	b->by_body = by != NULL && strcmp(by, "body") == 0;
	TRY(read_measures(cx, p->rec.id, false, &b->m));
	if (b->m.n == 0 && !own)
		return RC_OK;
	TRY(read_sums(cx, p->rec.id, b->by_body, &b->s, &b->n));
	ui_section_open(v, "measures", tr(cx, "Measures"),
	    tr(cx, "What events reported besides people. Dotted: said, not counted."));
	html(&v->h, "<div class='flow'>");
	if (b->m.n == 0)
		html(&v->h, "<p class='mute'>%s</p>",
		    tr(cx, "None yet. A campaign may count trees, bags of litter, hours of help."));
	else if (b->n == 0) {
		html(&v->h, "<p class='mute'>%s</p><ul>", tr(cx, "Nothing is reported yet."));
		for (i = 0; i < b->m.n; i++)
			html(&v->h, "<li><a href='%s'>%s</a>, %s</li>",
			    ui_url(v, "/measures/%lld", (long long)b->m.v[i].rec.id),
			    kind_title(cx, &measure_kind, &b->m.v[i]),
			    tr3(cx, &b->m.v[i].unit, NULL));
		html(&v->h, "</ul>");
	} else
		TRY(draw_board(v, b));
	draw_measure_acts(v, b, own);
	html(&v->h, "</div>");
	ui_section_close(v);
	return RC_OK;
}

/* Refused before anything is typed. */
static int
own_programme(struct view *v, int64_t id)
{
	struct programme p;

	TRY(kind_get(v->cx, &programme_kind, id, &p));
	if (actor_scoped(v->cx->actor) && (p.body == 0 || !actor_in_scope(v->cx->actor, p.body)))
		return fail(v->cx, RC_DENIED,
		    N_("This belongs to another body; you may change only what is your own "
		       "body's."));
	return RC_OK;
}

/* ---- one measure: the reports behind its sum ---- */

static void
narrow(struct view *v, struct query *q)
{
	const char *body = req_q(v->rq, "body"), *district = req_q(v->rq, "district");
	int64_t id;

	if (req_param_id(v->rq, 0, &id) != RC_OK)
		id = 0;
	query_and(q,
	    "measure_value.measure = ? AND EXISTS (SELECT 1 FROM event mh WHERE mh.id = "
	    "measure_value.event AND mh.merged_into IS NULL AND mh.state IN ('held', "
	    "'reported'))",
	    VALS(v_int(id)));
	if (body != NULL && num_parse(body, &id))
		query_and(q,
		    "EXISTS (SELECT 1 FROM event mb WHERE mb.id = measure_value.event AND mb.body "
		    "= ?)",
		    VALS(v_int(id)));
	if (district != NULL && num_parse(district, &id))
		query_and(q,
		    "EXISTS (SELECT 1 FROM event md WHERE md.id = measure_value.event AND "
		    "coalesce(md.district, 0) = ?)",
		    VALS(v_int(id)));
}

static int
measure_page(struct view *v)
{
	static const char *const columns[] = { "event", "amount", "basis", NULL };
	struct ctx *cx = v->cx;
	struct ui_list l = { .kind = &measure_value_kind,
		.columns = columns,
		.no_filters = true,
		.narrow = narrow };
	const char *programme, *title;
	struct measure m;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(cx, &measure_kind, id, &m));
	l.path = arena_printf(cx->arena, "/measures/%lld", (long long)id);
	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	TRY(event_title_of(cx, &programme_kind, m.programme, &programme));
	title = arena_printf(
	    cx->arena, "%s, %s", kind_title(cx, &measure_kind, &m), tr3(cx, &m.unit, NULL));
	ui_open(v, &(struct page){ .title = title,
		       .nav = "/events",
		       .staff = true,
		       .crumbs = (const struct crumb[]){ { "/programmes", tr(cx, "Programmes") },
			   { arena_printf(cx->arena, "/programmes/%lld", (long long)m.programme),
			       programme },
			   { NULL, title }, { NULL, NULL } } });
	html(&v->h, "<div class='flow'>");
	if (may(cx, CAP_EVENT_WRITE) && own_programme(v, m.programme) == RC_OK) {
		html(&v->h, "<p class='acts noprint'>");
		ui_button(
		    v, ui_url(v, "/measures/%lld/edit", (long long)id), tr(cx, "Change"), false);
		html(&v->h, "</p>");
	}
	err_clear(cx);
	TRY(ui_list_page(v, &l));
	html(&v->h, "</div>");
	ui_close(v);
	return RC_OK;
}

/* ---- forms of a measure ---- */

static int
draw_form(struct view *v, struct ui_form *f)
{
	struct ctx *cx = v->cx;
	const char *title = f->kind == &measure_kind
				? (f->create ? tr(cx, "New measure") : tr(cx, "Change the measure"))
				: tr(cx, "Report of a measure");

	ui_open(v, &(struct page){ .title = title, .nav = "/events", .staff = true });
	TRY(ui_form(v, f));
	ui_close(v);
	return RC_OK;
}

static int
new_form(struct view *v, struct measure *m, struct ui_form *f)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(own_programme(v, id));
	kind_empty(&measure_kind, m);
	m->programme = id;
	*f = (struct ui_form){ .kind = &measure_kind,
		.rec = m,
		.create = true,
		.path = arena_printf(v->cx->arena, "/programmes/%lld/measures/new", (long long)id),
		.fields = measure_fields,
		.cancel = arena_printf(v->cx->arena, "/programmes/%lld", (long long)id),
		.again = true };
	return RC_OK;
}

static int
new_page(struct view *v)
{
	struct measure m;
	struct ui_form f;

	TRY(new_form(v, &m, &f));
	return draw_form(v, &f);
}

static int
new_post(struct view *v)
{
	struct measure m;
	struct ui_form f;

	TRY(new_form(v, &m, &f));
	return ui_form_save(v, &f, draw_form);
}

static int
edit_form(struct view *v, struct measure *m, struct ui_form *f)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &measure_kind, id, m));
	TRY(own_programme(v, m->programme));
	*f = (struct ui_form){ .kind = &measure_kind,
		.rec = m,
		.path = arena_printf(v->cx->arena, "/measures/%lld/edit", (long long)id),
		.fields = measure_fields,
		.cancel = arena_printf(v->cx->arena, "/measures/%lld", (long long)id) };
	return RC_OK;
}

static int
edit_page(struct view *v)
{
	struct measure m;
	struct ui_form f;

	TRY(edit_form(v, &m, &f));
	return draw_form(v, &f);
}

static int
edit_post(struct view *v)
{
	struct measure m;
	struct ui_form f;

	TRY(edit_form(v, &m, &f));
	return ui_form_save(v, &f, draw_form);
}

/* ---- what an event reports ---- */

static int
values_of(struct ctx *cx, int64_t event, struct list *out)
{
	struct query q;

	TRY(query_init(cx, &q, &measure_value_kind));
	query_and(&q, "measure_value.event = ?", VALS(v_int(event)));
	q.limit = QUERY_LIMIT_MAX;
	return query_list(&q, out);
}

static const struct measure_value *
value_of(const struct list *l, int64_t measure)
{
	size_t i;

	for (i = 0; i < l->n; i++) {
		const struct measure_value *m = list_row(l, &measure_value_kind, i);

		if (m->measure == measure)
			return m;
	}
	return NULL;
}

int
measure_event_section(struct view *v, const struct event *e, const struct event_rights *can)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct measures *m = arena_new(cx->arena, struct measures);
	struct list l;
	size_t i;

	if (e->programme == 0)
		return RC_OK;
	TRY(read_measures(cx, e->programme, true, m));
	TRY(values_of(cx, e->rec.id, &l));
	if (m->n == 0 || (l.n == 0 && !can->writes))
		return RC_OK;
	ui_section_open(v, "measures", tr(cx, "Measures of the campaign"), NULL);
	html(h, "<dl class='facts'>");
	for (i = 0; i < m->n; i++) {
		const struct measure_value *mv = value_of(&l, m->v[i].rec.id);

		if (mv == NULL && (!can->writes || m->v[i].ended))
			continue;
		html(h, "<dt>%s</dt><dd>", kind_title(cx, &measure_kind, &m->v[i]));
		if (mv != NULL) {
			ui_count(v, strcmp(mv->basis, "said") == 0 ? KNOWN_SAID : KNOWN_EXACT, NULL,
			    num(cx, mv->amount));
			html(h, " %s, %s ", tr3(cx, &m->v[i].unit, NULL),
			    option_label(cx, measure_bases, mv->basis));
		}
		if (can->writes && mv != NULL)
			html(h,
			    "<a class='small noprint' href='%s'>%s<span class='vh'>: %s</span></a>",
			    ui_url(v, "/measure-values/%lld", (long long)mv->rec.id),
			    tr(cx, "change"), kind_title(cx, &measure_kind, &m->v[i]));
		else if (can->writes)
			html(h, "<a class='noprint' href='%s'>%s<span class='vh'>: %s</span></a>",
			    ui_url(v, "/events/%lld/measures/new?measure=%lld",
				(long long)e->rec.id, (long long)m->v[i].rec.id),
			    tr(cx, "Report"), kind_title(cx, &measure_kind, &m->v[i]));
		html(h, "</dd>");
	}
	html(h, "</dl>");
	ui_section_close(v);
	return RC_OK;
}

static int
value_new_form(struct view *v, struct measure_value *m, struct ui_form *f)
{
	const char *measure = req_q(v->rq, "measure");
	struct event_rights can;
	struct event e;

	TRY(event_of_path(v, &e));
	TRY(reads_rights(v->cx, &e, &can));
	if (!can.writes)
		return fail(v->cx, RC_DENIED,
		    N_("This belongs to another body; you may change only what is your own "
		       "body's."));
	kind_empty(&measure_value_kind, m);
	m->event = e.rec.id;
	m->basis = "counted";
	if (measure == NULL || !num_parse(measure, &m->measure) || m->measure < 0)
		m->measure = 0;
	*f = (struct ui_form){ .kind = &measure_value_kind,
		.rec = m,
		.create = true,
		.path = event_path(v, e.rec.id, "/measures/new"),
		.fields = value_fields,
		.cancel = event_path(v, e.rec.id, "") };
	return RC_OK;
}

static int
value_new_page(struct view *v)
{
	struct measure_value m;
	struct ui_form f;

	TRY(value_new_form(v, &m, &f));
	return draw_form(v, &f);
}

static int
value_new_post(struct view *v)
{
	struct measure_value m;
	struct ui_form f;

	TRY(value_new_form(v, &m, &f));
	return ui_form_save(v, &f, draw_form);
}

/* One page shows a report to everybody, and lets its own people change it. */
static int
value_form(struct view *v, struct measure_value *m, struct ui_form *f)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &measure_value_kind, id, m));
	*f = (struct ui_form){ .kind = &measure_value_kind,
		.rec = m,
		.path = arena_printf(v->cx->arena, "/measure-values/%lld", (long long)id),
		.fields = value_fields,
		.cancel = event_path(v, m->event, "") };
	return RC_OK;
}

static int
value_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct measure_value m;
	struct event_rights can = { 0 };
	struct ui_form f;
	struct event e;

	TRY(value_form(v, &m, &f));
	TRY(kind_get(cx, &event_kind, m.event, &e));
	TRY(reads_rights(cx, &e, &can));
	if (can.writes)
		return draw_form(v, &f);
	ui_open(v, &(struct page){ .title = kind_title(cx, &measure_value_kind, &m),
		       .nav = "/events",
		       .staff = true });
	TRY(ui_facts(v, &measure_value_kind, &m));
	ui_close(v);
	return RC_OK;
}

static int
value_post(struct view *v)
{
	struct measure_value m;
	struct ui_form f;

	TRY(value_form(v, &m, &f));
	return ui_form_save(v, &f, draw_form);
}

const struct route measure_routes[] = {
	{ M_GET, "/programmes/{id}/measures/new", new_page, CAP_EVENT_WRITE, 0, N_("New measure"),
	    NULL },
	{ M_POST, "/programmes/{id}/measures/new", new_post, CAP_EVENT_WRITE, 0, N_("New measure"),
	    NULL },
	{ M_GET, "/measures/{id}", measure_page, CAP_PUBLIC, 0, N_("A measure"),
	    N_("What each event reported of it; a list that can be exported.") },
	{ M_GET, "/measures/{id}/edit", edit_page, CAP_EVENT_WRITE, 0, N_("Change the measure"),
	    NULL },
	{ M_POST, "/measures/{id}/edit", edit_post, CAP_EVENT_WRITE, 0, N_("Change the measure"),
	    NULL },
	{ M_GET, "/events/{id}/measures/new", value_new_page, CAP_EVENT_WRITE, 0,
	    N_("Report of a measure"), NULL },
	{ M_POST, "/events/{id}/measures/new", value_new_post, CAP_EVENT_WRITE, 0,
	    N_("Report of a measure"), NULL },
	{ M_GET, "/measure-values/{id}", value_page, CAP_PUBLIC, 0, N_("A report of a measure"),
	    NULL },
	{ M_POST, "/measure-values/{id}", value_post, CAP_EVENT_WRITE, 0, N_("Report of a measure"),
	    NULL },
};
const size_t measure_nroutes = ARRAY_LEN(measure_routes);
