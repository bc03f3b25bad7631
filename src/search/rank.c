/* rank.c – which records answer a question best.
 *
 * 1. How common is each term (from its sample). 2. Postings of the rare ones, whole. 3. Of common
 * ones only where two come together, or the newest records when there is nothing else. 4. The best
 * candidates are scored in full from their own list of terms and their words: so the time depends on
 * the question and not on how large the house has grown. */
#include "search/inner.h"
#include "search/score.h"

#include <stdlib.h>

enum {
	COMMON = 16,	      /* postings in the sample from which a term counts as common */
	POSTINGS_MAX = 12000, /* rows read for one question in one collection */
	NEAR_MOST = 3000,     /* … of words that stand for others */
	ENOUGH = 1000,	      /* candidates */
	PAIR_MAX = 1000,      /* records taken where common terms come together */
	USES_MAX = 512
};

struct cand {
	int64_t rec;
	int64_t score;
	const char *keys;
	int part[]; /* of each word of the question */
};
struct run {
	struct ctx *cx;
	const struct question *q;
	const struct collection *c;
	int64_t space[AUD_COUNT];
	int64_t all[AUD_COUNT]; /* records of a space */
	size_t nspace;
	struct use use[USES_MAX];
	size_t nuse;
	struct cand **table; /* by rec, open addressing */
	size_t cap, n;
};

/* ---- what is asked for ---- */

static void
list_uses(struct run *r)
{
	size_t g, w, s;

	for (g = 0; g < r->q->n; g++) {
		const struct ask_group *a = &r->q->group[g];
		const struct ask_word *words = r->c->names ? a->name : a->text;
		size_t n = r->c->names ? a->nname : a->ntext;

		for (w = 0; w < n; w++)
			for (s = 0; s < r->nspace && r->nuse < USES_MAX; s++)
				r->use[r->nuse++] = (struct use){ .key = words[w].key,
					.term = term_of(r->space[s], words[w].key),
					.group = g,
					.space = s,
					.weight = words[w].weight,
					.near = words[w].near };
	}
}

/* A term may stand for several words of the question. */
static size_t
uses_of(struct run *r, int64_t term, bool near, struct use **out)
{
	size_t i, n = 0;

	for (i = 0; i < r->nuse && n < ASK_GROUPS * AUD_COUNT; i++)
		if (r->use[i].term == term && r->use[i].near == near)
			out[n++] = &r->use[i];
	return n;
}

static int
count_all(struct run *r, size_t s, int64_t samples)
{
	if (samples >= COMMON) {
		r->all[s] = samples * SAMPLE;
		return RC_OK;
	}
	return db_int(r->cx, &r->all[s], "SELECT count(*) FROM search_posting WHERE term = $1",
	    VALS(v_int(everything_of(r->space[s]))));
}

static int
count_samples(struct run *r)
{
	AUTO_ROWS rows = { 0 };
	int64_t ids[USES_MAX + AUD_COUNT], samples[AUD_COUNT] = { 0 };
	struct val v[IN_MAX + 64];
	size_t i, n = 0, nv = 0;
	struct buf sql;

	for (i = 0; i < r->nspace; i++)
		ids[n++] = sample_of(everything_of(r->space[i]));
	for (i = 0; i < r->nuse && n < IN_MAX; i++)
		ids[n++] = sample_of(r->use[i].term);
	buf_init(&sql, r->cx->arena, 0);
	buf_str(&sql, "SELECT term, count(*) FROM search_posting WHERE term");
	in_list(&sql, v, &nv, ids, n);
	buf_str(&sql, " GROUP BY term");
	TRY(db_rows(r->cx, &rows, sql.p, (struct vals){ v, nv }));
	while (rows_next(&rows)) {
		int64_t term = row_int(&rows, 0), k = row_int(&rows, 1);

		for (i = 0; i < r->nspace; i++)
			if (ids[i] == term)
				samples[i] = k;
		for (i = 0; i < r->nuse; i++)
			if (sample_of(r->use[i].term) == term && k >= COMMON) {
				r->use[i].common = true;
				r->use[i].df = k * SAMPLE;
			}
	}
	TRY(rows_end(&rows));
	for (i = 0; i < r->nspace; i++)
		TRY(count_all(r, i, samples[i]));
	return RC_OK;
}

