/* news_feed_pages.c – Atom (RFC 4287) and RSS 2.0 of all news, of a rubric and of a body, and the map of the site
 * (sitemaps.org).
 *
 * Programs ask again and again: the bytes are the same until an article changes, and If-None-Match answers with
 * nothing. What guests see stands in them, whoever asks. */
#include "mod/news/news_pages.h"
#include "mod/news/news_picture.h"
#include "text/hash.h"

enum { FEED = 30, SITEMAP = 15000 };

/* Text for XML 1.0, which knows no control characters. */
static void
xml(struct buf *b, const char *s)
{
	for (; *s != '\0'; s++)
		switch (*s) {
		case '&':
			buf_str(b, "&amp;");
			break;
		case '<':
			buf_str(b, "&lt;");
			break;
		case '>':
			buf_str(b, "&gt;");
			break;
		case '"':
			buf_str(b, "&quot;");
			break;
		default:
			if ((unsigned char)*s >= 0x20 || *s == '\n' || *s == '\t')
				buf_char(b, *s);
		}
}

static void
element(struct buf *b, const char *name, const char *text)
{
	buf_printf(b, "<%s>", name);
	xml(b, text);
	buf_printf(b, "</%s>\n", name);
}

static int
answer(struct view *v, struct buf *b, const char *type)
{
	struct req *rq = v->rq;
	const char *match = req_header(rq, "If-None-Match"), *tag;
	struct sha256 h;
	char hex[65];

	if (b->over)
		return fail(v->cx, RC_TOOBIG, N_("The text is too long."));
	sha256_init(&h);
	sha256_add(&h, b->p, b->n);
	sha256_hex(&h, hex);
	tag = arena_printf(v->cx->arena, "\"%.32s\"", hex);
	res_header(rq, "Cache-Control", "no-cache");
	res_header(rq, "ETag", tag);
	if (match != NULL && strstr(match, tag) != NULL) {
		rq->res.status = 304;
		return RC_OK;
	}
	rq->res.type = type;
	rq->res.body = (struct slice){ b->p, b->n };
	rq->res.status = 200;
	return RC_OK;
}

/* ---- one channel, in two forms ---- */

/* Whose news: a rubric's, a body's, or all (both 0). */
struct channel {
	struct view *v;
	struct buf *b;
	const char *site, *self, *title; /* the page and the feed; whole addresses */
	int64_t rubric, body;
	bool rss;
};
struct item {
	const struct article *a;
	const struct article_picture *picture; /* id 0 = none */
	enum lang l;
	const char *url;
	struct rubric rubric;
	struct slice text;
};

static const char *
rfc3339(struct ctx *cx, int64_t at)
{
	char out[32];

	moment_rfc3339(at, out);
	return arena_str(cx->arena, out);
}

/* "Fri, 15 Nov 2024 00:00:00 +0500", which RSS took over from letters (RFC 822); in UTC. */
static const char *
rfc822(struct ctx *cx, int64_t at)
{
	static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul",
		"Aug", "Sep", "Oct", "Nov", "Dec" };
	char s[32];
	int day;

	moment_rfc3339(at, s); /* 2024-11-15T13:00:00Z */
	s[10] = s[19] = '\0';
	if (!day_parse(s, &day))
		return "";
	return arena_printf(cx->arena, "%s, %02d %s %d %s +0000", days[day_weekday(day) - 1],
	    day_dom(day), months[day_month(day) - 1], day_year(day), s + 11);
}

static void
link_to(struct buf *b, const char *open, const char *href)
{
	buf_printf(b, "<%s href=\"", open);
	xml(b, href);
	buf_str(b, "\"/>\n");
}

static const char *
picture_of(const struct channel *c, const struct item *it)
{
	return arena_printf(c->v->cx->arena, "%s/pictures/%lld", req_base(c->v->rq),
	    (long long)it->picture->rec.id);
}

