/* hash.h – SHA-256 as a running sum (over libsodium) and its hex form. */
#ifndef TEXT_HASH_H
#define TEXT_HASH_H

#include <sodium.h>
#include "base/buf.h"

struct sha256 {
	crypto_hash_sha256_state s;
};
void sha256_init(struct sha256 *h);
void sha256_add(struct sha256 *h, const void *p, size_t n);
void sha256_add_id(struct sha256 *h, int64_t id); /* decimal ASCII and LF */
void sha256_hex(struct sha256 *h, char out[65]);  /* finishes */
/* The sum of a whole text, in the arena. */
const char *sha256_of(struct arena *a, const char *text);

#endif
