/* article_html.c – the lines of a saved page, with what its tags say about them.
 *
 * A scanner, no tree: one way through the bytes, a stack of at most STACK_MAX open elements, nothing
 * calls itself. So the time grows with the length whatever the page does – which a parser that builds
 * the whole tree by the standard's rules does not promise: some small pages make such a parser work for
 * minutes, or fall over its own depth. For telling lines apart the loss is nil. */
#include "lang/article_inner.h"

#include <stdlib.h>
#include <strings.h>

#include "base/utf8.h"

enum { STACK_MAX = 256, CLOSE_LOOK = 24, LINE_MAX_BYTES = 64 * 1024 };

enum tag_kind {
	TAG_INLINE,
	TAG_BLOCK,
	TAG_VOID_BLOCK, /* br, hr: a line ends, nothing is opened */
	TAG_VOID,
	TAG_RAW, /* what is inside is no text */
	TAG_TITLE
};

static const struct tag {
	const char *name;
	enum tag_kind kind;
	unsigned hints;
} tags[] = {
	{ "p", TAG_BLOCK, HINT_PARAGRAPH },
	{ "div", TAG_BLOCK, 0 },
	{ "br", TAG_VOID_BLOCK, 0 },
	{ "hr", TAG_VOID_BLOCK, 0 },
	{ "li", TAG_BLOCK, HINT_ITEM },
	{ "h1", TAG_BLOCK, HINT_H1 },
	{ "h2", TAG_BLOCK, HINT_HEADING },
	{ "h3", TAG_BLOCK, HINT_HEADING },
	{ "h4", TAG_BLOCK, HINT_HEADING },
	{ "h5", TAG_BLOCK, HINT_HEADING },
	{ "h6", TAG_BLOCK, HINT_HEADING },
	{ "ul", TAG_BLOCK, 0 },
	{ "ol", TAG_BLOCK, 0 },
	{ "dl", TAG_BLOCK, 0 },
	{ "dt", TAG_BLOCK, HINT_ITEM },
	{ "dd", TAG_BLOCK, HINT_ITEM },
	{ "nav", TAG_BLOCK, HINT_OUTSIDE },
	{ "footer", TAG_BLOCK, HINT_OUTSIDE },
	{ "aside", TAG_BLOCK, HINT_OUTSIDE },
	{ "form", TAG_BLOCK, HINT_OUTSIDE },
	{ "button", TAG_BLOCK, HINT_OUTSIDE },
	{ "label", TAG_BLOCK, HINT_OUTSIDE },
	{ "figcaption", TAG_BLOCK, HINT_CAPTION },
	{ "figure", TAG_BLOCK, HINT_CAPTION },
	{ "header", TAG_BLOCK, 0 },
	{ "main", TAG_BLOCK, 0 },
	{ "article", TAG_BLOCK, 0 },
	{ "section", TAG_BLOCK, 0 },
	{ "blockquote", TAG_BLOCK, HINT_PARAGRAPH },
	{ "table", TAG_BLOCK, 0 },
	{ "tr", TAG_BLOCK, 0 },
	{ "td", TAG_BLOCK, HINT_ITEM },
	{ "th", TAG_BLOCK, HINT_ITEM },
	{ "pre", TAG_BLOCK, 0 },
	{ "address", TAG_BLOCK, 0 },
	{ "body", TAG_BLOCK, 0 },
	{ "html", TAG_BLOCK, 0 },
	{ "head", TAG_BLOCK, 0 },
	{ "time", TAG_BLOCK, 0 },
	{ "img", TAG_VOID, 0 },
	{ "input", TAG_VOID, 0 },
	{ "meta", TAG_VOID, 0 },
	{ "link", TAG_VOID, 0 },
	{ "source", TAG_VOID, 0 },
	{ "wbr", TAG_VOID, 0 },
	{ "area", TAG_VOID, 0 },
	{ "base", TAG_VOID, 0 },
	{ "col", TAG_VOID, 0 },
	{ "embed", TAG_VOID, 0 },
	{ "param", TAG_VOID, 0 },
	{ "track", TAG_VOID, 0 },
	{ "script", TAG_RAW, 0 },
	{ "style", TAG_RAW, 0 },
	{ "noscript", TAG_RAW, 0 },
	{ "template", TAG_RAW, 0 },
	{ "svg", TAG_RAW, 0 },
	{ "iframe", TAG_RAW, 0 },
	{ "object", TAG_RAW, 0 },
	{ "textarea", TAG_RAW, 0 },
	{ "select", TAG_RAW, 0 },
	{ "math", TAG_RAW, 0 },
	{ "title", TAG_TITLE, 0 },
};

/* Words by which pages name the parts that are not the article: a class or id that begins or ends
 * with one, between hyphens. */
