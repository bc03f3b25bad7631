/* fetch_test.c – against a small server of its own on this machine: conditions, redirects, an answer that never ends, one
 * that unpacks to far more than it weighs, a slow one; and which addresses are refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "test_server.h"

static struct arena arena;

static struct fetched
get(const char *path, bool inner)
{
	struct fetch_want w = { .url = strstr(path, "://") != NULL ? path
								   : arena_printf(&arena, "%s%s",
									 server_base(&arena), path),
		.etag = strcmp(path, "/feed?again") == 0 ? "\"v1\"" : NULL,
		.most = 1 << 20,
		.seconds = strcmp(path, "/slow") == 0 || strcmp(path, "/lazy") == 0 ? 1 : 10,
		.inner = inner };
	struct fetched f;

	fetch(&arena, &w, &f);
	return f;
}

static void
test_good(void **state)
{
	struct fetched f = get("/feed", true);

	(void)state;
	assert_int_equal(f.end, FETCH_FINE);
	assert_int_equal(f.status, 200);
	assert_true(f.body.n > 10 && memcmp(f.body.p, "<rss", 4) == 0);
	assert_string_equal(f.etag, "\"v1\"");
	f = get("/feed?again", true);
	assert_int_equal(f.status, 304);
	assert_int_equal(f.body.n, 0);
	f = get("/feed!", true); /* no text: PostgreSQL would not take it */
	assert_int_equal(f.status, 200);
	assert_null(f.etag);
	f = get("/hop", true);
	assert_int_equal(f.status, 200);
	assert_string_equal(f.url + strlen(f.url) - 5, "/feed");
	f = get("/busy", true);
	assert_int_equal(f.status, 503);
	assert_int_equal(f.retry_after, 3600);
}

static void
test_bad(void **state)
{
	_Atomic bool stop = true;
	struct fetch_want w = { .most = 1000, .seconds = 10, .stop = &stop, .inner = true };
	struct fetched f;

	(void)state;
	assert_int_equal(get("/endless", true).end, FETCH_BIG);
	assert_int_equal(get("/bomb", true).end, FETCH_BIG);
	assert_int_equal(get("/slow", true).end, FETCH_FAILED);
	assert_int_equal(get("/heads", true).end, FETCH_FAILED);
	/* Four answers of .4 s each: the time is that of all of them. */
	assert_int_equal(get("/lazy", true).end, FETCH_FAILED);
	assert_int_equal(server_asked("/lazyxxx"), 0);
	assert_int_equal(get("/loop", true).end, FETCH_HOPPED);
	assert_int_equal(get("/to-file", true).end, FETCH_ADDRESS);
	assert_int_equal(get("/to-private", true).end, FETCH_PRIVATE);
	assert_int_equal(get("/to-name", true).end, FETCH_PRIVATE);
	w.url = arena_printf(&arena, "%s/slow", server_base(&arena));
	fetch(&arena, &w, &f);
	assert_int_equal(f.end, FETCH_STOPPED);
}

/* Whatever it is written like, it is asked of the socket; nothing is listening there, so a connection would fail and
 * not be refused. */
static void
test_private(void **state)
{
	static const char *const urls[] = { "http://127.0.0.1/", "http://127.1/",
		"http://0x7f.0.0.1/", "http://10.0.0.1/", "http://192.168.1.1/",
		"http://169.254.169.254/latest", "http://100.64.0.1/", "http://0.0.0.0/",
		"http://224.0.0.1/" };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(urls); i++)
		assert_int_equal(get(urls[i], false).end, FETCH_PRIVATE);
	assert_int_equal(get("/feed", false).end, FETCH_ADDRESS); /* a port of its own */
	assert_int_equal(server_asked("/never"), 0);
}

static bool
open_to(int family, const char *text)
{
	struct sockaddr_in6 s6 = { .sin6_family = AF_INET6 };
	struct sockaddr_in s4 = { .sin_family = AF_INET };

	assert_int_equal(inet_pton(family, text,
			     family == AF_INET ? (void *)&s4.sin_addr : (void *)&s6.sin6_addr),
	    1);
	return fetch_public(
	    family == AF_INET ? (const struct sockaddr *)&s4 : (const struct sockaddr *)&s6);
}

static void
test_nets(void **state)
{
	static const char *const shut[] = { "::1", "::", "::ffff:127.0.0.1", "::ffff:10.1.2.3",
		"fe80::1", "fc00::1", "fd12::1", "ff02::1", "64:ff9b::a00:1", "2002:7f00:1::1",
		"2001:db8::1", "2001::1", "::127.0.0.1", "3fff:1::1" };
	static const char *const shut4[] = { "0.1.2.3", "10.255.255.255", "100.127.255.255",
		"127.255.255.254", "169.254.0.1", "172.16.0.1", "172.31.255.255", "192.0.0.8",
		"192.168.255.255", "198.19.0.1", "224.0.0.251", "255.255.255.255", "240.0.0.1" };
	struct sockaddr un = { .sa_family = AF_UNIX };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(shut); i++)
		assert_false(open_to(AF_INET6, shut[i]));
	for (i = 0; i < ARRAY_LEN(shut4); i++)
		assert_false(open_to(AF_INET, shut4[i]));
	assert_true(open_to(AF_INET, "172.32.0.1"));
	assert_true(open_to(AF_INET, "100.128.0.1"));
	assert_true(open_to(AF_INET, "1.1.1.1"));
	assert_true(open_to(AF_INET6, "2a00:1450::1"));
	assert_true(open_to(AF_INET6, "2001:4860:4860::8888"));
	assert_true(open_to(AF_INET6, "::ffff:1.1.1.1"));
	assert_false(fetch_public(&un));
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_good), cmocka_unit_test(test_bad),
		cmocka_unit_test(test_private), cmocka_unit_test(test_nets) };
	int failed;

	arena_init(&arena);
	server_start();
	failed = cmocka_run_group_tests_name("fetch", tests, NULL, NULL);
	server_stop();
	arena_done(&arena);
	return failed;
}
