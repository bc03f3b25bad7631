/* restore.c – a backup read back; see backup.h. The file may be anybody's: every length is looked at
 * before it is believed, and nothing reaches the database before the whole was read once. */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/backup.h"
#include "core/backup_inner.h"
#include "core/files.h"
#include "core/restore_image.h"
#include "db/bulk.h"
#include "text/hash.h"

enum { INSERT_ROWS = 32, HEADER_MAX = 4096, TABLE_MAX = 64 * 1024 };

struct in {
	struct ctx *cx;
	FILE *f;
	crypto_generichash_state sum;
	char *body; /* of the present piece */
	size_t room;
	int64_t bytes;
};
struct head {
	char letter;
	size_t n;
};

static int
torn(struct in *in)
{
	return fail(in->cx, RC_INVALID,
	    N_("This backup is torn: it ends after %s bytes in the middle. Take another copy."),
	    num(in->cx, in->bytes));
}

static int
strange(struct in *in)
{
	return fail(in->cx, RC_INVALID, N_("This file is not a backup, or it was changed."));
}

static bool
take(struct in *in, void *to, size_t n, bool summed)
{
	size_t got = fread(to, 1, n, in->f);

	in->bytes += (int64_t)got;
	if (got != n)
		return false;
	if (summed)
		crypto_generichash_update(&in->sum, to, n);
	return true;
}

/* The next piece into in->body. E is not part of its own sum. */
static int
next(struct in *in, struct head *h)
{
	unsigned char raw[BACKUP_HEAD];
	int i;

	if (!take(in, raw, sizeof raw, false))
		return torn(in);
	h->letter = (char)raw[0];
	for (h->n = 0, i = 8; i > 0; i--)
		h->n = h->n << 8 | raw[i];
	if (strchr("HTRFPWE", h->letter) == NULL || h->letter == '\0' || h->n > BACKUP_PIECE_MAX)
		return strange(in);
	if (h->letter != 'E')
		crypto_generichash_update(&in->sum, raw, sizeof raw);
	if (h->n + 1 > in->room) {
		free(in->body);
		in->room = h->n + 1;
		in->body = malloc(in->room);
		if (in->body == NULL)
			die("out of memory (restore)");
	}
	if (!take(in, in->body, h->n, h->letter != 'E'))
		return torn(in);
	in->body[h->n] = '\0';
	return RC_OK;
}

static int
header(struct in *in, struct backup_sums *sums)
{
	char magic[sizeof BACKUP_MAGIC - 1], key[128];
	struct head h;
	long long at;

	if (!take(in, magic, sizeof magic, true))
		return strange(in);
	sums->image = memcmp(magic, BACKUP_MAGIC_IMAGE, sizeof magic) == 0;
	if (memcmp(magic, BACKUP_MAGIC, sizeof magic) != 0 && !sums->image)
		return memcmp(magic, BACKUP_MAGIC, strlen("shanyraq backup ")) == 0
			   ? fail(in->cx, RC_INVALID,
				 N_("This backup was made by another version of the program."))
			   : strange(in);
	TRY(next(in, &h));
	if (h.letter != 'H' || h.n > HEADER_MAX ||
	    sscanf(in->body, "schema=%9d\ncreated_at=%19lld\nkey_check=%127[0-9a-f]", &sums->schema,
		&at, key) != 3)
		return strange(in);
	sums->created_at = at;
	if (!vault_equal(key, backup_key_check(in->cx->arena, at)))
		return fail(in->cx, RC_INVALID,
		    N_("The key beside this database is another than the one of the backup. Put "
		       "the key file of the saved database in its place."));
	return RC_OK;
}

static int
open_in(struct ctx *cx, const char *path, struct in *in, struct backup_sums *sums)
{
	*in = (struct in){ .cx = cx, .f = fopen(path, "rbe") };
	*sums = (struct backup_sums){ 0 };
	if (in->f == NULL)
		return fail(cx, RC_INVALID, N_("The backup %s cannot be opened: %s."), path,
		    strerror(errno));
	crypto_generichash_init(&in->sum, NULL, 0, BACKUP_SUM);
	return header(in, sums);
}

static void
close_in(struct in *in)
{
	if (in->f != NULL)
		fclose(in->f);
	free(in->body);
}

static int
read_through(struct in *in, struct backup_sums *sums)
{
	unsigned char sum[BACKUP_SUM], more;
	struct head h;

	for (;;) {
		TRY(next(in, &h));
		if (h.letter == 'E')
			break;
		sums->tables += h.letter == 'T';
		sums->files += h.letter == 'F';
	}
	crypto_generichash_final(&in->sum, sum, sizeof sum);
	if (h.n != sizeof sum || memcmp(sum, in->body, sizeof sum) != 0 ||
	    fread(&more, 1, 1, in->f) != 0)
		return strange(in);
	sums->bytes = in->bytes;
	return RC_OK;
}

