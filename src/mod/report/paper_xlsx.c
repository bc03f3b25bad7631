/* paper_xlsx.c – the report as a workbook: a sheet for the letter's words, a sheet for each table.
 *
 * Numbers are numbers, so that they can be added up; how well they are known stands in a column beside
 * them. Labels stand in each language that the report is in, heads name both. */
#include "mod/report/paper_inner.h"

#include "text/xlsx.h"

struct drawing {
	struct ctx *cx;
	const struct paper *p;
	const struct paper_style *s;
	struct xlsx *x;
};

/* One text in all languages of the report, " / " between them. */
static const char *
in_all(struct drawing *d, const char *msgid)
{
	struct buf b;
	size_t i;

	buf_init(&b, d->cx->arena, 0);
	for (i = 0; i < d->s->nlangs; i++)
		buf_printf(&b, "%s%s", i > 0 ? " / " : "", tr_in(d->s->lang[i], msgid));
	return b.p;
}

static const char *
col_in_all(struct drawing *d, enum paper_col c)
{
	enum lang was = d->cx->lang;
	struct buf b;
	size_t i;

	buf_init(&b, d->cx->arena, 0);
	for (i = 0; i < d->s->nlangs; i++) {
		d->cx->lang = d->s->lang[i];
		buf_printf(&b, "%s%s%s", i > 0 ? " / " : "", paper_col_name(d->cx, d->p, c),
		    c == COL_DONE || c == COL_GREW ? ", %" : "");
	}
	d->cx->lang = was;
	return b.p;
}

static void
line(struct drawing *d, const char *text)
{
	xlsx_text(d->x, text);
	xlsx_end_row(d->x);
}

static void
draw_words(struct drawing *d)
{
	struct ctx *cx = d->cx;
	const char *said[PAPER_SENTENCES];
	size_t i, j, n;

	for (i = 0; i < d->s->nlangs; i++) {
		cx->lang = d->s->lang[i];
		xlsx_head(d->x, paper_label(cx, &d->p->house));
		xlsx_end_row(d->x);
		line(d, arena_printf(cx->arena, "%s  %s", paper_date(cx, d->p->day),
			    paper_number(cx, d->p)));
		line(d, paper_title(cx, d->p));
		line(d, paper_period_name(cx, d->p));
		if (*paper_narrowed(cx, d->p) != '\0')
			line(d, paper_narrowed(cx, d->p));
		n = paper_sentences(cx, d->p, said);
		for (j = 0; j < n; j++)
			line(d, said[j]);
		line(d, paper_foot(cx, d->p));
		if (paper_named(&d->p->signer.title))
			line(d, arena_printf(cx->arena, "%s  ____________  %s",
				    paper_label(cx, &d->p->signer.title),
				    d->p->signer.name == NULL ? "" : d->p->signer.name));
		xlsx_end_row(d->x);
	}
	if (d->s->stamp != NULL) {
		line(d, d->s->stamp->number);
		line(d, d->s->stamp->digest);
		line(d, d->s->stamp->url == NULL ? "" : d->s->stamp->url);
		line(d, d->s->stamp->root == NULL ? "" : d->s->stamp->root);
	}
}

static void
draw_row(struct drawing *d, const struct paper_row *r, const enum paper_col *col, size_t n)
{
	enum lang was = d->cx->lang;
	size_t i;
	double v;

	for (i = 0; i < d->s->nlangs; i++) {
		d->cx->lang = d->s->lang[i];
		xlsx_text(d->x, paper_label(d->cx, &r->label));
	}
	d->cx->lang = was;
	for (i = 0; i < n; i++)
		if (paper_col_number(r, col[i], &v))
			xlsx_real(d->x, v);
		else
			xlsx_text(d->x, "");
	xlsx_text(d->x, exactness_code(r->now.exactness));
	xlsx_text(d->x, exactness_code(r->last.exactness));
	xlsx_end_row(d->x);
}

static void
draw_table(struct drawing *d, const struct paper_table *t)
{
	enum paper_col col[COL_COUNT];
	size_t n = paper_cols(t, col), i;

	if (t->n == 0)
		return;
	xlsx_sheet(d->x, tr_in(d->s->lang[0], t->title));
	for (i = 0; i < d->s->nlangs; i++)
		xlsx_head(d->x, tr_in(d->s->lang[i], t->head));
	for (i = 0; i < n; i++)
		xlsx_head(d->x, col_in_all(d, col[i]));
	xlsx_head(d->x, in_all(d, N_("How well this period is known")));
	xlsx_head(d->x, in_all(d, N_("How well the year before is known")));
	xlsx_end_row(d->x);
	for (i = 0; i < t->n; i++)
		draw_row(d, &t->row[i], col, n);
}

int
paper_xlsx(struct ctx *cx, const struct paper *p, const struct paper_style *s, struct slice *out)
{
	enum lang was = cx->lang;
	struct drawing d = { cx, p, s, NULL };
	size_t i;

	TRY(xlsx_open(cx->arena, tr_in(s->lang[0], N_("Report")), &d.x));
	draw_words(&d);
	for (i = 0; i < p->ntables; i++)
		draw_table(&d, &p->table[i]);
	cx->lang = was;
	return xlsx_close(d.x, out);
}
