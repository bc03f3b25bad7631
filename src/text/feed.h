/* feed.h – items of a news feed: RSS 0.9x, 1.0 (RDF) and 2.0, Atom 1.0; out of bytes from elsewhere.
 *
 * Nothing of it is believed: a document type ends the parse (no entities), elements are at most FEED_DEPTH deep, an
 * item's texts are cut, items beyond FEED_ITEMS are left out. What the bytes are coded in, the bytes say: valid UTF-8 is
 * read as such whatever is declared, also with some characters cut in two (these become blanks); else the declared code
 * page, where it is one of windows-1251, KZ-1048 and KOI8-R; else windows-1251, with its Kazakh letters where there are
 * any. Markup inside of texts is taken out, blanks are joined. A broken feed gives the items before the break.
 * RULE media-7 */
#ifndef TEXT_FEED_H
#define TEXT_FEED_H

#include "base/buf.h"

enum { FEED_ITEMS = 200, FEED_DEPTH = 64, FEED_TEXT = 2000 /* bytes of one text */ };
struct feed_item {
	const char *id;		   /* guid, id, else the link; never NULL */
	const char *link, *title;  /* never NULL */
	const char *author, *text; /* NULL = none */
	const char *lang;	   /* of the feed or the item, "kk"; NULL = not said */
	int day;		   /* local; 0 = not said or not understood */
};
enum feed_fault {
	FEED_FINE,
	FEED_NOT,    /* no feed at all */
	FEED_BROKEN, /* it breaks off; the items before the break are there */
	FEED_TYPE,   /* it has a document type */
	FEED_DEEP,
};
struct feed {
	enum feed_fault fault;
	struct feed_item *item;
	size_t n;
	bool more; /* items were left out */
};
void feed_read(struct arena *a, struct slice bytes, struct feed *out);
/* "Mon, 30 Nov 2026 12:37:34 +0500", "30 Nov 26 12:37 GMT", RFC 3339, a bare day: the local day; 0 = none of them. */
int feed_day(const char *text);

#endif
