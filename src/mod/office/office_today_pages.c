/* office_today_pages.c – the home page, figures, the statement, today's tasks.
 *
 * Every number here is asked from the catalogue and links to its figure's page; the ring and the
 * lists come from the same tables. Nothing is typed. */
#include "mod/office/office_pages.h"

#include "core/session.h"
#include "figure/report.h"
#include "kind/past.h"
#include "mod/event/event.h"
#include "mod/office/office_reads.h"
#include "mod/registry/registry.h"
#include "text/xlsx.h"
#include "ui/pictures.h"

/* ---- what figures look like on pages ---- */

static enum ui_known
known_as(const struct figure_answer *a)
{
	if (!a->known)
		return KNOWN_NOT;
	return a->exactness == EXACT ? KNOWN_EXACT : KNOWN_PART;
}

static const char *
value_text(struct ctx *cx, const struct figure_answer *a)
{
	if (!a->known)
		return tr(cx, "not known");
	return figure_digits(cx, a->figure, a->value);
}

static const char *
figure_url(struct view *v, const struct figure *f)
{
	return ui_url(v, "/figures/%s", f->code);
}

/* One big number with its line, label and day. */
static int
draw_fig(struct view *v, const char *code, const char *label)
{
	struct ctx *cx = v->cx;
	const struct figure *f = figure_find(code);
	struct figure_answer a;
	struct ask ask;

	if (f == NULL)
		return fail(cx, RC_BUG, "no figure %s", code);
	ask_default(cx, &ask);
	TRY(figure_answer(cx, f, &ask, &a));
	html(&v->h,
	    "<a class='fig' href='%s'><b><i "
	    "class='n%s'>%s</i></b><span>%s</span><small>%s</small></a>",
	    figure_url(v, f), known_as(&a) == KNOWN_EXACT ? "" : " part", value_text(cx, &a), label,
	    f->time == FIGURE_PERIOD ? tr(cx, "since the beginning of the year")
				     : trf(cx, "on %s", day_text(cx, ask.on)));
	return RC_OK;
}

/* ---- home ---- */

static int
draw_ring(struct view *v)
{
	struct ring r = { .year = day_year(v->cx->today), .month_path = "/events/calendar" };

	TRY(reads_weeks(v->cx, r.year, r.week, r.month));
	r.week_now = week_of_year(v->cx->today);
	ui_ring(v, &r);
	return RC_OK;
}

static int
draw_coming(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct coming *c;
	size_t n, i;

	TRY(reads_coming(cx, 5, &c, &n));
	ui_section_open(v, "coming", tr(cx, "Coming days"), NULL);
	html(h, "<div>");
	if (n == 0)
		ui_empty(v, tr(cx, "Nothing is planned"), tr(cx, "No approved event lies ahead."),
		    ui_url(v, "/events"), tr(cx, "All events"));
	html(h, "<ul class='agenda'>");
	for (i = 0; i < n; i++)
		html(h,
		    "<li><p class='day'><b>%d</b>%s, %s</p><div><h3><a "
		    "href='%s'>%s</a></h3><p>%s%s%s</p><p class='small mute'>%s</p></div></li>",
		    day_dom(c[i].day), month_short(cx, day_month(c[i].day)),
		    weekday_short(cx, day_weekday(c[i].day)),
		    ui_url(v, "/events/%lld", (long long)c[i].id), c[i].name, c[i].starts,
		    *c[i].starts == '\0' ? "" : ", ", c[i].place, c[i].body);
	html(h, "</ul><p class='acts'><a href='%s'>%s</a></p></div>", ui_url(v, "/events/calendar"),
	    tr(cx, "Calendar"));
	ui_section_close(v);
	return RC_OK;
}

