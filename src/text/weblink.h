/* weblink.h – an address of the web taken apart, strictly; the one spelling in which two of them are the same page.
 *
 * Taken are http and https with a host by name or a plain IPv4 address; no user before the host, no port but 80 and
 * 443 of its scheme, no blanks and control signs, at most WEBLINK_MAX bytes. Letters of other alphabets in the host
 * are refused (they come as xn--… from browsers), in path and query they are kept. RULE media-2, media-7. */
#ifndef TEXT_WEBLINK_H
#define TEXT_WEBLINK_H

#include <stdbool.h>

#include "base/arena.h"

enum { WEBLINK_MAX = 1000 };
struct weblink {
	bool tls;
	const char *host; /* small letters, without the dot at its end */
	int port;	  /* 80 or 443; any other only where the caller allows it */
	const char *path; /* from the slash on, with the query, without the fragment: "/a?b=1" */
	const char *url;  /* the whole, without the fragment */
};
/* False: not such an address. any_port: for tests against a server of their own. */
bool weblink_read(struct arena *a, const char *typed, bool any_port, struct weblink *out);
/* "example.kz/a?b=1": no scheme, no "www." and "m.", no marks of campaigns (utm_…, fbclid …), no slash at the end.
 * Two addresses with one key are the same page. */
const char *weblink_key(struct arena *a, const struct weblink *l);
/* The host without "www." and "m.". */
const char *weblink_site(const struct weblink *l);

#endif
