/* import_batch.c – batches: a file comes in, is looked at, gets its columns; who may see it; what remains
 * of it when its term is over. */
#include "mod/import/import_inner.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/files.h"
#include "kind/vault.h"
#include "text/hash.h"

#define COLUMNS                                                                                    \
	"id, kind, account, role, body, lang, state, created_at, changed_at, ended_at, file_name," \
	" path, staged, digest, shape, code, sep, sheet, header_row, mapping, whole, tag, "        \
	"done_row,"                                                                                \
	" known, plan_digest, asked_digest, error FROM import_batch"

static struct import_batch
from_row(const struct rows *r)
{
	return (struct import_batch){ .id = row_int(r, 0),
		.kind = row_text(r, 1),
		.account = row_int(r, 2),
		.role = row_text(r, 3),
		.body = row_int(r, 4),
		.lang = row_text(r, 5),
		.state = row_text(r, 6),
		.created_at = row_int(r, 7),
		.changed_at = row_int(r, 8),
		.ended_at = row_int(r, 9),
		.file_name = row_text(r, 10),
		.path = row_text(r, 11),
		.staged = row_int(r, 12) != 0,
		.digest = row_text(r, 13),
		.shape = row_text(r, 14),
		.code = (int)row_int(r, 15),
		.sep = (int)row_int(r, 16),
		.sheet = (int)row_int(r, 17),
		.header_row = row_int(r, 18),
		.mapping = row_text(r, 19),
		.whole = row_int(r, 20) != 0,
		.tag = row_text(r, 21),
		.done_row = row_int(r, 22),
		.known = row_int(r, 23),
		.plan_digest = row_text(r, 24),
		.asked_digest = row_text(r, 25),
		.error = row_text(r, 26) };
}

int
import_load(struct ctx *cx, int64_t id, struct import_batch *out)
{
	AUTO_ROWS r = { 0 };
	bool found;

	TRY(db_rows(cx, &r, "SELECT " COLUMNS " WHERE id = $1", VALS(v_int(id))));
	found = rows_next(&r);
	if (found)
		*out = from_row(&r);
	TRY(rows_end(&r));
	return found ? RC_OK : RC_NOTFOUND;
}

int
import_get(struct ctx *cx, int64_t id, struct import_batch *out)
{
	const struct import_kind *k;

	TRY(import_load(cx, id, out));
	k = import_kind_of(out->kind);
	if (k == NULL || !import_may(cx, k))
		return RC_NOTFOUND;
	/* A batch shows cells that were read with one scope: no other account of another scope sees it. */
	if (out->account != cx->actor->account &&
	    (!may(cx, IMPORT_ADMIN) || actor_scoped(cx->actor)))
		return RC_NOTFOUND;
	return RC_OK;
}

int
import_list(struct ctx *cx, int limit, struct import_batch **out, size_t *n)
{
	AUTO_ROWS r = { 0 };
	bool all = may(cx, IMPORT_ADMIN) && !actor_scoped(cx->actor);

	*n = 0;
	*out = arena_array(cx->arena, struct import_batch, limit);
	TRY(db_rows(cx, &r,
	    "SELECT " COLUMNS
	    " WHERE (account = $1 OR $2 = 1) AND state <> 'dropped' ORDER BY id DESC "
	    "LIMIT $3",
	    VALS(v_int(cx->actor->account), v_int(all), v_int(limit))));
	while (*n < (size_t)limit && rows_next(&r))
		(*out)[(*n)++] = from_row(&r);
	return rows_end(&r);
}

int
import_count(struct ctx *cx, int64_t id, struct import_counts *out)
{
	AUTO_ROWS r = { 0 };

	*out = (struct import_counts){ 0 };
	TRY(db_rows(cx, &r,
	    "SELECT outcome, count(*), sum(done) FROM import_plan WHERE batch = $1 GROUP BY "
	    "outcome",
	    VALS(v_int(id))));
	while (rows_next(&r)) {
		struct slice o = row_slice(&r, 0);
		int64_t n = row_int(&r, 1);
		int64_t *to = *o.p == 'n'   ? &out->fresh
			      : *o.p == 'u' ? &out->updates
			      : *o.p == 's' ? &out->same
			      : *o.p == 'a' ? &out->asks
			      : *o.p == 'e' ? &out->errors
					    : &out->left_out;

		*to += n;
		out->rows += n;
		out->done += row_int(&r, 2);
	}
	return rows_end(&r);
}

