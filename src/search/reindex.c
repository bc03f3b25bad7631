/* reindex.c – keys of other versions, all keys anew, and the check of every posting.
 *
 * Stored keys are good only for the functions that made them: key_version names KEY_VERSION and
 * ORDER_VERSION, and a server refuses to begin with others. A reindex is many short writes, so that a
 * running house is not stopped; the versions are noted at its end, and until then it may be begun
 * again. */
#include "search/inner.h"

#include <stdlib.h>

#include "kind/internal.h"
#include "lang/key.h"
#include "lang/order.h"

enum { CHUNK = 200, DROP = 5000 };

static const struct {
	const char *name;
	int64_t version;
} versions[] = { { "key", KEY_VERSION }, { "order", ORDER_VERSION } };

int
keys_check(struct ctx *cx, const char **why)
{
	size_t i;

	*why = NULL;
	for (i = 0; i < ARRAY_LEN(versions); i++) {
		int64_t have;
		int rc = db_int(cx, &have, "SELECT version FROM key_version WHERE name = $1",
		    VALS(v_text(versions[i].name)));

		if (rc != RC_OK && rc != RC_NOTFOUND)
			return rc;
		if (rc == RC_OK && have == versions[i].version)
			continue;
		*why = rc == RC_OK
			   ? "the keys of search and order were made by another version of "
			     "the program: run “shanyraq reindex”"
			   : "this database has no search index yet: run “shanyraq reindex”";
		return RC_INVALID;
	}
	return RC_OK;
}

static int
note_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	size_t i;

	(void)arg;
	for (i = 0; i < ARRAY_LEN(versions); i++)
		TRY(tx_run(cx, tx, NULL,
		    "INSERT INTO key_version (name, version) VALUES ($1, $2)"
		    " ON CONFLICT (name) DO UPDATE SET version = excluded.version",
		    VALS(v_text(versions[i].name), v_int(versions[i].version))));
	return RC_OK;
}

int
keys_note(struct ctx *cx)
{
	return db_write(cx, note_fn, NULL);
}

/* ---- anew ---- */

struct emptying {
	const char *sql;
	int64_t gone;
};

static int
empty_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct emptying *e = arg;

	return tx_run(cx, tx, &e->gone, e->sql, NO_VALS);
}

static int
forget_versions(struct ctx *cx, struct tx *tx, void *arg)
{
	(void)arg;
	return tx_run(cx, tx, NULL, "DELETE FROM key_version", NO_VALS);
}

static int
empty_index(struct ctx *cx)
{
	static const char *const sql[] = { "DELETE FROM search_posting", "DELETE FROM search_doc",
		"DELETE FROM search_word", "DELETE FROM search_gram" };
	size_t i;

	TRY(db_write(cx, forget_versions, NULL));
	for (i = 0; i < ARRAY_LEN(sql); i++) {
		struct emptying e = { sql[i], 0 };

		TRY(db_write(cx, empty_fn, &e));
	}
	return RC_OK;
}

struct chunk {
	const struct kind *k;
	int64_t after, last, n;
};

static int
read_chunk(struct ctx *cx, struct chunk *c, void **out, size_t *n)
{
	const struct kind *k = c->k;
	AUTO_ROWS r = { 0 };

	*out = arena_alloc(cx->arena, k->size * CHUNK);
	*n = 0;
	TRY(db_rows(cx, &r,
	    arena_printf(cx->arena, "SELECT %s FROM %s WHERE id > $1 ORDER BY id LIMIT %d",
		k->state->columns, k->name, CHUNK),
	    VALS(v_int(c->after))));
	while (*n < CHUNK && rows_next(&r))
		kind_read_row(&r, k, (char *)*out + (*n)++ * k->size);
	return rows_end(&r);
}

static int
chunk_fn(struct ctx *cx, struct tx *tx, void *arg)
{
	struct chunk *c = arg;
	struct search_part parts[PARTS_MAX];
	void *recs;
	size_t n, i;

	TRY(read_chunk(cx, c, &recs, &n));
	c->n = (int64_t)n;
	for (i = 0; i < n; i++) {
		const void *rec = (const char *)recs + i * c->k->size;

		c->last = ((const struct rec *)rec)->id;
		TRY(kind_rekey_tx(cx, tx, c->k, rec));
		if (search_has(c->k))
			TRY(search_put_tx(cx, tx,
			    &(struct search_record){
				c->k->name, c->last, true, parts, kind_parts(c->k, rec, parts) }));
	}
	tx_touch(tx, kind_number(c->k));
	return RC_OK;
}

int
search_reindex(struct ctx *cx, const struct kind *const *kinds, size_t n, int64_t *records)
{
	size_t i;

	*records = 0;
	TRY(empty_index(cx));
	for (i = 0; i < n; i++) {
		struct chunk c = { .k = kinds[i] };

		do {
			struct arena_mark mark = arena_mark(cx->arena);

			c.n = 0;
			TRY(db_write(cx, chunk_fn, &c));
			*records += c.n;
			c.after = c.last;
			arena_rewind(cx->arena, mark);
		} while (c.n == CHUNK);
	}
	return keys_note(cx);
}

/* ---- the check ---- */

struct check {
	struct buf *out;
	int64_t *records, *differences;
	int64_t docs, postings;
};

