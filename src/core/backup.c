/* backup.c – writing a backup; see backup.h. One snapshot over everything, one pass, memory that does
 * not grow with the database. Reading one back is restore.c. */
#include "core/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "core/backup_out.h"
#include "core/files.h"
#include "db/bulk.h"

struct out {
	struct ctx *cx;
	struct backup_out *to;
};

static void
head(struct out *o, char letter, size_t n)
{
	unsigned char h[BACKUP_HEAD] = { (unsigned char)letter };
	int i;

	for (i = 0; i < 8; i++)
		h[i + 1] = (unsigned char)(n >> (8 * i));
	backup_out_put(o->to, h, sizeof h);
}

static void
piece(struct out *o, char letter, const void *bytes, size_t n)
{
	head(o, letter, n);
	backup_out_put(o->to, bytes, n);
}

static int
storage(struct ctx *cx, int why)
{
	return fail(cx, RC_STORAGE, N_("The backup cannot be written: %s."), strerror(why));
}

/* ---- rows ---- */

static void
varint(struct buf *b, uint64_t v)
{
	for (; v >= 0x80; v >>= 7)
		buf_char(b, (char)(v | 0x80));
	buf_char(b, (char)v);
}

static void
cell(struct buf *b, const struct rows *r, int col, enum vt type)
{
	struct slice s;
	double real;
	int64_t i;

	if (row_null(r, col)) {
		buf_char(b, CELL_NULL);
		return;
	}
	switch (type) {
	case V_INT:
		i = row_int(r, col);
		buf_char(b, CELL_INT);
		varint(b, (uint64_t)i << 1 ^ (uint64_t)(i >> 63));
		break;
	case V_REAL:
		real = row_real(r, col);
		buf_char(b, CELL_REAL);
		buf_put(b, &real, sizeof real);
		break;
	case V_TEXT:
	case V_BLOB:
		s = row_slice(r, col);
		buf_char(b, type == V_TEXT ? CELL_TEXT : CELL_BLOB);
		varint(b, s.n);
		buf_put(b, s.p, s.n);
		break;
	}
}

static const char *
select_sql(struct arena *a, const struct bulk_table *t)
{
	struct buf q;
	size_t i;

	buf_init(&q, a, 0);
	for (i = 0; i < t->ncolumns; i++)
		buf_printf(&q, "%s%s", i == 0 ? "SELECT " : ", ", t->columns[i].name);
	buf_printf(&q, " FROM %s%s%s", t->name, *t->order != '\0' ? " ORDER BY " : "", t->order);
	return q.p;
}

static void
table_head(struct out *o, const struct bulk_table *t)
{
	static const char *const types[] = {
		[V_INT] = "int", [V_REAL] = "real", [V_TEXT] = "text", [V_BLOB] = "blob"
	};
	struct buf b;
	size_t i;

	buf_init(&b, o->cx->arena, 0);
	buf_str(&b, t->name);
	for (i = 0; i < t->ncolumns; i++) {
		buf_char(&b, '\0');
		buf_printf(&b, "%s:%s", t->columns[i].name, types[t->columns[i].type]);
	}
	piece(o, 'T', b.p, b.n);
}

static int
table_out(struct out *o, const struct bulk_table *t, int64_t *rows)
{
	struct ctx *cx = o->cx;
	struct arena_mark mark;
	struct rows r;
	struct buf b;
	size_t i;

	table_head(o, t);
	TRY(db_stream(cx, &r, select_sql(cx->arena, t), NO_VALS));
	mark = arena_mark(cx->arena);
	buf_init(&b, cx->arena, BACKUP_PIECE_MAX);
	while (rows_next(&r) && !backup_out_failed(o->to)) {
		for (i = 0; i < t->ncolumns; i++)
			cell(&b, &r, (int)i, t->columns[i].type);
		(*rows)++;
		if (b.n < BACKUP_PIECE)
			continue;
		if (b.over)
			break;
		piece(o, 'R', b.p, b.n);
		b.n = 0;
	}
	if (b.over) {
		rows_drop(&r);
		BUG("a row is too long for a backup");
		return RC_BUG;
	}
	TRY(rows_end(&r));
	if (b.n > 0)
		piece(o, 'R', b.p, b.n);
	arena_rewind(cx->arena, mark);
	return RC_OK;
}

/* ---- the image ---- */

/* One piece, read to where it is written from. */
static int
image_piece(struct out *o, int64_t at, int64_t n)
{
	head(o, 'P', (size_t)n);
	while (n > 0 && !backup_out_failed(o->to)) {
		size_t room;
		void *to = backup_out_room(o->to, &room);

		room = (int64_t)room < n ? room : (size_t)n;
		TRY(bulk_image_read(o->cx, at, to, room));
		backup_out_filled(o->to, room);
		at += (int64_t)room;
		n -= (int64_t)room;
	}
	return RC_OK;
}

static int
image_out(struct out *o, const struct bulk_image *image)
{
	int64_t at, n;

	for (at = 0; at < image->bytes && !backup_out_failed(o->to); at += n) {
		n = image->bytes - at < BACKUP_IMAGE ? image->bytes - at : BACKUP_IMAGE;
		TRY(image_piece(o, at, n));
	}
	for (at = 0; at < (int64_t)image->nlog; at += n) {
		n = (int64_t)image->nlog - at;
		n = n < BACKUP_IMAGE ? n : BACKUP_IMAGE;
		piece(o, 'W', image->log + at, (size_t)n);
	}
	return RC_OK;
}

/* ---- contents ---- */

