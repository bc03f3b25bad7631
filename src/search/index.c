/* index.c – writes what a record posts, in the transaction of the record itself.
 *
 * Only the difference to what the record posted before is written. No row here is shared by two
 * records but those of the vocabulary, and those are inserted once and never changed: writers of
 * different records do not meet. */
#include "search/inner.h"

/* ---- lists in SQL ---- */

static size_t
padded(size_t n)
{
	static const size_t sizes[] = { 1, 4, 16, 64, 256 };
	size_t i;

	for (i = 0; i < ARRAY_LEN(sizes); i++)
		if (n <= sizes[i])
			return sizes[i];
	return IN_MAX;
}

void
in_list(struct buf *sql, struct val *vals, size_t *nvals, const int64_t *ids, size_t n)
{
	size_t i, want = padded(n);

	buf_str(sql, " IN (");
	for (i = 0; i < want; i++) {
		vals[*nvals] = v_int(n == 0 ? 0 : ids[i < n ? i : n - 1]);
		buf_str(sql, i == 0 ? "$" : ", $");
		buf_int(sql, (int64_t)++ * nvals);
	}
	buf_char(sql, ')');
}

/* How many rows the next INSERT takes: few lengths of text, so that statements are prepared once. */
static size_t
bite(size_t left)
{
	return left >= 64 ? 64 : left >= 16 ? 16 : left >= 4 ? 4 : 1;
}

static const char *
rows_of(struct arena *a, const char *head, size_t rows, size_t cols, const char *tail)
{
	struct buf b;
	size_t i, j, n = 0;

	buf_init(&b, a, 0);
	buf_str(&b, head);
	for (i = 0; i < rows; i++) {
		buf_str(&b, i == 0 ? " VALUES (" : ", (");
		for (j = 0; j < cols; j++)
			buf_printf(&b, j == 0 ? "$%zu" : ", $%zu", ++n);
		buf_char(&b, ')');
	}
	buf_str(&b, tail);
	return b.p;
}

/* ---- vocabulary ---- */

static int
put_grams(struct ctx *cx, struct tx *tx, const int64_t *grams, const char **words, size_t n)
{
	size_t i, at = 0, k;

	while (at < n) {
		struct val v[128];

		k = bite(n - at);
		for (i = 0; i < k; i++) {
			v[2 * i] = v_int(grams[at + i]);
			v[2 * i + 1] = v_text(words[at + i]);
		}
		TRY(tx_run(cx, tx, NULL,
		    rows_of(cx->arena, "INSERT INTO search_gram (gram, word)", k, 2,
			" ON CONFLICT DO NOTHING"),
		    (struct vals){ v, 2 * k }));
		at += k;
	}
	return RC_OK;
}

struct new_words {
	int64_t *grams;
	const char **words;
	size_t n, cap;
};

static void
add_grams(struct arena *a, struct new_words *nw, int64_t scope, const char *word)
{
	int64_t g[NEAR_MAX + 2];
	size_t k = word_grams(scope, word, scope % 2 == 1, g), i;

	if (nw->n + k > nw->cap) {
		size_t cap = (nw->cap + k) * 2;
		int64_t *grams = arena_array(a, int64_t, cap);
		const char **words = arena_array(a, const char *, cap);

		if (nw->n > 0) {
			memcpy(grams, nw->grams, nw->n * sizeof *grams);
			memcpy(words, nw->words, nw->n * sizeof *words);
		}
		nw->grams = grams;
		nw->words = words;
		nw->cap = cap;
	}
	for (i = 0; i < k; i++) {
		nw->grams[nw->n] = g[i];
		nw->words[nw->n++] = word;
	}
}

static int
put_words(struct ctx *cx, struct tx *tx, const struct posting_set *s)
{
	struct new_words nw = { 0 };
	size_t at = 0, i;

	while (at < s->nwords) {
		AUTO_ROWS r = { 0 };
		struct val v[128];
		size_t k = bite(s->nwords - at);

		for (i = 0; i < k; i++) {
			v[2 * i] = v_int(scope_of(s->reader, s->word_name[at + i]));
			v[2 * i + 1] = v_text(s->words[at + i]);
		}
		TRY(db_rows(cx, &r,
		    rows_of(cx->arena, "INSERT INTO search_word (scope, word)", k, 2,
			" ON CONFLICT DO NOTHING RETURNING scope, word"),
		    (struct vals){ v, 2 * k }));
		while (rows_next(&r))
			add_grams(cx->arena, &nw, row_int(&r, 0), row_text(&r, 1));
		TRY(rows_end(&r));
		at += k;
	}
	return put_grams(cx, tx, nw.grams, nw.words, nw.n);
}

/* ---- postings ---- */

