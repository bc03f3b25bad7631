/* sitrep_pages.c – situation reports on pages: the list with the button that makes one, one as it was frozen, as a
 * paper to print, and the records behind each of its figures. */
#include "mod/sitrep/sitrep_pages.h"

#include <string.h>

#include "core/setting.h"

/* ---- the list ---- */

static void
of_headquarters(struct view *v, struct query *q)
{
	int64_t id;

	if (req_param_id(v->rq, 0, &id) == RC_OK)
		query_and(q, "sitrep.headquarters = ?", VALS(v_int(id)));
}

static int
draw_list(struct view *v, const struct headquarters *h)
{
	static const char *const columns[] = { "name", "from_at", "to_at", "way", NULL };
	struct ctx *cx = v->cx;
	struct ui_list l = { .kind = &sitrep_kind,
		.path = relief_path(v, h->rec.id, "/reports"),
		.columns = columns,
		.sort = "-to_at",
		.no_filters = true,
		.narrow = of_headquarters };

	if (ui_wants_export(v))
		return ui_list_page(v, &l);
	relief_open(v, h, tr(cx, "Situation reports"), "/reports");
	html(&v->h, "<p class='prose'>%s</p>",
	    tr(cx, "Every day at 06:00 and 18:00 the program makes one from the records. A report "
		   "never changes; what was typed late stands in the next one."));
	if (cx->err.text != NULL && *cx->err.text != '\0')
		ui_note(v, 'n', cx->err.text);
	if (may(cx, CAP_RELIEF_WRITE) && strcmp(h->state, "open") == 0) {
		html(&v->h, "<div class='acts'>");
		ui_post_button(
		    v, relief_path(v, h->rec.id, "/reports"), 0, tr(cx, "Make one now"), false);
		html(&v->h, "</div>");
	}
	TRY(ui_list_page(v, &l));
	TRY(wall_link_section(v, h));
	ui_close(v);
	return RC_OK;
}

static int
list_page(struct view *v)
{
	struct headquarters h;

	TRY(relief_of_path(v, &h));
	return draw_list(v, &h);
}

static int
make_post(struct view *v)
{
	struct ctx *cx = v->cx;
	struct headquarters h;
	struct sitrep s;
	int rc;

	TRY(relief_of_path(v, &h));
	rc = sitrep_make(cx, h.rec.id, &s);
	if (rc == RC_RULE) {
		v->status = 409;
		return draw_list(v, &h);
	}
	TRY(rc);
	return ui_done(v, arena_printf(cx->arena, "/relief/reports/%lld", (long long)s.rec.id),
	    tr(cx, "The report is made."));
}

/* ---- one ---- */

static void
draw_value(struct view *v, const struct sit_report *r, const struct sit_row *row)
{
	const struct sit_value *x = sit_value(r, row->figure->code);
	struct ctx *cx = v->cx;

	html(&v->h,
	    row->key == NULL ? "<td class='r num' data-l='%s'><strong>"
			     : "<td class='r num' data-l='%s'>",
	    tr(cx, "Value"));
	if (x == NULL || x->records == 0 || *row->now == '\0')
		html(&v->h, "%s", row->now);
	else
		html(&v->h, "<a href='%s'>%s</a>",
		    row->key == NULL ? ui_url(v, "/relief/reports/%lld/records/%s",
					   (long long)r->s.rec.id, row->figure->code)
				     : ui_url(v, "/relief/reports/%lld/records/%s?key=%s",
					   (long long)r->s.rec.id, row->figure->code, row->key),
		    strcmp(row->now, "–") == 0 ? trf(cx, "%s records", num(cx, x->records))
					       : row->now);
	html(&v->h, row->key == NULL ? "</strong></td>" : "</td>");
}

