/* bulk.c – see bulk.h. Like a migration it works on a connection of its own, below the write door:
 * one transaction as large as the database. PostgreSQL checks references row by row unless a
 * constraint is deferrable; for the time of this transaction they all are. */
#include "db/bulk.h"

#include <stdio.h>
#include <stdlib.h>

#include "db/db_impl.h"
#include "db/sqltext.h"

struct bulk {
	struct store *s;
	struct conn *c;
	struct fault f;
	struct arena a;
	const struct bulk_column *columns; /* of the table that `sql` is for, with nsql rows */
	const char *sql;
	size_t nsql;
};

static int
seen(struct bulk *b)
{
	b->f = b->c->fault;
	return b->f.rc;
}

static int
take(struct bulk *b, struct store *s)
{
	*b = (struct bulk){ .s = s };
	arena_init(&b->a);
	if (s->engine == DB_PG)
		return pool_take(s, &b->c, &b->f);
	pthread_mutex_lock(&s->writing);
	b->c = s->writer;
	b->c->fault = (struct fault){ 0 };
	return RC_OK;
}

static int
give(struct bulk *b, int rc, const char **err)
{
	if (rc != RC_OK && err != NULL)
		*err = err_keep(b->f.text);
	if (b->s->engine == DB_SQLITE)
		pthread_mutex_unlock(&b->s->writing);
	else if (b->c != NULL)
		pool_give(b->s, b->c);
	arena_done(&b->a);
	return rc;
}

/* ---- what tables there are */

/* Rows: table, column, type, place in the primary key (0 = not in it). */
static const char *
catalog_sql(enum db_engine e)
{
	return e == DB_PG
		   ? "SELECT c.relname, a.attname, format_type(a.atttypid, NULL), coalesce(("
		     "SELECT array_position(i.indkey::int2[], a.attnum) + 1 FROM pg_index i"
		     " WHERE i.indrelid = c.oid AND i.indisprimary), 0)"
		     " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
		     " WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attnum > 0"
		     " AND NOT a.attisdropped AND c.relnamespace = current_schema()::regnamespace"
		     " ORDER BY c.oid, a.attnum"
		   : "SELECT m.name, c.name, c.type, c.pk FROM sqlite_schema m"
		     " JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
		     " AND substr(m.name, 1, 7) <> 'sqlite_' ORDER BY m.rowid, c.cid";
}

static enum vt
type_of(struct slice s)
{
	if (slice_is(s, "text") || slice_is(s, "TEXT"))
		return V_TEXT;
	if (slice_is(s, "bytea") || slice_is(s, "BLOB"))
		return V_BLOB;
	if (slice_is(s, "double precision") || slice_is(s, "REAL"))
		return V_REAL;
	return V_INT;
}

enum { TABLES_MAX = 256, COLUMNS_MAX = 128, PK_MAX = 8 };
struct reading {
	struct arena *a;
	struct bulk_table *t; /* TABLES_MAX */
	size_t n;
	const char *pk[PK_MAX];
};

static void
table_end(struct reading *r)
{
	struct buf b;
	size_t i;

	if (r->n == 0)
		return;
	buf_init(&b, r->a, 0);
	for (i = 0; i < PK_MAX && r->pk[i] != NULL; i++) {
		buf_str(&b, i == 0 ? "" : ", ");
		buf_str(&b, r->pk[i]);
	}
	r->t[r->n - 1].order = b.p;
	memset(r->pk, 0, sizeof r->pk);
}

static int
catalog_row(struct bulk *b, struct cursor *cur, struct reading *r)
{
	const struct driver *drv = b->s->drv;
	struct slice table = drv->col_slice(cur, 0);
	struct bulk_table *t = r->n == 0 ? NULL : &r->t[r->n - 1];
	struct bulk_column *c;
	int64_t pk;

	if (slice_is(table, "schema_migration"))
		return RC_OK;
	if (t == NULL || !slice_is(table, t->name)) {
		table_end(r);
		if (r->n == TABLES_MAX)
			return fault_set(&b->f, RC_BUG, "more than %d tables", TABLES_MAX);
		t = &r->t[r->n++];
		*t = (struct bulk_table){ .name = arena_strn(r->a, table.p, table.n),
			.columns = arena_array(r->a, struct bulk_column, COLUMNS_MAX) };
	}
	if (t->ncolumns == COLUMNS_MAX)
		return fault_set(
		    &b->f, RC_BUG, "%s has more than %d columns", t->name, COLUMNS_MAX);
	c = &t->columns[t->ncolumns++];
	c->name = arena_strn(r->a, drv->col_slice(cur, 1).p, drv->col_slice(cur, 1).n);
	c->type = type_of(drv->col_slice(cur, 2));
	pk = drv->col_int(cur, 3);
	if (pk > 0 && pk <= PK_MAX)
		r->pk[pk - 1] = c->name;
	return RC_OK;
}

static int
catalog(struct bulk *b, struct reading *r)
{
	const struct driver *drv = b->s->drv;
	struct query q = { .sql = catalog_sql(b->s->engine), .arena = &b->a, .guard = GUARD_OPEN };
	struct cursor *cur;
	bool row = true;
	int rc = drv->query(b->c, &q, &cur);

	if (rc != RC_OK)
		return seen(b);
	while ((rc = drv->next(cur, &row)) == RC_OK && row)
		if ((rc = catalog_row(b, cur, r)) != RC_OK)
			break;
	table_end(r);
	if (rc != RC_OK && b->f.rc == RC_OK)
		seen(b);
	cursor_unlink(cur);
	drv->shut(cur);
	return rc;
}