/* ---- candidates ---- */

static struct cand **
place_of(struct cand **table, size_t cap, int64_t rec)
{
	uint64_t h = (uint64_t)rec * UINT64_C(0x9E3779B97F4A7C15);
	size_t i = (size_t)(h >> 32) & (cap - 1);

	while (table[i] != NULL && table[i]->rec != rec)
		i = (i + 1) & (cap - 1);
	return &table[i];
}

static struct cand *
cand_of(struct run *r, int64_t rec)
{
	struct cand **at;

	if (r->n * 2 >= r->cap) {
		size_t cap = r->cap == 0 ? 1024 : r->cap * 2, i;
		struct cand **table = arena_array(r->cx->arena, struct cand *, cap);

		for (i = 0; i < r->cap; i++)
			if (r->table[i] != NULL)
				*place_of(table, cap, r->table[i]->rec) = r->table[i];
		r->table = table;
		r->cap = cap;
	}
	at = place_of(r->table, r->cap, rec);
	if (*at == NULL) {
		*at =
		    arena_alloc(r->cx->arena, sizeof(struct cand) + r->q->n * sizeof(*at)->part[0]);
		(*at)->rec = rec;
		r->n++;
	}
	return *at;
}

/* " JOIN person ON … WHERE (scope) AND": rows that may not be seen fall out before any limit. */
static void
from_rows(struct run *r, struct buf *sql, struct val *v, size_t *nv)
{
	const struct query *rows = r->c->rows;
	size_t i;

	buf_str(sql, " FROM search_posting");
	if (rows != NULL && rows->where.n > 0) {
		buf_printf(sql, " JOIN %s ON %s.id = search_posting.rec%s AND", rows->kind->name,
		    rows->kind->name, rows->where.p);
		for (i = 0; i < rows->nvals; i++)
			v[(*nv)++] = rows->vals[i];
	} else
		buf_str(sql, " WHERE");
}

/* Postings of the words themselves, or of those that stand for them. */
static int
read_rare(struct run *r, bool near, int most)
{
	AUTO_ROWS rows = { 0 };
	int64_t ids[USES_MAX], term = 0;
	struct val v[IN_MAX + 64 + QUERY_VALS];
	struct use *now[ASK_GROUPS * AUD_COUNT];
	size_t i, n = 0, nv = 0, nnow = 0;
	struct buf sql;

	for (i = 0; i < r->nuse; i++)
		if (!r->use[i].common && r->use[i].near == near)
			ids[n++] = r->use[i].term;
	if (n == 0)
		return RC_OK;
	buf_init(&sql, r->cx->arena, 0);
	buf_str(&sql, "SELECT search_posting.term, search_posting.rec, search_posting.impact");
	from_rows(r, &sql, v, &nv);
	buf_str(&sql, " search_posting.term");
	in_list(&sql, v, &nv, ids, n);
	buf_printf(&sql, " ORDER BY search_posting.term, search_posting.rec DESC LIMIT %d", most);
	TRY(db_rows(r->cx, &rows, sql.p, (struct vals){ v, nv }));
	while (rows_next(&rows)) {
		int impact = (int)row_int(&rows, 2);
		struct cand *c = cand_of(r, row_int(&rows, 1));

		if (row_int(&rows, 0) != term) {
			term = row_int(&rows, 0);
			nnow = uses_of(r, term, near, now);
		}
		for (i = 0; i < nnow; i++) {
			int part = impact * now[i]->weight / 1000;

			now[i]->df++;
			if (part > c->part[now[i]->group])
				c->part[now[i]->group] = part;
		}
	}
	return rows_end(&rows);
}

static int
add_records(struct run *r, const char *sql, struct vals v)
{
	AUTO_ROWS rows = { 0 };

	TRY(db_rows(r->cx, &rows, sql, v));
	while (rows_next(&rows))
		(void)cand_of(r, row_int(&rows, 0));
	return rows_end(&rows);
}

