/* stock_export.c – what lies in an account as CSV or XLSX: the rows of the screen, with HXL hashtags in the second row, so
 * that other organisations' programs know what each column is. */
#include "mod/stock/stock_pages.h"

#include <string.h>

#include "text/csv.h"
#include "text/xlsx.h"

static const struct {
	const char *label, *tag;
} columns[] = {
	{ N_("Code"), "#item+code" },
	{ N_("Item"), "#item+name" },
	{ N_("Lot"), "#item+lot" },
	{ N_("Last good day"), "#date+expires" },
	{ N_("Quantity"), "#value+quantity" },
	{ N_("Unit"), "#item+unit" },
	{ N_("Stock account"), "#loc+name" },
	{ N_("Code of the account"), "#loc+code" },
};

/* A quantity with a point, as the other program reads it: "12.5". */
static const char *
plain(struct ctx *cx, const struct held *x)
{
	int decimals = 0;
	int64_t p;

	for (p = x->item.pack; p > 1; p /= 10)
		decimals++;
	return arena_printf(
	    cx->arena, "%.*f", decimals, (double)x->quantity / (double)x->item.pack);
}

static void
as_csv(struct ctx *cx, const struct stock_account *a, const struct held *x, size_t n,
    struct slice *out)
{
	struct csv c;
	size_t i;

	csv_init(&c, cx->arena, true, 0);
	for (i = 0; i < ARRAY_LEN(columns); i++)
		csv_cell(&c, tr(cx, columns[i].label));
	csv_end_row(&c);
	for (i = 0; i < ARRAY_LEN(columns); i++)
		csv_cell(&c, columns[i].tag);
	csv_end_row(&c);
	for (i = 0; i < n; i++) {
		char day[16] = "";

		if (x[i].lot.expires != 0)
			day_iso(x[i].lot.expires, day);
		csv_cell(&c, x[i].item.code);
		csv_cell(&c, kind_title(cx, &item_kind, &x[i].item));
		csv_cell(&c, x[i].lot.rec.id == 0 ? NULL : x[i].lot.code);
		csv_cell(&c, day);
		csv_cell(&c, plain(cx, &x[i]));
		csv_cell(&c, tr3(cx, &x[i].item.unit, NULL));
		csv_cell(&c, kind_title(cx, &stock_account_kind, a));
		csv_cell(&c, a->code);
		csv_end_row(&c);
	}
	*out = (struct slice){ c.out.p, c.out.n };
}

static int
as_xlsx(struct ctx *cx, const struct stock_account *a, const struct held *x, size_t n,
    struct slice *out)
{
	struct xlsx *s;
	size_t i;

	TRY(xlsx_open(cx->arena, tr(cx, "Stock"), &s));
	for (i = 0; i < ARRAY_LEN(columns); i++)
		xlsx_head(s, tr(cx, columns[i].label));
	xlsx_end_row(s);
	for (i = 0; i < ARRAY_LEN(columns); i++)
		xlsx_text(s, columns[i].tag);
	xlsx_end_row(s);
	for (i = 0; i < n; i++) {
		xlsx_text(s, x[i].item.code);
		xlsx_text(s, kind_title(cx, &item_kind, &x[i].item));
		xlsx_text(s, x[i].lot.rec.id == 0 ? "" : x[i].lot.code);
		xlsx_day(s, x[i].lot.expires);
		xlsx_real(s, (double)x[i].quantity / (double)x[i].item.pack);
		xlsx_text(s, tr3(cx, &x[i].item.unit, NULL));
		xlsx_text(s, kind_title(cx, &stock_account_kind, a));
		xlsx_text(s, a->code);
		xlsx_end_row(s);
	}
	return xlsx_close(s, out);
}

int
stock_export(struct view *v, const struct stock_account *a, const struct held *x, size_t n)
{
	const char *format = req_q(v->rq, "format");
	struct ctx *cx = v->cx;
	bool book = strcmp(format, "xlsx") == 0;

	if (!may(cx, CAP_EXPORT))
		return fail(cx, RC_DENIED, N_("Your role does not allow to take lists out."));
	if (!book && strcmp(format, "csv") != 0)
		return RC_NOTFOUND;
	if (book)
		TRY(as_xlsx(cx, a, x, n, &v->rq->res.body));
	else
		as_csv(cx, a, x, n, &v->rq->res.body);
	TRY(audit_note(cx, "export", "stock", a->rec.id, format));
	v->rq->res.type = book ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
			       : "text/csv; charset=utf-8";
	res_header(v->rq, "Content-Disposition",
	    arena_printf(cx->arena, "attachment; filename=\"stock-%s.%s\"", a->code, format));
	v->rq->res.status = 200;
	return RC_OK;
}
