/* score.c – how well one record answers a question, in integers.
 *
 * Texts: BM25 over stems, where a word of the question counts once with the best of what stands for
 * it, more where the very word stands; and with a lower weight BM25 over the 4-grams of the words,
 * among the candidates alone.
 * Names: each part of the question with the part of the name that looks most like it, whatever their
 * order; parts of the name that were not asked for weigh a little against it. */
#include "search/score.h"

#include <math.h>
#include <stdlib.h>

#include "lang/latin.h"
#include "lang/order.h"

enum {
	EXACT = 300, /* thousandths of a stem: the very word stands there */
	GRAMS = 300, /* thousandths: one of its 4-grams stands there */
	NEAR = 500,  /* thousandths: a near stem instead of the word's own */
	NAME_PARTS_MAX = 16,
	UNASKED = 8,	    /* thousandths for each part of the name that was not asked for */
	WRITTEN_ALIKE = 15, /* thousandths of a part: letters as typed, where the keys are one */
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

/* ---- names ---- */

struct pair {
	size_t asked, has;
	int like;
};

static int
by_like(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;

	if (x->like != y->like)
		return y->like - x->like;
	if (x->asked != y->asked)
		return x->asked < y->asked ? -1 : 1;
	return (x->has > y->has) - (x->has < y->has);
}

/* 0…1000: how alike two words are as they are written. What was typed in Latin is held against the
 * Latin of 2021: Сәтбаева and Сатбаева have one key, «Sätbaeva» is the first of them. */
static int
written_alike(struct scorer *s, const char *typed, const char *has)
{
	size_t n;

	if (has == NULL)
		return 0;
	if ((unsigned char)typed[0] < 0xD0 && (unsigned char)has[0] >= 0xD0)
		has = kk_latin(s->arena, has, strlen(has), &n);
	return strcmp(typed, has) == 0 ? 1000 : (int)lround(1000 * fold_similarity(typed, has));
}

int64_t
score_name(struct scorer *s, const char *keys)
{
	struct pair pairs[ASK_GROUPS * NAME_PARTS_MAX];
	const char *part[NAME_PARTS_MAX], *written[NAME_PARTS_MAX] = { NULL };
	bool asked_done[ASK_GROUPS] = { false }, has_done[NAME_PARTS_MAX] = { false };
	int64_t sum = 0, alike = 0, letters = 0, rest = 0;
	size_t n = 0, np = 0, i, g;
	char *save = NULL, *w;

	if (keys == NULL)
		return 0;
	for (w = strtok_r(arena_str(s->arena, keys), " ", &save); w != NULL;
	     w = strtok_r(NULL, " ", &save))
		if (*w == WRITTEN && n > 0)
			written[n - 1] = w + 1;
		else if (n < NAME_PARTS_MAX)
			part[n++] = w;
	for (g = 0; g < s->q->n; g++) {
		letters += (int64_t)strlen(s->q->group[g].name_exact);
		for (i = 0; i < n; i++) {
			int like = likeness(s->q->group[g].name_exact, part[i]),
			    stem = likeness(s->q->group[g].name_bare, part[i]) * 98 / 100;

			pairs[np++] = (struct pair){ g, i, like > stem ? like : stem };
		}
	}
	qsort(pairs, np, sizeof pairs[0], by_like);
	for (i = 0; i < np; i++) {
		if (asked_done[pairs[i].asked] || has_done[pairs[i].has])
			continue;
		asked_done[pairs[i].asked] = has_done[pairs[i].has] = true;
		sum += pairs[i].like * (int64_t)strlen(s->q->group[pairs[i].asked].name_exact);
		alike +=
		    written_alike(s, s->q->group[pairs[i].asked].typed, written[pairs[i].has]) *
		    (int64_t)strlen(s->q->group[pairs[i].asked].name_exact);
	}
	for (i = 0; i < n; i++)
		if (!has_done[i])
			rest++;
	if (letters == 0)
		return 0;
	/* 1 000 000 = every part as it was typed, and no other. */
	return (sum * 1000 + alike * WRITTEN_ALIKE) / letters - rest * 1000 * UNASKED;
}