static void
differs(struct check *k, const char *kind, int64_t rec, const char *what)
{
	if (++*k->differences <= 100)
		buf_printf(k->out, "search: %s %lld: %s\n", kind, (long long)rec, what);
}

/* What is stored for a run of records, by record. */
struct stored {
	int64_t rec;
	const char *keys;
	struct slice terms;
};

static int
read_stored(struct ctx *cx, int64_t space, int64_t from, int64_t to, struct stored *out, size_t *n)
{
	AUTO_ROWS r = { 0 };

	*n = 0;
	TRY(db_rows(cx, &r,
	    "SELECT rec, keys, terms FROM search_doc WHERE space = $1 AND rec >= $2 AND rec <= $3"
	    " ORDER BY rec",
	    VALS(v_int(space), v_int(from), v_int(to))));
	while (*n < CHUNK && rows_next(&r)) {
		struct slice s = row_slice(&r, 2);

		out[(*n)++] = (struct stored){ row_int(&r, 0), row_text(&r, 1),
			{ arena_copy(cx->arena, s.p, s.n), s.n } };
	}
	return rows_end(&r);
}

/* The postings of one record are those of its own list: counted together, since there are many. */
static void
check_one(struct ctx *cx, struct check *k, const struct search_record *r, enum audience a,
    const struct stored *s)
{
	struct posting_set want;
	struct slice blob;

	posting_set(cx->arena, r, a, &want);
	if (want.n == 0) {
		if (s != NULL)
			differs(k, r->collection, r->rec, "is indexed and should not be");
		return;
	}
	k->docs++;
	k->postings += (int64_t)want.n;
	blob = terms_blob(cx->arena, want.terms, want.n);
	if (s == NULL)
		differs(k, r->collection, r->rec, "is not indexed");
	else if (strcmp(s->keys, want.keys) != 0 || s->terms.n != blob.n ||
		 memcmp(s->terms.p, blob.p, blob.n) != 0)
		differs(k, r->collection, r->rec, "is indexed with other words than it has");
}

static int
check_chunk(struct ctx *cx, struct check *k, struct chunk *c)
{
	struct search_part parts[PARTS_MAX];
	struct stored *s = arena_array(cx->arena, struct stored, CHUNK);
	void *recs;
	size_t n, i;
	int a;

	TRY(read_chunk(cx, c, &recs, &n));
	c->n = (int64_t)n;
	if (n == 0)
		return RC_OK;
	c->last = ((const struct rec *)((const char *)recs + (n - 1) * c->k->size))->id;
	for (a = 0; a < AUD_COUNT; a++) {
		size_t ns, at = 0;

		TRY(read_stored(
		    cx, space_of(c->k->name, (enum audience)a), c->after + 1, c->last, s, &ns));
		for (i = 0; i < n; i++) {
			const void *rec = (const char *)recs + i * c->k->size;
			int64_t id = ((const struct rec *)rec)->id;

			while (at < ns && s[at].rec < id)
				at++;
			const struct search_record r = { c->k->name, id, false, parts,
				kind_parts(c->k, rec, parts) };

			check_one(cx, k, &r, (enum audience)a,
			    at < ns && s[at].rec == id ? &s[at] : NULL);
		}
	}
	*k->records += c->n;
	return RC_OK;
}

/* Sums over all rows: a posting too many or too few, or of another record, changes one of them. */
static int
check_sums(struct ctx *cx, struct check *k)
{
	int64_t docs, postings;

	TRY(db_int(cx, &docs, "SELECT count(*) FROM search_doc", NO_VALS));
	TRY(db_int(cx, &postings, "SELECT count(*) FROM search_posting", NO_VALS));
	if (docs != k->docs) {
		++*k->differences;
		buf_printf(k->out, "search: %lld records indexed, %lld should be\n",
		    (long long)docs, (long long)k->docs);
	}
	if (postings != k->postings) {
		++*k->differences;
		buf_printf(k->out, "search: %lld postings, %lld should be\n", (long long)postings,
		    (long long)k->postings);
	}
	return RC_OK;
}

static int
check_kind(struct ctx *cx, struct check *k, const struct kind *kind)
{
	struct chunk c = { .k = kind };

	do {
		struct arena_mark mark = arena_mark(cx->arena);

		TRY(check_chunk(cx, k, &c));
		c.after = c.last;
		arena_rewind(cx->arena, mark);
	} while (c.n == CHUNK);
	return RC_OK;
}

int
search_check(struct ctx *cx, const struct kind *const *kinds, size_t n, struct buf *out,
    int64_t *records, int64_t *differences)
{
	struct check k = { .out = out, .records = records, .differences = differences };
	struct arena batch, *own = cx->arena;
	size_t i;
	int rc = RC_OK;

	arena_init(&batch);
	cx->arena =
	    &batch; /* `out` keeps its own: however many lines there are, a chunk is forgotten */
	for (i = 0; i < n && rc == RC_OK; i++)
		if (search_has(kinds[i]))
			rc = check_kind(cx, &k, kinds[i]);
	cx->arena = own;
	cx->err.text = arena_str(own, cx->err.text);
	cx->err.detail = arena_str(own, cx->err.detail);
	arena_done(&batch);
	TRY(rc);
	return check_sums(cx, &k);
}
