/* news_page.h – a saved or pasted news page on its way to an article: what was taken, what is only the site, what may be
 * wrong in the words, which numbers stand in it.
 *
 * RULE news-20: nothing of a page is changed by itself. A line that was left out is shown with its reason and can be
 * taken back; a repair is done when somebody chose it, "all certain ones" being one choice; a quotation is never among
 * the certain ones. What the page's words look like as Markdown is put so that readers see the same signs.
 *
 * Everything lies in the arena of cx. Lines are numbered from 0 in the order of the page, furniture among them; what is
 * checked is all of these, a line each, and the title last, so that places stay while the title is typed anew. */
#ifndef MOD_NEWS_PAGE_H
#define MOD_NEWS_PAGE_H

#include "mod/draft/draft.h"

enum { NEWS_PAGE_BYTES = 8 << 20, NEWS_PAGE_LINES = 2000, NEWS_PAGE_TEXT = 256 << 10 };

struct news_line {
	const char *text;
	const char *code,
	    *why; /* of furniture: "menu" and in English (msgid); NULL = text of the article */
};
struct news_page {
	const char *title, *author, *office, *rubric; /* "" = the page has none */
	struct news_line *line;
	size_t n, left_out, bytes; /* of all lines; at most NEWS_PAGE_TEXT */
	enum lang lang;		   /* of the text */
	int dated;		   /* the page says so; 0 = not found */
	bool html, cut;		   /* cut: longer than is read */
};
/* RC_INVALID (field "file"): no text in UTF-8, or nothing in it. RC_TOOBIG past NEWS_PAGE_BYTES. */
int news_page_read(struct ctx *cx, struct slice bytes, struct news_page *out) MUST;

struct news_checked {
	const struct news_page *page;
	const char *title;
	struct draft d;
	size_t *at; /* where each line begins in d.view; [n] the title, [n + 1] the end */
};
/* back: lines of furniture that are taken in, one flag for each line; other furniture is not checked. cx->today is the
 * business day. */
int news_page_check(struct ctx *cx, const struct news_page *p, const char *title, const bool *back,
    struct news_checked *out) MUST;
/* Repairs that may be done without looking at each; quotations are not among them. */
bool news_certain(const struct finding *f);

struct news_choice {
	const bool *back; /* lines of furniture to be taken in; one for each line */
	struct draft_chosen repair;
};
/* The title with its repairs, and the text as Markdown: a paragraph for each line. */
const char *news_page_title(
    struct ctx *cx, const struct news_checked *c, const struct news_choice *choice);
const char *news_page_text(
    struct ctx *cx, const struct news_checked *c, const struct news_choice *choice);

#endif
