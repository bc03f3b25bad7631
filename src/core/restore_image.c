/* restore_image.c – see restore_image.h. SQLite opens the image as a database that was interrupted: what
 * the log holds becomes part of it. Only tables and columns that this program's schema has are read,
 * by name and type, so that an image is taken into either engine like rows. */
#include "core/restore_image.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { INSERT_ROWS = 32 };

static int
strange(struct ctx *cx)
{
	return fail(cx, RC_INVALID, N_("This file is not a backup, or it was changed."));
}

static int
no_room(struct ctx *cx)
{
	return fail(cx, RC_STORAGE, N_("The backup cannot be unpacked: %s."), strerror(errno));
}

int
image_begin(struct ctx *cx, const char *dir, struct image *i)
{
	char *path = arena_printf(cx->arena, "%s/.image-XXXXXX", dir);
	int fd = mkostemp(path, O_CLOEXEC);

	if (fd < 0)
		return no_room(cx);
	i->path = path;
	i->file = fdopen(fd, "wb");
	i->log = fopen(arena_printf(cx->arena, "%s-wal", path), "wbex");
	return i->file == NULL || i->log == NULL ? no_room(cx) : RC_OK;
}

int
image_add(struct ctx *cx, struct image *i, bool log, const void *bytes, size_t n)
{
	FILE *f = log ? i->log : i->file;

	return f == NULL || fwrite(bytes, 1, n, f) != n ? no_room(cx) : RC_OK;
}

static int
image_shut(struct ctx *cx, struct image *i)
{
	bool good = i->file != NULL && fclose(i->file) == 0;

	good = i->log != NULL && fclose(i->log) == 0 && good;
	i->file = i->log = NULL;
	return good ? RC_OK : no_room(cx);
}

void
image_done(struct ctx *cx, struct image *i)
{
	static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
	size_t n;

	if (i->file != NULL)
		fclose(i->file);
	if (i->log != NULL)
		fclose(i->log);
	for (n = 0; i->path != NULL && n < ARRAY_LEN(ends); n++)
		unlink(arena_printf(cx->arena, "%s%s", i->path, ends[n]));
	*i = (struct image){ 0 };
}

/* ---- rows ---- */

static bool
has_columns(const struct bulk_table *t, const struct bulk_table *in)
{
	size_t i, j;

	for (i = 0; i < t->ncolumns; i++) {
		for (j = 0; j < in->ncolumns &&
			    (strcmp(t->columns[i].name, in->columns[j].name) != 0 ||
				t->columns[i].type != in->columns[j].type);
		     j++)
			;
		if (j == in->ncolumns)
			return false;
	}
	return t->ncolumns == in->ncolumns;
}

static struct val
value(struct arena *a, const struct rows *r, int col, enum vt type)
{
	struct slice s;
	struct val v;

	if (row_null(r, col))
		return v_null(type);
	if (type == V_INT)
		return v_int(row_int(r, col));
	if (type == V_REAL)
		return v_real(row_real(r, col));
	s = row_slice(r, col);
	v = v_blob((struct slice){ arena_copy(a, s.p, s.n), s.n });
	v.t = type;
	return v;
}

static int
table_rows(struct ctx *from, struct bulk *b, const struct bulk_table *t, int64_t *rows)
{
	struct val *v = arena_array(from->arena, struct val, t->ncolumns * INSERT_ROWS);
	struct arena_mark mark;
	struct rows r;
	struct buf q;
	size_t i, n = 0;
	int rc;

	buf_init(&q, from->arena, 0);
	for (i = 0; i < t->ncolumns; i++)
		buf_printf(&q, "%s%s", i == 0 ? "SELECT " : ", ", t->columns[i].name);
	buf_printf(&q, " FROM %s%s%s", t->name, *t->order != '\0' ? " ORDER BY " : "", t->order);
	TRY(db_stream(from, &r, q.p, NO_VALS));
	mark = arena_mark(from->arena);
	while (rows_next(&r)) {
		for (i = 0; i < t->ncolumns; i++)
			v[n * t->ncolumns + i] =
			    value(from->arena, &r, (int)i, t->columns[i].type);
		++*rows;
		if (++n < INSERT_ROWS)
			continue;
		rc = bulk_insert(b, t, v, n);
		if (rc != RC_OK) {
			rows_drop(&r);
			return rc;
		}
		n = 0;
		arena_rewind(from->arena, mark);
	}
	TRY(rows_end(&r));
	return n == 0 ? RC_OK : bulk_insert(b, t, v, n);
}

static int
all_tables(struct ctx *from, struct bulk *b, const struct bulk_table *there, size_t n, int64_t *rows)
{
	struct bulk_table *in;
	const char *err = NULL;
	size_t nin, i, j;

	if (bulk_tables(db_store(from), from->arena, &in, &nin, &err) != RC_OK)
		return RC_INVALID;
	for (i = 0; i < n; i++) {
		struct arena_mark mark = arena_mark(from->arena);

		for (j = 0; j < nin && strcmp(in[j].name, there[i].name) != 0; j++)
			;
		if (j == nin || !has_columns(&there[i], &in[j]))
			return RC_INVALID;
		TRY(table_rows(from, b, &there[i], rows));
		arena_rewind(from->arena, mark);
	}
	return RC_OK;
}

int
image_rows(struct ctx *cx, struct image *i, struct bulk *b, const struct bulk_table *there,
    size_t n, int64_t *rows)
{
	struct store *s = NULL;
	struct ctx from = *cx;
	const char *err = NULL;
	int have, rc;

	TRY(image_shut(cx, i));
	if (store_open(&(struct store_options){ .url = i->path }, &s, &err) != RC_OK)
		return strange(cx);
	from.err = (struct err){ 0 };
	db_bind(&from, s);
	rc = store_schema(s, &have, &err);
	if (rc != RC_OK || have != i->schema)
		rc = RC_INVALID;
	else
		rc = all_tables(&from, b, there, n, rows);
	db_end(&from);
	store_close(s);
	/* What the target refuses is said by bulk_end(); what the image cannot give is strange. */
	return rc == RC_OK || from.err.rc == RC_OK ? rc : RC_INVALID;
}
