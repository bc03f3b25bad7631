/* report_pages.c – the report on the screen: for which days, what does not look right, the paper itself,
 * and the same as DOCX, XLSX and a file of its own.
 *
 * The question stands in the address, so a report can be kept, sent and asked again. What is to be
 * checked stands above the paper and is not printed with it. */
#include "mod/report/report_pages.h"

#include "mod/report/paper_edition.h"

/* ---- the form ---- */

static void
draw_errors(struct view *v, const char *name)
{
	const struct field_error *e;

	for (e = v->cx->err.fields; e != NULL; e = e->next)
		if (strcmp(e->field, name) == 0)
			html(&v->h, "<span class='err' id='%s-e'>%s</span>", name, e->text);
}

static bool
refused(struct view *v, const char *name)
{
	const struct field_error *e;

	for (e = v->cx->err.fields; e != NULL; e = e->next)
		if (strcmp(e->field, name) == 0)
			return true;
	return false;
}

static const char *
typed(struct view *v, const char *name)
{
	const char *s = req_q(v->rq, name);

	return s == NULL ? "" : s;
}

static void
draw_field(struct view *v, const char *name, const char *label, const char *value)
{
	html(&v->h, "<div class='fld%s'><label for='%s'>%s</label>", refused(v, name) ? " bad" : "",
	    name, label);
	draw_errors(v, name);
	html(&v->h, "<input type='text' id='%s' name='%s' value='%s'", name, name, value);
	if (refused(v, name))
		html(&v->h, " aria-invalid='true' aria-describedby='%s-e'", name);
	html(&v->h, "></div>");
}

static void
begin_select(struct view *v, const char *name, const char *label)
{
	html(&v->h, "<div class='fld'><label for='%s'>%s</label>", name, label);
	draw_errors(v, name);
	html(&v->h, "<select id='%s' name='%s'>", name, name);
}

static void
draw_option(struct view *v, const char *value, bool chosen, const char *text)
{
	html(&v->h, "<option value='%s'", value);
	html(&v->h, chosen ? " selected>%s</option>" : ">%s</option>", text);
}

/* The half, quarter or month that the present question names, as the form writes it. */
static const char *
part_of(struct view *v, const struct period *p)
{
	static const char *const letters[] = { "", "H", "Q", "m", "" };

	if (p->shape == PERIOD_YEAR || p->shape == PERIOD_DAYS)
		return "";
	return arena_printf(v->cx->arena, p->shape == PERIOD_MONTH ? "%s%02d" : "%s%d",
	    letters[p->shape], p->number);
}

static void
draw_parts(struct view *v, const char *chosen)
{
	static const struct {
		const char *value, *text;
	} parts[] = { { "H1", N_("1st half-year") }, { "H2", N_("2nd half-year") },
		{ "Q1", N_("1st quarter") }, { "Q2", N_("2nd quarter") },
		{ "Q3", N_("3rd quarter") }, { "Q4", N_("4th quarter") } };
	struct ctx *cx = v->cx;
	size_t i;
	int m;

	begin_select(v, "part", tr(cx, "Part of the year"));
	draw_option(v, "", *chosen == '\0', tr(cx, "The whole year"));
	for (i = 0; i < ARRAY_LEN(parts); i++)
		draw_option(
		    v, parts[i].value, strcmp(chosen, parts[i].value) == 0, tr(cx, parts[i].text));
	for (m = 1; m <= 12; m++) {
		const char *value = arena_printf(cx->arena, "m%02d", m);

		draw_option(v, value, strcmp(chosen, value) == 0, month_name(cx, m));
	}
	html(&v->h, "</select></div>");
}

static int
draw_choices(struct view *v, const char *name, const char *label)
{
	struct ctx *cx = v->cx;
	const char *chosen = typed(v, name);
	struct paper_choice *c;
	size_t n, i;

	TRY(paper_choices(cx, name, &c, &n));
	begin_select(v, name, label);
	draw_option(v, "", *chosen == '\0', tr(cx, "All"));
	for (i = 0; i < n; i++)
		draw_option(v, c[i].code, strcmp(chosen, c[i].code) == 0, c[i].name);
	html(&v->h, "</select></div>");
	return RC_OK;
}

static int
draw_signers(struct view *v, const struct paper *p)
{
	struct ctx *cx = v->cx;
	struct paper_signer *s;
	size_t n, i;

	TRY(paper_signers(cx, p->day, &s, &n));
	begin_select(v, "signer", tr(cx, "Who signs"));
	for (i = 0; i < n; i++)
		draw_option(v, arena_printf(cx->arena, "%lld", (long long)s[i].office),
		    s[i].office == p->signer.office,
		    arena_printf(cx->arena, "%s – %s", tr3(cx, &s[i].title, NULL),
			s[i].name == NULL ? tr(cx, "vacant") : s[i].name));
	html(&v->h, "</select></div>");
	return RC_OK;
}

