/* news_pages.c – what everybody reads: the news, one rubric, one article. The page of a draft is the same one, which
 * only its staff opens: what they see is what readers will see. */
#include "mod/news/news_pages.h"

enum { PAGE = 20 };

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

/* ---- lists ---- */

static void
draw_day(struct view *v, int day)
{
	char iso[16];

	if (day == 0)
		return;
	day_iso(day, iso);
	html(&v->h, "<time datetime='%s'>%s</time>", iso, day_long(v->cx, day));
}

static void
draw_row(struct view *v, const struct article *a)
{
	struct ctx *cx = v->cx;
	enum lang l = article_lang(cx, a);
	const char *lead = article_in(&a->lead, l);

	html(&v->h, "<li><p class='small mute'>");
	draw_day(v, a->published_on);
	html(&v->h, "</p>");
	if (l == cx->lang)
		html(&v->h, "<h2><a href='%s'>%s</a></h2>",
		    ui_url(v, "/news/%lld", (long long)a->rec.id), article_in(&a->title, l));
	else
		html(&v->h, "<h2 lang='%s'><a href='%s'>%s</a></h2>", lang_code(l),
		    ui_url(v, "/news/%lld", (long long)a->rec.id), article_in(&a->title, l));
	if (*lead != '\0' && l == cx->lang)
		html(&v->h, "<p class='prose'>%s</p>", lead);
	else if (*lead != '\0')
		html(&v->h, "<p class='prose' lang='%s'>%s</p>", lang_code(l), lead);
	html(&v->h, "</li>");
}

static int
take_rubric(struct ctx *cx, const void *rec, void *arg)
{
	struct list *l = arg;

	(void)cx;
	if (l->n < 40)
		((struct rubric *)l->rows)[l->n++] = *(const struct rubric *)rec;
	return RC_OK;
}

static int
draw_rubrics(struct view *v, int64_t now)
{
	struct ctx *cx = v->cx;
	struct list l = { .rows = arena_array(cx->arena, struct rubric, 40) };
	struct query q;
	size_t i;

	TRY(query_init(cx, &q, &rubric_kind));
	TRY(query_sort(&q, "rank"));
	TRY(query_each(&q, take_rubric, &l));
	if (l.n == 0)
		return RC_OK;
	html(&v->h, "<nav class='chips' aria-label='%s'><a class='chip' href='%s'",
	    tr(cx, "Rubrics"), ui_url(v, "/news"));
	html(&v->h, now == 0 ? " aria-current='true'>%s</a>" : ">%s</a>", tr(cx, "All news"));
	for (i = 0; i < l.n; i++) {
		const struct rubric *r = &((const struct rubric *)l.rows)[i];

		html(&v->h, "<a class='chip' href='%s'", ui_url(v, "/rubric/%s", r->code));
		html(&v->h, r->rec.id == now ? " aria-current='true'>%s</a>" : ">%s</a>",
		    tr3(cx, &r->name, NULL));
	}
	html(&v->h, "</nav>");
	return RC_OK;
}

static void
draw_more(struct view *v, const struct article_page *p)
{
	if (p->next != NULL)
		html(&v->h,
		    "<nav class='pager' aria-label='%s'><span class='acts'><a class='btn' "
		    "href='%s'>%s</a></span></nav>",
		    tr(v->cx, "Pages"), ui_url_with(v, "after", p->next),
		    tr(v->cx, "Earlier news"));
}

static int
draw_list(struct view *v, const struct rubric *r)
{
	struct ctx *cx = v->cx;
	const char *name = r == NULL ? tr(cx, "News") : tr3(cx, &r->name, NULL);
	struct article_want w = { r == NULL ? 0 : r->rec.id, PAGE, req_q(v->rq, "after") };
	const struct crumb crumbs[] = { { "/news", tr(cx, "News") }, { NULL, name },
		{ NULL, NULL } };
	struct article_page p;
	size_t i;

	TRY(article_list(cx, &w, &p));
	ui_open(v,
	    &(struct page){ .title = name, .nav = "/news", .crumbs = r == NULL ? NULL : crumbs });
	TRY(draw_rubrics(v, w.rubric));
	if (may(cx, CAP_EVENT_WRITE)) {
		html(&v->h, "<p class='acts noprint'>");
		ui_button(v, ui_url(v, "/newsroom"), tr(cx, "Newsroom"), false);
		html(&v->h, "</p>");
	}
	if (p.n == 0)
		html(&v->h, "<p class='mute'>%s</p>",
		    w.before == NULL ? tr(cx, "Nothing is published here yet.")
				     : tr(cx, "There is no earlier news."));
	else {
		html(&v->h, "<ul class='flow'>");
		for (i = 0; i < p.n; i++)
			draw_row(v, &p.v[i]);
		html(&v->h, "</ul>");
	}
	draw_more(v, &p);
	html(&v->h, "<p class='small noprint'><a href='%s' type='application/atom+xml'>%s</a></p>",
	    r == NULL
		? url_make(cx->arena, "/feed.atom?lang=%s", lang_code(cx->lang))
		: url_make(cx->arena, "/rubric/%s/feed.atom?lang=%s", r->code, lang_code(cx->lang)),
	    tr(cx, "Read these news in a feed reader"));
	ui_close(v);
	return RC_OK;
}

