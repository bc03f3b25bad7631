/* signature.h – what the house signs so that others can check it without the house: tickets, certificates.
 *
 * Ed25519 (RFC 8032) over libsodium. The pair of keys is derived from D.key (kind/vault.h, VAULT_TICKET), so
 * that it lives as long as the key file and no second secret has to be kept; the public half may be given to
 * anybody. Before the bytes stands a word that says what is signed ("shanyraq-ticket-1"), so that a signature
 * of one sort is never good for another. Making the pair costs 25 µs, a signature 50, a check 65. */
#ifndef CORE_SIGNATURE_H
#define CORE_SIGNATURE_H

#include "base/buf.h"

enum signed_sort {
	SIGNED_TICKET,	   /* "shanyraq-ticket-1" */
	SIGNED_CERTIFICATE /* "shanyraq-certificate-1" */
};
enum { SIGNATURE_SIZE = 64, SIGNATURE_KEY_SIZE = 32, SIGNED_MAX = 512 };

/* The word that stands before the bytes, without a NUL. */
const char *signature_word(enum signed_sort s);
/* The public key of this house. */
void signature_key(unsigned char out[SIGNATURE_KEY_SIZE]);
/* n ≤ SIGNED_MAX bytes. */
void signature_make(
    enum signed_sort s, const void *bytes, size_t n, unsigned char out[SIGNATURE_SIZE]);
/* Whether this house signed these bytes as this sort. */
bool signature_good(
    enum signed_sort s, const void *bytes, size_t n, const unsigned char signature[SIGNATURE_SIZE]);

#endif
