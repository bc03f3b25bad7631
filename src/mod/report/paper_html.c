/* paper_html.c – the report as HTML: for the page, for print, and as a file of its own.
 *
 * Charts stand above the table that holds their numbers. On pages every number leads to the figure's
 * page with the same question; in a file nothing leads anywhere. */
#include "mod/report/paper_inner.h"

#include "text/chart.h"
#include "text/qr.h"

struct drawing {
	struct ctx *cx;
	struct html *h;
	const struct paper *p;
	const struct paper_style *s;
};

/* The figure's page with the same question; NULL = nothing leads there. */
static const char *
cell_url(struct drawing *d, const struct paper_row *r, const struct paper_cell *c)
{
	char from[16], to[16], known[32];
	bool of_row = c->ask.district != d->p->ask.district;
	const char *district = of_row ? r->code : d->p->district_code;
	struct buf b;

	if (!d->s->links || c->figure == NULL)
		return NULL;
	buf_init(&b, d->cx->arena, 0);
	buf_printf(&b, "/%s/figures/%s?", lang_prefix(d->cx), c->figure->code);
	day_iso(c->ask.from, from);
	day_iso(c->figure->time == FIGURE_PERIOD ? c->ask.to : c->ask.on, to);
	if (c->figure->time == FIGURE_PERIOD)
		buf_printf(&b, "from=%s&to=%s", from, to);
	else
		buf_printf(&b, "on=%s", to);
	if (d->p->body_code != NULL)
		buf_printf(&b, "&body=%s", d->p->body_code);
	if (district != NULL)
		buf_printf(&b, "&district=%s", district);
	if (c->ask.known != 0) {
		moment_rfc3339(c->ask.known, known);
		buf_printf(&b, "&known=%s", known);
	}
	return b.p;
}

static void
draw_value(struct drawing *d, const struct paper_row *r, const struct paper_cell *c)
{
	const char *url = cell_url(d, r, c), *text = paper_value(d->cx, c);

	if (url != NULL && c->known)
		html(d->h, "<a class='n%s' href='%s'>%s</a>", c->exactness == EXACT ? "" : " part",
		    url, text);
	else
		html(d->h, "%s", text);
}

/* ---- charts ---- */

static const char *
short_label(struct drawing *d, const struct paper_table *t, const struct paper_row *r)
{
	struct period p;

	if (t->chart == PAPER_LINES && period_parse(r->code, &p))
		return month_short(d->cx, day_month(p.from));
	return paper_label(d->cx, &r->label);
}

/* For those who hear the page: where the most is, and where the numbers are. */
static const char *
description(struct drawing *d, const struct paper_table *t)
{
	const struct paper_row *best = NULL;
	size_t i;

	for (i = 0; i < t->n; i++)
		if (t->row[i].now.known && (best == NULL || t->row[i].now.value > best->now.value))
			best = &t->row[i];
	if (best == NULL)
		return "";
	return trf(d->cx, "Most: %s, %s. All numbers stand in the table below.",
	    paper_label(d->cx, &best->label), paper_value(d->cx, &best->now));
}

static void
draw_chart(struct drawing *d, const struct paper_table *t)
{
	struct chart_row *rows = arena_array(d->cx->arena, struct chart_row, t->n);
	struct chart c = { tr(d->cx, t->title), description(d, t),
		paper_col_name(d->cx, d->p, COL_NOW),
		t->no_last ? NULL : paper_col_name(d->cx, d->p, COL_LAST), rows, t->n };
	const char *scale[3];
	double s[3];
	size_t i;

	for (i = 0; i < t->n; i++)
		rows[i] = (struct chart_row){ short_label(d, t, &t->row[i]),
			paper_value(d->cx, &t->row[i].now), t->row[i].now.value,
			t->row[i].last.value, !t->row[i].now.known,
			!t->row[i].last.known || t->row[i].no_last };
	if (t->chart == PAPER_BARS)
		chart_bars(d->h, &c);
	if (t->chart != PAPER_LINES)
		return;
	chart_scale(&c, s);
	for (i = 0; i < 3; i++)
		scale[i] = num(d->cx, (int64_t)s[i]);
	chart_lines(d->h, &c, scale);
}

