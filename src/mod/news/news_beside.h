/* news_beside.h – the check while an article is written (news_beside.c). */
#ifndef MOD_NEWS_NEWS_BESIDE_H
#define MOD_NEWS_NEWS_BESIDE_H

#include "mod/draft/draft.h"
#include "ui/ui.h"

/* The text with blanks for all that is no words of it, byte for byte in its places. */
char *news_words_in_place(struct arena *a, const char *p, size_t n);
/* {figure:…} that says the same in the claim's place; NULL where there is none that everybody may see. */
int news_claim_embed(struct ctx *cx, const struct draft_claim *c, const char **out) MUST;
/* What the script of the form needs, and the script. */
void news_draw_beside(struct view *v);

extern const struct route news_beside_routes[];
extern const size_t news_beside_nroutes;

#endif
