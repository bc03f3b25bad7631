/* article_inner.h – inside lang/ only: the lines of a page on their way through article.c. */
#ifndef LANG_ARTICLE_INNER_H
#define LANG_ARTICLE_INNER_H

#include "lang/article.h"

/* What a line is made of besides the article's own words. One bit each; a line's furniture is the sum
 * over its words. */
enum furniture {
	F_MENU = 1 << 0,
	F_SHARE = 1 << 1,
	F_ALSO = 1 << 2,
	F_COMMENT = 1 << 3,
	F_RIGHTS = 1 << 4,
	F_CONTACT = 1 << 5,
	F_COUNT = 1 << 6,
	F_CREDIT = 1 << 7,
	F_TAGS = 1 << 8,
	F_ADVERT = 1 << 9,
	F_DATE = 1 << 10,
	F_RUBRIC = 1 << 11,
	F_ROLE = 1 << 12,  /* posts and trades: not furniture, but tells who signs */
	F_PERSON = 1 << 13 /* «автор:» */
};
enum { FURNITURE_KINDS = 14, RUBRIC_AT = 11, TOKENS_MAX = 48, TOKEN_BYTES = 40 };

/* What HTML knows about a line. */
enum hint {
	HINT_HEADING = 1 << 0, /* in h2 … h6 */
	HINT_H1 = 1 << 1,
	HINT_ITEM = 1 << 2, /* li, dd, td */
	HINT_PARAGRAPH = 1 << 3,
	HINT_OUTSIDE =
	    1 << 4, /* in nav, footer, aside, form, button …, or in a part named like one */
	HINT_BYLINE = 1 << 5,
	HINT_CAPTION = 1 << 6,
	HINT_TEXT = HINT_HEADING | HINT_ITEM | HINT_PARAGRAPH
};

struct line {
	struct slice s;
	unsigned hints;
	uint8_t links; /* per cent of its letters that stand in links */
	size_t words;  /* between spaces */
	size_t letters, capitals, digits;
	bool sentence;	    /* ends as a sentence does */
	bool cut_off;	    /* ends with … or [...] */
	bool numbered;	    /* begins with «1.», «а)», «–», «•» */
	size_t tokens;	    /* words of letters and digits, at most TOKENS_MAX looked at */
	unsigned furniture; /* bits of enum furniture that were met */
	size_t covered;	    /* tokens that are furniture */
	size_t by_kind[FURNITURE_KINDS];
	bool strong;	/* a phrase that only a site says */
	unsigned label; /* kind of the words before a colon: «Фото: …» */
	uint64_t same;	/* equal for lines with the same letters and digits */
	bool body;
	bool taken; /* title, author, position, rubric */
	enum article_reason reason;
};
struct phrase {
	const struct phrase *next;
	struct slice words;
	unsigned kind;
	bool strong;
};
enum { VOCABULARY_CHAINS = 128 };
struct vocabulary {
	const struct phrase *chain[VOCABULARY_CHAINS];
};
/* Lays the list of article_words.c out for one page. */
void vocabulary_make(struct vocabulary *v, struct arena *a);
const struct phrase *vocabulary_chain(const struct vocabulary *v, const char *word, size_t n);

struct page {
	struct arena *a;
	struct vocabulary words;
	struct line *lines;
	size_t n, cap;
	struct slice title; /* of HTML: og:title, else <title>; may carry the site's name */
	bool html, cut;
};

/* A line of the page, trimmed; nothing is added for one without visible signs. NULL then, or when the
 * page is full. */
struct line *page_line(struct page *p, const char *s, size_t n);
void page_from_html(struct page *p, const char *s, size_t n);
/* At an ampersand: the character meant, *p behind it; -1 if it is only an ampersand. */
int32_t html_reference(const char **p, const char *end);
bool looks_like_html(const char *s, size_t n);

/* Fills words … same of a line. */
void line_measure(struct line *l, const struct vocabulary *v);
/* Two or three words that begin with capitals and could be a person's name; the length of the name. */
bool line_is_person(const struct line *l);

/* What is known of the page so far. */
struct look {
	struct page *page;
	bool *furniture, *twice;
	size_t first, last;   /* the span, last + 1; first = n where there is no text */
	size_t title, author; /* lines; n where there is none */
};

/* article.c */
unsigned line_addresses(const struct line *l);
struct slice line_trimmed(const char *s, size_t n);
/* article_head.c: what stands around the text. Marks the lines as taken. */
void find_title(struct look *k);
void find_author(struct look *k, struct article *out);
void find_rubric(struct look *k, struct article *out);
bool line_is_rubric(const struct line *l);
bool line_is_byline(const struct look *k, const struct line *l);

#endif
