/* news_pages.c – what everybody reads: one article. The page of a draft is the same one, which
 * only its staff opens: what they see is what readers will see. */
#include "mod/news/news_pages.h"
#include "mod/news/news_picture.h"
#include "web/assets.h"

const char *
news_path(struct view *v, int64_t id, const char *tail)
{
	return arena_printf(v->cx->arena, "/news/%lld%s", (long long)id, tail);
}

int
article_of_path(struct view *v, struct article *out)
{
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	return kind_get(v->cx, &article_kind, id, out);
}

/* ---- one article ---- */

static void
draw_notes(struct view *v, const struct article *a, enum lang l)
{
	struct ctx *cx = v->cx;
	const char *state = article_lang_state(a, l);

	if (!article_public(a, cx->today))
		ui_note(v, 'w',
		    strcmp(a->state, "withdrawn") == 0
			? tr(cx, "The article is withdrawn: readers see only that.")
		    : article_out(a->state)
			? trf(cx, "Readers see it from %s.", day_text(cx, a->publish_on))
			: tr(cx,
			      "Readers do not see it yet. Numbers are those of now; they are kept "
			      "when it is published."));
	if (a->corrected_on != 0 && a->correction != NULL)
		ui_note(v, 'p',
		    trf(cx, "Corrected on %1$s: %2$s", day_text(cx, a->corrected_on),
			a->correction));
	if (l != cx->lang)
		ui_note(v, 'p',
		    trf(cx, "There is no text in %1$s yet; this is the original in %2$s.",
			lang_own_name(cx->lang), lang_own_name(l)));
	else if (state != NULL && strcmp(state, "stale") == 0)
		ui_note(v, 'w', tr(cx, "The original was changed after this translation."));
	else if (state != NULL && strcmp(state, "machine") == 0)
		ui_note(v, 'w', tr(cx, "A machine draft: nobody has checked this translation."));
}

static void
draw_byline(struct view *v, const struct article *a)
{
	struct ctx *cx = v->cx;
	struct html *h = &v->h;

	if (article_blank(a->author) && article_blank(a->office) && a->dated == 0)
		return;
	html(h, "<p class='prose'>");
	if (!article_blank(a->author))
		html(h, "<b>%s</b>", a->author);
	if (!article_blank(a->office))
		html(h, article_blank(a->author) ? "%s" : ",<br>%s", a->office);
	if (a->dated != 0) {
		html(h, "<br>");
		news_draw_day(v, a->dated);
	} else
		html(h, "<br><span class='mute'>%s</span>",
		    tr(cx, "The day of writing is not known."));
	html(h, "</p>");
}

static void
draw_langs(struct view *v, const struct article *a)
{
	struct ctx *cx = v->cx;
	enum lang l;

	html(&v->h, "<div class='noprint'><h2>%s</h2><ul class='small'>", tr(cx, "Languages"));
	for (l = LANG_KK; l < LANG_COUNT; l++) {
		const char *state = article_lang_state(a, l);

		if (state == NULL)
			continue;
		/* Whoever reads in Latin goes on in Latin. */
		html(&v->h,
		    "<li><a translate='no' lang='%s' hreflang='%s' href='/%s/news/%lld'>%s</a>",
		    lang_code(l), lang_code(l), l == cx->lang ? lang_prefix(cx) : lang_code(l),
		    (long long)a->rec.id, lang_own_name(l));
		html(&v->h, " <span class='mute'>(%s)</span></li>",
		    option_label(cx, article_lang_states, state));
	}
	html(&v->h, "</ul></div>");
}

/* Events, bodies and programmes that this reader may open. */
static int
draw_link(struct view *v, const struct kind *k, int64_t id)
{
	struct ctx *cx = v->cx;
	void *rec = arena_alloc(cx->arena, k->size);
	const char *url = kind_url(cx, k, id);
	int rc = kind_get(cx, k, id, rec);

	if (rc == RC_NOTFOUND || rc == RC_DENIED) {
		err_clear(cx);
		return RC_OK;
	}
	TRY(rc);
	html(
	    &v->h, "<li><a href='%s'>%s</a></li>", url == NULL ? "#" : url, kind_title(cx, k, rec));
	return RC_OK;
}