int
bulk_tables(struct store *s, struct arena *a, struct bulk_table **out, size_t *n, const char **err)
{
	struct reading r = { .a = a, .t = arena_array(a, struct bulk_table, TABLES_MAX) };
	struct bulk b;
	int rc = take(&b, s);

	if (rc == RC_OK)
		rc = catalog(&b, &r);
	*out = r.t;
	*n = r.n;
	return give(&b, rc, err);
}

/* ---- rows in */

/* Every foreign key of this schema, made deferrable or made as it was. */
static int
pg_references(struct bulk *b, const char *mode)
{
	static const char list[] =
	    "SELECT format('ALTER TABLE %s ALTER CONSTRAINT %I', conrelid::regclass, conname)"
	    " FROM pg_constraint WHERE contype = 'f' AND conparentid = 0"
	    " AND connamespace = current_schema()::regnamespace ORDER BY oid";
	const struct driver *drv = b->s->drv;
	struct query q = { .sql = list, .arena = &b->a, .guard = GUARD_OPEN };
	struct cursor *cur;
	struct buf all;
	bool row = true;
	const char *p;
	struct slice st;
	int rc = drv->query(b->c, &q, &cur);

	if (rc != RC_OK)
		return seen(b);
	buf_init(&all, &b->a, 0);
	while ((rc = drv->next(cur, &row)) == RC_OK && row) {
		buf_put(&all, drv->col_slice(cur, 0).p, drv->col_slice(cur, 0).n);
		buf_printf(&all, " %s;", mode);
	}
	if (rc != RC_OK)
		seen(b);
	cursor_unlink(cur);
	drv->shut(cur);
	for (p = all.p; rc == RC_OK && sql_next(&p, &st);)
		if (drv->script(b->c, arena_strn(&b->a, st.p, st.n)) != RC_OK)
			rc = seen(b);
	return rc;
}

static int
defer(struct bulk *b)
{
	if (b->s->engine == DB_PG)
		return pg_references(b, "DEFERRABLE INITIALLY DEFERRED");
	return b->s->drv->script(b->c, "PRAGMA defer_foreign_keys = ON") == RC_OK ? RC_OK : seen(b);
}

int
bulk_begin(struct store *s, struct bulk **out, const char **err)
{
	struct bulk *b = malloc(sizeof *b);
	int rc;

	if (b == NULL)
		die("out of memory (bulk)");
	rc = take(b, s);
	if (rc == RC_OK && s->drv->control(b->c, s->drv->begin_migrate) != RC_OK)
		rc = seen(b);
	if (rc == RC_OK && (rc = defer(b)) != RC_OK && s->drv->control(b->c, "ROLLBACK") != RC_OK)
		b->c->broken = true;
	if (rc == RC_OK) {
		*out = b;
		return RC_OK;
	}
	rc = give(b, rc, err);
	free(b);
	return rc;
}

static const char *
insert_sql(struct bulk *b, const struct bulk_table *t, size_t n)
{
	struct buf q;
	size_t i, j, k = 1;

	arena_reset(&b->a, ARENA_CHUNK);
	buf_init(&q, &b->a, 0);
	buf_printf(&q, "INSERT INTO %s (", t->name);
	for (j = 0; j < t->ncolumns; j++)
		buf_printf(&q, "%s%s", j == 0 ? "" : ", ", t->columns[j].name);
	buf_str(&q, ") VALUES ");
	for (i = 0; i < n; i++) {
		buf_str(&q, i == 0 ? "(" : ", (");
		for (j = 0; j < t->ncolumns; j++)
			buf_printf(&q, "%s$%zu", j == 0 ? "" : ", ", k++);
		buf_char(&q, ')');
	}
	return q.p;
}

int
bulk_insert(struct bulk *b, const struct bulk_table *t, const struct val *rows, size_t n)
{
	if (b->s->interrupted)
		return fault_set(&b->f, RC_BUSY, "interrupted");
	if (b->columns != t->columns || b->nsql != n) {
		b->sql = insert_sql(b, t, n);
		b->columns = t->columns;
		b->nsql = n;
	}
	/* GUARD_ROWS prepares and keeps the statement: inserting is allowed everywhere. */
	if (b->s->drv->run(b->c,
		&(struct query){
		    .sql = b->sql, .v = { rows, n * t->ncolumns }, .guard = GUARD_ROWS },
		NULL) != RC_OK)
		return seen(b);
	return RC_OK;
}

int
bulk_end(struct bulk *b, int rc, const char **err)
{
	const struct driver *drv = b->s->drv;
	bool wrote = rc == RC_OK;

	if (rc == RC_OK && b->s->engine == DB_PG) {
		if (drv->script(b->c, "SET CONSTRAINTS ALL IMMEDIATE") != RC_OK)
			rc = seen(b);
		else
			rc = pg_references(b, "NOT DEFERRABLE");
	}
	if (rc == RC_OK && drv->control(b->c, "COMMIT") != RC_OK)
		rc = seen(b);
	if (rc != RC_OK && drv->control(b->c, "ROLLBACK") != RC_OK)
		b->c->broken = true;
	if (wrote && rc == RC_OK)
		store_raise(b->s, &touched_all);
	rc = give(b, rc, err);
	free(b);
	return rc;
}