static int
draw_form(struct view *v, const struct paper *p)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	bool days = p->period.shape == PERIOD_DAYS, bad = cx->err.fields != NULL;

	html(h, "<form class='clock noprint' action='%s'><h2>%s</h2><div class='asks'>",
	    ui_url(v, "/report"), tr(cx, "For which days"));
	draw_field(v, "year", tr(cx, "Year"),
	    bad ? typed(v, "year") : arena_printf(cx->arena, "%d", p->period.year));
	draw_parts(v, part_of(v, &p->period));
	draw_field(v, "from", tr(cx, "Or from the day"),
	    bad	   ? typed(v, "from")
	    : days ? day_text(cx, p->period.from)
		   : "");
	draw_field(v, "to", tr(cx, "To"),
	    bad	   ? typed(v, "to")
	    : days ? day_text(cx, p->period.to)
		   : "");
	TRY(draw_choices(v, "body", tr(cx, "Body")));
	TRY(draw_choices(v, "district", tr(cx, "District or city")));
	draw_field(v, "known", tr(cx, "As known at"), typed(v, "known"));
	draw_field(v, "number", tr(cx, "Number of the paper"), typed(v, "number"));
	draw_field(v, "day", tr(cx, "Date of the paper"),
	    refused(v, "day") ? typed(v, "day") : day_text(cx, p->day));
	TRY(draw_signers(v, p));
	html(h, "</div><p class='acts'><button type='submit' class='btn go'>%s</button></p></form>",
	    tr(cx, "Count"));
	return RC_OK;
}

static void
draw_files(struct view *v, const struct paper *p)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<p class='acts noprint'>");
	if (may(cx, CAP_EXPORT))
		html(&v->h,
		    "<a class='btn' href='%s'>DOCX</a><a class='btn' href='%s'>XLSX</a>"
		    "<a class='btn' href='%s'>HTML</a>",
		    ui_url_with(v, "format", "docx"), ui_url_with(v, "format", "xlsx"),
		    ui_url_with(v, "format", "html"));
	html(&v->h, "<a class='btn bare' href='%s'>%s</a></p>", ui_url(v, "/reference/targets"),
	    tr(cx, "Plans of figures"));
	/* An edition freezes what is known now, of the whole assembly; then it is signed. */
	if (!may(cx, CAP_EDITION_FREEZE) || p->ask.known != 0 || p->ask.body != 0 ||
	    p->ask.district != 0)
		return;
	ui_form_begin(v, "/editions", false);
	html(&v->h,
	    "<input type='hidden' name='from' value='%s'><input type='hidden' name='to' "
	    "value='%s'><p class='acts'><button type='submit' class='btn'>%s</button></p>",
	    day_text(cx, p->ask.from), day_text(cx, p->ask.to), tr(cx, "Freeze the figures"));
	ui_form_end(v);
}

/* ---- what is to be checked ---- */

static void
draw_record(struct view *v, const struct paper_doubt *d, const struct paper_doubt_record *r)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *name = tr3(cx, &r->name, NULL);

	html(h, "<tr><th scope='row'>");
	if (r->id != 0)
		html(h, "<a href='%s'>%s</a>", ui_url(v, "/events/%lld", (long long)r->id), name);
	else
		html(h, "%s", name);
	html(h,
	    "</th><td class='nw' data-l='%s'>%s</td><td data-l='%s'>%s</td><td class='r num' "
	    "data-l='%s'>%s</td>",
	    tr(cx, "Day"), day_text(cx, r->day), tr(cx, "Body"), tr3(cx, &r->body, NULL),
	    tr(cx, "Number of people"),
	    r->amount == INT_NONE ? tr(cx, "not known") : num(cx, r->amount));
	if (d->usual != NULL)
		html(h, "<td class='r num' data-l='%s'>%s</td>", tr(cx, d->usual),
		    r->usual == INT_NONE ? tr(cx, "not known") : num(cx, r->usual));
	html(h, "</tr>");
}

static void
draw_doubt(struct view *v, const struct paper_doubt *d)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	html(h,
	    "<details class='doubt'><summary>%s <span class='num mute'>%s</span></summary><p "
	    "class='small'>%s</p>",
	    tr(cx, d->title), num(cx, d->records), tr(cx, d->why));
	html(h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col'>%s</th><th scope='col' "
	    "class='r'>%s</th>",
	    tr(cx, d->title), tr(cx, "Event"), tr(cx, "Day"), tr(cx, "Body"),
	    tr(cx, "Number of people"));
	if (d->usual != NULL)
		html(h, "<th scope='col' class='r'>%s</th>", tr(cx, d->usual));
	html(h, "</tr></thead><tbody>");
	for (i = 0; i < d->n; i++)
		draw_record(v, d, &d->record[i]);
	html(h, "</tbody></table></div>");
	if (d->records > (int64_t)d->n)
		html(h, "<p class='small mute'>%s</p>",
		    trf(cx, "The first %1$s of %2$s are shown.", num(cx, (int64_t)d->n),
			num(cx, d->records)));
	html(h, "</details>");
}

