/* forward_test.c – whom a request came from: only what named proxies vouch for is believed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "http/forward.h"

static const char *
client(struct arena *a, const char *trust, const char *peer, const char *forwarded)
{
	struct trust t = { 0 };

	if (*trust != '\0')
		assert_true(trust_parse(trust, &t));
	return forward_client(a, &t, peer, forwarded);
}

static void
test_words(void **state)
{
	static const char *const bad[] = { "", ",", "10.0.0.1,", "10.0.0.0/33", "10.0.0.0/",
		"::1/129", "10.0.0.0/-1", "10.0.0.0/8x", "proxy.example", "1.2.3", "10.0.0.0/ 8",
		"unix", "*" };
	struct trust t;
	char many[400];
	size_t i, n = 0;

	(void)state;
	for (i = 0; i < ARRAY_LEN(bad); i++)
		assert_false(trust_parse(bad[i], &t));
	assert_true(trust_parse(" 127.0.0.1 , ::1,10.0.0.0/8\t", &t));
	assert_int_equal(t.n, 3);
	for (i = 0; i < TRUST_MAX; i++)
		n += (size_t)snprintf(many + n, sizeof many - n, "%s10.0.0.1", i == 0 ? "" : ",");
	assert_true(trust_parse(many, &t));
	snprintf(many + n, sizeof many - n, ",10.0.0.1");
	assert_false(trust_parse(many, &t));
}

static void
test_nets(void **state)
{
	static const struct {
		const char *words, *address;
		bool in;
	} rows[] = { { "10.0.0.0/8", "10.255.0.1", true }, { "10.0.0.0/8", "11.0.0.1", false },
		{ "10.1.2.0/23", "10.1.3.255", true }, { "10.1.2.0/23", "10.1.4.0", false },
		{ "0.0.0.0/0", "8.8.8.8", true }, { "0.0.0.0/0", "2001:db8::1", false },
		{ "10.0.0.1", "::ffff:10.0.0.1", true },
		{ "2001:db8::/33", "2001:db8:7fff::1", true },
		{ "2001:db8::/33", "2001:db8:8000::1", false }, { "::/0", "10.0.0.1", true },
		{ "127.0.0.1", "127.0.0.10", false }, { "127.0.0.1", "unix", true },
		{ "127.0.0.1", "", false }, { "127.0.0.1", "127.0.0.1 ", false } };
	struct trust t;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		assert_true(trust_parse(rows[i].words, &t));
		if (trust_has(&t, rows[i].address) != rows[i].in)
			fail_msg("%s in %s", rows[i].address, rows[i].words);
	}
}

static void
test_clients(void **state)
{
	static const struct {
		const char *trust, *peer, *forwarded, *client;
	} rows[] = {
		{ "", "203.0.113.9", "10.0.0.1", "203.0.113.9" }, /* nobody is trusted */
		{ "127.0.0.1", "203.0.113.9", "10.0.0.1", "203.0.113.9" },
		{ "127.0.0.1", "127.0.0.1", "", "127.0.0.1" },
		{ "127.0.0.1", "127.0.0.1", "198.51.100.7", "198.51.100.7" },
		/* what the client wrote itself stands left */
		{ "127.0.0.1", "127.0.0.1", "1.1.1.1, 198.51.100.7", "198.51.100.7" },
		{ "127.0.0.1,10.0.0.0/8", "127.0.0.1", "1.1.1.1, 198.51.100.7, 10.0.0.3",
		    "198.51.100.7" },
		{ "127.0.0.1,10.0.0.0/8", "127.0.0.1", "10.0.0.2,10.0.0.3", "10.0.0.2" },
		{ "127.0.0.1", "127.0.0.1", "1.1.1.1, unknown", "127.0.0.1" },
		{ "127.0.0.1,10.0.0.3", "127.0.0.1", "1.1.1.1, <b>, 10.0.0.3", "10.0.0.3" },
		{ "127.0.0.1", "127.0.0.1", "198.51.100.7:5511", "198.51.100.7" },
		{ "127.0.0.1", "127.0.0.1", "[2001:db8::5]:443", "2001:db8::5" },
		{ "127.0.0.1", "127.0.0.1", "[2001:db8::5", "127.0.0.1" },
		{ "127.0.0.1", "127.0.0.1", "2001:db8::5", "2001:db8::5" },
		{ "127.0.0.1", "127.0.0.1", ",", "127.0.0.1" },
		{ "127.0.0.1", "127.0.0.1", "1.1.1.1,", "127.0.0.1" },
		{ "", "unix", "198.51.100.7",
		    "198.51.100.7" }, /* only the machine's own proxy opens it */
		{ "", "unix", "unix", "unix" },
	};
	struct arena a;
	size_t i;

	(void)state;
	arena_init(&a);
	for (i = 0; i < ARRAY_LEN(rows); i++)
		assert_string_equal(
		    client(&a, rows[i].trust, rows[i].peer, rows[i].forwarded), rows[i].client);
	arena_done(&a);
}

static void
ask(struct req *rq, const char *peer, const char *name, const char *value)
{
	rq->peer = peer;
	rq->local_socket = strcmp(peer, "unix") == 0;
	rq->nhead = 0;
	if (name != NULL)
		rq->head[rq->nhead++] = (struct header){ name, value };
}

static void
test_request(void **state)
{
	static struct req rq;
	struct trust t;

	(void)state;
	arena_init(&rq.arena);
	assert_true(trust_parse("127.0.0.1", &t));
	ask(&rq, "127.0.0.1", "X-Forwarded-Proto", "https");
	forward_apply(&rq, &t, false);
	assert_true(rq.https);
	ask(&rq, "127.0.0.1", "x-forwarded-proto", "https, http"); /* the last proxy's word */
	forward_apply(&rq, &t, false);
	assert_false(rq.https);
	ask(&rq, "203.0.113.9", "X-Forwarded-Proto", "https");
	forward_apply(&rq, &t, false);
	assert_false(rq.https);
	forward_apply(&rq, &t, true);
	assert_true(rq.https);
	ask(&rq, "127.0.0.1", NULL, NULL);
	forward_apply(&rq, &t, false);
	assert_true(peer_is_near(&rq));
	/* a proxy on this machine that nobody named: not near, or it would open the door to all */
	ask(&rq, "127.0.0.1", "X-Forwarded-For", "198.51.100.7");
	forward_apply(&rq, &(struct trust){ 0 }, false);
	assert_false(peer_is_near(&rq));
	assert_string_equal(rq.peer, "127.0.0.1");
	forward_apply(&rq, &t, false);
	assert_string_equal(rq.peer, "198.51.100.7");
	/* two headers are one list */
	ask(&rq, "127.0.0.1", "X-Forwarded-For", "1.1.1.1");
	rq.head[rq.nhead++] = (struct header){ "X-Forwarded-For", "198.51.100.8" };
	forward_apply(&rq, &t, false);
	assert_string_equal(rq.peer, "198.51.100.8");
	ask(&rq, "unix", NULL, NULL);
	forward_apply(&rq, &t, false);
	assert_true(peer_is_near(&rq));
	arena_done(&rq.arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_nets),
		cmocka_unit_test(test_clients),
		cmocka_unit_test(test_request),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
