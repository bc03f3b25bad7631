/* index.c – writes what a record posts, in the transaction of the record itself.
 *
 * Only the difference to what the record posted before is written. No row here is shared by two
 * records but those of the vocabulary, and those are inserted once and never changed: writers of
 * different records do not meet. */
#include "search/inner.h"

#include <stdlib.h>

#include "db/gather.h"

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

/* ---- vocabulary ---- */

static int
put_grams(struct ctx *cx, struct tx *tx, const int64_t *grams, const char **words, size_t n)
{
	struct tx_many m = { .cx = cx,
		.tx = tx,
		.cols = 2,
		.head = "INSERT INTO search_gram (gram, word)",
		.tail = " ON CONFLICT DO NOTHING" };
	size_t i;

	for (i = 0; i < n; i++)
		TRY(tx_many_put(&m, VALS(v_int(grams[i]), v_text(words[i]))));
	return tx_many_end(&m);
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

struct scoped_word {
	int64_t scope;
	const char *word;
};

static int
put_words(struct ctx *cx, struct tx *tx, const struct scoped_word *w, size_t n)
{
	struct new_words nw = { 0 };
	size_t at = 0, i, k;

	for (; at < n; at += k) {
		AUTO_ROWS r = { 0 };
		struct val v[2 * MANY_ROWS];

		k = many_bite(n - at);
		for (i = 0; i < k; i++) {
			v[2 * i] = v_int(w[at + i].scope);
			v[2 * i + 1] = v_text(w[at + i].word);
		}
		TRY(db_rows(cx, &r,
		    many_sql(cx->arena, "INSERT INTO search_word (scope, word)", k, 2,
			" ON CONFLICT DO NOTHING RETURNING scope, word"),
		    (struct vals){ v, 2 * k }));
		while (rows_next(&r))
			add_grams(cx->arena, &nw, row_int(&r, 0), row_text(&r, 1));
		TRY(rows_end(&r));
	}
	return put_grams(cx, tx, nw.grams, nw.words, nw.n);
}

static int
put_words_of(struct ctx *cx, struct tx *tx, const struct posting_set *s)
{
	struct scoped_word *w = arena_array(cx->arena, struct scoped_word, s->nwords + 1);
	size_t i;

	for (i = 0; i < s->nwords; i++)
		w[i] = (struct scoped_word){ scope_of(s->reader, s->word_name[i]), s->words[i] };
	return put_words(cx, tx, w, s->nwords);
}

/* ---- postings ---- */

#define INTO_POSTINGS(cx, tx)                                              \
	{                                                                  \
		.cx = (cx), .tx = (tx), .cols = 3,                         \
		.head = "INSERT INTO search_posting (term, rec, impact)",  \
		.tail = " ON CONFLICT (term, rec) DO UPDATE SET impact = " \
			"excluded.impact"                                  \
	}

static int
put_postings(struct ctx *cx, struct tx *tx, int64_t rec, const struct posted *t, size_t n)
{
	struct tx_many m = INTO_POSTINGS(cx, tx);
	size_t i;

	for (i = 0; i < n; i++)
		TRY(tx_many_put(&m, VALS(v_int(t[i].term), v_int(rec), v_int(t[i].impact))));
	return tx_many_end(&m);
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
put_doc(struct ctx *cx, struct tx *tx, int64_t space, int64_t rec, const struct posting_set *s)
{
	return tx_run(cx, tx, NULL,
	    "INSERT INTO search_doc (space, rec, keys, terms) VALUES ($1, $2, $3, $4)"
	    " ON CONFLICT (space, rec) DO UPDATE SET keys = excluded.keys, terms = excluded.terms",
	    VALS(v_int(space), v_int(rec), v_text(s->keys),
		v_blob(terms_blob(cx->arena, s->terms, s->n))));
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
	TRY(put_words_of(cx, tx, &s));
	if (s.n == 0)
		return tx_run(cx, tx, NULL, "DELETE FROM search_doc WHERE space = $1 AND rec = $2",
		    VALS(v_int(old.space), v_int(rec->rec)));
	return put_doc(cx, tx, old.space, rec->rec, &s);
}

/* ---- many new records in one write ---- */

struct gathered_posting {
	int64_t term, rec;
	int impact;
};
struct gathered_index {
	struct gathered_posting *p;
	size_t n, room;
	struct scoped_word *word; /* by hash, room a power of two, at most half of it used */
	size_t nwords, word_room;
	int64_t first; /* the lowest record among them */
};

static int
by_term_and_record(const void *a, const void *b)
{
	const struct gathered_posting *x = a, *y = b;

	return x->term != y->term ? (x->term > y->term) - (x->term < y->term)
				  : (x->rec > y->rec) - (x->rec < y->rec);
}

static int
by_scope_and_word(const void *a, const void *b)
{
	const struct scoped_word *x = a, *y = b;

	return x->scope != y->scope ? (x->scope > y->scope) - (x->scope < y->scope)
				    : strcmp(x->word, y->word);
}

static int
write_gathered(struct ctx *cx, struct tx *tx, void *rows)
{
	struct gathered_index *g = rows;
	struct scoped_word *w = arena_array(cx->arena, struct scoped_word, g->nwords + 1);
	struct tx_many m = INTO_POSTINGS(cx, tx);
	size_t i, n = 0;

	if (g->n > 0)
		qsort(g->p, g->n, sizeof *g->p, by_term_and_record);
	for (i = 0; i < g->n; i++)
		TRY(tx_many_put(
		    &m, VALS(v_int(g->p[i].term), v_int(g->p[i].rec), v_int(g->p[i].impact))));
	TRY(tx_many_end(&m));
	for (i = 0; i < g->word_room; i++)
		if (g->word[i].word != NULL)
			w[n++] = g->word[i];
	qsort(w, n, sizeof *w, by_scope_and_word);
	TRY(put_words(cx, tx, w, n));
	if (g->word_room > 0)
		memset(g->word, 0, g->word_room * sizeof *g->word);
	g->n = g->nwords = 0;
	g->first = 0;
	return RC_OK;
}

/* Where a word stands, or would stand. */
static struct scoped_word *
word_place(struct gathered_index *g, int64_t scope, const char *word)
{
	size_t at = (size_t)gram_of(scope, word, strlen(word)) & (g->word_room - 1);

	while (g->word[at].word != NULL &&
	       (g->word[at].scope != scope || strcmp(g->word[at].word, word) != 0))
		at = (at + 1) & (g->word_room - 1);
	return &g->word[at];
}

static void
gather_word(struct gathered_index *g, struct arena *a, int64_t scope, const char *word)
{
	struct scoped_word *at, *was = g->word;
	size_t i, room = g->word_room;

	if (2 * g->nwords >= room) {
		g->word_room = room == 0 ? 1024 : 2 * room;
		g->word = arena_array(a, struct scoped_word, g->word_room);
		for (i = 0; i < room; i++)
			if (was[i].word != NULL)
				*word_place(g, was[i].scope, was[i].word) = was[i];
	}
	at = word_place(g, scope, word);
	if (at->word == NULL) {
		*at = (struct scoped_word){ scope, arena_str(a, word) };
		g->nwords++;
	}
}

static void
gather_postings(struct gathered_index *g, struct arena *a, int64_t rec, const struct posting_set *s)
{
	size_t i;

	if (g->n + s->n > g->room) {
		struct gathered_posting *was = g->p;

		g->room = 2 * (g->n + s->n) + 1024;
		g->p = arena_array(a, struct gathered_posting, g->room);
		if (g->n > 0)
			memcpy(g->p, was, g->n * sizeof *was);
	}
	for (i = 0; i < s->n; i++)
		g->p[g->n++] =
		    (struct gathered_posting){ s->terms[i].term, rec, s->terms[i].impact };
	for (i = 0; i < s->nwords; i++)
		gather_word(g, a, scope_of(s->reader, s->word_name[i]), s->words[i]);
	if (g->first == 0 || rec < g->first)
		g->first = rec;
}

/* True when its rows will be written with the others'. What a record that may stand among them posted is
 * read before it is changed, so they are written then. */
static int
gathered(
    struct ctx *cx, struct tx *tx, const struct search_record *r, enum audience aud, bool *done)
{
	struct arena *a;
	struct gathered_index *g = tx_gathered(tx, write_gathered, sizeof *g, &a);
	struct posting_set s;

	*done = g != NULL && r->fresh;
	if (g == NULL)
		return RC_OK;
	if (!r->fresh)
		return g->first != 0 && r->rec >= g->first ? tx_gathered_now(cx, tx, write_gathered)
							   : RC_OK;
	posting_set(cx->arena, r, aud, &s);
	if (s.n == 0)
		return RC_OK;
	gather_postings(g, a, r->rec, &s);
	return put_doc(cx, tx, space_of(r->collection, aud), r->rec, &s);
}

int
search_put_tx(struct ctx *cx, struct tx *tx, const struct search_record *r)
{
	bool done;
	int a;

	for (a = 0; a < AUD_COUNT; a++) {
		size_t i;
		bool any = !r->fresh;

		for (i = 0; i < r->n && !any; i++)
			any = r->parts[i].audience == (enum audience)a && r->parts[i].text != NULL;
		if (!any)
			continue;
		TRY(gathered(cx, tx, r, (enum audience)a, &done));
		if (!done)
			TRY(put_space(cx, tx, r, (enum audience)a));
	}
	return RC_OK;
}
