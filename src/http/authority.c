/* authority.c – see authority.h. Keys and certificates over GnuTLS, which the HTTP library speaks too.
 *
 * The order at a start: the authority is read or made; then the server's certificate is read and asked four
 * questions (same key, same authority, same names, long enough), and made anew when one is answered with no.
 * Every file is written beside itself and renamed, so that a fall in between leaves the old one whole. */
#include "http/authority.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	DAY = 86400,
	AUTHORITY_DAYS = 3650,
	SERVER_DAYS = 365,
	LEFT_DAYS = 30,
	FILE_MOST = 64 * 1024,
	PERMITTED_NETS = 6
};

struct pair {
	gnutls_x509_privkey_t key;
	gnutls_x509_crt_t crt;
};
struct making {
	struct arena *a;
	const char *dir;
	int64_t now;
	struct pair authority, server;
	const char **err;
};

static int
wrong(struct making *m, const char *what, const char *why)
{
	*m->err = arena_printf(m->a, "%s/%s: %s", m->dir, what, why);
	return RC_STORAGE;
}

/* A call of the library that can only fail for want of memory or of chance. */
#define GT(call)                                                   \
	do {                                                       \
		int gt_ = (call);                                  \
		if (gt_ < 0)                                       \
			return wrong(m, "", gnutls_strerror(gt_)); \
	} while (0)

/* ---- files ---- */

/* RC_NOTFOUND: there is none. */
static int
file_read(struct making *m, const char *name, gnutls_datum_t *out)
{
	const char *path = arena_printf(m->a, "%s/%s", m->dir, name);
	unsigned char *p = arena_alloc(m->a, FILE_MOST + 1);
	FILE *f = fopen(path, "rbe");
	size_t n;

	if (f == NULL)
		return errno == ENOENT ? RC_NOTFOUND : wrong(m, name, strerror(errno));
	n = fread(p, 1, FILE_MOST, f);
	fclose(f);
	p[n] = '\0';
	*out = (gnutls_datum_t){ p, (unsigned)n };
	return RC_OK;
}

static int
file_write(struct making *m, const char *name, const void *bytes, size_t n)
{
	const char *path = arena_printf(m->a, "%s/%s", m->dir, name),
		   *beside = arena_printf(m->a, "%s.new", path);
	int fd;
	bool good;

	unlink(beside);
	fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return wrong(m, name, strerror(errno));
	good = write(fd, bytes, n) == (ssize_t)n && fsync(fd) == 0;
	good = close(fd) == 0 && good;
	if (!good || rename(beside, path) != 0)
		return wrong(m, name, strerror(errno));
	return RC_OK;
}

static int
pair_write(struct making *m, const struct pair *p, const char *key, const char *crt)
{
	gnutls_datum_t text;
	int rc;

	GT(gnutls_x509_privkey_export2(p->key, GNUTLS_X509_FMT_PEM, &text));
	rc = file_write(m, key, text.data, text.size);
	gnutls_memset(text.data, 0, text.size);
	gnutls_free(text.data);
	TRY(rc);
	GT(gnutls_x509_crt_export2(p->crt, GNUTLS_X509_FMT_PEM, &text));
	rc = file_write(m, crt, text.data, text.size);
	gnutls_free(text.data);
	return rc;
}

/* RC_NOTFOUND: neither is there. One without the other, or one that cannot be read, is a fault that a
 * person must look at: a new authority would make every telephone start again. */
static int
pair_read(struct making *m, struct pair *p, const char *key, const char *crt)
{
	gnutls_datum_t k, c;
	int rk = file_read(m, key, &k), rc = file_read(m, crt, &c);

	if (rk == RC_NOTFOUND && rc == RC_NOTFOUND)
		return RC_NOTFOUND;
	if (rk == RC_NOTFOUND)
		return wrong(m, key, "the certificate is there, its key is not");
	if (rc == RC_NOTFOUND)
		return wrong(m, crt, "the key is there, its certificate is not");
	TRY(rk);
	TRY(rc);
	if (gnutls_x509_privkey_import2(p->key, &k, GNUTLS_X509_FMT_PEM, NULL, 0) < 0)
		return wrong(m, key, "is no key");
	if (gnutls_x509_crt_import(p->crt, &c, GNUTLS_X509_FMT_PEM) < 0)
		return wrong(m, crt, "is no certificate");
	return RC_OK;
}