/* ---- a file ---- */

static int
write_all(int fd, struct slice s)
{
	while (s.n > 0) {
		ssize_t n = write(fd, s.p, s.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return RC_STORAGE;
		s.p += n;
		s.n -= (size_t)n;
	}
	return fsync(fd) == 0 ? RC_OK : RC_STORAGE;
}

int
import_stage(struct ctx *cx, struct slice body, const char **path)
{
	const char *home = files_home(), *dir;
	int fd, rc;

	if (*home == '\0')
		return fail(cx, RC_BUG, "%s", "no folder for files");
	dir = arena_printf(cx->arena, "%s/import", home);
	if ((mkdir(home, 0700) != 0 && errno != EEXIST) ||
	    (mkdir(dir, 0700) != 0 && errno != EEXIST))
		return fail(cx, RC_STORAGE, N_("The file cannot be kept: the disk refuses."));
	*path = arena_printf(cx->arena, "%s/%s", dir, vault_random_hex(cx->arena, 16));
	fd = open(*path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return fail(cx, RC_STORAGE, N_("The file cannot be kept: the disk refuses."));
	rc = write_all(fd, body);
	close(fd);
	if (rc != RC_OK) {
		unlink(*path);
		return fail(cx, RC_STORAGE, N_("The file cannot be kept: the disk refuses."));
	}
	return RC_OK;
}

static int
file_digest(struct ctx *cx, const char *path, const char **out)
{
	char *hex = arena_alloc(cx->arena, 65), *buf = arena_alloc(cx->arena, 65536);
	FILE *f = fopen(path, "rbe");
	struct sha256 h;
	size_t n;
	bool bad;

	if (f == NULL)
		return fail(cx, RC_INVALID, N_("The file cannot be read."));
	sha256_init(&h);
	while ((n = fread(buf, 1, 65536, f)) > 0)
		sha256_add(&h, buf, n);
	bad = ferror(f) != 0;
	fclose(f);
	if (bad)
		return fail(cx, RC_INVALID, N_("The file cannot be read."));
	sha256_hex(&h, hex);
	*out = hex;
	return RC_OK;
}

/* ---- the header ---- */

enum { HEADER_ROWS = 20, HEAD_BYTES = 400 };
struct found {
	int64_t row;
	const char *head[IMPORT_COLUMNS], *mapping;
	size_t n, known;
};

static void
consider(
    struct ctx *cx, const struct import_kind *k, const struct table_row *row, struct found *best)
{
	const char *mapping, *head[TABLE_COLUMNS];
	size_t known, i;

	/* What is long is no name of a column. */
	for (i = 0; i < row->n; i++)
		head[i] = strlen(row->cell[i]) > HEAD_BYTES ? "" : row->cell[i];
	mapping = import_guess(cx, k, head, row->n, &known);
	if (best->row != 0 && known <= best->known)
		return;
	best->row = row->number;
	best->n = row->n;
	best->known = known;
	best->mapping = mapping;
	for (i = 0; i < row->n; i++)
		best->head[i] = arena_str(cx->arena, head[i]);
}

/* The row that names most columns, among the first twenty; else the first with text. */
static int
find_header(
    struct ctx *cx, const struct import_kind *k, struct table *t, int64_t only, struct found *best)
{
	const struct table_row *row;
	int left = HEADER_ROWS;

	*best = (struct found){ .mapping = "" };
	while ((only > 0 || left-- > 0) && (row = table_next(t)) != NULL) {
		if (only == 0 || row->number == only)
			consider(cx, k, row, best);
		if (only > 0 && row->number >= only)
			break;
	}
	if (table_fault(t) != TABLE_FINE)
		return fail(cx, RC_INVALID, "%s", import_fault_text(cx, table_fault(t)));
	if (best->row == 0)
		return fail(cx, RC_INVALID, N_("The sheet has no such row."));
	return RC_OK;
}

/* The columns of the last file of this shape that this account imported. */
static int
remembered(struct ctx *cx, const char *kind, const char *shape, const char **mapping)
{
	const char *old;
	int rc = db_text(cx, &old,
	    "SELECT mapping FROM import_batch WHERE kind = $1 AND shape = $2 AND account = $3"
	    " AND state IN ('done', 'committing') ORDER BY id DESC LIMIT 1",
	    VALS(v_text(kind), v_text(shape), v_int(cx->actor->account)));

	if (rc == RC_OK)
		*mapping = old;
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

struct opening {
	const struct import_new *in;
	struct table_info info;
	struct found head;
	const char *digest, *shape;
	int64_t id;
};

static int
open_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct opening *o = arg;

	return tx_int(cx, tx, &o->id,
	    "INSERT INTO import_batch (kind, account, role, body, lang, state, created_at, "
	    "changed_at,"
	    " file_name, path, staged, digest, shape, code, sep, sheet, header_row, mapping, whole,"
	    " done_row, known) VALUES ($1, $2, $3, $4, $5, 'mapping', $6, $6, $7, $8, $9, $10, "
	    "$11, $12,"
	    " $13, $14, $15, $16, 0, 0, 0) RETURNING id",
	    VALS(v_text(o->in->kind->kind->name), v_int(cx->actor->account),
		v_text(role_code(cx->actor->role)), v_int(cx->actor->body),
		v_text(lang_code(cx->lang)), v_int(cx->now), v_text(o->in->file_name),
		v_text(o->in->path), v_int(o->in->staged), v_text(o->digest), v_text(o->shape),
		v_int(o->info.code), v_int(o->info.sep), v_int(o->info.sheet), v_int(o->head.row),
		v_text(o->head.mapping)));
}

static int
look_at(struct ctx *cx, const struct import_kind *k, const char *path, const struct table_ask *ask,
    int64_t header, struct opening *o)
{
	enum table_fault fault;
	struct table *t;
	int rc;

	if (table_open(path, ask, &t, &fault) != RC_OK)
		return fail(cx, RC_INVALID, "%s", import_fault_text(cx, fault));
	o->info = *table_info(t);
	rc = find_header(cx, k, t, header, &o->head);
	table_close(t);
	TRY(rc);
	o->shape = import_shape(cx, o->head.head, o->head.n);
	return remembered(cx, k->kind->name, o->shape, &o->head.mapping);
}

int
import_open(struct ctx *cx, const struct import_new *in, int64_t *id)
{
	struct opening *o = arena_new(cx->arena, struct opening);

	if (!import_may(cx, in->kind))
		return fail(cx, RC_DENIED, N_("Your role does not allow this change."));
	o->in = in;
	TRY(look_at(cx, in->kind, in->path, &(struct table_ask){ .sheet = in->sheet }, 0, o));
	TRY(file_digest(cx, in->path, &o->digest));
	TRY(db_write(cx, open_fn, o));
	*id = o->id;
	return RC_OK;
}

int
import_unfinished(struct ctx *cx, const struct import_new *in, int64_t *id)
{
	const char *digest;
	int rc;

	TRY(file_digest(cx, in->path, &digest));
	rc = db_int(cx, id,
	    "SELECT max(id) FROM import_batch WHERE kind = $1 AND digest = $2 AND account = $3 AND "
	    "state IN "
	    "('committing', 'stopped')",
	    VALS(v_text(in->kind->kind->name), v_text(digest), v_int(cx->actor->account)));
	return rc;
}

/* ---- the second screen ---- */

static const char *
form_text(struct ctx *cx, const struct table_info *i)
{
	static const char *const codes[] = { "", "UTF-8", "UTF-16", "UTF-16", "Windows-1251",
		"KZ-1048" };
	const char *sep = i->sep == '\t' ? "TAB" : arena_strn(cx->arena, &i->sep, 1);

	if (i->form == TABLE_CSV)
		return trf(cx, "CSV, letters %s, separator %s", codes[i->code], sep);
	return i->from_1904 ? tr(cx, "XLSX, days counted from 1904") : "XLSX";
}

int
import_look(struct ctx *cx, const struct import_batch *b, struct import_view *out)
{
	struct table_ask ask = {
		.code = (enum table_code)b->code, .sep = (char)b->sep, .sheet = b->sheet
	};
	const struct table_row *row;
	enum table_fault fault;
	const char *m = b->mapping;
	struct table *t;
	size_t i;

	*out = (struct import_view){ 0 };
	if (b->path == NULL || table_open(b->path, &ask, &t, &fault) != RC_OK)
		return fail(cx, RC_INVALID, N_("The file is no longer here. Send it again."));
	out->form = form_text(cx, table_info(t));
	out->nsheets = table_info(t)->nsheets;
	for (i = 0; i < out->nsheets; i++)
		out->sheets[i] = arena_str(cx->arena, table_info(t)->sheets[i]);
	while (out->nrows < ARRAY_LEN(out->rows) && (row = table_next(t)) != NULL) {
		if (row->number < b->header_row)
			continue;
		for (i = 0; i < row->n && i < IMPORT_COLUMNS; i++)
			(row->number == b->header_row ? out->head : out->rows[out->nrows])[i] =
			    import_short(cx->arena, row->cell[i]);
		if (row->n > out->ncolumns)
			out->ncolumns = row->n;
		out->nrows += row->number > b->header_row;
	}
	table_close(t);
	for (i = 0; i < out->ncolumns; i++) {
		size_t len = strcspn(m, ";");

		out->target[i] = arena_strn(cx->arena, m, len);
		m += len + (m[len] == ';');
	}
	return RC_OK;
}

struct edit {
	int64_t id;
	struct opening *o;
	const char *mapping, *tag;
	bool whole;
};

static int
sheet_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct edit *e = arg;

	return tx_run(cx, tx, NULL,
	    "UPDATE import_batch SET sheet = $2, header_row = $3, mapping = $4, shape = $5, "
	    "changed_at = "
	    "$6 WHERE id = $1 AND state IN ('mapping', 'planned')",
	    VALS(v_int(e->id), v_int(e->o->info.sheet), v_int(e->o->head.row),
		v_text(e->o->head.mapping), v_text(e->o->shape), v_int(cx->now)));
}

int
import_set_sheet(struct ctx *cx, int64_t id, int sheet, int64_t header_row)
{
	struct edit e = { .id = id, .o = arena_new(cx->arena, struct opening) };
	struct import_batch b;

	TRY(import_get(cx, id, &b));
	if (b.path == NULL)
		return fail(cx, RC_INVALID, N_("The file is no longer here. Send it again."));
	TRY(look_at(cx, import_kind_of(b.kind), b.path,
	    &(struct table_ask){
		.code = (enum table_code)b.code, .sep = (char)b.sep, .sheet = sheet },
	    header_row, e.o));
	return db_write(cx, sheet_fn, &e);
}

static int
mapping_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct edit *e = arg;
	int64_t changed;

	TRY(tx_run(cx, tx, &changed,
	    "UPDATE import_batch SET mapping = $2, whole = $3, tag = $4, state = 'planning', "
	    "done_row = 0,"
	    " plan_digest = NULL, asked_digest = NULL, error = NULL, known = 0, changed_at = $5"
	    " WHERE id = $1 AND state IN ('mapping', 'planned')", /* never under a plan in the making */
	    VALS(v_int(e->id), v_text(e->mapping), v_int(e->whole), v_text(e->tag),
		v_int(cx->now))));
	if (changed != 1)
		return fail(cx, RC_CONFLICT, N_("This import has gone on meanwhile."));
	return tx_run(cx, tx, NULL, "DELETE FROM import_plan WHERE batch = $1", VALS(v_int(e->id)));
}