static void
draw_doubts(struct view *v, const struct paper *p)
{
	struct ctx *cx = v->cx;
	size_t i;

	html(&v->h,
	    "<section class='sec noprint' aria-labelledby='doubts'><div class='rail'><h2 "
	    "id='doubts'>%s</h2><p class='small mute'>%s</p></div><div>",
	    tr(cx, "To be checked before signing"),
	    tr(cx, "Nothing is left out of the figures because of it."));
	if (p->doubts_hidden)
		ui_note(v, '-', tr(cx, "Your role does not open the events behind the figures."));
	else if (p->ndoubts == 0)
		ui_note(v, 'o', tr(cx, "No number of this period looks wrong."));
	for (i = 0; i < p->ndoubts; i++)
		draw_doubt(v, &p->doubt[i]);
	html(&v->h, "</div></section>");
}

/* ---- the page and its files ---- */

static int
send_file(
    struct view *v, const struct paper *p, const char *format, const struct paper_stamp *stamp)
{
	static const struct {
		const char *name, *type;
		int (*draw)(
		    struct ctx *, const struct paper *, const struct paper_style *, struct slice *);
	} files[] = {
		{ "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		    paper_docx },
		{ "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		    paper_xlsx },
		{ "html", "text/html; charset=utf-8", paper_html_file },
	};
	/* An office sends Kazakh, the original, and Russian; an English reader gets English alone. */
	struct paper_style s = { .lang = { LANG_KK, LANG_RU }, .nlangs = 2 };
	struct ctx *cx = v->cx;
	char period[PERIOD_TEXT];
	size_t i;

	if (!may(cx, CAP_EXPORT))
		return fail(cx, RC_DENIED, N_("Your role does not allow exports."));
	if (cx->lang == LANG_EN)
		s = (struct paper_style){ .lang = { LANG_EN }, .nlangs = 1 };
	s.stamp = stamp;
	for (i = 0; i < ARRAY_LEN(files) && strcmp(files[i].name, format) != 0; i++)
		;
	if (i == ARRAY_LEN(files))
		return RC_NOTFOUND;
	TRY(files[i].draw(cx, p, &s, &v->rq->res.body));
	period_text(&p->period, period);
	v->rq->res.type = files[i].type;
	res_header(v->rq, "Content-Disposition",
	    arena_printf(
		cx->arena, "attachment; filename=\"report-%s.%s\"", period, files[i].name));
	TRY(audit_note(cx, "export", "report", 0, period));
	v->rq->res.status = 200;
	return RC_OK;
}

static int
draw_page(struct view *v, const struct paper *p, const struct paper_stamp *stamp)
{
	struct ctx *cx = v->cx;
	struct paper_style s = { .lang = { cx->lang }, .nlangs = 1, .links = true, .stamp = stamp };

	ui_open(v, &(struct page){
		       .title = tr(cx, "Report"), .nav = "/report", .staff = true, .no_h1 = true });
	if (p->edition == 0)
		TRY(draw_form(v, p));
	else
		ui_note(v, 'o',
		    trf(cx,
			stamp != NULL ? N_("Edition %s, signed. Its figures stay as they were.")
				      : N_("Edition %s, not signed yet."),
			num(cx, p->edition)));
	draw_files(v, p);
	if (p->ask.known == 0)
		draw_doubts(v, p);
	TRY(paper_html(cx, &v->h, p, &s));
	ui_close(v);
	return RC_OK;
}

static int
edition_report(struct view *v, const char *number, const char *format)
{
	struct paper_stamp stamp;
	struct paper p;
	int64_t n;
	bool stamped;

	if (!num_parse(number, &n))
		return fail(v->cx, RC_NOTFOUND, N_("There is no edition %s."), number);
	TRY(paper_of_edition(v->cx, n, v->rq->base, &p, &stamp, &stamped));
	if (format != NULL && *format != '\0')
		return send_file(v, &p, format, stamped ? &stamp : NULL);
	return draw_page(v, &p, stamped ? &stamp : NULL);
}

static int
report_page(struct view *v)
{
	struct ctx *cx = v->cx;
	struct req *rq = v->rq;
	struct paper_text t = { req_q(rq, "period"), req_q(rq, "year"), req_q(rq, "part"),
		req_q(rq, "from"), req_q(rq, "to"), req_q(rq, "body"), req_q(rq, "district"),
		req_q(rq, "number"), req_q(rq, "day"), req_q(rq, "signer"), req_q(rq, "known") };
	const char *edition = req_q(rq, "edition"), *format = req_q(rq, "format");
	struct paper_in in;
	struct paper p;
	int rc;

	if (edition != NULL && *edition != '\0')
		return edition_report(v, edition, format);
	rc = paper_read(cx, &t, &in);
	if (rc == RC_INVALID) {
		v->status = 422;
		in = (struct paper_in){ .period = period_make(PERIOD_YEAR, day_year(cx->today), 0),
			.day = cx->today };
	} else
		TRY(rc);
	TRY(paper_make(cx, &in, &p));
	if (rc == RC_OK && format != NULL && *format != '\0')
		return send_file(v, &p, format, NULL);
	return draw_page(v, &p, NULL);
}

const struct route report_routes[] = {
	{ M_GET, "/report", report_page, CAP_STAFF, 0, N_("Report"),
	    N_("The figures of a period beside plan and last year, to check, print and sign.") },
};
const size_t report_nroutes = ARRAY_LEN(report_routes);
