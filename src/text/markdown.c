/* markdown.c – what md4c finds in a text, written through the escaping writer; see markdown.h.
 *
 * Before md4c reads it each {figure:…} becomes a number between two characters of the private use area, which no
 * rule of Markdown touches; the text's own such characters are replaced, so they cannot be forged. */
#include "text/markdown.h"

#include <md4c.h>
#include <stdlib.h>
#include <strings.h>

#include "base/utf8.h"

#define OPEN "\xee\x80\x80"  /* U+E000 */
#define CLOSE "\xee\x80\x81" /* U+E001 */
#define WORD "{figure:"

/* What md4c entered and did not leave yet. Where emphasis and links overlap it leaves what was not entered last (0.4.8),
 * so what is to be closed is known here. */
struct open {
	unsigned char type; /* a block; HEADING + its frame; SPAN + a span */
	bool shown;	    /* its frame was written */
	bool quiet;	    /* no frame inside of it is */
	bool link;	    /* inside of an <a> */
};
enum { HEADING = 0x40, SPAN = 0x80 };
struct writer {
	const struct markdown *m;
	struct html *html; /* one of the two */
	struct buf *plain;
	const char **spec;
	size_t nspecs;
	struct open *open; /* MARKDOWN_FRAMES of them */
	int n, frames;
	unsigned char level[6], heading; /* of the author: the headings that one stands under */
	int nlevels;
};

/* ---- embeds ---- */

/* Bytes of the embed that begins at p, 0 = none does. */
static size_t
embed_at(const char *p)
{
	size_t word = strlen(WORD), n = 0;

	if (strncmp(p, WORD, word) != 0)
		return 0;
	p += word;
	while (n <= MARKDOWN_EMBED && p[n] != '\0' && strchr("{}\r\n", p[n]) == NULL)
		n++;
	return n > 0 && n <= MARKDOWN_EMBED && p[n] == '}' ? word + n + 1 : 0;
}

/* out NULL: only the specs. */
static void
take_embeds(struct arena *a, const char *text, struct buf *out, const char **spec, size_t *n)
{
	size_t len;

	*n = 0;
	for (; *text != '\0'; text += len) {
		len = *n < MARKDOWN_EMBEDS && *text == '{' ? embed_at(text) : 0;
		if (len > 0) {
			size_t word = sizeof WORD - 1;

			spec[*n] = arena_strn(a, text + word, len - word - 1);
			if (out != NULL)
				buf_printf(out, OPEN "%zu" CLOSE, *n);
			++*n;
			continue;
		}
		len = strncmp(text, OPEN, 3) == 0 || strncmp(text, CLOSE, 3) == 0 ? 3 : 1;
		if (out == NULL)
			continue;
		if (len == 3)
			buf_str(out, "\xef\xbf\xbd");
		else
			buf_char(out, *text);
	}
}

void
markdown_embeds(struct arena *a, const char *text, const char ***out, size_t *n)
{
	*out = arena_array(a, const char *, MARKDOWN_EMBEDS);
	take_embeds(a, text == NULL ? "" : text, NULL, *out, n);
}

/* ---- words ---- */

static void
put_words(struct writer *w, const char *p, size_t n)
{
	if (n == 0)
		return;
	if (w->plain != NULL)
		buf_put(w->plain, p, n);
	else
		html(w->html, "%.*s", (int)n, p);
}

static void
put_embed(struct writer *w, const char *digits)
{
	size_t i = strtoul(digits, NULL, 10);
	struct markdown_embed e = { .html = w->html, .plain = w->plain };

	if (w->m->embed == NULL || i >= w->nspecs)
		return;
	e.spec = w->spec[i];
	w->m->embed(w->m->self, &e);
}

/* Words with embeds between them. */
static void
put_text(struct writer *w, const char *p, size_t n)
{
	const char *end = p + n, *at, *close;

	while ((at = memmem(p, (size_t)(end - p), OPEN, 3)) != NULL &&
	       (close = memmem(at, (size_t)(end - at), CLOSE, 3)) != NULL) {
		put_words(w, p, (size_t)(at - p));
		put_embed(w, at + 3);
		p = close + 3;
	}
	put_words(w, p, (size_t)(end - p));
}