static int
news_page(struct view *v)
{
	return draw_list(v, NULL);
}

static int
rubric_page(struct view *v)
{
	struct rubric r;

	TRY(rubric_by_code(v->cx, v->rq->param[0], &r));
	return draw_list(v, &r);
}

/* ---- one article ---- */

/* Reading machines know the article by it; data, no script. */
static int
draw_data(struct view *v, const struct article *a, enum lang l, const char *rubric)
{
	struct ctx *cx = v->cx;
	struct institution in;
	struct json j;
	char day[16];

	TRY(setting_institution(cx, &in));
	json_init(&j, cx->arena, 0);
	json_open(&j, NULL, '{');
	json_str(&j, "@context", "https://schema.org");
	json_str(&j, "@type", "NewsArticle");
	json_str(&j, "headline", article_in(&a->title, l));
	json_str(&j, "inLanguage", lang_code(l));
	day_iso(a->published_on, day);
	json_str(&j, "datePublished", day);
	if (a->corrected_on != 0) {
		day_iso(a->corrected_on, day);
		json_str(&j, "dateModified", day);
	}
	json_str(&j, "articleSection", rubric);
	if (*article_in(&a->lead, l) != '\0')
		json_str(&j, "description", article_in(&a->lead, l));
	if (a->author != NULL && *a->author != '\0') {
		json_open(&j, "author", '{');
		json_str(&j, "@type", "Person");
		json_str(&j, "name", a->author);
		if (a->office != NULL && *a->office != '\0')
			json_str(&j, "jobTitle", a->office);
		json_close(&j, '}');
	}
	json_open(&j, "publisher", '{');
	json_str(&j, "@type", "Organization");
	json_str(&j, "name", tr3(cx, &in.name, NULL));
	json_close(&j, '}');
	json_str(&j, "url",
	    arena_printf(cx->arena, "%s/%s/news/%lld", v->rq->base == NULL ? "" : v->rq->base,
		lang_code(l), (long long)a->rec.id));
	json_close(&j, '}');
	if (!json_ok(&j))
		return RC_OK; /* the page is whole without it */
	html(&v->h, "<script type='application/ld+json'>");
	html_put(&v->h, j.out.p, j.out.n);
	html(&v->h, "</script>");
	return RC_OK;
}

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
		draw_day(v, a->dated);
	} else
		html(h, "<br><span class='mute'>%s</span>",
		    tr(cx, "The day of writing is not known."));
	html(h, "</p>");
}