/* ---- what the authority may vouch for ---- */

static const struct {
	unsigned char bytes[32]; /* address, then mask */
	unsigned size;
} nets[PERMITTED_NETS] = {
	{ { 10, 0, 0, 0, 255, 0, 0, 0 }, 8 },
	{ { 172, 16, 0, 0, 255, 240, 0, 0 }, 8 },
	{ { 192, 168, 0, 0, 255, 255, 0, 0 }, 8 },
	{ { 127, 0, 0, 0, 255, 0, 0, 0 }, 8 },
	/* fc00::/7 */
	{ { 0xFC, [16] = 0xFE }, 32 },
	/* ::1 */
	{ { [15] = 1,
	      [16] = 255,
	      255,
	      255,
	      255,
	      255,
	      255,
	      255,
	      255,
	      255,
	      255,
	      255,
	      255,
	      255,
	      255,
	      255,
	      255 },
	    32 },
};
static const char *const zones[] = { "localhost", "local", "lan", "internal", "home.arpa" };

static int
permit(struct making *m, gnutls_x509_name_constraints_t nc, const char *own_name)
{
	gnutls_datum_t d;
	size_t i;

	for (i = 0; i < ARRAY_LEN(nets); i++) {
		d = (gnutls_datum_t){ (unsigned char *)(uintptr_t)nets[i].bytes, nets[i].size };
		GT(gnutls_x509_name_constraints_add_permitted(nc, GNUTLS_SAN_IPADDRESS, &d));
	}
	for (i = 0; i < ARRAY_LEN(zones); i++) {
		d = (gnutls_datum_t){ (unsigned char *)(uintptr_t)zones[i],
			(unsigned)strlen(zones[i]) };
		GT(gnutls_x509_name_constraints_add_permitted(nc, GNUTLS_SAN_DNSNAME, &d));
	}
	if (own_name != NULL) {
		d = (gnutls_datum_t){ (unsigned char *)(uintptr_t)own_name,
			(unsigned)strlen(own_name) };
		GT(gnutls_x509_name_constraints_add_permitted(nc, GNUTLS_SAN_DNSNAME, &d));
	}
	return RC_OK;
}

static size_t
raw_address(const char *text, unsigned char out[16])
{
	if (inet_pton(AF_INET, text, out) == 1)
		return 4;
	return inet_pton(AF_INET6, text, out) == 1 ? 16 : 0;
}

/* The rows of nets[] and zones[] again, for what is to be written into the server's certificate; a name
 * that was the machine's own when the authority was made stands only in the authority. */
static bool
address_permitted(const char *text)
{
	unsigned char raw[16];
	size_t n = raw_address(text, raw), i, k;

	for (i = 0; i < ARRAY_LEN(nets); i++) {
		if (n * 2 != nets[i].size)
			continue;
		for (k = 0; k < n && (raw[k] & nets[i].bytes[n + k]) == nets[i].bytes[k]; k++)
			;
		if (k == n)
			return true;
	}
	return false;
}

static bool
name_permitted(const struct making *m, const char *name)
{
	gnutls_x509_name_constraints_t nc;
	gnutls_datum_t d = { (unsigned char *)(uintptr_t)name, (unsigned)strlen(name) };
	unsigned critical;
	bool good;

	if (gnutls_x509_name_constraints_init(&nc) < 0)
		return false;
	good = gnutls_x509_crt_get_name_constraints(m->authority.crt, nc, 0, &critical) >= 0 &&
	       gnutls_x509_name_constraints_check(nc, GNUTLS_SAN_DNSNAME, &d) != 0;
	gnutls_x509_name_constraints_deinit(nc);
	return good;
}