static int
draw_bodies(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct body_line *b;
	size_t n, i;

	TRY(reads_home_bodies(cx, &b, &n));
	ui_section_open(v, "bodies", tr(cx, "Bodies"), NULL);
	html(h, "<div><ul class='pairs'>");
	for (i = 0; i < n; i++) {
		html(h, "<li><a href='%s'>%s</a><span class='small mute nw'>",
		    ui_url(v, "/bodies/%lld", (long long)b[i].id), b[i].name);
		ui_count(v, KNOWN_EXACT, ui_url(v, "/bodies/%lld", (long long)b[i].id),
		    num(cx, b[i].members));
		html(h, " %s</span></li>", b[i].word);
	}
	html(h, "</ul><p class='acts'><a href='%s'>%s</a></p></div>", ui_url(v, "/bodies"),
	    tr(cx, "As a tree"));
	ui_section_close(v);
	return RC_OK;
}

static int (*home_section)(struct view *v);

void
office_home_section(int (*draw)(struct view *v))
{
	home_section = draw;
}

static int
home_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	ui_open(v, &(struct page){ .title = tr(cx, "Home page"),
		       .nav = "/",
		       .no_h1 = true,
		       .wide = true,
		       .description =
			   tr(cx, "The assembly's work in figures that open to their records.") });
	html(h, "<section class='hero'><div><h1>%s</h1><div class='figs'>",
	    tr(cx, "The region's accord is made of everyday work"));
	TRY(draw_fig(v, "events_total", tr(cx, "events held")));
	TRY(draw_fig(v, "participants_total", tr(cx, "attendances")));
	TRY(draw_fig(v, "eca_count", tr(cx, "ethnocultural associations")));
	TRY(draw_fig(v, "eca_members", tr(cx, "memberships in associations")));
	TRY(draw_fig(v, "ethnos_present", tr(cx, "ethnic groups in the region")));
	TRY(draw_fig(v, "club_learners", tr(cx, "learners in the conversation club")));
	html(h, "</div><p class='small mute prose'>%s</p></div>",
	    tr(cx, "A number on a line opens: press it to see the records it is made of. A dashed "
		   "line means that a part of it was estimated."));
	TRY(draw_ring(v));
	html(h, "</section>");
	TRY(draw_coming(v));
	if (home_section != NULL)
		TRY(home_section(v));
	TRY(draw_bodies(v));
	ui_close(v);
	return RC_OK;
}

/* ---- figures ---- */

static int
figures_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct ask ask;
	size_t i;

	ask_default(cx, &ask);
	ui_open(v, &(struct page){ .title = tr(cx, "Figures"), .nav = "/figures" });
	html(h, "<p class='mute'>%s</p>",
	    trf(cx, "For %s and on %s", day_range(cx, ask.from, ask.to), day_text(cx, ask.on)));
	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col' class='r'>%s</th><th scope='col'>%s</th><th "
	    "scope='col'>%s</th></tr></thead><tbody>",
	    tr(cx, "Figures"), tr(cx, "Figure"), tr(cx, "Value"), tr(cx, "Unit"),
	    tr(cx, "What it is"));
	for (i = 0; i < figure_count(); i++) {
		const struct figure *f = figure_nth(i);
		struct figure_answer a;

		if (!figure_may_value(cx, f, &ask))
			continue;
		TRY(figure_answer(cx, f, &ask, &a));
		html(h,
		    "<tr><th scope='row'><a href='%s'>%s</a></th><td class='r num' data-l='%s'>",
		    figure_url(v, f), tr(cx, f->name), tr(cx, "Value"));
		ui_count(v, known_as(&a), figure_url(v, f), value_text(cx, &a));
		html(h, "</td><td data-l='%s'>%s</td><td class='opt' data-l='%s'>%s</td></tr>",
		    tr(cx, "Unit"), tr(cx, f->unit), tr(cx, "What it is"), tr(cx, f->definition));
	}
	html(h, "</tbody></table></div>");
	ui_close(v);
	return RC_OK;
}

/* ---- one figure ---- */

