/* fetch.h – one answer from elsewhere by GET, with every door shut that it does not need.
 *
 * Only http and https on their own ports, certificates are checked, no cookies, no proxy of the environment, redirects
 * at most FETCH_HOPS and each target checked as the first. What is connected to is checked as the address of the
 * socket, after the name was resolved: the own machine, private, link-local, shared (CGNAT), multicast and reserved
 * nets are refused, also as IPv4 written in IPv6, so a name that changes its address gains nothing. The body is cut
 * off at `most` bytes as unpacked, the whole takes at most `seconds`. libcurl is opened when it is first needed, as for
 * letters. RULE media-7. Sources: RFC 6890 and the registries of IANA for special-purpose addresses; RFC 9110
 * (conditional requests, Retry-After). */
#ifndef CORE_FETCH_H
#define CORE_FETCH_H

#include <stdatomic.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "base/ctx.h"

enum { FETCH_HOPS = 3 };
struct fetch_want {
	const char *url;
	const char *etag, *modified; /* of the last answer; NULL = none */
	size_t most;
	int seconds;
	const _Atomic bool *stop; /* breaks it off; NULL = never */
	bool inner;		  /* tests alone: 127.0.0.0/8 too, and any port */
};
enum fetch_end {
	FETCH_FINE,    /* there is a status */
	FETCH_ADDRESS, /* the address is none that is taken */
	FETCH_PRIVATE, /* it leads to a private net, or a redirect does */
	FETCH_HOPPED,  /* too many redirects */
	FETCH_BIG,
	FETCH_FAILED, /* no connection, no time left, broken transfer */
	FETCH_NONE,   /* libcurl is not installed */
	FETCH_STOPPED,
};
struct fetched {
	enum fetch_end end;
	int status;	   /* 200, 304 … */
	struct slice body; /* in the arena */
	const char *etag, *modified;
	int64_t retry_after; /* seconds; 0 = not said */
	const char *url;     /* where it came from at last */
};
void fetch(struct arena *a, const struct fetch_want *w, struct fetched *out);
/* Whether a socket's address is one of the public net. */
bool fetch_public(const struct sockaddr *sa);

#endif
