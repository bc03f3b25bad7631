/* url.h – building and strict reading of URLs and form bodies. */
#ifndef TEXT_URL_H
#define TEXT_URL_H

#include "base/buf.h"

/* "/x/%s?q=%s": every %s is percent-encoded (RFC 3986 unreserved kept); %d %ld … pass. In arena. */
const char *url_make(struct arena *a, const char *fmt, ...) PRINTF(2, 3);
const char *url_vmake(struct arena *a, const char *fmt, va_list ap) PRINTF(2, 0);
void url_encode(struct buf *b, const char *s);

struct pair {
	const char *name, *value; /* valid UTF-8 without NUL */
	size_t nvalue;
};
struct pairs {
	struct pair *p;
	size_t n;
};
/* application/x-www-form-urlencoded or a query string. RC_INVALID: bad %-sequence, broken UTF-8,
 * NUL; RC_TOOBIG: more than 1000 pairs. '+' is a space. */
int url_parse_pairs(struct arena *a, struct slice s, struct pairs *out) MUST;
/* A path: decodes strictly; refuses %00, %2F, broken UTF-8, empty, "." and ".." segments.
 * The result starts with '/'. */
int url_decode_path(struct arena *a, struct slice raw, const char **out) MUST;

/* multipart/form-data (RFC 7578). content_type is the header's value. Text fields are checked as
 * above; a part with a filename is a file and may hold any bytes. At most 200 parts. */
struct form_part {
	const char *name, *filename, *type; /* filename NULL = text field */
	struct slice body;		    /* points into the input */
};
struct parts {
	struct form_part *p;
	size_t n;
};
int url_parse_multipart(
    struct arena *a, const char *content_type, struct slice body, struct parts *out) MUST;

#endif
