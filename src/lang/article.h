/* article.h – a pasted or imported news page: what is the article, and what is only the site.
 *
 * In: the page's lines as pasted, or a saved page in HTML (told by its first bytes). Out: title,
 * author, position and rubric (empty where the page has none), the lines of the body in their order,
 * and every other line with the reason why it was left out. Nothing is changed but the space around
 * a line, and no line of text is lost: each is one of these. Lines without a letter, digit or sign
 * are not spoken of.
 *
 * Judged are words, ends of sentences, a list of what news sites write around their articles in
 * Kazakh, Russian and English, lines that come twice, and above all where a line stands; in HTML also
 * headings, links and the page's own names for its parts. No person has to agree: what was dropped is
 * shown with its reason and can be taken back.
 *
 * Bounds: of a page longer than ARTICLE_BYTES, or with more than ARTICLE_LINES lines, the rest is left
 * unread and `cut` says so. Time grows with the length alone, however the tags are nested. Broken
 * bytes stay what they are. */
#ifndef LANG_ARTICLE_H
#define LANG_ARTICLE_H

#include "base/buf.h"

enum { ARTICLE_BYTES = 8 << 20, ARTICLE_LINES = 20000 };

enum article_reason {
	ARTICLE_TITLE_AGAIN,
	ARTICLE_RUBRIC,	   /* a rubric beside the first */
	ARTICLE_DATE,	   /* when it was published, how long it takes to read */
	ARTICLE_BYLINE,	   /* more on the author, or further authors */
	ARTICLE_MENU,	   /* parts of the site, ways to move in it */
	ARTICLE_SHARE,	   /* share, subscribe, social networks */
	ARTICLE_READ_ALSO, /* other articles */
	ARTICLE_COMMENTS,  /* comments and their form */
	ARTICLE_RIGHTS,	   /* copyright, terms, cookies */
	ARTICLE_CONTACT,   /* telephone, address, e-mail */
	ARTICLE_COUNT,	   /* views, ratings, lone numbers */
	ARTICLE_CREDIT,	   /* who took the picture, where the text comes from */
	ARTICLE_TAGS,
	ARTICLE_ADVERT,
	ARTICLE_LINKS,	 /* almost nothing but links (HTML) */
	ARTICLE_TWICE,	 /* the same line stands on the page several times */
	ARTICLE_ABOVE,	 /* before the article begins, no sentence */
	ARTICLE_BELOW,	 /* after the article has ended */
	ARTICLE_BETWEEN, /* amid the text, but no sentence of it */
	ARTICLE_REASONS
};
/* "read_also" – and in English what it means; both constants. */
const char *article_reason_code(enum article_reason r);
const char *article_reason_text(enum article_reason r);

struct article_dropped {
	struct slice line;
	enum article_reason reason;
	size_t after; /* so many lines of the body stand before it */
};
struct article {
	struct slice title, author, position, rubric;
	const struct slice *body;
	size_t nbody;
	const struct article_dropped *dropped;
	size_t ndropped;
	bool html; /* the page was HTML */
	bool cut;  /* longer than is read */
};
/* The slices lie in `page` (plain text) or in the arena (HTML). */
void article_read(struct arena *a, const char *page, size_t n, struct article *out);

#endif