static void
draw_group(struct view *v, const struct sit_report *r, bool has, const struct sit_row *row,
    size_t n, enum sit_group g)
{
	struct ctx *cx = v->cx;
	size_t i;

	html(&v->h,
	    "<section><h2>%s</h2><div class='tbl'><table class='cards'><caption "
	    "class='vh'>%s</caption><thead><tr><th scope='col'>%s</th><th scope='col' "
	    "class='r'>%s</th>",
	    tr(cx, sit_groups[g]), tr(cx, sit_groups[g]), tr(cx, "Figure"), tr(cx, "Value"));
	if (has)
		html(&v->h, "<th scope='col' class='r'>%s</th><th scope='col' class='r'>%s</th>",
		    tr(cx, "Report before"), tr(cx, "Difference"));
	html(&v->h, "</tr></thead><tbody>");
	for (i = 0; i < n; i++) {
		if (row[i].figure->group != g)
			continue;
		html(&v->h,
		    row[i].key == NULL ? "<tr><th scope='row'><strong>%s</strong></th>"
				       : "<tr><th scope='row'>– %s</th>",
		    row[i].label);
		draw_value(v, r, &row[i]);
		if (has)
			html(&v->h,
			    "<td class='r num' data-l='%s'>%s</td><td class='r num' "
			    "data-l='%s'>%s</td>",
			    tr(cx, "Report before"), row[i].was, tr(cx, "Difference"), row[i].diff);
		html(&v->h, "</tr>");
	}
	html(&v->h, "</tbody></table></div></section>");
}

static int
draw_report(struct view *v, const struct headquarters *h, const struct sit_report *r,
    const struct sit_report *was)
{
	struct ctx *cx = v->cx;
	const char *said[SIT_SENTENCES];
	struct institution in;
	struct sit_row *row;
	size_t n, k, i;
	int g;

	TRY(setting_institution(cx, &in));
	TRY(sit_rows(cx, r, was, &row, &n));
	TRY(sit_sentences(cx, r, was, said, &k));
	html(&v->h,
	    "<article class='paper report'><header><div class='hem'></div><p><strong>%s</strong>"
	    "</p><p>%s</p><h1>%s</h1><p>%s</p></header><div class='flow'>",
	    tr3(cx, &in.name, NULL), kind_title(cx, &headquarters_kind, h),
	    tr3(cx, &r->s.name, NULL), sit_period(cx, &r->s));
	for (i = 0; i < k; i++)
		html(&v->h, "<p>%s</p>", said[i]);
	html(&v->h, "</div>");
	for (g = 0; g < SIT_GROUPS; g++)
		if (sit_has_group(r, (enum sit_group)g))
			draw_group(v, r, was != NULL, row, n, (enum sit_group)g);
	html(&v->h, "<p class='small'>%s %s<br>%s</p></article>",
	    trf(cx, "Frozen at %s.", moment_text(cx, r->s.known_at)),
	    tr(cx, "No family's data stand in it."),
	    trf(cx, "Digest of the report: %s", r->s.sha256));
	return RC_OK;
}

static void
draw_ways(struct view *v, const struct sit_report *r)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<p class='acts noprint'>");
	if (may(cx, CAP_EXPORT))
		html(&v->h,
		    "<a class='btn' href='%s'>DOCX</a> <a class='btn' href='%s'>XLSX</a> <a "
		    "class='btn' href='%s'>CSV</a> ",
		    ui_url_with(v, "format", "docx"), ui_url_with(v, "format", "xlsx"),
		    ui_url_with(v, "format", "csv"));
	ui_button(v, ui_url(v, "/relief/reports/%lld/text", (long long)r->s.rec.id),
	    tr(cx, "The text (JSON)"), false);
	ui_button(v, ui_url(v, "/relief/%lld/reports", (long long)r->s.headquarters),
	    tr(cx, "All reports"), false);
	html(&v->h, "</p>");
}

static int
of_path(struct view *v, struct sitrep *s, struct headquarters *h)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &sitrep_kind, id, s));
	return kind_get(v->cx, &headquarters_kind, s->headquarters, h);
}

static int
one_page(struct view *v)
{
	struct sit_report r, before;
	struct headquarters h;
	struct sitrep s;
	bool has;

	TRY(of_path(v, &s, &h));
	TRY(sit_read(v->cx, &s, &r));
	TRY(sit_read_before(v->cx, &s, &before, &has));
	if (req_q(v->rq, "format") != NULL && *req_q(v->rq, "format") != '\0')
		return sitrep_file(v, &r, has ? &before : NULL, req_q(v->rq, "format"));
	relief_open(v, &h, tr3(v->cx, &s.name, NULL), "/reports");
	draw_ways(v, &r);
	TRY(draw_report(v, &h, &r, has ? &before : NULL));
	ui_close(v);
	return RC_OK;
}

static int
text_page(struct view *v)
{
	struct headquarters h;
	struct sitrep s;
	const char *text;

	TRY(of_path(v, &s, &h));
	TRY(sitrep_text(v->cx, &s, &text));
	v->rq->res.type = "application/json";
	v->rq->res.body = slice_str(text);
	res_header(v->rq, "Content-Disposition",
	    arena_printf(v->cx->arena, "attachment; filename=\"sitrep-%s-%lld.json\"", h.code,
		(long long)s.number));
	v->rq->res.status = 200;
	return RC_OK;
}