static void
put_atom(const struct channel *c, const struct item *it)
{
	struct ctx *cx = c->v->cx;
	struct buf *b = c->b;
	const struct article *a = it->a;

	buf_printf(b, "<entry xml:lang=\"%s\">\n", lang_code(it->l));
	element(b, "id", it->url);
	element(b, "title", article_in(&a->title, it->l));
	link_to(b, "link rel=\"alternate\" type=\"text/html\"", it->url);
	if (it->picture->rec.id != 0)
		link_to(b,
		    arena_printf(cx->arena,
			"link rel=\"enclosure\" type=\"image/jpeg\" length=\"%lld\"",
			(long long)it->picture->size),
		    picture_of(c, it));
	element(b, "published", rfc3339(cx, day_start(a->published_on)));
	element(b, "updated", rfc3339(cx, a->rec.changed_at));
	if (!article_blank(a->author)) {
		buf_str(b, "<author>");
		element(b, "name", a->author);
		buf_str(b, "</author>\n");
	}
	buf_str(b, "<category term=\"");
	xml(b, it->rubric.code);
	buf_str(b, "\" label=\"");
	xml(b, tr3(cx, &it->rubric.name, NULL));
	buf_str(b, "\"/>\n");
	if (*article_in(&a->lead, it->l) != '\0')
		element(b, "summary", article_in(&a->lead, it->l));
	buf_str(b, "<content type=\"html\">");
	xml(b, it->text.p);
	buf_str(b, "</content>\n</entry>\n");
}

static void
put_rss(const struct channel *c, const struct item *it)
{
	struct ctx *cx = c->v->cx;
	struct buf *b = c->b;
	const struct article *a = it->a;

	buf_str(b, "<item>\n");
	element(b, "title", article_in(&a->title, it->l));
	element(b, "link", it->url);
	buf_str(b, "<guid isPermaLink=\"true\">");
	xml(b, it->url);
	buf_str(b, "</guid>\n");
	element(b, "pubDate", rfc822(cx, day_start(a->published_on)));
	element(b, "category", tr3(cx, &it->rubric.name, NULL));
	element(b, "dc:language", lang_code(it->l));
	if (!article_blank(a->author))
		element(b, "dc:creator", a->author);
	element(b, "description", article_in(&a->lead, it->l));
	if (it->picture->rec.id != 0) {
		buf_str(b, "<enclosure url=\"");
		xml(b, picture_of(c, it));
		buf_printf(
		    b, "\" length=\"%lld\" type=\"image/jpeg\"/>\n", (long long)it->picture->size);
	}
	element(b, "content:encoded", it->text.p);
	buf_str(b, "</item>\n");
}

static int
put_items(const struct channel *c, const struct article_page *p)
{
	struct ctx *cx = c->v->cx;
	struct article_picture *pictures;
	size_t i;

	TRY(article_pictures_first(cx, p->v, p->n, &pictures));
	for (i = 0; i < p->n; i++) {
		struct item it = { .a = &p->v[i], .picture = &pictures[i] };

		it.l = article_lang(cx, it.a);
		it.url = arena_printf(cx->arena, "%s/%s/news/%lld", req_base(c->v->rq),
		    lang_code(it.l), (long long)it.a->rec.id);
		TRY(kind_load(cx, &rubric_kind, it.a->rubric, &it.rubric));
		TRY(news_text_html(cx, it.a, it.l, &it.text));
		(c->rss ? put_rss : put_atom)(c, &it);
	}
	return RC_OK;
}

static int64_t
newest(const struct article_page *p)
{
	int64_t at = 0;
	size_t i;

	for (i = 0; i < p->n; i++)
		if (p->v[i].rec.changed_at > at)
			at = p->v[i].rec.changed_at;
	return at;
}

