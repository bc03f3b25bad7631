/* news_text_pages.c – the text of an article: Markdown through its door, each figure with its receipt.
 *
 * A number leads to its receipt below the text, which the style lays over the page while it is the address's target
 * (no script needed); on paper all receipts stand below the text. From there the records are opened. */
#include "mod/news/news_figure.h"
#include "mod/news/news_pages.h"
#include "text/markdown.h"

struct shown {
	struct view *v; /* NULL: no links */
	enum lang l;
	struct news_shown *figure;
	bool *met; /* whose number stands in the text already */
	size_t n;
};

/* The first with these words, since one receipt is enough for all of them; n = none. */
static size_t
find(const struct shown *s, const char *spec)
{
	size_t i;

	for (i = 0; i < s->n && strcmp(s->figure[i].spec, spec) != 0; i++)
		;
	return i;
}

static void
put_figure(void *self, const struct markdown_embed *e)
{
	struct shown *s = self;
	size_t i = find(s, e->spec);
	const struct news_shown *f = &s->figure[i];

	if (i == s->n)
		return;
	if (e->plain != NULL)
		buf_str(e->plain, f->text);
	else if (s->v == NULL || f->receipt == NULL)
		html(e->html, "%s", f->text);
	else if (s->met[i])
		html(e->html, "<a class='n' href='#receipt-%s-%d'>%s</a>", lang_code(s->l),
		    (int)i + 1, f->text);
	else {
		html(e->html, "<a class='n' id='number-%s-%d' href='#receipt-%s-%d'>%s</a>",
		    lang_code(s->l), (int)i + 1, lang_code(s->l), (int)i + 1, f->text);
		s->met[i] = true;
	}
}

/* "01.01.2024 – 15.11.2024", as known when. */
static void
draw_when(struct view *v, const struct news_shown *f)
{
	const struct news_value *n = &f->value;

	if (f->figure == NULL || f->figure->time == FIGURE_ON_DAY)
		html(&v->h, "%s", day_text(v->cx, n->on));
	else
		html(&v->h, "%s – %s", day_text(v->cx, n->from), day_text(v->cx, n->to));
	if (n->known != 0)
		html(&v->h, " · %s", trf(v->cx, "As known at %s.", moment_text(v->cx, n->known)));
}

static void
draw_receipts(struct view *v, const struct shown *s)
{
	const char *code = lang_code(s->l);
	bool any = false;
	size_t i;

	for (i = 0; i < s->n; i++) {
		const struct news_shown *f = &s->figure[i];

		if (!s->met[i])
			continue;
		if (!any)
			html(&v->h,
			    "<section class='receipts' lang='%s' aria-labelledby='receipts-%s'><h2 "
			    "id='receipts-%s'>%s</h2><ol>",
			    lang_code(v->cx->lang), code, code,
			    tr(v->cx, "Where the numbers come from"));
		any = true;
		html(&v->h, "<li class='receipt' id='receipt-%s-%d'><p lang='%s'><b>%s</b></p>",
		    code, (int)i + 1, code, f->text);
		if (f->figure != NULL)
			html(&v->h, "<p>%s</p>", tr(v->cx, f->figure->name));
		html(&v->h, "<p class='small mute'>");
		draw_when(v, f);
		html(&v->h, "</p><p class='acts'><a class='btn go' href='%s'>%s</a> ",
		    ui_path(v, f->receipt), tr(v->cx, "Open the records"));
		html(&v->h, "<a class='btn' href='#number-%s-%d'>%s</a></p></li>", code, (int)i + 1,
		    tr(v->cx, "Back to the text"));
	}
	if (any)
		html(&v->h, "</ol></section>");
}

int
news_draw_text(struct view *v, const struct article *a, enum lang l)
{
	struct shown s = { .v = v, .l = l };
	struct markdown m = { .arena = v->cx->arena, .embed = put_figure, .self = &s };

	TRY(news_figures_of(v->cx, a, l, &s.figure, &s.n));
	s.met = arena_array(v->cx->arena, bool, s.n + 1);
	TRY(markdown_html(&m, article_in(&a->text, l), &v->h));
	draw_receipts(v, &s);
	return RC_OK;
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