/* ---- the records behind a figure ---- */

enum { PAGE = 100 };

static int
draw_records(struct view *v, const struct sitrep *s, const struct sit_figure *f, const char *key)
{
	struct ctx *cx = v->cx;
	const char *after = req_q(v->rq, "after");
	struct sit_record *x;
	int64_t from = 0;
	bool more;
	size_t n, i;

	if (after != NULL && !num_parse(after, &from))
		from = 0;
	TRY(sit_records(cx, s, &(struct sit_behind){ f, key, from, PAGE }, &x, &n));
	more = n == PAGE;
	/* A record with several keys is not torn apart between two pages. */
	while (more && n > 1 && x[n - 1].id == x[n - 2].id)
		n--;
	if (more && n > 1 && n < PAGE)
		n--;
	html(&v->h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th><th scope='col'>%s</th><th scope='col' class='r'>%s</th></tr>"
	    "</thead><tbody>",
	    tr(cx, "Records"), tr(cx, "Record"), tr(cx, "Split"), tr(cx, "Amount"));
	for (i = 0; i < n; i++) {
		const char *label = "";

		if (*x[i].key != '\0')
			TRY(sit_key_label(cx, s->headquarters, f, x[i].key, &label));
		html(&v->h, "<tr><th scope='row'>");
		if (x[i].url == NULL)
			html(&v->h, "%s", x[i].label);
		else
			html(&v->h, "<a href='%s'>%s</a>", x[i].url, x[i].label);
		html(&v->h,
		    "</th><td data-l='%s'>%s</td><td class='r num' data-l='%s'>%s</td></tr>",
		    tr(cx, "Split"), label, tr(cx, "Amount"),
		    f->shape == SIT_COUNT ? num(cx, 1) : sit_said(cx, f, x[i].key, x[i].amount));
	}
	html(&v->h, "</tbody></table></div>");
	if (more)
		html(&v->h, "<p><a href='%s'>%s</a></p>",
		    ui_url_with(
			v, "after", arena_printf(cx->arena, "%lld", (long long)x[n - 1].id)),
		    tr(cx, "The next ones"));
	return RC_OK;
}

static int
records_page(struct view *v)
{
	struct ctx *cx = v->cx;
	const struct sit_figure *f;
	const char *key = req_q(v->rq, "key"), *label = NULL;
	struct headquarters h;
	struct sitrep s;

	TRY(of_path(v, &s, &h));
	f = sit_figure_find(v->rq->nparam > 1 ? v->rq->param[1] : NULL);
	if (f == NULL)
		return fail(cx, RC_NOTFOUND, N_("There is no such record."));
	if (key != NULL && *key == '\0')
		key = NULL;
	if (key != NULL)
		TRY(sit_key_label(cx, h.rec.id, f, key, &label));
	relief_open(v, &h, tr(cx, f->name), "/reports");
	html(&v->h, "<p><a href='%s'>%s</a>%s%s</p><p class='prose mute'>%s</p>",
	    ui_url(v, "/relief/reports/%lld", (long long)s.rec.id), tr3(cx, &s.name, NULL),
	    label == NULL ? "" : " · ", label == NULL ? "" : label, tr(cx, f->rule));
	TRY(draw_records(v, &s, f, key));
	ui_close(v);
	return RC_OK;
}

const struct route sitrep_routes[] = {
	{ M_GET, "/relief/{id}/reports", list_page, CAP_RELIEF_READ, 0, N_("Situation reports"),
	    N_("Every twelve hours, frozen with the records behind each figure.") },
	{ M_POST, "/relief/{id}/reports", make_post, CAP_RELIEF_WRITE, 0, N_("Make one now"),
	    NULL },
	{ M_GET, "/relief/reports/{id}", one_page, CAP_RELIEF_READ, 0, N_("Situation report"),
	    NULL },
	{ M_GET, "/relief/reports/{id}/text", text_page, CAP_RELIEF_READ, 0, N_("Situation report"),
	    NULL },
	{ M_GET, "/relief/reports/{id}/records/{figure}", records_page, CAP_RELIEF_READ, 0,
	    N_("Situation report"), NULL },
};
const size_t sitrep_nroutes = ARRAY_LEN(sitrep_routes);