/* "&amp;", "&#1171;": what it stands for, or itself where it is not known. */
static const char *
entity(struct arena *a, const char *p, size_t n)
{
	static const struct {
		const char *name, *text;
	} known[] = { { "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" },
		{ "&nbsp;", "\u00a0" }, { "&shy;", "\u00ad" }, { "&ndash;", "–" },
		{ "&mdash;", "—" }, { "&laquo;", "«" }, { "&raquo;", "»" }, { "&hellip;", "…" },
		{ "&copy;", "©" }, { "&colon;", ":" }, { "&sol;", "/" }, { "&Tab;", "\t" },
		{ "&NewLine;", "\n" } };
	const char *s = arena_strn(a, p, n);
	char out[5] = { 0 };
	size_t i;

	if (n > 3 && s[1] == '#') {
		bool hex = s[2] == 'x' || s[2] == 'X';
		unsigned long cp = strtoul(s + (hex ? 3 : 2), NULL, hex ? 16 : 10);

		if (cp == 0 || cp > 0x10ffff || (cp >= 0xd800 && cp < 0xe000) || cp == 0xe000 ||
		    cp == 0xe001)
			return "\xef\xbf\xbd";
		utf8_put(out, (int32_t)cp);
		return arena_str(a, out);
	}
	for (i = 0; i < ARRAY_LEN(known); i++)
		if (strcmp(known[i].name, s) == 0)
			return known[i].text;
	return s;
}

/* ---- links ---- */

bool
markdown_link(const char *url)
{
	size_t n = strcspn(url, ":/?#"), i;

	for (i = 0; url[i] != '\0'; i++)
		if ((unsigned char)url[i] <= ' ' || url[i] == '\\' || url[i] == 0x7f)
			return false;
	if (i == 0 || i > MARKDOWN_LINK || strstr(url, OPEN) != NULL)
		return false;
	if (url[n] != ':') /* a place of this house: a path or a part of the page */
		return (url[0] == '/' && url[1] != '/') || url[0] == '#';
	return (n == 4 && strncasecmp(url, "http", n) == 0 && strncmp(url + n, "://", 3) == 0) ||
	       (n == 5 && strncasecmp(url, "https", n) == 0 && strncmp(url + n, "://", 3) == 0) ||
	       (n == 6 && strncasecmp(url, "mailto", n) == 0);
}

static const char *
attribute(struct arena *a, const MD_ATTRIBUTE *at)
{
	struct buf b;
	size_t i, from, to;

	buf_init(&b, a, 4 * MARKDOWN_LINK);
	for (i = 0; at->text != NULL && at->substr_offsets[i] < at->size; i++) {
		from = at->substr_offsets[i];
		to = at->substr_offsets[i + 1];
		if (at->substr_types[i] == MD_TEXT_ENTITY)
			buf_str(&b, entity(a, at->text + from, to - from));
		else if (at->substr_types[i] == MD_TEXT_NORMAL)
			buf_put(&b, at->text + from, to - from);
	}
	return b.over ? "" : b.p;
}

/* ---- frames ---- */

struct frame {
	const char *open, *close;
};
static const struct frame blocks[] = { [MD_BLOCK_QUOTE] = { "<blockquote>", "</blockquote>" },
	[MD_BLOCK_UL] = { "<ul>", "</ul>" },
	[MD_BLOCK_OL] = { "<ol>", "</ol>" },
	[MD_BLOCK_LI] = { "<li>", "</li>" },
	[MD_BLOCK_HR] = { "<hr>", "" },
	[MD_BLOCK_CODE] = { "<pre><code>", "</code></pre>" },
	[MD_BLOCK_P] = { "<p>", "</p>" },
	[MD_BLOCK_TABLE] = { "<div class='tbl'><table>", "</table></div>" },
	[MD_BLOCK_THEAD] = { "<thead>", "</thead>" },
	[MD_BLOCK_TBODY] = { "<tbody>", "</tbody>" },
	[MD_BLOCK_TR] = { "<tr>", "</tr>" },
	[MD_BLOCK_TH] = { "<th scope='col'>", "</th>" },
	[MD_BLOCK_TD] = { "<td>", "</td>" } };
static const struct frame headings[] = { { "<h2>", "</h2>" }, { "<h3>", "</h3>" },
	{ "<h4>", "</h4>" } };
