/* html_inner.h – inside text/ only: which texts of a page are shown through html.show. */
#ifndef TEXT_HTML_INNER_H
#define TEXT_HTML_INNER_H

#include "text/html.h"

/* A tag begins; an attribute's value stands whole in out, up to `end`; the element is opened. */
void show_tag_begin(struct html *h);
void show_attr_end(struct html *h, size_t end);
void show_element_open(struct html *h);
/* The text that is printed in the place of an argument: itself, or as html.show has it. */
struct slice shown_text(struct html *h, const char *p, size_t n);
struct slice shown_value(struct html *h, const char *p, size_t n);

#endif
