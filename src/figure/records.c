/* records.c – the records behind a figure: rows one by one, those without an amount, and the hash
 * over their ids by which two engines or two days can be compared.
 *
 * Who may not see the rows reads why. A scoped actor opens rows that name persons only for a body of
 * its own scope; the value itself is the same for everybody who may see it. */
#include "figure/internal.h"
#include "kind/past.h"

#include "text/hash.h"

enum { RECORDS_MAX = 1000 };

int
figure_may_rows(struct ctx *cx, const struct figure *f, const struct ask *a)
{
	if (!may(cx, f->value_cap) || !may(cx, f->rows_cap))
		return fail(cx, RC_DENIED, "%s",
		    tr(cx, f->rows_why != NULL
			       ? f->rows_why
			       : N_("Your role does not open the records of this figure.")));
	/* RULE figure-11: a value as known then is as open as the figure; its records, which may have
	 * been corrected or taken back since, open to those who may read the history. */
	if (a->known != 0 && !past_may(cx))
		return fail(cx, RC_DENIED,
		    N_("What was known earlier is open to those who may read the history."));
	if (f->rows_cap != CAP_PUBLIC && actor_scoped(cx->actor) &&
	    (a->body == 0 || !actor_in_scope(cx->actor, a->body)))
		return fail(cx, RC_DENIED,
		    N_("You may open the records of your own body only; choose it."));
	return RC_OK;
}

static int
read_records(struct ctx *cx, const struct figure *f, struct figure_sql *q, size_t max,
    struct figure_record **out, size_t *n)
{
	struct figure_record *rec = arena_array(cx->arena, struct figure_record, max);
	int64_t *ids = arena_array(cx->arena, int64_t, max);
	const char **titles = arena_array(cx->arena, const char *, max);
	AUTO_ROWS r = { 0 };
	size_t i, got = 0;

	TRY(db_rows(cx, &r, q->text.p, figure_sql_vals(q)));
	for (; got < max && rows_next(&r); got++) {
		struct text3 name = { row_text(&r, 6), row_text(&r, 7), row_text(&r, 8) };
		const char *basis = row_text(&r, 4), *code = row_text(&r, 5);

		ids[got] = row_int(&r, 0);
		rec[got] = (struct figure_record){ .id = ids[got],
			.kind = f->kind->name,
			.day = (int)row_int(&r, 1),
			.body = row_int(&r, 2),
			.body_code = code == NULL ? "" : code,
			.body_title = code == NULL ? "" : tr3(cx, &name, NULL),
			.amount = row_int_or(&r, 3, INT_NONE),
			.basis = basis == NULL ? "" : basis };
	}
	TRY(rows_end(&r));
	TRY(kind_titles(cx, f->kind, ids, got, titles));
	for (i = 0; i < got; i++)
		rec[i].label = titles[i];
	*out = rec;
	*n = got;
	return RC_OK;
}

#define RECORD_COLUMNS \
	"r.id, r.day, r.body, r.amount, r.basis, b.code, b.name_kk, b.name_ru, b.name_en"
#define RECORD_JOIN " LEFT JOIN body b ON b.id = r.body"

int
figure_records(struct ctx *cx, const struct figure *f, const struct ask *a, struct figure_page page,
    struct figure_record **out, size_t *n)
{
	struct figure_sql q;
	struct val v = v_int(page.after);
	int limit = page.limit;

	TRY(figure_may_rows(cx, f, a));
	limit = limit < 1 ? 1 : limit > RECORDS_MAX ? RECORDS_MAX : limit;
	figure_sql_init(cx, &q, RECORD_COLUMNS, RECORD_JOIN, f, a);
	if (figure_has_amount(f))
		figure_sql_and(&q, "r.amount IS NOT NULL", NULL);
	figure_sql_and(&q, "r.id > ?", &v);
	buf_printf(&q.text, " ORDER BY r.id LIMIT %d", limit);
	return read_records(cx, f, &q, (size_t)limit, out, n);
}

int
figure_without(struct ctx *cx, const struct figure *f, const struct ask *a,
    struct figure_record **out, size_t *n)
{
	struct figure_sql q;

	*n = 0;
	*out = NULL;
	if (!figure_has_amount(f))
		return RC_OK;
	TRY(figure_may_rows(cx, f, a));
	figure_sql_init(cx, &q, RECORD_COLUMNS, RECORD_JOIN, f, a);
	figure_sql_and(&q, "r.amount IS NULL", NULL);
	buf_printf(&q.text, " ORDER BY r.id LIMIT %d", RECORDS_MAX);
	return read_records(cx, f, &q, RECORDS_MAX, out, n);
}

int
figure_sha256(struct ctx *cx, struct figure_answer *a)
{
	const struct figure *f = a->figure;
	struct figure_sql q;
	struct sha256 h;
	AUTO_ROWS r = { 0 };
	char hex[65];

	figure_sql_init(cx, &q, "r.id", "", f, &a->ask);
	if (figure_has_amount(f))
		figure_sql_and(&q, "r.amount IS NOT NULL", NULL);
	if (a->dim_code != NULL && a->ask.dim_key == 0 && a->ask.dim_code == NULL)
		figure_sql_and(&q, "r.dim IS NULL", NULL);
	buf_str(&q.text, " ORDER BY r.id");
	sha256_init(&h);
	TRY(db_stream(cx, &r, q.text.p, figure_sql_vals(&q)));
	while (rows_next(&r))
		sha256_add_id(&h, row_int(&r, 0));
	TRY(rows_end(&r));
	sha256_hex(&h, hex);
	a->sha256 = arena_str(cx->arena, hex);
	return RC_OK;
}