static void
atom_head(const struct channel *c, const struct article_page *p, const char *house)
{
	struct ctx *cx = c->v->cx;
	struct buf *b = c->b;

	buf_printf(b,
	    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed "
	    "xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"%s\">\n",
	    lang_code(cx->lang));
	element(b, "id", c->self);
	element(b, "title", c->title);
	element(b, "updated", rfc3339(cx, newest(p)));
	link_to(b, "link rel=\"self\" type=\"application/atom+xml\"", c->self);
	link_to(b, "link rel=\"alternate\" type=\"text/html\"", c->site);
	buf_str(b, "<author>");
	element(b, "name", house);
	buf_str(b, "</author>\n");
}

static void
rss_head(const struct channel *c, const struct article_page *p, const char *house)
{
	struct ctx *cx = c->v->cx;
	struct buf *b = c->b;

	buf_str(b, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" "
		   "xmlns:atom=\"http://www.w3.org/2005/Atom\" "
		   "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
		   "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\n<channel>\n");
	element(b, "title", c->title);
	element(b, "link", c->site);
	element(b, "description", house);
	element(b, "language", lang_code(cx->lang));
	element(b, "lastBuildDate", rfc822(cx, newest(p)));
	link_to(b, "atom:link rel=\"self\" type=\"application/rss+xml\"", c->self);
}

/* name: of the rubric or body, NULL = all news; path: its page without language. */
static int
feed(struct channel *c, const char *path, const char *name)
{
	struct view *v = c->v;
	struct ctx *cx = v->cx;
	const struct article_want want = { .rubric = c->rubric, .body = c->body, .limit = FEED };
	const char *house, *word = c->rss ? "rss" : "atom";
	struct article_page p;
	struct institution in;
	struct buf b;

	TRY(setting_institution(cx, &in));
	TRY(article_list(cx, &want, &p));
	house = tr3(cx, &in.name, NULL);
	if (*house == '\0')
		house = tr(cx, "News");
	buf_init(&b, cx->arena, 8 << 20);
	c->b = &b;
	c->site = arena_printf(cx->arena, "%s/%s%s", req_base(v->rq), lang_code(cx->lang),
	    name == NULL ? "/news" : path);
	c->self = arena_printf(
	    cx->arena, "%s%s/feed.%s?lang=%s", req_base(v->rq), path, word, lang_code(cx->lang));
	c->title = name == NULL ? house : arena_printf(cx->arena, "%s: %s", house, name);
	(c->rss ? rss_head : atom_head)(c, &p, house);
	TRY(put_items(c, &p));
	buf_str(&b, c->rss ? "</channel>\n</rss>\n" : "</feed>\n");
	return answer(v, &b,
	    c->rss ? "application/rss+xml; charset=utf-8" : "application/atom+xml; charset=utf-8");
}

/* The same for all, whoever's cookie came along. */
static struct channel
channel(struct view *v, bool rss)
{
	event_feed_lang(v);
	v->cx->actor = &actor_guest;
	return (struct channel){ .v = v, .rss = rss };
}

static int
all_feed(struct view *v, bool rss)
{
	struct channel c = channel(v, rss);

	return feed(&c, "", NULL);
}

static int
rubric_feed(struct view *v, bool rss)
{
	struct channel c = channel(v, rss);
	struct rubric r;

	TRY(rubric_by_code(v->cx, v->rq->param[0], &r));
	c.rubric = r.rec.id;
	return feed(&c, url_make(v->cx->arena, "/rubric/%s", r.code), tr3(v->cx, &r.name, NULL));
}

static int
body_feed(struct view *v, bool rss)
{
	struct channel c = channel(v, rss);
	struct body b;
	int64_t id;

	TRY(req_param_id(v->rq, 0, &id));
	TRY(kind_get(v->cx, &body_kind, id, &b));
	c.body = id;
	return feed(&c, arena_printf(v->cx->arena, "/bodies/%lld", (long long)id),
	    kind_title(v->cx, &body_kind, &b));
}

static int
all_atom(struct view *v)
{
	return all_feed(v, false);
}

static int
all_rss(struct view *v)
{
	return all_feed(v, true);
}

