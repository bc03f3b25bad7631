/* head.c – see head.h. A card names what stands on the page and nothing else; a picture only where the page shows one. */
#include "ui/head.h"

const char *
ui_base(struct view *v)
{
	return v->rq->base == NULL ? "" : v->rq->base;
}

const char *
ui_whole_url(struct view *v, const char *prefix)
{
	return arena_printf(v->cx->arena, "%s/%s%s", ui_base(v), prefix, v->path);
}

static void
feeds(struct view *v, const struct page_feed *f)
{
	for (; f != NULL && f->path != NULL; f++) {
		size_t n = strlen(f->path);
		bool rss = n > 4 && strcmp(f->path + n - 4, ".rss") == 0;

		html(&v->h, "<link rel='alternate' type='%s' title='%s' href='%s'>",
		    rss ? "application/rss+xml" : "application/atom+xml", f->title,
		    arena_printf(v->cx->arena, "%s?lang=%s", f->path, lang_code(v->cx->lang)));
	}
}

/* Kazakh in Latin letters is the Kazakh text. Whole addresses, or nothing. */
static void
languages(struct view *v, unsigned langs)
{
	const char *prefix = lang_prefix(v->cx);
	size_t i;

	html(&v->h, "<link rel='canonical' href='%s'>", ui_whole_url(v, prefix));
	for (i = 0; i < LANG_READINGS; i++) {
		const struct lang_reading *r = &lang_readings[i];
		enum lang l;
		bool latin;

		if (lang_prefix_parse(r->prefix, &l, &latin) && (langs & 1u << l) != 0)
			html(&v->h, "<link rel='alternate' hreflang='%s' href='%s'>", r->tag,
			    ui_whole_url(v, r->prefix));
	}
}

/* "kk_KZ": Open Graph knows a language only with its country. */
static const char *
locale(enum lang l)
{
	return l == LANG_KK ? "kk_KZ" : l == LANG_RU ? "ru_RU" : "en_GB";
}

static void
meta(struct view *v, const char *property, const char *content)
{
	if (content != NULL && *content != '\0')
		html(&v->h, "<meta property='%s' content='%s'>", property, content);
}

static void
card(struct view *v, const struct page *p, const struct page_head *head)
{
	enum lang l;

	meta(v, "og:type", head->card);
	meta(v, "og:title", p->title);
	meta(v, "og:description", p->description);
	if (*ui_base(v) != '\0')
		meta(v, "og:url", ui_whole_url(v, lang_prefix(v->cx)));
	meta(v, "og:locale", locale(v->cx->lang));
	for (l = LANG_KK; l < LANG_COUNT; l++)
		if (l != v->cx->lang && (head->langs & 1u << l) != 0)
			meta(v, "og:locale:alternate", locale(l));
	html(&v->h, "<meta name='twitter:card' content='%s'>",
	    head->image == NULL ? "summary" : "summary_large_image");
	if (head->image == NULL)
		return;
	meta(v, "og:image", head->image);
	if (head->image_width > 0)
		html(&v->h,
		    "<meta property='og:image:width' content='%d'><meta "
		    "property='og:image:height' content='%d'>",
		    head->image_width, head->image_height);
	meta(v, "og:image:alt", head->image_alt);
}

void
ui_page_head(struct view *v, const struct page *p)
{
	const struct page_head *head = p->head;

	if (head == NULL)
		return;
	feeds(v, head->feeds);
	if (head->langs != 0 && *ui_base(v) != '\0')
		languages(v, head->langs);
	if (head->card != NULL)
		card(v, p, head);
}
