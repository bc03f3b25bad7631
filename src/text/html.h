/* html.h – the escaping HTML writer.
 *
 * html(h, "<p class='x'>%s</p>", text): the literal is markup, the arguments are text. The writer
 * runs a small state machine over the literal, so it knows where each %s stands:
 *   text or quoted attribute value   → & < > " ' are escaped
 *   start of href/src/action/formaction → only http, https, mailto, tel, webcal, relative and #… URLs; else
 *                                         "#" is printed and a BUG logged (data can cause this, so
 *                                         it does not spoil html_ok)
 *   unquoted attribute, tag name, on…=, style=, inside <script>/<style>, comments → nothing is
 *                                         printed and a BUG logged
 * It also checks that tags close in the order they were opened (void elements need no close;
 * <svg> and its children may be self-closed with '/>'). gcc checks formats; -Wformat-nonliteral
 * makes html(h, user_text) a compile error. Integers (%d %zu %ld…), %f %g and %% pass through
 * anywhere; %.*s is escaped too; %c and %1$s are refused (BUG), and the rest of that format with
 * them. The writer's place lives on between calls, so a tag may be built in several:
 *   html(h, "<option value='%s'", v); html(h, chosen ? " selected>" : ">");
 * With `show` set, arguments that are text in one language – between tags, and in the attributes that
 * people read (title, aria-label, placeholder, alt, content, data-l) – are shown through a function:
 * Kazakh in another script. Literals are not, nor other attributes (value, href, name), nor what
 * stands inside an element with another lang, with translate='no', or inside <textarea>, <code>, <q>
 * and <blockquote>: what is stored, typed or quoted stays. lang attributes of the language become
 * `as`. lang and translate must stand before the attributes that they are about.
 * Sticky as buf: nothing is returned; look at html_ok() once at the end. */
#ifndef TEXT_HTML_H
#define TEXT_HTML_H

#include "base/buf.h"

enum { HTML_DEPTH = 64 };

struct html_show {
	const char *lang, *as; /* "kk", "kk-Latn" */
	const char *(*text)(struct arena *a, const char *p, size_t n, size_t *out_n);
};

struct html {
	struct buf out;
	const struct html_show *show; /* NULL: everything as it is; set after html_init() */
	int state;		      /* html.c: where the writer stands */
	char quote;		      /* the quote of the attribute value it is in */
	char tag[16];		      /* tag it is in, lower case, cut */
	char attr[24];		      /* attribute it is in, lower case, cut */
	unsigned char ntag, nattr, dashes;
	bool closing, self_close;
	size_t value_at;		/* where in out the attribute's value begins */
	const char *run;		/* the literal being read … */
	size_t run_at;			/* … and where it stands in out */
	char open[HTML_DEPTH][16];	/* open elements */
	unsigned char kept[HTML_DEPTH]; /* why their text is not shown otherwise, html_show.c */
	unsigned char tag_kept;		/* the same for the tag that is being read */
	int depth;
	unsigned bugs; /* refused places and unbalanced tags */
};

void html_init(struct html *h, struct arena *a, size_t limit); /* limit 0 = 4 MiB */
void html(struct html *h, const char *fmt, ...) PRINTF(2, 3);
void html_v(struct html *h, const char *fmt, va_list ap) PRINTF(2, 0);
/* Markup made by the house itself (icons, JSON inside a script element): no % meaning, not escaped,
 * but the same checks. Never data. */
void html_put(struct html *h, const char *trusted_markup, size_t n);
/* A sentence with one link in square brackets, already translated: "Read the [rules] first". */
void html_rich(struct html *h, const char *text, const char *href);
/* Everything was balanced, escaped and inside the limit. */
bool html_ok(const struct html *h);

#endif
