/* score.h – inside search/ only: how well one record answers, in integers. */
#ifndef SEARCH_SCORE_H
#define SEARCH_SCORE_H

#include "search/inner.h"

enum { CHOSEN_MAX = 200 }; /* candidates that are scored in full */

/* A term that stands for a word of the question. */
struct use {
	const char *key;
	int64_t term, df; /* df: records that hold it; of a common one estimated */
	size_t group, space;
	int weight;
	bool near, common;
};

/* Rarity of a word of the question: that of the typed word where it is known, else of its commonest
 * stand-in. */
int64_t group_idf(const struct use *u, size_t n, size_t group, const int64_t *all);
/* Adds a record's terms of one space to the parts of the groups. */
void score_terms(struct arena *a, const struct use *u, size_t n, struct slice terms, int *part);

enum { GRAM_SLOTS = 1024, GRAMS_MAX = 400 };
struct scorer {
	struct arena *arena;
	const struct question *q;
	int64_t idf[ASK_GROUPS];
	uint32_t slot[GRAM_SLOTS]; /* four letters, 0 = free */
	uint16_t slot_gram[GRAM_SLOTS];
	size_t ngrams, ncands;
	uint8_t gram_group[GRAMS_MAX];
	int64_t gram_df[GRAMS_MAX]; /* candidates that hold it */
	int64_t gram_idf[GRAMS_MAX];
	const char *padded[ASK_GROUPS]; /* " word " */
};
void scorer_init(struct scorer *s, struct arena *a, const struct question *q, const struct use *u,
    size_t n, const int64_t *all);
/* Read every candidate, weigh, then score. */
uint8_t *scorer_read(struct scorer *s, const char *keys);
void scorer_weigh(struct scorer *s);
int64_t score_text(struct scorer *s, const int *part, const char *keys, const uint8_t *grams);

/* ---- score_name.c ---- */
struct name_scorer;
struct name_scorer *name_scorer(
    struct arena *a, const struct question *q, const struct use *u, size_t n);
int64_t score_name(struct name_scorer *s, const char *keys);

#endif
