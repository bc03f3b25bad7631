/* hash.c – see hash.h. */
#include "text/hash.h"

#include <stdio.h>
#include <string.h>

void
sha256_init(struct sha256 *h)
{
	crypto_hash_sha256_init(&h->s);
}

void
sha256_add(struct sha256 *h, const void *p, size_t n)
{
	crypto_hash_sha256_update(&h->s, p, n);
}

void
sha256_add_id(struct sha256 *h, int64_t id)
{
	char line[24];
	int n = snprintf(line, sizeof line, "%lld\n", (long long)id);

	sha256_add(h, line, (size_t)n);
}

void
sha256_hex(struct sha256 *h, char out[65])
{
	unsigned char sum[crypto_hash_sha256_BYTES];

	crypto_hash_sha256_final(&h->s, sum);
	sodium_bin2hex(out, 65, sum, sizeof sum);
}

const char *
sha256_of(struct arena *a, const char *text)
{
	char *hex = arena_alloc(a, 65);
	struct sha256 h;

	sha256_init(&h);
	sha256_add(&h, text, strlen(text));
	sha256_hex(&h, hex);
	return hex;
}