/* A report that was merged into another one is the event that it was merged into. */
static int
event_now(struct ctx *cx, int64_t *id)
{
	int rc = db_int(
	    cx, id, "SELECT coalesce(merged_into, id) FROM event WHERE id = $1", VALS(v_int(*id)));

	return rc == RC_NOTFOUND ? RC_OK : rc;
}

static int
draw_links(struct view *v, const struct article *a)
{
	struct article_link *l;
	size_t n, i, k;

	TRY(article_links_of(v->cx, a->rec.id, &l, &n));
	if (n == 0)
		return RC_OK;
	html(&v->h, "<div><h2>%s</h2><ul>", tr(v->cx, "What it is about"));
	for (i = 0; i < n; i++)
		if (l[i].event != 0) {
			TRY(event_now(v->cx, &l[i].event));
			for (k = 0; k < i && l[k].event != l[i].event; k++)
				;
			if (k == i)
				TRY(draw_link(v, &event_kind, l[i].event));
		} else if (l[i].body != 0)
			TRY(draw_link(v, &body_kind, l[i].body));
		else
			TRY(draw_link(v, &programme_kind, l[i].programme));
	html(&v->h, "</ul></div>");
	return RC_OK;
}

static int
draw_body(struct view *v, const struct news_card *c)
{
	const struct article *a = c->a;
	enum lang l = c->l;

	if (l == v->cx->lang)
		html(&v->h, "<div class='flow prose story'><h1>%s</h1>", article_in(&a->title, l));
	else
		html(&v->h, "<div class='flow prose story' lang='%s'><h1>%s</h1>", lang_code(l),
		    article_in(&a->title, l));
	if (*article_in(&a->lead, l) != '\0')
		html(&v->h, "<p class='lead'>%s</p>", article_in(&a->lead, l));
	if (c->picture != NULL)
		news_draw_picture(v, c->picture, true);
	TRY(news_draw_text(v, a, l));
	html(&v->h, "</div>");
	return RC_OK;
}

/* A line to be copied into a letter or a message: no button of somebody else's network. */
static void
draw_share(struct view *v, const struct news_card *c)
{
	struct ctx *cx = v->cx;

	if (*ui_base(v) == '\0' || !article_public(c->a, cx->today))
		return;
	html(&v->h,
	    "<div class='fld noprint'><label for='share'>%s</label><input type='text' id='share' "
	    "readonly value='%s – %s'></div>",
	    tr(cx, "To share, copy this line"), article_in(&c->a->title, c->l),
	    ui_whole_url(v, lang_code(c->l)));
}

static int
draw_text(struct view *v, const struct news_card *c, const struct article_picture *p, size_t n)
{
	size_t i;

	html(&v->h, "<article class='flow'><p class='small'><a href='%s'>%s</a>",
	    ui_url(v, "/rubric/%s", c->code), c->rubric);
	if (c->a->published_on != 0) {
		html(&v->h, " · ");
		news_draw_day(v, c->a->published_on);
	}
	html(&v->h, "</p>");
	draw_notes(v, c->a, c->l);
	TRY(draw_body(v, c));
	html(&v->h, "<div class='flow prose story'>");
	for (i = 1; i < n; i++)
		news_draw_picture(v, &p[i], false);
	html(&v->h, "</div>");
	draw_byline(v, c->a);
	html(&v->h, "</article>");
	return RC_OK;
}

