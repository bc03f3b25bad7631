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
		buf_printf(sql, i == 0 ? "$%zu" : ", $%zu", ++*nvals);
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

/* What is in one sorted list and not in the other, or stronger or weaker there. */
static int
put_difference(struct ctx *cx, struct tx *tx, int64_t rec, const struct posted *old, size_t nold,
    const struct posted *now, size_t nnow)
{
	struct posted *add = arena_array(cx->arena, struct posted, nnow + 1);
	int64_t *drop = arena_array(cx->arena, int64_t, nold + 1);
	size_t i = 0, j = 0, nadd = 0, ndrop = 0;

	while (i < nold || j < nnow)
		if (j == nnow || (i < nold && old[i].term < now[j].term))
			drop[ndrop++] = old[i++].term;
		else if (i == nold || now[j].term < old[i].term)
			add[nadd++] = now[j++];
		else {
			if (old[i].impact != now[j].impact)
				add[nadd++] = now[j];
			i++;
			j++;
		}
	TRY(drop_postings(cx, tx, rec, drop, ndrop));
	return put_postings(cx, tx, rec, add, nadd);
}

static int
stored_terms(struct ctx *cx, int64_t space, int64_t rec, bool *there, const char **keys,
    struct posted **t, size_t *n)
{
	AUTO_ROWS r = { 0 };

	*there = false;
	*n = 0;
	TRY(db_rows(cx, &r, "SELECT keys, terms FROM search_doc WHERE space = $1 AND rec = $2",
	    VALS(v_int(space), v_int(rec))));
	if (rows_next(&r)) {
		*there = true;
		*keys = row_text(&r, 0);
		*n = terms_read(cx->arena, row_slice(&r, 1), t);
	}
	return rows_end(&r);
}

static int
put_space(struct ctx *cx, struct tx *tx, const char *collection, enum audience aud, int64_t rec,
    bool fresh, const struct search_part *p, size_t np)
{
	int64_t space = space_of(collection, aud);
	struct posting_set s;
	struct posted *old = NULL;
	const char *keys = NULL;
	size_t nold = 0;
	bool there = false;

	posting_set(cx->arena, collection, aud, rec, p, np, &s);
	if (!fresh)
		TRY(stored_terms(cx, space, rec, &there, &keys, &old, &nold));
	if (!there && s.n == 0)
		return RC_OK;
	if (there && s.n == nold && strcmp(keys, s.keys) == 0 &&
	    memcmp(terms_blob(cx->arena, old, nold).p, terms_blob(cx->arena, s.terms, s.n).p,
		terms_blob(cx->arena, old, nold).n) == 0)
		return RC_OK;
	TRY(put_difference(cx, tx, rec, old, nold, s.terms, s.n));
	TRY(put_words(cx, tx, &s));
	if (s.n == 0)
		return tx_run(cx, tx, NULL, "DELETE FROM search_doc WHERE space = $1 AND rec = $2",
		    VALS(v_int(space), v_int(rec)));
	return tx_run(cx, tx, NULL,
	    "INSERT INTO search_doc (space, rec, keys, terms) VALUES ($1, $2, $3, $4)"
	    " ON CONFLICT (space, rec) DO UPDATE SET keys = excluded.keys, terms = excluded.terms",
	    VALS(v_int(space), v_int(rec), v_text(s.keys),
		v_blob(terms_blob(cx->arena, s.terms, s.n))));
}

int
search_put_tx(struct ctx *cx, struct tx *tx, const char *collection, int64_t rec, bool fresh,
    const struct search_part *p, size_t n)
{
	int a;

	for (a = 0; a < AUD_COUNT; a++) {
		size_t i;
		bool any = !fresh;

		for (i = 0; i < n && !any; i++)
			any = p[i].audience == (enum audience)a && p[i].text != NULL;
		if (any)
			TRY(put_space(cx, tx, collection, (enum audience)a, rec, fresh, p, n));
	}
	return RC_OK;
}
