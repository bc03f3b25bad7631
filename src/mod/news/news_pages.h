/* news_pages.h – the pages of the newsroom, as tables of routes for app/, and what these files share. */
#ifndef MOD_NEWS_PAGES_H
#define MOD_NEWS_PAGES_H

#include "mod/news/news.h"
#include "ui/ui.h"

extern const struct route news_routes[];	/* what everybody reads, and the steps on it */
extern const struct route news_staff_routes[];	/* list, form, links */
extern const struct route news_feed_routes[];	/* Atom, sitemap */
extern const struct route news_import_routes[]; /* a page that comes in */
extern const size_t news_nroutes, news_staff_nroutes, news_feed_nroutes, news_import_nroutes;

/* Sections of the pages of events and programmes. */
event_section news_event_section;
programme_section news_programme_section;

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

#endif
