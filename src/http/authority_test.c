/* authority_test.c – made once, kept, renewed when it must be, never for the wide world. */
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include "http/authority.h"

static const int64_t NOW = 1795000000; /* November 2026 */
enum { A_DAY = 86400 };

struct room {
	struct arena a;
	char dir[64];
	const char *err;
};

static int
room_make(void **state)
{
	struct room *r = calloc(1, sizeof *r);

	arena_init(&r->a);
	snprintf(r->dir, sizeof r->dir, "authority-test-%d", (int)getpid());
	*state = r;
	return 0;
}

static int
room_free(void **state)
{
	static const char *const files[] = { "authority.key", "authority.crt", "server.key",
		"server.crt" };
	struct room *r = *state;
	size_t i;

	for (i = 0; i < 4; i++)
		unlink(arena_printf(&r->a, "%s/%s", r->dir, files[i]));
	rmdir(r->dir);
	arena_done(&r->a);
	free(r);
	return 0;
}

static const struct machine office = { .name = { "office", "office.local", "localhost" },
	.nnames = 3,
	.address = { "192.168.1.20", "fd00::5", "127.0.0.1", "::1" },
	.naddresses = 4 };

static struct identity
opened(struct room *r, const struct machine *m, int64_t now)
{
	struct identity id;

	assert_int_equal(authority_open(&r->a, r->dir, m, now, &id, &r->err), RC_OK);
	assert_null(r->err);
	return id;
}

/* As a client does that has the authority in its list: 0 = trusted. */
static unsigned
judge(const struct identity *id, const char *name)
{
	gnutls_x509_trust_list_t list;
	gnutls_x509_crt_t ca, chain[4];
	gnutls_datum_t der = { (unsigned char *)(uintptr_t)id->authority.p,
		(unsigned)id->authority.n };
	gnutls_datum_t pem = { (unsigned char *)(uintptr_t)id->chain, (unsigned)strlen(id->chain) };
	gnutls_typed_vdata_st as = { .type = GNUTLS_DT_DNS_HOSTNAME,
		.data = (unsigned char *)(uintptr_t)name,
		.size = (unsigned)strlen(name) };
	unsigned n = 4, i, status = 0;

	assert_int_equal(gnutls_x509_trust_list_init(&list, 0), 0);
	assert_int_equal(gnutls_x509_crt_init(&ca), 0);
	assert_int_equal(gnutls_x509_crt_import(ca, &der, GNUTLS_X509_FMT_DER), 0);
	assert_int_equal(gnutls_x509_trust_list_add_cas(list, &ca, 1, 0), 1);
	assert_int_equal(gnutls_x509_crt_list_import(chain, &n, &pem, GNUTLS_X509_FMT_PEM, 0), 2);
	assert_int_equal(gnutls_x509_trust_list_verify_crt2(list, chain, n, &as, 1,
			     GNUTLS_VERIFY_DISABLE_TIME_CHECKS, &status, NULL),
	    0);
	for (i = 0; i < n; i++)
		gnutls_x509_crt_deinit(chain[i]);
	gnutls_x509_trust_list_deinit(list, 1);
	return status;
}

