/* sheet_print_pages.c – the sheet as it lies on the table: A4, one line a person, the codes that are typed
 * afterwards, a place for the signature.
 *
 * The head of the table repeats on each page and says which sheet it is, so a loose page still has a name.
 * The paper speaks the sheet's own language, whatever the reader's. Whether somebody may be photographed is
 * a column of its own: a signature for having come is no consent to anything else (RULE sheet-5). */
#include "mod/sheet/sheet_pages.h"

#include "text/qr.h"

static int
draw_qr(struct view *v, const struct sheet_view *s)
{
	struct ctx *cx = v->cx;
	struct qr q;

	TRY(qr_make(cx->arena,
	    arena_printf(cx->arena, "%s/%s/sheets/%lld/type", req_base(v->rq), lang_code(cx->lang),
		(long long)s->s.rec.id),
	    &q));
	qr_svg(&v->h, &q, tr(cx, "QR code: where this sheet is typed"));
	return RC_OK;
}

static int
draw_top(struct view *v, const struct sheet_view *s)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	const char *body;

	TRY(sheet_body_title(cx, s->e.body, &body));
	html(h,
	    "<div class='top'><div><strong>%s</strong><br><span class='small'>%s · %s</span></div>",
	    body, trf(cx, "Sheet for signatures No. %lld", (long long)s->s.rec.id),
	    trf(cx, "printed on %s", day_text(cx, cx->today)));
	TRY(draw_qr(v, s));
	html(h, "</div><div class='hem'></div><h1>%s</h1><p>%s%s%s · %s</p>",
	    kind_title(cx, &event_kind, &s->e), sheet_event_days(cx, &s->e),
	    s->e.starts == NULL || *s->e.starts == '\0' ? "" : ", ",
	    s->e.starts == NULL ? "" : s->e.starts,
	    s->e.place != NULL && *s->e.place != '\0' ? s->e.place : tr(cx, "place not known"));
	return RC_OK;
}

static void
draw_row(struct view *v, const struct sheet_view *s, const struct row_shown *r)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	html(h, "<tr><td class='code'>%s</td>", sheet_code(cx->arena, s->size, r->r.line));
	if (r->spare)
		html(h, "<td><span class='small mute'>%s</span></td>",
		    trf(cx, "S%lld", (long long)(r->r.line - s->s.listed)));
	else
		html(h, "<td>%s</td>", r->name);
	html(h, "<td class='opt of'>%s</td><td></td><td></td></tr>", r->spare ? "" : r->body);
}

static void
draw_table(struct view *v, const struct sheet_view *s, const struct row_shown *r, size_t n)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	size_t i;

	html(h,
	    "<table class='sheet'><caption class='vh'>%s</caption><thead><tr><th colspan='5' "
	    "class='small' scope='colgroup'>%s · %s · %s</th></tr><tr><th scope='col' "
	    "class='code'>%s</th><th scope='col'>%s</th><th scope='col' class='opt of'>%s</th><th "
	    "scope='col' class='tick2'>%s</th><th scope='col'>%s</th></tr></thead><tbody>",
	    tr(cx, "Sheet for signatures"), trf(cx, "Sheet No. %lld", (long long)s->s.rec.id),
	    sheet_event_days(cx, &s->e), kind_title(cx, &event_kind, &s->e), tr(cx, "Code"),
	    tr(cx, "Surname, name, patronymic"), tr(cx, "Body"), tr(cx, "Photo + or –"),
	    tr(cx, "Signature"));
	for (i = 0; i < n; i++)
		draw_row(v, s, &r[i]);
	html(h, "</tbody></table>");
}

static int
draw_paper(struct view *v, const struct sheet_view *s)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;
	struct row_shown *r;
	size_t n;

	TRY(sheet_rows(cx, &s->s, (struct rows_ask){ .sheet = s->s.rec.id }, &r, &n));
	html(h, "<div class='paper' lang='%s'>", lang_code(cx->lang));
	TRY(draw_top(v, s));
	draw_table(v, s, r, n);
	html(h, "<div class='sign'><span>%s</span><i></i><span>%s</span></div><p class='small'>%s",
	    tr(cx, "Responsible"), tr(cx, "In all: ______ people"),
	    tr(cx, "Who signs confirms having been at this event."));
	html(h, " %s",
	    tr(cx, "Photo: “+” – I may be photographed and shown in reports of the event, “–” – I "
		   "may not; who puts no mark does not agree. Taking part depends on neither."));
	if (s->s.spare > 0)
		html(h, " %s",
		    tr(cx, "Rows with S are for those who are not on the list: please write your "
			   "surname and name legibly."));
	html(h, "</p></div>");
	return RC_OK;
}

int
sheet_print_page(struct view *v)
{
	struct ctx *cx = v->cx;
	enum lang was = cx->lang;
	bool latin = cx->latin;
	struct sheet_view s;
	int rc;

	TRY(sheet_of_path(v, &s));
	sheet_frame(v, &s, "", NULL);
	html(&v->h, "<p class='noprint mute'>%s</p>",
	    tr(cx, "Print this page (Ctrl+P). The rows are typed by their codes afterwards."));
	if (lang_parse(s.s.lang, &cx->lang))
		cx->latin = latin && cx->lang == LANG_KK;
	rc = draw_paper(v, &s);
	cx->lang = was;
	cx->latin = latin;
	TRY(rc);
	if (s.can.marks && !s.s.withdrawn) {
		html(&v->h, "<div class='noprint'>");
		ui_post_button(v, sheet_path(v, s.s.rec.id, "/withdraw"), s.s.rec.version,
		    tr(cx, "Withdraw the sheet"), true);
		html(&v->h, "</div>");
	}
	ui_close(v);
	return RC_OK;
}
