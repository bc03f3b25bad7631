/* news_inner.h – what the files of this module share. */
#ifndef MOD_NEWS_INNER_H
#define MOD_NEWS_INNER_H

#include "mod/news/news.h"

/* RULE news-4; the value is the business day. */
#define ARTICLE_PUBLIC                                                                     \
	"(article.state IN ('published', 'corrected') AND (article.publish_on IS NULL OR " \
	"article.publish_on <= ?))"

/* The bodies of a scope; the value is its body. */
#define ARTICLE_OWN_BODIES                                                                         \
	"(WITH RECURSIVE own(id) AS (SELECT ? UNION SELECT b.id FROM body b JOIN own ON b.parent " \
	"= own.id) SELECT own.id FROM own)"

void article_scope(struct ctx *cx, struct query *q);
bool article_open(const void *rec);
int article_writable(struct ctx *cx, const void *old, const void *rec);
int article_prepare(struct ctx *cx, const void *old, void *rec);
int article_check(struct ctx *cx, const void *old, const void *rec);
int article_changed(struct ctx *cx, struct tx *tx, const void *old, const void *rec);
void article_link_scope(struct ctx *cx, struct query *q);
int article_link_writable(struct ctx *cx, const void *old, const void *rec);
int article_link_check(struct ctx *cx, const void *old, const void *rec);

#endif
