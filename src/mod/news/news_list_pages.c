/* news_list_pages.c – articles one beneath another: the news, one rubric, and the sections that other pages show: of an
 * event, a programme, a body, the newest ones on the home page, the other news of an article. */
#include "mod/news/news_pages.h"
#include "mod/news/news_picture.h"
#include "ui/head.h"

enum { PAGE = 20, ON_HOME = 3 };

void
news_draw_day(struct view *v, int day)
{
	char iso[16];

	if (day == 0)
		return;
	day_iso(day, iso);
	html(&v->h, "<time datetime='%s'>%s</time>", iso, day_long(v->cx, day));
}

static void
draw_row(struct view *v, const struct article *a, const struct article_picture *p, int level)
{
	struct ctx *cx = v->cx;
	enum lang l = article_lang(cx, a);
	const char *lead = article_in(&a->lead, l),
		   *lang = l == cx->lang ? lang_tag(cx) : lang_code(l),
		   *url = ui_url(v, "/news/%lld", (long long)a->rec.id);

	html(&v->h, "<li>");
	if (p != NULL && p->rec.id != 0)
		news_draw_small(v, p, "thumb");
	html(&v->h, "<div><p class='small mute'>");
	news_draw_day(v, a->published_on);
	html(&v->h,
	    level == 2 ? "</p><h2 lang='%s'><a href='%s'>%s</a></h2>"
		       : "</p><h3 lang='%s'><a href='%s'>%s</a></h3>",
	    lang, url, article_in(&a->title, l));
	if (*lead != '\0')
		html(&v->h, "<p class='prose' lang='%s'>%s</p>", lang, lead);
	html(&v->h, "</div></li>");
}

static int
draw_rows(struct view *v, const struct article *a, size_t n, int level)
{
	struct article_picture *p;
	size_t i;

	TRY(article_pictures_first(v->cx, a, n, &p));
	html(&v->h, "<ul class='items'>");
	for (i = 0; i < n; i++)
		draw_row(v, &a[i], &p[i], level);
	html(&v->h, "</ul>");
	return RC_OK;
}

/* ---- lists ---- */

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

static void
draw_empty(struct view *v, const struct rubric *r, bool first)
{
	struct ctx *cx = v->cx;

	if (!first)
		html(&v->h, "<p class='mute'>%s</p>", tr(cx, "There is no earlier news."));
	else if (may(cx, CAP_EVENT_WRITE))
		ui_empty(v, tr(cx, "Nothing is published here yet."),
		    tr(cx, "Write an article and send it to the editor."), ui_url(v, "/news/new"),
		    tr(cx, "Write an article"));
	else
		ui_empty(v, tr(cx, "Nothing is published here yet."),
		    tr(cx, "What the assembly does is seen in its events."),
		    r == NULL ? ui_url(v, "/events") : ui_url(v, "/news"),
		    r == NULL ? tr(cx, "All events") : tr(cx, "All news"));
}

/* The two feeds of a list, for the head of its page. */
static const struct page_feed *
feeds_of(struct view *v, const char *path, const char *name)
{
	struct arena *a = v->cx->arena;
	struct page_feed *f = arena_array(a, struct page_feed, 3);

	f[0] = (struct page_feed){ arena_printf(a, "%s/feed.atom", path),
		arena_printf(a, "%s (Atom)", name) };
	f[1] = (struct page_feed){ arena_printf(a, "%s/feed.rss", path),
		arena_printf(a, "%s (RSS)", name) };
	f[2] = (struct page_feed){ NULL, NULL };
	return f;
}

static void
draw_feeds(struct view *v, const struct page_feed *f)
{
	const char *lang = lang_code(v->cx->lang);

	html(&v->h,
	    "<p class='small noprint'>%s <a href='%s?lang=%s' type='application/atom+xml'>Atom</a> "
	    "· "
	    "<a href='%s?lang=%s' type='application/rss+xml'>RSS</a></p>",
	    tr(v->cx, "Read these news in a feed reader:"), f[0].path, lang, f[1].path, lang);
}

