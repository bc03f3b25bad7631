/* head.h – what a public page tells machines about itself in its <head>: feeds to find, a card for whoever shares its
 * address, the same page in other languages. All addresses in it are whole ones. */
#ifndef UI_HEAD_H
#define UI_HEAD_H

#include "ui/ui.h"

struct page_feed {
	const char *path, *title; /* without language; ".rss" or ".atom" at its end */
};
struct page_head {
	const struct page_feed *feeds; /* ended by a NULL path; NULL = none */
	/* A card (Open Graph and its twin): title and description are the page's. NULL = no card; "article", "website". */
	const char *card;
	const char *image; /* whole address; NULL = none */
	int image_width, image_height;
	const char *image_alt;
	unsigned
	    langs; /* bits 1 << LANG_…: the page has a text of its own in these; 0 = says nothing of languages */
};
/* What a whole address begins with: the address that the server was told it has; "" without one, since a kept page must
 * not name the host that one request happened to send. */
const char *ui_base(struct view *v);
/* The whole address of the page in a reading of lang_readings, without its query. */
const char *ui_whole_url(struct view *v, const char *prefix);
void ui_page_head(struct view *v, const struct page *p);

#endif