static void
clock_field(struct view *v, const char *name, const char *label, const char *value)
{
	const struct field_error *e;

	html(&v->h, "<div class='fld'><label for='%s'>%s</label>", name, label);
	for (e = v->cx->err.fields; e != NULL; e = e->next)
		if (strcmp(e->field, name) == 0)
			html(&v->h, "<span class='err'>%s</span>", e->text);
	html(&v->h, "<input type='text' id='%s' name='%s' inputmode='numeric' value='%s'></div>",
	    name, name, value);
}

static int
clock_select(
    struct view *v, const char *name, const char *label, const char *table, const char *chosen)
{
	struct ctx *cx = v->cx;
	struct choice_row *c;
	size_t n, i;

	TRY(reads_choices(cx, table, &c, &n));
	html(&v->h,
	    "<div class='fld'><label for='%s'>%s</label><select id='%s' name='%s'><option "
	    "value=''>%s</option>",
	    name, label, name, name, tr(cx, "All"));
	for (i = 0; i < n; i++)
		if (chosen != NULL && strcmp(chosen, c[i].code) == 0)
			html(
			    &v->h, "<option value='%s' selected>%s</option>", c[i].code, c[i].name);
		else
			html(&v->h, "<option value='%s'>%s</option>", c[i].code, c[i].name);
	html(&v->h, "</select></div>");
	return RC_OK;
}

/* The second clock, quiet: most readers want what is known now. */
static void
draw_known_field(struct view *v, const struct ask *a)
{
	struct ctx *cx = v->cx;
	const char *typed = req_q(v->rq, "known");
	bool open = a->known != 0 || (typed != NULL && *typed != '\0');

	html(&v->h, open ? "<details open><summary>%s</summary>" : "<details><summary>%s</summary>",
	    tr(cx, "As known at an earlier moment"));
	clock_field(v, "known", tr(cx, "Day, or day and hour"),
	    a->known != 0   ? moment_text(cx, a->known)
	    : typed == NULL ? ""
			    : typed);
	html(&v->h, "</details>");
}

/* What is known now beside what was known then. */
static int
draw_known_note(struct view *v, const struct figure *f, const struct ask *a)
{
	struct ctx *cx = v->cx;
	struct figure_answer now;
	struct ask ask = *a;

	if (a->known == 0)
		return RC_OK;
	ask.known = 0;
	TRY(figure_answer(cx, f, &ask, &now));
	html(&v->h, "<p class='note'>%s <a href='%s'>%s</a></p>",
	    trf(cx, "As known at %s.", moment_text(cx, a->known)), ui_url_with(v, "known", NULL),
	    trf(cx, "As known now: %s", value_text(cx, &now)));
	return RC_OK;
}

static int
draw_clock(struct view *v, const struct figure *f, const struct ask *a)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<form class='clock flow' action='%s'><h2>%s</h2><div class='flow'>",
	    figure_url(v, f), tr(cx, "For which days"));
	if (f->time == FIGURE_PERIOD) {
		const char *from = req_q(v->rq, "from"), *to = req_q(v->rq, "to");
		bool bad = cx->err.fields != NULL;

		clock_field(
		    v, "from", tr(cx, "From"), bad && from != NULL ? from : day_text(cx, a->from));
		clock_field(v, "to", tr(cx, "To"), bad && to != NULL ? to : day_text(cx, a->to));
	} else
		clock_field(v, "on", tr(cx, "On the day"), day_text(cx, a->on));
	TRY(clock_select(v, "body", tr(cx, "Body"), "body", req_q(v->rq, "body")));
	TRY(clock_select(
	    v, "district", tr(cx, "District or city"), "district", req_q(v->rq, "district")));
	html(&v->h, "<button type='submit' class='btn go'>%s</button></div>", tr(cx, "Count"));
	draw_known_field(v, a);
	html(&v->h, "</form>");
	return RC_OK;
}

