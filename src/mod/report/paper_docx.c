/* paper_docx.c – the report as an office letter: each language in full after the other, tables instead of
 * charts, the office that signs, the stamp of the edition where there is one. */
#include "mod/report/paper_inner.h"

#include "lang/kazakh.h"
#include "text/docx.h"
#include "text/qr.h"

static const char *const tags[LANG_COUNT] = { "kk-KZ", "ru-RU", "en-GB" };

const char *
paper_date(struct ctx *cx, int day)
{
	return cx->lang == LANG_KK ? kk_day(cx->arena, day, KK_NOM) : day_long(cx, day);
}

const char *
paper_number(struct ctx *cx, const struct paper *p)
{
	return arena_printf(cx->arena, "№ %s", *p->number == '\0' ? "________" : p->number);
}

const char *
paper_narrowed(struct ctx *cx, const struct paper *p)
{
	const char *body = paper_named(&p->body) ? paper_label(cx, &p->body) : "",
		   *district = paper_named(&p->district) ? paper_label(cx, &p->district) : "";

	return arena_printf(
	    cx->arena, "%s%s%s", body, *body != '\0' && *district != '\0' ? ", " : "", district);
}

const char *
paper_foot(struct ctx *cx, const struct paper *p)
{
	return trf(cx,
	    "Counted from the records at %s. ≈: a part was counted by heads or declared. ≥: some "
	    "events have no count and add nothing. –: nothing to compare with.",
	    moment_text(cx, p->known));
}

static void
draw_head(struct docx *d, struct ctx *cx, const struct paper *p)
{
	static const int width[] = { DOCX_WIDTH / 2, DOCX_WIDTH / 2 };
	static const struct docx_table line = { width, 2, 0, false, NULL };
	const char *narrowed = paper_narrowed(cx, p);

	if (paper_named(&p->above))
		docx_para(d, DOCX_CENTRE, paper_label(cx, &p->above));
	docx_para(d, DOCX_TITLE, paper_label(cx, &p->house));
	docx_para(d, DOCX_PLAIN, "");
	docx_table_begin(d, &line);
	docx_cell(d, paper_date(cx, p->day), false);
	docx_cell(d, paper_number(cx, p), true);
	docx_table_end(d);
	docx_para(d, DOCX_TITLE, paper_title(cx, p));
	docx_para(d, DOCX_CENTRE, paper_period_name(cx, p));
	if (*narrowed != '\0')
		docx_para(d, DOCX_CENTRE, narrowed);
	docx_para(d, DOCX_PLAIN, "");
}

/* The first column takes what the numbers leave. */
static void
widths(size_t cols, int out[DOCX_COLS])
{
	int each = cols > 4 ? 1200 : 1400;
	size_t i;

	out[0] = DOCX_WIDTH - each * (int)cols;
	for (i = 1; i <= cols; i++)
		out[i] = each;
}

static void
draw_table(struct docx *d, struct ctx *cx, const struct paper *p, const struct paper_table *t)
{
	enum paper_col col[COL_COUNT];
	size_t n = paper_cols(t, col), i, j;
	const char *title =
	    t->unit == NULL ? tr(cx, t->title)
			    : arena_printf(cx->arena, "%s (%s)", tr(cx, t->title), tr(cx, t->unit));
	int width[DOCX_COLS];
	struct docx_table as = { width, n + 1, 1, true, title };

	if (t->n == 0)
		return;
	widths(n, width);
	docx_para(d, DOCX_HEADING, title);
	docx_table_begin(d, &as);
	docx_cell(d, tr(cx, t->head), false);
	for (j = 0; j < n; j++)
		docx_cell(d, paper_col_name(cx, p, col[j]), true);
	for (i = 0; i < t->n; i++) {
		docx_cell(d, paper_label(cx, &t->row[i].label), false);
		for (j = 0; j < n; j++)
			docx_cell(d, paper_col_text(cx, &t->row[i], col[j]), true);
	}
	docx_table_end(d);
	if (t->note != NULL)
		docx_para(d, DOCX_SMALL, tr(cx, t->note));
	if (paper_plan_note(cx, t) != NULL)
		docx_para(d, DOCX_SMALL, paper_plan_note(cx, t));
}

static void
draw_signer(struct docx *d, struct ctx *cx, const struct paper *p)
{
	static const int width[] = { 3900, 1838, 3900 };
	static const struct docx_table line = { width, 3, 0, false, NULL };

	if (!paper_named(&p->signer.title))
		return;
	docx_para(d, DOCX_FOOT, "");
	docx_table_begin(d, &line);
	docx_cell(d, paper_label(cx, &p->signer.title), false);
	docx_cell(d, "__________", false);
	docx_cell(d, p->signer.name == NULL ? "" : p->signer.name, true);
	docx_table_end(d);
}

static int
draw_stamp(struct docx *d, struct ctx *cx, const struct paper_stamp *s)
{
	struct slice png;
	struct qr q;

	docx_para(d, DOCX_HEADING, trf(cx, "Edition %s", s->number));
	if (s->url != NULL) {
		TRY(qr_make(cx->arena, s->url, &q));
		TRY(qr_png(cx->arena, &q, 6, &png));
		docx_png(d, png, 30, trf(cx, "QR code of the edition's page: %s", s->url));
		docx_para(d, DOCX_SMALL, s->url);
	}
	docx_para(d, DOCX_SMALL, trf(cx, "Digest of the edition: %s", s->digest));
	if (s->root != NULL)
		docx_para(d, DOCX_SMALL, trf(cx, "Root of the audit: %s", s->root));
	return RC_OK;
}

static int
draw_one(struct docx *d, struct ctx *cx, const struct paper *p, const struct paper_style *s)
{
	const char *said[PAPER_SENTENCES];
	size_t n = paper_sentences(cx, p, said), i;

	docx_lang(d, tags[cx->lang]);
	draw_head(d, cx, p);
	for (i = 0; i < n; i++)
		docx_para(d, DOCX_TEXT, said[i]);
	for (i = 0; i < p->ntables; i++)
		draw_table(d, cx, p, &p->table[i]);
	docx_para(d, DOCX_FOOT, paper_foot(cx, p));
	draw_signer(d, cx, p);
	return s->stamp == NULL ? RC_OK : draw_stamp(d, cx, s->stamp);
}

int
paper_docx(struct ctx *cx, const struct paper *p, const struct paper_style *s, struct slice *out)
{
	enum lang was = cx->lang;
	struct docx_info info = { .created = arena_alloc(cx->arena, 32) };
	struct docx *d;
	size_t i;
	int rc = RC_OK;

	moment_rfc3339(p->known, (char *)(uintptr_t)info.created);
	cx->lang = s->lang[0];
	info.title =
	    arena_printf(cx->arena, "%s: %s", paper_title(cx, p), paper_period_name(cx, p));
	info.author = paper_label(cx, &p->house);
	info.lang = tags[cx->lang];
	cx->lang = was;
	TRY(docx_open(cx->arena, &info, &d));
	for (i = 0; rc == RC_OK && i < s->nlangs; i++) {
		cx->lang = s->lang[i];
		if (i > 0)
			docx_page_break(d);
		rc = draw_one(d, cx, p, s);
	}
	cx->lang = was;
	TRY(rc);
	return docx_close(d, out);
}
