/* sitrep_files.c – a situation report as DOCX, XLSX and CSV, out of the same lines as its page. */
#include "mod/sitrep/sitrep_pages.h"

#include <string.h>

#include "core/setting.h"
#include "text/csv.h"
#include "text/docx.h"
#include "text/xlsx.h"

static const char *const tags[LANG_COUNT] = { "kk-KZ", "ru-RU", "en-GB" };

struct sit_file {
	struct ctx *cx;
	const struct sit_report *r, *was;
	enum lang lang[2];
	size_t nlangs;
};

/* ---- DOCX ---- */

static void
docx_lines(
    struct docx *d, struct sit_file *f, const struct sit_row *row, size_t n, enum sit_group g)
{
	static const int width[] = { DOCX_WIDTH - 4800, 1600, 1600, 1600 };
	struct ctx *cx = f->cx;
	struct docx_table as = { width, f->was == NULL ? 2 : 4, 1, true, tr(cx, sit_groups[g]) };
	static const int two[] = { DOCX_WIDTH - 2400, 2400 };
	size_t i;

	if (f->was == NULL)
		as.width = two;
	docx_para(d, DOCX_HEADING, tr(cx, sit_groups[g]));
	docx_table_begin(d, &as);
	docx_cell(d, tr(cx, "Figure"), false);
	docx_cell(d, tr(cx, "Value"), true);
	if (f->was != NULL) {
		docx_cell(d, tr(cx, "Report before"), true);
		docx_cell(d, tr(cx, "Difference"), true);
	}
	for (i = 0; i < n; i++) {
		if (row[i].figure->group != g)
			continue;
		docx_cell(d,
		    row[i].key == NULL ? row[i].label
				       : arena_printf(cx->arena, "   – %s", row[i].label),
		    false);
		docx_cell(d, row[i].now, true);
		if (f->was != NULL) {
			docx_cell(d, row[i].was, true);
			docx_cell(d, row[i].diff, true);
		}
	}
	docx_table_end(d);
}

static int
docx_one(struct docx *d, struct sit_file *f, const struct headquarters *h)
{
	struct ctx *cx = f->cx;
	const char *said[SIT_SENTENCES];
	struct institution in;
	struct sit_row *row;
	size_t n, k, i;
	int g;

	TRY(setting_institution(cx, &in));
	TRY(sit_rows(cx, f->r, f->was, &row, &n));
	TRY(sit_sentences(cx, f->r, f->was, said, &k));
	docx_lang(d, tags[cx->lang]);
	docx_para(d, DOCX_CENTRE, tr3(cx, &in.name, NULL));
	docx_para(d, DOCX_CENTRE, kind_title(cx, &headquarters_kind, h));
	docx_para(d, DOCX_TITLE, tr3(cx, &f->r->s.name, NULL));
	docx_para(d, DOCX_CENTRE, sit_period(cx, &f->r->s));
	docx_para(d, DOCX_PLAIN, "");
	for (i = 0; i < k; i++)
		docx_para(d, DOCX_TEXT, said[i]);
	for (g = 0; g < SIT_GROUPS; g++)
		if (sit_has_group(f->r, (enum sit_group)g))
			docx_lines(d, f, row, n, (enum sit_group)g);
	docx_para(d, DOCX_SMALL, trf(cx, "Frozen at %s.", moment_text(cx, f->r->s.known_at)));
	docx_para(d, DOCX_SMALL, trf(cx, "Digest of the report: %s", f->r->s.sha256));
	return RC_OK;
}

static int
as_docx(struct sit_file *f, const struct headquarters *h, struct slice *out)
{
	struct ctx *cx = f->cx;
	enum lang was = cx->lang;
	struct docx_info info = { .title = tr3(cx, &f->r->s.name, NULL),
		.author = h->name.kk,
		.lang = tags[f->lang[0]],
		.created = arena_alloc(cx->arena, 32) };
	struct docx *d;
	size_t i;
	int rc = RC_OK;

	moment_rfc3339(f->r->s.known_at, (char *)(uintptr_t)info.created);
	TRY(docx_open(cx->arena, &info, &d));
	for (i = 0; rc == RC_OK && i < f->nlangs; i++) {
		cx->lang = f->lang[i];
		if (i > 0)
			docx_page_break(d);
		rc = docx_one(d, f, h);
	}
	cx->lang = was;
	TRY(rc);
	return docx_close(d, out);
}

/* ---- XLSX: a sheet of words, a sheet of figures in each language ---- */

