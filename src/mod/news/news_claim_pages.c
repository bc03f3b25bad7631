/* news_claim_pages.c – beside an article that is being written: the numbers, days and names typed by hand, held against
 * the records (mod/draft), each with the figure that could stand in its place. */
#include "mod/draft/draft.h"
#include "mod/news/news_pages.h"
#include "text/markdown.h"

enum { CLAIMS_SHOWN = 20 };

static const struct {
	char tone;
	const char *word;
} verdicts[] = {
	[DRAFT_TRUE] = { 'o', N_("true") },
	[DRAFT_STALE] = { 'w', N_("out of date") },
	[DRAFT_FALSE] = { 'n', N_("not so") },
};

static void
draw_claim(struct view *v, const struct draft_claim *c)
{
	html(&v->h, "<li>");
	ui_state(v, verdicts[c->verdict].tone, tr(v->cx, verdicts[c->verdict].word));
	html(&v->h, " <q>%s</q>", c->text);
	if (c->verdict != DRAFT_TRUE && *c->suggestion != '\0')
		html(&v->h, " → %s", c->suggestion);
	if (c->figure != NULL)
		html(&v->h, " <code>{figure:%s}</code>", c->figure->code);
	html(&v->h, "</li>");
}

static int
draw_lang(struct view *v, const struct article *a, enum lang l, size_t *shown)
{
	struct ctx *cx = v->cx;
	struct markdown m = { .arena = cx->arena }; /* embedded figures are true by themselves */
	struct draft d = { 0 };
	struct buf text;
	size_t i;

	buf_init(&text, cx->arena, 0);
	buf_printf(&text, "%s.\n%s\n", article_in(&a->title, l), article_in(&a->lead, l));
	if (markdown_plain(&m, article_in(&a->text, l), &text) != RC_OK)
		return RC_OK; /* saving refuses it */
	TRY(draft_check(cx, text.p, text.n, &d));
	for (i = 0; i < d.nclaims && *shown < CLAIMS_SHOWN; i++) {
		if (d.claim[i].verdict == DRAFT_NOSOURCE)
			continue;
		if ((*shown)++ == 0) {
			ui_section_open(v, "claims", tr(cx, "Typed by hand"),
			    tr(cx, "Held against the records of now."));
			html(&v->h, "<ul class='flow'>");
		}
		draw_claim(v, &d.claim[i]);
	}
	return RC_OK;
}

int
news_draw_claims(struct view *v, const struct article *a)
{
	size_t shown = 0;

	if (strcmp(a->state, "draft") != 0 && strcmp(a->state, "review") != 0)
		return RC_OK;
	TRY(draw_lang(v, a, LANG_KK, &shown));
	TRY(draw_lang(v, a, LANG_RU, &shown));
	if (shown > 0) {
		html(&v->h, "</ul>");
		ui_section_close(v);
	}
	return RC_OK;
}
