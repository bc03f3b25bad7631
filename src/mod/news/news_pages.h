/* news_pages.h – the pages of the newsroom, as tables of routes for app/, and what these files share. */
#ifndef MOD_NEWS_PAGES_H
#define MOD_NEWS_PAGES_H

#include "mod/news/news.h"
#include "ui/head.h"
#include "ui/ui.h"

extern const struct route news_routes[];	/* what everybody reads, and the steps on it */
extern const struct route news_staff_routes[];	/* list, form, links */
extern const struct route news_list_routes[];	/* the news, a rubric */
extern const struct route news_feed_routes[];	/* Atom, RSS, sitemap */
extern const struct route news_import_routes[]; /* a page that comes in */
extern const struct route news_picture_routes[];
extern const struct route news_version_routes[];
extern const size_t news_nroutes, news_staff_nroutes, news_list_nroutes, news_feed_nroutes,
    news_import_nroutes, news_picture_nroutes, news_version_nroutes;

/* Sections of the pages of events, programmes, bodies, and of the home page. */
event_section news_event_section;
programme_section news_programme_section;
int news_body_section(struct view *v, int64_t body) MUST;
int news_home_section(struct view *v) MUST;

/* What other modules draw under an article (news.h). */
int news_draw_sections(struct view *v, const struct article *a) MUST;

/* ---- shared among the pages ---- */
/* Draws text in language l as it stands in the article, figures with their receipts. */
int news_draw_text(struct view *v, const struct article *a, enum lang l) MUST;
/* The same as HTML without links to receipts, for feeds; in the arena. */
int news_text_html(struct ctx *cx, const struct article *a, enum lang l, struct slice *out) MUST;
void news_state(struct view *v, const char *state);
const char *news_path(struct view *v, int64_t id, const char *tail);
int article_of_path(struct view *v, struct article *out) MUST;
/* Staff that writes this article: buttons and its history are drawn. */
bool news_writes(struct view *v, const struct article *a);
/* What an article that is being written says, held against the records. */
int news_draw_claims(struct view *v, const struct article *a) MUST;
/* The imported page behind an article; nothing where there is none. */
int news_draw_source(struct view *v, const struct article *a) MUST;
int news_draw_staff(struct view *v, const struct article *a, const char *said) MUST;
int news_draw_article(struct view *v, const struct article *a, const char *said) MUST;
int news_draw_related(struct view *v, const struct article *a) MUST;
void news_draw_day(struct view *v, int day);

/* ---- pictures ---- */
struct article_picture;
/* lead: at once, the others when they are near. */
void news_draw_picture(struct view *v, const struct article_picture *p, bool lead);
void news_draw_small(struct view *v, const struct article_picture *p, const char *class);
const char *news_picture_url(struct view *v, const struct article_picture *p); /* whole */
int news_draw_own_pictures(struct view *v, const struct article *a) MUST;      /* for its staff */

/* ---- for machines ---- */
/* The article on its page: language shown, picture (NULL = none). */
struct news_card {
	const struct article *a;
	enum lang l;
	const char *rubric, *code; /* name and code of the rubric */
	const struct article_picture *picture;
};
/* Feeds, card and languages for the page's head; in the arena. */
int news_head(struct view *v, const struct news_card *c, const struct page_head **out) MUST;
/* The same as schema.org NewsArticle, inside the page. */
int news_draw_data(struct view *v, const struct news_card *c) MUST;

#endif
