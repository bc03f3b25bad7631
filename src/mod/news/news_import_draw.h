/* news_import_draw.h – the page on which an imported page is looked through before a draft is made of it. */
#ifndef MOD_NEWS_NEWS_IMPORT_DRAW_H
#define MOD_NEWS_NEWS_IMPORT_DRAW_H

#include "mod/news/news_source.h"
#include "ui/ui.h"

/* What was found, and what the reader chose so far. */
struct news_review {
	struct article_source s;
	struct news_page page;
	struct news_checked c;
	bool *back, *claims, *findings;
	const char *title, *author, *office, *dated;
	int64_t rubric;
	enum lang lang;
};
struct news_choice news_review_choice(const struct news_review *r);
/* The draft as it would be made now. */
int news_review_article(struct ctx *cx, const struct news_review *r, struct article *out) MUST;
/* *may_go: whether the draft can be taken back. */
int news_draw_review(struct view *v, const struct news_review *r) MUST;
/* One small text field with its refusal. */
struct news_field {
	const char *name, *label, *hint, *value, *type; /* hint NULL = none; type "text", "url" */
	bool day;
};
void news_draw_field(struct view *v, const struct news_field *f);

#endif
