/* vault.c – see vault.h. Layout of a sealed value: version byte 1, 24 bytes of nonce, ciphertext
 * with its tag. A wrapped person key has the same layout with the place "subject_key:ID". */
#include "kind/vault.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	KEY = 32,
	NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES
};
_Static_assert(KEY == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "one key size");
_Static_assert(KEY == crypto_kdf_KEYBYTES, "one key size");

static struct {
	bool open;
	unsigned char sub[16][KEY];  /* by purpose */
	unsigned char home[16][KEY]; /* while another key is used: those of the key file */
	bool away;
} vault;

static int
make_key_file(const char *path, const char **err)
{
	unsigned char key[KEY];
	char hex[KEY * 2 + 2];
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0) {
		*err = "the key file cannot be created";
		return RC_STORAGE;
	}
	randombytes_buf(key, sizeof key);
	sodium_bin2hex(hex, sizeof hex, key, sizeof key);
	hex[KEY * 2] = '\n';
	if (write(fd, hex, KEY * 2 + 1) != KEY * 2 + 1 || fsync(fd) != 0) {
		close(fd);
		*err = "the key file cannot be written";
		return RC_STORAGE;
	}
	close(fd);
	sodium_memzero(key, sizeof key);
	return RC_OK;
}

static void
derive(const unsigned char key[KEY])
{
	int i;

	for (i = 1; i < (int)ARRAY_LEN(vault.sub); i++)
		crypto_kdf_derive_from_key(vault.sub[i], KEY, (uint64_t)i, "shanyraq", key);
}

int
vault_open(const char *path, bool create, const char **err)
{
	unsigned char key[KEY];
	char hex[KEY * 2 + 8] = "";
	struct stat st;
	ssize_t n;
	size_t len;
	int fd;

	if (sodium_init() < 0) {
		*err = "libsodium does not start";
		return RC_STORAGE;
	}
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT && create) {
		TRY(make_key_file(path, err));
		fd = open(path, O_RDONLY | O_CLOEXEC);
	}
	if (fd < 0) {
		*err = errno == ENOENT ? "the key file (D.key) is missing"
				       : "the key file cannot be read";
		return RC_STORAGE;
	}
	n = read(fd, hex, sizeof hex - 1);
	if (fstat(fd, &st) == 0 && (st.st_mode & 077) != 0) {
		close(fd);
		*err = "the key file must be readable by its owner only (chmod 600)";
		return RC_STORAGE;
	}
	close(fd);
	if (n < KEY * 2 || sodium_hex2bin(key, sizeof key, hex, KEY * 2, NULL, &len, NULL) != 0 ||
	    len != KEY) {
		*err = "the key file does not hold 64 hex digits";
		return RC_STORAGE;
	}
	derive(key);
	sodium_memzero(key, sizeof key);
	vault.open = true;
	return RC_OK;
}

void
vault_use(const unsigned char key[KEY])
{
	if (!vault.open || vault.away)
		die("the vault is not open, or used for another key already");
	memcpy(vault.home, vault.sub, sizeof vault.home);
	vault.away = true;
	derive(key);
}

void
vault_back(void)
{
	if (!vault.away)
		return;
	memcpy(vault.sub, vault.home, sizeof vault.sub);
	sodium_memzero(vault.home, sizeof vault.home);
	vault.away = false;
}

void
vault_mac(enum vault_purpose p, const void *msg, size_t n, unsigned char out[32])
{
	if (!vault.open)
		die("the vault is not open");
	crypto_generichash(out, 32, msg, n, vault.sub[p], KEY);
}

const char *
vault_mac_hex(struct arena *a, enum vault_purpose p, const char *text)
{
	unsigned char mac[32];
	char *hex = arena_alloc(a, 65);

	vault_mac(p, text, strlen(text), mac);
	return sodium_bin2hex(hex, 65, mac, sizeof mac);
}

static struct slice
seal_with(struct arena *a, const unsigned char *key, const char *place, struct slice plain)
{
	unsigned char *out = arena_alloc(a, 1 + NONCE + plain.n + TAG);

	out[0] = 1;
	randombytes_buf(out + 1, NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(out + 1 + NONCE, NULL,
	    (const unsigned char *)plain.p, plain.n, (const unsigned char *)place, strlen(place),
	    NULL, out + 1, key);
	return (struct slice){ (char *)out, 1 + NONCE + plain.n + TAG };
}

static int
open_with(
    struct arena *a, const unsigned char *key, const char *place, struct slice s, struct slice *out)
{
	const unsigned char *p = (const unsigned char *)s.p;
	unsigned char *plain;

	if (s.n < 1 + NONCE + TAG || p[0] != 1)
		return RC_STORAGE;
	plain = arena_alloc(a, s.n - NONCE - TAG);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain, NULL, NULL, p + 1 + NONCE,
		s.n - 1 - NONCE, (const unsigned char *)place, strlen(place), p + 1, key) != 0)
		return RC_STORAGE;
	*out = (struct slice){ (char *)plain, s.n - 1 - NONCE - TAG };
	return RC_OK;
}

