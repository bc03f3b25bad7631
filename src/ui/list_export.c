/* list_export.c – a whole list as CSV, XLSX or JSON: same filters, order, columns and rights as the
 * page above which the buttons stand.
 *
 * Who took it, and in which form, is recorded before the first row is read. Rows come in pages of a
 * hundred through the same query; what a page needs lies in an arena of its own, which is emptied
 * after it, so a long list costs only its result. The title's fields are columns of their own here:
 * a table of surnames can be sorted, one of whole names cannot. */
#include "ui/list_inner.h"

#include "base/log.h"
#include "text/csv.h"
#include "text/xlsx.h"

enum { ROWS_MAX = 200000 };
enum format { CSV, XLSX, JSON };
static const struct {
	const char *name, *type;
} formats[] = {
	[CSV] = { "csv", "text/csv; charset=utf-8" },
	[XLSX] = { "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
	[JSON] = { "json", "application/json" },
};

struct sink {
	enum format format;
	struct csv csv;
	struct xlsx *xlsx;
	struct json json;
	size_t rows;
};

static int
sink_open(struct sink *s, struct list_view *lv)
{
	struct arena *a = lv->v->cx->arena;

	switch (s->format) {
	case CSV:
		csv_init(&s->csv, a, true, 0);
		return RC_OK;
	case XLSX:
		return xlsx_open(a, tr(lv->v->cx, lv->k->plural), &s->xlsx);
	case JSON:
		json_init(&s->json, a, 0);
		json_open(&s->json, NULL, '[');
		return RC_OK;
	}
	return RC_BUG;
}

static void
head(struct sink *s, const char *text)
{
	if (s->format == CSV)
		csv_cell(&s->csv, text);
	else if (s->format == XLSX)
		xlsx_head(s->xlsx, text);
}

static void
tag_cell(struct sink *s, const char *text)
{
	if (s->format == CSV)
		csv_cell(&s->csv, text);
	else if (s->format == XLSX)
		xlsx_text(s->xlsx, text);
}

static void
end_row(struct sink *s)
{
	if (s->format == CSV)
		csv_end_row(&s->csv);
	else if (s->format == XLSX)
		xlsx_end_row(s->xlsx);
}

static void
sheet_cell(
    struct sink *s, struct ctx *cx, const struct field *f, const void *rec, const char *ref_title)
{
	const char *text;

	if (s->format == XLSX && f->type == FT_DAY) {
		xlsx_day(s->xlsx, *(const int *)field_at(f, rec));
		return;
	}
	if (!field_empty(f, rec) && f->type == FT_INT) {
		if (s->format == XLSX)
			xlsx_num(s->xlsx, *(const int64_t *)field_at(f, rec));
		else
			csv_num(&s->csv, *(const int64_t *)field_at(f, rec));
		return;
	}
	if (s->format == XLSX && !field_empty(f, rec) && f->type == FT_REAL) {
		xlsx_real(s->xlsx, *(const double *)field_at(f, rec));
		return;
	}
	text = field_text(cx, f, rec, ref_title);
	if (s->format == XLSX)
		xlsx_text(s->xlsx, text);
	else
		csv_cell(&s->csv, text);
}

static void
put_cell(
    struct sink *s, struct ctx *cx, const struct field *f, const void *rec, const char *ref_title)
{
	if (s->format != JSON) {
		sheet_cell(s, cx, f, rec, ref_title);
		return;
	}
	field_json(&s->json, f, rec);
	if (f->type == FT_REF)
		json_str(&s->json, arena_printf(cx->arena, "%s_title", f->name),
		    field_empty(f, rec) ? NULL : ref_title);
}

static void
put_row(struct sink *s, struct list_view *lv, size_t i)
{
	const void *rec = list_row(&lv->rows, lv->k, i);
	struct ctx *cx = lv->v->cx;
	size_t c;

	if (s->format == JSON) {
		json_open(&s->json, NULL, '{');
		json_num(&s->json, "id", ((const struct rec *)rec)->id);
	}
	for (c = 0; lv->title && lv->k->title[c] != NULL; c++)
		put_cell(s, cx, kind_field(lv->k, lv->k->title[c]), rec, NULL);
	for (c = 0; c < lv->ncols; c++)
		put_cell(s, cx, lv->cols[c], rec,
		    lv->ref_titles[c] == NULL ? NULL : lv->ref_titles[c][i]);
	if (s->format == JSON)
		json_close(&s->json, '}');
	else
		end_row(s);
}

static void
put_head(struct sink *s, struct list_view *lv)
{
	struct ctx *cx = lv->v->cx;
	size_t c;

	if (s->format == JSON)
		return;
	for (c = 0; lv->title && lv->k->title[c] != NULL; c++)
		head(s, tr(cx, kind_field(lv->k, lv->k->title[c])->label));
	for (c = 0; c < lv->ncols; c++)
		head(s, tr(cx, lv->cols[c]->label));
	end_row(s);
}

static const char *
hashtag(const struct ui_list *l, const char *field)
{
	const char *const *t;

	for (t = l->hashtags; t[0] != NULL; t += 2)
		if (strcmp(t[0], field) == 0)
			return t[1];
	return "";
}

/* The HXL standard wants them right under the heads, in the order of the columns. */
static void
put_hashtags(struct sink *s, struct list_view *lv)
{
	size_t c;

	if (s->format == JSON || lv->l->hashtags == NULL)
		return;
	for (c = 0; lv->title && lv->k->title[c] != NULL; c++)
		tag_cell(s, hashtag(lv->l, lv->k->title[c]));
	for (c = 0; c < lv->ncols; c++)
		tag_cell(s, hashtag(lv->l, lv->cols[c]->name));
	end_row(s);
}

/* One page; *after is the cursor, kept in the arena of the request. */
static int
one_page(struct list_view *lv, struct sink *s, struct arena *whole, bool *more)
{
	size_t i;

	TRY(query_list(&lv->q, &lv->rows));
	TRY(list_ref_titles(lv));
	for (i = 0; i < lv->rows.n; i++)
		put_row(s, lv, i);
	s->rows += lv->rows.n;
	*more = lv->rows.next != NULL;
	lv->q.after = arena_str(whole, lv->rows.next);
	if (s->rows > ROWS_MAX || s->csv.out.over || s->json.out.over)
		return fail(lv->v->cx, RC_TOOBIG,
		    N_("The list is too long for one file. Filter it first."));
	return RC_OK;
}

static int
all_pages(struct list_view *lv, struct sink *s)
{
	struct ctx *cx = lv->v->cx;
	struct arena *whole = cx->arena, page;
	bool more = true;
	int rc = RC_OK;

	arena_init(&page);
	cx->arena = &page;
	lv->q.limit = QUERY_LIMIT_MAX;
	lv->q.after = NULL;
	while (more && rc == RC_OK) {
		rc = one_page(lv, s, whole, &more);
		if (rc == RC_OK)
			arena_reset(&page, ARENA_CHUNK * 4);
	}
	cx->arena = whole;
	cx->err = (struct err){ cx->err.rc, arena_str(whole, cx->err.text),
		arena_str(whole, cx->err.detail), NULL };
	arena_done(&page);
	return rc;
}

static int
sink_close(struct sink *s, struct list_view *lv, struct slice *out)
{
	switch (s->format) {
	case CSV:
		*out = (struct slice){ s->csv.out.p, s->csv.out.n };
		return RC_OK;
	case XLSX:
		return xlsx_close(s->xlsx, out);
	case JSON:
		json_close(&s->json, ']');
		if (!json_ok(&s->json))
			return fail(lv->v->cx, RC_BUG, "%s", "the export is no sound JSON");
		*out = (struct slice){ s->json.out.p, s->json.out.n };
		return RC_OK;
	}
	return RC_BUG;
}

int
list_export(struct list_view *lv)
{
	struct view *v = lv->v;
	struct ctx *cx = v->cx;
	const char *asked = ui_q(v, "format"),
		   *name = lv->k->plural_name != NULL ? lv->k->plural_name : lv->k->name;
	struct sink s = { .format = CSV };
	struct slice body = { "", 0 };
	char day[16];
	int rc, closed;

	if (lv->l->no_export)
		return fail(cx, RC_NOTFOUND, N_("This list is not given out as a file."));
	if (!list_may_export(lv))
		return fail(cx, RC_DENIED, N_("Your role does not allow to take lists out."));
	while (strcmp(formats[s.format].name, asked) != 0)
		s.format++;
	if (cx->actor->account != 0)
		TRY(audit_note(cx, "export", lv->k->name, 0, formats[s.format].name));
	TRY(sink_open(&s, lv));
	put_head(&s, lv);
	put_hashtags(&s, lv);
	rc = all_pages(lv, &s);
	closed =
	    sink_close(&s, lv, &body); /* also after a failure: it removes its temporary file */
	TRY(rc);
	TRY(closed);
	day_iso(cx->today, day);
	v->rq->res.status = 200;
	v->rq->res.type = formats[s.format].type;
	v->rq->res.body = body;
	res_header(v->rq, "Content-Disposition",
	    arena_printf(
		cx->arena, "attachment; filename=\"%s-%s.%s\"", name, day, formats[s.format].name));
	return RC_OK;
}