static const char *
exactness_text(struct ctx *cx, const struct figure_answer *a)
{
	switch (a->exactness) {
	case EXACT:
		return tr(cx, "An exact number: each record counts once.");
	case AT_LEAST:
		return tr(cx, "At least so many: some events have no count and add nothing.");
	case ABOUT:
		return tr(cx, "A part is head-counted or declared by the organiser, so the number "
			      "is approximate.");
	case UNKNOWN:
		break;
	}
	return tr(cx, "There are no records to count from.");
}

static int
draw_without(struct view *v, const struct figure *f, const struct ask *a, int64_t without)
{
	struct ctx *cx = v->cx;
	struct figure_record *r;
	size_t n, i;

	if (without == 0 || (a->known != 0 && !past_may(cx)))
		return RC_OK;
	ui_section_open(v, "without",
	    trn(cx, without, "%s event without a count", "%s events without a count",
		num(cx, without)),
	    tr(cx, "Not known is not zero: they add nothing."));
	html(&v->h, "<ul class='pairs'>");
	TRY(figure_without(cx, f, a, &r, &n));
	for (i = 0; i < n; i++)
		html(&v->h, "<li><a href='%s'>%s</a><span class='small mute nw'>%s</span></li>",
		    ui_url(v, "/events/%lld", (long long)r[i].id), r[i].label,
		    day_text(cx, r[i].day));
	html(&v->h, "</ul>");
	ui_section_close(v);
	return RC_OK;
}

static const char *
split_title(const struct figure_answer *a)
{
	if (a->dim_title != NULL)
		return a->dim_title;
	return a->dim_code;
}

static int
draw_basis(struct view *v, const struct ask *a)
{
	static const int pattern[] = { 4, 0, 1, 2, 3 };
	struct ctx *cx = v->cx;
	const struct figure *f = figure_find("events_by_basis");
	struct figure_answer *s;
	struct bar_part part[8];
	size_t n, i, used = 0;
	enum basis b;

	if (f == NULL)
		return RC_OK;
	TRY(figure_split(cx, f, a, &s, &n));
	for (b = BASIS_SCANNED; b <= BASIS_DECLARED + 1; b++) {
		enum basis at = b > BASIS_DECLARED ? BASIS_UNKNOWN : b;

		for (i = 0; i < n; i++)
			if (s[i].dim_code != NULL && strcmp(s[i].dim_code, basis_code(at)) == 0)
				part[used++] = (struct bar_part){ basis_label(cx, at), NULL,
					(int64_t)s[i].value, pattern[at] };
	}
	ui_section_open(v, "basis", tr(cx, "What the counts of people rest on"),
	    tr(cx, "The four are never mixed; not known is not zero. The bar shows events."));
	html(&v->h, "<div class='basis'>");
	ui_bar(v, part, used);
	html(&v->h, "</div>");
	ui_section_close(v);
	return RC_OK;
}

static int
draw_split(struct view *v, const struct figure *f, const struct ask *a)
{
	struct ctx *cx = v->cx;
	struct figure_answer *s;
	size_t n, i;

	if (f->dim == NULL)
		return RC_OK;
	TRY(figure_split(cx, f, a, &s, &n));
	ui_section_open(v, "split", tr(cx, "Split"), NULL);
	html(&v->h,
	    "<div class='tbl'><table><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col' class='r'>%s</th></tr></thead><tbody>",
	    tr(cx, "Split"), tr(cx, "Part"), tr(cx, "Value"));
	for (i = 0; i < n; i++)
		html(&v->h, "<tr><th scope='row'>%s</th><td class='r num'>%s</td></tr>",
		    split_title(&s[i]), value_text(cx, &s[i]));
	html(&v->h, "</tbody></table></div>");
	ui_section_close(v);
	return RC_OK;
}

enum { FIGURE_ROWS = 50 };

