/* centre_export.c – the centres of a headquarters as CSV or XLSX with the row of HXL hashtags: capacity, households and
 * people by age as they are there now. Sums alone: no household can be told from them. */
#include "mod/centre/centre_pages.h"

#include <string.h>

#include "text/csv.h"
#include "text/xlsx.h"

static const struct {
	const char *label, *tag;
} columns[] = {
	{ N_("Code"), "#loc+code" },
	{ N_("Evacuation centre"), "#loc+name" },
	{ N_("District or city"), "#adm2+name" },
	{ N_("As of"), "#date" },
	{ N_("Capacity"), "#capacity+num" },
	{ N_("Households"), "#affected+hh+num" },
	{ N_("People"), "#affected+people+num" },
	{ N_("children under 5"), "#affected+infants+num" },
	{ N_("children of 5–17"), "#affected+children+num" },
	{ N_("adults of 18–59"), "#affected+adults+num" },
	{ N_("people of 60 and over"), "#affected+elderly+num" },
};
enum { TEXTS = 4, NUMBERS = 7 };
struct line {
	const char *text[TEXTS];
	int64_t number[NUMBERS]; /* INT_NONE = not known */
};

static int
read_line(struct ctx *cx, const struct occupancy *o, struct line *out)
{
	const int64_t *n = o->heads.n;
	struct relief_place p;
	char at[32];

	TRY(kind_load(cx, &relief_place_kind, o->place, &p));
	moment_rfc3339(cx->now, at);
	*out = (struct line){ { p.code, kind_title(cx, &relief_place_kind, &p), "",
				  arena_str(cx->arena, at) },
		{ p.capacity, o->households, heads_all(&o->heads), n[0] + n[1], n[2] + n[3],
		    n[4] + n[5], n[6] + n[7] } };
	return p.district == 0 ? RC_OK
			       : kind_titles(cx, &district_kind, &p.district, 1, &out->text[2]);
}

static void
as_csv(struct ctx *cx, const struct line *v, size_t n, struct slice *out)
{
	struct csv c;
	size_t i, k;

	csv_init(&c, cx->arena, true, 0);
	for (k = 0; k < ARRAY_LEN(columns); k++)
		csv_cell(&c, tr(cx, columns[k].label));
	csv_end_row(&c);
	for (k = 0; k < ARRAY_LEN(columns); k++)
		csv_cell(&c, columns[k].tag);
	csv_end_row(&c);
	for (i = 0; i < n; i++) {
		for (k = 0; k < TEXTS; k++)
			csv_cell(&c, v[i].text[k]);
		for (k = 0; k < NUMBERS; k++)
			if (v[i].number[k] == INT_NONE)
				csv_cell(&c, NULL);
			else
				csv_num(&c, v[i].number[k]);
		csv_end_row(&c);
	}
	*out = (struct slice){ c.out.p, c.out.n };
}

static int
as_xlsx(struct ctx *cx, const struct line *v, size_t n, struct slice *out)
{
	struct xlsx *x;
	size_t i, k;

	TRY(xlsx_open(cx->arena, tr(cx, "Centres"), &x));
	for (k = 0; k < ARRAY_LEN(columns); k++)
		xlsx_head(x, tr(cx, columns[k].label));
	xlsx_end_row(x);
	for (k = 0; k < ARRAY_LEN(columns); k++)
		xlsx_text(x, columns[k].tag);
	xlsx_end_row(x);
	for (i = 0; i < n; i++) {
		for (k = 0; k < TEXTS; k++)
			xlsx_text(x, v[i].text[k]);
		for (k = 0; k < NUMBERS; k++)
			if (v[i].number[k] == INT_NONE)
				xlsx_text(x, "");
			else
				xlsx_num(x, v[i].number[k]);
		xlsx_end_row(x);
	}
	return xlsx_close(x, out);
}

int
centre_export(struct view *v, const struct headquarters *h, const struct occupancy *o, size_t n)
{
	const char *format = req_q(v->rq, "format");
	struct ctx *cx = v->cx;
	struct line *lines = arena_array(cx->arena, struct line, n + 1);
	bool book = strcmp(format, "xlsx") == 0;
	size_t i;

	if (!may(cx, CAP_EXPORT))
		return fail(cx, RC_DENIED, N_("Your role does not allow to take lists out."));
	if (!book && strcmp(format, "csv") != 0)
		return RC_NOTFOUND;
	for (i = 0; i < n; i++)
		TRY(read_line(cx, &o[i], &lines[i]));
	if (book)
		TRY(as_xlsx(cx, lines, n, &v->rq->res.body));
	else
		as_csv(cx, lines, n, &v->rq->res.body);
	TRY(audit_note(cx, "export", "centre", h->rec.id, format));
	v->rq->res.type = book ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
			       : "text/csv; charset=utf-8";
	res_header(v->rq, "Content-Disposition",
	    arena_printf(cx->arena, "attachment; filename=\"centres-%s.%s\"", h->code, format));
	v->rq->res.status = 200;
	return RC_OK;
}