static const struct frame spans[] = { [MD_SPAN_EM] = { "<em>", "</em>" },
	[MD_SPAN_STRONG] = { "<strong>", "</strong>" },
	[MD_SPAN_CODE] = { "<code>", "</code>" } };

/* A heading is one level beneath the one that it stands under, whatever the author's levels are: none is left out. */
static unsigned char
heading(struct writer *w, unsigned level)
{
	while (w->nlevels > 0 && w->level[w->nlevels - 1] >= level)
		w->nlevels--;
	w->level[w->nlevels++] = (unsigned char)level;
	w->heading = (unsigned char)(HEADING + (w->nlevels > 3 ? 2 : w->nlevels - 1));
	return w->heading;
}

/* 0 = no frame of ours. A heading holds no other: leaving, it is the last. */
static unsigned char
block_type(struct writer *w, MD_BLOCKTYPE t, const void *detail, bool leaving)
{
	if (t == MD_BLOCK_H)
		return leaving ? w->heading
			       : heading(w, ((const MD_BLOCK_H_DETAIL *)detail)->level);
	return t < ARRAY_LEN(blocks) && blocks[t].open != NULL ? (unsigned char)t : 0;
}

static const struct frame *
frame_of(unsigned char type)
{
	static const struct frame link = { "", "</a>" }, none = { "", "" };
	int span = type - SPAN;

	if (type < HEADING)
		return &blocks[type];
	if (type < SPAN)
		return &headings[type - HEADING];
	if (span == MD_SPAN_A)
		return &link;
	return span < (int)ARRAY_LEN(spans) && spans[span].open != NULL ? &spans[span] : &none;
}

/* Frames that hold others are left out a little earlier, so that none is left half. */
static bool
too_deep(unsigned char type, int depth)
{
	int within = type == MD_BLOCK_TABLE			  ? 6
		     : type == MD_BLOCK_UL || type == MD_BLOCK_OL ? 3
								  : 1;

	return depth + within > MARKDOWN_DEPTH;
}

static struct open *
enter(struct writer *w, unsigned char type)
{
	const struct open outer = w->n == 0 ? (struct open){ 0 } : w->open[w->n - 1];
	bool deep = too_deep(type, w->n);
	struct open *o = &w->open[w->n++];

	*o = (struct open){ .type = type,
		.shown = w->plain == NULL && !outer.quiet && !deep,
		.quiet = outer.quiet || deep,
		.link = outer.link };
	return o;
}

/* Closes what is still open inside of it, then it; nothing where it was not entered. Returns whether it was there. */
static bool
leave(struct writer *w, unsigned char type)
{
	int i = w->n;

	while (--i >= 0 && w->open[i].type != type)
		if (type >= SPAN && w->open[i].type < SPAN)
			return false;
	if (i < 0)
		return false;
	while (w->n > i) {
		const struct open *o = &w->open[--w->n];
		const char *close = frame_of(o->type)->close;

		if (o->shown)
			html_put(w->html, close, strlen(close));
	}
	return true;
}

static int
on_block(MD_BLOCKTYPE t, void *detail, void *self)
{
	struct writer *w = self;
	unsigned char type = block_type(w, t, detail, false);

	if (++w->frames >= MARKDOWN_FRAMES)
		return -1; /* md4c stops at negative ones everywhere */
	if (type != 0 && enter(w, type)->shown)
		html_put(w->html, frame_of(type)->open, strlen(frame_of(type)->open));
	return 0;
}

static int
off_block(MD_BLOCKTYPE t, void *detail, void *self)
{
	struct writer *w = self;
	unsigned char type = block_type(w, t, detail, true);

	if (type == 0)
		return 0;
	if (w->plain != NULL)
		buf_char(w->plain, t == MD_BLOCK_TD || t == MD_BLOCK_TH ? ' ' : '\n');
	else if (w->n > 0 && w->open[w->n - 1].quiet)
		put_words(w, " ", 1);
	(void)leave(w, type);
	return 0;
}

static void
open_link(struct writer *w, struct open *o, const MD_SPAN_A_DETAIL *a)
{
	const char *url = attribute(w->m->arena, &a->href);

	if (o->link || !o->shown || !markdown_link(url)) {
		o->shown = false;
		return;
	}
	o->link = true;
	if (url[0] == '/' || url[0] == '#')
		html(w->html, "<a href='%s'>", url);
	else
		html(w->html, "<a href='%s' rel='noopener noreferrer'>", url);
}