static void
draw_record(struct view *v, const struct figure *f, const struct figure_record *r)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *url = kind_url(cx, f->kind, r->id);

	html(h, "<tr><th scope='row'>");
	if (url != NULL)
		html(h, "<a href='%s'>%s</a>", url, r->label);
	else
		html(h, "%s", r->label);
	html(h, "</th><td class='nw' data-l='%s'>%s</td><td data-l='%s'>%s</td>", tr(cx, "Day"),
	    day_text(cx, r->day), tr(cx, "Body"), r->body_title == NULL ? "" : r->body_title);
	if (f->shape != FIGURE_COUNT)
		html(h, "<td class='r' data-l='%s'>%s</td>", tr(cx, "Amount"),
		    r->amount == INT_NONE ? tr(cx, "not known")
		    : f->mass		  ? figure_digits(cx, f, (double)r->amount)
					  : num(cx, r->amount));
	html(h, "<td data-l='%s'>%s</td></tr>", tr(cx, "Number"),
	    arena_printf(cx->arena, "%lld", (long long)r->id));
}

static int
draw_rows(struct view *v, const struct figure *f, const struct figure_answer *ans)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *from = req_q(v->rq, "after");
	struct figure_record *r;
	int64_t after = 0;
	size_t n = 0, i;
	int rc;

	if (from != NULL && !num_parse(from, &after))
		after = 0;
	ui_section_open(v, "records",
	    trn(cx, ans->records, "%s record", "%s records", num(cx, ans->records)), NULL);
	html(h, "<div>");
	if (ans->sealed != 0)
		ui_note(v, '-',
		    trf(cx,
			"Of the value, %s come from sealed totals: people whose records were "
			"erased.",
			num(cx, ans->sealed)));
	rc = figure_may_rows(cx, f, &ans->ask);
	if (rc == RC_DENIED) { /* the value stands above all the same */
		ui_note(v, '-', cx->err.text);
		err_clear(cx);
		html(h, "</div>");
		ui_section_close(v);
		return RC_OK;
	}
	TRY(rc);
	TRY(figure_records(cx, f, &ans->ask, figure_from(after, FIGURE_ROWS), &r, &n));
	html(h,
	    "<p class='acts noprint'><a class='btn' href='%s'>CSV</a><a class='btn' "
	    "href='%s'>XLSX</a></p>",
	    ui_url_with(v, "format", "csv"), ui_url_with(v, "format", "xlsx"));
	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th>",
	    tr(cx, "Records"), tr(cx, f->kind->label), tr(cx, "Day"), tr(cx, "Body"));
	if (f->shape != FIGURE_COUNT)
		html(h, "<th scope='col' class='r'>%s</th>", tr(cx, "Amount"));
	html(h, "<th scope='col'>%s</th></tr></thead><tbody>", tr(cx, "Number"));
	for (i = 0; i < n; i++)
		draw_record(v, f, &r[i]);
	html(h, "</tbody></table></div>");
	if (n == FIGURE_ROWS)
		html(h,
		    "<nav class='pager' aria-label='%s'><span class='acts'><a class='btn' "
		    "href='%s'>%s</a></span></nav>",
		    tr(cx, "Pages"),
		    ui_url_with(
			v, "after", arena_printf(cx->arena, "%lld", (long long)r[n - 1].id)),
		    tr(cx, "Next"));
	html(h, "</div>");
	ui_section_close(v);
	return RC_OK;
}

/* ---- exports of a figure's records: all of them, as on the screen ---- */

