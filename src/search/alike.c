/* alike.c – records that share words with a text: what "other news" is made of.
 *
 * Bounded by its question: of each word the newest postings up to a limit, in one statement; a word that fills the limit
 * is common and says nothing. What shares two rare words or more is alike, the rarer they are the more. Guests' words
 * alone, whoever asks, so that the same page stands for all. */
#include "search/inner.h"

#include <stdlib.h>

#include "lang/key.h"

enum {
	WORDS = 12,
	RARE = 40 /* records beyond which a word is common */,
	SHORT = 4,
	FOUND = WORDS * RARE
};

struct alike {
	int64_t rec, score;
	int words;
};

static int
by_score(const void *a, const void *b)
{
	const struct alike *x = a, *y = b;

	if (x->score != y->score)
		return x->score < y->score ? 1 : -1;
	return (x->rec < y->rec) - (x->rec > y->rec);
}

/* The longer words of a text, each once. */
static size_t
words_of(struct ctx *cx, int64_t space, const char *text, int64_t *term)
{
	struct key_token *t;
	size_t n = key_tokens(cx->arena, text, strlen(text), &t), i, k, out = 0;

	for (i = 0; i < n && out < WORDS; i++) {
		int64_t id = term_of(space, t[i].stem);

		for (k = 0; k < out && term[k] != id; k++)
			;
		if (strlen(t[i].stem) >= SHORT && k == out)
			term[out++] = id;
	}
	return out;
}

static void
count(struct alike *v, size_t *n, int64_t rec, int64_t weight)
{
	size_t i;

	for (i = 0; i < *n && v[i].rec != rec; i++)
		;
	if (i == *n)
		v[(*n)++] = (struct alike){ .rec = rec };
	v[i].score += weight;
	v[i].words++;
}

int
search_alike(struct ctx *cx, const struct alike_to *to, int64_t *out, size_t room, size_t *n)
{
	int64_t term[WORDS], now = 0, recs[RARE];
	struct alike *v = arena_array(cx->arena, struct alike, FOUND + 1);
	size_t nterms = words_of(cx, space_of(to->kind->name, AUD_OPEN), to->text, term), i, nv = 0,
	       in = 0;
	struct val vals[WORDS];
	AUTO_ROWS r = { 0 };
	struct buf sql;
	bool more;

	*n = 0;
	if (nterms == 0)
		return RC_OK;
	buf_init(&sql, cx->arena, 0);
	for (i = 0; i < nterms; i++) {
		vals[i] = v_int(term[i]);
		buf_printf(&sql,
		    "%sSELECT * FROM (SELECT term, rec FROM search_posting WHERE term = $%d ORDER "
		    "BY "
		    "rec DESC LIMIT %d) t%d",
		    i == 0 ? "" : " UNION ALL ", (int)i + 1, RARE, (int)i);
	}
	TRY(db_rows(cx, &r, sql.p, (struct vals){ vals, nterms }));
	do {
		more = rows_next(&r);
		if (!more || row_int(&r, 0) != now) {
			for (i = 0; in < RARE && i < in; i++)
				count(v, &nv, recs[i], RARE / (int64_t)in);
			in = 0;
			now = more ? row_int(&r, 0) : 0;
		}
		if (more && in < RARE)
			recs[in++] = row_int(&r, 1);
	} while (more);
	TRY(rows_end(&r));
	if (nv > 0)
		qsort(v, nv, sizeof *v, by_score);
	for (i = 0; i < nv && *n < room; i++)
		if (v[i].words >= 2 && v[i].rec != to->rec)
			out[(*n)++] = v[i].rec;
	return RC_OK;
}
