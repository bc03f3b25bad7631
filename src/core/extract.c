/* extract.c – see extract.h. */
#include "core/extract.h"

#include <string.h>

#include "db/bulk.h"
#include "lang/lang.h"

static const struct bulk_table *
table_named(const struct bulk_table *all, size_t n, const char *name)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(all[i].name, name) == 0)
			return &all[i];
	return NULL;
}

static const struct extract_put *
put_of(const struct extract *t, const char *column)
{
	const struct extract_put *p;

	for (p = t->put; p < t->put + ARRAY_LEN(t->put) && p->column != NULL; p++)
		if (strcmp(p->column, column) == 0)
			return p;
	return NULL;
}

static const char *
select_sql(struct arena *a, const struct bulk_table *t, const struct extract *e)
{
	struct buf b;
	size_t i;

	buf_init(&b, a, 0);
	for (i = 0; i < t->ncolumns; i++) {
		const struct extract_put *p = put_of(e, t->columns[i].name);

		buf_printf(&b, "%s %s", i == 0 ? "SELECT" : ",",
		    p == NULL		    ? t->columns[i].name
		    : p->expression == NULL ? "NULL"
					    : p->expression);
	}
	buf_printf(&b, " FROM %s WHERE %s", t->name, e->where == NULL ? "$1 = $1" : e->where);
	return b.p;
}

static struct val
cell(struct ctx *cx, const struct rows *r, int col, enum vt type)
{
	struct slice s;

	if (row_null(r, col))
		return v_null(type);
	if (type == V_INT)
		return v_int(row_int(r, col));
	if (type == V_REAL)
		return v_real(row_real(r, col));
	s = row_slice(r, col);
	return (struct val){ .t = type, .s = { arena_copy(cx->arena, s.p, s.n), s.n } };
}

static int
take_table(struct ctx *cx, const struct bulk_table *t, const struct extract *e, int64_t of,
    struct extracted *out)
{
	const char *sql = select_sql(cx->arena, t, e);
	AUTO_ROWS r = { 0 };
	int64_t count;
	size_t i;

	TRY(db_int(cx, &count,
	    arena_printf(cx->arena, "SELECT count(*) FROM %s WHERE %s", t->name,
		e->where == NULL ? "$1 = $1" : e->where),
	    VALS(v_int(of))));
	*out = (struct extracted){ .table = t->name,
		.columns = t->ncolumns,
		.cells = arena_array(cx->arena, struct val, (size_t)count * t->ncolumns + 1) };
	TRY(db_rows(cx, &r, sql, VALS(v_int(of))));
	while (out->rows < (size_t)count && rows_next(&r)) {
		struct val *v = out->cells + out->rows++ * t->ncolumns;

		for (i = 0; i < t->ncolumns; i++)
			v[i] = cell(cx, &r, (int)i, t->columns[i].type);
	}
	return rows_end(&r);
}

int
extract_take(
    struct ctx *from, const struct extract *t, size_t n, int64_t of, struct extracted **out)
{
	struct bulk_table *all;
	const struct bulk_table *one;
	const char *err = NULL;
	size_t nall, i;

	if (bulk_tables(db_store(from), from->arena, &all, &nall, &err) != RC_OK)
		return fail(from, RC_STORAGE, "%s", err == NULL ? "" : err);
	*out = arena_array(from->arena, struct extracted, n + 1);
	for (i = 0; i < n; i++) {
		if ((one = table_named(all, nall, t[i].table)) == NULL)
			return fail(from, RC_BUG, "%s", t[i].table);
		TRY(take_table(from, one, &t[i], of, &(*out)[i]));
	}
	return RC_OK;
}

int
extract_give(struct ctx *cx, struct store *to, const struct extracted *in, size_t n)
{
	struct bulk_table *all;
	const struct bulk_table *one;
	struct bulk *b;
	const char *err = NULL;
	size_t nall, i, row;
	int rc = RC_OK;

	if (bulk_tables(to, cx->arena, &all, &nall, &err) != RC_OK ||
	    bulk_begin(to, &b, &err) != RC_OK)
		return fail(cx, RC_STORAGE, "%s", err == NULL ? "" : err);
	for (i = 0; i < n && rc == RC_OK; i++) {
		one = table_named(all, nall, in[i].table);
		if (one == NULL || one->ncolumns != in[i].columns)
			rc = RC_BUG;
		for (row = 0; rc == RC_OK && row < in[i].rows; row++)
			rc = bulk_insert(b, one, in[i].cells + row * one->ncolumns, 1);
	}
	rc = bulk_end(b, rc, &err);
	return rc == RC_OK ? RC_OK : fail(cx, rc, "%s", err == NULL ? "" : err);
}