static const char *const outside_names[] = { "nav", "navbar", "menu", "footer", "sidebar",
	"comment", "comments", "respond", "share", "sharing", "social", "socials", "related",
	"breadcrumb", "breadcrumbs", "widget", "subscribe", "cookie", "cookies", "banner",
	"banners", "advert", "ads", "tags", "tagcloud", "pagination", "pager", "popup", "modal",
	"copyright", "search", "login", "newsletter", "recommended", "similar", "popular" };
static const char *const byline_names[] = { "author", "byline" };

struct open_tag {
	const struct tag *tag;
	unsigned hints; /* of this and all around it */
	char name[12];
	bool link;
};
struct scan {
	struct page *page;
	const char *p, *end;
	struct open_tag open[STACK_MAX];
	size_t depth, too_deep; /* elements open beyond the stack */
	struct buf line;
	unsigned line_hints;	  /* where its first letter stood */
	size_t in_links, visible; /* bytes of the line in links; all but spaces */
	bool space;		  /* a space is due before the next letter */
	bool og_title;
};

bool
looks_like_html(const char *s, size_t n)
{
	static const char *const signs[] = { "<!doctype", "<html", "<head", "<body", "<div",
		"<article", "<p>", "<p ", "<h1", "<?xml", "<meta", "<!--", "<main", "<section" };
	size_t i, at = 0;

	if (n >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0)
		at = 3;
	while (at < n && strchr(" \t\r\n", s[at]) != NULL && s[at] != '\0')
		at++;
	for (i = 0; i < ARRAY_LEN(signs); i++)
		if (n - at >= strlen(signs[i]) &&
		    strncasecmp(s + at, signs[i], strlen(signs[i])) == 0)
			return true;
	return false;
}

static unsigned
hints_now(const struct scan *s)
{
	return s->depth > 0 ? s->open[s->depth - 1].hints : 0;
}

static bool
link_now(const struct scan *s)
{
	return s->depth > 0 && s->open[s->depth - 1].link;
}

static void
line_end(struct scan *s)
{
	struct line *l;

	if (s->line.n > 0) {
		l = page_line(s->page, arena_strn(s->page->a, s->line.p, s->line.n), s->line.n);
		if (l != NULL) {
			l->hints = s->line_hints;
			l->links = (uint8_t)(s->visible > 0 ? 100 * s->in_links / s->visible : 0);
		}
	}
	s->line.n = 0;
	s->in_links = s->visible = 0;
	s->space = false;
}

static void
put(struct scan *s, const char *bytes, size_t n)
{
	if (s->line.n + n >= LINE_MAX_BYTES) {
		s->page->cut = true;
		line_end(s);
	}
	if (s->line.n == 0)
		s->line_hints = hints_now(s);
	if (s->space && s->line.n > 0)
		buf_char(&s->line, ' ');
	s->space = false;
	buf_put(&s->line, bytes, n);
	s->visible += n;
	if (link_now(s))
		s->in_links += n;
}

static void
scan_text(struct scan *s)
{
	char bytes[4];

	while (s->p < s->end && *s->p != '<') {
		unsigned char c = (unsigned char)*s->p;
		int32_t cp;

		if (c <= ' ') {
			s->space = true;
			s->p++;
		} else if (c == '&' && (cp = html_reference(&s->p, s->end)) >= 0)
			put(s, bytes, utf8_put(bytes, cp));
		else
			put(s, s->p++, 1);
	}
}

/* -- tags -- */

struct markup {
	char name[12];
	bool closing, self;
	unsigned hints; /* by class, id, role */
	struct slice property, content;
};

static bool
is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == ':' || c == '_';
}

static bool
word_in(const char *const *list, size_t n, const char *word, size_t len)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strlen(list[i]) == len && strncasecmp(list[i], word, len) == 0)
			return true;
	return false;
}

/* One class: «entry-share» ends with a name of the list, «has-sidebar» only speaks of one. */
static unsigned
class_hints(const char *word, size_t n)
{
	const char *first = memchr(word, '-', n), *last;
	size_t head = first == NULL ? n : (size_t)(first - word), tail;

	if (head < n && (head <= 3 || (head == 4 && strncasecmp(word, "with", 4) == 0)))
		return strncasecmp(word, "nav", head) == 0 || strncasecmp(word, "ads", head) == 0
			   ? HINT_OUTSIDE
			   : 0;
	last = memrchr(word, '-', n);
	tail = last == NULL ? n : (size_t)(word + n - last - 1);
	if (word_in(outside_names, ARRAY_LEN(outside_names), word, head) ||
	    word_in(outside_names, ARRAY_LEN(outside_names), word + n - tail, tail))
		return HINT_OUTSIDE;
	if (word_in(byline_names, ARRAY_LEN(byline_names), word, head) ||
	    word_in(byline_names, ARRAY_LEN(byline_names), word + n - tail, tail))
		return HINT_BYLINE;
	return 0;
}

