/* feed.c – see feed.h. Elements are told by the name behind the colon and by where they stand: an item is an element
 * "item" or "entry"; what counts of it are its children. */
#include "text/feed.h"

#include <expat.h>
#include <string.h>

#include "base/utf8.h"
#include "text/feed_bytes.h"

enum part { NONE, TITLE, LINK, ID, DAY, DAY_LATER, AUTHOR, TEXT, PARTS };
struct reading {
	XML_Parser xml;
	struct arena *arena;
	struct feed *out;
	int depth, item_depth; /* item_depth 0 = outside of items */
	int begun;
	int part_depth;
	enum part part;
	bool is_feed;
	const char *lang, *href;
	struct buf text[PARTS];
};

static const char *
bare(const char *name)
{
	const char *colon = strrchr(name, ':');

	return colon == NULL ? name : colon + 1;
}

static enum part
part_of(const char *name)
{
	static const struct {
		const char *name;
		enum part part;
	} parts[] = { { "title", TITLE }, { "link", LINK }, { "guid", ID }, { "id", ID },
		{ "pubDate", DAY }, { "published", DAY }, { "date", DAY }, { "updated", DAY_LATER },
		{ "creator", AUTHOR }, { "author", AUTHOR }, { "description", TEXT },
		{ "summary", TEXT }, { "encoded", TEXT }, { "content", TEXT } };
	size_t i;

	for (i = 0; i < ARRAY_LEN(parts); i++)
		if (strcmp(parts[i].name, bare(name)) == 0)
			return parts[i].part;
	return NONE;
}

static void
halt(struct reading *r, enum feed_fault f)
{
	r->out->fault = f;
	XML_StopParser(r->xml, XML_FALSE);
}

static void
note_lang(struct reading *r, const char **attr)
{
	for (; attr[0] != NULL; attr += 2)
		if (strcmp(attr[0], "xml:lang") == 0 && strlen(attr[1]) >= 2)
			r->lang = arena_strn(r->arena, attr[1], 2);
}

/* Atom: <link rel="alternate" href="…"/>; without rel it is that one. */
static void
note_href(struct reading *r, const char **attr)
{
	const char *href = NULL, *rel = "alternate";

	for (; attr[0] != NULL; attr += 2) {
		if (strcmp(attr[0], "href") == 0)
			href = attr[1];
		else if (strcmp(attr[0], "rel") == 0)
			rel = attr[1];
	}
	if (href != NULL && strcmp(rel, "alternate") == 0 && r->href == NULL)
		r->href = arena_str(r->arena, href);
}

static void
begin_item(struct reading *r)
{
	size_t i;

	/* Enough, and enough of those that say nothing. */
	if (r->out->n == FEED_ITEMS || r->begun++ == 5 * FEED_ITEMS) {
		r->out->more = true;
		XML_StopParser(r->xml, XML_FALSE);
		return;
	}
	r->item_depth = r->depth;
	r->part = NONE;
	r->href = NULL;
	for (i = 0; i < PARTS; i++)
		buf_init(&r->text[i], r->arena, FEED_TEXT + 1);
}

static void XMLCALL
on_open(void *user, const XML_Char *name, const XML_Char **attr)
{
	struct reading *r = user;
	const char *n = bare(name);

	if (++r->depth > FEED_DEPTH) {
		halt(r, FEED_DEEP);
		return;
	}
	if (r->depth == 1)
		r->is_feed =
		    strcmp(n, "rss") == 0 || strcmp(n, "feed") == 0 || strcmp(n, "RDF") == 0;
	if (r->depth == 1 && !r->is_feed) {
		halt(r, FEED_NOT);
		return;
	}
	if (r->item_depth == 0) {
		note_lang(r, attr);
		if (strcmp(n, "item") == 0 || strcmp(n, "entry") == 0)
			begin_item(r);
	} else if (r->depth == r->item_depth + 1) {
		r->part = part_of(name);
		r->part_depth = r->depth;
		if (r->part == LINK)
			note_href(r, attr);
		if (r->part != NONE && r->text[r->part].n > 0 && r->part != TEXT)
			r->part = NONE; /* the first of them */
	} else if (r->part == AUTHOR && strcmp(n, "name") != 0)
		r->part_depth = 0; /* of an author the name alone, not the address */
	else if (r->part == AUTHOR)
		r->part_depth = r->depth;
}

