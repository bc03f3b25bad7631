/* page_view.h – the words of a file, and where each of them stands in it.
 *
 * A text is its own view. Of a saved page in HTML the view is the article alone (article.h): tags are
 * gone, references are letters, what belongs to the site is blank; every place can be told as bytes of
 * the file again. One way through, no tree: time grows with the length however deep tags are nested. */
#ifndef LANG_PAGE_VIEW_H
#define LANG_PAGE_VIEW_H

#include "base/buf.h"

enum { PAGE_VIEW_BYTES = 1 << 20 }; /* of words; more is left unread and `cut` says so */

struct page_view {
	const char *text;
	size_t n;
	bool html, cut;
	struct page_run *run; /* ascending; none for a text */
	size_t nruns;
};
void page_view_read(struct arena *a, const char *file, size_t n, struct page_view *out);
/* Bytes of the file behind view bytes [from, to), to > from. */
void page_view_place(const struct page_view *v, size_t from, size_t to, size_t *ffrom, size_t *fto);

#endif
