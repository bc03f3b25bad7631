/* markdown.h – the only door through which Markdown becomes a page or plain text.
 *
 * CommonMark with tables is read by md4c; what it finds is written by the escaping writer (html.h), so
 * nothing of the text can become markup: raw HTML is text (RULE news-5). Links lead to http, https,
 * mailto or a place of this house ("/…", "#…"), else their words alone are shown; pictures are shown as
 * their words. Headings begin at h2 and leave no level out. What is nested deeper than MARKDOWN_DEPTH keeps its words and loses
 * its frames. Time grows with the length, which is bounded.
 *
 * {figure:…} on one line is an embed: the caller writes what stands there. */
#ifndef TEXT_MARKDOWN_H
#define TEXT_MARKDOWN_H

#include "text/html.h"

enum {
	MARKDOWN_BYTES = 128 << 10,
	MARKDOWN_DEPTH = 16,
	MARKDOWN_EMBEDS = 200, /* more stay as they were typed */
	MARKDOWN_EMBED = 200,  /* bytes of one */
	MARKDOWN_LINK = 500,   /* bytes of an address */
	MARKDOWN_FRAMES =
	    20000 /* paragraphs, cells, bold words …: a table of two bytes a row makes a thousand a row */
};

/* What stands between "{figure:" and "}", and where to write: one of the two is NULL. */
struct markdown_embed {
	const char *spec;
	struct html *html;
	struct buf *plain;
};
struct markdown {
	struct arena *arena;
	void (*embed)(void *self, const struct markdown_embed *e); /* NULL: nothing is written */
	void *self;
};
/* Blocks, for inside of a <div>. RC_TOOBIG past MARKDOWN_BYTES or MARKDOWN_FRAMES: then what was written is not whole. */
int markdown_html(const struct markdown *m, const char *text, struct html *h) MUST;
/* Words alone, a line for each block. */
int markdown_plain(const struct markdown *m, const char *text, struct buf *out) MUST;
/* The specs of a text's embeds, in its order; n at most MARKDOWN_EMBEDS. */
void markdown_embeds(struct arena *a, const char *text, const char ***out, size_t *n);
/* One line of words so that Markdown shows these very signs, {figure:…} among them. */
void markdown_escape(struct buf *out, const char *p, size_t n);
/* Whether an address may stand in a link; it comes decoded. */
bool markdown_link(const char *url);

#endif