static void
certifiable(const struct making *m, const struct machine *have, struct machine *out)
{
	int i;

	*out = (struct machine){ 0 };
	for (i = 0; i < have->nnames; i++)
		if (name_permitted(m, have->name[i]))
			out->name[out->nnames++] = have->name[i];
	for (i = 0; i < have->naddresses; i++)
		if (address_permitted(have->address[i]))
			out->address[out->naddresses++] = have->address[i];
}

/* ---- making ---- */

/* Version, number, days, name, a new key. The first day is yesterday: telephones' clocks differ. */
static int
begin_certificate(struct making *m, struct pair *p, int days, const char *name)
{
	unsigned char serial[16], id[32];
	size_t n = sizeof id;

	GT(gnutls_rnd(GNUTLS_RND_NONCE, serial, sizeof serial));
	serial[0] = (unsigned char)((serial[0] & 0x3F) | 0x40); /* positive, and never shorter */
	GT(gnutls_x509_privkey_generate(
	    p->key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0));
	GT(gnutls_x509_crt_set_version(p->crt, 3));
	GT(gnutls_x509_crt_set_serial(p->crt, serial, sizeof serial));
	GT(gnutls_x509_crt_set_activation_time(p->crt, (time_t)(m->now - DAY)));
	GT(gnutls_x509_crt_set_expiration_time(p->crt, (time_t)(m->now + (int64_t)days * DAY)));
	GT(gnutls_x509_crt_set_dn_by_oid(p->crt, GNUTLS_OID_X520_ORGANIZATION_NAME, 0, "Shanyraq",
	    (unsigned)strlen("Shanyraq")));
	GT(gnutls_x509_crt_set_dn_by_oid(
	    p->crt, GNUTLS_OID_X520_COMMON_NAME, 0, name, (unsigned)strlen(name)));
	GT(gnutls_x509_crt_set_key(p->crt, p->key));
	GT(gnutls_x509_crt_get_key_id(p->crt, GNUTLS_KEYID_USE_SHA1, id, &n));
	GT(gnutls_x509_crt_set_subject_key_id(p->crt, id, n));
	return RC_OK;
}

static int
constrain(struct making *m, const char *own_name)
{
	gnutls_x509_name_constraints_t nc;
	int rc, done;

	GT(gnutls_x509_name_constraints_init(&nc));
	rc = permit(m, nc, own_name);
	done = rc == RC_OK ? gnutls_x509_crt_set_name_constraints(m->authority.crt, nc, 1) : 0;
	gnutls_x509_name_constraints_deinit(nc);
	TRY(rc);
	GT(done);
	return RC_OK;
}

static int
authority_make(struct making *m, const char *own_name)
{
	struct pair *p = &m->authority;
	const char *where = own_name == NULL ? "local" : own_name;

	TRY(begin_certificate(m, p, AUTHORITY_DAYS,
	    arena_printf(m->a, "Shanyraq – %.*s", (int)strnlen(where, 40), where)));
	GT(gnutls_x509_crt_set_basic_constraints(p->crt, 1, 0));
	GT(gnutls_x509_crt_set_key_usage(p->crt, GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN));
	TRY(constrain(m, own_name));
	GT(gnutls_x509_crt_sign2(p->crt, p->crt, p->key, GNUTLS_DIG_SHA256, 0));
	return pair_write(m, p, "authority.key", "authority.crt");
}

