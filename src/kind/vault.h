/* vault.h – the keys of a database: D.key and what is derived from it.
 *
 * D.key holds 32 random bytes in hex, mode 0600. Subkeys come from it by libsodium's KDF, one per
 * purpose, so that no key serves two. Each person has a random key of their own (table subject_key),
 * wrapped under a subkey: destroying the row makes that person's sealed values and private history
 * unreadable (Law 94-V of 21 May 2013, art. 24: destruction on request). Cipher: XChaCha20-Poly1305
 * with the place ("person.iin:5") as additional data, so a value cannot be moved to another row.
 *
 * One vault a process, set at boot (docs/globals.md); a process without one cannot seal or unseal. */
#ifndef KIND_VAULT_H
#define KIND_VAULT_H

#include "db/db.h"
#include "lang/lang.h"

enum vault_purpose {
	VAULT_WRAP = 1,
	VAULT_IIN = 2,
	VAULT_AUDIT = 3,
	VAULT_CSRF = 4,
	VAULT_HISTORY = 5,
	VAULT_TICKET = 6,
	VAULT_ACCOUNT = 7, /* second factors, recovery codes, places of sign-ins */
	VAULT_RELIEF = 8,  /* likely duplicates of needs by telephone */
	VAULT_FIELD = 9,   /* keys of laptop copies, and what a copy says of itself */
	VAULT_COMMENT =
	    10 /* who sent a comment: e-mail addresses, and hashes that tell a sender again */
};

/* Read the key file; create = make it when missing. *err says in words what is wrong. */
int vault_open(const char *key_path, bool create, const char **err) MUST;
/* A key instead of the file's until vault_back(): for a command that makes or reads a laptop's copy (mod/field), never
 * in a process that serves. */
void vault_use(const unsigned char key[32]);
void vault_back(void);
/* Keyed BLAKE2b-256 of bytes for a purpose (duplicates by IIN, audit, CSRF). */
void vault_mac(enum vault_purpose p, const void *msg, size_t n, unsigned char out[32]);
const char *vault_mac_hex(struct arena *a, enum vault_purpose p, const char *text);

/* Seal under the key of a person; the key is made inside the transaction when there is none. */
int vault_seal_tx(struct ctx *cx, struct tx *tx, int64_t person, const char *place,
    struct slice plain, struct slice *out) MUST;
/* RC_NOTFOUND when the person's key was destroyed. */
int vault_unseal(
    struct ctx *cx, int64_t person, const char *place, struct slice sealed, struct slice *out) MUST;
/* The same with the person's wrapped key (subject_key.wrapped) at hand, for reads of many rows; RC_STORAGE
 * when the key or the value does not open. Says nothing to a person. */
int vault_unseal_with(struct arena *a, struct slice wrapped, int64_t person, const char *place,
    struct slice sealed, struct slice *out) MUST;
/* Seal under a key of the house: what belongs to an account and not to a person. RC_STORAGE: not sealed
 * with this key or for this place. */
struct slice vault_seal_own(
    struct arena *a, enum vault_purpose p, const char *place, struct slice plain);
int vault_unseal_own(struct arena *a, enum vault_purpose p, const char *place, struct slice sealed,
    struct slice *out) MUST;
/* Constant-time comparison of texts of any length. */
bool vault_equal(const char *a, const char *b);
/* n random bytes as hex in the arena. */
const char *vault_random_hex(struct arena *a, size_t n);

#endif
