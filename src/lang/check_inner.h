/* check_inner.h – inside lang/ only: what the parts of the text check share. */
#ifndef LANG_CHECK_INNER_H
#define LANG_CHECK_INNER_H

#include "base/buf.h"
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

/* The quotations of one line, as bytes from the opening mark to behind the closing one. */
enum { QUOTES_MAX = 64 };
struct quotes {
	size_t from[QUOTES_MAX], to[QUOTES_MAX], n;
};
void quotes_find(const char *line, size_t n, struct quotes *out);
/* Strictly between the marks. */
bool quotes_hold(const struct quotes *q, size_t at);

/* Characters of one token, what is between spaces. */
enum { TOKEN_MAX = 200 };
struct token {
	struct token_char {
		int32_t cp; /* lower case */
		bool upper;
		bool space;   /* a space belongs before it */
		bool changed; /* cp is a repair; 0 = is dropped */
	} c[TOKEN_MAX];
	size_t at[TOKEN_MAX + 1]; /* bytes from the token's beginning */
	size_t n;
	bool spaces, changes;
};
/* Reads the token and notes every repair that is certain. False: nothing to do. */
bool token_fix(const char *p, size_t n, struct token *out);
/* The repaired token; `at`: where it stands in the line, for the quotations, which stay as they are
 * (NULL: all repairs). Returns whether anything was changed. */
bool token_write(
    const char *p, const struct token *t, size_t at, const struct quotes *q, struct buf *out);

#endif