static void
made_once_and_kept(void **state)
{
	struct room *r = *state;
	struct identity one = opened(r, &office, NOW), two = opened(r, &office, NOW + A_DAY);
	struct stat st;

	assert_true(one.new_authority && one.new_server);
	assert_false(two.new_authority || two.new_server);
	assert_string_equal(one.chain, two.chain);
	assert_string_equal(one.fingerprint, two.fingerprint);
	assert_int_equal(strlen(one.fingerprint), 32 * 3 - 1);
	assert_int_equal(stat(r->dir, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_int_equal(stat(arena_printf(&r->a, "%s/authority.key", r->dir), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(stat(arena_printf(&r->a, "%s/server.crt", r->dir), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

static void
clients_that_trust_it_agree(void **state)
{
	struct room *r = *state;
	struct identity id = opened(r, &office, NOW);

	assert_int_equal(judge(&id, "office.local"), 0);
	assert_int_equal(judge(&id, "192.168.1.20"), 0);
	assert_int_equal(judge(&id, "fd00::5"), 0);
	assert_int_not_equal(judge(&id, "192.168.1.21"), 0);
	assert_int_not_equal(judge(&id, "example.org"), 0);
}

static void
renewed_when_it_must_be(void **state)
{
	struct room *r = *state;
	struct machine moved = office;
	struct identity one = opened(r, &office, NOW), two, three;

	moved.address[0] = "10.0.0.7";
	two = opened(r, &moved, NOW);
	assert_true(two.new_server && !two.new_authority);
	assert_string_equal(one.fingerprint, two.fingerprint);
	assert_int_equal(judge(&two, "10.0.0.7"), 0);
	assert_int_not_equal(judge(&two, "192.168.1.20"), 0);
	assert_false(opened(r, &moved, NOW + 334 * (int64_t)A_DAY).new_server);
	three = opened(r, &moved, NOW + 336 * (int64_t)A_DAY);
	assert_true(three.new_server && !three.new_authority);
	assert_true(opened(r, &moved, NOW + 3625 * (int64_t)A_DAY).new_authority);
}

/* RULE tls-1 */
static void
never_for_the_wide_world(void **state)
{
	struct room *r = *state;
	struct machine wide = office;
	struct identity id;
	int i;

	wide.address[wide.naddresses++] = "93.184.216.34";
	wide.name[wide.nnames++] = "example.org";
	id = opened(r, &wide, NOW);
	assert_int_equal(id.certified.naddresses, office.naddresses);
	for (i = 0; i < id.certified.nnames; i++)
		assert_string_not_equal(id.certified.name[i], "example.org");
	assert_false(opened(r, &wide, NOW).new_server);
}

static void
a_broken_authority_is_not_replaced(void **state)
{
	struct room *r = *state;
	struct identity id = opened(r, &office, NOW);
	FILE *f = fopen(arena_printf(&r->a, "%s/authority.key", r->dir), "we");

	assert_non_null(f);
	fputs("nothing", f);
	fclose(f);
	assert_int_equal(authority_open(&r->a, r->dir, &office, NOW, &id, &r->err), RC_STORAGE);
	assert_non_null(strstr(r->err, "authority.key"));
	unlink(arena_printf(&r->a, "%s/authority.key", r->dir));
	assert_int_equal(authority_open(&r->a, r->dir, &office, NOW, &id, &r->err), RC_STORAGE);
}

/* A machine that wakes up in the past keeps what telephones trust; its own certificate follows the clock. */
static void
a_clock_behind_replaces_no_authority(void **state)
{
	struct room *r = *state;
	struct identity one = opened(r, &office, NOW),
			past = opened(r, &office, NOW - 900 * (int64_t)A_DAY),
			back = opened(r, &office, NOW);

	assert_true(!past.new_authority && past.new_server);
	assert_string_equal(one.fingerprint, past.fingerprint);
	assert_true(!back.new_authority && back.new_server);
	assert_string_equal(one.fingerprint, back.fingerprint);
	assert_int_equal(judge(&back, "192.168.1.20"), 0);
}

static void
a_broken_server_key_heals(void **state)
{
	struct room *r = *state;
	FILE *f;

	assert_true(opened(r, &office, NOW).new_server);
	f = fopen(arena_printf(&r->a, "%s/server.key", r->dir), "we");
	assert_non_null(f);
	fclose(f);
	assert_true(opened(r, &office, NOW).new_server);
	assert_false(opened(r, &office, NOW).new_server);
}

static void
this_machine_has_a_name(void **state)
{
	struct room *r = *state;
	struct machine m;

	machine_here(&r->a, &m);
	assert_true(m.nnames >= 1);
	assert_string_equal(m.name[m.nnames - 1], "localhost");
	assert_true(m.naddresses >= 1);
}

#define ROOM(f) cmocka_unit_test_setup_teardown(f, room_make, room_free)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ROOM(made_once_and_kept),
		ROOM(clients_that_trust_it_agree),
		ROOM(renewed_when_it_must_be),
		ROOM(never_for_the_wide_world),
		ROOM(a_broken_authority_is_not_replaced),
		ROOM(a_clock_behind_replaces_no_authority),
		ROOM(a_broken_server_key_heals),
		ROOM(this_machine_has_a_name),
	};
	return cmocka_run_group_tests_name("authority", tests, NULL, NULL);
}