int
backup_check(struct ctx *cx, const char *path, struct backup_sums *out)
{
	struct in in;
	int rc = open_in(cx, path, &in, out);

	if (rc == RC_OK)
		rc = read_through(&in, out);
	close_in(&in);
	return rc;
}

/* ---- into the database ---- */

struct restore {
	struct in in;
	struct bulk *b;
	const char *files;
	const struct bulk_table *there; /* tables of this database */
	size_t nthere;
	struct bulk_table table; /* the present one, columns as the file has them */
	struct val *rows;	 /* INSERT_ROWS rows that wait */
	size_t nrows;
	int64_t count;
	bool whole; /* the tables come as an image … */
	struct image image;
};

static int
flush_rows(struct restore *r)
{
	size_t n = r->nrows;

	r->nrows = 0;
	return n == 0 ? RC_OK : bulk_insert(r->b, &r->table, r->rows, n);
}

static bool
type_parse(const char *s, enum vt *out)
{
	static const struct {
		const char *word;
		enum vt t;
	} types[] = { { "int", V_INT }, { "real", V_REAL }, { "text", V_TEXT },
		{ "blob", V_BLOB } };
	size_t i;

	for (i = 0; i < ARRAY_LEN(types); i++)
		if (strcmp(types[i].word, s) == 0) {
			*out = types[i].t;
			return true;
		}
	return false;
}

/* The column must be there with that type, else its name does not reach SQL. */
static const struct bulk_column *
column_of(const struct bulk_table *t, const char *name, size_t n)
{
	size_t i;

	for (i = 0; i < t->ncolumns; i++)
		if (strlen(t->columns[i].name) == n && memcmp(t->columns[i].name, name, n) == 0)
			return &t->columns[i];
	return NULL;
}

static int
table_in(struct restore *r, const struct head *h)
{
	const struct bulk_table *t = NULL;
	struct arena *a = r->in.cx->arena;
	const char *p = r->in.body, *end = p + h->n;
	size_t i;

	if (h->n > TABLE_MAX)
		return strange(&r->in);
	for (i = 0; i < r->nthere; i++)
		if (strcmp(r->there[i].name, p) == 0)
			t = &r->there[i];
	if (t == NULL)
		return strange(&r->in);
	r->table = (struct bulk_table){ .name = t->name,
		.columns = arena_array(a, struct bulk_column, t->ncolumns) };
	for (p += strlen(p) + 1; p < end; p += strlen(p) + 1) {
		const char *colon = strchr(p, ':');
		const struct bulk_column *c =
		    colon == NULL ? NULL : column_of(t, p, (size_t)(colon - p));
		enum vt type;

		if (c == NULL || !type_parse(colon + 1, &type) || type != c->type ||
		    r->table.ncolumns == t->ncolumns)
			return strange(&r->in);
		r->table.columns[r->table.ncolumns++] = *c;
	}
	if (r->table.ncolumns != t->ncolumns)
		return strange(&r->in);
	r->rows = arena_array(a, struct val, t->ncolumns * INSERT_ROWS);
	return RC_OK;
}

struct bytes {
	const char *p, *end;
};

static bool
varint(struct bytes *b, uint64_t *out)
{
	unsigned shift = 0;

	for (*out = 0; b->p < b->end && shift < 64; shift += 7) {
		unsigned char c = (unsigned char)*b->p++;

		*out |= (uint64_t)(c & 0x7F) << shift;
		if (c < 0x80)
			return true;
	}
	return false;
}

static bool
cell(struct bytes *b, enum vt type, struct val *v)
{
	static const char letters[] = {
		[V_INT] = CELL_INT, [V_REAL] = CELL_REAL, [V_TEXT] = CELL_TEXT, [V_BLOB] = CELL_BLOB
	};
	uint64_t n;
	char c = b->p < b->end ? *b->p++ : '\0';

	*v = v_null(type);
	if (c == CELL_NULL)
		return true;
	if (c != letters[type])
		return false;
	v->null = false;
	if (type == V_REAL) {
		if ((size_t)(b->end - b->p) < sizeof v->r)
			return false;
		memcpy(&v->r, b->p, sizeof v->r);
		b->p += sizeof v->r;
		return true;
	}
	if (!varint(b, &n))
		return false;
	if (type == V_INT) {
		v->i = (int64_t)(n >> 1) ^ -(int64_t)(n & 1);
		return true;
	}
	if (n > (size_t)(b->end - b->p))
		return false;
	v->s = (struct slice){ b->p, (size_t)n };
	b->p += n;
	return true;
}

static int
rows_in(struct restore *r, const struct head *h)
{
	struct bytes b = { r->in.body, r->in.body + h->n };
	const struct bulk_table *t = &r->table;
	size_t i;

	if (t->ncolumns == 0)
		return strange(&r->in);
	while (b.p < b.end) {
		for (i = 0; i < t->ncolumns; i++)
			if (!cell(&b, t->columns[i].type, &r->rows[r->nrows * t->ncolumns + i]))
				return strange(&r->in);
		r->count++;
		if (++r->nrows == INSERT_ROWS)
			TRY(flush_rows(r));
	}
	return flush_rows(r); /* the values lie in the piece, which is read over */
}