/* The words as typed (or their stand-ins) of one group. */
static size_t
group_terms(const struct run *r, size_t g, int64_t *out)
{
	size_t i, n = 0;

	for (i = 0; i < r->nuse && n < 16; i++)
		if (r->use[i].group == g && (!r->use[i].near || r->use[i].weight >= 700))
			out[n++] = r->use[i].term;
	return n;
}

static int64_t
group_df(const struct run *r, size_t g)
{
	int64_t df = 0;
	size_t i;

	for (i = 0; i < r->nuse; i++)
		if (r->use[i].group == g && r->use[i].common && r->use[i].df > df)
			df = r->use[i].df;
	return df;
}

static int
read_together(struct run *r, size_t a, size_t b)
{
	int64_t ids[16];
	struct val v[2 * (QUERY_VALS + 64)];
	size_t n, nv = 0;
	struct buf sql;

	buf_init(&sql, r->cx->arena, 0);
	buf_str(&sql, "SELECT search_posting.rec");
	from_rows(r, &sql, v, &nv);
	n = group_terms(r, a, ids);
	buf_str(&sql, " search_posting.term");
	in_list(&sql, v, &nv, ids, n);
	if (a != b) {
		n = group_terms(r, b, ids);
		buf_str(&sql, " INTERSECT SELECT rec FROM search_posting WHERE term");
		in_list(&sql, v, &nv, ids, n);
		buf_printf(&sql, " ORDER BY rec DESC LIMIT %d", PAIR_MAX);
	} else
		buf_printf(&sql, " ORDER BY search_posting.rec DESC LIMIT %d", PAIR_MAX);
	return add_records(r, sql.p, (struct vals){ v, nv });
}

static int
read_common(struct run *r)
{
	size_t g, first = ASK_GROUPS, second = ASK_GROUPS;

	/* What holds none of the rare words would hardly come before so many that do. */
	if (r->n >= HITS_MAX)
		return RC_OK;
	for (g = 0; g < r->q->n; g++) {
		int64_t df = group_df(r, g);

		if (df == 0)
			continue;
		if (first == ASK_GROUPS || df < group_df(r, first)) {
			second = first;
			first = g;
		} else if (second == ASK_GROUPS || df < group_df(r, second))
			second = g;
	}
	if (first == ASK_GROUPS)
		return RC_OK;
	if (second != ASK_GROUPS)
		TRY(read_together(r, first, second));
	if (r->n < HITS_MAX)
		TRY(read_together(r, first, first));
	return RC_OK;
}

/* ---- choosing ---- */

static int
by_score(const void *a, const void *b)
{
	const struct cand *x = *(struct cand *const *)a, *y = *(struct cand *const *)b;

	if (x->score != y->score)
		return x->score < y->score ? 1 : -1;
	return (x->rec > y->rec) - (x->rec < y->rec);
}

/* Whether a is worse than b: what stays at the top of the heap. */
static bool
worse(const struct cand *a, const struct cand *b)
{
	return a->score != b->score ? a->score < b->score : a->rec > b->rec;
}

static void
sift(struct cand **heap, size_t n, size_t i)
{
	for (;;) {
		size_t down = 2 * i + 1;
		struct cand *c = heap[i];

		if (down >= n)
			return;
		if (down + 1 < n && worse(heap[down + 1], heap[down]))
			down++;
		if (!worse(heap[down], c))
			return;
		heap[i] = heap[down];
		heap[down] = c;
		i = down;
	}
}

/* The best by what is known so far, in a table of their own; the rest is forgotten. */
static size_t
choose(struct run *r, size_t most)
{
	struct cand **best = arena_array(r->cx->arena, struct cand *, most);
	int64_t idf[ASK_GROUPS];
	size_t i, j, g, n = 0;

	for (g = 0; g < r->q->n; g++)
		idf[g] = group_idf(r->use, r->nuse, g, r->all);
	for (i = 0; i < r->cap; i++) {
		struct cand *c = r->table[i];

		if (c == NULL)
			continue;
		for (g = 0; g < r->q->n; g++)
			c->score += c->part[g] * idf[g];
		if (n < most) {
			best[n++] = c;
			for (j = n / 2; n == most && j-- > 0;)
				sift(best, n, j);
		} else if (worse(best[0], c)) {
			best[0] = c;
			sift(best, n, 0);
		}
	}
	r->table = best;
	return n;
}