static unsigned
names_hints(struct slice value)
{
	const char *p = value.p, *end = p + value.n;
	unsigned hints = 0;

	while (p < end) {
		const char *from = p;

		while (p < end && (unsigned char)*p > ' ')
			p++;
		if (p > from && p - from < 64)
			hints |= class_hints(from, (size_t)(p - from));
		while (p < end && (unsigned char)*p <= ' ')
			p++;
	}
	return hints;
}

static struct slice
attribute_value(struct scan *s)
{
	const char *from;
	char quote;

	while (s->p < s->end && (unsigned char)*s->p <= ' ')
		s->p++;
	if (s->p < s->end && (*s->p == '"' || *s->p == '\'')) {
		quote = *s->p++;
		from = s->p;
		s->p = memchr(from, quote, (size_t)(s->end - from));
		if (s->p == NULL)
			s->p = s->end;
		return (struct slice){ from, (size_t)((s->p < s->end ? s->p++ : s->p) - from) };
	}
	for (from = s->p; s->p < s->end && (unsigned char)*s->p > ' ' && *s->p != '>'; s->p++)
		;
	return (struct slice){ from, (size_t)(s->p - from) };
}

static void
scan_attribute(struct scan *s, struct markup *m)
{
	const char *from = s->p;
	struct slice name, value = { "", 0 };

	while (s->p < s->end && (unsigned char)*s->p > ' ' && *s->p != '=' && *s->p != '>' &&
	       *s->p != '/')
		s->p++;
	name = (struct slice){ from, (size_t)(s->p - from) };
	while (s->p < s->end && (unsigned char)*s->p <= ' ')
		s->p++;
	if (s->p < s->end && *s->p == '=') {
		s->p++;
		value = attribute_value(s);
	} else if (s->p == from)
		s->p++; /* a lone slash or the like */
	if (slice_is(name, "class") || slice_is(name, "id") || slice_is(name, "itemprop"))
		m->hints |= names_hints(value);
	else if (slice_is(name, "hidden") ||
		 (slice_is(name, "role") &&
		     (slice_is(value, "navigation") || slice_is(value, "complementary") ||
			 slice_is(value, "search"))))
		m->hints |= HINT_OUTSIDE;
	else if (slice_is(name, "property") || slice_is(name, "name"))
		m->property = value;
	else if (slice_is(name, "content"))
		m->content = value;
}

/* Behind «<»: name and attributes up to «>» or the end. */
static void
scan_markup(struct scan *s, struct markup *m)
{
	size_t n = 0;

	*m = (struct markup){ .closing = *s->p == '/' };
	m->property = m->content = slice_str("");
	s->p += m->closing;
	for (; s->p < s->end && is_name_char(*s->p); s->p++)
		if (n + 1 < sizeof m->name)
			m->name[n++] = (char)(*s->p >= 'A' && *s->p <= 'Z' ? *s->p | 0x20 : *s->p);
	while (s->p < s->end && *s->p != '>') {
		m->self = *s->p == '/';
		if ((unsigned char)*s->p <= ' ' || *s->p == '/')
			s->p++;
		else
			scan_attribute(s, m);
	}
	if (s->p < s->end)
		s->p++;
}

static const struct tag *
tag_named(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(tags); i++)
		if (strcmp(tags[i].name, name) == 0)
			return &tags[i];
	return NULL;
}

/* The bytes before «</name», p behind its «>». Without one all the rest belongs to the element. */
static struct slice
scan_raw(struct scan *s, const char *name)
{
	const char *from = s->p, *at = from;
	size_t n = strlen(name);

	while ((at = memchr(at, '<', (size_t)(s->end - at))) != NULL) {
		if ((size_t)(s->end - at) > n + 2 && at[1] == '/' &&
		    strncasecmp(at + 2, name, n) == 0 && !is_name_char(at[2 + n]))
			break;
		at++;
	}
	if (at == NULL)
		at = s->end;
	s->p = memchr(at, '>', (size_t)(s->end - at));
	s->p = s->p == NULL ? s->end : s->p + 1;
	return (struct slice){ from, (size_t)(at - from) };
}

static void
close_tag(struct scan *s, const char *name, const struct tag *tag)
{
	size_t i, look = s->depth < CLOSE_LOOK ? s->depth : CLOSE_LOOK;

	if (s->too_deep > 0) {
		s->too_deep--;
		return;
	}
	for (i = 1; i <= look; i++) {
		const struct open_tag *o = &s->open[s->depth - i];

		if (strcmp(o->name, name) == 0) {
			s->depth -= i;
			return;
		}
		/* An inline element's end does not close the blocks around it. */
		if ((tag == NULL || tag->kind == TAG_INLINE) && o->tag != NULL &&
		    o->tag->kind == TAG_BLOCK)
			return;
	}
}