static int
server_make(struct making *m, const struct machine *who)
{
	struct pair *p = &m->server;
	unsigned char raw[32];
	size_t n = sizeof raw;
	int i;

	TRY(begin_certificate(m, p, SERVER_DAYS, who->nnames > 0 ? who->name[0] : "localhost"));
	for (i = 0; i < who->nnames; i++)
		GT(gnutls_x509_crt_set_subject_alt_name(p->crt, GNUTLS_SAN_DNSNAME, who->name[i],
		    (unsigned)strlen(who->name[i]), GNUTLS_FSAN_APPEND));
	for (i = 0; i < who->naddresses; i++) {
		n = raw_address(who->address[i], raw);
		GT(gnutls_x509_crt_set_subject_alt_name(
		    p->crt, GNUTLS_SAN_IPADDRESS, raw, (unsigned)n, GNUTLS_FSAN_APPEND));
	}
	GT(gnutls_x509_crt_set_basic_constraints(p->crt, 0, -1));
	GT(gnutls_x509_crt_set_key_usage(p->crt, GNUTLS_KEY_DIGITAL_SIGNATURE));
	GT(gnutls_x509_crt_set_key_purpose_oid(p->crt, GNUTLS_KP_TLS_WWW_SERVER, 0));
	n = sizeof raw;
	GT(gnutls_x509_crt_get_subject_key_id(m->authority.crt, raw, &n, NULL));
	GT(gnutls_x509_crt_set_authority_key_id(p->crt, raw, n));
	GT(gnutls_x509_crt_sign2(p->crt, m->authority.crt, m->authority.key, GNUTLS_DIG_SHA256, 0));
	return pair_write(m, p, "server.key", "server.crt");
}

/* ---- asking ---- */

static bool
at_its_end(const struct making *m, gnutls_x509_crt_t crt)
{
	return (int64_t)gnutls_x509_crt_get_expiration_time(crt) <=
	       m->now + (int64_t)LEFT_DAYS * DAY;
}

static bool
lives(const struct making *m, gnutls_x509_crt_t crt)
{
	return !at_its_end(m, crt) && (int64_t)gnutls_x509_crt_get_activation_time(crt) <= m->now;
}

static bool
key_fits(const struct pair *p)
{
	unsigned char a[32], b[32];
	size_t na = sizeof a, nb = sizeof b;

	return gnutls_x509_crt_get_key_id(p->crt, GNUTLS_KEYID_USE_SHA256, a, &na) >= 0 &&
	       gnutls_x509_privkey_get_key_id(p->key, GNUTLS_KEYID_USE_SHA256, b, &nb) >= 0 &&
	       na == nb && memcmp(a, b, na) == 0;
}

/* Whether one name of the certificate is among those wished. */
static bool
wished(const struct machine *who, unsigned type, const unsigned char *p, size_t n)
{
	unsigned char raw[16];
	int i;

	for (i = 0; type == GNUTLS_SAN_DNSNAME && i < who->nnames; i++)
		if (strlen(who->name[i]) == n && memcmp(who->name[i], p, n) == 0)
			return true;
	for (i = 0; type == GNUTLS_SAN_IPADDRESS && i < who->naddresses; i++)
		if (raw_address(who->address[i], raw) == n && memcmp(raw, p, n) == 0)
			return true;
	return false;
}

static bool
names_fit(gnutls_x509_crt_t crt, const struct machine *who)
{
	unsigned char name[256];
	unsigned type = 0;
	int i, got;
	size_t n;

	for (i = 0;; i++) {
		n = sizeof name;
		got =
		    gnutls_x509_crt_get_subject_alt_name2(crt, (unsigned)i, name, &n, &type, NULL);
		if (got < 0)
			break;
		if (!wished(who, type, name, n))
			return false;
	}
	return got == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE && i == who->nnames + who->naddresses;
}

/* ---- the whole ---- */

/* The library writes a key into an object once; a second time it would forget the first. */
static int
pair_anew(struct making *m, struct pair *p)
{
	gnutls_x509_crt_deinit(p->crt);
	gnutls_x509_privkey_deinit(p->key);
	p->crt = NULL;
	p->key = NULL;
	GT(gnutls_x509_crt_init(&p->crt));
	GT(gnutls_x509_privkey_init(&p->key));
	return RC_OK;
}

