/* authority.h – an authority of the house's own, for machines that no public authority certifies.
 *
 * Telephones give a page their camera and a life without network only over HTTPS, and nobody signs a
 * certificate for 192.168.1.20. So the house signs it: D.tls/ holds the key and certificate of an
 * authority (10 years, ECDSA P-256) that people put into their telephones once, and a server's key and
 * certificate (1 year) for the names and addresses that the machine has today.
 * RULE tls-1: the authority may vouch only for private addresses (RFC 1918, RFC 4193, loopback) and for
 * local names (name constraints, RFC 5280 4.2.1.10), so that whoever steals its key cannot play a bank on
 * those telephones. RULE tls-2: the server's certificate is made anew when the machine's names or addresses
 * are others than those in it, or fewer than 30 days are left. Files are 0600, their folder 0700. */
#ifndef HTTP_AUTHORITY_H
#define HTTP_AUTHORITY_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/rc.h"

enum { MACHINE_NAMES = 8, MACHINE_ADDRESSES = 24 };
struct machine {
	const char *name[MACHINE_NAMES];
	int nnames;
	const char *address[MACHINE_ADDRESSES]; /* as text, IPv4 and IPv6 */
	int naddresses;
};
/* This machine's names and the addresses of its interfaces that are up; loopback comes last. */
void machine_here(struct arena *a, struct machine *out);

struct identity {
	const char *chain;	  /* PEM: the server's certificate, then the authority's */
	const char *key;	  /* PEM: the server's */
	struct slice authority;	  /* DER: what a telephone is given */
	const char *fingerprint;  /* SHA-256 of it, "3F:9A:…" */
	struct machine certified; /* what stands in the certificate */
	bool new_authority, new_server;
};
/* Open what lies in dir, make what is missing or too old. now: seconds since 1970. RC_STORAGE with *err:
 * a file cannot be read or written; a key that is there is never overwritten by a new one. */
int authority_open(struct arena *a, const char *dir, const struct machine *m, int64_t now,
    struct identity *out, const char **err) MUST;

#endif