int
import_set_mapping(struct ctx *cx, int64_t id, const char *mapping, bool whole, const char *tag)
{
	struct edit e = { .id = id,
		.mapping = mapping,
		.whole = whole,
		.tag = tag != NULL && *tag != '\0' ? tag : NULL };
	struct import_batch b;

	TRY(import_get(cx, id, &b));
	TRY(import_mapping_check(cx, import_kind_of(b.kind), mapping));
	if (import_kind_of(b.kind)->names_person)
		TRY(import_attend_ready(cx, id, mapping));
	return db_write(cx, mapping_fn, &e);
}

/* ---- states ---- */

int
import_state_tx(struct ctx *cx, struct tx *tx, int64_t id, const char *from, const char *to)
{
	int64_t changed;
	bool end = strcmp(to, "done") == 0 || strcmp(to, "undone") == 0;

	TRY(tx_run(cx, tx, &changed,
	    end ? "UPDATE import_batch SET state = $3, changed_at = $4, ended_at = $4 WHERE id = "
		  "$1 AND "
		  "state = $2"
		: "UPDATE import_batch SET state = $3, changed_at = $4 WHERE id = $1 AND state = "
		  "$2",
	    VALS(v_int(id), v_text(from), v_text(to), v_int(cx->now))));
	return changed == 1 ? RC_OK
			    : fail(cx, RC_CONFLICT, N_("This import has gone on meanwhile."));
}