static int
read_docs(struct run *r, size_t n)
{
	AUTO_ROWS rows = { 0 };
	int64_t ids[CHOSEN_MAX];
	struct val v[IN_MAX + 16];
	struct cand **at = arena_array(r->cx->arena, struct cand *, 1024);
	size_t i, nv = 0;
	struct buf sql;

	for (i = 0; i < n; i++) {
		ids[i] = r->table[i]->rec;
		*place_of(at, 1024, ids[i]) = r->table[i];
		memset(r->table[i]->part, 0, r->q->n * sizeof r->table[i]->part[0]);
	}
	buf_init(&sql, r->cx->arena, 0);
	buf_printf(&sql, "SELECT space, rec, keys%s FROM search_doc WHERE space",
	    r->c->names ? "" : ", terms");
	in_list(&sql, v, &nv, r->space, r->nspace);
	buf_str(&sql, " AND rec");
	in_list(&sql, v, &nv, ids, n);
	buf_str(&sql, " ORDER BY space, rec");
	TRY(db_rows(r->cx, &rows, sql.p, (struct vals){ v, nv }));
	while (rows_next(&rows)) {
		struct cand *c = *place_of(at, 1024, row_int(&rows, 1));
		const char *keys = row_text(&rows, 2);

		if (c == NULL)
			continue;
		c->keys =
		    c->keys == NULL ? keys : arena_printf(r->cx->arena, "%s %s", c->keys, keys);
		if (!r->c->names)
			score_terms(r->cx->arena, r->use, r->nuse, row_slice(&rows, 3), c->part);
	}
	return rows_end(&rows);
}

static void
score_all(struct run *r, size_t k)
{
	struct scorer *sc = arena_new(r->cx->arena, struct scorer);
	uint8_t **grams = arena_array(r->cx->arena, uint8_t *, k + 1);
	size_t i;

	if (r->c->names) {
		struct name_scorer *s = name_scorer(r->cx->arena, r->q, r->use, r->nuse);

		for (i = 0; i < k; i++)
			r->table[i]->score = score_name(s, r->table[i]->keys);
		return;
	}
	scorer_init(sc, r->cx->arena, r->q, r->use, r->nuse, r->all);
	for (i = 0; i < k; i++)
		grams[i] = scorer_read(sc, r->table[i]->keys);
	scorer_weigh(sc);
	for (i = 0; i < k; i++)
		r->table[i]->score = score_text(sc, r->table[i]->part, r->table[i]->keys, grams[i]);
}

int
question_rank(struct ctx *cx, const struct question *q, const struct collection *c,
    struct hit **out, size_t *n)
{
	struct run *r = arena_new(cx->arena, struct run);
	size_t i, k;
	int a;

	*r = (struct run){ .cx = cx, .q = q, .c = c };
	*n = 0;
	*out = NULL;
	for (a = 0; a < AUD_COUNT; a++)
		if ((c->audiences & AUD_BIT(a)) != 0)
			r->space[r->nspace++] = space_of(c->name, (enum audience)a);
	list_uses(r);
	if (r->nuse == 0)
		return RC_OK;
	TRY(count_samples(r));
	TRY(read_rare(r, false, POSTINGS_MAX));
	/* Where the words themselves bring enough, their like only cost time. */
	if (r->n < ENOUGH)
		TRY(read_rare(r, true, NEAR_MOST));
	TRY(read_common(r));
	k = choose(r, CHOSEN_MAX);
	if (k == 0)
		return RC_OK;
	TRY(read_docs(r, k));
	score_all(r, k);
	qsort(r->table, k, sizeof(struct cand *), by_score);
	*out = arena_array(cx->arena, struct hit, k);
	for (i = 0; i < k && *n < HITS_MAX && r->table[i]->score > 0; i++)
		(*out)[(*n)++] = (struct hit){ r->table[i]->rec, r->table[i]->score };
	return RC_OK;
}
