/* news_claim_pages.c – beside an article that is being written: the numbers, days and names typed by hand, held against
 * the records (mod/draft), each with the figure that could stand in its place. */
#include "mod/draft/draft.h"
#include "mod/news/news_beside.h"
#include "mod/news/news_pages.h"
#include "text/markdown.h"

enum { CLAIMS_SHOWN = 40 };

static int
draw_claim(struct view *v, const struct draft_claim *c)
{
	const char *embed, *href = draft_receipt(v, c);

	TRY(news_claim_embed(v->cx, c, &embed));
	html(&v->h, "<li>");
	draft_draw_verdict(v, c);
	html(&v->h, " <q>%s</q>", c->text);
	if (c->verdict != DRAFT_TRUE && *c->suggestion != '\0')
		html(&v->h, " → %s", c->suggestion);
	if (embed != NULL)
		html(&v->h, " <code>%s</code>", embed);
	if (href != NULL)
		html(&v->h, " <a href='%s'>%s</a>", href,
		    c->figure != NULL ? tr(v->cx, c->title) : c->title);
	html(&v->h, "</li>");
	return RC_OK;
}

static void
draw_finding(struct view *v, const struct draft *d, const struct finding *f)
{
	html(&v->h, "<li>");
	ui_state(v, 'w', tr(v->cx, finding_text(f->kind)));
	html(&v->h, " <q>%.*s</q>", (int)(f->to - f->from), d->view.p + f->from);
	if (f->n > 0)
		html(&v->h, " → %s", f->suggestions[0]);
	html(&v->h, "</li>");
}

static void
begin(struct view *v, size_t *shown)
{
	if ((*shown)++ > 0)
		return;
	ui_section_open(
	    v, "claims", tr(v->cx, "Typed by hand"), tr(v->cx, "Held against the records of now."));
	html(&v->h, "<ul class='flow'>");
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
		/* A name that is right needs no line. */
		if (d.claim[i].verdict == DRAFT_NOSOURCE ||
		    (!d.claim[i].counts && *d.claim[i].expected == '\0'))
			continue;
		begin(v, shown);
		TRY(draw_claim(v, &d.claim[i]));
	}
	for (i = 0; i < d.nfindings && *shown < CLAIMS_SHOWN; i++) {
		begin(v, shown);
		draw_finding(v, &d, &d.finding[i]);
	}
	return RC_OK;
}

int
news_draw_claims(struct view *v, const struct article *a)
{
	size_t shown = 0;

	if (a->rec.id != 0 && strcmp(a->state, "draft") != 0 && strcmp(a->state, "review") != 0)
		return RC_OK;
	TRY(draw_lang(v, a, LANG_KK, &shown));
	TRY(draw_lang(v, a, LANG_RU, &shown));
	if (shown > 0) {
		html(&v->h, "</ul>");
		ui_section_close(v);
	}
	return RC_OK;
}