int
import_waiting(struct ctx *cx, int64_t *id)
{
	/* Those of the command line wait for it to be called again: their files lie who knows where. */
	int rc = db_int(cx, id,
	    "SELECT id FROM import_batch WHERE state IN ('planning', 'committing', 'undoing') AND "
	    "staged = "
	    "1 ORDER BY changed_at, id LIMIT 1",
	    NO_VALS);

	if (rc == RC_NOTFOUND)
		*id = 0;
	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static int
drop_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const int64_t *id = arg;
	int64_t changed;

	TRY(tx_run(cx, tx, &changed,
	    "UPDATE import_batch SET state = 'dropped', path = NULL, changed_at = $2 WHERE id = $1 "
	    "AND state "
	    "IN ('mapping', 'planning', 'planned')",
	    VALS(v_int(*id), v_int(cx->now))));
	if (changed != 1)
		return fail(cx, RC_CONFLICT, N_("This import has gone on meanwhile."));
	TRY(tx_run(cx, tx, NULL, "DELETE FROM import_choice WHERE batch = $1", VALS(v_int(*id))));
	return tx_run(cx, tx, NULL, "DELETE FROM import_plan WHERE batch = $1", VALS(v_int(*id)));
}

int
import_drop(struct ctx *cx, int64_t id)
{
	struct import_batch b;

	TRY(import_get(cx, id, &b));
	TRY(db_write(cx, drop_fn, &id));
	if (b.staged && b.path != NULL)
		unlink(b.path);
	return RC_OK;
}

