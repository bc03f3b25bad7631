/* challenge_link.h – the address of an entry, as it is typed: which ones are taken, and of which network.
 *
 * Only https with a host name of letters, digits and hyphens: no address in numbers, no user before the host, no
 * port, no look-alike letters (xn--), no sign beyond ASCII – so no direction marks either –, no name of a house
 * network. What is taken is written in one spelling: the host in small letters. RULE challenge-3. */
#ifndef MOD_CHALLENGE_LINK_H
#define MOD_CHALLENGE_LINK_H

#include "base/arena.h"

enum { CHALLENGE_LINK_MAX = 500 };
enum link_fault {
	LINK_FINE,
	LINK_NONE,  /* nothing was typed */
	LINK_LONG,  /* more than CHALLENGE_LINK_MAX bytes */
	LINK_HTTPS, /* another scheme, or none */
	LINK_SIGNS, /* a sign that stands in no address as browsers copy it */
	LINK_HOST   /* not the name of a public site */
};
struct challenge_link {
	const char *url, *host, *network; /* network: a code of challenge_networks */
};
/* Fills *out when LINK_FINE. */
enum link_fault challenge_link_read(struct arena *a, const char *typed, struct challenge_link *out);

#endif