static int
put_postings(struct ctx *cx, struct tx *tx, int64_t rec, const struct posted *t, size_t n)
{
	size_t at = 0, i;

	while (at < n) {
		struct val v[192];
		size_t k = bite(n - at);

		for (i = 0; i < k; i++) {
			v[3 * i] = v_int(t[at + i].term);
			v[3 * i + 1] = v_int(rec);
			v[3 * i + 2] = v_int(t[at + i].impact);
		}
		TRY(tx_run(cx, tx, NULL,
		    rows_of(cx->arena, "INSERT INTO search_posting (term, rec, impact)", k, 3,
			" ON CONFLICT (term, rec) DO UPDATE SET impact = excluded.impact"),
		    (struct vals){ v, 3 * k }));
		at += k;
	}
	return RC_OK;
}

static int
drop_postings(struct ctx *cx, struct tx *tx, int64_t rec, const int64_t *terms, size_t n)
{
	size_t at;

	for (at = 0; at < n; at += 64) {
		struct val v[65];
		size_t nv = 1;
		struct buf sql;

		v[0] = v_int(rec);
		buf_init(&sql, cx->arena, 0);
		buf_str(&sql, "DELETE FROM search_posting WHERE rec = $1 AND term");
		in_list(&sql, v, &nv, terms + at, n - at < 64 ? n - at : 64);
		TRY(tx_run(cx, tx, NULL, sql.p, (struct vals){ v, nv }));
	}
	return RC_OK;
}

/* What the index holds of a record in one space. */
struct stored_doc {
	int64_t space;
	bool there;
	const char *keys;
	struct posted *terms;
	size_t n;
};

/* What is in one sorted list and not in the other, or stronger or weaker there. */
static int
put_difference(struct ctx *cx, struct tx *tx, int64_t rec, const struct stored_doc *old,
    const struct posting_set *now)
{
	struct posted *add = arena_array(cx->arena, struct posted, now->n + 1);
	int64_t *drop = arena_array(cx->arena, int64_t, old->n + 1);
	size_t i = 0, j = 0, nadd = 0, ndrop = 0;

	while (i < old->n || j < now->n)
		if (j == now->n || (i < old->n && old->terms[i].term < now->terms[j].term))
			drop[ndrop++] = old->terms[i++].term;
		else if (i == old->n || now->terms[j].term < old->terms[i].term)
			add[nadd++] = now->terms[j++];
		else {
			if (old->terms[i].impact != now->terms[j].impact)
				add[nadd++] = now->terms[j];
			i++;
			j++;
		}
	TRY(drop_postings(cx, tx, rec, drop, ndrop));
	return put_postings(cx, tx, rec, add, nadd);
}

static int
read_stored(struct ctx *cx, int64_t rec, struct stored_doc *out)
{
	AUTO_ROWS r = { 0 };

	TRY(db_rows(cx, &r, "SELECT keys, terms FROM search_doc WHERE space = $1 AND rec = $2",
	    VALS(v_int(out->space), v_int(rec))));
	if (rows_next(&r)) {
		out->there = true;
		out->keys = row_text(&r, 0);
		out->n = terms_read(cx->arena, row_slice(&r, 1), &out->terms);
	}
	return rows_end(&r);
}

static int
put_space(struct ctx *cx, struct tx *tx, const struct search_record *rec, enum audience aud)
{
	struct stored_doc old = { .space = space_of(rec->collection, aud) };
	struct posting_set s;
	struct slice blob;

	posting_set(cx->arena, rec, aud, &s);
	blob = terms_blob(cx->arena, s.terms, s.n);
	if (!rec->fresh)
		TRY(read_stored(cx, rec->rec, &old));
	if (old.there ? s.n == old.n && strcmp(old.keys, s.keys) == 0 &&
			    memcmp(terms_blob(cx->arena, old.terms, old.n).p, blob.p, blob.n) == 0
		      : s.n == 0)
		return RC_OK;
	TRY(put_difference(cx, tx, rec->rec, &old, &s));
	TRY(put_words(cx, tx, &s));
	if (s.n == 0)
		return tx_run(cx, tx, NULL, "DELETE FROM search_doc WHERE space = $1 AND rec = $2",
		    VALS(v_int(old.space), v_int(rec->rec)));
	return tx_run(cx, tx, NULL,
	    "INSERT INTO search_doc (space, rec, keys, terms) VALUES ($1, $2, $3, $4)"
	    " ON CONFLICT (space, rec) DO UPDATE SET keys = excluded.keys, terms = excluded.terms",
	    VALS(v_int(old.space), v_int(rec->rec), v_text(s.keys), v_blob(blob)));
}

int
search_put_tx(struct ctx *cx, struct tx *tx, const struct search_record *r)
{
	int a;

	for (a = 0; a < AUD_COUNT; a++) {
		size_t i;
		bool any = !r->fresh;

		for (i = 0; i < r->n && !any; i++)
			any = r->parts[i].audience == (enum audience)a && r->parts[i].text != NULL;
		if (any)
			TRY(put_space(cx, tx, r, (enum audience)a));
	}
	return RC_OK;
}