static int
authority_ready(struct making *m, const struct machine *here, bool *made)
{
	int rc = pair_read(m, &m->authority, "authority.key", "authority.crt");

	*made = false;
	if (rc == RC_OK && !key_fits(&m->authority))
		return wrong(m, "authority.key", "is not the key of authority.crt");
	/* Also one that is not valid yet: then it is the machine's clock that is behind (a small computer
	 * without a battery wakes up in the past), and a new one would make every telephone start again. */
	if (rc == RC_OK && !at_its_end(m, m->authority.crt))
		return RC_OK;
	if (rc != RC_OK && rc != RC_NOTFOUND)
		return rc;
	if (rc == RC_OK) /* at its end: the next one, from scratch */
		TRY(pair_anew(m, &m->authority));
	*made = true;
	return authority_make(m, here->nnames > 0 ? here->name[0] : NULL);
}

static int
server_ready(struct making *m, const struct machine *who, bool *made)
{
	struct pair *p = &m->server;
	int rc = pair_read(m, p, "server.key", "server.crt");

	*made = false;
	if (rc == RC_OK && key_fits(p) && lives(m, p->crt) && names_fit(p->crt, who) &&
	    gnutls_x509_crt_check_issuer(p->crt, m->authority.crt) != 0)
		return RC_OK;
	/* Unlike the authority's, this key is nobody's memory: whatever is wrong with it, a new one heals. */
	TRY(pair_anew(m, p));
	*made = true;
	return server_make(m, who);
}

static int
give(struct making *m, struct identity *out)
{
	unsigned char hash[32];
	size_t n = sizeof hash, i;
	gnutls_datum_t server, authority, key, der;
	char *hex = arena_alloc(m->a, sizeof hash * 3);

	TRY(file_read(m, "server.crt", &server));
	TRY(file_read(m, "authority.crt", &authority));
	TRY(file_read(m, "server.key", &key));
	out->chain =
	    arena_printf(m->a, "%s%s", (const char *)server.data, (const char *)authority.data);
	out->key = (const char *)key.data;
	GT(gnutls_x509_crt_get_fingerprint(m->authority.crt, GNUTLS_DIG_SHA256, hash, &n));
	for (i = 0; i < n; i++)
		snprintf(hex + i * 3, 4, i + 1 < n ? "%02X:" : "%02X", hash[i]);
	out->fingerprint = hex;
	GT(gnutls_x509_crt_export2(m->authority.crt, GNUTLS_X509_FMT_DER, &der));
	out->authority =
	    (struct slice){ arena_strn(m->a, (const char *)der.data, der.size), der.size };
	gnutls_free(der.data);
	return RC_OK;
}

static int
open_all(struct making *m, const struct machine *here, struct identity *out)
{
	struct machine who;

	if (mkdir(m->dir, 0700) != 0 && errno != EEXIST)
		return wrong(m, "", strerror(errno));
	TRY(authority_ready(m, here, &out->new_authority));
	certifiable(m, here, &who);
	TRY(server_ready(m, &who, &out->new_server));
	out->certified = who;
	return give(m, out);
}

int
authority_open(struct arena *a, const char *dir, const struct machine *m, int64_t now,
    struct identity *out, const char **err)
{
	struct making k = { .a = a, .dir = dir, .now = now, .err = err };
	int rc = RC_STORAGE;

	*out = (struct identity){ 0 };
	*err = "out of memory (certificates)";
	if (gnutls_x509_privkey_init(&k.authority.key) >= 0 &&
	    gnutls_x509_crt_init(&k.authority.crt) >= 0 &&
	    gnutls_x509_privkey_init(&k.server.key) >= 0 &&
	    gnutls_x509_crt_init(&k.server.crt) >= 0)
		rc = open_all(&k, m, out);
	gnutls_x509_privkey_deinit(k.authority.key);
	gnutls_x509_crt_deinit(k.authority.crt);
	gnutls_x509_privkey_deinit(k.server.key);
	gnutls_x509_crt_deinit(k.server.crt);
	if (rc == RC_OK)
		*err = NULL;
	return rc;
}
