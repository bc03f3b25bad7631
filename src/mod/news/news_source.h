/* news_source.h – imported pages: where an article came from, with the bytes as they were given.
 *
 * RULE news-21: a page that is brought in is kept as it came (core/files.h, found by its SHA-256) and is handed out to
 * the staff alone, as a download. It waits until a draft is made of it, and goes after its term (setting keep_pages) if
 * none is. It may be thrown away while no article stands on it, and the draft may be taken back as long as it was never
 * published and nothing is linked to it: then the page waits again. */
#ifndef MOD_NEWS_SOURCE_H
#define MOD_NEWS_SOURCE_H

#include "mod/news/news.h"
#include "mod/news/news_page.h"

struct article_source {
	struct rec rec;
	int64_t article,
	    body; /* article 0 = waits; body: whose news it becomes, 0 = the assembly's own */
	const char *name;    /* the title that was found, else of the file */
	const char *address; /* where the page stood; NULL = not known */
	int fetched_on;
	const char *sha256, *media;
	int64_t size;
};
extern const struct kind article_source_kind;

struct news_given {
	struct slice bytes;
	const char *name, *address; /* NULL or "" = none */
	int fetched_on;		    /* 0 = today */
};
/* Keeps the page. One that waits already with the same bytes is answered instead of a second one. RC_INVALID with
 * fields "file", "address", "fetched_on"; RC_TOOBIG. */
int news_source_take(struct ctx *cx, const struct news_given *g, struct article_source *out) MUST;
/* The bytes as they were given. RC_NOTFOUND: the file is gone. */
int news_source_bytes(struct ctx *cx, const struct article_source *s, struct slice *out) MUST;
/* The open rubric of this name, in any language, or of this code; 0 = there is none. */
int news_rubric_named(struct ctx *cx, const char *name, int64_t *out) MUST;
/* The first of the rubrics on the page that there is. */
int news_rubric_of(struct ctx *cx, const struct news_page *p, int64_t *out) MUST;
/* Title and text of what was chosen, as the original in that language; the rest is empty. */
void news_source_draft(struct ctx *cx, const struct news_checked *c,
    const struct news_choice *choice, enum lang l, struct article *out);
/* A draft article of what was chosen; title, author, office, rubric, original, dated come with `a`. Sent again, the one
 * that was made is answered. */
int news_source_make(struct ctx *cx, struct article_source *s, struct article *a) MUST;
/* The draft goes, the page waits again. RC_RULE with the reason. */
int news_source_undo(struct ctx *cx, int64_t id) MUST;
/* The page goes, from the disk, too. RC_RULE while an article stands on it. */
int news_source_drop(struct ctx *cx, int64_t id) MUST;
int news_source_of(struct ctx *cx, int64_t article, struct article_source *out) MUST;

struct cut_term;
extern const struct cut_term news_terms[];

#endif
