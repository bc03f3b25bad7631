/* inner.h – inside search/ only: hashes, what one record posts, likeness of words. */
#ifndef SEARCH_INNER_H
#define SEARCH_INNER_H

#include "search/search.h"

/* ---- terms.c ---- */
/* A name for (collection, audience), and for a key in it. Never 0, never negative. */
int64_t space_of(const char *collection, enum audience a);
int64_t term_of(int64_t space, const char *key);
/* One record in SAMPLE posts its terms once more under another name: a common term's number of
 * records is SAMPLE times the postings of its sample, without counting them all. */
enum { SAMPLE = 64 };
int64_t sample_of(int64_t term);
bool sampled(int64_t rec);
/* The term that every record of a space posts. */
int64_t everything_of(int64_t space);
/* Scope of a vocabulary (search_word): the capability that opens it and a gram in it. */
int64_t scope_of(enum cap reader, bool name);
/* The key of a name's part: ё is written io, yo and e; behind the first letter all are e. */
const char *name_key(struct arena *a, const char *exact);
/* A word as it was written, in small letters. */
const char *small_letters(struct arena *a, const char *word, size_t n);
/* Before a written form in a record's keys: it belongs to the key before it. */
#define WRITTEN '='
#define WRITTEN_SURNAME '#' /* the same, of a surname */
int64_t gram_of(int64_t scope, const char *gram, size_t n);

struct posted {
	int64_t term;
	int impact; /* 1…IMPACT_MAX */
};
enum { IMPACT_MAX = 1000 };
int impact_of(int64_t tf, int64_t length); /* of a word that stands tf times among so many */
/* What a record leaves in one space. */
struct posting_set {
	struct posted *terms; /* by term, each once; with the sample's */
	size_t n;
	const char *keys;   /* words in their order as exact keys, one space between */
	const char **words; /* keys for the vocabulary, each once */
	bool *word_name;
	size_t nwords;
	enum cap reader;
};
void posting_set(
    struct arena *a, const struct search_record *r, enum audience aud, struct posting_set *out);
struct slice terms_blob(struct arena *a, const struct posted *t, size_t n);
size_t terms_read(struct arena *a, struct slice blob, struct posted **out);

/* ---- near.c ---- */
enum { NEAR_MAX = 64 };
/* Grams of a word for its vocabulary; out has room for NEAR_MAX + 2. */
size_t word_grams(int64_t scope, const char *word, bool name, int64_t *out);
/* 0…1000: how alike two keys look. */
int likeness(const char *a, const char *b);

/* ---- lists of values in SQL, padded to few lengths so that statements are prepared once ---- */
/* " IN ($5, $6, …)"; values behind those there are; repeats the last to fill. */
void in_list(struct buf *sql, struct val *vals, size_t *nvals, const int64_t *ids, size_t n);
enum { IN_MAX = 512 };

/* ---- score.c ---- */
int idf_of(int64_t df, int64_t all); /* 1000 = a factor of e */

/* ---- kinds.c ---- */
/* Every kind with words, also those without a page. */
const struct kind *const *search_indexed(size_t *n);
size_t kind_parts(const struct kind *k, const void *rec, struct search_part *out);
enum { PARTS_MAX = 64 };

#endif