static void XMLCALL
on_text(void *user, const XML_Char *s, int n)
{
	struct reading *r = user;
	struct buf *b = &r->text[r->part];
	size_t left = FEED_TEXT - b->n;

	if (r->item_depth != 0 && r->part != NONE && n > 0 &&
	    (r->part != AUTHOR || r->depth == r->part_depth))
		buf_put(b, s, (size_t)n < left ? (size_t)n : left);
}

/* Broken characters, too: utf8_next() says -1. */
static bool
is_blank(int32_t c)
{
	return c <= ' ' || (c >= 0x7f && c <= 0xa0) || c == 0x2028 || c == 0x2029;
}

/* What turns the direction of writing or parts words unseen. */
static bool
unseen(int32_t c)
{
	return c == 0xad || c == 0x61c || c == 0xfeff || (c >= 0x200b && c <= 0x200f) ||
	       (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f);
}

/* Without <…>, blanks joined, whole characters; NULL = nothing is left. */
static const char *
plain(struct reading *r, enum part part)
{
	const struct buf *in = &r->text[part];
	const char *p = in->p, *end = p + in->n;
	bool tag = false, blank = true;
	struct buf b;

	buf_init(&b, r->arena, FEED_TEXT + 1);
	while (p < end) {
		const char *at = p;
		int32_t c = utf8_next(&p, end);

		if (c == '<')
			tag = true;
		if (tag || is_blank(c) || unseen(c)) {
			if (!blank && (tag || is_blank(c)))
				buf_char(&b, ' ');
			blank = blank || tag || is_blank(c);
		} else {
			buf_put(&b, at, (size_t)(p - at));
			blank = false;
		}
		if (c == '>')
			tag = false;
	}
	while (b.n > 0 && b.p[b.n - 1] == ' ')
		b.p[--b.n] = '\0';
	return b.n == 0 ? NULL : b.p;
}

static void
end_item(struct reading *r)
{
	struct feed *f = r->out;
	struct feed_item i = { .title = plain(r, TITLE),
		.author = plain(r, AUTHOR),
		.text = plain(r, TEXT),
		.id = plain(r, ID),
		.link = r->href != NULL ? r->href : plain(r, LINK),
		.lang = r->lang };

	r->item_depth = 0;
	i.day = feed_day(plain(r, DAY) != NULL ? plain(r, DAY) : plain(r, DAY_LATER));
	if (i.link == NULL && i.id != NULL && strncmp(i.id, "http", 4) == 0)
		i.link = i.id;
	if (i.link == NULL || (i.title == NULL && i.text == NULL))
		return;
	if (i.title == NULL)
		i.title = i.text;
	if (i.id == NULL)
		i.id = i.link;
	f->item[f->n++] = i;
}

static void XMLCALL
on_close(void *user, const XML_Char *name)
{
	struct reading *r = user;

	(void)name;
	if (r->item_depth != 0 && r->depth == r->item_depth)
		end_item(r);
	else if (r->item_depth != 0 && r->depth == r->item_depth + 1)
		r->part = NONE;
	r->depth--;
}

static void XMLCALL
on_doctype(void *user, const XML_Char *name, const XML_Char *sysid, const XML_Char *pubid, int sub)
{
	(void)name, (void)sysid, (void)pubid, (void)sub;
	halt(user, FEED_TYPE);
}

void
feed_read(struct arena *a, struct slice bytes, struct feed *out)
{
	struct reading r = { .arena = a, .out = out };
	const char *encoding;
	struct slice s;

	*out = (struct feed){ .item = arena_array(a, struct feed_item, FEED_ITEMS) };
	s = feed_bytes(a, bytes, &encoding);
	/* Blanks before the first line are a fault of XML and of many feeds. */
	while (s.n > 0 && encoding != NULL && strchr(" \t\r\n", s.p[0]) != NULL && s.p[0] != '\0') {
		s.p++;
		s.n--;
	}
	r.xml = XML_ParserCreate(encoding);
	if (r.xml == NULL)
		die("out of memory (feed)");
	XML_SetUserData(r.xml, &r);
	XML_SetElementHandler(r.xml, on_open, on_close);
	XML_SetCharacterDataHandler(r.xml, on_text);
	XML_SetStartDoctypeDeclHandler(r.xml, on_doctype);
	if (s.n > INT32_MAX || (XML_Parse(r.xml, s.p, (int)s.n, XML_TRUE) != XML_STATUS_OK &&
				   out->fault == FEED_FINE && !out->more))
		out->fault = r.is_feed ? FEED_BROKEN : FEED_NOT;
	XML_ParserFree(r.xml);
}