static int
xlsx_one(struct sit_file *f, struct xlsx *x, const struct headquarters *h)
{
	struct ctx *cx = f->cx;
	const char *said[SIT_SENTENCES];
	struct sit_row *row;
	size_t n, k, i;

	TRY(sit_rows(cx, f->r, f->was, &row, &n));
	TRY(sit_sentences(cx, f->r, f->was, said, &k));
	xlsx_head(x, tr(cx, "Code"));
	xlsx_head(x, tr(cx, "Figure"));
	xlsx_head(x, tr(cx, "Value"));
	xlsx_head(x, tr(cx, "Report before"));
	xlsx_end_row(x);
	for (i = 0; i < n; i++) {
		xlsx_text(x, row[i].key == NULL ? row[i].figure->code
						: arena_printf(cx->arena, "%s:%s",
						      row[i].figure->code, row[i].key));
		xlsx_text(x, row[i].label);
		if (row[i].number)
			xlsx_real(x, row[i].value);
		else
			xlsx_text(x, "");
		if (f->was != NULL && *row[i].was != '\0' && strcmp(row[i].was, "–") != 0)
			xlsx_real(x, row[i].before);
		xlsx_end_row(x);
	}
	xlsx_end_row(x);
	xlsx_text(x, kind_title(cx, &headquarters_kind, h));
	xlsx_end_row(x);
	xlsx_text(x, tr3(cx, &f->r->s.name, NULL));
	xlsx_end_row(x);
	for (i = 0; i < k; i++) {
		xlsx_text(x, said[i]);
		xlsx_end_row(x);
	}
	return RC_OK;
}

static int
as_xlsx(struct sit_file *f, const struct headquarters *h, struct slice *out)
{
	struct ctx *cx = f->cx;
	enum lang was = cx->lang;
	struct xlsx *x;
	size_t i;
	int rc = RC_OK, closed;

	TRY(xlsx_open(cx->arena, tags[f->lang[0]], &x));
	for (i = 0; rc == RC_OK && i < f->nlangs; i++) {
		cx->lang = f->lang[i];
		if (i > 0)
			xlsx_sheet(x, tags[f->lang[i]]);
		rc = xlsx_one(f, x, h);
	}
	cx->lang = was;
	closed = xlsx_close(x, out); /* also after a failure: it removes its temporary file */
	TRY(rc);
	return closed;
}

/* ---- CSV, for other organisations' programs: with the row of HXL hashtags (docs/howto/relief.md) ---- */

static int
as_csv(struct sit_file *f, const struct headquarters *h, struct slice *out)
{
	static const char *const hashtags[] = { "#crisis+code", "#date+start", "#date+end",
		"#indicator+code", "#indicator+key", "#indicator+name", "#indicator+value+num",
		"#indicator+value+before+num" };
	static const char *const heads[] = { N_("Headquarters"), N_("From"), N_("To"), N_("Code"),
		N_("Key"), N_("Figure"), N_("Value"), N_("Report before") };
	struct ctx *cx = f->cx;
	char from[32], to[32];
	struct sit_row *row;
	struct csv c;
	size_t n, i;

	TRY(sit_rows(cx, f->r, f->was, &row, &n));
	moment_rfc3339(f->r->s.from_at, from);
	moment_rfc3339(f->r->s.to_at, to);
	csv_init(&c, cx->arena, true, 0);
	for (i = 0; i < ARRAY_LEN(heads); i++)
		csv_cell(&c, tr(cx, heads[i]));
	csv_end_row(&c);
	for (i = 0; i < ARRAY_LEN(hashtags); i++)
		csv_cell(&c, hashtags[i]);
	csv_end_row(&c);
	for (i = 0; i < n; i++) {
		csv_cell(&c, h->code);
		csv_cell(&c, from);
		csv_cell(&c, to);
		csv_cell(&c, row[i].figure->code);
		csv_cell(&c, row[i].key);
		csv_cell(&c, row[i].label);
		csv_cell(&c, row[i].number ? arena_printf(cx->arena, "%g", row[i].value) : NULL);
		csv_cell(&c, f->was != NULL && *row[i].was != '\0' && strcmp(row[i].was, "–") != 0
				 ? arena_printf(cx->arena, "%g", row[i].before)
				 : NULL);
		csv_end_row(&c);
	}
	*out = (struct slice){ c.out.p, c.out.n };
	return RC_OK;
}

int
sitrep_file(
    struct view *v, const struct sit_report *r, const struct sit_report *was, const char *format)
{
	static const struct {
		const char *name, *type;
		int (*draw)(struct sit_file *, const struct headquarters *, struct slice *);
	} files[] = {
		{ "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		    as_docx },
		{ "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		    as_xlsx },
		{ "csv", "text/csv; charset=utf-8", as_csv },
	};
	struct ctx *cx = v->cx;
	struct sit_file f = { cx, r, was, { LANG_KK, LANG_RU }, 2 };
	struct headquarters h;
	size_t i;

	if (!may(cx, CAP_EXPORT))
		return fail(cx, RC_DENIED, N_("Your role does not allow exports."));
	for (i = 0; i < ARRAY_LEN(files) && strcmp(files[i].name, format) != 0; i++)
		;
	if (i == ARRAY_LEN(files))
		return RC_NOTFOUND;
	if (cx->lang == LANG_EN) {
		f.lang[0] = LANG_EN;
		f.nlangs = 1;
	}
	TRY(kind_load(cx, &headquarters_kind, r->s.headquarters, &h));
	TRY(files[i].draw(&f, &h, &v->rq->res.body));
	TRY(audit_note(cx, "export", "sitrep", r->s.rec.id, format));
	v->rq->res.type = files[i].type;
	res_header(v->rq, "Content-Disposition",
	    arena_printf(cx->arena, "attachment; filename=\"sitrep-%s-%lld.%s\"", h.code,
		(long long)r->s.number, format));
	v->rq->res.status = 200;
	return RC_OK;
}
