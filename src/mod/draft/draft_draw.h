/* draft_draw.h – what the check found, drawn: the text with its marks, the claims with their verdicts, ticks for what is
 * to be put in their place. Shared by /draft and by the newsroom. */
#ifndef MOD_DRAFT_DRAFT_DRAW_H
#define MOD_DRAFT_DRAFT_DRAW_H

#include "mod/draft/draft_check.h"

struct view; /* ui/ui.h */

enum { DRAFT_LISTED = 200 }; /* claims, and findings, that are listed at once */
/* Which ticks are set: those of false numbers, or what was sent. */
enum draft_ticks { DRAFT_TICK_SURE, DRAFT_TICK_SENT };

void draft_draw_summary(struct view *v, const struct draft *d);
void draft_draw_text(struct view *v, const struct draft *d);
void draft_draw_claims(struct view *v, const struct draft *d, enum draft_ticks ticks);
/* A tick named by kind ('c' claim, 'l' language) and place, with the words that are put there. */
void draft_draw_choice(struct view *v, char kind, size_t from, const char *with, bool on);
bool draft_chosen(struct view *v, char kind, size_t from, const char *with);
/* Where the claim's figure or record opens; NULL = nowhere. */
const char *draft_receipt(struct view *v, const struct draft_claim *c);
/* "not so", in the reader's language; drawn with its shape. */
const char *draft_verdict_said(struct ctx *cx, enum draft_verdict d);
void draft_draw_verdict(struct view *v, const struct draft_claim *c);
/* The right number or day for people; "" = none. */
const char *draft_expected(struct ctx *cx, const struct draft_claim *c);

#endif