static int
export_xlsx(struct view *v, const struct figure *f, const struct ask *a, struct slice *out)
{
	struct ctx *cx = v->cx;
	const char *const head[] = { tr(cx, "Number"), tr(cx, f->kind->label), tr(cx, "Day"),
		tr(cx, "Body"), tr(cx, "Amount"), tr(cx, "Basis") };
	struct figure_record *r;
	struct xlsx *x;
	int64_t after = 0;
	size_t i, n;

	TRY(xlsx_open(cx->arena, f->code, &x));
	for (i = 0; i < ARRAY_LEN(head); i++)
		xlsx_head(x, head[i]);
	xlsx_end_row(x);
	do {
		int rc = figure_records(cx, f, a, figure_from(after, 500), &r, &n);

		if (rc != RC_OK) {
			struct slice none;

			if (xlsx_close(x, &none) != RC_OK)
				err_clear(cx);
			return rc;
		}
		for (i = 0; i < n; i++) {
			xlsx_num(x, r[i].id);
			xlsx_text(x, r[i].label);
			xlsx_day(x, r[i].day);
			xlsx_text(x, r[i].body_title);
			if (r[i].amount == INT_NONE)
				xlsx_text(x, NULL);
			else
				xlsx_num(x, r[i].amount);
			xlsx_text(x, r[i].basis);
			xlsx_end_row(x);
		}
		after = n > 0 ? r[n - 1].id : after;
	} while (n == 500);
	return xlsx_close(x, out);
}

static int
figure_export(struct view *v, const struct figure *f, const struct ask *a, const char *format)
{
	struct ctx *cx = v->cx;
	struct csv c;

	if (strcmp(format, "xlsx") == 0) {
		TRY(export_xlsx(v, f, a, &v->rq->res.body));
		v->rq->res.type =
		    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
	} else {
		csv_init(&c, cx->arena, true, 0);
		TRY(report_records_csv(cx, f->code, a, &c));
		v->rq->res.body = (struct slice){ c.out.p, c.out.n };
		v->rq->res.type = "text/csv; charset=utf-8";
	}
	res_header(v->rq, "Content-Disposition",
	    arena_printf(cx->arena, "attachment; filename=\"%s.%s\"", f->code,
		strcmp(format, "xlsx") == 0 ? "xlsx" : "csv"));
	if (cx->actor->account != 0)
		TRY(audit_note(cx, "export", f->kind->name, 0, f->code));
	v->rq->res.status = 200;
	return RC_OK;
}

static int
draw_figure(struct view *v, const struct figure *f, const struct ask *a)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct figure_answer ans;
	const struct crumb crumbs[] = { { "/figures", tr(cx, "Figures") },
		{ NULL, tr(cx, f->name) }, { NULL, NULL } };

	TRY(figure_answer(cx, f, a, &ans));
	ui_open(
	    v, &(struct page){
		   .title = tr(cx, f->name), .nav = "/figures", .crumbs = crumbs, .no_h1 = true });
	html(h, "<div class='two'><div><h1>%s</h1><p class='bigfig'>", tr(cx, f->name));
	ui_count(v, known_as(&ans), "#records", value_text(cx, &ans));
	html(h, "</p><p class='lead'>%s %s</p></div>",
	    f->time == FIGURE_PERIOD ? trf(cx, "For %s.", day_range(cx, a->from, a->to))
				     : trf(cx, "On %s.", day_text(cx, a->on)),
	    exactness_text(cx, &ans));
	TRY(draw_clock(v, f, a));
	html(h, "</div>");
	TRY(draw_known_note(v, f, a));
	ui_section_open(v, "how", tr(cx, "How it is counted"), NULL);
	html(h, "<div class='flow prose'><p>%s</p><p>%s</p></div>", tr(cx, f->definition),
	    tr(cx, f->rule));
	ui_section_close(v);
	if (strncmp(f->code, "participants_", 13) == 0 || strcmp(f->code, "events_total") == 0)
		TRY(draw_basis(v, a));
	TRY(draw_split(v, f, a));
	TRY(draw_without(v, f, a, ans.without));
	TRY(draw_rows(v, f, &ans));
	ui_close(v);
	return RC_OK;
}