/* ---- tables ---- */

static void
draw_row(struct drawing *d, const struct paper_row *r, const enum paper_col *col, size_t n)
{
	struct ctx *cx = d->cx;
	size_t i;

	html(d->h, "<tr><th scope='row'>%s</th>", paper_label(cx, &r->label));
	for (i = 0; i < n; i++) {
		html(d->h, "<td class='r num' data-l='%s'>", paper_col_name(cx, d->p, col[i]));
		if (col[i] == COL_NOW || (col[i] == COL_LAST && !r->no_last))
			draw_value(d, r, col[i] == COL_NOW ? &r->now : &r->last);
		else
			html(d->h, "%s", paper_col_text(cx, r, col[i]));
		html(d->h, "</td>");
	}
	html(d->h, "</tr>");
}

static void
draw_table(struct drawing *d, const struct paper_table *t)
{
	struct ctx *cx = d->cx;
	enum paper_col col[COL_COUNT];
	size_t n = paper_cols(t, col), i;

	if (t->n == 0)
		return;
	html(d->h, "<section><h2>%s</h2>",
	    t->unit == NULL
		? tr(cx, t->title)
		: arena_printf(cx->arena, "%s (%s)", tr(cx, t->title), tr(cx, t->unit)));
	draw_chart(d, t);
	html(d->h,
	    "<div class='tbl'><table class='cards'><caption class='vh'>%s</caption><thead><tr><th "
	    "scope='col'>%s</th>",
	    tr(cx, t->title), tr(cx, t->head));
	for (i = 0; i < n; i++)
		html(d->h, "<th scope='col' class='r'>%s</th>", paper_col_name(cx, d->p, col[i]));
	html(d->h, "</tr></thead><tbody>");
	for (i = 0; i < t->n; i++)
		draw_row(d, &t->row[i], col, n);
	html(d->h, "</tbody></table></div>");
	if (t->note != NULL)
		html(d->h, "<p class='small mute'>%s</p>", tr(cx, t->note));
	if (paper_plan_note(cx, t) != NULL)
		html(d->h, "<p class='small mute'>%s</p>", paper_plan_note(cx, t));
	html(d->h, "</section>");
}

/* ---- head and foot ---- */

static void
draw_head(struct drawing *d)
{
	struct ctx *cx = d->cx;
	const char *narrowed = paper_narrowed(cx, d->p);

	html(d->h, "<header><div class='hem'></div>");
	if (paper_named(&d->p->above))
		html(d->h, "<p>%s</p>", paper_label(cx, &d->p->above));
	html(d->h, "<p><strong>%s</strong></p><p class='top'><span>%s</span> <span>%s</span></p>",
	    paper_label(cx, &d->p->house), paper_date(cx, d->p->day), paper_number(cx, d->p));
	html(d->h, "<h1>%s</h1><p>%s</p>", paper_title(cx, d->p), paper_period_name(cx, d->p));
	if (*narrowed != '\0')
		html(d->h, "<p>%s</p>", narrowed);
	html(d->h, "</header>");
}

static int
draw_stamp(struct drawing *d)
{
	const struct paper_stamp *s = d->s->stamp;
	struct qr q;

	html(d->h, "<section><h2>%s</h2>", trf(d->cx, "Edition %s", s->number));
	if (s->url != NULL) {
		TRY(qr_make(d->cx->arena, s->url, &q));
		qr_svg(d->h, &q, trf(d->cx, "QR code of the edition's page: %s", s->url));
		html(d->h, "<p class='small'>%s</p>", s->url);
	}
	html(d->h, "<p class='small'>%s</p>", trf(d->cx, "Digest of the edition: %s", s->digest));
	if (s->root != NULL)
		html(d->h, "<p class='small'>%s</p>", trf(d->cx, "Root of the audit: %s", s->root));
	html(d->h, "</section>");
	return RC_OK;
}

