/* score.c – how well one record answers a question, in integers.
 *
 * Texts: BM25 over stems, where a word of the question counts once with the best of what stands for
 * it, more where the very word stands; and with a lower weight BM25 over the 4-grams of the words,
 * among the candidates alone. */
#include "search/score.h"

#include <math.h>
#include <stdlib.h>

enum {
	EXACT = 300, /* thousandths of a stem: the very word stands there */
	GRAMS = 300, /* thousandths: one of its 4-grams stands there */
	NEAR = 500,  /* thousandths: a near stem instead of the word's own */
};

/* ln(1 + (N − df + ½) / (df + ½)) in thousandths, rounded in one place for both engines. */
int
idf_of(int64_t df, int64_t all)
{
	double n = all < df ? (double)df : (double)all;

	return (int)lround(1000 * log(1 + (n - (double)df + 0.5) / ((double)df + 0.5)));
}

int64_t
group_idf(const struct use *u, size_t n, size_t group, const int64_t *all)
{
	int64_t df = 0, near = 0, most = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		if (u[i].group != group)
			continue;
		if (all[u[i].space] > most)
			most = all[u[i].space];
		if (!u[i].near)
			df += u[i].df;
		else if (u[i].df > near)
			near = u[i].df;
	}
	return idf_of(df > 0 ? df : near, most);
}

void
score_terms(struct arena *a, const struct use *u, size_t n, struct slice terms, int *part)
{
	struct posted *t;
	size_t k = terms_read(a, terms, &t), i;

	for (i = 0; i < n; i++) {
		size_t lo = 0, hi = k;
		int p;

		while (lo < hi) {
			size_t mid = lo + (hi - lo) / 2;

			if (t[mid].term < u[i].term)
				lo = mid + 1;
			else
				hi = mid;
		}
		if (lo == k || t[lo].term != u[i].term)
			continue;
		p = t[lo].impact * (u[i].near ? u[i].weight * NEAR / 1000 : 1000) / 1000;
		if (p > part[u[i].group])
			part[u[i].group] = p;
	}
}

/* ---- 4-grams ---- */

static uint32_t
gram_at(const char *p)
{
	return (uint32_t)(unsigned char)p[0] << 24 | (uint32_t)(unsigned char)p[1] << 16 |
	       (uint32_t)(unsigned char)p[2] << 8 | (unsigned char)p[3];
}

static size_t
slot_of(const struct scorer *s, uint32_t gram, size_t group)
{
	size_t i = (gram * UINT32_C(2654435761)) >> 22;

	while (s->slot[i] != 0 && (s->slot[i] != gram || s->gram_group[s->slot_gram[i]] != group))
		i = (i + 1) % GRAM_SLOTS;
	return i;
}

void
scorer_init(struct scorer *s, struct arena *a, const struct question *q, const struct use *u,
    size_t n, const int64_t *all)
{
	size_t g;

	memset(s, 0, sizeof *s);
	s->arena = a;
	s->q = q;
	for (g = 0; g < q->n; g++) {
		const char *p = arena_printf(a, " %s ", q->group[g].exact);

		s->padded[g] = p;
		s->idf[g] = group_idf(u, n, g, all);
		for (; strlen(p) >= 4 && s->ngrams < GRAMS_MAX; p++) {
			size_t i = slot_of(s, gram_at(p), g);

			if (s->slot[i] != 0)
				continue;
			s->slot[i] = gram_at(p);
			s->slot_gram[i] = (uint16_t)s->ngrams;
			s->gram_group[s->ngrams++] = (uint8_t)g;
		}
	}
}

/* How often each 4-gram of the question stands in the record's words. */
uint8_t *
scorer_read(struct scorer *s, const char *keys)
{
	uint8_t *count = arena_alloc(s->arena, s->ngrams + 1);
	const char *padded = arena_printf(s->arena, " %s ", keys == NULL ? "" : keys);
	size_t n = strlen(padded), i;

	for (i = 0; i + 4 <= n; i++) {
		uint32_t gram = gram_at(padded + i);
		size_t at = (gram * UINT32_C(2654435761)) >> 22;

		for (; s->slot[at] != 0; at = (at + 1) % GRAM_SLOTS)
			if (s->slot[at] == gram && count[s->slot_gram[at]] < 255)
				count[s->slot_gram[at]]++;
	}
	for (i = 0; i < s->ngrams; i++)
		s->gram_df[i] += count[i] > 0;
	s->ncands++;
	return count;
}

/* A gram's rarity among the candidates: those of common endings tell little. */
void
scorer_weigh(struct scorer *s)
{
	size_t i;

	for (i = 0; i < s->ngrams; i++)
		s->gram_idf[i] = idf_of(s->gram_df[i], (int64_t)s->ncands);
}

static int64_t
words_of(const char *keys)
{
	int64_t n = 1;

	for (; *keys != '\0'; keys++)
		n += *keys == ' ';
	return n;
}

int64_t
score_text(struct scorer *s, const int *part, const char *keys, const uint8_t *grams)
{
	int64_t score = 0, once, words;
	const char *padded;
	size_t g;

	if (keys == NULL)
		return 0;
	padded = arena_printf(s->arena, " %s ", keys);
	words = words_of(keys);
	once = impact_of(1, words);
	for (g = 0; g < s->q->n; g++) {
		int64_t p = part[g];

		if (strstr(padded, s->padded[g]) != NULL)
			p += once * EXACT / 1000;
		score += p * s->idf[g];
	}
	for (g = 0; g < s->ngrams; g++)
		if (grams[g] > 0)
			score +=
			    (int64_t)impact_of(grams[g], words) * s->gram_idf[g] * GRAMS / 1000;
	return score;
}