static int
figure_page(struct view *v)
{
	struct ctx *cx = v->cx;
	const struct figure *f = figure_find(v->rq->param[0]);
	const char *format = req_q(v->rq, "format");
	struct ask_text t = { req_q(v->rq, "on"), req_q(v->rq, "period"), req_q(v->rq, "body"),
		req_q(v->rq, "district"), req_q(v->rq, "from"), req_q(v->rq, "to"),
		req_q(v->rq, "known") };
	struct ask a;
	int rc;

	if (f == NULL || !may(cx, f->value_cap))
		return fail(cx, RC_NOTFOUND, N_("There is no figure “%s”."), v->rq->param[0]);
	rc = ask_read(cx, &t, &a);
	if (rc == RC_INVALID) {
		v->status = 422;
		ask_default(cx, &a);
	} else if (rc != RC_OK)
		return rc;
	/* A figure for staff is asked for the own body by those who see no other. */
	if (f->value_cap != CAP_PUBLIC && actor_scoped(cx->actor) && a.body == 0)
		a.body = cx->actor->body;
	if (format != NULL && *format != '\0' && rc == RC_OK)
		return figure_export(v, f, &a, format);
	return draw_figure(v, f, &a);
}

/* ---- the statement ---- */

static int
statement_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct ask_text t = { .on = req_q(v->rq, "on"),
		.period = req_q(v->rq, "period"),
		.known = req_q(v->rq, "known") };
	struct statement st;
	struct ask a;
	size_t i;
	int rc = ask_read(cx, &t, &a);

	if (rc == RC_INVALID) {
		v->status = 422;
		ask_default(cx, &a);
	} else if (rc != RC_OK)
		return rc;
	TRY(report_statement(cx, &a, &st));
	ui_open(v, &(struct page){ .title = st.title, .nav = "/statement", .no_h1 = true });
	html(h, "<form class='row noprint' action='%s'>", ui_url(v, "/statement"));
	clock_field(
	    v, "on", tr(cx, "On the day"), t.on != NULL && rc != RC_OK ? t.on : day_text(cx, a.on));
	html(h, "<button type='submit' class='btn'>%s</button></form>", tr(cx, "Show"));
	html(h, "<article class='paper'><div class='hem'></div><h1>%s</h1><br><div class='flow'>",
	    st.title);
	for (i = 0; i < st.n; i++)
		html(h, "<p>%s</p>", st.sentence[i]);
	html(h,
	    "</div><br><table><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col' class='opt'>%s</th><th scope='col' "
	    "class='r'>%s</th></tr></thead><tbody>",
	    tr(cx, "Figures"), tr(cx, "Figure"), tr(cx, "Unit"), tr(cx, "Value"));
	for (i = 0; i < figure_count(); i++) {
		const struct figure *f = figure_nth(i);
		struct figure_answer ans;

		if (!figure_may_value(cx, f, &a))
			continue;
		TRY(figure_answer(cx, f, &a, &ans));
		html(h, "<tr><th scope='row'>%s</th><td class='opt'>%s</td><td class='r num'>",
		    tr(cx, f->name), tr(cx, f->unit));
		ui_count(v, known_as(&ans), figure_url(v, f), value_text(cx, &ans));
		html(h, "</td></tr>");
	}
	html(h, "</tbody></table><br><p class='small'>%s</p></article>",
	    trf(cx, "Every number opens to its records; counted from the records at %s.",
		moment_text(cx, cx->now)));
	ui_close(v);
	return RC_OK;
}

/* ---- today ---- */

static void
draw_tasks(struct view *v, const char *id, const char *name, const struct task *t, size_t n)
{
	struct ctx *cx = v->cx;
	size_t i;

	if (n == 0)
		return;
	ui_section_open(v, id, name, NULL);
	html(&v->h, "<ul>");
	for (i = 0; i < n; i++) {
		html(&v->h, "<li class='task'><h3>%s</h3><p class='small mute'>%s%s%s</p>",
		    t[i].text, t[i].detail, t[i].owner == NULL ? "" : " · ",
		    t[i].owner == NULL ? "" : t[i].owner);
		html(&v->h,
		    "<div class='acts'><a class='btn' href='/%s%s'>%s<span class='vh'>: "
		    "%s</span></a>",
		    lang_prefix(cx), t[i].path, t[i].button == NULL ? tr(cx, "Open") : t[i].button,
		    t[i].text);
		if (t[i].post != NULL)
			ui_post_button(v, t[i].post, t[i].version, t[i].post_button, false);
		html(&v->h, "</div></li>");
	}
	html(&v->h, "</ul>");
	ui_section_close(v);
}