static void
draw_langs(struct view *v, const struct article *a)
{
	struct ctx *cx = v->cx;
	const char *between = " ";
	enum lang l;

	html(&v->h, "<p class='small noprint'>%s", tr(cx, "Languages:"));
	for (l = LANG_KK; l < LANG_COUNT; l++) {
		const char *state = article_lang_state(a, l);

		if (state == NULL)
			continue;
		html(&v->h, "%s<a href='/%s/news/%lld' hreflang='%s' lang='%s'>%s</a>", between,
		    lang_code(l), (long long)a->rec.id, lang_code(l), lang_code(l),
		    lang_own_name(l));
		html(&v->h, " <span class='mute'>(%s)</span>",
		    option_label(cx, article_lang_states, state));
		between = " · ";
	}
	html(&v->h, "</p>");
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

static int
draw_links(struct view *v, const struct article *a)
{
	struct article_link *l;
	size_t n, i;

	TRY(article_links_of(v->cx, a->rec.id, &l, &n));
	if (n == 0)
		return RC_OK;
	ui_section_open(v, "about", tr(v->cx, "What it is about"), NULL);
	html(&v->h, "<ul>");
	for (i = 0; i < n; i++)
		if (l[i].event != 0)
			TRY(draw_link(v, &event_kind, l[i].event));
		else if (l[i].body != 0)
			TRY(draw_link(v, &body_kind, l[i].body));
		else
			TRY(draw_link(v, &programme_kind, l[i].programme));
	html(&v->h, "</ul>");
	ui_section_close(v);
	return RC_OK;
}

static void
draw_titles(struct view *v, const struct article *a, size_t n)
{
	size_t i;

	html(&v->h, "<ul>");
	for (i = 0; i < n; i++) {
		enum lang l = article_lang(v->cx, &a[i]);

		html(&v->h, "<li lang='%s'><a href='%s'>%s</a> <span class='small mute'>",
		    l == v->cx->lang ? lang_tag(v->cx) : lang_code(l),
		    ui_url(v, "/news/%lld", (long long)a[i].rec.id), article_in(&a[i].title, l));
		html(&v->h, "%s</span></li>", day_text(v->cx, a[i].published_on));
	}
	html(&v->h, "</ul>");
}

static int
draw_related(struct view *v, const struct article *a)
{
	struct article *r;
	size_t n;

	TRY(article_related(v->cx, a, &r, &n));
	if (n == 0)
		return RC_OK;
	ui_section_open(v, "other", tr(v->cx, "Other news"), NULL);
	draw_titles(v, r, n);
	ui_section_close(v);
	return RC_OK;
}

static int
draw_body(struct view *v, const struct article *a, enum lang l)
{
	if (l == v->cx->lang)
		html(&v->h, "<div class='flow prose story'><h1>%s</h1>", article_in(&a->title, l));
	else
		html(&v->h, "<div class='flow prose story' lang='%s'><h1>%s</h1>", lang_code(l),
		    article_in(&a->title, l));
	if (*article_in(&a->lead, l) != '\0')
		html(&v->h, "<p class='lead'>%s</p>", article_in(&a->lead, l));
	TRY(news_draw_text(v, a, l));
	html(&v->h, "</div>");
	return RC_OK;
}

int
news_draw_article(struct view *v, const struct article *a, const char *said)
{
	struct ctx *cx = v->cx;
	enum lang l = article_lang(cx, a);
	struct rubric r;
	const char *rubric;

	TRY(kind_load(cx, &rubric_kind, a->rubric, &r));
	rubric = tr3(cx, &r.name, NULL);
	ui_open(v,
	    &(struct page){ .title = article_in(&a->title, l),
		.nav = "/news",
		.no_h1 = true,
		.description = *article_in(&a->lead, l) == '\0' ? NULL : article_in(&a->lead, l),
		.crumbs = (const struct crumb[]){ { "/news", tr(cx, "News") },
		    { arena_printf(cx->arena, "/rubric/%s", r.code), rubric }, { NULL, NULL } } });
	html(&v->h, "<article class='flow'><p class='small'><a href='%s'>%s</a>",
	    ui_url(v, "/rubric/%s", r.code), rubric);
	if (a->published_on != 0) {
		html(&v->h, " · ");
		draw_day(v, a->published_on);
	}
	html(&v->h, "</p>");
	draw_notes(v, a, l);
	TRY(draw_body(v, a, l));
	draw_byline(v, a);
	draw_langs(v, a);
	html(&v->h, "</article>");
	TRY(draw_links(v, a));
	TRY(news_draw_sections(v, a));
	TRY(draw_related(v, a));
	if (news_writes(v, a))
		TRY(news_draw_staff(v, a, said));
	html(&v->h, "<p class='small noprint'><a href='#main'>%s</a></p>", tr(cx, "Back to top"));
	if (article_public(a, cx->today))
		TRY(draw_data(v, a, l, rubric));
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

/* ---- on other pages ---- */

static int
draw_about(struct view *v, const struct article_link *of)
{
	struct article *a;
	size_t n;

	TRY(article_about(v->cx, of, &a, &n));
	if (n == 0)
		return RC_OK;
	ui_section_open(v, "news", tr(v->cx, "In the news"), NULL);
	draw_titles(v, a, n);
	ui_section_close(v);
	return RC_OK;
}

int
news_event_section(struct view *v, const struct event *e, const struct event_rights *can)
{
	(void)can;
	return draw_about(v, &(struct article_link){ .event = e->rec.id });
}

int
news_programme_section(struct view *v, const struct programme *p)
{
	return draw_about(v, &(struct article_link){ .programme = p->rec.id });
}

const struct route news_routes[] = {
	{ M_GET, "/news", news_page, CAP_PUBLIC, ROUTE_CACHE, N_("News"),
	    N_("What the assembly writes, newest first.") },
	{ M_GET, "/news/{id}", article_page, CAP_PUBLIC, ROUTE_CACHE, N_("An article"),
	    N_("Its text in the languages there are, numbers with their receipts, other news.") },
	{ M_GET, "/rubric/{code}", rubric_page, CAP_PUBLIC, ROUTE_CACHE, N_("A rubric"),
	    N_("The news of one rubric.") },
};
const size_t news_nroutes = ARRAY_LEN(news_routes);
