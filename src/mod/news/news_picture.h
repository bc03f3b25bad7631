/* news_picture.h – photographs of an article: each made new on its way in (core/files.h), with what it shows in words,
 * a caption, whose work it is, and whether those in it agreed.
 *
 * RULE news-30: guests see a picture only when those in it agreed or nobody in it can be recognised, as with events
 * (after-2). RULE news-31: one without words for those who cannot see it is not taken. The one with the lowest order
 * stands under the first lines, the others below the text. */
#ifndef MOD_NEWS_PICTURE_H
#define MOD_NEWS_PICTURE_H

#include "mod/news/news.h"

struct article_picture {
	struct rec rec;
	int64_t article;
	const char *sha256, *thumb; /* the content and its small one */
	int64_t size, width, height, small_width, small_height;
	struct text3 alt, caption;
	const char *credit, *consent; /* consent: as file_consents */
	int64_t rank;
};
extern const struct kind article_picture_kind;

enum { ARTICLE_PICTURES = 20 };
/* Those of an article that this actor sees, in their order. */
int article_pictures(struct ctx *cx, int64_t article, struct article_picture **out, size_t *n) MUST;
/* The first one of each of these articles; a picture with id 0 where there is none. */
int article_pictures_first(
    struct ctx *cx, const struct article *a, size_t n, struct article_picture **out) MUST;
/* Takes a picture in; p says of which article and with which words. RC_INVALID says what is missing or why the file
 * is no photograph, with the article's other pictures untouched. */
int article_picture_take(
    struct ctx *cx, struct slice body, const char *media, struct article_picture *p) MUST;
/* Away with its contents. */
int article_picture_remove(struct ctx *cx, int64_t id) MUST;

#endif