static int
draw_one(struct drawing *d)
{
	const char *said[PAPER_SENTENCES];
	size_t n = paper_sentences(d->cx, d->p, said), i;

	html(d->h, "<article class='paper report' lang='%s'>", lang_code(d->cx->lang));
	draw_head(d);
	html(d->h, "<div class='flow'>");
	for (i = 0; i < n; i++)
		html(d->h, "<p>%s</p>", said[i]);
	html(d->h, "</div>");
	for (i = 0; i < d->p->ntables; i++)
		draw_table(d, &d->p->table[i]);
	html(d->h, "<p class='small'>%s</p>", paper_foot(d->cx, d->p));
	if (paper_named(&d->p->signer.title))
		html(d->h, "<div class='sign'><span>%s</span><i></i><span>%s</span></div>",
		    paper_label(d->cx, &d->p->signer.title),
		    d->p->signer.name == NULL ? "" : d->p->signer.name);
	if (d->s->stamp != NULL)
		TRY(draw_stamp(d));
	html(d->h, "</article>");
	return RC_OK;
}

int
paper_html(struct ctx *cx, struct html *h, const struct paper *p, const struct paper_style *s)
{
	enum lang was = cx->lang;
	struct drawing d = { cx, h, p, s };
	size_t i;
	int rc = RC_OK;

	for (i = 0; rc == RC_OK && i < s->nlangs; i++) {
		cx->lang = s->lang[i];
		rc = draw_one(&d);
	}
	cx->lang = was;
	return rc;
}

/* What a file of its own needs of the style sheet; letters as in the office's other papers. */
static const char dress[] =
    "<style>body{margin:0 auto;max-width:210mm;padding:5mm;font:14pt/1.35 'Times New Roman',serif}"
    "h1{font-size:16pt}h2{font-size:14pt}table{border-collapse:collapse;width:100%;font-size:11pt}"
    "th,td{border:1px solid;padding:1mm 2mm;text-align:start}.r{text-align:end;white-space:nowrap}"
    "thead{display:table-header-group}tr,figure{break-inside:avoid}.small{font-size:10pt}"
    "header{text-align:center}header+.flow p{text-align:justify;text-indent:12.5mm;margin:0}"
    ".top,.sign{display:flex;justify-content:space-between;gap:5mm}.sign{margin-top:10mm}"
    ".vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}"
    ".report+.report{break-before:page}.chart{margin:3mm "
    "0;font-size:10pt}svg{fill:none;stroke:#000}"
    ".chart text{fill:#000;stroke:none}.chart .axis{stroke:#999}.chart .last{stroke-dasharray:4 3}"
    "rect.last{stroke-dasharray:none}.chart .dot{fill:#000}.hollow{fill:#fff}.mark{font-size:.8em}"
    ".swatch{width:1em;height:1em;vertical-align:-.1em;margin-inline-end:.3em}.qr{width:30mm}"
    "@page{size:A4;margin:20mm 15mm 20mm 25mm}@media print{body{padding:0}}</style>";

int
paper_html_file(
    struct ctx *cx, const struct paper *p, const struct paper_style *s, struct slice *out)
{
	enum lang was = cx->lang;
	struct html h;

	html_init(&h, cx->arena, 0);
	cx->lang = s->lang[0];
	html(&h,
	    "<!DOCTYPE html>\n<html lang='%s'><head><meta charset='utf-8'><meta name='viewport' "
	    "content='width=device-width'><title>%s</title>",
	    lang_code(cx->lang),
	    arena_printf(cx->arena, "%s: %s", paper_title(cx, p), paper_period_name(cx, p)));
	cx->lang = was;
	html_put(&h, dress, sizeof dress - 1);
	html(&h, "</head><body>");
	TRY(paper_html(cx, &h, p, s));
	html(&h, "</body></html>\n");
	if (!html_ok(&h))
		return fail(cx, RC_BUG, "%s", "the report is not well-formed");
	*out = (struct slice){ h.out.p, h.out.n };
	return RC_OK;
}
