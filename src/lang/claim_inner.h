/* claim_inner.h – inside lang/ only: the steps of claim.c. */
#ifndef LANG_CLAIM_INNER_H
#define LANG_CLAIM_INNER_H

#include "lang/claim.h"

struct quotation {
	uint32_t from, to;   /* bytes, with the marks */
	uint32_t first, end; /* tokens inside */
};
struct claim_reader {
	struct arena *arena;
	struct claim_text *t;
	struct quotation *quote; /* quotation k is quote[k - 1] */
	size_t nquotes, quote_cap, token_cap, claim_cap;
};

/* claim_token.c: words, marks, sentences and their languages. */
void claim_tokens(struct claim_reader *r);

/* claim_number.c: the number at token i, if one begins there. */
struct phrase {
	size_t end; /* the token behind it */
	int64_t value;
	bool count; /* false: an ordinal, a time, a code … and to be skipped up to `end` */
	bool cased; /* form.kk was read from an ending */
	struct claim_form form;
};
bool claim_phrase(const struct claim_text *t, size_t i, struct phrase *out);
/* text between two tokens */
struct slice claim_gap(const struct claim_text *t, size_t i);

/* claim_words.c: tables. */
struct kk_numeral {
	int64_t value;
	bool group;
	enum kk_case c;
	bool shortened;
};
bool kk_numeral(const char *word, struct kk_numeral *out);
/* A case ending behind a hyphen: нан, ке … */
bool kk_ending(const char *word, enum kk_case *out);
enum claim_unit claim_unit_of(const char *word, bool *skip);
bool claim_modifier(const char *word, bool *ethnic);
bool claim_ordinal_ending(const char *word);
/* Words before a number that make it a number of something and no count: статья, бап, кабинет. */
bool claim_numbered(const char *word);

struct relation_word {
	const char *word;
	enum claim_relation relation;
};
/* Behind a Kazakh number in this case. */
bool claim_after(const char *word, enum kk_case c, enum claim_relation *out);
bool claim_before_kk(const char *word, enum claim_relation *out);
/* genitive: the word asks for it. */
bool claim_before_ru(const char *word, enum claim_relation *out, bool *genitive);

#endif
