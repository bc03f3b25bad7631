/* news_data_pages.c – an article as machines read it: schema.org NewsArticle, a card for whoever shares its address,
 * its feeds and its other languages. What stands here stands on the page, too. */
#include "mod/news/news_pages.h"
#include "mod/news/news_picture.h"

/* ---- data, no script ---- */

static void
put_author(struct json *j, const struct article *a)
{
	if (article_blank(a->author))
		return;
	json_open(j, "author", '{');
	json_str(j, "@type", "Person");
	json_str(j, "name", a->author);
	if (!article_blank(a->office))
		json_str(j, "jobTitle", a->office);
	json_close(j, '}');
}

static const char *
logo(struct view *v, const struct institution *in)
{
	return in->logo == 0
		   ? NULL
		   : arena_printf(v->cx->arena, "%s/logo/%lld", ui_base(v), (long long)in->logo);
}

static void
put_publisher(struct view *v, struct json *j, const struct institution *in)
{
	json_open(j, "publisher", '{');
	json_str(j, "@type", "Organization");
	json_str(j, "name", tr3(v->cx, &in->name, NULL));
	if (in->logo != 0) {
		json_open(j, "logo", '{');
		json_str(j, "@type", "ImageObject");
		json_str(j, "url", logo(v, in));
		json_close(j, '}');
	}
	json_close(j, '}');
}

static void
put_picture(struct view *v, struct json *j, const struct article_picture *p)
{
	if (p == NULL)
		return;
	json_open(j, "image", '{');
	json_str(j, "@type", "ImageObject");
	json_str(j, "url", news_picture_url(v, p));
	json_num(j, "width", p->width);
	json_num(j, "height", p->height);
	if (!article_blank(p->credit))
		json_str(j, "creditText", p->credit);
	json_close(j, '}');
}

int
news_draw_data(struct view *v, const struct news_card *c)
{
	const struct article *a = c->a;
	struct ctx *cx = v->cx;
	const char *url = arena_printf(
	    cx->arena, "%s/%s/news/%lld", ui_base(v), lang_code(c->l), (long long)a->rec.id);
	struct institution in;
	struct json j;
	char day[16];

	TRY(setting_institution(cx, &in));
	json_init(&j, cx->arena, 0);
	json_open(&j, NULL, '{');
	json_str(&j, "@context", "https://schema.org");
	json_str(&j, "@type", "NewsArticle");
	json_str(&j, "headline", article_in(&a->title, c->l));
	json_str(&j, "inLanguage", lang_code(c->l));
	day_iso(a->published_on, day);
	json_str(&j, "datePublished", day);
	if (a->corrected_on != 0)
		day_iso(a->corrected_on, day);
	json_str(&j, "dateModified", day);
	json_str(&j, "articleSection", c->rubric);
	if (*article_in(&a->lead, c->l) != '\0')
		json_str(&j, "description", article_in(&a->lead, c->l));
	put_picture(v, &j, c->picture);
	put_author(&j, a);
	put_publisher(v, &j, &in);
	json_str(&j, "mainEntityOfPage", url);
	json_str(&j, "url", url);
	json_close(&j, '}');
	if (!json_ok(&j))
		return RC_OK; /* the page is whole without it */
	html(&v->h, "<script translate='no' type='application/ld+json'>");
	html_put(&v->h, j.out.p, j.out.n);
	html(&v->h, "</script>");
	return RC_OK;
}

/* ---- the head ---- */

int
news_head(struct view *v, const struct news_card *c, const struct page_head **out)
{
	struct ctx *cx = v->cx;
	struct page_head *h = arena_new(cx->arena, struct page_head);
	struct page_feed *f = arena_array(cx->arena, struct page_feed, 3);
	struct institution in;
	enum lang l;

	f[0] = (struct page_feed){ "/feed.atom",
		arena_printf(cx->arena, "%s (Atom)", tr(cx, "News")) };
	f[1] =
	    (struct page_feed){ "/feed.rss", arena_printf(cx->arena, "%s (RSS)", tr(cx, "News")) };
	f[2] = (struct page_feed){ NULL, NULL };
	*h = (struct page_head){ .feeds = f, .card = "article" };
	for (l = LANG_KK; l < LANG_COUNT; l++)
		if (article_lang_state(c->a, l) != NULL)
			h->langs |= 1u << l;
	if (c->picture != NULL) {
		h->image = news_picture_url(v, c->picture);
		h->image_width = (int)c->picture->width;
		h->image_height = (int)c->picture->height;
		h->image_alt = tr3(cx, &c->picture->alt, NULL);
	} else {
		TRY(setting_institution(cx, &in));
		h->image = logo(v, &in);
	}
	*out = h;
	return RC_OK;
}