static int
draw_list(struct view *v, const struct rubric *r)
{
	struct ctx *cx = v->cx;
	const char *name = r == NULL ? tr(cx, "News") : tr3(cx, &r->name, NULL);
	const struct page_feed *feeds =
	    feeds_of(v, r == NULL ? "" : url_make(cx->arena, "/rubric/%s", r->code), name);
	struct article_want w = {
		.rubric = r == NULL ? 0 : r->rec.id, .limit = PAGE, .before = req_q(v->rq, "after")
	};
	const struct crumb crumbs[] = { { "/news", tr(cx, "News") }, { NULL, name },
		{ NULL, NULL } };
	struct article_page p;

	TRY(article_list(cx, &w, &p));
	ui_open(v, &(struct page){ .title = name,
		       .nav = "/news",
		       .crumbs = r == NULL ? NULL : crumbs,
		       .description = tr(cx, "What the assembly writes, newest first."),
		       .head = &(struct page_head){
			   .feeds = feeds, .card = "website", .langs = (1u << LANG_COUNT) - 1 } });
	TRY(draw_rubrics(v, w.rubric));
	if (may(cx, CAP_EVENT_WRITE)) {
		html(&v->h, "<p class='acts noprint'>");
		ui_button(v, ui_url(v, "/newsroom"), tr(cx, "Newsroom"), false);
		html(&v->h, "</p>");
	}
	if (p.n == 0)
		draw_empty(v, r, w.before == NULL);
	else
		TRY(draw_rows(v, p.v, p.n, 2));
	draw_more(v, &p);
	draw_feeds(v, feeds);
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

/* ---- on other pages ---- */

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

int
news_draw_related(struct view *v, const struct article *a)
{
	struct article *r;
	size_t n;

	TRY(article_related(v->cx, a, &r, &n));
	if (n == 0)
		return RC_OK;
	html(&v->h, "<div class='noprint'>");
	ui_section_open(v, "other", tr(v->cx, "Other news"), NULL);
	draw_titles(v, r, n);
	ui_section_close(v);
	html(&v->h, "</div>");
	return RC_OK;
}

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

/* What a body writes, and what is written about it. */
int
news_body_section(struct view *v, int64_t body)
{
	const char *path = arena_printf(v->cx->arena, "/bodies/%lld", (long long)body);
	struct article_page p;

	TRY(article_list(
	    v->cx, &(struct article_want){ .body = body, .limit = ARTICLE_RELATED }, &p));
	if (p.n == 0)
		return RC_OK;
	ui_section_open(v, "news", tr(v->cx, "In the news"), NULL);
	html(&v->h, "<div class='flow'>");
	draw_titles(v, p.v, p.n);
	draw_feeds(v, feeds_of(v, path, ""));
	html(&v->h, "</div>");
	ui_section_close(v);
	return RC_OK;
}

int
news_home_section(struct view *v)
{
	struct ctx *cx = v->cx;
	struct article_page p;

	TRY(article_list(cx, &(struct article_want){ .limit = ON_HOME }, &p));
	if (p.n == 0)
		return RC_OK;
	ui_section_open(v, "news", tr(cx, "News"), NULL);
	html(&v->h, "<div>");
	TRY(draw_rows(v, p.v, p.n, 3));
	html(&v->h, "<p class='acts'><a href='%s'>%s</a></p></div>", ui_url(v, "/news"),
	    tr(cx, "All news"));
	ui_section_close(v);
	return RC_OK;
}

const struct route news_list_routes[] = {
	{ M_GET, "/news", news_page, CAP_PUBLIC, ROUTE_CACHE, N_("News"),
	    N_("What the assembly writes, newest first.") },
	{ M_GET, "/rubric/{code}", rubric_page, CAP_PUBLIC, ROUTE_CACHE, N_("A rubric"),
	    N_("The news of one rubric.") },
};
const size_t news_list_nroutes = ARRAY_LEN(news_list_routes);
