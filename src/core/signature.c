/* signature.c – Ed25519 over a word and bytes, with a pair of keys that comes from D.key. */
#include "core/signature.h"

#include <sodium.h>
#include <string.h>

#include "base/log.h"
#include "kind/vault.h"

const char *
signature_word(enum signed_sort s)
{
	return s == SIGNED_TICKET ? "shanyraq-ticket-1" : "shanyraq-certificate-1";
}

static void
pair(unsigned char pk[crypto_sign_PUBLICKEYBYTES], unsigned char sk[crypto_sign_SECRETKEYBYTES])
{
	static const char what[] = "ed25519 seed";
	unsigned char seed[crypto_sign_SEEDBYTES]; /* 32, as much as vault_mac() gives */

	vault_mac(VAULT_TICKET, what, sizeof(what) - 1, seed);
	crypto_sign_seed_keypair(pk, sk, seed);
	sodium_memzero(seed, sizeof(seed));
}

/* The word, then the bytes. */
static size_t
message(unsigned char *out, enum signed_sort s, const void *bytes, size_t n)
{
	const char *word = signature_word(s);
	size_t w = strlen(word);

	if (n > SIGNED_MAX)
		die("signature: %zu bytes", n);
	memcpy(out, word, w);
	if (n > 0)
		memcpy(out + w, bytes, n);
	return w + n;
}

void
signature_key(unsigned char out[SIGNATURE_KEY_SIZE])
{
	unsigned char sk[crypto_sign_SECRETKEYBYTES];

	pair(out, sk);
	sodium_memzero(sk, sizeof(sk));
}

void
signature_make(enum signed_sort s, const void *bytes, size_t n, unsigned char out[SIGNATURE_SIZE])
{
	unsigned char m[SIGNED_MAX + 32], pk[SIGNATURE_KEY_SIZE], sk[crypto_sign_SECRETKEYBYTES];
	size_t size = message(m, s, bytes, n);

	pair(pk, sk);
	crypto_sign_detached(out, NULL, m, size, sk);
	sodium_memzero(sk, sizeof(sk));
}

bool
signature_good(
    enum signed_sort s, const void *bytes, size_t n, const unsigned char signature[SIGNATURE_SIZE])
{
	unsigned char m[SIGNED_MAX + 32], pk[SIGNATURE_KEY_SIZE];

	if (n > SIGNED_MAX)
		return false;
	signature_key(pk);
	return crypto_sign_verify_detached(signature, m, message(m, s, bytes, n), pk) == 0;
}