static int
content_in(struct restore *r, const struct head *h)
{
	struct arena_mark mark = arena_mark(r->in.cx->arena);
	struct slice body = { r->in.body + BACKUP_SHA, h->n - BACKUP_SHA };
	struct file_put put;
	struct sha256 sum;

	if (h->n <= BACKUP_SHA)
		return strange(&r->in);
	if (r->files == NULL) {
		sha256_init(&sum);
		sha256_add(&sum, body.p, body.n);
		sha256_hex(&sum, put.sha256);
	} else if (files_sniff(body) == NULL) /* a page or a text that an article came from */
		TRY(files_put_page(r->in.cx, r->files, body, false, &put));
	else
		TRY(files_put(r->in.cx, r->files, body, NULL, &put));
	arena_rewind(r->in.cx->arena, mark);
	return memcmp(put.sha256, r->in.body, BACKUP_SHA) == 0 ? RC_OK : strange(&r->in);
}

static int
pieces(struct restore *r)
{
	struct head h;

	for (;;) {
		TRY(next(&r->in, &h));
		switch (h.letter) {
		case 'T':
			TRY(r->whole ? strange(&r->in) : table_in(r, &h));
			break;
		case 'R':
			TRY(r->whole ? strange(&r->in) : rows_in(r, &h));
			break;
		case 'P':
		case 'W':
			TRY(r->whole
				? image_add(r->in.cx, &r->image, h.letter == 'W', r->in.body, h.n)
				: strange(&r->in));
			break;
		case 'F':
			TRY(content_in(r, &h));
			break;
		case 'E':
			return RC_OK;
		default:
			return strange(&r->in);
		}
	}
}

static int
is_empty(struct ctx *cx, const struct bulk_table *t, size_t n)
{
	int64_t some;
	size_t i;

	for (i = 0; i < n; i++) {
		TRY(db_int(cx, &some,
		    arena_printf(
			cx->arena, "SELECT count(*) FROM (SELECT 1 FROM %s LIMIT 1) x", t[i].name),
		    NO_VALS));
		if (some > 0)
			return fail(cx, RC_EXISTS,
			    N_("There is a database already (%s is not empty). A backup is "
			       "restored only into an empty one."),
			    t[i].name);
	}
	db_end(cx);
	return RC_OK;
}

static int
tables_of(struct ctx *cx, struct restore *r, int schema)
{
	struct bulk_table *t;
	const char *err = NULL;
	int have, rc = bulk_tables(db_store(cx), cx->arena, &t, &r->nthere, &err);

	if (rc == RC_OK)
		rc = store_schema(db_store(cx), &have, &err);
	if (rc != RC_OK)
		return fail(cx, rc, "%s", err == NULL ? "" : err);
	r->there = t;
	if (have != schema)
		return fail(
		    cx, RC_INVALID, N_("The backup has schema %d, the database %d."), schema, have);
	return is_empty(cx, t, r->nthere);
}

/* Where an image may be unpacked: beside the contents, else beside the backup. */
static const char *
folder(struct ctx *cx, const char *path, const char *files)
{
	return files != NULL ? files : dirname(arena_str(cx->arena, path));
}

static int
fill(struct restore *r, const char *path, int schema)
{
	struct ctx *cx = r->in.cx;

	if (r->whole)
		TRY(image_begin(cx, folder(cx, path, r->files), &r->image));
	TRY(pieces(r));
	if (!r->whole)
		return RC_OK;
	r->image.schema = schema;
	return image_rows(cx, &r->image, r->b, r->there, r->nthere, &r->count);
}

int
backup_restore(struct ctx *cx, const char *path, const char *files, struct backup_sums *out)
{
	struct restore r = { .files = files };
	struct backup_sums again;
	const char *err = NULL;
	int rc, end;

	TRY(backup_check(cx, path, out));
	TRY(tables_of(cx, &r, out->schema));
	r.whole = out->image;
	rc = open_in(cx, path, &r.in, &again);
	if (rc == RC_OK && bulk_begin(db_store(cx), &r.b, &err) != RC_OK)
		rc = fail(cx, RC_STORAGE, "%s", err == NULL ? "" : err);
	if (rc == RC_OK) {
		rc = fill(&r, path, out->schema);
		end = bulk_end(r.b, rc, &err);
		if (end != RC_OK && cx->err.rc == RC_OK)
			rc =
			    err != NULL && *err != '\0' ? fail(cx, end, "%s", err) : strange(&r.in);
	}
	image_done(cx, &r.image);
	if (rc == RC_OK && store_fix_identities(db_store(cx), &err) != RC_OK)
		rc = fail(cx, RC_STORAGE, "%s", err == NULL ? "" : err);
	close_in(&r.in);
	out->rows = r.count;
	out->tables = (int64_t)r.nthere;
	return rc;
}