static int
unwrap(struct arena *a, int64_t person, struct slice wrapped, unsigned char key[KEY])
{
	struct slice plain;

	TRY(open_with(a, vault.sub[VAULT_WRAP],
	    arena_printf(a, "subject_key:%lld", (long long)person), wrapped, &plain));
	if (plain.n != KEY)
		return RC_STORAGE;
	memcpy(key, plain.p, KEY);
	return RC_OK;
}

static int
person_key(struct ctx *cx, int64_t person, unsigned char key[KEY])
{
	AUTO_ROWS r = { 0 };
	struct slice wrapped = { 0 };

	TRY(db_rows(
	    cx, &r, "SELECT wrapped FROM subject_key WHERE person = $1", VALS(v_int(person))));
	if (rows_next(&r)) {
		struct slice s = row_slice(&r, 0);

		wrapped = (struct slice){ arena_copy(cx->arena, s.p, s.n), s.n };
	}
	TRY(rows_end(&r));
	if (wrapped.p == NULL)
		return RC_NOTFOUND;
	return unwrap(cx->arena, person, wrapped, key);
}

int
vault_seal_tx(struct ctx *cx, struct tx *tx, int64_t person, const char *place, struct slice plain,
    struct slice *out)
{
	unsigned char key[KEY];
	int rc;

	if (!vault.open)
		return fail(cx, RC_BUG, "%s", "the vault is not open");
	rc = person_key(cx, person, key);
	if (rc == RC_NOTFOUND) {
		struct slice wrapped;

		randombytes_buf(key, sizeof key);
		wrapped = seal_with(cx->arena, vault.sub[VAULT_WRAP],
		    arena_printf(cx->arena, "subject_key:%lld", (long long)person),
		    (struct slice){ (char *)key, KEY });
		rc = tx_run(cx, tx, NULL,
		    "INSERT INTO subject_key (person, wrapped) VALUES ($1, $2)",
		    VALS(v_int(person), v_blob(wrapped)));
	}
	if (rc != RC_OK)
		return rc;
	*out = seal_with(cx->arena, key, place, plain);
	sodium_memzero(key, sizeof key);
	return RC_OK;
}

int
vault_unseal(
    struct ctx *cx, int64_t person, const char *place, struct slice sealed, struct slice *out)
{
	unsigned char key[KEY];
	int rc;

	if (!vault.open)
		return fail(cx, RC_BUG, "%s", "the vault is not open");
	TRY(person_key(cx, person, key));
	rc = open_with(cx->arena, key, place, sealed, out);
	sodium_memzero(key, sizeof key);
	return rc;
}

int
vault_unseal_with(struct arena *a, struct slice wrapped, int64_t person, const char *place,
    struct slice sealed, struct slice *out)
{
	unsigned char key[KEY];
	int rc;

	if (!vault.open)
		die("the vault is not open");
	TRY(unwrap(a, person, wrapped, key));
	rc = open_with(a, key, place, sealed, out);
	sodium_memzero(key, sizeof key);
	return rc;
}

struct slice
vault_seal_own(struct arena *a, enum vault_purpose p, const char *place, struct slice plain)
{
	if (!vault.open)
		die("the vault is not open");
	return seal_with(a, vault.sub[p], place, plain);
}

int
vault_unseal_own(struct arena *a, enum vault_purpose p, const char *place, struct slice sealed,
    struct slice *out)
{
	if (!vault.open)
		die("the vault is not open");
	return open_with(a, vault.sub[p], place, sealed, out);
}

bool
vault_equal(const char *a, const char *b)
{
	size_t n = strlen(a);

	return n == strlen(b) && (n == 0 || sodium_memcmp(a, b, n) == 0);
}

const char *
vault_random_hex(struct arena *a, size_t n)
{
	unsigned char *p = arena_alloc(a, n);
	char *hex = arena_alloc(a, n * 2 + 1);

	randombytes_buf(p, n);
	return sodium_bin2hex(hex, n * 2 + 1, p, n);
}