/* Beside the text, where the screen is wide enough: what it is about, its languages, how to hand it on. */
static int
draw_beside(struct view *v, const struct news_card *c)
{
	struct ctx *cx = v->cx;

	html(&v->h, "<aside class='flow' aria-label='%s'><div class='card flow'>",
	    tr(cx, "About this article"));
	TRY(draw_links(v, c->a));
	draw_langs(v, c->a);
	draw_share(v, c);
	html(&v->h,
	    "<p class='acts' id='article-acts' hidden><button type='button' class='btn' "
	    "data-do='print'>%s</button> <button type='button' class='btn' data-do='share' "
	    "data-done='%s'>%s</button></p>",
	    tr(cx, "Print"), tr(cx, "Copied"), tr(cx, "Share"));
	html(&v->h, "</div></aside><script src='%s' defer></script>", asset_url("share.js"));
	return RC_OK;
}

int
news_draw_article(struct view *v, const struct article *a, const char *said)
{
	struct ctx *cx = v->cx;
	struct news_card c = { .a = a, .l = article_lang(cx, a) };
	bool out = article_public(a, cx->today);
	const char *lead = article_in(&a->lead, c.l);
	const struct page_head *head = NULL;
	struct article_picture *p;
	struct rubric r;
	size_t n;

	TRY(kind_load(cx, &rubric_kind, a->rubric, &r));
	c.code = r.code;
	c.rubric = tr3(cx, &r.name, NULL);
	TRY(article_pictures(cx, a->rec.id, &p, &n));
	c.picture = n == 0 ? NULL : &p[0];
	if (out)
		TRY(news_head(v, &c, &head));
	ui_open(v, &(struct page){ .title = article_in(&a->title, c.l),
		       .nav = "/news",
		       .no_h1 = true,
		       .description = *lead == '\0' ? NULL : lead,
		       .head = head,
		       .crumbs = (const struct crumb[]){ { "/news", tr(cx, "News") },
			   { arena_printf(cx->arena, "/rubric/%s", r.code), c.rubric },
			   { NULL, NULL } } });
	html(&v->h, "<div class='two'>");
	TRY(draw_text(v, &c, p, n));
	TRY(draw_beside(v, &c));
	html(&v->h, "</div>");
	TRY(news_draw_sections(v, a));
	TRY(news_draw_related(v, a));
	if (news_writes(v, a))
		TRY(news_draw_staff(v, a, said));
	html(&v->h, "<p class='small noprint'><a href='#main'>%s</a></p>", tr(cx, "Back to top"));
	if (out)
		TRY(news_draw_data(v, &c));
	ui_close(v);
	return RC_OK;
}

/* RULE news-7: an address once printed says that the article was withdrawn, and no word of it. */
static int
draw_withdrawn(struct view *v, int rc)
{
	struct ctx *cx = v->cx;
	struct article a;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	if (kind_load(cx, &article_kind, id, &a) != RC_OK || strcmp(a.state, "withdrawn") != 0 ||
	    a.published_on > cx->today)
		return rc;
	err_clear(cx);
	v->status = 410;
	ui_open(v, &(struct page){ .title = tr(cx, "The article was withdrawn"), .nav = "/news" });
	html(&v->h, "<p class='prose'>%s</p><p class='acts'>",
	    trf(cx, "It was published on %s and is no longer shown.",
		day_text(cx, a.published_on)));
	ui_button(v, ui_url(v, "/news"), tr(cx, "All news"), true);
	html(&v->h, "</p>");
	ui_close(v);
	return RC_OK;
}

static int
article_page(struct view *v)
{
	struct article a;
	int rc = article_of_path(v, &a);

	if (rc == RC_NOTFOUND)
		return draw_withdrawn(v, rc);
	TRY(rc);
	return news_draw_article(v, &a, NULL);
}

const struct route news_routes[] = {
	{ M_GET, "/news/{id}", article_page, CAP_PUBLIC, ROUTE_CACHE, N_("An article"),
	    N_("Its text in the languages there are, numbers with their receipts, other news.") },
};
const size_t news_nroutes = ARRAY_LEN(news_routes);