static int
draw_year(struct view *v)
{
	struct ctx *cx = v->cx;

	html(&v->h,
	    "<aside aria-label='%s'><div class='card'><h2>%s</h2><p class='small'>%s</p><div "
	    "class='figs sm'>",
	    tr(cx, "Figures"), tr(cx, "This year"), moment_text(cx, cx->now));
	TRY(draw_fig(v, "events_total", tr(cx, "events held")));
	TRY(draw_fig(v, "participants_total", tr(cx, "attendances")));
	TRY(draw_fig(v, "eca_count", tr(cx, "ethnocultural associations")));
	TRY(draw_fig(v, "eca_members", tr(cx, "memberships")));
	html(&v->h, "</div></div></aside>");
	return RC_OK;
}

static int
today_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct tasks t;

	/* After signing in everybody is sent here; who has no work in the house sees the own account. */
	if (!may(cx, CAP_STAFF))
		return ui_done(v, may(cx, CAP_DOOR) ? "/door" : "/me", NULL);
	TRY(reads_tasks(cx, &t));
	ui_open(v,
	    &(struct page){ .title = trf(cx, "Today, %s, %s",
				weekday_name(cx, day_weekday(cx->today)), day_long(cx, cx->today)),
		.nav = "/today",
		.staff = true });
	if (t.nlate + t.ntoday + t.nsoon == 0)
		html(h, "<p class='mute'>%s</p>", tr(cx, "Nothing waits for you."));
	else
		html(h, "<p class='mute'>%s</p>",
		    trn(cx, (int64_t)(t.nlate + t.ntoday + t.nsoon), "%s task waits for you",
			"%s tasks wait for you", num(cx, (int64_t)(t.nlate + t.ntoday + t.nsoon))));
	html(h, "<p class='acts'>");
	if (may(cx, CAP_EVENT_WRITE))
		ui_button(v, ui_url(v, "/events/new"), tr(cx, "New event"), true);
	if (may(cx, CAP_PEOPLE_WRITE))
		ui_button(v, ui_url(v, "/people/new"), tr(cx, "New person"), false);
	html(h, "</p><div class='two'><div>");
	draw_tasks(v, "late", tr(cx, "Overdue"), t.late, t.nlate);
	draw_tasks(v, "now", tr(cx, "Today"), t.today, t.ntoday);
	draw_tasks(v, "soon", tr(cx, "Coming"), t.soon, t.nsoon);
	if (t.nlate + t.ntoday + t.nsoon == 0)
		ui_empty(v, tr(cx, "All done"),
		    tr(cx, "No report is overdue, no accreditation ends soon."), NULL, NULL);
	html(h, "</div>");
	TRY(draw_year(v));
	html(h, "</div>");
	ui_close(v);
	return RC_OK;
}

const struct route office_today_routes[] = {
	{ M_GET, "/", home_page, CAP_PUBLIC, ROUTE_CACHE, N_("Home page"),
	    N_("The year's figures, coming events, bodies.") },
	{ M_GET, "/figures", figures_page, CAP_PUBLIC, ROUTE_CACHE, N_("Figures"),
	    N_("All figures with what they mean.") },
	{ M_GET, "/figures/{code}", figure_page, CAP_PUBLIC, ROUTE_CACHE, N_("A figure"), NULL },
	{ M_GET, "/statement", statement_page, CAP_PUBLIC, ROUTE_CACHE, N_("Statement"),
	    N_("The year in whole sentences, ready to print.") },
	{ M_GET, "/today", today_page, CAP_SIGNED_IN, 0, N_("Today"), N_("What waits for you.") },
};
const size_t office_today_nroutes = ARRAY_LEN(office_today_routes);
