/* html.h – the escaping HTML writer.
 *
 * html(h, "<p class='x'>%s</p>", text): the literal is markup, the arguments are text. The writer
 * runs a small state machine over the literal, so it knows where each %s stands:
 *   text or quoted attribute value   → & < > " ' are escaped
 *   start of href/src/action/formaction → only http, https, mailto, tel, relative and #… URLs; else
 *                                         "#" is printed and a BUG logged
 *   unquoted attribute, tag name, on…=, style=, inside <script>/<style>, comments → nothing is
 *                                         printed and a BUG logged
 * It also checks that tags close in the order they were opened (void elements need no close;
 * <svg> children may be self-closed with '/>'). gcc checks formats; -Wformat-nonliteral makes
 * html(h, user_text) a compile error. Integers (%d %zu %ld…) and %% pass through; %.*s is escaped
 * too; %c is refused (BUG). Sticky as buf: nothing is returned; look at html_ok() once at the end. */
#ifndef TEXT_HTML_H
#define TEXT_HTML_H

#include "base/buf.h"

enum { HTML_DEPTH = 64 };

struct html {
	struct buf out;
	int state;            /* html.c: where the writer stands */
	char quote;           /* the quote of the attribute value it is in */
	char attr[24];        /* name of the attribute it is in */
	char tag[16];         /* name of the tag it is in */
	bool closing, self_close, url_start;
	const char *open[HTML_DEPTH]; /* open elements */
	int depth;
	unsigned bugs;        /* refused places and unbalanced tags */
};

void html_init(struct html *h, struct arena *a, size_t limit); /* limit 0 = 4 MiB */
void html(struct html *h, const char *fmt, ...) PRINTF(2, 3);
void html_v(struct html *h, const char *fmt, va_list ap) PRINTF(2, 0);
/* A sentence with one link in square brackets, already translated: "Read the [rules] first". */
void html_rich(struct html *h, const char *text, const char *href);
/* Everything was balanced, escaped and inside the limit. */
bool html_ok(const struct html *h);

#endif