static void
open_tag(struct scan *s, const struct markup *m, const struct tag *tag)
{
	struct open_tag *o;
	unsigned around = hints_now(s), own = tag != NULL ? tag->hints : 0;
	bool link = link_now(s);

	if (s->depth == STACK_MAX) {
		s->too_deep++;
		return;
	}
	/* The whole page's classes say nothing, nor those of the article itself. */
	if (tag == NULL || (strcmp(tag->name, "body") != 0 && strcmp(tag->name, "html") != 0 &&
			       strcmp(tag->name, "article") != 0 && strcmp(tag->name, "main") != 0))
		own |= m->hints;
	if (own & HINT_BYLINE)
		line_end(s);
	o = &s->open[s->depth++];
	*o = (struct open_tag){ .tag = tag, .hints = around | own };
	o->link = link || strcmp(m->name, "a") == 0;
	memcpy(o->name, m->name, sizeof o->name);
}

/* A new paragraph ends one that was left open, an item the item before it. */
static void
close_left_open(struct scan *s, const char *name)
{
	const char *top = s->depth > 0 ? s->open[s->depth - 1].name : "";

	if (s->too_deep == 0 &&
	    (strcmp(top, "p") == 0 ||
		(strcmp(top, name) == 0 &&
		    (strcmp(top, "li") == 0 || strcmp(top, "td") == 0 || strcmp(top, "tr") == 0))))
		s->depth--;
}

static struct slice
text_of(struct scan *s, struct slice raw)
{
	struct scan inner = { .page = s->page, .p = raw.p, .end = raw.p + raw.n };

	buf_init(&inner.line, s->page->a, LINE_MAX_BYTES);
	while (inner.p < inner.end) {
		if (inner.line.n + 8 > LINE_MAX_BYTES)
			break;
		if (*inner.p == '<')
			put(&inner, inner.p++, 1);
		scan_text(&inner);
	}
	return (struct slice){ inner.line.p, inner.line.n };
}

static void
found_title(struct scan *s, struct slice raw, bool og)
{
	if (raw.n == 0 || raw.n > 2048 || s->og_title || (s->page->title.n > 0 && !og))
		return;
	s->page->title = text_of(s, raw);
	s->og_title = og;
}

static void
scan_tag(struct scan *s)
{
	struct markup m;
	const struct tag *tag;

	scan_markup(s, &m);
	tag = tag_named(m.name);
	if (tag != NULL && (tag->kind == TAG_BLOCK || tag->kind == TAG_VOID_BLOCK))
		line_end(s);
	if (m.closing) {
		close_tag(s, m.name, tag);
		return;
	}
	if (strcmp(m.name, "meta") == 0 && slice_is(m.property, "og:title"))
		found_title(s, m.content, true);
	if (tag != NULL && (tag->kind == TAG_VOID || tag->kind == TAG_VOID_BLOCK))
		return;
	if (tag != NULL && tag->kind == TAG_BLOCK)
		close_left_open(s, m.name);
	if (tag != NULL && (tag->kind == TAG_RAW || tag->kind == TAG_TITLE)) {
		struct slice raw = m.self ? slice_str("") : scan_raw(s, m.name);

		if (tag->kind == TAG_TITLE)
			found_title(s, raw, false);
		return;
	}
	if (!m.self)
		open_tag(s, &m, tag);
}

void
page_from_html(struct page *page, const char *p, size_t n)
{
	struct scan *s = arena_new(page->a, struct scan);

	s->page = page;
	s->p = p;
	s->end = p + n;
	buf_init(&s->line, page->a, LINE_MAX_BYTES);
	while (s->p < s->end && page->n < ARTICLE_LINES) {
		const char *at;

		scan_text(s);
		if (s->p == s->end)
			break;
		s->p++;
		if (s->p == s->end ||
		    (*s->p != '/' && *s->p != '!' && *s->p != '?' && !is_name_char(*s->p)))
			put(s, "<", 1);
		else if (s->end - s->p >= 3 && memcmp(s->p, "!--", 3) == 0) {
			at = memmem(s->p + 3, (size_t)(s->end - s->p - 3), "-->", 3);
			s->p = at == NULL ? s->end : at + 3;
		} else if (*s->p == '!' || *s->p == '?') {
			at = memchr(s->p, '>', (size_t)(s->end - s->p));
			s->p = at == NULL ? s->end : at + 1;
		} else
			scan_tag(s);
	}
	line_end(s);
	page->cut |= s->p < s->end;
}