static int
rubric_atom(struct view *v)
{
	return rubric_feed(v, false);
}

static int
rubric_rss(struct view *v)
{
	return rubric_feed(v, true);
}

static int
body_atom(struct view *v)
{
	return body_feed(v, false);
}

static int
body_rss(struct view *v)
{
	return body_feed(v, true);
}

/* ---- the map of the site ---- */

static void
put_page(struct buf *b, const char *url, int64_t changed)
{
	char day[16];

	buf_str(b, "<url><loc>");
	xml(b, url);
	buf_str(b, "</loc>");
	if (changed != 0) {
		day_iso(day_of_moment(changed), day);
		buf_printf(b, "<lastmod>%s</lastmod>", day);
	}
	buf_str(b, "</url>\n");
}

static int
put_articles(struct view *v, struct buf *b)
{
	struct ctx *cx = v->cx;
	AUTO_ROWS r = { 0 };
	const char *base = req_base(v->rq);
	enum lang l;

	TRY(db_rows(cx, &r,
	    "SELECT id, changed_at, kk_state, ru_state, en_state FROM article WHERE state IN "
	    "('published', 'corrected') AND (publish_on IS NULL OR publish_on <= $1) ORDER BY "
	    "published_on DESC, id DESC LIMIT $2",
	    VALS(v_int(cx->today), v_int(SITEMAP))));
	while (rows_next(&r))
		for (l = LANG_KK; l < LANG_COUNT; l++)
			if (!row_null(&r, 2 + (int)l))
				put_page(b,
				    arena_printf(cx->arena, "%s/%s/news/%lld", base, lang_code(l),
					(long long)row_int(&r, 0)),
				    row_int(&r, 1));
	return rows_end(&r);
}

static int
sitemap(struct view *v)
{
	static const char *const pages[] = { "/", "/news", "/events", "/bodies", "/figures",
		"/statement", "/editions" };
	struct ctx *cx = v->cx;
	struct buf b;
	enum lang l;
	size_t i;

	buf_init(&b, cx->arena, 16 << 20);
	buf_str(&b, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset "
		    "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
	for (i = 0; i < ARRAY_LEN(pages); i++)
		for (l = LANG_KK; l < LANG_COUNT; l++)
			put_page(&b,
			    arena_printf(
				cx->arena, "%s/%s%s", req_base(v->rq), lang_code(l), pages[i]),
			    0);
	TRY(put_articles(v, &b));
	buf_str(&b, "</urlset>\n");
	return answer(v, &b, "application/xml; charset=utf-8");
}

const struct route news_feed_routes[] = {
	{ M_GET, "/feed.atom", all_atom, CAP_PUBLIC, ROUTE_BARE, N_("News as a feed"),
	    N_("Atom; lang=kk, ru or en.") },
	{ M_GET, "/feed.rss", all_rss, CAP_PUBLIC, ROUTE_BARE, N_("News as a feed"),
	    N_("RSS 2.0; lang=kk, ru or en.") },
	{ M_GET, "/rubric/{code}/feed.atom", rubric_atom, CAP_PUBLIC, ROUTE_BARE,
	    N_("News of a rubric as a feed"), NULL },
	{ M_GET, "/rubric/{code}/feed.rss", rubric_rss, CAP_PUBLIC, ROUTE_BARE,
	    N_("News of a rubric as a feed"), NULL },
	{ M_GET, "/bodies/{id}/feed.atom", body_atom, CAP_PUBLIC, ROUTE_BARE,
	    N_("News of a body as a feed"), NULL },
	{ M_GET, "/bodies/{id}/feed.rss", body_rss, CAP_PUBLIC, ROUTE_BARE,
	    N_("News of a body as a feed"), NULL },
	{ M_GET, "/sitemap.xml", sitemap, CAP_PUBLIC, ROUTE_BARE, N_("Map of the site"),
	    N_("Public pages for search engines.") },
};
const size_t news_feed_nroutes = ARRAY_LEN(news_feed_routes);
