/* check_inner.h – inside lang/ only: what the parts of the text check share. */
#ifndef LANG_CHECK_INNER_H
#define LANG_CHECK_INNER_H

#include "lang/affix.h"
#include "lang/check.h"

/* One word of Kazakh Cyrillic: codes in lower case and where each letter's bytes begin. */
struct kk_word {
	uint8_t w[AFFIX_MAX];
	uint8_t at[AFFIX_MAX + 1]; /* from the word's first byte; at[n] = its length */
	size_t n;
	bool capital, all_capitals, mixed; /* mixed: capitals after small letters */
};
/* False if it is empty, too long, or not wholly Kazakh Cyrillic. */
bool kk_word_read(const char *p, size_t n, struct kk_word *out);
/* Right as it stands, as far as the program can tell. */
bool kk_word_right(const struct kk_word *k);

/* Where spaces belong: letters of each piece; 0 pieces if it is better left whole. */
enum { PIECES_MAX = 8 };
struct split {
	size_t len[PIECES_MAX], n;
	int cost;
};
size_t word_split(const struct kk_word *k, struct split *out, size_t max);
/* Words spelled alike, best first, in the case of the original. */
size_t word_spell(struct arena *a, const struct kk_word *k, const char **out, size_t max);

/* One repair of the boundary rules or of look-alike letters. */
struct edit {
	size_t from, to;
	char put[32];
	uint8_t n;
	enum finding_kind kind;
	bool quoted;
};
typedef void edit_fn(void *arg, const struct edit *e);
/* Calls fn for every place that is certain, from the beginning to the end. */
void each_edit(const char *text, size_t n, edit_fn *fn, void *arg);

#endif
