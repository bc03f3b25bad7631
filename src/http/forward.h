/* forward.h – whom a request came from, behind proxies.
 *
 * X-Forwarded-For and X-Forwarded-Proto can be written by anybody, so they count only when the
 * connection comes from a proxy that was named, or over the unix socket, which only the machine's own
 * proxy can open. Read from the right: each named proxy vouches for the address before it; the first
 * address that is not a named proxy is the client, and what stands left of it is hearsay. */
#ifndef HTTP_FORWARD_H
#define HTTP_FORWARD_H

#include <stdbool.h>

#include "http/http.h"

enum { TRUST_MAX = 16 };
struct trust {
	struct {
		unsigned char address[16]; /* IPv4 as ::ffff:a.b.c.d */
		int bits;		   /* of 128 */
	} net[TRUST_MAX];
	int n;
};
/* "127.0.0.1, 10.0.0.0/8, ::1"; false = something in it is no address, or there are too many. */
bool trust_parse(const char *words, struct trust *out);
bool trust_has(const struct trust *t, const char *address);
/* The client behind `peer` (an address, or "unix") by the X-Forwarded-For headers joined with commas;
 * `peer` itself when nobody vouches for another. Result in the arena. */
const char *forward_client(
    struct arena *a, const struct trust *t, const char *peer, const char *forwarded);
/* Fills rq->peer, rq->https and rq->forwarded from rq->head. https: the address of the house begins
 * with it. */
void forward_apply(struct req *rq, const struct trust *t, bool https);
/* Whether the program on the other side runs on this machine and speaks for nobody else. */
bool peer_is_near(const struct req *rq);

#endif
