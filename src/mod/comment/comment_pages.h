/* comment_pages.h – the pages of comments, as tables of routes for app/, and what these files share. */
#ifndef MOD_COMMENT_PAGES_H
#define MOD_COMMENT_PAGES_H

#include "mod/comment/comment.h"
#include "ui/ui.h"

extern const struct route comment_write_routes[];  /* the form, the author's own page */
extern const struct route comment_queue_routes[];  /* what waits, one comment, decisions */
extern const struct route comment_office_routes[]; /* all, senders, the report */
extern const size_t comment_write_nroutes, comment_queue_nroutes, comment_office_nroutes;

/* Under an article. */
news_section comment_news_section;

/* ---- shared among the pages ---- */
int comment_article(struct view *v, struct article *out) MUST;		   /* {id} of the path */
const char *comment_at(struct view *v, int64_t article, const char *tail); /* "/news/5" and tail */
/* A text that a reader typed, in its own direction and as it was typed. */
void comment_draw_text(struct view *v, const char *text);
void comment_state(struct view *v, const char *state);
/* A guest's form or a moderator's was refused: the status is set, and the page is drawn anew. */
bool comment_refused(struct view *v, int rc);
const char *comment_article_title(struct view *v, const struct article *a);

#endif
