/* proof_check.c – records held against their last version in history; see proof.h.
 *
 * Whoever edits a row by hand leaves history as it was. A version is compared as text first, which is
 * what nearly all of them are; only where that differs the fields are compared one by one, so that
 * the line can name them and a field that came with a later migration is no difference while it is
 * empty. Read in batches by id, so that memory does not grow with the house. */
#include "kind/proof.h"

#include <jansson.h>

#include "kind/internal.h"
#include "kind/vault.h"

enum { BATCH = 500, LINES_MAX = 1000 };

struct proving {
	struct ctx *cx;	 /* its arena is forgotten after each batch */
	struct buf *out; /* in the arena of whoever asked */
	const struct kind *k;
	int64_t records, differences, last;
	char *recs; /* BATCH records of this kind */
	bool *met;  /* whether history has the version of each */
	size_t n;
};

static void
differs(struct proving *p, int64_t id, int64_t version, const char *what)
{
	if (++p->differences <= LINES_MAX)
		buf_printf(p->out, "%s %lld, version %lld: %s\n", p->k->name, (long long)id,
		    (long long)version, what);
}

static const void *
record(const struct proving *p, size_t i)
{
	return p->recs + i * p->k->size;
}

static const struct rec *
head(const struct proving *p, size_t i)
{
	return (const struct rec *)record(p, i);
}

/* ---- one record ---- */

static bool
json_holds(struct ctx *cx, const struct field *f, const json_t *was, const void *rec)
{
	struct json j;
	json_t *now;
	bool same;

	if (was == NULL || json_is_null(was))
		return field_empty(f, rec) ||
		       (f->type == FT_BOOL && !*(const bool *)field_at(f, rec));
	json_init(&j, cx->arena, 0);
	json_open(&j, NULL, '{');
	field_json(&j, f, rec);
	json_close(&j, '}');
	now = json_loadb(j.out.p, j.out.n, 0, NULL);
	same = json_equal(json_object_get(now, f->name), was) != 0;
	json_decref(now);
	return same;
}

/* Names of the fields of one half (public or private) that differ, behind those of `names`. */
static void
fields_apart(struct proving *p, const void *rec, struct slice was, bool private, struct buf *names)
{
	const char *now = history_json(p->cx, p->k, rec, private);
	json_t *then;
	size_t i;

	if (slice_is(was, now == NULL ? private ? "" : "{}" : now))
		return;
	then = json_loadb(was.p, was.n, 0, NULL);
	for (i = 0; i < p->k->nfields; i++) {
		const struct field *f = &p->k->fields[i];

		if ((f->privacy >= PRIV_SUBJECT) == private && (f->flags & F_UNVERSIONED) == 0 &&
		    !json_holds(p->cx, f, json_object_get(then, f->name), rec))
			buf_printf(names, "%s%s", names->n == 0 ? "" : ", ", f->name);
	}
	json_decref(then);
}

/* Columns: rec, version, at, data, subject, secret, wrapped key. False: the private half is closed. */
static bool
private_half(struct proving *p, const struct rows *r, struct slice *out)
{
	struct slice box = row_slice(r, 5);

	*out = (struct slice){ "", 0 };
	if (row_null(r, 5))
		return true;
	if (row_null(r, 4)) {
		*out = box;
		return true;
	}
	return !row_null(r, 6) && vault_unseal_with(p->cx->arena, row_slice(r, 6), row_int(r, 4),
				      arena_printf(p->cx->arena, "history.%s:%lld.%lld", p->k->name,
					  (long long)row_int(r, 0), (long long)row_int(r, 1)),
				      box, out) == RC_OK;
}

static void
version_row(struct proving *p, const struct rows *r, size_t i)
{
	struct slice private;
	struct buf names;
	char day[16];

	buf_init(&names, p->cx->arena, 0);
	fields_apart(p, record(p, i), row_slice(r, 3), false, &names);
	/* Of an erased person the private half cannot be read any more; nobody can compare it. */
	if (private_half(p, r, &private))
		fields_apart(p, record(p, i), private, true, &names);
	if (names.n == 0)
		return;
	day_iso(day_of_moment(row_int(r, 2)), day);
	differs(p, head(p, i)->id, head(p, i)->version,
	    arena_printf(
		p->cx->arena, "the record was changed by hand after %s: %s", day, names.p));
}

/* ---- batches ---- */