static int
on_span(MD_SPANTYPE t, void *detail, void *self)
{
	struct writer *w = self;
	struct open *o;

	if (++w->frames >= MARKDOWN_FRAMES)
		return -1;
	o = enter(w, (unsigned char)(SPAN + t));
	if (t == MD_SPAN_IMG) { /* its words alone */
		o->shown = false;
		o->quiet = true;
	} else if (t == MD_SPAN_A)
		open_link(w, o, detail);
	else if (o->shown)
		html_put(w->html, frame_of(o->type)->open, strlen(frame_of(o->type)->open));
	return 0;
}

static int
off_span(MD_SPANTYPE t, void *detail, void *self)
{
	(void)detail;
	(void)leave(self, (unsigned char)(SPAN + t));
	return 0;
}

static int
on_text(MD_TEXTTYPE t, const MD_CHAR *p, MD_SIZE n, void *self)
{
	struct writer *w = self;
	const char *s;

	switch (t) {
	case MD_TEXT_NULLCHAR:
		put_words(w, "\xef\xbf\xbd", 3);
		break;
	case MD_TEXT_BR:
		if (w->plain == NULL && !(w->n > 0 && w->open[w->n - 1].quiet))
			html_put(w->html, "<br>", 4);
		else
			put_words(w, " ", 1);
		break;
	case MD_TEXT_SOFTBR:
		put_words(w, w->plain == NULL ? "\n" : " ", 1);
		break;
	case MD_TEXT_ENTITY:
		s = entity(w->m->arena, p, n);
		put_words(w, s, strlen(s));
		break;
	default:
		put_text(w, p, n);
	}
	return 0;
}

/* ---- the door ---- */

static int
parse(struct writer *w, const char *text)
{
	static const MD_PARSER parser = { .flags = MD_FLAG_NOHTML | MD_FLAG_TABLES |
						   MD_FLAG_PERMISSIVEURLAUTOLINKS |
						   MD_FLAG_NOINDENTEDCODEBLOCKS,
		.enter_block = on_block,
		.leave_block = off_block,
		.enter_span = on_span,
		.leave_span = off_span,
		.text = on_text };
	struct arena *a = w->m->arena;
	struct buf src;

	if (text == NULL)
		return RC_OK;
	if (strlen(text) > MARKDOWN_BYTES)
		return RC_TOOBIG;
	buf_init(&src, a, 4 * MARKDOWN_BYTES);
	w->open = arena_array(a, struct open, MARKDOWN_FRAMES);
	w->spec = arena_array(a, const char *, MARKDOWN_EMBEDS);
	take_embeds(a, text, &src, w->spec, &w->nspecs);
	return md_parse(src.p, (MD_SIZE)src.n, &parser, w) == 0 ? RC_OK : RC_TOOBIG;
}

int
markdown_html(const struct markdown *m, const char *text, struct html *h)
{
	return parse(&(struct writer){ .m = m, .html = h }, text);
}

int
markdown_plain(const struct markdown *m, const char *text, struct buf *out)
{
	return parse(&(struct writer){ .m = m, .plain = out }, text);
}

/* ---- words for it ---- */

static bool
alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Whether the sign at i of a line would be read as a mark: always, or at the beginning of the line. */
static bool
is_mark(const char *p, size_t n, size_t i)
{
	size_t digits = 0;

	if (memchr("\\`*_[]<~", p[i], 8) != NULL)
		return true;
	/* No figure is asked because a page has these words; and inside of an address marks would be shown. */
	if (p[i] == ':')
		return (i >= 7 && memcmp(p + i - 7, "{figure", 7) == 0) ||
		       (i + 1 < n && p[i + 1] == '/');
	if (p[i] == '&')
		return i + 1 < n && (alnum(p[i + 1]) || p[i + 1] == '#');
	if (i == 0)
		return memchr("#>+-=", p[0], 5) != NULL;
	while (digits < i && p[digits] >= '0' && p[digits] <= '9')
		digits++;
	return digits == i && (p[i] == '.' || p[i] == ')');
}

void
markdown_escape(struct buf *out, const char *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (is_mark(p, n, i))
			buf_char(out, '\\');
		buf_char(out, p[i]);
	}
}