/* ---- terms ---- */

static int
old_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	const struct import_batch *b = arg;

	TRY(tx_run(cx, tx, NULL,
	    "UPDATE import_batch SET path = NULL, state = CASE WHEN state IN ('mapping', "
	    "'planned') THEN "
	    "'dropped' ELSE state END WHERE id = $1",
	    VALS(v_int(b->id))));
	TRY(tx_run(cx, tx, NULL, "DELETE FROM import_choice WHERE batch = $1", VALS(v_int(b->id))));
	return tx_run(cx, tx, NULL, "DELETE FROM import_plan WHERE batch = $1", VALS(v_int(b->id)));
}

int
import_purge(struct ctx *cx)
{
	enum { AT_ONCE = 20 };
	struct import_batch old[AT_ONCE];
	AUTO_ROWS r = { 0 };
	size_t n = 0, i;

	TRY(db_rows(cx, &r,
	    "SELECT " COLUMNS
	    " WHERE (path IS NOT NULL OR EXISTS (SELECT 1 FROM import_plan p WHERE p.batch = "
	    "import_batch.id)) AND changed_at < $1 AND state NOT IN"
	    " ('planning', 'committing', 'undoing') ORDER BY id LIMIT $2",
	    VALS(v_int(cx->now - IMPORT_DAYS * US_PER_DAY), v_int(AT_ONCE))));
	while (n < AT_ONCE && rows_next(&r))
		old[n++] = from_row(&r);
	TRY(rows_end(&r));
	for (i = 0; i < n; i++) {
		TRY(db_write(cx, old_fn, &old[i]));
		if (old[i].staged && old[i].path != NULL)
			unlink(old[i].path);
	}
	return RC_OK;
}