static int
load_batch(struct proving *p)
{
	AUTO_ROWS r = { 0 };

	p->n = 0;
	memset(p->recs, 0, p->k->size * BATCH);
	memset(p->met, 0, sizeof *p->met * BATCH);
	TRY(db_rows(p->cx, &r,
	    arena_printf(p->cx->arena, "SELECT %s FROM %s WHERE id > $1 ORDER BY id LIMIT %d",
		p->k->state->columns, p->k->name, BATCH),
	    VALS(v_int(p->last))));
	while (p->n < BATCH && rows_next(&r))
		kind_read_row(&r, p->k, p->recs + p->n++ * p->k->size);
	return rows_end(&r);
}

static int
compare_batch(struct proving *p)
{
	AUTO_ROWS r = { 0 };
	size_t i = 0;

	TRY(db_rows(p->cx, &r,
	    arena_printf(p->cx->arena,
		"SELECT h.rec, h.version, h.at, h.data, h.subject, h.secret, s.wrapped FROM %s t"
		" JOIN history h ON h.kind = $1 AND h.rec = t.id AND h.version = t.version"
		" LEFT JOIN subject_key s ON s.person = h.subject WHERE t.id > $2 AND t.id <= $3"
		" ORDER BY h.rec",
		p->k->name),
	    VALS(v_text(p->k->name), v_int(p->last), v_int(head(p, p->n - 1)->id))));
	while (rows_next(&r)) {
		while (i < p->n && head(p, i)->id < row_int(&r, 0))
			i++;
		if (i == p->n || p->met[i])
			continue;
		p->met[i] = true;
		version_row(p, &r, i);
	}
	TRY(rows_end(&r));
	for (i = 0; i < p->n; i++)
		if (!p->met[i])
			differs(p, head(p, i)->id, head(p, i)->version,
			    "the record is not in the history: it was put there or changed by "
			    "hand");
	p->last = head(p, p->n - 1)->id;
	p->records += (int64_t)p->n;
	return RC_OK;
}

/* Versions that no record reached: the record is gone or was set back. The last of each is told. */
static int
without_record(struct proving *p)
{
	AUTO_ROWS r = { 0 };

	TRY(db_stream(p->cx, &r,
	    arena_printf(p->cx->arena,
		"SELECT h.rec, h.version, h.at FROM history h WHERE h.kind = $1 AND NOT EXISTS"
		" (SELECT 1 FROM %s t WHERE t.id = h.rec AND t.version >= h.version)"
		" AND NOT EXISTS (SELECT 1 FROM history n WHERE n.kind = $2 AND n.rec = h.rec"
		" AND n.version > h.version) AND h.action <> 'delete' ORDER BY h.rec",
		p->k->name),
	    VALS(v_text(p->k->name), v_text(p->k->name))));
	while (rows_next(&r)) {
		char day[16];

		day_iso(day_of_moment(row_int(&r, 2)), day);
		differs(p, row_int(&r, 0), row_int(&r, 1),
		    arena_printf(
			p->cx->arena, "written on %s, the record is gone or was set back", day));
	}
	return rows_end(&r);
}

static int
prove_kind(struct proving *p, struct arena *batch)
{
	struct arena_mark mark;

	p->recs = arena_alloc(batch, p->k->size * BATCH);
	p->met = arena_array(batch, bool, BATCH);
	p->last = INT64_MIN;
	mark = arena_mark(batch);
	for (;;) {
		TRY(load_batch(p));
		if (p->n == 0)
			break;
		TRY(compare_batch(p));
		arena_rewind(batch, mark);
	}
	return without_record(p);
}

int
kind_prove(struct ctx *cx, const struct kind *const *kinds, size_t n, struct buf *out,
    int64_t *records, int64_t *differences)
{
	struct proving p = { .cx = cx, .out = out };
	struct arena batch, *own = cx->arena;
	size_t i;
	int rc = RC_OK;

	arena_init(&batch);
	cx->arena = &batch; /* `out` keeps its own */
	for (i = 0; i < n && rc == RC_OK; i++) {
		p.k = kinds[i];
		rc = prove_kind(&p, &batch);
		if (rc == RC_OK)
			arena_reset(&batch, ARENA_CHUNK);
	}
	cx->arena = own;
	cx->err.text = arena_str(own, cx->err.text);
	cx->err.detail = arena_str(own, cx->err.detail);
	arena_done(&batch);
	*records = p.records;
	*differences = p.differences;
	return rc;
}
