/* backup.c – writing a backup; see backup.h. One snapshot over all tables, one pass, memory that does
 * not grow with the database. Reading one back is restore.c. */
#include "core/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "core/backup_inner.h"
#include "core/files.h"
#include "db/bulk.h"

struct out {
	struct ctx *cx;
	int fd;
	const char *path; /* the temporary one */
	crypto_generichash_state sum;
	char *block; /* BACKUP_PIECE bytes on their way to the disk */
	size_t n;
	int64_t bytes;
	bool failed;
	int why;
};

static void
flush(struct out *o)
{
	const char *p = o->block;

	while (o->n > 0 && !o->failed) {
		ssize_t n = write(o->fd, p, o->n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			o->failed = true;
			o->why = n < 0 ? errno : ENOSPC;
			break;
		}
		p += n;
		o->n -= (size_t)n;
	}
	o->n = 0;
}

static void
put(struct out *o, const void *bytes, size_t n)
{
	const char *p = bytes;

	crypto_generichash_update(&o->sum, bytes, n);
	o->bytes += (int64_t)n;
	while (n > 0) {
		size_t room = (size_t)BACKUP_PIECE - o->n, k = n < room ? n : room;

		memcpy(o->block + o->n, p, k);
		o->n += k;
		p += k;
		n -= k;
		if (o->n == BACKUP_PIECE)
			flush(o);
	}
}

static void
head(struct out *o, char letter, size_t n)
{
	unsigned char h[BACKUP_HEAD] = { (unsigned char)letter };
	int i;

	for (i = 0; i < 8; i++)
		h[i + 1] = (unsigned char)(n >> (8 * i));
	put(o, h, sizeof h);
}

static void
piece(struct out *o, char letter, const void *bytes, size_t n)
{
	head(o, letter, n);
	put(o, bytes, n);
}

static int
storage(struct out *o)
{
	return fail(o->cx, RC_STORAGE, N_("The backup cannot be written: %s."), strerror(o->why));
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
	while (rows_next(&r) && !o->failed) {
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
	return o->failed ? storage(o) : RC_OK;
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
	put(o, sha, BACKUP_SHA);
	for (left = st.st_size; left > 0 && !o->failed;) {
		ssize_t n = read(fd, block, BACKUP_PIECE);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0 || n > left) {
			o->failed = true;
			o->why = n < 0 ? errno : EIO;
			break;
		}
		put(o, block, (size_t)n);
		left -= n;
	}
	close(fd);
	return o->failed ? storage(o) : RC_OK;
}

static int
contents(struct out *o, const char *dir, int64_t *files)
{
	struct ctx *cx = o->cx;
	AUTO_ROWS r;

	TRY(db_rows(cx, &r,
	    "SELECT DISTINCT sha256 FROM file WHERE sha256 NOT IN ('', '-') ORDER BY sha256",
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

/* ---- the whole ---- */

static int
everything(struct out *o, const char *dir, struct backup_sums *sums)
{
	struct ctx *cx = o->cx;
	struct bulk_table *t;
	const char *err = NULL, *text;
	unsigned char sum[BACKUP_SUM];
	size_t n, i;
	int rc = bulk_tables(db_store(cx), cx->arena, &t, &n, &err);

	if (rc == RC_OK)
		rc = store_schema(db_store(cx), &sums->schema, &err);
	if (rc != RC_OK)
		return fail(cx, rc, "%s", err == NULL ? "" : err);
	sums->created_at = cx->now;
	text = arena_printf(cx->arena, "schema=%d\ncreated_at=%lld\nkey_check=%s\n", sums->schema,
	    (long long)sums->created_at, backup_key_check(cx->arena, sums->created_at));
	put(o, BACKUP_MAGIC, strlen(BACKUP_MAGIC));
	piece(o, 'H', text, strlen(text));
	for (i = 0; i < n; i++)
		TRY(table_out(o, &t[i], &sums->rows));
	sums->tables = (int64_t)n;
	TRY(contents(o, dir, &sums->files));
	crypto_generichash_final(&o->sum, sum, sizeof sum);
	piece(o, 'E', sum, sizeof sum);
	flush(o);
	sums->bytes = o->bytes;
	return o->failed ? storage(o) : RC_OK;
}

static bool
settle(struct out *o, const char *path)
{
	char *copy = arena_str(o->cx->arena, path);
	int dir;
	bool good = fsync(o->fd) == 0;

	good = close(o->fd) == 0 && good;
	o->fd = -1;
	good = good && rename(o->path, path) == 0;
	o->why = errno;
	dir = good ? open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	if (dir >= 0) {
		good = fsync(dir) == 0;
		close(dir);
	}
	return good;
}

int
backup_write(struct ctx *cx, const char *path, const char *files, struct backup_sums *out)
{
	char *temp = arena_printf(cx->arena, "%s.new-XXXXXX", path);
	struct out o = { .cx = cx, .fd = mkostemp(temp, O_CLOEXEC), .path = temp };
	int rc;

	*out = (struct backup_sums){ 0 };
	o.why = errno;
	if (o.fd < 0)
		return storage(&o);
	o.block = malloc(BACKUP_PIECE);
	if (o.block == NULL)
		die("out of memory (backup)");
	crypto_generichash_init(&o.sum, NULL, 0, BACKUP_SUM);
	rc = everything(&o, files, out);
	if (rc == RC_OK && !settle(&o, path))
		rc = storage(&o);
	if (o.fd >= 0)
		close(o.fd);
	if (rc != RC_OK)
		unlink(temp);
	free(o.block);
	return rc;
}
