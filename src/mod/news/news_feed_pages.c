/* news_feed_pages.c – Atom (RFC 4287) of all news and of a rubric, and the map of the site (sitemaps.org).
 *
 * Programs ask again and again: the bytes are the same until an article changes, and If-None-Match answers with
 * nothing. What guests see stands in them, whoever asks. */
#include "mod/news/news_pages.h"
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

/* ---- Atom ---- */

static int
put_entry(struct view *v, struct buf *b, const struct article *a)
{
	struct ctx *cx = v->cx;
	enum lang l = article_lang(cx, a);
	const char *url = arena_printf(
	    cx->arena, "%s/%s/news/%lld", req_base(v->rq), lang_code(l), (long long)a->rec.id);
	struct rubric r;
	struct slice text;
	char moment[32];

	TRY(kind_load(cx, &rubric_kind, a->rubric, &r));
	buf_printf(b, "<entry xml:lang=\"%s\">\n", lang_code(l));
	element(b, "id", url);
	element(b, "title", article_in(&a->title, l));
	buf_str(b, "<link rel=\"alternate\" type=\"text/html\" href=\"");
	xml(b, url);
	buf_str(b, "\"/>\n");
	moment_rfc3339(day_start(a->published_on), moment);
	element(b, "published", moment);
	moment_rfc3339(a->rec.changed_at, moment);
	element(b, "updated", moment);
	if (!article_blank(a->author)) {
		buf_str(b, "<author>");
		element(b, "name", a->author);
		buf_str(b, "</author>\n");
	}
	buf_str(b, "<category term=\"");
	xml(b, r.code);
	buf_str(b, "\" label=\"");
	xml(b, tr3(cx, &r.name, NULL));
	buf_str(b, "\"/>\n");
	if (*article_in(&a->lead, l) != '\0')
		element(b, "summary", article_in(&a->lead, l));
	TRY(news_text_html(cx, a, l, &text));
	buf_str(b, "<content type=\"html\">");
	xml(b, text.p);
	buf_str(b, "</content>\n</entry>\n");
	return RC_OK;
}

static const char *
newest(struct ctx *cx, const struct article_page *p)
{
	char out[32];
	int64_t at = 0;
	size_t i;

	for (i = 0; i < p->n; i++)
		if (p->v[i].rec.changed_at > at)
			at = p->v[i].rec.changed_at;
	moment_rfc3339(at, out);
	return arena_str(cx->arena, out);
}

static int
feed(struct view *v, const struct rubric *r)
{
	struct ctx *cx = v->cx;
	struct article_page p;
	struct institution in;
	const char *path, *title;
	struct buf b;
	size_t i;

	cx->actor = &actor_guest; /* the same for all, whoever's cookie came along */
	TRY(setting_institution(cx, &in));
	TRY(article_list(cx, &(struct article_want){ r == NULL ? 0 : r->rec.id, FEED, NULL }, &p));
	path = arena_printf(cx->arena, "%s%s/feed.atom?lang=%s", req_base(v->rq),
	    r == NULL ? "" : url_make(cx->arena, "/rubric/%s", r->code), lang_code(cx->lang));
	title = tr3(cx, &in.name, NULL);
	if (*title == '\0')
		title = tr(cx, "News");
	buf_init(&b, cx->arena, 8 << 20);
	buf_printf(&b,
	    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed "
	    "xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"%s\">\n",
	    lang_code(cx->lang));
	element(&b, "id", path);
	element(&b, "title",
	    r == NULL ? title : arena_printf(cx->arena, "%s: %s", title, tr3(cx, &r->name, NULL)));
	element(&b, "updated", newest(cx, &p));
	buf_str(&b, "<link rel=\"self\" type=\"application/atom+xml\" href=\"");
	xml(&b, path);
	buf_str(&b, "\"/>\n<author>");
	element(&b, "name", title);
	buf_str(&b, "</author>\n");
	for (i = 0; i < p.n; i++)
		TRY(put_entry(v, &b, &p.v[i]));
	buf_str(&b, "</feed>\n");
	return answer(v, &b, "application/atom+xml; charset=utf-8");
}

static int
all_feed(struct view *v)
{
	event_feed_lang(v);
	return feed(v, NULL);
}

static int
rubric_feed(struct view *v)
{
	struct rubric r;

	event_feed_lang(v);
	TRY(rubric_by_code(v->cx, v->rq->param[0], &r));
	return feed(v, &r);
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
	{ M_GET, "/feed.atom", all_feed, CAP_PUBLIC, ROUTE_BARE, N_("News as a feed"),
	    N_("Atom; lang=kk, ru or en.") },
	{ M_GET, "/rubric/{code}/feed.atom", rubric_feed, CAP_PUBLIC, ROUTE_BARE,
	    N_("News of a rubric as a feed"), NULL },
	{ M_GET, "/sitemap.xml", sitemap, CAP_PUBLIC, ROUTE_BARE, N_("Map of the site"),
	    N_("Public pages for search engines.") },
};
const size_t news_feed_nroutes = ARRAY_LEN(news_feed_routes);
