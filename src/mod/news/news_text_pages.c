/* news_text_pages.c – the text of an article: Markdown through its door, figures with a link to their receipt. */
#include "mod/news/news_figure.h"
#include "mod/news/news_pages.h"
#include "text/markdown.h"

struct shown {
	struct view *v; /* NULL: no links */
	struct news_shown *figure;
	size_t n;
};

static const struct news_shown *
find(const struct shown *s, const char *spec)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (strcmp(s->figure[i].spec, spec) == 0)
			return &s->figure[i];
	return NULL;
}

static void
put_figure(void *self, const struct markdown_embed *e)
{
	const struct shown *s = self;
	const struct news_shown *f = find(s, e->spec);

	if (f == NULL)
		return;
	if (e->plain != NULL)
		buf_str(e->plain, f->text);
	else if (s->v != NULL && f->receipt != NULL)
		html(e->html, "<a class='n' href='%s' title='%s'>%s</a>", ui_path(s->v, f->receipt),
		    tr(s->v->cx, "Where this number comes from"), f->text);
	else
		html(e->html, "%s", f->text);
}

int
news_draw_text(struct view *v, const struct article *a, enum lang l)
{
	struct shown s = { .v = v };
	struct markdown m = { .arena = v->cx->arena, .embed = put_figure, .self = &s };

	TRY(news_figures_of(v->cx, a, l, &s.figure, &s.n));
	return markdown_html(&m, article_in(&a->text, l), &v->h);
}

int
news_text_html(struct ctx *cx, const struct article *a, enum lang l, struct slice *out)
{
	struct shown s = { 0 };
	struct markdown m = { .arena = cx->arena, .embed = put_figure, .self = &s };
	struct html h;

	html_init(&h, cx->arena, 0);
	TRY(news_figures_of(cx, a, l, &s.figure, &s.n));
	TRY(markdown_html(&m, article_in(&a->text, l), &h));
	if (!html_ok(&h))
		return fail(cx, RC_TOOBIG, N_("The text is too long."));
	*out = (struct slice){ h.out.p, h.out.n };
	return RC_OK;
}