static int
content_out(struct out *o, const char *dir, const char *sha)
{
	const char *path = files_path(o->cx->arena, dir, sha);
	int fd = path == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC);
	char *block = arena_alloc(o->cx->arena, BACKUP_PIECE);
	struct stat st;
	off_t left;

	if (fd < 0 || fstat(fd, &st) != 0) {
		if (fd >= 0)
			close(fd);
		return fail(o->cx, RC_STORAGE,
		    N_("A content is missing in the folder of files: %s. “verify” names all."),
		    sha);
	}
	head(o, 'F', BACKUP_SHA + (size_t)st.st_size);
	backup_out_put(o->to, sha, BACKUP_SHA);
	for (left = st.st_size; left > 0 && !backup_out_failed(o->to);) {
		ssize_t n = read(fd, block, BACKUP_PIECE);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0 || n > left) {
			backup_out_fail(o->to, n < 0 ? errno : EIO);
			break;
		}
		backup_out_put(o->to, block, (size_t)n);
		left -= n;
	}
	close(fd);
	return RC_OK;
}

/* The backup before a migration is made of the older schema, which may not know pictures of articles yet. */
static int
knows_pictures(struct ctx *cx, int64_t *yes)
{
	return db_int(cx, yes,
	    store_engine(db_store(cx)) == DB_PG
		? "SELECT CASE WHEN to_regclass('article_picture') IS NULL THEN 0 ELSE 1 END"
		: "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = "
		  "'article_picture'",
	    NO_VALS);
}

#define FILE_CONTENTS                                                   \
	"SELECT sha256 FROM file WHERE sha256 NOT IN ('', '-', '—') " \
	"UNION SELECT thumb FROM file WHERE thumb IS NOT NULL"

static int
each_content(struct out *o, struct ctx *cx, const char *dir, int64_t *files)
{
	AUTO_ROWS r = { 0 };
	int64_t pictures;

	TRY(knows_pictures(cx, &pictures));
	TRY(db_rows(cx, &r,
	    pictures != 0 ? FILE_CONTENTS
		" UNION SELECT sha256 FROM article_picture UNION SELECT thumb "
		"FROM article_picture ORDER BY 1"
			  : FILE_CONTENTS " ORDER BY 1",
	    NO_VALS));
	while (rows_next(&r)) {
		const char *sha = row_text(&r, 0);
		struct arena_mark mark = arena_mark(cx->arena);

		TRY(content_out(o, dir, sha));
		arena_rewind(cx->arena, mark);
		(*files)++;
	}
	return rows_end(&r);
}

/* Asked of a snapshot of its own, since an image may be newer than the one it was begun with (db/bulk.h):
 * a content too many is harmless. */
static int
contents(struct out *o, const char *dir, int64_t *files)
{
	struct ctx own = *o->cx, *cx = &own;
	int rc;

	db_bind(cx, db_store(o->cx));
	rc = each_content(o, cx, dir, files);
	db_end(cx);
	o->cx->err = own.err.rc != RC_OK ? own.err : o->cx->err;
	return rc;
}

/* ---- the whole ---- */

static int
tables_out(struct out *o, struct backup_sums *sums)
{
	struct ctx *cx = o->cx;
	struct bulk_table *t;
	const char *err = NULL;
	size_t n, i;
	int rc = bulk_tables(db_store(cx), cx->arena, &t, &n, &err);

	if (rc != RC_OK)
		return fail(cx, rc, "%s", err == NULL ? "" : err);
	for (i = 0; i < n; i++)
		TRY(table_out(o, &t[i], &sums->rows));
	sums->tables = (int64_t)n;
	return RC_OK;
}

static void
header_out(struct out *o, const struct backup_sums *sums, const char *magic)
{
	struct ctx *cx = o->cx;
	const char *text =
	    arena_printf(cx->arena, "schema=%d\ncreated_at=%lld\nkey_check=%s\n", sums->schema,
		(long long)sums->created_at, backup_key_check(cx->arena, sums->created_at));

	backup_out_put(o->to, magic, strlen(magic));
	piece(o, 'H', text, strlen(text));
}

static int
everything(struct out *o, const struct bulk_image *image, const char *dir, struct backup_sums *sums)
{
	unsigned char sum[BACKUP_SUM];
	struct ctx *cx = o->cx;
	const char *err = NULL;
	int rc = store_schema(db_store(cx), &sums->schema, &err);

	if (rc != RC_OK)
		return fail(cx, rc, "%s", err == NULL ? "" : err);
	sums->created_at = cx->now;
	sums->image = image != NULL;
	header_out(o, sums, image != NULL ? BACKUP_MAGIC_IMAGE : BACKUP_MAGIC);
	TRY(image != NULL ? image_out(o, image) : tables_out(o, sums));
	TRY(contents(o, dir, &sums->files));
	backup_out_sum(o->to, sum);
	piece(o, 'E', sum, sizeof sum);
	sums->bytes = backup_out_bytes(o->to);
	return RC_OK;
}

int
backup_write(struct ctx *cx, const char *path, const char *files, enum backup_form form,
    struct backup_sums *out)
{
	struct out o = { .cx = cx };
	struct bulk_image image;
	int rc = form == BACKUP_ROWS ? RC_NOTFOUND : bulk_image_begin(cx, &image), why;
	bool whole = rc == RC_OK;

	*out = (struct backup_sums){ 0 };
	if (rc != RC_OK && rc != RC_NOTFOUND)
		return rc;
	o.to = backup_out_open(cx->arena, path);
	if (o.to == NULL)
		rc = storage(cx, errno);
	else {
		rc = everything(&o, whole ? &image : NULL, files, out);
		why = backup_out_close(o.to, rc == RC_OK);
		if (why != 0 && cx->err.rc == RC_OK)
			rc = storage(cx, why);
	}
	if (whole)
		bulk_image_end(&image);
	return rc;
}
